"""How the rows behind a figure are listed: borough, file and row first, then what was counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from apprentice_desk.domain.calendar import table_day
from apprentice_desk.returns.figures import Row
from apprentice_desk.ui.kit.rows import Column


@dataclass(frozen=True, slots=True)
class Traced:
    """One row of a return in a list."""

    id: int
    row: Row

    @property
    def line(self) -> Any:
        """What the row says."""
        return self.row.line


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider and whom it trains for; *boroughs* are names."""

    id: str
    name: str
    boroughs: tuple[str, ...]
    apprentices: int
    contracts: int


_WHENCE = (
    Column("Borough", lambda one: one.row.borough, kind="strong", width=23),
    Column("File", lambda one: one.row.file, width=20, tip=lambda one: one.row.file),
    Column("Row", lambda one: one.row.row, sort=lambda one: one.row.row, right=True, width=6),
)


def _number(heading: str, take: Callable[[Any], Any], width: float = 9) -> Column:
    """Return a column of numbers; None is blank."""

    def show(row: Any) -> str:
        value = take(row)
        return "" if value is None else f"{value:,}"

    return Column(heading, show, sort=take, right=True, width=width)


def _day(heading: str, take: Callable[[Any], Any]) -> Column:
    """Return a column of days; None is blank."""
    return Column(
        heading,
        lambda row: table_day(take(row)) if take(row) else "",
        sort=take,
        width=12,
        holds="date",
        value=take,
    )


_CODE = (
    Column("Apprentice", lambda one: one.line.apprentice_code, width=19),
    _number("No.", lambda one: one.line.apprenticeship_number, 4),
)
APPRENTICES = (
    *_WHENCE,
    *_CODE,
    Column("Standard", lambda one: one.line.standard_title, width=24),
    Column("Status", lambda one: one.line.status, width=12),
    Column("Provider", lambda one: one.line.provider_name, width=18),
)
PLEDGES = (
    *_WHENCE,
    Column("Programme year", lambda one: one.line.programme_year, width=13),
    Column("Role family", lambda one: one.line.role_family, width=24),
    _number("Pledged", lambda one: one.line.pledged),
    _number("Recruited", lambda one: one.line.recruited),
    _number("Started", lambda one: one.line.started),
)
SECONDMENTS = (
    *_WHENCE,
    Column("Secondment", lambda one: one.line.secondment_code, width=14),
    Column("Kind", lambda one: one.line.kind, width=9),
    Column("Role family", lambda one: one.line.role_family, width=22),
    _day("From", lambda one: one.line.earliest_start_on),
    _day("At the latest", lambda one: one.line.latest_start_on),
    _number("Weeks", lambda one: one.line.weeks, 7),
    Column("Status", lambda one: one.line.status, width=12),
)
CONTRACTS = (
    *_WHENCE,
    Column("Contract", lambda one: one.line.contract_reference, width=14),
    Column("Provider", lambda one: one.line.provider_name, width=20),
    Column("Standards", lambda one: "; ".join(one.line.standard_codes), width=16),
    _day("Ends", lambda one: one.line.ends_on),
    Column("Open to joint buying", lambda one: _yes(one.line.is_open_to_joint_buying), width=17),
)
PROVIDERS = (
    Column("Provider", lambda row: row.name, kind="strong", width=24),
    Column("UKPRN or name", lambda row: row.id, width=14),
    _number("Boroughs", lambda row: len(row.boroughs)),
    _number("Apprentices", lambda row: row.apprentices, 11),
    _number("Contracts", lambda row: row.contracts),
    Column(
        "Which boroughs",
        lambda row: ", ".join(row.boroughs),
        width=40,
        tip=lambda row: ", ".join(row.boroughs),
    ),
)


def _yes(value: bool | None) -> str:
    return {True: "Yes", False: "No"}.get(value, "") if value is not None else ""


def hours(is_behind: Callable[[Any], bool]) -> tuple[Column, ...]:
    """Return the columns of hours; *is_behind* says of a line whether it is."""
    return (
        *_WHENCE,
        *_CODE,
        _number("Planned to date", lambda one: one.line.planned_to_date_hours, 14),
        _number("Logged to date", lambda one: one.line.logged_to_date_hours, 14),
        Column("Behind", lambda one: "behind" if is_behind(one.line) else "", width=9),
    )


def listed(rows: Iterable[Row]) -> tuple[Traced, ...]:
    """Return rows for a list."""
    return tuple(Traced(number, row) for number, row in enumerate(rows))


def counted(count: int, thing: str) -> str:
    """Return "1 return" or "2 returns"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
