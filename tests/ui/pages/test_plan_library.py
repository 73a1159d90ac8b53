"""Templates of plans and partners' offers: kept, corrected, and made into plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel

from apprentice_desk import resources
from apprentice_desk.records import learning, offers, plan_templates
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenLibrary, OpenPage
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.dialogs import Question
from apprentice_desk.ui.pages.plan_library import offers_part
from apprentice_desk.ui.pages.plan_library.page import PlanLibraryPage
from records.dumps import dump

Opener = Callable[..., PlanLibraryPage]


def wait(qtbot: Any, condition: Callable[[], object]) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(condition()))


def fill(form: Any, **values: Any) -> None:
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()


def press(qtbot: Any, table: Any, key: Any) -> None:
    """Press *key* in a list, once the keyboard is there."""
    table.window().activateWindow()
    table.setFocus()
    wait(qtbot, table.hasFocus)
    QTest.keyClick(table, key)


def said(widget: Any) -> str:
    return "\n".join(
        each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()
    )


@pytest.fixture
def templates(page: Opener, team: Any, make: Any) -> Any:
    """The part of the templates, with one of two activities: day 6, and days 30 to 60."""
    make.template("Two years")
    return page("plan_library").part("templates")


@pytest.fixture
def offered(page: Opener, team: Any) -> Any:
    """The part of the offers, with none yet."""
    opened = page("plan_library")
    opened.narrow_to("offers")
    return opened.part("offers")


# templates


def test_a_template_shows_its_activities_by_day(templates: Any) -> None:
    (row,) = templates.model.shown
    assert (row.name, row.activities, row.last_day) == ("Two years", 2, 60)
    assert [each.line.title for each in templates.lines.shown] == ["Induction", "Databases"]
    assert templates.chosen_name.text() == "Activities of Two years"
    QAbstractItemModelTester(templates.model)
    QAbstractItemModelTester(templates.lines)


def test_without_templates_it_says_where_they_come_from(page: Opener, team: Any) -> None:
    part = page("plan_library").part("templates")
    assert "Save a good plan as a template" in said(part.table)
    assert not part.lines_table.isVisible()
    assert not part.edit.isEnabled()


def test_a_template_is_begun_corrected_and_removed(
    templates: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    templates.add.click()
    dialog = templates.dialog
    fill(dialog.form, name="two YEARS")
    dialog.panel.submit()
    assert "already" in said(dialog)
    fill(dialog.form, name="Short", standard_code="st0795", note="For 2027")
    dialog.panel.submit()
    wait(qtbot, lambda: templates.table.chosen().name == "Short")
    assert templates.note.text() == "For 2027"
    assert "No activities yet" in said(templates.lines_table)
    assert not templates.make.isEnabled()
    press(qtbot, templates.table, Qt.Key.Key_F2)
    dialog = templates.dialog
    fill(dialog.form, name="Shorter")
    dialog.panel.submit()
    wait(qtbot, lambda: templates.table.chosen().name == "Shorter")
    templates.remove.trigger()
    asked = templates.dialog
    assert isinstance(asked, Question)
    asked.confirm.click()
    wait(qtbot, lambda: [row.name for row in templates.model.shown] == ["Two years"])
    desk.undo()
    wait(qtbot, lambda: len(templates.model.shown) == 2)


def test_activities_of_a_template_are_added_edited_and_removed(
    templates: Any, store: Store, qtbot: Any
) -> None:
    templates.add_line.click()
    dialog = templates.dialog
    fill(dialog.form, title="Networks", planned_minutes=600, starts_after_days=40,
         due_after_days=20)  # fmt: skip
    dialog.panel.submit()
    assert "The last day is before the first." in said(dialog.form)
    fill(dialog.form, due_after_days=45, ksbs="k1 k2")
    dialog.panel.submit()
    wait(qtbot, lambda: len(templates.lines.shown) == 3)
    assert templates.lines.shown[1].line.title == "Networks"
    assert templates.lines.shown[1].line.ksbs == "K1-2"
    templates.lines_table.choose(templates.lines.shown[1].id)
    press(qtbot, templates.lines_table, Qt.Key.Key_Return)
    dialog = templates.dialog
    fill(dialog.form, title="Networks two")
    dialog.panel.submit()
    wait(qtbot, lambda: templates.lines.shown[1].line.title == "Networks two")
    press(qtbot, templates.lines_table, Qt.Key.Key_Delete)
    wait(qtbot, lambda: len(templates.lines.shown) == 2)


def test_of_two_versions_of_an_activity_one_is_chosen_line_by_line(
    templates: Any, store: Store, qtbot: Any
) -> None:
    row = templates.lines.shown[0]
    templates.lines_table.choose(row.id)
    templates.edit_line.trigger()
    dialog = templates.dialog
    with store.change("Meanwhile") as session:
        plan_templates.correct_template_line(session, row.id, replace(row.line, title="Theirs"))
    fill(dialog.form, ksbs="K9")
    dialog.panel.submit()
    (asked,) = dialog.findChildren(ConflictDialog)
    asked.chosen.emit(frozenset())
    wait(qtbot, lambda: templates.lines.shown[0].line.title == "Theirs")
    assert templates.lines.shown[0].line.ksbs == "K1"


def test_plans_are_made_from_a_template_by_each_one_s_own_start(
    templates: Any, team: Any, store: Store, qtbot: Any
) -> None:
    templates.make.trigger()
    dialog = templates.dialog
    dialog.people.table.tick([team.ada, team.lee])
    assert dialog.count.text() == "4 activities for 2 people"
    dialog.confirm.click()
    wait(qtbot, lambda: store.read(learning.plan_rows, team.lee))
    # Ada starts on 1 Sep 2025, Lee on 5 Oct 2026; the induction ends on day 6.
    due = [store.read(learning.plan_rows, key)[0].due_on for key in (team.ada, team.lee)]
    assert due == [date(2025, 9, 7), date(2026, 10, 11)]


# offers


def test_the_packaged_list_is_taken_in_when_it_is_asked_for_and_not_before(
    offered: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    assert offered.model.total == 0
    assert "Check each before you rely on it" in said(offered.table)
    before = dump(store)
    offered.take_in()
    count = len(resources.learning_offers())
    wait(qtbot, lambda: offered.model.total == count)
    assert not offered.load.isVisible()
    assert "check before you rely on it" in offered.source.text()
    assert all(row.details.minutes is None for row in offered.model.shown)
    desk.undo()
    wait(qtbot, lambda: offered.model.total == 0)
    assert dump(store) == before


def test_an_offer_is_added_corrected_retired_and_offered_again(
    offered: Any, store: Store, qtbot: Any
) -> None:
    offered.add.click()
    dialog = offered.dialog
    fill(dialog.form, title="Cloud basics", partner="Partner Ltd", link="nowhere")
    dialog.panel.submit()
    assert "not the address of a web page" in said(dialog.form)
    fill(dialog.form, link="https://partner.example/cloud", note="Free.")
    dialog.panel.submit()
    wait(qtbot, lambda: offered.model.total == 1)
    assert offered.load.isVisible(), "the packaged ones are still to be had"
    press(qtbot, offered.table, Qt.Key.Key_F2)
    dialog = offered.dialog
    fill(dialog.form, minutes=240)
    dialog.panel.submit()
    wait(qtbot, lambda: offered.table.chosen().details.minutes == 240)
    press(qtbot, offered.table, Qt.Key.Key_Delete)
    wait(qtbot, lambda: offered.table.chosen().is_retired)
    assert not offered.plan.isEnabled()
    assert not offered.retire.isEnabled()
    offered.again.trigger()
    wait(qtbot, lambda: not offered.table.chosen().is_retired)


def test_an_offer_is_put_into_plans_once_its_hours_are_said(
    offered: Any, make: Any, team: Any, store: Store, qtbot: Any
) -> None:
    make.offer(title="Cloud basics", partner="Partner Ltd", note="Free.")
    wait(qtbot, lambda: offered.model.total == 1)
    offered.plan.trigger()
    dialog = offered.dialog
    dialog.people.table.tick([team.ada, team.tomasz])
    assert dialog.count.text() == "0 activities for 0 people"
    assert dialog.fate(dialog.people.ticked()[0]).says == "Fill in the activity first"
    dialog.submit()
    assert "Planned hours is missing" in said(dialog.form)
    fill(dialog.form, planned_minutes=150_000)
    dialog.submit()
    assert "more than a year" in said(dialog.form)
    fill(dialog.form, planned_minutes=240, due_on=date(2026, 10, 30))
    assert dialog.count.text() == "2 activities for 2 people"
    dialog.submit()
    wait(qtbot, lambda: store.read(learning.plan_rows, team.tomasz))
    (row,) = store.read(learning.plan_rows, team.ada)
    assert (row.title, row.planned_minutes, row.due_on) == (
        "Cloud basics", 240, date(2026, 10, 30),
    )  # fmt: skip
    assert (row.delivered_by, row.note) == ("partner", "Partner Ltd. Free.")


def test_a_link_is_opened_after_a_question_and_a_bad_one_never(
    offered: Any, make: Any, store: Store, desk: Desk, qtbot: Any, monkeypatch: Any
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(offers_part, "open_link", lambda link: opened.append(link) or True)
    key = make.offer(link="https://partner.example/")
    wait(qtbot, lambda: offered.link.isEnabled())
    offered.link.trigger()
    asked = offered.dialog
    assert asked.text.toPlainText() == "https://partner.example/"
    asked.confirm.click()
    assert opened == ["https://partner.example/"]
    with store.change("Bad link") as session:
        session.get_one(offers.LearningOffer, key).link = "file:///etc/passwd"
    wait(qtbot, lambda: offered.table.chosen().details.link.startswith("file"))
    offered.link.trigger()
    assert opened == ["https://partner.example/"]
    assert "not opened" in desk.messages.said[-1].text


# the page


def test_it_shows_what_it_is_asked_for_and_goes_back(page: Opener, team: Any, desk: Desk) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    opened = page("plan_library")
    assert opened.shown_part == "templates"
    opened.narrow_to("offers")
    opened.narrow_to("")
    assert opened.shown_part == "offers"
    opened.back.click()
    assert gone == [OpenPage("apprentices")]


def test_it_leads_back_to_where_the_person_came_from(
    page: Opener, team: Any, make: Any, desk: Desk
) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    key = make.offer()
    opened = page("plan_library")
    for place, words in (("standards", "Back to Standards"), ("apprentice", "Back to the record")):
        opened.arrive(OpenLibrary("offers", key, place))
        assert opened.part("offers").table.chosen().id == key
        assert opened.back.text() == words
        assert words in opened.back.toolTip()
        opened.back.click()
    opened.hide()  # somewhere else meanwhile
    assert opened.back.text() == "Back to Apprentices"
    opened.back.click()
    assert gone == [OpenPage("standards"), OpenPage("apprentice"), OpenPage("apprentices")]


def test_what_is_gone_is_said_on_arrival(page: Opener, team: Any, make: Any, desk: Desk) -> None:
    opened = page("plan_library")
    for part, word in (("templates", "template"), ("offers", "offer")):
        opened.arrive(OpenLibrary(part, UUID(int=7)))
        assert desk.messages.said[-1].text == f"This {word} is not in the desk any more."
        assert opened.shown_part == part


def test_a_desk_open_to_read_only_shows_both_and_changes_nothing(
    templates: Any, make: Any, store: Store, desk_on: Any, qtbot: Any
) -> None:
    make.offer(link="https://partner.example/")
    opened = PlanLibraryPage(desk_on(open_store(store.location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    opened.refresh()
    assert "read only" in opened.header.subtitle.text()
    part = opened.part("templates")
    assert part.model.total == 1
    assert not any(a.isEnabled() for a in (part.edit, part.make, part.remove, part.edit_line))
    assert not part.add.isVisible()
    opened.narrow_to("offers")
    part = opened.part("offers")
    assert part.model.total == 1
    assert not any(a.isEnabled() for a in (part.edit, part.plan, part.retire, part.again))
    assert not part.load.isVisible()
