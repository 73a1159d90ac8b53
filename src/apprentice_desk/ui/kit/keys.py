"""Keys that mean something, each with its words, so that the sheet of shortcuts can show it.

A shortcut is always a QAction with words, made here or in one of the sets of actions.  What a
widget answers by itself (Enter in a list) its class says in ``KEYS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Keys(NamedTuple):
    """What a kind of widget answers: *where* it is, and pairs of keys and what they do."""

    where: str
    keys: tuple[tuple[str, str], ...]


def add_key(
    owner: QWidget,
    text: str,
    keys: QKeySequence.StandardKey | str,
    act: Callable[[], object],
    *,
    only_there: bool = False,
) -> QAction:
    """Have *keys* do *act* while *owner* is shown; *only_there*: while it has the keyboard.

    Enter is meant wherever it stands: Qt tells the one among the letters from that of the digits.
    """
    action = QAction(text, owner)
    if isinstance(keys, str) and keys.endswith("Enter"):
        action.setShortcuts([QKeySequence(keys), QKeySequence(keys.replace("Enter", "Return"))])
    else:
        action.setShortcut(QKeySequence(keys))
    if only_there:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _checked=False: act())
    owner.addAction(action)
    return action
