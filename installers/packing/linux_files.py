"""What tells a Linux desktop of the program: menu entry, icons, kind of file, page of the manual.

Run as a program it draws what needs the program's own packages, and leaves it in a folder.
"""

from __future__ import annotations

import gzip
import re
import string
import sys
from datetime import UTC, datetime
from pathlib import Path

from packing import environments, icons
from packing.association import ENDING, MEDIA_TYPE
from packing.own import COMMAND, product
from programs import ROOT, run_quietly

SOURCE = ROOT / "installers" / "linux"
DRAWN = environments.BUILD / "linux-drawn"
SIDES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Of the icon, in pixels."""
_PAGE = f"{COMMAND}.1"


def words(seconds: int, **more: str) -> dict[str, str]:
    """Return what the files of installers/linux leave out; *seconds* since 1970 are their day."""
    of = product()
    mark = re.search(
        r"^APPLICATION_ID = (0x[0-9A-Fa-f]+)",
        (ROOT / "src/apprentice_desk/records/marks.py").read_text("utf-8"),
        re.MULTILINE,
    )
    assert mark is not None, "the mark of a desk's file is not where it was"
    return {
        "name": of.name,
        "version": of.version,
        "summary": of.summary,
        "publisher": of.publisher,
        "licence": of.licence,
        "identity": of.identity,
        "developer": of.identity.rpartition(".")[0],
        "command": COMMAND,
        "media_type": MEDIA_TYPE,
        "ending": ENDING,
        "mark": mark[1],
        "day": day(seconds),
        **more,
    }


def day(seconds: int) -> str:
    """Return the day of *seconds* since 1970, such as "2026-11-29"."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def filled(name: str, given: dict[str, str]) -> bytes:
    """Return the file *name* of installers/linux with *given* put in; a KeyError is our fault."""
    return string.Template((SOURCE / name).read_text("utf-8")).substitute(given).encode()


def shared_files(seconds: int) -> dict[str, bytes]:
    """Return what belongs into /usr/share, or another folder "share", by its path in there."""
    run_quietly(
        [environments.program_python(), "-m", "packing.linux_files", DRAWN, day(seconds)],
        "The icon and the page of the manual could not be drawn; what went wrong is above.",
        {"PYTHONPATH": str(ROOT / "installers"), "QT_QPA_PLATFORM": "offscreen"},
    )
    given = words(seconds)
    files = {
        f"applications/{COMMAND}.desktop": filled(f"{COMMAND}.desktop", given),
        f"metainfo/{product().identity}.metainfo.xml": filled(f"{COMMAND}.metainfo.xml", given),
        f"mime/packages/{COMMAND}.xml": filled(f"{COMMAND}.xml", given),
        f"icons/hicolor/scalable/apps/{COMMAND}.svg": icons.svg(max(SIDES)).encode(),
        f"man/man1/{_PAGE}.gz": packed((DRAWN / _PAGE).read_bytes()),
    }
    for side in SIDES:
        to = f"icons/hicolor/{side}x{side}/apps/{COMMAND}.png"
        files[to] = (DRAWN / f"{side}.png").read_bytes()
    return files


def packed(content: bytes) -> bytes:
    """Return *content* as gzip packs it, without a time or a name in it."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _draw(folder: Path, on: str) -> None:
    from apprentice_desk.__main__ import parser
    from packing.man_page import man_page

    folder.mkdir(parents=True, exist_ok=True)
    for side in SIDES:
        (folder / f"{side}.png").write_bytes(icons.png(side))
    of = product()
    page = man_page(parser(), COMMAND, of.name, of.summary, of.version, on)
    (folder / _PAGE).write_text(page, "utf-8")


if __name__ == "__main__":
    _draw(Path(sys.argv[1]), sys.argv[2])
