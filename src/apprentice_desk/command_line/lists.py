"""The command that imports a list."""

from __future__ import annotations

import argparse

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands, add_dry_run, add_into, add_json


def add(commands: Commands) -> None:
    """Describe how a list is imported."""
    imports = commands.add(
        "import", "Import a list of apprentices, hours or contracts as one change.", _import
    )
    imports.add_argument("file", metavar="FILE")
    add_into(imports)
    kinds = ("apprentices", "hours", "contracts", "payments")
    imports.add_argument("--as", required=True, dest="kind", choices=kinds)
    imports.add_argument(
        "--apprentice", metavar="NAME", help="whose hours they are, where the list does not say"
    )
    imports.add_argument(
        "--add-missing", action="store_true", help="add apprentices whom the desk does not know"
    )
    imports.add_argument(
        "--accept-corrections",
        action="store_true",
        help="also change what the desk has already where the list says otherwise",
    )
    imports.add_argument(
        "--fates", metavar="FILE.xlsx", help="save what became of each row as a workbook"
    )
    add_dry_run(imports)
    add_json(imports)


def _import(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import lists

    return lists.import_list(
        given.file,
        given.into,
        given.kind,
        clock.today(),
        apprentice=given.apprentice,
        add_missing=given.add_missing,
        dry_run=given.dry_run,
        as_json=given.json,
        accept_corrections=given.accept_corrections,
        fates=given.fates,
    )
