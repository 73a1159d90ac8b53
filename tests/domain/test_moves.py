"""What comes of a move, in words: each figure worked out by hand beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.domain import move_checks, moves
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.checklist_gateway import GatewayFacts, gateway
from apprentice_desk.domain.hours_facts import HoursFacts, PlanDue
from apprentice_desk.domain.ksb_meanings import CodeUse, Meaning
from apprentice_desk.domain.moves import Moving
from apprentice_desk.domain.off_the_job import Logged
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import Ksb

HOURS = resources.hours_rules()
RULES = resources.programme_rules()
TODAY = date(2026, 2, 2)
START, END = date(2024, 9, 1), date(2026, 8, 31)
"""730 days: 729 to the end without it, 104 weeks; 104 less 11.2 of leave are 92.8 weeks x 6 h."""


def moving(course=None, *, as_at=TODAY, reviewed_on=date(2026, 1, 5), **facts):
    values = {
        "original_start_on": START, "weekly": ((START, 37 * 60),), "agreed_minutes": 730 * 60,
        "standard_code": "ST0116", "standard_version": "1.1",
        "logged": Logged(200 * 60, 48 * 60, as_at),
    } | facts  # fmt: skip
    whole = HoursFacts(course or Course(START, END), **values)
    return Moving(whole, as_at, HOURS, RULES, 84, reviewed_on)


def said(found):
    return {each.about: each.says for each in found}


def warned(found):
    return [each.about for each in found if each.is_warning]


# --- a break -------------------------------------------------------------------------------------


def test_a_break_says_what_stops_and_what_goes_on():
    found = said(moves.of_break(moving(), date(2026, 3, 2)))
    # 1 September 2024 to 1 March 2026 are 547 days of 730: 547 h of 730 h.
    assert found["Planned to date"] == "stops growing on 1 Mar 2026, at 547 h of 730 h"
    # 2 March to 31 August 2026: 30 + 30 + 31 + 30 + 31 + 31.
    assert found["Days left"].startswith(
        "183 days of training from 2 Mar 2026 to the planned end 31 Aug 2026; each day"
    )
    # 365 days from 1 September 2024: to 31 August 2025.
    assert found["Minimum duration"] == "until 31 Aug 2025; reached before the break"
    # 84 days after the review of 5 January: 30 March.
    assert found["Next review"] == "due by 30 Mar 2026; moves by each day of the break"
    assert found["Wage"].startswith("what is due an hour does not change")
    # 28 days, both ends: 2 to 29 March.
    assert found["Length"].startswith("at least 28 days, so to 29 Mar 2026 or later")
    assert "signed anew" in found["To be signed"]


def test_a_break_before_the_minimum_is_over_moves_it_out():
    course = Course(date(2025, 9, 1), END)
    found = said(moves.of_break(moving(course, original_start_on=None), date(2026, 4, 1)))
    assert found["Minimum duration"] == "until 30 Apr 2026; moves out by each day of the break"
    assert found["Next review"] == "due by 30 Mar 2026; that is before the break"


def test_a_break_says_what_is_not_known():
    course = Course(START, None)
    found = said(moves.of_break(moving(course, agreed_minutes=None), date(2026, 3, 2)))
    assert found["Planned to date"] == "not known"
    assert found["Days left"] == "the planned end of training is not known"
    nobody = moving(Course(None, END), original_start_on=None, reviewed_on=None)
    found = said(moves.of_break(nobody, date(2026, 3, 2)))
    assert "Minimum duration" not in found
    assert "Next review" not in found


def test_a_plan_with_days_is_not_stopped_by_a_break():
    found = said(moves.of_break(moving(plan=PlanDue(60)), date(2026, 3, 2)))
    assert found["Planned to date"].startswith("the plan's activities stay due on their days")


# --- the return ----------------------------------------------------------------------------------

AWAY = Course(START, END, breaks=(Period(date(2025, 3, 3), date(2025, 3, 30)),
                                  Period(date(2026, 2, 2))))  # fmt: skip


def test_the_return_says_what_is_needed_before_and_after():
    # 2 February to 3 May 2026: 27 + 31 + 30 + 3 = 91 days; 31 August + 91 days is 30 November.
    found = moves.of_return(moving(AWAY), date(2026, 5, 3), date(2026, 11, 30))
    words = said(found)
    assert words["Break"] == "2 Feb 2026 to 3 May 2026, 91 days"
    assert words["Planned end"] == "31 Aug 2026 → 30 Nov 2026"
    # 530 h to do: 120 days, 17 1/7 weeks, are 30.9 h a week; 211 days, 30 1/7 weeks, 17.6 h.
    assert words["Needed a week"] == "30.9 h a week with the old end → 17.6 h a week"
    # The end is later, but by the breaks alone: 28 days were in the end already, which stood at
    # 31 August. 820 days less 28 and 91 are 701: 100 weeks (701 / 7 = 100.1), less 10.8 (100 / 52
    # x 5.6 = 10.77) of leave: 89.23 x 6 h = 535 h 23 m. Before: 729 - 28 = 701 days, the same.
    assert words["Minimum"].startswith("stays 535 h 24 m")
    assert words["Minimum duration"] == "until 28 Sep 2025, the break left out"
    # 30 March + 91 days of the break.
    assert words["Next review"] == "due by 29 Jun 2026"
    assert "Wage" in words
    assert warned(found) == []


def test_a_return_without_another_end_leaves_less_time_and_says_what_would_not():
    found = moves.of_return(moving(AWAY), date(2026, 5, 3))
    words = said(found)
    assert words["Planned end"] == (
        "stays 31 Aug 2026; as many days of training as before would end on 30 Nov 2026"
    )
    assert words["Needed a week"] == "30.9 h a week"
    # 729 - 28 - 91 = 610 days: 87 weeks x (1 - 5.6 / 52) x 6 h = 465.785 h, up to the minute.
    assert words["Minimum"].startswith("535 h 24 m → 465 h 48 m (6 h a week over 87 weeks")
    assert warned(found) == ["Planned end"]
    another = said(moves.of_return(moving(AWAY), date(2026, 5, 3), date(2026, 10, 31)))
    assert another["Planned end"].startswith("31 Aug 2026 → 31 Oct 2026; as many days")


def test_a_break_of_less_than_four_weeks_is_said_with_its_rule():
    found = moves.of_return(moving(AWAY), date(2026, 2, 28), date(2026, 9, 27))
    assert said(found)["Length"].startswith("shorter than the 28 days of a break in learning")
    assert "Length" in warned(found)
    assert "Length" not in said(moves.of_return(moving(AWAY), date(2026, 3, 1)))  # 28 days


def test_a_return_says_what_is_not_known():
    course = replace(AWAY, training_planned_end_on=None)
    found = said(moves.of_return(moving(course), date(2026, 5, 3)))
    assert found["Planned end"] == "not known"
    assert found["Needed a week"] == "not known"
    assert said(moves.of_return(moving(course), date(2026, 5, 3), END))["Planned end"] == (
        "31 Aug 2026"
    )
    late = said(moves.of_return(moving(AWAY), date(2026, 9, 30)))
    assert late["Needed a week"] == "no time left"
    unknown = moving(
        Course(None, END, breaks=(Period(date(2026, 2, 2)),)),
        original_start_on=None,
        reviewed_on=None,
    )
    assert "Next review" not in said(moves.of_return(unknown, date(2026, 5, 3)))
    assert "Minimum duration" not in said(moves.of_return(unknown, date(2026, 5, 3)))


# --- weekly hours --------------------------------------------------------------------------------


def test_fewer_weekly_hours_under_the_rule_of_2022():
    # Full time is capped at 30 h: 92.8 x 6 h = 556 h 48 m. From 1 September 2025, half of the 730
    # days at 37 h and half at 20 h: the mean is 28 h 30 m; 92.8 x 28.5 x 20% = 528 h 57 m 36 s.
    found = said(moves.of_weekly_hours(moving(), date(2025, 9, 1), 20 * 60))
    assert found["Contracted week"] == "37 h → 20 h from 1 Sep 2025"
    assert found["Mean week of the training"] == "37 h → 28 h 30 m"
    assert found["Minimum"].startswith("556 h 48 m → 528 h 58 m (20% of 28 h 30 m a week over 104")
    assert found["Agreed hours"].startswith("730 h stay until")
    assert "working pattern" in found["To be signed"]


def test_weekly_hours_above_the_cap_change_nothing():
    found = said(moves.of_weekly_hours(moving(agreed_minutes=None), date(2025, 9, 1), 30 * 60))
    assert found["Minimum"].startswith("stays 556 h 48 m")
    assert "Agreed hours" not in found


def test_a_published_minimum_does_not_depend_on_weekly_hours():
    facts = {"original_start_on": date(2025, 9, 1), "standard_code": "ST0119",
             "standard_version": "1.2", "weekly": ()}  # fmt: skip
    published = moving(Course(date(2025, 9, 1), date(2029, 8, 31)), **facts)
    found = said(moves.of_weekly_hours(published, date(2026, 3, 1), 20 * 60))
    assert "it does not depend on weekly hours (rule of the start: published" in found["Minimum"]
    assert found["Contracted week"] == "not known → 20 h from 1 Mar 2026"


def test_the_same_day_is_replaced_and_an_unknown_minimum_stays_so():
    found = said(moves.of_weekly_hours(moving(), START, 20 * 60))
    assert found["Mean week of the training"] == "37 h → 20 h"
    nothing = replace(moving(), facts=replace(moving().facts, original_start_on=None))
    found = said(moves.of_weekly_hours(nothing, START, 20 * 60))
    assert found["Minimum"] == "stays not known"


# --- provider and standard -----------------------------------------------------------------------


def test_another_provider():
    found = said(moves.of_provider(moving(), TODAY, "Thamesbank College", ""))
    assert found["Provider"] == "Thamesbank College → not known"
    assert found["Hours"] == "the 200 h logged so far stay and count on"
    assert found["Price"].startswith("the months before 2 Feb 2026 stay with the contract of that")
    assert "Planned end" not in found
    found = said(moves.of_provider(moving(), TODAY, "", "Kestrel", date(2026, 11, 30)))
    assert found["Planned end"] == "31 Aug 2026 → 30 Nov 2026"
    # 530 h over 30 weeks to 31 August (210 days) and over 43 weeks (301 days).
    assert found["Needed a week"] == "17.7 h a week with the old end → 12.3 h a week"
    no_end = moving(Course(START, None))
    assert said(moves.of_provider(no_end, TODAY, "A", "B", END))["Planned end"] == (
        "not known → 31 Aug 2026"
    )


def test_another_planned_end_leaves_what_was_earned():
    found = said(moves.of_planned_end(moving(), TODAY, date(2026, 11, 30)))
    assert found["Planned end"] == "31 Aug 2026 → 30 Nov 2026"
    assert found["Needed a week"] == "17.7 h a week with the old end → 12.3 h a week"
    assert found["Price"] == (
        "what was earned before 2 Feb 2026 stays as it is; what is left of the price is spread"
        " over the months up to 30 Nov 2026"
    )
    assert "Minimum" in found
    assert "To be signed" in found


BEFORE = tuple(Ksb(f"K{n}", f"Knows {n}") for n in (1, 2, 3))
AFTER = (Ksb("K1", "knows  1"), Ksb("K2", "Knows more"), Ksb("S1", "Does"))


def test_another_version_says_what_is_added_dropped_and_worded_anew():
    found = said(moves.of_standard(moving(), TODAY, "ST0116", "1.2", (BEFORE, AFTER)))
    assert found["Standard"] == "ST0116 v1.1 → ST0116 v1.2"
    assert found["Knowledge, skills and behaviours"] == (
        "1 added (S1); 1 dropped (K3); 1 worded anew (K2)"
    )
    assert found["Minimum"].startswith("stays 556 h 48 m")
    same = said(moves.of_standard(moving(), TODAY, "ST0116", "1.2", (BEFORE, BEFORE)))
    assert same["Knowledge, skills and behaviours"] == "the same"


def test_another_version_names_the_codes_in_use_that_would_ask_something_else():
    meanings = tuple(Meaning(f"K{n}", "Old", "New", CodeUse(1, 60 * n)) for n in range(1, 15))
    found = moves.of_standard(moving(), TODAY, "ST0116", "1.2", (BEFORE, AFTER), None, meanings)
    of_use = [each for each in found if each.about.endswith("in use")]
    assert all(each.is_warning for each in of_use)
    assert said(of_use)["K2 in use"] == (
        "would ask something else. Under K2 so far: 2 h in 1 entry"
    )
    assert len(of_use) == 13
    assert of_use[-1].says == "K13-14 ask something else too, or are gone"


@pytest.mark.parametrize(
    ("ksbs", "which"),
    [
        ((None, AFTER), "the version before is not loaded"),
        ((BEFORE, None), "the version after is not loaded"),
        ((None, None), "the version before and the one after is not loaded"),
    ],
)
def test_a_version_that_is_not_loaded_is_said(ksbs, which):
    found = moves.of_standard(moving(agreed_minutes=None), TODAY, "ST0116", "", ksbs)
    assert said(found)["Knowledge, skills and behaviours"].startswith(which)
    assert said(found)["Standard"] == "ST0116 v1.1 → ST0116"
    assert "Agreed hours" not in said(found)


def test_another_standard_has_another_published_minimum():
    facts = {"original_start_on": date(2025, 9, 1), "standard_code": "", "standard_version": ""}
    published = moving(Course(date(2025, 9, 1), date(2029, 8, 31)), **facts)
    found = said(moves.of_standard(published, TODAY, "ST0119", "1.2", planned_end_on=END))
    assert found["Standard"] == "not known → ST0119 v1.2"
    assert found["Minimum"].startswith("not known → 1,022 h")
    assert found["Planned end"] == "31 Aug 2029 → 31 Aug 2026"


# --- gateway, back, end --------------------------------------------------------------------------


def test_the_gateway_names_what_is_open():
    it = moving()
    facts = GatewayFacts(it.course, it.figures(), START, date(2000, 1, 1))
    found = moves.of_gateway(it, gateway(facts, {}, RULES, TODAY))
    words = said(found)
    assert words["Employer agrees"] == "not met: nobody has said so yet."
    assert words["English"].startswith("not known: ")
    assert "Employer agrees" in warned(found)
    assert words["Hours"] == "200 h of 730 h logged"
    assert words["Next"].startswith("end-point assessment (EPA) or apprenticeship assessment, by")


def test_a_gateway_with_nothing_open_says_so():
    it = moving()
    facts = GatewayFacts(it.course, it.figures(), START, date(2000, 1, 1))
    rules = replace(RULES, gateway=())
    found = moves.of_gateway(it, gateway(facts, {}, rules, TODAY))
    assert said(found)["Checklist"] == "everything is met"


def test_back_from_assessment():
    words = said(moves.of_back(moving(), TODAY))
    assert words["From then on"] == "in training again, from 2 Feb 2026"
    assert words["Next review"] == "due by 30 Mar 2026"
    late = moves.of_back(moving(), date(2026, 9, 1))
    assert warned(late) == ["Planned end"]
    nobody = moving(Course(None, None), original_start_on=None, reviewed_on=None)
    assert list(said(moves.of_back(nobody, TODAY))) == ["From then on"]


def test_completion_says_whether_hours_and_duration_are_reached():
    found = moves.of_completion(moving(), TODAY)
    assert said(found)["Hours"].startswith("200 h of 730 h logged")
    assert said(found)["Minimum duration"] == "over since 31 Aug 2025"
    assert warned(found) == ["Hours"]
    done = moving(logged=Logged(730 * 60, 0, TODAY), course=Course(date(2025, 9, 1), END),
                  original_start_on=date(2025, 9, 1))  # fmt: skip
    found = moves.of_completion(done, TODAY)
    assert warned(found) == ["Minimum duration"]
    assert said(found)["Minimum duration"] == "not over before 30 Apr 2026"
    nobody = moving(
        Course(None, END), original_start_on=None, agreed_minutes=None, reviewed_on=None
    )
    found = said(moves.of_completion(nobody, TODAY))
    assert found["Minimum duration"] == "not known"
    assert found["Hours"].startswith("200 h of not known logged")


@pytest.mark.parametrize(
    ("end", "on", "words"),
    [
        # 1 September is day 1, so 11 October is day 41 and 12 October day 42.
        (END, date(2024, 10, 11), "day 41 of training; 42 days are the qualifying period, so the"
         " provider earns nothing"),
        (END, date(2024, 10, 12), "day 42 of training; 42 days are the qualifying period, so the"
         " provider earns what falls due until then"),
        # 20 days were planned: 14 are enough.
        (date(2024, 9, 20), date(2024, 9, 14), "day 14 of training; 14 days are"),
        (None, date(2024, 9, 14), "day 14 of training; how many were planned is not known"),
        (date(2024, 8, 31), date(2024, 9, 14), "day 14 of training"),
        (END, date(2024, 8, 31), "training has not begun by then"),
    ],
)  # fmt: skip
def test_an_early_end_says_the_day_and_the_qualifying_period(end, on, words):
    found = said(moves.of_withdrawal(moving(Course(START, end)), on))
    assert found["Early leaving"].startswith(words)
    assert "Undo takes it back" in found["From then on"]


def test_no_rule_for_the_start_leaves_the_duration_unsaid():
    rules = replace(RULES, durations=RULES.durations[2:])
    it = replace(moving(), programme=rules)
    assert it.lasts_until() is None


# --- what stands against a move ------------------------------------------------------------------

LIVE = Course(START, END, apprenticeship_planned_end_on=date(2026, 12, 31))
PAUSED = replace(LIVE, breaks=(Period(date(2025, 3, 1)),))
ASSESSED = replace(LIVE, assessment_began_on=date(2026, 1, 1))
ENDED = replace(LIVE, ended_on=date(2026, 1, 1), outcome=Outcome.WITHDRAWN)

REFUSED = {
    "a break, open already": (lambda: move_checks.check_break(PAUSED, TODAY), "open already"),
    "a break before the start": (
        lambda: move_checks.check_break(LIVE, date(2024, 8, 31)), "before the training starts"),
    "a break, start not known": (
        lambda: move_checks.check_break(Course(), TODAY), "before the training starts"),
    "a break after the end": (lambda: move_checks.check_break(ENDED, TODAY), "has ended"),
    "a break inside another": (
        lambda: move_checks.check_break(
            replace(LIVE, breaks=(Period(TODAY, date(2026, 3, 1)),)), TODAY),
        "before an earlier one ended"),
    "a return from nothing": (lambda: move_checks.check_return(LIVE, TODAY), "No break is open"),
    "a return before the break": (
        lambda: move_checks.check_return(PAUSED, date(2025, 2, 28)), "it cannot end before"),
    "a return after the end": (
        lambda: move_checks.check_return(replace(PAUSED, ended_on=date(2026, 1, 1)), TODAY),
        "ended on 1 Jan 2026; the break cannot go on"),
    "training that ends before it began": (
        lambda: move_checks.check_return(PAUSED, TODAY, date(2024, 8, 1)), "cannot end before"),
    "training beyond the whole": (
        lambda: move_checks.check_return(PAUSED, TODAY, date(2027, 1, 1)),
        "before the training would"),
    "a whole that ends before training": (
        lambda: move_checks.check_planned_end(LIVE, None, date(2026, 8, 30)),
        "before the training would"),
    "a gateway to come": (
        lambda: move_checks.check_gateway(LIVE, date(2026, 2, 3), TODAY), "still to come"),
    "a second gateway": (lambda: move_checks.check_gateway(ASSESSED, TODAY), "already"),
    "a gateway on a break": (
        lambda: move_checks.check_gateway(PAUSED, TODAY), "Record the return"),
    "a gateway before the start": (
        lambda: move_checks.check_gateway(LIVE, date(2024, 8, 1)), "planned cannot become"),
    "back without assessment": (
        lambda: move_checks.check_back_from_assessment(LIVE, TODAY), "not in assessment"),
    "back after the end": (
        lambda: move_checks.check_back_from_assessment(
            replace(ENDED, assessment_began_on=date(2025, 12, 1)), TODAY), "not in assessment"),
    "back before the gateway": (
        lambda: move_checks.check_back_from_assessment(ASSESSED, date(2025, 12, 31)),
        "nobody comes back before"),
    "completion to come": (
        lambda: move_checks.check_end(LIVE, Outcome.COMPLETED, date(2026, 2, 3), TODAY),
        "still to come"),
    "completion from a break": (
        lambda: move_checks.check_end(PAUSED, Outcome.COMPLETED, TODAY), "Record the return"),
    "completion before assessment": (
        lambda: move_checks.check_end(ASSESSED, Outcome.COMPLETED, date(2025, 12, 31)),
        "before assessment began"),
    "another provider after the end": (
        lambda: move_checks.check_change(ENDED, TODAY, "provider"), "has ended"),
    "another provider on the first day": (
        lambda: move_checks.check_change(LIVE, START, "provider"), "Put it right with the facts"),
    "another provider of nobody": (
        lambda: move_checks.check_change(Course(), TODAY, "provider"), "has not begun"),
    "another standard to come": (
        lambda: move_checks.check_change(LIVE, date(2026, 2, 3), "standard", TODAY),
        "The standard changed on 3 Feb 2026, which is still to come"),
}  # fmt: skip


@pytest.mark.parametrize("refused", REFUSED)
def test_bad_moves_are_refused_in_words(refused):
    act, words = REFUSED[refused]
    with pytest.raises(Problem, match=words):
        act()


def test_what_is_right_is_not_held_up():
    move_checks.check_break(LIVE, TODAY)
    move_checks.check_return(PAUSED, TODAY, date(2026, 11, 30), date(2027, 2, 28))
    move_checks.check_return(PAUSED, TODAY)
    move_checks.check_gateway(LIVE, TODAY, TODAY)
    move_checks.check_back_from_assessment(ASSESSED, TODAY, TODAY)
    move_checks.check_end(ASSESSED, Outcome.COMPLETED, TODAY, TODAY)
    move_checks.check_end(PAUSED, Outcome.WITHDRAWN, TODAY)
    move_checks.check_change(LIVE, TODAY, "provider", TODAY)
    # A flaw of before is not held against an end, and notice may be given for a day to come.
    flawed = replace(LIVE, assessment_began_on=date(2024, 8, 1))
    move_checks.check_end(flawed, Outcome.WITHDRAWN, date(2026, 3, 1), TODAY)


def test_a_reason_is_asked_for_where_somebody_leaves_and_not_of_who_left_before():
    left = Outcome.WITHDRAWN
    (finding,) = move_checks.check_leaving(left, None, None)
    assert (finding.code, finding.place.field) == ("MV002", "leaving_reason")
    assert move_checks.check_leaving(left, " ", Outcome.COMPLETED) == [finding]
    assert move_checks.check_leaving(left, "98", None) == []
    assert move_checks.check_leaving(left, None, left) == []  # from a list, or an older desk
    assert move_checks.check_leaving(Outcome.COMPLETED, None, None) == []
    assert move_checks.check_leaving(None, None, None) == []
    for unsaid in (None, "", "  "):
        with pytest.raises(Problem, match="Say why they leave early"):
            move_checks.check_reason(unsaid)
    move_checks.check_reason("3")


def test_a_form_says_nothing_that_a_move_would_refuse():
    paused, before, later = PAUSED, TODAY - timedelta(days=1), TODAY + timedelta(days=1)

    def fields(was: Course, **given: Any) -> list[tuple[str, str]]:
        found = move_checks.check_edit(was, replace(was, **given), TODAY)
        return [(each.code, each.place.field) for each in found]

    done = Outcome.COMPLETED
    assert fields(paused, outcome=done, ended_on=before) == [("MV003", "outcome")]
    assert fields(LIVE, outcome=done, ended_on=later) == [("MV004", "ended_on")]
    assert fields(LIVE, assessment_began_on=later) == [("MV005", "assessment_began_on")]
    assert fields(paused, assessment_began_on=date(2025, 4, 1)) == [
        ("MV006", "assessment_began_on")
    ]
    # What happened, what stood there before, and notice of leaving are no matter.
    assert fields(LIVE, outcome=done, ended_on=TODAY, assessment_began_on=before) == []
    for stands in (
        replace(paused, outcome=done, ended_on=later),
        replace(paused, assessment_began_on=later),
    ):
        assert fields(stands) == []
    assert fields(paused, outcome=Outcome.WITHDRAWN, ended_on=later) == []
