"""The text of a clause, taken apart: paragraphs, lists and tables, and the fields in them.

    {#label} {when known(framework)} The Council awards a contract to {provider_name}.

    - as {ref:price-and-payment} says;
    - under {ref:ending#notice}.

    {table:criteria}

Blocks are parted by an empty line.  A paragraph may begin with a label, for references to it, and
with when it applies; lines that begin with ``- `` are the items of a list that belongs to the
paragraph before it; ``{table:field}`` alone is a table.  A reference reads as "clause 7.2".  A
brace that is meant is written twice, and a line that ends with a backslash ends there in the
document too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apprentice_desk.documents import conditions


@dataclass(frozen=True, slots=True)
class FieldPiece:
    """Where the value of a field goes."""

    field: str


@dataclass(frozen=True, slots=True)
class RefPiece:
    """Where the number of another clause goes, or of a paragraph that has a label."""

    clause: str
    label: str = ""


Piece = str | FieldPiece | RefPiece
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph with the items that belong to it."""

    pieces: Pieces
    items: tuple[Pieces, ...] = ()
    label: str = ""
    when: conditions.Node = conditions.ALWAYS

    @property
    def all_pieces(self) -> Iterator[Piece]:
        """Every piece of the paragraph and of its items, in order."""
        yield from self.pieces
        for each in self.items:
            yield from each


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table or a list of lines that a field brings."""

    field: str
    when: conditions.Node = conditions.ALWAYS


TextPart = TextBlock | TableBlock

_NAME = r"[a-z][a-z0-9_]*"
_ID = r"[a-z][a-z0-9-]*"
_PIECE = re.compile(
    rf"(?P<open>\{{\{{)|(?P<close>\}}\}})"
    rf"|\{{(?P<field>{_NAME})\}}"
    rf"|\{{ref:(?P<clause>{_ID})(?:#(?P<label>{_ID}))?\}}"
    r"|(?P<wrong>[{}])"
)
_LABEL = re.compile(rf"\{{#({_ID})\}}\s*")
_WHEN = re.compile(r"\{when ([^{}]*)\}\s*")
_TABLE = re.compile(rf"\{{table:({_NAME})\}}")
_ITEM = "- "
_BREAK = "\0"  # stands for a line feed that is meant, while the others are taken out


def parse(text: str) -> tuple[TextPart, ...]:
    """Return the blocks of *text*.

    Raises ValueError with a sentence that quotes what is wrong: a brace that opens nothing, a list
    without a paragraph before it, an expression that is not one, a block without a word.
    """
    blocks: list[TextPart] = []
    for raw in re.split(r"\n[ \t]*\n", text.strip("\n")):
        lines = [line.strip() for line in raw.strip().splitlines()]
        if lines and lines[0].startswith(_ITEM):
            _add_items(blocks, lines)
        elif any(lines):
            blocks.append(_block(lines))
    if not blocks:
        raise ValueError("There is no text.")
    return tuple(blocks)


def _block(lines: list[str]) -> TextPart:
    at = next((at for at, line in enumerate(lines) if line.startswith(_ITEM)), len(lines))
    rest, label = _joined(lines[:at]), ""
    when: conditions.Node = conditions.ALWAYS
    if found := _LABEL.match(rest):
        label, rest = found[1], rest[found.end() :]
    if found := _WHEN.match(rest):
        when, rest = conditions.parse(found[1]), rest[found.end() :]
    table = _TABLE.fullmatch(rest)
    if table and not label and at == len(lines):
        return TableBlock(table[1], when)
    if not rest:
        raise ValueError(f"“{' '.join(lines)}” has a beginning and no words.")
    return TextBlock(pieces(rest), _items(lines[at:]), label, when)


def _joined(lines: list[str]) -> str:
    """Return *lines* as one text; behind a backslash a new line begins in the document too."""
    text = "\n".join(lines).replace("\\\n", _BREAK).replace("\n", " ")
    return text.replace(_BREAK, "\n")


def _add_items(blocks: list[TextPart], lines: list[str]) -> None:
    before = blocks[-1] if blocks else None
    if not isinstance(before, TextBlock) or before.items:
        raise ValueError(f"“{lines[0]}” belongs to no paragraph: a list stands behind one.")
    blocks[-1] = TextBlock(before.pieces, _items(lines), before.label, before.when)


def _items(lines: list[str]) -> tuple[Pieces, ...]:
    whole: list[str] = []
    for line in lines:
        if line.startswith(_ITEM):
            whole.append(line.removeprefix(_ITEM).strip())
        else:
            whole[-1] = f"{whole[-1]} {line}"
    return tuple(pieces(each) for each in whole)


def pieces(text: str) -> Pieces:
    """Return *text* with its fields and references taken out; ValueError as in parse()."""
    found: list[Piece] = []
    at, plain = 0, ""
    for match in _PIECE.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match["wrong"]:
            near = text[max(0, match.start() - 10) : match.end() + 20]
            raise ValueError(f"There is a brace that is no field and no reference near “{near}”.")
        if match["open"] or match["close"]:
            plain += "{" if match["open"] else "}"
            continue
        if plain:
            found.append(plain)
        plain = ""
        if match["field"]:
            found.append(FieldPiece(match["field"]))
        else:
            found.append(RefPiece(match["clause"], match["label"] or ""))
    if plain := plain + text[at:]:
        found.append(plain)
    return tuple(found)


def words_of(found: Pieces) -> str:
    """Return the words of *found* as the library's checks read them; a field is one dot."""
    return "".join(each if isinstance(each, str) else "•" for each in found)
