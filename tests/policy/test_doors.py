"""What is switched off is off at the door, whoever comes to it: the window or the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import keychains
from apprentice_desk import resources
from apprentice_desk.__main__ import main
from apprentice_desk.commands.desks import make_desk
from apprentice_desk.documents.packs import load_pack, save_pack
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.returns import placements
from apprentice_desk.returns.placements import PlacementsFile
from apprentice_desk.safekeeping import keychain, unlocking, vault
from documents.packed import pack_of
from documents.wordings import clause
from ui.encrypted import PASSPHRASE, encrypt

ADDRESS = "postgresql+psycopg://desk@database.invalid/desk"


@pytest.fixture
def desk(tmp_path: Path, empty_desk: Path) -> Path:
    return Path(shutil.copy(empty_desk, tmp_path / "hackney.desk"))


def test_a_database_is_not_reached(set_policy: Callable[[str], Path]) -> None:
    set_policy("contact = 'Ann'\n[features]\ndatabases = false")
    for way in (open_store, create_store):
        with pytest.raises(Problem) as refused:
            way(ADDRESS)
        assert str(refused.value) == (
            "Desks in a database are switched off on this computer by your council's IT. Ask Ann"
            " if you need it."
        )


def test_files_of_places_neither_leave_nor_come_in(set_policy, tmp_path) -> None:
    made = PlacementsFile("Exampleton", "1.2", ())
    path = tmp_path / "ours.placements"
    placements.save(made, path)
    set_policy("[features]\nplacements = false")
    with pytest.raises(Problem, match="Files of places elsewhere are switched off"):
        placements.save(made, tmp_path / "again.placements")
    with pytest.raises(Problem, match="Files of places elsewhere are switched off"):
        placements.load(path)
    assert not (tmp_path / "again.placements").exists()


def test_packs_of_wording_neither_leave_nor_come_in(set_policy, tmp_path) -> None:
    pack = pack_of(clause("a", "The Council pays in 30 days."))
    path = save_pack(pack, tmp_path / "ours.wording")
    set_policy("[features]\nwording_packs = false")
    with pytest.raises(Problem, match="Packs of wording are switched off"):
        save_pack(pack, tmp_path / "again.wording")
    with pytest.raises(Problem, match="Packs of wording are switched off"):
        load_pack(path)
    assert not (tmp_path / "again.wording").exists()


# --- passphrases ----------------------------------------------------------------------------------


def test_a_desk_is_made_with_a_passphrase_or_not_at_all(set_policy, tmp_path, capsys) -> None:
    set_policy("[security]\npassphrase_for_new_desks = true")
    path = tmp_path / "new.desk"
    assert main(["new", str(path), "--borough", "Hackney"]) == 2
    assert "Set by your council's IT: every desk on this computer needs a passphrase." in (
        capsys.readouterr().err
    )
    assert not path.exists()
    file = tmp_path / "words.txt"
    file.write_text(PASSPHRASE, "utf-8")
    given = ["new", str(path), "--borough", "Hackney", "--protect", "--passphrase-file", str(file)]
    assert main(given) == 0
    assert vault.is_protected(path)


def test_a_sample_needs_none(set_policy, tmp_path) -> None:
    set_policy("[security]\npassphrase_for_new_desks = true")
    invented = next(each for each in resources.boroughs() if each.is_invented)
    make_desk(tmp_path / "sample.desk", invented, "Digital").close()


def test_a_desk_keeps_the_passphrase_that_it_has(set_policy, desk) -> None:
    key = encrypt(desk)
    set_policy("[security]\npassphrase_for_new_desks = true")
    with pytest.raises(Problem, match=r"hackney\.desk keeps its passphrase"):
        vault.protect(desk, key, None)
    assert vault.is_protected(desk)
    other = vault.fresh_key("granite willow harbour")
    vault.protect(desk, key, other)
    assert vault.key_for(desk, "granite willow harbour") == other


# --- the keychain ---------------------------------------------------------------------------------


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> keychains.MemoryKeychain:
    return keychains.put_in(monkeypatch)


def test_a_key_that_was_remembered_is_not_used_and_goes_when_the_desk_is_opened(
    set_policy, kept, desk
) -> None:
    key = encrypt(desk)
    keychain.remember(desk, key)
    assert unlocking.key_on_hand(desk) == key
    set_policy("[security]\nkeychain = false")
    assert unlocking.key_on_hand(desk) is None
    assert not keychain.is_available()
    found = unlocking.trying(desk, PASSPHRASE, is_recovery=False, is_remembered=True)(_Progress())
    assert (found.key, found.not_remembered) == (key, None)
    assert kept.kept == {}


def test_nothing_is_remembered_nor_follows_to_another_key(set_policy, kept, desk) -> None:
    key = encrypt(desk)
    keychain.remember(desk, key)
    set_policy("[security]\nkeychain = false")
    with pytest.raises(Problem, match="no key of a desk is kept on this computer"):
        keychain.remember(desk, key)
    other = vault.fresh_key("granite willow harbour")
    assert not keychain.follow(desk, key, other)
    assert kept.kept == {}


class _Progress:
    def step(self, *_told: Any) -> None:
        pass


# --- saying what is set ---------------------------------------------------------------------------


def test_the_command_says_what_holds(set_policy, capsys, tmp_path, monkeypatch) -> None:
    assert main(["policy"]) == 0
    assert "Nothing is set for this computer: there is no " in capsys.readouterr().out
    file = set_policy("contact = 'Ann'\n[features]\nlists = false")
    assert main(["policy"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{file}:",
        "  Saving lists and the history as files: switched off",
        "  Whom to ask: Ann",
    ]


def test_the_command_tries_a_file_out(capsys, tmp_path) -> None:
    file = tmp_path / "trial.toml"
    file.write_text("", "utf-8")
    assert main(["policy", str(file)]) == 0
    assert "sets nothing" in capsys.readouterr().out
    file.write_text("[security]\nlock_after_minutes = 'never'", "utf-8")
    assert main(["policy", str(file)]) == 1
    printed = capsys.readouterr().out
    assert "Automatic lock: after 5 minutes at most" in printed
    assert "Wrong: security.lock_after_minutes is a number of minutes from 1 to 60." in printed
    assert main(["policy", str(tmp_path / "gone.toml")]) == 1
