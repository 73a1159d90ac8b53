"""Who may write a policy decides what of it is believed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apprentice_desk.policy import Feature, read
from apprentice_desk.policy.guarded import Right, is_guarded, only_trusted

TEXT = """
contact = "me"

[places]
backups = '/srv/mallory/theirs'

[security]
keychain = false

[features]
lists = false
"""
ADMINS, SYSTEM, USERS, PERSON = "S-1-5-32-544", "S-1-5-18", "S-1-5-32-545", "S-1-5-21-1-2-3-1001"
READS, WRITES, ALL = 0x1200A9, 0x2, 0x1F01FF
on_posix = pytest.mark.skipif(os.name != "posix", reason="there are no such rights")
needs_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root can make a file that is root's"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "policy.toml"
    made.write_text(TEXT, "utf-8")
    made.chmod(0o644)
    return made


@needs_root
def test_a_file_of_roots_alone_is_believed(file) -> None:
    assert is_guarded(file)
    found = read(file)
    assert (found.backup_folder, found.contact) == (Path("/srv/mallory/theirs"), "me")
    assert found.troubles == ()


@needs_root
@pytest.mark.parametrize("how", ["others", "group", "owner", "folder", "link"])
def test_no_folder_is_taken_from_a_file_that_others_may_write(file, tmp_path, how) -> None:
    if how == "others":
        file.chmod(0o646)
    elif how == "group":
        file.chmod(0o664)
        os.chown(file, 0, 1000)
    elif how == "owner":
        os.chown(file, 1000, 0)
    elif how == "folder":
        tmp_path.chmod(0o777)
    else:
        kept = file.rename(tmp_path / "kept.toml")
        kept.chmod(0o646)
        file.symlink_to(kept)
    found = read(file)
    assert (found.backup_folder, found.contact) == (None, "")
    assert "Others than administrators may write this file" in found.troubles[0]
    assert not found.allows_keychain, "what it forbids holds"
    assert found.off == {Feature.LISTS}


@needs_root
def test_a_sticky_folder_and_the_systems_own_group_are_no_danger(file, tmp_path) -> None:
    tmp_path.chmod(0o1777)
    file.chmod(0o664)
    assert is_guarded(file)


@on_posix
def test_a_file_of_an_ordinary_person_is_not_believed(file) -> None:
    if os.geteuid() == 0:
        os.chown(file, 1000, 1000)
    assert not is_guarded(file)


@pytest.mark.skipif(os.name != "nt", reason="asks Windows")
def test_windows_is_asked_who_may_write(file) -> None:
    from apprentice_desk.policy import guarded

    owner, found = guarded._rights_of(file)
    assert owner.startswith("S-1-")
    assert found is None or all(each.whose.startswith("S-1-") for each in found)
    assert isinstance(is_guarded(file), bool)


def rights(*others: Right) -> list[Right]:
    return [
        Right(0, 0, ALL, SYSTEM),
        Right(0, 0x10, ALL, ADMINS),
        Right(0, 0, READS, USERS),
        *others,
    ]


@pytest.mark.parametrize(
    ("owner", "found", "is_folder", "is_trusted"),
    [
        (ADMINS, rights(), False, True),
        (SYSTEM, rights(), False, True),
        ("S-1-5-21-1-2-3-512", rights(), False, True),
        (PERSON, rights(), False, False),
        ("S-1-5-21-1-2-3-5120", rights(), False, False),
        (ADMINS, None, False, False),
        (ADMINS, rights(Right(0, 0, WRITES, USERS)), False, False),
        (ADMINS, rights(Right(0, 0, 0x1_0000, PERSON)), False, False),
        (ADMINS, rights(Right(0, 0, 0x4_0000, PERSON)), False, False),
        (ADMINS, rights(Right(0, 0x08, ALL, "S-1-3-0")), False, True),
        (ADMINS, rights(Right(1, 0, WRITES, USERS)), False, True),
        (ADMINS, rights(Right(9, 0, READS, "")), False, False),
        # Windows lets everybody put something new into the folder, and each owns what is theirs.
        (ADMINS, rights(Right(0, 0, 0x2 | 0x4, USERS)), True, True),
        (ADMINS, rights(Right(0, 0, 0x40, USERS)), True, False),
        (PERSON, rights(), True, False),
    ],
)
def test_windows_rights_are_read_as_they_are_meant(owner, found, is_folder, is_trusted) -> None:
    assert only_trusted(owner, found, is_folder=is_folder) is is_trusted
