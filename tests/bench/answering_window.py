"""Our window at long work: prints the longest time between two turns of its event loop, in ms.

Called with what is to be done, the desk, and what it is done with.  One run is one process, so
that nothing is loaded yet, or known to the collector of garbage, which is not so at a person's
first time.  Whoever mends a standstill gives a file in STANDSTILL_STACKS: where every thread was
when the loop had not turned for 40 ms is written to it.  (Looking at threads that run may end the
process; then it is run again.)
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

gc.disable()  # as the command line does before it imports the window

from PySide6.QtCore import QObject, Qt, QTimer  # noqa: E402 - see above
from PySide6.QtTest import QTest  # noqa: E402

from apprentice_desk.app import starting  # noqa: E402
from apprentice_desk.app.program import Program  # noqa: E402
from apprentice_desk.clock import SystemClock  # noqa: E402
from apprentice_desk.ui.shell.window import Window  # noqa: E402

TYPED = "given 12 fam manager 3"
_STACKS = os.environ.get("STANDSTILL_STACKS", "")
_STOOD_STILL = 0.04

Script = Iterator[Callable[[], Any]]
"""What a person does, step by step: each gives what must be true before the next."""


class Waited:
    """The seconds for which threads of this process waited for a processor that others had.

    Where the system does not tell (it is Linux that does) there were none.
    """

    def __init__(self) -> None:
        self._files: dict[str, int] = {}

    def __call__(self) -> float:
        with suppress(OSError):
            for thread in os.listdir("/proc/self/task"):  # noqa: PTH208 - each millisecond
                if thread not in self._files:
                    path = f"/proc/self/task/{thread}/schedstat"
                    self._files[thread] = os.open(path, os.O_RDONLY)
        waited = 0
        for file in self._files.values():
            with suppress(OSError):  # the thread has ended
                waited += int(os.pread(file, 80, 0).split()[1])
        return waited / 1e9


class Heart(QObject):
    """Beats each millisecond while the event loop turns, and does a script meanwhile."""

    def __init__(self, script: Callable[[Heart, Window], Script], window: Window) -> None:
        super().__init__(window)
        self.longest = 0.0
        self._script = script(self, window)
        self._may_go_on: Callable[[], Any] = lambda: True
        self._stacks = Path(_STACKS).open("a") if _STACKS else None  # noqa: SIM115 - to the end
        self._waited = Waited()
        self._last = self._now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Count from here on."""
        self.longest, self._last = 0.0, self._now()

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), self._waited()

    def _beat(self) -> None:
        before, self._last = self._last, self._now()
        gone, worked, waited = (now - then for now, then in zip(self._last, before, strict=True))
        # What other programs took of the processors is no standstill of ours.
        self.longest = max(self.longest, min(gone, max(worked, gone - waited)))
        if self._stacks is not None:
            faulthandler.dump_traceback_later(_STOOD_STILL, file=self._stacks)
        if self._may_go_on():
            self._may_go_on = next(self._script, self._leave)

    def _leave(self) -> None:
        """Report and leave at once: how long tearing down takes is not asked."""
        print(self.longest * 1000, flush=True)
        os._exit(0)


def opening(_heart: Heart, window: Window) -> Script:
    """From the first paint on: open the desk on Today, then go to the list of apprentices."""
    yield lambda: is_idle(window)
    today: Any = window.page("today")
    assert today.lines.lines, "Today is empty"
    window.show_page("apprentices")
    apprentices: Any = window.page("apprentices")
    yield lambda: is_idle(window) and len(apprentices.model.shown) == 500


def finding(heart: Heart, window: Window) -> Script:
    """Type into the search of the desk that is open, a letter in each turn of the loop."""
    yield from opening(heart, window)
    heart.begin()
    window.actions_.find.trigger()
    box = window.furniture.top.search
    yield lambda: box.is_open
    for letter in TYPED:
        QTest.keyClicks(box, letter)
        yield lambda: True
    assert box.text() == TYPED
    yield lambda: True


def importing(heart: Heart, window: Window) -> Script:
    """Bring a log in: the file chosen, its rows reviewed, all of them logged."""
    from apprentice_desk.ui.destinations import ImportList
    from apprentice_desk.ui.pages.imports.page import Step

    yield lambda: is_idle(window)
    heart.begin()
    window.go(ImportList("hours", sys.argv[3]))
    page: Any = window.page("imports")
    yield lambda: page.step is Step.MATCH and is_idle(window)
    page.match_part.forward.click()
    yield lambda: page.step is Step.REVIEW and is_idle(window)
    page.bring_in()
    yield lambda: page.step is Step.DONE and is_idle(window)


def merging(heart: Heart, window: Window) -> Script:
    """Merge a folder of returns and write the workbook."""
    from apprentice_desk.ui.destinations import MergeReturns

    yield lambda: is_idle(window)
    heart.begin()
    window.go(MergeReturns((sys.argv[3],)))
    page: Any = window.page("merge")
    yield lambda: page.incoming.merged is not None and is_idle(window)
    assert len(page.incoming.merged.returns) == 33
    made = Path(sys.argv[4])
    page.export_to(str(made))
    yield lambda: made.is_file() and is_idle(window)


def is_idle(window: Window) -> bool:
    """Whether a desk is open and nothing is under way in it."""
    return window.desk is not None and not window.desk.jobs.is_busy


def main() -> None:
    """Do what is asked for."""
    scripts = {each.__name__: each for each in (opening, finding, importing, merging)}
    script = scripts[sys.argv[1]]
    application = starting.application()
    program = Program(application, SystemClock(), sys.argv[2])
    program.first_painted.connect(lambda: Heart(script, program.window))
    program.start()
    application.exec()


if __name__ == "__main__":
    main()
