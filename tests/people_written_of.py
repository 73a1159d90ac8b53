"""Somebody of whom a desk knows all that papers about people tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.review_meetings import ActionDetails, HeldDetails, Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.domain.vocabulary import SecondmentKind, WorkingPattern
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import ksb_progress, pay, programmes, review_meetings
from apprentice_desk.records.review_meetings import Outcome

HELD_ON = date(2026, 4, 20)


def somebody(make: Any, **details: Any) -> UUID:
    """An apprentice with all that a form asks, a plan, codes, a break, pay and a review ahead."""
    make.ksbs({"K1": "Know data", "S1": "Use data"})
    values = {
        "provider_id": make.provider(name="Northgate Training", ukprn="19990002"),
        "standard_version": "1.1",
        "standard_option": "",
        "apprenticeship_planned_end_on": date(2027, 11, 30),
        "gateway_planned_on": date(2027, 8, 31),
        "line_manager": "Grace Park",
        "mentor": "Tom Reed",
        "assessment_organisation": "Fairview Assessment",
        "is_english_needed": False,
        "is_maths_needed": True,
        "born_on": date(2001, 5, 6),
    } | details
    key: UUID = make.apprentice(**values)
    make.activity(key, "Workshop: cleaning data", 840, date(2026, 3, 20))
    make.activity(key, "Project: parking", 2400, date(2026, 9, 30))
    make.review(key, date(2026, 10, 28))
    with make.store.change("Say") as session:
        programmes.start_break(session, key, date(2026, 1, 5))
        programmes.resume(session, key, date(2026, 2, 15))
        pay.set_pay(session, key, date(2025, 9, 1), Decimal("14.00"), PayPer.HOUR)
        for voice, status in (
            (Voice.APPRENTICE, KsbStatus.COMPLETED),
            (Voice.MANAGER, KsbStatus.IN_PROGRESS),
        ):
            ksb_progress.say(session, key, ["K1"], voice, status, HELD_ON, today=HELD_ON)
    return key


def held_review(make: Any) -> UUID:
    """A review of somebody that was held, with what came of it."""
    key = somebody(make)
    review_id: UUID = make.review(key, HELD_ON)
    parts = (
        Part(ReviewRole.APPRENTICE, "Ada Lovelace", True),
        Part(ReviewRole.MANAGER, "Grace Hopper", True),
        Part(ReviewRole.PROVIDER, "Nadia Frost", False),
        Part(ReviewRole.OTHER, "", None),
    )
    held = HeldDetails(HELD_ON, "The workshop was of use.", "Behind.", "A new desk.", parts)
    agreed = (ActionDetails("Keep Wednesdays free", "Grace Hopper", date(2026, 5, 31)),)
    with make.store.change("Hold") as session:
        review_meetings.hold(session, review_id, held, Outcome(agreed=agreed), HELD_ON)
        review_meetings.add_action(session, key, ActionDetails("Shadow finance", "Ada"))
    return review_id


def secondment_of_somebody(make: Any) -> UUID:
    """A secondment of somebody to another borough, under way."""
    key: UUID = make.secondment(
        "XMP-S1", kind=SecondmentKind.REQUEST, apprenticeship_id=somebody(make),
        home="E09999999", host="E09999998", pattern=WorkingPattern.HYBRID, ksbs="K1, S1",
        earliest_start_on=date(2026, 11, 2), started_on=date(2026, 11, 2),
        ended_on=date(2026, 11, 27),
    )  # fmt: skip
    return key
