"""Holds the pictures that are stored against what the program draws now, and renews them.

Run with the Python in .venv, by dev.py gallery --renew.  What is stored are the pictures of every
page, theme and size of text (tests/ui/screens) and those that Help shows (resources/help/pictures).
They are kept small by a palette: the commonest colours exactly, the rest nearly.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

import gallery
from programs import ROOT

SCREENS = ROOT / "tests" / "ui" / "screens"
HELP = ROOT / "resources" / "help" / "pictures"
DIFFERENCES = ROOT / "build" / "screens"

RENEW = "python3 installers/dev.py gallery --renew"

CLEARLY = 12
"""Levels of 255 by which a channel differs clearly: more than palette and rounding can do."""
MAY_DIFFER_CLEARLY = 20 / 1_000_000
SLIGHTLY = 3
"""Levels that are seen on grounds, whose colours the palette has exactly."""
MAY_DIFFER_SLIGHTLY = 0.01

_SMALL, _QUICKLY = 0, 85
"""What Qt takes for a PNG's quality: how little trouble is taken to make it small."""
_COLOURS = 256
_EXACT = 128

Pixels = NDArray[np.uint8]
"""Rows of pixels of red, green and blue."""


class Difference(NamedTuple):
    """How a stored picture and a new one differ: in words, and drawn for the eye."""

    words: str
    drawn: Pixels


# --- reading and writing --------------------------------------------------------------------------


def pixels(image: QImage) -> Pixels:
    """Return the pixels of *image*."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return lines[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


def read(path: Path) -> Pixels:
    """Return the pixels of the picture at *path*; raises OSError when it is none."""
    image = QImage(str(path))
    if image.isNull():
        raise OSError(f"{path} is not a picture.")
    return pixels(image)


def write(picture: Pixels, path: Path, *, quickly: bool = False) -> None:
    """Write *picture* as it is to *path*; *quickly* takes more room."""
    height, width, _ = picture.shape
    whole = np.ascontiguousarray(picture)
    image = QImage(whole.data, width, height, width * 3, QImage.Format.Format_RGB888)
    _save(image, path, _QUICKLY if quickly else _SMALL)


def write_small(picture: Pixels, path: Path) -> None:
    """Write *picture* to *path* with a palette of at most 256 colours, if that is near enough."""
    height, width, _ = picture.shape
    wide = picture.astype(np.uint32)
    every = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    colours, where, counts = np.unique(every, return_inverse=True, return_counts=True)
    chosen, nearest = _palette(colours, counts)
    lines = np.zeros((height, -(-width // 4) * 4), np.uint8)  # each begins at a whole word
    lines[:, :width] = nearest[where].reshape(height, width)
    image = QImage(lines.data, width, height, lines.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable([0xFF000000 | int(colour) for colour in chosen])
    _save(image, path, _SMALL)
    if compare(read(path), picture) is not None:
        write(picture, path)


def _palette(
    colours: NDArray[np.uint32], counts: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return which of *colours* stand for all, and for each the place of its nearest among them.

    The commonest come first; then, one by one, the one that is farthest from all that are in.
    """
    parts = np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], 1).astype(np.int16)
    chosen = [int(each) for each in np.argsort(-counts, kind="stable")[:_EXACT]]
    away = np.full(len(colours), 256, np.int16)
    nearest = np.zeros(len(colours), np.uint8)
    place = 0
    while place < len(chosen):
        distance = np.abs(parts - parts[chosen[place]]).max(axis=1)
        nearest[distance < away] = place
        away = np.minimum(away, distance)
        place += 1
        if place == len(chosen) < min(_COLOURS, len(colours)):
            chosen.append(int(away.argmax()))
    return colours[chosen], nearest


def _save(image: QImage, path: Path, quality: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path), "PNG", quality):  # type: ignore[call-overload]
        raise OSError(f"The picture {path} could not be written.")


# --- comparing ------------------------------------------------------------------------------------


