"""Draws every page of a desk to PNG files, without a screen.

Run with the Python in .venv, by dev.py gallery and dev.py run.  The pictures are of the real
window on real records, in a fixed size and with the program's own font, so that two drawings
of the same thing can be compared.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from apprentice_desk import app

SIZE = (1440, 900)  # the size of the designs


class Look(NamedTuple):
    """One way to show every page."""

    name: str
    theme: str
    text_scale: float


LOOKS = (Look("light", "light", 1.0), Look("dark", "dark", 1.0), Look("large", "light", 2.0))


def draw(desk: Path, folder: Path, look: Look) -> list[Path]:
    """Draw every page of *desk* in this *look* into *folder*; return the pictures' places."""
    drawn = []
    with app.windows_for_pictures(
        desk, theme=look.theme, text_scale=look.text_scale, size=SIZE
    ) as window:
        for name in window.page_names():
            window.show_page(name)
            path = folder / f"{name.lower().replace(' ', '-')}-{look.name}.png"
            if not window.picture().save(str(path)):
                raise OSError(f"The picture {path} could not be written.")
            drawn.append(path)
    return drawn


def main(words: list[str]) -> int:
    """Draw what *words* ask for and say where it is."""
    parser = argparse.ArgumentParser(description="Draw every page of a desk to PNG files.")
    parser.add_argument("desk", type=Path, help="the desk whose records are shown")
    parser.add_argument("--to", type=Path, required=True, help="the folder for the pictures")
    parser.add_argument("--only", choices=[look.name for look in LOOKS], help="draw one look only")
    chosen = parser.parse_args(words)
    chosen.to.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        if chosen.only in {None, look.name}:
            pictures = draw(chosen.desk, chosen.to, look)
            print(f"{look.name}: {len(pictures)} pages in {chosen.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
