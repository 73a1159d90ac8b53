"""The part Facts: what is known of the person and of this apprenticeship, in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk, OpenApprentice
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.pages.apprentice.part import RecordPart


class FactsPart(RecordPart):
    """Cards of facts; the form of the list of apprentices edits them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._row: ApprenticeRow | None = None
        self.person = KeyValues((), theme)
        self.programme = KeyValues((), theme)
        self.money = KeyValues((), theme)
        self.edit = button("Edit these facts", theme, self._on_edit, icon="pencil")
        self.edit.setEnabled(not desk.store.is_read_only)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        for title, shown in (
            ("The person", self.person),
            ("This apprenticeship", self.programme),
            ("Provider and price", self.money),
        ):
            card = Card(title, theme)
            card.add(shown)
            down.addWidget(card)
        down.addWidget(Flow([self.edit], theme))
        down.addStretch(1)

    def show_record(self, row: ApprenticeRow) -> None:
        """Show the facts of *row*."""
        self._row = row
        course = row.course
        self.person.show_pairs(
            (
                ("Name", row.name),
                ("Born on", _day(row.born_on)),
                ("ULN", row.uln or ""),
                ("Email", row.email),
                ("Employee reference", row.employee_reference),
                ("Line manager", row.line_manager),
                ("Mentor", row.mentor),
                ("Code in returns", row.code),
            )
        )
        self.programme.show_pairs(
            (
                ("Standard", row.standard_shown),
                ("Training", _span(course.training_started_on, course.training_planned_end_on)),
                ("Planned end with assessment", _day(course.apprenticeship_planned_end_on)),
                ("Gateway planned", _day(row.gateway_planned_on)),
                ("Weekly hours", sentence(row.weekly_minutes) if row.weekly_minutes else ""),
                ("How it stands", str(row.status)),
            )
        )
        self.money.show_pairs(
            (
                ("Provider", row.provider_name),
                ("Contract", row.contract_reference),
                ("Agreed price", show_pounds(row.agreed_price) if row.agreed_price else ""),
                (
                    "Funding band maximum",
                    show_pounds(row.funding_band_maximum) if row.funding_band_maximum else "",
                ),
            )
        )

    def take_keyboard(self) -> None:
        """Go to the button that edits."""
        self.edit.setFocus()

    def _on_edit(self) -> None:
        if self._row is not None:
            self._desk.go(OpenApprentice(self._row.id, "given_names"))


def _day(day: date | None) -> str:
    return show_day(day) if day is not None else ""


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return _day(first or last)
    return f"{show_day(first)} to {show_day(last)}"
