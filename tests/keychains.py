"""A keychain for tests: in memory, and as locked, missing or failing as is asked."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from apprentice_desk.safekeeping import keychain


class MemoryKeychain(KeyringBackend):
    """Keeps what it is given; *raises* is what it does instead."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.raises: Exception | None = None

    def _may_fail(self) -> None:
        if self.raises is not None:
            raise self.raises

    def get_password(self, service: str, username: str) -> str | None:
        self._may_fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._may_fail()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._may_fail()
        del self.kept[service, username]


def put_in(monkeypatch: pytest.MonkeyPatch) -> MemoryKeychain:
    """Let the program use a keychain in memory for one test."""
    made = MemoryKeychain()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    monkeypatch.setattr(
        keychain, "SYSTEM_KEYCHAINS", (*keychain.SYSTEM_KEYCHAINS, MemoryKeychain.__module__)
    )
    return made


def take_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program find no keychain, also on a computer that has one, for one test."""
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
