"""The payments under one contract: a short list in the contract's panel, and their form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records import contracts
from apprentice_desk.records.contracts import PaymentDetails
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words
from apprentice_desk.ui.recording.kind import Kind, Shown, still_to_come


class Payments(Kind):
    """The payments of the contract last given to ``show_contract``."""

    name = "payments"
    title = "Payments"
    thing = "payment"
    about = ""
    tables = ("payment",)
    filter_by = "day, amount"
    empty = ("Nothing was paid yet", "")
    details_class = PaymentDetails
    columns = (
        Column(
            "Paid on",
            lambda shown: day_in_table(shown.details.paid_on),
            sort=lambda shown: shown.details.paid_on,
            holds="date",
            value=lambda shown: shown.details.paid_on,
            width=12,
        ),
        Column(
            "Amount",
            lambda shown: show_pounds(shown.details.amount),
            sort=lambda shown: shown.details.amount,
            right=True,
            width=14,
        ),
    )

    _contract_id: UUID | None = None
    _reference = ""

    def show_contract(self, contract_id: UUID, reference: str) -> None:
        """Keep to the payments of one contract."""
        self._contract_id, self._reference = contract_id, reference

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the payments of the contract, newest first."""
        if self._contract_id is None:
            return ()
        return tuple(
            Shown(
                row.id,
                f"{show_pounds(row.amount)} on {day_in_words(row.paid_on)}",
                PaymentDetails(row.contract_id, row.paid_on, row.amount),
            )
            for row in contracts.payment_rows(session, self._contract_id)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return its day and amount."""
        details = shown.details
        return [
            ("Paid on", day_in_words(details.paid_on)),
            ("Amount", show_pounds(details.amount)),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the day and the amount; the contract is the one that is shown."""
        return (
            Field("paid_on", "Paid on", "date", is_past=True, required=True),
            Field("amount", "Amount", "money", required=True, beside=True),
        )

    def blank(self) -> PaymentDetails:
        """Return a payment of this contract, today."""
        return PaymentDetails(self._contract_id, self.desk.clock.today())

    def check(self, details: PaymentDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a payment."""
        return contracts.check_payment(details) + still_to_come(
            "paid_on",
            details.paid_on,
            self.desk.clock.today(),
            "Record payments once they are made.",
        )

    def named(self, details: PaymentDetails) -> str:
        """Return the amount and the contract."""
        amount = "" if details.amount is None else f" of {show_pounds(details.amount)}"
        return f"payment{amount} under {self._reference}"

    def add(self, session: Any, details: PaymentDetails) -> UUID:
        """Record a payment."""
        assert details.contract_id is not None  # checked before
        assert details.paid_on is not None
        assert details.amount is not None
        return contracts.pay(session, details.contract_id, details.paid_on, details.amount)

    def correct(self, session: Any, record_id: UUID, details: PaymentDetails) -> None:
        """Replace a payment's day and amount."""
        contracts.correct_payment(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a payment."""
        contracts.remove_payment(session, record_id)
