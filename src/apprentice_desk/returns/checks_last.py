"""The rules between a return and the last one of the same borough: R7xx.

Nothing here refuses anything: what was sent before may have been wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.findings import Level
from apprentice_desk.returns.context import Key
from apprentice_desk.returns.registry import Context, Example, Found, Registry
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine
from apprentice_desk.returns.values import show

LAST = Registry()

_ENDED = (Status.COMPLETED, Status.WITHDRAWN)
_MOST_HOURS_A_WEEK = 40
_MOST_DAYS_MOVED = 183
_MANY = 10  # of fewer rows half is no jump

_BEFORE = ApprenticeLine(
    "XMP-7F3KQ2WD-R",
    1,
    standard_code="ST0116",
    status="live",
    training_started_on=date(2026, 9, 1),
    training_planned_end_on=date(2028, 8, 31),
    agreed_price=Decimal("17500.50"),
    logged_to_date_hours=Decimal("20.00"),
    age_band="19 to 24",
)
_LAST: Mapping[str, tuple[ApprenticeLine, ...]] = {"apprentices": (_BEFORE,)}


def _since(**values: object) -> Example:
    return Example(values, last=_LAST)


def _before(line: ApprenticeLine, context: Context) -> ApprenticeLine | None:
    """Return the line of the same apprenticeship in the last return."""
    return context.last_apprenticeships.get((line.apprentice_code, line.apprenticeship_number))


def _was(line: ApprenticeLine, context: Context, takes: str, kind: str) -> Mapping[str, object]:
    """Return what the last return said of a line's attribute, for a message."""
    return {"before": show(kind, getattr(_before(line, context), takes))}


@LAST.check_whole(
    "R701",
    Level.NOTE,
    "apprentices",
    ("apprentice_code", "apprenticeship_number"),
    "{code}, number {number}, is gone without an end: it was {status} in the last return.",
    "If the apprenticeship ended, put in how and when; if it was recorded by mistake, nothing needs"
    " doing.",
    good=Example(
        {"apprentice_code": "XMP-00000001-2"},
        last={"apprentices": (ApprenticeLine("XMP-7F3KQ2WD-R", 1, status="completed"),)},
    ),
    bad=Example({"apprentice_code": "XMP-00000001-2", "standard_code": "ST0118"}, last=_LAST),
)
def _nobody_is_gone(context: Context) -> Iterator[Found]:
    coded = {before for before, _ in _coded_anew(context)}
    for key, line in _gone(context).items():
        if line.status not in _ENDED and key not in coded:
            words = {"code": key[0], "number": key[1], "status": line.status or "there"}
            yield Found(None, words)


@LAST.check_whole(
    "R702",
    Level.NOTE,
    "apprentices",
    ("apprentice_code", "apprenticeship_number"),
    "{code}, number {number}, looks like {before}, number {number_before}, of the last return under"
    " another code.",
    "Give the same person the same code as before. If they are two people, nothing needs doing.",
    good=Example({"apprentice_code": "XMP-00000001-2", "standard_code": "ST0118"}, last=_LAST),
    bad=Example({"apprentice_code": "XMP-00000001-2"}, last=_LAST),
)
def _codes_stay(context: Context) -> Iterator[Found]:
    for before, index in _coded_anew(context):
        line = context.content.apprentices[index]
        words = {
            "code": line.apprentice_code,
            "number": line.apprenticeship_number,
            "before": before[0],
            "number_before": before[1],
        }
        yield Found(index, words)


@LAST.check(
    "R703",
    Level.NOTE,
    "apprentices",
    ("logged_to_date_hours",),
    "{logged_to_date_hours} hours are logged to date, fewer than the {before} of the last return.",
    "Check whether entries were taken out of the log.",
    good=_since(logged_to_date_hours=Decimal("100.00")),
    bad=_since(logged_to_date_hours=Decimal("19.99"), logged_in_period_hours=None),
    more_words=lambda line, context: _was(line, context, "logged_to_date_hours", "hours"),
)
def _logged_hours_do_not_fall(line: ApprenticeLine, context: Context) -> bool:
    before = _before(line, context)
    if before is None or before.logged_to_date_hours is None or line.logged_to_date_hours is None:
        return True
    return line.logged_to_date_hours >= before.logged_to_date_hours


