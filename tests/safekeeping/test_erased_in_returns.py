"""Returns still add up after somebody was erased, and what was sent says no more than a count."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.retention import Ground, RetentionKind
from apprentice_desk.domain.vocabulary import PaymentKind, RoleFamily
from apprentice_desk.records import apprentices, erasures, organisation, payments
from apprentice_desk.records.returns_sent import returns_sent_rows
from apprentice_desk.records.store import Store
from apprentice_desk.returns import history
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.returns.sending import Prepared, prepare, send
from apprentice_desk.safekeeping import erasing

LAST, NOW = Quarter.parse("2026-27 Q1"), Quarter.parse("2026-27 Q2")
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
TODAY = date(2026, 9, 1)


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )


def prepared(store: Store, lists: Lists, period: Quarter = LAST) -> Prepared:
    return prepare(store, period, lists, prepared_at=AT, prepared_by="HR", program_version="0.1.0")


def somebody(make: Any, name: str, **details: Any) -> Any:
    return make.apprentice(
        given_names=name, family_name="Sample", born_on=date(2000, 5, 6), is_digital=True,
        agreed_price=Decimal("12000.00"), funding_band_maximum=Decimal("15000.00"),
        role_family=RoleFamily.DATA, **details,
    )  # fmt: skip


@pytest.fixture
def erased(store: Store, make: Any, lists: Lists, tmp_path: Path) -> tuple[Prepared, Any]:
    """A return that was sent with two people, one of whom was erased since."""
    make.standard()
    contract_id = make.contract()
    with store.change("Pledge") as session:
        organisation.pledge(session, 2025, RoleFamily.DATA, 3)
    somebody(make, "Ben", contract_id=contract_id)
    gone = somebody(
        make, "Ada", contract_id=contract_id, outcome=Outcome.WITHDRAWN,
        ended_on=date(2026, 5, 14), leaving_reason="3",
    )  # fmt: skip
    with store.change("Pay") as session:
        payments.pay(
            session, contract_id, date(2026, 5, 1), Decimal("900.00"), gone, PaymentKind.TRAINING,
            "Invoice 7, Ada Sample",
        )  # fmt: skip
    before = prepared(store, lists)
    send(store, before, tmp_path / "sent.xlsx", send_anyway=True)
    held = store.read(apprentices.held, gone)
    erasing.erase(
        store,
        erasures.ErasureDetails(
            RetentionKind.APPRENTICE, held.apprentice_id, AT, "Tess Ter", Ground.REQUEST
        ),
        TODAY,
    )
    return before, held


def test_a_return_of_a_past_quarter_still_counts_them(
    erased: tuple[Prepared, Any], store: Store, lists: Lists
) -> None:
    before, held = erased
    after = prepared(store, lists)
    assert len(after.content.apprentices) == len(before.content.apprentices) == 2
    (line,) = (each for each in after.content.apprentices if each.status == Status.WITHDRAWN)
    assert line.apprentice_code != held.code
    assert (line.standard_code, line.standard_title) == ("ST0116", "Software developer")
    # The days are those on which a quarter begins: these were 1 September and 14 May.
    assert (line.training_started_on, line.ended_on) == (date(2025, 7, 1), date(2026, 4, 1))
    said = {name for name in line.__slots__ if getattr(line, name) not in ("", None)}
    assert said == {
        "apprentice_code", "apprenticeship_number", "standard_code", "standard_title", "level",
        "is_digital", "role_family", "status", "training_started_on", "ended_on",
        "provider_ukprn", "provider_name", "contract_reference", "agreed_price",
    }  # fmt: skip
    assert after.content.pledges == before.content.pledges
    assert after.content.pledges[0].recruited == 2
    (old,), (new,) = before.content.contracts, after.content.contracts
    for name in ("agreed_to_date", "paid_to_date", "live_apprentices"):
        assert getattr(old, name) == getattr(new, name), name
    assert new.agreed_to_date == Decimal("24000.00")
    assert not refuses([each for each in after.findings if each.place.sheet == "Apprentices"])


def test_they_leave_the_return_after_four_quarters_as_they_would_have(
    erased: tuple[Prepared, Any], store: Store, lists: Lists
) -> None:
    assert len(prepared(store, lists, Quarter.parse("2025-26 Q4")).content.apprentices) == 2
    assert len(prepared(store, lists, Quarter.parse("2025-26 Q1")).content.apprentices) == 1


def test_a_return_that_was_sent_can_still_be_read_and_names_a_code_of_nobody(
    erased: tuple[Prepared, Any], store: Store
) -> None:
    before, held = erased
    (sent,) = store.read(returns_sent_rows)
    said = history.said_then(store, sent)
    old = {line.apprentice_code for line in before.content.apprentices}
    new = {line.apprentice_code for line in said.apprentices}
    assert held.code in old
    assert old - new == {held.code}
    assert new - old == {row.code for row in store.read(erasures.counted_rows)}


def test_somebody_who_never_began_is_counted_by_no_return(store: Store, make: Any) -> None:
    key = make.apprentice(
        training_started_on=date(2026, 10, 1), training_planned_end_on=date(2028, 9, 30)
    )
    held = store.read(apprentices.held, key)
    erasing.erase(
        store,
        erasures.ErasureDetails(
            RetentionKind.NEVER_STARTED, held.apprentice_id, AT, "Tess Ter", Ground.MISTAKE
        ),
        TODAY,
    )
    assert store.read(erasures.counted_rows) == ()
