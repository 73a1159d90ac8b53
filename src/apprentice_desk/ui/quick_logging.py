"""The quick line: hours for one or many people in a line, seen as chips before Enter logs them.

The grammar is domain's (``quick_line``); how it is read is told in Help.  The line stands on the
page of hours, and by itself in a window that Ctrl+L opens anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import Proposed
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.quick_line import (
    LONGEST_LINE,
    ChipKind,
    Completion,
    Known,
    LineFinding,
    Person,
    QuickEntry,
    QuickLine,
    complete,
    read,
)
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.marked_line import MarkedLine
from apprentice_desk.ui.kit.messages import Banner, Messages
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.results import ResultGroup, ResultLine, ResultList
from apprentice_desk.ui.quick_team import TEAM_TABLES, Team, reading_team
from apprentice_desk.ui.quick_understood import MOST_CHIPS, Understood
from apprentice_desk.ui.writing import Writer, Writing

HINTS = (
    "For example: ada, noor 3:30 tue workshop AWS cloud essentials K7 S3",
    "For example: ada, noor 3:30 tue workshop K7",
    "ada, noor 3:30 tue workshop",
    "ada 3:30 tue",
)
SAYS = "Who, how long, which day and what: it shows here as it is understood, and Enter logs it."
_FEW = 3
"""So many completions must show where the list hides the sentence below the chips."""
_ICONS = {
    ChipKind.PERSON: "user",
    ChipKind.KSB: "target",
    ChipKind.DAY: "calendar",
    ChipKind.ACTIVITY: "book-open",
}


class QuickLog(QWidget):
    """The line with its chips, what is wrong under its word, and completions.

    *logged* has whose entries were logged and for which days, as Cells, *closed* is Escape on an
    empty line, *grew* that it takes other room than before while it has the keyboard.
    """

    logged = Signal(object)
    closed = Signal()
    grew = Signal()

    def __init__(self, desk: Desk, writer: Writer | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._theme = desk.theme
        self._team: Team | None = None
        self._week: date | None = None
        self._wanted: UUID | None = None
        self._judging = Judging()
        self._line = QuickLine("")
        self._completions: tuple[Completion, ...] = ()
        self._has_stepped = False
        self._is_cleared = False
        """Whether Escape has emptied the line and nothing was typed since."""
        self._spoken = ""
        self.writer = writer or Writer(desk, self)
        self.edit = MarkedLine(
            "Quick log",
            HINTS,
            "Who, how long, which day, what; Enter logs it",
            LONGEST_LINE,
            desk.theme,
        )
        self.messages = Messages(self)
        self._build()
        self._connect()
        self._show()

    # building

    def _build(self) -> None:
        theme = self._theme
        self.title = label("Quick log", "label")
        self.title.setBuddy(self.edit)
        self.understood = Understood(theme)
        self.chips, self.says = self.understood.chips, self.understood.says
        self.wrong = label("", "small", "danger", wraps=True)
        self.panel = QFrame(self)
        self.panel.setProperty("role", "results")
        self.list = ResultList(theme, self.panel)
        inside = QVBoxLayout(self.panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        self.panel.hide()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(1.5))
        down.addWidget(Banner(self.messages, theme))
        down.addWidget(self.title)
        down.addWidget(self.edit)
        down.addWidget(self.wrong)
        down.addWidget(self.understood)

    def put_beside(self, part: QWidget) -> None:
        """Put *part* at the right of the line, or below it where there is no room for both."""
        down = self.layout()
        assert isinstance(down, QVBoxLayout)
        place = down.indexOf(self.edit)
        both = SideBySide(
            [self.edit, Flow([part], self._theme)], self._theme, shares=(1, 0), narrowest=130
        )
        down.insertWidget(place, both)

    def _connect(self) -> None:
        self.edit.textEdited.connect(self._on_edited)
        self.edit.textChanged.connect(self._on_changed_text)
        self.edit.cursorPositionChanged.connect(lambda *_: self._place_wrong())
        self.edit.committed.connect(self.commit)
        self.edit.stepped.connect(self._step)
        self.edit.took.connect(self._take)
        self.edit.left.connect(self._on_escape)
        self.edit.installEventFilter(self)
        self.list.picked.connect(self._on_picked)
        self.writer.written.connect(self._on_written)
        self.writer.refused.connect(self._on_refused)
        self._desk.changed.connect(self._on_changed)

    # who is known

    @property
    def _today(self) -> date:
        """The day that "today" means as one types: a window may stay open for days."""
        return self._desk.clock.today()

    @property
    def knows_who_is_there(self) -> bool:
        """Whether people can be named yet."""
        return self._team is not None

    def read_team(self) -> None:
        """Read, in the background, whom the line can name."""
        self._desk.jobs.run(
            "Reading whom hours can be logged for",
            reading_team(self._desk),
            done=self.take_team,
            newest_of="quick team",
            owner=self,
            is_quiet=True,
        )

    def take_team(self, team: Team) -> None:
        """Take up whom the line can name."""
        self._team = team
        self._judging.courses = {row.id: row.course for row in team.rows}
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.begin_with(wanted)
        self._show()

    def _on_changed(self, changes: Any) -> None:
        if self._team is not None and changes.touches(*TEAM_TABLES):
            self.read_team()

    def begin_with(self, apprenticeship_id: UUID | None) -> None:
        """Take the keyboard, with the name of this apprentice in the line."""
        if self._team is None:
            self._wanted = apprenticeship_id
        elif apprenticeship_id is not None and not self.edit.text().strip():
            person = next(
                (one for one in self._team.known.people if one.id == apprenticeship_id), None
            )
            if person is not None:
                self.edit.setText(f"{_typed(person, self._team.known, self._today)} ")
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_week(self, monday: date | None) -> None:
        """Look for weekdays in the week shown, from *monday* on; None for the last ones."""
        if monday != self._week:
            self._week = monday
            self._close_list()
            self._show()

    # typing

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something stands in the line."""
        return bool(self.edit.text().strip())

    def _on_edited(self, _text: str) -> None:
        self._has_stepped = False
        self._complete()

    def _on_changed_text(self, _text: str) -> None:
        self._is_cleared = False
        self._show()

    def _show(self) -> None:
        """Read the line, and show what was understood."""
        text, team = self.edit.text(), self._team
        if team is None or not text.strip():
            self._line = QuickLine(text)
        else:
            self._line = read(text, team.known, self._today, self._week)
        if not text:
            self._close_list()
        self.understood.show_chips([chip for chip in self._line.chips if chip.shown])
        self._show_wrong()
        self._say()

    def _show_wrong(self) -> None:
        """Say what is wrong with a word once it is left, or at once where Enter was pressed."""
        found = self._line.findings
        place = self.edit.cursorPosition()
        about = [each for each in found if each.end > each.start]
        left = [each for each in about if not each.start <= place <= each.end]
        self.edit.show_wrong([(each.start, each.end) for each in about])
        self._complain(left[:1])

    def _complain(self, found: Sequence[LineFinding]) -> None:
        words = " ".join(f"{each.message} {each.remedy}".strip() for each in found)
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        self._first_wrong = found[0].start if found else 0
        self._place_wrong()
        if words:
            access.announce(self.wrong, words)

    _first_wrong = 0

    def _place_wrong(self) -> None:
        """Put the sentence under the word that it is about, as far as there is room."""
        if self.wrong.isHidden():
            return
        x = self.edit.x_of(self._first_wrong) if self._first_wrong else 0
        room = self.width() - self._theme.space(70)
        self.wrong.setIndent(-1)
        self.wrong.setContentsMargins(max(0, min(x, room)), 0, 0, 0)

    def _say(self) -> None:
        entries = self._line.entries
        if self._team is None and self.edit.text():
            self.understood.say("Just a moment: reading who is there.")
        elif entries:
            many = f"{len(entries):,} {'entry' if len(entries) == 1 else 'entries'}"
            against = self._against(entries)
            hint = f" · {self._line.hint}" if self._line.hint else ""
            self.understood.say(f"Enter logs {many}{against}{hint} · Ctrl Z undoes")
        else:
            missing = [each for each in self._line.findings if each.end == each.start]
            words = " ".join(each.message for each in missing)
            self.understood.say(words or ("" if self._line.findings else SAYS))

    def _against(self, entries: Sequence[QuickEntry]) -> str:
        """Say of how many it is known that they will not count, and why the first does not."""
        for entry in entries[:MOST_CHIPS]:
            judged = self._judge(entry)
            if not judged.by_the_rules:
                why = next(each.says for each in judged.reasons if each.counts is False)
                return f" · {entry.person.name}: does not count. {why}"
        return ""

    def _judge(self, entry: QuickEntry) -> Any:
        return self._judging.judge(
            entry.person.id,
            Proposed(entry.done_on, entry.minutes, entry.activity, entry.what, entry.began_at),
        )

    # completion

    def _complete(self) -> None:
        self._completions = ()
        if self._team is not None:
            text, place = self.edit.text(), self.edit.cursorPosition()
            self._completions = complete(text, place, self._team.known, self._today, self._week)
        if not self._completions or not self.edit.text():
            self._close_list()
            return
        lines = tuple(
            ResultLine(number, each.shown, icon=_ICONS.get(each.kind, ""))
            for number, each in enumerate(self._completions)
        )
        self.list.show_groups([ResultGroup("Tab takes the marked one", lines)], ())
        self.edit.has_list = True
        self._place_list()

    def _place_list(self) -> None:
        """Put the list where it hides neither what was understood nor what is wrong.

        That is below all, or below the chips where there is too little room, or above the line.
        """
        window, space = self.window(), self._theme.space
        self.panel.setParent(window)
        start = max(self._completions[0].start, 0)
        line = QRect(self.edit.mapTo(window, QPoint(self.edit.x_of(start), 0)), self.edit.size())
        width = min(space(90), window.width() - 2 * space(2))
        left = max(space(2), min(line.left(), window.width() - width - space(2)))
        wanted, gap = self.list.wanted_height() + 4, space(1)
        tops = [part.mapTo(window, QPoint(0, part.height() + gap)).y() for part in self._below()]
        rooms = [window.height() - top - space(2) for top in tops]
        above = line.top() - 2 * gap
        few = min(wanted, self.list.height_of(_FEW))
        place = next(
            (
                QRect(left, top, width, min(wanted, room))
                for top, room, least in zip(tops, rooms, (wanted, few), strict=True)
                if room >= least
            ),
            None,
        )
        if place is None and above > rooms[-1]:
            height = min(wanted, above)
            place = QRect(left, line.top() - gap - height, width, height)
        if place is None:
            place = QRect(left, tops[-1], width, max(space(10), rooms[-1]))
        self.panel.setGeometry(place)
        self.panel.show()
        self.panel.raise_()

    def _below(self) -> tuple[QWidget, QWidget]:
        """Return what stands last in it, and what the list hides at most what is below of."""
        return self.says, self.chips if self.chips.parts else self.edit

    def _close_list(self) -> None:
        self.panel.hide()
        self.edit.has_list = False
        self._has_stepped = False

    def _step(self, by: int) -> None:
        if self._has_stepped or by < 0:
            self.list.step_to((self.list.place + by) % len(self._completions))
        self._has_stepped = True
        current = self.list.current()
        if current is not None:
            access.announce(self.edit, current.title)

    def _on_picked(self, line: ResultLine) -> None:
        self._put(self._completions[line.key])

    def _take(self) -> None:
        current = self.list.current()
        if current is not None:
            self._put(self._completions[current.key])

    def _put(self, completion: Completion) -> None:
        text = self.edit.text()
        after = text[completion.end :]
        put = completion.text if after.startswith((" ", ",")) else f"{completion.text} "
        self.edit.setText(text[: completion.start] + put + after)
        self.edit.setCursorPosition(completion.start + len(put))
        self._close_list()

    def _on_escape(self) -> None:
        if not self.panel.isHidden():
            self._close_list()
        elif self.edit.text():
            self.edit.clear()
            self._is_cleared = True
            self.understood.say("Ctrl Z brings back what was typed.")
        else:
            self.closed.emit()

    # logging

    def commit(self) -> None:
        """Log what the line says, or say what keeps it from being logged."""
        if self._has_stepped and not self.panel.isHidden():
            self._take()
            return
        self._close_list()
        self.messages.dismiss()
        if not self.edit.text().strip():
            return
        entries = self._line.entries
        if not entries:
            self._complain(self._line.findings[:2])
            return
        text = self.edit.text()
        details = [self._details(entry) for entry in entries]
        self.writer.write(
            _label(entries),
            lambda session: hours.log_many(session, [(each, "") for each in details]),
            _Logged(text, tuple(Cell(entry.person.id, entry.done_on) for entry in entries), self),
        )
        self.edit.clear()

    def _details(self, entry: QuickEntry) -> HoursDetails:
        return HoursDetails(
            entry.person.id,
            entry.done_on,
            entry.minutes,
            entry.activity,
            counts=self._judge(entry).by_the_rules,
            what=entry.what,
            ksbs=ksb_codes.write(entry.ksbs),
            began_at=entry.began_at,
        )

    def _on_written(self, writing: Writing) -> None:
        if isinstance(writing.content, _Logged) and writing.content.line is self:
            self.logged.emit(writing.content.cells)

    def _on_refused(self, writing: Writing, problem: Problem) -> None:
        """Put the line back where it came from, with what was wrong; what is typed now stays."""
        if not isinstance(writing.content, _Logged) or writing.content.line is not self:
            return
        text = writing.content.text
        if self.edit.text().strip():
            self.messages.problem(problem, "Put the line back", lambda: self.edit.setText(text))
        else:
            self.edit.setText(text)
            self.messages.problem(problem)

    # keys and looks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while the line is blank, unless Escape has just emptied it.

        The list closes with the line.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_undo = event.matches(QKeySequence.StandardKey.Undo)
            if is_undo and not self.edit.text() and not self._is_cleared:
                event.ignore()
                return True
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._close_list()
        return False

    def event(self, event: QEvent) -> bool:
        """Move the list with what it stands below, once that has its place."""
        is_done = bool(super().event(event))
        kind = event.type()
        if kind in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Move):
            if kind == QEvent.Type.Resize and self.edit.hasFocus():
                self.grew.emit()
            self.move_list()
        return is_done

    def move_list(self) -> None:
        """Put the list, if it is open, where the line is now."""
        if not self.panel.isHidden():
            self._place_list()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(150), super().sizeHint().height())


@dataclass(frozen=True, slots=True, eq=False)
class _Logged:
    """What a line was when Enter was pressed."""

    text: str
    cells: tuple[Cell, ...]
    line: QuickLog


def _typed(person: Person, known: Known, today: date) -> str:
    """Return the shortest of first name and whole name that means this person alone."""
    for typed in (person.given_names.split()[0] if person.given_names else "", person.name):
        if typed and read(f"{typed} 1", known, today).people == (person,):
            return typed
    return person.code or person.name


def _label(entries: Sequence[QuickEntry]) -> str:
    first = entries[0]
    if len(entries) == 1:
        return f"Log {sentence(first.minutes)} for {first.person.name} on {show_day(first.done_on)}"
    people = len({entry.person.id for entry in entries})
    whom = first.person.name if people == 1 else f"{people} people"
    return f"Log {len(entries)} entries of hours for {whom}"
