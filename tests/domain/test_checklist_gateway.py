"""The gateway's list and the earliest day, worked out by hand beside the program."""

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
from apprentice_desk.domain.checklist import ItemState, Mark
from apprentice_desk.domain.checklist_gateway import (
    GatewayFacts,
    MandatoryActivity,
    VersionFacts,
    gateway,
    lasts_until,
    qualification_key,
)
from apprentice_desk.domain.hours_facts import HoursFacts, figures_of
from apprentice_desk.domain.off_the_job import Logged

RULES = resources.programme_rules()
HOURS = resources.hours_rules()
START, END = date(2025, 9, 1), date(2027, 8, 31)
TODAY = date(2026, 9, 1)
NEW = VersionFacts("ST0116 v1.1", ("Level 3 Award",), has_new_assessment=True)
OLD = VersionFacts("ST0116 v1.0", (), has_new_assessment=False)
DONE = (MandatoryActivity("Project", None, is_done=True),)
AGREED = {key: Mark(key, TODAY) for key in ("agreed_employer", "agreed_apprentice",
                                            "agreed_provider", "behaviours")}  # fmt: skip
HELD = {qualification_key("Level 3 Award"): Mark(qualification_key("Level 3 Award"), TODAY)}


def facts_of(
    *, course=None, agreed=500 * 60, logged=300 * 60, recent=48 * 60, as_at=TODAY, weekly=36 * 60,
    **more,
):  # fmt: skip
    course = course or Course(START, END)
    start = course.training_started_on
    hours = HoursFacts(
        course,
        start,
        ((start, weekly),) if start and weekly else (),
        agreed_minutes=agreed,
        logged=Logged(logged, recent, as_at),
    )
    values = {
        "born_on": date(2000, 5, 5), "original_start_on": start, "is_english_needed": False,
        "is_maths_needed": False, "version": NEW, "activities": DONE,
        "weekly_minutes": hours.mean_weekly_minutes,
    } | more  # fmt: skip
    return GatewayFacts(course, figures_of(hours, HOURS, as_at), **values)


def look(facts, marks=None, as_at=TODAY):
    return gateway(facts, AGREED | HELD if marks is None else marks, RULES, as_at)


def item(found, key):
    return next(each for each in found.items if each.id == key)


# --- hours ---------------------------------------------------------------------------------------


def test_hours_are_forecast_at_the_present_pace():
    # 48 h in the last 8 weeks are 6 h a week; 200 h to do are 33 1/3 weeks, 233 1/3 days: done on
    # the 234th day after 1 September 2026, 23 April 2027 (29 + 31 + 30 + 31 + 31 + 28 + 31 = 211
    # days to the end of March, and 23).
    found = item(look(facts_of()), "hours")
    assert found.state is ItemState.NOT_MET
    assert found.meets_on == date(2027, 4, 23)
    assert found.why == (
        "300 h of 500 h logged; at the present pace of 6.0 h a week all on 23 Apr 2027."
    )
    assert found.remedy.startswith("200 h still to be logged.")
    assert not found.can_be_marked


def test_hours_that_are_logged_are_met():
    found = item(look(facts_of(logged=500 * 60)), "hours")
    assert (found.state, found.why) == (ItemState.MET, "500 h of 500 h logged.")


def test_without_a_pace_nobody_can_say_when():
    found = item(look(facts_of(recent=0)), "hours")
    assert found.meets_on is None
    assert found.why.endswith("at the present pace nobody can say when.")


def test_on_a_break_nobody_can_say_when():
    course = Course(START, END, breaks=(Period(date(2026, 8, 3)),))
    found = item(look(facts_of(course=course)), "hours")
    assert found.meets_on is None
    assert found.why.endswith("on a break, so nobody can say when.")


