"""The procurement of whole_procurement.py, played in a process of its own at the real window.

What was issued is read back here, and held against what was entered and worked out by hand: each
figure, day and name says the same wherever it stands, and nothing of one bidder stands in another's
letter but what the law has them told of the winner.
"""

from __future__ import annotations

from pathlib import Path

import docx
import pypdfium2
import pytest

from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import document_content, document_rows
from apprentice_desk.records.procurement_overview import procurement_overviews
from conftest import Make
from ui.played import play
from ui.whole_procurement import (
    ADDRESS,
    ANSWERED,
    ASKED,
    BIDDERS,
    BUYS,
    CONTRACT,
    DECIDED_BY,
    EVALUATORS,
    LATE,
    LATE_STORY,
    LOSER,
    OFFICER,
    ORDER,
    PUBLISHED,
    REASON,
    REASONS,
    TITLE,
    WANTED,
    WINNER,
)

COUNCIL = "London Borough of Exampleton"
STANDARD = "Software developer, level 4 (ST0116)"
LIMIT = "£240,000.00"
STARTS, ENDS, EXTENDED = "2 Nov 2026", "1 Nov 2028", "1 Nov 2029"
INVITED, BIDS_DUE, DECIDED, TOLD = "7 Sep 2026", "2 Oct 2026", "16 Oct 2026", "19 Oct 2026"
STANDSTILL_ENDS = "28 Oct 2026"  # eight working days, 19 October being the first
OWN_WORDS = "Own words of one evaluator."


@pytest.fixture
def buying_desk(desk_file: Path) -> Path:
    """A desk with a standard and a provider."""
    store = open_store(desk_file, person="Tess Ter")
    make = Make(store)
    make.standard()
    make.provider(name=WINNER, ukprn="19990002")
    store.close()
    return desk_file


LISTED = "Contents of this folder.pdf"


@pytest.mark.window
def test_a_whole_procurement_by_keyboard_alone(buying_desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "officer"
    play("whole_procurement.py", buying_desk, folder, "PROCUREMENT_PICTURES")
    papers = folder / "Documents"
    loser = papers / "letters" / f"Unsuccessful letter {BUYS} {LOSER}.pdf"
    said = {
        "invitation": _said_in_pdf(papers / "invitation.pdf"),
        "invitation for Word": _said_in_word(papers / "invitation.docx"),
        WINNER: _said_in_pdf(papers / "award.pdf"),
        LOSER: _said_in_pdf(loser),
        LATE: _said_in_pdf(papers / "late.pdf"),
        "order": _said_in_pdf(papers / "order.pdf"),
        "order for Word": _said_in_word(papers / "order.docx"),
    }
    assert {each.name for each in loser.parent.iterdir()} == {loser.name, LISTED}
    assert LATE in _said_in_pdf(loser.parent / LISTED)
    for name in ("invitation", "invitation for Word"):
        _look_at_invitation(said[name])
    _look_at_letters(said)
    _look_at_what_bidders_are_told(said)
    for name in ("order", "order for Word"):
        _look_at_order(said[name])
    _look_at_what_all_say(said)
    _look_at_desk(buying_desk, papers)


def _said_in_pdf(path: Path) -> str:
    """Return the words of all pages, without what stands at the foot of each."""
    found = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in found]
    found.close()
    lines = (line for page in pages for line in page.splitlines())
    return " ".join(" ".join(line.split()) for line in lines if "Page " not in line)


def _said_in_word(path: Path) -> str:
    """Return the words of paragraphs and tables in their order."""
    found = docx.Document(str(path))
    words = []
    for each in found.iter_inner_content():
        if hasattr(each, "rows"):
            words += [cell.text for row in each.rows for cell in row.cells]
        else:
            words.append(each.text)
    return " ".join(" ".join(words).split())


def _has(said: str, *words: str) -> None:
    for each in words:
        assert each in said, each


def _look_at_invitation(said: str) -> None:
    _has(said, f"Invitation to bid: {TITLE}", f"{COUNCIL}, {INVITED}. Procurement {BUYS}")
    _has(said, "This procurement is under the Procurement Act 2023", "2026/S 000-000007")
    _has(said, "How many apprentices we expect: 6.", f"together: {LIMIT}.")
    _has(said, f"from {STARTS} to {ENDS}.", f"extend it, to {EXTENDED} at the latest")
    # The days of the timetable: each is a Monday, Tuesday or Friday in the calendar of 2026.
    _has(said, "Invitation goes out Mon 7 Sep 2026", "Last day for questions Fri 18 Sep 2026")
    _has(said, "Answers out by Tue 22 Sep 2026", "Bids due Fri 2 Oct 2026, 12:00")
    _has(said, "Decision by Fri 16 Oct 2026", "Training starts Mon 2 Nov 2026")
    _has(said, f"Bids are due by 12:00, London time, on {BIDS_DUE}.", WANTED)
    _has(said, "1 Teaching 45% 2 Support 25% 3 Price 30%", "scored from 0 to 5")
    _has(said, "Software developer ST0116 4 24 months £18,000.00")
    _has(said, "public liability, £5,000,000.00", "liability, £10,000,000.00", "3 months")
    _has(said, "buying@exampleton.example", "training and assessment of one apprentice")
    assert not [name for name in BIDDERS if name in said]


