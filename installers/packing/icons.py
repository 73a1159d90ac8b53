"""The program's icon in the sizes and shapes that systems ask for, from installers/icon.svg."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

from packing import environments
from programs import ROOT, run_quietly

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DRAWING = ROOT / "installers" / "icon.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels: what Windows shows at 100 to 200 %, from lists to tiles."""

_FOLDER = environments.BUILD / "icons"
_DRAW = """
import sys
from pathlib import Path
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

drawing, folder, *sides = sys.argv[1:]
renderer = QSvgRenderer(drawing)
for side in map(int, sides):
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.save(str(Path(folder) / f"{side}.png"))
"""
_HEADER, _ENTRY = struct.Struct("<3H"), struct.Struct("<4B2H2I")
_IS_ICON, _PLANES, _BITS = 1, 1, 32
_WHOLE_BYTE = 256


def pictures(sizes: Iterable[int] = SIZES) -> dict[int, Path]:
    """Return the icon as .png by its *sizes*, in pixels; draws what was not drawn yet."""
    digest = hashlib.sha256(DRAWING.read_bytes()).hexdigest()[:16]
    folder = _FOLDER / digest
    found = {side: folder / f"{side}.png" for side in sizes}
    absent = [str(side) for side, path in found.items() if not path.exists()]
    if absent:
        folder.mkdir(parents=True, exist_ok=True)
        run_quietly(
            [environments.program_python(), "-c", _DRAW, DRAWING, folder, *absent],
            "The icon could not be drawn; what was said of it is above.",
            {"QT_QPA_PLATFORM": "offscreen"},
        )
    return found


def windows_icon() -> Path:
    """Return the icon as .ico, with all SIZES in it."""
    drawn = pictures()
    to = next(iter(drawn.values())).with_name("program.ico")
    to.write_bytes(as_ico([drawn[side].read_bytes() for side in SIZES], SIZES))
    return to


def as_ico(drawn: Iterable[bytes], sides: Iterable[int]) -> bytes:
    """Return the .png files *drawn*, of these *sides* in pixels, as one .ico."""
    parts = list(zip(drawn, sides, strict=True))
    entries, content = b"", b""
    start = _HEADER.size + _ENTRY.size * len(parts)
    for picture, side in parts:
        shown = side % _WHOLE_BYTE  # 0 is 256
        place = start + len(content)
        entries += _ENTRY.pack(shown, shown, 0, 0, _PLANES, _BITS, len(picture), place)
        content += picture
    return _HEADER.pack(0, _IS_ICON, len(parts)) + entries + content