def test_agreed_hours_below_the_minimum_are_not_enough():
    # Start on 1 September 2024, end on 31 August 2025: 364 days are 52 weeks, 46.4 weeks x 6 h.
    course = Course(date(2024, 9, 1), date(2025, 8, 31))
    found = item(look(facts_of(course=course, agreed=200 * 60, logged=210 * 60)), "hours")
    assert found.state is ItemState.NOT_MET
    assert found.why.startswith("210 h of 278 h 24 m logged")
    assert "statement" not in found.remedy


def test_over_the_minimum_and_below_what_was_agreed_a_statement_is_named():
    course = Course(date(2024, 9, 1), date(2025, 8, 31))
    found = item(look(facts_of(course=course, agreed=400 * 60, logged=300 * 60)), "hours")
    assert found.state is ItemState.NOT_MET
    assert "minimum of 278 h 24 m is reached" in found.remedy
    assert "statement" in found.remedy


@pytest.mark.parametrize("start", [START, None])
def test_required_hours_that_are_not_known_stay_so(start):
    found = item(look(facts_of(course=Course(start, END), agreed=None)), "hours")
    assert found.state is ItemState.NOT_KNOWN
    assert found.remedy == "Enter the hours agreed in the training plan."
    assert ("No published minimum is known" in found.why) == (start is not None)


# --- duration ------------------------------------------------------------------------------------

LASTS = [
    # 8 months for starts from August 2025: 242 days, 30 + 31 + 30 + 31 + 31 + 28 + 31 + 30.
    (date(2025, 9, 1), (), date(2026, 4, 30)),
    # 12 months before: 365 days.
    (date(2024, 9, 1), (), date(2025, 8, 31)),
    (date(2023, 9, 1), (), date(2024, 8, 30)),  # a leap year's day counts
    # A break of 28 days, 2 February to 1 March 2026, moves it to 28 May.
    (date(2025, 9, 1), (Period(date(2026, 2, 2), date(2026, 3, 1)),), date(2026, 5, 28)),
    # A break after the minimum is over moves nothing.
    (date(2025, 9, 1), (Period(date(2026, 5, 1), date(2026, 5, 31)),), date(2026, 4, 30)),
    # Two breaks, the second of which the first moved it into: 28 + 31 days, to 28 June.
    (
        date(2025, 9, 1),
        (Period(date(2026, 2, 2), date(2026, 3, 1)), Period(date(2026, 5, 1), date(2026, 5, 31))),
        date(2026, 6, 28),
    ),
    # An open break that began after it was over does not take it back.
    (date(2025, 9, 1), (Period(date(2026, 6, 1)),), date(2026, 4, 30)),
    # An open break before it was over: nobody can say.
    (date(2025, 9, 1), (Period(date(2026, 3, 1)),), None),
    # One that is planned for later than the day that is looked at does not count yet.
    (date(2026, 3, 1), (Period(date(2026, 10, 1)),), date(2026, 10, 28)),
    (None, (), None),
]


@pytest.mark.parametrize(("start", "breaks", "last"), LASTS)
def test_the_minimum_duration_by_hand(start, breaks, last):
    course = Course(start, END, breaks=breaks)
    assert lasts_until(course, RULES.duration_for(start or START), TODAY) == last


def test_the_duration_says_what_it_is_made_of():
    pause = Period(date(2026, 7, 1), date(2026, 7, 28))
    course = Course(date(2026, 3, 1), END, breaks=(pause,))
    found = item(look(facts_of(course=course)), "duration")
    assert (
        found.why
        == "8 months (242 days) from 1 Mar 2026 and 28 days of breaks: over on 25 Nov 2026."
    )
    assert (found.state, found.meets_on) == (ItemState.NOT_MET, date(2026, 11, 25))
    assert found.remedy == "85 days to go."
    assert item(look(facts_of()), "duration").state is ItemState.MET


def test_part_time_starts_before_august_2025_are_told_of_the_longer_duration():
    course = Course(date(2024, 9, 1), END)
    assert "12 months x 30" in item(look(facts_of(course=course, weekly=20 * 60)), "duration").why
    assert "12 months x 30" not in item(look(facts_of(course=course)), "duration").why
    assert "x 30" not in item(look(facts_of(weekly=20 * 60)), "duration").why
    assert "x 30" not in item(look(facts_of(course=course, weekly=None)), "duration").why


