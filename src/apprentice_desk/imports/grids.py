"""Tables with days, people or activities across: each cell of hours becomes a row of its own.

A grid is told from a log by its headings: three or more that name days, weeks or months over
lengths of time, or, beside a column of days, the names of people or of activities.  Every row that
is made remembers the cell that it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from apprentice_desk.imports import labels, values, week_rows
from apprentice_desk.imports.fields import (
    GROUPED,
    OF_PEOPLE,
    PERSON_FIELDS,
    Holds,
    Kind,
    grid_words,
    plain,
    synonyms,
)
from apprentice_desk.imports.header_rows import carried
from apprentice_desk.imports.headings import ENOUGH, cells_fit, heading_scores
from apprentice_desk.imports.labels import Label, Labels, Stretch
from apprentice_desk.resources import activity_words
from apprentice_desk.sheets import Cell, SheetCells

_SAMPLE = 60
_LIKELY = 0.6
_SURE = 0.9
_PREAMBLE = 40
_MOST_ACROSS = 800
_PLAIN_MOST = {Stretch.DAY: 24, Stretch.WEEKDAY: 24, Stretch.WEEK: 60, Stretch.MONTH: 250}


class Axis(StrEnum):
    """What stands across."""

    DAYS = "days"
    PEOPLE = "people"
    ACTIVITIES = "activities"


@dataclass(frozen=True, slots=True)
class Across:
    """One heading of the grid: the column of its hours, what it says, the columns beside them."""

    column: int
    words: str
    label: Label | None = None
    extras: tuple[tuple[str, int], ...] = ()
    """Further columns under the same heading, each with its own heading."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid in a sheet; rows and columns are counted from 0.

    *down* are the columns that say what each row is about, with their headings.
    """

    sheet: SheetCells
    axis: Axis
    first: int
    at: int
    body: int
    across: tuple[Across, ...]
    down: tuple[tuple[str, int], ...]
    around: tuple[str, ...] = ()
    starts: date | None = None
    are_minutes: bool = False
    is_without_year: bool = False
    are_weeks_counted: bool = False
    weeks: tuple[tuple[int, date], ...] = ()
    """The Mondays of the weeks that rows between name, each with the row that does."""

    def monday_at(self, row: int) -> date | None:
        """Return the Monday of the week that is named above a row, counted from 0."""
        return next((monday for at, monday in reversed(self.weeks) if at < row), None)

    @property
    def stretch(self) -> Stretch | None:
        """What a heading stands for; None where no days stand across."""
        label = self.across[0].label if self.across else None
        return label.stretch if label else None

    @property
    def extras(self) -> tuple[str, ...]:
        """The headings that are repeated beside the hours."""
        return tuple(heading for heading, _ in self.across[0].extras) if self.across else ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the rows that the grid becomes: what it is about, across, hours."""
        words = synonyms(Kind.HOURS)
        named = {
            Axis.DAYS: words["done_on"][0],
            Axis.PEOPLE: words["full_name"][0],
            Axis.ACTIVITIES: words["activity"][0],
        }[self.axis]
        length = words["minutes"][0] if self.are_minutes else "hours"
        if self.stretch is Stretch.WEEKDAY:
            own = tuple(
                each for each, column in self.down if column != self.week_column
            )  # the day takes the place of the week's first
        else:
            own = tuple(each for each, _ in self.down)
        return (*own, *self.extras, named.capitalize(), length.capitalize())

    def _entries(self) -> list[tuple[Cell, ...]]:
        """Return the first rows but those with one cell, the headings again, and sums."""
        above = self.sheet.rows[self.at]
        return [
            row
            for row in self.sheet.rows[self.body : self.body + _SAMPLE]
            if sum(not values.is_blank(cell) for cell in row) > 1
            and row != above
            and not any(plain(values.line(c)) in grid_words().totals for c in row[:2])
        ]

    @property
    def week_column(self) -> int | None:
        """The column that says which week a row is of; None where there is none."""
        for heading, column in self.down:
            told = [row[column] for row in self._entries()]
            fit = cells_fit(told, Holds.DAY, heading)
            if fit is not None and fit >= _LIKELY:
                return column
        return None


