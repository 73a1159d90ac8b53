"""The button that opens what can be done with packs of wording."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from apprentice_desk.policy import Feature
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import WordButton, button
from apprentice_desk.ui.switched_off import off_line
from apprentice_desk.ui.wording_packs.exporting import export_pack
from apprentice_desk.ui.wording_packs.importing import import_pack

TITLE = "Packs"
SAYS = "Send wording to other desks in one file, or take in what was sent"


class PacksButton(WordButton):
    """A button of *page*; a desk that is open to read only sends, and takes nothing in."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__()
        button(TITLE, desk.theme, icon="layers", tip=SAYS, made=self)
        access.name(self, TITLE, SAYS)
        self._desk, self._page = desk, page
        self.file_dialog: QFileDialog | None = None
        # Their own: Python loses hold of what a menu makes itself.
        self.export = QAction("Export a pack…", page)
        self.take = QAction("Import a pack…", page)
        self.take.setEnabled(not desk.store.is_read_only)
        menu = QMenu(self)
        self.setMenu(menu)
        self.off = off_line(desk, Feature.WORDING_PACKS, page)
        if self.off is not None:
            menu.addAction(self.off)
            return
        for action, icon, act in (
            (self.export, "upload", self.export_pack),
            (self.take, "download", self.import_pack),
        ):
            set_icon(action, icon, "text_quiet", desk.theme)
            action.triggered.connect(partial(_do, act))
            menu.addAction(action)

    def export_pack(self) -> None:
        """Ask which wording is to be sent to other desks."""
        export_pack(self._desk, self._page)

    def import_pack(self) -> None:
        """Ask for the file of a pack, and show what it would change."""
        self.file_dialog = import_pack(self._desk, self._page)


def _do(act: Callable[[], None], _checked: bool = False) -> None:
    act()
