"""The project's own tests on Windows Python under wine, and which of them stay out, and why.

The tests of each folder are one call of pytest, so that a program that ends badly takes no
other's results along, and the test that it ended in is named.  What this shows is that paths,
locks, files that are open and the texts that Windows writes are handled as they are there; wine
is no Windows, so a person tries one as well.
"""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from packing import windows_python, windows_runtime
from packing.wine import STUBS
from programs import ROOT, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TESTS = ROOT / "tests"
REPORTS = ROOT / "build" / "windows-tests"
SECONDS_FOR_ONE = 7200  # more than any folder takes on a computer that has other work as well
DULL = (" PASSED", " SKIPPED")  # what need not be read where something failed


class LeftOut(NamedTuple):
    """Tests that are not run here: a folder, a file, or one test of a file, and the reason."""

    tests: str  # as pytest names them, from the project's folder
    reason: str


LEFT_OUT = (
    LeftOut("tests/bench", "Speed is measured where the program is at home, never under wine."),
    LeftOut("tests/fuzz", "It watches processes by what Linux alone tells of them."),
    LeftOut("tests/installers", "They set a Linux computer up, and look at its programs."),
    LeftOut("tests/packages", "It looks at what was frozen for Linux; Windows has its trials."),
    LeftOut("tests/torture", "It kills processes by signals and breaks disks by strace."),
    LeftOut("tests/safekeeping/test_keychain.py", "It speaks to the keychain of Linux by D-Bus."),
    LeftOut(
        "tests/safekeeping/test_places.py::test_a_drive_that_can_be_taken_out_is_recognised",
        "It lays out Linux's table of drives, whose folders have no name on Windows.",
    ),
    LeftOut(
        "tests/safekeeping/test_places.py::test_a_second_disk_inside_the_computer_is_none",
        "It lays out Linux's table of drives, with links in it.",
    ),
    LeftOut(
        "tests/safekeeping/test_places.py::test_a_link_to_a_synced_folder_leads_there",
        "It makes a link, which wine cannot, nor most people on Windows.",
    ),
    LeftOut(
        "tests/safekeeping/test_vault.py::"
        "test_a_program_killed_while_keys_change_leaves_a_whole_desk_and_draft",
        "It kills a program by the clock, and under wine each time before the first change.",
    ),
    LeftOut(
        "tests/safekeeping/test_vault.py::test_an_end_after_the_move_leaves_the_new_desk"
        "[settle_name]",
        "Windows settles no folder: there is nothing to end in.",
    ),
    LeftOut(
        "tests/test_house.py::test_imports_point_one_way",
        "It reads the source with a tool that is not installed here; the source is the same.",
    ),
    LeftOut(
        "tests/ui/test_screens.py",
        "It holds pictures against those of Linux, and numpy asks for what wine 8 lacks.",
    ),
    LeftOut("tests/ui/test_colouring.py", "It needs numpy, which asks for what wine 8 lacks."),
    LeftOut("tests/ui/test_openings.py", "It needs numpy, which asks for what wine 8 lacks."),
)


class Outcome(NamedTuple):
    """How the tests of one call went."""

    name: str
    passed: int
    skipped: int
    failed: tuple[str, ...]  # names of tests, and what else is amiss
    seconds: float = 0.0

    def sentence(self) -> str:
        """Return the line for people."""
        failed = f", {len(self.failed)} failed" if self.failed else ""
        minutes = f" in {max(1, round(self.seconds / 60))} min" if self.seconds else ""
        return f"{self.name}: {self.passed} passed, {self.skipped} skipped{failed}{minutes}"


def folders() -> list[str]:
    """Return the argument of each call: the tests that stand in one folder, not in one below."""
    names = {path.parent.relative_to(ROOT).as_posix() for path in TESTS.rglob("test_*.py")}
    out = {left.tests for left in LEFT_OUT}
    return [f"{name}/test_*.py" for name in sorted(names - out)]


