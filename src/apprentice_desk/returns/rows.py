"""The rows of the standard return: one frozen class for each sheet, and the return as a whole.

Attributes are exactly the `takes` names of the descriptor (resources/returns).  Values are typed:
text is "" where it is not known, several texts are a tuple, everything else is None.  Money is
Decimal pounds with two places, hours are Decimal hours with two places (made from minutes by
durations.decimal_hours), percentages are Decimal with one place (92.5 is 92.5 %).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from apprentice_desk.domain.calendar import Quarter


@dataclass(frozen=True, slots=True)
class ReturnHeader:
    """What the sheet Return says of the whole: whose it is, for when, and which of several.

    *revision* counts from 1 and is None in a return filled in by hand; *prepared_at* is an aware
    UTC instant in whole seconds; *prepared_by* is a role, never a name.
    """

    borough_code: str
    borough_name: str
    period: Quarter
    revision: int | None = None
    prepared_at: datetime | None = None
    prepared_by: str = ""
    program_version: str = ""
    is_sample: bool = False

    @property
    def period_first_on(self) -> date:
        """The first day of the period."""
        return self.period.first

    @property
    def period_last_on(self) -> date:
        """The last day of the period."""
        return self.period.last


@dataclass(frozen=True, slots=True)
class ApprenticeLine:
    """One apprenticeship, of an apprentice known only by a code."""

    apprentice_code: str = ""
    apprenticeship_number: int | None = None
    standard_code: str = ""
    standard_version: str = ""
    standard_title: str = ""
    level: int | None = None
    is_digital: bool | None = None
    role_family: str = ""
    employee_type: str = ""
    age_band: str = ""
    status: str = ""
    training_started_on: date | None = None
    training_planned_end_on: date | None = None
    apprenticeship_planned_end_on: date | None = None
    ended_on: date | None = None
    break_days: int | None = None
    provider_ukprn: str = ""
    provider_name: str = ""
    contract_reference: str = ""
    agreed_price: Decimal | None = None
    funding_band_maximum: Decimal | None = None
    required_hours: Decimal | None = None
    planned_to_date_hours: Decimal | None = None
    planned_in_period_hours: Decimal | None = None
    logged_to_date_hours: Decimal | None = None
    logged_in_period_hours: Decimal | None = None
    last_review_on: date | None = None
    reviews_due_in_period: int | None = None
    reviews_held_in_period: int | None = None
    ksb_total: int | None = None
    ksb_met: int | None = None
    gateway_planned_on: date | None = None
    grade: str = ""
    withdrawal_group: str = ""
    destination: str = ""


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One contract with a training provider."""

    contract_reference: str = ""
    provider_ukprn: str = ""
    provider_name: str = ""
    regime: str = ""
    route: str = ""
    framework: str = ""
    standard_codes: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    extension_to_on: date | None = None
    notice_by_on: date | None = None
    value_limit: Decimal | None = None
    agreed_to_date: Decimal | None = None
    paid_to_date: Decimal | None = None
    live_apprentices: int | None = None
    reviews_on_time_percent: Decimal | None = None
    hours_to_plan_percent: Decimal | None = None
    is_open_to_joint_buying: bool | None = None


@dataclass(frozen=True, slots=True)
class SecondmentLine:
    """One request for a place elsewhere, or offer of one."""

    secondment_code: str = ""
    kind: str = ""
    apprentice_code: str = ""
    apprenticeship_number: int | None = None
    role_family: str = ""
    standard_code: str = ""
    ksbs: str = ""
    home: str = ""
    host: str = ""
    earliest_start_on: date | None = None
    latest_start_on: date | None = None
    weeks: int | None = None
    pattern: str = ""
    area: str = ""
    status: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    logged_hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """What was pledged for a programme year, such as 2026-27, and what came of it."""

    programme_year: str = ""
    role_family: str = ""
    pledged: int | None = None
    recruited: int | None = None
    started: int | None = None


@dataclass(frozen=True, slots=True)
class CharacteristicLine:
    """The borough's totals of one category; a count that is too small to be shown is None."""

    characteristic: str = ""
    category: str = ""
    on_programme: int | None = None
    started_in_year: int | None = None
    is_suppressed: bool | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the network."""

    event: str = ""
    held_on: date | None = None
    kind: str = ""
    attended: int | None = None
    counted_hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BarrierLine:
    """Something that stands in the way of apprenticeships in the borough."""

    category: str = ""
    what_stands_in_the_way: str = ""
    what_helped: str = ""
    is_help_wanted: bool | None = None
    may_be_shared: bool | None = None


Line = (
    ApprenticeLine
    | ContractLine
    | SecondmentLine
    | PledgeLine
    | CharacteristicLine
    | EventLine
    | BarrierLine
)


@dataclass(frozen=True, slots=True)
class ReturnContent:
    """A whole return.  Each attribute but *header* is named like its resource in the descriptor."""

    header: ReturnHeader
    apprentices: tuple[ApprenticeLine, ...] = ()
    contracts: tuple[ContractLine, ...] = ()
    secondments: tuple[SecondmentLine, ...] = ()
    pledges: tuple[PledgeLine, ...] = ()
    characteristics: tuple[CharacteristicLine, ...] = ()
    network: tuple[EventLine, ...] = ()
    barriers: tuple[BarrierLine, ...] = ()

    def lines(self, resource: str) -> tuple[Line, ...]:
        """Return the lines of one sheet by its name in the descriptor, such as "contracts"."""
        lines: tuple[Line, ...] = getattr(self, resource)
        return lines


LINE_CLASSES: Mapping[str, type[Line]] = MappingProxyType(
    {
        "apprentices": ApprenticeLine,
        "contracts": ContractLine,
        "secondments": SecondmentLine,
        "pledges": PledgeLine,
        "characteristics": CharacteristicLine,
        "network": EventLine,
        "barriers": BarrierLine,
    }
)
"""The class of each data sheet's lines, by the sheet's name in the descriptor."""
