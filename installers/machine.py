"""What a Linux machine must have before the program or its tests can run.

Looks for the things themselves (a shared object that loads, a program, a font), never for a
package by name, so that it is right on every distribution; installs what is missing where
apt is there and permitted, and otherwise names it.  Windows and macOS need nothing.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from programs import CannotGoOnError, run_quietly, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Need(NamedTuple):
    """One thing that must be there, and the packages that bring it, the likeliest first."""

    thing: str
    packages: tuple[str, ...]
    is_there: Callable[[str], bool]


def loads(soname: str) -> bool:
    """Tell whether this machine's loader finds the shared object *soname*."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def is_program(name: str) -> bool:
    """Tell whether a program of this name can be called."""
    return shutil.which(name) is not None


def has_file(path: str) -> bool:
    """Tell whether there is a file at *path*."""
    return Path(path).is_file()


def has_fonts(_thing: str) -> bool:
    """Tell whether there is any outline font that Qt can fall back on."""
    home = Path.home()
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )
    return any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in folders
        for path in folder.rglob("*")
    )


def can_make_environments(_thing: str = "") -> bool:
    """Tell whether this Python can make virtual environments; Debian's comes without."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def postgresql_programs() -> Path | None:
    """Return the folder with PostgreSQL's initdb and pg_ctl: version 15 first, else the newest."""
    places = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *Path("/usr/local/opt").glob("postgresql@*/bin"),
        *Path("C:/Program Files/PostgreSQL").glob("*/bin"),
    ]

    def preference(folder: Path) -> tuple[bool, int]:
        digits = "".join(letter for letter in folder.parent.name if letter.isdigit())
        return digits == "15", int(digits or 0)

    places.sort(key=preference, reverse=True)
    on_path = shutil.which("initdb")
    if on_path is not None:
        places.append(Path(on_path).resolve().parent)
    for folder in places:
        if all(shutil.which(name, path=str(folder)) for name in ("initdb", "pg_ctl")):
            return folder
    return None


def has_postgresql(_thing: str) -> bool:
    """Tell whether a throw-away PostgreSQL can be started here."""
    return postgresql_programs() is not None


# Debian's bridges to LibreOffice and AT-SPI are packages of this one, which a .venv hides.
SYSTEM_PYTHON = Path("/usr/bin/python3")


def office() -> tuple[Path, Path] | None:
    """Return LibreOffice's soffice, and a Python that can talk to it; None without either."""
    programs = [
        found for name in ("soffice", "libreoffice") if (found := shutil.which(name)) is not None
    ]
    programs += [
        str(path)
        for path in (
            Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
            Path("C:/Program Files/LibreOffice/program/soffice.exe"),
        )
        if path.exists()
    ]
    for program in map(Path, programs):
        beside = [program.with_name(name) for name in ("python.exe", "python")]
        beside.append(program.parent.parent / "Resources" / "python")  # macOS
        for python in (*beside, SYSTEM_PYTHON):
            if python.exists() and _speaks_uno(python):
                return program, python
    return None


def _speaks_uno(python: Path) -> bool:
    answer = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
    return answer.returncode == 0


def has_office(_thing: str) -> bool:
    """Tell whether LibreOffice can be driven from here."""
    return office() is not None


def has_writer(_thing: str) -> bool:
    """Tell whether LibreOffice opens Word files here; on Linux that is a package of its own."""
    found = office()
    if found is None:
        return False
    return sys.platform != "linux" or (found[0].resolve().parent / "libswlo.so").exists()


def screen_reader() -> Path | None:
    """Return a Python that can listen to a program as a screen reader does; None without one.

    That takes the bindings of AT-SPI, its bus, and a way to begin a D-Bus session.
    """
    bus = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
    if not is_program("dbus-run-session") or not bus.exists() or not SYSTEM_PYTHON.exists():
        return None
    listen = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    answer = subprocess.run([SYSTEM_PYTHON, "-c", listen], capture_output=True, check=False)
    return SYSTEM_PYTHON if answer.returncode == 0 else None


def has_screen_reader(_thing: str) -> bool:
    """Tell whether the program can be listened to here."""
    return screen_reader() is not None


