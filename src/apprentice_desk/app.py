"""The window, put together: the one place that builds things and joins them.

Start-up is a list of steps, each seen by the person as soon as it is done: the window is painted
with navigation, theme and page frame; then records are imported and the desk is opened on a
worker, while the window stays alive; then the pages come.  Whatever the first paint can do without
is imported inside the function that needs it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, NoReturn

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from apprentice_desk import crashes, policy, private_files, settings
from apprentice_desk.clock import Clock, SystemClock
from apprentice_desk.commands.opening import (
    SAMPLE,
    Glanced,
    Opened,
    glancing,
    making,
    opening,
    sample_path,
)
from apprentice_desk.frozen import give_back_environment
from apprentice_desk.product import tell_taskbar
from apprentice_desk.settings import Settings
from apprentice_desk.ui.kit import access, tokens
from apprentice_desk.ui.shell.frame import FIRST_FONTS, Frame, load_fonts
from apprentice_desk.ui.shell.places import first_page
from apprentice_desk.ui.shell.window import Window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apprentice_desk.commands.looking_ahead import Ahead
    from apprentice_desk.domain.problems import Damaged, Problem
    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.records.keys import DeskKey
    from apprentice_desk.safekeeping.rescue import Rescue
    from apprentice_desk.safekeeping.unlocking import FoundKey
    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.kit.jobs import Jobs
    from apprentice_desk.ui.kit.messages import Messages, WayOut
    from apprentice_desk.ui.kit.theme import Theme
    from apprentice_desk.ui.passphrases import NewPassphrase
    from apprentice_desk.ui.shell.asking import Asking
    from apprentice_desk.ui.shell.backing_up import BackingUp
    from apprentice_desk.ui.shell.noticing import Noticing
    from apprentice_desk.ui.shell.one_window import OneWindow
    from apprentice_desk.ui.shell.rescuing import Rescuing
    from apprentice_desk.ui.shell.unlock import Given, Unlock

PAINT_FILE = "APPRENTICE_DESK_PAINT_FILE"
"""A variable that names a file: the time of the first paint is written there, and the run ends.

By it the frozen program is measured against the source, on each system by the same clock.
"""

LONG_SECONDS = 0.05
"""What takes longer is not done on the window's thread (architecture, section 6)."""

_LATER = (
    "apprentice_desk.ui.kit.messages",
    "apprentice_desk.ui.kit.keeping",
    "apprentice_desk.ui.desk",
    "apprentice_desk.ui.shell.finding",
    "apprentice_desk.ui.shell.furniture",
    "apprentice_desk.ui.shell.taking",
    "apprentice_desk.ui.shell.unfinished",
)
"""What the window is furnished with, and the first frame does without."""

_FOR_A_LOOK = (
    "apprentice_desk.commands.looking_ahead",
    "apprentice_desk.records.glancing",
    "apprentice_desk.records.standing",
)
"""What a first look at a desk is made with."""


