from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from apprentice_desk.ui.kit.rows import ROW_ROLE, Column, RowsModel, fold

from .conftest import COLUMNS, PEOPLE, Person

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NAME, PROVIDER, HOURS, STATUS = range(4)


def names(model: RowsModel) -> list[str]:
    return [row.name for row in model.shown]


@pytest.fixture
def model(qapp) -> RowsModel:
    made = RowsModel(COLUMNS)
    made.replace(PEOPLE)
    return made


def test_rows_come_in_the_order_given_until_sorted(model) -> None:
    assert [row.id for row in model.shown] == [1, 2, 3, 4, 5]
    model.sort(NAME, UP)
    model.sort(-1, UP)
    assert [row.id for row in model.shown] == [1, 2, 3, 4, 5]


def test_names_are_sorted_without_regard_to_case_and_accents(model) -> None:
    model.sort(NAME, UP)
    assert names(model) == ["Ada Obi", "jo Bright", "Mei Lin", "Tomasz Nowak", "Zoë Hart"]


@pytest.mark.parametrize("order", [UP, DOWN])
def test_blanks_come_last_both_ways(model, order) -> None:
    model.sort(PROVIDER, order)
    assert model.shown[-1].name == "Zoë Hart"


def test_a_column_is_sorted_by_its_key_not_by_what_is_shown(model) -> None:
    model.sort(HOURS, DOWN)
    assert [row.done for row in model.shown] == [72, 60, 45, 38, 12]


def test_equal_rows_keep_their_order_both_ways(model) -> None:
    model.sort(STATUS, UP)
    assert [row.id for row in model.shown] == [1, 2, 3, 4, 5]
    model.sort(STATUS, DOWN)
    assert [row.id for row in model.shown] == [2, 3, 4, 5, 1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ada", [1]),
        ("OBI ada", [1]),
        ("zoe", [4]),
        ("thames 60", [2]),
        ("on track fenwick", [5]),
        ("  ", [1, 2, 3, 4, 5]),
        ("ada nowak", []),
    ],
)
def test_every_word_typed_must_occur_in_any_case_and_any_cell(model, typed, found) -> None:
    model.filter(typed)
    assert [row.id for row in model.shown] == found


def sizes(text: str) -> tuple[str, tuple[str, ...]]:
    """A page's own shorthand: "S..L" stands for the sizes between."""
    every = ("S", "M", "L", "XL")
    words = text.split()
    found = [each for each in words if each.partition("..")[1]]
    one_of = [
        size
        for each in found
        for size in every[every.index(each[: each.index(".")]) : every.index(each[-1]) + 1]
    ]
    return " ".join(each for each in words if each not in found), tuple(one_of)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("S..L", [1, 2, 4]),
        ("M..L", [2, 4]),
        ("M..L nowak", [2]),
        ("obi", [1]),
        ("s", [1, 2, 3, 4]),  # not a shorthand, so any part of a word
    ],
)
def test_a_page_may_read_a_shorthand_of_which_one_whole_word_is_enough(typed, found) -> None:
    columns = (
        Column("Name", lambda row: row.name),
        Column("Size", lambda row: "", found_by=lambda row: row.provider),
    )
    rows = (
        Person(1, "Ada Obi", "S"), Person(2, "Sol Nowak", "M, XL"),
        Person(3, "Mei Sol", "XL"), Person(4, "Kim", "XS L"),
    )  # fmt: skip
    model = RowsModel(columns, reads=sizes)
    model.replace(rows)
    model.filter(typed)
    assert [row.id for row in model.shown] == found
    assert model.is_narrowed
    assert model.filter_text == typed.lower()
    model.filter("")
    assert (len(model.shown), model.is_narrowed) == (4, False)


def test_words_do_not_run_over_from_one_cell_into_the_next(model) -> None:
    model.filter("obithamesbank")
    assert model.shown == []


def test_a_filter_stays_in_force_for_rows_that_come_later(model) -> None:
    model.filter("thames")
    model.replace([*PEOPLE, Person(9, "New One", "Thames Valley")])
    assert [row.id for row in model.shown] == [1, 2, 9]
    model.replace([replace(PEOPLE[0], provider="Fenwick"), *PEOPLE[1:]])
    assert [row.id for row in model.shown] == [2]


def test_keep_and_filter_narrow_together(model) -> None:
    model.keep(lambda row: row.done > 40)
    assert [row.id for row in model.shown] == [2, 3, 5]
    model.filter("kestrel")
    assert [row.id for row in model.shown] == [3]
    assert model.is_narrowed
    model.keep(None)
    model.filter("")
    assert len(model.shown) == model.total == 5
    assert not model.is_narrowed


