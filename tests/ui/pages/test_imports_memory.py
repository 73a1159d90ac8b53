"""The import remembers: the columns of a list, and what LARS codes mean."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from apprentice_desk.imports.fields import Kind
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.import_memory import course_codes, mapping_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step

LOG = (
    ("Apprentice", "Date", "Hours", "What was done"),
    ("Ada Obi", "03/08/2026", "1:30", "Databases module"),
)
MORE = (*LOG[:1], ("Ada Obi", "04/08/2026", "2:30", "Webinar"))
CODED = (
    ("Name", "ULN", "LARS code"),
    ("Ada King", "1000000000", "58"),
    ("Ben Orr", "1000000019", "122"),
    ("Cy Moss", "1000000027", "58"),
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    def written(rows: Sequence[Sequence[str]], name: str = "log.csv") -> str:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return str(path)

    return written


@pytest.fixture
def importing(page: Callable[..., Any]) -> ImportsPage:
    opened: ImportsPage = page("imports")
    return opened


@pytest.fixture
def wait(desk: Desk, qtbot: Any) -> Callable[[], None]:
    def until_done() -> None:
        QCoreApplication.sendPostedEvents()
        qtbot.waitUntil(lambda: not desk.jobs.is_busy)
        QCoreApplication.sendPostedEvents()

    return until_done


def matched(page: ImportsPage, wait: Any, path: str, kind: str = "hours") -> None:
    page.arrive(ImportList(kind, path))
    wait()
    assert page.step is Step.MATCH


def brought_in(page: ImportsPage, wait: Any, path: str) -> None:
    matched(page, wait, path)
    hold(page, 3, "title")
    page.match_part.forward.click()
    wait()
    page.review_part.forward.click()
    wait()
    assert page.step is Step.DONE


def hold(page: ImportsPage, index: int, field: str | None) -> None:
    choice = page.match_part.choice(index)
    choice.write(field)
    choice.edited.emit()


def says(page: ImportsPage) -> str:
    words = page.match_part._remembered
    return words.text() if words.isVisible() else ""


def test_a_list_with_the_same_headings_is_matched_as_it_was_last_time(
    importing: ImportsPage, wait: Any, write: Any
) -> None:
    brought_in(importing, wait, write(LOG))

    matched(importing, wait, write(MORE, "more.csv"))

    assert says(importing) == "Columns as you matched them last time (log)."
    assert importing.match_part.choice(3).read() == "title"
    hold(importing, 3, None)
    assert says(importing).startswith("Last time (log) you matched these columns otherwise")


def test_a_list_with_new_headings_says_nothing_of_last_time(
    importing: ImportsPage, wait: Any, write: Any
) -> None:
    matched(importing, wait, write(LOG))
    assert says(importing) == ""
    assert not importing.match_part.memory.forget.isVisible()
    assert importing.match_part.memory.name.read() == "log"


def test_the_columns_are_named_before_they_are_remembered_and_renamed_after(
    importing: ImportsPage, wait: Any, write: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    matched(importing, wait, write(LOG))
    name_them(qtbot, importing, "Our diary")
    assert store.read(mapping_rows) == ()
    importing.match_part.forward.click()
    wait()
    importing.review_part.forward.click()
    wait()
    assert [row.name for row in store.read(mapping_rows)] == ["Our diary"]

    matched(importing, wait, write(MORE))
    name_them(qtbot, importing, "The diary")

    assert [row.name for row in store.read(mapping_rows)] == ["The diary"]
    assert says(importing) == "Columns as you matched them last time (The diary)."
    assert desk.messages.said[-1].text == "Saved: Rename the columns of Our diary to The diary."
    wait()
    desk.undo()
    wait()
    assert says(importing) == "Columns as you matched them last time (Our diary)."


def name_them(qtbot: Any, page: ImportsPage, name: str) -> None:
    line = page.match_part.memory.name.target
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, name)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_blank_name_leaves_the_old_one(
    importing: ImportsPage, wait: Any, write: Any, qtbot: Any
) -> None:
    matched(importing, wait, write(LOG))
    name_them(qtbot, importing, " ")
    assert importing.match_part.memory.name.read() == "log"


def test_forgotten_columns_are_matched_afresh_and_one_undo_brings_them_back(
    importing: ImportsPage, wait: Any, write: Any, store: Store, desk: Desk
) -> None:
    brought_in(importing, wait, write(LOG))
    matched(importing, wait, write(MORE))

    importing.match_part.memory.forget.click()

    assert store.read(mapping_rows) == ()
    assert says(importing) == ""
    assert importing.match_part.choice(3).read() == "details"
    assert importing.match_part.memory.load.hasFocus()
    wait()
    desk.undo()
    wait()
    assert [row.name for row in store.read(mapping_rows)] == ["log"]


def test_undo_takes_the_import_back_and_leaves_the_columns(
    importing: ImportsPage, wait: Any, write: Any, store: Store, qtbot: Any
) -> None:
    brought_in(importing, wait, write(LOG))
    qtbot.waitUntil(importing.done_part.undo.isEnabled)
    importing.done_part.undo.click()
    assert importing.done_part.card.heading.text() == "Taken back"
    assert len(store.read(mapping_rows)) == 1


def test_columns_are_saved_to_a_file_and_loaded_from_it(
    gone_out: Any, importing: ImportsPage, wait: Any, write: Any, tmp_path: Path, desk: Desk
) -> None:
    matched(importing, wait, write(LOG))
    hold(importing, 3, "title")
    importing.match_part.memory.save.click()
    dialog = importing.remembered.file_dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    path = tmp_path / "Columns of hours.json"
    importing.remembered.save(str(path))
    wait()
    assert json.loads(path.read_text("utf-8"))["columns"][3]["field"] == "title"
    assert desk.messages.said[-1].text == "Saved the columns to Columns of hours.json."

    matched(importing, wait, write(LOG))
    assert importing.match_part.choice(3).read() == "details"
    importing.match_part.memory.load.click()
    assert importing.remembered.file_dialog is not None
    importing.remembered.file_dialog.reject()
    importing.remembered.load(str(path))

    assert importing.match_part.choice(3).read() == "title"
    assert says(importing) == "Columns as in the file Columns of hours.json."
    assert gone_out() == [("columns of a list", 0)]


def test_a_file_that_cannot_be_used_is_said_in_the_banner(
    importing: ImportsPage, wait: Any, write: Any, tmp_path: Path, desk: Desk
) -> None:
    matched(importing, wait, write(LOG))
    (tmp_path / "other.json").write_text("{}", "utf-8")
    importing.remembered.load(str(tmp_path / "other.json"))
    assert "“other.json” is not a file of columns" in str(desk.messages.current_problem)
    importing.remembered.save(str(tmp_path / "nowhere" / "columns.json"))
    wait()
    assert "was not saved" in str(desk.messages.current_problem)


def test_a_read_only_desk_offers_files_but_remembers_nothing(
    store: Store, team: Any, desk_on: Callable[[Store], Desk], write: Any, qtbot: Any
) -> None:
    desk = desk_on(open_store(store.location, read_only=True))
    opened = ImportsPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    opened.arrive(ImportList("hours", write(LOG)))
    qtbot.waitUntil(lambda: opened.step is Step.MATCH)
    memory = opened.match_part.memory
    assert not memory.name.isVisible()
    assert not memory.forget.isVisible()
    assert memory.save.isVisible()
    assert memory.load.isVisible()


# --- LARS codes ---------------------------------------------------------------------------------


@pytest.fixture
def reviewing(importing: ImportsPage, wait: Any, write: Any) -> ImportsPage:
    """A list with two LARS codes that are not known, under review."""
    matched(importing, wait, write(CODED, "upload.csv"), "apprentices")
    importing.match_part.forward.click()
    wait()
    assert importing.step is Step.REVIEW
    return importing


def open_form(page: ImportsPage) -> Any:
    page.review_part.say_standards.click()
    assert page.codes_dialog is not None
    assert page.codes_dialog.isVisible()
    return page.codes_dialog


def asked(page: ImportsPage) -> str:
    words = page.review_part._codes
    return words.text() if words.isVisible() else ""


def test_codes_that_are_not_known_are_listed_and_asked_for_once_each(
    reviewing: ImportsPage, wait: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    assert asked(reviewing) == (
        "2 LARS codes are not known here: 58 (in 2 rows), 122 (in 1 row)."
        " Say once which standard each means, and it is remembered."
    )
    dialog = open_form(reviewing)
    assert [field.label for field in dialog.form.fields] == ["LARS code 58", "LARS code 122"]
    first = dialog.form.input("code_58").target
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClicks(first, "ST0116")
    qtbot.keyClicks(dialog.form.input("code_122").target, "Not known")

    dialog.panel.confirm.click()
    wait()

    assert store.read(course_codes) == {"58": "ST0116", "122": None}
    assert desk.messages.said[-1].text == "Saved: Remember 2 LARS codes."
    qtbot.waitUntil(lambda: not reviewing.journey.open_codes)
    assert (
        asked(reviewing) == "LARS codes as you said: 58 means ST0116; 122 means no known standard."
    )
    review = reviewing.journey.review
    assert review is not None
    taken = [row.entry.details.standard_code for row in review.rows if row.entry]
    assert taken == ["ST0116", None, "ST0116"]


def test_an_answer_can_be_given_otherwise_later_and_others_stay_open(
    reviewing: ImportsPage, wait: Any, store: Store, qtbot: Any
) -> None:
    dialog = open_form(reviewing)
    dialog.form.set_value("code_58", "")
    dialog.panel.confirm.click()
    wait()
    qtbot.waitUntil(lambda: len(reviewing.journey.open_codes) == 1)
    assert store.read(course_codes) == {"58": None}

    again = open_form(reviewing)
    assert again.form.value("code_58") == ""
    assert again.form.value("code_122") is None
    again.form.set_value("code_58", "ST0116")
    again.panel.confirm.click()
    wait()

    assert store.read(course_codes) == {"58": "ST0116"}


def test_without_an_answer_nothing_is_saved_and_a_wrong_one_is_said(
    reviewing: ImportsPage, store: Store, qtbot: Any
) -> None:
    before = store.latest_change()
    dialog = open_form(reviewing)
    qtbot.keyClicks(dialog.form.input("code_58").target, "Basket weaving")
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    dialog.form.set_value("code_58", None)
    dialog.panel.confirm.click()
    assert store.latest_change() == before


def test_a_list_without_unknown_codes_asks_nothing(
    importing: ImportsPage, wait: Any, write: Any
) -> None:
    matched(importing, wait, write(LOG))
    importing.match_part.forward.click()
    wait()
    assert asked(importing) == ""
    assert not importing.review_part.say_standards.isVisible()


# --- the keyboard -------------------------------------------------------------------------------


def test_the_keyboard_reaches_what_is_remembered_in_reading_order(
    importing: ImportsPage, wait: Any, write: Any
) -> None:
    brought_in(importing, wait, write(LOG))
    matched(importing, wait, write(MORE))
    assert importing.match_part.memory.forget.isVisible()
    assert access.unnamed_widgets(importing) == []
    assert access.out_of_order(importing) == []
    assert access.buttons_without_keyboard(importing) == []


def test_the_keyboard_reaches_the_codes_and_their_form(reviewing: ImportsPage) -> None:
    assert reviewing.journey.kind is Kind.APPRENTICES
    assert access.out_of_order(reviewing) == []
    dialog = open_form(reviewing)
    for part in (reviewing, dialog):
        assert access.unnamed_widgets(part) == []
        assert access.buttons_without_keyboard(part) == []
    assert access.out_of_order(dialog) == []
    dialog.reject()
