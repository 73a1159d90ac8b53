"""Tries a stretch of damaged files that are no lists: calendars, letters, packs, desks and others.

    python tests/fuzz/others.py FIRST END SEED FOLDER

Prints what ``trying`` prints.  Each file is a good one changed at random; a Problem is a fine
answer, and so is nothing at all where a file of the program's own is in the way.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from apprentice_desk import drafts, resources, settings
from apprentice_desk.commands import desks
from apprentice_desk.documents import docx, packs, pdf, returned_reading
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import calendars, column_files, standard_files
from apprentice_desk.imports.fields import Kind
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.glancing import first_put_off
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.standing import apprentice_rows, first_look
from apprentice_desk.returns import merge, placements, receipts, schema, workbook
from documents import packed, trees
from fuzz import mutations
from fuzz.trying import Saying, _limit_memory, _traced
from returns import making

TODAY = date(2026, 11, 24)
AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 31))
CLAUSE = {
    "clauses/own-data.1.md": "---\ntitle: Data\n---\n\n1. Each party looks after **data** well.\n"
}
ICS = b"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY:Training
DTSTART;TZID=Europe/London:20260901T090000
DURATION:PT3H
RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T000000Z
EXDATE;TZID=Europe/London:20260908T090000
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Review\\, first
DTSTART;VALUE=DATE:20261001
DTEND;VALUE=DATE:20261003
END:VEVENT
END:VCALENDAR
"""
STANDARD = {
    "referenceNumber": "ST0116", "title": "Software developer", "version": "1.1", "level": 4,
    "knowledges": [{"id": "a", "detail": "K1: all stages"}],
    "skills": [{"id": "b", "detail": "S1: create code"}],
}  # fmt: skip


def good_files(folder: Path) -> Mapping[str, bytes]:
    """Return a good file of each kind, by its name."""
    made: dict[str, bytes] = {"a.ics": ICS, "a.standard.json": json.dumps(STANDARD).encode()}
    made["a.docx"] = docx.write(folder / "good.docx", trees.CONTRACT).read_bytes()
    made["a.pdf"] = pdf.write(folder / "good.pdf", trees.CONTRACT).read_bytes()
    made["a.wording"] = packed.packed(CLAUSE)
    file = placements.PlacementsFile("Camden", "1.2", ())
    made["a.placements"] = placements.write(file)
    column_files.write(folder / "c.json", Kind.HOURS, (("Name", "name"), ("Date", "done_on")))
    made["a.columns.json"] = (folder / "c.json").read_bytes()
    workbook.write(making.full_content(), schema.load(), folder / "r.xlsx")
    made["a.return.xlsx"] = (folder / "r.xlsx").read_bytes()
    receipt = receipts.make(merge.merge([folder / "r.xlsx"], schema=schema.load()))[0]
    receipts.write(receipt, folder / "r.json")
    made["a.receipt.json"] = (folder / "r.json").read_bytes()
    kept = drafts.Drafts(folder / "d.drafts", "ada")
    kept.keep(drafts.Draft("a", "Edit", "ada", "2026-11-24T09:00:00+00:00", {"x": "y"}, {}))
    kept.close()
    made["a.drafts"] = (folder / "d.drafts").read_bytes()
    settings.save(settings.Settings().with_recent("a.desk", datetime(2026, 11, 24, tzinfo=UTC)))
    made["settings.json"] = (settings.folder() / "settings.json").read_bytes()
    borough = resources.borough_by_code("E09000012")
    assert borough is not None
    desks.make_desk(folder / "good.desk", borough, "Fuzz").close()
    made["a.desk"] = (folder / "good.desk").read_bytes()
    return made


def _open_desk(path: Path) -> object:
    lists = desks.lists()
    path.with_name(f"{path.name}.lock").unlink(missing_ok=True)
    first_look(path, TODAY, lists.hours_rules, lists.role_families)
    first_put_off(path)
    with closing(open_store(path, read_only=True)) as store:
        store.read(hours_rows)
        return store.read(apprentice_rows, TODAY, lists.hours_rules, lists.role_families)


def _settings(path: Path) -> object:
    (settings.folder() / "settings.json").write_bytes(path.read_bytes())
    return settings.load()


READERS: Mapping[str, Callable[[Path], object]] = {
    "a.ics": lambda path: calendars.read_calendar(path.read_bytes(), AUTUMN),
    "a.docx": lambda path: returned_reading.read_file(path, (), Progress()),
    "a.pdf": lambda path: returned_reading.read_file(path, (), Progress()),
    "a.wording": packs.load_pack,
    "a.placements": placements.load,
    "a.columns.json": lambda path: column_files.read(path, Kind.HOURS),
    "a.standard.json": standard_files.read_standard_file,
    "a.return.xlsx": lambda path: merge.merge([path], schema=schema.load()),
    "a.receipt.json": receipts.read,
    "a.drafts": lambda path: drafts.Drafts(path, "ada").waiting(),
    "settings.json": _settings,
    "a.desk": _open_desk,
}


def made(good: Mapping[str, bytes], number: int, seed: int) -> tuple[str, bytes]:
    """Return which kind of file *number* is, and its bytes."""
    random = Random(f"others-{seed}-{number}")
    kind = random.choice(sorted(good))
    content = good[kind]
    if content.startswith(b"PK") and random.random() < 0.5 and kind == "a.return.xlsx":
        return kind, mutations.change_parts(content, random)
    return kind, mutations.change_bytes(content, random)


def main(words: list[str]) -> int:
    """Try the files that *words* name."""
    first, end, seed, folder = int(words[0]), int(words[1]), int(words[2]), Path(words[3])
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    _limit_memory()
    warnings.simplefilter("ignore")
    good = good_files(folder)
    for number in range(first, end):
        kind, content = made(good, number, seed)
        path = folder / f"{number}-{kind}"
        path.write_bytes(content)
        print(f"trying\t{number}\t{path.name}", flush=True)
        try:
            READERS[kind](path)
        except Problem:
            print(Saying.REFUSED, flush=True)
        except Exception as error:  # noqa: BLE001 - to be told of, and the next file tried
            print(f"crash\t{_traced(error)}", flush=True)
            continue
        else:
            print(Saying.REVIEWED, flush=True)
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
