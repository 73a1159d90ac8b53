"""Tries a stretch of damaged lists, one after the other, and says what came of each.

    python tests/fuzz/trying.py FIRST END SEED FOLDER

Prints ``trying<TAB>number<TAB>file`` before each file and a Saying after it.
"""

from __future__ import annotations

import csv
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from apprentice_desk import resources
from apprentice_desk.commands import desks
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import applying, steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.imports.steps import Given, Journey
from apprentice_desk.records.store import Store
from fuzz import mutations

LAYOUTS = Path(__file__).resolve().parents[1] / "layouts"
TODAY = date(2027, 3, 1)
MEMORY = 3 * 1024**3


class Saying(StrEnum):
    """What came of a file."""

    REFUSED = "refused unread"
    DECLINED = "declined"
    REVIEWED = "reviewed"
    APPLIED = "applied"


SAYINGS = tuple(Saying)


class _BackOut(Exception):  # noqa: N818 - no error: how a change is left without a trace
    pass


def main(words: list[str]) -> int:
    """Try the files that *words* name."""
    first, end, seed, folder = int(words[0]), int(words[1]), int(words[2]), Path(words[3])
    _limit_memory()
    layouts = [_rows(path) for path in sorted(LAYOUTS.glob("*.csv"))]
    borough = resources.borough_by_code("E09000012")
    assert borough is not None
    desk = folder / f"{first}.desk"
    store = desks.make_desk(desk, borough, "Fuzz")
    try:
        before = len(store.changes())
        for number in range(first, end):
            name, packed = made(layouts, number, seed)
            (folder / name).write_bytes(packed)
            print(f"trying\t{number}\t{name}", flush=True)
            try:
                said = tried(store, folder / name, number)
            except Exception as error:  # noqa: BLE001 - to be told of, and the next file tried
                print(f"crash\t{_traced(error)}", flush=True)
            else:
                print(said, flush=True)
                (folder / name).unlink()
        if len(store.changes()) != before:
            raise RuntimeError("A list that was backed out of left something behind.")
    finally:
        store.close()
    return 0


def made(layouts: list[list[list[str]]], number: int, seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of file *number*."""
    random = Random(f"{seed}-{number}")
    rows = random.choice(layouts)
    kind = random.choice(mutations.KINDS)
    what = random.choice(("cells", "cells", "parts", "bytes"))
    if what == "cells":
        packed = mutations.written(mutations.change_cells(rows, random), kind, random)
    else:
        packed = mutations.written([list(row) for row in rows], kind, random)
        is_zip = packed.startswith(b"PK")
        change = mutations.change_parts if what == "parts" and is_zip else mutations.change_bytes
        packed = change(packed, random)
    return f"list-{number}.{kind}", packed


def tried(store: Store, path: Path, number: int) -> Saying:
    """Take a file as far through the import as it goes; anything but a Problem is let through."""
    kinds = (Kind.HOURS, Kind.APPRENTICES)
    said = [_tried_as(kind, store, path, number) for kind in kinds]
    return max(said, key=SAYINGS.index)


def _tried_as(kind: Kind, store: Store, path: Path, number: int) -> Saying:
    options = Options("" if number % 3 else "Ada King", add_missing=number % 2 == 0)
    try:
        steps.reading.read(path)
    except Problem:
        return Saying.REFUSED
    try:
        journey = steps.say(steps.choose(steps.begin(kind), path), options)
        journey = steps.review(journey, store, _given())
    except Problem:
        return Saying.DECLINED
    _look_through(journey)
    if journey.review is None or not journey.review.count(Fate.IMPORTED):
        return Saying.REVIEWED
    try:
        with store.change(journey.label) as session:
            applying.apply(session, journey.review)
            session.flush()
            raise _BackOut
    except _BackOut:
        return Saying.APPLIED
    except Problem:
        return Saying.REVIEWED


def _given() -> Given:
    lists = desks.lists()
    return Given(lists.hours_rules, lists.role_families, resources.provider_names(), TODAY)


def _look_through(journey: Journey) -> None:
    """Ask for what the window and the command line would show, and check that it adds up."""
    review = journey.review
    assert review is not None
    report = applying.ImportReport(journey.label, review, journey.notes, is_dry_run=True)
    told = report.as_json()
    out = len(told["skipped"]) + len(told["refused"])
    if told["rows_read"] != told["rows_imported"] + out:
        raise RuntimeError(f"{told['rows_read']} rows were read, {out} left out, the rest lost.")
    for finding in report.findings:
        finding.as_json()
    assert journey.matching is not None
    for column in journey.matching.columns:
        journey.examples(column.index)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _traced(error: BaseException) -> str:
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at is not None else ""
    return f"{type(error).__name__}: {error} at {where}".replace("\n", " ")[:500]


def _limit_memory() -> None:
    """Let a file that takes all memory end this process and not the computer, where that goes."""
    if sys.platform == "linux":
        import resource  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
