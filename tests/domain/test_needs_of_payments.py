"""The lines of Today about what is due and not recorded as paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_payments import Unpaid, payment_needs

FIRST, SECOND = UUID(int=1), UUID(int=2)


def test_each_contract_has_one_line_that_is_never_urgent_and_leads_to_its_payments() -> None:
    needs = payment_needs(
        [
            Unpaid(FIRST, "XMP-1", Decimal("1719.99"), date(2026, 8, 31), 3),
            Unpaid(SECOND, "XMP-2", Decimal("0.01"), date(2026, 7, 31), 1),
        ]
    )
    assert [need.what for need in needs] == [
        "£1,719.99 under XMP-1 is not recorded as paid",
        "£0.01 under XMP-2 is not recorded as paid",
    ]
    assert [need.why for need in needs] == [
        "For 3 apprentices, the last of it due on 31 Aug 2026",
        "For 1 apprentice, the last of it due on 31 Jul 2026",
    ]
    assert {need.urgency for need in needs} == {Urgency.LATER}
    assert {need.kind for need in needs} == {NeedKind.CONTRACT}
    assert needs[0].target == Target("contracts", FIRST, part="payments")
    assert needs[0].key != needs[1].key
    assert needs[0].rank > needs[1].rank, "what has waited longer comes first"
    assert {need.weight for need in needs} == {0}, "another month alone does not bring it back"


def test_nothing_that_is_open_is_no_line() -> None:
    assert payment_needs([]) == []
