"""A text with marks to read, such as underlined words, which asks for nothing that it names."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser

_EMPTY = QImage(1, 1, QImage.Format.Format_ARGB32)
_EMPTY.fill(0)


class StillText(QTextBrowser):
    """Shows a text; no picture, style or page that is named in it is fetched or opened.

    Qt would read such a file, from another computer too, which learns by it who is there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give an empty picture: what belongs to a text is put into its document beforehand.

        Given nothing at all, Qt looks for the file by itself.
        """
        return _EMPTY
