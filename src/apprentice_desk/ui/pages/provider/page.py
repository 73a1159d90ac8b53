"""The page of one provider: how it does, its contracts and apprentices, and what was agreed.

It is reached from the page of a contract, from Today and by searching; the navigation does not
list it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.needs import counted
from apprentice_desk.records import measuring, provider_overview
from apprentice_desk.records.providers import ProviderDetails
from apprentice_desk.ui.contracting.providers import correct_provider
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory, OpenPage, OpenProvider
from apprentice_desk.ui.kit.arranging import GAP_QUARTERS, ScrollingPage, SideBySide
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.pages.provider.care import ActionsCard, ContactsCard, NotesCard
from apprentice_desk.ui.pages.provider.lists import (
    CompareCard,
    ContractsCard,
    OverTimeCard,
    PeopleCard,
)
from apprentice_desk.ui.pages.provider.showing import ProviderShown, read_provider

_TABLES = frozenset(
    {
        *provider_overview.MADE_OF, *measuring.MADE_OF,
        "provider_contact", "provider_note", "provider_action",
    }
)  # fmt: skip


class ProviderPage(ScrollingPage):
    """One provider: its figures over the whole width, and two columns of cards below."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        theme = desk.theme
        self._key: UUID | None = None
        self._shown_key: UUID | None = None
        self._wanted: OpenProvider | None = None
        self._provider: ProviderShown | None = None
        self.to_people = button("Its apprentices", theme, self._on_people, icon="users")
        self.to_people.setToolTip("Show them in the list of apprentices")
        self.edit = button("Edit", theme, self._on_edit, icon="pencil")
        self.edit.setToolTip("Correct the name or the UKPRN (Ctrl+E)")
        self.history = button("History", theme, self._on_history, icon="history")
        self.history.setToolTip("Who changed what of this provider (Ctrl+H)")
        self.dialog: QDialog | None = None
        self.back = button("Back to Contracts", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Go to the list of contracts (Alt+Left)")
        self.header = PageHeader(
            "", "", theme, (self.edit, self.to_people, self.history, self.back)
        )
        self.nobody = EmptyState(
            theme,
            "building-2",
            "No provider is chosen",
            "Search for its name with Ctrl+K, or go to it from one of its contracts.",
            "Go to the contracts",
            self._go_back,
        )
        self.over_time = OverTimeCard(desk)
        self.compare = CompareCard(desk)
        self.contracts = ContractsCard(desk)
        self.people = PeopleCard(desk)
        self.actions_ = ActionsCard(desk)
        self.notes = NotesCard(desk)
        self.contacts = ContactsCard(desk)
        self.cards = {
            "figures": self.over_time,
            "compare": self.compare,
            "contracts": self.contracts,
            "people": self.people,
            "actions": self.actions_,
            "notes": self.notes,
            "contacts": self.contacts,
        }
        main = self._column(self.over_time, self.contracts, self.people)
        side = self._column(self.actions_, self.notes, self.contacts)
        self._all = self._column(
            SideBySide([main, side], theme, shares=(8, 5), narrowest=230), self.compare
        )
        for each in (self.header, self.nobody, self._all):
            self.put(each)
        self.put_spare()
        desk.changed.connect(self._on_changed)
        add_key(self, "Go to the list of contracts", "Alt+Left", self.back.click)
        add_key(self, "Correct this provider", "Ctrl+E", self.edit.click)
        add_key(self, "History of this provider", "Ctrl+H", self.history.click)
        self._show()

    def _column(self, *parts: QWidget) -> QWidget:
        column = QWidget()
        down = QVBoxLayout(column)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(self._desk.theme.space(GAP_QUARTERS))
        for part in parts:
            down.addWidget(part)
        down.addStretch(1)
        return column

    # showing

    @property
    def provider(self) -> ProviderShown | None:
        """What is shown of the provider."""
        return self._provider

    def refresh(self) -> None:
        """Read the provider and its like anew, behind the window where that takes long."""
        desk, key = self._desk, self._key
        if key is None:
            return
        if not desk.is_large:
            self._take(read_provider(desk, key))
            return
        desk.jobs.run(
            "Reading the provider",
            lambda _progress: read_provider(desk, key),
            done=self._take,
            newest_of="provider",
            owner=self,
        )

    def _take(self, shown: ProviderShown | None) -> None:
        """Show what was read, and go where somebody asked to."""
        self._provider = shown
        if shown is None:
            self._key = None
        self._show()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._go_to(wanted)

    def _show(self) -> None:
        shown = self._provider
        self.to_people.setVisible(shown is not None)
        self.history.setVisible(shown is not None)
        self.edit.setVisible(shown is not None and not self._desk.store.is_read_only)
        self.nobody.setVisible(shown is None)
        self._all.setVisible(shown is not None)
        if shown is None:
            self.header.set_words("Provider", "")
        else:
            provider = shown.provider
            self.header.set_words(provider.name, _about(shown))
            is_other = self._shown_key != provider.id
            self._shown_key = provider.id
            for card in self.cards.values():
                card.show_provider(shown, is_other=is_other)
        self.header.arrange()

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*_TABLES):
            self.note_stale()

    # coming and going

    def arrive(self, destination: OpenProvider) -> None:
        """Show a provider, as another page asked, and one of its cards."""
        self._key, self._wanted = destination.provider_id, destination
        self.refresh()

    def _go_to(self, destination: OpenProvider) -> None:
        if self._provider is None:
            self._desk.messages.warn(
                "This provider is not in the desk any more.", "Somebody removed it."
            )
            return
        card = self.cards.get(destination.part)
        if card is None:
            self.area.verticalScrollBar().setValue(0)
            self.over_time.take_keyboard()
            return
        if destination.item_id is not None:
            card.table.choose(destination.item_id)
        card.take_keyboard()
        # Its place is known once the layouts have settled.
        QTimer.singleShot(0, card, lambda: self.area.ensureWidgetVisible(card))

    def _on_history(self) -> None:
        if self._provider is not None:
            shown = self._provider.provider
            self._desk.go(OpenHistory("provider", shown.id, shown.name))

    def _go_back(self) -> None:
        self._desk.go(OpenPage("contracts"))

    def _on_edit(self) -> None:
        if self._provider is not None:
            provider = self._provider.provider
            details = ProviderDetails(provider.name, provider.ukprn)
            self.dialog = correct_provider(self._desk, provider.id, details, self)

    def _on_people(self) -> None:
        if self._provider is not None:
            self._desk.go(OpenPage("apprentices", self._provider.provider.name))


def _about(shown: ProviderShown) -> str:
    provider = shown.provider
    return " · ".join(
        part
        for part in (
            f"UKPRN {provider.ukprn}" if provider.ukprn else "",
            counted(len(provider.contracts), "contract"),
            f"{counted(shown.on_programme, 'apprentice')} on programme",
        )
        if part
    )
