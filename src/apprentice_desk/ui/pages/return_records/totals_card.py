"""One characteristic as a card: its categories with two numbers each, and what leaves of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from apprentice_desk.domain.vocabulary import Characteristic
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.inputs import Input, LineInput
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import label, line
from apprentice_desk.ui.kit.theme import Theme, set_role
from apprentice_desk.ui.pages.return_records.totals_rows import (
    COLUMN_WORDS,
    COLUMNS,
    MOST,
    NOTHING,
    Counts,
    Leaving,
    leaving,
    total,
)

_BESIDE = 125
"""The width in quarters from which the words on what leaves stand beside the numbers."""

_BELOW = 85
"""The width in quarters from which the names do."""


class TotalsCard(Card):
    """The categories of one characteristic; *edited* hears of every key."""

    def __init__(
        self,
        characteristic: Characteristic,
        categories: Sequence[str],
        theme: Theme,
        edited: Callable[[], object],
        *,
        is_read_only: bool,
    ) -> None:
        title = characteristic[:1].upper() + characteristic[1:]
        super().__init__(title, theme)
        self.characteristic = characteristic
        self.categories = tuple(categories)
        self._theme = theme
        self._title = title
        self._edited = edited
        self.inputs: list[tuple[Input, Input]] = []
        self._names = [label(_with_capital(name), wraps=True) for name in self.categories]
        self._says = [label("", "small", wraps=True) for _ in self.categories]
        self._total_name = label("Borough total", "strong", wraps=True)
        self._totals = [label("", "strong"), label("", "strong")]
        self._counted: tuple[int, int] | None = None
        self.total_words = label("", "small", wraps=True)
        for category in self.categories:
            pair = tuple(self._input(category, place) for place in (0, 1))
            for each in pair:
                each.set_read_only(is_read_only)
            self.inputs.append((pair[0], pair[1]))
        self._heads = [label(words, "small", wraps=True) for words in ("", *COLUMN_WORDS)]
        for head in self._heads:
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._last_head = label("In the return", "small")
        self._content = QWidget()
        self._content.setProperty("role", "raised")
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._shape = ""
        self.add(self._content)
        self.body.addStretch(1)
        self._line = line()
        theme.changed.connect(self._arrange_anew)
        self._arrange()

    def _input(self, category: str, place: int) -> Input:
        field = Field(COLUMNS[place], COLUMN_WORDS[place], "integer", width=6)
        made = make_input(field, self._theme)
        made.describe(self._spoken(category, place), "")
        if isinstance(made, LineInput):
            made.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.edited.connect(self._on_edited)
        made.left.connect(self._on_edited)
        return made

    def _spoken(self, category: str, place: int) -> str:
        return f"{self._title}, {category}: {COLUMN_WORDS[place].lower()}"

    # arranging

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words on what leaves beside the numbers or below them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange_anew(self) -> None:
        self._shape = ""
        self._arrange()

    def _arrange(self) -> None:
        quarters = self.width() / self._theme.space(1)
        shape = "beside" if quarters >= _BESIDE else "below" if quarters >= _BELOW else "one by one"
        if shape == self._shape:
            return
        self._shape = shape
        is_beside = shape == "beside"
        grid, space = self._grid, self._theme.space
        while grid.takeAt(0) is not None:
            pass
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(1.5))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(3, 4 if is_beside else 0)
        for column, head in enumerate(self._heads):
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignBottom)
        if is_beside:
            grid.addWidget(self._last_head, 0, 3, Qt.AlignmentFlag.AlignBottom)
        self._last_head.setVisible(is_beside)  # once it has its place, or it is a window
        at = 1
        for name, pair, says in zip(self._names, self.inputs, self._says, strict=True):
            at = self._put_line(at, name, pair, says)
        grid.addWidget(self._line, at, 0, 1, 4 if is_beside else 3)
        for figure in self._totals:
            figure.setContentsMargins(0, 0, space(3), 0)  # below the figures typed
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._put_line(at + 1, self._total_name, self._totals, self.total_words)

    def _put_line(self, at: int, name: QWidget, pair: Sequence[QWidget], says: QWidget) -> int:
        """Put one line of the table from the row *at* on; return the row after it."""
        grid, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        if self._shape == "one by one":
            grid.addWidget(name, at, 0, 1, 3)
            at += 1
        else:
            grid.addWidget(name, at, 0, middle)
        for column, each in enumerate(pair, start=1):
            grid.addWidget(each, at, column, middle)
        if self._shape == "beside":
            grid.addWidget(says, at, 3, middle)
            return at + 1
        grid.addWidget(says, at + 1, 0, 1, 3)
        return at + 2

    # values

    def write(self, counts: Sequence[Counts]) -> None:
        """Show *counts*, one pair for each category."""
        for pair, values in zip(self.inputs, counts, strict=True):
            for each, value in zip(pair, values, strict=True):
                each.write(value)
        self._show()

    def read(self) -> list[Counts] | None:
        """Return what is typed; None where some of it cannot be read."""
        read = [self._read_row(number) for number in range(len(self.inputs))]
        return None if any(wrong for _, wrong in read) else [counts for counts, _ in read]

    def first_wrong(self) -> QWidget | None:
        """Return the first input that cannot be read."""
        for pair in self.inputs:
            for each in pair:
                if _wrong(each):
                    return each.target
        return None

    def _read_row(self, number: int) -> tuple[Counts, str]:
        pair = self.inputs[number]
        wrong = _wrong(pair[0]) or _wrong(pair[1])
        return (NOTHING if wrong else (pair[0].read(), pair[1].read())), wrong

    def show_desk(self, counted: tuple[int, int]) -> None:
        """Say what the desk itself counts, to hold the totals against."""
        self._counted = counted
        self._show()

    def _on_edited(self) -> None:
        self._show()
        self._edited()

    def _show(self) -> None:
        read = [self._read_row(number) for number in range(len(self.inputs))]
        group = [counts for counts, _ in read]
        for number, (said, (_, wrong)) in enumerate(zip(leaving(group), read, strict=True)):
            shown = Leaving(wrong, "danger") if wrong else said
            words = self._says[number]
            words.setText(shown.words)
            set_role(words, tone=shown.tone)
            for place, each in enumerate(self.inputs[number]):
                each.set_tone("danger" if _wrong(each) else "")
                each.describe(
                    self._spoken(self.categories[number], place), f"In the return: {shown.words}"
                )
        sums = [total(group, place) for place in (0, 1)]
        for figure, found, words_ in zip(self._totals, sums, COLUMN_WORDS, strict=True):
            figure.setText("–" if found is None else f"{found:,}")
            access.name(figure, f"{self._title}, borough total, {words_.lower()}: {figure.text()}")
        self._show_difference(sums)

    def _show_difference(self, sums: list[int | None]) -> None:
        if self._counted is None:
            return
        differ = any(
            found is not None and found != counted
            for found, counted in zip(sums, self._counted, strict=True)
        )
        on, started = self._counted
        self.total_words.setText(f"This desk counts {on:,} and {started:,}")
        set_role(self.total_words, tone="warning" if differ else "")


def _wrong(each: Input) -> str:
    """Return in a sentence what is wrong with what is typed; "" where nothing is."""
    try:
        value = each.read()
    except ValueError as error:
        return str(error)
    if value is not None and not 0 <= value <= MOST:
        return f"Write a number from 0 to {MOST:,}."
    return ""


def _with_capital(name: str) -> str:
    return name[:1].upper() + name[1:]
