"""Colours, type and spacing: the look of the whole window, from resources/theme.

Colours have two levels, raw ones and meanings; Python and desk.qss use meanings only.  Lengths
are in quarters of the body text's height, so that all of it grows with the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk import resources
from apprentice_desk.ui.kit import tokens
from apprentice_desk.ui.kit.focus import FocusRing
from apprentice_desk.ui.kit.tokens import FAMILY, TYPE, FontRole, ThemeName

Tone = Literal["", "accent", "danger", "warning", "good", "note", "quiet"]

THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")

_PALETTE: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "surface"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface_raised"),
    (QPalette.ColorRole.AlternateBase, "surface"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface_raised"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "danger_text"),
    (QPalette.ColorRole.ToolTipBase, "surface_raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "text_quiet"),
    (QPalette.ColorRole.Highlight, "selection"),
    (QPalette.ColorRole.HighlightedText, "selection_text"),
    (QPalette.ColorRole.Link, "accent_text"),
    (QPalette.ColorRole.LinkVisited, "accent_text"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Light, "surface_raised"),
    (QPalette.ColorRole.Midlight, "surface_sunken"),
    (QPalette.ColorRole.Mid, "line"),
    (QPalette.ColorRole.Dark, "line_strong"),
    (QPalette.ColorRole.Shadow, "line_strong"),
)
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
"""What Qt would have slide or fade: nothing here moves by itself, whether asked for or not."""
_TOKEN = re.compile(r"@([a-z][a-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class ToneColours:
    """The colours of one tone: for bars and lines, for a soft ground, for words on that ground."""

    solid: QColor
    soft: QColor
    text: QColor


class Theme(QObject):
    """The look in force.  One object lives as long as the window; become() changes it.

    Whatever paints asks it while painting; whatever keeps pixmaps or sizes listens to *changed*.
    """

    changed = Signal()

    def __init__(self, name: ThemeName, text_scale: float = 1.0) -> None:
        super().__init__()
        self.name: ThemeName = name
        self.text_scale = text_scale
        self.drawings: dict[tuple[str, str, int, float], QPixmap] = {}  # icons.py keeps them here
        self._fonts: dict[FontRole, QFont] = {}
        self.is_dark, self._colours = _read(name)

    def become(self, name: ThemeName, text_scale: float | None = None) -> None:
        """Take on the colours of *name* and another scale; apply() then shows it."""
        self.is_dark, self._colours = _read(name)
        self.name = name
        if text_scale is not None:
            self.text_scale = text_scale
        self._fonts.clear()
        self.drawings.clear()

    @property
    def meanings(self) -> tuple[str, ...]:
        """The names of all colours that colour() knows."""
        return tuple(self._colours)

    def colour(self, meaning: str) -> QColor:
        """Return the colour that *meaning* has here; KeyError if there is no such meaning."""
        return self._colours[meaning]

    def tone(self, tone: Tone) -> ToneColours:
        """Return the three colours of *tone*; no tone is accent."""
        name = tone or "accent"
        return ToneColours(
            self._colours[name], self._colours[f"{name}_soft"], self._colours[f"{name}_text"]
        )

    def space(self, quarters: float) -> int:
        """Return a length in pixels: *quarters* of 4 pixels at a scale of 1."""
        return tokens.space(quarters, self.text_scale)

    def font_pixels(self, role: FontRole) -> int:
        """Return the height of a role's text in pixels."""
        return tokens.font_pixels(role, self.text_scale)

    def font(self, role: FontRole) -> QFont:
        """Return the font of *role*."""
        font = self._fonts.get(role)
        if font is None:
            font = QFont(FAMILY)
            font.setPixelSize(self.font_pixels(role))
            font.setWeight(QFont.Weight(TYPE[role][1]))
            self._fonts[role] = font
        return font

    def style_sheet(self) -> str:
        """Return desk.qss with every @token filled in; KeyError names one that is not known."""
        values = {name: colour.name() for name, colour in self._colours.items()}
        values |= {f"font_{role.replace(' ', '_')}": f"{self.font_pixels(role)}px" for role in TYPE}
        values["theme"] = self.name
        template = resources.path("theme", "desk.qss").read_text(encoding="utf-8")

        def fill(found: re.Match[str]) -> str:
            token = found[1]
            if token.startswith("sp") and token[2:].replace("_", "").isdigit():
                return f"{self.space(float(token[2:].replace('_', '.')))}px"
            return values[token]

        return _TOKEN.sub(fill, template)

    def palette(self) -> QPalette:
        """Return the palette for what no style rule reaches."""
        palette = QPalette()
        for role, meaning in _PALETTE:
            palette.setColor(role, self._colours[meaning])
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colours["text_disabled"])
        return palette


