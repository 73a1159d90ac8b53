"""What newer wording would say, word by word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.documents.newer_wording import (
    Fate,
    NewerWording,
    Words,
    compare,
    newer_wording,
    words_of_clause,
)
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from documents.wordings import ORDER, clause, library_of, of_type, part
from issued import document_details

SUBJECT = Subject(SubjectKind.CONTRACT, UUID(int=1))
SAME, OUT, IN = Fate


def newer(*parts: Any, **details: Any) -> NewerWording:
    values = {"type_id": "t", "clauses": {"a": 1}, "field_values": {}} | details
    return newer_wording(library_of(*parts), document_details(SUBJECT, **values))


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", ()),
        ("a b", "a b", ((SAME, "a b"),)),
        ("a b c", "a x c", ((SAME, "a "), (OUT, "b"), (IN, "x"), (SAME, " c"))),
        ("a c", "a b c", ((SAME, "a "), (IN, "b "), (SAME, "c"))),
        ("a b c", "a c", ((SAME, "a "), (OUT, "b "), (SAME, "c"))),
        ("a", "", ((OUT, "a"),)),
        ("", "a\n\nb", ((IN, "a\n\nb"),)),
    ],
)
def test_texts_are_compared_word_by_word(
    before: str, after: str, runs: tuple[tuple[Fate, str], ...]
) -> None:
    assert compare(before, after) == tuple(Words(*each) for each in runs)


@given(st.text(alphabet="ab \n", max_size=20), st.text(alphabet="ab \n", max_size=20))
def test_both_texts_are_in_a_comparison_whole(before: str, after: str) -> None:
    runs = compare(before, after)
    assert "".join(each.text for each in runs if each.fate is not IN) == before
    assert "".join(each.text for each in runs if each.fate is not OUT) == after
    assert all(each.text for each in runs)


TYPE = of_type("t", "contract", (part("clauses", "a"),))


def test_a_clause_of_which_there_is_no_newer_version_is_not_told() -> None:
    found = newer(clause("a", "A."), TYPE)
    assert found == NewerWording(None, (), (), ())
    assert not found.is_any
    draft = newer(clause("a", "A."), clause("a", "B.", version=2, status="draft"), TYPE)
    assert not draft.is_any


def test_a_newer_version_is_compared_with_the_values_of_the_document() -> None:
    found = newer(
        clause("a", "The Council pays {provider_name} in {payment_days} days."),
        clause("a", "The Council pays {provider_name} within {lots} days.", version=2, title="Pay"),
        TYPE,
        field_values={"provider_name": "College", "payment_days": 30},
    )
    (one,) = found.clauses
    assert (one.id, one.title, one.before, one.now) == ("a", "Pay", 1, 2)
    assert [(each.fate, each.text) for each in one.runs] == [
        (OUT, "A"), (IN, "Pay"), (SAME, "\nThe Council pays College "), (OUT, "in"),
        (IN, "within"), (SAME, " "), (OUT, "30"), (IN, "[Lots]"), (SAME, " days."),
    ]  # fmt: skip
    assert found.is_any


def test_a_clause_that_was_withdrawn_goes_out_whole() -> None:
    (one,) = newer(
        clause("a", "A."), clause("a", "B.", version=2, status="withdrawn"), TYPE
    ).clauses
    assert (one.title, one.now) == ("A", None)
    assert [each.fate for each in one.runs] == [OUT]


def test_a_newer_type_tells_the_clauses_that_come_and_go() -> None:
    found = newer(
        clause("a", "A."), clause("b", "B."), clause("c", "C.", title="The new one"),
        of_type("t", "contract", (part("clauses", "a", "b"),)),
        of_type("t", "contract", (part("clauses", "c", "b"),), version=2),
        clauses={"a": 1, "b": 1},
    )  # fmt: skip
    assert (found.type_version, found.added, found.gone) == (2, ("The new one",), ("A",))
    assert found.is_any


def test_a_type_that_was_withdrawn_has_nothing_newer() -> None:
    found = newer(
        clause("a", "A."), TYPE,
        of_type("t", "contract", (part("clauses", "a"),), version=2, status="withdrawn"),
    )  # fmt: skip
    assert not found.is_any


def test_wording_or_values_that_are_not_there_are_a_problem() -> None:
    with pytest.raises(Problem, match="no version 7 of the clause “a”"):
        newer(clause("a", "A."), TYPE, clauses={"a": 7})
    with pytest.raises(Problem, match="cannot be compared: There is no field “gone”"):
        newer(clause("a", "A."), TYPE, field_values={"gone": 1})
    with pytest.raises(Problem, match="There is no document type t, version 9"):
        newer(clause("a", "A."), TYPE, type_version=9)


def test_the_words_of_a_clause_are_its_lines_with_references_by_title() -> None:
    library = library_of(*ORDER)
    values = {"council_name": "Exampleton", "standards": ("A", "B")}
    assert words_of_clause(library, library.clause("order-parties"), values) == (
        "Order-Parties\nThis order is between Exampleton and [The provider's name].\n"
        "It is a Contract.\n[Signatures]\nContract means this order, as clause “Order-Pay” says"
    )
    assert words_of_clause(library, library.clause("order-pay"), values).splitlines()[1:] == [
        "The Council pays as clause “Order-Parties” says:",
        "• [Most that may be spent] at most;", "• with VAT.",
        "It pays within [Days to pay an invoice] days.", "[Prices agreed]",
    ]  # fmt: skip


def test_what_a_condition_leaves_out_and_what_is_not_there_is_told() -> None:
    library = library_of(
        clause("a", "{when known(lots)} Lots.\n\nFor {standards}, as {ref:gone} says."), TYPE
    )
    assert words_of_clause(library, library.clause("a"), {"standards": ("A", "B")}) == (
        "A\nFor A, B, as clause “gone” says."
    )
