"""The page of secondments: the same rows as a board, as a table and as a calendar of who is where.

Beside them stands the panel of what is chosen, with its moves and what it collides with.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.secondment_moves import BECOMES, Move, MoveDetails
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records import secondment_clashes, secondment_moves
from apprentice_desk.records.secondment_overview import (
    MADE_OF,
    SecondmentLine,
    secondment_lines,
    secondment_overview,
)
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    MakeDocument,
    OpenHistory,
    OpenPlacements,
    OpenRecord,
    OpenSecondment,
)
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ListSide, ScrollingPage
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.list_actions import action_of, columns_button
from apprentice_desk.ui.kit.panels import EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.secondments.board import BoardView
from apprentice_desk.ui.pages.secondments.calendar import CalendarView
from apprentice_desk.ui.pages.secondments.care import CARES, cares_of, open_care
from apprentice_desk.ui.pages.secondments.columns import (
    COLUMNS,
    HIDDEN_AT_FIRST,
    LEFT_OUT_FIRST,
    STRETCH,
    counts_in_words,
    first_of,
    lane_of,
)
from apprentice_desk.ui.pages.secondments.kind import Secondments
from apprentice_desk.ui.pages.secondments.moves import open_move
from apprentice_desk.ui.pages.secondments.panel import READ_ONLY, SecondmentPanel
from apprentice_desk.ui.placing.matching import match
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Shown
from apprentice_desk.ui.saving_lists import ListSaver

SIDE_BY_SIDE = 240
"""The width in quarters from which list and panel stand side by side."""
PANEL_QUARTERS = 108
_LEAST = 64
"""The least height of a view, in quarters."""
AGREEMENT = "secondment-agreement"
"""The document type of the agreement between home, host and apprentice."""
VIEWS = (("board", "Board"), ("table", "Table"), ("calendar", "Who is where"))
ABOUT = "Requests for a place elsewhere, and places that are offered here"
"""What the page is for, while there is nothing to count."""
NOTHING = (
    "Nobody has asked for a secondment yet",
    "Ask for a place elsewhere for an apprentice, offer one here, or note a day of shadowing.",
)


class SecondmentsPage(ScrollingPage):
    """One set of rows in three views, and the panel of the chosen one."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._lines: tuple[SecondmentLine, ...] = ()
        self._chosen: UUID | None = None
        self._view = VIEWS[0][0]
        self.dialog: FormDialog | None = None
        self.question: Question | None = None
        action = partial(action_of, theme, self, is_within=True)
        self.change = action("Change…", "pencil", "F2", self.start_change)
        self.remove = action("Remove…", "trash-2", "Ctrl+Del", self.ask_to_remove)
        self.take_back = action("Take the last step back", "undo-2", "", self.take_last_move_back)
        self.history = action("History…", "history", "Ctrl+H", self.show_history)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of secondments", theme, stretch=STRETCH)
        self.table.order.hide_at_first(HIDDEN_AT_FIRST)
        self.table.order.can_do_without(LEFT_OUT_FIRST)
        self.filter = FilterBox(self.table, "apprentice, host, KSB, status", theme)
        self.saver = ListSaver(
            desk,
            self,
            self.table,
            "Secondments",
            whom=lambda row: row.details.apprenticeship_id,
        )
        self.table.set_actions(
            (self.change, self.remove, self.take_back, self.history, *self.saver.all)
        )
        self.keeper = LookKeeper(desk, self, "secondments", self.table, None)
        self.board = BoardView(theme)
        self.calendar = CalendarView(theme, desk.clock.today())
        self.switch = Switch("How secondments are shown", VIEWS, theme)
        self.nothing = EmptyState(theme, "arrow-left-right", *NOTHING)
        self.panel = SecondmentPanel(desk, (self.change, self.remove, self.take_back, self.history))
        self._build()
        self._connect()
        self.show_view(self._view)
        self._show_chosen()

    # building

    def _build(self) -> None:
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        self.ask = button("Ask for a place", theme, self.start_request, role="primary", icon="plus")
        self.offer = button("Offer a place", theme, self.start_offer, icon="plus")
        self.light = button("Shadowing or visit", theme, self.start_light, icon="eye")
        for made in (self.light, self.offer, self.ask):
            made.setEnabled(not is_read_only)
            if is_read_only:
                made.setToolTip(as_tip(READ_ONLY))
        self.elsewhere = button("Places elsewhere", theme, self._go_elsewhere, icon="map")
        self.elsewhere.setToolTip("What other boroughs and LOTI ask for and offer")
        self.header = PageHeader(
            "Secondments", "", theme, (self.ask, self.offer, self.light, self.elsewhere)
        )
        self.details = button("Details", theme, self.open_panel, icon="panel-right")
        self.details.setToolTip("Show the chosen one (Enter)")
        access.name(self.details, "Details", "Show the chosen one")
        self.columns = columns_button(theme, self.table)
        self.save = self.saver.button()
        self.count = CountLine(self.table, "Enter goes to it")
        self.keys = label("· F2 changes · Ctrl F filters", "small")
        list_side = ListSide()
        left = QVBoxLayout(list_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space(2.5))
        above = row_of(theme, self.filter)
        above.setStretch(0, 1)
        left.addWidget(Flow((self.switch, self.columns, self.save, self.details), theme))
        left.addLayout(above)
        for view in (self.nothing, self.board, self.table, self.calendar):
            left.addWidget(view, 1)
        self.foot = Flow((self.count, self.keys), theme, quarters=1, down=0)
        left.addWidget(self.foot)
        self.both = ListAndPanel(
            list_side, self.panel, theme, narrowest=SIDE_BY_SIDE, panel_quarters=PANEL_QUARTERS
        )
        self.put(self.header)
        self.put(self.both, 1)
        self._refit()

    def _connect(self) -> None:
        theme = self._theme
        self.switch.chosen.connect(self._on_view)
        self.table.row_chosen.connect(lambda line: self.choose_line(line) if line else None)
        self.table.row_opened.connect(lambda _line: self.open_panel())
        self.model.counted.connect(self._show_views)
        self.board.lanes.card_chosen.connect(self._on_key_chosen)
        self.board.lanes.card_opened.connect(self._on_key_opened)
        self.board.lanes.card_dropped.connect(self._on_dropped)
        self.calendar.spans.line_chosen.connect(self._on_key_chosen)
        self.calendar.spans.line_opened.connect(self._on_key_opened)
        self.panel.moved.connect(self.start_move)
        self.panel.cared.connect(self.start_care)
        self.panel.asked_for_places.connect(self.find_places)
        self.panel.asked_for_agreement.connect(self._make_agreement)
        self.panel.asked_for_apprentice.connect(self._open_apprentice)
        self.panel.close_button.clicked.connect(self.close_panel)
        self.both.arranged.connect(self._on_arranged)
        self._desk.changed.connect(self._on_changed)
        theme.changed.connect(self._refit)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)
        add_key(self, "Do what comes next", "Ctrl+Shift+G", self.start_next_move)
        self._on_arranged()

    def _refit(self) -> None:
        self.table.set_least(_LEAST)
        for view in (self.board, self.calendar):
            view.setMinimumHeight(self._theme.space(_LEAST))
        self.panel.setMinimumHeight(self._theme.space(90))

    def _on_arranged(self) -> None:
        self.details.setVisible(not self.both.is_side_by_side)
        self.panel.close_button.setVisible(self.both.is_panel_alone)

    # showing

    @property
    def view(self) -> str:
        """The name of the view that is shown: "board", "table" or "calendar"."""
        return self._view

    @property
    def chosen(self) -> SecondmentLine | None:
        """The one that is chosen."""
        return self._line_of(self._chosen)

    def _line_of(self, key: UUID | None) -> SecondmentLine | None:
        return next((line for line in self._lines if line.id == key), None)

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*MADE_OF, *secondment_clashes.MADE_OF, "document_made"):
            self.note_stale()

    def refresh(self) -> None:
        """Read all of them anew."""
        had_none = not self._lines
        self._lines = self._desk.store.read(secondment_lines)
        about = counts_in_words(self._lines) if self._lines else ABOUT
        is_read_only = self._desk.store.is_read_only
        self.header.set_words(
            "Secondments", about + (" · open to read only" if is_read_only else "")
        )
        self.model.replace(self._lines)
        if self.chosen is None:
            self._chosen = first_of(self._lines)
        self._show_views()
        self._show_chosen()
        # Before there was any, the keyboard found only these to stop at.
        if had_none and self.window().focusWidget() in (self.ask, self.offer, self.light):
            self.take_keyboard()

    def _show_views(self) -> None:
        """Show in every view what the filter leaves."""
        shown = self.model.shown
        today = self._desk.clock.today()
        self.board.show_lines(shown, today)
        self.calendar.show_lines(shown, today)
        if self._chosen is not None:
            self._mark(self._chosen)
        self._show_view()

    def show_view(self, name: str) -> None:
        """Show the rows as a board, a table or a calendar."""
        self._view = name
        self.switch.show_value(name)
        self._show_view()

    def _show_view(self) -> None:
        has_any = bool(self._lines)
        self.nothing.setVisible(not has_any)
        views = {"board": self.board, "table": self.table, "calendar": self.calendar}
        for name, view in views.items():
            view.setVisible(has_any and name == self._view)
        is_table = self._view == "table"
        self.columns.setVisible(is_table)
        self.save.setVisible(is_table)
        self.foot.setVisible(has_any)

    def _on_view(self, name: str) -> None:
        self.show_view(name)
        if self._chosen is not None:
            self._mark(self._chosen)

    def choose_line(self, line: SecondmentLine) -> None:
        """Show one in the panel, and mark it in every view."""
        if line.id != self._chosen:
            self._chosen = line.id
            self._mark(line.id)
            self._show_chosen()

    def choose(self, key: UUID) -> bool:
        """Choose one, taking the filter away where it hides it; returns whether it is there."""
        if (line := self._line_of(key)) is None:
            return False
        if line not in self.model.shown:
            self.filter.clear()
        self.choose_line(line)
        return True

    def _mark(self, key: UUID) -> None:
        self.table.choose(key)
        self.board.lanes.choose(key)
        self.calendar.spans.choose(key)

    def _on_key_chosen(self, key: Any) -> None:
        if (line := self._line_of(key)) is not None:
            self.choose_line(line)

    def _on_key_opened(self, key: Any) -> None:
        self._on_key_chosen(key)
        self.open_panel()

    def _show_chosen(self) -> None:
        line = self.chosen
        shown = None
        if line is not None:
            today = self._desk.clock.today()
            rules = resources.clash_rules(today)
            shown = self._desk.store.read(secondment_overview, line.id, today, rules)
        self.panel.show_one(shown)
        may_write = shown is not None and not self._desk.store.is_read_only
        self.change.setEnabled(may_write)
        self.remove.setEnabled(may_write)
        can_take_back = shown is not None and shown.can_be_taken_back
        self.take_back.setEnabled(may_write and can_take_back)
        self.details.setEnabled(shown is not None)
        self.history.setEnabled(shown is not None)

    def show_history(self) -> None:
        """Go to what was changed of the chosen one."""
        if self.chosen is not None:
            self._desk.go(OpenHistory("secondment", self.chosen.id, self.chosen.code))

    # arriving

    def first_stop(self) -> QWidget | None:
        """Return the one that is chosen in the view that is shown; None leaves it to Tab."""
        if self._view == "table":
            return self.table
        return (self.board.lanes if self._view == "board" else self.calendar.spans).stop

    def arrive(self, destination: OpenSecondment) -> FormDialog | None:
        """Show one; return its form, at the field to fill in, where one is named."""
        self._refresh_stale()
        if not self.choose(destination.secondment_id):
            self._desk.messages.warn(
                "This secondment is not in the desk any more.", "Somebody removed the record."
            )
            return None
        if destination.field in CARES:
            self.open_panel()
            return self.start_care(destination.field)
        if destination.field:
            return self.start_change(destination.field)
        self.open_panel()
        return None

    def narrow_to(self, words: str) -> None:
        """Show those in whose row all *words* occur."""
        self._refresh_stale()
        self.filter.setText(words)

    # what the person does

    def start_request(self) -> None:
        """Open the form of a new request."""
        self._add(Secondments.request(self._desk))

    def start_offer(self) -> None:
        """Open the form of a new offer."""
        self._add(Secondments.offer(self._desk))

    def start_light(self) -> None:
        """Open the form of a day of shadowing, or of a visit."""
        self._add(Secondments.light(self._desk))

    def _add(self, kind: Secondments) -> None:
        if not self._desk.store.is_read_only:
            self.dialog = editing.add(kind, self, self._want)

    def _want(self, key: UUID) -> None:
        self._chosen = key

    def start_change(self, field: str = "") -> FormDialog | None:
        """Open the form of the chosen one, at *field* where one is named."""
        line = self.chosen
        if line is None or not self.change.isEnabled():
            return None
        kind = Secondments(self._desk, line.details)
        self.dialog = editing.change(kind, Shown(line.id, line.code, line.details), self, field)
        return self.dialog

    def ask_to_remove(self) -> None:
        """Ask before the chosen one is taken out of the desk."""
        line = self.chosen
        if line is not None and self.remove.isEnabled():
            kind = Secondments(self._desk, line.details)
            shown = Shown(line.id, line.code, line.details)
            self.question = editing.remove(kind, shown, self, lambda: None)

    def start_move(self, move: Move, begun: MoveDetails | None = None) -> FormDialog | None:
        """Open the dialog of a move of the chosen one, if it is one of those that come next."""
        shown = self.panel.shown_now
        if shown is None or move not in shown.line.moves or self._desk.store.is_read_only:
            return None
        try:
            self.dialog = open_move(self._desk, shown, move, self, begun)
        except Conflict as gone:
            self._desk.messages.problem(gone)
            return None
        self.dialog.finished.connect(lambda _result: self._after_move())
        return self.dialog

    def start_care(self, about: str) -> FormDialog | None:
        """Open the dialog of something around the chosen one: "check-in", say, if it is time."""
        shown = self.panel.shown_now
        if shown is None or about not in cares_of(shown) or self._desk.store.is_read_only:
            return None
        self.dialog = open_care(self._desk, shown, about, self)
        return self.dialog

    def start_next_move(self) -> None:
        """Open the dialog of the usual way on."""
        line = self.chosen
        if line is not None and line.moves:
            self.start_move(line.moves[0])

    def _after_move(self) -> None:
        """The button that was pressed may be gone: the keyboard goes to the usual way on."""
        if self.both.is_panel_alone or self.panel.isAncestorOf(self.focusWidget()):
            self.panel.take_keyboard()

    def _on_dropped(self, key: Any, lane: str) -> None:
        """A card was dragged to another lane: open the dialog of the move that leads there."""
        self._on_key_chosen(key)
        line = self.chosen
        if line is None:
            return
        to = [move for move in line.moves if lane_of(BECOMES[move]) == lane]
        if to:
            self.start_move(to[0])
        elif lane_of(line.details.status) != lane:
            self._desk.messages.say("It cannot go there from where it stands.")

    def take_last_move_back(self) -> None:
        """Take the last move of the chosen one back."""
        line = self.chosen
        if line is None or not self.take_back.isEnabled():
            return

        def act() -> None:
            with self._desk.change(f"Take a step back for {line.name or line.code}") as session:
                secondment_moves.take_move_back(session, line.id)

        self._desk.attempt(act)

    def find_places(self) -> None:
        """Look for what fits the chosen request or offer, here and elsewhere."""
        line = self.chosen
        if line is not None:
            match(self._desk, line.id, self)

    def _go_elsewhere(self) -> None:
        self._desk.go(OpenPlacements("all", "secondments"))

    def _make_agreement(self) -> None:
        if self._chosen is not None:
            kind = SubjectKind.SECONDMENT.value
            self._desk.go(MakeDocument(AGREEMENT, kind, self._chosen))

    def _open_apprentice(self) -> None:
        line = self.chosen
        if line is not None and line.details.apprenticeship_id is not None:
            self._desk.go(OpenRecord(line.details.apprenticeship_id))

    def open_panel(self) -> None:
        """Go to the panel of the chosen one."""
        if self.chosen is None:
            return
        self.both.open_panel()
        self.panel.take_keyboard()

    def close_panel(self) -> None:
        """Go back to the list."""
        self.both.close_panel()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Go to the view that is shown."""
        if self._view == "board":
            self.board.lanes.take_keyboard()
        elif self._view == "calendar":
            self.calendar.spans.take_keyboard()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_filter(self) -> None:
        self.both.close_panel()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes from the panel back to the list."""
        here = self.focusWidget()
        is_in_panel = here is not None and self.panel.isAncestorOf(here)
        if event.key() == Qt.Key.Key_Escape and (is_in_panel or self.both.is_panel_alone):
            self.close_panel()
        else:
            super().keyPressEvent(event)
