"""Evidence that hangs on an entry of hours: files, links and words.

The bytes of a file stand in a table of their own, once for each hash, and outside the change log:
the log would keep them a second time, in hexadecimal.  So no undo takes them away, and redo and
the undo of a removal find them where they were.  They go (``sweep_contents``) when no evidence, no
file of a contract and no document issued names them and no image in the log does either: then
nothing can bring such a record back.  That is so when it came and went in one change, and after the
log was scrubbed of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, column, func, select, table, union
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import evidence as rules
from apprentice_desk.domain.evidence import EvidenceKind, EvidenceQuality, safe_file_name
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Base, Kept, Word, check_lengths, refuse
from apprentice_desk.records.changelog import KEYS_A_QUERY, ChangedRow, in_lots, notes_of
from apprentice_desk.records.entries import OffTheJobEntry


class EvidenceContent(Base):
    """The bytes of a file, under their hash; written by the flush and never changed."""

    __tablename__ = "evidence_content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int]
    content: Mapped[bytes]


_KEEPERS = tuple(
    table(name, column("sha256")) for name in ("evidence", "contract_file", "document_made")
)
"""The tables whose records name a file's bytes; named here, for one of them is made of this one."""


class Evidence(Kept):
    """One piece of evidence of one entry."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(kind = 'file') = (sha256 IS NOT NULL)", name="file_has_content"),
    )

    entry_id: Mapped[UUID] = mapped_column(
        ForeignKey("off_the_job_entry.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[EvidenceKind] = mapped_column(Word(EvidenceKind))
    title: Mapped[str] = mapped_column(String(rules.LONGEST_TITLE), default="")
    link: Mapped[str] = mapped_column(String(rules.LONGEST_LINK), default="")
    words: Mapped[str] = mapped_column(String(rules.LONGEST_WORDS), default="")
    file_name: Mapped[str] = mapped_column(String(rules.LONGEST_NAME), default="")
    size_bytes: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str | None] = mapped_column(
        ForeignKey("evidence_content.sha256", ondelete="RESTRICT"), index=True
    )
    quality: Mapped[EvidenceQuality | None] = mapped_column(Word(EvidenceQuality))


@dataclass(frozen=True, slots=True)
class LinkDetails:
    """What a form asks of a link."""

    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class WordsDetails:
    """What a form asks of words."""

    words: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence as lists show it; a file's bytes are asked for by its key."""

    id: UUID
    entry_id: UUID
    kind: EvidenceKind
    title: str
    link: str
    words: str
    file_name: str
    size_bytes: int
    sha256: str | None
    changed_in: int
    quality: EvidenceQuality | None = None


@dataclass(frozen=True, slots=True)
class EvidenceTotal:
    """How much the files of a desk take up, each counted once however often it is attached."""

    files: int
    size_bytes: int


def check(details: LinkDetails | WordsDetails) -> list[Finding]:
    """Return why a link or words cannot be kept."""
    if isinstance(details, LinkDetails):
        found = rules.check_link(details.link)
    else:
        found = rules.check_words(details.words)
    return found + check_lengths(details, Evidence)


def attach_file(
    session: Session, entry_id: UUID, name: str, content: bytes, title: str = ""
) -> UUID:
    """Attach a file to an entry and return the record's key.

    *name* may be a path; what is kept of it is ``safe_file_name``.  Raises Problem for an empty
    file, one of more than 10 MB, one that the entry has already, or when the desk has no more
    room; Conflict when the entry is gone.
    """
    refuse(rules.check_file(name, len(content)))
    sha256 = hashlib.sha256(content).hexdigest()
    _entry(session, entry_id)
    twin = session.scalars(
        select(Evidence).where(Evidence.entry_id == entry_id, Evidence.sha256 == sha256)
    ).first()
    if twin is not None:
        raise Problem(f"This file is attached to the entry already, as “{twin.file_name}”.")
    keep_content(session, name, content, sha256)
    return _attach(
        session,
        Evidence(
            entry_id=entry_id,
            kind=EvidenceKind.FILE,
            title=title.strip(),
            file_name=safe_file_name(name),
            size_bytes=len(content),
            sha256=sha256,
        ),
    )


def keep_content(session: Session, name: str, content: bytes, sha256: str) -> None:
    """Keep the bytes of a file whose hash is *sha256*, where the desk has not got them.

    Raises Problem when the desk has no more room.
    """
    kept = select(EvidenceContent.sha256).where(EvidenceContent.sha256 == sha256)
    if session.scalars(kept).first() is not None:
        return
    refuse(rules.check_total(name, len(content), evidence_total(session).size_bytes))
    session.add(EvidenceContent(sha256=sha256, size_bytes=len(content), content=content))
    session.flush()  # what comes next hangs on it


def attach_link(session: Session, entry_id: UUID, link: str, title: str = "") -> UUID:
    """Attach the address of a web page to an entry and return the record's key.

    Raises Problem for what is no such address, Conflict when the entry is gone.
    """
    refuse(rules.check_link(link))
    _entry(session, entry_id)
    return _attach(
        session,
        Evidence(entry_id=entry_id, kind=EvidenceKind.LINK, title=title.strip(), link=link.strip()),
    )


def attach_text(session: Session, entry_id: UUID, words: str, title: str = "") -> UUID:
    """Attach a few words to an entry and return the record's key.

    Raises Problem for none or more than 4,000 characters, Conflict when the entry is gone.
    """
    refuse(rules.check_words(words))
    _entry(session, entry_id)
    return _attach(
        session,
        Evidence(
            entry_id=entry_id, kind=EvidenceKind.TEXT, title=title.strip(), words=words.strip()
        ),
    )


