"""The file of a desk as a person meets it: its place, second files, somebody else, damage."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from apprentice_desk import settings
from apprentice_desk.domain.problems import Damaged, Problem
from apprentice_desk.domain.two_logs import Turn
from apprentice_desk.records import doors, organisation
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import derive, fresh_key
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping.attempts import attempts_at
from apprentice_desk.safekeeping.backup import make_backup
from apprentice_desk.safekeeping.vault import protect
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.shell import backing_up, following, looking_round
from apprentice_desk.ui.shell.crash import CrashHook
from apprentice_desk.ui.shell.damaged import DamagedDialog
from apprentice_desk.ui.shell.in_use import InUse
from ui.starting import NovemberClock

PAGE = 4096
PASSPHRASE = "marmalade on toast"
an_open_file_may_go = pytest.mark.skipif(
    sys.platform == "win32", reason="there a file that is open keeps its name and place"
)


@pytest.fixture
def desk_path(desk_with_team: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk that is no sample, in a folder that looks like OneDrive's."""
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setattr(looking_round, "_LATER_MS", 0)
    monkeypatch.setattr(following, "_EVERY_MS", 20)
    folder = tmp_path / "OneDrive - Exampleton"
    folder.mkdir()
    path = Path(shutil.copy(desk_with_team.path, folder / "hackney.desk"))
    with closing(doors.open_file(path, "rw")) as file, file:
        file.execute("UPDATE organisation SET is_sample = 0")
        file.commit()
    file.close()
    return path


def rename(path: Path, team: str) -> None:
    store = open_store(path, person="Grace Park")
    change(store, team)
    store.close()


def change(store: Store, team: str) -> None:
    with store.change(f"Call the team {team}") as session:
        organisation.rename_team(session, team)


def spoil(path: Path, table: str) -> None:
    with closing(doors.open_file(path, "ro")) as file, file:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        page = int(file.execute(query, (table,)).fetchone()[0])
    file.close()
    overwrite(path, (page - 1) * PAGE, b"\xff" * PAGE)


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def banner(program: Any, qtbot: Any) -> Any:
    qtbot.waitUntil(lambda: program.messages.current_problem is not None)
    return program.messages.current_problem


def dialog(kind: type[Any], qtbot: Any) -> Any:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def idle(program: Any, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: program.window.desk is not None)
    qtbot.waitUntil(lambda: not program.window.desk.jobs.is_busy)


def location(program: Any) -> str:
    desk = program.window.desk
    return "" if desk is None else str(desk.store.location)


# --- where it stands ------------------------------------------------------------------------------


def test_a_synced_folder_is_told_of_once(start: Any, desk_path: Path, qtbot: Any) -> None:
    program = start(str(desk_path))
    said = banner(program, qtbot)
    assert said.text.startswith("hackney.desk is in a folder named like that of OneDrive")
    said.action()
    assert program.window.shown == "safekeeping"
    assert program.window.page("safekeeping").shown_part == "place"
    idle(program, qtbot)
    part = program.window.page("safekeeping").part("place")
    assert part.what.text() == said.text
    program.opener.close_desk()
    program.messages.dismiss()
    program.open(str(desk_path))
    idle(program, qtbot)
    watch = program.window.desk.findChild(looking_round.Watching)
    with qtbot.waitSignal(watch.looked):
        watch.begin()
    assert program.messages.current_problem is None, "it was told before"


def test_what_is_told_is_kept_for_the_next_start(start: Any, desk_path: Path, qtbot: Any) -> None:
    program = start(str(desk_path))
    banner(program, qtbot)
    assert settings.load().told == (f"synced OneDrive {desk_path}",)


def test_the_sample_is_not_watched(start: Any, desk_path: Path, qtbot: Any) -> None:
    with closing(doors.open_file(desk_path, "rw")) as file, file:
        file.execute("UPDATE organisation SET is_sample = 1")
        file.commit()
    file.close()
    program = start(str(desk_path))
    idle(program, qtbot)
    for _ in range(5):
        QApplication.processEvents()
    assert program.messages.current_problem is None
    assert settings.load().told == ()


