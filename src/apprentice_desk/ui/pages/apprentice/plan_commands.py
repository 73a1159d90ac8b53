"""What is done with the activities of a plan that are chosen: their actions and their changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.planning import ActivityDetails, ActivityStatus, PlanActivityRow
from apprentice_desk.domain.planning_checks import check_done
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records import learning
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit.dialogs import FormDialog, ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.files import open_link
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.whole_text import ask_before_link
from apprentice_desk.ui.planning import editing
from apprentice_desk.ui.planning.forms import ACTIVITY_FIELDS, short

_DONE = ActivityStatus.DONE


@dataclass(frozen=True, slots=True)
class DoneDetails:
    """On which day activities were done."""

    done_on: date | None = None


class PlanCommands:
    """Actions over the chosen activities of *table*, all of them in one change each."""

    def __init__(self, desk: Desk, table: RowsTable, page: QWidget) -> None:
        self._desk = desk
        self._table = table
        self._page = page
        self._whose: ApprenticeRow | None = None
        self.dialog: QDialog | None = None
        self.edit = self._action("Edit the activity…", "pencil", "F2", self._on_edit)
        self.finish = self._action("Done…", "circle-check", "Ctrl+Shift+D", self._on_finish)
        self.start = self._action("Under way", "hourglass", "Ctrl+Shift+U", self._on_start)
        self.drop = self._action("Drop", "ban", "Del", self._on_drop)
        self.back = self._action("Plan it again", "rotate-ccw", "Ctrl+Shift+B", self._on_back)
        self.link = self._action("Open the link…", "external-link", "", self._on_link)
        self.remove = self._action("Remove…", "trash-2", "Shift+Del", self._on_remove)
        table.set_actions(self.all)
        table.row_opened.connect(lambda _row: self.edit.trigger())
        table.row_chosen.connect(lambda _row: self.allow())
        table.selectionModel().selectionChanged.connect(lambda *_: self.allow())

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the menu."""
        return (
            self.edit, self.finish, self.start, self.drop, self.back, self.link, self.remove,
        )  # fmt: skip

    def _action(self, text: str, icon: str, keys: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self._table)
        set_icon(action, icon, "text_quiet", self._desk.theme)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._table.addAction(action)
        return action

    def show_whose(self, row: ApprenticeRow) -> None:
        """Work on the plan of another apprenticeship."""
        self._whose = row
        self.allow()

    def chosen(self) -> list[PlanActivityRow]:
        """Return the activities that are chosen: those selected, else the current one."""
        several = self._table.several()
        if several:
            return several
        row = self._table.chosen()
        return [] if row is None else [row]

    def allow(self) -> None:
        """Allow what makes sense for those that are chosen."""
        chosen = self.chosen()
        may_write = bool(chosen) and not self._desk.store.is_read_only
        one = len(chosen) == 1
        self.edit.setEnabled(may_write and one)
        self.remove.setEnabled(may_write)
        self.link.setEnabled(one and bool(chosen[0].link))
        for action, makes_sense in (
            (self.finish, any(each.status is not _DONE for each in chosen)),
            (self.start, any(each.status is ActivityStatus.PLANNED for each in chosen)),
            (self.drop, any(each.is_open for each in chosen)),
            (self.back, any(each.status is not ActivityStatus.PLANNED for each in chosen)),
        ):
            action.setEnabled(may_write and makes_sense)

    # the commands

    def add(self, begins_with: ActivityDetails | None = None) -> None:
        """Open the form of a new activity."""
        whose = self._whose
        if whose is None or self._desk.store.is_read_only:
            return

        def save(session: Any, given: ActivityDetails) -> None:
            learning.plan_many(session, whose.id, [given])

        self.dialog = editing.add(
            self._desk, self._kind(whose), begins_with, f"Add an activity for {whose.name}",
            f"activity:new:{whose.id}", save, self._page,
            label=lambda given: f"Plan “{given.title}” for {whose.name}",
        )  # fmt: skip

    def _on_edit(self) -> None:
        row, whose = self._table.chosen(), self._whose
        if row is None or whose is None:
            return
        try:
            row = self._desk.store.read(learning.activity_row, row.id)
        except Conflict as gone:
            self._desk.messages.problem(gone)
            return
        edited = editing.Editing(
            self._desk, self._kind(whose, row), row.details, row.changed_in, row.title,
            f"activity:{row.id}",
            lambda session, given, stamp: learning.correct_activity(session, row.id, given, stamp),
            self._page,
            label=lambda given: f"Change “{given.title}” of {whose.name}",
        )  # fmt: skip
        self.dialog = edited.dialog

    def _kind(self, whose: ApprenticeRow, row: PlanActivityRow | None = None) -> editing.Kind:
        place = OpenRecord(whose.id, "plan", None if row is None else row.id)
        return editing.Kind("activity", ACTIVITY_FIELDS, ActivityDetails, learning.check, place)

    def _on_finish(self) -> None:
        chosen = [each for each in self.chosen() if each.status is not _DONE]
        if not chosen:
            return
        desk, today = self._desk, self._desk.clock.today()

        def save(given: DoneDetails) -> list[Finding]:
            found = check_done(given.done_on, today)
            if refuses(found) or given.done_on is None:
                return found
            done_on = given.done_on
            with desk.change(self._label("Done", chosen)) as session:
                for each in chosen:
                    learning.finish_activity(session, each.id, done_on)
            return []

        field = Field("done_on", "Done on", "date", required=True, help=_named(chosen))
        form = Form((field,), DoneDetails, desk.theme, today=today)
        form.show_details(DoneDetails(today))
        title = "When was it done?" if len(chosen) == 1 else "When were they done?"
        dialog = FormDialog(form, title, "Done", save, desk.theme, self._page)
        dialog.resize(desk.theme.space(90), desk.theme.space(70))
        dialog.open()
        self.dialog = dialog

    def _on_start(self) -> None:
        chosen = [each for each in self.chosen() if each.status is ActivityStatus.PLANNED]
        self._change("Begin", chosen, learning.start_activity)

    def _on_drop(self) -> None:
        self._change("Drop", [e for e in self.chosen() if e.is_open], learning.drop_activity)

    def _on_back(self) -> None:
        chosen = [each for each in self.chosen() if each.status is not ActivityStatus.PLANNED]
        self._change("Plan again", chosen, learning.put_activity_back)

    def _on_remove(self) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        one = len(chosen) == 1
        self.dialog = ask(
            self._page, self._desk.theme,
            "Remove this activity?" if one else f"Remove {len(chosen)} activities?",
            f"{_named(chosen)} This is for what was entered by mistake; what is not wanted any more"
            " is dropped and stays to be seen. Undo brings it back.",
            "Remove", lambda: self._change("Remove", chosen, learning.remove_activity),
            danger=True,
        )  # fmt: skip

    def _on_link(self) -> None:
        row = self._table.chosen()
        if row is None or not row.link:
            return
        if found := learning.check(row.details):  # it may have come in from elsewhere
            self._desk.messages.warn("This link is not opened.", found[0].message)
            return
        self.dialog = ask_before_link(
            self._page, self._desk.theme, row.link, lambda: open_link(row.link)
        )

    def _change(
        self,
        verb: str,
        chosen: Sequence[PlanActivityRow],
        command: Callable[[Any, Any], object],
    ) -> None:
        if not chosen:
            return

        def act() -> None:
            with self._desk.change(self._label(verb, chosen)) as session:
                for each in chosen:
                    command(session, each.id)

        self._desk.attempt(act)

    def _label(self, verb: str, chosen: Sequence[PlanActivityRow]) -> str:
        whose = "" if self._whose is None else f" of {self._whose.name}"
        what = f"“{chosen[0].title}”" if len(chosen) == 1 else f"{len(chosen)} activities"
        return f"{verb}: {what}{whose}"


def _named(chosen: Sequence[PlanActivityRow]) -> str:
    most = 3
    names = ", ".join(short(each.title) for each in chosen[:most])
    more = len(chosen) - most
    return f"{names} and {more} more." if more > 0 else f"{names}."