class Program(QObject):
    """One run of the window.

    *location* is a desk's path or address, ``SAMPLE``, or "" for the newest desk or, without
    one, the welcome.
    """

    first_painted = Signal()
    seen = Signal()
    ready = Signal()

    def __init__(self, app: QApplication, clock: Clock, location: str = "") -> None:
        super().__init__(app)
        self._app = app
        self._clock = clock
        self._location = location
        self._settings = settings.load()
        self._glanced: Glanced | None = None
        self._ahead: tuple[str, Ahead[Glanced | None]] | None = None
        self._former: tuple[str, DeskKey | None] = ("", None)
        self._is_closed = False
        self._backing_up: BackingUp | None = None
        self._is_ready = False
        self.theme: Theme
        self.messages: Messages
        self._one_window: OneWindow
        self._rescued: Rescuing | None = None
        self._noticing: Noticing | None = None
        self._jobs: Jobs | None = None
        self.window = Window(Frame(_first_look(self._settings.theme, app), self._scale))
        self.window.asked.connect(self._on_asked)
        self.window.wanted.connect(lambda location, ro: self.open(location, read_only=ro))
        self.window.about_to_close.connect(self._keep_preferences)
        self.window.painted.connect(self._after_first_paint)
        app.aboutToQuit.connect(self.close)

    @cached_property
    def _asking(self) -> Asking:
        from apprentice_desk.ui.shell.asking import Asking  # not on the way to the first paint

        return Asking(self.window, self.theme)

    @property
    def _scale(self) -> float:
        return self._settings.text_size / 100

    def start(self) -> None:
        """Paint the window, then open the desk."""
        self.window.restore(self._settings.window)
        self.window.show()

    def end(self) -> None:
        """Close without a question, since the system wants to; what is half typed stays kept."""
        self._keep_preferences()
        self._app.exit()

    def close(self) -> None:
        """Stop what is under way and let go of the desk; a second call does nothing."""
        self._is_closed = True
        if self._ahead is not None:
            self._ahead[1].wait()
        self.window.leave()
        if self._jobs is not None:
            self._one_window.release()
            self._jobs.close()
            self._jobs = None
        if self._backing_up is not None:
            self._backing_up.finish()
        if self._noticing is not None:
            self._noticing.stop()

    def _after_first_paint(self) -> None:
        self.first_painted.emit()
        looking = [partial(import_module, name) for name in _FOR_A_LOOK]
        loading = [partial(import_module, name) for name in _LATER]
        # In the last one the window is laid out and painted before work competes with it.
        self._take_turns([*looking, self._look_ahead, *loading, self._furnish, lambda: None])

    @property
    def _first_location(self) -> str:
        return self._location or next(iter(self._settings.recent_desks), "")

    def _look_ahead(self) -> None:
        """Read the desk that is opened first while the window is furnished.

        The database does nearly all of it, and leaves the interpreter to the window meanwhile.
        """
        from apprentice_desk.commands.looking_ahead import Ahead

        location = self._first_location
        if location and self._is_looked_into:
            self._ahead = location, Ahead(glancing(location, self._clock))

    def _looking(self, location: str, key: DeskKey | None) -> Callable[[Progress], Glanced | None]:
        """Return the work of looking into a desk, which may be under way or done."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == location and key is None:
            return ahead[1]
        return glancing(location, self._clock, key)

    def _take_turns(self, steps: Sequence[Callable[[], object]]) -> None:
        """Do each of *steps* in a turn of its own, that the window may answer in between."""
        if self._is_closed:
            return
        first, *others = steps
        first()
        if others:
            QTimer.singleShot(0, self, partial(self._take_turns, others))
        else:
            self._begin()

    def _begin(self) -> None:
        QTimer.singleShot(0, self, _sweep)
        location = self._first_location
        if location:
            self.open(location)
        else:
            self._show_welcome()
            self._be_ready()

    def _furnish(self) -> None:
        """Make what the first frame only showed, and what it did without."""
        from apprentice_desk.ui.kit.icons import icon
        from apprentice_desk.ui.kit.messages import Messages
        from apprentice_desk.ui.kit.theme import apply, follow_system, load_theme, theme_name
        from apprentice_desk.ui.shell.noticing import Noticing
        from apprentice_desk.ui.shell.one_window import OneWindow, bring_forward
        from apprentice_desk.ui.shell.taking import Taker

        access.tell_roles()
        self.theme = load_theme(theme_name(self._settings.theme, self._app), self._scale)
        apply(self._app, self.theme)
        follow_system(self._app, self.theme, self._settings.theme)
        # Held: what the hints return is good only as long as they are known.
        self._hints = self._app.styleHints()
        self._contrast = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._on_system_colours)
        self._contrast.contrastPreferenceChanged.connect(self._on_system_colours)
        self.messages = Messages(self)
        self.messages.way_out = self._way_out
        self._noticing = Noticing(self.window, self.theme, self.messages, self._clock)
        self.window.furnish(self.theme, self.messages)
        self._one_window = OneWindow(self)
        self.window.about_to_close.connect(self._one_window.release)
        self._one_window.wanted.connect(lambda: bring_forward(self.window))
        taker = Taker(self.window, self.theme, self.messages, self._idle_jobs, self.open)
        self.window.dropped.connect(taker.take)
        self.window.setWindowIcon(icon("lamp-desk", "accent", self.theme))

    def _show_welcome(self) -> None:
        from apprentice_desk.ui.shell.recent import recent_desks
        from apprentice_desk.ui.shell.welcome import Welcome

        welcome = Welcome(self.theme, recent_desks(self._settings, self._clock.today()))
        welcome.asked.connect(self._on_asked)
        welcome.chosen.connect(self.open)
        welcome.wanted.connect(self._ask_protection)
        welcome.forgotten.connect(self._forget)
        self.window.furniture.show_welcome(welcome)

    def _forget(self, location: str) -> None:
        """Take a desk off the list of the last ones; its file, if any, stays as it is."""
        self._settings = self._settings.without_recent(location)
        self._save_settings()
        welcome = self.window.furniture.welcome
        if welcome is not None:
            welcome.forget(location)

    # opening

    def open(self, location: str, *, read_only: bool = False, key: DeskKey | None = None) -> None:
        """Open a desk in the background and show it when it is there.

        One that another window of this person has open comes forward there.  One that is encrypted
        is asked for its passphrase unless *key* is given.  Where it cannot be opened, the one that
        is left for it is opened again.
        """
        if read_only:  # asked for knowingly
            self._open(location, read_only=True, key=key)
            return
        self._one_window.knock(
            str(sample_path()) if location == SAMPLE else location,
            taken=lambda: self._on_open_elsewhere(location),
            free=lambda: self._open(location, read_only=False, key=key),
        )

    def take(self, location: str) -> None:
        """Open a desk that the system asks for, once what is being opened is there."""
        self._location = location
        if not self._is_ready:
            again = partial(self.take, location)
            self.ready.connect(again, Qt.ConnectionType.SingleShotConnection)
        elif self.window.desk is None or self.window.desk.store.location != location:
            self.window.ask_before_losing(partial(self.open, location))

    def _on_open_elsewhere(self, location: str) -> None:
        """Give way to the window that has the desk; without a desk of our own, go."""
        furniture = self.window.furniture
        if self.window.desk is None and furniture.welcome is None:
            self.window.close()
            return
        words = "The sample desk" if location == SAMPLE else f"“{Path(location).name}”"
        self.messages.say(f"{words} is open in another window, which has come forward.")

    def _open(
        self,
        location: str,
        *,
        read_only: bool,
        key: DeskKey | None,
        take_over: bool = False,
    ) -> None:
        self._leave()
        words = "the sample desk" if location == SAMPLE else Path(location).name
        self.window.furniture.show_opening(f"{words}, just a moment")
        jobs = self._fresh_jobs()
        self._glanced = None

        def stopped() -> None:
            if not jobs.is_closed:
                self._go_back(location)

        def open_it(found: DeskKey | None = key) -> None:
            jobs.run(
                f"Opening {words}",
                opening(location, self._clock, read_only=read_only, key=found, take_over=take_over),
                done=self._on_opened,
                failed=lambda problem: self._on_not_opened(
                    problem, location, read_only=read_only, key=found
                ),
                stopped=stopped,
            )

        def glanced(found: Glanced | None) -> None:
            open_it(found.key if found is not None else key)
            self._show_first_look(found)

        if self._is_looked_into:
            jobs.run(
                f"Looking into {words}",
                self._looking(location, key),
                done=glanced,
                failed=lambda _problem: open_it(),  # which says what is wrong
                stopped=stopped,
            )
        else:
            open_it()

    def _leave(self) -> None:
        self._rescued = None
        left = self.window.desk
        if left is not None:
            self._former = left.store.location, left.store.key
        self._one_window.release()
        self.window.leave()
        if left is not None and self._noticing is not None:
            self._noticing.closed()
        if left is not None:
            from apprentice_desk.ui.kit import turns  # not on the way to the first paint

            QTimer.singleShot(0, turns.let_go)  # once its pages are gone

    def _show_first_look(self, found: Glanced | None) -> None:
        """Show the apprentices, or what they need, who were read before the desk was open."""
        self._glanced = found
        if found is None:
            return
        look: QWidget
        if self._first_page == "apprentices":
            from apprentice_desk.ui.pages.apprentices import first_look as apprentices_look

            look = apprentices_look.FirstLook(found.rows, self.theme, self._settings)
        else:
            from apprentice_desk.ui.pages.today import first_look as today_look

            chosen = self._settings
            look = today_look.FirstLook(
                found.rows,
                found.put_off,
                self._clock.today(),
                "" if chosen.shows_everyone else chosen.my_name,
                self.theme,
            )
        self.window.furniture.show_first_look(look, self._first_page)
        self.seen.emit()

    @property
    def _first_page(self) -> str:
        return first_page(self._settings, self._clock.today())

    @property
    def _is_looked_into(self) -> bool:
        """Whether the first page can show what is read before the desk is open."""
        return self._first_page in ("today", "apprentices")

    def _fresh_jobs(self) -> Jobs:
        from apprentice_desk.ui.kit.jobs import Jobs  # not on the way to the first paint

        if self._jobs is not None:
            self._jobs.close()
        self._jobs = Jobs(self.messages, self)
        assert self._noticing is not None  # the window is furnished
        self._noticing.follow(self._jobs)
        self.window.furniture.progress.follow(self._jobs)
        return self._jobs

    def _idle_jobs(self) -> Jobs | None:
        """Return jobs for a window without a desk; None while one is being opened."""
        if self._jobs is not None and self._jobs.is_busy:
            return None
        return self._fresh_jobs()

    def _on_opened(self, opened: Opened) -> None:
        if self._jobs is None:  # closed meanwhile
            opened.store.close()
            return
        from apprentice_desk.ui.desk import Desk

        self._former = ("", None)
        self._settings = self._settings.with_recent(opened.store.location, self._clock.now())
        self._save_settings()
        desk = Desk(
            opened.store,
            opened.organisation,
            opened.lists,
            self._jobs,
            self.messages,
            self._settings,
            self._clock,
            self.theme,
            self,
            # One that was not looked into may be of any size.
            is_large=self._glanced is None or self._glanced.seconds > LONG_SECONDS,
            first_rows=self._glanced.rows if self._glanced is not None else None,
            drafts=opened.drafts,
        )
        self._glanced = None
        desk.settings_changed.connect(self._on_settings)
        self._look_after(desk)
        self.window.take(desk)
        if self._noticing is not None:
            self._noticing.opened(opened.store)
        self._back_up(desk)
        QTimer.singleShot(0, self._hold)  # after the person sees the desk
        self._be_ready()

    def _back_up(self, desk: Desk) -> None:
        if self._backing_up is None:
            from apprentice_desk.ui.shell.backing_up import BackingUp

            self._backing_up = BackingUp(self.messages, self._clock, self)
            self._backing_up.said.connect(self.window.furniture.foot.show_backup)
            self._backing_up.copied.connect(self.window.furniture.foot.show_copied)
        self._backing_up.begin(desk)

    def _look_after(self, desk: Desk) -> None:
        """Watch the desk's file: the place it stands on, its health, what others save in it."""
        from apprentice_desk.ui.passphrases import is_passphrase_missing
        from apprentice_desk.ui.shell.following import Following
        from apprentice_desk.ui.shell.looking_round import Watching

        desk.damaged.connect(self._on_damaged)
        if is_passphrase_missing(desk):
            why = policy.in_force().why_passphrase
            self.messages.warn(why, "This one has none.", "Give it one", self._go_to_protection)
        Following(desk)  # before any page reads: what is saved from here on is news
        Watching(desk)

    def _hold(self) -> None:
        if self.window.desk is not None:
            store = self.window.desk.store
            self._one_window.hold(store.location, gives_way=store.is_read_only)
            from apprentice_desk.ui.shell.locking import Locking

            self.window.locking = Locking(self.window, self.window.desk)

    def _be_ready(self) -> None:
        # Put off by the command line: until here nothing is rubbish yet.  What is there stays, and
        # going through it again and again would be a standstill each time.
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if not self._is_ready and self._noticing is not None:
            self._is_ready = True
            self._noticing.begin()
        self.ready.emit()

    def _go_back(self, location: str) -> None:
        """Open the desk that was left for *location*, or offer the ways in."""
        (former, key), self._former = self._former, ("", None)
        if former in ("", location):
            self._show_welcome()
            self._be_ready()
        else:
            self.open(former, key=key)

    def _on_not_opened(
        self,
        problem: Problem,
        location: str,
        *,
        read_only: bool = False,
        key: DeskKey | None = None,
    ) -> None:
        from apprentice_desk.domain.problems import Damaged
        from apprentice_desk.records.holding import DeskInUse, NotWritable
        from apprentice_desk.records.keys import NeedsPassphrase, WrongPassphrase

        if isinstance(problem, NeedsPassphrase | WrongPassphrase):  # a remembered one may be old
            self._ask_passphrase(location, read_only=read_only)
            return
        if isinstance(problem, Damaged):
            self._look_for_rescue(problem, location, key)
            return
        self._go_back(location)
        if isinstance(problem, DeskInUse):  # it can still be read
            self._asking.about_use(
                problem,
                lambda: self.open(location, read_only=True, key=key),
                lambda: self._open(location, read_only=False, key=key, take_over=True),
            )
        elif isinstance(problem, NotWritable):
            self.messages.problem(
                problem,
                "Open to read only",
                lambda: self.open(location, read_only=True, key=key),
            )
        else:
            self.messages.problem(problem)

    def _rescuing(self, problem: Damaged, location: str, key: DeskKey | None) -> Rescuing:
        from apprentice_desk.ui.shell.rescuing import Rescuing

        return Rescuing(
            self.window,
            self.theme,
            self.messages,
            self._clock,
            problem,
            location,
            key,
            self._settings.second_place_of(location),
            lambda place, is_read_only, its: self.open(place, read_only=is_read_only, key=its),
        )

    def _look_for_rescue(self, problem: Damaged, location: str, key: DeskKey | None) -> None:
        """Look for the newest good backup of a desk that did not open, then offer it."""
        rescuing = self._rescuing(problem, location, key)
        name = Path(location).name
        self.window.furniture.show_opening(
            f"{name} is damaged; its newest good backup is looked for"
        )

        def found(rescue: Rescue | None) -> None:
            self._go_back(location)
            rescuing.offer(rescue, self._some_jobs, is_open=False)

        rescuing.look(self._fresh_jobs(), found)

    def _on_damaged(self, problem: Damaged) -> None:
        """Offer the newest good backup of the desk that is open, whose file is damaged."""
        desk, former = self.window.desk, self._rescued
        if former is not None and former.is_under_way:
            self.messages.problem(problem)  # with the way to what was found
        elif desk is not None:
            rescuing = self._rescuing(problem, desk.store.location, desk.store.key)
            self._rescued = rescuing
            rescuing.look(
                desk.jobs, lambda found: rescuing.offer(found, self._some_jobs, is_open=True)
            )

    def _way_out(self, problem: Problem) -> WayOut | None:
        """Return what can be done where a page met damage that a backup was found for."""
        from apprentice_desk.domain.problems import Damaged

        rescued = self._rescued
        return rescued.way_out() if rescued is not None and isinstance(problem, Damaged) else None

    def _some_jobs(self) -> Jobs:
        return self._jobs if self._jobs is not None else self._fresh_jobs()

    def _ask_passphrase(self, location: str, *, read_only: bool) -> None:
        """Ask in the window for the passphrase of a desk that is being opened."""
        from apprentice_desk.safekeeping.attempts import attempts_at
        from apprentice_desk.ui.shell.unlock import unlock_to_open

        asked = unlock_to_open(self.theme, attempts_at(location), Path(location).name)
        asked.given.connect(lambda given: self._try(given, asked, location, read_only=read_only))
        asked.turned_back.connect(lambda: self._go_back(location))
        self.window.furniture.show_asking(asked)
        self._be_ready()

    def _try(self, given: Given, asked: Unlock, location: str, *, read_only: bool) -> None:
        from apprentice_desk.safekeeping.unlocking import trying

        path, place = Path(location), self._settings.second_place_of(location)
        asked.show_busy(True)
        self._fresh_jobs().run(
            f"Trying the passphrase of {path.name}",
            trying(
                path,
                given.text,
                is_recovery=given.is_recovery,
                is_remembered=given.is_remembered,
                places=() if place is None else (place,),
            ),
            done=lambda found: self._on_key(found, given, asked, location, read_only=read_only),
            failed=asked.show_refusal,
            owner=asked,
            is_quiet=True,
        )

    def _on_key(
        self, found: FoundKey, given: Given, asked: Unlock, location: str, *, read_only: bool
    ) -> None:
        asked.show_right()
        if found.damaged is not None:
            self._look_for_rescue(found.damaged, location, found.key)
            return
        self.open(location, read_only=read_only, key=found.key)
        if found.not_remembered is not None:
            self.messages.problem(found.not_remembered)
        elif given.is_recovery:
            self.messages.warn(
                "This desk was opened with its recovery sheet.",
                "If its passphrase is forgotten, or known to others, give it a new one. The sheet"
                " then opens it no more.",
                "Change the passphrase",
                self._go_to_protection,
            )

    def _go_to_protection(self) -> None:
        from apprentice_desk.ui.destinations import OpenPage

        if self.window.desk is not None:
            self.window.go(OpenPage("safekeeping", "protection"))

    # what the menu asks for

    def _on_asked(self, word: str) -> None:
        if word in ("about", "newer"):
            self._asking.about("newer" if word == "newer" else "program")
            return
        if word == "lock":
            self._lock()
            return
        asked: dict[str, Callable[[], object]] = {
            "new": lambda: self._asking.what_desk(self._ask_protection),
            "open": lambda: self._asking.which_desk(self.open),
            "sample": lambda: self.open(SAMPLE),
            "close": self._close_desk,
        }
        self.window.ask_before_losing(asked[word])

    def _lock(self) -> None:
        from apprentice_desk.ui.shell.locking import refusal_to_lock

        desk, locking = self.window.desk, self.window.locking
        if desk is None or locking is None:
            return
        if desk.store.key is not None:
            locking.lock()
        elif "://" in desk.store.location:
            self.messages.problem(refusal_to_lock(desk))
        else:
            why = refusal_to_lock(desk)
            self.messages.warn(why.what, why.remedy, "Give it one", self._go_to_protection)

    def _close_desk(self) -> None:
        self._leave()
        self._former = ("", None)
        self._show_welcome()

    def _ask_protection(self, details: Any) -> None:
        names = (details.file_name, details.team)
        self._asking.protection(names, lambda given: self._ask_where(details, given))

    def _ask_where(self, details: Any, given: NewPassphrase | None) -> None:
        self._asking.where(details.file_name, lambda path: self._make(path, details, given))

    def _make(self, path: str, details: Any, given: NewPassphrase | None) -> None:
        self._leave()
        self.window.furniture.show_opening(f"{Path(path).name}, just a moment")
        jobs = self._fresh_jobs()

        def made(opened: Opened) -> None:
            self._on_opened(opened)
            if given is not None and given.wants_sheet and self.window.desk is not None:
                from apprentice_desk.ui.passphrases import Protecting

                Protecting(self.window.desk, self.window).ask_where_sheet()

        jobs.run(
            f"Making {Path(path).name}",
            making(path, details.borough, details.team, given.passphrase if given else ""),
            done=made,
            failed=lambda problem: self._on_not_opened(problem, path),
            stopped=lambda: None if jobs.is_closed else self._go_back(path),
        )

    # preferences

    def _on_settings(self, chosen: Settings) -> None:
        self._settings = chosen
        self._show_theme()

    def _on_system_colours(self) -> None:
        if self._settings.theme == "system":
            self._show_theme()

    def _show_theme(self) -> None:
        from apprentice_desk.ui.kit.theme import apply, follow_system, theme_name

        name = theme_name(self._settings.theme, self._app)
        scale = self._scale
        if (name, scale) != (self.theme.name, self.theme.text_scale):
            is_other_size = scale != self.theme.text_scale
            self.theme.become(name, scale)
            apply(self._app, self.theme)
            if is_other_size:  # after the page that asked for it has had its say
                QTimer.singleShot(0, self.window.rebuild_pages)
        follow_system(self._app, self.theme, self._settings.theme)

    def _keep_preferences(self) -> None:
        self._settings = replace(
            self._settings,
            window=self.window.kept_geometry(),
            last_page=self.window.shown or self._settings.last_page,
            last_used_on=self._clock.today().isoformat(),
        )
        self._save_settings()

    def _save_settings(self) -> None:
        with suppress(OSError):  # all goes on without; the next start has the old preferences
            settings.save(self._settings)


