"""What may be typed into the cells of a column: numbers or days between two limits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

Limits = tuple[Decimal, Decimal] | tuple[date, date]
"""The least and the most, both allowed."""


def limits(heading: str, between: Limits, refuses: str, cells: str) -> Any:
    """Return the rule of openpyxl's that refuses what is beyond; *refuses* is what it says."""
    # Late: openpyxl takes a fifth of a second to import.
    from openpyxl.worksheet.datavalidation import DataValidation

    least, most = between
    return DataValidation(
        type="date" if isinstance(least, date) else "decimal",
        operator="between",
        formula1=_formula(least),
        formula2=_formula(most),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=heading[:32],
        error=refuses,
        sqref=cells,
    )


def _formula(limit: Decimal | date) -> str:
    if isinstance(limit, date):
        return f"DATE({limit.year},{limit.month},{limit.day})"
    return str(limit)
