"""Signing and notarising for macOS, as commands of Apple's own tools, in the order that they ask.

Never run on a Mac: see installers/README.md.  The environment names what is needed:

APPRENTICE_DESK_SIGN_IDENTITY   the certificate in the keychain ("Developer ID Application: …");
                                without it the signature is an ad-hoc one, for this Mac alone
APPRENTICE_DESK_SIGN_NOTARY     the profile that "notarytool store-credentials" kept; without it
                                nothing is sent to Apple, and other Macs refuse to open it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packing.macos_bundle import ENTITLEMENTS

AD_HOC = "-"
_MACH_O = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xce\xfa\xed\xfe")

Command = tuple[str | Path, ...]


@dataclass(frozen=True, slots=True)
class MacSigner:
    """With what is signed: a certificate's name, and the profile for notarising; "" for none."""

    identity: str
    profile: str

    @property
    def is_for_others(self) -> bool:
        """Whether the signature is worth anything on another Mac."""
        return self.identity != AD_HOC


def mac_signer(environment: Mapping[str, str]) -> MacSigner:
    """Return how *environment* says to sign; notarising takes a certificate."""
    identity = environment.get("APPRENTICE_DESK_SIGN_IDENTITY", "") or AD_HOC
    profile = environment.get("APPRENTICE_DESK_SIGN_NOTARY", "")
    return MacSigner(identity, profile if identity != AD_HOC else "")


def signing(by: MacSigner, app: Path, inner: Sequence[Path]) -> list[Command]:
    """Return what signs *app*: the files *inner* from the deepest on, then the whole, then a check.

    Apple's --deep signs plug-ins wrongly, so that each file is signed by itself.
    """
    words: Command = ("codesign", "--force", "--sign", by.identity, "--options", "runtime")
    if by.is_for_others:
        words += ("--timestamp",)
    deepest_first = sorted(inner, key=lambda path: (-len(path.parts), path))
    return [
        *((*words, path) for path in deepest_first),
        (*words, "--entitlements", ENTITLEMENTS, app),
        ("codesign", "--verify", "--deep", "--strict", "--verbose=2", app),
    ]


def image(app: Path, name: str, to: Path) -> Command:
    """Return what makes the disk image *to*, called *name*, that people drag *app* out of."""
    made = ("hdiutil", "create", "-volname", name, "-srcfolder", app, "-format", "UDZO", "-ov")
    return (*made, to)


def notarising(by: MacSigner, made: Path) -> list[Command]:
    """Return what signs *made*, an image, has Apple look through it and puts its ticket in."""
    sign: Command = ("codesign", "--force", "--sign", by.identity, made)
    if not by.profile:
        return [sign]
    return [
        (*sign, "--timestamp"),
        ("xcrun", "notarytool", "submit", made, "--keychain-profile", by.profile, "--wait"),
        ("xcrun", "stapler", "staple", made),
        ("spctl", "--assess", "--type", "open", "--context", "context:primary-signature", made),
    ]


def machine_code(app: Path) -> list[Path]:
    """Return the programs and libraries in *app*, by what they begin with; not its links."""
    found = []
    for path in sorted(app.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) in _MACH_O:
                    found.append(path)
    return found
