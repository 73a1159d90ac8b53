"""What changed since the last period, borough by borough, and where that cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.returns import workbook
from apprentice_desk.returns.changes import changes
from apprentice_desk.returns.figures import Terms
from apprentice_desk.returns.measures import LOGGED_HOURS, ON_PROGRAMME
from apprentice_desk.returns.merge import merge, write_merged
from apprentice_desk.returns.schema import load
from apprentice_desk.sheets import read_workbook
from returns.making import APPRENTICE, CAMDEN, HACKNEY, PERIOD, content, header

SCHEMA = load()
TERMS = Terms(PERIOD, Decimal("0.1"))
Q2 = Quarter.parse("2026-27 Q2")
NEWHAM = ("E09000025", "Newham", "NWM")


def put(folder: Path, name: str, made) -> Path:
    workbook.write(made, SCHEMA, folder / f"{name}.xlsx")
    return folder / f"{name}.xlsx"


def of(borough, *lines, **more):
    """Return a return of (body of the code, changes)."""
    people = tuple(
        replace(
            APPRENTICE,
            apprentice_code=make_code(borough[2], body),
            **({"contract_reference": ""} | changes),
        )
        for body, changes in lines
    )
    return replace(content(borough, 0), header=header(borough, **more), apprentices=people)


def then_and_now(tmp_path, before, now):
    put(tmp_path, "before", before)
    put(tmp_path, "now", now)
    return changes(merge([tmp_path], schema=SCHEMA, period=PERIOD), TERMS)


EARLY = {"training_started_on": date(2026, 5, 1), "training_planned_end_on": date(2028, 5, 1)}


def test_figures_are_set_beside_those_of_the_last_period(tmp_path):
    less = EARLY | {"logged_to_date_hours": Decimal("10.00"), "logged_in_period_hours": None}
    more = EARLY | {"logged_to_date_hours": Decimal("30.50"), "logged_in_period_hours": None}
    left = {"status": "withdrawn", "ended_on": date(2026, 11, 2)}
    made = then_and_now(
        tmp_path,
        of(HACKNEY, ("00000001", less), ("00000002", less), period=Q2),
        of(HACKNEY, ("00000001", more), ("00000002", more | left)),
    )
    (one,) = made.boroughs
    assert [(c.measure.name, c.before, c.now, c.change) for c in one.figures] == [
        ("on_programme", 2, 1, -1),
        ("started", 0, 0, 0),
        ("completed", 0, 0, 0),
        ("left", 0, 1, 1),
        ("logged_hours", Decimal("20.00"), Decimal("30.50"), Decimal("10.50")),
    ]
    assert made.total(ON_PROGRAMME).change == -1
    assert made.total(LOGGED_HOURS).now == Decimal("30.50")
    assert (one.vanished, one.appeared, one.missing) == ((), (), "")


def test_what_vanished_or_appeared_is_named_with_its_reason(tmp_path):
    long_ago = EARLY | {
        "status": "completed",
        "training_started_on": date(2024, 5, 1),
        "ended_on": date(2025, 12, 31),
    }
    lately = long_ago | {"ended_on": date(2026, 1, 1)}
    made = then_and_now(
        tmp_path,
        of(HACKNEY, ("00000001", EARLY), ("00000002", long_ago), ("00000003", lately), period=Q2),
        of(
            HACKNEY,
            ("00000004", {"training_started_on": date(2026, 10, 1)}),
            ("00000005", EARLY),
            ("00000006", {"status": "planned", "training_started_on": None}),
        ),
    )
    (one,) = made.boroughs
    assert [(a.code[4:12], a.status, a.row, a.meaning.split(",")[0]) for a in one.vanished] == [
        ("00000001", "live", 2, "It had not ended"),
        ("00000003", "completed", 4, "It ended less than four quarters ago"),
    ]
    assert [(a.code[4:12], a.row, a.meaning.split(",")[0]) for a in one.appeared] == [
        ("00000004", 2, "New in this quarter."),
        ("00000005", 3, "Training started before this quarter"),
        ("00000006", 4, "New in this quarter."),
    ]


def test_where_there_is_nothing_to_compare_with_that_is_all_that_is_said(tmp_path):
    put(tmp_path, "h", content(HACKNEY))
    put(tmp_path, "c", content(CAMDEN, period=Q2))
    put(tmp_path, "n", content(NEWHAM))
    put(tmp_path, "n2", content(NEWHAM, period=Q2))
    made = changes(merge([tmp_path], schema=SCHEMA), TERMS)
    assert {one.name: one.missing for one in made.boroughs} == {
        "Hackney": "There is no return for 2026-27 Q2 among the files to compare with.",
        "Camden": "There is a return for 2026-27 Q2, but none for 2026-27 Q3 that stands.",
        "Newham": "",
    }
    assert made.is_known
    (tmp_path / "n2.xlsx").unlink()
    assert not changes(merge([tmp_path], schema=SCHEMA), TERMS).is_known


def test_without_a_period_nothing_is_compared(tmp_path):
    (tmp_path / "x.xlsx").write_text("no")
    merged = merge([tmp_path], schema=SCHEMA)
    assert changes(merged, TERMS) is None
    write_merged(merged, tmp_path / "out.xlsx")
    assert (
        len(read_workbook(tmp_path / "out.xlsx").sheet("What changed since last period").rows) == 1
    )


def test_the_sheet_says_all_of_it(tmp_path):
    put(tmp_path, "before", of(HACKNEY, ("00000001", EARLY), period=Q2))
    put(tmp_path, "now", of(HACKNEY, ("00000002", {"training_started_on": date(2026, 10, 1)})))
    put(tmp_path, "c", content(CAMDEN))
    write_merged(merge([tmp_path], schema=SCHEMA), tmp_path / "out.xlsx")
    rows = read_workbook(tmp_path / "out.xlsx").sheet("What changed since last period").rows
    assert rows[0][4:7] == ("2026-27 Q2", "2026-27 Q3", "Change")
    told = {(row[0], row[1]): row[2:] for row in rows[1:]}
    assert told["Camden", "Not compared"][-1].startswith("There is no return for 2026-27 Q2")
    assert told["Hackney", "On programme"][2:5] == (1, 1, 0)
    assert told["Hackney", "Started this quarter"][2:5] == (0, 1, 1)
    vanished = told["Hackney", "Vanished"]
    assert vanished[:2] == (make_code("HCK", "00000001"), 1)
    assert vanished[-2:] == (
        2,
        "In 2026-27 Q2 it was live. It had not ended, and is not in the return any more.",
    )
    assert told["Hackney", "Appeared"][0] == make_code("HCK", "00000002")


def test_in_a_return_of_the_last_period_the_highest_revision_is_compared_with(tmp_path):
    put(tmp_path, "b1", content(HACKNEY, 5, period=Q2, revision=1))
    put(tmp_path, "b2", content(HACKNEY, 3, period=Q2, revision=2))
    put(tmp_path, "now", content(HACKNEY, 4))
    made = merge([tmp_path], schema=SCHEMA)
    assert changes(made, TERMS).total(ON_PROGRAMME).before == 3
    assert [f.code for f in made.findings] == ["R903", "R905"]


def test_a_row_that_is_left_out_has_neither_vanished_nor_appeared(tmp_path):
    wrong = EARLY | {"level": 9}
    made = then_and_now(
        tmp_path,
        of(HACKNEY, ("00000001", EARLY), ("00000002", wrong), period=Q2),
        of(HACKNEY, ("00000001", wrong), ("00000002", EARLY)),
    )
    (one,) = made.boroughs
    assert (one.vanished, one.appeared) == ((), ())
    assert made.total(ON_PROGRAMME).before == 1
