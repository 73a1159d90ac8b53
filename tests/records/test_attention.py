"""What Today is made of is read in as many queries, whatever the size of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.needs import Need, NeedKind, Target, Urgency
from apprentice_desk.records import learning, putting_off, reviews
from apprentice_desk.records.attention import Attention, attention
from apprentice_desk.records.store import Store
from records.acting import changing

TODAY = date(2026, 9, 1)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The queries that were run; those that open a session are left out."""
    ran: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


def read(store: Store, rules: HoursRules, manager: str = "") -> Attention:
    return store.read(attention, TODAY, rules, {}, manager)


@pytest.mark.parametrize("people", [0, 1, 7])
def test_it_takes_fifteen_queries(
    store: Store, make: Any, rules: HoursRules, statements: list[str], people: int
) -> None:
    for _ in range(people):
        someone = make.apprentice()
        make.hours(someone, done_on=date(2026, 8, 20))
        make.review(someone)
        make.activity(someone)
        make.contract()
        make.secondment()
        make.event()
    statements.clear()
    found = read(store, rules)
    assert len(found.people) == people
    assert len(statements) == 15


def test_an_empty_desk_has_nothing(store: Store, rules: HoursRules) -> None:
    assert read(store, rules) == Attention((), (), (), {}, (), (), (), (), (), {}, {})


def test_figures_since_are_those_of_the_funding_year(
    store: Store, make: Any, rules: HoursRules
) -> None:
    someone = make.apprentice()
    make.hours(someone, done_on=date(2026, 7, 31), minutes=60)
    make.hours(someone, done_on=date(2026, 8, 1), minutes=90)
    found = read(store, rules)
    assert [person.logged_minutes_since for person in found.people] == [90]
    assert found.logged == ((date(2026, 8, 1), 90),)


def test_the_teams_minutes_are_added_up_by_day_to_today(
    store: Store, make: Any, rules: HoursRules
) -> None:
    ada = make.apprentice(line_manager="Grace Park")
    tom = make.apprentice(line_manager="Owen Fry")
    gone = make.apprentice(ended_on=date(2026, 8, 20), outcome="withdrawn", leaving_reason="3")
    for someone, minutes in ((ada, 60), (tom, 30), (gone, 999)):
        make.hours(someone, done_on=date(2026, 8, 10), minutes=minutes)
    make.hours(ada, done_on=date(2026, 8, 11), minutes=15, counts=False)
    make.hours(ada, done_on=date(2026, 8, 12), minutes=20)
    make.hours(ada, done_on=TODAY + timedelta(days=1), minutes=45)
    assert read(store, rules).logged == ((date(2026, 8, 10), 90), (date(2026, 8, 12), 20))
    only_ada = read(store, rules, " grace  PARK ")
    assert only_ada.logged == ((date(2026, 8, 10), 60), (date(2026, 8, 12), 20))
    assert len(only_ada.people) == 3


def test_the_planned_review_is_the_earliest_that_is_not_held(
    store: Store, make: Any, rules: HoursRules
) -> None:
    ada, tom = make.apprentice(), make.apprentice()
    make.review(ada, due_on=date(2026, 8, 1), held_on=date(2026, 8, 2))
    make.review(ada, due_on=date(2026, 10, 20))
    first = make.review(ada, due_on=date(2026, 9, 20))
    with store.change("Hold one that nobody planned") as session:
        reviews.record_review(session, reviews.ReviewDetails(tom, None, date(2026, 8, 20)))
    planned = read(store, rules).planned_reviews
    assert [(whose, each.id, each.due_on) for whose, each in planned.items()] == [
        (ada, first, date(2026, 9, 20))
    ]


def test_plans_are_by_day_without_what_was_dropped(
    store: Store, make: Any, rules: HoursRules
) -> None:
    ada = make.apprentice()
    make.activity(ada, planned_minutes=60, due_on=date(2026, 10, 1))
    make.activity(ada, planned_minutes=30, due_on=date(2026, 9, 1))
    make.activity(ada, due_on=None)
    dropped = make.activity(ada, due_on=date(2026, 9, 2))
    changing(store, lambda session: learning.drop_activity(session, dropped))
    assert read(store, rules).activities == {ada: ((date(2026, 9, 1), 30), (date(2026, 10, 1), 60))}


def test_what_was_put_off_is_among_it(store: Store, make: Any, rules: HoursRules) -> None:
    need = Need("a:1", NeedKind.HOURS, Urgency.NOW, "", "", "", Target("apprentices"), 5)
    details = putting_off.PutOffDetails(date(2026, 9, 8), "On leave")
    changing(store, lambda session: putting_off.put_off(session, need, details, TODAY))
    (mark,) = read(store, rules).put_off
    assert (mark.key, mark.until_on, mark.reason) == ("a:1", date(2026, 9, 8), "On leave")
    assert (mark.urgency, mark.weight) == (Urgency.NOW, 5)
