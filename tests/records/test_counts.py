"""How many records stand behind each sheet of a return."""

from __future__ import annotations

from typing import Any

from apprentice_desk.domain.vocabulary import Characteristic, RoleFamily
from apprentice_desk.records import organisation
from apprentice_desk.records.counts import record_counts
from apprentice_desk.records.store import Store


def test_an_empty_desk_has_none_of_any_kind(store: Store) -> None:
    counts = store.read(record_counts)
    assert list(counts) == [
        "contracts", "reviews", "secondments", "pledges", "network", "barriers", "characteristics",
    ]  # fmt: skip
    assert set(counts.values()) == {0}


def test_each_kind_is_counted_for_itself(store: Store, make: Any) -> None:
    make.contract()
    make.review()
    make.review()
    make.secondment()
    for _ in range(3):
        make.event()
    for _ in range(4):
        make.barrier()
    with store.change("Pledge") as session:
        for family in list(RoleFamily)[:5]:
            organisation.pledge(session, 2026, family, 1)
        for category in "abcdef":
            organisation.set_total(session, Characteristic.SEX, category, 1, 0)

    assert list(store.read(record_counts).values()) == [1, 2, 1, 5, 3, 4, 6]
