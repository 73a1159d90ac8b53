"""Files that came back: what they say, what is told of them, what is refused in which words."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from apprentice_desk.documents import (
    docx,
    page_words,
    pdf,
    returned_pages,
    returned_reading,
    returned_text,
    returned_word,
)
from apprentice_desk.documents.returned_reading import read_bytes, read_file
from apprentice_desk.documents.returned_text import Passage, ReturnedText
from apprentice_desk.documents.tree import Column, Document, Footer, Para, Table
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from documents.trees import CONTRACT, WHOLE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
MAIN = "word/document.xml"


def part(tag: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {NAMES}>{inside}</w:{tag}>'.encode()


def word(body: str, **parts: bytes) -> bytes:
    """A Word file of what Word wants at least; *parts* are such as comments."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MAIN, part("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            packed.writestr(f"word/{name}.xml", content)
    return made.getvalue()


def p(*runs: str, about: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, tag: str = "t", look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def read(content: bytes, name: str = "back.docx", edges: tuple[str, ...] = ()) -> ReturnedText:
    return read_bytes(name, content, edges, Progress())


def texts(found: ReturnedText) -> list[str]:
    return [each.text for each in found.passages]


def refused(content: bytes, name: str = "back.docx") -> str:
    with pytest.raises(Problem) as raised:
        read(content, name)
    assert raised.value.remedy
    return str(raised.value)


# --- Word -----------------------------------------------------------------------------------------


def test_runs_are_joined_and_what_stands_for_a_letter_is_one() -> None:
    body = p(
        r("The "), r("Provider"), "<w:r><w:tab/></w:r>", r("must"), "<w:r><w:br/></w:r>",
        r("co"), "<w:r><w:noBreakHyphen/></w:r>", r("operate"),
        about='<w:tabs><w:tab w:val="left"/></w:tabs>',
    )  # fmt: skip
    assert texts(read(word(body))) == ["The Provider\tmust\nco-operate"]


def test_links_fields_and_content_controls_are_read_and_instructions_are_not() -> None:
    body = f"<w:sdt><w:sdtContent>{p(r('In a control'))}</w:sdtContent></w:sdt>" + p(
        f"<w:hyperlink>{r('a@b.example')}</w:hyperlink>",
        "<w:r><w:instrText> PAGE </w:instrText></w:r>",
        f"<w:fldSimple>{r('7')}</w:fldSimple>",
    )
    assert texts(read(word(body))) == ["In a control", "a@b.example7"]


def test_tracked_changes_are_taken_as_made_and_known() -> None:
    body = p(
        r("It must "),
        f'<w:ins w:id="1">{r("not ")}</w:ins>',
        r("pay "),
        f'<w:del w:id="2">{r("at once", "delText")}</w:del>',
        f'<w:moveTo w:id="3">{r("later")}</w:moveTo>',
        f'<w:moveFrom w:id="4">{r("soon")}</w:moveFrom>',
    )
    found = read(word(body))
    (passage,) = found.passages
    assert passage.text == "It must not pay later"
    assert [passage.text[slice(*each)] for each in passage.added] == ["not ", "later"]
    assert [text for _, text in passage.gone] == ["at once", "soon"]
    assert found.has_tracked
    assert not read(word(p(r("Nothing")))).has_tracked


def test_what_was_before_a_change_of_look_is_not_read() -> None:
    old = "<w:pPrChange><w:pPr><w:pStyle w:val='Heading1'/></w:pPr></w:pPrChange>"
    (passage,) = read(word(p(r("Plain"), about=old))).passages
    assert passage == Passage("Plain")


@pytest.mark.parametrize("about", ['<w:pStyle w:val="Heading3"/>', '<w:outlineLvl w:val="2"/>'])
def test_headings_are_known_by_style_or_level(about: str) -> None:
    assert read(word(p(r("Prices"), about=about))).passages[0].is_heading
    assert not read(word(p(r("Prices"), about='<w:outlineLvl w:val="9"/>'))).passages[0].is_heading


def test_tables_are_read_row_by_row_and_their_rows_are_told_apart() -> None:
    cell = "<w:tc>{}</w:tc>"
    rows = "".join(
        f"<w:tr>{''.join(cell.format(p(r(text))) for text in row)}</w:tr>"
        for row in (("A", "B"), ("C", "D"))
    )
    found = read(word(f"{p(r('Above'))}<w:tbl>{rows}</w:tbl>{p(r('Below'))}")).passages
    assert [(each.text, each.row) for each in found] == [
        ("Above", None), ("A", 1), ("B", 1), ("C", 2), ("D", 2), ("Below", None),
    ]  # fmt: skip


def test_boxes_of_text_follow_their_paragraph_and_stand_there_once() -> None:
    inside = f"<w:txbxContent>{p(r('In a box'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{inside}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(word(p(r("Around "), both, r("it"))))) == ["Around it", "In a box"]


def test_notes_at_the_foot_follow_their_paragraph_and_the_line_above_them_is_none() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{p(r("line"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("Unless both agree."))}</w:footnote>',
    )
    body = p(r("It pays"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(".")) + p(r("Next"))
    assert texts(read(word(body, footnotes=notes))) == ["It pays.", "Unless both agree.", "Next"]


def test_comments_stand_apart() -> None:
    said = part(
        "comments",
        f'<w:comment w:id="1">{p(r("Can we"))}{p(r("talk?"))}</w:comment>'
        f'<w:comment w:id="2">{p(r(" "))}</w:comment>',
    )
    found = read(word(p(r("It pays")), comments=said))
    assert found.comments == ("Can we talk?",)
    assert texts(found) == ["It pays"]


def test_what_cannot_be_compared_is_told() -> None:
    body = p(
        r("Seen"), r("hidden", look="<w:vanish/>"), r("shown", look='<w:vanish w:val="0"/>'),
        "<w:r><w:drawing><a:blip/></w:drawing></w:r>",
        "<w:r><w:object><o:OLEObject/></w:object></w:r>",
        about="<w:rPr><w:vanish/></w:rPr>",
    )  # fmt: skip
    found = read(word(body))
    assert found.notes == (
        "It holds 1 picture: what they show is not read.",
        "It holds hidden words. They are compared as if they were seen.",
        "It holds 1 other file: that is not read.",
    )
    assert texts(found) == ["Seenhiddenshown"]


def test_the_text_is_found_where_the_file_says_it_is() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="a" Target="docProps/app.xml" Type="x/extended"/>'
            '<Relationship Id="b" Target="/word/document2.xml" Type="http://x/officeDocument"/>'
            "</Relationships>",
        )
        packed.writestr("word/document2.xml", part("document", f"<w:body>{p(r('Here'))}</w:body>"))
    assert texts(read(made.getvalue())) == ["Here"]


def test_our_own_files_say_what_was_put_into_them(tmp_path: Path) -> None:
    path = docx.write(tmp_path / "whole.docx", WHOLE)
    found = read_file(path, (), Progress())
    assert len(found.passages) > 20
    assert found.notes == ()


# --- Word files that are refused ------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned_word, "_MOST_BYTES", 10_000)
    assert "too large" in refused(word(p(r("x" * 20_000))))


def test_endless_tags_and_depths_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too large" in refused(word("<w:p>" * 300 + "</w:p>" * 300))
    monkeypatch.setattr(returned_word, "_MOST_TAGS", 100)
    assert "too large" in refused(word(p(r("x")) * 100))


def test_too_many_letters_and_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned_word, "MOST_LETTERS", 100)
    assert "too large" in refused(word(p(r("x" * 101))))
    monkeypatch.setattr(returned_word, "_MOST_PARTS", 1)
    assert "too large" in refused(word(p(r("x")), comments=part("comments", "")))


