from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit.jobs import Jobs, State
from apprentice_desk.ui.kit.progress import ProgressPanel, time_left


class Gate:
    """Holds a job until it is let through; says when the job has come to it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, progress) -> str:
        self.reached.set()
        while not self.opened.wait(0.01):
            progress.step(0, None, "waiting")
        progress.step(1, 1, "through")
        return "through"


def test_work_is_done_off_the_ui_thread_and_told_of_on_it(qtbot, jobs) -> None:
    ui = threading.get_ident()
    where: dict[str, int] = {}

    def work(progress) -> int:
        where["work"] = threading.get_ident()
        return 42

    results: list[int] = []

    def done(result: int) -> None:
        where["done"] = threading.get_ident()
        results.append(result)

    job = jobs.run("Adding up", work, done)
    qtbot.waitUntil(lambda: results == [42])
    assert where["work"] != ui
    assert where["done"] == ui
    assert not jobs.is_busy
    assert job.state is State.DONE


class Paper(QWidget):
    """Notes, when it is painted, whether any worker has begun by then."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.noted: list[bool] = []
        self._jobs = jobs

    def paintEvent(self, event: QPaintEvent) -> None:
        self.noted.append(bool(self._jobs.findChildren(QThread)))


def test_work_begins_when_what_it_was_asked_from_is_painted(qtbot, jobs) -> None:
    paper = Paper(jobs)
    qtbot.addWidget(paper)
    paper.show()
    qtbot.waitExposed(paper)
    qtbot.waitUntil(lambda: bool(paper.noted))
    paper.noted.clear()
    jobs.run("Reading", lambda _progress: None)
    assert jobs.is_busy, "it is under way from when it was asked for"
    paper.update()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert paper.noted == [False]


def test_even_the_fastest_failure_is_heard(qtbot, jobs) -> None:
    heard: list[Problem] = []

    def work(progress) -> None:
        raise Problem("It cannot be read.")

    for _ in range(50):
        jobs.run("Reading", work, failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 50)


def test_a_problem_that_nobody_takes_is_shown(qtbot, jobs, messages) -> None:
    def work(progress) -> None:
        raise Problem("It cannot be read.", "Choose another file.")

    jobs.run("Reading", work)
    qtbot.waitUntil(lambda: messages.current_problem is not None)
    assert str(messages.current_problem) == "It cannot be read. Choose another file."


def test_a_fault_goes_to_the_crash_hook_on_the_ui_thread(qtbot, jobs, monkeypatch) -> None:
    crashes: list[tuple[type, int]] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda kind, value, trace: crashes.append((kind, threading.get_ident()))
    )
    answers: list[object] = []

    def work(progress) -> None:
        raise ZeroDivisionError

    job = jobs.run("Dividing", work, answers.append, answers.append, lambda: answers.append(None))
    states: list[State] = []
    job.ended.connect(lambda: states.append(job.state))
    qtbot.waitUntil(lambda: bool(crashes))
    assert crashes == [(ZeroDivisionError, threading.get_ident())]
    assert answers == []
    assert states == [State.FAILED]


def test_stop_ends_the_work_at_its_next_step(qtbot, jobs) -> None:
    gate, stopped = Gate(), []
    job = jobs.run("Waiting", gate, stopped=lambda: stopped.append(True))
    qtbot.waitUntil(gate.reached.is_set)
    job.stop()
    qtbot.waitUntil(lambda: stopped == [True])


def test_one_writer_at_a_time_and_readers_do_not_wait_for_it(qtbot, jobs) -> None:
    first, order = Gate(), []
    jobs.run("Importing", first, lambda _: order.append("first"), writes=True)
    jobs.run("Saving", lambda progress: None, lambda _: order.append("second"), writes=True)
    qtbot.waitUntil(first.reached.is_set)
    jobs.run("Preview", lambda progress: None, lambda _: order.append("reader"))
    qtbot.waitUntil(lambda: order == ["reader"])
    first.opened.set()
    qtbot.waitUntil(lambda: order == ["reader", "first", "second"])


def test_of_requests_with_one_name_only_the_newest_is_answered(qtbot, jobs) -> None:
    gate, answers, stopped = Gate(), [], []
    jobs.run(
        "Preview 1",
        gate,
        lambda _: answers.append(1),
        stopped=lambda: stopped.append(1),
        newest_of="preview",
    )
    qtbot.waitUntil(gate.reached.is_set)
    jobs.run(
        "Preview 2",
        lambda progress: None,
        lambda _: answers.append(2),
        stopped=lambda: stopped.append(2),
        newest_of="preview",
    )
    jobs.run("Preview 3", lambda progress: None, lambda _: answers.append(3), newest_of="preview")
    qtbot.waitUntil(lambda: answers == [3])
    assert sorted(stopped) == [1, 2]


def test_an_answer_that_was_overtaken_is_not_given(qtbot, jobs) -> None:
    """The older work was over before it could be stopped, but a newer request is waiting."""
    began, hold, answers = threading.Event(), threading.Event(), []

    def older(progress) -> int:
        began.set()
        assert hold.wait(60)
        return 1

    jobs.run("Preview 1", older, answers.append, newest_of="preview")
    qtbot.waitUntil(began.is_set)
    jobs.run("Preview 2", lambda progress: 2, answers.append, newest_of="preview")
    hold.set()
    qtbot.waitUntil(lambda: answers == [2])


