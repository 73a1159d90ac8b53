"""A quarter of all London, made for tests: thirty boroughs that send a return, three that do not.

Nobody and nothing in it is real but the boroughs' names.  Barnet's return is refused, Brent sent a
second revision, Bexley's has a row that is left out, Camden's conflicts with itself; Havering and
Kingston send nothing.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from apprentice_desk import resources
from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns import schema, workbook
from apprentice_desk.returns.rows import PledgeLine, ReturnContent, SecondmentLine
from returns.making import APPRENTICE, CONTRACT, header

ABSENT = ("Havering", "Kingston upon Thames")
REFUSED, TWICE, PARTLY, CONFLICT = "Barnet", "Brent", "Bexley", "Camden"

STANDARDS = (
    ("ST0116", "Software developer", 4, "software development", "18000.00"),
    ("ST0795", "Data technician", 3, "data", "13000.00"),
    ("ST0118", "Data analyst", 4, "data", "15000.00"),
    ("ST0117", "Business analyst", 4, "business analysis", "18000.00"),
    ("ST0128", "Software development technician", 3, "software development", "15000.00"),
)
PROVIDERS = (
    ("19990001", "Northgate Training"),
    ("19990002", "Kestrel Skills"),
    ("19990003", "Thamesbank College"),
    ("19990004", "Fenwick Learning"),
)


def boroughs() -> list[Borough]:
    """The 33 real boroughs."""
    return [borough for borough in resources.boroughs() if not borough.is_invented]


def one(borough: Borough, number: int, *, revision: int = 1) -> ReturnContent:
    """One borough's return; *number* says how many and who."""
    chance = random.Random(1000 + number)
    count = 2 + (number * 7) % 19
    people = []
    for person in range(count):
        code, title, level, family, most = chance.choice(STANDARDS)
        ukprn, name = chance.choice(PROVIDERS[: 2 + number % 3])
        planned = Decimal(85 + chance.randrange(60))
        people.append(
            replace(
                APPRENTICE,
                apprentice_code=make_code(borough.letters, f"{person:08d}"),
                standard_code=code,
                standard_version="",
                standard_title=title,
                level=level,
                role_family=family,
                funding_band_maximum=Decimal(most),
                agreed_price=Decimal("9500.00"),
                is_digital=person % 9 != 0,
                status="on a break" if person % 8 == 5 else "live",
                provider_ukprn=ukprn,
                provider_name=name,
                contract_reference=f"C-{ukprn[-1]}",
                planned_to_date_hours=planned,
                logged_to_date_hours=planned - chance.choice((0, 3, 12, 25, 70)),
                logged_in_period_hours=Decimal("10.00"),
                training_started_on=date(2026, 10, 5) if person % 4 == 0 else date(2026, 9, 1),
            )
        )
    used = {person.provider_ukprn for person in people}
    contracts = tuple(
        replace(
            CONTRACT,
            contract_reference=f"C-{ukprn[-1]}",
            provider_ukprn=ukprn,
            provider_name=name,
            is_open_to_joint_buying=number % 2 == 0,
            standard_codes=tuple(
                sorted({one.standard_code for one in people if one.provider_ukprn == ukprn})
            ),
            agreed_to_date=sum(
                (one.agreed_price for one in people if one.provider_ukprn == ukprn), Decimal(0)
            ),
            ends_on=date(2027 + number % 4, 3 + 2 * (number % 5), 28),
            extension_to_on=None,
            notice_by_on=None,
            live_apprentices=sum(person.provider_ukprn == ukprn for person in people),
        )
        for ukprn, name in PROVIDERS
        if ukprn in used
    )
    secondments = ()
    if number % 3 == 0:
        secondments = (
            SecondmentLine(
                secondment_code=f"S-{number:03d}",
                kind="offer",
                role_family="user research and design",
                home=borough.code,
                host=borough.code,
                earliest_start_on=date(2027, 1, 11),
                latest_start_on=date(2027, 2, 15),
                weeks=8,
                pattern="hybrid",
                area="Inner London",
                status="matched" if number % 2 else "approved",
            ),
        )
    elif number % 7 == 1:
        secondments = (
            SecondmentLine(
                secondment_code=f"S-{number:03d}",
                kind="request",
                apprentice_code=people[0].apprentice_code,
                apprenticeship_number=1,
                role_family="user research and design",
                home=borough.code,
                host="LOTI",
                earliest_start_on=date(2027, 2, 1),
                latest_start_on=date(2027, 3, 1),
                weeks=8,
                pattern="hybrid",
                status="approved",
            ),
        )
    pledges = (PledgeLine("2026-27", "network", 3, 2 + number % 2, 0),)
    made = header((borough.code, borough.name, borough.letters), revision=revision)
    return ReturnContent(made, tuple(people), contracts, secondments, pledges)


def write(folder: Path) -> Path:
    """Write the returns of all boroughs that send one into *folder*."""
    form = schema.load()
    folder.mkdir(parents=True, exist_ok=True)
    for number, borough in enumerate(boroughs()):
        if borough.name in ABSENT:
            continue
        content = one(borough, number)
        path = folder / f"{borough.letters.lower()}.xlsx"
        if borough.name == REFUSED:
            content = replace(content, header=replace(content.header, borough_name="Brent"))
        elif borough.name == PARTLY:
            wrong = replace(content.apprentices[0], level=99)
            content = replace(content, apprentices=(wrong, *content.apprentices[1:]))
        elif borough.name == TWICE:
            workbook.write(one(borough, number + 1, revision=2), form, folder / "ben-again.xlsx")
        elif borough.name == CONFLICT:
            workbook.write(one(borough, number + 1), form, folder / "cmd-other.xlsx")
        workbook.write(content, form, path)
    return folder
