"""The moves as actions: made once for a page, enabled where the states allow them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from apprentice_desk.domain.apprenticeship import Status, may_move
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.moving import changes, dialogs

Ask = Callable[[Desk, ApprenticeRow, QWidget], object]


class MoveActions(QObject):
    """The moves of the row last given to ``show_row``; their forms open over *page*."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._row: ApprenticeRow | None = None
        self.start_break = self._make("Start a break…", "circle-pause", dialogs.start_break)
        self.resume = self._make("Back from a break…", "rotate-ccw", dialogs.resume)
        self.set_weekly_hours = self._make("Other weekly hours…", "clock", changes.set_weekly_hours)
        self.change_provider = self._make(
            "Other provider or contract…", "building-2", changes.change_provider
        )
        self.change_standard = self._make(
            "Other standard or version…", "book-open", changes.change_standard
        )
        self.change_planned_end = self._make(
            "Other planned end…", "calendar-days", changes.change_planned_end
        )
        self.enter_assessment = self._make("Passed the gateway…", "flag", dialogs.enter_assessment)
        self.back_from_assessment = self._make(
            "Back from assessment…", "undo-2", dialogs.back_from_assessment
        )
        self.complete = self._make("Completed…", "award", dialogs.complete)
        self.withdraw = self._make("Left early…", "log-out", dialogs.withdraw)
        self.groups: tuple[tuple[QAction, ...], ...] = (
            (self.start_break, self.resume),
            (
                self.set_weekly_hours,
                self.change_planned_end,
                self.change_provider,
                self.change_standard,
            ),
            (self.enter_assessment, self.back_from_assessment),
            (self.complete, self.withdraw),
        )
        self.show_row(None)

    def _make(self, text: str, icon: str, ask: Ask) -> QAction:
        action = QAction(text, self._page)
        set_icon(action, icon, "text_quiet", self._desk.theme)
        action.triggered.connect(lambda _checked=False: self._ask(ask))
        self._page.addAction(action)
        return action

    def _ask(self, ask: Ask) -> None:
        if self._row is not None:
            ask(self._desk, self._row, self._page)

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every move, in the order of the menu."""
        return tuple(action for group in self.groups for action in group)

    def fill(self, menu: QMenu) -> None:
        """Put the moves into *menu*, in their groups."""
        for number, group in enumerate(self.groups):
            if number:
                menu.addSeparator()
            menu.addActions(list(group))

    def show_row(self, row: ApprenticeRow | None, *, may_write: bool = True) -> None:
        """Allow the moves that can follow for *row*; none where it may not be written."""
        self._row = row
        status = None if row is None or not may_write else row.status
        for action in self.all:
            action.setEnabled(False)
        if row is None or status is None:
            return
        has_open_break = any(spell.last is None for spell in row.course.breaks)
        is_under_way = status in (Status.LIVE, Status.ON_A_BREAK, Status.IN_ASSESSMENT)
        self.start_break.setEnabled(may_move(status, Status.ON_A_BREAK))
        self.resume.setEnabled(has_open_break and not status.is_ended)
        self.set_weekly_hours.setEnabled(not status.is_ended)
        self.change_planned_end.setEnabled(is_under_way)
        self.change_provider.setEnabled(is_under_way)
        self.change_standard.setEnabled(is_under_way)
        self.enter_assessment.setEnabled(
            may_move(status, Status.IN_ASSESSMENT) and status is not Status.ON_A_BREAK
        )
        self.back_from_assessment.setEnabled(status is Status.IN_ASSESSMENT)
        self.complete.setEnabled(may_move(status, Status.COMPLETED))
        self.withdraw.setEnabled(may_move(status, Status.WITHDRAWN) and not row.is_vacancy)
