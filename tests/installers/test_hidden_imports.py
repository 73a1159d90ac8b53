"""What the frozen program is told to take along is there, and is all that is imported by name."""

from __future__ import annotations

import ast
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import pytest

from packing import hidden

SOURCE = Path(__file__).parents[2] / "src"


def names_in(file: Path) -> set[str]:
    """Return the words in *file* that look like a module of the program."""
    words = (
        node.value
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    )
    return {word for word in words if isinstance(word, str) and word.startswith("apprentice_desk.")}


def test_every_module_of_the_program_is_taken_along() -> None:
    taken = set(hidden.IMPORTS)
    assert "apprentice_desk.records.migrations.versions.0001_first" in taken
    count = sum(1 for _ in (SOURCE / "apprentice_desk").rglob("*.py"))
    assert len([name for name in taken if name.split(".")[0] == "apprentice_desk"]) == count > 500
    named = set().union(*map(names_in, SOURCE.rglob("*.py")))
    whole = {
        name for name in named if not name.endswith(".") and find_spec(name.rstrip(".")) is not None
    }
    assert len(whole) > 20
    assert whole <= taken


def test_what_is_taken_along_is_there() -> None:
    import psycopg  # noqa: F401 - its other half wants it first

    named = {*hidden.IMPORTS, *hidden.FAMILIES, *hidden.BINARIES}
    assert [name for name in sorted(named) if find_spec(name) is None] == []


@pytest.mark.parametrize("package", sorted(hidden.DATA))
def test_the_files_that_a_library_reads_are_there(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    for pattern in hidden.DATA[package]:
        assert any(file.is_file() for file in Path(spec.origin).parent.glob(pattern)), pattern


@pytest.mark.parametrize("name", hidden.METADATA)
def test_what_looks_for_its_entry_points_has_some(name: str) -> None:
    assert metadata.distribution(name).entry_points


def test_the_keychains_that_the_program_trusts_are_taken_along_on_their_systems() -> None:
    from apprentice_desk.safekeeping.keychain import SYSTEM_KEYCHAINS

    offered = {name for names in hidden._KEYCHAINS.values() for name in names}
    assert {name for name in offered if name.startswith("keyring.")} == set(SYSTEM_KEYCHAINS)
    assert set(hidden._KEYCHAINS[sys.platform]) <= set(hidden.IMPORTS)
