"""What is done around a secondment, as the desk keeps it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.secondment_care import AfterDetails, Care, DoneDetails
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.records import secondment_care as care
from apprentice_desk.records.secondments import secondment_rows
from records.acting import changing

TODAY = date(2026, 6, 15)


@pytest.fixture
def under_way(make):
    return make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=make.apprentice(), host="LOTI",
        status=SecondmentStatus.UNDER_WAY, started_on=date(2026, 6, 1),
    )  # fmt: skip


def do(store, command, key, *given):
    return changing(store, lambda session: command(session, key, *given))


def test_all_of_it_is_recorded_and_taken_back(store, under_way):
    day = date(2026, 6, 10)
    do(store, care.tell_provider, under_way, DoneDetails(day), TODAY)
    do(store, care.revise_plan, under_way, DoneDetails(day, " It stands "), TODAY)
    do(store, care.hold_check_in, under_way, DoneDetails(day, "All is well"), TODAY)
    do(store, care.record_afterwards, under_way,
       AfterDetails("Joins", "S9", "Quick", " I would go again ")
    )  # fmt: skip
    whole = Care(day, day, "It stands", day, "All is well", "Joins", "S9", "Quick",
                 "I would go again")  # fmt: skip
    assert store.read(care.care_of, under_way) == whole
    assert [row.care for row in store.read(secondment_rows)] == [whole]
    do(store, care.take_care_back, under_way, "checked_in_on", "check_in_note")
    left = store.read(care.care_of, under_way)
    assert (left.checked_in_on, left.check_in_note, left.learned) == (None, "", "Joins")


@pytest.mark.parametrize(
    ("command", "check", "given", "code"),
    [
        (care.tell_provider, care.check_told, (DoneDetails(), TODAY), "SQ001"),
        (care.revise_plan, care.check_revised, (DoneDetails(date(2026, 7, 1)), TODAY), "SQ002"),
        (care.revise_plan, care.check_revised, (DoneDetails(TODAY, "x" * 501), TODAY), "TX001"),
        (care.hold_check_in, care.check_in, (DoneDetails(date(2026, 5, 1)), TODAY), "SQ003"),
        (care.hold_check_in, care.check_in, (DoneDetails(TODAY, "x" * 2001), TODAY), "TX001"),
        (care.record_afterwards, care.check_afterwards, (AfterDetails(),), "SQ004"),
        (
            care.record_afterwards, care.check_afterwards,
            (AfterDetails(learned="x" * 2001),), "TX001",
        ),
    ],
)  # fmt: skip
def test_what_is_amiss_is_refused(store, under_way, command, check, given, code):
    assert [each.code for each in store.read(check, under_way, *given)] == [code]
    with pytest.raises(Problem):
        do(store, command, under_way, *given)
    assert store.read(care.care_of, under_way) == Care()


def test_a_note_that_is_too_long_is_found_beside_the_note(store, under_way):
    (finding,) = store.read(care.check_in, under_way, DoneDetails(TODAY, "x" * 2001), TODAY)
    assert finding.place.field == "note"


@pytest.mark.parametrize(
    ("check", "given", "status"),
    [
        (care.check_told, (DoneDetails(TODAY), TODAY), SecondmentStatus.APPROVED),
        (care.check_revised, (DoneDetails(TODAY), TODAY), SecondmentStatus.MATCHED),
        (care.check_in, (DoneDetails(TODAY), TODAY), SecondmentStatus.AGREED),
        (care.check_afterwards, (AfterDetails("Joins"),), SecondmentStatus.AGREED),
    ],
)
def test_nothing_is_recorded_before_its_time(store, make, check, given, status):
    key = make.secondment(status=status, code="XMP-S77")
    (finding,) = store.read(check, key, *given)
    assert finding.code == "SQ005"
    assert finding.message.startswith(f"Secondment XMP-S77 is {status}; this is recorded once it")


@pytest.mark.parametrize(
    ("command", "given"),
    [
        (care.tell_provider, (DoneDetails(TODAY), TODAY)),
        (care.revise_plan, (DoneDetails(TODAY), TODAY)),
        (care.hold_check_in, (DoneDetails(TODAY), TODAY)),
        (care.record_afterwards, (AfterDetails("Joins"),)),
        (care.take_care_back, ("learned",)),
    ],
)
def test_what_is_gone_is_said(store, command, given):
    with pytest.raises(Conflict, match="removed meanwhile"):
        do(store, command, uuid4(), *given)
