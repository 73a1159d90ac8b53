"""Copies of the desk that is open, made by themselves: on opening, on closing, every hour.

Copying is done on a thread of its own, so that neither typing nor any preview waits for it.  What
cannot be copied is said once for each place while the desk is open, not every hour.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs_of_backups import Unsaved
from apprentice_desk.domain.problems import Cancelled, Damaged, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.gate import DeskLocked
from apprentice_desk.safekeeping import backup
from apprentice_desk.safekeeping.backup import KeptUp
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.leaving import note_second_place

if TYPE_CHECKING:
    from apprentice_desk.clock import Clock
    from apprentice_desk.records.changelog import Changes
    from apprentice_desk.ui.kit.messages import Messages

AFTER_OPENING_MS = 3_000
"""The desk is shown and answers before it is copied."""
LOOK_EVERY_MS = 60_000
LONGEST_AT_END_SECONDS = 20.0
"""A copy that is not done so long after the window has gone is left to the next opening."""


def is_backed_up(desk: Desk) -> bool:
    """Whether copies of a desk are made by themselves."""
    return not (
        desk.store.is_read_only or desk.organisation.is_sample or is_address(desk.store.location)
    )


class _Copying(NamedTuple):
    """One thread that copies, how to end it, and whether it has."""

    thread: threading.Thread
    progress: Progress
    is_done: threading.Event


class BackingUp(QObject):
    """Keeps copies of whichever desk is open; one thread copies at a time.

    *made* comes after copies were made, and the desk's own signal too.  *said* carries what stands
    in the status bar: that there is no good copy of late, or "".  *copied* carries the words
    for the newest copy once one had all that the desk has, "" where that is not known.
    """

    made = Signal()
    said = Signal(str)
    copied = Signal(str)
    _ended = Signal(object, object)

    def __init__(self, messages: Messages, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages, self._clock = messages, clock
        self._desk: Desk | None = None
        self.is_changed = False
        """Whether something was changed since the last copy was begun."""
        self.is_settled = True
        """Whether it was told how the last copying ended."""
        self._copied_at: datetime | None = None
        self._told: set[Path] = set()
        self._under_way: list[_Copying] = []
        self._first = QTimer(self, singleShot=True, interval=AFTER_OPENING_MS)
        self._first.timeout.connect(self.copy)
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.timeout.connect(self.look)
        self._ended.connect(self._on_ended)

    @property
    def is_copying(self) -> bool:
        """Whether a copy is being made."""
        return any(not each.is_done.is_set() for each in self._under_way)

    def begin(self, desk: Desk) -> None:
        """Look after a desk from now on until ``leave``."""
        self.leave()
        self._told.clear()
        self.said.emit("")
        self.copied.emit("")
        if not is_backed_up(desk):
            return
        self._desk = desk
        self.is_changed = True  # since the last time it was open; a copy is compared with it
        self._copied_at = None
        desk.changed.connect(self._note)
        desk.backed_up.connect(self._on_backed_up)
        desk.leaving.connect(self.leave)
        self._first.start()
        self._looking.start()

    def look(self) -> None:
        """Make a copy when something was changed and the last is an hour old."""
        now = self._clock.now()
        every = timedelta(minutes=backup.schedule_on(now).every_minutes)
        is_time = self._copied_at is None or not now - every < self._copied_at <= now
        if self.is_changed and is_time:
            self.copy()

    def copy(self) -> None:
        """Begin to make copies now, unless that is under way or the desk is locked."""
        if self._desk is None or self.is_copying or self._desk.store.is_locked:
            return
        self._first.stop()
        store, path, second = self._desk.store, *self._places(self._desk)
        now = self._now()
        self._run(
            lambda progress: store.read(
                # Inside a read: nobody locks the desk or changes its passphrase meanwhile.
                lambda _session: backup.keep_up(path, store.key, now, second, progress)
            )
        )

    def leave(self) -> None:
        """Look after no desk any more; what was changed since the last copy is copied still."""
        desk, self._desk = self._desk, None
        self._first.stop()
        self._looking.stop()
        if desk is None:
            return
        self.said.emit("")
        self.copied.emit("")
        desk.changed.disconnect(self._note)
        desk.backed_up.disconnect(self._on_backed_up)
        desk.leaving.disconnect(self.leave)
        if not self.is_changed or desk.store.is_locked:
            return
        path, second = self._places(desk)
        key, now = desk.store.key, self._now()
        before = tuple(self._under_way)

        def work(progress: Progress) -> KeptUp:
            for each in before:
                each.thread.join()
            return backup.keep_up(path, key, now, second, progress)

        self._run(work)

    def finish(self, longest: float = LONGEST_AT_END_SECONDS) -> None:
        """Wait until copying is done, so long at the most; the program is at its end."""
        self.leave()
        ends_at = time.monotonic() + longest
        for each in self._under_way:
            each.thread.join(max(0.0, ends_at - time.monotonic()))
        for each in self._under_way:
            each.progress.stop()
        for each in self._under_way:
            each.thread.join()
        self._under_way.clear()

    def _note(self, _changes: Changes) -> None:
        self.is_changed = True

    def _on_backed_up(self) -> None:
        self.said.emit("")
        if self._desk is not None:
            self._desk.tell_unsaved(None)

    def _now(self) -> datetime:
        self.is_changed = False
        self._copied_at = self._clock.now()
        return self._copied_at

    def _places(self, desk: Desk) -> tuple[Path, Path | None]:
        location = desk.store.location
        return Path(location), desk.settings.second_place_of(location)

    def _run(self, work: Callable[[Progress], KeptUp]) -> None:
        progress, is_done, desk = Progress(), threading.Event(), self._desk

        def copying() -> None:
            ended: KeptUp | None = None
            try:
                ended = work(progress)
            except (Cancelled, DeskLocked):
                pass  # it is copied another time
            except Problem as problem:
                ended = KeptUp(problems=((Path(), problem),))
            finally:  # a fault of ours goes on to the crash hook
                is_done.set()  # before it is told: whoever hears of it may begin the next copy
                self._ended.emit(ended, desk)

        thread = threading.Thread(target=copying, name="backing up")
        self._under_way = [each for each in self._under_way if each.thread.is_alive()]
        self._under_way.append(_Copying(thread, progress, is_done))
        self.is_settled = False
        thread.start()

    def _on_ended(self, ended: KeptUp | None, desk: Desk | None) -> None:
        self.is_settled = True
        if ended is None:
            self.is_changed = True  # it is copied another time
            return
        for place, problem in ended.problems:
            if place not in self._told:
                self._told.add(place)
                self._tell(problem, desk if desk is self._desk else None)
        if ended.problems:
            self.is_changed = True  # and tried again
        if desk is not None and desk is self._desk:
            self.said.emit(_words(ended))
            if ended.newest is not None:
                self.copied.emit(copied_in_words(ended.newest.made_at, self._clock.today()))
            desk.tell_unsaved(_unsaved(ended))
            if ended.made:
                desk.backed_up.emit()
                note_second_place(desk, ended.made)
        if ended.made:
            self.made.emit()

    def _tell(self, problem: Problem, desk: Desk | None) -> None:
        if desk is None:  # it was left meanwhile
            self._messages.problem(problem)
        elif isinstance(problem, Damaged):
            desk.found_damaged(problem)  # the way out of it is offered
        else:
            go = partial(desk.go, OpenPage("safekeeping", "backups"))
            self._messages.problem(problem, "Look at backups", go)


def copied_in_words(at: datetime, today: date) -> str:
    """Return of when the newest copy is, for the status bar."""
    here = at.astimezone()
    day = "today" if here.date() == today else f"{show_day(here.date())},"
    return f"Backed up {day} {here:%H:%M}"


def _unsaved(ended: KeptUp) -> Unsaved | None:
    if ended.stale is None or ended.stale.unsaved_since is None:
        return None
    newest = ended.stale.newest
    return Unsaved(
        ended.stale.unsaved_since.astimezone().date(),
        None if newest is None else newest.made_at.date(),
    )


def _words(ended: KeptUp) -> str:
    if ended.stale is None:
        return ""
    if ended.stale.newest is None:
        return "No backup yet"
    return f"Newest good backup: {show_day(ended.stale.newest.made_at.date())}"
