"""The history of an apprentice: read in words, and a value put back with one click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from apprentice_desk.records import apprentices, programmes
from apprentice_desk.records.history import SpellChange, ValueChange
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.apprentices.form import FIELDS
from apprentice_desk.ui.pages.apprentices.history import (
    AT_A_TIME,
    HistoryDialog,
    field_changes,
    spell_in_words,
)


def edit(store: Store, key: Any, label: str = "Edit Ada Obi", **values: Any) -> None:
    with store.change(label) as session:
        now = apprentices.held(session, key).details
        apprentices.correct(session, key, replace(now, **values))


def details(store: Store, key: Any) -> apprentices.ApprenticeDetails:
    return store.read(apprentices.held, key).details


Opening = Callable[[], HistoryDialog]


@pytest.fixture
def history(page: Any, team: Any, qtbot: Any) -> Opening:
    opened = page("apprentices")

    def show() -> HistoryDialog:
        assert opened.table.choose(team.ada)
        opened.actions_.history.trigger()
        dialog = opened.findChildren(HistoryDialog)[-1]
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return show


def lines(dialog: HistoryDialog) -> list[str]:
    return [each.text() for each in dialog.area.widget().findChildren(QLabel) if each.text()]


def buttons(dialog: HistoryDialog, text: str = "Put back") -> list[QPushButton]:
    return [b for b in dialog.area.widget().findChildren(QPushButton) if b.text() == text]


def test_changes_are_told_in_the_words_of_the_form_newest_first(
    history: Opening, store: Store, team: Any
) -> None:
    edit(store, team.ada, line_manager="Tom Hill", provider_id=None)
    edit(store, team.ada, "Later", agreed_minutes=30_030)
    told = lines(history())
    assert [line for line in told if line in ("Later", "Edit Ada Obi", "Enrol")] == [
        "Later", "Edit Ada Obi", "Enrol",
    ]  # fmt: skip
    assert "Line manager: from “Grace Park” to “Tom Hill”" in told
    assert "Training provider: from “Thamesbank College” to blank" in told
    assert "Hours agreed in the training plan: from “500:00” to “500:30”" in told
    assert "Apprenticeship: added" in told
    assert any(line.endswith("· Tess Ter") for line in told)


def test_one_click_puts_a_value_back_and_undo_takes_that_back(
    history: Opening, store: Store, desk: Desk, team: Any, qtbot: Any
) -> None:
    edit(store, team.ada, line_manager="Tom Hill", mentor="Lee")
    dialog = history()
    named = {b.accessibleName().partition(", as before")[0]: b for b in buttons(dialog)}
    assert set(named) == {"Put back Line manager: Grace Park", "Put back Mentor: blank"}
    named["Put back Line manager: Grace Park"].click()
    assert details(store, team.ada).line_manager == "Grace Park"
    assert details(store, team.ada).mentor == "Lee", "the rest stays"
    assert lines(dialog)[0] == "Put back line manager of Ada Obi"
    assert store.latest_change().label == "Put back line manager of Ada Obi"
    qtbot.waitUntil(lambda: desk.undo_label == "Put back line manager of Ada Obi")
    undo = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Undo")
    undo.click()
    assert details(store, team.ada).line_manager == "Tom Hill"
    qtbot.waitUntil(lambda: lines(dialog)[0] == "Undo: Put back line manager of Ada Obi")


def test_a_value_that_is_there_already_has_no_button(
    history: Opening, store: Store, team: Any
) -> None:
    edit(store, team.ada, line_manager="Tom Hill")
    edit(store, team.ada, line_manager="Grace Park")
    names = [b.accessibleName() for b in buttons(history())]
    assert len(names) == 1
    assert names[0].startswith("Put back Line manager: Tom Hill")


def test_a_whole_change_is_taken_back_by_the_undo_of_the_change_log(
    history: Opening, store: Store, desk: Desk, team: Any, qtbot: Any
) -> None:
    with store.change("Start a break of Ada Obi") as session:
        programmes.start_break(session, team.ada, date(2026, 8, 3))
    dialog = history()
    assert "Break in learning: added: “since 3 Aug 2026”" in lines(dialog)
    (back,) = buttons(dialog, "Take the whole change back")
    back.click()
    assert store.read(apprentices.held, team.ada).breaks == ()
    assert "Break in learning: taken away: “since 3 Aug 2026”" in lines(dialog)
    qtbot.waitUntil(lambda: desk.undo_label == "Take back: Start a break of Ada Obi")
    desk.undo()
    assert len(store.read(apprentices.held, team.ada).breaks) == 1


def test_what_was_changed_meanwhile_is_said_and_shown_not_written_over(
    history: Opening, store: Store, team: Any
) -> None:
    edit(store, team.ada, line_manager="Tom Hill")
    dialog = history()
    (back,) = buttons(dialog)
    edit(store, team.ada, "By another", mentor="Lee")  # before the window has heard of it
    back.click()
    assert details(store, team.ada).line_manager == "Tom Hill"
    said = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert any("changed by somebody else" in words for words in said)
    assert lines(dialog)[0] == "By another"
    buttons(dialog)[-1].click()
    assert details(store, team.ada).line_manager == "Grace Park"


def test_an_old_value_that_does_not_fit_any_more_is_refused_in_words(
    history: Opening, store: Store, team: Any
) -> None:
    edit(store, team.ada, training_planned_end_on=date(2028, 8, 31))
    edit(
        store, team.ada, "Moved", training_started_on=date(2027, 10, 4),
        weekly_from_on=date(2027, 10, 4),
    )  # fmt: skip
    dialog = history()
    back = next(b for b in buttons(dialog) if "Training planned to end" in b.accessibleName())
    back.click()
    assert details(store, team.ada).training_planned_end_on == date(2028, 8, 31)
    said = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert any("cannot be put back for Ada Obi" in words for words in said)


def test_enter_presses_the_button_that_has_the_keyboard_and_closes_elsewhere(
    history: Opening, store: Store, team: Any, qtbot: Any
) -> None:
    edit(store, team.ada, mentor="Lee")
    dialog = history()
    (back,) = buttons(dialog)
    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Return)
    assert details(store, team.ada).mentor == ""
    assert dialog.isVisible()
    qtbot.keyClick(dialog.area, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_everything_in_it_is_named_apart_and_reached_by_keyboard(
    history: Opening, store: Store, team: Any, qtbot: Any
) -> None:
    edit(store, team.ada, line_manager="Tom Hill", mentor="Lee")
    edit(store, team.ada, line_manager="Mina Roy")
    dialog = history()
    assert access.unnamed_widgets(dialog) == []
    assert access.out_of_order(dialog) == []
    names = [each.accessibleName() for each in buttons(dialog)]
    assert len(names) == len(set(names)) == 3
    chain = access.tab_chain(dialog)
    assert all(each in chain for each in buttons(dialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_long_history_is_shown_piece_by_piece(history: Opening, store: Store, team: Any) -> None:
    for number in range(AT_A_TIME + 5):
        edit(store, team.ada, f"Edit {number}", note=str(number))
    dialog = history()
    assert "Edit 4" not in lines(dialog)
    dialog.more.click()
    assert "Edit 4" in lines(dialog)
    assert not dialog.more.isVisible()


def test_it_can_be_read_where_nothing_may_be_changed(
    store: Store, team: Any, desk_on: Any, qtbot: Any, page: Any
) -> None:
    edit(store, team.ada, line_manager="Tom Hill")
    store.is_read_only = True
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    assert opened.panel.more.isEnabled()
    assert opened.actions_.history.isEnabled()
    assert not opened.actions_.edit.isEnabled()
    dialog = opened.actions_.show_history()
    assert "Line manager: from “Grace Park” to “Tom Hill”" in lines(dialog)
    assert buttons(dialog) == []


def test_words_of_a_change() -> None:
    changes = [
        ValueChange("is_end_day_given", True, False),
        ValueChange("training_started_on", date(2026, 9, 1), date(2026, 10, 5)),
        ValueChange("is_start_day_given", False, True),
    ]
    told = {each.label: (each.says, set(each.old)) for each in field_changes(changes, FIELDS)}
    assert told == {
        "Training starts": (
            "from “September 2026” to “05/10/2026”",
            {"training_started_on", "is_start_day_given"},
        ),
        "Training planned to end": ("from “a day” to “a month alone”", {"is_end_day_given"}),
    }
    week = {"weekly_minutes": 1800, "from_on": date(2026, 4, 1)}
    assert spell_in_words(SpellChange("weekly hours", week, {**week, "weekly_minutes": 2160})) == (
        "Contracted hours",
        "from “30 h a week since 1 Apr 2026” to “36 h a week since 1 Apr 2026”",
    )
    over = {"first_on": date(2026, 2, 2), "last_on": date(2026, 3, 1)}
    assert spell_in_words(SpellChange("break", over, None)) == (
        "Break in learning", "taken away: “2 Feb 2026 to 1 Mar 2026”",
    )  # fmt: skip
