"""The page of the apprentices: list, panel, forms, and what happens to an apprenticeship."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.vocabulary import Grade
from apprentice_desk.records import apprentice_removal, apprentices, known_people, programmes
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import hours_rows, remove_hours
from apprentice_desk.records.learning import plan_rows
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    AddApprentice,
    ImportList,
    LogHours,
    OpenApprentice,
    OpenRecord,
)
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.chart_table import ChartTable
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.apprentices.chart import hours_chart
from apprentice_desk.ui.pages.apprentices.columns import COLUMNS, counts_in_words
from apprentice_desk.ui.pages.apprentices.form import FIELDS
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage
from apprentice_desk.ui.pages.apprentices.panel import facts
from apprentice_desk.ui.standing_words import status_badge
from records.dumps import dump

Opener = Callable[..., ApprenticesPage]


def names(page: ApprenticesPage) -> list[str]:
    return [row.name for row in page.model.shown]


def choose(page: ApprenticesPage, key: Any) -> None:
    assert page.table.choose(key)


def open_dialog(page: ApprenticesPage, kind: type = FormDialog) -> Any:
    shown = [dialog for dialog in page.findChildren(kind) if dialog.isVisible()]
    assert len(shown) == 1, f"{len(shown)} dialogs are open"
    return shown[0]


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


# --- the list -----------------------------------------------------------------------------------


def test_the_list_is_sound_and_sorted_by_family_name(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    QAbstractItemModelTester(opened.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert names(opened) == ["Jo Bright", "Mei Lin", "Tomasz Nowak", "Ada Obi"]
    opened.table.sort_by(3)
    against = [row.figures.against_plan_minutes for row in opened.model.shown]
    assert against == sorted(against), "whoever is furthest below plan comes first"
    opened.table.sort_by(4)
    words = [status_badge(row).text for row in opened.model.shown]
    assert words == ["Behind", "Behind", "On track", "On a break"]


def test_the_list_takes_one_statement_whatever_it_holds(
    page: Opener, desk: Desk, statements: list[str]
) -> None:
    opened = page("apprentices")
    statements.clear()
    opened.refresh()
    asked = [each for each in statements if each != "BEGIN"]
    assert len([each for each in asked if "FROM apprenticeship a JOIN apprentice p" in each]) == 1
    # The panel asks for minutes by day, the plan and the newest entries of the one who is chosen.
    assert len(asked) == 4


def test_the_header_counts_people_by_state(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    assert opened.header.subtitle.text() == (
        "4 on programme (1 on a break) · 1 to start · 1 completed"
    )
    assert counts_in_words(()) == "0 on programme"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("All", ["Kim Adeyemi", "Jo Bright", "Lee Chan", "Mei Lin", "Tomasz Nowak", "Ada Obi"]),
        ("Completed", ["Kim Adeyemi"]),
        ("On a break", ["Jo Bright"]),
        ("To start", ["Lee Chan"]),
        ("Withdrawn", []),
    ],
)
def test_a_status_narrows_the_list(page: Opener, team: Any, words: str, shown: list[str]) -> None:
    opened = page("apprentices")
    choice = next(each for each in opened.status.menu().actions() if each.text() == words)
    choice.trigger()
    assert names(opened) == shown
    assert opened.status.text() == f"Status: {words.lower()}"


def test_typing_filters_by_line_manager_though_no_column_shows_it(
    page: Opener, qtbot: Any, team: Any
) -> None:
    opened = page("apprentices")
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is opened.filter
    qtbot.keyClicks(opened.filter, "grace")
    assert names(opened) == ["Tomasz Nowak", "Ada Obi"]
    qtbot.keyClick(opened.filter, Qt.Key.Key_Escape)
    assert len(names(opened)) == 4


def test_show_all_takes_the_status_away_too(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    opened.filter.setText("nobody of that name")
    assert names(opened) == []
    opened.table.show_all()
    assert len(names(opened)) == 6
    assert opened.status.text() == "Status: all"
    assert opened.filter.text() == ""


def test_a_status_is_told_by_word_and_sign_not_by_colour_alone(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    opened.table.show_all()
    for row in opened.model.shown:
        badge = status_badge(row)
        assert badge.text
        assert badge.icon
    hours = COLUMNS[3]
    ada = next(row for row in opened.model.shown if row.name == "Ada Obi")
    assert "below plan" in hours.text(ada)


def test_what_somebody_else_changes_is_seen_and_the_choice_stays(
    page: Opener, make: Any, team: Any, qtbot: Any
) -> None:
    opened = page("apprentices")
    choose(opened, team.mei)
    make.apprentice(given_names="Ann", family_name="Ash")
    settled(qtbot, lambda: "Ann Ash" in names(opened))
    assert opened.table.chosen().name == "Mei Lin"


def test_a_hidden_page_reads_anew_when_it_is_shown(
    page: Opener, make: Any, team: Any, qtbot: Any
) -> None:
    opened = page("apprentices")
    opened.hide()
    make.apprentice(given_names="Ann", family_name="Ash")
    settled(qtbot, lambda: opened._is_stale)
    assert "Ann Ash" not in names(opened)
    opened.show()
    settled(qtbot, lambda: "Ann Ash" in names(opened))


def test_an_empty_desk_says_what_to_do(page: Opener, desk: Desk, qtbot: Any) -> None:
    rows = desk.store.read(known_people.known_people)
    entries = desk.store.read(hours_rows)
    with desk.store.change("Remove everybody") as session:
        for entry in entries:
            remove_hours(session, entry.id)
    with desk.store.change("Remove everybody") as session:
        for key in {row.apprentice_id for row in rows}:
            apprentice_removal.remove(session, key)
    opened = page("apprentices")
    assert opened.table._empty.isVisible()
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    opened.table._empty.action.click()
    assert gone == [ImportList("apprentices")]
    assert opened.panel.nobody.isVisible()


# --- the panel ----------------------------------------------------------------------------------


def test_the_panel_says_how_the_chosen_one_stands(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    choose(opened, team.ada)
    panel, row = opened.panel, opened.table.chosen()
    assert panel.name.text() == "Ada Obi"
    assert panel.standard.text() == "Software developer, level 4 · ST0116 v1.1"
    assert panel.why.text() == f"{row.figures.why}."
    assert "logged of 500 h required" in panel.logged.accessibleName()
    assert "against plan to date" in panel.against.accessibleName()
    assert "Planned to date" in panel.chart.accessibleDescription()
    said = [words.accessibleName() for words in panel.facts.findChildren(QLabel)]
    assert "Line manager: Grace Park" in said
    assert "Contract: XMP-2025-014" in said


def test_a_day_that_was_not_given_is_not_made_up(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    choose(opened, team.mei)
    shown = dict(facts(opened.table.chosen()))
    assert shown["Training ends"] == "August 2027 (day not given)"
    assert shown["Training starts"] == "1 Sep 2025"
    assert shown["Contract"] == ""


def test_a_break_without_an_end_gives_no_forecast(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    choose(opened, team.jo)
    assert "no forecast while on a break" in opened.panel.forecast.accessibleName()


def test_enter_goes_to_the_panel_and_escape_back_where_there_is_room_for_one(
    page: Opener, qtbot: Any, team: Any
) -> None:
    opened = page("apprentices", (760, 600))
    assert not opened.panel.isVisible()
    opened.table.setFocus()
    qtbot.keyClick(opened.table, Qt.Key.Key_Return)
    assert opened.panel.isVisible()
    assert not opened.table.isVisible()
    assert QApplication.focusWidget() is opened.panel.edit
    qtbot.keyClick(opened.panel.edit, Qt.Key.Key_Escape)
    assert opened.table.isVisible()
    assert QApplication.focusWidget() is opened.table
    opened.resize(1224, 800)
    assert opened.table.isVisible()
    assert opened.panel.isVisible()


# --- the form -----------------------------------------------------------------------------------


def test_every_detail_of_an_apprentice_has_a_field() -> None:
    shown = {field.name for field in FIELDS} | {field.day_given for field in FIELDS}
    assert {detail.name for detail in fields(ApprenticeDetails)} == shown - {""}


def test_an_apprentice_is_added_with_the_keyboard_alone(
    page: Opener, desk: Desk, qtbot: Any, messages: Messages
) -> None:
    opened = page("apprentices")
    opened.arrive(AddApprentice())
    dialog = open_dialog(opened)
    given = dialog.form.input("given_names").target
    settled(qtbot, given.hasFocus)
    qtbot.keyClicks(given, "Zoe")
    qtbot.keyClick(given, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Hart")
    dialog.form.focus("standard_code")
    line = QApplication.focusWidget()
    qtbot.keyClicks(line, "ST0116")
    dialog.form.focus("training_started_on")
    qtbot.keyClicks(QApplication.focusWidget(), "Sep 2026")
    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settled(qtbot, lambda: "Zoe Hart" in names(opened))
    row = opened.table.chosen()
    assert row.name == "Zoe Hart", "the new one is chosen"
    assert row.standard_version == "1.1", "the list's version"
    assert not row.is_start_day_given
    assert str(messages.current) == "Saved: Add Zoe Hart."
    desk.undo()
    settled(qtbot, lambda: "Zoe Hart" not in names(opened))


def test_what_a_standard_usually_is_stands_beside_the_fields_not_in_them(
    page: Opener, qtbot: Any
) -> None:
    opened = page("apprentices")
    opened.arrive(AddApprentice())
    form = open_dialog(opened).form
    form.set_value("training_started_on", date(2026, 9, 1))
    form.set_value("standard_code", "ST0116")
    form.edited.emit()
    end, band = form.input("training_planned_end_on"), form.input("funding_band_maximum")
    assert "24 months, to 31 Aug 2028" in end.target.accessibleDescription()
    assert "£18,000.00" in band.target.accessibleDescription()
    assert form.value("training_planned_end_on") is None
    assert form.value("funding_band_maximum") is None


def test_the_employers_share_is_asked_and_never_filled_in(page: Opener, qtbot: Any) -> None:
    opened = page("apprentices")
    opened.arrive(AddApprentice())
    form = open_dialog(opened).form
    says = form.input("employer_percent").target.accessibleDescription
    assert "0 while the levy pays all of it" in says()
    for start, told in (
        (date(2026, 7, 31), "usually 5 where the levy has run out"),
        (date(2026, 8, 1), "usually 25 where the levy has run out. Sources differ"),
        (date(2027, 8, 1), "The employer's share is not known for a start on 1 Aug 2027."),
    ):
        form.set_value("training_started_on", start)
        form.edited.emit()
        assert told in says()
    assert form.value("employer_percent") is None


def test_a_version_that_was_typed_is_not_overwritten(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    opened.arrive(AddApprentice())
    form = open_dialog(opened).form
    form.set_value("standard_version", "1.0")
    form.set_value("standard_code", "ST0116")
    form.edited.emit()
    assert form.value("standard_version") == "1.0"


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    page: Opener, desk: Desk, team: Any
) -> None:
    before = desk.store.latest_change()
    opened = page("apprentices")
    choose(opened, team.ada)
    opened.actions_.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("training_planned_end_on", date(2024, 1, 1))
    dialog.panel.submit()
    assert dialog.isVisible()
    end = dialog.form.input("training_planned_end_on").target
    assert "Give an end after the start" in end.accessibleDescription()
    assert desk.store.latest_change() == before


def test_the_form_completes_nobody_from_a_break_or_on_a_day_to_come(
    page: Opener, desk: Desk, team: Any
) -> None:
    with desk.store.change("Start a break") as session:
        programmes.start_break(session, team.ada, date(2026, 8, 3))
    before = dump(desk.store)
    opened = page("apprentices")
    choose(opened, team.ada)
    opened.actions_.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("outcome", Outcome.COMPLETED)
    dialog.form.set_value("ended_on", date(2027, 8, 31))
    dialog.panel.submit()
    assert dialog.isVisible()
    for name, says in (
        ("outcome", "nobody completes from a break. Record the return"),
        ("ended_on", "The completion on 31 Aug 2027 is still to come."),
    ):
        assert says in dialog.form.input(name).target.accessibleDescription()
    assert dump(desk.store) == before


def test_what_is_worth_a_look_is_said_once_it_is_saved(
    page: Opener, desk: Desk, qtbot: Any, messages: Messages, team: Any
) -> None:
    opened = page("apprentices")
    choose(opened, team.ada)
    opened.actions_.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("outcome", Outcome.WITHDRAWN)
    dialog.panel.submit()
    assert dialog.isVisible(), "nobody has said why"
    dialog.form.set_value("leaving_reason", "98")
    dialog.panel.submit()
    settled(qtbot, lambda: not dialog.isVisible())
    said = messages.current_problem
    assert said.text.startswith("Ada Obi is saved. ")
    assert said.remedy
    held = desk.store.read(apprentices.held, team.ada)
    assert held.details.outcome is Outcome.WITHDRAWN


def test_nobody_can_be_added_without_a_standard(page: Opener, desk: Desk) -> None:
    opened = page("apprentices")
    opened.arrive(AddApprentice())
    dialog = open_dialog(opened)
    dialog.panel.submit()
    assert dialog.isVisible()
    assert dialog.form.input("standard_code").target.property("tone") == "danger"


def test_a_half_typed_form_asks_before_it_goes(page: Opener, qtbot: Any, team: Any) -> None:
    opened = page("apprentices")
    choose(opened, team.ada)
    opened.table.setFocus()
    qtbot.keyClick(opened.table, Qt.Key.Key_F2)
    dialog = open_dialog(opened)
    given = dialog.form.input("given_names").target
    settled(qtbot, given.hasFocus)
    qtbot.keyClicks(given, " Grace")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question = open_dialog(opened, Question)
    assert dialog.isVisible()
    question.confirm.click()
    settled(qtbot, lambda: not dialog.isVisible())


def test_a_new_provider_keeps_what_was_typed(page: Opener, desk: Desk, qtbot: Any) -> None:
    opened = page("apprentices")
    opened.arrive(AddApprentice())
    form = open_dialog(opened).form
    form.set_value("given_names", "Zoë")
    form.add_provider.click()
    asked = next(d for d in form.findChildren(FormDialog) if d.isVisible())
    asked.form.set_value("name", "Northgate")
    asked.panel.submit()
    rows = {row.name: row.id for row in desk.store.read(provider_rows)}
    assert form.value("provider_id") == rows["Northgate"]
    assert form.value("given_names") == "Zoë"


def test_arriving_for_a_field_opens_the_form_there(page: Opener, team: Any, qtbot: Any) -> None:
    opened = page("apprentices")
    opened.arrive(OpenApprentice(team.kim, "grade"))
    form = open_dialog(opened).form
    assert opened.table.chosen().name == "Kim Adeyemi", "though the status had left them out"
    settled(qtbot, form.input("grade").target.hasFocus)


def test_two_versions_are_shown_and_chosen_from(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = page("apprentices")
    choose(opened, team.ada)
    opened.actions_.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("mentor", "Priya Shah")
    dialog.form.set_value("line_manager", "Mine Own")
    held = desk.store.read(apprentices.held, team.ada)
    with desk.store.change("Somebody else") as session:
        apprentices.correct(
            session,
            team.ada,
            replace(held.details, line_manager="Theirs Now", note="Moved team"),
        )
    dialog.panel.submit()
    which = next(d for d in dialog.findChildren(ConflictDialog) if d.isVisible())
    assert set(which.mine) == {"mentor", "line_manager", "note"}
    assert which.mine["mentor"].isChecked()
    assert which.theirs["note"].isChecked(), "what I did not touch is theirs"
    assert "Theirs Now" in which.theirs["line_manager"].text()
    assert access.unnamed_widgets(which) == []
    which.theirs["line_manager"].setChecked(True)
    which.keep.click()
    settled(qtbot, lambda: not dialog.isVisible())
    now = desk.store.read(apprentices.held, team.ada).details
    assert (now.mentor, now.line_manager, now.note) == ("Priya Shah", "Theirs Now", "Moved team")


def test_a_record_that_is_gone_is_said_in_the_form(page: Opener, desk: Desk, team: Any) -> None:
    opened = page("apprentices")
    choose(opened, team.jo)
    person = opened.table.chosen().apprentice_id
    opened.actions_.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("mentor", "Priya Shah")
    with desk.store.change("Remove") as session:
        apprentice_removal.remove(session, person)
    dialog.panel.submit()
    assert dialog.isVisible()
    assert "removed meanwhile" in str(dialog.panel._messages.current_problem)


# --- what happens to an apprenticeship ----------------------------------------------------------


def status_of(page: ApprenticesPage, key: Any) -> Status:
    return next(row.status for row in page._rows if row.id == key)


@pytest.mark.parametrize(
    ("action", "values", "who", "becomes"),
    [
        ("start_break", {"first_on": date(2026, 8, 3)}, "ada", Status.ON_A_BREAK),
        ("resume", {"last_on": date(2026, 8, 30)}, "jo", Status.LIVE),
        (
            "enter_assessment",
            {"on": date(2026, 8, 3), "is_open_heeded": True},
            "ada",
            Status.IN_ASSESSMENT,
        ),
        ("complete", {"on": date(2026, 8, 3), "grade": Grade.PASS}, "ada", Status.COMPLETED),
        ("withdraw", {"on": date(2026, 8, 3), "leaving_reason": "29"}, "ada", Status.WITHDRAWN),
    ],
)
def test_a_step_is_recorded_and_can_be_undone(
    page: Opener, desk: Desk, team: Any, qtbot: Any, action: str, values: dict[str, Any],
    who: str, becomes: Status,
) -> None:  # fmt: skip
    opened = page("apprentices")
    key = getattr(team, who)
    before = status_of(opened, key)
    choose(opened, key)
    getattr(opened.actions_.moves, action).trigger()
    dialog = open_dialog(opened)
    for name, value in values.items():
        dialog.form.set_value(name, value)
    dialog.panel.submit()
    settled(qtbot, lambda: status_of(opened, key) is becomes)
    desk.undo()
    settled(qtbot, lambda: status_of(opened, key) is before)


def test_a_step_that_does_not_fit_is_refused_in_its_form(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    choose(opened, team.ada)
    opened.actions_.moves.start_break.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("first_on", date(2020, 1, 1))
    dialog.panel.submit()
    assert dialog.isVisible()
    assert "before the training starts" in str(dialog.panel._messages.current_problem)


def test_only_steps_that_can_follow_are_offered(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    opened.table.show_all()
    actions = opened.actions_
    moves = actions.moves
    choose(opened, team.jo)
    assert moves.resume.isEnabled()
    assert not moves.start_break.isEnabled()
    choose(opened, team.kim)
    for action in (*moves.all, actions.log_hours):
        assert not action.isEnabled()
    assert actions.edit.isEnabled()
    assert actions.enrol_again.isEnabled()


def test_another_apprenticeship_of_the_same_person(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = page("apprentices")
    opened.table.show_all()
    choose(opened, team.kim)
    opened.actions_.enrol_again.trigger()
    dialog = open_dialog(opened)
    assert dialog.form.value("family_name") == "Adeyemi"
    assert dialog.form.value("training_started_on") is None
    dialog.form.set_value("standard_code", "ST0116")
    dialog.form.set_value("training_started_on", date(2026, 8, 3))
    dialog.panel.submit()
    settled(qtbot, lambda: opened.table.chosen() and opened.table.chosen().number == 2)
    assert opened.table.chosen().name == "Kim Adeyemi"


def test_removing_asks_first_and_undo_brings_back(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = page("apprentices")
    choose(opened, team.jo)
    opened.actions_.remove.trigger()
    question = open_dialog(opened, Question)
    question.confirm.click()
    settled(qtbot, lambda: "Jo Bright" not in names(opened))
    desk.undo()
    settled(qtbot, lambda: "Jo Bright" in names(opened))


def test_somebody_with_hours_is_not_removed(page: Opener, team: Any, messages: Messages) -> None:
    opened = page("apprentices")
    choose(opened, team.ada)
    opened.actions_.remove.trigger()
    open_dialog(opened, Question).confirm.click()
    assert messages.current_problem is not None
    assert "Ada Obi" in names(opened)


# --- keys ---------------------------------------------------------------------------------------


def test_every_button_has_a_keyboard_route_and_a_name(page: Opener) -> None:
    opened = page("apprentices")
    assert access.buttons_without_keyboard(opened) == []
    assert access.unnamed_widgets(opened) == []
    assert access.out_of_order(opened) == []
    opened.actions_.edit.trigger()
    dialog = open_dialog(opened)
    assert access.buttons_without_keyboard(dialog) == []
    assert access.unnamed_widgets(dialog) == []


def test_ctrl_l_logs_for_whoever_is_chosen(page: Opener, desk: Desk, team: Any, qtbot: Any) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    opened = page("apprentices")
    choose(opened, team.mei)
    opened.table.setFocus()
    qtbot.keyClick(opened.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert gone == [LogHours(team.mei)]


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_opens_the_record_wherever_enter_stands(
    page: Opener, desk: Desk, team: Any, qtbot: Any, enter: Qt.Key
) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    opened = page("apprentices")
    choose(opened, team.mei)
    opened.table.setFocus()
    qtbot.keyClick(opened.table, enter, Qt.KeyboardModifier.ControlModifier)
    assert gone == [OpenRecord(team.mei)]


def test_import_and_the_buttons_of_the_panel_do_what_they_say(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    opened = page("apprentices")
    choose(opened, team.ada)
    for button in (opened.import_list, opened.panel.log_hours):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert gone == [ImportList("apprentices"), LogHours(team.ada)]
    opened.panel.edit.setFocus()
    qtbot.keyClick(opened.panel.edit, Qt.Key.Key_Space)
    assert open_dialog(opened).form.value("family_name") == "Obi"


def test_a_desk_open_to_read_only_shows_but_changes_nothing(
    location: str, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    opened = ApprenticesPage(desk_on(open_store(location, read_only=True)))
    qtbot.addWidget(opened)
    opened.resize(1224, 800)
    opened.show()
    settled(qtbot, lambda: names(opened))
    assert opened.panel.read_only.isVisible()
    assert opened.header.subtitle.text().endswith(" · open to read only")
    for button in (opened.add, opened.import_list, opened.panel.edit, opened.panel.log_hours):
        assert not button.isEnabled()
    allowed = [action for action in opened.actions_.all if action.isEnabled()]
    assert allowed == opened.actions_.reading, "what is there can still be read"
    opened.arrive(AddApprentice())
    assert opened.findChildren(FormDialog) == []


# --- the chart ----------------------------------------------------------------------------------


def line_of(chart: Any, style: str) -> tuple[tuple[float, float], ...]:
    return next(line.points for line in chart.lines if line.style == style)


def test_the_chart_runs_from_the_start_to_the_planned_end(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    choose(opened, team.tomasz)
    row, today = opened.table.chosen(), date(2026, 9, 1)
    chart = hours_chart(row, ((date(2025, 9, 8), 120), (date(2025, 9, 9), 60)), (), today)
    assert chart is not None
    plan, logged = line_of(chart, "plan"), line_of(chart, "logged")
    assert plan[-1] == (date(2027, 8, 31).toordinal(), 500)
    assert logged[0] == (date(2025, 9, 1).toordinal(), 0)
    assert logged[-1] == (today.toordinal(), 3)
    assert line_of(chart, "forecast")[0][0] == today.toordinal()
    assert [words for _, words in chart.ticks] == ["Sep 2025", "Aug 2027"]
    assert "Planned to date" in chart.says


def test_a_dated_plan_is_drawn_by_its_activities(
    page: Opener, team: Any, make: Any, desk: Desk, qtbot: Any
) -> None:
    make.activity(team.mei, planned_minutes=600, due_on=date(2026, 3, 2))
    make.activity(team.mei, planned_minutes=300, due_on=date(2026, 11, 2))
    opened = page("apprentices")
    choose(opened, team.mei)
    chart = hours_chart(
        opened.table.chosen(), (), desk.store.read(plan_rows, team.mei), date(2026, 9, 1)
    )
    assert chart is not None
    hours = [y for _, y in line_of(chart, "plan")]
    assert hours == [0, 0, 10, 10, 15, 15]


def test_no_chart_without_both_days(page: Opener, make: Any, team: Any) -> None:
    key = make.apprentice(given_names="Una", family_name="Vale", training_planned_end_on=None)
    opened = page("apprentices")
    choose(opened, key)
    assert hours_chart(opened.table.chosen(), (), (), date(2026, 9, 1)) is None
    assert not opened.panel.chart.isVisible()
    assert "no plan to measure by" in opened.panel.against.accessibleName()


# --- who can still do it --------------------------------------------------------------------------


def column(heading: str) -> Any:
    return next(each for each in COLUMNS if each.heading == heading)


def test_the_hardest_to_recover_come_first_and_what_is_not_known_is_blank(
    page: Opener, team: Any
) -> None:
    opened = page("apprentices")
    opened.table.show_all()
    opened.table.sort_by(COLUMNS.index(column("Recoverability")))
    said = [(row.name, column("Recoverability").text(row)) for row in opened.model.shown]
    assert said[:3] == [
        ("Ada Obi", "nothing logged in 8 weeks"),
        ("Mei Lin", "needs 21.8 times the pace"),
        ("Tomasz Nowak", "keeps up"),
    ]
    assert {words for _, words in said[3:]} == {""}
    blank = next(row for row in opened.model.shown if row.name == "Lee Chan")
    assert column("Pace").text(blank) == ""
    assert column("Pace").value(blank) is None
    assert column("Pace").spoken(blank) == "not known"


def test_needed_and_pace_are_hours_a_week(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    tomasz = next(row for row in opened.model.shown if row.name == "Tomasz Nowak")
    assert column("Pace").text(tomasz) == "5.0 h"
    assert column("Pace").spoken(tomasz) == "5.0 h a week"
    assert column("Needed a week").text(tomasz) == "4.6 h"


def test_the_list_can_be_narrowed_to_those_who_need_more_than_their_pace(
    page: Opener, team: Any
) -> None:
    opened = page("apprentices")
    choices = {each.text(): each for each in opened.status.menu().actions()}
    choices["Needs more than the pace"].trigger()
    assert names(opened) == ["Mei Lin", "Ada Obi"]
    choices["Cannot recover as things are"].trigger()
    assert names(opened) == []


def test_no_chart_with_neither_a_plan_nor_an_hour(page: Opener, make: Any) -> None:
    """It would be an empty field with a line at its foot."""
    key = make.apprentice(given_names="Una", family_name="Vale", agreed_minutes=None)
    opened = page("apprentices")
    choose(opened, key)
    row = opened.table.chosen()
    assert row.figures.required_minutes is None
    assert row.course.training_planned_end_on is not None
    assert not opened.panel.chart.isVisible()
    assert not opened.panel.as_table.isVisible()
    assert hours_chart(row, ((date(2026, 1, 5), 90),), (), date(2026, 9, 1)) is not None


def test_arriving_while_the_list_is_still_being_read_finds_who_is_meant(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    """As in a large desk, or one just begun, where a finding of the return leads here first."""
    desk.is_large = True
    opened = page("apprentices")
    settled(qtbot, lambda: not desk.jobs.is_busy)
    opened._rows = ()
    opened.model.replace(())
    form = opened.arrive(OpenApprentice(team.kim, "grade"))
    assert form is not None
    assert opened.table.chosen().name == "Kim Adeyemi"
    assert desk.messages.current_problem is None
    opened.refresh()
    settled(qtbot, lambda: not desk.jobs.is_busy)
    assert len(opened._rows) > 1
    assert opened.table.chosen().name == "Kim Adeyemi"
    form.reject()
    assert opened.arrive(OpenApprentice(uuid4(), "grade")) is None
    assert desk.messages.current_problem is not None


@pytest.mark.parametrize("name", ["today", "apprentices"])
def test_the_chart_is_a_table_one_key_away(page: Opener, team: Any, qtbot: Any, name: str) -> None:
    opened = page(name)
    if name == "apprentices":
        choose(opened, team.tomasz)
    else:
        settled(qtbot, opened.hours.chart.isVisible)
    first = access.tab_chain(opened)[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = opened.window().findChildren(ChartTable)
    assert dialog.isVisible()
    assert dialog.model.rowCount() > 3
    qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
