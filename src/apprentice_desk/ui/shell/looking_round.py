"""What is looked at once a desk is open, behind the window: its place, second files, its health.

And whether this computer's clock is behind what was saved already, in a database too.

Each thing is said once and remembered; it all stands on the page Safekeeping, under "Where it
stands", whenever somebody wants to read it again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from apprentice_desk.domain.clocks import behind_in_words, is_behind
from apprentice_desk.domain.desk_places import told
from apprentice_desk.domain.problems import Damaged, Problem
from apprentice_desk.records import soundness
from apprentice_desk.records.holding import file_of
from apprentice_desk.safekeeping.surroundings import Surroundings, look_round
from apprentice_desk.ui.destinations import OpenPage

if TYPE_CHECKING:
    from apprentice_desk.safekeeping.conflict_copies import ConflictCopy
    from apprentice_desk.ui.desk import Desk

_LATER_MS = 1_500
"""The first page and the numbers beside places come first."""
_PART = "place"


def _now() -> datetime:
    """Return the instant that a change made now would be said to be made at."""
    return datetime.now(UTC)


class Watching(QObject):
    """Looks round the file of *desk*, and has it checked; *looked* carries the Surroundings.

    *now* is the clock that changes are dated by.
    """

    looked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], datetime] = _now) -> None:
        super().__init__(desk)
        self._desk = desk
        self._now = now
        self._waiting: deque[Callable[[], None]] = deque()
        self._path = file_of(desk.store.location)
        desk.messages.changed.connect(self._say_next)
        if not desk.organisation.is_sample:
            QTimer.singleShot(_LATER_MS, self, self.begin)

    def begin(self) -> None:
        """Look round now; a database stands on a server that somebody else looks after."""
        path, store = self._path, self._desk.store
        if store.is_locked:
            return
        self._desk.jobs.run(
            "Looking at the clock",
            lambda _progress: store.latest_instant(),
            done=self._on_latest,
            failed=self._on_failed,
            owner=self,
            is_quiet=True,
        )
        if path is None:
            return
        key = store.key
        self._desk.jobs.run(
            "Looking round the desk's file",
            lambda progress: look_round(path, key, progress),
            done=self._on_looked,
            failed=self._on_failed,
            owner=self,
            is_quiet=True,
        )

    def _on_looked(self, found: Surroundings) -> None:
        self._tell_of_place(found)
        self._tell_of_copies([copy for copy in found.copies if self._is_news(_word(copy))])
        self.looked.emit(found)
        path, key = self._path, self._desk.store.key
        is_asked = found.is_checked_by_itself and not self._desk.store.is_locked
        if path is not None and is_asked:
            self._desk.jobs.run(
                "Checking the desk's file",
                lambda progress: soundness.check(path, key, progress),
                failed=self._on_failed,
                owner=self,
                is_quiet=True,
            )

    def _on_failed(self, problem: Problem) -> None:
        if isinstance(problem, Damaged):
            self._desk.found_damaged(problem)

    # saying it, one thing at a time

    def _on_latest(self, latest: datetime | None) -> None:
        now = self._now()
        if latest is None or not is_behind(now, latest):
            return
        word = f"clock {latest.isoformat()} {self._desk.store.name}"
        if self._is_news(word):
            self._say(*behind_in_words(now, latest, self._desk.store.name), "", [word])

    def _tell_of_place(self, found: Surroundings) -> None:
        path, standing = self._path, found.standing
        if path is None or standing is None:
            return
        word = f"{standing.kind} {standing.name} {path}"
        if not self._is_news(word):
            return
        said = told(standing, path.name)
        self._say(said.what, said.short, "Read more", [word])

    def _tell_of_copies(self, news: list[ConflictCopy]) -> None:
        if not news:
            return
        first = news[0]
        others = f" and {len(news) - 1} more" if len(news) > 1 else ""
        what = f"“{first.path.name}”{others} beside this desk looks like a second file of it."
        if first.is_first:
            what = f"This desk looks like a second file of “{first.path.name}”."
        self._say(
            what,
            "Compare the two, so that nothing that was done in either is lost.",
            "Compare",
            [_word(copy) for copy in news],
        )

    def _is_news(self, word: str) -> bool:
        return word not in self._desk.settings.told

    def _say(self, what: str, remedy: str, action: str, words: list[str]) -> None:
        def say() -> None:
            settings = self._desk.settings
            for word in words:
                settings = settings.with_told(word)
            self._desk.prefer(settings)
            self._desk.messages.warn(what, remedy, action, self._go if action else None)

        self._waiting.append(say)
        self._say_next()

    def _say_next(self) -> None:
        """Say the next thing once nothing else stands in the banner."""
        if self._waiting and self._desk.messages.current_problem is None:
            self._waiting.popleft()()

    def _go(self) -> None:
        self._desk.go(OpenPage("safekeeping", _PART))


def _word(copy: ConflictCopy) -> str:
    return f"copy {Path(copy.path)}"
