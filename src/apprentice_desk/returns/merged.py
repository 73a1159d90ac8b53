"""What a merge comes to: the returns that stand, what became of the others, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding
from apprentice_desk.returns.schema import ReturnSchema
from apprentice_desk.returns.workbook import ReadReturn


class State(StrEnum):
    """How a borough's return came through the merge."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CONFLICT = "conflict"
    NOT_RECEIVED = "not received"


class Fate(StrEnum):
    """What became of one file, or of a borough that sent none."""

    ACCEPTED = "accepted"
    PARTLY = "accepted in part"
    REPLACED = "replaced"
    COPY = "same as another"
    OTHER_PERIOD = "another period"
    CONFLICT = "conflict"
    REFUSED = "refused"
    NOT_RECEIVED = "not received"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One return of a known borough for the period, and what became of it."""

    read: ReadReturn
    fate: Fate

    @property
    def borough_code(self) -> str:
        """Whose it is."""
        assert self.read.header is not None  # else nobody knows whose it is
        return self.read.header.borough_code

    @property
    def stands(self) -> bool:
        """Whether it is the one whose rows are merged."""
        return self.fate in (Fate.ACCEPTED, Fate.PARTLY)


@dataclass(frozen=True, slots=True)
class BoroughState:
    """What became of one borough's returns for the period.

    *file* is the one that stands, or those in conflict or refused; *replaced* are older ones that
    it stands in for, the newest first; *copies* are other files with the same return.  *rows* are
    counted by sheet, *left_out* are those that do not count.  *findings* are about no single file.
    *reason* says in a sentence why it is so, where there is something to say.
    """

    code: str
    name: str
    state: State
    file: str = ""
    replaced: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    revision: int | None = None
    prepared_at: datetime | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0
    findings: tuple[Finding, ...] = ()
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the state as `merge --json` writes it."""
        return {
            "code": self.code,
            "name": self.name,
            "state": self.state.value,
            "reason": self.reason,
            "left_out": self.left_out,
            "file": self.file,
            "replaced": list(self.replaced),
            "revision": self.revision,
            "rows": dict(self.rows),
        }


@dataclass(frozen=True, slots=True)
class Merged:
    """The returns that stand, in the order of borough codes, and all that was found on the way.

    *period* is None if no return could be read.  *is_sample* marks a merge of samples.
    *outcomes* are all returns for the period, by borough and file; *previous* are the returns that
    stand for the period before, which are only compared with.
    """

    schema: ReturnSchema
    period: Quarter | None
    is_sample: bool
    returns: tuple[ReadReturn, ...]
    boroughs: tuple[BoroughState, ...]
    findings: tuple[Finding, ...]
    fingerprint: str
    outcomes: tuple[Outcome, ...] = ()
    previous: tuple[ReadReturn, ...] = ()

    @property
    def newest_at(self) -> datetime | None:
        """When the newest of the returns that stand was prepared, as far as they say."""
        headers = [one.header for one in self.returns if one.header is not None]
        return max((one.prepared_at for one in headers if one.prepared_at), default=None)

    @property
    def row_counts(self) -> dict[str, int]:
        """How many rows were merged, by sheet."""
        return {
            sheet.name: sum(one.row_counts[sheet.name] for one in self.returns)
            for sheet in self.schema.sheets
        }

    def as_json(self) -> dict[str, object]:
        """Return what `merge --json` writes."""
        return {
            "period": str(self.period) if self.period else "",
            "is_sample": self.is_sample,
            "findings": [finding.as_json() for finding in self.findings],
            "rows": self.row_counts,
            "fingerprint": self.fingerprint,
            "boroughs": [borough.as_json() for borough in self.boroughs],
        }
