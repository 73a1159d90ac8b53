"""A damaged file of a desk: told from a wrong passphrase, named, checked, and never touched."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Cancelled, Damaged, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records import doors, organisation, soundness
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.keys import (
    DeskKey,
    NeedsPassphrase,
    WrongPassphrase,
    derive,
    fresh_key,
)
from apprentice_desk.records.leaving import left_rows
from apprentice_desk.records.soundness import check, readable
from locked import is_locked_for_others

PAGE = 4096


@pytest.fixture(scope="module")
def key() -> DeskKey:
    return fresh_key("marmalade on toast")


@pytest.fixture
def plain(empty_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_desk, tmp_path / "hackney.desk"))


@pytest.fixture
def encrypted(tmp_path: Path, key: DeskKey) -> Path:
    path = tmp_path / "hackney.desk"
    create_store(path, key=key).close()
    return path


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def tables_page(path: Path, table: str) -> int:
    with closing(doors.open_file(path, "ro")) as file, file:
        page = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        return int(page.fetchone()[0])


# --- on opening -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "why"),
    [
        (0, "It is empty."),
        (50, "It is cut short: only 50 bytes are there."),
        (20_000, "It is cut short: 20 KB of"),
    ],
)
def test_a_file_that_is_cut_short_says_so(plain: Path, size: int, why: str) -> None:
    with plain.open("r+b") as file:
        file.truncate(size)
    before = plain.read_bytes()
    with pytest.raises(Damaged) as caught:
        open_store(plain)
    assert why in caught.value.what
    assert caught.value.path == plain
    assert plain.read_bytes() == before
    assert list(plain.parent.iterdir()) == [plain]


def test_a_beginning_of_zeros_is_damage_and_no_passphrase(plain: Path) -> None:
    """What a synced folder leaves where a file was not yet brought down."""
    overwrite(plain, 0, bytes(PAGE))
    with pytest.raises(Damaged, match="Its beginning is empty"):
        open_store(plain)


def test_a_page_of_tables_that_is_not_as_it_was_written_is_damage(plain: Path) -> None:
    overwrite(plain, 100, b"\xff" * 200)
    with pytest.raises(Damaged, match="Parts of it are not as they were written"):
        open_store(plain)


def test_damage_that_is_met_while_opening_is_named_as_such(plain: Path) -> None:
    page = tables_page(plain, "alembic_version")
    overwrite(plain, (page - 1) * PAGE, b"\xff" * PAGE)
    with pytest.raises(Damaged, match="could not be opened") as caught:
        open_store(plain)
    assert caught.value.path == plain
    assert not plain.with_name("hackney.desk.lock").exists()


def test_damage_that_is_met_while_reading_names_the_file(plain: Path) -> None:
    store = open_store(plain)
    page = tables_page(plain, "organisation")
    overwrite(plain, (page - 1) * PAGE, b"\xff" * PAGE)
    with pytest.raises(Damaged) as caught:
        store.read(organisation.organisation_row)
    assert str(caught.value.path) == store.location
    store.close()


# --- damaged, or the wrong passphrase -------------------------------------------------------------


def test_a_wrong_passphrase_is_no_damage(encrypted: Path) -> None:
    with pytest.raises(NeedsPassphrase):
        open_store(encrypted)
    salt = encrypted.read_bytes()[:16]
    with pytest.raises(WrongPassphrase):
        open_store(encrypted, key=derive("something else", salt))


def test_with_the_right_passphrase_a_damaged_beginning_is_damage(
    encrypted: Path, key: DeskKey
) -> None:
    """The first page is all that a passphrase is tried on; the pages after it know better."""
    overwrite(encrypted, 1_000, b"damage")
    before = encrypted.read_bytes()
    with pytest.raises(Damaged, match="Its passphrase is right, but the beginning"):
        open_store(encrypted, key=key)
    with pytest.raises(WrongPassphrase):
        open_store(encrypted, key=derive("something else", key.salt))
    assert encrypted.read_bytes() == before


def test_where_the_salt_is_damaged_the_key_itself_still_opens_the_file(
    encrypted: Path, key: DeskKey
) -> None:
    """A recovery sheet has the salt, and so has a backup; what the passphrase gives has not."""
    overwrite(encrypted, 0, b"damage")
    damaged_salt = encrypted.read_bytes()[:16]
    wrong = derive("marmalade on toast", damaged_salt)
    with pytest.raises(WrongPassphrase):
        open_store(encrypted, key=wrong)
    assert not soundness.is_key_of_later_pages(encrypted, wrong)
    assert soundness.is_key_of_later_pages(encrypted, derive("marmalade on toast", key.salt))
    open_store(encrypted, key=key).close()


def test_an_encrypted_file_that_is_cut_short_in_the_middle_of_a_page_is_damage(
    encrypted: Path,
) -> None:
    with encrypted.open("r+b") as file:
        file.truncate(encrypted.stat().st_size - 100)
    with pytest.raises(Damaged):
        open_store(encrypted)


def test_bytes_that_look_like_chance_may_be_an_encrypted_desk(tmp_path: Path) -> None:
    path = tmp_path / "a.desk"
    path.write_bytes(random.Random(3).randbytes(2 * PAGE))
    assert soundness.looks_encrypted(path)
    path.write_bytes(b"Given names;Family name\n" * 1024)  # a whole number of pages as well
    assert path.stat().st_size % PAGE == 0
    assert not soundness.looks_encrypted(path)
    assert not soundness.looks_encrypted(tmp_path / "gone.desk")


def test_keys_of_files_that_are_gone_or_short_say_nothing(tmp_path: Path, key: DeskKey) -> None:
    assert not soundness.is_key_of_later_pages(tmp_path / "gone.desk", key)
    short = tmp_path / "short.desk"
    short.write_bytes(key.salt)
    assert not soundness.is_key_of_later_pages(short, key)
    chance = tmp_path / "chance.desk"
    chance.write_bytes(key.salt + random.Random(3).randbytes(40 * PAGE))
    assert not soundness.is_key_of_later_pages(chance, key)
    assert soundness.explain(tmp_path / "gone.desk") == ""


# --- the check after opening ----------------------------------------------------------------------


@pytest.mark.parametrize("whole", [soundness.WHOLE_BYTES, 0])
def test_a_sound_file_passes_its_check(
    plain: Path, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(soundness, "WHOLE_BYTES", whole)
    check(plain, None)


@pytest.mark.parametrize("whole", [soundness.WHOLE_BYTES, 0])
def test_a_page_that_is_wrong_is_found_at_any_size(
    plain: Path, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(soundness, "WHOLE_BYTES", whole)
    page = tables_page(plain, "off_the_job_entry")
    overwrite(plain, (page - 1) * PAGE, b"\xff" * PAGE)
    open_store(plain).close()  # nobody noticed
    before = plain.read_bytes()
    with pytest.raises(Damaged, match="Its check met parts"):
        check(plain, None)
    assert plain.read_bytes() == before


def test_a_seal_that_does_not_fit_is_found(encrypted: Path, key: DeskKey) -> None:
    check(encrypted, key)
    overwrite(encrypted, 6 * PAGE + 99, b"damage")
    with pytest.raises(Damaged):
        check(encrypted, key)


def test_a_file_that_is_gone_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="could not be checked") as caught:
        check(tmp_path / "gone.desk", None)
    assert not isinstance(caught.value, Damaged)


def test_a_check_can_be_stopped(plain: Path) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        check(plain, None, progress)


def test_checking_an_open_desk_lets_go_of_no_lock(plain: Path) -> None:
    store = open_store(plain)
    with store.change("Call the team Other") as session:
        organisation.rename_team(session, "Other")
        session.flush()
        check(plain, None)
        assert is_locked_for_others(plain)
    assert not is_locked_for_others(plain)
    store.close()


# --- what can still be read -----------------------------------------------------------------------


def test_what_is_in_sound_pages_can_still_be_read(plain: Path) -> None:
    page = tables_page(plain, "off_the_job_entry")
    overwrite(plain, (page - 1) * PAGE, b"\xff" * PAGE)
    found = readable(plain, None)
    assert found.people == 0
    assert found.entries is None or found.entries == 0  # an index may know
    assert found.changed_at is not None
    assert found.is_any


def test_nothing_can_be_read_where_the_beginning_is_gone(plain: Path) -> None:
    overwrite(plain, 0, bytes(PAGE))
    assert not readable(plain, None).is_any
    assert not readable(plain.with_name("gone.desk"), None).is_any


def test_whoever_looks_after_a_desk_hears_of_damage_that_a_read_meets(plain: Path) -> None:
    page = tables_page(plain, "left_file")
    overwrite(plain, (page - 1) * PAGE, b"\xff" * PAGE)
    heard: list[Damaged] = []
    with closing(open_store(plain)) as store:
        store.listen_for_damage(lambda damaged: heard.append(damaged))
        unlisten = store.listen_for_damage(lambda _damaged: pytest.fail("it listens no more"))
        unlisten()
        unlisten()
        store.read(organisation.organisation_row)
        assert heard == [], "what is not read is not met"
        with pytest.raises(Damaged) as caught:
            store.read(left_rows)
        assert heard == [caught.value]
