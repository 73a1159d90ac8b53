"""The record of one apprenticeship as a document: facts, figures, and the story in time order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apprentice_desk.documents.tree import Block, Column, Document, Heading, KeyValues, Para, Table
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.story import Happening, happened


@dataclass(frozen=True, slots=True)
class RecordedOf:
    """Whose record it is: the facts at its top, and who made it when.

    *facts* and *figures* are pairs of what and how much, as the program shows them; *others* the
    person's other apprenticeships in words.
    """

    name: str
    standard: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    why: str
    borough: str
    made_on: date
    is_sample: bool
    others: tuple[str, ...] = ()


def record_paper(of: RecordedOf, told: Sequence[Happening], *, with_plans: bool = True) -> Document:
    """Return the record; what is only planned stands in a table of its own, or is left out."""
    blocks: list[Block] = [
        Para(of.standard, is_quiet=True),
        KeyValues("Facts", of.facts),
        Heading("Off-the-job training"),
        KeyValues("Hours", of.figures),
    ]
    if of.why:
        blocks.append(Para(of.why))
    if of.others:
        blocks.append(Heading("Other apprenticeships"))
        blocks += [Para(each) for each in of.others]
    past = happened(told)
    blocks.append(Heading("What happened"))
    blocks.append(
        _table("What happened", past) if past else Para("Nothing is recorded yet.", is_quiet=True)
    )
    coming = tuple(each for each in told if each.is_to_come)
    if with_plans and coming:
        blocks.append(Heading("What is planned"))
        blocks.append(_table("What is planned", coming))
    return Document(
        title=f"Record of the apprenticeship of {of.name}",
        blocks=tuple(blocks),
        is_sample=of.is_sample,
        foot=f"{of.name} · {of.borough} · {show_day(of.made_on)} · names people: keep it safe",
    )


def _table(name: str, told: Sequence[Happening]) -> Table:
    return Table(
        name,
        (
            Column("Day"),
            Column("About", share=0.16),
            Column("What", share=0.32),
            Column("Details", share=0.4),
        ),
        tuple(
            (table_day(each.on), str(each.about).capitalize(), each.what, each.details)
            for each in told
        ),
    )
