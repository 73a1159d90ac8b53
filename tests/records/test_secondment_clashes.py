"""What the desk knows that stands against a secondment."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.placement_clashes import ClashKind
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.records import learning, leave, repeats
from apprentice_desk.records.secondment_clashes import MADE_OF, clashes_in, clashes_of

TODAY = date(2026, 5, 20)
WINDOW = Period(date(2026, 6, 8), date(2026, 7, 3))
RULES = resources.clash_rules(TODAY)


@pytest.fixture
def person(make):
    """Somebody with a review held of late, so that nothing stands in the way."""
    key = make.apprentice()
    make.review(key, date(2026, 5, 18), held_on=date(2026, 5, 18))
    return key


def asked(make, person, **changes):
    values = {
        "kind": SecondmentKind.REQUEST,
        "apprenticeship_id": person,
        "status": SecondmentStatus.REQUESTED,
        "earliest_start_on": date(2026, 6, 8),
        "latest_start_on": date(2026, 6, 8),
        "weeks": 4,
    } | changes
    return make.secondment(**values)


def told(store, key, today=TODAY):
    return [(each.kind, each.first_on) for each in store.read(clashes_of, key, today, RULES)]


def test_nothing_stands_against_a_clear_window(store, make, person):
    assert told(store, asked(make, person)) == []


def test_everything_that_the_desk_knows_is_found(store, make, person):
    make.review(person, date(2026, 6, 18))
    colleague = make.apprentice()
    with store.change("Plan") as session:
        learning.plan_activity(
            session, person, "Exam", 120, date(2026, 6, 16), kind=Activity.ASSESSMENT
        )
        learning.plan_activity(session, person, "Some day", 120)
        for title, status in (("Done", learning.finish_activity), ("Dropped", None)):
            key = learning.plan_activity(
                session, person, title, 60, date(2026, 6, 17), kind=Activity.WORKSHOP
            )
            if status is None:
                learning.drop_activity(session, key)
            else:
                status(session, key, date(2026, 5, 1))
        leave.plan_leave(session, person, leave.LeaveDetails(date(2026, 6, 29), date(2026, 6, 30)))
        for who, what in ((person, ""), (colleague, "Somebody else's")):
            repeats.keep_repeat(
                session,
                repeats.RepeatDetails(
                    Repeat(frozenset({3}), date(2026, 1, 8)),
                    ((who, 420),),
                    Activity.PROVIDER_DAY,
                    what,
                ),
                TODAY,
            )
    other = asked(
        make, person, host="LOTI", earliest_start_on=date(2026, 6, 22), latest_start_on=None
    )
    for over in (SecondmentStatus.DRAFT, SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN):
        asked(make, person, status=over)
    asked(make, person, earliest_start_on=None, latest_start_on=None)
    key = asked(make, person)
    assert told(store, key) == [
        (ClashKind.TRAINING_DAY, date(2026, 6, 11)),
        (ClashKind.EXAM, date(2026, 6, 16)),
        (ClashKind.REVIEW, date(2026, 6, 18)),
        (ClashKind.SECONDMENT, date(2026, 6, 22)),
        (ClashKind.LEAVE, date(2026, 6, 29)),
    ]
    (says,) = [each.says for each in store.read(clashes_of, key, TODAY, RULES)
               if each.kind is ClashKind.TRAINING_DAY]  # fmt: skip
    assert says.startswith("“Provider training day” comes again on 11 Jun 2026")
    window = store.read(clashes_in, person, WINDOW, TODAY, RULES, key)
    assert ClashKind.SECONDMENT in {each.kind for each in window}
    assert other is not None


def test_the_agreed_days_are_looked_at_once_there_are_some(store, make, person):
    make.review(person, date(2026, 6, 18))
    agreed = asked(
        make, person, status=SecondmentStatus.AGREED,
        agreed_start_on=date(2026, 6, 22), agreed_end_on=date(2026, 7, 17),
    )  # fmt: skip
    assert told(store, agreed) == []


def test_two_stays_stand_in_each_others_way(store, make, person):
    first, second = asked(make, person), asked(make, person)
    for key in (first, second):
        assert [kind for kind, _ in told(store, key)] == [ClashKind.SECONDMENT]
    assert store.read(clashes_in, person, WINDOW, TODAY, RULES)[0].kind is ClashKind.SECONDMENT


def test_what_is_given_up_or_waits_for_somebody_has_nothing_against_it(store, make, person):
    make.review(person, date(2026, 6, 18))
    assert told(store, asked(make, person))
    for changes in (
        {"status": SecondmentStatus.DECLINED},
        {"status": SecondmentStatus.WITHDRAWN},
        {"earliest_start_on": None, "latest_start_on": None},
    ):
        assert told(store, asked(make, person, **changes)) == []
    assert told(store, make.secondment(earliest_start_on=date(2026, 6, 8))) == []


def test_what_is_gone_is_said(store):
    with pytest.raises(Conflict):
        store.read(clashes_of, uuid4(), TODAY, RULES)
    with pytest.raises(Conflict):
        store.read(clashes_in, uuid4(), WINDOW, TODAY, RULES)


def test_the_tables_that_they_are_made_of_are_named(store):
    from apprentice_desk.records.base import Base

    assert set(MADE_OF) <= set(Base.metadata.tables)
