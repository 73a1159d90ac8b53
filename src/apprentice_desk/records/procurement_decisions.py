"""Deciding a procurement: who is to have the contract, telling the bidders, making the contract."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import BankHolidays, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.procuring import NEEDS_NO_SCORES, StepKind, kept_from_contract
from apprentice_desk.domain.scoring import ranking
from apprentice_desk.domain.standstill import ProcurementRules, duty
from apprentice_desk.records import contract_prices, contracts
from apprentice_desk.records.base import refuse
from apprentice_desk.records.contract_prices import PriceDetails
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.procurement_outcomes import (
    DecisionDetails,
    FollowUpDetails,
    check_decision,
    check_follow_up,
    decision_details,
    follow_up_details,
)
from apprentice_desk.records.procurement_overview import (
    ProcurementOverview,
    how_it_stands,
    procurement_overview,
)
from apprentice_desk.records.procurement_tables import Procurement, ProcurementDecision


def check_among(found: ProcurementOverview, details: DecisionDetails) -> list[Finding]:
    """Return what stands against a decision beside the bids and their ranking.

    Nothing may be missing that the ranking is made of; the contract goes to who is first, and
    where several are, the reason says how the tie was broken.
    """
    if found.abandoned_on is not None:
        return [_finding("PD010", "bidder_id", "This procurement was given up.", "Take it up "
                         "again first.")]  # fmt: skip
    closes_on = next(
        (
            row.details.done_on or row.details.due_on
            for row in found.steps
            if row.details.kind is StepKind.BIDS_BY
        ),
        None,
    )
    is_early = closes_on and details.decided_on and details.decided_on < closes_on
    if closes_on and is_early and found.details.route not in NEEDS_NO_SCORES:
        return [
            _finding(
                "PD015", "decided_on", f"Bids may come until {show_day(closes_on)}, so nothing is"
                " decided before.", "Correct this day, or the timetable if bids closed earlier.",
            )
        ]  # fmt: skip
    if found.lacking:
        return [
            _finding(
                "PD011", "bidder_id", "It cannot be decided yet: " + " ".join(found.lacking),
                "Enter what is missing.",
            )
        ]  # fmt: skip
    if not found.criteria:
        is_bid = any(bid.id == details.bidder_id for bid in found.sheet.bids)
        return [] if is_bid else [_finding("PD012", "bidder_id", "There is no bid of this bidder.")]
    winners = [each for each in ranking(found.sheet) if each.rank == 1]
    chosen = next((each for each in winners if each.id == details.bidder_id), None)
    if chosen is None:
        names = " and ".join(each.name for each in winners) or "nobody"
        return [
            _finding(
                "PD013", "bidder_id", f"The ranking has {names} first.",
                "Whoever withdrew or is excluded no longer counts once that is entered.",
            )
        ]  # fmt: skip
    if chosen.is_tied and not details.tie_reason.strip():
        return [
            _finding(
                "PD014", "tie_reason", "Several bids are first: write how the tie was broken.",
                "As the invitation said it would be.",
            )
        ]  # fmt: skip
    return []


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


# --- commands -----------------------------------------------------------------------------------


def decide(
    session: Session,
    procurement_id: UUID,
    details: DecisionDetails,
    held: DecisionDetails | None,
    today: date,
) -> None:
    """Record who is to have the contract, or correct that.

    *held* is the decision as it was read, None where there was none.  Raises Conflict when it is
    otherwise now or the procurement is gone, Problem for what the checks find, once a contract was
    made, and where bidders were told something else already.
    """
    refuse(check_decision(details, today))
    found = _overview(session, procurement_id, details)
    refuse(check_among(found, details))
    record, now = _decision(session, procurement_id)
    if now != held:
        raise _changed(details, now)
    if record is None:
        record = ProcurementDecision(procurement_id=procurement_id)
        session.add(record)
    elif record.contract_id is not None:
        raise _contract_made("changed")
    else:
        _check_told(record, details)
    record.bidder_id = details.bidder_id
    record.decided_on = details.decided_on
    record.decided_by = details.decided_by.strip()
    record.reason = details.reason.strip()
    record.tie_reason = details.tie_reason.strip()
    session.flush()


def _check_told(record: ProcurementDecision, details: DecisionDetails) -> None:
    """Raise Problem where *details* does not go with the letters or the notice that went out."""
    assert details.decided_on is not None  # check_decision found it
    for on, what in (
        (record.letters_on, "The letters went out"),
        (record.notice_on, "The notice was published"),
    ):
        if on is None:
            continue
        said = f"{what} on {show_day(on)}"
        if details.bidder_id != record.bidder_id:
            raise Problem(
                f"{said}, for another bidder.",
                "Take the decision back first: it takes out the days of letters and notice, which"
                " have to go again.",
            )
        if details.decided_on > on:
            raise Problem(
                f"{said}: the decision cannot come after that.", "Correct one of the two days."
            )


def take_decision_back(session: Session, procurement_id: UUID) -> None:
    """Take the decision out, with the days of letters and notice.

    Raises Conflict when there is none, Problem once a contract was made.
    """
    record = _taken(session, procurement_id, None)
    if record.contract_id is not None:
        raise _contract_made("taken back")
    session.delete(record)
    session.flush()


def follow_up(
    session: Session,
    procurement_id: UUID,
    details: FollowUpDetails,
    held: FollowUpDetails,
    today: date,
    rules: ProcurementRules,
) -> None:
    """Record when letters and notice went out, and whether there is a standstill.

    *held* is what there was when it was read.  Raises Conflict when it is otherwise now or there
    is no decision, Problem for what ``check_follow_up`` finds.
    """
    record = _taken(session, procurement_id, details)
    procurement = session.get_one(Procurement, procurement_id)
    owed = duty(
        procurement.regime, procurement.route, rules.duties,
        is_light_touch=procurement.is_light_touch,
    )  # fmt: skip
    refuse(check_follow_up(details, record.decided_on, today, owed))
    now = follow_up_details(record)
    if now != held:
        raise _changed(details, now)
    record.letters_on = details.letters_on
    record.notice_on = details.notice_on
    record.keeps_standstill = details.keeps_standstill
    record.standstill_to_on = details.standstill_to_on
    keeps_none = details.keeps_standstill is False
    record.no_standstill_ground = details.no_standstill_ground if keeps_none else None
    record.no_standstill_reason = details.no_standstill_reason.strip() if keeps_none else ""
    session.flush()


def make_contract(
    session: Session,
    procurement_id: UUID,
    details: ContractDetails,
    today: date,
    rules: ProcurementRules,
    holidays: BankHolidays,
) -> UUID:
    """Make the contract that was decided on, with the prices that were offered; return its key.

    Raises Conflict when there is no decision, Problem for what the contract's checks find, before
    the standstill is known to be past, once the procurement was given up, and when the contract
    was made already.
    """
    record = _taken(session, procurement_id, details)
    if record.contract_id is not None:
        raise Problem("The contract was made already.", "Go to it.")
    found = _overview(session, procurement_id, details)
    standing = how_it_stands(found, today, rules, holidays)
    hindrance = kept_from_contract(standing.course, today, standing.unknown)
    if hindrance is not None:
        raise hindrance
    refuse(contracts.check(details))
    contract_id = contracts.award(session, details)
    for row in found.prices:
        if row.details.bidder_id == record.bidder_id:
            price = row.details
            contract_prices.agree_price(
                session,
                contract_id,
                PriceDetails(price.standard_code, price.training_price, price.assessment_price),
            )
    record.contract_id = contract_id
    session.flush()
    return contract_id


# --- what they share ----------------------------------------------------------------------------


def _overview(session: Session, procurement_id: UUID, mine: object) -> ProcurementOverview:
    found = procurement_overview(session, procurement_id)
    if found is None:
        raise Conflict("This procurement was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _decision(session: Session, procurement_id: UUID) -> tuple[Any, DecisionDetails | None]:
    record = session.scalars(
        select(ProcurementDecision).where(ProcurementDecision.procurement_id == procurement_id)
    ).one_or_none()
    if record is None:
        return None, None
    return record, decision_details(record)


def _taken(session: Session, procurement_id: UUID, mine: object) -> ProcurementDecision:
    record: ProcurementDecision | None = _decision(session, procurement_id)[0]
    if record is None:
        raise Conflict("This decision was taken back meanwhile.", "Close the form.", mine=mine)
    return record


def _changed(mine: object, theirs: object) -> Conflict:
    return Conflict(
        "This was changed by somebody else while you were editing.",
        "Compare the two versions and choose what to keep.",
        mine=mine,
        theirs=theirs,
    )


def _contract_made(what: str) -> Problem:
    return Problem(
        f"A contract was made of this decision, so it was not {what}.",
        "Remove the contract first, if it is wrong too.",
    )


# --- what a contract begins with ----------------------------------------------------------------


def contract_from(found: ProcurementOverview) -> ContractDetails:
    """Return what is known of the contract that was decided on; the rest is blank.

    A bidder who is not among the providers leaves the provider to be chosen.
    """
    details, decision = found.details, found.decision
    provider_id = next(
        (
            row.details.provider_id
            for row in found.bidders
            if decision is not None and row.id == decision.details.bidder_id
        ),
        None,
    )
    return ContractDetails(
        reference=details.reference,
        title=details.title,
        provider_id=provider_id,
        regime=details.regime,
        route=details.route,
        framework=details.framework,
        standard_codes=details.standard_codes,
        starts_on=details.contract_starts_on,
        ends_on=details.contract_ends_on,
        extension_to_on=details.contract_extension_to_on,
        value_limit=details.value_limit,
        is_limit_with_vat=None if details.value_limit is None else True,
        framework_ends_on=details.framework_ends_on,
        notices=details.notices,
        lots=details.lots,
        looked_after_by=details.looked_after_by,
    )
