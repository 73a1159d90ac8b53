"""Room to write by hand: a column keeps its share whatever stands in it and beside it."""

from __future__ import annotations

import pytest

from apprentice_desk.documents.columns import shared_widths
from apprentice_desk.documents.lettering import Lettering
from apprentice_desk.documents.tree import Column, Table

ROOM = 500.0


def widths(*columns: Column, texts: tuple[str, ...]) -> list[float]:
    return shared_widths(Table("Table", columns, (texts,)), ROOM, Lettering(), 8.5)


def test_a_column_with_a_share_gets_it_and_the_others_what_is_left() -> None:
    long = "What keeps it from being done? " * 20
    first, second, third = widths(
        Column("Question"), Column("Who"), Column("Answer", share=0.4), texts=(long, "Ada", "")
    )
    assert third == pytest.approx(200)
    assert first + second == pytest.approx(300)
    assert first > second


def test_where_all_have_a_share_they_fill_the_room() -> None:
    found = widths(Column("What", share=0.6), Column("Who", share=0.2), texts=("", ""))
    assert found == pytest.approx([375, 125])
