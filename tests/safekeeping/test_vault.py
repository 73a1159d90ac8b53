"""A passphrase given, changed and taken away: seen by another program, and broken off."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing, nullcontext
from pathlib import Path

import apsw
import pytest

from apprentice_desk import drafts, private_files
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.recovery_codes import WrongRecoveryCode
from apprentice_desk.records import organisation, sealing
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase
from apprentice_desk.records.marks import APPLICATION_ID
from apprentice_desk.records.sealing import seal_of
from apprentice_desk.records.soundness import is_key_of_first_page
from apprentice_desk.safekeeping import recrypting, vault

WORDS = "three brown horses"
OTHERS = "a kettle on the roof"
NAME = "Zephyrine"
DRAFT = drafts.Draft("a", "Edit", "priya", "2026-11-24T09:12:00+00:00", {"name": NAME}, {})
TEAM = f"{NAME} and others"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain desk with a name in it that is nowhere else."""
    path = tmp_path_factory.mktemp("made") / "hackney.desk"
    store = create_store(path, person=NAME)
    with store.change("Begin the desk") as session:
        organisation.begin(
            session, code="EXA", name="Exampleton", letters="EX", team=TEAM, is_sample=False
        )
    store.close()
    return path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "hackney.desk"
    shutil.copy(made, path)
    return path


@pytest.fixture(scope="module")
def key() -> DeskKey:
    return vault.fresh_key(WORDS)


@pytest.fixture(scope="module")
def other_key() -> DeskKey:
    return vault.fresh_key(OTHERS)


def is_readable(path: Path, key: DeskKey | None) -> bool:
    """Whether the desk opens with *key* and says whose it is."""
    store = open_store(path, key=key)
    try:
        return store.read(organisation.organisation_row).team == TEAM
    finally:
        store.close()


def copy_named(desk: Path, name: str) -> Path:
    path = desk.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(desk, path)
    return path


# --- there and back -----------------------------------------------------------------------------


def test_a_protected_desk_opens_with_its_passphrase_and_shows_nothing_without(desk, key):
    before = desk.read_bytes()
    assert NAME.encode() in before
    protected = vault.protect(desk, None, key)
    after = desk.read_bytes()
    assert NAME.encode() not in after
    assert not after.startswith(b"SQLite")
    assert protected.key == key
    assert protected.rows > 0
    assert protected.left == ()
    assert vault.is_protected(desk)
    assert vault.key_for(desk, WORDS) == key
    assert is_readable(desk, key)
    with pytest.raises(NeedsPassphrase):
        open_store(desk)
    with pytest.raises(WrongPassphrase):
        vault.key_for(desk, WORDS + " ")


def test_what_is_in_the_desk_is_the_same_to_the_byte_after_there_and_back(desk, key, other_key):
    with closing(sqlite3.connect(desk)) as file:
        before = list(file.iterdump())
    vault.protect(desk, None, key)
    vault.protect(desk, key, other_key)
    with pytest.raises(WrongPassphrase):
        vault.key_for(desk, WORDS)
    vault.protect(desk, other_key, None)
    with closing(sqlite3.connect(desk)) as file:
        assert list(file.iterdump()) == before
        assert file.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert is_readable(desk, None)


def test_a_wrong_key_changes_nothing(desk, key, other_key):
    vault.protect(desk, None, key)
    before = desk.read_bytes()
    for wrong, raised in ((other_key, WrongPassphrase), (None, NeedsPassphrase)):
        with pytest.raises(raised):
            vault.protect(desk, wrong, vault.fresh_key("anything at all"))
    with pytest.raises(Problem, match="has this passphrase already"):
        vault.protect(desk, key, key)
    assert desk.read_bytes() == before
    assert [path.name for path in desk.parent.iterdir()] == [desk.name]


def test_a_desk_without_a_passphrase_says_so(desk):
    with pytest.raises(Problem, match=r"hackney.desk has no passphrase. Open it without one."):
        vault.key_for(desk, WORDS)


