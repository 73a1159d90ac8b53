"""On which grounds a contract is awarded without competition, by the law that it is under.

The words name what has to be shown; the paragraph is written by whoever makes the report, since
no list here takes the place of the law.
"""

from __future__ import annotations

from enum import StrEnum


class ActGround(StrEnum):
    """Grounds of the Procurement Act 2023 that may fit training: Schedule 5, and section 43."""

    RIGHTS = "only one provider can do it: exclusive rights"
    TECHNICAL = "only one provider can do it: no competition for technical reasons"
    ADDITIONAL = "more of the same, to fit what was bought before"
    REPEAT = "a repeat of what was tendered, as its papers announced"
    URGENCY = "extreme and unavoidable urgency"
    CHOICE = "the choice of whom the service is for"
    SWITCH = "a tender brought no suitable bid"


class RegulationGround(StrEnum):
    """Grounds of regulation 32 of the Public Contracts Regulations 2015 for services."""

    NO_BIDS = "a tender brought no suitable bid"
    TECHNICAL = "only one provider can do it: no competition for technical reasons"
    RIGHTS = "only one provider can do it: exclusive rights"
    URGENCY = "extreme urgency that could not be foreseen"
    REPEAT = "a repeat of services that were tendered, as the notice announced"
