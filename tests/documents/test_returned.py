"""What came back beside what was sent: every departure is found, and nothing else is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apprentice_desk.documents import docx, pdf
from apprentice_desk.documents.newer_wording import Fate
from apprentice_desk.documents.returned import Returned, compare_returned
from apprentice_desk.documents.returned_departures import Compared, Kind
from apprentice_desk.documents.returned_matching import compare_texts
from apprentice_desk.documents.returned_sent import Unit, UnitKind, edges_of, units_of
from apprentice_desk.documents.returned_text import Passage, ReturnedText
from apprentice_desk.documents.returned_words import label_at
from apprentice_desk.documents.tree import (
    Block,
    Clause,
    Column,
    Document,
    KeyValues,
    Numbered,
    Para,
    Signatory,
    Signatures,
    Table,
)
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import DocumentDetails, Subject
from documents.kept import kept_paper
from documents.papers import PAPERS, TODAY
from documents.sent_back import PLANTED, SWAPS, WordFile, changed_tree, changed_word, text_of

SUBJECT = Subject(SubjectKind.CONTRACT, uuid4())
PARTIES = ("London Borough of Exampleton", "Northgate Training")
Found = list[tuple[Kind, str, bool]]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The order form as it was issued, as a Word file and as a PDF."""
    folder = tmp_path_factory.mktemp("sent")
    document = kept_paper("order-form", SUBJECT)[0].document
    pdf.write(folder / "sent.pdf", document)
    return docx.write(folder / "sent.docx", document, made_on=TODAY)


@pytest.fixture(scope="module")
def details() -> DocumentDetails:
    return kept_paper("order-form", SUBJECT)[1]


def held(details: DocumentDetails, path: Path, progress: Progress | None = None) -> Returned:
    return compare_returned(library(), details, path, is_sample=False, progress=progress)


def told(compared: Compared) -> Found:
    found = [(each.kind, each.number, each.is_tracked) for each in compared.departures]
    return sorted(found, key=lambda each: (each[0].name, each[1]))


# --- the order form, with 25 changes --------------------------------------------------------------


def test_each_of_25_changes_in_word_is_found_and_nothing_else(
    sent: Path, details: DocumentDetails, tmp_path: Path
) -> None:
    back = changed_word(sent, tmp_path / "back.docx")
    found = held(details, back)
    assert len(PLANTED) == 25
    assert told(found.compared) == PLANTED
    assert found.compared.filled_in == ()
    assert found.has_tracked
    assert (found.file_name, found.comments, found.notes) == ("back.docx", (), ())


def test_each_of_25_changes_in_a_pdf_is_found_and_nothing_else(
    details: DocumentDetails, tmp_path: Path
) -> None:
    document = kept_paper("order-form", SUBJECT)[0].document
    found = held(details, pdf.write(tmp_path / "back.pdf", changed_tree(document)))
    assert told(found.compared) == [(kind, clause, False) for kind, clause, _ in PLANTED]
    assert found.compared.filled_in == ()
    assert not found.has_tracked


def test_additions_and_changed_figures_stand_first_and_silent_ones_before_those_shown(
    sent: Path, details: DocumentDetails, tmp_path: Path
) -> None:
    found = held(details, changed_word(sent, tmp_path / "back.docx")).compared
    ranks = [(each.kind.rank, each.is_tracked, each.order) for each in found.departures]
    assert ranks == sorted(ranks)
    first = found.departures[0]
    assert first.kind is Kind.FIGURE
    assert not first.is_tracked
    assert [each.order for each in found.by_place] == sorted(each.order for each in found.by_place)


def test_a_departure_says_where_it_is_and_what_stood_there(
    sent: Path, details: DocumentDetails, tmp_path: Path
) -> None:
    found = held(details, changed_word(sent, tmp_path / "back.docx")).compared
    by_swap = {(each.number, each.kind): each for each in found.departures}
    limit = by_swap["6", Kind.FIGURE]
    assert (limit.place, limit.label) == ("6 Value limit", "6.1")
    assert (limit.before, limit.after) == ("£117,000.00", "£171,000.00")
    assert [run.text.strip() for run in limit.runs if run.fate is Fate.IN] == ["£171,000.00."]
    price = by_swap["7", Kind.FIGURE]
    assert price.detail == "Data analyst, level 4 (ST0118): Total"
    point = by_swap["59", Kind.ADDED]
    assert point.detail == "after 59.3 (f)"
    assert point.after == "(g) be paid for time spent on this at its usual rates."
    assert by_swap["42", Kind.CLAUSE_REMOVED].before.startswith("42 Environment\n42.1 The Prov")
    assert by_swap["29", Kind.MOVED].detail == "now after 30.5"
    assert by_swap["13", Kind.WORDS_REMOVED].after == ""


