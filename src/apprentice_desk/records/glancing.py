"""What was put off, read past SQLAlchemy: for the first look at a desk that is being opened."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from apprentice_desk.domain.needs import PutOff, Urgency
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.keys import DeskKey


def first_put_off(path: Path, key: DeskKey | None = None) -> tuple[PutOff, ...]:
    """Return what was put off in a desk file of today's format; nothing where it cannot be read.

    ``standing.first_look`` has seen before that it is such a file.
    """
    query = "SELECT need_key, until_on, reason, urgency, weight FROM put_off_line ORDER BY need_key"
    try:
        with closing(open_file(path, "ro", key)) as file:
            return tuple(
                PutOff(key, date.fromisoformat(until_on), reason, Urgency(urgency), weight)
                for key, until_on, reason, urgency, weight in file.execute(query)
            )
    except errors():
        return ()
    except (ValueError, TypeError):  # a value that cannot be: opening it says so
        return ()
