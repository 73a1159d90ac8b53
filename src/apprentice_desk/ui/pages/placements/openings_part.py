"""What this borough opens to apprentices elsewhere: the list, its form, closing and opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.vocabulary import OpeningKind, RoleFamily, WorkingPattern
from apprentice_desk.records import openings
from apprentice_desk.records.openings import (
    OpeningDetails,
    OpeningRow,
    check_opening,
    opening_rows,
)
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory, OpenPage
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.list_actions import action_of, button_of
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.placements.columns import OPENING_CAN_DO_WITHOUT, opening_columns
from apprentice_desk.ui.planning import editing
from apprentice_desk.ui.planning.forms import ksbs_typed
from apprentice_desk.ui.recording.choices import standard_choices
from apprentice_desk.ui.saving_lists import ListSaver

_READ_ONLY = "The desk is open to read only."
_LEAVES = "It leaves the borough: nobody's name here."

FIELDS = (
    Field("kind", "Kind", "choice", required=True, choices=tuple(OpeningKind), width=24),
    Field("title", "Title", required=True, width=60, help=_LEAVES),
    Field("about", "What it is", "long text", rows=3, help=_LEAVES),
    Field("role_family", "Kind of role", "choice", choices=tuple(RoleFamily), width=30),
    Field("standard_code", "Standard", "search", width=60,
          help="Type part of its title or its code."),
    Field("ksbs", "KSBs offered", width=28, parse=ksbs_typed, show=str, help="Such as K4-7, S1-2."),
    Field("pattern", "Working pattern", "choice", beside=True, choices=tuple(WorkingPattern),
          width=20),
    Field("area", "Area", width=40, help="The part of London or the place of work."),
    Field("from_on", "First day", "date"),
    Field("until_on", "Last day", "date", beside=True,
          help="The last day to apply for it or to come."),
    Field("days", "Lasts", "integer", unit="days", help="Of a visit or shadowing."),
    Field("places", "Places", "integer", beside=True),
    Field("how_to_apply", "How to apply", width=60,
          help="A page or a mailbox of a team, not of a person: it leaves the borough."),
)  # fmt: skip
"""Every attribute of OpeningDetails."""


class OpeningsPart(QWidget):
    """The borough's own openings; those that can be had stand first."""

    tables = ("opening", "standard")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._may_write = not desk.store.is_read_only
        self._wanted: UUID | None = None
        self.dialog: QDialog | None = None
        self.model = RowsModel(opening_columns(desk.clock.today()), self)
        self.table = RowsTable(self.model, "Our openings", desk.theme)
        self.table.order.can_do_without(OPENING_CAN_DO_WITHOUT)
        self.saver = ListSaver(desk, self, self.table, "Our openings")
        self._build()
        self.table.row_chosen.connect(self._allow)
        self.table.row_opened.connect(lambda _row: self.edit.trigger())
        self._allow(None)

    def _build(self) -> None:
        theme = self._desk.theme

        def action(text: str, icon: str, keys: str, act: Callable[[], object]) -> QAction:
            return action_of(theme, self.table, text, icon, keys, act)

        self.edit = action("Edit…", "pencil", "F2", self._on_edit)
        self.taken = action("Say that it is taken", "check", "Ctrl+Shift+T", self._on_taken)
        self.close_it = action("Close", "ban", "Ctrl+Shift+W", self._on_close)
        self.reopen = action("Open again", "rotate-ccw", "Ctrl+Shift+B", self._on_reopen)
        self.remove = action("Remove…", "trash-2", "Del", self._on_remove)
        self.history = action("History…", "history", "Ctrl+H", self._on_history)
        actions = (self.edit, self.taken, self.close_it, self.reopen, self.remove)
        self.table.set_actions((*actions, self.history))
        self.new = button("New opening", theme, self.start_adding, icon="plus")
        buttons = [
            self.new,
            *(
                button_of(theme, each, each.shortcut().toString(), "(the opening)")
                for each in actions
            ),
        ]
        if not self._may_write:
            for made in buttons:
                made.hide()
        look_back = button_of(theme, self.history, "Ctrl+H", "(of the opening)")
        self.filter = FilterBox(self.table, "title, kind, state", theme)
        self.table.set_least(60)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(Flow([*buttons, look_back, self.saver.button()], theme))
        down.addWidget(self.filter)
        down.addWidget(self.table, 1)
        down.addWidget(CountLine(self.table, "Enter edits"))
        if self._may_write:
            self.table.set_empty(
                "Nothing is open to others yet",
                "A vacancy, a shadowing place or a visit: others see it in the next file that you"
                " export.",
                "New opening…",
                self.start_adding,
            )
        else:
            self.table.set_empty("Nothing is open to others yet", _READ_ONLY)

    def refresh(self) -> None:
        """Read the openings anew."""
        self.model.replace(self._desk.store.read(opening_rows))
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.table.choose_first()
        self._allow(self.table.chosen())

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, row: OpeningRow | None) -> None:
        has_row = row is not None and self._may_write
        is_open = has_row and row is not None and row.closed_on is None
        for action, may in (
            (self.edit, has_row),
            (self.remove, has_row),
            (self.taken, is_open),
            (self.close_it, is_open),
            (self.reopen, has_row and not is_open),
            (self.history, row is not None),
        ):
            action.setEnabled(may)

    def _kind(self) -> editing.Kind:
        choices = standard_choices(self._desk.store.read(standard_rows))
        fields = tuple(
            replace(field, choices=choices) if field.name == "standard_code" else field
            for field in FIELDS
        )
        return editing.Kind(
            "opening", fields, OpeningDetails, check_opening, OpenPage("placements", "ours")
        )

    def start_adding(self) -> None:
        """Open the form of a new opening."""

        def save(session: Any, given: OpeningDetails) -> None:
            self._wanted = openings.open_up(session, given)

        self.dialog = editing.add(
            self._desk, self._kind(), None, "A new opening", "opening:new", save, self,
            label=lambda given: f"Open “{given.title}” to others",
        )  # fmt: skip

    def _on_edit(self) -> None:
        row: OpeningRow | None = self.table.chosen()
        if row is None:
            return
        self.dialog = editing.Editing(
            self._desk, self._kind(), row.details, row.changed_in, row.details.title,
            f"opening:{row.id}",
            lambda session, given, stamp: openings.correct_opening(session, row.id, given, stamp),
            self, label=lambda given: f"Change the opening “{given.title}”",
        ).dialog  # fmt: skip

    def _on_taken(self) -> None:
        self._change("Say that it is taken", self._close(is_taken=True))

    def _on_close(self) -> None:
        self._change("Close", self._close(is_taken=False))

    def _close(self, *, is_taken: bool) -> Callable[[Any, UUID], None]:
        today = self._desk.clock.today()
        return lambda session, key: openings.close_opening(session, key, today, is_taken=is_taken)

    def _on_reopen(self) -> None:
        self._change("Open again", openings.reopen_opening)

    def _change(self, verb: str, command: Callable[[Any, UUID], None]) -> None:
        row: OpeningRow | None = self.table.chosen()
        if row is None:
            return

        def act() -> None:
            with self._desk.change(f"{verb}: “{row.details.title}”") as session:
                command(session, row.id)

        self._desk.attempt(act)

    def _on_history(self) -> None:
        row: OpeningRow | None = self.table.chosen()
        if row is not None:
            self._desk.go(OpenHistory("opening", row.id, f"“{row.details.title}”"))

    def _on_remove(self) -> None:
        row: OpeningRow | None = self.table.chosen()
        if row is None:
            return
        title = row.details.title

        def act() -> None:
            with self._desk.change(f"Remove the opening “{title}”") as session:
                openings.remove_opening(session, row.id)

        self.dialog = ask(
            self, self._desk.theme, f"Remove “{title}”?",
            "It goes out of the desk, and counts as withdrawn wherever your next file is taken in."
            " Undo brings it back.",
            "Remove the opening", lambda: self._desk.attempt(act), danger=True,
        )  # fmt: skip
