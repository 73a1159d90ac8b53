"""What wording says, in full and as it is written, so that two versions are compared whole.

Nothing is filled in and nothing left out: a field stands as its name, a condition as what it
asks.  Comparing is bounded: a text made to take for ever is shown as taken out and put in whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import assert_never

from apprentice_desk.documents import conditions
from apprentice_desk.documents.compose import DEFINITIONS, SIGNATURES
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.newer_wording import Fate, Words
from apprentice_desk.documents.wording import Clause, DocumentType, Library
from apprentice_desk.documents.wording_text import (
    FieldPiece,
    Pieces,
    RefPiece,
    TableBlock,
    pieces,
)
from apprentice_desk.domain.calendar import show_day

MOST_PAIRS = 60_000
"""So many pairs of equal words are looked at; plain English of this length has far fewer."""

_WORD = re.compile(r"\S+[^\S\n]*|\s")
_BUILT = {SIGNATURES: "Signatures", DEFINITIONS: "Definitions"}


def words_of(library: Library, of: Clause | DocumentType) -> str:
    """Return all that a version says, a paragraph or an item to a line.

    *library* tells the titles of the clauses that it names.
    """
    lines = _clause(library, of) if isinstance(of, Clause) else _type(library, of)
    return "\n".join(lines)


def _clause(library: Library, clause: Clause) -> Iterator[str]:
    yield clause.title
    if clause.replaces:
        yield f"[Stands in place of “{title_of(library, clause.replaces)}”]"
    if clause.joins:
        yield f"[Stands in {clause.joins}, behind “{title_of(library, clause.follows)}”]"
    if clause.applies != conditions.ALWAYS:
        yield f"[Only where {said(clause.applies)}]"
    if clause.is_optional:
        yield f"[Optional, {'in' if clause.is_on else 'out'} to begin with]"
    for block in clause.blocks:
        only = "" if block.when == conditions.ALWAYS else f"[Only where {said(block.when)}] "
        if isinstance(block, TableBlock):
            yield f"{only}[{_called(block.field)}]"
            continue
        yield only + _words(library, block.pieces)
        for item in block.items:
            yield f"• {_words(library, item)}"
    for term, meaning in clause.meanings.items():
        yield f"{term} means {_words(library, meaning)}"
    if clause.proper_names:
        yield f"[Names: {', '.join(sorted(clause.proper_names))}]"
    if clause.guidance:
        yield f"[Guidance: {clause.guidance}]"
    yield f"[{clause.owner}; to be read again by {show_day(clause.review_by)}]"


def _type(library: Library, of: DocumentType) -> Iterator[str]:
    yield f"{of.name}, about a {of.subject}"
    yield _words(library, pieces(of.title))
    if of.subtitle:
        yield _words(library, pieces(of.subtitle))
    if of.summary:
        yield f"[{of.summary}]"
    for part in of.parts:
        heading = f"{part.title or part.kind.value.capitalize()} ({part.kind.value})"
        applies = part.applies != conditions.ALWAYS
        yield heading + (f" [Only where {said(part.applies)}]" if applies else "")
        for clause_id in part.clauses:
            yield f"• {title_of(library, clause_id)}"
    if of.to_come:
        yield f"[Not to be past: {', '.join(map(_called, of.to_come))}]"
    if of.checks:
        yield f"[Checked: {', '.join(of.checks)}]"
    yield f"[{of.voice.value}; {of.owner}; to be read again by {show_day(of.review_by)}]"


def title_of(library: Library, clause_id: str) -> str:
    """Return the title of a clause, or its id where the library does not have it."""
    return library.clause(clause_id).title if library.has(clause_id) else clause_id


def _words(library: Library, found: Pieces) -> str:
    return "".join(_piece(library, each) for each in found)


def _piece(library: Library, piece: str | FieldPiece | RefPiece) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, FieldPiece):
        return f"[{_called(piece.field)}]"
    label = f", {piece.label}" if piece.label else ""
    return f"clause “{title_of(library, piece.clause)}”{label}"


def _called(name: str) -> str:
    if name in _BUILT:
        return _BUILT[name]
    return FIELDS[name].label if name in FIELDS else name


def said(node: conditions.Node) -> str:
    """Return a condition in words, such as "Law is PCR 2015 and not (Light touch)"."""
    match node:
        case conditions.Named(field):
            return _called(field)
        case conditions.Known(field):
            return f"{_called(field)} is known"
        case conditions.OneOf(field, words):
            return f"{_called(field)} is {' or '.join(words)}"
        case conditions.Not(inner):
            return f"not ({said(inner)})"
        case conditions.All(parts):
            return " and ".join(_bracketed(each) for each in parts)
        case conditions.Any(parts):
            return " or ".join(_bracketed(each) for each in parts)
        case _:  # pragma: no cover - the type check keeps it from being reached
            assert_never(node)


def _bracketed(node: conditions.Node) -> str:
    is_more = isinstance(node, conditions.All | conditions.Any)
    return f"({said(node)})" if is_more else said(node)


def compared(
    library: Library, before: Clause | DocumentType, after: Clause | DocumentType
) -> tuple[Words, ...]:
    """Return what two versions say, one in the other, word by word."""
    return compare_within(words_of(library, before), words_of(library, after))


def compare_within(before: str, after: str) -> tuple[Words, ...]:
    """Return both texts in one, by paragraphs first and word by word within those that changed.

    What goes stands before what comes.  Where finding that out would take too long, the whole of
    one is shown as going and the whole of the other as coming.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    runs: list[Words] = []

    def add(fate: Fate, text: str) -> None:
        if text and runs and runs[-1].fate is fate:
            runs[-1] = Words(fate, runs[-1].text + text)
        elif text:
            runs.append(Words(fate, text))

    for is_same, gone, come in _parted(old, new):
        if is_same:
            add(Fate.SAME, gone)
            continue
        for same_words, out, into in _parted(_WORD.findall(gone), _WORD.findall(come)):
            if same_words:
                add(Fate.SAME, out)
            else:
                add(Fate.OUT, out)
                add(Fate.IN, into)
    return tuple(runs)


def _parted(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Yield stretches of both in turn, joined, and whether they are the same."""
    if old == new:
        yield True, "".join(old), "".join(new)
        return
    count, other = Counter(old), Counter(new)
    if sum(times * other[each] for each, times in count.items()) > MOST_PAIRS:
        yield False, "".join(old), "".join(new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield what == "equal", "".join(old[old_from:old_to]), "".join(new[new_from:new_to])


def signed(runs: Iterable[Words]) -> str:
    """Return two versions in one as plain text: [−what goes−] and {+what comes+}."""
    said = []
    for run in runs:
        text = run.text.rstrip()
        breaks = run.text[len(text) :]
        if run.fate is Fate.SAME or not text:
            said.append(run.text)
        elif run.fate is Fate.OUT:
            said.append(f"[−{text}−]{breaks}")
        else:
            said.append(f"{{+{text}+}}{breaks}")
    return "".join(said)
