"""The names that tools give to a second file of a desk."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.conflict_names import conflict_of


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("hackney (conflicted copy)", "Dropbox"),
        ("hackney (Sam's conflicted copy 2026-11-24)", "Dropbox"),
        ("hackney (DESKTOP-1's conflicted copy 2026-11-24 (1))", "Dropbox"),
        ("hackney (Case Conflict)", "Dropbox"),
        ("hackney-DESKTOP-AB12", "OneDrive"),
        ("hackney-LAPTOP7-2", "OneDrive"),
        ("hackney-Sam’s MacBook Pro", "OneDrive"),
        ("hackney.sync-conflict-20261124-101112-ABC2DEF", "Syncthing"),
        ("hackney.sync-conflict-20261124-101112", "Syncthing"),
        ("hackney (conflicted copy 2026-11-24 101112)", "Nextcloud"),
        ("hackney (conflicted copy sam 2026-11-24 101112)", "Nextcloud"),
        ("hackney_conflict-20261124-101112", "ownCloud"),
        ("hackney_conflict-sam-20261124-101112", "ownCloud"),
        ("hackney (SFConflict sam@example.org 2026-11-24-10-11-12)", "Seafile"),
        ("hackney_LAPTOP_Nov-24-101112-2026_Conflict", "Synology Drive"),
        ("hackney.Conflict", "Resilio Sync"),
        ("hackney (sam@example.org)", "Box"),
        ("hackney (SAM v2)", "Windows Offline Files"),
        ("hackney (Conflict 2026-11-24)", ""),
        ("hackney [Conflict]", ""),
        ("hackney (kept 2026-11-24 1011)", "Apprentice Desk"),
        ("hackney - Copy", "Windows"),
        ("hackney - Copy (2)", "Windows"),
        ("hackney copy 2", "macOS"),
        ("hackney (1)", ""),
        ("hackney 2", "iCloud Drive"),
        ("HACKNEY (1)", ""),
    ],
)
def test_a_second_file_is_known_by_its_name(name: str, tool: str) -> None:
    assert conflict_of("hackney", name) == tool


@pytest.mark.parametrize(
    "name",
    [
        "hackney",
        "camden (1)",
        "hackney schools",
        "hackney-2027",
        "hackney-schools",
        "hackney before format 0013 (was 0012)",
        "hackney before format 0013 (was 0012) 2",
        "hackney 2026-11-29 0914",
        "hackney 2026",
        "hack",
    ],
)
def test_what_is_named_otherwise_is_none(name: str) -> None:
    assert conflict_of("hackney", name) is None
