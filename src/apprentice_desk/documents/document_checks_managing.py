"""What is checked of the papers of a contract that runs: changes, notices, how it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal

from apprentice_desk import resources
from apprentice_desk.documents.changes_beside import changed
from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.domain.calendar import day_with_weekday, show_day
from apprentice_desk.domain.contract_changing import (
    GROUNDS,
    ChangeGround,
    Extent,
    asks_for_notice,
    over_limit,
    term_change,
    value_change,
)
from apprentice_desk.domain.contract_ending import ApprenticesAfter, EndingKind
from apprentice_desk.domain.contract_terms import notice_ends_on, read_notice
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Regime

Values = Mapping[str, Value]


def _finding(
    code: str, field: str, message: str, remedy: str = "", level: Level = Level.FILE
) -> Finding:
    return Finding(level, code, message, remedy, Place(field=field))


def _day(values: Values, name: str) -> date | None:
    found = values.get(name)
    return found if isinstance(found, date) else None


def _amount(values: Values, name: str) -> Decimal | None:
    found = values.get(name)
    return found if isinstance(found, Decimal) else None


# --- a change -------------------------------------------------------------------------------------

_ONLY_TOLD = frozenset({"new_looked_after_by", "new_provider_contact"})


def _change_is_a_change(values: Values) -> Iterator[Finding]:
    found = frozenset(changed(values))
    if "other_changes" in values or found - _ONLY_TOLD:
        return
    if found:
        yield _finding(
            "DV030",
            min(found),
            "Only contract managers change, for which the order form asks for no variation.",
            "A letter to the other party is enough.",
            Level.NOTE,
        )
    elif "variation_number" in values:
        yield _finding(
            "DV031",
            "new_ends_on",
            "Nothing changes yet.",
            "Fill in what the contract is to say: its last day, prices, or anything else.",
        )


def _law(values: Values) -> tuple[Regime, ChangeGround] | None:
    regime, ground = values.get("regime"), values.get("change_ground")
    if not (isinstance(regime, str) and isinstance(ground, str)):
        return None
    return Regime(regime), ChangeGround(ground)


def _change_ground_fits(values: Values) -> Iterator[Finding]:
    law = _law(values)
    if law is not None and law[1] not in GROUNDS[law[0]]:
        known = "; ".join(GROUNDS[law[0]])
        yield _finding(
            "DV032",
            "change_ground",
            f"“{law[1]}” is no ground under: {law[0]}.",
            f"There are: {known}.",
        )


def _extent(values: Values) -> Extent:
    return Extent(
        value_change(_amount(values, "value_limit"), _amount(values, "new_value_limit")),
        term_change(
            _day(values, "contract_starts_on"),
            _day(values, "contract_runs_to_on"),
            _day(values, "contract_extension_to_on"),
            _day(values, "new_ends_on"),
            _day(values, "new_extension_to_on"),
        ),
    )


def _change_within_limits(values: Values) -> Iterator[Finding]:
    law = _law(values)
    said = "" if law is None else over_limit(*law, _extent(values))
    if said:
        yield _finding(
            "DV033",
            "change_ground",
            said,
            "Find another ground, or procure anew.",
        )


def _change_notice_first(values: Values) -> Iterator[Finding]:
    law = _law(values)
    if law is None or "change_notice" in values or not asks_for_notice(*law, _extent(values)):
        return
    yield _finding(
        "DV034",
        "change_notice",
        "The law may ask for a notice of this change before it is made, and none is named.",
        "Ask your procurement team, and enter its number once it is published.",
        Level.NOTE,
    )


def _change_from_day(values: Values) -> Iterator[Finding]:
    first, dated = _day(values, "change_from_on"), _day(values, "document_date")
    if first is not None and dated is not None and first < dated:
        yield _finding(
            "DV035",
            "change_from_on",
            f"The change would apply from {show_day(first)}, before this paper is made.",
            "Let it apply from a day that both can still sign before.",
            Level.NOTE,
        )
    stands = _day(values, "contract_runs_to_on")
    if first is not None and stands is not None and first > stands:
        yield _finding(
            "DV045",
            "change_from_on",
            f"The contract runs to {show_day(stands)}; what is over cannot be changed.",
            "If it was extended, enter that first.",
        )
    ends = _day(values, "new_ends_on")
    if ends is not None and first is not None and ends < first:
        yield _finding(
            "DV036",
            "new_ends_on",
            f"The contract would end on {show_day(ends)}, before the change applies.",
            "Give notice instead, or let the change apply earlier.",
        )


# --- the end --------------------------------------------------------------------------------------

DAYS_TO_PUT_RIGHT = 20
DAYS_TO_OBJECT = 10
"""So many working days the order form gives to put a serious breach right, and to object to the
figures of a quarter."""


def _ending_kind(values: Values) -> EndingKind | None:
    found = values.get("ending_kind")
    return EndingKind(found) if isinstance(found, str) else None


def _notice_long_enough(values: Values) -> Iterator[Finding]:
    kind = _ending_kind(values)
    if kind is None or kind is EndingKind.RUNS_OUT:
        return
    ends, stands = _day(values, "ending_on"), _day(values, "contract_runs_to_on")
    if ends is not None and stands is not None and ends > stands:
        yield _finding(
            "DV037",
            "ending_on",
            f"The contract runs out on {show_day(stands)}, before {show_day(ends)}.",
            "Say that it ends at its natural end.",
        )
    if kind is EndingKind.NOTICE:
        yield from _counted_from(values, ends)


def _counted_from(values: Values, ends: date | None) -> Iterator[Finding]:
    given, dated = _day(values, "notice_counts_from_on"), _day(values, "document_date")
    if given is None:
        return
    if dated is not None and given < dated:
        yield _finding(
            "DV038",
            "notice_counts_from_on",
            f"Notice cannot count from {show_day(given)}, before the letter is written.",
        )
    holidays = resources.bank_holidays()
    with suppress(Problem):  # of a year whose bank holidays are not known nothing is said
        if not holidays.is_working_day(given):
            yield _finding(
                "DV039",
                "notice_counts_from_on",
                f"{day_with_weekday(given)} is no working day: an email counts from the next.",
                "Let it count from a working day.",
            )
    period = values.get("notice_period")
    notice = read_notice(period) if isinstance(period, str) else None
    if notice is None or ends is None:
        return
    with suppress(Problem):
        earliest = notice_ends_on(given, notice, holidays)
        if ends < earliest:
            yield _finding(
                "DV040",
                "ending_on",
                f"Notice of {notice.words()} from {show_day(given)} ends the contract on"
                f" {show_day(earliest)} at the earliest.",
            )


def _failing_had_its_time(values: Values) -> Iterator[Finding]:
    asked, dated = _day(values, "failing_asked_on"), _day(values, "document_date")
    if _ending_kind(values) is not EndingKind.BREACH or asked is None or dated is None:
        return
    with suppress(Problem):
        last = resources.bank_holidays().working_days_after(asked, DAYS_TO_PUT_RIGHT)
        if dated <= last:
            yield _finding(
                "DV041",
                "failing_asked_on",
                f"The provider has until {show_day(last)} to put it right.",
                f"The order form gives {DAYS_TO_PUT_RIGHT} working days.",
            )


def _ground_was_told(values: Values) -> Iterator[Finding]:
    kind = _ending_kind(values)
    told, dated = _day(values, "ground_told_on"), _day(values, "document_date")
    if kind is EndingKind.LAW and told is not None and dated is not None and told >= dated:
        yield _finding(
            "DV042",
            "ground_told_on",
            "The provider must have been told of the ground before the contract is ended on it.",
            "Write to it first, and give it a fair time to answer.",
        )
    is_early = kind in (EndingKind.BREACH, EndingKind.LAW)
    if is_early and values.get("apprentices_after") == ApprenticesAfter.STAY:
        yield _finding(
            "DV043",
            "apprentices_after",
            "Where a contract is ended early, the order form lets training go on for three months"
            " at most.",
            "Let them move, unless your contract says otherwise.",
            Level.NOTE,
        )


# --- how the provider is doing --------------------------------------------------------------------


def _answer_time_is_fair(values: Values) -> Iterator[Finding]:
    dated, by = _day(values, "document_date"), _day(values, "answer_by_on")
    if dated is None or by is None:
        return
    with suppress(Problem):
        fair = resources.bank_holidays().working_days_after(dated, DAYS_TO_OBJECT)
        if by < fair:
            yield _finding(
                "DV044",
                "answer_by_on",
                f"The order form gives the provider {DAYS_TO_OBJECT} working days to object to the"
                f" figures: until {show_day(fair)}.",
                "",
                Level.NOTE,
            )


CHECKS: Mapping[str, Callable[[Values], Iterable[Finding]]] = {
    "change-is-a-change": _change_is_a_change,
    "change-ground-fits": _change_ground_fits,
    "change-within-limits": _change_within_limits,
    "change-notice-first": _change_notice_first,
    "change-from-day": _change_from_day,
    "notice-long-enough": _notice_long_enough,
    "failing-had-its-time": _failing_had_its_time,
    "ground-was-told": _ground_was_told,
    "answer-time-is-fair": _answer_time_is_fair,
}
"""The checks by the name that document types give."""
