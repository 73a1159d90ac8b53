"""The page of the apprentices: the list, the panel at its side, and what can be done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QSplitter,
    QVBoxLayout,
)

from apprentice_desk.records.standing import MADE_OF, ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    AddApprentice,
    ImportList,
    LookThroughLog,
    OpenApprentice,
)
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ListSide, ScrollingPage
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.list_actions import columns_button
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.narrowing import Narrowing, StatusFilter, known_of_people
from apprentice_desk.ui.pages.apprentices.actions import READ_ONLY, ApprenticeActions
from apprentice_desk.ui.pages.apprentices.as_at import (
    BACK,
    BACK_KEYS,
    IN_THE_PAST,
    AsAtBand,
    ask_for_day,
    in_words,
    note_on,
)
from apprentice_desk.ui.pages.apprentices.columns import (
    ALL,
    COLUMNS,
    FILTERS,
    HIDDEN_AT_FIRST,
    LEFT_OUT_FIRST,
    PANEL_QUARTERS,
    SIDE_BY_SIDE,
    counts_in_words,
)
from apprentice_desk.ui.pages.apprentices.panel import ApprenticePanel
from apprentice_desk.ui.pages.apprentices.viewpoint import Looked, Viewpoint, look
from apprentice_desk.ui.papers_menu import papers_button
from apprentice_desk.ui.review_papers import SAVE_DATES
from apprentice_desk.ui.saving_lists import ListSaver

WORDS_ON_BUTTONS = 210
"""The width in quarters below which Columns and Details are only their icons."""

ROOM_FOR_KEYS = 160
"""The width in quarters from which the keys stand below the list."""

FILTER_BESIDE = 140
"""The width in quarters from which the filter stands beside the buttons."""


class ApprenticesPage(ScrollingPage):
    """The list with the panel of the chosen apprentice.

    Where there is no room for both, Enter opens the panel in place of the list and Escape goes
    back.
    """

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._wanted: UUID | None = None
        self._rows: tuple[ApprenticeRow, ...] = ()
        self._day: date | None = None
        self._looked: Looked | None = None
        self._is_panel_open = False
        self._is_panel_fresh = False
        self._has_words = True
        self.actions_ = ApprenticeActions(desk, self)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of apprentices", theme, stretch=1, several=True)
        self.table.order.hide_at_first(HIDDEN_AT_FIRST)
        self.table.order.can_do_without(LEFT_OUT_FIRST)
        self.table.sort_by(0)
        self.filter = FilterBox(self.table, "name, standard, provider, manager", theme)
        self.narrowing = Narrowing(
            desk, self, self.table, self.filter, FILTERS, "apprentices",
            "Which apprentices the list shows", "Behind, level 4",
            lambda: known_of_people(self._rows), lines=(3, 9),
        )  # fmt: skip
        self.saver = ListSaver(desk, self, self.table, "Apprentices", self._facts)
        self.table.set_actions((*self.actions_.all, *self.saver.all))
        self.panel = ApprenticePanel(desk, self.actions_)
        self._build()
        self.keeper = LookKeeper(desk, self, "apprentices", self.table, self.splitter)
        self._connect()
        self._choose_filter(FILTERS[0])
        self._arrange()

    def _build(self) -> None:
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        self.import_list = button("Import", theme, self._on_import, icon="upload")
        self.add = button("Add apprentice", theme, self._on_add, role="primary", icon="plus")
        for made in (self.import_list, self.add):
            made.setEnabled(not is_read_only)
        self.papers = papers_button(self._desk, self, self.actions_.new_document)
        actions = (self.papers, self.import_list, self.add)
        self.header = PageHeader("Apprentices", "", theme, actions)
        self.status = self.narrowing.button
        self.columns = columns_button(theme, self.table)
        self.details = button("Details", theme, self._open_panel, icon="panel-right")
        self.details.setToolTip("Show the chosen apprentice (Enter)")
        access.name(self.details, "Details", "Show the chosen apprentice")
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(theme.space(2))
        self._above.addWidget(self.filter, 1)
        self.save = self.saver.button()
        self.dates = self._dates_action()
        self.save.menu().addAction(self.dates)
        self.as_at = button("As at", theme, self.ask_for_day, icon="calendar-clock")
        self.as_at.setToolTip("Show the figures as at a past day (Ctrl+J)")
        self.band = AsAtBand(theme, self.back_to_today, self.refresh)
        beside = (self.status, self.columns, self.as_at, self.save, self.details)
        self._above.addWidget(Flow(beside, theme))
        self.count = CountLine(self.table, "Enter opens")
        self.keys = label("· F2 edits · Ctrl L logs hours · Ctrl F filters", "small")
        self.list_side = ListSide()
        left = QVBoxLayout(self.list_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space(2.5))
        left.addLayout(self._above)
        left.addWidget(self.table, 1)
        left.addLayout(row_of(theme, self.count, self.keys, None, quarters=1))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.space(4))
        self.splitter.addWidget(self.list_side)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.put(self.header)
        self.put(self.band)
        self.put(self.splitter, 1)
        self._refit()

    def _dates_action(self) -> QAction:
        """What saves the days of those who are selected, or else shown, for a calendar."""
        made = QAction(SAVE_DATES, self)
        set_icon(made, "calendar", "text_quiet", self._theme)
        made.triggered.connect(lambda _checked=False: self.save_dates())
        self.addAction(made)
        return made

    def save_dates(self) -> None:
        """Ask where the reviews and dates of those who are selected, or else shown, are to go."""
        rows = self.table.several() or list(self.model.shown)
        managers = {row.line_manager for row in rows}
        called = managers.pop() if len(managers) == 1 else ""
        self.actions_.papers.ask_to_save_dates(rows, called or f"{len(rows):,} apprentices")

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self._refit)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_opened)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.actions_.made.connect(self._on_made)
        self.panel.close_button.clicked.connect(self._close_panel)
        add_key(self, "Figures as at a past day", "Ctrl+J", self.ask_for_day)
        add_key(self, BACK, BACK_KEYS, self.back_to_today)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)

    def _refit(self) -> None:
        space = self._theme.space
        self.list_side.setMinimumWidth(space(40))
        self.table.set_least(52)
        self.panel.setMinimumHeight(space(70))

    # showing

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*MADE_OF):
            self.note_stale()

    def refresh(self) -> None:
        """Read the list anew; who is chosen stays chosen.

        In a desk where that takes too long for the window's thread it is done behind it.
        """
        desk = self._desk
        day, with_later = self._day or desk.clock.today(), self.band.with_later.isChecked()
        if not desk.is_large and self._day is None:
            self._show_look(self._read(day, with_later=with_later))
            return
        if self._day is None and (first := desk.first_rows()) is not None:
            self._show_look(Looked(Viewpoint(day), first))
        desk.jobs.run(
            "Reading the apprentices",
            lambda _progress: self._read(day, with_later=with_later),
            done=self._show_look,
            newest_of="apprentices",
            owner=self,
        )

    def _read(self, day: date, *, with_later: bool) -> Looked:
        desk = self._desk
        return desk.store.read(look, day, desk.clock.today(), desk.lists, with_later=with_later)

    def _show_look(self, looked: Looked) -> None:
        self._looked = looked
        view = self.actions_.view = looked.view
        self.band.show_look(looked)
        says = "today" if view.is_today else view.shown
        access.name(self.as_at, f"As at: {says}", "Show the figures as at a past day")
        may_write = view.is_today and not self._desk.store.is_read_only
        for made, keys in ((self.import_list, "Ctrl+I"), (self.add, "Ctrl+Shift+N")):
            made.setEnabled(may_write)
            refused = READ_ONLY if view.is_today else IN_THE_PAST
            made.setToolTip(as_tip(f"{made.text()} ({keys})" if may_write else refused))
        self._show_rows(looked.rows)

    def ask_for_day(self) -> FormDialog:
        """Ask as at which day the figures are to be shown."""
        day = self._day or self._desk.clock.today()
        return ask_for_day(self._desk, day, self, self.look_from)

    def look_from(self, day: date) -> None:
        """Show everything as at *day*, as the desk said then."""
        self._day = None if day == self._desk.clock.today() else day
        self.band.with_later.setChecked(False)
        self.refresh()

    def back_to_today(self) -> None:
        """Show how things stand today."""
        self.look_from(self._desk.clock.today())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        """What the list is narrowed to and seen from, for a list that is saved."""
        looked = self._looked
        if looked is None or looked.view.is_today:
            return self.narrowing.facts
        return (*self.narrowing.facts, ("As at", f"{looked.view.shown}. {in_words(looked)}"))

    def _show_rows(self, rows: tuple[ApprenticeRow, ...]) -> None:
        desk = self._desk
        self._rows = rows
        counts = counts_in_words(self._rows)
        if desk.store.is_read_only:
            counts += " · open to read only"
        self.header.set_words("Apprentices", counts)
        self._show_empty()
        self._is_panel_fresh = False
        self.model.replace(self._rows)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._choose(wanted)
        self.table.choose_first()
        # The row may be equal though what stands behind it is not: the panel reads anew.
        if not self._is_panel_fresh:
            self._on_chosen(self.table.chosen())

    def _show_empty(self) -> None:
        if self._desk.store.is_read_only:
            self.table.set_empty("No apprentices yet", READ_ONLY)
        else:
            self.table.set_empty(
                "No apprentices yet",
                "Add the first, or import the list that you have.",
                "Import a list",
                self._on_import,
            )

    def _choose(self, apprenticeship_id: UUID) -> bool:
        """Choose a row, taking the filters away where they hide it."""
        if self.table.choose(apprenticeship_id):
            return True
        if all(row.id != apprenticeship_id for row in self._rows):
            return False
        self.filter.clear()
        if not self.table.choose(apprenticeship_id):
            self._choose_filter(ALL)
        return self.table.choose(apprenticeship_id)

    def _choose_filter(self, chosen: StatusFilter) -> None:
        self.narrowing.choose(chosen)

    # what the person does

    def arrive(
        self, destination: OpenApprentice | AddApprentice | LookThroughLog
    ) -> FormDialog | None:
        """Show, edit or add an apprentice, as another page asked; return the form at a field."""
        self._refresh_stale()
        if isinstance(destination, AddApprentice):
            self._on_add()
            return None
        wanted = destination.apprenticeship_id
        if not self._choose(wanted) and not (self._read_one(wanted) and self._choose(wanted)):
            self._desk.messages.warn(
                "This apprentice is not in the desk any more.", "Somebody removed the record."
            )
            return None
        if isinstance(destination, LookThroughLog):
            self.actions_.look_through_log()
            return None
        if destination.field:
            return self.actions_.edit_details(destination.field)
        self._open_panel()
        return None

    def _read_one(self, apprenticeship_id: UUID) -> bool:
        """Take in one row, while all of them are still being read behind the window."""
        desk = self._desk
        rules, families = desk.lists.hours_rules, desk.lists.role_families
        found = desk.store.read(
            apprentice_rows, desk.clock.today(), rules, families, None, apprenticeship_id
        )
        self._rows += found
        self.model.replace(self._rows)
        return bool(found)

    def narrow_to(self, words: str) -> None:
        """Show those, on programme or not, in whose row all *words* occur."""
        self._choose_filter(ALL)
        self.filter.setText(words)
        self._close_panel()
        self.table.choose_first()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+L for whoever is chosen here, where the window would ask whom."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_log_hours(event)
            and self.actions_.log_hours.isEnabled()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here."""
        if _is_log_hours(event) and self.actions_.log_hours.isEnabled():
            self.actions_.log_hours.trigger()
        elif event.key() == Qt.Key.Key_Escape and self._is_panel_open:
            self._close_panel()
        else:
            super().keyPressEvent(event)

    def _go_to_filter(self) -> None:
        self._close_panel()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _on_add(self) -> None:
        self.actions_.add()

    def _on_import(self) -> None:
        self._desk.go(ImportList("apprentices"))

    def _on_chosen(self, row: ApprenticeRow | None) -> None:
        looked = self._looked
        note = note_on(self._desk, looked, row) if row is not None and looked is not None else ""
        self.actions_.note = note
        self._allow()
        self.details.setEnabled(row is not None)
        if row is None and self._is_panel_open:
            self._close_panel()
        self.panel.show_row(row, note)
        self._is_panel_fresh = True

    def _allow(self) -> None:
        """Allow what is done with one apprentice, or with several: documents, saving the list."""
        several = self.table.several()
        self.actions_.show_row(None if several else self.table.chosen(), several)
        self._show_keys()

    def _show_keys(self) -> None:
        has_room = self.width() >= self._theme.space(ROOM_FOR_KEYS)
        self.keys.setVisible(has_room and not self.table.several())

    def _on_opened(self, _row: ApprenticeRow) -> None:
        self._open_panel()

    def _on_made(self, apprenticeship_id: UUID) -> None:
        self._wanted = apprenticeship_id

    # room for both, or for one

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show list and panel side by side, or one of the two."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def is_side_by_side(self) -> bool:
        """Whether there is room for the list and the panel."""
        return self.width() >= self._theme.space(SIDE_BY_SIDE)

    def _arrange(self) -> None:
        is_wide = self.is_side_by_side
        is_alone = self._is_panel_open and not is_wide
        was_wide = not self.details.isVisibleTo(self)
        self.list_side.setVisible(not is_alone)
        self.panel.setVisible(is_wide or is_alone)
        self.panel.setMinimumWidth(self._theme.space(84 if is_wide else 40))
        self.panel.close_button.setVisible(is_alone)
        self.header.setVisible(not is_alone)
        self.details.setVisible(not is_wide)
        has_words = self.width() >= self._theme.space(WORDS_ON_BUTTONS)
        is_one_line = self.width() >= self._theme.space(FILTER_BESIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._above.setDirection(across if is_one_line else down)
        self._show_keys()
        if has_words != self._has_words:
            self._has_words = has_words
            for made, words in ((self.columns, "Columns"), (self.details, "Details")):
                made.setText(words if has_words else "")
        if is_wide and not was_wide:
            panel = self._theme.space(self.keeper.panel_quarters(PANEL_QUARTERS))
            self.splitter.setSizes([max(1, self.splitter.width() - panel), panel])

    def _open_panel(self) -> None:
        if self.table.chosen() is None:
            return
        self._is_panel_open = not self.is_side_by_side
        self._arrange()
        first = self.panel.edit if self.panel.edit.isEnabled() else self.panel.area
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_panel(self) -> None:
        if self._is_panel_open:
            self._is_panel_open = False
            self._arrange()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_log_hours(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
