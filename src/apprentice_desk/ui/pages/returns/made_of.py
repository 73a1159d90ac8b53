"""The line of links on the page Returns to the records that the return is made of."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton

from apprentice_desk.domain.needs import counted
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.pieces import button, label

KINDS = {
    "contracts": ("Contracts", "briefcase"),
    "reviews": ("Reviews", "list-checks"),
    "secondments": ("Secondments", "arrow-left-right"),
    "pledges": ("Pledges", "target"),
    "network": ("Events", "calendar-days"),
    "barriers": ("Barriers", "triangle-alert"),
    "characteristics": ("Characteristics", "users"),
}
"""Words and icon of each kind of record, in the order of the return's sheets."""


class MadeOf(Flow):
    """A button for each kind of record, with how many there are.

    *vacancies* says that roles without a name are left out; the page puts it below.
    """

    def __init__(self, desk: Desk) -> None:
        self.vacancies = label("", "small", wraps=True)
        self.vacancies.hide()
        super().__init__([label("Made of", "heading")], desk.theme)
        self.links: dict[str, QPushButton] = {}
        for kind, (words, icon) in KINDS.items():
            made = button(
                words,
                desk.theme,
                lambda kind=kind: desk.go(OpenReturnRecord(kind)),  # type: ignore[misc]
                icon=icon,
            )
            self.links[kind] = made
            self.add(made)

    def show_counts(self, counts: Mapping[str, int], vacant: int = 0) -> None:
        """Show how many there are of each kind, and that *vacant* roles are left out."""
        roles = f"{counted(vacant, 'role')} that nobody is named for yet"
        self.vacancies.setText(f"Not counted: {roles}.")
        self.vacancies.setVisible(bool(vacant))
        for kind, made in self.links.items():
            words = KINDS[kind][0]
            if kind == "characteristics":  # one form, however many totals are in it
                access.name(made, words, "Opens the borough's totals")
                continue
            count = counts.get(kind, 0)
            made.setText(f"{words}  {count:,}")
            access.name(made, f"{words}, {count:,}", "Opens the list")
