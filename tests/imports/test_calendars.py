"""Calendar exports: what is proposed, what is said, and what a stranger's file may not do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import calendars
from apprentice_desk.imports.calendars import CalendarEntry, CalendarRead, read_calendar
from apprentice_desk.imports.recurrences import Purse, recurrence

AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 31))


def ics(*events: str, before: str = "") -> bytes:
    """A calendar of these events, each given by its lines."""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{before}{body}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def read(*events: str, period: Period = AUTUMN) -> CalendarRead:
    return read_calendar(ics(*events), period)


def shown(found: CalendarRead) -> list[tuple[str, str, int | None]]:
    return [(each.done_on.isoformat(), each.began_at, each.minutes) for each in found.entries]


def test_an_event_is_proposed_with_day_length_title_and_time_only() -> None:
    found = read(
        "UID:1\nDTSTART;TZID=Europe/London:20261117T090000\nDTEND;TZID=Europe/London:20261117T123000\n"
        "SUMMARY:Cloud essentials\\, part 2\nORGANIZER;CN=Grace Example:mailto:g@example.org\n"
        "ATTENDEE:mailto:a@example.org\nDESCRIPTION:secret\nBEGIN:VALARM\nSUMMARY:Alarm\n"
        "DTSTART:20260101T000000\nEND:VALARM"
    )
    entry = CalendarEntry(date(2026, 11, 17), 210, "Cloud essentials, part 2", "09:00")
    assert found == CalendarRead((entry,), 0, ())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Universal time is shown as London's; in summer that is an hour later.
        ("DTSTART:20260901T090000Z\nDTEND:20260901T100000Z", ("2026-09-01", "10:00", 60)),
        ("DTSTART:20261201T090000Z\nDURATION:PT1H30M", ("2026-12-01", "09:00", 90)),
        ("DTSTART:20261201T090000\nDURATION:PT1H", ("2026-12-01", "09:00", 60)),
        (
            "DTSTART;TZID=America/New_York:20261201T090000\nDURATION:PT1H",
            ("2026-12-01", "14:00", 60),
        ),
        (
            "DTSTART;TZID=GMT Standard Time:20260901T090000\nDURATION:PT1H",
            ("2026-09-01", "09:00", 60),
        ),
        # Clocks go back: from half past midnight to half past two are three hours.
        (
            "DTSTART;TZID=Europe/London:20261025T003000\nDTEND;TZID=Europe/London:20261025T023000",
            ("2026-10-25", "00:30", 180),
        ),
        # Past midnight it stays with the day on which it began.
        ("DTSTART:20261201T230000\nDTEND:20261202T010000", ("2026-12-01", "23:00", 120)),
        ("DTSTART;VALUE=DATE:20261201", ("2026-12-01", "", None)),
    ],
)
def test_times_are_those_of_london(lines: str, expected: tuple[str, str, int | None]) -> None:
    found = read(f"UID:1\n{lines}\nSUMMARY:x")
    assert shown(found) == [expected]
    assert found.findings == ()


def test_whole_days_are_one_entry_each_without_a_length() -> None:
    long = "DTSTART;VALUE=DATE:20260830\nDTEND;VALUE=DATE:20260903\nSUMMARY:Bootcamp"
    timed = "DTSTART:20261230T090000\nDTEND:20270102T170000\nSUMMARY:Camp"
    assert shown(read(long, timed)) == [
        ("2026-09-01", "", None),
        ("2026-09-02", "", None),
        ("2026-12-30", "", None),
        ("2026-12-31", "", None),
    ]


def test_what_takes_no_time_or_lies_outside_is_not_proposed() -> None:
    assert read("DTSTART:20261201T090000", "DTSTART:20260831T090000\nDURATION:PT1H").entries == ()
    assert read("DTSTART;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20260831").entries == ()


THURSDAYS = (
    "UID:t\nDTSTART;TZID=Europe/London:20261001T090000\nDURATION:PT2H\nSUMMARY:Lecture\n"
    "RRULE:FREQ=WEEKLY;UNTIL=20261112T090000Z\nEXDATE;TZID=Europe/London:20261022T090000\n"
    "RDATE;TZID=Europe/London:20261120T090000"
)


def test_what_comes_again_keeps_its_time_when_the_clocks_go_back() -> None:
    assert shown(read(THURSDAYS)) == [
        (day, "09:00", 120)
        for day in (
            "2026-10-01", "2026-10-08", "2026-10-15", "2026-10-29", "2026-11-05", "2026-11-12",
            "2026-11-20",
        )
    ]  # fmt: skip


def test_one_that_was_moved_or_cancelled_stands_where_it_is_now() -> None:
    moved = (
        "UID:t\nRECURRENCE-ID;TZID=Europe/London:20261008T090000\nDURATION:PT1H\n"
        "DTSTART;TZID=Europe/London:20261009T140000\nSUMMARY:Moved"
    )
    cancelled = (
        "UID:t\nRECURRENCE-ID;TZID=Europe/London:20261015T090000\nSTATUS:CANCELLED\n"
        "DTSTART;TZID=Europe/London:20261015T090000\nDURATION:PT2H\nSUMMARY:Off"
    )
    found = read(THURSDAYS, moved, cancelled)
    assert shown(found)[:3] == [
        ("2026-10-01", "09:00", 120),
        ("2026-10-09", "14:00", 60),
        ("2026-10-29", "09:00", 120),
    ]
    assert found.cancelled == 1


def test_cancelled_events_and_files_are_counted_not_proposed() -> None:
    event = "DTSTART:20261201T090000\nDURATION:PT1H\nSUMMARY:x"
    found = read_calendar(ics(event, event, before="METHOD:CANCEL\n"), AUTUMN)
    assert (found.entries, found.cancelled) == ((), 2)
    assert read(f"{event}\nSTATUS:CANCELLED").cancelled == 1


def test_of_two_versions_the_later_one_is_taken() -> None:
    old, new = (
        f"UID:1\nSEQUENCE:{n}\nDTSTART:20261201T{10 + n}0000\nDURATION:PT1H" for n in range(2)
    )
    assert shown(read(new, old)) == shown(read(old, new)) == [("2026-12-01", "11:00", 60)]


def test_every_second_day_without_an_end_stops_with_the_period() -> None:
    found = read("DTSTART;VALUE=DATE:20261226\nRRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20261230")
    assert [day for day, _, _ in shown(found)] == ["2026-12-26", "2026-12-28", "2026-12-30"]
    endless = read("DTSTART:20261226T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=99991231")
    assert len(endless.entries) == 6


@pytest.mark.parametrize(
    ("lines", "code", "says"),
    [
        ("DTSTART:2026120X\nSUMMARY:Odd", "IC001", "When “Odd” was cannot be read."),
        ("SUMMARY:Odd", "IC001", "When “Odd” was cannot be read."),
        ("DTSTART:00010101T000000Z", "IC001", "When “No title” was cannot be read."),
        ("DTSTART:99991231T235959Z", "IC001", "When “No title” was cannot be read."),
        ("DTSTART:20261201T090000\nDTEND:20261201T080000", "IC001", "When “No title” was"),
        ("DTSTART:20261201T090000\nDTEND;VALUE=DATE:20261202", "IC001", "When “No title” was"),
        ("DTSTART:20261201T090000\nDTEND:nonsense", "IC001", "When “No title” was"),
        ("DTSTART:20261201T090000\nDURATION:P9999999D", "IC001", "When “No title” was"),
        ("DTSTART:20261201T090000\nDURATION:soon", "IC001", "When “No title” was"),
        (
            "DTSTART;TZID=Nowhere/Town:20261201T090000\nDURATION:PT1H\nSUMMARY:Odd",
            "IC002",
            "The time zone of “Odd” is not known; London's is taken.",
        ),
        *(
            (
                f"DTSTART:20261201T090000\nDURATION:PT1H\nSUMMARY:Odd\nRRULE:{rule}",
                "IC003",
                "How “Odd” comes again cannot be read; only 1 Dec 2026 is taken.",
            )
            for rule in (
                "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=9", "FREQ=WEEKLY;INTERVAL=0", "soon",
                "FREQ=WEEKLY;BYDAY=2MO", "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=MONTHLY;BYMONTHDAY=32",
                "FREQ=YEARLY;BYDAY=2MO;BYMONTHDAY=1", "FREQ=DAILY;UNTIL=PT1H",
                "FREQ=WEEKLY;COUNT=x",
            )
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(lines: str, code: str, says: str) -> None:
    found = read(lines)
    (finding,) = found.findings
    assert finding.code == code
    assert finding.message.startswith(says)
    assert len(found.entries) == (code != "IC001")


def test_exceptions_that_cannot_be_read_leave_the_event_alone() -> None:
    event = "DTSTART:20261201T090000\nDTSTART:20261202T090000\nDURATION:PT1H\nEXDATE:x\nSEQUENCE:x"
    assert shown(read(event)) == [("2026-12-01", "09:00", 60)]


def test_one_damaged_event_spoils_no_other() -> None:
    good = "DTSTART:20261201T090000\nDURATION:PT1H\nSUMMARY:Good"
    found = read(good, "DTSTART;TZID=Europe/London;VALUE=TEXT:x\nSUMMARY;=:y", good)
    assert [each.title for each in found.entries] == ["Good"]
    assert [finding.code for finding in found.findings] == ["IC001"]


def test_values_of_another_kind_are_passed_over() -> None:
    event = "DTSTART:20261201T090000\nDURATION:PT1H\nSEQUENCE;VALUE=TEXT:abc\nUID;x"
    event += (
        "\nRECURRENCE-ID;VALUE=TEXT:x\nEXDATE:00010101\nRDATE;VALUE=PERIOD:20261202T090000/PT1H"
    )
    assert shown(read(event)) == [("2026-12-01", "09:00", 60)]


class TestStrangersFiles:
    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Name,Hours\nAda,3", b"\xff\xfe\x00"])
    def test_what_is_no_calendar_is_refused(self, content: bytes) -> None:
        with pytest.raises(Problem, match="not a calendar"):
            read_calendar(content, AUTUMN)

    def test_100_megabytes_are_refused_before_they_are_read(self) -> None:
        with pytest.raises(Problem, match="larger than 32 MB"):
            read_calendar(b"BEGIN:VCALENDAR\r\n" + bytes(100_000_000), AUTUMN)

    def test_a_long_description_or_attachment_costs_nothing(self) -> None:
        event = f"DTSTART:20261201T090000\nDURATION:PT1H\nATTACH:{'QUJD' * 2_000_000}\nSUMMARY:x"
        assert len(read(event).entries) == 1

    def test_an_endless_title_and_control_characters_are_cut(self) -> None:
        (entry,) = read(f"DTSTART;VALUE=DATE:20261201\nSUMMARY:a\x07b {'x' * 100_000}").entries
        assert entry.title.startswith("a b xxx")
        assert len(entry.title) == 300

    def test_too_many_events_are_refused(self) -> None:
        event = "DTSTART:20200101T090000"
        with pytest.raises(Problem, match="more than 20,000 events"):
            read(*[event] * 20_001)

    def test_too_many_returns_are_refused(self) -> None:
        rule = "RRULE:FREQ=DAILY;COUNT=1000;INTERVAL=40"
        often = [f"UID:{n}\nDTSTART:19000101T090000\n{rule}" for n in range(250)]
        with pytest.raises(Problem, match="come again too often"):
            read(*often)
        week = [f"DTSTART:20260901T{n // 60:02d}{n % 60:02d}00\nDURATION:PT1H\nRRULE:FREQ=DAILY"
                for n in range(60)]  # fmt: skip
        with pytest.raises(Problem, match="more than 5,000 events in the time"):
            read(*week)

    def test_a_rule_that_never_comes_again_is_not_looked_for_for_ever(self) -> None:
        rule = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
        assert read(f"DTSTART;VALUE=DATE:19000101\n{rule}").entries == ()

    def test_deep_nesting_and_events_without_an_end_are_passed_over(self) -> None:
        event = "DTSTART;VALUE=DATE:20261201\n" + "BEGIN:X\n" * 50_000
        assert read(event).entries != ()
        assert read_calendar(ics()[:-17] + b"BEGIN:VEVENT\r\nDTSTART:20261201\r\n", AUTUMN) == (
            CalendarRead((), 0, ())
        )

    def test_it_can_be_stopped(self) -> None:
        progress = Progress()
        progress.stop()
        with pytest.raises(Cancelled):
            read_calendar(ics("DTSTART;VALUE=DATE:20261201"), AUTUMN, progress)

    def test_a_period_needs_an_end(self) -> None:
        with pytest.raises(ValueError, match="with an end"):
            read_calendar(ics(), Period(date(2026, 1, 1)))

    def test_older_letters_are_read(self) -> None:
        content = ics("DTSTART;VALUE=DATE:20261201\nSUMMARY:Caf?").replace(b"?", b"\xe9")
        assert read_calendar(content, AUTUMN).entries[0].title == "Café"

    names = st.sampled_from(sorted(calendars._WANTED))

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(
            st.tuples(
                names,
                st.sampled_from(["", ";TZID=Europe/London", ";VALUE=DATE", ";VALUE=PERIOD", ";="]),
                st.text(max_size=20)
                | st.sampled_from(
                    ["20261201", "20261201T090000Z", "PT1H", "-PT1H", "FREQ=DAILY", "CANCELLED",
                     "FREQ=YEARLY;UNTIL=PT1H", "20261201T090000Z/PT1H", "FREQ=MONTHLY;WKST=XX"]
                ),
            ),
            max_size=8,
        )
    )  # fmt: skip
    def test_whatever_stands_in_an_event_it_is_read_or_named(
        self, lines: list[tuple[str, str, str]]
    ) -> None:
        found = read("\n".join(f"{name}{params}:{value}" for name, params, value in lines))
        assert all(AUTUMN.first <= each.done_on <= date(2026, 12, 31) for each in found.entries)


START = date(2024, 2, 29)
END = START + timedelta(days=1_500)


def days_of(rule: str, start: date = START) -> list[str]:
    parts = {
        name: value.split(",") for name, value in (each.split("=") for each in rule.split(";"))
    }
    return [str(day) for day in recurrence(parts).days(start, END, Purse())]


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=DAILY;COUNT=3", ["2024-03-01", "2024-03-02"]),
        ("FREQ=DAILY;BYDAY=SA,SU;COUNT=3", ["2024-03-02", "2024-03-03"]),
        ("FREQ=DAILY;BYMONTHDAY=-1;COUNT=2", ["2024-03-31"]),
        ("FREQ=WEEKLY;COUNT=2", ["2024-03-07"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TH;WKST=SU;COUNT=3", ["2024-03-10", "2024-03-14"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TH;WKST=MO;COUNT=3", ["2024-03-03", "2024-03-14"]),
        ("FREQ=MONTHLY;COUNT=3", ["2024-03-29", "2024-04-29"]),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", ["2024-03-12", "2024-04-09"]),
        ("FREQ=MONTHLY;BYDAY=-1FR,5MO;COUNT=3", ["2024-03-29", "2024-04-26"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2024-03-29"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", ["2024-09-13"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYMONTH=9;COUNT=2", ["2024-09-01"]),
        ("FREQ=YEARLY;COUNT=2", ["2028-02-29"]),
        ("FREQ=YEARLY;BYDAY=-1SU;COUNT=2", ["2024-12-29"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=1MO;COUNT=2", ["2024-03-04"]),
        ("FREQ=YEARLY;BYMONTHDAY=1;COUNT=3", ["2024-03-01", "2024-04-01"]),
        ("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2", []),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_days_that_come_again_as_the_standard_has_them(rule: str, first: list[str]) -> None:
    assert days_of(rule) == first


@pytest.mark.parametrize(
    ("frequency", "last"),
    [("DAILY", 31), ("WEEKLY", 27), ("MONTHLY", None), ("YEARLY", None)],
)
def test_no_day_lies_after_the_years_that_are_known(frequency: str, last: int | None) -> None:
    how = recurrence({"FREQ": [frequency]})
    found = list(how.days(date(2100, 12, 20), date.max, Purse()))
    assert found[-1:] == ([date(2100, 12, last)] if last else [])
    rare = recurrence({"FREQ": [frequency], "INTERVAL": [1000]})
    assert list(rare.days(date(2100, 12, 20), date.max, Purse())) == []


WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 3))}"]
    parts.append(f"WKST={draw(WEEKDAYS)}")
    is_long = frequency in ("MONTHLY", "YEARLY")
    if weekdays := draw(st.lists(WEEKDAYS, max_size=3, unique=True)):
        place = draw(st.sampled_from(["", "1", "-1", "2"])) if is_long else ""
        parts.append("BYDAY=" + ",".join(f"{place}{each}" for each in weekdays))
    elif frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from(['1', '15', '-1', '1,28']))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 12))}")
    # dateutil looks to the year 9999 for a month that no interval meets.
    if draw(st.booleans()) and (frequency != "MONTHLY" or "INTERVAL=1" in parts):
        parts.append(f"BYMONTH={draw(st.sampled_from(['2', '3,9', '6']))}")
    return ";".join(parts)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(rules(), st.dates(date(2024, 1, 1), date(2025, 12, 31)))
def test_days_that_come_again_are_those_of_another_reader(rule: str, start: date) -> None:
    """dateutil's, where the first day fits the rule: one that does not it takes for none."""
    theirs: list[date] = []
    for at in rrulestr(rule, dtstart=datetime.combine(start, time())):
        if at.date() > END:
            break
        theirs.append(at.date())
    assume(theirs[:1] == [start])
    assert days_of(rule, start) == [str(day) for day in theirs[1:]]


@settings(max_examples=100, deadline=None)
@given(rules(), st.dates(START, END))
def test_days_before_those_asked_for_are_stepped_over_and_no_other(
    rule: str, from_on: date
) -> None:
    parts = {
        name: value.split(",") for name, value in (each.split("=") for each in rule.split(";"))
    }
    how, purse, fewer = recurrence(parts), Purse(), Purse()
    every = [day for day in how.days(START, END, purse) if day >= from_on]
    later = [day for day in how.days(START, END, fewer, from_on) if day >= from_on]
    assert later == every
    assert fewer.steps >= purse.steps


def test_an_old_series_costs_no_more_than_a_new_one() -> None:
    purse = Purse()
    how = recurrence({"FREQ": ["DAILY"]})
    list(how.days(date(1900, 1, 1), date(2026, 12, 31), purse, date(2026, 12, 1)))
    assert Purse().steps - purse.steps < 100
