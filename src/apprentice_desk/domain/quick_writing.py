"""An entry written as a quick line, which reads back as the same entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from apprentice_desk.domain import durations, ksb_codes
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_known import Known, Person
from apprentice_desk.domain.quick_parts import typed_name
from apprentice_desk.domain.quick_values import Hours, QuickLine


def write(line: QuickLine, known: Known, today: date) -> str:
    """Return the text of a line that says the same, whatever the day on which it is read.

    Of what *line* has, nothing is checked: what is missing in it is left out.  Two people of one
    name and without codes cannot be written apart.
    """
    parts = [_people(line.people, line.hours, known, today)]
    if len(set(line.hours)) == 1:
        parts.append(_time(line.hours[0]))
    parts.append(", ".join(day.isoformat() for day in line.days))
    parts.append(_phrase(line.activity, known))
    parts.append(ksb_codes.write(line.ksbs))
    if line.what:
        parts.append('"' + line.what.replace('"', '""') + '"')
    return " ".join(part for part in parts if part)


def _people(people: Sequence[Person], hours: Sequence[Hours], known: Known, today: date) -> str:
    names = [typed_name(person, known, today) for person in people]
    if len(set(hours)) > 1:
        pairs = zip(names, hours, strict=True)
        names = [f"{name} {_time(each)}" for name, each in pairs]
    return ", ".join(names)


def _time(hours: Hours) -> str:
    if hours.began_at:
        hour, minute = (int(number) for number in hours.began_at.split(":"))
        until = hour * 60 + minute + hours.minutes
        return f"{hours.began_at}-{until // 60:02d}:{until % 60:02d}"
    return durations.grid(hours.minutes)


def _phrase(activity: Activity | None, known: Known) -> str:
    """Return the shortest word that stands for the activity, its own name if that is known."""
    words = [word for word, meant in known.activity_words.items() if meant is activity]
    if activity is not None and activity.value in words:
        return activity.value
    return min(words, key=len, default="")
