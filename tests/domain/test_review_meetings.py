"""One review: how it stands, who has signed, when the next one may be, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.review_meetings import (
    ActionDetails,
    HeldDetails,
    Meeting,
    Part,
    ReviewState,
    check_action,
    check_done,
    check_held,
    check_meeting,
    check_signature,
    names,
    proposed_on,
    signing_words,
    state_of,
    unsigned,
)
from apprentice_desk.domain.review_roles import ReviewRole

TODAY = date(2026, 11, 24)
STARTED = date(2026, 1, 5)
DAY = date(2026, 11, 20)


def signed(*roles: ReviewRole, on: date = DAY) -> tuple[Part, ...]:
    return tuple(Part(role, signed_on=on) for role in roles)


ALL = (ReviewRole.APPRENTICE, ReviewRole.MANAGER, ReviewRole.PROVIDER)


@pytest.mark.parametrize(
    ("due_on", "held_on", "parts", "state"),
    [
        (date(2026, 12, 9), None, (), ReviewState.PLANNED),
        (date(2026, 12, 8), None, (), ReviewState.DUE),
        (TODAY, None, (), ReviewState.DUE),
        (date(2026, 11, 23), None, (), ReviewState.OVERDUE),
        (None, None, (), ReviewState.PLANNED),
        (date(2026, 11, 1), DAY, (), ReviewState.HELD),
        (None, DAY, signed(*ALL[:2]), ReviewState.HELD),
        (None, DAY, signed(*ALL), ReviewState.SIGNED_OFF),
        (None, DAY, signed(*ALL[:2], ReviewRole.HOST), ReviewState.HELD),
    ],
)
def test_how_a_review_stands(
    due_on: date | None, held_on: date | None, parts: tuple[Part, ...], state: ReviewState
) -> None:
    assert state_of(due_on, held_on, parts, TODAY, 14) is state


def test_who_has_signed_and_who_has_not_is_said() -> None:
    assert signing_words(()) == "Not signed by anybody yet"
    assert signing_words(signed(ReviewRole.HOST)) == "Not signed by anybody yet"
    assert unsigned(signed(ReviewRole.MANAGER)) == (ReviewRole.APPRENTICE, ReviewRole.PROVIDER)
    assert signing_words(signed(*ALL[:2])) == (
        "Signed by apprentice and line manager; not yet by provider"
    )
    late = (*signed(*ALL[:2]), *signed(ReviewRole.PROVIDER, on=TODAY))
    assert signing_words(late) == "Signed by all three, the last on 24 Nov 2026"


def test_a_part_is_told_with_its_role() -> None:
    assert Part(ReviewRole.HOST, "Sam Reed").words == "Sam Reed (host)"
    assert Part(ReviewRole.HOST).words == "host"


def test_the_next_review_is_proposed_for_the_last_working_day_that_is_allowed() -> None:
    """84 days after 6 Oct 2026 are 29 Dec, a Tuesday; from 4 Oct 27 Dec, a Sunday after two
    holidays: 25 Dec and the Saturday between, so Thursday 24 Dec."""
    holidays = resources.bank_holidays()
    course = Course(STARTED, date(2027, 12, 31))
    assert proposed_on(course, date(2026, 10, 6), 84, holidays) == date(2026, 12, 29)
    assert proposed_on(course, date(2026, 10, 4), 84, holidays) == date(2026, 12, 24)
    # Ten days of a break later, it is ten days later: 8 Jan 2027, a Friday.
    paused = Course(STARTED, breaks=(Period(date(2026, 11, 2), date(2026, 11, 11)),))
    assert proposed_on(paused, date(2026, 10, 6), 84, holidays) == date(2027, 1, 8)
    assert proposed_on(Course(), None, 84, holidays) is None
    # Where no day of the span is a working day, the last day stands: a Sunday.
    assert proposed_on(course, date(2026, 10, 2), 1, holidays) == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("meeting", "code"),
    [
        (Meeting(), "RV010"),
        (Meeting(date(2026, 1, 4)), "RV011"),
        (Meeting(DAY), "RV012"),
        (Meeting(date(2027, 2, 13)), "RV013"),
        (Meeting(date(2027, 2, 12), "9:3"), "RV014"),
    ],
)
def test_a_day_on_which_no_review_can_be_is_refused(meeting: Meeting, code: str) -> None:
    (found,) = check_meeting(meeting, STARTED, date(2027, 2, 12), DAY)
    assert found.code == code
    assert found.message.endswith(".")


def test_a_review_may_be_planned_with_little_known() -> None:
    assert check_meeting(Meeting(date(2020, 1, 1)), None) == []
    assert check_meeting(Meeting(date(2027, 2, 12), "09:30"), STARTED, date(2027, 2, 12), DAY) == []


THERE = (Part(ReviewRole.APPRENTICE, was_there=True), Part(ReviewRole.PROVIDER, was_there=False))


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (HeldDetails(None, parts=THERE), "RV020"),
        (HeldDetails(date(2026, 11, 25), parts=THERE), "RV021"),
        (HeldDetails(date(2026, 1, 4), parts=THERE), "RV022"),
        (HeldDetails(DAY), "RV023"),
        (HeldDetails(DAY, parts=THERE[1:]), "RV023"),
    ],
)
def test_a_review_that_cannot_have_been_held_so_is_refused(held: HeldDetails, code: str) -> None:
    (found,) = check_held(held, STARTED, TODAY)
    assert found.code == code


def test_a_review_of_today_is_held_and_one_of_an_unknown_start() -> None:
    assert check_held(HeldDetails(TODAY, parts=THERE), STARTED, TODAY) == []
    assert check_held(HeldDetails(date(2020, 1, 1), parts=THERE), None, TODAY) == []


@pytest.mark.parametrize(
    ("signed_on", "held_on", "code"),
    [
        (DAY, None, "RV030"),
        (date(2026, 11, 25), DAY, "RV031"),
        (date(2026, 11, 19), DAY, "RV032"),
        (DAY, DAY, ""),
        (None, None, ""),
    ],
)
def test_nobody_signs_before_it_was_held_or_on_a_day_to_come(
    signed_on: date | None, held_on: date | None, code: str
) -> None:
    part = Part(ReviewRole.MANAGER, signed_on=signed_on)
    found = check_signature(part, held_on, TODAY, "manager_on")
    assert [each.code for each in found] == ([code] if code else [])
    assert all(each.place.field == "manager_on" for each in found)


def test_an_action_says_what_and_who_and_is_not_due_before_it_was_agreed() -> None:
    found = check_action(ActionDetails(" ", " "), DAY, "_2")
    assert [(each.code, each.place.field) for each in found] == [
        ("RV040", "what_2"), ("RV041", "owner_2"),
    ]  # fmt: skip
    (late,) = check_action(ActionDetails("Meet", "Ada", date(2026, 11, 19)), DAY)
    assert (late.code, late.place.field) == ("RV042", "due_on")
    for fine in (
        check_action(ActionDetails("Meet", "Ada", DAY), DAY),
        check_action(ActionDetails("Meet", "Ada", DAY)),
        check_action(ActionDetails("Meet", "Ada"), DAY),
    ):
        assert fine == []


def test_an_action_is_done_by_today() -> None:
    assert [each.code for each in check_done(None, TODAY)] == ["RV043"]
    assert [each.code for each in check_done(date(2026, 11, 25), TODAY)] == ["RV044"]
    assert check_done(TODAY, TODAY) == []


def test_names_are_read_from_lines_or_semicolons() -> None:
    assert names(" Sam  Reed; \nAmy Fox;; ") == ("Sam Reed", "Amy Fox")
    assert names("") == ()
