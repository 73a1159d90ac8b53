"""The part “What left” of Safekeeping: the list, one file in full, and whether one is from here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication

from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind, LeftRow
from apprentice_desk.records import leaving
from apprentice_desk.records.leaving import LeftPerson
from apprentice_desk.safekeeping.ledger import facts_of
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.safekeeping.ledger_columns import MOST_NAMES, who

AT = datetime(2026, 5, 4, 9, 14, tzinfo=UTC)


def leave(desk: Desk, name: str, going: Going, sha256: str = "a" * 64) -> Any:
    with desk.store.change(f"Save {name}", is_final=True) as session:
        return leaving.record_left(session, going, FileFacts(name, 2_048, sha256), AT, "bo")


@pytest.fixture
def part(page: Any) -> Any:
    opened = page("safekeeping")
    opened.show_part("ledger")
    return opened.part("ledger")


def said_of(part: Any) -> dict[str, str]:
    return {key.text(): value.text() for key, value in part.facts._shown}


def test_an_empty_ledger_says_what_will_stand_there(part: Any) -> None:
    assert part.count == 0
    assert part.card.isHidden()


def test_the_chosen_file_is_told_in_full_with_who_is_in_it(
    desk: Desk, part: Any, team: Any, qtbot: Any
) -> None:
    leave(desk, "Everybody.xlsx", Going.of(LeftKind.LIST, [team.ada, team.mei]))
    qtbot.waitUntil(lambda: part.count == 1)
    told = said_of(part)
    assert part.file_name.text() == "Everybody.xlsx"
    assert told["What it is"] == "List, 2 KB"
    assert told["Who is in it"] == "Ada Obi, Mei Lin"
    assert told["Who gets it"] == "Not said yet"
    assert "What for" not in told


def test_who_gets_it_is_said_from_the_list(desk: Desk, part: Any, qtbot: Any) -> None:
    leave(desk, "list.pdf", Going(LeftKind.LIST, count=0))
    qtbot.waitUntil(lambda: part.count == 1)
    part.who_gets.trigger()
    assert part.dialog is not None
    part.dialog.form.set_value("to_whom", "LOTI")
    part.dialog.panel.submit()
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: said_of(part)["Who gets it"] == "LOTI")


def test_a_file_that_came_from_here_is_shown_and_another_is_not(
    desk: Desk, part: Any, qtbot: Any, tmp_path: Path, messages: Messages
) -> None:
    path = tmp_path / "came back.pdf"
    path.write_bytes(b"%PDF- Ada")
    for name in ("first.pdf", "second.pdf"):
        leave(desk, name, Going(LeftKind.LIST, count=0), facts_of(path).sha256)
    leave(desk, "other.pdf", Going(LeftKind.LIST, count=0), "b" * 64)
    qtbot.waitUntil(lambda: part.count == 3)
    part.filter.setText("other")
    part.compare_with(str(path))
    qtbot.waitUntil(lambda: "left this desk" in str(messages.current))
    assert "as “first.pdf”, and 1 time before" in str(messages.current)
    assert part.table.chosen().file_name == "first.pdf"
    path.write_bytes(b"%PDF- Noor")
    part.compare_with(str(path))
    qtbot.waitUntil(lambda: "No file with exactly the bytes" in str(messages.current_problem))


@pytest.mark.parametrize(
    ("count", "names", "words"),
    [
        (None, [], "Not known: the desk cannot look into this kind of file."),
        (0, [], "Nobody."),
        (240, [], "240 people whom this desk does not name"),
        (2, ["Ada Obi", ""], "Ada Obi, 1 person no longer in this desk"),
        (
            MOST_NAMES + 2,
            ["Ada"] * (MOST_NAMES + 2),
            f"{', '.join(['Ada'] * MOST_NAMES)}, and 2 more",
        ),
    ],
)  # fmt: skip
def test_who_is_in_a_file_in_words(count: int | None, names: list[str], words: str) -> None:
    row = LeftRow(uuid4(), AT, "bo", LeftKind.LIST, "a", 1, "0" * 64, count, GivenTo(), 1)
    assert who(row, tuple(LeftPerson(uuid4(), name) for name in names)) == words
