"""The payments under one contract: their list and their form, which says what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.records import contracts, payments
from apprentice_desk.records.payments import PaymentDetails, PaymentRow
from apprentice_desk.ui.contracting.money import due_in_words
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination, OpenContract
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words, words
from apprentice_desk.ui.recording.kind import Kind, Shown, people, people_choices

NOBODY = "Nobody in particular"


class PaymentForm(Form):
    """The form; below the amount stands what is due up to the day, and what is paid of it."""

    def __init__(
        self, fields: tuple[Field, ...], desk: Desk, says: Callable[[date, UUID | None], str]
    ) -> None:
        super().__init__(fields, PaymentDetails, desk.theme, today=desk.clock.today())
        self._says = says
        self._told: tuple[date, UUID | None] | None = None
        self.edited.connect(self._tell)

    def show_details(self, details: Any) -> None:
        """Show a payment, with what is due beside it."""
        super().show_details(details)
        self._tell()

    def _tell(self) -> None:
        day, whose = self.value("paid_on"), self.value("apprenticeship_id")
        if day is not None and self._told != (day, whose):
            self._told = (day, whose)
            self.set_help("amount", self._says(day, whose))


class Payments(Kind):
    """The payments of the contract last given to ``show_contract``."""

    name = "payments"
    title = "Payments"
    thing = "payment"
    about = ""
    tables = ("payment", "apprentice", "apprenticeship")
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
            "For",
            lambda shown: shown.row.apprentice_name or NOBODY,
            width=18,
            tip=lambda shown: shown.row.note,
        ),
        Column("What for", lambda shown: words(shown.row.kind), kind="quiet", width=16),
        Column(
            "Amount",
            lambda shown: show_pounds(shown.row.paid),
            sort=lambda shown: shown.row.paid,
            right=True,
            holds="money",
            value=lambda shown: shown.row.paid,
            width=12,
        ),
    )
    stretch = 1
    can_do_without = (2, 1)

    _contract_id: UUID | None = None
    _reference = ""
    _begins_with = PaymentDetails()

    def show_contract(self, contract_id: UUID, reference: str) -> None:
        """Keep to the payments of one contract."""
        self._contract_id, self._reference = contract_id, reference

    def begin_with(self, whose: UUID | None = None, amount: Decimal | None = None) -> None:
        """Let the next new payment begin with an apprenticeship and an amount."""
        self._begins_with = PaymentDetails(apprenticeship_id=whose, amount=amount)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the payments of the contract, newest first."""
        if self._contract_id is None:
            return ()
        rows = contracts.payment_rows(session, self._contract_id)
        return tuple(Shown(row.id, _titled(row), _details(row), row) for row in rows)

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a payment."""
        row: PaymentRow = shown.row
        return [
            ("Paid on", day_in_words(row.paid_on)),
            ("Amount", show_pounds(row.paid)),
            ("For", row.apprentice_name or NOBODY),
            ("What for", words(row.kind)),
            ("Note", row.note),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields; those on the contract come first among whom it may be for."""
        rows = sorted(people(self.desk), key=lambda row: row.contract_reference != self._reference)
        return (
            Field("paid_on", "Paid on", "date", is_past=True, required=True),
            Field("kind", "What for", "choice", beside=True, choices=tuple(PaymentKind), width=28),
            Field(
                "apprenticeship_id",
                "For whom",
                "search",
                width=44,
                choices=people_choices(rows),
                help="Blank: for nobody in particular.",
            ),
            Field(
                "amount",
                "Amount",
                "money",
                required=True,
                help="Above £0 also where money came back: then choose “refund or credit note”.",
            ),
            Field("note", "Note", help="Such as the number of the invoice."),
        )

    def form(self) -> Form:
        """Return a form that says what is due."""
        return PaymentForm(self.fields(), self.desk, self._says_due)

    def _says_due(self, on: date, whose: UUID | None) -> str:
        assert self._contract_id is not None  # there is a form of a contract's payment alone
        return due_in_words(self.desk, self._contract_id, on, whose)

    def blank(self) -> PaymentDetails:
        """Return a payment of this contract, today."""
        begun, self._begins_with = self._begins_with, PaymentDetails()
        return PaymentDetails(
            self._contract_id,
            self.desk.clock.today(),
            begun.amount,
            begun.apprenticeship_id,
        )

    def check(self, details: PaymentDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a payment."""
        return payments.check_payment(details, self.desk.clock.today())

    def named(self, details: PaymentDetails) -> str:
        """Return the amount and the contract."""
        amount = "" if details.amount is None else f" of {show_pounds(details.amount)}"
        thing = "refund" if details.kind is PaymentKind.REFUND else "payment"
        return f"{thing}{amount} under {self._reference}"

    def destination(self, record_id: UUID | None, _field: str) -> Destination:
        """Return where the form is: on the page of the contract."""
        assert self._contract_id is not None
        return OpenContract(self._contract_id, "payments", record_id)

    def add(self, session: Any, details: PaymentDetails) -> UUID:
        """Record a payment."""
        assert details.contract_id is not None  # checked before
        assert details.paid_on is not None
        assert details.amount is not None
        return payments.pay(
            session,
            details.contract_id,
            details.paid_on,
            details.amount,
            details.apprenticeship_id,
            details.kind,
            details.note,
            self.desk.clock.today(),
        )

    def correct(self, session: Any, record_id: UUID, details: PaymentDetails) -> None:
        """Replace what is recorded of a payment."""
        payments.correct_payment(session, record_id, details, self.desk.clock.today())

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a payment."""
        payments.remove_payment(session, record_id)


def _titled(row: PaymentRow) -> str:
    what = "back " if row.paid < 0 else ""
    return f"{show_pounds(row.amount)} {what}on {day_in_words(row.paid_on)}"


def _details(row: PaymentRow) -> PaymentDetails:
    return PaymentDetails(
        row.contract_id, row.paid_on, row.amount, row.apprenticeship_id, row.kind, row.note
    )
