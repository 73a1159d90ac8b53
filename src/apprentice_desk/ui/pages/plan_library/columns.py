"""The columns of templates, of their activities, and of offers."""

from __future__ import annotations

from apprentice_desk.domain.durations import decimal_hours, grid, sentence
from apprentice_desk.ui.kit.rows import Badge, Column


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _capital(word: str | None) -> str:
    return "" if word is None else f"{word[:1].upper()}{word[1:]}"


def _standard(code: str, version: str) -> str:
    if not code:
        return "Any"
    return f"{code} v{version}" if version else code


TEMPLATE_COLUMNS = (
    Column("Template", lambda row: row.name, kind="strong", width=28,
           tip=lambda row: row.details.note or row.name),
    Column("Standard",
           lambda row: _standard(row.details.standard_code, row.details.standard_version),
           width=14),
    Column("Activities", lambda row: _number(row.activities), sort=lambda row: row.activities,
           right=True, width=11, holds="integer", value=lambda row: row.activities),
    Column("Hours", lambda row: grid(row.planned_minutes), sort=lambda row: row.planned_minutes,
           say=lambda row: sentence(row.planned_minutes), right=True, width=10, holds="hours",
           value=lambda row: decimal_hours(row.planned_minutes)),
    Column("Last day after the start", lambda row: _number(row.last_day),
           sort=lambda row: row.last_day, right=True, width=22, holds="integer",
           value=lambda row: row.last_day),
)  # fmt: skip

LINE_COLUMNS = (
    Column("Activity", lambda row: row.line.title, kind="strong", width=28,
           tip=lambda row: row.line.title),
    Column("First day", lambda row: _number(row.line.starts_after_days),
           sort=lambda row: row.line.starts_after_days, right=True, width=10,
           say=lambda row: _days(row.line.starts_after_days)),
    Column("Last day", lambda row: _number(row.line.due_after_days),
           sort=lambda row: row.line.due_after_days, right=True, width=10,
           say=lambda row: _days(row.line.due_after_days)),
    Column("Hours", lambda row: grid(row.line.planned_minutes or 0),
           sort=lambda row: row.line.planned_minutes, right=True, width=8,
           say=lambda row: sentence(row.line.planned_minutes or 0)),
    Column("KSBs", lambda row: row.line.ksbs, width=14, tip=lambda row: row.line.ksbs),
    Column("Given by", lambda row: _capital(row.line.delivered_by), width=11),
    Column("Kind", lambda row: _capital(row.line.kind), width=20),
    Column("Mandatory", lambda row: "Yes" if row.line.is_mandatory else "", width=11),
)  # fmt: skip


def _days(days: int | None) -> str:
    if days is None:
        return "no day"
    return f"{days:,} {'day' if days == 1 else 'days'} after the start"


_OFFERED = Badge("Offered", "good", "circle-check")
_RETIRED = Badge("Retired", "quiet", "ban")

OFFER_COLUMNS = (
    Column("Offer", lambda row: row.title, kind="strong", width=34,
           tip=lambda row: row.details.note or row.title),
    Column("Partner", lambda row: row.details.partner, width=26,
           tip=lambda row: row.details.partner),
    Column("Status", lambda row: _RETIRED if row.is_retired else _OFFERED, kind="badge", width=12),
    Column("Kind", lambda row: _capital(row.details.kind), width=18),
    Column("Hours", lambda row: "" if row.details.minutes is None else grid(row.details.minutes),
           sort=lambda row: row.details.minutes, right=True, width=8, holds="hours",
           say=lambda row: "not known" if row.details.minutes is None
           else sentence(row.details.minutes),
           value=lambda row: None if row.details.minutes is None
           else decimal_hours(row.details.minutes)),
    Column("Source", lambda row: row.details.source, width=40, kind="quiet",
           tip=lambda row: row.details.source),
)  # fmt: skip
