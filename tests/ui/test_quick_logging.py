"""The quick line: chips while one types, completions, and what Enter logs, with keys alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from apprentice_desk.domain.progress import Progress
from apprentice_desk.records import apprentices, weeks
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHelp
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.quick_logging import QuickLog
from apprentice_desk.ui.quick_team import reading_team, team_of
from apprentice_desk.ui.quick_window import QuickLogWindow

TODAY = date(2026, 9, 1)  # a Tuesday
MONDAY = date(2026, 8, 31)
ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def quick(desk: Desk, qtbot: Any) -> Iterator[QuickLog]:
    """The line, in a window of its own, with the team read."""
    window = QWidget()
    window.resize(1000, 500)
    made = QuickLog(desk)
    made.setParent(window)
    made.resize(900, 200)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    made.read_team()
    settled(qtbot, lambda: made._team is not None)
    made.edit.setFocus()
    yield made
    made.hide()


def chips(quick: QuickLog) -> list[str]:
    return [part.accessibleName() for part in quick.chips.parts]


def logged(desk: Desk) -> list[tuple[str, date, int, str]]:
    rows = desk.store.read(hours_rows)
    newest = max(row.changed_in for row in rows)
    return sorted(
        (row.name, row.done_on, row.minutes, str(row.activity))
        for row in rows
        if row.changed_in == newest
    )


def enter(quick: QuickLog, qtbot: Any) -> None:
    qtbot.keyClick(quick.edit, ENTER)
    settled(qtbot, lambda: not quick.writer.is_busy)


def test_today_is_the_day_on_which_one_types(quick: QuickLog, desk: Desk, qtbot: Any) -> None:
    class Tomorrow:
        def today(self) -> date:
            return date(2026, 9, 2)

        def now(self) -> datetime:
            return datetime(2026, 9, 2, 9, 0, tzinfo=UTC)

    desk.clock = Tomorrow()  # the window stood open over night
    qtbot.keyClicks(quick.edit, "ada 1 today")
    assert "Wed 2 Sep" in chips(quick)


def test_a_line_becomes_chips_before_enter_logs_it(
    quick: QuickLog, desk: Desk, qtbot: Any, messages: Messages
) -> None:
    qtbot.keyClicks(quick.edit, "ada, tom 3:30 mon workshop AWS cloud essentials K7 S3")
    assert chips(quick) == [
        "Ada Obi", "Tomasz Nowak", "3 h 30 m", "Mon 31 Aug", "Workshop", "AWS cloud essentials",
        "K7", "S3",
    ]  # fmt: skip
    assert quick.says.text().startswith("Enter logs 2 entries")
    enter(quick, qtbot)
    assert logged(desk) == [
        ("Ada Obi", MONDAY, 210, "workshop"),
        ("Tomasz Nowak", MONDAY, 210, "workshop"),
    ]
    said = {(row.what, row.ksbs) for row in desk.store.read(hours_rows, MONDAY, MONDAY)}
    assert ("AWS cloud essentials", "K7, S3") in said
    assert quick.edit.text() == ""
    assert str(messages.current) == "Saved: Log 2 entries of hours for 2 people."


def test_one_enter_is_one_change_that_undo_takes_back(
    quick: QuickLog, desk: Desk, qtbot: Any
) -> None:
    before = len(desk.store.read(hours_rows))
    qtbot.keyClicks(quick.edit, "ada 3, tom 2:30 today workshop")
    enter(quick, qtbot)
    assert [each[2] for each in logged(desk)] == [180, 150]
    settled(qtbot, lambda: desk.undo_label == "Log 2 entries of hours for 2 people")
    desk.undo()
    assert len(desk.store.read(hours_rows)) == before


def test_what_nobody_typed_is_shown_as_assumed(quick: QuickLog, qtbot: Any) -> None:
    qtbot.keyClicks(quick.edit, "ada 2")
    assert chips(quick) == [
        "Ada Obi", "2 h", "Today, Tue 1 Sep, assumed", "Other training, assumed",
    ]  # fmt: skip


def test_a_weekday_is_of_the_week_that_is_shown(quick: QuickLog, desk: Desk, qtbot: Any) -> None:
    qtbot.keyClicks(quick.edit, "ada 2 wed workshop")
    assert "Wed 26 Aug" in chips(quick)
    quick.show_week(date(2026, 8, 10))
    assert "Wed 12 Aug, the week shown" in chips(quick)
    quick.show_week(MONDAY)  # the present week
    assert "Wed 26 Aug" in chips(quick)
    quick.show_week(date(2026, 8, 10))
    enter(quick, qtbot)
    assert logged(desk) == [("Ada Obi", date(2026, 8, 12), 120, "workshop")]
    qtbot.keyClicks(quick.edit, "ada 2 wed")
    shown = [quick.list.rows.row_at(number) for number in quick.list.rows.numbers()]
    assert [getattr(row, "title", "") for row in shown][:1] == [
        "Wednesday, Wed 12 Aug, the week shown"
    ]


def test_a_word_that_was_left_among_the_words_is_said_beside_enter(
    quick: QuickLog, desk: Desk, qtbot: Any
) -> None:
    qtbot.keyClicks(quick.edit, "ada 2h online SQL course, module 4")
    assert "“course” is one of the words" in quick.says.text()
    enter(quick, qtbot)
    assert logged(desk) == [("Ada Obi", TODAY, 120, "other training")]
    said = {row.what for row in desk.store.read(hours_rows, TODAY, TODAY)}
    assert "online SQL course, module 4" in said


@pytest.mark.parametrize("height", [500, 260, 190])
@pytest.mark.parametrize("line", ["ada, zed 3:30 mon K7 S3 AWS, lec", "a", "ada, m"])
def test_the_list_hides_neither_the_chips_nor_what_is_wrong(
    quick: QuickLog, qtbot: Any, line: str, height: int
) -> None:
    window = quick.window()
    window.resize(1000, height)
    quick.setGeometry(0, max(0, height - 250), 900, 180)
    qtbot.keyClicks(quick.edit, line)
    QApplication.processEvents()
    assert quick.edit.has_list
    assert quick.panel.isVisible()
    seen = [quick.edit, *quick.chips.parts, *([] if quick.wrong.isHidden() else [quick.wrong])]
    assert len(seen) > 2
    for part in seen:
        place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        assert not quick.panel.geometry().intersects(place), part.accessibleName()
    assert quick.panel.geometry().bottom() <= window.height()


def test_the_list_moves_with_the_chips(quick: QuickLog, qtbot: Any) -> None:
    qtbot.keyClicks(quick.edit, "ada 2 lec")
    before = quick.panel.geometry()
    quick.move(quick.x(), quick.y() + 40)
    QApplication.processEvents()
    assert quick.panel.geometry() == before.translated(0, 40)


def test_a_word_that_cannot_be_read_is_said_under_it_and_nothing_is_logged(
    quick: QuickLog, desk: Desk, qtbot: Any
) -> None:
    before = desk.store.latest_change()
    qtbot.keyClicks(quick.edit, "ada, zoe 3:30 workshop")
    assert quick.wrong.text().startswith("“zoe” is nobody's name.")
    assert quick.edit._wrong == ((5, 8),)
    assert abs(quick.wrong.contentsMargins().left() - quick.edit.x_of(5)) <= 1
    qtbot.keyClick(quick.edit, ENTER)
    assert not quick.writer.is_busy
    assert quick.edit.text() == "ada, zoe 3:30 workshop"
    assert desk.store.latest_change() == before


def test_a_word_is_not_complained_of_while_it_is_typed(quick: QuickLog, qtbot: Any) -> None:
    qtbot.keyClicks(quick.edit, "zo")
    assert quick.wrong.isHidden()
    qtbot.keyClicks(quick.edit, "e 2")
    assert not quick.wrong.isHidden()


def test_enter_says_what_is_missing(quick: QuickLog, qtbot: Any) -> None:
    qtbot.keyClicks(quick.edit, "ada workshop")
    qtbot.keyClick(quick.edit, ENTER)
    assert "how long" in quick.wrong.text().lower()


def test_names_are_completed_with_tab(quick: QuickLog, qtbot: Any) -> None:
    qtbot.keyClicks(quick.edit, "to")
    assert quick.edit.has_list
    qtbot.keyClick(quick.edit, TAB)
    assert chips(quick)[:1] == ["Tomasz Nowak"]
    assert not quick.edit.has_list
    qtbot.keyClicks(quick.edit, "1 mento")
    qtbot.keyClick(quick.edit, DOWN)
    qtbot.keyClick(quick.edit, ENTER)
    assert "Mentoring (mentor)" in chips(quick), "Enter takes what was stepped to"
    assert quick.edit.text() == "Tomasz Nowak 1 mentor "


def test_enter_logs_though_a_list_is_open_that_nobody_stepped_into(
    quick: QuickLog, desk: Desk, qtbot: Any
) -> None:
    qtbot.keyClicks(quick.edit, "ada 2 work")
    assert quick.edit.has_list
    enter(quick, qtbot)
    assert [each[:3] for each in logged(desk)] == [("Ada Obi", TODAY, 120)]


def test_tab_leaves_the_line_where_there_is_nothing_to_take(quick: QuickLog, qtbot: Any) -> None:
    other = QLineEdit(quick.window())
    other.show()
    qtbot.keyClicks(quick.edit, "ada 2 3")
    assert not quick.edit.has_list
    qtbot.keyClick(quick.edit, TAB)
    assert not quick.edit.hasFocus()


def test_hours_on_a_break_are_said_not_to_count_before_enter(
    quick: QuickLog, desk: Desk, team: Any, qtbot: Any
) -> None:
    qtbot.keyClicks(quick.edit, "jo 2 today workshop switches")
    assert "Jo Bright: does not count. 1 Sep 2026 is in a break in learning" in quick.says.text()
    enter(quick, qtbot)
    assert logged(desk) == [("Jo Bright", TODAY, 120, "workshop")]
    (row,) = desk.store.read(hours_rows, TODAY, TODAY, team.jo)
    assert not row.counts


def test_a_line_that_the_desk_refuses_comes_back(
    quick: QuickLog, desk: Desk, team: Any, qtbot: Any
) -> None:
    with desk.store.change("Finish") as session:
        weeks.finish_week(session, [team.ada], MONDAY, "Grace", desk.clock.now())
    qtbot.keyClicks(quick.edit, "ada, tom 2 workshop")
    enter(quick, qtbot)
    assert quick.edit.text() == "ada, tom 2 workshop"
    assert "finished for Ada Obi" in str(quick.messages.current_problem)


def test_a_line_that_comes_back_does_not_type_over_the_next(
    quick: QuickLog, desk: Desk, team: Any, qtbot: Any
) -> None:
    held, free = threading.Event(), threading.Event()

    def hold(_progress: Any) -> None:
        held.set()
        assert free.wait(60)

    with desk.store.change("Finish") as session:
        weeks.finish_week(session, [team.ada], MONDAY, "Grace", desk.clock.now())
    desk.jobs.run("A long import", hold, writes=True)
    qtbot.waitUntil(held.is_set)
    qtbot.keyClicks(quick.edit, "ada 2 workshop")
    qtbot.keyClick(quick.edit, ENTER)
    assert quick.edit.text() == "", "nobody waits for the desk"
    qtbot.keyClicks(quick.edit, "mei 1")
    free.set()
    settled(qtbot, lambda: not quick.writer.is_busy)
    assert quick.edit.text() == "mei 1"
    assert quick.messages.current_problem is not None


def test_everyone_is_the_line_managers_own(desk: Desk, team: Any) -> None:
    rows = desk.store.read(apprentice_rows, TODAY, desk.lists.hours_rules, desk.lists.role_families)
    mine = team_of(rows, "Grace Park", only_theirs=True)
    assert set(mine.known.everyone) == {team.ada, team.tomasz}
    assert len(mine.known.people) == 4, "others can be named all the same"
    assert set(team_of(rows, "Nobody", only_theirs=True).known.everyone) == {
        team.ada, team.tomasz, team.mei, team.jo,
    }  # fmt: skip


def test_codes_are_held_against_the_standard_where_it_is_loaded(
    desk: Desk, team: Any, make: Any
) -> None:
    make.ksbs({"K1": "Stages", "S1": "Write code"})
    with desk.store.change("Choose the version") as session:
        held = apprentices.held(session, team.ada).details
        chosen = replace(held, standard_code="ST0116", standard_version="1.1")
        apprentices.correct(session, team.ada, chosen)
    known = reading_team(desk)(Progress()).known
    assert known.ksbs == {team.ada: ("K1", "S1")}


def test_one_comes_with_the_name_of_whoever_is_meant(
    desk: Desk, team: Any, quick: QuickLog, qtbot: Any
) -> None:
    quick.begin_with(team.tomasz)
    assert chips(quick)[:1] == ["Tomasz Nowak"]
    assert quick.edit.text().endswith(" ")


def test_ctrl_z_is_the_windows_while_the_line_is_blank(quick: QuickLog, qtbot: Any) -> None:
    undone: list[bool] = []
    QShortcut(QKeySequence.StandardKey.Undo, quick.window(), lambda: undone.append(True))
    qtbot.keyClick(quick.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    qtbot.keyClicks(quick.edit, "abc")
    qtbot.keyClick(quick.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]


def test_escape_closes_the_list_then_empties_the_line_then_leaves(
    quick: QuickLog, qtbot: Any
) -> None:
    left: list[bool] = []
    quick.closed.connect(lambda: left.append(True))
    qtbot.keyClicks(quick.edit, "to")
    for _ in range(2):
        qtbot.keyClick(quick.edit, Qt.Key.Key_Escape)
    assert (quick.edit.text(), left) == ("", [])
    qtbot.keyClick(quick.edit, Qt.Key.Key_Escape)
    assert left == [True]


def test_ctrl_z_brings_back_what_escape_took_and_then_is_the_windows(
    quick: QuickLog, qtbot: Any
) -> None:
    undone: list[bool] = []
    QShortcut(QKeySequence.StandardKey.Undo, quick.window(), lambda: undone.append(True))
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    line = "tomasz 2 today workshop Indexes"
    qtbot.keyClicks(quick.edit, f"{line} ")
    qtbot.keyClick(quick.edit, Qt.Key.Key_Escape)
    assert quick.edit.text() == ""
    assert quick.says.text() == "Ctrl Z brings back what was typed."
    qtbot.keyClick(quick.edit, *undo)
    assert (quick.edit.text().strip(), undone) == (line, [])
    enter(quick, qtbot)
    qtbot.keyClick(quick.edit, *undo)  # what was logged is the window's to undo
    assert (quick.edit.text(), undone) == ("", [True])


@pytest.mark.parametrize("text", ["ada 2 " + "é" * 4_990, "‮ada 2", "ada 2 🎓" * 50, "\u200f\u200f"])
def test_odd_text_is_read_without_a_fault(quick: QuickLog, text: str) -> None:
    quick.edit.setText(text)
    assert quick.edit.text()


def test_a_paste_of_two_million_signs_is_cut_to_what_a_line_may_hold(
    quick: QuickLog, qtbot: Any
) -> None:
    QApplication.clipboard().setText("ada 2 " + "x" * 2_000_000)
    qtbot.keyClick(quick.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(quick.edit.text()) == 5_000
    assert len(chips(quick)) < 30


def test_a_change_of_the_people_is_heard(
    quick: QuickLog, desk: Desk, make: Any, qtbot: Any
) -> None:
    make.apprentice(given_names="Zoë", family_name="Marsh")
    settled(qtbot, lambda: len(quick._team.known.people) == 5)  # type: ignore[union-attr]
    qtbot.keyClicks(quick.edit, "zoe 1")
    assert chips(quick)[:1] == ["Zoë Marsh"]


def test_the_window_of_the_line_is_named_and_stays_for_the_next_line(
    desk: Desk, qtbot: Any
) -> None:
    parent = QWidget()
    parent.resize(1200, 700)
    qtbot.addWidget(parent)
    parent.show()
    window = QuickLogWindow(parent, desk)
    window.open()
    settled(qtbot, lambda: window.quick._team is not None)
    assert access.unnamed_widgets(window) == []
    with qtbot.waitSignal(desk.asked_to_go) as asked:
        qtbot.keyClick(window.quick.edit, Qt.Key.Key_F1)
    assert asked.args == [OpenHelp("quick-line")], "F1 goes on to work over the page"
    qtbot.keyClicks(window.quick.edit, "ada 2 workshop")
    enter(window.quick, qtbot)
    settled(qtbot, lambda: window.said.text() == "Logged 1 entry for 1 Sep 2026.")
    assert window.isVisible()
    qtbot.keyClicks(window.quick.edit, "half")
    window.reject()
    assert window.isVisible(), "what is half typed is not lost"
    window.quick.edit.clear()
    window.reject()
    assert not window.isVisible()
