"""The people whom something is done for: ticked one by one, or a cohort in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from apprentice_desk.domain.apprenticeship import LIVE, Course
from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.needs_of_people import is_theirs
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.ticking import Ticks, TickTable

_MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One apprenticeship to be ticked."""

    id: UUID
    name: str
    standard: str
    provider: str
    contract: str
    is_mine: bool
    course: Course


GROUPS: tuple[tuple[str, Callable[[PersonLine], str]], ...] = (
    ("standard", lambda each: each.standard),
    ("provider", lambda each: each.provider),
    ("contract", lambda each: each.contract),
)
"""By what a cohort is chosen in one go."""


def people_lines(rows: Iterable[ApprenticeRow], desk: Desk) -> tuple[PersonLine, ...]:
    """Return the people to choose from: one's own first, those on programme before the others.

    Who ended more than a year ago is not among them.
    """
    long_ago = add_months(desk.clock.today(), -12)
    there = [row for row in rows if row.course.ended_on is None or row.course.ended_on >= long_ago]
    mine = {row.id for row in there if is_theirs(row, desk.settings.my_name)}
    there.sort(key=lambda row: (row.id not in mine, row.status not in LIVE, row.sort_name))
    return tuple(
        PersonLine(
            row.id,
            row.name,
            row.standard_title,
            row.provider_name,
            row.contract_reference,
            row.id in mine,
            row.course,
        )
        for row in there
    )


class _WideFilter(FilterBox):
    """A filter that has room for what it says beside the buttons."""

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(84), super().sizeHint().height())


class PeopleList(QWidget):
    """The people with a box each, a filter above and a menu that ticks a whole cohort.

    *more* are columns after those that say who it is; *given* tells the hours of a row that has
    none of its own, None where no hours are typed here.  *chosen* is sent when the ticks change.
    """

    chosen = Signal()

    def __init__(
        self,
        people: Sequence[PersonLine],
        desk: Desk,
        *,
        given: Callable[[PersonLine], int | None] | None = None,
        more: Sequence[Column] = (),
        most_rows: int = _MOST_ROWS,
        called: str = "Who took part",
    ) -> None:
        super().__init__()
        theme = desk.theme
        self._people = tuple(people)
        self.ticks = Ticks()
        columns = [self.ticks.column("Apprentice", lambda row: row.name, 20)]
        place = -1
        if given is not None:
            place = len(columns)
            columns.append(self.ticks.hours_column(given))
        columns += more
        columns += [
            Column("Standard", lambda row: row.standard, width=18),
            Column("Provider", lambda row: row.provider, width=16, kind="quiet"),
            Column("Contract", lambda row: row.contract, width=12, kind="quiet"),
        ]
        self.table = TickTable(
            self.ticks, columns, called, theme, hours_place=place,
            stretch=len(columns) - (4 if more else 3),
        )  # fmt: skip
        count = len(columns)
        first = [count - 1, count - 2, count - 3]  # contract, provider, standard
        self.table.order.can_do_without([*first, *([count - 4] if more else [])])
        self.table.set_empty("No apprentices yet", "Add or import them first.")
        self.table.set_fits(most_rows)
        self.table.rows.replace(self._people)
        self.filter = _WideFilter(self.table, "apprentice, standard, provider, contract", theme)
        self.everybody = button("All", theme, lambda: self.table.tick_shown(is_ticked=True))
        self.everybody.setToolTip("Tick everybody whom the filter leaves")
        self.nobody = button("None", theme, self.table_none)
        self.cohort = button("All of this…", theme, icon="users")
        self.cohort.setToolTip("Tick all of one standard, provider or contract")
        self.cohort.setMenu(self._menu())
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(Flow([self.filter, self.cohort, self.everybody, self.nobody], theme))
        down.addWidget(self.table)
        self.table.ticked.connect(self.chosen)

    def table_none(self) -> None:
        """Take every tick away, also of those that the filter holds back."""
        self.table.tick([each.id for each in self._people], is_ticked=False)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.actions_: list[QAction] = []
        if any(each.is_mine for each in self._people):
            who = [each.id for each in self._people if each.is_mine]
            self._offer(menu, "My apprentices", who)
        for called, of in GROUPS:
            names = sorted({of(each) for each in self._people} - {""})
            if not names:
                continue
            sub = QMenu(f"All of one {called}", menu)
            menu.addMenu(sub)
            for name in names:
                who = [each.id for each in self._people if of(each) == name]
                self._offer(sub, name, who)
        return menu

    def _offer(self, menu: QMenu, text: str, who: Sequence[UUID]) -> None:
        action = QAction(f"{text} ({len(who)})".replace("&", "&&"), self)
        action.triggered.connect(lambda _checked=False: self.table.tick(who))
        menu.addAction(action)
        self.actions_.append(action)

    def ticked(self) -> list[PersonLine]:
        """Return who is ticked, in the order of the list."""
        return [each for each in self._people if each.id in self.ticks.chosen]
