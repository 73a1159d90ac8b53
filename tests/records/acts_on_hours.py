"""How each command about hours is tried: the log, its evidence, weeks, sessions that come again.

By the name of each, what prepares it and returns the act itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain import week_cells
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.evidence import EvidenceQuality
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.records import (
    confirming,
    evidence,
    host_entries,
    hours,
    repeats,
    week_changes,
    weeks,
)
from records.acting import AT, MONDAY, TODAY, Act, Preparing, once


def _log_many(make: Any) -> Act:
    apprenticeship_id = make.apprentice()
    entries = [
        (
            hours.HoursDetails(apprenticeship_id, date(2026, 3, day), 60 + day, what=f"Day {day}"),
            f"log.xlsx, row {day}",
        )
        for day in range(1, 29)
    ]
    return lambda session: hours.log_many(session, entries)


def _verified(make: Any) -> Any:
    entry_id = make.hours()
    with make.store.change("Verify") as session:
        hours.verify(session, [entry_id], "Grace Park", AT)
    return entry_id


def _evident(make: Any) -> Any:
    """An entry with a file, a link and words; returns the keys of the entry and of the file."""
    entry_id = make.hours()
    file_id = make.evidence(entry_id)
    with make.store.change("Attach more") as session:
        evidence.attach_link(session, entry_id, "https://exampleton.example/course", "The course")
        evidence.attach_text(session, entry_id, "Showed the team")
    return entry_id, file_id


def _said(make: Any) -> Any:
    """An apprenticeship whose week has nothing in it, and which finished the week after."""
    apprenticeship_id = make.apprentice()
    with make.store.change("Say so") as session:
        weeks.say_nothing(session, apprenticeship_id, MONDAY)
        weeks.finish_week(
            session, [apprenticeship_id], MONDAY + weeks.WEEK, "Grace Park", AT + weeks.WEEK
        )
    return apprenticeship_id


THURSDAYS = Repeat(
    frozenset({3, 6}),
    date(2026, 8, 6),
    date(2026, 12, 17),
    2,
    (Period(date(2026, 10, 26), date(2026, 10, 30)), Period(date(2026, 11, 5), date(2026, 11, 5))),
)


def repeat_of(*people: UUID, **more: Any) -> repeats.RepeatDetails:
    """What is remembered of every second Thursday and Sunday."""
    values: dict[str, Any] = {
        "activity": Activity.WORKSHOP, "what": "Databases – “joins”", "ksbs": "K3",
        "began_at": "09:30",
    }  # fmt: skip
    minutes = ((key, 90 + 30 * number) for number, key in enumerate(people))
    return repeats.RepeatDetails(THURSDAYS, tuple(minutes), **values | more)


def _repeated(make: Any) -> repeats.RepeatRow:
    """A session of two people that comes again."""
    people = make.apprentice(), make.apprentice()
    with make.store.change("Keep") as session:
        key = repeats.keep_repeat(session, repeat_of(*people), TODAY, date(2026, 8, 6))
    rows: tuple[repeats.RepeatRow, ...] = make.store.read(repeats.repeat_rows)
    return next(row for row in rows if row.id == key)


def _thursday(row: repeats.RepeatRow) -> list[hours.HoursDetails]:
    return [
        hours.HoursDetails(key, date(2026, 8, 20), minutes, Activity.WORKSHOP, what="Databases")
        for key, minutes in row.details.people
    ]


def _fitted(make) -> Act:
    """An entry on a day that somebody turns out to have spent with a host."""
    entry_day = date(2026, 8, 3)
    apprenticeship_id = make.apprentice()
    make.hours(apprenticeship_id, done_on=entry_day)
    secondment_id = make.secondment()
    there = host_entries.HostDays(apprenticeship_id, Period(entry_day))
    return lambda session: host_entries.fit_entries(session, secondment_id, None, there)


ACTS: dict[str, Preparing] = {
    "hours.log_hours": once(
        lambda make: make.apprentice(),
        lambda session, it: hours.log_hours(
            session,
            hours.HoursDetails(
                it, date(2026, 8, 3), 90, Activity.SHADOWING, False, "Went along", "S2", "09:30"
            ),
        ),
    ),
    "hours.log_many": _log_many,
    "hours.correct_hours": once(
        lambda make: make.hours(),
        lambda session, it: hours.correct_hours(
            session,
            it,
            hours.HoursDetails(
                session.get_one(hours.OffTheJobEntry, it).apprenticeship_id,
                date(2026, 8, 4),
                95,
                Activity.MENTORING,
            ),
        ),
    ),
    "hours.remove_hours": once(
        lambda make: make.hours(), lambda session, it: hours.remove_hours(session, it)
    ),
    "hours.verify": once(
        lambda make: (make.hours(), make.hours()),
        lambda session, it: hours.verify(session, it, "Grace Park", AT),
    ),
    "hours.take_verification_back": once(
        _verified, lambda session, it: hours.take_verification_back(session, [it])
    ),
    "evidence.attach_file": once(
        lambda make: make.hours(),
        lambda session, it: evidence.attach_file(session, it, "notes.pdf", bytes(range(256))),
    ),
    "evidence.attach_link": once(
        lambda make: make.hours(),
        lambda session, it: evidence.attach_link(session, it, "https://exampleton.example/"),
    ),
    "evidence.attach_text": once(
        lambda make: make.hours(),
        lambda session, it: evidence.attach_text(session, it, "Showed the team – twice"),
    ),
    "evidence.judge": once(
        _evident, lambda session, it: evidence.judge(session, it[1], EvidenceQuality.ENOUGH)
    ),
    "evidence.remove_evidence": once(
        _evident, lambda session, it: evidence.remove_evidence(session, it[1])
    ),
    "evidence.remove_evidence_of": once(
        _evident, lambda session, it: evidence.remove_evidence_of(session, it[0])
    ),
    "weeks.say_nothing": once(
        lambda make: make.apprentice(),
        lambda session, it: weeks.say_nothing(session, it, MONDAY),
    ),
    "weeks.take_nothing_back": once(
        _said, lambda session, it: weeks.take_nothing_back(session, it, MONDAY)
    ),
    "weeks.finish_week": once(
        lambda make: [_said(make), make.apprentice()],
        lambda session, it: weeks.finish_week(session, it, MONDAY, "Grace Park", AT),
    ),
    "weeks.reopen_week": once(
        _said, lambda session, it: weeks.reopen_week(session, [it], MONDAY + weeks.WEEK)
    ),
    "weeks.make_room": once(_said, lambda session, it: weeks.make_room(session, [(it, MONDAY)])),
    "week_changes.carry_out": once(
        lambda make: make.apprentice(),
        lambda session, it: week_changes.carry_out(
            session,
            [week_cells.Log(week_cells.Cell(it, MONDAY), 90, Activity.WORKSHOP)],
            lambda _key, _activity, _day: True,
        ),
    ),
    "weeks.forget_weeks": once(_said, lambda session, it: weeks.forget_weeks(session, [it])),
    "repeats.keep_repeat": once(
        lambda make: (make.apprentice(), make.apprentice()),
        lambda session, it: repeats.keep_repeat(session, repeat_of(*it), TODAY, TODAY),
    ),
    "repeats.mark_answered": once(
        _repeated,
        lambda session, it: repeats.mark_answered(session, it.id, TODAY, it.changed_in),
    ),
    "repeats.stop_repeat": once(_repeated, lambda session, it: repeats.stop_repeat(session, it.id)),
    "repeats.leave_repeats": once(
        _repeated,
        lambda session, it: repeats.leave_repeats(session, [key for key, _ in it.details.people]),
    ),
    "confirming.begin_repeat": once(
        _repeated,
        lambda session, it: confirming.begin_repeat(session, it.details, _thursday(it), TODAY),
    ),
    "confirming.confirm": once(
        _repeated,
        lambda session, it: confirming.confirm(session, it.id, _thursday(it), TODAY, it.changed_in),
    ),
    "host_entries.fit_entries": _fitted,
}
