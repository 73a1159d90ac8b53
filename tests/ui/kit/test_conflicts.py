"""Two versions of one record side by side: what is shown of long texts, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.ui.kit.conflicts import ConflictDialog, beside, differences, shown
from apprentice_desk.ui.kit.inputs import Field
from apprentice_desk.ui.kit.theme import Theme

START = "How data is kept, who may see it and for how long"
LONG = f"{START}, where copies of it are, who looks after them, and who is asked before it is given"


@dataclass(frozen=True)
class Record:
    title: str = ""
    note: str = ""


FIELDS = (Field("title", "Title"), Field("note", "Note", "long text"))


def test_short_texts_are_shown_whole() -> None:
    assert beside("", "Theirs & others") == ("", "Theirs & others")
    assert beside("x" * 120, "x" * 119) == ("x" * 120, "x" * 119)


def test_long_texts_are_shown_from_shortly_before_they_part() -> None:
    mine, theirs = beside(LONG, LONG.replace("given", "lent"))
    assert (mine, theirs) == ("… before it is given", "… before it is lent")
    mine, theirs = beside(LONG, f"{LONG} to others")
    assert mine == "… before it is given"
    assert theirs == "… before it is given to others"
    mine, theirs = beside(LONG, f"Why {LONG}")
    assert mine == LONG[:120] + "…"
    assert theirs == f"Why {LONG}"[:120] + "…"
    one_word = "x" * 130
    assert beside(one_word, one_word + "y") == ("x" * 120 + "…", "x" * 120 + "…")


def test_a_value_alone_is_cut_at_its_end() -> None:
    assert shown(FIELDS[1], Record(note=LONG)) == LONG[:60] + "…"
    assert shown(FIELDS[0], Record()) == "blank"


def test_what_is_cut_is_there_whole_as_tip_and_for_a_screen_reader(
    qtbot: Any, theme: Theme
) -> None:
    longer = f"{LONG} <away>"
    found = differences(FIELDS, Record("A", longer), Record("B", LONG), Record("A", LONG))
    assert [(each.mine, each.theirs, each.is_mine) for each in found] == [
        ("A", "B", False),
        (longer, LONG, True),
    ]
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ConflictDialog(found, "Choose.", theme, parent)
    assert dialog.mine["note"].text() == "… before it is given <away>"
    assert dialog.mine["note"].toolTip() == f"<p>{LONG} &lt;away&gt;</p>"
    assert dialog.mine["note"].accessibleName() == f"Note, yours: {longer}"
    assert dialog.mine["title"].toolTip() == ""
    longest = dialog.fontMetrics().horizontalAdvance(LONG)
    assert dialog.mine["note"].sizeHint().width() < longest, "long words go on below"
    chosen: list[frozenset[str]] = []
    dialog.chosen.connect(chosen.append)
    dialog.keep.click()
    assert chosen == [frozenset({"note"})]
