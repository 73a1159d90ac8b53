"""The history of one apprenticeship: who changed what, and one click to put a value back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.history import (
    RecordChange,
    RecordHistory,
    SpellChange,
    ValueChange,
    put_values_back,
    record_history,
)
from apprentice_desk.records.putting_back import put_back
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.choosing import choice_pairs
from apprentice_desk.ui.kit.conflicts import shown
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.fitting import Fitter, Scrolled
from apprentice_desk.ui.kit.messages import Banner, Messages, StatusLine
from apprentice_desk.ui.kit.pieces import button, label, line
from apprentice_desk.ui.pages.apprentices.form import fields_offering, read_offered

AT_A_TIME = 25
"""So many changes are shown at first, and so many more at each press of the button."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of the form that a change altered, in words; *old* are its values before."""

    label: str
    before: str
    after: str
    old: Mapping[str, Any]

    @property
    def says(self) -> str:
        """The change as a sentence without its field."""
        return f"from {_quoted(self.before)} to {_quoted(self.after)}"


def field_changes(values: Sequence[ValueChange], fields: Sequence[Field]) -> Iterator[FieldChange]:
    """Yield what became of each field; a month and whether its day was given are one field."""
    by_name = {each.name: each for each in values}
    for field in fields:
        names = [name for name in (field.name, field.day_given) if name and name in by_name]
        if not names:
            continue
        old = {name: by_name[name].before for name in names}
        new = {name: by_name[name].after for name in names}
        if field.name not in by_name:  # only whether the day was given: the day is as it is
            yield FieldChange(field.label, *_day_given(old[field.day_given]), old)
            continue
        before, after = ApprenticeDetails(**old), ApprenticeDetails(**new)
        yield FieldChange(field.label, _words(field, before), _words(field, after), old)


def _words(field: Field, details: ApprenticeDetails) -> str:
    value = getattr(details, field.name)
    if isinstance(value, UUID) and value not in {own for own, _ in choice_pairs(field.choices)}:
        return "one that is not in this desk any more"
    return shown(field, details)


def _quoted(words: str) -> str:
    return words if words == "blank" else f"“{words}”"


def _day_given(was_given: bool) -> tuple[str, str]:
    words = ("a month alone", "a day")
    return (words[1], words[0]) if was_given else words


def spell_in_words(spell: SpellChange) -> tuple[str, str]:
    """Return what a break or a weekly figure is called, and what became of it."""
    words = _break if spell.kind == "break" else _week
    title = "Break in learning" if spell.kind == "break" else "Contracted hours"
    if spell.before is None:
        return title, f"added: {words(spell.after or {})}"
    if spell.after is None:
        return title, f"taken away: {words(spell.before)}"
    return title, f"from {words(spell.before)} to {words(spell.after)}"


def _break(values: Mapping[str, Any]) -> str:
    if values["last_on"] is None:
        return f"“since {show_day(values['first_on'])}”"
    return f"“{Period(values['first_on'], values['last_on']).shown()}”"


def _week(values: Mapping[str, Any]) -> str:
    return f"“{sentence(values['weekly_minutes'])} a week since {show_day(values['from_on'])}”"


def when(change: RecordChange) -> str:
    """Return when a change was made, in local time, and by whom."""
    who = change.person or "somebody without a name"
    return f"{show_instant(change.recorded_at)} · {who}"


