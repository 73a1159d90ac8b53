"""How each command about contracts and providers is tried: prices, payments, files, wording.

By the name of each, what prepares it and returns the act itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.own_wording import Approval
from apprentice_desk.domain.vocabulary import (
    ContractFileKind,
    DataRole,
    ExpiryKind,
    Measure,
    NoticeUnit,
    PaymentKind,
    ProviderNoteKind,
    Regime,
    SubjectKind,
)
from apprentice_desk.records import (
    contract_days,
    contract_history,
    contract_measures,
    contract_prices,
    contracts,
    expecting,
    filing,
    keeping_documents,
    levy,
    own_wording,
    payments,
    provider_care,
    providers,
)
from apprentice_desk.records.keeping_documents import Subject
from issued import document_details
from records.acting import TODAY, Act, Preparing, once

LEVY = resources.levy_rules()


def _put_contract_value_back(make: Any) -> Act:
    contract_id = make.contract(title="Old")
    held = make.store.read(contracts.contract_details, contract_id)
    return lambda session: contract_history.put_contract_value_back(
        session, contract_id, held, "title", "Older"
    )


_PRICE = contract_prices.PriceDetails("ST0116", Decimal("15000.00"), Decimal("2000.50"))


def _priced_contract(make: Any) -> Any:
    contract_id = make.contract()
    with make.store.change("Agree a price") as session:
        contract_prices.agree_price(session, contract_id, _PRICE)
    return contract_id


def _priced(make: Any) -> Any:
    """The key of a price."""
    contract_id = _priced_contract(make)
    (row,) = make.store.read(contract_prices.price_rows, contract_id)
    return row.id


def _stopped(make: Any) -> Act:
    with make.store.change("Stop") as session:
        expecting.stop_expecting(session, "E09000001", "2026-27 Q3")
        expecting.expect(session, "E09000001", "2027-28 Q1")
    return lambda session: expecting.expect(session, "E09000001", "2026-27 Q4")


CONTACT = provider_care.ContactDetails(
    "Nadia Frost", "Account manager – “digital”", "nadia@college.example", "020 7946 0123"
)

NOTED = provider_care.NoteDetails(
    ProviderNoteKind.CONCERN, date(2026, 6, 1), "Reviews are late", "Meeting"
)


def _contact(make: Any) -> UUID:
    provider_id = make.provider()
    with make.store.change("Add a contact") as session:
        return provider_care.add_contact(session, provider_id, CONTACT)


def _noted(make: Any, *, is_done: bool = False) -> tuple[UUID, UUID]:
    """A note on a provider and an action that came of it."""
    provider_id = make.provider()
    with make.store.change("Note it") as session:
        note_id = provider_care.add_note(session, provider_id, NOTED)
        agreed = provider_care.ActionDetails("Send the dates", "Nadia", TODAY, note_id)
        action_id = provider_care.add_action(session, provider_id, agreed)
        if is_done:
            provider_care.finish_action(session, action_id, TODAY, TODAY)
    return note_id, action_id


def _measured(make: Any) -> UUID:
    contract_id: UUID = make.contract()
    agreed = contract_measures.AgreedDetails(95, "Schedule 2")
    with make.store.change("Agree") as session:
        contract_measures.agree_measure(session, contract_id, Measure.REVIEWS_ON_TIME, agreed)
    return contract_id


ACTS: dict[str, Preparing] = {
    "contract_days.add_extension": once(
        lambda make: make.contract(),
        lambda session, it: contract_days.add_extension(
            session, it, contract_days.ExtensionDetails(date(2029, 3, 31), date(2027, 12, 31))
        ),
    ),
    "contract_days.correct_extension": once(
        lambda make: make.extension(make.contract(), date(2029, 3, 31)),
        lambda session, it: contract_days.correct_extension(
            session, it, contract_days.ExtensionDetails(date(2030, 3, 31))
        ),
    ),
    "contract_days.take_up_extension": once(
        lambda make: make.extension(make.contract(), date(2029, 3, 31)),
        lambda session, it: contract_days.take_up_extension(session, it, date(2028, 3, 31)),
    ),
    "contract_days.remove_extension": once(
        lambda make: make.extension(make.contract(), date(2029, 3, 31)),
        lambda session, it: contract_days.remove_extension(session, it),
    ),
    "contract_days.end_unextended": once(
        lambda make: make.contract(extension_to_on=date(2029, 3, 31)),
        lambda session, it: contract_days.end_unextended(session, it, date(2028, 4, 1)),
    ),
    "contract_days.add_expiry": once(
        lambda make: make.contract(),
        lambda session, it: contract_days.add_expiry(
            session, it, contract_days.ExpiryDetails(ExpiryKind.OTHER, date(2027, 5, 1), "Van")
        ),
    ),
    "contract_days.correct_expiry": once(
        lambda make: make.expiry(make.contract()),
        lambda session, it: contract_days.correct_expiry(
            session, it, contract_days.ExpiryDetails(ExpiryKind.CYBER, date(2028, 1, 5), "Plus")
        ),
    ),
    "contract_days.remove_expiry": once(
        lambda make: make.expiry(make.contract()),
        lambda session, it: contract_days.remove_expiry(session, it),
    ),
    "contracts.award": once(
        lambda make: make.provider(),
        lambda session, it: contracts.award(
            session,
            contracts.ContractDetails(
                reference="C-9",
                provider_id=it,
                standard_codes="ST0116; ST0117",
                value_limit=Decimal("0.01"),
                is_open_to_joint_buying=False,
            ),
        ),
    ),
    "contracts.correct_contract": once(
        lambda make: make.contract(),
        lambda session, it: contracts.correct_contract(
            session,
            it,
            replace(
                contracts.contract_details(session, it),
                reference="C-10",
                regime=Regime.PCR_2015,
                value_limit=None,
                call_off_reference="CO-1",
                framework_ends_on=date(2028, 10, 27),
                notices="2026/S 000-000001",
                lots="Lot 3",
                notice_count=3,
                notice_unit=NoticeUnit.MONTHS,
                data_role=DataRole.BOTH,
                looked_after_by="Grace Park",
                note="Signed twice",
            ),
        ),
    ),
    "contract_prices.agree_price": once(
        lambda make: make.contract(),
        lambda session, it: contract_prices.agree_price(session, it, _PRICE),
    ),
    "contract_prices.correct_price": once(
        _priced,
        lambda session, it: contract_prices.correct_price(
            session, it, replace(_PRICE, standard_code="st0117", training_price=Decimal("0.01"))
        ),
    ),
    "contract_prices.remove_price": once(
        _priced, lambda session, it: contract_prices.remove_price(session, it)
    ),
    "payments.pay": once(
        lambda make: (make.contract(), make.apprentice()),
        lambda session, it: payments.pay(
            session,
            it[0],
            date(2026, 5, 1),
            Decimal("1250.00"),
            it[1],
            PaymentKind.TRAINING,
            "Invoice – “7”",
        ),
    ),
    "contracts.remove_contract": once(
        _priced_contract,
        lambda session, it: contracts.remove_contract(session, it),
    ),
    "payments.record": once(
        lambda make: make.contract(),
        lambda session, it: payments.record(
            session, payments.PaymentDetails(it, TODAY, Decimal("0.01"), note=" A list ")
        ),
    ),
    "payments.correct_payment": once(
        lambda make: (make.payment(), make.contract(), make.apprentice()),
        lambda session, it: payments.correct_payment(
            session,
            it[0],
            payments.PaymentDetails(
                it[1], date(2026, 5, 2), Decimal("0.01"), it[2], PaymentKind.COMPLETION, "Late"
            ),
        ),
    ),
    "payments.remove_payment": once(
        lambda make: make.payment(), lambda session, it: payments.remove_payment(session, it)
    ),
    "levy.record_balance": once(
        lambda make: None,
        lambda session, it: levy.record_balance(
            session, levy.BalanceDetails(TODAY, Decimal("0.01"), " As shown "), LEVY, TODAY
        ),
    ),
    "levy.correct_balance": once(
        lambda make: make.levy_balance(),
        lambda session, it: levy.correct_balance(
            session, it, levy.BalanceDetails(date(2026, 8, 3), Decimal("7.00")), LEVY, TODAY
        ),
    ),
    "levy.remove_balance": once(
        lambda make: make.levy_balance(), lambda session, it: levy.remove_balance(session, it)
    ),
    "levy.record_income": once(
        lambda make: None,
        lambda session, it: levy.record_income(
            session, levy.IncomeDetails(date(2027, 1, 31), Decimal("0.00")), LEVY
        ),
    ),
    "levy.correct_income": once(
        lambda make: make.levy_income(),
        lambda session, it: levy.correct_income(
            session, it, levy.IncomeDetails(date(2025, 3, 1), Decimal("7.00")), LEVY
        ),
    ),
    "levy.remove_income": once(
        lambda make: make.levy_income(), lambda session, it: levy.remove_income(session, it)
    ),
    "expecting.expect": _stopped,
    "expecting.stop_expecting": once(
        lambda make: make.event(),
        lambda session, it: expecting.stop_expecting(session, "E09000001", "2026-27 Q3"),
    ),
    "contract_history.put_contract_value_back": _put_contract_value_back,
    "filing.attach_contract_file": once(
        lambda make: make.contract(),
        lambda session, it: filing.attach_contract_file(session, it, "order.pdf", b"Signed"),
    ),
    "filing.describe_contract_file": once(
        lambda make: make.contract_file(),
        lambda session, it: filing.describe_contract_file(
            session,
            it,
            filing.ContractFileDetails(ContractFileKind.AWARD, "Award – lot 2", date(2025, 1, 20)),
        ),
    ),
    "filing.remove_contract_file": once(
        lambda make: make.contract_file(),
        lambda session, it: filing.remove_contract_file(session, it),
    ),
    "keeping_documents.keep_document": once(
        lambda make: make.contract(),
        lambda session, it: keeping_documents.keep_document(
            session, document_details(Subject(SubjectKind.CONTRACT, it)), b"%PDF- as issued"
        ),
    ),
    "keeping_documents.remove_document": once(
        lambda make: make.document(),
        lambda session, it: keeping_documents.remove_document(session, it),
    ),
    "own_wording.keep_draft": once(
        lambda make: None,
        lambda session, _it: own_wording.keep_draft(
            session, own_wording.DraftDetails("clauses/exb-bikes.1.md", "Bikes – “racks”", "Ada")
        ),
    ),
    "own_wording.change_draft": once(
        lambda make: make.wording(),
        lambda session, it: own_wording.change_draft(session, it, "Other words", "Grace Park"),
    ),
    "own_wording.approve": once(
        lambda make: make.wording(),
        lambda session, it: own_wording.approve(
            session, it, Approval("Ruth Okafor", "Head of HR", TODAY, is_read=True)
        ),
    ),
    "own_wording.withdraw": once(
        lambda make: make.wording(approved_by="Ruth Okafor"),
        lambda session, it: own_wording.withdraw(session, it),
    ),
    "own_wording.remove_draft": once(
        lambda make: make.wording(), lambda session, it: own_wording.remove_draft(session, it)
    ),
    "contract_measures.agree_measure": once(
        _measured,
        lambda session, it: contract_measures.agree_measure(
            session, it, Measure.WITHDRAWALS, contract_measures.AgreedDetails(10, "At most")
        ),
    ),
    "provider_care.add_contact": once(
        lambda make: make.provider(),
        lambda session, it: provider_care.add_contact(session, it, CONTACT),
    ),
    "provider_care.correct_contact": once(
        _contact,
        lambda session, it: provider_care.correct_contact(
            session, it, replace(CONTACT, role="Director")
        ),
    ),
    "provider_care.remove_contact": once(
        _contact, lambda session, it: provider_care.remove_contact(session, it)
    ),
    "provider_care.add_note": once(
        lambda make: make.provider(),
        lambda session, it: provider_care.add_note(session, it, NOTED),
    ),
    "provider_care.correct_note": once(
        _noted,
        lambda session, it: provider_care.correct_note(
            session, it[0], replace(NOTED, words="Reviews are held again")
        ),
    ),
    "provider_care.remove_note": once(
        _noted, lambda session, it: provider_care.remove_note(session, it[0])
    ),
    "provider_care.add_action": once(
        _noted,
        lambda session, it: provider_care.add_action(
            session,
            session.get_one(provider_care.ProviderNote, it[0]).provider_id,
            provider_care.ActionDetails("Meet", "Tess", None, it[0]),
        ),
    ),
    "provider_care.correct_action": once(
        _noted,
        lambda session, it: provider_care.correct_action(
            session, it[1], provider_care.ActionDetails("Meet", "Tess")
        ),
    ),
    "provider_care.finish_action": once(
        _noted, lambda session, it: provider_care.finish_action(session, it[1], TODAY, TODAY)
    ),
    "provider_care.reopen_action": once(
        lambda make: _noted(make, is_done=True),
        lambda session, it: provider_care.reopen_action(session, it[1]),
    ),
    "provider_care.remove_action": once(
        _noted, lambda session, it: provider_care.remove_action(session, it[1])
    ),
    "providers.add_provider": once(
        lambda make: make.provider(),
        lambda session, it: providers.add_provider(
            session, providers.ProviderDetails("College", "10009999")
        ),
    ),
    "providers.correct_provider": once(
        lambda make: make.provider(),
        lambda session, it: providers.correct_provider(
            session, it, providers.ProviderDetails("New name", None)
        ),
    ),
}
