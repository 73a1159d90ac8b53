"""Copies are made by themselves, hold nobody up, and what stands in the way is said once."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs_of_backups import Unsaved
from apprentice_desk.records import apprentices, leaving, organisation, providers
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.keys import derive
from apprentice_desk.safekeeping import backup
from apprentice_desk.safekeeping.ledger import note_left
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.jobs import Jobs
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import load_theme
from apprentice_desk.ui.shell import backing_up
from apprentice_desk.ui.shell.backing_up import BackingUp, copied_in_words
from apprentice_desk.ui.shell.furniture import StatusBar

KEY = derive("correct horse battery staple", b"sixteen bytes ok")


@dataclass
class MovingClock:
    """A clock that a test moves on."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))

    def today(self) -> date:
        return self.at.date()

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **span: int) -> None:
        self.at += timedelta(**span)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """A desk that is no sample, plain and protected; not to be opened."""
    made = {}
    for is_protected in (False, True):
        path = tmp_path_factory.mktemp("begun") / "hackney.desk"
        store = create_store(path, person="Tess Ter", key=KEY if is_protected else None)
        with store.change("Begin the desk", is_final=True) as session:
            organisation.begin(
                session,
                code="E09000012",
                name="Hackney",
                letters="HCK",
                team="Apprenticeships",
                is_sample=False,
            )
        store.close()
        made[is_protected] = path
    return made


@pytest.fixture
def opened(begun, tmp_path, qtbot, monkeypatch):
    """Open a desk with its BackingUp; give both, with what they share."""
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    messages, clock, theme = Messages(), MovingClock(), load_theme("light")
    keeping = BackingUp(messages, clock)
    desks: list[Desk] = []

    def open_it(
        *,
        protected: bool = False,
        read_only: bool = False,
        is_sample: bool = False,
        second: Path | None = None,
    ):
        path = tmp_path / "desks" / "hackney.desk"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            shutil.copy(begun[protected], path)
        store = open_store(path, read_only=read_only, key=KEY if protected else None)
        settings = Settings()
        if second is not None:
            settings = settings.with_second_place(str(path), str(second))
        whose = replace(store.read(organisation.organisation_row), is_sample=is_sample)
        desk = Desk(
            store, whose, None, Jobs(messages), messages,
            settings, clock, theme,
        )  # fmt: skip
        desks.append(desk)
        keeping.begin(desk)
        return SimpleNamespace(
            desk=desk, path=path, keeping=keeping, messages=messages, clock=clock,
            copies=lambda places=(): backup.backups_of(path, places),
        )  # fmt: skip

    yield open_it
    for desk in desks:
        desk.leaving.emit()
        desk.close()
    keeping.finish()


def add_provider(desk: Any, number: int = 1) -> None:
    with desk.store.change("Add a provider") as session:
        providers.add_provider(
            session, providers.ProviderDetails(f"Provider {number}", str(10_000_000 + number))
        )


def wait_for(qtbot: Any, keeping: BackingUp) -> None:
    qtbot.waitUntil(lambda: not keeping.is_copying)
    qtbot.waitUntil(lambda: keeping.is_settled)


def test_a_desk_is_copied_soon_after_it_was_opened_but_not_at_once(opened, qtbot):
    here = opened()
    assert not here.keeping.is_copying
    assert 1_000 <= backing_up.AFTER_OPENING_MS <= 10_000
    with qtbot.waitSignal(here.keeping.made):
        pass
    assert [backup.verify(each.path).number for each in here.copies()] == [1]


def test_an_encrypted_desk_is_copied_with_its_key(opened, qtbot):
    here = opened(protected=True)
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    (made,) = here.copies()
    assert backup.verify(made.path, KEY).is_protected


def test_every_hour_when_something_was_changed_and_only_then(opened, qtbot):
    here = opened()
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    here.clock.pass_by(hours=2)
    here.keeping.look()
    assert not here.keeping.is_copying, "nothing was changed"
    add_provider(here.desk)
    qtbot.waitUntil(lambda: here.keeping.is_changed)
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.look()
    add_provider(here.desk, 2)
    qtbot.waitUntil(lambda: here.keeping.is_changed)
    here.clock.pass_by(minutes=59)
    here.keeping.look()
    assert not here.keeping.is_copying, "the hour is not over"
    here.clock.pass_by(minutes=1)
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.look()
    assert [backup.verify(each.path).number for each in here.copies()] == [3, 2, 1]


def test_a_clock_that_was_turned_back_does_not_stop_it(opened, qtbot):
    here = opened()
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    add_provider(here.desk)
    qtbot.waitUntil(lambda: here.keeping.is_changed)
    here.clock.pass_by(days=-30)
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.look()
    assert len(here.copies()) == 2


