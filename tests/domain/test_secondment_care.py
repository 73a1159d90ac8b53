"""What is to be done around a secondment, and when Today names it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Status
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.needs import NeedKind, Target, Urgency, need_rules_on
from apprentice_desk.domain.needs_of_people import PlannedReview
from apprentice_desk.domain.secondment_care import (
    AfterDetails,
    Care,
    DoneDetails,
    Reviewing,
    care_needs,
    check_after,
    check_done,
    half_way,
    where_words,
)
from apprentice_desk.domain.vocabulary import PlacementForm, SecondmentStatus

TODAY = date(2026, 6, 10)
KEY, PERSON, REVIEW = UUID(int=1), UUID(int=2), UUID(int=3)
RULES = in_force(resources.placement_rules(), TODAY, "")
NEED_RULES = need_rules_on(resources.need_rules(), TODAY)
DONE = Care(provider_told_on=TODAY, plan_revised_on=TODAY, checked_in_on=TODAY)

COURSE = Course(training_started_on=date(2025, 9, 1))


@dataclass(frozen=True)
class Facts:
    status: SecondmentStatus = SecondmentStatus.AGREED
    apprenticeship_id: UUID | None = PERSON
    form: PlacementForm = PlacementForm.SECONDMENT
    host: str | None = "LOTI"
    host_name: str = ""
    earliest_start_on: date | None = None
    latest_start_on: date | None = None
    weeks: int | None = 4
    days: int | None = None
    agreed_start_on: date | None = date(2026, 7, 6)
    agreed_end_on: date | None = date(2026, 7, 31)
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class Secondment:
    details: Facts = Facts()
    care: Care = DONE
    name: str = "Priya Nair"
    id: UUID = KEY


@dataclass(frozen=True)
class Somebody:
    course: Course = COURSE
    last_review_on: date | None = date(2026, 6, 1)
    status: Status = Status.LIVE
    id: UUID = PERSON
    name: str = "Priya Nair"


UNDER_WAY = Facts(
    SecondmentStatus.UNDER_WAY, started_on=date(2026, 6, 1), agreed_end_on=date(2026, 6, 28)
)
OVER = Facts(SecondmentStatus.COMPLETED, started_on=date(2026, 5, 1), ended_on=date(2026, 5, 29))


def needs(facts=Facts(), care=DONE, person=Somebody(), planned=None, today=TODAY):
    people = {} if person is None else {PERSON: person}
    reviewing = Reviewing(people, planned or {}, 84, NEED_RULES)
    return care_needs([Secondment(facts, care)], {}, reviewing, RULES, today)


def test_the_provider_is_told_and_the_plan_revised_from_the_agreement_on():
    told, revised = needs(care=Care())
    assert told.what == "The provider of Priya Nair has not been told of the secondment"
    assert told.why.startswith("With LOTI, 6 Jul 2026 to 31 Jul 2026. Place and hours change")
    assert revised.what == "The training plan of Priya Nair is to be revised for the secondment"
    assert (told.urgency, revised.urgency) == (Urgency.SOON, Urgency.SOON)
    assert told.target == Target("secondments", KEY, "provider")
    assert (told.key, revised.key) == (
        f"secondment-provider:{KEY.hex}", f"secondment-plan:{KEY.hex}",
    )  # fmt: skip
    assert needs() == []


def test_they_are_urgent_a_fortnight_before_the_start_and_while_no_day_is_known():
    near = replace(Facts(), agreed_start_on=date(2026, 6, 24))
    assert {each.urgency for each in needs(near, Care())} == {Urgency.NOW}
    nowhere = replace(Facts(), agreed_start_on=None)
    told, _ = needs(nowhere, Care())
    assert told.why.startswith("With LOTI. Place")
    assert told.urgency is Urgency.SOON


@pytest.mark.parametrize(
    "status",
    [SecondmentStatus.REQUESTED, SecondmentStatus.MATCHED, SecondmentStatus.DECLINED],
)
def test_nothing_is_named_before_it_is_agreed(status):
    assert needs(replace(Facts(), status=status), Care()) == []


def test_the_light_form_and_an_offer_that_waits_ask_for_nothing():
    assert needs(replace(Facts(), form=PlacementForm.VISIT), Care()) == []
    assert needs(replace(Facts(), apprenticeship_id=None), Care()) == []


# --- half-way -------------------------------------------------------------------------------------


def test_the_middle_of_a_stay_is_half_way():
    assert half_way(Period(date(2026, 6, 1), date(2026, 6, 28))) == date(2026, 6, 14)
    assert half_way(Period(date(2026, 6, 1), date(2026, 6, 1))) == date(2026, 6, 1)
    assert half_way(Period(date(2026, 6, 1))) is None


@pytest.mark.parametrize(
    ("today", "urgency", "what"),
    [
        (date(2026, 6, 7), Urgency.LATER, "is due by 14 Jun 2026"),
        (date(2026, 6, 14), Urgency.SOON, "is due by 14 Jun 2026"),
        (date(2026, 6, 15), Urgency.SOON, "was due by 14 Jun 2026"),
    ],
)
def test_the_check_in_is_named_from_a_week_before_it(today, urgency, what):
    (need,) = needs(UNDER_WAY, replace(DONE, checked_in_on=None), today=today)
    assert need.what == f"Check-in with Priya Nair half-way {what}"
    assert (need.urgency, need.action) == (urgency, "Record check-in")


def test_the_check_in_is_not_named_before_that_nor_once_it_was_nor_without_an_end():
    open_ = replace(DONE, checked_in_on=None)
    assert needs(UNDER_WAY, open_, today=date(2026, 6, 6)) == []
    assert needs(UNDER_WAY, DONE, today=date(2026, 6, 20)) == []
    assert needs(replace(UNDER_WAY, agreed_end_on=None), open_, None, today=date(2026, 6, 20)) == []
    assert needs(replace(UNDER_WAY, started_on=None, agreed_start_on=None), open_) == []


# --- reviews --------------------------------------------------------------------------------------


DUE_THEN = Somebody(last_review_on=date(2026, 4, 20))
"""A review is due by 13 July 2026."""


def test_a_review_that_falls_due_during_it_is_named_long_before():
    (need,) = needs(person=DUE_THEN)
    assert (need.kind, need.urgency, need.action) == (
        NeedKind.REVIEW, Urgency.LATER, "Plan review",
    )  # fmt: skip
    assert need.what == "Progress review for Priya Nair falls due during the secondment"
    assert need.why == (
        "By 13 Jul 2026, with LOTI 6 Jul 2026 to 31 Jul 2026; one is due at least every 12 weeks,"
        " and none is planned by then"
    )
    late = {PERSON: PlannedReview(REVIEW, date(2026, 7, 20))}
    (need,) = needs(person=DUE_THEN, planned=late)
    assert (need.action, need.target.item_id) == ("Open review", REVIEW)


@pytest.mark.parametrize(
    ("changes", "planned"),
    [
        ({"last_review_on": date(2026, 6, 8)}, {}),
        ({"last_review_on": date(2026, 4, 1)}, {}),
        ({"status": Status.ON_A_BREAK}, {}),
        ({"course": Course(), "last_review_on": None}, {}),
        ({}, {PERSON: PlannedReview(REVIEW, date(2026, 7, 13))}),
    ],
)
def test_a_review_that_is_planned_or_due_at_another_time_is_not(changes, planned):
    assert needs(person=replace(DUE_THEN, **changes), planned=planned) == []


def test_one_that_is_near_stands_among_the_reviews_already():
    assert needs(person=DUE_THEN, today=date(2026, 6, 29)) == []
    assert needs(person=None) == []
    assert needs(replace(Facts(), agreed_start_on=None), person=DUE_THEN) == []


def test_one_that_was_planned_and_missed_does_not_do():
    missed = {PERSON: PlannedReview(REVIEW, date(2026, 6, 1))}
    assert len(needs(person=DUE_THEN, planned=missed)) == 1


# --- afterwards -----------------------------------------------------------------------------------


def test_what_is_missing_afterwards_is_named_once():
    (need,) = needs(OVER, Care(learned="Joins", ksbs_touched="S9"))
    assert need.what == "What came of the secondment of Priya Nair is not all written down"
    assert need.why == (
        "With LOTI until 29 May 2026. Missing: the host’s feedback and the apprentice’s feedback"
    )
    assert (need.urgency, need.target.field) == (Urgency.LATER, "afterwards")


@pytest.mark.parametrize(
    ("facts", "care", "today"),
    [
        (OVER, Care(learned="a", host_feedback="b", apprentice_feedback="c"), TODAY),
        (OVER, Care(), date(2026, 6, 4)),
        (OVER, Care(), date(2026, 8, 22)),
        (replace(OVER, ended_on=None, agreed_end_on=None), Care(), TODAY),
        (replace(OVER, started_on=None, agreed_start_on=None), Care(), TODAY),
    ],
)
def test_it_is_not_named_once_all_is_there_nor_too_soon_nor_for_ever(facts, care, today):
    assert needs(facts, care, today=today) == []


def test_the_host_is_said_by_its_own_name_or_that_of_its_code():
    assert where_words(replace(Facts(), host_name=" Brightwell Labs "), {}) == "Brightwell Labs"
    places = {"E09000012": "Hackney"}
    assert where_words(replace(Facts(), host="E09000012"), places) == "Hackney"
    assert where_words(replace(Facts(), host=None), places) == "elsewhere"


# --- what is recorded -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (DoneDetails(), "SQ001"),
        (DoneDetails(date(2026, 6, 11)), "SQ002"),
        (DoneDetails(date(2026, 5, 31)), "SQ003"),
    ],
)
def test_a_day_amiss_is_found(details, code):
    (finding,) = check_done(details, TODAY, date(2026, 6, 1))
    assert (finding.code, finding.place.field) == (code, "on")


def test_a_day_that_can_be_is_taken():
    assert check_done(DoneDetails(TODAY), TODAY) == []
    assert check_done(DoneDetails(date(2026, 6, 1)), TODAY, date(2026, 6, 1)) == []


def test_afterwards_something_is_said():
    (finding,) = check_after(AfterDetails(learned=" "))
    assert (finding.code, finding.place.field) == ("SQ004", "learned")
    assert check_after(AfterDetails(host_feedback="Kind and quick")) == []
