"""Changes to a contract: on which ground the law allows one, and how far it goes.

The grounds are those of the Procurement Act 2023, sections 74 and 75 with schedule 8, in force
since 24 February 2025, and of regulation 72 of the Public Contracts Regulations 2015, which goes on
applying to contracts that were awarded under those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from apprentice_desk.domain.vocabulary import Regime


class ChangeGround(StrEnum):
    """Why the law allows a change without a new procurement."""

    LIGHT_TOUCH = "a light touch contract"
    AGREED = "agreed from the beginning"
    NOT_SUBSTANTIAL = "not substantial"
    SMALL = "small in value"
    ADDITIONAL = "more services that are needed"
    UNFORESEEN = "what could not be foreseen"
    BELOW = "below the threshold"


_COMMON = (
    ChangeGround.AGREED,
    ChangeGround.NOT_SUBSTANTIAL,
    ChangeGround.SMALL,
    ChangeGround.ADDITIONAL,
    ChangeGround.UNFORESEEN,
)

GROUNDS: Mapping[Regime, tuple[ChangeGround, ...]] = {
    Regime.ACT_2023: (ChangeGround.LIGHT_TOUCH, *_COMMON),
    Regime.PCR_2015: _COMMON,
    Regime.BELOW_THRESHOLD: (ChangeGround.BELOW,),
}
"""The grounds that each law knows."""


def usual_ground(regime: Regime | None, is_light_touch: bool | None) -> ChangeGround | None:
    """Return the ground that a law alone settles; None where it takes looking at the change."""
    if regime is Regime.BELOW_THRESHOLD:
        return ChangeGround.BELOW
    is_light = regime is Regime.ACT_2023 and bool(is_light_touch)
    return ChangeGround.LIGHT_TOUCH if is_light else None


SMALL_SHARE = Fraction(1, 10)
"""So far value and term may move before the law asks for more."""
LARGE_SHARE = Fraction(1, 2)
"""So far the value may rise where services are added or something could not be foreseen."""

_UP_TO_HALF = frozenset({ChangeGround.ADDITIONAL, ChangeGround.UNFORESEEN})


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a change goes: shares of the value and of the longest term, below 0 where less.

    None is not known.
    """

    value: Fraction | None = None
    term: Fraction | None = None

    @property
    def is_beyond_small(self) -> bool:
        """Whether value or term move by more than a tenth."""
        return any(abs(each) > SMALL_SHARE for each in (self.value, self.term) if each is not None)


def value_change(was: Decimal | None, now: Decimal | None) -> Fraction | None:
    """Return by what share of itself a value moves; None where it is not known or was nothing."""
    if not was or now is None:
        return None
    return Fraction(now - was) / Fraction(was)


def term_change(
    starts_on: date | None,
    ends_on: date | None,
    longest_to_on: date | None,
    new_ends_on: date | None,
    new_longest_to_on: date | None,
) -> Fraction | None:
    """Return by what share of the longest term provided for a contract gets longer or shorter.

    A new end within the extensions that the contract offers does not lengthen it; one before the
    end that stood shortens it by the days between.
    """
    if starts_on is None or ends_on is None:
        return None
    most = max(ends_on, longest_to_on or ends_on)
    days = (most - starts_on).days + 1
    if new_longest_to_on is not None:
        moved = (max(new_longest_to_on, new_ends_on or new_longest_to_on) - most).days
    elif new_ends_on is None:
        moved = 0
    elif new_ends_on > most:
        moved = (new_ends_on - most).days
    else:
        moved = min(0, (new_ends_on - ends_on).days)
    return Fraction(moved, days) if days > 0 else None


def over_limit(regime: Regime, ground: ChangeGround, extent: Extent) -> str:
    """Return in words why *extent* goes beyond what *ground* allows; "" where it does not."""
    value, term = extent.value, extent.term
    if ground is ChangeGround.SMALL and value is not None:
        # The Act allows a tenth; the Regulations ask for less than that.
        is_over = abs(value) > SMALL_SHARE or (
            regime is Regime.PCR_2015 and abs(value) == SMALL_SHARE
        )
        if is_over:
            allowed = "less than" if regime is Regime.PCR_2015 else "at most"
            return f"The value moves by {_percent(value)}; {allowed} 10% is small."
    if ground in _UP_TO_HALF and value is not None and value > LARGE_SHARE:
        return f"The value rises by {_percent(value)}; on this ground 50% is the most."
    is_long = term is not None and abs(term) > SMALL_SHARE
    if ground is ChangeGround.NOT_SUBSTANTIAL and regime is Regime.ACT_2023 and is_long:
        assert term is not None  # as is_long says
        return f"The term moves by {_percent(term)}; more than 10% is substantial."
    return ""


def asks_for_notice(regime: Regime, ground: ChangeGround, extent: Extent) -> bool:
    """Return whether the law may ask for a notice of the change before it is made."""
    if regime is Regime.PCR_2015:
        return ground in _UP_TO_HALF
    return (
        regime is Regime.ACT_2023
        and ground is not ChangeGround.LIGHT_TOUCH
        and extent.is_beyond_small
    )


def _percent(share: Fraction) -> str:
    """Return a share to a tenth of a per cent, rounded up: what is above 10% never reads as 10%."""
    tenths = -(-abs(share) * 1000 // 1)
    whole, rest = divmod(int(tenths), 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"
