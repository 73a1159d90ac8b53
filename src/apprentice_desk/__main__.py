"""The command line.

Exit status 0: fine; 1: findings refuse something; 2: it cannot be done, said in one sentence on
standard error.  Only ``open`` imports Qt.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from apprentice_desk import crashes, settings
from apprentice_desk.clock import SystemClock
from apprentice_desk.command_line import (
    desks,
    documents,
    keeping,
    lists,
    placements,
    returns,
    support,
)
from apprentice_desk.command_line.parsing import Commands, Parser, Version
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.frozen import mend_streams, tell_without_console

FINE, REFUSED, CANNOT = 0, 1, 2
_APART = "read-pages-apart"  # as documents.reading_apart has it
_STOPPED = 130  # what shells expect after Ctrl+C


def parser() -> argparse.ArgumentParser:
    """Return the description of all commands."""
    return _described()[0]


def _described() -> tuple[argparse.ArgumentParser, frozenset[str]]:
    """Return the description of all commands, and what they are called."""
    whole = Parser(
        prog="apprentice-desk",
        description="Apprentices, their off-the-job hours, contracts and the standard return.",
        epilog="Without a command it opens the window, on a desk where one is named.",
    )
    whole.add_argument("--version", action=Version)
    commands = Commands(whole, "command", "COMMAND")
    desks.add_first(commands)
    keeping.add(commands)
    desks.add_samples(commands)
    lists.add(commands)
    desks.add_changes(commands)
    returns.add(commands)
    documents.add(commands)
    placements.add(commands)
    support.add(commands)
    return whole, commands.names


def run(arguments: argparse.Namespace) -> int:
    """Do what *arguments* ask for, with the file in mind that a passphrase stands in."""
    clock = SystemClock()
    named = getattr(arguments, "passphrase_file", "")
    status: int
    if not named:
        status = arguments.do(arguments, clock)
        return status
    from apprentice_desk.commands import passphrases

    with passphrases.from_file(named):
        status = arguments.do(arguments, clock)
    return status


def meant(given: Sequence[str], commands: frozenset[str]) -> list[str]:
    """Return what *given* means: a desk alone is opened, and so is the window where nothing is.

    That is how a menu starts the program, and how a double click on a desk does.
    """
    if not given:
        return ["open"]
    if len(given) > 1 or given[0] in commands or given[0].startswith("-"):
        return list(given)
    is_desk = given[0].casefold().endswith(".desk") or Path(given[0]).is_file()
    return ["open", *given] if is_desk else list(given)


def _be_apart(numbers: Sequence[str]) -> int:
    """Be the process that reads somebody's PDF for this program; not for a person to call."""
    from apprentice_desk.documents import reading_apart

    pages, letters = map(int, numbers)
    return reading_apart.be_apart(pages, letters, sys.stdin.buffer, sys.stdout.buffer)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    is_unheard = mend_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may know fewer letters than a name
            stream.reconfigure(errors="replace")
    given = sys.argv[1:] if words is None else list(words)
    if given[:1] == [_APART]:
        return _be_apart(given[1:])
    whole, commands = _described()
    arguments = whole.parse_args(meant(given, commands))
    try:
        return run(arguments)
    except Problem as problem:
        print(str(problem), file=sys.stderr)
        if is_unheard and arguments.command == "open":
            tell_without_console(str(problem))
    except Cancelled:
        return _STOPPED
    except KeyboardInterrupt:
        print("Stopped; nothing was half done.", file=sys.stderr)
        return _STOPPED
    except BrokenPipeError:
        # Whoever read the words had enough of them, such as "| head"; that is no fault.  What is
        # still to be written at the end would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _STOPPED
    except Exception as fault:  # noqa: BLE001 - the crash hook of the command line
        kind, now = type(fault), SystemClock().now()
        kept = None
        if not crashes.is_lack_of_memory(kind):
            kept = crashes.keep(settings.faults_folder(), kind, fault.__traceback__, now)
        said = crashes.sentence(kept, kind)
        print(said, file=sys.stderr)
        if is_unheard and arguments.command == "open":
            tell_without_console(said)
    return CANNOT


if __name__ == "__main__":
    sys.exit(main())