def test_what_was_changed_is_copied_when_the_desk_is_left(opened, qtbot):
    here = opened()
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    here.clock.pass_by(hours=1)
    add_provider(here.desk)
    qtbot.waitUntil(lambda: here.keeping.is_changed)
    here.desk.leaving.emit()
    here.desk.close()
    here.keeping.finish()
    assert [backup.verify(each.path).number for each in here.copies()] == [2, 1]


def test_a_desk_in_which_nothing_was_changed_is_not_copied_again(opened, qtbot):
    for _turn in range(2):
        here = opened()
        here.keeping.copy()
        wait_for(qtbot, here.keeping)
        here.clock.pass_by(hours=5)
        here.desk.leaving.emit()
        here.desk.close()
        here.keeping.finish()
    assert len(here.copies()) == 1


def test_a_desk_that_is_only_read_is_not_copied(opened, qtbot):
    here = opened(read_only=True)
    here.keeping.copy()
    here.keeping.look()
    here.desk.leaving.emit()
    assert not here.keeping.is_copying
    assert here.copies() == ()


def test_the_sample_is_not_copied(opened, qtbot):
    here = opened(is_sample=True)
    add_provider(here.desk)
    here.keeping.copy()
    here.desk.leaving.emit()
    assert not here.keeping.is_copying
    assert here.copies() == ()


def test_a_locked_desk_is_copied_once_it_is_unlocked(opened, qtbot):
    here = opened(protected=True)
    add_provider(here.desk)
    here.desk.store.lock()
    here.keeping.copy()
    assert not here.keeping.is_copying
    here.desk.store.unlock(KEY)
    here.keeping.copy()
    wait_for(qtbot, here.keeping)
    assert [backup.verify(each.path, KEY).number for each in here.copies()] == [2]


