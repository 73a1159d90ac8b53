"""The case for a piece of work, in the headings of LOTI's outcomes planner.

LOTI plans from the outcome backwards: what is to be different, what stands in its way, what would
get there with technology and without, who does what, on whose authority, by when, and how one will
know (LOTI, Project Planner, Digital Apprenticeships, 2019).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.calendar import monday_of, show_day
from apprentice_desk.domain.findings import Finding, Level, Place


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """What the form of a case edits, heading by heading.

    Figures of the desk stand in it as {their name}, and are filled in when it is shown.
    """

    title: str = ""
    desired_outcome: str = ""
    problems_technology: str = ""
    problems_people: str = ""
    solutions_technology: str = ""
    solutions_people: str = ""
    done_by_loti: str = ""
    done_by_lead: str = ""
    done_by_boroughs: str = ""
    done_by_others: str = ""
    mandate: str = ""
    evaluation: str = ""


@dataclass(frozen=True, slots=True)
class StepDetails:
    """What the form of a step of the plan edits; without *week_of* it is still to be settled."""

    what: str = ""
    week_of: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """One figure of the desk: the *name* it is put in by, what it *says* it is, and its value.

    A value of "" is not known to the desk.
    """

    name: str
    says: str
    value: str


_FIGURE = re.compile(r"\{([^{}\n]{1,80})\}")


def figures_in(text: str) -> tuple[str, ...]:
    """Return the names of the figures that *text* puts in, in their order."""
    return tuple(match[1].strip() for match in _FIGURE.finditer(text))


def filled(text: str, figures: Mapping[str, CaseFigure]) -> str:
    """Return *text* with its figures put in; one that is not known says so in its place."""

    def put_in(match: re.Match[str]) -> str:
        found = figures.get(match[1].strip())
        if found is None:
            return match[0]
        return found.value or f"[{found.says}: not known]"

    return _FIGURE.sub(put_in, text)


def unknown_figures(details: CaseDetails, figures: Iterable[CaseFigure]) -> Iterator[Finding]:
    """Yield a finding for each name in braces that is no figure of the desk."""
    known = {figure.name for figure in figures}
    for field in CaseDetails.__match_args__:
        for name in figures_in(getattr(details, field)):
            if name not in known:
                yield _wrong(
                    "OC003",
                    field,
                    f"The desk has no figure called “{name}”.",
                    "Choose one from the list of figures, or write the words without braces.",
                )


def check_case(details: CaseDetails) -> list[Finding]:
    """Return what is wrong with a case."""
    findings = []
    if not details.title.strip():
        findings.append(_wrong("OC001", "title", "The case needs a title."))
    if not details.desired_outcome.strip():
        findings.append(
            _wrong(
                "OC002",
                "desired_outcome",
                "Say what is to be different.",
                "One sentence is enough to begin with.",
            )
        )
    return findings


def check_step(details: StepDetails, today: date) -> list[Finding]:
    """Return what is wrong with a step of the plan."""
    findings = []
    if not details.what.strip():
        findings.append(_wrong("CS001", "what", "Say what is to be done."))
    if details.week_of is not None and details.week_of != monday_of(details.week_of):
        monday = show_day(monday_of(details.week_of))
        findings.append(
            _wrong("CS002", "week_of", f"That week begins on {monday}.", "Enter its Monday.")
        )
    if details.done_on is not None and details.done_on > today:
        findings.append(
            _wrong(
                "CS003",
                "done_on",
                f"{show_day(details.done_on)} is still to come.",
                "Record it on the day itself or after.",
            )
        )
    return findings


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
