"""The prices that one contract agrees: their list and their form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records import contract_prices
from apprentice_desk.records.contract_prices import PriceDetails, PriceRow
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.ui.destinations import Destination, OpenContract
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.recording.choices import standard_choices
from apprentice_desk.ui.recording.kind import Kind, Shown


def _is_above(row: PriceRow) -> bool:
    return row.max_funding is not None and row.price > row.max_funding


def _against_band(row: PriceRow) -> str:
    """Say how a price compares with the band of the catalogue, which may not be that of a start."""
    if row.max_funding is None:
        return "its funding band is not in the list"
    if not _is_above(row):
        return f"within the band of {show_pounds(row.max_funding)} in the list of today"
    above = show_pounds(row.price - row.max_funding)
    return f"{above} above the band of {show_pounds(row.max_funding)} in the list of today"


def _tone(shown: Shown) -> Tone:
    return "warning" if _is_above(shown.row) else ""


class Prices(Kind):
    """The prices of the contract last given to ``show_contract``."""

    name = "prices"
    title = "Prices"
    thing = "price"
    about = ""
    tables = ("contract_price", "standard")
    filter_by = "standard"
    empty = ("No prices yet", "What one apprentice of a standard costs under this contract.")
    details_class = PriceDetails
    columns = (
        Column(
            "Standard",
            lambda shown: shown.title,
            kind="strong",
            width=16,
            tip=lambda shown: f"{shown.title}, {shown.row.standard_code}",
        ),
        Column(
            "Training",
            lambda shown: show_pounds(shown.row.training_price),
            sort=lambda shown: shown.row.training_price,
            right=True,
            width=11,
        ),
        Column(
            "Assessment",
            lambda shown: show_pounds(shown.row.assessment_price),
            sort=lambda shown: shown.row.assessment_price,
            right=True,
            width=11,
        ),
        Column(
            "Price",
            lambda shown: show_pounds(shown.row.price),
            sort=lambda shown: shown.row.price,
            right=True,
            width=11,
            tone=_tone,
            tip=lambda shown: _against_band(shown.row),
            say=lambda shown: f"{show_pounds(shown.row.price)}, {_against_band(shown.row)}",
        ),
    )
    stretch = 0
    can_do_without = (2, 1)

    _contract_id: UUID | None = None
    _reference = ""

    def show_contract(self, contract_id: UUID, reference: str) -> None:
        """Keep to the prices of one contract."""
        self._contract_id, self._reference = contract_id, reference

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the prices of the contract by standard."""
        if self._contract_id is None:
            return ()
        return tuple(
            Shown(
                row.id,
                row.standard_title or row.standard_code,
                PriceDetails(row.standard_code, row.training_price, row.assessment_price),
                row,
            )
            for row in contract_prices.price_rows(session, self._contract_id)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a price."""
        return [
            ("Standard", f"{shown.title} {shown.row.standard_code}"),
            ("Price", f"{show_pounds(shown.row.price)}, {_against_band(shown.row)}"),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the standards of this desk."""
        return (
            Field(
                "standard_code",
                "Standard",
                "search",
                required=True,
                width=50,
                choices=standard_choices(self.desk.store.read(standard_rows)),
            ),
            Field("training_price", "Training", "money", required=True),
            Field("assessment_price", "Assessment", "money", required=True, beside=True),
        )

    def check(self, details: PriceDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a price."""
        return contract_prices.check_price(details)

    def named(self, details: PriceDetails) -> str:
        """Return the standard and the contract."""
        return f"price of {details.standard_code} under {self._reference}"

    def destination(self, record_id: UUID | None, _field: str) -> Destination:
        """Return where the form is: on the page of the contract."""
        assert self._contract_id is not None
        return OpenContract(self._contract_id, "prices", record_id)

    def add(self, session: Any, details: PriceDetails) -> UUID:
        """Record a price."""
        assert self._contract_id is not None
        return contract_prices.agree_price(session, self._contract_id, details)

    def correct(self, session: Any, record_id: UUID, details: PriceDetails) -> None:
        """Replace a price."""
        contract_prices.correct_price(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a price."""
        contract_prices.remove_price(session, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Say for whom it held."""
        return (
            "Apprentices on this contract who have no price of their own have none then. Undo"
            " brings it back."
        )
