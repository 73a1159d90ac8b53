"""What is done about damaged desks: one that does not open, and one that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from apprentice_desk.app.preferences import Preferences
from apprentice_desk.clock import Clock
from apprentice_desk.ui.shell.window import Window

if TYPE_CHECKING:
    from apprentice_desk.domain.problems import Damaged, Problem
    from apprentice_desk.records.keys import DeskKey
    from apprentice_desk.safekeeping.rescue import Rescue
    from apprentice_desk.ui.kit.jobs import Jobs
    from apprentice_desk.ui.kit.messages import Messages, WayOut
    from apprentice_desk.ui.shell.rescuing import Rescuing


class Rescuer:
    """Looks for the newest good backup of a damaged desk, and offers it.

    *open_desk* opens the desk at a location, to read only or for changes, with its key; *jobs*
    gives jobs to restore with.
    """

    def __init__(
        self,
        window: Window,
        messages: Messages,
        preferences: Preferences,
        clock: Clock,
        open_desk: Callable[[str, bool, DeskKey | None], object],
        jobs: Callable[[], Jobs],
    ) -> None:
        self._window = window
        self._messages = messages
        self._preferences = preferences
        self._clock = clock
        self._open_desk = open_desk
        self.jobs = jobs
        self._of_open: Rescuing | None = None
        messages.way_out = self._way_out

    def rescuing(self, problem: Damaged, location: str, key: DeskKey | None) -> Rescuing:
        """Return what looks for a backup of the damaged desk at *location*."""
        from apprentice_desk.ui.shell.rescuing import Rescuing

        return Rescuing(
            self._window,
            self._preferences.theme,
            self._messages,
            self._clock,
            problem,
            location,
            key,
            self._preferences.chosen.second_place_of(location),
            self._open_desk,
        )

    def of_closed(
        self,
        problem: Damaged,
        location: str,
        key: DeskKey | None,
        fresh_jobs: Callable[[], Jobs],
        then: Callable[[], object],
    ) -> None:
        """Look for the newest good backup of a desk that did not open; do *then*, and offer it."""
        rescuing = self.rescuing(problem, location, key)
        name = Path(location).name
        self._window.furniture.show_opening(
            f"{name} is damaged; its newest good backup is looked for"
        )

        def found(rescue: Rescue | None) -> None:
            then()
            rescuing.offer(rescue, self.jobs, is_open=False)

        rescuing.look(fresh_jobs(), found)

    def of_open(self, problem: Damaged) -> None:
        """Offer the newest good backup of the desk that is open, whose file is damaged."""
        desk, former = self._window.desk, self._of_open
        if former is not None and former.is_under_way:
            self._messages.problem(problem)  # with the way to what was found
        elif desk is not None:
            rescuing = self.rescuing(problem, desk.store.location, desk.store.key)
            self._of_open = rescuing
            rescuing.look(desk.jobs, lambda found: rescuing.offer(found, self.jobs, is_open=True))

    def forget(self) -> None:
        """Forget what was found: the desk is left."""
        self._of_open = None

    def _way_out(self, problem: Problem) -> WayOut | None:
        """Return what can be done where a page met damage that a backup was found for."""
        from apprentice_desk.domain.problems import Damaged

        rescuing = self._of_open
        return rescuing.way_out() if rescuing is not None and isinstance(problem, Damaged) else None
