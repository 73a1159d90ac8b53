"""Whoever tries passphrases on a file beside the open desk waits as at a desk's own door."""

from __future__ import annotations

from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.holding import one_name
from apprentice_desk.records.keys import WrongPassphrase
from apprentice_desk.safekeeping import attempts, vault
from apprentice_desk.safekeeping.attempts import Attempts
from apprentice_desk.safekeeping.unlocking import key_of_file

WORDS = "three brown horses"


def test_a_wrong_passphrase_of_another_file_has_somebody_wait_longer_each_time(
    desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = vault.fresh_key(WORDS)
    vault.protect(desk_file, None, key)
    now = [0.0]
    mine = {one_name(str(desk_file)): Attempts(lambda: now[0])}
    monkeypatch.setattr(attempts, "_OF_DESKS", mine)
    for wait in (1, 2, 4):
        with pytest.raises(WrongPassphrase):
            key_of_file(desk_file, "a kettle on the roof")
        with pytest.raises(Problem, match=f"you can try again in {wait} s"):
            key_of_file(desk_file, WORDS)
        now[0] += wait
    assert key_of_file(desk_file, WORDS) == key
    with pytest.raises(WrongPassphrase):
        key_of_file(desk_file, "a kettle on the roof")
    with pytest.raises(Problem, match="in 1 s"):
        key_of_file(desk_file, WORDS)
