"""Whatever is done to the real layouts, the same rows come in; what is no list stays declined."""

from __future__ import annotations

import random
from datetime import date

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import matching, reading
from apprentice_desk.imports.fields import FIELDS, Kind, synonyms
from imports.layouts import layout, layout_rows
from imports.test_layouts import WANTED, brought, table_of

SEEDS = range(3)
_TOLD_BY = 5


def renamed(kind, heading, field, rng):
    """Return another heading of the same meaning, or the same one mistyped."""
    only_here = [
        word
        for word in synonyms(kind)[field][:_TOLD_BY]
        if sum(word in words for words in synonyms(kind).values()) == 1
    ]
    if rng.random() < 0.5 and only_here and field != "ksbs":
        return rng.choice([str.upper, str.capitalize, str.title])(rng.choice(only_here))
    return mistyped(heading, rng)


def mistyped(heading, rng):
    """Return *heading* with two neighbouring letters swapped, or one of them missing."""
    places = [
        at
        for at in range(1, len(heading) - 2)
        if heading[at].islower() and heading[at + 1].islower() and heading[at] != heading[at + 1]
    ]
    if len(heading) < 6 or not places:
        return heading
    at = rng.choice(places)
    if rng.random() < 0.5:
        return heading[:at] + heading[at + 1] + heading[at] + heading[at + 2 :]
    return heading[:at] + heading[at + 1 :]


def disturbed(head, body, rng, rename=lambda heading: heading):
    """Return a table with its columns shuffled, renamed and parted, and rows put above."""
    order = list(range(len(head)))
    rng.shuffle(order)
    for _ in range(rng.randint(1, 3)):
        order.insert(rng.randrange(len(order) + 1), -1)
    top = [rename(head[at]) if at >= 0 else "" for at in order]
    below = [[row[at] if at >= 0 else "" for at in order] for row in body]
    groups = [""] * len(order)
    for name in ("Part one", "Part two"):
        groups[rng.randrange(len(order))] = name
    above = [["A list that grew over the years"], []]
    above += [[f"Note {number}"] for number in range(rng.randint(0, 12))]
    return [*above, groups, top, *below]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("start", "kind"), WANTED)
def test_a_disturbed_layout_brings_in_the_same_rows(
    bring, catalogued, make, listed, start, kind, seed
):
    rng = random.Random(f"{start} {seed}")
    head, body = table_of(start)
    known = matching.match(reading.find_table(reading.read(layout(start)), kind), kind)
    # A mistyped heading over nothing says too little to keep another column from its place.
    told = {head[0][at] for row in body for at, cell in enumerate(row) if cell}
    fields = {c.heading: c.field for c in known.columns if c.heading in told}

    def rename(heading):
        field = fields.get(" ".join(heading.split()))
        return heading if field is None else renamed(kind, heading, field, rng)

    make.apprentice(given_names="Ada", family_name="King", training_started_on=date(2023, 8, 1))
    as_it_is = brought(bring, catalogued, layout(start), kind)
    rows = disturbed(head[0], body, rng, rename)
    changed = brought(bring, catalogued, listed(rows), kind)
    assert changed[1] == as_it_is[1], rows[-len(body) - 1]
    if start != "06":  # the codes there follow the order of their three columns
        assert changed[0] == as_it_is[0], rows[-len(body) - 1]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("start", ["15", "16"])
def test_what_is_no_list_is_declined_whatever_is_done_to_it(bring, listed, start, kind, seed):
    rng = random.Random(f"{start} {seed}")
    head, *body = layout_rows(start)
    rows = disturbed(head, body, rng, lambda heading: mistyped(heading, rng))
    with pytest.raises(Problem, match="does not look like a l"):
        bring(listed(rows), kind)


def test_the_words_that_tests_choose_from_are_there():
    for kind in Kind:
        assert all(synonyms(kind)[field.name] for field in FIELDS[kind])
