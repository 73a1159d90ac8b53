"""The portable zip: the program to be put anywhere, keeping its settings beside it."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING

from packing.msi_source import files

if TYPE_CHECKING:
    from pathlib import Path

    from packing.own import Product

MARKER = "portable.txt"
"""The file beside the program by which it knows that it is to keep its settings there."""

_NO_SYSTEM_OF_ITS_OWN = 0
_WHAT_IT_IS = """\
This is {name} {version}, to be used without installing it.

Put this whole folder where you like, also on a stick, and start apprentice-desk.exe in it.
It keeps its settings in the folder "{name} data" beside it as long as this file,
{marker}, is here. Your desks are where you save them. To remove the program,
delete this folder, after moving out of it any desk that you keep in it.
"""


def write_portable(payload: Path, to: Path, product: Product, when: int) -> None:
    """Write the folder *payload* and the marker to the zip *to*; every file is dated *when*.

    The same files give the same bytes: in order, with one time, and from no system in particular.
    """
    told = _WHAT_IT_IS.format(name=product.name, version=product.version, marker=MARKER)
    told = told.replace("\n", "\r\n")
    date = time.gmtime(when)[:6]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted([MARKER, *files(payload)]):
            info = zipfile.ZipInfo(f"{product.name}/{path}", date)
            info.create_system = _NO_SYSTEM_OF_ITS_OWN
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, told if path == MARKER else (payload / path).read_bytes())
