"""Which move of a secondment comes next, what it asks, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_clashes import Clash, ClashKind
from apprentice_desk.domain.secondment_moves import (
    BECOMES,
    Move,
    MoveDetails,
    Standing,
    asked,
    check_move,
    day_of,
    needed,
    possible,
    unheeded,
)
from apprentice_desk.domain.vocabulary import PlacementForm, SecondmentKind, SecondmentStatus

TODAY = date(2026, 5, 20)
DRAFT = Standing(
    SecondmentKind.REQUEST,
    PlacementForm.SECONDMENT,
    SecondmentStatus.DRAFT,
    has_apprentice=True,
    says_what=True,
    earliest_start_on=date(2026, 6, 1),
    latest_start_on=date(2026, 6, 29),
    weeks=4,
)
GOOD = {
    Move.ASK: MoveDetails(TODAY, "Priya Nair"),
    Move.APPROVE: MoveDetails(TODAY, "Tom Ash"),
    Move.MATCH: MoveDetails(TODAY, "Priya Nair", host="LOTI"),
    Move.AGREE: MoveDetails(
        TODAY,
        "Priya Nair",
        host_supervisor="Jo Lark",
        agreed_start_on=date(2026, 6, 8),
        agreed_end_on=date(2026, 7, 3),
    ),
    Move.START: MoveDetails(by="Tom Ash", started_on=TODAY),
    Move.COMPLETE: MoveDetails(by="Tom Ash", ended_on=TODAY),
    Move.DECLINE: MoveDetails(TODAY, "Tom Ash", "Too near the gateway"),
    Move.WITHDRAW: MoveDetails(TODAY, "Tom Ash", "Another time"),
}


def codes(move, details, standing, today=TODAY):
    return [(each.code, each.place.field) for each in check_move(move, details, standing, today)]


def walk(form, moves):
    """Make *moves* one after the other; return where it stands."""
    standing = replace(DRAFT, form=form, weeks=None if form.is_light else 4, days=2)
    for move in moves:
        details = GOOD[move]
        if form.is_light and move is Move.AGREE:
            details = replace(details, host="LOTI")
        if form.is_light and move is Move.COMPLETE:
            details = replace(details, started_on=TODAY)
        assert not check_move(move, details, standing, TODAY)
        standing = replace(standing, status=BECOMES[move])
        if move is Move.START:
            standing = replace(standing, started_on=details.started_on)
    return standing.status


def test_a_secondment_goes_from_draft_to_completed_in_six_moves():
    way = (Move.ASK, Move.APPROVE, Move.MATCH, Move.AGREE, Move.START, Move.COMPLETE)
    assert walk(PlacementForm.SECONDMENT, way) is SecondmentStatus.COMPLETED


@pytest.mark.parametrize("form", [PlacementForm.SHADOWING, PlacementForm.VISIT])
def test_the_light_form_goes_there_in_four(form):
    way = (Move.ASK, Move.APPROVE, Move.AGREE, Move.COMPLETE)
    assert walk(form, way) is SecondmentStatus.COMPLETED


@pytest.mark.parametrize("form", list(PlacementForm))
def test_every_way_that_is_not_over_goes_on_and_can_be_given_up(form):
    over = {SecondmentStatus.COMPLETED, SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN}
    reached, to_do = set(), [SecondmentStatus.DRAFT]
    while to_do:
        status = to_do.pop()
        if status in reached:
            continue
        reached.add(status)
        moves = possible(form, status)
        assert bool(moves) is (status not in over)
        assert (Move.WITHDRAW in moves) is (status not in over)
        to_do += [BECOMES[move] for move in moves]
    light = {SecondmentStatus.MATCHED, SecondmentStatus.UNDER_WAY}
    assert reached == set(SecondmentStatus) - (light if form.is_light else set())


@pytest.mark.parametrize("status", list(SecondmentStatus))
def test_a_move_that_is_not_next_is_refused(status):
    standing = replace(DRAFT, status=status)
    for move in set(Move) - set(possible(standing.form, status)):
        assert codes(move, GOOD[move], standing) == [("SM001", "")]


@pytest.mark.parametrize("move", list(Move))
def test_a_move_without_what_it_needs_is_refused_field_by_field(move):
    status = next(s for s in SecondmentStatus if move in possible(DRAFT.form, s))
    standing = replace(DRAFT, status=status)
    names = needed(move, standing)
    assert names
    assert set(names) <= set(asked(move, standing))
    found = codes(move, MoveDetails(), standing)
    assert found == [("SM002", name) for name in names]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"has_apprentice": False}, "SM003"),
        ({"earliest_start_on": None}, "SM004"),
        ({"weeks": None}, "SM005"),
        ({"form": PlacementForm.VISIT, "days": None}, "SM005"),
        ({"says_what": False}, "SM006"),
    ],
)
def test_what_is_asked_for_is_said_before_it_is_asked(change, code):
    assert codes(Move.ASK, GOOD[Move.ASK], replace(DRAFT, **change)) == [(code, "")]


def test_an_offer_needs_no_apprentice():
    offer = replace(DRAFT, kind=SecondmentKind.OFFER, has_apprentice=False)
    assert not check_move(Move.ASK, GOOD[Move.ASK], offer, TODAY)


def test_a_withdrawal_from_under_way_needs_the_last_day():
    standing = replace(DRAFT, status=SecondmentStatus.UNDER_WAY, started_on=date(2026, 5, 4))
    assert codes(Move.WITHDRAW, GOOD[Move.WITHDRAW], standing) == [("SM002", "ended_on")]
    ended = replace(GOOD[Move.WITHDRAW], ended_on=date(2026, 5, 3))
    assert codes(Move.WITHDRAW, ended, standing) == [("SM010", "ended_on")]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"on": date(2026, 5, 21)}, "SM007", "on"),
        ({"provider_told_on": date(2026, 5, 21)}, "SM007", "provider_told_on"),
        ({"agreed_end_on": date(2026, 6, 7)}, "SM008", "agreed_end_on"),
        ({"agreed_end_on": date(2026, 12, 14)}, "SM009", "agreed_end_on"),
        ({"agreed_start_on": date(2026, 5, 31)}, "SM012", "agreed_start_on"),
        (
            {"agreed_start_on": date(2026, 6, 30), "agreed_end_on": date(2026, 7, 27)},
            "SM012",
            "agreed_start_on",
        ),
        ({"on": date(2026, 5, 18)}, "SM011", "on"),
    ],
)
def test_days_that_cannot_be_are_refused(change, code, field):
    standing = replace(DRAFT, status=SecondmentStatus.MATCHED, moved_last_on=date(2026, 5, 19))
    assert not check_move(Move.AGREE, GOOD[Move.AGREE], standing, TODAY)
    assert codes(Move.AGREE, replace(GOOD[Move.AGREE], **change), standing) == [(code, field)]


def test_twenty_six_weeks_are_not_too_long():
    standing = replace(DRAFT, status=SecondmentStatus.MATCHED)
    longest = replace(GOOD[Move.AGREE], agreed_end_on=date(2026, 12, 6))
    assert not check_move(Move.AGREE, longest, standing, TODAY)


def test_a_light_agreement_asks_where_and_not_who_looks_after_them():
    standing = replace(DRAFT, form=PlacementForm.VISIT, status=SecondmentStatus.APPROVED)
    assert "host" in needed(Move.AGREE, standing)
    assert "host_supervisor" not in needed(Move.AGREE, standing)
    assert "host_supervisor" in asked(Move.AGREE, standing)


def test_the_day_of_a_start_and_of_an_end_is_that_day():
    details = MoveDetails(date(2026, 5, 1), started_on=date(2026, 5, 2), ended_on=TODAY)
    assert day_of(Move.START, details) == date(2026, 5, 2)
    assert day_of(Move.COMPLETE, details) == TODAY
    assert day_of(Move.APPROVE, details) == date(2026, 5, 1)


GRAVE = Clash(
    ClashKind.BREAK,
    Period(date(2026, 10, 20), None),
    "On a break.",
    "Wait until it is over.",
    is_grave=True,
)
MILD = replace(GRAVE, kind=ClashKind.REVIEW, is_grave=False)


@pytest.mark.parametrize(
    ("move", "note", "clashes", "is_wrong"),
    [
        (Move.APPROVE, "", (MILD, GRAVE), True),
        (Move.APPROVE, "  ", (GRAVE,), True),
        (Move.APPROVE, "It was called off", (GRAVE,), False),
        (Move.APPROVE, "", (MILD,), False),
        (Move.APPROVE, "", (), False),
        (Move.AGREE, "", (GRAVE,), False),
    ],
)
def test_only_an_approval_against_something_grave_needs_words(move, note, clashes, is_wrong):
    found = unheeded(move, MoveDetails(note=note), clashes)
    assert [(each.code, each.place.field) for each in found] == [("SM013", "note")] * is_wrong
    assert all("On a break." in each.message for each in found)


def test_declining_and_withdrawing_end_it_and_no_other_move_does() -> None:
    ending = {move for move in Move if move.ends_it}
    assert ending == {Move.DECLINE, Move.WITHDRAW}
