"""A part of the page that is made when it is first asked for.

All the parts at once take so long that the window is seen to stand still.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access

P = TypeVar("P", bound=QWidget)


class Late(Generic[P]):
    """One part, with its room on the page and its place in Tab's order."""

    def __init__(
        self,
        make: Callable[[], P],
        room: QVBoxLayout,
        after: QWidget,
        put_foot: Callable[[QWidget], None] | None = None,
    ) -> None:
        """Make the part in *room*; Tab comes to it after *after*.

        With *put_foot* the part has a ``foot``, which that puts where it belongs.
        """
        self._make = make
        self._room = room
        self._after = after
        self._put_foot = put_foot
        self._part: P | None = None

    @property
    def made(self) -> tuple[P, ...]:
        """The part, if it was asked for by now."""
        return (self._part,) if self._part is not None else ()

    def get(self) -> P:
        """Return the part, hidden when it was only made now."""
        if self._part is None:
            self._part = part = self._make()
            parts: list[QWidget] = [part]
            part.hide()
            self._room.addWidget(part)
            if self._put_foot is not None:
                foot: QWidget = part.foot  # type: ignore[attr-defined]  # as the caller says
                self._put_foot(foot)
                parts.append(foot)
            access.follow(self._after, [stop for each in parts for stop in access.stops(each)])
        return self._part
