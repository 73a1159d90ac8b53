"""How the list of apprentices was arranged and narrowed is kept; nothing of any person is."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from apprentice_desk import settings
from apprentice_desk.settings import SavedFilter
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.narrowing import known_of_people, word_of_a_person

WIDE = (1500, 800)
STANDARD, MANAGER = 1, 5


def test_columns_and_sorting_are_as_they_were_left(page: Any, desk: Desk, team: Any) -> None:
    first = page("apprentices")
    first.table.order.show(MANAGER, is_shown=True)
    first.table.order.move(MANAGER, -1)
    first.table.horizontalHeader().resizeSection(0, 260)
    first.table.sort_by(MANAGER)
    first.hide()
    assert settings.load().look_of("apprentices") == first.table.order.look("apprentices")
    second = page("apprentices")
    assert second.table.order.places[:6] == [0, 1, 2, 3, MANAGER, 4]
    assert MANAGER in second.table.order.shown
    assert second.table.columnWidth(0) == 260
    assert second.table.rows.sorted_by == (MANAGER, Qt.SortOrder.AscendingOrder)


def test_it_is_kept_a_moment_after_the_change_and_when_the_desk_is_left(
    page: Any, desk: Desk, qtbot: Any
) -> None:
    opened = page("apprentices")
    assert settings.load().looks == (), "opening a page is no change"
    opened.table.order.show(MANAGER, is_shown=True)
    qtbot.waitUntil(lambda: settings.load().looks != ())
    opened.table.order.show(STANDARD, is_shown=False)
    desk.leaving.emit()
    look = settings.load().look_of("apprentices")
    assert look is not None
    assert "Standard" in look.hidden


def test_the_width_of_the_panel_is_as_it_was_left(page: Any, desk: Desk, team: Any) -> None:
    first = page("apprentices", WIDE)
    assert first.is_side_by_side
    before = first.splitter.sizes()[1]
    first.splitter.moveSplitter(first.splitter.sizes()[0] - 100, 1)
    wide = first.splitter.sizes()[1]
    assert wide > before
    first.hide()
    second = page("apprentices", WIDE)
    assert abs(second.splitter.sizes()[1] - wide) <= 2


def test_a_column_hidden_by_the_person_stays_hidden_when_there_is_room_again(page: Any) -> None:
    opened = page("apprentices")
    opened.table.order.show(STANDARD, is_shown=False)
    opened.resize(500, 800)
    opened.resize(1224, 800)
    assert STANDARD not in opened.table.order.shown
    assert 2 in opened.table.order.shown


# --- saved filters ------------------------------------------------------------------------------


def save_as(opened: Any, name: str) -> FormDialog:
    opened.narrowing.save.trigger()
    dialog = next(d for d in opened.findChildren(FormDialog) if d.isVisible())
    dialog.form.input("name").write(name)
    dialog.panel.submit()
    return dialog


def choose_status(opened: Any, words: str) -> None:
    next(each for each in opened.status.menu().actions() if each.text() == words).trigger()


def test_a_filter_is_saved_under_a_name_and_taken_up_again(
    page: Any, desk: Desk, team: Any
) -> None:
    opened = page("apprentices")
    choose_status(opened, "All")
    opened.filter.setText("kestrel")
    assert not opened.narrowing.saved.isEnabled()
    save_as(opened, "  At   Kestrel ")
    assert settings.load().filters == (SavedFilter("apprentices", "At Kestrel", "all", "kestrel"),)
    choose_status(opened, "Completed")
    opened.filter.setText("")
    again = page("apprentices")
    (choice,) = again.narrowing.saved.actions()
    assert choice.text() == "At Kestrel"
    choice.trigger()
    assert [row.name for row in again.model.shown] == ["Mei Lin"]
    assert again.status.text() == "Status: all"
    assert again.filter.text() == "kestrel"


def test_a_filter_can_be_saved_over_forgotten_and_brought_back(
    page: Any, desk: Desk, team: Any, messages: Messages
) -> None:
    opened = page("apprentices")
    save_as(opened, "Mine")
    choose_status(opened, "All")
    save_as(opened, "mine")
    assert [each.status for each in desk.settings.filters] == ["all"]
    opened.narrowing.forget.actions()[0].trigger()
    assert desk.settings.filters == ()
    assert not opened.narrowing.forget.isEnabled()
    assert messages.current is not None
    assert messages.current.action is not None
    messages.current.action()
    assert [each.name for each in desk.settings.filters] == ["mine"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("obi", "Behind"), ("", "For Grace"), ("", "Ada's"), ("1234567", "By number"),
     ("x@y", "By address")],
)  # fmt: skip
def test_a_filter_that_may_name_somebody_is_not_kept(
    page: Any, desk: Desk, team: Any, typed: str, name: str
) -> None:
    opened = page("apprentices")
    opened.filter.setText(typed)
    dialog = save_as(opened, name)
    assert dialog.isVisible()
    said = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert any("keep nothing of any person" in words for words in said)
    assert settings.load().filters == ()
    dialog.panel.cancelled.emit()


def test_words_of_a_person_are_known_by_their_beginning(page: Any, team: Any) -> None:
    rows = page("apprentices").model.shown
    rows = tuple(known_of_people(rows))
    assert word_of_a_person("software OBI", rows) == "obi"
    assert word_of_a_person("Tomas", rows) == "tomas"
    assert word_of_a_person("level 4 to do", rows) == ""
    assert word_of_a_person("ad", rows) == "", "two letters say nothing of anybody"


def test_a_filter_of_another_version_shows_all(page: Any, desk: Desk, team: Any) -> None:
    opened = page("apprentices")
    opened.narrowing.take(SavedFilter("apprentices", "Old", "of old", ""))
    assert opened.status.text() == "Status: all"
    assert len(opened.model.shown) == 6
