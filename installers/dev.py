#!/usr/bin/env python3
"""What a contributor calls: run, test, package, gallery, bench, fuzz, torture, codes and others.

    python3 installers/dev.py run        open the program on the sample borough
    python3 installers/dev.py test       every check, as CI makes it
    python3 installers/dev.py package linux    what people install, in dist/

Needs Python 3.11 to 3.13 and nothing else: it makes .venv, fills it from the locks, and on
Debian and Ubuntu installs the system libraries that are missing, where it may.
"""

from __future__ import annotations

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):  # before anything that older ones cannot read
    sys.exit(
        "This needs Python 3.11, 3.12 or 3.13, and is running on "
        f"{sys.version_info[0]}.{sys.version_info[1]}; call it with one of those."
    )

import argparse
import os
import shutil
import tempfile
import time
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import environment
import machine
import results
import servers
import testing
from main_job import MainJob
from programs import ROOT, CannotGoOnError, end_cleanly_when_told_to, run, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BUILD = ROOT / "build"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}

FINE, FAILED, CANNOT, STOPPED = 0, 1, 2, 130


def main(words: Sequence[str]) -> int:
    """Carry out the command in *words* and return the exit status."""
    own, passed_on = _split(words)
    chosen = _parser().parse_args(own)
    end_cleanly_when_told_to()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # old Windows consoles
    try:
        match chosen.command:
            case "run":
                return open_program(passed_on, wants_window=not chosen.no_window)
            case "test" if chosen.windows:
                return run_tests_on_windows_python(passed_on)
            case "test":
                return run_every_check(passed_on, is_quick=chosen.quick)
            case "package":
                if chosen.twice and chosen.system == "macos":
                    raise CannotGoOnError("Packages for macOS are not made twice and compared.")
                return package(chosen.system, is_quick=chosen.quick, is_twice=chosen.twice)
            case "gallery":
                return gallery(renews=chosen.renew)
            case "fuzz":
                return fuzz(passed_on)
            case "torture":
                return torture(passed_on)
            case "codes":
                return codes()
            case "papers":
                return papers()
            case "steps":
                return steps()
            case _:
                return bench(passed_on)
    except CannotGoOnError as problem:
        print(problem, file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED


def open_program(arguments: Sequence[str], *, wants_window: bool) -> int:
    """Run the program: on *arguments* if any, else its window, else the main job without one."""
    wants_window = wants_window and has_display(sys.platform, os.environ)
    is_wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    needed: tuple[machine.Need, ...] = machine.QT
    if wants_window and not is_wayland:
        needed += machine.X_WINDOWS
    python = set_up(environment.RUN, needed, machine.FONTS)
    if arguments:
        here = Path.cwd()  # the files named in them are meant from where the person stands
        return run([python, "-m", "apprentice_desk", *arguments], folder=here)
    if wants_window:
        return run([python, "-m", "apprentice_desk", "open", "--sample"])
    say("Without a window, this goes through the main job by the command line instead.")
    return MainJob(python, BUILD / "main-job").carry_out()


def run_every_check(arguments: Sequence[str], *, is_quick: bool) -> int:
    """Make every check in order of speed and stop at the first that fails, naming it.

    Each says how long it took.  With *arguments* pytest gets those, and coverage, which tells
    only of a whole run, is left out.  *is_quick* leaves out PostgreSQL and coverage, and installs
    no LibreOffice.  In CI, what the tests need must be there and used: nothing may be skipped for
    want of it.
    """
    in_ci = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    wished: tuple[machine.Need, ...] = (
        *machine.FONTS,
        *machine.X_WINDOWS,
        *machine.X_SERVER,
        *machine.SCREEN_READER,
        *machine.STRACE,
    )
    if not is_quick:
        wished += (*machine.POSTGRESQL, *machine.OFFICE, *machine.WINDOWS_PACKAGES)
    with step("getting ready"):
        python = set_up(environment.DEV, machine.QT, wished, must_have_all=in_ci)
    for name, command in checks(python):
        if not passes(name, command):
            return FAILED
    processes = 1 if arguments else min(testing.MOST_PROCESSES, os.cpu_count() or 1)
    calls = (
        testing.some(arguments, BUILD)
        if arguments
        else testing.every(BUILD, processes, is_measured=not is_quick)
    )
    more = dict(OFFSCREEN)
    if sys.platform == "linux" and not is_quick and not arguments:
        with step("freezing the program"):
            more["APPRENTICE_DESK_FROZEN"] = str(freeze())
    found: list[str] = []
    with ExitStack() as running:
        if (folder := running.enter_context(testing.folder_in_memory())) is not None:
            more |= {"TMPDIR": str(folder), "APPRENTICE_DESK_DISK": tempfile.gettempdir()}
        programs = None if is_quick else machine.postgresql_programs()
        if programs is not None:
            address = running.enter_context(servers.postgresql(programs))
            more["APPRENTICE_DESK_POSTGRES"] = address
        if sys.platform == "linux" and not machine.missing(machine.X_SERVER):
            screens = [running.enter_context(servers.x_display()) for _ in range(processes)]
            more |= {"DISPLAY": screens[0], "APPRENTICE_DESK_SCREENS": " ".join(screens)}
        for call in calls:
            for old in (call.report, call.coverage):
                if old is not None:
                    old.unlink(missing_ok=True)
            if not passes(call.name, [python, "-m", "pytest", *call.arguments], more):
                return FAILED
            if call.coverage is not None:
                found += results.gaps_in_coverage(call.coverage)
            if in_ci:
                found += results.skipped_for_want_of_servers(call.report)
    for sentence in found:
        print(sentence, file=sys.stderr)
    if found:
        return FAILED
    if os.environ.get("PACKAGE") == "1" and not is_quick and not arguments:
        for system in ("linux", "windows"):
            with step(f"package {system}"):
                package(system, is_quick=False)
    return FINE


def freeze() -> Path:
    """Return the frozen folder for Linux, made where it is not there or no longer fits."""
    from packing import folder

    if machine.provide(machine.LINUX_PACKAGES):
        absent = machine.missing(machine.LINUX_PACKAGES)
        raise CannotGoOnError(f"To freeze the program, {machine.request(absent)}.")
    return folder.build_folder("linux")


def package(system: str, *, is_quick: bool, is_twice: bool = False) -> int:
    """Leave in dist/ what people on *system* install; raises CannotGoOnError where that fails."""
    more = {"is_twice": True} if is_twice else {}
    import_module(f"packing.{system}").package(is_quick=is_quick, **more)
    return FINE


def run_tests_on_windows_python(arguments: Sequence[str]) -> int:
    """Run the project's tests, or those named in *arguments*, on Windows Python under wine."""
    from packing import windows_tests

    outcomes = windows_tests.run(arguments)
    for outcome in outcomes:
        say(outcome.sentence())
        for name in outcome.failed:
            print(f"  {name}", file=sys.stderr)
    return FAILED if any(outcome.failed for outcome in outcomes) else FINE


def gallery(*, renews: bool) -> int:
    """Draw every page of the sample in every look; *renews* stores the pictures that changed."""
    python = set_up(environment.DEV, machine.QT, machine.FONTS)
    if renews:
        return run([python, ROOT / "installers" / "screens.py"])
    folder = BUILD / "gallery"
    shutil.rmtree(folder, ignore_errors=True)
    return run([python, ROOT / "installers" / "gallery.py", "--to", folder])


def bench(arguments: Sequence[str]) -> int:
    """Measure speed against a bare equivalent; the ratios matter, not the times."""
    python = set_up(environment.DEV, machine.QT, machine.FONTS)
    return run([python, ROOT / "tests" / "bench" / "run.py", *arguments], OFFSCREEN)


def fuzz(arguments: Sequence[str]) -> int:
    """Send damaged lists through the import; what did harm is kept in build/fuzz."""
    python = set_up(environment.DEV, machine.QT, machine.FONTS)
    return run([python, ROOT / "tests" / "fuzz" / "run.py", *arguments])


def torture(arguments: Sequence[str]) -> int:
    """Kill the program over a desk and break its disk; what came to harm is in build/torture."""
    python = set_up(environment.DEV, (*machine.QT, *machine.STRACE), machine.FONTS)
    return run([python, ROOT / "tests" / "torture" / "run.py", *arguments])


def codes() -> int:
    """Write the table of findings' codes into README.md; a test holds it against the program."""
    python = set_up(environment.DEV, machine.QT, machine.FONTS)
    return run([python, ROOT / "installers" / "codes.py"])


def papers() -> int:
    """Store what the papers of each type say; a test holds them against it."""
    python = set_up(environment.DEV, machine.QT, machine.FONTS)
    return run([python, ROOT / "tests" / "documents" / "golden_papers.py"])


def steps() -> int:
    """Count what each job takes and write it into CONTRIBUTING.md; a test holds it there."""
    python = set_up(environment.DEV, (*machine.QT, *machine.X_WINDOWS, *machine.X_SERVER), ())
    with servers.x_display() as display:
        return run([python, ROOT / "tests" / "ui" / "write_steps.py"], {"DISPLAY": display})


def checks(python: Path) -> list[tuple[str, list[str | Path]]]:
    """Return the checks that come before the tests, each with its name, fastest first."""
    linter = environment.program_in(ROOT / ".venv", "lint-imports")
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format --check", [python, "-m", "ruff", "format", "--check", "."]),
        ("lint-imports", [linter, "--no-logo"]),
        ("mypy", [python, "-m", "mypy"]),
        ("mypy installers", [python, "-m", "mypy", "--strict", "installers"]),
    ]


