"""Locking a desk that is open: nothing of it can be seen or read until its passphrase is given.

Everything that shows something of it is hidden at once.  Work that is under way is not broken off;
once it has ended the file is closed and its key forgotten.  Afterwards all stands as it was, with
what was half typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.sealing import seal_of
from apprentice_desk.safekeeping.attempts import attempts_at
from apprentice_desk.safekeeping.unlocking import trying_locked
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.jobs import Jobs
from apprentice_desk.ui.kit.keeping import Keeper
from apprentice_desk.ui.quick_window import LineKeeper
from apprentice_desk.ui.shell.covering import Cover
from apprentice_desk.ui.shell.frame import TITLE
from apprentice_desk.ui.shell.lock_system import system_watcher
from apprentice_desk.ui.shell.lock_watching import PersonWatcher, Watcher
from apprentice_desk.ui.shell.unlock import Given, Unlock

if TYPE_CHECKING:
    from apprentice_desk.records.keys import DeskKey
    from apprentice_desk.settings import Settings
    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.shell.window import Window

_LOOK_AGAIN_MS = 100
_TITLE = f"Locked - {TITLE}"
_ABOUT = "Give its passphrase, and everything stands as you left it, with what you were typing."
_STILL_OPEN = (
    " Files that you opened from it were removed from this computer; a program that still shows one"
    " has to be closed by you."
)


class Locking(QObject):
    """Locks the desk of *window* when asked, and when a watcher says so.

    A desk without a passphrase is never locked.  It ends with the desk.
    """

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(desk)
        self._window = window
        self._desk = desk
        self._jobs = Jobs(desk.messages, self)
        self.cover = Cover(window)
        self.asked: Unlock | None = None
        """What asks for the passphrase while the desk is locked."""
        self._wake: Callable[[], None] | None = None
        self.person = PersonWatcher(self, keys=window.actions_.lock.shortcut())
        self.watchers: list[Watcher] = [self.person]
        system = system_watcher(self, int(window.winId()))
        if system is not None:
            self.watchers.append(system)
        for watcher in self.watchers:
            watcher.noticed.connect(self.lock)
        desk.leaving.connect(self.end)
        desk.settings_changed.connect(self._take_settings)
        desk.key_changed.connect(self._watch)
        desk.asked_to_lock.connect(lambda: self.lock())
        # In a turn of its own: whoever asked for the work hears of its end first, and may read.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._forget_when_idle)
        desk.jobs.changed.connect(self._soon.start)
        self._take_settings(desk.settings)
        self._watch()

    @property
    def is_on(self) -> bool:
        """Whether the desk is locked, or is about to be once work has ended: nothing is seen."""
        return self.cover.is_on

    def _take_settings(self, settings: Settings) -> None:
        self.person.set_minutes(settings.locks_after)

    def _watch(self) -> None:
        """Watch while the desk has a passphrase and is not locked."""
        is_wanted = self._desk.store.key is not None and not self.is_on
        for watcher in self.watchers:
            if is_wanted:
                watcher.start()
            else:
                watcher.stop()

    # locking

    def lock(self, why: str = "") -> None:
        """Hide everything, and forget the key once nothing is under way any more."""
        desk = self._desk
        if self.is_on or desk.store.key is None:
            return
        self._keep_typed()
        was_opened = desk.opened_files.close()
        about = f"{why} {_ABOUT}".strip() + (_STILL_OPEN if was_opened else "")
        asked = self.asked = Unlock(
            desk.theme,
            attempts_at(desk.store.location),
            f"{desk.store.name} is locked",
            about,
            "Close this desk",
            "Unlock",
            offers_remember=False,
        )
        asked.given.connect(self._try)
        asked.turned_back.connect(lambda: self._window.asked.emit("close"))
        self._wake = self._window.rest()
        self._window.actions_.set_locked(is_locked=True)
        self.cover.put_on(asked, _TITLE)
        access.tell_only_of(asked)
        self._watch()
        QTimer.singleShot(0, asked, lambda: asked.first_stop().setFocus())
        self._soon.start()

    def _keep_typed(self) -> None:
        """Keep what is half typed now, while the key is known: nothing is written afterwards."""
        for keeper in self._window.findChildren(Keeper):
            keeper.keep()
        for line in self._window.findChildren(LineKeeper):
            line.keep()
        self._desk.drafts.rest()  # once it is written

    def _forget_when_idle(self) -> None:
        desk = self._desk
        if not self.is_on or desk.store.is_locked or desk.jobs.is_busy:
            return
        if desk.store.is_used:  # a backup is being made, which is no job
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._forget_when_idle)
            return
        desk.jobs.rest()
        desk.store.lock()
        for watcher in self.watchers:
            watcher.let_sleep()

    # unlocking

    def _try(self, given: Given) -> None:
        asked = self.asked
        assert asked is not None
        asked.show_busy(True)
        self._jobs.run(
            "Unlocking",
            trying_locked(self._desk.store, given.text, is_recovery=given.is_recovery),
            done=self._come_back,
            failed=asked.show_refusal,
            owner=asked,
            is_quiet=True,
        )

    def _come_back(self, key: DeskKey) -> None:
        asked, self.asked = self.asked, None
        if asked is None:
            return
        asked.show_right()
        self._desk.drafts.wake(seal_of(key))
        self._show_again(self.cover.take_off)
        self._desk.jobs.go_on()
        self._watch()
        if self._desk.store.has_refused:
            self._window.note_stale()

    def _show_again(self, take_off: Callable[[], None]) -> None:
        access.tell_only_of(None)
        take_off()
        self._window.actions_.set_locked(is_locked=False)
        wake, self._wake = self._wake, None
        if wake is not None:
            wake()

    # leaving

    def ask_before_leaving(self, then: Callable[[], object]) -> None:
        """Do *then*, which closes the locked desk; ask first, without a word of what is typed."""
        from apprentice_desk.ui.kit.dialogs import ask

        with self.cover.letting_pass():
            ask(
                self._window,
                self._desk.theme,
                "Close it while it is locked?",
                "Something is typed and not saved yet. Forms offer it again when the desk is opened"
                " next.",
                "Close it",
                then,
                cancel_text="Stay",
                danger=True,
            )

    def end(self) -> None:
        """Watch no more; bring the window's own content back for whatever comes next."""
        for watcher in self.watchers:
            watcher.stop()
        self._jobs.close()
        if self.is_on:
            self.asked = None
            self._show_again(self.cover.throw_away)
        if self._window.locking is self:
            self._window.locking = None


def refusal_to_lock(desk: Desk) -> Problem:
    """Return why a desk without a passphrase is not locked."""
    if "://" in desk.store.location:
        return Problem(
            "This desk is a database, which cannot be locked here.",
            "Lock your computer, or close the desk.",
        )
    return Problem(
        "This desk has no passphrase, so it cannot be locked.",
        "Give it one first.",
    )
