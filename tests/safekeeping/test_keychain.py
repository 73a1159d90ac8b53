"""What the system's keychain is asked to keep, and what happens where it will not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError
from secretstorage.exceptions import PromptDismissedException

import keychains
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping import keychain

KEY = DeskKey(bytes(range(32)), bytes(range(16)))
OTHER = DeskKey(bytes(32), bytes(16))
FAILS = [
    KeyringLocked("locked"),
    NoKeyringError("none"),
    PromptDismissedException("no"),
    OSError("no bus"),
]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> keychains.MemoryKeychain:
    return keychains.put_in(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "hackney.desk"
    path.write_bytes(KEY.salt + bytes(4080))
    return path


def test_what_is_remembered_is_the_key_and_names_no_desk(kept, desk):
    assert keychain.is_available()
    assert keychain.remembered(desk) is None
    keychain.remember(desk, KEY)
    assert keychain.remembered(desk) == KEY
    assert kept.kept == {("Apprentice Desk", KEY.salt.hex()): KEY.raw.hex()}


def test_a_desk_that_was_moved_is_still_known(kept, desk, tmp_path):
    keychain.remember(desk, KEY)
    moved = desk.rename(tmp_path / "elsewhere.desk")
    assert keychain.remembered(moved) == KEY


@pytest.mark.parametrize("key", [None, KEY], ids=["by the file", "by the key"])
def test_what_is_forgotten_is_gone(kept, desk, key):
    keychain.remember(desk, KEY)
    keychain.forget(desk, key)
    keychain.forget(desk, key)
    assert kept.kept == {}


def test_a_new_passphrase_takes_the_place_of_the_old_one_only_where_that_was_kept(kept, desk):
    assert not keychain.follow(desk, KEY, OTHER)
    assert kept.kept == {}
    keychain.remember(desk, KEY)
    assert keychain.follow(desk, KEY, OTHER)
    assert list(kept.kept.values()) == [OTHER.raw.hex()]
    assert not keychain.follow(desk, OTHER, None)
    assert kept.kept == {}


def test_a_plain_desk_and_a_missing_one_have_no_key(kept, tmp_path):
    plain = tmp_path / "plain.desk"
    plain.write_bytes(b"SQLite format 3\x00" + bytes(80))
    assert keychain.remembered(plain) is None
    assert keychain.remembered(tmp_path / "nowhere.desk") is None
    keychain.forget(plain)


@pytest.mark.parametrize("written", ["", "no key", "00" * 31, "00" * 33, "é" * 64])
def test_what_somebody_else_wrote_there_is_no_key(kept, desk, written):
    kept.kept["Apprentice Desk", KEY.salt.hex()] = written
    assert keychain.remembered(desk) is None


@pytest.mark.parametrize("raised", FAILS, ids=lambda error: type(error).__name__)
def test_a_keychain_that_stays_shut_is_no_crash(kept, desk, raised):
    keychain.remember(desk, KEY)
    kept.raises = raised
    assert keychain.remembered(desk) is None
    with pytest.raises(Problem, match=r"hackney.desk was not remembered: .* did not take it"):
        keychain.remember(desk, KEY)
    keychain.forget(desk)  # what cannot be seen there is not taken out


def test_a_key_that_cannot_be_taken_out_is_told(kept, desk, monkeypatch):
    keychain.remember(desk, KEY)

    def refuses(*_):
        raise PasswordDeleteError("no")

    monkeypatch.setattr(kept, "delete_password", refuses)
    with pytest.raises(Problem, match=r"did not let go of the key of hackney\.desk"):
        keychain.forget(desk)


class _PlainFile(keychains.MemoryKeychain):
    """A keychain that keeps things in a plain file, as some do."""


_PlainFile.__module__ = "keyrings.alt.file"


@pytest.mark.parametrize("found", [fail.Keyring(), null.Keyring(), _PlainFile()], ids=type)
def test_a_keychain_that_keeps_no_secret_is_none(monkeypatch, desk, found):
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    assert not keychain.is_available()
    assert keychain.remembered(desk) is None
    with pytest.raises(Problem, match="this computer has no keychain of its own"):
        keychain.remember(desk, KEY)


def test_of_several_the_one_that_is_the_systems_is_used(monkeypatch, desk):
    ours = keychains.put_in(monkeypatch)
    plain = _PlainFile()
    several = chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, ours])
    monkeypatch.setattr(keyring, "get_keyring", lambda: several)
    keychain.remember(desk, KEY)
    assert plain.kept == {}
    assert keychain.remembered(desk) == KEY


def test_keyring_is_not_imported_before_it_is_needed():
    code = (
        "import sys; from apprentice_desk.safekeeping import keychain;"
        " sys.exit('keyring' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
