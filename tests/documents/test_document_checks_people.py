"""What is checked of papers about people before they are issued."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apprentice_desk.documents.document_checks import CHECKS as ALL
from apprentice_desk.documents.document_checks_people import CHECKS
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.domain.findings import Level

EARLY, LATE = date(2026, 9, 1), date(2027, 8, 31)


def found(check: str, **values: Any) -> list[tuple[str, str]]:
    return [(each.code, each.place.field) for each in CHECKS[check](values)]


@pytest.mark.parametrize(
    ("check", "first", "then"),
    [
        ("dates-of-training-in-order", "training_starts_on", "training_ends_on"),
        ("dates-of-training-in-order", "training_ends_on", "apprenticeship_ends_on"),
        ("dates-of-secondment-in-order", "secondment_starts_on", "secondment_ends_on"),
    ],
)
def test_days_follow_each_other(check: str, first: str, then: str) -> None:
    assert found(check, **{first: EARLY, then: LATE}) == []
    assert found(check, **{first: EARLY, then: EARLY}) == []
    assert found(check, **{then: EARLY}) == []
    assert found(check, **{first: LATE, then: EARLY}) == [("DV101", then)]


def test_a_day_before_another_is_said_in_words() -> None:
    (finding,) = CHECKS["dates-of-secondment-in-order"](
        {"secondment_starts_on": LATE, "secondment_ends_on": EARLY}
    )
    assert finding.message == (
        "Last day of the secondment, 1 Sep 2026, comes before first day of the secondment,"
        " 31 Aug 2027."
    )


@pytest.mark.parametrize(
    ("check", "field", "wrong", "code", "at"),
    [
        ("training-lasts-long-enough", "is_long_enough", False, "DV102", "training_ends_on"),
        ("hours-reach-the-minimum", "hours_reach_minimum", False, "DV103", "hours_planned"),
        ("pay-is-enough", "pay_lacks", True, "DV104", "pay_lacks"),
        ("review-was-held", "review_was_held", False, "DV105", "review_on"),
        ("apprentice-is-from-here", "is_from_here", False, "DV106", "is_from_here"),
        ("hours-are-behind", "is_behind", False, "DV107", "is_behind"),
    ],
)
def test_what_the_desk_found_out_is_said_and_nothing_where_it_does_not_know(
    check: str, field: str, wrong: bool, code: str, at: str
) -> None:
    assert found(check, **{field: wrong}) == [(code, at)]
    assert found(check, **{field: not wrong}) == []
    assert found(check) == []
    assert {field, at} <= FIELDS.keys()


def test_pay_below_the_minimum_is_a_note_and_the_rest_holds_a_paper_back() -> None:
    (note,) = CHECKS["pay-is-enough"]({"pay_lacks": True})
    assert note.level is Level.NOTE
    (refusal,) = CHECKS["review-was-held"]({"review_was_held": False})
    assert refusal.level is Level.FILE


def test_document_types_find_them_among_all_checks() -> None:
    assert CHECKS.items() <= ALL.items()
