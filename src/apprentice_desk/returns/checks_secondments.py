"""The rules inside a row of the Secondments sheet, and between it and Apprentices: R4xx."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.identifiers import HOSTS
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.returns.comparing import (
    apart,
    are_in_order,
    is_one_without_the_other,
    names_nobody,
)
from apprentice_desk.returns.reference import Reference
from apprentice_desk.returns.registry import Context, Example, Registry
from apprentice_desk.returns.rows import ApprenticeLine, SecondmentLine

SECONDMENTS = Registry()

_BEGUN = (SecondmentStatus.UNDER_WAY, SecondmentStatus.COMPLETED)
_MAY_HAVE_BEGUN = ("", *_BEGUN, SecondmentStatus.WITHDRAWN)
_OVER = ("", SecondmentStatus.COMPLETED, SecondmentStatus.WITHDRAWN)

_ADA = ApprenticeLine("XMP-7F3KQ2WD-R", 1, status="live")
_OF_ADA = {"apprentice_code": "XMP-7F3KQ2WD-R", "apprenticeship_number": 1}
_BOROUGHS = Reference(borough_codes=frozenset({"E09000007", "E09999999"}))


def _with_ada(**values: object) -> Example:
    return Example(_OF_ADA | values, {"apprentices": (_ADA,)})


@SECONDMENTS.check(
    "R401",
    Level.ROW,
    "secondments",
    ("apprentice_code", "kind"),
    "The apprentice is missing, though this is a request.",
    "Put in the code and the number of the apprentice that it is for.",
    good=_with_ada(kind="request"),
    bad=apart(kind="request"),
)
def _request_has_an_apprentice(line: SecondmentLine, _context: Context) -> bool:
    return line.kind != SecondmentKind.REQUEST or bool(line.apprentice_code)


@SECONDMENTS.check(
    "R402",
    Level.ROW,
    "secondments",
    ("apprentice_code", "apprenticeship_number"),
    "The apprenticeship {apprentice_code}, number {apprenticeship_number}, does not stand on the"
    " Apprentices sheet.",
    "Write code and number as they stand there, or add the apprenticeship.",
    good=_with_ada(),
    bad=_with_ada(apprenticeship_number=2),
)
def _apprenticeship_is_listed(line: SecondmentLine, context: Context) -> bool:
    key = (line.apprentice_code, line.apprenticeship_number)
    return not all(key) or key in context.apprenticeships


@SECONDMENTS.check(
    "R403",
    Level.ROW,
    "secondments",
    ("apprenticeship_number", "apprentice_code"),
    "Of the apprentice's code and number only one is given.",
    "Put in both, as they stand on the Apprentices sheet.",
    good=_with_ada(),
    bad=apart(apprentice_code="XMP-7F3KQ2WD-R"),
)
def _code_and_number_go_together(line: SecondmentLine, _context: Context) -> bool:
    return not is_one_without_the_other(line.apprentice_code, line.apprenticeship_number)


@SECONDMENTS.check(
    "R404",
    Level.ROW,
    "secondments",
    ("latest_start_on", "earliest_start_on"),
    "The latest start, {latest_start_on}, is before the earliest, {earliest_start_on}.",
    "Put right whichever of the two days is wrong.",
    good=apart(earliest_start_on=date(2026, 10, 5), latest_start_on=date(2026, 10, 5)),
    bad=apart(earliest_start_on=date(2026, 10, 5), latest_start_on=date(2026, 10, 4)),
)
def _latest_start_is_not_before_earliest(line: SecondmentLine, _context: Context) -> bool:
    return are_in_order(line.earliest_start_on, line.latest_start_on)


@SECONDMENTS.check(
    "R405",
    Level.ROW,
    "secondments",
    ("ended_on", "started_on"),
    "The secondment ended on {ended_on}, before it started on {started_on}.",
    "Put right whichever of the two days is wrong.",
    good=apart(status="completed", started_on=date(2026, 11, 2), ended_on=date(2026, 11, 2)),
    bad=apart(status="completed", started_on=date(2026, 11, 2), ended_on=date(2026, 11, 1)),
)
def _ended_after_start(line: SecondmentLine, _context: Context) -> bool:
    return are_in_order(line.started_on, line.ended_on)


@SECONDMENTS.check(
    "R406",
    Level.ROW,
    "secondments",
    ("started_on", "status"),
    "The day when it started is missing, though the secondment is {status}.",
    "Put in the day when it started.",
    good=apart(status="agreed", started_on=None),
    bad=apart(status="under way", started_on=None),
)
def _start_is_known(line: SecondmentLine, _context: Context) -> bool:
    return line.status not in _BEGUN or line.started_on is not None


@SECONDMENTS.check(
    "R407",
    Level.ROW,
    "secondments",
    ("ended_on", "status"),
    "The day when it ended is missing, though the secondment is {status}.",
    "Put in the day when it ended.",
    good=apart(status="under way", ended_on=None),
    bad=apart(status="completed", ended_on=None),
)
def _end_is_known(line: SecondmentLine, _context: Context) -> bool:
    return line.status != SecondmentStatus.COMPLETED or line.ended_on is not None


@SECONDMENTS.check(
    "R408",
    Level.ROW,
    "secondments",
    ("home",),
    "The home {home} is not the code of a London borough.",
    "Write the borough's GSS code, such as E09000012 for Hackney.",
    good=Example({"home": "E09000007"}, reference=_BOROUGHS),
    bad=Example({"home": "E09000099"}, reference=_BOROUGHS),
)
def _home_is_a_borough(line: SecondmentLine, context: Context) -> bool:
    known = context.reference.borough_codes
    return known is None or line.home in ("", *known)


@SECONDMENTS.check(
    "R409",
    Level.ROW,
    "secondments",
    ("host",),
    "The host {host} is not the code of a London borough.",
    "Write LOTI, technology employer, or the borough's GSS code, such as E09000012 for Hackney.",
    good=Example({"host": "LOTI"}, reference=_BOROUGHS),
    bad=Example({"host": "E09000099"}, reference=_BOROUGHS),
)
def _host_is_known(line: SecondmentLine, context: Context) -> bool:
    known = context.reference.borough_codes
    return known is None or line.host in ("", *HOSTS, *known)


@SECONDMENTS.check(
    "R410",
    Level.ROW,
    "secondments",
    ("ksbs",),
    "What is wanted or offered seems to hold an email address or a number of a person.",
    "Take it out: nothing about a person may leave the borough.",
    good=apart(ksbs="K5; S3; B2"),
    bad=apart(ksbs="Ask ada@example.org"),
)
def _ksbs_name_nobody(line: SecondmentLine, _context: Context) -> bool:
    return names_nobody(line.ksbs)


@SECONDMENTS.check(
    "R411",
    Level.ROW,
    "secondments",
    ("area",),
    "The area seems to hold an email address or a number of a person.",
    "Take it out: nothing about a person may leave the borough.",
    good=apart(area="Southwark, near London Bridge"),
    bad=apart(area="Call 020 7946 0999"),
)
def _area_names_nobody(line: SecondmentLine, _context: Context) -> bool:
    return names_nobody(line.area)


@SECONDMENTS.check(
    "R420",
    Level.NOTE,
    "secondments",
    ("started_on", "status"),
    "The secondment started on {started_on}, though it is {status}.",
    "Check the status, or take the day out.",
    good=apart(status="under way", started_on=date(2026, 11, 2)),
    bad=apart(status="agreed", started_on=date(2026, 11, 2)),
)
def _only_those_begun_have_a_start(line: SecondmentLine, _context: Context) -> bool:
    return line.started_on is None or line.status in _MAY_HAVE_BEGUN


@SECONDMENTS.check(
    "R421",
    Level.NOTE,
    "secondments",
    ("ended_on", "status"),
    "The secondment ended on {ended_on}, though it is {status}.",
    "Check the status, or take the day out.",
    good=apart(status="completed", started_on=date(2026, 11, 2), ended_on=date(2026, 11, 27)),
    bad=apart(status="under way", started_on=date(2026, 11, 2), ended_on=date(2026, 11, 27)),
)
def _only_those_over_have_an_end(line: SecondmentLine, _context: Context) -> bool:
    return line.ended_on is None or line.status in _OVER


@SECONDMENTS.check(
    "R422",
    Level.NOTE,
    "secondments",
    ("home", "kind"),
    "The home {home} is not {borough}, though this is a request.",
    "Check the home: a request is for the borough's own apprentice.",
    good=_with_ada(kind="request", home="E09999999"),
    bad=_with_ada(kind="request", home="E09000007"),
)
def _request_is_of_this_borough(line: SecondmentLine, context: Context) -> bool:
    return line.kind != SecondmentKind.REQUEST or line.home in ("", context.header.borough_code)


@SECONDMENTS.check(
    "R423",
    Level.NOTE,
    "secondments",
    ("host", "home"),
    "Home and host are the same, {host}.",
    "Check both: a secondment is somewhere else.",
    good=apart(home="E09999999", host="E09000007"),
    bad=apart(home="E09000007", host="E09000007"),
)
def _host_is_not_home(line: SecondmentLine, _context: Context) -> bool:
    return not line.host or line.host != line.home


@SECONDMENTS.check(
    "R424",
    Level.NOTE,
    "secondments",
    ("started_on", "earliest_start_on", "latest_start_on"),
    "The secondment started on {started_on}, outside the time from {earliest_start_on} to"
    " {latest_start_on} that was asked for.",
    "Check the days.",
    good=apart(
        status="under way", started_on=date(2026, 11, 2), earliest_start_on=date(2026, 10, 5),
        latest_start_on=date(2026, 11, 2),
    ),
    bad=apart(
        status="under way", started_on=date(2026, 11, 3), earliest_start_on=date(2026, 10, 5),
        latest_start_on=date(2026, 11, 2),
    ),
)  # fmt: skip
def _start_is_as_asked(line: SecondmentLine, _context: Context) -> bool:
    started = line.started_on
    is_early_enough = are_in_order(started, line.latest_start_on)
    return is_early_enough and are_in_order(line.earliest_start_on, started)


@SECONDMENTS.check(
    "R425",
    Level.NOTE,
    "secondments",
    ("ended_on", "started_on", "weeks"),
    "The secondment went from {started_on} to {ended_on}, longer than its {weeks} weeks.",
    "Check the days and the weeks.",
    good=apart(
        status="completed", started_on=date(2026, 11, 2), ended_on=date(2026, 11, 29), weeks=4
    ),
    bad=apart(
        status="completed", started_on=date(2026, 11, 2), ended_on=date(2026, 11, 30), weeks=4
    ),
)
def _it_lasted_its_weeks(line: SecondmentLine, _context: Context) -> bool:
    if line.started_on is None or line.ended_on is None or line.weeks is None:
        return True
    return (line.ended_on - line.started_on).days < 7 * line.weeks


@SECONDMENTS.check(
    "R426",
    Level.NOTE,
    "secondments",
    ("logged_hours", "started_on"),
    "{logged_hours} hours are logged, but the secondment has not started.",
    "Put in the day when it started, or take the hours out.",
    good=apart(status="under way", started_on=date(2026, 11, 2), logged_hours=Decimal("7.50")),
    bad=apart(status="agreed", started_on=None, logged_hours=Decimal("7.50")),
)
def _hours_are_of_one_begun(line: SecondmentLine, _context: Context) -> bool:
    return not line.logged_hours or line.started_on is not None


@SECONDMENTS.check(
    "R427",
    Level.NOTE,
    "secondments",
    ("status", "apprentice_code", "apprenticeship_number"),
    "The secondment is {status}, but the apprenticeship of {apprentice_code} is not: it is planned"
    " or has ended.",
    "Check the status of both.",
    good=_with_ada(status="under way", started_on=date(2026, 11, 2)),
    bad=Example(
        _OF_ADA | {"status": "under way", "started_on": date(2026, 11, 2)},
        {"apprentices": (ApprenticeLine("XMP-7F3KQ2WD-R", 1, status="withdrawn"),)},
    ),
)
def _somebody_is_there_for_it(line: SecondmentLine, context: Context) -> bool:
    person = context.apprenticeships.get((line.apprentice_code, line.apprenticeship_number))
    return (
        line.status != SecondmentStatus.UNDER_WAY or person is None or person.status in ("", *LIVE)
    )


@SECONDMENTS.check(
    "R428",
    Level.NOTE,
    "secondments",
    ("started_on", "status"),
    "The secondment started on {started_on}, after the period, though it is {status}.",
    "Check the day: the return says how things stood at the end of the period.",
    good=apart(status="under way", started_on=date(2026, 12, 31)),
    bad=apart(status="under way", started_on=date(2027, 1, 1)),
)
def _started_by_the_end_of_the_period(line: SecondmentLine, context: Context) -> bool:
    if line.status not in _BEGUN:
        return True
    return are_in_order(line.started_on, context.header.period_last_on)
