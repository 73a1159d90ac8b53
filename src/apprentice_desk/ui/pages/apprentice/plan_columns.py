"""The columns of a learning plan, and how an activity's state looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import decimal_hours, grid, sentence
from apprentice_desk.domain.planning import ActivityStatus, PlanActivityRow
from apprentice_desk.domain.planning_coverage import KsbCover, Reach
from apprentice_desk.ui.kit.rows import Badge, Column

_BADGES = {
    ActivityStatus.PLANNED: Badge("Planned", "quiet", "circle-dashed"),
    ActivityStatus.UNDER_WAY: Badge("Under way", "note", "hourglass"),
    ActivityStatus.DONE: Badge("Done", "good", "circle-check"),
    ActivityStatus.DROPPED: Badge("Dropped", "quiet", "ban"),
}
_OVERDUE = Badge("Overdue", "danger", "triangle-alert")


def status_of(row: PlanActivityRow, today: date) -> Badge:
    """Return how far an activity has come, as it is shown."""
    return _OVERDUE if row.is_overdue(today) else _BADGES[row.status]


def spoken_status(row: PlanActivityRow, today: date) -> str:
    """Return the same for a screen reader, with the day on which it was done."""
    says = status_of(row, today).text
    if says == _OVERDUE.text and row.status is ActivityStatus.UNDER_WAY:
        says += ", under way"
    return f"{says} on {show_day(row.done_on)}" if row.done_on is not None else says


def _day(day: date | None) -> str:
    return "" if day is None else table_day(day)


def plan_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Return the columns of a plan as it stands on the day that *today* gives."""
    return (
        Column("Activity", lambda row: row.title, kind="strong", width=28,
               tip=lambda row: row.note or row.title),
        Column("Status", lambda row: status_of(row, today()), kind="badge", width=12,
               say=lambda row: spoken_status(row, today()),
               tip=lambda row: spoken_status(row, today())),
        Column("First day", lambda row: _day(row.starts_on), sort=lambda row: row.starts_on,
               width=11, holds="date", value=lambda row: row.starts_on),
        Column("Last day", lambda row: _day(row.due_on), sort=lambda row: row.due_on, width=11,
               holds="date", value=lambda row: row.due_on),
        Column("Hours", lambda row: grid(row.planned_minutes),
               sort=lambda row: row.planned_minutes, say=lambda row: sentence(row.planned_minutes),
               right=True, width=8, holds="hours",
               value=lambda row: decimal_hours(row.planned_minutes)),
        Column("KSBs", lambda row: row.ksbs, width=11, tip=lambda row: row.ksbs),
        Column("Given by", lambda row: _capital(row.delivered_by), width=10),
        Column("Mandatory", lambda row: "Yes" if row.is_mandatory else "", width=11),
        Column("Done on", lambda row: _day(row.done_on), sort=lambda row: row.done_on, width=11,
               holds="date", value=lambda row: row.done_on),
        Column("Kind", lambda row: _capital(row.kind), width=14, tip=lambda row: row.kind or ""),
    )  # fmt: skip


def _capital(word: str | None) -> str:
    return "" if word is None else f"{word[:1].upper()}{word[1:]}"


_REACHES = {
    Reach.TOUCHED: Badge("Touched", "good", "circle-check"),
    Reach.PLANNED: Badge("In time", "quiet", "calendar"),
    Reach.LATE: Badge("Too late", "danger", "triangle-alert"),
    Reach.NO_DAY: Badge("No day yet", "warning", "circle-question-mark"),
    Reach.NOTHING: Badge("Not planned", "warning", "circle-dashed"),
}


def _reach_order(row: KsbCover) -> int:
    order = (Reach.LATE, Reach.NOTHING, Reach.NO_DAY, Reach.PLANNED, Reach.TOUCHED)
    return order.index(row.reach)


COVER_COLUMNS = (
    Column("KSB", lambda row: row.code, kind="strong", width=6),
    Column("Reached", lambda row: _REACHES[row.reach], kind="badge", width=15, sort=_reach_order,
           say=lambda row: row.reach.value),
    Column("First on", lambda row: _day(row.on), sort=lambda row: row.on, width=12, holds="date",
           value=lambda row: row.on),
    Column("By", lambda row: row.by or ("An entry of hours" if row.on else ""), width=26,
           tip=lambda row: row.says),
    Column("What it asks", lambda row: row.words, width=40, tip=lambda row: row.words),
)  # fmt: skip
