"""The way to places that may fit a request: what ``market`` knows of offers here and elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.secondment_moves import MoveDetails
from apprentice_desk.records.secondment_overview import SecondmentLine
from apprentice_desk.ui.desk import Desk

Chosen = Callable[[MoveDetails], object]
Finder = Callable[[Desk, SecondmentLine, QWidget, Chosen], object]

_WHERE = "apprentice_desk.ui.placing.finding"
_NAME = "find_places"


def finder() -> Finder | None:
    """Return what finds places for a request; None where this program has none.

    It is given the desk, the request, the page, and whom to tell of the place that was chosen,
    as what the move to matched says of it.
    """
    try:
        is_there = find_spec(_WHERE) is not None
    except ModuleNotFoundError:
        return None
    if not is_there:
        return None
    found: Finder = getattr(import_module(_WHERE), _NAME)
    return found
