"""What leaves through the command line is noted too, and never in the way of undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.domain.leaving import NOT_NOTED, LeftKind
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.leaving import left_rows
from apprentice_desk.safekeeping.ledger import facts_of

Call = Callable[..., Any]
LAYOUTS = Path(__file__).parents[1] / "layouts"
PEOPLE = LAYOUTS / "11_das_employer_download.csv"


@pytest.fixture
def sample(exampleton: Path) -> Path:
    """The desk of the sample."""
    return exampleton / "exampleton.desk"


def left(desk: Path) -> list[tuple[LeftKind, str, int | None]]:
    """What the ledger of a desk holds, oldest first."""
    store = open_store(desk, read_only=True)
    try:
        rows = sorted(store.read(left_rows), key=lambda row: (row.changed_in, row.file_name))
        return [(row.kind, row.file_name, row.people_count) for row in rows]
    finally:
        store.close()


def test_a_return_is_noted_with_everybody_in_it_and_its_bytes(
    sample: Path, call: Call, tmp_path: Path
) -> None:
    before = left(sample)
    to = tmp_path / "return.xlsx"
    words = ("--period", "2026-27 Q3", "--to", to, "--by", "Lead", "--send-anyway")
    assert call("return", sample, *words).out
    noted = left(sample)[len(before) :]
    assert [(kind, name) for kind, name, _ in noted] == [(LeftKind.RETURN, "return.xlsx")]
    assert (noted[0][2] or 0) > 10
    store = open_store(sample, read_only=True)
    assert facts_of(to).sha256 in {row.sha256 for row in store.read(left_rows)}
    store.close()


def test_the_returns_of_the_sample_went_to_loti(sample: Path) -> None:
    store = open_store(sample, read_only=True)
    rows = store.read(left_rows)
    store.close()
    went = [row for row in rows if row.given.to_whom == "LOTI"]
    assert len(went) == 5
    assert {row.kind for row in went} == {LeftKind.RETURN}


def test_an_import_is_undone_though_its_rows_were_saved(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    to = tmp_path / "fates.xlsx"
    call("import", PEOPLE, "--into", hackney, "--as", "apprentices", "--fates", to)
    assert left(hackney) == [(LeftKind.ROWS, "fates.xlsx", None)]
    outcome = call("undo", hackney)
    assert outcome.status == 0, outcome.err
    assert outcome.out.startswith("Undone: Import ")
    assert left(hackney) == [(LeftKind.ROWS, "fates.xlsx", None)], "the file is out all the same"


def test_places_and_wording_are_noted(sample: Path, call: Call, tmp_path: Path) -> None:
    before = len(left(sample))
    places, pack = tmp_path / "our.placements", tmp_path / "our.wording"
    assert call("placements", "export", sample, "--to", places).status == 0
    call("placements", "merge", places, "--to", tmp_path / "all.placements", "--desk", sample)
    words = ("--to", pack, "--title", "Ours", "--all")
    assert call("wording", "export", sample, *words).status == 0
    assert left(sample)[before:] == [
        (LeftKind.PLACES, "our.placements", 0),
        (LeftKind.PLACES, "all.placements", 0),
        (LeftKind.WORDING, "our.wording", 0),
    ]


def test_a_merge_is_noted_in_the_desk_that_is_named(
    sample: Path, call: Call, tmp_path: Path
) -> None:
    to = tmp_path / "return.xlsx"
    words = ("--period", "2026-27 Q3", "--to", to, "--by", "Lead", "--send-anyway")
    call("return", sample, *words)
    before = len(left(sample))
    call("merge", to, "--to", tmp_path / "all.xlsx", "--desk", sample)
    noted = left(sample)[before:]
    assert (LeftKind.MERGED, "all.xlsx") in [(kind, name) for kind, name, _ in noted]
    assert {kind for kind, _, _ in noted} == {LeftKind.MERGED, LeftKind.GIVEN_BACK}


def test_places_leave_a_desk_that_somebody_has_open_and_it_is_said_that_nothing_is_noted(
    sample: Path, call: Call, tmp_path: Path
) -> None:
    store = open_store(sample)
    before = store.read(left_rows)
    try:
        outcome = call("placements", "export", sample, "--to", tmp_path / "our.placements")
        assert outcome.status == 0
        assert NOT_NOTED in outcome.out
        assert (tmp_path / "our.placements").exists()
        assert store.read(left_rows) == before
    finally:
        store.close()


@pytest.mark.parametrize("way", ["placements", "wording"])
def test_what_could_not_be_written_is_not_noted(
    sample: Path, call: Call, tmp_path: Path, way: str
) -> None:
    before = left(sample)
    target = tmp_path / "nowhere" / f"our.{way}"
    more = ("--title", "Ours", "--all") if way == "wording" else ()
    assert call(way, "export", sample, "--to", target, *more).status != 0
    assert left(sample) == before
