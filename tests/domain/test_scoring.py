"""Weights, points and the ranking: nothing is settled that nobody settled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.scoring import (
    Bid,
    Criterion,
    LeftOut,
    PriceMethod,
    Ranked,
    Sheet,
    check_least,
    check_score,
    check_weight,
    mean_in_words,
    method_in_words,
    missing,
    ranking,
    weight_sum,
    weights_in_words,
)


def key(number: int) -> UUID:
    return UUID(int=number)


QUALITY = Criterion(key(1), "Teaching", Decimal("60.00"))
SUPPORT = Criterion(key(2), "Support", Decimal("10.00"))
PRICE = Criterion(key(3), "Price", Decimal("30.00"), is_price=True)
ALPHA = Bid(key(11), "Alpha College", Decimal("15000.00"))
BETA = Bid(key(12), "Beta Skills", Decimal("12000.00"))
GAMMA = Bid(key(13), "gamma Training", Decimal("18000.00"))
GRACE, TOM = key(21), key(22)

SHEET = Sheet(
    criteria=(QUALITY, SUPPORT, PRICE),
    bids=(ALPHA, BETA, GAMMA),
    evaluators={GRACE: "Grace Park", TOM: "Tom Reed"},
    scores={
        (criterion.id, bid.id, evaluator): Decimal(4)
        for criterion in (QUALITY, SUPPORT)
        for bid in (ALPHA, BETA, GAMMA)
        for evaluator in (GRACE, TOM)
    },
    moderated={
        (QUALITY.id, ALPHA.id): Decimal(5),
        (QUALITY.id, BETA.id): Decimal(4),
        (QUALITY.id, GAMMA.id): Decimal("2.5"),
        (SUPPORT.id, ALPHA.id): Decimal(3),
        (SUPPORT.id, BETA.id): Decimal(4),
        (SUPPORT.id, GAMMA.id): Decimal(5),
    },
    highest=Decimal(5),
    price_method=PriceMethod.LOWEST,
)


def came_out(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(each.rank_in_words, each.name, f"{each.total}") for each in ranking(sheet)]


def by_name(sheet: Sheet, name: str) -> Ranked:
    return next(each for each in ranking(sheet) if each.name == name)


def test_points_are_score_by_scale_by_weight_and_lowest_price_by_price() -> None:
    assert missing(SHEET) == ()
    alpha = by_name(SHEET, "Alpha College")
    assert alpha.points == {
        QUALITY.id: Decimal("60.00"),
        SUPPORT.id: Decimal("6.00"),
        PRICE.id: Decimal("24.00"),
    }
    assert came_out(SHEET) == [
        ("1", "Alpha College", "90.00"),
        ("2", "Beta Skills", "86.00"),
        ("3", "gamma Training", "60.00"),
    ]


def test_points_are_rounded_half_up_before_they_are_added() -> None:
    third = replace(SHEET, highest=Decimal(6))
    assert by_name(third, "Beta Skills").points[SUPPORT.id] == Decimal("6.67")
    eighth = replace(
        SHEET, highest=Decimal(800), moderated=dict.fromkeys(SHEET.moderated, Decimal(1))
    )
    assert by_name(eighth, "Beta Skills").points[SUPPORT.id] == Decimal("0.01")  # 0.0125
    assert by_name(eighth, "Beta Skills").points[QUALITY.id] == Decimal("0.08")  # 0.075


def test_a_tie_is_shown_and_the_next_place_is_left_out() -> None:
    same = replace(SHEET, moderated=SHEET.moderated | {
        (QUALITY.id, BETA.id): Decimal(4), (SUPPORT.id, BETA.id): Decimal(6),
    }, highest=Decimal(6))  # fmt: skip
    tied = replace(
        same,
        bids=(replace(ALPHA, price=Decimal(100)), replace(BETA, price=Decimal(100)), GAMMA),
        moderated=dict.fromkeys(SHEET.moderated, Decimal(4)) | {(QUALITY.id, GAMMA.id): Decimal(1)},
    )
    assert [(each.rank, each.is_tied, each.rank_in_words) for each in ranking(tied)] == [
        (1, True, "1 ="), (1, True, "1 ="), (3, False, "3"),
    ]  # fmt: skip
    assert [each.name for each in ranking(tied)][:2] == ["Alpha College", "Beta Skills"]


def test_who_is_below_a_least_score_has_no_place_and_sets_no_price() -> None:
    strict = replace(SHEET, criteria=(replace(QUALITY, least=Decimal(3)), SUPPORT, PRICE))
    gamma = by_name(strict, "gamma Training")
    assert (gamma.rank, gamma.rank_in_words, gamma.short_of) == (None, "not ranked", ("Teaching",))
    assert ranking(strict)[-1] is not None
    assert ranking(strict)[-1].name == "gamma Training"
    cheap = replace(strict, bids=(ALPHA, BETA, replace(GAMMA, price=Decimal("1.00"))))
    assert by_name(cheap, "Beta Skills").points[PRICE.id] == Decimal("30.00")
    assert by_name(cheap, "gamma Training").points[PRICE.id] == Decimal("30.00")
    at_it = replace(SHEET, criteria=(replace(QUALITY, least=Decimal("2.5")), SUPPORT, PRICE))
    assert by_name(at_it, "gamma Training").rank == 3


def test_where_all_are_below_a_least_score_nobody_has_a_place() -> None:
    strict = replace(SHEET, criteria=(replace(QUALITY, least=Decimal(6)), SUPPORT, PRICE))
    assert {each.rank for each in ranking(strict)} == {None}
    assert all(each.points[PRICE.id] == 0 for each in ranking(strict))


def test_price_may_weigh_nothing_and_then_no_price_is_asked_for() -> None:
    free = replace(
        SHEET,
        criteria=(
            replace(QUALITY, weight=Decimal("90.00")), SUPPORT, replace(PRICE, weight=Decimal(0)),
        ),
        bids=(replace(ALPHA, price=None), BETA),
        price_method=None,
    )  # fmt: skip
    assert missing(free) == ()
    assert by_name(free, "Alpha College").points[PRICE.id] == 0
    assert "Price does not weigh." in method_in_words(free)


def test_a_price_that_evaluators_score_is_scored_like_the_rest() -> None:
    scored = replace(SHEET, price_method=PriceMethod.SCORED)
    assert missing(scored) == (
        "Grace Park has 3 scores of 9 to give.",
        "Tom Reed has 3 scores of 9 to give.",
        "3 moderated scores of 9 to agree.",
    )
    whole = replace(
        scored,
        evaluators={GRACE: "Grace Park"},
        scores=SHEET.scores
        | {(PRICE.id, bid.id, GRACE): Decimal(3) for bid in (ALPHA, BETA, GAMMA)},
        moderated=SHEET.moderated
        | {(PRICE.id, bid.id): Decimal(3) for bid in (ALPHA, BETA, GAMMA)},
    )
    assert by_name(whole, "Beta Skills").points[PRICE.id] == Decimal("18.00")
    assert "lowest price" not in method_in_words(whole)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"bids": ()}, "No bid is entered that came in time."),
        ({"criteria": ()}, "No criterion is entered, so nothing can be scored."),
        ({"criteria": (QUALITY, PRICE)}, "The weights come to 90: 10 is missing."),
        (
            {"criteria": (QUALITY, SUPPORT, PRICE, replace(SUPPORT, weight=Decimal("0.01")))},
            "The weights come to 100.01: 0.01 is too much.",
        ),
        ({"price_method": None}, "How a price becomes points is not chosen."),
        ({"bids": (ALPHA, replace(BETA, price=None))}, "The price of Beta Skills is missing."),
        ({"highest": None}, "The highest score of the scale is not entered."),
        ({"evaluators": {}}, "No evaluator is entered."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_ranked(changes: dict, says: str) -> None:
    lacking = replace(SHEET, **changes)
    assert says in missing(lacking)
    assert ranking(lacking) == ()


def test_one_score_that_is_missing_holds_the_ranking_back() -> None:
    scores = dict(SHEET.scores)
    del scores[QUALITY.id, BETA.id, TOM]
    assert missing(replace(SHEET, scores=scores)) == ("Tom Reed has 1 score of 6 to give.",)
    moderated = dict(SHEET.moderated)
    del moderated[SUPPORT.id, GAMMA.id]
    assert missing(replace(SHEET, moderated=moderated)) == ("1 moderated score of 6 to agree.",)


def test_price_alone_needs_no_evaluator() -> None:
    only = Sheet(
        criteria=(replace(PRICE, weight=Decimal(100)),),
        bids=(ALPHA, BETA),
        price_method=PriceMethod.LOWEST,
    )
    assert missing(only) == ()
    assert came_out(only) == [("1", "Beta Skills", "100.00"), ("2", "Alpha College", "80.00")]
    assert method_in_words(only).startswith("For price they are the lowest price")


def test_how_points_are_made_is_said() -> None:
    assert method_in_words(SHEET) == (
        "Points are the moderated score, divided by 5, times the weight. For price they are the"
        " lowest price of a bid that reaches every least score, divided by the price, times the"
        " weight. Each is rounded to two places before they are added."
    )
    assert "divided by the highest score" in method_in_words(replace(SHEET, highest=None))
    assert method_in_words(Sheet()) == ""
    assert weights_in_words(SHEET.criteria) == "The weights come to 100."


# --- properties -----------------------------------------------------------------------------------


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any sheet that is complete."""
    count = draw(st.integers(1, 4))
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=count, max_size=count)))
    ends = [0, *cuts, 10_000]
    weights = [Decimal(b - a).scaleb(-2) for a, b in pairwise(ends)]
    criteria = tuple(
        Criterion(key(number), f"Criterion {number}", weight, is_price=number == 0)
        for number, weight in enumerate(weights)
    )
    bids = tuple(
        Bid(key(100 + number), f"Bidder {number}", Decimal(price).scaleb(-2))
        for number, price in enumerate(
            draw(st.lists(st.integers(1, 99_999_999), min_size=1, max_size=6))
        )
    )
    highest = draw(st.integers(1, 10))
    moderated = {
        (criterion.id, bid.id): Decimal(draw(st.integers(0, highest * 2))) / 2
        for criterion in criteria[1:]
        for bid in bids
    }
    scores = {(*cell, GRACE): score for cell, score in moderated.items()}
    return Sheet(
        criteria, bids, {GRACE: "Grace Park"}, scores, moderated, Decimal(highest),
        PriceMethod.LOWEST,
    )  # fmt: skip


