"""What is said of a week: nothing was done, it is finished, it is open again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import apprentice_removal, apprentices, hours, weeks
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.weeks import WEEK, WeekRow
from records.acting import AT, GONE, MONDAY, changing
from records.dumps import dump

BY = "Grace Park"


def said(store, monday=MONDAY):
    return store.read(weeks.week_rows, monday, monday)


def finish(store, *keys, monday=MONDAY):
    return changing(store, lambda s: weeks.finish_week(s, keys, monday, BY, AT), "Finish")


def say_nothing(store, key, monday=MONDAY):
    changing(store, lambda s: weeks.say_nothing(s, key, monday), "Nothing")


def log(store, key, day=MONDAY, **more):
    return changing(store, lambda s: hours.log_hours(s, HoursDetails(key, day, 60), **more))


def test_nothing_this_week_is_an_answer_that_a_blank_week_does_not_give(store, make):
    ada, noor = make.apprentice(), make.apprentice()
    say_nothing(store, ada)
    number = store.latest_change().number
    say_nothing(store, ada)
    assert store.latest_change().number == number  # said twice
    assert said(store) == (WeekRow(ada, MONDAY, True, None, ""),)
    assert not said(store)[0].is_finished
    assert said(store, MONDAY + WEEK) == ()
    changing(store, lambda s: weeks.take_nothing_back(s, ada, MONDAY))
    assert said(store) == ()
    with pytest.raises(Conflict, match="blank already"):
        changing(store, lambda s: weeks.take_nothing_back(s, noor, MONDAY))


@pytest.mark.parametrize(("days", "fits"), [(-1, True), (0, False), (6, False), (7, True)])
def test_nothing_is_not_said_of_a_week_with_hours(store, make, days, fits):
    key = make.apprentice()
    make.hours(key, done_on=MONDAY + timedelta(days=days))
    if fits:
        say_nothing(store, key)
        assert said(store)[0].is_nothing
    else:
        with pytest.raises(Problem, match="There are hours in the week of 3 Aug 2026 already"):
            say_nothing(store, key)


def test_the_first_entry_takes_nothing_away_in_the_same_change(store, make):
    key, other = make.apprentice(), make.apprentice()
    say_nothing(store, key)
    say_nothing(store, other)
    say_nothing(store, key, MONDAY + WEEK)
    before = dump(store)
    log(store, key, MONDAY + timedelta(days=6))
    assert [row.apprenticeship_id for row in said(store)] == [other]
    assert said(store, MONDAY + WEEK)[0].is_nothing
    store.undo(store.latest_change().number)
    assert dump(store) == before
    entries = [(HoursDetails(key, MONDAY + timedelta(days=day), 30), "") for day in range(14)]
    changing(store, lambda s: hours.log_many(s, entries))
    assert [row.apprenticeship_id for row in said(store)] == [other]
    assert said(store, MONDAY + WEEK) == ()


def test_an_entry_that_is_corrected_into_a_week_takes_nothing_away_too(store, make):
    key = make.apprentice()
    entry_id = make.hours(key, done_on=MONDAY + WEEK)
    say_nothing(store, key)
    details = HoursDetails(key, MONDAY, 60)
    changing(store, lambda s: hours.correct_hours(s, entry_id, details))
    assert said(store) == ()


def test_a_week_is_finished_for_many_at_once_by_whom_and_when(store, make):
    ada, noor, zoe = (make.apprentice() for _ in range(3))
    say_nothing(store, noor)
    assert finish(store, ada, noor, ada) == 2
    number = store.latest_change().number
    assert finish(store, ada, noor) == 0
    assert store.latest_change().number == number
    assert finish(store, ada, zoe) == 1
    rows = {row.apprenticeship_id: row for row in said(store)}
    assert rows[ada] == WeekRow(ada, MONDAY, False, AT, BY)
    assert rows[noor] == WeekRow(noor, MONDAY, True, AT, BY)
    assert rows[ada].is_finished
    weeks_asked = [(key, monday) for key in (ada, noor) for monday in (MONDAY, MONDAY + WEEK)]
    assert changing(store, lambda s: weeks.make_room(s, weeks_asked), "Make room") == {
        (ada, MONDAY),
        (noor, MONDAY),
    }
    assert {row.apprenticeship_id: row for row in said(store)} == rows
    assert changing(store, lambda s: weeks.make_room(s, []), "Make room") == frozenset()

    reopened = changing(store, lambda s: weeks.reopen_week(s, [ada, noor, GONE], MONDAY), "Reopen")
    assert reopened == 2
    rows = {row.apprenticeship_id: row for row in said(store)}
    assert ada not in rows
    assert rows[noor] == WeekRow(noor, MONDAY, True, None, "")
    assert rows[zoe].is_finished
    assert changing(store, lambda s: weeks.reopen_week(s, [ada, noor], MONDAY)) == 0


def test_a_finished_week_is_left_alone(store, make):
    key = make.apprentice(given_names="Noor", family_name="Aziz")
    entry_id = make.hours(key, done_on=MONDAY)
    later_id = make.hours(key, done_on=MONDAY + WEEK)
    finish(store, key)
    before = dump(store, with_log=True)
    refused = [
        lambda s: hours.log_hours(s, HoursDetails(key, MONDAY + timedelta(days=6), 60)),
        lambda s: hours.log_many(s, [(HoursDetails(key, MONDAY, 60), "")]),
        lambda s: hours.correct_hours(s, entry_id, HoursDetails(key, MONDAY, 60)),
        lambda s: hours.correct_hours(s, entry_id, HoursDetails(key, MONDAY + WEEK, 60)),
        lambda s: hours.correct_hours(s, later_id, HoursDetails(key, MONDAY, 60)),
        lambda s: hours.remove_hours(s, entry_id),
    ]
    for act in refused:
        with pytest.raises(Problem, match=r"week of 3 Aug 2026 is finished for Noor Aziz\. Reopen"):
            changing(store, act)
    for act in (weeks.say_nothing, weeks.take_nothing_back):
        with pytest.raises(Problem, match="The week of 3 Aug 2026 is finished"):
            changing(store, lambda s, act=act: act(s, key, MONDAY))
    assert dump(store, with_log=True) == before
    changing(store, lambda s: hours.verify(s, [entry_id], BY, AT))  # what a review does after
    changing(store, lambda s: weeks.reopen_week(s, [key], MONDAY))
    log(store, key)


def test_of_several_finished_weeks_the_first_is_named(store, make):
    ada = make.apprentice(given_names="Ada")
    noor = make.apprentice(given_names="Noor")
    finish(store, ada, noor)
    finish(store, ada, monday=MONDAY - WEEK)
    entries = [(HoursDetails(key, day, 9), "") for key in (ada, noor)
               for day in (MONDAY, MONDAY - WEEK)]  # fmt: skip
    with pytest.raises(Problem, match=r"27 Jul 2026 is finished for Ada Lovelace\. So are 2 more"):
        changing(store, lambda s: hours.log_many(s, entries))


def test_an_import_goes_into_a_finished_week_and_takes_nothing_away(store, make):
    key = make.apprentice()
    say_nothing(store, key)
    finish(store, key)
    entry_id = log(store, key, even_if_finished=True)
    assert said(store) == (WeekRow(key, MONDAY, False, AT, BY),)
    details = HoursDetails(key, MONDAY, 90)
    for act in (
        lambda s: hours.log_many(s, [(details, "")], even_if_finished=True),
        lambda s: hours.correct_hours(s, entry_id, details, even_if_finished=True),
        lambda s: hours.remove_hours(s, entry_id, even_if_finished=True),
    ):
        changing(store, act)
    assert said(store)[0].is_finished


def test_who_finishes_a_week_has_a_name_and_the_week_has_begun(store, make):
    key = make.apprentice()
    with pytest.raises(Problem, match="Say who finishes"):
        changing(store, lambda s: weeks.finish_week(s, [key], MONDAY, " ", AT))
    with pytest.raises(Problem, match="10 Aug 2026 has not begun"):
        changing(store, lambda s: weeks.finish_week(s, [key], MONDAY + WEEK, BY, AT))
    midnight = datetime(2026, 8, 9, 23, 0, tzinfo=UTC)  # in London the week has begun
    changing(store, lambda s: weeks.finish_week(s, [key], MONDAY + WEEK, BY, midnight))


@pytest.mark.parametrize(
    "act",
    [
        lambda s, day: weeks.say_nothing(s, GONE, day),
        lambda s, day: weeks.take_nothing_back(s, GONE, day),
        lambda s, day: weeks.finish_week(s, [GONE], day, BY, AT),
        lambda s, day: weeks.reopen_week(s, [GONE], day),
    ],
)
def test_a_week_is_named_by_its_monday(store, act):
    with pytest.raises(ValueError, match="by its Monday, not by Tuesday"):
        changing(store, lambda s: act(s, date(2026, 8, 4)))


def test_weeks_of_somebody_who_is_gone_are_not_finished(store):
    with pytest.raises(Conflict):
        finish(store, GONE)


def test_who_was_entered_by_mistake_goes_with_what_was_said_of_their_weeks(store, make):
    key = make.apprentice()
    other = make.apprentice()
    say_nothing(store, key)
    finish(store, key, other)
    before = dump(store)
    person = store.read(apprentices.held, key).apprentice_id
    changing(store, lambda s: apprentice_removal.remove(s, person), "Remove")
    assert [row.apprenticeship_id for row in said(store)] == [other]
    store.undo(store.latest_change().number)
    assert dump(store) == before
