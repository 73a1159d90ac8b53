"""Windows programs on Linux: a wine of one's own, in one folder.

For building and testing only.  What is learnt here holds for Debian's wine 8 with the PySide6
of the locks; ``installers/README.md`` says what wine cannot show.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO

from programs import ROOT, CannotGoOnError, clean_environment, run_quietly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WINE_PROGRAMS = Path("/usr/lib/wine")
STUBS = ROOT / "installers" / "windows" / "wine"
COMPILER = "x86_64-w64-mingw32-gcc-win32"

LOCALE = "en_GB.UTF-8"
PIPES = "cp1252"  # what a British Windows takes words that go through pipes for

SECONDS_TO_MAKE = 240
SECONDS_TO_READ = 5.0  # once a program has ended, for what it printed last

# No .NET and no browser to be asked for; a crash ends instead of waiting in a debugger; and no
# entries of Windows programs in the menus of this computer.
OVERRIDES = "mscoree=;mshtml=;winedbg.exe=;winemenubuilder.exe="

# Names that wine keeps from Windows programs unless WINE stands before them.
KEPT_BACK = ("QT_", "TEMP", "TMP", "PATH")


class Wine:
    """A Windows in the folder *prefix*, and the programs that run in it.

    *display* is the X display that windows are shown on, such as ":99"; without one, programs
    run as well, and their windows are nowhere to be seen.
    """

    def __init__(self, prefix: Path, display: str | None = None) -> None:
        self.prefix = prefix
        self.display = display

    @property
    def drive(self) -> Path:
        """The folder that Windows programs know as C:."""
        return self.prefix / "drive_c"

    def make(self) -> None:
        """Make the Windows, unless it is there; it then calls itself Windows 10.

        Raises CannotGoOnError where wine or the compiler of the stub is missing, or fails.
        """
        made = self.prefix / "made"
        wanted = _digest((Path(__file__), *self._stubs()))
        if made.exists() and made.read_text("utf-8") == wanted:
            return
        shutil.rmtree(self.prefix, ignore_errors=True)
        self._home.mkdir(parents=True)
        self._make_locale()
        booted = self.run("wineboot", "-i", timeout=SECONDS_TO_MAKE)
        if booted.returncode != 0 or not self.drive.is_dir():
            raise CannotGoOnError(f"Wine could not be set up: {booted.stderr.strip()[-400:]}")
        self.set_registry(r"HKCU\Software\Wine", "Version", "win10")
        self._make_stubs()
        self.settle()
        made.write_text(wanted, "utf-8")

    def run(
        self,
        program: str | Path,
        *words: str | Path,
        timeout: float,
        stdin: str | None = None,
        more: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run *program* on *words* and return its exit status and what it printed.

        A program that is a path is one of this computer's file system; one that is a string is
        looked for by Windows ("reg", "msiexec").  Paths among *words* are made Windows paths.
        *more* are environment variables.  Windows' exit codes come back modulo 256: 1603 is 67.
        Raises subprocess.TimeoutExpired after *timeout* seconds, and then all that runs in this
        Windows is ended.
        """
        with self.started(program, *words, stdin=stdin, more=more, folder=folder) as running:
            return running.finish(timeout)

    @contextmanager
    def started(
        self,
        program: str | Path,
        *words: str | Path,
        stdin: str | None = None,
        more: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Iterator[Running]:
        """Start *program* as *run* does and give it while it runs; it is ended afterwards."""
        command = [str(WINE_PROGRAMS / "wine64"), *self._words(program, words)]
        # Pipes, since Python for Windows ends at once where either is a file of this computer.
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment(more or {}),
            cwd=folder or self.prefix,
            start_new_session=True,  # Ctrl+C is for this program, which then ends them all
        )
        running = Running(self, process, stdin)
        try:
            yield running
        finally:
            if process.poll() is None:
                self.end_all()
                process.kill()
                process.wait()
            running.close()

    def path(self, linux_path: Path) -> str:
        r"""Return the name that Windows programs know *linux_path* by: C:\… or Z:\…."""
        whole = linux_path.absolute()
        if whole.is_relative_to(self.drive.absolute()):
            return str(PureWindowsPath("C:\\", *whole.relative_to(self.drive.absolute()).parts))
        return str(PureWindowsPath("Z:\\", *whole.parts[1:]))

    def linux_path(self, windows_path: str) -> Path:
        r"""Return where on this computer *windows_path*, which begins C:\ or Z:\, is."""
        parts = PureWindowsPath(windows_path).parts
        root = {"C:\\": self.drive, "Z:\\": Path("/")}[parts[0].upper()]
        return root.joinpath(*parts[1:])

    def set_registry(self, key: str, name: str, value: str) -> None:
        r"""Set the text *name* of the registry's *key*, such as ``HKCU\Software\Wine``."""
        words = ("add", key, "/v", name, "/d", value, "/f")
        if self.run("reg", *words, timeout=60).returncode != 0:
            raise CannotGoOnError(f"{name} of {key} could not be set in wine's registry.")

    def screenshot(self, to: Path) -> None:
        """Take a picture of the whole display into *to*, a .png file."""
        if self.display is None:
            raise CannotGoOnError("There is no display to take a picture of.")
        to.parent.mkdir(parents=True, exist_ok=True)
        run_quietly(
            ["import", "-display", self.display, "-window", "root", to],
            "No picture of the display could be taken; what was said is above.",
        )

    def settle(self) -> None:
        """Wait until every program in this Windows has ended and the registry is written."""
        self._ask_server("-w")

    def end_all(self) -> None:
        """End every program that runs in this Windows, and no other."""
        self._ask_server("-k")

    @property
    def _home(self) -> Path:
        return self.prefix / "home"

    @property
    def _locales(self) -> Path:
        return self.prefix / "locales"

    def _ask_server(self, what: str) -> None:
        subprocess.run(
            [WINE_PROGRAMS / "wineserver", what],
            env=self._environment({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS_TO_MAKE,
            check=False,  # 1: nothing was running
        )

    def _words(self, program: str | Path, words: tuple[str | Path, ...]) -> list[str]:
        return [self.path(word) if isinstance(word, Path) else word for word in (program, *words)]

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        own = {
            "WINEPREFIX": str(self.prefix.absolute()),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": OVERRIDES,
            # Windows' folders for documents and the like are links into the home folder.
            "HOME": str(self._home.absolute()),
            # A British Windows, with £ in the names of files, whatever this Linux speaks.
            "LOCPATH": str(self._locales.absolute()),
            "LC_ALL": LOCALE,
        }
        for name, value in more.items():
            own["WINE" + name if name.startswith(KEPT_BACK) else name] = value
        wanted = clean_environment(os.environ, own)
        for name in [each for each in wanted if each.startswith("XDG_")]:
            del wanted[name]
        wanted.pop("DISPLAY", None)
        if self.display is not None:
            wanted["DISPLAY"] = self.display
        return wanted

    def _make_locale(self) -> None:
        self._locales.mkdir()
        language, encoding = LOCALE.split(".")
        run_quietly(
            ["localedef", "-i", language, "-f", encoding, self._locales / LOCALE],
            f"The locale {LOCALE} could not be made for wine; what was said is above.",
        )

    @staticmethod
    def _stubs() -> list[Path]:
        return sorted(STUBS.glob("*_stub.c"))

    def _make_stubs(self) -> None:
        """Compile what wine lacks and Windows has into this Windows."""
        system = self.drive / "windows" / "system32"
        for source in self._stubs():
            library = system / f"{source.stem.removesuffix('_stub')}.dll"
            run_quietly(
                [COMPILER, "-shared", "-O1", "-s", "-o", library, source, "-ladvapi32"],
                f"{source.name} could not be compiled for wine; what was said is above.",
            )


def _digest(files: Iterable[Path]) -> str:
    """Return a digest of what the *files* say together."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


class Running:
    """A program that was started; its output is read while it runs, so that it never waits."""

    def __init__(self, wine: Wine, process: subprocess.Popen[bytes], stdin: str | None) -> None:
        self._wine = wine
        self._process = process
        self._printed: dict[str, list[bytes]] = {"stdout": [], "stderr": []}
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        streams = {"stdout": process.stdout, "stderr": process.stderr}
        self._readers = [
            threading.Thread(target=self._read, args=(name, stream), daemon=True)
            for name, stream in streams.items()
        ]
        for reader in self._readers:
            reader.start()
        try:
            process.stdin.write((stdin or "").encode(PIPES, errors="replace"))
            process.stdin.close()
        except BrokenPipeError:
            pass  # it ended without reading

    def has_ended(self) -> bool:
        """Tell whether the program has ended."""
        return self._process.poll() is not None

    def finish(self, timeout: float) -> subprocess.CompletedProcess[str]:
        """Wait for the program's end and return what it left.

        Raises subprocess.TimeoutExpired, with what was printed so far, after *timeout* seconds.
        """
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired as late:
            said = self._text("stdout"), self._text("stderr")
            raise subprocess.TimeoutExpired(late.cmd, late.timeout, *said) from None
        # Another program that it started may hold its pipes open for ever.
        until = time.monotonic() + SECONDS_TO_READ
        for reader in self._readers:
            reader.join(max(0.0, until - time.monotonic()))
        return subprocess.CompletedProcess(
            self._process.args, status, self._text("stdout"), self._text("stderr")
        )

    def printed(self) -> str:
        """Return what the program has printed so far."""
        return self._text("stdout")

    def close(self) -> None:
        """Let the pipes go; a program that still holds one writes into nothing."""
        for reader in self._readers:
            reader.join(0.5)

    def _read(self, name: str, stream: BinaryIO) -> None:
        with stream:
            while piece := stream.read1(65536):  # type: ignore[attr-defined]  # it is buffered
                self._printed[name].append(piece)

    def _text(self, name: str) -> str:
        whole = b"".join(self._printed[name])
        try:
            text = whole.decode("utf-8")
        except UnicodeDecodeError:
            text = whole.decode(PIPES, errors="replace")
        return text.replace("\r\n", "\n")
