"""The question before a person is taken out of the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from apprentice_desk.records import apprentice_removal
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import Question, ask


def remove(desk: Desk, row: ApprenticeRow, parent: QWidget) -> Question:
    """Ask before a person is taken out of the desk."""

    def act() -> None:
        with desk.change(f"Remove {row.name}") as session:
            apprentice_removal.remove(session, row.apprentice_id)

    return ask(
        parent,
        desk.theme,
        f"Remove {row.name}?",
        "This is for people entered by mistake: the person and all their apprenticeships go out of"
        " the desk. Undo brings them back. Somebody who left early stays: choose “Left early”.",
        f"Remove {row.name}",
        lambda: desk.attempt(act),
        danger=True,
    )
