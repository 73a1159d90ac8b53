"""Receipts: what became of a borough's return, as a small file that its own desk reads.

A receipt is JSON, says no time of day of its own, and names nobody: the same set of returns gives
the same bytes.  Which of the desk's sent returns it is about is for the desk to say, by revision
and fingerprint (see Receipt.state_of).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.returns.merged import BoroughState, Fate, Merged, Outcome, State
from apprentice_desk.sheets.saving import replacing

FORMAT = "loti-receipt"
VERSION = 1

_MOST_BYTES = 64 * 1024 * 1024
_STATES = frozenset({Fate.ACCEPTED, Fate.PARTLY, Fate.REFUSED, Fate.CONFLICT})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One of the borough's returns for the period, and what became of it."""

    file: str
    revision: int | None
    fingerprint: str
    state: Fate


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a borough's return for a period.

    *state* is accepted, accepted in part, refused or conflict.  *revision*, *fingerprint* and
    *rows* (by sheet) are those of the return that stands, or else of the newest one; in a conflict
    there is no *fingerprint*.  *left_out* counts rows.  *replaces* names the files that it stands
    in for.  *returns* are all that the borough sent for the period.  *merged_at* is when the newest
    return of the whole set was prepared, not a time of day of the merge.
    """

    borough_code: str
    borough_name: str
    period: Quarter
    state: Fate
    revision: int | None = None
    fingerprint: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0
    replaces: tuple[str, ...] = ()
    returns: tuple[Mentioned, ...] = ()
    findings: tuple[Finding, ...] = ()
    merged_at: datetime | None = None
    is_sample: bool = False
    format: str = FORMAT
    version: int = VERSION

    def state_of(self, revision: int | None, fingerprint: str) -> Fate | None:
        """Return what became of one return, or None if the receipt does not know it.

        A copy of a return had the same fate as that return.
        """
        states = [
            one.state
            for one in self.returns
            if (one.revision, one.fingerprint) == (revision, fingerprint)
        ]
        return next((state for state in states if state is not Fate.COPY), None)

    def as_json(self) -> dict[str, object]:
        """Return the receipt as plain values, as the file holds it."""
        return {
            "format": self.format,
            "version": self.version,
            "borough_code": self.borough_code,
            "borough_name": self.borough_name,
            "period": str(self.period),
            "is_sample": self.is_sample,
            "state": self.state.value,
            "revision": self.revision,
            "fingerprint": self.fingerprint,
            "rows": dict(self.rows),
            "left_out": self.left_out,
            "replaces": list(self.replaces),
            "returns": [
                {
                    "file": one.file,
                    "revision": one.revision,
                    "fingerprint": one.fingerprint,
                    "state": one.state.value,
                }
                for one in self.returns
            ],
            "findings": [
                finding.as_json() | {"field": finding.place.field} for finding in self.findings
            ],
            "merged_at": self.merged_at.isoformat() if self.merged_at else None,
        }


def make(merged: Merged) -> tuple[Receipt, ...]:
    """Return a receipt for every borough that sent a return, in the order of the codes."""
    return tuple(
        _receipt(merged, state)
        for state in merged.boroughs
        if state.state is not State.NOT_RECEIVED
    )


def write(receipt: Receipt, path: str | Path) -> None:
    """Write a receipt; equal ones give equal bytes.  Raises Problem if the file cannot be written.

    What stands at *path* is replaced: whether it may be is for the caller to know.
    """
    text = json.dumps(receipt.as_json(), ensure_ascii=False, indent=2)
    with replacing(path) as fresh:
        fresh.write_bytes(f"{text}\n".encode(errors="replace"))


def read(path: str | Path) -> Receipt:
    """Read a receipt back; raises Problem in words for a file that is none."""
    path = Path(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _not_a_receipt(path)
        found = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise Problem(
            f"“{path.name}” was not found.", "Check the name and the folder, and try again."
        ) from error
    except OSError as error:
        raise Problem(
            f"“{path.name}” could not be read.",
            "Copy it to this computer, if it is on a drive that may be out of reach.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise _not_a_receipt(path) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _not_a_receipt(path)
    version = found.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Problem(
            f"The receipt “{path.name}” has version {version}; this program knows versions up to"
            f" {VERSION}.",
            "Install the newest version of the program.",
        )
    if version != VERSION:
        raise _not_a_receipt(path)
    try:
        return _taken(found)
    except (KeyError, TypeError, ValueError) as error:
        raise Problem(
            f"The receipt “{path.name}” is damaged.", "Ask LOTI to send it again."
        ) from error


def _receipt(merged: Merged, state: BoroughState) -> Receipt:
    mine = [one for one in merged.outcomes if one.borough_code == state.code]
    files = {one.read.file for one in mine if one.fate not in (Fate.COPY, Fate.REPLACED)}
    stands = next((one for one in mine if one.stands), None)
    about = stands or max(mine, key=_newest)
    header = about.read.header
    assert header is not None  # its borough is known, so it has one
    is_conflict = state.state is State.CONFLICT
    return Receipt(
        borough_code=state.code,
        borough_name=state.name,
        # Where every return was refused there is no period of the merge.
        period=header.period,
        state=Fate.CONFLICT if is_conflict else about.fate,
        revision=header.revision,
        fingerprint="" if is_conflict else about.read.fingerprint,
        rows=dict(state.rows),
        left_out=state.left_out,
        replaces=state.replaced,
        returns=tuple(
            Mentioned(
                one.read.file,
                one.read.header.revision if one.read.header else None,
                one.read.fingerprint,
                one.fate,
            )
            for one in mine
        ),
        findings=tuple(
            finding
            for finding in merged.findings
            if finding.place.file in files or finding in state.findings
        ),
        merged_at=merged.newest_at,
        is_sample=merged.is_sample,
    )


def _newest(one: Outcome) -> tuple[int, str, str]:
    header = one.read.header
    assert header is not None  # an outcome is that of a return whose borough is known
    at = header.prepared_at.isoformat() if header.prepared_at else ""
    return header.revision or 0, at, one.read.file


def _not_a_receipt(path: Path) -> Problem:
    return Problem(
        f"“{path.name}” is not a receipt.",
        "Choose the file that LOTI sent back, whose name ends in “receipt.json”.",
    )


# --- reading, every value of the type that it must have -----------------------------------------


def _taken(found: Mapping[str, Any]) -> Receipt:
    state = Fate(_text(found["state"]))
    if state not in _STATES:
        raise ValueError(state)
    at = found["merged_at"]
    return Receipt(
        borough_code=_text(found["borough_code"]),
        borough_name=_text(found["borough_name"]),
        period=Quarter.parse(_text(found["period"])),
        state=state,
        revision=_number_or_none(found["revision"]),
        fingerprint=_text(found["fingerprint"]),
        rows={_text(name): _number(count) for name, count in _of(found["rows"], dict).items()},
        left_out=_number(found["left_out"]),
        replaces=_all(found["replaces"], _text),
        returns=_all(found["returns"], _mentioned),
        findings=_all(found["findings"], _finding),
        merged_at=None if at is None else datetime.fromisoformat(_text(at)),
        is_sample=_of(found["is_sample"], bool),
    )


def _mentioned(one: Mapping[str, Any]) -> Mentioned:
    return Mentioned(
        _text(one["file"]),
        _number_or_none(one["revision"]),
        _text(one["fingerprint"]),
        Fate(_text(one["state"])),
    )


def _finding(one: Mapping[str, Any]) -> Finding:
    place = Place(
        file=_text(one["file"]),
        sheet=_text(one["sheet"]),
        row=_number_or_none(one["row"]),
        column=_text(one["column"]),
        heading=_text(one["heading"]),
        field=_text(one["field"]),
        value=_text(one["value"]),
    )
    return Finding(
        Level(_text(one["level"])),
        _text(one["code"]),
        _text(one["message"]),
        _text(one["remedy"]),
        place,
    )


def _all(found: object, take: Callable[[Any], _T]) -> tuple[_T, ...]:
    return tuple(take(one) for one in _of(found, list))


def _of(value: object, kind: type[_T]) -> _T:
    if not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value


def _text(value: object) -> str:
    return _of(value, str)


def _number(value: object) -> int:
    if isinstance(value, bool):
        raise TypeError("int")
    return _of(value, int)


def _number_or_none(value: object) -> int | None:
    return None if value is None else _number(value)
