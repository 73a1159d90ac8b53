"""A programme of random returns, merged, held against sums that are worked out here alone.

What is expected is added up from the numbers that were drawn, what was merged is read from the
workbook by openpyxl; neither knows the program's own classes of merged rows or its pictures.
"""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apprentice_desk import resources
from apprentice_desk.domain.identifiers import new_code
from apprentice_desk.domain.vocabulary import BarrierCategory, EventKind, RoleFamily
from apprentice_desk.returns import merge, workbook
from apprentice_desk.returns.rows import CharacteristicLine, ReturnContent
from apprentice_desk.returns.schema import load
from returns.making import (
    APPRENTICE,
    BARRIER,
    CONTRACT,
    EVENT,
    PLEDGE,
    SECONDMENT,
    header,
)

SCHEMA = load()
SHEETS = [sheet.name for sheet in SCHEMA.sheets]
COUNTED = {
    "Apprentices": {
        "Agreed price": "agreed_price",
        "Hours planned to date": "planned_to_date_hours",
        "Hours logged to date": "logged_to_date_hours",
        "Hours logged this quarter": "logged_in_period_hours",
        "Reviews due": "reviews_due_in_period",
        "Reviews held": "reviews_held_in_period",
        "Days on a break": "break_days",
    },
    "Contracts": {
        "Value limit": "value_limit",
        "Agreed to date": "agreed_to_date",
        "Paid to date": "paid_to_date",
        "Live apprentices": "live_apprentices",
    },
    "Secondments": {"Weeks": "weeks", "Hours logged": "logged_hours"},
    "Pledges": {"Pledged": "pledged", "Recruited": "recruited", "Started": "started"},
    "Characteristics": {"On programme": "on_programme", "Started in year": "started_in_year"},
    "Network": {"Attended": "attended", "Hours counted": "counted_hours"},
    "Barriers": {},
}
"""What is added up, by sheet: the heading in the workbook and what it was drawn as."""


def money(chance: random.Random, most: int) -> Decimal:
    return Decimal(chance.randrange(most * 100)) / 100


def drawn(chance: random.Random, borough: Any, revision: int) -> ReturnContent:
    """Return a return of random rows that no check has anything serious against."""
    contracts = []
    people: list[Any] = []
    for number in range(chance.randrange(1, 4)):
        reference = f"C-{number}"
        own = []
        for _ in range(chance.randrange(7)):
            planned = Decimal(chance.randrange(1, 60_000)) / 100
            logged = Decimal(chance.randrange(int(planned * 100) + 1)) / 100
            own.append(
                replace(
                    APPRENTICE,
                    apprentice_code=new_code(borough.letters, chance),
                    role_family=chance.choice(list(RoleFamily)),
                    contract_reference=reference,
                    status=chance.choice(("live", "on a break", "in assessment")),
                    break_days=chance.randrange(99),
                    agreed_price=money(chance, 18_000),
                    planned_to_date_hours=planned,
                    planned_in_period_hours=planned / 2 if planned * 50 % 1 == 0 else planned,
                    logged_to_date_hours=logged,
                    logged_in_period_hours=logged,
                    reviews_due_in_period=chance.randrange(4),
                    reviews_held_in_period=chance.choice((None, 0, 1, 2)),
                )
            )
        agreed = sum((line.agreed_price for line in own), Decimal("0.00"))
        people += own
        contracts.append(
            replace(
                CONTRACT,
                contract_reference=reference,
                value_limit=agreed + money(chance, 90_000),
                agreed_to_date=agreed,
                paid_to_date=chance.choice((None, agreed / 2 if agreed * 50 % 1 == 0 else agreed)),
                live_apprentices=len(own),
            )
        )
    chance.shuffle(people)
    return ReturnContent(
        header((borough.code, borough.name, borough.letters), revision=revision),
        apprentices=tuple(people),
        contracts=tuple(contracts),
        secondments=tuple(
            replace(
                SECONDMENT,
                secondment_code=f"S-{number}",
                apprentice_code=line.apprentice_code,
                home=borough.code,
                weeks=chance.randrange(1, 27),
                logged_hours=money(chance, 90),
            )
            for number, line in enumerate(people[: chance.randrange(3)])
        ),
        pledges=tuple(
            replace(
                PLEDGE,
                role_family=family,
                pledged=chance.randrange(9),
                recruited=chance.randrange(5, 9),
                started=chance.randrange(5),
            )
            for family in chance.sample(list(RoleFamily), chance.randrange(5))
        ),
        characteristics=tuple(
            CharacteristicLine("sex", category, count, count, is_suppressed=False)
            for category in ("Female", "Male")
            for count in (chance.choice((0, *range(5, 90))),)
        ),
        network=tuple(
            replace(
                EVENT,
                event=f"Event {number}",
                kind=chance.choice(list(EventKind)),
                held_on=date(2026, 10, 1) + timedelta(days=chance.randrange(92)),
                attended=chance.choice((None, chance.randrange(40))),
                counted_hours=money(chance, 8),
            )
            for number in range(chance.randrange(4))
        ),
        barriers=tuple(
            replace(BARRIER, category=category, what_stands_in_the_way=f"Barrier {number}")
            for number, category in enumerate(
                chance.sample(list(BarrierCategory), chance.randrange(3))
            )
        ),
    )


