"""A list to tick in which some rows cannot be without others: they are ticked together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable

from PySide6.QtCore import QObject, Signal

from apprentice_desk.ui.kit.ticking import TickTable

Settle = Callable[[Collection[str], Collection[str]], frozenset[str]]


class Together(QObject):
    """Keeps the ticks of *table* as *settle* says, given those before and after a person ticked.

    *changed* is sent afterwards, with how many rows went along.
    """

    changed = Signal(int)

    def __init__(self, table: TickTable, settle: Settle) -> None:
        super().__init__(table)
        self._table = table
        self._settle = settle
        self._before: frozenset[str] = frozenset()
        self._is_settling = False
        table.ticked.connect(self._on_ticked)

    @property
    def chosen(self) -> frozenset[str]:
        """The rows that are ticked, by their ids."""
        return self._before

    def begin(self, ids: Iterable[str]) -> None:
        """Tick these and no others."""
        self._set(frozenset(ids))
        self.changed.emit(0)

    def _on_ticked(self) -> None:
        if self._is_settling:
            return
        after = frozenset(map(_text, self._table.ticks.chosen))
        settled = self._settle(self._before, after)
        more = len(settled ^ after)
        self._set(settled)
        self.changed.emit(more)

    def _set(self, ids: frozenset[str]) -> None:
        self._is_settling = True
        self._table.tick(list(self._table.ticks.chosen), is_ticked=False)
        self._table.tick(ids)
        self._is_settling = False
        self._before = ids


def _text(key: Hashable) -> str:
    return str(key)
