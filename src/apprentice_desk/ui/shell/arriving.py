"""What was dropped onto the window: told by what is in the files, never by their names.

What is slow to import is imported inside the work, on a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from apprentice_desk.domain.problems import Problem

if TYPE_CHECKING:
    from apprentice_desk.domain.progress import Progress

_DATABASE = b"SQLite format 3\0"
_FIRST_BYTES = 64
_CALENDAR = b"BEGIN:VCALENDAR"
_PLACEMENTS = b'"placements":'
_MARKS = b"\xef\xbb\xbf \t\r\n"  # what may stand before the first brace of JSON


class Arrived(Enum):
    """What files can be."""

    DESK = "a desk"
    LIST = "a list"
    LOG = "a filled log"
    RETURNS = "returns"
    RECEIPTS = "receipts"
    CALENDAR = "a calendar"
    PLACEMENTS = "places elsewhere"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was dropped and how many kinds of list it may be: "apprentices", "hours" or both."""

    what: Arrived
    paths: tuple[str, ...]
    kinds: tuple[str, ...] = ()


def telling(paths: Sequence[str], open_desk: str = "") -> Callable[[Progress], Arrival]:
    """Return the work of telling what *paths* are; *open_desk* is the location of ours.

    It raises Problem in words where they are nothing that can be taken, or not of one kind.
    """

    def work(progress: Progress) -> Arrival:
        return tell(paths, open_desk, progress)

    return work


def tell(paths: Sequence[str], open_desk: str, progress: Progress) -> Arrival:
    """Return what *paths* are; see ``telling``."""
    found: list[Arrival] = []
    for number, path in enumerate(paths):
        progress.step(number, len(paths), f"Looking at {Path(path).name}")
        found.append(_told(Path(path), open_desk))
    kinds = {one.what for one in found}
    if kinds == {Arrived.RECEIPTS, Arrived.RETURNS}:  # a receipt, and the return it came with
        found = [one for one in found if one.what is Arrived.RECEIPTS]
    elif len(kinds) > 1:
        words = [kind.value for kind in Arrived if kind in kinds]
        raise Problem(
            f"These are of different kinds: {', '.join(words[:-1])} and {words[-1]}.",
            "Drop one kind at a time.",
        )
    first = found[0]
    alone = (Arrived.DESK, Arrived.LIST, Arrived.LOG, Arrived.CALENDAR)
    if len(found) > 1 and first.what in alone:
        raise Problem(
            f"{len(found)} files were dropped, and each is {first.what.value}.",
            "Drop them one at a time.",
        )
    return Arrival(first.what, tuple(path for one in found for path in one.paths), first.kinds)


def _told(path: Path, open_desk: str) -> Arrival:
    if path.is_dir():
        return _folder(path)
    if open_desk and _is_same(path, open_desk):  # reading it here would let go of its locks
        return Arrival(Arrived.DESK, (str(path),))
    try:
        with path.open("rb") as file:
            start = file.read(_FIRST_BYTES)
    except OSError as error:
        raise Problem(
            f"“{path.name}” could not be read ({error.strerror}).",
            "Copy it to this computer, if it is on a drive that may be out of reach.",
        ) from error
    if start.startswith(_DATABASE):
        from apprentice_desk.records.connecting import recognise

        recognise(path)
        return Arrival(Arrived.DESK, (str(path),))
    if start.startswith(b"{") and start[1:].lstrip(_MARKS).startswith(_PLACEMENTS):
        from apprentice_desk.returns import placements

        placements.load(path)
        return Arrival(Arrived.PLACEMENTS, (str(path),))
    if start.lstrip(_MARKS).startswith(b"{"):
        from apprentice_desk.returns import receipts

        receipts.read(path)
        return Arrival(Arrived.RECEIPTS, (str(path),))
    if start.lstrip(_MARKS).upper().startswith(_CALENDAR):
        return Arrival(Arrived.CALENDAR, (str(path),))
    return _workbook(path)


def _is_same(path: Path, open_desk: str) -> bool:
    try:
        return path.samefile(open_desk)
    except OSError:  # an address, or gone
        return False


def _folder(path: Path) -> Arrival:
    from apprentice_desk.returns.merge import find_files

    files = find_files([path])
    if not any(_is_return(file) for file in files):
        raise Problem(
            f"There is no return in the folder “{path.name}”.",
            "Drop a folder of returns, or the files themselves.",
        )
    return Arrival(Arrived.RETURNS, (str(path),))


def _is_return(path: Path) -> bool:
    """Whether a file has the sheets of a return, or of returns that were merged."""
    from apprentice_desk.sheets import read_workbook, sheet_names

    try:
        names = sheet_names(path) or tuple(sheet.name for sheet in read_workbook(path).sheets)
    except Problem:
        return False
    return _are_of_a_return(names)


def _are_of_a_return(names: Sequence[str]) -> bool:
    from apprentice_desk.returns.schema import known_versions, load
    from apprentice_desk.returns.workbook import HEADER_SHEET, MERGED_SHEETS

    schema = load(known_versions()[-1])
    there = {name.strip().casefold() for name in names}
    own = {sheet.name.casefold() for sheet in schema.sheets}
    is_return = HEADER_SHEET.casefold() in there and bool(own & there)
    return is_return or {name.casefold() for name in MERGED_SHEETS} <= there


def _workbook(path: Path) -> Arrival:
    from apprentice_desk.imports import log_sheets, reading
    from apprentice_desk.imports.fields import Kind

    source = reading.read(path)
    if log_sheets.is_log(source.workbook):
        return Arrival(Arrived.LOG, (str(path),))
    if _are_of_a_return([sheet.name for sheet in source.workbook.sheets]):
        return Arrival(Arrived.RETURNS, (str(path),))
    kinds: list[str] = []
    refused: list[Problem] = []
    for kind in (Kind.APPRENTICES, Kind.HOURS, Kind.CONTRACTS, Kind.PAYMENTS):
        if kind is Kind.PAYMENTS and kinds:
            break  # money and days stand in many a list; what it plainly is comes first
        try:
            reading.find_table(source, kind)
        except Problem as problem:
            refused.append(problem)
        else:
            kinds.append(str(kind))
    if not kinds:
        raise Problem(
            f"“{path.name}” is neither a list of apprentices, contracts or payments nor a log of"
            " hours, nor a calendar, a return, a receipt, places elsewhere or a desk.",
            refused[0].remedy,
        )
    return Arrival(Arrived.LIST, (str(path),), tuple(kinds))
