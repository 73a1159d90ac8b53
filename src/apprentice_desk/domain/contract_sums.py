"""What a contract costs on a day: what is due for each apprentice, what is paid, at what risk.

Sums are made of their parts alone.  What is not known is counted and left out, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.contract_money import NOTHING, Agreed, Schedule, total
from apprentice_desk.domain.money import round_pounds


@dataclass(frozen=True, slots=True)
class Spending:
    """What one apprenticeship costs and has cost under one contract, on a day.

    *is_behind* says that the off-the-job hours are behind; what the provider was paid may then
    have to be given back.
    """

    id: UUID
    agreed: Agreed
    schedule: Schedule
    on: date
    paid: Decimal
    is_behind: bool = False

    @property
    def due(self) -> Decimal | None:
        """What was due up to the day; None where that is not known."""
        return None if self.schedule.says else self.schedule.due_by(self.on)

    @property
    def last_due_on(self) -> date | None:
        """The day on which something fell due last; None where nothing has."""
        days = (step.due_on for step in self.schedule.steps if step.amount)
        return max((day for day in days if day is not None and day <= self.on), default=None)

    @property
    def price(self) -> Decimal | None:
        """The price, or what of it is this contract's; None where that is not known."""
        price = self.schedule.price
        return price if price is not None or self.agreed.stays else self.agreed.price

    @property
    def band_unknown(self) -> Decimal:
        """What of the price may lie within the funding band or above it."""
        if self.schedule.says:
            return NOTHING if self.agreed.above_band is not None else self.price or NOTHING
        return self.schedule.band_unknown

    @property
    def above_band(self) -> Decimal | None:
        """What of the price the funding band does not cover; None where that is not known."""
        if self.schedule.says:
            return None if self.price is None else self.agreed.above_band
        return None if self.band_unknown else self.schedule.above_band

    @property
    def within_band(self) -> Decimal | None:
        """What of the price the funding band covers; None where that is not known."""
        price, above = self.price, self.above_band
        return None if price is None or above is None else price - above

    @property
    def employer_share(self) -> Decimal | None:
        """What of the price within the band is the employer's; None where nobody has said."""
        within, percent = self.within_band, self.agreed.employer_percent
        return None if within is None or percent is None else _percent_of(within, percent)

    @property
    def difference(self) -> Decimal | None:
        """What is still to be paid of what is due; below £0 where more was paid."""
        return None if self.due is None else self.due - self.paid

    @property
    def paid_ahead(self) -> Decimal:
        """What was paid that was not due, or not due any more."""
        return max(-(self.difference or NOTHING), NOTHING)

    @property
    def at_risk(self) -> Decimal:
        """What was paid and may be lost: all of it while hours are behind, else what was not due.

        Funding may be recovered where the hours are not reached (2026/27 rules, 82.4, read at
        second hand).
        """
        return self.paid if self.is_behind else self.paid_ahead

    @property
    def risk_unknown(self) -> Decimal:
        """What was paid of which nobody can say whether it was due."""
        return self.paid if self.due is None and not self.is_behind else NOTHING

    @property
    def committed(self) -> Decimal:
        """What is due or will be, or was paid where that is more."""
        return max((self.price or NOTHING) - self.schedule.never_due, self.paid)


def _percent_of(amount: Decimal, percent: int) -> Decimal:
    return round_pounds(amount * percent / 100)


@dataclass(frozen=True, slots=True)
class ContractMoney:
    """A contract on a day, added up from its apprentices and from what was paid for none of them.

    *paid_otherwise* is what was paid under it for nobody in particular or for somebody who is on
    another contract now.
    """

    people: tuple[Spending, ...]
    paid_otherwise: Decimal = NOTHING
    value_limit: Decimal | None = None

    @property
    def agreed(self) -> Decimal:
        """The prices that are known, together."""
        return total(each.price or NOTHING for each in self.people)

    @property
    def above_band(self) -> Decimal:
        """What of them lies above the funding bands that are known."""
        return total(each.above_band or NOTHING for each in self.people)

    @property
    def within_band(self) -> Decimal:
        """What of them lies within the funding bands that are known."""
        return total(each.within_band or NOTHING for each in self.people)

    @property
    def band_unknown(self) -> Decimal:
        """What of them may lie within a funding band or above it."""
        return self.agreed - self.within_band - self.above_band

    @property
    def employer_share(self) -> Decimal:
        """The employer's share within the bands, of those where somebody has said it."""
        return total(each.employer_share or NOTHING for each in self.people)

    @property
    def unpriced(self) -> int:
        """For how many no price is recorded."""
        return sum(each.price is None and not each.agreed.stays for each in self.people)

    @property
    def unsplit(self) -> int:
        """For how many it is not known what of the price is this contract's."""
        return sum(each.price is None and bool(each.agreed.stays) for each in self.people)

    @property
    def unsaid(self) -> int:
        """Of those, how many have another price, and nobody said what it is for."""
        return sum(
            each.price is None and any(stay.is_unsaid for stay in each.agreed.stays)
            for each in self.people
        )

    @property
    def unshared(self) -> int:
        """For how many nobody has said what the employer's share is."""
        return sum(each.agreed.employer_percent is None for each in self.people)

    @property
    def undue(self) -> int:
        """For how many it is not known what is due."""
        return sum(each.due is None for each in self.people)

    @property
    def due(self) -> Decimal:
        """What is due for those of whom it is known."""
        return total(each.due or NOTHING for each in self.people)

    @property
    def paid(self) -> Decimal:
        """All that was paid."""
        return total(each.paid for each in self.people) + self.paid_otherwise

    @property
    def difference(self) -> Decimal:
        """What is still to be paid of what is due; below £0 where more was paid.

        What was paid for somebody of whom it is not known what is due pays nobody else's share.
        """
        known = total(each.difference or NOTHING for each in self.people)
        return known - self.paid_otherwise

    @property
    def at_risk(self) -> Decimal:
        """What was paid and may be lost."""
        return total(each.at_risk for each in self.people)

    @property
    def risk_unknown(self) -> Decimal:
        """What was paid of which nobody can say whether it was due."""
        return total(each.risk_unknown for each in self.people) + max(self.paid_otherwise, NOTHING)

    @property
    def to_come(self) -> tuple[tuple[date, Decimal], ...]:
        """What falls due on each day that is known and still to come, the next first."""
        days: dict[date, Decimal] = {}
        for one in self.people:
            for step in one.schedule.steps:
                if step.due_on is not None and step.due_on > one.on:
                    days[step.due_on] = days.get(step.due_on, NOTHING) + step.amount
        return tuple(sorted(days.items()))

    @property
    def months(self) -> int:
        """Months of training that are planned."""
        return sum(each.schedule.months for each in self.people)

    @property
    def months_gone(self) -> int:
        """Months of training that are over."""
        return sum(each.schedule.months_gone for each in self.people)

    @property
    def will_be_due(self) -> Decimal:
        """What is due or will be, when everybody who is still there completes."""
        return self.agreed - total(each.schedule.never_due for each in self.people)

    @property
    def committed(self) -> Decimal:
        """What is due or will be, and what was paid beyond that: what a value limit is held to.

        What was paid for nobody in particular is taken to pay what is still open of anybody.
        """
        return max(total(each.committed for each in self.people), self.paid)
