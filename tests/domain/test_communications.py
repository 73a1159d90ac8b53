"""Stories: how far one is, and that nobody is told of without having agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from apprentice_desk.domain.communications import (
    StoryDetails,
    StoryState,
    check_story,
    has_consent,
    state,
    story_needs,
)
from apprentice_desk.domain.needs import Urgency

TODAY = date(2026, 5, 20)
ADA, STORY = UUID(int=1), UUID(int=7)
AGREED = StoryDetails(
    "A day with Ada",
    "blog",
    apprenticeship_id=ADA,
    consent_on=date(2026, 5, 1),
    consent_to="First name and picture on the borough's blog for a year",
)
OUT = replace(AGREED, published_on=date(2026, 5, 4))


@dataclass(frozen=True)
class Told:
    details: StoryDetails
    id: UUID = STORY


def codes(details):
    return [(each.code, each.place.field) for each in check_story(details, TODAY)]


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        (StoryDetails("A", "blog"), StoryState.IDEA),
        (StoryDetails("A", "blog", planned_on=TODAY), StoryState.PLANNED),
        (StoryDetails("A", "blog", planned_on=date(2026, 5, 19)), StoryState.OVERDUE),
        (OUT, StoryState.PUBLISHED),
        (replace(OUT, consent_ended_on=TODAY), StoryState.TO_BE_TAKEN_DOWN),
        (
            replace(OUT, apprenticeship_id=None, is_consent_needed=False, consent_ended_on=TODAY),
            StoryState.PUBLISHED,
        ),
    ],
)
def test_how_far_a_story_is(details, expected):
    assert state(details, TODAY) is expected


def test_what_is_whole_is_not_complained_of():
    assert codes(AGREED) == codes(OUT) == []
    assert codes(StoryDetails("Open day", "event", is_consent_needed=False)) == []
    assert codes(replace(OUT, link="https://www.example.org/ada")) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": " "}, ("ST001", "title")),
        ({"channel": ""}, ("ST002", "channel")),
        ({"link": "example.org"}, ("ED006", "link")),
        ({"consent_on": date(2026, 5, 21)}, ("ST003", "consent_on")),
        ({"consent_on": None, "consent_ended_on": TODAY}, ("ST004", "consent_on")),
        ({"consent_ended_on": date(2026, 4, 30)}, ("ST004", "consent_ended_on")),
        ({"is_consent_needed": False}, ("ST005", "is_consent_needed")),
        ({"consent_to": " "}, ("ST006", "consent_to")),
    ],
)
def test_what_is_amiss_is_said_beside_its_field(change, expected):
    assert codes(replace(AGREED, **change)) == [expected]


@pytest.mark.parametrize(
    "change",
    [
        {"consent_on": None, "consent_to": ""},
        {"consent_on": date(2026, 5, 5)},
        {"consent_ended_on": date(2026, 5, 3)},
    ],
)
def test_nothing_is_published_without_consent_by_that_day(change):
    assert ("ST007", "published_on") in codes(replace(OUT, **change))


@pytest.mark.parametrize("ended", [date(2026, 5, 4), date(2026, 5, 10)])
def test_consent_that_is_taken_back_afterwards_does_not_make_the_record_wrong(ended):
    assert codes(replace(OUT, consent_ended_on=ended)) == []


def test_consent_holds_from_its_day_until_it_is_taken_back():
    taken_back = replace(AGREED, consent_ended_on=date(2026, 5, 10))
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 9), date(2026, 5, 10)]
    assert [has_consent(taken_back, day) for day in days] == [False, True, True, False]
    assert has_consent(AGREED, TODAY)


def test_today_names_what_is_to_be_taken_down_and_what_is_late():
    late = StoryDetails("Open day", "borough website", planned_on=date(2026, 5, 1))
    needs = story_needs(
        [
            Told(OUT),
            Told(StoryDetails("Idea", "blog")),
            Told(replace(OUT, consent_ended_on=date(2026, 5, 18))),
            Told(late),
            Told(replace(late, is_consent_needed=False)),
        ],
        TODAY,
    )
    assert [(need.urgency, need.what, need.why) for need in needs] == [
        (
            Urgency.NOW,
            "“A day with Ada” is to be taken down",
            "Consent was taken back on 18 May 2026; it stands on blog",
        ),
        (
            Urgency.LATER,
            "“Open day” was planned for 1 May 2026",
            "Borough website; consent is not recorded",
        ),
        (Urgency.LATER, "“Open day” was planned for 1 May 2026", "Borough website"),
    ]
    assert all(need.target.kind == "stories" for need in needs)
