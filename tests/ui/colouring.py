"""Whether what is drawn has the colours of its theme, and words stand out from what is behind."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

import screens
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme

Numbers = np.ndarray
"""Colours as #rrggbb, one number each."""
LEAST = 4.5
"""WCAG 2.2, 1.4.3, for words of any size; what is switched off is left out there too."""
MARGIN = 3
"""Pixels at the edge of a widget that are its frame, not what its words stand on."""
MOST_CELLS = 40


def ill_coloured(shown: QWidget, theme: Theme) -> list[str]:
    """Return what stands on a colour that the theme does not have, or can hardly be read."""
    picture = screens.pixels(shown.grab().toImage()).astype(np.uint32)
    numbers = (picture[..., 0] << 16) | (picture[..., 1] << 8) | picture[..., 2]
    own = {theme.colour(meaning).rgb() & 0xFFFFFF for meaning in theme.meanings}
    found = []
    for name, place in _words(shown):
        part = numbers[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
        colours, counts = np.unique(part, return_counts=True)
        behind = colours[counts.argmax()]
        if int(behind) not in own:
            found.append(f"{name} stands on #{behind:06x}, which the theme does not have")
        most = float(_contrasts(colours, behind).max())
        if most < LEAST:
            found.append(f"{name} stands out from #{behind:06x} by {most:.1f} only")
    return found


def _words(shown: QWidget) -> Iterator[tuple[str, QRect]]:
    """Every place of words that can be seen whole, with what it is called."""
    for widget in shown.findChildren(QWidget):
        if not widget.isVisibleTo(shown) or not widget.isEnabled():
            continue
        if isinstance(widget, QAbstractItemView):
            yield from _cells(widget, shown)
        elif _has_words(widget):
            place = _within(widget.rect().adjusted(MARGIN, 1, -MARGIN, -1), widget, shown)
            if place is not None:
                said = widget.text() if isinstance(widget, QLabel) else access.spoken_name(widget)
                yield said or type(widget).__name__, place


def _has_words(widget: QWidget) -> bool:
    if isinstance(widget, QLabel | QAbstractButton):
        return bool(widget.text().strip())
    if isinstance(widget, QLineEdit):
        return bool(widget.text() or widget.placeholderText())
    if isinstance(widget, QComboBox):
        return bool(widget.currentText())
    return isinstance(widget, QPlainTextEdit) and bool(widget.toPlainText())


def _cells(view: QAbstractItemView, shown: QWidget) -> Iterator[tuple[str, QRect]]:
    model = view.model()
    if model is None or isinstance(view, QHeaderView):
        return
    seen = 0
    is_table = isinstance(model, QAbstractTableModel)
    columns = model.columnCount(QModelIndex()) if is_table else 1
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            index = model.index(row, column)
            if seen >= MOST_CELLS:
                return
            if not str(index.data() or "").strip():
                continue
            rect = view.visualRect(index).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            place = _within(rect, view.viewport(), shown)
            if place is not None:
                seen += 1
                yield f"“{index.data()}” in {access.spoken_name(view)}", place


def _within(rect: QRect, widget: QWidget, shown: QWidget) -> QRect | None:
    """Return where *rect* of *widget* is in *shown*; None where it is out of sight or covered."""
    if rect.isEmpty() or not QRegion(rect).subtracted(widget.visibleRegion()).isEmpty():
        return None
    place = QRect(widget.mapTo(shown, rect.topLeft()), rect.size())
    on_top = shown.childAt(place.center())  # such as the list of what a search found
    is_free = on_top is None or on_top is widget or on_top.isAncestorOf(widget)
    return place if is_free or widget.isAncestorOf(on_top) else None


def _contrasts(colours: Numbers, behind: int) -> np.ndarray:
    light, ground = _luminance(colours), _luminance(np.array([behind]))[0]
    return (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)


def _luminance(colours: Numbers) -> np.ndarray:
    """WCAG's relative luminance."""
    share = np.stack([colours >> 16, (colours >> 8) & 255, colours & 255], axis=-1) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    luminance: np.ndarray = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance
