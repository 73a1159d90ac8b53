"""What is asked about desks before one is opened or made, and what the program says of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog

from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.files import desks_folder
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.passphrases import NewPassphrase
from apprentice_desk.ui.shell.in_use import ask_in_use
from apprentice_desk.ui.shell.new_desk import new_desk_form, protection_dialog
from apprentice_desk.ui.shell.window import Window

if TYPE_CHECKING:
    from apprentice_desk.records.holding import DeskInUse

_DESKS = "Desks (*.desk)"


class Asking(QObject):
    """Asks above *window*, one thing at a time."""

    def __init__(self, window: Window, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._dialog: QDialog | None = None

    def which_desk(self, chosen: Callable[[str], object]) -> None:
        """Ask for a desk that there is."""
        dialog = QFileDialog(self._window, "Open desk", desks_folder(), _DESKS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(chosen)
        self._open(dialog)

    def what_desk(self, told: Callable[[Any], object]) -> None:
        """Ask for borough and team of a new desk."""
        form = new_desk_form(self._theme)
        dialog = FormDialog(
            form, "New desk", "Choose a file", lambda _details: None, self._theme, self._window
        )
        dialog.saved.connect(told)
        self._open(dialog)

    def protection(
        self, names: Sequence[str], told: Callable[[NewPassphrase | None], object]
    ) -> None:
        """Ask for the passphrase of a new desk; *told* hears of it, or of None to do without.

        *names* are what anybody would try.
        """
        self._open(protection_dialog(self._window, self._theme, names, told))

    def where(self, file_name: str, chosen: Callable[[str], object]) -> None:
        """Ask where a new desk shall stand."""
        title = "Where shall the new desk stand?"
        dialog = QFileDialog(self._window, title, desks_folder(), _DESKS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("desk")
        dialog.selectFile(f"{file_name}.desk")
        dialog.fileSelected.connect(chosen)
        self._open(dialog)

    def about_use(
        self,
        problem: DeskInUse,
        read: Callable[[], object],
        take_over: Callable[[], object],
    ) -> None:
        """Ask whether a desk that is in use shall be read, or taken over where that may be."""
        self._dialog = ask_in_use(self._window, self._theme, problem, read, take_over)

    def about(self, part: str) -> None:
        """Say which program this is, *part* of it first."""
        from apprentice_desk.ui.shell.about import AboutDialog
        from apprentice_desk.ui.shell.own_places import own_places

        desk = self._window.desk
        dialog = AboutDialog(
            self._window, self._theme, own_places(desk), has_desk=desk is not None, part=part
        )
        to = OpenPage("safekeeping", "support")
        dialog.asked_for_support.connect(lambda: self._window.go(to))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.open()
