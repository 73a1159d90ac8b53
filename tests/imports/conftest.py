"""A desk with a few standards, and lists to bring into it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.imports.applying import ImportReport, import_list
from apprentice_desk.records import standards

TODAY = date(2026, 9, 1)

STANDARDS = (
    ("ST0118", "Data analyst", 4),
    ("ST0070", "Business administrator", 3),
    ("ST0310", "Associate project manager", 4),
    ("ST0116", "Software developer", 4),
    ("ST0825", "DevOps engineer", 4),
    ("ST0119", "Cyber security technologist (2021)", 4),
)


@pytest.fixture
def catalogued(store):
    """An open desk whose catalogue holds STANDARDS."""
    listed = [
        resources.ListedStandard(code, title, level, 24, Decimal("15000.00"), "1.1", "", "Digital")
        for code, title, level in STANDARDS
    ]
    with store.change("Load the catalogue") as session:
        standards.load_catalogue(session, listed, date(2026, 7, 1))
    return store


Bring = Callable[..., ImportReport]


@pytest.fixture
def bring(catalogued, rules) -> Bring:
    """Import a file into ``catalogued``."""

    def bring_in(path: Path, kind: str, **options: Any) -> ImportReport:
        return import_list(
            catalogued,
            path,
            kind,
            **{
                "rules": rules,
                "role_families": {},
                "provider_names": {"10000055": "Abingdon And Witney College"},
                "today": TODAY,
            }
            | options,
        )

    return bring_in


@pytest.fixture
def listed(tmp_path) -> Callable[..., Path]:
    """Write rows as a CSV file and return where it is."""

    def write(rows: Sequence[Sequence[object]], name: str = "list.csv", **how: Any) -> Path:
        path = tmp_path / name
        encoding = how.pop("encoding", "utf-8")
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, **how).writerows(rows)
        return path

    return write
