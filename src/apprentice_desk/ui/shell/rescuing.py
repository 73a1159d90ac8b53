"""Looking for the newest good backup of a damaged desk, offering it, and restoring it beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from apprentice_desk.clock import Clock
from apprentice_desk.domain.problems import Damaged
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping.rescue import Rescue, look_for_rescue, restore
from apprentice_desk.ui.shell.damaged import DamagedDialog

if TYPE_CHECKING:
    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.ui.kit.jobs import Jobs
    from apprentice_desk.ui.kit.messages import Messages, WayOut
    from apprentice_desk.ui.kit.theme import Theme
    from apprentice_desk.ui.shell.window import Window

_SEE = "See what can be done"

OpenDesk = Callable[[str, bool, DeskKey | None], object]
"""Opens the desk at a location, to read only or for changes, with its key."""


class Rescuing(QObject):
    """One damaged desk at *location*, of which *key* is known; *place* has its other copies."""

    def __init__(
        self,
        window: Window,
        theme: Theme,
        messages: Messages,
        clock: Clock,
        problem: Damaged,
        location: str,
        key: DeskKey | None,
        place: Path | None,
        open_desk: OpenDesk,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._messages = messages
        self._clock = clock
        self._problem = problem
        self._location = location
        self._key = key
        self._places = () if place is None else (place,)
        self._open_desk = open_desk
        self.dialog: DamagedDialog | None = None
        self._is_looking = False
        self._show: Callable[[], object] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether what can be done is being looked for, or was found."""
        return self._is_looking or self._show is not None

    def way_out(self) -> WayOut | None:
        """Return the button that leads to what was found; None where nothing was."""
        return None if self._show is None else (_SEE, self._show)

    def look(self, jobs: Jobs, then: Callable[[Rescue | None], object]) -> None:
        """Look what can be done, and do *then* with it; None where nobody could look."""
        path = Path(self._location)

        def work(progress: Progress) -> Rescue:
            return look_for_rescue(path, self._key, self._places, progress)

        def ended(found: Rescue | None) -> None:
            self._is_looking = False
            then(found)

        self._is_looking = True
        jobs.run(
            f"Looking for a good backup of {path.name}",
            work,
            done=ended,
            failed=lambda _problem: ended(None),
            stopped=lambda: None if jobs.is_closed else ended(None),
            owner=self,
            writes=True,  # not behind the pages, which read; a damaged file is not to be written to
        )

    def offer(self, rescue: Rescue | None, jobs: Callable[[], Jobs], *, is_open: bool) -> None:
        """Show what was found; a desk that *is_open* can be opened to read what is left of it."""
        if rescue is None or not rescue.is_any_help:
            self._messages.problem(self._problem)
            return

        def show() -> None:
            dialog = DamagedDialog(
                self._window, self._theme, self._problem, rescue, may_be_read=is_open
            )
            dialog.restore.connect(lambda: self._restore(rescue, jobs()))
            dialog.read.connect(lambda: self._open_desk(self._location, True, self._key))
            self.dialog = dialog
            dialog.open()

        self._show = show
        self._messages.problem(self._problem, _SEE, show)
        show()

    def _restore(self, rescue: Rescue, jobs: Jobs) -> None:
        backup, today = rescue.backup, self._clock.today()
        if backup is None:
            return

        def work(progress: Progress) -> Path:
            progress.step(0, None, f"Restoring {backup.path.name}")
            return restore(rescue, self._key, today, self._places)

        def done(path: Path) -> None:
            def go() -> None:
                self._messages.dismiss()
                self._open_desk(str(path), False, self._key)
                self._messages.say(
                    f"Restored as “{path.name}”; “{rescue.path.name}” is left as it is."
                )

            self._window.ask_before_losing(go)

        jobs.run(f"Restoring {backup.path.name}", work, done=done, writes=True, owner=self)
