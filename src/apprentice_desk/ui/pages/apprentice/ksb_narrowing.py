"""The two buttons that narrow the KSB grid: by kind, and by how far it has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentice.ksb_columns import KINDS, STATUSES, Kept


class _Way(QObject):
    """One button with its menu."""

    def __init__(self, desk: Desk, page: QWidget, name: str, choices: Sequence[Kept]) -> None:
        super().__init__(page)
        self.name = name
        self.chosen = choices[0]
        self.button: QPushButton = button("", desk.theme, icon="list-filter")
        menu = QMenu(self.button)
        group = QActionGroup(menu)
        self.actions: dict[str, QAction] = {}
        for each in choices:
            # With an owner of its own: Python loses hold of actions that a menu makes itself.
            action = QAction(each.words[:1].upper() + each.words[1:], self)
            action.setCheckable(True)
            menu.addAction(action)
            group.addAction(action)
            self.actions[each.words] = action
        self.button.setMenu(menu)

    def show(self, chosen: Kept) -> None:
        self.chosen = chosen
        self.button.setText(f"{self.name}: {chosen.words}")
        access.name(self.button, self.button.text(), "Which KSBs the grid shows")
        self.actions[chosen.words].setChecked(True)


class KsbNarrowing(QObject):
    """Narrows *table* by the kind of KSB together with how far it has come."""

    def __init__(self, desk: Desk, page: QWidget, table: RowsTable) -> None:
        super().__init__(page)
        self._table = table
        self._kind = _Way(desk, page, "Kind", KINDS)
        self._status = _Way(desk, page, "Status", STATUSES)
        for way, choices in ((self._kind, KINDS), (self._status, STATUSES)):
            way.show(choices[0])
            for each in choices:
                way.actions[each.words].triggered.connect(
                    lambda _checked=False, way=way, each=each: self._choose(way, each)
                )
        table.filter_cleared.connect(self.show_all)

    @property
    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """The two buttons."""
        return self._kind.button, self._status.button

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What it narrows by, in words, for a list that is saved."""
        return tuple((way.name, way.chosen.words) for way in (self._kind, self._status))

    def choose_kind(self, words: str) -> None:
        """Show one kind, by its words."""
        self._choose(self._kind, next(each for each in KINDS if each.words == words))

    def choose_status(self, words: str) -> None:
        """Show those that have come so far, by its words."""
        self._choose(self._status, next(each for each in STATUSES if each.words == words))

    def show_all(self) -> None:
        """Narrow by nothing."""
        self._kind.show(KINDS[0])
        self._status.show(STATUSES[0])
        self._table.rows.keep(None)

    def _choose(self, way: _Way, chosen: Kept) -> None:
        way.show(chosen)
        kind, status = self._kind.chosen, self._status.chosen
        if kind is KINDS[0] and status is STATUSES[0]:
            self._table.rows.keep(None)
        else:
            self._table.rows.keep(lambda line: kind.keeps(line) and status.keeps(line))
        self._table.choose_first()
