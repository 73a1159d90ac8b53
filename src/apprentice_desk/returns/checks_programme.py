"""The rules about Pledges (R45x), Characteristics (R5xx), Network (R55x) and Barriers (R57x)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import FinancialYear
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.reference import Categories, CharacteristicCategories
from apprentice_desk.domain.vocabulary import Characteristic
from apprentice_desk.returns.comparing import apart, are_in_order, is_at_most, names_nobody
from apprentice_desk.returns.reference import Reference
from apprentice_desk.returns.registry import Context, Example, Found, Registry
from apprentice_desk.returns.rows import (
    ApprenticeLine,
    BarrierLine,
    CharacteristicLine,
    EventLine,
    PledgeLine,
)
from apprentice_desk.returns.suppression import SMALL

PROGRAMME = Registry()

_YEARS_AFTER = 2  # pledges are made for the next year or the one after it


# --- Pledges ------------------------------------------------------------------------------------


@PROGRAMME.check(
    "R451",
    Level.NOTE,
    "pledges",
    ("started", "recruited"),
    "{started} have started, but only {recruited} were recruited.",
    "Check both: whoever started had accepted an offer before.",
    good=apart(recruited=3, started=3),
    bad=apart(recruited=3, started=4),
)
def _started_were_recruited(line: PledgeLine, _context: Context) -> bool:
    return is_at_most(line.started, line.recruited)


@PROGRAMME.check(
    "R452",
    Level.NOTE,
    "pledges",
    ("programme_year",),
    "The programme year {programme_year} is neither that of the period, nor the one before, nor"
    " one of the next two.",
    "Check the year: it runs from April to March.",
    good=apart(programme_year="2025-26"),
    bad=apart(programme_year="2024-25"),
)
def _year_is_near(line: PledgeLine, context: Context) -> bool:
    year = _year(line)
    return year is None or -1 <= year - context.year.first_year <= _YEARS_AFTER


@PROGRAMME.check(
    "R453",
    Level.NOTE,
    "pledges",
    ("started", "role_family", "programme_year"),
    "{started} have started in {role_family}, which is not what the Apprentices sheet says for"
    " {programme_year}.",
    "Count those whose training started in the year, up to the end of the period.",
    good=Example(
        {"started": 1, "role_family": "data", "programme_year": "2026-27"},
        {
            "apprentices": (
                ApprenticeLine(role_family="data", training_started_on=date(2026, 4, 1)),
                ApprenticeLine(role_family="data", training_started_on=date(2026, 3, 31)),
                ApprenticeLine(role_family="data", training_started_on=date(2027, 1, 1)),
            )
        },
    ),
    bad=Example(
        {"started": 2, "role_family": "data", "programme_year": "2026-27"},
        {
            "apprentices": (
                ApprenticeLine(role_family="data", training_started_on=date(2026, 4, 1)),
            )
        },
    ),
)
def _started_stand_on_apprentices(line: PledgeLine, context: Context) -> bool:
    if line.started is None or _year(line) != context.year.first_year:
        return True
    return line.started == context.started_by_family.get(line.role_family, 0)


def _year(line: PledgeLine) -> int | None:
    try:
        return FinancialYear.parse(line.programme_year).first_year
    except ValueError:
        return None


# --- Characteristics ----------------------------------------------------------------------------

_CATEGORIES = Reference(
    categories=CharacteristicCategories(
        (
            Categories(
                date(2010, 1, 1),
                {
                    Characteristic.SEX: ("Female", "Male"),
                    Characteristic.ETHNIC_GROUP: ("White", "Other ethnic group"),
                },
                "an example",
            ),
        )
    )
)
_LEFT_BLANK = CharacteristicLine("sex", "Male", None, None, is_suppressed=True)
_SHOWN = CharacteristicLine("sex", "Male", 12, 6, is_suppressed=False)
_TWO = {
    "apprentices": tuple(
        ApprenticeLine(status="live", training_started_on=date(2026, 9, day)) for day in (7, 14)
    )
}


def _female(present: int | None, started: int | None, *, is_suppressed: bool) -> Example:
    values = {
        "characteristic": "sex",
        "category": "Female",
        "on_programme": present,
        "started_in_year": started,
        "is_suppressed": is_suppressed,
    }
    return Example(values)


@PROGRAMME.check(
    "R501",
    Level.ROW,
    "characteristics",
    ("on_programme", "category"),
    "A count of 1 to 4 on programme is shown for {category}.",
    "Leave both counts of the row blank, and those of a second row of its group with it; write Yes"
    " into “Suppressed” in both.",
    good=_female(5, 0, is_suppressed=False),
    bad=_female(4, 0, is_suppressed=False),
)
def _present_are_not_few(line: CharacteristicLine, _context: Context) -> bool:
    return line.on_programme not in SMALL


@PROGRAMME.check(
    "R502",
    Level.ROW,
    "characteristics",
    ("started_in_year", "category"),
    "A count of 1 to 4 starters is shown for {category}.",
    "Leave both counts of the row blank, and those of a second row of its group with it; write Yes"
    " into “Suppressed” in both.",
    good=_female(9, 5, is_suppressed=False),
    bad=_female(9, 1, is_suppressed=False),
)
def _starters_are_not_few(line: CharacteristicLine, _context: Context) -> bool:
    return line.started_in_year not in SMALL


@PROGRAMME.check(
    "R503",
    Level.ROW,
    "characteristics",
    ("is_suppressed", "on_programme", "started_in_year"),
    "The row is marked as suppressed, but a count stands in it.",
    "Leave both counts blank, or write No into “Suppressed”.",
    good=_female(None, None, is_suppressed=True),
    bad=_female(None, 0, is_suppressed=True),
)
def _suppressed_rows_are_blank(line: CharacteristicLine, _context: Context) -> bool:
    return not line.is_suppressed or (line.on_programme is None and line.started_in_year is None)


@PROGRAMME.check(
    "R504",
    Level.ROW,
    "characteristics",
    ("category", "characteristic"),
    "{category} is not one of DfE's categories of {characteristic}.",
    "Choose one that belongs to the characteristic.",
    good=Example({"characteristic": "sex", "category": "Female"}, reference=_CATEGORIES),
    bad=Example({"characteristic": "sex", "category": "White"}, reference=_CATEGORIES),
)
def _category_is_of_the_characteristic(line: CharacteristicLine, context: Context) -> bool:
    known = context.categories.get(line.characteristic)
    if known is None or line.category in known:
        return True
    # One that is not DfE's at all is not in the descriptor's list either.
    return not any(line.category in named for named in context.categories.values())


@PROGRAMME.check(
    "R505",
    Level.ROW,
    "characteristics",
    ("is_suppressed", "characteristic"),
    "This is the only row of {characteristic} that is left blank, so it can be worked out from the"
    " others.",
    "Leave a second row of the group blank too: the one with the smallest count, even if it is 0.",
    good=Example(
        _female(None, None, is_suppressed=True).values, {"characteristics": (_LEFT_BLANK,)}
    ),
    bad=Example(_female(None, None, is_suppressed=True).values, {"characteristics": (_SHOWN,)}),
)
def _no_row_is_blank_alone(line: CharacteristicLine, context: Context) -> bool:
    group = context.groups.get(line.characteristic, ())
    if not line.is_suppressed or len(group) < 2:
        return True
    return sum(one.on_programme is None or one.started_in_year is None for one in group) > 1


def _more_than_there_are(
    context: Context, count: Callable[[CharacteristicLine], int | None], present: int
) -> Iterator[Found]:
    """Yield the first line of each group whose counts come to more than *present*."""
    for characteristic, group in context.groups.items():
        together = sum(count(line) or 0 for line in group)
        if together > present:
            first = context.content.characteristics.index(group[0])
            words = {
                "characteristic": characteristic or "a characteristic without a name",
                "together": together,
                "present": present,
            }
            yield Found(first, words)


@PROGRAMME.check_whole(
    "R520",
    Level.NOTE,
    "characteristics",
    ("on_programme", "characteristic"),
    "The counts on programme by {characteristic} come to {together}, but the Apprentices sheet has"
    " {present} on programme.",
    "Check that the totals are of the same apprentices and the same day.",
    good=Example(_female(0, 0, is_suppressed=False).values, _TWO),
    bad=Example(_female(5, 0, is_suppressed=False).values, _TWO),
)
def _present_are_on_apprentices(context: Context) -> Iterator[Found]:
    present = sum(line.status in LIVE for line in context.content.apprentices)
    yield from _more_than_there_are(context, lambda line: line.on_programme, present)


@PROGRAMME.check_whole(
    "R521",
    Level.NOTE,
    "characteristics",
    ("started_in_year", "characteristic"),
    "The starters by {characteristic} come to {together}, but on the Apprentices sheet {present}"
    " started in the financial year.",
    "Check that the totals are of the same apprentices and the same year.",
    good=Example(_female(0, 0, is_suppressed=False).values, _TWO),
    bad=Example(_female(0, 5, is_suppressed=False).values, _TWO),
)
def _starters_are_on_apprentices(context: Context) -> Iterator[Found]:
    present = sum(map(context.is_started_in_year, context.content.apprentices))
    yield from _more_than_there_are(context, lambda line: line.started_in_year, present)


# --- Network ------------------------------------------------------------------------------------


@PROGRAMME.check(
    "R551",
    Level.ROW,
    "network",
    ("event",),
    "The event's name seems to hold an email address or a number of a person.",
    "Take it out: nothing about a person may leave the borough.",
    good=apart(event="Show and tell 2026"),
    bad=apart(event="Lunch, reply to ada@example.org"),
)
def _event_names_nobody(line: EventLine, _context: Context) -> bool:
    return names_nobody(line.event)


@PROGRAMME.check(
    "R560",
    Level.NOTE,
    "network",
    ("held_on",),
    "The event was held on {held_on}, after the period.",
    "Check the day: events to come stand in a later return.",
    good=apart(held_on=date(2026, 12, 31)),
    bad=apart(held_on=date(2027, 1, 1)),
)
def _held_by_the_end_of_the_period(line: EventLine, context: Context) -> bool:
    return are_in_order(line.held_on, context.header.period_last_on)


@PROGRAMME.check(
    "R561",
    Level.NOTE,
    "network",
    ("held_on",),
    "The event was held on {held_on}, before the programme year began.",
    "Check the day: the sheet has the events from April to the end of the period.",
    good=apart(held_on=date(2026, 4, 1)),
    bad=apart(held_on=date(2026, 3, 31)),
)
def _held_in_the_programme_year(line: EventLine, context: Context) -> bool:
    return are_in_order(context.year.period.first, line.held_on)


@PROGRAMME.check(
    "R562",
    Level.NOTE,
    "network",
    ("counted_hours", "attended"),
    "{counted_hours} hours are counted, though nobody attended.",
    "Check both.",
    good=apart(attended=0, counted_hours=Decimal("0.00")),
    bad=apart(attended=0, counted_hours=Decimal("1.50")),
)
def _hours_are_of_somebody(line: EventLine, _context: Context) -> bool:
    return line.attended != 0 or not line.counted_hours


# --- Barriers -----------------------------------------------------------------------------------


@PROGRAMME.check(
    "R571",
    Level.ROW,
    "barriers",
    ("what_stands_in_the_way",),
    "What stands in the way seems to hold an email address or a number of a person.",
    "Take it out: nothing about a person may leave the borough.",
    good=apart(what_stands_in_the_way="Laptops come 6 weeks late."),
    bad=apart(what_stands_in_the_way="Ada (ULN 1000000043) has no laptop."),
)
def _barrier_names_nobody(line: BarrierLine, _context: Context) -> bool:
    return names_nobody(line.what_stands_in_the_way)


@PROGRAMME.check(
    "R572",
    Level.ROW,
    "barriers",
    ("what_helped",),
    "What helped seems to hold an email address or a number of a person.",
    "Take it out: nothing about a person may leave the borough.",
    good=apart(what_helped="A pool of 10 laptops."),
    bad=apart(what_helped="Write to ada@example.org."),
)
def _help_names_nobody(line: BarrierLine, _context: Context) -> bool:
    return names_nobody(line.what_helped)
