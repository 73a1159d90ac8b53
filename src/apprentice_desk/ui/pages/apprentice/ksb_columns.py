"""What the KSB grid shows of each code, and the ways to narrow it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import decimal_hours, grid, sentence
from apprentice_desk.domain.evidence import EvidenceQuality
from apprentice_desk.domain.ksb_grid import KsbLine
from apprentice_desk.domain.ksb_status import HOW_FAR, KsbStatus, Voice
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.ui.kit.rows import Badge, Column

BADGES: dict[KsbStatus, Badge] = {
    KsbStatus.NOT_STARTED: Badge("Not started", "quiet", "circle-dashed"),
    KsbStatus.IN_PROGRESS: Badge("In progress", "note", "hourglass"),
    KsbStatus.READY_FOR_REVIEW: Badge("Ready", "accent", "eye"),
    KsbStatus.COMPLETED: Badge("Completed", "good", "circle-check"),
}
"""Each status as a word and a shape; the colour only says it once more."""

VOICES: dict[Voice, str] = {
    Voice.APPRENTICE: "Apprentice",
    Voice.MANAGER: "Line manager",
    Voice.PROVIDER: "Provider",
}
_DIFFER = Badge("Differ", "warning", "triangle-alert")
_QUIET = Badge("Quiet", "warning", "clock")
_LATE = Badge("Too late", "danger", "calendar-clock")
_REWORDED = Badge("Changed", "warning", "history")
_DROPPED = Badge("Dropped", "warning", "history")
_BEST = {
    EvidenceQuality.DRAFT: "draft",
    EvidenceQuality.ENOUGH: "enough",
    EvidenceQuality.STRONG: "strong",
}


def _voice(voice: Voice) -> Column:
    def show(line: KsbLine) -> Badge | None:
        said = line.said.get(voice)
        return None if said is None else BADGES[said.status]

    def say(line: KsbLine) -> str:
        said = line.said.get(voice)
        return "nothing said" if said is None else f"{said.status}, {show_day(said.said_on)}"

    def tip(line: KsbLine) -> str:
        said = line.said.get(voice)
        if said is None:
            return f"{VOICES[voice]}: nothing said yet"
        by = f" by {said.said_by}" if said.said_by else ""
        note = f"\n{said.note}" if said.note else ""
        return f"{VOICES[voice]}: {said.status}, said{by} on {show_day(said.said_on)}{note}"

    def key(line: KsbLine) -> int | None:
        said = line.said.get(voice)
        return None if said is None else HOW_FAR.index(said.status)

    return Column(VOICES[voice], show, sort=key, kind="badge", width=12, say=say, tip=tip)


def words(line: KsbLine, *, is_loaded: bool = True) -> str:
    """Return what a code asks, or why that is not known."""
    if line.words:
        return line.words
    if not is_loaded:
        return "As typed"
    was = next((each for each in reversed(line.then) if each.words), None)
    before = f"; in {was.version.name}: {was.words}" if was is not None else ""
    return f"Not in this version of the standard{before}"


def _heed(line: KsbLine) -> Badge | None:
    if line.differs:
        return _DIFFER
    if line.is_late:
        return _LATE
    if line.then:
        return _REWORDED if line.is_of_standard else _DROPPED
    return _QUIET if line.is_quiet else None


def heed_in_words(line: KsbLine) -> str:
    """Return what is worth heeding of a code, a sentence each."""
    said = []
    if line.differs:
        said.append("Those who spoke say different things.")
    if line.is_late and line.next_on is not None:
        said.append(f"It is first touched on {show_day(line.next_on)}, after the gateway.")
    said += [each.says for each in line.then]
    if line.quiet is not None:
        on_breaks = line.quiet.break_days
        apart = f", not counting {counted(on_breaks, 'day')} on a break" if on_breaks else ""
        said.append(f"No entry has named it for {counted(line.quiet.days, 'day')}{apart}.")
    return " ".join(said)


def evidence_in_words(line: KsbLine) -> str:
    """Return how many pieces of evidence there are and how good the best was found."""
    if not line.evidence:
        return ""
    return f"{line.evidence} · {_BEST[line.best]}" if line.best is not None else f"{line.evidence}"


def _said_evidence(line: KsbLine) -> str:
    if not line.evidence:
        return "none"
    pieces = "1 piece" if line.evidence == 1 else f"{line.evidence} pieces"
    return f"{pieces}, the best {line.best}" if line.best is not None else f"{pieces}, not judged"


def columns(is_loaded: Callable[[], bool]) -> tuple[Column, ...]:
    """Return the columns; *is_loaded* says whether the standard is, when a cell is shown."""

    def asks(line: KsbLine) -> str:
        return words(line, is_loaded=is_loaded())

    return (
        Column(
            "KSB", lambda line: line.code, sort=lambda line: code_order(line.code), kind="strong",
            width=5,
        ),
        Column("What it asks", asks, width=20, tip=asks),
        *(_voice(voice) for voice in Voice),
        Column("Worth a look", _heed, kind="badge", width=11, say=heed_in_words, tip=heed_in_words,
               sort=lambda line: heed_in_words(line) or None),
        Column("Evidence", evidence_in_words, width=9, say=_said_evidence,
               sort=lambda line: line.evidence or None),
        Column(
            "Hours", lambda line: grid(line.minutes) if line.minutes else "",
            sort=lambda line: line.minutes or None, right=True, width=8,
            say=lambda line: sentence(line.minutes),
            tip=lambda line: f"Of counting entries that name {line.code}, each whole",
            holds="hours", value=lambda line: decimal_hours(line.minutes),
        ),
        Column(
            "Last", lambda line: "" if line.last_on is None else table_day(line.last_on),
            sort=lambda line: line.last_on, width=11, holds="date", value=lambda line: line.last_on,
            say=lambda line: "never" if line.last_on is None else show_day(line.last_on),
            tip=lambda line: (
                "" if line.days_since is None else f"{counted(line.days_since, 'day')} ago"
            ),
        ),
        Column(
            "Planned", lambda line: "" if line.next_on is None else table_day(line.next_on),
            sort=lambda line: line.next_on, width=11, holds="date", value=lambda line: line.next_on,
            say=lambda line: "not planned" if line.next_on is None else show_day(line.next_on),
        ),
    )  # fmt: skip


HIDDEN_AT_FIRST = (9,)
"""When the plan touches it next: the panel says so too."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One way to narrow the grid: its words, and which lines it keeps."""

    words: str
    keeps: Callable[[Any], bool]


def _has_come(status: KsbStatus) -> Callable[[Any], bool]:
    return lambda line: line.overall is status


KINDS = (
    Kept("all", lambda _line: True),
    Kept("knowledge", lambda line: line.code.startswith("K")),
    Kept("skills", lambda line: line.code.startswith("S")),
    Kept("behaviours", lambda line: line.code.startswith("B")),
)
STATUSES = (
    Kept("all", lambda _line: True),
    *(Kept(status.value, _has_come(status)) for status in KsbStatus),
    Kept("said differently", lambda line: line.differs),
    Kept("without evidence", lambda line: not line.evidence),
    Kept("gone quiet", lambda line: line.is_quiet),
    Kept("touched too late", lambda line: line.is_late),
    Kept("asked something else", lambda line: bool(line.then)),
)
