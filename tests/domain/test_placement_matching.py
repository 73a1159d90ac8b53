"""Which offers fit a request, in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_matching import Fit, fits
from apprentice_desk.domain.placements import Placement
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    RoleFamily,
    WorkingPattern,
)

TODAY = date(2026, 9, 1)
AT = datetime(2026, 8, 1, tzinfo=UTC)
REQUEST = Placement(
    "HCK-1", ListingKind.REQUEST, ListingState.OPEN, "E09000012", AT,
    role_family=RoleFamily.DATA, standard_code="ST0118", ksbs="S9",
    earliest_start_on=date(2026, 10, 5), latest_start_on=date(2026, 11, 27), weeks=4,
)  # fmt: skip
OFFER = Placement(
    "CMD-1", ListingKind.OFFER, ListingState.OPEN, "E09000007", AT,
    role_family=RoleFamily.DATA, standard_code="ST0118", ksbs="S9",
    earliest_start_on=date(2026, 11, 2),
)  # fmt: skip
SHADOWING = replace(OFFER, code="CMD-2", kind=ListingKind.SHADOWING, days=2)


def one(request: Placement = REQUEST, offer: Placement = OFFER, gaps: tuple[str, ...] = ()) -> Fit:
    (found,) = fits(request, [offer], TODAY, gaps)
    return found


def test_a_match_says_why_and_when() -> None:
    found = one()
    assert found.starts == Period(date(2026, 11, 2), date(2026, 11, 27))
    assert found.ksbs == ("S9",)
    assert found.reasons == (
        "needs S9; host offers S9",
        "both ST0118",
        "both data",
        "can begin from 2 Nov 2026 to 27 Nov 2026",
    )
    assert found.against == ()


@pytest.mark.parametrize(
    "values",
    [
        {"borough": REQUEST.borough},
        {"state": ListingState.TAKEN},
        {"kind": ListingKind.REQUEST},
        {"kind": ListingKind.VACANCY},
        {"kind": ListingKind.VISIT, "days": 1},
        {"days": 1},
        {"earliest_start_on": date(2026, 11, 28)},
        {"latest_start_on": date(2026, 8, 1), "earliest_start_on": None},
        {"role_family": RoleFamily.PRODUCT, "standard_code": None, "ksbs": ""},
        {"role_family": None, "standard_code": "ST0116", "ksbs": "S9"},
    ],
)
def test_what_cannot_be_is_left_out(values: dict[str, object]) -> None:
    assert fits(REQUEST, [replace(OFFER, **values)], TODAY) == ()


def test_a_vacancy_and_what_wants_one_are_no_match() -> None:
    assert fits(replace(REQUEST, kind=ListingKind.VACANCY), [OFFER], TODAY) == ()


def test_an_offer_finds_the_requests_that_fit_it() -> None:
    (found,) = fits(OFFER, [REQUEST, replace(REQUEST, code="HCK-2", ksbs="B1", weeks=None)], TODAY)[
        :1
    ]
    assert found.placement is REQUEST
    assert found.reasons == one().reasons
    # What one's own apprentices lack says nothing of somebody else's.
    assert fits(OFFER, [replace(REQUEST, ksbs="")], TODAY, gaps=("S9",))[0].ksbs == ()


def test_days_match_days() -> None:
    wanted = replace(REQUEST, weeks=None, days=2)
    assert "both 2 days" in one(wanted, SHADOWING).reasons
    assert "asks for 3 days; host offers 2" in one(replace(wanted, days=3), SHADOWING).against


def test_codes_of_another_standard_are_not_compared() -> None:
    found = one(offer=replace(OFFER, standard_code="ST0116"))
    assert found.ksbs == ()
    assert found.against == (
        "for ST0118; host has ST0116 in mind",
        "its KSBs are not known to be of the same standard",
    )
    found = one(replace(REQUEST, ksbs=""), replace(OFFER, standard_code=None), gaps=("S9",))
    assert (found.ksbs, found.against) == ((), ())


def test_codes_that_no_hours_name_yet_count_too() -> None:
    found = one(offer=replace(OFFER, ksbs="S9, K4"), gaps=("K4", "K5", "S9"))
    assert found.ksbs == ("S9", "K4")
    assert found.reasons[:2] == (
        "needs S9; host offers S9",
        "no hours yet on K4; host offers it",
    )
    found = one(replace(REQUEST, ksbs=""), replace(OFFER, ksbs="K4-5"), gaps=("K4", "K5"))
    assert found.reasons[0] == "no hours yet on K4-5; host offers them"
    found = one(offer=replace(OFFER, ksbs="B2"))
    assert found.against == ("needs S9; host offers B2",)
    found = one(replace(REQUEST, ksbs=""), replace(OFFER, ksbs="B2"), gaps=("K4",))
    assert (found.ksbs, found.against) == ((), ())
    found = one(replace(REQUEST, ksbs="B2"), replace(OFFER, ksbs="S9"), gaps=("S9",))
    assert found.reasons[0] == "no hours yet on S9; host offers it"


@pytest.mark.parametrize(
    ("asked", "offered", "reasons", "against"),
    [
        ({}, {"weeks": 4}, ["both 4 weeks"], []),
        ({}, {"weeks": 6}, ["asks for 4 weeks; up to 6 offered"], []),
        ({}, {"weeks": 2}, [], ["asks for 4 weeks; host offers 2"]),
        ({}, {"role_family": RoleFamily.PRODUCT}, [], ["asks for data; host offers product"]),
        (
            {"pattern": WorkingPattern.HYBRID}, {"pattern": WorkingPattern.HYBRID},
            ["both hybrid"], [],
        ),
        (
            {"pattern": WorkingPattern.REMOTE}, {"pattern": WorkingPattern.ON_SITE},
            [], ["asks for remote; host works on site"],
        ),
        ({"area": "Dalston"}, {"area": " dalston "}, ["both Dalston"], []),
        ({"area": "Dalston"}, {"area": "Euston"}, [], ["asks for Dalston; host is in Euston"]),
        ({"area": "Dalston"}, {"area": "Euston", "pattern": WorkingPattern.REMOTE}, [], []),
    ],
)  # fmt: skip
def test_length_role_pattern_and_area_speak_for_it_or_against(
    asked: dict[str, object], offered: dict[str, object], reasons: list[str], against: list[str]
) -> None:
    found = one(replace(REQUEST, **asked), replace(OFFER, **offered))
    assert [each for each in reasons if each not in found.reasons] == []
    assert list(found.against) == against


def test_where_nothing_can_be_compared_it_says_so() -> None:
    found = one(offer=replace(OFFER, role_family=None, standard_code=None, ksbs=""))
    assert found.against == ("role, standard and KSBs cannot be compared: ask what the work is",)


def test_one_day_and_an_open_end_are_said_as_they_are() -> None:
    day = date(2026, 11, 27)
    assert "can begin on 27 Nov 2026" in one(offer=replace(OFFER, earliest_start_on=day)).reasons
    found = one(replace(REQUEST, latest_start_on=None))
    assert "can begin from 2 Nov 2026" in found.reasons


def test_the_best_stand_first() -> None:
    best = replace(OFFER, code="CMD-9", ksbs="S9", weeks=4)
    sooner = replace(best, code="CMD-8", earliest_start_on=date(2026, 10, 6))
    no_codes = replace(OFFER, code="CMD-1", ksbs="")
    other_role = replace(no_codes, code="CMD-0", role_family=RoleFamily.PRODUCT)
    no_standard = replace(no_codes, code="CMD-2", standard_code=None)
    short = replace(no_codes, code="CMD-3", weeks=1)
    every = [other_role, no_standard, short, no_codes, best, sooner]
    assert [fit.placement.code for fit in fits(REQUEST, every, TODAY)] == [
        "CMD-8", "CMD-9", "CMD-1", "CMD-3", "CMD-2", "CMD-0",
    ]  # fmt: skip
