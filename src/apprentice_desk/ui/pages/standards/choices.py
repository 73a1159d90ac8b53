"""What was chosen for each apprentice where versions are asked about: moves, stays, or not yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from uuid import UUID

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.ksb_codes import write
from apprentice_desk.domain.ksb_grid import KsbFacts
from apprentice_desk.domain.ksb_meanings import would_change
from apprentice_desk.domain.standards import Ksb
from apprentice_desk.records.standard_uses import PersonOnVersion, VersionAnswers, VersionMove
from apprentice_desk.records.version_stays import Stay
from apprentice_desk.ui.kit.rows import Column

_MOST_CODES = 8


class Fate(Enum):
    """What becomes of one apprentice."""

    OPEN = auto()
    """Nothing was decided: they stay as they are, and it is asked again."""
    MOVES = auto()
    STAYS = auto()
    """They stay, which is remembered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One apprentice, and what was chosen for them: *moved_on* is the day of who moves."""

    person: PersonOnVersion
    fits: str
    """The versions that take their start."""
    to: str
    fate: Fate
    moved_on: date | None = None
    option: str = ""

    @property
    def id(self) -> UUID:
        """The apprenticeship's key."""
        return self.person.id

    @property
    def name(self) -> str:
        """Who it is."""
        number = self.person.number
        return self.person.name if number == 1 else f"{self.person.name} ({number})"

    @property
    def follows(self) -> str:
        """The version followed now, with its option."""
        if not self.person.version:
            return "not said"
        option = f", {self.person.option}" if self.person.option else ""
        return f"{self.person.version}{option}"

    @property
    def said(self) -> Stay | None:
        """What is remembered of them: that they stay."""
        return self.person.stays_though(self.to)

    @property
    def is_answered(self) -> bool:
        """Whether something else was chosen than is remembered."""
        if self.fate is Fate.STAYS:
            return self.said is None
        return self.fate is Fate.MOVES or self.said is not None

    @property
    def says(self) -> str:
        """What was chosen for them."""
        option = f", {self.option}" if self.option else ""
        match self.fate:
            case Fate.OPEN:
                return "not decided" if self.said is None else "to be asked again"
            case Fate.STAYS:
                stays = f"stays on {self.person.version or 'what is not said'}"
                return stays if self.said is None else f"{stays}, {_said(self.said)}"
        if not self.person.version:
            return f"follows {self.to}{option}"
        return f"{self.to}{option} from {show_day(self.moved_on)}" if self.moved_on else ""


def _said(stay: Stay) -> str:
    by = f" by {stay.said_by}" if stay.said_by else ""
    reason = f": {stay.reason}" if stay.reason else ""
    return f"said on {show_day(stay.said_on)}{by}{reason}"


def answers(version: str, made: Iterable[Choice]) -> VersionAnswers:
    """Return what is to be saved of what was chosen."""
    changed = [each for each in made if each.is_answered]
    return VersionAnswers(
        version,
        tuple(
            VersionMove(each.id, each.moved_on, each.to, each.option)
            for each in changed
            if each.fate is Fate.MOVES and each.moved_on is not None
        ),
        tuple(each.id for each in changed if each.fate is Fate.STAYS),
        tuple(each.id for each in changed if each.fate is Fate.OPEN),
    )


def codes_in_words(choice: Choice, facts: KsbFacts, after: Sequence[Ksb]) -> str:
    """Return what becomes of the codes that somebody has used in a version that asks *after*."""
    if not facts.entries and not facts.said:
        return f"{choice.name} has used no code yet."
    if facts.known is None:
        return (
            f"What {choice.name} follows is not loaded, so which of the codes in use would ask"
            " something else is not known."
        )
    meanings = would_change(facts.known, after, facts.entries, facts.said)
    if not meanings:
        return f"Every code that {choice.name} has used asks the same in {choice.to}."
    said = [f"{each.code} {each.says}" for each in meanings[:_MOST_CODES]]
    if rest := [each.code for each in meanings[_MOST_CODES:]]:
        said.append(f"{write(rest)} would ask something else too, or not be there.")
    head = f"What {choice.name} has logged stays under its codes, in {choice.to}:"
    return "\n".join((head, *said))


def _start(choice: Choice) -> date | None:
    return choice.person.first_started_on or choice.person.started_on


def _worded(write: Callable[[date], str], choice: Choice) -> str:
    start = _start(choice)
    return "" if start is None else write(start)


COLUMNS = (
    Column("Apprentice", lambda c: c.name, kind="strong", width=18),
    Column("Follows now", lambda c: c.follows, width=13, tip=lambda c: c.follows),
    Column("Started", lambda c: _worded(table_day, c), width=13, sort=_start,
           say=lambda c: _worded(show_day, c) or "no start"),
    Column("Fits the start", lambda c: c.fits or "none loaded", width=13),
    Column("Then", lambda c: c.says, width=19, tip=lambda c: c.says),
)  # fmt: skip
