"""What is remembered of the columns of a list: naming, forgetting, saving and loading it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.imports import column_files, steps
from apprentice_desk.imports.steps import Journey
from apprentice_desk.records.import_memory import forget_mapping, mapping_rows, rename_mapping
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.leaving import Said, save_out

if TYPE_CHECKING:
    from apprentice_desk.records.store import Session

_ENDING = column_files.SUFFIX.removeprefix(".")


class RememberedColumns:
    """Does what a person asks for the columns of the list at hand."""

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        journey: Callable[[], Journey],
        go_on: Callable[[Callable[[], Journey]], None],
    ) -> None:
        """Look at *journey*; *go_on* takes a step of it and shows what became of it, or why not."""
        self._desk = desk
        self._page = page
        self._journey = journey
        self._go_on = go_on
        self.file_dialog: QFileDialog | None = None

    def rename(self, name: str) -> None:
        """Call these columns by another name; those not kept yet are kept by it on importing."""
        known = self._journey().remembered
        if known is None:
            self._go_on(lambda: steps.name_columns(self._journey(), name))
            return
        self._go_on(lambda: steps.name_columns(self._journey(), ""))
        self._change(
            f"Rename the columns of {known.name} to {name}",
            lambda session: rename_mapping(session, known.id, name),
        )

    def forget(self) -> None:
        """Forget these columns, and match them as if they were never seen."""
        known = self._journey().remembered
        if known is not None and self._change(
            f"Forget the columns of {known.name}",
            lambda session: forget_mapping(session, known.id),
        ):
            self._go_on(lambda: steps.match_afresh(self._journey()))

    def _change(self, label: str, act: Callable[[Session], None]) -> bool:
        def change() -> None:
            with self._desk.change(label) as session:
                act(session)

        if not self._desk.attempt(change):
            return False
        mappings = self._desk.store.read(mapping_rows)
        self._go_on(lambda: steps.know(self._journey(), mappings))
        return True

    def ask_where_to_save(self) -> None:
        """Ask where the columns are saved, for somebody with the same kind of list."""
        name = f"Columns of {self._journey().kind}"
        self.file_dialog = ask_for_file(
            self._page, "Save columns", "Columns", _ENDING, name, self.save
        )

    def save(self, path: str) -> None:
        """Save the columns as they are matched now."""
        journey = self._journey()
        save_out(
            self._desk,
            "Saving the columns",
            lambda _progress: steps.save_columns(journey, path),
            lambda _nothing: [(Path(path), Going(LeftKind.COLUMNS, count=0))],
            owner=self._page,
            say=lambda _nothing: Said(f"Saved the columns to {Path(path).name}."),
        )

    def ask_what_to_load(self) -> None:
        """Ask for a file of columns."""
        columns = f"Columns (*.{_ENDING});;All files (*)"
        dialog = QFileDialog(self._page, "Load columns", "", columns)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.load)
        self.file_dialog = dialog
        dialog.open()

    def load(self, path: str) -> None:
        """Match the columns as a file says."""
        self._go_on(lambda: steps.load_columns(self._journey(), path))
