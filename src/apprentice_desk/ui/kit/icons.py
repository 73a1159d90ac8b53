"""Icons: Lucide drawings from resources/icons in the colours of the theme.

A drawing is rendered when it is first asked for and kept for its colour and size.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QPushButton

from apprentice_desk import resources
from apprentice_desk.ui.kit.theme import Theme

SIZE_QUARTERS = 4.5
"""How large an icon beside body text is, in quarters as Theme.space() takes them."""
GAP_QUARTERS = 1
"""How much is added between an icon and the words of its button."""


def _colour(tone: str, theme: Theme) -> QColor:
    """A tone's words have the tone's text colour; anything else is a meaning of the theme."""
    return theme.colour(f"{tone}_text" if f"{tone}_text" in theme.meanings else tone)


def pixmap(name: str, tone: str, theme: Theme, quarters: float = SIZE_QUARTERS) -> QPixmap:
    """Return the drawing *name* in a tone's or meaning's colour, sharp on the sharpest screen.

    FileNotFoundError if there is no such drawing, KeyError if there is no such colour.
    """
    colour = _colour(tone, theme).name()
    pixels = theme.space(quarters)
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    key = (name, colour, pixels, ratio)
    made = theme.drawings.get(key)
    if made is None:
        made = theme.drawings[key] = _render(name, colour, round(pixels * ratio))
        made.setDevicePixelRatio(ratio)
    return made


def _render(name: str, colour: str, side: int) -> QPixmap:
    drawing = resources.path("icons", f"{name}.svg").read_bytes()
    coloured = drawing.replace(b"currentColor", colour.encode())
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(coloured)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return made


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    """The drawing with room at its right: buttons put text and icon too close together."""
    ratio = drawn.devicePixelRatio()
    wider = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wider


def icon(
    name: str,
    tone: str,
    theme: Theme,
    *,
    checked_tone: str = "",
    chosen_tone: str = "",
    quarters: float = SIZE_QUARTERS,
    gap: int = 0,
) -> QIcon:
    """Return the drawing *name* in the colour that *tone* or a meaning has in *theme*.

    With *checked_tone* it changes colour where its button is checked, with *chosen_tone* where the
    line of a menu is marked.  *gap* is empty room in pixels at its right.
    """

    def draw(meaning: str) -> QPixmap:
        drawn = pixmap(name, meaning, theme, quarters)
        return _with_gap(drawn, gap) if gap else drawn

    made = QIcon(draw(tone))
    # What Qt makes of it by itself is as bright as ever in the dark.
    made.addPixmap(draw("text_disabled"), QIcon.Mode.Disabled)
    if checked_tone:
        made.addPixmap(draw(checked_tone), QIcon.Mode.Normal, QIcon.State.On)
    if chosen_tone:
        made.addPixmap(draw(chosen_tone), QIcon.Mode.Active)
    return made


class _IconKeeper(QObject):
    """Draws its parent's icon anew when the theme changes; goes with its parent."""

    def __init__(
        self, parent: QAbstractButton | QAction, name: str, tone: str, theme: Theme, checked: str
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._theme, self._checked = name, tone, theme, checked
        theme.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Give the parent the icon in today's colours and size."""
        owner = self.parent()
        has_words = isinstance(owner, QPushButton) and bool(owner.text())
        gap = self._theme.space(GAP_QUARTERS) if has_words else 0
        drawn = icon(
            self._name,
            self._tone,
            self._theme,
            checked_tone=self._checked,
            chosen_tone="selection_text" if isinstance(owner, QAction) else "",
            gap=gap,
        )
        if isinstance(owner, QAbstractButton):
            side = self._theme.space(SIZE_QUARTERS)
            owner.setIconSize(QSize(side + gap, side))
            owner.setIcon(drawn)
        elif isinstance(owner, QAction):
            owner.setIcon(drawn)


def words_changed(owner: QAbstractButton) -> None:
    """Draw the icon of *owner* anew: with words it keeps a gap beside them, alone it has none."""
    for keeper in owner.findChildren(
        _IconKeeper, options=Qt.FindChildOption.FindDirectChildrenOnly
    ):
        keeper.draw()


def set_icon(
    owner: QAbstractButton | QAction, name: str, tone: str, theme: Theme, *, checked_tone: str = ""
) -> None:
    """Give a button or action an icon that follows the theme."""
    for keeper in owner.findChildren(
        _IconKeeper, options=Qt.FindChildOption.FindDirectChildrenOnly
    ):
        keeper.setParent(None)
        keeper.deleteLater()
    _IconKeeper(owner, name, tone, theme, checked_tone)
