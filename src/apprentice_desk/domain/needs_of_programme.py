"""What the programme around the apprentices needs: the return and secondments."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from apprentice_desk.domain.calendar import Quarter, show_day
from apprentice_desk.domain.needs import (
    WEEKDAYS,
    Need,
    NeedKind,
    NeedRules,
    Target,
    Urgency,
    counted,
    in_days,
    listed,
)
from apprentice_desk.domain.vocabulary import (
    PlacementForm,
    ReceiptState,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
)

# --- the return -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Refused:
    """How much of a return would be refused: rows, and headings with how often each is meant."""

    rows: int
    headings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DueReturn:
    """A return that is to be sent.

    *due_on* is None where the day is not known, *refused* while the checks have not said.
    """

    period: Quarter
    due_on: date | None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What LOTI's receipt says of the newest return for a period."""

    period: Quarter
    state: ReceiptState
    received_on: date
    left_out: int


def return_to_send(
    today: date,
    due_ended: date | None,
    due_running: date | None,
    sent: Container[str],
    first_start: date | None,
    rules: NeedRules,
) -> DueReturn | None:
    """Return which return is to be sent, None where none is yet.

    It is that of the quarter that ended last until it is *sent*; after that the one that runs,
    once its day is near.  *due_ended* and *due_running* are the days when they are due, None where
    not known.  A desk on which nobody had started by the end of a quarter owes none for it.
    """
    running = Quarter.containing(today)
    ended = running.previous()
    if first_start is None:
        return None
    if first_start <= ended.last and str(ended) not in sent:
        return DueReturn(ended, due_ended)
    is_near = due_running is not None and (due_running - today).days <= rules.return_days
    if is_near and first_start <= running.last and str(running) not in sent:
        return DueReturn(running, due_running)
    return None


def return_needs(due: DueReturn | None, today: date, rules: NeedRules) -> list[Need]:
    """Return the line of the return that is to be sent."""
    if due is None:
        return []
    named, refused = f"Return for {due.period.words()}", _refused_words(due.refused)
    if due.due_on is None:
        urgency, what = Urgency.SOON, f"{named} is to be sent"
        why = f"The day when it is due is not known; {refused}"
    elif (days := (due.due_on - today).days) < 0:
        urgency, what = Urgency.NOW, f"{named} is {counted(-days, 'day')} late"
        why = f"It was due {show_day(due.due_on)}; {refused}"
    else:
        urgency = Urgency.NOW if days <= rules.return_urgent_days else Urgency.SOON
        what = f"{named} is due {_when(due.due_on, today)}"
        why = f"Due {show_day(due.due_on)}; {refused}"
    return [
        Need(
            key=f"return:{due.period}",
            kind=NeedKind.RETURN,
            urgency=urgency,
            what=what,
            why=why,
            action="Fix and export" if due.refused and due.refused.rows else "Export",
            target=Target("returns", quarter=str(due.period)),
            weight=due.refused.rows if due.refused else 0,
        )
    ]


def _when(day: date, today: date) -> str:
    """A day within the week by its name, any other as it is written."""
    days = (day - today).days
    if days < 2:
        return in_days(day, today)
    return WEEKDAYS[day.weekday()] if days < 7 else f"on {show_day(day)}"


def _refused_words(refused: Refused | None) -> str:
    if refused is None:
        return "what would be refused is being looked at"
    if not refused.rows:
        return "nothing in it would be refused"
    about = [
        f"“{heading}”" if count == 1 else f"“{heading}” ({count} times)"
        for heading, count in refused.headings
    ]
    where = f" because of {listed(about)}" if about else ""
    return f"{counted(refused.rows, 'row')} would be refused{where}"


_RECEIPT_WORDS = {
    ReceiptState.REFUSED: ("was refused by LOTI", Urgency.NOW),
    ReceiptState.CONFLICT: ("stands twice at LOTI and was not taken", Urgency.NOW),
    ReceiptState.IN_PART: ("was taken only in part by LOTI", Urgency.SOON),
}


def receipt_needs(receipt: Receipt | None) -> list[Need]:
    """Return a line where the newest return was not taken whole."""
    if receipt is None or receipt.state not in _RECEIPT_WORDS:
        return []
    words, urgency = _RECEIPT_WORDS[receipt.state]
    left_out = f"; {counted(receipt.left_out, 'row')} left out" if receipt.left_out else ""
    return [
        Need(
            key=f"receipt:{receipt.period}",
            kind=NeedKind.RETURN,
            urgency=urgency,
            what=f"Return for {receipt.period.words()} {words}",
            why=f"Its receipt was read on {show_day(receipt.received_on)}{left_out};"
            " fix what it names and send the next revision",
            action="See the receipt",
            target=Target("returns", quarter=str(receipt.period)),
            weight=receipt.left_out,
        )
    ]


# --- secondments ----------------------------------------------------------------------------------


