"""Documents as Word files: what is in their parts, read without the library that wrote them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apprentice_desk.documents import docx
from apprentice_desk.documents.runs import line_text, lines_of, readable, tidy
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import (
    BULLET,
    Block,
    Bold,
    Bullets,
    Clause,
    Column,
    Document,
    Footer,
    Gap,
    Heading,
    KeyValues,
    NewPage,
    Numbered,
    Para,
    Signatory,
    Signatures,
    Table,
)
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from documents.read_back import normalised
from documents.told import GOLDEN
from documents.trees import CONTRACT, EVERY_NODE, LETTER, WHOLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = date(2026, 9, 1)


@pytest.fixture
def write(tmp_path: Path):
    def _write(*blocks: Block, title: str = "One", **more) -> Path:
        return docx.write(tmp_path / "one.docx", Document(title, blocks, **more), made_on=DAY)

    return _write


def part(path: Path, name: str) -> ET.Element:
    with zipfile.ZipFile(path) as packed:
        return ET.fromstring(packed.read(name))


def body(path: Path) -> ET.Element:
    (found,) = part(path, "word/document.xml")
    return found


def said(element: ET.Element) -> str:
    """The text of an element; a tab, a new line, and a line feed after each paragraph."""
    marks = {f"{W}tab": "\t", f"{W}br": "\n"}
    words = []
    for each in element.iter():
        if each.tag == f"{W}p" and any(words):
            words.append("\n")
        if each.tag == f"{W}tabs":
            continue
        is_stop = each.tag == f"{W}tab" and each.get(f"{W}pos")
        words.append(each.text or "" if each.tag == f"{W}t" else "")
        words.append("" if is_stop else marks.get(each.tag, ""))
    return "".join(words)


def paragraphs(path: Path) -> list[tuple[str, str]]:
    """The style and the text of each paragraph, those in tables too."""
    return [(style_of(p), said(p)) for p in body(path).iter(f"{W}p")]


def style_of(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def has(element: ET.Element, path: str) -> bool:
    return element.find("/".join(f"{W}{step}" for step in path.split("/"))) is not None


@pytest.mark.parametrize(
    "name",
    ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml",
     "docProps/core.xml"],
)  # fmt: skip
def test_the_parts_are_as_they_were_looked_at(tmp_path: Path, name: str) -> None:
    assert set(EVERY_NODE) == set(get_args(Block)), "a node of the tree is not tried here"
    path = docx.write(tmp_path / "whole.docx", WHOLE, made_on=DAY)
    stored = GOLDEN / "word" / f"whole_{Path(name).name}"
    assert normalised(path, name) == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["word/header1.xml", "word/footer1.xml"])
def test_head_and_foot_are_as_they_were_looked_at(tmp_path: Path, name: str) -> None:
    path = docx.write(tmp_path / "contract.docx", CONTRACT, made_on=DAY)
    stored = GOLDEN / "word" / f"contract_{Path(name).name}"
    assert normalised(path, name) == stored.read_text(encoding="utf-8")


def test_a_file_has_only_the_parts_that_it_needs(write) -> None:
    with zipfile.ZipFile(write(Para("a"), head="Head")) as packed:
        assert sorted(packed.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "docProps/core.xml",
            "word/_rels/document.xml.rels", "word/document.xml", "word/footer1.xml",
            "word/header1.xml", "word/numbering.xml", "word/settings.xml", "word/styles.xml",
        ]  # fmt: skip


@pytest.mark.parametrize("document", [WHOLE, CONTRACT, LETTER])
def test_every_text_of_the_tree_is_in_the_file_in_order(tmp_path: Path, document: Document) -> None:
    written = said(body(docx.write(tmp_path / "a.docx", document)))
    at = 0
    for words in texts_of(document):
        text = "\n".join(line_text(line) for line in lines_of(words))
        if text != BULLET:  # of a list of Word's own
            at = written.index(text, at) + len(text)


def test_headings_are_words_own_as_deep_as_they_are(write) -> None:
    deep = tuple(Heading(f"Level {level}", level) for level in range(2, 7))
    path = write(*deep, title="The title")
    assert paragraphs(path) == [
        ("Heading1", "The title"),
        *((f"Heading{level}", f"Level {level}") for level in range(2, 7)),
    ]
    for style in part(path, "word/styles.xml").iter(f"{W}style"):
        if (name := style.get(f"{W}styleId", "")).startswith("Heading"):
            level = style.find(f"{W}pPr/{W}outlineLvl")
            assert level is not None
            assert level.get(f"{W}val") == str(int(name[-1]) - 1)


def test_every_style_that_is_used_is_there(tmp_path: Path) -> None:
    wanted = set()
    for document in (WHOLE, CONTRACT, LETTER):
        path = docx.write(tmp_path / "a.docx", document)
        tags = ("pStyle", "rStyle", "tblStyle")
        wanted |= {s.get(f"{W}val") for tag in tags for s in body(path).iter(f"{W}{tag}")}
        for name in ("word/header1.xml", "word/footer1.xml")[document.head == "" :]:
            wanted |= {s.get(f"{W}val") for s in part(path, name).iter(f"{W}pStyle")}
    styles = {style.get(f"{W}styleId") for style in part(path, "word/styles.xml")}
    assert len(wanted) > 15
    assert wanted <= styles


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr tabs spacing ind jc"
    " outlineLvl",
    "rPr": "rStyle rFonts b bCs color sz szCs highlight u bdr rtl lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr tblStylePr",
    "sectPr": "headerReference footerReference pgSz pgMar cols docGrid",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol"
    " listSeparator",
    "tc": "tcPr p",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
}
"""What may stand in each tag, in the order that Word wants (ECMA-376, part 1, annex A)."""


@pytest.mark.parametrize("document", [WHOLE, CONTRACT, LETTER])
def test_tags_stand_in_the_order_that_word_wants(tmp_path: Path, document: Document) -> None:
    path = docx.write(tmp_path / "a.docx", document)
    seen = set()
    for name in ("document", "styles", "numbering", "settings", "footer1"):
        for element in part(path, f"word/{name}.xml").iter():
            tag = element.tag.removeprefix(W)
            if tag in ORDER:
                seen.add(tag)
                order = ORDER[tag].split()
                places = [order.index(child.tag.removeprefix(W)) for child in element]
                assert places == sorted(places), (tag, [child.tag for child in element])
    assert seen == set(ORDER)


def test_numbers_of_clauses_are_text_that_hangs_and_dots_are_words_own(write) -> None:
    path = write(
        Clause("7", "Ending", (Numbered("7.1", "By notice.", indent=1),)),
        Bullets(("in writing",), indent=2),
        Bullets(("by post",), ("(a)",)),
    )
    _, title, numbered, dotted, lettered = body(path).iter(f"{W}p")
    assert [said(p) for p in (title, numbered, lettered)] == [
        "7\tEnding", "7.1\tBy notice.", "(a)\tby post",
    ]  # fmt: skip
    for each in (title, numbered, lettered):
        assert not has(each, "pPr/numPr")
        indent = each.find(f"{W}pPr/{W}ind")
        assert indent is not None
        assert int(indent.get(f"{W}hanging", 0)) == 560
    assert said(dotted) == "in writing"
    level = dotted.find(f"{W}pPr/{W}numPr/{W}ilvl")
    assert level is not None
    assert level.get(f"{W}val") == "2"


def test_a_number_that_is_longer_than_its_room_pushes_the_text_on(write) -> None:
    def hanging(number: str) -> int:
        indent = list(body(write(Numbered(number, "x"))).iter(f"{W}ind"))[-1]
        assert indent.get(f"{W}left") == indent.get(f"{W}hanging")
        return int(indent.get(f"{W}left", 0))

    assert hanging("10.11.12.13") > hanging("7.1") == hanging("7")


def rows(table: ET.Element) -> list[ET.Element]:
    return table.findall(f"{W}tr")


def test_headings_of_tables_are_repeated_and_short_rows_are_not_parted(write) -> None:
    columns = (Column("What"), Column("Each", is_right=True))
    long = "word " * 200
    path = write(Table("Prices", columns, (("a", "1"), (long, "2")), has_row_headings=True))
    (table,) = body(path).iter(f"{W}tbl")
    head, short, tall = rows(table)
    assert [has(row, "trPr/tblHeader") for row in (head, short, tall)] == [True, False, False]
    assert [has(row, "trPr/cantSplit") for row in (head, short, tall)] == [True, True, False]
    assert [style_of(p) for p in table.iter(f"{W}p")][:4] == [
        "TableHeading", "TableHeading", "RowHeading", "TableText",
    ]  # fmt: skip
    assert [has(p, "pPr/jc") for p in table.iter(f"{W}p")] == [False, True] * 3
    look = table.find(f"{W}tblPr/{W}tblLook")
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    assert look is not None
    assert caption is not None
    assert look.get(f"{W}val") == "06A0"
    assert look.get(f"{W}firstColumn") == "1"
    assert caption.get(f"{W}val") == "Prices"
    grid = [int(column.get(f"{W}w", 0)) for column in table.iter(f"{W}gridCol")]
    assert sum(grid) == pytest.approx((595.3 - 84) * 20, abs=2)
    widths = [int(width.get(f"{W}w", 0)) for width in rows(table)[1].iter(f"{W}tcW")]
    assert widths == grid


def test_boxes_to_write_in_are_as_high_as_asked(write) -> None:
    path = write(Table("Boxes", (Column("Mon"),), (("",),), is_boxed=True, least_lines=4))
    (table,) = body(path).iter(f"{W}tbl")
    heights = [high.get(f"{W}val") for high in table.iter(f"{W}trHeight")]
    assert heights == ["936"]
    style = table.find(f"{W}tblPr/{W}tblStyle")
    assert style is not None
    assert style.get(f"{W}val") == "DeskBoxes"


def test_tables_beside_each_other_stay_two_and_one_at_the_end_is_followed(write) -> None:
    facts = KeyValues("Facts", (("a", "b"),))
    plain_table = Table("T", (Column("x"),), ())
    tags = [child.tag.removeprefix(W) for child in body(write(facts, plain_table, facts))]
    assert tags == ["p", "tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]
    tags = [child.tag.removeprefix(W) for child in body(write(facts, Para("a")))]
    assert tags == ["p", "tbl", "p", "sectPr"]
    nothing = (Table("None", (), ()), KeyValues("None", ()))
    assert [child.tag.removeprefix(W) for child in body(write(*nothing))] == ["p", "sectPr"]


def test_a_letter_may_begin_with_a_table(write) -> None:
    path = write(Para("Dear"), opening=(KeyValues("References", (("Date", "4 August"),)),))
    assert [style for style, _ in paragraphs(path)] == ["FactName", "Fact", "Heading1", "Normal"]


def test_the_parts_of_a_letters_head_stand_apart_and_its_title_is_as_large_as_a_heading(
    write,
) -> None:
    def title_size(path: Path) -> str | None:
        styles = {s.get(f"{W}styleId"): s for s in part(path, "word/styles.xml")}
        (size,) = styles["Heading1"].iter(f"{W}sz")
        return size.get(f"{W}val")

    path = write(Para("Dear"), opening=(Para("Street"), Para("Town")), is_prose=True)
    white = [p.find(f"{W}pPr/{W}spacing") for p in body(path).iter(f"{W}p")]
    after = [None if spacing is None else spacing.get(f"{W}after") for spacing in white]
    assert after == ["280", "280", None, None]
    assert title_size(path) == "28"
    assert title_size(write(Para("Dear"), is_prose=True)) == "40"


def test_what_follows_a_new_page_begins_on_one(write) -> None:
    breaks = f"{W}pPr/{W}pageBreakBefore"
    path = write(Para("a"), NewPage(), Heading("b"), Para("c"), NewPage(),
                 KeyValues("Facts", (("d", "e"),)))  # fmt: skip
    found = [(said(p), p.find(breaks) is not None) for p in body(path).iter(f"{W}p")]
    assert found == [
        ("One", False), ("a", False), ("b", True), ("c", False), ("", True), ("d", False),
        ("e", False), ("", False),
    ]  # fmt: skip


def kept(path: Path) -> list[str]:
    return [said(p) for p in body(path).iter(f"{W}p") if has(p, "pPr/keepNext")]


def test_what_belongs_together_is_kept_together(write) -> None:
    path = write(
        Para("Not this."),
        Numbered("2", "What the table shows."),
        Table("T", (Column("Head"),), (("cell",),)),
        Para("Nor this."),
        Para("as follows:"),
        Numbered("1", "which are:"),
        Bullets(("a point:", "another,", "one more", "the last")),
        Bullets(("by itself",), ("(a)",)),
        Para("Signed for the parties."),
        Signatures((Signatory("Council", "Ngozi Okafor"), Signatory("Provider", (Gap("x"),)))),
    )
    assert kept(path) == [
        "2\tWhat the table shows.", "as follows:", "1\twhich are:", "a point:", "one more",
        "Signed for the parties.", "Council: Ngozi Okafor, signature\tDate",
    ]  # fmt: skip
    signing = [words for style, words in paragraphs(path) if style.startswith("Signing")]
    assert signing == [
        "\t\t\t", "Council: Ngozi Okafor, signature\tDate",
        "\t\t\t", "Provider: [x: not filled in], signature\tDate",
    ]  # fmt: skip
    styles = {s.get(f"{W}styleId"): s for s in part(path, "word/styles.xml")}
    for name in ("SigningLine", "TableHeading", *(f"Heading{n}" for n in range(1, 7))):
        assert has(styles[name], "pPr/keepNext")


def test_long_words_below_a_line_leave_the_date_its_place(write) -> None:
    role, name = (
        "For the London Borough of Exampleton",
        "Maya Okafor, Strategic Director of Resources",
    )
    path = write(Signatures((Signatory(role, name), Signatory("Provider"))))
    signing = [words for style, words in paragraphs(path) if style == "SigningWords"]
    assert signing == [f"{role}:\n{name}, signature\tDate", "Provider, signature\tDate"]


def test_an_address_and_the_end_of_a_letter_are_one_piece(write) -> None:
    end = "Yours sincerely,\n\n\nMaya Okafor\nDirector of Resources"
    path = write(
        Para("Town Hall\nHigh Road"),
        Para("One line."),
        Para(f"{'A long answer that somebody typed. ' * 4}\nAnd a second line."),
        Para("Please confirm that you have this."),
        Para(end),
    )
    whole = [said(p) for p in body(path).iter(f"{W}p") if has(p, "pPr/keepLines")]
    assert whole == ["Town Hall\nHigh Road", end]
    assert kept(path) == ["Please confirm that you have this."]


def test_gaps_are_marked_in_words_in_a_style_and_highlighted(write) -> None:
    path = write(
        Para(("By ", Gap("provider's name"), ", the ", Bold("Provider"), ".")),
        Table("T", (Column("a"),), (((Gap("price"),),),)),
    )
    looks = []
    for run in body(path).iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        lit = run.find(f"{W}rPr/{W}highlight")
        looks.append(
            (said(run), None if style is None else style.get(f"{W}val"),
             None if lit is None else lit.get(f"{W}val"))
        )  # fmt: skip
    assert looks[1:8] == [
        ("By ", None, None),
        ("[provider's name: not filled in]", "NotFilledIn", "yellow"),
        (", the ", None, None),
        ("Provider", "DefinedTerm", None),
        (".", None, None),
        ("a", None, None),
        ("[price: not filled in]", "NotFilledIn", "yellow"),
    ]


def test_every_page_says_what_paper_it_is_and_whether_its_people_are_invented(write) -> None:
    footer = Footer("EX/2026/14", "version 2")
    path = write(Para("a"), head="Exampleton", foot="Model", footer=footer, is_sample=True)
    foot = part(path, "word/footer1.xml")
    assert said(foot) == ("Sample, invented people · EX/2026/14 · version 2 · Model\tPage 1 of 1")
    assert [f.get(f"{W}instr") for f in foot.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert said(part(path, "word/header1.xml")) == "Exampleton"
    assert paragraphs(path)[0] == ("SampleMark", "Sample, invented people")
    assert said(part(write(Para("a")), "word/footer1.xml")) == "\tPage 1 of 1"


def test_a_wide_document_lies_on_its_side(write) -> None:
    def size(path: Path) -> dict[str, str]:
        (found,) = body(path).iter(f"{W}pgSz")
        return {key.removeprefix(W): value for key, value in found.attrib.items()}

    assert size(write()) == {"w": "11906", "h": "16838"}
    assert size(write(is_wide=True)) == {"w": "16838", "h": "11906", "orient": "landscape"}


def core(path: Path) -> dict[str, str | None]:
    return {each.tag.partition("}")[2]: each.text for each in part(path, "docProps/core.xml")}


def test_the_properties_say_title_language_and_day_and_no_person(write) -> None:
    path = write(title="Order form", language="en-GB", footer=Footer("EX/14", "draft"))
    about = core(path)
    assert about["title"] == "Order form"
    assert about["creator"] == about["lastModifiedBy"] == "Apprentice Desk"
    assert about["created"] == about["modified"] == "2026-09-01T00:00:00Z"
    assert (about["language"], about["identifier"], about["version"]) == ("en-GB", "EX/14", "draft")
    assert about["subject"] is None
    assert core(write(is_sample=True))["subject"] == "Sample, invented people"
    (language,) = part(path, "word/styles.xml").iter(f"{W}lang")
    assert language.get(f"{W}val") == "en-GB"
    assert core(write(title="x" * 100_000))["title"] == "x" * 255


def test_equal_documents_are_equal_bytes_and_the_day_stands_in_one_part(tmp_path: Path) -> None:
    first = docx.write(tmp_path / "a.docx", CONTRACT, made_on=DAY)
    assert docx.write(tmp_path / "b.docx", CONTRACT, made_on=DAY).read_bytes() == first.read_bytes()
    other = docx.write(tmp_path / "c.docx", CONTRACT)
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(other) as two:
        names = one.namelist()
        assert [n for n in names if one.read(n) != two.read(n)] == ["docProps/core.xml"]
        assert {entry.date_time for entry in one.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core(other)["created"] == "2000-01-01T00:00:00Z"


def test_what_is_no_word_file_is_never_written_over(tmp_path: Path) -> None:
    desk = tmp_path / "hackney.docx"
    desk.write_bytes(b"SQLite format 3\0")
    with pytest.raises(Problem, match="is no Word document"):
        docx.write(desk, WHOLE)
    assert desk.read_bytes() == b"SQLite format 3\0"
    with pytest.raises(Problem, match=r"does not end in \.docx, and a Word document is written"):
        docx.write(tmp_path / "one.pdf", WHOLE)


def test_stopping_leaves_what_was_there(tmp_path: Path, write) -> None:
    before = write(Para("before")).read_bytes()
    steps: list[tuple[int, int | None, str]] = []
    ticks = count()
    progress = Progress(
        lambda done, total, doing: steps.append((done, total, doing)), clock=lambda: next(ticks)
    )
    table = Table("T", (Column("a"),), (("x",),) * 120)
    clause = Clause("1", "Price", (Para("a"), table))
    docx.write(tmp_path / "other.docx", Document("T", (clause, table)), progress)
    whole = [(number, 2, "Writing the document") for number in range(3)]
    of_table = [(done, 120, "Writing the list") for done in (0, 50, 100)]
    assert steps == [whole[0], *of_table, whole[1], *of_table, whole[2]]
    progress.stop()
    with pytest.raises(Cancelled):
        docx.write(tmp_path / "one.docx", Document("T", (table,)), progress)
    assert (tmp_path / "one.docx").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.docx", "other.docx"]


HOSTILE = [
    "<w:p>&amp;]]></w:t>",
    "=HYPERLINK(1)",
    "{ MERGEFIELD name } _x0041_",
    "a\x00b\x0bc\x1bd\ufffee\ud800",
    "שלום עולם",
    "x" * 100_000,
    "a\u2028b\r\nc",
    "  two  spaces  ",
]


def as_written(text: str) -> str:
    return "\n".join(readable(line_text(line)) for line in lines_of(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_written_as_typed(write, text: str) -> None:
    path = write(
        Para(text),
        Heading((text,)),
        Numbered("1", text),
        Clause("2", text, ()),
        Bullets((text,), ("(a)",)),
        Table(text, (Column(text),), ((text,),)),
        KeyValues(text, ((text, text),)),
        Signatures((Signatory(text, text),)),
        title=text,
        head=text,
        foot=text,
    )
    written = as_written(text)
    found = said(body(path))
    assert found.count(written) == 12
    assert written in said(part(path, "word/header1.xml"))
    assert written in said(part(path, "word/footer1.xml"))
    assert core(path)["title"] == readable(tidy(text))[:255]


def test_numbers_that_are_hostile_are_written_as_typed(write) -> None:
    path = write(Numbered("<1>\x07", "x"), Bullets(("y",), ("&\ud800",)))
    assert [words for _, words in paragraphs(path)] == ["One", "<1>\tx", "&\ufffd\ty"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(), max_size=20), min_size=1, max_size=4))
def test_any_text_is_written_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.docx"
    blocks = (Para((texts[0], Bold(texts[-1]))), *map(Para, texts), Table("T", (Column("a"),), ()))
    docx.write(path, Document(texts[0], blocks))
    found = [words for _, words in paragraphs(path)]
    both = (texts[0], Bold(texts[-1]))
    assert found[1] == "\n".join(readable(line_text(line)) for line in lines_of(both))
    assert found[2:-2] == [as_written(text) for text in texts]


def test_addresses_lead_where_they_say(write) -> None:
    mail, web = "jo@larkhill.example", "https://larkhill.example/a?b=1&c=2"
    path = write(
        Para(("Write to ", mail, ", or ", Bold(f"see {web}"), ". ", Gap(mail))),
        Table("T", (Column(mail),), ((f"{web}.",),)),
        head=mail,
        foot=web,
    )
    with zipfile.ZipFile(path) as packed:
        of_document = ET.fromstring(packed.read("word/_rels/document.xml.rels"))
        assert not [name for name in packed.namelist() if re.search("(header|footer).*rels", name)]
    targets = {each.get("Id"): each for each in of_document}
    relationship = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    found = []
    for link in body(path).iter(f"{W}hyperlink"):
        target = targets[link.get(relationship)]
        assert target.get("TargetMode") == "External"
        (style,) = [s.get(f"{W}val") for s in link.iter(f"{W}rStyle")]
        found.append((said(link), target.get("Target"), style))
    assert found == [
        (mail, f"mailto:{mail}", "Hyperlink"), (web, web, "DefinedTerm"),
        (mail, f"mailto:{mail}", "Hyperlink"), (web, web, "Hyperlink"),
    ]  # fmt: skip
    assert [words for _, words in paragraphs(path)][1:4] == [
        f"Write to {mail}, or see {web}. [{mail}: not filled in]", mail, f"{web}.",
    ]  # fmt: skip
    assert all(said(run) for run in body(path).iter(f"{W}r")), "no part is empty"
    for name, words in (("header", mail), ("footer", f"{web}\tPage 1 of 1")):
        edge = part(path, f"word/{name}1.xml")
        assert said(edge) == words
        assert not list(edge.iter(f"{W}hyperlink"))


def from_the_right(path: Path) -> Iterator[str]:
    for run in body(path).iter(f"{W}r"):
        if has(run, "rPr/rtl"):
            yield said(run)


def test_what_is_written_from_right_to_left_is_told_to_be_so(write) -> None:
    path = write(Para(("Ada ", Bold("שלום!"), " ل", "ل a", "!")))
    assert list(from_the_right(path)) == ["שלום!", " ل"]
