"""A copy of before is erased again when it is restored, by a list that names nobody."""

from __future__ import annotations

import json
import os
import shutil
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.retention import Ground, RetentionKind
from apprentice_desk.records import erasures, keys, network
from apprentice_desk.records.apprentices import Apprentice
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import erasing
from apprentice_desk.safekeeping.erasing import Erased
from conftest import begin

TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
UNKNOWN = Erased(RetentionKind.APPRENTICE, uuid4(), NOW, Ground.RULE)


def erase(store: Store, key: UUID, kind: RetentionKind = RetentionKind.APPRENTICE) -> None:
    erasing.erase(store, erasures.ErasureDetails(kind, key, NOW, "Tess Ter", Ground.REQUEST), TODAY)


def people(store: Store) -> list[UUID]:
    return list(store.read(lambda s: s.scalars(select(Apprentice.id)).all()))


def enrol(make: Any, name: str = "Qzfamily", **details: Any) -> None:
    values = {"ended_on": date(2026, 5, 1), "outcome": Outcome.WITHDRAWN} | details
    make.apprentice(given_names="Qzgiven", family_name=name, **values)


@pytest.mark.parametrize("passphrase", [None, "seven green bicycles"])
def test_who_was_erased_does_not_come_back_with_an_older_copy(
    passphrase: str | None, maker: type, tmp_path: Path
) -> None:
    key = None if passphrase is None else keys.fresh_key(passphrase)
    store = create_store(tmp_path / "now.desk", person="Tess Ter", key=key)
    begin(store)
    make = maker(store)
    enrol(make)
    enrol(make, "Qzother")
    older = shutil.copy(tmp_path / "now.desk", tmp_path / "older.desk")
    (gone, *_) = people(store)
    left = store.read(lambda s: s.get(Apprentice, gone).family_name)
    erase(store, gone)
    wanted = erasing.erasures(store)
    assert [each.key for each in wanted] == [gone]
    store.close()

    if key is None:
        assert left.encode() in older.read_bytes(), "there is something to find"
    assert erasing.still_holds(older, key, wanted) == 1
    assert erasing.still_holds(tmp_path / "now.desk", key, wanted) == 0
    assert erasing.erase_in(older, key, [*wanted, UNKNOWN]) == 1
    assert erasing.still_holds(older, key, wanted) == 0
    assert left.encode() not in older.read_bytes()
    store = open_store(older, key=key)
    assert len(people(store)) == 1
    # It is told of by the restored desk too, so a copy of an even older day is erased as well.
    assert {each.key for each in erasing.erasures(store)} == {gone, UNKNOWN.key}
    assert {each.erased_at for each in erasing.erasures(store)} == {NOW}
    assert erasing.apply_erasures(store, [*wanted, UNKNOWN]) == 0
    store.close()


def test_whoever_was_on_programme_in_the_older_copy_is_erased_all_the_same(
    store: Store, make: Any
) -> None:
    enrol(make, ended_on=None, outcome=None)
    (key,) = people(store)
    assert erasing.apply_erasures(store, [Erased(UNKNOWN.kind, key, NOW, Ground.RULE)]) == 1
    assert people(store) == []
    (row,) = store.read(erasures.counted_rows)
    assert row.ended_from_on == date(2026, 7, 1)


def test_the_list_beside_backups_names_nobody_and_is_for_its_owner(
    store: Store, make: Any, tmp_path: Path
) -> None:
    enrol(make)
    (key,) = people(store)
    folder = tmp_path / "exampleton backups"
    folder.mkdir()
    assert erasing.listed(folder) == ()
    erasing.keep_list(folder, [UNKNOWN])
    details = erasures.ErasureDetails(
        RetentionKind.APPRENTICE, key, NOW, "Tess Ter", Ground.REQUEST, "For Qzgiven"
    )
    erasing.erase(store, details, TODAY, folders=[folder])
    assert {each.key for each in erasing.listed(folder)} == {key, UNKNOWN.key}
    text = (folder / erasing.LIST).read_text(encoding="utf-8")
    for word in ("Qz", "Tess", "For"):
        assert word not in text
    if os.name == "posix":
        assert stat.S_IMODE((folder / erasing.LIST).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [erasing.LIST]


GOOD = {
    "kind": "apprentice", "key": UNKNOWN.key.hex, "erased_at": "2026-06-02T09:00:00+00:00",
    "ground": Ground.RULE.value,
}  # fmt: skip


def test_a_list_is_read(tmp_path: Path) -> None:
    """So that what is refused below is refused for what is wrong with it."""
    (tmp_path / erasing.LIST).write_text(json.dumps({"erased": [GOOD]}))
    assert [each.key for each in erasing.listed(tmp_path)] == [UNKNOWN.key]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b'{"erased": 3}', b'{"erased": [{"kind": "apprentice"}]}',
     json.dumps({"erased": [{"kind": "x", "key": "y", "erased_at": "z", "ground": "w"}]}).encode(),
     b"[" * 100_000, b" " * (17 * 1024 * 1024) + b'{"erased": []}',
     json.dumps({"erased": [GOOD | {"key": 5}]}).encode(),
     json.dumps({"erased": [GOOD | {"erased_at": "2026-06-02T09:00:00"}]}).encode()],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_not_taken_for_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / erasing.LIST).write_bytes(content)
    with pytest.raises(Problem, match=r"^The list of who was erased, erased\.json, cannot be read"):
        erasing.listed(tmp_path)


def test_a_copy_that_cannot_be_opened_is_not_said_to_be_clean(tmp_path: Path) -> None:
    (tmp_path / "a.desk").write_bytes(b"no desk at all " * 300)
    assert erasing.still_holds(tmp_path / "a.desk", None, [UNKNOWN]) is None


def test_other_records_are_erased_with_what_hangs_on_them(store: Store, make: Any) -> None:
    key = make.barrier(what_stands_in_the_way="Qzbarrier of somebody")
    make.barrier(what_stands_in_the_way="Cars are parked outside")
    with store.change("Qz") as session:
        row = session.get(network.Barrier, key)
        row.what_helped = "Qzhelped"
    erase(store, key, RetentionKind.BARRIER)
    store.close()
    raw = Path(store.location).read_bytes()
    assert b"Qzbarrier" not in raw
    assert b"Qzhelped" not in raw
    assert b"Cars are parked" in raw
