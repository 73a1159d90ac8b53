"""What papers on a contract are told of it while it runs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.documents.contract_running_facts import (
    MOST_SUGGESTED,
    Figures,
    suggested_days,
    suggested_words,
)
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.fields import FIELDS, keep, unkeep
from apprentice_desk.documents.gathering import Gathered, gathered
from apprentice_desk.documents.subjects import GIVEN
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.contract_changing import ChangeGround
from apprentice_desk.domain.contract_terms import Notice, Term
from apprentice_desk.domain.measures import Value as Measured
from apprentice_desk.domain.vocabulary import (
    DocumentFormat,
    Measure,
    NoticeUnit,
    ProviderNoteKind,
    Regime,
    SubjectKind,
)
from apprentice_desk.records import contract_measures, provider_care
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.provider_care import ActionDetails, ContactDetails, NoteDetails
from apprentice_desk.records.store import Store

TODAY = date(2026, 11, 30)
HOLIDAYS = resources.bank_holidays()


def known_of(store: Store, key: UUID, on: date = TODAY) -> Gathered:
    return store.read(gathered, Subject(SubjectKind.CONTRACT, key), on)


def agree(store: Store, key: UUID, **percents: int) -> None:
    with store.change("Agree") as session:
        for name, percent in percents.items():
            contract_measures.agree_measure(
                session, key, Measure[name], contract_measures.AgreedDetails(percent)
            )


@pytest.fixture
def key(make: Any) -> UUID:
    """A contract with three months' notice and one apprentice, whose reviews were late."""
    make.standard()
    found: UUID = make.contract(
        reference="EXB-1", starts_on=date(2026, 4, 1), ends_on=date(2028, 3, 31),
        notice_count=3, notice_unit=NoticeUnit.MONTHS,
    )  # fmt: skip
    ada = make.apprentice(
        contract_id=found, training_started_on=date(2026, 4, 6),
        training_planned_end_on=date(2027, 12, 31),
    )  # fmt: skip
    make.review(ada, date(2026, 6, 26), date(2026, 6, 30))
    make.review(ada, date(2026, 9, 4), date(2026, 9, 7))
    return found


def cells(facts: dict[str, Value], name: str) -> tuple[tuple[str, ...], ...]:
    value = facts[name]
    assert isinstance(value, TableValue)
    return value.rows


def test_the_figures_are_of_the_last_quarter_that_is_over_and_of_the_one_before(
    store: Store, key: UUID
) -> None:
    agree(store, key, REVIEWS_ON_TIME=95, WITHDRAWALS=10, KEPT_TO_COMPLETION=80)
    facts = dict(known_of(store, key).facts)
    assert facts["quarter_called"] == "July to September 2026"
    table = facts["measures_beside"]
    assert isinstance(table, TableValue)
    assert table.headings == (
        "Measure", "Agreed", "July to September 2026", "April to June 2026", "Reached",
    )  # fmt: skip
    by_measure = {row[0]: row[1:] for row in table.rows}
    # One apprentice, one review: the order form calls one case of few no failure.
    assert by_measure["Progress reviews held on time"] == ("at least 95%", "0%", "0%", "one case")
    assert by_measure["Withdrawals"] == ("at most 10%", "0%", "0%", "yes")
    # Nobody finished: that is blank, and reached or missed by nobody.
    kept = by_measure["Apprentices kept to completion"]
    assert kept == ("at least 80%", "", "", "nothing to measure")
    assert by_measure["First review by week 12"][0] == "none agreed"
    assert by_measure["First review by week 12"][3] == ""
    assert not facts.keys() & {"measures_missed", "measures_missed_twice"}
    assert (facts["is_all_well"], facts["was_measured"]) == (True, True)
    made_of = facts["measures_made_of"]
    assert isinstance(made_of, tuple)
    assert len(made_of) == len(Measure)
    assert made_of[0] == (
        "Progress reviews held on time: 0 of 1 review that fell due was held on time."
    )


