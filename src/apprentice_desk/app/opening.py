"""Opening desks in the window, one after another, and what is asked or offered on the way.

A desk is opened on a worker while the window stays alive.  What the first paint can do without is
imported inside the function that needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from apprentice_desk import policy
from apprentice_desk.app.preferences import Preferences
from apprentice_desk.app.rescuing import Rescuer
from apprentice_desk.clock import Clock
from apprentice_desk.commands.opening import (
    SAMPLE,
    Glanced,
    Opened,
    glancing,
    making,
    opening,
    sample_path,
)
from apprentice_desk.ui.shell.places import first_page
from apprentice_desk.ui.shell.window import Window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apprentice_desk.commands.looking_ahead import Ahead
    from apprentice_desk.domain.problems import Damaged, Problem
    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.records.keys import DeskKey
    from apprentice_desk.safekeeping.unlocking import FoundKey
    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.kit.jobs import Jobs
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.passphrases import NewPassphrase
    from apprentice_desk.ui.shell.asking import Asking
    from apprentice_desk.ui.shell.backing_up import BackingUp
    from apprentice_desk.ui.shell.noticing import Noticing
    from apprentice_desk.ui.shell.unlock import Given, Unlock

LONG_SECONDS = 0.05
"""What takes longer is not done on the window's thread (architecture, section 6)."""

LOOKED_INTO = ("today", "apprentices")
"""The pages that can show what is read before the desk is open."""


