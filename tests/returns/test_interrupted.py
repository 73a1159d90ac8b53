"""An export that is interrupted leaves neither a file nor a line in the history, or it leaves both.

It is stopped at every line of what sends, saves and records it, and by killing the program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from apprentice_desk import private_files, resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records import returns_sent
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.returns_sent import return_file, returns_sent_rows
from apprentice_desk.records.store import Store
from apprentice_desk.returns import sending
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.returns.sending import Prepared, prepare, send
from conftest import Make
from records.dumps import dump

PERIOD = Quarter.parse("2026-27 Q2")
REPLACING = {one.__wrapped__.__code__ for one in (private_files.replacing, private_files.swapped)}
WATCHED = {sending.__file__, returns_sent.__file__}


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )


@pytest.fixture
def ready(store: Store, make: Make, lists: Lists) -> Prepared:
    make.standard()
    make.apprentice()
    return prepare(
        store,
        PERIOD,
        lists,
        prepared_at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC),
        prepared_by="HR officer",
        program_version="0.1.0",
    )


class CutError(BaseException):
    """The program was stopped here."""


@contextmanager
def cut_at(step: int, path: Path) -> Iterator[Callable[[], str]]:
    """Stop at the *step*-th line of what sends to *path*; gives where, "" if there is none."""
    at: list[str] = []
    left = step

    def look(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        if event == "call":
            code = frame.f_code
            is_saving = code in REPLACING and frame.f_locals["path"] == path
            return look if (code.co_filename in WATCHED or is_saving) and not at else None
        if event == "line" and not at:
            left -= 1
            if left == 0:
                at.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
                raise CutError
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield lambda: "".join(at)
    finally:
        sys.settrace(before)


# Stopped on the way out of a with, which the line of it counts too, nobody closes its file.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_stopped_at_any_line_there_are_both_or_neither(
    store: Store, ready: Prepared, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "return.xlsx"
    before = dump(store)
    outcomes: list[tuple[str, bool]] = []
    unclosed: list[str] = []
    for step in range(1, 2_000):
        with cut_at(step, path) as where, suppress(CutError):
            send(store, ready, path)
        if not where():
            break
        rows = store.read(returns_sent_rows)
        assert bool(rows) == path.exists(), where()
        outcomes.append((where(), path.exists()))
        if path.exists():
            break  # from here on it is sent
        assert dump(store) == before, where()
        beside = list(folder.iterdir())
        if sys.platform == "win32" and beside:  # it removes no file that nobody has closed
            unclosed.append(where())
            for each in beside:
                each.unlink()
            continue
        assert beside == [], where()
    assert len(unclosed) <= 1, "on the way out of the one with, as said above"
    stopped = [where for where, is_sent in outcomes if not is_sent]
    assert len(stopped) > 40
    assert {where.partition(":")[0] for where in stopped} == {
        "returns_sent.py",
        "private_files.py",
        "sending.py",
    }
    assert path.exists()


def test_a_file_that_cannot_take_its_place_is_taken_out_of_the_history_again(
    store: Store, ready: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "return.xlsx"
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError
        return replace(self, target)

    path.write_bytes(b"PK before")
    before = dump(store)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Problem, match="was not saved"):
        send(store, ready, path)
    monkeypatch.undo()

    assert dump(store) == before
    assert path.read_bytes() == b"PK before"
    assert sorted(each.name for each in tmp_path.glob("*.xlsx")) == ["return.xlsx"]
    line = store.latest_change()
    assert line is not None
    assert line.label == "Send the return for 2026-27 Q2: not saved, so taken back"
    assert send(store, ready, path).revision == 1


def test_a_commit_that_fails_leaves_neither(store: Store, ready: Prepared, tmp_path: Path) -> None:
    def fail(_session: Session) -> None:
        raise ZeroDivisionError

    before = dump(store, with_log=True)
    event.listen(Session, "before_commit", fail)
    try:
        with pytest.raises(ZeroDivisionError):
            send(store, ready, tmp_path / "return.xlsx")
    finally:
        event.remove(Session, "before_commit", fail)
    assert dump(store, with_log=True) == before
    assert not (tmp_path / "return.xlsx").exists()


def test_a_listener_that_fails_after_the_commit_leaves_neither(
    store: Store, ready: Prepared, tmp_path: Path
) -> None:
    def fail(changes: object) -> None:
        raise ZeroDivisionError

    before = dump(store)
    stop = store.listen(fail)
    with pytest.raises(ZeroDivisionError):
        send(store, ready, tmp_path / "return.xlsx")
    stop()
    assert dump(store) == before
    assert not (tmp_path / "return.xlsx").exists()


def test_a_desk_out_of_reach_says_why_it_could_not_be_recorded(
    store: Store, ready: Prepared, tmp_path: Path
) -> None:
    """What went wrong first is what the person hears of."""

    def go(changes: object) -> None:
        store.is_read_only = True  # no change can be made any more
        raise PermissionError

    stop = store.listen(go)
    with pytest.raises(Problem, match=r"“return\.xlsx” was not saved"):
        send(store, ready, tmp_path / "return.xlsx")
    stop()
    assert not (tmp_path / "return.xlsx").exists()
    assert len(store.read(returns_sent_rows)) == 1


def test_stopping_while_it_is_written_leaves_neither(
    store: Store, ready: Prepared, tmp_path: Path
) -> None:
    before = dump(store, with_log=True)
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        send(store, ready, tmp_path / "return.xlsx", progress=progress)
    assert dump(store, with_log=True) == before
    assert not (tmp_path / "return.xlsx").exists()


DIES = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.orm import Session
from apprentice_desk import private_files, resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.records.desks import open_store
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.returns.sending import prepare, send

location, path, moment = sys.argv[1:]
store = open_store(location, person="Doomed")
lists = Lists(resources.hours_rules(), resources.digital_standards().role_families,
    {reason.code: reason.group for reason in resources.leaving_reasons()})
ready = prepare(store, Quarter.parse("2026-27 Q2"), lists, prepared_by="HR officer",
    prepared_at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC), program_version="0.1.0")

def die(*_):
    print("dying", flush=True)
    os._exit(9)

if moment == "written":
    event.listen(Session, "after_begin", die)
if moment == "recorded":
    event.listen(Session, "before_commit", die)
if moment == "committed":
    replace = Path.replace
    Path.replace = lambda self, to: die() if str(to) == path else replace(self, to)
send(store, ready, path)
"""


