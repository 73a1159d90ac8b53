"""Returns that were sent: what each said, its workbook once more, and the receipt it got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import ReceiptState
from apprentice_desk.records.known_people import keys_by_code
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.returns_sent import (
    ReceiptDetails,
    ReturnSentRow,
    return_file,
    returns_sent_rows,
    take_receipt,
)
from apprentice_desk.records.store import Store
from apprentice_desk.returns import receipts
from apprentice_desk.returns.differences import RowChange, compare
from apprentice_desk.returns.merged import Fate
from apprentice_desk.returns.reading import SheetReader, read_header
from apprentice_desk.returns.receipts import Receipt
from apprentice_desk.returns.rows import ReturnContent
from apprentice_desk.returns.schema import known_versions, load
from apprentice_desk.sheets import check_target, read_packed
from apprentice_desk.sheets.saving import replacing

_STATES = MappingProxyType(
    {
        Fate.ACCEPTED: ReceiptState.ACCEPTED,
        Fate.PARTLY: ReceiptState.IN_PART,
        Fate.REFUSED: ReceiptState.REFUSED,
        Fate.CONFLICT: ReceiptState.CONFLICT,
        Fate.REPLACED: ReceiptState.REPLACED,
    }
)
"""What a receipt may say of a return of the period it is about."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt that was read in, and the return that it is about."""

    sent: ReturnSentRow
    details: ReceiptDetails


# --- what was sent --------------------------------------------------------------------------------


def saved_again(store: Store, sent: ReturnSentRow, path: str | Path) -> Path:
    """Write the workbook of a return once more, byte for byte as it left; return where.

    Raises Problem where the desk has none of it or the file cannot be written.
    """
    path = check_target(path)
    packed = _packed(store, sent)
    with replacing(path) as fresh:
        fresh.write_bytes(packed)
    return path


def going_again(store: Store, sent: ReturnSentRow) -> Going:
    """Return who is in the workbook of a return that is saved once more."""
    codes = {row.apprentice_code for row in said_then(store, sent).apprentices}
    keys = store.read(keys_by_code)
    people = frozenset(keys[code] for code in codes if code in keys)
    return Going(LeftKind.RETURN_AGAIN, apprentices=people, count=len(codes))


def said_then(store: Store, sent: ReturnSentRow) -> ReturnContent:
    """Return all that a return said when it left, refused rows included.

    Raises Problem where the desk has no workbook of it.
    """
    book = read_packed(sent.file_name, _packed(store, sent))
    schema = load(sent.format_version)
    cells = book.sheet(schema.header_sheet)
    assert cells is not None  # every workbook that leaves has it
    header, _ = read_header(cells, schema.items).header(schema, sent.file_name)
    assert header is not None
    lines: dict[str, Any] = {}
    for sheet in schema.sheets:
        reader = SheetReader(sheet, sent.file_name)
        reader.read(book.sheet(sheet.name))
        lines[sheet.resource] = tuple(reader.lines)
    return ReturnContent(header, **lines)


def compared(store: Store, before: ReturnSentRow, after: ReturnSentRow) -> tuple[RowChange, ...]:
    """Return what differs between two returns that were sent."""
    return compare(said_then(store, before), said_then(store, after), load(known_versions()[-1]))


def _packed(store: Store, sent: ReturnSentRow) -> bytes:
    packed = store.read(return_file, sent.id)
    if packed is None:
        raise Problem(
            f"The workbook of revision {sent.revision} for {sent.period} is not in this desk: an"
            " older version of the program sent it, and kept none.",
            f"Look for “{sent.file_name}” where it was saved.",
        )
    return packed


# --- receipts -------------------------------------------------------------------------------------


def take_in(store: Store, path: str | Path, received_on: date) -> tuple[Taken, ...]:
    """Read LOTI's receipt at *path* and record what it says of each return that it names.

    Returns what was recorded, the newest revision first.  Raises Problem, and records nothing, for
    a file that is no receipt, damaged or newer, and for a receipt of another borough, of a return
    that this desk never sent, or older than the one that is recorded.
    """
    receipt = receipts.read(path)
    found = _about(store, receipt, Path(path).name)
    taken = tuple(Taken(sent, _details(receipt, sent, received_on)) for sent in found)
    with store.change(f"Read the receipt for {receipt.period}") as session:
        for each in taken:
            take_receipt(session, each.sent.id, each.details)
    return taken


def _about(store: Store, receipt: Receipt, name: str) -> list[ReturnSentRow]:
    """Return the returns of this desk that *receipt* names, or refuse it."""
    ours = store.read(organisation_row)
    if receipt.borough_code != ours.code:
        raise Problem(
            f"“{name}” is a receipt for {receipt.borough_name}, and this desk is {ours.name}'s.",
            "Nothing was recorded. Choose the receipt that LOTI sent to you.",
        )
    found = [
        sent
        for sent in store.read(returns_sent_rows)
        if sent.period == str(receipt.period) and _state(receipt, sent) is not None
    ]
    if not found:
        raise Problem(
            f"“{name}” is about a return for {receipt.period} that this desk never sent.",
            "Nothing was recorded. It may have been sent from another desk of the team, or filled"
            " in by hand.",
        )
    if any(_is_overtaken(receipt, sent) for sent in found):
        raise Problem(
            f"“{name}” is older than the receipt for {receipt.period} that is recorded already.",
            "Nothing was recorded.",
        )
    return sorted(found, key=lambda sent: -sent.revision)


def _state(receipt: Receipt, sent: ReturnSentRow) -> ReceiptState | None:
    fate = receipt.state_of(sent.revision, sent.fingerprint)
    return None if fate is None else _STATES.get(fate)


def _is_overtaken(receipt: Receipt, sent: ReturnSentRow) -> bool:
    known = sent.receipt.details.merged_at if sent.receipt else None
    return known is not None and receipt.merged_at is not None and receipt.merged_at < known


def _details(receipt: Receipt, sent: ReturnSentRow, received_on: date) -> ReceiptDetails:
    state = _state(receipt, sent)
    assert state is not None  # _about leaves the others out
    is_it = (sent.revision, sent.fingerprint) == (receipt.revision, receipt.fingerprint)
    return ReceiptDetails(
        state=state,
        received_on=received_on,
        merged_at=receipt.merged_at,
        left_out=receipt.left_out if is_it else 0,
        findings=() if state is ReceiptState.REPLACED else receipt.findings,
    )
