"""What a check of one row may know besides the row: the whole return, the last one, the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import FinancialYear
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns.reference import Reference
from apprentice_desk.returns.rows import (
    ApprenticeLine,
    CharacteristicLine,
    ContractLine,
    ReturnContent,
    ReturnHeader,
)

Key = tuple[str, int | None]
"""An apprenticeship: the apprentice's code, and its number."""


# No slots: what checks ask for is worked out when the first of them does.
@dataclass(frozen=True)
class Context:
    """The return, and what belongs to it by key.

    *borough* is None if the header's code is not a borough's, *last* if there is no return of an
    earlier period to compare with.
    """

    content: ReturnContent
    borough: Borough | None
    last: ReturnContent | None = None
    reference: Reference = field(default_factory=Reference)

    @property
    def header(self) -> ReturnHeader:
        """Whose return it is, and for when."""
        return self.content.header

    @cached_property
    def year(self) -> FinancialYear:
        """The financial year of the period, which is the programme year."""
        return self.header.period.financial_year

    @cached_property
    def apprenticeships(self) -> Mapping[Key, ApprenticeLine]:
        """The lines of the Apprentices sheet."""
        return by_key(self.content.apprentices)

    @cached_property
    def last_apprenticeships(self) -> Mapping[Key, ApprenticeLine]:
        """Those of the last return."""
        return by_key(self.last.apprentices) if self.last else {}

    @cached_property
    def last_contracts(self) -> Mapping[str, ContractLine]:
        """The contracts of the last return by reference."""
        lines = self.last.contracts if self.last else ()
        return {line.contract_reference: line for line in lines if line.contract_reference}

    @cached_property
    def contracts(self) -> Mapping[str, ContractLine]:
        """The lines of the Contracts sheet by reference."""
        lines = self.content.contracts
        return {line.contract_reference: line for line in lines if line.contract_reference}

    @cached_property
    def live_by_contract(self) -> Mapping[str, int]:
        """How many are on programme under each contract.

        It still has to serve those who are on a break or in assessment.
        """
        live: dict[str, int] = {}
        for line in self.content.apprentices:
            if line.status in LIVE:
                live[line.contract_reference] = live.get(line.contract_reference, 0) + 1
        return live

    @cached_property
    def agreed_by_contract(self) -> Mapping[str, Decimal]:
        """The agreed prices under each contract together, as far as they are known."""
        agreed: dict[str, Decimal] = {}
        for line in self.content.apprentices:
            if line.agreed_price is not None and line.contract_reference:
                reference = line.contract_reference
                agreed[reference] = agreed.get(reference, Decimal(0)) + line.agreed_price
        return agreed

    @cached_property
    def started_by_family(self) -> Mapping[str, int]:
        """How many started training in the programme year up to the period's end, by family."""
        started: dict[str, int] = {}
        for line in self.content.apprentices:
            if self.is_started_in_year(line):
                started[line.role_family] = started.get(line.role_family, 0) + 1
        return started

    def is_started_in_year(self, line: ApprenticeLine) -> bool:
        """Whether training started in the financial year, by the end of the period."""
        day = line.training_started_on
        return day is not None and self.year.period.first <= day <= self.header.period.last

    @cached_property
    def groups(self) -> Mapping[str, tuple[CharacteristicLine, ...]]:
        """The lines of the Characteristics sheet by characteristic."""
        groups: dict[str, list[CharacteristicLine]] = {}
        for line in self.content.characteristics:
            groups.setdefault(line.characteristic, []).append(line)
        return {characteristic: tuple(lines) for characteristic, lines in groups.items()}

    @cached_property
    def categories(self) -> Mapping[str, tuple[str, ...]]:
        """DfE's categories by characteristic on the period's last day; none if not known."""
        known, day = self.reference.categories, self.header.period.last
        if known is None or all(day < each.valid_from for each in known.sets):
            return {}
        return {str(name): each for name, each in known.on(day).by_characteristic.items()}


def by_key(lines: Iterable[ApprenticeLine]) -> Mapping[Key, ApprenticeLine]:
    """Return lines by code and number."""
    return {(line.apprentice_code, line.apprenticeship_number): line for line in lines}
