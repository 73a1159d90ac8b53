"""Signatures on what Windows runs: by a test certificate, or by a real one that is named.

By itself a certificate is made on the spot, which no Windows trusts: everything is then signed as
for a release, and only the name is not worth anything.  A real one is named by the environment:

APPRENTICE_DESK_SIGN_PFX           a .pfx file with key and certificate, or instead of it
APPRENTICE_DESK_SIGN_MODULE        the PKCS#11 library of a key on a card or in a cloud,
APPRENTICE_DESK_SIGN_KEY           its address there (pkcs11:…), and
APPRENTICE_DESK_SIGN_CERTIFICATE   the certificate with those above it, as PEM
APPRENTICE_DESK_SIGN_PASSWORD      the file that the password or PIN stands in
APPRENTICE_DESK_SIGN_TIMESTAMP     the address of the RFC 3161 time stamps that the certificate's
                                   seller gives; without one, signatures end with the certificate
APPRENTICE_DESK_SIGN_AUTHORITIES   the roots to check the signatures against, as PEM

The order matters: first what is in the package, then the package.
"""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from packing.msi_source import files
from packing.properties import is_signed
from packing.windows_closure import EXECUTABLE
from programs import CannotGoOnError, run_quietly, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packing.own import Product

PREFIX = "APPRENTICE_DESK_SIGN_"
SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")

_DAYS = "3650"


@dataclass(frozen=True, slots=True)
class Signer:
    """How to sign, and what to check it with."""

    key: tuple[str, ...]
    """Words by which osslsigncode knows key and certificate."""
    authorities: Path
    moment: tuple[str, ...]
    """Words that give the time: that of a time stamp, or a fixed one."""
    name: str
    is_test: bool

    def words(self, path: str, to: str) -> list[str]:
        """Return the command that signs the file *path* into the file *to*."""
        described = ["-h", "sha256", "-n", self.name]
        return [
            *("osslsigncode", "sign", *self.key, *self.moment, *described),
            *("-in", path, "-out", to),
        ]

    def in_place(self) -> str:
        """Return a command for a shell that signs a file "%1" in its place, for makensis."""
        words = self.words("%1", "%1.signed")
        return f"{_for_shell(words)} && mv {_for_shell(['%1.signed', '%1'])}"

    def sign(self, path: Path) -> None:
        """Sign the file *path* in its place, and check that it is; raises CannotGoOnError."""
        signed = path.with_name(f"{path.name}.signed")
        signed.unlink(missing_ok=True)
        failed = f"{path.name} could not be signed; what osslsigncode said is above."
        run_quietly(self.words(str(path), str(signed)), failed)
        shutil.copymode(path, signed)
        signed.replace(path)
        self.verify(path)

    def verify(self, path: Path) -> None:
        """Check that the file *path* is signed by this certificate; raises CannotGoOnError."""
        words = ["osslsigncode", "verify", "-CAfile", str(self.authorities), "-in", str(path)]
        run_quietly(words, f"The signature of {path.name} does not hold; see above.")


def signer(environment: Mapping[str, str], folder: Path, product: Product, when: int) -> Signer:
    """Return how to sign: as *environment* says, else with a test certificate kept in *folder*.

    *when*, a Unix time, is what a test signature says: the same files and the same certificate
    give the same bytes.  Raises CannotGoOnError if only a part of a real one is named.
    """
    given = {
        name.removeprefix(PREFIX): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    if not {"PFX", "MODULE", "KEY", "CERTIFICATE"} & given.keys():
        return _test_signer(folder, product, when)
    if "PFX" in given:
        key = ["-pkcs12", given["PFX"]]
    elif {"MODULE", "KEY", "CERTIFICATE"} <= given.keys():
        key = ["-pkcs11module", given["MODULE"], "-key", given["KEY"]]
        key += ["-certs", given["CERTIFICATE"]]
    else:
        raise CannotGoOnError(
            f"For a key on a card, please name {PREFIX}MODULE, {PREFIX}KEY and "
            f"{PREFIX}CERTIFICATE, all three."
        )
    if "PASSWORD" in given:
        key += ["-readpass", given["PASSWORD"]]
    moment: Sequence[str] = ()
    if "TIMESTAMP" in given:
        moment = ("-ts", given["TIMESTAMP"])
    else:
        say(f"Without {PREFIX}TIMESTAMP the signatures end on the day that the certificate does.")
    authorities = Path(given.get("AUTHORITIES", SYSTEM_AUTHORITIES))
    return Signer(tuple(key), authorities, tuple(moment), product.name, is_test=False)


def sign_payload(payload: Path, by: Signer) -> list[str]:
    """Sign what Windows would run in the folder *payload* unsigned; return the paths of it.

    Libraries of others that they signed keep their signatures.  The rest gets ours, since a rule
    of AppLocker for a publisher asks it of every library.
    """
    unsigned = [
        path
        for path in files(payload)
        if Path(path).suffix.lower() in EXECUTABLE and not is_signed(payload / path)
    ]
    for path in unsigned:
        by.sign(payload / path)
    return unsigned


def _test_signer(folder: Path, product: Product, when: int) -> Signer:
    key, certificate = folder / "test-key.pem", folder / "test-certificate.pem"
    if not (key.exists() and certificate.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        subject = f"/O={product.publisher} (test)/CN={product.name}, test, not to be trusted"
        run_quietly(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", _DAYS),
                *("-keyout", key, "-out", certificate, "-subj", subject),
                *("-addext", "extendedKeyUsage=critical,codeSigning"),
                *("-addext", "keyUsage=critical,digitalSignature"),
            ],
            "A certificate for testing could not be made; what openssl said of it is above.",
        )
    words = ("-certs", str(certificate), "-key", str(key))
    return Signer(words, certificate, ("-time", str(when)), product.name, is_test=True)


def _for_shell(words: Sequence[str]) -> str:
    # makensis puts the file's name for %1 before the shell sees it.
    return " ".join(f'"{word}"' if word.startswith("%1") else shlex.quote(word) for word in words)