def worked_out(standing: dict[str, ReturnContent]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return rows and sums by sheet and borough, added up from what was drawn."""
    sums: dict[tuple[str, str], dict[str, Any]] = {}
    for name, content in standing.items():
        for sheet, resource in zip(SHEETS, (
            content.apprentices, content.contracts, content.secondments, content.pledges,
            content.characteristics, content.network, content.barriers,
        ), strict=True):  # fmt: skip
            if not resource:
                continue
            added: dict[str, Any] = {"rows": len(resource)}
            for heading, attribute in COUNTED[sheet].items():
                added[heading] = sum(
                    (Decimal(getattr(line, attribute) or 0) for line in resource), Decimal(0)
                )
            sums[sheet, name] = added
    return sums


def read_off(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the same from a merged workbook, by its headings alone."""
    sums: dict[tuple[str, str], dict[str, Any]] = defaultdict(lambda: defaultdict(Decimal))
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in SHEETS:
        headings, *rows = book[sheet].iter_rows(values_only=True)
        for row in rows:
            cells = dict(zip(headings, row, strict=True))
            added = sums[sheet, cells["Borough"]]
            added["rows"] += 1
            for heading in COUNTED[sheet]:
                added[heading] += Decimal(str(cells[heading] or 0))
    book.close()
    return {key: dict(added) for key, added in sums.items()}


@pytest.mark.parametrize("seed", range(8))
def test_what_is_merged_adds_up_to_what_was_drawn(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    real = [one for one in resources.boroughs() if not one.is_invented]
    folder = tmp_path / "returns"
    folder.mkdir()
    standing: dict[str, ReturnContent] = {}
    for borough in chance.sample(real, chance.randrange(2, 9)):
        newest = chance.choice((1, 1, 1, 2, 3))
        for revision in range(1, newest + 1):
            standing[borough.name] = drawn(chance, borough, revision)
            # Names that sort in no useful order, and now and then a copy.
            file = folder / f"{chance.getrandbits(64):016x}.xlsx"
            workbook.write(standing[borough.name], SCHEMA, file)
            if chance.random() < 0.3:
                shutil.copy(file, folder / f"{chance.getrandbits(64):016x}.xlsx")
    merged = merge.merge([folder], schema=SCHEMA)
    assert [one.message for one in merged.findings if one.level.value != "note"] == []
    path = tmp_path / "merged.xlsx"
    merge.write_merged(merged, path)

    expected = worked_out(standing)
    assert expected
    assert read_off(path) == expected


def test_the_draws_reach_every_sheet_and_every_sum() -> None:
    """Sums of nothing would prove nothing."""
    chance = random.Random(0)
    borough = resources.boroughs()[0]
    drawn_ones = {str(turn): drawn(chance, borough, 1) for turn in range(20)}
    reached = defaultdict(Decimal)
    for (sheet, _), added in worked_out(drawn_ones).items():
        for heading, value in added.items():
            reached[sheet, heading] += value
    for sheet, headings in COUNTED.items():
        for heading in ("rows", *headings):
            assert reached[sheet, heading] > 0, (sheet, heading)
