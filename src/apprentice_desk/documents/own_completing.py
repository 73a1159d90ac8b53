"""What can be written next in a clause: fields behind a brace, clauses behind ``{ref:``, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from apprentice_desk.documents.compose import DEFINITIONS, SIGNATURES
from apprentice_desk.documents.field_kinds import FieldKind
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.placing import parts_of
from apprentice_desk.documents.subjects import GIVEN
from apprentice_desk.documents.wording import Clause, DocumentType, Library
from apprentice_desk.documents.wording_text import TextBlock

MOST = 60
"""So many are offered at once; who looks for one types a letter more."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What can be written behind an open brace: *text*, closed where it is whole.

    *says* tells what it stands for.
    """

    text: str
    says: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing more is to be written in the brace."""
        return self.text.endswith("}")


@dataclass(frozen=True, slots=True)
class Offer:
    """Suggestions for the *begun* words behind the last open brace."""

    begun: str
    suggestions: tuple[Suggestion, ...]


_OPEN = re.compile(r"(?<!\{)(?:\{\{)*\{([a-z#][a-z0-9_:#-]*|)$")
_BUILT = {SIGNATURES: "Room to sign", DEFINITIONS: "The terms that the document defines"}


def types_with(library: Library, clause: Clause) -> tuple[DocumentType, ...]:
    """Return the newest document types that have *clause*, or would have it where it replaces."""
    sought = {clause.id, clause.replaces} - {""}
    return tuple(
        of for of in library.newest_types if of.id == clause.joins or sought & _ids_in(library, of)
    )


def _ids_in(library: Library, of: DocumentType) -> set[str]:
    standing = {each.id for _, all_of in parts_of(library, of, is_whole=False) for each in all_of}
    return standing | set(of.clause_ids)


def offer(library: Library, types: Sequence[DocumentType], before: str) -> Offer | None:
    """Return what can be written where a line goes *before* the cursor; None outside a brace.

    Of the fields those are offered that each of *types* can have; of the clauses those that stand
    in one of them with a number.
    """
    match = _OPEN.search(before)
    if match is None:
        return None
    begun = match[1]
    if begun.startswith("ref:"):
        found = _references(library, types, begun.removeprefix("ref:"))
    elif begun.startswith("table:"):
        found = _tables(types, begun.removeprefix("table:"))
    else:
        found = _fields(types, begun)
    return Offer(begun, tuple(islice(found, MOST)))


def _fits(begun: str, *words: str) -> bool:
    sought = begun.casefold()
    return any(sought in each.casefold() for each in words)


def _known(types: Sequence[DocumentType], name: str) -> bool:
    field = FIELDS[name]
    return not field.is_of_desk or all(name in GIVEN[of.subject] for of in types)


def _fields(types: Sequence[DocumentType], begun: str) -> Iterator[Suggestion]:
    whole = [
        each
        for name, each in FIELDS.items()
        if not each.kind.stands_alone and _known(types, name) and _fits(begun, name, each.label)
    ]
    first = [each for each in whole if begun and each.name.startswith(begun)]
    for field in first:
        yield Suggestion(f"{field.name}}}", field.label)
    for text, says in _WAYS:
        if text.startswith(begun):
            yield Suggestion(text, says)
    for field in whole:
        if field not in first:
            yield Suggestion(f"{field.name}}}", field.label)


_WAYS = (
    ("ref:", "the number of another clause"),
    ("table:", "a table, as a paragraph of its own"),
    ("when ", "when the paragraph applies"),
    ("#", "a label, for references to the paragraph"),
)


def _tables(types: Sequence[DocumentType], begun: str) -> Iterator[Suggestion]:
    for name, field in FIELDS.items():
        is_one = field.kind.stands_alone or field.kind is FieldKind.LINES
        if is_one and _known(types, name) and _fits(begun, name, field.label):
            yield Suggestion(f"table:{name}}}", field.label)
    for name, says in _BUILT.items():
        if _fits(begun, name, says):
            yield Suggestion(f"table:{name}}}", says)


def _references(
    library: Library, types: Sequence[DocumentType], begun: str
) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for of in types:
        for part, clauses in parts_of(library, of, is_whole=False):
            for clause in clauses:
                if part.kind.is_numbered and clause.id not in seen:
                    seen.add(clause.id)
                    yield from _reference(clause, begun)


def _reference(clause: Clause, begun: str) -> Iterator[Suggestion]:
    wanted, label_mark, label_begun = begun.partition("#")
    called = clause.replaces or clause.id
    if not label_mark and _fits(wanted, called, clause.title):
        yield Suggestion(f"ref:{called}}}", clause.title)
    if label_mark and wanted == called:
        for block in clause.blocks:
            if isinstance(block, TextBlock) and block.label.startswith(label_begun) and block.label:
                yield Suggestion(f"ref:{called}#{block.label}}}", f"{clause.title}, {block.label}")
