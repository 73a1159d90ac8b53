"""A case as one document: LOTI's planner headings, the plan, and the figures of the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apprentice_desk.documents.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyValues,
    Para,
    Table,
)
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.outcomes import CaseDetails, CaseFigure, StepDetails, filled

HEADINGS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Desired outcome", (("desired_outcome", ""),)),
    (
        "Known problems",
        (
            ("problems_technology", "Technology and data"),
            ("problems_people", "People, processes and conditions"),
        ),
    ),
    (
        "Potential solutions",
        (
            ("solutions_technology", "With technology and data"),
            ("solutions_people", "Beyond technology and data"),
        ),
    ),
    (
        "Who does what",
        (
            ("done_by_loti", "LOTI's central team"),
            ("done_by_lead", "Lead borough"),
            ("done_by_boroughs", "Member boroughs"),
            ("done_by_others", "Others"),
        ),
    ),
    ("Mandate", (("mandate", ""),)),
)
"""The headings of the planner in its order, with the parts of each and where they are typed."""

PLAN = "Plan"
EVALUATION = "Evaluation"
BLANK = "Nothing is written here yet."


@dataclass(frozen=True, slots=True)
class CasePaper:
    """What is printed: the case with its plan, and the desk's figures of *made_on*."""

    case: CaseDetails
    steps: tuple[StepDetails, ...]
    figures: tuple[CaseFigure, ...]
    borough: str
    made_on: date
    is_sample: bool


def case_paper(of: CasePaper) -> Document:
    """Return the case as one document; a heading without words says so."""
    figures = {figure.name: figure for figure in of.figures}
    blocks: list[Block] = []
    for heading, parts in HEADINGS:
        blocks.append(Heading(heading))
        blocks += _parts(of.case, parts, figures)
    blocks.append(Heading(PLAN))
    blocks.append(_plan(of.steps) if of.steps else Para(BLANK, is_quiet=True))
    blocks.append(Heading(EVALUATION))
    blocks += _words(of.case.evaluation, figures) or [Para(BLANK, is_quiet=True)]
    known = tuple((figure.says, figure.value) for figure in of.figures if figure.value)
    if known:
        blocks.append(Heading("Figures of the desk"))
        blocks.append(Para(f"As the desk stood on {show_day(of.made_on)}.", is_quiet=True))
        blocks.append(KeyValues("Figures", known))
    return Document(
        title=of.case.title,
        blocks=tuple(blocks),
        is_sample=of.is_sample,
        foot=f"{of.case.title} · {of.borough} · {show_day(of.made_on)}",
    )


def _parts(
    case: CaseDetails, parts: Sequence[tuple[str, str]], figures: Mapping[str, CaseFigure]
) -> Iterator[Block]:
    for field, name in parts:
        if name:
            yield Heading(name, 3)
        yield from _words(getattr(case, field), figures) or [Para(BLANK, is_quiet=True)]


def _words(text: str, figures: Mapping[str, CaseFigure]) -> list[Block]:
    """Return the paragraphs of *text*; lines that begin with a dash or a bullet are a list."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in filled(text, figures).splitlines():
        plain = line.strip()
        if plain[:1] in ("-", "•", "*") and plain[1:].strip():
            items.append(plain[1:].strip())
            continue
        if items:
            blocks.append(Bullets(tuple(items)))
            items = []
        if plain:
            blocks.append(Para(plain))
    if items:
        blocks.append(Bullets(tuple(items)))
    return blocks


def _plan(steps: Sequence[StepDetails]) -> Table:
    return Table(
        PLAN,
        (Column("How we will get there", share=0.6), Column("Week of"), Column("Done")),
        tuple(
            (
                step.what,
                "to be settled" if step.week_of is None else show_day(step.week_of),
                "" if step.done_on is None else show_day(step.done_on),
            )
            for step in steps
        ),
    )
