"""The parts about the term: extensions with their days, and insurances and policies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QPushButton

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.vocabulary import ExpiryKind
from apprentice_desk.records import contract_days
from apprentice_desk.records.contract_days import (
    ExpiryDetails,
    ExpiryRow,
    ExtensionDetails,
    ExtensionRow,
)
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.pages.contract.listed import ListedPart

_TAKE_UP = "Take up…"

EXTENSION_FIELDS = (
    Field("to_on", "Goes on to", "date", required=True),
    Field(
        "decide_by_on",
        "Decide by",
        "date",
        help="As the contract says. Left blank it is the last day before the extension.",
    ),
    Field(
        "taken_on",
        "Taken up on",
        "date",
        help="Blank until it is taken up. From then on the contract runs to its new day.",
    ),
)


def _day(day: date | None) -> str:
    return "" if day is None else table_day(day)


class ExtensionsPart(ListedPart):
    """The extensions that the contract allows, and which were taken up."""

    name = "extensions"
    title = "Extensions"
    thing = "extension"
    none_yet = "None is entered. Add each with the day by which it is decided."
    tables = frozenset({"contract_extension"})
    details_class = ExtensionDetails
    fields = EXTENSION_FIELDS
    columns = (
        Column("To", lambda row: table_day(row.to_on), sort=lambda row: row.to_on, kind="strong",
               width=11),
        Column("Decide by", lambda row: _day(row.decide_by_on), sort=lambda row: row.decide_by_on,
               width=11),
        Column("Taken up", lambda row: _day(row.taken_on), sort=lambda row: row.taken_on, width=11,
               say=lambda row: show_day(row.taken_on) if row.taken_on else "not taken up"),
    )  # fmt: skip

    def more_for_chosen(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Offer to take the chosen one up."""
        return ((_TAKE_UP, self.take_up),)

    def may(self, button: QPushButton, row: ExtensionRow) -> bool:
        """An extension is taken up once."""
        return button.text() != _TAKE_UP or row.taken_on is None

    def take_up(self) -> None:
        """Open the form of the chosen one with today as the day on which it is taken up."""
        self.start_change("taken_on", taken_on=self._desk.clock.today())

    def read(self, contract_id: UUID) -> tuple[ExtensionRow, ...]:
        """Return the extensions in their order."""
        return self._desk.store.read(contract_days.extension_rows, contract_id)

    def read_one(self, session: Any, row_id: UUID) -> ExtensionRow:
        """Return one extension."""
        return contract_days.extension_row(session, row_id)

    def check(self, details: ExtensionDetails, row_id: UUID | None) -> list[Finding]:
        """Return what is wrong with an extension, by itself and beside the others."""
        found = contract_days.check_extension(details, self._desk.clock.today())
        if found or self.contract is None:
            return found
        return self._desk.store.read(contract_days.check_among, self.contract.id, details, row_id)

    def enter(self, session: Any, contract_id: UUID, details: ExtensionDetails) -> None:
        """Enter an extension."""
        contract_days.add_extension(session, contract_id, details)

    def correct(
        self, session: Any, row_id: UUID, details: ExtensionDetails, changed_in: int
    ) -> None:
        """Replace the days of an extension."""
        contract_days.correct_extension(session, row_id, details, changed_in)

    def take_out(self, session: Any, row_id: UUID) -> None:
        """Remove an extension."""
        contract_days.remove_extension(session, row_id)


class ExpiriesPart(ListedPart):
    """What the provider has to keep valid, and until when it is."""

    name = "expiries"
    title = "Insurance and policies"
    thing = "insurance or policy"
    none_yet = "None is entered. Add what the contract asks the provider to keep valid."
    tables = frozenset({"contract_expiry"})
    details_class = ExpiryDetails
    fields = (
        Field("kind", "What it is", "choice", choices=tuple(ExpiryKind), required=True, width=38),
        Field("ends_on", "Last day", "date", required=True),
        Field("note", "Note", help="Such as its number, or what it is where nothing else says so."),
    )

    def __init__(self, desk: Any) -> None:
        self.columns = (
            Column("What", lambda row: _called(row), kind="strong", width=20,
                   tip=lambda row: f"{_called(row)}. {row.note}".removesuffix(". ")),
            Column("Last day", lambda row: _valid(row, desk.clock.today()), kind="badge",
                   sort=lambda row: row.ends_on, width=16),
        )  # fmt: skip
        super().__init__(desk)

    def read(self, contract_id: UUID) -> tuple[ExpiryRow, ...]:
        """Return insurances and policies, soonest out first."""
        return self._desk.store.read(contract_days.expiry_rows, contract_id)

    def read_one(self, session: Any, row_id: UUID) -> ExpiryRow:
        """Return one insurance or policy."""
        return contract_days.expiry_row(session, row_id)

    def check(self, details: ExpiryDetails, _row_id: UUID | None) -> list[Finding]:
        """Return what is wrong with an insurance or policy."""
        return contract_days.check_expiry(details)

    def enter(self, session: Any, contract_id: UUID, details: ExpiryDetails) -> None:
        """Enter an insurance or policy."""
        contract_days.add_expiry(session, contract_id, details)

    def correct(self, session: Any, row_id: UUID, details: ExpiryDetails, changed_in: int) -> None:
        """Replace what is known of one."""
        contract_days.correct_expiry(session, row_id, details, changed_in)

    def take_out(self, session: Any, row_id: UUID) -> None:
        """Remove one."""
        contract_days.remove_expiry(session, row_id)


def _called(row: ExpiryRow) -> str:
    words = row.note if row.kind is ExpiryKind.OTHER else row.kind.value
    return words[:1].upper() + words[1:]


def _valid(row: ExpiryRow, today: date) -> Badge:
    if row.ends_on < today:
        return Badge(f"Ran out {show_day(row.ends_on)}", "danger", "circle-alert")
    return Badge(show_day(row.ends_on), "quiet", "shield-check")