def test_a_duration_that_cannot_be_said_is_not_known():
    open_break = Course(START, END, breaks=(Period(date(2026, 3, 1)),))
    found = item(look(facts_of(course=open_break)), "duration")
    assert found.state is ItemState.NOT_KNOWN
    assert "the break has no end yet" in found.why
    found = item(look(facts_of(course=Course(None, END))), "duration")
    assert found.why == "The day on which training started is not known."
    rules = replace(RULES, durations=RULES.durations[2:])
    found = gateway(facts_of(original_start_on=date(2025, 7, 31)), {}, rules, TODAY)
    assert "No minimum duration is known" in item(found, "duration").why


# --- English and maths ---------------------------------------------------------------------------

YOUNG, ADULT = date(2006, 9, 2), date(2006, 9, 1)  # 18 and 19 on the day of the start
ENGLISH = [
    # born, needed, met on, state, words
    (YOUNG, None, None, ItemState.NOT_MET, "Aged 18 at the start."),
    (YOUNG, True, None, ItemState.NOT_MET, "Aged 18 at the start."),
    (YOUNG, False, None, ItemState.NOT_KNOWN, "Recorded as not needed, but aged 18 at the start."),
    (YOUNG, None, date(2026, 9, 1), ItemState.MET, "Achieved on 1 Sep 2026."),
    (YOUNG, None, date(2026, 9, 2), ItemState.NOT_MET, "Aged 18 at the start."),
    (ADULT, None, None, ItemState.NOT_KNOWN, "Nobody recorded whether it is."),
    (ADULT, False, None, ItemState.NOT_NEEDED, "Aged 19 at the start."),
    (ADULT, True, None, ItemState.NOT_MET, "The employer opted in."),
    (ADULT, True, date(2026, 8, 1), ItemState.MET, "Achieved on 1 Aug 2026."),
    (None, None, None, ItemState.NOT_KNOWN, "The age at the start is not known."),
    (None, True, None, ItemState.NOT_MET, "The employer opted in."),
    (None, False, None, ItemState.NOT_NEEDED, "The age at the start is not known."),
]


@pytest.mark.parametrize(("born", "needed", "met_on", "state", "words"), ENGLISH)
def test_english_and_maths_by_the_rule_of_2025(born, needed, met_on, state, words):
    found = look(
        facts_of(
            born_on=born, is_english_needed=needed, english_met_on=met_on,
            is_maths_needed=needed, maths_met_on=met_on,
        )
    )  # fmt: skip
    for key in ("english", "maths"):
        assert item(found, key).state is state
        assert words in item(found, key).why
    assert item(found, "english").meets_on == (met_on if state is ItemState.NOT_MET else None)


def test_english_and_maths_are_two_things():
    found = look(facts_of(born_on=YOUNG, english_met_on=TODAY, is_maths_needed=None))
    assert item(found, "english").state is ItemState.MET
    assert item(found, "maths").state is ItemState.NOT_MET


def test_before_11_february_2025_everybody_had_to():
    course = Course(date(2023, 9, 1), END)
    before = date(2025, 2, 10)
    found = look(facts_of(course=course, is_english_needed=None, as_at=before), as_at=before)
    assert item(found, "english").state is ItemState.NOT_MET
    later = look(facts_of(course=course, is_english_needed=None, as_at=date(2025, 2, 11)),
                 as_at=date(2025, 2, 11))  # fmt: skip
    assert item(later, "english").state is ItemState.NOT_KNOWN
    passed = Course(date(2023, 9, 1), END, assessment_began_on=before)
    found = look(facts_of(course=passed, is_english_needed=None))
    assert item(found, "english").state is ItemState.NOT_MET, "the rule of the gateway's day holds"


