"""Many boroughs' returns, of as many apprenticeships each as a bench asks for.

Each borough's figures are its own, so that nothing is measured which only equal files allow.  In
the large set one borough's return is written by the program, and the others are copies of its
file in which the borough, its apprentices' codes and the fingerprint are another's: written one
by one they would take longer than all that is measured with them.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.durations import decimal_hours
from apprentice_desk.domain.identifiers import CODE_ALPHABET, make_code
from apprentice_desk.domain.reference import Borough
from apprentice_desk.domain.vocabulary import AgeBand, EmployeeType, RoleFamily
from apprentice_desk.returns import workbook
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
from apprentice_desk.returns.schema import ReturnSchema, load

PERIOD = Quarter.parse("2026-27 Q3")
CONTRACTS = 12
_STANDARDS = (
    ("ST0116", "Software developer", 4, "software development", 18_000, "1.2"),
    ("ST0118", "Data analyst", 4, "data", 15_000, "1.1"),
    ("ST0117", "Business analyst", 4, "business analysis", 18_000, "1.2"),
    ("ST0763", "Artificial intelligence (AI) data specialist", 7, "data", 17_000, "1.0"),
)
_DAY = timedelta(days=1)
_CODE = re.compile(rf"[A-Z]{{3}}-([{CODE_ALPHABET}]{{8}})-[{CODE_ALPHABET}]")
_WITH_TEXT = ("xl/worksheets/sheet", "xl/sharedStrings")


def real_boroughs() -> tuple[Borough, ...]:
    """Return the 33 boroughs that returns are made for."""
    return tuple(one for one in resources.boroughs() if not one.is_invented)


def content(borough: Borough, apprenticeships: int) -> ReturnContent:
    """Return a sound return with so many apprenticeships and rows on every sheet."""
    header = ReturnHeader(
        borough_code=borough.code,
        borough_name=borough.name,
        period=PERIOD,
        revision=1,
        prepared_at=datetime(2027, 1, 8, 9, 30, tzinfo=UTC),
        prepared_by="Apprenticeships lead",
        program_version="1.0",
    )
    draw = Random(borough.code)  # the same figures in each run
    lines = tuple(_apprenticeship(borough, number, draw) for number in range(apprenticeships))
    families = tuple(RoleFamily)
    return ReturnContent(
        header,
        lines,
        tuple(_contract(number, lines) for number in range(CONTRACTS)),
        tuple(_secondment(borough, number) for number in range(20)),
        tuple(_pledge(family, lines) for family in families),
        (
            CharacteristicLine("sex", "Female", 60, 12, is_suppressed=False),
            CharacteristicLine("sex", "Male", 70, 13, is_suppressed=False),
        ),
        tuple(
            EventLine(f"Show and tell {n}", PERIOD.first + n * _DAY, "show and tell", 12 + n)
            for n in range(10)
        ),
        tuple(
            BarrierLine("procurement", f"Lot {n} has no provider.", "", True, False)
            for n in range(8)
        ),
    )


def _apprenticeship(borough: Borough, number: int, draw: Random) -> ApprenticeLine:
    standard, title, level, family, maximum, version = draw.choice(_STANDARDS)
    start = date(2025, 1, 6) + draw.randrange(600) * _DAY
    planned = _hours(draw, 60, 500)
    in_period = min(planned, _hours(draw, 20, 90))
    contract = draw.randrange(CONTRACTS)
    return ApprenticeLine(
        apprentice_code=make_code(borough.letters, f"{number:08d}"),
        apprenticeship_number=1,
        standard_code=standard,
        standard_version=version,
        standard_title=title,
        level=level,
        is_digital=True,
        role_family=family,
        employee_type=draw.choice(tuple(EmployeeType)),
        age_band=draw.choice(tuple(AgeBand)),
        status="live",
        training_started_on=start,
        training_planned_end_on=start + (540 + draw.randrange(60)) * _DAY,
        apprenticeship_planned_end_on=start + (640 + draw.randrange(60)) * _DAY,
        break_days=draw.choice((0, 0, 0, draw.randrange(90))),
        provider_ukprn=f"1999{contract:04d}",
        provider_name=f"Invented College {contract}",
        contract_reference=f"C-{contract:03d}",
        agreed_price=Decimal(9_000) + draw.randrange(500),
        funding_band_maximum=Decimal(maximum),
        required_hours=_hours(draw, 500, 800),
        planned_to_date_hours=planned,
        planned_in_period_hours=in_period,
        logged_to_date_hours=planned,
        logged_in_period_hours=min(planned, _hours(draw, 10, 90)),
        last_review_on=PERIOD.first + draw.randrange(80) * _DAY,
        reviews_due_in_period=1,
        reviews_held_in_period=draw.randrange(2),
        ksb_total=38,
        ksb_met=draw.randrange(39),
        gateway_planned_on=start + (540 + draw.randrange(100)) * _DAY,
    )


def _pledge(family: str, lines: tuple[ApprenticeLine, ...]) -> PledgeLine:
    year = PERIOD.financial_year.period
    started = sum(
        line.role_family == family
        and line.training_started_on is not None
        and year.first <= line.training_started_on <= PERIOD.last
        for line in lines
    )
    return PledgeLine("2026-27", family, started + 4, started + 1, started)


def _hours(draw: Random, least: int, most: int) -> Decimal:
    """Return hours to the minute."""
    return decimal_hours(draw.randrange(least * 60, most * 60))


def _contract(number: int, lines: tuple[ApprenticeLine, ...]) -> ContractLine:
    mine = [one for one in lines if one.contract_reference == f"C-{number:03d}"]
    return ContractLine(
        contract_reference=f"C-{number:03d}",
        provider_ukprn=f"1999{number:04d}",
        provider_name=f"Invented College {number}",
        regime="Procurement Act 2023",
        route="framework, further competition",
        framework="Invented framework",
        standard_codes=tuple(sorted({one.standard_code for one in mine})),
        starts_on=date(2026, 1, 1),
        ends_on=date(2029, 3, 31),
        notice_by_on=date(2028, 12, 31),
        value_limit=Decimal(60_000_000),
        agreed_to_date=sum((one.agreed_price or Decimal(0) for one in mine), Decimal(0)),
        paid_to_date=Decimal(2_500),
        live_apprentices=len(mine),
        reviews_on_time_percent=Decimal("92.5"),
        hours_to_plan_percent=Decimal("95.1"),
        is_open_to_joint_buying=True,
    )


def _secondment(borough: Borough, number: int) -> SecondmentLine:
    return SecondmentLine(
        secondment_code=f"S-{number:03d}",
        kind="offer",
        role_family="data",
        standard_code="ST0118",
        home=borough.code,
        host="LOTI",
        earliest_start_on=date(2027, 1, 4) + number * _DAY,
        latest_start_on=date(2027, 3, 1) + number * _DAY,
        weeks=8,
        pattern="hybrid",
        status="requested",
    )


def make(folder: Path, apprenticeships: int) -> list[Path]:
    """Write the returns of all boroughs into *folder*, each one's own, and return their files."""
    folder.mkdir(exist_ok=True)
    files = []
    for borough in real_boroughs():
        files.append(folder / f"{borough.name}.xlsx")
        workbook.write(content(borough, apprenticeships), load(), files[-1])
    return files


