"""The papers of every type, whole: tree, Word file and PDF are what was read and stored."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from apprentice_desk.documents import pdf
from apprentice_desk.documents.compose import Composed
from apprentice_desk.documents.document_checks import check_values
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import (
    Block,
    Bullets,
    Clause,
    Document,
    Heading,
    Numbered,
    Table,
    plain,
)
from apprentice_desk.documents.wording import library
from documents.golden_papers import stored
from documents.papers import OF_ONE_PROCUREMENT, PAPERS, TODAY, paper
from documents.read_back import HAS_POPPLER, bookmarks, drawn_words, fonts, structure, told

TYPES = tuple(PAPERS)
WITHOUT_LISTS = {"progress-review-record", "catch-up-agreement"}
needs_poppler = pytest.mark.skipif(
    not HAS_POPPLER, reason="poppler reads the PDFs back; it is not installed"
)


@pytest.fixture(params=TYPES, scope="module")
def made(request: pytest.FixtureRequest) -> Composed:
    return paper(request.param)


@pytest.fixture(scope="module")
def drawn(made: Composed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pdf.write(tmp_path_factory.mktemp("papers") / "paper.pdf", made.document)


def blocks_of(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Clause):
            yield from blocks_of(block.blocks)


def headings_of(document: Document) -> Iterator[tuple[int, str]]:
    """The level and the words of each heading and each title of a clause, with its number."""
    yield 1, document.title
    for block in blocks_of(document.blocks):
        if isinstance(block, Heading):
            yield block.level, plain(block.text)
        elif isinstance(block, Clause):
            yield block.level, block.heading


def tables_of(document: Document) -> list[Table]:
    whole = (*document.opening, *document.blocks)
    return [block for block in blocks_of(whole) if isinstance(block, Table)]


# --- the tree -------------------------------------------------------------------------------------


def test_a_paper_of_every_type_of_the_library_is_read_here() -> None:
    assert set(TYPES) == {each.id for each in library().types}


def test_nothing_is_missing_or_wrong_in_a_paper(made: Composed) -> None:
    assert made.findings == ()
    assert check_values(made, PAPERS[made.type.id], TODAY) == ()
    assert all(choice.is_in for choice in made.choices)


@pytest.mark.parametrize("type_id", TYPES)
def test_a_paper_and_its_word_file_say_what_was_read_and_stored(type_id: str) -> None:
    for path, text in stored(type_id).items():
        assert text == path.read_text("utf-8"), f"{path.name}: dev.py papers, if it is meant"


def test_headings_skip_no_level(made: Composed) -> None:
    levels = [level for level, _ in headings_of(made.document)]
    assert len(levels) > 3
    for above, level in pairwise(levels):
        assert 2 <= level <= above + 1


def test_lists_within_a_numbered_clause_stand_below_its_paragraphs(made: Composed) -> None:
    for block in blocks_of(made.document.blocks):
        if isinstance(block, Clause) and any(isinstance(each, Numbered) for each in block.blocks):
            lists = [each for each in block.blocks if isinstance(each, Bullets)]
            assert all(each.indent == 1 for each in lists), block.heading


def test_the_papers_of_one_procurement_agree() -> None:
    said = {
        type_id: "\n".join(plain(words) for words in texts_of(paper(type_id).document))
        for type_id in OF_ONE_PROCUREMENT
    }
    everywhere = ("Data analysts and software developers, spring cohort", "Exampleton")
    for type_id, text in said.items():
        for words in everywhere:
            assert words in text, type_id
    before_bids = {"invitation-to-quote", "requirement-and-specification", "clarification-log"}
    for type_id in said:
        assert ("Northgate Training" in said[type_id]) is (type_id not in before_bids), type_id
    for price in ("£13,500.00", "£16,500.00"):
        assert price in said["award-letter"]
        assert price in said["order-form"]
        assert price in said["evaluation-record"]
        assert price not in said["unsuccessful-letter"]
    assert "£117,000.00" in said["order-form"]


# --- the PDF --------------------------------------------------------------------------------------


@needs_poppler
def test_every_text_of_a_paper_is_in_its_pdf_in_order(made: Composed, drawn: Path) -> None:
    said = drawn_words(drawn)
    at = 0
    for words in texts_of(made.document):
        text = "".join(plain(words).split())
        at = said.index(text, at) + len(text)
    assert at > 0


@needs_poppler
def test_bookmarks_are_the_headings_and_the_titles_of_clauses(made: Composed, drawn: Path) -> None:
    found = bookmarks(drawn)
    wanted = [(level - 1, words) for level, words in headings_of(made.document)]
    assert [(depth, words) for depth, _, words in found] == wanted
    pages = [page for _, page, _ in found]
    assert pages == sorted(pages)
    drawn_pages = told("pdftotext", "-layout", str(drawn), "-").split("\f")
    for _, page, words in found:
        assert "".join(words.split()) in "".join(drawn_pages[page - 1].split())


@needs_poppler
def test_tags_tell_headings_lists_and_tables_with_their_headings(
    made: Composed, drawn: Path
) -> None:
    tags = re.findall(r"^ *(\w+)$", structure(drawn), re.MULTILINE)
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"H\d", tag)]
    assert levels == [level for level, _ in headings_of(made.document)]
    tables = tables_of(made.document)
    cells = sum(len(table.columns) * len(table.rows) for table in tables)
    heads = sum(len(table.columns) for table in tables)
    of_rows = sum(len(table.rows) for table in tables if table.has_row_headings)
    assert tags.count("TH") == heads + of_rows
    assert tags.count("TD") == cells - of_rows
    lists = [block for block in blocks_of(made.document.blocks) if isinstance(block, Bullets)]
    assert tags.count("L") >= len(lists)
    assert bool(lists) is (made.type.id not in WITHOUT_LISTS)
    assert tags.count("LI") >= sum(len(each.items) for each in lists)


@needs_poppler
def test_a_pdf_says_its_title_and_language_and_brings_its_fonts(
    made: Composed, drawn: Path
) -> None:
    about = told("pdfinfo", str(drawn))
    title = re.escape(made.document.title)
    assert re.search(rf"^Title: +{title}$", about, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", about, re.MULTILINE)
    raw = drawn.read_bytes()
    assert b"/Lang (en-GB)" in raw
    assert b"/DisplayDocTitle true" in raw
    assert [is_in for _, is_in in fonts(drawn)] == [True, True]


# --- what others find in it -----------------------------------------------------------------------

_PDFUA = "import sys; from pdfua.cli import main; sys.exit(main(sys.argv[1:]))"
_OUTLOUD = "from outloud.cli import main; main()"


def found_by(program: str, *arguments: str) -> dict:
    """What a checker says as JSON; it leaves with another code than 0 where it finds something."""
    command = [sys.executable, "-c", program, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ran.stdout, ran.stderr
    return json.loads(ran.stdout)


def test_the_checker_pdfua_finds_nothing(drawn: Path) -> None:
    found = found_by(_PDFUA, "check", str(drawn), "--format", "json")
    assert found["findings"] == []
    assert found["summary"]["rules_run"] >= 11
    # It stumbles over headings whose content is a list; their levels are looked at above.
    assert {each["rule_id"] for each in found["skipped"]} <= {"UA-14-001"}


def test_the_checker_outloud_finds_nothing_but_headings_of_rows(
    made: Composed, drawn: Path
) -> None:
    """It takes headings for torn ones where they are more than the other cells of a table.

    So they are where it has two columns and the first heads the rows, and where it has few rows.  A
    reader who goes down a column is told the heading of each row, and that is worth more.
    """
    (result,) = found_by(_OUTLOUD, "--json", "-", str(drawn))["results"]
    assert result["error"] is None
    assert sum(rule["status"] == "ran" for rule in result["rules"]) > 30
    taken_for_torn = [
        [column.heading for column in table.columns]
        for table in tables_of(made.document)
        if table.has_row_headings
        and len(table.columns) + len(table.rows) > (len(table.columns) - 1) * len(table.rows)
    ]
    assert [each["rule"] for each in result["findings"]] == ["TBL-010"] * len(taken_for_torn)
    for each, headings in zip(result["findings"], taken_for_torn, strict=True):
        assert set(each["evidence"].split("; ")) <= set(headings)  # it names the short ones only
