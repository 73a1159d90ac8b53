"""What one person gets who asks what is held about them: a PDF, the data, their files, a readme.

UK GDPR, article 15 (access) and article 20 (a copy to take along): the paper is for reading, the
folder ``data`` for programs.  It is whole by construction, since it is read from the tables; what
is to be left out, other people's data above all, somebody looks through before it is given.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from apprentice_desk.documents import pdf
from apprentice_desk.documents.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Footer,
    Heading,
    KeyValues,
    Para,
    Table,
)
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.evidence import safe_file_name
from apprentice_desk.domain.leaving import LeftRow
from apprentice_desk.domain.plain_cells import as_plain
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.private_files import make_one_folder, put
from apprentice_desk.records.about_person import AboutPerson, Told, about_person, person_file
from apprentice_desk.records.base import plain
from apprentice_desk.records.leaving import files_about
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import record_words
from apprentice_desk.sheets.folders import FolderSwap

PAPER = "What is held about you.pdf"
README = "Read me first.txt"
FILES = "files"
DATA = "data"
_WIDEST = 8
"""A table of more columns is told one record after the other."""

_ABOUT = (
    "This is everything that this desk of Apprentice Desk holds about you, as it stood on the day"
    " below. It was made by the program from every table of the desk, so nothing was chosen."
)
_RIGHTS = (
    "You may ask for what is wrong to be put right (UK GDPR, article 16).",
    "You may ask for it to be erased where it is no longer needed (article 17).",
    "You may take the folder “data” along to somebody else (article 20).",
    "You may complain to the Information Commissioner's Office.",
)
_LOOK_THROUGH = """\
Before this folder is given to anybody
======================================

Look through the PDF, the folder "files" and the folder "data" for other people's data: names of
colleagues in notes, in reviews or in evidence, and in "What was done", where one line may name
several people. Take out what the person has no right to, and note that you did.

What is in here
---------------

{contents}

The CSV files open in any spreadsheet program; a text that begins like a formula has an apostrophe
before it, so that it stays text. everything.json holds the same, as the desk stores it: days as
2026-11-29, lengths in whole minutes, money in whole pence.
"""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it stands: its folder, and how many rows and files are in it."""

    folder: Path
    rows: int
    files: int

    @property
    def paper(self) -> Path:
        """The PDF."""
        return self.folder / PAPER


def make_pack(
    store: Store,
    apprentice_id: object,
    folder: Path,
    today: date,
    progress: Progress | None = None,
) -> Pack:
    """Write everything about a person into a new *folder*; return what is in it.

    Raises Problem where there is a folder or file of that name already, or it cannot be written;
    nothing is left half made then.  Raises Conflict when the person is gone.
    """
    progress = progress or Progress()
    progress.step(0, 3, "Reading everything about one person")
    about: AboutPerson = store.read(about_person, apprentice_id)  # type: ignore[arg-type]
    left = store.read(files_about, about.id)
    if folder.exists():
        raise Problem(
            f"There is “{folder.name}” already, and it was left as it is.", "Choose another name."
        )
    swap = FolderSwap(folder)
    try:
        progress.step(1, 3, "Writing the paper")
        is_sample = store.read(organisation_row).is_sample
        pdf.write(swap.fresh / PAPER, paper(about, left, today, is_sample=is_sample))
        progress.step(2, 3, "Copying files")
        names = _write_files(store, about, swap.fresh / FILES)
        tables = _write_data(about, left, swap.fresh / DATA)
        put(swap.fresh / README, _LOOK_THROUGH.format(contents=_contents(tables, names)).encode())
        swap.put_in_place()
    except OSError as error:
        raise Problem(
            f"The access pack was not made: {folder.parent} cannot be written to"
            f" ({error.strerror}).",
            "Choose another folder, or make room on the disk.",
        ) from error
    finally:
        shutil.rmtree(swap.fresh, ignore_errors=True)  # gone already where it has its name
    progress.step(3, 3, "Made")
    return Pack(folder, sum(len(told.rows) for told in about.told), len(names))


# --- the paper ------------------------------------------------------------------------------------


def paper(
    about: AboutPerson, left: Sequence[LeftRow], today: date, *, is_sample: bool = False
) -> Document:
    """Return the paper: who and when, each kind of record, files, what left, what was done."""
    blocks: list[Block] = [
        KeyValues(
            "About this paper",
            (("About", about.name), ("As it stood on", show_day(today)), ("Code in returns",
             about.code)),
        ),
        Para(_ABOUT),
        Heading("Your rights"),
        Bullets(_RIGHTS),
    ]  # fmt: skip
    for told in about.told:
        blocks += _told(told)
    blocks += _of_files(about)
    blocks += _of_what_left(left)
    blocks.append(Heading("What was done"))
    blocks.append(
        Para("Every change of your records, as the history of the desk names it.", is_quiet=True)
    )
    rows = tuple((record_words.value("at", d.at), d.person, d.label) for d in about.done)
    blocks.append(Table("What was done", _columns("When", "By whom", "What"), rows))
    title = f"What is held about {about.name}"
    return Document(
        title,
        tuple(blocks),
        is_wide=True,
        is_sample=is_sample,
        footer=Footer(title, show_day(today)),
    )


