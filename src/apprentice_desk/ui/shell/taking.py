"""Where what was dropped onto the window goes: opened, imported, merged or read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from apprentice_desk.ui.shell.arriving import Arrival, Arrived, telling

if TYPE_CHECKING:
    from apprentice_desk.ui.kit.jobs import Jobs
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.kit.theme import Theme
    from apprentice_desk.ui.shell.window import Window


class Taker(QObject):
    """Takes files for *window*.

    *idle_jobs* gives jobs where no desk is open, None while one is just being opened; *open_desk*
    opens a desk.
    """

    def __init__(
        self,
        window: Window,
        theme: Theme,
        messages: Messages,
        idle_jobs: Callable[[], Jobs | None],
        open_desk: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._messages = messages
        self._idle_jobs = idle_jobs
        self._open_desk = open_desk

    def take(self, paths: Sequence[str]) -> None:
        """Look what *paths* are, beside the window, and take them where they belong."""
        desk = self._window.desk
        jobs = desk.jobs if desk is not None else self._idle_jobs()
        if jobs is None:
            return
        jobs.run(
            "Looking at what was dropped",
            telling(paths, desk.store.location if desk is not None else ""),
            done=self._on_arrival,
            owner=self,
        )

    def _on_arrival(self, arrival: Arrival) -> None:
        from apprentice_desk.ui.destinations import (
            MergeReturns,
            OpenPlacements,
            ReadCalendar,
            ReadReceipts,
            TakeLog,
        )

        desk = self._window.desk
        if arrival.what is Arrived.DESK:
            self._window.ask_before_losing(lambda: self._open_desk(arrival.paths[0]))
        elif desk is None:
            self._messages.warn(
                "No desk is open that could take it.", "Open or make a desk, then drop it again."
            )
        elif arrival.what is Arrived.RETURNS:
            self._window.go(MergeReturns(arrival.paths))
        elif desk.store.is_read_only:
            self._messages.warn(
                "This desk is open to read only, so nothing was taken in.",
                "Open it to change it, then drop the file again.",
            )
        elif arrival.what is Arrived.RECEIPTS:
            self._window.go(ReadReceipts(arrival.paths))
        elif arrival.what is Arrived.PLACEMENTS:
            self._window.go(OpenPlacements(paths=arrival.paths))
        elif arrival.what is Arrived.LOG:
            self._window.go(TakeLog(arrival.paths[0]))
        elif arrival.what is Arrived.CALENDAR:
            self._window.go(ReadCalendar(arrival.paths[0]))
        else:
            self._import(arrival)

    def _import(self, arrival: Arrival) -> None:
        from apprentice_desk.ui.destinations import ImportList
        from apprentice_desk.ui.shell.dropping import ask_kind

        (path,) = arrival.paths

        def bring_in(kind: str) -> None:
            self._window.go(ImportList(kind, path))

        if len(arrival.kinds) == 1:
            bring_in(arrival.kinds[0])
        else:
            ask_kind(self._window, self._theme, Path(path).name, arrival.kinds, bring_in)
