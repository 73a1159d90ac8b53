"""The MSI that a council's IT installs for every user of a computer.

wixl makes the database; what wixl cannot say (versions of files, short names, the oldest Windows,
rights on a folder, what a shortcut is known by) is put into its tables afterwards.  Every code
in it comes from the product's own and the files, so that the same files give the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from packing.msi_source import (
    BUILD,
    COMMON_FOLDER,
    ICON,
    LANGUAGE,
    PAYLOAD,
    SHORTCUT,
    files,
    guid,
    key,
    source,
)
from packing.properties import file_version
from programs import CannotGoOnError, run_quietly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packing.own import Product

OLDEST_BUILD = 17763
"""Windows 10 version 1809 and Windows Server 2019: the oldest that Qt supports."""

RIGHTS = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
"""Of the folder for what IT sets: the system and administrators may do all, users only read.

Protected, since C:\\ProgramData lets every user put files into the folders in it.
"""

_FIELDS = 3  # only so many of a version tell older from newer
_MOST = (255, 255, 65535)
_LOOKS_IN_64_BIT = 16
_HEADER_LINES = 3
_LONGEST_NAME, _LONGEST_ENDING = 8, 3


def write_msi(payload: Path, to: Path, product: Product, icon: Path, when: int) -> None:
    """Write the MSI that installs the folder *payload* to *to*, dated *when*, a Unix time.

    Raises CannotGoOnError if wixl or msibuild fail, or the version is none that Windows knows.
    """
    _check_version(product.version)
    work = to.with_suffix(".work")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    described = work / "installer.wxs"
    described.write_bytes(source(payload, product))
    (work / PAYLOAD).symlink_to(payload.resolve())
    (work / ICON).symlink_to(icon.resolve())
    tables = _Tables(to, work, when)
    to.unlink(missing_ok=True)
    tables.call("wixl", "-a", "x64", "-o", to, described)
    _finish(tables, payload, product)
    package = guid(product, f"package/{_digest(payload, described)}")
    title = f"{product.name} {product.version}"
    tables.call("msibuild", to, "-s", title, product.publisher, f"x64;{LANGUAGE}", package)
    shutil.rmtree(work)


def _finish(tables: _Tables, payload: Path, product: Product) -> None:
    """Put into the tables what wixl leaves out."""
    versions = {key("file", path): file_version(payload / path) for path in files(payload)}

    def file(row: list[str]) -> list[str]:
        name, component, long, size, _version, _language, *rest = row
        version = versions[name]
        # A file that has a version is kept or replaced by it, not by its time; 0 is any language.
        told = [version, "0" if version else ""]
        return [name, component, _with_short_name(long, name), size, *told, *rest]

    def second(row: list[str]) -> list[str]:
        ident, above, name, *rest = row
        return [ident, above, _with_short_name(name, ident), *rest]

    tables.amend("File", file)
    tables.amend("Directory", second)
    tables.amend("Shortcut", second)
    tables.amend("RegLocator", lambda row: [*row[:4], str(int(row[4]) | _LOOKS_IN_64_BIT)])
    needed = (
        f"{product.name} needs Windows 10 version 1809 or later, or Windows Server 2019 or later."
    )
    tables.amend("LaunchCondition", list, [[f"Installed OR ({BUILD} >= {OLDEST_BUILD})", needed]])
    tables.add(
        "MsiLockPermissionsEx",
        {"LockObject": "s72", "Table": "s32", "SDDLText": "s0", "Condition": "S255"},
        [COMMON_FOLDER, "CreateFolder", RIGHTS, ""],
    )
    tables.add(
        "MsiShortcutProperty",
        {"Shortcut_": "s72", "PropertyKey": "s0", "PropVariantValue": "s0"},
        [SHORTCUT, "System.AppUserModel.ID", product.identity],
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables of the MSI *file*, changed by way of texts in the folder *work*."""

    file: Path
    work: Path
    when: int

    def call(self, *words: str | Path) -> str:
        """Run a program with its clock standing still, and return what it printed."""
        clock = f"{datetime.fromtimestamp(self.when, UTC):%Y-%m-%d %H:%M:%S}"
        failed = f"{self.file.name} could not be made; what {words[0]} said of it is above."
        return run_quietly(["faketime", "-f", clock, *words], failed, {"TZ": "UTC"})

    def amend(
        self,
        table: str,
        change: Callable[[list[str]], list[str]],
        more: list[list[str]] | None = None,
    ) -> None:
        """Put every row of *table* through *change*, and *more* rows beneath."""
        lines = self.call("msiinfo", "export", self.file, table).splitlines()
        rows = [change(line.split("\t")) for line in lines[_HEADER_LINES:]] + (more or [])
        self._put(table, lines[:_HEADER_LINES], rows)

    def add(self, table: str, columns: dict[str, str], row: list[str]) -> None:
        """Put in a *table* that is not there, of *columns* with their kinds, with one *row*.

        Its key is a column of its own name, before the others.
        """
        name = f"{table}.1"
        heading = ["\t".join([table, *columns]), "\t".join(["s72", *columns.values()])]
        self._put(table, [*heading, f"{table}\t{table}"], [[name, *row]])

    def _put(self, table: str, heading: list[str], rows: list[list[str]]) -> None:
        written = [*heading, *("\t".join(row) for row in rows)]
        text = self.work / f"{table}.idt"
        text.write_bytes("".join(f"{line}\r\n" for line in written).encode("cp1252"))
        self.call("msibuild", self.file, "-i", text)


def _with_short_name(name: str, ident: str) -> str:
    """Return *name* as the tables want it: with a short one in front where it is not short."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    is_short = len(stem) <= _LONGEST_NAME and len(ending) <= _LONGEST_ENDING
    if name.isascii() and is_short and name.replace(".", "", 1).replace("_", "").isalnum():
        return name
    if name == "SourceDir" or name == ".":
        return name
    short = hashlib.sha256(ident.encode()).hexdigest()[:_LONGEST_NAME].upper()
    letters = "".join(letter for letter in ending if letter.isascii() and letter.isalnum())
    return f"{short}.{letters[:_LONGEST_ENDING].upper()}|{name}" if letters else f"{short}|{name}"


def _check_version(version: str) -> None:
    parts = version.split(".")
    if (
        len(parts) != _FIELDS
        or not all(part.isdecimal() for part in parts)
        or any(int(part) > most for part, most in zip(parts, _MOST, strict=True))
    ):
        raise CannotGoOnError(
            f"Windows tells versions apart by three numbers, such as 1.4.0, and not {version}: "
            "please mend it in pyproject.toml."
        )


def _digest(payload: Path, described: Path) -> str:
    """Return what names these very files, since no two packages that differ may share a code."""
    whole = hashlib.sha256(described.read_bytes())
    for path in files(payload):
        whole.update(f"{path}\0".encode() + hashlib.sha256((payload / path).read_bytes()).digest())
    return whole.hexdigest()
