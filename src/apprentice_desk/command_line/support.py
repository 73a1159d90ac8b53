"""The commands for whoever looks after the program: its policy, and trying it out."""

from __future__ import annotations

import argparse

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands


def add(commands: Commands) -> None:
    """Describe the policy and the self-test."""
    administered = commands.add(
        "policy",
        "Say what administrators set for this computer, or what a file would set.",
        _tell_policy,
        opens_a_desk=False,
    )
    administered.add_argument("file", nargs="?", default="", metavar="FILE")
    commands.add(
        "self-test", "Try everything out in a temporary folder.", _try_out, opens_a_desk=False
    )


def _tell_policy(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import policies

    return policies.tell(given.file)


def _try_out(_given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import self_test

    return self_test.run(clock.today(), clock.now())
