"""What if: other hours, another end, a break, another contract, beside how things stand.

Nothing here is saved; the figures are worked out while one types.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain import what_if
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import rate, sentence
from apprentice_desk.domain.explaining import NOT_KNOWN
from apprentice_desk.domain.hours_facts import figures_of
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.off_the_job import Figures
from apprentice_desk.domain.recovering import Recoverability
from apprentice_desk.domain.what_if import Assumed, WhatIf
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentices.telling import TellingDialog
from apprentice_desk.ui.pages.apprentices.viewpoint import Viewpoint


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure as it is and as it would be."""

    id: str
    now: str
    then: str

    @property
    def differs(self) -> bool:
        """Whether it would be another."""
        return bool(self.then) and self.now != self.then


COLUMNS = (
    Column("Figure", lambda row: row.id, kind="strong", width=18),
    Column("Now", lambda row: row.now, width=22),
    Column(
        "Then",
        lambda row: f"{row.then} ←" if row.differs else row.then,
        say=lambda row: f"{row.then}, changed" if row.differs else row.then or "not worked out",
        width=22,
    ),
)


def words(figures: Figures, recoverability: Recoverability | None) -> dict[str, str]:
    """Return the figures that an assumption may change, in words, by their names."""

    def minutes(value: int | None) -> str:
        return NOT_KNOWN if value is None else sentence(value)

    needed, reached = figures.needed_minutes, figures.reached_on
    return {
        "Status": figures.status.value,
        "Required": minutes(figures.required_minutes),
        "Minimum": minutes(None if figures.minimum is None else figures.minimum.minutes),
        "Planned to date": minutes(figures.planned_to_date_minutes),
        "Against plan": minutes(figures.against_plan_minutes),
        "Needed a week": NOT_KNOWN if needed is None else rate(needed),
        "Forecast at the end": minutes(figures.forecast_minutes),
        "All done on": NOT_KNOWN if reached is None else show_day(reached),
        "Recoverability": NOT_KNOWN if recoverability is None else recoverability.says,
    }


class WhatIfDialog(TellingDialog):
    """A form of what is assumed above, the figures now and then below."""

    def __init__(self, desk: Desk, row: ApprenticeRow, view: Viewpoint, parent: QWidget) -> None:
        self.form = Form(_fields(row), Assumed, desk.theme, today=view.day)
        self.form.show_details(Assumed())
        super().__init__(desk, f"What if, for {row.name}", parent, form=self.form, whose=row.id)
        self._row = row
        self._view = view
        self._rules = desk.lists.hours_rules
        self._now = words(figures_of(row.facts, self._rules, view.day), row.recoverability)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Figures now and then", desk.theme)
        self.table.set_fits(len(self._now))
        self.says = label("", "quiet", wraps=True)
        self.form.put_below(self.says)
        self.form.put_below(self.table)
        self.work = button("Work it out", desk.theme, self.work_out, role="primary")
        self.work.setDefault(True)
        self.buttons.append(self.work)
        self.finish()
        add_key(self, "Work it out", "Ctrl+Return", self.work_out)
        self.form.edited.connect(self._on_edited)
        self._show(None)

    def work_out(self) -> None:
        """Say what cannot be read or cannot be, beside its field; else show the figures."""
        assumed, findings = self.form.read()
        if assumed is not None:
            findings = what_if.check(self._row.facts, assumed, self._view.day)
        self.form.show_findings(findings)
        self._on_edited()
        if not findings:
            self.table.choose_first()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.show_part(self.table)

    def _on_edited(self) -> None:
        assumed, _ = self.form.read()
        facts, day = self._row.facts, self._view.day
        if assumed is None or what_if.check(facts, assumed, day):
            self._show(None, "This cannot be worked out. “Work it out” says why.")
            return
        self.form.clear_findings()
        if assumed.is_nothing:
            self._show(None)
        else:
            self._show(what_if.what_if(facts, assumed, self._rules, day))

    def _show(self, found: WhatIf | None, says: str = "") -> None:
        then = {} if found is None else words(found.figures, found.recoverability)
        rows = [Compared(name, now, then.get(name, "")) for name, now in self._now.items()]
        self.model.replace(rows)
        if found is not None and found.added_break_days:
            end = found.facts.course.training_planned_end_on
            where = "" if end is None else f", {show_day(end)}"
            says = (
                f"The planned end stays as it is{where}, so the break leaves"
                f" {counted(found.added_break_days, 'day')} less for the same hours. Move the end"
                " as well if the provider would."
            )
        says = says or "Nothing is saved, whatever stands here."
        if says != self.says.text():
            self.says.setText(says)
            access.announce(self.says, says)


def _fields(row: ApprenticeRow) -> tuple[Field, ...]:
    end = row.course.training_planned_end_on
    week = row.weekly_minutes
    return (
        Field(
            "rate_minutes",
            "Hours of training a week from now",
            "duration",
            help="Such as 6, 7:30 or 7.5. Blank goes on at the pace of the last 8 weeks.",
        ),
        Field(
            "end_on",
            "Training planned to end",
            "date",
            help=f"Now {show_day(end)}." if end else "Not known now.",
        ),
        Field("break_first_on", "Break from", "date"),
        Field("break_last_on", "Break to", "date", beside=True),
        Field(
            "contracted_minutes",
            "Contracted hours a week from tomorrow",
            "duration",
            help=f"Now {sentence(week)}, averaged over the training." if week else "Not known now.",
        ),
    )


def open_what_if(desk: Desk, row: ApprenticeRow, view: Viewpoint, parent: QWidget) -> WhatIfDialog:
    """Open the dialog, with the keyboard in the first field."""
    dialog = WhatIfDialog(desk, row, view, parent)
    dialog.open()
    dialog.form.focus_first()
    return dialog
