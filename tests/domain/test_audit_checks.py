"""What a file lacks is found before an auditor asks, each with what closes it and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.audit_checks import (
    AuditFile,
    AuditRules,
    FileEntry,
    Gap,
    GapKind,
    gaps,
)
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_facts import HoursFacts, figures_of
from apprentice_desk.domain.off_the_job import Logged

TODAY = date(2026, 11, 24)
RULES = AuditRules(resources.counting_rules(), resources.review_rules())
HOURS = resources.hours_rules()
COURSE = Course(date(2024, 9, 2), date(2026, 12, 31), date(2027, 3, 31))
WORDS = (
    "Normal forms of tables, and why they matter",
    "Wrote tests for the payments module with a mentor",
    "Threat modelling of the housing portal at the provider",
    "Joined tables in queries for the waiting list",
)


def entry(number: int, day: date, **details: Any) -> FileEntry:
    values: dict[str, Any] = {
        "id": UUID(int=number),
        "done_on": day,
        "minutes": 90 + number,
        "counts": True,
        "what": f"{WORDS[number % 4]}, part {number}",
        "ksbs": "K1",
        "is_verified": True,
        "evidence": 1,
    }
    return FileEntry(**values | details)


def month_by_month() -> tuple[FileEntry, ...]:
    """An entry in every month from the start to the day."""
    days = [date(2024 + (8 + n) // 12, (8 + n) % 12 + 1, 20) for n in range(27)]
    return tuple(entry(n, day) for n, day in enumerate(days) if day <= TODAY)


def reviews() -> tuple[date, ...]:
    return tuple(COURSE.training_started_on + timedelta(days=80 * n) for n in range(1, 11))  # type: ignore[operator]


def file(**details: Any) -> AuditFile:
    """A file without any gap but the second-hand rule."""
    course = details.pop("course", COURSE)
    facts: dict[str, Any] = {
        "course": course,
        "original_start_on": course.training_started_on,
        "weekly": ((date(2024, 9, 2), 36 * 60),),
        "standard_code": "ST0116",
        "standard_version": "1.1",
        "agreed_minutes": 700 * 60,
        "logged": Logged(10_000, 500, date(2026, 11, 20)),
    }
    for name in tuple(details):
        if name in facts:
            facts[name] = details.pop(name)
    known = HoursFacts(**facts)
    values: dict[str, Any] = {
        "id": UUID(int=99),
        "name": "Ada Obi",
        "standard": "Software developer",
        "provider": "Kestrel Skills",
        "contract_reference": "XMP-1",
        "agreed_price": Decimal("15000.00"),
        "is_start_day_given": True,
        "is_end_day_given": True,
        "facts": known,
        "figures": figures_of(known, HOURS, TODAY),
        "entries": month_by_month(),
        "reviews_held": reviews(),
        "next_review_on": date(2027, 1, 20),
    }
    return AuditFile(**values | details)


def found(given: AuditFile, kind: GapKind) -> list[Gap]:
    return [gap for gap in gaps(given, RULES, TODAY) if gap.kind is kind]


def only(given: AuditFile, kind: GapKind) -> Gap:
    (gap,) = found(given, kind)
    return gap


def test_a_whole_file_lacks_nothing_but_that_its_rule_was_not_read_itself() -> None:
    (gap,) = gaps(file(), RULES, TODAY)
    assert gap.kind is GapKind.REQUIRED
    assert "was not read in the rules themselves" in gap.says
    assert gap.source_words.endswith(": check against the rules")
    assert replace(gap, is_verified=True).source_words == gap.source
    assert replace(gap, source="").source_words == ""


def test_gaps_come_in_the_order_in_which_a_file_is_gone_through() -> None:
    given = file(provider="", agreed_price=None, agreed_minutes=None, reviews_held=())
    kinds = [gap.kind for gap in gaps(given, RULES, TODAY)]
    assert kinds == sorted(kinds, key=list(GapKind).index)
    assert {GapKind.PLAN, GapKind.REVIEWS, GapKind.PRICE, GapKind.CONTRACT} <= set(kinds)


# --- dates ----------------------------------------------------------------------------------------


def test_each_missing_day_is_named_and_leads_to_its_field() -> None:
    given = found(file(course=Course()), GapKind.DATES)
    assert [gap.target.field for gap in given] == [
        "training_started_on", "training_planned_end_on", "apprenticeship_planned_end_on",
    ]  # fmt: skip
    assert {gap.target.kind for gap in given} == {"apprentices"}


def test_a_month_is_no_day() -> None:
    given = found(file(is_start_day_given=False, is_end_day_given=False), GapKind.DATES)
    assert [gap.says for gap in given] == [
        "Only the month of the start is known, not the day.",
        "Only the month of the planned end is known, not the day.",
    ]


def test_an_end_without_a_last_day_and_a_plan_that_ran_out_are_gaps() -> None:
    ended = replace(COURSE, outcome=Outcome.WITHDRAWN)
    assert only(file(course=ended), GapKind.DATES).target.field == "ended_on"
    assert not found(file(course=ended), GapKind.REVIEWS), "it is not known how long to look"
    over = replace(COURSE, training_planned_end_on=date(2026, 10, 1))
    assert "nothing has been recorded since" in only(file(course=over), GapKind.DATES).says
    passed = replace(over, assessment_began_on=date(2026, 10, 2))
    assert not found(file(course=passed), GapKind.DATES)


# --- hours that are required ----------------------------------------------------------------------


def test_agreed_below_the_minimum_is_said_with_how_the_minimum_was_worked_out() -> None:
    gap, _ = found(file(agreed_minutes=100 * 60), GapKind.REQUIRED)
    assert "100 h are agreed" in gap.says
    assert "less 1" in gap.says or "weeks of leave" in gap.says
    assert gap.source


def test_what_the_minimum_needs_and_is_not_known_is_asked_for_where_it_is_typed() -> None:
    gap = only(file(weekly=()), GapKind.REQUIRED)
    assert gap.target.field == "weekly_minutes"
    assert only(file(weekly=()), GapKind.PLAN).target.field == "weekly_minutes"
    endless = replace(COURSE, training_planned_end_on=None)
    assert only(file(course=endless), GapKind.REQUIRED).target.field == "training_planned_end_on"


def test_a_standard_without_a_published_minimum_leads_to_its_version() -> None:
    course = Course(date(2026, 9, 1), date(2028, 8, 31), date(2028, 12, 1))
    unknown = file(course=course, standard_code="ST9999", agreed_minutes=180 * 60)
    below, missing = sorted(found(unknown, GapKind.REQUIRED), key=lambda gap: gap.says)
    assert missing.target.field == "standard_version"
    assert "published minimum" in missing.closes
    assert "7 h less than the least of 187 h" in below.says


def test_a_published_minimum_names_its_own_source() -> None:
    figure = next(
        each for each in HOURS.published if not each.is_verified or not HOURS.rules[-1].is_verified
    )
    start = max(figure.valid_from, date(2025, 8, 1))
    course = Course(start, date(start.year + 2, 7, 31), date(start.year + 2, 12, 1))
    given = file(
        course=course, standard_code=figure.standard_code, standard_version=figure.version,
        agreed_minutes=figure.minimum_minutes,
    )  # fmt: skip
    assert only(given, GapKind.REQUIRED).source == figure.source


def test_no_rule_for_a_start_is_a_gap_and_no_start_is_only_a_missing_date() -> None:
    without = file()
    without = replace(without, figures=replace(without.figures, minimum=None))
    assert "No rule on the minimum" in only(without, GapKind.REQUIRED).says
    assert not found(file(course=Course()), GapKind.REQUIRED)


def test_completed_with_less_than_required_is_a_gap() -> None:
    course = replace(COURSE, ended_on=date(2026, 11, 1), outcome=Outcome.COMPLETED)
    says = [gap.says for gap in found(file(course=course), GapKind.REQUIRED)]
    assert any("It was completed with 166 h 40 m logged, 533 h 20 m less" in each for each in says)
    enough = file(course=course, logged=Logged(42_000))
    assert not any("completed" in gap.says for gap in found(enough, GapKind.REQUIRED))
    unknown = file(course=course, weekly=(), agreed_minutes=None)
    assert not any("completed" in gap.says for gap in found(unknown, GapKind.REQUIRED))
    nothing_known = replace(
        file(course=course), figures=replace(file(course=course).figures, required_minutes=None)
    )
    assert not any("completed" in gap.says for gap in found(nothing_known, GapKind.REQUIRED))


def test_hours_that_nobody_agreed_are_a_gap() -> None:
    assert only(file(agreed_minutes=None), GapKind.PLAN).target.field == "agreed_minutes"


# --- the log --------------------------------------------------------------------------------------


def with_entries(*more: FileEntry, **details: Any) -> AuditFile:
    return file(entries=(*month_by_month(), *more), **details)


def test_counting_hours_before_the_start_and_after_the_end_are_gaps() -> None:
    before = entry(70, date(2024, 8, 30))
    gap = only(with_entries(before), GapKind.OUTSIDE)
    assert gap.says == (
        "1 entry with 2 h 40 m is counted although it lies before training started on 2 Sep 2024."
    )
    assert gap.target.kind == "hours"
    assert gap.source
    assert not found(with_entries(replace(before, counts=False)), GapKind.OUTSIDE)
    course = replace(COURSE, assessment_began_on=date(2026, 10, 1))
    after = with_entries(entry(71, date(2026, 10, 1)), entry(72, date(2026, 10, 2)), course=course)
    assert "4 entries" in only(after, GapKind.OUTSIDE).says
    assert "they lie after the last day of training, 30 Sep 2026" in only(
        after, GapKind.OUTSIDE
    ).says  # fmt: skip


def test_hours_in_a_break_and_months_without_are_gaps() -> None:
    course = replace(COURSE, breaks=(Period(date(2025, 2, 10), date(2025, 2, 26)),))
    assert "lies in a break" in only(file(course=course), GapKind.BREAK).says
    fewer = tuple(each for each in month_by_month() if each.done_on.month != 3)
    assert "March 2025" in only(file(entries=fewer), GapKind.MONTHS).says


@pytest.mark.parametrize(
    ("details", "kind", "says"),
    [
        ({"what": ""}, GapKind.DESCRIPTION, "says little or nothing"),
        ({"ksbs": ""}, GapKind.KSBS, "names no knowledge"),
        ({"evidence": 0}, GapKind.EVIDENCE, "1 of 28 entries has no evidence (2 h 40 m)."),
        ({"is_verified": False}, GapKind.VERIFIED, "1 of 28 entries is not verified by anybody"),
        ({"minutes": 900}, GapKind.LOG, "much longer"),
    ],
)
def test_what_one_entry_lacks_is_said(details: dict[str, Any], kind: GapKind, says: str) -> None:
    gap = only(with_entries(entry(70, date(2026, 11, 3), **details)), kind)
    assert says in gap.says
    assert gap.closes
    assert gap.target.kind == "hours"
    is_left_out = with_entries(entry(70, date(2026, 11, 3), counts=False, **details))
    assert not found(is_left_out, kind), "only what is claimed is looked at"


def test_entries_typed_at_one_sitting_are_worth_a_look_and_imported_ones_are_not() -> None:
    evening = tuple(replace(each, entered_on=TODAY) for each in month_by_month())
    gap = only(file(entries=evening), GapKind.LOG)
    assert gap.says == "27 entries for 27 days were typed on 24 Nov 2026."
    assert not found(file(), GapKind.LOG), "nobody knows when these were typed"


def test_several_entries_without_evidence_or_verification_are_counted() -> None:
    bare = [entry(70 + n, date(2026, 11, 3), evidence=0, is_verified=False) for n in range(2)]
    assert "2 of 29 entries have no evidence" in only(with_entries(*bare), GapKind.EVIDENCE).says
    assert "2 of 29 entries are not verified" in only(with_entries(*bare), GapKind.VERIFIED).says
    alone = file(entries=(entry(1, date(2026, 11, 3), evidence=0),))
    assert "1 of 1 entry has no evidence" in only(alone, GapKind.EVIDENCE).says


# --- reviews --------------------------------------------------------------------------------------


def test_more_than_twelve_weeks_without_a_review_are_a_gap_and_twelve_are_none() -> None:
    start = date(2026, 9, 1)
    course = Course(start, date(2028, 8, 31), date(2028, 12, 1))
    held = (start + timedelta(days=84),)
    assert not found(file(course=course, reviews_held=held), GapKind.REVIEWS)
    course = replace(course, training_started_on=start - timedelta(days=1))
    gap = only(file(course=course, reviews_held=held), GapKind.REVIEWS)
    assert gap.says == (
        "From 31 Aug 2026 to 24 Nov 2026, 85 days of training, no progress review was held; at most"
        " 12 weeks may lie between two."
    )
    assert "12 weeks" in gap.source


def test_days_on_a_break_are_not_counted_between_reviews() -> None:
    start = date(2026, 8, 1)
    course = Course(start, date(2028, 8, 31), date(2028, 12, 1))
    assert found(file(course=course, reviews_held=()), GapKind.REVIEWS)
    paused = replace(course, breaks=(Period(date(2026, 9, 1), date(2026, 10, 15)),))
    assert not found(file(course=paused, reviews_held=()), GapKind.REVIEWS)


def test_the_longest_spell_is_named_and_the_others_are_counted() -> None:
    says = only(file(reviews_held=(date(2025, 2, 1),)), GapKind.REVIEWS).says
    assert says.startswith("From 1 Feb 2025 to 24 Nov 2026")
    assert "1 other spell too long besides" in says


def test_a_next_review_needs_a_day_that_is_still_to_come_while_training_runs() -> None:
    assert "has no day yet" in only(file(next_review_on=None), GapKind.REVIEWS).says
    late = only(file(next_review_on=date(2026, 11, 23)), GapKind.REVIEWS)
    assert late.says == "The review due on 23 Nov 2026 has not been held."
    assert not found(file(next_review_on=TODAY), GapKind.REVIEWS)
    ended = replace(COURSE, ended_on=date(2026, 11, 1), outcome=Outcome.WITHDRAWN)
    assert not found(file(course=ended, next_review_on=None), GapKind.REVIEWS)
    to_come = Course(date(2027, 1, 4), date(2028, 8, 31), date(2028, 12, 1))
    assert not found(file(course=to_come, next_review_on=None), GapKind.REVIEWS)


# --- what was agreed ------------------------------------------------------------------------------


def test_price_provider_and_contract_are_asked_for() -> None:
    bare = file(agreed_price=None, provider="", contract_reference="")
    assert only(bare, GapKind.PRICE).target.field == "agreed_price"
    fields = [gap.target.field for gap in found(bare, GapKind.CONTRACT)]
    assert fields == ["provider_id", "contract_id"]
