"""What was decided of a procurement, and what followed: as forms edit it and pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.standstill import Duty
from apprentice_desk.records.base import check_lengths
from apprentice_desk.records.procurement_tables import ProcurementDecision


@dataclass(frozen=True, slots=True)
class DecisionDetails:
    """What the form of a decision edits; *tie_reason* says how a tie was broken."""

    bidder_id: UUID | None = None
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""
    tie_reason: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpDetails:
    """What the form of letters, notice and standstill edits.

    *standstill_to_on* is its last day as the letters say it; without it the rules say it.  Where
    one is required and none is kept, *no_standstill_ground* or *no_standstill_reason* says why.
    """

    letters_on: date | None = None
    notice_on: date | None = None
    keeps_standstill: bool | None = None
    standstill_to_on: date | None = None
    no_standstill_ground: str | None = None
    no_standstill_reason: str = ""

    @property
    def is_excused(self) -> bool:
        """Whether it says why none is kept where one is required."""
        return bool(self.no_standstill_ground or self.no_standstill_reason.strip())


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as pages show it; *contract_reference* is of the contract that was made."""

    id: UUID
    details: DecisionDetails
    follow_up: FollowUpDetails
    bidder_name: str
    contract_id: UUID | None
    contract_reference: str


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def check_decision(details: DecisionDetails, today: date) -> list[Finding]:
    """Return what is wrong with a decision by itself."""
    findings = []
    if details.bidder_id is None:
        findings.append(_finding("PD001", "bidder_id", "Choose who is to have the contract."))
    if details.decided_on is None:
        findings.append(_finding("PD002", "decided_on", "Enter the day of the decision."))
    elif details.decided_on > today:
        findings.append(_finding("PD003", "decided_on", "This day is still to come."))
    if not details.decided_by.strip():
        findings.append(_finding("PD004", "decided_by", "Enter who decided."))
    if not details.reason.strip():
        findings.append(
            _finding("PD005", "reason", "Write why: the letters to the bidders say it.")
        )
    return findings + check_lengths(details, ProcurementDecision)


def check_follow_up(
    details: FollowUpDetails, decided_on: date | None, today: date, owed: Duty
) -> list[Finding]:
    """Return what is wrong with the days of letters, notice and standstill.

    *owed* says whether there has to be one: then none is left out without a ground.
    """
    findings = []
    if details.keeps_standstill is False and owed.is_required and not details.is_excused:
        findings.append(
            _finding(
                "PD016", "no_standstill_ground", owed.says,
                "Choose the ground on which none is kept, or write it.",
            )
        )  # fmt: skip
    for name, what in (("letters_on", "The letters"), ("notice_on", "The notice")):
        day = getattr(details, name)
        if day is not None and decided_on is not None and day < decided_on:
            findings.append(_finding("PD006", name, f"{what} cannot go before the decision."))
        if day is not None and day > today:
            findings.append(
                _finding("PD007", name, "This day is still to come.", "Enter it once it is done.")
            )
    end = details.standstill_to_on
    if end is not None and details.keeps_standstill is False:
        findings.append(
            _finding("PD008", "standstill_to_on", "There is no standstill that could end.")
        )
    elif end is not None and any(
        day is not None and end < day for day in (decided_on, details.letters_on, details.notice_on)
    ):
        findings.append(
            _finding("PD009", "standstill_to_on", "The standstill would be over before it begins.")
        )
    return findings + check_lengths(details, ProcurementDecision)


def decision_details(record: ProcurementDecision) -> DecisionDetails:
    """Return what the form of a decision edits of a record."""
    return DecisionDetails(
        record.bidder_id, record.decided_on, record.decided_by, record.reason, record.tie_reason
    )


def follow_up_details(record: ProcurementDecision) -> FollowUpDetails:
    """Return what the form of letters, notice and standstill edits of a record."""
    return FollowUpDetails(
        record.letters_on, record.notice_on, record.keeps_standstill, record.standstill_to_on,
        record.no_standstill_ground, record.no_standstill_reason,
    )  # fmt: skip


def decision_row(
    record: ProcurementDecision, bidders: Mapping[UUID, str], contracts: Mapping[UUID, str]
) -> DecisionRow:
    """Return a record as pages show it, with the names of *bidders* and *contracts*."""
    return DecisionRow(
        record.id,
        decision_details(record),
        follow_up_details(record),
        bidders[record.bidder_id],
        record.contract_id,
        "" if record.contract_id is None else contracts[record.contract_id],
    )
