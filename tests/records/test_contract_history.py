"""The history of a contract: what was changed of it and what hangs on it, and values put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import contract_days, contracts, filing
from apprentice_desk.records.base import Base
from apprentice_desk.records.contract_history import (
    TABLES,
    ContractHistory,
    ContractValue,
    contract_history,
    put_contract_value_back,
)
from apprentice_desk.records.store import Store
from records.acting import GONE, changing


def read(store: Store, key: UUID) -> ContractHistory:
    return store.read(contract_history, key)


def correct(store: Store, key: UUID, label: str = "Correct", **values: Any) -> None:
    def act(session: Any) -> None:
        details = contracts.contract_details(session, key)
        contracts.correct_contract(session, key, replace(details, **values))

    changing(store, act, label)


def test_each_change_says_what_it_altered_the_newest_first(store: Store, make: Any) -> None:
    key = make.contract(title="Old", value_limit=Decimal("100.00"))
    make.contract(title="Another")
    correct(store, key, "Correct it", title="New", value_limit=Decimal("250.50"))
    first, last = reversed(read(store, key).changes)
    assert first.began
    assert first.values == ()
    assert last.label == "Correct it"
    assert set(last.values) == {
        ContractValue("title", "Old", "New"),
        ContractValue("value_limit", Decimal("100.00"), Decimal("250.50")),
    }
    assert not last.touched_others
    assert last.may_be_taken_back
    assert not first.may_be_taken_back


def test_what_hangs_on_a_contract_belongs_to_its_history_gone_or_not(
    store: Store, make: Any
) -> None:
    key, other = make.contract(), make.contract()
    file_id = make.contract_file(key, "order.pdf")
    make.contract_file(other, "other.pdf")
    make.payment(key)
    make.extension(key, date(2029, 3, 31))
    changing(store, lambda s: filing.remove_contract_file(s, file_id), "Remove a file")
    removed, extended, paid, attached, _ = read(store, key).changes
    (item,) = removed.items
    assert (item.table, item.after) == ("contract_file", None)
    assert item.before is not None
    assert item.before["file_name"] == "order.pdf"
    assert [each.table for each in extended.items] == ["contract_extension"]
    assert extended.values[0].name == "extension_to_on", "which follows from the extensions"
    assert [(each.table, each.before) for each in paid.items] == [("payment", None)]
    assert [(each.table, each.before) for each in attached.items] == [("contract_file", None)]
    assert len(read(store, other).changes) == 2


def test_every_table_of_a_contract_is_in_its_history() -> None:
    owned = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name == "contract" for key in table.foreign_keys)
    }
    # Those of a person, and the decision that it came from, have histories of their own; what is
    # counted of somebody erased has none.
    belong_elsewhere = {
        "apprenticeship", "counted_apprenticeship", "programme_change", "procurement_decision",
    }  # fmt: skip
    assert owned - belong_elsewhere == set(TABLES) - {"contract"}


def test_a_change_of_other_records_too_is_not_taken_back_from_here(store: Store, make: Any) -> None:
    one, other = make.contract(title="A"), make.contract(title="B")

    def both(session: Any) -> None:
        for key in (one, other):
            details = contracts.contract_details(session, key)
            contracts.correct_contract(session, key, replace(details, title="C"))

    changing(store, both)
    newest = read(store, one).changes[0]
    assert newest.touched_others
    assert not newest.may_be_taken_back


def test_a_removal_that_was_undone_adds_the_contract_again(store: Store, make: Any) -> None:
    key = make.contract()
    changing(store, lambda s: contracts.remove_contract(s, key), "Remove")
    with pytest.raises(Conflict, match="removed meanwhile"):
        read(store, key)
    store.undo(store.latest_change().number)
    assert [(each.began, each.values) for each in read(store, key).changes] == [
        (True, ()),
        (False, ()),
        (True, ()),
    ]


def test_a_value_is_put_back_alone(store: Store, make: Any) -> None:
    key = make.contract(title="Old", value_limit=Decimal("100.00"))
    correct(store, key, title="New", value_limit=Decimal("200.00"))
    held = read(store, key).details
    changing(store, lambda s: put_contract_value_back(s, key, held, "title", "Old"))
    details = read(store, key).details
    assert (details.title, details.value_limit) == ("Old", Decimal("200.00"))


def test_what_was_changed_meanwhile_or_does_not_go_is_not_put_back(store: Store, make: Any) -> None:
    key = make.contract(
        reference="C-1", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), title="Old"
    )
    correct(store, key, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    held = read(store, key).details
    with pytest.raises(Problem, match="cannot be put back for contract C-1: The contract ends"):
        changing(
            store, lambda s: put_contract_value_back(s, key, held, "ends_on", date(2025, 12, 31))
        )
    correct(store, key, title="Theirs")
    with pytest.raises(Problem, match="C-1 was changed meanwhile"):
        changing(store, lambda s: put_contract_value_back(s, key, held, "title", "Older"))
    with pytest.raises(Conflict, match="removed meanwhile"):
        changing(store, lambda s: put_contract_value_back(s, GONE, held, "title", "Older"))


def test_an_extension_that_is_altered_has_both_its_values(store: Store, make: Any) -> None:
    key = make.contract()
    extension_id = make.extension(key, date(2029, 3, 31))
    changing(
        store,
        lambda s: contract_days.correct_extension(
            s,
            extension_id,
            contract_days.ExtensionDetails(date(2029, 3, 31), None, date(2028, 1, 5)),
        ),
    )
    (item,) = read(store, key).changes[0].items
    assert item.before is not None
    assert item.after is not None
    assert (item.before["taken_on"], item.after["taken_on"]) == (None, date(2028, 1, 5))
