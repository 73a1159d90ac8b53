"""The ring around what has the keyboard: amber with a dark edge, visible on every surface.

One ring moves about; it lies over its window and takes neither mouse nor keyboard.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

RADIUS_SHARE = 1.5
# By name: importing the classes would cost the start of the window some milliseconds.
_WITH_RING = ("QLineEdit", "QPlainTextEdit", "QTextEdit")
_WITHOUT_RING = ("QAbstractItemView",)


class _Ring(QWidget):
    """What is painted; its inner rectangle is the widget that has the keyboard."""

    def __init__(self, parent: QWidget, bright: QColor, edge: QColor, width: int) -> None:
        super().__init__(parent)
        self._bright = bright
        self._edge = edge
        self._width = width
        self.setObjectName("focus ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._width
        radius = width * RADIUS_SHARE
        bright = max(2.0, width * 0.75)
        pen = QPen(self._bright, bright)
        painter.setPen(pen)
        half = bright / 2
        outer = self.rect().toRectF().adjusted(half, half, -half, -half)
        painter.drawRoundedRect(outer, radius + half, radius + half)
        inset = bright + 0.5
        inner = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(self._edge, 1.5))
        painter.drawRoundedRect(inner, radius, radius)
        painter.end()


class FocusRing(QObject):
    """Follows the keyboard through *app* and draws the ring where it is.

    Text fields always have it; buttons only when the keyboard brought the focus there.  Lists
    and tables mark their current row themselves, and have it while there is no row.  A widget
    with the property ring="none" does without, one with ring="always" has it whatever it is.
    """

    NAME = "what draws the focus ring"

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(self.NAME)
        self._ring: _Ring | None = None
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self._bright = QColor()
        self._edge = QColor()
        self._width = 4
        app.focusChanged.connect(self._on_focus_changed)

    def set_colours(self, bright: QColor, edge: QColor, width: int) -> None:
        """Draw in *bright* with the line *edge* inside, *width* pixels beyond the widget."""
        self._bright, self._edge, self._width = bright, edge, width
        target = self._target
        self._leave()
        if target is not None and isValid(target) and target.hasFocus():
            self._surround(target)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if new is not None and self._is_wanted(new):
            self._surround(new)

    def _is_wanted(self, widget: QWidget) -> bool:
        wish = widget.property("ring")
        if wish == "none" or widget.isWindow():
            return False
        if wish == "always" or any(widget.inherits(kind) for kind in _WITH_RING):
            return True
        if any(widget.inherits(kind) for kind in _WITHOUT_RING):
            return _is_empty(widget)
        return QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton

    def look_again(self, widget: QWidget) -> None:
        """Draw the ring around *widget*, or none, now that it is another matter."""
        if widget.hasFocus():
            self._on_focus_changed(None, widget)

    def _leave(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None

    def _surround(self, target: QWidget) -> None:
        self._target = target
        widget: QWidget = target
        self._watched = [widget]
        while not widget.isWindow():
            parent = widget.parentWidget()
            if parent is None:
                break
            widget = parent
            grandparent = widget.parentWidget()
            if grandparent is not None and grandparent.inherits("QAbstractScrollArea"):
                break  # this is its viewport: the ring scrolls and is cut off with what is in it
            self._watched.append(widget)
        for watched in self._watched:
            watched.installEventFilter(self)
        self._ring = _Ring(widget, self._bright, self._edge, self._width)
        self._place()

    def _place(self) -> None:
        target, ring = self._target, self._ring
        if target is None or ring is None or not isValid(target) or not isValid(ring):
            return
        surface = ring.parentWidget()
        if surface is None:
            return
        inner = QRect(target.mapTo(surface, target.rect().topLeft()), target.size())
        around = inner.adjusted(-self._width, -self._width, self._width, self._width)
        # All of it shows at the edge of a window too; what scrolls is cut off with what it is in.
        ring.setGeometry(around.intersected(surface.rect()) if surface.isWindow() else around)
        ring.setVisible(target.isVisible())
        ring.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch what it must follow; nothing is held back."""
        if event.type() in (
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.Show,
            QEvent.Type.Hide,
        ):
            self._place()
        return False


def look_again(widget: QWidget) -> None:
    """Draw the ring around *widget*, or none, now that there is more or less in it."""
    app = QApplication.instance()
    ring = app.findChild(FocusRing, FocusRing.NAME) if app is not None else None
    if ring is not None:
        ring.look_again(widget)


def _is_empty(widget: QWidget) -> bool:
    """Whether a list or table has no row that could show where the keyboard is."""
    view: Any = widget
    if not view.inherits("QAbstractItemView"):
        return False
    model = view.model()
    return model is None or not model.rowCount()
