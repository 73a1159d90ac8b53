"""The query behind how every apprentice stands on a day, as text; ``standing`` makes rows of it.

Alike for SQLite and PostgreSQL, and without SQLAlchemy: it is asked before that is imported too.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

RECENT_DAYS = 56
"""Pace looks at the last eight weeks (architecture, 8a)."""


def parameters(engine: str, as_at: date, since: date, only: UUID | None = None) -> dict[str, Any]:
    """Return the values that the query asks for, as *engine* takes them."""
    days = {
        "as_at": as_at,
        "since": since,
        "recent": as_at - timedelta(days=RECENT_DAYS - 1),
    }
    if engine == "sqlite":  # where days and keys are kept as text
        values: dict[str, Any] = {name: day.isoformat() for name, day in days.items()}
        return values if only is None else values | {"only": only.hex}
    return days if only is None else days | {"only": only}


_ENTRIES = "FROM off_the_job_entry e WHERE e.apprenticeship_id = a.id AND e.counts AND e.done_on"

# One pass over the index for the sums to date; what concerns few days only is looked up in it.
Only = Literal["", "id", "contract_id"]
"""The column that holds the key of whom a query is about; "" is everybody."""


def totals(only: Only = "") -> str:
    """Return every apprenticeship's sums, or those of whom it is about alone.

    This is the part of the query that goes over all entries: a page about few reads theirs.
    """
    entries, people = "", ""
    if only:
        people = f" WHERE a.{only} = :only"
        theirs = f"SELECT a.id FROM apprenticeship a{people}"  # noqa: S608 - ours
        entries = f"apprenticeship_id IN ({theirs}) AND "
    return f"""
    SELECT a.id AS apprenticeship_id, t.logged, t.all_minutes,
      (SELECT sum(e.minutes) {_ENTRIES} BETWEEN :recent AND :as_at) AS recent,
      (SELECT sum(e.minutes) {_ENTRIES} BETWEEN :since AND :as_at) AS since,
      (SELECT e.done_on {_ENTRIES} <= :as_at ORDER BY e.done_on DESC LIMIT 1) AS last_logged_on
    FROM apprenticeship a
    LEFT JOIN (
      SELECT apprenticeship_id, sum(CASE WHEN counts THEN minutes ELSE 0 END) AS logged,
        sum(minutes) AS all_minutes
      FROM off_the_job_entry WHERE {entries}done_on <= :as_at GROUP BY apprenticeship_id
    ) t ON t.apprenticeship_id = a.id{people}"""  # noqa: S608 - no text of anybody's stands in it


_PLAN = """
    SELECT apprenticeship_id, count(*) AS dated,
      sum(CASE WHEN due_on <= :as_at THEN planned_minutes ELSE 0 END) AS plan_due,
      sum(CASE WHEN due_on < :since THEN planned_minutes ELSE 0 END) AS due_before,
      sum(CASE WHEN due_on < :as_at AND status <> 'done' THEN 1 ELSE 0 END) AS overdue,
      sum(CASE WHEN due_on < :as_at AND status <> 'done' THEN planned_minutes ELSE 0 END)
        AS overdue_minutes
    FROM plan_activity WHERE due_on IS NOT NULL AND status <> 'dropped'
    GROUP BY apprenticeship_id"""

_REVIEWS = """
    SELECT apprenticeship_id,
      max(CASE WHEN held_on <= :as_at THEN held_on END) AS last_review_on,
      min(CASE WHEN held_on IS NULL OR held_on > :as_at THEN due_on END) AS next_on,
      sum(CASE WHEN due_on BETWEEN :since AND :as_at THEN 1 ELSE 0 END) AS reviews_due,
      sum(CASE WHEN held_on BETWEEN :since AND :as_at THEN 1 ELSE 0 END) AS reviews_held
    FROM review GROUP BY apprenticeship_id"""

BETWEEN_VALUES, AFTER_STAY = "\x1f", "\x1e"
"""Signs between the values of a stay and after it, which stand in no name."""


def _stays(engine: str) -> str:
    """Return each apprenticeship's days with hosts as one text: one query for all."""
    join = "group_concat" if engine == "sqlite" else "string_agg"
    values = (
        "CAST(id AS VARCHAR)", "CAST(started_on AS VARCHAR)",
        "coalesce(CAST(ended_on AS VARCHAR), '')", "coalesce(CAST(agreed_end_on AS VARCHAR), '')",
        "status", "form", "coalesce(host, '')", "host_name",
    )  # fmt: skip
    row = f" || '{BETWEEN_VALUES}' || ".join(values)
    return (
        f"SELECT apprenticeship_id, {join}({row}, '{AFTER_STAY}') AS spans FROM secondment"  # noqa: S608 - ours
        " WHERE apprenticeship_id IS NOT NULL AND started_on <= :as_at GROUP BY apprenticeship_id"
    )


