"""The list of rows that an import reviews: a line of it, and its columns for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apprentice_desk.domain import durations
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.imports import fates
from apprentice_desk.imports.apprentices import ApprenticeEntry
from apprentice_desk.imports.contracts import ContractEntry
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.payments import PaymentEntry
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import BY_HAND, Fate, ReviewedRow
from apprentice_desk.ui.kit.rows import Badge, Column

_BADGES = {
    Fate.IMPORTED: Badge("Comes in", "good", "check"),
    Fate.SKIPPED: Badge("Left out", "quiet", "minus"),
    Fate.REFUSED: Badge("Refused", "danger", "circle-alert"),
}
_NOT_COUNTING = Badge("Not counting", "good", "check")
_TWIN = Badge("Looks double", "warning", "copy")
_WAITS = Badge("Provider not known", "warning", "circle-question-mark")
_UNPAID = Badge("Not paid", "quiet", "clock")
_ASKS_REFUND = Badge("Refund?", "warning", "circle-question-mark")
_CHANGE = Badge("Change to accept", "note", "pencil")
_ACCEPTED = Badge("Changes", "good", "check")
BY_YOU = Badge("Left out by you", "note", "minus")
"""The badge of a row that a person left out, and may take in again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list with its fate, as the review shows it."""

    id: int
    row: ReviewedRow[Any]
    why: str

    @property
    def where(self) -> str:
        """The row, or the cell of a grid, in its sheet."""
        return self.row.at.partition(_IN_SHEET)[0] or str(self.id)

    @property
    def sheet(self) -> str:
        """The sheet that it stands in, where several are read."""
        return self.row.at.partition(_IN_SHEET)[2]

    @property
    def called(self) -> str:
        """What a sentence calls it."""
        return self.row.at or f"Row {self.id}"

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        return self.row.fate

    @property
    def badge(self) -> Badge:
        """What becomes of it, in a word."""
        row = self.row
        if row.reason == BY_HAND:
            return BY_YOU
        if row.fate is Fate.IMPORTED:
            if row.correction is not None:
                return _ACCEPTED
            entry = row.entry
            is_not_counting = isinstance(entry, HoursEntry) and not entry.details.counts
            return _NOT_COUNTING if is_not_counting else _BADGES[row.fate]
        if row.waits:
            if isinstance(row.offered, PaymentEntry):
                return _UNPAID if row.offered.is_unpaid else _ASKS_REFUND
            return _WAITS
        if row.offered is not None:
            return _TWIN if row.is_twin else _CHANGE
        return _BADGES[row.fate]

    @property
    def is_turnable(self) -> bool:
        """Whether a person may take the row in or leave it out."""
        row = self.row
        return row.fate is Fate.IMPORTED or row.reason == BY_HAND or row.offered is not None

    @property
    def is_offered(self) -> bool:
        """Whether it waits for a person's word, or has got it."""
        return self.row.offered is not None


def lines(review: AnyReview) -> list[Line]:
    """Return every row of *review*."""
    return [Line(row.number, row, _why(row)) for row in review.rows]


def _why(row: ReviewedRow[Any]) -> str:
    if row.fate is Fate.REFUSED:
        place = row.place
        column = f"column {place.column}" if place.column else ""
        cell = f"{place.heading} ({column})" if place.heading and column else column
        value = f" says “{place.value}”" if place.value else " is blank"
        where = f"{cell or place.heading}{value}: " if cell or place.heading else ""
        return f"{where}{fates.why_refused(row)}"
    if row.fate is Fate.SKIPPED:
        return row.reason
    said = [f"Corrects {row.correction.said}."] if row.correction is not None else []
    if isinstance(row.entry, HoursEntry) and row.entry.why_not:
        said.append(row.entry.why_not)
    said += [f"{note.message} {note.remedy}".strip() for note in row.findings]
    return " ".join(said)


def _of(
    kind: type,
    show: Callable[[Any], Any],
    otherwise: Callable[[ReviewedRow[Any]], Any] = lambda _row: None,
) -> Callable[[Line], Any]:
    """Return how a column shows an entry, and a row without one *otherwise*: as nothing."""

    def shown(line: Line) -> Any:
        entry = line.row.entry if line.row.entry is not None else line.row.offered
        return show(entry) if isinstance(entry, kind) else otherwise(line.row) or None

    return shown


