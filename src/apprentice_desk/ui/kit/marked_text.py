"""Several lines of text whose marks show as such, with a list of what can be written next.

The list stands below the cursor while something is begun that it can complete; the keyboard stays
in the text.  Lines with something wrong have a sign at their left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QTextEdit, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.theme import Theme

MOST_SHOWN = 8
_WRONG_SIGN = "!"


@dataclass(frozen=True, slots=True)
class Look:
    """How what a pattern finds looks: a colour, and one thing besides that is no colour."""

    colour: str
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """What can be written in place of the *begun* words before the cursor."""

    begun: str
    choices: tuple[tuple[str, str], ...]
    """Each as the text to write and what it stands for."""


Offer = Callable[[str], Completion | None]


class _Lights(QSyntaxHighlighter):
    """Shows what the patterns find; later ones win."""

    def __init__(
        self, document: QTextDocument, looks: Sequence[tuple[re.Pattern[str], Look]], theme: Theme
    ) -> None:
        super().__init__(document)
        self._looks, self._theme = tuple(looks), theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """Show the marks of one line."""
        for pattern, look in self._looks:
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), self._format(look))

    def _format(self, look: Look) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.colour(look.colour))
        if look.is_bold:
            made.setFontWeight(700)
        made.setFontItalic(look.is_italic)
        made.setFontUnderline(look.is_underlined)
        return made


class _Margin(QWidget):
    """The signs at the left of lines with something wrong."""

    def __init__(self, text: MarkedText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.margin_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_margin(event)


class MarkedText(QPlainTextEdit):
    """The text.  *offer* says what can be written where a line goes so before the cursor.

    *edited* is sent when a person, or what they chose from the list, changed the text.
    """

    edited = Signal()

    KEYS = Keys(
        "In the text of a clause",
        (
            ("{", "List the fields, and what else can be written"),
            ("Down, Up", "Choose from the list"),
            ("Enter, Tab", "Write what is chosen"),
            ("Escape", "Close the list"),
            ("Ctrl+Space", "Open the list again"),
        ),
    )

    def __init__(
        self,
        name: str,
        says: str,
        looks: Sequence[tuple[re.Pattern[str], Look]],
        offer: Offer,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._theme, self._offer = theme, offer
        self._begun = ""
        self._choices: tuple[tuple[str, str], ...] = ()
        self._wrong: Mapping[int, str] = {}
        self._lights = _Lights(self.document(), looks, theme)
        self._margin = _Margin(self)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("role", "raised")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(lambda _item: self.take())
        self.list.hide()
        access.name(self, name, says)
        access.name(self.list, "What can be written here")
        self.setTabChangesFocus(True)
        self.setProperty("role", "field")
        self.textChanged.connect(self._on_text)
        self.cursorPositionChanged.connect(self._on_cursor)
        self.updateRequest.connect(self._on_update)
        theme.changed.connect(self._refit)
        self._is_written = False
        self._refit()

    # the text

    def write(self, text: str) -> None:
        """Show *text*; nobody edited it."""
        self._is_written = True
        self.setPlainText(text)
        self._is_written = False
        self.close_list()

    def _on_text(self) -> None:
        if not self._is_written:
            self.edited.emit()
            self._look()

    def _on_cursor(self) -> None:
        if self.has_list:
            self._look()

    # lines with something wrong

    def show_wrong(self, lines: Mapping[int, str]) -> None:
        """Mark *lines*, from 0, each with the sentence that says why."""
        if dict(lines) == dict(self._wrong):
            return
        self._wrong = dict(lines)
        marks = []
        for number in lines:
            block = self.document().findBlockByNumber(number)
            if not block.isValid():
                continue
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(block)
            mark.format.setBackground(self._soft())
            mark.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)
        self._margin.update()

    def _soft(self) -> QColor:
        return self._theme.colour("danger_soft")

    @property
    def wrong_lines(self) -> tuple[int, ...]:
        """The lines that are marked, from 0."""
        return tuple(self._wrong)

    def go_to_line(self, number: int) -> None:
        """Put the cursor at the end of a line, from 0, and take the keyboard."""
        block = self.document().findBlockByNumber(number)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.setTextCursor(cursor)
        self.setFocus()

    @property
    def margin_width(self) -> int:
        """How wide the room for signs is, in pixels."""
        return int(self._theme.space(5))

    def paint_margin(self, event: QPaintEvent) -> None:
        """Paint the signs of the lines in sight."""
        painter = QPainter(self._margin)
        painter.fillRect(event.rect(), self._theme.colour("surface_sunken"))
        painter.setPen(self._theme.colour("danger_text"))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        while block.isValid():
            where = self.blockBoundingGeometry(block).translated(offset)
            if where.top() > event.rect().bottom():
                break
            if block.blockNumber() in self._wrong:
                room = QRect(0, int(where.top()), self._margin.width(), self._line_height())
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, _WRONG_SIGN)
            block = block.next()
        painter.end()

    def _line_height(self) -> int:
        return self.fontMetrics().height()

    def _on_update(self, rect: QRect, dy: int) -> None:
        if dy:
            self._margin.scroll(0, dy)
        else:
            self._margin.update(0, rect.y(), self._margin.width(), rect.height())

    def _refit(self) -> None:
        self.setViewportMargins(self.margin_width, 0, 0, 0)
        self._place_margin()

    def _place_margin(self) -> None:
        room = self.contentsRect()
        self._margin.setGeometry(room.left(), room.top(), self.margin_width, room.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the signs beside their lines, and the list below the cursor."""
        super().resizeEvent(event)
        self._place_margin()
        if self.has_list:
            self._place_list()

    # what can be written next

    @property
    def has_list(self) -> bool:
        """Whether the list stands open."""
        return not self.list.isHidden()

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What the list offers."""
        return self._choices if self.has_list else ()

    def _before(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _look(self) -> None:
        """Open the list, show other choices in it, or close it."""
        found = None if self.isReadOnly() else self._offer(self._before())
        if found is None or not found.choices:
            self.close_list()
            return
        self._begun = found.begun
        if found.choices != self._choices or not self.has_list:
            was_open = self.has_list
            self._choices = found.choices
            self.list.clear()
            self.list.addItems([f"{{{text}   {says}" for text, says in found.choices])
            self.list.setCurrentRow(0)
            self._place_list()
            self.list.show()
            self.list.raise_()
            if not was_open:
                many = f"{len(found.choices)} to choose from: " if len(found.choices) > 1 else ""
                access.announce(self, f"{many}{self._said()}")

    def _said(self) -> str:
        row = self.list.currentRow()
        if not 0 <= row < len(self._choices):
            return ""
        text, says = self._choices[row]
        return f"{says}, {text.rstrip('}')}"

    def _place_list(self) -> None:
        height = self.list.sizeHintForRow(0) * min(len(self._choices), MOST_SHOWN)
        height += 2 * self.list.frameWidth() + 2
        width = min(self.width() - self.margin_width, int(self._theme.space(110)))
        cursor = self.cursorRect().translated(self.margin_width, 0)
        left = max(0, min(cursor.left(), self.width() - width))
        top = cursor.bottom() + 2
        if top + height > self.height():
            above = cursor.top() - height - 2
            top = above if above >= 0 else self.height() - height
        top = max(0, min(top, self.height() - height))  # the cursor may be out of sight
        self.list.setGeometry(left, top, width, height)

    def close_list(self) -> None:
        """Close the list."""
        self.list.hide()
        self._choices = ()

    def step(self, by: int) -> None:
        """Choose another line of the list, *by* lines further down; round and round."""
        count = len(self._choices)
        self.list.setCurrentRow((self.list.currentRow() + by) % count)
        access.announce(self, self._said(), at_once=True)

    def take(self) -> None:
        """Write what is chosen; where more is to follow, the list stays."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._choices):
            return
        text = self._choices[row][0]
        cursor = self.textCursor()
        back = QTextCursor.MoveOperation.PreviousCharacter
        cursor.movePosition(back, QTextCursor.MoveMode.KeepAnchor, len(self._begun))
        after = self.textCursor().block().text()[self.textCursor().positionInBlock() :]
        if text.endswith("}") and after.startswith("}"):
            text = text[:-1]
            self.close_list()
            cursor.insertText(text)
            self.moveCursor(QTextCursor.MoveOperation.NextCharacter)
            return
        self.close_list()
        cursor.insertText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the list while it is open."""
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_ctrl and event.key() == Qt.Key.Key_Space:
            self._look()
            return
        if self.has_list and not is_ctrl:
            match event.key():
                case Qt.Key.Key_Down:
                    self.step(1)
                    return
                case Qt.Key.Key_Up:
                    self.step(-1)
                    return
                case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                    self.take()
                    return
                case Qt.Key.Key_Escape:
                    self.close_list()
                    return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Leave the text by Tab, unless the list takes it."""
        return False if self.has_list and forward else super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list: what is begun is left."""
        super().focusOutEvent(event)
        self.close_list()
