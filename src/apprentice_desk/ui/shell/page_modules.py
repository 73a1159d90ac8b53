"""The modules of the pages, imported ahead of time: a page that is asked for is there at once.

What is not of the window takes most of the time and is imported beside it.  The window's own
modules are not, but by the window itself, one a turn: PySide keeps what it knows of a class of
Qt's in a table that the window reads without the interpreter's lock, so a class made beside the
window can end the whole program (seen with Python 3.11: one opening of a desk in forty).
"""

from __future__ import annotations

import dis
import sys
from collections import deque
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QObject, QTimer

from apprentice_desk.ui.kit import turns
from apprentice_desk.ui.shell.places import PAGES

if TYPE_CHECKING:
    from importlib.abc import InspectLoader
    from types import CodeType

    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.ui.kit.jobs import Jobs

_OURS = "apprentice_desk."
_WINDOWS_OWN = "apprentice_desk.ui."


def import_all(progress: Progress) -> None:
    """Import what all pages need, here and now; only the window's own thread may call this."""
    for name in import_what_is_beside(progress):
        import_module(name)


def import_what_is_beside(progress: Progress) -> list[str]:
    """Import what the pages need that is not of the window.

    Returns the modules of the window that are still to be imported, each behind those that it
    needs itself.  Raises Cancelled where *progress* was stopped.
    """
    left = _Left(progress, [], set())
    for number, place in enumerate(PAGES):
        progress.step(number, len(PAGES), place.title)
        left.visit(place.module)
    return left.names


class _Left(NamedTuple):
    """The window's own modules found so far, in the order in which they can be imported."""

    progress: Progress
    names: list[str]
    seen: set[str]

    def visit(self, name: str) -> None:
        """Import the module *name*, or what it needs if it is one of the window's own."""
        if name in self.seen or name in sys.modules:
            return
        self.seen.add(name)
        if self.progress.is_stopped:
            return
        if not name.startswith(_WINDOWS_OWN):
            import_module(name)
            return
        for needed in _needed_by(name):
            self.visit(needed)
        self.names.append(name)


def _needed_by(name: str) -> Iterator[str]:
    """Yield the modules of ours that the module *name* imports as it is imported."""
    spec = find_spec(name)
    if spec is None:
        return
    code = cast("InspectLoader", spec.loader).get_code(name)
    if code is not None:
        yield from imported_by(code)


def imported_by(code: CodeType) -> Iterator[str]:
    """Yield what *code* imports of ours when it runs; not what it names for a type checker only."""
    is_asked, skips_to = False, 0
    for each in dis.get_instructions(code):
        if each.offset < skips_to:
            continue
        if is_asked and each.opcode in dis.hasjrel:
            skips_to, is_asked = each.argval, False
        elif each.argval == "TYPE_CHECKING" and not each.opname.startswith("IMPORT"):
            is_asked = each.opname == "LOAD_NAME"
        elif each.opname == "IMPORT_NAME" and each.argval.startswith(_OURS):
            yield each.argval


class PageModules(QObject):
    """Imports them: what takes long in a job beside the window, its own a module a turn.

    What is left once *parent*, which has the jobs, is gone is imported where it is used.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: deque[str] = deque()

    def begin(self, jobs: Jobs) -> None:
        """Import what is not there yet."""
        jobs.run(
            "Loading the pages", import_what_is_beside, done=self._take, owner=self, is_quiet=True
        )

    def _take(self, names: list[str]) -> None:
        self._left = deque(names)
        self._import_one()

    def _import_one(self) -> None:
        if self._left:
            turns.begin()
            try:
                import_module(self._left.popleft())
            finally:
                turns.end()
            QTimer.singleShot(0, self, self._import_one)
