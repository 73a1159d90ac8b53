"""A borough's own clause as it is edited: file and back, what can be written next, where it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.documents.own_completing import MOST, offer, types_with
from apprentice_desk.documents.own_text import (
    OwnClause,
    begin_clause,
    begin_variant,
    free_id,
    line_of,
    names_in,
    next_version,
    read_own,
    terms_in,
    written,
)
from apprentice_desk.documents.own_wording import check_text
from apprentice_desk.documents.wording import library, packaged_files, read_clause
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.problems import Problem

TODAY, NEXT_YEAR = date(2026, 9, 1), date(2027, 9, 1)
FULL = OwnClause(
    title="Parking “at” the Town \\ Hall", text="Cars stand outside.\n\n- one;\n- two.",
    guidance="Leave it.", applies='regime == "PCR 2015"', owner="HR", review_by=NEXT_YEAR,
    is_optional=True, is_on=False, proper_names="Town Hall; High Street",
    defines="Car: what has “four” wheels\nBike: what has two", id="exb-parking", version=3,
    joins="order-form", follows="of-law",
)  # fmt: skip


def test_what_is_edited_reads_back_the_same_from_its_file() -> None:
    text = written(FULL)
    assert read_own(text, FULL.file) == FULL
    clause = read_clause(text, FULL.file)
    assert (clause.id, clause.version, clause.title) == ("exb-parking", 3, FULL.title)
    assert clause.proper_names == {"Town Hall", "High Street"}
    assert clause.defines == {"Car": "what has “four” wheels", "Bike": "what has two"}
    assert (clause.is_optional, clause.is_on) == (True, False)
    assert (clause.joins, clause.follows, clause.review_by) == ("order-form", "of-law", NEXT_YEAR)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.text(max_size=3))
def test_any_words_read_back(words: str, more: str) -> None:
    title = " ".join(f"{words}\x7f{more}".split())
    own = replace(FULL, title=title, guidance=title, owner=title)
    assert read_own(written(own), own.file).title == title


def test_what_nobody_entered_is_said_to_be_missing() -> None:
    bare = OwnClause(id="exb-a", text="A.", owner="HR")
    for own, says in (
        (bare, "title is missing"),
        (replace(bare, title="A", owner=""), "owner is missing"),
        (replace(bare, title="A"), "review_by is missing"),
    ):
        with pytest.raises(Problem, match=says):
            read_clause(written(own), own.file)
        assert read_own(written(own), own.file) == own


def test_a_broken_file_is_told() -> None:
    with pytest.raises(Problem, match="does not say what it is"):
        read_own("Words.", "x")
    with pytest.raises(Problem, match="x"):
        read_own("+++\nid = \n+++\nA.", "x")
    odd = "+++\nid = 7\nversion = true\nreview_by = 1\nproper_names = 1\ndefines = 1\n+++\nA."
    assert read_own(odd, "x") == OwnClause(id="7", text="A.")


def test_names_and_terms_are_written_as_people_do() -> None:
    assert names_in(" Town  Hall;; High Street ;") == ["Town Hall", "High Street"]
    lines = "Order: what is asked\n  for at once\n\nCar: wheels: four\n"
    assert terms_in(lines) == {"Order": "what is asked for at once", "Car": "wheels: four"}
    assert terms_in("Order:\nmore") == {"Order": "more"}
    assert terms_in("") == {}


@pytest.mark.parametrize("clause", [each for each in library().newest_clauses if each.title])
def test_a_variant_of_any_packaged_clause_is_in_order_as_it_begins(clause: Any) -> None:
    own = begin_variant(clause, packaged_files()[clause.file], "EXB", "HR", NEXT_YEAR, ())
    assert own.id == f"exb-{clause.id}"
    assert (own.replaces, own.replaces_version) == (clause.id, clause.version)
    read = read_clause(written(own), own.file)
    assert (read.blocks, read.applies, read.guidance) == (
        clause.blocks,
        clause.applies,
        clause.guidance,
    )
    assert dict(read.defines) == {k: " ".join(v.split()) for k, v in clause.defines.items()}


def test_a_variant_stands_in_the_library_without_a_finding() -> None:
    clause = library().clause("of-law")
    own = begin_variant(clause, packaged_files()[clause.file], "EXB", "HR", NEXT_YEAR, ())
    assert check_text(library(), own.file, written(own), "EXB", TODAY).findings == ()


def test_a_new_clause_and_a_next_version_begin_with_what_is_known() -> None:
    new = begin_clause("Parking", "order-form", "of-law", "EXB", "HR", NEXT_YEAR, ["exb-parking"])
    assert (new.id, new.title, new.joins, new.follows) == (
        "exb-parking-2", "Parking", "order-form", "of-law",
    )  # fmt: skip
    assert begin_clause("–", "a", "b", "EXB", "HR", NEXT_YEAR, ()).id == "exb-clause"
    assert free_id("a", ["a", "a-2"]) == "a-3"
    later = next_version(FULL, date(2028, 1, 1), 3)
    assert later == replace(FULL, version=4, review_by=date(2028, 1, 1))


# --- what can be written next ---------------------------------------------------------------------

ORDER_FORM = (library().type_of("order-form"),)


def texts(before: str) -> list[str]:
    found = offer(library(), ORDER_FORM, before)
    return [] if found is None else [each.text for each in found.suggestions]


def test_fields_are_offered_behind_a_brace_by_name_and_by_label() -> None:
    assert "provider_name}" in texts("The {prov")
    assert texts("The {provider_na") == ["provider_name}"]
    assert "council_name}" in texts("For {council")
    assert texts("{zzz") == []
    found = offer(library(), ORDER_FORM, "The {provider_na")
    assert found is not None
    assert found.begun == "provider_na"
    assert found.suggestions[0].is_whole
    assert found.suggestions[0].says


def test_nothing_is_offered_outside_of_a_brace() -> None:
    for before in ("", "The", "{provider_name}", "{{", "a {{", "{Prov", "{a b"):
        assert offer(library(), ORDER_FORM, before) is None, before


def test_fields_that_the_desk_cannot_tell_here_are_not_offered() -> None:
    assert "bidder_is_winner}" not in texts("{bidder_is")
    assert "table:criteria}" not in texts("{table:crit")
    assert texts("{table:price") != []
    assert "prices}" not in texts("{prices")


def test_clauses_and_labels_are_offered_behind_ref() -> None:
    assert "ref:" in texts("{r")
    found = offer(library(), ORDER_FORM, "{re")
    assert found is not None
    assert [each.text for each in found.suggestions if not each.is_whole] == ["ref:"]
    assert texts("{")[:4] == ["ref:", "table:", "when ", "#"]
    assert texts("as {ref:of-la") == ["ref:of-law}"]
    assert "ref:of-law}" in texts("as {ref:courts")
    labels = texts("{ref:of-award#")
    assert all(each.startswith("ref:of-award#") for each in labels)
    labelled = next(
        (clause.id, block.label)
        for clause in library().newest_clauses
        if clause.id.startswith("of-")
        for block in clause.blocks
        if getattr(block, "label", "")
    )
    assert f"ref:{labelled[0]}#{labelled[1]}}}" in texts(f"{{ref:{labelled[0]}#")


def test_what_is_offered_has_an_end() -> None:
    assert len(texts("{")) <= MOST
    assert "table:signatures}" in texts("{table:sign")


def test_the_types_of_a_clause_are_those_that_have_or_would_have_it() -> None:
    law = library().clause("of-law")
    assert [each.id for each in types_with(library(), law)] == ["order-form"]
    variant = replace(law, id="exb-law", replaces="of-law")
    assert [each.id for each in types_with(library(), variant)] == ["order-form"]
    joined = replace(law, id="exb-new", joins="award-letter", follows="al-next")
    assert [each.id for each in types_with(library(), joined)] == ["award-letter"]


# --- where a finding stands -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("There is no field “nothing”.", 2),
        ("exb-a refers to “of-x#y”, which is not there.", 4),
        ("exb-a writes “Town” as a defined term, and nothing defines it.", 0),
        ("There is a brace that is no field and no reference near “{Council} pays”.", 6),
        ("The label “days” stands 2 times.", 6),
        ("There is a brace that is no field and no reference near “ncil} pays. The end”.", 6),
        ("There is a brace that is no field and no reference near “qq}”.", 2),
        ("There is a brace that is no field and no reference near “q(”.", None),
        ("“gone” is not here.", None),
        ("Nothing is quoted.", None),
    ],
)
def test_a_finding_stands_at_the_line_that_it_quotes(message: str, line: int | None) -> None:
    text = (
        "The Town Hall knows nothingness.\n\nIt is {nothing}.\n\nAs {ref:of-x#y}.\n\n"
        "{#days} The {Council} pays.\nThe end"
    )
    assert line_of(Finding(Level.FILE, "X", message), text) == line