def _look_at_letters(said: dict[str, str]) -> None:
    for name, details in BIDDERS.items():
        _has(said[name], f"{COUNCIL} {ADDRESS} {TOLD}", f"Our reference: {BUYS}")
        _has(said[name], f"For the attention of {details['Whom you write to']} {name}")
        _has(said[name], details["Address"], f"Our decision: {TITLE}", WINNER)
        _has(said[name], f"made on {DECIDED} ({DECIDED_BY})")
        _has(said[name], f"midnight at the end of {STANDSTILL_ENDS}.")
        _has(said[name], f"{OFFICER} Learning officer, for {COUNCIL}")
    # 5/5 x 45, 4/5 x 25, and 12,350 / 13,000 x 30; 3/5 x 45, 4.5/5 x 25, and all of 30.
    _has(said[WINNER], "Teaching 45% 5 45.00", "Support 25% 4 20.00")
    _has(said[WINNER], "Price 30% by formula 28.50", "Total 100% 93.50")
    _has(said[LOSER], "Teaching 45% 3 27.00 5 45.00", "Support 25% 4.5 22.50 4 20.00")
    _has(said[LOSER], "Price 30% by formula 30.00 by formula 28.50", "Total 100% 79.50 93.50")
    _has(said[WINNER], f"{STANDARD} £11,800.00 £1,200.00 £13,000.00")
    _has(said[LOSER], f"{STANDARD} £11,500.00 £850.00 £12,350.00")
    _has(said[LOSER], "Bids that we scored, yours included: 2. Place of your bid: 2.")
    _has(said[WINNER], f"from {STARTS} to {ENDS}.", f"extend it to {EXTENDED}", LIMIT)
    _has(said[LATE], LATE_STORY, f"which was 12:00 on {BIDS_DUE}.")
    for name in (WINNER, LOSER):
        _has(said[name], REASON, "section 50 of the Procurement Act 2023")


def _look_at_what_bidders_are_told(said: dict[str, str]) -> None:
    """Nothing of one bidder is in another's letter, but what is told of the winner."""
    for name, details in BIDDERS.items():
        own = [*details.values(), *(why for (_, whose), why in REASONS.items() if whose == name)]
        for other in BIDDERS:
            told = said[other]
            if other == name:
                continue
            known = [each for each in (name, *own) if each in told]
            if name != WINNER:
                assert not known
            elif other == LOSER:  # the law asks for all but the person
                assert known == [name, *own[1:]]
            else:
                assert known == [name]
    for letter in (LOSER, LATE):
        assert not [each for each in ("£13,000.00", "£11,800.00", "£1,200.00")
                    if each in said[letter]]  # fmt: skip
    for told in said.values():
        assert ASKED not in told
        assert OWN_WORDS not in told
        assert not [each for each in EVALUATORS if each in told]


def _look_at_order(said: str) -> None:
    _has(said, f"Order form and contract {CONTRACT}", f"{TITLE}: {COUNCIL} and {WINNER}")
    _has(said, f"{WINNER}, UKPRN 19990002", ADDRESS, BIDDERS[WINNER]["Address"], STANDARD)
    _has(
        said,
        f"the invitation to bid {BUYS} of {INVITED}",
        "answers to bidders' questions",
        f"the Provider's bid of {BIDS_DUE}",
    )
    _has(said, "under the Procurement Act 2023", "by this route: open procedure")
    _has(said, f"starts on {STARTS} and ends on {ENDS}", f"to {EXTENDED}, to be taken up by")
    _has(said, f"Contract Period ends on {EXTENDED} at the latest", f"no more than {LIMIT}")
    _has(said, f"{STANDARD} £11,800.00 £1,200.00 £13,000.00", "2026/S 000-000007")
    _has(said, f"Managers are {OFFICER} for the Council and Kara Ilesanmi for the Provider")
    _has(said, "Progress reviews held on time at least 95%", "3 months")
    _has(said, "£5,000,000.00", "£10,000,000.00", "dpo@exampleton.example")
    _has(said, *(text for text in ORDER.values() if not text.isdigit()))
    assert not [each for each in (LOSER, LATE) if each in said]
    assert "Social value" not in said  # nor does the invitation ask for any


def _look_at_what_all_say(said: dict[str, str]) -> None:
    for told in said.values():
        _has(told, COUNCIL, TITLE)
    for name in ("invitation", WINNER, LOSER, LATE, "order", "order for Word"):
        _has(said[name], BUYS)
    for name in ("invitation", WINNER, "order"):
        _has(said[name], LIMIT, STARTS, ENDS, EXTENDED)


def _look_at_desk(desk: Path, papers: Path) -> None:
    """The desk keeps what was issued, to the last byte, and holds what was entered."""
    store = open_store(desk)
    rows = store.read(document_rows)
    (found,) = store.read(procurement_overviews)
    kept = {row.file_name: store.read(document_content, row.id) for row in rows}
    store.close()
    written = {path.name: path.read_bytes() for path in papers.rglob("*") if path.is_file()}
    del written[LISTED]  # it goes with the letters and is not kept
    assert kept == written
    assert len(written) == 7
    assert found.decision is not None
    assert found.decision.contract_reference == CONTRACT
    (question,) = found.clarifications
    told = question.details
    assert (told.question, told.published_question, told.answer) == (ASKED, PUBLISHED, ANSWERED)
