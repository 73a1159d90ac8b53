"""The grid of a week as Qt asks for it: apprentices down, days across, then week, needed, pace.

What was typed stands in its cell at once, before it is written (``put``), and what could not be
taken stays there with its reason (``refuse``) until it is mended or given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from apprentice_desk.domain.apprenticeship import Away
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import grid, sentence
from apprentice_desk.domain.placement_days import HostStay
from apprentice_desk.domain.week_cells import Cell, Correct, Log, Refusal, Remove, SayNothing, Step
from apprentice_desk.records.week_changes import Counts
from apprentice_desk.records.week_grid import DayEntry, WeekGrid
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.rows import Index
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.hours.columns import verified_in_words
from apprentice_desk.ui.pages.hours.week_people import (
    AWAY,
    ENOUGH,
    NO_SUMS,
    NOTHING,
    SHORT,
    WeekPerson,
    sums_of,
)

WORKING_DAYS = 5
NAME = 0
FIRST_DAY = 1
BLANK = "·"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_AWAY_ON_A_DAY = {Away.NOT_STARTED: "not yet", Away.ON_A_BREAK: "break", Away.ENDED: "ended"}
"""What stands in a day without hours: as short as a length of time."""
_HOLIDAY = "holiday"
_WITH_HOST = "host"


class _Waiting(NamedTuple):
    """Minutes of a cell that are being written, with the number of the writing."""

    minutes: int
    counting: int
    number: int


class WeekModel(QAbstractTableModel):
    """The week last given to ``show_week``; *summed* is sent when a total may be another."""

    summed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[WeekPerson, ...] = ()
        self.days: tuple[date, ...] = ()
        self._grid: WeekGrid | None = None
        self._today = date.min
        self._rows: dict[UUID, int] = {}
        self._sums: Mapping[UUID, tuple[int, int, int]] = {}
        """Minutes of the week that count, those that do not, and how many entries are to verify,
        as they were read last."""
        self._waiting: dict[Cell, _Waiting] = {}
        self._refused: dict[Cell, Refusal] = {}
        self.holidays: frozenset[date] = frozenset()
        """The bank holidays of the week; it is shown anew for another week."""
        self.is_read_only = False

    # what it is given

    def show_week(self, grid_: WeekGrid, people: Sequence[WeekPerson], today: date) -> None:
        """Show another week, other people or other entries; what is being written stays shown."""
        whole = [grid_.monday + timedelta(days=number) for number in range(7)]
        has_weekend = any(
            day in days for days in grid_.entries.values() for day in whole[WORKING_DAYS:]
        )
        is_other_week = self._grid is None or self._grid.monday != grid_.monday
        days = tuple(whole if has_weekend else whole[:WORKING_DAYS])
        if not is_other_week and len(self.days) > len(days):
            days = tuple(whole)  # a weekend that is shown stays while the week does
        is_alike = (
            not is_other_week
            and days == self.days
            and [each.id for each in people] == [each.id for each in self.people]
        )
        if not is_alike:
            self.beginResetModel()
        if is_other_week:
            self._refused.clear()
        self._grid, self._today = grid_, today
        self._sums = sums_of(grid_)
        self.people, self.days = tuple(people), days
        self._rows = {each.id: row for row, each in enumerate(self.people)}
        if not is_alike:
            self.endResetModel()
        elif people:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(people) - 1, self.columnCount() - 1)
            )
        self.summed.emit()

    def show_weekend(self) -> None:
        """Show Saturday and Sunday too."""
        if self._grid is not None and len(self.days) == WORKING_DAYS:
            last = self.days[-1]
            self.beginInsertColumns(QModelIndex(), FIRST_DAY + WORKING_DAYS, FIRST_DAY + 6)
            self.days = (*self.days, last + timedelta(days=1), last + timedelta(days=2))
            self.endInsertColumns()

    def put(self, steps: Iterable[Step], number: int, counts: Counts) -> None:
        """Show what *steps* will come to, while they are being written as *number*.

        *counts* says whether new hours will count.
        """
        for step in steps:
            match step:
                case Log(cell, minutes, activity):
                    before = self._waiting.get(cell)
                    if before is None or before.number != number:
                        before = _Waiting(0, 0, number)
                    counting = minutes if counts(cell.apprenticeship_id, activity, cell.day) else 0
                    self._waiting[cell] = _Waiting(
                        before.minutes + minutes, before.counting + counting, number
                    )
                case Correct(cell, _, minutes):
                    is_counted = all(each.counts for each in self.entries(cell))
                    self._waiting[cell] = _Waiting(minutes, minutes if is_counted else 0, number)
                case Remove(cell):
                    self._waiting[cell] = _Waiting(0, 0, number)
                case SayNothing(cell):
                    pass
            self._refused.pop(cell, None)
            self._tell(cell)
        self.summed.emit()

    def settle(self, number: int) -> None:
        """What was written as *number* stands in the entries now, or will never do."""
        for cell in [cell for cell, own in self._waiting.items() if own.number == number]:
            del self._waiting[cell]
            self._tell(cell)
        self.summed.emit()

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Leave what was typed in its cells, marked as not taken."""
        for refusal in refusals:
            if refusal.typed:
                self._refused[refusal.cell] = refusal
                self._tell(refusal.cell)

    def give_up(self, cell: Cell) -> bool:
        """Forget what could not be taken in *cell*; False if there was nothing."""
        if self._refused.pop(cell, None) is None:
            return False
        self._tell(cell)
        return True

    @property
    def refusals(self) -> Mapping[Cell, Refusal]:
        """What was typed and could not be taken, by cell."""
        return self._refused

    def _tell(self, cell: Cell) -> None:
        index = self.index_of(cell)
        if index.isValid():
            row = index.row()
            self.dataChanged.emit(index, self.index(row, self.columnCount() - 1))

    # what stands where

    @property
    def monday(self) -> date:
        """The Monday of the week."""
        return date.min if self._grid is None else self._grid.monday

    @property
    def week_column(self) -> int:
        """The column of the sums."""
        return FIRST_DAY + len(self.days)

    @property
    def pace_column(self) -> int:
        """The column of the words."""
        return self.week_column + 2

    def cell(self, index: Index) -> Cell | None:
        """Return which apprentice and day *index* is; None for anything but a day."""
        place = index.column() - FIRST_DAY
        if not index.isValid() or not 0 <= place < len(self.days):
            return None
        return Cell(self.people[index.row()].id, self.days[place])

    def index_of(self, cell: Cell) -> QModelIndex:
        """Return where *cell* stands; an invalid index if it does not."""
        row = self._rows.get(cell.apprenticeship_id)
        if row is None or cell.day not in self.days:
            return QModelIndex()
        return self.index(row, FIRST_DAY + self.days.index(cell.day))

    def person(self, apprenticeship_id: UUID) -> WeekPerson:
        """Return whose row it is; KeyError if it is not shown."""
        return self.people[self._rows[apprenticeship_id]]

    def entries(self, cell: Cell) -> tuple[DayEntry, ...]:
        """Return the entries behind *cell*, as they were read last."""
        return () if self._grid is None else self._grid.on(*cell)

    def minutes(self, cell: Cell) -> int:
        """Return the minutes of *cell*, what is being written included."""
        if cell in self._waiting:
            return self._waiting[cell].minutes
        return sum(entry.minutes for entry in self.entries(cell))

    def is_waiting(self, cell: Cell) -> bool:
        """Whether what stands in *cell* is not written yet."""
        return cell in self._waiting

    def total(self, person: WeekPerson) -> int:
        """Return the minutes of the week that count, what is being written included."""
        total = self._sums.get(person.id, NO_SUMS)[0]
        for cell, waiting in self._waiting.items():
            if cell.apprenticeship_id == person.id and cell.day in self._whole_week():
                total += waiting.counting
                total -= sum(each.minutes for each in self.entries(cell) if each.counts)
        return total

    def not_counting(self, person: WeekPerson) -> int:
        """Return the minutes of the week that do not count, as they were read last."""
        return self._sums.get(person.id, NO_SUMS)[1]

    def to_verify(self, person: WeekPerson) -> int:
        """Return how many entries of the week nobody has verified, as they were read last."""
        return self._sums.get(person.id, NO_SUMS)[2]

    def unverified(self, people: Iterable[WeekPerson]) -> list[DayEntry]:
        """Return the entries of the week that nobody has verified yet, of these people."""
        return [
            entry
            for person in people
            for day in self._whole_week()
            for entry in self.entries(Cell(person.id, day))
            if not entry.verified_by
        ]

    def is_finished(self, person: WeekPerson) -> bool:
        """Whether somebody said that the week is complete."""
        said = None if self._grid is None else self._grid.said.get(person.id)
        return said is not None and said.is_finished

    def is_nothing(self, person: WeekPerson) -> bool:
        """Whether somebody said that there was nothing."""
        said = None if self._grid is None else self._grid.said.get(person.id)
        return said is not None and said.is_nothing

    def is_blank(self, person: WeekPerson) -> bool:
        """Whether there are neither hours nor an answer, and one is to be had."""
        return person.away is None and not self.has_answer(person)

    def has_answer(self, person: WeekPerson) -> bool:
        """Whether there are hours, or somebody said that there was nothing."""
        is_typed = any(
            waiting.minutes
            for cell, waiting in self._waiting.items()
            if cell.apprenticeship_id == person.id
        )
        return is_typed or self.is_nothing(person) or person.id in self._sums

    def without_answer(
        self, people: Iterable[WeekPerson]
    ) -> tuple[list[WeekPerson], list[WeekPerson]]:
        """Return who has neither hours nor an answer, and who needs none, as on a break."""
        silent = [person for person in people if not self.has_answer(person)]
        return (
            [person for person in silent if person.away is None],
            [person for person in silent if person.away is not None],
        )

    def day_away(self, cell: Cell) -> str:
        """Return why there is no training on the day of *cell*, "" where there is."""
        away = self.person(cell.apprenticeship_id).days_away.get(cell.day)
        return away or ("a bank holiday" if cell.day in self.holidays else "")

    def _whole_week(self) -> list[date]:
        if self._grid is None:
            return []
        return [self._grid.monday + timedelta(days=number) for number in range(7)]

    def badge(self, person: WeekPerson) -> Badge | None:
        """Return the word for how the week stands against what is needed; None is not known."""
        if self.is_nothing(person):
            return NOTHING
        if person.away is not None and not self.total(person):
            return AWAY[person.away]
        if person.needed_minutes is None:
            return None
        return ENOUGH if self.total(person) >= person.needed_minutes else SHORT

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many apprentices there are."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return name, days, week, needed and pace."""
        return 0 if parent.isValid() or not self.days else len(self.days) + 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days may be typed into, unless the week is finished or the desk is open to read only."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if not self.is_read_only and self.cell(index) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell, as *role* asks for it."""
        if not index.isValid() or index.row() >= len(self.people):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index, is_edited=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self._tip(index))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_words = index.column() in (NAME, self.pace_column)
            return _LEFT if is_words else _RIGHT
        return None

    def _text(self, index: Index, *, is_edited: bool) -> str:
        person, cell = self.people[index.row()], self.cell(index)
        if cell is not None:
            if cell in self._refused:
                return self._refused[cell].typed
            minutes = self.minutes(cell)
            return grid(minutes) if minutes else ("" if is_edited else self._without(cell, person))
        column = index.column() - self.week_column
        if column == 0:
            return grid(self.total(person)) if self.has_answer(person) else ""
        if column == 1:
            return "" if person.needed_minutes is None else grid(person.needed_minutes)
        if column == 2:
            badge = self.badge(person)
            return "" if badge is None else badge.text
        return person.name

    def _without(self, cell: Cell, person: WeekPerson) -> str:
        """What stands in a day without hours."""
        if (away := person.days_away.get(cell.day)) is not None:
            return _AWAY_ON_A_DAY.get(away, BLANK)
        if cell.day in self.holidays:
            return _HOLIDAY
        return BLANK if self.with_host(cell) is None else _WITH_HOST

    def with_host(self, cell: Cell) -> HostStay | None:
        """The stay with a host that a day is spent on; None at home."""
        if self._grid is None:
            return None
        return self._grid.with_host(cell.apprenticeship_id, cell.day)

    def is_at_host(self, cell: Cell) -> bool:
        """Whether any hours of a day were done with a host."""
        return any(each.is_at_host for each in self.entries(cell))

    def _spoken(self, index: Index) -> str:
        person, cell = self.people[index.row()], self.cell(index)
        if cell is None:
            return self._spoken_sum(index, person)
        said = [f"{cell.day:%A} {show_day(cell.day)}, {person.name}"]
        minutes = self.minutes(cell)
        said.append(sentence(minutes) if minutes else "nothing logged")
        if why := self.day_away(cell):
            said.append(why)
        entries = self.entries(cell)
        if (stay := self.with_host(cell)) is not None:
            said.append(stay.says)
            if any(not each.is_at_host for each in entries):
                said.append("not all of it there" if self.is_at_host(cell) else "hours at home")
        if len(entries) > 1:
            said.append(f"{len(entries)} entries")
        if any(not each.counts for each in entries):
            said.append("not all of it counts")
        if entries and all(each.verified_by for each in entries):
            said.append("verified")
        elif any(each.verified_by for each in entries):
            said.append("partly verified")
        if cell in self._refused:
            said.append(f"not taken: {self._refused[cell].message}")
        if self.is_waiting(cell):
            said.append("being saved")
        if self.is_finished(person):
            said.append("the week is finished")
        return ", ".join(said)

    def _spoken_sum(self, index: Index, person: WeekPerson) -> str:
        column = index.column() - self.week_column
        if column == 0:
            if person.away is not None and not self.has_answer(person):
                return f"{person.name}, {person.away} all week"
            if self.is_blank(person):
                return f"{person.name}, nothing logged this week and no answer"
            return f"{person.name}, {sentence(self.total(person))} this week"
        if column == 1:
            needed = person.needed_minutes
            return "what is needed is not known" if needed is None else f"{sentence(needed)} needed"
        if column == 2:
            badge = self.badge(person)
            return "not known" if badge is None else badge.text
        return f"{person.name}, week finished" if self.is_finished(person) else person.name

    def _tip(self, index: Index) -> str:
        cell = self.cell(index)
        if cell is None:
            return self._spoken_sum(index, self.people[index.row()])
        if cell in self._refused:
            refusal = self._refused[cell]
            return f"{refusal.message} {refusal.remedy}".strip()
        stay = self.with_host(cell)
        lines = [] if stay is None else [f"{stay.says[:1].upper()}{stay.says[1:]}"]
        for entry in self.entries(cell):
            counts = "" if entry.counts else " (does not count)"
            counts += ", at home" if stay is not None and not entry.is_at_host else ""
            what = f": {entry.what}" if entry.what else ""
            lines.append(f"{sentence(entry.minutes)}, {entry.activity}{counts}{what}")
            if entry.verified_by:
                lines.append(verified_in_words(entry.verified_by, entry.verified_at))
        return "\n".join(lines)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a heading in the form that *role* asks for."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section in (NAME, self.pace_column) else _RIGHT
        place = section - FIRST_DAY
        is_day = 0 <= place < len(self.days)
        if role == Qt.ItemDataRole.AccessibleTextRole and is_day:
            return f"{self.days[place]:%A} {show_day(self.days[place])}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if is_day:
            return f"{self.days[place]:%a} {self.days[place].day}"
        return {0: "Week", 1: "Needed", 2: "Pace"}.get(section - self.week_column, "Apprentice")
