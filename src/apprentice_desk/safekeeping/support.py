"""What helps whoever supports the program, in one text that a person can read before sending it.

It tells of the computer, the program and the size of the desk; it holds no name, no text and no
path, since nothing that it is made of can (``logs``, ``crashes``).
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from apprentice_desk import crashes
from apprentice_desk.logs import Line, Log
from apprentice_desk.product import version
from apprentice_desk.records.store import Session
from apprentice_desk.sheets.saving import replacing

_MOST_REPORTS = 20


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a fault that is kept: its file's name, its first lines' say, and all of it."""

    id: str
    title: str
    when: str
    text: str


def reports(folder: Path) -> tuple[Report, ...]:
    """Return the reports of faults, newest first, at most 20; what cannot be read is left out."""
    found = []
    for path in crashes.reports(folder)[:_MOST_REPORTS]:
        try:
            text = path.read_text("utf-8", errors="replace")
        except OSError:
            continue
        lines = text.splitlines() or [""]
        title = lines[0].removeprefix("Apprentice Desk: ")
        when = next((line.partition(": ")[2] for line in lines if ": " in line[:8]), "")
        found.append(Report(path.name, title[:1].upper() + title[1:], when, text))
    return tuple(found)


def sizes(session: Session) -> dict[str, int]:
    """Return how many rows each table of the desk has, by its name."""
    from sqlalchemy import func, select

    from apprentice_desk.records.base import Base

    found = {}
    for name, table in sorted(Base.metadata.tables.items()):
        found[name] = session.execute(select(func.count()).select_from(table)).scalar_one()
    return found


def told(
    log: Log, faults: Path, now: datetime, facts: Mapping[str, str], rows: Mapping[str, int]
) -> str:
    """Return the whole text; *facts* are of the window, *rows* those of ``sizes``."""
    program = {
        "version": version(),
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        **facts,
    }
    parts = [
        f"Apprentice Desk, for support: {now:%Y-%m-%d %H:%M} UTC",
        "No name, no text and no path is in here.",
        _heading("The program"),
        *(f"{name}: {value}" for name, value in program.items()),
        _heading("The desk, rows by table"),
        *(f"{name}: {count}" for name, count in rows.items() if count),
        _heading("Reports of faults"),
        *([report.text.rstrip() + "\n" for report in reports(faults)] or ["none"]),
        _heading("The log, oldest first"),
        *([_line(each) for each in reversed(log.lines())] or ["empty"]),
    ]
    return "\n".join(parts) + "\n"


def save(text: str, path: Path) -> None:
    """Write *text* to *path*; raises Problem where that cannot be done."""
    with replacing(path) as fresh:
        fresh.write_text(text, "utf-8", newline="\n")


def _heading(words: str) -> str:
    return f"\n# {words}\n"


def _line(each: Line) -> str:
    event = each.event.value if each.event is not None else "unknown"
    return f"{each.at:%Y-%m-%d %H:%M:%S} {event} {each.facts}".rstrip()
