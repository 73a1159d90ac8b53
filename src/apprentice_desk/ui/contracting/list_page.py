"""A page that is a list of contracts, or of procurements: what both have in common.

The page of each says what its lines are, and what more can be done with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton

from apprentice_desk.ui.contracting.dates import SAVE_DATES, ContractDates
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.list_actions import columns_button
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.narrowing import Narrowing, StatusFilter, known_of_people
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Kind, Shown, people
from apprentice_desk.ui.saving_lists import ListSaver

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."
FILTER_BESIDE = 140
"""The width in quarters from which the filter stands beside the buttons."""
_LEAST = 52


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page lists, in words, and how its table looks.

    *thing* is one of them, *things* all; *read* returns the lines, each with its id, what it is
    ``shown`` as to the forms, and who it is ``looked_after_by``.  *nothing* says what to do while
    there are none, *add* stands on the button that adds one.
    """

    thing: str
    things: str
    add: str
    columns: Sequence[Column]
    hidden_at_first: Sequence[int]
    left_out_first: Sequence[int]
    first_column: int
    filters: Sequence[StatusFilter]
    made_of: Iterable[str]
    read: Callable[[Any, date], tuple[Any, ...]]
    counts: Callable[[Sequence[Any]], str]
    about: str
    nothing: str
    hint: str
    example: str
    stretch: int = 0
    lines: Sequence[int] = ()

    @property
    def title(self) -> str:
        """The name of the page."""
        return self.things[0].upper() + self.things[1:]


