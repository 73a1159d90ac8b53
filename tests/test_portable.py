"""A program that is carried about keeps what is its own beside itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from apprentice_desk import policy, portable, settings


@pytest.fixture
def carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen program with the mark beside it."""
    home = tmp_path / "Council Tools £"
    home.mkdir()
    (home / portable.MARK).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(home / "apprentice-desk"))
    monkeypatch.delenv(settings.FOLDER_VARIABLE, raising=False)
    return home


def test_settings_log_and_reports_stand_beside_it(carried) -> None:
    own = carried / "Apprentice Desk data"
    assert settings.folder() == settings.cache_folder() == own
    assert settings.logs_folder().parent == settings.faults_folder().parent == own
    settings.save(settings.Settings(theme="dark"))
    assert (own / "settings.json").is_file()
    assert settings.load().theme == "dark"
    assert portable.why_nothing_is_kept() is None
    assert sorted(each.name for each in own.iterdir()) == ["settings.json"]


def test_without_the_mark_or_frozen_it_is_the_persons_own(carried, monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", str(carried.parent / "apprentice-desk"))
    assert portable.folder() is None
    assert portable.why_nothing_is_kept() is None
    assert carried not in settings.folder().parents
    monkeypatch.setattr(sys, "executable", str(carried / "apprentice-desk"))
    monkeypatch.delattr(sys, "frozen")
    assert portable.folder() is None


def test_a_stick_that_is_write_protected_is_said(carried) -> None:
    (carried / portable.FOLDER).touch()  # root may write everywhere, but not into a file
    refused = portable.why_nothing_is_kept()
    assert refused is not None
    assert "forgotten when you close it" in refused.what


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_said(carried) -> None:
    carried.chmod(0o500)
    assert portable.why_nothing_is_kept() is not None


def test_it_leaves_no_key_on_a_computer(carried, set_policy) -> None:
    assert "from computer to computer" in policy.in_force().why_no_keychain
    set_policy("[security]\nkeychain = false")
    assert "Switched off by your council's IT" in policy.in_force().why_no_keychain