def test_a_backup_is_opened_to_read_only_and_restored_from_there(
    start: Any, desk_path: Path, tmp_path: Path, qtbot: Any
) -> None:
    copy = make_backup(desk_path, None, NovemberClock().now()).path
    desk_path.unlink()  # lost: nothing but the backup is left
    program = start(str(copy))
    said = banner(program, qtbot)
    assert "is a backup of hackney.desk, so it was not opened for changes" in said.text
    assert program.window.desk is None
    said.action()
    idle(program, qtbot)
    assert program.window.desk.store.is_read_only
    program.window.go(OpenPage("safekeeping", "backups"))
    part = program.window.page("safekeeping").part("backups")
    qtbot.waitUntil(lambda: part.model.rowCount() == 1)
    idle(program, qtbot)
    (line,) = part.model.shown
    assert line.backup.path == copy
    part._ask_where(line.backup, None)
    (offered,) = map(Path, part.file_dialog.selectedFiles())
    part.file_dialog.close()
    assert offered.parent == desk_path.parent, "beside where the desk was, and not among backups"
    to = tmp_path / "again.desk"
    part.restore_to(line.backup, None, to)
    qtbot.waitUntil(lambda: location(program) == str(to))
    idle(program, qtbot)
    assert not program.window.desk.store.is_read_only


