"""What a person saves is noted, said in one way, and may be said who gets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

from apprentice_desk.domain.leaving import NOT_NOTED, GivenTo, Going, LeftKind, LeftRow
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import leaving
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping.ledger import compare_file, facts_of
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.messages import Messages, StatusLine
from apprentice_desk.ui.leaving import WHO_GETS, Said, ask_who_gets, save_out


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def done(desk: Desk, qtbot: Any) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=60_000)
    QCoreApplication.sendPostedEvents()


def writing(path: Path, content: bytes = b"Ada") -> Callable[[Any], Path]:
    def write(_progress: Any) -> Path:
        path.write_bytes(content)
        return path

    return write


def noted(store: Store) -> tuple[LeftRow, ...]:
    return store.read(leaving.left_rows)


def test_what_is_saved_is_noted_with_its_bytes_and_said_with_two_ways_on(
    desk: Desk, qtbot: Any, window: QWidget, tmp_path: Path, team: Any, messages: Messages
) -> None:
    path = tmp_path / "list.txt"
    save_out(desk, "Saving", writing(path), Going.of(LeftKind.LIST, [team.ada]), owner=window)
    done(desk, qtbot)
    (row,) = noted(desk.store)
    assert (row.file_name, row.size_bytes, row.people_count) == ("list.txt", 3, 1)
    assert row.sha256 == facts_of(path).sha256
    assert messages.current is not None
    assert messages.current.text == f"Saved “list.txt” to {tmp_path}."
    assert (messages.current.action_text, messages.current.also_text) == (
        "Open the folder",
        WHO_GETS,
    )
    newest = desk.store.latest_change()
    assert newest is not None
    assert (newest.label, newest.is_final) == ("Save “list.txt” (list)", True)
    assert desk.undo_label == ""


def test_several_files_are_noted_as_one_change(
    desk: Desk, qtbot: Any, window: QWidget, tmp_path: Path
) -> None:
    def write(_progress: Any) -> list[Path]:
        paths = [tmp_path / f"{number}.txt" for number in range(3)]
        for path in paths:
            path.write_text(path.name)
        return paths

    before = len(desk.store.changes())
    save_out(
        desk, "Saving", write, lambda paths: [(path, Going(LeftKind.DOCUMENT)) for path in paths],
        owner=window, say=lambda paths: Said(f"Saved {len(paths)}."),
    )  # fmt: skip
    done(desk, qtbot)
    assert len(noted(desk.store)) == 3
    assert len(desk.store.changes()) == before + 1


def test_who_gets_it_is_asked_from_the_message_and_may_be_undone(
    desk: Desk, qtbot: Any, window: QWidget, tmp_path: Path, messages: Messages, theme: Any
) -> None:
    line = StatusLine(messages, theme, window)
    line.show()
    save_out(desk, "Saving", writing(tmp_path / "list.txt"), Going(LeftKind.COPY), owner=window)
    done(desk, qtbot)
    (who,) = [b for b in line.findChildren(QAbstractButton) if b.text() == WHO_GETS]
    who.click()
    (dialog,) = [each for each in window.children() if hasattr(each, "form")]
    dialog.form.set_value("to_whom", "Internal audit")
    dialog.form.set_value("purpose", "Sample of files")
    dialog.panel.submit()
    done(desk, qtbot)
    (row,) = noted(desk.store)
    assert row.given == GivenTo("Internal audit", "Sample of files")
    assert desk.undo_label == "Say who gets “list.txt”"
    desk.undo()
    assert noted(desk.store)[0].given == GivenTo()


def test_who_got_files_before_is_offered(
    desk: Desk, qtbot: Any, window: QWidget, tmp_path: Path
) -> None:
    save_out(desk, "Saving", writing(tmp_path / "list.txt"), Going(LeftKind.COPY), owner=window)
    done(desk, qtbot)
    key = noted(desk.store)[0].id
    with desk.store.change("Say") as session:
        leaving.say_who_gets(session, key, GivenTo("LOTI"))
    dialog = ask_who_gets(desk, [key], (window,))
    assert dialog is not None
    assert [words for _, words in dialog.form.input("to_whom")._pairs] == ["LOTI"]
    dialog.form.set_value("to_whom", "x" * 201)
    dialog.panel.submit()
    assert dialog.isVisible()
    assert noted(desk.store)[0].given.to_whom == "LOTI"


def test_two_who_say_it_at_once_choose_what_stays(
    desk: Desk, qtbot: Any, window: QWidget, tmp_path: Path
) -> None:
    save_out(desk, "Saving", writing(tmp_path / "list.txt"), Going(LeftKind.COPY), owner=window)
    done(desk, qtbot)
    key = noted(desk.store)[0].id
    dialog = ask_who_gets(desk, [key], (window,))
    assert dialog is not None
    with desk.store.change("Say") as session:
        leaving.say_who_gets(session, key, GivenTo("LOTI", "Asked"))
    dialog.form.set_value("to_whom", "Audit")
    dialog.panel.submit()
    (asking,) = dialog.findChildren(ConflictDialog)
    asking.chosen.emit(frozenset({"to_whom"}))
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert noted(desk.store)[0].given == GivenTo("Audit", "Asked")


def test_a_desk_that_is_open_to_read_only_says_that_nothing_is_noted(
    desk_on: Any, desk_with_team: Any, qtbot: Any, window: QWidget, tmp_path: Path,
    messages: Messages,
) -> None:  # fmt: skip
    store = open_store(desk_with_team.path, read_only=True)
    desk = desk_on(store)
    path = tmp_path / "list.txt"
    save_out(desk, "Saving", writing(path), Going(LeftKind.LIST, count=0), owner=window)
    done(desk, qtbot)
    assert path.exists()
    assert noted(store) == ()
    assert messages.current is not None
    assert messages.current.text.endswith(NOT_NOTED)
    assert messages.current.also_text == ""


def test_a_file_that_is_gone_before_it_is_noted_is_said(
    desk: Desk, qtbot: Any, window: QWidget, tmp_path: Path, messages: Messages
) -> None:
    gone = tmp_path / "gone.txt"
    save_out(desk, "Saving", lambda _progress: gone, Going(LeftKind.COPY), owner=window)
    done(desk, qtbot)
    assert noted(desk.store) == ()
    assert "could not be noted under “What left”" in str(messages.current_problem)


def test_what_could_not_be_written_is_not_noted(
    desk: Desk, qtbot: Any, window: QWidget, messages: Messages
) -> None:
    def write(_progress: Any) -> Path:
        raise Problem("The disk is full.")

    save_out(desk, "Saving", write, Going(LeftKind.COPY), owner=window)
    done(desk, qtbot)
    assert noted(desk.store) == ()
    assert str(messages.current_problem) == "The disk is full."


def test_a_file_is_known_again_by_its_bytes_alone(
    desk: Desk, qtbot: Any, window: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "list.txt"
    save_out(desk, "Saving", writing(path), Going(LeftKind.COPY), owner=window)
    done(desk, qtbot)
    path.rename(tmp_path / "renamed.txt")
    found = compare_file(desk.store, tmp_path / "renamed.txt")
    assert [row.file_name for row in found.same] == ["list.txt"]
    (tmp_path / "renamed.txt").write_bytes(b"Ada.")
    assert compare_file(desk.store, tmp_path / "renamed.txt").same == ()
    with pytest.raises(Problem, match=r"“nowhere\.txt” could not be read"):
        compare_file(desk.store, tmp_path / "nowhere.txt")
