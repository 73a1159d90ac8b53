"""What a file says, read without what wrote it: poppler for PDFs, the parts themselves for Word."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path

HAS_POPPLER = all(shutil.which(each) for each in ("pdftotext", "pdftohtml", "pdfinfo", "pdffonts"))


def told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def structure(path: Path) -> str:
    """The tags of a PDF and what is in them, as poppler tells them, without its remarks."""
    said = told("pdfinfo", "-struct-text", str(path))
    return re.sub(r" \((block|inline)\):?|:$", "", said, flags=re.MULTILINE)


def drawn_words(path: Path) -> str:
    """All that a PDF says to a screen reader, in order, without its spaces."""
    said = told("pdfinfo", "-struct-text", str(path))
    return "".join("".join(re.findall(r'^ *"(.*)"$', said, re.MULTILINE)).split())


def bookmarks(path: Path) -> list[tuple[int, int, str]]:
    """The list of contents of a PDF: how deep, on which page, what it says."""
    outline = told("pdftohtml", "-xml", "-i", "-stdout", str(path)).partition("<outline>")[2]
    depth, found = 0, []
    for tag, page, words in re.findall(r'<(/?outline|item) ?(?:page="(\d+)")?>([^<]*)', outline):
        if tag == "item":
            found.append((depth, int(page), unescape(words)))
        depth += {"outline": 1, "/outline": -1, "item": 0}[tag]
    return found


def fonts(path: Path) -> list[tuple[str, bool]]:
    """The fonts that a PDF names, and whether each is in it, as a subset."""
    lines = told("pdffonts", str(path)).splitlines()[2:]
    return [(line.split()[0], line.split()[-5:-3] == ["yes", "yes"]) for line in lines]


def normalised(path: Path, name: str) -> str:
    """A part of a Word file as text, a line for each tag, without what namespaces are called."""
    with zipfile.ZipFile(path) as packed:
        text = packed.read(name).decode("utf-8")
    text = re.sub(r' (xmlns:\w+|mc:Ignorable)="[^"]*"', "", text)
    return re.sub(r">\s*<(?=[^/])", ">\n<", text).strip() + "\n"
