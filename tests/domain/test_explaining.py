"""The explained figure is the figure, for any facts; and its lines hold the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.explaining import (
    Behind,
    Figure,
    explain,
    explain_all,
)
from apprentice_desk.domain.hours_facts import HoursFacts, PlanDue, figures_of
from apprentice_desk.domain.off_the_job import HoursStatus, Logged

RULES = resources.hours_rules()
START, END = date(2024, 9, 2), date(2026, 9, 1)
DAY = date(2025, 6, 2)
FACTS = HoursFacts(
    Course(START, END),
    START,
    ((START, 2_160),),
    "ST0116",
    "1.1",
    logged=Logged(6_030, 600, date(2025, 5, 30)),
)

days = st.dates(date(2020, 1, 1), date(2029, 12, 31))


@st.composite
def breaks(draw: st.DrawFn) -> tuple[Period, ...]:
    found, after = [], date(2021, 1, 1)
    for _ in range(draw(st.integers(0, 3))):
        first = after + timedelta(days=draw(st.integers(0, 900)))
        last = first + timedelta(days=draw(st.integers(0, 300)))
        found.append(Period(first, last))
        after = last + timedelta(days=1)
    if draw(st.booleans()):
        found.append(Period(after + timedelta(days=draw(st.integers(0, 400)))))
    return tuple(found)


@st.composite
def any_facts(draw: st.DrawFn) -> HoursFacts:
    begun = st.dates(date(2020, 1, 1), date(2024, 1, 1))
    start = draw(st.none() | begun | begun | begun)
    later = st.dates(date(2025, 1, 1), date(2029, 12, 31))
    end = draw(st.none() | later | later | days)
    ended = draw(st.none() | st.none() | days)
    outcome = draw(st.none() | st.none() | st.sampled_from(Outcome))
    course = Course(start, end, None, None, ended, outcome, draw(breaks()))
    spans = draw(st.dictionaries(st.dates(date(2019, 1, 1), date(2026, 1, 1)),
                                 st.integers(60, 2_400), max_size=3))  # fmt: skip
    done = draw(st.integers(0, 40_000))
    recent = draw(st.integers(0, done))
    standard, version = draw(
        st.sampled_from([("ST0116", "1.1"), ("ST0119", "1.2"), ("", ""), ("ST9999", "9.9")])
    )
    return HoursFacts(
        course,
        draw(st.none() | st.just(start) | st.just(start)),
        tuple(spans.items()),
        standard,
        version,
        draw(st.none() | st.integers(0, 40_000)),
        draw(st.integers(0, 6_000)),
        Logged(done, recent, draw(st.none() | days) if done else None, draw(st.integers(0, 99))),
        draw(st.none() | st.builds(PlanDue, st.integers(0, 30_000), st.integers(0, 3),
                                   st.integers(0, 600))),
    )  # fmt: skip


@given(any_facts(), days)
def test_what_is_explained_is_the_figure(facts: HoursFacts, day: date) -> None:
    figures = figures_of(facts, RULES, day)
    found = {each.figure: each.result for each in explain_all(facts, RULES, day)}
    minimum = figures.minimum
    assert found == {
        Figure.STATUS: figures.status,
        Figure.REQUIRED: figures.required_minutes,
        Figure.MINIMUM: None if minimum is None else minimum.minutes,
        Figure.PLANNED: figures.planned_to_date_minutes,
        Figure.LOGGED: figures.logged_minutes,
        Figure.AGAINST_PLAN: figures.against_plan_minutes,
        Figure.PACE: figures.pace_minutes,
        Figure.NEEDED: figures.needed_minutes,
        Figure.FORECAST: (figures.forecast_minutes, figures.reached_on, figures.weeks_late),
    }


@given(any_facts(), days)
def test_a_figure_that_is_not_known_says_so_and_every_line_has_words(
    facts: HoursFacts, day: date
) -> None:
    for each in explain_all(facts, RULES, day):
        assert each.steps
        assert all(step.what and step.amount for step in each.steps)
        if each.result is None or each.result == (None, None, None):
            assert each.value == "not known"
        assert each.title[0].isupper()


def lines(figure: Figure, facts: HoursFacts = FACTS, day: date = DAY) -> list[tuple[str, str]]:
    return [(step.what, step.amount) for step in explain(figure, facts, RULES, day).steps]


def test_the_minimum_by_share_shows_weeks_leave_cap_and_the_sum():
    assert lines(Figure.MINIMUM) == [
        ("Training first started", "2 Sep 2024"),
        ("Rule of that start", "6 hours a week, for starts from 1 Aug 2022 to 31 Jul 2025"),
        ("Training is planned to end", "1 Sep 2026"),
        ("Contracted from 2 Sep 2024", "36 h a week"),
        ("Contracted week, averaged over the training", "36 h"),
        ("Whole weeks of training", "104"),
        ("Leave, 5.6 weeks a year", "11.2 weeks"),
        ("Of the week counts at most", "30 h"),
        ("(104 − 11.2) × 30 h × 20%, rounded up", "556 h 48 m"),
    ]
    (source,) = explain(Figure.MINIMUM, FACTS, RULES, DAY).sources
    assert source.says.startswith("6 hours a week, for starts from 1 Aug 2022")
    assert source.says.endswith("Check against the rules.")


def test_the_minimum_before_the_cap_and_after_breaks():
    early = replace(
        FACTS,
        original_start_on=date(2021, 9, 6),
        course=Course(
            date(2021, 9, 6),
            date(2023, 9, 5),
            breaks=(Period(date(2022, 1, 3), date(2022, 1, 30)),),
        ),
        weekly=((date(2021, 9, 6), 2_160),),
    )
    found = lines(Figure.MINIMUM, early)
    assert (
        "Rule of that start",
        "20% of the contracted week, for starts up to 31 Jul 2022",
    ) in found
    assert ("Days of breaks, which moved the end", "28") in found
    assert ("Whole weeks of training", "100") in found
    assert not [what for what, _ in found if "at most" in what]


def test_a_published_minimum_shows_prior_learning_and_the_floor():
    late = replace(
        FACTS,
        original_start_on=date(2026, 2, 2),
        course=Course(date(2026, 2, 2), date(2028, 1, 31)),
        standard_code="ST0119",
        standard_version="1.2",
    )
    published = RULES.published_minimum("ST0119", "1.2", date(2026, 2, 2))
    assert published is not None
    prior = published.minimum_minutes - 60
    found = lines(Figure.MINIMUM, replace(late, prior_learning_minutes=prior))
    assert found[-1] == ("Never below", "187 h")
    assert found[-2][1] == "1 h"
    whole = explain(Figure.MINIMUM, late, RULES, DAY)
    assert whole.steps[-1].what == "Published minimum of ST0119 v1.2"
    sources = whole.sources
    assert [each.name for each in sources] == [
        "Published minimum, for starts from 1 Aug 2025",
        "Published figure of ST0119 v1.2",
    ]


def test_a_rule_for_all_starts_needs_no_days(rules):
    rule = replace(rules.rules[0], valid_from=None, valid_to=None)
    found = explain(Figure.MINIMUM, FACTS, replace(rules, rules=(rule,)), DAY)
    assert found.steps[1].amount == "20% of the contracted week"


def test_without_a_start_no_rule_is_known():
    assert lines(Figure.MINIMUM, replace(FACTS, original_start_on=None)) == [
        ("Training first started", "not known"),
        ("Rule of that start", "not known"),
    ]


def test_required_says_whether_it_was_agreed():
    agreed = explain(Figure.REQUIRED, replace(FACTS, agreed_minutes=30_000), RULES, DAY)
    assert agreed.steps[-1].what == "Required is what was agreed"
    assert [each.is_verified for each in agreed.sources] == [True]
    asked = explain(Figure.REQUIRED, FACTS, RULES, DAY)
    assert asked.steps[-1].what == "Nothing is agreed, so required is the minimum"
    assert len(asked.sources) == 2


def test_planned_shows_the_proportion_or_the_activities():
    assert lines(Figure.PLANNED)[-3:] == [
        ("Days of training so far, breaks taken out", "274 days"),
        ("Days of training altogether, breaks taken out", "730 days"),
        ("556 h 48 m × 274 ÷ 730", "208 h 59 m"),
    ]
    dated = explain(Figure.PLANNED, replace(FACTS, plan=PlanDue(9_000, 2, 150)), RULES, DAY)
    assert dated.behind is Behind.PLAN
    assert [step.amount for step in dated.steps] == ["150 h", "2 of them, 2 h 30 m", "150 h"]
    assert len(explain(Figure.PLANNED, replace(FACTS, plan=PlanDue(9)), RULES, DAY).steps) == 2
    paused = replace(FACTS, course=replace(FACTS.course, breaks=(Period(date(2025, 5, 1)),)))
    assert ("The plan stopped with the end or an open break", "30 Apr 2025") in lines(
        Figure.PLANNED, paused
    )
    early = lines(Figure.PLANNED, day=START - timedelta(days=1))
    assert early[-1] == ("Training had not started", "0 h")
    assert lines(Figure.PLANNED, day=END)[-1] == (
        "The planned end has come, so all of it",
        "556 h 48 m",
    )


def test_needed_and_forecast_hold_what_they_divide_by():
    assert lines(Figure.NEEDED) == [
        ("Required", "556 h 48 m"),
        ("Logged to 2 Jun 2025", "100 h 30 m"),
        ("Still to do, never below nothing", "456 h 18 m"),
        ("Days left to 1 Sep 2026, known breaks taken out", "456 days, 65.1 weeks"),
        ("456 h 18 m ÷ 65.1 weeks", "7.0 h a week"),
    ]
    forecast = explain(Figure.FORECAST, FACTS, RULES, DAY)
    assert forecast.value == "181 h 56 m"
    assert ("That many days on, known breaks skipped", "1 Jun 2032") in [
        (step.what, step.amount) for step in forecast.steps
    ]
    breaks = (
        Period(date(2025, 1, 1), date(2025, 1, 9)),  # over
        Period(date(2026, 1, 1), date(2026, 1, 31)),  # met on the way
        Period(date(2040, 1, 1), date(2040, 12, 31)),  # never met
    )
    paused = replace(FACTS, course=replace(FACTS.course, breaks=breaks), agreed_minutes=33_408)
    reached = explain(Figure.FORECAST, paused, RULES, DAY).result
    assert reached == (reached[0], date(2032, 7, 2), reached[2])
    crawl = replace(FACTS, logged=Logged(600, 1, date(2025, 5, 30)))
    assert explain(Figure.FORECAST, crawl, RULES, DAY).result[1] is None, "in over a century"
    assert len(lines(Figure.FORECAST, replace(FACTS, logged=Logged(60_000, 600, DAY)))) == 6
    none = replace(FACTS, logged=Logged(6_030, 0))
    assert lines(Figure.FORECAST, none)[-1][1] == "no day that can be foreseen"


def test_the_status_is_judged_by_dated_limits_with_their_source():
    found = explain(Figure.STATUS, FACTS, RULES, DAY)
    assert found.result is HoursStatus.BEHIND
    assert ("Below plan", "108 h 29 m, 19.5% of required") in lines(Figure.STATUS)
    assert found.sources[0].name == "Limits in force from 1 Jan 2010"
    slipping = replace(FACTS, logged=Logged(10_500, 3_500, date(2025, 5, 30)))
    assert explain(Figure.STATUS, slipping, RULES, DAY).result is HoursStatus.SLIPPING
    early = lines(Figure.STATUS, FACTS, date(2024, 9, 20))
    assert ("Weeks late", "not asked in the first 8 weeks of training") in early
    open_end = replace(FACTS, course=Course(START), agreed_minutes=30_000, plan=PlanDue(6_040))
    assert ("Weeks late", "not asked without a planned end") in lines(Figure.STATUS, open_end)
    assert lines(Figure.FORECAST, open_end)[-1][0] == "That many days on, known breaks skipped"


def test_one_day_is_one_day():
    first = replace(FACTS, logged=Logged(60, 60, START))
    assert ("Days of those in training and not on a break", "1 day") in lines(
        Figure.PACE, first, START
    )
    assert explain(Figure.PACE, first, RULES, START).result == Fraction(420)


def test_what_does_not_count_is_told_apart():
    facts = replace(FACTS, logged=Logged(60, 60, START, 45))
    assert ("Entries that do not count, in no total", "45 m") in lines(Figure.LOGGED, facts)
