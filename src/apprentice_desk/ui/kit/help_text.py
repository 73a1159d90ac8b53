"""A text of Help or a guide: Markdown to read, pictures as wide as there is room, words below."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QPainter,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from apprentice_desk import resources
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.still_text import StillText
from apprentice_desk.ui.kit.theme import Theme


class HelpText(StillText):
    """A text to read, which the keyboard scrolls and Tab leaves.

    A picture ``![words](name)``, alone in its paragraph, is ``name-light.png`` or
    ``name-dark.png`` of ``resources/help/pictures``, as the theme is.  It grows with the size of
    text as far as there is room.  Its words say what it shows; they stand below it for everybody,
    since screen readers pass over a picture within a text.

    *link_chosen* is sent with the target of a link that is clicked on; nothing is opened.  Whoever
    shows a text with links offers each as a button too: Tab leaves the text.
    """

    link_chosen = Signal(str)

    def __init__(self, name: str, markdown: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pictures: dict[str, QPixmap] = {}
        self.setMarkdown(markdown)
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        by_keyboard = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(self.textInteractionFlags() & ~by_keyboard)
        self.anchorClicked.connect(lambda link: self.link_chosen.emit(link.toString()))
        access.name(self, name, "Arrow keys scroll")
        for block in tuple(self._blocks()):
            picture = _picture_in(block)
            if picture is not None:
                self._take(block, *picture)

    def space_out(self) -> None:
        """Put room between paragraphs, and more above headings."""
        space = self._theme.space
        for block in self._blocks():
            has_words_below = _picture_in(block) is not None
            cursor, shape = QTextCursor(block), block.blockFormat()
            shape.setBottomMargin(space(0.5 if has_words_below else 1.5))
            shape.setTopMargin(space(2.5 if shape.headingLevel() else 0))
            cursor.setBlockFormat(shape)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _take(self, block: QTextBlock, name: str, words: str) -> None:
        """Load a picture and put its *words* below it."""
        look = "dark" if self._theme.is_dark else "light"
        self._pictures[name] = QPixmap(
            str(resources.path("help", "pictures", f"{name}-{look}.png"))
        )
        quiet = QTextCharFormat()
        quiet.setFont(self._theme.font("small"))
        quiet.setForeground(self._theme.colour("text_quiet"))
        below = QTextCursor(block)
        below.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        below.insertBlock()
        below.insertText(words, quiet)

    def _fit(self) -> None:
        """Give each picture the width that there is, but no more than the size of text asks for."""
        if not self._pictures:
            return
        document, ratio = self.document(), self.devicePixelRatioF()
        bar = self.verticalScrollBar().sizeHint().width()  # reckoned with whether shown or not
        edges = 2 * (round(document.documentMargin()) + self.frameWidth())
        room = max(1, self.width() - bar - edges)
        for name, picture in self._pictures.items():
            width = min(room, round(picture.width() * self._theme.text_scale))
            fitting = picture.scaledToWidth(
                round(width * ratio), Qt.TransformationMode.SmoothTransformation
            )
            self._frame(fitting)
            fitting.setDevicePixelRatio(ratio)
            document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), fitting)
        document.markContentsDirty(0, document.characterCount())

    def _frame(self, picture: QPixmap) -> None:
        """Draw a line round *picture*: in a dark theme its ground is that of the text."""
        painter = QPainter(picture)
        painter.setPen(self._theme.colour("line_strong"))
        painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
        painter.end()


def _picture_in(block: QTextBlock) -> tuple[str, str] | None:
    """Return name and words of the picture that *block* begins with, if any."""
    fragments = block.begin()
    if fragments.atEnd():
        return None
    shape = fragments.fragment().charFormat()
    if not shape.isImageFormat():
        return None
    words = shape.property(QTextFormat.Property.ImageAltText)
    return shape.toImageFormat().name(), str(words or "")
