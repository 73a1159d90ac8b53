"""Who this program is: its name, version, publisher and identity, all from pyproject.toml.

Nothing here is written twice.  The file is read from the source tree, from the copy in an installed
wheel, or from the one in the frozen program.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from apprentice_desk.domain.problems import Problem

COMMAND = "apprentice-desk"
"""What the program is called on the command line, and its desktop file."""
FILE = "_product.toml"
"""The name of pyproject.toml inside a wheel and the frozen program."""


@dataclass(frozen=True, slots=True)
class Product:
    """What is said of the program wherever it is named."""

    name: str
    version: str
    """Three numbers, such as "1.4.0"."""
    publisher: str
    contact: str
    """The address of whoever answers for a package."""
    summary: str
    identity: str
    """In reverse-domain form, as AppStream and macOS want it."""
    licence: str
    """An SPDX expression."""
    upgrade_code: str
    """A GUID by which Windows Installer knows every version as the same program."""
    product_namespace: str
    """A GUID from which each version's product code is made."""


def read_product(path: Path) -> Product:
    """Return what *path*, a pyproject.toml, says; raises Problem if it does not say it all."""
    import tomllib  # the first paint does without

    try:
        whole: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        project, own = whole["project"], whole["tool"]["apprentice-desk"]
        return Product(
            name=own["name"],
            version=project["version"],
            publisher=own["publisher"],
            contact=own["contact"],
            summary=own["summary"],
            identity=own["identity"],
            licence=project["license"],
            upgrade_code=own["upgrade_code"],
            product_namespace=own["product_namespace"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(
            "The program's own files are damaged.", "Install the program again."
        ) from error


@cache
def product() -> Product:
    """Return what is said of this program; raises Problem if its own files are damaged."""
    return read_product(_file())


def version() -> str:
    """Return the version of this program, such as "1.4.0"."""
    return product().version


def tell_taskbar() -> None:
    """Tell Windows whose its windows are, before there is one: by the name that shortcuts have.

    Its taskbar then has one button for all of them and for what is pinned there.  Other systems
    are told by the desktop file or the bundle.  Raises Problem as ``product`` does.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(product().identity)


def required_packages(*, is_optional: bool = False) -> tuple[str, ...]:
    """Return the packages that the program asks for: "psycopg[binary]", without the version.

    *is_optional* gives those that it does without, such as the door to PostgreSQL.  Raises
    Problem if the program's own files are damaged.
    """
    import re
    import tomllib

    try:
        project: dict[str, Any] = tomllib.loads(_file().read_text("utf-8"))["project"]
        lines: list[str] = (
            [line for lines in project["optional-dependencies"].values() for line in lines]
            if is_optional
            else project["dependencies"]
        )
    except (OSError, ValueError, KeyError) as error:
        raise Problem(
            "The program's own files are damaged.", "Install the program again."
        ) from error
    return tuple(re.split(r"[^A-Za-z0-9._\[\],-]", line, maxsplit=1)[0] for line in lines)


def _file() -> Path:
    """Return the pyproject.toml of this program: frozen with it, in its wheel or in the source."""
    package = Path(__file__).resolve().parent
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked is not None:
        return Path(unpacked) / FILE
    packed = package / FILE
    return packed if packed.exists() else package.parents[1] / "pyproject.toml"
