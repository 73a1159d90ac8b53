"""What a log of bidders' questions is told: as published, and never who asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.fields import FIELDS, keep, unkeep
from apprentice_desk.documents.procurement_facts import Facts
from apprentice_desk.documents.question_facts import facts_of_questions
from apprentice_desk.documents.subjects import GIVEN, QUESTIONED
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.procurement_overview import (
    ProcurementOverview,
    how_it_stands,
    procurement_overview,
)
from apprentice_desk.records.store import Store
from procured import TODAY, procured


def read(store: Store, key: UUID) -> ProcurementOverview:
    found = store.read(procurement_overview, key)
    assert found is not None
    return found


def facts(found: ProcurementOverview) -> Facts:
    rules, holidays = resources.procurement_rules(), resources.bank_holidays()
    told = facts_of_questions(found, how_it_stands(found, TODAY, rules, holidays))
    assert told.keys() <= QUESTIONED <= GIVEN[SubjectKind.PROCUREMENT]
    for name, value in told.items():
        assert unkeep(FIELDS[name], keep(FIELDS[name], value)) == value, name
    return told


def test_questions_stand_as_they_were_published_with_number_and_day(
    store: Store, make: Any
) -> None:
    told = facts(read(store, procured(make).id))
    assert told.keys() == QUESTIONED
    assert told["clarifications"] == TableValue(
        ("Number", "Question", "Answer", "Answered on"),
        (("1", "Is a portal of our own allowed?", "Yes.", "12 Jun 2026"),),
    )
    assert "Beta" not in str(told)
    assert told["has_answers"] is True
    assert told["has_open_questions"] is True
    assert (told["answers_name_somebody"], told["answers_may_hint"]) == (False, False)


def test_without_an_answer_there_is_no_table(store: Store, make: Any) -> None:
    found = read(store, procured(make).id)
    told = facts(replace(found, clarifications=found.clarifications[1:]))
    assert "clarifications" not in told
    assert (told["has_answers"], told["has_open_questions"]) == (False, True)
    assert facts(replace(found, clarifications=()))["has_open_questions"] is False


@pytest.mark.parametrize(
    ("answer", "names", "hints"),
    [
        ("Yes.", False, False),
        ("Beta Skills may.", True, True),
        ("Nadia Frost was told.", True, False),
        ("Your Skills portal may.", False, True),
    ],
)
def test_what_names_a_bidder_or_hints_at_who_asked_is_noticed(
    store: Store, make: Any, answer: str, names: bool, hints: bool
) -> None:
    found = read(store, procured(make).id)
    first = found.clarifications[0]
    changed = replace(first, details=replace(first.details, answer=answer))
    told = facts(replace(found, clarifications=(changed,)))
    assert (told["answers_name_somebody"], told["answers_may_hint"]) == (names, hints)
