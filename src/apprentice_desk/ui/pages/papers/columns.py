"""The lists of the page: who papers can be made for, and the rows of a log that came back."""

from __future__ import annotations

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import grid, sentence
from apprentice_desk.imports.log_reading import LogReview, LogRow, RowKind
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.kit.theme import Tone

WHO_COLUMNS = (
    Column("Apprentice", lambda row: row.name, sort=lambda row: row.sort_name, kind="strong",
           width=22),
    Column("Standard", lambda row: row.standard_title, width=28),
    Column("Line manager", lambda row: row.line_manager, width=22),
    Column("Needs a week", lambda row: needs(row), sort=lambda row: row.figures.needed_minutes,
           right=True, width=14),
)  # fmt: skip
WITHOUT_WHO = (1,)
"""The standard goes where there is no room for all: who is meant is plain without it."""

_KINDS: dict[RowKind, tuple[str, Tone]] = {
    RowKind.NEW: ("new", "good"),
    RowKind.CORRECTION: ("correction", "good"),
    RowKind.CONFLICT: ("changed in both", "warning"),
    RowKind.GONE: ("removed here", "warning"),
    RowKind.WRONG: ("cannot be taken", "danger"),
    RowKind.TAKEN_OUT: ("not in the log", ""),
}


def needs(row: ApprenticeRow) -> str:
    """The time that a week needs from now on; "" where it is not known."""
    needed = row.figures.needed_minutes
    return "" if needed is None else grid(round(needed))


def taken_word(row: LogRow) -> str:
    """Whether a row is taken, in one word."""
    if not row.may_be_taken:
        return "–"
    return "take" if row.is_taken else "leave"


def says(row: LogRow) -> str:
    """What a row would change, and what is worth knowing about it."""
    parts = [row.correction.said] if row.correction is not None else []
    if row.correction is None and row.details is not None and row.kind is RowKind.NEW:
        parts.append(" ".join(row.details.what.split()))
    return ". ".join(part.rstrip(".") for part in (*parts, row.why) if part)


def _kind(row: LogRow) -> Badge:
    words, tone = _KINDS[row.kind]
    return Badge(words, tone)


def _day(row: LogRow) -> str:
    has_day = row.details is not None and row.details.done_on is not None
    return table_day(row.details.done_on) if has_day else ""  # type: ignore[union-attr,arg-type]


def _spoken_day(row: LogRow) -> str:
    has_day = row.details is not None and row.details.done_on is not None
    return show_day(row.details.done_on) if has_day else "no day"  # type: ignore[union-attr,arg-type]


def _minutes(row: LogRow) -> int | None:
    return None if row.details is None else row.details.minutes


def _hours(row: LogRow) -> str:
    minutes = _minutes(row)
    return "" if minutes is None else grid(minutes)


ROW_COLUMNS = (
    Column("Take", taken_word, width=9, kind="strong"),
    Column("Row", lambda row: "" if row.number is None else str(row.number),
           sort=lambda row: row.number, right=True, width=6),
    Column("What it is", _kind, kind="badge", width=20),
    Column("Apprentice", lambda row: row.name, width=20),
    Column("Day", _day, sort=lambda row: row.details and row.details.done_on, say=_spoken_day,
           width=12),
    Column("Hours", _hours, sort=_minutes, right=True, width=8,
           say=lambda row: "" if _minutes(row) is None else sentence(_minutes(row) or 0)),
    Column("What changes", says, width=30, tip=says),
)  # fmt: skip
WITHOUT_ROW = (1, 6)
"""The row of the file, then what changes, where there is no room: that stands below the list."""


def review_in_words(review: LogReview) -> str:
    """What a log would change, counted by kind."""
    parts = []
    for kind, one, many in (
        (RowKind.NEW, "new row", "new rows"),
        (RowKind.CORRECTION, "correction", "corrections"),
        (RowKind.CONFLICT, "changed here too", "changed here too"),
        (RowKind.GONE, "removed here meanwhile", "removed here meanwhile"),
        (RowKind.WRONG, "cannot be taken", "cannot be taken"),
        (RowKind.TAKEN_OUT, "not in the log any more", "not in the log any more"),
    ):
        count = sum(1 for row in review.rows if row.kind is kind)
        if count:
            parts.append(f"{count:,} {one if count == 1 else many}")
    unchanged = "1 row says" if review.unchanged == 1 else f"{review.unchanged:,} rows say"
    parts.append(f"{unchanged} what the desk says already")
    return " · ".join(parts)