def test_a_file_that_defines_text_is_refused() -> None:
    bad = f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {NAMES}>&a;</w:document>'.encode()
    assert "instructions to the program" in refused(zipped(word__document=b"", **{MAIN: bad}))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\0" * 500, "is empty"),
        (b"PK\x03\x04 broken", "damaged"),
        (word(p(r("x")))[:-40], "damaged"),
        (zipped(**{MAIN: b"<w:document"}), "damaged"),
        (zipped(**{MAIN: part("document", "")}), "holds no text"),
        (zipped(xl__workbook=b""), "no Word document"),
        (zipped(EncryptedPackage=b""), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 500, "older Word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"{\\rtf1 hello}", "another kind"),
        (b"  <html><body>hello", "web page"),
        (b"\x89PNG\r\n", "picture"),
        (b"Dear all, this is the contract.", "no Word document and no PDF"),
    ],
)
def test_other_files_are_told_apart(content: bytes, says: str) -> None:
    assert says in refused(content)


def test_a_packed_part_with_a_password_is_told() -> None:
    content = bytearray(word(p(r("x"))))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(content))


def test_files_that_the_computer_does_not_give_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, says in ((tmp_path / "none.docx", "not found"), (tmp_path, "is a folder")):
        with pytest.raises(Problem, match=says):
            read_file(path, (), Progress())
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-" + b"x" * 100)
    monkeypatch.setattr(returned_reading, "MOST_BYTES", 10)
    with pytest.raises(Problem, match="too large"):
        read_file(large, (), Progress())

    def fails(error: OSError) -> None:
        def raises(*_: object) -> bytes:
            raise error

        monkeypatch.setattr(returned_reading, "MOST_BYTES", 1000)
        monkeypatch.setattr(Path, "read_bytes", raises)

    for error, says in ((PermissionError(), "may not be read"), (OSError(), "could not be read")):
        fails(error)
        with pytest.raises(Problem, match=says):
            read_file(large, (), Progress())


