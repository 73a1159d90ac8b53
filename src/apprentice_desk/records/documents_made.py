"""Documents that were issued: the record of each; its file stands with those of evidence.

How they are kept and read is in ``keeping_documents``: what a document is about must not be removed
while it is kept, and so knows of this table.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import evidence as rules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.records.base import Kept, Word

HAS_ONE_SUBJECT = (
    "(CASE WHEN procurement_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN contract_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN apprenticeship_id IS NULL AND secondment_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END) = 1"
)


class DocumentMade(Kept):
    """One document as it was issued, with all that it was made of.

    It is about a procurement or one bidder of it, a contract, an apprenticeship or one review,
    a secondment (with its apprenticeship, where it has one), or the organisation itself.
    """

    __tablename__ = "document_made"
    __table_args__ = (
        CheckConstraint(HAS_ONE_SUBJECT, name="has_one_subject"),
        CheckConstraint(
            "bidder_id IS NULL OR procurement_id IS NOT NULL", name="bidder_has_procurement"
        ),
        CheckConstraint(
            "review_id IS NULL OR (apprenticeship_id IS NOT NULL AND secondment_id IS NULL)",
            name="review_has_apprenticeship",
        ),
    )

    procurement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("procurement.id", ondelete="RESTRICT"), index=True
    )
    bidder_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("bidder.id", ondelete="RESTRICT"), index=True
    )
    contract_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    apprenticeship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    review_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("review.id", ondelete="RESTRICT"), index=True
    )
    secondment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("secondment.id", ondelete="RESTRICT"), index=True
    )
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    type_id: Mapped[str] = mapped_column(String(60))
    type_version: Mapped[int]
    title: Mapped[str] = mapped_column(String(500))
    reference: Mapped[str] = mapped_column(String(200))
    issued_on: Mapped[date]
    clauses: Mapped[str] = mapped_column(String())
    """A JSON object: the version of each clause by its id, in their order."""
    ticks: Mapped[str] = mapped_column(String())
    """A JSON object: whether an optional clause was put in, by its id."""
    field_values: Mapped[str] = mapped_column(String())
    """A JSON object: the values by field, as ``fields.keep`` writes each."""
    wording_version: Mapped[str] = mapped_column(String(40))
    wording_owner: Mapped[str] = mapped_column(String(200))
    wording_note: Mapped[str] = mapped_column(String(2000))
    wording_fingerprint: Mapped[str] = mapped_column(String(64))
    tree_fingerprint: Mapped[str] = mapped_column(String(64))
    program_version: Mapped[str] = mapped_column(String(40))
    file_format: Mapped[DocumentFormat] = mapped_column(Word(DocumentFormat))
    file_name: Mapped[str] = mapped_column(String(rules.LONGEST_NAME))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(
        ForeignKey("evidence_content.sha256", ondelete="RESTRICT"), index=True
    )


def refuse_removing(session: Session, column: Any, key: UUID, called: str) -> None:
    """Raise Problem while a document is kept whose *column* of DocumentMade names *key*.

    *called* says what would be removed, as a sentence goes on: "contract EXB-1".
    """
    count = session.scalar(select(func.count()).where(column == key)) or 0
    if count:
        what = "One document was" if count == 1 else f"{count} documents were"
        raise Problem(
            f"{what} issued about {called}, so it was not removed.",
            "What was issued stays on record. Remove the documents first, if they were never sent.",
        )
