"""What stands behind the entries of one apprenticeship, read for whoever types one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.counting import texts_logged
from apprentice_desk.records import apprentices
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.ksb_progress import known_codes


@dataclass(frozen=True, slots=True)
class Behind:
    """What an apprenticeship's entries are judged by; *ksbs* is None where none are loaded."""

    weekly: tuple[tuple[date, int], ...]
    texts: Mapping[str, frozenset[date]]
    ksbs: tuple[str, ...] | None


def read_behind(session: Any, key: UUID) -> Behind:
    """Read what the entries of the apprenticeship *key* are judged by."""
    rows = hours_rows(session, apprenticeship_id=key)
    return Behind(
        apprentices.weekly_minutes(session, [key]).get(key, ()),
        texts_logged((row.done_on, row.what) for row in rows),
        known_codes(session, [key]).get(key),
    )
