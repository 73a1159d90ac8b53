"""The page Import a list: a file, its columns, its rows, and what came in."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from sqlalchemy import Engine, event

from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate
from apprentice_desk.records import apprentices
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.known_people import known_people
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList, OpenPage
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step
from imports import trackers
from imports.layouts import layout

NAMED = (
    ("Apprentice", "Date", "Hours", "What was done"),
    ("Ada Obi", "03/08/2026", "1:30", "Databases module"),
    ("Tomasz Nowak", "04/08/2026", "2", "Webinar on testing"),
    ("Mei Lin", "05/08/2026", "soon", "Reading"),
)
NAMELESS = tuple(row[1:] for row in NAMED)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Sequence[Sequence[str]]], str]:
    def written(rows: Sequence[Sequence[str]]) -> str:
        path = tmp_path / "log.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return str(path)

    return written


@pytest.fixture
def importing(page: Callable[..., Any]) -> ImportsPage:
    opened: ImportsPage = page("imports")
    return opened


def wait(qtbot: Any, desk: Desk) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QCoreApplication.sendPostedEvents()


def to_review(qtbot: Any, desk: Desk, page: ImportsPage, path: str) -> None:
    page.arrive(ImportList("hours", path))
    wait(qtbot, desk)
    page.match_part.forward.click()
    wait(qtbot, desk)
    assert page.step is Step.REVIEW


def fates(page: ImportsPage) -> list[str]:
    return [row.badge.text for row in page.review_part.model.shown]


def logged(store: Store) -> list[tuple[str, int]]:
    return sorted((row.name, row.minutes) for row in store.read(hours_rows) if row.source)


def sums(page: ImportsPage) -> str:
    return page.review_part._sums.text()


def test_the_page_begins_with_what_the_list_holds(importing: ImportsPage) -> None:
    importing.arrive(ImportList("hours"))

    assert importing.step is Step.CHOOSE
    assert importing.header.title.text() == "Import hours"
    assert importing.choose_part.kind.button(Kind.HOURS).isChecked()
    assert importing.bar.accessibleName() == "Step 1 of 4: Choose a file"

    importing.choose_part.kind.button(Kind.APPRENTICES).click()
    assert importing.header.title.text() == "Import apprentices"


def test_choosing_a_file_opens_a_dialog_that_can_be_left(importing: ImportsPage) -> None:
    importing.ask_for_file()

    assert importing.file_dialog is not None
    assert importing.file_dialog.isVisible()
    importing.file_dialog.reject()
    assert importing.step is Step.CHOOSE


def test_the_columns_are_shown_with_examples_and_what_they_are_taken_for(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    importing.arrive(ImportList("hours", write(NAMED)))
    assert len(importing.findChildren(ProgressPanel)) == 1
    wait(qtbot, desk)

    part = importing.match_part
    assert importing.step is Step.MATCH
    assert [part.choice(n).read() for n in range(3)] == ["full_name", "done_on", "duration"]
    assert access.spoken_name(part.choice(2).target) == "Column C  Hours holds"
    words = [each.text() for each in part.findChildren(QLabel)]
    assert "1:30 · 2 · soon" in words
    assert part.forward.isEnabled()
    assert part.forward.hasFocus()


def test_a_column_that_is_needed_and_let_go_of_holds_the_review_up(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    importing.arrive(ImportList("hours", write(NAMED)))
    wait(qtbot, desk)
    part = importing.match_part
    choice = part.choice(1)

    choice.write(None)
    choice.edited.emit()

    assert not part.forward.isEnabled()
    assert part._missing.text() == "Still to say: the day."

    choice.write("done_on")
    choice.edited.emit()
    assert part.forward.isEnabled()
    assert not part._missing.isVisible()


def test_a_log_without_names_asks_whose_hours_they_are(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any, store: Store
) -> None:
    importing.arrive(ImportList("hours", write(NAMELESS)))
    wait(qtbot, desk)
    part = importing.match_part
    assert part.whose.isVisible()
    assert part.whose.target.hasFocus()
    assert not part.forward.isEnabled()

    qtbot.keyClicks(part.whose.target, "Mei Lin")
    part.forward.click()
    wait(qtbot, desk)

    assert importing.step is Step.REVIEW
    assert importing.review_part.model.row(0).row.entry.person == "Mei Lin"


def test_headings_can_be_moved_to_another_row(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    importing.arrive(ImportList("hours", write((("My log",), *NAMED))))
    wait(qtbot, desk)
    part = importing.match_part
    assert part.row.read() == 2

    part.row.write(90)
    part.row.left.emit()
    assert "no row 90" in str(desk.messages.current_problem)
    assert part.row.read() == 2


def test_every_row_has_its_fate_and_the_sums_add_up(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any, store: Store
) -> None:
    before = store.latest_change()
    to_review(qtbot, desk, importing, write(NAMED))

    QAbstractItemModelTester(
        importing.review_part.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert fates(importing) == ["Comes in", "Comes in", "Refused"]
    assert sums(importing) == (
        "3 rows read = 2 that come in + 0 left out + 1 refused."
        " 3 h 30 m read = 3 h 30 m that come in and count + 0 h that come in and do not count"
        " + 0 h left out or refused."
    )
    assert importing.review_part.forward.text() == "Import 2 rows"
    assert store.latest_change() == before


def test_a_refused_row_says_which_cell_and_what_to_do(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    to_review(qtbot, desk, importing, write(NAMED))
    part = importing.review_part

    part.table.choose(4)

    assert part._why.text().startswith("Row 4: Hours (column C) says “soon”: ")
    assert not part.turn.isEnabled()


def test_a_row_is_left_out_and_taken_in_again_with_space_or_the_button(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    to_review(qtbot, desk, importing, write(NAMED))
    part = importing.review_part
    part.table.setFocus()
    part.table.choose(2)

    qtbot.keyClick(part.table, Qt.Key.Key_Space)
    assert fates(importing) == ["Left out by you", "Comes in", "Refused"]
    assert sums(importing).startswith("3 rows read = 1 that come in + 1 left out + 1 refused.")
    assert part.turn.text() == "Take this row in again"

    part.turn.click()
    assert fates(importing)[0] == "Comes in"


def test_the_rows_can_be_narrowed_to_one_fate(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    to_review(qtbot, desk, importing, write(NAMED))

    importing.review_part.narrow.button(Fate.REFUSED).click()

    assert fates(importing) == ["Refused"]


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_goes_on_from_wherever_the_keyboard_is(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any, store: Store, enter: Qt.Key
) -> None:
    """Also from the list of rows, in which Enter alone leaves the chosen ones out."""
    importing.arrive(ImportList("hours", write(NAMED)))
    wait(qtbot, desk)
    for step, stands in (
        (Step.REVIEW, importing.match_part.back),
        (Step.DONE, importing.review_part.table),
    ):
        stands.setFocus()
        qtbot.keyClick(stands, enter, Qt.KeyboardModifier.ControlModifier)
        wait(qtbot, desk)
        assert importing.step is step
    assert len(logged(store)) == 2


def test_an_import_is_one_change_that_one_undo_takes_back(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any, store: Store
) -> None:
    to_review(qtbot, desk, importing, write(NAMED))

    importing.review_part.forward.click()
    wait(qtbot, desk)

    assert importing.step is Step.DONE
    assert logged(store) == [("Ada Obi", 90), ("Tomasz Nowak", 120)]
    assert importing.done_part.words.text() == "2 entries of hours came in."
    assert desk.messages.said[-1].text == "Saved: Import 2 entries of hours from log.csv."
    qtbot.waitUntil(importing.done_part.undo.isEnabled)

    importing.done_part.undo.click()

    assert logged(store) == []
    assert importing.done_part.card.heading.text() == "Taken back"
    assert not importing.done_part.undo.isEnabled()


def test_the_same_list_again_brings_nothing_in_and_says_why(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    path = write(NAMED)
    to_review(qtbot, desk, importing, path)
    importing.review_part.forward.click()
    wait(qtbot, desk)

    to_review(qtbot, desk, importing, path)

    assert fates(importing) == ["Left out", "Left out", "Refused"]
    assert all(row.why for row in importing.review_part.model.shown)
    assert not importing.review_part.forward.isEnabled()
    assert importing.review_part.forward.text() == "Nothing to import"


def test_apprentices_come_in_and_lead_to_their_list(
    importing: ImportsPage, desk: Desk, qtbot: Any, store: Store
) -> None:
    before = len(store.read(known_people))
    importing.arrive(ImportList("apprentices", str(layout("11"))))
    wait(qtbot, desk)
    importing.match_part.forward.click()
    wait(qtbot, desk)
    count = importing.journey.review.count(Fate.IMPORTED) if importing.journey.review else 0
    assert count > 0
    importing.review_part.forward.click()
    wait(qtbot, desk)
    assert len(store.read(known_people)) == before + count
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)

    importing.done_part.go.click()

    assert gone == [OpenPage("apprentices")]


def test_a_file_that_is_no_such_list_is_said_in_the_banner(
    importing: ImportsPage, desk: Desk, qtbot: Any
) -> None:
    importing.arrive(ImportList("hours", str(layout("15"))))
    wait(qtbot, desk)

    assert "does not look like" in str(desk.messages.current_problem)
    assert importing.step is Step.CHOOSE
    assert importing.choose_part.isEnabled()


def test_a_review_is_done_again_when_the_desk_changes_meanwhile(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any, team: Any, make: Any
) -> None:
    to_review(qtbot, desk, importing, write(NAMED))

    make.hours(team.ada, done_on=date(2026, 8, 3), minutes=90, what="Databases module")
    wait(qtbot, desk)
    qtbot.waitUntil(lambda: fates(importing)[0] != "Comes in")


def test_a_desk_open_to_read_only_can_be_compared_but_not_imported_into(
    store: Store, team: Any, desk_on: Callable[[Store], Desk], write: Any, qtbot: Any
) -> None:
    desk = desk_on(open_store(store.location, read_only=True))
    opened = ImportsPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    to_review(qtbot, desk, opened, write(NAMED))

    assert not opened.review_part.forward.isEnabled()
    assert opened.review_part._read_only.isVisible()


@pytest.mark.parametrize("step", ["choose", "match", "review", "done"])
def test_the_keyboard_reaches_everything_in_reading_order(
    step: str, importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    if step != "choose":
        importing.arrive(ImportList("hours", write(NAMED)))
        wait(qtbot, desk)
    if step in ("review", "done"):
        importing.match_part.forward.click()
        wait(qtbot, desk)
    if step == "done":
        importing.review_part.forward.click()
        wait(qtbot, desk)

    assert access.unnamed_widgets(importing) == []
    assert access.out_of_order(importing) == []
    assert access.buttons_without_keyboard(importing) == []


@pytest.fixture
def invented(store: Store) -> None:
    """Put the people of the invented trackers into the desk."""
    with store.change("Add the team") as session:
        for name in trackers.PEOPLE:
            given, family = name.split()
            apprentices.enrol(
                session,
                apprentices.ApprenticeDetails(
                    given_names=given,
                    family_name=family,
                    course_title="Data analyst",
                    training_started_on=date(2025, 9, 1),
                ),
            )


def test_a_grid_in_several_sheets_comes_in_and_names_its_cells(
    importing: ImportsPage, desk: Desk, store: Store, qtbot: Any, invented: None, tmp_path: Path
) -> None:
    importing.arrive(ImportList("hours", str(trackers.month_grid(tmp_path))))
    wait(qtbot, desk)
    part = importing.match_part
    assert part.together.text() == "Read the 2 sheets of this shape together: “Q3”, “Q4”"
    assert part.together.isChecked()

    part.together.click()
    assert importing.journey.table is not None
    assert importing.journey.table.joined == ()
    part.together.click()

    part.forward.click()
    wait(qtbot, desk)
    assert [line.called for line in importing.review_part.model.shown][:2] == [
        "C6 in Q3",
        "D6 in Q3",
    ]
    importing.review_part.forward.click()
    wait(qtbot, desk)
    found = sum(row.minutes for row in store.read(hours_rows) if row.source)
    assert found == sum(trackers.MONTH_GRID.values())


@pytest.mark.parametrize(
    ("tracker", "sums"),
    [
        (trackers.merged_beauty, trackers.MERGED_BEAUTY),
        (trackers.diary, trackers.DIARY),
    ],
)
def test_an_invented_tracker_comes_in_through_the_window(
    importing: ImportsPage,
    desk: Desk,
    store: Store,
    qtbot: Any,
    invented: None,
    tmp_path: Path,
    tracker: Callable[[Path], Path],
    sums: dict[date, int],
) -> None:
    importing.arrive(ImportList("hours", str(tracker(tmp_path))))
    wait(qtbot, desk)
    part = importing.match_part
    if importing.journey.missing:
        qtbot.keyClicks(part.whose.target, "Amara Osei")
    part.forward.click()
    wait(qtbot, desk)
    importing.review_part.forward.click()
    wait(qtbot, desk)
    found = sum(row.minutes for row in store.read(hours_rows) if row.source)
    assert found == sum(sums.values())


def test_the_sheet_is_shown_and_a_row_in_it_can_be_taken_for_the_headings(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    importing.arrive(ImportList("hours", write([("Log of Ada", "", "", ""), *NAMED])))
    wait(qtbot, desk)
    sheet = importing.match_part.glimpse
    assert sheet.rows.marked_row == 2
    assert sheet.rows.words(0, 0) == "Log of Ada"
    assert sheet.rows.words(1, 1) == "Date"

    sheet.row_opened.emit(3)
    wait(qtbot, desk)
    assert importing.match_part.row.read() == 3
    assert sheet.rows.marked_row == 3
    assert importing.match_part.choice(1).target.accessibleName() == "Column B  03/08/2026 holds"


def test_each_note_on_a_list_stands_on_a_line_of_its_own(
    importing: ImportsPage, desk: Desk, tmp_path: Path, qtbot: Any
) -> None:
    to_review(qtbot, desk, importing, str(trackers.month_grid(tmp_path)))
    notes = importing.review_part._notes.text().splitlines()
    assert len(notes) > 1
    assert all(note.startswith("• ") for note in notes)


def test_rows_of_several_sheets_say_their_sheet_in_a_column_of_its_own(
    importing: ImportsPage, desk: Desk, tmp_path: Path, write: Any, qtbot: Any
) -> None:
    to_review(qtbot, desk, importing, str(trackers.month_grid(tmp_path)))
    part = importing.review_part
    assert not part.table.isColumnHidden(1)
    first = part.model.shown[0]
    assert (first.where, first.sheet, first.called) == ("C6", "Q3", "C6 in Q3")

    to_review(qtbot, desk, importing, write(NAMED))
    assert part.table.isColumnHidden(1)
    assert part.model.shown[0].where == "2"


def test_the_keyboard_stays_in_the_import_from_step_to_step(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    """Else it goes on to whatever comes next, such as Undo in the status line."""
    to_review(qtbot, desk, importing, write(NAMED))
    importing.review_part.back.setFocus()
    importing.review_part.back.click()
    assert importing.match_part.forward.hasFocus()
    importing.review()
    wait(qtbot, desk)
    importing.bring_in()
    wait(qtbot, desk)
    done = importing.done_part
    qtbot.waitUntil(done.undo.isEnabled)
    done.undo.setFocus()
    done.undo.click()
    assert done.another.hasFocus()
    done.another.click()
    assert importing.choose_part.file_button.hasFocus()


def test_another_list_is_shown_whole_whatever_was_looked_at_in_the_last(
    importing: ImportsPage, desk: Desk, write: Any, qtbot: Any
) -> None:
    to_review(qtbot, desk, importing, write(NAMED))
    part = importing.review_part
    part.narrow.button(Fate.REFUSED).click()
    assert fates(importing) == ["Refused"]
    to_review(qtbot, desk, importing, write(NAMED))
    assert part.narrow.button(None).isChecked()
    assert len(fates(importing)) == 3


def test_in_a_large_desk_who_is_there_is_read_beside_the_window(
    page: Any, desk: Desk, team: Any, qtbot: Any
) -> None:
    threads: set[int] = set()

    def note(*_given: Any) -> None:
        threads.add(threading.get_ident())

    desk.is_large = True
    event.listen(Engine, "before_cursor_execute", note)
    opened = page("imports")
    qtbot.waitUntil(lambda: len(opened._people) > 0)
    event.remove(Engine, "before_cursor_execute", note)
    assert threads
    assert threading.get_ident() not in threads
