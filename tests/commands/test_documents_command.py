"""Documents and their wording through the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from apprentice_desk.clock import SystemClock
from apprentice_desk.commands import wording
from apprentice_desk.documents import own_wording
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.records import own_wording as kept_wording
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import (
    document_content,
    document_details,
    document_rows,
)
from apprentice_desk.records.store import Store
from documents.wordings import INVITATION, LETTER, ORDER, clause, library_of, of_type, part
from procured import procured

Call = Callable[..., Any]
LIBRARY = library_of(*LETTER, *ORDER, *INVITATION)


@pytest.fixture
def desk(desk_file: Path, maker: Callable[[Store], Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with a decided procurement and a contract, and a small library of wording."""
    monkeypatch.setattr(own_wording, "library", lambda: LIBRARY)
    store = open_store(desk_file, person="Tess Ter")
    make = maker(store)
    procured(make, is_decided=True)
    make.contract(reference="EXB-1")
    store.close()
    return desk_file


@pytest.fixture
def issue(desk: Path, call: Call) -> Call:
    """Issue the letter to Beta Skills, with further words."""

    def run(to: Path, *more: str) -> Any:
        return call(
            "document", "letter", "--desk", desk, "--subject", "EXB-P-7/Beta", *more, "--to", to
        )

    return run


ANSWERS = ("--set", "bidder_contact=Bo", "--set", "officer_name=Grace Park")


