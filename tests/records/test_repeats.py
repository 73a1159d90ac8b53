"""Sessions that come again are remembered, confirmed up to today, never logged by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.records import apprentice_removal, apprentices, confirming, hours, repeats
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.repeats import check_repeat
from records.acting import GONE, TODAY, changing
from records.acts_on_hours import THURSDAYS, repeat_of
from records.dumps import dump


def keep(store, details, answered_to=None):
    return changing(store, lambda s: repeats.keep_repeat(s, details, TODAY, answered_to), "Keep")


def rows(store):
    return store.read(repeats.repeat_rows)


def codes(details):
    return [(finding.code, finding.place.field) for finding in check_repeat(details, TODAY)]


def test_what_is_remembered_comes_back_as_it_was(store, make):
    ada, noor = sorted((make.apprentice(), make.apprentice()), key=lambda key: key.hex)
    details = repeat_of(ada, noor)
    first = keep(store, details, date(2026, 8, 20))
    endless = replace(
        details,
        repeat=Repeat(frozenset(range(7)), date(2026, 8, 7)),
        people=((ada, 1440),),
        what="",
    )
    second = keep(store, endless)
    found = rows(store)
    assert [row.id for row in found] == [first, second]
    assert [row.details for row in found] == [details, endless]
    assert [row.answered_to for row in found] == [date(2026, 8, 20), None]
    assert store.read(hours.hours_rows) == ()


def test_spans_left_out_may_have_no_end(store, make):
    repeat = replace(THURSDAYS, leave_out=(Period(date(2026, 12, 1)),))
    details = replace(repeat_of(make.apprentice()), repeat=repeat)
    keep(store, details)
    assert rows(store)[0].details == details


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {"repeat": replace(THURSDAYS, first_on=date(2021, 8, 31), last_on=None)},
            ("HR001", "first_on"),
        ),
        ({"repeat": replace(THURSDAYS, last_on=date(2031, 8, 7))}, ("HR002", "last_on")),
        ({"people": ()}, ("HR003", "people")),
        ({"people": ((GONE, 0), (GONE, 1441))}, ("HR004", "minutes")),
        ({"began_at": "25:00"}, ("HR005", "began_at")),
        ({"what": "x" * 4001}, ("TX001", "what")),
    ],
)
def test_what_cannot_be_remembered_is_said_beside_its_field(store, make, changes, code):
    sound = repeat_of(GONE)
    assert codes(sound) == []
    wrong = replace(sound, **changes)
    assert codes(wrong) == [code]
    before = dump(store, with_log=True)
    with pytest.raises(Problem):
        keep(store, wrong)
    assert dump(store, with_log=True) == before


def test_the_edges_of_five_years_fit(store, make):
    assert codes(replace(repeat_of(GONE), repeat=replace(THURSDAYS, first_on=TODAY.replace(2021),
                                                         last_on=TODAY))) == []  # fmt: skip
    assert (
        codes(replace(repeat_of(GONE), repeat=replace(THURSDAYS, last_on=date(2031, 8, 6)))) == []
    )


def entries(row, day):
    return [HoursDetails(key, day, minutes) for key, minutes in row.details.people]


def test_what_is_confirmed_is_logged_in_one_change_and_answered(store, make):
    keep(store, repeat_of(make.apprentice(), make.apprentice()))
    (row,) = rows(store)
    day = date(2026, 8, 20)
    before = dump(store)
    number = changing(
        store, lambda s: confirming.confirm(s, row.id, entries(row, day), TODAY, row.changed_in)
    )
    assert number == 2
    assert sorted(each.minutes for each in store.read(hours.hours_rows)) == [90, 120]
    assert rows(store)[0].answered_to == TODAY
    store.undo(store.latest_change().number)
    assert dump(store) == before


def test_none_may_be_confirmed_which_declines_them(store, make):
    keep(store, repeat_of(make.apprentice()))
    (row,) = rows(store)
    changing(store, lambda s: confirming.confirm(s, row.id, [], TODAY, row.changed_in))
    assert rows(store)[0].answered_to == TODAY
    assert store.read(hours.hours_rows) == ()


@pytest.mark.parametrize(
    ("day", "says"), [(date(2026, 9, 2), "2 Sep 2026: this cannot be"), (None, "Without a day")]
)
def test_nothing_that_is_to_come_is_logged(store, make, day, says):
    ada = make.apprentice()
    keep(store, repeat_of(ada))
    (row,) = rows(store)
    before = dump(store, with_log=True)
    wrong = [HoursDetails(ada, TODAY, 60), HoursDetails(ada, day, 60)]
    for act in (
        lambda s: confirming.confirm(s, row.id, wrong, TODAY, row.changed_in),
        lambda s: confirming.begin_repeat(s, row.details, wrong, TODAY),
    ):
        with pytest.raises(Problem, match=says):
            changing(store, act)
    assert dump(store, with_log=True) == before


def test_beginning_a_repeat_logs_what_was_ticked_and_answers_up_to_today(store, make):
    ada = make.apprentice()
    logged = [HoursDetails(ada, date(2026, 8, 6), 90)]
    before = dump(store)
    changing(store, lambda s: confirming.begin_repeat(s, repeat_of(ada), logged, TODAY))
    assert [each.done_on for each in store.read(hours.hours_rows)] == [date(2026, 8, 6)]
    assert [row.answered_to for row in rows(store)] == [TODAY]
    store.undo(store.latest_change().number)
    assert dump(store) == before


def test_what_somebody_else_answered_or_stopped_meanwhile_is_not_answered_twice(store, make):
    ada = make.apprentice()
    keep(store, repeat_of(ada))
    (row,) = rows(store)
    changing(store, lambda s: repeats.mark_answered(s, row.id, date(2026, 8, 20), row.changed_in))

    def confirm(session):
        confirming.confirm(session, row.id, entries(row, date(2026, 8, 6)), TODAY, row.changed_in)

    with pytest.raises(Conflict, match="Somebody else has confirmed or stopped"):
        changing(store, confirm)
    assert store.read(hours.hours_rows) == ()
    changing(store, lambda s: repeats.stop_repeat(s, row.id))
    assert rows(store) == ()
    with pytest.raises(Conflict, match="Somebody else has confirmed or stopped"):
        changing(store, confirm)
    with pytest.raises(Conflict, match="stopped this already"):
        changing(store, lambda s: repeats.stop_repeat(s, row.id))


def test_who_is_removed_takes_part_no_more_and_a_repeat_without_people_ends(store, make):
    ada, noor = make.apprentice(), make.apprentice()
    together, alone = repeat_of(ada, noor), repeat_of(ada, what="Alone")
    keep(store, together)
    keep(store, alone)
    apprentice_id = store.read(apprentices.held, ada).apprentice_id
    before = dump(store)
    changing(store, lambda s: apprentice_removal.remove(s, apprentice_id), "Remove")
    (left,) = rows(store)
    assert left.details.people == ((noor, 120),)
    assert left.details.what == together.what
    store.undo(store.latest_change().number)
    assert dump(store) == before


def test_what_was_logged_on_which_day_is_known_of_each(store, make):
    ada, noor, zoe = make.apprentice(), make.apprentice(), make.apprentice()
    for key, day in ((ada, 6), (ada, 6), (ada, 13), (noor, 7), (zoe, 6)):
        make.hours(key, done_on=date(2026, 8, day), minutes=30, what=f"Day {day}")
    found = store.read(repeats.words_logged, [ada, noor], date(2026, 8, 6), date(2026, 8, 7))
    assert found == {
        ada: {(date(2026, 8, 6), "Day 6")},
        noor: {(date(2026, 8, 7), "Day 7")},
    }
    assert store.read(repeats.words_logged, [], date(2026, 8, 6), TODAY) == {}
