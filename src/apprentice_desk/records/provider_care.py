"""Whom one speaks to at a provider, what was noted of it, and what was agreed to be mended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs_of_providers import LateProviderAction
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.review_meetings import check_done
from apprentice_desk.domain.vocabulary import ProviderNoteKind
from apprentice_desk.records.base import Kept, Word, check_lengths, refuse
from apprentice_desk.records.providers import Provider


class ProviderContact(Kept):
    """A person at a provider."""

    __tablename__ = "provider_contact"

    provider_id: Mapped[UUID] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    telephone: Mapped[str] = mapped_column(String(60), default="")


class ProviderNote(Kept):
    """What was found or said on a day: of its registration, an inspection, a meeting, a concern."""

    __tablename__ = "provider_note"

    provider_id: Mapped[UUID] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[ProviderNoteKind] = mapped_column(Word(ProviderNoteKind))
    noted_on: Mapped[date]
    words: Mapped[str] = mapped_column(String(2000))
    source: Mapped[str] = mapped_column(String(300), default="")


class ProviderAction(Kept):
    """What somebody is to do about a provider, by when."""

    __tablename__ = "provider_action"

    provider_id: Mapped[UUID] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    note_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("provider_note.id", ondelete="RESTRICT"), index=True
    )
    what: Mapped[str] = mapped_column(String(500))
    owner: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What the form of a contact edits."""

    name: str = ""
    role: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact as lists show it."""

    id: UUID
    provider_id: UUID
    details: ContactDetails
    changed_in: int


@dataclass(frozen=True, slots=True)
class NoteDetails:
    """What the form of a note edits."""

    kind: ProviderNoteKind | None = None
    noted_on: date | None = None
    words: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note as lists show it."""

    id: UUID
    provider_id: UUID
    details: NoteDetails
    changed_in: int