def has_display() -> bool:
    """Return whether windows can be shown; without it Qt ends the program with a fault."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def check_display() -> None:
    """Raise Problem where there is no display."""
    if not has_display():
        from apprentice_desk.domain.problems import Problem

        raise Problem(
            "There is no display to open a window on.",
            "The other commands work without one: apprentice-desk --help",
        )


def run(location: str = "", arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed; return the exit status.

    Raises Problem where there is no display.
    """
    check_display()
    tell_taskbar()
    app = application(arguments)
    give_back_environment()
    watch = crashes.Watch(settings.faults_folder())
    program = Program(app, SystemClock(), location)
    if sys.platform == "darwin":  # elsewhere each event would be looked at for nothing
        from apprentice_desk.ui.shell.from_finder import FromFinder

        FromFinder(app, program.take)
    if PAINT_FILE in os.environ:
        program.first_painted.connect(_tell_first_paint)
    program.start()
    if sys.platform != "win32":
        from apprentice_desk.ui.shell.told_to_end import ToldToEnd

        ToldToEnd(app, program.end)
    status = app.exec()
    watch.release()
    from apprentice_desk.ui.kit.clipboard import leave_plain_text

    leave_plain_text()
    return status


def _tell_first_paint() -> NoReturn:
    """Write down when it was, and leave at once: how long tearing down takes is not asked."""
    private_files.put(Path(os.environ[PAINT_FILE]), repr(time()).encode())
    os._exit(0)


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application object, made when there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QGuiApplication.setDesktopFileName("apprentice-desk")
    QApplication.setApplicationName("Apprentice Desk")
    app = QApplication([sys.argv[0], *arguments, "-style", "Fusion"])  # set later it costs time
    app.setProperty(tokens.STYLE, True)
    load_fonts(FIRST_FONTS)
    app.setProperty(tokens.FONTS, list(FIRST_FONTS))
    return app


