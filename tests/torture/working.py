"""The program that is killed: it changes a desk without end and says what it is about to do.

    python tests/torture/working.py      (is told what to do by lines of JSON on its input)

What it imports takes a second, so it does that once and forks a child for every desk.  A child
opens its desk as the program does, through ``Store``, and writes down each act before it begins
(what each entry will be after it) and once more when the store has said that it is saved.  Both
lines are fsynced: whatever stands there was acknowledged to somebody.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.commands import desks
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import applying
from apprentice_desk.records import apprentices, connecting, evidence, hours
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.store import Store
from apprentice_desk.records.troubles import Unconfirmed

TODAY = date(2026, 9, 1)
ACTS = ("log", "log", "log", "log", "many", "import", "attach", "attach", "correct", "remove",
        "undo", "undo")  # fmt: skip
_PR_SET_PTRACER = 0x59616D61
_ANYBODY = -1

Fact = tuple[int, str | None] | None
"""How long an entry is and the hash of its file; None where there is no such entry."""
Facts = dict[str, Fact]
"""What is known of entries, by the word that each is marked with."""
Tell = Callable[[dict[str, Any]], None]
"""Writes down what is about to be done, or was."""


def facts_of(store: Store) -> dict[str, tuple[int, str | None]]:
    """Return what the desk says of every entry."""
    entries = store.read(hours.hours_rows)
    found = store.read(evidence.evidence_rows, [row.id for row in entries])
    files = {row.entry_id: row.sha256 for row in found}
    return {row.what: (row.minutes, files.get(row.id)) for row in entries}


class Worker:
    """Changes one desk at random; *acts* limits it to some kinds of change."""

    def __init__(self, store: Store, tell: Tell, seed: str) -> None:
        self.store = store
        self.tell = tell
        self.random = Random(seed)
        self.seed = seed
        self.turn = 0
        self.facts: Facts = dict(facts_of(store))
        self.back: Facts = {}
        """What undoing the newest change makes of the entries."""
        self.last: int | None = None

    def act(self, kind: str) -> None:
        """Do one thing; what cannot be done with nothing there becomes an entry."""
        self.turn += 1
        there = sorted(word for word, fact in self.facts.items() if fact is not None)
        if (kind == "undo" and self.last is None) or (
            kind in ("attach", "correct", "remove") and not there
        ):
            kind = "log"
        getattr(self, f"_{kind}")(there)

    def _word(self, number: int = 0) -> str:
        return f"{self.seed}-{self.turn}-{number}"

    def _day(self) -> date:
        return date(2026, 8, 1) - timedelta(days=self.random.randrange(300))

    def _details(self, word: str, minutes: int) -> HoursDetails:
        key = self.store.read(apprentices.known_people)[0].apprenticeship_id
        return HoursDetails(key, self._day(), minutes, what=word)

    def _change(self, kind: str, facts: Facts, do: Callable[[], None]) -> None:
        self.tell({"begins": kind, "facts": facts})
        back = {word: self.facts.get(word) for word in facts}
        heard: list[int] = []
        stop = self.store.listen(lambda changes: heard.append(changes.number))
        try:
            do()
        except Unconfirmed:
            if not heard:
                raise
            self._is_done(facts, back, heard[0])  # it is there, and was said to be
            raise
        finally:
            stop()
        self._is_done(facts, back, heard[0])

    def _is_done(self, facts: Facts, back: Facts, number: int) -> None:
        self.tell({"done": number})
        self.facts |= facts
        self.back, self.last = back, number

    def _log(self, _there: list[str]) -> None:
        word, minutes = self._word(), self.random.randint(1, 5)

        def do() -> None:
            details = self._details(word, minutes)
            with self.store.change(f"Log {minutes} m") as session:
                hours.log_hours(session, details)

        self._change("log", {word: (minutes, None)}, do)

    def _many(self, _there: list[str]) -> None:
        count = self.random.randint(40, 250)
        made: Facts = {self._word(number): (1, None) for number in range(count)}

        def do() -> None:
            details = [(self._details(word, 1), "") for word in made]
            with self.store.change(f"Log {count} entries") as session:
                hours.log_many(session, details)

        self._change("many", made, do)

    def _import(self, _there: list[str]) -> None:
        count = self.random.randint(5, 40)
        made: Facts = {self._word(number): (number % 5 + 1, None) for number in range(count)}
        taken = {(row.done_on, row.minutes) for row in self.store.read(hours.hours_rows)}
        lines = ["Date,Time spent,Description"]
        for word, fact in made.items():
            assert fact is not None
            day = self._day()
            while (day, fact[0]) in taken:  # or it would be taken for the same entry
                day = self._day()
            taken.add((day, fact[0]))
            lines.append(f"{day:%d/%m/%Y},0:0{fact[0]},{word}")
        path = Path(self.store.location).with_name("list.csv")
        path.write_text("\n".join(lines), encoding="utf-8")
        self._change("import", made, lambda: self._bring_in(path, count))

    def _bring_in(self, path: Path, count: int) -> None:
        lists = desks.lists()
        report = applying.import_list(
            self.store,
            path,
            "hours",
            apprentice="Ada Lovelace",
            rules=lists.hours_rules,
            role_families=lists.role_families,
            provider_names=resources.provider_names(),
            today=TODAY,
        )
        if report.as_json()["rows_imported"] != count:
            raise AssertionError(report.as_json())

    def _key_of(self, word: str) -> UUID:
        return next(row.id for row in self.store.read(hours.hours_rows) if row.what == word)

    def _attach(self, there: list[str]) -> None:
        bare = [word for word in there if self.facts[word][1] is None]  # type: ignore[index]
        if not bare:
            self._log(there)
            return
        word = self.random.choice(bare)
        content = self.random.randbytes(self.random.randint(1_000, 300_000))
        fact = self.facts[word]
        assert fact is not None

        def do() -> None:
            key = self._key_of(word)
            with self.store.change("Attach a file") as session:
                evidence.attach_file(session, key, "proof.pdf", content)

        self._change("attach", {word: (fact[0], hashlib.sha256(content).hexdigest())}, do)

    def _correct(self, there: list[str]) -> None:
        word = self.random.choice(there)
        fact = self.facts[word]
        assert fact is not None
        minutes = fact[0] % 5 + 1

        def do() -> None:
            row = next(row for row in self.store.read(hours.hours_rows) if row.what == word)
            details = HoursDetails(row.apprenticeship_id, row.done_on, minutes, what=word)
            with self.store.change("Correct hours") as session:
                hours.correct_hours(session, row.id, details)

        self._change("correct", {word: (minutes, fact[1])}, do)

    def _remove(self, there: list[str]) -> None:
        word = self.random.choice(there)

        def do() -> None:
            key = self._key_of(word)
            with self.store.change("Remove hours") as session:
                hours.remove_hours(session, key)

        self._change("remove", {word: None}, do)

    def _undo(self, _there: list[str]) -> None:
        number = self.last
        assert number is not None
        self._change("undo", dict(self.back), lambda: self.store.undo(number) and None)


def work(told: dict[str, Any], tell: Tell) -> None:
    """Open the desk and change it as often as told, or until killed."""
    if told.get("only_opens"):
        _wait_for(told["gate"])
        _opened(told).close()
        return
    store = _opened(told)
    tell({"opened": True})
    worker = Worker(store, tell, told["seed"])
    for kind in told.get("before", ()):
        worker.act(kind)
    _wait_for(told.get("gate"))
    kinds = told.get("acts") or ACTS
    for _ in range(told["turns"]):
        worker.act(worker.random.choice(kinds))
    store.close()
    tell({"closed": True})


def _opened(told: dict[str, Any]) -> Store:
    key = told.get("key")
    return open_store(
        told["desk"],
        person="Doomed",
        key=DeskKey(bytes.fromhex(key[0]), bytes.fromhex(key[1])) if key else None,
    )


def bear(told: dict[str, Any], tell: Tell) -> None:
    """Go on while something is wrong with the disk, as a person would, and after it is mended.

    Whatever is refused is told with its words.  The trouble begins when the first gate opens and
    is over when the second does.
    """
    store = None
    if told["phase"] == "opening":
        tell({"ready": True})
        _wait_for(told["gate"])
        with _told(tell, "open"):
            store = _opened(told)
            store.changes()
    else:
        store = _opened(told)
        worker = Worker(store, tell, told["seed"])
        for kind in told["before"]:
            worker.act(kind)
        tell({"ready": True})
        if told["phase"] == "closing":
            _wait_for(told["gate"])
            with _told(tell, "close"):
                store.close()
        else:
            if told.get("limit"):
                _limit_files(told["limit"])
            _wait_for(told["gate"])
            for kind in told["acts"]:
                with _told(tell, kind):
                    worker.act(kind)
    tell({"through": True})
    _wait_for(told["over"])
    if told.get("limit"):
        _limit_files(-1)
    if store is None or told["phase"] == "closing":
        return
    if told["phase"] == "opening":
        worker = Worker(store, tell, told["seed"])
    for kind in told["after"]:
        with _told(tell, f"{kind} afterwards"):
            worker.act(kind)
    store.close()
    tell({"closed": True})


@contextmanager
def _told(tell: Tell, what: str) -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        tell({"problem": [problem.what, problem.remedy], "of": what})


def _limit_files(size: int) -> None:
    """Let no file grow beyond *size* bytes: what goes over it is written as far as it fits."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _wait_for(gate: str | None) -> None:
    """Wait until whoever watches is ready; told of by a file, which needs no thread."""
    while gate and not os.path.exists(gate):  # noqa: PTH110 - as few calls as can be
        time.sleep(0.001)