def run(wanted: Sequence[str] = ()) -> list[Outcome]:
    """Run the tests *wanted*, else all that are not left out, and return how each call went."""
    python, windows = windows_python.tests_python(), windows_runtime.wine()
    REPORTS.mkdir(parents=True, exist_ok=True)
    outcomes = []
    for number, folder in enumerate(wanted or folders()):
        report = REPORTS / f"{number}.xml"
        report.unlink(missing_ok=True)
        tests = files_of(folder)
        say(f"— {folder} on Windows Python")
        began = time.monotonic()
        try:
            ended = windows.run(
                python,
                *("-m", "pytest", "-v", "--tb=short", "-p", "no:cacheprovider"),
                f"--junitxml={windows.path(report)}",
                *left_out_of(folder),
                *(tests or [folder]),  # one test of a file is no pattern
                timeout=SECONDS_FOR_ONE,
                more=_environment(windows.path),
                folder=ROOT,
            )
        except subprocess.TimeoutExpired as late:
            printed = str(late.stdout)
            outcome = Outcome(folder, 0, 0, (f"It came to no end in {last_of(printed)}.",))
        else:
            printed = ended.stdout + ended.stderr
            outcome = outcome_of(folder, report, ended.returncode, last_of(ended.stdout))
        outcome = outcome._replace(seconds=time.monotonic() - began)
        if outcome.failed:
            say("\n".join(each for each in printed.splitlines() if not worth_nothing(each)))
        say(f"  {outcome.sentence()}")
        outcomes.append(outcome)
    return outcomes


def files_of(folder: str) -> list[str]:
    """Return the files that the pattern *folder* names, but for those that are left out.

    Pytest heeds no --ignore of a file that it is given by name.
    """
    out = {left.tests for left in LEFT_OUT}
    return sorted({each.relative_to(ROOT).as_posix() for each in ROOT.glob(folder)} - out)


def left_out_of(folder: str) -> list[str]:
    """Return what tells pytest which tests of *folder* stay out."""
    top = folder.split("*")[0]
    return [
        f"--deselect={left.tests}" if "::" in left.tests else f"--ignore={left.tests}"
        for left in LEFT_OUT
        if left.tests.startswith(top)
    ]


def worth_nothing(line: str) -> bool:
    """Tell whether *line* only says that a test went well, or was not for this system."""
    return line.startswith("tests/") and any(word in line for word in DULL)


def last_of(printed: str) -> str:
    """Return the test that *printed*, by pytest's -v, names last: the one it was in."""
    begun = [line.split(" ")[0] for line in printed.splitlines() if line.startswith("tests/")]
    return begun[-1] if begun else "no test"


def outcome_of(name: str, report: Path, status: int, last: str = "no test") -> Outcome:
    """Return how the call *name* went, by pytest's *report* and the *status* it ended with.

    *last* is the test that is named where it ended before there was a report.
    """
    if not report.exists():
        return Outcome(name, 0, 0, (f"It ended with {status} in {last}, before it could report.",))
    passed, skipped, failed = 0, 0, []
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  (our own file)
        ways = {each.tag for each in case}
        if ways & {"failure", "error"}:
            failed.append(f"{case.get('classname')}.{case.get('name')}")
        elif "skipped" in ways:
            skipped += 1
        else:
            passed += 1
    if status != 0 and not failed:
        failed.append(f"It ended with {status}.")
    if not passed:
        failed.append("Not one test was run.")
    return Outcome(name, passed, skipped, tuple(failed))


def _environment(path: Callable[[Path], str]) -> dict[str, str]:
    sources = (STUBS, ROOT / "src", TESTS, ROOT / "installers")
    return {
        "PYTHONPATH": ";".join(path(each) for each in sources),
        "PYTHONPYCACHEPREFIX": path(REPORTS / "compiled"),  # Linux's own stays as it is
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QPA_FONTDIR": path(ROOT / "resources" / "fonts"),  # that platform looks for none else
    }