def kept(desk: Path) -> list[Any]:
    store = open_store(desk, read_only=True)
    rows = [
        (row, store.read(document_details, row.id), store.read(document_content, row.id))
        for row in store.read(document_rows)
    ]
    store.close()
    return rows


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_document_is_written_and_kept(
    desk: Path, issue: Call, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"letter.{ending}"
    outcome = issue(path, *ANSWERS)
    assert outcome.status == 0, outcome.out + outcome.err
    assert outcome.out == (
        f"Wrote letter.{ending}: Letter, Beta Skills · Software developers – “spring” cohort ·"
        " EXB-P-7. It is kept in the desk.\n"
    )
    ((row, _, content),) = kept(desk)
    assert content == path.read_bytes()
    assert row.file_name == path.name


def test_what_the_last_document_had_is_not_asked_for_again(
    desk: Path, issue: Call, call: Call, tmp_path: Path
) -> None:
    assert issue(tmp_path / "a.pdf", *ANSWERS).status == 0
    outcome = call(
        "document", "letter", "--desk", desk, "--subject", "EXB-P-7/Gamma", "--to",
        tmp_path / "b.pdf", "--set", "bidder_contact=Cy",
    )  # fmt: skip
    assert outcome.status == 0, outcome.out
    assert "Grace Park" in words_of(tmp_path / "b.pdf")
    assert "Dear Cy" in words_of(tmp_path / "b.pdf")
    undone = call("undo", desk)
    assert undone.out.startswith("Undone: Issue Letter: Gamma Training")
    assert len(kept(desk)) == 1


def test_what_is_missing_is_named_with_how_to_give_it_and_nothing_is_written(
    desk: Path, issue: Call, tmp_path: Path
) -> None:
    outcome = issue(tmp_path / "a.pdf")
    assert outcome.status == 1
    assert outcome.out.splitlines() == [
        "File refused: Who the letter goes to is missing. Write --set bidder_contact=…. (DO002)",
        "File refused: Officer's name is missing. Write --set officer_name=…. (DO002)",
        "a.pdf was not written: put right what is refused.",
    ]
    assert not (tmp_path / "a.pdf").exists()
    assert kept(desk) == []


def test_what_only_the_desk_can_know_leads_there(desk: Path, call: Call, tmp_path: Path) -> None:
    outcome = call(
        "document", "order", "--desk", desk, "--subject", "EXB-1", "--to", tmp_path / "a.pdf",
        "--set", "public_liability=0",
    )  # fmt: skip
    assert outcome.status == 1
    said = outcome.out.splitlines()
    assert any("Prices agreed is missing. Enter it in the desk:" in line for line in said)
    assert any(
        "of £0.00 is no cover. Leave the clause out if none is asked for. Write --set"
        " public_liability=…. (DV006)" in line
        for line in said
    )


def test_what_the_desk_says_wrongly_is_to_be_changed_there(
    desk: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = library_of(
        clause("a", "It ends on {contract_ends_on}."),
        of_type("t", "contract", (part("clauses", "a"),), to_come=("contract_ends_on",)),
    )
    monkeypatch.setattr(own_wording, "library", lambda: over)
    monkeypatch.setattr(SystemClock, "today", lambda _self: date(2028, 4, 1))
    outcome = call(
        "document", "t", "--desk", desk, "--subject", "EXB-1", "--to", tmp_path / "a.pdf"
    )
    assert outcome.status == 1
    assert outcome.out.splitlines()[0] == (
        "File refused: Last day of the contract: 31 Mar 2028 is in the past."
        " The desk says so: change it there. (DV001)"
    )


HOSTILE = (
    "<b>bold</b> &amp; {council_name} {ref:letter-head} {table:prices}",
    '=HYPERLINK("x")',
    "../../../etc/passwd",
    "%s %(x)s {0} $HOME `id`",
)


@pytest.mark.parametrize("written", HOSTILE)
def test_a_hostile_value_stands_as_it_was_typed(
    desk: Path, issue: Call, tmp_path: Path, written: str
) -> None:
    path = tmp_path / "a.pdf"
    outcome = issue(path, "--set", f"bidder_contact={written}", "--set", "officer_name=Grace")
    assert outcome.status == 0, outcome.out + outcome.err
    assert f"Dear {written}" in " ".join(words_of(path).split())
    ((_, details, _),) = kept(desk)
    assert details.field_values["bidder_contact"] == written
    assert sorted(each.name for each in tmp_path.glob("*.pdf")) == ["a.pdf"]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("officer_name", "“officer_name” is not written as field=value."),
        ("=x", "--set : There is no field “”."),
        ("../../x=1", "--set ../../x: There is no field “../../x”."),
        ("procurement_title=Mine", "--set procurement_title: What is bought is known to the desk"),
        ("bidder_is_winner=yes", "--set bidder_is_winner: Whether the bidder was chosen"),
        ("officer_name=a\x1bb", "--set officer_name: This has a letter that no document can hold"),
        ("officer_name=a\u202eb", "no document can hold (U+202E)"),
        ("officer_name=" + "x" * 100_000, "This has 100,000 letters; 4,000 are the most."),
        ("document_date=soon", "--set document_date: "),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(
    desk: Path, issue: Call, tmp_path: Path, written: str, says: str
) -> None:
    outcome = issue(tmp_path / "a.pdf", *ANSWERS, "--set", written)
    assert outcome.status == 2
    assert says in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert not (tmp_path / "a.pdf").exists()
    assert kept(desk) == []


def test_optional_clauses_are_put_in_and_left_out(desk: Path, issue: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert issue(path, *ANSWERS, "--without", "letter-thanks").status == 0
    assert "Thank you for it." not in words_of(path)
    assert issue(path, *ANSWERS, "--with", "letter-thanks").status == 0
    assert "Thank you for it." in words_of(path)
    assert [details.ticks for _, details, _ in kept(desk)] == [
        {"letter-thanks": True}, {"letter-thanks": False},
    ]  # fmt: skip
    both = issue(path, "--with", "letter-thanks", "--without", "letter-thanks")
    assert (both.status, both.err) == (
        2, "“letter-thanks” is to be put in and to be left out. Say which.\n",
    )  # fmt: skip
    unknown = issue(path, "--with", "letter-words")
    assert unknown.status == 2
    assert "no optional clause “letter-words”" in unknown.err


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (("letter", "EXB-P-7/Zeta", "a.pdf"), "There is no bidder “EXB-P-7/Zeta” in the desk."),
        (("letter", "EXB-P-7", "a.pdf"), "“EXB-P-7” may be any of 3."),
        (("novel", "EXB-P-7", "a.pdf"), "There are: call, letter, order."),
        (("letter", "EXB-P-7/Beta", "a.txt"), "Let it end in .pdf or .docx."),
    ],
)
def test_what_is_not_there_is_said_in_words(
    desk: Path, call: Call, tmp_path: Path, changed: tuple[str, str, str], says: str
) -> None:
    type_id, subject, name = changed
    outcome = call(
        "document", type_id, "--desk", desk, "--subject", subject, "--to", tmp_path / name
    )
    assert outcome.status == 2
    assert says in outcome.err


# --- the wording ----------------------------------------------------------------------------------


def test_the_packaged_wording_is_in_order(call: Call) -> None:
    outcome = call("wording", "check")
    assert outcome.status == 0, outcome.out
    assert outcome.out.splitlines()[-1].endswith("clauses, in order.")
    assert [
        each for each in call("wording", "check", "--json").json if each["level"] != "note"
    ] == []


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library with something wrong and something due."""
    due = (SystemClock().today() - timedelta(days=1)).isoformat()
    made = library_of(*LETTER, clause("loose", "Loose.", review_by=due, is_optional=True))
    monkeypatch.setattr(wording, "library", lambda: made)


@pytest.mark.usefixtures("broken")
def test_what_is_wrong_with_the_wording_is_said(call: Call) -> None:
    outcome = call("wording", "check")
    due = show_day(SystemClock().today() - timedelta(days=1))
    assert outcome.status == 1
    assert outcome.out.splitlines() == [
        "File refused: clauses/loose: No document has the clause “loose”. (WD016)",
        f"Worth a look: clauses/loose.1: loose, version 1, was to be read again by {due}."
        " Its owner is Grace. (WD020)",
        "Wording T.1: 1 document type and 4 clauses, 1 to put right.",
    ]
    found = call("wording", "check", "--json")
    assert found.status == 1
    assert [each["code"] for each in found.json] == ["WD016", "WD020"]


@pytest.mark.usefixtures("broken")
def test_the_wording_is_listed(call: Call) -> None:
    outcome = call("wording", "list")
    assert outcome.status == 0
    lines = outcome.out.splitlines()
    assert lines[:3] == [
        "Wording T.1",
        "Document: letter 1  released  Grace, to be read again by 31 Jan 2030  Letter, about a"
        " bidder",
        "Clause: letter-head 1  released  Grace, to be read again by 31 Jan 2030  Letter-Head",
    ]
    assert lines[-1].endswith("Loose, optional")
    listed = call("wording", "list", "--json").json
    assert listed["version"] == "T.1"
    assert listed["documents"] == [
        {
            "id": "letter", "version": 1, "status": "released", "owner": "Grace",
            "review_by": "2030-01-31", "name": "Letter", "subject": "bidder",
        }
    ]  # fmt: skip
    assert listed["clauses"][-1]["is_optional"] is True


# --- the borough's own wording --------------------------------------------------------------------

OWN = clause("exb-words", "We are glad of it.", joins="letter", follows="letter-words")


def own(desk: Path, maker: Callable[[Store], Any], act: Callable[[Any, Any], None]) -> None:
    """Keep an own clause of the letter in the desk, approved, and do something with it."""
    store = open_store(desk, person="Tess Ter")
    make = maker(store)
    ((named, text),) = OWN.items()
    act(make, make.wording(named, text, approved_by="Ruth Okafor"))
    store.close()


def _withdraw(make: Any, key: Any) -> None:
    with make.store.change("Withdraw") as session:
        kept_wording.withdraw(session, key)


@pytest.mark.parametrize(
    ("act", "is_in", "says"),
    [
        (lambda make, key: None, True, ""),
        (_withdraw, False, ""),
        (
            lambda make, key: make.turn_wording(key, status=Standing.DRAFT, approved_on=None),
            False, "",
        ),
        (
            lambda make, key: make.turn_wording(key, text=OWN["clauses/exb-words.1.md"] + "More."),
            False, "is approved and left out. Its text is not the one that was approved.",
        ),
    ],
)  # fmt: skip
def test_only_own_wording_that_is_approved_as_it_stands_is_issued(
    desk: Path, issue: Call, maker: Callable[[Store], Any], tmp_path: Path,
    act: Callable[[Any, Any], None], is_in: bool, says: str,
) -> None:  # fmt: skip
    own(desk, maker, act)
    outcome = issue(tmp_path / "a.pdf", *ANSWERS)
    assert outcome.status == 0, outcome.out
    assert ("We are glad of it." in words_of(tmp_path / "a.pdf")) is is_in
    assert ("approved by Ruth Okafor" in words_of(tmp_path / "a.pdf")) is is_in
    assert says in outcome.out
    ((_, details, _),) = kept(desk)
    assert ("exb-words" in details.clauses) is is_in
