"""Which apprenticeship of a person may follow which, and when two starts are the same."""

from __future__ import annotations

from apprentice_desk.domain.calendar import WrittenDay, show_day
from apprentice_desk.imports.identifying import Person, Programme


def is_same_start(one: Programme, starts: WrittenDay | None) -> bool:
    """Whether an apprenticeship may have begun on this day; a month is any day in it."""
    if one.started_on is None or starts is None or one.started_on == starts.day:
        return True
    same_month = (one.started_on.year, one.started_on.month) == (starts.day.year, starts.day.month)
    return same_month and not starts.is_day_given


def clash(person: Person, programme: Programme) -> tuple[str, str] | None:
    """Return why *programme* cannot be the person's next apprenticeship, None if it can."""
    for other in person.programmes:
        where = "" if other.row is None else f" (row {other.row})"
        if other.started_on is None or programme.started_on is None:
            return (
                f"{person.name} is on another course already{where}, and without both starts it"
                " cannot be told whether one follows the other.",
                "Add the starts, or put the apprenticeship in the desk right by hand.",
            )
        if _follows(programme, other) or _follows(other, programme):
            continue
        until = f" to {show_day(other.ends_on)}" if other.ends_on else ""
        return (
            f"{person.name} is already on an apprenticeship from {show_day(other.started_on)}"
            f"{until}{where}, which this one would overlap.",
            "Record how that one ended first, or put the days or the ULN right.",
        )
    return None


def _follows(later: Programme, earlier: Programme) -> bool:
    assert later.started_on is not None
    assert earlier.started_on is not None
    if later.started_on <= earlier.started_on:
        return False
    if earlier.ends_on is None:  # over on a day that is not known, or still going on
        return earlier.is_over
    if later.is_start_day_given:
        return earlier.ends_on < later.started_on
    # Of a start that is only a month, the earlier end may lie in that month.
    started = later.started_on
    return (earlier.ends_on.year, earlier.ends_on.month) <= (started.year, started.month)
