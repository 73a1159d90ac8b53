"""Our window: up to its first paint, or with "rows" up to the apprentices with their figures."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer

from apprentice_desk import app as builder
from apprentice_desk.clock import SystemClock

until, location = sys.argv[1], sys.argv[2]
application = builder.application()
program = builder.Program(application, SystemClock(), location)


class Watcher(QObject):
    """Leaves at the first paint of what it watches."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, application.quit)
        return False


watcher = Watcher()


def watch_table() -> None:
    """Wait for the table of apprentices to paint its rows."""
    page = program.window.page("apprentices")
    assert page.table.model().rowCount() >= 1
    page.table.viewport().installEventFilter(watcher)
    page.table.viewport().update()


if until == "paint":
    program.window.centralWidget().installEventFilter(watcher)
    program.start()
else:
    program.ready.connect(watch_table)
    program.start()
code = application.exec()
program.window.leave()
sys.exit(code)
