"""A role that nobody is named for yet, in the window: added, shown, and named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.records import apprentices, checklists
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenRecord
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.pages.apprentices.columns import counts_in_words
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage
from apprentice_desk.ui.recording.kind import people as people_to_record
from apprentice_desk.ui.standing_words import status_badge

NAME = "Role: Software developer, nobody named yet"
START = Checklist.START


@pytest.fixture
def people(page: Callable[..., Any], qtbot: Any) -> ApprenticesPage:
    opened: ApprenticesPage = page("apprentices")
    qtbot.waitUntil(lambda: opened.model.rowCount() > 0)
    return opened


@pytest.fixture
def vacancy(make: Any, team: Any) -> UUID:
    key: UUID = make.apprentice(
        given_names="", family_name="", training_started_on=None, training_planned_end_on=None,
        weekly_minutes=None, agreed_minutes=None,
    )  # fmt: skip
    return key


def on_top(parent: Any, kind: type) -> list[Any]:
    return [each for each in parent.findChildren(kind) if each.isVisible()]


def settled(qtbot: Any, desk: Desk) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QApplication.processEvents()


def test_a_role_is_added_without_a_name_once_that_is_said_to_be_meant(
    people: ApprenticesPage, store: Store, qtbot: Any
) -> None:
    before = store.latest_change()
    dialog = people.actions_.add()
    assert dialog is not None
    dialog.form.set_value("standard_code", "ST0116")
    dialog.panel.submit()
    (question,) = on_top(dialog, Question)
    assert "No return counts it." in question.accessibleDescription()
    question.cancel.click()
    assert store.latest_change() == before
    name = dialog.form.input("family_name").target.accessibleDescription()
    assert "needs a name" in name
    dialog.panel.submit()
    (question,) = on_top(dialog, Question)
    question.confirm.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert store.latest_change().label == f"Add {NAME}"
    qtbot.waitUntil(lambda: NAME in [row.name for row in people._rows])
    row = next(row for row in people._rows if row.name == NAME)
    assert status_badge(row).text == "Nobody yet"
    assert counts_in_words((row,)) == "0 on programme · 1 role without a name"


def test_what_only_somebody_has_is_refused_in_words(people: ApprenticesPage) -> None:
    dialog = people.actions_.add()
    assert dialog is not None
    dialog.form.set_value("standard_code", "ST0116")
    dialog.form.set_value("training_started_on", date(2026, 10, 5))
    dialog.panel.submit()
    assert on_top(dialog, Question) == []
    name = dialog.form.input("family_name").target.accessibleDescription()
    assert "A role that nobody is named for yet has no start." in name


def test_what_can_be_done_with_a_role_is_what_needs_nobody(
    people: ApprenticesPage, vacancy: UUID, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: vacancy in [row.id for row in people._rows])
    people.table.show_all()
    people.arrive(OpenApprentice(vacancy))
    chosen = people.table.chosen()
    assert chosen.name == NAME
    actions = people.actions_
    assert people.panel.name.text() == NAME
    for action in (actions.edit, actions.remove, actions.open_record):
        assert action.isEnabled(), action.text()
    for action in (actions.review_pack, actions.enrol_again, actions.log_hours,
                   actions.moves.withdraw, actions.moves.start_break):  # fmt: skip
        assert not action.isEnabled(), action.text()


def test_it_is_agreed_in_the_checklist_and_an_offer_leads_to_the_name(
    page: Callable[..., Any], desk: Desk, store: Store, vacancy: UUID, qtbot: Any
) -> None:
    record = page("apprentice")
    record.arrive(OpenRecord(vacancy, "checklists"))
    assert record.header.title.text() == NAME
    card = record.part("checklists").cards[START]
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    for item in ("role_agreed", "advertised"):
        card.table.choose(item)
        card.done.click()
    held = store.read(checklists.checklist_records, [vacancy])[vacancy]
    assert set(held.start) == {"role_agreed", "advertised"}
    for act in (card.done, card.not_needed):
        qtbot.waitUntil(lambda: card.table.choose("offered"))
        qtbot.waitUntil(act.isEnabled)
        act.click()
        (question,) = on_top(record, Question)
        assert question.windowTitle() == "Who is it?"
        assert "Nobody is named for this role yet" in question.accessibleDescription()
        question.confirm.click()
    assert gone == [OpenApprentice(vacancy, "given_names")] * 2
    assert set(store.read(checklists.checklist_records, [vacancy])[vacancy].start) == {
        "role_agreed", "advertised",
    }  # fmt: skip


def test_the_name_makes_an_apprentice_of_it(
    people: ApprenticesPage, store: Store, vacancy: UUID, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: vacancy in [row.id for row in people._rows])
    people.arrive(OpenApprentice(vacancy, "given_names"))
    (dialog,) = on_top(people, FormDialog)
    dialog.form.set_value("mentor", "Priya Shah")
    dialog.panel.submit()  # still without a name: nobody asks again
    qtbot.waitUntil(lambda: store.read(apprentices.held, vacancy).details.mentor == "Priya Shah")
    people.arrive(OpenApprentice(vacancy, "given_names"))
    (dialog,) = on_top(people, FormDialog)
    dialog.form.set_value("given_names", "Ibi")
    dialog.form.set_value("family_name", "Quartey")
    dialog.form.set_value("training_started_on", date(2026, 10, 5))
    dialog.panel.submit()
    qtbot.waitUntil(lambda: "Ibi Quartey" in [row.name for row in people._rows])
    assert NAME not in [row.name for row in people._rows]
    people.arrive(OpenApprentice(vacancy, "given_names"))
    (dialog,) = on_top(people, FormDialog)
    dialog.form.set_value("given_names", "")
    dialog.form.set_value("family_name", "")
    dialog.panel.submit()
    name = dialog.form.input("family_name").target.accessibleDescription()
    assert "needs a name" in name, "a name is not taken away again"


def test_today_and_returns_say_that_nobody_is_named(
    page: Callable[..., Any], desk: Desk, vacancy: UUID, qtbot: Any
) -> None:
    today = page("today")
    settled(qtbot, desk)
    needs = today._look.needs
    (line,) = [need for need in needs if need.what == NAME]
    assert line.why.startswith("Open: Role agreed and Advertised.")
    assert not [need for need in needs if need is not line and "nobody named" in need.why]
    returns = page("returns")
    settled(qtbot, desk)
    made_of = returns.made_of
    assert made_of.vacancies.text() == "Not counted: 1 role that nobody is named for yet."
    assert made_of.vacancies.isVisible()
    assert vacancy not in [row.id for row in people_to_record(desk)]
