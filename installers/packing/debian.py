"""The .deb: the frozen folder in /usr/lib, and what tells the desktop of it in /usr/share."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from packing import contents
from packing.folder import INNER, size
from packing.linux_files import SOURCE, filled, packed, shared_files, words
from packing.own import COMMAND, product
from programs import ROOT, run_quietly

ARCHITECTURE = "amd64"
SETTINGS = Path("etc") / COMMAND
"""Where administrators' settings stand, from the root of the system."""

_DESCRIPTION = """\
 For the people in a borough who look after digital apprentices: who they are,
 how many off-the-job hours they have, who is behind and why, which contracts
 they are trained under, and the standard return of each quarter.
 .
 It works offline. What it holds about people stays in one file, the desk, which
 a passphrase can encrypt; a return carries random codes instead of names.
"""


def maintainer() -> str:
    """Return who answers for the package, as Debian writes it."""
    return f"{product().publisher} <{product().contact}>"


def is_nobodys(address: str) -> bool:
    """Tell whether *address* is one that nobody can have, by its ending (RFC 2606)."""
    return address.rpartition(".")[2] in {"invalid", "example", "test", "localhost"}


def package_name(version: str) -> str:
    """Return what the file is called."""
    return f"{COMMAND}_{version}_{ARCHITECTURE}.deb"


def write_deb(
    frozen: Path, told: Path, to: Path, seconds: int, tree: Path, *, version: str, is_quick: bool
) -> None:
    """Write the package of the folder *frozen* to *to*; every file in it is of time *seconds*.

    *told* is the text of others' licences, *tree* a folder to put the package together in.  Raises
    CannotGoOnError where Debian's own programs refuse.
    """
    shutil.rmtree(tree, ignore_errors=True)
    program = tree / "usr" / "lib" / COMMAND
    shutil.copytree(frozen, program, symlinks=True)
    for library in (program / INNER).glob("lib*.so*"):
        if contents.is_brought_along(library.name):
            library.unlink()  # the package depends on the system's own
    for path, content in _files(told, seconds, version).items():
        place = tree / "usr" / "share" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    _link(tree / "usr" / "bin" / COMMAND, f"../lib/{COMMAND}/{COMMAND}")
    examples = tree / "usr" / "share" / "doc" / COMMAND / "examples"
    inside = f"{INNER}/resources/policy/policy.toml"
    _link(examples / "policy.toml", f"../../../../lib/{COMMAND}/{inside}")
    (tree / SETTINGS).mkdir(parents=True)  # empty, and root's alone from the beginning
    _settle(tree, seconds)
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "md5sums").write_text(_sums(tree), "utf-8")
    (control / "control").write_text(_control(tree, program, version), "utf-8")
    _settle(tree, seconds)
    pressed = ["-Zgzip", "-z1"] if is_quick else ["-Zxz", "-z6", "--threads-max=2"]
    run_quietly(
        ["dpkg-deb", "--root-owner-group", *pressed, "--build", tree, to],
        "dpkg-deb could not make the package; what it said is above.",
        {"SOURCE_DATE_EPOCH": str(seconds)},
    )


def _files(told: Path, seconds: int, version: str) -> dict[str, bytes]:
    doc = f"doc/{COMMAND}"
    licence = (ROOT / "LICENSE").read_text("utf-8")
    holder = next(line for line in licence.splitlines() if line.startswith("Copyright"))
    text = "\n".join(f" {line}" if line else " ." for line in licence.rstrip().splitlines())
    given = words(seconds, copyright=holder.removeprefix("Copyright (c) "), licence_text=text)
    return {
        **shared_files(seconds),
        f"{doc}/copyright": filled("copyright", given),
        f"{doc}/changelog.gz": packed(_changelog(version, seconds).encode()),
        f"{doc}/CHANGELOG.md.gz": packed((ROOT / "CHANGELOG.md").read_bytes()),
        f"{doc}/{told.name}.gz": packed(told.read_bytes()),
        f"lintian/overrides/{COMMAND}": (SOURCE / "lintian-overrides").read_bytes(),
    }


def _changelog(version: str, seconds: int) -> str:
    """Return what Debian's own programs ask for; people read CHANGELOG.md."""
    return (
        f"{COMMAND} ({version}) stable; urgency=medium\n\n"
        "  * What has changed for people is told in CHANGELOG.md.gz beside this file.\n\n"
        f" -- {maintainer()}  {format_datetime(datetime.fromtimestamp(seconds, UTC))}\n"
    )


def _link(at: Path, to: str) -> None:
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(to)


def _settle(tree: Path, seconds: int) -> None:
    """Give everything in *tree* the same rights and time, whatever this computer's habits are."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            is_run = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.suffixes)
            path.chmod(0o755 if is_run else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)


def _sums(tree: Path) -> str:
    files = (path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink())
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}"
        f"  {path.relative_to(tree)}\n"
        for path in files
    )


def _control(tree: Path, program: Path, version: str) -> str:
    of = product()
    return f"""\
Package: {COMMAND}
Version: {version}
Architecture: {ARCHITECTURE}
Maintainer: {maintainer()}
Installed-Size: {-(-size(tree) // 1024)}
Depends: {_depends(program)}
Recommends: fonts-dejavu-core, xdg-utils
Suggests: gnome-keyring, libpq5, orca
Section: misc
Priority: optional
Description: {of.summary[0].lower()}{of.summary[1:]}
{_DESCRIPTION}"""


def _depends(program: Path) -> str:
    """Return the packages that the libraries come from that the program leaves to the system."""
    tree = program.parents[2]
    described = tree / "debian"  # dpkg-shlibdeps asks for it where it is called
    described.mkdir()
    (described / "control").write_text(
        f"Source: {COMMAND}\n\nPackage: {COMMAND}\nArchitecture: {ARCHITECTURE}\n", "utf-8"
    )
    binaries = [
        path
        for path in sorted(program.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF"
    ]
    inside = program / INNER
    words = ["dpkg-shlibdeps", "-O", f"-l{inside}", "--ignore-missing-info", "--warnings=0"]
    printed = run_quietly(
        [*words, *(f"-e{path.relative_to(tree)}" for path in binaries)],
        "dpkg-shlibdeps does not know where a library comes from; what it said is above.",
        {"LC_ALL": "C"},
        folder=tree,
    )
    shutil.rmtree(described)
    line = next(line for line in printed.splitlines() if line.startswith("shlibs:Depends="))
    return line.partition("=")[2]
