"""The page of the levy account: its balance, its months as chart and table, and by when to spend.

It is reached from the list of contracts, from Today and by searching; the navigation does not
list it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.levy_runway import LevyLook, levy_facts, levy_look
from apprentice_desk.ui.contracting.levy import Balances, Incomes
from apprentice_desk.ui.contracting.levy_dates import LevyDates
from apprentice_desk.ui.contracting.record_list import RecordList
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit.arranging import GAP_QUARTERS, Flow, ScrollingPage, SideBySide
from apprentice_desk.ui.kit.charts import LineChart
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.levy import words
from apprentice_desk.ui.pages.levy.columns import (
    MONTHS,
    MONTHS_LEFT_OUT_FIRST,
    SPEND_BY,
    SPEND_BY_LEFT_OUT_FIRST,
    month_lines,
    spend_by_lines,
)
from apprentice_desk.ui.pages.levy.what_if import WhatIfDialog, open_what_if
from apprentice_desk.ui.saving_lists import ListSaver

TITLE = "Levy"
TABLES = frozenset(
    {
        "apprentice", "apprenticeship", "break_in_learning", "contract", "contract_price",
        "payment", "programme_change", *Balances.tables, *Incomes.tables,
    }
)  # fmt: skip
"""What a runway is made of."""
READ_ONLY = "This desk is open to read only, so nothing in it can be changed."
_MOST_ROWS = 12
_CHART_QUARTERS = 52


class LevyPage(ScrollingPage):
    """What becomes of the levy account, month by month."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self.look: LevyLook | None = None
        self.dialog: WhatIfDialog | None = None
        self.months = RowsModel(MONTHS, self)
        self.months_table = RowsTable(self.months, "Months of the levy account", theme, stretch=6)
        self.months_table.order.can_do_without(MONTHS_LEFT_OUT_FIRST)
        self.spend_by = RowsModel(SPEND_BY, self)
        self.spend_by_table = RowsTable(self.spend_by, "By when to spend", theme, stretch=3)
        self.spend_by_table.order.can_do_without(SPEND_BY_LEFT_OUT_FIRST)
        self.saver = ListSaver(desk, self, self.months_table, TITLE, self._facts)
        self.months_table.set_actions(self.saver.all)
        self.dates = LevyDates(desk, self)
        self._build()
        self.keepers = (
            LookKeeper(desk, self, "levy months", self.months_table, None),
            LookKeeper(desk, self, "levy spend by", self.spend_by_table, None),
        )
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to the list of contracts", "Alt+Left", self.back.click)
        add_key(self, "What if more people start", "Ctrl+Shift+F", self.ask_what_if)
        self._show(None)

    def _build(self) -> None:
        desk, theme = self._desk, self._desk.theme
        self.record = button(
            "Record the balance", theme, self.start_recording, role="primary", icon="plus"
        )
        self.record.setEnabled(not desk.store.is_read_only)
        if desk.store.is_read_only:
            self.record.setToolTip(as_tip(READ_ONLY))
        self.back = button("Back to Contracts", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Go to the list of contracts (Alt+Left)")
        self.what_if = button("What if we start more…", theme, self.ask_what_if)
        self.what_if.setToolTip("What more starts would take, and what then lapses (Ctrl+Shift+F)")
        self.header = PageHeader(
            TITLE, words.NO_BALANCE, theme, (self.record, self.what_if, self.back)
        )
        self.nothing = EmptyState(
            theme,
            "hourglass",
            "No balance of the levy yet",
            "Record what the account shows today and what comes in each month. What is due under"
            " contracts is known here: what lapses, and by when to spend it, then stands here and"
            " on Today.",
            "" if desk.store.is_read_only else "Record the balance…",
            self.start_recording,
        )
        self.to_mind = label("", wraps=True)
        self.chart = LineChart(words.NO_CHART, theme, quarters_high=_CHART_QUARTERS)
        self.in_words = label("", "small", wraps=True)
        self.granted = label("", "small", wraps=True)
        self.more = label("", "small", wraps=True)
        self.save = self.saver.button()
        self.save_dates = button("To a calendar…", theme, self.ask_to_save_dates, icon="calendar")
        self.save_dates.setToolTip("Save the days by which to spend for a calendar")
        self.months_table.set_fits(_MOST_ROWS)
        self.spend_by_table.set_fits(_MOST_ROWS)
        self.nothing_lapses = label(
            "Nothing lapses in these months by what is promised now.", "quiet", wraps=True
        )
        self._worked_out = self._column(
            self._card("What becomes of it", self.to_mind, self.chart, self.in_words, self.granted),
            SideBySide(
                [
                    self._card("Month by month", Flow((self.save,), theme), self.months_table),
                    self._card(
                        "Spend by",
                        self.nothing_lapses,
                        self.spend_by_table,
                        self.more,
                        Flow((self.save_dates,), theme),
                    ),
                ],
                theme,
                shares=(8, 5),
                narrowest=260,
            ),
        )
        self.balances = RecordList(Balances(desk), "Record a balance…", has_history=True)
        self.incomes = RecordList(Incomes(desk), "Add an income…", has_history=True)
        lists = [self._card("", each) for each in (self.balances, self.incomes)]
        self._lists = SideBySide(lists, theme, narrowest=170)
        self.put(self.header)
        self.put(self.nothing)
        self.put(self._worked_out)
        self.put(self._lists)
        self.put_spare()

    def _card(self, title: str, *parts: QWidget) -> Card:
        card = Card(title, self._desk.theme)
        for part in parts:
            card.add(part)
        card.body.addStretch(1)  # the card beside it may be higher
        return card

    def _column(self, *parts: QWidget) -> QWidget:
        column = QWidget()
        down = QVBoxLayout(column)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(self._desk.theme.space(GAP_QUARTERS))
        for part in parts:
            down.addWidget(part)
        return column

    # showing

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*TABLES):
            self.note_stale()

    def refresh(self) -> None:
        """Read the account anew, behind the window in a desk where that takes long."""
        desk = self._desk
        self.balances.refresh()
        self.incomes.refresh()
        if not desk.is_large:
            self._take(read_look(desk))
            return
        desk.jobs.run(
            "Reading the levy",
            lambda _progress: read_look(desk),
            done=self._take,
            newest_of="levy",
            owner=self,
        )

    def _take(self, found: LevyLook | Problem | None) -> None:
        if isinstance(found, Problem):
            self._desk.messages.problem(found)
            found = None
        self._show(found)

    def _show(self, look: LevyLook | None) -> None:
        self.look = look
        self.nothing.setVisible(look is None)
        self._worked_out.setVisible(look is not None)
        self.what_if.setVisible(look is not None)
        is_read_only = self._desk.store.is_read_only
        about = words.NO_BALANCE if look is None else words.heading(look, self._desk.clock.today())
        self.header.set_words(TITLE, about + (" · open to read only" if is_read_only else ""))
        self.header.arrange()
        if look is None:
            return
        mind = words.to_mind(look)
        self.to_mind.setText("\n".join(mind))
        self.to_mind.setVisible(bool(mind))
        self.granted.setText(words.taken_for_granted(look, resources.levy_rules()))
        self.chart.show_chart(words.levy_chart(look))
        self.in_words.setText(words.chart_in_words(look))
        self.months.replace(month_lines(look))
        self.months_table.choose_first()
        lines = spend_by_lines(look)
        self.spend_by.replace(lines)
        self.spend_by_table.choose_first()
        self.spend_by_table.setVisible(bool(lines))
        self.save_dates.setVisible(bool(lines))
        self.nothing_lapses.setVisible(not lines)
        more = words.keeping_takes_more(look.runway)
        self.more.setText(more)
        self.more.setVisible(bool(more))

    def _facts(self) -> tuple[tuple[str, str], ...]:
        """Return what a saved list is worked out from."""
        if self.look is None:
            return ()
        return (
            ("Balance", words.heading(self.look, self._desk.clock.today())),
            *(("To mind", said) for said in words.to_mind(self.look)),
            ("How", words.taken_for_granted(self.look, resources.levy_rules())),
        )

    def first_stop(self) -> QWidget:
        """Return what the keyboard comes to first: what is done here each month."""
        return self.record if self.record.isEnabled() else self.back

    # what the person does

    def start_recording(self) -> None:
        """Open the form of a new balance."""
        self.balances.start_adding()

    def ask_what_if(self) -> None:
        """Ask what more starts would take; nothing without a balance."""
        if self.look is not None:
            self.dialog = open_what_if(self._desk, self.look, self)

    def ask_to_save_dates(self) -> None:
        """Ask where the days by which to spend are to stand."""
        self.dates.ask_for_file((), "levy")

    def _go_back(self) -> None:
        self._desk.go(OpenPage("contracts"))


def read_look(desk: Desk) -> LevyLook | Problem | None:
    """Return how the account stands; None without a balance, a Problem where no rule is known."""
    facts = desk.store.read(levy_facts, desk.clock.today())
    if facts is None:
        return None
    try:
        return levy_look(facts, resources.funding_rules(), resources.levy_rules())
    except Problem as problem:
        return problem
