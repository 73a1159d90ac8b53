"""The page of procurements: the list, what needs doing first, and what can be done with one."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QPushButton

from apprentice_desk.records.procurement_overview import MADE_OF
from apprentice_desk.ui.contracting.list_page import Listed, ListPage
from apprentice_desk.ui.contracting.procurement_dates import ProcurementDates
from apprentice_desk.ui.contracting.procurements import Procurements
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenProcurement
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.pages.procurements.columns import (
    COLUMNS,
    FILTERS,
    FIRST_COLUMN,
    HIDDEN_AT_FIRST,
    LEFT_OUT_FIRST,
    counts_in_words,
    read_lines,
)

LISTED = Listed(
    thing="procurement",
    things="procurements",
    add="Add procurement",
    columns=COLUMNS,
    hidden_at_first=HIDDEN_AT_FIRST,
    left_out_first=LEFT_OUT_FIRST,
    first_column=FIRST_COLUMN,
    filters=FILTERS,
    made_of=MADE_OF,
    read=read_lines,
    counts=counts_in_words,
    about="Calls for bids, before there is a contract",
    nothing="Add a call for bids with its timetable, bidders and criteria. What is to be done, and"
    " by when, then stands here and on Today.",
    hint="title, reference, bidder",
    example="Digital, to decide",
)


class ProcurementsPage(ListPage):
    """The list of procurements; Enter opens the page of one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LISTED, Procurements(desk), ProcurementDates)
        add_key(self, "Back to the list of contracts", "Alt+Left", self.back.click)

    def header_buttons(self, add: QPushButton) -> tuple[QPushButton, ...]:
        """Return *add*, and the way back to the contracts."""
        self.back = button("Back to Contracts", self._theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Go to the list of contracts (Alt+Left)")
        return (add, self.back)

    def go_to(self, key: UUID) -> None:
        """Go to the page of a procurement."""
        self._desk.go(OpenProcurement(key))

    def _go_back(self) -> None:
        self._desk.go(OpenPage("contracts"))
