from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALLERS = ROOT / "installers"
COMMANDS = (
    "run",
    "test",
    "package",
    "gallery",
    "bench",
    "fuzz",
    "torture",
    "codes",
    "papers",
    "steps",
)
REPORTS = ("tests.xml", "tests-measured.xml")

PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
name = "apprentice-desk"
version = "1"
[tool.hatch.version]
path = "x.py"
[tool.ruff]
line-length = 100
"""


@pytest.fixture(scope="module")
def tools():
    """Give the modules beside dev.py, found the way dev.py finds them: in its own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(INSTALLERS))
        names = ("dev", "environment", "machine", "main_job", "programs", "results", "servers",
                 "testing")  # fmt: skip
        yield SimpleNamespace(**{name: importlib.import_module(name) for name in names})


@pytest.fixture
def project(tmp_path):
    """Give the root of a small project with locks and a .venv that looks sound."""
    locks = tmp_path / "installers" / "locks"
    locks.mkdir(parents=True)
    (locks / "run.txt").write_text("alembic==1\n")
    (locks / "dev.txt").write_text("alembic==1\npytest==1\n")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / "lib" / "python3" / "site-packages" / "pip").mkdir(parents=True)
    version = ".".join(str(part) for part in sys.version_info[:3])
    (venv / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\n")
    return tmp_path


def stamp(tools, project, lock):
    made = tools.environment.Stamp.wanted(project, lock)
    (project / ".venv" / "apprentice-desk.json").write_text(json.dumps(made._asdict()))
    return made


def call_dev(*words):
    return subprocess.run(
        [sys.executable, INSTALLERS / "dev.py", *words],
        capture_output=True,
        text=True,
        check=False,
    )


# The commands


def test_help_names_the_commands():
    answer = call_dev("--help")
    assert answer.returncode == 0
    words = answer.stdout.split()
    assert {*COMMANDS} <= set(words)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command):
    answer = call_dev(command, "--help")
    assert answer.returncode == 0, answer.stderr
    assert f"dev.py {command}" in answer.stdout


def test_packages_for_an_unknown_system_or_compared_where_they_are_not_are_refused():
    assert "invalid choice: 'amiga'" in call_dev("package", "amiga").stderr
    answer = call_dev("package", "macos", "--twice")
    assert answer.returncode == 2
    assert answer.stderr == "Packages for macOS are not made twice and compared.\n"


@pytest.mark.parametrize("program", ["bench", "fuzz", "torture"])
def test_what_follows_two_dashes_goes_to_a_program_that_is_there(program):
    path = f"tests/{program}/run.py"
    assert path in " ".join(call_dev(program, "--help").stdout.split())
    assert (ROOT / path).is_file()


