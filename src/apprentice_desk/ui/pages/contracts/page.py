"""The page of contracts: the list, what needs doing first, and what can be done with one."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QPushButton

from apprentice_desk.ui.contracting.contracts import TABLES, Contracts
from apprentice_desk.ui.contracting.dates import ContractDates
from apprentice_desk.ui.contracting.list_page import READ_ONLY, Listed, ListPage
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList, OpenContract, OpenPage
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.contracts.columns import (
    COLUMNS,
    FILTERS,
    FIRST_COLUMN,
    HIDDEN_AT_FIRST,
    LEFT_OUT_FIRST,
    counts_in_words,
    read_lines,
)

LISTED = Listed(
    thing="contract",
    things="contracts",
    add="Add contract",
    columns=COLUMNS,
    hidden_at_first=HIDDEN_AT_FIRST,
    left_out_first=LEFT_OUT_FIRST,
    first_column=FIRST_COLUMN,
    filters=FILTERS,
    made_of=TABLES,
    read=read_lines,
    counts=counts_in_words,
    about="Who trains your apprentices, until when",
    nothing="Add the contracts under which apprentices are trained, or import the register that you"
    " have. What ends when then stands here and on Today.",
    hint="reference, provider, standard",
    example="Digital, ending soon",
    stretch=2,
    lines=(3,),
)


class ContractsPage(ListPage):
    """The list of contracts; Enter opens the page of one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LISTED, Contracts(desk), ContractDates)

    def header_buttons(self, add: QPushButton) -> tuple[QPushButton, ...]:
        """Return the ways to levy and procurements, the import of a register, and *add*."""
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        self.bring_in = button("Import a register…", theme, self.start_import, icon="upload")
        self.bring_in.setEnabled(not is_read_only)
        if is_read_only:
            self.bring_in.setToolTip(as_tip(READ_ONLY))
        self.procurements = button(
            "Procurements", theme, lambda: self._desk.go(OpenPage("procurements")),
            icon="list-checks",
        )  # fmt: skip
        self.procurements.setToolTip("Calls for bids, before there is a contract")
        self.levy = button("Levy", theme, self._go_to_levy, icon="hourglass")
        self.levy.setToolTip("What becomes of the levy account (Ctrl+Shift+E)")
        add_key(self, "Go to the levy account", "Ctrl+Shift+E", self._go_to_levy)
        return (self.levy, self.procurements, self.bring_in, add)

    def go_to(self, key: UUID) -> None:
        """Go to the page of a contract."""
        self._desk.go(OpenContract(key))

    def start_import(self) -> None:
        """Go to the import, for a register of contracts."""
        if not self._desk.store.is_read_only:
            self._desk.go(ImportList("contracts"))

    def _go_to_levy(self) -> None:
        self._desk.go(OpenPage("levy"))
