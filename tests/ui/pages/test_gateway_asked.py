"""The form of an apprentice asks before it records a gateway with items still open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.records import apprentice_removal, apprentices, checklists
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.pages.apprentices.gateway_asked import FIELD
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage

PASSED = date(2026, 8, 28)


@pytest.fixture
def people(page: Callable[..., Any], qtbot: Any) -> ApprenticesPage:
    opened: ApprenticesPage = page("apprentices")
    qtbot.waitUntil(lambda: opened.model.rowCount() > 0)
    return opened


def on_top(parent: Any, kind: type) -> list[Any]:
    return [each for each in parent.findChildren(kind) if each.isVisible()]


def form_of(people: ApprenticesPage, key: Any) -> FormDialog:
    people.table.choose(key)
    people.actions_.edit.trigger()
    (dialog,) = on_top(people, FormDialog)
    assert isinstance(dialog, FormDialog)
    return dialog


def passed_on(store: Store, key: Any) -> date | None:
    return store.read(apprentices.held, key).details.assessment_began_on


def said(dialog: FormDialog) -> str:
    return str(dialog.form.input(FIELD).target.accessibleDescription())


def test_what_is_open_is_said_and_asked_about_and_the_history_tells_it(
    people: ApprenticesPage, team: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    dialog = form_of(people, team.ada)
    dialog.form.set_value(FIELD, PASSED)
    dialog.panel.submit()
    (question,) = on_top(dialog, Question)
    asked = question.accessibleDescription()
    assert asked.startswith("The gateway is recorded as passed on 28 Aug 2026. 9 items of the")
    assert "Required off-the-job hours" in asked
    question.cancel.click()
    assert dialog.isVisible()
    assert passed_on(store, team.ada) is None
    assert "9 items of the checklist still open" in said(dialog)
    # Held English and maths, typed into the same form, are open no more; it is asked about anew.
    dialog.form.set_value("english_met_on", date(2026, 3, 2))
    dialog.form.set_value("maths_met_on", date(2026, 3, 2))
    dialog.panel.submit()
    (question,) = on_top(dialog, Question)
    assert " 7 items of the checklist still open" in question.accessibleDescription()
    question.confirm.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert passed_on(store, team.ada) == PASSED
    label = store.latest_change().label
    assert label.startswith("Edit Ada Obi, who passed the gateway with 7 items of the checklist")
    qtbot.waitUntil(lambda: desk.undo_label == label)
    desk.undo()
    assert passed_on(store, team.ada) is None


def test_nothing_is_asked_where_the_day_stood_there_or_the_form_is_wrong(
    people: ApprenticesPage, team: Any, store: Store, qtbot: Any
) -> None:
    dialog = form_of(people, team.ada)
    dialog.form.set_value(FIELD, date(2026, 9, 2))  # to come
    dialog.panel.submit()
    assert on_top(dialog, Question) == []
    assert "still to come" in said(dialog)
    dialog.form.set_value(FIELD, None)
    dialog.reject()
    assert not dialog.isVisible()
    held = store.read(apprentices.held, team.ada)
    with store.change("Passed") as session:
        details = replace(held.details, assessment_began_on=PASSED)
        apprentices.correct(session, team.ada, details)
    people.refresh()
    dialog = form_of(people, team.ada)
    dialog.form.set_value("mentor", "Priya Shah")
    dialog.form.set_value(FIELD, date(2026, 8, 27))  # a day put right
    dialog.panel.submit()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert passed_on(store, team.ada) == date(2026, 8, 27)


def test_nothing_is_asked_where_nothing_is_open(
    people: ApprenticesPage, make: Any, store: Store, qtbot: Any
) -> None:
    key = make.apprentice(
        family_name="Ready", agreed_minutes=60, training_started_on=date(2024, 9, 2),
        training_planned_end_on=date(2026, 8, 20), english_met_on=date(2025, 1, 6),
        maths_met_on=date(2025, 1, 6),
    )  # fmt: skip
    make.activity(key)  # not mandatory
    for day in range(1, 29):
        make.hours(key, done_on=date(2025, 6, day), minutes=24 * 60)
    items = [rule.key for rule in resources.programme_rules().gateway]
    with store.change("Tick") as session:
        checklists.tick(session, key, Checklist.GATEWAY, items, date(2026, 8, 20))
    people.refresh()
    qtbot.waitUntil(lambda: people.model.number_of(key) >= 0)
    dialog = form_of(people, key)
    dialog.form.set_value(FIELD, PASSED)
    dialog.panel.submit()
    assert on_top(dialog, Question) == [], said(dialog)
    assert passed_on(store, key) == PASSED


def test_somebody_new_has_nothing_on_the_checklist_yet(
    people: ApprenticesPage, store: Store, qtbot: Any
) -> None:
    dialog = people.actions_.add()
    assert dialog is not None
    for name, value in (
        ("given_names", "Ibi"), ("family_name", "Quartey"), ("standard_code", "ST0116"),
        ("training_started_on", date(2024, 9, 2)), (FIELD, PASSED),
    ):  # fmt: skip
        dialog.form.set_value(name, value)
    dialog.panel.submit()
    (question,) = on_top(dialog, Question)
    assert "The checklist before the gateway is empty" in question.accessibleDescription()
    question.confirm.click()
    qtbot.waitUntil(lambda: store.latest_change().label == "Add Ibi Quartey")


def test_somebody_who_was_removed_meanwhile_is_told_of(
    people: ApprenticesPage, make: Any, store: Store, qtbot: Any
) -> None:
    key = make.apprentice(family_name="Gone")
    qtbot.waitUntil(lambda: people.model.number_of(key) >= 0)
    dialog = form_of(people, key)
    with store.change("Remove") as session:
        apprentice_removal.remove(session, people.table.chosen().apprentice_id)
    dialog.form.set_value(FIELD, PASSED)
    dialog.panel.submit()
    (question,) = on_top(dialog, Question)
    question.confirm.click()
    assert "removed meanwhile" in str(dialog.panel._messages.current_problem)
