"""The figures that a case is told."""

from __future__ import annotations

from datetime import date

from apprentice_desk import resources
from apprentice_desk.domain.vocabulary import (
    EventKind,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
)
from apprentice_desk.records.organisation import pledge
from apprentice_desk.returns.case_figures import case_figures

TODAY = date(2026, 9, 1)


def figures(store):
    found = store.read(case_figures, TODAY, resources.hours_rules(), {})
    assert len({each.name for each in found}) == len(found)
    return {each.name: each.value for each in found}


def test_an_empty_desk_knows_its_target_and_no_pledge(store):
    found = figures(store)
    assert found["target"] == "100 digital apprentices by 30 Sep 2020"
    assert found["pledged"] == found["still to recruit"] == found["started by role"] == ""
    assert found["on track"] == ""
    assert found["on programme"] == found["events"] == found["barriers"] == "0"


def test_the_figures_are_those_of_the_programme_year(store, make):
    with store.change("Pledge") as session:
        pledge(session, 2026, RoleFamily.DATA, 3)
    data = make.apprentice(
        role_family=RoleFamily.DATA,
        is_digital=True,
        training_started_on=date(2026, 6, 1),
        training_planned_end_on=date(2028, 6, 1),
    )
    make.apprentice(
        role_family=RoleFamily.PRODUCT,
        is_digital=False,
        training_started_on=date(2026, 11, 2),
        training_planned_end_on=date(2028, 6, 1),
    )
    make.event(held_on=date(2026, 6, 18), attended=12)
    make.event(held_on=date(2026, 3, 31), attended=40)
    make.event(held_on=date(2026, 9, 2), attended=40)
    make.event(held_on=date(2026, 7, 1), attended=None, kind=EventKind.VISIT)
    for status in (SecondmentStatus.COMPLETED, SecondmentStatus.UNDER_WAY, SecondmentStatus.DRAFT):
        make.secondment(kind=SecondmentKind.REQUEST, apprenticeship_id=data, status=status)
    found = figures(store)
    assert (found["pledged"], found["recruited"], found["started"]) == ("3", "2", "1")
    assert found["still to recruit"] == "1"
    assert found["started by role"] == "data 1 of 3; product 0, not pledged"
    assert (found["on programme"], found["digital on programme"]) == ("1", "1")
    assert found["on track"].endswith("of 1")
    assert (found["events"], found["came to events"]) == ("2", "12")
    assert found["secondments completed"] == found["secondments under way"] == "1"
