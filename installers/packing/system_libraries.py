"""The libraries that a frozen program for Linux takes over from the Debian that it is built on."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packing.own import licences
from programs import ROOT, CannotGoOnError, run_quietly

_LICENCES = ROOT / "installers" / "linux" / "system_libraries.toml"
_DOCUMENTS = Path("/usr/share/doc")
_COMMON = Path("/usr/share/common-licenses")
_IS_LIBRARY = re.compile(r"lib.+\.so(\.\d+)*$")
_PYTHON = re.compile(r"libpython3")


@dataclass(frozen=True, slots=True)
class _Package:
    """One package of Debian."""

    name: str
    source: str
    version: str
    architecture: str
    home: str


def system_parts(folder: Path, packages: Path) -> list[licences.Part]:
    """Return the packages of Debian that libraries in *folder* are from, each once.

    A library that is named like one in *packages*, site-packages, is from there.  Raises
    CannotGoOnError where one is from neither, or the licence of its package is not known.
    """
    brought = {path.name for path in packages.rglob("lib*.so*")}
    names = sorted(
        path.name
        for path in folder.rglob("lib*.so*")
        if not path.is_symlink() and _IS_LIBRARY.match(path.name) and path.name not in brought
    )
    wanted = [name for name in names if not _PYTHON.match(name)]
    where = places() if wanted else {}
    for name in wanted:
        if name not in where:
            raise CannotGoOnError(f"{name} is neither of a package nor of the system.")
    return [_part(each) for each in _packages_of([where[name] for name in wanted])]


def places() -> dict[str, Path]:
    """Return where the system has each library, by its name, as its loader says."""
    loader = shutil.which("ldconfig") or "/sbin/ldconfig"
    printed = run_quietly([loader, "-p"], "The system does not say where its libraries are.")
    found: dict[str, Path] = {}
    for line in printed.splitlines():
        name, arrow, where = line.strip().partition(" => ")
        if arrow:
            found.setdefault(name.split(" ")[0], Path(where))
    return found


def _packages_of(libraries: list[Path]) -> list[_Package]:
    """Return the packages that *libraries* are from, each once; dpkg is asked for all together."""
    # What lies in /usr/lib may be known by the name that it had before /lib became a link to it.
    known_as = {
        real: [str(each) for each in (real, Path("/", *real.parts[2:])) if each.is_file()]
        for real in (library.resolve() for library in libraries)
    }
    if not known_as:
        return []
    owners: dict[str, str] = {}
    for line in _ask("--search", *(name for names in known_as.values() for name in names)):
        owner, _, path = line.rpartition(": ")
        owners[path] = owner.split(", ")[0]  # such as "libffi8:amd64"
    found: dict[str, None] = {}
    for real, names in known_as.items():
        owner = next((owners[name] for name in names if name in owners), "")
        if not owner:
            raise CannotGoOnError(f"{real} is of no package of Debian.")
        found[owner] = None
    fields = r"${Package}\t${source:Package}\t${Version}\t${Architecture}\t${Homepage}\n"
    shown = _ask("--show", f"--showformat={fields}", *found)
    return [_Package(*line.split("\t")) for line in shown]


def _ask(*words: str) -> list[str]:
    """Return the lines that dpkg-query says; what it does not know it says none of."""
    program = shutil.which("dpkg-query")
    if program is None:
        raise CannotGoOnError("Packages for Linux are made on Debian, whose dpkg is missing here.")
    asked = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    return asked.stdout.splitlines()


def _part(package: _Package) -> licences.Part:
    read = tomllib.loads(_LICENCES.read_text("utf-8"))
    if package.source not in read:
        raise CannotGoOnError(
            f"The licence of {package.source} is not in {_LICENCES.name}: read it, or leave "
            "its library out of the package."
        )
    described = _DOCUMENTS / package.name / "copyright"
    try:
        text = described.read_text("utf-8", "replace")
    except OSError as error:
        raise CannotGoOnError(
            f"The licence of {package.name} is not on this computer ({described}), as where "
            "packages are installed without documents. Let dpkg install those, then call:"
            f" apt-get install --reinstall {package.name}"
        ) from error
    common = sorted(set(re.findall(rf"{_COMMON}/([\w.-]*\w)", text)))
    texts = [licences.LicenceText("copyright", text)]
    texts += [
        licences.LicenceText(name, (_COMMON / name).read_text("utf-8"))
        for name in common
        if (_COMMON / name).is_file()
    ]
    version = package.version.replace(":", "%3A").replace("+", "%2B")
    return licences.Part(
        name=package.name,
        version=package.version,
        kind="library",
        licence=read[package.source],
        home=package.home,
        texts=tuple(texts),
        purl=f"pkg:deb/debian/{package.name}@{version}?arch={package.architecture}",
    )
