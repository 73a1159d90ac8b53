"""How a secondment goes from draft to completed: which move comes next, and what each asks.

The light form, shadowing and visits, goes the same way with two moves fewer: nothing is agreed in
writing, and a day that was fixed is simply over when it has been.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.placement_clashes import Clash
from apprentice_desk.domain.vocabulary import PlacementForm, SecondmentKind, SecondmentStatus

LONGEST_WEEKS = 26
USUAL_WEEKS = 4
"""LOTI's first plan spoke of about a month with its central team."""
LONGEST_DAYS = 20


class Move(StrEnum):
    """What can be done with a secondment, as a person would say it."""

    ASK = "ask for it"
    APPROVE = "approve"
    MATCH = "match"
    AGREE = "agree"
    START = "start"
    COMPLETE = "complete"
    DECLINE = "decline"
    WITHDRAW = "withdraw"

    @property
    def ends_it(self) -> bool:
        """Whether it is given up with this, for a reason."""
        return self in (Move.DECLINE, Move.WITHDRAW)


BECOMES = {
    Move.ASK: SecondmentStatus.REQUESTED,
    Move.APPROVE: SecondmentStatus.APPROVED,
    Move.MATCH: SecondmentStatus.MATCHED,
    Move.AGREE: SecondmentStatus.AGREED,
    Move.START: SecondmentStatus.UNDER_WAY,
    Move.COMPLETE: SecondmentStatus.COMPLETED,
    Move.DECLINE: SecondmentStatus.DECLINED,
    Move.WITHDRAW: SecondmentStatus.WITHDRAWN,
}

_STATUS = SecondmentStatus
_WHOLE = {
    _STATUS.DRAFT: (Move.ASK, Move.WITHDRAW),
    _STATUS.REQUESTED: (Move.APPROVE, Move.DECLINE, Move.WITHDRAW),
    _STATUS.APPROVED: (Move.MATCH, Move.DECLINE, Move.WITHDRAW),
    _STATUS.MATCHED: (Move.AGREE, Move.DECLINE, Move.WITHDRAW),
    _STATUS.AGREED: (Move.START, Move.WITHDRAW),
    _STATUS.UNDER_WAY: (Move.COMPLETE, Move.WITHDRAW),
}
_LIGHT = _WHOLE | {
    _STATUS.APPROVED: (Move.AGREE, Move.DECLINE, Move.WITHDRAW),
    _STATUS.AGREED: (Move.COMPLETE, Move.WITHDRAW),
}


