"""What was sent is kept: saved again byte for byte, compared, and told what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import ReceiptState
from apprentice_desk.records import apprentices
from apprentice_desk.records.returns_sent import ReturnSentRow, returns_sent_rows
from apprentice_desk.records.store import Store
from apprentice_desk.returns import history, receipts
from apprentice_desk.returns.differences import Difference
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.returns.merge import merge
from apprentice_desk.returns.merged import Fate
from apprentice_desk.returns.receipts import Receipt
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.sending import prepare, send
from conftest import Make
from records.dumps import dump

PERIOD = Quarter.parse("2026-27 Q2")
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
TODAY = date(2026, 10, 12)

Sending = Callable[..., ReturnSentRow]


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )


@pytest.fixture
def sent(store: Store, make: Make, lists: Lists, tmp_path: Path) -> Sending:
    """Send the return as it stands, into the folder "out"."""
    make.standard()
    (tmp_path / "out").mkdir()

    def act(period: Quarter = PERIOD, at: datetime = AT, name: str = "") -> ReturnSentRow:
        prepared = prepare(
            store, period, lists, prepared_at=at, prepared_by="HR", program_version="0.1.0"
        )
        revision = prepared.content.header.revision
        path = tmp_path / "out" / (name or f"{period} revision {revision}.xlsx")
        made = send(store, prepared, path, send_anyway=True)
        return next(row for row in store.read(returns_sent_rows) if row.id == made.id)

    return act


def level(store: Store, key: Any, **details: Any) -> None:
    held = store.read(apprentices.held, key)
    with store.change("Correct") as session:
        apprentices.correct(session, key, replace(held.details, **details))


# --- what was sent --------------------------------------------------------------------------------


def test_a_return_is_saved_again_byte_for_byte(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice()
    row = sent()
    make.apprentice()  # the desk has moved on
    path = history.saved_again(store, row, tmp_path / "again.xlsx")
    assert path.read_bytes() == (tmp_path / "out" / row.file_name).read_bytes()


def test_saving_again_spoils_no_other_file(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    row = sent()
    other = tmp_path / "other.xlsx"
    other.write_text("mine")
    with pytest.raises(Problem, match="is no Excel workbook"):
        history.saved_again(store, row, other)
    assert other.read_text() == "mine"


def test_what_an_older_program_sent_can_not_be_saved_again(store: Store, make: Make) -> None:
    make.sent()
    (row,) = store.read(returns_sent_rows)
    with pytest.raises(Problem, match="older version of the program sent it") as caught:
        history.said_then(store, replace(row, id=make.event()))
    assert "return.xlsx" in caught.value.remedy


def test_what_was_said_then_includes_rows_that_would_be_refused(
    store: Store, make: Make, sent: Sending
) -> None:
    make.apprentice(training_planned_end_on=None)
    make.apprentice()
    said = history.said_then(store, sent())
    assert len(said.apprentices) == 2
    assert (said.header.revision, said.header.borough_name) == (1, "Exampleton")
    assert load().fingerprint(said) == store.read(returns_sent_rows)[0].fingerprint


def test_two_revisions_are_compared_field_by_field(store: Store, make: Make, sent: Sending) -> None:
    ada = make.apprentice()
    first = sent()
    level(store, ada, training_planned_end_on=date(2027, 9, 30))
    make.contract(reference="C-2")
    second = sent()
    assert second.revision == 2
    found = history.compared(store, first, second)
    assert [(one.sheet, one.difference) for one in found] == [
        ("Apprentices", Difference.CHANGED),
        ("Contracts", Difference.ADDED),
    ]
    assert "Training planned end: 30/09/2027, was 31/08/2027" in found[0].words()
    assert history.compared(store, first, first) == ()


def test_the_next_return_says_which_it_replaces(
    store: Store, make: Make, sent: Sending, lists: Lists
) -> None:
    def replaces(period: Quarter) -> ReturnSentRow | None:
        return prepare(
            store, period, lists, prepared_at=AT, prepared_by="", program_version=""
        ).replaces

    assert replaces(PERIOD) is None
    sent(at=AT + timedelta(days=9))
    second = sent()  # prepared on an earlier day by a clock that was wrong
    assert replaces(PERIOD) == second
    assert replaces(PERIOD.previous()) is None


# --- receipts -------------------------------------------------------------------------------------


def received(tmp_path: Path, *files: Path) -> Path:
    """Merge what stands in the folder "out" and write the receipt; return its path."""
    merged = merge(files or [tmp_path / "out"], schema=load())
    (receipt,) = receipts.make(merged)
    return written(tmp_path, receipt)


def written(tmp_path: Path, receipt: Receipt) -> Path:
    path = tmp_path / "Exampleton receipt.json"
    receipts.write(receipt, path)
    return path


def states(store: Store) -> dict[int, tuple[str, int, list[str]]]:
    """Return state, rows left out and the codes of the findings by revision."""
    return {
        row.revision: (
            row.receipt.details.state,
            row.receipt.details.left_out,
            [finding.code for finding in row.receipt.details.findings],
        )
        for row in store.read(returns_sent_rows)
        if row.receipt is not None
    }


def test_an_accepted_return_is_shown_as_accepted(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice()
    row = sent()
    (taken,) = history.take_in(store, received(tmp_path), TODAY)
    assert taken.sent.id == row.id
    assert taken.details.state is ReceiptState.ACCEPTED
    (now,) = store.read(returns_sent_rows)
    assert now.receipt is not None
    assert now.receipt.details == taken.details
    assert now.receipt.details.received_on == TODAY
    assert now.receipt.details.merged_at == AT
    line = store.latest_change()
    assert line is not None
    assert line.label == "Read the receipt for 2026-27 Q2"


def test_a_return_accepted_in_part_has_its_findings(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice()
    make.apprentice(training_planned_end_on=None)
    row = sent()
    history.take_in(store, received(tmp_path), TODAY)
    state, left_out, codes = states(store)[1]
    assert (state, left_out) == (ReceiptState.IN_PART, 1)
    assert "R203" in codes
    (now,) = store.read(returns_sent_rows)
    assert now.receipt is not None
    (finding,) = [f for f in now.receipt.details.findings if f.code == "R203"]
    assert (finding.place.file, finding.place.sheet) == (row.file_name, "Apprentices")


def test_the_revision_that_was_replaced_is_told_so_too(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice(training_planned_end_on=None)
    sent()
    make.apprentice()
    sent()
    taken = history.take_in(store, received(tmp_path), TODAY)
    assert [(each.sent.revision, each.details.state) for each in taken] == [
        (2, ReceiptState.IN_PART),
        (1, ReceiptState.REPLACED),
    ]
    found = states(store)
    assert found[1] == (ReceiptState.REPLACED, 0, [])
    assert found[2][1] == 1


def test_a_return_that_was_changed_on_the_way_is_not_this_desks(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice()
    row = sent()
    path = tmp_path / "out" / row.file_name
    book = openpyxl.load_workbook(path)
    book["Apprentices"]["F2"] = 6
    book.save(path)
    before = dump(store, with_log=True)
    with pytest.raises(Problem, match="a return for 2026-27 Q2 that this desk never sent"):
        history.take_in(store, received(tmp_path), TODAY)
    assert dump(store, with_log=True) == before


def test_the_same_revision_with_other_content_is_a_conflict_for_the_desk_that_sent_one(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice()
    row = sent()
    path = tmp_path / "out" / row.file_name
    book = openpyxl.load_workbook(path)
    book["Apprentices"]["F2"] = 6
    book.save(tmp_path / "out" / "other.xlsx")
    history.take_in(store, received(tmp_path), TODAY)
    assert states(store)[1][0] is ReceiptState.CONFLICT


REFUSED = {
    "another borough's": (
        {"borough_code": "E09000012", "borough_name": "Hackney"},
        "is a receipt for Hackney, and this desk is Exampleton's",
    ),
    "another period's": (
        {"period": PERIOD.next()},
        "about a return for 2026-27 Q3 that this desk never sent",
    ),
    "an unknown return's": ({"returns": ()}, "that this desk never sent"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_receipt_that_is_not_for_this_desk_is_refused_in_words(
    case: str, store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    changes, words = REFUSED[case]
    make.apprentice()
    sent()
    receipt = replace(receipts.read(received(tmp_path)), **changes)
    before = dump(store, with_log=True)
    with pytest.raises(Problem, match=words) as caught:
        history.take_in(store, written(tmp_path, receipt), TODAY)
    assert "Nothing was recorded" in caught.value.remedy
    assert dump(store, with_log=True) == before


def test_a_damaged_or_newer_receipt_or_another_file_is_refused_in_words(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice()
    row = sent()
    path = received(tmp_path)
    whole = json.loads(path.read_text("utf-8"))
    before = dump(store, with_log=True)
    for content, words in (
        (whole | {"version": 2}, "has version 2; this program knows versions up to 1"),
        (whole | {"rows": "many"}, "is damaged"),
        ({}, "is not a receipt"),
    ):
        path.write_text(json.dumps(content))
        with pytest.raises(Problem, match=words):
            history.take_in(store, path, TODAY)
    for other in (tmp_path / "out" / row.file_name, tmp_path / "gone.json"):
        with pytest.raises(Problem):
            history.take_in(store, other, TODAY)
    assert dump(store, with_log=True) == before


def test_an_older_receipt_does_not_take_the_place_of_a_newer(
    store: Store, make: Make, sent: Sending, tmp_path: Path
) -> None:
    make.apprentice()
    sent()
    receipt = receipts.read(received(tmp_path))
    newer = replace(receipt, merged_at=AT + timedelta(days=1))
    history.take_in(store, written(tmp_path, newer), TODAY)
    with pytest.raises(Problem, match="older than the receipt for 2026-27 Q2 that is recorded"):
        history.take_in(store, written(tmp_path, receipt), TODAY)
    undated = replace(receipt, merged_at=None, state=Fate.ACCEPTED)
    history.take_in(store, written(tmp_path, undated), TODAY)
    history.take_in(store, written(tmp_path, receipt), TODAY)
    assert states(store)[1][0] is ReceiptState.ACCEPTED
