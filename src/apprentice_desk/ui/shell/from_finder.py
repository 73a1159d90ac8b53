"""Desks that macOS asks to be opened: a double click is an event there, no word at the start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class FromFinder(QObject):
    """Hands *take* the path of each file that the system wants opened; belongs to the program."""

    def __init__(self, program: QObject, take: Callable[[str], object]) -> None:
        super().__init__(program)
        self._take = take
        program.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self._take(event.file())
            return True
        return super().eventFilter(watched, event)
