"""What is typed into the details and not saved yet: kept for each entry, and over a crash.

The details use one form for all entries.  What cannot be saved when they go on to another one is
there again when they come back; after a crash it is offered there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import LogHours
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keeping import DraftSpot, Keeper, has_draft
from apprentice_desk.ui.writing import Writer, Writing

Place = tuple[Cell, UUID | None]
"""A cell and one of its entries; None is the new one."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was typed over what the form showed, and the draft that it is kept under ("": none)."""

    typed: dict[str, str]
    shown: dict[str, str]
    key: str

    @property
    def changed(self) -> dict[str, str]:
        """The fields that the person changed."""
        return {name: text for name, text in self.typed.items() if text != self.shown.get(name)}


class Unsaved:
    """Looks after *form*, which shows one place after the other.

    *name* says whose a cell is.  What *writer* could not write is kept like what could not be
    read.
    """

    def __init__(self, desk: Desk, form: Form, writer: Writer, name: Callable[[Cell], str]) -> None:
        self._desk = desk
        self._form = form
        self._name = name
        self._place: Place | None = None
        self._left: dict[Place, Left] = {}
        self._on_its_way: dict[int, tuple[Place, Left]] = {}
        self.keeper = Keeper(form, None, desk.theme)
        writer.written.connect(self._on_over)
        writer.taken_back.connect(self._on_over)
        writer.refused.connect(self._on_refused)

    def __bool__(self) -> bool:
        return bool(self._left)

    @property
    def words(self) -> list[str]:
        """Whose entry each is that waits, and what was typed."""
        return [
            f"{self._name(cell)}, {cell.day:%A} {show_day(cell.day)}:"
            f" {self._form.changes_in_words(left.changed)}"
            for (cell, _), left in self._left.items()
        ]

    def waits_at(self, place: Place) -> bool:
        """Whether something was typed at *place* and not saved, now or before a crash."""
        if place in self._left:
            return True
        spot = self._spot(place)
        return spot is not None and has_draft(spot)

    def show(self, place: Place | None) -> None:
        """Put back what was left at *place*, which the form shows now, or offer it."""
        left = None if place is None else self._left.pop(place, None)
        if place != self._place or left is not None:
            self._place = place
            spot = None if place is None else self._spot(place)
            self.keeper.move(spot, "" if left is None else left.key)
        if left is not None:
            self._form.type_in(left.changed)

    def leave(self, *, is_kept: bool) -> None:
        """Keep what stands in the form for when one comes back, or see that nothing is kept."""
        self.keeper.keep()
        if is_kept and self._place is not None:
            self._left[self._place] = self._let_go()

    def note(self, write: Callable[[], Writing]) -> None:
        """Have what is typed written; it is kept until it stands in the desk."""
        assert self._place is not None  # what is written was typed somewhere
        left = self._let_go()
        self._on_its_way[write().number] = (self._place, left)

    def note_gone(self, cell: Cell, entry_ids: Collection[UUID]) -> None:
        """Take what was typed of entries other than *entry_ids*, which are gone, for new ones."""
        for place in [each for each in self._left if each[0] == cell]:
            if place[1] is not None and place[1] not in entry_ids:
                left = self._left.pop(place)
                self.keeper.drop_kept(self._desk.drafts, left.key)
                self._left[cell, None] = replace(left, shown={}, key="")

    def _let_go(self) -> Left:
        return Left(self._form.typed(), self._form.as_shown, self.keeper.let_go())

    def _spot(self, place: Place) -> DraftSpot | None:
        cell, entry_id = place
        whose = f"{cell.apprenticeship_id}:{cell.day.isoformat()}"
        return self._desk.draft(
            f"hours of a day:{whose}" if entry_id is None else f"hours of an entry:{entry_id}",
            f"Hours of {self._name(cell)} on {show_day(cell.day)}",
            LogHours(cell.apprenticeship_id, cell.day),
            is_new=entry_id is None,
        )

    def _on_over(self, writing: Writing) -> None:
        """It stands in the desk, or was not wished for after all."""
        _, left = self._on_its_way.pop(writing.number, (None, None))
        if left is not None:
            self.keeper.drop_kept(self._desk.drafts, left.key)

    def _on_refused(self, writing: Writing, _problem: Problem) -> None:
        place, left = self._on_its_way.pop(writing.number, (None, None))
        if place is None or left is None:
            return
        if place == self._place and self._form.has_unsaved_changes:
            self.keeper.drop_kept(self._desk.drafts, left.key)  # typing has gone on from there
        else:
            self._left[place] = left