def _entry(session: Session, entry_id: UUID) -> None:
    if session.get(OffTheJobEntry, entry_id) is None:
        raise Conflict("The entry was removed meanwhile; nothing was attached.")


def _attach(session: Session, evidence: Evidence) -> UUID:
    session.add(evidence)
    session.flush()
    return evidence.id


def judge(session: Session, evidence_id: UUID, quality: EvidenceQuality | None) -> None:
    """Say how good a piece of evidence is for what it is to show; None takes that back.

    Raises Conflict when it is gone.
    """
    evidence = session.get(Evidence, evidence_id)
    if evidence is None:
        raise Conflict("This evidence was removed meanwhile.")
    evidence.quality = quality
    session.flush()


def remove_evidence(session: Session, evidence_id: UUID) -> None:
    """Remove a piece of evidence; raises Conflict when it is gone already.

    A file's bytes stay for undo.
    """
    evidence = session.get(Evidence, evidence_id)
    if evidence is None:
        raise Conflict("This evidence was removed meanwhile.")
    session.delete(evidence)
    session.flush()
    sweep_contents(session)


def remove_evidence_of(session: Session, entry_id: UUID) -> None:
    """Remove all evidence of an entry that is being removed."""
    found = session.scalars(select(Evidence).where(Evidence.entry_id == entry_id)).all()
    for evidence in found:
        session.delete(evidence)
    if found:
        session.flush()
        sweep_contents(session)


def sweep_contents(session: Session) -> int:
    """Delete the files' bytes that nothing can ask for any more; return how many there were.

    Those are asked for that a record names, or an image in the log, or one that this change will
    write there.
    """
    named = union(*(select(each.c.sha256).where(each.c.sha256.is_not(None)) for each in _KEEPERS))
    orphans = set(
        session.scalars(select(EvidenceContent.sha256).where(EvidenceContent.sha256.not_in(named)))
    )
    if orphans:
        orphans -= set(_named_in_log(session))
    for sha256 in orphans:
        session.delete(session.get_one(EvidenceContent, sha256))
    session.flush()
    return len(orphans)


def _named_in_log(session: Session) -> Iterator[str]:
    names = [each.name for each in _KEEPERS]
    for (name, _), noted in notes_of(session).rows.items():
        if name in names and noted.before is not None:
            yield noted.before["sha256"]
    logged = session.execute(
        select(ChangedRow.before, ChangedRow.after).where(ChangedRow.table_name.in_(names))
    )
    for images in logged:
        for image in images:
            if image is not None:
                yield json.loads(image)["sha256"]


# --- reads --------------------------------------------------------------------------------------


def evidence_rows(session: Session, entry_ids: Collection[UUID]) -> tuple[EvidenceRow, ...]:
    """Return the evidence of these entries, the oldest first."""
    found: list[Any] = []
    for lot in in_lots(entry_ids, KEYS_A_QUERY):
        found += session.execute(
            select(
                Evidence.id, Evidence.entry_id, Evidence.kind, Evidence.title, Evidence.link,
                Evidence.words, Evidence.file_name, Evidence.size_bytes, Evidence.sha256,
                Evidence.changed_in, Evidence.quality,
            ).where(Evidence.entry_id.in_(lot))
        )  # fmt: skip
    rows = (EvidenceRow(*row) for row in found)
    return tuple(sorted(rows, key=lambda row: (row.changed_in, row.kind, row.id.hex)))


def evidence_counts(session: Session, entry_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Return how many pieces of evidence these entries have; one without any is not among them."""
    counts: dict[UUID, int] = {}
    for lot in in_lots(entry_ids, KEYS_A_QUERY):
        found: Any = session.execute(
            select(Evidence.entry_id, func.count())
            .where(Evidence.entry_id.in_(lot))
            .group_by(Evidence.entry_id)
        )
        counts |= dict(found.all())
    return counts


def evidence_total(session: Session) -> EvidenceTotal:
    """Return how much the files of the desk take up, those included that undo may bring back."""
    files, size_bytes = session.execute(
        select(func.count(), func.coalesce(func.sum(EvidenceContent.size_bytes), 0))
    ).one()
    return EvidenceTotal(files, int(size_bytes))


def evidence_content(session: Session, evidence_id: UUID) -> bytes:
    """Return the bytes of a file as it was attached.

    Raises Conflict when the evidence is gone, Problem when it is no file or its bytes are not
    those that were attached.
    """
    found = session.execute(
        select(Evidence.file_name, Evidence.sha256).where(Evidence.id == evidence_id)
    ).first()
    if found is None:
        raise Conflict("This evidence was removed meanwhile.")
    name, sha256 = found
    if sha256 is None:
        raise Problem("This evidence is a link or text: there is no file to open.")
    return kept_content(session, name, sha256)


def kept_content(session: Session, name: str, sha256: str) -> bytes:
    """Return the bytes of the file *name* by their hash.

    Raises Problem when they are not those that were attached.
    """
    content = session.scalars(
        select(EvidenceContent.content).where(EvidenceContent.sha256 == sha256)
    ).first()
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise Problem(
            f"“{name}” is damaged: it is not the file that was attached.",
            "Look for it in a backup of the desk, or attach it again.",
        )
    return bytes(content)
