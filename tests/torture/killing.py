"""Kills a program that changes a desk, at random, and looks at what it left.

There are three ways to choose the moment:

- at *any moment* since the program began, its opening of the desk included;
- *in a change*: soon after a journal was seen beside the desk, or one that SQLite would put back;
- at a *call* to the file system (the N-th write, sync, opening or removal of the desk, its journal
  or their folder), which strace turns into a SIGKILL before it is carried out.

What is counted is what was found after the death: a journal that is there, one that SQLite has to
put back (it is "hot": not empty, and its header is not wiped), a file that was half written (the
bytes of the desk change when the journal is put back).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import apprentices, organisation
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.keys import DeskKey, fresh_key
from apprentice_desk.records.store import Store
from torture import checking
from torture.working import Facts, facts_of

WAYS = ("any moment", "in a change", "at a call")
KILLS_A_DESK = 20
MOST_CHANGES = 60
OFTEN_READ = 0.3
"""How often somebody else has the desk open to read while its program is killed."""
LONGEST_SECONDS = 60.0
JOURNAL_SECONDS = 3.0
"""How long a journal is waited for; a program that is through with its changes makes none."""
_CALLS = {
    "pwrite64": 60,
    "fsync,fdatasync": 30,
    "unlink,unlinkat": 8,
    "openat": 25,
}  # and up to which of them


@dataclass
class Tally:
    """What came of the kills so far."""

    kills: int = 0
    with_journal: int = 0
    hot: int = 0
    half_written: int = 0
    acknowledged: int = 0
    finished_untold: int = 0
    """A change that was saved, and the program died before it could say so."""
    read_by_others: int = 0
    """Somebody had the desk open to read meanwhile, and looked at it before anybody else."""
    outlived: int = 0
    """The program came to its end before it was killed: these do not count as kills."""
    under_way: Counter[str] = field(default_factory=Counter)
    """What kind of change the program was in the middle of."""
    wrong: list[str] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Self:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        return self


class Workers:
    """The process that forks the programs to kill; use it as a context."""

    def __init__(self) -> None:
        tests = Path(__file__).resolve().parents[1]
        paths = [str(tests.parent / "src"), str(tests)]
        self._process = subprocess.Popen(
            [sys.executable, tests / "torture" / "working.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(OSError):
                stream.close()
        try:
            self._process.wait(LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def begin(self, told: dict[str, Any]) -> int:
        """Start a program that does what it is *told* and return its process."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return int(self._answer()["pid"])

    def end(self) -> int:
        """Wait until it has ended and return how: its status, or minus the signal."""
        return int(self._answer()["ended"])

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The process that forks the programs has ended.")
        answer: dict[str, Any] = json.loads(line)
        return answer


def new_desk(path: Path, key: DeskKey | None) -> None:
    """Make a desk with one apprentice in it."""
    store = create_store(path, person="Tess Ter", key=key)
    try:
        with store.change("Begin the desk", is_final=True) as session:
            organisation.begin(
                session,
                code="E09999999",
                name="Exampleton",
                letters="XMP",
                team="Digital",
                is_sample=True,
            )
        with store.change("Enrol Ada Lovelace") as session:
            apprentices.enrol(
                session,
                apprentices.ApprenticeDetails(
                    given_names="Ada",
                    family_name="Lovelace",
                    standard_code="ST0116",
                    training_started_on=date(2025, 9, 1),
                    training_planned_end_on=date(2027, 8, 31),
                    weekly_minutes=36 * 60,
                    agreed_minutes=500 * 60,
                ),
            )
    finally:
        store.close()


