"""What stands above a log of hours: whose it is, and what the sheet says of the apprenticeship.

Keys are recognised by the words that head the columns of lists of apprentices, with the value in
the same cell ("Name: Ada King"), in the next one, or, for keys in a row, below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from apprentice_desk.domain import durations
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import differences, headings, values
from apprentice_desk.imports.corrections import Change
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import Kind, field_named
from apprentice_desk.imports.identifying import Clues
from apprentice_desk.imports.keys import in_one_cell
from apprentice_desk.imports.reading import BodyRow, Table, letter
from apprentice_desk.imports.training_providers import Providers
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.sheets import Cell

_OF_A_LOG = {
    "full_name": "full_name", "uln": "uln", "email": "email", "reference": "employee_reference",
}  # fmt: skip
_SURE = 0.85
_MOST_ROWS = 60
_LONGEST_KEY = 60


def _end(cell: Cell) -> Any:
    return values.day(cell, end=True)


_READERS: Mapping[str, Callable[[Cell], Any]] = MappingProxyType(
    {
        "full_name": values.name,
        "uln": values.uln,
        "email": values.code,
        "employee_reference": values.code,
        "course": values.said,
        "provider": values.said,
        "training_started_on": values.day,
        "training_planned_end_on": _end,
        "agreed_minutes": values.minutes,
        "weekly_minutes": values.minutes,
        "line_manager": values.name,
        "mentor": values.name,
    }
)
_WHOSE = frozenset({"full_name", "uln", "email", "employee_reference"})


@dataclass(frozen=True, slots=True)
class Said:
    """One value that stands above the list, as it was read and as it is shown."""

    field: str
    words: str
    value: Any
    shown: str
    place: Place


@dataclass(frozen=True, slots=True)
class Preamble:
    """Everything that is understood of what stands above a list."""

    said: tuple[Said, ...] = ()

    def get(self, field: str) -> Any:
        """Return the value of a field, None where nothing is said."""
        return next((each.value for each in self.said if each.field == field), None)

    @property
    def clues(self) -> Clues:
        """Who the list is about."""
        return Clues(
            self.get("uln") or "",
            self.get("employee_reference") or "",
            self.get("email") or "",
            self.get("full_name") or "",
        )

    @property
    def facts(self) -> tuple[Said, ...]:
        """What is said besides who it is."""
        return tuple(each for each in self.said if each.field not in _WHOSE)

    def changes_of(
        self, before: ApprenticeDetails, courses: Courses, known_providers: Providers
    ) -> tuple[Change, ...]:
        """Return what is said otherwise than in the details of an apprenticeship."""
        starts, ends = self.get("training_started_on"), self.get("training_planned_end_on")
        said = ApprenticeDetails(
            training_started_on=starts.day if starts else None,
            is_start_day_given=starts is None or starts.is_day_given,
            training_planned_end_on=ends.day if ends else None,
            is_end_day_given=ends is None or ends.is_day_given,
            agreed_minutes=self.get("agreed_minutes"),
            weekly_minutes=self.get("weekly_minutes"),
            line_manager=self.get("line_manager") or "",
            mentor=self.get("mentor") or "",
        )
        changes = differences.of_details(before, said)
        standard = courses.find(self.get("course") or "").standard
        if standard is not None:
            old = courses.with_code(before.standard_code)
            changes += differences.of_course(
                before, standard.code, standard.title, old.title if old else ""
            )
        choice = known_providers.choose(self.get("provider") or "")
        return (*changes, *differences.of_provider(before, choice, known_providers.names))

    @property
    def sentence(self) -> str:
        """All of it in a sentence, "" where nothing is said."""
        if not self.said:
            return ""
        return f"The sheet also says: {'; '.join(f'{s.words}: {s.shown}' for s in self.said)}."

    def notes(self) -> tuple[Finding, ...]:
        """Return a note for each fact, where nobody can be asked whether it is taken over."""
        return tuple(
            Finding(
                Level.NOTE,
                "IM410",
                f"The sheet also says: {each.words}: {each.shown}.",
                "It is not taken over; import the list in the window, or enter it by hand.",
                each.place,
            )
            for each in self.facts
        )


def read(table: Table) -> Preamble:
    """Return what is understood of what stands above *table*; the first of two is kept."""
    return read_rows(table, table.preamble)


def read_rows(table: Table, rows: Sequence[BodyRow], sheet: str = "") -> Preamble:
    """Return what is understood of some rows that are no entries; the first of two is kept."""
    found: dict[str, Said] = {}
    rows = rows[-_MOST_ROWS:]
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else None
        for index, cell in enumerate(row.cells):
            if not isinstance(cell, str):
                continue
            for line in values.text(cell).split("\n"):
                for field, value, column, number in _pairs(line, row, index, below):
                    said = _said(table, field, value, column, number, row.cells[index], sheet)
                    if said is not None:
                        found.setdefault(field, said)
    return Preamble(tuple(found.values()))


def _pairs(
    line: str, row: BodyRow, index: int, below: BodyRow | None
) -> list[tuple[str, Cell, int, int]]:
    _, colon, rest = line.partition(":")
    if colon and rest.strip():
        told = [(_field(key), value) for key, value in in_one_cell(line)]
        return [(field, value, index, row.number) for field, value in told if field and value]
    field = _field(line.rstrip(": "))
    if not field:
        return []
    for at in range(index + 1, len(row.cells)):
        cell = row.cells[at]
        if values.is_blank(cell):
            continue
        if isinstance(cell, str) and (_field(cell.partition(":")[0])):
            break  # the next key: what belongs to this one may stand below
        return [(field, cell, at, row.number)]
    if below is not None and index < len(below.cells):
        cell = below.cells[index]
        if not values.is_blank(cell) and not (
            isinstance(cell, str) and _field(cell.partition(":")[0])
        ):
            return [(field, cell, index, below.number)]
    return []


def _field(words: str) -> str:
    """Return the field that *words* are surely a key of, "" if of none."""
    words = " ".join(words.split())
    if not words or len(words) > _LONGEST_KEY:
        return ""
    scores = headings.heading_scores(words, Kind.APPRENTICES)
    best = max(scores, key=lambda name: scores[name], default="")
    if best and scores[best] >= _SURE:
        return best if best in _READERS else ""
    # Words that head whose hours they are in a log, such as "Student".
    own = headings.heading_scores(words, Kind.HOURS)
    best = max(own, key=lambda name: own[name], default="")
    return _OF_A_LOG.get(best, "") if best and own[best] >= _SURE else ""


def _said(
    table: Table, field: str, value: Cell, column: int, number: int, key: Cell, sheet: str
) -> Said | None:
    try:
        read_ = _READERS[field](value)
    except ValueError:
        return None
    if read_ in (None, ""):
        return None
    place = Place(
        table.file_name, sheet or table.sheet, number, letter(column), values.line(key), field,
        values.text(value),
    )  # fmt: skip
    return Said(field, field_named(Kind.APPRENTICES, field).words, read_, _shown(read_), place)


def _shown(value: Any) -> str:
    if isinstance(value, int):
        return durations.sentence(value)
    if isinstance(value, str):
        return value
    return show_day(value.day) if value.is_day_given else f"{value.day:%B %Y}"
