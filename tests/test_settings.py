"""Preferences: kept whole, read as far as they make sense, and nothing in them of any person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apprentice_desk import settings
from apprentice_desk.settings import SavedFilter, Settings, TableLook

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


@pytest.mark.parametrize(
    ("name", "kept", "read"),
    [
        ("looks", "dark", ()),
        ("looks", [3, {"table": 4}, {"table": "a", "columns": "x", "widths": [["A"], ["A", True],
          ["A", -1], ["B", 9]], "hidden": [1, "C"], "sorted_by": 3, "is_descending": 1}],
         (TableLook("a", (), ("C",), (("B", 9.0),)),)),
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
