"""What the council's own papers on a procurement are told, and what bidders' papers are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.documents.evaluation_facts import facts_of_evaluation
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.fields import FIELDS, keep, unkeep
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.procurement_facts import Facts
from apprentice_desk.documents.subjects import GIVEN, JUDGED
from apprentice_desk.domain.procuring import BidderStanding
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records import procurement_items, procurement_scores
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.procurement_details import (
    AbstentionDetails,
    BidderDetails,
    CriterionDetails,
)
from apprentice_desk.records.procurement_outcomes import FollowUpDetails
from apprentice_desk.records.procurement_overview import how_it_stands, procurement_overview
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.records.store import Store
from procured import TODAY, Procured, procured

CONFIDENTIAL = frozenset(
    {"evaluator_scores", "moderated_scores", "points_table", "ranking_table", "prices_offered"}
)


def facts(store: Store, key: UUID, **changed: Any) -> Facts:
    found = store.read(procurement_overview, key)
    assert found is not None
    found = replace(found, **changed)
    rules = resources.procurement_rules()
    standing = how_it_stands(found, TODAY, rules, resources.bank_holidays())
    standards = {row.code: row for row in store.read(standard_rows)}
    told = facts_of_evaluation(found, standing, rules, standards)
    assert told.keys() <= JUDGED <= GIVEN[SubjectKind.PROCUREMENT]
    for name, value in told.items():
        assert unkeep(FIELDS[name], keep(FIELDS[name], value)) == value, name
    return told


def rows(told: Facts, name: str) -> tuple[tuple[str, ...], ...]:
    table = told[name]
    assert isinstance(table, TableValue)
    return table.rows


def left_out(store: Store, made: Procured, **what: UUID) -> None:
    with store.change("Leave out") as session:
        procurement_items.add_item(
            session, made.id, AbstentionDetails(made.evaluators[1], reason="A relative.", **what)
        )


def test_the_days_say_what_was_done_and_what_was_only_planned(store: Store, make: Any) -> None:
    told = facts(store, procured(make, is_decided=True, is_told=True).id)
    assert rows(told, "procurement_days") == (
        ("Tue 2 Jun 2026", "Invitation goes out", "done"),
        ("Mon 15 Jun 2026", "Open day", "planned"),
        ("Wed 1 Jul 2026", "Bids due", "planned"),
        ("Tue 25 Aug 2026", "Decided", "done"),
        ("Wed 26 Aug 2026", "Letters went out", "done"),
        ("Thu 27 Aug 2026", "Award notice published", "done"),
        ("Tue 8 Sep 2026", "Standstill ends", "planned"),
    )


def test_each_bid_and_each_evaluator_stands_in_its_table(store: Store, make: Any) -> None:
    told = facts(store, procured(make).id)
    assert rows(told, "bidders_table") == (
        ("Beta Skills", "bid received", "", "1 Jul 2026"),
        ("College", "bid received", "2 Jun 2026", "30 Jun 2026"),
        ("Gamma Training", "bid came too late", "", ""),
    )
    assert told["bids_scored"] == 2
    assert told["has_unscored_bids"] is True
    assert rows(told, "evaluators_table") == (
        ("Grace Park", "Lead", "none", "2 Jul 2026"),
        ("Tom Reed", "", "nothing entered", "no day entered"),
    )
    assert "abstentions" not in told


@pytest.mark.parametrize(
    ("standing", "is_unscored"),
    [(each, each in ("bid came too late", "withdrew", "excluded")) for each in BidderStanding],
)
def test_only_a_bid_that_was_not_scored_has_to_be_explained(
    store: Store, make: Any, standing: BidderStanding, is_unscored: bool
) -> None:
    made = procured(make)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    bidders = tuple(
        replace(row, details=BidderDetails(None, row.name, standing=standing))
        if row.name == "Gamma Training"
        else row
        for row in found.bidders
    )
    told = facts(store, made.id, bidders=bidders)
    assert told["has_unscored_bids"] is is_unscored


def test_scores_stand_as_given_and_as_agreed_with_their_reasons(store: Store, make: Any) -> None:
    told = facts(store, procured(make).id)
    why = "As the bid says on page 4"
    assert rows(told, "evaluator_scores") == (
        ("Teaching", "Beta Skills", "Grace Park", "3", why),
        ("Teaching", "Beta Skills", "Tom Reed", "3", why),
        ("Teaching", "College", "Grace Park", "5", why),
        ("Teaching", "College", "Tom Reed", "5", why),
    )
    assert rows(told, "moderated_scores") == (
        ("Teaching", "Beta Skills", "3; 3", "3", "All agreed"),
        ("Teaching", "College", "5; 5", "5", "All agreed"),
    )
    assert told["moderated_on"] == "20 Jul 2026"


def test_the_days_of_several_meetings_are_all_named(store: Store, make: Any) -> None:
    made = procured(make)
    cells = [(made.criteria[0], each) for each in made.bidders[:2]]
    days = [(21, ["21 Jul 2026"]), (20, ["20 Jul 2026", "21 Jul 2026"])]
    moderated = dict.fromkeys(cells, ModeratedDetails(Decimal(3), "Yes", date(2026, 7, 21)))
    for (day, said), cell in zip(days, cells, strict=True):
        moderated[cell] = ModeratedDetails(Decimal(3), "Yes", date(2026, 7, day))
        assert facts(store, made.id, moderated=moderated)["moderated_on"] == " and ".join(said)
    undated = dict.fromkeys(cells, ModeratedDetails(Decimal(3), "Yes"))
    assert "moderated_on" not in facts(store, made.id, moderated=undated)


def test_three_days_are_a_list(store: Store, make: Any) -> None:
    made = procured(make)
    moderated = {
        (made.criteria[0], made.bidders[0]): ModeratedDetails(Decimal(3), "", date(2026, 7, 1)),
        (made.criteria[0], made.bidders[1]): ModeratedDetails(Decimal(3), "", date(2026, 7, 2)),
        (made.criteria[1], made.bidders[1]): ModeratedDetails(Decimal(3), "", date(2026, 7, 3)),
    }
    told = facts(store, made.id, moderated=moderated)
    assert told["moderated_on"] == "1 Jul 2026, 2 Jul 2026 and 3 Jul 2026"


@pytest.mark.parametrize(
    ("of_criterion", "of_bidder", "said", "unscored"),
    [
        (True, True, "Teaching of College", ["College"]),
        (True, False, "Teaching of every bid", ["Beta Skills", "College"]),
        (False, True, "anything of College", ["College"]),
    ],
)
def test_who_scored_nothing_is_named_with_the_reason(
    store: Store, make: Any, of_criterion: bool, of_bidder: bool, said: str, unscored: list[str]
) -> None:
    made = procured(make, has_scores=False)
    what = {}
    if of_criterion:
        what["criterion_id"] = made.criteria[0]
    if of_bidder:
        what["bidder_id"] = made.bidders[0]
    left_out(store, made, **what)
    told = facts(store, made.id)
    assert told["abstentions"] == (f"Tom Reed did not score {said}: A relative.",)
    assert rows(told, "evaluator_scores") == tuple(
        ("Teaching", bidder, "Tom Reed", "none", "Did not score this: A relative.")
        for bidder in unscored
    )


def test_a_score_that_was_not_given_shows_beside_the_agreed_one(store: Store, make: Any) -> None:
    made = procured(make, has_scores=False)
    left_out(store, made, bidder_id=made.bidders[0])
    cell = (made.criteria[0], made.bidders[0])
    with store.change("Score") as session:
        procurement_scores.give_score(
            session, *cell, made.evaluators[0], ScoreDetails(Decimal(4), "Good"), ScoreDetails()
        )
        procurement_scores.moderate(
            session, *cell,
            ModeratedDetails(Decimal(4), "Good", date(2026, 7, 20)), ModeratedDetails(),
        )  # fmt: skip
    told = facts(store, made.id)
    assert rows(told, "moderated_scores") == (("Teaching", "College", "4; none", "4", "Good"),)


def test_points_prices_and_places_are_those_of_the_ranking(store: Store, make: Any) -> None:
    make.standard()
    told = facts(store, procured(make).id)
    assert rows(told, "points_table") == (
        ("College", "Teaching", "60%", "5", "60.00"),
        ("College", "Price", "40%", "by formula", "32.00"),
        ("College", "Total", "100%", "", "92.00"),
        ("Beta Skills", "Teaching", "60%", "3", "36.00"),
        ("Beta Skills", "Price", "40%", "by formula", "40.00"),
        ("Beta Skills", "Total", "100%", "", "76.00"),
    )
    assert rows(told, "ranking_table") == (
        ("1", "College", "92.00", "none"),
        ("2", "Beta Skills", "76.00", "none"),
    )
    assert rows(told, "prices_compared") == (
        ("College", "£15,000.00", "32.00"),
        ("Beta Skills", "£12,000.00", "40.00"),
    )
    assert rows(told, "prices_offered") == (
        (
            "College: Software developer, level 4 (ST0116)",
            "£13,000.00",
            "£2,000.00",
            "£15,000.00",
        ),
    )
    assert "ties" not in told
    assert told["first_is_tied"] is False
    assert "Points are the moderated score, divided by 5" in str(told["scoring_method"])


def test_while_something_is_missing_there_are_no_points_and_no_places(
    store: Store, make: Any
) -> None:
    told = facts(store, procured(make, has_scores=False).id)
    for name in ("points_table", "ranking_table", "prices_compared", "first_is_tied"):
        assert name not in told
    assert not {"evaluator_scores", "moderated_scores", "winner_name"} & told.keys()


def test_a_least_score_that_was_missed_is_named(store: Store, make: Any) -> None:
    made = procured(make)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    teaching = replace(found.criteria[0].details, least_score=Decimal(4))
    criteria = (replace(found.criteria[0], details=teaching), *found.criteria[1:])
    told = facts(store, made.id, criteria=criteria)
    assert rows(told, "ranking_table")[-1] == ("not ranked", "Beta Skills", "76.00", "Teaching")


def test_a_tie_is_told_as_one(store: Store, make: Any) -> None:
    made = procured(make)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    moderated = dict.fromkeys(found.moderated, ModeratedDetails(Decimal(4), "Both alike"))
    bidders = tuple(
        replace(row, details=replace(row.details, price=Decimal(12000))) for row in found.bidders
    )
    told = facts(store, made.id, moderated=moderated, bidders=bidders)
    assert told["first_is_tied"] is True
    assert told["ties"] == ("Place 1: Beta Skills, College",)
    assert [row[0] for row in rows(told, "ranking_table")] == ["1 (shared)", "1 (shared)"]


def test_a_price_that_people_score_is_not_compared_by_formula(store: Store, make: Any) -> None:
    made = procured(make)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    scored = replace(found.details, price_method=PriceMethod.SCORED)
    moderated = found.moderated | {
        (made.criteria[1], each): ModeratedDetails(Decimal(4), "Fair") for each in made.bidders[:2]
    }
    scores = found.scores | {
        (made.criteria[1], each, who): ScoreDetails(Decimal(4), "Fair")
        for each in made.bidders[:2]
        for who in made.evaluators
    }
    told = facts(store, made.id, details=scored, moderated=moderated, scores=scores)
    assert "prices_compared" not in told
    assert rows(told, "points_table")[1] == ("College", "Price", "40%", "4", "32.00")


def test_a_bid_without_a_price_says_so_where_price_weighs_nothing(store: Store, make: Any) -> None:
    made = procured(make)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    whole = {"weight": Decimal(100)}
    criteria = (
        replace(found.criteria[0], details=replace(found.criteria[0].details, **whole)),
        replace(found.criteria[1], details=CriterionDetails("Price", Decimal(0), True)),
    )
    bidders = tuple(replace(row, details=replace(row.details, price=None)) for row in found.bidders)
    told = facts(store, made.id, criteria=criteria, bidders=bidders)
    assert {row[1] for row in rows(told, "prices_compared")} == {"none"}


def test_the_decision_is_told_with_what_followed(store: Store, make: Any) -> None:
    told = facts(store, procured(make, is_decided=True, is_told=True).id)
    assert told["winner_name"] == "College"
    assert told["winner_points"] == Decimal("92.00")
    assert told["winner_is_first"] is True
    assert told["decided_by"] == "Head of HR"
    assert (told["letters_on"], told["notice_on"]) == (date(2026, 8, 26), date(2026, 8, 27))
    assert told["has_standstill"] is True
    assert "no_standstill_why" not in told


def test_why_no_standstill_is_kept_is_told_with_its_ground(store: Store, make: Any) -> None:
    made = procured(make, is_decided=True)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    assert found.decision is not None
    excused = FollowUpDetails(
        keeps_standstill=False, no_standstill_ground="urgency", no_standstill_reason="A flood."
    )
    told = facts(store, made.id, decision=replace(found.decision, follow_up=excused))
    assert told["no_standstill_why"] == "urgency; A flood."
    assert told["has_standstill"] is False


def test_a_bid_that_fell_away_since_does_not_come_first(store: Store, make: Any) -> None:
    made = procured(make, is_decided=True)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    withdrew = tuple(
        replace(row, details=replace(row.details, standing=BidderStanding.WITHDREW))
        if row.name == "College"
        else row
        for row in found.bidders
    )
    told = facts(store, made.id, bidders=withdrew)
    assert told["winner_is_first"] is False
    assert "winner_points" not in told


def test_a_bid_that_others_outrank_by_now_does_not_come_first(store: Store, make: Any) -> None:
    made = procured(make, is_decided=True)
    cell = (made.criteria[0], made.bidders[0])
    found = store.read(procurement_overview, made.id)
    assert found is not None
    lower = found.moderated | {cell: ModeratedDetails(Decimal(2), "Less", date(2026, 8, 1))}
    told = facts(store, made.id, moderated=lower)
    assert told["winner_is_first"] is False
    assert told["winner_points"] == Decimal("56.00")


def test_everything_that_the_council_can_tell_is_told_at_some_time(store: Store, make: Any) -> None:
    made = procured(make, is_decided=True, is_told=True)
    told = facts(store, made.id)
    other = procured(make)
    left_out(store, other, bidder_id=other.bidders[2])
    told |= facts(store, other.id)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    assert found.decision is not None
    lots = replace(found.decision.details, tie_reason="By lot.")
    excused = FollowUpDetails(keeps_standstill=False, no_standstill_reason="A flood.")
    decision = replace(found.decision, details=lots, follow_up=excused)
    moderated = dict.fromkeys(found.moderated, ModeratedDetails(Decimal(4), "Alike"))
    bidders = tuple(
        replace(row, details=replace(row.details, price=Decimal(12000))) for row in found.bidders
    )
    told |= facts(store, made.id, decision=decision, moderated=moderated, bidders=bidders)
    assert told.keys() == JUDGED


def test_nothing_confidential_is_told_of_a_bidder(store: Store, make: Any) -> None:
    made = procured(make, is_decided=True, is_told=True)
    subject = Subject(SubjectKind.PROCUREMENT, made.id)
    of_call = store.read(gathered, subject, TODAY).facts
    assert of_call.keys() >= CONFIDENTIAL
    for bidder in made.bidders:
        of_bid = store.read(gathered, Subject(SubjectKind.BIDDER, bidder), TODAY).facts
        assert not CONFIDENTIAL & of_bid.keys()
        assert not CONFIDENTIAL & GIVEN[SubjectKind.BIDDER]
