"""What locks a desk: idle minutes, a sleep, and what the system tells."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from apprentice_desk.ui.shell import lock_system
from apprentice_desk.ui.shell.lock_system import (
    SCREEN,
    SLEEP,
    WindowsWatcher,
    reason_of,
    session_path,
)
from apprentice_desk.ui.shell.lock_watching import ASLEEP_SECONDS, PersonWatcher


class Clocks:
    """Two clocks that stand still until they are moved."""

    def __init__(self) -> None:
        self.since_start, self.wall = 100.0, 1_000_000.0

    def pass_(self, seconds: float) -> None:
        self.since_start += seconds
        self.wall += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def field(qtbot: Any) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def watcher(field: QLineEdit, clocks: Clocks, qapp: QApplication) -> Any:
    made = PersonWatcher(qapp, lambda: clocks.since_start, lambda: clocks.wall)
    made.set_minutes(10)
    made.start()
    heard: list[str] = []
    made.noticed.connect(heard.append)
    yield made, heard
    made.stop()
    made.deleteLater()


def look(watcher: PersonWatcher, clocks: Clocks, seconds: float) -> None:
    """Let time pass in the steps in which the watcher looks."""
    while seconds > 0:
        clocks.pass_(min(seconds, 5))
        seconds -= 5
        watcher.look()


def test_nobody_there_for_ten_minutes_locks_and_a_key_begins_anew(
    watcher: Any, clocks: Clocks, field: QLineEdit
) -> None:
    made, heard = watcher
    look(made, clocks, 595)
    assert heard == []
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    look(made, clocks, 595)
    assert heard == []
    look(made, clocks, 5)
    assert heard == ["Nobody was here for 10 minutes."]


def test_the_mouse_counts_as_somebody(watcher: Any, clocks: Clocks, field: QLineEdit) -> None:
    made, heard = watcher
    look(made, clocks, 595)
    at = QPointF(3, 3)
    move = QMouseEvent(
        QEvent.Type.MouseMove, at, at, at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QGuiApplication.sendEvent(field.windowHandle(), move)
    look(made, clocks, 595)
    assert heard == []


def test_the_key_that_comes_too_late_is_held_back(
    watcher: Any, clocks: Clocks, field: QLineEdit
) -> None:
    made, heard = watcher
    for _ in range(12):  # the clock did not get round to looking, but time passed in steps
        clocks.pass_(50)
        made._looked = clocks.wall
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QGuiApplication.sendEvent(field.windowHandle(), press)
    assert heard == ["Nobody was here for 10 minutes."]
    assert field.text() == ""


def test_never_means_never_and_another_choice_counts_at_once(watcher: Any, clocks: Clocks) -> None:
    made, heard = watcher
    made.set_minutes(0)
    look(made, clocks, 3 * 3600)
    assert heard == []
    made.set_minutes(5)
    made.look()
    assert heard == ["Nobody was here for 5 minutes."]


def test_a_jump_of_the_clock_is_a_sleep_and_a_busy_minute_is_none(
    watcher: Any, clocks: Clocks
) -> None:
    made, heard = watcher
    clocks.wall += ASLEEP_SECONDS
    made.look()
    assert heard == []
    clocks.wall += ASLEEP_SECONDS + 1  # what counts the seconds that it runs stood still
    made.look()
    assert heard == ["The computer was asleep."]
    made.look()
    assert len(heard) == 1
    clocks.wall -= 3600  # turned back
    made.look()
    assert len(heard) == 1


def test_a_window_that_opens_later_is_watched_too(watcher: Any, clocks: Clocks, qtbot: Any) -> None:
    made, heard = watcher
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is other.windowHandle())
    look(made, clocks, 595)
    QTest.keyClick(other.windowHandle(), Qt.Key.Key_A)
    look(made, clocks, 595)
    assert heard == []


def test_after_stopping_nothing_is_noticed(watcher: Any, clocks: Clocks, field: QLineEdit) -> None:
    made, heard = watcher
    made.stop()
    made.stop()
    clocks.pass_(3600)
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert heard == []
    assert field.text() == "a"


# --- the system ---------------------------------------------------------------------------------


def test_messages_of_windows_mean_what_its_headers_say() -> None:
    assert reason_of(0x02B1, 0x7) == SCREEN  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
    assert reason_of(0x02B1, 0x8) == ""  # unlocked
    assert reason_of(0x0218, 0x4) == SLEEP  # WM_POWERBROADCAST, PBT_APMSUSPEND
    assert reason_of(0x0218, 0x12) == ""  # PBT_APMRESUMEAUTOMATIC
    assert reason_of(0x0200, 0x7) == ""  # WM_MOUSEMOVE


def test_a_message_of_windows_is_read_where_it_lies(qapp: QApplication) -> None:
    parent = QObject()
    watcher = WindowsWatcher(parent, 0)
    heard: list[str] = []
    watcher.noticed.connect(heard.append)
    watcher.start()
    told = lock_system._Message(None, 0x02B1, 7)
    assert watcher._messages is not None
    answer = watcher._messages.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told))
    assert answer == (False, 0)
    assert watcher._messages.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    watcher.stop()
    assert heard == [SCREEN]


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("2", "/org/freedesktop/login1/session/_32"),
        ("31", "/org/freedesktop/login1/session/_331"),
        ("c1", "/org/freedesktop/login1/session/c1"),
        ("a-b", "/org/freedesktop/login1/session/a_2db"),
        ("", ""),
    ],
)
def test_the_session_is_found_as_dbus_writes_it(number: str, path: str) -> None:
    assert session_path(number) == path


_SCRIPT = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from apprentice_desk.ui.shell.lock_system import BusWatcher

application = QCoreApplication([])
others = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "others")
assert others.registerService("org.freedesktop.login1")
parent = QObject()
watcher = BusWatcher(parent)
heard = []
watcher.noticed.connect(heard.append)
watcher.start()


def tell(path, interface, name, *values):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(values))
    assert others.send(message)


def wait(count):
    loop_until = QTimer(singleShot=True, interval=60000)
    loop_until.start()
    while len(heard) < count and loop_until.isActive():
        application.processEvents()


login = "org.freedesktop.login1"
tell("/org/freedesktop/login1", login + ".Manager", "PrepareForSleep", True)
wait(1)
tell("/org/freedesktop/login1", login + ".Manager", "PrepareForSleep", False)
tell("/org/freedesktop/login1/session/_39", login + ".Session", "Lock")
tell("/org/freedesktop/login1/session/_37", login + ".Session", "Lock")
wait(2)
tell("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
tell("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True)
wait(3)
tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
wait(4)
watcher.stop()
tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
for _ in range(50):
    application.processEvents()
print("\\n".join(heard))
"""


