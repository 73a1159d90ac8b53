"""Whether words have the room they need, and a dialog no more than that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from apprentice_desk.ui.kit.delegates import PADDING_QUARTERS
from apprentice_desk.ui.kit.painting import Badge, badge_size
from apprentice_desk.ui.kit.pieces import Elided
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme

POINT = 4
"""Bytes of a point in a picture, that are compared."""
LONGEST_WORD = 20
"""Characters of a badge that says how something stands; a longer one is a title."""
MOST_EMPTY = 18
"""Quarters of the text's height that may stand empty below each other in a dialog."""


def lacks_room(widget: QWidget) -> bool:
    """Tell whether a label, button or input is smaller than what stands in it."""
    if isinstance(widget, Elided):
        return widget.height() + 1 < widget.sizeHint().height()  # it cuts itself, with a tooltip
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        hint = widget.sizeHint()
        return hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1
    if isinstance(widget, QAbstractButton) and widget.text():
        hint = widget.minimumSizeHint()
        return hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1
    if isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox | QTabBar):
        # Their text may scroll sideways, but not up and down.
        return widget.minimumSizeHint().height() > widget.height() + 1
    return False


def is_out_at_the_side(widget: QWidget) -> bool:
    """Tell whether a widget with words goes on beyond a scroll area that does not go sideways."""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        return False
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and is_fixed_sideways(parent):
            seen = parent.viewport()
            left = widget.mapTo(seen, widget.rect().topLeft()).x()
            return left < -1 or left + widget.width() > seen.width() + 1
        parent = None if parent.isWindow() else parent.parentWidget()
    return False


def goes_sideways(root: QWidget) -> list[str]:
    """Return the names of what scrolls sideways though it is no list, grid or text."""
    return [
        area.accessibleName() or type(area.parentWidget()).__name__
        for area in root.findChildren(QScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def is_fixed_sideways(area: QScrollArea) -> bool:
    """Tell whether *area* has no scroll bar for what goes on at its side."""
    return area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def clipped(root: QWidget) -> list[str]:
    """Return the labels, buttons and inputs whose words have less room than they need.

    What lies in a part that takes no room at all (the empty words of a list that has rows) is
    not shown to anybody.
    """
    found = []
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or (parent is not None and parent.height() == 0):
            continue
        if lacks_room(widget) or is_out_at_the_side(widget):
            words = getattr(widget, "text", str)() or widget.accessibleName()
            found.append(f"{type(widget).__name__} {words!r} {widget.size().toTuple()}")
    return found


def narrow_columns(root: QWidget, theme: Theme) -> list[str]:
    """Return the columns of lists that are narrower than their heading or than a badge in them."""
    metrics = QFontMetrics(theme.font("small strong"))
    padding = 2 * theme.space(PADDING_QUARTERS)
    found = []
    for table in root.findChildren(RowsTable):
        for place in table.order.shown if table.isVisible() else ():
            column = table.rows.columns[place]
            cells = [column.show(row) for row in table.rows.shown[:50]]
            badges = [
                badge_size(cell, theme).width()
                for cell in cells
                if isinstance(cell, Badge) and len(cell.text) <= LONGEST_WORD
            ]
            needed = max(metrics.horizontalAdvance(column.heading), *badges, 0) + padding
            if table.columnWidth(place) < needed:
                found.append(f"{column.heading!r} of {table.accessibleName()!r}")
    return found


def empty_band(dialog: QDialog) -> int:
    """Return the height of the highest stretch of *dialog* in which nothing stands, in pixels."""
    picture = dialog.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)
    edge = max(8, picture.width() // 40)  # a scroll bar or a ring at the side is no content
    points = bytes(picture.constBits())
    highest = here = 0
    for y in range(picture.height()):
        begins = y * picture.bytesPerLine()
        line = points[begins + edge * POINT : begins + (picture.width() - edge) * POINT]
        is_empty = line == line[:POINT] * (len(line) // POINT)
        here = here + 1 if is_empty else 0
        highest = max(highest, here)
    return highest
