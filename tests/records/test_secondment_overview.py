"""Secondments as their page reads them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import PlacementForm, SecondmentKind, SecondmentStatus
from apprentice_desk.records import reviews
from apprentice_desk.records.secondment_moves import move_secondment
from apprentice_desk.records.secondment_overview import secondment_lines, secondment_overview

TODAY = date(2026, 9, 1)


def whole(store, key):
    return store.read(secondment_overview, key, TODAY, resources.clash_rules(TODAY))


@pytest.fixture
def asked(store, make):
    """A request for four weeks from 5 October, with a review in them."""
    ada = make.apprentice(line_manager="Grace Park")
    with store.change("Plan a review") as session:
        reviews.schedule_review(session, ada, date(2026, 10, 14))
    return make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=ada, ksbs="S9", host="LOTI",
        earliest_start_on=date(2026, 10, 5), status=SecondmentStatus.DRAFT,
    )  # fmt: skip


def test_each_has_its_days_as_far_as_they_stand(store, make, asked):
    fixed = make.secondment(
        status=SecondmentStatus.AGREED,
        earliest_start_on=date(2026, 11, 2),
        agreed_start_on=date(2026, 11, 9),
        agreed_end_on=date(2026, 12, 4),
    )
    light = make.secondment(
        form=PlacementForm.VISIT, weeks=None, days=2, earliest_start_on=date(2026, 12, 4)
    )
    open_ = make.secondment()
    lines = {line.id: line for line in store.read(secondment_lines)}
    assert list(lines) == [asked, fixed, light, open_]
    assert lines[asked].days == Period(date(2026, 10, 5), date(2026, 11, 1))
    assert lines[fixed].days == Period(date(2026, 11, 9), date(2026, 12, 4))
    assert lines[light].days == Period(date(2026, 12, 4), date(2026, 12, 7))  # Friday and Monday
    assert lines[open_].days is None
    assert [lines[key].is_fixed for key in (asked, fixed, open_)] == [False, True, False]
    assert (lines[asked].name, lines[asked].line_manager) == ("Ada Lovelace", "Grace Park")
    assert (lines[asked].is_offer, lines[open_].is_offer) == (False, True)
    assert lines[asked].moves == (Move.ASK, Move.WITHDRAW)


def test_the_whole_of_one_has_its_moves_and_what_it_collides_with(store, asked):
    found = whole(store, asked)
    assert not found.can_be_taken_back
    assert [clash.first_on for clash in found.clashes] == [date(2026, 10, 14)]
    with store.change("Ask for it") as session:
        move_secondment(session, asked, Move.ASK, MoveDetails(TODAY, "Ada"), TODAY)
    found = whole(store, asked)
    assert found.can_be_taken_back
    assert [move.moved_by for move in found.moves] == ["Ada"]
    assert found.line.moved_on == TODAY


def test_what_is_over_collides_with_nothing_any_more(store, asked):
    with store.change("Withdraw it") as session:
        move_secondment(session, asked, Move.WITHDRAW, MoveDetails(TODAY, "Ada", "No time"), TODAY)
    assert whole(store, asked).clashes == ()


def test_one_that_is_gone_is_none(store):
    assert whole(store, uuid4()) is None


def test_an_approval_against_something_grave_is_refused_without_words(store, make, asked):
    ada = next(line for line in store.read(secondment_lines)).details.apprenticeship_id
    make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=ada, status=SecondmentStatus.AGREED,
        agreed_start_on=date(2026, 10, 12), agreed_end_on=date(2026, 10, 30),
    )  # fmt: skip
    with store.change("Ask for it") as session:
        move_secondment(session, asked, Move.ASK, MoveDetails(TODAY, "Ada"), TODAY)
    against = whole(store, asked).clashes
    assert any(clash.is_grave for clash in against)
    says, without = "Say why it may go on all the same", MoveDetails(TODAY, "Grace")
    with pytest.raises(Problem, match=says), store.change("Approve it") as session:
        move_secondment(session, asked, Move.APPROVE, without, TODAY, against)
    with store.change("Approve it") as session:
        details = MoveDetails(TODAY, "Grace", "The other one is withdrawn")
        move_secondment(session, asked, Move.APPROVE, details, TODAY, against)
    assert whole(store, asked).line.details.status is SecondmentStatus.APPROVED
