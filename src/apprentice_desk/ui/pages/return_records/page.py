"""The page of the records that the return is made of: one kind at a time, list and panel.

It is reached from Returns and from its findings; the navigation does not list it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.records.counts import record_counts
from apprentice_desk.ui.contracting.contracts import Contracts
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.return_records.pledges import Pledges
from apprentice_desk.ui.pages.return_records.reviews import Reviews
from apprentice_desk.ui.pages.return_records.totals import TITLE, TotalsPart
from apprentice_desk.ui.recording.kind import Kind
from apprentice_desk.ui.recording.kind_part import KindPart
from apprentice_desk.ui.recording.panel import READ_ONLY

KINDS: tuple[type[Kind], ...] = (Contracts, Reviews, Pledges)
CHARACTERISTICS = "characteristics"
ELSEWHERE = (("secondments", "Secondments"), ("network", "Events"), ("barriers", "Barriers"))
"""What has a page of its own: its name, and its words here."""


class ReturnRecordsPage(ScrollingPage):
    """The kinds of record behind the return, one at a time."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self._parts: dict[str, KindPart] = {}
        self._kinds = {each.name: each for each in KINDS}
        self._shown = KINDS[0].name
        self.totals: TotalsPart | None = None
        self.question: Question | None = None
        self.back = button("Back to Returns", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Back to Returns (Alt+Left)")
        self.add = button("Add", theme, self._on_add, role="primary", icon="plus")
        self.add.setEnabled(not desk.store.is_read_only)
        if desk.store.is_read_only:
            self.add.setToolTip(as_tip(READ_ONLY))
        self.header = PageHeader("", "", theme, (self.back, self.add))
        self.switch = Switch(
            "Kinds of record",
            [(each.name, each.title) for each in KINDS] + [(CHARACTERISTICS, TITLE), *ELSEWHERE],
            theme,
        )
        self._place = QVBoxLayout()  # holds every part made so far, one of them shown
        self.put(self.header)
        self.put(self.switch)
        self.put(self._place, 1)
        self.switch.chosen.connect(self._on_chosen)
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to Returns", "Alt+Left", self.back.click)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)
        self.show_kind(self._shown)

    # showing

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether totals are typed and not saved."""
        return self.totals is not None and self.totals.has_unsaved_changes

    @property
    def shown_kind(self) -> str:
        """The name of the kind that is shown."""
        return self._shown

    def part(self, name: str) -> KindPart:
        """Return the list of a kind, made when it is first wanted."""
        if name not in self._parts:
            made = KindPart(self._kinds[name](self._desk))
            self._parts[name] = made
            self._place.addWidget(made, 1)
        return self._parts[name]

    def totals_part(self) -> TotalsPart:
        """Return the form of the characteristic totals, made when it is first wanted."""
        if self.totals is None:
            self.totals = TotalsPart(self._desk)
            self._place.addWidget(self.totals, 1)
            self.header.add(self.totals.take_back)
            self.header.add(self.totals.save)
            access.follow(self.add, [self.totals.take_back, self.totals.save])
        return self.totals

    def show_kind(self, name: str) -> None:
        """Show the records of a kind."""
        self._shown = name
        self.switch.show_value(name)
        is_totals = name == CHARACTERISTICS
        self.add.setVisible(not is_totals)
        if is_totals:
            self.totals_part()
        if self.totals is not None:
            for made in (self.totals.take_back, self.totals.save):
                made.setVisible(is_totals and not self._desk.store.is_read_only)
        if is_totals:
            totals = self.totals_part()
            self._show_part(totals)
            self._show_header(TITLE, totals.about)
        else:
            part = self.part(name)
            self._show_part(part)
            self.add.setText(f"Add {part.kind.thing}")
            access.name(self.add, f"Add {part.kind.a_thing}")
            self._show_header(part.kind.title, part.kind.about)
        self._refresh_shown()

    def _show_part(self, shown: QWidget) -> None:
        for part in (*self._parts.values(), self.totals):
            if part is not None and part is not shown:
                part.hide()
        shown.show()

    def _show_header(self, title: str, about: str) -> None:
        read_only = " · open to read only" if self._desk.store.is_read_only else ""
        self.header.set_words(title, about + read_only)

    def refresh(self) -> None:
        """Read what is shown anew, and how many there are of each kind."""
        for part in self._parts.values():
            part.is_stale = True
        if self.totals is not None:
            self.totals.is_stale = True
        self._refresh_shown()

    def _refresh_shown(self) -> None:
        counts = self._desk.store.read(record_counts)
        for name in (*self._kinds, *dict(ELSEWHERE)):
            self.switch.show_count(name, counts[name])
        if self._shown == CHARACTERISTICS:
            totals = self.totals_part()
            if totals.is_stale:
                totals.refresh()
        elif (part := self.part(self._shown)).is_stale:
            part.refresh()

    def _on_changed(self, changes: Any) -> None:
        tables = {table for each in KINDS for table in each.tables}
        tables |= {"characteristic_total", "secondment", "network_event", "barrier"}
        if changes.touches(*tables):
            self.note_stale()

    # what the person does

    def arrive(self, destination: OpenReturnRecord) -> FormDialog | None:
        """Show the records of a kind or one of them; return its form, at the field to fill in."""
        if destination.kind in dict(ELSEWHERE):  # a form kept half-done by an earlier version
            self._desk.go(OpenPage(destination.kind))
            return None
        self._refresh_stale()
        self.show_kind(destination.kind)
        if destination.kind == CHARACTERISTICS:
            self.totals_part().go_to(destination.record_id, destination.field)
            return None
        part = self.part(destination.kind)
        if destination.record_id is None:
            part.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        if not part.choose(destination.record_id):
            self._desk.messages.warn(
                f"This {part.kind.thing} is not in the desk any more.",
                "Somebody removed the record.",
            )
            return None
        if destination.field:
            return part.start_change(destination.field)
        part.open_panel()
        return None

    def _on_add(self) -> None:
        self.part(self._shown).start_adding()

    def _on_chosen(self, name: str) -> None:
        if name == self._shown:
            self.switch.show_value(name)
            return
        self.switch.show_value(self._shown)  # until it is sure that nothing typed is lost
        if name in dict(ELSEWHERE):
            self._leave_totals(lambda: self._desk.go(OpenReturnRecord(name)))
        else:
            self._leave_totals(lambda: self.show_kind(name))

    def _go_back(self) -> None:
        self._leave_totals(lambda: self._desk.go(OpenPage("returns")))

    def _leave_totals(self, then: Callable[[], object]) -> None:
        """Do *then*, which leads away; ask first where totals are typed and not saved."""
        totals = self.totals
        if totals is None or not totals.has_unsaved_changes:
            then()
            return

        def lose() -> None:
            totals.revert()
            then()

        self.question = ask(
            self,
            self._desk.theme,
            "Leave without saving?",
            "What you have typed here is not saved yet and will be lost.",
            "Leave without saving",
            lose,
            cancel_text="Keep editing",
            danger=True,
        )

    def _go_to_filter(self) -> None:
        if self._shown != CHARACTERISTICS:
            self.part(self._shown).go_to_filter()
