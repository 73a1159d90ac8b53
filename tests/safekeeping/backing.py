"""Desks to be copied, plain and encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apprentice_desk.records import organisation
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.keys import DeskKey, derive
from apprentice_desk.records.store import Store

NOW = datetime(2026, 11, 29, 9, 14, 30, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
KEY = derive(PASSPHRASE, b"sixteen bytes ok")


def begun(path: Path, key: DeskKey | None = None, name: str = "Exampleton") -> Store:
    """Make a desk and begin it."""
    store = create_store(path, person="Tess Ter", key=key)
    with store.change("Begin the desk", is_final=True) as session:
        organisation.begin(
            session,
            code="E09999999",
            name=name,
            letters="EXB",
            team="Apprenticeships",
            is_sample=False,
        )
    return store


_MADE: dict[bool, bytes] = {}
"""The file of a desk with one person and one entry, plain and encrypted: each is made once."""


@contextmanager
def desk_with(
    tmp_path: Path, maker: Any, key: DeskKey | None = None, name: str = "hackney.desk"
) -> Iterator[Store]:
    """Give an open desk of Quentin Zzyzx with one entry; its newest change is number 3."""
    path = tmp_path / name
    is_protected = key is not None
    if is_protected not in _MADE:
        store = begun(path, key)
        make = maker(store)
        make.hours(make.apprentice(given_names="Quentin", family_name="Zzyzx"))
        store.close()
        _MADE[is_protected] = path.read_bytes()
    path.write_bytes(_MADE[is_protected])
    store = open_store(path, person="Tess Ter", key=key)
    try:
        yield store
    finally:
        store.close()
