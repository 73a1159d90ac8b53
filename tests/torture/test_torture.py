"""A short run of the torture, and that it would notice harm.  The long run is dev.py torture."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from apprentice_desk.records import organisation
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.doors import open_file
from torture import checking, faults, killing, run, upgrading
from torture.killing import Desk, Tally, Workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")
SEED = 11


@pytest.fixture
def tmp_path(tmp_path):
    """A folder on a disk: memory takes a change so fast that hardly a kill would meet one."""
    disk = os.environ.get("APPRENTICE_DESK_DISK")
    if disk is None:
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(
        prefix="torture-", dir=disk, ignore_cleanup_errors=True
    ) as made:
        yield Path(made)


@pytest.fixture(scope="module")
def workers():
    """The process that forks programs to kill; without strace in CI the tests fail."""
    if shutil.which("strace") is None:
        reason = "no strace: install it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with Workers() as started:
        yield started


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_twenty_kills_lose_nothing_and_leave_nothing_half(workers, kind, tmp_path):
    tallies = killing.kill_often(workers, tmp_path, 20, SEED, kinds=(kind,))
    whole = Tally()
    for tally in tallies.values():
        whole += tally
    assert whole.wrong == []
    assert whole.kills >= 20
    assert whole.with_journal * 3 >= whole.kills
    assert whole.acknowledged > 20
    assert [way for _, way in tallies] == list(killing.WAYS)


KINDS = ("full disk", "over quota", "broken disk", "drive gone", "read only", "short")


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_fails_is_told_of_in_a_sentence_and_loses_nothing(workers, kind, tmp_path):
    """The first fault of each kind, once; dev.py torture lets every one loose on both desks."""
    of_kind = [fault for fault in faults.FAULTS if fault.name.startswith(kind)]
    found = faults.bear_all(workers, tmp_path, SEED, (of_kind[0],), is_short=True)
    assert [each.wrong for each in found if each.wrong] == []
    assert any(each.met for each in found)


def test_every_kind_of_fault_is_among_those():
    assert {fault.name.split(":")[0] for fault in faults.FAULTS} == {
        "full disk", "over quota", "broken disk", "drive gone", "read only", "short writes",
        "short reads of the desk",
    }  # fmt: skip


def test_a_change_whose_end_the_disk_does_not_confirm_is_said_to_be_there(workers, tmp_path):
    fault = next(each for each in faults.FAULTS if each.says == faults.NOT_CONFIRMED)
    found = faults.bear_all(workers, tmp_path, SEED, (fault,), is_short=True)
    assert found[0].wrong == []
    assert found[0].met


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_a_page_that_is_written_in_part_is_put_back(workers, is_encrypted, tmp_path):
    desk = Desk.made(tmp_path / "half", is_encrypted=is_encrypted)
    borne = faults.bear_half_pages(workers, desk, "half")
    assert borne.wrong == []
    assert borne.met


def test_a_program_killed_while_it_brings_a_desk_up_to_date_leaves_it_whole(workers, tmp_path):
    tally = upgrading.kill_upgrades(workers, tmp_path, 3, SEED)
    assert tally.wrong == []
    assert tally.kills == 3


def test_of_several_programs_that_open_one_desk_at_once_one_gets_it(tmp_path):
    assert upgrading.race(tmp_path, 3) == []


# --- that harm would be noticed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "calls", "times"),
    [("no journal", "pwrite64", range(6, 60, 4)), ("tells too early", "fsync,fdatasync", (3, 5))],
)
def test_a_program_with_a_fault_is_found_out(workers, fault, calls, times, tmp_path):
    """Killed at a call that matters, one after the other, until its fault shows."""
    for at in times:
        desk = Desk.made(tmp_path / str(at), is_encrypted=False)
        tally = Tally()
        killing.kill_at(workers, desk, calls, at, tally, f"at {at}", acts=["many"], breaks=fault)
        if tally.wrong:
            break
    assert tally.wrong


def damaged_by(desk, statement):
    with closing(open_file(desk.path, "rw", desk.key, isolation_level=None)) as file:
        file.execute(statement)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE organisation SET team = 'Other'", "is not what change"),
        ("DELETE FROM change_row WHERE number = 3", "change 3 touched nothing"),
        ("DELETE FROM change_log WHERE number = 2", "are not numbered 1 to"),
        ("UPDATE apprentice SET changed_in = 1", "is not as change"),
        ("DELETE FROM change_row WHERE table_name = 'apprentice'", "is in no change"),
    ],
)
def test_a_desk_that_is_unlike_its_log_is_found_out(statement, says, tmp_path):
    desk = Desk.made(tmp_path / "desk", is_encrypted=False)
    store = open_store(desk.path)
    with store.change("Rename") as session:
        organisation.rename_team(session, "Digital team")
    assert checking.unlike_its_log(store) == []
    store.close()
    damaged_by(desk, statement)
    store = open_store(desk.path)
    found = checking.unlike_its_log(store)
    store.close()
    assert any(says in line for line in found)


def test_a_file_that_sqlite_finds_damaged_is_found_out(tmp_path):
    desk = Desk.made(tmp_path / "desk", is_encrypted=False)
    assert checking.unsound(desk.path, None) == []
    with desk.path.open("r+b") as file:
        file.seek(40_960)
        file.write(b"\xff" * 4_096)
    assert checking.unsound(desk.path, None)


def test_too_few_kills_with_a_journal_are_a_failure(capsys):
    tallies = {("plain", "any moment"): Tally(kills=10, with_journal=3)}
    assert "only 3 of 10 left a journal: too few" in run.told_of_kills(tallies, 10)
    assert run.told_of_kills({("plain", "any moment"): Tally(10, 4)}, 10) == []
    assert "only 10 of 11 programs" in run.told_of_kills({("plain", "x"): Tally(10, 4)}, 11)[0]
    capsys.readouterr()


def test_the_program_tells_with_its_exit_status(monkeypatch, capsys, tmp_path):
    bad = {("plain", "at a call"): Tally(1, 1, wrong=["somewhere: lost"])}
    monkeypatch.setattr(killing, "kill_often", lambda *_: bad)
    monkeypatch.setattr(killing, "Workers", _NoWorkers)
    monkeypatch.setattr(run.shutil, "which", lambda _: "strace")
    words = ["--kills", "1", "--only", "kills", "--keep", str(tmp_path / "kept")]
    assert run.main(words) == 1
    said = capsys.readouterr()
    assert "FAILED  seed 1" in said.out
    assert "somewhere: lost" in said.err
    monkeypatch.setattr(run.shutil, "which", lambda _: None)
    assert run.main(words) == 2


class _NoWorkers:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None
