"""What the system tells: the screen is locked, the session is, the computer goes to sleep.

Linux tells it on D-Bus, Windows in messages to a window.  macOS tells only programs that are made
with its own libraries: there, as anywhere, the jump of the clock after a sleep and the idle
minutes are what a desk is locked by (``lock_watching``).
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    QTimer,
    Slot,
)

from apprentice_desk.ui.shell.lock_watching import Watcher
from apprentice_desk.ui.shell.sleep_delay import LOGIN, SleepDelay

if TYPE_CHECKING:  # imported only where a bus is there to be heard
    from PySide6.QtDBus import QDBusConnection

SCREEN = "The screen was locked."
SESSION = "Your session was locked."
SLEEP = "The computer went to sleep."

LONGEST_DELAY_MS = 4_000
"""login1 waits for five seconds, unless it was told otherwise, and then no more."""
PAINTED_MS = 150
"""By then the screen shows what was painted last."""
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")


class BusWatcher(Watcher):
    """Hears login1 (sleep, session) and the screen saver on D-Bus, and holds sleep up meanwhile.

    A bus that is not there, or says nothing, is done without.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_started = False
        self.delay = SleepDelay(self)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_DELAY_MS)
        self._longest.timeout.connect(self.delay.let_go)

    def start(self) -> None:
        """Begin to watch."""
        if not self._is_started:
            self._is_started = True
            self._join(is_joining=True)

    def stop(self) -> None:
        """Watch no more."""
        if self._is_started:
            self._is_started = False
            self._join(is_joining=False)
            if not self._longest.isActive():  # else ``let_sleep`` comes, or the longest time ends
                self.delay.let_go()

    def let_sleep(self) -> None:
        """Let the computer sleep, once what hides the desk is on the screen."""
        if self._longest.isActive():
            self._longest.start(PAINTED_MS)

    def _join(self, *, is_joining: bool) -> None:
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        for bus, service, path, interface, signal, slot in (
            (system, LOGIN, "", f"{LOGIN}.Manager", "PrepareForSleep", "on_sleep(bool)"),
            (system, LOGIN, session_path(), f"{LOGIN}.Session", "Lock", "on_session()"),
            *((session, "", "", name, "ActiveChanged", "on_screen(bool)") for name in _SAVERS),
        ):
            if bus.isConnected():
                _join(bus, (service, path, interface, signal), self, slot, is_joining=is_joining)
        if is_joining and system.isConnected():
            self.delay.request(system)

    @Slot(bool)
    def on_sleep(self, is_begun: bool) -> None:
        """Hear that the computer goes to sleep, or has woken up."""
        if is_begun:
            self._longest.start(LONGEST_DELAY_MS)
            self.noticed.emit(SLEEP)

    @Slot()
    def on_session(self) -> None:
        """Hear that the session is locked."""
        self.noticed.emit(SESSION)

    @Slot(bool)
    def on_screen(self, is_on: bool) -> None:
        """Hear that the screen saver has begun, or ended."""
        if is_on:
            self.noticed.emit(SCREEN)


def _join(
    bus: QDBusConnection,
    signal: tuple[str, str, str, str],
    receiver: QObject,
    slot: str,
    *,
    is_joining: bool,
) -> None:
    join: Any = bus.connect if is_joining else bus.disconnect
    join(*signal, receiver, SLOT(slot))  # as text, whatever its stub says (PySide 6.11)


def session_path(number: str | None = None) -> str:
    """Return where login1 keeps this session; "" where its number is not known: then any is meant.

    The number is written as D-Bus writes names: what is no letter or figure as _ and its code.
    """
    number = os.environ.get("XDG_SESSION_ID", "") if number is None else number
    if not number:
        return ""
    first = re.sub(r"^\d", lambda found: f"_{ord(found[0]):02x}", number)
    head, rest = (first[:3], first[3:]) if first != number else ("", number)
    return f"/org/freedesktop/login1/session/{head}" + re.sub(
        r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):02x}", rest
    )


_SESSION_CHANGE, _SESSION_LOCK = 0x02B1, 7
_POWER, _SUSPEND = 0x0218, 4


def reason_of(message: int, what: int) -> str:
    """Return why a desk is locked at a message of Windows; "" where it is not."""
    if (message, what) == (_SESSION_CHANGE, _SESSION_LOCK):
        return SCREEN
    return SLEEP if (message, what) == (_POWER, _SUSPEND) else ""


class _Message(ctypes.Structure):
    """The beginning of Windows' MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("what", ctypes.c_size_t),
    )


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, watcher: Watcher) -> None:
        super().__init__()
        self._watcher = watcher

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: Any
    ) -> tuple[bool, int]:
        """Look at a message; none is held back."""
        if QByteArray(kind) == b"windows_generic_MSG":
            told = _Message.from_address(int(message))
            reason = reason_of(told.message, told.what or 0)
            if reason:
                self._watcher.noticed.emit(reason)
        return False, 0


class WindowsWatcher(Watcher):
    """Hears Windows' messages about the session and the power; *window* is the number of ours.

    Its messages are tested by their numbers; it was not run on Windows here.
    """

    def __init__(self, parent: QObject, window: int) -> None:
        super().__init__(parent)
        self._window = window
        self._messages: _Messages | None = None

    def start(self) -> None:
        """Begin to watch."""
        program = QCoreApplication.instance()
        if self._messages is not None or program is None:
            return
        self._messages = _Messages(self)
        program.installNativeEventFilter(self._messages)
        self._register("WTSRegisterSessionNotification", self._window, 0)

    def stop(self) -> None:
        """Watch no more."""
        program = QCoreApplication.instance()
        if self._messages is None or program is None:
            return
        program.removeNativeEventFilter(self._messages)
        self._messages = None
        self._register("WTSUnRegisterSessionNotification", self._window)

    def _register(self, name: str, *values: int) -> None:
        if sys.platform == "win32":  # pragma: no cover - there only
            getattr(ctypes.windll.wtsapi32, name)(*values)


def system_watcher(parent: QObject, window: int) -> Watcher | None:
    """Return what hears this system; None where it tells nothing that can be heard."""
    if sys.platform == "win32":
        return WindowsWatcher(parent, window)  # pragma: no cover - there only
    return None if sys.platform == "darwin" else BusWatcher(parent)
