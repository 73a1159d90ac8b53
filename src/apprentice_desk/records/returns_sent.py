"""Returns that the borough has exported: what, when, which revision, and what became of it.

The workbook that left is kept with each, so that it can be looked at, compared and saved again
whatever became of the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding, FindingJson, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import ReceiptState
from apprentice_desk.records.base import Kept, Word, not_negative


class ReturnSent(Kept):
    """One exported return."""

    __tablename__ = "return_sent"
    __table_args__ = (UniqueConstraint("period", "revision"),)

    period: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]
    format_version: Mapped[str] = mapped_column(String(10))
    prepared_at: Mapped[datetime]
    prepared_by: Mapped[str] = mapped_column(String(100))
    fingerprint: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(255))


class ReturnFile(Kept):
    """The workbook of one exported return, byte for byte."""

    __tablename__ = "return_file"

    return_sent_id: Mapped[UUID] = mapped_column(
        ForeignKey("return_sent.id", ondelete="RESTRICT"), unique=True
    )
    content: Mapped[bytes]
    row_counts: Mapped[str] = mapped_column(String())
    """A JSON object: the rows in each sheet, by its name."""


class ReturnReceipt(Kept):
    """What LOTI's receipt says of one exported return; the newest, where there were several."""

    __tablename__ = "return_receipt"
    __table_args__ = not_negative("left_out")

    return_sent_id: Mapped[UUID] = mapped_column(
        ForeignKey("return_sent.id", ondelete="RESTRICT"), unique=True
    )
    state: Mapped[ReceiptState] = mapped_column(Word(ReceiptState))
    received_on: Mapped[date]
    merged_at: Mapped[datetime | None]
    left_out: Mapped[int]
    """Rows of the return that were not taken."""
    findings: Mapped[str] = mapped_column(String())
    """A JSON list of findings, as ``Finding.as_json`` writes each."""


@dataclass(frozen=True, slots=True)
class ReceiptDetails:
    """What a receipt says."""

    state: ReceiptState
    received_on: date
    merged_at: datetime | None = None
    left_out: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """The receipt of one exported return as the history shows it."""

    id: UUID
    details: ReceiptDetails


@dataclass(frozen=True, slots=True)
class ReturnSentRow:
    """One exported return as the history shows it."""

    id: UUID
    period: str
    revision: int
    format_version: str
    prepared_at: datetime
    prepared_by: str
    fingerprint: str
    file_name: str
    is_kept: bool = False
    """Whether its workbook is in the desk; those of older programs are not."""
    row_counts: tuple[tuple[str, int], ...] = ()
    receipt: ReceiptRow | None = None


def next_revision(session: Session, period: str) -> int:
    """Return the revision that the next return for *period* has: 1 for the first."""
    highest = session.execute(
        select(func.max(ReturnSent.revision)).where(ReturnSent.period == period)
    ).scalar_one()
    return (highest or 0) + 1


def send_return(
    session: Session,
    *,
    period: str,
    revision: int,
    format_version: str,
    prepared_at: datetime,
    prepared_by: str,
    fingerprint: str,
    file_name: str,
    content: bytes,
    row_counts: Mapping[str, int] = MappingProxyType({}),
) -> UUID:
    """Record that a return was exported, with its workbook, and return the record's key.

    *row_counts* are the rows in each sheet, by its name.  Raises Problem for an empty workbook.
    """
    if not content:
        raise Problem("The return's workbook is empty.", "Prepare the return again.")
    sent = ReturnSent(
        period=period,
        revision=revision,
        format_version=format_version,
        prepared_at=prepared_at,
        prepared_by=prepared_by,
        fingerprint=fingerprint,
        file_name=file_name,
    )
    session.add(sent)
    session.flush()
    session.add(
        ReturnFile(
            return_sent_id=sent.id,
            content=content,
            row_counts=json.dumps(dict(row_counts), ensure_ascii=False),
        )
    )
    session.flush()
    return sent.id


