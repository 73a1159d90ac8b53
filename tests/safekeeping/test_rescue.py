"""A damaged desk: its newest good backup, what would be missing in it, and restoring it beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.retention import Ground, RetentionKind
from apprentice_desk.records import doors, organisation
from apprentice_desk.records.apprentices import Apprentice
from apprentice_desk.records.keys import DeskKey, derive
from apprentice_desk.records.soundness import readable
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping.backup import make_backup
from apprentice_desk.safekeeping.erasing import Erased, keep_list
from apprentice_desk.safekeeping.rescue import (
    free_place_beside,
    key_with_a_copys_salt,
    look_for_rescue,
    restore,
)
from safekeeping.backing import KEY, NOW, PASSPHRASE, desk_with

PAGE = 4096
DAY = date(2026, 11, 29)


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> DeskKey | None:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def store(key: DeskKey | None, tmp_path: Path, maker: Any) -> Iterator[Store]:
    """A desk with Quentin Zzyzx and one entry; encrypted and plain."""
    with desk_with(tmp_path, maker, key) as opened:
        yield opened


def rename(store: Store, team: str) -> None:
    with store.change(f"Call the team {team}") as session:
        organisation.rename_team(session, team)


def back_up(store: Store, hours: int) -> Path:
    path = Path(store.location)
    return make_backup(path, store.key, NOW + timedelta(hours=hours)).path


def spoil(path: Path, at: int = 2 * PAGE, many: int = PAGE) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * many)


def spoil_table(store: Store, table: str) -> Path:
    path = Path(store.location)
    with closing(doors.open_file(path, "ro", store.key)) as file, file:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        page = int(file.execute(query, (table,)).fetchone()[0])
    store.close()
    spoil(path, (page - 1) * PAGE)
    return path


def test_the_newest_good_backup_is_found_with_what_it_lacks(store: Store) -> None:
    good = back_up(store, 1)
    rename(store, "Second")
    bad = back_up(store, 2)
    rename(store, "Third")
    key, path = store.key, spoil_table(store, "off_the_job_entry")
    spoil(bad)
    before = {each: each.read_bytes() for each in (path, good, bad)}
    found = look_for_rescue(path, key)
    assert found.backup is not None
    assert found.contents is not None
    assert found.backup.path == good
    assert (found.contents.people, found.contents.entries) == (1, 1)
    assert found.bad == (bad,)
    assert found.missing is not None
    assert [line.label for line in found.missing] == [
        "Call the team Second",
        "Call the team Third",
    ]
    assert found.missing_in_words == "2 changes, the first of them “Call the team Second”."
    assert found.readable.people == 1
    assert {each: each.read_bytes() for each in before} == before, "nothing was touched"


def test_a_backup_that_has_everything_lacks_nothing(store: Store) -> None:
    back_up(store, 1)
    key = store.key
    found = look_for_rescue(spoil_table(store, "apprentice"), key)
    assert found.missing == ()
    assert found.missing_in_words.startswith("Nothing:")


def test_where_the_log_cannot_be_read_nobody_says_what_is_missing(store: Store) -> None:
    key = store.key
    back_up(store, 1)
    path = spoil_table(store, "change_log")
    found = look_for_rescue(path, key)
    assert found.backup is not None
    assert found.missing is None
    assert found.missing_in_words.startswith("Whatever was saved after")
    assert found.readable.changed_at is None


def test_without_a_good_backup_it_says_so(store: Store) -> None:
    key = store.key
    only = back_up(store, 1)
    path = Path(store.location)
    store.close()
    spoil(only)
    spoil(path, 0)
    found = look_for_rescue(path, key)
    assert found.backup is None
    assert found.contents is None
    assert found.missing_in_words == ""
    assert not found.is_any_help


def test_a_second_place_is_looked_through_too(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "second"
    place.mkdir()
    copy = make_backup(Path(store.location), store.key, NOW, place=place).path
    key, path = store.key, spoil_table(store, "apprentice")
    assert look_for_rescue(path, key).backup is None
    found = look_for_rescue(path, key, (place,))
    assert found.backup is not None
    assert found.backup.path == copy


def test_the_backup_is_restored_beside_and_opens(store: Store, opens: Callable[..., str]) -> None:
    back_up(store, 1)
    key, path = store.key, spoil_table(store, "apprentice")
    before = path.read_bytes()
    found = look_for_rescue(path, key)
    assert found.backup is not None
    first = restore(found, key, DAY)
    second = restore(found, key, DAY)
    assert first.name == "hackney restored 2026-11-29.desk"
    assert second.name == "hackney restored 2026-11-29 (2).desk"
    assert opens(first, key) == "Apprenticeships"
    assert path.read_bytes() == before


def test_whoever_was_erased_since_does_not_come_back(store: Store) -> None:
    """The list of who was erased lies beside the backups, so the damaged desk is not needed."""
    copy, key = back_up(store, 1), store.key
    quentin = store.read(lambda session: session.scalars(select(Apprentice.id)).one())
    path = spoil_table(store, "apprentice")
    gone = Erased(RetentionKind.APPRENTICE, quentin, NOW, Ground.REQUEST)
    keep_list(copy.parent, [gone])
    restored = restore(look_for_rescue(path, key), key, DAY)
    assert readable(restored, key).people == 0
    assert b"Zzyzx" not in restored.read_bytes()


def test_without_a_good_backup_nothing_is_restored(store: Store) -> None:
    key, path = store.key, spoil_table(store, "apprentice")
    with pytest.raises(Problem, match="no good backup"):
        restore(look_for_rescue(path, key), key, DAY)


@pytest.fixture
def opens() -> Callable[..., str]:
    from apprentice_desk.records.desks import open_store

    def team(path: Path, key: DeskKey | None) -> str:
        store = open_store(path, key=key)
        try:
            return store.read(organisation.organisation_row).team
        finally:
            store.close()

    return team


def test_looking_can_be_stopped(store: Store) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        look_for_rescue(Path(store.location), store.key, (), progress)


def test_copies_under_another_passphrase_are_named(tmp_path: Path, maker: Any) -> None:
    with desk_with(tmp_path, maker, KEY) as store:
        copy = back_up(store, 1)
        path = Path(store.location)
    other = derive("another passphrase", b"another sixteen.")
    found = look_for_rescue(path, other)
    assert found.backup is None
    assert found.sealed == (copy,)
    assert found.is_any_help


def test_a_backups_salt_tells_a_damaged_beginning_from_a_wrong_passphrase(
    tmp_path: Path, maker: Any
) -> None:
    """The passphrase gives a key with 16 bytes of the file; damaged, nothing fits any more."""
    with desk_with(tmp_path, maker, KEY) as store:
        back_up(store, 1)
        path = Path(store.location)
    assert key_with_a_copys_salt(path, PASSPHRASE) is None, "its own salt is sound"
    spoil(path, 0, 16)
    assert key_with_a_copys_salt(path, "a wrong one") is None
    assert key_with_a_copys_salt(path, PASSPHRASE) == KEY
    assert key_with_a_copys_salt(path.with_name("gone.desk"), PASSPHRASE) is None


def test_the_clock_on_the_wall_names_the_backup(tmp_path: Path) -> None:
    assert free_place_beside(tmp_path / "a.desk", datetime(2026, 1, 2, tzinfo=UTC).date()).name == (
        "a restored 2026-01-02.desk"
    )
