"""The rows of a list with what became of each, saved as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import steps
from apprentice_desk.imports.steps import Journey
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.leaving import Said, save_out


class RowsSaver:
    """Saves the rows of the review of *journey* for whoever is on *page*."""

    def __init__(self, desk: Desk, page: QWidget, journey: Callable[[], Journey]) -> None:
        self._desk = desk
        self._page = page
        self._journey = journey
        self.file_dialog: QFileDialog | None = None

    def ask_where(self) -> None:
        """Ask where the list of rows with their fate is saved."""
        review = self._journey().review
        if review is None:
            return
        name = f"Rows of {Path(review.file_name).stem}"
        self.file_dialog = ask_for_file(
            self._page, "Save the list of rows", "Workbooks", "xlsx", name, self.save
        )

    def save(self, path: str) -> None:
        """Save every row with its fate, reason and remedy."""
        journey = self._journey()

        def work(progress: Progress) -> None:
            progress.step(0, None, "Writing the workbook")
            steps.save_fates(journey, path)

        save_out(
            self._desk,
            "Saving the list of rows",
            work,
            # The list is somebody else's: who of them is in the desk is not known yet.
            lambda _done: [(Path(path), Going(LeftKind.ROWS))],
            owner=self._page,
            say=lambda _done: Said(f"Saved the rows to {Path(path).name}."),
        )
