"""The papers of a contract that runs, whatever its law, however it ends, and whatever is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk.documents.changes_beside import FIELDS_USED, NOT_RECORDED, PAIRS
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.newer_wording import words_of_clause
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import Table, plain
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.contract_changing import GROUNDS, ChangeGround
from apprentice_desk.domain.contract_ending import ApprenticesAfter, EndingKind
from apprentice_desk.domain.vocabulary import DataRole, Regime
from documents.papers import PAPERS

LIBRARY = library()
LAWS = {
    Regime.PCR_2015: "Public Contracts Regulations 2015",
    Regime.ACT_2023: "Procurement Act 2023",
}


def made(type_id: str, ticked: bool | None = None, **changed: Value | None) -> Composed:
    of = LIBRARY.type_of(type_id)
    values = {k: v for k, v in {**PAPERS[type_id], **changed}.items() if v is not None}
    optional = [each for each in of.clause_ids if LIBRARY.clause(each).is_optional]
    ticks = {} if ticked is None else dict.fromkeys(optional, ticked)
    return compose(LIBRARY, of, values, ticks)


def words(of: Composed) -> str:
    return "\n".join(plain(each) for each in texts_of(of.document))


def law_is_alone(text: str, regime: Regime) -> bool:
    return all((law in text) == (other is regime) for other, law in LAWS.items())


# --- a variation ----------------------------------------------------------------------------------

GROUNDS_OF = [(regime, ground) for regime, found in GROUNDS.items() for ground in found]


@pytest.mark.parametrize(("regime", "ground"), GROUNDS_OF)
@pytest.mark.parametrize("notice", ["2027/S 000-1 of 1 February 2027", None])
def test_each_ground_has_its_words_and_names_the_law_of_the_contract_alone(
    regime: Regime, ground: ChangeGround, notice: str | None
) -> None:
    paper = made("variation", regime=regime, change_ground=ground, change_notice=notice)
    assert paper.is_whole, paper.findings
    text = words(paper)
    assert law_is_alone(text, regime)
    said = "A notice of the change was published: 2027/S" in text
    assert said == (notice is not None)
    # Of the paragraphs on grounds there is the one of this ground.
    others = {
        words(made("variation", regime=regime, change_ground=each)) for each in GROUNDS[regime]
    }
    assert len(others) == len(GROUNDS[regime])


def test_only_what_changes_has_a_line_with_how_it_was_beside() -> None:
    paper = made("variation")
    (table,) = (each for each in blocks(paper) if each.name == "What changes")
    rows = {plain(row[0]): (plain(row[1]), plain(row[2])) for row in table.rows}
    assert rows["Last day"] == ("28 Feb 2029", "31 Aug 2029")
    assert rows["Value limit"] == ("£117,000.00", "£157,500.00")
    assert rows["Apprentices"] == ("3 on the contract now", "11 expected")
    assert rows["Prices, for one apprentice"][0].split("\n")[0] == (
        "Data analyst, level 4 (ST0118): training £11,500.00, assessment £2,000.00,"
        " total £13,500.00"
    )
    assert rows["Measures, each quarter"][0].startswith(
        "Progress reviews held on time: at least 95%\n"
    )
    assert rows["Standards"][0] == (
        "Data analyst, level 4 (ST0118)\nSoftware developer, level 4 (ST0116)"
    )
    assert "Lots" not in rows
    new = [called for name, (called, _) in PAIRS.items() if name in PAPERS["variation"]]
    assert list(rows) == new


def blocks(paper: Composed) -> list[Table]:
    found: list[Table] = []
    for block in paper.document.blocks:
        found += [each for each in getattr(block, "blocks", (block,)) if isinstance(each, Table)]
    return found


@pytest.mark.parametrize("name", PAIRS)
def test_what_was_not_recorded_is_said_so_and_asked_for(name: str) -> None:
    called, was = PAIRS[name]
    paper = made("variation", **{was: None, "new_lots": "two lots"})
    rows = {plain(row[0]): plain(row[1]) for table in blocks(paper) for row in table.rows}
    if called in rows:
        assert rows[called] == NOT_RECORDED
    assert was in paper.fields_used
    assert paper.is_whole


def test_every_line_of_a_variation_is_of_fields_there_are() -> None:
    assert set(FIELDS_USED) <= set(FIELDS)
    assert set(FIELDS_USED) <= set(made("variation").fields_used)


def test_a_change_of_money_says_what_it_costs_and_any_other_may_cost_nothing() -> None:
    free = made("variation", change_cost=None, new_prices=None, new_value_limit=None)
    assert "costs nothing more and saves nothing" in words(free)
    for name in ("new_prices", "new_value_limit"):
        other = {"new_prices": None, "new_value_limit": None, name: PAPERS["variation"][name]}
        assert "change_cost" in made("variation", change_cost=None, **other).gaps


NEW = tuple(PAIRS)


@pytest.mark.parametrize("kept", NEW)
def test_any_one_change_alone_makes_a_whole_paper(kept: str) -> None:
    missing: dict[str, Value | None] = dict.fromkeys(each for each in NEW if each != kept)
    missing |= {kept: "two lots"} if kept not in PAPERS["variation"] else {}
    paper = made("variation", ticked=False, other_changes=None, framework=None, **missing)
    assert paper.is_whole, paper.findings
    text = words(paper)
    assert ("new prices apply" in text) == (kept == "new_prices")
    assert ("promises no number" in text) == (kept == "new_apprentices")
    assert "these changes apply as well" not in text


# --- a notice to end ------------------------------------------------------------------------------

_MORE: Mapping[str, Value] = {
    "ending_ground": ("3 May 2027: no training for four weeks, against clause 12.",),
    "failing_asked_on": date(2027, 3, 1),
    "ground_told_on": date(2027, 4, 1),
}


@pytest.mark.parametrize("role", DataRole)
@pytest.mark.parametrize("after", ApprenticesAfter)
@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("kind", EndingKind)
def test_no_way_to_end_leaves_a_gap_or_names_another_law(
    kind: EndingKind, regime: Regime, after: ApprenticesAfter, role: DataRole
) -> None:
    paper = made(
        "notice-to-end", ending_kind=kind, regime=regime, apprentices_after=after, data_role=role,
        **_MORE,
    )  # fmt: skip
    assert paper.is_whole, paper.findings
    text = words(paper)
    assert not any(law in text for other, law in LAWS.items() if other is not regime)
    assert ("termination notice" in text) == (regime is Regime.ACT_2023)
    assert ("3 May 2027" in text) == (kind in (EndingKind.BREACH, EndingKind.LAW))
    assert ("exit plan" in text) == (after is ApprenticesAfter.MOVE)
    assert ("Larkhill" in text) == (after is ApprenticesAfter.MOVE)
    assert ("The notice period is 3 months" in text) == (kind is EndingKind.NOTICE)
    is_processor = role in (DataRole.PROCESSOR, DataRole.BOTH)
    assert ("process on our behalf" in text) == is_processor


@pytest.mark.parametrize("kind", EndingKind)
def test_what_is_not_known_yet_may_be_left_blank_in_a_notice(kind: EndingKind) -> None:
    unknown = (
        "new_provider", "exit_meeting", "apprentices_in_training", "provider_contact",
        "failing_asked_on",
    )  # fmt: skip
    paper = made("notice-to-end", ending_kind=kind, **_MORE | dict.fromkeys(unknown))
    assert paper.is_whole, paper.findings
    text = words(paper)
    assert "no apprentice under the contract is still to finish" in text
    assert "exit plan" not in text
    # Where nobody is left nobody asks what becomes of them.
    assert made(
        "notice-to-end", ending_kind=kind, **_MORE | dict.fromkeys(unknown), apprentices_after=None
    ).is_whole
    assert ("We have not asked you first" in text) == (kind is EndingKind.BREACH)


def test_a_new_provider_may_be_chosen_or_not_and_wishes_come_first() -> None:
    assert "We have asked them for their wishes." in words(made("notice-to-end"))
    without = words(made("notice-to-end", new_provider=None))
    assert "We have not chosen the new provider yet" in without
    assert "before we choose" in without


def test_before_it_is_said_what_becomes_of_apprentices_no_new_provider_is_asked_for() -> None:
    paper = made("notice-to-end", apprentices_after=None, new_provider=None)
    assert "apprentices_after" in paper.gaps
    assert "new_provider" not in paper.gaps


def test_a_notice_without_a_failing_claims_none() -> None:
    assert "We do not end it because of a failing on your side" in words(made("notice-to-end"))
    for kind in (EndingKind.BREACH, EndingKind.LAW):
        paper = made("notice-to-end", ending_kind=kind, **_MORE)
        assert "We do not end it because of a failing on your side" not in words(paper)


# --- a letter on performance ----------------------------------------------------------------------


@pytest.mark.parametrize("ticked", [True, False])
def test_a_letter_is_whole_when_all_is_well_and_when_it_is_not(ticked: bool) -> None:
    well = made(
        "performance-letter", ticked, is_all_well=True, measures_missed=None, concerns=None,
        measures_missed_twice=None, reviews_overdue=None, actions_agreed=None,
        asked_of_provider=None, went_well=None, next_meeting=None,
    )  # fmt: skip
    assert well.is_whole
    text = words(well)
    assert "Every figure that we agreed and that could be measured was reached" in text
    assert "no progress review is overdue" in text
    assert "We ask for nothing beyond what is said above." in text
    assert "Concerns" not in text
    bad = made("performance-letter", ticked)
    assert bad.is_whole
    assert "Not all is as we agreed" in words(bad)
    assert ("improvement plan" in words(bad)) is ticked


def test_where_nothing_could_be_measured_the_letter_praises_nobody() -> None:
    paper = made("performance-letter", was_measured=False, is_all_well=True)
    assert "Nothing that we agreed a figure for could be measured" in words(paper)
    assert "Thank you for your work" not in words(paper)


def test_an_improvement_plan_is_asked_for_only_by_a_tick() -> None:
    assert {each.clause.id: each.is_in for each in made("performance-letter").choices} == {
        "pl-plan": False
    }


# --- all ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_id", ["variation", "notice-to-end", "performance-letter"])
def test_a_reference_begins_no_sentence_and_no_amount_is_made_up(type_id: str) -> None:
    text = words(made(type_id))
    assert not re.search(r"(?:^|[.:] )clause \d", text, re.MULTILINE)
    said = {Decimal(each.replace(",", "")) for each in re.findall(r"£([\d,]+\.\d\d)", text)}
    known = {
        Decimal(each.replace(",", ""))
        for value in PAPERS[type_id].values()
        for each in re.findall(r"£?([\d,]+\.\d\d)", str(value))
    }
    assert said <= known


@pytest.mark.parametrize("clause_id", sorted({each.id for each in LIBRARY.clauses}))
def test_every_clause_can_be_compared_with_a_newer_one(clause_id: str) -> None:
    """Tables that no single value brings are said by name."""
    clause = LIBRARY.clause(clause_id)
    text = words_of_clause(LIBRARY, clause, {})
    assert text
    assert ("[What changes]" in text) == (clause_id == "vr-changes")
