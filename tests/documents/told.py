"""What a document says, as text to hold against what was looked at and stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import assert_never

from apprentice_desk.documents.tree import (
    Block,
    Bold,
    Bullets,
    Clause,
    Document,
    Heading,
    KeyValues,
    NewPage,
    Numbered,
    Para,
    Signatures,
    Table,
    Words,
)

GOLDEN = Path(__file__).parent / "golden"


def words(document: Document) -> str:
    """The document as text, a line for each thing that it says."""
    foot = f"-- {document.foot_words}"
    return "\n".join(
        [
            *_lines(document.opening),
            f"# {document.title}",
            *_lines(document.blocks),
            foot,
            "",
        ]
    )


def marked(text: Words) -> str:
    """A text with its bold parts between stars; gaps say themselves what they are."""
    if isinstance(text, str):
        return text
    return "".join(
        f"*{run.text}*" if isinstance(run, Bold) else run if isinstance(run, str) else run.text
        for run in text
    )


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield f"\n{'#' * block.level} {marked(block.text)}"
            case Para():
                yield marked(block.text)
            case Numbered():
                yield f"{'  ' * block.indent}{block.number} {marked(block.text)}"
            case Bullets():
                yield from (f"{'  ' * block.indent}{at} {marked(of)}" for at, of in block.marked)
            case KeyValues():
                yield from (f"{key}: {marked(value)}" for key, value in block.pairs)
            case Table():
                yield " | ".join(column.heading for column in block.columns)
                yield from (
                    " | ".join(map(marked, row)).replace("\n", " / ").rstrip() for row in block.rows
                )
            case Signatures():
                yield from (f"____ {each.role}: {marked(each.name)}" for each in block.people)
            case NewPage():
                pass
            case Clause():
                yield f"\n{'#' * block.level} {block.heading}"
                yield from _lines(block.blocks)
            case _:
                assert_never(block)
