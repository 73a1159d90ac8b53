"""Makes a paper of every type and what is stored of each; dev.py papers stores what changed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from apprentice_desk.documents import docx
from documents.papers import PAPERS, TODAY, paper
from documents.read_back import normalised
from documents.told import GOLDEN, words

BODY = "word/document.xml"


def stored(type_id: str) -> dict[Path, str]:
    """What is stored of the paper of a type: its tree in words, and the text part of its file."""
    document = paper(type_id).document
    with tempfile.TemporaryDirectory(prefix="papers-") as name:
        path = docx.write(Path(name) / "paper.docx", document, made_on=TODAY)
        body = normalised(path, BODY)
    return {
        GOLDEN / f"{type_id}.txt": words(document),
        GOLDEN / "word" / f"{type_id}-document.xml": body,
    }


def main() -> None:
    """Store what changed, and say what that is."""
    changed = [
        path
        for type_id in PAPERS
        for path, text in stored(type_id).items()
        if not path.exists() or path.read_text("utf-8") != text
        if path.write_text(text, "utf-8")
    ]
    for path in changed:
        print(f"stored anew: {path.name}")  # noqa: T201 - a program that says what it did
    print(f"{len(changed)} of them changed. Read the difference before it is committed.")  # noqa: T201


if __name__ == "__main__":
    main()
