"""Who takes part in a progress review."""

from __future__ import annotations

from enum import StrEnum


class ReviewRole(StrEnum):
    """As what somebody takes part; the first three make a review a review."""

    APPRENTICE = "apprentice"
    MANAGER = "line manager"
    PROVIDER = "provider"
    HOST = "host"
    OTHER = "other"
