"""The record of an apprenticeship on paper: facts, figures, what happened, what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from apprentice_desk.documents import pdf
from apprentice_desk.documents.record import RecordedOf, record_paper
from apprentice_desk.documents.tree import Heading, KeyValues, Para, Table
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.story import (
    About,
    Away,
    Changed,
    Happening,
    HeldReview,
    Marked,
    MonthsHours,
    Pause,
    Planned,
    Said,
    StoryFacts,
    TakenOn,
    tell,
)
from documents.told import GOLDEN, words

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


# One of each thing that a record can tell, of somebody who left in the end.
WHOLE = StoryFacts(
    Course(
        training_started_on=date(2025, 9, 1),
        training_planned_end_on=date(2027, 5, 31),
        ended_on=date(2026, 8, 21),
        outcome=Outcome.WITHDRAWN,
        breaks=(Period(date(2026, 1, 5), date(2026, 4, 5)),),
    ),
    pauses=(Pause(date(2026, 1, 5), date(2026, 4, 5), "Family leave"),),
    weekly=((date(2025, 9, 1), 2160), (date(2026, 5, 4), 1800)),
    months=(
        MonthsHours(date(2025, 9, 1), date(2025, 9, 26), 4, 1230, 0),
        MonthsHours(date(2026, 4, 1), date(2026, 4, 30), 3, 900, 60),
    ),
    reviews=(
        HeldReview(UUID(int=1), date(2025, 11, 20), date(2025, 11, 20), "Went well",
                   ("Ada Obi", "Grace Park", "provider"), ("Ada Obi", "Grace Park")),
        HeldReview(UUID(int=2), date(2026, 5, 11), date(2026, 5, 14), "", (), ()),
        HeldReview(UUID(int=3), date(2026, 9, 15), None, ""),
    ),
    actions=(
        TakenOn("Book the exam", "Ada Obi", date(2025, 12, 1), date(2025, 11, 28)),
        TakenOn("Find a project for S7", "Grace Park", date(2026, 9, 4), None),
    ),
    plan=(
        Planned(UUID(int=4), "Databases", 2880, date(2025, 12, 19), date(2025, 12, 12), True),
        Planned(UUID(int=5), "Networks", 1200, date(2026, 8, 7), None, False),
        Planned(UUID(int=6), "Project", 0, date(2026, 10, 2), None, False),
    ),
    said=(
        Said(date(2026, 5, 14), "line manager", ("K1", "K2", "K3", "K4", "S1", "S2", "B1")),
        Said(date(2026, 5, 14), "provider", ("K2",)),
    ),
    marked=(
        Marked(date(2025, 8, 14), "Role agreed", "Grace Park"),
        Marked(date(2025, 8, 14), "Eligibility checked", "Grace Park"),
        Marked(date(2025, 8, 28), "Training plan signed by provider", "", "By post"),
    ),
    pay=(Changed(date(2025, 9, 1), "Paid £26,900.00 a year"),),
    changes=(
        Changed(date(2026, 4, 6), "Back from the break",
                "Training was planned to end on 31 May 2027 from then on, not on 28 Feb 2027"),
        Changed(date(2026, 4, 7), "Learning plan planned anew",
                "2 activities moved 91 days later, of what ended on 5 Jan 2026 or after",
                About.PLAN),
        Changed(date(2026, 6, 1), "Provider changed from Thamesbank College to Kestrel Skills",
                "Thamesbank College closed the course"),
    ),
    away=(Away(UUID(int=7), "Hackney", date(2026, 6, 8), date(2026, 7, 3)),),
    gateway_planned_on=date(2027, 3, 1),
    english_met_on=date(2026, 6, 15),
    destination="working elsewhere",
    leaving_reason="Made redundant",
)  # fmt: skip
FULL = replace(
    OF,
    facts=(
        ("How it stands", "withdrawn"),
        ("Training started", "1 Sep 2025"),
        ("Training planned to end", "31 May 2027"),
        ("Ended", "21 Aug 2026"),
        ("Provider", "Kestrel Skills"),
        ("Line manager", "Grace Park"),
    ),
    figures=(
        ("Required", "480 h"), ("Planned to date", "192 h"), ("Logged, counting", "35 h 30 m"),
    ),
    others=("Apprenticeship 1: Digital support technician, completed",),
)  # fmt: skip


UNDER_WAY = replace(
    WHOLE, course=replace(WHOLE.course, ended_on=None, outcome=None), leaving_reason=""
)


@pytest.mark.parametrize(
    ("name", "facts"), [("record_of_who_left", WHOLE), ("record_under_way", UNDER_WAY)]
)
def test_the_whole_record_says_word_for_word(name: str, facts: StoryFacts) -> None:
    made = record_paper(FULL, tell(facts, date(2026, 9, 1)))
    assert words(made) == (GOLDEN / f"{name}.txt").read_text("utf-8")
    assert pdf.page_count(made) == 2


def test_it_is_drawn(tmp_path: Path) -> None:
    many = TOLD * 200
    paper = record_paper(OF, many)
    assert pdf.page_count(paper) > pdf.page_count(record_paper(OF, TOLD)) == 1
    assert pdf.write(tmp_path / "record.pdf", paper).read_bytes().startswith(b"%PDF-")
