"""What one apprentice's file lacks, before an auditor asks: each gap with what would close it.

Every check looks only at what the desk holds.  What hangs on a rule names its source, and says
where the rules themselves were not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, Outcome, break_days
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import CHECK_AGAINST_THE_RULES
from apprentice_desk.domain.counting_rules import Check, CountingRules
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.hours_facts import HoursFacts
from apprentice_desk.domain.hours_rules import Basis
from apprentice_desk.domain.needs import Target, counted
from apprentice_desk.domain.off_the_job import Figures
from apprentice_desk.domain.reference import ReviewRules
from apprentice_desk.domain.smells import LogEntry, Situation, smells


class GapKind(StrEnum):
    """What a gap is about, in the order in which a file is gone through."""

    DATES = "dates missing"
    REQUIRED = "required hours"
    PLAN = "training plan"
    OUTSIDE = "hours outside the training"
    BREAK = "hours in a break"
    MONTHS = "months without training"
    DESCRIPTION = "entries not described"
    KSBS = "entries without KSBs"
    EVIDENCE = "entries without evidence"
    VERIFIED = "entries not verified"
    LOG = "log worth a look"
    REVIEWS = "progress reviews"
    PRICE = "price"
    CONTRACT = "provider and contract"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One entry of hours, with what hangs on it; *evidence* is how many pieces.

    *entered_on* is the day on which it was typed, None where it was imported.
    """

    id: UUID
    done_on: date
    minutes: int
    counts: bool
    what: str
    ksbs: str
    is_verified: bool
    evidence: int
    entered_on: date | None = None


