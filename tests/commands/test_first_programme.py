"""LOTI's first programme: what it came to can be read off the merge of its returns."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apprentice_desk import resources
from apprentice_desk.commands import first_programme
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.identifiers import check_code
from apprentice_desk.returns import merge, picture, schema
from apprentice_desk.returns.merged import Merged, State

PERIODS = ("2019-20 Q3", "2019-20 Q4", "2020-21 Q1", "2020-21 Q2")
SHEETS = ("Apprentices", "Contracts", "Secondments", "Pledges", "Characteristics", "Network",
          "Barriers")  # fmt: skip


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    text = resources.path("sample", "first_programme.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@pytest.fixture(scope="module")
def merged(sample_folder: Path) -> dict[str, Merged]:
    folders = {path.name: path for path in (sample_folder / "returns").iterdir() if path.is_dir()}
    assert sorted(folders) == sorted(PERIODS)
    return {
        period: merge.merge([folder], schema=schema.load()) for period, folder in folders.items()
    }


@pytest.fixture(scope="module")
def sheets(
    merged: dict[str, Merged], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The rows of each merged workbook by period and sheet, read with openpyxl alone."""
    folder = tmp_path_factory.mktemp("merged")
    read = {}
    for period, made in merged.items():
        path = folder / f"{period}.xlsx"
        merge.write_merged(made, path)
        book = openpyxl.load_workbook(path, read_only=True)
        read[period] = {name: rows_of(book[name]) for name in SHEETS}
        book.close()
    return read


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def total(rows: list[dict[str, Any]], heading: str) -> int:
    return sum(row[heading] for row in rows)


def test_69_were_pledged_in_october_2019(sheets) -> None:
    assert date(2019, 10, 29) in Quarter.parse("2019-20 Q3").period
    assert total(sheets["2019-20 Q3"]["Pledges"], "Pledged") == 69


def test_73_were_recruited_by_march_2020(sheets) -> None:
    assert date(2020, 3, 11) in Quarter.parse("2019-20 Q4").period
    assert total(sheets["2019-20 Q4"]["Pledges"], "Recruited") == 73


def test_over_100_were_recruited_by_september_2020(sheets) -> None:
    assert date(2020, 9, 8) in Quarter.parse("2020-21 Q2").period
    assert total(sheets["2020-21 Q2"]["Pledges"], "Recruited") > 100


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_comes_to_what_the_description_says(period, sheets, merged, described) -> None:
    (figures,) = [one for one in described["period"] if one["quarter"] == period]
    found = sheets[period]
    assert total(found["Pledges"], "Pledged") == figures["pledged"]
    assert total(found["Pledges"], "Recruited") == figures["recruited"]
    # Whoever was recruited has a row, and whoever has begun is no longer planned.
    assert len(found["Apprentices"]) == figures["recruited"]
    begun = [row for row in found["Apprentices"] if row["Status"] != "planned"]
    assert total(found["Pledges"], "Started") == len(begun)
    assert picture.picture(one.content for one in merged[period].returns).boroughs == 15


@pytest.mark.parametrize("period", PERIODS)
def test_every_return_is_a_sample_of_a_real_borough_without_a_finding(period, merged) -> None:
    made = merged[period]
    assert made.period == Quarter.parse(period)
    assert made.is_sample
    assert made.findings == ()
    assert [one.state for one in made.boroughs] == [State.ACCEPTED] * 15
    real = {one.name for one in resources.boroughs() if not one.is_invented}
    assert {one.name for one in made.boroughs} <= real


@pytest.mark.parametrize("period", PERIODS)
def test_every_sheet_has_rows(period, sheets) -> None:
    assert [name for name, rows in sheets[period].items() if not rows] == []


MIX = {
    "software developer": 7, "infrastructure technician": 6, "IT solutions technician": 6,
    "digital project manager": 6, "project manager": 15, "IT user": 3,
    "cyber security technologist": 2, "ICT help desk": 2, "graphic design and drone pilot": 1,
}  # fmt: skip


def test_the_mix_of_roles_is_loti_s_own(described) -> None:
    places = Counter(name for entry in described["borough"] for name in entry["places"])
    assert {name: places[name] for name in MIX} == MIX
    assert places["data analyst"] + places["business analyst"] == 5
    assert places["application support specialist"] >= 2
    assert {one["name"]: one["places"] for one in described["role"]} == dict(places)
    said = {one["name"] for one in described["role"] if one["mix"].startswith("LOTI")}
    assert said == {*MIX, "data analyst", "business analyst"}


def test_the_mix_is_read_off_the_last_merge_too(sheets, described) -> None:
    """Three of those pledged were not found yet, so each role has at most three fewer."""
    rows = Counter(row["Title"] for row in sheets["2020-21 Q2"]["Apprentices"])
    assert sum(rows.values()) == described["period"][-1]["pledged"] - 3
    pledged_of = {
        "Software developer": 7,
        "Infrastructure technician": 6,
        "IT solutions technician": 6,
        "Associate project manager": 21,
    }
    for title, pledged in pledged_of.items():
        assert pledged - 3 <= rows[title] <= pledged


def test_what_is_invented_says_so(described) -> None:
    text = resources.path("sample", "first_programme.toml").read_text(encoding="utf-8")
    assert "FICTIONAL SPLIT" in text[:400]
    assert described["notice"].startswith("Fictional split")
    for entry in described["period"]:
        assert "LOTI" in entry["source"] or "invented" in entry["source"]
    for entry in (*described["role"], *described["event"]):
        assert entry.get("mix") or entry.get("source")
    assert all(one["ukprn"].startswith("1999") for one in described["provider"])


def test_codes_stay_over_the_periods_and_numbers_only_grow(merged) -> None:
    seen: dict[str, Any] = {}
    for period in PERIODS:
        now = {
            line.apprentice_code: line
            for one in merged[period].returns
            for line in one.content.apprentices
        }
        assert seen.keys() <= now.keys()
        for code, line in now.items():
            assert check_code(code) == code
            earlier = seen.get(code)
            if earlier is not None:
                assert line.training_started_on == earlier.training_started_on
                assert line.logged_to_date_hours >= earlier.logged_to_date_hours
                grown = line.logged_to_date_hours - line.logged_in_period_hours
                assert abs(grown - earlier.logged_to_date_hours) <= Decimal("0.01")
        seen = now
    assert len(seen) > 100


def test_the_same_description_gives_the_same_bytes(sample_folder: Path, tmp_path: Path) -> None:
    """On another day too: the fixture's files are of today, these are written without a day."""
    written = first_programme.write_returns(tmp_path)
    assert len(written) == 60
    for file in written:
        before = sample_folder / "returns" / file.relative_to(tmp_path)
        assert before.read_bytes() == file.read_bytes(), file.name
