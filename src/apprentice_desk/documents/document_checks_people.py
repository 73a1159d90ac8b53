"""What is checked of papers about people before they are issued."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place

Values = Mapping[str, Value]


def in_order(values: Values, names: Iterable[str]) -> Iterator[Finding]:
    """Yield the days that come before one that stands before them in *names*."""
    days = [(name, day) for name in names if isinstance(day := values.get(name), date)]
    for (before, first), (name, then) in pairwise(days):
        if then < first:
            yield _wrong(
                "DV101",
                name,
                f"{FIELDS[name].label}, {show_day(then)}, comes before"
                f" {FIELDS[before].label[:1].lower()}{FIELDS[before].label[1:]},"
                f" {show_day(first)}.",
            )


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.FILE, code, message, remedy, Place(field=field))


def _dates_of_training(values: Values) -> Iterator[Finding]:
    return in_order(values, ("training_starts_on", "training_ends_on", "apprenticeship_ends_on"))


def _dates_of_secondment(values: Values) -> Iterator[Finding]:
    return in_order(values, ("secondment_starts_on", "secondment_ends_on"))


def _where(
    fact: str, *, is_wrong_as: bool, found: Finding
) -> Callable[[Values], Iterable[Finding]]:
    """Return the check that finds *found* where a fact of the desk is as it must not be."""
    return lambda values: (found,) if values.get(fact) is is_wrong_as else ()


CHECKS: Mapping[str, Callable[[Values], Iterable[Finding]]] = {
    "dates-of-training-in-order": _dates_of_training,
    "dates-of-secondment-in-order": _dates_of_secondment,
    "training-lasts-long-enough": _where(
        "is_long_enough",
        is_wrong_as=False,
        found=_wrong(
            "DV102",
            "training_ends_on",
            "The practical period is shorter than the least that is allowed for this start.",
            "Put the dates right with the facts of the apprenticeship.",
        ),
    ),
    "hours-reach-the-minimum": _where(
        "hours_reach_minimum",
        is_wrong_as=False,
        found=_wrong(
            "DV103",
            "hours_planned",
            "The hours planned are fewer than the least that the funding rules ask for.",
            "Agree the hours with the provider, and put them right.",
        ),
    ),
    "pay-is-enough": _where(
        "pay_lacks",
        is_wrong_as=True,
        found=Finding(
            Level.NOTE,
            "DV104",
            "The pay that is recorded is below the minimum wage that is due.",
            "Look at the pay before this is signed.",
            Place(field="pay_lacks"),
        ),
    ),
    "review-was-held": _where(
        "review_was_held",
        is_wrong_as=False,
        found=_wrong(
            "DV105",
            "review_on",
            "This review is not recorded as held.",
            "Record it first; until then the review pack prepares it.",
        ),
    ),
    "apprentice-is-from-here": _where(
        "is_from_here",
        is_wrong_as=False,
        found=_wrong(
            "DV106",
            "is_from_here",
            "The apprentice comes from another borough.",
            "The home borough makes this agreement.",
        ),
    ),
    "hours-are-behind": _where(
        "is_behind",
        is_wrong_as=False,
        found=_wrong(
            "DV107", "is_behind", "The hours are not behind: there is nothing to catch up."
        ),
    ),
}
"""The checks by the name that document types give."""