def test_what_is_selected_stays_so_by_id(model) -> None:
    held = QPersistentModelIndex(model.index(1, NAME))
    model.sort(NAME, DOWN)
    assert held.data(ROW_ROLE).id == 2
    model.replace([replace(row, name=f"A{row.id}") for row in reversed(PEOPLE)])
    assert held.data(ROW_ROLE).id == 2
    assert held.data() == "A2"
    model.replace(PEOPLE[2:])
    assert not held.isValid()


def test_a_cell_is_told_in_each_form(model) -> None:
    status = model.index(0, STATUS)
    assert status.data() == "Behind"
    assert status.data(Qt.ItemDataRole.AccessibleTextRole) == "Status Behind"
    assert status.data(ROW_ROLE) is PEOPLE[0]
    assert model.index(0, HOURS).data() == "38 of 100 h"
    assert model.index(3, PROVIDER).data() == ""
    assert QModelIndex().data() is None


def test_the_heading_tells_how_it_is_sorted(model) -> None:
    across, spoken = Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    assert model.headerData(NAME, across) == "Name"
    assert model.headerData(NAME, across, spoken) is None
    model.sort(NAME, DOWN)
    assert model.headerData(NAME, across, spoken) == "Name, sorted descending"


def test_the_count_is_announced_whenever_it_may_change(model, qtbot) -> None:
    for act in (
        lambda: model.filter("ada"),
        lambda: model.keep(lambda row: True),
        lambda: model.replace(PEOPLE),
        lambda: model.sort(NAME, DOWN),
    ):
        with qtbot.waitSignal(model.counted):
            act()


def test_nothing_moves_while_further_letters_change_nothing(model, qtbot) -> None:
    model.filter("ad")
    with qtbot.assertNotEmitted(model.layoutChanged):
        model.filter("ada")


def test_text_is_folded_once_for_each_row(qapp) -> None:
    asked: list[int] = []

    def show(row: Person) -> str:
        asked.append(row.id)
        return row.name

    model = RowsModel((Column("Name", show),))
    model.replace(PEOPLE)
    for typed in ("a", "ad", "ada", "b", ""):
        model.filter(typed)
    assert len(asked) == len(PEOPLE)
    asked.clear()
    model.replace([*PEOPLE[:4], replace(PEOPLE[4], name="Jo Dark")])
    model.filter("jo")
    assert asked == [5]
    assert names(model) == ["Jo Dark"]


@pytest.mark.parametrize(
    ("text", "folded"), [("Zoë", "zoe"), ("STRASSE", "strasse"), ("Łódź", "lodz")]
)
def test_folding_takes_away_case_and_accents(text, folded) -> None:
    assert fold(text) == folded


words = st.text(alphabet="abë ", max_size=3)
people = st.lists(
    st.builds(
        Person,
        id=st.integers(0, 12),
        name=words,
        provider=st.none() | words,
        done=st.integers(0, 3),
    ),
    max_size=10,
    unique_by=lambda person: person.id,
)
acts = st.one_of(
    st.tuples(st.just("replace"), people),
    st.tuples(st.just("filter"), words),
    st.tuples(st.just("keep"), st.none() | st.integers(0, 3)),
    st.tuples(st.just("sort"), st.tuples(st.integers(-1, 3), st.sampled_from([UP, DOWN]))),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(acts, max_size=8))
def test_the_model_is_sound_after_any_sequence_of_changes(qapp, sequence) -> None:
    """Qt's own tester watches; held indexes must follow their row or go with it."""
    model = RowsModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.replace(PEOPLE)
    held = {row.id: QPersistentModelIndex(model.index(n, 1)) for n, row in enumerate(PEOPLE)}
    given_rows, typed, least, by = list(PEOPLE), "", None, (-1, UP)
    for act, content in sequence:
        if act == "replace":
            given_rows = content
            model.replace(content)
        elif act == "filter":
            typed = content
            model.filter(content)
        elif act == "keep":
            least = content
            model.keep(None if content is None else lambda row, at=content: row.done >= at)
        else:
            by = content
            model.sort(*content)
        shown = list(model.shown)
        wanted = [
            row
            for row in given_rows
            if all(
                word in fold("\n".join(column.text(row) for column in COLUMNS))
                for word in fold(typed).split()
            )
            and (least is None or row.done >= least)
        ]
        assert sorted(row.id for row in shown) == sorted(row.id for row in wanted)
        if by[0] == 0:
            keys = [fold(row.name) for row in shown if row.name]
            assert keys == sorted(keys, reverse=by[1] == DOWN)
            assert all(row.name for row in shown[: len(keys)])
        ids = {row.id for row in shown}
        for row_id, index in list(held.items()):
            if row_id in ids and index.isValid():
                assert index.data(ROW_ROLE).id == row_id
            elif row_id not in ids:
                assert not index.isValid()
                del held[row_id]
    del tester
