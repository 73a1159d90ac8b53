"""Runs the program in a real window and shows openings in turn, for screen_reader.py.

Says by a line of JSON what stands there, and goes on when it is sent a line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from ui.openings import OPENINGS, Hands, Opening, running


def plant(hands: Hands) -> QWidget:
    """Put onto a page what must not be there: the walk has to find all of it."""
    page = hands.page("settings")
    nameless, bare = QLineEdit(page), QWidget(page)
    bare.setFocusPolicy(nameless.focusPolicy())
    bare.setAccessibleName("A thing of no kind")
    for each in (nameless, bare, QPushButton("Twice", page), QPushButton("Twice", page)):
        each.resize(50, 20)
        each.show()
    return hands.window


def show(hands: Hands, what: Opening) -> None:
    shown = what.open(hands)
    if not isinstance(shown, QDialog):
        hands.window.activateWindow()
    title = shown.window().windowTitle()
    sys.stdout.write(json.dumps({"name": what.name, "title": title}) + "\n")
    sys.stdout.flush()
    loop = QEventLoop()
    heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    heard.activated.connect(loop.quit)
    loop.exec()
    heard.setEnabled(False)
    sys.stdin.buffer.raw.read(1)
    hands.tidy()


named = json.loads(sys.argv[3])
with running(Path(sys.argv[1]), Path(sys.argv[2])) as made:
    wanted = {each.name: each for each in OPENINGS}
    for each in [*(wanted[name] for name in named), Opening("planted", plant)]:
        show(made, each)
