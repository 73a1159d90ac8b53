"""Letters and contracts as PDFs: clauses, lists, gaps, bookmarks, and nothing parted badly."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from pathlib import Path

import pytest

from apprentice_desk.documents import pdf
from apprentice_desk.documents.columns import shared_widths
from apprentice_desk.documents.lettering import Lettering
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import (
    Block,
    Bold,
    Bullets,
    Clause,
    Column,
    Document,
    Gap,
    Heading,
    Numbered,
    Para,
    Signatory,
    Signatures,
    Table,
    plain,
)
from documents.read_back import HAS_POPPLER, bookmarks, drawn_words, structure, told
from documents.told import GOLDEN
from documents.trees import CONTRACT, LETTER, WHOLE

pytestmark = pytest.mark.skipif(
    not HAS_POPPLER, reason="poppler reads the PDFs back; it is not installed"
)


@pytest.fixture
def write(tmp_path: Path):
    def _write(*blocks: Block, **more) -> Path:
        return pdf.write(tmp_path / "one.pdf", Document("One", blocks, is_prose=True, **more))

    return _write


def pages(path: Path) -> list[str]:
    return told("pdftotext", "-layout", str(path), "-").split("\f")[:-1]


def test_a_contract_is_tagged_as_it_was_looked_at(tmp_path: Path) -> None:
    path = pdf.write(tmp_path / "contract.pdf", CONTRACT)
    assert structure(path) == (GOLDEN / "contract_tags.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", [WHOLE, CONTRACT, LETTER])
def test_every_text_of_the_tree_is_in_the_file_in_order(tmp_path: Path, document: Document) -> None:
    drawn = drawn_words(pdf.write(tmp_path / "a.pdf", document))
    at = 0
    for words in texts_of(document):
        text = "".join(plain(words).split())
        at = drawn.index(text, at) + len(text)


def test_headings_and_clauses_are_bookmarks_as_deep_as_they_are(tmp_path: Path) -> None:
    path = pdf.write(tmp_path / "contract.pdf", CONTRACT)
    assert bookmarks(path) == [
        (0, 1, CONTRACT.title),
        (1, 1, "1 What words mean"),
        (1, 1, "2 Training"),
        (2, 2, "2.11 Where it is given"),
        (1, 2, "3 Price"),
        (1, 3, "Schedule 1: Measures"),
        (2, 3, "How the provider is measured"),
        (1, 5, "Signed"),
    ]


def test_a_list_without_headings_has_no_bookmarks_and_one_that_skips_a_level_does(write) -> None:
    assert bookmarks(write(Para("a"))) == []
    assert bookmarks(write(Heading("Deep", 4))) == [(0, 1, "One"), (1, 1, "Deep")]


def test_head_reference_and_version_stand_on_every_page_and_are_not_read(tmp_path: Path) -> None:
    path = pdf.write(tmp_path / "contract.pdf", CONTRACT)
    drawn = pages(path)
    assert len(drawn) == 5
    for number, page in enumerate(drawn, 1):
        assert page.lstrip().startswith("London Borough of Exampleton")
        foot = "Sample, invented people · EX/2026/14 · version 1.2 · Model wording"
        assert re.search(rf"{re.escape(foot)} +Page {number} of 5", page)
    assert "EX/2026/14" not in structure(path)


def test_a_head_and_a_foot_that_are_too_long_end_in_dots(write) -> None:
    long = " ".join(f"word{number}" for number in range(60))
    (page,) = pages(write(Para("a"), head=long, foot=long))
    (head,) = re.findall(r"^ *(word0 .*) …$", page.split("One")[0], re.MULTILINE)
    foot = page.split("One")[1]
    assert re.search(r"word0 .* word\d+\n", foot)
    assert re.search(r"word\d+ … +Page 1 of 1", foot)
    boxes = told("pdftotext", "-bbox", str(write(Para("a"), head=long, foot=long)), "-")
    assert max(map(float, re.findall(r'xMax="([\d.]+)"', boxes))) <= 595.28 - 62 + 0.1
    (short,) = pages(write(Para("a"), head="word0", foot="word1"))
    assert "…" not in short
    assert head


def drawn(path: Path) -> list[str]:
    """What each page draws, as the PDF says it."""
    found = re.findall(rb"/ASCII85Decode.*?stream\r?\n(.*?)endstream", path.read_bytes(), re.DOTALL)
    inflated = [zlib.decompress(a85decode(b"<~" + code.strip(), adobe=True)) for code in found]
    return [text.decode("latin-1") for text in inflated if b"BDC" in text]


def test_head_and_foot_are_told_to_be_what_they_are(write) -> None:
    for head in ("Exampleton", ""):
        (page,) = drawn(write(Para("a"), head=head))
        assert page.count("/Artifact <</Type /Pagination /Subtype /Footer>> BDC") == 1
        headers = page.count("/Artifact <</Type /Pagination /Subtype /Header>> BDC")
        assert headers == bool(head)
        assert len(re.findall("BDC|BMC", page)) == page.count("EMC")


def test_the_file_says_that_it_is_made_for_readers_of_pdf_ua(tmp_path: Path) -> None:
    title = "Ämter & <b>\x07 Co\ud800"
    odd = Document(title, (Heading(title), Para((title,)), Table(title, (Column(title),), ())))
    about = told("pdfinfo", "-meta", str(pdf.write(tmp_path / "odd.pdf", odd)))
    assert '<rdf:li xml:lang="x-default">Ämter &amp; &lt;b&gt; Co\ufffd</rdf:li>' in about
    assert "<rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about


def test_the_head_of_a_letter_stands_above_its_title(tmp_path: Path) -> None:
    path = pdf.write(tmp_path / "letter.pdf", LETTER)
    (page,) = pages(path)
    order = ["Town Hall", "provider's address", "Our reference", "Dear Ms", LETTER.title, "71.5"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    told_order = re.findall(r"^ *(P|Table|H1|L)$", structure(path), re.MULTILINE)
    assert told_order == ["P", "P", "Table", "P", "H1", "P", "P", "L", "P"]


def places(path: Path, word: str) -> tuple[float, float]:
    """The upper and the lower edge of a word on its page."""
    boxes = told("pdftotext", "-bbox", str(path), "-")
    found = re.search(rf'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">{word}<', boxes)
    assert found is not None
    return float(found[1]), float(found[2])


def test_the_parts_of_the_head_of_a_letter_stand_apart_and_its_title_is_a_line(write) -> None:
    parts = (Para("Street"), Para("Dear"))
    letter = write(opening=parts)
    (street, _), (dear, _), (one, low) = (places(letter, w) for w in ("Street", "Dear", "One"))
    below_title = write(*parts)
    (street_of_list, _), (dear_of_list, _) = (
        places(below_title, "Street"),
        places(below_title, "Dear"),
    )
    assert dear - street == pytest.approx(dear_of_list - street_of_list + 8, abs=0.1)
    assert one - dear > dear - street
    high, below = places(below_title, "One")
    assert low - one < (below - high) * 0.8


def test_headings_of_rows_are_in_the_stronger_letters_and_have_room(write) -> None:
    rows = ((" ".join(["Assessment"] * 4), "1"), ("Training", "2"))
    columns = (Column("What"), Column("Each"))
    plain_rows = Table("T", columns, rows)
    headed = Table("T", columns, rows, has_row_headings=True)
    assert ink(write(headed)) > ink(write(plain_rows)) + 50
    letters = Lettering()
    widths = [shared_widths(table, 400, letters, 9)[0] for table in (plain_rows, headed)]
    assert widths[0] < widths[1]


def ink(path: Path) -> int:
    told("pdftoppm", "-gray", "-r", "72", "-singlefile", str(path), str(path.with_suffix("")))
    dots = path.with_suffix(".pgm").read_bytes().split(b"\n255\n", 1)[1]
    return sum(dot < 250 for dot in dots)


def test_a_gap_is_boxed_and_shaded_wherever_it_stands(write) -> None:
    gap = Gap("provider's name")
    for make in (
        lambda words: Para((words,)),
        lambda words: Bullets(((words,),)),
        lambda words: Table("T", (Column("a"), Column("b", is_right=True)), (("a", (words,)),)),
    ):
        assert ink(write(make(gap))) > ink(write(make(Bold(gap.text)))) + 500
    assert "[provider's name: not filled in]" in pages(write(Para((gap,))))[0]


def lonely(path: Path) -> list[list[str]]:
    return [re.findall(r"(?:first|middle|last) line\d+", page) for page in pages(path)]


def test_no_line_of_a_paragraph_stands_alone_on_a_page(write) -> None:
    filler = Para("A line.")
    four = Numbered("1", "the first line1\nthe middle line2\nthe middle line3\nthe last line4")
    parted = set()
    for count in range(27, 34):
        for small in range(3):
            above = [*[filler] * count, *[Para("Small.", is_quiet=True)] * small]
            found = lonely(write(*above, four))
            parted.add(tuple(len(lines) for lines in found if lines))
    assert parted == {(4,), (2, 2)}


def test_what_announces_a_list_is_not_parted_from_it(write) -> None:
    filler = Para("A line.")
    for announcing in (Para("as follows:"), Numbered("1", "as follows:")):
        alone = 0
        for count in range(24, 36):
            page = next(
                page
                for page in pages(write(*[filler] * count, announcing, Bullets(("a point",))))
                if "as follows:" in page
            )
            assert "a point" in page
            alone += "A line." not in page
        assert alone, "it was at the end of a page once"


def test_what_a_table_shows_is_said_on_the_page_where_it_begins(write) -> None:
    table = Table("T", (Column("Head"),), (("cell",),))
    alone = 0
    for count in range(24, 36):
        drawn = pages(write(*[Para("A line.")] * count, Para("This it shows."), table))
        page = next(page for page in drawn if "This it shows." in page)
        assert "cell" in page
        alone += "A line." not in page
    assert alone, "it was at the end of a page once"


def test_nobody_signs_below_nothing(write) -> None:
    signing = Signatures((Signatory("Council"), Signatory("Provider")))
    for count in range(20, 36):
        drawn = pages(write(*[Para("A line.")] * count, signing))
        assert "A line." in next(page for page in drawn if "Council, signature" in page)


def test_a_greeting_stands_below_the_letter_and_above_the_name(write) -> None:
    for count in range(24, 36):
        letter = [*[Para("A line.")] * count, Para("Yours sincerely,"), Para("Priya Shah")]
        page = next(page for page in pages(write(*letter)) if "Yours" in page)
        assert "A line." in page
        assert "Priya Shah" in page


def test_the_end_of_a_letter_that_is_one_paragraph_is_not_parted(write) -> None:
    end = Para("Yours sincerely,\n\n\nPriya Shah\nHead of HR")
    alone = 0
    for count in range(24, 36):
        letter = [*[Para("A line.")] * count, Para("Please confirm."), end]
        page = next(page for page in pages(write(*letter)) if "Yours" in page)
        assert "Please confirm." in page
        assert "Head of HR" in page
        alone += "A line." not in page
    assert alone, "it was at the end of a page once"


def test_a_clause_is_not_left_alone_at_the_foot_of_a_page(write) -> None:
    for count in range(24, 36):
        clause = Clause("7", "Ending", (Numbered("7.1", "Either party\nmay end it."),))
        page = next(p for p in pages(write(*[Para("A line.")] * count, clause)) if "Ending" in p)
        assert "may end it." in page


def test_a_long_name_is_there_to_the_end_where_it_is_signed(write) -> None:
    name = " ".join(f"Name{number}" for number in range(40))
    after = Para("after it")
    path = write(Signatures((Signatory("Council", name), Signatory("Provider"))), after)
    (page,) = pages(path)
    assert re.findall(r"Name(\d+)", page) == [str(number) for number in range(40)]
    assert page.index("Name39") < page.index("Provider, signature") < page.index("after it")


def test_a_number_that_is_longer_than_its_room_pushes_the_text_on(write) -> None:
    boxes = told("pdftotext", "-bbox", str(write(Numbered("10.11.12.13", "text"))), "-")
    number = re.search(r'xMax="([\d.]+)"[^>]*>10.11', boxes)
    text = re.search(r'xMin="([\d.]+)"[^>]*>text<', boxes)
    assert number is not None
    assert text is not None
    assert float(number[1]) + 3 < float(text[1])


def test_a_list_of_few_points_is_not_parted(write) -> None:
    points = Bullets(("the first point", "the second point", "the last point"))
    for count in range(24, 34):
        for small in range(3):
            above = [*[Para("A line.")] * count, *[Para("Small.", is_quiet=True)] * small]
            drawn_pages = pages(write(*above, points))
            assert [p.count("point") for p in drawn_pages if "point" in p] == [3]


def test_addresses_lead_where_they_say(write) -> None:
    mail, web = "jo@larkhill.example", "https://larkhill.example/a?b=1"
    path = write(
        Para(f"Write to {mail}."),
        Bullets((("See ", Bold(web)),)),
        Table("T", (Column(mail),), ((f"{web}, {mail}",),)),
        Para("No address."),
    )
    told_links = told("pdfinfo", "-url", str(path))
    found = re.findall(r"(mailto:\S+|https:\S+)", told_links)
    assert sorted(found) == sorted([f"mailto:{mail}"] * 3 + [web] * 2)
    roles = re.findall(r"^ *(P|LBody|TH|TD|Link|Object)\b", structure(path), re.MULTILINE)
    assert roles.count("Link") == 5
    said = re.findall(r'^ *"(.*)"$', structure(path), re.MULTILINE)
    assert said[1:5] == ["Write to ", mail, ".", "• "]
    raw = path.read_bytes()
    assert raw.count(b"/Type /OBJR") == 5
    assert raw.count(b"/Tabs /S") == 1
    assert f"(Write to {mail})".encode() in raw
    assert f"(Open {web})".encode() in raw
    assert len(set(re.findall(rb"/StructParent (\d+)", raw))) == 5
    plain_file = write(Para("No address.")).read_bytes()
    assert b"/Tabs" not in plain_file
    assert b"OBJR" not in plain_file


def test_an_address_in_the_headings_of_a_table_is_a_link_once(write) -> None:
    rows = (("x",),) * 100
    path = write(Table("T", (Column("jo@larkhill.example"),), rows))
    assert len(pages(path)) > 2
    assert told("pdfinfo", "-url", str(path)).count("mailto:") == 1


def test_hostile_texts_are_drawn_as_typed(write) -> None:
    typed = ["<b>bold</b> &amp; {field}", "=1+1", "שלום", "%PDF-1.4 )Tj ET", "x" * 100_000]
    for text in typed:
        for words in (text, (text, Gap("x"))):
            copied = told("pdftotext", "-raw", str(write(Para(words))), "-")
            together = "".join(copied.split())
            together = re.sub(r"Page\d+of\d+\f?", "", together)
            wanted = "".join(text.split())
            assert wanted in together or wanted[::-1] in together


def test_equal_contracts_are_equal_bytes(tmp_path: Path) -> None:
    first = pdf.write(tmp_path / "a.pdf", CONTRACT).read_bytes()
    assert pdf.write(tmp_path / "b.pdf", CONTRACT).read_bytes() == first