def make_alike(folder: Path, apprenticeships: int) -> list[Path]:
    """Write returns that differ in whose they are alone, and return their files."""
    folder.mkdir(exist_ok=True)
    schema = load()
    first, *others = real_boroughs()
    made = content(first, apprenticeships)
    original = folder / f"{first.name}.xlsx"
    fingerprint = workbook.write(made, schema, original)
    with zipfile.ZipFile(original) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    files = [original]
    for borough in others:
        theirs = _fingerprint(made, borough, schema)

        def of_it(text: str, borough: Borough = borough, theirs: str = theirs) -> str:
            text = _CODE.sub(lambda found: make_code(borough.letters, found[1]), text)
            text = text.replace(f">{first.code}<", f">{borough.code}<")
            return text.replace(f">{first.name}<", f">{borough.name}<").replace(fingerprint, theirs)

        path = folder / f"{borough.name}.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                has_text = name.startswith(_WITH_TEXT)
                archive.writestr(name, of_it(part.decode()) if has_text else part)
        files.append(path)
    return files


def _fingerprint(made: ReturnContent, borough: Borough, schema: ReturnSchema) -> str:
    """Return the fingerprint that the same return has as *borough*'s."""
    lines = tuple(
        replace(line, apprentice_code=make_code(borough.letters, f"{number:08d}"))
        for number, line in enumerate(made.apprentices)
    )
    secondments = tuple(replace(line, home=borough.code) for line in made.secondments)
    return schema.fingerprint(replace(made, apprentices=lines, secondments=secondments))