@given(sheets())
def test_places_follow_from_totals_and_totals_from_their_parts(sheet: Sheet) -> None:
    assert weight_sum(sheet.criteria) == 100
    found = ranking(sheet)
    assert len(found) == len(sheet.bids)
    for each in found:
        assert each.total == sum(each.points.values())
        assert each.rank == 1 + sum(other.total > each.total for other in found)
        assert each.is_tied == (sum(other.total == each.total for other in found) > 1)
        for criterion in sheet.criteria:
            assert 0 <= each.points[criterion.id] <= criterion.weight
    assert [each.rank for each in found] == sorted(each.rank or 99 for each in found)
    assert found[0].rank == 1


@given(sheets())
def test_the_order_of_entry_does_not_matter(sheet: Sheet) -> None:
    turned = replace(sheet, bids=sheet.bids[::-1], criteria=sheet.criteria[::-1])
    assert came_out(turned) == came_out(sheet)


@given(sheets(), st.data())
def test_a_better_score_never_costs_a_place(sheet: Sheet, data: st.DataObject) -> None:
    assert sheet.highest is not None
    cell = data.draw(st.sampled_from(sorted(sheet.moderated)))
    better = replace(sheet, moderated={**sheet.moderated, cell: sheet.highest})
    then = {each.id: each.rank for each in ranking(sheet)}
    now = {each.id: each.rank for each in ranking(better)}
    assert (now[cell[1]] or 99) <= (then[cell[1]] or 99)


