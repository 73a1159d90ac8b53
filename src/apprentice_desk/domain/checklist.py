"""What has to be dealt with before an apprenticeship starts, and before its gateway."""

from __future__ import annotations

from enum import StrEnum


class Checklist(StrEnum):
    """Which list an item belongs to."""

    START = "start"
    GATEWAY = "gateway"
