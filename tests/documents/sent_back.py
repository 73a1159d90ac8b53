"""An order form as a provider sends it back: with 25 changes, made in Word or in the tree.

In the Word file some are made silently and some with changes tracked, as Word writes either.
"""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from apprentice_desk.documents.returned_departures import Kind
from apprentice_desk.documents.tree import Block, Bullets, Clause, Document, Numbered, Table

BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BY = {f"{_W}id": "900", f"{_W}author": "A. Provider", f"{_W}date": "2027-02-17T10:00:00Z"}


@dataclass(frozen=True)
class Swap:
    """Other words for those that were sent, in the paragraph that holds *within*."""

    kind: Kind
    clause: str
    within: str
    old: str
    new: str
    is_tracked: bool = False


SWAPS = (
    Swap(Kind.FIGURE, "6", "All that is paid for", "£117,000.00", "£171,000.00"),
    Swap(Kind.FIGURE, "5", "The Contract starts on", "28 Feb 2029", "28 Feb 2028"),
    Swap(Kind.FIGURE, "21", "As far as the Funding Rules", "80%", "90%", is_tracked=True),
    Swap(Kind.FIGURE, "12", "at least ten Working Days’ notice", "least ten", "least five"),
    Swap(Kind.FIGURE, "7", "£13,500.00", "£13,500.00", "£13,900.00"),
    Swap(Kind.FIGURE, "1", "UKPRN", "19990002", "19990003"),
    Swap(Kind.FIGURE, "32", "breach of Shared Data", "48 hours", "48 days", is_tracked=True),
    Swap(Kind.DUTY, "26", "must not pay the Council", "must not pay", "must pay"),
    Swap(Kind.DUTY, "11", "draft a Training Plan", "It must draft", "It may draft"),
    Swap(Kind.WORDS_ADDED, "7", "They cover everything", "Nothing else may be charged",
         "Nothing else but rooms and examination fees may be charged"),
    Swap(Kind.PARTY, "9", "For Northgate Training", "Nadia Frost", "Jo Sander"),
    Swap(Kind.PARTY, "", "spring cohort: London", "Northgate Training", "Northgate Learning"),
    Swap(Kind.WORDS_REMOVED, "13", "record every hour",
         ", and for which knowledge, skills and behaviours", "", is_tracked=True),
    Swap(Kind.WORDS_CHANGED, "45", "keep in confidence what it learns", "anybody would take",
         "a specialist would take", is_tracked=True),
    Swap(Kind.TITLE, "59", "Exit, and moving", "moving apprentices to another provider",
         "handing apprentices over"),
    Swap(Kind.CELL, "28", "Off-the-job hours to plan", "hours to plan", "hours offered"),
    Swap(Kind.MARKS, "2", "Where two parts cannot", "form; the schedules", "form, the schedules"),
)  # fmt: skip

CLAUSE = ("28", "Price review", (
    ("28.1", "The Provider may look at its prices again each spring and tell the Council."),
    ("28.2", "The new prices are owed from the month that follows."),
))  # fmt: skip
PARAGRAPH = ("20.4", "The Provider is free to exchange Staff between councils as it sees fit.")
POINT = ("(g)", "be paid for time spent on this at its usual rates.")
ROW = ("Optional resources, each", "£400.00", "£0.00", "£400.00")
OTHERS = (
    (Kind.CLAUSE_ADDED, "27", False),
    (Kind.ADDED, "20", True),
    (Kind.ADDED, "59", False),
    (Kind.ROW_ADDED, "7", False),
    (Kind.CLAUSE_REMOVED, "42", False),
    (Kind.REMOVED, "25", True),
    (Kind.ROW_REMOVED, "28", False),
    (Kind.MOVED, "29", False),
)
"""Changes of whole clauses, paragraphs and rows; the clause of what is added is the one before."""

PLANTED = sorted(
    [(each.kind, each.clause, each.is_tracked) for each in SWAPS] + list(OTHERS),
    key=lambda each: (each[0].name, each[1]),
)


# --- in the tree, for a PDF -----------------------------------------------------------------------


def changed_tree(document: Document) -> Document:
    """The document with all changes, as if the provider had written it anew."""
    for swap in SWAPS:
        document, count = _swapped(document, swap)
        assert count == 1, (swap, count)
    blocks = list(_clauses(document.blocks))
    return replace(document, blocks=tuple(blocks))