@given(sheets())
def test_best_of_all_at_the_lowest_price_has_every_point(sheet: Sheet) -> None:
    lowest = min(bid.price or Decimal(0) for bid in sheet.bids)
    first = replace(sheet.bids[0], price=lowest)
    best = replace(
        sheet,
        bids=(first, *sheet.bids[1:]),
        moderated={
            cell: sheet.highest if cell[1] == first.id else score
            for cell, score in sheet.moderated.items()
        },
    )
    assert next(each for each in ranking(best) if each.id == first.id).total == 100


# --- checks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "reason", "highest", "codes"),
    [
        ("4", "Good evidence", "5", []),
        ("0", "Nothing was said", "5", []),
        ("5", "All of it", "5", []),
        ("5.01", "Too much", "5", ["SC002"]),
        ("-1", "Too little", "5", ["SC002"]),
        ("2.125", "Too fine", "5", ["SC002"]),
        (None, "No score", "5", ["SC002"]),
        ("4", "  ", "5", ["SC003"]),
        ("4", "Good", None, ["SC001"]),
    ],
)
def test_a_score_is_on_the_scale_and_has_its_reason(
    score: str | None, reason: str, highest: str | None, codes: list[str]
) -> None:
    found = check_score(
        None if score is None else Decimal(score),
        reason,
        None if highest is None else Decimal(highest),
    )
    assert [each.code for each in found] == codes


