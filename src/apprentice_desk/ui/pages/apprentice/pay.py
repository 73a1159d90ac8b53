"""The part Pay: what is due an hour, what is paid, what changes soon, and the pay recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.calendar import add_months, show_day, table_day
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.wages import (
    PayPer,
    PayStanding,
    PayState,
    Turn,
    standing,
    turns,
)
from apprentice_desk.records import pay
from apprentice_desk.records.pay import PayRow, wage_facts
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog, ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, label
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentice.part import RecordPart

MONTHS_AHEAD = 24
"""How far the page looks; the page Today names only what is near."""

BADGES = {
    PayState.ENOUGH: Badge("Enough", "good", "check"),
    PayState.BELOW: Badge("Too little", "danger", "circle-alert"),
    PayState.NOT_RECORDED: Badge("No pay recorded", "quiet", "circle-dashed"),
    PayState.NOT_KNOWN: Badge("Not known", "note", "circle-question-mark"),
}


@dataclass(frozen=True, slots=True)
class PayDetails:
    """What is paid from a day on."""

    from_on: date | None = None
    amount: Decimal | None = None
    per: PayPer | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Coming:
    """A turn as the list shows it."""

    id: date
    turn: Turn

    @property
    def because(self) -> str:
        """What happens on the day."""
        return f"{self.turn.because[:1].upper()}{self.turn.because[1:]}"

    @property
    def standing(self) -> PayStanding:
        """How pay stands then."""
        return self.turn.standing


COMING = (
    Column(
        "From",
        lambda row: table_day(row.id),
        sort=lambda row: row.id,
        holds="date",
        value=lambda row: row.id,
        width=11,
    ),
    Column("What happens", lambda row: row.because, width=28),
    Column(
        "Due an hour",
        lambda row: show_pounds(row.standing.due.amount) if row.standing.due else "",
        right=True,
        width=12,
    ),
    Column(
        "Paid an hour",
        lambda row: show_pounds(row.standing.paid.shown) if row.standing.paid else "",
        right=True,
        width=12,
    ),
    Column("How it stands then", lambda row: BADGES[row.standing.state], kind="badge", width=18),
)

RECORDED = (
    Column(
        "From",
        lambda row: table_day(row.rate.from_on),
        sort=lambda row: row.rate.from_on,
        holds="date",
        value=lambda row: row.rate.from_on,
        width=11,
    ),
    Column("Pay", lambda row: row.rate.shown, kind="strong", width=22),
    Column("Note", lambda row: row.note, width=30),
)


class PayPart(RecordPart):
    """How pay stands today and soon, and the pay that is recorded."""

    tables = frozenset({"pay"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._row: ApprenticeRow | None = None
        self.badge = BadgeLabel(BADGES[PayState.NOT_RECORDED], theme)
        self.says = label("", "", wraps=True)
        self.remedy = label("", "", wraps=True)
        self.source = label("", "small", wraps=True)
        self.coming = RowsTable(RowsModel(COMING), "What changes", theme, stretch=1)
        self.coming.set_fits(8)
        self.coming.set_empty("Nothing changes", "as far as the rates are known.")
        self.recorded = RowsTable(RowsModel(RECORDED), "Pay recorded", theme, stretch=2)
        self.recorded.set_fits(8)
        self.recorded.set_empty("No pay is recorded yet", "Record what is paid an hour or a year.")
        for table in (self.coming, self.recorded):
            table.rows.setParent(table)
        self.record = button("Record pay…", theme, self.add_pay, icon="plus", role="primary")
        self.change = button("Change…", theme, self.change_pay, icon="pencil")
        self.remove = button("Remove…", theme, self.remove_pay, icon="trash-2")
        today, ahead, kept = Card("Today", theme), Card("What changes", theme), Card("Pay", theme)
        for part in (self.badge, self.says, self.remedy, self.source):
            today.add(part)
        ahead.add(self.coming)
        kept.add(self.recorded)
        kept.add(Flow([self.record, self.change, self.remove], theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        for card in (today, kept, ahead):
            down.addWidget(card)
        down.addStretch(1)
        self.recorded.row_chosen.connect(lambda _row: self._allow())
        self.recorded.row_opened.connect(lambda _row: self.change_pay())

    # showing

    def show_record(self, row: ApprenticeRow) -> None:
        """Show the pay of *row*."""
        self._row = row
        rules, today = resources.wage_rules(), self._desk.clock.today()
        rows = self._desk.store.read(pay.pay_rows, row.id)
        facts = wage_facts(row, tuple(each.rate for each in rows))
        now = standing(facts, rules, today)
        self.badge.show_badge(BADGES[now.state])
        day = "" if now.day == today else f"On {show_day(now.day)}, when training starts: "
        self.says.setText(f"{day}{now.says}")
        self.remedy.setText(now.remedy)
        self.remedy.setVisible(bool(now.remedy))
        sources = [] if now.due is None else [f"{now.due.rates.source}."]
        self.source.setText(" ".join([*sources, rules.note]))
        last = add_months(today, MONTHS_AHEAD)
        if row.status.is_ended:
            last = today
        self.coming.rows.replace(
            [_Coming(turn.on, turn) for turn in turns(facts, rules, today, last)]
        )
        self.recorded.rows.replace(rows)
        self.recorded.choose_first()
        self._allow()

    def _allow(self) -> None:
        may = not self._desk.store.is_read_only
        has_row = self.recorded.chosen() is not None
        self.record.setEnabled(may)
        self.change.setEnabled(may and has_row)
        self.remove.setEnabled(may and has_row)

    def take_keyboard(self) -> None:
        """Go to the pay that is recorded, or to the button that records some."""
        (self.recorded if self.recorded.rows.rowCount() else self.record).setFocus()

    # what the person does

    def add_pay(self) -> FormDialog | None:
        """Ask what is paid from when."""
        row = self._row
        if row is None:
            return None

        def save(given: PayDetails) -> None:
            assert given.from_on is not None  # the fields are required
            assert given.amount is not None
            assert given.per is not None
            with self._desk.change(f"Record the pay of {row.name}") as session:
                pay.set_pay(session, row.id, given.from_on, given.amount, given.per, given.note)

        rows = self._desk.store.read(pay.pay_rows, row.id)
        first = row.course.training_started_on if not rows else None
        details = PayDetails(from_on=first, per=rows[0].rate.per if rows else PayPer.YEAR)
        return self._open(f"Pay of {row.name}", "Record the pay", details, save, row.id, None)

    def change_pay(self) -> FormDialog | None:
        """Put right what is recorded of the chosen pay."""
        row, chosen = self._row, self._chosen()
        if row is None or chosen is None or self._desk.store.is_read_only:
            return None

        def save(given: PayDetails) -> None:
            assert given.from_on is not None
            assert given.amount is not None
            assert given.per is not None
            with self._desk.change(f"Change the pay of {row.name}") as session:
                pay.correct_pay(
                    session, chosen.id, given.from_on, given.amount, given.per, given.note
                )

        rate = chosen.rate
        details = PayDetails(rate.from_on, rate.amount, rate.per, chosen.note)
        title = f"Change the pay of {row.name}"
        return self._open(title, "Change the pay", details, save, row.id, chosen.id)

    def remove_pay(self) -> None:
        """Ask before the chosen pay is taken away."""
        row, chosen = self._row, self._chosen()
        if row is None or chosen is None:
            return

        def act() -> None:
            with self._desk.change(f"Remove a pay of {row.name}") as session:
                pay.remove_pay(session, chosen.id)

        ask(
            self,
            self._desk.theme,
            "Remove this pay?",
            f"{chosen.rate.shown} from {show_day(chosen.rate.from_on)} goes out of the record."
            " Undo brings it back.",
            "Remove this pay",
            lambda: self._desk.attempt(act),
            danger=True,
        )

    def _chosen(self) -> PayRow | None:
        chosen: PayRow | None = self.recorded.chosen()
        return chosen

    def _open(
        self,
        title: str,
        confirm_text: str,
        details: PayDetails,
        save: Any,
        key: UUID,
        pay_id: UUID | None,
    ) -> FormDialog:
        theme = self._desk.theme
        fields = (
            Field("from_on", "From", "date", required=True),
            Field("amount", "Pay", "money", required=True),
            Field(
                "per",
                "Per",
                "choice",
                required=True,
                beside=True,
                width=18,
                choices=((PayPer.HOUR, "hour"), (PayPer.YEAR, "year")),
                help="A year's pay is spread over the contracted weekly hours.",
            ),
            Field("note", "Note", help="Such as the grade."),
        )
        form = Form(fields, PayDetails, theme, today=self._desk.clock.today())
        form.show_details(details)
        where = OpenRecord(key, "pay", pay_id)
        draft = self._desk.draft(f"PayDetails:{pay_id or key}", title, where)
        dialog = FormDialog(form, title, confirm_text, save, theme, self, draft=draft)
        dialog.resize(min(dialog.width(), theme.space(110)), min(dialog.height(), theme.space(100)))
        dialog.open()
        return dialog
