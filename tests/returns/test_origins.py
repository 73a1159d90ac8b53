"""Every field of every sheet leads to where it is typed, or says what it is worked out from."""

from __future__ import annotations

import dataclasses

import pytest

from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.network import BarrierDetails, EventDetails
from apprentice_desk.records.secondments import SecondmentDetails
from apprentice_desk.returns import schema
from apprentice_desk.returns.origins import ORIGINS, Typed, WorkedOut, origin

FIELDS = {
    "apprentices": {field.name for field in dataclasses.fields(ApprenticeDetails)},
    "contracts": {field.name for field in dataclasses.fields(ContractDetails)},
    "secondments": {field.name for field in dataclasses.fields(SecondmentDetails)},
    "network": {field.name for field in dataclasses.fields(EventDetails)},
    "barriers": {field.name for field in dataclasses.fields(BarrierDetails)},
    "pledges": {"programme_year", "role_family", "pledged"},
    "characteristics": {"on_programme", "started_in_year"},
}
PLACES = {*FIELDS, "hours", "reviews", ""}


def of_the_return() -> list[tuple[str, str]]:
    found = [
        (sheet.resource, column.takes)
        for version in schema.known_versions()
        for sheet in schema.load(version).sheets
        for column in sheet.fields
    ]
    assert len(found) > 80
    return found


def test_every_field_of_every_sheet_leads_somewhere_or_says_why_not() -> None:
    assert [pair for pair in of_the_return() if origin(*pair) is None] == []


def test_nothing_is_said_of_fields_that_no_return_has() -> None:
    known = set(of_the_return())
    named = {(resource, takes) for resource, fields in ORIGINS.items() for takes in fields}
    assert named - known == set()


@pytest.mark.parametrize("resource", list(ORIGINS))
def test_what_is_typed_is_a_field_of_that_form(resource: str) -> None:
    for takes, found in ORIGINS[resource].items():
        if isinstance(found, Typed):
            assert found.field in FIELDS[found.kind], takes


@pytest.mark.parametrize("resource", list(ORIGINS))
def test_what_is_worked_out_says_so_in_a_sentence_and_leads_to_a_place(resource: str) -> None:
    for takes, found in ORIGINS[resource].items():
        if isinstance(found, WorkedOut):
            assert found.why[0].isupper(), takes
            assert found.why.endswith("."), takes
            assert found.kind in PLACES, takes


def test_a_field_that_is_called_otherwise_in_the_form_is_found_there() -> None:
    assert origin("apprentices", "required_hours") == Typed("apprentices", "agreed_minutes")
    assert origin("contracts", "provider_ukprn") == Typed("contracts", "provider_id")
    assert origin("network", "counted_hours") == Typed("network", "counted_minutes")


def test_what_is_no_field_of_a_sheet_comes_from_nowhere() -> None:
    assert origin("contracts", "apprentice_code") is None
    assert origin("", "") is None