def test_nobody_is_told_who_is_gone(qtbot, jobs) -> None:
    gate, answers = Gate(), []
    page = QObject()
    jobs.run("Reading", gate, answers.append, owner=page)
    qtbot.waitUntil(gate.reached.is_set)
    page.deleteLater()
    page.destroyed.connect(lambda: gate.opened.set())
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert answers == []


def test_stopping_all_waits_and_tells(qtbot, messages) -> None:
    jobs = Jobs(messages)
    gate, stopped = Gate(), []
    jobs.run("Importing", gate, stopped=lambda: stopped.append("running"), writes=True)
    qtbot.waitUntil(gate.reached.is_set)
    jobs.run("Saving", gate, stopped=lambda: stopped.append("waiting"), writes=True)
    jobs.stop_all_and_wait()
    assert sorted(stopped) == ["running", "waiting"]
    assert not jobs.is_busy
    answers: list[object] = []
    jobs.run("Again", lambda progress: 1, answers.append)
    qtbot.waitUntil(lambda: answers == [1])
    jobs.stop_all_and_wait()


def test_what_is_begun_while_all_is_stopped_is_stopped_too(qtbot, messages) -> None:
    """As when whoever hears that one is done asks for the next."""
    jobs = Jobs(messages)
    gate = Gate()
    states: list[State] = []

    def begin_the_next() -> None:
        later = jobs.run("Next", lambda _progress: None)
        later.ended.connect(lambda: states.append(later.state))

    jobs.run("First", gate, stopped=begin_the_next)
    qtbot.waitUntil(gate.reached.is_set)
    jobs.stop_all_and_wait()
    assert not jobs.is_busy
    assert states == [State.STOPPED]
    again: list[int] = []
    jobs.run("Again", lambda _progress: 1, done=again.append)
    qtbot.waitUntil(lambda: again == [1])
    jobs.close()


def test_once_closed_nothing_is_done_or_told(qtbot, messages) -> None:
    jobs = Jobs(messages)
    jobs.close()
    told: list[object] = []
    job = jobs.run("Late", told.append, done=told.append, stopped=lambda: told.append("stopped"))
    assert job.state is State.STOPPED
    assert not jobs.is_busy
    assert jobs.running == ()
    assert told == []


def test_progress_arrives_on_the_ui_thread(qtbot, jobs) -> None:
    seen: list[tuple[int, int | None, str]] = []
    gate = Gate()

    def work(progress) -> None:
        progress.step(1, 4, "Reading sheet 1")
        gate(progress)

    job = jobs.run("Reading", work)
    job.progressed.connect(lambda *step: seen.append(step))
    qtbot.waitUntil(lambda: (1, 4, "Reading sheet 1") in seen)
    assert (job.done, job.total, job.doing) == seen[-1]
    gate.opened.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "a few seconds left"),
        (29, "about 30 seconds left"),
        (62, "about a minute left"),
        (290, "about 5 minutes left"),
        (7300, "about 2 hours left"),
    ],
)
def test_time_left_is_said_in_words(seconds, words) -> None:
    assert time_left(seconds) == words


def test_the_panel_says_what_is_done_how_far_it_is_and_how_long_it_takes(
    qtbot, jobs, theme
) -> None:
    now, gate = [100.0], Gate()
    job = jobs.run("Importing hours", gate)
    panel = ProgressPanel(job, theme, clock=lambda: now[0], stays=True)
    qtbot.addWidget(panel)
    job.started.emit()
    now[0] = 160.0
    job.progressed.emit(250, 1000, "Checking rows")
    from PySide6.QtWidgets import QLabel

    words = [label.text() for label in panel.findChildren(QLabel)]
    assert words == ["Importing hours", "Checking rows · 250 of 1,000", "about 3 minutes left"]
    stop = panel.findChild(QPushButton)
    assert stop.accessibleName() == "Stop: Importing hours"
    qtbot.waitUntil(gate.reached.is_set)
    stop.click()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert "Stopped: nothing was changed" in [label.text() for label in panel.findChildren(QLabel)]


def test_the_panel_goes_when_the_job_is_over(qtbot, jobs, theme) -> None:
    gate = Gate()
    panel = ProgressPanel(jobs.run("Importing", gate), theme)
    qtbot.addWidget(panel)
    panel.show()
    bar = panel.findChild(QProgressBar)
    assert bar.maximum() > bar.minimum(), "without an end Qt has the bar run to and fro"
    panel._on_progressed(12, None, "Reading")
    assert (bar.maximum() > bar.minimum(), bar.value()) == (True, 0)
    gate.opened.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert panel.isHidden()


def test_a_quiet_job_says_that_it_may_be_stopped_without_asking(jobs, qtbot):
    quiet = jobs.run("Reading", lambda _progress: None, is_quiet=True)
    loud = jobs.run("Importing", lambda _progress: None)
    assert (quiet.is_quiet, loud.is_quiet) == (True, False)
    qtbot.waitUntil(lambda: not jobs.is_busy)
