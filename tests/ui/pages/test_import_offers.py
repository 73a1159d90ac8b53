"""What the review of an import asks a person: duplicates, corrections, spellings, the preamble."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton

from apprentice_desk.imports.fields import Kind
from apprentice_desk.records.apprentices import held
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step
from apprentice_desk.ui.pages.imports.review_part import OFFERED

HEAD = ("Apprentice", "Date", "Hours", "What was done")
LOG = (
    HEAD,
    ("Ada Obi", "03/08/2026", "1:30", "Databases module"),
    ("Ada Obi", "04/08/2026", "2", "Webinar on testing"),
    ("Tomasz Nowak", "04/08/2026", "7", "Annual leave"),
)
Write = Callable[[Sequence[Sequence[str]]], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
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


@pytest.fixture
def review(importing: ImportsPage, desk: Desk, qtbot: Any) -> Callable[[str], ImportsPage]:
    """Bring the page to the review of a file of hours."""

    def reviewed(path: str, kind: Kind = Kind.HOURS) -> ImportsPage:
        importing.arrive(ImportList(kind, path))
        wait(qtbot, desk)
        importing.match_part.forward.click()
        wait(qtbot, desk)
        assert importing.step is Step.REVIEW
        return importing

    return reviewed


def wait(qtbot: Any, desk: Desk) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QCoreApplication.sendPostedEvents()


def fates(page: ImportsPage) -> list[str]:
    return [row.badge.text for row in page.review_part.model.shown]


def imported(store: Store) -> list[tuple[str, int]]:
    return sorted((row.name, row.minutes) for row in store.read(hours_rows) if row.source)


def test_rows_that_do_not_count_say_so_and_the_hours_add_up(review: Any, write: Write) -> None:
    page = review(write(LOG))

    assert fates(page) == ["Comes in", "Comes in", "Not counting"]
    assert page.review_part.model.row(2).why == "Does not count: leave."
    assert page.review_part._sums.text().endswith(
        "10 h 30 m read = 3 h 30 m that come in and count + 7 h that come in and do not count"
        " + 0 h left out or refused."
    )


def test_a_row_that_looks_double_is_out_until_it_is_taken_in(
    review: Any, write: Write, qtbot: Any
) -> None:
    page = review(write((*LOG, ("Ada Obi", "03/08/2026", "1:30", "Database module"))))
    part = page.review_part
    assert fates(page)[3] == "Looks double"
    assert part._offered.isVisible()

    part.narrow.button(OFFERED).click()
    assert fates(page) == ["Looks double"]
    part.table.setFocus()
    part.table.choose(5)
    assert part.turn.text() == "Take this row in"
    qtbot.keyClick(part.table, Qt.Key.Key_Space)

    assert fates(page) == ["Comes in"]
    assert part.forward.text() == "Import 4 rows"
    assert part.turn.text() == "Leave this row out"


def test_corrections_are_shown_value_by_value_and_accepted_one_by_one(
    review: Any, write: Write, qtbot: Any, desk: Desk, store: Store
) -> None:
    page = review(write(LOG))
    page.review_part.forward.click()
    wait(qtbot, desk)
    page = review(write((HEAD, ("Ada Obi", "03/08/2026", "2", "Databases, module two"), *LOG[2:])))
    part = page.review_part
    assert fates(page) == ["Change to accept", "Left out", "Left out"]
    assert not part.forward.isEnabled()
    part.table.choose(2)
    assert part.changes.isVisible()
    box = part.changes.box("minutes")
    assert access.spoken_name(box) == "time spent: 1 h 30 m → 2 h"

    box.click()
    assert fates(page)[0] == "Changes"
    assert not part.changes.box("what").isChecked()
    assert part.forward.text() == "Import 1 row"
    part.forward.click()
    wait(qtbot, desk)

    assert imported(store) == [("Ada Obi", 120), ("Ada Obi", 120), ("Tomasz Nowak", 420)]
    assert "1 was corrected" in page.done_part.words.text()
    page.done_part.undo.click()
    assert imported(store) == [("Ada Obi", 90), ("Ada Obi", 120), ("Tomasz Nowak", 420)]


def test_all_corrections_are_accepted_with_one_button(
    review: Any, write: Write, qtbot: Any, desk: Desk
) -> None:
    page = review(write(LOG))
    page.review_part.forward.click()
    wait(qtbot, desk)
    page = review(write((HEAD, *((who, day, "3", what) for who, day, _, what in LOG[1:]))))

    page.review_part.accept_all.click()

    assert fates(page) == ["Changes"] * 3
    assert not page.review_part.accept_all.isEnabled()


def test_a_spelling_is_said_once_for_the_whole_file(
    review: Any, write: Write, qtbot: Any, desk: Desk
) -> None:
    page = review(
        write((HEAD, *(("Ada Obii", f"0{day}/08/2026", "1", "Reading") for day in (3, 4, 5))))
    )
    part = page.review_part
    assert fates(page) == ["Refused"] * 3
    yes, no = part.spellings.findChildren(QPushButton)
    assert (yes.text(), no.text()) == ("This is Ada Obi", "Add as a new apprentice")
    assert "93 % alike" in yes.accessibleDescription()

    yes.click()
    wait(qtbot, desk)

    assert fates(page) == ["Comes in"] * 3
    assert not part._spellings_card.isVisible()


PREAMBLE = (
    ("Off-the-job log", "", ""),
    ("Apprentice", "Ada Obi", ""),
    ("Planned hours", "612", ""),
    ("Line manager", "Sam Lee", ""),
    ("Mentor", "Priya Shah", ""),
    ("Date", "Hours", "What was done"),
    ("03/08/2026", "1:30", "Databases module"),
)


def test_what_stands_above_is_offered_and_taken_over_in_the_same_change(
    review: Any, write: Write, qtbot: Any, desk: Desk, store: Store, team: Any
) -> None:
    before = store.read(held, team.ada).details
    page = review(write(PREAMBLE))
    part = page.review_part
    assert part._says_card.isVisible()
    assert part.says.box("mentor").isChecked()
    assert not part.says.box("line_manager").isChecked()

    part.says.box("agreed_minutes").setChecked(False)
    part.says.box("agreed_minutes").click()
    part.forward.click()
    wait(qtbot, desk)

    after = store.read(held, team.ada).details
    assert (after.agreed_minutes, after.mentor) == (612 * 60, "Priya Shah")
    assert after.line_manager == "Grace Park"
    qtbot.waitUntil(page.done_part.undo.isEnabled)
    page.done_part.undo.click()
    assert store.read(held, team.ada).details == before


def test_the_name_above_the_list_answers_whose_hours_they_are(
    importing: ImportsPage, desk: Desk, write: Write, qtbot: Any
) -> None:
    importing.arrive(ImportList(Kind.HOURS, write(PREAMBLE)))
    wait(qtbot, desk)
    part = importing.match_part
    assert part._preamble.text().startswith("The sheet also says: full name: Ada Obi; agreed")
    assert part.whose.read() == "Ada Obi"
    assert part.forward.isEnabled()


def test_a_name_like_one_is_proposed_above_the_list(
    importing: ImportsPage, desk: Desk, write: Write, qtbot: Any
) -> None:
    rows = (PREAMBLE[0], ("Apprentice", "Ada Obii", ""), *PREAMBLE[2:])
    importing.arrive(ImportList(Kind.HOURS, write(rows)))
    wait(qtbot, desk)
    part = importing.match_part
    assert not part.forward.isEnabled()
    yes, _ = part.proposals.findChildren(QPushButton)

    yes.click()

    assert part.forward.isEnabled()
    assert part.whose.read() == "Ada Obi"


def test_the_rows_with_their_fate_are_saved_from_the_review_and_afterwards(
    gone_out: Any, review: Any, write: Write, qtbot: Any, desk: Desk, tmp_path: Path
) -> None:
    page = review(write(LOG))
    page.review_part.save.click()
    assert page.rows_saver.file_dialog is not None
    page.rows_saver.file_dialog.reject()
    for name in ("before.xlsx", "after.xlsx"):
        page.rows_saver.save(str(tmp_path / name))
        wait(qtbot, desk)
        assert openpyxl.load_workbook(tmp_path / name).active["F4"].value == (
            "imported: does not count"
        )
        if name == "before.xlsx":
            page.review_part.forward.click()
            wait(qtbot, desk)
    assert page.done_part.save.isVisible()
    assert gone_out() == [("rows of an import", None)] * 2


def test_everything_that_is_asked_can_be_answered_with_the_keyboard(
    review: Any, write: Write, qtbot: Any, desk: Desk
) -> None:
    page = review(write(PREAMBLE))
    page.review_part.forward.click()
    wait(qtbot, desk)
    rows = [*PREAMBLE[:-1], ("03/08/2026", "2", "Databases module"),
            ("04/08/2026", "2", "Reading"), ("04/08/2026", "2", "reading.")]  # fmt: skip
    page = review(write(rows))
    page.review_part.table.choose(7)
    assert page.review_part.changes.isVisible()

    assert access.unnamed_widgets(page) == []
    assert access.out_of_order(page) == []
    assert access.buttons_without_keyboard(page) == []


def test_a_name_near_to_somebodys_may_be_added_as_somebody_else(
    review: Any, write: Write, qtbot: Any, desk: Desk, store: Store
) -> None:
    page = review(write((HEAD, ("Ada Obii", "03/08/2026", "1", "Reading"))))
    part = page.review_part
    assert fates(page) == ["Refused"]

    part.spellings.findChildren(QPushButton)[-1].click()
    wait(qtbot, desk)

    assert fates(page) == ["Comes in"]
    assert not part._spellings_card.isVisible()
    assert "Ada Obii is added" in part._notes.text()
    part.forward.click()
    wait(qtbot, desk)
    assert ("Ada Obii", 60) in imported(store)


def test_a_stranger_above_the_list_may_be_added(
    importing: ImportsPage, write: Write, qtbot: Any, desk: Desk
) -> None:
    rows = (PREAMBLE[0], ("Apprentice", "Zed Roe", ""), *PREAMBLE[5:])
    importing.arrive(ImportList(Kind.HOURS, write(rows)))
    wait(qtbot, desk)
    part = importing.match_part
    assert not part.forward.isEnabled()
    (add,) = part.proposals.findChildren(QPushButton)
    assert add.text() == "Add as a new apprentice"
    assert add.accessibleDescription() == "“Zed Roe” above the list is nobody of the desk."

    add.click()

    assert part.whose.read() == "Zed Roe"
    part.forward.click()
    wait(qtbot, desk)
    assert fates(importing) == ["Comes in"]


BLOCKS = (
    HEAD[1:],
    ("Ada Obi", "", ""),
    ("03/08/2026", "1:30", "Databases module"),
    ("Tomasz Nowak", "", ""),
    ("04/08/2026", "2", "Webinar on testing"),
)


def test_rows_that_name_people_are_shown_and_may_be_said_to_name_nobody(
    importing: ImportsPage, write: Write, qtbot: Any, desk: Desk, store: Store
) -> None:
    importing.arrive(ImportList(Kind.HOURS, write(BLOCKS)))
    wait(qtbot, desk)
    part = importing.match_part
    assert part.blocks.text() == "Rows above the hours name 2 people"
    assert part._named.text() == "“Ada Obi”, “Tomasz Nowak”"
    assert part.blocks.isChecked()
    assert part._whose_block.isHidden()

    part.blocks.click()
    assert not part._whose_block.isHidden()
    assert not part.forward.isEnabled()
    part.blocks.click()
    assert part._whose_block.isHidden()

    part.forward.click()
    wait(qtbot, desk)
    assert fates(importing) == ["Left out", "Comes in"] * 2
    assert "2 people are read from what names them" in importing.review_part._notes.text()
    importing.review_part.forward.click()
    wait(qtbot, desk)
    assert imported(store) == [("Ada Obi", 90), ("Tomasz Nowak", 120)]
