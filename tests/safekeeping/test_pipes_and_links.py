"""What somebody puts beside a desk, in a folder that others write to too, is not waited for.

A pipe in the place of a file holds up whoever opens it until somebody writes into it; a link leads
to a file that is somebody else's.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from apprentice_desk import drafts, settings
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import salt_of
from apprentice_desk.records.sealing import put_in_place
from apprentice_desk.returns import giving_back
from apprentice_desk.safekeeping import conflict_copies, copies, erasing, vault
from safekeeping.backing import NOW

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and links as here")


@contextmanager
def a_pipe_at(path: Path) -> Iterator[list[str]]:
    """Put a pipe at *path*; what is given says whether somebody waited for it, who is let go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    waited: list[str] = []
    is_over = threading.Event()

    def let_go() -> None:
        while not is_over.wait(0.01):
            try:  # nobody can write into a pipe that nobody waits for
                os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
            except OSError:
                continue
            waited.append(path.name)

    watching = threading.Thread(target=let_go)
    watching.start()
    try:
        yield waited
    finally:
        is_over.set()
        watching.join()


def read_drafts(desk: Path) -> object:
    return drafts.Drafts(drafts.place_for(str(desk)), "Tess Ter").waiting()


def read_key(desk: Path) -> object:
    with pytest.raises(Problem, match="it is no file"):
        salt_of(desk.with_name("a pipe.desk"))
    return ()


def look_beside(desk: Path) -> object:
    return conflict_copies.copies_beside(desk, "0" * 32, None)


def read_erased(desk: Path) -> object:
    with pytest.raises(Problem, match="cannot be read"):
        erasing.listed(desk.parent)
    return ()


def list_copies(desk: Path) -> object:
    return copies.backups_of(desk)


def read_contents(desk: Path) -> object:
    return giving_back._contents(desk.parent) or ()


WAYS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "half-done forms": ("exampleton.desk.drafts", read_drafts),
    "a desk": ("a pipe.desk", read_key),
    "a second file of it": ("exampleton (conflicted copy).desk", look_beside),
    "who was erased": (erasing.LIST, read_erased),
    "whose copies these are": (f"exampleton backups/{copies.MARK}", list_copies),
    "a copy": ("exampleton backups/exampleton 2026-11-29 0914.desk", list_copies),
    "what a merge wrote": (giving_back.CONTENTS, read_contents),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_pipe_is_not_waited_for(way: str, desk_file: Path) -> None:
    name, read = WAYS[way]
    with a_pipe_at(desk_file.parent / name) as waited:
        assert not read(desk_file)
        assert waited == []


def test_settings_that_are_a_pipe_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path))
    with a_pipe_at(tmp_path / "settings.json") as waited:
        assert settings.load() == settings.Settings()
        assert waited == []


def test_whoever_waits_for_a_pipe_would_be_seen(tmp_path: Path) -> None:
    with a_pipe_at(tmp_path / "pipe") as waited:
        assert (tmp_path / "pipe").read_bytes() == b""
    assert waited


# --- links --------------------------------------------------------------------------------------


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A file of somebody's that begins as a journal does that is not needed any more."""
    path = tmp_path / "elsewhere" / "precious.txt"
    path.parent.mkdir()
    path.write_bytes(bytes(16) + b"mine" * 500)
    return path


def test_what_a_link_leads_to_is_not_written_over(precious: Path, tmp_path: Path) -> None:
    before = precious.read_bytes()
    link, fresh = tmp_path / "a.drafts", tmp_path / "a.drafts.next"
    link.symlink_to(precious)
    fresh.write_bytes(b"new")
    assert not put_in_place(link, fresh)
    assert precious.read_bytes() == before
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"


def test_a_desk_gets_a_passphrase_and_no_file_behind_a_link_is_touched(
    desk_file: Path, precious: Path
) -> None:
    before = precious.read_bytes()
    journal = desk_file.with_name(f"{desk_file.name}-journal")
    journal.symlink_to(precious)
    kept = precious.with_name("kept.drafts")
    place = drafts.place_for(str(desk_file))
    theirs = drafts.Drafts(kept, "Tess Ter")
    theirs.keep(drafts.Draft("a", "Edit", "Tess Ter", NOW.isoformat(), {"name": "x"}, {}))
    theirs.close()
    of_before = kept.read_bytes()
    place.symlink_to(kept)
    key = vault.fresh_key("three brown horses")
    with pytest.raises(Problem, match="It is as it was"):  # SQLite follows no link
        vault.protect(desk_file, None, key)
    assert precious.read_bytes() == before
    journal.unlink()
    vault.protect(desk_file, None, key)
    assert kept.read_bytes() == of_before
    open_store(desk_file, key=key).close()