class HistoryDialog(QDialog):
    """The changes of one apprenticeship, newest first."""

    def __init__(self, desk: Desk, apprenticeship_id: UUID, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._id = apprenticeship_id
        self._limit = AT_A_TIME
        self._messages = Messages(self)
        self._history: RecordHistory | None = None
        self._acts: list[QPushButton] = []
        self._fields = fields_offering(desk.store.read(read_offered, desk.clock.today()))
        theme = self._theme = desk.theme
        title = f"History of {name}"
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title)
        edge = theme.space(6)
        self.area = QScrollArea()
        self.area.setProperty("role", "raised")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        access.name(self.area, "Changes, newest first", "Arrow keys scroll")
        self.more = button("Show older changes", theme, self._show_more, icon="chevron-down")
        self.close_button = button("Close", theme, self.accept, role="primary")
        self.close_button.setDefault(True)  # but Enter on another button presses that one
        head = QVBoxLayout()
        head.setContentsMargins(edge, edge, edge, theme.space(2))
        head.setSpacing(theme.space(2))
        head.addWidget(label(title, "large", wraps=True))
        head.addWidget(Banner(self._messages, theme))
        foot = QHBoxLayout()
        foot.setContentsMargins(edge, theme.space(3), edge, theme.space(3))
        foot.addWidget(StatusLine(self._messages, theme), 1)
        foot.addWidget(self.more)
        foot.addWidget(self.close_button)
        down = QVBoxLayout(self)
        down.setContentsMargins(1, 1, 1, 1)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(self.area, 1)
        down.addWidget(line())
        down.addLayout(foot)
        Fitter(self, self.area, theme)
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(170), room.width()), min(theme.space(160), int(room.height() * 0.9))
        )
        desk.changed.connect(self._on_changed)
        self.refresh()
        self.area.setFocus(Qt.FocusReason.TabFocusReason)

    # showing

    def refresh(self) -> None:
        """Read the history anew; a record that is gone closes the dialog with a word why."""
        try:
            self._history = self._desk.store.read(record_history, self._id)
        except Conflict as conflict:
            self._desk.messages.problem(conflict)
            self.reject()
            return
        at = self.area.verticalScrollBar().value()
        self._acts.clear()
        content = Scrolled()
        edge = self._theme.space(6)
        down = QVBoxLayout(content)
        down.setContentsMargins(edge, self._theme.space(2), edge, self._theme.space(4))
        down.setSpacing(self._theme.space(1.5))
        changes = self._history.changes
        for number, change in enumerate(changes[: self._limit]):
            if number:
                down.addSpacing(self._theme.space(1))
                down.addWidget(line())
                down.addSpacing(self._theme.space(1))
            self._add(change, down)
        down.addStretch(1)
        before = self.area.takeWidget()
        if before is not None:  # later: the button that was pressed is in it
            before.deleteLater()
        self.area.setWidget(content)
        for first, second in pairwise((self.area, *self._acts, self.more, self.close_button)):
            QWidget.setTabOrder(first, second)
        QTimer.singleShot(0, self, lambda: self.area.verticalScrollBar().setValue(at))
        self.more.setVisible(len(changes) > self._limit)

    def _add(self, change: RecordChange, down: QVBoxLayout) -> None:
        at = when(change)
        down.addWidget(label(change.label, "strong", wraps=True))
        down.addWidget(label(at, "small", wraps=True))
        may_write = not self._desk.store.is_read_only
        for each in field_changes(change.values, self._fields):
            back = None
            if may_write and not self._is_so_now(each.old):
                name = (
                    f"Put back {each.label}: {each.before}, as before {at}, change {change.number}"
                )
                back = self._button("Put back", name, partial(self._put_back, each))
            down.addLayout(self._row(each.label, each.says, back))
        if change.began:
            down.addLayout(self._row("Apprenticeship", "added", None))
        for spell in () if change.began else change.spells:
            down.addLayout(self._row(*spell_in_words(spell), None))
        if change.touched_others:
            words = "One change together with other records, such as an import."
            down.addWidget(label(words, "small", wraps=True))
        if may_write and change.may_be_taken_back and (len(change.values) != 1 or change.spells):
            name = f"Take back the whole change: {change.label}, {at}, change {change.number}"
            act = self._button("Take the whole change back", name, partial(self._take_back, change))
            across = QHBoxLayout()
            across.addStretch(1)
            across.addWidget(act)
            down.addLayout(across)

    def _row(self, field: str, says: str, back: QPushButton | None) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setSpacing(self._theme.space(3))
        across.addWidget(label(f"{field}: {says}", wraps=True), 1)
        if back is not None:
            across.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return across

    def _button(self, text: str, name: str, act: Callable[[], object]) -> QPushButton:
        made = button(text, self._theme, act, icon="rotate-ccw")
        access.name(made, name)
        self._acts.append(made)
        return made

    def _is_so_now(self, old: Mapping[str, Any]) -> bool:
        assert self._history is not None
        details = self._history.held.details
        return all(getattr(details, name) == value for name, value in old.items())

    def _show_more(self) -> None:
        self._limit += AT_A_TIME
        self.refresh()

    def _on_changed(self, changes: Any) -> None:
        if changes.touches("apprentice", "apprenticeship", "break_in_learning", "weekly_hours"):
            self.refresh()

    # what the person does

    def _put_back(self, each: FieldChange) -> None:
        history, desk = self._history, self._desk
        assert history is not None
        details = history.held.details
        name = called(details.given_names, details.family_name, details.course_title)

        def act() -> None:
            with desk.change(f"Put back {each.label.lower()} of {name}") as session:
                put_values_back(session, history.held, each.old, desk.clock.today())

        self._try(act, f"{each.label} is {each.before} again.")

    def _take_back(self, change: RecordChange) -> None:
        def act() -> None:
            with self._desk.change(f"Take back: {change.label}") as session:
                put_back(session, change.number, change.label)

        self._try(act, f"Taken back: {change.label}.")

    def _try(self, act: Callable[[], object], says: str) -> None:
        self._messages.dismiss()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)  # the button pressed goes away
        try:
            act()
        except Problem as problem:
            self._messages.problem(problem)
        else:
            self._messages.say(says, "Undo", self._undo)
        self.refresh()

    def _undo(self) -> None:
        """Undo as the window does, but say here what would hinder it."""
        said = self._desk.messages.current_problem
        self._desk.undo()
        problem = self._desk.messages.current_problem
        if problem is not None and problem is not said:
            self._messages.problem(Problem(problem.text, problem.remedy))
