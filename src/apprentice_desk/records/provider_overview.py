"""One provider as its own page shows it: who it is, and its contracts with how many are on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.providers import Provider

MADE_OF = ("provider", "contract", "apprenticeship")
"""The tables that an overview is read from."""


@dataclass(frozen=True, slots=True)
class ProviderContract:
    """One contract of the provider; *people* are the apprenticeships on it that have not ended."""

    id: UUID
    reference: str
    title: str
    starts_on: date | None
    ends_on: date | None
    people: int


@dataclass(frozen=True, slots=True)
class ProviderOverview:
    """One provider; its contracts stand with the newest first."""

    id: UUID
    name: str
    ukprn: str | None
    contracts: tuple[ProviderContract, ...]


def provider_overview(session: Session, provider_id: UUID, as_at: date) -> ProviderOverview | None:
    """Return a provider as it stands on *as_at*; None when it is gone.  Two queries."""
    provider = session.get(Provider, provider_id)
    if provider is None:
        return None
    on_it = (
        select(func.count())
        .where(
            Apprenticeship.contract_id == Contract.id,
            or_(
                Apprenticeship.ended_on > as_at,
                and_(Apprenticeship.ended_on.is_(None), Apprenticeship.outcome.is_(None)),
            ),
        )
        .correlate(Contract)
        .scalar_subquery()
    )
    found = session.execute(
        select(
            Contract.id, Contract.reference, Contract.title, Contract.starts_on, Contract.ends_on,
            on_it,
        ).where(Contract.provider_id == provider_id)
    )  # fmt: skip
    contracts = sorted(
        (ProviderContract(*row) for row in found),
        key=lambda each: (each.starts_on or date.min, each.reference),
        reverse=True,
    )
    return ProviderOverview(provider.id, provider.name, provider.ukprn, tuple(contracts))
