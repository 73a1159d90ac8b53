"""Half-done forms in their file: whose they are, who may read them, when they go."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from apprentice_desk import drafts, settings
from apprentice_desk.drafts import Draft, Drafts
from apprentice_desk.records.keys import DeskKey, fresh_key
from apprentice_desk.records.sealing import seal_of

ADA = Draft(
    "apprentice:1",
    "Edit Ada Obi",
    "priya",
    "2026-11-24T09:12:00+00:00",
    {"given_names": "Adaeze"},
    {"given_names": "Ada"},
    {"to": "AddApprentice"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hackney.desk.drafts"


def test_what_was_kept_is_there_for_the_next_program(path: Path) -> None:
    kept = Drafts(path, "priya")
    kept.keep(ADA)
    later = replace(ADA, key="hours:new", kept_at="2026-11-24T10:00:00+00:00")
    kept.keep(later)
    kept.close()
    again = Drafts(path, "priya")
    assert again.waiting() == (ADA, later)
    assert again.of("apprentice:1") == ADA
    assert again.of("apprentice:2") is None


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder says who may read")
def test_only_its_owner_may_read_the_file(path: Path) -> None:
    before = os.umask(0)
    try:
        kept = Drafts(path, "priya")
        kept.keep(ADA)
        kept.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_goes_with_the_last_draft_and_leaves_nothing_beside_it(path: Path) -> None:
    kept = Drafts(path, "priya")
    kept.keep(ADA)
    kept.drop(ADA.key)
    kept.drop(ADA.key)
    kept.close()
    assert list(path.parent.iterdir()) == []


def test_drafts_of_somebody_else_are_neither_shown_nor_lost(path: Path) -> None:
    hers = Drafts(path, "priya")
    hers.keep(ADA)
    hers.close()
    his = Drafts(path, "owen")
    assert his.waiting() == ()
    his.keep(replace(ADA, person="owen"))
    his.drop(ADA.key)
    his.close()
    assert Drafts(path, "priya").waiting() == (ADA,)


def test_what_was_begun_now_can_be_let_go_at_once_and_the_rest_stays(path: Path) -> None:
    first = Drafts(path, "priya")
    first.keep(ADA)
    first.close()
    second = Drafts(path, "priya")
    second.keep(replace(ADA, key="hours:new"))
    second.drop_begun()
    second.close()
    assert [draft.key for draft in Drafts(path, "priya").waiting()] == [ADA.key]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        json.dumps({"version": 2, "drafts": []}).encode(),
        json.dumps({"version": 1, "drafts": {}}).encode(),
        json.dumps({"version": 1, "drafts": [1, {"key": "a"}, {"key": 1}]}).encode(),
    ],
    ids=lambda content: str(content)[:60],
)
def test_a_damaged_file_is_no_reason_not_to_open_the_desk(path: Path, content: bytes) -> None:
    path.write_bytes(content[:])
    kept = Drafts(path, "priya")
    assert kept.waiting() == ()
    kept.keep(ADA)
    kept.close()
    assert Drafts(path, "priya").waiting() == (ADA,)


def test_a_place_that_cannot_be_written_to_is_told_and_typing_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Drafts(tmp_path / "file" / "a.drafts", "priya")
    kept.keep(ADA)
    kept.close()
    with pytest.raises(OSError):
        kept.keep(ADA)
    assert kept.waiting() == (ADA,)
    kept.close()


def test_they_stand_beside_the_desk_or_with_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path))
    assert drafts.place_for("/desks/a.desk") == Path("/desks/a.desk.drafts")
    database = drafts.place_for("postgresql+psycopg://desk:hush@db/people")
    assert database.parent == tmp_path
    assert "hush" not in database.name


def test_without_a_place_they_last_as_long_as_the_program() -> None:
    kept = Drafts()
    kept.keep(replace(ADA, person=""))
    assert len(kept.waiting()) == 1
    kept.close()


# --- sealed -------------------------------------------------------------------------------------

KEY = DeskKey(bytes(range(32)), b"{" + bytes(15))
OTHER = DeskKey(bytes(32), b"another salt....")


def kept_with(path: Path, key: DeskKey | None) -> tuple[Draft, ...]:
    kept = Drafts(path, "priya", seal_of(key))
    kept.close()
    return kept.waiting()


def keep(path: Path, key: DeskKey | None) -> None:
    kept = Drafts(path, "priya", seal_of(key))
    kept.keep(ADA)
    kept.close()


def test_beside_an_encrypted_desk_they_are_sealed(path: Path) -> None:
    keep(path, None)
    assert b"Adaeze" in path.read_bytes()
    path.unlink()
    keep(path, KEY)
    assert b"Adaeze" not in path.read_bytes()
    assert kept_with(path, KEY) == (ADA,)
    assert kept_with(path, OTHER) == kept_with(path, None) == ()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder says who may read")
def test_only_its_owner_may_read_the_sealed_file(path: Path) -> None:
    before = os.umask(0)
    try:
        keep(path, KEY)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_plain_ones_beside_an_encrypted_desk_are_sealed_at_once(path: Path) -> None:
    keep(path, None)
    assert kept_with(path, KEY) == (ADA,)
    assert b"Adaeze" not in path.read_bytes()
    assert kept_with(path, KEY) == (ADA,)


def test_the_window_goes_on_with_another_key(path: Path) -> None:
    kept = Drafts(path, "priya")
    kept.keep(ADA)
    for key in (KEY, OTHER, None):
        kept.reseal(seal_of(key))
        kept.close()
        assert kept_with(path, key) == (ADA,)


@pytest.mark.parametrize(("old", "new"), [(None, KEY), (KEY, OTHER), (KEY, None)])
@pytest.mark.parametrize("opens_with", ["old", "new"])
def test_an_end_in_the_middle_loses_no_draft(
    path: Path, old: DeskKey | None, new: DeskKey | None, opens_with: str
) -> None:
    keep(path, old)
    drafts.prepare(path, seal_of(old), seal_of(new))
    assert kept_with(path, new if opens_with == "new" else old) == (ADA,)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_place_that_takes_no_sealed_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Drafts(tmp_path / "file" / "a.drafts", "priya", seal_of(KEY))
    kept.keep(ADA)
    kept.close()
    with pytest.raises(OSError):
        kept.keep(ADA)
    kept.close()


def test_behind_a_lock_nothing_is_written_and_afterwards_all_of_it_is(tmp_path: Path) -> None:
    key = fresh_key("copper lantern meadow")
    path = tmp_path / "hackney.desk.drafts"
    drafts = Drafts(path, "Tess", seal_of(key))
    drafts.keep(_draft_called("before"))
    drafts.rest()
    before = path.read_bytes()
    drafts.keep(_draft_called("behind"))
    drafts.close()
    assert path.read_bytes() == before
    assert [each.key for each in drafts.waiting()] == ["before", "behind"]
    drafts.wake(seal_of(key))
    drafts.close()
    assert path.read_bytes() != before
    assert b"SQLite format" not in path.read_bytes()
    again = Drafts(path, "Tess", seal_of(key))
    assert [each.key for each in again.waiting()] == ["before", "behind"]


def _draft_called(key: str) -> Draft:
    return Draft(key, "A form", "Tess", "2026-11-24T09:00:00", {"name": "Ada"}, {"name": ""})


@pytest.mark.parametrize("at", [0, 20, 5000])
def test_a_damaged_sealed_file_is_no_reason_not_to_open_the_desk(path: Path, at: int) -> None:
    keep(path, KEY)
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)
    assert kept_with(path, KEY) == ()
    keep(path, KEY)
    assert kept_with(path, KEY) == (ADA,)
