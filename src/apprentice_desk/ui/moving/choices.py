"""What the forms of moves choose from, and what they are worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.checklist_gateway import Gateway, gateway
from apprentice_desk.domain.moves import Moving
from apprentice_desk.records import apprentices
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.checklists import ChecklistRecords, checklist_records, gateway_facts
from apprentice_desk.records.contracts import ContractRow, contract_rows
from apprentice_desk.records.providers import ProviderRow, provider_rows
from apprentice_desk.records.standards import StandardRow, standard_rows
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Offered:
    """What a change chooses from, and what holds now."""

    now: ApprenticeDetails
    standards: tuple[StandardRow, ...]
    providers: tuple[ProviderRow, ...]
    contracts: tuple[ContractRow, ...]

    def standard_choices(self) -> list[tuple[str, str]]:
        """Return the standards as choices."""
        return [(row.code, row.shown) for row in self.standards]

    def provider_choices(self) -> list[tuple[UUID, str]]:
        """Return the providers as choices."""
        return [(row.id, row.name) for row in self.providers]

    def contract_choices(self) -> list[tuple[UUID, str]]:
        """Return the contracts as choices, each with its provider."""
        return [(row.id, f"{row.reference}  {row.provider_name}") for row in self.contracts]

    def provider_shown(self, provider_id: UUID | None, contract_id: UUID | None) -> str:
        """Return a provider and a contract as they are read."""
        names = {row.id: row.name for row in self.providers}
        references = {row.id: row.reference for row in self.contracts}
        parts = [
            names.get(provider_id, "") if provider_id else "",
            references.get(contract_id, "") if contract_id else "",
        ]
        return ", ".join(part for part in parts if part)


def read_offered(session: Any, apprenticeship_id: UUID, today: date) -> Offered:
    """Return what the desk has to choose from."""
    return Offered(
        apprentices.held(session, apprenticeship_id).details,
        standard_rows(session),
        provider_rows(session),
        contract_rows(session, today),
    )


def moving_of(desk: Desk, row: ApprenticeRow) -> Moving:
    """Return what the consequences of a move of *row* are worked out from, today."""
    today = desk.clock.today()
    return Moving(
        facts=row.facts,
        as_at=today,
        hours=desk.lists.hours_rules,
        programme=resources.programme_rules(),
        interval_days=resources.review_rules().interval_days(today),
        last_review_on=row.last_review_on,
    )


def gateway_of(desk: Desk, row: ApprenticeRow, typed: ApprenticeDetails | None = None) -> Gateway:
    """Return the gateway's list of *row*, today, with the facts *typed* where some are."""
    # Of somebody who was removed meanwhile nothing is held: saving will say so.
    held = desk.store.read(checklist_records, [row.id]).get(row.id) or ChecklistRecords()
    facts = gateway_facts(row, held)
    if typed is not None:
        facts = replace(
            facts,
            born_on=typed.born_on,
            is_english_needed=typed.is_english_needed,
            english_met_on=typed.english_met_on,
            is_maths_needed=typed.is_maths_needed,
            maths_met_on=typed.maths_met_on,
        )
    return gateway(facts, held.gateway, resources.programme_rules(), desk.clock.today())


def leaving_choices() -> Sequence[tuple[str, str]]:
    """Return the reasons for leaving early as choices."""
    return tuple((reason.code, reason.meaning) for reason in resources.leaving_reasons())
