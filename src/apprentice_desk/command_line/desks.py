"""The commands about a desk as a whole: open, new; sample, undo, catalogue, standard."""

from __future__ import annotations

import argparse
import gc

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands, add_desk, add_dry_run, add_into, add_to


def add_first(commands: Commands) -> None:
    """Describe what one begins with."""
    opens = commands.add(
        "open",
        "Open the window on a desk, the sample, or the newest desk.",
        _open,
        opens_a_desk=False,
    )
    opens.add_argument("desk", nargs="?", default="", metavar="DESK")
    opens.add_argument("--sample", action="store_true", help="open the sample borough")

    new = commands.add("new", "Make a new desk for a borough.", _new)
    add_desk(new)
    new.add_argument("--borough", required=True, metavar="BOROUGH", help="code or name")
    new.add_argument("--team", default="Apprenticeships", help="the team's name")
    new.add_argument(
        "--protect", action="store_true", help="with a passphrase, without which nobody can read it"
    )


def _open(given: argparse.Namespace, _clock: Clock) -> int:
    gc.disable()  # until the desk is open, while next to nothing is rubbish
    from apprentice_desk.app import starting
    from apprentice_desk.commands.opening import SAMPLE

    return starting.run(SAMPLE if given.sample else given.desk)


def _new(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import desks

    return desks.new(given.desk, given.borough, given.team, protects=given.protect)


def add_samples(commands: Commands) -> None:
    """Describe how samples are written."""
    sample = commands.add(
        "sample",
        "Write samples into a folder: desks, lists to import, and returns to merge, among them"
        " those of LOTI's first programme by quarter. Every apprentice is invented.",
        _sample,
        opens_a_desk=False,
    )
    add_to(sample, "FOLDER")


def _sample(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import sample

    return sample.write(given.to, clock.today(), clock.now())


def add_changes(commands: Commands) -> None:
    """Describe how a change is taken back, and how standards are brought up to date."""
    undo = commands.add("undo", "Take the newest change back, named by its label.", _undo)
    add_desk(undo)

    catalogue = commands.add(
        "catalogue", "Load a newer list of standards of the same columns.", _load_catalogue
    )
    catalogue.add_argument("file", metavar="FILE")
    standard = commands.add(
        "standard",
        "Load versions of standards from a file in the shape of Skills England's JSON.",
        _load_standard,
    )
    standard.add_argument("file", metavar="FILE.json")
    for loads in (catalogue, standard):
        add_into(loads)
        add_dry_run(loads)


def _undo(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import desks

    return desks.undo(given.desk)


def _load_catalogue(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import desks

    return desks.load_catalogue(given.file, given.into, clock.today(), dry_run=given.dry_run)


def _load_standard(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import standards

    return standards.load(given.file, given.into, clock.today(), dry_run=given.dry_run)
