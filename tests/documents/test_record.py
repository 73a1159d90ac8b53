"""The record of an apprenticeship on paper: facts, figures, what happened, what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from apprentice_desk.documents import pdf
from apprentice_desk.documents.record import RecordedOf, record_paper
from apprentice_desk.documents.tree import Heading, KeyValues, Para, Table
from apprentice_desk.domain.story import About, Happening

OF = RecordedOf(
    name="Ada Obi",
    standard="Data analyst, level 4 · ST0118 v1.1",
    facts=(("Provider", "Thamesbank College"),),
    figures=(("Logged, counting", "120 h"),),
    why="14 h below plan.",
    borough="Exampleton",
    made_on=date(2026, 9, 1),
    is_sample=True,
)
TOLD = (
    Happening(date(2025, 9, 1), About.PROGRAMME, "Training started", "Contracted for 36 h a week."),
    Happening(date(2027, 2, 28), About.PROGRAMME, "Training is planned to end", is_to_come=True),
)


def said(blocks: object) -> list[str]:
    found = []
    for block in blocks:  # type: ignore[attr-defined]
        match block:
            case Heading(text) | Para(text):
                found.append(text)
            case Table(name, _, rows):
                found.append(f"{name}: {'; '.join(' | '.join(row) for row in rows)}")
            case KeyValues(name, pairs):
                found.append(f"{name}: {pairs}")
    return found


def test_the_record_says_who_how_and_what_in_this_order() -> None:
    paper = record_paper(OF, TOLD)
    assert paper.title == "Record of the apprenticeship of Ada Obi"
    assert paper.is_sample
    assert paper.foot == "Ada Obi · Exampleton · 1 Sep 2026 · names people: keep it safe"
    assert said(paper.blocks) == [
        "Data analyst, level 4 · ST0118 v1.1",
        "Facts: (('Provider', 'Thamesbank College'),)",
        "Off-the-job training",
        "Hours: (('Logged, counting', '120 h'),)",
        "14 h below plan.",
        "What happened",
        "What happened: 01/09/2025 | Programme | Training started | Contracted for 36 h a week.",
        "What is planned",
        "What is planned: 28/02/2027 | Programme | Training is planned to end | ",
    ]


def test_other_apprenticeships_are_named_and_nothing_is_said_to_be_nothing() -> None:
    paper = record_paper(replace(OF, why="", others=("Apprenticeship 1: IT",)), TOLD[1:])
    words = said(paper.blocks)
    assert "14 h below plan." not in words
    assert words[words.index("Other apprenticeships") + 1] == "Apprenticeship 1: IT"
    assert words[words.index("What happened") + 1] == "Nothing is recorded yet."


def test_plans_may_be_left_out() -> None:
    assert "What is planned" not in said(record_paper(OF, TOLD, with_plans=False).blocks)
    assert "What is planned" not in said(record_paper(OF, TOLD[:1]).blocks)


def test_it_is_drawn(tmp_path: Path) -> None:
    many = TOLD * 200
    paper = record_paper(OF, many)
    assert pdf.page_count(paper) > pdf.page_count(record_paper(OF, TOLD)) == 1
    assert pdf.write(tmp_path / "record.pdf", paper).read_bytes().startswith(b"%PDF-")
