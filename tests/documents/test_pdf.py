"""Documents as PDFs: what stands in them is read back by poppler, as a person's reader would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from apprentice_desk.documents import pdf
from apprentice_desk.documents.columns import GAP, shared_widths
from apprentice_desk.documents.lettering import REGULAR, SQUARE, Lettering, clusters
from apprentice_desk.documents.tree import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    NewPage,
    Para,
    Signatory,
    Signatures,
    Table,
)
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from documents.read_back import HAS_POPPLER, fonts, told
from documents.trees import EVERY_NODE

needs_poppler = pytest.mark.skipif(
    not HAS_POPPLER, reason="poppler reads the PDFs back; it is not installed"
)
ROOM = 760.0
ROLES = r"^ *(H\d|P|Table|THead|TBody|TR|TH|TD|Sect|L|LI|Lbl|LBody)\b"


def words(path: Path) -> str:
    return told("pdftotext", "-layout", str(path), "-")


def together(path: Path) -> str:
    """All that can be copied from the file, without any white space."""
    return "".join(told("pdftotext", "-raw", str(path), "-").split())


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = ("Apprentice", "Hours")) -> Table:
    columns = tuple(Column(heading, is_right=heading == "Hours") for heading in headings)
    return Table("Apprentices", columns, rows)


@pytest.fixture
def write(tmp_path: Path):
    def _write(*blocks: Block, title: str = "Apprentices", **more) -> Path:
        return pdf.write(tmp_path / "list.pdf", Document(title, blocks, **more))

    return _write


@needs_poppler
def test_every_node_is_drawn_and_tagged_in_reading_order(write) -> None:
    assert set(EVERY_NODE) == set(get_args(Block)), "a node of the tree is not tried here"
    path = write(*EVERY_NODE.values())
    structure = told("pdfinfo", "-struct-text", str(path))
    found = re.findall(ROLES, structure, re.MULTILINE)
    row = ["TR", "TD", "TD"]
    pair = ["TR", "TH", "TD"]
    two_points = ["L", *["LI", "Lbl", "LBody"] * 2]
    assert found == [
        "H1", "H2", "P", "P", *two_points,
        "Table", "THead", "TR", "TH", "TH", "TBody", *row, *row,
        "Table", "TBody", *pair, *pair, "P", "P",
        "Sect", "H2", "P", *two_points, "Sect", "H3", "P",
    ]  # fmt: skip
    said = re.findall(r'^ *"(.*)"$', structure, re.MULTILINE)
    assert said == [
        "Apprentices", "On programme", "2 of 24 shown.", "Sorted by name.",
        "1.1 ", "The Provider is [provider's name: not filled in].",
        "• ", "off-the-job training", "• ", "progress reviews",
        "Apprentice", "Hours", "Ada Obi", "128:00", "Zoë Šimůnek", "7:30",
        "Provider", "Thamesbank College", "Level", "4",
        "Apprentice: Ada Obi, signature", "Date", "Line manager, signature", "Date",
        "2 ", "Data protection", "2.1 ", "Each party is a controller.",
        "(a) ", "records of hours", "(b) ", "reviews", "2.2 ", "Ending", "Records go back.",
    ]  # fmt: skip
    assert structure.count("/Scope /Column") == 2
    assert structure.count("/Scope /Row") == 2
    assert structure.count("/ListNumbering /Disc") == 1
    assert structure.count("/ListNumbering /LowerAlpha") == 1
    assert "/Summary (Facts)" in structure
    assert "/Summary (Apprentices)" in structure


@needs_poppler
def test_the_file_says_its_title_and_language_and_that_it_is_tagged(write) -> None:
    path = write(EVERY_NODE[Para], is_wide=True)
    about = told("pdfinfo", str(path))
    assert re.search(r"^Title: +Apprentices$", about, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", about, re.MULTILINE)
    assert "841.89 x 595.276" in about, "a wide list lies on its side"
    raw = path.read_bytes()
    assert b"/Lang (en-GB)" in raw
    assert b"/DisplayDocTitle true" in raw
    assert b"/Marked true" in raw
    named = fonts(path)
    assert named
    assert all(is_in for _, is_in in named), "a font that is named is in the file"


@needs_poppler
def test_headings_of_a_table_stand_on_every_page_and_pages_are_numbered(write) -> None:
    rows = [(f"Person {number}", "1:00") for number in range(100)]
    pages = words(write(table(*rows), is_wide=True, foot="Exampleton")).split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Apprentice" in page
        assert "Hours" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Exampleton" in page
        assert "invented" not in page
    people = re.findall(r"Person (\d+)", "".join(pages))
    assert people == [str(number) for number in range(100)]
    structure = told("pdfinfo", "-struct-text", str(write(table(*rows))))
    assert structure.count('"Hours"') == 1, "read once, however often it is drawn"


@needs_poppler
def test_a_sample_says_on_every_page_that_its_people_are_invented(write) -> None:
    rows = [(f"Person {number}", "1:00") for number in range(60)]
    pages = words(write(table(*rows), is_sample=True)).split("\f")[:-1]
    assert len(pages) > 1
    assert all("Sample, invented people" in page for page in pages)


@needs_poppler
def test_a_long_word_and_a_long_cell_are_there_to_the_last_letter(write) -> None:
    long_word = "Donaudampfschifffahrt" * 20
    long_cell = " ".join(f"w{number}" for number in range(4000))
    path = write(table((long_word, "1:00"), ("A note", long_cell)))
    copied = together(path)
    for part in re.findall(r"<.*?>|[^<]+", long_word):
        assert part in copied
    numbers = re.findall(r"w(\d+)", told("pdftotext", "-raw", str(path), "-"))
    assert sorted(map(int, numbers)) == list(range(4000))
    boxes = told("pdftotext", "-bbox", str(path), "-")
    width = max(float(found) for found in re.findall(r'xMax="([\d.]+)"', boxes))
    assert width <= 595.28 - pdf.EDGE + 1, "nothing runs over the edge"


@needs_poppler
def test_what_the_font_lacks_is_seen_to_be_missing_and_can_still_be_copied(write) -> None:
    path = write(table(("ليلى حداد", "1:00"), ("Ada 😀", "2:00"), ("Zoë", "3:00")))
    copied = told("pdftotext", "-raw", str(path), "-")
    assert "Ada 😀" in copied
    # Some versions of poppler turn what is written from the right round.
    assert "ليلى حداد" in copied or "ليلى حداد"[::-1] in copied
    assert "□ stands for a character" in words(path)
    assert "□ stands" not in words(write(table(("Zoë", "3:00"))))


def test_a_square_stands_for_each_character_that_a_person_would_count() -> None:
    letters = Lettering()
    assert letters.fitted("ليلى") == SQUARE * 4
    assert letters.fitted("a 👩‍👩‍👧!") == f"a {SQUARE}!", "a family is one"
    assert letters.fitted("👍🏽") == SQUARE
    assert letters.fitted("e\u0301a\u200f") == "e\u0301a", "directions are not missed"
    assert letters.fitted("a\u20e3") == f"a{SQUARE}"
    assert letters.fitted("\u2067") == ""
    assert clusters("ab\u0301") == ["a", "b\u0301"]


def test_lines_break_between_words_and_within_one_only_where_it_is_longer_than_a_line() -> None:
    letters = Lettering()
    room = letters.width("and Mei", REGULAR, 10) + 0.1
    shown = [line.shown for line in letters.lines("Ada  Obi and\tMei\nLin", room, REGULAR, 10)]
    assert shown == ["Ada Obi", "and Mei", "Lin"]
    lines = letters.lines("an unbreakableword it", room, REGULAR, 10)
    assert "".join(line.shown for line in lines).replace(" ", "") == "anunbreakablewordit"
    assert all(letters.width(line.shown, REGULAR, 10) <= room for line in lines)
    assert [line.shown for line in letters.lines("", room, REGULAR, 10)] == [""]
    bound = letters.lines("Ada 7\u00a0h and", letters.width("Ada 7", REGULAR, 10), REGULAR, 10)
    assert [line.shown for line in bound] == ["Ada", "7\u00a0h", "and"]
    assert letters.lines("x", 0.1, REGULAR, 10)[0].shown == "x", "no room is no reason to lose it"


def test_columns_take_what_they_need_and_together_the_whole_page() -> None:
    letters = Lettering()
    short = table(("Ada Obi", "1:00"))
    wide = table(("A " * 400, "1:00"))
    many = table(tuple("word" * 10 for _ in range(12)), headings=("H",) * 12)
    for each in (short, wide, many):
        widths = shared_widths(each, ROOM, letters, 9)
        assert sum(widths) == pytest.approx(ROOM)
        assert min(widths) > GAP
    assert shared_widths(wide, ROOM, letters, 9)[1] >= letters.width("Hours", REGULAR, 9)


def test_equal_documents_are_equal_bytes(write) -> None:
    first = write(*EVERY_NODE.values()).read_bytes()
    assert write(*EVERY_NODE.values()).read_bytes() == first
    assert write(EVERY_NODE[Table]).read_bytes() != first


def test_a_table_without_rows_or_columns_is_no_reason_to_fail(write) -> None:
    assert write(table(), Table("Nothing", (), ()), title="").read_bytes().startswith(b"%PDF-1.7")
    with pytest.raises(ValueError, match="has 1 cells"):
        table(("Ada Obi",))


def test_headings_are_not_left_alone_at_the_foot_of_a_page(write) -> None:
    for count in range(40, 60):
        lines = [Para(f"line {number}") for number in range(count)]
        path = write(*lines, Heading("Below"), table(("Ada Obi", "1:00")))
        if HAS_POPPLER:
            page = next(page for page in words(path).split("\f") if "Below" in page)
            assert "Ada Obi" in page


def test_what_is_no_pdf_is_never_written_over(tmp_path: Path) -> None:
    document = Document("List", ())
    desk = tmp_path / "hackney.pdf"
    desk.write_bytes(b"SQLite format 3\0")
    with pytest.raises(Problem, match="is no PDF"):
        pdf.write(desk, document)
    assert desk.read_bytes() == b"SQLite format 3\0"
    with pytest.raises(Problem, match=r"does not end in \.pdf"):
        pdf.write(tmp_path / "list.xlsx", document)
    with pytest.raises(Problem, match="folder"):
        pdf.write(tmp_path / "missing" / "list.pdf", document)


def test_stopping_leaves_what_was_there(tmp_path: Path, write) -> None:
    before = write(Para("before")).read_bytes()
    steps: list[tuple[int, int | None]] = []
    progress = Progress(lambda done, total, _doing: steps.append((done, total)))
    rows = [(f"Person {number}", "1:00") for number in range(200)]
    pdf.write(tmp_path / "other.pdf", Document("List", (table(*rows),)), progress)
    assert steps[-1][0] == steps[-1][1]
    progress.stop()
    with pytest.raises(Cancelled):
        pdf.write(tmp_path / "list.pdf", Document("List", (table(*rows),)), progress)
    assert (tmp_path / "list.pdf").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.pdf", "other.pdf"]


@needs_poppler
def test_places_to_sign_are_never_parted(write) -> None:
    signing = Signatures(tuple(Signatory(f"Person {number}") for number in range(4)))
    for lines in range(40, 56):
        body = [Para("A line.") for _ in range(lines)]
        pages = words(write(*body, signing)).split("\f")[:-1]
        assert [page.count("signature") for page in pages if "signature" in page] == [4]


@needs_poppler
def test_long_pairs_wrap_beside_each_other(write) -> None:
    long = " ".join(f"w{number}" for number in range(60))
    path = write(KeyValues("Facts", ((long, "short"), ("key", long))))
    numbers = re.findall(r"w(\d+)", told("pdftotext", "-raw", str(path), "-"))
    assert sorted(map(int, numbers)) == sorted([*range(60), *range(60)])


def test_pages_are_counted_without_drawing() -> None:
    rows = [(f"Person {number}", "1:00") for number in range(100)]
    assert pdf.page_count(Document("A", (EVERY_NODE[Para],))) == 1
    assert pdf.page_count(Document("A", (table(*rows),), is_wide=True)) > 2
    assert pdf.page_count(Document("A", (KeyValues("None", ()),))) == 1


@needs_poppler
def test_what_follows_a_new_page_begins_on_one_and_no_page_is_left_blank(write) -> None:
    path = write(NewPage(), Para("First"), NewPage(), Para("Second"), title="Two")
    assert "Pages:           3" in told("pdfinfo", str(path)), "the title stands alone"
    second = told("pdftotext", "-f", "3", "-l", "3", str(path), "-")
    assert second.startswith("Second")


@needs_poppler
def test_boxes_are_drawn_round_every_cell_and_are_as_high_as_asked(write) -> None:
    boxes = Table("Boxes", (Column("Mon"), Column("Tue")), (("", ""),) * 8, True, 6)
    plain = Table("Boxes", (Column("Mon"), Column("Tue")), (("", ""),) * 8)
    assert pdf.page_count(Document("Boxes", (boxes,))) == 1
    assert pdf.page_count(Document("Boxes", (boxes, boxes))) == 2
    assert pdf.page_count(Document("Boxes", (plain, plain))) == 1


def darkest_column(path: Path) -> int:
    """How many dots, from the left edge of the page, stand above each other in dark ink."""
    told("pdftoppm", "-gray", "-r", "72", "-singlefile", str(path), str(path.with_suffix("")))
    head, dots = path.with_suffix(".pgm").read_bytes().split(b"\n255\n", 1)
    width = int(head.split()[1])
    return max(sum(dot < 200 for dot in dots[x::width]) for x in range(width))


@needs_poppler
def test_boxes_have_sides_and_the_rows_of_a_list_have_none(write) -> None:
    columns = (Column("Mon"), Column("Tue"))
    plain = darkest_column(write(Table("Hours", columns, (("", ""),) * 8, least_lines=6)))
    boxed = darkest_column(write(Table("Hours", columns, (("", ""),) * 8, True, 6)))
    assert plain < 60 < 400 < boxed