def _first_look(theme: str, app: QApplication) -> str:
    """Return the theme of the first frame; "system" is read off the palette, which costs least."""
    if theme != "system":
        return theme
    is_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < 128  # half of 255
    return "dark" if is_dark else "light"


@contextmanager
def windows_for_pictures(
    desk: str | Path | None,
    theme: str,
    text_scale: float,
    size: tuple[int, int],
    clock: Clock | None = None,
) -> Iterator[Window]:
    """Give a window on *desk*, or on the welcome, for taking pictures of.

    Nothing in it waits or moves.
    """
    from PySide6.QtCore import QEvent

    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.kit.jobs import Jobs
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.kit.theme import apply, load_theme, theme_name
    from apprentice_desk.ui.shell.welcome import Welcome

    clock = clock or SystemClock()
    app = application()
    look = load_theme(theme_name(theme, app), text_scale)
    apply(app, look)
    messages = Messages()
    window = Window()
    window.furnish(look, messages)
    window.resize(*size)
    if desk is None:
        window.furniture.show_welcome(Welcome(look, ()))
    else:
        chosen = Settings(theme=theme, text_size=round(text_scale * 100))
        opened = opening(str(desk), clock, read_only=False)(Progress())
        store, organisation, lists = opened.store, opened.organisation, opened.lists
        jobs = Jobs(messages)
        window.take(Desk(store, organisation, lists, jobs, messages, chosen, clock, look))
    window.show()
    app.sendPostedEvents()
    try:
        yield window
    finally:
        window.leave()
        window.close()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _sweep() -> None:
    """Remove the copies of files that a program left which is gone."""
    from apprentice_desk.ui.desk import OPENED
    from apprentice_desk.ui.kit.opened_files import OpenedFiles

    OpenedFiles(settings.cache_folder() / OPENED).sweep()
