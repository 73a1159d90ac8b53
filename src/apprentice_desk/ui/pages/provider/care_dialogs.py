"""The forms of contacts, notes and actions of a provider."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.review_meetings import check_done
from apprentice_desk.domain.vocabulary import ProviderNoteKind
from apprentice_desk.records import provider_care
from apprentice_desk.records.provider_care import (
    ActionDetails,
    ActionRow,
    ContactDetails,
    ContactRow,
    NoteDetails,
    NoteRow,
)
from apprentice_desk.records.provider_overview import ProviderOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenProvider
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form

CONTACT_FIELDS = (
    Field("name", "Name", required=True),
    Field("role", "Role", help="Such as account manager, or tutor of a group."),
    Field("email", "Email"),
    Field("telephone", "Telephone", width=24),
)

NOTE_FIELDS = (
    Field(
        "kind",
        "About",
        "choice",
        required=True,
        choices=tuple((kind, f"{kind[0].upper()}{kind[1:]}") for kind in ProviderNoteKind),
    ),
    Field("noted_on", "Day", "date", required=True, is_past=True),
    Field("words", "What was found or said", "long text", required=True, rows=5),
    Field("source", "Where it stands", help="Such as minutes, a register or a report."),
)


@dataclass(frozen=True, slots=True)
class Done:
    """What the form of an action that is done asks for."""

    done_on: date | None = None


def edit_contact(
    desk: Desk, provider: ProviderOverview, contact: ContactRow | None, parent: QWidget
) -> FormDialog:
    """Add a contact, or change one."""

    def act(session: Any, given: ContactDetails) -> None:
        if contact is None:
            provider_care.add_contact(session, provider.id, given)
        else:
            provider_care.correct_contact(session, contact.id, given, contact.changed_in)

    details = ContactDetails() if contact is None else contact.details
    return _edit(
        desk, provider, CONTACT_FIELDS, details, "a contact", contact is None,
        provider_care.check_contact, act, parent, contact.id if contact else None, "contacts",
    )  # fmt: skip


def edit_note(
    desk: Desk, provider: ProviderOverview, note: NoteRow | None, parent: QWidget
) -> FormDialog:
    """Add a note, of today unless it says otherwise, or change one."""

    def act(session: Any, given: NoteDetails) -> None:
        if note is None:
            provider_care.add_note(session, provider.id, given)
        else:
            provider_care.correct_note(session, note.id, given, note.changed_in)

    details = NoteDetails(noted_on=desk.clock.today()) if note is None else note.details
    return _edit(
        desk, provider, NOTE_FIELDS, details, "a note", note is None, provider_care.check_note,
        act, parent, note.id if note else None, "notes",
    )  # fmt: skip


def edit_action(
    desk: Desk,
    provider: ProviderOverview,
    action: ActionRow | None,
    notes: Sequence[NoteRow],
    parent: QWidget,
    came_of: UUID | None = None,
) -> FormDialog:
    """Add an action, which may have come of a note, or change one."""

    def act(session: Any, given: ActionDetails) -> None:
        if action is None:
            provider_care.add_action(session, provider.id, given)
        else:
            provider_care.correct_action(session, action.id, given, action.changed_in)

    fields = (
        Field("what", "What is to be done", required=True),
        Field("owner", "Who does it", required=True, width=30),
        Field("due_on", "By when", "date", beside=True),
        Field("note_id", "Came of", "choice", choices=tuple(map(_choice, notes))),
    )
    details = ActionDetails(note_id=came_of) if action is None else action.details
    return _edit(
        desk, provider, fields, details, "an action", action is None, provider_care.check_action,
        act, parent, action.id if action else None, "actions",
    )  # fmt: skip


def _choice(note: NoteRow) -> tuple[UUID, str]:
    details = note.details
    day = "" if details.noted_on is None else show_day(details.noted_on)
    words = details.words if len(details.words) <= 60 else f"{details.words[:59]}…"
    return note.id, f"{day}: {' '.join(words.split())}"


def finish_action(
    desk: Desk, provider: ProviderOverview, action: ActionRow, parent: QWidget
) -> FormDialog:
    """Ask when an action was done; today is offered."""
    today = desk.clock.today()
    what = action.details.what

    def save(given: Done) -> list[Finding]:
        found = check_done(given.done_on, today)
        if not found:
            with desk.change(f"Record that “{what[:60]}” is done") as session:
                provider_care.finish_action(session, action.id, given.done_on, today)
        return found

    fields = (Field("done_on", "Done on", "date", required=True, is_past=True, help=what),)
    return _open(
        desk, provider, fields, Done(today), "An action is done", "Record that it is done", save,
        parent, f"done:{action.id}", "actions",
    )  # fmt: skip


def _edit(
    desk: Desk,
    provider: ProviderOverview,
    fields: Sequence[Field],
    details: Any,
    what: str,
    is_new: bool,
    check: Callable[[Any], list[Any]],
    act: Callable[[Any, Any], None],
    parent: QWidget,
    key: UUID | None,
    part: str,
) -> FormDialog:
    title = f"{'Add' if is_new else 'Change'} {what} of {provider.name}"

    def save(given: Any) -> list[Finding]:
        found = check(given)
        if not found:
            with desk.change(title) as session:
                act(session, given)
        return found

    return _open(
        desk, provider, fields, details, title, f"Add {what.split()[1]}" if is_new else "Save",
        save, parent, f"{key or provider.id}", part,
    )  # fmt: skip


def _open(
    desk: Desk,
    provider: ProviderOverview,
    fields: Sequence[Field],
    details: Any,
    title: str,
    confirm: str,
    save: Callable[[Any], Any],
    parent: QWidget,
    key: str,
    part: str,
) -> FormDialog:
    form = Form(fields, type(details), desk.theme, today=desk.clock.today())
    form.show_details(details)
    where = OpenProvider(provider.id, part)
    draft = desk.draft(f"{type(details).__name__}:{key}", title, where)
    dialog = FormDialog(form, title, confirm, save, desk.theme, parent, draft=draft, wide=120)
    dialog.open()
    return dialog