def test_what_is_missed_by_more_than_one_case_is_listed_with_its_facts(
    store: Store, make: Any, key: UUID
) -> None:
    """Ben's reviews were late as well, so that two cases were in each quarter."""
    ben = make.apprentice(
        given_names="Ben", contract_id=key, training_started_on=date(2026, 4, 6),
        training_planned_end_on=date(2027, 12, 31),
    )  # fmt: skip
    make.review(ben, date(2026, 6, 26), date(2026, 6, 30))
    make.review(ben, date(2026, 9, 4), date(2026, 9, 7))
    agree(store, key, REVIEWS_ON_TIME=95, FIRST_REVIEW=90)
    facts = known_of(store, key).facts
    assert facts["measures_missed"] == (
        "Progress reviews held on time: 0%, agreed at least 95%"
        " (0 of 2 reviews that fell due were held on time)",
    )
    assert facts["measures_missed_twice"] == ("Progress reviews held on time",)
    assert facts["is_all_well"] is False


@pytest.mark.parametrize(
    ("measure", "count", "of", "reached"),
    [
        (Measure.FIRST_REVIEW, 3, 4, "one case"),
        (Measure.FIRST_REVIEW, 2, 4, "no"),
        (Measure.FIRST_REVIEW, 4, 5, "no"),
        (Measure.FIRST_REVIEW, 4, 4, "yes"),
        (Measure.KEPT_TO_COMPLETION, 0, 1, "one case"),
        (Measure.WITHDRAWALS, 1, 4, "one case"),
        (Measure.WITHDRAWALS, 2, 4, "no"),
        (Measure.WITHDRAWALS, 0, 4, "yes"),
        (Measure.HOURS_TO_PLAN, 3, 4, "no"),
    ],
)
def test_one_case_of_fewer_than_five_is_no_failure(
    measure: Measure, count: int, of: int, reached: str
) -> None:
    percent = 10 if measure is Measure.WITHDRAWALS else 95
    agreed = {measure: contract_measures.AgreedDetails(percent)}
    assert Figures({measure: Measured(measure, count, of)}, agreed).reached(measure) == reached


@pytest.mark.parametrize(("people", "reached"), [(4, "one case"), (5, "no")])
def test_reviews_rest_on_the_apprentices_on_programme(people: int, reached: str) -> None:
    measure = Measure.REVIEWS_ON_TIME
    values = {
        measure: Measured(measure, 9, 10),
        Measure.WITHDRAWALS: Measured(Measure.WITHDRAWALS, 0, people),
    }
    agreed = {measure: contract_measures.AgreedDetails(95)}
    assert Figures(values, agreed).reached(measure) == reached


def test_all_is_well_where_nothing_agreed_is_missed_and_no_review_is_overdue(
    store: Store, key: UUID
) -> None:
    agree(store, key, WITHDRAWALS=10)
    facts = known_of(store, key, date(2026, 11, 29)).facts
    assert facts["is_all_well"] is True
    assert not facts.keys() & {"measures_missed", "measures_missed_twice", "reviews_overdue"}


def test_what_was_not_recorded_is_said_so(store: Store, make: Any) -> None:
    key = make.contract()
    make.apprentice(contract_id=key, training_started_on=date(2026, 4, 6))
    agree(store, key, REVIEWS_ON_TIME=95)
    facts = dict(known_of(store, key).facts)
    (row,) = (
        row for row in cells(facts, "measures_beside") if row[0] == "Progress reviews held on time"
    )
    assert row[1:] == ("at least 95%", "", "", "not recorded")


def test_a_review_is_overdue_from_the_day_after_its_last_day(store: Store, key: UUID) -> None:
    """Twelve weeks after Monday 7 September it is Monday 30 November."""
    assert "reviews_overdue" not in known_of(store, key, date(2026, 11, 30)).facts
    assert known_of(store, key, date(2026, 12, 1)).facts["reviews_overdue"] == (
        "Ada Lovelace: due by 30 Nov 2026; the last was held on 7 Sep 2026",
    )


