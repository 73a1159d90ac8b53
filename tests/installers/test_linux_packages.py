"""What goes into the packages for Linux and how, made of a few small files.

What they do is tried by ``dev.py package linux`` with the program itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from apprentice_desk import policy
from apprentice_desk.__main__ import parser
from apprentice_desk.records.marks import APPLICATION_ID
from packing import contents, debian, folder, linux_check, linux_files, stripping
from packing.association import MEDIA_TYPE
from packing.closure import needed
from packing.linux import glibc
from packing.man_page import man_page
from packing.own import COMMAND, product
from packing.tarball import write_tarball
from programs import ROOT, CannotGoOnError

WHEN = 1767225600  # 1 January 2026
GIVEN = linux_files.words(WHEN)


@pytest.mark.parametrize(
    "name",
    [
        "_internal/icuuc.dll",
        "_internal/PySide6/opengl32sw.dll",
        "_internal/PySide6/Qt/translations/qt_de.qm",
        "_internal\\PySide6\\Qt6Qml.dll",
        "_internal/libQt6Quick.so.6",
        "_internal/libQt6Pdf.so.6",
        "_internal/PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "_internal/PySide6/Qt/plugins/platforms/libqeglfs.so",
        "_internal/reportlab/fonts/DarkGardenMK.pfb",  # under the GPL
        "_internal\\reportlab\\fonts\\Vera.ttf",
        "_internal/fonts/dark_garden.ttf",
    ],
)
def test_what_the_program_does_not_use_is_left_out(name):
    assert not contents.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "_internal/libicuuc.so.73",  # Qt's own on Linux
        "_internal/PySide6/Qt/plugins/platforms/libqxcb.so",
        "_internal/PySide6/Qt/plugins/platforms/libqwayland.so",
        "_internal/PySide6/plugins/platforms/qwindows.dll",
        "_internal/PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "_internal/resources/wording/clauses/quick-start.1.md",
        "resources/help/Pdf, Sql, Test and Quick.md",  # what is our own stays whatever its name
        "_internal\\resources\\help\\translations\\Charts.md",
        "_internal/sqlalchemy/dialects/sqlite/base.pyc",
    ],
)
def test_what_it_uses_stays(name):
    assert contents.is_wanted(name)


@pytest.fixture
def packed(tmp_path):
    """Resources in a source, and a frozen folder that holds them and their licences."""
    source = tmp_path / "source"
    (source / "help").mkdir(parents=True)
    (source / "help" / "Test.md").write_text("How to.", "utf-8")
    frozen = tmp_path / "frozen"
    shutil.copytree(source, frozen / "_internal" / "resources")
    told = frozen / "_internal" / "resources" / "licences"
    told.mkdir()
    for name in ("THIRD-PARTY-LICENCES.txt", "third-party.json"):
        (told / name).write_text("all of them", "utf-8")
    assert contents.amiss(frozen, source) == []
    return frozen, source


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("_internal/resources/help/Test.md", None, "resources/help/Test.md is missing."),
        ("_internal/resources/help/Test.md", b"How", "help/Test.md is not what it is in the so"),
        ("_internal/resources/help/Test.md~", b"How to.", "help/Test.md~ is not among the program"),
        ("_internal/reportlab/fonts/DarkGarden.sfd", b"", "DarkGarden.sfd was to be left out."),
        ("_internal/icuuc.dll", b"MZ", "_internal/icuuc.dll was to be left out."),
    ],
)
def test_a_frozen_folder_with_a_file_too_many_or_too_few_is_refused(packed, name, content, said):
    frozen, source = packed
    (frozen / name).parent.mkdir(parents=True, exist_ok=True)
    (frozen / name).unlink(missing_ok=True)
    if content is not None:
        (frozen / name).write_bytes(content)
    (sentence,) = contents.amiss(frozen, source)
    assert said in sentence


def test_what_is_wrong_with_a_frozen_folder_stops_the_making(packed):
    with pytest.raises(CannotGoOnError, match="is missing"):
        folder.check_contents(packed[0])


def test_libraries_that_a_distribution_keeps_mended_are_left_to_it():
    for name in ("libssl.so.3", "libcrypto.so.3", "libsqlite3.so.0", "libglib-2.0.so.0"):
        assert contents.comes_with_linux(f"/lib/x86_64-linux-gnu/{name}")
    assert not contents.comes_with_linux("/lib/x86_64-linux-gnu/libxcb-cursor.so.0")
    assert not contents.comes_with_linux("/srv/somebody/lib/python3.11/PySide6/libQt6Core.so.6")


def test_a_library_goes_with_the_plugin_that_alone_needs_it():
    links = {"/x/plugin.so": {"libused.so.1"}, "/x/libused.so.1": {"/usr/lib/libbelow.so.2"}}
    gathered = [
        ("PySide6/Qt/plugins/plugin.so", "/x/plugin.so", "BINARY"),
        ("module.so", "/x/module.so", "EXTENSION"),
        ("libused.so.1", "/x/libused.so.1", "BINARY"),
        ("libbelow.so.2", "/x/libbelow.so.2", "BINARY"),
        ("libgtk.so.3", "/x/libgtk.so.3", "BINARY"),
        ("libpython3.11.so.1.0", "/x/libpython3.11.so.1.0", "BINARY"),
    ]
    kept = needed(gathered, lambda path: links.get(path, ()))
    assert kept == [each for each in gathered if each[0] != "libgtk.so.3"]
    assert needed(gathered[1:], lambda path: links.get(path, ())) == [gathered[1], gathered[5]]


@pytest.mark.skipif(shutil.which("strip") is None, reason="binutils are not installed")
def test_a_library_without_anything_for_debuggers_stays_as_it_is(tmp_path):
    plain = tmp_path / "plain.so"
    plain.write_bytes(b"\x7fELF and no more")
    assert stripping.without_debugging(plain, tmp_path / "stripped") == plain
    assert not (tmp_path / "stripped").exists()


def test_a_folder_that_has_grown_too_large_is_refused(tmp_path, monkeypatch, capsys):
    (tmp_path / "a").write_bytes(bytes(1_500_000))
    (tmp_path / "b").symlink_to("a")
    monkeypatch.setitem(folder.MOST_BYTES, "linux", 1_500_000)
    folder.check_size(tmp_path, "linux")
    assert capsys.readouterr().out == "The frozen folder has 1.5 MB.\n"
    (tmp_path / "c").write_bytes(b"!")
    with pytest.raises(CannotGoOnError, match="It may have 2 MB"):
        folder.check_size(tmp_path, "linux")
    folder.check_size(tmp_path, "macos")  # nobody has measured it


def test_the_time_of_what_is_packed_is_that_of_the_last_commit_or_a_given_one(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert folder.commit_time() > WHEN
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(WHEN))
    assert folder.commit_time() == WHEN


def test_the_menu_entry_opens_what_is_clicked_on():
    told = linux_files.filled(f"{COMMAND}.desktop", GIVEN).decode()
    assert f"\nExec={COMMAND} %f\n" in told
    assert f"\nMimeType={MEDIA_TYPE};\n" in told
    assert f"\nName={product().name}\n" in told


def test_a_desk_is_known_by_its_name_and_by_the_mark_in_it():
    told = ElementTree.fromstring(linux_files.filled(f"{COMMAND}.xml", GIVEN))
    kind = told[0]
    assert kind.get("type") == MEDIA_TYPE
    match = next(each for each in kind.iter() if each.get("offset") == "68")
    assert int(match.get("value"), 16) == APPLICATION_ID
    assert next(each for each in kind.iter() if each.get("pattern")).get("pattern") == "*.desk"


def test_software_centres_are_told_what_pyproject_says():
    told = ElementTree.fromstring(linux_files.filled(f"{COMMAND}.metainfo.xml", GIVEN))
    assert told.findtext("id") == product().identity
    assert told.findtext("launchable") == f"{COMMAND}.desktop"
    release = told.find("releases/release")
    assert (release.get("version"), release.get("date")) == (product().version, "2026-01-01")


def test_nothing_is_left_open_in_what_is_read_by_people():
    given = linux_files.words(WHEN, glibc="2.36", copyright="2026 X", licence_text=" Text")
    for name in ("INSTALL.txt", "copyright"):
        told = linux_files.filled(name, given).decode()
        assert "$" not in told
        assert product().version in told or name == "copyright"
    with pytest.raises(KeyError):
        linux_files.filled("INSTALL.txt", GIVEN)


@pytest.mark.skipif(sys.platform == "win32", reason="it is typed into a shell of Linux")
def test_what_install_txt_says_installs_upgrades_and_removes_without_a_rest(tmp_path):
    told = linux_files.filled("INSTALL.txt", linux_files.words(WHEN, glibc="2.36")).decode()
    unpacked, home, tools = (tmp_path / name for name in ("un £ packed", "home", "tools"))
    for path in (
        unpacked / COMMAND / COMMAND,
        unpacked / "share" / "applications" / f"{COMMAND}.desktop",
        unpacked / "share" / "mime" / "packages" / f"{COMMAND}.xml",
        home / ".local" / "share" / "applications" / "another.desktop",
        tools / "update-desktop-database",
        tools / "update-mime-database",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\ntest -d $1\n", "utf-8")
        path.chmod(0o755)
    local = home / ".local"

    def follow(heading: str) -> None:
        given = {"HOME": str(home), "PATH": f"{tools}:/usr/bin:/bin"}
        lines = linux_check.lines_below(told, heading)
        subprocess.run(["sh", "-e", "-c", lines], cwd=unpacked, env=given, check=True)

    def files() -> list[str]:
        return sorted(str(path.relative_to(local)) for path in local.rglob("*") if path.is_file())

    follow(linux_check.FOR_ONESELF)
    assert (local / "bin" / COMMAND).resolve() == local / "share" / COMMAND / COMMAND
    first = files()
    assert len(first) == 5
    shutil.rmtree(local / "share" / COMMAND)  # as it says of a newer version
    follow(linux_check.FOR_ONESELF)
    assert files() == first
    follow(linux_check.FROM_ONESELF)
    assert files() == ["share/applications/another.desktop"]
    with pytest.raises(CannotGoOnError, match="does not say: Nonsense"):
        linux_check.lines_below(told, "Nonsense")
    for_all = linux_check.lines_below(told, "To install it for everybody")
    assert f"/etc/{COMMAND}\n" in for_all


def test_the_page_of_the_manual_has_every_command_and_option():
    page = man_page(parser(), COMMAND, product().name, product().summary, "1.2.3", "2026-01-01")
    assert page.startswith(f'.TH {COMMAND.upper()} 1 "2026-01-01" "{product().name} 1.2.3"')
    shown = page.replace("\\-", "-")
    for words in ("self-test", "return", "wording import", "placements merge", "policy"):
        assert f"\n.B {words}\n" in shown
    for option in ("--passphrase-file FILE", "--accept-corrections", "--team TEAM"):
        assert f"\n.B {option}\n" in shown
    assert "%(" not in page
    assert not re.search(r"(?m)^\.(?!TH|SH|B|I|IR|RI|BR|br|PP|TP|RS|RE)", page)


def test_what_begins_like_a_request_of_the_manual_is_shown_as_it_stands():
    from packing import man_page as pages

    assert pages._roff(".desk files") == "\\&.desk files"
    assert pages._roff("a\\b --c") == "a\\eb \\-\\-c"


def test_a_tarball_is_the_same_whatever_the_time_and_rights_of_its_files(tmp_path):
    made = []
    for which, mode, when in (("one", 0o600, 1_600_000_000), ("two", 0o664, 1_700_000_000)):
        frozen = tmp_path / which / COMMAND
        (frozen / "_internal").mkdir(parents=True)
        (frozen / COMMAND).write_bytes(b"program")
        (frozen / COMMAND).chmod(0o755)
        (frozen / "_internal" / "text").write_text("£", "utf-8")
        (frozen / "_internal" / "text").chmod(mode)
        (frozen / "_internal" / "link").symlink_to("text")
        os.utime(frozen / "_internal" / "text", (when, when))
        to = tmp_path / f"{which}.tar.gz"
        write_tarball(frozen, {"INSTALL.txt": b"how"}, to, "top", WHEN, level=1)
        made.append(to.read_bytes())
    assert made[0] == made[1]
    with tarfile.open(tmp_path / "one.tar.gz") as packed:
        found = {each.name: (oct(each.mode), each.uname, each.mtime) for each in packed}
    assert found[f"top/{COMMAND}/{COMMAND}"] == ("0o755", "root", WHEN)
    assert found[f"top/{COMMAND}/_internal/text"] == ("0o644", "root", WHEN)
    assert {"top/INSTALL.txt", f"top/{COMMAND}/_internal/link"} <= set(found)


def test_the_oldest_glibc_is_the_newest_that_any_library_asks_for(tmp_path):
    (tmp_path / "a.so").write_bytes(b"GLIBC_2.2.5\0GLIBC_2.17\0")
    (tmp_path / "b.so").write_bytes(b"GLIBC_2.36\0GLIBC_2.4\0")
    assert glibc(tmp_path) == "2.36"


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg is not installed")
def test_a_deb_is_the_same_whatever_the_time_and_rights_of_its_files(tmp_path, monkeypatch):
    monkeypatch.setattr(debian, "shared_files", lambda _seconds: {"man/man1/a.1.gz": b"page"})
    monkeypatch.setattr(debian, "_depends", lambda _program: "libc6 (>= 2.36)")
    told = tmp_path / "LICENCES.txt"
    told.write_text("Do as you like.\n")
    made = []
    for which, mode in (("one", 0o600), ("two", 0o664)):
        frozen = tmp_path / which / COMMAND
        inner = frozen / "_internal" / "resources" / "policy"
        inner.mkdir(parents=True, mode=0o777)
        (frozen / COMMAND).write_bytes(b"program")
        (frozen / COMMAND).chmod(0o700)
        (inner / "policy.toml").write_text("")
        (inner / "policy.toml").chmod(mode)
        to = tmp_path / f"{which}.deb"
        tree = tmp_path / which / "tree"
        debian.write_deb(frozen, told, to, WHEN, tree, version="1.2.3", is_quick=True)
        made.append(to.read_bytes())
    assert made[0] == made[1]
    said = subprocess.run(
        ["dpkg-deb", "--contents", tmp_path / "one.deb"], capture_output=True, text=True, check=True
    ).stdout
    assert "-rwxr-xr-x root/root" in said
    assert f"./usr/bin/{COMMAND} -> ../lib/{COMMAND}/{COMMAND}" in said
    example = f"examples/policy.toml -> ../../../../lib/{COMMAND}/_internal/resources/policy"
    assert example in said
    assert (tmp_path / "one" / "tree" / "usr/share/doc" / COMMAND / "examples/policy.toml").exists()
    control = subprocess.run(
        ["dpkg-deb", "--field", tmp_path / "one.deb"], capture_output=True, text=True, check=True
    ).stdout
    assert "Version: 1.2.3\n" in control
    assert f"Maintainer: {product().publisher} <{product().contact}>\n" in control
    assert re.search(rf"(?m)^drwxr-xr-x root/root .* \./etc/{COMMAND}/$", said)


def test_settings_of_administrators_are_looked_for_where_the_deb_has_a_folder_for_them():
    assert policy.place().parent == Path("/") / debian.SETTINGS


@pytest.mark.parametrize(
    ("address", "is_nobodys"),
    [
        ("packages@council.gov.uk", False),
        ("packages@apprentice-desk.invalid", True),
        ("a@b.example", True),
        ("somebody@invalid.org", False),
    ],
)
def test_an_address_that_nobody_can_have_is_known(address, is_nobodys):
    assert debian.is_nobodys(address) is is_nobodys


def test_the_frozen_program_gets_the_packages_that_are_wished_for():
    lock = (ROOT / "installers" / "locks" / "program.txt").read_text("utf-8")
    pinned = dict(re.findall(r"(?m)^([a-z0-9.-]+)==([^\s;]+)", lock))
    for other in ("run", "dev"):
        text = (ROOT / "installers" / "locks" / f"{other}.txt").read_text("utf-8")
        theirs = dict(re.findall(r"(?m)^([a-z0-9.-]+)==([^\s;]+)", text))
        assert {name: theirs[name] for name in pinned if name in theirs} == {
            name: version for name, version in pinned.items() if name in theirs
        }, other
    wished = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=!~ ]", each, maxsplit=1)[0].lower() for each in wished}
    assert names <= set(pinned)
    assert not re.search(r"(?m)^psycopg-binary==\S+ \\", lock), "Linux has the system's own libpq"
