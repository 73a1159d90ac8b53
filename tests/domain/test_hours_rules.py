"""The vectors are those of the worked examples 1 to 7 in the research on funding rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.durations import decimal_hours
from apprentice_desk.domain.hours_rules import (
    Activity,
    CountingRule,
    HoursRules,
    PublishedMinimum,
    StatusLimits,
    mean_weekly_minutes,
    minimum,
    training_weeks,
)
from apprentice_desk.domain.problems import Problem

RULES = resources.hours_rules()
OLD, CAPPED, PUBLISHED = date(2021, 9, 6), date(2022, 9, 5), date(2025, 9, 1)


def weeks_after(start: date, weeks: int) -> date:
    return start + timedelta(weeks=weeks)


def shared(start: date, weeks: int, weekly_hours: int | None) -> int | None:
    weekly = None if weekly_hours is None else weekly_hours * 60
    return minimum(RULES, start, weeks_after(start, weeks), weekly, "ST0116", "1.2").minutes


def published(hours: int, prior_hours: int = 0) -> int | None:
    rules = replace(RULES, published=(figure(hours),))
    return minimum(rules, PUBLISHED, None, None, "ST0119", "1.2", prior_hours * 60).minutes


def figure(hours: int, **changes: object) -> PublishedMinimum:
    values = {
        "standard_code": "ST0119",
        "version": "1.2",
        "minimum_minutes": hours * 60,
        "valid_from": date(2025, 8, 1),
        "valid_to": None,
        "source": "a test",
        "is_verified": True,
    }
    return PublishedMinimum(**(values | changes))


class TestTheGenerations:
    @pytest.mark.parametrize(
        ("start", "name"),
        [
            (date(2019, 9, 1), "20% of the contracted week"),
            (date(2022, 7, 31), "20% of the contracted week"),
            (date(2022, 8, 1), "6 hours a week"),
            (date(2025, 7, 31), "6 hours a week"),
            (date(2025, 8, 1), "Published minimum"),
            (date(2027, 9, 1), "Published minimum"),
        ],
    )
    def test_the_original_start_chooses_the_rule(self, start, name):
        assert RULES.rule_for(start).name == name

    def test_a_start_that_no_rule_covers_is_a_problem_in_words(self):
        only_one = replace(RULES, rules=RULES.rules[1:2])
        for start in (date(2022, 7, 31), date(2025, 8, 1)):
            with pytest.raises(Problem, match="No off-the-job rule is known for a start on"):
                only_one.rule_for(start)


class TestBeforeAugust2022:
    def test_example_1_37_hours_over_104_weeks_is_686_72_hours_kept_as_41_204_minutes(self):
        minutes = shared(OLD, 104, 37)
        assert minutes == 41_204
        assert decimal_hours(41_204) == Decimal("686.73")

    def test_there_is_no_cap(self):
        assert shared(OLD, 52, 40) == Fraction("46.4") * 40 * 60 / 5

    def test_without_the_contracted_week_there_is_no_minimum(self):
        assert shared(OLD, 104, None) is None


class TestAugust2022ToJuly2025:
    @pytest.mark.parametrize(("weeks", "hours"), [(52, "278.4"), (78, "417.6"), (104, "556.8")])
    @pytest.mark.parametrize("weekly_hours", [30, 37, 40])
    def test_examples_2_and_3_full_time_is_6_hours_a_week(self, weeks, hours, weekly_hours):
        assert shared(CAPPED, weeks, weekly_hours) == Fraction(hours) * 60

    def test_example_4_part_time_is_20_percent_of_the_contracted_week(self):
        assert shared(CAPPED, 78, 20) == Fraction("278.4") * 60

    def test_example_5_weeks_come_from_the_days_between_start_and_end(self):
        start, end = date(2022, 9, 5), date(2024, 9, 4)
        assert (end - start).days == 730
        assert minimum(RULES, start, end, 37 * 60, "", "").minutes == Fraction("556.8") * 60

    def test_full_time_is_not_assumed(self):
        least = minimum(RULES, CAPPED, weeks_after(CAPPED, 52), None, "ST0116", "1.2")
        assert least.minutes is None
        assert least.says == (
            "The contracted weekly hours are not known, so the minimum cannot be worked out"
        )

    def test_days_of_breaks_that_moved_the_end_add_nothing(self):
        start = CAPPED
        end = weeks_after(start, 52) + timedelta(days=91)
        least = minimum(RULES, start, end, 37 * 60, "", "", break_days=91)
        assert least.minutes == Fraction("278.4") * 60


class TestFromAugust2025:
    def test_example_6_the_published_minimum_less_prior_learning(self):
        assert published(1022) == 1022 * 60
        assert published(1022, 200) == 822 * 60

    def test_example_7_it_never_falls_below_187_hours(self):
        assert published(278, 120) == 187 * 60
        assert published(278, 91) == 187 * 60
        assert published(278, 90) == 188 * 60

    def test_without_a_published_figure_the_floor_is_not_taken_for_the_minimum(self):
        least = minimum(RULES, PUBLISHED, None, 37 * 60, "ST0116", "1.2")
        assert (least.minutes, least.floor_minutes, least.published) == (None, 187 * 60, None)
        assert least.says == (
            "No published minimum is known for ST0116 v1.2, so the minimum cannot be worked out;"
            " it is never below 187 h"
        )

    @pytest.mark.parametrize(
        ("code", "version", "named"),
        [
            ("ST0116", None, "for ST0116,"),
            (None, "1.2", "for this standard,"),
            ("ST0116", "", "for ST0116,"),
            ("", "", "for this standard,"),
            ("ST0116", "?", "v?"),
        ],
    )
    def test_what_is_missing_is_named_as_far_as_it_is_known(self, code, version, named):
        assert named in minimum(RULES, PUBLISHED, None, None, code, version).says

    def test_neither_hours_nor_end_are_needed(self):
        assert minimum(RULES, PUBLISHED, None, None, "ST0119", "1.2").minutes == 1022 * 60

    def test_a_spreadsheets_version_1_is_1_0(self):
        assert minimum(RULES, PUBLISHED, None, None, "FA0004", "1").minutes == 187 * 60

    def test_a_figure_revised_for_a_few_months_is_chosen_by_the_start(self):
        rules = replace(
            RULES,
            published=(
                figure(500, valid_to=date(2025, 12, 31)),
                figure(600, valid_from=date(2026, 1, 1)),
                figure(900, version="1.3"),
            ),
        )
        for start, hours in ((date(2025, 12, 31), 500), (date(2026, 1, 1), 600)):
            assert minimum(rules, start, None, None, "ST0119", "1.2").minutes == hours * 60


class TestWhatItSays:
    def test_a_second_hand_figure_says_so(self):
        least = minimum(RULES, PUBLISHED, None, None, "ST0119", "1.2")
        assert not least.is_verified
        assert least.says == (
            "Published minimum for ST0119 v1.2 (second-hand figure: check against the current list)"
        )

    def test_prior_learning_and_floor_are_told(self):
        rules = replace(RULES, published=(figure(278),), rules=verified(RULES))
        least = minimum(rules, PUBLISHED, None, None, "ST0119", "1.2", 7200)
        assert least.is_verified
        assert least.says == (
            "Published minimum for ST0119 v1.2 less 120 h of recognised prior learning,"
            " but never below 187 h"
        )

    def test_a_read_figure_under_a_second_hand_rule_is_second_hand(self):
        rules = replace(RULES, published=(figure(278),))
        least = minimum(rules, PUBLISHED, None, None, "ST0119", "1.2")
        assert not least.is_verified
        assert least.says.endswith(
            "(second-hand rule: check against the funding rules of the start)"
        )

    @pytest.mark.parametrize(
        ("start", "weekly_hours", "says"),
        [
            (OLD, 37, "20% of 37 h a week over 104 weeks less 11.2 weeks of leave"),
            (CAPPED, 37, "6 h a week over 104 weeks less 11.2 weeks of leave"),
            (CAPPED, 20, "20% of 20 h a week over 104 weeks less 11.2 weeks of leave"),
        ],
    )
    def test_the_sum_is_told(self, start, weekly_hours, says):
        rules = replace(RULES, rules=verified(RULES))
        least = minimum(rules, start, weeks_after(start, 104), weekly_hours * 60, "", "")
        assert least.says == says
        assert least.is_verified
        second_hand = minimum(RULES, start, weeks_after(start, 104), weekly_hours * 60, "", "")
        assert second_hand.says == (
            f"{says} (second-hand rule: check against the funding rules of the start)"
        )

    def test_an_end_that_is_missing_or_wrong_is_told(self):
        missing = minimum(RULES, CAPPED, None, 37 * 60, "", "")
        assert missing.says.startswith("The planned end of training is not known")
        wrong = minimum(RULES, CAPPED, CAPPED, 37 * 60, "", "")
        assert wrong.minutes is None
        assert wrong.says.startswith("The planned end of training is not after its start")


def verified(rules: HoursRules) -> tuple:
    return tuple(replace(rule, is_verified=True) for rule in rules.rules)


class TestWeeks:
    @pytest.mark.parametrize(
        ("days", "weeks"), [(0, 0), (3, 0), (4, 1), (730, 104), (364, 52), (367, 52), (368, 53)]
    )
    def test_they_are_rounded_to_the_nearest(self, days, weeks):
        assert training_weeks(CAPPED, CAPPED + timedelta(days=days)) == weeks

    @given(st.integers(0, 3000), st.integers(1, 60))
    def test_more_training_never_asks_for_less(self, days, weekly_hours):
        def least(length: int) -> int:
            end = CAPPED + timedelta(days=length)
            return minimum(RULES, CAPPED, end, weekly_hours * 60, "", "").minutes or 0

        assert least(days) <= least(days + 7)


class TestTheContractedWeek:
    first, last = date(2026, 1, 1), date(2026, 1, 10)

    @pytest.mark.parametrize(
        ("spans", "mean"),
        [
            ([(date(2026, 1, 1), 2220)], 2220),
            ([(date(2020, 1, 1), 2220)], 2220),
            ([(date(2026, 1, 1), 1000), (date(2026, 1, 6), 2000)], 1500),
            ([(date(2026, 1, 6), 2000), (date(2026, 1, 1), 1000)], 1500),
            ([(date(2020, 1, 1), 1000), (date(2025, 1, 1), 1500), (date(2026, 1, 10), 2500)], 1600),
            ([(date(2020, 1, 1), 1000), (date(2027, 1, 1), 9999)], 1000),
            ([(date(2026, 1, 1), 1000), (date(2026, 1, 2), 1001)], 1001),
            ([], None),
            ([(date(2026, 1, 2), 2220)], None),
        ],
    )
    def test_each_day_weighs_the_same_and_an_unknown_first_day_makes_it_unknown(self, spans, mean):
        assert mean_weekly_minutes(spans, self.first, self.last) == mean

    def test_no_days_have_no_mean(self):
        assert mean_weekly_minutes([(self.first, 2220)], self.last, self.first) is None


class TestCounting:
    def test_every_activity_counts_or_not_and_says_why(self):
        for activity in Activity:
            rule = RULES.counting_rule(activity, date(2026, 9, 1))
            assert rule.counts is RULES.counts(activity, date(2026, 9, 1))
            assert rule.why
            assert rule.source

    @pytest.mark.parametrize(
        ("activity", "counts"),
        [
            (Activity.TEACHING, True),
            (Activity.SHADOWING, True),
            (Activity.ASSIGNMENT, True),
            (Activity.ENGLISH_AND_MATHS, False),
            (Activity.PROGRESS_REVIEW, False),
            (Activity.ASSESSMENT, False),
            (Activity.INDUCTION, False),
            (Activity.ON_THE_JOB, False),
            (Activity.LEAVE, False),
        ],
    )
    def test_what_the_funding_rules_name(self, activity, counts):
        assert RULES.counts(activity, date(2026, 9, 1)) is counts

    def test_a_rule_holds_between_its_days(self):
        rules = replace(
            RULES,
            counting=(
                CountingRule(Activity.MENTORING, True, "then", None, date(2025, 7, 31), "t"),
                CountingRule(Activity.MENTORING, False, "now", date(2025, 8, 1), None, "t"),
            ),
        )
        assert rules.counts(Activity.MENTORING, date(2025, 7, 31))
        assert not rules.counts(Activity.MENTORING, date(2025, 8, 1))
        with pytest.raises(Problem, match="whether simulation counted"):
            rules.counts(Activity.SIMULATION, date(2025, 8, 1))


class TestLimits:
    def test_the_newest_in_force_is_used(self):
        old = StatusLimits(date(2020, 1, 1), *(Fraction(1),) * 4, "old")
        new = StatusLimits(date(2026, 1, 1), *(Fraction(2),) * 4, "new")
        rules = replace(RULES, limits=(new, old))
        assert rules.limits_at(date(2025, 12, 31)) == old
        assert rules.limits_at(date(2026, 1, 1)) == new
        with pytest.raises(Problem, match="No limits for slipping and behind"):
            rules.limits_at(date(2019, 12, 31))

    def test_ours_say_that_they_are_ours(self):
        assert "not a funding rule" in RULES.limits_at(date(2026, 9, 1)).source
