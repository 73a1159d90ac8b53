"""Templates of learning plans, and below them the activities of the one that is chosen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.records import plan_templates
from apprentice_desk.records.plan_templates import (
    TemplateDetails,
    TemplateLineRow,
    TemplateRow,
    check_template,
    check_template_line,
    template_lines,
    template_rows,
)
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory, OpenPage
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.list_actions import action_of, button_of
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.plan_library.acting import everybody
from apprentice_desk.ui.pages.plan_library.columns import LINE_COLUMNS, TEMPLATE_COLUMNS
from apprentice_desk.ui.planning import editing
from apprentice_desk.ui.planning.forms import LINE_FIELDS, TEMPLATE_FIELDS, short
from apprentice_desk.ui.planning.taking_on import TakeOnDialog
from apprentice_desk.ui.planning.wanted import from_template
from apprentice_desk.ui.saving_lists import ListSaver

_PLACE = OpenPage("plan_library", "templates")
_READ_ONLY = "The desk is open to read only."


class TemplatesPart(QWidget):
    """The list of templates, and the activities of the chosen one."""

    thing = "template"
    tables = ("plan_template", "plan_template_activity")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._may_write = not desk.store.is_read_only
        self._wanted: UUID | None = None
        self.dialog: QDialog | None = None
        theme = desk.theme
        self.model = RowsModel(TEMPLATE_COLUMNS, self)
        self.table = RowsTable(self.model, "Templates", theme)
        self.lines = RowsModel(LINE_COLUMNS, self)
        self.lines_table = RowsTable(self.lines, "Activities of the template", theme)
        self.saver = ListSaver(desk, self, self.table, "Plan templates")
        self._build()
        self._connect()
        self._allow()

    def _build(self) -> None:
        theme = self._desk.theme
        self.edit = action_of(theme, self.table, "Edit…", "pencil", "F2", self._on_edit)
        self.make = action_of(
            theme, self.table, "Make plans from it…", "users", "Ctrl+Shift+M", self._on_make
        )
        self.remove = action_of(theme, self.table, "Remove…", "trash-2", "Del", self._on_remove)
        self.history = action_of(
            theme, self.table, "History…", "history", "Ctrl+H", self._on_history
        )
        self.table.set_actions((self.edit, self.make, self.history, self.remove))
        self.edit_line = action_of(
            theme, self.lines_table, "Edit…", "pencil", "F2", self._on_edit_line
        )
        self.remove_line = action_of(
            theme, self.lines_table, "Remove", "trash-2", "Del", self._on_remove_line
        )
        self.lines_table.set_actions((self.edit_line, self.remove_line))
        self.add = button("New template", theme, self.start_adding, role="primary", icon="plus")
        self.add_line = button("Add an activity", theme, self.start_adding_line, icon="plus")
        above = [
            self.add,
            button_of(theme, self.edit, "F2", "(the template)"),
            button_of(theme, self.make, "Ctrl+Shift+M"),
            button_of(theme, self.remove, "Delete", "(the template)"),
        ]
        between = [
            self.add_line,
            button_of(theme, self.edit_line, "F2", "(the activity)"),
            button_of(theme, self.remove_line, "Delete", "(the activity)"),
        ]
        if not self._may_write:
            for made in (*above, *between):
                made.hide()
        self.chosen_name = label("", "heading", wraps=True)
        self.note = label("", "quiet", wraps=True)
        self.table.set_least(40)
        self.lines_table.set_least(40)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(Flow([*above, self.saver.button()], theme))
        down.addWidget(self.table, 2)
        down.addWidget(self.chosen_name)
        down.addWidget(self.note)
        down.addWidget(Flow(between, theme))
        down.addWidget(self.lines_table, 3)
        if self._may_write:
            self.table.set_empty(
                "No templates yet",
                "Save a good plan as a template from its apprentice's page, or begin one here.",
                "Begin a template…",
                self.start_adding,
            )
        else:
            self.table.set_empty("No templates yet", _READ_ONLY)

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._show_lines)
        self.table.row_opened.connect(lambda _row: self.edit.trigger())
        self.lines_table.row_opened.connect(lambda _row: self.edit_line.trigger())
        self.lines_table.row_chosen.connect(lambda _row: self._allow())

    # showing

    def refresh(self) -> None:
        """Read the templates anew."""
        self.model.replace(self._desk.store.read(template_rows))
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.table.choose_first()
        self._show_lines(self.table.chosen())

    def choose(self, template_id: UUID) -> bool:
        """Choose a template; False when it is gone."""
        return self.table.choose(template_id)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_lines(self, row: TemplateRow | None) -> None:
        self.chosen_name.setText("" if row is None else f"Activities of {row.name}")
        self.note.setText("" if row is None else row.details.note)
        self.note.setVisible(bool(self.note.text()))
        for part in (self.chosen_name, self.lines_table):
            part.setVisible(row is not None)
        self.add_line.setVisible(row is not None and self._may_write)
        if row is not None:
            if self._may_write:
                self.lines_table.set_empty(
                    "No activities yet", "Their days are counted from the start of training.",
                    "Add an activity…", self.start_adding_line,
                )  # fmt: skip
            self.lines.replace(self._desk.store.read(template_lines, row.id))
            self.lines_table.choose_first()
        self._allow()

    def _on_history(self) -> None:
        row: TemplateRow | None = self.table.chosen()
        if row is not None:
            self._desk.go(OpenHistory("plan_template", row.id, f"“{row.name}”"))

    def _allow(self) -> None:
        row: TemplateRow | None = self.table.chosen()
        has_row = row is not None and self._may_write
        self.edit.setEnabled(has_row)
        self.history.setEnabled(row is not None)
        self.remove.setEnabled(has_row)
        self.make.setEnabled(has_row and row is not None and row.activities > 0)
        has_line = has_row and self.lines_table.chosen() is not None
        self.edit_line.setEnabled(has_line)
        self.remove_line.setEnabled(has_line)

    # templates

    def start_adding(self) -> None:
        """Open the form of a new template."""

        def save(session: Any, given: TemplateDetails) -> None:
            self._wanted = plan_templates.save_template(session, given)

        self.dialog = editing.add(
            self._desk, _TEMPLATE, None, "A new template", "template:new", save, self,
            label=lambda given: f"Save the template “{given.name}”", confirm="Save the template",
        )  # fmt: skip

    def _on_edit(self) -> None:
        row: TemplateRow | None = self.table.chosen()
        if row is None:
            return
        self.dialog = editing.Editing(
            self._desk, _TEMPLATE, row.details, row.changed_in, row.name, f"template:{row.id}",
            lambda session, given, stamp: plan_templates.correct_template(
                session, row.id, given, stamp
            ),
            self, label=lambda given: f"Change the template “{given.name}”",
        ).dialog  # fmt: skip

    def _on_remove(self) -> None:
        row: TemplateRow | None = self.table.chosen()
        if row is None:
            return

        def act() -> None:
            with self._desk.change(f"Remove the template “{row.name}”") as session:
                plan_templates.remove_template(session, row.id)

        self.dialog = ask(
            self, self._desk.theme, "Remove this template?",
            f"Plans that were made from “{short(row.name)}” stay as they are. Undo brings the"
            " template back.",
            "Remove the template", lambda: self._desk.attempt(act), danger=True,
        )  # fmt: skip

    def _on_make(self) -> None:
        row: TemplateRow | None = self.table.chosen()
        if row is None:
            return
        lines = [each.line for each in self._desk.store.read(template_lines, row.id)]
        self.dialog = TakeOnDialog(
            self._desk,
            f"Plans from {row.name}",
            "Tick who is to have it. Days are counted from the start of each one's training; what"
            " somebody has already is left out.",
            f"Plan from “{row.name}”",
            everybody(self._desk),
            from_template(lines),
            self,
        )
        self.dialog.open()

    # their activities

    def start_adding_line(self) -> None:
        """Open the form of a new activity of the chosen template."""
        row: TemplateRow | None = self.table.chosen()
        if row is None:
            return

        def save(session: Any, given: TemplateLine) -> None:
            plan_templates.add_template_line(session, row.id, given)

        self.dialog = editing.add(
            self._desk, _LINE, None, f"An activity for {row.name}", f"template line:new:{row.id}",
            save, self, label=lambda given: f"Add “{given.title}” to the template “{row.name}”",
        )  # fmt: skip

    def _on_edit_line(self) -> None:
        row: TemplateLineRow | None = self.lines_table.chosen()
        if row is None:
            return
        self.dialog = editing.Editing(
            self._desk, _LINE, row.line, row.changed_in, row.line.title,
            f"template line:{row.id}",
            lambda session, given, stamp: plan_templates.correct_template_line(
                session, row.id, given, stamp
            ),
            self, label=lambda given: f"Change “{given.title}” of a template",
        ).dialog  # fmt: skip

    def _on_remove_line(self) -> None:
        row: TemplateLineRow | None = self.lines_table.chosen()
        if row is None:
            return

        def act() -> None:
            with self._desk.change(f"Take “{row.line.title}” out of a template") as session:
                plan_templates.remove_template_line(session, row.id)

        self._desk.attempt(act)


_TEMPLATE = editing.Kind("template", TEMPLATE_FIELDS, TemplateDetails, check_template, _PLACE)
_LINE = editing.Kind("activity", LINE_FIELDS, TemplateLine, check_template_line, _PLACE)