def test_the_first_page_tells_the_right_key_from_any_other(desk, key, other_key, monkeypatch):
    vault.protect(desk, None, key)
    assert is_key_of_first_page(desk, key)
    assert not is_key_of_first_page(desk, other_key)
    assert not is_key_of_first_page(desk, DeskKey(key.raw, other_key.salt))
    assert not is_key_of_first_page(desk, DeskKey(other_key.raw, key.salt))

    def opened(*_: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(vault, "prove", opened)
    assert vault.key_for(desk, WORDS) == key
    with pytest.raises(AssertionError, match="the file was opened"):  # before it is called wrong
        vault.key_for(desk, OTHERS)


def test_a_file_whose_first_page_was_half_written_is_put_right_and_opens(desk, key):
    """A program was killed while it wrote the first page: the journal has it as it was."""
    vault.protect(desk, None, key)
    killed = [sys.executable, "-c", _KILLED, str(desk), key.raw.hex(), key.salt.hex()]
    assert abs(subprocess.run(killed, check=False).returncode) == 9  # on Windows it is no signal
    with desk.open("rb+") as file:
        file.seek(1000)
        file.write(bytes(2000))
    assert not is_key_of_first_page(desk, key)
    assert vault.key_for(desk, WORDS) == key
    assert is_readable(desk, key)


_KILLED = """
import os, sys
from pathlib import Path
from apprentice_desk.records.doors import open_file
from apprentice_desk.records.keys import DeskKey
desk, raw, salt = sys.argv[1:]
file = open_file(Path(desk), "rw", DeskKey(bytes.fromhex(raw), bytes.fromhex(salt)),
    isolation_level=None)
file.execute("PRAGMA cache_size = 1")
file.execute("BEGIN IMMEDIATE")
file.execute("PRAGMA user_version = 7")
file.execute("CREATE TABLE spilt AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
    " FROM n WHERE i < 20000) SELECT i, hex(randomblob(200)) FROM n")
os.kill(os.getpid(), 9)
"""


# --- another implementation ---------------------------------------------------------------------


def with_another_program(path: Path, passphrase: str) -> apsw.Connection:
    """Open *path* with SQLite3 Multiple Ciphers, told of the format and the passphrase alone."""
    file = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    file.pragma("cipher", "sqlcipher")
    file.pragma("legacy", 4)
    file.pragma("key", passphrase)
    return file


def test_another_implementation_opens_it_with_the_passphrase_alone(desk, key):
    vault.protect(desk, None, key)
    with closing(with_another_program(desk, WORDS)) as file:
        names = file.execute("SELECT team FROM organisation").fetchall()
        assert names == [(TEAM,)]
        assert file.pragma("integrity_check") == "ok"


@pytest.mark.parametrize("passphrase", ["", "three brown horse", "Three brown horses", WORDS * 2])
def test_another_implementation_opens_it_with_no_other(desk, key, passphrase):
    vault.protect(desk, None, key)
    with (
        closing(with_another_program(desk, passphrase)) as file,
        pytest.raises(apsw.NotADBError),
    ):
        file.execute("SELECT name FROM organisation").fetchall()


def test_what_another_implementation_wrote_is_read_here(desk, key):
    vault.protect(desk, None, key)
    with closing(with_another_program(desk, WORDS)) as file:
        file.execute("CREATE TABLE theirs AS SELECT 'from outside' AS said")
    store = open_store(desk, key=key)
    store.close()
    with closing(vault.open_file(desk, "ro", key)) as file:
        assert file.execute("SELECT said FROM theirs").fetchall() == [("from outside",)]


# --- broken off ---------------------------------------------------------------------------------


class _Killed(BaseException):
    """What no handler of ours catches: stands for the program's end."""


_STEPS = ("unlink", "make", "_export", "_check", "copymode", "_to_disk", "put_in_place")


def _break_at(monkeypatch: pytest.MonkeyPatch, name: str, raised: BaseException) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise raised

    owner = {
        "unlink": Path, "make": private_files, "copymode": shutil, "settle_name": sealing,
        "write_over": sealing,
    }.get(name, recrypting)  # fmt: skip
    monkeypatch.setattr(owner, name, fail)


@pytest.mark.parametrize("name", _STEPS)
@pytest.mark.parametrize("way", ["to", "from"])
def test_an_end_at_any_step_leaves_one_good_desk(desk, key, monkeypatch, name, way):
    if way == "from":
        vault.protect(desk, None, key)
    old, new = (None, key) if way == "to" else (key, None)
    before = desk.read_bytes()
    with monkeypatch.context() as patch:
        _break_at(patch, name, _Killed())
        with pytest.raises(_Killed):
            vault.protect(desk, old, new)
    assert desk.read_bytes() == before
    assert is_readable(desk, old)
    vault.protect(desk, old, new)
    assert is_readable(desk, new)
    assert [path.name for path in desk.parent.iterdir()] == [desk.name]


@pytest.mark.parametrize("name", ["settle_name", "write_over"])
def test_an_end_after_the_move_leaves_the_new_desk(desk, key, monkeypatch, name):
    with monkeypatch.context() as patch:
        _break_at(patch, name, _Killed())
        with pytest.raises(_Killed):
            vault.protect(desk, None, key)
    assert is_readable(desk, key)


def test_a_full_disk_is_said_and_leaves_the_desk(desk, key, monkeypatch):
    before = desk.read_bytes()
    with monkeypatch.context() as patch:
        _break_at(patch, "_to_disk", OSError(28, "No space left on device"))
        with pytest.raises(Problem, match=r"No space left on device\). It is as it was"):
            vault.protect(desk, None, key)
    assert desk.read_bytes() == before
    assert [path.name for path in desk.parent.iterdir()] == [desk.name]


def test_what_does_not_match_is_not_put_in_place(desk, key, monkeypatch):
    honest = recrypting._counts

    def one_short(file: object, name: str) -> dict[str, int]:
        counts = honest(file, name)
        return counts | {"change_log": counts["change_log"] - (name == "main")}

    before = desk.read_bytes()
    monkeypatch.setattr(recrypting, "_counts", one_short)
    with pytest.raises(Problem, match="what was written does not match it"):
        vault.protect(desk, None, key)
    assert desk.read_bytes() == before


class _StopsAt(Progress):
    """Asked to stop at its step number *at*."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def step(self, done: int, total: int | None, doing: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.stop()
        super().step(done, total, doing)


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_stop_before_the_move_leaves_everything(desk, key, at):
    before = desk.read_bytes()
    with pytest.raises(Cancelled):
        vault.protect(desk, None, key, _StopsAt(at))
    assert desk.read_bytes() == before
    assert [path.name for path in desk.parent.iterdir()] == [desk.name]


def test_stop_among_the_copies_tells_which_are_left(desk, key):
    copy = copy_named(desk, "hackney backups/hackney 2026-11-24 0914.desk")
    protected = vault.protect(desk, None, key, _StopsAt(5))
    assert is_readable(desk, key)
    assert [(one.path, one.why) for one in protected.left] == [
        (copy, "you stopped before it was done")
    ]
    assert is_readable(copy, None)


_WRITER = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("BEGIN IMMEDIATE")
print("writing", flush=True)
sys.stdin.read()
"""


def test_a_desk_that_somebody_writes_to_is_left(desk, key, monkeypatch):
    monkeypatch.setattr("apprentice_desk.records.doors.WAIT_SECONDS", 0.1)
    other = subprocess.Popen(  # within one program, two drivers do not see each other's locks
        [sys.executable, "-c", _WRITER, str(desk)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdin is not None
    assert other.stdout is not None
    with other, other.stdin:
        assert other.stdout.readline().strip() == b"writing"
        with pytest.raises(Problem, match="somebody else has it open"):
            vault.protect(desk, None, key)
    assert is_readable(desk, None)


# --- copies and traces --------------------------------------------------------------------------


def test_copies_get_the_key_too_and_other_desks_do_not(desk, key, other_key, tmp_path):
    away = tmp_path / "stick"
    ours = [
        copy_named(desk, "hackney before format 0013 (was 0012).desk"),
        copy_named(desk, "hackney backups/hackney 2026-11-24 0914.desk"),
        copy_named(desk, "stick/hackney backups/hackney 2026-11-24 0915.desk"),
    ]
    theirs = [
        copy_named(desk, "hackney schools.desk"),
        copy_named(desk, "hackney backups/mine.desk"),
        copy_named(desk, "stick/hackney backups/hackney schools 2026-11-24 0915.desk"),
    ]
    protected = vault.protect(desk, None, key, places=[away])
    assert sorted(protected.copies) == sorted(ours)
    assert all(is_readable(path, key) for path in ours)
    assert all(is_readable(path, None) for path in theirs)
    again = vault.protect(desk, key, other_key, places=[away])
    assert sorted(again.copies) == sorted(ours)
    vault.protect(ours[1], other_key, key)
    last = vault.protect(desk, other_key, None, places=[away])
    assert [(one.path, one.why) for one in last.left] == [(ours[1], "it has an earlier passphrase")]


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("way", ["to", "on", "from"])
def test_half_done_forms_get_the_key_with_the_desk(desk, key, other_key, monkeypatch, way, is_done):
    old, new = {"to": (None, key), "on": (key, other_key), "from": (key, None)}[way]
    if old is not None:
        vault.protect(desk, None, old)
    place = drafts.place_for(str(desk))
    kept = drafts.Drafts(place, "priya", seal_of(old))
    kept.keep(DRAFT)
    kept.close()
    if not is_done:
        _break_at(monkeypatch, "_to_disk", _Killed())
    with nullcontext() if is_done else pytest.raises(_Killed):
        vault.protect(desk, old, new)
    monkeypatch.undo()
    now = new if is_done else old
    assert drafts.Drafts(place, "priya", seal_of(now)).waiting() == (DRAFT,)
    assert (NAME.encode() in place.read_bytes()) is (now is None)
    assert sorted(path.name for path in desk.parent.iterdir()) == [desk.name, place.name]


def test_the_journal_of_a_killed_program_does_not_stay_beside_the_new_file(desk, key):
    journal = desk.with_name(desk.name + "-journal")
    journal.write_bytes(bytes(512) + NAME.encode())
    vault.protect(desk, None, key)
    assert not journal.exists()
    assert is_readable(desk, key)


def test_a_journal_that_somebody_needs_to_go_back_is_left(desk):
    journal = desk.with_name(desk.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9 and more")
    with pytest.raises(Problem, match="somebody else is writing to it"):
        recrypting._drop_dead_journal(desk)
    assert journal.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file keeps its place")
def test_the_old_bytes_are_written_over(desk, key):
    with desk.open("rb") as old:
        protected = vault.protect(desk, None, key)
        assert protected.is_overwritten
        old.seek(0)
        assert NAME.encode() not in old.read()


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file keeps its place")
def test_a_copy_that_is_a_second_name_of_the_file_is_left_whole(desk, key):
    linked = desk.with_name("kept by another program")
    os.link(desk, linked)
    before = linked.read_bytes()
    protected = vault.protect(desk, None, key)
    assert not protected.is_overwritten
    assert linked.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder says who may read")
def test_whoever_could_read_the_desk_still_can_and_a_link_stays_one(desk, key):
    desk.chmod(0o660)
    link = desk.with_name("link.desk")
    link.symlink_to(desk)
    vault.protect(link, None, key)
    assert link.is_symlink()
    assert stat.S_IMODE(desk.stat().st_mode) == 0o660
    assert is_readable(desk, key)


# --- the recovery code --------------------------------------------------------------------------


def test_the_recovery_code_opens_the_desk_until_it_gets_another_passphrase(desk, key, other_key):
    vault.protect(desk, None, key)
    code = vault.recovery_code(key)
    assert vault.key_by_recovery(desk, code) == key
    assert vault.key_by_recovery(desk, code.lower().replace(" ", "")) == key
    vault.protect(desk, key, other_key)
    with pytest.raises(WrongRecoveryCode, match=r"does not open hackney\.desk"):
        vault.key_by_recovery(desk, code)


def test_a_recovery_code_with_the_salt_of_the_desk_and_another_key_does_not_open_it(desk, key):
    vault.protect(desk, None, key)
    with pytest.raises(WrongRecoveryCode, match=r"does not open hackney\.desk"):
        vault.key_by_recovery(desk, vault.recovery_code(DeskKey(bytes(32), key.salt)))


def test_a_key_shows_itself_to_nobody(key):
    assert key.raw.hex() not in repr(key)
    assert key.raw.hex() not in f"{vault.Protected(Path('x'), key, 1, 1, True, (), ())}"


# --- killed in earnest --------------------------------------------------------------------------

_CHANGES_KEYS = """
import itertools, sys
from pathlib import Path
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping import vault

desk = Path(sys.argv[1])
keys = [None, *(DeskKey(bytes.fromhex(one[:64]), bytes.fromhex(one[64:])) for one in sys.argv[2:])]
salts = [None, *(key.salt for key in keys[1:])]
now = salts.index(vault.salt_of(desk))
print("begins", flush=True)
for turn in itertools.count(now):
    vault.protect(desk, keys[turn % 3], keys[(turn + 1) % 3])
    print("changed", flush=True)
"""


def test_a_program_killed_while_keys_change_leaves_a_whole_desk_and_draft(desk, key, other_key):
    place = drafts.place_for(str(desk))
    kept = drafts.Drafts(place, "priya")
    kept.keep(DRAFT)
    kept.close()
    words = [one.raw.hex() + one.salt.hex() for one in (key, other_key)]
    by_salt = {None: None, key.salt: key, other_key.salt: other_key}
    ends, took = set(), 0.03
    for turn in range(8):
        running = subprocess.Popen(
            [sys.executable, "-c", _CHANGES_KEYS, str(desk), *words], stdout=subprocess.PIPE
        )
        with running:
            assert running.stdout is not None
            try:
                assert running.stdout.readline().strip() == b"begins"
                for _change in range(turn % 3):
                    began = time.monotonic()
                    assert running.stdout.readline().strip() == b"changed"
                    took = time.monotonic() - began
                time.sleep(took * turn / 8)  # in the middle of the next, however fast this is
            finally:
                running.kill()
        now = by_salt[vault.salt_of(desk)]
        ends.add(now)
        assert is_readable(desk, now)
        again = drafts.Drafts(place, "priya", seal_of(now))
        again.close()
        assert again.waiting() == (DRAFT,)
    assert len(ends) > 1, "it was always killed at the same place"
