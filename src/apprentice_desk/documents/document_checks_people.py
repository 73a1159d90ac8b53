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


def _lasts_long_enough(values: Values) -> Iterator[Finding]:
    if values.get("is_long_enough") is False:
        yield _wrong(
            "DV102",
            "training_ends_on",
            "The practical period is shorter than the least that is allowed for this start.",
            "Put the dates right with the facts of the apprenticeship.",
        )


def _hours_reach_minimum(values: Values) -> Iterator[Finding]:
    if values.get("hours_reach_minimum") is False:
        yield _wrong(
            "DV103",
            "hours_planned",
            "The hours planned are fewer than the least that the funding rules ask for.",
            "Agree the hours with the provider, and put them right.",
        )


def _pay_is_enough(values: Values) -> Iterator[Finding]:
    if values.get("pay_lacks") is True:
        yield Finding(
            Level.NOTE,
            "DV104",
            "The pay that is recorded is below the minimum wage that is due.",
            "Look at the pay before this is signed.",
            Place(field="pay_lacks"),
        )


def _review_was_held(values: Values) -> Iterator[Finding]:
    if values.get("review_was_held") is False:
        yield _wrong(
            "DV105",
            "review_on",
            "This review is not recorded as held.",
            "Record it first; until then the review pack prepares it.",
        )


def _is_from_here(values: Values) -> Iterator[Finding]:
    if values.get("is_from_here") is False:
        yield _wrong(
            "DV106",
            "is_from_here",
            "The apprentice comes from another borough.",
            "The home borough makes this agreement.",
        )


def _is_behind(values: Values) -> Iterator[Finding]:
    if values.get("is_behind") is False:
        yield _wrong(
            "DV107",
            "is_behind",
            "The hours are not behind: there is nothing to catch up.",
        )


CHECKS: Mapping[str, Callable[[Values], Iterable[Finding]]] = {
    "dates-of-training-in-order": _dates_of_training,
    "dates-of-secondment-in-order": _dates_of_secondment,
    "training-lasts-long-enough": _lasts_long_enough,
    "hours-reach-the-minimum": _hours_reach_minimum,
    "pay-is-enough": _pay_is_enough,
    "review-was-held": _review_was_held,
    "apprentice-is-from-here": _is_from_here,
    "hours-are-behind": _is_behind,
}
"""The checks by the name that document types give."""
