"""The page Today: what needs this person, most urgent first, and how the whole stands.

It is looked at in the background, in two steps: what the desk holds, then what would be refused
of a return that is due.  The numbers beside the places of the navigation come from it too, so it
looks again after each change even where another page is shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.needs import Need, long_day
from apprentice_desk.domain.needs_of_programme import Refused
from apprentice_desk.domain.problems import Problem
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk, PlaceCount
from apprentice_desk.ui.destinations import ImportList
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage, SideBySide
from apprentice_desk.ui.kit.chart_table import KEYS, SHOW_AS_TABLE
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button, column_of, label, row_of
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.today import words
from apprentice_desk.ui.pages.today.cards import HoursCard, PledgeCard, WeekCard
from apprentice_desk.ui.pages.today.lines import NeedsList, WaitingList
from apprentice_desk.ui.pages.today.looking import Look, checking, looking
from apprentice_desk.ui.pages.today.putting_off import ask_to_put_off, bring_back

_MINE, _EVERYONE = "mine", "everyone"


class TodayPage(ScrollingPage):
    """What needs somebody, and beside it hours, pledge and the days ahead."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._look: Look | None = None
        self._refused: tuple[str, Refused] | None = None
        self.dialog: FormDialog | None = None
        self._build()
        desk.changed.connect(self._on_changed)
        desk.settings_changed.connect(self._on_settings)
        desk.unsaved_told.connect(self.refresh)
        self._asked_as = self._asks_as(desk.settings)

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        whose = ((_MINE, "Mine"), (_EVERYONE, "Everyone"))
        self.whose = Switch("Whose apprentices", whose, theme)
        self.whose.chosen.connect(self._on_whose)
        day = long_day(self._desk.clock.today())
        self.header = PageHeader("Today", f"{day} · just a moment", theme, (self.whose,))
        self.unknown = label("", "small", "warning", wraps=True)
        self.hours, self.pledge, self.week = (
            HoursCard(self._desk), PledgeCard(self._desk), WeekCard(self._desk),
        )  # fmt: skip
        left, right = QWidget(), QWidget()
        left.setLayout(column_of(theme, self._needs_card(), None))
        right.setLayout(column_of(theme, self.hours, self.pledge, self.week, None, quarters=4))
        add_key(self, SHOW_AS_TABLE, KEYS, self.hours.show_table)
        self.put(self.header)
        self.put(self.unknown)
        self.put(SideBySide([left, right], theme, shares=(3, 2), narrowest=200))
        self.put_spare()
        self.whose.hide()
        self.unknown.hide()

    def _needs_card(self) -> Card:
        theme, is_read_only = self._desk.theme, self._desk.store.is_read_only
        card = Card("", theme)
        self.put_off = button("Put off", theme, icon="calendar-clock", role="plain")
        self.put_off.setToolTip(
            as_tip(words.READ_ONLY if is_read_only else "Put the marked line off to a day (P)")
        )
        self.put_off.setEnabled(False)
        self.lines = NeedsList(theme, self._go)
        self.lines.allow_putting_off(is_allowed=not is_read_only)
        self.lines.put_off_asked.connect(self._ask_to_put_off)
        self.lines.current_changed.connect(self._on_current)
        self.put_off.clicked.connect(lambda _checked=False: self.lines.ask_to_put_off())
        self.nothing = EmptyState(theme, "circle-check", "Just a moment", "")
        self.nobody = EmptyState(theme, "users", "No apprentices yet", "")
        self.nobody.hide()
        self.waiting = WaitingList(theme, lambda each: bring_back(self._desk, each.need))
        self.waiting.allow_bringing_back(is_allowed=not is_read_only)
        card.body.addLayout(row_of(theme, label("Needs you", "heading"), None, self.put_off))
        card.add(self.lines)
        card.add(self.nothing)
        card.add(self.nobody)
        card.add(self.waiting)
        return card

    # looking

    def refresh(self) -> None:
        """Look again, in the background."""
        name, only_mine = self._asked_as
        self._desk.jobs.run(
            "Looking at what needs you",
            looking(self._desk, name, only_mine=only_mine),
            done=self._on_look,
            failed=self._on_failed,
            newest_of="today",
            owner=self,
            is_quiet=True,
        )

    def _on_look(self, look: Look) -> None:
        due = look.due
        if due is not None:
            known = self._refused
            if known is not None and known[0] == str(due.period):
                look = look.with_refused(known[1])  # until it has been looked at anew
            if self.isVisible() or known is None:
                self._check_return(look)
        self._show(look)

    def _check_return(self, look: Look) -> None:
        assert look.due is not None
        period = look.due.period
        self._desk.jobs.run(
            "Checking the return",
            checking(self._desk, period),
            done=lambda refused: self._on_refused(str(period), refused),
            failed=lambda _problem: None,  # the page Returns says what is wrong
            newest_of="today's return",
            owner=self,
            is_quiet=True,
        )

    def _on_refused(self, period: str, refused: Refused) -> None:
        self._refused = (period, refused)
        look = self._look
        if look is not None and look.due is not None and str(look.due.period) == period:
            self._show(look.with_refused(refused))

    def _on_failed(self, problem: Problem) -> None:
        self.header.set_words("Today", "What needs you could not be looked at.")
        self._desk.messages.problem(problem, "Try again", self.refresh)

    # showing

    def _show(self, look: Look) -> None:
        is_first = self._look is None
        self._look = look
        agenda = look.agenda
        self.header.set_words("Today", words.subtitle(look, len(agenda.needs)))
        self._show_whose(look)
        self.lines.show_needs(agenda.needs)
        self.lines.setVisible(bool(agenda.needs))
        self.put_off.setVisible(bool(agenda.needs))
        self.nothing.setVisible(not agenda.needs and not look.is_empty)
        self.nobody.setVisible(not agenda.needs and look.is_empty)
        self._show_nothing(look, len(agenda.waiting))
        self.waiting.show_waiting(agenda.waiting)
        for card in (self.hours, self.pledge, self.week):
            card.show_look(look)
        self._tell_counts(look, agenda.needs)
        if is_first:
            self._take_keyboard()

    def first_stop(self) -> QWidget | None:
        """Return the button of the line that is current; None where nothing needs anybody."""
        return None if self.lines.isHidden() else self.lines.current_stop

    def _take_keyboard(self) -> None:
        """Take the keyboard, which found nothing here yet, unless somebody is using it."""
        here = self.window().focusWidget()
        # Who types, or has come here through the navigation, goes on where they are.
        is_free = here in (None, self, self.area) or (
            here.inherits("QPushButton") and here.property("role") != "place"
        )
        if not (self.isVisible() and is_free):
            return
        if self.lines.isHidden():
            first = next(iter(access.tab_chain(self)), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lines.focus_current()

    def _show_whose(self, look: Look) -> None:
        name, _ = self._asked_as
        self.whose.setVisible(look.is_manager_known)
        self.header.arrange()
        self.whose.show_value(_MINE if look.manager else _EVERYONE)
        is_unknown = bool(name) and not look.is_manager_known and not look.is_empty
        self.unknown.setVisible(is_unknown)
        if is_unknown:
            self.unknown.setText(
                f"Nobody here has “{name}” as line manager, so everyone is shown. Your name stands"
                " in Settings."
            )

    def _show_nothing(self, look: Look, waiting: int) -> None:
        self.nothing.set_words(*words.nothing_words(look, waiting))
        if self._desk.store.is_read_only:
            self.nobody.set_words("No apprentices yet", words.READ_ONLY)
        else:
            self.nobody.set_words(
                "No apprentices yet",
                "Import the list that you have, or add the first with Ctrl+Shift+N. What needs"
                " you will then stand here.",
                "Import a list",
                lambda: self._desk.go(ImportList("apprentices")),
            )

    def _tell_counts(self, look: Look, needs: tuple[Need, ...]) -> None:
        live = look.on_programme_in_all
        in_force = look.contracts_in_force
        due = int(any(need.target.kind == "returns" for need in needs))
        stays = len({need.target.record_id for need in needs if need.target.kind == "secondments"})
        self._desk.tell_counts(
            {
                "today": PlaceCount(len(needs), words.things(len(needs))),
                "apprentices": PlaceCount(live, f"{live:,} on programme"),
                "contracts": PlaceCount(in_force, f"{in_force:,} in force"),
                "secondments": PlaceCount(stays, f"{stays:,} to see to"),
                "returns": PlaceCount(due, "1 to see to"),
            }
        )

    # hearing

    def _on_changed(self, changes: Any) -> None:
        if changes.only_notes:
            return
        self._is_stale = False
        self.refresh()

    def _on_settings(self, settings: Settings) -> None:
        asked_as = self._asks_as(settings)
        if asked_as != self._asked_as:
            self._asked_as = asked_as
            self.refresh()

    @staticmethod
    def _asks_as(settings: Settings) -> tuple[str, bool]:
        return settings.my_name.strip(), not settings.shows_everyone

    # what the person does

    def _go(self, need: Need) -> None:
        is_read_only = self._desk.store.is_read_only
        self._desk.go(words.destination(need.target, is_read_only=is_read_only))

    def _on_current(self, need: Need | None) -> None:
        self.put_off.setEnabled(need is not None and not self._desk.store.is_read_only)

    def _on_whose(self, value: str) -> None:
        self.whose.show_value(value)
        self._desk.prefer(replace(self._desk.settings, shows_everyone=value == _EVERYONE))

    def _ask_to_put_off(self, need: Need) -> None:
        self.dialog = ask_to_put_off(self._desk, need, self)