@dataclass
class Desk:
    """One desk that programs are killed over, and what is known to be in it."""

    path: Path
    key: DeskKey | None
    facts: Facts = field(default_factory=dict)
    said: Path = field(init=False)
    """Where the program writes what it does."""

    def __post_init__(self) -> None:
        self.said = self.path.with_name("said.txt")

    @classmethod
    def made(cls, folder: Path, *, is_encrypted: bool) -> Desk:
        """Make a new desk in a *folder* of its own."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        key = fresh_key("a passphrase for nothing") if is_encrypted else None
        path = folder.resolve() / "exampleton.desk"
        new_desk(path, key)
        return cls(path, key)

    @property
    def journal(self) -> Path:
        """Where SQLite keeps what it needs to take a change back."""
        return self.path.with_name(self.path.name + "-journal")

    @property
    def lock(self) -> Path:
        """Where it stands who has the desk open."""
        return self.path.with_name(self.path.name + ".lock")

    @property
    def gate(self) -> Path:
        """What the program waits for, where it waits."""
        return self.path.with_name("go.txt")

    def told(self, seed: str, turns: int, **more: Any) -> dict[str, Any]:
        """Return what the program is told that is to change this desk."""
        for old in (self.said, self.gate):
            old.unlink(missing_ok=True)
        key = [self.key.raw.hex(), self.key.salt.hex()] if self.key else None
        return {
            "desk": str(self.path),
            "key": key,
            "seed": seed,
            "turns": turns,
            "said": str(self.said),
        } | more

    def lines(self) -> list[dict[str, Any]]:
        """Return what the program said; a last line that was cut off does not count."""
        try:
            written = self.said.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        whole = written[: written.rfind("\n") + 1]
        return [json.loads(line) for line in whole.splitlines()]


def look_after(desk: Desk, tally: Tally, where: str, reader: Store | None = None) -> None:
    """Open a desk again after the death of its program, and check everything about it.

    *reader* has had it open meanwhile, and looks first.
    """
    said = desk.lines()
    for line in said:
        if "crash" in line or "problem" in line:
            tally.wrong.append(f"{where}: the program itself failed: {line}")
    acknowledged, meant = told_of(desk.facts, said)
    tally.acknowledged += sum("done" in line for line in said)
    if meant is not None:
        tally.under_way[next(line["begins"] for line in reversed(said) if "begins" in line)] += 1
    has_to_be_put_back = is_hot(desk.journal)
    tally.with_journal += desk.journal.exists()
    tally.hot += has_to_be_put_back
    before = desk.path.read_bytes() if has_to_be_put_back else b""
    try:
        if reader is not None:
            tally.read_by_others += 1
            wrong = _unlike(reader, acknowledged, meant)
            tally.wrong += [f"{where}: whoever only reads: {each}" for each in wrong]
        store = open_store(desk.path, person="Next", key=desk.key)
    except Problem as problem:
        tally.wrong.append(f"{where}: the next opening was refused: {problem}")
        return
    try:
        tally.half_written += has_to_be_put_back and desk.path.read_bytes() != before
        if '"Next"' not in desk.lock.read_text(encoding="utf-8"):
            tally.wrong.append(f"{where}: the lock of the dead program was not taken over")
        wrong = [*_unlike(store, acknowledged, meant), *checking.unlike_its_log(store)]
        tally.wrong += [f"{where}: {each}" for each in wrong]
        tally.finished_untold += meant is not None and _is(store, meant)
        desk.facts = dict(facts_of(store))
        with store.change("Go on") as session:
            organisation.rename_team(session, where[:60])
    except Problem as problem:
        tally.wrong.append(f"{where}: it could not be gone on with: {problem}")
    finally:
        store.close()
    tally.wrong += [f"{where}: {each}" for each in checking.unsound(desk.path, desk.key)]
    left = {each.name for each in desk.path.parent.glob(f"{desk.path.name}?*")}
    tally.wrong += [f"{where}: {name} was left behind" for name in sorted(left)]


def told_of(facts: Facts, said: list[dict[str, Any]]) -> tuple[Facts, Facts | None]:
    """Return what was acknowledged, and what was under way; None where nothing was."""
    acknowledged, meant = dict(facts), None
    for line in said:
        if "begins" in line:
            meant = acknowledged | {
                word: tuple(fact) if fact is not None else None
                for word, fact in line["facts"].items()
            }
        elif "done" in line and meant is not None:
            acknowledged, meant = meant, None
    return acknowledged, meant


def is_hot(journal: Path) -> bool:
    """Whether SQLite has to put this journal back: it is there, not empty, its header not wiped."""
    try:
        with journal.open("rb") as file:
            begins = file.read(1)
    except FileNotFoundError:
        return False
    return begins not in (b"", b"\x00")


def _unlike(store: Store, acknowledged: Facts, meant: Facts | None) -> Iterator[str]:
    """Yield what is lost, or there without having been acknowledged or under way."""
    if _is(store, acknowledged) or (meant is not None and _is(store, meant)):
        return
    there, wanted = facts_of(store), _present(acknowledged)
    lost = sorted(word for word, fact in wanted.items() if there.get(word) != fact)
    more = sorted(there.keys() - wanted.keys())
    yield f"acknowledged and not there: {lost[:5]}; there and not acknowledged: {more[:5]}"


def _is(store: Store, facts: Facts) -> bool:
    return facts_of(store) == _present(facts)


def _present(facts: Facts) -> dict[str, tuple[int, str | None]]:
    return {word: fact for word, fact in facts.items() if fact is not None}


def kill_once(
    workers: Workers, desk: Desk, way: str, random: Random, where: str, **more: Any
) -> Tally:
    """Have a program change *desk*, kill it in this *way*, and look at what it left."""
    tally = Tally()
    told = desk.told(where, MOST_CHANGES, **more)
    if way == "at a call":
        told["gate"] = str(desk.gate)
    reader = None
    if random.random() < OFTEN_READ:
        reader = open_store(desk.path, read_only=True, key=desk.key)
        reader.changes(1)
    pid = workers.begin(told)
    try:
        if way == "any moment":
            if random.random() < 0.8:
                _await_word(desk, "opened")
            _sleep(random.uniform(0.0, 0.8))
        elif way == "in a change":
            _await_journal(desk, random)
        else:
            kill_at_a_call(pid, desk, random)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        ended = workers.end()
    try:
        if ended == -signal.SIGKILL:
            tally.kills += 1
        else:
            tally.outlived += 1
        look_after(desk, tally, f"{where} ({way})", reader)
    finally:
        if reader is not None:
            reader.close()
    return tally


def _sleep(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.0002)


def _await_word(desk: Desk, word: str) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while not any(word in line for line in desk.lines()) and time.monotonic() < until:
        time.sleep(0.002)


def _await_journal(desk: Desk, random: Random) -> None:
    """Wait for a journal after some changes, and then a little longer."""
    least = random.randrange(5)
    waits_for = random.choice((desk.journal.exists, lambda: is_hot(desk.journal)))
    until = time.monotonic() + JOURNAL_SECONDS
    while sum("done" in line for line in desk.lines()) < least and time.monotonic() < until:
        time.sleep(0.002)
    while not waits_for() and time.monotonic() < until:
        pass
    _sleep(random.choice((0.0, random.uniform(0.0, 0.004))))


def kill_at_a_call(pid: int, desk: Desk, random: Random) -> None:
    """Have a process that waits at its gate killed at a call to the file system."""
    calls, most = random.choice(list(_CALLS.items()))
    _killed(pid, desk, calls, random.randint(1, most))


def _killed(pid: int, desk: Desk, calls: str, at: int) -> None:
    with traced(pid, desk, [f"inject={calls}:signal=SIGKILL:when={at}"]):
        until = time.monotonic() + LONGEST_SECONDS
        while is_alive(pid) and time.monotonic() < until:
            time.sleep(0.001)


def kill_at(
    workers: Workers, desk: Desk, calls: str, at: int, tally: Tally, where: str, **more: Any
) -> None:
    """Kill a program at the *at*-th of these *calls* after it opened, and look at what it left."""
    pid = workers.begin(desk.told(where, MOST_CHANGES, gate=str(desk.gate), **more))
    try:
        _await_word(desk, "opened")
        _killed(pid, desk, calls, at)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        workers.end()
    look_after(desk, tally, where)


def is_alive(pid: int) -> bool:
    """Whether a process is there and is not only waited for."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] not in "ZX"


