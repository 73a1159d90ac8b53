"""Leave: days only, kept for one apprentice."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import apprentice_removal, apprentices
from apprentice_desk.records.leave import (
    LeaveDetails,
    cancel_leave,
    check,
    correct_leave,
    leave_rows,
    plan_leave,
)

WEEK = LeaveDetails(date(2026, 8, 3), date(2026, 8, 7))


def plan(store, key, details=WEEK):
    with store.change("Plan leave") as session:
        return plan_leave(session, key, details)


def correct(store, leave_id, details, changed_in=None):
    with store.change("Correct leave") as session:
        correct_leave(session, leave_id, details, changed_in)


def days(store, key):
    return [row.days for row in store.read(leave_rows, key)]


def test_leave_is_planned_corrected_and_cancelled(store, make):
    key = make.apprentice()
    leave_id = plan(store, key)
    (row,) = store.read(leave_rows, key)
    assert row.details == WEEK
    correct(store, leave_id, LeaveDetails(date(2026, 8, 4), date(2026, 8, 10)), row.changed_in)
    assert days(store, key) == [Period(date(2026, 8, 4), date(2026, 8, 10))]
    with store.change("Cancel leave") as session:
        cancel_leave(session, leave_id)
    assert days(store, key) == []


def test_without_a_last_day_it_is_one_day(store, make):
    key = make.apprentice()
    leave_id = plan(store, key, LeaveDetails(date(2026, 8, 3)))
    assert days(store, key) == [Period(date(2026, 8, 3), date(2026, 8, 3))]
    correct(store, leave_id, LeaveDetails(date(2026, 8, 4)))
    assert days(store, key) == [Period(date(2026, 8, 4), date(2026, 8, 4))]


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        (LeaveDetails(), "LE001", "first_on"),
        (LeaveDetails(date(2026, 8, 3), date(2026, 8, 2)), "LE002", "last_on"),
        (LeaveDetails(date(2026, 8, 3), date(2027, 8, 3)), "LE003", "last_on"),
        (LeaveDetails(date(2026, 8, 7), date(2026, 8, 10)), "LE004", "first_on"),
    ],
)
def test_days_amiss_are_refused(store, make, details, code, field):
    key = make.apprentice()
    plan(store, key)
    (finding,) = store.read(check, key, details)
    assert (finding.code, finding.place.field) == (code, field)
    with pytest.raises(Problem):
        plan(store, key, details)


def test_leave_does_not_stand_in_its_own_way(store, make):
    key = make.apprentice()
    leave_id = plan(store, key)
    assert store.read(check, key, WEEK)
    assert not store.read(check, key, WEEK, leave_id)
    assert not store.read(check, key, LeaveDetails(date(2026, 8, 10), date(2027, 8, 9)))


def test_leave_that_is_gone_or_changed_since_is_not_overwritten(store, make):
    key = make.apprentice()
    leave_id = plan(store, key)
    (row,) = store.read(leave_rows, key)
    correct(store, leave_id, LeaveDetails(date(2026, 8, 4)))
    with pytest.raises(Conflict) as clash:
        correct(store, leave_id, WEEK, row.changed_in)
    assert clash.value.theirs == LeaveDetails(date(2026, 8, 4), date(2026, 8, 4))
    with pytest.raises(Conflict):
        correct(store, uuid4(), WEEK)


def test_who_is_removed_takes_their_leave_along(store, make):
    stays, goes = make.apprentice(), make.apprentice()
    plan(store, stays)
    plan(store, goes)
    with store.change("Remove") as session:
        apprentice_removal.remove(session, apprentices.record_of(session, goes).apprentice_id)
    assert days(store, goes) == []
    assert len(days(store, stays)) == 1
