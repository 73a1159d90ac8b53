"""The command that tries the program itself out."""

from __future__ import annotations

import argparse

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands


def add(commands: Commands) -> None:
    """Describe the self-test."""
    commands.add(
        "self-test", "Try everything out in a temporary folder.", _try_out, opens_a_desk=False
    )


def _try_out(_given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import self_test

    return self_test.run(clock.today(), clock.now())