def test_somebody_can_say_that_english_is_not_needed_and_who_saw_the_certificate():
    marks = {"english": Mark("english", is_not_needed=True, note="British Sign Language"),
             "maths": Mark("maths", TODAY, "Grace Park")}  # fmt: skip
    found = look(facts_of(born_on=YOUNG, maths_met_on=TODAY), marks)
    assert item(found, "english").why == "Not needed: British Sign Language."
    assert item(found, "maths").why == "Achieved on 1 Sep 2026 (Grace Park)."


# --- qualifications, activities, behaviours -------------------------------------------------------


def test_each_qualification_is_an_item_of_its_own():
    version = replace(NEW, qualifications=("Level 3 Award", "Cisco CCNA"))
    found = look(facts_of(version=version))
    assert item(found, qualification_key("level 3  award")).state is ItemState.MET
    open_one = item(found, qualification_key("Cisco CCNA"))
    assert (open_one.title, open_one.state) == ("Cisco CCNA", ItemState.NOT_KNOWN)
    assert len(open_one.id) <= 60


@pytest.mark.parametrize(
    ("version", "words"),
    [(None, "The version of the standard is not loaded"), (OLD, "ST0116 v1.0 as it was loaded")],
)
def test_where_no_qualification_is_named_it_is_not_known(version, words):
    found = item(look(facts_of(version=version)), "qualification")
    assert found.state is ItemState.NOT_KNOWN
    assert found.why.startswith(words)
    assert ("Load the version" in found.remedy) == (version is None)
    said = {
        "qualification": Mark("qualification", is_not_needed=True, note="The plan asks for none")
    }
    assert (
        item(look(facts_of(version=version), said), "qualification").state is ItemState.NOT_NEEDED
    )


def test_mandatory_activities():
    def found(*activities):
        return item(look(facts_of(activities=activities)), "activities")

    assert item(look(facts_of(activities=None)), "activities").state is ItemState.NOT_KNOWN
    assert found().state is ItemState.NOT_NEEDED
    assert found(*DONE).why == "Done: 1 mandatory one."
    planned = [MandatoryActivity(f"Talk {n}", date(2026, 10, n), is_done=False) for n in (5, 3)]
    left = found(*DONE, *planned)
    assert (left.state, left.meets_on) == (ItemState.NOT_MET, date(2026, 10, 5))
    assert left.why == "2 of 3 not done: Talk 5 and Talk 3."
    for without in (None, date(2026, 8, 31)):
        left = found(*planned, MandatoryActivity("Late", without, is_done=False))
        assert left.meets_on is None
        assert "overdue or have none" in left.remedy


@pytest.mark.parametrize(
    ("version", "state"),
    [
        (NEW, ItemState.NOT_MET),
        (OLD, ItemState.NOT_NEEDED),
        (None, ItemState.NOT_KNOWN),
        (VersionFacts("ST0116 v1.1"), ItemState.NOT_KNOWN),
    ],
)
def test_behaviours_are_verified_under_the_new_model_only(version, state):
    assert item(look(facts_of(version=version), {}), "behaviours").state is state


def test_a_word_of_somebody_stands_with_day_and_name():
    marks = {"behaviours": Mark("behaviours", TODAY, "Grace Park")}
    assert item(look(facts_of(version=None), marks), "behaviours").state is ItemState.MET
    assert item(look(facts_of(), {}), "agreed_provider").why == "Nobody has said so yet."


# --- the earliest day ----------------------------------------------------------------------------


def test_hours_hold_back_what_is_otherwise_ready():
    found = look(facts_of()).earliest
    assert found.on == date(2027, 4, 23)
    assert found.says == "Possible from 23 Apr 2027: Required off-the-job hours."


def test_what_somebody_has_to_see_to_holds_no_day_back_but_is_said():
    found = look(facts_of(), HELD).earliest
    assert found.on == date(2027, 4, 23)
    assert found.says.endswith(
        "To be seen to by somebody: Behaviours verified by the employer, Employer agrees,"
        " Apprentice agrees and Provider agrees."
    )


