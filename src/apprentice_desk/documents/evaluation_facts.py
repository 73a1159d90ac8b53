"""What the council's own papers on a procurement are told: who bid, who scored, and the outcome.

The evaluation record has all of this and goes to no bidder; letters are told of one bid by
``procurement_facts``.  Points and places are those that the ranking works out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.procurement_facts import (
    Facts,
    called_standard,
    known,
    standstill_facts,
)
from apprentice_desk.domain import money
from apprentice_desk.domain.calendar import day_with_weekday, show_day
from apprentice_desk.domain.procuring import BidderStanding, course_days
from apprentice_desk.domain.scoring import Cell, LeftOut, PriceMethod, method_in_words, plain
from apprentice_desk.domain.standstill import ProcurementRules
from apprentice_desk.records.procurement_overview import ProcurementOverview, Standing
from apprentice_desk.records.standards import StandardRow

_NOT_SCORED = frozenset({BidderStanding.LATE, BidderStanding.WITHDREW, BidderStanding.EXCLUDED})
"""What has to be explained; whoever did not bid owes nobody a reason."""


def facts_of_evaluation(
    found: ProcurementOverview,
    standing: Standing,
    rules: ProcurementRules,
    standards: Mapping[str, StandardRow],
) -> Facts:
    """Return what is known of the bids, of those who scored them, and of the decision."""
    facts = known(
        {
            "procurement_days": _days(standing),
            "bidders_table": _bidders(found),
            "award_to": _award_to(found),
            "bids_scored": len(found.sheet.bids) or None,
            "has_unscored_bids": any(
                row.details.standing in _NOT_SCORED for row in found.bidders
            ),
            "evaluators_table": _evaluators(found),
            "abstentions": tuple(_abstentions(found)),
            "evaluator_scores": _evaluator_scores(found),
            "moderated_scores": _moderated(found),
            "moderated_on": _moderated_on(found),
            "scoring_method": method_in_words(found.sheet),
            "prices_offered": _prices_offered(found, standards),
        }
    )  # fmt: skip
    facts |= _ranking(found, standing)
    return facts | _decision(found, standing, rules)


def _table(
    headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], *right: int
) -> TableValue | None:
    listed = tuple(rows)
    return TableValue(headings, listed, right=frozenset(right)) if listed else None


def _days(standing: Standing) -> TableValue | None:
    return _table(
        ("Day", "What", "Done or planned"),
        (
            (day_with_weekday(each.on), each.words, "done" if each.is_done else "planned")
            for each in course_days(standing.course)
        ),
    )


def _bidders(found: ProcurementOverview) -> TableValue | None:
    return _table(
        ("Bidder", "What came of it", "Asked", "Answered"),
        (
            (
                row.name,
                "" if row.details.standing is None else row.details.standing.value,
                "" if row.details.asked_on is None else show_day(row.details.asked_on),
                "" if row.details.answered_on is None else show_day(row.details.answered_on),
            )
            for row in found.bidders
        ),
    )


def _award_to(found: ProcurementOverview) -> str:
    """Return who is to have the contract: as decided, or the only one who was asked or bid."""
    if found.decision is not None:
        return found.decision.bidder_name
    names = [
        row.name
        for row in found.bidders
        if row.details.standing in (BidderStanding.ASKED, BidderStanding.BID)
    ]
    return names[0] if len(names) == 1 else ""


def _evaluators(found: ProcurementOverview) -> TableValue | None:
    return _table(
        ("Evaluator", "Role", "Interests declared", "Declared on"),
        (
            (
                row.details.name,
                row.details.role,
                row.details.interests or "nothing entered",
                "no day entered"
                if row.details.declared_on is None
                else show_day(row.details.declared_on),
            )
            for row in found.evaluators
        ),
    )


# --- scores ---------------------------------------------------------------------------------------


def _abstentions(found: ProcurementOverview) -> Iterator[str]:
    criteria = {row.id: row.details.name for row in found.criteria}
    bidders = {row.id: row.name for row in found.bidders}
    for row in found.abstentions:
        details = row.details
        criterion = criteria.get(details.criterion_id) if details.criterion_id else None
        bidder = bidders.get(details.bidder_id) if details.bidder_id else None
        what = f"{criterion} of every bid" if criterion else f"anything of {bidder}"
        if criterion and bidder:
            what = f"{criterion} of {bidder}"
        yield f"{row.evaluator_name} did not score {what}: {details.reason}"


def _cells(found: ProcurementOverview) -> Iterator[tuple[str, str, Cell]]:
    """Yield the names of the criterion and the bidder of each cell that is scored, and the cell."""
    sheet = found.sheet
    criteria = {each.id: each.name for each in sheet.criteria}
    bids = {each.id: each.name for each in sheet.bids}
    for cell in sheet.cells:
        criterion, bidder = cell
        yield criteria[criterion], bids[bidder], cell


def _evaluator_scores(found: ProcurementOverview) -> TableValue | None:
    sheet = found.sheet
    rows = []
    for criterion, bidder, cell in _cells(found):
        for key, evaluator in sheet.evaluators.items():
            left_out = sheet.left_out_of(cell, key)
            given = found.scores.get((*cell, key))
            if left_out is not None:
                rows.append((criterion, bidder, evaluator, "none", _why(left_out)))
            elif given is not None and given.score is not None:
                rows.append((criterion, bidder, evaluator, plain(given.score), given.reason))
    return _table(("Criterion", "Bid", "Evaluator", "Score", "Reason"), rows, 3)


def _why(left_out: LeftOut) -> str:
    return f"Did not score this: {left_out.reason}"


def _moderated(found: ProcurementOverview) -> TableValue | None:
    sheet = found.sheet
    rows = []
    for criterion, bidder, cell in _cells(found):
        agreed = found.moderated.get(cell)
        if agreed is None or agreed.score is None:
            continue
        given = (sheet.scores.get((*cell, key)) for key in sheet.evaluators)
        shown = "; ".join("none" if each is None else plain(each) for each in given)
        rows.append((criterion, bidder, shown, plain(agreed.score), agreed.reason))
    return _table(("Criterion", "Bid", "Given", "Agreed", "Reason that was agreed"), rows, 3)


def _moderated_on(found: ProcurementOverview) -> str:
    days = {each.agreed_on for each in found.moderated.values() if each.agreed_on is not None}
    shown = [show_day(day) for day in sorted(days)]
    return " and ".join((*([", ".join(shown[:-1])] if shown[1:] else ()), *shown[-1:]))


# --- prices, points and places --------------------------------------------------------------------


def _prices_offered(
    found: ProcurementOverview, standards: Mapping[str, StandardRow]
) -> TableValue | None:
    rows = []
    for row in found.prices:
        training, assessment = row.details.training_price, row.details.assessment_price
        if training is None or assessment is None:
            continue
        standard = called_standard(row.details.standard_code or "", standards)
        prices = map(money.show_pounds, (training, assessment, training + assessment))
        rows.append((f"{row.bidder_name}: {standard}", *prices))
    rows.sort(key=lambda each: each[0].casefold())
    return _table(("Bid and standard", "Training", "Assessment", "Total"), rows, 1, 2, 3)


def _ranking(found: ProcurementOverview, standing: Standing) -> Facts:
    ranked, sheet = standing.ranked, found.sheet
    if not ranked:
        return {}
    points: list[tuple[str, ...]] = []
    for each in ranked:
        for criterion in sheet.criteria:
            agreed = sheet.moderated.get((criterion.id, each.id))
            score = (
                plain(agreed) if agreed is not None and sheet.is_scored(criterion) else "by formula"
            )
            points.append(
                (
                    each.name,
                    criterion.name,
                    f"{plain(criterion.weight)}%",
                    score,
                    f"{each.points[criterion.id]:.2f}",
                )
            )
        points.append((each.name, "Total", "100%", "", f"{each.total:.2f}"))
    tied = [each for each in ranked if each.is_tied]
    return known(
        {
            "points_table": _table(
                ("Bid", "Criterion", "Weight", "Score", "Points"), points, 2, 3, 4
            ),
            "ranking_table": _table(
                ("Place", "Bid", "Points", "Least scores not reached"),
                (
                    (
                        each.rank_in_words.replace(" =", " (shared)"),
                        each.name,
                        f"{each.total:.2f}",
                        ", ".join(each.short_of) or "none",
                    )
                    for each in ranked
                ),
                2,
            ),
            "ties": tuple(
                f"Place {rank}: {', '.join(each.name for each in group)}"
                for rank, group in (
                    (rank, tuple(bids)) for rank, bids in groupby(tied, lambda each: each.rank)
                )
            ),
            "first_is_tied": any(each.rank == 1 for each in tied),
            "prices_compared": _prices_compared(found, standing),
        }
    )


def _prices_compared(found: ProcurementOverview, standing: Standing) -> TableValue | None:
    price = next((each for each in found.sheet.criteria if each.is_price), None)
    if price is None or found.details.price_method is not PriceMethod.LOWEST:
        return None
    prices = {bid.id: bid.price for bid in found.sheet.bids}
    return _table(
        ("Bid", "Price compared", "Points for price"),
        (
            (each.name, _pounds(prices[each.id]), f"{each.points[price.id]:.2f}")
            for each in standing.ranked
        ),
        1,
        2,
    )


def _pounds(price: Decimal | None) -> str:
    return "none" if price is None else money.show_pounds(price)


# --- the decision ---------------------------------------------------------------------------------


def _decision(found: ProcurementOverview, standing: Standing, rules: ProcurementRules) -> Facts:
    decision = found.decision
    if decision is None:
        return {}
    details, after = decision.details, decision.follow_up
    first = next((each for each in standing.ranked if each.id == details.bidder_id), None)
    facts = known(
        {
            "winner_name": decision.bidder_name,
            "winner_points": None if first is None else first.total,
            "winner_is_first": first is not None and first.rank == 1,
            "decided_on": details.decided_on,
            "decided_by": details.decided_by,
            "decision_reason": details.reason,
            "tie_reason": details.tie_reason,
            "no_standstill_why": "; ".join(
                filter(None, (after.no_standstill_ground, after.no_standstill_reason))
            ),
            "letters_on": after.letters_on,
            "notice_on": after.notice_on,
        }
    )
    return facts | standstill_facts(found, standing, rules)
