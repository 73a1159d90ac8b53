"""What every part of the page of one contract is."""

from __future__ import annotations

from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.contracting.parts_page import PartPlace
from apprentice_desk.ui.parts import PagePart


class ContractPart(PagePart):
    """One part: a card about one contract.

    It reads what it shows in ``show_contract``, which the page calls when another contract is
    shown and when something in ``tables`` has changed.
    """

    def show_contract(self, contract: ContractOverview) -> None:
        """Show how things stand for *contract*."""
        raise NotImplementedError


_HERE = "apprentice_desk.ui.pages.contract"

PARTS: tuple[PartPlace, ...] = (
    PartPlace("extended", "wide", f"{_HERE}.extended", "ExtendedPart"),
    PartPlace("days", "wide", f"{_HERE}.days", "DaysPart"),
    PartPlace("people", "main", f"{_HERE}.people", "PeoplePart"),
    PartPlace("measures", "main", f"{_HERE}.measures", "MeasuresPart"),
    PartPlace("payments", "main", f"{_HERE}.paid", "PaymentsPart"),
    PartPlace("history", "main", f"{_HERE}.history", "HistoryPart"),
    PartPlace("money", "side", f"{_HERE}.money", "MoneyPart"),
    PartPlace("files", "side", f"{_HERE}.files", "FilesPart"),
    PartPlace("issued", "side", f"{_HERE}.issued", "IssuedPart"),
    PartPlace("prices", "side", f"{_HERE}.paid", "PricesPart"),
    PartPlace("extensions", "side", f"{_HERE}.terms", "ExtensionsPart"),
    PartPlace("expiries", "side", f"{_HERE}.terms", "ExpiriesPart"),
    PartPlace("agreed", "side", f"{_HERE}.agreed", "AgreedPart"),
)
"""The parts in the order of the keyboard: the whole width first, then one column, then the other.
Those of a column stand below each other."""