def test_of_whom_no_review_is_recorded_that_is_said_and_who_is_gone_is_left_out(
    store: Store, make: Any
) -> None:
    key = make.contract()
    make.apprentice(contract_id=key, training_started_on=date(2026, 4, 6))
    make.apprentice(
        given_names="Ben", contract_id=key, training_started_on=date(2026, 4, 6),
        ended_on=date(2026, 9, 1), outcome=Outcome.WITHDRAWN,
    )  # fmt: skip
    facts = known_of(store, key).facts
    assert facts["reviews_overdue"] == ("Ada Lovelace: due by 29 Jun 2026; none recorded yet",)
    assert facts["apprentices_on_contract"] == 1


def test_who_has_not_finished_is_listed_with_how_it_stands(
    store: Store, make: Any, key: UUID
) -> None:
    make.apprentice(
        given_names="Zoe", contract_id=key, training_started_on=None, training_planned_end_on=None,
        standard_code="ST0795", weekly_minutes=None,
    )  # fmt: skip
    facts = dict(known_of(store, key).facts)
    assert facts["contract_runs_to_on"] == date(2028, 3, 31)
    assert facts["apprentices_on_contract"] == 2
    assert cells(facts, "apprentices_in_training") == (
        ("Ada Lovelace", "Software developer, level 4 (ST0116)", "in training", "31 Dec 2027"),
        ("Zoe Lovelace", "ST0795", "not started", ""),
    )


def test_a_contract_without_anybody_has_no_list(store: Store, make: Any) -> None:
    facts = known_of(store, make.contract(ends_on=None)).facts
    assert facts["apprentices_on_contract"] == 0
    assert not facts.keys() & {"apprentices_in_training", "contract_runs_to_on"}


def test_all_that_is_told_is_among_what_a_contract_can_tell_and_is_kept_as_it_is(
    store: Store, make: Any, key: UUID
) -> None:
    # Two with late reviews, so that something is missed.
    ben = make.apprentice(
        given_names="Ben", contract_id=key, training_started_on=date(2026, 4, 6),
        training_planned_end_on=date(2027, 12, 31),
    )  # fmt: skip
    make.review(ben, date(2026, 6, 26), date(2026, 6, 30))
    make.review(ben, date(2026, 9, 4), date(2026, 9, 7))
    agree(store, key, REVIEWS_ON_TIME=95)
    facts = known_of(store, key, date(2026, 12, 1)).facts
    told = {
        "contract_runs_to_on", "apprentices_on_contract", "apprentices_in_training",
        "quarter_called", "measures_beside", "measures_made_of", "measures_missed",
        "measures_missed_twice", "is_all_well", "was_measured", "reviews_overdue",
    }  # fmt: skip
    assert told <= facts.keys() <= GIVEN[SubjectKind.CONTRACT]
    for name in told:
        assert unkeep(FIELDS[name], keep(FIELDS[name], facts[name])) == facts[name], name


# --- what a form begins with ----------------------------------------------------------------------

TERM = Term(
    starts_on=date(2026, 4, 1), ends_on=date(2028, 3, 31), notice=Notice(3, NoticeUnit.MONTHS)
)


@pytest.mark.parametrize(
    ("today", "counts_from", "ends"),
    [
        (date(2026, 11, 30), date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 12, 5), date(2026, 12, 7), date(2027, 3, 7)),  # a Saturday
        (date(2026, 12, 25), date(2026, 12, 29), date(2027, 3, 29)),
        (date(2028, 2, 1), date(2028, 2, 1), date(2028, 3, 31)),  # no later than it ends anyway
    ],
)
def test_notice_counts_from_the_first_working_day_and_ends_it_by_the_period(
    today: date, counts_from: date, ends: date
) -> None:
    found = suggested_days(TERM, today, HOLIDAYS)
    assert (found["notice_counts_from_on"], found["ending_on"]) == (counts_from, ends)


def test_no_end_is_offered_where_nobody_knows_it(store: Store, make: Any) -> None:
    assert "ending_on" not in suggested_days(Term(), TODAY, HOLIDAYS)
    assert suggested_days(TERM, date(1990, 1, 1), HOLIDAYS) == {}


def test_an_answer_is_due_after_ten_working_days() -> None:
    assert suggested_days(TERM, TODAY, HOLIDAYS)["answer_by_on"] == date(2026, 12, 14)