def _swapped(node: Any, swap: Swap) -> tuple[Any, int]:
    if isinstance(node, str):
        if swap.within in node and swap.old in node:
            return node.replace(swap.old, swap.new, 1), 1
        if swap.within.startswith("For ") and node == "Nadia Frost, Managing Director":
            return node.replace(swap.old, swap.new), 1
        return node, 0
    if isinstance(node, tuple):
        pairs = [_swapped(each, swap) for each in node]
        return tuple(each for each, _ in pairs), sum(count for _, count in pairs)
    if is_dataclass(node) and not isinstance(node, type):
        if _is_in_appendix(node):
            return node, 0
        found = {each.name: _swapped(getattr(node, each.name), swap) for each in fields(node)}
        total = sum(count for _, count in found.values())
        return (replace(node, **{k: v for k, (v, _) in found.items()}) if total else node), total
    return node, 0


def _is_in_appendix(node: Any) -> bool:
    return isinstance(node, Table) and node.columns[0].heading == "Clause"


def _clauses(blocks: Sequence[Block]) -> Iterator[Block]:
    moved: list[Block] = []
    for block in blocks:
        if not isinstance(block, Clause):
            yield block
            continue
        inside = list(block.blocks)
        match block.number:
            case "42":
                continue
            case "20":
                inside.append(Numbered(*PARAGRAPH))
            case "25":
                inside = [each for each in inside if getattr(each, "number", "") != "25.6"]
            case "59":
                lists = [at for at, each in enumerate(inside) if isinstance(each, Bullets)]
                old = inside[lists[0]]
                assert isinstance(old, Bullets)
                inside[lists[0]] = replace(
                    old, items=(*old.items, POINT[1]), labels=(*old.labels, POINT[0])
                )
            case "7" | "28":
                at = next(n for n, each in enumerate(inside) if isinstance(each, Table))
                table = inside[at]
                assert isinstance(table, Table)
                rows = (*table.rows, ROW) if block.number == "7" else table.rows[:-1]
                inside[at] = replace(table, rows=rows)
            case "29":
                moved = [each for each in inside if getattr(each, "number", "") == "29.4"]
                inside = [each for each in inside if each not in moved]
            case "30":
                inside += moved
            case _:
                pass
        yield replace(block, blocks=tuple(inside))
        if block.number == "27":
            number, title, paragraphs = CLAUSE
            yield Clause(number, title, tuple(Numbered(*each) for each in paragraphs), block.level)


# --- in the Word file -----------------------------------------------------------------------------


class WordFile:
    """The body of a Word file, to be changed as Word changes it."""

    def __init__(self, path: Path, *, is_silent: bool = False) -> None:
        self._is_silent = is_silent
        with zipfile.ZipFile(path) as packed:
            self._parts = {name: packed.read(name) for name in packed.namelist()}
        self.root = etree.fromstring(self._parts[BODY])

    def save(self, path: Path, more: dict[str, bytes] | None = None) -> Path:
        self._parts[BODY] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, part in {**self._parts, **(more or {})}.items():
                packed.writestr(name, part)
        return path

    def paragraphs(self) -> list[Any]:
        return list(self.root.iter(f"{_W}p"))

    def paragraph(self, holds: str) -> Any:
        found = [each for each in self.paragraphs() if holds in text_of(each)]
        assert found, holds
        return found[0]

    def swap(self, within: str, old: str, new: str, *, is_tracked: bool = False) -> None:
        """Put *new* in the place of *old* in the paragraph that holds *within*."""
        found = [
            each for each in self.paragraphs() if within in text_of(each) and old in text_of(each)
        ]
        assert found, (within, old)
        run = next(
            each
            for each in found[0].iter(f"{_W}r")
            if old in "".join(text.text or "" for text in each.findall(f"{_W}t"))
        )
        before, _, after = text_of(run).partition(old)
        parts = [_run(run, before)] if before else []
        if is_tracked and not self._is_silent:
            parts += [_tracked("del", _run(run, old, "delText"))]
            parts += [_tracked("ins", _run(run, new))] if new else []
        elif new:
            parts.append(_run(run, new))
        parts += [_run(run, after)] if after else []
        for part in parts:
            run.addprevious(part)
        run.getparent().remove(run)

    def add_after(self, paragraph: Any, text: str, number: str = "", *, is_tracked: bool) -> Any:
        """Add a paragraph that looks like *paragraph* below it."""
        made = copy.deepcopy(paragraph)
        runs = made.findall(f".//{_W}r")
        for run in list(made):
            if run.tag != f"{_W}pPr":
                made.remove(run)
        words = [_run(runs[-1], text)]
        if number:
            tab = etree.Element(f"{_W}r")
            etree.SubElement(tab, f"{_W}tab")
            words = [_run(runs[-1], number), tab, *words]
        for word in words:
            made.append(_tracked("ins", word) if is_tracked and not self._is_silent else word)
        paragraph.addnext(made)
        return made

    def remove(self, paragraph: Any, *, is_tracked: bool) -> None:
        if self._is_silent or not is_tracked:
            paragraph.getparent().remove(paragraph)
            return
        about = paragraph.find(f"{_W}pPr")
        mark = etree.SubElement(about, f"{_W}rPr")
        etree.SubElement(mark, f"{_W}del", _BY)
        for run in list(paragraph.findall(f"{_W}r")):
            for text in run.findall(f"{_W}t"):
                text.tag = f"{_W}delText"
            wrapped = _tracked("del", copy.deepcopy(run))
            run.addprevious(wrapped)
            paragraph.remove(run)


