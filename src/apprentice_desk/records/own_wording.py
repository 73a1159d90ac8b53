"""The desk's own wording: drafts, approved versions, and those that were withdrawn.

Each is the text of one file of a library, by its name there.  What such a text must say is known
to ``documents.own_wording``; here is how it is kept: only drafts are edited, and an approved
version stays as it is, since documents were made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.own_wording import (
    Approval,
    Standing,
    check_approval,
    fingerprint,
    is_name_of_wording,
)
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept, Word, check_lengths, refuse, refuse_changed


class WordingKept(Kept):
    """One version of one clause or document type that came with no program."""

    __tablename__ = "wording_kept"
    __table_args__ = (
        UniqueConstraint("named"),
        CheckConstraint("(status = 'draft') = (approved_on IS NULL)", name="approved_on_a_day"),
        CheckConstraint("status = 'draft' OR approved_by <> ''", name="approved_by_somebody"),
    )

    named: Mapped[str] = mapped_column(String(120))
    """Its place within a library: clauses/exb-parking.1.md."""
    text: Mapped[str] = mapped_column(String(100_000))
    status: Mapped[Standing] = mapped_column(Word(Standing))
    written_by: Mapped[str] = mapped_column(String(200))
    """Who wrote it last while it was a draft; empty where that is not known."""
    approved_by: Mapped[str] = mapped_column(String(200))
    approved_as: Mapped[str] = mapped_column(String(200))
    """The job title of who approved it."""
    approved_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(500))
    """Empty for what was written here; else what the pack is called and who sent it."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    """That of the text when it was approved; empty before."""


@dataclass(frozen=True, slots=True)
class DraftDetails:
    """A version as it is kept before anybody approved it."""

    named: str
    text: str
    written_by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One version as lists show it."""

    id: UUID
    named: str
    text: str
    status: Standing
    written_by: str
    approved_by: str
    approved_as: str
    approved_on: date | None
    source: str
    fingerprint: str
    changed_in: int

    @property
    def is_as_approved(self) -> bool:
        """Whether its text is to the letter the one that was approved."""
        return self.status is not Standing.DRAFT and self.fingerprint == fingerprint(self.text)

    @property
    def is_in_force(self) -> bool:
        """Whether documents may be made of it."""
        return self.status is Standing.APPROVED and self.is_as_approved


# --- commands -----------------------------------------------------------------------------------


def check_draft(details: DraftDetails) -> list[Finding]:
    """Return why a draft cannot be kept: it has no name of a library's file, or no text."""
    found = []
    if not is_name_of_wording(details.named):
        found.append(
            Finding(
                Level.ROW, "OW005", f"“{details.named[:80]}” is no name of a clause or a type.",
                "A clause is called clauses/name.1.md.", Place(field="named"),
            )
        )  # fmt: skip
    if not details.text.strip():
        found.append(Finding(Level.ROW, "OW006", "There is no text yet.", "", Place(field="text")))
    return found + check_lengths(details, WordingKept)


def keep_draft(session: Session, details: DraftDetails) -> UUID:
    """Keep a new draft and return its key.

    Raises Problem for what ``check_draft`` finds and where there is a version of that name.
    """
    refuse(check_draft(details))
    if session.scalars(select(WordingKept.id).where(WordingKept.named == details.named)).first():
        raise Problem(
            f"There is wording called “{details.named}” already.",
            "Change that one, or begin its next version.",
        )
    kept = WordingKept(
        named=details.named,
        text=details.text,
        status=Standing.DRAFT,
        written_by=details.written_by.strip(),
        approved_by="",
        approved_as="",
        approved_on=None,
        source=details.source.strip(),
        fingerprint="",
    )
    session.add(kept)
    session.flush()
    return kept.id


def change_draft(
    session: Session,
    wording_id: UUID,
    text: str,
    written_by: str = "",
    *,
    changed_in: int | None = None,
) -> None:
    """Replace the text of a draft; without a name its author stays who it was.

    *changed_in* is the change whose text was edited.  Raises Conflict when it is gone or somebody
    else changed it since, Problem for an approved version: a new one begins beside it.
    """
    kept = _kept(session, wording_id)
    _refuse_approved(kept, "changed", "Begin its next version: the old one stays as it was issued.")
    refuse_changed(kept, changed_in, text, kept.text)
    refuse(check_draft(DraftDetails(kept.named, text, written_by, kept.source)))
    kept.text = text
    kept.written_by = written_by.strip() or kept.written_by
    session.flush()


