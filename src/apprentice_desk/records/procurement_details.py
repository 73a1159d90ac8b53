"""What the forms edit of a procurement's timetable, bidders, prices, questions and criteria.

And what is wrong with each by itself; what may not stand beside what is ``procurement_beside``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.days_hours import minute_of_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import check_weight


@dataclass(frozen=True, slots=True)
class StepDetails:
    """What the form of a day of the timetable edits; *due_at* is hh:mm."""

    kind: StepKind | None = None
    due_on: date | None = None
    due_at: str = ""
    what: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class BidderDetails:
    """What the form of a bidder edits; *name* is for one who is not among the providers."""

    provider_id: UUID | None = None
    name: str = ""
    contact: str = ""
    email: str = ""
    asked_on: date | None = None
    standing: BidderStanding | None = BidderStanding.ASKED
    answered_on: date | None = None
    price: Decimal | None = None
    note: str = ""
    address: str = ""
    identifier: str = ""
    """As the central digital platform of public procurement gives it."""


@dataclass(frozen=True, slots=True)
class BidPriceDetails:
    """What the form of a price that was offered edits: of one apprentice of a standard."""

    bidder_id: UUID | None = None
    standard_code: str | None = None
    training_price: Decimal | None = None
    assessment_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ClarificationDetails:
    """What the form of a question edits.

    *bidder_id* says who asked and stays in the desk, as the *question* itself does: what all read
    is *published_question*, and without it nothing is published.
    """

    asked_on: date | None = None
    bidder_id: UUID | None = None
    question: str = ""
    published_question: str = ""
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class CriterionDetails:
    """What the form of a criterion edits; *asks* is what bidders are asked and how it is judged."""

    name: str = ""
    weight: Decimal | None = None
    is_price: bool = False
    least_score: Decimal | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True)
class EvaluatorDetails:
    """What the form of an evaluator edits."""

    name: str = ""
    role: str = ""
    declared_on: date | None = None
    interests: str = ""


@dataclass(frozen=True, slots=True)
class AbstentionDetails:
    """What the form of what an evaluator does not score edits.

    A criterion alone is for all bids, a bidder alone for all criteria.
    """

    evaluator_id: UUID | None = None
    bidder_id: UUID | None = None
    criterion_id: UUID | None = None
    reason: str = ""


ItemDetails = (
    StepDetails
    | BidderDetails
    | BidPriceDetails
    | ClarificationDetails
    | CriterionDetails
    | EvaluatorDetails
    | AbstentionDetails
)


# --- checks -------------------------------------------------------------------------------------


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def check_step(details: StepDetails) -> list[Finding]:
    """Return what is wrong with a day of the timetable, by itself."""
    findings = []
    if details.kind is None:
        findings.append(_finding("PT001", "kind", "Choose what the day is."))
    if details.due_on is None:
        findings.append(_finding("PT002", "due_on", "Enter the day."))
    if details.due_at and minute_of_day(details.due_at) is None:
        findings.append(
            _finding("PT003", "due_at", "This is not a time of day.", "For example 12:00.")
        )
    if details.kind is StepKind.OTHER and not details.what.strip():
        findings.append(_finding("PT004", "what", "Write what the day is."))
    return findings


def check_bidder(details: BidderDetails) -> list[Finding]:
    """Return what is wrong with a bidder, by itself."""
    findings = []
    if (details.provider_id is None) == (not details.name.strip()):
        findings.append(
            _finding(
                "PB001",
                "provider_id",
                "Choose the provider, or enter a name where it is not in the list.",
                "One of the two.",
            )
        )
    if details.email.strip() and "@" not in details.email:
        findings.append(_finding("PB002", "email", "An email address has an @ in it."))
    if details.standing is None:
        findings.append(_finding("PB003", "standing", "Choose how things stand."))
    if details.standing is BidderStanding.BID and details.answered_on is None:
        findings.append(_finding("PB004", "answered_on", "Enter the day the bid came."))
    if details.standing is BidderStanding.EXCLUDED and not details.note.strip():
        findings.append(_finding("PB005", "note", "Write why the bidder is excluded."))
    if details.price is not None and details.price <= 0:
        findings.append(_finding("PB006", "price", "A price is more than £0."))
    return findings


def check_price(details: BidPriceDetails) -> list[Finding]:
    """Return what is wrong with a price that was offered, by itself."""
    findings = []
    if details.bidder_id is None:
        findings.append(_finding("PB007", "bidder_id", "Choose the bidder."))
    if not details.standard_code:
        findings.append(_finding("PB008", "standard_code", "Choose the standard."))
    else:
        try:
            identifiers.check_standard_code(details.standard_code)
        except ValueError as error:
            findings.append(_finding("PB009", "standard_code", str(error)))
    for name in ("training_price", "assessment_price"):
        amount = getattr(details, name)
        if amount is None or amount < 0:
            findings.append(_finding("PB010", name, "Enter the price, £0 or more."))
    return findings


def check_clarification(details: ClarificationDetails) -> list[Finding]:
    """Return what is wrong with a question, by itself."""
    findings = []
    if details.asked_on is None:
        findings.append(_finding("PQ001", "asked_on", "Enter the day of the question."))
    if not details.question.strip():
        findings.append(_finding("PQ002", "question", "Write what was asked."))
    if bool(details.answer.strip()) != (details.answered_on is not None):
        field = "answered_on" if details.answer.strip() else "answer"
        findings.append(_finding("PQ003", field, "An answer has its words and its day."))
    elif details.asked_on and details.answered_on and details.answered_on < details.asked_on:
        findings.append(_finding("PQ004", "answered_on", "The answer comes before the question."))
    return findings


def check_criterion(details: CriterionDetails) -> list[Finding]:
    """Return what is wrong with a criterion, by itself."""
    findings = []
    if not details.name.strip():
        findings.append(_finding("PK001", "name", "Write what is judged."))
    findings += check_weight(details.weight)
    if details.least_score is not None and details.least_score < 0:
        findings.append(_finding("PK002", "least_score", "A score cannot be below 0."))
    return findings


def check_evaluator(details: EvaluatorDetails) -> list[Finding]:
    """Return what is wrong with an evaluator, by itself."""
    if details.name.strip():
        return []
    return [_finding("PE001", "name", "Enter the name of the person.")]


def check_abstention(details: AbstentionDetails) -> list[Finding]:
    """Return what is wrong with what an evaluator does not score, by itself."""
    findings = []
    if details.evaluator_id is None:
        findings.append(_finding("PE002", "evaluator_id", "Choose the evaluator."))
    if details.bidder_id is None and details.criterion_id is None:
        findings.append(
            _finding(
                "PE003", "bidder_id", "Choose the bidder, the criterion, or both.",
                "Who scores nothing at all is no evaluator.",
            )
        )  # fmt: skip
    if not details.reason.strip():
        findings.append(_finding("PE004", "reason", "Write why, such as a conflict of interest."))
    return findings