_COLUMNS = """
    a.id, a.apprentice_id, a.number, a.standard_code, a.standard_version, a.course_title,
    a.is_digital, a.role_family, a.employee_type, a.training_started_on, a.original_start_on,
    a.is_start_day_given, a.is_end_day_given, a.training_planned_end_on,
    a.apprenticeship_planned_end_on, a.gateway_planned_on, a.assessment_began_on, a.ended_on,
    a.outcome, a.grade, a.leaving_reason, a.destination, a.provider_id, a.agreed_price,
    a.funding_band_maximum, a.agreed_minutes, a.prior_learning_minutes, a.line_manager, a.mentor,
    p.code, p.given_names, p.family_name, p.uln, p.born_on, p.email, p.employee_reference,
    s.title, s.level, v.name AS provider_name, v.ukprn, c.reference,
    totals.logged, totals.all_minutes, totals.recent, totals.since, totals.last_logged_on,
    planned.dated, planned.plan_due, planned.due_before,
    planned.overdue, planned.overdue_minutes,
    reviews.last_review_on, reviews.next_on, reviews.reviews_due, reviews.reviews_held,
    breaks.spans AS breaks, weekly.spans AS weekly, stays.spans AS stays"""


def _spans(engine: str, table: str, first: str, second: str) -> str:
    """Return each apprenticeship's child rows as one text, "a/b a/b": one query for all."""
    join = "group_concat" if engine == "sqlite" else "string_agg"
    pair = f"CAST({first} AS VARCHAR) || '/' || coalesce(CAST({second} AS VARCHAR), '')"
    return (
        f"SELECT apprenticeship_id, {join}({pair}, ' ') AS spans FROM {table}"  # noqa: S608 - ours
        " GROUP BY apprenticeship_id"
    )


def statement(engine: str, only: Only = "") -> str:
    """Return the query in the words of *engine* ("sqlite" or "postgresql").

    *only* names the column that holds the key of whom it is about; "" asks for all.
    """
    breaks = _spans(engine, "break_in_learning", "first_on", "last_on")
    weekly = _spans(engine, "weekly_hours", "from_on", "weekly_minutes")
    parts = {
        "totals": totals(only),
        "planned": _PLAN,
        "reviews": _REVIEWS,
        "breaks": breaks,
        "weekly": weekly,
        "stays": _stays(engine),
    }
    joins = "".join(
        f" LEFT JOIN ({query}) {name} ON {name}.apprenticeship_id = a.id"
        for name, query in parts.items()
    )
    return (
        f"SELECT {_COLUMNS} FROM apprenticeship a JOIN apprentice p ON p.id = a.apprentice_id"  # noqa: S608 - ours
        " LEFT JOIN standard s ON s.code = a.standard_code"
        " LEFT JOIN provider v ON v.id = a.provider_id"
        f" LEFT JOIN contract c ON c.id = a.contract_id{joins}"
        f"{f' WHERE a.{only} = :only' if only else ''}"
    )