_IN_SHEET = " in "  # a place in short is "C7", or "C7 in May" where several sheets are read
_ROW = Column("Row", lambda row: row.where, sort=lambda row: row.id, right=True, width=6)
_SHEET = Column("Sheet", lambda row: row.sheet, width=9)
SHEET_PLACE = 1
"""The place of the column that says the sheet; it is shown where several are read."""
_FATE = Column("What happens", lambda row: row.badge, kind="badge", width=17)
_WHY = Column("Why, or worth a look", lambda row: row.why, kind="quiet", width=20)

HOURS = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Who",
        _of(HoursEntry, lambda entry: entry.person, lambda row: row.who),
        kind="strong",
        width=14,
    ),
    Column(
        "Day",
        _of(HoursEntry, lambda entry: table_day(entry.details.done_on)),
        sort=_of(HoursEntry, lambda entry: entry.details.done_on),
        holds="date",
        value=_of(HoursEntry, lambda entry: entry.details.done_on),
        width=13,
    ),
    Column(
        "Time",
        lambda row: durations.grid(row.row.minutes) if row.row.minutes else None,
        sort=lambda row: row.row.minutes or None,
        right=True,
        width=6,
    ),
    Column("What", _of(HoursEntry, lambda entry: entry.details.what), width=16),
    _WHY,
)

APPRENTICES = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Who",
        _of(ApprenticeEntry, lambda entry: entry.name, lambda row: row.who),
        kind="strong",
        width=14,
    ),
    Column(
        "Course",
        _of(ApprenticeEntry, lambda entry: entry.course),
        width=24,
    ),
    Column(
        "Starts",
        _of(
            ApprenticeEntry,
            lambda entry: (
                table_day(entry.details.training_started_on)
                if entry.details.training_started_on
                else None
            ),
        ),
        sort=_of(ApprenticeEntry, lambda entry: entry.details.training_started_on),
        holds="date",
        value=_of(ApprenticeEntry, lambda entry: entry.details.training_started_on),
        width=13,
    ),
    Column(
        "Person",
        _of(ApprenticeEntry, lambda entry: "new" if entry.is_new_person else "known"),
        width=8,
    ),
    _WHY,
)


def _contract_day(name: str, heading: str) -> Column:
    def day(entry: ContractEntry) -> Any:
        return getattr(entry.details, name)

    return Column(
        heading,
        _of(ContractEntry, lambda entry: table_day(day(entry)) if day(entry) else None),
        sort=_of(ContractEntry, day),
        holds="date",
        value=_of(ContractEntry, day),
        width=11,
    )


CONTRACTS = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Reference",
        _of(ContractEntry, lambda entry: entry.details.reference, lambda row: row.who),
        kind="strong",
        width=16,
    ),
    Column("Provider", _of(ContractEntry, lambda entry: entry.provider.details.name), width=20),
    _contract_day("starts_on", "Starts"),
    _contract_day("ends_on", "Ends"),
    _WHY,
)

PAYMENTS = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Paid on",
        _of(PaymentEntry, lambda entry: table_day(entry.details.paid_on)),
        sort=_of(PaymentEntry, lambda entry: entry.details.paid_on),
        holds="date",
        value=_of(PaymentEntry, lambda entry: entry.details.paid_on),
        width=11,
    ),
    Column("Contract", _of(PaymentEntry, lambda entry: entry.contract), width=13),
    Column(
        "For",
        _of(
            PaymentEntry,
            lambda entry: entry.person or "Nobody in particular",
            lambda row: row.who,
        ),
        kind="strong",
        width=14,
    ),
    Column(
        "Amount",
        _of(PaymentEntry, lambda entry: show_pounds(entry.paid)),
        sort=_of(PaymentEntry, lambda entry: entry.paid),
        right=True,
        holds="money",
        value=_of(PaymentEntry, lambda entry: entry.paid),
        width=11,
    ),
    Column(
        "What for",
        _of(PaymentEntry, lambda entry: str(entry.details.kind or "")),
        width=14,
    ),
    Column(
        "Then still to pay",
        _of(
            PaymentEntry,
            lambda entry: "not known" if entry.left is None else show_pounds(entry.left),
        ),
        sort=_of(PaymentEntry, lambda entry: entry.left),
        right=True,
        holds="money",
        value=_of(PaymentEntry, lambda entry: entry.left),
        width=14,
    ),
    _WHY,
)

_COLUMNS = {
    Kind.APPRENTICES: APPRENTICES,
    Kind.HOURS: HOURS,
    Kind.CONTRACTS: CONTRACTS,
    Kind.PAYMENTS: PAYMENTS,
}


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of the review of a list."""
    return _COLUMNS[kind]
