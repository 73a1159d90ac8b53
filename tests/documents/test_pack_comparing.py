"""What a pack would do to a desk, before anything of it applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from apprentice_desk.documents.pack_comparing import (
    Fate,
    Held,
    PackComparison,
    PackLine,
    compare_pack,
    findings_of,
)
from apprentice_desk.documents.pack_manifest import Pack, PackItem
from apprentice_desk.documents.packs import read_pack, write_pack
from apprentice_desk.documents.wording import Library
from apprentice_desk.domain.own_wording import fingerprint
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from documents.packed import pack_of
from documents.wordings import ORDER, clause, library_of, of_type, part

A1 = clause("a", "The Council pays in 30 days.", title="Pay")
A2 = clause("a", "The Council pays in 20 days.", version=2, title="Pay")
T1 = of_type("t", "contract", (part("clauses", "a"),))
LIBRARY = library_of(A1, T1)


def held(library: Library = LIBRARY, **more: Any) -> Held:
    values: dict[str, Any] = {
        "drafts": {}, "withdrawn": {}, "own": {}, "variants": {}, "uses": {},
        "today": date(2026, 11, 29),
    }  # fmt: skip
    return Held(library, **{**values, **more})


def comparison(*files: Mapping[str, str], beside: Held | None = None) -> PackComparison:
    return compare_pack(beside or held(), pack_of(*files))


def line(*files: Mapping[str, str], beside: Held | None = None) -> PackLine:
    return comparison(*files, beside=beside).lines[0]


def name_of(files: Mapping[str, str]) -> str:
    return next(iter(files))


def prints(files: Mapping[str, str]) -> dict[str, str]:
    return {named: fingerprint(text) for named, text in files.items()}


def changed_words(of: PackLine) -> list[str]:
    return [each.text for each in of.runs if each.fate.value != "same"]


# --- one file -------------------------------------------------------------------------------------


def test_what_the_desk_has_is_nothing_to_do() -> None:
    found = comparison(A1, T1)
    assert [each.fate for each in found.lines] == [Fate.SAME, Fate.SAME]
    assert found.changes == ()
    assert found.lines[0].says == "The desk has this version already, to the letter."


def test_a_newer_version_is_compared_word_by_word_with_the_newest_there_is() -> None:
    one = line(A2)
    assert (one.fate, one.before, one.title) == (Fate.NEWER, 1, "Pay")
    assert changed_words(one) == ["30 ", "20 "]
    assert one.says == "Version 2 of a clause of which the desk has version 1."
    third = line(
        clause("a", "The Council pays in 10 days.", version=3, title="Pay"),
        beside=held(library_of(A1, A2, T1)),
    )
    assert (third.before, changed_words(third)) == (2, ["20 ", "10 "])


def test_a_newer_type_is_compared_too() -> None:
    one, _ = comparison(
        of_type("t", "contract", (part("clauses", "a", "b"),), version=2), clause("b", "B.")
    ).lines
    assert (one.fate, one.title) == (Fate.NEWER, "T")
    assert changed_words(one) == ["• B\n"]
    assert one.says == "Version 2 of a document type of which the desk has version 1."


def test_what_is_new_is_shown_whole() -> None:
    one = line(clause("b", "The Council asks.", title="Ask"))
    assert (one.fate, one.before) == (Fate.NEW, None)
    assert "The Council asks." in changed_words(one)[0]
    assert one.says == "A clause that the desk does not have."
    other = line(of_type("u", "contract", (part("clauses", "a"),)))
    assert other.says == "A document type that the desk does not have."


def test_what_is_past_its_day_to_be_read_again_says_so() -> None:
    late = " It was to be read again by 28 Nov 2026: ask Grace."
    old = {"review_by": "2026-11-28"}
    one = line(clause("a", "The Council pays in 20 days.", version=2, **old))
    assert one.says == f"Version 2 of a clause of which the desk has version 1.{late}"
    assert line(clause("b", "B.", **old)).says == f"A clause that the desk does not have.{late}"
    assert line(clause("b", "B.", review_by="2026-11-29")).says.endswith("does not have.")


def test_another_text_of_the_same_version_is_refused_and_the_rest_is_not() -> None:
    found = comparison(clause("a", "Pay now."), clause("b", "B."))
    one = found.refused[0]
    assert (one.fate, one.before) == (Fate.REFUSED, 1)
    assert "another text as version 1 of “a”" in one.says
    assert "as version 2 or later" in one.remedy
    assert [each.item.id for each in found.changes] == ["b"]
    assert found.lines[0] is one


def test_an_older_version_is_kept_beside_the_newest() -> None:
    one = line(A1, beside=held(library_of(A2, T1)))
    assert (one.fate, one.before) == (Fate.OLDER, 2)
    assert "The desk has version 2" in one.says.replace("the desk", "The desk")


def test_a_clause_that_says_the_same_in_other_letters_is_shown_as_it_is_written() -> None:
    desk = held(library_of(clause("a", "See {ref:b}."), clause("b", "B.", title="Same"),
                           clause("c", "C.", title="Same"), T1))  # fmt: skip
    one = line(clause("a", "See {ref:c}.", version=2), beside=desk)
    assert changed_words(one) == ["{ref:b}.", "{ref:c}."]
    alike = line(clause("a", "See {ref:b}.", version=2), beside=desk)
    assert changed_words(alike) == []


def test_a_draft_of_the_same_text_can_be_approved_and_of_another_stands_in_the_way() -> None:
    same = line(A2, beside=held(drafts=prints(A2)))
    assert same.fate is Fate.DRAFT
    assert same.says.startswith("It is here as a draft; approved, it is in force. Version 2 of")
    assert changed_words(same) == ["30 ", "20 "]
    other = line(A2, beside=held(drafts={name_of(A2): "0" * 64}))
    assert other.fate is Fate.REFUSED
    assert "a draft of its own called “a”, version 2" in other.says
    gone = line(
        clause("a", "The Council pays in 20 days.", version=2, title="Pay", status="withdrawn"),
        beside=held(drafts=prints(clause(
            "a", "The Council pays in 20 days.", version=2, title="Pay", status="withdrawn"
        ))),
    )  # fmt: skip
    assert (gone.fate, "withdrawn it. Nothing" in gone.says) == (Fate.SAME, True)


# --- withdrawn ------------------------------------------------------------------------------------


def withdrawing(files: Mapping[str, str], beside: Held | None = None) -> PackLine:
    items = tuple(PackItem(named, text, is_withdrawn=True) for named, text in files.items())
    return compare_pack(beside or held(), pack_of(items=items)).lines[0]


def test_what_the_sender_withdrew_is_withdrawn_here_where_it_is_the_desks() -> None:
    own = held(own=prints(A1))
    one = withdrawing(A1, own)
    assert (one.fate, one.before) == (Fate.WITHDRAWN, 1)
    assert [each.fate.value for each in one.runs] == ["out"]
    packaged = withdrawing(A1)
    assert (packaged.fate, packaged.says) == (
        Fate.REFUSED, "The sender has withdrawn it. Here it came with the program.",
    )  # fmt: skip
    assert withdrawing(A2).fate is Fate.WITHDRAWN
    assert withdrawing(clause("z", "Z.")).fate is Fate.SAME
    assert withdrawing(A1, held(library_of(A2, T1))).fate is Fate.SAME


def test_what_was_withdrawn_here_stays_so() -> None:
    desk = held(withdrawn=prints(A2))
    assert (line(A2, beside=desk).fate, "stays withdrawn" in line(A2, beside=desk).says) == (
        Fate.SAME, True,
    )  # fmt: skip
    assert withdrawing(A2, desk).says == "It is withdrawn here already."
    assert line(clause("a", "Z.", version=2), beside=desk).fate is Fate.REFUSED


# --- what it touches ------------------------------------------------------------------------------


OWN = library_of(clause("our-pay", "The Council pays at once.", title="Our own pay", replaces="a"))


def test_the_desks_own_variants_and_contracts_that_use_an_older_version_are_named() -> None:
    class Use:
        def __init__(self, reference: str) -> None:
            self.reference = reference
            self.document = self
            self.title = "Order"

    b, a = Use("B"), Use("A")
    desk = held(
        variants={"a": OWN.clause("our-pay")}, uses={("a", 1): (b, a), ("a", 7): (Use("C"),)}
    )
    one = line(A2, beside=desk)
    assert one.stays == ("Our own pay",)
    assert one.uses == (a, b)
    assert withdrawing(A1, replace(desk, own=prints(A1))).uses == (a, b)
    assert (
        line(of_type("t", "contract", (part("clauses", "a"),), version=2), beside=desk).uses == ()
    )


# --- what goes together ---------------------------------------------------------------------------

TERMS = clause("terms", "{table:definitions}", defines={"Fee": "what is paid"})
FEE = clause("fee", "The Council pays the Fee as {ref:how#days} says.")
HOW = clause("how", "How.\n\n{#days} In days.")
PAPER = of_type("paper", "contract", (part("clauses", "terms", "fee", "how"),))


def named(*files: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name_of(each) for each in files)


def test_what_cannot_be_without_each_other_is_chosen_together() -> None:
    found = comparison(TERMS, FEE, HOW, PAPER, A2)
    assert found.line(name_of(PAPER)).needs == named(TERMS, FEE, HOW)
    assert found.line(name_of(FEE)).needs == named(TERMS, HOW)
    assert found.line(name_of(TERMS)).needs == frozenset()
    assert found.with_needed(named(FEE)) == named(FEE, TERMS, HOW)
    assert found.without(named(HOW)) == named(TERMS, A2)
    assert found.without(()) == named(TERMS, FEE, HOW, PAPER, A2)
    assert found.with_needed(("clauses/none.1.md",)) == frozenset()


def test_only_what_the_desk_lacks_is_needed() -> None:
    desk = held(library_of(TERMS, FEE, HOW, PAPER))
    newer = [
        clause("fee", "The Fee is paid as {ref:how} and {ref:how#days} say.", version=2),
        clause("how", "How now.\n\n{#days} In days.\n\n{#new} New.", version=2),
        of_type("paper", "contract", (part("clauses", "how", "fee", "terms"),), version=2),
        clause("terms", "{table:definitions}", version=2, defines={"Fee": "what is due"}),
    ]
    found = comparison(*newer, beside=desk)
    assert {each.needs for each in found.lines} == {frozenset()}
    labelled = clause("fee", "The Fee is paid as {ref:how#new} says.", version=2)
    assert comparison(labelled, *newer[1:], beside=desk).line(name_of(labelled)).needs == named(
        newer[1]
    )
    listed = clause("fee", "Pay:\n\n- as {ref:how#new};\n\n{table:prices}", version=2)
    assert comparison(listed, *newer[1:], beside=desk).line(name_of(listed)).needs == named(
        newer[1]
    )


# --- whether it fits ------------------------------------------------------------------------------


def codes(
    found: PackComparison, *chosen: Mapping[str, str], beside: Held | None = None
) -> list[str]:
    names = named(*chosen) if chosen else frozenset(each.id for each in found.changes)
    return [each.code for each in findings_of(beside or held(), found, names)]


def test_wording_is_checked_as_it_would_stand_in_the_desk() -> None:
    found = comparison(TERMS, FEE, HOW, PAPER)
    assert codes(found) == []
    assert codes(found, TERMS, FEE, PAPER) == ["WD011", "WD013"]
    assert codes(comparison(clause("a", "The Council pays the Wage.", version=2))) == ["WD015"]
    assert codes(comparison(clause("a", "Pay {no_such}.", version=2))) == ["WD004"]


def test_a_clause_that_no_document_has_waits_for_one() -> None:
    assert codes(comparison(clause("b", "B."))) == []


def test_what_is_wrong_already_is_not_the_packs() -> None:
    desk = held(library_of(clause("a", "The Council pays the Wage."), T1))
    assert codes(comparison(clause("b", "B."), beside=desk), beside=desk) == []


def test_a_clause_that_is_withdrawn_from_a_type_is_missed() -> None:
    desk = held(own=prints(A1))
    found = compare_pack(
        desk, pack_of(items=tuple(PackItem(*each, is_withdrawn=True) for each in A1.items()))
    )
    assert codes(found, beside=desk) == ["WD011"]


# --- stopping -------------------------------------------------------------------------------------


def test_comparing_can_be_stopped_and_says_how_far_it_is() -> None:
    said: list[tuple[int, int | None]] = []
    progress = Progress(lambda done, total, _doing: said.append((done, total)))
    compare_pack(held(), pack_of(TERMS, FEE, HOW), progress)
    assert (said[0], said[-1]) == ((1, 3), (3, 3))
    progress.stop()
    with pytest.raises(Cancelled):
        compare_pack(held(), pack_of(TERMS, FEE, HOW), progress)


# --- at random ------------------------------------------------------------------------------------


def odd_pack(random: Random) -> Pack | None:
    """A pack whose wording is odd, and yet can be read; None where it could not be sent."""
    files: dict[str, str] = {}
    for each in (*ORDER, TERMS, FEE, HOW, PAPER):
        for name, text in each.items():
            newer = text.replace("version = 1", "version = 2", 1)
            files[name.replace(".1.", ".2.")] = newer if random.random() < 0.7 else text
    for _time in range(random.randint(1, 4)):
        name = random.choice(sorted(files))
        old, new = random.choice(SWAPS)
        files[name] = files[name].replace(old, new, random.randint(1, 3))
    items = [
        PackItem(name, text, is_withdrawn=random.random() < 0.1)
        for name, text in files.items()
        if "version = 2" in text and random.random() < 0.8
    ]
    pack = pack_of(items=tuple(items))
    try:
        return read_pack(write_pack(pack), "x.wording")
    except Problem:
        return None


SWAPS = (
    ("{ref:order-pay}", "{ref:order-data#none}"), ("{ref:how#days}", "{ref:fee}"),
    ("review_by", 'replaces = "order-pay"\nreview_by'),
    ("review_by", 'replaces = "fee"\nreview_by'), ("review_by", 'replaces = "none"\nreview_by'),
    ("review_by", 'joins = "order"\nfollows = "fee"\nreview_by'),
    ("review_by", 'joins = "paper"\nfollows = "how"\nreview_by'),
    ("review_by", 'joins = "paper"\nfollows = "order-pay"\nreview_by'),
    ("review_by", 'applies = "known(none) or regime == \\"x\\""\nreview_by'),
    ("{", "{{"), ("The", "The Fee"), ("Fee", "Contract"), ("{table:prices}", "{table:none}"),
    ("{table:definitions}", "{table:signatures}"), ("released", "withdrawn"),
    ("released", "draft"), ('"contract"', '"bidder"'), ('"fee"', '"order-pay", "order-pay"'),
    ("- ", "\n"), ("schedule", "letter"), ("clauses", "head"),
)  # fmt: skip


def test_no_pack_that_can_be_read_is_more_than_compared_and_checked() -> None:
    random = Random(11)
    desk = held(library_of(*ORDER, A1, T1))
    tried, changes, wrong = 0, 0, 0
    for _time in range(250):
        pack = odd_pack(random)
        if pack is None:
            continue
        tried += 1
        found = compare_pack(desk, pack)
        changes += len(found.changes)
        for chosen in (
            found.without(()),
            found.with_needed([line.id for line in found.changes][:2]),
        ):
            assert found.with_needed(chosen) == chosen
            wrong += len(findings_of(desk, found, chosen))
    assert tried > 100
    assert changes > 500
    assert wrong > 200