@pytest.mark.parametrize("type_id", PAPERS)
@pytest.mark.parametrize("is_sample", [False, True])
def test_what_came_back_as_it_was_sent_departs_in_nothing(
    type_id: str, is_sample: bool, tmp_path: Path
) -> None:
    made, details = kept_paper(type_id, SUBJECT, is_sample=is_sample)
    for path in (
        docx.write(tmp_path / "back.docx", made.document, made_on=TODAY),
        pdf.write(tmp_path / "back.pdf", made.document),
    ):
        found = compare_returned(library(), details, path, is_sample=is_sample)
        assert found.compared == Compared((), ()), path.name
        assert (found.has_tracked, found.comments, found.notes) == (False, (), ())


def test_one_figure_alone_is_found_in_both_kinds_of_file(
    sent: Path, details: DocumentDetails, tmp_path: Path
) -> None:
    """So that the two tests above could fail."""
    word = WordFile(sent)
    swap = SWAPS[0]
    word.swap(swap.within, swap.old, swap.new)
    found = held(details, word.save(tmp_path / "back.docx")).compared
    assert told(found) == [(Kind.FIGURE, "6", False)]


# --- what is no departure -------------------------------------------------------------------------


def _retyped(word: WordFile, change: Callable[[str], str]) -> None:
    for text in word.root.iter():
        if text.tag.endswith("}t") and text.text:
            text.text = change(text.text)


@pytest.mark.parametrize(
    ("old", "new"),
    [("’", "'"), ("“", '"'), (" ", "\u00a0"), ("fi", "ﬁ"), ("training", "train\u00ading"),
     ("-", "\u2011"), ("the", "t\u200bhe"), ("é", "e\u0301")],
)  # fmt: skip
def test_other_letters_for_the_same_words_are_none(
    sent: Path, details: DocumentDetails, tmp_path: Path, old: str, new: str
) -> None:
    word = WordFile(sent)
    _retyped(word, lambda text: text.replace(old, new))
    assert held(details, word.save(tmp_path / "back.docx")).compared.departures == ()


def test_numbers_that_word_counts_by_itself_or_that_are_gone_are_none(
    sent: Path, details: DocumentDetails, tmp_path: Path
) -> None:
    word = WordFile(sent)
    count = 0
    for paragraph in word.paragraphs():
        runs = [each for each in paragraph if each.tag.endswith("}r")]
        if len(runs) > 2 and label_at(f"{text_of(runs[0])} ") and not len(runs[1]) > 1:
            paragraph.remove(runs[0])
            paragraph.remove(runs[1])
            count += 1
    assert count > 300
    assert held(details, word.save(tmp_path / "back.docx")).compared.departures == ()


def test_a_clause_put_in_renumbers_the_rest_and_is_the_only_departure() -> None:
    """Word counts the clauses anew, and its references go along."""
    document = kept_paper("order-form", SUBJECT)[0].document
    passages = _passages(units_of(document))
    at = next(n for n, each in enumerate(passages) if each.text.startswith("10\t"))
    new = [Passage("10\tRebates", is_heading=True), Passage("10.1\tEach party keeps its rebates.")]
    shifted = [_renumbered(each) for each in passages[at:]]
    head = [_referring_anew(each) for each in passages[:at]]
    found = compare_texts(units_of(document), ReturnedText((*head, *new, *shifted)))
    assert [(each.kind, each.number) for each in found.departures] == [
        (Kind.CLAUSE_ADDED, "")  # behind the heading of the schedule that it stands in
    ]


def _renumbered(passage: Passage) -> Passage:
    text = re.sub(r"^(\d+)(?=[.\t])", lambda found: str(int(found[1]) + 1), passage.text)
    return _referring_anew(replace(passage, text=text))


