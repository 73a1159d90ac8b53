"""What of all that could be packed stays out of the frozen program, and why.

Names are those inside the folder, with "/" on every system.
"""

from __future__ import annotations

import hashlib
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

INNER = "_internal"
"""The folder inside the frozen one with all but the programs."""

EXCLUDED_MODULES = (
    "tkinter",
    "_wmi",  # platform asks it on Windows, which can take seconds; it does without
    "pip",
    "setuptools",
    "pkg_resources",
    "unittest",
    "pydoc",
    "doctest",
    "lib2to3",
    "distutils",
    "lxml.html",  # Word files are read and written with lxml.etree alone
    "lxml.objectify",
    "lxml.isoschematron",
    "PIL.AvifImagePlugin",  # reportlab wants PIL to be there; no document of ours has a picture
    "PIL._avif",
    "PIL.WebPImagePlugin",
    "PIL._webp",
    "PIL.ImageTk",
    "PIL.ImageCms",
    "PIL.ImageFont",
    *(("psycopg_binary",) if sys.platform == "linux" else ()),  # see hidden
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtPdf",
)

UNNEEDED_HOOKS = frozenset({"pyi_rth_multiprocessing", "pyi_rth_inspect"})
"""What PyInstaller would run before each start, for what the program does not do."""

_UNWANTED = (
    r"(^|/)icu[a-z]*\d*\.dll$",  # Windows' own; one that is brought along fails on other versions
    r"opengl32sw",  # a software OpenGL for what the program does not draw
    r"d3dcompiler",
    r"/translations/",  # of Qt's dialogs; the program speaks English
    r"(Qml|Quick|Pdf|VirtualKeyboard|Designer|Sql|Test|OpenGLWidgets|Charts|Multimedia)",
    r"/plugins/platformthemes/libqgtk3",  # it brings the whole of GTK along
    r"/plugins/(qmltooling|sqldrivers|networkinformation|tls|egldeviceintegrations)/",
    r"/plugins/(platforminputcontexts/.*virtualkeyboard|generic/|printsupport/.*cups)",
    r"/plugins/platforms/.*(eglfs|linuxfb|vkkhr|vnc|minimalegl|direct2d)",
    r"/plugins/wayland-shell-integration/.*(fullscreen|ivi|qt-shell)",
    r"/plugins/imageformats/.*(webp|tiff|tga|wbmp|icns|pdf)",
    r"(^|/)reportlab/fonts/",  # no document uses them, and one, DarkGarden, is under the GPL
    r"[Dd]ark_?[Gg]arden",
)
_IS_UNWANTED = re.compile("|".join(f"(?:{part})" for part in _UNWANTED))
_IS_OWN = re.compile(rf"^({INNER}/)?resources/")
_WRITTEN_LATER = re.compile(r"^licences/(THIRD-PARTY-LICENCES\.txt|third-party\.json)$")


def is_wanted(name: str) -> bool:
    """Tell whether the file *name* of the frozen folder is to be in it.

    The program's own resources always are, whatever they are called.
    """
    tidy = name.replace("\\", "/")
    return _IS_OWN.match(tidy) is not None or _IS_UNWANTED.search(tidy) is None


def amiss(frozen: Path, resources: Path) -> list[str]:
    """Return what is wrong with the files of the folder *frozen*, each in a sentence.

    None of what was to be left out may be in it, and all of *resources*, the program's own in the
    source, must be, to the byte, with nothing beside it but the licences that are read off the
    folder itself.
    """
    names = [path.relative_to(frozen).as_posix() for path in frozen.rglob("*") if path.is_file()]
    found = [f"{name} was to be left out." for name in names if not is_wanted(name)]
    packed, source = _digests(frozen / INNER / "resources"), _digests(resources)
    found += [f"resources/{name} is missing." for name in source.keys() - packed.keys()]
    found += [
        f"resources/{name} is not among the program's own."
        for name in packed.keys() - source.keys()
        if not _WRITTEN_LATER.match(name)
    ]
    found += [
        f"resources/{name} is not what it is in the source."
        for name in source.keys() & packed.keys()
        if source[name] != packed[name]
    ]
    return sorted(found)


def _digests(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file()
    }


_BROUGHT_ALONG = re.compile(
    r"libxcb-[a-z]|libxkbcommon-x11|libX11-xcb"  # the xcb plugin needs it, and desktops may lack it
    r"|libffi|libbz2"  # of other versions on other distributions
)


def comes_with_linux(path: str) -> bool:
    """Tell whether the shared library *path* is left to the distribution.

    What every desktop has (OpenSSL, SQLite, Kerberos, GLib, D-Bus, fontconfig, X11, C++) gets its
    security updates there, without waiting for a version of ours.
    """
    is_of_system = path.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))
    return is_of_system and not is_brought_along(path.rsplit("/", 1)[-1])


def is_brought_along(name: str) -> bool:
    """Tell whether the library *name* is one of the system's that are brought along all the same.

    A package that names what it depends on does without them.
    """
    return _BROUGHT_ALONG.match(name) is not None
