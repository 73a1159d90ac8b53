"""What contracts need: notice, extensions to decide, ends, frameworks, and what runs out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from apprentice_desk.domain.calendar import BankHolidays, day_with_weekday, show_day
from apprentice_desk.domain.contract_terms import (
    Extension,
    NoticeDay,
    Term,
    next_extension,
    notice_day,
    runs_to,
    standing_expiries,
    unanswered_extension,
)
from apprentice_desk.domain.folding import fold
from apprentice_desk.domain.needs import (
    Need,
    NeedKind,
    NeedRules,
    Target,
    Urgency,
    counted,
    in_days,
    listed,
)

EXTENDED = "extended"
"""The part of a contract's page that asks whether it was extended."""

_LONGEST_KEY = 250
"""What can be put off is kept by its key, and names may be long."""


class Contract(Protocol):
    """One contract with its days."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def reference(self) -> str:
        """What people call it."""

    @property
    def framework(self) -> str:
        """The framework that it was called off from; "" where there is none."""

    @property
    def term(self) -> Term:
        """Its days."""


def contract_needs(
    contracts: Iterable[Contract],
    on_it: Mapping[str, int],
    today: date,
    rules: NeedRules,
    holidays: BankHolidays,
) -> list[Need]:
    """Return the lines of contracts: each that nears its notice or end or ended too soon, and more.

    *on_it* is how many are on programme under each, by reference.  One that has ended is named
    while somebody is still on it, one that may have been extended until somebody says whether it
    was.  Further lines are of extensions to decide, of frameworks that
    end, and of insurances and policies that run out while a contract is in force.
    """
    needs: list[Need] = []
    unknown: list[Contract] = []
    in_force: list[Contract] = []
    for contract in contracts:
        people = on_it.get(contract.reference, 0)
        ends = runs_to(contract.term, today)
        asked = unanswered_extension(contract.term, today)
        if ends is None:
            unknown.append(contract)
        elif asked is not None:
            needs.append(_was_it_extended(contract, ends, asked, people, today))
            ends = asked.to_on
        else:
            needs += _of_its_end(contract, ends, people, today, rules, holidays)
            needs += _notice_to_enter(contract, ends, people, today, holidays)
        if ends is None or ends >= today:
            in_force.append(contract)
            needs += _extension(contract, people, today, rules)
            needs += _expiries(contract, ends, people, today, rules)
    return [*needs, *_frameworks(in_force, today, rules), *_without_end(unknown)]


# --- notice and end -------------------------------------------------------------------------------


def _of_its_end(
    contract: Contract,
    ends: date,
    people: int,
    today: date,
    rules: NeedRules,
    holidays: BankHolidays,
) -> Iterator[Need]:
    left = (ends - today).days
    notice = notice_day(contract.term, today, holidays)
    act_by = None if notice.on is None or notice.on < today else notice.act_by_on
    to_notice = None if act_by is None else (act_by - today).days
    if act_by is not None and to_notice is not None and to_notice <= rules.contract_days:
        what, rank = f"Notice on contract {contract.reference} closes", to_notice
        if to_notice < 0 and notice.on is not None:
            what = f"{what} {in_days(notice.on, today)}, and no working day is left"
        else:
            what = f"{what} {in_days(act_by, today)}"
    elif 0 <= left <= rules.contract_days:
        what, rank = f"Contract {contract.reference} ends {in_days(ends, today)}", left
    elif left < 0 and people:
        what, rank = f"Contract {contract.reference} ended {counted(-left, 'day')} ago", left
    else:
        return
    yield Need(
        key=f"contract:{contract.id.hex}",
        kind=NeedKind.CONTRACT,
        urgency=_urgency(rank, rules),
        what=what,
        why=_sentence(
            *_notice_words(notice, today),
            f"it {'ended' if ends < today else 'ends'} {show_day(ends)}",
            *_extension_words(contract.term, ends),
            _people_words(people),
        ),
        action="Open contract",
        target=Target("contracts", contract.id),
        weight=people,
        rank=rank,
    )


def _urgency(days: int, rules: NeedRules) -> Urgency:
    return Urgency.NOW if days <= rules.contract_urgent_days else Urgency.SOON


def _notice_words(notice: NoticeDay, today: date) -> Iterator[str]:
    if notice.on is None:
        if notice.unknown:
            yield f"the last day for notice is not known ({notice.unknown.rstrip('.')})"
        return
    verb = "was" if notice.on < today else "is"
    if notice.send_by_on is None:
        yield f"the last day for notice {verb} {show_day(notice.on)}"
    else:
        yield f"the last day for notice {verb} {day_with_weekday(notice.on)}"
        verb = "was" if notice.send_by_on < today else "is"
        yield f"the last working day for it {verb} {day_with_weekday(notice.send_by_on)}"
    if notice.unknown:
        yield f"it may be a bank holiday ({notice.unknown.rstrip('.')})"


def _extension_words(term: Term, ends: date) -> Iterator[str]:
    if term.extension_to_on is not None and term.extension_to_on > ends:
        yield f"it may be extended to {show_day(term.extension_to_on)}"


def _people_words(people: int) -> str:
    if not people:
        return "nobody is on programme under it"
    still = "1 apprentice is" if people == 1 else f"{people:,} apprentices are"
    return f"{still} on programme under it"


def _sentence(*parts: str) -> str:
    joined = "; ".join(parts)
    return joined[:1].upper() + joined[1:]


def _without_end(contracts: Sequence[Contract]) -> list[Need]:
    if not contracts:
        return []
    return [
        Need(
            key="missing:ends_on",
            kind=NeedKind.MISSING,
            urgency=Urgency.LATER,
            what=f"End missing for {counted(len(contracts), 'contract')}",
            why=f"{listed([each.reference for each in contracts])}."
            " Nobody can be told in time before it ends",
            action="Enter it" if len(contracts) == 1 else "Enter the first",
            target=Target("contracts", contracts[0].id, "ends_on"),
            weight=len(contracts),
        )
    ]


def _notice_to_enter(
    contract: Contract, ends: date, people: int, today: date, holidays: BankHolidays
) -> Iterator[Need]:
    """The day for notice that was typed for an end that no longer stands."""
    notice = notice_day(contract.term, today, holidays)
    if notice.is_asked and ends >= today:
        yield Need(
            key=f"notice:{contract.id.hex}:{ends}",
            kind=NeedKind.CONTRACT,
            urgency=Urgency.SOON,
            what=f"Until when can notice be given on contract {contract.reference}?",
            why=_sentence(notice.unknown.rstrip("."), _people_words(people)),
            action="Enter it",
            target=Target("contracts", contract.id, "notice_by_on"),
            weight=people,
            rank=(ends - today).days,
        )


# --- extensions -----------------------------------------------------------------------------------


def _was_it_extended(
    contract: Contract, ends: date, asked: Extension, people: int, today: date
) -> Need:
    """The question whether a contract that is past its end goes on: nobody else can know."""
    return Need(
        key=f"extended:{contract.id.hex}:{asked.to_on}",
        kind=NeedKind.CONTRACT,
        urgency=Urgency.NOW,
        what=f"Was contract {contract.reference} extended?",
        why=_sentence(
            f"its last day was {show_day(ends)}",
            f"it may be extended to {show_day(asked.to_on)}, and nothing is entered",
            _people_words(people),
        ),
        action="Say which",
        target=Target("contracts", contract.id, part=EXTENDED),
        weight=people,
        rank=(ends - today).days,
    )


def _extension(contract: Contract, people: int, today: date, rules: NeedRules) -> Iterator[Need]:
    """The extension whose day for deciding is named in the contract; otherwise the end says it."""
    offered = next_extension(contract.term, today)
    named = {each.number for each in contract.term.extensions if each.decide_by_on is not None}
    if offered is None or offered.decide_by_on is None or offered.number not in named:
        return
    decide_by, days = offered.decide_by_on, (offered.decide_by_on - today).days
    if days > rules.contract_days:
        return
    if days >= 0:
        what = f"Extension of contract {contract.reference} is to be decided"
        what = f"{what} {'today' if not days else f'by {show_day(decide_by)}'}"
        why, urgency = f"it would go on to {show_day(offered.to_on)}", _urgency(days, rules)
    else:
        what = f"Was the extension of contract {contract.reference} taken up?"
        why = (
            f"it was to be decided by {show_day(decide_by)}, and nothing is entered;"
            f" it would go on to {show_day(offered.to_on)}"
        )
        urgency = Urgency.SOON
    yield Need(
        key=f"extension:{contract.id.hex}:{offered.number}",
        kind=NeedKind.CONTRACT,
        urgency=urgency,
        what=what,
        why=_sentence(why, _people_words(people)),
        action="Open contract",
        target=Target("contracts", contract.id),
        weight=people,
        rank=days,
    )


# --- frameworks -----------------------------------------------------------------------------------


def _frameworks(contracts: Iterable[Contract], today: date, rules: NeedRules) -> Iterator[Need]:
    """A line for each framework that ends soon, with the contracts that were called off from it."""
    under: dict[tuple[date, str], list[Contract]] = {}
    for contract in contracts:
        ends = contract.term.framework_ends_on
        if ends is not None and 0 <= (ends - today).days <= rules.contract_days:
            called = fold(contract.framework) or contract.id.hex
            under.setdefault((ends, called), []).append(contract)
    for (ends, called), those in under.items():
        first = those[0]
        name = f"Framework “{first.framework}”" if first.framework else "A framework"
        days = (ends - today).days
        yield Need(
            key=f"framework:{ends}:{called}"[:_LONGEST_KEY],
            kind=NeedKind.CONTRACT,
            urgency=Urgency.SOON if days <= rules.contract_urgent_days else Urgency.LATER,
            what=f"{name} ends {in_days(ends, today)}",
            why=f"A new call-off has to be placed by {show_day(ends)}; called off from it:"
            f" {listed([each.reference for each in those])}",
            action="Open contract" if len(those) == 1 else "Open the first",
            target=Target("contracts", first.id),
            weight=len(those),
            rank=days,
        )


# --- insurances and policies ----------------------------------------------------------------------


def _expiries(
    contract: Contract, ends: date | None, people: int, today: date, rules: NeedRules
) -> Iterator[Need]:
    """A line for each insurance or policy that runs out before the contract does."""
    for expiry in standing_expiries(contract.term.expiries):
        days = (expiry.ends_on - today).days
        if days > rules.contract_days or (ends is not None and expiry.ends_on >= ends):
            continue
        called = expiry.called
        if days < 0:
            urgency, when = Urgency.NOW, f"ran out {counted(-days, 'day')} ago"
        else:
            is_soon = days <= rules.contract_urgent_days
            urgency = Urgency.SOON if is_soon else Urgency.LATER
            when = f"runs out {in_days(expiry.ends_on, today)}"
        yield Need(
            key=f"expiry:{contract.id.hex}:{expiry.ends_on}:{fold(called)}"[:_LONGEST_KEY],
            kind=NeedKind.CONTRACT,
            urgency=urgency,
            what=f"{called[:1].upper()}{called[1:]} of contract {contract.reference} {when}",
            why=_sentence(
                f"its last day is {show_day(expiry.ends_on)}, and the contract asks for it",
                "ask the provider for the new one",
                _people_words(people),
            ),
            action="Open contract",
            target=Target("contracts", contract.id),
            weight=people,
            rank=days,
        )
