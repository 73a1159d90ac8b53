"""What the grid of a week calls the changes that are made in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from apprentice_desk.domain.apprenticeship import Away
from apprentice_desk.domain.calendar import monday_of, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.week_cells import Cell, Correct, Log, Remove, SayNothing, Step
from apprentice_desk.ui.pages.hours.week_people import WeekPerson


def label_of(steps: Sequence[Step], name: Callable[[Cell], str], act: str = "") -> str:
    """Return what Undo and the history call these steps."""
    if not steps:
        return ""
    first = steps[0]
    if act:
        return f"{act} hours, {len(steps):,} {'entry' if len(steps) == 1 else 'entries'}"
    whose, day = name(first.cell), show_day(first.cell.day)
    match first:
        case SayNothing():
            week = show_day(monday_of(first.cell.day))
            return f"Say that {whose} did nothing off the job in the week of {week}"
        case Remove():
            more = f", {len(steps)} entries" if len(steps) > 1 else ""
            return f"Remove hours of {whose} on {day}{more}"
        case Log(_, minutes):
            return f"Log {sentence(minutes)} for {whose} on {day}"
        case Correct(_, _, minutes):
            return f"Change hours of {whose} on {day} to {sentence(minutes)}"


def whom(people: Sequence[WeekPerson]) -> str:
    """Return whom a change is about, in a few words."""
    return people[0].name if len(people) == 1 else f"{len(people)} people"


def several(names: Sequence[str]) -> str:
    """Return *names* as they stand in a sentence; of many the first ones and how many more."""
    if len(names) == 1:
        return names[0]
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def away_in_words(people: Sequence[WeekPerson]) -> str:
    """Return who is away all week and why: "Jo Bright and Sam Ode are on a break"."""
    said = []
    for away in Away:
        names = [person.name for person in people if person.away is away]
        if not names:
            continue
        has = "has" if len(names) == 1 else "have"
        is_ = "is" if len(names) == 1 else "are"
        verb = has if away in (Away.NOT_STARTED, Away.ENDED) else is_
        said.append(f"{several(names)} {verb} {away}")
    return ", ".join(said)


def count_of_away(people: Sequence[WeekPerson]) -> str:
    """Return how many are away all week, by the reason: "1 on a break, 2 ended"."""
    counts = Counter(person.away for person in people)
    return ", ".join(f"{counts[away]} {away}" for away in Away if counts[away])
