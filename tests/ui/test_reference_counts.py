"""PySide6 must not lose references to None and True.

PySide6 6.12.0 on Python 3.11 loses one at every void call and gains one at every emit, until the
interpreter aborts; that is why 6.11.3 is pinned.  From Python 3.12 on both begin at four billion,
so that nobody need count: PySide, made for older ones as well, does, and it comes to nothing.
"""

from __future__ import annotations

import sys

import PySide6
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

CALLS = 50_000
STRAY = 200  # what the interpreter itself may add or drop meanwhile


class _Speaker(QObject):
    spoke = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there are four billion references to lose")
def test_calls_and_emits_keep_the_counts_of_none_and_true(qapp: object) -> None:
    label = QLabel()
    speaker = _Speaker()
    heard: list[int] = [0]

    def listen(_value: bool) -> None:
        heard[0] += 1

    speaker.spoke.connect(listen)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        label.setText("a")
        speaker.spoke.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert heard[0] == CALLS
    assert abs(after[0] - before[0]) < STRAY
    assert abs(after[1] - before[1]) < STRAY


def test_the_pinned_version_is_the_one_in_use() -> None:
    assert PySide6.__version__ == "6.11.3"
