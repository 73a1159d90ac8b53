"""The question before the form adds a role that nobody is named for yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.records.apprentices import ApprenticeDetails, is_nameless
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import ask


class VacancyAsked:
    """Asks once: a name may only have been forgotten."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._is_agreed = False

    def refuse(
        self, given: ApprenticeDetails, parent: QWidget, again: Callable[[], object]
    ) -> list[Finding]:
        """Ask whether a role without a name is meant, unless that was agreed to.

        Returns what stands at the field meanwhile; *again* saves once more.
        """
        if not is_nameless(given) or self._is_agreed:
            return []

        def agree() -> None:
            self._is_agreed = True
            again()

        ask(
            parent,
            self._desk.theme,
            "Add a role without a name?",
            "Nobody is named, so this is a role that can be agreed and advertised. No return counts"
            " it. Once a place is offered to somebody, enter the name.",
            "Add the role",
            agree,
            cancel_text="Keep editing",
        )
        remedy = "Enter it, or agree in the question to a role that nobody is named for yet."
        place = Place(field="family_name")
        return [Finding(Level.ROW, "AP101", "The apprentice needs a name.", remedy, place)]
