"""A calendar file that the program's own strict reader takes in without a word of doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from apprentice_desk.documents import calendar_file
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports.calendars import CalendarEntry, read_calendar

MADE_AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
YEAR = Period(date(2026, 9, 1), date(2027, 12, 31))
REVIEW = DatedEvent(
    "review-1@apprentice-desk", 7, date(2027, 6, 1), "Review; Ada, “Bo” \\ C: D\nE", "09:30",
    "Room 2, east; floor \\1", "Taken on by\r\nAda",
)  # fmt: skip
END = DatedEvent("end-1@apprentice-desk", 3, date(2027, 3, 28), "Training is planned to end: Ada")


def test_it_is_read_back_as_it_was_by_the_clock_of_london() -> None:
    """Half past nine of 1 June is summer time, of 1 December winter time: both are half past."""
    winter = replace(REVIEW, uid="review-2@apprentice-desk", on=date(2026, 12, 1), title="Winter")
    read = read_calendar(calendar_file.content([REVIEW, winter, END], MADE_AT, 60), YEAR)
    assert read.findings == ()
    assert read.cancelled == 0
    assert read.entries == (
        CalendarEntry(date(2026, 12, 1), 60, "Winter", "09:30"),
        CalendarEntry(date(2027, 3, 28), None, "Training is planned to end: Ada"),
        CalendarEntry(date(2027, 6, 1), 60, "Review; Ada, “Bo” \\ C: D E", "09:30"),
    )
    assert [each.uid for each in read.entries] == [winter.uid, END.uid, REVIEW.uid]


def test_other_programs_get_instants_private_events_and_the_rules_of_the_zone() -> None:
    content = calendar_file.content([REVIEW, END], MADE_AT, 45)
    calendar = Calendar.from_ical(content)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/London"
    review, end = calendar.walk("VEVENT")
    assert review["DTSTART"].dt.astimezone(UTC) == datetime(2027, 6, 1, 8, 30, tzinfo=UTC)
    assert review["DTEND"].dt.astimezone(UTC) == datetime(2027, 6, 1, 9, 15, tzinfo=UTC)
    assert (review["SEQUENCE"], review["CLASS"], review["TRANSP"]) == (7, "PRIVATE", "OPAQUE")
    assert str(review["LOCATION"]) == "Room 2, east; floor \\1"
    assert str(review["DESCRIPTION"]) == "Taken on by\nAda"
    assert (end["DTSTART"].dt, end["DTEND"].dt) == (date(2027, 3, 28), date(2027, 3, 29))
    assert end["TRANSP"] == "TRANSPARENT"
    assert "LOCATION" not in end
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_taken_in_twice_what_was_moved_is_moved_and_not_doubled() -> None:
    moved = replace(REVIEW, version=8, on=date(2027, 6, 8))
    files = [calendar_file.content([each], MADE_AT, 60) for each in (moved, REVIEW)]
    both = b"\r\n".join(
        content.partition(b"BEGIN:VEVENT")[1] + content.partition(b"BEGIN:VEVENT")[2]
        .replace(b"END:VCALENDAR\r\n", b"")
        for content in files
    )  # fmt: skip
    one = b"BEGIN:VCALENDAR\r\n" + both + b"END:VCALENDAR\r\n"
    read = read_calendar(one, YEAR)
    assert [each.done_on for each in read.entries] == [date(2027, 6, 8)]


def test_text_that_looks_like_a_line_of_its_own_stays_text() -> None:
    sly = replace(REVIEW, title="A\r\nEND:VEVENT\r\nBEGIN:VALARM", place="B\nATTENDEE:x")
    read = read_calendar(calendar_file.content([sly], MADE_AT, 60), YEAR)
    (entry,) = read.entries
    assert entry.title == "A END:VEVENT BEGIN:VALARM"


def test_no_events_are_an_empty_calendar() -> None:
    assert read_calendar(calendar_file.content([], MADE_AT, 60), YEAR).entries == ()


def test_it_is_saved_and_takes_the_place_of_a_calendar_alone(tmp_path: Path) -> None:
    path = calendar_file.write(tmp_path / "reviews.ics", [REVIEW], MADE_AT, 60)
    assert path.read_bytes() == calendar_file.content([REVIEW], MADE_AT, 60)
    assert calendar_file.write(path, [END], MADE_AT, 60) == path
    assert b"planned to end" in path.read_bytes()
    path.write_bytes(b"Something else")
    with pytest.raises(Problem, match="is no calendar"):
        calendar_file.write(path, [END], MADE_AT, 60)
    with pytest.raises(Problem, match=r"does not end in \.ics, and a calendar is written"):
        calendar_file.write(tmp_path / "reviews.pdf", [END], MADE_AT, 60)


def test_an_event_of_the_network_has_its_own_length_and_may_be_called_off() -> None:
    held = DatedEvent(
        "event-1@apprentice-desk", 3, date(2026, 9, 10), "Workshop", "13:30", minutes=150,
        is_private=False,
    )  # fmt: skip
    off = replace(held, uid="event-2@apprentice-desk", is_cancelled=True, is_private=True)
    calendar = Calendar.from_ical(calendar_file.content([held, off], MADE_AT, 60))
    first, second = calendar.walk("VEVENT")
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=150)
    assert (first["CLASS"], "STATUS" in first) == ("PUBLIC", False)
    assert (second["CLASS"], second["STATUS"]) == ("PRIVATE", "CANCELLED")
