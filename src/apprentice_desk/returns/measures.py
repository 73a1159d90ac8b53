"""What is counted of every merge: each figure's name, what it means, and the rows that count.

A new figure is one more Measure here; the Picture of the merged workbook and the pages list them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from apprentice_desk.domain.apprenticeship import LIVE, Status
from apprentice_desk.domain.vocabulary import Destination, SecondmentKind, SecondmentStatus
from apprentice_desk.returns.figures import Measure, Terms
from apprentice_desk.returns.rows import ApprenticeLine, Line

MATCHED = frozenset(
    {
        SecondmentStatus.MATCHED,
        SecondmentStatus.AGREED,
        SecondmentStatus.UNDER_WAY,
        SecondmentStatus.COMPLETED,
    }
)
"""How far a secondment must be to have found its other side."""

_KEPT_ON = frozenset({Destination.KEPT_PERMANENT, Destination.KEPT_FIXED_TERM})


def is_on_programme(line: ApprenticeLine, _terms: Terms) -> bool:
    """Whether someone is training, on a break from it, or in assessment."""
    return line.status in LIVE


def is_behind(line: ApprenticeLine, terms: Terms) -> bool:
    """Whether someone on programme has logged so much less than planned that it shows.

    Measured by the hours required, or by those planned to date where the former are not known.
    """
    planned, logged = line.planned_to_date_hours, line.logged_to_date_hours
    if line.status not in LIVE or planned is None or planned <= 0:
        return False
    least = terms.behind_share * (line.required_hours or planned)
    return planned - (logged or 0) >= least


def _has_plan(line: ApprenticeLine, _terms: Terms) -> bool:
    return line.status in LIVE and line.planned_to_date_hours is not None


def _has_status(*wanted: str) -> Callable[[Any, Terms], bool]:
    return lambda line, _terms: line.status in wanted


def _ended(status: Status) -> Callable[[ApprenticeLine, Terms], bool]:
    def counts(line: ApprenticeLine, terms: Terms) -> bool:
        return line.status == status and _is_within(line.ended_on, terms)

    return counts


def _is_within(day: date | None, terms: Terms) -> bool:
    return day is not None and day in terms.period.period


def _started(line: ApprenticeLine, terms: Terms) -> bool:
    return line.status != Status.PLANNED and _is_within(line.training_started_on, terms)


def _kept_on(line: ApprenticeLine, terms: Terms) -> bool:
    return _ended(Status.COMPLETED)(line, terms) and line.destination in _KEPT_ON


def _every(_line: Line, _terms: Terms) -> bool:
    return True


def _of_year(line: Any, terms: Terms) -> bool:
    return bool(line.programme_year == str(terms.period.financial_year))


def _is_kind(kind: SecondmentKind, *, matched: bool = False) -> Callable[[Any, Terms], bool]:
    def counts(line: Any, _terms: Terms) -> bool:
        return line.kind == kind and (not matched or line.status in MATCHED)

    return counts


_PEOPLE, _HOURS, _CONTRACTS = "Apprenticeships", "Off-the-job hours", "Contracts"
_SECONDMENTS, _PLEDGES, _REST = "Secondments", "Pledges of the year", "Network and barriers"

ON_PROGRAMME = Measure(
    "on_programme",
    _PEOPLE,
    "On programme",
    "Training, on a break from it, or in assessment, at the end of the quarter.",
    "apprentices",
    is_on_programme,
)
DIGITAL = Measure(
    "digital",
    _PEOPLE,
    "On programme, digital",
    "Of those on programme: on a standard that counts as digital.",
    "apprentices",
    lambda line, _terms: line.status in LIVE and line.is_digital is True,
)
RECRUITED = Measure(
    "digital_recruited",
    _PEOPLE,
    "Recruited, digital",
    "Every digital apprenticeship of the returns: planned, on programme, or ended within a year.",
    "apprentices",
    lambda line, _terms: line.is_digital is True,
)
STARTED = Measure(
    "started",
    _PEOPLE,
    "Started this quarter",
    "Training started within the quarter.",
    "apprentices",
    _started,
)
COMPLETED = Measure(
    "completed",
    _PEOPLE,
    "Completed this quarter",
    "Completed, with a last day within the quarter.",
    "apprentices",
    _ended(Status.COMPLETED),
)
LEFT = Measure(
    "left",
    _PEOPLE,
    "Left this quarter",
    "Withdrew, with a last day within the quarter.",
    "apprentices",
    _ended(Status.WITHDRAWN),
)
PLANNED_HOURS = Measure(
    "planned_hours",
    _HOURS,
    "Hours planned to date",
    "Of those on programme whose plan is known.",
    "apprentices",
    _has_plan,
    lambda line: line.planned_to_date_hours,
)
LOGGED_HOURS = Measure(
    "logged_hours",
    _HOURS,
    "Hours logged to date",
    "Of the same apprentices.",
    "apprentices",
    _has_plan,
    lambda line: line.logged_to_date_hours,
)
BEHIND = Measure(
    "behind",
    _HOURS,
    "Behind plan",
    "On programme, and hours are missing from the plan to date: a tenth of those required or more.",
    "apprentices",
    is_behind,
)
OFFERED = Measure(
    "offered",
    _SECONDMENTS,
    "Places offered",
    "Offers of a place, whatever became of them.",
    "secondments",
    _is_kind(SecondmentKind.OFFER),
)
OFFERS_MATCHED = Measure(
    "offers_matched",
    _SECONDMENTS,
    "Offers matched",
    "Of the offers: matched, agreed, under way or completed.",
    "secondments",
    _is_kind(SecondmentKind.OFFER, matched=True),
)

MEASURES: tuple[Measure, ...] = (
    ON_PROGRAMME,
    *(
        Measure(
            f"on_programme_{status.name.lower()}",
            _PEOPLE,
            f"On programme, {status}",
            "Part of those on programme.",
            "apprentices",
            _has_status(status),
        )
        for status in (Status.LIVE, Status.ON_A_BREAK, Status.IN_ASSESSMENT)
    ),
    DIGITAL,
    RECRUITED,
    Measure(
        "planned",
        _PEOPLE,
        "Planned",
        "Training has not started yet.",
        "apprentices",
        _has_status(Status.PLANNED),
    ),
    STARTED,
    COMPLETED,
    Measure(
        "kept_on",
        _PEOPLE,
        "Completed and kept on",
        "Of those completed this quarter: kept by the borough, permanently or for a fixed term.",
        "apprentices",
        _kept_on,
    ),
    LEFT,
    PLANNED_HOURS,
    LOGGED_HOURS,
    BEHIND,
    Measure(
        "contracts",
        _CONTRACTS,
        "Contracts",
        "Every contract with a training provider.",
        "contracts",
        _every,
    ),
    Measure(
        "open_contracts",
        _CONTRACTS,
        "Open to joint buying",
        "Contracts whose borough would buy together with others.",
        "contracts",
        lambda line, _terms: line.is_open_to_joint_buying is True,
    ),
    Measure(
        "agreed",
        _CONTRACTS,
        "Agreed to date, in pounds",
        "Agreed prices of the apprenticeships under the contracts.",
        "contracts",
        _every,
        lambda line: line.agreed_to_date,
    ),
    Measure(
        "paid",
        _CONTRACTS,
        "Paid to date, in pounds",
        "Payments recorded as paid.",
        "contracts",
        _every,
        lambda line: line.paid_to_date,
    ),
    OFFERED,
    OFFERS_MATCHED,
    Measure(
        "requested",
        _SECONDMENTS,
        "Places asked for",
        "Requests for a place, whatever became of them.",
        "secondments",
        _is_kind(SecondmentKind.REQUEST),
    ),
    Measure(
        "requests_matched",
        _SECONDMENTS,
        "Requests matched",
        "Of the requests: matched, agreed, under way or completed.",
        "secondments",
        _is_kind(SecondmentKind.REQUEST, matched=True),
    ),
    Measure(
        "pledged",
        _PLEDGES,
        "Pledged",
        "Apprentices pledged for the financial year of the quarter.",
        "pledges",
        _of_year,
        lambda line: line.pledged,
    ),
    Measure(
        "recruited",
        _PLEDGES,
        "Recruited",
        "Of the pledged: an offer was accepted.",
        "pledges",
        _of_year,
        lambda line: line.recruited,
    ),
    Measure(
        "pledges_started",
        _PLEDGES,
        "Started",
        "Of the pledged: training has started.",
        "pledges",
        _of_year,
        lambda line: line.started,
    ),
    Measure("events", _REST, "Events", "Events of the network that are listed.", "network", _every),
    Measure(
        "attended",
        _REST,
        "Attendances",
        "Apprentices at those events; who came twice counts twice.",
        "network",
        _every,
        lambda line: line.attended,
    ),
    Measure(
        "barriers",
        _REST,
        "Barriers",
        "What the boroughs say stands in the way.",
        "barriers",
        _every,
    ),
    Measure(
        "help_wanted",
        _REST,
        "Barriers with help wanted",
        "Of the barriers: the borough would like help.",
        "barriers",
        lambda line, _terms: line.is_help_wanted is True,
    ),
)
"""What is counted of every merge, in the order of the Picture."""

BY_NAME: Mapping[str, Measure] = MappingProxyType({one.name: one for one in MEASURES})
