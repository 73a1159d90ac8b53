"""The MSI, the setup program and the zip for Windows, made of a few small files.

What they do on a Windows is tried by ``dev.py package windows`` with the program itself.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import time
import zipfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from apprentice_desk.policy.guarded import Right, only_trusted
from packing import (
    msi_source,
    nsis,
    own,
    signing,
    windows_check,
    windows_paint,
    windows_python,
)
from packing.association import values
from packing.msi import OLDEST_BUILD, write_msi
from packing.msi_source import product_code, source
from packing.portable import MARKER, write_portable
from packing.properties import file_version, is_signed
from packing.trials import Trial, expect
from programs import CannotGoOnError

WHEN = 1767225600  # 1 January 2026
PRODUCT = own.product()
TOOLS = ("wixl", "msiinfo", "msibuild", "makensis", "osslsigncode", "faketime")
needs_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS),
    reason="wixl, makensis and what goes with them are not there",
)
A_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def library(version: tuple[int, int, int, int]) -> bytes:
    """Return what stands for a library that says *version* among its properties."""
    high, low = version[0] << 16 | version[1], version[2] << 16 | version[3]
    told = "VS_VERSION_INFO\0".encode("utf-16-le")
    before = b"MZ" + bytes(96)
    padding = -(len(before) + len(told)) % 4
    return before + told + bytes(padding) + struct.pack("<4I", 0xFEEF04BD, 0x10000, high, low)


@pytest.fixture
def payload(tmp_path):
    """Give a folder such as is packed: a program, a library, and files with awkward names."""
    folder = tmp_path / "payload"
    inner = folder / "_internal" / "resources" / "fonts"
    inner.mkdir(parents=True)
    (folder / "apprentice-desk.exe").write_bytes(library((0, 1, 0, 0)))
    (folder / "_internal" / "Qt6Core.dll").write_bytes(library((6, 11, 3, 0)))
    (inner / "a name with spaces & a $ sign.txt").write_text("£")
    (inner / "none").write_bytes(b"")
    for path in folder.rglob("*"):
        os.utime(path, (WHEN, WHEN))
    return folder


@pytest.fixture
def icon(tmp_path):
    path = tmp_path / "program.ico"
    entry = struct.pack("<4B2H2I", 16, 16, 0, 0, 1, 32, len(A_PICTURE), 6 + 16)
    path.write_bytes(struct.pack("<3H", 0, 1, 1) + entry + A_PICTURE)
    return path


SIDS = {"SY": "S-1-5-18", "BA": "S-1-5-32-544", "BU": "S-1-5-32-545"}
"""The system, Administrators and Users, as a list of rights in SDDL has them."""
EVERYTHING, READS, ADDS_FILES_OR_FOLDERS = 0x1F01FF, 0x1, 0x2 | 0x4


def rights_in(entry: str) -> Right:
    """Return what the SDDL *entry*, "A;OICI;FA;;;BA", gives."""
    kind, inherits, mask, _object, _within, whose = entry.split(";")
    assert (kind, inherits) == ("A", "OICI")
    return Right(0, 0, EVERYTHING if mask == "FA" else int(mask, 16), SIDS[whose])


def table(msi: Path, name: str) -> list[dict[str, str]]:
    told = subprocess.run(
        ["msiinfo", "export", msi, name], capture_output=True, check=True, encoding="cp1252"
    ).stdout.splitlines()
    headings = told[0].split("\t")
    return [dict(zip(headings, line.split("\t"), strict=True)) for line in told[3:]]


@pytest.fixture
def msi(payload, icon, tmp_path):
    made = tmp_path / "out" / "desk.msi"
    made.parent.mkdir()
    write_msi(payload, made, PRODUCT, icon, WHEN)
    return made


def test_the_codes_by_which_windows_knows_the_program_never_change():
    older = replace(PRODUCT, version="0.1.0")
    assert PRODUCT.upgrade_code == "5CD3FD4A-68E3-456A-9BBA-506F300E51E5"
    assert product_code(older) == "{1D0223CD-083D-560F-95F5-262ED3E08007}"
    assert msi_source.guid(PRODUCT, "component/registry") == (
        "{0CB38C70-7137-59F6-A12D-6DF80F91E3CD}"
    )


def test_each_version_is_a_product_of_its_own():
    codes = {product_code(replace(PRODUCT, version=f"1.{minor}.0")) for minor in range(9)}
    assert len(codes) == 9


def test_a_component_keeps_its_code_from_version_to_version(payload):
    def codes(version):
        told = source(payload, replace(PRODUCT, version=version)).decode()
        return re.findall(r'<Component Id="\w+" Guid="({[-0-9A-F]+})"', told)

    older, newer = codes("0.1.0"), codes("0.2.0")
    assert older == newer
    assert len(older) == len(set(older)) == 4 + 3  # files, registry, Start menu, and IT's folder


@needs_tools
def test_the_msi_has_every_file_with_its_version_and_size(payload, msi):
    rows = {row["FileName"].rpartition("|")[2]: row for row in table(msi, "File")}
    assert {name: int(row["FileSize"]) for name, row in rows.items()} == {
        path.name: path.stat().st_size for path in payload.rglob("*") if path.is_file()
    }
    assert rows["Qt6Core.dll"]["Version"] == "6.11.3.0"
    assert rows["none"]["Version"] == ""
    short = re.compile(r"[A-Z0-9_]{1,8}(\.[A-Z0-9]{1,3})?$", re.IGNORECASE)
    assert all(short.match(row["FileName"].partition("|")[0]) for row in rows.values())


@needs_tools
def test_the_msi_is_for_every_user_and_refuses_what_is_older(msi):
    said = {row["Property"]: row["Value"] for row in table(msi, "Property")}
    assert said["ALLUSERS"] == "1"
    assert said["ProductVersion"] == PRODUCT.version
    assert said["UpgradeCode"] == f"{{{PRODUCT.upgrade_code}}}"
    assert said["REINSTALLMODE"] == "amus"  # else a library of an older version would be lost
    conditions = [row["Condition"] for row in table(msi, "LaunchCondition")]
    assert conditions == [
        "NOT WIX_DOWNGRADE_DETECTED",
        f"Installed OR (WINDOWSBUILD10 >= {OLDEST_BUILD})",
    ]
    searched = table(msi, "RegLocator")
    assert [row["Type"] for row in searched] == ["18"]  # the 64 bit view, as it stands


@needs_tools
def test_the_msi_tells_windows_that_the_program_opens_desks(msi):
    told = {(row["Key"], row["Name"]): row["Value"] for row in table(msi, "Registry")}
    assert all(
        told[value.key, value.name] == value.text for value in values(PRODUCT, "[INSTALLDIR]")
    )
    opens = told[r"Software\Classes\ApprenticeDesk.Desk\shell\open\command", ""]
    assert opens == '"[INSTALLDIR]apprentice-desk.exe" "%1"'


@needs_tools
def test_only_administrators_write_where_the_msi_has_their_settings_stand(msi):
    above = {row["Directory"]: row for row in table(msi, "Directory")}
    (made,) = table(msi, "CreateFolder")
    folder = above[made["Directory_"]]
    assert folder["DefaultDir"].rpartition("|")[2] == "Apprentice Desk"  # as the policy has it
    assert folder["Directory_Parent"] == "CommonAppDataFolder"
    (lock,) = table(msi, "MsiLockPermissionsEx")
    assert (lock["LockObject"], lock["Table"]) == (made["Directory_"], "CreateFolder")
    flags, *entries = re.findall(r"D:(\w+)|\((.*?)\)", lock["SDDLText"])
    assert "P" in flags[0]  # nothing is inherited: C:\ProgramData lets everybody add files
    rights = [rights_in(entry) for _, entry in entries]
    assert only_trusted(SIDS["BA"], rights, is_folder=True)
    assert only_trusted(SIDS["BA"], rights, is_folder=False)  # a file takes them over
    writers = {right.whose for right in rights if right.mask & ADDS_FILES_OR_FOLDERS}
    assert writers == {SIDS["BA"], SIDS["SY"]}
    readers = {right.whose for right in rights if right.mask & READS}
    assert readers == set(SIDS.values())


@needs_tools
def test_the_taskbar_knows_the_shortcut_the_file_and_the_window_as_one_program(msi, payload):
    (told,) = table(msi, "MsiShortcutProperty")
    (shortcut,) = table(msi, "Shortcut")
    assert told["Shortcut_"] == shortcut["Shortcut"]
    assert told["PropertyKey"] == "System.AppUserModel.ID"
    assert told["PropVariantValue"] == PRODUCT.identity
    kept = {row["Name"]: row["Value"] for row in table(msi, "Registry")}
    assert kept["AppUserModelID"] == PRODUCT.identity
    assert f"'{PRODUCT.identity}'" in nsis.installing(payload, PRODUCT)


@needs_tools
def test_the_same_files_give_the_same_msi_and_other_files_another_code(
    payload, icon, msi, tmp_path
):
    again, other = tmp_path / "out" / "again.msi", tmp_path / "out" / "other.msi"
    write_msi(payload, again, PRODUCT, icon, WHEN)
    assert again.read_bytes() == msi.read_bytes()
    (payload / "_internal" / "Qt6Core.dll").write_bytes(library((6, 11, 4, 0)))
    write_msi(payload, other, PRODUCT, icon, WHEN)
    codes = [
        subprocess.run(
            ["env", "TZ=UTC", "msiinfo", "suminfo", each], capture_output=True, check=True
        ).stdout
        for each in (msi, other)
    ]
    found = [re.search(rb"\(UUID\): (\{.*\})", each)[1] for each in codes]
    assert found[0] != found[1]
    assert all(b"Created: Thu Jan  1 00:00:00 2026" in each for each in codes)


@pytest.mark.parametrize("version", ["1.2", "1.2.3.4", "256.0.0", "1.0.0rc1"])
def test_a_version_that_windows_cannot_compare_is_refused(payload, icon, tmp_path, version):
    with pytest.raises(CannotGoOnError, match="three numbers"):
        write_msi(payload, tmp_path / "x.msi", replace(PRODUCT, version=version), icon, WHEN)


def test_the_same_files_give_the_same_zip_whatever_their_times(payload, tmp_path):
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    write_portable(payload, one, PRODUCT, WHEN)
    for path in payload.rglob("*"):
        os.utime(path, (WHEN + 90_000, WHEN + 90_000))
    write_portable(payload, two, PRODUCT, WHEN)
    assert one.read_bytes() == two.read_bytes()


def test_the_zip_unpacks_into_one_folder_with_the_marker_in_it(payload, tmp_path):
    made = tmp_path / "portable.zip"
    write_portable(payload, made, PRODUCT, WHEN)
    with zipfile.ZipFile(made) as packed:
        packed.extractall(tmp_path / "stick")
    (folder,) = (tmp_path / "stick").iterdir()
    assert folder.name == PRODUCT.name
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    wanted = {path.relative_to(payload) for path in payload.rglob("*") if path.is_file()}
    assert found == wanted | {Path(MARKER)}


@needs_tools
def test_the_setup_program_is_the_same_twice_and_says_its_version(payload, icon, tmp_path):
    made = [tmp_path / "one" / "desk-setup.exe", tmp_path / "two" / "desk-setup.exe"]
    for to in made:
        nsis.write_setup(payload, to, PRODUCT, icon, WHEN, is_quick=True)
    assert made[0].read_bytes() == made[1].read_bytes()
    assert file_version(made[0]) == f"{PRODUCT.version}.0"


def test_the_uninstaller_removes_what_was_installed_and_nothing_else(payload):
    removed = nsis.removing(payload).splitlines()
    files = {line for line in removed if line.startswith("Delete ")}
    assert len(files) == len(nsis.files(payload)) == 4
    fonts = "$INSTDIR\\_internal\\resources\\fonts"
    assert f'Delete "{fonts}\\a name with spaces & a $$ sign.txt"' in files
    folders = [line for line in removed if line.startswith("RMDir ")]
    assert folders == [
        f'RMDir "{fonts}"',
        'RMDir "$INSTDIR\\_internal\\resources"',
        'RMDir "$INSTDIR\\_internal"',
    ]
    assert len(files) + len(folders) == len(removed)
    script = nsis.SCRIPT.read_text("utf-8")
    assert "RMDir" in script
    assert "/r" not in script  # a desk that somebody keeps in that folder stays


@needs_tools
def test_what_windows_runs_is_signed_once_and_a_change_is_noticed(payload, icon, tmp_path):
    program = payload / "desk-setup.exe"  # a real program, unlike those of the payload
    nsis.write_setup(payload, program, PRODUCT, icon, WHEN, is_quick=True)
    for stand_in in ("apprentice-desk.exe", "_internal/Qt6Core.dll"):
        (payload / stand_in).unlink()
    by = signing.signer({}, tmp_path / "keys", PRODUCT, WHEN)
    assert not is_signed(program)
    with pytest.raises(CannotGoOnError, match="does not hold"):
        by.verify(program)
    assert signing.sign_payload(payload, by) == ["desk-setup.exe"]
    assert is_signed(program)
    by.verify(program)
    signed = program.read_bytes()
    assert signing.sign_payload(payload, by) == []
    program.write_bytes(signed.replace(b"This program", b"That program", 1))
    with pytest.raises(CannotGoOnError, match="does not hold"):
        by.verify(program)


@needs_tools
def test_the_uninstaller_inside_is_signed_too(payload, icon, tmp_path):
    by = signing.signer({}, tmp_path / "keys with a space", PRODUCT, WHEN)
    made = tmp_path / "desk-setup.exe"
    nsis.write_setup(payload, made, PRODUCT, icon, WHEN, signs=by.in_place(), is_quick=True)
    plain = tmp_path / "plain.exe"
    nsis.write_setup(payload, plain, PRODUCT, icon, WHEN, is_quick=True)
    assert made.stat().st_size - plain.stat().st_size > 1000  # a signature, packed


def test_a_real_certificate_is_named_by_the_environment_and_its_password_by_a_file(tmp_path):
    given = {
        "APPRENTICE_DESK_SIGN_PFX": "/keys/council.pfx",
        "APPRENTICE_DESK_SIGN_PASSWORD": "/keys/password",
        "APPRENTICE_DESK_SIGN_TIMESTAMP": "http://time.invalid",
    }
    words = signing.signer(given, tmp_path, PRODUCT, WHEN).words("in.exe", "out.exe")
    assert words[2:8] == [
        *("-pkcs12", "/keys/council.pfx", "-readpass", "/keys/password"),
        *("-ts", "http://time.invalid"),
    ]
    assert list(tmp_path.iterdir()) == []  # no test certificate was made


def test_a_part_of_a_key_on_a_card_is_not_enough(tmp_path):
    with pytest.raises(CannotGoOnError, match="all three"):
        signing.signer({"APPRENTICE_DESK_SIGN_MODULE": "/lib/card.so"}, tmp_path, PRODUCT, WHEN)


def test_the_trials_know_what_the_setup_program_ends_with():
    said = dict(re.findall(r"(?m)^!define (\w+) (\d)  ", nsis.SCRIPT.read_text("utf-8")))
    known = {name: str(getattr(windows_check, name)) for name in said}
    assert said == known
    assert len(set(said.values())) == len(said) == 4


def test_a_trial_says_which_step_went_wrong(tmp_path, capsys):
    trial = Trial("msi")
    with trial.step("it is installed"):
        expect(True, "never said")
    with (
        pytest.raises(CannotGoOnError, match="msi: it is removed: a file is left"),
        trial.step("it is removed"),
    ):
        expect([], "a file is left")
    trial.store(tmp_path / "trials" / "msi.json")
    assert "it is installed" in (tmp_path / "trials" / "msi.json").read_text()
    assert "it is installed (" in capsys.readouterr().out


class Painting:
    """A Windows in which *slow* paints its window after so many seconds, and all else after one."""

    def __init__(self, slow: str, seconds: float) -> None:
        self._slow, self._seconds, self.ran = slow, seconds, []

    def path(self, linux_path: Path) -> str:
        return str(linux_path)

    def run(self, program, *words, more, **_):
        self.ran.append((program.name, words))
        late = self._seconds if program.name == self._slow else 1.0
        told = Path(more["APPRENTICE_DESK_PAINT_FILE"])
        told.write_text(repr(time.time() + late))
        return subprocess.CompletedProcess([program.name], 0, "", "")


@pytest.mark.parametrize(
    ("slow", "seconds", "passes"),
    [
        ("apprentice-desk.exe", 1.2, True),
        ("apprentice-desk.exe", 1.5, False),
        ("python.exe", 9.0, True),
    ],
)
def test_a_frozen_program_that_paints_later_than_its_source_may_does_not_pass(
    tmp_path, monkeypatch, slow, seconds, passes
):
    monkeypatch.setattr(windows_python, "program_python", lambda: Path("python.exe"))
    wine = Painting(slow, seconds)
    with nullcontext() if passes else pytest.raises(CannotGoOnError, match=r"takes 1\.5"):
        windows_paint.check_first_paint(wine, tmp_path, tmp_path / "work")
    assert len(wine.ran) == 2 * (1 + windows_paint.RUNS)
    assert {words for _, words in wine.ran} == {("open",), ("-m", "apprentice_desk", "open")}