def killed(store: Store, path: Path, moment: str) -> Store:
    """Kill a program in the middle of sending; return the desk, opened again."""
    store.close()
    ran = subprocess.run(
        [sys.executable, "-c", DIES, store.location, str(path), moment],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (9, "dying\n"), ran.stderr
    return open_store(store.location, take_over=True)


@pytest.mark.parametrize("moment", ["written", "recorded"])
def test_a_program_killed_before_the_commit_leaves_neither(
    moment: str, store: Store, ready: Prepared, tmp_path: Path
) -> None:
    before = dump(store, with_log=True)
    opened = killed(store, tmp_path / "return.xlsx", moment)
    assert dump(opened, with_log=True) == before
    assert not (tmp_path / "return.xlsx").exists()
    assert send(opened, ready, tmp_path / "return.xlsx").revision == 1
    opened.close()


def test_killed_between_commit_and_folder_the_desk_has_the_workbook_whole(
    store: Store, ready: Prepared, tmp_path: Path
) -> None:
    """The one moment that two systems cannot share: nothing is lost, it is saved again."""
    opened = killed(store, tmp_path / "return.xlsx", "committed")
    (row,) = opened.read(returns_sent_rows)
    assert not (tmp_path / "return.xlsx").exists()
    kept = opened.read(return_file, row.id)
    shutil.rmtree(tmp_path / "other", ignore_errors=True)
    opened.close()
    assert kept is not None
    (written,) = tmp_path.glob(".return-*.xlsx")
    assert written.read_bytes() == kept