@dataclass(frozen=True, slots=True)
class ActionDetails:
    """What the form of an action edits; *note_id* is the note that it came of."""

    what: str = ""
    owner: str = ""
    due_on: date | None = None
    note_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as lists show it."""

    id: UUID
    provider_id: UUID
    details: ActionDetails
    done_on: date | None
    changed_in: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None

    def is_overdue(self, today: date) -> bool:
        """Return whether it was to be done before *today* and is not."""
        due_on = self.details.due_on
        return self.is_open and due_on is not None and due_on < today


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


# --- contacts -----------------------------------------------------------------------------------


def check_contact(details: ContactDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.name.strip():
        findings.append(_finding("PC001", "name", "Enter the name of the person."))
    if details.email.strip() and "@" not in details.email:
        findings.append(_finding("PC002", "email", "An email address has an @ in it."))
    return findings + check_lengths(details, ProviderContact)


def add_contact(session: Session, provider_id: UUID, details: ContactDetails) -> UUID:
    """Add a person at a provider and return the key.

    Raises Problem for what ``check_contact`` finds, Conflict when the provider is gone.
    """
    _check_there(session, provider_id, details)
    refuse(check_contact(details))
    contact = ProviderContact(provider_id=provider_id, **_tidy(details))
    session.add(contact)
    session.flush()
    return contact.id


def correct_contact(
    session: Session, contact_id: UUID, details: ContactDetails, changed_in: int | None = None
) -> None:
    """Replace a contact's details.

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem for what
    ``check_contact`` finds.
    """
    contact = _kept(session, ProviderContact, contact_id, "contact", details)
    _check_stamp(contact, details, _contact_row(contact).details, changed_in)
    refuse(check_contact(details))
    _write(contact, details)


def remove_contact(session: Session, contact_id: UUID) -> None:
    """Remove a contact; raises Conflict when it is gone."""
    session.delete(_kept(session, ProviderContact, contact_id, "contact"))
    session.flush()


# --- notes --------------------------------------------------------------------------------------


def check_note(details: NoteDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if details.kind is None:
        findings.append(_finding("PN001", "kind", "Choose what the note is about."))
    if details.noted_on is None:
        findings.append(_finding("PN002", "noted_on", "Enter the day."))
    if not details.words.strip():
        findings.append(_finding("PN003", "words", "Write what was found or said."))
    return findings + check_lengths(details, ProviderNote)


def add_note(session: Session, provider_id: UUID, details: NoteDetails) -> UUID:
    """Note something of a provider and return the key.

    Raises Problem for what ``check_note`` finds, Conflict when the provider is gone.
    """
    _check_there(session, provider_id, details)
    refuse(check_note(details))
    note = ProviderNote(provider_id=provider_id, **_tidy(details))
    session.add(note)
    session.flush()
    return note.id


def correct_note(
    session: Session, note_id: UUID, details: NoteDetails, changed_in: int | None = None
) -> None:
    """Replace a note's details.

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem for what
    ``check_note`` finds.
    """
    note = _kept(session, ProviderNote, note_id, "note", details)
    _check_stamp(note, details, _note_row(note).details, changed_in)
    refuse(check_note(details))
    _write(note, details)


def remove_note(session: Session, note_id: UUID) -> None:
    """Remove a note; actions that came of it stay, without it.  Raises Conflict when it is gone."""
    note = _kept(session, ProviderNote, note_id, "note")
    for action in session.scalars(select(ProviderAction).where(ProviderAction.note_id == note_id)):
        action.note_id = None
    session.flush()
    session.delete(note)
    session.flush()


# --- actions ------------------------------------------------------------------------------------


def check_action(details: ActionDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.what.strip():
        findings.append(_finding("PV001", "what", "Write what is to be done."))
    if not details.owner.strip():
        findings.append(_finding("PV002", "owner", "Write who does it."))
    return findings + check_lengths(details, ProviderAction)


def add_action(session: Session, provider_id: UUID, details: ActionDetails) -> UUID:
    """Note what somebody is to do about a provider and return the key.

    Raises Problem for what ``check_action`` finds, Conflict when the provider is gone.
    """
    _check_there(session, provider_id, details)
    refuse(check_action(details))
    action = ProviderAction(provider_id=provider_id, **_tidy(details))
    session.add(action)
    session.flush()
    return action.id


def correct_action(
    session: Session, action_id: UUID, details: ActionDetails, changed_in: int | None = None
) -> None:
    """Replace an action's details; whether it was done stays.

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem for what
    ``check_action`` finds.
    """
    action = _kept(session, ProviderAction, action_id, "action", details)
    _check_stamp(action, details, _action_row(action).details, changed_in)
    refuse(check_action(details))
    _write(action, details)


def finish_action(session: Session, action_id: UUID, done_on: date | None, today: date) -> None:
    """Record that an action was done.

    Raises Problem when it was done already or the day is to come, Conflict when it is gone.
    """
    action = _kept(session, ProviderAction, action_id, "action")
    refuse(check_done(done_on, today))
    if action.done_on is not None:
        raise Problem("This action is recorded as done already.", "Reopen it first.")
    action.done_on = done_on


def reopen_action(session: Session, action_id: UUID) -> None:
    """Say that an action is still to be done after all; raises Conflict when it is gone."""
    _kept(session, ProviderAction, action_id, "action").done_on = None


def remove_action(session: Session, action_id: UUID) -> None:
    """Remove an action entered by mistake; raises Conflict when it is gone."""
    session.delete(_kept(session, ProviderAction, action_id, "action"))
    session.flush()


# --- what they share ----------------------------------------------------------------------------

_Details = ContactDetails | NoteDetails | ActionDetails
K = TypeVar("K", ProviderContact, ProviderNote, ProviderAction)


def _tidy(details: _Details) -> dict[str, object]:
    return {
        name: value.strip() if type(value) is str else value
        for name, value in asdict(details).items()
    }


def _write(record: Kept, details: _Details) -> None:
    for name, value in _tidy(details).items():
        setattr(record, name, value)


def _check_there(session: Session, provider_id: UUID, mine: _Details) -> None:
    if session.get(Provider, provider_id) is None:
        raise Conflict("This provider was removed meanwhile.", mine=mine)


def _kept(session: Session, kind: type[K], key: UUID, what: str, mine: object | None = None) -> K:
    found = session.get(kind, key)
    if found is None:
        raise Conflict(f"This {what} was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _check_stamp(record: Kept, mine: _Details, theirs: _Details, changed_in: int | None) -> None:
    if changed_in is not None and record.changed_in != changed_in:
        raise Conflict(
            "This was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=mine,
            theirs=theirs,
            stamp=record.changed_in,
        )


# --- reads --------------------------------------------------------------------------------------


def _contact_row(contact: ProviderContact) -> ContactRow:
    details = ContactDetails(contact.name, contact.role, contact.email, contact.telephone)
    return ContactRow(contact.id, contact.provider_id, details, contact.changed_in)


def _note_row(note: ProviderNote) -> NoteRow:
    details = NoteDetails(note.kind, note.noted_on, note.words, note.source)
    return NoteRow(note.id, note.provider_id, details, note.changed_in)


def _action_row(action: ProviderAction) -> ActionRow:
    details = ActionDetails(action.what, action.owner, action.due_on, action.note_id)
    return ActionRow(action.id, action.provider_id, details, action.done_on, action.changed_in)


def contact_rows(session: Session, provider_id: UUID) -> tuple[ContactRow, ...]:
    """Return the people at a provider, by name."""
    found = session.scalars(
        select(ProviderContact)
        .where(ProviderContact.provider_id == provider_id)
        .order_by(func.lower(ProviderContact.name), ProviderContact.id)
    )
    return tuple(_contact_row(contact) for contact in found)


def note_rows(session: Session, provider_id: UUID) -> tuple[NoteRow, ...]:
    """Return what was noted of a provider, newest first."""
    found = session.scalars(
        select(ProviderNote)
        .where(ProviderNote.provider_id == provider_id)
        .order_by(ProviderNote.noted_on.desc(), ProviderNote.changed_in.desc(), ProviderNote.id)
    )
    return tuple(_note_row(note) for note in found)


def action_rows(session: Session, provider_id: UUID) -> tuple[ActionRow, ...]:
    """Return a provider's actions, the open ones first and soonest due first."""
    found = session.scalars(select(ProviderAction).where(ProviderAction.provider_id == provider_id))
    return tuple(sorted(map(_action_row, found), key=_in_order))


def late_actions(session: Session, today: date) -> tuple[LateProviderAction, ...]:
    """Return the actions of all providers that were to be done before *today* and are not."""
    action = ProviderAction
    found: Any = session.execute(
        select(
            action.id, action.provider_id, Provider.name, action.what, action.owner, action.due_on
        )
        .join(Provider, Provider.id == action.provider_id)
        .where(action.done_on.is_(None), action.due_on < today)
        .order_by(action.due_on, action.id)
    )
    return tuple(LateProviderAction(*values) for values in found)


def _in_order(row: ActionRow) -> tuple[bool, date, str]:
    return not row.is_open, row.details.due_on or date.max, row.details.what.casefold()
