"""Nobody can work a small count out, even who knows how the blanks were chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.returns.suppression import SMALL, Counts, suppressed

Table = tuple[Counts, ...]
Rule = Callable[[Table], frozenset[int]]


def published(table: Table, rule: Rule) -> tuple[object, ...]:
    """Return all that leaves the borough: which rows are blank, the others, and both totals."""
    hidden = rule(table)
    shown = tuple(None if at in hidden else counts for at, counts in enumerate(table))
    totals = tuple(sum(counts[column] or 0 for counts in table) for column in (0, 1))
    return shown, totals


def worked_out(tables: Iterator[Table], rule: Rule) -> list[tuple[Table, int, int]]:
    """Return every small count that all tables with the same output agree on.

    *tables* are all those that the attacker holds for possible.
    """
    by_output: dict[tuple[object, ...], list[Table]] = defaultdict(list)
    for table in tables:
        by_output[published(table, rule)].append(table)
    return [
        (possible[0], row, column)
        for possible in by_output.values()
        for row, column in product(range(len(possible[0])), (0, 1))
        if len({table[row][column] for table in possible}) == 1
        and possible[0][row][column] in SMALL
    ]


def tables(rows: int, most: int, *, is_part: bool) -> Iterator[Table]:
    """Yield every table with counts up to *most*.

    With *is_part* the attacker also knows that nobody who started in the year has left, so that no
    row can have more starters than apprentices.
    """
    pairs = [
        (present, started)
        for present in range(most + 1)
        for started in range((present if is_part else most) + 1)
    ]
    return product(pairs, repeat=rows)


@pytest.mark.parametrize("is_part", [False, True])
@pytest.mark.parametrize(("rows", "most"), [(2, 12), (3, 7)])
def test_no_small_count_can_be_worked_out_of_both_columns(rows, most, is_part):
    assert worked_out(tables(rows, most, is_part=is_part), suppressed) == []


@pytest.mark.parametrize(("rows", "most"), [(2, 30), (3, 24), (4, 14), (5, 8), (6, 6)])
def test_no_small_count_can_be_worked_out_where_nobody_started(rows, most):
    """The second column is 0 throughout, which gives the attacker the most to go by."""
    single = (tuple((count, 0) for count in counts)
              for counts in product(range(most + 1), repeat=rows))  # fmt: skip
    assert worked_out(single, suppressed) == []


@pytest.mark.parametrize(("rows", "most"), [(2, 30), (3, 24), (4, 14), (5, 8), (6, 6)])
def test_no_small_count_can_be_worked_out_where_one_column_is_not_known(rows, most):
    single = (tuple((count, None) for count in counts)
              for counts in product(range(most + 1), repeat=rows))  # fmt: skip
    assert worked_out(single, suppressed) == []


@pytest.mark.parametrize("count", SMALL)
@pytest.mark.parametrize("rows", [2, 3, 4, 5, 6])
def test_a_group_of_equal_small_counts_cannot_be_worked_out(rows, count):
    """Nothing to swap with here: what else it could be differs by one in two of the rows."""
    table = ((count, count),) * rows
    assert suppressed(table) == frozenset(range(rows))
    for row in range(rows):
        other = [(count, count)] * rows
        other[row], other[row - 1] = (count + 1, count + 1), (count - 1, count - 1)
        assert published(tuple(other), suppressed) == published(table, suppressed)


counts = st.one_of(st.integers(0, 6), st.integers(0, 60))


@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=6))
def test_rows_that_are_blank_can_be_swapped_without_a_trace(group):
    """Why it holds for groups too large to go through: the order of rows decides nothing."""
    hidden = suppressed(group)
    assert hidden >= {at for at, row in enumerate(group) if set(row) & set(SMALL)}
    for one, two in product(hidden, hidden):
        swapped = list(group)
        swapped[one], swapped[two] = group[two], group[one]
        assert published(tuple(swapped), suppressed) == published(tuple(group), suppressed)
    for at in hidden:
        for column in (0, 1):
            values = {group[row][column] for row in hidden}
            is_whole = len(hidden) == len(group)
            assert group[at][column] not in SMALL or len(values) > 1 or is_whole


def hide_small_alone(table: Table) -> frozenset[int]:
    return frozenset(at for at, row in enumerate(table) if set(row) & set(SMALL))


def hide_the_next_in_line(table: Table) -> frozenset[int]:
    small = hide_small_alone(table)
    return small | {(min(small) + 1) % len(table)} if len(small) == 1 else small


def hide_one_of_the_smallest(table: Table) -> frozenset[int]:
    small = hide_small_alone(table)
    others = [at for at in range(len(table)) if at not in small]
    if len(small) != 1 or not others:
        return small
    return small | {min(others, key=lambda at: table[at])}


@pytest.mark.parametrize(
    "rule", [hide_small_alone, hide_the_next_in_line, hide_one_of_the_smallest]
)
def test_the_attack_finds_what_simpler_rules_give_away(rule):
    """Else the tests above could not fail."""
    single = (tuple((count, 0) for count in counts) for counts in product(range(9), repeat=3))
    assert worked_out(single, rule)


@pytest.mark.parametrize(
    ("group", "hidden"),
    [
        ([(9, 6), (12, 5)], set()),
        ([(0, 0), (12, 5)], set()),
        ([], set()),
        ([(3, 0), (12, 5)], {0, 1}),
        ([(3, 0), (12, 5), (7, 6)], {0, 2}),
        ([(3, 0), (12, 5), (0, 0)], {0, 2}),
        ([(3, 0), (12, 5), (0, 0), (0, 0)], {0, 2, 3}),
        ([(3, 0), (2, 0), (12, 5), (8, 6)], {0, 1}),
        ([(3, 0), (3, 0), (12, 5), (8, 6)], {0, 1, 3}),
        ([(3, 0), (2, 0), (12, 5)], {0, 1, 2}),
        ([(9, 3), (12, 5), (8, 8)], {0, 2}),
        ([(3, 2), (None, None)], {0}),
        ([(3, None), (12, None), (None, None)], {0, 1}),
        ([(None, None), (12, None)], set()),
    ],
)
def test_rows_with_a_small_count_are_blank_and_as_many_others_as_it_takes(group, hidden):
    assert suppressed(group) == hidden
