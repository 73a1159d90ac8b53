"""Starting the program with its window, and ending it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from time import time
from typing import NoReturn

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from apprentice_desk import crashes, private_files, settings
from apprentice_desk.app.program import Program
from apprentice_desk.clock import SystemClock
from apprentice_desk.frozen import give_back_environment
from apprentice_desk.product import tell_taskbar
from apprentice_desk.ui.kit import tokens
from apprentice_desk.ui.shell.frame import FIRST_FONTS, load_fonts

PAINT_FILE = "APPRENTICE_DESK_PAINT_FILE"
"""A variable that names a file: the time of the first paint is written there, and the run ends.

By it the frozen program is measured against the source, on each system by the same clock.
"""


def has_display() -> bool:
    """Return whether windows can be shown; without it Qt ends the program with a fault."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def check_display() -> None:
    """Raise Problem where there is no display."""
    if not has_display():
        from apprentice_desk.domain.problems import Problem

        raise Problem(
            "There is no display to open a window on.",
            "The other commands work without one: apprentice-desk --help",
        )


def run(location: str = "", arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed; return the exit status.

    Raises Problem where there is no display.
    """
    check_display()
    tell_taskbar()
    app = application(arguments)
    give_back_environment()
    watch = crashes.Watch(settings.faults_folder())
    program = Program(app, SystemClock(), location)
    if sys.platform == "darwin":  # elsewhere each event would be looked at for nothing
        from apprentice_desk.ui.shell.from_finder import FromFinder

        FromFinder(app, program.take)
    if PAINT_FILE in os.environ:
        program.first_painted.connect(_tell_first_paint)
    if sys.platform != "win32":  # until then no desk is held
        program.first_painted.connect(lambda: _hear_the_system(app, program))
    program.start()
    status = app.exec()
    watch.release()
    from apprentice_desk.ui.kit.clipboard import leave_plain_text

    leave_plain_text()
    return status


def _hear_the_system(app: QApplication, program: Program) -> None:
    from apprentice_desk.ui.shell.told_to_end import ToldToEnd

    ToldToEnd(app, program.end)


def _tell_first_paint() -> NoReturn:
    """Write down when it was, and leave at once: how long tearing down takes is not asked."""
    private_files.put(Path(os.environ[PAINT_FILE]), repr(time()).encode())
    os._exit(0)


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application object, made when there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QGuiApplication.setDesktopFileName("apprentice-desk")
    QApplication.setApplicationName("Apprentice Desk")
    app = QApplication([sys.argv[0], *arguments, "-style", "Fusion"])  # set later it costs time
    app.setProperty(tokens.STYLE, True)
    load_fonts(FIRST_FONTS)
    app.setProperty(tokens.FONTS, list(FIRST_FONTS))
    return app
