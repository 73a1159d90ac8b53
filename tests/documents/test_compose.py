"""Wording and values put together: numbers, references, gaps, choices, and the fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apprentice_desk.documents import tree
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.fingerprints import tree_fingerprint
from apprentice_desk.domain.problems import Problem
from documents.wordings import (
    INVITATION,
    LETTER,
    ORDER,
    clause,
    library_of,
    of_type,
    part,
)

PRICES = TableValue(("Standard", "Total"), (("Developer", "£15,000.00"),), right=frozenset({1}))
VALUES: dict[str, Value] = {
    "council_name": "Exampleton",
    "provider_name": "College",
    "provider_ukprn": "19990001",
    "contract_title": "Developers",
    "contract_reference": "EXB-1",
    "value_limit": Decimal("1000.00"),
    "payment_days": 30,
    "prices": PRICES,
    "signatory_name": "Ada",
    "provider_signatory": "Bo",
    "data_role": "processor",
    "document_reference": "D-1",
}


def made(
    *parts: Mapping[str, str], of: str = "t", values: Mapping[str, Any] = VALUES, **more: Any
) -> Composed:
    library = library_of(*parts)
    return compose(library, library.type_of(of), values, **more)


def one(text: str, *, kind: str = "clauses", **more: Any) -> Composed:
    """Return a document of one clause."""
    return made(clause("a", text), of_type("t", "contract", (part(kind, "a"),)), **more)


def order(**more: Any) -> Composed:
    return made(*ORDER, of="order", **more)


def without(*names: str) -> dict[str, Value]:
    return {name: value for name, value in VALUES.items() if name not in names}


def told(composed: Composed) -> list[str]:
    """Return every text of a document, in order, numbers before what they number."""
    return [line for block in composed.document.all_blocks for line in _lines(block)]


def _lines(block: tree.Block) -> list[str]:
    match block:
        case tree.Clause():
            return [block.heading, *(line for each in block.blocks for line in _lines(each))]
        case tree.Numbered():
            return [f"{block.number} {tree.plain(block.text)}"]
        case tree.Bullets():
            return [f"{mark} {tree.plain(text)}" for mark, text in block.marked]
        case tree.Table():
            return [block.name]
        case tree.Signatures():
            return [f"{each.role}: {tree.plain(each.name)}" for each in block.people]
        case tree.Heading() | tree.Para():
            return [tree.plain(block.text)]
    return ["---"]


def test_a_contract_is_numbered_through_with_its_schedules_references_and_definitions() -> None:
    composed = order(ticked={"order-social": True})
    assert told(composed)[:-6] == [
        "EXB-1",
        "1 Order-Parties",
        "1.1 This order is between Exampleton and College.",
        "1.2 It is a Contract.",
        "For Exampleton: Ada",
        "For College: Bo",
        "2 Order-Meaning",
        "Contract means this order, as clause 3.2 says",
        "---",
        "Schedule 1. Price",
        "3 Order-Pay",
        "3.1 The Council pays as clause 1 says:",
        "(a) £1,000.00 at most;",
        "(b) with VAT.",
        "3.2 It pays within 30 days.",
        "Prices agreed",
        "4 Social value",
        "4.1 The Provider does what clause 3 pays for.",
        "---",
        "Schedule 2. Data",
        "5 Order-Data",
        "5.1 Data is kept.",
    ]
    assert composed.document.title == "Order for Developers"
    assert composed.document.head == "Order"
    assert composed.document.footer == tree.Footer("D-1", "wording T.1")
    assert composed.document.is_prose
    assert not composed.document.is_sample
    assert (composed.findings, composed.gaps, composed.is_whole) == ((), (), True)


def test_the_appendix_lists_clauses_with_versions_and_the_fingerprint() -> None:
    composed = order()
    last = composed.document.blocks[-6:]
    table = last[-2]
    assert isinstance(table, tree.Table)
    assert table.rows[0] == ("Order-Parties", "order-parties", "1", "Grace")
    assert [row[1] for row in table.rows] == [each.id for each in composed.clauses]
    assert last[-1] == tree.Para(
        f"Fingerprint of this wording: {composed.fingerprint}", is_quiet=True
    )
    assert tree.Para("This is model wording, to be read by lawyers.") in last
    assert tree.Para("Its owner is The project. Type: Order, version 1.") in last


def test_a_clause_has_a_heading_below_its_part_where_that_has_one() -> None:
    found = [each for each in order().document.blocks if isinstance(each, tree.Clause)]
    assert [each.level for each in found] == [2, 2, 3, 3]


def test_a_letter_has_no_numbers_and_its_head_stands_above_its_title() -> None:
    values = {
        "council_name": "Exampleton", "document_date": date(2026, 9, 1), "bidder_contact": "Bo",
        "procurement_title": "Developers", "officer_name": "Grace",
    }  # fmt: skip
    composed = made(*LETTER, of="letter", values=values, is_sample=True)
    document = composed.document
    assert document.opening == (tree.Para("Exampleton"), tree.Para("1 Sep 2026"))
    assert document.title == "Your bid: Developers"
    assert document.head == ""
    assert document.is_sample
    assert told(composed)[2:6] == [
        "Dear Bo", "Your bid for Developers was read.", "Grace", "Thank you for it.",
    ]  # fmt: skip


def test_a_list_in_a_letter_has_dots() -> None:
    composed = one("Bring:\n- a pen\n- {council_name}", kind="letter")
    assert composed.document.blocks[:2] == (
        tree.Para("Bring:"),
        tree.Bullets(("a pen", "Exampleton")),
    )


# --- references -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ref", ["ref:b", "ref:b#there", "ref:a#nowhere", "ref:nothing", "ref:head"]
)
def test_a_reference_to_what_is_left_out_is_found_before_anything_is_written(ref: str) -> None:
    composed = made(
        clause("a", f"As {{{ref}}} says."),
        clause("b", "{#there} B.", is_optional=True, is_on=False),
        clause("head", "Head"),
        of_type("t", "contract", (part("head", "head"), part("clauses", "a", "b"))),
    )
    (finding,) = composed.findings
    assert finding.code == "DO001"
    target = ref.removeprefix("ref:").partition("#")[0]
    assert f"“A” refers to “{target}”, which is not in the document" in finding.message
    assert finding.place.field == "a"
    assert not composed.is_whole
    assert "1.1 As [clause left out] says." in told(composed)


def test_the_same_reference_left_out_twice_is_found_once() -> None:
    composed = made(
        clause("a", "As {ref:b} says.\n\nAnd {ref:b}."),
        clause("b", "B.", applies="known(lots)"),
        of_type("t", "contract", (part("clauses", "a", "b"),)),
    )
    assert len(composed.findings) == 1


def test_a_reference_to_a_paragraph_that_a_condition_leaves_out_is_found() -> None:
    composed = one("As {ref:a#lots} says.\n\n{#lots} {when known(lots)} Lots.")
    assert [each.code for each in composed.findings] == ["DO001"]
    assert one(
        "As {ref:a#lots} says.\n\n{#lots} {when known(lots)} Lots.", values={"lots": "1"}
    ).is_whole


# --- gaps -----------------------------------------------------------------------------------------


def test_gaps_stand_in_the_text_and_are_told_in_order() -> None:
    composed = one(
        "{officer_name} of {council_name}\n\n{table:prices}\n\n- {lots}\n\n{officer_name}".replace(
            "\n\n- ", "\n\nSee:\n- "
        ),
        values={},
    )
    assert composed.gaps == ("officer_name", "council_name", "prices", "lots")
    assert [(each.code, each.place.field) for each in composed.findings] == [
        ("DO002", name) for name in composed.gaps
    ]
    (found,) = [each for each in composed.document.blocks if isinstance(each, tree.Clause)]
    assert found.blocks[0] == tree.Numbered(
        "1.1",
        (
            tree.Gap("Officer's name"), " of ", tree.Gap("The council's full name"),
        ),
    )  # fmt: skip
    assert found.blocks[1] == tree.Para((tree.Gap("Prices agreed"),))
    assert composed.findings[0].message == "Officer's name is missing."


def test_a_gap_in_the_title_alone_is_found_too() -> None:
    composed = made(
        clause("a", "A."),
        of_type(
            "t", "contract", (part("clauses", "a"),), title="For {lots}", subtitle="{officer_name}"
        ),
        values={},
    )
    assert composed.gaps == ("lots", "officer_name")
    assert [each.place.field for each in composed.findings] == ["lots", "officer_name"]
    assert composed.document.title == "For [Lots: not filled in]"


@pytest.mark.parametrize("applies", ["is_light_touch", 'regime == "PCR 2015"'])
def test_what_a_condition_turns_on_and_nobody_knows_is_a_gap(applies: str) -> None:
    name = applies.partition(" ")[0]
    for parts in (
        (clause("a", "A.", applies=applies), of_type("t", "contract", (part("clauses", "a"),))),
        (clause("a", "A."), of_type("t", "contract", (part("clauses", "a", applies=applies),))),
        (
            clause("a", f"{{when {applies}}} A.\n\nB."),
            of_type("t", "contract", (part("clauses", "a"),)),
        ),
    ):
        composed = made(*parts, values={})
        assert composed.gaps == (name,)
        assert name in composed.fields_used
        assert not composed.is_whole
        assert "A." not in " ".join(told(composed))


def test_a_condition_that_is_settled_leaves_no_gap() -> None:
    composed = made(
        clause("a", "A.", applies="known(lots) and is_light_touch"),
        clause("b", "B."),
        of_type("t", "contract", (part("clauses", "a", "b"),)),
        values={},
    )
    assert composed.gaps == ()
    assert composed.fields_used == ("lots", "is_light_touch")
    assert [each.id for each in composed.clauses] == ["b"]
    assert composed.is_whole


def test_a_value_that_stands_alone_is_drawn_by_its_kind() -> None:
    values = {
        "prices": PRICES, "standards": ("Developer", "Analyst"), "council_address": "1 Road\nTown",
        "pricing_schedule": TableValue(("A", "B"), (("x", ""),), blank=frozenset({1})),
    }  # fmt: skip
    composed = one(
        "{table:prices}\n\n{table:standards}\n\n{table:council_address}\n\n{table:pricing_schedule}"
        "\n\nFor {standards}.",
        kind="letter", values=values,
    )  # fmt: skip
    table, points, lines, boxed, sentence = composed.document.blocks[:5]
    assert table == tree.Table(
        "Prices agreed",
        (tree.Column("Standard"), tree.Column("Total", is_right=True)),
        PRICES.rows,
        has_row_headings=True,
    )
    assert points == tree.Bullets(("Developer", "Analyst"))
    assert lines == tree.Para("1 Road\nTown")
    assert isinstance(boxed, tree.Table)
    assert (boxed.is_boxed, boxed.least_lines) == (True, 2)
    assert sentence == tree.Para("For Developer and Analyst.")


@pytest.mark.parametrize(
    ("points", "said"), [(("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_points_within_a_sentence_are_listed(points: tuple[str, ...], said: str) -> None:
    composed = one("{standards}", kind="letter", values={"standards": points})
    assert composed.document.blocks[0] == tree.Para(said)


def test_what_a_field_holds_is_never_read_as_wording() -> None:
    nasty = "{council_name} {ref:a} {table:prices} <b>&amp;</b> =1+1"
    composed = one("{lots}", kind="letter", values={"lots": nasty})
    assert composed.document.blocks[0] == tree.Para(nasty)
    assert composed.fields_used == ("lots",)


def test_a_list_goes_on_behind_z() -> None:
    items = "\n".join(f"- item {number}" for number in range(28))
    (found,) = [
        each for each in one(f"All:\n{items}").document.blocks if isinstance(each, tree.Clause)
    ]
    bullets = found.blocks[1]
    assert isinstance(bullets, tree.Bullets)
    assert bullets.labels[:2] == ("(a)", "(b)")
    assert bullets.labels[-3:] == ("(z)", "(aa)", "(ab)")
    assert bullets.indent == 1


# --- choices and versions -------------------------------------------------------------------------


def test_optional_clauses_are_as_they_begin_or_as_they_are_ticked() -> None:
    assert [(each.clause.id, each.is_in) for each in order().choices] == [("order-social", False)]
    assert "order-social" not in {each.id for each in order().clauses}
    composed = order(ticked={"order-social": True, "order-pay": False})
    assert [each.is_in for each in composed.choices] == [True]
    assert {"order-social", "order-pay"} <= {each.id for each in composed.clauses}


def test_a_part_without_a_clause_is_left_out() -> None:
    composed = order(values=without("data_role"))
    assert "Schedule 2. Data" not in told(composed)
    composed = order(values=without("provider_ukprn"))
    assert "Schedule 2. Data" not in told(composed)


TWO = (
    clause("a", "Old.", applies="known(lots)"),
    clause("a", "New.", version=2),
    clause("b", "Old.", version=1),
    clause("b", "New.", version=2),
    of_type("t", "contract", (part("letter", "a", "b"),)),
)


def test_without_versions_the_newest_wording_is_taken() -> None:
    assert told(made(*TWO))[:2] == ["New.", "New."]


def test_a_document_made_again_has_the_clauses_it_had_and_no_other() -> None:
    assert told(made(*TWO, versions={"b": 1}))[0] == "Old."
    assert [each.name for each in made(*TWO, versions={"b": 1}).clauses] == ["b 1"]
    both = made(*TWO, versions={"a": 1, "b": 2}, values={"lots": "1"})
    assert [each.name for each in both.clauses] == ["a 1", "b 2"]


def test_a_clause_or_version_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(Problem, match="no version 3 of the clause “b”"):
        made(*TWO, versions={"b": 3})
    with pytest.raises(Problem, match="no released version of the clause “c”"):
        made(clause("a", "A."), of_type("t", "contract", (part("clauses", "c"),)))


# --- fingerprints ---------------------------------------------------------------------------------


def test_the_fingerprint_is_of_the_wording_and_not_of_the_values() -> None:
    assert order().fingerprint == order(values=without("council_name")).fingerprint
    assert order().fingerprint != order(ticked={"order-social": True}).fingerprint
    assert made(*TWO).fingerprint != made(*TWO, versions={"a": 2, "b": 1}).fingerprint


def test_the_fingerprint_of_a_tree_is_of_all_that_stands_in_it() -> None:
    same, other = order().document, order(values={**VALUES, "payment_days": 31}).document
    assert tree_fingerprint(same) == tree_fingerprint(order().document)
    assert tree_fingerprint(same) != tree_fingerprint(other)
    bold = tree.Document("T", (tree.Para((tree.Bold("a"),)),))
    gap = tree.Document("T", (tree.Para((tree.Gap("a"),)),))
    assert tree_fingerprint(bold) != tree_fingerprint(gap)


def test_what_a_node_has_by_default_does_not_count() -> None:
    """So a later program whose nodes know more gives the same fingerprint."""
    short = tree_fingerprint(tree.Document("T", (tree.Para("a"),)))
    assert short == tree_fingerprint(
        tree.Document("T", (tree.Para("a", is_quiet=False),), language="en-GB", is_wide=False)
    )
    assert short == "c6c9340fdf1de5d54fe84b4d216894fccc02f2d89e1e9d3828df66f683e69779"


def test_the_invitation_has_its_table() -> None:
    values = {"bids_to": "a portal", "timetable": TableValue(("What", "When"), (("Bids", "May"),))}
    composed = made(*INVITATION, of="call", values=values)
    assert told(composed)[:3] == ["The Council asks for bids.", "a portal", "Timetable"]
    assert FIELDS["timetable"].is_of_desk


def test_values_are_marked_for_who_looks_them_over_and_in_nothing_that_is_issued() -> None:
    text = (
        "For {provider_name}, {payment_days} days, {notice_period}.\n\n{table:contract_documents}"
    )
    values = VALUES | {"contract_documents": ("The bid",)}
    plain, shown = one(text, values=values), one(
        text, values=values, marked=frozenset({"payment_days"})
    )  # fmt: skip
    (clause_made,) = [each for each in shown.document.blocks if isinstance(each, tree.Clause)]
    para, points = clause_made.blocks
    assert isinstance(para, tree.Numbered)
    assert isinstance(points, tree.Bullets)
    assert para.text == (
        "For ", tree.Filled("College"), ", ", tree.Filled("30", is_wrong=True), " days, ",
        tree.Gap("Notice period"), ".",
    )  # fmt: skip
    assert points.items == ((tree.Filled("The bid"),),)
    assert "Filled" not in repr(plain.document)
    assert shown.gaps == plain.gaps
    assert shown.fingerprint == plain.fingerprint
