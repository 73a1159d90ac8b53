"""What documents are told of an apprenticeship, a progress review and a secondment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.fields import FIELDS, keep, unkeep
from apprentice_desk.documents.gathering import Gathered, gathered
from apprentice_desk.documents.people_facts import facts_of_person, read_person
from apprentice_desk.documents.secondment_facts import suggested_of_secondment
from apprentice_desk.documents.subjects import GIVEN
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import SecondmentKind, SubjectKind
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import apprentices, pay, programmes
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.store import Store
from people_written_of import HELD_ON, held_review, secondment_of_somebody, somebody

TODAY = date(2026, 9, 30)
APPRENTICESHIP, REVIEW, SECONDMENT = (
    SubjectKind.APPRENTICESHIP,
    SubjectKind.REVIEW,
    SubjectKind.SECONDMENT,
)
UNSAID = {"standard_option", "hours_reach_minimum"}
"""Its version has no options, and its least hours are not published."""
PRIVATE = ("2001", "14.00", "XMP-", "Ill.")
"""What stands in the desk of somebody and in no paper: birth, pay, code, reason of a break."""


def known_of(store: Store, kind: SubjectKind, key: UUID, today: date = TODAY) -> Gathered:
    return store.read(gathered, Subject(kind, key), today)


def rows_of(known: Gathered, name: str) -> tuple[tuple[str, ...], ...]:
    value = known.facts[name]
    assert isinstance(value, TableValue), name
    return value.rows


def kept_and_back(known: Gathered) -> None:
    for name, value in known.facts.items():
        assert unkeep(FIELDS[name], keep(FIELDS[name], value)) == value, name


# --- an apprenticeship ----------------------------------------------------------------------------


def test_what_is_known_of_somebody_is_told(store: Store, make: Any) -> None:
    make.standard()
    known = known_of(store, APPRENTICESHIP, somebody(make))
    assert GIVEN[APPRENTICESHIP] - known.facts.keys() == UNSAID | {"open_actions"}
    assert known.facts.keys() <= GIVEN[APPRENTICESHIP]
    kept_and_back(known)
    told = {name: known.facts[name] for name in ("apprentice_name", "standard_called")}
    assert told == {
        "apprentice_name": "Ada Lovelace",
        "standard_called": "Software developer, level 4 (ST0116)",
    }
    for name, value in {
        "weekly_hours": "36 h", "hours_planned": "500 h", "line_manager_name": "Grace Park",
        "mentor_name": "Tom Reed", "provider_name": "Northgate Training",
        "assessed_by": "Fairview Assessment", "english_is_part": False, "maths_is_part": True,
        "pay_lacks": False, "is_long_enough": True,
        "gateway_on": date(2027, 8, 31), "as_at_on": TODAY,
        "recovered_by_on": date(2027, 8, 31), "behind_by": "54 h", "is_behind": True,
    }.items():  # fmt: skip
        assert known.facts[name] == value, name


def test_how_an_apprenticeship_goes_on_is_told_in_tables(store: Store, make: Any) -> None:
    known = known_of(store, APPRENTICESHIP, somebody(make))
    assert rows_of(known, "plan_table") == (
        ("Workshop: cleaning data", "", "20 Mar 2026", "", "14 h"),
        ("Project: parking", "", "30 Sep 2026", "", "40 h"),
    )
    assert rows_of(known, "plan_by_month") == (("March 2026", "14 h"), ("September 2026", "40 h"))
    assert rows_of(known, "hours_standing") == (
        ("Recorded since the start", "0 h"),
        ("Planned to this day", "54 h"),
        ("Required in all", "500 h"),
    )
    assert known.facts["ksbs_listed"] == ("K1: Know data", "S1: Use data")
    assert rows_of(known, "ksbs_standing") == (
        ("Not started", "S1", "1"),
        ("In progress", "K1", "1"),
    )
    assert rows_of(known, "breaks_table") == (("5 Jan 2026", "15 Feb 2026"),)
    reviews = rows_of(known, "reviews_ahead")
    assert reviews[0] == ("Planned", "28 Oct 2026")
    assert reviews[1][0] == "The next is due by"
    assert known.facts["pay_turns_ahead"] is True


def test_actions_that_are_open_and_the_last_review_are_told(store: Store, make: Any) -> None:
    held_review(make)
    key = known_of_first(store)
    known = known_of(store, APPRENTICESHIP, key)
    assert {row[0] for row in rows_of(known, "open_actions")} == {
        "Keep Wednesdays free", "Shadow finance",
    }  # fmt: skip
    assert rows_of(known, "reviews_ahead")[0] == ("Last held", "20 Apr 2026")


def known_of_first(store: Store) -> UUID:
    return next(iter(store.read(apprentices.all_held)))


@pytest.mark.parametrize("kind", [APPRENTICESHIP, REVIEW, SECONDMENT])
def test_who_is_gone_is_said_so(store: Store, kind: SubjectKind) -> None:
    with pytest.raises(Conflict, match=f"The {kind} was removed meanwhile"):
        known_of(store, kind, UUID(int=1))


def test_nothing_private_gets_into_what_papers_are_told(store: Store, make: Any) -> None:
    held_review(make)
    key = known_of_first(store)
    with store.change("A break") as session:
        programmes.start_break(session, key, date(2026, 7, 1), "Ill.")
        programmes.resume(session, key, date(2026, 8, 1))
    known = known_of(store, APPRENTICESHIP, key)
    said = repr(known.facts)
    assert not [each for each in PRIVATE if each in said]


def test_what_the_desk_does_not_know_of_somebody_is_left_out(store: Store, make: Any) -> None:
    key = make.apprentice(
        training_planned_end_on=None, weekly_minutes=None, agreed_minutes=None,
        standard_code=None, course_title="Digital basics",
    )  # fmt: skip
    facts = known_of(store, APPRENTICESHIP, key).facts
    assert facts["standard_called"] == "Digital basics"
    assert not facts.keys() & {
        "training_ends_on", "weekly_hours", "hours_planned", "hours_reach_minimum", "pay_lacks",
        "is_long_enough", "plan_table", "plan_by_month", "ksbs_listed", "ksbs_standing",
        "breaks_table", "open_actions", "recovered_by_on", "behind_by", "provider_name",
    }  # fmt: skip
    unnamed = make.apprentice(given_names="", family_name="", training_started_on=None,
                              weekly_minutes=None)  # fmt: skip
    assert not known_of(store, APPRENTICESHIP, unnamed).facts.keys() & {
        "apprentice_name", "training_starts_on", "is_long_enough",
    }  # fmt: skip


def test_a_day_of_which_only_the_month_is_known_is_asked_for(store: Store, make: Any) -> None:
    key = make.apprentice(is_start_day_given=False, is_end_day_given=False)
    facts = known_of(store, APPRENTICESHIP, key).facts
    assert not facts.keys() & {"training_starts_on", "training_ends_on"}


def test_hours_below_the_least_pay_below_the_rate_and_too_short_a_time_are_said(
    store: Store, make: Any
) -> None:
    key = make.apprentice(
        agreed_minutes=100 * 60, training_planned_end_on=date(2026, 3, 31), born_on=date(2001, 5, 6)
    )
    with store.change("Pay") as session:
        pay.set_pay(session, key, date(2025, 9, 1), Decimal("5.00"), PayPer.HOUR)
    facts = known_of(store, APPRENTICESHIP, key, date(2025, 9, 30)).facts
    assert facts["pay_lacks"] is True
    assert facts["is_long_enough"] is False
    person = store.read(read_person, key, TODAY)
    assert person is not None
    minimum = person.row.figures.minimum
    assert minimum is not None
    for least, floor, is_enough in (
        (100 * 60 + 1, 0, False),
        (100 * 60, 0, True),
        (None, 187 * 60, False),
        (None, 100 * 60, None),
    ):
        figures = replace(
            person.row.figures, minimum=replace(minimum, minutes=least, floor_minutes=floor)
        )
        found = facts_of_person(replace(person, row=replace(person.row, figures=figures)))
        assert found.get("hours_reach_minimum") is is_enough


def test_a_start_that_no_rule_covers_says_nothing_of_its_length(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apprentice_desk import resources

    key = make.apprentice()
    rules = resources.programme_rules()
    bare = replace(rules, durations=())
    monkeypatch.setattr(resources, "programme_rules", lambda: bare, raising=False)
    assert "is_long_enough" not in known_of(store, APPRENTICESHIP, key).facts


def test_a_break_without_an_end_leaves_open_what_turns_on_it(store: Store, make: Any) -> None:
    key = make.apprentice()
    with store.change("A break") as session:
        programmes.start_break(session, key, date(2026, 1, 5))
    known = known_of(store, APPRENTICESHIP, key)
    assert rows_of(known, "breaks_table") == (("5 Jan 2026", "still going on"),)
    assert "is_long_enough" not in known.facts


def test_somebody_who_has_caught_up_or_whose_end_is_past_has_no_plan_to(
    store: Store, make: Any
) -> None:
    key = make.apprentice()
    assert "catch_up_weeks" in known_of(store, APPRENTICESHIP, key).facts
    assert "catch_up_weeks" not in known_of(store, APPRENTICESHIP, key, date(2027, 8, 31)).facts
    make.hours(key, minutes=600, done_on=date(2026, 9, 1))
    on_plan = make.apprentice(agreed_minutes=60, uln=None)
    make.hours(on_plan, minutes=60, done_on=date(2026, 9, 1))
    assert "catch_up_weeks" not in known_of(store, APPRENTICESHIP, on_plan).facts


def test_years_without_known_bank_holidays_leave_the_catch_up_open(store: Store, make: Any) -> None:
    key = make.apprentice(training_planned_end_on=date(2039, 8, 31))
    assert "catch_up_weeks" not in known_of(store, APPRENTICESHIP, key).facts


# --- a review -------------------------------------------------------------------------------------


def test_what_is_known_of_a_review_is_told(store: Store, make: Any) -> None:
    make.standard()
    known = known_of(store, REVIEW, held_review(make))
    assert GIVEN[REVIEW] - known.facts.keys() == UNSAID | {"review_place"}
    assert known.facts.keys() <= GIVEN[REVIEW]
    kept_and_back(known)
    assert known.name == "Ada Lovelace · review of 20 Apr 2026"
    for name, value in {
        "review_on": HELD_ON, "review_from_on": date(2025, 9, 1), "review_was_held": True,
        "review_said": "The workshop was of use.", "review_concerns": "Behind.",
        "review_changes": "A new desk.", "next_review_on": date(2026, 10, 28),
        "line_manager_name": "Grace Hopper", "tutor_name": "Nadia Frost",
    }.items():  # fmt: skip
        assert known.facts[name] == value, name
    assert rows_of(known, "review_people") == (
        ("Ada Lovelace", "Apprentice", "yes"),
        ("Grace Hopper", "Line manager", "yes"),
        ("Nadia Frost", "Provider", "no"),
        ("name not recorded", "Other", "not recorded"),
    )
    assert rows_of(known, "review_actions") == (
        ("Keep Wednesdays free", "Grace Hopper", "31 May 2026", "open"),
    )
    assert rows_of(known, "review_open_actions") == (("Shadow finance", "Ada", "no day", "open"),)
    assert rows_of(known, "review_ksbs") == (
        ("K1", "Know data", "Apprentice", "not started to completed"),
        ("K1", "Know data", "Line manager", "not started to in progress"),
    )
    assert rows_of(known, "review_plan") == (("Workshop: cleaning data", "20 Mar 2026", "overdue"),)


def test_hours_of_a_review_are_those_of_its_day_and_period(store: Store, make: Any) -> None:
    review_id = held_review(make)
    key = known_of_first(store)
    make.review(key, date(2026, 2, 20), date(2026, 2, 20))
    for day, minutes in (((2026, 2, 1), 60), ((2026, 3, 2), 120), ((2026, 6, 1), 240)):
        make.hours(key, minutes=minutes, done_on=date(*day))
    known = known_of(store, REVIEW, review_id)
    assert known.facts["review_from_on"] == date(2026, 2, 21)
    assert rows_of(known, "review_hours")[:3] == (
        ("Recorded in this time", "2 h"),
        ("Planned for this time", "14 h"),
        ("Recorded since the start", "3 h"),
    )


def test_hours_that_do_not_count_are_told_apart(store: Store, make: Any) -> None:
    review_id = held_review(make)
    key = known_of_first(store)
    make.hours(key, minutes=90, done_on=date(2026, 3, 2), counts=False)
    assert rows_of(known_of(store, REVIEW, review_id), "review_hours")[-1] == (
        "Recorded in this time, but not counted", "1 h 30 m",
    )  # fmt: skip


def test_a_review_that_is_only_planned_is_not_said_to_be_held(store: Store, make: Any) -> None:
    review_id = make.review(
        make.apprentice(agreed_minutes=None, weekly_minutes=None), date(2026, 10, 28)
    )
    known = known_of(store, REVIEW, review_id)
    assert known.facts["review_was_held"] is False
    assert not known.facts.keys() & {
        "review_people", "review_said", "review_actions", "review_ksbs", "review_plan",
        "next_review_on", "tutor_name",
    }  # fmt: skip
    assert ("Required in all", "not known") in rows_of(known, "review_hours")


# --- a secondment ---------------------------------------------------------------------------------


def test_what_is_known_of_a_secondment_is_told(store: Store, make: Any) -> None:
    make.standard()
    known = known_of(store, SECONDMENT, secondment_of_somebody(make))
    assert GIVEN[SECONDMENT] - known.facts.keys() == UNSAID
    assert known.facts.keys() <= GIVEN[SECONDMENT]
    kept_and_back(known)
    for name, value in {
        "secondment_code": "XMP-S1", "host_name": "London Borough of Sampleford",
        "secondment_starts_on": date(2026, 11, 2), "secondment_ends_on": date(2026, 11, 27),
        "secondment_pattern": "hybrid", "secondment_ksbs": "K1, S1", "is_from_here": True,
    }.items():  # fmt: skip
        assert known.facts[name] == value, name


def test_a_place_that_waits_for_somebody_from_elsewhere_is_told_so(store: Store, make: Any) -> None:
    key = make.secondment("XMP-S2", home="E09999998", host="LOTI", weeks=None)
    known = known_of(store, SECONDMENT, key)
    assert known.facts == {"secondment_code": "XMP-S2", "is_from_here": False}


def test_a_form_begins_with_the_earliest_days_of_a_secondment(store: Store, make: Any) -> None:
    ada = make.apprentice()
    asked = {"kind": SecondmentKind.REQUEST, "apprenticeship_id": ada, "host": None}
    key = make.secondment("XMP-S3", earliest_start_on=date(2026, 11, 2), weeks=4, **asked)
    known = known_of(store, SECONDMENT, key)
    assert known.suggested["secondment_starts_on"] == date(2026, 11, 2)
    assert known.suggested["secondment_ends_on"] == date(2026, 11, 29)
    assert "is_from_here" not in known.facts
    for code, days in (("XMP-S4", {"earliest_start_on": date(2026, 11, 2), "weeks": None}),
                       ("XMP-S5", {"weeks": 4})):  # fmt: skip
        other = known_of(store, SECONDMENT, make.secondment(code, **asked, **days))
        assert "secondment_ends_on" not in other.suggested
    assert suggested_in(store, UUID(int=7)) == {}


def suggested_in(store: Store, key: UUID) -> Any:
    return store.read(suggested_of_secondment, key)


def test_what_was_agreed_with_a_host_is_told(store: Store, make: Any) -> None:
    key = make.secondment(
        "XMP-S6", kind=SecondmentKind.REQUEST, apprenticeship_id=make.apprentice(),
        host="technology employer", host_name=" Brightwell Labs ", host_supervisor="Jo Lark",
        earliest_start_on=date(2026, 11, 2), weeks=4, agreed_start_on=date(2026, 11, 9),
        agreed_end_on=date(2026, 12, 4), started_on=date(2026, 11, 10),
    )  # fmt: skip
    known = known_of(store, SECONDMENT, key)
    assert known.facts["host_name"] == "Brightwell Labs"
    assert known.facts["secondment_starts_on"] == date(2026, 11, 9)
    assert known.facts["secondment_ends_on"] == date(2026, 12, 4)
    assert suggested_in(store, key) == {
        "secondment_starts_on": date(2026, 11, 9), "secondment_ends_on": date(2026, 12, 6),
        "host_manager": "Jo Lark",
    }  # fmt: skip