def noted(store: Store, key: UUID, kind: ProviderNoteKind, on: date, words: str) -> None:
    with store.change("Note") as session:
        provider_care.add_note(session, key, NoteDetails(kind, on, words))


def test_concerns_since_the_quarter_began_and_actions_are_offered_to_be_edited(
    store: Store, make: Any
) -> None:
    provider = make.provider()
    concern = ProviderNoteKind.CONCERN
    noted(store, provider, concern, date(2026, 6, 30), "Before.")
    noted(store, provider, concern, date(2026, 7, 1), "Two sessions\nwere called off.")
    noted(store, provider, concern, date(2026, 12, 1), "To come.")
    noted(store, provider, ProviderNoteKind.MEETING, date(2026, 10, 1), "A meeting.")
    for what, due, done in (
        ("Send dates", date(2026, 11, 13), None),
        ("Name a tutor", None, None),
        ("Call back", date(2026, 12, 24), None),
        ("Mend it", None, date(2026, 7, 1)),
        ("Old", None, date(2026, 6, 30)),
    ):
        with store.change("Act") as session:
            action = provider_care.add_action(session, provider, ActionDetails(what, "Nadia", due))
            if done is not None:
                provider_care.finish_action(session, action, done, TODAY)
    suggested = known_of(store, make.contract(provider_id=provider)).suggested
    assert suggested["concerns"] == ("1 Jul 2026: Two sessions were called off.",)
    assert suggested["actions_agreed"] == (
        "Send dates (Nadia): by 13 Nov 2026, overdue",
        "Call back (Nadia): by 24 Dec 2026",
        "Name a tutor (Nadia): no day was agreed",
        "Mend it (Nadia): done on 1 Jul 2026",
    )


def test_no_more_is_offered_than_a_letter_has_room_for(store: Store, make: Any) -> None:
    provider = make.provider()
    with store.change("Note") as session:
        for _ in range(MOST_SUGGESTED + 1):
            provider_care.add_note(
                session, provider, NoteDetails(ProviderNoteKind.CONCERN, TODAY, "Again.")
            )
    found = suggested_words(store.read(provider_care.note_rows, provider), (), TODAY)
    concerns = found["concerns"]
    assert isinstance(concerns, tuple)
    assert len(concerns) == MOST_SUGGESTED
    assert "actions_agreed" not in found


def test_a_variation_has_the_number_after_those_that_were_issued_in_whatever_format(
    store: Store, make: Any
) -> None:
    key = make.contract()
    subject = Subject(SubjectKind.CONTRACT, key)
    assert known_of(store, key).suggested["variation_number"] == "1"
    make.document(subject)
    assert known_of(store, key).suggested["variation_number"] == "1"
    for kind in DocumentFormat:
        make.document(subject, field_values={"variation_number": "1"}, file_format=kind)
    assert known_of(store, key).suggested["variation_number"] == "2"
    make.document(field_values={"variation_number": "7"})
    assert known_of(store, key).suggested["variation_number"] == "2"


def test_whom_one_speaks_to_is_offered_where_there_is_only_one(store: Store, make: Any) -> None:
    provider = make.provider()
    key = make.contract(provider_id=provider)
    names = ("provider_contact", "provider_email")

    def offered() -> list[Value | None]:
        return [known_of(store, key).suggested.get(name) for name in names]

    assert offered() == [None, None]
    for name, after in (("Jo", ["Jo", "jo@college.example"]), ("Nadia", [None, None])):
        with store.change("Add a contact") as session:
            provider_care.add_contact(
                session, provider, ContactDetails(name, email=f"{name.lower()}@college.example")
            )
        assert offered() == after


@pytest.mark.parametrize(
    ("regime", "ground"),
    [(Regime.BELOW_THRESHOLD, ChangeGround.BELOW), (Regime.ACT_2023, None)],
)
def test_below_the_threshold_the_ground_of_a_change_is_offered(
    store: Store, make: Any, regime: Regime, ground: ChangeGround | None
) -> None:
    suggested = known_of(store, make.contract(regime=regime)).suggested
    assert suggested.get("change_ground") == ground
