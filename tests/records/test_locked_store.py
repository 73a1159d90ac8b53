"""A store that is locked, unlocked and given another key while it is open."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.gate import DeskLocked, Gate
from apprentice_desk.records.holding import DeskInUse
from apprentice_desk.records.keys import WrongPassphrase, fresh_key
from apprentice_desk.records.organisation import organisation_row, rename_team
from apprentice_desk.records.store import Store
from conftest import begin


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hackney.desk"


@pytest.fixture
def store(path: Path) -> Any:
    made = create_store(path, person="Tess Ter", key=fresh_key("copper lantern meadow"))
    begin(made)
    yield made
    made.close()


def test_behind_the_lock_nothing_is_read_or_changed_and_the_hold_stays(
    store: Store, path: Path
) -> None:
    key = store.key
    assert key is not None
    store.lock()
    store.lock()  # a second time does nothing
    assert store.is_locked
    assert store.key is None
    with pytest.raises(DeskLocked):
        store.read(organisation_row)
    with pytest.raises(DeskLocked), store.change("Behind the lock") as session:
        rename_team(session, "Nobody")
    with pytest.raises(DeskInUse):
        open_store(path, key=key)
    store.unlock(key)
    assert store.read(organisation_row).team == "Digital"
    with store.change("After the lock") as session:
        rename_team(session, "Everybody")
    assert store.read(organisation_row).team == "Everybody"


def test_another_key_leaves_it_locked(store: Store) -> None:
    key = store.key
    assert key is not None
    store.lock()
    with pytest.raises(WrongPassphrase):
        store.unlock(fresh_key("granite willow harbour"))
    assert store.is_locked
    with pytest.raises(DeskLocked):
        store.read(organisation_row)
    store.unlock(key)
    assert store.read(organisation_row).team == "Digital"


def test_a_plain_desk_is_not_locked(tmp_path: Path) -> None:
    plain = create_store(tmp_path / "plain.desk")
    with pytest.raises(ValueError, match="without a passphrase"):
        plain.lock()
    plain.close()


def test_a_lock_waits_for_reads_and_one_within_a_read_waits_for_nobody(store: Store) -> None:
    inside, goes_on = threading.Event(), threading.Event()
    read: list[str] = []

    def slowly(session: Any) -> None:
        inside.set()
        goes_on.wait(60)
        read.append(store.read(organisation_row).name)

    reader = threading.Thread(target=store.read, args=(slowly,))
    reader.start()
    assert inside.wait(60)
    assert store.is_used
    locker = threading.Thread(target=store.lock)
    locker.start()
    time.sleep(0.1)
    assert not store.is_locked
    goes_on.set()
    reader.join(60)
    locker.join(60)
    assert read == ["Exampleton"]
    assert store.is_locked


def test_while_the_file_is_exchanged_readers_wait_and_then_read(store: Store) -> None:
    key = store.key
    began, goes_on = threading.Event(), threading.Event()
    read: list[str] = []

    def convert() -> Any:
        began.set()
        goes_on.wait(60)
        return key

    exchanger = threading.Thread(target=store.exchange, args=(convert,))
    exchanger.start()
    assert began.wait(60)
    reader = threading.Thread(target=lambda: read.append(store.read(organisation_row).name))
    reader.start()
    time.sleep(0.1)
    assert read == []
    goes_on.set()
    exchanger.join(60)
    reader.join(60)
    assert read == ["Exampleton"]


def test_an_exchange_that_fails_goes_on_with_the_key_that_there_was(store: Store) -> None:
    def convert() -> Any:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        store.exchange(convert)
    assert store.read(organisation_row).team == "Digital"


def test_nobody_shuts_the_gate_from_inside() -> None:
    gate = Gate("hackney.desk")
    with gate.passing(), pytest.raises(RuntimeError), gate.shut():
        pass
    with gate.shut():
        gate.lock()
    with pytest.raises(DeskLocked), gate.passing():
        pass
    assert gate.has_refused
