"""How a job is getting on: what is being done, how far it is, how long it will take, and Stop."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.domain.progress import Remaining
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.jobs import Job, Jobs, State
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme

_MILLISECONDS_BEFORE_SHOWN = 500
"""What is over sooner would only flicker."""


def time_left(seconds: float) -> str:
    """Return *seconds* as words that do not pretend to be exact: "about 2 minutes left"."""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 50:
        return f"about {round(seconds / 10) * 10} seconds left"
    minutes = max(1, round(seconds / 60))
    if minutes == 1:
        return "about a minute left"
    if minutes < 90:
        return f"about {minutes} minutes left"
    return f"about {round(minutes / 60)} hours left"


_FULL = 1000
"""Qt counts in 32 bits; thousandths are finer than any screen."""


class ProgressPanel(QFrame):
    """Follows one job from its beginning to its end.

    *clock* counts seconds.  The panel hides itself when the job is over unless *stays*.
    """

    def __init__(
        self,
        job: Job,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        stays: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._job: Job | None = job
        self._stays = stays
        self._clock = clock
        self._remaining = Remaining(clock())
        job.is_shown = True
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._title = label(job.title, "strong", wraps=True)
        self._doing = label("Waiting to begin", "small", wraps=True)
        self._left = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _FULL)  # never without an end: Qt would have the bar run to and fro
        self._bar.setValue(0)
        access.name(self._bar, job.title)
        self._stop = button("Stop", theme, self._on_stop, icon="x")
        access.name(self._stop, f"Stop: {job.title}")
        below = QHBoxLayout()
        below.setSpacing(theme.space(3))
        below.addWidget(self._doing, 1)
        below.addWidget(self._left)
        down = QVBoxLayout()
        down.setSpacing(theme.space(1.5))
        down.addWidget(self._title)
        down.addWidget(self._bar)
        down.addLayout(below)
        across = QHBoxLayout(self)
        edge = theme.space(4)
        across.setContentsMargins(edge, theme.space(3), edge, theme.space(3))
        across.setSpacing(edge)
        across.addLayout(down, 1)
        across.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignVCenter)
        job.started.connect(self._on_started)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        if job.state is State.RUNNING:
            self._on_started()
            self._on_progressed(job.done, job.total, job.doing)

    def _on_started(self) -> None:
        self._remaining = Remaining(self._clock())
        self._doing.setText("Begun")

    def _on_progressed(self, done: int, total: int | None, doing: str) -> None:
        if total:
            self._bar.setValue(round(_FULL * done / total))
        counted = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
        self._doing.setText(" · ".join(part for part in (doing, counted) if part))
        left = self._remaining.note(done, total, self._clock())
        self._left.setText(time_left(left) if left is not None else "")

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._stop.setEnabled(False)
            self._left.setText("")
            self._doing.setText("Stopping as soon as it is safe")

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        self._stop.setVisible(False)
        self._left.setText("")
        words = {State.DONE: "Done", State.STOPPED: "Stopped: nothing was changed"}
        state = job.state if job is not None else State.DONE
        self._bar.setValue(_FULL if state is State.DONE else 0)
        self._doing.setText(words.get(state, "Not finished"))
        access.announce(self, f"{self._title.text()}: {self._doing.text()}")
        self.setVisible(self._stays)


class ProgressRoom(QWidget):
    """Shows the long work that no page shows itself, with Stop; there is none while there is none.

    ``follow`` says whose.  Work that is quiet is not shown: nobody waits for it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._jobs: Jobs | None = None
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(2))
        self.hide()

    def follow(self, jobs: Jobs) -> None:
        """Show what is under way among *jobs* from now on."""
        self._jobs = jobs
        jobs.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        jobs = self.sender()
        if isinstance(jobs, Jobs) and jobs is self._jobs and self._waiting():
            QTimer.singleShot(_MILLISECONDS_BEFORE_SHOWN, self, self._show_waiting)

    def _waiting(self) -> list[Job]:
        running = self._jobs.running if self._jobs is not None else ()
        return [job for job in running if not (job.is_quiet or job.is_shown)]

    def _show_waiting(self) -> None:
        for job in self._waiting():
            panel = ProgressPanel(job, self._theme)
            self._down.addWidget(panel)
            job.ended.connect(panel.deleteLater)
            job.ended.connect(self._on_ended)
            self.show()

    def _on_ended(self) -> None:
        self.setVisible(any(not panel.isHidden() for panel in self.findChildren(ProgressPanel)))