@pytest.mark.parametrize(
    ("weight", "is_right"),
    [("0", True), ("100", True), ("33.33", True), ("33.333", False), ("100.01", False),
     ("-1", False), (None, False)],
)  # fmt: skip
def test_a_weight_is_a_share_of_100_in_two_places(weight: str | None, is_right: bool) -> None:
    assert (not check_weight(None if weight is None else Decimal(weight))) is is_right


@pytest.mark.parametrize(
    ("least", "is_price", "highest", "method", "says"),
    [
        (None, True, "5", PriceMethod.LOWEST, ""),
        ("2", False, None, None, ""),
        ("5", False, "5", PriceMethod.LOWEST, ""),
        ("5.01", False, "5", None, "above 5, the top of the scale"),
        ("2", True, "5", PriceMethod.SCORED, ""),
        ("2", True, "5", None, ""),
        ("2", True, "5", PriceMethod.LOWEST, "nobody scores it"),
        ("0", True, None, PriceMethod.LOWEST, "nobody scores it"),
    ],
)
def test_a_least_score_has_to_be_one_that_can_be_given(
    least: str | None, is_price: bool, highest: str | None, method: PriceMethod | None, says: str
) -> None:
    criterion = Criterion(
        key(1), "Teaching", Decimal(60), is_price, None if least is None else Decimal(least)
    )
    problem = check_least(criterion, None if highest is None else Decimal(highest), method)
    assert (problem is None) is (says == "")
    assert says in str(problem)


# --- who does not score ---------------------------------------------------------------------------


def left_out(*out: LeftOut, without: UUID = TOM) -> Sheet:
    """The sheet with what is left out; *without* gave no score there."""
    scores = {
        cell: score
        for cell, score in SHEET.scores.items()
        if not any(each.holds_for(cell[:2], cell[2]) for each in out)
    }
    assert without not in {cell[2] for cell in SHEET.scores if cell not in scores} or out
    return replace(SHEET, scores=scores, left_out=out)


def test_an_evaluator_who_is_left_out_of_a_bid_holds_nothing_up() -> None:
    sheet = left_out(LeftOut(TOM, None, ALPHA.id, "A former job there"))
    assert len(sheet.scores) == len(SHEET.scores) - 2
    assert missing(sheet) == ()
    assert ranking(sheet) == ranking(SHEET), "moderated scores alone count"
    assert missing(replace(sheet, left_out=())) == ("Tom Reed has 2 scores of 6 to give.",)


def test_what_is_still_to_give_is_of_what_one_scores() -> None:
    sheet = replace(
        left_out(LeftOut(TOM, QUALITY.id, None, "Taught there")),
        scores={},
    )
    assert missing(sheet) == (
        "Grace Park has 6 scores of 6 to give.",
        "Tom Reed has 3 scores of 3 to give.",
    )


def test_a_bid_that_nobody_is_left_to_score_is_said() -> None:
    sheet = left_out(
        LeftOut(TOM, QUALITY.id, ALPHA.id, "A former job"), LeftOut(GRACE, None, ALPHA.id, "Kin")
    )
    assert missing(sheet) == ("Nobody scores Teaching of Alpha College: all are left out of it.",)
    assert ranking(sheet) == ()


def test_a_mean_leaves_out_who_does_not_score_and_says_so() -> None:
    cell = (QUALITY.id, ALPHA.id)
    scores = {**SHEET.scores, (*cell, GRACE): Decimal(3), (*cell, TOM): Decimal("4.5")}
    assert mean_in_words(replace(SHEET, scores=scores), cell) == (
        "On average 3.75, of the 2 who scored."
    )
    alone = left_out(LeftOut(TOM, *cell, "A former job"))
    assert mean_in_words(alone, cell) == (
        "On average 4, of the one who scored. Left out: Tom Reed."
    )
    assert mean_in_words(replace(SHEET, scores={}), cell) == ""
