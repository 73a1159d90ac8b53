"""A receipt says what became of a borough's return, and its desk reads it back as it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.returns import receipts, workbook
from apprentice_desk.returns.merge import merge
from apprentice_desk.returns.merged import Fate
from apprentice_desk.returns.receipts import Mentioned, Receipt
from apprentice_desk.returns.schema import load
from returns.making import CAMDEN, HACKNEY, PERIOD, content

SCHEMA = load()


def put(folder: Path, name: str, borough=HACKNEY, apprentices=2, **changes) -> Path:
    path = folder / f"{name}.xlsx"
    workbook.write(content(borough, apprentices, **changes), SCHEMA, path)
    return path


def made(*paths: Path, **more: Any) -> tuple[Receipt, ...]:
    return receipts.make(merge(paths, schema=SCHEMA, **more))


def one_of_each(folder: Path) -> Receipt:
    put(folder, "h1", revision=1, apprentices=1)
    second = put(folder, "h2", revision=2, apprentices=3)
    book = openpyxl.load_workbook(second)
    book["Apprentices"]["F3"] = 9
    book.save(second)
    (receipt,) = made(folder)
    return receipt


def test_a_return_that_stands_is_accepted_and_says_how_many_rows_count(tmp_path):
    (receipt,) = made(put(tmp_path, "a"))
    assert (receipt.borough_code, receipt.borough_name, receipt.period) == (
        "E09000012",
        "Hackney",
        PERIOD,
    )
    assert (receipt.state, receipt.revision, receipt.left_out) == (Fate.ACCEPTED, 1, 0)
    assert receipt.rows["Apprentices"] == 2
    assert receipt.fingerprint == SCHEMA.fingerprint(content())
    assert receipt.findings == ()
    assert receipt.merged_at == datetime(2027, 1, 8, 9, 30, tzinfo=UTC)


def test_rows_left_out_make_it_accepted_in_part_and_are_named(tmp_path):
    receipt = one_of_each(tmp_path)
    assert (receipt.state, receipt.revision, receipt.left_out) == (Fate.PARTLY, 2, 1)
    assert receipt.replaces == ("h1.xlsx",)
    assert [(f.code, f.place.row, f.place.column) for f in receipt.findings][-1] == (
        "R103",
        3,
        "F",
    )


def test_the_desk_learns_what_became_of_each_revision_that_it_sent(tmp_path):
    receipt = one_of_each(tmp_path)
    first, second = receipt.returns
    assert receipt.state_of(1, first.fingerprint) is Fate.REPLACED
    assert receipt.state_of(2, second.fingerprint) is Fate.PARTLY
    assert receipt.state_of(2, first.fingerprint) is None


def test_a_copy_shares_the_fate_of_its_return(tmp_path):
    paths = put(tmp_path, "a"), put(tmp_path, "b")
    (receipt,) = made(*paths)
    assert [one.state for one in receipt.returns] == [Fate.ACCEPTED, Fate.COPY]
    assert receipt.state_of(1, receipt.fingerprint) is Fate.ACCEPTED


def test_a_refused_return_says_why_even_where_an_older_one_stands(tmp_path):
    good = put(tmp_path, "good", revision=1)
    bad = put(tmp_path, "bad", revision=2, apprentices=1, borough_name="Camden")
    (receipt,) = made(good, bad)
    assert (receipt.state, receipt.revision) == (Fate.ACCEPTED, 1)
    assert [f.code for f in receipt.findings] == ["R006"]
    refused = next(one for one in receipt.returns if one.file == "bad.xlsx")
    assert receipt.state_of(2, refused.fingerprint) is Fate.REFUSED
    (receipt,) = made(bad)
    assert (receipt.state, receipt.revision, dict(receipt.rows)) == (Fate.REFUSED, 2, {})


def test_of_several_refused_the_newest_is_the_one_that_the_receipt_is_about(tmp_path):
    first = put(tmp_path, "x", revision=1, borough_name="Camden")
    second = put(tmp_path, "a", revision=2, borough_name="Camden", prepared_at=None)
    (receipt,) = made(first, second)
    assert (receipt.state, receipt.revision) == (Fate.REFUSED, 2)


def test_a_conflict_is_about_no_single_return(tmp_path):
    a = put(tmp_path, "a", revision=2, apprentices=1)
    b = put(tmp_path, "b", revision=2, apprentices=2)
    (receipt,) = made(a, b)
    assert (receipt.state, receipt.revision, receipt.fingerprint) == (Fate.CONFLICT, 2, "")
    assert [f.code for f in receipt.findings] == ["R901"]
    assert {receipt.state_of(2, one.fingerprint) for one in receipt.returns} == {Fate.CONFLICT}


def test_each_borough_is_told_only_of_its_own(tmp_path):
    put(tmp_path, "c", CAMDEN, lines={"level": 9})
    put(tmp_path, "h")
    camden, hackney = made(tmp_path, expected=["E09000001"])
    assert camden.borough_name == "Camden"
    assert camden.findings
    assert (hackney.borough_name, hackney.findings) == ("Hackney", ())


def test_where_no_period_is_known_there_is_no_receipt(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    assert made(tmp_path) == ()


def test_a_receipt_reads_back_as_it_was_written(tmp_path):
    receipt = one_of_each(tmp_path)
    receipts.write(receipt, tmp_path / "r.json")
    assert receipts.read(tmp_path / "r.json") == receipt
    bare = Receipt("E09000012", "Hackney", PERIOD, Fate.REFUSED)
    receipts.write(bare, tmp_path / "r.json")
    assert receipts.read(tmp_path / "r.json") == bare


def test_equal_receipts_are_equal_bytes_whatever_the_order_of_files(tmp_path):
    paths = [put(tmp_path, "a", revision=1, apprentices=1), put(tmp_path, "b", revision=2)]
    for name, given in (("x", paths), ("y", paths[::-1])):
        receipts.write(made(*given)[0], tmp_path / name)
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


def test_what_is_no_receipt_is_said_in_words(tmp_path):
    path = tmp_path / "r.json"
    with pytest.raises(Problem, match=r"“r.json” was not found"):
        receipts.read(path)
    with pytest.raises(Problem, match="could not be read"):
        receipts.read(tmp_path)
    for text in (b"no json", b"[]", b"[" * 100_000, b'{"format": "other"}', b"\xff\xfe\x00"):
        path.write_bytes(text)
        with pytest.raises(Problem, match=r"“r.json” is not a receipt"):
            receipts.read(path)


def test_a_file_too_large_for_a_receipt_is_not_loaded(tmp_path, monkeypatch):
    path = tmp_path / "r.json"
    receipts.write(Receipt("E09000012", "Hackney", PERIOD, Fate.REFUSED), path)
    monkeypatch.setattr(receipts, "_MOST_BYTES", 100)
    with pytest.raises(Problem, match="is not a receipt"):
        receipts.read(path)


def test_a_receipt_of_a_newer_version_names_both(tmp_path):
    path = tmp_path / "r.json"
    path.write_text('{"format": "loti-receipt", "version": 2}')
    with pytest.raises(Problem, match="has version 2; this program knows versions up to 1"):
        receipts.read(path)
    path.write_text('{"format": "loti-receipt", "version": "1"}')
    with pytest.raises(Problem, match="is not a receipt"):
        receipts.read(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "not received"),
        ("state", "fine"),
        ("state", None),
        ("period", "soon"),
        ("revision", "1"),
        ("revision", True),
        ("rows", []),
        ("rows", {"Apprentices": "2"}),
        ("replaces", "h1.xlsx"),
        ("returns", [{}]),
        ("findings", [1]),
        ("merged_at", "yesterday"),
        ("is_sample", 1),
        ("borough_code", None),
    ],
)
def test_a_receipt_with_a_value_of_another_kind_is_damaged(tmp_path, name, value):
    path = tmp_path / "r.json"
    receipts.write(Receipt("E09000012", "Hackney", PERIOD, Fate.REFUSED), path)
    found = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(found | {name: value}), "utf-8")
    with pytest.raises(Problem, match="is damaged"):
        receipts.read(path)


def test_letters_of_every_kind_are_kept(tmp_path):
    receipt = Receipt(
        "E09000012",
        "Häckney \ud800",
        Quarter.parse("2026-27 Q3"),
        Fate.REFUSED,
        returns=(Mentioned("é.xlsx", None, "", Fate.REFUSED),),
    )
    receipts.write(receipt, tmp_path / "r.json")
    assert receipts.read(tmp_path / "r.json").borough_name == "Häckney ?"
