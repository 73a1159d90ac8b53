"""Who may reach a desk's file just now: everybody, nobody for a while, or nobody until unlocked.

A lock waits until every read is over; a read that comes while the file is being exchanged waits
for that, and one that comes while the desk is locked is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from apprentice_desk.domain.problems import Problem


class DeskLocked(Problem):
    """The desk is locked: its key is not known, and nothing of it can be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is locked.", "Unlock it with its passphrase.")


class DeskClosed(DeskLocked):
    """The desk was closed: a clock of a page that is going away ran on, and reads it in vain."""

    def __init__(self, name: str) -> None:
        Problem.__init__(self, f"{name} was closed.", "Open it again.")


class Gate:
    """Counts those who are inside, by threads; *name* is what a refusal calls the desk."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._turn = threading.Condition()
        self._inside = 0
        self._depth = threading.local()
        self._is_shut = False
        self._is_locked = False
        self.has_refused = False
        """Whether anybody came in vain since it was locked last."""

    @property
    def is_locked(self) -> bool:
        """Whether whoever comes is refused."""
        return self._is_locked

    @property
    def is_used(self) -> bool:
        """Whether anybody is inside: who shuts it now waits."""
        return self._inside > 0

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Be inside for the length of the block; DeskLocked where that is refused.

        Who is inside already passes: a read within a read never waits for itself.
        """
        depth = getattr(self._depth, "now", 0)
        if not depth:
            with self._turn:
                self._turn.wait_for(lambda: not self._is_shut)
                if self._is_locked:
                    self.has_refused = True
                    raise DeskLocked(self._name)
                self._inside += 1
        self._depth.now = depth + 1
        try:
            yield
        finally:
            self._depth.now = depth
            if not depth:
                with self._turn:
                    self._inside -= 1
                    self._turn.notify_all()

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Keep everybody out for the length of the block, once all who are inside have left.

        RuntimeError when this thread is inside itself.
        """
        if getattr(self._depth, "now", 0):
            raise RuntimeError("A desk is not locked from within a read.")
        with self._turn:
            self._turn.wait_for(lambda: not self._is_shut)
            self._is_shut = True
            self._turn.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            with self._turn:
                self._is_shut = False
                self._turn.notify_all()

    def lock(self) -> None:
        """Refuse whoever comes from now on; to be called while it is shut."""
        self._is_locked = True
        self.has_refused = False

    def unlock(self) -> None:
        """Let everybody in again; to be called while it is shut."""
        self._is_locked = False
