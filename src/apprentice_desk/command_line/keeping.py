"""The commands that keep a desk safe: passphrases, the recovery sheet, backups."""

from __future__ import annotations

import argparse

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands, add_desk, add_often, add_to


def add(commands: Commands) -> None:
    """Describe what can be done with passphrases and backups."""
    protect = commands.add(
        "protect", "Give a desk a passphrase, another one, or take it away.", _protect
    )
    add_desk(protect)
    way = protect.add_mutually_exclusive_group()
    way.add_argument("--change", action="store_true", help="give it another passphrase")
    way.add_argument("--remove", action="store_true", help="let everybody read the file again")
    protect.add_argument(
        "--new-passphrase-file", default="", metavar="FILE", help="where the new one stands"
    )
    says = "another folder with backups of it; as often as needed"
    add_often(protect, "--also", "FOLDER", says)

    sheet = commands.add(
        "recovery-sheet", "Write the page that opens a desk without its passphrase.", _write_sheet
    )
    add_desk(sheet)
    add_to(sheet, "FILE.pdf")

    backup = commands.add(
        "backup", "Copy a desk into the folder of its backups, and check the copy.", _back_up
    )
    add_desk(backup)
    backup.add_argument(
        "--to", default="", metavar="FOLDER", help="where the folder of backups is to stand, if"
        " not beside the desk",
    )  # fmt: skip

    restore = commands.add(
        "restore", "Make a desk of a backup, in a new file beside what is there.", _restore
    )
    restore.add_argument("file", metavar="BACKUP")
    add_to(restore, "FILE.desk")

    verify = commands.add(
        "verify", "Check desks and backups whole, and say what each holds.", _verify
    )
    verify.add_argument("files", nargs="+", metavar="FILE.desk")


def _protect(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import protecting

    return protecting.protect(
        given.desk,
        clock.now(),
        removes=given.remove,
        changes=given.change,
        new_file=given.new_passphrase_file,
        also=given.also,
    )


def _write_sheet(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import protecting

    return protecting.sheet(given.desk, given.to, clock.today())


def _back_up(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import backing_up

    return backing_up.back_up(given.desk, clock.now(), given.to)


def _restore(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import backing_up

    return backing_up.restore(given.file, given.to)


def _verify(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import backing_up

    return backing_up.verify(given.files)
