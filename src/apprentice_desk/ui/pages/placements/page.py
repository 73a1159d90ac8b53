"""The page of places elsewhere, reached from Secondments and from Network."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout

from apprentice_desk.policy import Feature
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenPlacements
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import WordButton, button
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.placements.elsewhere_part import KINDS, ElsewherePart
from apprentice_desk.ui.pages.placements.openings_part import OpeningsPart
from apprentice_desk.ui.placing.coming_in import import_files, show_news
from apprentice_desk.ui.placing.going_out import export, merge
from apprentice_desk.ui.switched_off import off_line

TITLE = "Places elsewhere"
_OURS = "ours"
_CHOICES = (
    ("all", "All of others"),
    ("requests", "Requests"),
    ("offers", "Offers"),
    ("vacancies", "Vacancies"),
    ("shadowing", "Shadowing and visits"),
    (_OURS, "What we open"),
)
_BACK = {
    "secondments": "Back to Secondments",
    "network": "Back to Network",
    "returns": "Back to Returns",
}
_USUALLY = "secondments"
_SAYS = "What other boroughs and LOTI ask for and offer, without names, and what you open to them"


class PlacementsPage(ScrollingPage):
    """Lines of others by kind, and the borough's own openings; files of them in and out."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._shown = "all"
        self.file_dialog: QFileDialog | None = None
        theme = desk.theme
        self.elsewhere = ElsewherePart(desk)
        self.ours = OpeningsPart(desk)
        self._back_to = _USUALLY
        self.back = button("", theme, self._go_back, icon="arrow-left")
        self.files = WordButton()
        button("Files", theme, icon="files", tip="Files of places, in and out", made=self.files)
        access.name(self.files, "Files", "Files of places, in and out")
        # Their own: Python loses hold of what a menu makes itself.
        self.take = QAction("Import files…", self)
        self.send = QAction("Export ours…", self)
        self.join = QAction("Merge boroughs' files…", self)
        menu = QMenu(self.files)
        for action, icon, act in (
            (self.take, "download", self.import_files),
            (self.send, "upload", self.export),
            (self.join, "layers", self.merge),
        ):
            set_icon(action, icon, "text_quiet", theme)
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.addAction(action)
        self.off = off_line(desk, Feature.PLACEMENTS, self)
        if self.off is not None:
            menu.clear()
            menu.addAction(self.off)
        self.take.setEnabled(not desk.store.is_read_only)
        self.files.setMenu(menu)
        self.header = PageHeader(TITLE, "", theme, (self.back, self.files))
        self.switch = Switch("What is shown", _CHOICES, theme)
        self._place = QVBoxLayout()
        self._place.addWidget(self.elsewhere, 1)
        self._place.addWidget(self.ours, 1)
        self.put(self.header)
        self.put(self.switch)
        self.put(self._place, 1)
        self.switch.chosen.connect(self.narrow_to)
        desk.changed.connect(self._on_changed)
        add_key(self, "Back to where you came from", "Alt+Left", self.back.click)
        self._lead_back_to(_USUALLY)
        self._show()

    @property
    def shown_part(self) -> str:
        """The name of the choice that is shown."""
        return self._shown

    def narrow_to(self, words: str) -> None:
        """Show one of the choices by its name; anything else leaves what is shown."""
        if words in KINDS or words == _OURS:
            self._shown = words
            self._show()

    def refresh(self) -> None:
        """Read what is shown anew."""
        (self.ours if self._shown == _OURS else self.elsewhere).refresh()

    def take_keyboard(self) -> None:
        """Go to the list that is shown."""
        (self.ours if self._shown == _OURS else self.elsewhere).take_keyboard()

    def _show(self) -> None:
        self.switch.show_value(self._shown)
        is_ours = self._shown == _OURS
        self.ours.setVisible(is_ours)
        self.elsewhere.setVisible(not is_ours)
        if not is_ours:
            self.elsewhere.show_kind(self._shown)
        read_only = " · open to read only" if self._desk.store.is_read_only else ""
        self.header.set_words(TITLE, _SAYS + read_only)
        self.refresh()

    # files

    def import_files(self) -> None:
        """Ask for files of others, and show what is new in them."""
        self.file_dialog = import_files(self._desk, self)

    def export(self) -> None:
        """Show what would leave, and save it."""
        export(self._desk, self)

    def merge(self) -> None:
        """Ask for many boroughs' files, and write one list of them."""
        self.file_dialog = merge(self._desk, self)

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*self.elsewhere.tables, *self.ours.tables):
            self.note_stale()

    # where the person came from

    def arrive(self, destination: OpenPlacements) -> None:
        """Show what another page asked for, or what files that were dropped would bring."""
        self._lead_back_to(destination.back_to)
        self.narrow_to(destination.shown)
        self.take_keyboard()
        if destination.paths:
            show_news(self._desk, destination.paths, self)

    def _lead_back_to(self, name: str) -> None:
        self._back_to = name if name in _BACK else _USUALLY
        words = _BACK[self._back_to]
        self.back.setText(words)
        self.back.setToolTip(as_tip(f"{words} (Alt+Left)"))
        self.header.arrange()

    def _go_back(self) -> None:
        self._desk.go(OpenPage(self._back_to))
