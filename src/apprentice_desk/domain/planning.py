"""Learning plans: who delivers an activity."""

from __future__ import annotations

from enum import StrEnum


class DeliveredBy(StrEnum):
    """Who an activity of a learning plan is given by."""

    PROVIDER = "provider"
    EMPLOYER = "employer"
    PARTNER = "partner"
