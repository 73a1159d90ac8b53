"""The first frame: what is painted before there is a widget in the window.

Navigation, theme and page frame as they will stand a moment later, written as one small SVG
drawing: widgets, pens and brushes each make Python learn all of Qt's enumerations first, which
would double the wait.  A test compares the picture with that of the real widgets.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QPainter
from PySide6.QtSvg import QSvgRenderer

from apprentice_desk import resources
from apprentice_desk.ui.kit import tokens
from apprentice_desk.ui.kit.tokens import FontRole
from apprentice_desk.ui.shell.places import PAGES

TITLE = "Apprentice Desk"
OPENING = "Opening…"
JUST_A_MOMENT = "Just a moment"

# Lengths in quarters, as the widgets have them.
TOP_HEIGHT = 13
FOOT_HEIGHT = 7.5
NAVIGATION_WIDTH = 54
PAGE_EDGE = 6
FIRST_FONTS = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
_ICON_SIDE = 24  # the side of the square that Lucide draws in
_BESIDE_ICON = 4  # pixels, at any size of text: so much Qt leaves between an icon and words


def load_fonts(names: tuple[str, ...]) -> None:
    """Make the program's own fonts known to Qt."""
    for name in names:
        QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))


class Frame:
    """The first frame in one theme and text scale."""

    def __init__(self, theme: str, text_scale: float) -> None:
        self._scale = text_scale
        self._colours = tokens.read(theme)[1]

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Paint the whole window."""
        drawing = self.drawing(width, height)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter)

    def drawing(self, width: int, height: int) -> str:
        """Return the frame of a window of that size as SVG."""
        top, foot = self._space(TOP_HEIGHT), self._space(FOOT_HEIGHT)
        left = self._space(NAVIGATION_WIDTH)
        edge = self._space(PAGE_EDGE)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}">',
            self._box(0, 0, width, height, "surface"),
            self._box(0, 0, width, top, "surface_raised"),
            self._box(0, top - 1, width, 1, "line"),
            self._box(left - 1, top, 1, height - top - foot, "line"),
            *self._name(top),
            *self._places(top, height - top - foot),
            self._box(0, height - foot, width, foot, "surface_raised"),
            self._box(0, height - foot, width, 1, "line"),
            *self._page(left + edge, top + edge),
            "</svg>",
        ]
        return "".join(parts)

    def _name(self, top: int) -> list[str]:
        side = self._space(5.5)
        x = self._space(4)
        words_x = x + side + self._space(2.5)
        return [
            self._icon("lamp-desk", x, (top - side) / 2, side, "text"),
            self._words(TITLE, words_x, 0, top, "heading", "text"),
        ]

    def _places(self, top: int, seen: int) -> list[str]:
        """Write the places; with the handle of a scroll bar where only *seen* pixels are shown."""
        parts = []
        y = top + self._space(3)
        section = ""
        side, x = self._space(4.5), self._space(2) + self._space(2.5)
        height = 2 * self._space(1.5) + self._space(5)
        for place in PAGES:
            if not place.is_listed:
                continue
            if place.section and place.section != section:
                section = place.section
                room = self._metrics("small strong").height()
                y += self._space(4)
                parts.append(self._words(section.upper(), x, y, room, "small strong", "text_quiet"))
                y += room + self._space(1) + self._space(0.5)
            icon_y = y + (height - side) / 2
            parts.append(self._icon(place.icon, x, icon_y, side, "text_disabled"))
            words_x = x + side + self._space(1) + _BESIDE_ICON
            parts.append(self._words(place.title, words_x, y - 1, height, "body", "text_disabled"))
            y += height + self._space(0.5)
        full = y - self._space(0.5) + self._space(3) - top
        return [*parts, self._handle(top, seen, full)] if full > seen else parts

    def _handle(self, top: int, seen: int, full: int) -> str:
        """Return the handle of the navigation's scroll bar, as desk.qss has it."""
        margin = self._space(0.75)
        x = self._space(NAVIGATION_WIDTH) - 1 - self._space(3) + margin
        length = seen * seen // full - 2 * margin
        return (
            f'<rect x="{x}" y="{top + margin}" width="{self._space(3) - 2 * margin}"'
            f' height="{length}" rx="{margin}" fill="{self._colours["text_disabled"]}"/>'
        )

    def _page(self, x: int, y: int) -> list[str]:
        y += 1  # as the layout rounds
        title = self._metrics("title").height()
        below = y + title + self._space(0.5)
        room = self._metrics("body").height()
        return [
            self._words(OPENING, x, y, title, "title", "text"),
            self._words(JUST_A_MOMENT, x, below, room, "body", "text_quiet"),
        ]

    def _box(self, x: int, y: int, width: int, height: int, meaning: str) -> str:
        return (
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}"'
            f' fill="{self._colours[meaning]}"/>'
        )

    def _words(
        self, words: str, x: float, y: float, room: int, role: FontRole, meaning: str
    ) -> str:
        """Write *words* in the middle of *room* pixels of height."""
        metrics = self._metrics(role)
        base = round(y + (room - metrics.height()) / 2) + metrics.ascent()
        return (
            f'<text x="{round(x)}" y="{base}" font-family="{tokens.FAMILY}"'
            f' font-size="{tokens.font_pixels(role, self._scale)}"'
            f' font-weight="{tokens.TYPE[role][1]}" fill="{self._colours[meaning]}">'
            f"{words}</text>"  # our own words: none has a sign that XML means something by
        )

    def _icon(self, name: str, x: float, y: float, side: int, meaning: str) -> str:
        drawing = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
        inner = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
        return (
            f'<g transform="translate({x} {y}) scale({side / _ICON_SIDE})" fill="none"'
            f' stroke="{self._colours[meaning]}" stroke-width="2" stroke-linecap="round"'
            f' stroke-linejoin="round">{inner}</g>'
        )

    def _metrics(self, role: FontRole) -> QFontMetrics:
        font = QFont(tokens.FAMILY)
        font.setPixelSize(tokens.font_pixels(role, self._scale))
        font.setWeight(QFont.Weight(tokens.TYPE[role][1]))
        return QFontMetrics(font)

    def _space(self, quarters: float) -> int:
        return tokens.space(quarters, self._scale)
