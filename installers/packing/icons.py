"""The program's icon: the lamp of its sign in white on the accent's colour.

Drawn from ``resources`` in each size that is asked for, so that there is no second picture to be
kept.  Needs PySide6, which every Python that freezes the program has.
"""

from __future__ import annotations

import re
import struct
import tomllib

from programs import ROOT

SIGN = ROOT / "resources" / "icons" / "lamp-desk.svg"
COLOURS = ROOT / "resources" / "theme" / "light.toml"

WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_SMALL = 32  # up to this many pixels the sign is drawn larger and stronger, to be told at all

_HEADER, _ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def svg(side: int) -> str:
    """Return the icon for *side* pixels as a drawing of 24 by 24 units."""
    colours = tomllib.loads(COLOURS.read_text("utf-8"))
    accent, sign = (
        colours["raw"][colours["meaning"][name]] for name in ("accent", "text_on_accent")
    )
    strokes = "".join(re.findall(r"<path[^>]*/>", SIGN.read_text("utf-8")))
    size, stroke = (19.0, 2.3) if side <= _SMALL else (15.5, 1.9)
    margin = (24 - size) / 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<rect width="24" height="24" rx="5" fill="{accent}"/>'
        f'<g transform="translate({margin} {margin}) scale({size / 24})" fill="none"'
        f' stroke="{sign}" stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">'
        f"{strokes}</g></svg>"
    )


def png(side: int) -> bytes:
    """Return the icon as a picture of *side* by *side* pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg(side).encode())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub is wrong
    return bytes(buffer.data().data())


def ico() -> bytes:
    """Return the icon for Windows: a picture of each size in one file."""
    pictures = [png(side) for side in WINDOWS_SIZES]
    at = _HEADER.size + _ENTRY.size * len(pictures)
    entries = b""
    for side, picture in zip(WINDOWS_SIZES, pictures, strict=True):
        shown = side % 256  # 0 stands for 256
        entries += _ENTRY.pack(shown, shown, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return _HEADER.pack(0, 1, len(pictures)) + entries + b"".join(pictures)
