"""Wording and values put together: the tree of a document, its gaps, and what it was made of.

Numbers of clauses and what references say are worked out here, once, so that every kind of file
agrees.  Whatever is missing is found before anything is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from apprentice_desk.documents import conditions, fields, tree
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.signing import SIGNINGS
from apprentice_desk.documents.wording import (
    Clause,
    DocumentType,
    Library,
    Part,
    PartKind,
)
from apprentice_desk.documents.wording_text import (
    FieldPiece,
    Piece,
    Pieces,
    RefPiece,
    TableBlock,
    TextBlock,
    pieces,
)
from apprentice_desk.domain.findings import Finding, Level, Place

SIGNATURES = "signatures"
DEFINITIONS = "definitions"
"""Two tables that no value brings: room to sign, and the terms of the clauses that are in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause that the officer may leave out or put in, and whether it is in."""

    clause: Clause
    is_in: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A document made of wording and values.

    *gaps* are the fields without a value, in the order in which they stand in it; *findings* what
    keeps it from being issued.  *fields_used* are all it holds or turns on.
    """

    document: tree.Document
    type: DocumentType
    clauses: tuple[Clause, ...]
    choices: tuple[Choice, ...]
    fields_used: tuple[str, ...]
    gaps: tuple[str, ...]
    findings: tuple[Finding, ...]
    fingerprint: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing and every reference leads somewhere."""
        return not self.findings


def compose(
    library: Library,
    of: DocumentType,
    values: Mapping[str, Value],
    ticked: Mapping[str, bool] | None = None,
    versions: Mapping[str, int] | None = None,
    *,
    is_sample: bool = False,
    marked: frozenset[str] | None = None,
) -> Composed:
    """Return the document of a type for *values*.

    With *marked* every value shows as one that was filled in, those of these fields as wrong ones;
    a document that is issued has no such marks.

    *ticked* says of optional clauses whether they are in.  *versions* are those of the clauses in
    a document that was made before, which no other clause gets into; without them the newest are
    taken.  Raises Problem where the library does not have a clause.
    """
    return _Composing(library, of, values, ticked or {}, versions, is_sample, marked).composed()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A clause that is in, with its number; *labels* are the numbers of paragraphs."""

    clause: Clause
    part: Part
    number: str
    labels: Mapping[str, str]
    blocks: tuple[TextBlock | TableBlock, ...]


