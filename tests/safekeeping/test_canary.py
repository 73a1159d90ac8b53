"""No byte that the program leaves on a disk shows a name of an encrypted desk."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping import vault
from commands.filling import fill
from safekeeping import canary
from safekeeping.canary import Places

PLAIN_TO_READ = {
    "desks/hackney.desk",
    "desks/hackney.desk-journal",
    "desks/hackney.desk.drafts",
    "desks/hackney backups/",
    "desks/hackney before format ",
    "desks/restored.desk",
    "stick/hackney backups/",
}
"""Where a plain desk shows its names: how these files begin."""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    made = Places(tmp_path / "all")
    made.make()
    for name, value in made.environment().items():
        if name != "PYTHONPATH":
            monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    return made


def words_in(desk: Path) -> frozenset[str]:
    """Return every word of the plain *desk* that begins with "Qz", long enough to be sure of."""
    found: set[str] = set()
    with closing(sqlite3.connect(desk)) as file:
        for line in file.iterdump():
            found |= {word.lower() for word in re.findall(r"Qz[a-z]{6,}", line)}
    return frozenset(found)


def test_a_plain_desk_shows_its_names_everywhere_and_an_encrypted_one_nowhere(
    desk_file: Path, places: Places, maker: Any, tmp_path: Path
) -> None:
    shutil.copy(desk_file, places.desk)
    canary.leave_everywhere(places, None, fill, maker)
    kept = Path(shutil.copy(places.desk, tmp_path / "kept.desk"))
    words = words_in(kept)
    assert len(words) > 30
    shown = canary.found_below(places, words)
    for begins in PLAIN_TO_READ:
        assert any(name.startswith(begins) for name in shown), begins
    assert "Zephyrine" in shown["desks/hackney.desk"]
    for name in shown:
        assert name.startswith(("desks/", "stick/")), "even a plain desk leaves nothing there"

    shutil.rmtree(places.whole)
    places.make()
    key = vault.fresh_key(canary.PASSPHRASE)
    shutil.copy(desk_file, places.desk)
    vault.protect(places.desk, None, key)
    canary.leave_everywhere(places, key, fill, maker)
    assert everything_is_there(places)
    assert canary.found_below(places, words) == {}
    assert canary.secrets_below(places, canary.PASSPHRASE, key) == [], "it is kept nowhere"
    for number, secret in enumerate((canary.PASSPHRASE.encode(), key.raw, key.raw.hex().encode())):
        planted = places.desk.with_name(f"planted {number}")
        planted.write_bytes(b"\0" + zlib.compress(b"before" + secret))
        assert canary.secrets_below(places, canary.PASSPHRASE, key) == [f"desks/{planted.name}"]
        planted.unlink()


def everything_is_there(places: Places) -> bool:
    """Whether there is a file of every kind to be searched."""
    names = [
        path.relative_to(places.whole).as_posix()
        for path in places.whole.rglob("*")
        if path.is_file()
    ]
    kinds = {
        *PLAIN_TO_READ,
        "desks/.hackney.desk.fresh",
        "desks/hackney.desk.lock",
        "settings/settings.json",
        "settings/faults/",
        "settings/logs/",
    }
    return all(any(name.startswith(kind) for name in names) for kind in kinds)


def test_a_desk_that_gets_a_passphrase_shows_its_names_nowhere_any_more(
    desk_file: Path, places: Places, maker: Any
) -> None:
    shutil.copy(desk_file, places.desk)
    canary.leave_everywhere(places, None, fill, maker)
    (places.desk.parent / "restored.desk").unlink()  # a copy that a person made is theirs
    assert any(places.desk.parent.glob("*-journal"))
    words = words_in(places.desk)
    assert canary.found_below(places, words)
    key: DeskKey = vault.fresh_key(canary.PASSPHRASE)
    made = vault.protect(places.desk, None, key, places=[places.stick])
    assert made.left == ()
    assert canary.found_below(places, words) == {}
