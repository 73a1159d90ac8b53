"""Whether words have the room they need: hints of size compared with sizes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from apprentice_desk.ui.kit.pieces import Elided


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
