"""One provider as its page shows it: its contracts, and how many are on each."""

from __future__ import annotations

from datetime import date
from typing import Any

from apprentice_desk.records import programmes
from apprentice_desk.records.provider_overview import ProviderContract, provider_overview
from apprentice_desk.records.store import Store
from records.acting import GONE, changing

TODAY = date(2026, 9, 1)


def test_contracts_stand_newest_first_with_those_who_have_not_ended(
    store: Store, make: Any
) -> None:
    key = make.provider(name="Riverside College", ukprn="19990007")
    old = make.contract(provider_id=key, reference="A", starts_on=date(2024, 1, 1))
    new = make.contract(provider_id=key, reference="B", starts_on=date(2026, 1, 1), title="Data")
    undated = make.contract(provider_id=key, reference="C", starts_on=None, ends_on=None)
    make.contract(reference="Another's")
    people = [make.apprentice(contract_id=new) for _ in range(4)]
    ends = zip(people[:3], (date(2026, 8, 31), TODAY, date(2026, 9, 2)), strict=True)
    for someone, on in ends:
        changing(store, lambda s, k=someone, d=on: programmes.complete(s, k, d))
    found = store.read(provider_overview, key, TODAY)
    assert found is not None
    assert (found.name, found.ukprn) == ("Riverside College", "19990007")
    assert [each.id for each in found.contracts] == [new, old, undated]
    assert found.contracts[0] == ProviderContract(
        new, "B", "Data", date(2026, 1, 1), date(2028, 3, 31), 2
    )
    assert found.contracts[1].people == 0


def test_a_provider_that_is_gone_is_none(store: Store) -> None:
    assert store.read(provider_overview, GONE, TODAY) is None
