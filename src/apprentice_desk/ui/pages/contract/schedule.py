"""When what is due for one apprentice, as a table in a window of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.contract_money import Agreed, Step, unrecorded_breaks
from apprentice_desk.domain.contract_sums import Spending
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import listed
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.ui.contracting.money import PersonLine, difference_in_words, price_in_words
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable


@dataclass(frozen=True, slots=True)
class StepLine:
    """One amount as the table shows it."""

    id: int
    step: Step
    on: date
    otherwise: str = ""
    """What is said of a month of which nobody knows the day."""

    @property
    def day(self) -> str:
        """When it is due; in words where nobody knows the day."""
        if self.step.due_on is not None:
            return table_day(self.step.due_on)
        return "completion" if self.step.kind is PaymentKind.COMPLETION else self.otherwise

    @property
    def words(self) -> str:
        """What it is for."""
        return "Completion" if self.step.kind is PaymentKind.COMPLETION else "Training"

    @property
    def standing(self) -> str:
        """Whether it is due already."""
        due_on = self.step.due_on
        return "due" if due_on is not None and due_on <= self.on else "to come"


COLUMNS = (
    Column(
        "Due on",
        lambda line: line.day,
        sort=lambda line: line.step.due_on,
        width=13,
        holds="date",
        value=lambda line: line.step.due_on,
    ),
    Column("What for", lambda line: line.words, width=12),
    Column(
        "Amount",
        lambda line: show_pounds(line.step.amount),
        sort=lambda line: line.step.amount,
        right=True,
        width=12,
        holds="money",
        value=lambda line: line.step.amount,
    ),
    Column("", lambda line: line.standing, kind="quiet", width=9, called="How it stands"),
)

ABOVE_BAND = Column(
    "Of it above the band",
    lambda line: show_pounds(line.step.above_band),
    sort=lambda line: line.step.above_band,
    right=True,
    width=18,
    holds="money",
    value=lambda line: line.step.above_band,
)
"""Where a price is above its band; else it would be a column of nothing."""


class ScheduleDialog(QDialog):
    """Lists the amounts with the rule that they come from; Escape closes it."""

    def __init__(self, parent: QWidget, line: PersonLine, desk: Desk) -> None:
        super().__init__(parent)
        theme = desk.theme
        title = f"What is due for {line.name}"
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title)
        above = (ABOVE_BAND,) if line.spending.above_band else ()
        self.model = RowsModel((*COLUMNS[:3], *above, *COLUMNS[3:]), self)
        self.table = RowsTable(self.model, title, theme, stretch=1)
        self.table.order.can_do_without((len(COLUMNS) + len(above) - 1,))
        self.table.set_empty("That is not known", line.spending.schedule.says)
        breaks = line.spending.agreed.course.breaks
        goes_on = any(pause.last is None for pause in breaks)
        otherwise = "after the break" if goes_on else "not planned yet"
        lines = [
            StepLine(number, step, line.spending.on, otherwise)
            for number, step in enumerate(line.spending.schedule.steps)
        ]
        self.model.replace(lines)
        self.says = label(_in_words(line.spending), wraps=True)
        self.source = label(_source(line.spending), "small", wraps=True)
        self.close_ = button("Close", theme, self.reject, role="primary")
        self.close_.setDefault(True)
        edge = theme.space(5)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(2))
        down.addWidget(label(title, "large", wraps=True))
        down.addWidget(self.says)
        down.addWidget(self.table, 1)
        down.addWidget(self.source)
        down.addLayout(row_of(theme, None, self.close_))
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(150), int(room.width() * 0.95)),
            min(theme.space(130), int(room.height() * 0.9)),
        )
        to_come = next((each.id for each in lines if each.standing == "to come"), 0)
        self.table.choose(to_come)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)


def _in_words(spending: Spending) -> str:
    if spending.due is None or spending.difference is None:
        return price_in_words(spending)
    says = (
        f"{price_in_words(spending)}. Up to {show_day(spending.on)} {show_pounds(spending.due)} is"
        f" due and {show_pounds(spending.paid)} is paid:"
        f" {difference_in_words(spending.difference)}."
    )
    if spending.schedule.never_due:
        says += f" {show_pounds(spending.schedule.never_due)} will not be due any more."
    return says


def _source(spending: Spending) -> str:
    """The rule that the steps come from, with whether anybody has read it."""
    agreed = spending.agreed
    started_on = agreed.original_start_on or agreed.course.training_started_on
    if spending.schedule.says or started_on is None:
        return ""
    rule = resources.funding_rules().profile_for(started_on, agreed.standard_code)
    check = "" if rule.is_verified else " Check it against the rules in force."
    return f"{rule.source}.{check}{_unrecorded(agreed)}"


def _unrecorded(agreed: Agreed) -> str:
    """Say which breaks are taken to have been in the plan, for nobody recorded the one before."""
    known = unrecorded_breaks(agreed)
    if not known:
        return ""
    said = listed([pause.shown() for pause in known])
    return (
        f" What was planned before the break {said} is not recorded, so its months are left out"
        " and all others cost the same."
    )
