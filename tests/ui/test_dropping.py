"""Files dropped anywhere onto the window: told by content, taken where they belong, or refused."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk import settings
from apprentice_desk.app.program import Program
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.imports import log_sheets, reading
from apprentice_desk.imports.log_sheets import Log, LogPerson
from apprentice_desk.records.desks import open_store
from apprentice_desk.returns import receipts
from apprentice_desk.returns.merge import merge
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.workbook import write
from apprentice_desk.ui.kit.dialogs import Question
from apprentice_desk.ui.placing.coming_in import ImportDialog
from apprentice_desk.ui.shell.arriving import Arrived, tell
from apprentice_desk.ui.shell.dropping import KindQuestion
from returns.making import HACKNEY, content
from ui import placed
from ui.starting import NovemberClock

PEOPLE = (
    "Apprentice name,ULN,Planned start date,Training course\nAda Obi,1000000035,Sep 2025,Data\n"
)
REGISTER = (
    "Contract ref,Contract name,Supplier,Standard,Start date,End date,Contract value\n"
    "X-1,Digital,Thamesbank College,ST0116,01/04/2025,31/03/2027,150000\n"
)
HOURS = "Apprentice,Date,Time spent,Activity\nAda Obi,03/08/2026,2:30,Workshop\n"


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with one of each, under names that say nothing or something else."""
    folder = tmp_path / "dropped"
    (folder / "sent in").mkdir(parents=True)
    (folder / "return.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "list.json").write_text(HOURS, encoding="utf-8")
    (folder / "list.json").rename(folder / "b.csv")
    write(content(HACKNEY), load(), folder / "sent in" / "apprentices.xlsx")
    (receipt,) = receipts.make(merge([folder / "sent in"], schema=load()))
    receipts.write(receipt, folder / "c.json")
    (folder / "c.json").rename(folder / "receipt.desk")
    (folder / "calendar.txt").write_text("\ufeffbegin:vcalendar\nEND:VCALENDAR\n", "utf-8")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (folder / "columns.json").write_text('{"format": "columns"}', encoding="utf-8")
    return folder


@pytest.fixture
def sample_desk(tmp_path: Path, copy_sample: Any) -> Path:
    today = NovemberClock().today()
    return Path(copy_sample(tmp_path / "sampleford.desk", today, "sampleford.toml"))


def told(*paths: Path, open_desk: str = "") -> tuple[Arrived, tuple[str, ...]]:
    arrival = tell([str(path) for path in paths], open_desk, Progress())
    return arrival.what, arrival.kinds


def test_files_are_told_by_what_is_in_them(files: Path, desk_file: Path) -> None:
    shutil.copy(desk_file, files / "a.xlsx")
    assert told(files / "a.xlsx") == (Arrived.DESK, ())
    assert told(files / "return.csv") == (Arrived.LIST, ("apprentices",))
    assert told(files / "b.csv") == (Arrived.LIST, ("hours",))
    (files / "b.csv").write_text(REGISTER, encoding="utf-8")
    assert told(files / "b.csv") == (Arrived.LIST, ("contracts",))
    assert told(files / "sent in" / "apprentices.xlsx") == (Arrived.RETURNS, ())
    assert told(files / "sent in") == (Arrived.RETURNS, ())
    assert told(files / "receipt.desk") == (Arrived.RECEIPTS, ())
    assert told(files / "calendar.txt") == (Arrived.CALENDAR, ())


def test_a_receipt_with_the_return_that_came_back_is_a_receipt(files: Path) -> None:
    paths = [str(files / "sent in" / "apprentices.xlsx"), str(files / "receipt.desk")]
    arrival = tell(paths, "", Progress())
    assert (arrival.what, arrival.paths) == (Arrived.RECEIPTS, (paths[1],))


def database_of_another_program(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table thing (name)")
        other.commit()
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda files: [files / "letter.pdf"], "letter.pdf"),
        (lambda files: [files / "columns.json"], "is not a receipt"),
        (lambda files: [files / "gone.xlsx"], "could not be read"),
        (lambda files: [database_of_another_program(files / "x.desk")], "another program"),
        (lambda files: [files / "return.csv", files / "b.csv"], "each is a list"),
        (lambda files: [files / "calendar.txt"] * 2, "each is a calendar"),
        (lambda files: [files / "return.csv", files / "sent in"], "a list and returns"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    make: Callable[[Path], list[Path]], words: str, files: Path
) -> None:
    with pytest.raises(Problem) as refused:
        told(*make(files))
    assert words in str(refused.value)
    assert refused.value.remedy


def test_a_table_that_is_no_list_is_refused_with_what_a_list_needs(files: Path) -> None:
    (files / "prices.csv").write_text("Item,Price\nChair,12.00\nLamp,8.00\n", encoding="utf-8")
    with pytest.raises(Problem) as refused:
        told(files / "prices.csv")
    assert "neither a list of apprentices, contracts or payments nor a log of hours" in str(
        refused.value
    )
    assert "needs columns for" in refused.value.remedy


def test_a_folder_without_returns_is_refused(files: Path) -> None:
    (files / "empty").mkdir()
    (files / "empty" / "damaged.xlsx").write_bytes(b"PK")
    (files / "empty" / "list.csv").write_text(PEOPLE, encoding="utf-8")
    with pytest.raises(Problem, match="There is no return in the folder “empty”"):
        told(files / "empty")


def test_a_list_that_can_be_both_says_so(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "find_table", lambda _source, _kind: None)
    assert told(files / "b.csv") == (Arrived.LIST, ("apprentices", "hours", "contracts"))


def test_looking_at_the_desk_that_is_open_leaves_its_locks_alone(
    desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(desk_file, person="Tess")
    try:

        def never(*_args: Any, **_named: Any) -> None:
            raise AssertionError("the file was opened beside the store")

        monkeypatch.setattr(Path, "open", never)
        assert told(desk_file, open_desk=store.location) == (Arrived.DESK, ())
    finally:
        store.close()


# onto the window


def drop(program: Program, *urls: str | Path, over: QWidget | None = None) -> bool:
    """Drag files over the window and let them go, as the window system would."""
    window = program.window
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(u)) if isinstance(u, Path) else QUrl(u) for u in urls])
    what.setText(" ".join(map(str, urls)))
    middle = over.mapTo(window, over.rect().center()) if over else window.rect().center()
    how = (Qt.DropAction.CopyAction, what, Qt.MouseButton.LeftButton)
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(middle), *how, none)
    entering.ignore()
    QApplication.sendEvent(window.windowHandle(), entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(middle), *how, none))
    return True


