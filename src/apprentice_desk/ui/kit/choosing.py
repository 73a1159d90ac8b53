"""The inputs for one of a list: a short list drops down, a long one is searched by typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.inputs import Choices, Field, Input
from apprentice_desk.ui.kit.pieces import icon_button
from apprentice_desk.ui.kit.theme import Theme

LONG_LIST = 12
"""A list of choices longer than this is searched by typing."""


def choice_pairs(choices: Choices | Callable[[], Choices]) -> list[tuple[Any, str]]:
    """Return *choices* as pairs of value and words; a bare value speaks for itself."""
    given = choices() if callable(choices) else choices
    pairs = []
    for choice in given:
        if isinstance(choice, tuple):
            value, words = choice
        else:
            value, words = choice, str(choice)
            words = words[:1].upper() + words[1:]
        pairs.append((value, words))
    return pairs


def is_long(choices: Choices | Callable[[], Choices]) -> bool:
    """Return whether *choices* are too many to drop down."""
    return len(choice_pairs(choices)) > LONG_LIST


class _QuietComboBox(QComboBox):
    """A combo box that a scrolling page does not change by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ChoiceInput(Input):
    """One of a short list, or none, which is called *blank*."""

    BLANK = "Not chosen"

    def __init__(self, field: Field, theme: Theme, blank: str = BLANK) -> None:
        self._blank = blank
        self.box = _QuietComboBox()
        super().__init__(field, theme, self.box)
        self._pairs: list[tuple[Any, str]] = []
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(8)
        self.box.setMaxVisibleItems(LONG_LIST + 2)
        self.box.activated.connect(self.edited)
        self.set_choices(field.choices)
        self.finish()

    def set_choices(self, choices: Choices | Callable[[], Choices]) -> None:
        """Offer other choices; what was chosen stays so, in the list or not."""
        before = self.read()
        self._pairs = [(None, self._blank), *choice_pairs(choices)]
        self.box.clear()
        self.box.addItems([words for _, words in self._pairs])
        self.write(before)

    def read(self) -> Any:
        """Return the value chosen."""
        number = self.box.currentIndex()
        return self._pairs[number][0] if 0 <= number < len(self._pairs) else None

    def typed(self) -> str:
        """Return the words of what is chosen."""
        return self.box.currentText()

    def type_in(self, text: str) -> None:
        """Choose what has these words."""
        number = self.box.findText(text)
        if number >= 0:
            self.box.setCurrentIndex(number)

    def write(self, value: Any) -> None:
        """Show *value*; one that the list does not hold is added, never silently dropped."""
        number = _place_of(value, self._pairs)
        if number < 0:
            self._pairs.append((value, str(value)))
            self.box.addItem(str(value))
            number = len(self._pairs) - 1
        self.box.setCurrentIndex(number)


