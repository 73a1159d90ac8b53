"""The history of a record: who changed what, when, and how a value is put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import apprentice_removal, apprentices, history, programmes
from apprentice_desk.records.history import ValueChange, record_history

TODAY = date(2026, 9, 1)


@pytest.fixture
def ada(make: Any) -> Any:
    return make.apprentice(line_manager="Grace Park", weekly_from_on=date(2025, 9, 1))


def correct(store: Any, key: Any, label: str = "Edit Ada", **values: Any) -> None:
    with store.change(label) as session:
        now = apprentices.held(session, key).details
        apprentices.correct(session, key, replace(now, **values))


def read(store: Any, key: Any) -> history.RecordHistory:
    return store.read(record_history, key)


def put_back(store: Any, known: history.RecordHistory, **values: Any) -> None:
    with store.change("Put back") as session:
        history.put_values_back(session, known.held, values, TODAY)


def test_each_change_says_who_when_and_what_became_of_which_detail(store, ada) -> None:
    correct(store, ada, family_name="Obi", line_manager="Tom Hill")
    correct(store, ada, "End earlier", training_planned_end_on=date(2027, 7, 31), note="New end")
    newest, edit, added = read(store, ada).changes
    assert [each.label for each in (newest, edit, added)] == ["End earlier", "Edit Ada", "Enrol"]
    assert newest.values == (
        ValueChange("training_planned_end_on", date(2027, 8, 31), date(2027, 7, 31)),
        ValueChange("note", "", "New end"),
    )
    assert edit.values == (
        ValueChange("family_name", "Lovelace", "Obi"),
        ValueChange("line_manager", "Grace Park", "Tom Hill"),
    )
    assert {each.person for each in (newest, edit, added)} == {"Tess Ter"}
    assert newest.recorded_at >= edit.recorded_at >= added.recorded_at
    assert added.began
    assert not added.values
    assert [each.began for each in (newest, edit)] == [False, False]


def test_breaks_and_weekly_hours_are_told_also_when_they_are_gone(store, ada) -> None:
    with store.change("Start a break") as session:
        programmes.start_break(session, ada, date(2026, 2, 2), "Illness")
    began = store.latest_change().number
    with store.change("Back") as session:
        programmes.resume(session, ada, date(2026, 3, 1))
    back = store.latest_change().number
    with store.change("Fewer hours") as session:
        programmes.set_weekly_hours(session, ada, date(2026, 4, 1), 1800)
    told = {each.number: each for each in read(store, ada).changes}
    (broke,) = told[began].spells
    assert (broke.kind, broke.before) == ("break", None)
    assert broke.after is not None
    assert (broke.after["first_on"], broke.after["last_on"]) == (date(2026, 2, 2), None)
    (ended,) = told[back].spells
    assert ended.before is not None
    assert ended.after is not None
    assert (ended.before["last_on"], ended.after["last_on"]) == (None, date(2026, 3, 1))
    (fewer,) = told[back + 1].spells
    assert (fewer.kind, fewer.before) == ("weekly hours", None)
    assert fewer.after is not None
    assert fewer.after["weekly_minutes"] == 1800

    store.undo(back + 1)
    gone = store.undo(back)
    taken = store.undo(began)
    newest, middle, *_ = read(store, ada).changes
    assert (newest.number, middle.number) == (taken.number, gone.number)
    assert newest.spells[0].after is None
    assert newest.spells[0].before == broke.after
    kinds = {spell.kind for each in read(store, ada).changes for spell in each.spells}
    assert kinds == {"break", "weekly hours"}, "what is gone was still once there"


def test_only_the_record_and_its_person_are_told_of(store, make, ada) -> None:
    other = make.apprentice(given_names="Tomasz")
    correct(store, other, line_manager="Somebody")
    assert [each.label for each in read(store, ada).changes] == ["Enrol"]
    person = store.read(apprentices.held, ada).apprentice_id
    with store.change("Another") as session:
        second = apprentices.enrol(session, store_details(session, ada), apprentice_id=person)
    correct(store, ada, "New name", family_name="Obi")
    labels = [each.label for each in read(store, second).changes]
    assert labels == ["New name", "Another", "Enrol"], "a name is of the person, so of both"
    assert [each.began for each in read(store, second).changes] == [False, True, False]


def store_details(session: Any, key: Any) -> apprentices.ApprenticeDetails:
    return apprentices.held(session, key).details


def test_a_change_is_taken_back_only_where_it_stands_and_touched_nobody_else(
    store, make, ada
) -> None:
    correct(store, ada, "First", line_manager="Tom Hill")
    correct(store, ada, "Second", line_manager="Mina Roy")
    second, first, added = read(store, ada).changes
    assert [each.may_be_taken_back for each in (second, first, added)] == [True, False, False]
    other = make.apprentice(given_names="Tomasz")
    with store.change("Both") as session:
        for key in (ada, other):
            now = apprentices.held(session, key).details
            apprentices.correct(session, key, replace(now, mentor="Lee"))
    both = read(store, ada).changes[0]
    assert both.touched_others
    assert not both.may_be_taken_back, "it would take back what it did to another"
    with store.change("Sent", is_final=True) as session:
        now = apprentices.held(session, ada).details
        apprentices.correct(session, ada, replace(now, mentor=""))
    assert not read(store, ada).changes[0].may_be_taken_back


def test_a_value_is_put_back_as_a_change_that_can_be_undone(store, ada) -> None:
    correct(store, ada, line_manager="Tom Hill", mentor="Lee")
    correct(store, ada, line_manager="Mina Roy")
    known = read(store, ada)
    put_back(store, known, line_manager="Grace Park")
    now = read(store, ada)
    assert now.held.details == replace(known.held.details, line_manager="Grace Park")
    assert now.changes[0].values == (ValueChange("line_manager", "Mina Roy", "Grace Park"),)
    store.undo(now.changes[0].number)
    assert read(store, ada).held.details.line_manager == "Mina Roy"


def test_a_value_is_not_put_back_over_what_somebody_else_did_meanwhile(store, ada) -> None:
    correct(store, ada, line_manager="Tom Hill")
    known = read(store, ada)
    correct(store, ada, mentor="Lee")
    with pytest.raises(Conflict):
        put_back(store, known, line_manager="Grace Park")
    assert read(store, ada).held.details.line_manager == "Tom Hill"


def test_a_value_that_does_not_go_with_the_others_any_more_is_refused_in_words(store, ada) -> None:
    correct(
        store, ada,
        training_started_on=date(2027, 1, 4), training_planned_end_on=date(2028, 8, 31),
        weekly_from_on=date(2027, 1, 4),
    )  # fmt: skip
    known = read(store, ada)
    with pytest.raises(Problem, match="cannot be put back for Ada Lovelace") as told:
        put_back(store, known, training_planned_end_on=date(2026, 6, 30))
    assert "end" in told.value.what
    assert told.value.remedy == "Change both in the form."
    assert read(store, ada).held.details == known.held.details


def test_a_record_that_is_gone_has_no_history(store, make, ada) -> None:
    person = store.read(apprentices.held, ada).apprentice_id
    with store.change("Remove") as session:
        apprentice_removal.remove(session, person)
    with pytest.raises(Conflict):
        read(store, ada)
