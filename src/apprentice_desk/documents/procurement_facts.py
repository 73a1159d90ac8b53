"""What a desk knows of a procurement, and of one bid in it, as merge fields.

A field that the desk does not know is left out, so that it is asked for.  Who asked a question,
what evaluators wrote and what other bidders than the successful one scored never get here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.domain import calendar, money
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import PriceMethod, Ranked, plain
from apprentice_desk.domain.standstill import ProcurementRules
from apprentice_desk.records.procurement_overview import (
    BidderRow,
    ProcurementOverview,
    Standing,
)
from apprentice_desk.records.standards import StandardRow

Facts = dict[str, Value]
"""Values by the name of their field."""

_PUBLISHED_STEPS = (
    StepKind.INVITE,
    StepKind.QUESTIONS_BY,
    StepKind.ANSWERS_BY,
    StepKind.BIDS_BY,
    StepKind.DECISION_BY,
    StepKind.SIGN_BY,
    StepKind.STARTS,
    StepKind.OTHER,
)
"""The days that bidders are told; when the council scores and moderates is its own affair."""

_DAYS = {
    StepKind.QUESTIONS_BY: "questions_by_on",
    StepKind.ANSWERS_BY: "answers_by_on",
    StepKind.BIDS_BY: "bids_by_on",
    StepKind.DECISION_BY: "decision_by_on",
}


def known(values: Mapping[str, Value | None]) -> Facts:
    """Return *values* without what says nothing."""
    return {
        name: value for name, value in values.items() if value is not None and value not in ("", ())
    }


def facts_of_procurement(found: ProcurementOverview, standards: Mapping[str, StandardRow]) -> Facts:
    """Return what is known of a procurement; *standards* is the catalogue by code."""
    details = found.details
    codes = tuple(code for code in details.standard_codes.split("; ") if code)
    facts = known(
        {
            "procurement_reference": details.reference,
            "procurement_title": details.title,
            "regime": details.regime,
            "route": details.route,
            "is_light_touch": details.is_light_touch,
            "framework": details.framework,
            "framework_ends_on": details.framework_ends_on,
            "lots": details.lots,
            "cpv_codes": details.cpv_codes,
            "notices": details.notices,
            "apprentices": details.apprentices,
            "wanted": details.wanted,
            "value_limit": details.value_limit,
            "contract_starts_on": details.contract_starts_on,
            "contract_ends_on": details.contract_ends_on,
            "contract_extension_to_on": details.contract_extension_to_on,
            "bids_to": details.bids_to,
            "highest_score": details.highest_score,
            "price_is_of": details.price_is_of,
            "looked_after_by": details.looked_after_by,
        }
    )
    facts |= facts_of_standards(codes, standards)
    facts |= _timetable(found)
    facts |= _criteria(found)
    if codes:
        facts["pricing_schedule"] = TableValue(
            (
                "Standard",
                "Funding band maximum",
                "Training, for one apprentice",
                "Assessment, for one apprentice",
                "Total, for one apprentice",
            ),
            tuple(
                (called_standard(code, standards), _band(code, standards), "", "", "")
                for code in codes
            ),
            right=frozenset({1}),
            blank=frozenset({2, 3, 4}),
        )
    return facts


def facts_of_standards(codes: Iterable[str], standards: Mapping[str, StandardRow]) -> Facts:
    """Return the standards in words and as a table; nothing without codes."""
    listed = tuple(codes)
    if not listed:
        return {}
    rows = []
    for code in listed:
        row = standards.get(code)
        level = "" if row is None or row.level is None else str(row.level)
        months = "" if row is None or row.typical_months is None else f"{row.typical_months} months"
        title = code if row is None else row.title
        rows.append((title, code, level, months, _band(code, standards)))
    return {
        "standards": tuple(called_standard(code, standards) for code in listed),
        "standards_table": TableValue(
            ("Standard", "Code", "Level", "Typical length", "Funding band maximum"),
            tuple(rows),
            right=frozenset({2, 4}),
        ),
    }


def called_standard(code: str, standards: Mapping[str, StandardRow]) -> str:
    """Return what every document calls a standard; its code where the catalogue has it not."""
    row = standards.get(code)
    if row is None:
        return code
    return (
        f"{row.title} ({code})" if row.level is None else f"{row.title}, level {row.level} ({code})"
    )


def _band(code: str, standards: Mapping[str, StandardRow]) -> str:
    row = standards.get(code)
    return "" if row is None or row.max_funding is None else money.show_pounds(row.max_funding)


def _timetable(found: ProcurementOverview) -> Facts:
    facts: Facts = {}
    rows = []
    for row in found.steps:
        details = row.details
        if details.kind not in _PUBLISHED_STEPS or details.due_on is None:
            continue
        called = details.what if details.kind is StepKind.OTHER else details.kind.value
        when = calendar.day_with_weekday(details.due_on)
        rows.append((called[:1].upper() + called[1:], _at(when, details.due_at)))
        if name := _DAYS.get(details.kind):
            facts.setdefault(name, details.due_on)
        if details.kind is StepKind.BIDS_BY and details.due_at:
            facts.setdefault("bids_by_at", details.due_at)
    if rows:
        facts["timetable"] = TableValue(("What", "When"), tuple(rows))
    return facts


def _at(when: str, at: str) -> str:
    return f"{when}, {at}" if at else when


def _criteria(found: ProcurementOverview) -> Facts:
    if not found.criteria:
        return {}
    price = [row for row in found.criteria if row.details.is_price]
    scale = found.details.highest_score
    facts = known(
        {
            "criteria": TableValue(
                ("Number", "Criterion", "Weight"),
                tuple(
                    (str(row.number), row.details.name, _weight(row.details.weight))
                    for row in found.criteria
                ),
                right=frozenset({2}),
            ),
            "questions": tuple(
                f"Question {row.number}, {row.details.name} ({_weight(row.details.weight)})."
                f" {row.details.asks}"
                for row in found.criteria
                if row.details.asks
            ),
            "least_scores": tuple(
                f"{row.details.name}: {plain(row.details.least_score)}"
                + ("" if scale is None else f" of {plain(scale)}")
                for row in found.criteria
                if row.details.least_score is not None
            ),
        }
    )
    facts["price_weighs"] = any(row.details.weight for row in price)
    if found.details.price_method is not None:
        facts["price_is_formula"] = found.details.price_method is PriceMethod.LOWEST
    return facts


def _weight(weight: Decimal | None) -> str:
    return f"{plain(weight or Decimal(0))}%"


def bid_papers(found: ProcurementOverview, bid_on: date | None) -> tuple[str, ...]:
    """Return the papers that the invitation makes part of the contract, each as a line."""
    invited = next(
        (row.details for row in found.steps if row.details.kind is StepKind.INVITE), None
    )
    invited_on = None if invited is None else invited.done_on or invited.due_on
    is_answered = any(row.details.published_question for row in found.clarifications)
    answers = (
        ("the answers to bidders' questions that the Council published",) if is_answered else ()
    )
    return (
        f"the invitation to bid {found.details.reference}{_of_day(invited_on)}",
        *answers,
        f"the Provider's bid{_of_day(bid_on)}",
    )


def _of_day(day: date | None) -> str:
    return "" if day is None else f" of {calendar.show_day(day)}"


# --- one bid ------------------------------------------------------------------------------------


def facts_of_bid(
    found: ProcurementOverview,
    bidder: BidderRow,
    standing: Standing,
    rules: ProcurementRules,
    standards: Mapping[str, StandardRow],
) -> Facts:
    """Return what one bidder is told: the own bid, and how it stands beside the successful one."""
    details = bidder.details
    was_scored = details.standing is BidderStanding.BID
    facts = known(
        {
            "bidder_name": bidder.name,
            "bidder_contact": details.contact,
            "bidder_address": details.address,
            "bidder_details": _known_as(bidder, with_address=False),
            "bid_was_scored": was_scored,
            "bids_scored": len(found.sheet.bids),
            "own_prices": _prices(found, bidder.id, standards),
        }
    )
    if not was_scored and details.standing is not None:
        facts["bid_was_not_scored_why"] = details.standing.value
    decision = found.decision
    if decision is None:
        return facts
    winner = decision.details.bidder_id
    facts |= known(
        {
            "bidder_is_winner": winner == bidder.id,
            "winner_name": decision.bidder_name,
            "winner_details": next(
                (_known_as(each, with_address=True) for each in found.bidders if each.id == winner),
                "",
            ),
            "decided_on": decision.details.decided_on,
            "decided_by": decision.details.decided_by,
            "decision_reason": decision.details.reason,
        }
    )
    facts |= standstill_facts(found, standing, rules)
    ranked = {each.id: each for each in standing.ranked}
    own, best = ranked.get(bidder.id), None if winner is None else ranked.get(winner)
    if own is not None:
        facts |= known(
            {
                "bidder_points": own.total,
                "bidder_rank": own.rank_in_words.replace(" =", " (shared)"),
                "short_of": own.short_of,
                "own_reasons": _reasons(found, bidder.id),
                "own_scores": _own_scores(found, own),
                # The words may name those who shared the place: nobody else is told them.
                "tie_reason": decision.details.tie_reason if own.is_tied and own.rank == 1 else "",
            }
        )
    if best is not None:
        facts["winner_points"] = best.total
    if own is not None and best is not None and own is not best:
        facts |= known(
            {
                "winner_reasons": _reasons(found, best.id),
                "scores_beside": _beside(found, own, best),
            }
        )
    return facts


def _known_as(bidder: BidderRow, *, with_address: bool) -> str:
    """Return how an assessment summary names a bidder; "" while part of that is not known."""
    details = bidder.details
    parts = [details.email, details.identifier]
    if with_address:
        parts.insert(0, details.address)
    return "\n".join(parts) if all(parts) else ""


def _reasons(found: ProcurementOverview, bidder: UUID) -> tuple[str, ...]:
    return tuple(
        f"{row.details.name}: {given.reason}"
        for row in found.criteria
        if (given := found.moderated.get((row.id, bidder))) is not None and given.reason
    )


def _cells(found: ProcurementOverview, ranked: Ranked) -> Iterator[tuple[str, str]]:
    """Yield the score and the points for each criterion, and the total at the end."""
    sheet = found.sheet
    for criterion in sheet.criteria:
        given = sheet.moderated.get((criterion.id, ranked.id))
        score = plain(given) if given is not None and sheet.is_scored(criterion) else "by formula"
        yield score, f"{ranked.points[criterion.id]:.2f}"
    yield "", f"{ranked.total:.2f}"


def _named(found: ProcurementOverview) -> list[tuple[str, str]]:
    rows = [(row.details.name, _weight(row.details.weight)) for row in found.criteria]
    return [*rows, ("Total", "100%")]


def _own_scores(found: ProcurementOverview, own: Ranked) -> TableValue:
    return TableValue(
        ("Criterion", "Weight", "Score", "Points"),
        tuple((*a, *b) for a, b in zip(_named(found), _cells(found, own), strict=True)),
        right=frozenset({1, 2, 3}),
    )


def _beside(found: ProcurementOverview, own: Ranked, best: Ranked) -> TableValue:
    both = zip(_named(found), _cells(found, own), _cells(found, best), strict=True)
    return TableValue(
        (
            "Criterion",
            "Weight",
            "Your score",
            "Your points",
            "Successful bid: score",
            "Successful bid: points",
        ),
        tuple((*named, *mine, *theirs) for named, mine, theirs in both),
        right=frozenset({1, 2, 3, 4, 5}),
    )


def _prices(
    found: ProcurementOverview, bidder: UUID, standards: Mapping[str, StandardRow]
) -> TableValue | None:
    rows = []
    for row in found.prices:
        details = row.details
        training, assessment = details.training_price, details.assessment_price
        if details.bidder_id != bidder or training is None or assessment is None:
            continue
        rows.append((called_standard(details.standard_code or "", standards), training, assessment))
    return prices_table(rows)


def prices_table(rows: Iterable[tuple[str, Decimal, Decimal]]) -> TableValue | None:
    """Return prices for one apprentice: what it is called, training, assessment; None if none."""
    found = tuple(
        (called, *map(money.show_pounds, (training, assessment, training + assessment)))
        for called, training, assessment in rows
    )
    if not found:
        return None
    return TableValue(
        ("Standard", "Training", "Assessment", "Total"), found, right=frozenset({1, 2, 3})
    )


def standstill_facts(
    found: ProcurementOverview, standing: Standing, rules: ProcurementRules
) -> Facts:
    """Return whether the contract waits, until when, and how that is counted."""
    waits, last = standing.course.waits, standing.course.standstill_to
    facts: Facts = {}
    if waits is not None:
        facts["has_standstill"] = waits
        if not waits or standing.duty.is_required is not None:  # else nobody knows
            facts["standstill_is_voluntary"] = waits and not standing.duty.is_required
    if waits and last is not None:
        facts["standstill_ends_on"] = last
    regime, decision = found.details.regime, found.decision
    if waits and regime is not None and decision is not None:
        with suppress(Problem):  # older than the rules: it is asked for
            rule = rules.standstill_for(regime, decision.details.decided_on or date.max)
            if rule is not None:
                facts["standstill_rule"] = rule.words()
    return facts
