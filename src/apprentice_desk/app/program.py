"""One run of the program with its window.

Start-up is a list of steps, each seen by the person as soon as it is done: the window is painted
with navigation, theme and page frame; then records are imported and the desk is opened on a
worker, while the window stays alive; then the pages come.  Whatever the first paint can do without
is imported inside the function that needs it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from apprentice_desk import settings
from apprentice_desk.app.preferences import Preferences
from apprentice_desk.clock import Clock
from apprentice_desk.commands.opening import SAMPLE, Glanced, glancing
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.shell.frame import Frame
from apprentice_desk.ui.shell.places import first_page
from apprentice_desk.ui.shell.window import Window

if TYPE_CHECKING:
    from apprentice_desk.app.opening import Opener
    from apprentice_desk.commands.looking_ahead import Ahead
    from apprentice_desk.records.keys import DeskKey
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.kit.theme import Theme
    from apprentice_desk.ui.shell.noticing import Noticing

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
    "apprentice_desk.app.opening",
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
        self._clock = clock
        self._location = location
        self.preferences = Preferences(app, self)
        self._ahead: tuple[str, Ahead[Glanced | None]] | None = None
        self._is_closed = False
        self._is_ready = False
        self.messages: Messages
        self.noticing: Noticing | None = None
        self._opener: Opener | None = None
        look = self.preferences.first_look()
        self.window = Window(Frame(look, self.preferences.scale))
        self.window.asked.connect(self._on_asked)
        self.window.wanted.connect(lambda location, ro: self.open(location, read_only=ro))
        self.window.about_to_close.connect(self._keep_preferences)
        self.window.painted.connect(self._after_first_paint)
        self.preferences.resized.connect(self.window.rebuild_pages)
        app.aboutToQuit.connect(self.close)

    @property
    def theme(self) -> Theme:
        """The theme of the window, once it is furnished."""
        return self.preferences.theme

    @property
    def opener(self) -> Opener:
        """What opens desks; the window must be furnished."""
        assert self._opener is not None
        return self._opener

    def start(self) -> None:
        """Paint the window, then open the desk."""
        self.window.restore(self.preferences.chosen.window)
        self.window.show()

    def end(self) -> None:
        """Close without a question, since the system wants to; what is half typed stays kept."""
        self._keep_preferences()
        QApplication.exit()

    def close(self) -> None:
        """Stop what is under way and let go of the desk; a second call does nothing."""
        self._is_closed = True
        if self._ahead is not None:
            self._ahead[1].wait()
        if self._opener is not None:
            self._opener.close()
        if self.noticing is not None:
            self.noticing.stop()

    def _after_first_paint(self) -> None:
        self.first_painted.emit()
        looking = [partial(import_module, name) for name in _FOR_A_LOOK]
        loading = [partial(import_module, name) for name in _LATER]
        # In the last one the window is laid out and painted before work competes with it.
        self._take_turns([*looking, self._look_ahead, *loading, self._furnish, lambda: None])

    @property
    def _first_location(self) -> str:
        return self._location or next(iter(self.preferences.chosen.recent_desks), "")

    def _look_ahead(self) -> None:
        """Read the desk that is opened first while the window is furnished.

        The database does nearly all of it, and leaves the interpreter to the window meanwhile.
        """
        from apprentice_desk.app.opening import LOOKED_INTO
        from apprentice_desk.commands.looking_ahead import Ahead

        location = self._first_location
        page = first_page(self.preferences.chosen, self._clock.today())
        if location and page in LOOKED_INTO:
            self._ahead = location, Ahead(glancing(location, self._clock))

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
        from apprentice_desk.app.opening import Opener
        from apprentice_desk.ui.kit.icons import icon
        from apprentice_desk.ui.kit.messages import Messages
        from apprentice_desk.ui.shell.noticing import Noticing
        from apprentice_desk.ui.shell.taking import Taker

        access.tell_roles()
        self.preferences.dress()
        window, theme = self.window, self.theme
        messages = self.messages = Messages(self)
        self.noticing = Noticing(window, theme, messages, self._clock)
        window.furnish(theme, messages)
        ahead, self._ahead = self._ahead, None
        opener = self._opener = Opener(
            window,
            messages,
            self.preferences,
            self._clock,
            self.noticing,
            self._show_welcome,
            ahead,
            self,
        )
        opener.seen.connect(self.seen)
        opener.arrived.connect(self._be_ready)
        taker = Taker(window, theme, messages, opener.idle_jobs, self.open)
        window.dropped.connect(taker.take)
        window.setWindowIcon(icon("lamp-desk", "accent", theme))

    def _show_welcome(self) -> None:
        from apprentice_desk.ui.shell.recent import recent_desks
        from apprentice_desk.ui.shell.welcome import Welcome

        welcome = Welcome(self.theme, recent_desks(self.preferences.chosen, self._clock.today()))
        welcome.asked.connect(self._on_asked)
        welcome.chosen.connect(self.open)
        welcome.wanted.connect(self.opener.make)
        welcome.forgotten.connect(self._forget)
        self.window.furniture.show_welcome(welcome)

    def _forget(self, location: str) -> None:
        """Take a desk off the list of the last ones; its file, if any, stays as it is."""
        self.preferences.keep(self.preferences.chosen.without_recent(location))
        welcome = self.window.furniture.welcome
        if welcome is not None:
            welcome.forget(location)

    def open(self, location: str, *, read_only: bool = False, key: DeskKey | None = None) -> None:
        """Open a desk in the background and show it when it is there (``Opener.open``)."""
        self.opener.open(location, read_only=read_only, key=key)

    def take(self, location: str) -> None:
        """Open a desk that the system asks for, once what is being opened is there."""
        self._location = location
        if not self._is_ready:
            again = partial(self.take, location)
            self.ready.connect(again, Qt.ConnectionType.SingleShotConnection)
        elif self.window.desk is None or self.window.desk.store.location != location:
            self.window.ask_before_losing(partial(self.open, location))

    def _be_ready(self) -> None:
        # Put off by the command line: until here nothing is rubbish yet.  What is there stays, and
        # going through it again and again would be a standstill each time.
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if not self._is_ready and self.noticing is not None:
            self._is_ready = True
            self.noticing.begin()
        self.ready.emit()

    # what the menu asks for

    def _on_asked(self, word: str) -> None:
        asking = self.opener.asking
        if word in ("about", "newer"):
            asking.about("newer" if word == "newer" else "program")
            return
        if word == "lock":
            self._lock()
            return
        asked: dict[str, Callable[[], object]] = {
            "new": lambda: asking.what_desk(self.opener.make),
            "open": lambda: asking.which_desk(self.open),
            "sample": lambda: self.open(SAMPLE),
            "close": self.opener.close_desk,
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
            self.messages.warn(why.what, why.remedy, "Give it one", self.opener.go_to_protection)

    def _keep_preferences(self) -> None:
        chosen = self.preferences.chosen
        self.preferences.keep(
            replace(
                chosen,
                window=self.window.kept_geometry(),
                last_page=self.window.shown or chosen.last_page,
                last_used_on=self._clock.today().isoformat(),
            )
        )


def _sweep() -> None:
    """Remove the copies of files that a program left which is gone."""
    from apprentice_desk.ui.desk import OPENED
    from apprentice_desk.ui.kit.opened_files import OpenedFiles

    OpenedFiles(settings.cache_folder() / OPENED).sweep()
