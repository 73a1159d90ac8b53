"""Versions of standards: what is checked, and what an option asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apprentice_desk.domain.standards import (
    Duty,
    Ksb,
    Option,
    VersionDetails,
    check_version_details,
    is_gone,
    kinds_in_words,
    ksbs_of_option,
    read_code,
    takes_start,
    version_name,
)

GOOD = VersionDetails(
    standard_code="ST9990",
    version="1.1",
    title="Public service systems technician",
    level=3,
    first_start_on=date(2026, 8, 1),
    last_start_on=date(2028, 7, 31),
    last_end_on=date(2030, 7, 31),
    typical_months=18,
    options=(Option(1, "Support"), Option(2, "Network")),
    ksbs=(Ksb("K1", "Keeps records"), Ksb("S1", "Labels", frozenset({2})), Ksb("B1", "Kind")),
    duties=(Duty(1, "Answers", True, ("K1", "B1")),),
)


def codes(details: VersionDetails) -> list[tuple[str, str]]:
    return [(each.code, each.place.field) for each in check_version_details(details)]


def test_a_whole_version_has_nothing_wrong() -> None:
    assert codes(GOOD) == []
    assert GOOD.name == "ST9990 v1.1"
    assert version_name("ST9990", "") == "ST9990"


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"standard_code": None}, "SV001", "standard_code"),
        ({"standard_code": "9990"}, "SV002", "standard_code"),
        ({"version": " "}, "SV003", "version"),
        ({"version": "new"}, "SV004", "version"),
        ({"title": " "}, "SV005", "title"),
        ({"level": 8}, "SV006", "level"),
        ({"last_start_on": date(2026, 7, 31)}, "SV007", "last_start_on"),
        ({"last_end_on": date(2028, 7, 30)}, "SV008", "last_end_on"),
        ({"typical_months": 121}, "SV009", "typical_months"),
        ({"assessment_months": -1}, "SV009", "assessment_months"),
        ({"options": tuple(Option(n, f"O{n}") for n in range(1, 32))}, "SV010", "options"),
        ({"ksbs": (*GOOD.ksbs, Ksb("K1", "Again"))}, "SV011", "ksbs"),
        ({"ksbs": (*GOOD.ksbs, Ksb("X1", "None"))}, "SV012", "ksbs"),
        ({"ksbs": (*GOOD.ksbs, Ksb("k2", "Small"))}, "SV012", "ksbs"),
        ({"ksbs": (*GOOD.ksbs, Ksb("K2", " "))}, "SV013", "ksbs"),
        ({"options": (Option(1, " "),)}, "SV014", "options"),
        ({"options": (Option(1, "Support"), Option(2, "support"))}, "SV015", "options"),
        ({"duties": (Duty(1, ""),)}, "SV016", "duties"),
        ({"duties": (Duty(1, "Answers", True, ("K9", "K2")),)}, "SV017", "duties"),
    ],
)
def test_what_is_wrong_names_its_field(wrong: dict[str, object], code: str, field: str) -> None:
    found = codes(replace(GOOD, **wrong))  # type: ignore[arg-type]
    assert (code, field) in found


def test_a_duty_names_the_codes_that_are_not_there_in_order() -> None:
    details = replace(GOOD, duties=(Duty(1, "Answers", True, ("S9", "K9")),))
    [found] = check_version_details(details)
    assert "K9, S9" in found.message


def test_the_last_end_is_measured_by_the_first_start_where_no_last_is_known() -> None:
    details = replace(GOOD, last_start_on=None, last_end_on=date(2026, 7, 31))
    assert codes(details) == [("SV008", "last_end_on")]
    assert codes(replace(details, first_start_on=None)) == []


@pytest.mark.parametrize(("typed", "code"), [("k 01", "K1"), ("S12", "S12"), (" b3 ", "B3")])
def test_a_code_has_one_form(typed: str, code: str) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "K", "K0", "K100", "X1", "K1.1"])
def test_what_is_no_code_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a code"):
        read_code(typed)


def test_an_option_has_what_all_have_and_its_own() -> None:
    assert [each.code for each in ksbs_of_option(GOOD, "Support")] == ["K1", "B1"]
    assert [each.code for each in ksbs_of_option(GOOD, "Network")] == ["K1", "S1", "B1"]
    assert ksbs_of_option(GOOD, "Unheard of") == GOOD.ksbs


def test_a_version_takes_starts_from_its_first_to_its_last_day() -> None:
    first, last = date(2026, 8, 1), date(2028, 7, 31)
    assert takes_start(first, last, first)
    assert takes_start(first, last, last)
    assert not takes_start(first, last, date(2026, 7, 31))
    assert not takes_start(first, last, date(2028, 8, 1))
    assert takes_start(None, None, date(2000, 1, 1))


def test_retired_standards_are_told_from_the_others() -> None:
    assert is_gone("Retired")
    assert is_gone(" withdrawn")
    assert not is_gone("Approved for delivery")
    assert kinds_in_words(["K1", "S1", "K2"]) == "2 K, 1 S"
