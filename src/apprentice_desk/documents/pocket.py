"""Pocket sheets as one document: a page or two for each line manager, boxes to write hours in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from apprentice_desk.documents.tree import Block, Column, Document, Heading, NewPage, Para, Table
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import grid
from apprentice_desk.domain.pocket_sheets import PocketRow, PocketSheet, PocketWeek, Release

TITLE = "Pocket sheet"
_HOW = (
    "Write into each box how long was trained off the job that day, such as 1:30, and log it when"
    " you are back at the desk. Needs is what a week needs from now on to reach the required hours."
)
_MOST_OVERDUE = 10
_ROOMY = 2
"""Lines of a box where the sheet fits on one page all the same: they are easier to write in."""

_ROOM, _LIST, _LINE, _PERSON = 515, 45, 18.5, 60
"""Points that a page has for lists and roomy boxes; that a list's head, one of its lines and one
person's boxes take."""


def pocket_paper(
    sheets: Sequence[PocketSheet], borough: str, made_on: date, *, is_sample: bool
) -> Document:
    """Return the sheets of all these managers as one document, each beginning on its own page."""
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets):
        if number:
            blocks.append(NewPage())
        blocks += _blocks(sheet)
    return Document(
        title=TITLE,
        blocks=tuple(blocks),
        is_sample=is_sample,
        foot=f"{TITLE} · {borough} · made {show_day(made_on)} · names people: keep it safe",
    )


def _blocks(sheet: PocketSheet) -> Iterator[Block]:
    yield Heading(sheet.manager or "No line manager named")
    yield Para(_HOW, is_quiet=True)
    for year in sheet.unknown_years:
        yield Para(f"The bank holidays of {year} are not known to this program.", is_quiet=True)
    coming = tuple(each for week in sheet.weeks for each in week.releases)
    overdue = sheet.overdue[-_MOST_OVERDUE:]
    if overdue:
        yield Heading("Due already", 3)
        yield _releases("Due already", overdue)
    if len(overdue) < len(sheet.overdue):
        left = len(sheet.overdue) - len(overdue)
        yield Para(
            f"{left:,} more, due before these, {'stands' if left == 1 else 'stand'} in the desk.",
            is_quiet=True,
        )
    if coming:
        yield Heading("Who to release", 3)
        yield _releases("Who to release", coming)
    taken = sum(_LIST + _LINE * len(releases) for releases in (overdue, coming) if releases)
    is_roomy = taken + _PERSON * len(sheet.weeks[0].rows) <= _ROOM
    for first in range(0, len(sheet.weeks), 2):
        yield from _weeks(sheet.weeks[first : first + 2], _ROOMY if is_roomy else 1)


def _weeks(weeks: Sequence[PocketWeek], lines: int) -> Iterator[Block]:
    """Two weeks beside each other, so that a team's four fit on a page."""
    days = [day for week in weeks for day in week.days]
    words = f"{show_day(days[0])} to {show_day(days[-1])}"
    rows = tuple(
        (
            rows[0].name,
            " / ".join(_needs(row) for row in rows) if _differ(rows) else _needs(rows[0]),
            *(box for row in rows for box in row.boxes),
        )
        for rows in zip(*(week.rows for week in weeks), strict=True)
    )
    yield Heading(words, 3)
    yield Table(
        f"Hours from {words}",
        (
            Column("Apprentice"),
            Column("Needs\na week", is_right=True),
            *(Column(f"{day:%a}\n{day.day} {day:%b}") for day in days),
        ),
        rows,
        is_boxed=True,
        least_lines=lines,
    )


def _differ(rows: Sequence[PocketRow]) -> bool:
    return len({row.needed_minutes for row in rows}) > 1


def _needs(row: PocketRow) -> str:
    return "–" if row.needed_minutes is None else grid(row.needed_minutes)


def _releases(name: str, releases: Sequence[Release]) -> Table:
    return Table(
        name,
        (Column("When"), Column("Release"), Column("For")),
        tuple((f"{each.when} {each.on:%a} {show_day(each.on)}", each.who, each.what)
              for each in releases),
    )  # fmt: skip
