"""When each KSB is first touched, by what, and what is said where that is too late."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.planning import ActivityStatus
from apprentice_desk.domain.planning_coverage import (
    PLANNED_END,
    Before,
    Reach,
    coverage,
    day_before,
    warnings,
)
from apprentice_desk.domain.standards import Ksb
from domain.test_planning import TODAY, activity

GATEWAY = Before(date(2027, 2, 1))


def asked(*codes: str) -> list[Ksb]:
    return [Ksb(code, f"Words of {code}") for code in codes]


def cover(code: str, *activities, logged=(), before=GATEWAY):
    (found,) = coverage(asked(code), activities, logged, before, TODAY)
    return found


def test_a_skill_that_is_first_touched_after_the_gateway_is_said() -> None:
    found = cover("S7", activity("Security", "2027-03-20", starts_on="2027-03-03", ksbs="S6-8"))
    assert found.reach is Reach.LATE
    assert found.says == ("S7 is first touched after the gateway (3 Mar 2027, gateway 1 Feb 2027).")
    assert found.words == "Words of S7"
    assert found.id == "S7"


def test_a_code_that_no_activity_touches_is_said() -> None:
    found = cover("K9", activity(ksbs="K8, K10", due="2026-10-01"))
    assert found.reach is Reach.NOTHING
    assert found.says == "No activity touches K9."


def test_an_entry_of_hours_touches_on_its_day() -> None:
    found = cover("K1", activity(ksbs="K1", due="2026-10-01"),
                  logged=[(date(2026, 5, 4), "K1 (unit 3)"), (date(2026, 6, 1), "K1")])  # fmt: skip
    assert (found.reach, found.on) == (Reach.TOUCHED, date(2026, 5, 4))
    assert found.says == "K1 was first touched on 4 May 2026, by an entry of hours."


def test_the_first_of_several_activities_counts_by_its_first_day() -> None:
    found = cover(
        "K1",
        activity("Second", "2026-11-01", ksbs="K1"),
        activity("First", "2026-12-20", starts_on="2026-10-12", ksbs="K1"),
    )
    assert (found.reach, found.on, found.by) == (Reach.PLANNED, date(2026, 10, 12), "First")
    assert found.says == "K1 is first touched on 12 Oct 2026, by First."


def test_the_day_of_the_gateway_itself_is_in_time() -> None:
    assert cover("K1", activity(due="2027-02-01", ksbs="K1")).reach is Reach.PLANNED
    assert cover("K1", activity(due="2027-02-02", ksbs="K1")).reach is Reach.LATE
    assert cover("K1", activity(due="2027-02-02", ksbs="K1"), before=None).reach is Reach.PLANNED


def test_what_was_done_or_has_begun_touched_already() -> None:
    done = activity("Done", "2026-08-20", ksbs="K1", done_on="2026-08-05",
                    status=ActivityStatus.DONE)  # fmt: skip
    assert cover("K1", done).on == date(2026, 8, 5)
    assert cover("K1", done).says == "K1 was first touched on 5 Aug 2026, by Done."
    begun = activity("Begun", "2026-12-20", ksbs="K1", status=ActivityStatus.UNDER_WAY)
    assert (cover("K1", begun).reach, cover("K1", begun).on) == (Reach.TOUCHED, TODAY)
    undated = activity(ksbs="K1", status=ActivityStatus.UNDER_WAY)
    assert cover("K1", undated).on == TODAY


def test_what_is_overdue_touches_nothing_before_today() -> None:
    missed = activity("Missed", "2026-08-01", ksbs="K1")
    found = cover("K1", missed, before=Before(date(2026, 8, 15)))
    assert (found.reach, found.on) == (Reach.LATE, TODAY)


def test_what_is_dropped_touches_nothing_and_what_has_no_day_is_said() -> None:
    dropped = activity(due="2026-10-01", ksbs="K1", status=ActivityStatus.DROPPED)
    found = cover("K1", dropped, activity("Some day", ksbs="K1"))
    assert found.reach is Reach.NO_DAY
    assert found.says == "K1 is touched by Some day alone, which has no day yet."


def test_what_has_happened_comes_before_what_is_planned_for_the_same_day() -> None:
    planned = activity("Planned", TODAY.isoformat(), ksbs="K1")
    assert cover("K1", planned, logged=[(TODAY, "K1")]).reach is Reach.TOUCHED


def test_without_a_loaded_standard_the_codes_that_are_named_are_told_about() -> None:
    found = coverage(
        [], [activity(due="2026-10-01", ksbs="S2"), activity(ksbs="B1")],
        [(date(2026, 5, 4), "K10 K2")], GATEWAY, TODAY,
    )  # fmt: skip
    assert [each.code for each in found] == ["K2", "K10", "S2", "B1"]
    assert coverage([], [], [], GATEWAY, TODAY) == ()


def test_by_when_is_the_gateway_else_the_planned_end() -> None:
    passed, planned, end = date(2027, 1, 5), date(2027, 2, 1), date(2027, 6, 30)
    assert day_before(passed, planned, end) == Before(passed)
    assert day_before(None, planned, end) == Before(planned)
    assert day_before(None, None, end) == Before(end, PLANNED_END)
    assert day_before(None, None, None) is None


@pytest.mark.parametrize(
    ("codes", "last"),
    [
        (("K9",), "No activity touches K9."),
        (("K9", "S1"), "No activity touches K9, S1."),
        (("K9", "S1", "B2"), "No activity touches K9, S1, B2."),
        (("K9", "K10", "K11", "S1"), "No activity touches K9-11, S1."),
    ],
)
def test_the_warnings_say_what_is_late_then_undated_then_missing(codes, last) -> None:
    found = coverage(
        asked("K1", "K2", *codes, "K3"),
        [activity("Some day", ksbs="K1"), activity("Late", "2027-03-03", ksbs="K2"),
         activity("Fine", "2026-10-01", ksbs="K3")],
        (), Before(date(2027, 2, 1), PLANNED_END), TODAY,
    )  # fmt: skip
    assert warnings(found) == (
        "K2 is first touched after the planned end of training (3 Mar 2027, planned end of"
        " training 1 Feb 2027).",
        "K1 is touched by Some day alone, which has no day yet.",
        last,
    )
    assert warnings([]) == ()
