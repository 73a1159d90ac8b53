"""How commands are described, and how one is found among them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from apprentice_desk.clock import Clock
from apprentice_desk.product import version

Doing = Callable[[argparse.Namespace, Clock], int]
"""What a command does; returns the exit status."""


class Parser(argparse.ArgumentParser):
    """Takes options as they are, not their beginnings: nobody is to write --passphrase WORDS."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"allow_abbrev": False}))


class Version(argparse.Action):
    """Says the version and ends; it is read only then, so that no start waits for it."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_options: Any) -> None:
        told = "show program's version number and exit"
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=told)

    def __call__(self, parser: argparse.ArgumentParser, *_given: Any) -> None:
        """Say it."""
        print(f"Apprentice Desk {version()}")
        parser.exit()


class Commands:
    """The commands that *whole* takes, each with what does it as ``do`` of what was understood."""

    def __init__(self, whole: argparse.ArgumentParser, dest: str, metavar: str) -> None:
        self._all = whole.add_subparsers(dest=dest, required=True, metavar=metavar)

    def add(
        self, name: str, says: str, do: Doing, *, opens_a_desk: bool = True
    ) -> argparse.ArgumentParser:
        """Add a command and return it, to be told what it takes.

        One that opens a desk also takes a file that the passphrase stands in.
        """
        parents = [_asking()] if opens_a_desk else []
        one = self._all.add_parser(name, help=says, description=says, parents=parents)
        one.set_defaults(do=do)
        return one

    def group(self, name: str, says: str) -> Commands:
        """Add a command that has commands of its own, and return those."""
        return Commands(self._all.add_parser(name, help=says, description=says), "what", "WHAT")

    @property
    def names(self) -> frozenset[str]:
        """What they are called."""
        return frozenset(self._all.choices)


def add_desk(command: argparse.ArgumentParser) -> None:
    """Let *command* be told the desk that it is about."""
    command.add_argument("desk", metavar="DESK")


def add_into(command: argparse.ArgumentParser) -> None:
    """Let *command* be told the desk that it adds to."""
    command.add_argument("--into", required=True, metavar="DESK")


def add_to(command: argparse.ArgumentParser, metavar: str, says: str | None = None) -> None:
    """Let *command* be told where it is to write."""
    command.add_argument("--to", required=True, metavar=metavar, help=says)


def add_often(
    command: argparse._ActionsContainer, flag: str, metavar: str, says: str, dest: str | None = None
) -> None:
    """Let *command* be given *flag* with a word as often as needed: the words are a list."""
    command.add_argument(flag, action="append", default=[], dest=dest, metavar=metavar, help=says)


def add_dry_run(command: argparse.ArgumentParser) -> None:
    """Let *command* only say what it would do."""
    command.add_argument("--dry-run", action="store_true", help="say what would happen, only")


def add_json(command: argparse.ArgumentParser, what: str = "the result") -> None:
    """Let *command* print *what* for other programs."""
    command.add_argument("--json", action="store_true", help=f"print {what} as JSON")


def _asking() -> Parser:
    asks = Parser(add_help=False)
    asks.add_argument(
        "--passphrase-file", default="", metavar="FILE",
        help="where the desk's passphrase stands, if nobody is to be asked for it",
    )  # fmt: skip
    return asks
