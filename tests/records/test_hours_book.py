"""Hours are verified by whom and when, and no day has more than 24 of them."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails
from records.acting import AT, GONE, changing
from records.dumps import dump

BY = "Grace Park"
DAY = date(2026, 8, 3)


def verify(store, *keys, by=BY, at=AT):
    return changing(store, lambda s: hours.verify(s, keys, by, at), "Verify")


def row_of(store, entry_id):
    return next(row for row in store.read(hours.hours_rows) if row.id == entry_id)


def test_many_entries_are_verified_in_one_change_by_whom_and_when(store, make):
    keys = [make.hours() for _ in range(3)]
    assert {row.verified_by for row in store.read(hours.hours_rows)} == {""}
    before = dump(store)
    assert verify(store, *keys, keys[0], by=f" {BY} ") == 3
    assert {(row.verified_by, row.verified_at) for row in store.read(hours.hours_rows)} == {
        (BY, AT)
    }
    store.undo(store.latest_change().number)
    assert dump(store) == before


def test_who_verified_first_stays(store, make):
    first, second = make.hours(), make.hours()
    verify(store, first)
    assert verify(store, first, second, by="Tom Hill") == 1
    assert (row_of(store, first).verified_by, row_of(store, second).verified_by) == (BY, "Tom Hill")


def test_a_verification_is_taken_back(store, make):
    first, second = make.hours(), make.hours()
    verify(store, first)
    back = changing(store, lambda s: hours.take_verification_back(s, [first, second]), "Back")
    assert back == 1
    assert (row_of(store, first).verified_by, row_of(store, first).verified_at) == ("", None)


def test_what_is_verified_has_a_name_and_is_there(store, make):
    key = make.hours()
    with pytest.raises(Problem, match="Say who verifies"):
        verify(store, key, by=" ")
    with pytest.raises(Problem, match="has 201 characters"):
        verify(store, key, by="x" * 201)
    for act in (
        lambda s: hours.verify(s, [key, GONE], BY, AT),
        lambda s: hours.take_verification_back(s, [GONE]),
    ):
        with pytest.raises(Conflict, match="removed meanwhile"):
            changing(store, act)
    assert row_of(store, key).verified_by == ""


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        ({}, True),
        ({"ksbs": "K1"}, True),
        ({"began_at": "09:00"}, True),
        ({"minutes": 91}, False),
        ({"done_on": date(2026, 8, 4)}, False),
        ({"activity": Activity.MENTORING}, False),
        ({"counts": False}, False),
        ({"what": "Something else"}, False),
    ],
)
def test_correcting_what_was_vouched_for_takes_the_verification_away(store, make, changes, stays):
    key = make.hours()
    verify(store, key)
    given = row_of(store, key).details
    values = {name: getattr(given, name) for name in HoursDetails.__dataclass_fields__}
    details = HoursDetails(**values | changes)
    changing(store, lambda s: hours.correct_hours(s, key, details))
    found = row_of(store, key)
    assert found.details == details
    assert (found.verified_by, found.verified_at) == ((BY, AT) if stays else ("", None))


def test_moving_an_entry_to_somebody_else_takes_the_verification_away(store, make):
    key, other = make.hours(), make.apprentice()
    verify(store, key)
    changing(store, lambda s: hours.correct_hours(s, key, HoursDetails(other, DAY, 90)))
    assert row_of(store, key).verified_by == ""


# --- the hours of a day -------------------------------------------------------------------------


def test_no_command_gives_a_day_more_than_24_hours(store, make):
    ada, noor = make.apprentice(), make.apprentice()
    make.hours(ada, done_on=DAY, minutes=1_400)
    small = make.hours(ada, done_on=DAY, minutes=40)
    other = make.hours(noor, done_on=DAY, minutes=60)
    before = dump(store, with_log=True)
    one = "3 Aug 2026 would have 24 h 1 m with this entry"
    for act, said in (
        (lambda s: hours.log_hours(s, HoursDetails(ada, DAY, 1)), one),
        (lambda s: hours.log_hours(s, HoursDetails(ada, DAY, 1), even_if_finished=True), one),
        (
            lambda s: hours.log_many(s, [(HoursDetails(ada, DAY, 1), "")]),
            "3 Aug 2026 would have 24 h 1 m for one apprentice",
        ),
        (lambda s: hours.correct_hours(s, small, HoursDetails(ada, DAY, 41)), one),
        (lambda s: hours.correct_hours(s, other, HoursDetails(ada, DAY, 1)), one),
    ):
        with pytest.raises(Problem, match=said):
            changing(store, act)
    assert dump(store, with_log=True) == before
    changing(store, lambda s: hours.correct_hours(s, small, HoursDetails(ada, DAY, 40, what="x")))
    changing(store, lambda s: hours.log_hours(s, HoursDetails(noor, DAY, 1_380)))


def test_a_day_that_an_older_program_overfilled_may_be_thinned_out(store, make):
    ada = make.apprentice()
    first = make.hours(ada, done_on=DAY, minutes=1_440)

    def overfill(session):
        values = {"apprenticeship_id": ada, "done_on": DAY, "minutes": 600}
        session.add(hours.OffTheJobEntry(activity=Activity.WORKSHOP, counts=True, **values))

    changing(store, overfill)
    changing(store, lambda s: hours.correct_hours(s, first, HoursDetails(ada, DAY, 1_400)))
    with pytest.raises(Problem, match="33 h 21 m"):
        changing(store, lambda s: hours.correct_hours(s, first, HoursDetails(ada, DAY, 1_401)))
    tomorrow = date(2026, 8, 4)  # other days are not held up by it
    entries = [(HoursDetails(ada, tomorrow, 60), ""), (HoursDetails(ada, date(2026, 8, 2), 60), "")]
    assert changing(store, lambda s: hours.log_many(s, entries)) == 2


def test_no_entries_at_all_are_logged_too(store):
    assert changing(store, lambda s: hours.log_many(s, [])) == 0


def test_a_form_hears_of_the_day_before_it_saves(store, make):
    ada = make.apprentice()
    key = make.hours(ada, done_on=DAY, minutes=120, began_at="09:00")
    make.hours(ada, done_on=DAY, minutes=1_200)

    def check(details, entry_id=None):
        return [(f.code, f.level) for f in store.read(hours.check_day, details, entry_id)]

    assert check(HoursDetails(ada, DAY, 60, began_at="11:00")) == []
    assert check(HoursDetails(ada, DAY, 60, began_at="10:30")) == [("HO009", Level.NOTE)]
    assert check(HoursDetails(ada, DAY, 121)) == [("HO008", Level.ROW)]
    assert check(HoursDetails(ada, DAY, 240, began_at="09:30"), key) == []
    assert check(HoursDetails(ada)) == check(HoursDetails(ada, DAY)) == []
    log = lambda s: hours.log_hours(s, HoursDetails(ada, DAY, 30, began_at="10:30"))  # noqa: E731
    changing(store, log)  # an overlap is worth a look and no more