class SecondmentFacts(Protocol):
    """What is known of one secondment."""

    @property
    def kind(self) -> SecondmentKind:
        """A request or an offer."""

    @property
    def status(self) -> SecondmentStatus:
        """Where it stands."""

    @property
    def role_family(self) -> RoleFamily | None:
        """The kind of work."""

    @property
    def host(self) -> str | None:
        """The code of where the place is."""

    @property
    def weeks(self) -> int | None:
        """How long it lasts."""

    @property
    def earliest_start_on(self) -> date | None:
        """The first day on which it may start."""

    @property
    def latest_start_on(self) -> date | None:
        """The last such day."""

    @property
    def started_on(self) -> date | None:
        """When it started."""

    @property
    def ended_on(self) -> date | None:
        """When it ended."""

    @property
    def form(self) -> PlacementForm:
        """Whether it lasts weeks or days."""

    @property
    def host_name(self) -> str:
        """What a host is called that is no borough."""

    @property
    def agreed_start_on(self) -> date | None:
        """The first day that was agreed."""

    @property
    def agreed_end_on(self) -> date | None:
        """The last day that was agreed."""


class Secondment(Protocol):
    """One secondment with whom it is for."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def name(self) -> str:
        """The apprentice's name."""

    @property
    def details(self) -> SecondmentFacts:
        """What is known of it."""


_WAITING = {
    SecondmentStatus.REQUESTED: "awaits approval",
    SecondmentStatus.APPROVED: "awaits a place",
    SecondmentStatus.MATCHED: "awaits agreement",
    SecondmentStatus.AGREED: "should have started",
    SecondmentStatus.UNDER_WAY: "should have ended",
}


def secondment_needs(
    secondments: Iterable[Secondment], places: Mapping[str, str], today: date
) -> list[Need]:
    """Return a line for each secondment that waits for somebody.

    *places* are the names of hosts by their code.  An agreed one waits once its start is past, the
    light form once its days are; one under way once they are over and no end is recorded.
    """
    needs = []
    for secondment in secondments:
        facts = secondment.details
        last = _last_day(facts)
        is_past = last is not None and last < today
        waits = facts.status in _WAITING and (is_past or not _is_under_way(facts.status))
        if not waits:
            continue
        needs.append(
            Need(
                key=f"secondment:{secondment.id.hex}",
                kind=NeedKind.SECONDMENT,
                urgency=Urgency.SOON if is_past else Urgency.LATER,
                what=f"{_called(facts, places)} {_waits_for(facts)}",
                why=_secondment_why(secondment, last, today),
                action=_secondment_action(facts),
                target=Target("secondments", secondment.id),
                rank=last.toordinal() if last else date.max.toordinal(),
            )
        )
    return needs


def _waits_for(facts: SecondmentFacts) -> str:
    if facts.status is SecondmentStatus.AGREED and facts.form.is_light:
        return "should have been"
    if facts.status is SecondmentStatus.APPROVED and facts.kind is SecondmentKind.OFFER:
        return "awaits somebody"
    return _WAITING[facts.status]


def _secondment_action(facts: SecondmentFacts) -> str:
    if facts.status is not SecondmentStatus.REQUESTED:
        return "Open secondment"
    return "Review offer" if facts.kind is SecondmentKind.OFFER else "Review request"


def _is_under_way(status: SecondmentStatus) -> bool:
    return status in (SecondmentStatus.AGREED, SecondmentStatus.UNDER_WAY)


def _last_day(facts: SecondmentFacts) -> date | None:
    """The day by which the next thing is to happen: its start, or once it has begun its end."""
    is_light = facts.form.is_light
    if facts.status is SecondmentStatus.UNDER_WAY:
        known = facts.ended_on or facts.agreed_end_on
        if known is not None or facts.started_on is None or facts.weeks is None:
            return known
        return facts.started_on + timedelta(weeks=facts.weeks)
    if facts.status is SecondmentStatus.AGREED and facts.agreed_start_on is not None:
        return facts.agreed_end_on if is_light else facts.agreed_start_on
    return facts.latest_start_on or facts.earliest_start_on


_FORMS = {
    PlacementForm.SECONDMENT: ("Offer of a place here", "Secondment"),
    PlacementForm.SHADOWING: ("Offer of shadowing here", "Shadowing"),
    PlacementForm.VISIT: ("Offer of a visit here", "Visit"),
}


def _called(facts: SecondmentFacts, places: Mapping[str, str]) -> str:
    offer, elsewhere = _FORMS[facts.form]
    if facts.kind is SecondmentKind.OFFER:
        return offer
    where = facts.host_name.strip() or places.get(facts.host or "", facts.host or "")
    return f"{elsewhere} to {where}" if where else f"{elsewhere} elsewhere"


def _secondment_why(secondment: Secondment, last: date | None, today: date) -> str:
    facts = secondment.details
    said = [secondment.name or "Nobody is named yet"]
    if facts.weeks is not None:
        said.append(counted(facts.weeks, "week"))
    starts = facts.started_on or facts.agreed_start_on or facts.earliest_start_on
    if starts is not None:
        said.append(f"from {show_day(starts)}")
    if facts.role_family is not None:
        said.append(str(facts.role_family))
    why = ", ".join(said)
    if last is not None and last < today:
        why += f"; {_was_by(facts)} {show_day(last)}"
    return why


def _was_by(facts: SecondmentFacts) -> str:
    if facts.status is SecondmentStatus.UNDER_WAY:
        is_agreed = facts.ended_on is None and facts.agreed_end_on is not None
        return "it was agreed until" if is_agreed else "its weeks were over"
    if facts.status is SecondmentStatus.AGREED and facts.agreed_start_on is not None:
        return "it was agreed for" if facts.form.is_light else "its agreed start was"
    return "its latest start was"
