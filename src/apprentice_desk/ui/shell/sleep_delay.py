"""Holding up the computer's sleep on Linux for the moment that hiding a desk takes.

login1 tells that the computer is about to sleep, and waits for whoever asked it to: so the screen
shows nothing of the desk when the lid is opened again, and the key is out of the memory that a
computer writes to its disk before it sleeps deeply.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from apprentice_desk.product import product

if TYPE_CHECKING:  # imported only where a bus is there to be heard
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

LOGIN = "org.freedesktop.login1"
_WHY = "To hide an open desk before the computer sleeps"


class SleepDelay(QObject):
    """Holds sleep up from ``ask`` to ``let_go``, as far as login1 allows it (5 s unless set).

    A bus without login1, or one that refuses, is done without.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_wanted = False
        self._held: int | None = None
        """What login1 gave: it waits until this is closed."""
        self._asking: QDBusPendingCallWatcher | None = None

    @property
    def is_held(self) -> bool:
        """Whether the computer would wait before it sleeps."""
        return self._held is not None

    def request(self, bus: QDBusConnection) -> None:
        """Ask for the delay; nobody waits for the answer."""
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        if self._is_wanted:
            return
        self._is_wanted = True
        path = f"/{LOGIN.replace('.', '/')}"
        message = QDBusMessage.createMethodCall(LOGIN, path, f"{LOGIN}.Manager", "Inhibit")
        message.setArguments(["sleep", product().name, _WHY, "delay"])
        self._asking = QDBusPendingCallWatcher(bus.asyncCall(message), self)
        self._asking.finished.connect(self._on_answer)

    def let_go(self) -> None:
        """Hold nothing up any more; a second call does nothing."""
        self._is_wanted = False
        held, self._held = self._held, None
        if held is not None:
            os.close(held)

    def _on_answer(self, asking: QDBusPendingCallWatcher) -> None:
        from PySide6.QtDBus import QDBusUnixFileDescriptor

        for given in asking.reply().arguments():
            if isinstance(given, QDBusUnixFileDescriptor) and given.isValid():
                self._take(given.takeFileDescriptor())
        if self._asking is asking:
            self._asking = None
        asking.deleteLater()

    def _take(self, descriptor: int) -> None:
        if self._is_wanted and self._held is None:
            self._held = descriptor
        else:
            os.close(descriptor)  # it came too late
