"""The figures that one return, or several together, come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apprentice_desk.returns.picture import picture
from apprentice_desk.returns.rows import ReturnContent
from returns.making import APPRENTICE, CAMDEN, HACKNEY, content, header


def of(*lines: dict[str, Any]) -> ReturnContent:
    return ReturnContent(header(), tuple(replace(APPRENTICE, **changes) for changes in lines))


def test_nothing_received_has_no_figures() -> None:
    found = picture([])

    assert (found.boroughs, found.apprenticeships, found.hours_percent) == (0, 0, None)


@pytest.mark.parametrize(
    ("status", "is_on_programme"),
    [
        ("planned", False),
        ("live", True),
        ("on a break", True),
        ("in assessment", True),
        ("completed", False),
        ("withdrawn", False),
    ],
)
def test_on_programme_is_whoever_has_begun_and_not_ended(
    status: str, is_on_programme: bool
) -> None:
    assert picture([of({"status": status})]).on_programme == is_on_programme


def test_started_counts_only_starts_within_the_quarter() -> None:
    found = picture(
        [
            of(
                {"training_started_on": date(2026, 9, 30)},
                {"training_started_on": date(2026, 10, 1)},
                {"training_started_on": date(2026, 12, 31)},
                {"training_started_on": date(2026, 11, 2), "status": "planned"},
                {"training_started_on": None, "status": "planned"},
            )
        ]
    )

    assert found.started == 2


def test_completed_counts_only_ends_within_the_quarter_and_who_was_kept() -> None:
    done = {"status": "completed", "ended_on": date(2026, 11, 30)}
    found = picture(
        [
            of(
                done | {"destination": "kept on, permanent"},
                done | {"destination": "another employer"},
                done | {"ended_on": date(2026, 9, 30)},
                done | {"status": "withdrawn"},
            )
        ]
    )

    assert (found.completed, found.kept_on) == (2, 1)


def test_hours_to_plan_leaves_out_whoever_has_no_plan() -> None:
    found = picture(
        [
            of(
                {
                    "planned_to_date_hours": Decimal("80.00"),
                    "logged_to_date_hours": Decimal("50.40"),
                },
                {"planned_to_date_hours": None, "logged_to_date_hours": Decimal("70.00")},
            )
        ]
    )

    assert (found.planned_hours, found.logged_hours) == (Decimal("80.00"), Decimal("50.40"))
    assert found.hours_percent == 63


def test_half_a_percent_is_rounded_up() -> None:
    line = {"planned_to_date_hours": Decimal("200.00"), "logged_to_date_hours": Decimal("125.00")}

    assert picture([of(line)]).hours_percent == 63


def test_several_boroughs_are_added_up_and_a_shared_provider_counts_once() -> None:
    found = picture([content(HACKNEY, 2), content(CAMDEN, 3)])

    assert (found.boroughs, found.apprenticeships, found.contracts) == (2, 5, 2)
    assert found.providers == 1


def test_a_provider_without_a_number_is_told_apart_by_name() -> None:
    found = picture(
        [
            of(
                {"provider_ukprn": "", "provider_name": "Example  College"},
                {"provider_ukprn": "", "provider_name": "example college"},
                {"provider_ukprn": "", "provider_name": "Another College"},
                {"provider_ukprn": "", "provider_name": ""},
            )
        ]
    )

    assert found.providers == 2
