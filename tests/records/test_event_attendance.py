"""Events of the network: who is asked, who came, and the hours that are logged of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import EventKind
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    event_attendance,
    hours,
    network,
    weeks,
)
from apprentice_desk.records.dates_ahead import dates_ahead, event_dates
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.store import Store

DAY = date(2026, 6, 18)
TODAY = date(2026, 7, 1)


def row(store: Store) -> network.EventRow:
    """The only event."""
    (found,) = store.read(network.event_rows)
    return found


def came(store: Store, event_id: UUID) -> dict[UUID, bool | None]:
    """Who came, by apprenticeship."""
    rows = store.read(event_attendance.attendance_rows, event_id)
    return {each.id: each.came for each in rows}


def say_who_came(store: Store, event_id: UUID, *people: UUID, others: int = 0) -> None:
    with store.change("Say who came") as session:
        event_attendance.record_attendance(session, event_id, people, others, TODAY)


def log(store: Store, event_id: UUID, *people: UUID, **details: Any) -> int:
    values = {"done_on": DAY, "minutes": 90, "activity": Activity.WORKSHOP} | details
    with store.change("Log the hours") as session:
        return event_attendance.log_event_hours(
            session, event_id, [HoursDetails(apprenticeship_id=key, **values) for key in people]
        )


def correct(store: Store, event_id: UUID, **details: Any) -> None:
    values = {"name": "Link-up", "held_on": DAY, "kind": EventKind.LINK_UP, "attended": 12}
    with store.change("Correct") as session:
        network.correct_event(session, event_id, network.EventDetails(**values | details))


def test_people_are_asked_and_taken_off_again(store: Store, make: Any) -> None:
    event_id, ada, mei = make.event(attended=None), make.apprentice(), make.apprentice()
    with store.change("Ask") as session:
        assert event_attendance.invite(session, event_id, [ada, mei, ada]) == 2
    assert came(store, event_id) == {ada: None, mei: None}
    assert (row(store).asked, row(store).answered, row(store).came) == (2, 0, 0)
    assert row(store).lacks_attendance
    with store.change("Ask fewer") as session:
        assert event_attendance.invite(session, event_id, [mei]) == 0
    assert came(store, event_id) == {mei: None}


def test_who_is_not_ticked_did_not_come_and_others_add_to_the_count(
    store: Store, make: Any
) -> None:
    event_id = make.event(attended=None)
    ada, mei, sam = (make.apprentice() for _ in range(3))
    with store.change("Ask") as session:
        event_attendance.invite(session, event_id, [ada, mei])
    say_who_came(store, event_id, ada, sam, others=2)
    assert came(store, event_id) == {ada: True, mei: False, sam: True}
    found = row(store)
    assert (found.details.attended, found.asked, found.answered, found.came) == (4, 3, 3, 2)
    assert not found.lacks_attendance


def test_nobody_who_came_leaves_the_list(store: Store, make: Any) -> None:
    event_id, (ada, mei) = make.attended()
    with pytest.raises(Problem, match="who came"), store.change("Ask fewer") as session:
        event_attendance.invite(session, event_id, [mei])
    assert set(came(store, event_id)) == {ada, mei}


def test_who_came_is_said_once_it_was_held_and_not_of_a_cancelled_one(
    store: Store, make: Any
) -> None:
    ada = make.apprentice()
    coming = make.event(held_on=date(2026, 7, 2), attended=None)
    with pytest.raises(Problem, match="2 Jul 2026, which is still to come"):
        say_who_came(store, coming, ada)
    with pytest.raises(Problem, match="below 0"):
        say_who_came(store, make.event(), ada, others=-1)
    off = make.event(attended=None)
    with store.change("Cancel") as session:
        network.cancel_event(session, off, TODAY)
    with pytest.raises(Problem, match="was cancelled"):
        say_who_came(store, off, ada)
    with store.change("After all") as session:
        network.hold_after_all(session, off)
    say_who_came(store, off, ada)
    assert came(store, off) == {ada: True}


def test_an_event_that_people_came_to_is_not_cancelled(store: Store, make: Any) -> None:
    for event_id in (make.attended(attended=None)[0], make.event(attended=3)):
        with pytest.raises(Problem, match="it was held"), store.change("Cancel") as session:
            network.cancel_event(session, event_id, TODAY)


def test_hours_of_an_event_are_entries_of_those_who_came(store: Store, make: Any) -> None:
    event_id, (ada, mei) = make.attended(counted_minutes=None)
    assert log(store, event_id, ada, mei, what="Data stories", began_at="14:00") == 2
    for key in (ada, mei):
        (entry,) = store.read(hours.hours_rows, None, None, key)
        assert (entry.done_on, entry.minutes, entry.what) == (DAY, 90, "Data stories")
    found = row(store)
    assert (found.details.counted_minutes, found.logged) == (90, 2)
    assert not found.lacks_hours
    rows = store.read(event_attendance.attendance_rows, event_id)
    assert [(each.minutes, each.counts) for each in rows] == [(90, True), (90, True)]
    with pytest.raises(Problem, match="logged meanwhile"):
        log(store, event_id, ada)
    with pytest.raises(Problem, match="those who came"):
        log(store, event_id, make.apprentice())


def test_hours_that_do_not_count_leave_what_counts_blank(store: Store, make: Any) -> None:
    event_id, (ada, mei) = make.attended(counted_minutes=60)
    assert row(store).lacks_hours
    log(store, event_id, ada)
    assert row(store).details.counted_minutes == 60  # what was noted stays
    correct(store, event_id, counted_minutes=None)
    log(store, event_id, mei, counts=False)
    assert row(store).details.counted_minutes is None


def test_who_was_asked_and_did_not_come_has_no_hours(store: Store, make: Any) -> None:
    event_id, (ada, mei) = make.attended()
    say_who_came(store, event_id, ada)
    with pytest.raises(Problem, match="those who came"):
        log(store, event_id, mei)


def test_an_entry_that_is_removed_leaves_who_came(store: Store, make: Any) -> None:
    event_id, (ada, mei) = make.attended()
    log(store, event_id, ada, mei)
    (entry,) = store.read(hours.hours_rows, None, None, ada)
    with pytest.raises(Problem, match="not ticked"):
        say_who_came(store, event_id, mei)
    with store.change("Remove it") as session:
        hours.remove_hours(session, entry.id)
    assert came(store, event_id) == {ada: True, mei: True}
    assert row(store).logged == 1
    number = store.undoable().number
    store.undo(number)
    assert row(store).logged == 2  # undo ties it to its event again
    say_who_came(store, event_id, ada, mei)


def test_the_hours_of_an_event_are_taken_back_together(store: Store, make: Any) -> None:
    event_id, (ada, mei) = make.attended()
    log(store, event_id, ada)
    with store.change("Take back") as session:
        assert event_attendance.take_event_hours_back(session, event_id) == 1
    assert store.read(hours.hours_rows) == ()
    assert came(store, event_id) == {ada: True, mei: True}


def test_hours_that_are_verified_or_of_a_finished_week_are_not_taken_back(
    store: Store, make: Any
) -> None:
    event_id, (ada, _) = make.attended()
    log(store, event_id, ada)
    (entry,) = store.read(hours.hours_rows, None, None, ada)
    at = datetime(2026, 6, 19, 9, tzinfo=UTC)
    with store.change("Verify") as session:
        hours.verify(session, [entry.id], "Manager", at)
    with pytest.raises(Problem, match="verified"), store.change("Take back") as session:
        event_attendance.take_event_hours_back(session, event_id)
    with store.change("Not verified") as session:
        hours.take_verification_back(session, [entry.id])
        weeks.finish_week(session, [ada], date(2026, 6, 15), "Manager", at)
    with pytest.raises(Problem, match="is finished"), store.change("Take back") as session:
        event_attendance.take_event_hours_back(session, event_id)


def test_removing_an_event_leaves_the_hours_in_the_logs(store: Store, make: Any) -> None:
    event_id, (ada, _) = make.attended()
    log(store, event_id, ada)
    with store.change("Remove it") as session:
        network.remove_event(session, event_id)
    assert store.read(network.event_rows) == ()
    assert len(store.read(hours.hours_rows)) == 1


def test_attended_is_never_fewer_than_came_and_the_day_stays_with_its_hours(
    store: Store, make: Any
) -> None:
    event_id, (ada, _) = make.attended()
    for attended in (1, None):
        with pytest.raises(Problem, match="2 of your apprentices did"):
            correct(store, event_id, attended=attended)
    log(store, event_id, ada)
    with pytest.raises(Problem, match="18 Jun 2026"):
        correct(store, event_id, held_on=date(2026, 6, 19))
    correct(store, event_id, attended=2, place="Town hall")
    assert row(store).details.place == "Town hall"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"began_at": "2 pm"}, "began_at"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"minutes": 60, "counted_minutes": 61}, "counted_minutes"),
        ({"capacity": -1}, "capacity"),
    ],
)
def test_what_an_event_cannot_be(wrong: dict[str, Any], field: str) -> None:
    details = network.EventDetails("Link-up", DAY, EventKind.LINK_UP, **wrong)
    assert [each.place.field for each in network.check_event(details)] == [field]
    whole = network.EventDetails(
        "Link-up", DAY, EventKind.LINK_UP, began_at="14:00", minutes=60, counted_minutes=60
    )
    assert network.check_event(whole) == []


def test_an_apprentice_who_is_removed_leaves_the_lists(store: Store, make: Any) -> None:
    event_id, (ada, mei) = make.attended()
    whose = store.read(apprentices.held, ada).apprentice_id
    with store.change("Remove") as session:
        apprentice_removal.remove(session, whose)
    assert came(store, event_id) == {mei: True}


def test_the_events_of_an_apprentice(store: Store, make: Any) -> None:
    event_id, (ada, _) = make.attended(name="Data link-up")
    off = make.event(attended=None, name="Called off")
    with store.change("Cancel") as session:
        event_attendance.invite(session, off, [ada])
        network.cancel_event(session, off, TODAY)
    expected = (event_attendance.AskedTo(event_id, "Data link-up", DAY, came=True),)
    assert store.read(event_attendance.events_of, ada) == expected


def test_events_go_into_calendars_without_names(store: Store, make: Any) -> None:
    details = {
        "began_at": "14:00", "minutes": 90, "place": "Town hall", "host": "Sampleham",
        "partner": "Kestrel Skills", "what": "Bring a laptop.",
    }  # fmt: skip
    event_id, (ada, _) = make.attended(**details)
    off = make.event(held_on=date(2026, 6, 25), attended=None)
    with store.change("Cancel") as session:
        network.cancel_event(session, off, TODAY)
    first, second = store.read(event_dates, [off, event_id])
    assert (first.on, first.began_at, first.minutes, first.place) == (
        DAY, "14:00", 90, "Town hall",
    )  # fmt: skip
    assert first.words == "Bring a laptop.\nHost: Sampleham\nWith Kestrel Skills"
    assert not first.is_private
    assert not first.is_cancelled
    assert second.is_cancelled
    assert first in store.read(dates_ahead, [ada], TODAY, 30)
    assert first not in store.read(dates_ahead, [ada], TODAY, 5)  # it is longer ago
    assert first not in store.read(dates_ahead, [make.apprentice()], TODAY, 30)


def test_an_event_that_is_gone_is_a_conflict(store: Store) -> None:
    for act in (
        lambda session: event_attendance.invite(session, uuid4(), []),
        lambda session: event_attendance.record_attendance(session, uuid4(), [], 0, TODAY),
        lambda session: event_attendance.log_event_hours(session, uuid4(), []),
        lambda session: event_attendance.take_event_hours_back(session, uuid4()),
        lambda session: network.cancel_event(session, uuid4(), TODAY),
        lambda session: network.hold_after_all(session, uuid4()),
    ):
        with pytest.raises(Conflict, match="removed"), store.change("Try") as session:
            act(session)