def find(sheet: SheetCells, at: int, file_name: str) -> Grid | None:
    """Return the grid whose headings stand in the row at *at*; None where there is none."""
    if at + 1 >= len(sheet.rows):
        return None
    cells = sheet.rows[at]
    told = [cell for cell in cells if not values.is_blank(cell)]
    if not 3 <= len(told) <= _MOST_ACROSS:
        return None
    around = _around(sheet, at, file_name)
    return _of_days(sheet, at, around) or _of_people_or_activities(sheet, at, around)


def _around(sheet: SheetCells, at: int, file_name: str) -> tuple[str, ...]:
    above = [
        values.line(cell)
        for row in reversed(sheet.rows[max(0, at - _PREAMBLE) : at])
        for cell in row
        if isinstance(cell, str | int) and not values.is_blank(cell)
    ]
    return (*above, sheet.name, file_name)


def _starts(sheet: SheetCells, at: int) -> date | None:
    """Return the day above the table that weeks may be counted from."""
    for row in sheet.rows[max(0, at - _PREAMBLE) : at]:
        words = [values.line(cell) for cell in row if isinstance(cell, str)]
        if any(re.search(r"\bstart|week 1\b|commenc|begin", each, re.IGNORECASE) for each in words):
            for cell in row:
                try:
                    day = values.day(cell)
                except ValueError:
                    continue
                if day is not None and day.is_day_given:
                    return day.day
    return None


def _of_days(sheet: SheetCells, at: int, around: Sequence[str]) -> Grid | None:
    starts = _starts(sheet, at)
    found = labels_at(sheet, at, around, starts)
    if found is None:
        return None
    if found.is_without_year:
        return Grid(sheet, Axis.DAYS, at, at, at + 1, (), (), is_without_year=True)
    across = [
        Across(column, values.line(sheet.rows[at][column]), label)
        for column, label in found.by_column.items()
    ]
    if not _rises([each.label.first for each in across if each.label]):
        return None
    body = at + 1
    blocks = _blocks(sheet, at, across)
    if blocks is not None:
        across, body = blocks, at + 2
    if not _are_hours(sheet, body, [each.column for each in across]):
        return None
    first = at - 1 if at and _groups(sheet, at) else at
    grid = Grid(
        sheet, Axis.DAYS, first, at, body, tuple(across),
        _down(sheet, at, body, across, Axis.DAYS), tuple(around), starts,
        are_weeks_counted=found.are_weeks_counted,
    )  # fmt: skip
    if grid.stretch is Stretch.WEEKDAY and grid.week_column is None:
        marks = week_rows.marks_in(enumerate(sheet.rows), around)
        weeks = sorted((row, week_rows.monday_of(label)) for row, label in marks.items())
        if not weeks or weeks[0][0] > at:
            return None
        grid = replace(grid, weeks=tuple(weeks))
    return replace(grid, are_minutes=_are_minutes(grid))


def _groups(sheet: SheetCells, at: int) -> tuple[str, ...]:
    """Return the words above each cell of a row, where they are few and short."""
    if at == 0:
        return ()
    told = [cell for cell in sheet.rows[at - 1] if not values.is_blank(cell)]
    if not told or any(len(values.line(cell)) > 40 for cell in told):
        return ()
    return carried(sheet, at - 1)


def labels_at(
    sheet: SheetCells, at: int, around: Sequence[str], starts: date | None
) -> Labels | None:
    """Return which cells of the row at *at* name days, with the words above them and around."""
    cells = sheet.rows[at]
    groups = _groups(sheet, at)
    found = labels.read(cells, groups, around, starts)
    if found is None and not groups:
        return None
    if found is None:  # day numbers under the name of a month; else the title names the month
        whole = [" ".join(around[:6])] * len(cells)
        return labels.read(cells, whole, around, starts)
    return found


def _rises(days: Sequence[date]) -> bool:
    return all(later > earlier for earlier, later in pairwise(days))


