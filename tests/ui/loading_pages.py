"""The whole program on a desk until all pages are loaded; run in a process of its own.

Argument: the desk.  Prints as JSON what was made beside the window, what was imported beside it,
what all pages have imported, and what they still lacked.
"""

from __future__ import annotations

import json
import sys
import threading
from importlib import import_module
from typing import Any

from PySide6.QtCore import QDeadlineTimer

from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.ui.shell.places import PAGES
from ui.made_beside import made_beside
from ui.starting import NovemberClock
from ui.waiting import let_work_get_on

_LONGEST_MS = 60_000


def main() -> int:
    """Open the desk, wait, and tell."""
    beside: set[str] = set()

    def hear(event: str, details: tuple[Any, ...]) -> None:
        if event == "import" and threading.current_thread() is not threading.main_thread():
            beside.add(details[0])

    sys.addaudithook(hear)
    with made_beside() as made:
        program = Program(starting.application(), NovemberClock(), sys.argv[1])
        program.start()
        ends = QDeadlineTimer(_LONGEST_MS)
        while not all(place.module in sys.modules for place in PAGES) and not ends.hasExpired():
            let_work_get_on()
    loaded = set(sys.modules)
    for place in PAGES:
        import_module(place.module)
    told = {
        "made beside": made,
        "imported beside": sorted(beside & loaded),
        "loaded": sorted(loaded),
        "lacked": sorted(set(sys.modules) - loaded),
    }
    sys.stdout.write(json.dumps(told))
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
