"""Whoever is erased goes out of the ledger of what left, and how many were in a file stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind
from apprentice_desk.domain.retention import Ground, RetentionKind
from apprentice_desk.records import apprentices, leaving
from apprentice_desk.records.changelog import ChangedRow, ChangeLine
from apprentice_desk.records.erasures import ErasureDetails
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import erasing

AT = datetime(2026, 5, 4, 9, 14, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def everything_said(store: Store) -> str:
    """What the change log says of anything."""

    def query(session: Any) -> str:
        images = [f"{row.before} {row.after}" for row in session.query(ChangedRow)]
        return " ".join([*images, *(line.label for line in session.query(ChangeLine))])

    return store.read(query)


@pytest.mark.parametrize("elsewhere", [True, False])
def test_whoever_is_erased_goes_and_how_many_were_in_it_stays(
    store: Store, make: Any, elsewhere: bool
) -> None:
    ended = {"outcome": apprentices.Outcome.WITHDRAWN, "ended_on": date(2026, 5, 1)}
    ada = make.apprentice(given_names="Qzada", family_name="Qzking", **ended)
    noor = make.apprentice(given_names="Noor", family_name="Rahman")
    person = store.read(apprentices.held, ada).apprentice_id
    for name, who in (("Record of Qzada Qzking.pdf", [ada]), ("Everybody.xlsx", [ada, noor])):
        with store.change(f"Save “{name}” (record)", is_final=True) as session:
            key = leaving.record_left(
                session, Going.of(LeftKind.RECORD, who), FileFacts(name, 1, "0" * 64), AT, "bo"
            )
            leaving.say_who_gets(session, key, GivenTo("Qzada Qzking", "Asked"))
    assert len(store.read(leaving.files_about, person)) == 2
    erasing.erase(
        store,
        ErasureDetails(
            kind=RetentionKind.APPRENTICE, subject_key=person, erased_at=AT, erased_by="bo",
            ground=Ground.REQUEST, note="",
        ),
        TODAY,
        elsewhere=elsewhere,
    )  # fmt: skip
    assert store.read(leaving.files_about, person) == ()
    rows = store.read(leaving.left_rows)
    assert sorted(row.people_count or 0 for row in rows) == [1, 2]
    assert "Qzking" not in " ".join(f"{row.file_name} {row.given}" for row in rows)
    assert "Qzking" not in everything_said(store)
