"""Which part of an apprenticeship belongs to which contract, from the changes that were recorded.

A change keeps what held until the day before.  A price that was typed and stayed the same through
a change is one price for the whole: each contract has its months of it.  One that is another after
the change was agreed for what was left of the training.  A contract's price for a standard is for
a whole training; for the rest of one it says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.contract_money import EndBefore, PriceFrom, Stay
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
            priced.price, priced.price_from,
        )  # fmt: skip
        spell = Spell(first_on, terms)
        if found and found[-1].place == spell.place:
            spell = Spell(found[-1].first_on, terms)
            found.pop()
        found.append(spell)
    return tuple(found)


def stays(
    found: Sequence[Spell], contract_id: UUID, prices: Mapping[tuple[UUID, str], Decimal]
) -> tuple[Stay, ...]:
    """Return the spells as parts of a price, as one of their contracts sees them.

    *prices* are those that contracts agree for a standard.
    """
    made = []
    for place, spell in enumerate(found):
        terms = spell.terms
        price, price_from = terms.price, terms.price_from
        if price is None and place == 0 and terms.contract_id is not None:
            price = prices.get((terms.contract_id, terms.standard_code))
            price_from = PriceFrom.CONTRACT
        made.append(
            Stay(
                first_on=spell.first_on,
                price=price,
                price_from=PriceFrom.NOWHERE if price is None else price_from,
                is_rest=place > 0 and terms.price is not None
                and found[place - 1].terms.price == terms.price,
                is_here=terms.contract_id == contract_id,
                is_left=place + 1 < len(found)
                and found[place + 1].terms.provider_id != terms.provider_id,
            )
        )  # fmt: skip
    return tuple(made)


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
