"""The cards of contacts, notes and actions: what is known and what is to be mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QPushButton

from apprentice_desk.domain.needs import counted
from apprentice_desk.records import provider_care
from apprentice_desk.records.provider_care import ContactRow, NoteRow
from apprentice_desk.records.provider_overview import ProviderOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.provider import care_dialogs
from apprentice_desk.ui.pages.provider.columns import (
    ACTION_COLUMNS,
    CONTACT_COLUMNS,
    NOTE_COLUMNS,
    ActionLine,
)
from apprentice_desk.ui.pages.provider.lists import ListCard
from apprentice_desk.ui.pages.provider.showing import ProviderShown

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."


class CareCard(ListCard):
    """A list that can be added to; what can be done with a row is in its menu and in buttons.

    *thing* is what one row is called.
    """

    dialog: QDialog | None = None

    def __init__(self, title: str, thing: str, columns: Any, desk: Desk, stretch: int) -> None:
        super().__init__(title, columns, desk, stretch)
        self.thing = thing
        self.shown: ProviderShown | None = None

    def action(self, text: str, icon: str, act: Callable[[], object]) -> QAction:
        """Return an action that does *act*, for a button and a menu."""
        made = QAction(text, self)
        set_icon(made, icon, "text_quiet", self.desk.theme)
        made.triggered.connect(lambda _checked=False: act())
        self.addAction(made)
        return made

    def put_buttons(self, *actions: QAction) -> None:
        """Put a button for each of *actions* below the list."""
        self.add(Flow([self._button(each) for each in actions], self.desk.theme))

    def _button(self, action: QAction) -> QPushButton:
        text = action.text().removesuffix("…")
        made = button(text, self.desk.theme, action.trigger)
        called = text if " " in text else f"{text}: {self.thing}"
        access.name(made, called)
        made.setToolTip(as_tip(READ_ONLY if self.desk.store.is_read_only else called))
        action.enabledChanged.connect(made.setEnabled)
        made.setEnabled(action.isEnabled())
        return made

    @property
    def provider(self) -> ProviderOverview:
        """The provider that is shown."""
        assert self.shown is not None  # a card is seen once there is a provider
        return self.shown.provider

    @property
    def may_write(self) -> bool:
        """Whether anything can be changed."""
        return self.shown is not None and not self.desk.store.is_read_only

    def change(self, label: str, change: Callable[[Any, Any], object], key: object) -> None:
        """Do *change* to the record *key*, and say a Problem of it in the banner."""

        def act() -> None:
            with self.desk.change(label) as session:
                change(session, key)

        self.desk.attempt(act)


class ContactsCard(CareCard):
    """The people at the provider."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Contacts", "contact", CONTACT_COLUMNS, desk, 1)
        self.add_one = self.action("Add a contact…", "user-plus", lambda: self.edit(None))
        self.change_one = self.action("Change…", "pencil", lambda: self.edit(self.table.chosen()))
        self.remove_one = self.action("Remove", "trash-2", self._remove)
        self.table.set_actions((self.change_one, self.remove_one))
        self.table.set_empty("No contacts yet", "Add whom to ask or to write to.")
        self.put_buttons(self.add_one, self.change_one)

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show the contacts of a provider."""
        self.shown = shown
        self.table.rows.replace(shown.contacts)
        self.table.choose_first()
        self.on_chosen(self.table.chosen())

    def on_chosen(self, row: ContactRow | None) -> None:
        """Show how to reach the contact."""
        for each in (self.change_one, self.remove_one):
            each.setEnabled(self.may_write and row is not None)
        self.add_one.setEnabled(self.may_write)
        parts = () if row is None else (row.details.email, row.details.telephone)
        self.tell("\n".join(part for part in parts if part))

    def on_opened(self, row: ContactRow) -> None:
        """Change the contact."""
        if self.change_one.isEnabled():
            self.edit(row)

    def edit(self, row: ContactRow | None) -> None:
        """Add a contact, or change one."""
        self.dialog = care_dialogs.edit_contact(self.desk, self.provider, row, self)

    def _remove(self) -> None:
        row: ContactRow = self.table.chosen()
        label = f"Remove the contact {row.details.name}"
        self.change(label, provider_care.remove_contact, row.id)


class NotesCard(CareCard):
    """What was found or said of the provider, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Notes", "note", NOTE_COLUMNS, desk, 2)
        self.add_one = self.action("Add a note…", "plus", lambda: self.edit(None))
        self.agree = self.action("Agree an action…", "list-checks", self._agree)
        self.change_one = self.action("Change…", "pencil", lambda: self.edit(self.table.chosen()))
        self.remove_one = self.action("Remove", "trash-2", self._remove)
        self.table.set_actions((self.change_one, self.agree, self.remove_one))
        self.table.set_empty(
            "No notes yet", "Meetings, concerns, and what the register and Ofsted say, with days."
        )
        self.put_buttons(self.add_one, self.change_one, self.agree)

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show the notes on a provider."""
        self.shown = shown
        self.table.rows.replace(shown.notes)
        self.table.choose_first()
        self.on_chosen(self.table.chosen())

    def on_chosen(self, row: NoteRow | None) -> None:
        """Show the whole note."""
        for each in (self.change_one, self.agree, self.remove_one):
            each.setEnabled(self.may_write and row is not None)
        self.add_one.setEnabled(self.may_write)
        parts = () if row is None else (row.details.words, row.details.source)
        self.tell("\n".join(part for part in parts if part))

    def on_opened(self, row: NoteRow) -> None:
        """Change the note."""
        if self.change_one.isEnabled():
            self.edit(row)

    def edit(self, row: NoteRow | None) -> None:
        """Add a note, or change one."""
        self.dialog = care_dialogs.edit_note(self.desk, self.provider, row, self)

    def _agree(self) -> None:
        assert self.shown is not None  # or there is no note to choose
        self.dialog = care_dialogs.edit_action(
            self.desk, self.provider, None, self.shown.notes, self, self.table.chosen().id
        )

    def _remove(self) -> None:
        row: NoteRow = self.table.chosen()
        self.change(f"Remove a note on {self.provider.name}", provider_care.remove_note, row.id)


class ActionsCard(CareCard):
    """What was agreed to be mended, who does it and by when."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Actions", "action", ACTION_COLUMNS, desk, 1)
        self.add_one = self.action("Add an action…", "plus", lambda: self.edit(None))
        self.finish = self.action("Done…", "check", self._finish)
        self.reopen = self.action("Reopen", "rotate-ccw", self._reopen)
        self.change_one = self.action("Change…", "pencil", lambda: self.edit(self.table.chosen()))
        self.remove_one = self.action("Remove", "trash-2", self._remove)
        self.table.set_actions((self.finish, self.reopen, self.change_one, self.remove_one))
        self.table.set_empty("No actions yet", "Agree what is to be mended, by whom and when.")
        self.put_buttons(self.add_one, self.finish, self.change_one)

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show the actions of a provider."""
        self.shown = shown
        today = self.desk.clock.today()
        self.table.rows.replace([ActionLine(row, today) for row in shown.actions])
        self.table.choose_first()
        self.on_chosen(self.table.chosen())
        late = sum(row.is_overdue(today) for row in shown.actions)
        still_open = sum(row.is_open for row in shown.actions)
        says = f"{counted(still_open, 'open action')}" + (f", {late:,} overdue" if late else "")
        self.heading.setText(f"Actions · {says}" if shown.actions else "Actions")

    def on_chosen(self, line: ActionLine | None) -> None:
        """Show the whole action."""
        for each in (self.change_one, self.remove_one):
            each.setEnabled(self.may_write and line is not None)
        self.finish.setEnabled(self.may_write and line is not None and line.row.is_open)
        self.reopen.setEnabled(self.may_write and line is not None and not line.row.is_open)
        self.add_one.setEnabled(self.may_write)
        self.tell("" if line is None else line.says)

    def on_opened(self, line: ActionLine) -> None:
        """Change the action."""
        if self.change_one.isEnabled():
            self.edit(line)

    def edit(self, line: ActionLine | None) -> None:
        """Add an action, or change one."""
        assert self.shown is not None  # as for the provider
        row = None if line is None else line.row
        self.dialog = care_dialogs.edit_action(
            self.desk, self.provider, row, self.shown.notes, self
        )

    def _finish(self) -> None:
        line: ActionLine = self.table.chosen()
        self.dialog = care_dialogs.finish_action(self.desk, self.provider, line.row, self)

    def _reopen(self) -> None:
        self._change("Reopen", provider_care.reopen_action)

    def _remove(self) -> None:
        self._change("Remove", provider_care.remove_action)

    def _change(self, verb: str, change: Callable[[Any, Any], object]) -> None:
        line: ActionLine = self.table.chosen()
        self.change(f"{verb} the action “{line.row.details.what[:60]}”", change, line.id)
