"""Which policy holds, and what it comes to for whoever uses the computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from apprentice_desk import policy, settings
from apprentice_desk.domain.problems import Problem
from apprentice_desk.policy import Feature, Policy
from apprentice_desk.settings import LOCK_MINUTES, Settings

TOP = "C:/srv" if os.name == "nt" else "/srv"


def test_without_a_file_all_is_allowed() -> None:
    held = policy.in_force()
    assert held == Policy()
    assert held.lines() == ()
    for feature in Feature:
        held.refuse(feature)


def test_a_file_that_is_named_holds_where_the_computer_has_none(set_policy) -> None:
    set_policy("[security]\nkeychain = false")
    assert not policy.in_force().allows_keychain


def test_nobody_gets_out_of_the_computers_own_by_a_variable(
    set_policy, tmp_path, monkeypatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "policy.toml").write_text("[security]\nkeychain = false", "utf-8")
    set_policy("")
    assert policy.in_force().allows_keychain
    monkeypatch.setattr(policy, "_folder", lambda: own)
    assert not policy.in_force().allows_keychain


def test_a_file_that_may_not_be_looked_at_is_there(tmp_path) -> None:
    (tmp_path / "file").touch()
    assert not policy._is_there(tmp_path / "file" / "policy.toml")
    assert not policy._is_there(tmp_path / "gone")
    if os.name == "posix":  # a name that is too long stands for a folder that is closed
        assert policy._is_there(tmp_path / ("n" * 300))


def test_what_is_chosen_holds_up_to_what_is_set() -> None:
    free, tight = Policy(), Policy(lock_minutes=12)
    assert [free.minutes_before_locking(each) for each in LOCK_MINUTES] == [5, 10, 15, 30, 0]
    assert [tight.minutes_before_locking(each) for each in LOCK_MINUTES] == [5, 10, 12, 12, 12]
    assert free.minutes_to_choose(LOCK_MINUTES) == LOCK_MINUTES
    assert tight.minutes_to_choose(LOCK_MINUTES) == (5, 10, 12)
    assert Policy(lock_minutes=1).minutes_to_choose(LOCK_MINUTES) == (1,)
    assert Policy(lock_minutes=1).why_minutes == "Set by your council's IT: 1 minute at most."


def test_the_settings_give_what_holds(set_policy, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path))
    chosen = Settings(lock_minutes=0).with_second_place("/desks/a.desk", "/stick")
    assert chosen.locks_after == 0
    set_policy(f"[security]\nlock_after_minutes = 15\n[places]\nbackups = '{TOP}/backups'")
    assert chosen.locks_after == 15
    assert chosen.second_place_of("/desks/a.desk") == Path(f"{TOP}/backups")
    assert chosen.second_place_of(f"{TOP}/backups/a.desk") is None, "they stand there in any case"
    assert chosen.second_place_of("postgresql://server/desk") is None
    settings.save(chosen)
    assert '"/stick"' in (settings.folder() / "settings.json").read_text("utf-8"), "chosen yet"


@pytest.mark.parametrize("feature", Feature)
def test_what_is_switched_off_is_refused_in_words(feature) -> None:
    held = Policy(off=frozenset({feature}), contact="Ann in ICT")
    with pytest.raises(Problem) as refused:
        held.refuse(feature)
    assert refused.value.what.endswith("switched off on this computer by your council's IT.")
    assert refused.value.remedy == "Ask Ann in ICT if you need it."
    assert Policy(off=frozenset({feature})).whom_to_ask == "Ask them if you need it."


def test_the_file_costs_nothing_where_there_is_none() -> None:
    code = (
        "import sys; from apprentice_desk import policy; policy.in_force();"
        "print([m for m in ('tomllib', 'difflib', 'apprentice_desk.policy.reading')"
        " if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
