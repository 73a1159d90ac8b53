"""The file of a policy: what it sets, and what it comes to where it makes no sense."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from apprentice_desk.policy import Feature, Policy, read

TOP = "C:/srv" if os.name == "nt" else "/srv"
"""A folder that is whole on the system of the tests."""
WHOLE = f"""
contact = "the ICT service desk, extension 1234."

[places]
desks = '{TOP}/desks'
exports = '~/Apprentices'
backups = '{TOP}/backups'

[security]
lock_after_minutes = 15
passphrase_for_new_desks = true
keychain = false

[features]
databases = false
lists = true
placements = false
"""
STRICT = Policy(
    lock_minutes=5, needs_passphrase=True, allows_keychain=False, off=frozenset(Feature)
)


def of(tmp_path: Path, text: str) -> Policy:
    """Return what a file of *text* sets, where it is somebody's own to try out."""
    file = tmp_path / "policy.toml"
    file.write_text(text, "utf-8")
    return read(file, is_the_computers=False)


def test_every_setting_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("USERPROFILE" if os.name == "nt" else "HOME", str(tmp_path))
    assert of(tmp_path, WHOLE) == Policy(
        file=tmp_path / "policy.toml",
        contact="the ICT service desk, extension 1234",
        desks_folder=Path(f"{TOP}/desks"),
        exports_folder=tmp_path / "Apprentices",
        backup_folder=Path(f"{TOP}/backups"),
        lock_minutes=15,
        needs_passphrase=True,
        allows_keychain=False,
        off=frozenset({Feature.DATABASES, Feature.PLACEMENTS}),
    )


def test_an_empty_file_forbids_nothing(tmp_path) -> None:
    assert of(tmp_path, "") == Policy(file=tmp_path / "policy.toml")


@pytest.mark.parametrize(
    "text",
    [
        "[security\nkeychain = true",
        "contact = ",
        '[places]\ndesks = "C:\\users"',
        "x = " + "[" * 20_000,
        "# " + "x" * 70_000,
    ],
)
def test_a_file_that_cannot_be_read_is_as_strict_as_one_can_be(tmp_path, text) -> None:
    found = of(tmp_path, text)
    assert replace(found, file=None, troubles=()) == STRICT
    assert len(found.troubles) == 2


def test_bytes_that_are_no_text_a_folder_and_a_pipe_are_as_strict(tmp_path) -> None:
    latin, folder, pipe = tmp_path / "latin", tmp_path / "folder", tmp_path / "pipe"
    latin.write_bytes("contact = 'Zoë'".encode("latin-1"))
    folder.mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
    for path in (latin, folder, pipe, tmp_path / "gone"):
        assert replace(read(path), file=None, troubles=()) == STRICT


def test_where_it_went_wrong_is_said(tmp_path) -> None:
    first = of(tmp_path, '[places]\ndesks = "\\\\srv\\shared"').troubles[0]
    assert first == (
        "The file is not written as TOML asks: look at line 2 (a folder of Windows stands between"
        " single quotes)."
    )
    assert of(tmp_path, "a = 1\nb =").troubles[0].endswith(("look at line 2.", "ends too early."))


@pytest.mark.parametrize("value", ["0", "-1", "61", '"never"', "true", "7.5"])
def test_locking_is_never_switched_off(tmp_path, value) -> None:
    found = of(tmp_path, f"[security]\nlock_after_minutes = {value}")
    assert found.lock_minutes == 5
    assert "a number of minutes from 1 to 60. It is taken as 5." in found.troubles[0]


@pytest.mark.parametrize(
    ("text", "set_to", "says"),
    [
        ("[security]\nkeychain = 'no'", {"allows_keychain": False}, "taken as false"),
        ("[security]\npassphrase_for_new_desks = 'no'", {"needs_passphrase": True}, "as true"),
        ("[features]\nlists = 1", {"off": frozenset({Feature.LISTS})}, "taken as false"),
        ("[security]\nkeychian = true", {"allows_keychain": False}, "Was security.keychain meant?"),
        ("[features]\ndatabase = true", {"off": frozenset({Feature.DATABASES})}, "Was features."),
        ("[security]\nxyz = 1", {}, "security.xyz is not known to this version."),
        ("[securty]\nkeychain = true",
         {"lock_minutes": 5, "needs_passphrase": True, "allows_keychain": False}, "Was security"),
        ("features = 3", {"off": frozenset(Feature)}, "a line [features] of its own"),
        ("[places]\ndesks = 3", {}, "is a folder, between quotes"),
        ("[places]\nbackups = 'backups'", {}, "is to begin with a drive"),
        (f"[places]\nbackups = '{TOP}/$NOBODYS_VARIABLE/x'", {}, "names $NOBODYS_VARIABLE"),
        ("contact = 3", {}, "contact is text of 120 letters at most"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_taken_at_its_strictest_and_said(
    tmp_path, text, set_to, says
) -> None:
    found = of(tmp_path, text)
    assert replace(found, file=None, troubles=()) == Policy(**set_to)
    assert says in " ".join(found.troubles)


@pytest.mark.skipif(os.name != "posix", reason="Windows guesses where somebody's folder is")
def test_the_folder_of_nobody_is_none(tmp_path) -> None:
    found = of(tmp_path, "[places]\nbackups = '~nobody-at-all/x'")
    assert found.backup_folder is None
    assert "is to begin with a drive" in found.troubles[0]


def test_a_name_that_stands_as_it_should_besides_is_believed(tmp_path) -> None:
    found = of(tmp_path, "[security]\nkeychain = true\nkeychains = true")
    assert found.allows_keychain
    assert len(found.troubles) == 1


def test_a_variable_of_whoever_uses_the_computer_is_filled_in(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TEAM_SHARE", f"{TOP}/team")
    assert of(tmp_path, "[places]\ndesks = '$TEAM_SHARE/desks'").desks_folder == Path(
        f"{TOP}/team/desks"
    )


def test_the_sample_names_every_setting_and_can_be_taken_as_it_is(tmp_path) -> None:
    from apprentice_desk import resources
    from apprentice_desk.policy import reading

    sample = resources.path("policy/policy.toml").read_text("utf-8")
    assert of(tmp_path, sample) == Policy(file=tmp_path / "policy.toml")
    lines = [line.removeprefix("# ") for line in sample.splitlines() if line.startswith("# ")]
    settings = [line for line in lines if " = " in line and " " not in line.partition(" = ")[0]]
    names = [line.partition(" = ")[0] for line in settings]
    known = [name for table in reading.TABLES.values() for name in table]
    assert sorted(names) == sorted(["contact", *known])
    filled = "\n".join(
        line.removeprefix("# ") if line.removeprefix("# ") in settings else line
        for line in sample.splitlines()
    )
    if os.name != "nt":  # where those are no whole folders
        filled = filled.replace(r"'\\fileserver", "'/fileserver").replace("'H:", "'/H:")
    taken = of(tmp_path, filled)
    assert taken.troubles == ()
    assert taken.off == frozenset(Feature)
    assert len(taken.lines()) == len(known)
