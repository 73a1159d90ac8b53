"""The part Start and gateway: what is to be seen to before the start, and before the gateway."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.checklist import (
    BEFORE_NAMED,
    Checklist,
    Item,
    open_items,
    start_items,
)
from apprentice_desk.domain.checklist_gateway import gateway
from apprentice_desk.domain.needs import counted
from apprentice_desk.records import checklists
from apprentice_desk.records.checklists import checklist_records, gateway_facts, is_new_here
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.pages.apprentice.part import RecordPart
from apprentice_desk.ui.ticking.card import ChecklistCard

if TYPE_CHECKING:  # only named
    from apprentice_desk.records.store import Session

_TITLES = {Checklist.START: "Before the start", Checklist.GATEWAY: "Before the gateway"}


class _Marking:
    """How the items of one of the two lists are marked for *row*."""

    def __init__(
        self, desk: Desk, page: ChecklistsPart, checklist: Checklist, row: ApprenticeRow
    ) -> None:
        self._desk, self._page, self._checklist, self._row = desk, page, checklist, row

    @property
    def whose(self) -> str:
        """Who it is for."""
        return self._row.name

    @property
    def key(self) -> str:
        """Whose list it is."""
        return str(self._row.id)

    @property
    def where(self) -> OpenRecord:
        """This part of the record."""
        return OpenRecord(self._row.id, "checklists")

    def tick(self, session: Session, keys: Sequence[str], on: date, by: str) -> None:
        """Record that they were done."""
        today = self._desk.clock.today()
        checklists.tick(session, self._row.id, self._checklist, keys, on, by, today=today)

    def set_aside(self, session: Session, keys: Sequence[str], reason: str, by: str) -> None:
        """Record that they are not needed."""
        checklists.say_not_needed(session, self._row.id, self._checklist, keys, reason, by)

    def take_back(self, session: Session, keys: Sequence[str]) -> None:
        """Forget what was said of them."""
        checklists.take_back(session, self._row.id, self._checklist, keys)

    def stands_in_the_way(self, items: Sequence[Item]) -> bool:
        """Tell whether *items* wait until somebody is named, and lead to where that is done."""
        row = self._row
        is_before = self._checklist is Checklist.START and BEFORE_NAMED.issuperset(
            item.id for item in items
        )
        if not row.is_vacancy or is_before:
            return False
        what, remedy = checklists.NOBODY_NAMED
        ask(
            self._page,
            self._desk.theme,
            "Who is it?",
            f"{what} {remedy}",
            "Enter the name",
            lambda: self._desk.go(OpenApprentice(row.id, "given_names")),
        )
        return True


class ChecklistsPart(RecordPart):
    """Both checklists, one at a time: that of the start until training begins."""

    tables = frozenset({"checklist_mark", "standard_version", "plan_activity"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._whose: UUID | None = None
        self._shown = Checklist.START
        choices = [(each.value, title) for each, title in _TITLES.items()]
        self.switch = Switch("Which checklist", choices, theme)
        self.cards = {each: ChecklistCard(desk, _TITLES[each]) for each in Checklist}
        self.card = Card("", theme)
        for each in self.cards.values():
            self.card.add(each)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(self.switch)
        down.addWidget(self.card)
        down.addStretch(1)
        self.switch.chosen.connect(lambda name: self.show_list(Checklist(name)))
        # Both buttons are still stops of Tab, so that the page puts them where they stand.
        for checklist, card in self.cards.items():
            card.setVisible(checklist is self._shown)

    def show_list(self, checklist: Checklist) -> None:
        """Show one of the two."""
        self._shown = checklist
        self.switch.show_value(checklist.value)
        access.name(self.card, _TITLES[checklist])
        for each, card in self.cards.items():
            card.setVisible(each is checklist)

    @property
    def shown(self) -> ChecklistCard:
        """The list that is shown."""
        return self.cards[self._shown]

    def show_record(self, row: ApprenticeRow) -> None:
        """Show how both lists stand for *row*; somebody else's begins with the one of their day."""
        rules, today = resources.programme_rules(), self._desk.clock.today()
        held = self._desk.store.read(checklist_records, [row.id])[row.id]
        started_on = row.course.training_started_on
        is_new = is_new_here(row)
        start = start_items(rules.start, held.start, started_on, today, is_new=is_new)
        left = len(open_items(start))
        says = f"{counted(left, 'item')} still open." if left else "Everything is seen to."
        markings = {each: _Marking(self._desk, self, each, row) for each in Checklist}
        self.cards[Checklist.START].show_items(markings[Checklist.START], start, says)
        found = gateway(gateway_facts(row, held), held.gateway, rules, today)
        names = found.names
        by = held.assessment_organisation or f"no {names.organisation} is recorded"
        called = f"After the {names.gateway}: {names.assessment} ({by})."
        self.cards[Checklist.GATEWAY].show_items(
            markings[Checklist.GATEWAY], found.items, found.earliest.says, called
        )
        for each, items in ((Checklist.START, start), (Checklist.GATEWAY, found.items)):
            self.switch.show_count(each.value, len(open_items(items)) or None)
        if self._whose != row.id:
            self._whose = row.id
            is_planned = row.status is Status.PLANNED
            self.show_list(Checklist.START if is_planned else Checklist.GATEWAY)

    def arrive_at(self, item: str) -> None:
        """Go to one item, in whichever of the two lists it stands."""
        for checklist, card in self.cards.items():
            if card.table.choose(item):
                self.show_list(checklist)
                card.table.setFocus()
                return
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Go to the first item."""
        self.shown.table.choose_first()
        self.shown.table.setFocus()