def _child(told: dict[str, Any]) -> int:
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(_ANYBODY), 0, 0, 0)
    said = os.open(told["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(line: dict[str, Any]) -> None:
        os.write(said, (json.dumps(line) + "\n").encode())
        os.fsync(said)

    try:
        if told.get("breaks"):
            BREAKS[told["breaks"]]()
        (bear if told.get("phase") else work)(told, tell)
    except Problem as problem:
        tell({"problem": [problem.what, problem.remedy]})
        return 3
    except BaseException:  # noqa: BLE001 - whatever else it is, it is told
        tell({"crash": traceback.format_exc()[-3000:]})
        return 4
    return 0


def main() -> int:
    """Fork a child for every line of the input, and say how each ended."""
    for line in sys.stdin:
        told = json.loads(line)
        pid = os.fork()
        if pid == 0:
            os._exit(_child(told))
        print(json.dumps({"pid": pid}), flush=True)
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"ended": os.waitstatus_to_exitcode(status)}), flush=True)
    return 0


def _without_a_journal() -> None:
    connecting._PRAGMAS = (*connecting._PRAGMAS, "journal_mode = OFF")


def _too_early() -> None:
    def change(self: Worker, kind: str, facts: Facts, do: Callable[[], None]) -> None:
        self.tell({"begins": kind, "facts": facts})
        self.tell({"done": 0})
        do()
        self.facts |= facts

    Worker._change = change  # type: ignore[method-assign]


BREAKS = {"no journal": _without_a_journal, "tells too early": _too_early}
"""Faults of a program, which a run must find; see test_torture."""


if __name__ == "__main__":
    sys.exit(main())
