"""What apprentices need: who is behind and why, whose review is due, what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.apprenticeship import Course, Status, break_days
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.needs import NeedRules, Target, Urgency
from apprentice_desk.domain.needs_of_people import (
    LateAction,
    PlannedReview,
    action_needs,
    hours_needs,
    is_theirs,
    missing_needs,
    review_due_by,
    review_needs,
)
from apprentice_desk.domain.off_the_job import Figures, HoursStatus

TODAY = date(2026, 11, 23)
PROVIDER = UUID(int=1)
RULES = NeedRules(date(2010, 1, 1), 28, 7, 14, 7, 28, 28, 90, 14, 600, "House rule")
COURSE = Course(date(2025, 11, 3), date(2027, 6, 30))
FIGURES = Figures(
    30_000, None, 30_000, 12_000, 9_540, -2_460, Fraction(200), Fraction(400), Fraction(31), 15_000,
    date(2027, 9, 1), Fraction(9), HoursStatus.BEHIND,
    "41 h below plan; needs 6.7 to 30 Jun 2027, has averaged 3.3",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    name: str = "Ada Obi"
    line_manager: str = "Grace Park"
    status: Status = Status.LIVE
    course: Course = COURSE
    figures: Figures = FIGURES
    standard_code: str | None = "ST0116"
    provider_id: UUID | None = PROVIDER
    last_review_on: date | None = date(2026, 8, 25)
    id: UUID = field(default_factory=uuid4)


@pytest.mark.parametrize(
    ("written", "asked", "is_so"),
    [
        ("Grace Park", "grace  park ", True),
        ("Grace Park", "Grace", False),
        ("", "", False),
        ("", " ", False),
        ("STRASSE", "straße", True),
    ],
)
def test_a_line_manager_is_known_however_the_name_is_spaced(
    written: str, asked: str, is_so: bool
) -> None:
    assert is_theirs(Person(line_manager=written), asked) is is_so


# --- hours ----------------------------------------------------------------------------------------


def test_who_is_behind_is_said_with_what_comes_of_it() -> None:
    person = Person()
    (need,) = hours_needs([person])
    assert need.what == "Ada Obi is 41 h behind plan"
    assert need.why == "At this pace the end comes 9 weeks after the planned end, 30 Jun 2027"
    assert (need.urgency, need.weight, need.rank) == (Urgency.NOW, 2_460, -2_460)
    assert (need.action, need.target) == ("See forecast", Target("apprentices", person.id))
    assert need.key == f"hours:{person.id.hex}"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"why": "41 h below plan; nothing logged since 16 Oct 2026; needs 6.7 to 30 Jun 2027"},
            "Nothing logged since 16 Oct 2026; at this pace the end comes 9 weeks after the planned"
            " end, 30 Jun 2027",
        ),
        (
            {"why": "41 h below plan; with LOTI until 3 Jul 2026; needs 6.7 to 30 Jun 2027"},
            "With LOTI until 3 Jul 2026; at this pace the end comes 9 weeks after the planned end,"
            " 30 Jun 2027",
        ),
        (
            {"weeks_late": Fraction(1, 7)},
            "At this pace the end comes 1 week after the planned end, 30 Jun 2027",
        ),
        (
            {"weeks_late": Fraction(53)},
            "At this pace the end comes over a year after the planned end, 30 Jun 2027",
        ),
        ({"weeks_late": Fraction(0)}, "Needs 6.7 to 30 Jun 2027, has averaged 3.3"),
        ({"weeks_late": None}, "Needs 6.7 to 30 Jun 2027, has averaged 3.3"),
        ({"weeks_late": None, "why": "41 h below plan"}, "41 h below plan"),
    ],
)
def test_why_somebody_is_behind(changes: dict[str, object], why: str) -> None:
    (need,) = hours_needs([Person(figures=replace(FIGURES, **changes))])  # type: ignore[arg-type]
    assert need.why == why


def test_without_a_planned_end_the_figures_say_why() -> None:
    person = Person(course=replace(COURSE, training_planned_end_on=None))
    (need,) = hours_needs([person])
    assert need.why == "Needs 6.7 to 30 Jun 2027, has averaged 3.3"


def test_who_is_on_plan_but_too_slow_is_named_as_that() -> None:
    figures = replace(FIGURES, against_plan_minutes=0, status=HoursStatus.SLIPPING)
    (need,) = hours_needs([Person(figures=figures)])
    assert need.what == "Ada Obi is too slow to finish in time"
    assert (need.urgency, need.weight) == (Urgency.SOON, 0)
    (need,) = hours_needs([Person(figures=replace(figures, against_plan_minutes=None))])
    assert need.weight == 0


@pytest.mark.parametrize(
    "status", [each for each in HoursStatus if each not in (HoursStatus.BEHIND, "slipping")]
)
def test_nobody_else_is_named(status: HoursStatus) -> None:
    assert hours_needs([Person(figures=replace(FIGURES, status=status))]) == []


# --- reviews --------------------------------------------------------------------------------------


def review(
    person: Person, planned_on: date | None = None, interval: int = 84, today: date = TODAY
) -> list[object]:
    planned = {} if planned_on is None else {person.id: PlannedReview(UUID(int=7), planned_on)}
    return list(review_needs([person], planned, today, interval, RULES))


def test_an_overdue_review_says_since_when_and_what_the_rule_is() -> None:
    person = Person("Tomasz Nowak")
    (need,) = review_needs([person], {}, TODAY, 84, RULES)
    assert need.what == "Progress review for Tomasz Nowak is 6 days overdue"
    assert need.why == (
        "Last held 25 Aug 2026; none is planned; one is due at least every 12 weeks, so by"
        " 17 Nov 2026"
    )
    assert (need.urgency, need.weight) == (Urgency.SOON, 0)
    assert (need.action, need.target) == (
        "Plan review",
        Target("apprentices", person.id, part="reviews"),
    )
    assert need.rank == date(2026, 11, 17).toordinal()


@pytest.mark.parametrize(
    ("last_on", "planned_on", "what", "urgency"),
    [
        (date(2026, 8, 4), None, "is 27 days overdue", Urgency.SOON),
        (date(2026, 8, 3), None, "is 28 days overdue", Urgency.NOW),
        (date(2026, 8, 30), None, "is 1 day overdue", Urgency.SOON),
        (date(2026, 8, 31), None, "is due by 23 Nov 2026", Urgency.SOON),
        (date(2026, 9, 7), None, "is due by 30 Nov 2026", Urgency.SOON),
        (date(2026, 9, 8), None, "is due by 1 Dec 2026", Urgency.LATER),
        (date(2026, 9, 14), None, "is due by 7 Dec 2026", Urgency.LATER),
        (date(2026, 9, 14), date(2026, 12, 1), "is due by 7 Dec 2026", Urgency.LATER),
        (date(2026, 10, 20), date(2026, 11, 20), "was planned for 20 Nov 2026", Urgency.SOON),
        (date(2026, 8, 25), date(2026, 11, 20), "is 6 days overdue", Urgency.SOON),
    ],
)
def test_when_a_review_is_named(
    last_on: date, planned_on: date | None, what: str, urgency: Urgency
) -> None:
    (need,) = review(Person(last_review_on=last_on), planned_on)
    assert need.what == f"Progress review for Ada Obi {what}"  # type: ignore[attr-defined]
    assert need.urgency is urgency  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("planned_on", "says"),
    [
        (date(2026, 11, 20), "the one planned for 20 Nov 2026 is not recorded as held"),
        (date(2026, 11, 23), "the next is planned for 23 Nov 2026"),
        (None, "none is planned"),
    ],
)
def test_what_is_planned_is_said_and_led_to(planned_on: date | None, says: str) -> None:
    person = Person()
    (need,) = review(person, planned_on)
    assert f"; {says};" in need.why  # type: ignore[attr-defined]
    planned = UUID(int=7) if planned_on else None
    expected = Target("apprentices", person.id, part="reviews", item_id=planned)
    assert need.target == expected  # type: ignore[attr-defined]
    expected_action = "Open review" if planned_on else "Plan review"
    assert need.action == expected_action  # type: ignore[attr-defined]


def test_without_a_review_it_is_counted_from_the_start() -> None:
    course = Course(date(2026, 8, 24), date(2027, 6, 30))
    (need,) = review(Person(last_review_on=None, course=course), interval=90)
    assert need.what.endswith("is 1 day overdue")  # type: ignore[attr-defined]
    assert need.why == (  # type: ignore[attr-defined]
        "None is recorded yet; none is planned; one is due at least every 90 days, so by"
        " 22 Nov 2026"
    )


def test_people_without_any_review_recorded_are_told_of_in_one_line() -> None:
    late = Course(date(2025, 1, 6), date(2027, 6, 30))
    later = Course(date(2026, 8, 24), date(2027, 6, 30))
    unknown = [
        Person("Tomasz Nowak", last_review_on=None, course=later),
        Person("Mei Lin", last_review_on=None, course=late),
        Person("Ada Obi", last_review_on=None, course=late),
    ]
    others = [
        Person("Zoe Park"),
        Person("Noor Hale", last_review_on=None, course=late),
    ]
    planned = {others[1].id: PlannedReview(UUID(int=7), date(2026, 12, 1))}
    each = review_needs([*unknown, *others], planned, TODAY, 84, RULES)
    assert len(each) == 5, "of three each is told by itself"

    unknown.append(Person("Dev Cole", last_review_on=None, course=later))
    together, *rest = review_needs([*others, *unknown], planned, TODAY, 84, RULES)
    assert together.what == "No progress review is recorded for 4 apprentices"
    assert together.why == (
        "Ada Obi, Mei Lin, Dev Cole and Tomasz Nowak. One is due at least every 12 weeks; record"
        " the last of each, or plan the next"
    )
    assert (together.urgency, together.weight) == (Urgency.NOW, 4)
    assert (together.key, together.target) == ("review:unrecorded", Target("reviews"))
    assert together.rank == date(2025, 3, 31).toordinal()
    assert [need.what.split(" is ")[0] for need in rest] == [
        "Progress review for Zoe Park",
        "Progress review for Noor Hale",
    ]
    (mine,) = review_needs(unknown, {}, TODAY, 90, RULES, "Grace  Park")
    assert mine.key == "review:unrecorded:grace park"
    assert "every 90 days" in mine.why


@pytest.mark.parametrize(
    "person",
    [
        Person(status=Status.ON_A_BREAK),
        Person(status=Status.IN_ASSESSMENT),
        Person(status=Status.COMPLETED),
        Person(last_review_on=None, course=Course()),
        Person(last_review_on=date(2026, 9, 15)),
    ],
)
def test_who_has_no_review_to_come_is_not_named(person: Person) -> None:
    assert review(person) == []


def test_days_on_a_break_are_not_counted() -> None:
    breaks = (
        Period(date(2026, 9, 1), date(2026, 9, 10)),
        Period(date(2026, 11, 20), date(2026, 11, 24)),
    )
    course = replace(COURSE, breaks=breaks)
    assert review_due_by(course, date(2026, 8, 25), 84) == date(2026, 12, 2)
    assert review_due_by(COURSE, date(2026, 8, 25), 84) == date(2026, 11, 17)
    assert review_due_by(Course(), None, 84) is None


def test_while_nobody_knows_when_a_break_ends_no_day_is_known() -> None:
    breaks = (Period(date(2026, 10, 1)),)
    course = replace(COURSE, breaks=breaks)
    assert review_due_by(course, date(2026, 8, 25), 84) is None
    later = replace(COURSE, breaks=(Period(date(2026, 11, 18)),))
    assert review_due_by(later, date(2026, 8, 25), 84) == date(2026, 11, 17)
    ended = replace(course, ended_on=date(2026, 10, 10))
    assert review_due_by(ended, date(2026, 8, 25), 84) == date(2026, 11, 27)
    # One that begins after today: the page Today reckons with it.
    person = Person(course=replace(COURSE, breaks=(Period(date(2026, 11, 30)),)))
    assert review(replace(person, last_review_on=date(2026, 9, 10))) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 40)).map(
            lambda pair: Period(
                date(2026, 1, 1) + timedelta(days=pair[0]),
                date(2026, 1, 1) + timedelta(days=sum(pair)),
            )
        ),
        max_size=4,
    ),
    st.integers(1, 120),
)
def test_between_two_reviews_lie_so_many_days_of_training(
    breaks: list[Period], interval: int
) -> None:
    course = Course(date(2025, 9, 1), breaks=tuple(breaks))
    last_on = date(2026, 1, 1)
    due = review_due_by(course, last_on, interval)
    assert due is not None
    on_a_break = break_days(course, last_on + timedelta(days=1), due)
    assert (due - last_on).days - on_a_break == interval


# --- actions --------------------------------------------------------------------------------------


def late(what: str, due_on: date, owner: str = "Grace Park", key: int = 9) -> LateAction:
    return LateAction(UUID(int=key), what, owner, due_on)


def test_overdue_actions_are_one_line_a_person_that_leads_to_the_oldest() -> None:
    ada, lee = Person("Ada Obi"), Person("Lee Quill")
    overdue = {
        ada.id: (
            late("Book the course", date(2026, 11, 20), key=3),
            late("Send the log", date(2026, 11, 13), "", key=4),
        ),
        lee.id: (late("Meet", date(2026, 11, 22)),),
    }
    first, second = action_needs([ada, lee, Person("Nobody")], overdue, TODAY, RULES)
    assert first.what == "2 review actions for Ada Obi are 10 days overdue"
    assert first.why == (
        "“Send the log”, by 13 Nov 2026 and “Book the course”, Grace Park, by 20 Nov 2026"
    )
    assert first.target == Target("apprentices", ada.id, part="reviews", item_id=UUID(int=4))
    assert (first.weight, first.urgency) == (2, Urgency.SOON)
    assert second.what == "A review action for Lee Quill is 1 day overdue"


@pytest.mark.parametrize(
    ("due_on", "urgency"),
    [(date(2026, 10, 27), Urgency.SOON), (date(2026, 10, 26), Urgency.NOW)],
)
def test_an_action_is_urgent_after_four_weeks(due_on: date, urgency: Urgency) -> None:
    person = Person()
    (need,) = action_needs([person], {person.id: (late("Meet", due_on),)}, TODAY, RULES)
    assert need.urgency is urgency


def test_actions_of_those_who_have_ended_need_nobody() -> None:
    person = Person(status=Status.COMPLETED)
    assert action_needs([person], {person.id: (late("Meet", TODAY),)}, TODAY, RULES) == []


# --- missing facts --------------------------------------------------------------------------------


def lacking(name: str, field_name: str) -> Person:
    match field_name:
        case "training_started_on" | "training_planned_end_on":
            course = replace(COURSE, **{field_name: None})  # type: ignore[arg-type]
            return Person(name, course=course)
        case "agreed_minutes":
            return Person(name, figures=replace(FIGURES, agreed_minutes=None))
        case "line_manager":
            return Person(name, line_manager="")
        case _:
            return Person(name, **{field_name: None})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field_name", "called"),
    [
        ("training_started_on", "Start"),
        ("training_planned_end_on", "Planned end"),
        ("agreed_minutes", "Agreed hours"),
        ("standard_code", "Standard"),
        ("provider_id", "Provider"),
        ("line_manager", "Line manager"),
    ],
)
def test_a_missing_fact_is_named_once_for_all(field_name: str, called: str) -> None:
    ada, sam = lacking("Ada Obi", field_name), lacking("Sam Okafor", field_name)
    (need,) = missing_needs([Person("Jo Bright"), ada, sam])
    assert need.what == f"{called} missing for 2 apprentices"
    assert need.why.startswith("Ada Obi and Sam Okafor. ")
    assert (need.urgency, need.weight) == (Urgency.LATER, 2)
    assert (need.action, need.target) == (
        "Enter the first",
        Target("apprentices", ada.id, field_name),
    )
    (need,) = missing_needs([ada])
    assert need.what == f"{called} missing for 1 apprentice"
    assert need.action == "Enter it"


def test_whose_lines_they_are_is_in_their_keys() -> None:
    ada = lacking("Ada Obi", "standard_code")
    assert [need.key for need in missing_needs([ada])] == ["missing:standard_code"]
    assert [need.key for need in missing_needs([ada], " Grace  Park")] == [
        "missing:standard_code:grace park"
    ]


def test_nothing_is_missing_of_who_has_ended_and_of_who_is_known() -> None:
    gone = [
        replace(lacking("Kim", "standard_code"), status=status)
        for status in (Status.COMPLETED, Status.WITHDRAWN)
    ]
    assert missing_needs([Person(), *gone]) == []


def test_missing_facts_stand_in_the_order_of_the_form() -> None:
    nothing = Person(
        course=Course(), standard_code=None, provider_id=None, line_manager="",
        figures=replace(FIGURES, agreed_minutes=None),
    )  # fmt: skip
    found = missing_needs([nothing])
    assert [need.rank for need in found] == [0, 1, 2, 3, 4, 5]
    assert found[0].what.startswith("Start missing")
