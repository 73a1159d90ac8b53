"""The part Facts: everything that is kept of an apprenticeship stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.vocabulary import Destination, EmployeeType, Grade, RoleFamily
from apprentice_desk.records import checklists, programmes
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenRecord
from apprentice_desk.ui.pages.apprentice.facts import FactsPart


@pytest.fixture
def facts_of(page: Callable[..., Any], qtbot: Any) -> Callable[[UUID], FactsPart]:
    opened = page("apprentice")

    def show(key: UUID) -> FactsPart:
        opened.arrive(OpenRecord(key, "facts"))
        part: FactsPart = opened.part("facts")
        qtbot.waitUntil(lambda: "Name" in pairs(part))
        return part

    return show


def words(part: FactsPart) -> list[QLabel]:
    return [each for each in part.findChildren(QLabel) if each.isVisibleTo(part)]


def pairs(part: FactsPart) -> dict[str, str]:
    """What is shown, by its key."""
    said = [each.accessibleName().split(": ", 1) for each in words(part)]
    return {each[0]: each[1] for each in said if len(each) > 1}


def test_everything_that_is_kept_of_an_apprenticeship_stands_there(
    facts_of: Callable[[UUID], FactsPart], make: Any
) -> None:
    provider = make.provider(name="Riverbank Training")
    contract = make.contract(provider_id=provider, reference="C-771")
    details = ApprenticeDetails(
        given_names="Ada", family_name="Obi", uln="1000000043", born_on=date(2001, 5, 17),
        email="ada@example.org", employee_reference="E-4471", standard_code="ST0116",
        standard_version="1.1", standard_option="Web pathway", course_title="Rigging of sites",
        employee_type=EmployeeType.EXISTING, is_digital=False, role_family=RoleFamily.CONTENT,
        training_started_on=date(2025, 9, 1), is_start_day_given=False,
        original_start_on=date(2025, 2, 3), training_planned_end_on=date(2027, 2, 28),
        is_end_day_given=False, apprenticeship_planned_end_on=date(2027, 5, 21),
        gateway_planned_on=date(2027, 3, 8), assessment_began_on=date(2026, 6, 9),
        ended_on=date(2026, 7, 24), outcome=Outcome.WITHDRAWN, grade=Grade.MERIT,
        leaving_reason="40", destination=Destination.KEPT_FIXED_TERM, provider_id=provider,
        contract_id=contract, provider_reference="RT-19", agreed_price=Decimal("14321.00"),
        funding_band_maximum=Decimal("15000.00"), agreed_minutes=31_260,
        prior_learning_minutes=2_730, weekly_minutes=2_250, weekly_from_on=date(2025, 9, 8),
        line_manager="Grace Park", line_manager_email="grace@example.org", mentor="Lee Chan",
        note="Wants to work with maps.", assessment_organisation="Assessors of Test",
        is_english_needed=True, english_met_on=date(2026, 3, 12), is_maths_needed=False,
        maths_met_on=date(2026, 4, 16), training_price=Decimal("12321.00"),
        price_is_for=PriceFor.WHOLE,
        assessment_price=Decimal("2000.00"), employer_percent=25,
    )  # fmt: skip
    shown_as = {
        "born_on": "17 May 2001", "standard_code": "ST0116", "standard_version": "v1.1",
        "employee_type": "Existing employee", "is_digital": "Digital: No",
        "role_family": "Content and marketing", "training_started_on": "September 2025",
        "is_start_day_given": "September 2025 (day not given)",
        "original_start_on": "3 Feb 2025", "training_planned_end_on": "February 2027",
        "is_end_day_given": "February 2027 (day not given)",
        "apprenticeship_planned_end_on": "21 May 2027", "gateway_planned_on": "8 Mar 2027",
        "assessment_began_on": "9 Jun 2026", "ended_on": "24 Jul 2026", "outcome": "Withdrawn",
        "grade": "Merit", "leaving_reason": "Moved to a new learning aim",
        "destination": "Kept on, fixed term",
        "provider_id": "Riverbank Training", "contract_id": "C-771",
        "price_is_for": "The whole, as agreed before the change",
        "training_price": "£12,321", "assessment_price": "£2,000",
        "employer_percent": "25% of what lies within the band",
        "agreed_price": "£14,321", "funding_band_maximum": "£15,000",
        "agreed_minutes": "521 h", "prior_learning_minutes": "45 h 30 m",
        "weekly_minutes": "37 h 30 m from", "weekly_from_on": "from 8 Sep 2025",
        "is_english_needed": "English: Achieved on", "english_met_on": "12 Mar 2026",
        "is_maths_needed": "Maths: Achieved on", "maths_met_on": "16 Apr 2026",
    }  # fmt: skip
    key = make.apprentice(**{each.name: getattr(details, each.name) for each in fields(details)})
    part = facts_of(key)
    said = "\n".join([*map(": ".join, pairs(part).items()), *(each.text() for each in words(part))])
    for each in fields(ApprenticeDetails):
        looked_for = shown_as.get(each.name) or str(getattr(details, each.name))
        assert looked_for in said, each.name


def test_what_is_not_known_is_said_and_what_does_not_apply_is_left_out(
    facts_of: Callable[[UUID], FactsPart], make: Any
) -> None:
    part = facts_of(make.apprentice(weekly_minutes=None))
    shown = pairs(part)
    assert shown["Assessment organisation"] == "not given"
    assert shown["Contracted hours a week"] == "not given"
    assert shown["Digital"] == "Yes, as the list of digital standards says"
    assert not {"Last day", "Gateway passed", "Breaks in learning"} & set(shown)
    assert not part.cards["How it ended"][0].isVisibleTo(part)
    assert "Note" not in [each.text() for each in words(part)]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"is_english_needed": True}, "Still needed. The employer opted in."),
        ({"english_met_on": date(2026, 9, 1)}, "Achieved on 1 Sep 2026."),
        (
            {"is_english_needed": True, "english_met_on": date(2026, 9, 2)},
            "Still needed. The employer opted in. Recorded for 2 Sep 2026.",
        ),
        ({"is_english_needed": False}, "Recorded as not needed. Aged 24 at the start."),
        ({}, "Nobody recorded whether it is."),
        ({"born_on": date(2008, 1, 9)}, "Still needed. Aged 17 at the start."),
    ],
)
def test_english_is_held_needed_or_not(
    facts_of: Callable[[UUID], FactsPart], make: Any, given: dict[str, Any], says: str
) -> None:
    """On 1 Sep 2026; training started on 1 Sep 2025."""
    shown = pairs(facts_of(make.apprentice(**({"born_on": date(2001, 5, 17)} | given))))
    assert says in shown["English"]
    assert "Nobody recorded" in shown["Maths"] or "Aged 17" in shown["Maths"]


def test_what_is_marked_on_the_checklist_is_heard_of(
    facts_of: Callable[[UUID], FactsPart], make: Any, desk: Desk, qtbot: Any
) -> None:
    key = make.apprentice()
    part = facts_of(key)
    with desk.store.change("Mark") as session:
        checklists.say_not_needed(session, key, Checklist.GATEWAY, ["maths"], "Holds a degree")
    qtbot.waitUntil(lambda: pairs(part).get("Maths") == "Not needed: Holds a degree.")


def test_weeks_and_breaks_are_told_in_their_order(
    facts_of: Callable[[UUID], FactsPart], make: Any, store: Store
) -> None:
    key = make.apprentice()
    with store.change("Fewer hours, a break") as session:
        programmes.set_weekly_hours(session, key, date(2026, 3, 1), 30 * 60)
        programmes.start_break(session, key, date(2026, 8, 3))
    shown = pairs(facts_of(key))
    assert shown["Contracted hours a week"] == "36 h from 1 Sep 2025; 30 h from 1 Mar 2026"
    assert shown["Breaks in learning"] == "since 3 Aug 2026"
    assert shown["How it stands"] == "On a break"


def test_the_facts_are_edited_in_the_form(
    facts_of: Callable[[UUID], FactsPart], make: Any, desk: Desk
) -> None:
    key = make.apprentice()
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    facts_of(key).edit.click()
    assert gone == [OpenApprentice(key, "given_names")]