_HELD_UP = """
import os, sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtDBus import (
    QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject
)
from apprentice_desk.ui.shell.lock_system import BusWatcher

application = QCoreApplication([])
others = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "others")
assert others.registerService("org.freedesktop.login1")
asked = []


class Login(QDBusVirtualObject):
    # What login1 does: it gives a descriptor, and waits until all of its copies are closed.

    def introspect(self, path):
        return ""

    def handleMessage(self, message, connection):
        asked.append((message.member(), message.arguments()))
        self.waits, given = os.pipe()
        os.set_blocking(self.waits, False)
        connection.send(message.createReply(QDBusUnixFileDescriptor(given)))
        os.close(given)
        return True

    @property
    def is_waiting(self):
        try:
            return os.read(self.waits, 1) != b""
        except BlockingIOError:
            return True


login = Login()
assert others.registerVirtualObject("/org/freedesktop/login1", login)


def wait_until(met):
    limit = QTimer(singleShot=True, interval=60000)
    limit.start()
    while not met() and limit.isActive():
        application.processEvents()
    assert met()


def tell(is_begun):
    name = "org.freedesktop.login1"
    path = "/" + name.replace(".", "/")
    message = QDBusMessage.createSignal(path, name + ".Manager", "PrepareForSleep")
    message.setArguments([is_begun])
    assert others.send(message)


watcher = BusWatcher(QObject(application))
heard = []


def hide(why):
    heard.append((why, login.is_waiting))
    watcher.stop()  # as whoever locks does: it need not be told again


watcher.noticed.connect(hide)
watcher.start()
wait_until(lambda: watcher.delay.is_held)
assert asked == [
    ("Inhibit", ["sleep", "Apprentice Desk", "To hide an open desk before the computer sleeps",
                 "delay"]),
], asked
watcher.let_sleep()
assert login.is_waiting, "nothing is going on"
tell(True)
wait_until(lambda: heard)
assert heard == [("The computer went to sleep.", True)], heard
assert login.is_waiting, "until the desk is locked"
watcher.let_sleep()
wait_until(lambda: not login.is_waiting)
print("let go once it was hidden")

watcher.start()
wait_until(lambda: watcher.delay.is_held)
tell(True)
wait_until(lambda: len(heard) == 2)
wait_until(lambda: not login.is_waiting)
print("let go in any case before login1 loses patience")

watcher.start()
wait_until(lambda: watcher.delay.is_held)
watcher.stop()
assert not login.is_waiting
print("let go with the desk")

watcher.start()
watcher.stop()
wait_until(lambda: len(asked) == 4 and not login.is_waiting)
print("let go where the answer came too late")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus tells it on Linux only")
def test_sleep_is_held_up_until_nothing_of_the_desk_is_seen(tmp_path: Path) -> None:
    script = tmp_path / "holding.py"
    script.write_text(
        "import os\n"
        "os.environ['DBUS_SYSTEM_BUS_ADDRESS'] = os.environ['DBUS_SESSION_BUS_ADDRESS']\n"
        + _HELD_UP,
        encoding="utf-8",
    )
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus tells it on Linux only")
def test_the_bus_tells_of_sleep_session_and_screen(tmp_path: Path) -> None:
    script = tmp_path / "hearing.py"
    script.write_text(
        "import os\n"
        "os.environ['DBUS_SYSTEM_BUS_ADDRESS'] = os.environ['DBUS_SESSION_BUS_ADDRESS']\n"
        "os.environ['XDG_SESSION_ID'] = '7'\n" + _SCRIPT,
        encoding="utf-8",
    )
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:-1] == [
        "The computer went to sleep.",
        "Your session was locked.",
        "The screen was locked.",
        "The screen was locked.",
    ]


def test_without_a_bus_nothing_is_heard_and_nothing_fails(
    tmp_path: Path,
) -> None:
    script = (
        "from PySide6.QtCore import QCoreApplication, QObject\n"
        "from apprentice_desk.ui.shell.lock_system import BusWatcher\n"
        "application = QCoreApplication([])\n"
        "parent = QObject()\n"
        "watcher = BusWatcher(parent)\n"
        "watcher.start()\n"
        "watcher.stop()\n"
        "print('fine')\n"
    )
    nowhere = f"unix:path={tmp_path}/nothing"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": nowhere, "DBUS_SYSTEM_BUS_ADDRESS": nowhere},
    )
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr
