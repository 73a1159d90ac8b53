"""Moves of secondments as the desk keeps them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.records.secondment_moves import (
    check,
    move_rows,
    move_secondment,
    standing_of,
    take_move_back,
)
from apprentice_desk.records.secondments import Secondment

TODAY = date(2026, 7, 6)
WAY = (
    (Move.ASK, MoveDetails(date(2026, 5, 4), "Priya Nair")),
    (Move.APPROVE, MoveDetails(date(2026, 5, 5), "Tom Ash", "The review is moved")),
    (Move.MATCH, MoveDetails(date(2026, 5, 6), "Priya Nair", host="LOTI")),
    (
        Move.AGREE,
        MoveDetails(
            date(2026, 5, 7),
            "Priya Nair",
            host_supervisor="Jo Lark",
            agreed_start_on=date(2026, 6, 8),
            agreed_end_on=date(2026, 7, 3),
            provider_told_on=date(2026, 5, 7),
        ),
    ),
    (Move.START, MoveDetails(by="Jo Lark", started_on=date(2026, 6, 8))),
    (
        Move.COMPLETE,
        MoveDetails(by="Jo Lark", ended_on=date(2026, 7, 3), learned="How others do it"),
    ),
)


@pytest.fixture
def request_id(make):
    return make.secondment(
        kind=SecondmentKind.REQUEST,
        apprenticeship_id=make.apprentice(),
        host=None,
        ksbs="S9",
        weeks=4,
        earliest_start_on=date(2026, 6, 1),
        latest_start_on=date(2026, 6, 29),
        status=SecondmentStatus.DRAFT,
    )


def move(store, secondment_id, kind, details, today=TODAY):
    with store.change("Move a secondment") as session:
        move_secondment(session, secondment_id, kind, details, today)


def kept(store, secondment_id):
    return store.read(
        lambda session: {
            name: getattr(session.get(Secondment, secondment_id), name)
            for name in ("status", "host", "host_supervisor", "agreed_start_on", "started_on",
                         "ended_on", "provider_told_on", "learned", "reason")
        }
    )  # fmt: skip


def test_each_move_keeps_who_made_it_and_when(store, request_id):
    for kind, details in WAY:
        move(store, request_id, kind, details)
    rows = store.read(move_rows, request_id)
    assert [(row.was, row.became) for row in rows] == [
        (SecondmentStatus.DRAFT, SecondmentStatus.REQUESTED),
        (SecondmentStatus.REQUESTED, SecondmentStatus.APPROVED),
        (SecondmentStatus.APPROVED, SecondmentStatus.MATCHED),
        (SecondmentStatus.MATCHED, SecondmentStatus.AGREED),
        (SecondmentStatus.AGREED, SecondmentStatus.UNDER_WAY),
        (SecondmentStatus.UNDER_WAY, SecondmentStatus.COMPLETED),
    ]
    assert [row.moved_on for row in rows] == [
        date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6), date(2026, 5, 7),
        date(2026, 6, 8), date(2026, 7, 3),
    ]  # fmt: skip
    assert [row.moved_by for row in rows][:2] == ["Priya Nair", "Tom Ash"]
    assert rows[1].note == "The review is moved"
    assert kept(store, request_id) == {
        "status": SecondmentStatus.COMPLETED,
        "host": "LOTI",
        "host_supervisor": "Jo Lark",
        "agreed_start_on": date(2026, 6, 8),
        "started_on": date(2026, 6, 8),
        "ended_on": date(2026, 7, 3),
        "provider_told_on": date(2026, 5, 7),
        "learned": "How others do it",
        "reason": "",
    }


def test_every_move_can_be_taken_back_until_it_is_a_draft_again(store, request_id):
    before = kept(store, request_id)
    for kind, details in WAY:
        move(store, request_id, kind, details)
    for kind, _ in reversed(WAY):
        with store.change("Take a move back") as session:
            take_move_back(session, request_id)
        assert kind in (Move.COMPLETE, Move.START, Move.AGREE, Move.MATCH, Move.APPROVE, Move.ASK)
    after = kept(store, request_id)
    assert after["status"] is SecondmentStatus.DRAFT
    for name in ("agreed_start_on", "started_on", "ended_on"):
        assert after[name] == before[name] is None
    assert store.read(move_rows, request_id) == ()
    with pytest.raises(Problem, match="could be taken back"), store.change("Once more") as session:
        take_move_back(session, request_id)


def test_a_decline_keeps_its_reason_and_gives_it_up_when_taken_back(store, request_id):
    for kind, details in WAY[:2]:
        move(store, request_id, kind, details)
    reason = "The gateway is too near"
    move(store, request_id, Move.DECLINE, MoveDetails(date(2026, 5, 8), "Tom Ash", reason))
    assert kept(store, request_id)["reason"] == reason
    with store.change("Take it back") as session:
        assert take_move_back(session, request_id) is SecondmentStatus.APPROVED
    assert kept(store, request_id)["reason"] == ""


def test_a_move_that_is_refused_changes_nothing(store, request_id):
    before = kept(store, request_id)
    with pytest.raises(Problem):
        move(store, request_id, Move.START, WAY[4][1])
    with pytest.raises(Problem):
        move(store, request_id, Move.ASK, MoveDetails(date(2026, 5, 4), "x" * 201))
    assert kept(store, request_id) == before
    assert store.read(move_rows, request_id) == ()


def test_a_move_before_the_one_before_it_is_refused(store, request_id):
    for kind, details in WAY[:2]:
        move(store, request_id, kind, details)
    late = MoveDetails(date(2026, 5, 4), "Priya Nair", host="LOTI")
    found = store.read(check, request_id, Move.MATCH, late, TODAY)
    assert [each.code for each in found] == ["SM011"]
    assert store.read(standing_of, request_id).moved_last_on == date(2026, 5, 5)


def test_a_secondment_that_is_gone_is_a_conflict(store):
    with pytest.raises(Conflict), store.change("Move nothing") as session:
        move_secondment(session, uuid4(), *WAY[0], TODAY)
