"""The part "What was agreed": the contract's facts in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.ui.contracting.money import limit_in_words
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.pages.contract.part import ContractPart


class AgreedPart(ContractPart):
    """A card of facts; the form of the contract edits them."""

    tables = frozenset({"standard"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.facts = KeyValues((), desk.theme)
        card = Card("What was agreed", desk.theme)
        card.add(self.facts)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def show_contract(self, contract: ContractOverview) -> None:
        """Show the facts of *contract*."""
        titles = {row.code: row.title for row in self._desk.store.read(standard_rows)}
        standards = (f"{titles.get(code, '')} {code}".strip() for code in contract.standard_codes)
        notice = contract.term.notice
        limit = limit_in_words(contract.value_limit, is_with_vat=contract.is_limit_with_vat)
        is_open = contract.is_open_to_joint_buying
        asked = (
            ("UKPRN", contract.provider_ukprn or ""),
            ("Procurement law", _words(contract.regime)),
            ("Route", _words(contract.route)),
            ("Standards", "; ".join(standards)),
            ("Most that may be spent", f"up to {limit}" if limit else ""),
            ("Notice to end it", "" if notice is None else notice.words()),
            ("Data protection", _words(contract.data_role)),
            ("Joint buying", "" if is_open is None else ("open to it" if is_open else "no")),
        )
        if_any = (
            ("Framework", contract.framework),
            ("Framework ends", _day(contract.term.framework_ends_on)),
            ("Call-off", contract.call_off_reference),
            ("Lots", contract.lots),
            ("Notices", contract.notices),
            ("Looked after by", contract.looked_after_by),
            ("Note", contract.note),
        )
        self.facts.show_pairs((*asked, *(pair for pair in if_any if pair[1])))


def _words(value: str | None) -> str:
    return "" if value is None else value[0].upper() + value[1:]


def _day(day: date | None) -> str:
    return "" if day is None else show_day(day)