def _blocks(sheet: SheetCells, at: int, across: Sequence[Across]) -> list[Across] | None:
    """Return the columns of hours where each heading has several headings below it."""
    own = sheet.rows[at + 1]
    told = [cell for cell in own if not values.is_blank(cell)]
    if len(told) < 2 * len(across) - 1 or not all(isinstance(cell, str) for cell in told):
        return None
    columns = [each.column for each in across]
    width = min(later - earlier for earlier, later in pairwise(columns))
    made = []
    for each in across:
        inside = range(each.column, min(each.column + width, len(own)))
        of_hours = [column for column in inside if _is_length(own[column])]
        if not of_hours:
            return None
        done = [c for c in of_hours if grid_words().done & set(plain(values.line(own[c])).split())]
        hours = (done or of_hours)[0]
        extras = tuple(
            (values.line(own[column]), column)
            for column in inside
            if column not in of_hours and _says_something(values.line(own[column]))
        )
        made.append(replace(each, column=hours, extras=extras))
    return made if len({tuple(h for h, _ in each.extras) for each in made}) == 1 else None


def _is_length(cell: Cell) -> bool:
    words = values.line(cell)
    if not words or grid_words().planned & {plain(words), *plain(words).split()}:
        return False
    if grid_words().done & set(plain(words).split()):
        return True
    scores = heading_scores(words, Kind.HOURS)
    best = max(scores, key=lambda name: scores[name], default="")
    return best in ("duration", "minutes") and scores[best] >= ENOUGH


def _says_something(words: str) -> bool:
    scores = heading_scores(words, Kind.HOURS)
    best = max(scores, key=lambda name: scores[name], default="")
    return (
        bool(best) and scores[best] >= ENOUGH and best in ("details", "title", "ksbs", "activity")
    )


def _are_hours(sheet: SheetCells, body: int, columns: Sequence[int]) -> bool:
    """Return whether what stands below headings are mostly lengths of time."""
    lengths = others = 0
    heading = sheet.rows[body - 1]
    for row in sheet.rows[body : body + _SAMPLE]:
        if row == heading:
            continue  # headings are repeated in each block
        for column in columns:
            cell = row[column]
            if not values.said(cell) or plain(values.line(cell)) in grid_words().nothing_done:
                continue
            if length_of(cell) is None:
                others += 1
            else:
                lengths += 1
    return lengths > 0 and lengths >= _LIKELY * (lengths + others)


def length_of(cell: Cell) -> int | None:
    """Return the minutes in a cell; None where it holds no length of time."""
    if isinstance(cell, date | bool):
        return None
    try:
        return values.minutes(cell)
    except ValueError:
        return None


def _of_people_or_activities(sheet: SheetCells, at: int, around: Sequence[str]) -> Grid | None:
    cells = sheet.rows[at]
    if not all(_is_word(cell) for cell in cells if not values.is_blank(cell)):
        return None
    below = sheet.rows[at + 1 : at + 1 + _SAMPLE]
    fits = [cells_fit([row[c] for row in below], Holds.DAY) or 0.0 for c in range(len(cells))]
    if max(fits, default=0.0) < _LIKELY:
        return None
    numeric = [
        column
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and fits[column] < _LIKELY
        and _are_hours(sheet, at + 1, [column])
    ]  # fmt: skip
    known = activity_words()
    activities = [c for c in numeric if values.activity_named(values.line(cells[c]), known)]
    people = [column for column in numeric if is_a_name(values.line(cells[column]))]
    chosen, axis = (activities, Axis.ACTIVITIES) if activities else (people, Axis.PEOPLE)
    if len(chosen) < 2:
        return None
    across = [Across(column, values.line(cells[column])) for column in chosen]
    grid = Grid(
        sheet, axis, at, at, at + 1, tuple(across), _down(sheet, at, at + 1, across, axis),
        tuple(around),
    )  # fmt: skip
    return replace(grid, are_minutes=_are_minutes(grid))


def _is_word(cell: Cell) -> bool:
    """Whether a cell may be a heading that is no day, number or length of time."""
    if not isinstance(cell, str) or length_of(cell) is not None:
        return False
    try:
        return values.day(cell) is None
    except ValueError:
        return True