def test_an_unknown_leaves_a_day_before_which_it_cannot_be():
    found = look(facts_of(version=None)).earliest
    assert found.on is None
    assert found.says.startswith("Not before 23 Apr 2027: Required off-the-job hours.")
    assert "Not known or without a day: Mandatory qualifications." in found.says


def test_nothing_is_said_where_nothing_is_known():
    found = look(facts_of(logged=500 * 60, version=None)).earliest
    assert found.on is None
    assert found.says.startswith("When it can be passed cannot be said yet.")


def test_everything_met_means_now():
    found = look(facts_of(logged=500 * 60))
    assert found.open == ()
    assert (found.earliest.on, found.earliest.says) == (TODAY, "It can be passed now.")


def test_what_is_over_is_said():
    passed = Course(START, END, assessment_began_on=date(2026, 8, 1))
    assert look(facts_of(course=passed)).earliest.says == "The gateway was passed on 1 Aug 2026."
    ended = replace(passed, ended_on=date(2026, 8, 31), outcome=Outcome.COMPLETED)
    assert look(facts_of(course=ended)).earliest.says == "This apprenticeship is completed."
    planned = replace(passed, assessment_began_on=date(2026, 10, 1))
    assert "Possible from" in look(facts_of(course=planned)).earliest.says


DAYS = st.integers(1, 120)


@given(
    start=st.dates(date(2022, 8, 1), date(2026, 8, 1)),
    gap=st.integers(1, 200),
    length=DAYS,
    second_gap=st.integers(1, 100),
    second=DAYS,
)
def test_no_break_is_ever_counted_as_training(start, gap, length, second_gap, second):
    """The days of training up to the day, breaks left out, are exactly what the rule asks."""
    first = Period(start + timedelta(days=gap), start + timedelta(days=gap + length - 1))
    begins = first.last + timedelta(days=second_gap + 1)
    later = Period(begins, begins + timedelta(days=second - 1))
    rule = RULES.duration_for(start)
    last = lasts_until(Course(start, END, breaks=(first, later)), rule, start)
    trained = [
        start + timedelta(days=n)
        for n in range((last - start).days + 1)
        if start + timedelta(days=n) not in first and start + timedelta(days=n) not in later
    ]
    assert len(trained) == rule.days
    assert trained[-1] == last


@given(
    logged=st.integers(0, 600 * 60),
    recent=st.integers(0, 100 * 60),
    more=st.integers(1, 50 * 60),
    due=st.dates(TODAY, date(2028, 1, 1)),
)
def test_the_earliest_day_waits_for_all_and_more_hours_never_make_it_later(
    logged, recent, more, due
):
    activities = (MandatoryActivity("Talk", due, is_done=False),)
    facts = facts_of(logged=logged, recent=recent, activities=activities)
    found = look(facts)
    dated = [each.meets_on for each in found.open if each.meets_on is not None]
    if found.earliest.on is None:
        assert any(not each.is_any_day and each.meets_on is None for each in found.open)
    else:
        assert found.earliest.on == max(dated, default=TODAY) >= due
    further = look(facts_of(logged=logged + more, recent=recent, activities=activities)).earliest
    if found.earliest.on is not None:
        assert further.on is not None
        assert further.on <= found.earliest.on


@given(st.integers(1, 600 * 60), st.integers(1, 100 * 60))
def test_at_the_forecast_day_the_hours_are_done_and_the_day_before_they_are_not(to_do, recent):
    facts = facts_of(agreed=700 * 60, logged=700 * 60 - to_do, recent=recent)
    found = item(look(facts), "hours")
    pace = Fraction(recent, 8)
    if found.meets_on is None:
        assert Fraction(to_do * 7) / pace > 36_000
    else:
        days = (found.meets_on - TODAY).days
        assert pace * days / 7 >= to_do > pace * (days - 1) / 7
