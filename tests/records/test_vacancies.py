"""A role that is agreed or advertised before anybody is named for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.searching import Found, Subject
from apprentice_desk.records import (
    apprentice_checks,
    apprentices,
    checklists,
    history,
    known_people,
    programmes,
    search,
    standard_uses,
)
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.counts import vacancy_count
from apprentice_desk.records.dates_ahead import dates_ahead
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.records.store import Store

TODAY = date(2026, 9, 1)
ROLE = ApprenticeDetails(standard_code="ST0116")
NAME = "Role: Software developer, nobody named yet"


@pytest.fixture
def vacancy(make: Any, store: Store) -> UUID:
    make.standard()
    with store.change("Add a role") as session:
        return apprentices.enrol(session, ROLE)


def said(details: ApprenticeDetails, *, may_be_vacant: bool = True) -> list[str]:
    return [
        f"{each.place.field}: {each.message}"
        for each in apprentice_checks.check(details, TODAY, may_be_vacant=may_be_vacant)
    ]


def test_a_role_needs_no_name_only_where_that_is_meant() -> None:
    assert said(ROLE) == []
    assert said(ROLE, may_be_vacant=False) == ["family_name: The apprentice needs a name."]
    assert said(replace(ROLE, given_names=" ")) == []


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ({"training_started_on": date(2026, 10, 5)}, "start"),
        ({"assessment_began_on": date(2026, 8, 3)}, "gateway"),
        ({"ended_on": date(2026, 8, 3), "outcome": Outcome.WITHDRAWN}, "last day"),
        ({"outcome": Outcome.WITHDRAWN}, "outcome"),
        ({"born_on": date(2005, 6, 1)}, "date of birth"),
        ({"uln": "1000000043"}, "ULN"),
        ({"email": "ada@example.org"}, "email address"),
        ({"employee_reference": "E1"}, "employee reference"),
    ],
)
def test_what_only_somebody_has_needs_their_name(given: dict[str, Any], called: str) -> None:
    says = f"family_name: A role that nobody is named for yet has no {called}."
    assert says in said(replace(ROLE, **given))
    assert says not in said(replace(ROLE, family_name="Obi", **given))


def test_it_is_shown_by_its_role_wherever_a_name_stands(
    vacancy: UUID, store: Store, make: Any
) -> None:
    families = resources.digital_standards().role_families
    (row,) = store.read(apprentice_rows, TODAY, resources.hours_rules(), families)
    assert (row.name, row.is_vacancy, row.status) == (NAME, True, Status.PLANNED)
    assert row.sort_name == NAME.casefold()
    (line,) = [
        hit.line
        for hit in store.read(search.shelf, Subject.APPRENTICE, TODAY, {}).search("nobody", 9).best
    ]
    assert (line.key, line.title) == (Found(Subject.APPRENTICE, vacancy), NAME)
    (person,) = store.read(standard_uses.people_on, "ST0116")
    assert person.name == "Role: ST0116, nobody named yet"
    with store.change("Plan the gateway") as session:
        planned = replace(ROLE, gateway_planned_on=date(2027, 9, 1), course_title="Coding")
        apprentices.correct(session, vacancy, planned)
    (event,) = store.read(dates_ahead, [vacancy], TODAY, 28)
    assert "Role: Coding, nobody named yet" in event.title
    assert store.read(vacancy_count) == 1


def test_no_list_knows_it(vacancy: UUID, store: Store, make: Any) -> None:
    make.apprentice()
    assert [each.name for each in store.read(known_people.known_people)] == ["Ada Lovelace"]


def test_it_is_agreed_and_advertised_and_no_more_until_somebody_is_named(
    vacancy: UUID, store: Store
) -> None:
    on, start = date(2026, 8, 3), Checklist.START
    with store.change("Agree") as session:
        checklists.tick(session, vacancy, start, ["role_agreed"], on)
        checklists.say_not_needed(session, vacancy, start, ["advertised"], "Known within")
    for checklist, items in (
        (start, ["offered"]), (start, ["advertised", "eligibility"]),
        (Checklist.GATEWAY, ["employer_agrees"]),
    ):  # fmt: skip
        with pytest.raises(Problem, match="Nobody is named"), store.change("Tick") as session:
            checklists.tick(session, vacancy, checklist, items, on)
        with pytest.raises(Problem, match="Nobody is named"), store.change("No") as session:
            checklists.say_not_needed(session, vacancy, checklist, items, "No")
    with store.change("Name") as session:
        apprentices.correct(session, vacancy, replace(ROLE, family_name="Obi"))
    with store.change("Offer") as session:
        checklists.tick(session, vacancy, start, ["offered"], on)
    held = store.read(checklists.checklist_records, [vacancy])[vacancy]
    assert set(held.start) == {"role_agreed", "advertised", "offered"}


def test_nobody_leaves_it(vacancy: UUID, store: Store) -> None:
    with pytest.raises(Problem, match="nobody can leave it"), store.change("Leave") as session:
        programmes.withdraw(session, vacancy, TODAY, "98")


def test_its_history_is_put_back_but_no_name_is_taken_away(vacancy: UUID, store: Store) -> None:
    with store.change("Mentor") as session:
        apprentices.correct(session, vacancy, replace(ROLE, mentor="Priya"))
    held = store.read(apprentices.held, vacancy)
    with store.change("Put back") as session:
        history.put_values_back(session, held, {"mentor": ""}, TODAY)
    assert store.read(apprentices.held, vacancy).details.mentor == ""
    with store.change("Name") as session:
        apprentices.correct(session, vacancy, replace(ROLE, family_name="Obi"))
    held = store.read(apprentices.held, vacancy)
    with pytest.raises(Problem, match="needs a name"), store.change("Put back") as session:
        history.put_values_back(session, held, {"family_name": ""}, TODAY)
