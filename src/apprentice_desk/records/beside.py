"""Another desk's file, read past SQLAlchemy and never written to: whose it is, and its change log.

For files that stand beside the desk that is open, or that cannot be opened any more.  Nothing
brings them up to date: what is read here is in every format since the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.two_logs import LogLine, Record, TwoLogs, compared, part
from apprentice_desk.records.doors import (
    NOT_A_DATABASE,
    File,
    errors,
    foreign_part,
    holds_more,
    open_file,
)
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase
from apprentice_desk.records.marks import APPLICATION_ID

_LINES = "SELECT number, label, recorded_at, person FROM change_log ORDER BY number"
_TOUCHED = "SELECT number, table_name, row_id FROM change_row WHERE number > ?"


def organisation_in(path: Path, key: DeskKey | None = None) -> str:
    """Return the key of the organisation that the desk at *path* belongs to.

    Raises NeedsPassphrase or WrongPassphrase where *key* is not its own, and Problem where it is
    no desk or cannot be read.
    """
    with _reading(path, key) as file:
        is_desk = file.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        row = file.execute("SELECT id FROM organisation").fetchone() if is_desk else None
    if row is None:
        raise Problem(f"{path.name} is not a desk.", "Choose a file that ends in .desk.")
    return str(row[0])


def compare_logs(
    here: Path, there: Path, here_key: DeskKey | None = None, there_key: DeskKey | None = None
) -> TwoLogs:
    """Compare the change logs of two desk files.

    Raises NeedsPassphrase, WrongPassphrase or Problem where one of them cannot be read.
    """
    with _reading(here, here_key) as own, _reading(there, there_key) as other:
        lines = _lines(own, here), _lines(other, there)
        _, last = part(*lines)
        if last is None:  # strangers: that both touched a record cannot be
            return compared(*lines)
        return compared(*lines, _touched(own, last.number), _touched(other, last.number))


@contextmanager
def _reading(path: Path, key: DeskKey | None) -> Iterator[File]:
    try:
        with closing(open_file(path, "ro", key)) as file:
            if foreign := foreign_part(file):
                raise holds_more(path, foreign)
            yield file
    except errors() as error:
        if NOT_A_DATABASE in str(error):
            found = NeedsPassphrase(path.name) if key is None else WrongPassphrase(path.name)
            raise found from error
        raise Problem(
            f"{path.name} could not be read ({error}).",
            "It was left as it is. It may be damaged, or still be on its way to this computer.",
        ) from error


def _lines(file: File, path: Path) -> tuple[LogLine, ...]:
    return tuple(_line(row, path) for row in file.execute(_LINES))


def _line(row: Any, path: Path) -> LogLine:
    number, label, recorded_at, person = row
    try:
        return LogLine(
            int(number), str(label), datetime.fromisoformat(str(recorded_at)), str(person)
        )
    except ValueError as error:
        raise Problem(
            f"{path.name} could not be read: change {number} in it makes no sense.",
            "It was left as it is. It may be damaged.",
        ) from error


def _touched(file: File, after: int) -> list[tuple[int, Record]]:
    return [
        (int(number), (str(table), str(row_id)))
        for number, table, row_id in file.execute(_TOUCHED, (after,))
    ]
