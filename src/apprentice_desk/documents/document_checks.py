"""What is checked of a document's values before it is issued: days, totals, prices.

A document type names the checks that concern it; each says which field is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from apprentice_desk.documents import document_checks_managing, document_checks_people
from apprentice_desk.documents.compose import Composed
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.domain import money
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.procuring import NEEDS_NO_SCORES

Values = Mapping[str, Value]
_ALL = Decimal(100)


def check_values(made: Composed, values: Values, today: date) -> tuple[Finding, ...]:
    """Return what is wrong with the values of a document that would be issued on *today*."""
    return (
        *_past(made, values, today),
        *(finding for name in made.type.checks for finding in CHECKS[name](values)),
    )


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.FILE, code, message, remedy, Place(field=field))


def _past(made: Composed, values: Values, today: date) -> Iterator[Finding]:
    for name in made.type.to_come:
        day = values.get(name)
        if isinstance(day, date) and day < today and name in made.fields_used:
            yield _finding("DV001", name, f"{FIELDS[name].label}: {show_day(day)} is in the past.")


def _days(values: Values, names: Iterable[str]) -> list[tuple[str, date]]:
    return [(name, day) for name in names if isinstance(day := values.get(name), date)]


_IN_ORDER = (
    "questions_by_on",
    "answers_by_on",
    "bids_by_on",
    "decision_by_on",
    "contract_starts_on",
    "contract_ends_on",
    "contract_extension_to_on",
)


def _timetable_in_order(values: Values) -> Iterator[Finding]:
    days = _days(values, _IN_ORDER)
    for (before, first), (name, then) in pairwise(days):
        if then < first:
            yield _finding(
                "DV002",
                name,
                f"{FIELDS[name].label}, {show_day(then)}, comes before"
                f" {FIELDS[before].label[:1].lower()}{FIELDS[before].label[1:]},"
                f" {show_day(first)}.",
            )


def _weights_come_to_100(values: Values) -> Iterator[Finding]:
    criteria = values.get("criteria")
    if not isinstance(criteria, TableValue):
        return
    at = criteria.headings.index("Weight")
    total = sum((Decimal(row[at].removesuffix("%")) for row in criteria.rows), Decimal(0))
    if total != _ALL:
        yield _finding(
            "DV003",
            "criteria",
            f"The weights come to {total.normalize():f}%, not 100%.",
            "Put them right under Criteria of the procurement.",
        )


def _prices_within_band(values: Values) -> Iterator[Finding]:
    if values.get("prices_above_band") is True:
        yield Finding(
            Level.NOTE,
            "DV004",
            "A price agreed is above the funding band maximum of its standard.",
            "The council pays what stands above it: the levy does not.",
            Place(field="prices"),
        )


def _valid_long_enough(values: Values) -> Iterator[Finding]:
    """A bid that lapses before the contract can be made binds nobody."""
    days, due, decision = (
        values.get(name) for name in ("bid_valid_days", "bids_by_on", "decision_by_on")
    )
    if not (isinstance(days, int) and isinstance(due, date) and isinstance(decision, date)):
        return
    if (decision - due).days > days:
        yield _finding(
            "DV005",
            "bid_valid_days",
            f"Bids lapse {days} days after {show_day(due)}, before the decision on"
            f" {show_day(decision)}.",
            "Let them stay open for longer.",
        )


def _cover_is_an_amount(values: Values) -> Iterator[Finding]:
    for name in ("public_liability", "employers_liability", "professional_indemnity"):
        amount = values.get(name)
        if isinstance(amount, Decimal) and amount <= 0:
            yield _finding(
                "DV006",
                name,
                f"{FIELDS[name].label} of {money.show_pounds(amount)} is no cover.",
                "Leave the clause out if none is asked for.",
            )


def _bidder_is_winner(values: Values) -> Iterator[Finding]:
    if values.get("bidder_is_winner") is False:
        yield _finding(
            "DV007",
            "bidder_is_winner",
            "This bidder was not chosen.",
            "Make the unsuccessful letter.",
        )


def _bidder_is_not_winner(values: Values) -> Iterator[Finding]:
    if values.get("bidder_is_winner") is True:
        yield _finding(
            "DV008", "bidder_is_winner", "This bidder was chosen.", "Make the award letter."
        )


MOST_PAYMENT_DAYS = 30
"""So many days the law gives a public body for an invoice that is valid and not disputed."""


def _paid_in_time(values: Values) -> Iterator[Finding]:
    days = values.get("payment_days")
    if isinstance(days, int) and not 1 <= days <= MOST_PAYMENT_DAYS:
        yield _finding(
            "DV009",
            "payment_days",
            f"Invoices cannot be paid within {days:,} days:"
            f" the law asks for 1 to {MOST_PAYMENT_DAYS}.",
        )


def _chosen_bid_is_first(values: Values) -> Iterator[Finding]:
    if values.get("winner_is_first") is False:
        yield _finding(
            "DV010",
            "winner_name",
            "The bid that was chosen does not come first as scores and bids stand now.",
            "Look at Scores and Bidders of the procurement: something changed since the decision.",
        )


def _answers_name_nobody(values: Values) -> Iterator[Finding]:
    if values.get("answers_name_somebody") is True:
        yield _finding(
            "DV011",
            "clarifications",
            "An answer or a question names a bidder.",
            "Write it without a name, under Questions of the procurement.",
        )
    elif values.get("answers_may_hint") is True:
        yield Finding(
            Level.NOTE,
            "DV012",
            "A question or an answer has a word of the name of who asked it.",
            "Questions of the procurement says which. Read it as another bidder would.",
            Place(field="clarifications"),
        )


def _award_is_direct(values: Values) -> Iterator[Finding]:
    route = values.get("route")
    if isinstance(route, str) and route not in NEEDS_NO_SCORES:
        yield _finding(
            "DV013",
            "route",
            f"The route to market of this procurement is “{route}”, which is a competition.",
            "Change the route in its details, or hold the competition.",
        )


CHECKS: Mapping[str, Callable[[Values], Iterable[Finding]]] = {
    "timetable-in-order": _timetable_in_order,
    "weights-come-to-100": _weights_come_to_100,
    "prices-within-band": _prices_within_band,
    "bids-valid-long-enough": _valid_long_enough,
    "cover-is-an-amount": _cover_is_an_amount,
    "bidder-is-winner": _bidder_is_winner,
    "bidder-is-not-winner": _bidder_is_not_winner,
    "paid-in-time": _paid_in_time,
    "chosen-bid-is-first": _chosen_bid_is_first,
    "award-is-direct": _award_is_direct,
    "answers-name-nobody": _answers_name_nobody,
    **document_checks_managing.CHECKS,
    **document_checks_people.CHECKS,
}
"""The checks by the name that document types give."""
