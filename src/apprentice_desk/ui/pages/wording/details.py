"""What is asked about a clause, its text first, and what of its text shows as what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from apprentice_desk.documents import conditions
from apprentice_desk.documents.own_text import OwnClause, terms_in
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.marked_text import Look


@dataclass(frozen=True, slots=True)
class ClauseDetails:
    """What the form edits."""

    text: str = ""
    title: str = ""
    written_by: str = ""
    owner: str = ""
    review_by: date | None = None
    guidance: str = ""
    applies: str = ""
    is_optional: bool = False
    is_on: bool = True
    proper_names: str = ""
    defines: str = ""


def _condition(text: str) -> str:
    conditions.parse(text)
    return text


def _terms(text: str) -> str:
    for term, meaning in terms_in(text).items():
        if not meaning:
            raise ValueError(f"“{term}” has no meaning. Write it as Term: meaning.")
    return text


TEXT = Field(
    "text", "Text of the clause", "long text", rows=14,
    help="{ lists the fields, {ref: the clauses, {table: the tables. Ctrl+Space lists them again.",
)  # fmt: skip
FIELDS = (
    TEXT,
    Field("title", "Title", required=True, group="Details"),
    Field(
        "written_by", "Written by", required=True, help="Another person approves it.", width=30,
    ),
    Field(
        "owner", "Owner", required=True, beside=True, width=30,
        help="Who keeps it up to date; documents say so.",
    ),
    Field(
        "review_by", "To be read again by", "date", required=True,
        help="A day to come. Today shows it before.",
    ),
    Field(
        "guidance", "Guidance for officers", "long text", rows=3,
        help="When to use it, and what to fill in. It stands in no document.",
    ),
    Field(
        "applies", "Only when", group="When it is in a document", parse=_condition,
        help='Blank: always. Such as: regime == "PCR 2015" and known(framework)',
    ),
    Field("is_optional", "It may be left out", "tick", help="By whoever makes a document."),
    Field("is_on", "It is in to begin with", "tick"),
    Field(
        "proper_names", "Names with capitals in it", group="Its words",
        help="Parted by semicolons, such as: Town Hall; High Street. They are no defined terms.",
    ),
    Field(
        "defines", "Terms that it defines", "long text", rows=3,
        help="A line for each, such as: Order: what the Council asks for",
    ),
)  # fmt: skip


def details_of(own: OwnClause, written_by: str) -> ClauseDetails:
    """Return what the form shows of a clause."""
    return ClauseDetails(
        text=own.text,
        title=own.title,
        written_by=written_by,
        owner=own.owner,
        review_by=own.review_by,
        guidance=own.guidance,
        applies=own.applies,
        is_optional=own.is_optional,
        is_on=own.is_on,
        proper_names=own.proper_names,
        defines=own.defines,
    )


def with_details(own: OwnClause, details: ClauseDetails) -> OwnClause:
    """Return a clause as it stands in the form."""
    return replace(
        own,
        title=details.title,
        text=details.text.strip(),
        owner=details.owner,
        review_by=details.review_by,
        guidance=details.guidance,
        applies=details.applies,
        is_optional=details.is_optional,
        is_on=details.is_on,
        proper_names=details.proper_names,
        defines=details.defines,
    )


LOOKS = (
    (re.compile(r"\{[a-z][a-z0-9_]*\}"), Look("accent_text", is_bold=True)),
    (re.compile(r"\{table:[a-z][a-z0-9_]*\}"), Look("accent_text", is_bold=True)),
    (re.compile(r"\{ref:[a-z0-9#-]+\}"), Look("note_text", is_underlined=True)),
    (re.compile(r"\{when [^{}]*\}|\{#[a-z0-9-]+\}"), Look("text_quiet", is_italic=True)),
)
"""Fields are bold, references underlined, conditions and labels slanted; in colours of their own
besides."""

HOW_TO_WRITE: Mapping[str, str] = {
    "{field}": "what the desk knows or the form asks for; type { to choose",
    "{ref:clause}": "the number of another clause; it says “clause 7” by itself",
    "{table:field}": "a table, alone in its paragraph",
    "{when …}": "at the beginning of a paragraph: only then it is there",
    "{#label}": "at the beginning of a paragraph, for references to it",
    "- item": "a line of a list, below its paragraph",
    "empty line": "a new paragraph",
    "{{ and }}": "braces that are meant",
}


def in_a_year(today: date) -> date:
    """Return the same day of the next year; of 29 February the day before."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)
