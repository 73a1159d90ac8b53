"""Notes which classes of Qt's are made beside the window.

None may be: ``apprentice_desk.ui.shell.page_modules`` says why.
"""

from __future__ import annotations

import builtins
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject

_QTS_OWN = type(QObject)


@contextmanager
def made_beside() -> Iterator[list[str]]:
    """Yield the names of those that are made in any other thread than that of the window."""
    names: list[str] = []
    usual = builtins.__build_class__

    def build(body: Any, name: str, /, *bases: Any, **details: Any) -> Any:
        made = usual(body, name, *bases, **details)
        if threading.current_thread() is not threading.main_thread() and isinstance(made, _QTS_OWN):
            names.append(f"{made.__module__}.{name}")
        return made

    builtins.__build_class__ = build
    try:
        yield names
    finally:
        builtins.__build_class__ = usual
