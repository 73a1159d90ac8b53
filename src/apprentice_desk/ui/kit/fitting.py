"""How high a dialog is: as high as what it holds, within the screen.

A dialog that is mostly empty looks as if something were missing; one that is too low hides its
last field.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QDialog, QLayout, QScrollArea, QWidget

from apprentice_desk.ui.kit.theme import Theme

MOST_QUARTERS = 170
_LEAST_QUARTERS = 8
_SHARE_OF_SCREEN = 0.9


class Fitter(QObject):
    """Makes *dialog* as high as what stands in *area* needs, once it is shown.

    It grows when more comes, and does not shrink again: what jumps about cannot be pressed.  It
    is never higher than *most* quarters of the text's height or nine tenths of the screen, and
    stays as it is once the person has made it higher or lower.
    """

    def __init__(
        self, dialog: QDialog, area: QScrollArea, theme: Theme, most: float = MOST_QUARTERS
    ) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._area = area
        self._theme = theme
        self._most = most
        self._made = 0
        area.setMinimumHeight(theme.space(_LEAST_QUARTERS))
        dialog.installEventFilter(self)
        area.verticalScrollBar().rangeChanged.connect(self._grow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the dialog before it is placed, then as it has come out; holds nothing back."""
        if event.type() == QEvent.Type.Show and not event.spontaneous():
            self._take(self._guessed())
            QTimer.singleShot(0, self, lambda: self._take(self._measured()))
        return False

    def _grow(self, _least: int, hidden: int) -> None:
        is_as_made = self._dialog.height() == self._made  # else the person wants it so
        if hidden > 0 and is_as_made and self._dialog.isVisible():
            self._take(self._dialog.height() + hidden)
            room = self._dialog.screen().availableGeometry()
            below = self._dialog.frameGeometry().bottom() - room.bottom()
            if below > 0:
                self._dialog.move(self._dialog.x(), max(room.top(), self._dialog.y() - below))

    def _take(self, height: int) -> None:
        room = self._dialog.screen().availableGeometry()
        most = min(self._theme.space(self._most), int(room.height() * _SHARE_OF_SCREEN))
        self._dialog.resize(self._dialog.width(), min(most, height))
        self._made = self._dialog.height()  # which may have to be more

    def _guessed(self) -> int:
        """The height before anything has its place: parts may yet stand otherwise."""
        for child in self._dialog.findChildren(QWidget):
            child.ensurePolished()  # else it is measured in another font
        layout, content = self._dialog.layout(), self._area.widget()
        if layout is None or content is None:
            return self._dialog.height()
        width = self._dialog.width()
        margins = layout.contentsMargins()
        around = _height(layout, width) - self._area.sizeHint().height()
        return around + _content(content, width - margins.left() - margins.right())

    def _measured(self) -> int:
        """The height in which all that stands there is seen."""
        content = self._area.widget()
        if content is None:
            return self._dialog.height()
        around = self._dialog.height() - self._area.contentsRect().height()
        return around + _content(content, self._area.contentsRect().width())


class Scrolled(QWidget):
    """What stands in a scroll area, as high as its words are at its width.

    Qt would take the height that they have at the least width, and scroll where all is in sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "raised")

    def minimumSizeHint(self) -> QSize:
        """Return the least room it can do with."""
        least, layout = super().minimumSizeHint(), self.layout()
        is_by_width = layout is not None and layout.hasHeightForWidth()
        return QSize(least.width(), 1) if is_by_width else least


def _content(content: QWidget, width: int) -> int:
    layout = content.layout()
    return content.sizeHint().height() if layout is None else _height(layout, width)


def _height(layout: QLayout, width: int) -> int:
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height()
