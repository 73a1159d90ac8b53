"""The words and colours for how an apprenticeship stands, wherever a list shows it."""

from __future__ import annotations

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.off_the_job import HoursStatus
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.kit.theme import Tone

HOURS_BADGES: dict[HoursStatus, Badge] = {
    HoursStatus.BEHIND: Badge("Behind", "danger", "circle-alert"),
    HoursStatus.SLIPPING: Badge("Slipping", "warning", "triangle-alert"),
    HoursStatus.NO_PLAN: Badge("No plan", "quiet", "circle-question-mark"),
    HoursStatus.ON_TRACK: Badge("On track", "good", "check"),
    HoursStatus.COMPLETE: Badge("Hours done", "good", "circle-check"),
}
STATUS_BADGES: dict[Status, Badge] = {
    Status.IN_ASSESSMENT: Badge("In assessment", "note", "flag"),
    Status.ON_A_BREAK: Badge("On a break", "note", "circle-pause"),
    Status.PLANNED: Badge("To start", "quiet", "calendar-clock"),
    Status.COMPLETED: Badge("Completed", "quiet", "award"),
    Status.WITHDRAWN: Badge("Withdrawn", "quiet", "circle-x"),
}
VACANT = Badge("Nobody yet", "quiet", "user-plus")
"""A role, agreed or advertised, that nobody is named for yet."""


def status_badge(row: ApprenticeRow) -> Badge:
    """Return the word for how *row* stands: for the living that of their hours."""
    if row.is_vacancy:
        return VACANT
    if row.status is Status.LIVE and row.figures.status in HOURS_BADGES:
        return HOURS_BADGES[row.figures.status]
    return STATUS_BADGES.get(row.status, Badge("Live", "note", "user"))


def hours_tone(status: HoursStatus) -> Tone:
    """Return the tone of what is logged, as a bar or a line."""
    badge = HOURS_BADGES.get(status)
    return badge.tone if badge is not None and badge.tone in ("danger", "warning") else "accent"


def action_badge(*, is_open: bool, is_overdue: bool) -> Badge:
    """Return how an action that somebody took on stands."""
    if not is_open:
        return Badge("Done", "good", "check")
    if is_overdue:
        return Badge("Overdue", "danger", "circle-alert")
    return Badge("Open", "quiet", "circle-dashed")
