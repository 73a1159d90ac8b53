"""The part KSBs: the grid of one apprenticeship, and what is said of its codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain import ksb_codes, ksb_grid
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.ksb_grid import HOURS_NOTE, KsbFacts, KsbLine, Said
from apprentice_desk.domain.ksb_meanings import EarlierVersion
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import ksb_progress
from apprentice_desk.records.ksb_progress import StatementDetails
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHours, OpenPage, OpenRecord
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit.arranging import Flow, ListSide, head_of_page
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentice.ksb_columns import (
    BADGES,
    HIDDEN_AT_FIRST,
    VOICES,
    columns,
    words,
)
from apprentice_desk.ui.pages.apprentice.ksb_dialog import ask_what_is_said
from apprentice_desk.ui.pages.apprentice.ksb_narrowing import KsbNarrowing
from apprentice_desk.ui.pages.apprentice.ksb_panel import KsbPanel
from apprentice_desk.ui.pages.apprentice.part import RecordPart
from apprentice_desk.ui.saving_lists import ListSaver

SIDE_BY_SIDE = 330
"""The width in quarters from which the panel has room beside a whole grid."""
PANEL_QUARTERS = 104
NOT_LOADED = "The codes are as typed; the standard is not loaded, so nothing checks them."


def _not_known(version: EarlierVersion) -> str:
    return (
        f"{version.name}, followed until {show_day(version.last_on)}, is not loaded: whether its"
        " codes asked the same is not known."
    )


class KsbsPart(RecordPart):
    """The grid with the panel of the chosen code; 1 to 4 say how far the chosen ones have come."""

    tables = frozenset(
        {
            "ksb_statement",
            "evidence",
            "standard_version",
            "standard_option",
            "standard_ksb",
            "programme_change",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._theme = theme
        self._row: ApprenticeRow | None = None
        self._facts: KsbFacts | None = None
        self.voice = Voice.MANAGER
        self.dialog: QObject | None = None
        self.model = RowsModel(columns(self._is_loaded), self, reads=ksb_codes.asked_for)
        self.table = RowsTable(self.model, "KSB grid", theme, stretch=1, several=True)
        self.table.order.hide_at_first(HIDDEN_AT_FIRST)
        self.filter = FilterBox(self.table, "codes such as K4-7, S1-2, or by words", theme)
        self.narrowing = KsbNarrowing(desk, self, self.table)
        self.saver = ListSaver(
            desk,
            self,
            self.table,
            "KSBs",
            self._told,
            whom=lambda _row: self._row.id if self._row else None,
        )
        self.panel = KsbPanel(theme, is_read_only=desk.store.is_read_only)
        self._build()
        self.keeper = LookKeeper(desk, self, "ksbs", self.table, self.both.splitter)
        self._connect()
        self._allow()

    # building

    def _build(self) -> None:
        theme = self._theme
        self.says = label("", "strong", wraps=True)
        self.warnings = label("", "small", wraps=True)
        self.not_loaded = label(NOT_LOADED, "small", "note", wraps=True)
        self.to_standards = button("Go to Standards", theme, self._on_standards)
        self._loading = head_of_page(self.not_loaded, [self.to_standards], theme)
        self.whose = Switch(
            "Whose view 1 to 4 set", [(v.value, words) for v, words in VOICES.items()], theme
        )
        self.whose.show_value(self.voice.value)
        self.statuses = {
            status: self._action(f"{number}  {BADGES[status].text}", str(number), status)
            for number, status in enumerate(KsbStatus, 1)
        }
        self.other_day = button("Say more…", theme, self._on_more, icon="calendar-clock")
        self.other_day.setToolTip("On a day that has passed, with a name or a note (F2)")
        self.more = QAction("Say more…", self.table)
        self.more.setShortcut(QKeySequence("F2"))
        self.more.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.more.triggered.connect(lambda _checked=False: self._on_more())
        self.table.addAction(self.more)
        self.details = button("Details", theme, self.open_panel, icon="panel-right")
        self.table.set_actions((*self.statuses.values(), self.more, *self.saver.all))
        speak = label("1 to 4 set the view of", "label")
        beside = (
            *self.narrowing.buttons, self.other_day, self.saver.button(), self.details, speak,
            self.whose,
        )  # fmt: skip
        list_side = ListSide()
        left = QVBoxLayout(list_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space(2.5))
        left.addWidget(self.filter)
        left.addWidget(Flow(beside, theme))
        left.addWidget(self.table, 1)
        self.count = CountLine(self.table, "Enter opens")
        says = [f"· {number} {status}" for number, status in enumerate(KsbStatus, 1)]
        self.keys = [label(each, "small") for each in (*says, "· F2 says more")]
        self.whole = label("", wraps=True)
        self.hours = label("", "small", wraps=True)
        left.addWidget(self.whole)
        left.addWidget(Flow([self.count, *self.keys], theme, quarters=1, down=0))
        left.addWidget(self.hours)
        if self._desk.store.is_read_only:
            for each in self.keys:
                each.hide()
        self.both = ListAndPanel(
            list_side, self.panel, theme, narrowest=SIDE_BY_SIDE, panel_quarters=PANEL_QUARTERS
        )
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2.5))
        for part in (self.says, self.warnings, self._loading):
            down.addWidget(part)
        down.addWidget(self.both, 1)
        self._refit()

    def _action(self, text: str, keys: str, status: KsbStatus) -> QAction:
        action = QAction(text, self.table)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: self.say(status))
        self.table.addAction(action)
        return action

    def _connect(self) -> None:
        self._theme.changed.connect(self._refit)
        self.both.arranged.connect(self._on_arranged)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _row: self.open_panel())
        self.whose.chosen.connect(self.speak_for)
        self.panel.close_button.clicked.connect(lambda _checked=False: self.close_panel())
        self.panel.entry_opened.connect(self._on_entry)
        self.panel.activity_opened.connect(self._on_activity)
        self.panel.taken_back.connect(self._on_taken_back)
        add_key(self, "Filter the grid", QKeySequence.StandardKey.Find, self._go_to_filter)
        self._on_arranged()

    def _refit(self) -> None:
        self.table.set_least(60)
        self.panel.setMinimumHeight(self._theme.space(80))

    def _on_arranged(self) -> None:
        self.details.setVisible(not self.both.is_side_by_side)
        self.whole.setVisible(not self.both.is_side_by_side and bool(self.whole.text()))
        self.panel.close_button.setVisible(self.both.is_panel_alone)

    def _is_loaded(self) -> bool:
        return self._facts is not None and self._facts.known is not None

    # showing

    def show_record(self, row: ApprenticeRow) -> None:
        """Read the grid of *row* as it stands today."""
        today = self._desk.clock.today()
        is_other = self._row is None or self._row.id != row.id
        self._row = row
        facts = self._desk.store.read(ksb_progress.ksb_facts, row.id, today)
        self._facts = facts
        quiet_days = resources.ksb_rules().quiet_days(today)
        lines = ksb_grid.grid(
            facts, today, quiet_days, course=row.course, gateway_on=row.gateway_planned_on
        )
        ready = ksb_grid.readiness(lines)
        self.says.setText(ready.says)
        warnings = (*ready.warnings, *(_not_known(each) for each in facts.not_loaded))
        self.warnings.setText(" ".join(warnings))
        self.warnings.setVisible(bool(warnings))
        self._loading.setVisible(not self._is_loaded())
        total = ksb_grid.total_minutes(facts.entries)
        self.hours.setText(f"{sentence(total)} of counting entries name a KSB. {HOURS_NOTE}")
        self.hours.setVisible(bool(facts.entries))
        self.table.set_empty(
            "No KSB is named yet",
            "Load the standard, or name codes in entries of hours: K4-7, S1-2.",
            "Go to Standards",
            self._on_standards,
        )
        self.model.replace(lines)
        if is_other:
            self.both.close_panel()
        self.table.choose_first()
        self._on_chosen(self.table.chosen())

    def arrive(self, item_id: UUID) -> None:
        """Go to the code of one statement."""
        for said in self._facts.said if self._facts is not None else ():
            if said.id == item_id:
                self.choose(said.code)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, code: str) -> bool:
        """Choose a code, taking filters away where they hide it."""
        if self.table.choose(code):
            return True
        self.filter.clear()
        self.narrowing.show_all()
        return self.table.choose(code)

    def take_keyboard(self) -> None:
        """Put the keyboard into the grid."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, line: KsbLine | None) -> None:
        if line is None and self.both.is_panel_alone:
            self.close_panel()
        self.panel.show_line(line, self._facts)
        asks = words(line, is_loaded=self._is_loaded()) if line is not None else ""
        self.whole.setText(f"{line.code}: {asks}" if line is not None else "")
        self._on_arranged()
        self._allow()

    def _allow(self) -> None:
        may = self.table.chosen() is not None and not self._desk.store.is_read_only
        for action in (*self.statuses.values(), self.more):
            action.setEnabled(may)
        self.other_day.setEnabled(may)
        self.details.setEnabled(self.table.chosen() is not None)

    def _told(self) -> tuple[tuple[str, str], ...]:
        row = self._row
        whose = (("Apprentice", row.name), ("Standard", row.standard_shown)) if row else ()
        loaded = () if self._is_loaded() else (("Codes", NOT_LOADED),)
        return (*whose, *loaded, *self.narrowing.facts, ("Hours", HOURS_NOTE))

    # saying

    def speak_for(self, voice: str) -> None:
        """Let the keys 1 to 4 set the status for another voice."""
        self.voice = Voice(voice)
        self.whose.show_value(voice)

    def _codes(self) -> tuple[str, ...]:
        chosen = self.table.selected() or [self.table.chosen()]
        return tuple(line.code for line in chosen if line is not None)

    def say(self, status: KsbStatus) -> None:
        """Note for today that the chosen codes have come so far, in the chosen voice."""
        details = StatementDetails(
            self.voice, status, self._desk.clock.today(), self._name_of(self.voice)
        )
        try:
            self._note(self._codes(), details)
        except Problem as problem:
            self._desk.messages.problem(problem)

    def _name_of(self, voice: Voice) -> str:
        """The name that stands beside what is said: only the line manager sits here."""
        return self._desk.settings.my_name.strip() if voice is Voice.MANAGER else ""

    def _note(self, codes: Sequence[str], details: StatementDetails) -> None:
        row = self._row
        assert row is not None  # there are no codes otherwise
        assert details.voice is not None  # asked for before
        assert details.status is not None
        assert details.said_on is not None
        voice, status, said_on = details.voice, details.status, details.said_on
        today = self._desk.clock.today()
        label_ = f"{ksb_codes.write(codes)} of {row.name}: {status}, says the {voice}"
        with self._desk.change(label_) as session:
            ksb_progress.say(
                session, row.id, codes, voice, status, said_on, details.said_by, details.note,
                today=today,
            )  # fmt: skip

    def _on_more(self) -> None:
        codes, row, line = self._codes(), self._row, self.table.chosen()
        if not codes or row is None or line is None or not self.more.isEnabled():
            return
        begins = StatementDetails(
            self.voice, line.status(self.voice), self._desk.clock.today(),
            self._name_of(self.voice),
        )  # fmt: skip
        started = row.course.training_started_on
        self.dialog = ask_what_is_said(
            self._desk, self, codes, begins, started, lambda given: self._note(codes, given)
        )

    def _on_taken_back(self, said: Said) -> None:
        row = self._row
        assert row is not None  # it is shown
        label_ = f"Take back what the {said.voice} said of {said.code} of {row.name}"

        def take_back() -> None:
            with self._desk.change(label_) as session:
                ksb_progress.take_back(session, [said.id])

        self._desk.attempt(take_back)

    # going

    def open_panel(self) -> None:
        """Go to the panel of the chosen code."""
        if self.table.chosen() is None:
            return
        self.both.open_panel()
        self.panel.first_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Go back to the grid."""
        self.both.close_panel()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_filter(self) -> None:
        self.both.close_panel()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _on_standards(self) -> None:
        self._desk.go(OpenPage("standards"))

    def _on_entry(self, entry_id: UUID) -> None:
        assert self._row is not None  # its entries are shown
        self._desk.go(OpenHours(self._row.id, entry_id))

    def _on_activity(self, activity_id: UUID) -> None:
        assert self._row is not None  # its plan is shown
        self._desk.go(OpenRecord(self._row.id, "plan", activity_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the grid."""
        here: Any = self.focusWidget()
        is_in_panel = here is not None and self.panel.isAncestorOf(here)
        if event.key() == Qt.Key.Key_Escape and (is_in_panel or self.both.is_panel_alone):
            self.close_panel()
        else:
            super().keyPressEvent(event)
