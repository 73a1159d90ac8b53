"""The nodes of a document: what they refuse, and what they say as plain text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apprentice_desk.documents.tree import (
    Block,
    Bold,
    Bullets,
    Clause,
    Document,
    Footer,
    Gap,
    Heading,
    NewPage,
    Numbered,
    Para,
    Table,
    joined,
    plain,
)

NONSENSE: list[tuple[Callable[[], object], str]] = [
    (lambda: Gap(" "), "says what is missing"),
    (lambda: Heading("Top", 1), "“Top” has level 1"),
    (lambda: Heading("Deep", 7), "level 7; 2 to 6 are known"),
    (lambda: Numbered("", "The provider trains."), "“The provider trains.” is missing"),
    (lambda: Numbered("1\n2", "x"), "goes over two lines"),
    (lambda: Numbered("1", "x", -1), "-1 steps to the right"),
    (lambda: Numbered("1", "x", 5), "not between 0 and 4"),
    (lambda: Bullets(()), "at least one point"),
    (lambda: Bullets(("a", "b"), ("(a)",)), "2 points has 1 labels"),
    (lambda: Bullets(("a",), ("",)), "“a list” is missing"),
    (lambda: Bullets(("a",), indent=9), "9 steps"),
    (lambda: Clause("", "Price", ()), "“Price” is missing"),
    (lambda: Clause("3", "", ()), "Clause 3 has no title"),
    (lambda: Clause("3", "Price", (), 1), "“Price” has level 1"),
    (lambda: Clause("3", "Price", (Heading("In it"),)), "in clause 3 stands as high"),
    (lambda: Clause("3", "Price", (Clause("3.1", "VAT", ()),)), "in clause 3 stands as high"),
    (lambda: Table("People", (), (("Ada Obi",),)), "A row of People has 1 cells"),
]


@pytest.mark.parametrize(("make", "says"), NONSENSE)
def test_nonsense_is_refused_in_words(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says.replace("(", r"\(").replace(")", r"\)")):
        make()


def test_a_clause_holds_deeper_headings_and_anything_else() -> None:
    inside: tuple[Block, ...] = (
        Para("First."),
        Heading("Deeper", 3),
        Clause("3.1", "VAT", (Numbered("3.1.1", "x"),), 3),
        NewPage(),
    )
    assert Clause("3", "Price", inside).heading == "3 Price"


def test_a_gap_is_told_in_words_where_the_value_will_stand() -> None:
    words = ("Between ", Gap("provider's name"), " (the ", Bold("Provider"), ").")
    assert plain(words) == "Between [provider's name: not filled in] (the Provider)."
    assert plain("as it is") == "as it is"


def test_parts_join_to_a_text_or_to_runs_where_any_of_them_has_some() -> None:
    assert joined("a", " ", "b") == "a b"
    assert joined("a ", (Bold("b"), " c")) == ("a ", Bold("b"), " c")
    assert joined() == ""


def test_the_points_of_a_list_have_dots_or_their_own_labels() -> None:
    assert Bullets(("a", "b")).marked == (("•", "a"), ("•", "b"))
    assert Bullets(("a", "b"), ("(a)", "(b)")).marked == (("(a)", "a"), ("(b)", "b"))
    assert Bullets(("a",)).numbering == "Disc"
    assert Bullets(("a",), ("(a)",)).numbering == "LowerAlpha"
    assert Bullets(("a",), ("1.",)).numbering == "Decimal"


def test_a_document_says_at_its_foot_what_it_is_known_by() -> None:
    known = Document("A", (), foot="Exampleton", footer=Footer("EX/2026/14", "draft"))
    assert known.foot_words == "EX/2026/14 · draft · Exampleton"
    assert Document("A", (), footer=Footer("EX/2026/14")).foot_words == "EX/2026/14"
    assert Document("A", ()).foot_words == ""


def test_the_head_of_a_letter_comes_before_all_else() -> None:
    letter = Document("Award", (Para("Dear"),), opening=(Para("1 High Street"),))
    assert letter.all_blocks == (Para("1 High Street"), Para("Dear"))
