"""What a sample borough agreed with its providers, and what it noted of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.vocabulary import Measure, ProviderNoteKind
from apprentice_desk.records import contract_measures, provider_care
from apprentice_desk.records.contract_measures import AgreedDetails
from apprentice_desk.records.provider_care import ActionDetails, ContactDetails, NoteDetails


def look_after_providers(
    session: Session, contracts: Iterable[UUID], providers: Mapping[str, UUID], today: date
) -> None:
    """Agree measures under *contracts*, and put in what was noted of those *providers* named."""
    described: dict[str, Any] = resources.load_toml("sample", "care.toml")
    for contract_id in contracts:
        for entry in described["measure"]:
            contract_measures.agree_measure(
                session,
                contract_id,
                Measure(entry["measure"]),
                AgreedDetails(entry["percent"], entry["note"]),
            )
    for entry in described["provider"]:
        if entry["name"] in providers:
            _look_after(session, entry, providers[entry["name"]], today)


def _look_after(session: Session, described: dict[str, Any], key: UUID, today: date) -> None:
    for entry in described.get("contact", ()):
        provider_care.add_contact(session, key, ContactDetails(**entry))
    notes = [
        provider_care.add_note(
            session,
            key,
            NoteDetails(
                ProviderNoteKind(entry["kind"]),
                today - timedelta(days=entry["days_ago"]),
                entry["words"],
                entry["source"],
            ),
        )
        for entry in described.get("note", ())
    ]
    for entry in described.get("action", ()):
        due_on = today + timedelta(days=entry["due_in_days"])
        details = ActionDetails(entry["what"], entry["owner"], due_on, notes[entry["note"]])
        action_id = provider_care.add_action(session, key, details)
        if "done_days_ago" in entry:
            done_on = today - timedelta(days=entry["done_days_ago"])
            provider_care.finish_action(session, action_id, done_on, today)