class SearchInput(Input):
    """One of a long list, or none: part of its words is typed, or the whole list opened."""

    def __init__(self, field: Field, theme: Theme) -> None:
        self.line = QLineEdit()
        super().__init__(field, theme, self.line)
        self._pairs: list[tuple[Any, str]] = []
        self._completer: QCompleter | None = None
        self.line.setPlaceholderText("Type to search")
        self.line.textEdited.connect(self.edited)
        self.left.connect(self._settle)
        self._open = icon_button(
            "chevron-down", f"Show the whole list: {field.label}", theme, self.show_list
        )
        access.answer_in_field(self._open, "Down")
        self.put_inside(self.line, self._open)
        self.set_choices(field.choices)
        self.finish()

    def set_choices(self, choices: Choices | Callable[[], Choices]) -> None:
        """Offer other choices; what was chosen stays so, in the list or not."""
        try:
            before = self.read()
        except ValueError:
            before = None
        self._pairs = choice_pairs(choices)
        self._forget_list()
        self.write(before)

    def read(self) -> Any:
        """Return the value chosen; ValueError with a sentence if the words fit none or several."""
        text = self.line.text().strip()
        if not text:
            return None
        number = self._found(text)
        if number < 0:
            raise ValueError(f"“{text}” is not in the list. Type part of it and choose a line.")
        return self._pairs[number][0]

    def typed(self) -> str:
        """Return the line as it stands."""
        return self.line.text()

    def type_in(self, text: str) -> None:
        """Put a line back."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def write(self, value: Any) -> None:
        """Show *value*; one that the list does not hold is added, never silently dropped."""
        if value is None:
            self.line.clear()
            return
        number = _place_of(value, self._pairs)
        if number < 0:
            self._pairs.append((value, str(value)))
            self._forget_list()
        self.line.setText(self._pairs[number][1])
        self.line.setCursorPosition(0)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        self.line.setReadOnly(is_read_only)
        self._open.setVisible(not is_read_only)

    def show_list(self) -> None:
        """Open the whole list under the input."""
        completer = self._searched()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        completer.setCompletionPrefix("")
        completer.complete()
        number = self._found(self.line.text().strip())
        if number >= 0:
            popup = completer.popup()
            if popup is not None:
                popup.setCurrentIndex(completer.completionModel().index(number, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Get the list ready when the keyboard comes; Down opens it."""
        if watched is self.line and not self.line.isReadOnly():
            if event.type() == QEvent.Type.FocusIn:
                self._searched()
            elif (
                isinstance(event, QKeyEvent)
                and event.type() == QEvent.Type.KeyPress
                and event.key() == Qt.Key.Key_Down
            ):
                self.show_list()
                return True
        return super().eventFilter(watched, event)

    def _searched(self) -> QCompleter:
        """The list behind the input, made when first needed: it may be a thousand lines."""
        if self._completer is None:
            words = QStringListModel([words for _, words in self._pairs], self)
            completer = QCompleter(words, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(LONG_LIST)
            popup = QListView()
            popup.setUniformItemSizes(True)
            popup.setProperty("role", "choices")
            completer.setPopup(popup)
            self.line.setCompleter(completer)
            completer.activated.connect(self._on_completed)
            self._completer = completer
        return self._completer

    def _forget_list(self) -> None:
        if self._completer is not None:
            self.line.setCompleter(None)  # type: ignore[arg-type]
            self._completer.deleteLater()
            self._completer = None

    def _found(self, text: str) -> int:
        """The line that *text* is, or the only one in which it occurs; -1 if there is none."""
        wanted = text.casefold()
        if not wanted:
            return -1
        parts = []
        for number, (_, words) in enumerate(self._pairs):
            folded = words.casefold()
            if folded == wanted:
                return number
            if wanted in folded:
                parts.append(number)
        return parts[0] if len(parts) == 1 else -1

    def _settle(self) -> None:
        number = self._found(self.line.text().strip())
        if number >= 0 and self.line.text() != self._pairs[number][1]:
            self.line.setText(self._pairs[number][1])

    def _on_completed(self, _text: str) -> None:
        self._settle()
        self.edited.emit()


class OfferedInput(SearchInput):
    """A line of free text with words to choose from; what is typed is taken as it stands."""

    def __init__(self, field: Field, theme: Theme) -> None:
        super().__init__(field, theme)
        self.line.setPlaceholderText("")

    def set_choices(self, choices: Choices | Callable[[], Choices]) -> None:
        """Offer other words; where there are none it is a plain line."""
        super().set_choices(choices)
        self._open.setVisible(bool(self._pairs) and not self.line.isReadOnly())

    def read(self) -> Any:
        """Return what is typed, or the value whose words they are."""
        text = " ".join(self.line.text().split())
        number = self._found(text)
        return (text or None) if number < 0 else self._pairs[number][0]

    def write(self, value: Any) -> None:
        """Show *value*, whether or not it is offered."""
        number = _place_of(value, self._pairs)
        self.line.setText(str(value or "") if number < 0 else self._pairs[number][1])
        self.line.setCursorPosition(0)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        super().set_read_only(is_read_only)
        self._open.setVisible(bool(self._pairs) and not is_read_only)

    def show_list(self) -> None:
        """Open what is offered, if anything is."""
        if self._pairs:
            super().show_list()

    def _found(self, text: str) -> int:
        """The line that *text* is, whole: a part of one may be meant as it is typed."""
        wanted = text.casefold()
        words = [each.casefold() for _, each in self._pairs]
        return words.index(wanted) if wanted in words else -1


def _place_of(value: Any, pairs: list[tuple[Any, str]]) -> int:
    return next((number for number, (own, _) in enumerate(pairs) if own == value), -1)
