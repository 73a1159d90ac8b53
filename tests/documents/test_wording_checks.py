"""The checks of the library: each finds what it is for, and the packaged wording has nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from apprentice_desk.documents.wording import Library, library, read_library
from apprentice_desk.documents.wording_checks import check_library, check_reviews
from apprentice_desk.domain.findings import Level
from documents.wordings import (
    INVITATION,
    LETTER,
    ORDER,
    SETTINGS,
    clause,
    files_of,
    library_of,
    of_type,
    part,
)


def found_in(made: Library) -> list[tuple[str, str, str]]:
    found = check_library(made)
    assert all(each.level is Level.FILE for each in found)
    return [(each.code, each.place.file, each.message) for each in found]


def one(text: str, subject: str = "contract", **more: Any) -> list[tuple[str, str, str]]:
    """Return what is found of a document of one clause."""
    return found_in(
        library_of(clause("a", text, **more), of_type("t", subject, (part("clauses", "a"),)))
    )


def test_a_library_in_order_has_no_findings() -> None:
    assert check_library(library_of(*LETTER, *ORDER, *INVITATION)) == ()
    assert check_library(library_of()) == ()


def test_the_packaged_library_is_in_order() -> None:
    assert check_library(library()) == ()


CLAUSE, TYPE = "clauses/a.1", "documents/t.1"


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("{#l} One.\n\n{#l} Two.", {}, ("WD003", CLAUSE, "The label “l” stands 2 times.")),
        ("{nothing}", {}, ("WD004", CLAUSE, "There is no field “nothing”.")),
        ("{table:nothing}", {}, ("WD004", CLAUSE, "There is no field “nothing”.")),
        ("A.", {"applies": "nothing"}, ("WD004", CLAUSE, "There is no field “nothing”.")),
        ("{when known(nothing)} A.", {}, ("WD004", CLAUSE, "There is no field “nothing”.")),
        ("By {prices}.", {}, ("WD005", CLAUSE, "The table “prices” stands within a sentence.")),
        (
            "{table:lots}", {},
            ("WD006", CLAUSE, "“lots” is no table and no list: it stands in a sentence."),
        ),
        ("A.", {"applies": 'regime == "PCR"'}, ("WD007", CLAUSE, "“regime” never says “PCR”.")),
        ("A.", {"applies": 'lots == "1"'}, ("WD007", CLAUSE, "“lots” never says “1”.")),
        ("A.", {"applies": "lots"}, ("WD008", CLAUSE, "“lots” is not yes or no.")),
        (
            "A.", {"applies": "known(lots) or not (lots and prices_above_band)"},
            ("WD008", CLAUSE, "“lots” is not yes or no."),
        ),
        (
            "{table:criteria}", {},
            ("WD012", TYPE, "a holds “criteria”, which is never known of a contract."),
        ),
        (
            "A.", {"applies": "bidder_is_winner"},
            ("WD012", TYPE, "a holds “bidder_is_winner”, which is never known of a contract."),
        ),
        ("As {ref:b} says.", {}, ("WD013", TYPE, "a refers to “b”, which is not there.")),
        ("As {ref:a#b} says.", {}, ("WD013", TYPE, "a refers to “a#b”, which is not there.")),
        (
            "It is a Contract.", {},
            ("WD015", TYPE, "a writes “Contract” as a defined term, and nothing defines it."),
        ),
        (
            "A.", {"defines": {"Contract": "this"}},
            ("WD017", TYPE, "“Contract” is defined and never used."),
        ),
        (
            "The Council does and we do.", {},
            ("WD018", TYPE, "a says “we”; this document speaks as: "
             "the Council and the others by name."),
        ),
        ("Each learner.", {}, ("WD019", CLAUSE, "a says “learner”.")),
        (
            "As clause {ref:a} says.", {},
            ("WD021", CLAUSE, "“a” is referred to as “clause clause”."),
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_clause_is_found(
    text: str, more: Mapping[str, Any], expected: tuple[str, str, str]
) -> None:
    assert one(text, **more) == [expected]


def test_a_condition_may_compare_with_what_a_field_can_say() -> None:
    assert one("A.", applies='regime in ("PCR 2015", "below threshold")') == []


def with_type(**more: Any) -> list[tuple[str, str, str]]:
    return found_in(
        library_of(clause("a", "A."), of_type("t", "contract", (part("clauses", "a"),), **more))
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"title": "For {nothing}"}, ("WD004", TYPE, "There is no field “nothing”.")),
        ({"subtitle": "{prices}"}, ("WD005", TYPE, "The table “prices” stands within a sentence.")),
        ({"title": "As {ref:a}"}, ("WD009", TYPE, "A title refers to a clause.")),
        ({"to_come": ["lots"]}, ("WD010", TYPE, "“lots” is not the field of a day.")),
        ({"to_come": ["nothing"]}, ("WD010", TYPE, "“nothing” is not the field of a day.")),
        ({"checks": ["nothing"]}, ("WD010", TYPE, "There is no check “nothing”.")),
        ({"signs": ["nobody"]}, ("WD010", TYPE, "Nobody is called “nobody” who could sign.")),
    ],
)
def test_what_is_wrong_with_a_type_is_found(
    more: Mapping[str, Any], expected: tuple[str, str, str]
) -> None:
    assert with_type(**more) == [expected]


def test_the_condition_of_a_part_is_checked() -> None:
    made = library_of(
        clause("a", "A."), of_type("t", "contract", (part("clauses", "a", applies="nothing"),))
    )
    assert found_in(made) == [("WD004", TYPE, "There is no field “nothing”.")]


def test_what_is_released_is_sealed_and_was_not_edited() -> None:
    files = files_of(*ORDER)
    open_files = {**files, "library.toml": SETTINGS}
    found = check_library(read_library(open_files))
    assert {each.code for each in found} == {"WD001"}
    (order,) = [each for each in found if each.place.file == "documents/order.1"]
    sealed = read_library(files)
    assert order.remedy == (
        "In library.toml below [sealed] write:"
        f' "documents/order.1" = "{sealed.type_of("order").fingerprint}"'
    )
    name = "clauses/order-data.1.md"
    edited = {**files, name: files[name].replace("kept", "held")}
    assert found_in(read_library(edited)) == [
        (
            "WD002",
            "clauses/order-data.1",
            "order-data, version 1, was edited after it was released.",
        )
    ]


def test_a_draft_needs_no_seal() -> None:
    made = library_of(*ORDER, clause("order-data", "New.", version=2, status="draft"))
    assert check_library(made) == ()


def test_a_clause_stands_once_in_a_type_and_is_released() -> None:
    made = library_of(
        clause("a", "A."), clause("b", "B.", status="draft"),
        of_type("t", "contract", (part("clauses", "a", "b"), part("schedule", "a"))),
    )  # fmt: skip
    assert found_in(made) == [
        ("WD011", TYPE, "The clause “a” stands 2 times."),
        ("WD011", TYPE, "The clause “b” has no released version."),
    ]


def test_a_reference_leads_to_a_numbered_clause_only() -> None:
    made = library_of(
        clause("a", "As {ref:b} and {ref:c#x} say."), clause("b", "B."),
        clause("c", "C.", status="draft"),
        of_type("t", "contract", (part("head", "b"), part("clauses", "a", "c"))),
    )  # fmt: skip
    assert [each for each in found_in(made) if each[0] == "WD013"] == [
        ("WD013", TYPE, "a refers to “b”, which is not there."),
        ("WD013", TYPE, "a refers to “c#x”, which is not there."),
    ]


def test_a_term_is_defined_once_and_used_in_any_number() -> None:
    both = {"defines": {"Contract": "this order", "Contract Year": "a year of it"}}
    made = library_of(
        clause("a", "Contracts end with a Contract Year.", **both),
        clause("b", "The Contract’s end.", defines={"Contract": "that"}),
        of_type("t", "contract", (part("clauses", "a", "b"),)),
    )
    assert found_in(made) == [("WD014", TYPE, "“Contract” is defined 2 times.")]


def test_a_clause_that_no_document_has_is_found_once() -> None:
    made = library_of(
        clause("a", "A."), clause("a", "B.", version=2), clause("z", "Z."),
        of_type("t", "contract", (part("clauses", "z"),)),
    )  # fmt: skip
    assert found_in(made) == [("WD016", "clauses/a", "No document has the clause “a”.")]


def test_a_letter_speaks_as_we_and_you() -> None:
    made = library_of(
        clause("a", "You wrote to us."), clause("b", "You wrote to the Council."),
        of_type("t", "bidder", (part("letter", "a", "b"),), voice="we and you"),
    )  # fmt: skip
    assert found_in(made) == [
        ("WD018", TYPE, "b says “the Council”; this document speaks as: we and you.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "One. Two follows: Three. “Four” is a word.",
        "The Council pays VAT. — Five.",
        "The Council’s own (Six is not).".replace("(Six is not)", "(six is not)"),
        "{lots} is a field, and after a field small letters go on.",
    ],
)
def test_a_capital_that_begins_a_sentence_or_a_name_is_no_term(text: str) -> None:
    assert one(text) == []


def test_what_is_due_to_be_read_again_is_a_note() -> None:
    made = library_of(
        clause("a", "A.", review_by="2026-08-31"),
        clause("a", "B.", version=2, review_by="2026-08-31", status="draft"),
        of_type("t", "contract", (part("clauses", "a"),), review_by="2026-09-01"),
    )
    (note,) = check_reviews(made, date(2026, 9, 1))
    assert (note.level, note.code, note.place.file) == (Level.NOTE, "WD020", CLAUSE)
    assert note.message == "a, version 1, was to be read again by 31 Aug 2026."
    assert note.remedy == "Its owner is Grace."


def test_wording_that_a_newer_version_took_the_place_of_is_read_no_more() -> None:
    made = library_of(
        clause("a", "A.", review_by="2026-01-31"),
        clause("a", "B.", version=2),
        clause("b", "C.", review_by="2026-01-31"),
        clause("b", "D.", version=2, status="withdrawn"),
        of_type("t", "contract", (part("clauses", "a", "b"),), review_by="2026-01-31"),
        of_type("t", "contract", (part("clauses", "a"),), version=2),
    )
    assert check_reviews(made, date(2026, 9, 1)) == ()
