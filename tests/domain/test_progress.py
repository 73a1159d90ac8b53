from __future__ import annotations

import threading

import pytest

from apprentice_desk.domain.problems import Cancelled
from apprentice_desk.domain.progress import Progress, Remaining


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
    assert started.wait(60)
    progress.stop()
    thread.join(60)
    assert not thread.is_alive()
    assert len(ended) == 1


def test_how_long_is_left_is_told_once_it_can_be_known() -> None:
    remaining = Remaining(now=100.0)
    assert remaining.note(0, 1000, 100.0) is None
    assert remaining.note(10, 1000, 101.0) is None  # too soon to tell
    assert remaining.note(250, 1000, 160.0) == 180.0
    assert remaining.note(300, None, 161.0) is None  # out of how many is not known


def test_one_slow_or_quick_step_makes_no_estimate_jump() -> None:
    remaining = Remaining(now=0.0)
    assert remaining.note(100, 1000, 10.0) == 90.0
    left = remaining.note(500, 1000, 11.0)  # taken at its word: 11 seconds
    assert left is not None
    assert 60 < left < 89
    for second in range(12, 40):
        left = remaining.note(500 + (second - 11) * 10, 1000, second)
    assert left is not None
    assert left == pytest.approx(13, abs=6)


def test_each_part_of_the_work_is_measured_on_its_own() -> None:
    remaining = Remaining(now=0.0)
    remaining.note(100, 100, 60.0)
    assert remaining.note(1, 100, 61.0) is None
    assert remaining.note(50, 100, 80.0) == 20.0
    assert remaining.note(1, 4, 90.0) == 30.0  # out of another total
    assert remaining.note(4, 4, 91.0) is not None


def test_what_takes_longer_than_was_thought_is_never_less_than_nothing() -> None:
    remaining = Remaining(now=0.0)
    remaining.note(90, 100, 9.0)
    assert remaining.note(100, 100, 300.0) == 0.0
