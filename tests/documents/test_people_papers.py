"""The standard wording of papers about people, case by case, and made from the sample desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.documents.choosing import subject_choices
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.field_kinds import FieldKind, TableValue
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.issuing import Prepared, answer, begin, issue, prepare
from apprentice_desk.documents.keeping import make_again
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import plain
from apprentice_desk.documents.wording import library
from apprentice_desk.documents.wording_checks import check_library
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import document_details
from apprentice_desk.records.store import Store
from documents.papers_of_people import PAPERS_OF_PEOPLE

AGREEMENT, PLAN, CATCH_UP = (
    "apprenticeship-agreement",
    "training-plan-summary",
    "catch-up-agreement",
)
RECORD, SECONDMENT, NOTE = "progress-review-record", "secondment-agreement", "hand-over-note"


def made(type_id: str, **changed: object) -> Composed:
    """The paper with some values changed; None takes one away."""
    values = {**PAPERS_OF_PEOPLE[type_id], **changed}
    known = {name: each for name, each in values.items() if each is not None}
    return compose(library(), library().type_of(type_id), known)


def said(found: Composed) -> str:
    return " ".join(" ".join(plain(words).split()) for words in texts_of(found.document))


def test_the_wording_is_in_order() -> None:
    assert check_library(library()) == ()


def test_the_papers_of_one_apprentice_agree() -> None:
    for type_id in PAPERS_OF_PEOPLE:
        text = said(made(type_id))
        assert "Amara Cole" in text, type_id
        assert "Data analyst, level 4 (ST0118)" in text, type_id
        assert "Northgate Training" in text, type_id


# --- the agreement --------------------------------------------------------------------------------


def test_the_agreement_has_what_the_law_asks_of_it() -> None:
    text = said(made(AGREEMENT))
    for words in (
        "section A1 of the Apprenticeships, Skills, Children and Learning Act 2009",
        "contract of service",
        "418 h of off-the-job training",
        "starts on the same day and is planned to end on 31 Aug 2028",
        "planned to end on 30 Nov 2028",
        "For London Borough of Exampleton",
        "We and you sign this agreement on or before the first day",
    ):
        assert words in text


@pytest.mark.parametrize(("english", "maths"), list(product((True, False), repeat=2)))
@pytest.mark.parametrize("type_id", [AGREEMENT, PLAN])
def test_english_and_maths_are_named_as_they_are_part(
    type_id: str, english: bool, maths: bool
) -> None:
    found = made(type_id, english_is_part=english, maths_is_part=maths)
    text = said(found)
    both = "English and maths are part" in text
    assert both is (english and maths)
    assert ("English is part" in text) is (english and not maths)
    assert ("Maths is part" in text) is (maths and not english)
    assert found.gaps == ()


@pytest.mark.parametrize("is_fixed", [True, False])
def test_what_becomes_of_the_job_is_said_one_way(is_fixed: bool) -> None:
    text = said(made(AGREEMENT, job_is_fixed_term=is_fixed))
    assert ("Your employment is for a limited time" in text) is is_fixed
    assert ("Your employment does not end with your apprenticeship" in text) is not is_fixed
    assert "job_is_fixed_term" in made(AGREEMENT, job_is_fixed_term=None).gaps


@pytest.mark.parametrize(
    ("version", "option", "words"),
    [
        ("1.1", "Support", "It is version 1.1 of the standard, with the option Support."),
        ("1.1", None, "It is version 1.1 of the standard."),
        (None, "Support", "It has the option Support."),
    ],
)
def test_version_and_option_are_said_as_far_as_they_are_known(
    version: str | None, option: str | None, words: str
) -> None:
    assert words in said(made(AGREEMENT, standard_version=version, standard_option=option))


def test_what_may_be_unknown_leaves_no_gap_in_an_agreement() -> None:
    found = made(
        AGREEMENT, standard_version=None, line_manager_name=None, mentor_name=None,
        assessed_by=None, apprenticeship_ends_on=None, document_reference=None,
    )  # fmt: skip
    assert found.gaps == ()
    assert "We tell you who assesses you once that is settled" in said(found)


# --- the others -----------------------------------------------------------------------------------


def test_a_record_says_in_words_where_there_is_nothing_to_list() -> None:
    found = made(
        RECORD, review_ksbs=None, review_actions=None, review_open_actions=None,
        next_review_on=None, review_plan=None, review_concerns=None, review_changes=None,
    )  # fmt: skip
    text = said(found)
    assert found.gaps == ()
    assert "Nothing was recorded as having moved on in this time." in text
    assert "No action was agreed." in text
    assert "The day of the next progress review is still to be agreed." in text
    assert "No concern was recorded." in text
    assert "Nothing new and no change of plan was recorded." in text
    assert made(RECORD, review_people=None).gaps == ("review_people",)


def test_a_summary_says_that_the_signed_plan_counts_and_what_it_does_not_have() -> None:
    found = made(PLAN, plan_table=None, plan_by_month=None, ksbs_listed=None, gateway_on=None)
    text = said(found)
    assert found.gaps == ()
    assert "It is not the training plan." in text
    assert "the employer has not recorded them one by one" in text
    assert "No day is recorded for the gateway yet." in text
    assert "Hours by month" not in text


def test_a_hand_over_says_what_it_leaves_out_and_where_nothing_is_known() -> None:
    found = made(
        NOTE, ksbs_standing=None, reviews_ahead=None, open_actions=None, breaks_table=None,
        pay_turns_ahead=False,
    )  # fmt: skip
    text = said(found)
    assert found.gaps == ()
    assert "This note says nothing about health" in text
    assert "No action is open." in text
    assert "Pay" not in text.split("The first weeks")[0].split("Reviews and actions")[1]


def test_a_catch_up_tells_what_it_goes_around_where_that_is_known() -> None:
    assert "So are leave (21 Oct 2027) and the days of progress reviews" in said(made(CATCH_UP))
    assert "So are" not in said(made(CATCH_UP, catch_up_around=None))
    table = made(CATCH_UP).document
    assert any(isinstance(each, TableValue) for each in PAPERS_OF_PEOPLE[CATCH_UP].values())
    assert "Training provider, told of this" in " ".join(map(plain, texts_of(table)))


def test_hours_with_a_host_count_only_under_the_conditions_that_hold_at_home() -> None:
    text = said(made(SECONDMENT))
    assert "counts as off-the-job training only where all of this is true" in text
    assert "Ordinary work for the host does not count" in text
    assert "The apprentice stays an employee of the employer throughout" in text
    assert "What is made for the host" in text
    without = compose(
        library(), library().type_of(SECONDMENT), PAPERS_OF_PEOPLE[SECONDMENT],
        {"sa-made": False},
    )  # fmt: skip
    assert "What is made for the host" not in said(without)
    assert without.findings == ()


# --- from the sample desk -------------------------------------------------------------------------

TODAY = date(2026, 11, 24)
WRITTEN = {
    FieldKind.TEXT: "Something", FieldKind.LINES: "Something\nmore", FieldKind.DAY: "1 Jul 2027",
    FieldKind.YES_NO: "yes", FieldKind.CHOICE: "hybrid",
}  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> Iterator[Store]:
    store = open_store(copy_sample(tmp_path_factory.mktemp("sample") / "exampleton.desk", TODAY))
    yield store
    store.close()


def first_ready(store: Store, type_id: str) -> Prepared:
    """The paper about the first in the desk of whom enough is known, with the rest answered."""
    of = library().type_of(type_id)
    for choice in store.read(subject_choices, of.subject, TODAY):
        draft = begin(library(), of, store.read(gathered, choice.subject, TODAY))
        for _ in range(3):
            for each in prepare(draft, TODAY).asked:
                if each.is_missing:
                    draft = answer(draft, each.field.name, WRITTEN[each.field.kind], TODAY)
        prepared = prepare(draft, TODAY)
        if prepared.is_ready:
            return prepared
    raise AssertionError(f"nobody in the sample desk can have a {type_id}")


@pytest.mark.parametrize("type_id", PAPERS_OF_PEOPLE)
def test_each_paper_is_issued_from_the_sample_desk_and_made_again(
    sample: Store, tmp_path: Path, type_id: str
) -> None:
    prepared = first_ready(sample, type_id)
    assert prepared.composed.document.is_sample
    key = issue(sample, prepared, tmp_path / "paper.pdf")
    details = sample.read(document_details, key)
    assert make_again(library(), details, is_sample=True).is_same
