"""What somebody gets who asks what is held about them: all of it, and nothing of anybody else."""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import leaving
from apprentice_desk.records.about_person import about_person
from apprentice_desk.records.apprentices import Apprentice
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.scrubbing import owned
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import access_pack, record_words
from commands.test_privacy import _fill

TODAY = date(2026, 6, 2)


@pytest.fixture
def desk(desk_file: Path, maker: type) -> Any:
    store = open_store(desk_file, person="Qzperson")
    _fill(store, maker(store))
    yield store
    store.close()


def person_of(store: Store, given: str) -> UUID:
    def query(session: Any) -> UUID:
        return session.scalars(select(Apprentice.id).where(Apprentice.given_names == given)).one()

    return store.read(query)


def test_the_pack_holds_every_row_and_file_and_nobody_elses(desk: Store, tmp_path: Path) -> None:
    key = person_of(desk, "Qzgiven0")
    with desk.change("Save a record") as session:
        left_id = leaving.record_left(
            session, Going(LeftKind.RECORD, apprentices=frozenset({key})),
            FileFacts("Qzrecord.pdf", 1, "0" * 64), datetime(2026, 6, 1, 9, tzinfo=UTC), "Qzclerk",
        )  # fmt: skip
        leaving.say_who_gets(session, left_id, GivenTo("Qzauditor", "Qzpurpose", ""))
    own = desk.read(owned, {"apprentice": frozenset({key})})
    pack = access_pack.make_pack(desk, key, tmp_path / "pack", TODAY)
    every = json.loads((pack.folder / "data" / "everything.json").read_text(encoding="utf-8"))
    for table, keys in own.items():
        if table not in ("left_file_person", "put_off_line", "hours_repeat"):
            assert len(every[table]) == len(keys), table
    assert len(every["payment"]) == 1
    assert every["apprentice"][0]["given_names"] == "Qzgiven0"
    assert len(own) > 20
    assert b"Qzcontent0" in (pack.folder / "files" / "notes 0.txt").read_bytes()
    text = "".join(
        path.read_text(encoding="utf-8-sig")
        for path in pack.folder.rglob("*")
        if path.suffix in (".csv", ".json", ".txt")
    )
    assert "Qzgiven0" in text
    for other in ("Qzgiven1", "Qzfamily2", "Qzcontent1", "6100000017"):
        assert other not in text
    with (pack.folder / "data" / "What left.csv").open(encoding="utf-8-sig", newline="") as file:
        (_, line) = csv.reader(file)
    assert line[2:5] == ["Qzrecord.pdf", "Qzauditor", "Qzpurpose"]
    assert pack.rows == sum(len(rows) for rows in every.values())


def test_the_paper_tells_all_that_the_data_has(desk: Store, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext")
    key = person_of(desk, "Qzgiven0")
    pack = access_pack.make_pack(desk, key, tmp_path / "pack", TODAY)
    said = subprocess.run(
        ["pdftotext", "-layout", pack.paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    squeezed = "".join(said.split())
    about = desk.read(about_person, key)
    for told in about.told:
        assert "".join(record_words.heading(told.table, len(told.rows)).split()) in squeezed, (
            told.table
        )
        for row in told.rows:
            for name, value in zip(told.columns, row, strict=True):
                words = "".join(record_words.value(name, value).split())
                if len(words) < 20:  # longer ones are parted over lines
                    assert words in squeezed, (told.table, name, value)


def test_files_of_the_pack_are_for_their_owner_only(desk: Store, tmp_path: Path) -> None:
    pack = access_pack.make_pack(desk, person_of(desk, "Qzgiven0"), tmp_path / "pack", TODAY)
    if os.name != "posix":
        pytest.skip("modes are of POSIX")
    for path in (pack.folder, *pack.folder.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_a_text_that_begins_like_a_formula_stays_text(
    store: Store, make: Any, tmp_path: Path
) -> None:
    make.apprentice(note="=1+1", line_manager="@SUM(A1)", email="+44@b.example")
    pack = access_pack.make_pack(store, person_of(store, "Ada"), tmp_path / "pack", TODAY)
    for path in (pack.folder / "data").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))], path
    text = (pack.folder / "data" / "Apprenticeships.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text


def test_what_is_there_already_is_left_as_it_was(store: Store, make: Any, tmp_path: Path) -> None:
    make.apprentice()
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(Problem, match=r"^There is “pack” already"):
        access_pack.make_pack(store, person_of(store, "Ada"), folder, TODAY)
    with pytest.raises(Problem, match=r"^“pack” was not saved: the folder"):
        access_pack.make_pack(store, person_of(store, "Ada"), tmp_path / "no" / "pack", TODAY)
    assert [path.name for path in tmp_path.iterdir() if "pack" in path.name] == ["pack"]
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_somebody_who_is_gone_gets_no_pack(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="removed or erased meanwhile"):
        access_pack.make_pack(store, UUID(int=1), tmp_path / "pack", TODAY)
    assert not (tmp_path / "pack").exists()


def test_whatever_can_be_erased_has_words(store: Store) -> None:
    """A table that comes to hang on a person must be named here."""
    from apprentice_desk.records.base import Base
    from apprentice_desk.records.scrubbing import _owners

    names = {"apprentice", "procurement", "barrier", "survey_answer"}
    while True:
        more = {
            table.name
            for table in Base.metadata.sorted_tables
            if "id" in table.c and any(owner in names for _, owner in _owners(table))
        }
        if more <= names:
            break
        names |= more
    assert names - record_words.TABLES.keys() == set()
