"""A calendar file (.ics) of reviews and other days, for a person's own calendar.

Events keep their UID from one file to the next and count their version up, so that taking a file
in again moves what is there and doubles nothing.  Times are those of London, with the zone's rules
in the file.  What names people is marked as private.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.days_hours import minute_of_day
from apprentice_desk.domain.progress import Progress
from apprentice_desk.product import version
from apprentice_desk.sheets import check_target, replacing

_LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)


def content(events: Sequence[DatedEvent], made_at: datetime, meeting_minutes: int) -> bytes:
    """Return the file; an event with a time is *meeting_minutes* long, or what it says."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Apprentice Desk//{version()}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for each in events:
        calendar.add_component(_event(each, made_at.astimezone(UTC), meeting_minutes))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(each: DatedEvent, made_at: datetime, meeting_minutes: int) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", made_at)
    event.add("sequence", each.version)
    event.add("summary", each.title)
    event.add("class", "PRIVATE" if each.is_private else "PUBLIC")
    if each.is_cancelled:
        event.add("status", "CANCELLED")
    begins, ends = _span(each, meeting_minutes)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("transp", "OPAQUE" if each.began_at else "TRANSPARENT")
    if each.place:
        event.add("location", each.place)
    if each.words:
        event.add("description", each.words)
    return event


def _span(each: DatedEvent, meeting_minutes: int) -> tuple[date, date]:
    minute = minute_of_day(each.began_at)
    if minute is None:
        return each.on, each.on + _DAY
    begins = datetime.combine(each.on, time(minute // 60, minute % 60), _LONDON)
    return begins, begins + timedelta(minutes=each.minutes or meeting_minutes)


def write(
    path: str | Path,
    events: Sequence[DatedEvent],
    made_at: datetime,
    meeting_minutes: int,
    progress: Progress | None = None,
) -> Path:
    """Save the file as *path*; return where it stands.

    Raises Problem if it cannot be saved there, or something that is no calendar would be lost.
    """
    progress = progress or Progress()
    path = check_target(path, ending=".ics")
    progress.step(0, 1, "Writing the calendar")
    with replacing(path) as fresh:
        fresh.write_bytes(content(events, made_at, meeting_minutes))
    progress.step(1, 1, "Writing the calendar")
    return path