def _referring_anew(passage: Passage) -> Passage:
    def later(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"clause {number + 1 if number >= 10 else number}"

    if passage.row is not None or re.search(r"Fingerprint", passage.text):
        return passage
    return replace(passage, text=re.sub(r"clause (\d+)", later, passage.text))


def test_a_reference_to_another_clause_is_one(
    sent: Path, details: DocumentDetails, tmp_path: Path
) -> None:
    word = WordFile(sent)
    word.swap("Nobody may start whose Full Price", "clause 52", "clause 53")
    found = held(details, word.save(tmp_path / "back.docx")).compared
    assert told(found) == [(Kind.FIGURE, "6", False)]


def test_paragraphs_parted_and_joined_are_none() -> None:
    units = units_of(kept_paper("order-form", SUBJECT)[0].document)
    joined: list[Passage] = []
    for passage in _passages(units):
        if joined and passage.row is None and joined[-1].row is None and len(joined) % 3:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}\n{passage.text}")
        else:
            joined.append(passage)
    assert len(joined) < len(units)
    pages = ReturnedText(tuple(joined), is_of_pages=True)
    assert compare_texts(units, pages).departures == ()
    parted = [
        replace(passage, text=f"{half}.")
        for passage in _passages(units)
        if passage.row is None
        for half in passage.text.rstrip(".").split(". ")
    ]
    texts = ReturnedText(tuple(parted))
    plain = [unit for unit in units if not unit.cells]
    found = compare_texts(plain, texts)
    assert {each.kind for each in found.departures} <= {Kind.MARKS}  # the full stops put in


# --- blanks that were filled in -------------------------------------------------------------------

_TO_SIGN = Document(
    "Order",
    (
        Clause("1", "Prices", (
            Numbered("1.1", "The Provider writes its price below and keeps to it for 90 days."),
            Table("Prices", (Column("Standard"), Column("Price"), Column("Words")),
                  (("Data analyst", "", ""), ("Developer", "", "")), is_boxed=True),
            KeyValues("Bank", (("Sort code", ""), ("Account", ""))),
        )),
        Clause("2", "Signatures", (
            Para("The parties sign here, and each keeps a copy of what was signed."),
            Signatures((
                Signatory("For the Council", "Maya Okafor"),
                Signatory("For the Provider", "Nadia Frost"),
            )),
        )),
        Para("This is the end of the order, and nothing follows."),
    ),
)  # fmt: skip


def _filled(text: str, *, is_of_pages: bool = False) -> Compared:
    lines = [line for line in text.splitlines() if line.strip()]
    rows = {"Standard", "Data analyst", "Developer"}
    passages: list[Passage] = []
    for number, line in enumerate(lines):
        cells = line.split(" | ")
        row = number if cells[0] in rows else None
        passages += [Passage(cell, row=row) for cell in cells]
    return compare_texts(units_of(_TO_SIGN), ReturnedText(tuple(passages), is_of_pages))


_SIGNED = """
Order
1 Prices
1.1 The Provider writes its price below and keeps to it for 90 days.
Standard | Price | Words
Data analyst | £9,000 | nine thousand
Developer | £8,500 | eight thousand five hundred
Sort code 00-00-00
Account 1234
2 Signatures
The parties sign here, and each keeps a copy of what was signed.
M. Okafor 3 March 2027
For the Council: Maya Okafor, signature Date
________________ 4 March 2027
For the Provider: Nadia Frost, signature Date
This is the end of the order, and nothing follows.
"""


@pytest.mark.parametrize("is_of_pages", [False, True])
def test_blanks_that_were_filled_in_stand_apart(is_of_pages: bool) -> None:
    found = _filled(_SIGNED, is_of_pages=is_of_pages)
    assert found.departures == ()
    said = " ".join(each.text for each in found.filled_in)
    for words in ("£9,000", "nine thousand", "eight thousand five", "00-00-00", "1234",
                  "M. Okafor 3 March 2027", "4 March 2027"):  # fmt: skip
        assert words in said
    assert {each.title for each in found.filled_in} == {"Prices", "Signatures"}


def test_terms_written_beside_a_signature_are_a_departure() -> None:
    more = "M. Okafor, subject to our terms"
    found = _filled(_SIGNED.replace("M. Okafor 3 March 2027", more))
    assert [each.after for each in found.departures] == [more]


def test_another_name_beside_a_signature_is_a_departure() -> None:
    found = _filled(_SIGNED.replace("Nadia Frost", "Jo Sander"))
    assert [(each.kind, each.before, each.after) for each in found.departures] == [
        (Kind.PARTY, "Nadia Frost", "Jo Sander")
    ]


# --- any single word ------------------------------------------------------------------------------

UNITS = {
    type_id: units_of(kept_paper(type_id, SUBJECT)[0].document)
    for type_id in ("award-letter", "unsuccessful-letter")
}