class _Composing:
    def __init__(
        self,
        library: Library,
        of: DocumentType,
        values: Mapping[str, Value],
        ticked: Mapping[str, bool],
        versions: Mapping[str, int] | None,
        is_sample: bool,
        marked: frozenset[str] | None,
    ) -> None:
        self._library, self._of, self._values = library, of, values
        self._ticked, self._versions, self._is_sample = ticked, versions, is_sample
        self._marked = marked
        self._used: dict[str, None] = {}
        self._gaps: dict[str, None] = {}
        self._findings: list[Finding] = []
        self._choices: list[Choice] = []
        self._parts = self._chosen()
        self._placed = self._counted()
        self._numbers = {each.clause.id: each for part in self._placed for each in part[1]}

    # --- which clauses are in

    def _holds(self, node: conditions.Node) -> bool:
        """Say whether *node* holds; what it turns on and is not known becomes a gap."""
        for name, _ in conditions.fields_in(node):
            self._used[name] = None
        for name in conditions.unknown_in(node, self._values):
            self._gaps[name] = None
        return bool(conditions.holds(node, self._values))

    def _chosen(self) -> list[tuple[Part, list[Clause]]]:
        chosen = []
        for part in self._of.parts:
            if not self._holds(part.applies):
                continue
            found = []
            for clause_id in part.clauses:
                if self._versions is not None and clause_id not in self._versions:
                    continue
                clause = self._library.clause(clause_id, (self._versions or {}).get(clause_id))
                if self._holds(clause.applies) and self._is_in(clause):
                    found.append(clause)
            if found:
                chosen.append((part, found))
        return chosen

    def _is_in(self, clause: Clause) -> bool:
        if not clause.is_optional:
            return True
        is_in = self._ticked.get(clause.id, clause.is_on)
        self._choices.append(Choice(clause, is_in))
        return is_in

    # --- numbers

    def _counted(self) -> list[tuple[Part, list[_Placed]]]:
        counted, last = [], 0
        for part, clauses in self._parts:
            placed = []
            for clause in clauses:
                blocks = tuple(each for each in clause.blocks if self._holds(each.when))
                number = ""
                if part.kind.is_numbered:
                    last += 1
                    number = str(last)
                placed.append(_Placed(clause, part, number, _labels(number, blocks), blocks))
            counted.append((part, placed))
        return counted

    def _reference(self, ref: RefPiece, inside: Clause) -> str:
        placed = self._numbers.get(ref.clause)
        number = None
        if placed is not None and placed.number:
            number = placed.labels.get(ref.label) if ref.label else placed.number
        if number is None:
            self._wrong(
                "DO001",
                f"The clause “{inside.title}” refers to “{ref.clause}”, which is not in the"
                " document.",
                "Put that clause in, or leave this one out.",
                inside.id,
            )
            return "[clause left out]"
        return f"clause {number}"

    def _wrong(self, code: str, message: str, remedy: str = "", field: str = "") -> None:
        found = Finding(Level.FILE, code, message, remedy, Place(field=field))
        if found not in self._findings:
            self._findings.append(found)

    # --- words

    def _run(self, piece: Piece, inside: Clause | None) -> tree.Run:
        match piece:
            case str():
                return piece
            case RefPiece():
                assert inside is not None  # titles are checked to hold no references
                return self._reference(piece, inside)
            case FieldPiece(name):
                field = FIELDS[name]
                self._used[name] = None
                value = self._values.get(name)
                if value is None:
                    self._gaps[name] = None
                    return tree.Gap(field.label)
                if isinstance(value, tuple):
                    return self._filled(name, _listed(value))
                return self._filled(name, fields.show(field, value))
            case _:  # pragma: no cover - the type check keeps it from being reached
                assert_never(piece)

    def _filled(self, name: str, text: str) -> tree.Run:
        if self._marked is None:
            return text
        return tree.Filled(text, is_wrong=name in self._marked)

    def _filled_words(self, name: str, text: str) -> tree.Words:
        run = self._filled(name, text)
        return run if isinstance(run, str) else (run,)

    def _words(self, found: Pieces, inside: Clause | None) -> tree.Words:
        return _joined(self._run(each, inside) for each in found)

    # --- blocks

    def _block(
        self, placed: _Placed, block: TextBlock | TableBlock, number: str
    ) -> Iterator[tree.Block]:
        clause = placed.clause
        if isinstance(block, TableBlock):
            yield from self._table(block.field, placed)
            return
        words = self._words(block.pieces, clause)
        items = tuple(self._words(each, clause) for each in block.items)
        if not number:
            yield tree.Para(words)
            if items:
                yield tree.Bullets(items)
            return
        yield tree.Numbered(number, words)
        if items:
            yield tree.Bullets(items, tuple(map(_letter, range(len(items)))), indent=1)

    def _table(self, name: str, placed: _Placed) -> Iterator[tree.Block]:
        indent = 1 if placed.number else 0
        if name == SIGNATURES:
            yield tree.Signatures(self._signatories())
            return
        if name == DEFINITIONS:
            yield from self._definitions()
            return
        field, value = FIELDS[name], self._values.get(name)
        self._used[name] = None
        match value:
            case TableValue():
                yield _table(field.label, value)
            case tuple():
                yield tree.Bullets(
                    tuple(self._filled_words(name, each) for each in value), indent=indent
                )
            case None:
                self._gaps[name] = None
                yield tree.Para((tree.Gap(field.label),))
            case _:
                yield tree.Para(self._filled_words(name, fields.show(field, value)))

    def _signatories(self) -> tuple[tree.Signatory, ...]:
        found = []
        for each in self._of.signs:
            signing = SIGNINGS[each]
            role = tree.plain(self._heading_words(signing.role))
            self._used[signing.name] = None
            is_blank = signing.may_be_blank and self._values.get(signing.name) is None
            name = "" if is_blank else tree.plain(self._words((FieldPiece(signing.name),), None))
            found.append(tree.Signatory(role, name))
        return tuple(found)

    def _definitions(self) -> Iterator[tree.Block]:
        """Yield the defined terms of the clauses that are in, by letter."""
        meant = [
            (term, placed.clause, meaning)
            for _, clauses in self._placed
            for placed in clauses
            for term, meaning in placed.clause.meanings.items()
        ]
        for term, clause, meaning in sorted(meant, key=lambda each: each[0].casefold()):
            yield tree.Para(
                tree.joined((tree.Bold(term),), " means ", self._words(meaning, clause))
            )

    def _part(self, part: Part, placed: Iterable[_Placed], schedule: str) -> Iterator[tree.Block]:
        if not part.kind.is_numbered:
            if part.title:
                yield tree.Heading(part.title)
            for each in placed:
                for block in each.blocks:
                    yield from self._block(each, block, "")
            return
        title = f"{schedule}{part.title}"
        if title:
            yield tree.Heading(title)
        for each in placed:
            yield self._clause(each, level=3 if title else 2)

    def _clause(self, placed: _Placed, level: int) -> tree.Clause:
        made: list[tree.Block] = []
        numbers = _paragraph_numbers(placed.number, placed.blocks)
        for block, number in zip(placed.blocks, numbers, strict=True):
            made.extend(self._block(placed, block, number))
        return tree.Clause(placed.number, placed.clause.title, tuple(made), level)

    # --- the whole

    def composed(self) -> Composed:
        of, settings = self._of, self._library.settings
        blocks: list[tree.Block] = []
        title = tree.plain(self._heading_words(of.title))
        subtitle = self._heading_words(of.subtitle)
        if subtitle:
            blocks.append(tree.Para(subtitle))
        opening: list[tree.Block] = []
        schedules = 0
        for part, placed in self._placed:
            if part.kind is PartKind.HEAD:
                opening.extend(self._part(part, placed, ""))
                continue
            schedule = ""
            if part.kind is PartKind.SCHEDULE:
                schedules += 1
                schedule = f"Schedule {schedules}. "
                blocks.append(tree.NewPage())
            blocks.extend(self._part(part, placed, schedule))
        clauses = tuple(each.clause for _, found in self._placed for each in found)
        fingerprint = _fingerprint(of, clauses)
        blocks.extend(_appendix(of, clauses, settings.model_note, settings.owner, fingerprint))
        reference = self._values.get("document_reference")
        for name in self._gaps:
            label = FIELDS[name].label
            self._findings.append(
                Finding(Level.FILE, "DO002", f"{label} is missing.", "", Place(field=name))
            )
        is_letter = any(part.kind is PartKind.LETTER for part in of.parts)
        document = tree.Document(
            title=title,
            blocks=tuple(blocks),
            is_sample=self._is_sample,
            head="" if is_letter else of.name,
            footer=tree.Footer(
                reference if isinstance(reference, str) else "", f"wording {settings.version}"
            ),
            opening=tuple(opening),
            is_prose=True,
        )
        return Composed(
            document=document,
            type=of,
            clauses=clauses,
            choices=tuple(self._choices),
            fields_used=tuple(self._used),
            gaps=tuple(self._gaps),
            findings=tuple(self._findings),
            fingerprint=fingerprint,
        )

    def _heading_words(self, text: str) -> tree.Words:
        return self._words(pieces(text), None) if text else ""


