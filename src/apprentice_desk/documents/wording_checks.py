"""What the library of wording must be like, checked without making a document.

Every reference and field exists, every condition can be decided, every defined term is defined
once and used, parties are called the same throughout, and what was released was not edited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import assert_never

from apprentice_desk.documents import conditions
from apprentice_desk.documents.compose import APPROVAL, CHANGES, DEFINITIONS, SIGNATURES
from apprentice_desk.documents.document_checks import CHECKS
from apprentice_desk.documents.field_kinds import FieldKind
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.placing import parts_of
from apprentice_desk.documents.signing import SIGNINGS
from apprentice_desk.documents.subjects import GIVEN
from apprentice_desk.documents.wording import (
    Clause,
    DocumentType,
    Library,
    Voice,
    WordingStatus,
)
from apprentice_desk.documents.wording_text import (
    FieldPiece,
    Pieces,
    RefPiece,
    TableBlock,
    TextBlock,
    pieces,
    words_of,
)
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place

_BUILT = frozenset((SIGNATURES, APPROVAL, DEFINITIONS, CHANGES))
_WORD = re.compile(r"[A-Z][\w’'-]*")
_BEGINS = re.compile(r"(?:^|[.?!:;\n]|—)\s*[“(]?$")
_SAID_ALREADY = re.compile(r"\b(?:clauses?|paragraphs?)\s$", re.IGNORECASE)
_SPEAKING = re.compile(r"\b(?:we|us|our|ours|you|your|yours)\b", re.IGNORECASE)
_NAMED = re.compile(r"\bthe (?:Council|Provider|bidders?)\b", re.IGNORECASE)


def check_library(library: Library) -> tuple[Finding, ...]:
    """Return everything that is wrong with *library*; nothing where it is in order."""
    found: list[Finding] = []

    def wrong(code: str, where: str, message: str, remedy: str = "") -> None:
        found.append(Finding(Level.FILE, code, message, remedy, Place(file=where)))

    for clause in library.clauses:
        _check_clause(clause, wrong)
        _check_seal(library, clause, wrong)
    for of in library.types:
        _check_seal(library, of, wrong)
        _check_type(library, of, wrong)
    in_use = {each for of in library.types for each in of.clause_ids}
    in_use |= {each.id for each in library.clauses if each.replaces or each.joins}
    for clause_id in sorted({each.id for each in library.clauses} - in_use):
        wrong("WD016", f"clauses/{clause_id}", f"No document has the clause “{clause_id}”.")
    return tuple(found)


def check_placed(library: Library, of: Clause | DocumentType) -> tuple[Finding, ...]:
    """Return what is wrong with one version, and with the document types that it stands in."""
    found: list[Finding] = []

    def wrong(code: str, where: str, message: str, remedy: str = "") -> None:
        found.append(Finding(Level.FILE, code, message, remedy, Place(file=where)))

    if isinstance(of, DocumentType):
        _check_type(library, of, wrong)
        return tuple(found)
    _check_clause(of, wrong)
    _check_place(library, of, wrong)
    for each in library.newest_types:
        if any(of in clauses for _, clauses in parts_of(library, each, is_whole=False)):
            _check_type(library, each, wrong)
    return tuple(found)


def check_clause(library: Library, clause: Clause) -> tuple[Finding, ...]:
    """Return what is wrong with one clause by itself: with its words, and where it is to stand."""
    found: list[Finding] = []

    def wrong(code: str, where: str, message: str, remedy: str = "") -> None:
        found.append(Finding(Level.FILE, code, message, remedy, Place(file=where)))

    _check_clause(clause, wrong)
    _check_place(library, clause, wrong)
    return tuple(found)


def _check_place(library: Library, clause: Clause, wrong: Wrong) -> None:
    """Find a variant of nothing, one of two variants, and a clause that follows nothing."""
    where = _file(clause)
    if clause.replaces and not library.has(clause.replaces):
        wrong("WD022", where, f"There is no clause “{clause.replaces}” that it could replace.")
    others = (each for each in library.newest_clauses if each.id != clause.id)
    twin = next(
        (each for each in others if each.replaces and each.replaces == clause.replaces), None
    )
    if twin is not None:
        wrong(
            "WD023",
            where,
            f"“{twin.title}” ({twin.id}) replaces “{clause.replaces}” already.",
            "Withdraw that one, or write its next version.",
        )
    types = {each.id: each for each in library.newest_types}
    if clause.joins and clause.joins not in types:
        wrong("WD022", where, f"There is no document type “{clause.joins}” that it could join.")
    elif clause.joins:
        there = {
            each.id
            for _, all_of in parts_of(library, types[clause.joins], is_whole=False)
            for each in all_of
        }
        there |= set(types[clause.joins].clause_ids)
        if clause.follows not in there - {clause.id}:
            wrong(
                "WD022",
                where,
                f"“{clause.follows}” is no clause of “{types[clause.joins].name}”,"
                " so nothing can follow it.",
            )


def check_reviews(library: Library, today: date) -> tuple[Finding, ...]:
    """Return which wording is due to be read again on *today*, as notes.

    The newest released versions count: what they took the place of is read no more.
    """
    every: tuple[Clause | DocumentType, ...] = (*library.newest_clauses, *library.newest_types)
    return tuple(
        Finding(
            Level.NOTE,
            "WD020",
            f"{each.id}, version {each.version}, was to be read again by"
            f" {show_day(each.review_by)}.",
            f"Its owner is {each.owner}.",
            Place(file=_file(each)),
        )
        for each in every
        if each.review_by < today
    )


Wrong = Callable[..., None]


def _file(of: Clause | DocumentType) -> str:
    folder = "clauses" if isinstance(of, Clause) else "documents"
    return f"{folder}/{of.id}.{of.version}"


def _check_seal(library: Library, of: Clause | DocumentType, wrong: Wrong) -> None:
    if of.status is WordingStatus.DRAFT:
        return
    sealed = library.settings.sealed.get(_file(of))
    if sealed is None:
        wrong(
            "WD001",
            _file(of),
            f"{of.id}, version {of.version}, is released and not sealed.",
            f'In library.toml below [sealed] write: "{_file(of)}" = "{of.fingerprint}"',
        )
    elif sealed != of.fingerprint:
        wrong(
            "WD002",
            _file(of),
            f"{of.id}, version {of.version}, was edited after it was released.",
            "Put it back as it was, and write a new version beside it.",
        )


# --- clauses --------------------------------------------------------------------------------------


def _all_pieces(clause: Clause) -> Iterator[Pieces]:
    """Yield the words of a clause by sentence group: paragraphs, items, what its terms mean."""
    for block in clause.blocks:
        if isinstance(block, TextBlock):
            yield block.pieces
            yield from block.items
    yield from clause.meanings.values()


def _conditions(clause: Clause) -> Iterator[conditions.Node]:
    yield clause.applies
    for block in clause.blocks:
        yield block.when


def _check_clause(clause: Clause, wrong: Wrong) -> None:
    where = _file(clause)
    for node in _conditions(clause):
        _check_condition(node, where, wrong)
    for found in _all_pieces(clause):
        _check_fields(found, where, wrong)
        _check_said_once(found, where, wrong)
    for block in clause.blocks:
        if isinstance(block, TableBlock) and block.field not in _BUILT:
            _check_table(block.field, where, wrong)
    labels = Counter(
        block.label for block in clause.blocks if isinstance(block, TextBlock) and block.label
    )
    for label, count in labels.items():
        if count > 1:
            wrong("WD003", where, f"The label “{label}” stands {count} times.")


def _check_fields(found: Pieces, where: str, wrong: Wrong) -> None:
    for piece in found:
        if not isinstance(piece, FieldPiece):
            continue
        field = FIELDS.get(piece.field)
        if field is None:
            wrong("WD004", where, f"There is no field “{piece.field}”.")
        elif field.kind is FieldKind.TABLE:
            wrong(
                "WD005",
                where,
                f"The table “{piece.field}” stands within a sentence.",
                f"Write {{table:{piece.field}}} as a paragraph of its own.",
            )


def _check_said_once(found: Pieces, where: str, wrong: Wrong) -> None:
    for before, piece in pairwise(found):
        is_said = isinstance(before, str) and _SAID_ALREADY.search(before)
        if is_said and isinstance(piece, RefPiece):
            wrong(
                "WD021",
                where,
                f"“{piece.clause}” is referred to as “clause clause”.",
                "Leave the word out: a reference says it.",
            )


def _check_table(name: str, where: str, wrong: Wrong) -> None:
    field = FIELDS.get(name)
    if field is None:
        wrong("WD004", where, f"There is no field “{name}”.")
    elif not field.kind.stands_alone and field.kind is not FieldKind.LINES:
        wrong("WD006", where, f"“{name}” is no table and no list: it stands in a sentence.")


def _check_condition(node: conditions.Node, where: str, wrong: Wrong) -> None:
    for name, words in conditions.fields_in(node):
        field = FIELDS.get(name)
        if field is None:
            wrong("WD004", where, f"There is no field “{name}”.")
            continue
        for word in words:
            if field.kind is not FieldKind.CHOICE or word not in field.choices:
                wrong("WD007", where, f"“{name}” never says “{word}”.")
    for name in _asked_as_yes_no(node):
        if name in FIELDS and FIELDS[name].kind is not FieldKind.YES_NO:
            wrong("WD008", where, f"“{name}” is not yes or no.", f"Perhaps known({name}) is meant.")


def _asked_as_yes_no(node: conditions.Node) -> Iterator[str]:
    match node:
        case conditions.Named(field):
            yield field
        case conditions.Not(inner):
            yield from _asked_as_yes_no(inner)
        case conditions.All(parts) | conditions.Any(parts):
            for each in parts:
                yield from _asked_as_yes_no(each)
        case conditions.Known() | conditions.OneOf():
            return
        case _:  # pragma: no cover - the type check keeps it from being reached
            assert_never(node)


# --- document types -------------------------------------------------------------------------------


def _check_type(library: Library, of: DocumentType, wrong: Wrong) -> None:
    where = _file(of)
    for words in (of.title, of.subtitle):
        _check_fields(pieces(words), where, wrong)
        if any(isinstance(each, RefPiece) for each in pieces(words)):
            wrong("WD009", where, "A title refers to a clause.")
    for part in of.parts:
        _check_condition(part.applies, where, wrong)
    for name in of.to_come:
        if name not in FIELDS or FIELDS[name].kind is not FieldKind.DAY:
            wrong("WD010", where, f"“{name}” is not the field of a day.")
    for name in of.checks:
        if name not in CHECKS:
            wrong("WD010", where, f"There is no check “{name}”.")
    for name in of.signs:
        if name not in SIGNINGS:
            wrong("WD010", where, f"Nobody is called “{name}” who could sign.")
    for clause_id, count in Counter(of.clause_ids).items():
        if not library.has(clause_id):
            wrong("WD011", where, f"The clause “{clause_id}” has no released version.")
        if count > 1:
            wrong("WD011", where, f"The clause “{clause_id}” stands {count} times.")
    parts = parts_of(library, of, is_whole=False)
    clauses = [each for _, all_of in parts for each in all_of]
    _check_given(of, clauses, wrong)
    _check_references(library, of, wrong)
    _check_terms(library, of, clauses, wrong)
    for clause in clauses:
        _check_voice(library, of, clause, wrong)


def _check_given(of: DocumentType, clauses: Iterable[Clause], wrong: Wrong) -> None:
    """Find fields that only the desk can know, in documents on what does not tell them."""
    given = GIVEN[of.subject]
    for clause in clauses:
        names = {
            piece.field
            for found in _all_pieces(clause)
            for piece in found
            if isinstance(piece, FieldPiece)
        }
        names |= {block.field for block in clause.blocks if isinstance(block, TableBlock)}
        names |= {name for node in _conditions(clause) for name, _ in conditions.fields_in(node)}
        for name in sorted(names - _BUILT):
            if name in FIELDS and FIELDS[name].is_of_desk and name not in given:
                wrong(
                    "WD012",
                    _file(of),
                    f"{clause.id} holds “{name}”, which is never known of {of.subject.one}.",
                )


def _check_references(library: Library, of: DocumentType, wrong: Wrong) -> None:
    parts = parts_of(library, of, is_whole=False)
    numbered: dict[str, Clause] = {}
    for part, clauses in parts:
        if part.kind.is_numbered:
            numbered |= {each.id: each for each in clauses}
            numbered |= {each.replaces: each for each in clauses if each.replaces}
    for _, clauses in parts:
        for clause in clauses:
            refs = [
                piece
                for found in _all_pieces(clause)
                for piece in found
                if isinstance(piece, RefPiece)
            ]
            for ref in refs:
                if ref.clause not in numbered or not _has_label(numbered[ref.clause], ref):
                    shown = f"{ref.clause}#{ref.label}" if ref.label else ref.clause
                    wrong(
                        "WD013", _file(of), f"{clause.id} refers to “{shown}”, which is not there."
                    )


def _has_label(clause: Clause, ref: RefPiece) -> bool:
    labels = {block.label for block in clause.blocks if isinstance(block, TextBlock)}
    return not ref.label or ref.label in labels


def _check_terms(
    library: Library, of: DocumentType, clauses: Iterable[Clause], wrong: Wrong
) -> None:
    kept = tuple(clauses)
    by_term = Counter(term for clause in kept for term in clause.defines)
    for term, count in by_term.items():
        if count > 1:
            wrong("WD014", _file(of), f"“{term}” is defined {count} times.")
    # the longest first, so that a term within the name of a law is no use of the term
    names = library.settings.proper_names.union(*(clause.proper_names for clause in kept))
    known = sorted((*by_term, *names), key=len, reverse=True)
    used: set[str] = set()
    for clause in kept:
        for found in _all_pieces(clause):
            text = words_of(found)
            for each in known:
                left = re.sub(rf"\b{re.escape(each)}(?:s|es|’s|s’)?(?!\w)", " ", text)
                if left != text:
                    used.add(each)
                text = left
            for word in _undefined(text):
                wrong(
                    "WD015",
                    _file(of),
                    f"{clause.id} writes “{word}” as a defined term, and nothing defines it.",
                    "Define it, write it small, or add it to the proper names of library.toml.",
                )
    for term in sorted(set(by_term) - used):
        wrong("WD017", _file(of), f"“{term}” is defined and never used.")


def _undefined(text: str) -> Iterator[str]:
    """Yield the words with a capital that begin no sentence."""
    for match in _WORD.finditer(text):
        if not _BEGINS.search(text[: match.start()]):
            yield match[0]


def _check_voice(library: Library, of: DocumentType, clause: Clause, wrong: Wrong) -> None:
    pattern = _SPEAKING if of.voice is Voice.NAMES else _NAMED
    for found in _all_pieces(clause):
        text = words_of(found)
        if match := pattern.search(text):
            wrong(
                "WD018",
                _file(of),
                f"{clause.id} says “{match[0]}”; this document speaks as: {of.voice.value}.",
            )
        for word, instead in library.settings.not_words.items():
            if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
                wrong("WD019", _file(clause), f"{clause.id} says “{word}”.", f"Write {instead}.")
