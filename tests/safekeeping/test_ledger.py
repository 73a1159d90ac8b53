"""A file is known by its bytes: by the fingerprint that any other program works out of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from apprentice_desk.domain.leaving import FileFacts
from apprentice_desk.safekeeping.ledger import facts_of

KNOWN = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
"""The SHA-256 of “abc”, as FIPS 180-2 gives it (appendix B.1)."""


def test_the_fingerprint_is_the_sha_256_that_others_work_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert facts_of(path) == FileFacts("a.txt", 3, KNOWN)


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_all_of_a_file_counts_and_its_size_is_told(tmp_path: Path, size: int) -> None:
    path, content = tmp_path / "a.bin", bytes(range(256)) * (size // 256 + 1)
    path.write_bytes(content[:size])
    digest = hashlib.sha256(content[:size]).hexdigest()
    assert facts_of(path) == FileFacts("a.bin", size, digest)
