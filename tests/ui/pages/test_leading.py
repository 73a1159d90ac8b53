"""Where findings about the return lead, field by field."""

from __future__ import annotations

from uuid import UUID

import pytest

from apprentice_desk.returns.origins import ORIGINS, WorkedOut
from apprentice_desk.ui.destinations import (
    Destination,
    OpenApprentice,
    OpenPage,
    OpenReturnRecord,
    OpenSecondment,
)
from apprentice_desk.ui.pages.returns.leading import _GO_TO, destination, instead_of_fixing

ONE = UUID(int=1)


@pytest.mark.parametrize(
    ("resource", "field", "record_id", "there"),
    [
        ("apprentices", "age_band", ONE, OpenApprentice(ONE, "born_on")),
        ("apprentices", "", ONE, OpenApprentice(ONE)),
        ("apprentices", "status", ONE, OpenApprentice(ONE)),
        ("apprentices", "logged_to_date_hours", ONE, OpenPage("hours")),
        ("apprentices", "last_review_on", ONE, OpenReturnRecord("reviews")),
        ("apprentices", "ksb_met", ONE, None),
        ("contracts", "provider_ukprn", ONE, OpenReturnRecord("contracts", ONE, "provider_id")),
        ("contracts", "paid_to_date", ONE, OpenReturnRecord("contracts", ONE)),
        ("contracts", "live_apprentices", ONE, OpenPage("apprentices")),
        ("secondments", "apprentice_code", ONE,
         OpenSecondment(ONE, "apprenticeship_id")),
        ("secondments", "logged_hours", ONE, OpenPage("hours")),
        ("pledges", "pledged", None, OpenReturnRecord("pledges", None, "pledged")),
        ("characteristics", "is_suppressed", ONE, OpenReturnRecord("characteristics", ONE)),
        ("network", "event", ONE, OpenReturnRecord("network", ONE, "name")),
        ("barriers", "", ONE, OpenReturnRecord("barriers", ONE)),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_a_finding_leads_to_the_record_and_the_field(
    resource: str, field: str, record_id: UUID | None, there: Destination | None
) -> None:
    assert destination(resource, field, record_id) == there


def test_what_can_be_typed_is_fixed_and_what_cannot_says_why() -> None:
    assert instead_of_fixing("contracts", "regime") is None
    assert instead_of_fixing("", "") is None
    assert instead_of_fixing("apprentices", "logged_to_date_hours") == (
        "Worked out from the hours; correct them on the page Hours.", "Go to Hours",
    )  # fmt: skip
    assert instead_of_fixing("apprentices", "break_days") == (
        "Counted from the breaks in learning; correct them at the apprentice.",
        "Go to the apprentice",
    )


def test_every_place_that_what_is_worked_out_leads_to_has_words_on_its_button() -> None:
    kinds = {
        found.kind
        for sheet in ORIGINS.values()
        for found in sheet.values()
        if isinstance(found, WorkedOut) and found.kind
    }
    assert kinds
    assert kinds <= _GO_TO.keys()