class ListPage(ScrollingPage):
    """The list; Enter opens the page of a line.

    What raises NotImplementedError is each page's to say: Qt's classes cannot be abstract.
    """

    MOST_QUARTERS = None

    def __init__(self, desk: Desk, listed: Listed, kind: Kind, dates: type[ContractDates]) -> None:
        super().__init__(desk.theme)
        self._desk, self._listed, self._kind = desk, listed, kind
        self._theme = theme = desk.theme
        self._wanted: UUID | None = None
        self.question: Question | None = None
        self.dialog: FormDialog | None = None
        self.model = RowsModel(listed.columns, self)
        called = f"List of {listed.things}"
        self.table = RowsTable(self.model, called, theme, stretch=listed.stretch, several=True)
        self.table.order.hide_at_first(listed.hidden_at_first)
        self.table.order.can_do_without(listed.left_out_first)
        self.table.sort_by(listed.first_column)
        self.filter = FilterBox(self.table, listed.hint, theme)
        self.narrowing = Narrowing(
            desk, self, self.table, self.filter, listed.filters, listed.things,
            f"Which {listed.things} the list shows", listed.example, self._known_of_people,
            lines=listed.lines,
        )  # fmt: skip
        thing = listed.thing
        self.open = self._action(f"Open the {thing}", "file-text", "Ctrl+Return", self.open_chosen)
        self.change = self._action(f"Change the {thing}…", "pencil", "F2", self.start_change)
        self.remove = self._action(f"Remove the {thing}…", "trash-2", "Del", self.ask_to_remove)
        self.dates = dates(desk, self)
        self.save_dates = QAction(SAVE_DATES, self)
        set_icon(self.save_dates, "calendar", "text_quiet", theme)
        self.save_dates.triggered.connect(lambda _checked=False: self.ask_to_save_dates())
        self.addAction(self.save_dates)
        self.saver = ListSaver(desk, self, self.table, listed.title, lambda: self.narrowing.facts)
        self.table.set_actions(
            (self.open, self.change, self.remove, self.save_dates, *self.saver.all)
        )
        self._build()
        self.keeper = LookKeeper(desk, self, listed.things, self.table, None)
        self._connect()
        self.narrowing.choose(listed.filters[0])
        self._allow()

    def header_buttons(self, add: QPushButton) -> tuple[QPushButton, ...]:
        """Return the buttons beside the title, in their order; *add* is one of them."""
        return (add,)

    def go_to(self, key: UUID) -> None:
        """Go to the page of one of them; every page says where that is."""
        raise NotImplementedError

    def _build(self) -> None:
        theme, listed, is_read_only = self._theme, self._listed, self._desk.store.is_read_only
        self.add = button(listed.add, theme, self.start_adding, role="primary", icon="plus")
        self.add.setEnabled(not is_read_only)
        if is_read_only:
            self.add.setToolTip(as_tip(READ_ONLY))
        self.header = PageHeader(listed.title, "", theme, self.header_buttons(self.add))
        self.columns = columns_button(theme, self.table)
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(theme.space(2))
        self._above.addWidget(self.filter, 1)
        self.save = self.saver.button()
        self.save.menu().addAction(self.save_dates)
        beside = (self.narrowing.button, self.columns, self.save)
        self._above.addWidget(Flow(beside, theme))
        self.count = CountLine(self.table, "Enter opens")
        keys = "· Ctrl F filters" if is_read_only else "· F2 changes · Ctrl F filters"
        self.put(self.header)
        self.put(self._above)
        self.put(self.table, 1)
        self.put(Flow((self.count, label(keys, "small")), theme, quarters=1, down=0))
        self._refit()

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self._refit)
        self.table.row_opened.connect(lambda _line: self.open_chosen())
        self.table.row_chosen.connect(lambda _line: self._allow())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)

    def _action(self, text: str, icon: str, keys: str, act: Any) -> QAction:
        action = QAction(text, self.table)
        set_icon(action, icon, "text_quiet", self._theme)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        return action

    def _refit(self) -> None:
        self.table.set_least(_LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the filter beside the buttons, or above them where there is no room."""
        super().resizeEvent(event)
        is_one_line = self.width() >= self._theme.space(FILTER_BESIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._above.setDirection(across if is_one_line else down)

    # showing

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*self._listed.made_of):
            self.note_stale()

    def refresh(self) -> None:
        """Read the list anew, behind the window in a desk where that takes long."""
        desk, listed = self._desk, self._listed
        today = desk.clock.today()
        if not desk.is_large:
            self.show_lines(desk.store.read(listed.read, today))
            return
        desk.jobs.run(
            f"Reading the {listed.things}",
            lambda _progress: desk.store.read(listed.read, today),
            done=self.show_lines,
            newest_of=listed.things,
            owner=self,
        )

    def show_lines(self, lines: tuple[Any, ...]) -> None:
        """Show *lines*; what was chosen stays so."""
        listed, is_read_only = self._listed, self._desk.store.is_read_only
        about = listed.counts(lines) if lines else listed.about
        self.header.set_words(
            listed.title, about + (" · open to read only" if is_read_only else "")
        )
        none_yet = f"No {listed.things} yet"
        if is_read_only:
            self.table.set_empty(none_yet, READ_ONLY)
        else:
            self.table.set_empty(
                none_yet, listed.nothing, f"Add a {listed.thing}…", self.start_adding
            )
        self.model.replace(lines)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.choose(wanted)
        self.table.choose_first()
        self._allow()

    def choose(self, key: UUID) -> bool:
        """Choose one of them, taking the filters away where they hide it."""
        if self.table.choose(key):
            return True
        self.filter.clear()
        if not self.table.choose(key):
            self.narrowing.choose(self.narrowing.all)
        return self.table.choose(key)

    def narrow_to(self, words: str) -> None:
        """Show those in whose row all *words* occur."""
        self._refresh_stale()
        self.narrowing.choose(self.narrowing.all)
        self.filter.setText(words)
        self.table.choose_first()

    def _known_of_people(self) -> list[str]:
        known = [line.looked_after_by for line in self.model.given]
        return [*known, *known_of_people(people(self._desk))]

    def _allow(self) -> None:
        line = None if self.table.several() else self.table.chosen()
        may_write = line is not None and not self._desk.store.is_read_only
        self.open.setEnabled(line is not None)
        self.change.setEnabled(may_write)
        self.remove.setEnabled(may_write)
        self.save_dates.setEnabled(bool(self.model.shown))

    # what the person does

    def open_chosen(self) -> None:
        """Go to the page of the chosen one."""
        line = self.table.chosen()
        if line is not None:
            self.go_to(line.id)

    def start_adding(self) -> None:
        """Open the form of a new one."""
        if not self._desk.store.is_read_only:
            self.dialog = editing.add(self._kind, self, self._want)

    def start_change(self) -> None:
        """Open the form of the chosen one."""
        if (shown := self._shown()) is not None and self.change.isEnabled():
            self.dialog = editing.change(self._kind, shown, self)

    def ask_to_remove(self) -> None:
        """Ask before the chosen one is taken out of the desk."""
        if (shown := self._shown()) is not None and self.remove.isEnabled():
            self.question = editing.remove(self._kind, shown, self, lambda: None)

    def ask_to_save_dates(self) -> None:
        """Ask where the days of those that are selected, or else shown, are to stand."""
        lines = self.table.several() or list(self.model.shown)
        called = (
            lines[0].shown.title if len(lines) == 1 else f"{len(lines):,} {self._listed.things}"
        )
        self.dates.ask_for_file([line.id for line in lines], called)

    def _shown(self) -> Shown | None:
        line = self.table.chosen()
        return None if line is None else line.shown

    def _want(self, key: UUID) -> None:
        self._wanted = key

    def _go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
