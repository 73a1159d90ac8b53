"""How far an apprentice has come with a piece of knowledge, skill or behaviour, and who says so."""

from __future__ import annotations

from enum import StrEnum


class KsbStatus(StrEnum):
    """How far somebody has come, in the words of the Department for Education's own service.

    Source: SkillsFundingAgency/das-apprentice-progress-api.
    """

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    READY_FOR_REVIEW = "ready for review"
    COMPLETED = "completed"


class Voice(StrEnum):
    """Who says how far somebody has come."""

    APPRENTICE = "apprentice"
    MANAGER = "line manager"
    PROVIDER = "provider"


HOW_FAR = tuple(KsbStatus)
"""The statuses from the least far to the farthest."""
