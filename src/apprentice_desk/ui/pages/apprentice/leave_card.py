"""The card Leave: the days on which somebody is not at work, and no word of why."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from apprentice_desk.domain.calendar import Period, show_day, table_day
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.needs import counted
from apprentice_desk.records import leave
from apprentice_desk.records.leave import LeaveDetails, LeaveRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog, ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable

COLUMNS = (
    Column(
        "First day",
        lambda row: table_day(row.days.first),
        sort=lambda row: row.days.first,
        holds="date",
        value=lambda row: row.days.first,
        width=11,
    ),
    Column(
        "Last day",
        lambda row: table_day(row.days.last),
        sort=lambda row: row.days.last,
        holds="date",
        value=lambda row: row.days.last,
        width=11,
    ),
    Column(
        "How long",
        lambda row: counted(row.days.days, "day"),
        sort=lambda row: row.days.days,
        width=12,
    ),
)

FIELDS = (
    Field("first_on", "First day", "date", required=True),
    Field("last_on", "Last day", "date", beside=True, help="Blank for one day."),
)


def in_words(days: Period) -> str:
    """Return the days of leave as a label says them."""
    first = show_day(days.first)
    return first if days.last in (None, days.first) else f"{first} to {show_day(days.last)}"


class LeaveCard(Card):
    """The leave of the apprenticeship last given to ``show_record``."""

    def __init__(self, desk: Desk) -> None:
        theme = desk.theme
        super().__init__("Leave", theme)
        self._desk = desk
        self._row: ApprenticeRow | None = None
        self.table = RowsTable(RowsModel(COLUMNS), "Leave", theme, stretch=2)
        self.table.rows.setParent(self.table)
        self.table.set_fits(5)
        self.table.set_empty("No leave is planned", "Plan it, so that nothing else falls into it.")
        self.plan = button("Plan leave…", theme, self.add_leave, icon="plus")
        self.change = button("Change…", theme, self.change_leave, icon="pencil")
        self.remove = button("Remove…", theme, self.remove_leave, icon="trash-2")
        access.name(self.change, "Change this leave")
        access.name(self.remove, "Remove this leave")
        says = "Only the days are kept, never why. A secondment that falls into them says so."
        self.add(label(says, "small", wraps=True))
        self.add(self.table)
        self.add(Flow([self.plan, self.change, self.remove], theme))
        self.table.row_chosen.connect(lambda _row: self._allow())
        self.table.row_opened.connect(lambda _row: self.change_leave())

    def show_record(self, row: ApprenticeRow) -> None:
        """Show the leave of *row*."""
        self._row = row
        self.table.rows.replace(self._desk.store.read(leave.leave_rows, row.id))
        self.table.choose_first()
        self._allow()

    def _allow(self) -> None:
        may = not self._desk.store.is_read_only
        has_row = self.table.chosen() is not None
        self.plan.setEnabled(may)
        self.change.setEnabled(may and has_row)
        self.remove.setEnabled(may and has_row)

    def _chosen(self) -> LeaveRow | None:
        chosen: LeaveRow | None = self.table.chosen()
        return chosen

    def add_leave(self) -> FormDialog | None:
        """Ask which days somebody is not at work."""
        row = self._row
        if row is None:
            return None

        def save(given: LeaveDetails) -> list[Finding]:
            found = self._desk.store.read(leave.check, row.id, given)
            if not refuses(found):
                with self._desk.change(f"Plan leave of {row.name}") as session:
                    leave.plan_leave(session, row.id, given)
            return found

        return self._open(f"Leave of {row.name}", "Plan the leave", LeaveDetails(), save, None)

    def change_leave(self) -> FormDialog | None:
        """Put right the days of the chosen leave."""
        row, chosen = self._row, self._chosen()
        if row is None or chosen is None or self._desk.store.is_read_only:
            return None

        def save(given: LeaveDetails) -> list[Finding]:
            found = self._desk.store.read(leave.check, row.id, given, chosen.id)
            if not refuses(found):
                with self._desk.change(f"Change leave of {row.name}") as session:
                    leave.correct_leave(session, chosen.id, given, chosen.changed_in)
            return found

        title = f"Change the leave of {row.name}"
        return self._open(title, "Change the leave", chosen.details, save, chosen.id)

    def remove_leave(self) -> None:
        """Ask before the chosen leave is taken away."""
        row, chosen = self._row, self._chosen()
        if row is None or chosen is None:
            return

        def act() -> None:
            with self._desk.change(f"Remove leave of {row.name}") as session:
                leave.cancel_leave(session, chosen.id)

        ask(
            self,
            self._desk.theme,
            "Remove this leave?",
            f"{in_words(chosen.days)} goes out of the record. Undo brings it back.",
            "Remove this leave",
            lambda: self._desk.attempt(act),
            danger=True,
        )

    def _open(
        self,
        title: str,
        confirm_text: str,
        details: LeaveDetails,
        save: Callable[[LeaveDetails], list[Finding]],
        leave_id: UUID | None,
    ) -> FormDialog:
        assert self._row is not None  # its callers have looked
        theme = self._desk.theme
        form = Form(FIELDS, LeaveDetails, theme, today=self._desk.clock.today())
        form.show_details(details)
        key = self._row.id
        where = OpenRecord(key, "facts", leave_id)
        draft = self._desk.draft(f"LeaveDetails:{leave_id or key}", title, where)
        dialog = FormDialog(form, title, confirm_text, save, theme, self, draft=draft)
        dialog.resize(min(dialog.width(), theme.space(110)), min(dialog.height(), theme.space(70)))
        dialog.open()
        return dialog
