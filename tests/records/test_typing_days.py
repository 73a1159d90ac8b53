"""The day on which an entry was typed is that of its insertion, whatever became of it since."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, text

from apprentice_desk.records import hours
from apprentice_desk.records.changelog import notes_of
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.typing_days import typed_on

EVENING = datetime(2026, 8, 30, 22, 59, tzinfo=UTC)
LATE = datetime(2026, 8, 30, 23, 1, tzinfo=UTC)  # past midnight in London's summer


@pytest.fixture
def stamp(store):
    """Say when the newest change was made."""

    def put(at: datetime) -> int:
        number = store.changes(1)[0].number
        sql = text("UPDATE change_log SET recorded_at = :at WHERE number = :number")
        values = {"at": at.isoformat(timespec="microseconds"), "number": number}
        with store.change("Past the log") as session, notes_of(session).writing():
            session.connection().execute(sql, values)
        store._watch = None  # what was written past the log is no other program's
        return number

    return put


def test_the_day_is_that_in_london_when_it_was_first_logged(store, make, stamp):
    ada, lee = make.apprentice(), make.apprentice()
    first = make.hours(ada)
    stamp(EVENING)
    second = make.hours(ada, done_on=date(2026, 8, 4))
    stamp(LATE)
    make.hours(lee)
    assert store.read(typed_on, [ada]) == {first: date(2026, 8, 30), second: date(2026, 8, 31)}
    assert store.read(typed_on, []) == {}


def test_corrections_and_what_is_undone_move_no_day(store, make, stamp):
    ada = make.apprentice()
    key = make.hours(ada)
    stamp(EVENING)
    (row,) = store.read(hours.hours_rows)
    with store.change("Correct") as session:
        hours.correct_hours(
            session, key, HoursDetails(ada, row.done_on, 120, what="More"), row.changed_in
        )
    with store.change("Remove") as session:
        hours.remove_hours(session, key)
    assert store.read(typed_on, [ada]) == {}
    store.undo(store.changes(1)[0].number)
    assert store.read(typed_on, [ada]) == {key: date(2026, 8, 30)}


def test_many_that_were_logged_at_once_have_the_day_too(store, make, stamp):
    ada = make.apprentice()
    days = [date(2026, 8, day) for day in (3, 4, 5)]
    with store.change("Log three") as session:
        hours.log_many(session, [(HoursDetails(ada, day, 60, what="Tests"), "") for day in days])
    stamp(EVENING)
    assert list(store.read(typed_on, [ada]).values()) == [date(2026, 8, 30)] * 3


def test_nobody_typed_what_was_imported_or_put_in_for_good(store, make):
    ada = make.apprentice()
    details = HoursDetails(ada, date(2026, 8, 3), 60, what="Tests")
    with store.change("Import") as session:
        hours.log_many(session, [(details, "log.xlsx, row 2")])
    with store.change("Fill a sample", is_final=True) as session:
        key = hours.log_hours(session, details)
    assert store.read(typed_on, [ada]) == {}
    with store.change("Remove") as session:
        hours.remove_hours(session, key)
    store.undo(store.changes(1)[0].number)
    assert store.read(typed_on, [ada]) == {}, "bringing it back does not type it"


def test_one_query_finds_them_all(store, make):
    keys = [make.apprentice() for _ in range(3)]
    for key in keys:
        for day in (3, 4):
            make.hours(key, done_on=date(2026, 8, day))
    ran: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        ran.append(statement)

    with store.change("Look") as session:
        event.listen(session.get_bind(), "before_cursor_execute", note)
        assert len(typed_on(session, keys)) == 6
        event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len(ran) == 1
