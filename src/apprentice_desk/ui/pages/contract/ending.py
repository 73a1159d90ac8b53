"""What if we end it: the last day, the apprentices and the money, with nothing saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import day_with_weekday, show_day, table_day
from apprentice_desk.domain.contract_ending import Affected, IfEnded, OnIt, if_ended
from apprentice_desk.domain.contract_sums import ContractMoney
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.contract_money import contract_money, money_facts
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import KeyValues
from apprentice_desk.ui.kit.pieces import button, label, line
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable

NOTHING_SAVED = "Nothing is saved, and no notice is given by this."
_MOST_ROWS = 8

FIELDS = (
    Field(
        "given_on",
        "Notice given on",
        "date",
        required=True,
        help="The day on which the provider has it in hand.",
    ),
)

COLUMNS = (
    Column("Apprentice", lambda row: row.name, kind="strong", width=17),
    Column("Standard", lambda row: row.standard, width=16, tip=lambda row: row.standard),
    Column(
        "Planned end",
        lambda row: "" if row.planned_end_on is None else table_day(row.planned_end_on),
        lambda row: row.planned_end_on,
        say=lambda row: "not known" if row.planned_end_on is None else show_day(row.planned_end_on),
        width=12,
        holds="date",
        value=lambda row: row.planned_end_on,
    ),
    Column("", lambda row: row.why, kind="quiet", width=14, called="What stands against it"),
    Column(
        "Due after it",
        lambda row: "" if row.due_after is None else show_pounds(row.due_after),
        lambda row: row.due_after,
        say=lambda row: "not known" if row.due_after is None else show_pounds(row.due_after),
        right=True,
        width=12,
    ),
)


@dataclass(frozen=True, slots=True)
class GivingNotice:
    """What is assumed."""

    given_on: date | None = None


class EndingDialog(QDialog):
    """A day to give notice on, and below it what would come of that."""

    def __init__(self, desk: Desk, contract: ContractOverview, parent: QWidget) -> None:
        super().__init__(parent)
        theme = desk.theme
        self._desk = desk
        self._contract = contract
        self._people, self._money = _read(desk, contract)
        self.told: tuple[tuple[str, str], ...] = ()
        self._holidays = resources.bank_holidays()
        title = f"What if we end {contract.reference}"
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title)
        self.form = Form(FIELDS, GivingNotice, theme, today=desk.clock.today())
        self.form.show_details(GivingNotice(desk.clock.today()))
        self.facts = KeyValues((), theme)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Apprentices who would not have finished", theme)
        self.table.set_fits(_MOST_ROWS)
        self.table.order.can_do_without((1, 2))
        self.table.row_opened.connect(self._on_opened)
        self.says = label("", "quiet", wraps=True)
        for part in (self.facts, self.says, self.table):
            self.form.put_below(part)
        self.close_ = button("Close", theme, self.accept, role="primary")
        self.close_.setDefault(True)
        edge = theme.space(4)
        head = QVBoxLayout()
        head.setContentsMargins(edge, edge, edge, theme.space(2))
        head.addWidget(label(title, "large", wraps=True))
        foot = QHBoxLayout()
        foot.setContentsMargins(edge, theme.space(3), edge, theme.space(3))
        foot.addStretch(1)
        foot.addWidget(self.close_)
        down = QVBoxLayout(self)
        down.setContentsMargins(1, 1, 1, 1)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(self.form, 1)
        down.addWidget(line())
        down.addLayout(foot)
        if self.form.area is not None:
            Fitter(self, self.form.area, theme)
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(170), room.width()), min(theme.space(165), int(room.height() * 0.9))
        )
        self.form.edited.connect(self._show)
        self._show()

    def _show(self) -> None:
        given, findings = self.form.read()
        self.form.show_findings(findings)
        found, says = None, "Enter the day on which notice is given."
        if given is not None and given.given_on is not None and not findings:
            found, says = self._work_out(given.given_on)
        self.facts.setVisible(found is not None)
        self.told = () if found is None else told(found, self._contract)
        self.facts.show_pairs(self.told)
        affected: tuple[Affected, ...] = () if found is None else found.affected
        self.model.replace(affected)
        self.table.setVisible(bool(affected))
        if says != self.says.text():
            self.says.setText(says)
            access.announce(self.says, says)

    def _work_out(self, given_on: date) -> tuple[IfEnded | None, str]:
        term = self._contract.term
        try:
            found = if_ended(
                term, given_on, self._holidays, self._people, self._money.paid_otherwise
            )
        except Problem as problem:
            return None, f"This cannot be worked out. {problem}"
        if found is not None:
            return found, _unknown(found)
        if term.ends_on is None or term.notice is None:
            missing = "last day" if term.ends_on is None else "notice period"
            return None, f"The {missing} of this contract is not known. Edit the contract first."
        return None, "The contract is over by then."

    def _on_opened(self, row: Affected) -> None:
        self.accept()
        self._desk.go(OpenRecord(row.id))


def _read(desk: Desk, contract: ContractOverview) -> tuple[tuple[OnIt, ...], ContractMoney]:
    """Read who is on the contract and how its money stands today."""
    today = desk.clock.today()
    facts = desk.store.read(money_facts, today, contract.id)[contract.id]
    money = contract_money(facts, resources.funding_rules(), today)
    people = tuple(
        OnIt(one.id, one.name, one.standard_title or one.standard_code, spending)
        for one, spending in zip(facts.people, money.people, strict=True)
    )
    return people, money


def told(found: IfEnded, contract: ContractOverview) -> tuple[tuple[str, str], ...]:
    """Return what comes of it, as pairs for a card."""
    notice, earlier = contract.term.notice, found.ending.days_earlier
    last = day_with_weekday(found.ending.last_on)
    if earlier:
        last += f", {counted(earlier, 'day')} earlier than agreed"
    else:
        last += ", as agreed: notice on that day ends it no sooner"
    more = found.committed < 0
    return (
        ("Notice", "" if notice is None else notice.words()),
        ("Last day", last),
        ("Due up to it", show_pounds(found.due_by)),
        ("Paid so far", show_pounds(found.paid)),
        (
            "Paid too much" if more else "Committed",
            show_pounds(-found.committed)
            if more
            else f"{show_pounds(found.committed)} still to pay",
        ),
        ("Would be due after it", show_pounds(found.due_after)),
        ("Affected", counted(len(found.affected), "apprentice") if found.affected else "nobody"),
    )


def _unknown(found: IfEnded) -> str:
    said = NOTHING_SAVED
    if found.unknown:
        who = counted(found.unknown, "apprentice")
        said = f"For {who} it is not known what is due, so the sums leave them out. {said}"
    return said
