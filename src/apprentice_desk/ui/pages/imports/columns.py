"""What the steps of an import say: the list of rows, the sums, the sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from apprentice_desk.domain import durations
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.identifiers import is_temporary_uln
from apprentice_desk.imports.applying import Applied, why_refused
from apprentice_desk.imports.apprentices import ApprenticeEntry
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import BY_HAND, Fate, ReviewedRow
from apprentice_desk.imports.steps import Journey
from apprentice_desk.records.apprentices import KnownPerson
from apprentice_desk.ui.kit.rows import Badge, Column

_BADGES = {
    Fate.IMPORTED: Badge("Comes in", "good", "check"),
    Fate.SKIPPED: Badge("Left out", "quiet", "minus"),
    Fate.REFUSED: Badge("Refused", "danger", "circle-alert"),
}
BY_YOU = Badge("Left out by you", "note", "minus")
"""The badge of a row that a person left out, and may take in again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list with its fate, as the review shows it."""

    id: int
    row: ReviewedRow[Any]
    why: str

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        return self.row.fate

    @property
    def badge(self) -> Badge:
        """What becomes of it, in a word."""
        return BY_YOU if self.row.reason == BY_HAND else _BADGES[self.row.fate]


def lines(review: AnyReview) -> list[Line]:
    """Return every row of *review*."""
    return [Line(row.number, row, _why(row)) for row in review.rows]


def _why(row: ReviewedRow[Any]) -> str:
    if row.fate is Fate.REFUSED:
        cell = " ".join(part for part in (row.place.column, row.place.heading) if part)
        value = f" says “{row.place.value}”" if row.place.value else " is blank"
        where = f"{cell}{value}: " if cell else ""
        return f"{where}{why_refused(row)}"
    if row.fate is Fate.SKIPPED:
        return row.reason
    return " ".join(f"{note.message} {note.remedy}".strip() for note in row.findings)


def _of(kind: type, show: Callable[[Any], Any]) -> Callable[[Line], Any]:
    """Return how a column shows an entry; rows without one show nothing there."""

    def shown(line: Line) -> Any:
        entry = line.row.entry
        return show(entry) if isinstance(entry, kind) else None

    return shown


_ROW = Column("Row", lambda row: row.id, sort=lambda row: row.id, right=True, width=6)
_FATE = Column("What happens", lambda row: row.badge, kind="badge", width=15)
_WHY = Column("Why, or worth a look", lambda row: row.why, kind="quiet", width=20)

HOURS = (
    _ROW,
    _FATE,
    Column("Who", _of(HoursEntry, lambda entry: entry.person), kind="strong", width=14),
    Column(
        "Day",
        _of(HoursEntry, lambda entry: table_day(entry.details.done_on)),
        sort=_of(HoursEntry, lambda entry: entry.details.done_on),
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
    _FATE,
    Column("Who", _of(ApprenticeEntry, lambda entry: entry.name), kind="strong", width=14),
    Column(
        "Course",
        _of(
            ApprenticeEntry,
            lambda entry: entry.details.standard_code or entry.details.course_title,
        ),
        width=12,
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
        width=13,
    ),
    Column(
        "Person",
        _of(ApprenticeEntry, lambda entry: "new" if entry.is_new_person else "known"),
        width=8,
    ),
    _WHY,
)


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of the review of a list."""
    return HOURS if kind is Kind.HOURS else APPRENTICES


def counted(count: int, thing: str, many: str = "") -> str:
    """Return "1 row" or "2 rows"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {many or thing + 's'}"


def sums(review: AnyReview) -> str:
    """Return the rows, and for hours the time, as sums that add up."""
    numbers = {fate: review.count(fate) for fate in Fate}
    said = (
        f"{counted(review.count(), 'row')} read = {numbers[Fate.IMPORTED]:,} that come in"
        f" + {numbers[Fate.SKIPPED]:,} left out + {numbers[Fate.REFUSED]:,} refused."
    )
    if review.kind is not Kind.HOURS:
        return said
    inside = review.minutes(Fate.IMPORTED)
    return (
        f"{said} {durations.sentence(review.minutes())} read = {durations.sentence(inside)} that"
        f" come in + {durations.sentence(review.minutes() - inside)} left out or refused."
    )


def found(journey: Journey) -> str:
    """Return where the list was found in the file."""
    table = journey.table
    if table is None:
        return ""
    sheet = f"Sheet “{table.sheet}”: the" if len(journey.sheets) > 1 else "The"
    return (
        f"{sheet} headings stand in row {table.heading_row}, with"
        f" {counted(len(table.rows), 'row')} below."
    )


def done(journey: Journey, applied: Applied) -> str:
    """Return what was brought in."""
    if journey.kind is Kind.HOURS:
        what = counted(applied.rows, "entry of hours", "entries of hours")
    else:
        what = counted(applied.rows, "apprenticeship")
    parts = [f"{what} came in"]
    if applied.people_added:
        parts.append(counted(applied.people_added, "person was added", "people were added"))
    if applied.providers_added:
        parts.append(counted(applied.providers_added, "provider was added", "providers were added"))
    return f"{', '.join(parts)}."


def people(known: Iterable[KnownPerson]) -> list[tuple[str, str]]:
    """Return what stands for each person in the options of an import, and their name."""
    made: dict[object, tuple[str, str]] = {}
    for each in known:
        uln = each.uln if each.uln and not is_temporary_uln(each.uln) else ""
        made.setdefault(each.apprentice_id, (uln or each.email or each.name, each.name))
    return list(made.values())
