"""Packs of wording through the command line, from one desk to another."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.documents.packs import load_pack, write_pack
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.own_wording import wording_rows
from apprentice_desk.records.store import Store
from documents.packed import pack_of
from documents.wordings import clause, of_type, part

Call = Callable[..., Any]
PAY = clause("loti-pay", "The Council pays within 30 days.", title="Pay")
PAY_2 = clause("loti-pay", "The Council pays within 20 days.", title="Pay", version=2)
NOTE = of_type("loti-note", "contract", (part("clauses", "loti-pay"),))


@pytest.fixture
def other(empty_desk: Path, tmp_path: Path) -> Path:
    """Another borough's desk."""
    return Path(shutil.copy(empty_desk, tmp_path / "other.desk"))


@pytest.fixture
def desk(desk_file: Path, maker: Callable[[Store], Any]) -> Path:
    """A desk with a document type of its own."""
    write(desk_file, maker, PAY, NOTE)
    return desk_file


def write(path: Path, maker: Callable[[Store], Any], *files: dict[str, str]) -> None:
    store = open_store(path, person="Tess Ter")
    for file in files:
        for named, text in file.items():
            maker(store).wording(named, text, approved_by="Ruth Okafor")
    store.close()


def kept(path: Path) -> dict[str, tuple[Standing, str]]:
    store = open_store(path, read_only=True)
    found = {row.named: (row.status, row.source) for row in store.read(wording_rows)}
    store.close()
    return found


def test_a_pack_goes_there_and_back(
    desk: Path, other: Path, maker: Callable[[Store], Any], call: Call, tmp_path: Path
) -> None:
    sent = tmp_path / "pay.wording"
    outcome = call("wording", "export", desk, "--to", sent, "--title", "Pay 2027", "--note", "New.")
    assert (outcome.status, outcome.out) == (
        0, "Wrote pay.wording: “Pay 2027” from Exampleton, 1 clause and 1 document type.\n"
    )  # fmt: skip
    taken = call(
        "wording", "import", sent, "--into", other, "--approved-by", "Ivy Chen", "--job-title",
        "Head of HR",
    )  # fmt: skip
    assert taken.status == 0, taken.err
    assert taken.out.splitlines()[1:] == [
        "New.",
        "New: Loti-Note (documents/loti-note.1.toml). A document type that the desk does not have.",
        "New: Pay (clauses/loti-pay.1.md). A clause that the desk does not have.",
        "Taken in as one change: 2 approved and in force.",
    ]
    assert set(kept(other).values()) == {(Standing.APPROVED, "Pay 2027, from Exampleton")}
    write(other, maker, PAY_2)
    back = tmp_path / "back.wording"
    assert call("wording", "export", other, "--to", back, "--title", "Sooner").status == 0
    checked = call("wording", "import", back, "--into", desk, "--check")
    assert checked.status == 0
    assert checked.out.splitlines()[1:] == [
        "Newer: Pay (clauses/loti-pay.2.md). Version 2 of a clause of which the desk has version"
        " 1.",
        "    The Council pays within [−30−] {+20+} days.",
    ]
    assert len(kept(desk)) == 2
    drafts = call("wording", "import", back, "--into", desk, "--as-drafts")
    assert drafts.out.splitlines()[-1] == (
        "Taken in as one change: 1 taken in as drafts, to be approved under Wording."
    )
    assert kept(desk)["clauses/loti-pay.2.md"][0] is Standing.DRAFT
    again = call("wording", "import", back, "--into", desk, "--as-drafts")
    assert again.out.splitlines()[-1] == "Nothing to do: the desk has all of it."
    undone = call("undo", desk)
    assert undone.out.startswith("Undone: Take in the wording “Sooner” from Exampleton")
    assert len(kept(desk)) == 2


def test_what_is_left_out_takes_with_it_what_needs_it(
    desk: Path, other: Path, call: Call, tmp_path: Path
) -> None:
    sent = tmp_path / "pay.wording"
    call("wording", "export", desk, "--to", sent, "--title", "Pay")
    taken = call(
        "wording", "import", sent, "--into", other, "--as-drafts", "--without", "loti-pay.1"
    )
    assert [line.split(":")[0] for line in taken.out.splitlines()[1:3]] == ["Left out"] * 2
    assert taken.out.splitlines()[-1] == "Nothing to do: the desk has all of it."
    assert kept(other) == {}
    unknown = call("wording", "import", sent, "--into", other, "--check", "--without", "none")
    assert (unknown.status, unknown.err) == (
        2, "There is nothing called “none”. “wording list” tells what there is.\n"
    )  # fmt: skip