# Newer Debian and Ubuntu renamed some libraries when time became 64 bits wide (…t64).
QT = (
    Need("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0"), loads),
    Need("libGL.so.1", ("libgl1",), loads),
    Need("libEGL.so.1", ("libegl1",), loads),
    Need("libfontconfig.so.1", ("libfontconfig1",), loads),
    Need("libxkbcommon.so.0", ("libxkbcommon0",), loads),
    Need("libdbus-1.so.3", ("libdbus-1-3",), loads),
)
FONTS = (Need("a font", ("fonts-dejavu-core",), has_fonts),)
X_WINDOWS = (
    Need("libxcb-cursor.so.0", ("libxcb-cursor0",), loads),
    Need("libxcb-icccm.so.4", ("libxcb-icccm4",), loads),
    Need("libxcb-keysyms.so.1", ("libxcb-keysyms1",), loads),
    Need("libxcb-shape.so.0", ("libxcb-shape0",), loads),
    Need("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",), loads),
)
X_SERVER = (Need("Xvfb", ("xvfb",), is_program),)
STRACE = (Need("strace", ("strace",), is_program),)
POSTGRESQL = (Need("PostgreSQL", ("postgresql-15", "postgresql"), has_postgresql),)
OFFICE = (
    Need("LibreOffice", ("libreoffice-calc",), has_office),
    Need("LibreOffice Writer", ("libreoffice-writer",), has_writer),
    Need("LibreOffice for Python", ("python3-uno",), has_office),
)
SCREEN_READER = (
    Need("D-Bus sessions", ("dbus-daemon", "dbus"), has_screen_reader),
    Need("AT-SPI", ("at-spi2-core",), has_screen_reader),
    Need("AT-SPI for Python", ("gir1.2-atspi-2.0",), has_screen_reader),
    Need("GLib for Python", ("python3-gi",), has_screen_reader),
)
# Windows programs on Linux, and what the stub that wine lacks is compiled with.
WINE = (
    Need("/usr/lib/wine/wine64", ("wine64",), has_file),
    Need("x86_64-w64-mingw32-gcc-win32", ("gcc-mingw-w64-x86-64-win32",), is_program),
    Need("localedef", ("libc-bin",), is_program),
    Need("/usr/share/i18n/locales/en_GB", ("locales",), has_file),
)
PICTURES_OF_SCREENS = (Need("import", ("imagemagick",), is_program),)
LINUX_PACKAGES = (
    *QT,
    Need("strip", ("binutils",), is_program),
    Need("dpkg-deb", ("dpkg",), is_program),
    Need("dpkg-shlibdeps", ("dpkg-dev",), is_program),
    # What the window's plugins are linked to is brought along or asked for, and is looked at.
    *X_WINDOWS,
    Need("libwayland-cursor.so.0", ("libwayland-cursor0",), loads),
    Need("libwayland-egl.so.1", ("libwayland-egl1",), loads),
)
LINUX_TRIALS = (
    Need("desktop-file-validate", ("desktop-file-utils",), is_program),
    Need("update-mime-database", ("shared-mime-info",), is_program),
    Need("appstreamcli", ("appstream",), is_program),
    Need("lintian", ("lintian",), is_program),
    Need("man", ("man-db",), is_program),
    Need("xdotool", ("xdotool",), is_program),
    Need("import", ("imagemagick",), is_program),
)
WINDOWS_PACKAGES = (
    Need("wixl", ("wixl",), is_program),
    Need("msibuild", ("msitools",), is_program),
    Need("makensis", ("nsis",), is_program),
    Need("osslsigncode", ("osslsigncode",), is_program),
    Need("faketime", ("faketime",), is_program),
    Need("openssl", ("openssl",), is_program),
)
WINDOWS_TRIALS = (
    Need("xdotool", ("xdotool",), is_program),
    Need("import", ("imagemagick",), is_program),
)
ENVIRONMENTS = (
    Need(
        "Python's venv",
        (f"python3.{sys.version_info.minor}-venv", "python3-venv"),
        can_make_environments,
    ),
)


def missing(needs: Iterable[Need]) -> list[Need]:
    """Return those of *needs* that are not there; none anywhere but on Linux."""
    if sys.platform != "linux":
        return []
    return [need for need in needs if not need.is_there(need.thing)]


def provide(needs: Iterable[Need]) -> list[Need]:
    """Install what is missing, where that is permitted, and return what still is."""
    absent = missing(needs)
    if not absent:
        return []
    as_root = _way_to_root()
    if as_root is None or not is_program("apt-get"):
        return absent
    try:
        _install(absent, as_root)
    except CannotGoOnError as problem:
        say(str(problem))
    return missing(absent)


def request(absent: Sequence[Need]) -> str:
    """Return the words that ask a person for what is *absent*, without a full stop."""
    packages = " ".join(sorted(need.packages[-1] for need in absent))
    things = _listed([need.thing for need in absent])
    return f"please install {things} (on Debian or Ubuntu: sudo apt-get install {packages})"


def choose_packages(needs: Iterable[Need], is_known: Callable[[str], bool]) -> list[str]:
    """Return one package for each need: the first that is known here, else the last named."""
    return sorted({next(filter(is_known, need.packages), need.packages[-1]) for need in needs})


def _install(absent: Sequence[Need], as_root: Sequence[str]) -> None:
    # Given by env, because sudo would drop them.
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "UCF_FORCE_CONFFOLD=1"]
    apt += ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    try:
        run_quietly([*apt, "update"], "The lists of packages could not all be renewed.")
    except CannotGoOnError as problem:
        say(f"{problem} Going on with those that are there.")
    if any(need.thing == "PostgreSQL" for need in absent):
        _keep_postgresql_quiet(as_root)
    packages = choose_packages(absent, _apt_knows)
    say(f"Installing with apt-get: {' '.join(packages)} …")
    run_quietly(
        [*apt, "install", "-y", "--no-install-recommends", *packages],
        f"apt-get could not install {_listed(packages)}; what it said is above.",
    )


def _keep_postgresql_quiet(as_root: Sequence[str]) -> None:
    """Stop Debian's package from starting a server of its own, which nobody here asked for."""
    settings = "/etc/postgresql-common/createcluster.conf"
    command = (
        f"test -e {settings} || {{ mkdir -p /etc/postgresql-common"
        f" && echo 'create_main_cluster = false' > {settings}; }}"
    )
    run_quietly([*as_root, "sh", "-c", command], f"{settings} could not be written.")


def _apt_knows(package: str) -> bool:
    answer = subprocess.run(
        ["apt-cache", "policy", package],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    return "Candidate:" in answer.stdout and "Candidate: (none)" not in answer.stdout


def _way_to_root() -> list[str] | None:
    """Return what goes before a command so that root runs it; None where that is not permitted."""
    if os.geteuid() == 0:
        return []
    if not is_program("sudo"):
        return None
    answer = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if answer.returncode == 0 else None


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
