"""What is asked for and offered elsewhere, from the command line: out, in, and many into one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from apprentice_desk.commands import desks
from apprentice_desk.commands.output import print_findings
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.placements import Coming
from apprentice_desk.product import version
from apprentice_desk.returns import placing
from apprentice_desk.returns.placements import boroughs


def export(location: str, to: str, *, with_others: bool) -> int:
    """Write what a desk asks for and offers; 1, and no file, where somebody is named in it."""
    with desks.opened_to_note(location) as store:
        found = store.read(placing.leaving, version(), with_others=with_others)
        if found.findings:
            print_findings(found.findings)
            print(f"{Path(to).name} was not written: take the names out first.")
            return 1
        placing.export(store, to, version(), with_others=with_others)
        desks.note(store, [(Path(to), Going(LeftKind.PLACES, count=0))])
    print(f"Wrote {Path(to).name}: {_lines(found.file.open_lines)} that can be had.")
    return 0


def take(files: Sequence[str], location: str, now: datetime, *, only_checks: bool) -> int:
    """Say what files would mean for a desk and, unless this *only_checks*, take them in."""
    paths = placing.find_files(files) or tuple(map(Path, files))
    with desks.opened(location, read_only=only_checks) as store:
        found = placing.look_through(store, paths, now)
        for coming in found.news:
            print(_said(coming))
        if only_checks:
            print(f"{_lines(len(found.news))} would be new or otherwise. Nothing was changed.")
            return 0
        placing.take_in(store, found, now.date())
    said = _lines(len(found.news)) if found.news else "Nothing new"
    print(f"{said} from {found.sender}.")
    return 0


def merge(files: Sequence[str], to: str, now: datetime, *, desk: str) -> int:
    """Write one list of many files, with what *desk* says where one is named."""
    if desk:
        with desks.opened_to_note(desk) as store:
            own = store.read(placing.leaving, version())
            made = placing.merge(files, to, now, version(), own)
            desks.note(store, [(Path(to), Going(LeftKind.PLACES, count=0))])
    else:
        made = placing.merge(files, to, now, version())
    known = boroughs()
    for word in made.words:
        name = known[word.borough].name if word.borough in known else word.borough
        print(f"{name}: {_lines(len(word.open))} that can be had.")
    print(
        f"Wrote {Path(to).name}: {_lines(made.open_lines)} of"
        f" {counted(len(made.words), 'borough')}."
    )
    return 0


def _lines(count: int) -> str:
    return counted(count, "line")


def _said(coming: Coming) -> str:
    line = coming.placement
    before = coming.before or line
    about = line.title or before.title or str(line.role_family or before.role_family or "")
    known = boroughs()
    borough = known[line.borough].name if line.borough in known else line.borough
    said = f"{coming.fate.value.capitalize()}: {line.kind} of {borough}, {line.code}"
    return f"{said}: {about}" if about else said
