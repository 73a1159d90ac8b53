"""The part "Apprentices on this contract": what each costs, what is paid, and how they do."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.contracting.money import (
    TABLES,
    PersonLine,
    difference_in_words,
    price_in_words,
    read_standing,
)
from apprentice_desk.ui.contracting.payments import Payments
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.pages.contract.part import ContractPart
from apprentice_desk.ui.pages.contract.schedule import ScheduleDialog
from apprentice_desk.ui.recording import editing

_MOST_ROWS = 12


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else show_pounds(amount)


def _still_to_pay(line: PersonLine) -> str:
    spending = line.spending
    if spending.due is None or spending.difference is None:
        return spending.schedule.says
    return (
        f"{show_pounds(spending.due)} due, {show_pounds(spending.paid)} paid:"
        f" {difference_in_words(spending.difference)}"
    )


def _tone(line: PersonLine) -> Tone:
    return "warning" if line.spending.paid_ahead else ""


COLUMNS = (
    Column("Apprentice", lambda line: line.name, kind="strong", width=15),
    Column("Standard", lambda line: line.standard, width=14, tip=lambda line: line.standard),
    Column(
        "Agreed price",
        lambda line: _pounds(line.spending.price),
        sort=lambda line: line.spending.price,
        right=True,
        holds="money",
        value=lambda line: line.spending.price,
        tip=lambda line: price_in_words(line.spending),
        say=lambda line: price_in_words(line.spending),
        width=11,
    ),
    Column(
        "Band maximum",
        lambda line: _pounds(line.spending.agreed.band_maximum),
        sort=lambda line: line.spending.agreed.band_maximum,
        right=True,
        holds="money",
        value=lambda line: line.spending.agreed.band_maximum,
        say=lambda line: _pounds(line.spending.agreed.band_maximum) or "not known",
        width=12,
    ),
    Column(
        "Paid to date",
        lambda line: show_pounds(line.spending.paid),
        sort=lambda line: line.spending.paid,
        right=True,
        holds="money",
        value=lambda line: line.spending.paid,
        width=11,
    ),
    Column(
        "Still to pay",
        lambda line: _pounds(line.spending.difference),
        sort=lambda line: line.spending.difference,
        right=True,
        holds="money",
        value=lambda line: line.spending.difference,
        tone=_tone,
        tip=_still_to_pay,
        say=_still_to_pay,
        width=11,
    ),
    Column("Status", lambda line: line.badge, kind="badge", width=16),
)


class PeoplePart(ContractPart):
    """A card with the list; a payment is recorded for the chosen apprentice."""

    tables = TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._contract: ContractOverview | None = None
        self._payments = Payments(desk)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Apprentices on this contract", theme, stretch=1)
        self.table.order.can_do_without((3, 1, 2, 4))
        self.table.set_fits(_MOST_ROWS)
        self.table.set_empty(
            "Nobody is on this contract", "Choose the contract in the form of an apprentice."
        )
        self.pay = button("Record a payment…", theme, self.start_paying, icon="plus")
        self.schedule = button("What is due when", theme, self.show_schedule, icon="calendar-days")
        self.agree = button("Price and share…", theme, self._on_agree, icon="pencil")
        self.open = button("Open the record", theme, self._on_open)
        for made in (self.pay, self.schedule, self.agree, self.open):
            access.name(made, f"{made.text()} (the chosen apprentice)")
        self.table.set_actions(
            [
                self._action(made.text(), act)
                for made, act in (
                    (self.pay, self.start_paying),
                    (self.schedule, self.show_schedule),
                    (self.agree, self._on_agree),
                    (self.open, self._on_open),
                )
            ]
        )
        card = Card("Apprentices on this contract", theme)
        card.add(self.table)
        card.add(Flow([self.pay, self.schedule, self.agree, self.open], theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        self.table.row_opened.connect(lambda _line: self._on_open())
        self.table.row_chosen.connect(lambda _line: self._allow())
        self._allow()

    def _action(self, text: str, act: object) -> QAction:
        made = QAction(text, self)
        made.triggered.connect(act)
        return made

    def show_contract(self, contract: ContractOverview) -> None:
        """Show who is on *contract*."""
        self._contract = contract
        self._payments.show_contract(contract.id, contract.reference)
        self.model.replace(read_standing(self._desk, contract.id).people)
        self.table.choose_first()
        self._allow()

    def arrive(self, item_id: UUID) -> None:
        """Go to one apprenticeship."""
        self.table.choose(item_id)
        self.table.setFocus()

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    @property
    def _line(self) -> PersonLine | None:
        chosen: PersonLine | None = self.table.chosen()
        return chosen

    def _allow(self) -> None:
        may_write, line = not self._desk.store.is_read_only, self._line
        self.pay.setEnabled(may_write and line is not None)
        self.agree.setEnabled(may_write and line is not None)
        self.schedule.setEnabled(line is not None)
        self.open.setEnabled(line is not None)

    # what the person does

    def start_paying(self) -> None:
        """Open the form of a payment for the chosen apprentice, with what is still to pay."""
        line = self._line
        if line is None or self._desk.store.is_read_only:
            return
        left = line.spending.difference
        self._payments.begin_with(line.id, left if left is not None and left > 0 else None)
        editing.add(self._payments, self, lambda _made: None)

    def show_schedule(self) -> None:
        """Show when what is due for the chosen apprentice."""
        if self._line is not None:
            ScheduleDialog(self.window(), self._line, self._desk).open()

    def _on_agree(self) -> None:
        if self._line is not None and not self._desk.store.is_read_only:
            stays = self._line.spending.agreed.stays
            is_asked = any(stay.is_unsaid for stay in stays)
            field = "price_is_for" if is_asked else "agreed_price"
            self._desk.go(OpenApprentice(self._line.id, field))

    def _on_open(self) -> None:
        if self._line is not None:
            self._desk.go(OpenRecord(self._line.id))
