"""Kills a program while it brings an old desk up to date, and races for the lock it leaves.

A desk that was being brought up to date is either as it was or of today's format, with all that
was in it; every copy that is kept beside it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import migrate
from apprentice_desk.records.desks import open_store
from torture import checking
from torture.killing import Desk, Tally, Workers, is_hot, kill_at_a_call

TESTS = Path(__file__).resolve().parents[1]
OLD = sorted((TESTS / "old_files").glob("v*.desk"))
_COUNTED = ("apprentice", "off_the_job_entry", "provider", "contract", "change_log")
_RACERS = 3


def kill_upgrades(workers: Workers, folder: Path, kills: int, seed: int) -> Tally:
    """Kill *kills* programs that open old desks; one that came to its end first counts apart."""
    tally = Tally()
    turn = 0
    while tally.kills < kills and turn < kills * 4:
        turn += 1
        where = f"{seed}-upgrade-{turn}"
        random = Random(where)
        old = random.choice(OLD)
        shutil.rmtree(folder / where, ignore_errors=True)
        (folder / where).mkdir(parents=True)
        desk = Desk((folder / where).resolve() / "old.desk", None)
        shutil.copy(old, desk.path)
        told = desk.told(where, 0, only_opens=True, gate=str(desk.gate))
        pid = workers.begin(told)
        try:
            if random.random() < 0.5:
                kill_at_a_call(pid, desk, random)
            else:
                desk.gate.touch()
                _soon(desk, random)
        finally:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            ended = workers.end()
        tally.kills += ended == -signal.SIGKILL
        tally.outlived += ended != -signal.SIGKILL
        tally.with_journal += desk.journal.exists()
        tally.hot += is_hot(desk.journal)
        found = [f"{where} ({old.name}): {each}" for each in _wrong_with(desk, old)]
        tally.wrong += found
        if not found:
            shutil.rmtree(folder / where)
    return tally


def _soon(desk: Desk, random: Random) -> None:
    """Wait for the copy that is kept, or the lock, and then a little."""
    until = time.monotonic() + 30
    while not (desk.lock.exists() or desk.lines()) and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.5))


def _wrong_with(desk: Desk, old: Path) -> list[str]:
    """Return what is wrong with a desk whose program was killed, and with the copies of it."""
    wrong = [f"the program itself failed: {line}" for line in desk.lines() if "crash" in line]
    wanted = _counts(old)
    for copy in desk.path.parent.glob("old before format *.desk"):
        if (counts := _counts(copy)) != wanted or checking.unsound(copy, None):
            wrong.append(f"{copy.name} holds {counts}, not {wanted}")
    try:
        store = open_store(desk.path, person="Next")
    except Problem as problem:
        return [*wrong, f"the next opening was refused: {problem}"]
    store.close()
    wrong += checking.unsound(desk.path, None)
    with closing(sqlite3.connect(desk.path)) as file:
        at = file.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    if at != migrate.HEAD or _counts(desk.path) != wanted:
        wrong.append(f"it is at {at} and holds {_counts(desk.path)}, not {wanted}")
    return wrong


def _counts(path: Path) -> dict[str, int]:
    """Return how many records there are; none for a file that cannot be read."""
    try:
        with closing(sqlite3.connect(path)) as file:
            return {
                table: file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in _COUNTED
            }
    except sqlite3.Error:
        return {}


def race(folder: Path, rounds: int) -> list[str]:
    """Let several programs open one desk at the same moment; return where not exactly one did."""
    desk = Desk.made(folder / "race", is_encrypted=False)
    running = subprocess.run(
        [sys.executable, Path(__file__), str(desk.path), str(rounds)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": f"{TESTS.parent / 'src'}{os.pathsep}{TESTS}"},
    )
    if running.returncode:
        return [f"the race came to no end: {running.stderr[-500:]}"]
    return [str(line) for line in json.loads(running.stdout)]


def _race(path: Path, rounds: int) -> list[str]:
    wrong = []
    lock = path.with_name(path.name + ".lock")
    for turn in range(rounds):
        if turn % 2:
            lock.write_text("{}", encoding="utf-8")  # as a program that was killed leaves one
        said, says = os.pipe()
        stays, leaves = os.pipe()
        go = time.monotonic() + 0.05
        children = []
        for _ in range(_RACERS):
            child = os.fork()
            if child == 0:
                os.close(leaves)
                os._exit(_racer(path, go, says, stays))
            children.append(child)
        os.close(says)
        with os.fdopen(said, "r") as file:
            answers = sorted(file.read().split())  # until each has said what it has to say
        os.close(leaves)
        os.close(stays)
        for child in children:
            os.waitpid(child, 0)
        if answers != ["held", *["refused"] * (_RACERS - 1)]:
            wrong.append(f"round {turn}: {answers}")
        if lock.exists():
            wrong.append(f"round {turn}: the lock was left behind")
    return wrong


def _racer(path: Path, go: float, says: int, stays: int) -> int:
    while time.monotonic() < go:
        pass
    try:
        store = open_store(path, person=str(os.getpid()))
    except Problem as problem:
        is_refused = type(problem).__name__ == "DeskInUse"
        os.write(says, b"refused\n" if is_refused else b"otherwise\n")
        return 0
    os.write(says, b"held\n")
    os.close(says)
    os.read(stays, 1)  # until the others have had their turn, however late it comes
    store.close()
    return 0


if __name__ == "__main__":
    print(json.dumps(_race(Path(sys.argv[1]), int(sys.argv[2]))))
