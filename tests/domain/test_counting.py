"""Does an entry count: each reason, what decides, what is only worth a look, and what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.counting import (
    ACTIVITY,
    DECIDED,
    Facts,
    Judgement,
    Proposed,
    Reason,
    judge,
    minutes_after_midnight,
    plain_text,
    texts_logged,
    time_of_day,
    week_in_force,
)
from apprentice_desk.domain.counting_rules import Check
from apprentice_desk.domain.days_hours import Stretch
from apprentice_desk.domain.hours_rules import Activity, CountingRule
from apprentice_desk.domain.problems import Problem

RULES = resources.counting_rules()
HOLIDAYS = resources.bank_holidays()
TUESDAY = date(2026, 11, 24)
COURSE = Course(
    training_started_on=date(2025, 9, 1),
    training_planned_end_on=date(2027, 5, 7),
    breaks=(Period(date(2026, 2, 2), date(2026, 3, 8)),),
)
ENTRY = Proposed(TUESDAY, 210, Activity.WORKSHOP, "How AWS bills and scales a service", "09:00")
FACTS = Facts(COURSE, 37 * 60, 5, (), HOLIDAYS, {})


def only(judgement: Judgement) -> Reason:
    """The one reason besides that of the activity."""
    (reason,) = judgement.reasons[1:]
    return reason


def test_an_entry_inside_all_rules_counts_and_nothing_more_is_said() -> None:
    judged = judge(ENTRY, FACTS, RULES)
    assert (judged.counts, judged.by_the_rules, judged.is_worth_a_look) == (True, True, False)
    assert (judged.assumed, judged.unchecked) == ((), ())
    (reason,) = judged.reasons
    assert (reason.code, reason.counts, reason.field) == (ACTIVITY, True, "activity")
    assert reason.says == "Workshop counts."
    assert reason.rule == "A workshop counts when it teaches what the standard asks for"
    assert reason.source_words.endswith("do not name this activity: check against the rules")


@pytest.mark.parametrize(
    ("activity", "says"),
    [
        (Activity.ENGLISH_AND_MATHS, "English and maths does not count."),
        (Activity.PROGRESS_REVIEW, "Progress review does not count."),
        (Activity.ASSESSMENT, "Assessment does not count."),
        (Activity.INDUCTION, "Induction does not count."),
        (Activity.ON_THE_JOB, "On the job does not count."),
        (Activity.LEAVE, "Leave does not count."),
        (Activity.ADMINISTRATION, "Administration does not count."),
    ],
)
def test_what_is_no_training_does_not_count_and_need_not_be_described(
    activity: Activity, says: str
) -> None:
    christmas = Proposed(date(2026, 12, 25), 444, activity)
    judged = judge(christmas, FACTS, RULES)
    assert not judged.counts
    assert judged.is_worth_a_look
    assert [reason.says for reason in judged.reasons] == [says]


@pytest.mark.parametrize(
    ("course", "day", "code", "counts", "says"),
    [
        (
            COURSE,
            date(2025, 8, 29),
            Check.BEFORE_THE_START,
            False,
            "29 Aug 2025 is before training starts on 1 Sep 2025.",
        ),
        (
            COURSE,
            date(2026, 2, 3),
            Check.ON_A_BREAK,
            False,
            "3 Feb 2026 is in a break in learning, 2 Feb 2026 to 8 Mar 2026.",
        ),
        (
            COURSE,
            date(2027, 5, 10),
            Check.AFTER_PLANNED_END,
            None,
            "10 May 2027 is after the planned end of training, 7 May 2027.",
        ),
        (
            replace(COURSE, assessment_began_on=TUESDAY),
            TUESDAY,
            Check.IN_ASSESSMENT,
            False,
            "Assessment began on 24 Nov 2026; 24 Nov 2026 is no longer training.",
        ),
        (
            replace(COURSE, ended_on=date(2026, 11, 23), outcome=Outcome.WITHDRAWN),
            TUESDAY,
            Check.AFTER_THE_END,
            False,
            "24 Nov 2026 is after the last day of the apprenticeship, 23 Nov 2026.",
        ),
        # Once it is over, a planned end before that says nothing more.
        (
            replace(COURSE, ended_on=date(2027, 6, 30), outcome=Outcome.COMPLETED),
            date(2027, 7, 1),
            Check.AFTER_THE_END,
            False,
            "1 Jul 2027 is after the last day of the apprenticeship, 30 Jun 2027.",
        ),
        (
            COURSE,
            date(2026, 12, 25),
            Check.BANK_HOLIDAY,
            False,
            "25 Dec 2026 is a bank holiday.",
        ),
        (
            COURSE,
            date(2026, 11, 28),
            Check.WEEKEND,
            None,
            "28 Nov 2026 is a Saturday: was the time given back or paid?",
        ),
    ],
)
def test_the_day_lies_within_the_practical_period_and_the_usual_week(
    course: Course, day: date, code: Check, counts: bool | None, says: str
) -> None:
    judged = judge(replace(ENTRY, done_on=day), replace(FACTS, course=course), RULES)
    reason = only(judged)
    assert (reason.code, reason.counts, reason.says) == (code, counts, says)
    assert reason.field == "done_on"
    assert reason.rule
    assert "check against the rules" in reason.source_words
    assert judged.counts is (counts is None)


@pytest.mark.parametrize("day", [date(2025, 9, 1), date(2026, 2, 1), date(2026, 3, 9)])
def test_the_edges_of_training_and_breaks_are_training(day: date) -> None:
    codes = {reason.code for reason in judge(replace(ENTRY, done_on=day), FACTS, RULES).reasons}
    assert codes <= {ACTIVITY, Check.WEEKEND}


def test_the_last_days_of_training_and_apprenticeship_still_count() -> None:
    for day in (date(2027, 5, 7), date(2027, 5, 28)):
        course = replace(COURSE, training_planned_end_on=day, ended_on=day)
        judged = judge(replace(ENTRY, done_on=day), replace(FACTS, course=course), RULES)
        assert [reason.code for reason in judged.reasons] == [ACTIVITY]


class TestPaidHours:
    @pytest.mark.parametrize(
        ("weekly", "days", "fits", "says"),
        [
            (2220, 5, 444, "7 h 25 m on 24 Nov 2026 is more than the contracted day of 7 h 24 m"),
            (1800, 5, 360, "6 h 1 m on 24 Nov 2026 is more than the contracted day of 6 h"),
            (1800, 4, 450, "7 h 31 m on 24 Nov 2026 is more than the contracted day of 7 h 30 m"),
            (1200, 3, 400, "6 h 41 m on 24 Nov 2026 is more than the contracted day of 6 h 40 m"),
            (1000, 3, 334, "5 h 35 m on 24 Nov 2026 is more than the contracted day of 5 h 34 m"),
            (
                2220,
                Fraction(9, 2),
                494,
                "8 h 15 m on 24 Nov 2026 is more than the contracted day of 8 h 14 m",
            ),
        ],
    )
    def test_a_minute_more_than_the_contracted_day_is_flagged(
        self, weekly: int, days: Fraction | int, fits: int, says: str
    ) -> None:
        facts = replace(FACTS, weekly_minutes=weekly, working_days=days)
        assert len(judge(replace(ENTRY, minutes=fits), facts, RULES).reasons) == 1
        judged = judge(replace(ENTRY, minutes=fits + 1), facts, RULES)
        reason = only(judged)
        assert (reason.code, reason.counts, reason.field) == (Check.OVER_THE_DAY, None, "minutes")
        assert reason.says.startswith(says)
        assert f"over {float(days):g} days a week" in reason.says
        assert judged.counts
        assert judged.is_worth_a_look
        assert judged.assumed == ()

    @pytest.mark.parametrize("days", [None, 0])
    def test_five_days_are_assumed_where_they_are_not_known_and_it_is_said(
        self, days: int | None
    ) -> None:
        facts = replace(FACTS, working_days=days)
        assumed = ("5 working days a week are assumed: how many are worked is not known.",)
        assert judge(ENTRY, facts, RULES).assumed == assumed
        judged = judge(replace(ENTRY, minutes=480), facts, RULES)
        assert only(judged).says == (
            "8 h on 24 Nov 2026 is more than the contracted day of 7 h 24 m"
            " (37 h over 5 days a week, assumed)."
        )

    def test_other_entries_of_the_day_are_added_whatever_they_are(self) -> None:
        facts = replace(FACTS, that_day=(Stretch(180), Stretch(60)))
        assert only(judge(ENTRY, facts, RULES)).says == (
            "7 h 30 m on 24 Nov 2026, 4 h of it in other entries, is more than the contracted day"
            " of 7 h 24 m (37 h over 5 days a week)."
        )

    def test_a_day_of_25_hours_cannot_be_even_when_the_clocks_go_back(self) -> None:
        day = date(2026, 10, 25)
        leave = Proposed(day, 1440, Activity.LEAVE)
        judged = judge(leave, replace(FACTS, that_day=(Stretch(60),)), RULES)
        reason = only(judged)
        assert (reason.code, reason.counts) == (Check.MORE_THAN_A_DAY, None)
        assert reason.says == (
            "25 h on 25 Oct 2026, 1 h of it in other entries, is more than a day has."
        )
        assert len(judge(leave, FACTS, RULES).reasons) == 1

    @pytest.mark.parametrize(
        ("began_at", "minutes", "shown"),
        [
            ("18:30", 31, "18:30 to 19:01"),
            ("6:59", 60, "6:59 to 7:59"),
            ("23:00", 120, "23:00 to 1:00 the next day"),
        ],
    )
    def test_an_evening_is_asked_about(self, began_at: str, minutes: int, shown: str) -> None:
        judged = judge(replace(ENTRY, began_at=began_at, minutes=minutes), FACTS, RULES)
        assert only(judged).says == (
            f"{shown} is not all between 7:00 and 19:00: was it in paid hours?"
        )
        assert judged.counts

    @pytest.mark.parametrize("began_at", ["07:00", "15:30", "", "half past eight", "24:00"])
    def test_inside_the_usual_day_and_without_a_time_nothing_is_said(self, began_at: str) -> None:
        assert len(judge(replace(ENTRY, began_at=began_at), FACTS, RULES).reasons) == 1

    @pytest.mark.parametrize(
        ("other", "overlaps"),
        [
            (Stretch(60, "08:00"), False),
            (Stretch(61, "08:00"), True),
            (Stretch(60, "12:30"), False),
            (Stretch(60, "12:29"), True),
            (Stretch(60, "10:00"), True),
            (Stretch(60), False),
        ],
    )
    def test_the_same_time_twice_is_asked_about(self, other: Stretch, overlaps: bool) -> None:
        judged = judge(ENTRY, replace(FACTS, that_day=(other,)), RULES)
        codes = [reason.code for reason in judged.reasons[1:]]
        assert codes == ([Check.OVERLAP] if overlaps else [])
        assert judged.counts

    def test_an_overlap_names_both_times(self) -> None:
        judged = judge(ENTRY, replace(FACTS, that_day=(Stretch(60, "10:00"),)), RULES)
        assert only(judged).says == "9:00 to 12:30 overlaps another entry, 10:00 to 11:00."


class TestWords:
    @pytest.mark.parametrize("what", ["", "  \n", "...", "🙂"])
    def test_without_words_it_is_not_said_what_was_learned(self, what: str) -> None:
        reason = only(judge(replace(ENTRY, what=what), FACTS, RULES))
        assert (reason.code, reason.counts, reason.field) == (Check.NOT_DESCRIBED, None, "what")

    @pytest.mark.parametrize("what", ["SQL", "a b c", "joins and", "Datenbankabfragen"])
    def test_a_word_or_two_say_little(self, what: str) -> None:
        reason = only(judge(replace(ENTRY, what=what), FACTS, RULES))
        assert reason.code == Check.THINLY_DESCRIBED
        assert reason.says == f"“{what}” says little: write in 3 words or more what was learned."

    def test_a_long_word_is_shown_in_part(self) -> None:
        reason = only(judge(replace(ENTRY, what="x" * 2_000_000), FACTS, RULES))
        assert reason.says.startswith(f"“{'x' * 39}…” says little")

    def test_the_same_words_on_three_other_days_are_asked_about(self) -> None:
        logged = [
            (TUESDAY - timedelta(days=n), f"how  AWS bills, and scales a SERVICE{'!' * n}")
            for n in range(4)
        ]
        two, three = texts_logged(logged[:3]), texts_logged(logged)
        assert len(judge(ENTRY, replace(FACTS, texts=two), RULES).reasons) == 1
        judged = judge(ENTRY, replace(FACTS, texts=three), RULES)
        reason = only(judged)
        assert (reason.code, reason.counts) == (Check.SAME_WORDS, None)
        assert reason.says == (
            "The same words stand at 3 other days, the latest 23 Nov 2026: what was new?"
        )

    def test_words_are_compared_without_case_accents_and_marks(self) -> None:
        assert plain_text(" Café — SQL,\tjoins! ") == "cafe sql joins"
        assert texts_logged([(TUESDAY, "  ")]) == {}


class TestWhatIsNotKnown:
    def test_it_is_named_and_never_guessed(self) -> None:
        judged = judge(replace(ENTRY, done_on=date(2031, 1, 2)), Facts(Course()), RULES)
        assert judged.counts
        assert judged.unchecked == (
            "The day on which training starts is not known.",
            "The planned end of training is not known.",
            "The bank holidays of 2031 are not known.",
            "The contracted weekly hours on that day are not known.",
            "What was logged on other days is not known.",
            "What else was logged on 2 Jan 2031 is not known.",
        )

    def test_a_year_outside_the_list_of_holidays_is_named(self) -> None:
        course = replace(COURSE, training_planned_end_on=date(2035, 1, 1))
        entry = replace(ENTRY, done_on=date(2029, 12, 25))
        judged = judge(entry, replace(FACTS, course=course), RULES)
        assert judged.unchecked == ("The bank holidays of 2029 are not known.",)
        assert len(judged.reasons) == 1

    def test_an_end_on_an_unknown_day_is_named(self) -> None:
        facts = replace(FACTS, course=replace(COURSE, outcome=Outcome.WITHDRAWN))
        assert judge(ENTRY, facts, RULES).unchecked == (
            "The apprenticeship has ended, but on which day is not known.",
        )

    def test_before_all_rules_nothing_is_measured_and_that_is_said(self) -> None:
        entry = replace(ENTRY, done_on=date(2009, 1, 6), what="")
        judged = judge(entry, FACTS, RULES)
        assert [reason.code for reason in judged.reasons] == [ACTIVITY]
        assert (
            "What an entry of hours is measured by is not known for 6 Jan 2009." in judged.unchecked
        )

    def test_an_activity_without_a_rule_does_not_count_and_says_so(self) -> None:
        late = CountingRule(Activity.WORKSHOP, True, "w", date(2027, 1, 1), None, "t")
        rules = replace(RULES, hours=replace(RULES.hours, counting=(late,)))
        judged = judge(ENTRY, FACTS, rules)
        assert not judged.counts
        (reason,) = judged.reasons
        assert reason.says == (
            "No rule says whether workshop counted as off-the-job training on 24 Nov 2026."
        )


class TestDecisions:
    def test_somebody_may_say_that_it_counts_and_every_reason_stays(self) -> None:
        entry = replace(ENTRY, done_on=date(2026, 12, 25), decided=True)
        judged = judge(entry, FACTS, RULES)
        assert (judged.counts, judged.by_the_rules) == (True, False)
        assert [reason.code for reason in judged.reasons] == [ACTIVITY, Check.BANK_HOLIDAY, DECIDED]
        assert judged.reasons[-1].says == (
            "Somebody decided that it counts; by the rules it does not."
        )
        assert judged.reasons[-1].source_words == "The decision kept with the entry"

    def test_somebody_may_say_that_it_does_not(self) -> None:
        judged = judge(replace(ENTRY, decided=False), FACTS, RULES)
        assert (judged.counts, judged.by_the_rules) == (False, True)
        assert only(judged).says == "Somebody decided that it does not count; by the rules it does."

    @pytest.mark.parametrize("day", [TUESDAY, date(2026, 12, 25)])
    def test_a_decision_as_the_rules_have_it_is_not_mentioned(self, day: date) -> None:
        entry = replace(ENTRY, done_on=day)
        judged = judge(entry, FACTS, RULES)
        assert judge(replace(entry, decided=judged.counts), FACTS, RULES) == judged

    def test_what_is_said_to_count_is_looked_at_in_full(self) -> None:
        entry = Proposed(date(2026, 12, 25), 60, Activity.INDUCTION, decided=True)
        codes = [reason.code for reason in judge(entry, FACTS, RULES).reasons]
        assert codes == [ACTIVITY, Check.BANK_HOLIDAY, Check.NOT_DESCRIBED, DECIDED]


def test_the_week_in_force_is_the_latest_that_has_begun() -> None:
    spans = [(date(2026, 4, 1), 1800), (date(2025, 9, 1), 2220)]
    assert week_in_force(spans, date(2025, 8, 31)) is None
    assert week_in_force(spans, date(2026, 3, 31)) == 2220
    assert week_in_force(spans, date(2026, 4, 1)) == 1800


@pytest.mark.parametrize(
    ("clock", "minutes"), [("0:00", 0), (" 09:05 ", 545), ("23:59", 1439), ("9.05", None)]
)
def test_a_time_of_day_is_minutes_after_midnight(clock: str, minutes: int | None) -> None:
    assert minutes_after_midnight(clock) == minutes


class TestRules:
    def test_a_newer_rule_takes_over_on_its_day(self) -> None:
        (weekend,) = (rule for rule in RULES.checks if rule.check is Check.WEEKEND)
        newer = replace(weekend, valid_from=date(2026, 11, 1), decides=True)
        rules = replace(RULES, checks=(newer, *RULES.checks))
        for day, counts in ((date(2026, 10, 31), True), (date(2026, 11, 1), False)):
            assert judge(replace(ENTRY, done_on=day), FACTS, rules).counts is counts

    def test_limits_are_those_of_the_day(self) -> None:
        (limits,) = RULES.days
        newer = replace(limits, valid_from=date(2026, 11, 1), working_days=4)
        rules = replace(RULES, days=(newer, limits))
        assert rules.day_limits(date(2026, 10, 31)).working_days == 5
        assert rules.day_limits(date(2026, 11, 1)).working_days == 4
        with pytest.raises(Problem, match="measured by is not known for 31 Dec 2009"):
            rules.day_limits(date(2009, 12, 31))

    @pytest.mark.parametrize(
        ("start", "is_rule"),
        [
            (date(2022, 7, 31), False),
            (date(2022, 8, 1), True),
            (date(2025, 7, 31), True),
            (date(2025, 8, 1), False),
        ],
    )
    def test_every_month_is_a_rule_for_starts_of_three_years(
        self, start: date, is_rule: bool
    ) -> None:
        assert RULES.month_rule(start).is_rule is is_rule
        with pytest.raises(Problem, match="not known for a start on 31 Dec 1899"):
            RULES.month_rule(date(1899, 12, 31))


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
clocks = st.one_of(st.just(""), st.text(max_size=5), st.times().map(lambda t: f"{t:%H:%M}"))
stretches = st.builds(Stretch, st.integers(0, 1440), clocks)
proposed = st.builds(
    Proposed,
    days,
    st.integers(0, 10_000_000),
    st.sampled_from(Activity),
    st.text(),
    clocks,
    st.none() | st.booleans(),
)
courses = st.builds(
    Course,
    *[st.none() | days] * 5,
    st.none() | st.sampled_from(Outcome),
    st.lists(
        st.lists(days, min_size=2, max_size=2).map(lambda two: Period(min(two), max(two)))
        | days.map(Period)
    ).map(tuple),
)
facts = st.builds(
    Facts,
    courses,
    st.none() | st.integers(1, 10_080),
    st.none() | st.integers(0, 7) | st.fractions(0, 7),
    st.none() | st.lists(stretches, max_size=4),
    st.none() | st.just(HOLIDAYS),
    st.none() | st.lists(st.tuples(days, st.text())).map(texts_logged),
)


@given(proposed, facts)
def test_no_entry_is_too_odd_to_be_judged(entry: Proposed, known: Facts) -> None:
    judged = judge(entry, known, RULES)
    assert judged.reasons[0].code == ACTIVITY
    assert judged.counts is (judged.by_the_rules if entry.decided is None else entry.decided)
    assert judged.by_the_rules is all(
        reason.counts is not False for reason in judged.reasons if reason.code != DECIDED
    )
    for reason in judged.reasons:
        assert reason.says.endswith((".", "?"))
        assert reason.field in {"activity", "counts", "done_on", "minutes", "began_at", "what"}


@given(proposed, facts, st.integers(0, 10_000))
def test_more_minutes_never_take_a_flag_away(entry: Proposed, known: Facts, more: int) -> None:
    before = {reason.code for reason in judge(entry, known, RULES).reasons}
    longer = replace(entry, minutes=entry.minutes + more)
    assert before <= {reason.code for reason in judge(longer, known, RULES).reasons}


@given(
    st.dates(date(2025, 9, 1), date(2027, 5, 7)).filter(
        lambda day: HOLIDAYS.is_working_day(day) and not any(day in each for each in COURSE.breaks)
    ),
    st.integers(1, 444),
    st.sampled_from([each for each in Activity if RULES.hours.counts(each, TUESDAY)]),
    st.integers(7 * 60, 19 * 60),
)
def test_whatever_lies_inside_all_rules_counts(
    day: date, minutes: int, activity: Activity, begins: int
) -> None:
    begins = min(begins, 19 * 60 - minutes)
    clock = f"{begins // 60:02d}:{begins % 60:02d}"
    entry = replace(ENTRY, done_on=day, minutes=minutes, activity=activity, began_at=clock)
    judged = judge(entry, FACTS, RULES)
    assert judged.counts
    assert len(judged.reasons) == 1
    assert judged.unchecked == ()


@pytest.mark.parametrize(
    ("typed", "read"), [("9:30", "09:30"), ("09.30", "09:30"), ("0:05", "00:05")]
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert time_of_day(typed) == read


@pytest.mark.parametrize("typed", ["noon", "25:00", "9:60"])
def test_what_is_no_time_of_day_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day"):
        time_of_day(typed)
