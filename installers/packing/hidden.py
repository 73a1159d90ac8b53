"""What the frozen program needs that PyInstaller cannot see in the code.

PyInstaller follows imports that stand in the code.  Pages, migration steps and lists are imported
by their names here, and some libraries do so too, or read files that lie beside their code.  The
spec takes all of it from this module.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
PACKAGE = "apprentice_desk"

_LIBRARIES: tuple[str, ...] = (
    "sqlalchemy.dialects.sqlite.pysqlite",  # chosen by the address of a desk
    "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg",
    "psycopg.pq.pq_ctypes",  # psycopg chooses by which of its halves it speaks to a server
    "keyring.backends.chainer",  # found by their entry points
    "keyring.backends.fail",
    "keyring.backends.null",
    "reportlab.rl_settings",
)
_KEYCHAINS: dict[str, tuple[str, ...]] = {
    "win32": ("keyring.backends.Windows",),
    "darwin": ("keyring.backends.macOS",),
    "linux": (
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
    ),
}
# Linux has libpq and its OpenSSL in a package, which its distribution keeps mended.
_LIBPQ: tuple[str, ...] = (
    () if sys.platform == "linux" else ("psycopg_binary.pq", "psycopg_binary._psycopg")
)


def own_modules() -> Iterator[str]:
    """Give the name of every module of the program, as it is imported."""
    for file in sorted((SOURCE / PACKAGE).rglob("*.py")):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


IMPORTS: tuple[str, ...] = (
    *own_modules(),
    *_LIBRARIES,
    *_LIBPQ,
    *_KEYCHAINS.get(sys.platform, ()),
)
"""Modules that are imported by name on this system; the program's own are all among them."""

FAMILIES: tuple[str, ...] = ("reportlab.pdfbase", "tzdata", "alembic.ddl")
"""Packages of which any module may be wanted by name: widths of fonts, time zones, databases."""

DATA: dict[str, tuple[str, ...]] = {
    "docx": ("templates/**/*",),
    "pypdfium2": ("version.json",),
    "pypdfium2_raw": ("version.json",),
    "tzdata": ("zoneinfo/**/*", "zones"),  # Windows has no time zones of its own
}
"""The files that a library reads beside its code, as patterns within it."""

BINARIES: tuple[str, ...] = ("pypdfium2_raw",)
"""Packages whose shared libraries are opened by name and not imported."""

METADATA: tuple[str, ...] = ("keyring", "alembic")
"""Packages that look themselves or others up by their entry points."""