@contextmanager
def step(name: str) -> Iterator[None]:
    """Name a step before it is taken, and say afterwards how long it took."""
    say(f"— {name}")
    began = time.monotonic()
    yield
    say(f"  took {time.monotonic() - began:.1f} s")


def passes(name: str, command: Sequence[str | Path], more: Mapping[str, str] | None = None) -> bool:
    """Take the step *name* and tell whether its *command* found nothing; else say that it did."""
    with step(name):
        is_fine = run(command, more) == 0
    if not is_fine:
        print(f"{name} failed; what it found is above.", file=sys.stderr)
    return is_fine


def set_up(
    lock: str,
    needed: Sequence[machine.Need],
    wished: Sequence[machine.Need],
    *,
    must_have_all: bool = False,
) -> Path:
    """Make this machine and .venv ready and return the Python in .venv.

    Raises CannotGoOnError if something *needed* cannot be had; what is only *wished* for is
    then named in one sentence, unless *must_have_all*.
    """
    if not environment.is_sound(ROOT / ".venv"):
        needed = (*needed, *machine.ENVIRONMENTS)
    absent = machine.provide((*needed, *wished))
    if must_have_all or any(need in needed for need in absent):
        if absent:
            raise CannotGoOnError(f"First {machine.request(absent)}, then run this again.")
    elif absent:
        say(f"For all of it, {machine.request(absent)}; going on without.")
    return environment.prepare(lock)