def withdraw_return(session: Session, sent_id: UUID) -> None:
    """Take a return out of the history whose file never came to stand in its folder.

    Raises Conflict when it is gone, Problem when a receipt says that it arrived.
    """
    sent = _sent(session, sent_id)
    if _receipt(session, sent_id) is not None:
        raise Problem("This return has a receipt: it was sent.")
    kept = _file(session, sent_id)
    if kept is not None:
        session.delete(kept)
        session.flush()  # it hangs on what goes next
    session.delete(sent)
    session.flush()


def take_receipt(session: Session, sent_id: UUID, details: ReceiptDetails) -> UUID:
    """Record what a receipt says of a return, in place of an earlier one; return its key.

    Raises Conflict when the return is gone, Problem below 0 rows left out.
    """
    _sent(session, sent_id)
    if details.left_out < 0:
        raise Problem("A receipt cannot leave out fewer than 0 rows.")
    receipt = _receipt(session, sent_id)
    if receipt is None:
        receipt = ReturnReceipt(return_sent_id=sent_id)
        session.add(receipt)
    receipt.state = details.state
    receipt.received_on = details.received_on
    receipt.merged_at = details.merged_at
    receipt.left_out = details.left_out
    receipt.findings = json.dumps(
        [finding.as_json() for finding in details.findings], ensure_ascii=False
    )
    session.flush()
    return receipt.id


def _sent(session: Session, sent_id: UUID) -> ReturnSent:
    sent = session.get(ReturnSent, sent_id)
    if sent is None:
        raise Conflict("This return is no longer in the history.")
    return sent


def _file(session: Session, sent_id: UUID) -> ReturnFile | None:
    return session.scalars(select(ReturnFile).where(ReturnFile.return_sent_id == sent_id)).first()


def _receipt(session: Session, sent_id: UUID) -> ReturnReceipt | None:
    with session.no_autoflush:
        return session.scalars(
            select(ReturnReceipt).where(ReturnReceipt.return_sent_id == sent_id)
        ).first()


def return_file(session: Session, sent_id: UUID) -> bytes | None:
    """Return the workbook of an exported return as it left; None where none was kept."""
    return session.scalars(
        select(ReturnFile.content).where(ReturnFile.return_sent_id == sent_id)
    ).first()


def returns_sent_rows(session: Session) -> tuple[ReturnSentRow, ...]:
    """Return the exported returns, newest first, without their workbooks."""
    found = session.execute(
        select(ReturnSent, ReturnFile.row_counts, ReturnReceipt)
        .outerjoin(ReturnFile, ReturnFile.return_sent_id == ReturnSent.id)
        .outerjoin(ReturnReceipt, ReturnReceipt.return_sent_id == ReturnSent.id)
        .order_by(
            ReturnSent.prepared_at.desc(), ReturnSent.period.desc(), ReturnSent.revision.desc()
        )
    )
    return tuple(
        ReturnSentRow(
            s.id, s.period, s.revision, s.format_version, s.prepared_at, s.prepared_by,
            s.fingerprint, s.file_name,
            is_kept=counts is not None,
            row_counts=tuple(json.loads(counts or "{}").items()),
            receipt=_receipt_row(receipt),
        )
        for s, counts, receipt in found
    )  # fmt: skip


def _receipt_row(receipt: ReturnReceipt | None) -> ReceiptRow | None:
    if receipt is None:
        return None
    return ReceiptRow(
        receipt.id,
        ReceiptDetails(
            receipt.state,
            receipt.received_on,
            receipt.merged_at,
            receipt.left_out,
            tuple(_finding(each) for each in json.loads(receipt.findings)),
        ),
    )


def _finding(written: FindingJson) -> Finding:
    return Finding(
        Level(written["level"]),
        written["code"],
        written["message"],
        written["remedy"],
        Place(
            file=written["file"],
            sheet=written["sheet"],
            row=written["row"],
            column=written["column"],
            heading=written["heading"],
            value=written["value"],
        ),
    )