_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:,? [^\W\d_][\w'’.-]*){0,3}")


def is_a_name(words: str) -> bool:
    """Return whether a heading, or the name of a sheet, may be the name of a person."""
    if not _NAME.fullmatch(words) or not words[0].isupper():
        return False
    marks = grid_words()
    if {plain(words), *plain(words).split()} & (marks.totals | marks.planned | marks.done):
        return False
    return not any(
        found >= ENOUGH for kind in OF_PEOPLE for found in heading_scores(words, kind).values()
    )


def _down(
    sheet: SheetCells, at: int, body: int, across: Sequence[Across], axis: Axis
) -> tuple[tuple[str, int], ...]:
    """Return the columns that say what a row is about, each with its heading."""
    taken = {each.column for each in across} | {c for each in across for _, c in each.extras}
    first = min(each.column for each in across)
    last = max(taken)
    found: list[tuple[str, int]] = []
    over = at - 1 if at and sum(not values.is_blank(c) for c in sheet.rows[at - 1]) > 1 else at
    for column in range(len(sheet.rows[at])):
        above = [sheet.rows[row][column] for row in range(body - 1, over - 1, -1)]
        heading = next((values.line(cell) for cell in above if values.line(cell)), "")
        told = [row[column] for row in sheet.rows[body : body + _SAMPLE]]
        if column in taken or all(values.is_blank(cell) for cell in told):
            continue
        if axis is Axis.DAYS and first < column < last:
            continue  # sums between the months, and what stands beside hours
        if _is_no_clue(heading, told, axis):
            continue
        found.append((heading, column))
    if axis is Axis.PEOPLE:
        return tuple(found)
    return _with_people(sheet, body, found)


def _is_no_clue(heading: str, told: Sequence[Cell], axis: Axis) -> bool:
    marks = grid_words()
    if {plain(heading), *plain(heading).split()} & (marks.totals | marks.planned):
        return True
    scores = heading_scores(heading, Kind.HOURS)
    best = max(scores, key=lambda name: scores[name], default="")
    return best in ("duration", "minutes") and scores[best] >= ENOUGH


def _with_people(
    sheet: SheetCells, body: int, found: Sequence[tuple[str, int]]
) -> tuple[tuple[str, int], ...]:
    """Give the first column of names, or else of activities, a heading where it has none to say."""
    said = {
        name
        for heading, _ in found
        for name, score in heading_scores(heading, Kind.HOURS).items()
        if score >= ENOUGH
    }
    if said & {*PERSON_FIELDS, "activity"}:
        return tuple(found)
    words = synonyms(Kind.HOURS)
    made = list(found)
    for at, (heading, column) in enumerate(found):
        told = [
            values.line(row[column])
            for row in sheet.rows[body : body + _SAMPLE]
            if isinstance(row[column], str) and values.said(row[column])
        ]
        if not told or _says_what(heading):
            continue
        known = activity_words()
        activities = sum(values.activity_named(each, known) is not None for each in told)
        names = sum(_NAME.fullmatch(each) is not None for each in told)
        if activities * 2 > len(told):
            field = words["activity"][0]
        elif names >= _LIKELY * len(told):
            field = words["full_name"][0]
        else:
            continue
        made[at] = (f"{heading}{GROUPED}{field}" if heading else field.capitalize(), column)
        break
    return tuple(made)


def _says_what(heading: str) -> bool:
    """Whether a heading surely names what was done, so that the column holds no names."""
    scores = heading_scores(heading, Kind.HOURS)
    best = max(scores, key=lambda name: scores[name], default="")
    return best in ("details", "title") and scores[best] >= _SURE


def _are_minutes(grid: Grid) -> bool:
    """Whether plain numbers are minutes: as hours most would not fit into the time they are for."""
    most = _PLAIN_MOST[grid.stretch or Stretch.DAY]
    numbers = [
        float(number)
        for row in grid.sheet.rows[grid.body : grid.body + _SAMPLE]
        for each in grid.across
        if (number := values.plain_number(row[each.column])) is not None and number
    ]
    whole = all(number.is_integer() for number in numbers)
    return bool(numbers) and whole and sum(number > most for number in numbers) * 2 > len(numbers)