def has_display(platform: str, given: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown on *platform* with these environment variables."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(given.get("DISPLAY") or given.get("WAYLAND_DISPLAY"))


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part *words* at the first "--": this program's own, and those to pass on."""
    words = list(words)
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Set up what is missing, then run or check Apprentice Desk.",
        epilog="The first call prepares .venv and takes a minute or two; later ones start at once.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, usage, text in (
        (
            "run",
            "dev.py run [--no-window] [-- ARGUMENTS]",
            "Open the program on the sample borough. Where there is no display, go through the "
            "main job by the command line and leave its files in build/main-job. What follows "
            "-- goes to the program instead: run -- self-test",
        ),
        (
            "test",
            "dev.py test [--quick | --windows] [-- ARGUMENTS]",
            "Make every check: ruff, import contracts, mypy, then pytest with SQLite and a "
            "throw-away PostgreSQL. What follows -- goes to pytest: test -- tests/domain -k pence",
        ),
        (
            "package",
            "dev.py package linux|windows|macos [--quick] [--twice]",
            "Make what people install and try it as they would. It is left in dist/, with "
            "checksums, the licences of others' works, and a list of its parts. macOS' can be made "
            "on a Mac alone.",
        ),
        (
            "gallery",
            "dev.py gallery [--renew]",
            "Draw every page of the sample borough to build/gallery: light, dark, high contrast, "
            "and with text twice its size; and the pictures that Help shows.",
        ),
        (
            "bench",
            "dev.py bench [-- ARGUMENTS]",
            "Measure speed, always as a ratio to a bare equivalent. What follows -- goes to "
            "tests/bench/run.py.",
        ),
        (
            "fuzz",
            "dev.py fuzz [-- --files N --seed S]",
            "Send thousands of damaged lists through the import: none may crash it or hold it up. "
            "A file that does is kept in build/fuzz. What follows -- goes to tests/fuzz/run.py.",
        ),
        (
            "torture",
            "dev.py torture [-- --kills N --seed S]",
            "Kill the program a thousand times over a desk and let its disk fail in every way: "
            "nothing acknowledged may be lost. A desk that came to harm is kept in build/torture. "
            "What follows -- goes to tests/torture/run.py.",
        ),
        (
            "codes",
            "dev.py codes",
            "Write the table of findings' codes into README.md, where a check was added or changed "
            "its words.",
        ),
        (
            "papers",
            "dev.py papers",
            "Store what a paper of each type says, and what is in its Word file, "
            "after a change of the wording. Read the difference.",
        ),
        (
            "steps",
            "dev.py steps",
            "Do each job in a real window, count its keys, clicks and decisions, and write the "
            "table of them into CONTRIBUTING.md. Needs Xvfb.",
        ),
    ):
        command = commands.add_parser(
            name, usage=usage, help=text.split(". ", maxsplit=1)[0], description=text
        )
        if name == "run":
            command.add_argument(
                "--no-window", action="store_true", help="do the main job even with a display"
            )
        if name == "package":
            command.add_argument("system", choices=("linux", "windows", "macos"))
            command.add_argument(
                "--quick", action="store_true", help="packed loosely, and not tried"
            )
            command.add_argument(
                "--twice", action="store_true", help="a second time, to be compared (not macOS)"
            )
        if name == "gallery":
            command.add_argument(
                "--renew",
                action="store_true",
                help="store what changed in tests/ui/screens and resources/help/pictures instead",
            )
        if name == "test":
            command.add_argument(
                "--quick", action="store_true", help="without PostgreSQL and coverage"
            )
            command.add_argument(
                "--windows",
                action="store_true",
                help="only the tests, on Windows Python under wine: test --windows -- tests/domain",
            )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