def text_of(node: Any) -> str:
    return "".join(each.text or "" for each in node.iter(f"{_W}t"))


def _run(like: Any, text: str, tag: str = "t") -> Any:
    made = etree.Element(f"{_W}r")
    look = like.find(f"{_W}rPr")
    if look is not None:
        made.append(copy.deepcopy(look))
    said = etree.SubElement(made, f"{_W}{tag}")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _tracked(kind: str, run: Any) -> Any:
    made = etree.Element(f"{_W}{kind}", _BY)
    made.append(run)
    return made


def changed_word(sent: Path, path: Path, *, is_silent: bool = False) -> Path:
    """Write the Word file *sent* with all changes to *path*; *is_silent*: none of them tracked."""
    word = WordFile(sent, is_silent=is_silent)
    for swap in SWAPS:
        word.swap(swap.within, swap.old, swap.new, is_tracked=swap.is_tracked)
    for change in _OF_WORD:
        change(word)
    return word.save(path)


def _add_clause(word: WordFile) -> None:
    number, title, paragraphs = CLAUSE
    last = word.paragraph("The Provider must pay back VAT that was not due")
    heading = next(each for each in word.paragraphs() if text_of(each) == "27VAT")
    body = last
    for label, text in paragraphs:
        last = word.add_after(last, text, label, is_tracked=False)
    made = word.add_after(heading, title, number, is_tracked=False)
    body.addnext(made)


def _add_paragraph(word: WordFile) -> None:
    last = word.paragraph("The Provider is liable for its Staff and Subcontractors as for")
    word.add_after(last, PARAGRAPH[1], PARAGRAPH[0], is_tracked=True)


def _add_point(word: WordFile) -> None:
    last = word.paragraph("answer questions of the new provider for three months")
    word.add_after(last, POINT[1], POINT[0], is_tracked=False)


def _row_of(paragraph: Any) -> Any:
    return next(each for each in paragraph.iterancestors() if each.tag == f"{_W}tr")


def _add_row(word: WordFile) -> None:
    row = _row_of(word.paragraph("£16,500.00"))
    made = copy.deepcopy(row)
    for paragraph, text in zip(made.iter(f"{_W}p"), ROW, strict=True):
        (said,) = paragraph.iter(f"{_W}t")
        said.text = text
    row.addnext(made)


def _remove_clause(word: WordFile) -> None:
    for words in ("42Environment", "The Provider must keep the harm that the Services"):
        word.remove(word.paragraph(words), is_tracked=False)


def _remove_paragraph(word: WordFile) -> None:
    word.remove(word.paragraph("The Council may refuse an invoice for what"), is_tracked=True)


def _remove_row(word: WordFile) -> None:
    row = _row_of(word.paragraph("at most 10%"))
    row.getparent().remove(row)


def _move(word: WordFile) -> None:
    moved = word.paragraph("The Provider must have a complaints procedure")
    word.paragraph("No money is deducted merely because a figure").addnext(moved)


_OF_WORD: tuple[Callable[[WordFile], None], ...] = (
    _add_clause, _add_paragraph, _add_point, _add_row, _remove_clause, _remove_paragraph,
    _remove_row, _move,
)  # fmt: skip
