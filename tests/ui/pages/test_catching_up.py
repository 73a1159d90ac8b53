"""The catch-up plan in its dialog: around leave, within the contract, and its agreement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument
from apprentice_desk.ui.pages.apprentices.catching_up import COLUMNS, CatchUpDialog
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage
from records.dumps import dump

Opener = Callable[..., ApprenticesPage]


def ask(page: ApprenticesPage, key: Any) -> CatchUpDialog:
    page.table.show_all()
    assert page.table.choose(key)
    page.actions_.catch_up.trigger()
    (dialog,) = [each for each in page.findChildren(CatchUpDialog) if each.isVisible()]
    return dialog


def words(dialog: CatchUpDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def test_it_begins_with_the_planned_end_and_is_worked_out_while_one_types(
    page: Opener, team: Any, make: Any, store: Store, qtbot: Any
) -> None:
    make.review(team.ada, date(2026, 9, 16))
    before = dump(store, with_log=True)
    dialog = ask(page("apprentices"), team.ada)
    assert dialog.form.value("by") == date(2027, 8, 31)
    assert "a week recovers 460 h by 31 Aug 2027." in dialog.says.text()
    plain = dialog.found.rate_minutes
    qtbot.keyClicks(dialog.form.input("leave").target, "1/12/2026 to 31/1/2027")
    assert dialog.found.rate_minutes > plain
    because = {week.first: COLUMNS[3].text(week) for week in dialog.model.shown}
    assert because[date(2026, 9, 14)] == "1 day off", "the review"
    assert because[date(2026, 12, 7)] == "no working day"
    assert because[date(2026, 9, 7)] == ""
    dialog.form.set_value("block_on", date(2026, 10, 7))
    dialog.work.click()
    because = {week.first: COLUMNS[3].text(week) for week in dialog.model.shown}
    assert because[date(2026, 10, 5)] == "block week"
    assert dump(store, with_log=True) == before


def test_at_a_rate_the_earliest_day_is_found(page: Opener, team: Any, qtbot: Any) -> None:
    dialog = ask(page("apprentices"), team.ada)
    dialog.form.set_value("by", None)
    dialog.form.set_value("rate_minutes", 20 * 60)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.says.text().startswith("20 h a week recovers ")
    assert dialog.found.by < date(2027, 8, 31)
    assert dialog.focusWidget() is dialog.table


def test_what_cannot_be_says_what_could_and_cannot_be_signed(page: Opener, team: Any) -> None:
    dialog = ask(page("apprentices"), team.ada)
    dialog.form.set_value("by", date(2026, 9, 4))
    dialog.work.click()
    assert "working days to it have" in words(dialog)
    assert "With every contracted hour it would be recovered by" in words(dialog)
    assert not dialog.agree.isEnabled()
    assert not dialog.table.isVisible()
    dialog.form.set_value("rate_minutes", 40 * 60)
    dialog.work.click()
    assert "more than the contracted 36 h" in words(dialog)
    dialog.form.set_value("rate_minutes", None)
    dialog.form.set_value("by", date(2040, 1, 1))
    dialog.work.click()
    assert "bank holidays of 2029 are not known" in words(dialog)


def test_where_too_little_is_known_it_says_what_is_missing(
    page: Opener, team: Any, make: Any
) -> None:
    nothing = make.apprentice(given_names="No", family_name="Hours", agreed_minutes=None,
                              standard_code=None, course_title="A course")  # fmt: skip
    no_week = make.apprentice(given_names="No", family_name="Week", weekly_minutes=None)
    opened = page("apprentices")
    dialog = ask(opened, nothing)
    assert "What is required is not known" in words(dialog)
    assert not dialog.agree.isEnabled()
    dialog.close()
    assert "The contracted hours are not known" in words(ask(opened, no_week))


def test_the_way_to_the_agreement_takes_along_what_was_worked_out(
    page: Opener, team: Any, desk: Desk
) -> None:
    went: list[Any] = []
    desk.asked_to_go.connect(went.append)
    dialog = ask(page("apprentices"), team.ada)
    dialog.form.set_value("by", None)
    dialog.form.set_value("rate_minutes", 20 * 60)
    dialog.form.set_value("leave", "21/9/2026 to 22/9/2026")
    dialog.work.click()
    dialog.agree.click()
    assert not dialog.isVisible()
    (destination,) = went
    assert (destination.type_id, destination.subject_id) == ("catch-up-agreement", team.ada)
    given = dict(destination.given)
    assert given["catch_up_rate"] == "20 h"
    assert given["recovered_by_on"] < date(2027, 8, 31)
    assert str(given["catch_up_around"]).startswith("leave (21 Sep 2026 to 22 Sep 2026)")


def test_the_agreement_is_on_what_was_worked_out_also_after_the_desk_changed(
    page: Opener, team: Any, desk: Desk, qtbot: Any, make: Any
) -> None:
    opened: Any = page("document")
    destination = MakeDocument(
        "catch-up-agreement", "apprenticeship", team.ada, given=(("catch_up_rate", "12 h 34 m"),)
    )
    opened.arrive(destination)
    assert opened.prepared.draft.values["catch_up_rate"] == "12 h 34 m"
    make.hours(team.ada, minutes=600, done_on=date(2026, 8, 28))
    opened.refresh()
    assert opened.prepared.draft.values["catch_up_rate"] == "12 h 34 m"
    opened.arrive(MakeDocument("catch-up-agreement", "apprenticeship", team.ada))
    assert opened.prepared.draft.values["catch_up_rate"] != "12 h 34 m"
