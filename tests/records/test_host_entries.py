"""Hours that were done at a host: by the day, unless somebody says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.placement_days import HostStay, Where, stay_on
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import PlacementForm, SecondmentKind, SecondmentStatus
from apprentice_desk.domain.week_cells import Cell, Correct, Log
from apprentice_desk.records import confirming, hours, repeats, secondments
from apprentice_desk.records.host_stays import host_stays
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.secondment_moves import move_secondment, take_move_back
from apprentice_desk.records.secondments import Secondment
from apprentice_desk.records.week_changes import carry_out
from apprentice_desk.records.week_grid import week_grid
from records.acting import GONE, TODAY
from records.acts_on_hours import THURSDAYS

FIRST, LAST = date(2026, 6, 8), date(2026, 7, 3)
BEFORE, DURING, AFTER = date(2026, 6, 5), date(2026, 6, 18), date(2026, 7, 6)


def there(make, person, **changes):
    values = {
        "kind": SecondmentKind.REQUEST,
        "apprenticeship_id": person,
        "host": "LOTI",
        "status": SecondmentStatus.UNDER_WAY,
        "started_on": FIRST,
        "agreed_end_on": LAST,
    } | changes
    return make.secondment(**values)


def log(store, person, day, **changes):
    details = replace(HoursDetails(person, day, 60, what="Joins"), **changes)
    with store.change("Log hours") as session:
        return hours.log_hours(session, details)


def correct(store, entry_id, **changes):
    (row,) = [each for each in store.read(hours.hours_rows) if each.id == entry_id]
    with store.change("Correct hours") as session:
        hours.correct_hours(session, entry_id, replace(row.details, **changes))


def hosts(store):
    """The days with the host of each entry."""
    return {row.done_on: row.host for row in store.read(hours.hours_rows)}


def changing(store, act):
    with store.change("Change") as session:
        return act(session)


def test_an_entry_belongs_to_the_host_by_its_day(store, make):
    person, colleague = make.apprentice(), make.apprentice()
    key = there(make, person, status=SecondmentStatus.COMPLETED, ended_on=LAST)
    for day in (BEFORE, FIRST, DURING, LAST, AFTER):
        log(store, person, day)
    log(store, colleague, date(2026, 6, 19))
    assert hosts(store) == {
        BEFORE: "", FIRST: "LOTI", DURING: "LOTI", LAST: "LOTI", AFTER: "",
        date(2026, 6, 19): "",
    }  # fmt: skip
    assert {row.secondment_id for row in store.read(hours.hours_rows) if row.host} == {key}
    assert store.read(secondments.logged_minutes, AFTER) == {key: 180}
    assert store.read(hours.hours_total, person, AFTER) == 300


def test_what_goes_on_has_no_end_and_what_was_only_agreed_no_days(store, make):
    person = make.apprentice()
    there(make, person, status=SecondmentStatus.AGREED, started_on=None, agreed_start_on=FIRST)
    log(store, person, DURING)
    assert hosts(store) == {DURING: ""}
    there(make, person)
    log(store, person, AFTER)
    assert hosts(store) == {DURING: "LOTI", AFTER: "LOTI"}


@pytest.mark.parametrize(
    ("host", "host_name", "shown"),
    [
        ("technology employer", "Brightwell Labs", "Brightwell Labs"),
        ("E09999998", "", "another borough"),
    ],
)
def test_the_host_is_said_in_words(store, make, host, host_name, shown):
    person = make.apprentice()
    there(make, person, host=host, host_name=host_name)
    log(store, person, DURING)
    assert hosts(store) == {DURING: shown}


def test_somebody_may_say_that_it_was_at_home(store, make):
    person = make.apprentice()
    there(make, person)
    entry = log(store, person, DURING, where=Where.HOME)
    assert hosts(store) == {DURING: ""}
    correct(store, entry, minutes=90)
    assert hosts(store) == {DURING: ""}
    correct(store, entry, where=Where.HOST)
    assert hosts(store) == {DURING: "LOTI"}
    correct(store, entry, minutes=60)
    assert hosts(store) == {DURING: "LOTI"}
    correct(store, entry, where=Where.HOME)
    assert hosts(store) == {DURING: ""}


def test_an_entry_that_moves_goes_by_its_new_day(store, make):
    person, colleague = make.apprentice(), make.apprentice()
    there(make, person, ended_on=LAST)
    entry = log(store, person, BEFORE, where=Where.HOST)
    assert hosts(store) == {BEFORE: ""}
    correct(store, entry, done_on=DURING)
    assert hosts(store) == {DURING: "LOTI"}
    correct(store, entry, apprenticeship_id=colleague)
    assert hosts(store) == {DURING: ""}


def test_many_entries_ask_once_who_is_away(store, make):
    person = make.apprentice()
    there(make, person)
    seen = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731
    event.listen(store._engine, "before_cursor_execute", listen)
    changing(
        store,
        lambda session: hours.log_many(
            session,
            [(HoursDetails(person, date(2026, 6, day), 60), "") for day in range(8, 20)],
        ),
    )
    event.remove(store._engine, "before_cursor_execute", listen)
    assert len([each for each in seen if "FROM secondment" in each]) == 1
    assert set(hosts(store).values()) == {"LOTI"}


def test_a_week_is_typed_at_the_host_and_shows_it(store, make):
    person = make.apprentice()
    key = there(make, person)
    changing(
        store,
        lambda session: carry_out(
            session,
            [Log(Cell(person, DURING), 60, Activity.WORKSHOP, "Joins", "")],
            lambda *_: True,
        ),
    )
    grid = store.read(week_grid, date(2026, 6, 15), AFTER)
    (entry,) = grid.on(person, DURING)
    assert entry.is_at_host
    assert grid.with_host(person, DURING).id == key
    assert grid.with_host(person, DURING).says == "with LOTI until 3 Jul 2026"
    assert grid.with_host(make.apprentice(), DURING) is None
    changing(
        store,
        lambda session: carry_out(
            session,
            [Correct(Cell(person, DURING), entry.id, 90, entry.changed_in)],
            lambda *_: True,
        ),
    )
    assert hosts(store) == {DURING: "LOTI"}


def test_a_session_that_comes_again_is_confirmed_at_the_host(store, make):
    person = make.apprentice()
    there(make, person)
    details = repeats.RepeatDetails(THURSDAYS, ((person, 60),))
    entry = HoursDetails(person, date(2026, 8, 20), 60)
    changing(store, lambda session: confirming.begin_repeat(session, details, [entry], TODAY))
    assert hosts(store) == {date(2026, 8, 20): "LOTI"}


def test_of_two_stays_the_one_begun_last_holds_the_day(store, make):
    person = make.apprentice()
    there(make, person)
    there(make, person, host="E09999998", started_on=DURING, ended_on=DURING,
          form=PlacementForm.VISIT, status=SecondmentStatus.COMPLETED)  # fmt: skip
    log(store, person, DURING)
    assert hosts(store) == {DURING: "another borough"}
    long_, visit = store.read(host_stays, [person])[person]
    assert (long_.is_light, visit.is_light) == (False, True)
    assert stay_on([visit, long_], DURING) == visit
    assert stay_on([visit, long_], BEFORE) is None
    assert store.read(host_stays, []) == {}
    assert store.read(host_stays).keys() == {person}


# --- when the days change -------------------------------------------------------------------------


def test_hours_follow_a_secondment_that_is_recorded_late(store, make):
    person, colleague = make.apprentice(), make.apprentice()
    for day in (BEFORE, DURING, AFTER):
        log(store, person, day)
    log(store, colleague, date(2026, 6, 19))
    there(make, person, status=SecondmentStatus.COMPLETED, ended_on=LAST)
    assert hosts(store) == {BEFORE: "", DURING: "LOTI", AFTER: "", date(2026, 6, 19): ""}


def details_of(store, key):
    (row,) = [each for each in store.read(secondments.secondment_rows) if each.id == key]
    return row.details


def test_hours_follow_days_that_are_corrected_and_what_was_said_stays(store, make):
    person, colleague = make.apprentice(), make.apprentice()
    key = there(make, person, ended_on=LAST)
    for day in (BEFORE, DURING, LAST, AFTER):
        log(store, person, day)
    log(store, person, date(2026, 6, 19), where=Where.HOME)

    def corrected(**changes):
        details = replace(details_of(store, key), **changes)
        changing(store, lambda session: secondments.correct_secondment(session, key, details))
        return {day for day, host in hosts(store).items() if host}

    assert corrected(ended_on=AFTER) == {DURING, LAST, AFTER}
    assert corrected(ended_on=date(2026, 6, 30), started_on=BEFORE) == {BEFORE, DURING}
    assert corrected(weeks=3) == {BEFORE, DURING}
    assert corrected(apprenticeship_id=colleague) == set()
    assert corrected(apprenticeship_id=person) == {BEFORE, DURING, date(2026, 6, 19)}
    assert corrected(started_on=None, ended_on=None) == set()


def test_hours_follow_the_moves_of_a_secondment_and_their_undoing(store, make):
    person = make.apprentice()
    key = there(
        make, person, status=SecondmentStatus.AGREED, started_on=None, agreed_start_on=FIRST
    )
    for day in (DURING, AFTER):
        log(store, person, day)
    at_host = lambda: {day for day, host in hosts(store).items() if host}  # noqa: E731

    def move(kind, details):
        changing(store, lambda s: move_secondment(s, key, kind, details, date(2026, 7, 10)))
        return at_host()

    assert move(Move.START, MoveDetails(by="Jo Lark", started_on=FIRST)) == {DURING, AFTER}
    assert move(Move.COMPLETE, MoveDetails(by="Jo Lark", ended_on=LAST)) == {DURING}
    changing(store, lambda session: take_move_back(session, key))
    assert at_host() == {DURING, AFTER}
    changing(store, lambda session: take_move_back(session, key))
    assert at_host() == set()


def test_taking_back_that_a_visit_was_takes_its_days_too(store, make):
    person = make.apprentice()
    key = there(
        make, person, form=PlacementForm.VISIT, status=SecondmentStatus.AGREED, started_on=None,
        agreed_start_on=DURING, agreed_end_on=DURING,
    )  # fmt: skip
    log(store, person, DURING)
    details = MoveDetails(by="Jo Lark", started_on=DURING, ended_on=DURING)
    changing(store, lambda s: move_secondment(s, key, Move.COMPLETE, details, AFTER))
    assert hosts(store) == {DURING: "LOTI"}
    changing(store, lambda session: take_move_back(session, key))
    assert hosts(store) == {DURING: ""}
    assert details_of(store, key).started_on is None


def test_one_that_was_broken_off_keeps_its_hours(store, make):
    person = make.apprentice()
    key = there(make, person)
    for day in (DURING, AFTER):
        log(store, person, day)
    details = MoveDetails(DURING, "Tom Ash", "Illness", ended_on=DURING)
    changing(store, lambda s: move_secondment(s, key, Move.WITHDRAW, details, AFTER))
    assert hosts(store) == {DURING: "LOTI", AFTER: ""}
    assert store.read(host_stays)[person][0].days == Period(FIRST, DURING)


def test_days_are_said_as_far_as_they_are_known():
    stay = HostStay(
        id=GONE, apprenticeship_id=GONE, days=Period(FIRST), where="LOTI"
    )  # fmt: skip
    assert stay.says == "with LOTI"
    assert replace(stay, agreed_end_on=LAST).says == "with LOTI until 3 Jul 2026"
    assert replace(stay, days=Period(FIRST, AFTER), agreed_end_on=LAST).says == (
        "with LOTI until 6 Jul 2026"
    )
    assert replace(stay, days=Period(FIRST, FIRST)).says == "with LOTI on 8 Jun 2026"


# --- removing -------------------------------------------------------------------------------------


def test_a_request_is_removed_with_its_moves_but_not_an_offer_that_it_took(store, make):
    offer = make.secondment(status=SecondmentStatus.REQUESTED, code="XMP-OFFER")
    asked = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=make.apprentice(),
        status=SecondmentStatus.REQUESTED, code="XMP-ASKED",
    )  # fmt: skip
    changing(
        store,
        lambda s: move_secondment(s, asked, Move.APPROVE, MoveDetails(DURING, "Tom Ash"), AFTER),
    )
    changing(store, lambda s: setattr(s.get(Secondment, asked), "matched_id", offer))
    with pytest.raises(Problem, match="Request XMP-ASKED was matched with XMP-OFFER"):
        changing(store, lambda s: secondments.remove_secondment(s, offer))
    changing(store, lambda s: secondments.remove_secondment(s, asked))
    changing(store, lambda s: secondments.remove_secondment(s, offer))
    assert store.read(secondments.secondment_rows) == ()
