"""Where boroughs could work together: what is found, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.returns.together import joint_buying, matches
from returns.making import CAMDEN, CONTRACT, HACKNEY, PERIOD, SECONDMENT, content
from returns.test_figures import NEWHAM, read_of


def buying(*given):
    """Return what is found for (borough, changes of the contract)."""
    returns = []
    for borough, *changes in given:
        lines = tuple(
            replace(CONTRACT, contract_reference=f"C-{n}", **change)
            for n, change in enumerate(changes)
        )
        returns.append(read_of(replace(content(borough, 0), contracts=lines)))
    return joint_buying(returns, PERIOD)


def test_contracts_with_one_provider_that_end_within_three_months_could_be_bought_together():
    (one,) = buying(
        (HACKNEY, {"ends_on": date(2027, 3, 31)}),
        (CAMDEN, {"ends_on": date(2027, 6, 30)}),
    )
    assert (one.provider, one.boroughs) == ("Example College", ("Camden", "Hackney"))
    assert one.standard_codes == ("ST0116", "ST0118")
    assert (one.first_end_on, one.last_end_on) == (date(2027, 3, 31), date(2027, 6, 30))
    assert [(row.borough, row.sheet, row.row) for row in one.rows] == [
        ("Hackney", "Contracts", 2),
        ("Camden", "Contracts", 2),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": date(2027, 7, 1)},
        {"ends_on": None},
        {"provider_ukprn": "19995678"},
        {"provider_ukprn": "", "provider_name": ""},
        {"standard_codes": ("ST0973",)},
        {"standard_codes": ()},
    ],
)
def test_other_contracts_could_not(change):
    other = {"ends_on": date(2027, 6, 30)} | change
    assert buying((HACKNEY, {"ends_on": date(2027, 3, 31)}), (CAMDEN, other)) == ()


def test_two_contracts_of_one_borough_are_not_joint():
    assert buying((HACKNEY, {}, {})) == ()


def test_what_ended_by_the_end_of_the_period_is_past_buying():
    ended = {"ends_on": date(2026, 12, 31)}
    assert buying((HACKNEY, ended), (CAMDEN, ended)) == ()


def test_a_chain_of_ends_is_cut_into_stretches_of_three_months():
    found = buying(
        (HACKNEY, {"ends_on": date(2027, 1, 31)}),
        (CAMDEN, {"ends_on": date(2027, 4, 30)}),
        (NEWHAM, {"ends_on": date(2027, 7, 30)}, {"ends_on": date(2027, 4, 30)}),
    )
    assert [(one.first_end_on, one.last_end_on, one.boroughs) for one in found] == [
        (date(2027, 1, 31), date(2027, 4, 30), ("Camden", "Hackney", "Newham")),
        (date(2027, 4, 30), date(2027, 7, 30), ("Camden", "Newham")),
    ]


def test_standards_that_only_some_share_stand_apart():
    found = buying(
        (HACKNEY, {"standard_codes": ("ST0116", "ST0118")}),
        (CAMDEN, {"standard_codes": ("ST0116",)}),
        (NEWHAM, {"standard_codes": ("ST0118", "ST0116")}),
    )
    assert [(one.standard_codes, one.boroughs) for one in found] == [
        (("ST0116",), ("Camden", "Hackney", "Newham")),
        (("ST0118",), ("Hackney", "Newham")),
    ]


def test_a_provider_without_any_name_is_called_by_its_number():
    (one,) = buying((HACKNEY, {"provider_name": ""}), (CAMDEN, {"provider_name": ""}))
    assert one.provider == "19991234"


OFFER = replace(
    SECONDMENT,
    kind="offer",
    status="approved",
    apprentice_code="",
    apprenticeship_number=None,
    started_on=None,
    logged_hours=None,
    earliest_start_on=date(2027, 1, 4),
    latest_start_on=date(2027, 1, 29),
)
REQUEST = replace(OFFER, kind="request", status="requested")


def matched(offer, *requests, asking=CAMDEN):
    returns = [
        read_of(replace(content(HACKNEY, 0), secondments=(offer,))),
        read_of(replace(content(asking, 0), secondments=requests)),
    ]
    return matches(returns)


def test_an_offer_fits_requests_of_other_boroughs_for_the_same_kind_of_role():
    later = replace(REQUEST, earliest_start_on=date(2027, 1, 18), latest_start_on=None)
    (one,) = matched(OFFER, REQUEST, later)
    assert (one.role_family, one.offer.borough) == ("software development", "Hackney")
    assert [(row.borough, row.row) for row in one.requests] == [("Camden", 2), ("Camden", 3)]
    assert one.windows == (
        Period(date(2027, 1, 4), date(2027, 1, 29)),
        Period(date(2027, 1, 18), date(2027, 1, 18)),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"role_family": "data"},
        {"role_family": ""},
        {"status": "matched"},
        {"status": "declined"},
        {"earliest_start_on": date(2027, 1, 30), "latest_start_on": date(2027, 2, 12)},
        {"earliest_start_on": None, "latest_start_on": None},
        {"earliest_start_on": date(2027, 1, 20), "latest_start_on": date(2027, 1, 10)},
        {"kind": "offer"},
        {"kind": ""},
    ],
)
def test_an_offer_fits_nothing_else(change):
    assert matched(OFFER, replace(REQUEST, **change)) == ()


def test_a_borough_does_not_match_with_itself():
    assert matched(OFFER, REQUEST, asking=HACKNEY) == ()