def _passages(units: Sequence[Unit], texts: Sequence[str] = ()) -> list[Passage]:
    """The units as a word processor gives them back."""
    made: list[Passage] = []
    for number, unit in enumerate(units):
        text = texts[number] if texts else unit.text
        if unit.cells:
            made += [Passage(cell, row=number) for cell in text.split("\t")]
        else:
            before = f"{unit.label}\t" if unit.label else ""
            is_heading = unit.kind in (UnitKind.TITLE, UnitKind.HEADING)
            made.append(Passage(f"{before}{text}", is_heading))
    return made


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_change_of_any_single_word_is_found_as_one_departure(data: st.DataObject) -> None:
    units = UNITS[data.draw(st.sampled_from(sorted(UNITS)))]
    number = data.draw(st.integers(0, len(units) - 1))
    unit = units[number]
    token = data.draw(st.sampled_from(unit.tokens))
    way = data.draw(st.sampled_from(("other", "none", "more")))
    word = data.draw(st.sampled_from(("not", "seven", "£45", "zebra", "the", "Training", ";")))
    before, after = unit.text[: token.start], unit.text[token.end :]
    changed = {
        "other": f"{before}{word}{after}",
        "none": f"{before}{after}",
        "more": f"{before}{word} {unit.text[token.start :]}",
    }[way]
    if way == "other" and word == token.key:
        return
    texts = [each.text for each in units]
    texts[number] = changed
    is_of_pages = data.draw(st.booleans())
    back = ReturnedText(tuple(_passages(units, texts)), is_of_pages=is_of_pages)
    found = compare_texts(units, back, PARTIES)
    everything = [*found.departures, *found.filled_in]
    assert len(everything) == 1, (changed, found)


def test_changes_in_many_paragraphs_are_told_one_by_one() -> None:
    units = UNITS["award-letter"]
    texts = [each.text for each in units]
    changed = [n for n, unit in enumerate(units) if unit.kind is UnitKind.PARAGRAPH][::2]
    assert len(changed) > 10
    for number in changed:
        token = units[number].tokens[len(units[number].tokens) // 2]
        texts[number] = f"{texts[number][: token.start]}zebra {texts[number][token.start :]}"
    found = compare_texts(units, ReturnedText(tuple(_passages(units, texts))), PARTIES)
    assert [each.order for each in found.by_place] == changed
    assert all("zebra" in each.after for each in found.departures)


# --- what it is about, and what cannot be done ----------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("within 30 days of it", "within 60 days of it", Kind.FIGURE),
        ("within thirty days of it", "within sixty days of it", Kind.FIGURE),
        ("by 1 March 2027 at noon", "by 1 May 2027 at noon", Kind.FIGURE),
        ("it pays 80% of all", "it pays 90% of all", Kind.FIGURE),
        ("within ten days of it", "within ten weeks of it", Kind.FIGURE),
        ("it must not be told", "it must be told", Kind.DUTY),
        ("it must be told", "it may be told", Kind.DUTY),
        ("it must be told", "it must not be told", Kind.DUTY),
        ("it must be told", "it must be gently told", Kind.WORDS_ADDED),
        ("it must be gently told", "it must be told", Kind.WORDS_REMOVED),
        ("it must be gently told", "it must be kindly told", Kind.WORDS_CHANGED),
        ("the Provider, if asked", "the Provider if asked", Kind.MARKS),
        ("it binds Northgate Training now", "it binds Northgate Learning now", Kind.PARTY),
        ("one before other words", "other before one words", Kind.WORDS_CHANGED),
    ],
)
def test_what_became_of_the_words(before: str, after: str, kind: Kind) -> None:
    frame = "When the parties meet in the spring of the year {} as both of them have agreed here."
    units = units_of(Document("Order", (Para(frame.format(before)),)))
    back = ReturnedText((Passage("Order"), Passage(frame.format(after))))
    found = compare_texts(units, back, PARTIES)
    kinds = {each.kind for each in found.departures}
    assert kinds == {kind} or (kind is Kind.WORDS_CHANGED and "one" in before and kinds)