def _told(told: Told) -> list[Block]:
    name = record_words.heading(told.table, len(told.rows))
    blocks: list[Block] = [Heading(name)]
    used = [at for at in range(len(told.columns)) if any(_says(told, row, at) for row in told.rows)]
    if not used:
        return [*blocks, Para("A record without anything in it.", is_quiet=True)]
    if len(told.rows) > 1 and len(used) <= _WIDEST:
        headings = _columns(*(record_words.column(told.columns[at]) for at in used))
        rows = tuple(tuple(_says(told, row, at) for at in used) for row in told.rows)
        return [*blocks, Table(name, headings, rows)]
    for number, row in enumerate(told.rows, 1):
        pairs = tuple(
            (record_words.column(told.columns[at]), said)
            for at in used
            if (said := _says(told, row, at))
        )
        if len(told.rows) > 1:
            blocks.append(Heading(f"{number} of {len(told.rows)}", 3))
        blocks.append(
            KeyValues(f"{name}, {number}", pairs) if pairs else Para("Nothing is filled in.")
        )
    return blocks


def _says(told: Told, row: Sequence[object], at: int) -> str:
    return record_words.value(told.columns[at], row[at])


def _columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(each) for each in headings)


def _of_files(about: AboutPerson) -> list[Block]:
    if not about.files:
        return [Heading("Files"), Para("No file about you is kept.")]
    rows = tuple((each.name, f"{each.size_bytes:,} bytes") for each in about.files)
    words = "They are in the folder “files” beside this paper."
    return [Heading("Files"), Para(words), Table("Files", _columns("File", "Size"), rows)]


def _of_what_left(left: Sequence[LeftRow]) -> list[Block]:
    blocks: list[Block] = [Heading("What left this desk")]
    if not left:
        return [
            *blocks,
            Para("As far as the desk knows, no file with you in it was saved from it."),
        ]
    rows = tuple(
        (
            record_words.value("at", each.left_at), each.kind.shown, each.file_name,
            each.given.to_whom or "Not noted", each.given.purpose,
        )
        for each in left
    )  # fmt: skip
    headings = _columns("When", "What", "File", "To whom", "What for")
    return [*blocks, Table("What left", headings, rows)]


# --- the folder -----------------------------------------------------------------------------------


def _write_files(store: Store, about: AboutPerson, folder: Path) -> list[str]:
    if not about.files:
        return []
    make_one_folder(folder)
    names: list[str] = []
    for file in about.files:
        name = _free(safe_file_name(file.name), names)
        put(folder / name, store.read(person_file, file))
        names.append(name)
    return names


def _free(name: str, taken: Sequence[str]) -> str:
    """Return *name*, with a number where another file has it already, whatever its letters."""
    path, turn = Path(name), 2
    folded = {each.casefold() for each in taken}
    while name.casefold() in folded:
        name, turn = f"{path.stem} ({turn}){path.suffix}", turn + 1
    return name


def _write_data(about: AboutPerson, left: Sequence[LeftRow], folder: Path) -> list[str]:
    make_one_folder(folder)
    names = []
    every: dict[str, object] = {}
    for told in about.told:
        name = f"{record_words.heading(told.table)}.csv"
        headings = [record_words.column(column) for column in told.columns]
        rows = [
            [record_words.value(told.columns[at], it) for at, it in enumerate(row)]
            for row in told.rows
        ]
        put(folder / name, _csv(headings, rows))
        names.append(name)
        every[told.table] = [
            {column: plain(it) for column, it in zip(told.columns, row, strict=True)}
            for row in told.rows
        ]
    done = [[plain(each.at), each.person, each.label] for each in about.done]
    put(folder / "What was done.csv", _csv(["When", "By whom", "What"], done))
    gone = [
        [plain(each.left_at), each.kind.shown, each.file_name, each.given.to_whom,
         each.given.purpose, each.sha256]
        for each in left
    ]  # fmt: skip
    headings = ["When", "What", "File", "To whom", "What for", "Fingerprint"]
    put(folder / "What left.csv", _csv(headings, gone))
    put(
        folder / "everything.json",
        json.dumps(every, ensure_ascii=False, indent=1, sort_keys=True).encode(),
    )
    return [*names, "What was done.csv", "What left.csv", "everything.json"]


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([as_plain("" if cell is None else str(cell)) for cell in row])
    return stream.getvalue().encode("utf-8-sig")  # with the mark that Excel knows UTF-8 by


def _contents(tables: Sequence[str], files: Sequence[str]) -> str:
    lines = [f"{PAPER}: everything, to be read"]
    lines += [f"{FILES}/{name}" for name in files]
    lines += [f"{DATA}/{name}" for name in tables]
    return "\n".join(lines)
