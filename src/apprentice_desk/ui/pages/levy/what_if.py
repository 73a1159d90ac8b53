"""What if we start more: so many each month at a price, and what then lapses; nothing saved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain import levy_starts
from apprentice_desk.domain.calendar import add_months, show_day
from apprentice_desk.domain.contract_money import total
from apprentice_desk.domain.levy import Runway, month_of, runway
from apprentice_desk.domain.levy_starts import Starts, starts_due, together
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted
from apprentice_desk.records.levy import month_named
from apprentice_desk.records.levy_runway import LevyLook
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button, label, line
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable

TITLE = "What if we start more"
NOTHING_SAVED = "Nothing is saved, whatever stands here."
CANNOT = "This cannot be worked out yet. “Work it out” says why."
_MONTHS_AT_FIRST = 18
_FOR_AT_FIRST = 12

FIELDS = (
    Field("each_month", "Starts each month", "integer", required=True),
    Field("for_months", "For how many months", "integer", required=True, beside=True),
    Field("from_month", "From the month", "month date", required=True),
    Field("training_months", "Months of training", "integer", required=True, beside=True),
    Field(
        "price",
        "Price of one",
        "money",
        required=True,
        help="What the account pays of it: what lies within the funding band.",
    ),
)

COLUMNS = (
    Column("In these months", lambda row: row.name, kind="strong", width=20),
    Column("Now", lambda row: row.now, right=True, width=14),
    Column("Then", lambda row: row.then, right=True, width=14),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure now, and then."""

    name: str
    now: str
    then: str

    @property
    def id(self) -> str:
        """The figure."""
        return self.name


def figures(found: Runway) -> dict[str, str]:
    """Return what matters of a runway, by what it is called."""
    first, short = next(iter(found.spend_by), None), found.first_short
    return {
        "Due": show_pounds(total(each.due for each in found.months)),
        "Lapses": show_pounds(found.lapsing),
        "First lapses after": "" if first is None else show_day(first.last_on),
        "Cannot pay all from": "" if short is None else month_named(short.month),
        "Short": show_pounds(total(each.short for each in found.months)),
        "Left at the end": show_pounds(found.months[-1].closing),
    }


class WhatIfDialog(QDialog):
    """A form of what is assumed above, the figures now and then below; Escape closes it."""

    def __init__(self, desk: Desk, look: LevyLook, parent: QWidget) -> None:
        super().__init__(parent)
        theme = desk.theme
        self._look = look
        self._today = desk.clock.today()
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, TITLE)
        self.form = Form(FIELDS, Starts, theme, today=self._today)
        self.form.show_details(
            Starts(
                each_month=1,
                training_months=_MONTHS_AT_FIRST,
                from_month=add_months(month_of(self._today), 1),
                for_months=_FOR_AT_FIRST,
            )
        )
        self.says = label("", "quiet", wraps=True)
        self._now = figures(look.runway)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Figures now and then", theme)
        self.table.set_fits(len(self._now))
        self.form.put_below(self.says)
        self.form.put_below(self.table)
        self.work = button("Work it out", theme, self.work_out, role="primary")
        self.work.setDefault(True)
        self.close_ = button("Close", theme, self.accept)
        edge = theme.space(4)
        head = QVBoxLayout()
        head.setContentsMargins(edge, edge, edge, theme.space(2))
        head.addWidget(label(TITLE, "large", wraps=True))
        foot = QHBoxLayout()
        foot.setContentsMargins(edge, theme.space(3), edge, theme.space(3))
        foot.setSpacing(theme.space(2))
        foot.addStretch(1)
        foot.addWidget(self.work)
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
            min(theme.space(170), room.width()), min(theme.space(170), int(room.height() * 0.9))
        )
        add_key(self, "Work it out", "Ctrl+Return", self.work_out)
        self.form.edited.connect(self._show)
        self._show()

    def work_out(self) -> None:
        """Say what cannot be read or cannot be, beside its field; else go to the figures."""
        assumed, findings = self.form.read()
        if assumed is not None and not findings:
            findings = levy_starts.check(assumed, self._today)
        self.form.show_findings(findings)
        self._show()
        if not findings:
            self.table.choose_first()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.show_part(self.table)

    def _show(self) -> None:
        assumed, findings = self.form.read()
        then: dict[str, str] = {}
        says = CANNOT
        if assumed is not None and not findings and not levy_starts.check(assumed, self._today):
            self.form.clear_findings()
            found, unknown = self._work_out(assumed)
            then, says = figures(found), NOTHING_SAVED
            if unknown:
                says = f"{counted(unknown, 'start')} left out: no rule says how it is paid. {says}"
        self.model.replace(
            [Compared(name, now, then.get(name, "")) for name, now in self._now.items()]
        )
        if says != self.says.text():
            self.says.setText(says)
            access.announce(self.says, says)

    def _work_out(self, assumed: Starts) -> tuple[Runway, int]:
        look = self._look
        on = look.balance.balance_on
        more = starts_due(assumed, resources.funding_rules(), on)
        due = together(look.due.by_month, more.by_month)
        incomes = [each.income for each in look.incomes]
        return runway(look.balance.amount, on, incomes, due, resources.levy_rules()), more.unknown


def open_what_if(desk: Desk, look: LevyLook, parent: QWidget) -> WhatIfDialog:
    """Open the dialog, with the keyboard in the first field."""
    dialog = WhatIfDialog(desk, look, parent)
    dialog.open()
    dialog.form.focus_first()
    return dialog