def _edited(number: str, change: Callable[[list[Block]], list[Block]]) -> Document:
    """The order form with the blocks of one clause changed."""
    document = kept_paper("order-form", SUBJECT)[0].document
    blocks = tuple(
        replace(block, blocks=tuple(change(list(block.blocks))))
        if isinstance(block, Clause) and block.number == number
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def _sums_exchanged(blocks: list[Block]) -> list[Block]:
    def exchanged(table: Table) -> Table:
        (one, *its), (other, *others) = table.rows
        return replace(table, rows=((one, *others), (other, *its)))

    return [exchanged(each) if isinstance(each, Table) else each for each in blocks]


def _rows_exchanged(blocks: list[Block]) -> list[Block]:
    return [
        replace(each, rows=each.rows[::-1]) if isinstance(each, Table) else each for each in blocks
    ]


def _paragraphs_exchanged(blocks: list[Block]) -> list[Block]:
    return [blocks[0], blocks[2], blocks[1], *blocks[3:]]


def _written_anew(blocks: list[Block]) -> list[Block]:
    text = (
        "The Provider shall retain all such matters in strict confidence and shall be entitled to"
        " disclose the same to its group companies, advisers and funders as it deems fit."
    )
    return [Numbered("45.1", text), *blocks[1:]]


@pytest.mark.parametrize("write", [docx.write, pdf.write])
@pytest.mark.parametrize(
    ("number", "change", "kinds"),
    [
        ("7", _sums_exchanged, [Kind.FIGURE, Kind.FIGURE]),
        ("7", _rows_exchanged, [Kind.MOVED]),
        ("45", _paragraphs_exchanged, [Kind.MOVED]),
        ("45", _written_anew, [Kind.DUTY]),
        ("45", lambda blocks: blocks[:1], [Kind.REMOVED]),
    ],
)
def test_what_changed_in_one_place_is_told_as_one(
    details: DocumentDetails,
    tmp_path: Path,
    write: Callable[..., Path],
    number: str,
    change: Callable[[list[Block]], list[Block]],
    kinds: list[Kind],
) -> None:
    path = tmp_path / ("back.docx" if write is docx.write else "back.pdf")
    found = held(details, write(path, _edited(number, change))).compared
    assert [each.kind for each in found.departures] == kinds
    assert {each.number for each in found.departures} == {number}


def test_clauses_that_stand_in_another_order_moved_and_nothing_else(
    details: DocumentDetails, tmp_path: Path
) -> None:
    document = kept_paper("order-form", SUBJECT)[0].document
    blocks = list(document.blocks)
    one, other = (
        next(n for n, each in enumerate(blocks) if isinstance(each, Clause) and each.number == at)
        for at in ("37", "40")
    )
    blocks[one], blocks[other] = blocks[other], blocks[one]
    back = docx.write(tmp_path / "back.docx", replace(document, blocks=tuple(blocks)))
    found = held(details, back).compared
    assert {each.kind for each in found.departures} == {Kind.MOVED}
    assert 1 <= len(found.departures) <= 3


def test_another_text_altogether_is_told_in_clauses() -> None:
    units = units_of(kept_paper("order-form", SUBJECT)[0].document)
    other = [Passage(f"Article {n} is about {n * 7} other things.") for n in range(1500)]
    found = compare_texts(units, ReturnedText(tuple(other)))
    removed = [each for each in found.departures if each.kind is Kind.CLAUSE_REMOVED]
    assert len(removed) > 60
    assert any("Article 1499 is about" in each.after for each in found.departures)


def test_the_ranks_put_additions_and_figures_before_all() -> None:
    first = [kind for kind in Kind if kind.rank == 0]
    assert first == [
        Kind.FIGURE, Kind.DUTY, Kind.CLAUSE_ADDED, Kind.ADDED, Kind.ROW_ADDED, Kind.WORDS_ADDED,
    ]  # fmt: skip
    assert Kind.MARKS.rank == max(kind.rank for kind in Kind)


def test_the_headings_of_a_table_are_said_again_on_a_new_page() -> None:
    rows = tuple((f"Measure {n} of all of them", f"at least {n} of a hundred") for n in range(20))
    table = Table("Measures", (Column("Measure"), Column("Agreed figure")), rows)
    units = units_of(Document("Order", (Para("These figures are agreed."), table)))
    lines = ["Order", "These figures are agreed.", "Measure Agreed figure"]
    lines += [" ".join(row) for row in rows]
    lines.insert(12, "Measure Agreed figure")
    back = ReturnedText(tuple(map(Passage, lines)), is_of_pages=True)
    assert compare_texts(units, back).departures == ()
    word = ReturnedText(tuple(map(Passage, lines)))
    assert len(compare_texts(units, word).departures) == 1, "in a Word file somebody put them in"


def test_it_can_be_stopped(sent: Path, details: DocumentDetails) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        held(details, sent, progress)
    with pytest.raises(Cancelled):
        held(details, sent.with_suffix(".pdf"), progress)


def test_a_document_whose_wording_is_gone_is_told(sent: Path, details: DocumentDetails) -> None:
    with pytest.raises(Problem, match="cannot be made again"):
        held(replace(details, clauses={**details.clauses, "of-law": 99}), sent)


def test_a_document_that_is_made_a_little_otherwise_now_is_told(
    sent: Path, details: DocumentDetails
) -> None:
    found = held(replace(details, tree_fingerprint="0" * 64), sent)
    assert "a little otherwise" in found.notes[0]


def test_the_edges_of_pages_are_known() -> None:
    document = kept_paper("order-form", SUBJECT)[0].document
    head, foot, _ = edges_of(document)
    assert head == "Order form with contract schedules"
    assert foot == "EXB-DOC-14 · wording 2026.1"
