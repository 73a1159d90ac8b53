"""What a document says, as text to hold against what was looked at and stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from apprentice_desk.documents.tree import (
    Document,
    Heading,
    KeyValues,
    Para,
    Signatures,
    Table,
)

GOLDEN = Path(__file__).parent / "golden"


def words(document: Document) -> str:
    """The document as text, a line for each thing that it says."""
    return "\n".join([f"# {document.title}", *_lines(document), f"-- {document.foot}", ""])


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Heading():
                yield f"\n{'#' * block.level} {block.text}"
            case Para():
                yield block.text
            case KeyValues():
                yield from (f"{key}: {value}" for key, value in block.pairs)
            case Table():
                yield " | ".join(column.heading for column in block.columns)
                yield from (" | ".join(row).replace("\n", " / ").rstrip() for row in block.rows)
            case Signatures():
                yield from (f"____ {each.role}: {each.name}" for each in block.people)
