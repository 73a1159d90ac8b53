"""What Windows shows of the program's own files: its properties, its icon, and what it asks for.

Called by the specification, in the Python that PyInstaller runs in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from programs import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from apprentice_desk.product import Product

MANIFEST = ROOT / "installers" / "windows" / "apprentice-desk.manifest"

BRITISH_ENGLISH, UNICODE = 0x0809, 1200


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Return the *version*, "1.4.0", as the four numbers that Windows compares: 1, 4, 0, 0."""
    first, second, third = map(int, version.split("."))
    return first, second, third, 0


def properties(product: Product, program: str) -> list[tuple[str, str]]:
    """Return what the page Details of a file's properties says of the *program* of this name."""
    return [
        ("CompanyName", product.publisher),
        ("FileDescription", product.name),  # what Task Manager and UAC call it
        ("FileVersion", product.version),
        ("InternalName", program),
        ("LegalCopyright", f"{product.publisher}; licence {product.licence}"),
        ("OriginalFilename", f"{program}.exe"),
        ("ProductName", product.name),
        ("ProductVersion", product.version),
    ]


def options(product: Product, program: str, icon: Path) -> dict[str, Any]:
    """Return what PyInstaller's EXE takes for the *program* of this name on Windows."""
    from PyInstaller.utils.win32 import versioninfo  # type: ignore[import-untyped]

    numbers = four_numbers(product.version)
    language = f"{BRITISH_ENGLISH:04X}{UNICODE:04X}"
    texts = [versioninfo.StringStruct(*each) for each in properties(product, program)]
    version = versioninfo.VSVersionInfo(
        ffi=versioninfo.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            versioninfo.StringFileInfo([versioninfo.StringTable(language, texts)]),
            versioninfo.VarFileInfo(
                [versioninfo.VarStruct("Translation", [BRITISH_ENGLISH, UNICODE])]
            ),
        ],
    )
    return {"version": version, "manifest": MANIFEST.read_text("utf-8"), "icon": str(icon)}