def compare(stored: Pixels, drawn: Pixels) -> Difference | None:
    """Return how *drawn* differs from *stored*; None where nobody could see it."""
    if stored.shape != drawn.shape:
        (was_high, was_wide, _), (is_high, is_wide, _) = stored.shape, drawn.shape
        words = f"It was {was_wide} x {was_high} pixels and is {is_wide} x {is_high}."
        return Difference(words, _beside(stored, drawn))
    away = np.abs(stored.astype(np.int16) - drawn).max(axis=2)
    for least, may_differ, how in (
        (CLEARLY, MAY_DIFFER_CLEARLY, ""),
        (SLIGHTLY, MAY_DIFFER_SLIGHTLY, " a little"),
    ):
        differs = away > least
        count = int(differs.sum())
        if count > may_differ * differs.size:
            down, across = np.nonzero(differs)
            words = (
                f"{count:,} of {differs.size:,} pixels ({count / differs.size:.3%}) differ{how},"
                f" by up to {away.max()} of 255: all between {across.min()} and {across.max()}"
                f" from the left and {down.min()} and {down.max()} from the top."
            )
            marked = drawn // 3 + 170  # so pale that red stands out
            marked[differs] = (220, 0, 0)
            return Difference(words, _beside(stored, drawn, marked))
    return None


def _beside(*pictures: Pixels) -> Pixels:
    """Return *pictures* side by side, with a gap between."""
    gap = 12
    height = max(each.shape[0] for each in pictures)
    width = sum(each.shape[1] + gap for each in pictures) - gap
    whole = np.full((height, width, 3), 90, np.uint8)
    left = 0
    for each in pictures:
        whole[: each.shape[0], left : left + each.shape[1]] = each
        left += each.shape[1] + gap
    return whole


def hold_against(stored: Path, drawn: Path, kept_in: Path = DIFFERENCES) -> str:
    """Return what is wrong with the picture *stored*, seen beside *drawn*; "" if nothing is.

    The new picture and, where there is an old one, both with what differs go into *kept_in*.
    """
    new = read(drawn)
    if not stored.is_file():
        words = "There is no stored picture of it yet."
        write(new, kept_in / drawn.name, quickly=True)
        shown = f"What is drawn now: {_shown(kept_in / drawn.name)}."
    else:
        found = compare(read(stored), new)
        if found is None:
            return ""
        words = found.words
        difference = kept_in / f"{drawn.stem}-difference.png"
        write(new, kept_in / drawn.name, quickly=True)
        write(found.drawn, difference, quickly=True)
        shown = f"Old, new, and what differs in red: {_shown(difference)}."
    return f"{stored.name}: {words} {shown} If it is meant to be so: {RENEW}"


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


# --- renewing -------------------------------------------------------------------------------------


def renew(stored: Path, drawn: Path) -> list[str]:
    """Make the pictures in *stored* those in *drawn*; say which ones are new, other or gone.

    One that nobody could tell from the stored one stays, so that a change of one page changes
    one page's pictures.
    """
    said = []
    wanted = {path.name for path in drawn.glob("*.png")}
    for name in sorted(wanted):
        path, new = stored / name, read(drawn / name)
        is_new = not path.is_file()
        if is_new or compare(read(path), new) is not None:
            write_small(new, path)
            said.append(f"{'new' if is_new else 'renewed'}: {_shown(path)}")
    for path in sorted(stored.glob("*.png")):
        if path.name not in wanted:
            path.unlink()
            said.append(f"gone: {_shown(path)}")
    return said


def main() -> int:
    """Draw everything anew and store what has changed; Help's first, since Help shows them."""
    with (
        tempfile.TemporaryDirectory(prefix="apprentice-desk-") as place,
        gallery.standing_apart() as desk,
    ):
        drawn = Path(place)
        gallery.draw_for_help(desk, drawn / "help")
        said = renew(HELP, drawn / "help")
        gallery.draw_screens(desk, drawn)
        said += renew(SCREENS, drawn)
    print("\n".join(said) or "Every stored picture is as it is drawn now.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
