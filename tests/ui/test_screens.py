"""The stored pictures of every page, theme and size of text, against what is drawn now.

gallery.py draws all of them in a process of its own: what other tests did to the application, and
which fonts the computer has, must not show.  Renew them with dev.py gallery --renew.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

import apprentice_desk
import gallery
import screens
from apprentice_desk import resources
from apprentice_desk.ui.kit.theme import Theme, apply, load_theme
from apprentice_desk.ui.pages.apprentice.part import PARTS
from apprentice_desk.ui.pages.safekeeping.page import SafekeepingPage
from apprentice_desk.ui.shell.places import PAGES

NAMES = sorted(name for look in gallery.LOOKS for name in gallery.picture_names(look))
IN_HELP = sorted(gallery.help_picture_names())
MOST_BYTES = 9_500_000
MOST_BYTES_SHIPPED = 400_000
TOO_LONG = 300

on_linux = pytest.mark.skipif(
    sys.platform != "linux",
    reason="The stored pictures were drawn on Linux; other systems draw letters otherwise.",
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything as it is drawn now; the differences of the last time are gone."""
    shutil.rmtree(screens.DIFFERENCES, ignore_errors=True)
    folder = tmp_path_factory.mktemp("drawn")
    done = subprocess.run(
        [sys.executable, gallery.__file__, "--to", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=TOO_LONG,
    )
    assert done.returncode == 0, done.stderr
    return folder


# --- what is stored -------------------------------------------------------------------------------


@on_linux
@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_is_what_was_looked_at_and_stored(name: str, drawn: Path) -> None:
    found = screens.hold_against(screens.SCREENS / name, drawn / name)
    assert found == "", found


@on_linux
@pytest.mark.parametrize("name", IN_HELP)
def test_a_picture_in_help_shows_the_program_as_it_is(name: str, drawn: Path) -> None:
    kept = screens.DIFFERENCES / "help"
    found = screens.hold_against(screens.HELP / name, drawn / "help" / name, kept)
    assert found == "", found


@on_linux
def test_everything_that_has_a_name_is_drawn_and_nothing_else(drawn: Path) -> None:
    assert sorted(path.name for path in drawn.glob("*.png")) == NAMES
    assert sorted(path.name for path in (drawn / "help").glob("*.png")) == IN_HELP


def test_every_page_has_a_picture_in_every_look_and_no_picture_outlives_its_page() -> None:
    assert {look.name for look in gallery.LOOKS} == {"light", "dark", "contrast", "large"}
    assert {f"record-{part.name}-dark.png" for part in PARTS} <= set(NAMES)
    kept = {f"safekeeping-{part.name}-contrast.png" for part in SafekeepingPage.PARTS}
    assert kept - set(NAMES) == {"safekeeping-protection-contrast.png"}, "which the page shows"
    for place in PAGES:
        own = place.name.replace("_", "-")
        assert {f"{own}-{look.name}.png" for look in gallery.LOOKS} <= set(NAMES)
    for folder, wanted in ((screens.SCREENS, NAMES), (screens.HELP, IN_HELP)):
        stored = {path.name for path in folder.iterdir()}
        assert stored - set(wanted) == set(), f"of nothing that is there: {screens.RENEW}"
        assert set(wanted) - stored == set(), f"not stored yet: {screens.RENEW}"


def test_the_stored_pictures_are_small() -> None:
    stored = sum((screens.SCREENS / name).stat().st_size for name in NAMES)
    shipped = sum((screens.HELP / name).stat().st_size for name in IN_HELP)
    assert 0 < stored < MOST_BYTES
    assert 0 < shipped < MOST_BYTES_SHIPPED


def test_the_pictures_of_the_readme_are_stored_ones() -> None:
    readme = (screens.ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"!\[[^\]]{20,}\]\(([^)]+\.png)\)", readme)
    assert len(shown) >= 2
    assert readme.count(".png") == len(shown), "a picture without a description"
    wanted = {f"tests/ui/screens/{name}" for name in NAMES}
    wanted |= {f"resources/help/pictures/{name}" for name in IN_HELP}
    assert set(shown) <= wanted


# --- comparing ------------------------------------------------------------------------------------


@pytest.fixture
def card(qapp: QApplication, theme: Theme, qtbot: Any) -> QWidget:
    """Something small to draw, with a word and a field on it."""
    made = QWidget()
    made.setProperty("role", "page")
    made.resize(600, 400)
    for words, role, left, top in (("Planned to date", "", 40, 40), ("71 h", "strong", 300, 200)):
        label = QLabel(words, made)
        label.setProperty("role", role)
        label.move(left, top)
    qtbot.addWidget(made)
    made.show()
    return made


def seen(widget: QWidget) -> screens.Pixels:
    return screens.pixels(widget.grab().toImage())


def test_what_is_drawn_twice_is_alike_also_from_a_file_with_a_palette(
    card: QWidget, tmp_path: Path
) -> None:
    before = seen(card)
    screens.write_small(before, tmp_path / "card.png")
    assert screens.compare(before, seen(card)) is None
    assert screens.compare(screens.read(tmp_path / "card.png"), before) is None


def test_a_picture_of_more_colours_than_a_palette_has_is_stored_nearly_as_it_is(
    tmp_path: Path,
) -> None:
    across, down = np.meshgrid(np.arange(301), np.arange(200))
    many = np.stack([across // 8, down // 8, 40 + (across + down) // 16], axis=2).astype(np.uint8)
    assert len(np.unique(many.reshape(-1, 3), axis=0)) > 256
    screens.write_small(many, tmp_path / "many.png")
    again = screens.read(tmp_path / "many.png")
    assert again.shape == many.shape
    assert 0 < np.abs(again.astype(int) - many).max() < screens.CLEARLY


def test_a_picture_that_no_palette_can_hold_is_stored_as_it_is(tmp_path: Path) -> None:
    across, down = np.meshgrid(np.arange(256), np.arange(256))
    rich = np.stack([across, down, (across + down) % 256], axis=2).astype(np.uint8)
    screens.write_small(rich, tmp_path / "rich.png")
    assert (screens.read(tmp_path / "rich.png") == rich).all()


def test_a_label_that_moved_by_one_pixel_is_seen_and_said_where(card: QWidget) -> None:
    before = seen(card)
    label = card.findChildren(QLabel)[1]
    label.move(label.x() + 1, label.y())
    found = screens.compare(before, seen(card))
    assert found is not None
    left, right, top, bottom = map(
        int,
        re.findall(r"between (\d+) and (\d+) from the left and (\d+) and (\d+)", found.words)[0],
    )
    place = label.geometry()
    assert place.left() - 1 <= left < right <= place.right() + 1
    assert place.top() <= top < bottom <= place.bottom()
    height, width, _ = before.shape
    assert found.drawn.shape == (height, 3 * width + 24, 3)
    red = (found.drawn == (220, 0, 0)).all(axis=2)
    assert str(int(red.sum())) in found.words
    assert not red[:, : 2 * width + 24].any()


@pytest.mark.parametrize(
    ("token", "levels", "how"), [("text", 60, "differ,"), ("surface", 5, "differ a little,")]
)
def test_a_changed_colour_token_is_seen(
    card: QWidget, theme: Theme, qapp: QApplication, token: str, levels: int, how: str
) -> None:
    """The ground of a page may change by less than rounding in one letter would."""
    before = seen(card)
    was = theme.colour(token)
    step = -levels if was.green() > 127 else levels
    theme._colours[token] = QColor(was.red(), was.green() + step, was.blue())
    apply(qapp, theme)
    after = seen(card)
    apply(qapp, load_theme("light"))
    found = screens.compare(before, after)
    assert found is not None
    assert how in found.words


def test_another_size_is_said_in_words(card: QWidget) -> None:
    before = seen(card)
    card.resize(600, 410)
    found = screens.compare(before, seen(card))
    assert found is not None
    assert found.words == "It was 600 x 400 pixels and is 600 x 410."
    assert found.drawn.shape == (410, 1212, 3)


def test_a_few_pixels_and_what_nobody_could_see_are_forgiven_but_no_more(card: QWidget) -> None:
    before = seen(card)
    few = before.copy()
    few[:2, :2] = 255 - few[:2, :2]
    assert screens.compare(before, few) is None
    few[:3, :2] = 255 - before[:3, :2]
    assert screens.compare(before, few) is not None
    rounded = (before.astype(int) + np.where(before > 127, -2, 2)).astype(np.uint8)
    assert screens.compare(before, rounded) is None


# --- saying and renewing --------------------------------------------------------------------------


def test_a_difference_is_left_to_look_at_and_the_way_to_renew_is_named(
    card: QWidget, tmp_path: Path
) -> None:
    stored, new, kept = tmp_path / "card.png", tmp_path / "new" / "card.png", tmp_path / "kept"
    screens.write(seen(card), new)
    missing = screens.hold_against(stored, new, kept)
    assert "There is no stored picture of it yet." in missing
    assert "dev.py gallery --renew" in missing
    screens.write_small(seen(card), stored)
    assert screens.hold_against(stored, new, kept) == ""
    card.findChildren(QLabel)[0].setText("Planned so far")
    screens.write(seen(card), new)
    said = screens.hold_against(stored, new, kept)
    assert said.startswith("card.png: ")
    assert "card-difference.png" in said
    assert "dev.py gallery --renew" in said
    assert sorted(path.name for path in kept.iterdir()) == ["card-difference.png", "card.png"]
    assert screens.read(kept / "card-difference.png").shape == (400, 1824, 3)


def test_renewing_writes_what_changed_takes_away_what_is_gone_and_leaves_the_rest(
    card: QWidget, tmp_path: Path
) -> None:
    stored, new = tmp_path / "stored", tmp_path / "new"
    for name in ("same.png", "other.png"):
        screens.write(seen(card), new / name)
    assert [line.split(":")[0] for line in screens.renew(stored, new)] == ["new", "new"]
    screens.write(seen(card), stored / "gone.png")
    before = {path.name: path.read_bytes() for path in stored.iterdir()}
    assert len(screens.renew(stored, new)) == 1
    card.findChildren(QLabel)[0].move(90, 90)
    screens.write(seen(card), new / "other.png")
    assert screens.renew(stored, new) == [f"renewed: {stored / 'other.png'}"]
    after = {path.name: path.read_bytes() for path in stored.iterdir()}
    assert after.keys() == {"same.png", "other.png"}
    assert after["same.png"] == before["same.png"]
    assert after["other.png"] != before["other.png"]
    assert screens.renew(stored, new) == []


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.png").write_text("no picture")
    with pytest.raises(OSError, match=r"no\.png is not a picture"):
        screens.read(tmp_path / "no.png")


# --- the same letters everywhere ------------------------------------------------------------------

NOT_SHOWN = (
    "\u007f\ufffd\u00ad\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u2219\ufffe\uffff\ud800\udfff✔"
    "\uff1d\uff0b\uff0d\uff20"  # wide signs, with which a formula can begin as well
    "\u061c\u202a\u202e\u2066\u2069"  # signs that turn the way a text runs
)
"""What is looked for in lists of others, and never shown."""


def our_words() -> dict[str, str]:
    """Every letter beyond ASCII in the source's texts and in resources, with a place of it."""
    found: dict[str, str] = {}

    def note(words: str, path: Path) -> None:
        if not words.isascii():
            found.update(dict.fromkeys(set(words), path.name))

    source = Path(apprentice_desk.__file__).parent
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                note(node.value, path)
    for path in sorted(resources.folder().rglob("*")):
        words = ""
        match path.suffix:
            case ".toml":
                words = json.dumps(tomllib.loads(path.read_text("utf-8")), default=str,
                                   ensure_ascii=False)  # fmt: skip
            case ".json":
                words = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)
            case ".md":
                words = path.read_text("utf-8")
        note(words, path)
    return {letter: place for letter, place in found.items() if ord(letter) > 126}


def test_the_programs_own_font_has_every_letter_that_the_program_writes(qapp: QApplication) -> None:
    """Another font would stand in for it, and look different on every computer."""
    letters = {each: place for each, place in our_words().items() if each not in NOT_SHOWN}
    assert len(letters) > 10
    fonts = sorted(resources.path("fonts").glob("*.ttf"))
    assert len(fonts) == 4
    for path in fonts:
        font = QRawFont(str(path), 16)
        lacking = {
            each: at for each, at in letters.items() if not font.supportsCharacter(ord(each))
        }
        assert lacking == {}, path.name
        assert not font.supportsCharacter(ord("✔")), "the font has everything: nothing is tested"
