"""The input for one of a list: a short list drops down, a long one is searched by typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

from apprentice_desk.ui.kit.inputs import Choices, Field, Input
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


class _QuietComboBox(QComboBox):
    """A combo box that a scrolling page does not change by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ChoiceInput(Input):
    """One of a list; a long list is searched by typing any part of the words."""

    def __init__(self, field: Field, theme: Theme) -> None:
        self.box = _QuietComboBox()
        super().__init__(field, theme, self.box)
        self._pairs: list[tuple[Any, str]] = []
        self._is_searched = False
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(8)
        self.box.setMaxVisibleItems(14)
        self.box.activated.connect(self.edited)
        self.set_choices(field.choices)
        self.finish()

    def set_choices(self, choices: Choices | Callable[[], Choices]) -> None:
        """Offer other choices; the value chosen stays if it is among them."""
        before = self._pairs[self.box.currentIndex()][0] if self._pairs else None
        pairs = choice_pairs(choices)
        blank = (None, "" if len(pairs) > LONG_LIST else "Not chosen")
        self._pairs = [blank, *pairs]
        self.box.clear()
        self.box.addItems([words for _, words in self._pairs])
        if len(pairs) > LONG_LIST and not self._is_searched:
            self._search_by_typing()
        self.write(before)

    def read(self) -> Any:
        """Return the typed value; ValueError with a sentence if it cannot be read."""
        if not self._is_searched:
            return self._pairs[self.box.currentIndex()][0] if self.box.currentIndex() >= 0 else None
        text = self.box.currentText().strip()
        if not text:
            return None
        number = self._found(text)
        if number < 0:
            raise ValueError(f"“{text}” is not in the list. Type part of it and choose a line.")
        return self._pairs[number][0]

    def write(self, value: Any) -> None:
        """Show *value*."""
        number = next((n for n, (own, _) in enumerate(self._pairs) if own == value), -1)
        if number < 0:
            # A value that the list no longer holds is kept and shown, never silently dropped.
            self._pairs.append((value, str(value)))
            self.box.addItem(str(value))
            number = len(self._pairs) - 1
        self.box.setCurrentIndex(number)
        if self._is_searched:
            self._line().setCursorPosition(0)

    def _line(self) -> QLineEdit:
        line = self.box.lineEdit()
        assert line is not None, "only an editable box is searched"
        return line

    def _search_by_typing(self) -> None:
        self._is_searched = True
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.box.model(), self.box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(12)
        popup = QListView()
        popup.setProperty("role", "choices")
        completer.setPopup(popup)
        self.box.setCompleter(completer)
        completer.activated.connect(self._on_completed)
        self._line().textEdited.connect(self.edited)
        self._line().setPlaceholderText("Type to search")
        self.left.connect(self._settle)

    def _found(self, text: str) -> int:
        wanted = text.casefold()
        for number, (_, words) in enumerate(self._pairs):
            if words.casefold() == wanted:
                return number
        parts = [n for n, (_, words) in enumerate(self._pairs) if wanted in words.casefold()]
        return parts[0] if len(parts) == 1 else -1

    def _settle(self) -> None:
        number = self._found(self.box.currentText().strip())
        if number >= 0:
            self.box.setCurrentIndex(number)
            self.box.setEditText(self._pairs[number][1])

    def _on_completed(self, _text: str) -> None:
        self._settle()
        self.edited.emit()
