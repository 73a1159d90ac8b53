"""What the interpreter is told while work is done beside the window."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apprentice_desk.ui.kit import turns
from apprentice_desk.ui.kit.jobs import Jobs


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Iterator[None]:
    thresholds, is_on = gc.get_threshold(), gc.isenabled()
    gc.enable()  # a test of the command line, which puts it off, may have run in this process
    yield
    gc.unfreeze()
    if not is_on:
        gc.disable()
    assert gc.get_threshold() == thresholds


def told() -> tuple[float, tuple[int, int, int]]:
    return sys.getswitchinterval(), gc.get_threshold()


def test_while_any_work_is_under_way_the_window_gets_its_turn_soon(qtbot: Any, jobs: Jobs) -> None:
    usual, seen, opened = told(), [], threading.Event()

    def work(_progress: Any) -> None:
        assert opened.wait(60)
        seen.append(told())

    jobs.run("Reading", work)
    jobs.run("Writing", work, writes=True)
    opened.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert told() == usual
    for interval, thresholds in seen:
        assert interval == pytest.approx(turns.SECONDS_OF_A_TURN)
        assert thresholds[:2] == usual[1][:2]
        assert thresholds[2] > 1_000_000
    assert len(seen) == 2


def test_what_long_work_made_is_not_gone_through_when_it_is_over(qtbot: Any, jobs: Jobs) -> None:
    gc.collect()
    before = gc.get_freeze_count()
    made: list[Any] = []
    jobs.run("Reading", lambda _progress: [[n] for n in range(300_000)], made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert gc.get_freeze_count() - before >= 300_000


def test_short_work_leaves_the_collector_to_itself(qtbot: Any, jobs: Jobs) -> None:
    gc.collect()
    before = gc.get_freeze_count()
    made: list[Any] = []
    jobs.run("Reading", lambda _progress: [[n] for n in range(100)], made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert gc.get_freeze_count() == before


def test_what_hangs_together_in_a_ring_goes_once_a_desk_was_left() -> None:
    class Ring:
        gone = 0

        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            Ring.gone += 1

    Ring()
    gc.freeze()
    gc.collect()
    assert not Ring.gone
    turns.let_go()
    assert Ring.gone == 1