def test_a_second_place_gets_copies_too_and_one_that_is_away_is_said_once(opened, qtbot, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    here = opened(second=stick)
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    assert {each.path.parent.parent for each in here.copies((stick,))} == {here.path.parent, stick}
    shutil.rmtree(stick)
    for number in range(2, 5):
        add_provider(here.desk, number)
        here.clock.pass_by(hours=1)
        with qtbot.waitSignal(here.keeping.made):
            here.keeping.copy()
    said = [str(each) for each in here.messages.said]
    assert len([words for words in said if "cannot be reached" in words]) == 1
    assert here.messages.current_problem.action_text == "Look at backups"
    assert len(here.copies()) == 4, "the place beside the desk does without the other"


def test_a_second_place_is_noted_once_among_what_left(opened, qtbot, tmp_path):
    """A line for each copy would change the desk each hour, and so be copied for ever."""
    stick = tmp_path / "stick"
    stick.mkdir()
    here = opened(second=stick)
    store = here.desk.store
    with here.desk.change("Enrol Ada") as session:
        apprentices.enrol(session, apprentices.ApprenticeDetails("Ada", "Obi"))
    made = []
    for _hour in range(4):
        here.keeping.look()
        qtbot.waitUntil(lambda: not here.keeping.is_copying and here.keeping.is_settled)
        qtbot.waitUntil(lambda: not here.desk.jobs.is_busy)
        QApplication.processEvents()
        made.append(len(here.copies((stick,))))
        here.clock.pass_by(hours=1)
    (line,) = store.read(leaving.left_rows)
    assert line.kind is LeftKind.BACKUP
    assert line.file_name.startswith("hackney 2026-")
    assert line.people_count == 1
    assert line.given.note.startswith(f"Kept in {stick / 'hackney backups'}.")
    assert "every later copy" in line.given.note
    assert made == [2, 2, 2, 2], "the line itself asks for no other copy"
    add_provider(here.desk)
    QApplication.processEvents()  # it is heard of
    here.keeping.look()
    qtbot.waitUntil(lambda: not here.keeping.is_copying and here.keeping.is_settled)
    assert len(here.copies((stick,))) == 4, "what is done afterwards does"
    here.clock.pass_by(hours=1)
    saved = tmp_path / "list.csv"
    saved.write_text("Ada")
    note_left(store, [(saved, Going(LeftKind.LIST, count=0))])
    QApplication.processEvents()
    here.keeping.look()
    qtbot.waitUntil(lambda: not here.keeping.is_copying and here.keeping.is_settled)
    assert len(here.copies((stick,))) == 6, "and so does any other file that left"


def test_copies_beside_the_desk_have_not_left_it(opened, qtbot):
    here = opened()
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    qtbot.waitUntil(lambda: not here.desk.jobs.is_busy)
    assert here.desk.store.read(leaving.left_rows) == ()


def test_the_status_bar_says_that_there_is_no_good_copy_of_late(opened, qtbot):
    here = opened()
    words = []
    here.keeping.said.connect(words.append)
    folder = here.path.parent / "hackney backups"
    folder.write_text("in the way")
    here.clock.pass_by(days=365)  # the desk was begun today
    here.keeping.copy()
    wait_for(qtbot, here.keeping)
    assert words[-1] == "No backup yet"
    assert "No backup was made" in str(here.messages.current_problem)
    assert here.desk.unsaved == Unsaved(here.desk.store.latest_instant().astimezone().date(), None)
    folder.unlink()
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    wait_for(qtbot, here.keeping)
    assert words[-1] == ""
    assert here.desk.unsaved is None


def test_a_damaged_desk_is_said_and_the_way_out_of_it_offered(opened, qtbot):
    here = opened()
    found = []
    here.desk.damaged.connect(found.append)
    with here.path.open("r+b") as file:
        file.seek(here.path.stat().st_size // 2)
        file.write(b"\xff" * 40 * 4096)
    here.keeping.copy()
    wait_for(qtbot, here.keeping)
    (problem,) = found
    assert problem.path == here.path
    assert here.copies() == ()


def test_the_program_waits_at_its_end_but_not_for_ever(opened, qtbot, monkeypatch):
    here = opened()
    held = backup.keep_up

    def slow(desk, key, now, second=None, progress=None):
        for _turn in range(10_000):
            progress.step(0, None, "Copying")
            time.sleep(0.01)
        return held(desk, key, now, second, progress)

    monkeypatch.setattr(backup, "keep_up", slow)
    here.keeping.copy()
    began = time.monotonic()
    here.keeping.finish(0.2)
    assert time.monotonic() - began < 20
    assert here.copies() == ()


def test_a_fault_of_the_program_goes_to_the_crash_hook(opened, qtbot, monkeypatch):
    here, seen = opened(), []

    def broken(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(threading, "excepthook", lambda given: seen.append(given.exc_type))
    with monkeypatch.context() as broken_now:
        broken_now.setattr(backup, "keep_up", broken)
        here.keeping.copy()
        wait_for(qtbot, here.keeping)
    assert seen == [ZeroDivisionError]
    assert here.keeping.is_changed, "it is tried again"


def test_the_whole_program_leaves_a_copy_when_it_is_closed(
    begun, tmp_path, start, qtbot, monkeypatch
):
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    path = Path(shutil.copy(begun[False], tmp_path / "hackney.desk"))
    program = start(str(path))
    qtbot.waitUntil(lambda: program.window.desk is not None)
    add_provider(program.window.desk)
    program.window.close()
    program.close()
    assert [backup.verify(each.path).number for each in backup.backups_of(path)] == [2]


def test_the_status_bar_says_of_when_the_newest_copy_is(opened, qtbot):
    here = opened()
    later = here.clock.today() + timedelta(days=1)
    assert copied_in_words(here.clock.at, later).startswith("Backed up 24 Nov 2026, ")
    told = []
    here.keeping.copied.connect(told.append)
    with qtbot.waitSignal(here.keeping.made):
        here.keeping.copy()
    (copy,) = here.copies()
    words = copied_in_words(copy.made_at, here.clock.today())
    assert words == f"Backed up today {copy.made_at.astimezone():%H:%M}"
    assert told == [words]
    here.clock.pass_by(hours=2)
    here.keeping.copy()
    wait_for(qtbot, here.keeping)
    assert told == [words] * 2, "nothing was changed: it has everything"
    add_provider(here.desk, 2)
    shutil.rmtree(here.path.parent / "hackney backups")
    (here.path.parent / "hackney backups").write_text("in the way")
    here.keeping.copy()
    wait_for(qtbot, here.keeping)
    assert len(told) == 2, "a copy that could not be made is not called one"
    here.keeping.leave()
    assert told[-1] == ""


def test_the_status_bar_has_room_for_a_warning_before_what_is_well(qtbot, theme):
    foot = StatusBar(theme, Messages())
    qtbot.addWidget(foot)
    foot.resize(1440, 40)
    foot.show()
    foot.show_state("", is_encrypted=True)
    foot.show_copied("Backed up today 09:00")
    assert foot._state.text() == "Encrypted"
    assert foot._lock.isVisible()
    assert foot._copied.isVisible()
    foot.show_backup("No backup yet")
    assert not foot._copied.isVisible()
    foot.show_backup("")
    assert foot._copied.isVisible()
    foot.resize(640, 40)
    assert not foot._copied.isVisible()
    foot.show_copied("")
    foot.show_state("Open to read only", is_encrypted=True)
    assert foot._state.text() == "Encrypted · Open to read only"
    foot.show_state("")
    assert not foot._lock.isVisible()