def test_a_problem_that_stands_there_is_not_covered(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    """There is one banner: what is told of the place waits until it is free."""
    shutil.copy(desk_path, desk_path.with_name("hackney (1).desk"))
    program = start(str(desk_path))
    first = banner(program, qtbot)
    idle(program, qtbot)
    assert program.messages.current_problem is first
    program.messages.dismiss()
    assert "hackney (1).desk" in program.messages.current_problem.text


# --- the clock ------------------------------------------------------------------------------------


def save_later(path: Path, at: str) -> None:
    """Let the newest but one change be dated *at*, as by a computer whose clock was wrong."""
    rename(path, "Ahead")
    rename(path, "Right again")
    with doors.open_file(path, "rw") as file:
        file.execute(
            "UPDATE change_log SET recorded_at = ?"
            " WHERE number = (SELECT max(number) - 1 FROM change_log)",
            (at,),
        )
        file.commit()
    file.close()


def test_a_clock_behind_what_was_saved_is_told_of_once(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    save_later(desk_path, "2099-03-01T09:00:00.000000+00:00")
    program = start(str(desk_path))
    said = banner(program, qtbot)
    assert said.text.startswith("This computer's clock says ")
    assert "and the latest change in hackney.desk is of 1 Mar 2099, 09:00." in said.text
    assert "date and time of this computer" in said.remedy
    idle(program, qtbot)
    program.messages.dismiss()
    assert "OneDrive" in banner(program, qtbot).text, "one thing at a time"
    program.opener.close_desk()
    program.messages.dismiss()
    program.open(str(desk_path))
    idle(program, qtbot)
    watch = program.window.desk.findChild(looking_round.Watching)
    with qtbot.waitSignal(watch.looked):
        watch.begin()
    idle(program, qtbot)
    assert program.messages.current_problem is None, "it was told before"


def test_a_clock_that_is_right_is_not_spoken_of(start: Any, desk_path: Path, qtbot: Any) -> None:
    rename(desk_path, "Just now")
    program = start(str(desk_path))
    assert "OneDrive" in banner(program, qtbot).text
    idle(program, qtbot)
    program.messages.dismiss()
    assert program.messages.current_problem is None


# --- second files ---------------------------------------------------------------------------------


def place_part(program: Any, qtbot: Any) -> Any:
    program.window.show_page("safekeeping")
    page = program.window.page("safekeeping")
    page.show_part("place")
    part = page.part("place")
    qtbot.waitUntil(lambda: part._found is not None)
    return part


def test_a_second_file_is_compared_and_opened_to_read(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    other = Path(shutil.copy(desk_path, desk_path.with_name("hackney-DESKTOP-AB12.desk")))
    rename(desk_path, "Here")
    rename(other, "There")
    program = start(str(desk_path))
    part = place_part(program, qtbot)
    assert part.count == 1
    part.table.choose(other)
    part.start_comparing()
    qtbot.waitUntil(lambda: part.dialog is not None)
    shown = part.dialog
    assert shown.two.turn is Turn.PARTED
    assert [row.line.label for row in shown._model.shown] == [
        "Call the team There",
        "Call the team Here",
    ]
    assert shown.clashes == "1 record was changed in both: look at that first."
    before = other.read_bytes()
    shown.read.click()
    qtbot.waitUntil(
        lambda: program.window.desk is not None and program.window.desk.store.location == str(other)
    )
    assert program.window.desk.store.is_read_only
    assert other.read_bytes() == before


def test_one_under_another_passphrase_is_asked_for_it(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    other = Path(shutil.copy(desk_path, desk_path.with_name("hackney (1).desk")))
    protect(other, None, fresh_key(PASSPHRASE))
    program = start(str(desk_path))
    part = place_part(program, qtbot)
    program.messages.dismiss()
    idle(program, qtbot)
    program.messages.dismiss()
    part.table.choose(other)
    for typed, opens in (("something else", False), (PASSPHRASE, True)):
        part.dialog = None
        part.start_comparing()
        asked = part.dialog
        asked.form.set_value("passphrase", typed)
        asked.panel.submit()
        if opens:
            qtbot.waitUntil(lambda: getattr(part.dialog, "two", None) is not None)
            assert part.dialog.two.turn is Turn.SAME
        else:
            assert "does not open hackney (1).desk" in banner(program, qtbot).text
            program.messages.dismiss()
            qtbot.waitUntil(lambda: attempts_at(str(other)).seconds_left == 0)


# --- two programs on one desk ---------------------------------------------------------------------


def test_who_comes_second_reads_and_sees_what_is_saved(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    writer = open_store(desk_path, person="Grace Park")
    program = start(str(desk_path))
    asked = dialog(InUse, qtbot)
    assert asked.take_over.isHidden(), "the system's own lock says that it is in use"
    asked.confirm.click()
    idle(program, qtbot)
    desk = program.window.desk
    assert desk.store.is_read_only
    change(writer, "Anders")
    with qtbot.waitSignal(desk.changed) as heard:
        pass
    assert heard.args[0].label == "Call the team Anders"
    assert desk.organisation.team == "Anders"
    qtbot.waitUntil(lambda: program.messages.current is not None)
    assert program.messages.current.text == (
        "Grace Park saved “Call the team Anders”; you see it here."
    )
    assert desk.undo_label == "", "what somebody else did is theirs to undo"
    writer.close()


def test_a_mark_of_another_computer_can_be_taken_over(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    lock = desk_path.with_name("hackney.desk.lock")
    theirs = {"person": "Grace", "computer": "PC-17", "since": "2026-11-23T16:00:00+00:00"}
    lock.write_text(json.dumps(theirs))
    program = start(str(desk_path))
    asked = dialog(InUse, qtbot)
    asked.take_over.click()
    assert json.loads(lock.read_text()) == theirs, "only asked so far"
    asked.question.confirm.click()
    idle(program, qtbot)
    assert not program.window.desk.store.is_read_only
    assert json.loads(lock.read_text())["computer"] != "PC-17"


def read_only(start: Any, path: Path, qtbot: Any) -> Any:
    program = start("")
    program.open(str(path), read_only=True)
    idle(program, qtbot)
    banner(program, qtbot)
    program.messages.dismiss()
    return program


@an_open_file_may_go
def test_a_file_that_was_replaced_is_said_to_be_old_and_opened_again(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    """SQLite would go on reading the file that is not there any more."""
    program = read_only(start, desk_path, qtbot)
    fresh = Path(shutil.copy(desk_path, desk_path.with_name("fresh")))
    rename(fresh, "Brought")
    fresh.replace(desk_path)
    said = banner(program, qtbot)
    assert said.text.startswith("What you see is old: hackney.desk was replaced")
    program.messages.dismiss()
    former = program.window.desk
    said.action()
    qtbot.waitUntil(lambda: program.window.desk not in (None, former))
    assert program.window.desk.organisation.team == "Brought"


@an_open_file_may_go
def test_a_drive_that_is_away_is_said_once_and_taken_back(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    program = read_only(start, desk_path, qtbot)
    follows = program.window.desk.findChild(following.Following)
    desk_path.rename(desk_path.with_name("away"))
    said = banner(program, qtbot)
    assert said.text == "What you see is from 09:00: hackney.desk cannot be read just now."
    assert follows.is_old
    desk_path.with_name("away").rename(desk_path)
    qtbot.waitUntil(lambda: not follows.is_old)
    assert program.messages.current_problem is None
    assert "can be read again" in program.messages.current.text


def test_a_desk_of_ones_own_is_not_followed(start: Any, desk_path: Path, qtbot: Any) -> None:
    program = start(str(desk_path))
    follows = program.window.desk.findChild(following.Following)
    assert not follows._timer.isActive()


def test_a_locked_desk_is_left_alone(start: Any, desk_path: Path, qtbot: Any) -> None:
    """Nobody can read it, so that it is old is not said either."""
    protect(desk_path, None, fresh_key(PASSPHRASE))
    key = derive(PASSPHRASE, desk_path.read_bytes()[:16])
    program = start("")
    program.open(str(desk_path), read_only=True, key=key)
    idle(program, qtbot)
    banner(program, qtbot)
    program.messages.dismiss()
    desk = program.window.desk
    follows = desk.findChild(following.Following)
    desk.store.lock()
    follows.look()
    assert not follows._is_looking
    desk_path.rename(desk_path.with_name("away"))
    follows._on_failed(Problem("It cannot be read."))
    assert program.messages.current_problem is None
    desk_path.with_name("away").rename(desk_path)
    desk.store.unlock(key)


# --- damage ---------------------------------------------------------------------------------------


def back_up(path: Path, key: Any = None) -> Path:
    return make_backup(path, key, NovemberClock().now()).path


def test_a_damaged_desk_offers_its_newest_good_backup(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    back_up(desk_path)
    rename(desk_path, "Afterwards")
    spoil(desk_path, "alembic_version")
    before = desk_path.read_bytes()
    program = start("")
    program.open(str(desk_path))
    shown = dialog(DamagedDialog, qtbot)
    assert [line.label for line in shown.rescue.missing] == ["Call the team Afterwards"]
    assert shown.read_button.isHidden(), "it does not open"
    shown.restore_button.click()
    idle(program, qtbot)
    assert program.window.desk.store.name == "hackney restored 2026-11-24.desk"
    assert not program.window.desk.store.is_read_only
    assert desk_path.read_bytes() == before


def test_damage_inside_is_found_after_opening(start: Any, desk_path: Path, qtbot: Any) -> None:
    back_up(desk_path)
    spoil(desk_path, "off_the_job_entry")
    before = desk_path.read_bytes()
    program = start("")
    program.open(str(desk_path))
    qtbot.waitUntil(lambda: program.window.desk is not None)
    shown = dialog(DamagedDialog, qtbot)
    assert not shown.read_button.isHidden()
    shown.shut.click()
    said = program.messages.current_problem
    assert said.action_text == "See what can be done"
    said.action()
    dialog(DamagedDialog, qtbot).read_button.click()
    qtbot.waitUntil(
        lambda: program.window.desk is not None and program.window.desk.store.is_read_only
    )
    assert desk_path.read_bytes() == before
    dialog_again = dialog(DamagedDialog, qtbot)  # it is damaged still
    dialog_again.shut.click()


@pytest.fixture
def only_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the check behind the window nor a backup comes across damage."""
    monkeypatch.setattr(looking_round, "_LATER_MS", 3_600_000)
    monkeypatch.setattr(backing_up, "AFTER_OPENING_MS", 3_600_000)


def test_damage_that_a_page_meets_offers_the_backup_at_once(
    start: Any, desk_path: Path, qtbot: Any, only_reads: None
) -> None:
    back_up(desk_path)
    spoil(desk_path, "left_file")
    program = start(str(desk_path))
    idle(program, qtbot)
    assert program.messages.current_problem is None, "nothing has read that part yet"
    go_there = partial(program.window.go, OpenPage("safekeeping", "ledger"))
    QTimer.singleShot(0, go_there)  # as from a click: what a page raises goes to Qt
    shown = dialog(DamagedDialog, qtbot)
    assert shown.rescue.backup is not None
    shown.shut.click()
    said = program.messages.current_problem
    assert (said.tone, said.action_text) == ("danger", "See what can be done")
    (hook,) = program.window.findChildren(CrashHook)
    assert hook.dialogs == [], "damage is no fault of the program's"
    assert program.window.page("safekeeping").part("ledger").is_stale, "it is tried again"
    program.messages.dismiss()
    program.window.show_page("today")
    program.window.page("safekeeping").note_stale()
    program.window.show_page("safekeeping")
    again = banner(program, qtbot)
    assert again.action_text == "See what can be done", "the way out is offered each time"
    assert QApplication.activeModalWidget() is None, "and the dialog once"
    again.action()
    dialog(DamagedDialog, qtbot).restore_button.click()
    qtbot.waitUntil(
        lambda: (
            program.window.desk is not None
            and program.window.desk.store.name == "hackney restored 2026-11-24.desk"
        )
    )
    idle(program, qtbot)
    assert program.messages.way_out(Damaged("It is damaged.", "", desk_path)) is None


def test_damage_without_any_help_is_said_in_the_banner(
    start: Any, desk_path: Path, qtbot: Any
) -> None:
    overwrite(desk_path, 0, bytes(PAGE))
    program = start("")
    program.open(str(desk_path))
    assert "Its beginning is empty." in banner(program, qtbot).text
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("at", [0, 1_000], ids=["the salt", "the first page"])
def test_a_right_passphrase_on_a_damaged_file_leads_to_its_backup(
    start: Any, desk_path: Path, qtbot: Any, at: int
) -> None:
    key = fresh_key(PASSPHRASE)
    protect(desk_path, None, key)
    back_up(desk_path, key)
    overwrite(desk_path, at, os.urandom(16))
    before = desk_path.read_bytes()
    program = start("")
    program.open(str(desk_path))
    qtbot.waitUntil(lambda: program.window.furniture.first_look is not None)
    asked = program.window.furniture.first_look
    asked.passphrase.input.write("something else")
    asked.submit()
    qtbot.waitUntil(lambda: bool(asked._attempts.seconds_left))
    assert QApplication.activeModalWidget() is None, "a wrong one is a wrong one"
    qtbot.waitUntil(lambda: not asked._attempts.seconds_left)
    asked.passphrase.input.write(PASSPHRASE)
    asked.submit()
    shown = dialog(DamagedDialog, qtbot)
    assert "passphrase is right" in shown.problem.what
    shown.restore_button.click()
    idle(program, qtbot)
    assert program.window.desk.store.name == "hackney restored 2026-11-24.desk"
    assert program.window.desk.store.key == key
    assert desk_path.read_bytes() == before


def test_the_check_can_be_asked_for(start: Any, desk_path: Path, qtbot: Any) -> None:
    program = start(str(desk_path))
    part = place_part(program, qtbot)
    part.start_checking()
    qtbot.waitUntil(lambda: part.health.text().startswith("The file is sound"))
    spoil(desk_path, "off_the_job_entry")
    part.start_checking()
    dialog(DamagedDialog, qtbot).shut.click()
    assert "hackney.desk is damaged" in part.health.text()
