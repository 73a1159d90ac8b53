"""The commands for whoever looks after the program: its policy, and trying it out."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands

if TYPE_CHECKING:
    from apprentice_desk.commands.self_test import Trial


def add(commands: Commands) -> None:
    """Describe the policy and the self-test."""
    administered = commands.add(
        "policy",
        "Say what administrators set for this computer, or what a file would set.",
        _tell_policy,
        opens_a_desk=False,
    )
    administered.add_argument("file", nargs="?", default="", metavar="FILE")

    tries = commands.add(
        "self-test",
        "Try everything out in a temporary folder, and say how it went, naming nobody.",
        _try_out,
        opens_a_desk=False,
    )
    tries.add_argument(
        "--window",
        action="store_true",
        help="also open windows for some seconds, and look at each page",
    )
    tries.add_argument(
        "--to", default="", metavar="FILE.txt", help="also save what is said, for support"
    )


def _tell_policy(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import policies

    return policies.tell(given.file)


def _try_out(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import self_test
    from apprentice_desk.commands.self_test_parts import PARTS

    parts = list(PARTS)
    if given.window:
        parts.append(self_test.Part("window", _try_window))
        parts.append(self_test.Part("pages", partial(_try_pages, clock), "sample"))
    return self_test.run(parts, clock.today(), clock.now(), given.to)


def _try_window(_trial: Trial) -> str:
    from apprentice_desk.app import starting
    from apprentice_desk.ui.shell.trying import try_window

    starting.check_display()
    return try_window(starting.application())


def _try_pages(clock: Clock, trial: Trial) -> str:
    from apprentice_desk.app import pictures, starting
    from apprentice_desk.ui.shell.trying import try_pages

    starting.check_display()
    desk = trial.folder / "sample" / "exampleton.desk"
    with pictures.windows_for_pictures(desk, "light", 1.0, (1280, 800), clock) as window:
        return try_pages(window)
