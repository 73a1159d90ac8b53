"""The balances and the monthly income of the levy account: their lists and their forms."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.calendar import MONTHS
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records import levy
from apprentice_desk.records.levy import BalanceDetails, IncomeDetails, month_named
from apprentice_desk.ui.destinations import Destination, OpenPage
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words
from apprentice_desk.ui.recording.kind import Kind, Shown

PAGE = "levy"


def short_month(day: date) -> str:
    """Return the month of *day* as tables show it: "Aug 2026"."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def _amount(what: str) -> Column:
    return Column(
        what,
        lambda shown: show_pounds(shown.details.amount),
        sort=lambda shown: shown.details.amount,
        right=True,
        width=12,
        holds="money",
        value=lambda shown: shown.details.amount,
    )


class Balances(Kind):
    """What was in the account on which day, the newest first."""

    name = "levy balance"
    title = "Balances"
    thing = "balance"
    about = ""
    tables = ("levy_balance",)
    filter_by = "day, amount"
    empty = ("No balance yet", "What the account shows on a day.")
    details_class = BalanceDetails
    columns = (
        Column(
            "On",
            lambda shown: day_in_table(shown.details.balance_on),
            sort=lambda shown: shown.details.balance_on,
            say=lambda shown: day_in_words(shown.details.balance_on),
            width=12,
            holds="date",
            value=lambda shown: shown.details.balance_on,
        ),
        _amount("In the account"),
        Column(
            "Note",
            lambda shown: shown.details.note,
            kind="quiet",
            width=16,
            tip=lambda shown: shown.details.note,
        ),
    )
    stretch = 2
    can_do_without = (2,)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the balances, the newest first."""
        return tuple(
            Shown(
                row.id,
                day_in_words(row.balance_on),
                BalanceDetails(row.balance_on, row.amount, row.note),
                row,
            )
            for row in levy.balance_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a balance."""
        return [
            ("On", day_in_words(shown.row.balance_on)),
            ("In the account", show_pounds(shown.row.amount)),
            ("Note", shown.row.note),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields, with the day on which a month's money shows."""
        comes_in = resources.levy_rules().income_days[-1].day
        return (
            Field(
                "balance_on",
                "Day",
                "date",
                is_past=True,
                required=True,
                help=f"From day {comes_in} of a month on, its money is taken to be in the account.",
            ),
            Field("amount", "In the account", "money", required=True, beside=True),
            Field("note", "Note", help="Such as who looked it up, and where."),
        )

    def blank(self) -> BalanceDetails:
        """Return a balance of today."""
        return BalanceDetails(self.desk.clock.today())

    def check(self, details: BalanceDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a balance."""
        return levy.check_balance(details, resources.levy_rules(), self.desk.clock.today())

    def named(self, details: BalanceDetails) -> str:
        """Return the day of the balance."""
        return f"levy balance of {day_in_words(details.balance_on)}"

    def destination(self, _record_id: UUID | None, _field: str) -> Destination:
        """Return where the form is: on the page of the levy."""
        return OpenPage(PAGE)

    def add(self, session: Any, details: BalanceDetails) -> UUID:
        """Record a balance."""
        today = self.desk.clock.today()
        return levy.record_balance(session, details, resources.levy_rules(), today)

    def correct(self, session: Any, record_id: UUID, details: BalanceDetails) -> None:
        """Replace a balance."""
        today = self.desk.clock.today()
        levy.correct_balance(session, record_id, details, resources.levy_rules(), today)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a balance."""
        levy.remove_balance(session, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Say what is worked out from it."""
        return (
            "What becomes of the levy is then worked out from the newest balance that is left."
            " Undo brings it back."
        )


class Incomes(Kind):
    """What comes in each month, from which month on; the newest first."""

    name = "levy income"
    title = "Comes in each month"
    thing = "income"
    about = ""
    tables = ("levy_income",)
    filter_by = "month, amount"
    empty = (
        "No income yet",
        "What comes in each month, from as long ago as you know: it tells how old the balance is.",
    )
    details_class = IncomeDetails
    columns = (
        Column(
            "From",
            lambda shown: short_month(shown.details.from_month),
            sort=lambda shown: shown.details.from_month,
            say=lambda shown: shown.title,
            width=10,
            holds="date",
            value=lambda shown: shown.details.from_month,
        ),
        _amount("Each month"),
    )
    stretch = 0

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the incomes, the newest first."""
        return tuple(
            Shown(row.id, month_named(row.from_month), IncomeDetails(row.from_month, row.amount))
            for row in levy.income_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of an income."""
        return [("From", shown.title), ("Each month", show_pounds(shown.details.amount))]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return (
            Field(
                "from_month",
                "From the month",
                "month date",
                required=True,
                help="Such as August 2026. It holds until the next one.",
            ),
            Field("amount", "Comes in each month", "money", required=True, beside=True),
        )

    def check(self, details: IncomeDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with an income."""
        return levy.check_income(details, resources.levy_rules())

    def named(self, details: IncomeDetails) -> str:
        """Return the month from which it comes in."""
        month = "" if details.from_month is None else month_named(details.from_month)
        return f"levy income from {month}"

    def destination(self, _record_id: UUID | None, _field: str) -> Destination:
        """Return where the form is: on the page of the levy."""
        return OpenPage(PAGE)

    def add(self, session: Any, details: IncomeDetails) -> UUID:
        """Record an income."""
        return levy.record_income(session, details, resources.levy_rules())

    def correct(self, session: Any, record_id: UUID, details: IncomeDetails) -> None:
        """Replace an income."""
        levy.correct_income(session, record_id, details, resources.levy_rules())

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove an income."""
        levy.remove_income(session, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Say what holds then."""
        return "The income before it then holds on. Undo brings it back."
