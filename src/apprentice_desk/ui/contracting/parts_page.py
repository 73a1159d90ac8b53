"""A page about one contract, or one procurement: parts over the whole width and in two columns.

The page of each says what is read, and what its header says.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenPage, OpenProcurement
from apprentice_desk.ui.kit.arranging import GAP_QUARTERS, ScrollingPage, SideBySide
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.parts import PagePart, make_part

Column = Literal["wide", "main", "side"]
"""Where a part stands: over the whole width, in the wide column below it, or beside that one."""


class PartPlace(NamedTuple):
    """One part: its name in code, where it stands, and where its class is."""

    name: str
    column: Column
    module: str
    part_class: str


class OneWords(NamedTuple):
    """What the page says of the thing itself: *page* is that of the list."""

    thing: str
    page: str
    icon: str
    to_find: str
    edit_tip: str


class PartsPage(ScrollingPage):
    """One thing: a part over the whole width, and two columns of them below.

    What raises NotImplementedError is each page's to say: Qt's classes cannot be abstract.
    """

    def __init__(self, desk: Desk, words: OneWords, places: Iterable[PartPlace]) -> None:
        super().__init__(desk.theme)
        self._desk, self._words = desk, words
        theme = desk.theme
        self._key: UUID | None = None
        self.shown: Any | None = None
        """What is shown; None while nothing is."""
        self.dialog: FormDialog | None = None
        self.back = button("Back to the list", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip(as_tip(f"Back to the list of {words.page} (Alt+Left)"))
        self.edit = button("Edit", theme, self._on_edit, icon="pencil")
        self.edit.setToolTip(as_tip(f"{words.edit_tip} (Ctrl+E)"))
        self.header = PageHeader("", "", theme, (self.edit, self.back))
        self.nothing = EmptyState(
            theme,
            words.icon,
            f"No {words.thing} is chosen",
            f"Choose one in the list of {words.page}, or search for its {words.to_find}.",
            "Go to the list",
            self._go_back,
        )
        self.parts: dict[str, Any] = {}
        self._all = self._filled(places)
        for each in (self.header, self.nothing, self._all):
            self.put(each)
        self.put_spare()
        desk.changed.connect(self._on_changed)
        add_key(self, f"Back to the list of {words.page}", "Alt+Left", self.back.click)
        add_key(self, f"Edit this {words.thing}", "Ctrl+E", self.edit.click)
        self._show()

    def _filled(self, places: Iterable[PartPlace]) -> QWidget:
        """Return the parts, each made and put in its column."""
        theme = self._desk.theme
        columns: dict[Column, QWidget] = {name: QWidget() for name in ("wide", "main", "side")}
        filled: dict[Column, QVBoxLayout] = {}
        for name, column in columns.items():
            filled[name] = QVBoxLayout(column)
            filled[name].setContentsMargins(0, 0, 0, 0)
            filled[name].setSpacing(theme.space(GAP_QUARTERS))
        for place in places:
            made = make_part(place.module, place.part_class, self._desk)
            self.parts[place.name] = made
            filled[place.column].addWidget(made)
        for name in ("main", "side"):
            filled[name].addStretch(1)
        every = QWidget()
        down = QVBoxLayout(every)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(GAP_QUARTERS))
        down.addWidget(columns["wide"])
        below = [columns["main"], columns["side"]]
        down.addWidget(SideBySide(below, theme, shares=(7, 4), narrowest=190))
        return every

    # what each page says

    def read(self, key: UUID) -> Any | None:
        """Return the thing of *key* as the parts show it; None where it is gone."""
        raise NotImplementedError

    def touched_by(self, changes: Any) -> bool:
        """Whether *changes* are of something that the page shows."""
        raise NotImplementedError

    def headed(self, shown: Any) -> tuple[str, str]:
        """Return the title of what is *shown*, and what stands below it."""
        raise NotImplementedError

    def show_in(self, part: Any, shown: Any) -> None:
        """Have a part show it."""
        raise NotImplementedError

    def start_editing(self, shown: Any) -> FormDialog | None:
        """Open the form of what is *shown*."""
        raise NotImplementedError

    # showing

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something is typed in a part and not saved."""
        return any(part.has_unsaved_changes for part in self.parts.values())

    def part(self, name: str) -> Any:
        """Return the part of this name."""
        return self.parts[name]

    def refresh(self) -> None:
        """Read what is shown anew, and what its parts show."""
        if self._key is None:
            return
        self.shown = self.read(self._key)
        if self.shown is None:
            self._key = None
        self._show()

    def _show(self) -> None:
        shown = self.shown
        self.edit.setVisible(shown is not None and not self._desk.store.is_read_only)
        self.nothing.setVisible(shown is None)
        self._all.setVisible(shown is not None)
        if shown is None:
            thing = self._words.thing
            self.header.set_words(thing[0].upper() + thing[1:], "")
        else:
            self.header.set_words(*self.headed(shown))
            for part in self.parts.values():
                self.show_in(part, shown)
        self.header.arrange()

    def _on_changed(self, changes: Any) -> None:
        if self.touched_by(changes):
            self.note_stale()

    # coming and going

    def go_to(self, key: UUID, destination: OpenContract | OpenProcurement) -> None:
        """Show the thing of *key*, as another page asked, and one of its parts."""
        self._key = key
        self.refresh()
        if self.shown is None:
            self._desk.messages.warn(
                f"This {self._words.thing} is not in the desk any more.", "Somebody removed it."
            )
            return
        part: PagePart | None = self.parts.get(destination.part)
        if part is None:
            self.area.verticalScrollBar().setValue(0)
            self.back.setFocus()
            return
        if destination.item_id is not None:
            part.arrive(destination.item_id)
        else:
            part.take_keyboard()
        # Its place is known once the layouts have settled.
        QTimer.singleShot(0, part, lambda: self.area.ensureWidgetVisible(part))

    def _on_edit(self) -> None:
        if self.shown is not None and not self._desk.store.is_read_only:
            self.dialog = self.start_editing(self.shown)

    def _go_back(self) -> None:
        self._desk.go(OpenPage(self._words.page))
