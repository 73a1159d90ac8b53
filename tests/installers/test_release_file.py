"""The file that comes with each version is made from the changelog, and the program reads it."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.resources.release_files import release_in
from packing.own import product
from packing.release_file import CHANGELOG, write_release_file
from programs import CannotGoOnError

TEXT = """# Changelog

## [Unreleased]

- Not in it yet.

## [{version}] - 2027-03-01

### Added

- Hours are logged by "telephone". They are read back. See `help`.
- **Returns** are kept, with £ 3.50 each (`keep`).

## [0.0.1] - 2026-01-01

- Old.
"""


@pytest.fixture
def changelog(tmp_path):
    def write(text):
        path = tmp_path / "CHANGELOG.md"
        path.write_text(text.replace("{version}", product().version), "utf-8")
        return path

    return write


def test_what_is_under_its_version_is_new_in_it(changelog, tmp_path):
    made = write_release_file(tmp_path, changelog=changelog(TEXT))
    assert made.name == f"apprentice-desk-{product().version}.apprentice-desk-release"
    found = release_in(made)
    assert (found.version, found.released_on) == (product().version, date(2027, 3, 1))
    assert found.new == (
        'Hours are logged by "telephone".',
        "Returns are kept, with £ 3.50 each (keep).",
    )


def test_a_version_that_is_not_released_yet_has_what_is_unreleased(
    changelog, tmp_path, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    made = write_release_file(tmp_path, changelog=changelog(TEXT.replace("{version}", "99.0.0")))
    found = release_in(made)
    assert (found.version, found.released_on) == (product().version, date(2027, 1, 15))
    assert found.new == ("Not in it yet.",)


def test_a_changelog_that_names_neither_is_refused(changelog, tmp_path):
    with pytest.raises(CannotGoOnError, match="names neither"):
        write_release_file(tmp_path, changelog=changelog("# Changelog\n"))


def test_the_projects_own_changelog_makes_one(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    found = release_in(write_release_file(tmp_path, changelog=CHANGELOG))
    assert found.new
    assert not any("`" in line for line in found.new)