def _joined(runs: Iterable[tree.Run]) -> tree.Words:
    """Return *runs* as one text; plain ones beside each other are one."""
    found: list[tree.Run] = []
    for run in runs:
        last = found[-1] if found else None
        if isinstance(run, str) and isinstance(last, str):
            found[-1] = last + run
        else:
            found.append(run)
    return tree.joined(*(run if isinstance(run, str) else (run,) for run in found))


def _labels(number: str, blocks: Iterable[TextBlock | TableBlock]) -> Mapping[str, str]:
    kept = tuple(blocks)
    return {
        block.label: paragraph
        for block, paragraph in zip(kept, _paragraph_numbers(number, kept), strict=True)
        if isinstance(block, TextBlock) and block.label
    }


def _paragraph_numbers(number: str, blocks: Iterable[TextBlock | TableBlock]) -> list[str]:
    """Return the number of each block, "7.2"; tables have none."""
    numbers, last = [], 0
    for block in blocks:
        if isinstance(block, TextBlock) and number:
            last += 1
            numbers.append(f"{number}.{last}")
        else:
            numbers.append("")
    return numbers


def _letter(at: int) -> str:
    """Return "(a)" to "(z)", then "(aa)" and on."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return f"({letters})"


def _listed(values: tuple[str, ...]) -> str:
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} and {values[-1]}"


def _table(name: str, value: TableValue) -> tree.Table:
    return tree.Table(
        name,
        tuple(
            tree.Column(heading, is_right=at in value.right)
            for at, heading in enumerate(value.headings)
        ),
        value.rows,
        is_boxed=bool(value.blank),
        least_lines=2 if value.blank else 1,
        has_row_headings=True,
    )


def _appendix(
    of: DocumentType, clauses: tuple[Clause, ...], note: str, owner: str, fingerprint: str
) -> Iterator[tree.Block]:
    yield tree.NewPage()
    yield tree.Heading("About the wording of this document")
    yield tree.Para(note)
    yield tree.Para(f"Its owner is {owner}. Type: {of.name}, version {of.version}.")
    rows = tuple((each.title, each.id, str(each.version), each.owner) for each in clauses)
    columns = tuple(map(tree.Column, ("Clause", "Known as", "Version", "Owner")))
    yield tree.Table("Clauses of this document, with their versions", columns, rows)
    yield tree.Para(f"Fingerprint of this wording: {fingerprint}", is_quiet=True)


def _fingerprint(of: DocumentType, clauses: Iterable[Clause]) -> str:
    """Return the fingerprint of the wording that a document is made of, values left aside."""
    parts = [of.fingerprint, *(each.fingerprint for each in clauses)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
