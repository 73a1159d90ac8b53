"""What the page Returns says: its lists' columns, its figures and its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.calendar import MONTHS, Quarter, show_day
from apprentice_desk.records.returns_sent import ReturnSentRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.returns.picture import Picture
from apprentice_desk.returns.sending import Prepared
from apprentice_desk.ui.kit.rows import Column

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short_words(period: Quarter) -> str:
    """Return a quarter in a few words: "Oct to Dec 2026"."""
    first, last = MONTHS[period.first.month - 1], MONTHS[period.last.month - 1]
    return f"{first[:3]} to {last[:3]} {period.last.year}"


def _period(row: ReturnSentRow) -> str:
    try:
        return short_words(Quarter.parse(row.period))
    except ValueError:
        return row.period


@dataclass(frozen=True, slots=True)
class Trace:
    """A name and the code that stands for it outside."""

    id: str
    name: str
    code: str


TRACES = (
    Column("Name, stays here", lambda row: row.name, kind="strong", width=20),
    Column("Code, leaves", lambda row: row.code, width=18, say=lambda row: " ".join(row.code)),
)

HISTORY = (
    Column("For", _period, sort=lambda row: row.period, width=15, kind="strong"),
    Column(
        "Sent",
        lambda row: show_day(row.prepared_at.astimezone().date()),
        sort=lambda row: row.prepared_at,
        width=11,
    ),
    Column(
        "Revision", lambda row: row.revision, sort=lambda row: row.revision, right=True, width=8
    ),
    Column("File", lambda row: row.file_name, width=14),
)


def traces(rows: tuple[ApprenticeRow, ...]) -> list[Trace]:
    """Return each person in the return once."""
    return list({row.code: Trace(row.code, row.name, row.code) for row in rows}.values())


def counted(count: int, thing: str) -> str:
    """Return "1 contract" or "2 contracts"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def subtitle(prepared: Prepared, due: date | None) -> str:
    """Return the sentence below the title: when it is due, and what is in it."""
    content = prepared.content
    day = "The day when it is due is not known"
    if due is not None:
        day = f"Due to LOTI {_WEEKDAYS[due.weekday()]} {due.day} {MONTHS[due.month - 1]} {due.year}"
    return " · ".join(
        (
            day,
            f"return format {prepared.schema.version}",
            f"{counted(len(content.apprentices), 'apprenticeship')},"
            f" {counted(len(content.contracts), 'contract')}",
            f"as things stand on {show_day(prepared.gathered.as_at)}",
        )
    )


def findings_title(prepared: Prepared) -> str:
    """Return how much there is to fix and to look at."""
    fix, notes = len(prepared.to_fix), len(prepared.notes)
    if not fix:
        return f"{counted(notes, 'thing')} worth a look" if notes else "Nothing to fix"
    title = f"{counted(fix, 'thing')} to fix before this is accepted"
    return f"{title}, {notes} worth a look" if notes else title


FIGURES = {
    "started": "Started this quarter",
    "on_programme": "On programme",
    "hours": "Off-the-job to plan",
    "completed": "Completed this quarter",
    "contracts": "Contracts",
}
"""The figures of a return by name, and what stands above each."""


def figures(found: Picture) -> dict[str, tuple[str, str]]:
    """Return each figure and what it is to be read against."""
    percent = found.hours_percent
    hours = ("–", "no plan to measure by")
    if percent is not None:
        hours = (f"{percent}%", f"{found.logged_hours:,.0f} of {found.planned_hours:,.0f} h")
    return {
        "started": (f"{found.started:,}", f"of {counted(found.apprenticeships, 'apprenticeship')}"),
        "on_programme": (f"{found.on_programme:,}", f"{found.on_a_break:,} on a break"),
        "hours": hours,
        "completed": (f"{found.completed:,}", f"{found.kept_on:,} kept on"),
        "contracts": (f"{found.contracts:,}", f"with {counted(found.providers, 'provider')}"),
    }