def test_the_fuzzer_says_what_it_takes():
    answer = subprocess.run(
        [sys.executable, ROOT / "tests" / "fuzz" / "run.py", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"--files", "--seed"} <= set(answer.stdout.split())


def test_the_torture_says_what_it_takes_and_its_tool_is_wished_for(tools):
    answer = subprocess.run(
        [sys.executable, ROOT / "tests" / "torture" / "run.py", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"--kills", "--seed"} <= set(answer.stdout.split())
    assert [need.packages for need in tools.machine.STRACE] == [("strace",)]


def test_an_unknown_command_is_refused():
    assert call_dev("deploy").returncode == 2


@pytest.mark.parametrize(
    ("platform", "given", "is_shown"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_a_window_opens_only_where_there_is_a_display(tools, platform, given, is_shown):
    assert tools.dev.has_display(platform, given) is is_shown


def test_what_follows_two_dashes_is_passed_on_untouched(tools):
    assert tools.dev._split(["test", "--quick", "--", "-k", "pence", "--", "x"]) == (
        ["test", "--quick"],
        ["-k", "pence", "--", "x"],
    )
    assert tools.dev._split(["run"]) == (["run"], [])


def test_ci_run_is_an_executable_that_calls_the_test_command():
    script = ROOT / ".ci" / "run"
    assert script.read_text().endswith("exec python3 installers/dev.py test\n")
    assert os.access(script, os.X_OK)


# Programs


def test_other_programs_get_none_of_the_settings_that_change_python(tools):
    given = {"PATH": "/bin", "PYTHONPATH": "/elsewhere", "PYTHONHOME": "/x", "VIRTUAL_ENV": "/y",
             "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    assert tools.programs.clean_environment(given, {"QT_QPA_PLATFORM": "offscreen"}) == {
        "PATH": "/bin",
        "PYTHONNOUSERSITE": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }


def test_a_quiet_program_is_shown_whole_only_when_it_fails(tools, capsys):
    good = [sys.executable, "-c", "print('all well')"]
    assert tools.programs.run_quietly(good, "Never said.") == "all well\n"
    assert capsys.readouterr().out == ""
    bad = [sys.executable, "-c", "print('first'); print('last'); raise SystemExit(3)"]
    with pytest.raises(tools.programs.CannotGoOnError, match=r"^Look at the network\.$"):
        tools.programs.run_quietly(bad, "Look at the network.")
    assert "first\nlast" in capsys.readouterr().out


# The environment


def test_an_environment_made_from_the_same_lock_is_used_without_running_anything(
    tools, project, capsys
):
    stamp(tools, project, "run")
    before = sorted(project.rglob("*"))
    python = tools.environment.prepare("run", project)
    assert python == project / ".venv" / "bin" / "python"
    assert sorted(project.rglob("*")) == before
    assert capsys.readouterr().out == ""


def test_the_larger_lock_serves_for_the_smaller_one_but_not_the_other_way(tools, project):
    choose = tools.environment.lock_to_use
    assert choose(project, "run", stamp(tools, project, "dev")) == "dev"
    assert choose(project, "dev", stamp(tools, project, "run")) == "dev"
    assert choose(project, "run", None) == "run"


def test_a_changed_larger_lock_no_longer_serves_for_the_smaller_one(tools, project):
    made = stamp(tools, project, "dev")
    (project / "installers" / "locks" / "dev.txt").write_text("alembic==2\n")
    assert tools.environment.lock_to_use(project, "run", made) == "run"


def change_lock(project):
    (project / "installers" / "locks" / "run.txt").write_text("alembic==2\n")


def change_project(project):
    (project / "pyproject.toml").write_text(PYPROJECT.replace('version = "1"', 'version = "2"'))


@pytest.mark.parametrize("change", [change_lock, change_project])
def test_a_change_of_the_lock_or_the_project_asks_for_new_packages(tools, project, change):
    made = stamp(tools, project, "run")
    change(project)
    assert tools.environment.Stamp.wanted(project, "run") != made


def test_a_change_of_a_tools_settings_asks_for_nothing(tools, project):
    made = stamp(tools, project, "run")
    (project / "pyproject.toml").write_text(PYPROJECT.replace("100", "99"))
    assert tools.environment.Stamp.wanted(project, "run") == made


def test_a_copied_project_does_not_use_the_environment_of_the_first(tools, project, tmp_path):
    made = stamp(tools, project, "run")
    copy = tmp_path / "copy"
    shutil.copytree(project / "installers", copy / "installers")
    shutil.copy(project / "pyproject.toml", copy)
    assert tools.environment.Stamp.wanted(copy, "run") != made


def lose_python(venv):
    (venv / "bin" / "python").unlink()


def point_at_no_python(venv):
    lose_python(venv)
    (venv / "bin" / "python").symlink_to("/nowhere/python3")


def be_of_another_version(venv):
    (venv / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.1.4\n")


def lose_pip(venv):
    shutil.rmtree(venv / "lib")


@pytest.mark.skipif(os.name == "nt", reason="the layout of .venv is another on Windows")
@pytest.mark.parametrize(
    "harm", [lose_python, point_at_no_python, be_of_another_version, lose_pip, shutil.rmtree]
)
def test_a_broken_environment_is_not_taken_for_a_sound_one(tools, project, harm):
    venv = project / ".venv"
    assert tools.environment.is_sound(venv)
    harm(venv)
    assert not tools.environment.is_sound(venv)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"lock": "run"}'])
def test_a_stamp_that_cannot_be_read_counts_as_none(tools, project, content):
    (project / ".venv" / "apprentice-desk.json").write_text(content)
    assert tools.environment.read_stamp(project / ".venv") is None


LOCKS = sorted([*INSTALLERS.glob("locks/*"), *INSTALLERS.rglob("*.lock")])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_in_a_lock_is_pinned_and_hashed(lock):
    assert len(LOCKS) >= 7
    text = re.sub(r" *\\\n +", " ", lock.read_text("utf-8"))
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert entries
    pinned = re.compile(r"[a-z0-9._-]+==[^ ;]+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+")
    assert [line for line in entries if not pinned.fullmatch(line)] == []


# The machine


def test_a_package_is_asked_for_by_the_name_that_this_release_knows(tools):
    glib = tools.machine.QT[0]
    choose = tools.machine.choose_packages
    assert choose([glib], {"libglib2.0-0t64", "libglib2.0-0"}.__contains__) == ["libglib2.0-0t64"]
    assert choose([glib], {"libglib2.0-0"}.__contains__) == ["libglib2.0-0"]
    assert choose([glib], set().__contains__) == ["libglib2.0-0"]


def test_only_what_is_not_there_is_missing(tools):
    there = tools.machine.Need("here", ("here",), lambda _thing: True)
    absent = tools.machine.Need("gone", ("gone",), lambda _thing: False)
    expected = [absent] if sys.platform == "linux" else []
    assert tools.machine.missing([there, absent]) == expected


def test_a_shared_object_is_looked_for_by_loading_it(tools):
    assert not tools.machine.loads("libno-such-library.so.1")
    if sys.platform == "linux":
        assert tools.machine.loads("libc.so.6")


def test_one_sentence_names_all_that_is_missing_and_the_command_that_installs_it(tools):
    needs = (tools.machine.QT[1], tools.machine.QT[2])
    assert tools.machine.request(needs) == (
        "please install libGL.so.1 and libEGL.so.1 "
        "(on Debian or Ubuntu: sudo apt-get install libegl1 libgl1)"
    )


# The calls of pytest


def test_the_calls_together_run_every_test_once(tools, tmp_path):
    whole = {path for path in (ROOT / "tests").iterdir() if list(path.rglob("test_*.py"))}
    assert len(whole) > 5
    measured, others = tools.testing.every(tmp_path, 2, is_measured=True)
    named = {ROOT / word for word in measured.arguments if word.startswith("tests/")}
    left_out = {
        ROOT / word.removeprefix("--ignore=")
        for word in others.arguments
        if word.startswith("--ignore=")
    }
    assert named == left_out == {ROOT / "tests" / name for name in tools.results.PERFECT}
    assert named < whole
    assert not [word for word in others.arguments if word.startswith("tests")], "all that is left"
    assert {measured.report, others.report} == {tmp_path / name for name in REPORTS}
    (quick,) = tools.testing.every(tmp_path, 2, is_measured=False)
    assert not [word for word in quick.arguments if "tests/" in word.removeprefix("--junitxml=")]


def test_only_what_must_be_tested_in_full_is_measured(tools, tmp_path):
    measured, others = tools.testing.every(tmp_path, 2, is_measured=True)
    assert "--cov=apprentice_desk.domain" in measured.arguments
    assert measured.coverage == tmp_path / "coverage.json"
    (quick,) = tools.testing.every(tmp_path, 2, is_measured=False)
    (asked,) = tools.testing.some(["tests/domain", "-k", "pence"], tmp_path)
    assert asked.arguments[-3:] == ["tests/domain", "-k", "pence"]
    for call in (others, quick, asked):
        assert call.coverage is None
        assert not [word for word in call.arguments if word.startswith("--cov")]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a folder")
def test_the_files_of_the_tests_lie_in_memory_for_as_long_as_they_last(tools, tmp_path):
    with tools.testing.folder_in_memory(tmp_path, needed=1) as folder:
        assert folder.parent == tmp_path
        (folder / "made by a test").mkdir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wanting", ["room", "programs may be started", "the folder"])
def test_they_lie_where_they_always_did_where_memory_is_not_fit(
    tools, tmp_path, monkeypatch, wanting
):
    found, memory, needed = os.statvfs(tmp_path), tmp_path, 1
    if wanting == "room":
        needed = found.f_bavail * found.f_frsize * 2
    elif wanting == "the folder":
        memory = tmp_path / "absent"
    else:
        mounted = SimpleNamespace(
            f_flag=os.ST_NOEXEC, f_bavail=found.f_bavail, f_frsize=found.f_frsize
        )
        monkeypatch.setattr(os, "statvfs", lambda _path: mounted)
    with tools.testing.folder_in_memory(memory, needed) as folder:
        assert folder is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [0, 1])
def test_each_step_says_its_name_and_how_long_it_took(tools, capfd, status):
    command = [sys.executable, "-c", f"print('at work', flush=True); raise SystemExit({status})"]
    assert tools.dev.passes("looking", command) is (status == 0)
    said = capfd.readouterr()
    assert re.fullmatch(r"— looking\nat work\n  took \d+\.\d s\n", said.out)
    assert said.err == ("looking failed; what it found is above.\n" if status else "")


# What the tests' reports show


def coverage_report(tmp_path, **files):
    report = tmp_path / "coverage.json"
    content = {
        f"src/apprentice_desk/{name.replace('__', '/')}.py": {
            "missing_lines": lines,
            "missing_branches": branches,
        }
        for name, (lines, branches) in files.items()
    }
    report.write_text(json.dumps({"files": content}))
    return report


def test_a_package_that_must_be_perfect_fails_for_one_branch(tools, tmp_path):
    report = coverage_report(
        tmp_path, domain__money=([], [[4, 9]]), domain__calendar=([], []), app=([1, 2], [])
    )
    assert tools.results.gaps_in_coverage(report, ("domain",)) == [
        "src/apprentice_desk/domain/money.py must be tested in full by tests/domain; "
        "never run: 4 to 9."
    ]


def test_a_perfect_package_that_no_test_touched_is_a_gap(tools, tmp_path):
    expected = ["No test ran any module of apprentice_desk/domain."]
    report = coverage_report(tmp_path, app=([], []))
    assert tools.results.gaps_in_coverage(report, ("domain",)) == expected
    report.unlink()
    assert tools.results.gaps_in_coverage(report, ("domain",)) == expected


def test_full_coverage_leaves_nothing_to_say(tools, tmp_path):
    report = coverage_report(tmp_path, domain__money=([], []))
    assert tools.results.gaps_in_coverage(report, ("domain",)) == []


def test_a_skip_for_want_of_a_server_is_told_and_any_other_is_not(tools, tmp_path):
    report = tmp_path / "tests.xml"
    report.write_text(
        "<testsuites><testsuite>"
        '<testcase classname="records" name="undo"><skipped message="no PostgreSQL"/></testcase>'
        '<testcase classname="ui" name="start"><skipped message="needs an X server"/></testcase>'
        '<testcase classname="returns" name="fill"><skipped message="no LibreOffice with its'
        ' Python bridge"/></testcase>'
        '<testcase classname="ui" name="mac"><skipped message="macOS only"/></testcase>'
        '<testcase classname="records" name="log"/>'
        "</testsuite></testsuites>"
    )
    assert tools.results.skipped_for_want_of_servers(report) == [
        "records.undo must run here, but was skipped: no PostgreSQL",
        "ui.start must run here, but was skipped: needs an X server",
        "returns.fill must run here, but was skipped: no LibreOffice with its Python bridge",
    ]


# The servers, and LibreOffice


@pytest.mark.skipif(sys.platform == "win32", reason="programs are found by their endings there")
@pytest.mark.parametrize(("speaks", "is_found"), [("exit 0", True), ("exit 1", False)])
def test_libreoffice_is_there_if_a_python_beside_it_can_talk_to_it(
    tools, tmp_path, monkeypatch, speaks, is_found
):
    for name, does in (("soffice", "exit 0"), ("python", speaks)):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools.machine, "SYSTEM_PYTHON", tmp_path / "none")
    found = (tmp_path / "soffice", tmp_path / "python")
    assert tools.machine.office() == (found if is_found else None)
    assert tools.machine.has_office("") is is_found
    assert tools.machine.has_writer("") is (is_found and sys.platform != "linux")
    (tmp_path / "libswlo.so").touch()
    assert tools.machine.has_writer("") is is_found


def test_without_libreoffice_set_up_asks_for_it_and_its_python(tools, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tools.machine.office() is None
    packages = [need.packages[-1] for need in tools.machine.OFFICE]
    assert packages == ["libreoffice-calc", "libreoffice-writer", "python3-uno"]


def test_without_at_spi_set_up_asks_for_all_that_listening_takes(tools, tmp_path, monkeypatch):
    monkeypatch.setattr(tools.machine, "SYSTEM_PYTHON", tmp_path / "none")
    assert tools.machine.screen_reader() is None
    packages = [need.packages[-1] for need in tools.machine.missing(tools.machine.SCREEN_READER)]
    listening = ["dbus", "at-spi2-core", "gir1.2-atspi-2.0", "python3-gi"]
    assert packages == (listening if sys.platform == "linux" else [])


@pytest.mark.skipif(sys.platform == "win32", reason="programs are found by their endings there")
def test_a_python_without_the_bindings_cannot_listen(tools, tmp_path, monkeypatch):
    deaf = tmp_path / "python3"
    deaf.write_text("#!/bin/sh\nexit 1\n")
    deaf.chmod(0o755)
    monkeypatch.setattr(tools.machine, "SYSTEM_PYTHON", deaf)
    assert tools.machine.screen_reader() is None
    assert not tools.machine.has_screen_reader("")


@pytest.fixture
def postgresql(tools):
    programs = tools.machine.postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    return programs


def is_answered(address):
    import psycopg

    try:
        with psycopg.connect(address.replace("+psycopg", "")) as connection:
            return connection.execute("SELECT 6 * 7").fetchone() == (42,)
    except psycopg.OperationalError:
        return False


def is_listening(address):
    port = int(address.rsplit(":", 1)[1].split("/")[0])
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def folders_left(where):
    return sorted(where.glob("apprentice-desk-postgresql-*"))


def test_the_throw_away_postgresql_answers_and_leaves_nothing(tools, postgresql, tmp_path):
    where = Path("/tmp") if tools.servers._owner() else Path(tools.servers.tempfile.gettempdir())
    before = folders_left(where)
    with tools.servers.postgresql(postgresql) as address:
        assert is_answered(address)
        without_password = address.replace(address.split("@")[0], "postgresql://tests")
        assert not is_answered(without_password)
    assert not is_listening(address)
    assert folders_left(where) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_servers_end_when_their_program_is_told_to(tools, postgresql, number):
    program = textwrap.dedent(
        """
        import signal, sys
        from pathlib import Path
        import programs, servers
        # A shell lets what it starts in the background ignore Ctrl+C, and that is inherited.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        programs.end_cleanly_when_told_to()
        with servers.postgresql(Path(sys.argv[1])) as address:
            print(address, flush=True)
            programs.run([sys.executable, "-c", "import time; time.sleep(600)"])
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, postgresql],
        cwd=INSTALLERS,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        address = process.stdout.readline().strip()
        was_answered = is_answered(address)
        os.killpg(process.pid, number)
        process.wait(60)
    assert was_answered
    assert process.returncode != 0
    assert not is_listening(address)


@pytest.mark.window
def test_the_display_for_tests_is_free_and_gone_afterwards(tools):
    if tools.machine.missing(tools.machine.X_SERVER) or sys.platform != "linux":
        pytest.skip("there is no X server here")
    with tools.servers.x_display() as first, tools.servers.x_display() as second:
        assert first != second
        places = [Path(f"/tmp/.X11-unix/X{name[1:]}") for name in (first, second)]
        assert all(place.exists() for place in places)
    assert not any(place.exists() for place in places)


# The main job


def test_lists_of_hours_are_told_apart_by_their_names(tools, tmp_path):
    for name in ("apprentices.csv", "hours of Ada Lovelace.csv", "Hours.xlsx"):
        (tmp_path / name).touch()
    people, hours = tools.main_job.lists_in(tmp_path)
    assert [path.name for path in people] == ["apprentices.csv"]
    assert [path.name for path in hours] == ["Hours.xlsx", "hours of Ada Lovelace.csv"]


def test_the_quarter_is_the_first_that_the_samples_returns_are_named_for(tools, tmp_path):
    folder = tmp_path / "returns"
    folder.mkdir()
    with pytest.raises(tools.programs.CannotGoOnError, match="No return in"):
        tools.main_job.period_of(tmp_path)
    for name in ("exampleton 2027-28 Q1.xlsx", "sampleford 2026-27 Q4.xlsx", "read me.xlsx"):
        (folder / name).touch()
    assert tools.main_job.period_of(tmp_path) == "2026-27 Q4"


def test_steps_are_shown_as_one_would_type_them(tools):
    words = ("return", ROOT / "build" / "a desk.desk", "--period", "2026-27 Q3")
    assert tools.main_job.as_typed(words) == ("return 'build/a desk.desk' --period '2026-27 Q3'")
