"""What a sample desk has sent: the returns of past quarters, with LOTI's receipts for them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from apprentice_desk.commands import returning
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.leaving import GivenTo
from apprentice_desk.records import leaving
from apprentice_desk.records.store import Store
from apprentice_desk.returns import history, merge, receipts
from apprentice_desk.returns.schema import known_versions, load
from apprentice_desk.safekeeping.ledger import facts_of

_AT = time(10, tzinfo=UTC)


def send_returns(
    store: Store,
    described: Mapping[str, Any],
    today: date,
    fill_until: Callable[[Session, date], None],
) -> None:
    """Send the returns of past quarters, oldest first, and read the receipt of each.

    Before each, *fill_until* puts in what was known by its end.  The quarter before this one is
    left: its return is what is due.
    """
    if not described:
        return
    schema = load(known_versions()[-1])
    quarter = Quarter.containing(today).previous()
    quarters = []
    for _ in range(described["quarters"]):
        quarter = quarter.previous()
        quarters.append(quarter)
    with tempfile.TemporaryDirectory(prefix="apprentice-desk-") as folder:
        for quarter in reversed(quarters):
            with store.change(f"What was known at the end of {quarter}", is_final=True) as session:
                fill_until(session, quarter.last)
            sent_on = quarter.last + timedelta(days=described["sent_after_days"])
            file = Path(folder, f"{store.name.removesuffix('.desk')} {quarter}.xlsx")
            returning.export(
                store,
                quarter,
                file,
                prepared_at=datetime.combine(sent_on, _AT),
                prepared_by=described["prepared_by"],
                send_anyway=True,
            )
            (left,) = store.read(leaving.files_like, facts_of(file).sha256)
            with store.change(f"Say who gets “{file.name}”", is_final=True) as session:
                given = GivenTo("LOTI", f"The return for {quarter}")
                leaving.say_who_gets(session, left.id, given)
            (receipt,) = receipts.make(merge.merge([file], schema=schema))
            answer = Path(folder, f"{quarter}.json")
            receipts.write(receipt, answer)
            received_on = quarter.last + timedelta(days=described["receipt_after_days"])
            history.take_in(store, answer, received_on)
