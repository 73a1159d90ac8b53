"""What came from a calendar is known again, and the activity that a title names."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.imports.calendar_marks import is_from, named_activity, source_of
from apprentice_desk.imports.calendars import CalendarEntry, read_calendar

DAY = date(2026, 8, 20)
EVENT = CalendarEntry(DAY, 60, "Workshop", "09:30", "one@exampleton.example")


def test_an_entry_is_known_by_its_uid_and_time_whatever_the_file_was_called() -> None:
    source = source_of("training.ics", EVENT)
    assert source == "training.ics, UID one@exampleton.example"
    assert is_from(source, "09:30", EVENT)
    assert is_from(source_of("training (2).ics", EVENT), "09:30", EVENT)
    assert not is_from(source, "13:30", EVENT)
    other = CalendarEntry(DAY, 60, "Workshop", "09:30", "two@exampleton.example")
    assert not is_from(source, "09:30", other)
    assert not is_from("", "09:30", EVENT)
    assert not is_from("log.xlsx, row 3", "09:30", EVENT)


@pytest.mark.parametrize("uid", ["", "x" * 161, "a, UID b", " spaced \n out ", "\ud800" * 200])
def test_a_uid_that_is_missing_long_or_odd_is_known_again_too(uid: str) -> None:
    event = CalendarEntry(DAY, 60, "Workshop", "", uid)
    source = source_of("name, UID " * 30, event)
    assert len(source) <= 300
    assert is_from(source, "", event)
    assert not is_from(source, "", CalendarEntry(DAY, 60, "Lab", "", f"{uid}x"))


def test_without_a_uid_the_title_tells_them_apart() -> None:
    workshop, lab = CalendarEntry(DAY, 60, "Workshop"), CalendarEntry(DAY, 60, "Lab")
    assert is_from(source_of("a.ics", workshop), "", workshop)
    assert not is_from(source_of("a.ics", workshop), "", lab)


def test_the_uid_is_read_from_the_calendar() -> None:
    text = "\r\n".join(
        [
            "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:one@exampleton.example", "SUMMARY:Lab",
            "DTSTART:20260820T083000Z", "DTEND:20260820T093000Z", "END:VEVENT",
            "BEGIN:VEVENT", "UID:two@exampleton.example", "SUMMARY:Days",
            "DTSTART;VALUE=DATE:20260821", "END:VEVENT", "END:VCALENDAR",
        ]
    )  # fmt: skip
    read = read_calendar(text.encode(), Period(DAY, date(2026, 8, 31)))
    assert [(each.title, each.uid) for each in read.entries] == [
        ("Lab", "one@exampleton.example"),
        ("Days", "two@exampleton.example"),
    ]


@pytest.mark.parametrize(
    ("title", "activity"),
    [
        ("Workshop: databases", Activity.WORKSHOP),
        ("  WORKSHOP", Activity.WORKSHOP),
        ("Databases (hands-on training)", Activity.PRACTICAL_TRAINING),
        ("Dentist", None),
        ("Workshopping", None),  # not a word of the list, so it is not guessed
        ("Lab after the lecture", None),  # two of them: not guessed
        ("", None),
    ],
)
def test_an_activity_is_guessed_only_where_one_word_of_the_list_stands_in_the_title(
    title: str, activity: Activity | None
) -> None:
    assert named_activity(title, resources.activity_words()) == activity


def test_the_longest_words_count() -> None:
    known = {"training": Activity.OTHER_TRAINING, "skills training": Activity.PRACTICAL_TRAINING}
    assert named_activity("Skills training, day 2", known) is Activity.PRACTICAL_TRAINING
