"""What the rules of keeping are about: each record with the day from which its time runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.contract_terms import is_in_force, is_over, runs_to
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.retention import Hold, Retained, RetentionKind
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.contracts import (
    Contract,
    ContractRow,
    contract_rows,
    people_on_contracts,
)
from apprentice_desk.records.erasures import hold_rows
from apprentice_desk.records.network import Barrier
from apprentice_desk.records.payments import Payment
from apprentice_desk.records.procurement_tables import Procurement, ProcurementDecision
from apprentice_desk.records.survey import SurveyAnswer

_LONGEST_NAME = 60


def retained_rows(session: Session, today: date) -> tuple[Retained, ...]:
    """Return every record that a rule of keeping is about, as things stand on *today*."""
    contracts = contract_rows(session, today)
    in_force = {row.id: row.reference for row in contracts if is_in_force(row.term, today)}
    return (
        *_people(session, in_force, today),
        *_procurements(session, in_force),
        *_contracts(session, contracts, today),
        *_barriers(session),
        *_answers(session),
    )


def holds_by_key(session: Session) -> Mapping[UUID, tuple[Hold, ...]]:
    """Return the reasons to keep that were given, by the key of the record."""
    found: dict[UUID, list[Hold]] = defaultdict(list)
    for row in hold_rows(session):
        found[row.subject_key].append(row.hold)
    return {key: tuple(holds) for key, holds in found.items()}


def _people(session: Session, in_force: Mapping[UUID, str], today: date) -> Iterator[Retained]:
    paid = dict(_latest(session, Payment.apprenticeship_id, Payment.paid_on))
    courses: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.execute(
        select(
            Apprentice.id, Apprentice.given_names, Apprentice.family_name,
            Apprenticeship.id.label("apprenticeship_id"), Apprenticeship.training_started_on,
            Apprenticeship.ended_on, Apprenticeship.outcome, Apprenticeship.contract_id,
        )
        .join(Apprenticeship, Apprenticeship.apprentice_id == Apprentice.id)
        .order_by(Apprentice.id, Apprenticeship.number)
    ):  # fmt: skip
        courses[row.id].append(row)
    for key, own in courses.items():
        name = full_name(own[0].given_names, own[0].family_name)
        if not name:
            continue  # a role that nobody is named for yet
        contracts = {in_force[row.contract_id] for row in own if row.contract_id in in_force}
        yield _person(key, name, own, paid, tuple(sorted(contracts)), today)


def _person(
    key: UUID,
    name: str,
    own: list[Any],
    paid: Mapping[Any, date],
    contracts: tuple[str, ...],
    today: date,
) -> Retained:
    """Return a person with their last day: that of all their apprenticeships, or none yet."""
    ends: list[tuple[date | None, str]] = []
    has_started = False
    for row in own:
        started_on, ended_on = row.training_started_on, row.ended_on
        is_over = row.outcome is not None or ended_on is not None
        began = (
            started_on is not None
            and started_on <= today
            and (ended_on is None or ended_on >= started_on)
        )
        has_started = has_started or began
        if not is_over:
            ends.append((None, ""))
        elif began:
            words = "Completed" if row.outcome is Outcome.COMPLETED else "Left"
            ends.append((ended_on, f"{words} on"))
        else:
            ends.append((ended_on or started_on, "Gave up the place on"))
        last_paid = paid.get(row.apprenticeship_id)
        if last_paid is not None:
            has_started = True
            ends.append((last_paid, "Last paid for on"))
    kind = RetentionKind.APPRENTICE if has_started else RetentionKind.NEVER_STARTED
    if any(day is None for day, _ in ends):
        return Retained(kind, key, name, None, "", contracts)
    last_on, ended = max(ends, key=lambda each: each[0] or date.min)
    return Retained(kind, key, name, last_on, ended, contracts)


def _procurements(session: Session, in_force: Mapping[UUID, str]) -> Iterator[Retained]:
    found = session.execute(
        select(
            Procurement.id, Procurement.reference, Procurement.title, Procurement.abandoned_on,
            ProcurementDecision.decided_on, ProcurementDecision.contract_id, Contract.ends_on,
            Contract.extension_to_on,
        )
        .outerjoin(ProcurementDecision, ProcurementDecision.procurement_id == Procurement.id)
        .outerjoin(Contract, Contract.id == ProcurementDecision.contract_id)
    )  # fmt: skip
    for key, reference, title, abandoned_on, decided_on, contract_id, *ends in found:
        days = [(abandoned_on, "Given up on"), (decided_on, "Decided on")]
        days += [(end, "Its contract ended on") for end in ends]
        known = [each for each in days if each[0] is not None]
        last_on, ended = max(known, default=(None, ""))
        if contract_id is not None and not any(ends):
            last_on = None  # its contract runs on to a day that is not known
        contract = None if contract_id is None else in_force.get(contract_id)
        contracts = () if contract is None else (contract,)
        name = f"{reference} · {title}"[:_LONGEST_NAME]
        yield Retained(RetentionKind.PROCUREMENT, key, name, last_on, ended, contracts)


def _contracts(
    session: Session, contracts: Iterable[ContractRow], today: date
) -> Iterator[Retained]:
    """Return the contracts, each with the last day on which anything happened under it."""
    on_it = people_on_contracts(session, today)
    paid = dict(_latest(session, Payment.contract_id, Payment.paid_on))
    left = dict(_latest(session, Apprenticeship.contract_id, Apprenticeship.ended_on))
    for row in contracts:
        name = _short(" · ".join(part for part in (row.reference, row.title) if part))
        days = [
            (runs_to(row.term, today), "Ended on"),
            (paid.get(row.id), "Last paid under on"),
            (left.get(row.id), "Its last apprentice left on"),
        ]
        known = [(day, words) for day, words in days if day is not None]
        if not is_over(row.term, today) or row.id in on_it:
            known = []  # it goes on, or whether it does is not known
        last_on, ended = max(known, default=(None, ""), key=lambda each: each[0] or date.min)
        yield Retained(RetentionKind.CONTRACT, row.id, name, last_on, ended)


def _latest(session: Session, key: Any, day: Any) -> Iterator[tuple[UUID, date]]:
    """Yield the latest of the days of each key that has one."""
    found = session.execute(
        select(key, func.max(day)).where(key.is_not(None), day.is_not(None)).group_by(key)
    )
    yield from ((row[0], row[1]) for row in found)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _barriers(session: Session) -> Iterator[Retained]:
    found = session.execute(
        select(Barrier.id, Barrier.category, Barrier.what_stands_in_the_way, Barrier.settled_on)
    )
    for key, category, what, settled_on in found:
        name = f"{category}: {' '.join(what.split())}"
        yield Retained(RetentionKind.BARRIER, key, _short(name), settled_on, "Settled on")


def _answers(session: Session) -> Iterator[Retained]:
    found = session.execute(
        select(SurveyAnswer.id, SurveyAnswer.quarter, SurveyAnswer.asked, SurveyAnswer.answered_on)
    )
    for key, quarter, asked, answered_on in found:
        name = _short(f"{quarter}: {asked}")
        yield Retained(RetentionKind.ANSWER, key, name, answered_on, "Answered on")
