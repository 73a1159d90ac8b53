"""Kills, fills, breaks and takes away: whatever a desk must survive, and what the program says.

    python tests/torture/run.py [--kills N] [--seed S] [--only kills|faults|upgrades]

A program that changes a desk is killed a thousand times, plain and encrypted, and its desk looked
at each time (``killing``); the disk fails under it in some forty ways (``faults``); it is killed
while it brings an old desk up to date, and several race for one desk (``upgrading``).  What went
wrong is printed, and its desk is kept in build/torture.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from torture import faults, killing, upgrading
from torture.faults import Borne
from torture.killing import Tally

TESTS = Path(__file__).resolve().parents[1]
KILLS = 1_000
UPGRADES = 100
RACES = 30
PARTS = ("kills", "faults", "upgrades")


def main(words: list[str] | None = None) -> int:
    """Do it all, print a line for each part and one for each thing that went wrong."""
    parser = argparse.ArgumentParser(prog="torture", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=KILLS, help=f"how many ({KILLS:,})")
    parser.add_argument("--seed", type=int, default=1, help="other numbers kill elsewhere (1)")
    parser.add_argument("--only", choices=PARTS, help="one part of it")
    parser.add_argument(
        "--keep",
        type=Path,
        default=TESTS.parent / "build" / "torture",
        help="folder for desks that came to harm",
    )
    chosen = parser.parse_args(words)
    if shutil.which("strace") is None:
        print("This needs strace, which lets calls to the file system fail.", file=sys.stderr)
        return 2
    parts = (chosen.only,) if chosen.only else PARTS
    began = time.monotonic()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with killing.Workers() as workers:
            if "kills" in parts:
                tallies = killing.kill_often(workers, folder, chosen.kills, chosen.seed, _tick)
                wrong += told_of_kills(tallies, chosen.kills)
            if "faults" in parts:
                borne = faults.bear_all(workers, folder, chosen.seed)
                wrong += told_of_faults(borne)
            if "upgrades" in parts:
                count = max(1, UPGRADES * chosen.kills // KILLS)
                upgraded = upgrading.kill_upgrades(workers, folder, count, chosen.seed)
                races = max(2, RACES * chosen.kills // KILLS)
                wrong += told_of_upgrades(upgraded, races, upgrading.race(folder, races))
        if wrong:
            shutil.copytree(folder, chosen.keep, dirs_exist_ok=True)
    for line in wrong:
        print(line, file=sys.stderr)
    minutes = (time.monotonic() - began) / 60
    print(f"{'FAILED' if wrong else 'ok'}  seed {chosen.seed}, {minutes:.0f} minutes")
    return 1 if wrong else 0


def told_of_kills(tallies: Mapping[tuple[str, str], Tally], wanted: int) -> list[str]:
    """Print what came of the kills and return what went wrong: too few count as wrong."""
    whole = Tally()
    for (kind, way), tally in tallies.items():
        whole += tally
        print(f"{kind} desks, killed {_at(way)}: {_counted(tally)}")
    print(f"in all: {_counted(whole)}")
    print(f"        {_told(whole)}")
    wrong = list(whole.wrong)
    if whole.kills < wanted:
        wrong.append(f"only {whole.kills:,} of {wanted:,} programs could be killed")
    if whole.with_journal * 3 < whole.kills:
        wrong.append(f"only {whole.with_journal:,} of {whole.kills:,} left a journal: too few")
    return wrong


def _at(way: str) -> str:
    return way if way.startswith(("at", "in")) else f"at {way}"


def _counted(tally: Tally) -> str:
    return (
        f"{tally.kills:,} kills, {tally.with_journal:,} with a journal present, {tally.hot:,} of"
        f" them to be put back, {tally.half_written:,} with the file half written;"
        f" {len(tally.wrong):,} wrong"
    )


def _told(tally: Tally) -> str:
    under_way = ", ".join(f"{count:,} {kind}" for kind, count in tally.under_way.most_common())
    return (
        f"{tally.acknowledged:,} changes acknowledged, none lost"
        if not tally.wrong
        else f"{tally.acknowledged:,} changes acknowledged"
    ) + (
        f"; killed in the middle of {under_way}; {tally.finished_untold:,} were saved before it"
        f" could be said; {tally.read_by_others:,} looked at first by whoever only reads"
    )


def told_of_faults(found: Sequence[Borne]) -> list[str]:
    """Print what came of the faults of the disk and return what went wrong."""
    said = sum(len(each.said) for each in found)
    met = sum(each.met for each in found)
    bad = [each for each in found if each.wrong]
    print(
        f"disk faults: {len(found):,} cases, {met:,} met by the program, {said:,} refusals, each"
        f" in a sentence; {len(bad):,} wrong"
    )
    return [f"{each.name}: {line}" for each in bad for line in each.wrong]


def told_of_upgrades(tally: Tally, races: int, race_wrong: Sequence[str]) -> list[str]:
    """Print what came of the kills of upgrades and of the races; return what went wrong."""
    print(
        f"old desks: {tally.kills:,} kills while brought up to date, {tally.with_journal:,} with a"
        f" journal present; {len(tally.wrong):,} wrong"
    )
    print(f"races: {races:,} of three programs for one desk; {len(race_wrong):,} wrong")
    return [*tally.wrong, *race_wrong]


def _tick(done: int, _tallies: object) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:,} kills", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