def approve(
    session: Session, wording_id: UUID, approval: Approval, *, changed_in: int | None = None
) -> None:
    """Put a draft in force, by a named person; from now on it is never edited.

    *changed_in* is the change whose text was read.  Raises Conflict when it is gone or somebody
    changed it since, Problem for what ``check_approval`` finds and where it is no draft.
    """
    kept = _kept(session, wording_id)
    _refuse_approved(kept, "approved again")
    refuse_changed(kept, changed_in, approval, kept.text)
    refuse([*check_approval(approval, kept.written_by), *_lengths(approval)])
    kept.status = Standing.APPROVED
    kept.approved_by = approval.by.strip()
    kept.approved_as = approval.job_title.strip()
    kept.approved_on = approval.on
    kept.fingerprint = fingerprint(kept.text)
    session.flush()


def withdraw(session: Session, wording_id: UUID) -> None:
    """Take an approved version out of force; documents that were made of it stay as they are.

    Raises Conflict when it is gone, Problem where it is not in force.
    """
    kept = _kept(session, wording_id)
    if kept.status is not Standing.APPROVED:
        raise Problem(f"“{kept.named}” is not approved, so it was not withdrawn.")
    kept.status = Standing.WITHDRAWN
    session.flush()


def remove_draft(session: Session, wording_id: UUID) -> None:
    """Remove a draft; raises Conflict when it is gone, Problem where it was approved."""
    kept = _kept(session, wording_id)
    _refuse_approved(kept, "removed", "Withdraw it: documents may have been made of it.")
    session.delete(kept)
    session.flush()


def _kept(session: Session, wording_id: UUID) -> WordingKept:
    found = session.get(WordingKept, wording_id)
    if found is None:
        raise Conflict("This wording was removed meanwhile.")
    return found


def _refuse_approved(kept: WordingKept, what: str, remedy: str = "") -> None:
    if kept.status is not Standing.DRAFT:
        raise Problem(f"“{kept.named}” was approved, so it was not {what}.", remedy)


@dataclass(frozen=True, slots=True)
class _Approved:
    approved_by: str
    approved_as: str


def _lengths(approval: Approval) -> list[Finding]:
    return check_lengths(_Approved(approval.by, approval.job_title), WordingKept)


def refuse_unapproved(session: Session, fingerprints: Mapping[str, str]) -> None:
    """Raise Problem where wording that is about to be issued is not in force with that text.

    *fingerprints* are those of the desk's own wording by its name, as the document has it.
    """
    if not fingerprints:
        return
    rows = {row.named: row for row in wording_rows(session)}
    for named, expected in fingerprints.items():
        row = rows.get(named)
        if row is None or not row.is_in_force or row.fingerprint != expected:
            raise Problem(
                f"“{named}” is not approved as it stands, so no document was issued with it.",
                "Look at it under Wording.",
            )


# --- reads --------------------------------------------------------------------------------------


def wording_rows(session: Session) -> tuple[WordingRow, ...]:
    """Return every version that the desk keeps, by its name."""
    return tuple(map(_row, session.scalars(select(WordingKept).order_by(WordingKept.named))))


def wording_row(session: Session, wording_id: UUID) -> WordingRow:
    """Return one version; raises Conflict when it is gone."""
    return _row(_kept(session, wording_id))


def _row(kept: WordingKept) -> WordingRow:
    return WordingRow(
        kept.id, kept.named, kept.text, kept.status, kept.written_by, kept.approved_by,
        kept.approved_as, kept.approved_on, kept.source, kept.fingerprint, kept.changed_in,
    )  # fmt: skip


def wording_files(session: Session, *, with_drafts: bool = False) -> Mapping[str, str]:
    """Return the texts that are in force by their names, the drafts too where they are wanted."""
    return {
        row.named: row.text
        for row in wording_rows(session)
        if row.is_in_force or (with_drafts and row.status is Standing.DRAFT)
    }
