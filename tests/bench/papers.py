"""Documents: pages with tags, a change in the preview, and a letter to each of 200 bidders."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pypdfium2

from apprentice_desk.commands import desks
from apprentice_desk.documents import issuing, pdf
from apprentice_desk.documents.gathering import Gathered
from apprentice_desk.documents.issuing import Draft
from apprentice_desk.documents.issuing_many import issue_many
from apprentice_desk.documents.picturing import Pages
from apprentice_desk.documents.tree import Document, NewPage
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records import procurement_items, procurements
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.procurement_items import BidderDetails
from apprentice_desk.records.procurements import ProcurementDetails
from bench import bare_pages
from bench.measure import Result, compare, seconds
from documents.papers import PAPERS, TODAY, paper

_PAGES = 12
_LETTERS = 200
_LETTER = "unsuccessful-letter"
_TYPED = "data_protection_contact"
"""A field of every paper that is typed in the bench."""
_SEEN, _WIDTH = 3, 800
"""The page that is looked at, and how wide it is shown."""


def run(folder: Path) -> list[Result]:
    """Measure each against ReportLab alone drawing the same."""
    bare_pages.register()
    return [_drawing(folder), _changing(folder), _letters(folder)]


def _drawing(folder: Path) -> Result:
    document = _of_pages(paper("order-form").document, _PAGES)
    path, bare = folder / "tagged.pdf", folder / "bare.pdf"
    return compare(
        f"{_PAGES} pages of a contract with tags, against ReportLab alone",
        1.7,
        lambda: seconds(lambda: pdf.write(path, document)),
        lambda: seconds(lambda: bare_pages.write(bare, document)),
    )


def _of_pages(document: Document, pages: int) -> Document:
    """Return as much of *document* as fills so many pages; new pages are left out."""
    blocks = [block for block in document.blocks if not isinstance(block, NewPage)]
    for count in range(len(blocks), 0, -1):
        shorter = replace(document, blocks=tuple(blocks[:count]))
        if pdf.page_count(shorter) == pages:
            return shorter
    raise AssertionError("no part of it has so many pages")


def _changing(folder: Path) -> Result:
    """What follows a keystroke: the answer taken, the document prepared, drawn, and one page shown.

    It stands beside the whole contract drawn and one of its pages pictured.
    """
    draft = _draft("order-form", Subject(SubjectKind.CONTRACT, uuid4()), "Bench")
    document = issuing.prepare(draft, TODAY).composed.document
    names = itertools.count()

    def ours() -> None:
        changed = issuing.answer(draft, _TYPED, f"Grace Park {next(names)}", TODAY)
        prepared = issuing.prepare(changed, TODAY)
        pages = Pages(issuing.drawn(issuing.marked(prepared), DocumentFormat.PDF, TODAY))
        pages.picture(_SEEN, _WIDTH)
        pages.words(_SEEN)

    def plain() -> None:
        path = bare_pages.write(folder / "bare.pdf", document)
        opened = pypdfium2.PdfDocument(path.read_bytes())
        page = opened[_SEEN]
        page.render(scale=_WIDTH / page.get_width())
        opened.close()

    return compare(
        "a change in the preview of a contract, against ReportLab alone and a page pictured",
        3.0,
        lambda: seconds(ours),
        lambda: seconds(plain),
    )


def _letters(folder: Path) -> Result:
    """Each time into a desk and a folder of its own, made before the clock runs."""
    turns = itertools.count()
    document = paper(_LETTER).document
    desk = folder / "letters.desk"
    bidders = _make_desk(desk)

    def ours() -> float:
        to = folder / f"ours-{next(turns)}"
        to.mkdir()
        own = to / "letters.desk"
        own.write_bytes(desk.read_bytes())
        store = open_store(own)
        drafts = [
            _draft(_LETTER, Subject(SubjectKind.BIDDER, key), name) for key, name in bidders.items()
        ]
        steps: list[int] = []
        progress = Progress(lambda done, *_: steps.append(done))
        took = seconds(lambda: issue_many(store, drafts, to, DocumentFormat.PDF, TODAY, progress))
        store.close()
        assert steps[-1] == _LETTERS == len(list(to.glob("*.pdf"))) - 1  # and the list of them
        shutil.rmtree(to)
        return took

    def plain() -> float:
        to = folder / f"bare-{next(turns)}"
        to.mkdir()

        def write() -> None:
            for name in bidders.values():
                bare_pages.write(to / f"{name}.pdf", document)

        took = seconds(write)
        shutil.rmtree(to)
        return took

    return compare(
        f"{_LETTERS} letters written and kept, against ReportLab alone", 2.0, ours, plain
    )


def _make_desk(path: Path) -> dict[UUID, str]:
    """Make a desk with a procurement, and return its bidders' names by their keys."""
    store = desks.make_desk(path, desks.find_borough("E09000012"), "Bench")
    names = [f"Bidder {number:03d}" for number in range(_LETTERS)]
    with store.change("Enter a procurement") as session:
        call = procurements.plan_procurement(
            session, ProcurementDetails(reference="EXB-1", title="Bench")
        )
        keys = [
            procurement_items.add_item(session, call, BidderDetails(None, name)) for name in names
        ]
    store.close()
    return dict(zip(keys, names, strict=True))


def _draft(type_id: str, subject: Subject, name: str) -> Draft:
    """Return a draft of which all is known to the desk but one answer."""
    wording = library()
    of = wording.type_of(type_id)
    facts = {key: value for key, value in PAPERS[type_id].items() if key != _TYPED}
    if subject.kind is SubjectKind.BIDDER:
        facts["bidder_name"] = name
    known = Gathered(subject, name, "EXB-1", facts, {}, is_sample=False)
    ticks = {each: True for each in of.clause_ids if wording.clause(each).is_optional}
    answers = {_TYPED: PAPERS[type_id][_TYPED]}
    return replace(issuing.begin(wording, of, known), answers=answers, ticks=ticks)
