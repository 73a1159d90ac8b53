"""Sends damaged lists through the whole import: no crash, no hang, at least half of them read.

    python tests/fuzz/run.py [--files N] [--others N] [--seed S]

Every file is one of ``tests/layouts`` changed at random (``mutations``), taken through reading,
finding the table, matching, reviewing and, in a change that is rolled back, applying.  A Problem
is a fine answer; any other exception, the end of the process, or no answer in time is not.

The work is done by other processes, each on a stretch of the files; this one watches them, goes on
behind a file that ended or held up its process, and keeps that file.
"""

from __future__ import annotations

import argparse
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.trying import SAYINGS, Saying

TESTS = Path(__file__).resolve().parents[1]
FILES = 3_000
OTHERS = Path(__file__).with_name("others.py")
"""Tries what is no list: calendars, letters, packs, desks."""
SECONDS_A_FILE = 30.0
SECONDS_TO_START = 120.0


@dataclass
class Tally:
    """What came of the files so far."""

    files: int = 0
    sayings: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    least_read: float = 0.5
    """The share of files of which cells must be read, for a run to say anything."""

    @property
    def read(self) -> int:
        """Files of which cells were read."""
        return sum(self.sayings[each] for each in SAYINGS if each is not Saying.REFUSED)

    @property
    def is_good(self) -> bool:
        """Whether nothing bad came, and enough was read for that to say anything."""
        return not self.bad and self.read >= self.files * self.least_read

    def line(self, seed: int) -> str:
        """Return the summary."""
        told = ", ".join(f"{self.sayings[each]:,} {each}" for each in SAYINGS)
        crashes = sum(not line.startswith("hang") for line in self.bad)
        hangs = len(self.bad) - crashes
        word = "ok" if self.is_good else "FAILED"
        return (
            f"{word}  {self.files:,} files with seed {seed}: {told};"
            f" {self.read:,} reached the cells; {crashes} crashes, {hangs} hangs"
        )


def main(words: list[str] | None = None) -> int:
    """Try the files, print one line, and one for each that did harm; 1 when any did."""
    parser = argparse.ArgumentParser(prog="fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--files", type=int, default=FILES, help=f"how many ({FILES:,})")
    parser.add_argument("--others", type=int, default=FILES, help=f"no lists ({FILES:,})")
    parser.add_argument("--seed", type=int, default=1, help="other numbers make other files (1)")
    parser.add_argument(
        "--keep",
        type=Path,
        default=TESTS.parent / "build" / "fuzz",
        help="folder for files that did harm",
    )
    chosen = parser.parse_args(words)
    others = run(chosen.others, chosen.seed, chosen.keep, OTHERS) if chosen.others else Tally()
    others.least_read = 0.1  # most of them say by a sum or a format that they were changed
    tally = run(chosen.files, chosen.seed, chosen.keep) if chosen.files else Tally()
    for line in tally.bad + others.bad:
        print(line, file=sys.stderr)
    print(f"lists   {tally.line(chosen.seed)}")
    print(f"others  {others.line(chosen.seed)}")
    return 0 if tally.is_good and others.is_good else 1


def run(files: int, seed: int, keep: Path, trying: Path | None = None) -> Tally:
    """Return what came of *files* files; *trying* is the program that tries a stretch of them."""
    tally = Tally()
    lock = threading.Lock()

    def note(number: int, said: str, more: str, path: Path) -> None:
        with lock:
            tally.files += 1
            tally.sayings[said] += 1
            if said not in SAYINGS:
                keep.mkdir(parents=True, exist_ok=True)
                kept = keep / f"{seed}-{number}{path.suffix}"
                if path.is_file():
                    kept.write_bytes(path.read_bytes())
                tally.bad.append(f"{said} at file {number}: {more or 'no word'} ({kept})")

    workers = max(1, min(os.cpu_count() or 1, 4, files // 50))
    size = -(-files // workers)
    with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as folder:
        threads = []
        for worker in range(workers):
            stretch = range(worker * size, min(files, (worker + 1) * size))
            own = Path(folder) / str(worker)
            own.mkdir()
            program = trying or Path(__file__).with_name("trying.py")
            threads.append(
                threading.Thread(target=_watch, args=(program, stretch, seed, own, note))
            )
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    tally.bad.sort()
    return tally


def _watch(
    program: Path,
    stretch: range,
    seed: int,
    folder: Path,
    note: Callable[[int, str, str, Path], None],
) -> None:
    """Have the files of *stretch* tried, going on behind one that does harm."""
    while stretch:
        following = stretch.start
        for number, said, more, path in _tried(program, stretch, seed, folder):
            note(number, said, more, path)
            following = number + 1
        if following == stretch.start:  # it did not even begin
            note(following, "crash", "The trying program did not start.", folder / "none")
            following = stretch.stop
        stretch = range(following, stretch.stop)


def _tried(
    program: Path, stretch: range, seed: int, folder: Path
) -> Iterator[tuple[int, str, str, Path]]:
    """Yield what came of each file until all are tried or one ends or holds up the process."""
    errors = folder / "errors.txt"
    with (
        errors.open("w", encoding="utf-8") as written,
        subprocess.Popen(
            [sys.executable, program, str(stretch.start), str(stretch.stop), str(seed), folder],
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdout is not None
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_pass_on, args=(process.stdout, lines))
        reader.start()
        current: tuple[int, Path] | None = None
        wait = SECONDS_TO_START
        try:
            while line := lines.get(timeout=wait):
                word, _, rest = line.rstrip("\n").partition("\t")
                if word == "trying":
                    number, _, name = rest.partition("\t")
                    current, wait = (int(number), folder / name), SECONDS_A_FILE
                elif current is not None:
                    yield (current[0], word, rest, current[1])
                    current = None
        except queue.Empty:
            process.kill()
            if current is not None:
                yield (current[0], "hang", f"more than {SECONDS_A_FILE:.0f} s", current[1])
                current = None
        reader.join()
        process.wait()
    if current is not None:
        last = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        yield (current[0], "crash", f"exit {process.returncode}: {' '.join(last[-3:])}", current[1])


def _pass_on(stream: IO[str], lines: queue.Queue[str]) -> None:
    for line in stream:
        lines.put(line)
    lines.put("")


if __name__ == "__main__":
    sys.exit(main())
