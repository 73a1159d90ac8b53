"""Scoring bids: weights, points, and the ranking, with nothing settled that nobody settled.

A score of quality counts as moderated: what the evaluators gave before stands beside it, as the
record.  Points are rounded to two places, half up, for each criterion, and then added: so a total
is the sum of its parts as everybody sees them, and bids with the same total are tied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem

ALL = Decimal("100.00")
"""What the weights come to."""

MOST_SCORE = 1_000

Cell = tuple[UUID, UUID]
"""A criterion and a bidder."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an evaluator does not score, and why: a criterion, a bid, or one for the other."""

    evaluator: UUID
    criterion: UUID | None
    bidder: UUID | None
    reason: str

    def holds_for(self, cell: Cell, evaluator: UUID) -> bool:
        """Return whether it says that this evaluator does not score this cell."""
        criterion, bidder = cell
        return (
            self.evaluator == evaluator
            and self.criterion in (None, criterion)
            and self.bidder in (None, bidder)
        )


class PriceMethod(StrEnum):
    """How a price becomes points."""

    LOWEST = "lowest price divided by the price, times the weight"
    SCORED = "scored by the evaluators like the rest"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its weight of the 100, and the least score that a bid needs."""

    id: UUID
    name: str
    weight: Decimal
    is_price: bool = False
    least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Bid:
    """One bid that came in time and stands."""

    id: UUID
    name: str
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a ranking is made of; *highest* is the top of the scale."""

    criteria: tuple[Criterion, ...] = ()
    bids: tuple[Bid, ...] = ()
    evaluators: Mapping[UUID, str] = field(default_factory=dict)
    """Their names by key."""
    scores: Mapping[tuple[UUID, UUID, UUID], Decimal] = field(default_factory=dict)
    """By criterion, bidder and evaluator."""
    moderated: Mapping[Cell, Decimal] = field(default_factory=dict)
    highest: Decimal | None = None
    price_method: PriceMethod | None = None
    left_out: tuple[LeftOut, ...] = ()

    def is_scored(self, criterion: Criterion) -> bool:
        """Return whether evaluators score this criterion."""
        return not criterion.is_price or self.price_method is PriceMethod.SCORED

    def left_out_of(self, cell: Cell, evaluator: UUID) -> LeftOut | None:
        """Return why an evaluator does not score a cell; None where one does."""
        return next((each for each in self.left_out if each.holds_for(cell, evaluator)), None)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The criteria and bidders of which each needs a score, in order."""
        return tuple(
            (criterion.id, bid.id)
            for criterion in self.criteria
            if self.is_scored(criterion)
            for bid in self.bids
        )


# --- what is missing ------------------------------------------------------------------------------


def weight_sum(criteria: Iterable[Criterion]) -> Decimal:
    """Return what the weights come to."""
    return sum((each.weight for each in criteria), Decimal("0.00"))


def weights_in_words(criteria: Sequence[Criterion]) -> str:
    """Say what the weights come to, and what is missing or too much."""
    if not criteria:
        return "No criterion is entered, so nothing can be scored."
    total = weight_sum(criteria)
    if total == ALL:
        return "The weights come to 100."
    apart = ALL - total
    how = f"{plain(apart)} is missing" if apart > 0 else f"{plain(-apart)} is too much"
    return f"The weights come to {plain(total)}: {how}."


def plain(number: Decimal) -> str:
    """Return a number without noughts that say nothing: "60", "12.5"."""
    return f"{number.normalize():f}"


def missing(sheet: Sheet) -> tuple[str, ...]:
    """Return what a ranking still lacks, a sentence each; nothing where it is complete."""
    said = []
    if not sheet.bids:
        said.append("No bid is entered that came in time.")
    if not sheet.criteria or weight_sum(sheet.criteria) != ALL:
        said.append(weights_in_words(sheet.criteria))
    if not sheet.criteria or not sheet.bids:
        return tuple(said)
    weighs = any(each.is_price and each.weight for each in sheet.criteria)
    if weighs and sheet.price_method is None:
        said.append("How a price becomes points is not chosen.")
    if weighs and sheet.price_method is PriceMethod.LOWEST:
        said.extend(f"The price of {bid.name} is missing." for bid in sheet.bids if not bid.price)
    cells = sheet.cells
    if not cells:
        return tuple(said)
    if sheet.highest is None:
        said.append("The highest score of the scale is not entered.")
    if not sheet.evaluators:
        said.append("No evaluator is entered.")
    said.extend(_nobody_scores(sheet, cells))
    said.extend(_scores_missing(sheet, cells))
    lacking = sum(cell not in sheet.moderated for cell in cells)
    if lacking:
        said.append(f"{counted(lacking, 'moderated score')} of {len(cells):,} to agree.")
    return tuple(said)


def _scores_missing(sheet: Sheet, cells: Sequence[Cell]) -> Iterable[str]:
    for key, name in sheet.evaluators.items():
        own = [cell for cell in cells if sheet.left_out_of(cell, key) is None]
        lacking = sum((*cell, key) not in sheet.scores for cell in own)
        if lacking:
            yield f"{name} has {counted(lacking, 'score')} of {len(own):,} to give."


def _nobody_scores(sheet: Sheet, cells: Sequence[Cell]) -> Iterable[str]:
    criteria = {each.id: each.name for each in sheet.criteria}
    bids = {each.id: each.name for each in sheet.bids}
    for cell in cells if sheet.evaluators else ():
        if all(sheet.left_out_of(cell, key) is not None for key in sheet.evaluators):
            criterion, bidder = cell
            yield f"Nobody scores {criteria[criterion]} of {bids[bidder]}: all are left out of it."


def mean_in_words(sheet: Sheet, cell: Cell) -> str:
    """Say what the evaluators who score a cell gave on average, and who is left out of it."""
    own = [key for key in sheet.evaluators if sheet.left_out_of(cell, key) is None]
    given = [sheet.scores[(*cell, key)] for key in own if (*cell, key) in sheet.scores]
    out = [name for key, name in sheet.evaluators.items() if key not in own]
    said = []
    if given:
        mean = _hundredths(sum(map(Fraction, given), Fraction(0)) / len(given))
        of = "the one who scored" if len(given) == 1 else f"the {len(given)} who scored"
        said.append(f"On average {plain(mean)}, of {of}.")
    if out:
        said.append(f"Left out: {', '.join(out)}.")
    return " ".join(said)


# --- points ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ranked:
    """How one bid came out.

    *rank* is None where a least score was not reached, which *short_of* names.  Those that are
    tied share a rank, and the next has that which their number leaves: 1, 1, 3.
    """

    id: UUID
    name: str
    points: Mapping[UUID, Decimal]
    total: Decimal
    rank: int | None
    is_tied: bool
    short_of: tuple[str, ...] = ()

    @property
    def rank_in_words(self) -> str:
        """Its place: "1", "1 =" where it is shared, "below the least score"."""
        if self.rank is None:
            return "not ranked"
        return f"{self.rank} =" if self.is_tied else f"{self.rank}"


def ranking(sheet: Sheet) -> tuple[Ranked, ...]:
    """Return the bids, best first, those below a least score last; () while anything is missing.

    A tie is shown as one and never broken here.  The lowest price is that of the bids that reach
    every least score: one that cannot win sets no price.
    """
    if missing(sheet):
        return ()
    short = {bid.id: _short_of(sheet, bid) for bid in sheet.bids}
    prices = [bid.price for bid in sheet.bids if bid.price and not short[bid.id]]
    lowest = min(prices, default=None)
    scored = [(bid, _points(sheet, bid, lowest)) for bid in sheet.bids]
    totals = {bid.id: sum(points.values(), Decimal("0.00")) for bid, points in scored}
    in_it = [totals[bid.id] for bid in sheet.bids if not short[bid.id]]
    found = [
        Ranked(
            bid.id,
            bid.name,
            points,
            totals[bid.id],
            None if short[bid.id] else 1 + sum(total > totals[bid.id] for total in in_it),
            not short[bid.id] and in_it.count(totals[bid.id]) > 1,
            short[bid.id],
        )
        for bid, points in scored
    ]
    last = len(found) + 1
    return tuple(
        sorted(found, key=lambda each: (each.rank or last, -each.total, each.name.casefold()))
    )


def _short_of(sheet: Sheet, bid: Bid) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in sheet.criteria
        if each.least is not None
        and sheet.is_scored(each)
        and sheet.moderated[each.id, bid.id] < each.least
    )


def _points(sheet: Sheet, bid: Bid, lowest: Decimal | None) -> Mapping[UUID, Decimal]:
    points = {}
    for each in sheet.criteria:
        if sheet.is_scored(each):
            assert sheet.highest is not None  # or it would be missing
            share = Fraction(sheet.moderated[each.id, bid.id]) / Fraction(sheet.highest)
        elif bid.price and lowest is not None:
            # One below the least score may be cheaper than the lowest that counts.
            share = min(Fraction(1), Fraction(lowest) / Fraction(bid.price))
        else:
            share = Fraction(0)  # price weighs nothing, or nobody is left to set the lowest
        points[each.id] = _hundredths(share * Fraction(each.weight))
    return points


def _hundredths(value: Fraction) -> Decimal:
    """Return an exact value, 0 or more, rounded half up to two places."""
    return Decimal((value * 200 + 1) // 2).scaleb(-2)


def method_in_words(sheet: Sheet) -> str:
    """Say how the points are worked out."""
    said = []
    if any(sheet.is_scored(each) for each in sheet.criteria):
        top = "the highest score" if sheet.highest is None else plain(sheet.highest)
        said.append(f"Points are the moderated score, divided by {top}, times the weight.")
    if any(each.is_price and each.weight for each in sheet.criteria):
        if sheet.price_method is PriceMethod.LOWEST:
            said.append(
                "For price they are the lowest price of a bid that reaches every least score,"
                " divided by the price, times the weight."
            )
    elif sheet.criteria:
        said.append("Price does not weigh.")
    if said:
        said.append("Each is rounded to two places before they are added.")
    return " ".join(said)


# --- checks ---------------------------------------------------------------------------------------


def check_score(score: Decimal | None, reason: str, highest: Decimal | None) -> list[Finding]:
    """Return what is wrong with a score: it is within the scale, and has its reason."""
    found = []
    if highest is None:
        found.append(
            _finding(
                "SC001", "score", "The highest score of the scale is not entered.",
                "Edit the procurement to enter it.",
            )
        )  # fmt: skip
    elif score is None or not 0 <= score <= highest or score != score.quantize(Decimal("0.01")):
        found.append(
            _finding(
                "SC002", "score", f"A score is from 0 to {plain(highest)}.",
                "Two decimal places at most.",
            )
        )  # fmt: skip
    if not reason.strip():
        found.append(
            _finding(
                "SC003", "reason", "Write the reason for the score.",
                "Bidders are told it, so say what the bid did and did not show.",
            )
        )  # fmt: skip
    return found


def check_weight(weight: Decimal | None) -> list[Finding]:
    """Return what is wrong with a weight; price may weigh nothing."""
    if weight is None or not 0 <= weight <= ALL or weight != weight.quantize(Decimal("0.01")):
        return [
            _finding("SC004", "weight", "A weight is from 0 to 100.", "Two decimal places at most.")
        ]
    return []


def check_least(
    criterion: Criterion, highest: Decimal | None, method: PriceMethod | None
) -> Problem | None:
    """Return why no bid could be held against the least score; None where one can be."""
    if criterion.least is None:
        return None
    if criterion.is_price and method is PriceMethod.LOWEST:
        return Problem(
            f"{criterion.name} has no least score: its points follow from the price, and nobody"
            " scores it.",
            "Leave the least score out, or let the evaluators score the price.",
        )
    if highest is not None and criterion.least > highest:
        return Problem(
            f"The least score of {criterion.name} cannot be above {plain(highest)}, the top of the"
            " scale.",
            "Lower the least score.",
        )
    return None


def _finding(code: str, field: str, message: str, remedy: str) -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
