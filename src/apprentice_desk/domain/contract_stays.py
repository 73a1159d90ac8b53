"""Which part of an apprenticeship belongs to which contract, from the changes that were recorded.

A change keeps what held until the day before.  A price that was typed and stayed the same through
a change is one price for the whole: each contract has its months of it.  One that is another after
the change is either that price, put right, or agreed for what was left of the training: people
say which, and until then it is not known what either contract costs.  A contract's price for a
standard is for a whole training; for the rest of one it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.contract_money import EndBefore, PriceFor, PriceFrom, Stay
from apprentice_desk.domain.move_checks import ChangeKind

_PLANNED_ANEW = (ChangeKind.PLANNED_END, ChangeKind.BACK_FROM_BREAK)
"""What says until when training is planned, though that is when it was planned before."""


@dataclass(frozen=True, slots=True)
class Terms:
    """With whom, under which contract, for what and at which typed price somebody is trained."""

    provider_id: UUID | None
    contract_id: UUID | None
    standard_code: str
    price: Decimal | None
    price_from: PriceFrom = PriceFrom.AGREED
    price_is_for: PriceFor | None = None
    """Blank where nobody was asked: the price is as it was, or was never said to be another."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change on a day, with what held until the day before; *end_on* was the planned end."""

    on: date
    kind: ChangeKind
    was: Terms
    end_on: date | None


@dataclass(frozen=True, slots=True)
class Spell:
    """Terms that held from a day on; *first_on* is None from the start."""

    first_on: date | None
    terms: Terms

    @property
    def place(self) -> tuple[UUID | None, UUID | None, str]:
        """Where and for what it is; another price alone makes no other spell."""
        return self.terms.provider_id, self.terms.contract_id, self.terms.standard_code


def spells(turns: Sequence[Turn], now: Terms) -> tuple[Spell, ...]:
    """Return what held from when on, the earliest first; *turns* are in the order of recording."""
    moving = [turn for turn in turns if turn.kind in (ChangeKind.PROVIDER, ChangeKind.STANDARD)]
    moving.sort(key=lambda turn: turn.on)
    found: list[Spell] = []
    for first_on in (None, *(turn.on for turn in moving)):
        later = [turn for turn in moving if first_on is None or turn.on > first_on]
        whose = next((t.was for t in later if t.kind is ChangeKind.PROVIDER), now)
        what = next((t.was for t in later if t.kind is ChangeKind.STANDARD), now)
        priced = later[0].was if later else now
        terms = Terms(
            whose.provider_id, whose.contract_id, what.standard_code,
            priced.price, priced.price_from, priced.price_is_for,
        )  # fmt: skip
        spell = Spell(first_on, terms)
        is_rest = terms.price_is_for is PriceFor.REST
        if found and found[-1].place == spell.place and not is_rest:
            before = found.pop()  # at the same place another price puts that one right
            spell = Spell(before.first_on, replace(terms, price_is_for=before.terms.price_is_for))
        found.append(spell)
    return tuple(found)


def stays(
    found: Sequence[Spell], contract_id: UUID, prices: Mapping[tuple[UUID, str], Decimal]
) -> tuple[Stay, ...]:
    """Return the spells as parts of a price, as one of their contracts sees them.

    *prices* are those that contracts agree for a standard.
    """
    made: list[Stay] = []
    for place, spell in enumerate(found):
        terms = spell.terms
        price, price_from = terms.price, terms.price_from
        if price is None and place == 0 and terms.contract_id is not None:
            price = prices.get((terms.contract_id, terms.standard_code))
            price_from = PriceFrom.CONTRACT
        before = found[place - 1].terms.price if place else None
        is_own = place == 0 or terms.price is None or terms.price_is_for is PriceFor.REST
        made.append(
            Stay(
                first_on=spell.first_on,
                price=price,
                price_from=PriceFrom.NOWHERE if price is None else price_from,
                is_rest=not is_own,
                is_here=terms.contract_id == contract_id,
                is_left=place + 1 < len(found)
                and found[place + 1].terms.provider_id != terms.provider_id,
                is_unsaid=not is_own and terms.price_is_for is None and terms.price != before,
            )
        )
    return tuple(_put_right(made))


def _put_right(made: Sequence[Stay]) -> Iterator[Stay]:
    """Yield the parts with the price that their agreement has in the end, or said to be unsaid."""
    runs: list[list[Stay]] = []
    for each in made:
        if each.is_rest:
            runs[-1].append(each)
        else:
            runs.append([each])
    for run in runs:
        last, is_unsaid = run[-1], any(each.is_unsaid for each in run)
        for each in run:
            if is_unsaid:
                yield replace(each, is_unsaid=True)
            else:
                yield replace(each, price=last.price, price_from=last.price_from)


def ends_before(turns: Sequence[Turn], now: date | None) -> tuple[EndBefore, ...]:
    """Return the ends planned before, in order; *turns* are in the order of recording.

    A change recorded later for an earlier day goes before those that it overtakes.
    """
    found: list[EndBefore] = []
    ends = (*(turn.end_on for turn in turns), now)
    for turn, after in zip(turns, ends[1:], strict=True):
        end_on = turn.end_on
        is_said = turn.kind in _PLANNED_ANEW or end_on != after
        if end_on is None or not is_said:
            continue
        while found and found[-1].until >= turn.on:
            end_on = found.pop().end_on
        found.append(EndBefore(turn.on, end_on))
    return tuple(found)