class Opener(QObject):
    """Opens desks in *window*, one after another.

    *ahead* is a look into the desk at a location that is under way already.  *show_welcome* shows
    what there is without a desk.  ``seen`` says that a first look at a desk is shown; ``arrived``
    that a desk is there, or what asks for its passphrase, or the welcome.
    """

    seen = Signal()
    arrived = Signal()

    def __init__(
        self,
        window: Window,
        messages: Messages,
        preferences: Preferences,
        clock: Clock,
        noticing: Noticing,
        show_welcome: Callable[[], object],
        ahead: tuple[str, Ahead[Glanced | None]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        from apprentice_desk.ui.shell.one_window import OneWindow, bring_forward

        super().__init__(parent)
        self._window = window
        self._messages = messages
        self._preferences = preferences
        self._theme = preferences.theme
        self._clock = clock
        self._noticing = noticing
        self._show_welcome = show_welcome
        self._ahead = ahead
        self._glanced: Glanced | None = None
        self._former: tuple[str, DeskKey | None] = ("", None)
        self._backing_up: BackingUp | None = None
        self._jobs: Jobs | None = None
        self._one_window = OneWindow(self)
        self._one_window.wanted.connect(lambda: bring_forward(window))
        window.about_to_close.connect(self._one_window.release)
        self.rescuer = Rescuer(
            window,
            messages,
            preferences,
            clock,
            lambda place, is_read_only, its: self.open(place, read_only=is_read_only, key=its),
            self._some_jobs,
        )

    @cached_property
    def asking(self) -> Asking:
        """The questions of whoever makes and opens desks."""
        from apprentice_desk.ui.shell.asking import Asking

        return Asking(self._window, self._theme)

    def close(self) -> None:
        """Stop what is under way and let go of the desk; a second call does nothing."""
        if self._ahead is not None:
            self._ahead[1].wait()
        self._window.leave()
        if self._jobs is not None:
            self._one_window.release()
            self._jobs.close()
            self._jobs = None
        if self._backing_up is not None:
            self._backing_up.finish()

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

    def _on_open_elsewhere(self, location: str) -> None:
        """Give way to the window that has the desk; without a desk of our own, go."""
        furniture = self._window.furniture
        if self._window.desk is None and furniture.welcome is None:
            self._window.close()
            return
        words = "The sample desk" if location == SAMPLE else f"“{Path(location).name}”"
        self._messages.say(f"{words} is open in another window, which has come forward.")

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
        self._window.furniture.show_opening(f"{words}, just a moment")
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

    def _looking(self, location: str, key: DeskKey | None) -> Callable[[Progress], Glanced | None]:
        """Return the work of looking into a desk, which may be under way or done."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == location and key is None:
            return ahead[1]
        return glancing(location, self._clock, key)

    def _leave(self) -> None:
        self.rescuer.forget()
        left = self._window.desk
        if left is not None:
            self._former = left.store.location, left.store.key
        self._one_window.release()
        self._window.leave()
        if left is not None:
            self._noticing.closed()
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

            look = apprentices_look.FirstLook(found.rows, self._theme, self._preferences.chosen)
        else:
            from apprentice_desk.ui.pages.today import first_look as today_look

            chosen = self._preferences.chosen
            look = today_look.FirstLook(
                found.rows,
                found.put_off,
                self._clock.today(),
                "" if chosen.shows_everyone else chosen.my_name,
                self._theme,
            )
        self._window.furniture.show_first_look(look, self._first_page)
        self.seen.emit()

    @property
    def _first_page(self) -> str:
        return first_page(self._preferences.chosen, self._clock.today())

    @property
    def _is_looked_into(self) -> bool:
        """Whether the first page can show what is read before the desk is open."""
        return self._first_page in LOOKED_INTO

    def _fresh_jobs(self) -> Jobs:
        from apprentice_desk.ui.kit.jobs import Jobs  # not on the way to the first paint

        if self._jobs is not None:
            self._jobs.close()
        self._jobs = Jobs(self._messages, self)
        self._noticing.follow(self._jobs)
        self._window.furniture.progress.follow(self._jobs)
        return self._jobs

    def idle_jobs(self) -> Jobs | None:
        """Return jobs for a window without a desk; None while one is being opened."""
        if self._jobs is not None and self._jobs.is_busy:
            return None
        return self._fresh_jobs()

    def _on_opened(self, opened: Opened) -> None:
        if self._jobs is None or self._jobs.is_closed:  # closed, or gone on, meanwhile
            opened.store.close()
            return
        from apprentice_desk.ui.desk import Desk

        self._former = ("", None)
        chosen = self._preferences.chosen
        self._preferences.keep(chosen.with_recent(opened.store.location, self._clock.now()))
        desk = Desk(
            opened.store,
            opened.organisation,
            opened.lists,
            self._jobs,
            self._messages,
            self._preferences.chosen,
            self._clock,
            self._theme,
            self,
            # One that was not looked into may be of any size.
            is_large=self._glanced is None or self._glanced.seconds > LONG_SECONDS,
            first_rows=self._glanced.rows if self._glanced is not None else None,
            drafts=opened.drafts,
        )
        self._glanced = None
        desk.settings_changed.connect(self._preferences.take)
        self._look_after(desk)
        self._window.take(desk)
        self._noticing.opened(opened.store)
        self._back_up(desk)
        QTimer.singleShot(0, self._hold)  # after the person sees the desk
        self.arrived.emit()

    def _back_up(self, desk: Desk) -> None:
        if self._backing_up is None:
            from apprentice_desk.ui.shell.backing_up import BackingUp

            self._backing_up = BackingUp(self._messages, self._clock, self)
            self._backing_up.said.connect(self._window.furniture.foot.show_backup)
            self._backing_up.copied.connect(self._window.furniture.foot.show_copied)
        self._backing_up.begin(desk)

    def _look_after(self, desk: Desk) -> None:
        """Watch the desk's file: the place it stands on, its health, what others save in it."""
        from apprentice_desk.ui.passphrases import is_passphrase_missing
        from apprentice_desk.ui.shell.following import Following
        from apprentice_desk.ui.shell.looking_round import Watching

        desk.damaged.connect(self.rescuer.of_open)
        if is_passphrase_missing(desk):
            why = policy.in_force().why_passphrase
            self._messages.warn(why, "This one has none.", "Give it one", self.go_to_protection)
        Following(desk)  # before any page reads: what is saved from here on is news
        Watching(desk)

    def _hold(self) -> None:
        if self._window.desk is not None:
            store = self._window.desk.store
            self._one_window.hold(store.location, gives_way=store.is_read_only)
            from apprentice_desk.ui.shell.locking import Locking

            self._window.locking = Locking(self._window, self._window.desk)

    def _go_back(self, location: str) -> None:
        """Open the desk that was left for *location*, or offer the ways in."""
        (former, key), self._former = self._former, ("", None)
        if former in ("", location):
            self._show_welcome()
            self.arrived.emit()
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
            self.asking.about_use(
                problem,
                lambda: self.open(location, read_only=True, key=key),
                lambda: self._open(location, read_only=False, key=key, take_over=True),
            )
        elif isinstance(problem, NotWritable):
            self._messages.problem(
                problem,
                "Open to read only",
                lambda: self.open(location, read_only=True, key=key),
            )
        else:
            self._messages.problem(problem)

    def _look_for_rescue(self, problem: Damaged, location: str, key: DeskKey | None) -> None:
        self.rescuer.of_closed(
            problem, location, key, self._fresh_jobs, lambda: self._go_back(location)
        )

    def _some_jobs(self) -> Jobs:
        return self._jobs if self._jobs is not None else self._fresh_jobs()

    def _ask_passphrase(self, location: str, *, read_only: bool) -> None:
        """Ask in the window for the passphrase of a desk that is being opened."""
        from apprentice_desk.safekeeping.attempts import attempts_at
        from apprentice_desk.ui.shell.unlock import unlock_to_open

        asked = unlock_to_open(self._theme, attempts_at(location), Path(location).name)
        asked.given.connect(lambda given: self._try(given, asked, location, read_only=read_only))
        asked.turned_back.connect(lambda: self._go_back(location))
        self._window.furniture.show_asking(asked)
        self.arrived.emit()

    def _try(self, given: Given, asked: Unlock, location: str, *, read_only: bool) -> None:
        from apprentice_desk.safekeeping.unlocking import trying

        path, place = Path(location), self._preferences.chosen.second_place_of(location)
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
            self._messages.problem(found.not_remembered)
        elif given.is_recovery:
            self._messages.warn(
                "This desk was opened with its recovery sheet.",
                "If its passphrase is forgotten, or known to others, give it a new one. The sheet"
                " then opens it no more.",
                "Change the passphrase",
                self.go_to_protection,
            )

    def go_to_protection(self) -> None:
        """Go where the passphrase of the desk that is open is given and changed."""
        from apprentice_desk.ui.destinations import OpenPage

        if self._window.desk is not None:
            self._window.go(OpenPage("safekeeping", "protection"))

    def close_desk(self) -> None:
        """Close the desk that is open, and show the welcome."""
        self._leave()
        self._former = ("", None)
        self._show_welcome()

    # making

    def make(self, details: Any) -> None:
        """Make a new desk by *details*: its passphrase is asked for, then its place."""
        names = (details.file_name, details.team)
        self.asking.protection(names, lambda given: self._ask_where(details, given))

    def _ask_where(self, details: Any, given: NewPassphrase | None) -> None:
        self.asking.where(details.file_name, lambda path: self._make(path, details, given))

    def _make(self, path: str, details: Any, given: NewPassphrase | None) -> None:
        self._leave()
        self._window.furniture.show_opening(f"{Path(path).name}, just a moment")
        jobs = self._fresh_jobs()

        def made(opened: Opened) -> None:
            self._on_opened(opened)
            if given is not None and given.wants_sheet and self._window.desk is not None:
                from apprentice_desk.ui.passphrases import Protecting

                Protecting(self._window.desk, self._window).ask_where_sheet()

        jobs.run(
            f"Making {Path(path).name}",
            making(path, details.borough, details.team, given.passphrase if given else ""),
            done=made,
            failed=lambda problem: self._on_not_opened(problem, path),
            stopped=lambda: None if jobs.is_closed else self._go_back(path),
        )
