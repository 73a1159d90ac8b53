"""The KSB grid: what stands in each line, and what is said of all of them together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain import ksb_grid
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.evidence import EvidenceQuality
from apprentice_desk.domain.ksb_grid import (
    KsbFacts,
    KsbLine,
    NamingEntry,
    PlannedKsbs,
    Quiet,
    Said,
)
from apprentice_desk.domain.ksb_meanings import EarlierVersion
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.standards import Ksb

TODAY = date(2026, 11, 24)
QUIET_DAYS = 84
KNOWN = (Ksb("K1", "All stages of the life cycle"), Ksb("K2", "Roles"), Ksb("S1", "Write code"))


def entry(*codes: str, minutes: int = 60, on: date = TODAY, **more: Any) -> NamingEntry:
    return NamingEntry(uuid4(), on, minutes, more.pop("counts", True), "", codes, **more)


def said(code: str, voice: Voice, status: KsbStatus, on: date = TODAY) -> Said:
    return Said(uuid4(), code, voice, status, on)


def lines(facts: KsbFacts, **more: Any) -> dict[str, KsbLine]:
    return {line.code: line for line in ksb_grid.grid(facts, TODAY, QUIET_DAYS, **more)}


def test_each_code_of_the_standard_has_a_line_in_its_order_and_others_follow() -> None:
    facts = KsbFacts(
        (Ksb("S1", "Write code"), Ksb("K2", "Roles")),
        (said("B3", Voice.MANAGER, KsbStatus.IN_PROGRESS),),
        (entry("K9"),),
        (PlannedKsbs(uuid4(), "Induction", TODAY, ("K8",)),),
    )
    made = ksb_grid.grid(facts, TODAY, QUIET_DAYS)
    assert [(line.id, line.words, line.is_of_standard) for line in made] == [
        ("S1", "Write code", True),
        ("K2", "Roles", True),
        ("K8", "", False),
        ("K9", "", False),
        ("B3", "", False),
    ]
    assert facts.codes == ("S1", "K2")


def test_where_the_standard_is_not_loaded_the_codes_that_are_used_are_shown() -> None:
    facts = KsbFacts(None, entries=(entry("S1", "K4"),))
    assert [(code, line.is_of_standard) for code, line in lines(facts).items()] == [
        ("K4", False), ("S1", False),
    ]  # fmt: skip
    assert facts.codes is None
    assert lines(KsbFacts(None)) == {}


def test_each_voice_is_heard_by_what_it_said_last() -> None:
    facts = KsbFacts(
        KNOWN,
        (
            said("K1", Voice.MANAGER, KsbStatus.COMPLETED, TODAY),
            said("K1", Voice.MANAGER, KsbStatus.IN_PROGRESS, TODAY - timedelta(1)),
            said("K1", Voice.APPRENTICE, KsbStatus.COMPLETED, TODAY - timedelta(9)),
            said("K2", Voice.APPRENTICE, KsbStatus.COMPLETED),
            said("K2", Voice.PROVIDER, KsbStatus.READY_FOR_REVIEW),
        ),
    )
    found = lines(facts)
    assert found["K1"].status(Voice.MANAGER) is KsbStatus.COMPLETED
    assert found["K1"].status(Voice.PROVIDER) is KsbStatus.NOT_STARTED
    assert (found["K1"].overall, found["K1"].differs) == (KsbStatus.COMPLETED, False)
    assert (found["K2"].overall, found["K2"].differs) == (KsbStatus.READY_FOR_REVIEW, True)
    assert (found["S1"].overall, found["S1"].differs) == (KsbStatus.NOT_STARTED, False)


def test_a_code_says_what_it_asked_when_it_was_used_under_another_version() -> None:
    moved = date(2026, 8, 3)
    earlier = EarlierVersion("ST0116 v1.0", moved, (Ksb("K2", "Laws"), Ksb("K7", "Old")))
    used = (entry("K2", "K7", on=date(2026, 3, 2)), entry("K1", on=moved))
    facts = KsbFacts(KNOWN, entries=used, earlier=(earlier,))
    found = lines(facts)
    assert [(code, [then.words for then in line.then]) for code, line in found.items()] == [
        ("K1", []), ("K2", ["Laws"]), ("S1", []), ("K7", ["Old"]),
    ]  # fmt: skip
    ready = ksb_grid.readiness(tuple(found.values()))
    assert ready.meant_else == ("K2", "K7")
    assert "Used when they asked something else: K2, K7." in ready.warnings
    assert facts.not_loaded == ()
    lost = replace(earlier, known=None)
    assert KsbFacts(KNOWN, entries=used, earlier=(lost,)).not_loaded == (lost,)
    # Where what is followed now is not loaded, nobody knows what is otherwise.
    assert not any(line.then for line in lines(replace(facts, known=None)).values())


def test_hours_stand_whole_with_each_code_and_once_in_the_total() -> None:
    entries = (
        entry("K1", "S1", minutes=90, on=date(2026, 11, 3)),
        entry("K1", minutes=30, on=date(2026, 11, 10)),
        entry("K1", "K2", minutes=45, on=date(2026, 11, 17), counts=False),
    )
    found = lines(KsbFacts(KNOWN, entries=entries))
    # K1: 90 + 30, the 45 that do not count left out; S1: the same 90 once more.
    assert [(c, x.entries, x.minutes) for c, x in found.items()] == [
        ("K1", 3, 120), ("K2", 1, 0), ("S1", 1, 90),
    ]  # fmt: skip
    assert ksb_grid.total_minutes(entries) == 120
    assert ksb_grid.total_minutes(entries, ("S1", "K2")) == 90
    assert (found["K1"].last_on, found["K1"].days_since) == (date(2026, 11, 17), 7)
    assert (found["S1"].last_on, found["S1"].days_since) == (date(2026, 11, 3), 21)


SOME = st.sets(st.sampled_from(["K1", "K2", "S1"]), min_size=1)


@given(st.lists(st.tuples(st.integers(1, 600), st.booleans(), SOME)))
def test_the_total_is_never_more_than_what_was_logged(
    drawn: list[tuple[int, bool, set[str]]],
) -> None:
    entries = tuple(entry(*codes, minutes=m, counts=counts) for m, counts, codes in drawn)
    total = ksb_grid.total_minutes(entries)
    assert total == sum(minutes for minutes, counts, _ in drawn if counts)
    made = ksb_grid.grid(KsbFacts(KNOWN, entries=entries), TODAY, QUIET_DAYS)
    assert max(line.minutes for line in made) <= total <= sum(line.minutes for line in made)


def test_evidence_is_counted_and_the_best_of_it_named() -> None:
    draft, enough, strong = EvidenceQuality
    entries = (
        entry("K1", "K2", evidence=(None, draft)),
        entry("K1", evidence=(strong, enough)),
        entry("S1"),
    )
    found = lines(KsbFacts(KNOWN, entries=entries))
    assert [(x.evidence, x.best) for x in found.values()] == [(4, strong), (2, draft), (0, None)]
    nobody = lines(KsbFacts(KNOWN, entries=(entry("K1", evidence=(None,)),)))["K1"]
    assert (nobody.evidence, nobody.best) == (1, None)


def test_a_code_has_gone_quiet_after_more_days_than_the_rule_says_unless_it_is_done() -> None:
    last = TODAY - timedelta(QUIET_DAYS)
    facts = KsbFacts(
        KNOWN,
        (said("S1", Voice.MANAGER, KsbStatus.COMPLETED),),
        (entry("K1", on=last), entry("K2", "S1", on=last - timedelta(1))),
    )
    found = lines(facts)
    assert [found[code].is_quiet for code in ("K1", "K2", "S1")] == [False, True, False]
    assert lines(KsbFacts(KNOWN))["K1"].is_quiet is False  # never begun is not quiet


def test_days_on_a_break_are_no_days_of_having_gone_quiet() -> None:
    # 90 days before 24 Nov 2026 is 26 Aug; 1 to 30 Sep are 30 days of break, so 60 count.
    last = date(2026, 8, 26)
    facts = KsbFacts(KNOWN, entries=(entry("K1", on=last),))
    september = Period(date(2026, 9, 1), date(2026, 9, 30))
    on_a_break = Course(training_started_on=date(2026, 1, 5), breaks=(september,))
    without = replace(on_a_break, breaks=())
    assert lines(facts, course=without)["K1"].quiet == Quiet(90)
    assert lines(facts, course=on_a_break)["K1"].quiet is None
    # The break is over by as many days as the rule allows, and one more.
    for more, quiet in ((24, None), (25, Quiet(85, 30))):
        made = ksb_grid.grid(facts, TODAY + timedelta(more), QUIET_DAYS, course=on_a_break)
        assert made[0].quiet == quiet
    still_on = replace(on_a_break, breaks=(Period(last + timedelta(1), None),))
    assert ksb_grid.quiet_since(last, TODAY + timedelta(900), still_on) == Quiet(0, 990)


@pytest.mark.parametrize(
    ("ends", "days"),
    [
        ({}, 90),
        ({"ended_on": date(2026, 9, 5), "outcome": Outcome.WITHDRAWN}, 10),
        ({"assessment_began_on": date(2026, 9, 5)}, 9),  # the gateway itself is no day of training
        ({"ended_on": date(2026, 8, 1), "outcome": Outcome.WITHDRAWN}, 0),
    ],
)
def test_nothing_goes_quiet_once_training_is_over(ends: dict[str, Any], days: int) -> None:
    course = Course(training_started_on=date(2026, 1, 5), **ends)
    assert ksb_grid.quiet_since(date(2026, 8, 26), TODAY, course) == Quiet(days)


def test_what_the_plan_touches_next_is_said_and_what_it_touches_too_late() -> None:
    planned = (
        PlannedKsbs(uuid4(), "Second", date(2027, 3, 1), ("K1", "K2")),
        PlannedKsbs(uuid4(), "First", date(2027, 2, 1), ("K1",)),
        PlannedKsbs(uuid4(), "Overdue", TODAY - timedelta(30), ("S1",)),
        PlannedKsbs(uuid4(), "No day", None, ("K3",)),
    )
    facts = KsbFacts(KNOWN, planned=planned)
    found = lines(facts, gateway_on=date(2027, 2, 15))
    assert [(c, x.next_on, x.is_late) for c, x in found.items()] == [
        ("K1", date(2027, 2, 1), False),
        ("K2", date(2027, 3, 1), True),
        ("S1", TODAY, False),
    ]
    begun = lines(replace(facts, entries=(entry("K2"),)), gateway_on=date(2027, 2, 15))["K2"]
    assert (begun.next_on, begun.is_late) == (date(2027, 3, 1), False)
    assert not any(line.is_late for line in lines(facts).values())
    given_ = lines(facts, planned={"S1": date(2028, 1, 1)}, gateway_on=TODAY)
    assert [line.next_on for line in given_.values()] == [None, None, date(2028, 1, 1)]


def test_readiness_is_said_by_the_least_far_that_anybody_says() -> None:
    facts = KsbFacts(
        (*KNOWN, Ksb("S2", "Test"), Ksb("B1", "Be curious")),
        (
            said("K1", Voice.MANAGER, KsbStatus.COMPLETED),
            said("K2", Voice.MANAGER, KsbStatus.COMPLETED),
            said("K2", Voice.APPRENTICE, KsbStatus.READY_FOR_REVIEW),
            said("S1", Voice.PROVIDER, KsbStatus.IN_PROGRESS),
            said("K77", Voice.PROVIDER, KsbStatus.COMPLETED),
        ),
        (
            entry("K1", evidence=(None,)),
            entry("S1", on=TODAY - timedelta(QUIET_DAYS + 1)),
        ),
        (PlannedKsbs(uuid4(), "Testing", date(2027, 3, 1), ("S2",)),),
    )
    made = ksb_grid.readiness(ksb_grid.grid(facts, TODAY, QUIET_DAYS, gateway_on=date(2027, 2, 1)))
    assert made.total == 5  # K77 is not of the standard
    assert made.says == (
        "Of 5 KSBs 1 is completed, 1 is ready for review, 1 is in progress and 2 are not started."
    )
    assert made.warnings == (
        "Without any evidence: K2, S1-2, B1.",
        "Said differently: K2.",
        "Gone quiet: S1.",
        "S2 is first touched on 1 Mar 2027, after the gateway.",
    )


def test_readiness_of_little_is_said_plainly() -> None:
    assert ksb_grid.readiness(()).says == "No KSB is named yet."
    assert ksb_grid.readiness(()).warnings == ()
    unloaded = ksb_grid.grid(KsbFacts(None, entries=(entry("K1"),)), TODAY, QUIET_DAYS)
    assert ksb_grid.readiness(unloaded).says == "Of 1 KSB 1 is not started."


def test_the_newest_of_two_on_one_day_is_the_one_given_last() -> None:
    first = Said(UUID(int=1), "K1", Voice.MANAGER, KsbStatus.IN_PROGRESS, TODAY)
    second = replace(first, id=UUID(int=2), status=KsbStatus.COMPLETED)
    assert ksb_grid.latest((first, second)) == {"K1": {Voice.MANAGER: second}}