@dataclass(frozen=True, slots=True)
class AuditFile:
    """All that the desk holds of one apprenticeship and an audit asks for."""

    id: UUID
    name: str
    standard: str
    provider: str
    contract_reference: str
    agreed_price: Decimal | None
    is_start_day_given: bool
    is_end_day_given: bool
    facts: HoursFacts
    figures: Figures
    entries: tuple[FileEntry, ...]
    reviews_held: tuple[date, ...]
    next_review_on: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a file lacks: what *says* it, what *closes* it, and where.

    *source* is the rule behind it, "" where the desk itself is what asks for it.
    """

    kind: GapKind
    says: str
    closes: str
    target: Target
    source: str = ""
    is_verified: bool = True

    @property
    def source_words(self) -> str:
        """The source, with a word of caution where the rules themselves were not read."""
        if not self.source or self.is_verified:
            return self.source
        return f"{self.source}: {CHECK_AGAINST_THE_RULES}"


@dataclass(frozen=True, slots=True)
class AuditRules:
    """The dated rules that files are held against."""

    counting: CountingRules
    reviews: ReviewRules


def gaps(file: AuditFile, rules: AuditRules, as_at: date) -> tuple[Gap, ...]:
    """Return what *file* lacks on a day, in the order of GapKind.

    Raises Problem where the rules of that day are not known.
    """
    found = [
        *_dates(file, as_at),
        *_required(file),
        *_plan(file),
        *_outside(file, rules.counting, as_at),
        *_log(file, rules.counting, as_at),
        *_hanging(file),
        *_reviews(file, rules.reviews, as_at),
        *_agreement(file),
    ]
    order = list(GapKind)
    return tuple(sorted(found, key=lambda gap: order.index(gap.kind)))  # stable within a kind


def _at(file: AuditFile, field: str) -> Target:
    return Target("apprentices", file.id, field)


def _hours(file: AuditFile) -> Target:
    return Target("hours", file.id)


def _dates(file: AuditFile, as_at: date) -> Iterator[Gap]:
    course = file.facts.course
    missing = [
        (name, field)
        for name, field, value in (
            ("training started", "training_started_on", course.training_started_on),
            ("training is planned to end", "training_planned_end_on",
             course.training_planned_end_on),
            ("the apprenticeship is planned to end", "apprenticeship_planned_end_on",
             course.apprenticeship_planned_end_on),
        )
        if value is None
    ]  # fmt: skip
    for name, field in missing:
        yield Gap(
            GapKind.DATES,
            f"The desk does not say when {name}.",
            "Type the day from the training plan.",
            _at(file, field),
        )
    for is_given, name, field in (
        (file.is_start_day_given, "start", "training_started_on"),
        (file.is_end_day_given, "planned end", "training_planned_end_on"),
    ):
        if not is_given:
            yield Gap(
                GapKind.DATES,
                f"Only the month of the {name} is known, not the day.",
                "Type the day from the training plan.",
                _at(file, field),
            )
    planned, ended = course.training_planned_end_on, course.ended_on
    if course.outcome is not None and ended is None:
        yield Gap(
            GapKind.DATES,
            "It has ended, but the last day is not known.",
            "Type the last day of learning.",
            _at(file, "ended_on"),
        )
    is_over = course.outcome or ended or course.assessment_began_on
    if planned is not None and planned < as_at and not is_over:
        yield Gap(
            GapKind.DATES,
            f"Training was planned to end on {show_day(planned)}, and nothing has been recorded"
            " since.",
            "Record the gateway or the end, or type the new planned end that was agreed.",
            _at(file, "training_planned_end_on"),
        )


def _required(file: AuditFile) -> Iterator[Gap]:
    figures, facts = file.figures, file.facts
    known = figures.minimum
    if known is None:
        if facts.original_start_on is not None:
            yield Gap(
                GapKind.REQUIRED,
                "No rule on the minimum of hours is known for"
                f" a start on {show_day(facts.original_start_on)}.",
                "Check the start.",
                _at(file, "original_start_on"),
            )
        return
    source, verified = known.rule.source, known.is_verified
    if known.published is not None:
        source = known.published.source
    least = known.floor_minutes if known.minutes is None else known.minutes
    if known.minutes is None:
        is_published = known.rule.basis is Basis.PUBLISHED
        closes = "Type what is missing, from the contract of employment or the training plan."
        if is_published:
            closes = (
                "Check the standard and its version. Where they are right, look its published"
                " minimum up and have the provider confirm it in the training plan."
            )
        field = "standard_version" if is_published else "training_planned_end_on"
        if not is_published and not facts.weekly:
            field = "weekly_minutes"
        yield Gap(GapKind.REQUIRED, f"{known.says}.", closes, _at(file, field), source, verified)
    agreed = facts.agreed_minutes
    if agreed is not None and agreed < least:
        yield Gap(
            GapKind.REQUIRED,
            f"{sentence(agreed)} are agreed, {sentence(least - agreed)} less than the least of"
            f" {sentence(least)} ({known.says}).",
            "Agree the minimum with the provider, and have the training plan changed.",
            _at(file, "agreed_minutes"),
            source,
            verified,
        )
    if known.minutes is not None and not known.is_verified:
        yield Gap(
            GapKind.REQUIRED,
            f"The minimum of {sentence(known.minutes)} rests on a rule or a figure that was not"
            f" read in the rules themselves ({known.rule.name}).",
            "Check it against the funding rules of the start, or have the provider confirm it.",
            _at(file, "agreed_minutes"),
            source,
            verified,
        )
    if file.facts.course.outcome is Outcome.COMPLETED and figures.required_minutes is not None:
        short = figures.required_minutes - figures.logged_minutes
        if short > 0:
            yield Gap(
                GapKind.REQUIRED,
                f"It was completed with {sentence(figures.logged_minutes)} logged,"
                f" {sentence(short)} less than the required {sentence(figures.required_minutes)}.",
                "Log what was done and is not written down yet, or keep the provider's statement"
                " on why less was needed.",
                _hours(file),
                source,
                verified,
            )


def _plan(file: AuditFile) -> Iterator[Gap]:
    if file.facts.agreed_minutes is None:
        yield Gap(
            GapKind.PLAN,
            "The hours agreed in the training plan are not in the desk.",
            "Type them from the signed training plan.",
            _at(file, "agreed_minutes"),
        )
    if not file.facts.weekly:
        yield Gap(
            GapKind.PLAN,
            "The contracted weekly hours are not in the desk.",
            "Type them from the contract of employment.",
            _at(file, "weekly_minutes"),
        )


def _last_day(course: Course) -> date | None:
    """The last day on which training could take place, as far as it is known."""
    days = [course.ended_on] if course.ended_on is not None else []
    if course.assessment_began_on is not None:
        days.append(course.assessment_began_on - timedelta(days=1))
    return min(days, default=None)


def _outside(file: AuditFile, rules: CountingRules, as_at: date) -> Iterator[Gap]:
    course = file.facts.course
    start, last = course.training_started_on, _last_day(course)
    in_force = rules.checks_on(as_at)
    outside: list[tuple[Check, list[FileEntry], str]] = []
    if start is not None:
        early = [each for each in _counting(file) if each.done_on < start]
        outside.append(
            (Check.BEFORE_THE_START, early, f"before training started on {show_day(start)}")
        )
    if last is not None:
        late = [each for each in _counting(file) if each.done_on > last]
        outside.append(
            (Check.AFTER_THE_END, late, f"after the last day of training, {show_day(last)}")
        )
    for check, concerned, where in outside:
        if concerned:
            rule = in_force[check]
            yield Gap(
                GapKind.OUTSIDE,
                f"{_these(concerned)} counted although {_they_lie(concerned)} {where}.",
                "Check the days; where they are right, let the entries not count.",
                _hours(file),
                rule.source,
                rule.is_verified,
            )


def _counting(file: AuditFile) -> list[FileEntry]:
    return [each for each in file.entries if each.counts]


def _these(entries: Sequence[FileEntry]) -> str:
    count = "1 entry" if len(entries) == 1 else f"{len(entries):,} entries"
    verb = "is" if len(entries) == 1 else "are"
    return f"{count} with {sentence(sum(each.minutes for each in entries))} {verb}"


def _they_lie(entries: Sequence[FileEntry]) -> str:
    return "it lies" if len(entries) == 1 else "they lie"


_OF_SMELL = {
    "months without training": GapKind.MONTHS,
    "months with a host, not logged": GapKind.MONTHS,
    "on a break": GapKind.BREAK,
    "not described": GapKind.DESCRIPTION,
    "no KSBs": GapKind.KSBS,
}


def _log(file: AuditFile, rules: CountingRules, as_at: date) -> Iterator[Gap]:
    """What is worth a look in the log."""
    log = [
        LogEntry(
            each.id, each.done_on, each.minutes, each.counts, each.what, each.ksbs, each.entered_on
        )
        for each in file.entries
    ]
    facts = file.facts
    situation = Situation(facts.course, facts.original_start_on, as_at, facts.stays)
    for smell in smells(log, situation, rules):
        yield Gap(
            _OF_SMELL.get(smell.code, GapKind.LOG),
            smell.says,
            smell.would_help,
            _hours(file),
            smell.source,
            smell.is_verified,
        )


def _hanging(file: AuditFile) -> Iterator[Gap]:
    """What must hang on an entry: evidence, and who says that it is right."""
    counting = _counting(file)
    lacks: Sequence[tuple[GapKind, Callable[[FileEntry], bool], str, str]] = (
        (GapKind.EVIDENCE, lambda each: not each.evidence, "no evidence",
         "Attach an invitation, a certificate, notes or a link, the longest entries first."),
        (GapKind.VERIFIED, lambda each: not each.is_verified, "not verified by anybody",
         "The line manager looks through them and verifies them, many at once."),
    )  # fmt: skip
    for kind, is_lacking, what, closes in lacks:
        concerned = [each for each in counting if is_lacking(each)]
        if concerned:
            has = "have" if len(concerned) > 1 else "has"
            verb = has if kind is GapKind.EVIDENCE else ("are" if len(concerned) > 1 else "is")
            yield Gap(
                kind,
                f"{len(concerned):,} of {len(counting):,}"
                f" {'entry' if len(counting) == 1 else 'entries'} {verb} {what}"
                f" ({sentence(sum(each.minutes for each in concerned))}).",
                closes,
                _hours(file),
            )


def _reviews(file: AuditFile, rules: ReviewRules, as_at: date) -> Iterator[Gap]:
    """Spells without a review longer than ruled, days on a break left out."""
    course = file.facts.course
    start = course.training_started_on
    if start is None or start > as_at or (course.outcome is not None and course.ended_on is None):
        return
    until = min(as_at, _last_day(course) or as_at)
    held = sorted(day for day in file.reviews_held if start <= day <= until)
    stops = [start, *held, until]
    most = rules.interval_days(until)
    source = next(each.source for each in rules.intervals if each.number == most)
    long_ones = []
    for before, after in pairwise(stops):
        days = (after - before).days - break_days(course, before, after)
        if days > most:
            long_ones.append((before, after, days))
    if long_ones:
        before, after, days = max(long_ones, key=lambda spell: spell[2])
        others = len(long_ones) - 1
        also = "" if not others else f" {counted(others, 'other spell')} too long besides."
        weeks = most // 7
        yield Gap(
            GapKind.REVIEWS,
            f"From {show_day(before)} to {show_day(after)}, {counted(days, 'day')} of training, no"
            f" progress review was held; at most {weeks} weeks may lie between two.{also}",
            "Record the reviews that were held and are missing here; else hold one now.",
            Target("reviews", file.id),
            source,
        )
    is_running = _last_day(course) is None
    if is_running and (file.next_review_on is None or file.next_review_on < as_at):
        yield Gap(
            GapKind.REVIEWS,
            "The next progress review has no day yet."
            if file.next_review_on is None
            else f"The review due on {show_day(file.next_review_on)} has not been held.",
            "Agree a day with the apprentice and the provider, and enter it.",
            Target("reviews", file.id),
            source,
        )


def _agreement(file: AuditFile) -> Iterator[Gap]:
    if file.agreed_price is None:
        yield Gap(
            GapKind.PRICE,
            "The price agreed with the provider is not in the desk.",
            "Type it from the contract or the apprenticeship account.",
            _at(file, "agreed_price"),
        )
    for name, field, value in (
        ("provider", "provider_id", file.provider),
        ("contract", "contract_id", file.contract_reference),
    ):
        if not value:
            yield Gap(
                GapKind.CONTRACT,
                f"The desk does not say which {name} it is.",
                f"Choose the {name} in the apprentice's details; add it first if it is not there.",
                _at(file, field),
            )
