"""What an apprenticeship's course needs: pay below what is due, a gateway with open items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist_gateway import Gateway
from apprentice_desk.domain.checklist_rules import AheadRule
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.money import show_pounds, to_pence
from apprentice_desk.domain.needs import (
    Need,
    NeedKind,
    Target,
    Urgency,
    counted,
    in_days,
    listed,
)
from apprentice_desk.domain.wages import (
    PayStanding,
    PayState,
    WageFacts,
    WageRules,
    standing,
    turns,
)


@dataclass(frozen=True, slots=True)
class Paid:
    """Somebody who is or will be paid, and what their pay is judged by."""

    id: UUID
    name: str
    facts: WageFacts


def wage_needs(
    people: Iterable[Paid], rules: WageRules, today: date, whose: str = ""
) -> list[Need]:
    """Return a line for each person paid too little, or whose pay will be within the days ahead.

    Of those without recorded pay one line tells, of those whose pay cannot be judged another, and
    one where rates are about to run out.  *whose* tells the first, of one manager's people, from
    that of everybody, so that putting off the one leaves the other.
    """
    last = today + timedelta(
        days=in_force(rules.ahead, today, "How far ahead pay is looked at").days
    )
    needs: list[Need] = []
    unknown: list[tuple[Paid, PayStanding]] = []
    unrecorded: list[Paid] = []
    is_anybody_paid = False
    for person in people:
        is_anybody_paid = is_anybody_paid or bool(person.facts.pay)
        now = standing(person.facts, rules, today)
        if now.state is PayState.NOT_RECORDED:
            unrecorded.append(person)
        if now.state is PayState.BELOW:
            needs.append(_below(person, now, now.day))
            continue
        if now.state is PayState.NOT_KNOWN:
            unknown.append((person, now))
            continue
        for turn in turns(person.facts, rules, today, last):
            if turn.standing.state is PayState.BELOW:
                needs.append(_coming(person, turn.standing, turn.on, turn.because))
                break
    if unknown:
        needs.append(_unjudged(unknown))
    if unrecorded:
        needs.append(_unrecorded(unrecorded, whose))
    known_to = rules.rates[-1].valid_to
    if is_anybody_paid and today <= known_to < last:
        needs.append(_rates_end(known_to))
    return needs


def _below(person: Paid, now: PayStanding, day: date) -> Need:
    return Need(
        key=f"wage:{person.id.hex}",
        kind=NeedKind.WAGE,
        urgency=Urgency.NOW,
        what=f"{person.name} is paid {show_pounds(now.lacks)} an hour too little",
        why=now.says.removesuffix("."),
        action="See pay",
        target=Target("apprentices", person.id, part="pay"),
        weight=to_pence(now.lacks),
        rank=-to_pence(now.lacks),
    )


def _coming(person: Paid, then: PayStanding, on: date, because: str) -> Need:
    due = "" if then.due is None else f" {show_pounds(then.due.amount)}"
    return Need(
        key=f"wage:{person.id.hex}",
        kind=NeedKind.WAGE,
        urgency=Urgency.SOON,
        what=f"From {show_day(on)} {person.name} is due{due} an hour",
        why=f"Then {because}, and {show_pounds(then.lacks)} an hour would be missing",
        action="See pay",
        target=Target("apprentices", person.id, part="pay"),
        weight=to_pence(then.lacks),
        rank=on.toordinal(),
    )


def _unjudged(unknown: list[tuple[Paid, PayStanding]]) -> Need:
    first, found = unknown[0]
    names = listed([person.name for person, _ in unknown])
    return Need(
        key="wage:not known",
        kind=NeedKind.WAGE,
        urgency=Urgency.LATER,
        what=f"Pay of {counted(len(unknown), 'apprentice')} cannot be judged",
        why=f"{names}. {found.says.removesuffix('.')}",
        action="See pay" if len(unknown) == 1 else "See the first",
        target=Target("apprentices", first.id, part="pay"),
        weight=len(unknown),
    )


def _unrecorded(people: list[Paid], whose: str) -> Need:
    """One line for all, as of a list that has just come in: pay is seldom in it."""
    return Need(
        key="wage:not recorded" + (f":{' '.join(whose.split()).casefold()}" if whose else ""),
        kind=NeedKind.WAGE,
        urgency=Urgency.LATER,
        what=f"Pay not recorded for {counted(len(people), 'apprentice')}",
        why=f"{listed([person.name for person in people])}. Without it nobody can say whether they"
        " are paid what is due",
        action="Record it" if len(people) == 1 else "Record the first",
        target=Target("apprentices", people[0].id, part="pay"),
        weight=len(people),
    )


def _rates_end(known_to: date) -> Need:
    return Need(
        key=f"wage:rates:{known_to.isoformat()}",
        kind=NeedKind.WAGE,
        urgency=Urgency.LATER,
        what=f"Wage rates are known to {show_day(known_to)} only",
        why="Nobody's pay can be judged from the day after on; a newer version of the program"
        " brings the new rates",
        action="See apprentices",
        target=Target("apprentices"),
    )


# --- gateway --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NearGateway:
    """Somebody whose gateway is planned for a day, and how it stands."""

    id: UUID
    name: str
    planned_on: date
    gateway: Gateway


def gateway_needs(
    people: Iterable[NearGateway], rules: Iterable[AheadRule], today: date
) -> list[Need]:
    """Return a line for each planned gateway that is near or past, not passed, with what is open.

    One that is past with nothing open is named too: it is to be recorded.
    """
    ahead = in_force(rules, today, "How far ahead a gateway is looked at")
    needs = []
    for person in people:
        left = (person.planned_on - today).days
        items = person.gateway.open
        if left > ahead.days or (left >= 0 and not items):
            continue
        when = f"is planned {in_days(person.planned_on, today)}"
        if left < 0:
            when = f"was planned for {show_day(person.planned_on)}"
        what = f"Gateway for {person.name} {when}"
        why = "Nothing is open: record that it was passed"
        if items:
            what += f", with {counted(len(items), 'item')} open"
            why = listed([item.title for item in items], 4)
            earliest = person.gateway.earliest.on
            if earliest is not None and earliest > person.planned_on:
                why += f". The earliest day is {show_day(earliest)}"
        needs.append(
            Need(
                key=f"gateway:{person.id.hex}",
                kind=NeedKind.GATEWAY,
                urgency=Urgency.NOW if left <= ahead.urgent_days else Urgency.SOON,
                what=what,
                why=why,
                action="See gateway",
                target=Target(
                    "apprentices", person.id, items[0].id if items else "", part="checklists"
                ),
                weight=len(items),
                rank=person.planned_on.toordinal(),
            )
        )
    return needs
