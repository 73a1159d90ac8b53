"""The standard wording of a procurement: the invitation, and the letters to those who bid.

What the library is made of is checked elsewhere; these look at what a reader gets, law by law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from apprentice_desk.documents import tree
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.document_checks import check_values
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.wording import library
from apprentice_desk.documents.wording_checks import check_library
from apprentice_desk.domain.procuring import BidderStanding
from apprentice_desk.domain.vocabulary import Regime, Route

TODAY = date(2026, 11, 30)
INVITATION, AWARD, UNSUCCESSFUL = "invitation-to-quote", "award-letter", "unsuccessful-letter"
NOT_SCORED = tuple(each for each in BidderStanding if each is not BidderStanding.BID)

ASKED_FOR: dict[str, Value] = {
    "council_name": "London Borough of Exampleton",
    "council_address": "Town Hall\nExampleton EX1 1AA",
    "officer_name": "Priya Shah",
    "officer_title": "HR officer",
    "officer_email": "priya.shah@exampleton.example",
    "document_reference": "EXB-DOC-7",
    "document_date": TODAY,
    "complaints_contact": "Head of Procurement, complaints@exampleton.example",
}
PROCUREMENT: dict[str, Value] = ASKED_FOR | {
    "procurement_reference": "EXB-PRO-2026-03",
    "procurement_title": "Data analysts, spring cohort",
    "regime": Regime.ACT_2023,
    "route": Route.OPEN,
    "is_light_touch": True,
    "framework": "the Exampleton training framework",
    "standards_table": TableValue(("Standard", "Code"), (("Data analyst", "ST0118"),)),
    "apprentices": 8,
    "wanted": "Eight apprentices from spring.",
    "value_limit": Decimal("144000.00"),
    "contract_starts_on": date(2027, 3, 1),
    "contract_ends_on": date(2029, 2, 28),
    "bids_to": "The portal of Exampleton, call 4711",
    "questions_by_on": date(2026, 12, 9),
    "answers_by_on": date(2026, 12, 14),
    "bids_by_on": date(2027, 1, 11),
    "bids_by_at": "12:00",
    "decision_by_on": date(2027, 2, 1),
    "timetable": TableValue(("What", "When"), (("Bids due", "Mon 11 Jan 2027, 12:00"),)),
    "criteria": TableValue(("Number", "Criterion", "Weight"), (("1", "Delivery", "100%"),)),
    "questions": ("Question 1, Delivery (100%). Describe a week of the programme.",),
    "highest_score": Decimal(5),
    "price_is_of": "training and assessment of one apprentice",
    "price_weighs": True,
    "price_is_formula": True,
    "pricing_schedule": TableValue(
        ("Standard", "Total"), (("Data analyst", ""),), blank=frozenset({1})
    ),
    "bid_words": 750,
    "bid_valid_days": 90,
    "notice_period": "3 months",
    "public_liability": Decimal("5000000.00"),
    "employers_liability": Decimal("5000000.00"),
    "professional_indemnity": Decimal("1000000.00"),
    "data_protection_contact": "dpo@exampleton.example",
    "interview_plan": "12 January 2027, by video, 30 minutes.",
    "joint_boroughs": "London Borough of Sampleham",
}
BID: dict[str, Value] = PROCUREMENT | {
    "bidder_name": "Larkhill Digital Academy",
    "bidder_contact": "Jo Sander",
    "bidder_address": "2 Low Road\nLarkhill",
    "bidder_details": "jo@larkhill.example, LARK-1",
    "winner_details": "5 North Gate, London. bids@northgate.example. NORT-2",
    "bidder_is_winner": False,
    "bid_was_scored": True,
    "bids_scored": 3,
    "bidder_rank": "2",
    "decided_on": date(2026, 11, 27),
    "decided_by": "the Head of Human Resources",
    "decision_reason": "Strongest on delivery.",
    "winner_name": "Northgate Training",
    "own_scores": TableValue(("Criterion", "Score"), (("Delivery", "4"),)),
    "scores_beside": TableValue(("Criterion", "Yours", "Theirs"), (("Delivery", "4", "5"),)),
    "own_reasons": ("Delivery: Good blocks, and no word on what happens after a missed one.",),
    "winner_reasons": ("Delivery: A full plan.",),
    "relative_advantages": ("Delivery: a plan for missed blocks.",),
    "own_prices": TableValue(("Standard", "Total"), (("Data analyst", "£13,500.00"),)),
    "not_scored_details": "It arrived at 12:04 by the clock of the portal.",
    "no_standstill_why": "the court has allowed it",
    "has_standstill": True,
    "standstill_is_voluntary": True,
    "standstill_ends_on": date(2026, 12, 11),
    "standstill_rule": "8 working days, beginning with the day the notice is published",
    "papers_by_on": date(2026, 12, 18),
    "start_meeting": "Tuesday 5 January 2027, 10:00, Town Hall.",
}


def made(type_id: str, values: dict[str, Value], **changed: Value) -> Composed:
    kept = {name: value for name, value in (values | changed).items() if value != ""}
    return compose(library(), library().type_of(type_id), kept)


def texts(blocks: tuple[tree.Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case tree.Clause():
                yield from texts(block.blocks)
            case tree.Heading() | tree.Para() | tree.Numbered():
                yield tree.plain(block.text)
            case tree.Bullets():
                yield from (tree.plain(words) for _, words in block.marked)
            case tree.Table():
                yield from (tree.plain(cell) for row in block.rows for cell in row)


def text(of: Composed) -> str:
    return "\n".join(texts((*of.document.opening, *of.document.blocks)))


def findings(of: Composed, values: dict[str, Value]) -> list[str]:
    return [each.message for each in (*of.findings, *check_values(of, values, TODAY))]


def test_library_is_in_order() -> None:
    assert check_library(library()) == ()


@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("ticked", [True, False])
def test_invitation_is_whole_under_every_law(regime: Regime, ticked: bool) -> None:
    of = library().type_of(INVITATION)
    ticks = {each: ticked for each in of.clause_ids if library().clause(each).is_optional}
    assert ticks
    for route, light, weighs, formula in product(Route, *[(True, False)] * 3):
        values = PROCUREMENT | {
            "regime": regime,
            "route": route,
            "is_light_touch": light,
            "price_weighs": weighs,
            "price_is_formula": formula,
        }
        if not weighs:
            del values["price_is_formula"], values["price_is_of"]
        paper = compose(library(), of, values, ticks)
        assert findings(paper, values) == []
        assert [each.is_in for each in paper.choices] == [ticked] * len(ticks)


@pytest.mark.parametrize("regime", Regime)
def test_letters_are_whole_under_every_law(regime: Regime) -> None:
    for route, light, waits, voluntary in product(Route, *[(True, False)] * 3):
        values = BID | {
            "regime": regime,
            "route": route,
            "is_light_touch": light,
            "has_standstill": waits,
            "standstill_is_voluntary": voluntary,
        }
        if not waits:
            del values["standstill_ends_on"], values["standstill_rule"]
        won = values | {"bidder_is_winner": True}
        assert findings(made(AWARD, won), won) == []
        assert findings(made(UNSUCCESSFUL, values), values) == []
        for why in NOT_SCORED:
            late = values | {"bid_was_scored": False, "bid_was_not_scored_why": why.value}
            assert findings(made(UNSUCCESSFUL, late), late) == []


def test_letter_has_headings_between_its_parts() -> None:
    blocks = made(UNSUCCESSFUL, BID).document.blocks
    headings = [tree.plain(each.text) for each in blocks if isinstance(each, tree.Heading)]
    assert headings == [
        "Your scores beside those of the successful bid",
        "When we may sign the contract",
        "What you can do",
        "About the wording of this document",
    ]
    assert not isinstance(blocks[0], tree.Heading)


# --- what each law has the letters say -----------------------------------------------------------

SUMMARY = "section 50 of the Procurement Act 2023"
NOTICE = "under regulation 86 of the Public Contracts Regulations 2015."


@pytest.mark.parametrize(
    ("regime", "route", "said", "unsaid"),
    [
        (Regime.ACT_2023, Route.OPEN, SUMMARY, NOTICE),
        (Regime.ACT_2023, Route.FRAMEWORK_COMPETITION, "what an assessment summary", SUMMARY),
        (Regime.PCR_2015, Route.OPEN, NOTICE, SUMMARY),
        (Regime.PCR_2015, Route.DYNAMIC, "the law does not require one", NOTICE),
        (Regime.BELOW_THRESHOLD, Route.QUOTATION, "a letter of a set form", SUMMARY),
    ],
)
def test_losing_bid_is_told_what_its_law_asks_for(
    regime: Regime, route: Route, said: str, unsaid: str
) -> None:
    letter = text(made(UNSUCCESSFUL, BID, regime=regime, route=route))
    assert said in letter
    assert unsaid not in letter
    for always in (
        "Northgate Training",
        "Strongest on delivery.",
        "Delivery: Good blocks, and no word on what happens after a missed one.",
        "Delivery: A full plan.",
        "midnight at the end of 11 Dec 2026",
        "Place of your bid: 2.",
    ):
        assert always in letter
    assert ("a plan for missed blocks" in letter) == (regime is Regime.PCR_2015)
    assert ("NORT-2" in letter) == ("LARK-1" in letter) == (said == SUMMARY)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (BidderStanding.LATE, "reached us after the deadline, which was 12:00 on 11 Jan 2027"),
        (BidderStanding.EXCLUDED, "your bid was excluded"),
        (BidderStanding.WITHDREW, "You withdrew your bid"),
        (BidderStanding.NO_BID, "have no bid from you on record"),
        (BidderStanding.ASKED, "have no bid from you on record"),
    ],
)
def test_bid_that_was_not_scored_has_a_letter_of_its_own(why: BidderStanding, said: str) -> None:
    letter = text(made(UNSUCCESSFUL, BID, bid_was_scored=False, bid_was_not_scored_why=why.value))
    assert said in letter
    assert "Place of your bid" not in letter
    assert "Delivery: A full plan." not in letter
    is_told = why in (BidderStanding.LATE, BidderStanding.EXCLUDED)
    assert ("12:04 by the clock of the portal" in letter) == is_told
    assert ("that is why this letter has none" in letter.lower()) == is_told
    assert ("We hope that you will bid" in letter) == (why is not BidderStanding.EXCLUDED)


def test_losing_bid_sees_the_prices_that_were_compared() -> None:
    assert "£13,500.00" in text(made(UNSUCCESSFUL, BID))
    assert "£13,500.00" not in text(made(UNSUCCESSFUL, BID, price_weighs=False))
    without = {name: value for name, value in BID.items() if name != "own_prices"}
    assert "as we read them" not in text(made(UNSUCCESSFUL, without))


@pytest.mark.parametrize("type_id", [AWARD, UNSUCCESSFUL])
def test_letter_says_what_every_score_stood_for_and_where_all_of_it_is(type_id: str) -> None:
    letter = text(made(type_id, BID | {"bidder_is_winner": type_id == AWARD}))
    assert "weak (up to a quarter of 5), fair (up to half), good (up to three quarters)" in letter
    assert "the invitation to bid, reference EXB-PRO-2026-03" in letter


def test_letter_says_when_a_least_score_was_missed_and_how_a_tie_was_settled() -> None:
    plain = text(made(UNSUCCESSFUL, BID))
    assert "least score" not in plain
    assert "tied" not in plain
    letter = text(made(UNSUCCESSFUL, BID, short_of=("Delivery", "Support"), tie_reason="By lot."))
    assert "did not reach the least score set in the invitation for: Delivery and Support" in letter
    assert "This is how the tie was settled: By lot." in letter
    assert "how the tie was settled: By lot." in text(made(AWARD, BID, tie_reason="By lot."))


@pytest.mark.parametrize(
    ("regime", "route", "light", "why"),
    [
        (Regime.BELOW_THRESHOLD, Route.QUOTATION, True, "for a contract of this value"),
        (Regime.PCR_2015, Route.DYNAMIC, True, "or a dynamic purchasing system"),
        (Regime.ACT_2023, Route.FRAMEWORK_COMPETITION, True, "under a framework."),
        (Regime.ACT_2023, Route.OPEN, True, "light touch services such as training"),
        (Regime.ACT_2023, Route.OPEN, False, "for this reason: the court has allowed it"),
        (Regime.PCR_2015, Route.OPEN, True, "for this reason: the court has allowed it"),
    ],
)
def test_letter_says_why_there_is_no_standstill(
    regime: Regime, route: Route, light: bool, why: str
) -> None:
    changed: dict[str, Value] = {"regime": regime, "route": route, "is_light_touch": light}
    letter = text(made(UNSUCCESSFUL, BID | changed, has_standstill=False))
    said = [line for line in letter.splitlines() if line.startswith("There is no standstill")]
    assert len(said) == 1
    assert why in said[0]
    assert "midnight" not in letter


def test_nobody_reads_that_a_letter_makes_a_contract() -> None:
    letter = text(made(AWARD, BID))
    assert "It is not a contract, and it does not accept your bid." in letter
    assert "no contract until both sides have signed" in letter
    assert "no contract until both sides have signed" in text(made(INVITATION, PROCUREMENT))


# --- the invitation ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "route", "light", "must_wait"),
    [
        (Regime.ACT_2023, Route.OPEN, False, True),
        (Regime.ACT_2023, Route.DYNAMIC, False, True),
        (Regime.ACT_2023, Route.OPEN, True, False),
        (Regime.ACT_2023, Route.FRAMEWORK_COMPETITION, False, False),
        (Regime.PCR_2015, Route.OPEN, True, True),
        (Regime.PCR_2015, Route.DYNAMIC, True, False),
        (Regime.PCR_2015, Route.FRAMEWORK_COMPETITION, False, False),
        (Regime.BELOW_THRESHOLD, Route.QUOTATION, False, False),
    ],
)
def test_invitation_says_whether_the_law_asks_for_a_standstill(
    regime: Regime, route: Route, light: bool, must_wait: bool
) -> None:
    changed: dict[str, Value] = {"regime": regime, "route": route, "is_light_touch": light}
    invitation = text(made(INVITATION, PROCUREMENT | changed))
    assert ("do not sign before it ends" in invitation) == must_wait
    assert ("The law does not require a standstill" in invitation) != must_wait


@pytest.mark.parametrize(
    ("weighs", "formula", "said", "unsaid"),
    [
        (True, True, "the lowest price, divided by your price", "Evaluators score the price"),
        (True, False, "Evaluators score the price", "divided by your price"),
        (False, False, "Price does not weigh", "The price that counts is that of"),
    ],
)
def test_invitation_says_how_price_counts(
    weighs: bool, formula: bool, said: str, unsaid: str
) -> None:
    invitation = text(made(INVITATION, PROCUREMENT, price_weighs=weighs, price_is_formula=formula))
    assert said in invitation
    assert unsaid not in invitation


def test_invitation_speaks_of_comparing_prices_only_where_price_weighs() -> None:
    for weighs in (True, False):
        invitation = text(made(INVITATION, PROCUREMENT, price_weighs=weighs))
        assert ("We compare prices without VAT" in invitation) == weighs
        assert ("The example brings no points." in invitation) == weighs


def test_invitation_begins_with_where_and_when() -> None:
    blocks = made(INVITATION, PROCUREMENT).document.blocks
    first = next(each for each in blocks if isinstance(each, tree.Clause))
    assert first.title == "In short"
    said = " ".join(texts(first.blocks))
    for what in ("12:00 on 11 Jan 2027", "9 Dec 2026", "call 4711", "priya.shah@"):
        assert what in said


@pytest.mark.parametrize(
    ("route", "is_promised"),
    [(Route.OPEN, True), (Route.DIRECT, False), (Route.FRAMEWORK_COMPETITION, False)],
)
def test_only_a_competition_under_the_act_ends_with_an_assessment_summary(
    route: Route, is_promised: bool
) -> None:
    invitation = text(made(INVITATION, PROCUREMENT, route=route))
    assert ("your letter is the assessment summary" in invitation) == is_promised
    assert ("is the most advantageous tender" in invitation) == is_promised


def test_invitation_holds_for_any_top_of_the_scale() -> None:
    for top in (Decimal(3), Decimal(10)):
        invitation = text(made(INVITATION, PROCUREMENT, highest_score=top))
        assert f"Each answer is scored from 0 to {top}." in invitation
        assert f"{top}, the highest score: excellent." in invitation


def test_nothing_is_promised_and_no_asker_is_named() -> None:
    invitation = text(made(INVITATION, PROCUREMENT))
    assert "We do not promise any number of apprentices, any cohort or any spending." in invitation
    assert "We never say who asked" in invitation


def test_least_scores_stand_where_they_are_set() -> None:
    assert "A bid must reach each of these scores" not in text(made(INVITATION, PROCUREMENT))
    invitation = text(made(INVITATION, PROCUREMENT, least_scores=("Delivery: 2 of 5",)))
    assert "A bid must reach each of these scores" in invitation
    assert "Delivery: 2 of 5" in invitation


# --- the right letter for the right bidder -------------------------------------------------------


@pytest.mark.parametrize(
    ("type_id", "is_winner", "said"),
    [
        (AWARD, True, []),
        (AWARD, False, ["This bidder was not chosen."]),
        (UNSUCCESSFUL, False, []),
        (UNSUCCESSFUL, True, ["This bidder was chosen."]),
    ],
)
def test_letter_goes_to_whom_it_concerns(type_id: str, is_winner: bool, said: list[str]) -> None:
    values = BID | {"bidder_is_winner": is_winner}
    assert findings(made(type_id, values), values) == said
