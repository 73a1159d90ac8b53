"""What the forms offer to choose from: providers, standards, boroughs, years, plain words."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.calendar import FinancialYear, show_day, table_day
from apprentice_desk.records.providers import ProviderRow
from apprentice_desk.records.standards import StandardRow
from apprentice_desk.ui.desk import Desk

LOTI = "LOTI"
EMPLOYER = "technology employer"
FIRST_YEAR = 2019
"""The first year of LOTI's programme: 69 places were pledged in October 2019."""


def words(value: StrEnum | None) -> str:
    """Return one of a fixed set of words with a capital; "" where there is none."""
    return "" if value is None else value[:1].upper() + value[1:]


def yes_or_no(*, is_so: bool | None) -> str:
    """Return Yes, No, or "" where it is not known."""
    return "" if is_so is None else "Yes" if is_so else "No"


def day_in_words(day: date | None) -> str:
    """Return a day in words; "" where it is not known."""
    return "" if day is None else show_day(day)


def day_in_table(day: date | None) -> str:
    """Return a day as tables show it; "" where it is not known."""
    return "" if day is None else table_day(day)


def provider_choices(rows: tuple[ProviderRow, ...]) -> list[tuple[UUID, str]]:
    """Return the providers with their numbers, so that two of one name are told apart."""
    return [(row.id, f"{row.name}  {row.ukprn or 'no UKPRN'}") for row in rows]


def standard_choices(rows: tuple[StandardRow, ...]) -> list[tuple[str, str]]:
    """Return the catalogue, searched by title or code."""
    return [(row.code, f"{row.title}{_level(row)} ({row.code})") for row in rows]


def _level(row: StandardRow) -> str:
    return "" if row.level is None else f", level {row.level}"


def borough_choices(desk: Desk) -> list[tuple[str, str]]:
    """Return the boroughs by name: the real ones, and for a sample desk the invented ones too."""
    offered = [
        (borough.code, borough.name)
        for borough in resources.boroughs()
        if not borough.is_invented or desk.organisation.is_sample
    ]
    return sorted(offered, key=lambda pair: pair[1])


def host_choices(desk: Desk) -> list[tuple[str, str]]:
    """Return where a secondment may go: LOTI, a technology employer, or a borough."""
    return [(LOTI, "LOTI"), (EMPLOYER, "A technology employer"), *borough_choices(desk)]


def place_name(code: str | None) -> str:
    """Return a home or host in words; "" where it is not known."""
    if not code:
        return ""
    if code == EMPLOYER:
        return "A technology employer"
    borough = resources.borough_by_code(code)
    return borough.name if borough is not None else code


def year_choices(today: date) -> list[tuple[int, str]]:
    """Return programme years, which are financial years, the next one first."""
    this = FinancialYear.containing(today).first_year
    return [(year, str(FinancialYear(year))) for year in range(this + 1, FIRST_YEAR - 1, -1)]
