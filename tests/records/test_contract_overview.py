"""One contract as its page shows it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from apprentice_desk.domain.contract_terms import Expiry, Extension, Notice
from apprentice_desk.domain.vocabulary import ExpiryKind, NoticeUnit
from apprentice_desk.records.contract_overview import contract_overview
from apprentice_desk.records.contract_terms import ContractExpiry, ContractExtension
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.store import Store


def test_all_days_of_a_contract_are_its_term(store: Store, make: Any) -> None:
    provider = make.provider(name="Thamesbank College", ukprn="19990001")
    key = make.contract(reference="C1", provider_id=provider, standard_codes="ST0116; ST0118")
    with store.change("Agree more") as session:
        contract = session.get_one(Contract, key)
        contract.notice_count, contract.notice_unit = 3, NoticeUnit.MONTHS
        contract.framework_ends_on = date(2027, 1, 1)
        for number, to_on in ((2, date(2030, 3, 31)), (1, date(2029, 3, 31))):
            session.add(ContractExtension(contract_id=key, number=number, to_on=to_on))
        session.add(
            ContractExpiry(contract_id=key, kind=ExpiryKind.CYBER, ends_on=date(2027, 2, 1))
        )
    found = store.read(contract_overview, key)
    assert found is not None
    assert found.name == "Thamesbank College · C1"
    assert found.provider_ukprn == "19990001"
    assert found.standard_codes == ("ST0116", "ST0118")
    assert found.term.notice == Notice(3, NoticeUnit.MONTHS)
    assert found.term.framework_ends_on == date(2027, 1, 1)
    assert found.term.extensions == (
        Extension(1, date(2029, 3, 31)),
        Extension(2, date(2030, 3, 31)),
    )
    assert found.term.expiries == (Expiry(ExpiryKind.CYBER, date(2027, 2, 1)),)


def test_without_a_notice_period_none_is_told(store: Store, make: Any) -> None:
    found = store.read(contract_overview, make.contract())
    assert found is not None
    assert found.term.notice is None
    assert found.standard_codes == ()


def test_a_contract_that_is_gone_has_no_overview(store: Store) -> None:
    assert store.read(contract_overview, uuid4()) is None
