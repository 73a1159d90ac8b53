"""The codes that stand for people in returns: they stay, and tell nothing of anybody."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl

from apprentice_desk.commands import desks
from apprentice_desk.domain.identifiers import check_code
from apprentice_desk.records import apprentices
from apprentice_desk.records.store import Store
from commands.ulns import PERIOD, ULNS, Call


def codes(location: Path | str) -> dict[str, str]:
    """Return the code of each apprentice of a closed desk, by name."""
    with closing(sqlite3.connect(location)) as connection:
        rows = connection.execute("SELECT given_names || ' ' || family_name, code FROM apprentice")
        return dict(rows.fetchall())


def returned(location: Path, period: str, file: Path, call: Call) -> list[str]:
    """Return the codes of a return, in the order of its rows."""
    assert call("return", location, "--period", period, "--to", file).status == 0
    sheet = openpyxl.load_workbook(file)["Apprentices"]
    return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def people(store: Store, make, names: str = "ABCDEF") -> None:
    for at, name in enumerate(names):
        make.apprentice(
            given_names=name, family_name="Sample", uln=ULNS[at],
            born_on=date(2000, 1, 1 + at),
        )  # fmt: skip


def test_codes_stay_over_quarters_and_over_changes_of_the_person(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    make.standard()
    people(store, make)
    store.close()
    path = Path(store.location)
    before = returned(path, "2025-26 Q4", tmp_path / "a.xlsx", call)
    assert len(set(before)) == 6
    for code in before:
        assert check_code(code) == code
        assert code.startswith("XMP-")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE apprentice SET family_name = 'Other', uln = NULL, born_on = NULL"
        )
        connection.commit()
    assert sorted(returned(path, PERIOD, tmp_path / "b.xlsx", call)) == sorted(before)


def test_the_same_people_in_a_desk_made_again_have_other_codes(tmp_path: Path, maker: type) -> None:
    """Whoever has the lists of people, the program and an older return still has no code."""
    made = []
    for turn in range(2):
        path = tmp_path / str(turn) / "exampleton.desk"
        path.parent.mkdir()
        store = desks.make_desk(path, desks.find_borough("Exampleton"), "Digital")
        people(store, maker(store))
        store.close()
        made.append(codes(path))
    assert made[0].keys() == made[1].keys()
    assert not set(made[0].values()) & set(made[1].values())


def test_a_code_comes_from_chance_alone(tmp_path: Path) -> None:
    """With the same chance other people get the same codes; without one it is the system's."""
    made = []
    for turn, name in enumerate(("Ada", "Grace")):
        path = tmp_path / str(turn) / "exampleton.desk"
        path.parent.mkdir()
        store = desks.make_desk(path, desks.find_borough("Exampleton"), "Digital")
        chance = random.Random(7)
        with store.change("Enrol") as session:
            for at in range(3):
                apprentices.enrol(
                    session,
                    apprentices.ApprenticeDetails(
                        given_names=f"{name}{at}",
                        family_name=name,
                        uln=ULNS[3 * turn + at],
                        born_on=date(1990 + turn, 1, 1 + at),
                        email=f"{name}{at}@example.org",
                        standard_code="ST0116",
                    ),
                    random_source=chance,
                )
        store.close()
        made.append(list(codes(path).values()))
    assert made[0] == made[1]


def test_the_order_of_rows_does_not_follow_names_or_keys(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    """Otherwise the tenth row of a list of names would be the tenth code."""
    make.standard()
    people(store, make, "FACEBD")
    store.close()
    path = Path(store.location)
    rows = returned(path, PERIOD, tmp_path / "a.xlsx", call)
    assert rows == sorted(codes(path).values())
