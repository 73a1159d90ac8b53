"""The commands of placements files: export, import, merge."""

from __future__ import annotations

import argparse

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands, add_desk, add_into, add_to


def add(whole: Commands) -> None:
    """Describe what can be done with placements files."""
    commands = whole.group(
        "placements", "Send and receive what is asked for and offered between boroughs."
    )
    export = commands.add(
        "export", "Write what a desk asks for and offers into one file, without names.", _export
    )
    add_desk(export)
    add_to(export, "FILE.placements")
    export.add_argument(
        "--with-others", action="store_true", help="also what the desk took in from others"
    )

    imports = commands.add(
        "import",
        "Take in what others ask for and offer, as one change, or only say what is new.",
        _take,
    )
    imports.add_argument("files", nargs="+", metavar="FILE.placements")
    add_into(imports)
    imports.add_argument(
        "--check", action="store_true", help="only say what is new; nothing is changed"
    )

    merge = commands.add(
        "merge", "Write one list of many boroughs' files, for all of them to take in.", _merge
    )
    merge.add_argument("files", nargs="+", metavar="FILE.placements", help="files or folders")
    add_to(merge, "FILE.placements")
    merge.add_argument("--desk", default="", metavar="DESK", help="whose own places to put in")


def _export(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import placements

    return placements.export(given.desk, given.to, with_others=given.with_others)


def _take(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import placements

    return placements.take(given.files, given.into, clock.now(), only_checks=given.check)


def _merge(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import placements

    return placements.merge(given.files, given.to, clock.now(), desk=given.desk)