def test_what_is_refused_is_said_and_answered_with_1(
    desk: Path, other: Path, maker: Callable[[Store], Any], call: Call, tmp_path: Path
) -> None:
    sent = tmp_path / "pay.wording"
    call("wording", "export", desk, "--to", sent, "--title", "Pay")
    write(other, maker, clause("loti-pay", "The Council pays at once.", title="Ours"))
    outcome = call("wording", "import", sent, "--into", other, "--check")
    assert outcome.status == 1
    assert outcome.out.splitlines()[1].startswith(
        "Refused: Pay (clauses/loti-pay.1.md). The desk has another text as version 1"
    )
    assert "as version 2 or later" in outcome.out


def test_what_stays_and_which_contracts_use_it_is_said(
    desk: Path, other: Path, maker: Callable[[Store], Any], call: Call, tmp_path: Path
) -> None:
    write(desk, maker, PAY_2)
    sent = tmp_path / "pay.wording"
    call("wording", "export", desk, "--to", sent, "--title", "Pay", "--only", "loti-pay")
    assert [item.named for item in load_pack(sent).items] == ["clauses/loti-pay.2.md"]
    write(other, maker, PAY, NOTE, clause("xmp-pay", "At once.", replaces="loti-pay", title="Ours"))
    store = open_store(other, person="Tess Ter")
    contract = maker(store).contract(reference="EXB-9")
    maker(store).document(Subject(SubjectKind.CONTRACT, contract), clauses={"loti-pay": 1})
    store.close()
    outcome = call("wording", "import", sent, "--into", other, "--check")
    assert "“Ours” of this desk stays in its place." in outcome.out
    assert "Contracts made with what the desk has: EXB-9." in outcome.out


def test_everything_or_nothing_to_send(desk: Path, other: Path, call: Call, tmp_path: Path) -> None:
    whole = tmp_path / "all.wording"
    outcome = call("wording", "export", desk, "--to", whole, "--title", "All", "--all")
    assert outcome.status == 0
    assert len(load_pack(whole).items) > 100
    none = call("wording", "export", other, "--to", tmp_path / "none.wording", "--title", "None")
    assert none.status == 2
    assert none.err.startswith("There is no approved wording that was written in this desk.")
    one = tmp_path / "type.wording"
    only = call("wording", "export", other, "--to", one, "--title", "T", "--only", "order-form.1")
    assert only.out.endswith("1 document type.\n")


def test_who_approves_has_a_job_title(desk: Path, other: Path, call: Call, tmp_path: Path) -> None:
    sent = tmp_path / "pay.wording"
    call("wording", "export", desk, "--to", sent, "--title", "Pay")
    outcome = call("wording", "import", sent, "--into", other, "--approved-by", "Ivy Chen")
    assert outcome.status == 2
    assert "Enter the job title of who approves it." in outcome.err
    assert kept(other) == {}


def test_withdrawn_wording_is_counted(
    desk: Path, other: Path, maker: Callable[[Store], Any], call: Call, tmp_path: Path
) -> None:
    sent, back = tmp_path / "pay.wording", tmp_path / "back.wording"
    extra = clause("loti-extra", "More.", joins="loti-note", follows="loti-pay")
    write(desk, maker, extra)
    by = ("--approved-by", "Ivy Chen", "--job-title", "Head of HR")
    call("wording", "export", desk, "--to", sent, "--title", "Pay")
    call("wording", "import", sent, "--into", other, *by)
    store = open_store(desk, person="Tess Ter")
    key = next(row.id for row in store.read(wording_rows) if "extra" in row.named)
    maker(store).turn_wording(key, status=Standing.WITHDRAWN)
    store.close()
    call("wording", "export", desk, "--to", back, "--title", "Less")
    outcome = call("wording", "import", back, "--into", other, *by)
    assert outcome.out.endswith("Taken in as one change: 1 withdrawn.\n")


def test_what_would_not_be_in_order_is_found_before_anything_is_taken_in(
    desk: Path, other: Path, call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "bad.wording"
    path.write_bytes(write_pack(pack_of(clause("loti-bad", "Pay {no_such}."), PAY)))
    outcome = call("wording", "import", path, "--into", other, "--check")
    assert outcome.status == 1
    assert outcome.out.splitlines()[-1] == (
        "File refused: clauses/loti-bad.1: There is no field “no_such”. (WD004)"
    )
    left = call("wording", "import", path, "--into", other, "--check", "--without", "loti-bad")
    assert (left.status, "WD004" in left.out) == (0, False)
    assert kept(other) == {}
