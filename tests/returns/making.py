"""Returns made for tests, of invented boroughs and of real ones by name alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.returns.rows import (
    ApprenticeLine,
    BarrierLine,
    CharacteristicLine,
    ContractLine,
    EventLine,
    PledgeLine,
    ReturnContent,
    ReturnHeader,
    SecondmentLine,
)
from apprentice_desk.returns.schema import load

PERIOD = Quarter.parse("2026-27 Q3")
HACKNEY = ("E09000012", "Hackney", "HCK")
CAMDEN = ("E09000007", "Camden", "CMD")

APPRENTICE = ApprenticeLine(
    apprentice_code=make_code("HCK", "7F3KQ2WD"),
    apprenticeship_number=1,
    standard_code="ST0116",
    standard_version="1.2",
    standard_title="Software developer",
    level=4,
    is_digital=True,
    role_family="software development",
    employee_type="new recruit",
    age_band="19 to 24",
    status="live",
    training_started_on=date(2026, 9, 1),
    training_planned_end_on=date(2028, 8, 31),
    apprenticeship_planned_end_on=date(2028, 12, 31),
    break_days=0,
    provider_ukprn="19991234",
    provider_name="Example College",
    contract_reference="C-001",
    agreed_price=Decimal("17500.50"),
    funding_band_maximum=Decimal("18000.00"),
    required_hours=Decimal("686.73"),
    planned_to_date_hours=Decimal("114.45"),
    planned_in_period_hours=Decimal("85.00"),
    logged_to_date_hours=Decimal("100.25"),
    logged_in_period_hours=Decimal("80.00"),
    last_review_on=date(2026, 12, 4),
    reviews_due_in_period=1,
    reviews_held_in_period=1,
    ksb_total=38,
    ksb_met=5,
    gateway_planned_on=date(2028, 8, 31),
)
CONTRACT = ContractLine(
    contract_reference="C-001",
    provider_ukprn="19991234",
    provider_name="Example College",
    regime="Procurement Act 2023",
    route="framework, further competition",
    framework="Example framework",
    standard_codes=("ST0116", "ST0118"),
    starts_on=date(2026, 4, 1),
    ends_on=date(2029, 3, 31),
    extension_to_on=date(2030, 3, 31),
    notice_by_on=date(2028, 12, 31),
    value_limit=Decimal("250000.00"),
    agreed_to_date=Decimal("17500.50"),
    paid_to_date=Decimal("2500.00"),
    live_apprentices=1,
    reviews_on_time_percent=Decimal("92.5"),
    hours_to_plan_percent=Decimal("87.6"),
    is_open_to_joint_buying=False,
)

SECONDMENT = SecondmentLine(
    secondment_code="S-001",
    kind="request",
    apprentice_code=make_code("HCK", "00000000"),
    apprenticeship_number=1,
    role_family="software development",
    standard_code="ST0116",
    ksbs="K5; S3; S4",
    home="E09000012",
    host="LOTI",
    earliest_start_on=date(2026, 10, 5),
    latest_start_on=date(2027, 1, 11),
    weeks=12,
    pattern="hybrid",
    area="City of London",
    status="under way",
    started_on=date(2026, 11, 2),
    logged_hours=Decimal("42.50"),
)
PLEDGE = PledgeLine("2026-27", "software development", pledged=4, recruited=3, started=2)
CHARACTERISTICS = (
    CharacteristicLine("sex", "Female", None, None, is_suppressed=True),
    CharacteristicLine("sex", "Male", None, None, is_suppressed=True),
)
EVENT = EventLine(
    "Autumn show and tell",
    date(2026, 11, 18),
    "show and tell",
    attended=12,
    counted_hours=Decimal("1.50"),
)
BARRIER = BarrierLine(
    "procurement",
    "No provider on the framework teaches the standard.",
    "A joint further competition.",
    is_help_wanted=True,
    may_be_shared=False,
)

NO_ROWS = {sheet.name: 0 for sheet in load().sheets}


def header(borough: tuple[str, str, str] = HACKNEY, **changes: Any) -> ReturnHeader:
    made = ReturnHeader(
        borough_code=borough[0],
        borough_name=borough[1],
        period=PERIOD,
        revision=1,
        prepared_at=datetime(2027, 1, 8, 9, 30, tzinfo=UTC),
        prepared_by="Apprenticeships lead",
        program_version="0.1.0",
    )
    return replace(made, **changes)


def content(
    borough: tuple[str, str, str] = HACKNEY,
    apprentices: int = 2,
    *,
    lines: dict[str, Any] | None = None,
    **changes: Any,
) -> ReturnContent:
    """Return a sound return: so many live apprentices, all under one contract."""
    people = tuple(
        replace(
            APPRENTICE,
            apprentice_code=make_code(borough[2], f"{number:08d}"),
            **(lines or {}),
        )
        for number in range(apprentices)
    )
    agreed = sum((line.agreed_price or Decimal(0) for line in people), Decimal("0.00"))
    contract = replace(CONTRACT, live_apprentices=apprentices, agreed_to_date=agreed)
    return ReturnContent(header(borough, **changes), people, (contract,))


def full_content(
    borough: tuple[str, str, str] = HACKNEY, apprentices: int = 2, **changes: Any
) -> ReturnContent:
    """Return a sound return with rows on every sheet; the secondment is the first apprentice's."""
    made = content(borough, apprentices, **changes)
    return replace(
        made,
        secondments=(
            replace(
                SECONDMENT,
                apprentice_code=make_code(borough[2], "00000000"),
                home=borough[0],
            ),
        ),
        pledges=(replace(PLEDGE, started=apprentices, recruited=apprentices),),
        characteristics=CHARACTERISTICS,
        network=(EVENT,),
        barriers=(BARRIER,),
    )
