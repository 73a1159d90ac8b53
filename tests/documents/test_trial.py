"""A draft in the document that it would stand in: where it is, and what is in it besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from apprentice_desk.documents import tree
from apprentice_desk.documents.issuing import drawn
from apprentice_desk.documents.own_wording import added
from apprentice_desk.documents.picturing import Pages
from apprentice_desk.documents.placing import parts_of
from apprentice_desk.documents.trial import Spot, Trial, trial
from apprentice_desk.documents.wording import Clause, Library, library, read_clause
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import DocumentFormat
from documents.wordings import clause, library_of, of_type, part

ON = date(2026, 9, 1)
BASE = library_of(
    clause("dear", "Dear {provider_name},", title="Dear"),
    clause("pay", "The Council pays.\n\n{#late} {when known(framework)} Late.", title="Payment"),
    clause("rare", "Only with a framework.", title="Rare", applies="known(framework)"),
    clause("some", "Sometimes.", title="Some", is_optional=True, is_on=False),
    clause("last", "Be kind.", title="Kindness"),
    of_type(
        "order",
        "contract",
        (
            part("letter", "dear"),
            part("clauses", "pay", "last"),
            part("schedule", "rare", "some", title="Seldom", applies="known(framework)"),
        ),
    ),
)


def own(text: str, **more: str | bool | Mapping[str, str]) -> Clause:
    """A draft that joins the order behind its first clause, if nothing else is said."""
    where = {} if "replaces" in more else {"joins": "order", "follows": "pay"}
    ((named, words),) = clause("xmp-own", text, title="Parking", **(where | more)).items()
    return read_clause(words, named)


def words_in(found: Trial) -> str:
    """What the clauses of a document say, one after the other, with their numbers."""
    return " | ".join(
        f"{each.number} {each.title}: " + " ".join(tree.plain(line.text) for line in lines(each))
        for each in found.document.blocks
        if isinstance(each, tree.Clause)
    )


def lines(of: tree.Clause) -> list[tree.Numbered]:
    return [each for each in of.blocks if isinstance(each, tree.Numbered)]


def test_a_clause_stands_behind_the_one_that_it_follows_with_what_is_blank_in_boxes() -> None:
    found = trial(BASE, own("Cars of {provider_name} stand outside."), "order")
    assert words_in(found) == (
        "1 Payment: The Council pays."
        " | 2 Parking: Cars of [The provider's name: not filled in] stand outside."
        " | 3 Kindness: Be kind."
    )
    assert found.spot == Spot("2 Parking", "Cars of", "3 Kindness")


def test_a_variant_stands_alone_in_its_place_whatever_else_replaces_the_clause() -> None:
    ((named, words),) = clause("xmp-another", "Another.", replaces="pay").items()
    base = added(BASE, read_clause(words, named))
    found = trial(base, own("We pay.", replaces="pay", replaces_version=1), "order")
    assert words_in(found).startswith("1 Parking: We pay. | 2 Kindness")


def test_it_is_in_whatever_its_conditions_with_every_paragraph() -> None:
    text = '{when known(framework)} One.\n\n{#b} {when regime == "PCR 2015"} Two {{when}}.'
    found = trial(BASE, own(text, applies="known(framework)", is_optional=True, is_on=False),
                  "order")  # fmt: skip
    assert "2 Parking: One. Two {when}." in words_in(found)


def test_what_it_refers_to_is_in_too_and_its_part() -> None:
    text = "As {ref:rare}, {ref:some}, {ref:pay#late} and {ref:nothing} say."
    found = trial(BASE, own(text), "order")
    said = words_in(found)
    assert "2 Parking: As clause 4, clause 5, clause 1.2 and [clause left out] say." in said
    assert "4 Rare: Only with a framework. | 5 Some: Sometimes." in said


def test_what_is_no_field_shows_as_such() -> None:
    defines = {"Car": "what {somebody} drives"}
    found = trial(
        BASE, own("The {thing} of {provider_name}.\n\n{table:rubbish}", defines=defines), "order"
    )
    assert "The [thing] of [The provider's name: not filled in]. [rubbish]" in words_in(found)


def test_a_type_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(Problem, match="There is no document type"):
        trial(BASE, own("Cars."), "no-such")


def test_a_clause_that_follows_nothing_has_no_place() -> None:
    assert trial(BASE, own("Cars.", follows="nothing"), "order").spot is None


# --- found in the pages ---------------------------------------------------------------------------


def every_clause() -> list[tuple[str, Clause]]:
    base = library()
    return [(of.id, each) for of in base.newest_types for _, all_of in parts_of(base, of)
            for each in all_of]  # fmt: skip


def pages_of(base: Library, of: str, version: Clause) -> tuple[Pages, Spot]:
    found = trial(base, version, of)
    assert found.spot is not None
    return Pages(drawn(found.document, DocumentFormat.PDF, ON)), found.spot


def variant_of(replaced: Clause) -> Clause:
    return replace(replaced, id=f"xmp-{replaced.id}", replaces=replaced.id)


def test_a_variant_of_each_clause_of_the_longest_document_is_found_in_its_pages() -> None:
    for of, each in every_clause():
        if of != "invitation-to-quote":
            continue
        pages, spot = pages_of(library(), of, variant_of(each))
        place = pages.place_of(spot.heading) or pages.place_saying(spot.begins)
        assert place is not None, each.id
        assert 0 <= place.down < 1
        assert spot.begins in " ".join(pages.words(place.page).split()) or spot.heading, each.id


def test_the_place_of_a_heading_is_above_its_words() -> None:
    pages, spot = pages_of(library(), "order-form", variant_of(library().clause("of-law")))
    above, words = pages.place_of(spot.heading), pages.place_saying(spot.begins)
    after = pages.place_of(spot.after)
    assert above is not None
    assert words is not None
    assert after is not None
    assert (above.page, above.down) < (words.page, words.down) < (after.page, after.down)
    assert pages.place_of("No such heading") is None
    assert pages.place_saying("No such words anywhere") is None
