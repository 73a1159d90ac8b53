"""Whom one speaks to at a provider, what was noted of it, and what was agreed to be mended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.domain.vocabulary import ProviderNoteKind
from apprentice_desk.records.base import Kept, Word


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
