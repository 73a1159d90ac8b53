"""What a job takes, and the table of it that CONTRIBUTING keeps: keys, clicks, decisions, seconds.

Nothing here knows of the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"
BEGIN, END = "<!-- steps: begin -->", "<!-- steps: end -->"
COMMAND = "python3 installers/dev.py steps"

KEY, CLICK, DECISION = 0.28, 1.1, 1.35
"""Seconds that a practised person takes: the keystroke-level model of Card, Moran and Newell, 1983
(an average typist; point and click; a moment of thought)."""

HEADINGS = ("job", "who", "keys", "clicks", "decisions", "about seconds", "at most")


@dataclass(frozen=True, slots=True)
class Steps:
    """Keys pressed, each of a chord by itself; clicks; points at which one must choose."""

    keys: int = 0
    clicks: int = 0
    decisions: int = 0

    @property
    def seconds(self) -> float:
        """About how long that takes; what the program and reading take is not in it."""
        return self.keys * KEY + self.clicks * CLICK + self.decisions * DECISION

    def above(self, other: Steps) -> list[str]:
        """Return in words of what this has more than *other*."""
        names = ("keys", "clicks", "decisions")
        pairs = ((name, getattr(self, name), getattr(other, name)) for name in names)
        return [
            f"{mine} {name} instead of {theirs}" for name, mine, theirs in pairs if mine > theirs
        ]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the table; *at_most* is the aim in seconds, None where there is none."""

    job: str
    who: str
    steps: Steps
    at_most: int | None = None

    def line(self) -> str:
        """Return the line as Markdown."""
        steps = self.steps
        aim = "" if self.at_most is None else f"{self.at_most} s"
        counts = (steps.keys, steps.clicks, steps.decisions, round(steps.seconds))
        return " | ".join(("| " + self.job, self.who, *map(str, counts), aim + " |"))


def table(listed: list[Listed]) -> str:
    """Return the table as Markdown."""
    head = f"| {' | '.join(HEADINGS)} |"
    return "\n".join((head, "|---|---|--:|--:|--:|--:|--:|", *(each.line() for each in listed)))


def put_into(text: str, listed: list[Listed]) -> str:
    """Return *text* with the table between its marks; ValueError without them."""
    before, _, after = _parts(text)
    return f"{before}{BEGIN}\n\n{table(listed)}\n\n{END}{after}"


def steps_in(text: str) -> Mapping[str, Steps]:
    """Return the steps of each job that the table in *text* lists."""
    _, inside, _ = _parts(text)
    rows = [line.strip(" |").split("|") for line in inside.splitlines() if line.startswith("|")]
    return {
        cells[0].strip(): Steps(*(int(cell) for cell in cells[2:5]))
        for cells in rows[2:]  # below the headings and the rule
    }


def _parts(text: str) -> tuple[str, str, str]:
    before, begin, rest = text.partition(BEGIN)
    inside, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"There is no place for the table between {BEGIN} and {END}.")
    return before, inside, after