# --- PDF ------------------------------------------------------------------------------------------


def drawn(*pages: list[tuple[float, float, str]]) -> bytes:
    """A PDF with words at places, counted from the top left of each page."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for left, down, text in page:
            canvas.drawString(left, A4[1] - down, text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


LONG = "words that go on to the very end of the line so that the next one follows as it does he"


def test_lines_are_rejoined_and_paragraphs_are_told_apart() -> None:
    found = read(
        drawn(
            [
                (60, 100, f"1.1 {LONG}"),
                (60, 114, "and so the first ends here."),
                (60, 128, "(a) a point of its own"),
                (60, 142, "which is short"),
                (60, 190, "Far below another begins"),
            ]
        ),
        "back.pdf",
    )
    assert found.is_of_pages
    assert texts(found) == [
        f"1.1 {LONG}\nand so the first ends here.",
        "(a) a point of its own",
        "which is short",
        "Far below another begins",
    ]


def test_a_word_broken_at_the_end_of_a_line_is_marked() -> None:
    found = read(drawn([(60, 100, f"{LONG} appren-"), (60, 114, "tice")]), "back.pdf")
    assert texts(found) == [f"{LONG} appren{page_words.LINE_END_HYPHEN}\ntice"]
    last = read(drawn([(60, 100, "a dash at the end -")]), "back.pdf")
    assert texts(last) == ["a dash at the end -"]


def test_what_stands_on_every_page_is_left_out() -> None:
    pages = [
        [
            (60, 30, "Contract of the borough"),
            (60, 100, f"Page {number} says this: {LONG}"),
            (60, 820, f"EX-1 · version 2 Page {number} of 3"),
        ]
        for number in (1, 2, 3)
    ]
    found = read(drawn(*pages), "back.pdf")
    assert "\n".join(texts(found)) == "\n".join(f"Page {n} says this: {LONG}" for n in (1, 2, 3))


def test_on_a_single_page_it_is_known_by_what_was_sent() -> None:
    page = [(60, 50, "Letter"), (60, 100, LONG), (60, 780, "EX-1 Page 1 of 1"), (60, 825, "1 / 1")]
    assert texts(read(drawn(page), "back.pdf", ("Letter", "EX-1"))) == [LONG]
    found = "\n".join(texts(read(drawn(page), "back.pdf")))
    assert found == f"Letter\n{LONG}\nEX-1 Page 1 of 1"


def test_what_is_said_in_the_middle_of_every_page_stays() -> None:
    pages = [[(60, 300, "Initialled by both."), (60, 400, f"{n} {LONG}")] for n in range(3)]
    assert "\n".join(texts(read(drawn(*pages), "back.pdf"))).count("Initialled") == 3


def test_pages_that_are_pictures_are_told_or_refused() -> None:
    assert "holds no text" in refused(drawn([], []), "back.pdf")
    found = read(drawn([(60, 100, LONG)], [], [(60, 100, "x")]), "back.pdf")
    (note,) = found.notes
    assert note.startswith("Pages 2 and 3 have next to no text")
    (note,) = read(drawn([(60, 100, LONG)], []), "back.pdf").notes
    assert note.startswith("Page 2 has next to no text")


def test_remarks_and_fields_put_upon_a_page_are_told() -> None:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.drawString(60, 700, LONG)
    canvas.textAnnotation("Can we talk about this?", [60, 600, 90, 630])
    canvas.linkURL("https://example.example", (60, 690, 200, 710))
    canvas.acroForm.textfield(name="price", value="900 pounds", x=60, y=500)
    canvas.save()
    found = read(made.getvalue(), "back.pdf")
    assert found.comments == (
        "Page 1: Can we talk about this?",
        "Page 1: In a field of a form: 900 pounds",
    )


def test_pdfs_that_cannot_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("secret"))
    canvas.drawString(60, 700, LONG)
    canvas.save()
    assert "password" in refused(made.getvalue(), "back.pdf")
    assert "damaged" in refused(b"%PDF-1.7\nnothing more", "back.pdf")
    content = drawn([(60, 100, LONG)], [(60, 100, LONG)])
    monkeypatch.setattr(returned_pages, "MOST_LETTERS", 50)
    assert "too large" in refused(content, "back.pdf")
    monkeypatch.setattr(returned_pages, "_MOST_PAGES", 1)
    assert "too large" in refused(content, "back.pdf")


def test_our_own_pdfs_say_what_was_put_into_them(tmp_path: Path) -> None:
    document = Document(
        "Order",
        (Para(LONG), Table("T", (Column("What"), Column("How much")), (("Training", "£9"),))),
        footer=Footer("EX-9", "draft"),
    )
    found = read_file(pdf.write(tmp_path / "x.pdf", document), ("EX-9 · draft",), Progress())
    assert " ".join(" ".join(texts(found)).split()) == f"Order {LONG} What How much Training £9"


# --- stopping, and damage -------------------------------------------------------------------------


def test_reading_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress()
    progress.stop()
    monkeypatch.setattr(returned_word, "_STEP", 1)
    for content in (word(p(r("x"))), drawn([(60, 100, LONG)])):
        with pytest.raises(Cancelled):
            read_bytes("back", content, (), progress)


def _damaged_word(turn: random.Random, content: bytes) -> bytes:
    """A whole zip with a part in it that was damaged inside, as most fuzzing would not get to."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = bytearray(old.read(name))
            if name == MAIN:
                for _ in range(turn.randint(1, 4)):
                    at = turn.randrange(len(text))
                    match turn.randrange(4):
                        case 0:
                            text[at] = turn.randrange(256)
                        case 1:
                            del text[at : at + turn.randrange(300)]
                        case 2:
                            text[at:at] = text[at : at + turn.randrange(300)]
                        case _:
                            word_at = text.find(b"<w:", at)
                            if word_at > 0:
                                text[word_at:word_at] = (
                                    b"<w:ins>" if turn.random() < 0.5 else b"</w:p>"
                                )
            new.writestr(name, bytes(text))
    return made.getvalue()


def _damaged_pdf(turn: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(turn.randint(1, 30)):
        at = turn.randrange(20, len(made))
        made[at] = turn.randrange(256)
    return bytes(made)


def test_damaged_files_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    turn = random.Random(11)
    source = docx.write(tmp_path / "a.docx", CONTRACT).read_bytes()
    # Tags stand closed in a row, so that damage to letters leaves most of them whole.
    read_count = refused_count = 0
    contents = [_damaged_word(turn, source) for _ in range(150)]
    page = pdf.write(tmp_path / "a.pdf", CONTRACT).read_bytes()
    contents += [_damaged_pdf(turn, page) for _ in range(60)]
    for content in contents:
        try:
            found = read(content)
        except Problem:
            refused_count += 1
        else:
            assert found.passages
            read_count += 1
    assert read_count > 40
    assert refused_count > 40


def test_a_text_of_a_whole_file_may_be_large_enough() -> None:
    assert returned_text.MOST_LETTERS > 20 * 75_000
