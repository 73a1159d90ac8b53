"""The whole program on a desk, come to a bad end on purpose; run in a process of its own.

Arguments: the desk, and one of crash, killed, hang, memory or tell.  What banners say is printed.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from apprentice_desk import crashes, settings
from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.logs import Event, Log
from apprentice_desk.records import organisation
from ui.starting import NovemberClock

_LONGEST_SECONDS = 60.0
_ROOM = 200 << 20


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def crash(program: Program) -> None:
    """Save something, then end as a fault in a library would end it."""
    assert program.window.desk is not None
    with program.window.desk.store.change("Note just before the end") as session:
        organisation.rename_team(session, "Digital, until the end")
    faulthandler._read_null()  # what ctypes reads from nowhere Windows makes an exception of


def killed(program: Program) -> None:
    """Save something, then be ended in the middle of the next change, as by a power cut."""
    assert program.window.desk is not None
    with program.window.desk.store.change("Note just before the power went") as session:
        organisation.rename_team(session, "Digital, until the power went")
    with program.window.desk.store.change("Cut off") as session:
        organisation.rename_team(session, "Nobody may see this")
        session.flush()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def hang(program: Program) -> None:
    """Stand still until that is noticed, then go on until that is."""

    def stand_still() -> None:
        # A busy computer may have the start stand still too, which is told as well.
        ends, told = time.monotonic() + _LONGEST_SECONDS, reports()
        while time.monotonic() < ends and reports() == told:
            time.sleep(0.05)
        go_on(ends, ended())

    def go_on(ends: float, before: int) -> None:
        if ended() > before or time.monotonic() > ends:
            program.window.close()
        else:
            QTimer.singleShot(50, lambda: go_on(ends, before))

    def reports() -> set[Path]:
        return set(settings.faults_folder().glob("still-*"))

    def ended() -> int:
        lines = Log(settings.logs_folder()).lines()
        return sum(line.event is Event.WENT_ON for line in lines)

    QTimer.singleShot(500, stand_still)


def memory(program: Program) -> None:
    """Fill the memory within a change, on a worker; say that the window goes on."""
    import resource  # not on Windows

    desk = program.window.desk
    assert desk is not None

    def work(_progress: object) -> None:
        with desk.store.change("Fill the memory") as session:
            organisation.rename_team(session, "Nobody may see this")
            filled = [bytearray(16 << 20) for _ in range(1_000)]
            raise AssertionError(f"there was room for {len(filled)}")

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    used = pages * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + _ROOM, resource.RLIM_INFINITY))
    job = desk.jobs.run("Filling the memory", work, writes=True)

    def go_on() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        say("went on")
        program.window.close()

    job.ended.connect(lambda: QTimer.singleShot(500, go_on))


def tell(program: Program) -> None:
    """Only close again, after what there is to say was said."""
    QTimer.singleShot(500, program.window.close)


ENDS: dict[str, Callable[[Program], None]] = {
    "crash": crash, "killed": killed, "hang": hang, "memory": memory, "tell": tell,
}  # fmt: skip


def main() -> int:
    location, what = sys.argv[1:]
    app = starting.application()
    watch = crashes.Watch(settings.faults_folder())
    program = Program(app, NovemberClock(), location)

    def on_ready() -> None:
        program.messages.said_something.connect(
            lambda message: say(f"{message} {message.action_text}")
        )
        QTimer.singleShot(0, lambda: ENDS[what](program))

    program.ready.connect(on_ready)
    program.start()
    # What is said before the window is ready is kept as well.
    QTimer.singleShot(200_000, lambda: sys.exit("too long"))
    status = app.exec()
    for message in program.messages.said:
        say(f"{message} {message.action_text}")
    program.close()
    watch.release()
    return status


if __name__ == "__main__":
    sys.exit(main())
