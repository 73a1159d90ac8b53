"""The part Facts: what is known of the person and of this apprenticeship, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.wages import standing
from apprentice_desk.records import apprentices
from apprentice_desk.records.pay import pay_rates, wage_facts
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.moving.choices import gateway_of, leaving_choices
from apprentice_desk.ui.pages.apprentice import facts_told
from apprentice_desk.ui.pages.apprentice.facts_told import Pairs, Told
from apprentice_desk.ui.pages.apprentice.leave_card import LeaveCard
from apprentice_desk.ui.pages.apprentice.part import RecordPart

_COLUMNS: tuple[tuple[tuple[str, Callable[[Told], Pairs]], ...], ...] = (
    (
        ("The person", facts_told.of_the_person),
        ("This apprenticeship", facts_told.of_the_programme),
        ("How it ended", facts_told.of_the_end),
    ),
    (
        ("English, maths and assessment", facts_told.of_the_gateway),
        ("Hours and pay", facts_told.of_the_hours),
        ("Provider and price", facts_told.of_the_provider),
    ),
)
"""The cards of the two columns: title, and what stands in it."""
_BESIDE = 220
"""The width in quarters from which the columns stand beside each other."""


class FactsPart(RecordPart):
    """Cards of facts; the form of the list of apprentices edits them."""

    # English or maths may be marked as not needed on the checklist.
    tables = frozenset({"checklist_mark", "pay", "leave"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._row: ApprenticeRow | None = None
        self._reasons = dict(leaving_choices())
        self.cards: dict[str, tuple[Card, KeyValues]] = {}
        self.note = label("", wraps=True)
        self._note_card = Card("Note", theme)
        self._note_card.add(self.note)
        self.leave = LeaveCard(desk)
        self.edit = button("Edit these facts", theme, self._on_edit, icon="pencil")
        self.edit.setEnabled(not desk.store.is_read_only)
        columns = [self._column(cards) for cards in _COLUMNS]
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        down.addWidget(Flow([self.edit], theme))  # where one begins, so that it is in sight
        down.addWidget(SideBySide(columns, theme, narrowest=_BESIDE))
        down.addWidget(self.leave)
        down.addWidget(self._note_card)
        down.addStretch(1)

    def _column(self, cards: tuple[tuple[str, Callable[[Told], Pairs]], ...]) -> QWidget:
        theme = self._desk.theme
        column = QWidget()
        down = QVBoxLayout(column)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        for title, _ in cards:
            card, shown = Card(title, theme), KeyValues((), theme)
            card.add(shown)
            down.addWidget(card)
            self.cards[title] = card, shown
        down.addStretch(1)
        return column

    def show_record(self, row: ApprenticeRow) -> None:
        """Show the facts of *row*."""
        self._row = row
        desk = self._desk
        details = desk.store.read(apprentices.held, row.id).details
        items = gateway_of(desk, row).items
        today = desk.clock.today()
        rates = desk.store.read(pay_rates, [row.id]).get(row.id, ())
        wage = wage_facts(row, rates)
        paid = standing(wage, resources.wage_rules(), today)
        told = Told(row, details, items, self._reasons, wage, paid, today)
        for title, tell in (each for column in _COLUMNS for each in column):
            card, shown = self.cards[title]
            pairs = tell(told)
            shown.show_pairs(pairs)
            card.setVisible(bool(pairs))
        self.leave.show_record(row)
        self.note.setText(details.note)
        self._note_card.setVisible(bool(details.note))

    def take_keyboard(self) -> None:
        """Go to the button that edits."""
        self.edit.setFocus()

    def _on_edit(self) -> None:
        if self._row is not None:
            self._desk.go(OpenApprentice(self._row.id, "given_names"))