def _read(name: str) -> tuple[bool, dict[str, QColor]]:
    is_dark, colours = tokens.read(name)
    return is_dark, {meaning: QColor(colour) for meaning, colour in colours.items()}


def load_theme(name: ThemeName, text_scale: float = 1.0) -> Theme:
    """Return the theme *name*; nothing is shown differently before apply()."""
    return Theme(name, text_scale)


def theme_name(setting: str, app: QApplication) -> ThemeName:
    """Return the theme that *setting* asks for; "system" follows the computer.

    Who asked the computer for more contrast gets it; else it is the computer's light or dark.
    """
    for name in THEMES:
        if name == setting:
            return name
    if prefers_contrast(app):
        return "contrast"
    is_dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if is_dark else "light"


def prefers_contrast(app: QApplication) -> bool:
    """Return whether this computer asks its programs for more contrast."""
    hints = app.styleHints()  # held: what it returns is good only as long as it is known
    preference = hints.accessibility().contrastPreference()
    return preference is Qt.ContrastPreference.HighContrast


_OF_ITS_OWN_FONT: tuple[Any, ...] = (  # texts, which PySide takes and its stubs do not know of
    "QAbstractItemView",  # the list that falls out of a field, which is a window of its own
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QStatusBar",
    "QTipLabel",  # a tool tip
)
"""What Windows gives a font of its own, and again once there is a style sheet."""


def apply(app: QApplication, theme: Theme, text_scale: float | None = None) -> None:
    """Give the whole program the look of *theme*; called again whenever it changed."""
    if text_scale is not None and text_scale != theme.text_scale:
        theme.become(theme.name, text_scale)
    loaded = app.property(tokens.FONTS) or []
    for path in sorted(resources.path("fonts").glob("*.ttf")):
        if path.name not in loaded:
            QFontDatabase.addApplicationFont(str(path))
            loaded.append(path.name)
    app.setProperty(tokens.FONTS, loaded)
    QDir.setSearchPaths("theme", [str(resources.path("theme"))])
    if not app.property(tokens.STYLE):
        app.setStyle("Fusion")
        app.setProperty(tokens.STYLE, True)
    for effect in _EFFECTS:
        app.setEffectEnabled(effect, False)
    body = theme.font("body")
    app.setFont(body)
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.style_sheet())
    for kind in _OF_ITS_OWN_FONT:
        if QApplication.font(kind) != body:  # elsewhere there is nothing to do
            QApplication.setFont(body, kind)
    _ring_focus(app, theme)
    theme.changed.emit()


def _ring_focus(app: QApplication, theme: Theme) -> None:
    """Give *app* the ring around what has the keyboard, in the colours of *theme*."""
    # Looked for by name: by class alone Qt would hand Python every child of the application.
    ring = app.findChild(FocusRing, FocusRing.NAME) or FocusRing(app)
    ring.set_colours(theme.colour("focus"), theme.colour("focus_edge"), theme.space(1))


def follow_system(app: QApplication, theme: Theme, setting: str) -> None:
    """Keep the native frame in step with *setting*: "system", "light", "dark" or "contrast"."""
    scheme = Qt.ColorScheme.Unknown
    if setting != "system":
        scheme = Qt.ColorScheme.Dark if theme.is_dark else Qt.ColorScheme.Light
    app.styleHints().setColorScheme(scheme)


def set_role(widget: QWidget, role: str = "", tone: Tone | None = None) -> None:
    """Give *widget* a role and tone that desk.qss knows, and show it at once."""
    before = widget.property("role"), widget.property("tone")
    if role:
        widget.setProperty("role", role)
    if tone is not None:
        widget.setProperty("tone", tone)
    is_polished = widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    if is_polished and before != (widget.property("role"), widget.property("tone")):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
