from __future__ import annotations

import threading

import pytest

from apprentice_desk.domain.problems import Cancelled
from apprentice_desk.domain.progress import Progress


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_reports_come_at_most_every_50_ms_but_first_and_last_always():
    heard: list[tuple[int, int | None, str]] = []
    watch = Watch()
    progress = Progress(lambda *step: heard.append(step), clock=watch)
    for done in range(1, 11):
        progress.step(done, 10, "Reading rows")
        watch.seconds += 0.02
    assert [done for done, _, _ in heard] == [1, 4, 7, 10]
    assert heard[0] == (1, 10, "Reading rows")


def test_without_a_total_the_steps_are_still_reported():
    heard = []
    progress = Progress(lambda *step: heard.append(step), clock=Watch())
    progress.step(1, None, "Reading")
    progress.step(2, None, "Reading")
    assert heard == [(1, None, "Reading")]


def test_a_stopped_progress_raises_at_the_next_step_and_reports_nothing():
    heard = []
    progress = Progress(lambda *step: heard.append(step))
    assert not progress.is_stopped
    progress.stop()
    assert progress.is_stopped
    with pytest.raises(Cancelled):
        progress.step(1, 2, "Reading")
    assert heard == []


def test_nobody_need_listen():
    Progress().step(1, 1, "Reading")
    silent = Progress()
    silent.stop()
    with pytest.raises(Cancelled):
        silent.step(1, 1, "Reading")


def test_stop_from_another_thread_ends_the_work():
    progress = Progress()
    started = threading.Event()
    ended = []

    def work() -> None:
        done = 0
        try:
            while True:
                done += 1
                progress.step(done, None, "Counting")
                started.set()
        except Cancelled:
            ended.append(done)

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(10)
    progress.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert len(ended) == 1
