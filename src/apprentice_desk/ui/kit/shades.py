"""Shades of one tone from little to much, on each of which words can be read.

A shade half-way between a light and a dark colour lets neither dark nor light words stand out
enough.  Such shades are left out, so that what is shown as more is always further along.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor

from apprentice_desk.ui.kit.theme import Theme, Tone

LEAST = 4.5
"""The contrast that words need, as WCAG 2.2 has it (1.4.3)."""
LEAST_IN_HIGH_CONTRAST = 7.0
"""The same where high contrast was asked for (1.4.6)."""

_FAINTEST = 0.12
_STEPS = 44
_INKS = ("text", "text_on_accent", "surface_raised")


class Shade(NamedTuple):
    """A ground and the colour of the words on it."""

    fill: QColor
    words: QColor


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shades(theme: Theme, tone: Tone = "accent") -> tuple[Shade, ...]:
    """Return the shades of *tone* on a raised surface, from the faintest to the tone itself."""
    least = LEAST_IN_HIGH_CONTRAST if theme.name == "contrast" else LEAST
    inks = tuple(theme.colour(meaning).rgb() for meaning in _INKS)
    return _ladder(theme.colour("surface_raised").rgb(), theme.tone(tone).solid.rgb(), inks, least)


@lru_cache(maxsize=16)  # each tile asks at each paint, and there are not many themes
def _ladder(ground: int, full: int, inks: tuple[int, ...], least: float) -> tuple[Shade, ...]:
    found = []
    for step in range(_STEPS + 1):
        share = _FAINTEST + (1 - _FAINTEST) * step / _STEPS
        fill = _between(QColor(ground), QColor(full), share)
        best = max(map(QColor, inks), key=lambda ink: contrast(ink, fill))
        if contrast(best, fill) >= least:
            found.append(Shade(fill, best))
    return tuple(found)


def shade_at(ladder: tuple[Shade, ...], share: float) -> Shade:
    """Return the shade for *share* of the most, from 0 to 1."""
    return ladder[round(min(1.0, max(0.0, share)) * (len(ladder) - 1))]


def _between(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
