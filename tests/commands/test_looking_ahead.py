"""Work that is begun before a job asks for it."""

from __future__ import annotations

import threading

import pytest

from apprentice_desk.commands.looking_ahead import Ahead
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress


def test_it_is_under_way_before_anybody_asks_and_gives_what_it_found() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work(_progress: Progress) -> int:
        begun.set()
        assert may_end.wait(60)
        return 42

    ahead = Ahead(work)
    assert begun.wait(60)
    may_end.set()
    assert ahead(Progress()) == 42
    assert ahead(Progress()) == 42, "what was found is kept"


@pytest.mark.parametrize("fault", [Problem("It cannot be read."), ZeroDivisionError()])
def test_what_it_raised_is_raised_where_it_is_asked_for(fault: Exception) -> None:
    def work(_progress: Progress) -> int:
        raise fault

    ahead = Ahead(work)
    ahead.wait()
    with pytest.raises(type(fault)) as raised:
        ahead(Progress())
    assert raised.value is fault


def test_whoever_stops_waits_no_longer() -> None:
    may_end = threading.Event()
    ahead = Ahead(lambda _progress: may_end.wait(60))
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        ahead(progress)
    may_end.set()
    ahead.wait()
