from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QStyle,
    QTableView,
)

from apprentice_desk import resources
from apprentice_desk.ui.kit import theme as themes
from apprentice_desk.ui.kit.shades import shades

ROOT = Path(__file__).parents[3]
SURFACES = (
    "surface",
    "surface_raised",
    "surface_sunken",
    "field",
    "row_hover",
    "row_selected",
    "hover",
)
TONES = ("accent", "danger", "warning", "good", "note", "quiet")

# (what is read, what it stands on): at least 4.5
TEXT_PAIRS = (
    [("text", surface) for surface in SURFACES]
    + [("text_quiet", surface) for surface in SURFACES]
    + [("text", f"{tone}_soft") for tone in TONES]
    + [(f"{tone}_text", f"{tone}_soft") for tone in TONES]
    + [(f"{tone}_text", surface) for tone in TONES for surface in ("surface", "surface_raised")]
    + [(f"{tone}_text", "row_selected") for tone in ("accent", "danger", "warning", "good")]
    + [
        ("accent_text", "danger_soft"),
        ("accent_text", "warning_soft"),
        ("text_on_accent", "accent"),
        ("text_on_accent", "accent_hover"),
        ("text_on_danger", "danger"),
        ("text_on_danger", "danger_hover"),
        ("selection_text", "selection"),
    ]
    # the words beside the lines of a chart have the colour of their line
    + [(tone, "surface_raised") for tone in TONES]
)
# edges of inputs, bars and lines of charts: at least 3
SHAPE_PAIRS = (
    [("line_strong", surface) for surface in ("surface", "surface_raised", "field")]
    + [(tone, "surface_raised") for tone in TONES]
    # bars and the tick on them, the signs of badges, the mark of what was found
    + [(tone, "track") for tone in TONES]
    + [("text", "track"), ("accent", "row_selected"), ("text", "surface_raised")]
    + [(tone, f"{tone}_soft") for tone in TONES]
    + [("danger", "danger_soft"), ("warning", "warning_soft"), ("line_strong", "surface_sunken")]
)
# What is switched off is exempt in WCAG 2.2 (1.4.3 and 1.4.11); here it can still be made out.
DISABLED_PAIRS = [("text_disabled", ground) for ground in ("surface", *SURFACES[1:4])]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_defines_it() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor(0x76, 0x76, 0x76), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", themes.THEMES)
@pytest.mark.parametrize(("read", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_every_surface(qapp, name, read, ground) -> None:
    theme = themes.load_theme(name)
    least = 7.0 if name == "contrast" else 4.5
    assert contrast(theme.colour(read), theme.colour(ground)) >= least


@pytest.mark.parametrize("name", themes.THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_stand_out_from_what_is_behind_them(qapp, name, shape, ground) -> None:
    theme = themes.load_theme(name)
    assert contrast(theme.colour(shape), theme.colour(ground)) >= 3


@pytest.mark.parametrize("name", themes.THEMES)
@pytest.mark.parametrize(("read", "ground"), DISABLED_PAIRS)
def test_what_is_switched_off_can_still_be_made_out(qapp, name, read, ground) -> None:
    theme = themes.load_theme(name)
    assert contrast(theme.colour(read), theme.colour(ground)) >= 3


def styled_pairs() -> list[tuple[str, str, str]]:
    """Which colours the style sheet lays on each other: the selector, the words, the ground."""
    sheet = resources.path("theme", "desk.qss").read_text(encoding="utf-8")
    found = []
    for selector, inside in re.findall(r"([^{}/]+)\{([^}]*)\}", sheet):
        words = re.search(r"(?<![-\w])color: @(\w+)", inside)
        ground = re.search(r"background: @(\w+)", inside)
        if words and ground:
            found.append((selector.strip(), words[1], ground[1]))
    return found


@pytest.mark.parametrize("name", themes.THEMES)
def test_words_stand_out_in_every_rule_of_the_style_sheet(qapp, name) -> None:
    theme = themes.load_theme(name)
    pairs = styled_pairs()
    assert len(pairs) > 10
    plain = 7.0 if name == "contrast" else 4.5
    faint = [
        (selector, words, ground)
        for selector, words, ground in pairs
        if contrast(theme.colour(words), theme.colour(ground))
        < (3 if ":disabled" in selector else plain)
    ]
    assert faint == []


@pytest.mark.parametrize("name", themes.THEMES)
@pytest.mark.parametrize("tone", TONES)
def test_words_stand_out_on_every_shade_of_a_tile(qapp, name, tone) -> None:
    theme = themes.load_theme(name)
    ladder = shades(theme, tone)
    assert len(ladder) > 3
    least = 7.0 if name == "contrast" else 4.5
    assert min(contrast(shade.words, shade.fill) for shade in ladder) >= least


@pytest.mark.parametrize("name", themes.THEMES)
@pytest.mark.parametrize("ground", [*SURFACES, "accent", "danger", *(f"{t}_soft" for t in TONES)])
def test_the_focus_ring_is_seen_on_every_surface(qapp, name, ground) -> None:
    """It has two colours, so that one of them stands out whatever it lies on."""
    theme = themes.load_theme(name)
    seen = [contrast(theme.colour(part), theme.colour(ground)) for part in ("focus", "focus_edge")]
    assert max(seen) >= 3
    assert contrast(theme.colour("focus"), theme.colour("focus_edge")) >= 3


def test_all_themes_give_a_colour_to_the_same_meanings(qapp) -> None:
    meanings = [set(themes.load_theme(name).meanings) for name in themes.THEMES]
    assert meanings[0] == meanings[1] == meanings[2]


@pytest.mark.parametrize("name", themes.THEMES)
def test_no_raw_colour_lies_about_unused(name) -> None:
    tables = tomllib.loads(resources.path("theme", f"{name}.toml").read_text(encoding="utf-8"))
    assert set(tables["raw"]) == set(tables["meaning"].values())


@pytest.mark.parametrize("name", themes.THEMES)
def test_a_theme_is_read_as_its_file_says(qapp, name) -> None:
    tables = tomllib.loads(resources.path("theme", f"{name}.toml").read_text(encoding="utf-8"))
    theme = themes.load_theme(name)
    assert theme.is_dark is tables["is_dark"]
    assert {meaning: theme.colour(meaning).name() for meaning in theme.meanings} == {
        meaning: tables["raw"][raw] for meaning, raw in tables["meaning"].items()
    }


@pytest.mark.parametrize("name", themes.THEMES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_style_sheet_knows_every_token(qapp, name, scale) -> None:
    sheet = themes.load_theme(name, scale).style_sheet()
    assert "@" not in sheet.split("*/", 1)[1]


@pytest.mark.parametrize("name", themes.THEMES)
def test_the_small_pictures_of_the_style_sheet_have_colours_of_their_theme(qapp, name) -> None:
    theme = themes.load_theme(name)
    known = {theme.colour(meaning).name() for meaning in theme.meanings}
    pictures = list(resources.path("theme", name).glob("*.svg"))
    sheet = theme.style_sheet()
    asked_for = set(re.findall(rf"theme:{name}/([a-z-]+\.svg)", sheet))
    assert asked_for == {picture.name for picture in pictures}
    for picture in pictures:
        colours = set(re.findall(r"#[0-9a-f]{6}", picture.read_text(encoding="utf-8")))
        assert colours
        assert colours <= known


def test_no_colour_is_written_outside_the_theme() -> None:
    colour = re.compile(r"""["']#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})["';]""")
    source = ROOT / "src" / "apprentice_desk"
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*source.rglob("*.py"), resources.path("theme", "desk.qss")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if colour.search(line) or (path.suffix == ".qss" and "#" in re.sub(r"#qt_\w+", "", line))
    ]
    assert found == []


def test_no_widget_has_a_style_sheet_of_its_own() -> None:
    ui = ROOT / "src" / "apprentice_desk" / "ui"
    users = [path.name for path in ui.rglob("*.py") if "setStyleSheet" in path.read_text("utf-8")]
    assert users == ["theme.py"]


def test_the_bundled_font_is_the_one_that_is_used(qapp: QApplication, theme) -> None:
    assert "Inter" in QFontDatabase.families()
    for role, weight in (("body", 400), ("strong", 600), ("title", 700)):
        font = theme.font(role)
        assert QFontInfo(font).family() == "Inter"
        assert font.weight() == weight
    assert QFontInfo(qapp.font()).family() == "Inter"


class LikeWindows:
    """The application, with fonts of the system's for some kinds once it has a style sheet."""

    KINDS: tuple[Any, ...] = (
        "QMenu",
        "QTipLabel",
        "QAbstractItemView",
        "QMessageBox",
        "QStatusBar",
        "QMenuBar",
    )

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, name)

    def setStyleSheet(self, sheet: str) -> None:
        self._app.setStyleSheet(sheet)
        for kind in self.KINDS:
            QApplication.setFont(QFont("Of the system", 30), kind)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_menus_tips_and_lists_have_the_font_of_the_rest(qapp: QApplication, theme, scale) -> None:
    look = themes.load_theme("light", scale)
    windows: Any = LikeWindows(qapp)
    try:
        themes.apply(windows, look)
        for kind in windows.KINDS:
            assert QApplication.font(kind) == look.font("body"), kind
    finally:
        themes.apply(qapp, theme)


def test_text_and_spacing_grow_together(qapp) -> None:
    plain, large = themes.load_theme("light"), themes.load_theme("light", 2.0)
    for role in ("title", "heading", "body", "small", "figure"):
        assert large.font_pixels(role) == pytest.approx(2 * plain.font_pixels(role), abs=1)
    assert large.space(3) == 2 * plain.space(3)


def test_a_theme_in_force_can_become_another(qapp, theme, qtbot) -> None:
    words = QLabel("Apprentices")
    qtbot.addWidget(words)
    before = theme.colour("surface")
    theme.become("dark", 2.0)
    with qtbot.waitSignal(theme.changed):
        themes.apply(qapp, theme)
    assert theme.is_dark
    assert theme.colour("surface") != before
    assert qapp.palette().window().color() == theme.colour("surface")
    assert QFontInfo(qapp.font()).pixelSize() == theme.font_pixels("body")


def test_a_chosen_theme_is_taken_and_system_follows_the_computer(qapp) -> None:
    assert themes.theme_name("dark", qapp) == "dark"
    assert themes.theme_name("contrast", qapp) == "contrast"
    assert themes.theme_name("system", qapp) in ("light", "dark")
    assert not themes.prefers_contrast(qapp)


def asking(contrast: Qt.ContrastPreference, scheme: Qt.ColorScheme) -> Any:
    """A computer that asks for this: what Qt would say of it."""
    access = SimpleNamespace(contrastPreference=lambda: contrast)
    hints = SimpleNamespace(accessibility=lambda: access, colorScheme=lambda: scheme)
    return SimpleNamespace(styleHints=lambda: hints)


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_a_computer_that_asks_for_more_contrast_gets_it(scheme) -> None:
    high, none = Qt.ContrastPreference.HighContrast, Qt.ContrastPreference.NoPreference
    assert themes.theme_name("system", asking(high, scheme)) == "contrast"
    assert themes.theme_name("light", asking(high, scheme)) == "light", "who chose has chosen"
    plain = "dark" if scheme is Qt.ColorScheme.Dark else "light"
    assert themes.theme_name("system", asking(none, scheme)) == plain


def test_nothing_slides_or_fades(qapp: QApplication, theme) -> None:
    effects = [effect for effect in Qt.UIEffect if effect is not Qt.UIEffect.UI_General]
    for effect in Qt.UIEffect:
        QApplication.setEffectEnabled(effect, True)
    assert any(map(QApplication.isEffectEnabled, effects))
    themes.apply(qapp, theme)
    assert not any(map(QApplication.isEffectEnabled, effects))


def test_nothing_in_the_source_moves_by_itself() -> None:
    moving = re.compile(
        r"Animation\b|QTimeLine|QMovie|setRange\(0, 0\)|setAnimated\(True|cursorFlash"
    )
    ui = ROOT / "src" / "apprentice_desk" / "ui"
    users = [path.name for path in ui.rglob("*.py") if moving.search(path.read_text("utf-8"))]
    assert users == []


@pytest.mark.parametrize("name", themes.THEMES)
def test_what_is_switched_off_is_told_from_what_is_not(qapp, name) -> None:
    theme = themes.load_theme(name)
    ground = theme.colour("surface")
    words = [contrast(theme.colour(each), ground) for each in ("text", "text_disabled")]
    assert words[0] / words[1] >= 2
    edges = [contrast(theme.colour(each), ground) for each in ("line", "line_off")]
    assert edges[1] <= edges[0]
    if name == "contrast":  # where the ground of both is black
        assert edges[0] / edges[1] >= 2


@pytest.mark.parametrize(
    "kind", [QPushButton, QLineEdit, QComboBox, QScrollBar, QProgressBar, QTableView, QMainWindow]
)
def test_the_style_moves_nothing_either(qapp: QApplication, theme, qtbot, kind) -> None:
    made = kind()
    qtbot.addWidget(made)
    made.ensurePolished()
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    assert QApplication.style().styleHint(hint) > 0, "the style would move something"
    assert made.style().styleHint(hint, None, made) == 0
