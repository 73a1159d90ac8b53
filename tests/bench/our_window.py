"""Our window: up to its first paint, or with "rows" up to what the apprentices need, on Today."""

import gc
import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer

gc.disable()  # as the command line does before it imports the window

from apprentice_desk.app import starting  # noqa: E402 - see above
from apprentice_desk.app.program import Program  # noqa: E402 - see above
from apprentice_desk.clock import SystemClock  # noqa: E402

until, location = sys.argv[1], sys.argv[2]
application = starting.application()
program = Program(application, SystemClock(), location)


def leave() -> None:
    """Report the time and leave at once: how long tearing down takes is not asked."""
    print(time.time(), flush=True)
    os._exit(0)


class Watcher(QObject):
    """Leaves at the paint that shows what the apprentices need."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and is_filled():
            QTimer.singleShot(0, leave)
        return False


watcher = Watcher()


def is_filled() -> bool:
    """Whether all 500 apprentices were looked at, and lines of theirs are there."""
    look = program.window.furniture.first_look
    return len(look.people) == 500 and bool(look.lines.lines)


def watch_lines() -> None:
    """Wait for Today to paint its lines."""
    lines = program.window.furniture.first_look.lines
    lines.installEventFilter(watcher)
    lines.update()


if until == "paint":
    program.first_painted.connect(leave)
else:
    program.seen.connect(watch_lines)
program.start()
application.exec()
