"""The Linux packages tried as they come: installed, used, upgraded and removed, by another user.

The .deb is installed on this very computer by its own package manager and removed again, which
takes root; where the program is installed already, nothing is touched and the trial refuses.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import servers
from packing.association import ENDING, MEDIA_TYPE
from packing.debian import SETTINGS
from packing.linux_files import DRAWN
from packing.linux_older import OLDER, ONLY_OLDER, make_older
from packing.own import COMMAND, product
from packing.trials import Trial, expect, opens
from programs import ROOT, CannotGoOnError

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD_DESK = ROOT / "tests" / "old_files" / "v0001.desk"
_STRANGER = "nobody"
_SECONDS = 300
_SECONDS_TO_PAINT = 60
_SETTLED = 6
_BOROUGH = "E09999999"  # Exampleton, invented
_INSTALLED = Path("/usr/bin") / COMMAND
_SETTINGS = Path("/") / SETTINGS
FOR_ONESELF = "To install it for yourself alone"
FROM_ONESELF = "To remove it where you installed it for yourself"
"""Headings in INSTALL.txt."""
_SET, _KEPT = "the people who look after this computer", "kept by hand.txt"


class LinuxCheck:
    """One go through everything with the .deb and the tar.gz; pictures are left in *results*."""

    def __init__(self, deb: Path, tarball: Path, results: Path) -> None:
        self._deb, self._tarball, self._results = deb, tarball, results
        self._older_deb, self._older_tarball = Path(), Path()
        self._home = Path()
        self._display = ""

    def carry_out(self) -> None:
        """Try both; raises CannotGoOnError at the first thing that is wrong."""
        if os.geteuid() != 0:
            raise CannotGoOnError(
                "To try the .deb it is installed on this computer, which root may do; without that"
                " trial: package linux --quick"
            )
        if _INSTALLED.exists() or _SETTINGS.exists():
            raise CannotGoOnError(
                f"{product().name} is installed on this computer already, and would be replaced;"
                " remove it first, or call: package linux --quick"
            )
        self._results.mkdir(parents=True, exist_ok=True)
        self._older_deb, self._older_tarball = make_older(self._results / "older")
        with servers.x_display() as self._display:
            for name, trying in (("tar", self._try_tarball), ("deb", self._try_deb)):
                trial = Trial(name)
                with self._stranger():
                    trying(trial)
                trial.store(self._results / f"{name}.json")

    def _try_tarball(self, trial: Trial) -> None:
        local = self._home / ".local"
        program, share = local / "bin" / COMMAND, local / "share"
        with trial.step("it is unpacked, and starts where it is"):
            unpacked = self._unpack(self._tarball, product().version)
            said = self._run(unpacked / COMMAND / COMMAND, "--version")
            expect(product().version in said, f"it says {said}")
        with trial.step("an older version is installed for oneself, as INSTALL.txt says"):
            older = self._unpack(self._older_tarball, OLDER)
            self._follow(older, FOR_ONESELF)
            expect(OLDER in self._run(program, "--version"), "it is another version")
            made, old = self._desks(program)
        with trial.step("this version takes its place"):
            shutil.rmtree(share / COMMAND)
            self._follow(unpacked, FOR_ONESELF)
            expect(product().version in self._run(program, "--version"), "the older one stayed")
            expect(not (share / COMMAND / ONLY_OLDER).exists(), "a file of the older one stayed")
        with trial.step("it opens the older version's desks"):
            for desk in (made, old):
                opens(self._run, program, desk)
        with trial.step("the desktop knows its files"):
            self._is_associated(share)
        self._use(trial, program, "tar", made)
        kept = {desk: _digest(desk) for desk in (made, old)}
        with trial.step("it is removed, as INSTALL.txt says, and desks stay"):
            self._follow(unpacked, FROM_ONESELF)
            left = [*local.rglob(f"*{COMMAND}*")]
            expect(not left, f"it left {', '.join(map(str, left))}")
            expect({desk: _digest(desk) for desk in kept} == kept, "a desk has changed")

    def _unpack(self, tarball: Path, version: str) -> Path:
        """Unpack *tarball* as the stranger does, and return the folder that it holds."""
        got = self._home / tarball.name
        shutil.copyfile(tarball, got)
        got.chmod(0o644)
        self._run("tar", "-xzf", got)
        got.unlink()
        return self._home / f"{COMMAND}-{version}"

    def _follow(self, unpacked: Path, heading: str) -> None:
        """Type, as the stranger, the lines that INSTALL.txt has below the line with *heading*."""
        lines = lines_below((unpacked / "INSTALL.txt").read_text("utf-8"), heading)
        self._run("sh", "-e", "-c", f"cd '{unpacked}'\n{lines}")

    def _desks(self, program: Path) -> tuple[Path, Path]:
        """Return a desk that *program* has just made, and one of the oldest format."""
        made, old = self._home / "made by it £.desk", self._home / "very old.desk"
        self._run(program, "new", made, "--borough", _BOROUGH)
        shutil.copyfile(OLD_DESK, old)
        shutil.chown(old, _STRANGER)
        return made, old

    def _is_associated(self, share: Path) -> None:
        """Check that the desktop opens desks with the program, by what stands in *share*."""
        for file, line in (
            ("mime/globs2", f":{MEDIA_TYPE}:*{ENDING}"),
            ("applications/mimeinfo.cache", f"{MEDIA_TYPE}={COMMAND}.desktop"),
        ):
            told = (share / file).read_text("utf-8")
            expect(line in told, f"{file} does not say {line}")

    def _try_deb(self, trial: Trial) -> None:
        with trial.step("menu entry, metainfo, page of the manual and package are in order"):
            self._is_in_order()
        try:
            with trial.step("an older version is installed"):
                self._apt("install", self._older_deb)
                expect(self._dpkg("${Version}") == OLDER, "another version is installed")
            with trial.step("the older version makes a desk"):
                made, old = self._desks(_INSTALLED)
            with trial.step("this version takes its place"):
                self._apt("install", self._deb)
                expect(self._dpkg("${Version}") == product().version, "the older one stayed")
                stayed = Path("/usr/lib") / COMMAND / ONLY_OLDER
                expect(not stayed.exists(), "a file of the older version stayed")
            with trial.step("it opens the older version's desks"):
                for desk in (made, old):
                    opens(self._run, _INSTALLED, desk)
            with trial.step("the desktop knows its files"):
                self._is_associated(Path("/usr/share"))
            with trial.step("what administrators set is believed, and their file stays"):
                self._is_believed()
            self._use(trial, _INSTALLED, "deb", made)
            kept = {desk: _digest(desk) for desk in (made, old)}
        finally:
            with trial.step("it is removed"):
                self._apt("purge", COMMAND)
                set_by_them = [path.name for path in _SETTINGS.glob("*")]
                shutil.rmtree(_SETTINGS, ignore_errors=True)
        expect(set_by_them == [_KEPT], f"of what administrators keep this stayed: {set_by_them}")
        with trial.step("nothing of it stays but desks and what people set"):
            left = [
                path
                for folder in ("/usr/bin", "/usr/lib", "/usr/share", "/etc", "/var/lib/dpkg/info")
                for path in Path(folder).rglob(f"*{COMMAND}*")
            ]
            expect(not left, f"it left {', '.join(map(str, left))}")
            expect({desk: _digest(desk) for desk in kept} == kept, "a desk has changed")

    def _is_believed(self) -> None:
        """Set something for everybody as administrators do, and see it said to the stranger."""
        found = _SETTINGS.stat()
        expect(
            (found.st_uid, found.st_gid, found.st_mode & 0o777) == (0, 0, 0o755),
            f"{_SETTINGS} is not root's alone",
        )
        before = self._run(_INSTALLED, "policy")
        expect("Nothing is set" in before, f"something is set already: {before}")
        set_by_them = _SETTINGS / "policy.toml"
        try:
            set_by_them.write_text(f'contact = "{_SET}"\n', "utf-8")
            set_by_them.chmod(0o644)
            said = self._run(_INSTALLED, "policy")
            expect(_SET in said, f"it says: {said}")
            self._apt("reinstall", self._deb)
            expect(_SET in set_by_them.read_text("utf-8"), "installing it again changed the file")
        finally:  # what is done on this computer meanwhile is not to go by it
            set_by_them.rename(_SETTINGS / _KEPT)

    def _use(self, trial: Trial, program: Path, name: str, desk: Path) -> None:
        """Let the stranger use *program*, from its self-test to a window."""
        with trial.step("it tests itself, as another user in a clean folder"):
            self._run(program, "self-test", "--window")
        with trial.step("a desk opens in a window, which closes"):
            self._photograph(program, desk, self._results / f"{name}.png")

    def _photograph(self, program: Path, desk: Path, to: Path) -> None:
        """Open *desk* as a double click does, take a picture, and ask the window to close."""
        with subprocess.Popen(
            [program, desk],
            env=self._environment(),
            cwd=self._home,
            user=_STRANGER,
            extra_groups=(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as window:
            try:
                number = self._window(desk.stem.split(" £")[0], window)
                before, same, until = b"", 0, time.monotonic() + _SECONDS_TO_PAINT
                while same < _SETTLED and time.monotonic() < until:
                    self._tool("import", "-window", "root", to)
                    now = hashlib.sha256(to.read_bytes()).digest()
                    same, before = (same + 1 if now == before else 0), now
                    time.sleep(0.5)
                self._tool("xdotool", "windowfocus", "--sync", number, "key", "ctrl+q")
                window.wait(_SECONDS_TO_PAINT)
            except subprocess.TimeoutExpired:
                raise CannotGoOnError("the window did not close when asked to") from None
            finally:
                window.kill()
        expect(window.returncode == 0, f"it ended with {window.returncode}")

    def _window(self, title: str, of: subprocess.Popen[bytes]) -> str:
        until = time.monotonic() + _SECONDS_TO_PAINT
        while time.monotonic() < until and of.poll() is None:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", f"^{re.escape(title)}"],
                env={"DISPLAY": self._display},
                capture_output=True,
                text=True,
                check=False,
            )
            if found.stdout.strip():
                return found.stdout.split()[0]
            time.sleep(0.2)
        raise CannotGoOnError(f"no window “{title}” was seen within {_SECONDS_TO_PAINT} s")

    def _is_in_order(self) -> None:
        share = DRAWN.parent / "linux-packages" / "tree" / "usr" / "share"
        identity = product().identity
        self._tool("desktop-file-validate", share / "applications" / f"{COMMAND}.desktop")
        info = share / "metainfo" / f"{identity}.metainfo.xml"
        self._tool("appstreamcli", "validate", "--no-net", info)
        page = self._tool("man", "--warnings", "--local-file", share / f"man/man1/{COMMAND}.1.gz")
        expect("self-test" in page, "the page of the manual lacks a command")
        # As root it speaks of running as root, and is otherwise the same.
        words = (
            "lintian",
            "--allow-root",
            "--fail-on",
            "error,warning",
            "--tag-display-limit",
            "0",
        )
        self._tool(*words, self._deb)

    def _apt(self, what: str, which: str | Path) -> None:
        words = ["apt-get", "-q", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
        self._tool("env", "DEBIAN_FRONTEND=noninteractive", *words, what, which)

    def _dpkg(self, wanted: str) -> str:
        return self._tool("dpkg-query", "--show", f"--showformat={wanted}", COMMAND)

    def _tool(self, *words: str | Path) -> str:
        """Run a tool of this computer as it is, and return what it printed."""
        given = {**os.environ, "DISPLAY": self._display, "LC_ALL": "C.UTF-8", "MANWIDTH": "90"}
        return _printed(words, given, self._results, None, (0,))

    def _run(self, *words: str | Path, ends_with: tuple[int, ...] = (0,)) -> str:
        """Run a program as the stranger, in their folder, and return what it printed."""
        return _printed(words, self._environment(), self._home, _STRANGER, ends_with)

    def _environment(self) -> dict[str, str]:
        """Return what a person has who just logged in: nothing of this process."""
        return {
            "HOME": str(self._home),
            "USER": _STRANGER,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "DISPLAY": self._display,
        }

    @contextmanager
    def _stranger(self) -> Iterator[None]:
        """Give somebody else a home of their own, with nothing in it."""
        with tempfile.TemporaryDirectory(prefix="desk £ ", dir="/tmp") as name:
            self._home = Path(name)
            shutil.chown(self._home, _STRANGER)
            yield


def lines_below(told: str, heading: str) -> str:
    """Return what INSTALL.txt, read as *told*, says to type below the line with *heading*."""
    _, found, after = told.partition(heading)
    lines = re.search(r"\n\n((?: {4}.*\n)+)", after)
    if not found or lines is None:
        raise CannotGoOnError(f"INSTALL.txt does not say: {heading}")
    return lines[1]


def _printed(
    words: tuple[str | Path, ...],
    given: dict[str, str],
    folder: Path,
    user: str | None,
    ends_with: tuple[int, ...],
) -> str:
    try:
        ended = subprocess.run(
            [str(word) for word in words],
            env=given,
            cwd=folder,
            user=user,
            extra_groups=() if user else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotGoOnError(f"{words[0]} did not end within {_SECONDS} s") from None
    said = f"{ended.stdout}\n{ended.stderr}".strip()[-3000:]
    expect(
        ended.returncode in ends_with,
        f"{' '.join(map(str, words))} ended with {ended.returncode}: {said}",
    )
    return ended.stdout


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
