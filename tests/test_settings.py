"""Preferences: kept whole, read as far as they make sense, and nothing in them of any person."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apprentice_desk import settings
from apprentice_desk.settings import SavedFilter, Settings, TableLook

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LOOK = TableLook(
    "apprentices", ("Apprentice", "Status"), ("Provider",), (("Status", 40.5),), "Status", True
)
FILTER = SavedFilter("apprentices", "Level 4", "all", "software")


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def test_what_was_saved_is_loaded() -> None:
    chosen = (
        Settings(theme="dark", text_size=150, recent_desks=("a.desk",))
        .with_look(LOOK)
        .with_panel("apprentices", 90.25)
        .with_filter(FILTER)
    )
    settings.save(chosen)
    assert settings.load() == chosen


def test_the_newest_of_one_name_takes_the_place_of_the_older() -> None:
    other = TableLook("hours")
    chosen = Settings().with_look(LOOK).with_look(other).with_look(TableLook("apprentices"))
    assert chosen.looks == (other, TableLook("apprentices"))
    assert chosen.look_of("returns") is None
    assert Settings().with_panel("a", 1).with_panel("a", 2).panels == (("a", 2),)
    newer = SavedFilter("apprentices", "LEVEL 4", "live")
    mine = SavedFilter("hours", "Level 4")
    kept = Settings().with_filter(FILTER).with_filter(mine).with_filter(newer)
    assert kept.filters == (mine, newer)
    assert kept.filters_of("apprentices") == (newer,)
    assert kept.without_filter("hours", "level 4").filters == (newer,)


def test_a_desk_is_remembered_once_and_by_its_whole_path(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    whole = str(tmp_path / "a.desk")
    kept = Settings().with_recent("a.desk", NOON)
    assert (kept.recent_desks, list(kept.opened_at)) == ((whole,), [whole])
    ways = ["./a.desk", (tmp_path / "a.desk").as_posix()]  # as Qt writes it, on Windows too
    if os.name == "nt":
        ways.append(whole.upper())
    for way in ways:
        again = kept.with_recent(way, NOON)
        assert len(again.recent_desks) == len(again.opened_at) == 1, way
        assert kept.without_recent(way) == Settings(), way
    address = "postgresql+psycopg://db/people"
    assert kept.with_recent(address, NOON).recent_desks == (address, whole)


def test_a_desk_has_one_second_place_however_its_path_is_given(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    chosen = Settings().with_second_place("a.desk", "/stick").with_second_place("b.desk", "/other")
    assert chosen.second_place_of(str(tmp_path / "a.desk")) == Path("/stick")
    assert chosen.second_place_of("c.desk") is None
    without = chosen.with_second_place(str(tmp_path / "a.desk"), "")
    assert without.second_place_of("a.desk") is None
    assert without.second_place_of("b.desk") == Path("/other")


@pytest.mark.parametrize(
    ("name", "kept", "read"),
    [
        ("looks", "dark", ()),
        ("looks", [3, {"table": 4}, {"table": "a", "columns": "x", "widths": [["A"], ["A", True],
          ["A", -1], ["B", 9]], "hidden": [1, "C"], "sorted_by": 3, "is_descending": 1}],
         (TableLook("a", (), ("C",), (("B", 9.0),)),)),
        ("second_places", {"/desks/a.desk": 3}, {}),
        ("second_places", {"/desks/a.desk": "/stick"}, {"/desks/a.desk": "/stick"}),
        ("panels", [["a", "b"], ["a", 3], "x", [1, 2]], (("a", 3.0),)),
        ("filters", [{"page": "a"}, {"page": "a", "name": "n", "words": 3}, 7,
          {"page": "a", "name": "n"}], (SavedFilter("a", "n"),)),
        ("text_size", 140, 100),
        ("theme", "pink", "system"),
        ("recent_desks", [1, "a.desk"], ("a.desk",)),
    ],
)  # fmt: skip
def test_what_makes_no_sense_falls_back(
    folder: Path, name: str, kept: object, read: object
) -> None:
    (folder / "settings.json").write_text(json.dumps({name: kept, "prepared_by": "HR officer"}))
    loaded = settings.load()
    assert getattr(loaded, name) == read
    assert loaded.prepared_by == "HR officer", "the rest is not lost for it"
