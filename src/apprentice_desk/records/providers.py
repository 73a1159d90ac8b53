"""Training providers that the borough works with."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept, check_lengths


class Provider(Kept):
    """One provider; its UKPRN is unique where it is known."""

    __tablename__ = "provider"

    name: Mapped[str] = mapped_column(String(200))
    ukprn: Mapped[str | None] = mapped_column(String(8), unique=True)


@dataclass(frozen=True, slots=True)
class ProviderDetails:
    """What the form of a provider edits."""

    name: str = ""
    ukprn: str | None = None


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider as lists show it."""

    id: UUID
    name: str
    ukprn: str | None


def check(details: ProviderDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.name.strip():
        findings.append(
            Finding(Level.ROW, "PR001", "The provider needs a name.", "", Place(field="name"))
        )
    if details.ukprn:
        try:
            identifiers.check_ukprn(details.ukprn)
        except ValueError as error:
            findings.append(Finding(Level.ROW, "PR002", str(error), "", Place(field="ukprn")))
    return findings + check_lengths(details, Provider)


def add_provider(session: Session, details: ProviderDetails) -> UUID:
    """Add a provider and return its key.

    Raises Problem when the UKPRN is another provider's.
    """
    ukprn = _free_ukprn(session, details.ukprn, None)
    provider = Provider(name=details.name.strip(), ukprn=ukprn)
    session.add(provider)
    session.flush()
    return provider.id


def correct_provider(session: Session, provider_id: UUID, details: ProviderDetails) -> None:
    """Replace a provider's details.

    Raises Conflict when it is gone, Problem when the UKPRN is another provider's.
    """
    provider = session.get(Provider, provider_id)
    if provider is None:
        raise Conflict("This provider was removed meanwhile.", mine=details)
    ukprn = _free_ukprn(session, details.ukprn, provider)
    provider.name = details.name.strip()
    provider.ukprn = ukprn


def _free_ukprn(session: Session, written: str | None, owner: Provider | None) -> str | None:
    if not written:
        return None
    ukprn = identifiers.check_ukprn(written)
    other = session.scalars(select(Provider).where(Provider.ukprn == ukprn)).first()
    if other is not None and other is not owner:
        raise Problem(f"UKPRN {ukprn} is {other.name} already.", "Choose it from the list.")
    return ukprn


def find_provider(session: Session, name: str) -> UUID | None:
    """Return the key of the provider of this name, any case; None when there is none."""
    return session.scalars(
        select(Provider.id).where(func.lower(Provider.name) == name.strip().lower())
    ).first()


def provider_rows(session: Session) -> tuple[ProviderRow, ...]:
    """Return the providers by name."""
    found = session.scalars(select(Provider).order_by(func.lower(Provider.name)))
    return tuple(ProviderRow(p.id, p.name, p.ukprn) for p in found)
