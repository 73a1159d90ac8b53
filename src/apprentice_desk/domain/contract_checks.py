"""What is wrong with the days of a contract: among themselves, and beside what they were before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_terms import Term
from apprentice_desk.domain.findings import Finding, Level, Place


def check_extensions(term: Term) -> list[Finding]:
    """Return what is wrong with the extensions: each goes further than what stands before it."""
    findings = []
    before = term.ends_on
    for each in sorted(term.extensions, key=lambda each: each.number):
        if before is None:
            findings.append(
                _finding(
                    "CT001",
                    "to_on",
                    "The end of the contract is not known, so nothing can be added to it.",
                    "Enter its end first.",
                )
            )
            break
        if each.to_on <= before:
            findings.append(
                _finding(
                    "CT002",
                    "to_on",
                    f"Extension {each.number} goes to {show_day(each.to_on)}, which is no later"
                    f" than what stands before it, {show_day(before)}.",
                )
            )
        if each.decide_by_on is not None and each.decide_by_on > before:
            findings.append(
                _finding(
                    "CT003",
                    "decide_by_on",
                    f"On {show_day(each.decide_by_on)} the contract has ended:"
                    f" its last day before this extension is {show_day(before)}.",
                )
            )
        if each.taken_on is not None and each.taken_on > before:
            findings.append(
                _finding(
                    "CT004",
                    "taken_on",
                    f"The contract ended on {show_day(before)}, before the extension was taken up"
                    f" on {show_day(each.taken_on)}.",
                    "Check the day. Whether it can be extended after its end depends on what it"
                    " says: ask your legal team.",
                )
            )
        before = each.to_on
    return findings


def check_change(before: Term, after: Term) -> list[Finding]:
    """Return what is wrong where the days of a contract were *before* and are to be *after*.

    Both have the extensions that are entered.
    """
    furthest = max((each.to_on for each in after.extensions), default=None)
    may_go_to = after.extension_to_on
    if furthest is not None and (may_go_to is None or may_go_to < furthest):
        return [
            _finding(
                "CO009",
                "extension_to_on",
                f"The extensions that are entered go to {show_day(furthest)}.",
                "Correct the extensions, or enter that day or a later one.",
            )
        ]
    return [*check_extensions(after), *_notice(before, after)]


def _notice(before: Term, after: Term) -> Iterator[Finding]:
    """Yield what is wrong with a typed day for notice: each is for one end only."""
    typed = after.notice_by_on
    if typed is None or after.ends_on is None:
        return
    if after.notice_for_on is not None:
        yield from _notice_for(after, typed, after.notice_for_on)
        return
    is_new = typed != before.notice_by_on
    remedy = "Enter the day for the new end, or leave it blank and enter the notice period."
    if not is_new and before.ends_on is not None and before.ends_on != after.ends_on:
        yield _finding(
            "CO010",
            "notice_by_on",
            f"This day was entered for the end on {show_day(before.ends_on)}.",
            remedy,
        )
        return
    taken = sorted(each.to_on for each in after.extensions if each.taken_on is not None)
    if not is_new or not taken:
        return
    end_before = [after.ends_on, *taken][-2]
    if typed <= end_before:
        yield _finding(
            "CO011",
            "notice_by_on",
            f"A day up to {show_day(end_before)} is for the end on that day,"
            f" and the contract runs to {show_day(taken[-1])}.",
            f"If it is for that end all the same, say so beside it. {remedy}",
        )


def _notice_for(after: Term, typed: date, meant_for: date) -> Iterator[Finding]:
    """Yield what is wrong with the end that a day for notice is said to be for."""
    ends = {after.ends_on, *(each.to_on for each in after.extensions)}
    if meant_for not in ends:
        yield _finding(
            "CO012",
            "notice_for_on",
            f"The contract has no end on {show_day(meant_for)}.",
            "Enter its end, or the day to which an extension goes, or leave it blank.",
        )
    elif typed > meant_for:
        yield _finding(
            "CO013",
            "notice_by_on",
            f"This day comes after the end that it is for, {show_day(meant_for)}.",
            "Correct one of the two days.",
        )


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
