"""The second step of an import: where the headings stand, and what each column holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from apprentice_desk.imports.fields import FIELDS, IGNORED, Kind, field_named
from apprentice_desk.imports.glimpses import say
from apprentice_desk.imports.matching import MatchedColumn
from apprentice_desk.imports.rows import Near
from apprentice_desk.imports.steps import Journey
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.choosing import ChoiceInput, SearchInput
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, column_of, label
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.kit.sheet import SheetView
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.imports import sentences
from apprentice_desk.ui.pages.imports.memory_part import MemoryPart
from apprentice_desk.ui.pages.imports.offers_part import SpellingsList

_SURE_ENOUGH = 0.6
_BESIDE_QUARTERS = 120
"""The width from which what a column holds is chosen beside its heading, not below it."""
_SHEET = Field("sheet", "Sheet", "choice", width=34)
_ROW = Field(
    "row",
    "Headings stand in row",
    "integer",
    required=True,
    width=8,
    help="Or double-click that row above, or go to it and press Enter.",
)
_WHOSE = Field(
    "apprentice",
    "Whose hours are these?",
    "search",
    required=True,
    width=34,
    help="No column of the list says so.",
)


class _ColumnChoice(ChoiceInput):
    """What one column holds."""

    BLANK = "Not read"


class MatchPart(QWidget):
    """Step 2: where the headings stand, and what each column holds."""

    headings_moved = Signal(str, int)
    column_held = Signal(int, object)
    options_said = Signal(str, bool)
    together_said = Signal(bool)
    blocks_said = Signal(bool)
    meant = Signal(object)
    differed = Signal(str)
    asked_back = Signal()
    asked_on = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[str, int] | None = None
        self._where: tuple[str, int] | None = None
        self._people: Sequence[tuple[str, str]] = ()
        self._choices: list[_ColumnChoice] = []
        self._badges: list[BadgeLabel] = []
        self._words: list[QWidget] = []
        self._is_stacked = False
        self._found = label("", wraps=True)
        self.glimpse = SheetView("The sheet as it stands in the file", theme)
        self.glimpse.row_opened.connect(self._on_row_opened)
        self._cut = label("", "small", wraps=True)
        self.sheet = ChoiceInput(_SHEET, theme)
        self.row = make_input(_ROW, theme)
        self._sheet_block = FieldBlock(_SHEET, self.sheet, theme)
        self._row_block = FieldBlock(_ROW, self.row, theme)
        self.sheet.edited.connect(self._on_moved)
        self.row.left.connect(self._on_moved)
        self.whose = SearchInput(_WHOSE, theme)
        self._whose_block = FieldBlock(_WHOSE, self.whose, theme)
        self.whose.edited.connect(self._on_options)
        self.whose.left.connect(self._on_options)
        self.add_missing = QCheckBox("Add people not in the desk")
        self.add_missing.clicked.connect(self._on_options)
        self.together = QCheckBox("")
        self.together.clicked.connect(self._on_together)
        self.blocks = QCheckBox("")
        self.blocks.clicked.connect(self.blocks_said)
        self._named = label("", "small", wraps=True)
        self._named.setContentsMargins(theme.space(7), 0, 0, 0)
        self._preamble = label("", "small", wraps=True)
        self.proposals = SpellingsList(theme)
        self.proposals.meant.connect(self._on_meant)
        self.proposals.differed.connect(self._on_differed)
        self._remembered = label("", "strong", wraps=True)
        self.memory = MemoryPart(theme)
        self._missing = label("", tone="danger", wraps=True)
        self.back = button("Choose another file", theme, self.asked_back.emit, icon="arrow-left")
        self.forward = button("Review the rows", theme, self.asked_on.emit, role="primary")
        self.forward.setToolTip("Go on to the rows (Ctrl+Enter)")
        add_key(self, "Go on to the rows", "Ctrl+Enter", self.forward.click)
        self.foot = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._theme
        where = Card("Where the list stands", theme)
        where.add(self._found)
        where.add(self._sheet_block)
        where.add(self.glimpse)
        where.add(self._cut)
        where.add(self._row_block)
        where.add(self.together)
        where.add(self.blocks)
        where.add(self._named)
        where.add(self._preamble)
        where.add(self.proposals)
        where.add(self._whose_block)
        where.add(self.add_missing)
        self._card = Card("What each column holds", theme)
        self._card.add(self._remembered)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(4))
        self._grid.setVerticalSpacing(theme.space(2))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(2, 4)
        self._grid.setColumnStretch(3, 1)  # room at the right: a choice stands near its column
        self._card.body.addLayout(self._grid)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        down.addWidget(where)
        down.addWidget(self._card)
        down.addWidget(self.memory)
        self.foot.setLayout(column_of(theme, self._missing, Flow([self.back, self.forward], theme)))

    def show_journey(
        self, journey: Journey, people: Sequence[tuple[str, str]], *, is_read_only: bool = False
    ) -> None:
        """Show what was found in the file and what its columns are taken for."""
        table, matching = journey.table, journey.matching
        if table is None or matching is None:
            return
        self._found.setText(sentences.found(journey))
        self.sheet.set_choices([(name, name) for name in journey.sheets])
        self.sheet.write(table.sheet)
        self._sheet_block.setVisible(len(journey.sheets) > 1)
        self.row.write(table.heading_row)
        self.together.setText(sentences.alike(table.alike))
        self.together.setChecked(bool(table.joined))
        self.together.setVisible(bool(table.alike))
        offer, named = sentences.blocks(journey)
        self.blocks.setText(offer)
        self.blocks.setAccessibleDescription(named)
        self.blocks.setChecked(bool(journey.sections))
        self.blocks.setVisible(bool(offer))
        self._named.setText(named)
        self._named.setVisible(bool(named))
        said = journey.preamble.sentence
        self._preamble.setText(said)
        self._preamble.setVisible(bool(said))
        doubt = sentences.Doubt(journey.stranger, 0, journey.proposed, sentences.ADD)
        self.proposals.show_doubts([doubt] if journey.stranger else [])
        self.proposals.put_after(self.blocks)
        self.proposals.setVisible(bool(journey.stranger) and not journey.options.apprentice)
        self._whose_block.setVisible(journey.needs_a_person)
        if journey.needs_a_person and people != self._people:
            self._people = people
            self.whose.set_choices(people)
        if journey.needs_a_person and not self.whose.target.hasFocus():
            self.whose.write(journey.options.apprentice or None)
        names_people = journey.kind is Kind.HOURS and not journey.needs_a_person
        self.add_missing.setVisible(names_people)
        self.add_missing.setChecked(journey.options.add_missing)
        self._where = (table.sheet, table.heading_row)
        shown = (f"{table.file_name} {table.sheet} {table.fingerprint}", table.heading_row)
        if shown != self._shown:
            self._shown = shown
            self._show_sheet(journey)
            self._build(journey)
        for choice, badge, column in zip(
            self._choices, self._badges, matching.columns, strict=True
        ):
            choice.write(column.field)
            unsure = column.field is not None and column.confidence < _SURE_ENOUGH
            badge.show_badge(Badge("Check", "warning", "triangle-alert") if unsure else Badge(""))
        remembered = sentences.remembered(journey)
        self._remembered.setText(remembered)
        self._remembered.setVisible(bool(remembered))
        self.memory.show_journey(journey, is_read_only=is_read_only)
        missing = "; ".join(journey.missing)
        self._missing.setText(f"Still to say: {missing}." if missing else "")
        self._missing.setVisible(bool(missing))
        self.forward.setEnabled(not missing)

    def _show_sheet(self, journey: Journey) -> None:
        seen = journey.glimpse
        assert seen is not None  # a table stands in a sheet
        self.glimpse.show_rows(seen.rows, seen.first_row, seen.letters, say, seen.heading_row)
        self._cut.setText(seen.cut)
        self._cut.setVisible(bool(seen.cut))

    def _build(self, journey: Journey) -> None:
        """Make a line for each column of the table."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._choices, self._badges, self._words = [], [], []
        assert journey.matching is not None  # a table has one
        for number, column in enumerate(journey.matching.columns):
            self._add_column(number, column, journey)
        access.follow(self.add_missing, self._choices)

    def _add_column(self, number: int, column: MatchedColumn, journey: Journey) -> None:
        theme = self._theme
        heading = f"{column.letter}  {column.heading or 'without a heading'}"
        examples = journey.examples(column.index)
        words = QWidget()
        down = QVBoxLayout(words)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        name = label(heading.replace("&", "&&"), "strong", wraps=True)
        down.addWidget(name)
        down.addWidget(label(" · ".join(examples) or "empty", "small", wraps=True))
        field = Field(
            str(number), heading, "choice", choices=_meanings(journey.kind, column), width=34
        )
        choice = _ColumnChoice(field, theme)
        name.setBuddy(choice.target)  # what a combo box is called is asked of its label
        choice.describe(f"Column {heading} holds", f"For example {', '.join(examples)}")
        choice.edited.connect(
            lambda index=column.index, choice=choice: self.column_held.emit(index, choice.read())
        )
        badge = BadgeLabel(Badge(""), theme)
        self._choices.append(choice)
        self._badges.append(badge)
        self._words.append(words)
        self._place(number)

    def _place(self, number: int) -> None:
        """Put the line of a column into the grid: what it holds beside its words, or below them."""
        top = Qt.AlignmentFlag.AlignTop
        words, badge, choice = self._words[number], self._badges[number], self._choices[number]
        row = 2 * number
        self._grid.addWidget(words, row, 0)
        self._grid.addWidget(badge, row, 1, top)
        if self._is_stacked:
            self._grid.addWidget(choice, row + 1, 0, 1, 2, top)
        else:
            self._grid.addWidget(choice, row, 2, top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what the columns hold below their words where there is no room beside them."""
        super().resizeEvent(event)
        is_stacked = self.width() < self._theme.space(_BESIDE_QUARTERS)
        if is_stacked != self._is_stacked:
            self._is_stacked = is_stacked
            for number in range(len(self._choices)):
                self._place(number)

    def first_to_say(self) -> QWidget:
        """Return where to say what is still missing."""
        return self.whose.target if not self._whose_block.isHidden() else self._choices[0].target

    def choice(self, index: int) -> ChoiceInput:
        """Return the choice of what the column at *index* holds."""
        return self._choices[index]

    def _on_moved(self) -> None:
        try:
            moved = (self.sheet.read(), self.row.read())
        except ValueError:
            return  # the field says itself what is wrong with it
        if all(moved) and moved != self._where:
            self.headings_moved.emit(*moved)

    def _on_row_opened(self, number: int) -> None:
        self.row.write(number)
        self._on_moved()

    def _on_meant(self, near: Near) -> None:
        self.whose.write(near.stands_for)
        self.meant.emit(near)

    def _on_differed(self, written: str) -> None:
        self.whose.write(written)
        self.differed.emit(written)

    def _on_together(self) -> None:
        self.together_said.emit(self.together.isChecked())

    def _on_options(self) -> None:
        try:
            whose = self.whose.read() or ""
        except ValueError:
            return  # still being typed; the field says so when it is left
        self.options_said.emit(whose, self.add_missing.isChecked())


def _meanings(kind: Kind, column: MatchedColumn) -> list[tuple[str, str]]:
    """Return what a column may hold, the likeliest first."""
    likely = [name for name in (column.field, *column.alternatives) if name]
    others = [field.name for field in FIELDS[kind] if field.name not in (*likely, IGNORED)]
    return [(name, _words(kind, name)) for name in (*likely, *others)]


def _words(kind: Kind, name: str) -> str:
    words = field_named(kind, name).words
    return words[:1].upper() + words[1:]
