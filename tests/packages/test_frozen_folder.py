"""The frozen program for Linux, as somebody else finds it on a computer without Python.

``dev.py test`` freezes it and names the folder; what is packed of it is tried by ``dev.py
package linux``, which installs it.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from apprentice_desk.product import version
from apprentice_desk.resources import licences
from bench import frozen as bench
from packing import contents, folder
from programs import ROOT

NOBODY = "nobody"
FOLDER = os.environ.get("APPRENTICE_DESK_FROZEN", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="there is no frozen program; CI makes one")


@pytest.fixture(scope="module")
def built() -> Path:
    return Path(FOLDER)


@pytest.fixture(scope="module")
def home():
    """Give an empty home, of somebody else's where this is root."""
    with tempfile.TemporaryDirectory(prefix="desk £ ", dir="/tmp") as name:
        if os.geteuid() == 0:
            shutil.chown(name, NOBODY)
        yield Path(name)


@pytest.fixture(scope="module")
def program(built):
    """Give the program in a folder that everybody may read and nobody write, with a blank."""
    with tempfile.TemporaryDirectory(prefix="a program £ ", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield shutil.copytree(built, Path(name) / built.name, symlinks=True) / "apprentice-desk"


@pytest.fixture
def call(program, home):
    """Give what runs the program as somebody who just logged in."""

    def run(*words: str | Path, ends_with: int = 0) -> str:
        given = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        given["DISPLAY"] = os.environ.get("DISPLAY", "")
        done = subprocess.run(
            [program, *words], env=given, cwd=home, capture_output=True, text=True, timeout=300,
            user=NOBODY if os.geteuid() == 0 else None, check=False,
        )  # fmt: skip
        assert done.returncode == ends_with, done.stdout + done.stderr
        assert not done.stderr
        return done.stdout

    return run


def test_it_says_its_version_without_a_python_of_this_computer(call):
    assert call("--version").split()[-1] == version()


def test_it_tests_itself_as_somebody_else_in_a_clean_folder(call):
    if not os.environ.get("DISPLAY"):
        pytest.skip("there is no X server here")
    said = call("self-test", "--window")
    assert "“xcb”" in said  # the platform's own plugin, not one that draws into memory


def test_a_desk_with_a_blank_and_a_pound_in_its_name_is_made_and_read(call, home):
    call("new", "two words £.desk", "--borough", "E09999999")
    assert "two words £.desk" in call("verify", home / "two words £.desk")


def test_what_it_prints_for_a_wrong_word_goes_to_standard_error(program):
    done = subprocess.run([program, "nonsense"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert not done.stdout
    assert "nonsense" in done.stderr


def test_a_desk_in_a_database_is_read_with_the_library_of_the_system(call, databases, home):
    name = databases.make()
    address = databases.address(name)
    try:
        call("new", address, "--borough", "E09999999")
        call("return", address, "--period", "2026-27 Q3", "--to", home / "r.xlsx", "--send-anyway")
    finally:
        databases.drop(name)
    assert (home / "r.xlsx").exists()


def test_it_is_no_larger_than_it_may_be(built):
    assert 50_000_000 < folder.size(built) <= folder.MOST_BYTES["linux"]


def test_nothing_is_in_it_that_was_to_be_left_out(built):
    names = [path.relative_to(built).as_posix() for path in built.rglob("*")]
    assert len(names) > 500
    assert [name for name in names if not contents.is_wanted(name)] == []
    assert any("platforms/libqxcb.so" in name for name in names)
    for word in ("gtk", "libssl", "libcrypto.so", "libsqlite3", "Qml", "pytest"):
        assert not [name for name in names if word in name], word
    # One of reportlab's fonts is under the GPL, whatever it would be called; ours are of Inter.
    fonts = [path for path in built.rglob("*") if path.suffix in {".pfb", ".afm", ".ttf", ".otf"}]
    assert fonts
    assert {path.parent.relative_to(built).as_posix() for path in fonts} == {
        "_internal/resources/fonts"
    }
    assert not [path for path in fonts if b"GNU General Public" in path.read_bytes()]


def test_the_modules_of_pillow_that_its_list_of_parts_leaves_out_are_not_in_it(built):
    left_out = licences.known().packages["pillow"].left_out
    inside = {path.name.partition(".")[0] for path in (built / "_internal" / "PIL").glob("*.so")}
    assert inside == {"_imaging"}, "see left_out in resources/licences/known.toml"
    assert sum(name.startswith("PIL.") for name in left_out) > 5
    assert "PIL._imaging" not in left_out


def test_every_file_of_our_own_is_in_it_as_it_is_in_the_source(built):
    assert contents.amiss(built, ROOT / "resources") == []
    inside = [path for path in (built / "_internal" / "resources").rglob("*") if path.is_file()]
    source = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert len(inside) == len(source) + 2, "and what is read off the folder: two lists of licences"
    assert len(source) > 300


def test_every_library_finds_those_that_it_is_linked_to(built):
    inside = built / "_internal"
    libraries = [path for path in built.rglob("*") if path.is_file() and is_elf(path)]
    assert len(libraries) > 100
    done = subprocess.run(
        ["ldd", *libraries], env={**os.environ, "LD_LIBRARY_PATH": str(inside)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "libQt6Core" in done.stdout
    assert [line for line in done.stdout.splitlines() if "not found" in line] == []


def test_it_can_be_changed_by_its_owner_alone_and_does_not_say_where_it_was_made(built):
    for path in built.rglob("*"):
        if path.is_symlink():
            continue
        assert not path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH | stat.S_ISUID), path
        if path.is_file():
            assert str(ROOT).encode() not in path.read_bytes(), path


def test_its_window_is_painted_nearly_as_soon_as_that_of_its_source(built, tmp_path, monkeypatch):
    monkeypatch.setenv("APPRENTICE_DESK_FROZEN", str(built))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    told = []
    for _ in range(3):  # what else this computer does meanwhile makes the ratio waver
        (measured,) = bench.run(tmp_path)
        told.append(measured.line())
        if measured.is_met:
            return
    pytest.fail("\n".join(told))


def is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
