"""What came back, held against what was sent, through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.documents import docx
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import Subject, keep_document
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.store import Store
from documents.kept import kept_paper
from documents.sent_back import WordFile, changed_word

Call = Callable[..., Any]


@pytest.fixture
def sent(desk_file: Path, maker: Callable[[Store], Any], tmp_path: Path) -> Path:
    """The Word file of an order form that the desk issued."""
    store = open_store(desk_file, person="Tess Ter")
    subject = Subject(SubjectKind.CONTRACT, maker(store).contract(reference="EXB-1"))
    is_sample = store.read(organisation_row).is_sample
    made, details = kept_paper("order-form", subject, is_sample=is_sample)
    path = docx.write(tmp_path / "sent.docx", made.document)
    with store.change("Issue a document") as session:
        keep_document(session, details, path.read_bytes())
    store.close()
    return path


@pytest.fixture
def compare(desk_file: Path, call: Call) -> Call:
    def run(path: Path, *more: str, document: str = "exb-doc-14") -> Any:
        return call("compare", path, "--desk", desk_file, "--document", document, *more)

    return run


def test_departures_are_printed_the_worst_first(sent: Path, compare: Call, tmp_path: Path) -> None:
    back = changed_word(sent, tmp_path / "back.docx")
    outcome = compare(back)
    assert outcome.status == 1
    lines = outcome.out.splitlines()
    assert lines[0] == "Figure or date changed: 1.1 (b) The parties"
    assert lines[1:3] == ["  sent: 19990002", "  came back: 19990003"]
    assert "Figure or date changed (tracked): 32.8 Sharing between controllers" in lines
    assert lines[-1].startswith("25 departures of back.docx from Order form and contract")
    moved = lines.index("Moved: 29.4 Looking at performance together, now after 30.5")
    assert lines[moved + 1].startswith("  sent: 29.4 The Provider must have")
    assert not lines[moved + 2].startswith("  came back")


def test_what_was_not_changed_says_so(sent: Path, compare: Call) -> None:
    outcome = compare(sent, document="Order form EXB-DOC-14.docx")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "No departure of sent.docx from Order form and contract EXB-C-2027-01.\n"
    )


def test_what_was_filled_in_and_what_cannot_be_read_are_printed_apart(
    sent: Path, compare: Call, tmp_path: Path
) -> None:
    word = WordFile(sent)
    signing = word.paragraph("For Northgate Training")
    word.add_after(signing, "N. Frost", is_tracked=False)
    for run in list(signing.iter())[-1:]:
        run.getparent().append(
            run.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", {})
        )
    comments = (
        b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:comment w:id="1"><w:p><w:r><w:t>Please talk to us.</w:t></w:r></w:p></w:comment>'
        b"</w:comments>"
    )
    back = word.save(tmp_path / "back.docx", {"word/comments.xml": comments})
    outcome = compare(back)
    assert outcome.status == 0
    assert "Filled in: Signatures, For Northgate Training" in outcome.out
    assert "Remark in the file: Please talk to us." in outcome.out
    assert "To be looked at: It holds 1 picture" in outcome.out


def test_it_is_told_as_json_too(sent: Path, compare: Call, tmp_path: Path) -> None:
    outcome = compare(changed_word(sent, tmp_path / "back.docx"), "--json")
    told = json.loads(outcome.out)
    assert outcome.status == 1
    assert len(told["departures"]) == 25
    assert told["departures"][0] == {
        "kind": "Figure or date changed", "clause": "1", "title": "The parties",
        "paragraph": "1.1 (b)", "detail": "", "sent": "19990002", "came_back": "19990003",
        "is_tracked": False,
    }  # fmt: skip
    assert (told["filled_in"], told["remarks"], told["notes"]) == ([], [], [])


def test_a_document_that_there_is_not_is_told(sent: Path, compare: Call) -> None:
    outcome = compare(sent, document="EXB-DOC-99")
    assert outcome.status == 2
    assert "issued no document “EXB-DOC-99”" in outcome.err