@contextmanager
def traced(
    pid: int, desk: Desk, given: list[str], paths: list[Path] | None = None, log: Path | None = None
) -> Iterator[None]:
    """Have strace hold a process that waits at its gate, do what is *given*, and open the gate.

    Only calls that have to do with *paths* (else the desk, its journal and their folder) are held.
    """
    paths = paths or [desk.path, desk.journal, desk.path.parent]
    command = ["strace", "-q", "-p", str(pid), "-o", str(log or os.devnull)]
    command += [f"--trace-path={path}" for path in paths]
    command += [word for each in given for word in ("-e", each)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        until = time.monotonic() + LONGEST_SECONDS
        while not _has_tracer(pid):
            if strace.poll() is not None or time.monotonic() > until:
                strace.kill()
                assert strace.stderr is not None
                raise RuntimeError(f"strace did not begin: {strace.stderr.read()}")
            time.sleep(0.001)
        desk.gate.touch()
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                strace.send_signal(signal.SIGINT)  # it lets go of the process
            try:
                strace.wait(LONGEST_SECONDS)
            except subprocess.TimeoutExpired:
                strace.kill()


def _has_tracer(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False
    return not any(line.split() == ["TracerPid:", "0"] for line in status.splitlines())


def kill_often(
    workers: Workers,
    folder: Path,
    kills: int,
    seed: int,
    note: Any = None,
    kinds: tuple[str, ...] = ("plain", "encrypted"),
    **more: Any,
) -> dict[tuple[str, str], Tally]:
    """Kill *kills* programs, by turns in each way, over plain and encrypted desks.

    Returns what came of them by kind of desk and way.  A program that came to its end first is
    tried again and does not count.
    """
    tallies = {(kind, way): Tally() for kind in kinds for way in WAYS}
    done = turn = 0
    desk: Desk | None = None
    kind = kinds[0]
    while done < kills and turn < kills * 3:
        if desk is None or turn % KILLS_A_DESK == 0:
            kind = kinds[turn // KILLS_A_DESK % len(kinds)]
            desk = Desk.made(folder / f"{seed}-{turn}", is_encrypted=kind == "encrypted")
        way = WAYS[turn % len(WAYS)]
        where = f"{seed}-{turn}"
        tally = kill_once(workers, desk, way, Random(where), where, **more)
        tallies[kind, way] += tally
        done += tally.kills
        turn += 1
        if tally.wrong:
            desk = None  # kept as it is, to be looked at
        elif turn % KILLS_A_DESK == 0:
            shutil.rmtree(desk.path.parent)
        if note is not None:
            note(done, tallies)
    return tallies