@LAST.check(
    "R704",
    Level.NOTE,
    "apprentices",
    ("training_started_on",),
    "Training started on {training_started_on}; the last return said {before}.",
    "Check the day: funding and hours are counted from it.",
    good=_since(training_started_on=date(2026, 9, 1)),
    bad=_since(training_started_on=date(2026, 9, 8)),
    more_words=lambda line, context: _was(line, context, "training_started_on", "date"),
)
def _start_stays(line: ApprenticeLine, context: Context) -> bool:
    before = _before(line, context)
    # A planned start may move.
    if before is None or before.status in ("", Status.PLANNED):
        return True
    started, told = before.training_started_on, line.training_started_on
    return started is None or told is None or started == told


@LAST.check(
    "R705",
    Level.NOTE,
    "apprentices",
    ("standard_code",),
    "The standard is {standard_code}; the last return said {before}.",
    "Check the reference. A change to another standard is an apprenticeship with a number of its"
    " own.",
    good=_since(standard_code="ST0116"),
    bad=_since(standard_code="ST0118"),
    more_words=lambda line, context: _was(line, context, "standard_code", "text"),
)
def _standard_stays(line: ApprenticeLine, context: Context) -> bool:
    before = _before(line, context)
    if before is None or not before.standard_code or not line.standard_code:
        return True
    return line.standard_code == before.standard_code


@LAST.check(
    "R706",
    Level.NOTE,
    "apprentices",
    ("status",),
    "The apprenticeship is {status}, but it was {before} in the last return.",
    "Check the status: an apprenticeship that has ended does not begin again.",
    good=_since(status="completed", ended_on=date(2026, 12, 1)),
    bad=Example(
        {"status": "live"},
        last={"apprentices": (ApprenticeLine("XMP-7F3KQ2WD-R", 1, status="completed"),)},
    ),
    more_words=lambda line, context: _was(line, context, "status", "text"),
)
def _ended_stays_ended(line: ApprenticeLine, context: Context) -> bool:
    before = _before(line, context)
    if before is None or before.status not in _ENDED:
        return True
    return line.status in ("", *_ENDED)


@LAST.check(
    "R707",
    Level.NOTE,
    "apprentices",
    ("logged_to_date_hours",),
    "{logged_to_date_hours} hours are logged to date, but {before} in the last return: more than 40"
    " in every week since.",
    "Check whether entries stand in the log twice, or minutes were taken for hours.",
    good=_since(logged_to_date_hours=Decimal("120.00")),
    bad=_since(logged_to_date_hours=Decimal("1200.00")),
    more_words=lambda line, context: _was(line, context, "logged_to_date_hours", "hours"),
)
def _logged_hours_do_not_jump(line: ApprenticeLine, context: Context) -> bool:
    before = _before(line, context)
    if before is None or before.logged_to_date_hours is None or line.logged_to_date_hours is None:
        return True
    assert context.last is not None  # there is a line of it
    days = (context.header.period.last - context.last.header.period.last).days
    more = line.logged_to_date_hours - before.logged_to_date_hours
    return more * 7 <= _MOST_HOURS_A_WEEK * max(days, 7)


@LAST.check(
    "R708",
    Level.NOTE,
    "apprentices",
    ("training_planned_end_on",),
    "Training is planned to end on {training_planned_end_on}, more than six months from {before},"
    " which the last return said.",
    "Check the day; after a break in learning it may be right.",
    good=_since(training_planned_end_on=date(2028, 12, 31)),
    bad=_since(training_planned_end_on=date(2029, 8, 31), apprenticeship_planned_end_on=None),
    more_words=lambda line, context: _was(line, context, "training_planned_end_on", "date"),
)
def _planned_end_does_not_jump(line: ApprenticeLine, context: Context) -> bool:
    before = _before(line, context)
    told = line.training_planned_end_on
    if before is None or before.training_planned_end_on is None or told is None:
        return True
    return abs((told - before.training_planned_end_on).days) <= _MOST_DAYS_MOVED


