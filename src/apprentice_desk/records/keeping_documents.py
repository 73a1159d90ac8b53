"""Documents that were issued: kept, removed, read, and which wording contracts still use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from apprentice_desk.domain import evidence as rules
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_terms import is_over
from apprentice_desk.domain.evidence import safe_file_name
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept, check_lengths, refuse
from apprentice_desk.records.contracts import Contract, ContractRow, contract_rows
from apprentice_desk.records.documents_made import DocumentMade
from apprentice_desk.records.evidence import keep_content, kept_content, sweep_contents
from apprentice_desk.records.organisation import Organisation
from apprentice_desk.records.procurement_tables import Bidder, Procurement
from apprentice_desk.records.providers import Provider
from apprentice_desk.records.reviews import Review
from apprentice_desk.records.secondments import Secondment

_FINGERPRINT = 64


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about, by its kind and key."""

    kind: SubjectKind
    id: UUID


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """What a document was made of.

    *clauses* holds the version of each clause by its id, in their order; *field_values* what
    ``fields.keep`` wrote of each; the wording's version, owner and note stand in the document.
    """

    subject: Subject
    type_id: str
    type_version: int
    title: str
    reference: str
    issued_on: date
    clauses: Mapping[str, int]
    ticks: Mapping[str, bool]
    field_values: Mapping[str, Any]
    wording_version: str
    wording_owner: str
    wording_note: str
    wording_fingerprint: str
    tree_fingerprint: str
    program_version: str
    file_format: DocumentFormat
    file_name: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as lists show it; its values and its file are asked for by its key.

    *about* says what it is about: reference and name.
    """

    id: UUID
    subject: Subject
    about: str
    type_id: str
    type_version: int
    title: str
    reference: str
    issued_on: date
    file_format: DocumentFormat
    file_name: str
    size_bytes: int
    sha256: str
    changed_in: int
    clauses: Mapping[str, int] = field(default_factory=dict, hash=False)
    apprenticeship_id: UUID | None = None
    """Whose it is about: that of a review or a secondment is its apprentice's."""


@dataclass(frozen=True, slots=True)
class ContractUse:
    """A contract that is not over, and the document of it that uses a wording."""

    contract_id: UUID
    reference: str
    title: str
    provider_name: str
    ends_on: date | None
    document: DocumentRow


# --- commands -----------------------------------------------------------------------------------


def check_document(details: DocumentDetails, size_bytes: int) -> list[Finding]:
    """Return why a document cannot be kept: part of it is missing, or too long for its column."""
    findings = []
    for name, lacking, is_there in (
        ("type_id", "a type", bool(details.type_id) and details.type_version > 0),
        ("title", "a title", bool(details.title.strip())),
        ("clauses", "clauses", bool(details.clauses)),
        (
            "wording_fingerprint",
            "the fingerprint of its wording",
            len(details.wording_fingerprint) == _FINGERPRINT,
        ),
        (
            "tree_fingerprint",
            "the fingerprint of what it says",
            len(details.tree_fingerprint) == _FINGERPRINT,
        ),
    ):
        if not is_there:
            findings.append(
                Finding(
                    Level.ROW,
                    "DM001",
                    f"This document is not whole: it lacks {lacking}.",
                    "Make it again.",
                    Place(field=name),
                )
            )
    findings += rules.check_file(details.file_name, size_bytes)
    return findings + check_lengths(details, DocumentMade)


