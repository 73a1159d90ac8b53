"""What newer wording would say, word by word."""

from __future__ import annotations

from datetime import date
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
    count_newer,
    newer_wording,
    words_of_clause,
)
from apprentice_desk.documents.own_wording import joined
from apprentice_desk.documents.placing import now_of
from apprentice_desk.documents.wording import Library
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records.keeping_documents import DocumentRow, Subject
from documents.test_own_wording import row
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


# --- the borough's own wording --------------------------------------------------------------------

BASE = library_of(*ORDER)
PAY = clause("exb-pay", "At once.\n\n{#days} Soon.", title="Our pay", replaces="order-pay")
CARS = clause("exb-cars", "Cars.", title="Cars", joins="order", follows="order-pay")


def own(*rows: Any, base: Library = BASE, **details: Any) -> tuple[NewerWording, int]:
    """Return what is newer than in an order of early August, and how the list counts it."""
    made = joined(base, rows)
    values = {"type_id": "order", "clauses": {"order-pay": 1}, "field_values": {}} | details
    document = document_details(SUBJECT, **values)
    row = DocumentRow(
        UUID(int=1), SUBJECT, "", document.type_id, 1, "", "", document.issued_on,
        DocumentFormat.PDF, "", 1, "", 1, document.clauses,
    )  # fmt: skip
    return newer_wording(made, document), count_newer(now_of(made), row)


def test_a_variant_that_came_since_is_compared_with_what_it_replaces() -> None:
    found, count = own(row(PAY))
    (one,) = found.clauses
    assert (one.id, one.before, one.now, one.title, one.instead) == (
        "order-pay", 1, 1, "Our pay", "Our pay",
    )  # fmt: skip
    assert count == 1


def test_a_variant_that_went_is_compared_with_what_stands_again() -> None:
    found, count = own(row(PAY, Standing.WITHDRAWN), clauses={"exb-pay": 1})
    (one,) = found.clauses
    assert (one.id, one.now, one.instead) == ("exb-pay", 1, "Order-Pay")
    assert count == 1


def test_a_newer_version_of_a_variant_is_one_of_the_same_clause() -> None:
    second = clause("exb-pay", "Now.\n\n{#days} Soon.", version=2, replaces="order-pay")
    found, count = own(row(PAY), row(second), clauses={"exb-pay": 1})
    (one,) = found.clauses
    assert (one.id, one.before, one.now, one.instead) == ("exb-pay", 1, 2, "")
    assert count == 1
    assert own(row(PAY), clauses={"exb-pay": 1}) == (NewerWording(None, (), (), ()), 0)


def test_a_clause_that_joined_since_is_told_and_one_that_was_there_before_is_not() -> None:
    found, count = own(row(CARS))
    assert (found.added, count, found.is_any) == (("Cars",), 1, True)
    assert own(row(CARS, approved_on=date(2026, 8, 3)))[1] == 0
    gone, count = own(row(CARS, Standing.WITHDRAWN), clauses={"order-pay": 1, "exb-cars": 1})
    assert [(each.id, each.now) for each in gone.clauses] == [("exb-cars", None)]
    assert count == 1


def test_what_the_desk_does_not_have_any_more_counts_as_other_wording() -> None:
    made = joined(BASE, ())
    lost = DocumentRow(
        UUID(int=1), SUBJECT, "", "order", 1, "", "", date(2026, 8, 3), DocumentFormat.PDF, "", 1,
        "", 1, {"exb-lost": 1},
    )  # fmt: skip
    assert count_newer(now_of(made), lost) == 1


def test_own_clauses_are_not_said_to_be_left_out_of_a_newer_type() -> None:
    newer_type = of_type(
        "order", "contract", (part("clauses", "order-parties", "order-pay"),), version=2
    )
    base = library_of(*ORDER, newer_type)
    found, _count = own(
        row(PAY), row(CARS), base=base,
        clauses={"order-parties": 1, "exb-pay": 1, "exb-cars": 1, "order-data": 1},
    )  # fmt: skip
    assert (found.type_version, found.gone) == (2, ("Order-Data",))
