"""Plays the jobs of job_scripts.py in the real window, each on a desk and in a process of its own.

``Playing`` does so under the X server that DISPLAY names.  Called as a program it plays one:
SAMPLE FOLDER JOB, and leaves FOLDER/steps.json; a job that cannot be done ends it with what was in
the way.
"""

from __future__ import annotations

import faulthandler
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from apprentice_desk import settings
from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.clock import Clock
from ui.job_scripts import DESK, JOBS, Job
from ui.person import Person
from ui.starting import NovemberClock
from ui.steps import Listed, Steps

SECONDS_FOR_A_JOB = 300
MS_TO_COME_FORWARD = 60_000
NOTES = "steps.json"


class Playing:
    """Plays jobs in *folder*, each once and on a copy of *sample*.

    A process for each, as for a person in the morning: where a dialog for files begins is what Qt
    remembers of the last one.
    """

    def __init__(self, folder: Path, sample: Path) -> None:
        self._folder = folder
        self._sample = sample
        self._taken: dict[str, Steps] = {}
        self._turn = itertools.count()

    def steps(self, job: Job) -> Steps:
        """Return what *job* takes; AssertionError with what was in the way if it is not done."""
        if job.name not in self._taken:
            own = self._folder / str(next(self._turn))
            run = subprocess.run(
                [sys.executable, __file__, self._sample, own, job.name],
                capture_output=True, text=True, check=False,
                env=os.environ
                | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": os.pathsep.join(sys.path)},
            )  # fmt: skip
            said = f"{job.name} ended with {run.returncode}\n{run.stdout}{run.stderr}"
            assert run.returncode == 0, said
            self._taken[job.name] = Steps(**json.loads((own / NOTES).read_text("utf-8")))
        return self._taken[job.name]

    def listed(self) -> list[Listed]:
        """Return the table of all jobs."""
        return [Listed(job.name, job.who, self.steps(job), job.at_most) for job in JOBS]


def play(job: Job, sample: Path, folder: Path) -> Steps:
    """Do *job* from its first step to its last, and look whether it is done."""
    (folder / "Documents").mkdir(parents=True)
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder)  # so Documents lie in it
    os.chdir(folder)
    location = str(shutil.copy(sample, folder / DESK)) if job.has_desk else ""
    settings.save(settings.Settings(theme="light", prepared_by="Apprenticeships officer"))
    job.prepare(folder)
    with at_the_window(location, folder) as person:
        job.do(person)
        person.settle()
    return person.steps


@contextmanager
def at_the_window(location: str, folder: Path, clock: Clock | None = None) -> Iterator[Person]:
    """Start the program as a person would, who begins once the first page is there."""
    # The program's own way to name a file, not one that the computer's desktop brings.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    application = starting.application()
    program = Program(application, clock or NovemberClock(), location)
    window = program.window
    person = Person(program, folder)
    program.start()
    try:
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window, MS_TO_COME_FORWARD), (
            "the window does not come forward"
        )
        if location:
            person.until(lambda: window.desk is not None, "for the desk")
        person.settle()
        yield person
        left = [each for each in window.findChildren(QDialog) if each.isVisible()]
        assert not left, f"left open: {left}"
    finally:
        sys.excepthook = sys.__excepthook__
        program.close()
        window.close()
        window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> int:
    """Play one job."""
    faulthandler.enable()  # a fault inside a library is to say where, too
    faulthandler.dump_traceback_later(SECONDS_FOR_A_JOB, exit=True)
    sample, folder, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    (job,) = [each for each in JOBS if each.name == name]
    notes = asdict(play(job, sample, folder))
    (folder / NOTES).write_text(json.dumps(notes), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