@LAST.check(
    "R709",
    Level.NOTE,
    "apprentices",
    ("agreed_price",),
    "The agreed price is {agreed_price}; the last return said {before}.",
    "Check the price; a change to it is agreed in writing.",
    good=_since(agreed_price=Decimal("17500.50")),
    bad=_since(agreed_price=Decimal("1750.05")),
    more_words=lambda line, context: _was(line, context, "agreed_price", "money"),
)
def _price_stays(line: ApprenticeLine, context: Context) -> bool:
    before = _before(line, context)
    if before is None or before.agreed_price is None or line.agreed_price is None:
        return True
    return line.agreed_price == before.agreed_price


@LAST.check_whole(
    "R710",
    Level.NOTE,
    "apprentices",
    ("apprentice_code",),
    "The sheet has {rows} apprenticeships; the last return had {before}.",
    "Check that no part of the list is missing or stands there twice.",
    good=Example({}, last={"apprentices": tuple(ApprenticeLine() for _ in range(2))}),
    bad=Example({}, last={"apprentices": tuple(ApprenticeLine() for _ in range(20))}),
)
def _number_of_rows_does_not_jump(context: Context) -> Iterator[Found]:
    assert context.last is not None  # else it is not asked
    rows, before = len(context.content.apprentices), len(context.last.apprentices)
    if max(rows, before) >= _MANY and not before <= 2 * rows <= 4 * before:
        yield Found(None, {"rows": rows, "before": before})


@LAST.check(
    "R711",
    Level.NOTE,
    "contracts",
    ("paid_to_date", "contract_reference"),
    "{paid_to_date} is paid to date, less than the {before} of the last return.",
    "Check whether a payment was taken out.",
    good=Example(
        {"contract_reference": "C1", "paid_to_date": Decimal("10.00")},
        last={"contracts": (ContractLine("C1", paid_to_date=Decimal("10.00")),)},
    ),
    bad=Example(
        {"contract_reference": "C1", "paid_to_date": Decimal("9.00")},
        last={"contracts": (ContractLine("C1", paid_to_date=Decimal("10.00")),)},
    ),
    more_words=lambda line, context: {
        "before": show("money", context.last_contracts[line.contract_reference].paid_to_date)
    },
)
def _paid_does_not_fall(line: ContractLine, context: Context) -> bool:
    before = context.last_contracts.get(line.contract_reference)
    if before is None or before.paid_to_date is None or line.paid_to_date is None:
        return True
    return line.paid_to_date >= before.paid_to_date


def _gone(context: Context) -> dict[Key, ApprenticeLine]:
    """Return the apprenticeships of the last return that this one does not have."""
    return {
        key: line
        for key, line in context.last_apprenticeships.items()
        if all(key) and key not in context.apprenticeships
    }


def _coded_anew(context: Context) -> Iterator[tuple[Key, int]]:
    """Yield each apprenticeship that is gone and the one new line that is like it in everything.

    A person's number may change as well as the code.
    """
    gone: dict[tuple[object, ...], list[Key]] = {}
    for key, line in _gone(context).items():
        if line.standard_code and line.training_started_on is not None:
            gone.setdefault(_likeness(line), []).append(key)
    new: dict[tuple[object, ...], list[int]] = {}
    for index, line in enumerate(context.content.apprentices):
        key = (line.apprentice_code, line.apprenticeship_number)
        if key not in context.last_apprenticeships and _likeness(line) in gone:
            new.setdefault(_likeness(line), []).append(index)
    for likeness, indexes in new.items():
        if len(indexes) == 1 and len(gone[likeness]) == 1:
            yield gone[likeness][0], indexes[0]


def _likeness(line: ApprenticeLine) -> tuple[object, ...]:
    return (
        line.standard_code,
        line.training_started_on,
        line.training_planned_end_on,
        line.agreed_price,
        line.age_band,
    )
