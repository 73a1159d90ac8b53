"""The setup program that installs for one user, compiled from installers/windows/setup.nsi.

The MSI is for a council's IT; this is for whoever may not have it put in for everybody.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from packing.association import ENDING, kind, values
from packing.msi import OLDEST_BUILD
from packing.msi_source import files
from packing.own import COMMAND
from programs import ROOT, run_quietly

if TYPE_CHECKING:
    from pathlib import Path

    from packing.own import Product

SCRIPT = ROOT / "installers" / "windows" / "setup.nsi"

_FOLDER = "$INSTDIR\\"
_KIBIBYTE = 1024


def write_setup(
    payload: Path,
    to: Path,
    product: Product,
    icon: Path,
    when: int,
    *,
    signs: str = "",
    is_quick: bool = False,
) -> None:
    """Write the setup program that installs the folder *payload* to *to*.

    The times of the files should be *when* already: they are kept.  *signs* is a command that
    signs the file "%1" in its place: the uninstaller inside.  *is_quick* packs less tightly.
    Raises CannotGoOnError if makensis fails.
    """
    lists = to.with_suffix(".lists")
    shutil.rmtree(lists, ignore_errors=True)
    lists.mkdir(parents=True)
    (lists / "install.nsh").write_text(installing(payload, product), "utf-8-sig")
    (lists / "remove.nsh").write_text(removing(payload), "utf-8-sig")
    size = sum((payload / path).stat().st_size for path in files(payload)) // _KIBIBYTE
    defined = {
        "NAME": product.name,
        "VERSION": product.version,
        "PUBLISHER": product.publisher,
        "SUMMARY": product.summary,
        "PROGRAM": COMMAND,
        "IDENTITY": product.identity,
        "ENDING": ENDING,
        "KIND": kind(product),
        "OLDEST_BUILD": str(OLDEST_BUILD),
        "ICON": str(icon.resolve()),
        "OUT": str(to.resolve()),
        "SIZE": str(size),
        "LISTS": str(lists.resolve()),
    }
    if signs:
        defined["SIGN"] = signs
    if is_quick:
        defined["QUICK"] = ""
    words = [f"-D{name}={value}" if value else f"-D{name}" for name, value in defined.items()]
    to.unlink(missing_ok=True)
    run_quietly(
        ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, SCRIPT],
        f"{to.name} could not be made; what makensis said of it is above.",
        {"SOURCE_DATE_EPOCH": str(when)},
    )
    shutil.rmtree(lists)


def installing(payload: Path, product: Product) -> str:
    """Return the lines that write every file, and what the registry is told."""
    lines: list[str] = []
    at: str | None = None
    for path in files(payload):
        folder = "/".join(path.split("/")[:-1])
        if folder != at:
            lines.append(f'SetOutPath "{_inside(folder)}"')
            at = folder
        lines.append(f'File "{(payload / path).resolve()}"')
    for value in values(product, _FOLDER):
        told = " ".join(f"'{part}'" for part in value)  # commands have double quotes in them
        lines.append(f"WriteRegStr HKCU {told}")
    return "\n".join(lines) + "\n"


def removing(payload: Path) -> str:
    """Return the lines that remove these files, and the folders that are then empty."""
    paths = files(payload)
    lines = [f'Delete "{_inside(path)}"' for path in paths]
    folders = {folder for path in paths for folder in _folders_of(path)}
    deepest_first = sorted(folders, key=lambda folder: (-folder.count("/"), folder))
    lines += [f'RMDir "{_inside(folder)}"' for folder in deepest_first]
    return "\n".join(lines) + "\n"


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _inside(path: str) -> str:
    """Return where *path* of the payload is installed, as NSIS writes it."""
    return _FOLDER + path.replace("$", "$$").replace("/", "\\") if path else "$INSTDIR"
