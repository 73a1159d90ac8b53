"""What if, with keys alone: new figures beside the present ones, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from apprentice_desk.domain.what_if import Assumed
from apprentice_desk.records.store import Store
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage
from apprentice_desk.ui.pages.apprentices.what_if import WhatIfDialog
from records.dumps import dump

Opener = Callable[..., ApprenticesPage]


def ask(page: ApprenticesPage, key: Any) -> WhatIfDialog:
    assert page.table.choose(key)
    page.actions_.what_if.trigger()
    (dialog,) = [each for each in page.findChildren(WhatIfDialog) if each.isVisible()]
    return dialog


def then(dialog: WhatIfDialog) -> dict[str, str]:
    return {row.id: row.then for row in dialog.model.shown}


def now(dialog: WhatIfDialog) -> dict[str, str]:
    return {row.id: row.now for row in dialog.model.shown}


def words(dialog: WhatIfDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def test_everything_is_assumed_with_keys_and_nothing_is_written(
    page: Opener, team: Any, store: Store, qtbot: Any
) -> None:
    opened = page("apprentices")
    before = dump(store, with_log=True)
    dialog = ask(opened, team.ada)
    assert set(then(dialog).values()) == {""}
    assert "Nothing is saved" in words(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for typed in ("12", "30/9/2027", "4/1/2027", "17/1/2027", "20"):
        while not isinstance(QApplication.focusWidget(), QLineEdit):  # the calendars' buttons
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClicks(QApplication.focusWidget(), typed)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assumed = dialog.form.details()
    assert assumed == Assumed(
        12 * 60, date(2027, 9, 30), date(2027, 1, 4), date(2027, 1, 17), 20 * 60
    )
    for figure in ("Planned to date", "Needed a week", "Forecast at the end", "All done on"):
        assert then(dialog)[figure] != now(dialog)[figure], figure
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dump(store, with_log=True) == before


def test_figures_stand_beside_each_other_while_one_types(
    page: Opener, team: Any, qtbot: Any
) -> None:
    dialog = ask(page("apprentices"), team.ada)
    field = dialog.form.input("rate_minutes").target
    qtbot.keyClicks(field, "10")
    assert then(dialog)["All done on"] == "20 Jul 2027"
    assert now(dialog)["All done on"] == "not known"
    changed = [row.id for row in dialog.model.shown if row.differs]
    assert "Forecast at the end" in changed
    assert "Required" not in changed
    spoken = dialog.model.columns[2].spoken
    assert spoken(dialog.model.row(0)).startswith("behind")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert set(then(dialog).values()) == {""}
    assert spoken(dialog.model.row(0)) == "not worked out"


def test_what_cannot_be_is_said_beside_the_field_and_gives_no_figures(
    page: Opener, team: Any, qtbot: Any
) -> None:
    dialog = ask(page("apprentices"), team.ada)
    dialog.form.set_value("rate_minutes", 37 * 60)
    dialog.work.click()
    assert "more than the contracted 36 h" in words(dialog)
    assert set(then(dialog).values()) == {""}
    dialog.form.input("rate_minutes").target.setText("a lot")
    dialog.work.click()
    assert "is not a length of time" in words(dialog)
    dialog.form.set_value("rate_minutes", 5 * 60)
    dialog.work.click()
    assert "contracted 36 h." not in words(dialog)
    assert then(dialog)["Status"]
    assert QApplication.focusWidget() is dialog.table or dialog.focusWidget() is dialog.table


def test_a_break_that_leaves_the_end_says_so(page: Opener, team: Any) -> None:
    dialog = ask(page("apprentices"), team.tomasz)
    for name, value in (("break_first_on", (2027, 1, 4)), ("break_last_on", (2027, 1, 17))):
        dialog.form.set_value(name, date(*value))
    dialog.work.click()
    assert "The planned end stays as it is, 31 Aug 2027, so the break leaves 14 days" in words(
        dialog
    )