@dataclass(frozen=True, slots=True)
class MoveDetails:
    """What a move says; which of it a move needs is in ``asked``.

    *on* is the day on which it was done and *by* who did it.  *note* is the reason of a decline or
    withdrawal, and of an approval that was given though something stands against it.
    """

    on: date | None = None
    by: str = ""
    note: str = ""
    host: str | None = None
    host_name: str = ""
    host_supervisor: str = ""
    matched_code: str = ""
    agreed_start_on: date | None = None
    agreed_end_on: date | None = None
    provider_told_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    learned: str = ""
    ksbs_touched: str = ""
    host_feedback: str = ""
    apprentice_feedback: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules of a move know of a secondment before it."""

    kind: SecondmentKind
    form: PlacementForm
    status: SecondmentStatus
    has_apprentice: bool = False
    says_what: bool = False
    """Whether a role, KSBs or words say what is wanted or offered."""
    earliest_start_on: date | None = None
    latest_start_on: date | None = None
    weeks: int | None = None
    days: int | None = None
    started_on: date | None = None
    moved_last_on: date | None = None


_ALWAYS = ("on", "by")
_NEEDED: dict[Move, tuple[str, ...]] = {
    Move.ASK: _ALWAYS,
    Move.APPROVE: _ALWAYS,
    Move.MATCH: (*_ALWAYS, "host"),
    Move.AGREE: (*_ALWAYS, "agreed_start_on", "agreed_end_on", "host_supervisor"),
    Move.START: ("started_on", "by"),
    Move.COMPLETE: ("ended_on", "by"),
    Move.DECLINE: (*_ALWAYS, "note"),
    Move.WITHDRAW: (*_ALWAYS, "note"),
}
_WELCOME: dict[Move, tuple[str, ...]] = {
    Move.ASK: ("note",),
    Move.APPROVE: ("note",),
    Move.MATCH: ("host_name", "host_supervisor", "matched_code", "note"),
    Move.AGREE: ("provider_told_on", "note"),
    Move.START: ("note",),
    Move.COMPLETE: ("learned", "ksbs_touched", "host_feedback", "apprentice_feedback", "note"),
    Move.DECLINE: (),
    Move.WITHDRAW: (),
}


def possible(form: PlacementForm, status: SecondmentStatus) -> tuple[Move, ...]:
    """Return what can be done next, the usual way on first; nothing once it is over."""
    return (_LIGHT if form.is_light else _WHOLE).get(status, ())


def needed(move: Move, standing: Standing) -> tuple[str, ...]:
    """Return the names of ``MoveDetails`` without which *move* is refused."""
    names = _NEEDED[move]
    if move is Move.AGREE and standing.form.is_light:
        names = (*(name for name in names if name != "host_supervisor"), "host")
    if move is Move.WITHDRAW and standing.status is SecondmentStatus.UNDER_WAY:
        names = (*names, "ended_on")
    if move is Move.COMPLETE and standing.started_on is None:
        names = ("started_on", *names)
    return names


def asked(move: Move, standing: Standing) -> tuple[str, ...]:
    """Return what the form of *move* asks: what is needed first, then what is welcome."""
    first = needed(move, standing)
    more = _WELCOME[move]
    if move is Move.AGREE and standing.form.is_light:
        more = ("host_name", "host_supervisor", "note")
    return (*first, *(name for name in more if name not in first))


def day_of(move: Move, details: MoveDetails) -> date | None:
    """Return the day on which the move was made: of a start and an end it is that day itself."""
    if move is Move.START:
        return details.started_on
    if move is Move.COMPLETE:
        return details.ended_on
    return details.on


def check_move(move: Move, details: MoveDetails, standing: Standing, today: date) -> list[Finding]:
    """Return what is wrong with a move: one that is not next, what is missing, days amiss."""
    if move not in possible(standing.form, standing.status):
        return [
            _wrong(
                "SM001",
                "",
                f"This cannot be done while it is {standing.status}.",
                "Look at how it stands now; somebody may have moved it meanwhile.",
            )
        ]
    findings = [
        _wrong("SM002", name, _MISSING[name])
        for name in needed(move, standing)
        if not getattr(details, name)
    ]
    if move is Move.ASK:
        findings += _not_yet_asked(standing)
    return [*findings, *_days_amiss(move, details, standing, today)]


def unheeded(move: Move, details: MoveDetails, clashes: Sequence[Clash]) -> list[Finding]:
    """Return what an approval lacks that is given though something grave stands against it.

    Whoever approves knows better than the desk, but says why: others rely on those days too.
    """
    grave = [each for each in clashes if each.is_grave]
    if move is not Move.APPROVE or not grave or details.note.strip():
        return []
    return [
        _wrong(
            "SM013",
            "note",
            f"Say why it may go on all the same. {grave[0].says}",
            grave[0].remedy,
        )
    ]


_MISSING = {
    "on": "Enter the day.",
    "by": "Say who does it.",
    "note": "Say why, in a few words.",
    "host": "Say where the place is.",
    "host_supervisor": "Say who looks after the apprentice there.",
    "agreed_start_on": "Enter the first day that was agreed.",
    "agreed_end_on": "Enter the last day that was agreed.",
    "started_on": "Enter the first day.",
    "ended_on": "Enter the last day.",
}


def _not_yet_asked(standing: Standing) -> Iterator[Finding]:
    if standing.kind is SecondmentKind.REQUEST and not standing.has_apprentice:
        yield _wrong("SM003", "", "Say which apprentice it is for first.", "Change the request.")
    if standing.earliest_start_on is None:
        yield _wrong("SM004", "", "Say first from when it can be.", "Fill in the earliest start.")
    if standing.form.is_light and standing.days is None:
        yield _wrong("SM005", "", "Say first how many days it takes.", "Fill in the days.")
    if not standing.form.is_light and standing.weeks is None:
        yield _wrong("SM005", "", "Say first how many weeks it takes.", "Fill in the weeks.")
    if not standing.says_what:
        yield _wrong(
            "SM006",
            "",
            "Say first what it is about.",
            "Choose a kind of role, name KSBs, or say it in words.",
        )


def _days_amiss(
    move: Move, details: MoveDetails, standing: Standing, today: date
) -> Iterator[Finding]:
    for name in ("on", "started_on", "ended_on", "provider_told_on"):
        day = getattr(details, name)
        if day is not None and day > today:
            yield _wrong(
                "SM007",
                name,
                f"{show_day(day)} is still to come.",
                "Record it on the day itself or after.",
            )
    start, end = details.agreed_start_on, details.agreed_end_on
    if start and end and end < start:
        yield _wrong("SM008", "agreed_end_on", "It ends before it begins.")
    elif start and end and not standing.form.is_light:
        yield from _too_long(start, end)
    if start is not None:
        yield from _outside_window(start, standing)
    began = details.started_on or standing.started_on
    if began and details.ended_on and details.ended_on < began:
        yield _wrong("SM010", "ended_on", f"That is before it started, on {show_day(began)}.")
    day, before = day_of(move, details), standing.moved_last_on
    if move not in (Move.START, Move.COMPLETE) and day and before and day < before:
        yield _wrong("SM011", "on", f"That is before the step before it, on {show_day(before)}.")


def _too_long(start: date, end: date) -> Iterator[Finding]:
    days = (end - start).days + 1
    if days > LONGEST_WEEKS * 7:
        yield _wrong(
            "SM009",
            "agreed_end_on",
            f"That is {days // 7} weeks; a secondment lasts {LONGEST_WEEKS} at most.",
        )


def _outside_window(start: date, standing: Standing) -> Iterator[Finding]:
    first, last = standing.earliest_start_on, standing.latest_start_on
    if first is not None and start < first:
        yield _wrong(
            "SM012",
            "agreed_start_on",
            f"The earliest start asked for is {show_day(first)}.",
            "Change the window first, if everybody agrees to another.",
        )
    if last is not None and start > last:
        yield _wrong(
            "SM012",
            "agreed_start_on",
            f"The latest start asked for is {show_day(last)}.",
            "Change the window first, if everybody agrees to another.",
        )


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
