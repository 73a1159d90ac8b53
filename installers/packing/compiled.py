"""The compiled modules that Python begins with, written so that two builds have the same bytes.

PyInstaller packs them in whatever order it came upon them, and Python writes in them which parts
are one in memory, which differs with what else was there when they were compiled.
"""

from __future__ import annotations

import marshal
import zipfile
from io import BytesIO
from pathlib import Path

ARCHIVE = "base_library.zip"
"""What PyInstaller calls the file."""

_HEADING = 16  # bytes: which Python, what kind, and two that are nought here
_WITHOUT_REFERENCES = 2  # the last format of marshal that writes every part out where it stands


def settle(archive: Path) -> None:
    """Write the modules of *archive* anew, by their names and with every part written out.

    They do what they did.  To be called in the Python that they are for.
    """
    with zipfile.ZipFile(archive) as packed:
        modules = {name: packed.read(name) for name in packed.namelist()}
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in sorted(modules.items()):
            packed.writestr(zipfile.ZipInfo(name), _settled(content))
    archive.write_bytes(made.getvalue())


def _settled(content: bytes) -> bytes:
    code = marshal.loads(content[_HEADING:])  # noqa: S302 - PyInstaller wrote it a moment ago
    return content[:_HEADING] + marshal.dumps(code, _WITHOUT_REFERENCES)
