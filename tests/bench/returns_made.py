"""Many boroughs' returns, of as many apprenticeships each as a bench asks for.

One borough's return is written by the program; the others are copies of its file in which the
borough, its apprentices' codes and the fingerprint are another's.  Written one by one, the files
of the large set would take longer than all that is measured with them.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.identifiers import CODE_ALPHABET, make_code
from apprentice_desk.domain.reference import Borough
from apprentice_desk.domain.vocabulary import RoleFamily
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
    ("ST0116", "Software developer", 4, "software development"),
    ("ST0118", "Data analyst", 4, "data"),
    ("ST0973", "Information communications technician", 3, "infrastructure and support"),
    ("ST0117", "Business analyst", 4, "business analysis"),
    ("ST0763", "Artificial intelligence data specialist", 7, "data"),
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
    lines = tuple(_apprenticeship(borough, number) for number in range(apprenticeships))
    families = tuple(RoleFamily)
    return ReturnContent(
        header,
        lines,
        tuple(_contract(number, lines) for number in range(CONTRACTS)),
        tuple(_secondment(borough, number) for number in range(20)),
        tuple(PledgeLine("2026-27", family, 10, 8, 6) for family in families),
        (
            CharacteristicLine("sex", "female", 60, 12, is_suppressed=False),
            CharacteristicLine("sex", "male", 70, 13, is_suppressed=False),
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


def _apprenticeship(borough: Borough, number: int) -> ApprenticeLine:
    standard, title, level, family = _STANDARDS[number % len(_STANDARDS)]
    start = date(2026, 1, 5) + (number % 200) * _DAY
    planned = Decimal(number % 300) + Decimal("60.25")
    contract = number % CONTRACTS
    return ApprenticeLine(
        apprentice_code=make_code(borough.letters, f"{number:08d}"),
        apprenticeship_number=1,
        standard_code=standard,
        standard_version="1.1",
        standard_title=title,
        level=level,
        is_digital=True,
        role_family=family,
        employee_type="new recruit" if number % 3 else "existing employee",
        age_band="19 to 24" if number % 2 else "25 and over",
        status="live",
        training_started_on=start,
        training_planned_end_on=start + (540 + number % 60) * _DAY,
        apprenticeship_planned_end_on=start + 700 * _DAY,
        break_days=number % 7,
        provider_ukprn=f"1999{contract:04d}",
        provider_name=f"Invented College {contract}",
        contract_reference=f"C-{contract:03d}",
        agreed_price=Decimal(9_000) + number % 500,
        funding_band_maximum=Decimal(15_000),
        required_hours=Decimal("686.73") + number % 40,
        planned_to_date_hours=planned,
        planned_in_period_hours=min(planned, Decimal("85.00")),
        logged_to_date_hours=planned - Decimal("3.75"),
        logged_in_period_hours=Decimal("40.50") + number % 10,
        last_review_on=PERIOD.first + (number % 80) * _DAY,
        reviews_due_in_period=1,
        reviews_held_in_period=number % 2,
        ksb_total=38,
        ksb_met=number % 39,
        gateway_planned_on=start + 600 * _DAY,
    )


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
    """Write the returns of all boroughs into *folder* and return their files."""
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