def keep_document(session: Session, details: DocumentDetails, content: bytes) -> UUID:
    """Keep a document that is issued, with its file, and return the record's key.

    One that is kept already, with the same bytes about the same, is not kept twice.  Raises Problem
    for what ``check_document`` finds and when the desk has no more room; Conflict when what it is
    about is gone.
    """
    refuse(check_document(details, len(content)))
    keys = _keys_of(session, details.subject)
    sha256 = hashlib.sha256(content).hexdigest()
    twin = session.scalars(
        select(DocumentMade.id).where(
            DocumentMade.sha256 == sha256,
            *(getattr(DocumentMade, name) == key for name, key in keys.items()),
        )
    ).first()
    if twin is not None:
        return twin
    keep_content(session, details.file_name, content, sha256)
    kept = DocumentMade(
        **keys,
        type_id=details.type_id,
        type_version=details.type_version,
        title=details.title.strip(),
        reference=details.reference.strip(),
        issued_on=details.issued_on,
        clauses=_written(details.clauses),
        ticks=_written(details.ticks),
        field_values=_written(details.field_values),
        wording_version=details.wording_version,
        wording_owner=details.wording_owner,
        wording_note=details.wording_note,
        wording_fingerprint=details.wording_fingerprint,
        tree_fingerprint=details.tree_fingerprint,
        program_version=details.program_version,
        file_format=details.file_format,
        file_name=safe_file_name(details.file_name),
        size_bytes=len(content),
        sha256=sha256,
    )
    session.add(kept)
    session.flush()
    return kept.id


def _written(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)


def _keys_of(session: Session, subject: Subject) -> dict[str, UUID | None]:
    """Return the columns that name a subject; raises Conflict when it is gone."""
    record = _TABLES[subject.kind]
    found = session.get(record, subject.id)
    if found is None:
        raise Conflict(f"The {subject.kind} was removed meanwhile; no document was issued.")
    keys: dict[str, UUID | None] = dict.fromkeys(_column(kind) for kind in SubjectKind)
    keys[_column(subject.kind)] = subject.id
    if isinstance(found, Bidder):
        keys["procurement_id"] = found.procurement_id
    if isinstance(found, Review | Secondment):
        keys["apprenticeship_id"] = found.apprenticeship_id
    return keys


def _column(kind: SubjectKind) -> str:
    return f"{kind}_id"


_TABLES: Mapping[SubjectKind, type[Kept]] = {
    SubjectKind.PROCUREMENT: Procurement,
    SubjectKind.BIDDER: Bidder,
    SubjectKind.CONTRACT: Contract,
    SubjectKind.APPRENTICESHIP: Apprenticeship,
    SubjectKind.REVIEW: Review,
    SubjectKind.SECONDMENT: Secondment,
    SubjectKind.ORGANISATION: Organisation,
}
_NARROWEST_FIRST = (
    SubjectKind.BIDDER, SubjectKind.PROCUREMENT, SubjectKind.CONTRACT, SubjectKind.REVIEW,
    SubjectKind.SECONDMENT, SubjectKind.APPRENTICESHIP, SubjectKind.ORGANISATION,
)  # fmt: skip


def _subject_of(keys: Mapping[SubjectKind, UUID | None]) -> Subject:
    """Return what a document with these *keys* is about: a bidder rather than its procurement."""
    found = ((kind, keys[kind]) for kind in _NARROWEST_FIRST)
    return next(Subject(kind, key) for kind, key in found if key is not None)


def whole_of(session: Session, subject: Subject) -> UUID | None:
    """Return the key of what has a page of its own; None when the subject is gone.

    Of a bidder that is its procurement's, of a review its apprenticeship's.
    """
    found = session.get(_TABLES[subject.kind], subject.id)
    match found:
        case None:
            return None
        case Bidder():
            return found.procurement_id
        case Review():
            return found.apprenticeship_id
    return subject.id


def apprenticeship_of(session: Session, subject: Subject) -> UUID | None:
    """Return whose apprenticeship a document is about; None where it is not about one, or is gone.

    That of a review or a secondment is its apprentice's.
    """
    found = session.get(_TABLES[subject.kind], subject.id)
    match found:
        case Apprenticeship():
            return found.id
        case Review() | Secondment():
            return found.apprenticeship_id
    return None


