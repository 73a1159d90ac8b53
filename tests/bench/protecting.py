"""A desk with a passphrase against the same desk without: opening it, and its main reads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import text
from sqlalchemy.orm import Session

from apprentice_desk.commands import desks
from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.records import standing, standing_query, week_grid
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import DeskKey, derive
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import vault
from bench.big_desk import TODAY
from bench.measure import Result, compare, seconds

PASSPHRASE = "three brown horses"
_OPENINGS = 10


def run(desk: Path, folder: Path) -> list[Result]:
    """Measure both desks in turn."""
    locked = Path(shutil.copy(desk, folder / "locked.desk"))
    key = vault.fresh_key(PASSPHRASE)
    vault.protect(locked, None, key)
    return [*_openings(desk, locked, key), *_reads(desk, locked, key)]


def _openings(desk: Path, locked: Path, key: DeskKey) -> list[Result]:
    """Open each a few times: from the passphrase on, and once more with the key at hand."""

    def opened(path: Path, key: DeskKey | None) -> None:
        store = open_store(path, key=key)
        store.read(organisation_row)
        store.close()

    def with_passphrase() -> None:
        opened(locked, vault.key_for(locked, PASSPHRASE))

    def deriving_and_plain() -> None:
        derive(PASSPHRASE, key.salt)
        opened(desk, None)

    def with_key() -> None:
        with patch.object(vault, "derive", return_value=key):
            for _ in range(_OPENINGS):
                opened(locked, vault.key_for(locked, PASSPHRASE))

    def plain() -> None:
        for _ in range(_OPENINGS):
            opened(desk, None)

    return [
        compare(
            "opening a desk with a passphrase, against deriving its key and opening one without",
            1.02,
            lambda: seconds(with_passphrase),
            lambda: seconds(deriving_and_plain),
        ),
        compare(
            "what is left of it without deriving, which is nothing that a person notices",
            1.20,
            lambda: seconds(with_key) / _OPENINGS,
            lambda: seconds(plain) / _OPENINGS,
        ),
    ]


def _reads(desk: Path, locked: Path, key: DeskKey) -> list[Result]:
    with_key = open_store(locked, read_only=True, key=key)
    without = open_store(desk, read_only=True)
    values = standing_query.parameters("sqlite", TODAY, TODAY)
    lists = desks.lists()

    def totals(session: Session) -> int:
        return len(session.execute(text(standing_query.totals()), values).all())

    def everybody(session: Session) -> int:
        rows = standing.apprentice_rows(session, TODAY, lists.hours_rules, lists.role_families)
        return len(rows)

    def week(session: Session) -> int:
        monday = monday_of(TODAY) - timedelta(days=7)
        return len(week_grid.week_grid(session, monday, TODAY).entries)

    reads: dict[str, Callable[[Session], Any]] = {
        "totals of 500 apprentices over 375,000 entries": totals,
        "how these 500 stand": everybody,
        "a week of these 500": week,
    }

    def time_of(store: Store, read: Callable[[Session], Any]) -> float:
        return seconds(lambda: store.read(read))

    def first(store: Store, read: Callable[[Session], Any]) -> float:
        """On connections that have nothing decrypted yet."""
        store._engine.dispose()
        return seconds(lambda: store.read(read))

    firsts = {
        "how these 500 stand with their totals, read for the first time after opening": (
            everybody,
            1.3,
        ),
        "the bare statement for these totals, the first time after opening": (totals, 1.6),
    }
    results = [
        compare(
            f"{name}, with a passphrase against without",
            limit,
            partial(first, with_key, read),
            partial(first, without, read),
        )
        for name, (read, limit) in firsts.items()
    ]
    results += [
        compare(
            f"{name}, with a passphrase against without",
            1.3,
            partial(time_of, with_key, read),
            partial(time_of, without, read),
        )
        for name, read in reads.items()
    ]
    with_key.close()
    without.close()
    return results
