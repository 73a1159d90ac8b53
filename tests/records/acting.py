"""What tries of commands share: a person, days, and how a command is carried out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.records.store import Store

Act = Callable[[Session], Any]
Preparing = Callable[[Any], Act]


def changing(store: Store, act: Act, label: str = "Try") -> Any:
    """Call *act* in a change of its own and return what it returns."""
    with store.change(label) as session:
        return act(session)


GONE = UUID(int=1)
"""The key of nothing."""

MONDAY = date(2026, 8, 3)
AT = datetime(2026, 8, 7, 15, 30, tzinfo=UTC)
TODAY = date(2026, 9, 1)


def once(prepared: Callable[[Any], Any], act: Callable[[Session, Any], Any]) -> Preparing:
    """Return a preparing function that makes one thing and then acts on it."""

    def prepare(make: Any) -> Act:
        made = prepared(make)
        return lambda session: act(session, made)

    return prepare
