"""What goes wrong outside the program is told in words: what happened, what was not done, what to
do about it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.store import Store
from apprentice_desk.returns import receipts
from apprentice_desk.sheets.saving import replacing
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList

NOT_DONE = re.compile(r"\b(not|nothing|left as it is)\b", re.IGNORECASE)


def saved(path: Path, error: OSError | None = None) -> None:
    """Save something at *path*; *error* is what the computer says meanwhile."""
    with replacing(path) as fresh:
        fresh.write_bytes(b"x")
        if error is not None:
            raise error


def damaged(place: Path) -> Path:
    path = place / "damaged.desk"
    path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 16)
    return path


def a_folder(place: Path) -> Path:
    path = place / "folder.desk"
    path.mkdir()
    return path


def a_note(place: Path) -> Path:
    path = place / "note.desk"
    path.write_text("Buy milk. " * 100)
    return path


def half_a_receipt(place: Path) -> Path:
    path = place / "receipt.json"
    path.write_text('{"format": ')
    return path


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
GONE = OSError(errno.EIO, os.strerror(errno.EIO))
SHUT = PermissionError(errno.EACCES, os.strerror(errno.EACCES))

HAPPENS: dict[str, Callable[[Path], object]] = {
    "a desk that is gone": lambda place: open_store(place / "gone.desk"),
    "a desk on a drive that is gone": lambda place: open_store(place / "drive" / "own.desk"),
    "a damaged desk": lambda place: open_store(damaged(place)),
    "a folder for a desk": lambda place: open_store(a_folder(place)),
    "something else for a desk": lambda place: open_store(a_note(place)),
    "a new desk over another file": lambda place: create_store(a_note(place)),
    "a new desk on a drive that is gone": lambda place: create_store(place / "drive" / "own.desk"),
    "a list saved to a drive that is gone": lambda place: saved(place / "drive" / "list.xlsx"),
    "a list saved while the disk is full": lambda place: saved(place / "list.xlsx", FULL),
    "a list saved while the drive goes": lambda place: saved(place / "list.xlsx", GONE),
    "a list saved over one in use": lambda place: saved(place / "list.xlsx", SHUT),
    "a damaged receipt": lambda place: receipts.read(half_a_receipt(place)),
}


@pytest.mark.parametrize("happens", HAPPENS)
def test_a_problem_says_what_was_not_done_and_what_to_do(happens: str, tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        HAPPENS[happens](tmp_path)
    problem = raised.value
    assert NOT_DONE.search(problem.what), problem.what
    assert problem.what.endswith(".")
    assert problem.remedy.endswith(".")


def test_a_desk_open_to_read_only_says_that_nothing_was_saved(desk_file: Path) -> None:
    store = open_store(desk_file, read_only=True)
    with pytest.raises(Problem) as raised, store.change("Log 1 h"):
        raise AssertionError("nothing may be changed")
    store.close()
    assert raised.value.what == "“Log 1 h” was not saved: exampleton.desk is open to read only."
    assert raised.value.remedy


def test_a_full_disk_says_what_was_not_saved(store: Store, make: Any) -> None:
    make.apprentice()
    with store._engine.connect() as connection:  # the disk may not grow from here on
        connection.connection.driver_connection.execute("PRAGMA max_page_count = 1")  # type: ignore[union-attr]

    def enrol_many() -> None:
        for number in range(200):
            make.apprentice(family_name=f"Somebody {number} {'x' * 60}")

    with pytest.raises(Problem) as raised:
        enrol_many()
    assert raised.value.what == "“Enrol” was not saved. The disk is full."
    assert raised.value.remedy == "Free some space and try again."


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 and no more"])
def test_a_list_that_cannot_be_read_says_that_nothing_was(
    content: bytes | None, page: Callable[..., Any], desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    if content is not None:
        path.write_bytes(content)
    page("imports").arrive(ImportList("hours", str(path)))
    qtbot.waitUntil(lambda: desk.messages.current_problem is not None)
    problem = desk.messages.current_problem
    assert problem is not None
    assert problem.text.startswith("“list.xlsx”")
    assert "Nothing was read." in problem.text
    assert problem.text.count(".") >= 3
