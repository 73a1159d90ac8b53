"""The page that explains one figure: the formula with its numbers, the rule, the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk.documents.tree import Block, Column, Document, Heading, KeyValues, Para, Table
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import grid
from apprentice_desk.domain.explaining import Behind, Explanation
from apprentice_desk.records.hours import HoursRow
from apprentice_desk.records.learning import PlanActivityRow

_LONGEST = 90


@dataclass(frozen=True, slots=True)
class About:
    """Whose figure it is and where the page comes from; *day* in words, *note* how it was seen."""

    name: str
    standard: str
    provider: str
    day: str
    borough: str
    is_sample: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class BehindRows:
    """The rows behind a figure as a table, and where in the desk all of them stand."""

    table: Table
    where: str


def entries_table(rows: tuple[HoursRow, ...]) -> BehindRows:
    """Return entries as a table, in their order."""
    columns = (
        Column("Day"),
        Column("Hours", is_right=True),
        Column("Counts"),
        Column("Activity"),
        Column("What was learned"),
    )
    cells = tuple(
        (
            table_day(row.done_on),
            grid(row.minutes),
            "counts" if row.counts else "does not",
            row.activity.value,
            _short(row.what),
        )
        for row in rows
    )
    return BehindRows(Table("Entries behind the figure", columns, cells), "on the page Hours")


def plan_table(rows: tuple[PlanActivityRow, ...]) -> BehindRows:
    """Return planned activities as a table, in their order."""
    columns = (Column("Due"), Column("Hours", is_right=True), Column("Status"), Column("Activity"))
    cells = tuple(
        (
            "" if row.due_on is None else table_day(row.due_on),
            grid(row.planned_minutes),
            row.status.value,
            _short(row.title),
        )
        for row in rows
    )
    return BehindRows(Table("Planned activities", columns, cells), "in the learning plan")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def explained(about: About, told: Explanation, behind: BehindRows | None, shown: int) -> Document:
    """Return the page on one figure with the first *shown* rows behind it."""
    blocks: list[Block] = [
        Para(" · ".join(part for part in (about.standard, about.provider) if part), is_quiet=True),
        Heading(f"{told.title} on {about.day}: {told.value}"),
    ]
    if about.note:
        blocks.append(Para(about.note))
    blocks.append(KeyValues("Formula", tuple((step.what, step.amount) for step in told.steps)))
    blocks.append(Heading("Rule and source", 3))
    blocks += [Para(source.says) for source in told.sources]
    if behind is not None:
        blocks += _rows_block(told, behind, shown)
    return Document(
        title=about.name,
        blocks=tuple(blocks),
        is_sample=about.is_sample,
        foot=f"{about.borough} · {about.day}",
    )


def _rows_block(told: Explanation, behind: BehindRows, shown: int) -> list[Block]:
    rows = behind.table.rows
    span = "" if told.first is None else f" from {show_day(told.first)}"
    blocks: list[Block] = [Heading(f"What stands behind it{span}: {_counted(told, len(rows))}", 3)]
    if shown:
        blocks.append(Table(behind.table.name, behind.table.columns, rows[:shown]))
    left = len(rows) - min(shown, len(rows))
    if left:
        more = "more " if shown else ""
        blocks.append(
            Para(f"{left:,} {more}{'row stands' if left == 1 else 'rows stand'} {behind.where}.")
        )
    return blocks


def _counted(told: Explanation, count: int) -> str:
    one, many = (
        ("entry", "entries") if told.behind is Behind.ENTRIES else ("activity", "activities")
    )
    return f"1 {one}" if count == 1 else f"{count:,} {many}"
