"""The desk as it was: after any changes, undone or not, a past day's figures come back as said."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.since_then import EntriesChanged, SinceThen
from apprentice_desk.domain.vocabulary import RoleFamily, SecondmentKind, SecondmentStatus
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    hours,
    learning,
    looking_back,
    programmes,
)
from apprentice_desk.records.changelog import notes_of
from apprentice_desk.records.secondments import Secondment
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.records.store import Store
from records.acting import changing

DAY = date(2026, 3, 31)
NONE_LISTED: dict[str, RoleFamily] = {}


@pytest.fixture
def said(store: Store, rules: Any) -> Callable[[int], Any]:
    """What the desk said of DAY after a change."""
    return lambda change: store.read(looking_back.rows_as_said, DAY, change, rules, NONE_LISTED)


@pytest.fixture
def says(store: Store, rules: Any) -> Callable[[], Any]:
    """What it says of DAY now."""
    return lambda: store.read(apprentice_rows, DAY, rules, NONE_LISTED)


def number(store: Store) -> int:
    latest = store.latest_change()
    assert latest is not None
    return latest.number


def log(store: Store, key: Any, day: date, minutes: int = 60, **more: Any) -> Any:
    details = hours.HoursDetails(key, day, minutes, Activity.WORKSHOP, **more)
    return changing(store, lambda session: hours.log_hours(session, details))


def moved(store: Store, key: Any, **details: Any) -> None:
    held = store.read(apprentices.held, key)
    new = replace(held.details, **details)
    changing(store, lambda session: apprentices.correct(session, key, new, held.stamp))


# --- any changes ----------------------------------------------------------------------------------


class Hands:
    """Does one thing after the other to a desk, at random but the same for a seed."""

    def __init__(self, store: Store, make: Any, seed: int) -> None:
        self.store, self.make, self.random = store, make, random.Random(seed)
        self.people = [make.apprentice(family_name=f"King {turn}") for turn in range(3)]
        self.done: list[int] = []

    def act(self) -> None:
        acts = (
            self.log, self.log, self.log_many, self.correct, self.remove, self.edit, self.pause,
            self.weekly, self.plan, self.review, self.undo, self.undo, self.enrol, self.leave,
        )  # fmt: skip
        before = number(self.store)
        try:
            self.random.choice(acts)()
        except Problem:
            return
        if number(self.store) > before:
            self.done.append(number(self.store))

    def someone(self) -> Any:
        there = self.store.read(apprentices.all_held)
        self.people = [key for key in self.people if key in there] or [self.make.apprentice()]
        return self.random.choice(self.people)

    def day(self) -> date:
        return date(2025, 9, 1) + timedelta(days=self.random.randrange(300))

    def log(self) -> None:
        log(self.store, self.someone(), self.day(), self.random.randrange(1, 400),
            counts=self.random.random() < 0.8)  # fmt: skip

    def log_many(self) -> None:
        entries = [
            (hours.HoursDetails(self.someone(), self.day(), 45 + turn), "log.xlsx")
            for turn in range(5)
        ]
        changing(self.store, lambda session: hours.log_many(session, entries))

    def entry(self) -> Any:
        rows = self.store.read(hours.hours_rows)
        return self.random.choice(rows) if rows else None

    def correct(self) -> None:
        if (row := self.entry()) is not None:
            details = replace(
                row.details,
                minutes=self.random.randrange(1, 500),
                done_on=self.day(),
                apprenticeship_id=self.someone(),
            )
            changing(self.store, lambda session: hours.correct_hours(session, row.id, details))

    def remove(self) -> None:
        if (row := self.entry()) is not None:
            changing(self.store, lambda session: hours.remove_hours(session, row.id))

    def edit(self) -> None:
        days = date(2027, 1, 1) + timedelta(days=self.random.randrange(400))
        moved(self.store, self.someone(), training_planned_end_on=days,
              agreed_minutes=self.random.choice([None, 20_000, 30_000]))  # fmt: skip

    def pause(self) -> None:
        key, first = self.someone(), self.day()
        changing(self.store, lambda s: programmes.start_break(s, key, first))
        if self.random.random() < 0.6:
            last = first + timedelta(days=20)
            changing(self.store, lambda s: programmes.resume(s, key, last))

    def weekly(self) -> None:
        key, day = self.someone(), self.day()
        minutes = self.random.choice([1_200, 1_800, 2_220])
        changing(self.store, lambda s: programmes.set_weekly_hours(s, key, day, minutes))

    def plan(self) -> None:
        made = self.make.activity(self.someone(), "Module", 300, self.day())
        if self.random.random() < 0.5:
            changing(self.store, lambda s: learning.drop_activity(s, made))

    def review(self) -> None:
        self.make.review(self.someone(), self.day())

    def undo(self) -> None:
        if self.done:
            self.store.undo(self.random.choice(self.done[-4:]))

    def enrol(self) -> None:
        self.people.append(self.make.apprentice(given_names="New"))

    def leave(self) -> None:
        person = self.store.read(apprentices.held, self.someone()).apprentice_id
        changing(self.store, lambda s: apprentice_removal.remove(s, person))


@pytest.mark.parametrize("seed", range(2))
def test_whatever_was_changed_since_the_figures_come_back_as_they_were_said(
    store, make, rules, said, says, seed
):
    hands = Hands(store, make, seed)
    snapshots: dict[int, Any] = {}
    for _ in range(25):
        hands.act()
        entries = {
            key: [replace(row, name="") for row in store.read(hours.hours_rows, None, DAY, key)]
            for key in hands.people
        }
        plans = {key: store.read(learning.plan_rows, key) for key in hands.people}
        snapshots[number(store)] = (says(), entries, plans)
    assert len(snapshots) > 12
    for change, (rows, entries, plans) in snapshots.items():
        assert said(change) == rows
        for key, before in entries.items():
            then = store.read(looking_back.entries_as_said, key, change, None, DAY)
            assert sorted(then, key=repr) == sorted(before, key=repr)
        for key, plan in plans.items():
            now = store.read(looking_back.plan_as_said, key, change)
            assert sorted(now, key=repr) == sorted(plan, key=repr)
        since = store.read(looking_back.since_then, DAY, change)
        same = {row.id: row.figures for row in rows if row.id not in since}
        current = {row.id: row.figures for row in says()}
        assert {key: current.get(key) for key in same} == same, "what differs is named"


# --- what is said of it ---------------------------------------------------------------------------


@pytest.fixture
def ada(make) -> Any:
    return make.apprentice()


def since(store: Store, change: int) -> dict[Any, SinceThen]:
    return store.read(looking_back.since_then, DAY, change)


def test_entries_logged_corrected_and_removed_later_are_told_apart(store, ada, said):
    kept = log(store, ada, date(2026, 3, 1), 100)
    gone = log(store, ada, date(2026, 3, 2), 30)
    change = number(store)
    for minutes in (90, 60):
        log(store, ada, DAY, minutes)
    log(store, ada, DAY, 500, counts=False)
    log(store, ada, date(2026, 4, 1), 700)  # concerns a later day
    row = next(each for each in store.read(hours.hours_rows) if each.id == kept)
    less = replace(row.details, minutes=70)
    changing(store, lambda session: hours.correct_hours(session, kept, less))
    changing(store, lambda session: hours.remove_hours(session, gone))
    (found,) = since(store, change).values()
    assert found.later == EntriesChanged(3, 150)
    assert found.corrected == EntriesChanged(1, -30)
    assert found.removed == EntriesChanged(1, -30)
    assert said(change)[0].figures.logged_minutes == 130
    assert found.says == (
        "3 entries before the end of that day were logged later: +2 h 30 m;"
        " 1 entry was corrected: −30 m; 1 entry was removed: −30 m"
    )


def test_words_alone_are_no_other_figure(store, ada):
    kept = log(store, ada, date(2026, 3, 1), 100)
    change = number(store)
    row = store.read(hours.hours_rows)[0]
    wordy = replace(row.details, what="Databases")
    changing(store, lambda session: hours.correct_hours(session, kept, wordy))
    assert since(store, change) == {}


def test_why_somebody_was_on_a_break_is_no_other_figure(store, ada):
    changing(store, lambda s: programmes.start_break(s, ada, date(2026, 1, 5)))
    change = number(store)
    with store.change("Say why") as session:
        session.scalars(select(apprentices.Break)).one().reason = "Illness"
    assert since(store, change) == {}


def test_an_entry_given_to_somebody_else_is_gone_there_and_new_here(store, make, ada):
    bob = make.apprentice(given_names="Bob")
    kept = log(store, ada, date(2026, 3, 1), 100)
    change = number(store)
    row = store.read(hours.hours_rows)[0]
    other = replace(row.details, apprenticeship_id=bob)
    changing(store, lambda session: hours.correct_hours(session, kept, other))
    found = since(store, change)
    assert found[ada].removed == EntriesChanged(1, -100)
    assert found[bob].later == EntriesChanged(1, 100)


def test_what_was_undone_and_done_again_is_no_difference(store, ada, said, says):
    change = number(store)
    log(store, ada, date(2026, 3, 1), 100)
    undone = store.undo(number(store))
    assert since(store, change) == {}
    store.undo(undone.number)
    assert since(store, change)[ada].later == EntriesChanged(1, 100)
    assert said(number(store)) == says()
    assert said(change)[0].figures.logged_minutes == 0


def test_dates_breaks_contract_and_plan_are_named(store, ada, make):
    change = number(store)
    moved(store, ada, training_planned_end_on=date(2027, 12, 31), agreed_minutes=None)
    changing(store, lambda s: programmes.start_break(s, ada, date(2026, 1, 5)))
    changing(store, lambda s: programmes.resume(s, ada, date(2026, 1, 9)))
    changing(store, lambda s: programmes.set_weekly_hours(s, ada, date(2026, 1, 1), 1_200))
    for due in (1, 2):
        make.activity(ada, "SQL", 60, date(2026, 1, due))
    (found,) = since(store, change).values()
    assert found.says == (
        "planned end of training: 31 Aug 2027 then; hours agreed: 500 h then;"
        " breaks changed; contracted hours changed; the learning plan changed"
    )


def test_a_learning_plan_comes_back_with_what_was_dropped_since(store, ada, make):
    first = make.activity(ada, "SQL", 60, date(2026, 1, 1))
    make.activity(title="Somebody else's")
    change = number(store)
    changing(store, lambda s: learning.drop_activity(s, first))
    make.activity(ada, "Later", 60, date(2026, 1, 2))
    (row,) = store.read(looking_back.plan_as_said, ada, change)
    assert (row.title, row.status) == ("SQL", learning.ActivityStatus.PLANNED)
    assert len(store.read(looking_back.plan_as_said, ada, number(store))) == 2


def test_people_come_and_go(store, make, ada, said):
    change = number(store)
    bob = make.apprentice(given_names="Bob")
    person = store.read(apprentices.held, ada).apprentice_id
    changing(store, lambda s: apprentice_removal.remove(s, person))
    found = since(store, change)
    assert found[bob].was_entered_later
    assert found[ada].is_gone
    assert [row.name for row in said(change)] == ["Ada Lovelace"]
    last = make.apprentice(given_names="Gone again")
    again = store.read(apprentices.held, last).apprentice_id
    changing(store, lambda s: apprentice_removal.remove(s, again))
    assert last not in since(store, change)


def test_entries_come_newest_first_within_their_bounds(store, ada):
    for day in (1, 3, 2):
        log(store, ada, date(2026, 3, day), began_at="09:00")
    change = number(store)
    log(store, ada, date(2026, 3, 2))
    rows = store.read(looking_back.entries_as_said, ada, change, date(2026, 3, 2), date(2026, 3, 3))
    assert [row.done_on.day for row in rows] == [3, 2]


def image_of(store: Store) -> str:
    """The one image of an apprenticeship in the log."""
    sql = "SELECT before FROM change_row WHERE table_name = 'apprenticeship' AND before IS NOT NULL"
    return store.read(lambda session: session.execute(text(sql)).scalar_one())


def past_the_log(store: Store, sql: str, **values: Any) -> None:
    """Write what only the store itself writes."""
    with store.change("Past the log") as session, notes_of(session).writing():
        session.connection().execute(text(sql), values)
    store._watch = None  # what was written past the log is no other program's


def test_an_image_of_before_a_column_was_there_has_its_default(store, ada, said):
    change = number(store)
    moved(store, ada, mentor="Alan Turing")
    old = {name: value for name, value in json.loads(image_of(store)).items() if name != "mentor"}
    past_the_log(
        store,
        "UPDATE change_row SET before = :old"
        " WHERE table_name = 'apprenticeship' AND before IS NOT NULL",
        old=json.dumps(old),
    )
    assert said(change)[0].mentor == ""


# --- which change that was ------------------------------------------------------------------------


def at(store: Store, change: int, instant: datetime) -> None:
    """Say that a change was made at another time."""
    past_the_log(
        store,
        "UPDATE change_log SET recorded_at = :at WHERE number = :number",
        at=instant.isoformat(timespec="microseconds"),
        number=change,
    )


def test_a_day_ends_at_midnight_in_london(store, ada):
    log(store, ada, DAY)
    first, last = 1, number(store)
    for change in range(first, last):
        at(store, change, datetime(2026, 3, 1, tzinfo=UTC))
    at(store, last, datetime(2026, 3, 31, 22, 59, 59, 999_999, tzinfo=UTC))
    assert store.read(looking_back.then, DAY).change == last
    at(store, last, datetime(2026, 3, 31, 23, 0, tzinfo=UTC))  # midnight in summer time
    then = store.read(looking_back.then, DAY)
    assert (then.change, then.is_newest) == (last - 1, False)
    assert then.began_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert store.read(looking_back.then, date(2026, 4, 1)).is_newest
    assert store.read(looking_back.then, date(2026, 2, 27)).change is None


def test_where_somebody_was_is_as_the_desk_said_then(store, make, said):
    key = make.apprentice()
    before = number(store)
    secondment_id = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=key, host="LOTI",
        status=SecondmentStatus.UNDER_WAY, started_on=date(2026, 3, 2),
    )  # fmt: skip
    recorded = number(store)
    changing(store, lambda session: setattr(session.get(Secondment, secondment_id), "host", None))
    assert [[stay.where for stay in row.facts.stays] for row in said(before)] == [[]]
    assert [[stay.where for stay in row.facts.stays] for row in said(recorded)] == [["LOTI"]]
    assert [[stay.where for stay in row.facts.stays] for row in said(number(store))] == [
        ["elsewhere"]
    ]
