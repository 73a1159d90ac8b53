"""Names that nobody would make up for a test do no harm: long, from right to left, markup, emoji.

People are really called long names, and what is imported may hold anything.  Whatever stands in a
desk, pages and dialogs open, no word is cut off, and nothing is taken for markup.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from apprentice_desk.ui.kit.pieces import breakable
from ui.clipping import clipped, goes_sideways
from ui.openings import OPENINGS, TODAY, Hands, Opening, running
from ui.test_hostile_text import PICTURE, SPOILT, told_as_markup

NAMES = (
    "Wolfeschlegelsteinhausenbergerdorff von und zu Hohenstein-Schwarzenberg, the younger",
    "שרה \u202eabc\u202c مريم",
    PICTURE,
    "Zoë 👩🏽‍💻 🏳️‍🌈 𓀀",
    "Anna\nMaria\u2028Lu\tisa",
    "&Ada && <b> %s {name} \\n",
    "A",
    "a" + "\u0301" * 8 + " Zal\u0336\u0334go",
)
KEPT = ("Ravi", "Thamesbank College")
"""What openings look for stays in front."""
KEYS = {"reference", "name", "file_name"}
"""What openings go by is spoilt behind what it is."""
TEXT_SIZES = {100: (1440, 900), 200: (1440, 900)}
SHOWN = (
    "page ",
    "apprentice in the panel",
    "record: the",
    "record: reviews",
    "secondments: board",
    "secondments: table",
    "safekeeping",
    "erase ",
    "keep longer",
    "explain a figure",
    "history of an apprentice",
)
"""How the openings begin whose words are mostly those of others."""
WALKED = [each for each in OPENINGS if each.name.startswith(SHOWN) and each.name.count(",") < 1]


def spoil(path: Path) -> None:
    """Give everybody and everything in a desk a name of NAMES, in turn."""
    with closing(sqlite3.connect(path)) as file, file:
        for table, columns in SPOILT.items():
            turn = cycle(NAMES)
            rows = file.execute(f"SELECT rowid, {', '.join(columns)} FROM {table}").fetchall()
            for rowid, *texts in rows:
                new = [
                    _spoilt(column, text, next(turn))
                    for column, text in zip(columns, texts, strict=True)
                ]
                sets = ", ".join(f"{column} = ?" for column in columns)
                file.execute(f"UPDATE {table} SET {sets} WHERE rowid = ?", [*new, rowid])


def _spoilt(column: str, text: str | None, name: str) -> str | None:
    if not text or text in KEPT:
        return text
    return f"{text} {name}" if column in KEYS or column == "family_name" else name


@pytest.fixture(scope="module", params=TEXT_SIZES)
def hands(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    copy_sample: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Hands]:
    """The program on a desk of such names, in one size of text, for every opening in turn."""
    folder = tmp_path_factory.mktemp("hands")
    desk = Path(copy_sample(folder / "exampleton.desk", TODAY))
    spoil(desk)
    size = TEXT_SIZES[request.param]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APPRENTICE_DESK_SETTINGS", str(folder))  # taken back afterwards
        with running(desk, folder, text_size=request.param, size=size) as made:
            made.size = size
            yield made


@pytest.mark.parametrize("what", WALKED, ids=str)
def test_no_word_of_others_is_cut_off_or_taken_for_markup(what: Opening, hands: Hands) -> None:
    width, height = hands.size
    try:
        shown: QWidget = what.open(hands)
        if isinstance(shown, QDialog):
            shown.resize(min(shown.width(), width), min(shown.height(), height))
            hands.settle()
        assert clipped(shown) == []
        assert goes_sideways(shown) == []
        assert list(told_as_markup(shown)) == []
    finally:
        hands.tidy()


def test_most_pages_and_records_are_among_what_is_walked_through() -> None:
    assert len(WALKED) > 40


@pytest.mark.parametrize(
    "text",
    [
        "Ada King",
        "apprenticeships.team@exampleton.example",
        "/srv/grace/exampleton.desk",
        "a" * 23,
    ],
)
def test_what_is_copied_to_be_used_stays_as_it_is(text: str) -> None:
    assert breakable(text) == text


def test_a_very_long_word_may_go_on_below() -> None:
    broken = breakable("Wolfeschlegelsteinhausenbergerdorff")
    assert broken.split("\u200b") == ["Wolfeschlegelsteinha", "usenbergerdorff"]
