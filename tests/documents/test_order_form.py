"""The order form, whatever the law it was awarded under and whatever is known and ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk.documents import tree
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.document_checks import check_values
from apprentice_desk.documents.field_kinds import FieldKind, TableValue, Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.wording import library
from apprentice_desk.documents.wording_checks import check_library
from apprentice_desk.domain.vocabulary import DataRole, Regime

_WORDING = library()
_TYPE = _WORDING.type_of("order-form")
_TODAY = date(2026, 11, 30)

_BY_KIND: Mapping[FieldKind, Value] = {
    FieldKind.TEXT: "a text",
    FieldKind.LINES: "one line\nand another",
    FieldKind.DAY: date(2027, 3, 1),
    FieldKind.TIME: "12:00",
    FieldKind.MONEY: Decimal("1000.00"),
    FieldKind.NUMBER: 30,
    FieldKind.SCORE: Decimal(5),
    FieldKind.YES_NO: True,
    FieldKind.POINTS: ("one point", "another point"),
    FieldKind.TABLE: TableValue(("What", "How much"), (("Training", "£1.00"),)),
}
_MAY_BE_MISSING = (
    "provider_number", "contract_documents", "framework", "call_off_reference", "lots",
    "framework_ends_on", "notices", "extensions", "contract_extension_to_on", "measures",
    "processing_more",
)  # fmt: skip


def _all_values() -> dict[str, Value]:
    return {
        each.name: each.choices[0] if each.choices else _BY_KIND[each.kind]
        for each in FIELDS.values()
    }


def _made(ticked: Mapping[str, bool] | None = None, **changed: Value | None) -> Composed:
    values = {name: value for name, value in (_all_values() | changed).items() if value is not None}
    return compose(_WORDING, _TYPE, values, ticked)


def _words(made: Composed) -> str:
    return "\n".join(_of(made.document.blocks))


def _of(blocks: tuple[tree.Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case tree.Clause():
                yield f"{block.number} {block.title}"
                yield from _of(block.blocks)
            case tree.Heading() | tree.Para() | tree.Numbered():
                yield tree.plain(block.text)
            case tree.Bullets():
                yield from (tree.plain(words) for _, words in block.marked)
            case tree.Table():
                yield from (tree.plain(cell) for row in block.rows for cell in row)
            case _:
                pass


def test_library_is_in_order() -> None:
    ours = [
        each
        for each in check_library(_WORDING)
        if "/of-" in each.place.file or "/order-form" in each.place.file
    ]
    assert not ours


@pytest.mark.parametrize("role", DataRole)
@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("ticks", ["all", "none", "as they are"])
@pytest.mark.parametrize("is_full", [True, False])
def test_no_choice_leaves_a_gap_or_a_reference_to_nothing(
    role: DataRole, regime: Regime, ticks: str, is_full: bool
) -> None:
    optional = [each.clause.id for each in _made().choices]
    ticked = {} if ticks == "as they are" else dict.fromkeys(optional, ticks == "all")
    missing: dict[str, Value | None] = {} if is_full else dict.fromkeys(_MAY_BE_MISSING)
    made = _made(ticked, data_role=role.value, regime=regime.value, **missing)
    assert made.is_whole, made.findings
    assert not made.gaps


@pytest.mark.parametrize("name", _MAY_BE_MISSING)
def test_each_may_be_missing_by_itself(name: str) -> None:
    assert _made(**{name: None}).is_whole


def test_what_the_contract_cannot_do_without_is_asked_for() -> None:
    made = compose(_WORDING, _TYPE, {})
    for name in ("provider_name", "prices", "value_limit", "data_role", "regime", "notice_period"):
        assert name in made.gaps
    assert not set(made.gaps) & set(_MAY_BE_MISSING)


@pytest.mark.parametrize(
    ("regime", "says"),
    [
        (Regime.PCR_2015, "regulation 73 of the Public Contracts Regulations 2015"),
        (Regime.ACT_2023, "where the Procurement Act 2023 gives it the right to do so"),
        (Regime.BELOW_THRESHOLD, "in breach of the law on public procurement"),
    ],
)
def test_ending_follows_the_law_of_the_award_and_names_no_other(regime: Regime, says: str) -> None:
    words = _words(_made(regime=regime.value))
    assert says in words
    laws = {
        Regime.PCR_2015: "Public Contracts Regulations 2015",
        Regime.ACT_2023: "Procurement Act 2023",
    }
    for other, law in laws.items():
        assert (law in words) == (other is regime)


def test_each_data_role_has_the_clauses_that_the_law_asks_of_it() -> None:
    clauses = {role: {each.id for each in _made(data_role=role.value).clauses} for role in DataRole}
    processing = {"of-data-processing", "of-data-details"}
    for role, found in clauses.items():
        is_processor = role in (DataRole.PROCESSOR, DataRole.BOTH)
        assert found & processing == (processing if is_processor else set())
        assert ("of-data-joint" in found) == (role is DataRole.JOINT)
        assert "of-data-sharing" in found


def test_terms_of_clauses_left_out_are_not_defined() -> None:
    terms = ("Joining Borough means", "Council Data means", "Framework means")
    words = _words(_made(data_role=DataRole.PROCESSOR.value))
    assert all(term in words for term in terms)
    without = _made({"of-joint-buying": False}, data_role=DataRole.CONTROLLER.value, framework=None)
    words = _words(without)
    assert not any(term in words for term in terms)
    assert "Value Limit means the sum in clause" in words


@pytest.mark.parametrize("role", DataRole)
@pytest.mark.parametrize("regime", Regime)
def test_a_reference_begins_no_sentence(role: DataRole, regime: Regime) -> None:
    words = _words(_made(data_role=role.value, regime=regime.value))
    assert re.search(r"clause \d", words)
    assert not re.search(r"(?:^|[.:] )clause \d", words, re.MULTILINE)


def test_these_clauses_are_ticked_or_not() -> None:
    assert {each.clause.id: each.is_in for each in _made().choices} == {
        "of-secondments": False,
        "of-social-value": False,
        "of-living-wage": False,
        "of-environment": False,
        "of-insurance-professional": False,
        "of-break": False,
        "of-joint-buying": True,
        "of-loti": False,
    }
    closed = _made(is_open_to_joint_buying=False)
    assert "of-joint-buying" not in {each.id for each in closed.clauses}


@pytest.mark.parametrize(("days", "is_wrong"), [(0, True), (1, False), (30, False), (31, True)])
def test_invoices_are_paid_as_the_law_asks(days: int, is_wrong: bool) -> None:
    values = _all_values() | {"payment_days": days}
    found = check_values(compose(_WORDING, _TYPE, values), values, _TODAY)
    assert ("DV009" in {each.code for each in found}) == is_wrong
