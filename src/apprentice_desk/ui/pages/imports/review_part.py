"""The third step of an import: every row with its fate, and sums that add up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate
from apprentice_desk.imports.steps import Journey
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, column_of, label
from apprentice_desk.ui.kit.radios import RadioChoice
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.imports import columns, sentences
from apprentice_desk.ui.pages.imports.offers_part import ChangesList, SpellingsList
from apprentice_desk.ui.pages.imports.shown import Shown

OFFERED = "offered"
"""The rows that wait for a person's word."""


class ReviewPart(QWidget):
    """Step 3: every row with its fate, and the sums."""

    ticked = Signal(object, bool)
    accepted = Signal(int, object)
    believed = Signal(object)
    meant = Signal(object)
    differed = Signal(str)
    asked_to_save = Signal()
    asked_for_standards = Signal()
    asked_back = Signal()
    asked_on = Signal()

    def __init__(self, kind: Kind, theme: Theme) -> None:
        super().__init__()
        self._sums = label("", "strong", wraps=True)
        self._notes = label("", tone="warning", wraps=True)
        self._codes = label("", wraps=True)
        self.say_standards = button(
            "Say which standards they are", theme, self.asked_for_standards.emit
        )
        self._codes_card = Card("LARS codes", theme)
        self._codes_card.add(self._codes)
        self._codes_card.add(Flow([self.say_standards], theme))
        self._spellings_card = Card("Who is meant?", theme)
        self.spellings = SpellingsList(theme)
        self.spellings.meant.connect(self.meant)
        self.spellings.differed.connect(self.differed)
        self._spellings_card.add(self.spellings)
        self._says_card = Card("The sheet also says", theme)
        self._says = label("", "small", wraps=True)
        self.says = ChangesList(theme)
        self.says.chosen.connect(self.believed)
        self._says_card.add(self._says)
        self._says_card.add(self.says)
        self._offered = label("", wraps=True)
        self.accept_all = button("Accept all changes", theme, self._on_accept_all)
        self.changes = ChangesList(theme)
        self.changes.chosen.connect(self._on_changes_chosen)
        self._shown: Shown | None = None
        self._narrowed: Fate | str | None = None
        self.narrow = RadioChoice(
            "Show",
            (
                (None, "All rows"),
                (Fate.IMPORTED, "Coming in"),
                (Fate.SKIPPED, "Left out"),
                (Fate.REFUSED, "Refused"),
                (OFFERED, "To decide"),
            ),
            theme,
            self._on_narrowed,
        )
        self.narrow.show_value(None)
        self.model = RowsModel(columns.columns_of(kind), self)
        self.table = RowsTable(self.model, "Rows of the list", theme, stretch=7, several=True)
        self.table.setProperty("role", "inner")
        self.table.set_fits(12)
        self.table.row_chosen.connect(lambda _row: self._show_chosen())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.table.row_opened.connect(lambda _row: self._on_turn())
        turn = "Leave the chosen rows out, or take them in"
        add_key(self.table, turn, "Space", self._on_turn, only_there=True)
        self._why = label("", wraps=True)
        self.turn = button("Leave out", theme, self._on_turn)
        self.save = button("Save this list", theme, self.asked_to_save.emit, icon="save")
        self.back = button("Back to the columns", theme, self.asked_back.emit, icon="arrow-left")
        self.forward = button(
            "Import", theme, self.asked_on.emit, role="primary", tip="Import the rows (Ctrl+Enter)"
        )
        add_key(self, "Import the rows", "Ctrl+Enter", self.forward.click)
        self._read_only = label(
            "This desk is open to read only, so nothing can come in.", tone="warning", wraps=True
        )
        self.foot = QWidget()
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        card = Card("Rows of the list", theme, flush=True)
        edge = theme.space(4)
        above = QVBoxLayout()
        above.setContentsMargins(edge, 0, edge, theme.space(2))
        above.addWidget(self._offered)
        above.addWidget(self.narrow)
        below = QVBoxLayout()
        below.setContentsMargins(edge, theme.space(1), edge, theme.space(3))
        below.addWidget(self._why)
        below.addWidget(self.changes)
        below.addWidget(Flow([self.turn, self.accept_all, self.save], theme))
        card.body.addLayout(above)
        card.add(self.table)
        card.body.addLayout(below)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        for part in (
            self._sums,
            self._notes,
            self._codes_card,
            self._spellings_card,
            self._says_card,
            card,
        ):
            down.addWidget(part)
        self.foot.setLayout(
            column_of(theme, self._read_only, Flow([self.back, self.forward], theme))
        )

    def show_all(self) -> None:
        """Show rows of every fate, as for a list that was not looked at yet."""
        self.narrow.show_value(None)
        self._on_narrowed(None)

    def show_journey(self, journey: Journey, shown: Shown, *, is_read_only: bool) -> None:
        """Show the rows, their fates and the sums."""
        self._shown = shown
        self._sums.setText(shown.sums)
        self._show_questions(shown)
        said = [f"{note.message} {note.remedy}".strip() for note in journey.notes]
        point = "• " if len(said) > 1 else ""
        self._notes.setText("\n".join(f"{point}{note}" for note in said))
        self._notes.setVisible(bool(said))
        codes = sentences.codes(journey)
        self._codes.setText(codes)
        self._codes_card.setVisible(bool(codes))
        self.say_standards.setText(
            "Say which standards they are" if journey.open_codes else "Change the answers"
        )
        self.say_standards.setEnabled(not is_read_only)
        self.model.replace(shown.lines)
        self.table.show_column(columns.SHEET_PLACE, is_shown=shown.has_sheets)
        self.table.choose_first()
        count = shown.imported
        nothing = "Take over what the sheet says" if shown.is_any else "Nothing to import"
        self.forward.setText(f"Import {sentences.counted(count, 'row')}" if count else nothing)
        self.forward.setEnabled(shown.is_any and not is_read_only)
        self._read_only.setVisible(is_read_only)
        self._show_chosen()

    def _show_questions(self, shown: Shown) -> None:
        """Show what a person is asked about the list as a whole."""
        self.spellings.show_doubts(shown.doubts)
        self._spellings_card.setVisible(bool(shown.doubts))
        says = shown.review.sheet_says
        self._says_card.setVisible(says is not None)
        if says is not None:
            self._says.setText("Tick what the desk shall take over from above the rows.")
            self.says.show_changes(says.changes, shown.review.believed)
        self.says.put_after(self.spellings.put_after(self.say_standards))
        self._offered.setText(shown.offered)
        self._offered.setVisible(bool(shown.offered))
        self.narrow.button(OFFERED).setVisible(bool(shown.offered))
        if self._narrowed == OFFERED and not shown.offered:
            self.show_all()
        self.accept_all.setVisible(shown.has_corrections)
        self.accept_all.setEnabled(bool(shown.waiting))

    def _on_accept_all(self) -> None:
        if self._shown is not None:
            self.ticked.emit(list(self._shown.waiting), True)

    def _on_changes_chosen(self, fields: frozenset[str]) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            self.accepted.emit(chosen.id, fields)

    def _on_narrowed(self, fate: Fate | str | None) -> None:
        self._narrowed = fate
        if fate == OFFERED:
            self.model.keep(lambda line: line.is_offered)
        else:
            self.model.keep(None if fate is None else lambda line: line.fate is fate)

    def _turnable(self) -> list[columns.Line]:
        """Return the selected rows that can be taken in or left out."""
        return [line for line in self.table.selected() if line.is_turnable]

    def _show_chosen(self) -> None:
        chosen = self.table.chosen()
        self._why.setText(f"{chosen.called}: {chosen.why}" if chosen and chosen.why else "")
        self._why.setVisible(bool(chosen and chosen.why))
        self._show_changes(chosen)
        turnable = self._turnable()
        is_in = any(line.fate is Fate.IMPORTED for line in turnable)
        rows = "this row" if len(turnable) == 1 else f"these {len(turnable)} rows"
        self.turn.setEnabled(bool(turnable))
        if not turnable:
            self.turn.setText("Leave out")
        else:
            again = "" if all(line.is_offered for line in turnable) else " again"
            take_in = f"Take {rows} in{again}"
            if all(line.row.correction is not None for line in turnable):
                take_in = f"Accept the changes of {rows}"
            self.turn.setText(f"Leave {rows} out" if is_in else take_in)

    def _show_changes(self, chosen: columns.Line | None) -> None:
        """Show what the chosen row would change, value by value."""
        review = self._shown.review if self._shown is not None else None
        found = None
        if review is not None and chosen is not None and chosen.row.correction is not None:
            offers = (row.correction for row in review.corrections if row.number == chosen.id)
            found = next(offers, None)
        self.changes.setVisible(found is not None)
        if found is None or review is None or chosen is None:
            return
        every = {change.field for change in found.changes}
        declined = review.declined.get(chosen.id, frozenset())
        self.changes.show_changes(
            found.changes, every - declined if chosen.id in review.ticked else ()
        )
        self.changes.put_after(self.table)

    def _on_turn(self) -> None:
        turnable = self._turnable()
        if turnable:
            is_in = any(line.fate is Fate.IMPORTED for line in turnable)
            self.ticked.emit([line.id for line in turnable], not is_in)