def hours_of_somebody(program: Program, qtbot: Any) -> Any:
    """Show the details of an entry of this week, all of them in sight."""
    window = program.window
    window.resize(1440, 1500)
    window.show_page("hours")
    page: Any = window.page("hours")
    qtbot.waitUntil(lambda: bool(page.week.model.people))
    (entry, *_) = page.week.model.unverified(page.week.model.people)
    page.week.table.go_to(Cell(entry.apprenticeship_id, entry.done_on))
    page.area.ensureWidgetVisible(page.week.details)
    return page.week.details


def test_a_list_goes_to_the_import(start: Any, desk_file: Path, files: Path, qtbot: Any) -> None:
    program = start(str(desk_file))
    assert drop(program, files / "b.csv")
    qtbot.waitUntil(lambda: program.window.shown == "imports")
    page = program.window.page("imports")
    qtbot.waitUntil(lambda: page.journey.table is not None)
    assert str(page.journey.kind) == "hours"
    assert page.journey.table.file_name == "b.csv"


def test_what_is_dropped_onto_the_evidence_is_attached_and_not_imported(
    start: Any, sample_desk: Path, files: Path, qtbot: Any
) -> None:
    program = start(str(sample_desk))
    window = program.window
    part = hours_of_somebody(program, qtbot).evidence
    page = window.page("hours")
    qtbot.waitUntil(part.attach.isVisible)
    assert drop(program, files / "b.csv", over=part)
    qtbot.waitUntil(lambda: part.model.total == 1)
    assert part.model.row(0).file_name == "b.csv"
    assert window.shown == "hours"
    assert drop(program, files / "b.csv", over=page.header)
    qtbot.waitUntil(lambda: window.shown == "imports")


