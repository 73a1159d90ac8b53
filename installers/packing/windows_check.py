"""The Windows packages tried as they come: installed, used, upgraded and removed, under wine.

wine is no Windows: what it cannot show is listed in installers/README.md for a person who has one.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packing.association import ENDING, kind
from packing.msi_source import files, product_code
from packing.own import COMMAND
from packing.portable import MARKER
from packing.trials import Trial, expect, opens
from programs import CannotGoOnError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packing.own import Product
    from packing.wine import Running, Wine

REFUSED = 1603 % 256
"""What msiexec ends with where a package will not be installed, as wine passes it on."""
IS_OLDER, IS_OPEN, IS_FOR_ALL, TOO_OLD = 3, 4, 5, 6
"""What setup.exe ends with: see installers/windows/setup.nsi."""

SECONDS = 900
SECONDS_TO_PAINT = 120
SECONDS_STILL = 30
"""After so long without a change, a window is taken to be drawn in full."""

_WINDOWS = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
_UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"
_BUILD, _OLD_BUILD = "19045", "14393"  # Windows 10 of 2022, and Windows Server 2016
_UNINSTALLER = frozenset({"uninstall.exe"})
_ELSEWHERE = "Mallory"
_POLICY = f"[places]\nbackups = 'C:\\{_ELSEWHERE}'\n[security]\nkeychain = false\n"
_BOROUGH = "E09999999"  # Exampleton, invented


@dataclass(frozen=True, slots=True)
class Made:
    """The packages of one version, and what is in them."""

    product: Product
    payload: Path
    msi: Path
    setup: Path
    portable: Path


class WindowsCheck:
    """One Windows, in which the packages *new* are tried, over those of an *older* version.

    *old_desk* is a desk of the oldest format there is; it and other desks must come out of it
    all unharmed.  Pictures of the windows and the seconds of each step are left in *results*.
    """

    def __init__(self, wine: Wine, new: Made, older: Made, old_desk: Path, results: Path) -> None:
        self._wine, self._new, self._older, self._results = wine, new, older, results
        self._name = new.product.name
        self._programs = wine.drive / "Program Files" / self._name
        self._desks = wine.drive / "Borough desks £"
        self._old_desk = old_desk

    def carry_out(self) -> None:
        """Try all three packages; raises CannotGoOnError at the first thing that is wrong."""
        self._wine.make()
        self._is_windows(_BUILD)
        self._desks.mkdir(exist_ok=True)
        for name, trying in (
            ("portable", self._try_portable),
            ("setup", self._try_setup),
            ("msi", self._try_msi),
        ):
            trial = Trial(name)
            trying(trial)
            trial.store(self._results / f"{name}.json")

    def _try_msi(self, trial: Trial) -> None:
        new, older = self._new, self._older
        with trial.step("an old Windows is told that it is too old"):
            self._is_windows(_OLD_BUILD)
            self._msiexec("/i", new.msi, ends_with=REFUSED)
            expect(not self._programs.exists(), "something was installed all the same")
            self._is_windows(_BUILD)
        with trial.step("an older version installs without a question"):
            self._msiexec("/i", older.msi)
            self._is_installed(older, self._programs)
            self._is_listed("HKLM", older)
        common = self._wine.drive / "ProgramData" / self._name
        expect(common.is_dir(), "there is no folder for the settings of IT")
        with trial.step("the older version makes a desk"):
            desks = self._make_desks(self._programs)
        with trial.step("this version takes its place, and nothing of the older one stays"):
            self._msiexec("/i", new.msi)
            self._is_installed(new, self._programs)
            self._is_listed("HKLM", new)
        with trial.step("it opens the older version's desks"):
            for desk in desks:
                opens(self._run, self._programs / f"{COMMAND}-cli.exe", desk)
        with trial.step("it tests itself"):
            self._tests_itself(self._programs)
        with (
            trial.step("a desk opens by a double click, and its window closes"),
            self._shown("start", "/wait", desks[0]) as shown,
        ):
            self._photograph(shown, desks[0].stem, "msi")
        with trial.step("an older version is refused"):
            self._msiexec("/i", older.msi, ends_with=REFUSED)
            self._is_installed(new, self._programs)
        with trial.step("nobody can install it for themselves besides"):
            self._setup(new, ends_with=IS_FOR_ALL)
        policy = common / "policy.toml"
        with trial.step("no folder is taken from settings of IT that others can write"):
            self._distrusts(policy)  # not before: the self-test says so too
        kept = _digests(desks)
        with trial.step("it is removed, and desks and settings of IT stay"):
            self._msiexec("/x", product_code(new.product))
            self._is_gone(self._programs, "HKLM")
            expect(_digests(desks) == kept, "a desk has changed")
            expect(policy.exists(), "the settings of IT are gone")
            shutil.rmtree(common)

    def _try_setup(self, trial: Trial) -> None:
        new, older = self._new, self._older
        folder = self._local / "Programs" / self._name
        with trial.step("an old Windows is told that it is too old"):
            self._is_windows(_OLD_BUILD)
            self._setup(new, ends_with=TOO_OLD)
            expect(not folder.exists(), "something was installed all the same")
            self._is_windows(_BUILD)
        with trial.step("an older version installs without a question"):
            self._setup(older)
            self._is_installed(older, folder, besides=_UNINSTALLER)
            self._is_listed("HKCU", older)
        with trial.step("while it runs, nothing is put in its place"):
            with self._shown(folder / f"{COMMAND}.exe") as shown:
                self._window(shown, self._name)
                self._setup(new, ends_with=IS_OPEN, while_it_runs=True)
            self._is_installed(older, folder, besides=_UNINSTALLER)
        with trial.step("this version takes its place, and nothing of the older one stays"):
            self._setup(new)
            self._is_installed(new, folder, besides=_UNINSTALLER)
            self._is_listed("HKCU", new)
        with trial.step("it tests itself"):
            self._tests_itself(folder)
        with (
            trial.step("it is in the Start menu, and its window opens and closes"),
            self._shown(folder / f"{COMMAND}.exe") as shown,
        ):
            self._in_start_menu()  # wine does not follow its link to the end: that is for a person
            self._photograph(shown, self._name, "setup")
        with trial.step("an older version is refused"):
            self._setup(older, ends_with=IS_OLDER)
            self._is_installed(new, folder, besides=_UNINSTALLER)
        desk = folder / f"kept in the wrong place{ENDING}"
        shutil.copyfile(self._old_desk, desk)
        with trial.step("it is removed, and a desk that was kept in its folder stays"):
            self._run(folder / "uninstall.exe", "/S")
            expect([path.name for path in folder.iterdir()] == [desk.name], "more or less is left")
            expect(desk.read_bytes() == self._old_desk.read_bytes(), "the desk has changed")
            desk.unlink()
            folder.rmdir()
            self._is_gone(folder, "HKCU")

    def _try_portable(self, trial: Trial) -> None:
        stick = self._wine.drive / "Council tools £ on a stick"
        folder = stick / self._name
        before = set(self._local.parent.rglob("*"))
        with trial.step("it is unpacked"):
            with zipfile.ZipFile(self._new.portable) as packed:
                packed.extractall(stick)
            self._is_installed(self._new, folder, besides=frozenset({MARKER}))
        with trial.step("it tests itself"):
            self._tests_itself(folder)
        with (
            trial.step("its window opens and closes"),
            self._shown(folder / f"{COMMAND}.exe") as shown,
        ):
            self._photograph(shown, self._name, "portable")
        with trial.step("it keeps its settings beside it"):
            kept = {path for path in folder.iterdir() if path.name == f"{self._name} data"}
            expect(kept, "there are no settings beside it")
            left = {path for path in self._local.parent.rglob("*") if self._name in path.name}
            expect(left <= before, f"it left {', '.join(map(str, left - before))}")

    @property
    def _local(self) -> Path:
        users = self._wine.drive / "users"
        (own,) = [each for each in users.iterdir() if each.name != "Public"]
        return own / "AppData" / "Local"

    def _is_windows(self, build: str) -> None:
        """Let this Windows be of *build*: wine itself says nothing of it."""
        self._wine.set_registry(_WINDOWS, "CurrentBuildNumber", build)

    def _run(
        self,
        program: str | Path,
        *words: str | Path,
        ends_with: tuple[int, ...] = (0,),
        settles: bool = True,
    ) -> str:
        """Run *program* to its end and return what it printed.

        Where it *settles*, whatever it started must end as well, and all else that is running.
        """
        try:
            ended = self._wine.run(program, *words, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise CannotGoOnError(f"{program} did not end within {SECONDS} s.") from None
        if settles:
            self._wine.settle()
        said = f"{ended.stdout}\n{ended.stderr}".strip()[-2000:]
        expect(
            ended.returncode in ends_with,
            f"{program} ended with {ended.returncode} and not {ends_with}: {said}",
        )
        return ended.stdout

    def _msiexec(self, what: str, package: str | Path, ends_with: int = 0) -> None:
        self._run("msiexec", what, package, "/qn", ends_with=(ends_with,))

    def _setup(self, made: Made, ends_with: int = 0, *, while_it_runs: bool = False) -> None:
        self._run(made.setup, "/S", ends_with=(ends_with,), settles=not while_it_runs)

    def _is_installed(
        self, made: Made, folder: Path, besides: frozenset[str] = frozenset()
    ) -> None:
        """Check that *folder* has every file of the payload, byte by byte, and no other."""
        wanted, found = set(files(made.payload)) | besides, set(files(folder))
        expect(found == wanted, f"it has {_some(found - wanted)} and lacks {_some(wanted - found)}")
        for path in wanted - besides:
            is_same = (folder / path).read_bytes() == (made.payload / path).read_bytes()
            expect(is_same, f"{path} is another one than in the package")

    def _is_listed(self, root: str, made: Made) -> None:
        """Check that the list of installed programs has the program once, in this version."""
        listed = self._run("reg", "query", rf"{root}\{_UNINSTALL}", "/s")
        names = [line for line in listed.splitlines() if "DisplayName" in line]
        expect(len([line for line in names if self._name in line]) == 1, f"it is listed as {names}")
        for told in (made.product.version, made.product.publisher):
            expect(told in listed, f"the list of programs does not say {told}: {listed}")

    def _is_gone(self, folder: Path, root: str) -> None:
        """Check that nothing of the program is in *folder*, the Start menu or the registry."""
        expect(not folder.exists(), f"{folder} is still there")
        expect(not self._start_menu(), "it is still in the Start menu")
        product = self._new.product
        for key in (
            rf"Software\{product.name}",
            rf"Software\Classes\{ENDING}",
            rf"Software\Classes\{kind(product)}",
            rf"Software\Microsoft\Windows\CurrentVersion\App Paths\{COMMAND}.exe",
        ):
            self._run("reg", "query", rf"{root}\{key}", ends_with=(1,))
        for key in (_UNINSTALL, r"Software\RegisteredApplications"):
            found = self._wine.run("reg", "query", rf"{root}\{key}", "/s", timeout=SECONDS)
            expect(self._name not in found.stdout, f"{key} still names it")

    def _start_menu(self) -> list[Path]:
        return [
            path
            for path in self._wine.drive.rglob(f"{self._name}.lnk")
            if "Start Menu" in path.parts
        ]

    def _in_start_menu(self) -> Path:
        found = self._start_menu()
        expect(len(found) == 1, f"the Start menu has it {len(found)} times")
        return found[0]

    def _make_desks(self, folder: Path) -> list[Path]:
        """Make a desk with the program in *folder*, and put that of the oldest format beside it."""
        made, old = self._desks / f"Made by it{ENDING}", self._desks / f"Very old{ENDING}"
        self._run(folder / f"{COMMAND}-cli.exe", "new", made, "--borough", _BOROUGH)
        shutil.copyfile(self._old_desk, old)
        return [made, old]

    def _distrusts(self, policy: Path) -> None:
        """Write a *policy*, which is no administrator's in wine, and see it followed as such."""
        policy.write_text(_POLICY, "utf-8")
        told = self._run(self._programs / f"{COMMAND}-cli.exe", "policy", ends_with=(1,))
        expect(self._wine.path(policy) in told, f"it speaks of another file: {told}")
        expect("Others than administrators may write this file" in told, f"it believes it: {told}")
        expect(_ELSEWHERE not in told, f"it takes a folder from it: {told}")
        expect("not kept" in told, f"it forbids nothing: {told}")

    def _tests_itself(self, folder: Path) -> None:
        self._run(folder / f"{COMMAND}-cli.exe", "self-test")

    @contextmanager
    def _shown(self, program: str | Path, *words: str | Path) -> Iterator[Running]:
        """Start *program*, which opens the window; afterwards ask it to close, and see it end."""
        with self._wine.started(program, *words) as running:
            yield running
            self._wine.run("taskkill", "/IM", f"{COMMAND}.exe", timeout=SECONDS)
            try:
                ended = running.finish(SECONDS_TO_PAINT)
            except subprocess.TimeoutExpired:
                raise CannotGoOnError("the window did not close when asked to") from None
            expect(ended.returncode == 0, f"it ended with {ended.returncode}: {ended.stderr}")
        self._wine.settle()

    def _window(self, running: Running, title: str) -> None:
        """Wait until a window of *running* whose title begins with *title* is seen."""
        display = self._wine.display
        expect(display, "there is no display for the window")
        words = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}"]
        until = time.monotonic() + SECONDS_TO_PAINT
        while time.monotonic() < until:
            found = subprocess.run(
                words, env={"DISPLAY": str(display)}, capture_output=True, check=False
            )
            if found.stdout.strip():
                return
            if running.has_ended():
                raise CannotGoOnError(f"it ended without a window: {running.finish(1).stderr}")
            time.sleep(0.5)
        raise CannotGoOnError(f"no window “{title}” was seen within {SECONDS_TO_PAINT} s")

    def _photograph(self, running: Running, title: str, name: str) -> None:
        """Wait for the window, and take a picture once nothing new is seen on the display.

        What was seen before is not new: the caret in a field blinks for ever.
        """
        self._window(running, title)
        to, seen = self._results / f"{name}.png", set[bytes]()
        changed = began = time.monotonic()
        while time.monotonic() < min(changed + SECONDS_STILL, began + SECONDS_TO_PAINT):
            self._wine.screenshot(to)
            now = hashlib.sha256(to.read_bytes()).digest()
            if now not in seen:
                changed = time.monotonic()
                seen.add(now)
            time.sleep(0.5)


def _digests(paths: list[Path]) -> dict[Path, str]:
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _some(names: set[str]) -> str:
    return ", ".join(sorted(names)[:5]) or "nothing else"