def remove_document(session: Session, document_id: UUID) -> None:
    """Remove a document that was never sent; raises Conflict when it is gone.

    Its file stays for undo.
    """
    session.delete(_kept(session, document_id))
    session.flush()
    sweep_contents(session)


def _kept(session: Session, document_id: UUID) -> DocumentMade:
    found = session.get(DocumentMade, document_id)
    if found is None:
        raise Conflict("This document was removed meanwhile.")
    return found


# --- reads --------------------------------------------------------------------------------------


def document_rows(
    session: Session, subject: Subject | None = None, *, with_bidders: bool = True
) -> tuple[DocumentRow, ...]:
    """Return the documents of a subject, or all, the newest first.

    Those of a procurement are its bidders' too, unless without; those of an apprenticeship its
    reviews' and secondments' too.  One query.
    """
    query = (
        select(
            DocumentMade.id,
            *(getattr(DocumentMade, _column(kind)) for kind in SubjectKind),
            Procurement.title, Procurement.reference, Contract.title, Contract.reference,
            _BID_BY.name, Bidder.name, _HELD_BY.name, Apprentice.given_names,
            Apprentice.family_name, Apprenticeship.standard_code, Review.due_on, Review.held_on,
            Secondment.code, Organisation.name,
            DocumentMade.type_id, DocumentMade.type_version, DocumentMade.title,
            DocumentMade.reference, DocumentMade.issued_on, DocumentMade.file_format,
            DocumentMade.file_name, DocumentMade.size_bytes, DocumentMade.sha256,
            DocumentMade.changed_in, DocumentMade.clauses,
        )
        .outerjoin(Procurement, Procurement.id == DocumentMade.procurement_id)
        .outerjoin(Bidder, Bidder.id == DocumentMade.bidder_id)
        .outerjoin(_BID_BY, _BID_BY.id == Bidder.provider_id)
        .outerjoin(Contract, Contract.id == DocumentMade.contract_id)
        .outerjoin(_HELD_BY, _HELD_BY.id == Contract.provider_id)
        .outerjoin(Apprenticeship, Apprenticeship.id == DocumentMade.apprenticeship_id)
        .outerjoin(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .outerjoin(Review, Review.id == DocumentMade.review_id)
        .outerjoin(Secondment, Secondment.id == DocumentMade.secondment_id)
        .outerjoin(Organisation, Organisation.id == DocumentMade.organisation_id)
        .order_by(
            DocumentMade.issued_on.desc(), DocumentMade.changed_in.desc(), DocumentMade.title,
            DocumentMade.id,
        )
    )  # fmt: skip
    if subject is not None:
        query = query.where(getattr(DocumentMade, _column(subject.kind)) == subject.id)
    if not with_bidders:
        query = query.where(DocumentMade.bidder_id.is_(None))
    return tuple(_row(*each) for each in session.execute(query))


_BID_BY = aliased(Provider)
_HELD_BY = aliased(Provider)


def _row(key: UUID, *columns: Any) -> DocumentRow:
    keys, rest = columns[: len(SubjectKind)], columns[len(SubjectKind) :]
    names, values, clauses = rest[:_NAMES], rest[_NAMES:-1], rest[-1]
    by_kind = dict(zip(SubjectKind, keys, strict=True))
    subject = _subject_of(by_kind)
    about = SEPARATOR.join(filter(None, _about(subject.kind, *names)))
    found: tuple[Any, ...] = (*values, _read(clauses), by_kind[SubjectKind.APPRENTICESHIP])
    return DocumentRow(key, subject, about, *found)


_NAMES = 14


def _about(
    kind: SubjectKind, buying: str, buying_reference: str, held: str, held_reference: str,
    bid_by: str | None, bid_as: str, held_by: str | None, given: str | None, family: str | None,
    standard: str | None, due_on: date | None, held_on: date | None, code: str, ours: str,
) -> tuple[str | None, ...]:  # fmt: skip
    """Return what a document is about: a reference or a name first, then what tells it apart."""
    person = None if given is None or family is None else called(given, family)
    match kind:
        case SubjectKind.CONTRACT:
            return held_reference, held_by, held
        case SubjectKind.BIDDER:
            return buying_reference, bid_by or bid_as, buying
        case SubjectKind.PROCUREMENT:
            return buying_reference, buying
        case SubjectKind.APPRENTICESHIP:
            return person, standard
        case SubjectKind.REVIEW:
            on = held_on or due_on
            return person, "review" if on is None else f"review of {show_day(on)}"
        case SubjectKind.SECONDMENT:
            return code, person
    return (ours,)


SEPARATOR = " · "


def _read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def document_details(session: Session, document_id: UUID) -> DocumentDetails:
    """Return what a document was made of; raises Conflict when it is gone."""
    kept = _kept(session, document_id)
    subject = _subject_of({kind: getattr(kept, _column(kind)) for kind in SubjectKind})
    return DocumentDetails(
        subject=subject,
        type_id=kept.type_id,
        type_version=kept.type_version,
        title=kept.title,
        reference=kept.reference,
        issued_on=kept.issued_on,
        clauses=_read(kept.clauses),
        ticks=_read(kept.ticks),
        field_values=_read(kept.field_values),
        wording_version=kept.wording_version,
        wording_owner=kept.wording_owner,
        wording_note=kept.wording_note,
        wording_fingerprint=kept.wording_fingerprint,
        tree_fingerprint=kept.tree_fingerprint,
        program_version=kept.program_version,
        file_format=kept.file_format,
        file_name=kept.file_name,
    )


def document_content(session: Session, document_id: UUID) -> bytes:
    """Return the bytes of a document as it was issued.

    Raises Conflict when it is gone, Problem when the bytes are not those that were kept.
    """
    kept = _kept(session, document_id)
    return kept_content(session, kept.file_name, kept.sha256)


def last_values(session: Session) -> Mapping[str, Any]:
    """Return what fields held last, as it was kept: of the newest document of each type.

    Where two types have a field, the newer document says it.
    """
    newest: dict[str, UUID] = {}
    found = session.execute(
        select(DocumentMade.type_id, DocumentMade.id).order_by(
            DocumentMade.issued_on.desc(), DocumentMade.changed_in.desc(), DocumentMade.id
        )
    )
    for type_id, key in found:
        newest.setdefault(type_id, key)
    kept: Any = session.execute(
        select(DocumentMade.id, DocumentMade.field_values).where(
            DocumentMade.id.in_(newest.values())
        )
    ).all()
    by_key = dict(kept)
    values: dict[str, Any] = {}
    for key in newest.values():
        values = _read(by_key[key]) | values
    return values


def wording_in_use(
    session: Session, today: date
) -> Mapping[tuple[str, int], tuple[ContractUse, ...]]:
    """Return which contracts use a version of a clause, by its id and version, by reference.

    The newest document of each type counts, of contracts that are not over on *today*; those that
    are still to begin are among them.  The same few queries, whatever their number.
    """
    live = {row.id: row for row in contract_rows(session, today) if not is_over(row.term, today)}
    found: dict[tuple[str, int], list[ContractUse]] = {}
    seen: set[tuple[UUID, str]] = set()
    for document in document_rows(session):
        row = live.get(document.subject.id)
        which = (document.subject.id, document.type_id)
        if row is None or which in seen:
            continue
        seen.add(which)
        for clause in document.clauses.items():
            found.setdefault(clause, []).append(_use(row, document))
    return {
        clause: tuple(sorted(uses, key=lambda use: (use.reference, use.document.title)))
        for clause, uses in sorted(found.items())
    }


def _use(row: ContractRow, document: DocumentRow) -> ContractUse:
    return ContractUse(
        row.id, row.reference, row.title, row.provider_name, row.term.ends_on, document
    )
