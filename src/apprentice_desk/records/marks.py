"""What marks a desk: the number in its file's header, and the steps of its format.

Apart from ``migrate`` and ``connecting`` so that both can be asked without SQLAlchemy.
"""

from __future__ import annotations

APPLICATION_ID = 0x41644431
"""Marks a SQLite file as a desk ("AdD1")."""

STEPS = (
    "0001_first",
    "0002_import_memory",
    "0003_returns_kept",
    "0004_put_off",
    "0005_weeks_and_evidence",
    "0006_repeats",
    "0007_learning",
    "0008_contracts",
    "0009_procurements",
    "0010_prices_before",
    "0011_levy_and_documents",
    "0012_secondments_and_network",
    "0013_safekeeping",
)
"""Module names in order.  Listed, not searched for: a frozen program has no folder to search."""

HEAD = STEPS[-1].partition("_")[0]
"""The revision of today's format."""
