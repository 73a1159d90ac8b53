"""The raw tokens of the look: colours as text, sizes and weights of type.  No Qt.

What the first frame of the window is painted with; ``theme`` makes Qt's own values of them.
"""

from __future__ import annotations

from typing import Literal

from apprentice_desk import resources

ThemeName = Literal["light", "dark", "contrast"]
FontRole = Literal["title", "large", "heading", "body", "strong", "small", "small strong", "figure"]

FAMILY = "Inter"
BODY_PIXELS = 14
"""The height of body text at a scale of 1, in logical pixels."""
QUARTER_PIXELS = 4
"""A length of one quarter at a scale of 1."""

STYLE = "has the style of the desk"
FONTS = "has these fonts"
"""Properties of the application object: what it has been given already."""

TYPE: dict[FontRole, tuple[float, int]] = {  # share of the body's size, weight
    "title": (22 / 14, 700),
    "large": (18 / 14, 600),
    "heading": (15 / 14, 600),
    "body": (1.0, 400),
    "strong": (1.0, 600),
    "small": (12.5 / 14, 400),
    "small strong": (12.5 / 14, 600),
    "figure": (28 / 14, 700),
}


def read(name: str) -> tuple[bool, dict[str, str]]:
    """Return whether theme *name* is dark, and its colours as text by their meaning.

    Only names and texts are read, which spares the start of the window tomllib; a test holds
    what is read here against what tomllib reads.
    """
    tables: dict[str, dict[str, str]] = {"": {}}
    table = tables[""]
    for line in resources.path("theme", f"{name}.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = tables.setdefault(line.strip("[] "), {})
        elif "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            table[key.strip()] = value.strip().strip('"')
    raw = tables["raw"]
    colours = {meaning: raw[colour] for meaning, colour in tables["meaning"].items()}
    return tables[""]["is_dark"] == "true", colours


def space(quarters: float, text_scale: float) -> int:
    """Return a length in pixels."""
    return round(quarters * QUARTER_PIXELS * text_scale)


def font_pixels(role: FontRole, text_scale: float) -> int:
    """Return the height of a role's text in pixels."""
    return round(BODY_PIXELS * text_scale * TYPE[role][0])