def test_an_unclear_list_is_asked_about(
    start: Any, desk_file: Path, files: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start(str(desk_file))
    find_table = reading.find_table
    monkeypatch.setattr(reading, "find_table", lambda _source, _kind: None)
    assert drop(program, files / "return.csv")
    qtbot.waitUntil(lambda: bool(program.window.findChildren(KindQuestion)))
    (question,) = program.window.findChildren(KindQuestion)
    assert list(question.kinds) == ["apprentices", "hours", "contracts"]
    assert not drop(program, files / "b.csv"), "nothing is taken while a dialog is open"
    monkeypatch.setattr(reading, "find_table", find_table)
    question.kinds["apprentices"].click()
    page = program.window.page("imports")
    qtbot.waitUntil(lambda: page.journey.table is not None)
    assert str(page.journey.kind) == "apprentices"


def test_returns_and_folders_of_them_go_to_merge(
    start: Any, desk_file: Path, files: Path, qtbot: Any
) -> None:
    program = start(str(desk_file))
    assert drop(program, files / "sent in")
    qtbot.waitUntil(lambda: program.window.shown == "merge")
    page = program.window.page("merge")
    qtbot.waitUntil(lambda: len(page._incoming.received) == 1)


def test_a_receipt_goes_to_returns(start: Any, desk_file: Path, files: Path, qtbot: Any) -> None:
    program = start(str(desk_file))
    assert drop(program, files / "receipt.desk")
    qtbot.waitUntil(lambda: program.window.shown == "returns")
    said = program.messages
    qtbot.waitUntil(lambda: said.current_problem is not None)
    assert "Hackney" in said.current_problem.text, "it was read: it is another borough's"


def test_a_filled_log_is_looked_at_under_papers(
    start: Any, desk_file: Path, files: Path, qtbot: Any
) -> None:
    program = start(str(desk_file))
    people = (LogPerson(UUID(int=1), "Ada Obi"),)
    span = Period(date(2026, 8, 1), date(2026, 9, 30))
    log = Log(UUID(int=7), "Exampleton", True, datetime(2026, 8, 1, tzinfo=UTC), span, people, ())
    log_sheets.write(files / "holiday.xlsx", log)
    assert told(files / "holiday.xlsx") == (Arrived.LOG, ())
    assert drop(program, files / "holiday.xlsx")
    qtbot.waitUntil(lambda: program.window.shown == "papers")
    said = program.messages
    qtbot.waitUntil(lambda: said.current_problem is not None)
    assert "is in this desk" in said.current_problem.text, "it was read: it is another desk's"


def test_a_desk_opens_after_what_is_typed_was_asked_about(
    start: Any, sample_desk: Path, desk_file: Path, qtbot: Any
) -> None:
    other = desk_file
    program = start(str(sample_desk))
    details = hours_of_somebody(program, qtbot)
    details.form.set_value("what", "Half a sen")
    assert program.window.page("hours").has_unsaved_changes
    # In the middle evidence may stand, which takes files itself.
    assert drop(program, other, over=program.window.furniture.navigation)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(Question)))
    (question,) = program.window.findChildren(Question)
    assert program.window.desk.store.location == str(sample_desk)
    with qtbot.waitSignal(program.ready):
        question.confirm.click()
    assert program.window.desk.store.location == str(other)


def test_without_a_desk_a_desk_opens_and_a_list_is_told_to_wait(
    start: Any, desk_file: Path, files: Path, qtbot: Any
) -> None:
    program = start()
    furniture = program.window.furniture
    qtbot.waitUntil(lambda: bool(furniture.welcome))
    assert drop(program, files / "b.csv")
    qtbot.waitUntil(lambda: program.messages.current_problem is not None)
    assert "No desk is open" in program.messages.current_problem.text
    with qtbot.waitSignal(program.ready):
        assert drop(program, desk_file)
    assert program.window.desk.store.location == str(desk_file)


def test_a_desk_open_to_read_only_takes_no_list(
    start: Any, desk_file: Path, files: Path, qtbot: Any
) -> None:
    program = start()
    with qtbot.waitSignal(program.ready):
        program.open(str(desk_file), read_only=True)
    assert drop(program, files / "b.csv")
    qtbot.waitUntil(lambda: program.messages.current_problem is not None)
    assert "read only" in program.messages.current_problem.text
    assert program.window.shown != "imports"


def test_what_is_nothing_of_ours_is_refused_in_the_banner(
    start: Any, desk_file: Path, files: Path, qtbot: Any
) -> None:
    program = start(str(desk_file))
    assert drop(program, files / "letter.pdf")
    qtbot.waitUntil(lambda: program.messages.current_problem is not None)
    assert "letter.pdf" in program.messages.current_problem.text


def test_a_field_never_takes_a_file_for_words(
    start: Any, sample_desk: Path, files: Path, qtbot: Any
) -> None:
    program = start(str(sample_desk))
    details = hours_of_somebody(program, qtbot)
    before = details.form.value("what")
    assert drop(program, files / "b.csv", over=details.form.input("what").target)
    qtbot.waitUntil(lambda: program.window.shown == "imports")
    assert details.form.value("what") == before


def test_places_of_others_are_looked_through(
    start: Any, desk_file: Path, tmp_path: Path, qtbot: Any
) -> None:
    program = start(str(desk_file))
    file = placed.file_of(tmp_path, "camden", placed.camden())
    assert drop(program, file)
    qtbot.waitUntil(lambda: program.window.findChildren(ImportDialog) != [])
    assert program.window.shown == "placements"
    (dialog,) = program.window.findChildren(ImportDialog)
    assert dialog.confirm.text() == "Take in 4 lines"
    dialog.close()


def test_what_comes_from_the_web_or_is_only_words_is_left_to_the_window(
    start: Any, desk_file: Path, qtbot: Any
) -> None:
    program = start(str(desk_file))
    assert not drop(program, "https://example.org/return.xlsx")
    assert program.messages.current_problem is None


def test_while_files_are_over_the_window_it_says_what_becomes_of_them(
    start: Any, desk_file: Path, files: Path
) -> None:
    program = start(str(desk_file))
    window = program.window
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(files / "b.csv"))])
    entering = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        what,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window.windowHandle(), entering)
    hint = window._drops.hint
    assert hint.isVisible()
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())
    assert window._drops.hint is None
