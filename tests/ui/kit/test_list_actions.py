"""What is done with a list: its button of columns, and actions that know when keys mean them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget

from apprentice_desk.ui.kit.list_actions import action_of, columns_button
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable

from .conftest import COLUMNS, PEOPLE


@pytest.fixture
def page(qtbot, theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    down = QVBoxLayout(made)
    made.table = RowsTable(RowsModel(COLUMNS), "Apprentices", theme, stretch=1)
    made.table.rows.replace(PEOPLE)
    made.beside = QLineEdit()
    made.columns = columns_button(theme, made.table)
    for each in (made.table, made.beside, made.columns):
        down.addWidget(each)
    made.resize(760, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_button_of_columns_opens_the_menu_below_itself(page, qtbot) -> None:
    page.columns.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.parent() is page.columns
    below = page.columns.mapToGlobal(QPoint(0, page.columns.height() - 1))
    assert abs(menu.pos().x() - below.x()) <= 1
    showing = menu.actions()[1].menu()
    next(each for each in showing.actions() if each.text() == "Provider").trigger()
    assert page.table.isColumnHidden(1)
    with qtbot.waitSignal(menu.destroyed):  # nothing of it is kept once it is closed
        menu.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize(("is_within", "times"), [(False, 1), (True, 2)])
def test_keys_mean_an_action_in_its_list_or_anywhere_within_its_place(
    page, theme, is_within, times
) -> None:
    done = []
    place = page if is_within else page.table
    made = action_of(
        theme, place, "Change…", "pencil", "F2", lambda: done.append(1), is_within=is_within
    )
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    assert done == [], "nothing is chosen yet"
    made.setEnabled(True)
    for here in (page.table, page.beside):
        here.setFocus()
        QTest.keyClick(here, Qt.Key.Key_F2)
    assert len(done) == times
