"""Two builds of what Python begins with are the same, however they came about."""

from __future__ import annotations

import marshal
import zipfile
from pathlib import Path

import pytest

from packing.compiled import settle

SOURCES = {
    "shape.pyc": "class Shape:\n    def sides(self):\n        return (3, 'Shape.sides', {1, 2})\n",
    "re/__init__.pyc": "NAME = 'a name of £ and more'\nASKED = [NAME for _ in range(2)]\n",
    "locale.pyc": "def both(one, other='x y'):\n    return f'{one}{other}'\n",
}
HEADING = b"0123" + bytes(12)


def packed(to: Path, names: list[str], *, keeps_parts: bool) -> Path:
    """Pack the compiled SOURCES as PyInstaller does; parts are one in memory or each by itself."""
    with zipfile.ZipFile(to, "w") as archive:
        for name in names:
            code = marshal.dumps(compile(SOURCES[name], name, "exec"), 4 if keeps_parts else 2)
            archive.writestr(zipfile.ZipInfo(name), HEADING + code)
    return to


@pytest.fixture
def two(tmp_path):
    """Give two archives of the same modules that differ in order and in what is one in memory."""
    one = packed(tmp_path / "one.zip", list(SOURCES), keeps_parts=True)
    other = packed(tmp_path / "other.zip", [*reversed(SOURCES)], keeps_parts=False)
    assert one.read_bytes() != other.read_bytes()
    return one, other


def test_the_same_modules_are_the_same_bytes_in_whatever_order_they_were_packed(two):
    for each in two:
        settle(each)
    assert two[0].read_bytes() == two[1].read_bytes()
    with zipfile.ZipFile(two[0]) as archive:
        assert archive.namelist() == sorted(SOURCES)
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_settled_module_does_what_it_did(two):
    settle(two[0])
    found: dict[str, object] = {}
    with zipfile.ZipFile(two[0]) as archive:
        for name in SOURCES:
            content = archive.read(name)
            assert content[:16] == HEADING
            exec(marshal.loads(content[16:]), found)
    assert found["Shape"]().sides() == (3, "Shape.sides", {1, 2})
    assert found["ASKED"] == ["a name of £ and more"] * 2
    assert found["both"]("y ") == "y x y"
