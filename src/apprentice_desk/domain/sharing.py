"""Who decides about what is shared between a borough and LOTI."""

from __future__ import annotations

from enum import StrEnum


class SharingRole(StrEnum):
    """What both are in the law on personal data for what is shared."""

    APART = "each a controller of its own"
    JOINT = "joint controllers"
