"""From type and subject to an issued document: what is asked, what holds it back, what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.documents import issuing, keeping
from apprentice_desk.documents.field_kinds import FieldKind
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.gathering import Gathered, gathered
from apprentice_desk.documents.issuing import (
    Draft,
    Entering,
    answer,
    begin,
    drawn,
    file_name,
    format_of,
    issue,
    marked,
    prepare,
    tick,
)
from apprentice_desk.documents.keeping import make_again
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import Filled
from apprentice_desk.documents.wording import library as packaged
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat, Measure, Route, SubjectKind
from apprentice_desk.records import (
    contract_measures,
    contract_prices,
    procurement_details,
    procurement_items,
)
from apprentice_desk.records.keeping_documents import (
    Subject,
    document_content,
    document_details,
    document_rows,
    remove_document,
)
from apprentice_desk.records.organisation import organisation_key
from apprentice_desk.records.store import Store
from documents.wordings import INVITATION, LETTER, ORDER, clause, library_of, of_type, part
from people_written_of import held_review, secondment_of_somebody, somebody
from procured import DETAILS, TODAY, procured

LIBRARY = library_of(*LETTER, *ORDER, *INVITATION)
ANSWERS = {
    "council_name": "Exampleton", "bidder_contact": "Bo", "officer_name": "Grace Park",
    "document_reference": "HR/1",
}  # fmt: skip


def known_of(store: Store, kind: SubjectKind, key: Any) -> Gathered:
    return store.read(gathered, Subject(kind, key), TODAY)


def letter(store: Store, make: Any, **more: str) -> Draft:
    """A letter to a bidder, with everything answered."""
    made = procured(make, is_decided=True)
    known = known_of(store, SubjectKind.BIDDER, made.bidders[1])
    return answered(begin(LIBRARY, LIBRARY.type_of("letter"), known), ANSWERS | more)


def answered(draft: Draft, answers: dict[str, str]) -> Draft:
    for name, written in answers.items():
        draft = answer(draft, name, written, TODAY)
    return draft


def order(store: Store, make: Any) -> Draft:
    known = known_of(store, SubjectKind.CONTRACT, make.contract())
    return begin(LIBRARY, LIBRARY.type_of("order"), known)


# --- what is asked --------------------------------------------------------------------------------


def test_only_what_the_desk_does_not_know_is_asked_for_always_in_the_same_order(
    store: Store, make: Any
) -> None:
    prepared = prepare(order(store, make), TODAY)
    assert [each.field.name for each in prepared.asked] == [
        "council_name", "signatory_name", "document_reference", "provider_signatory",
        "data_role", "payment_days",
    ]  # fmt: skip
    names = {each.field.name for each in prepared.asked}
    assert "provider_name" not in names
    assert "prices" not in names
    missing = {each.field.name for each in prepared.asked if each.is_missing}
    assert missing == {"signatory_name", "provider_signatory", "payment_days"}
    assert {each.field.name for each in prepared.asked if each.value} == {
        "council_name", "document_reference",
    }  # fmt: skip
    assert [(each.field.name, each.where) for each in prepared.to_enter] == [
        ("prices", Entering.PRICES)
    ]
    assert not prepared.is_ready


def test_every_field_of_the_desk_has_a_place_where_it_is_entered() -> None:
    assert set(issuing._ENTERED) == {name for name, field in FIELDS.items() if field.is_of_desk}


def test_an_answer_is_there_at_once_and_can_be_taken_away(store: Store, make: Any) -> None:
    draft = answer(order(store, make), "payment_days", " 30 ", TODAY)
    assert draft.values["payment_days"] == 30
    assert {e.field.name: e.value for e in prepare(draft, TODAY).asked}["payment_days"] == 30
    assert "payment_days" not in answer(draft, "payment_days", "", TODAY).values
    fresh = order(store, make)
    assert answer(fresh, "payment_days", " ", TODAY) == fresh


@pytest.mark.parametrize(
    ("name", "written", "says"),
    [
        ("nothing", "x", "There is no field “nothing”."),
        ("../../x", "x", "There is no field “../../x”."),
        ("contract_title", "Mine", "What the contract is for is known to the desk"),
        ("prices", "x", "Prices agreed comes from the desk and cannot be written here."),
        ("prices", "", "Prices agreed comes from the desk and cannot be written here."),
        ("payment_days", "soon", "“soon” is not a whole number."),
        ("officer_name", "a\nb", "This goes over more than one line."),
        ("officer_name", "x" * 100_000, "This has 100,000 letters; 4,000 are the most."),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(
    store: Store, make: Any, name: str, written: str, says: str
) -> None:
    with pytest.raises(ValueError) as refused:
        answer(order(store, make), name, written, TODAY)
    assert says in str(refused.value)


def test_what_the_desk_knows_goes_before_what_was_answered_before(store: Store, make: Any) -> None:
    draft = order(store, make)
    late = replace(draft, answers={"contract_title": "Old", "officer_name": "Ada"})
    assert late.values["contract_title"] == "Digital apprenticeships"
    assert late.values["officer_name"] == "Ada"


def test_optional_clauses_are_ticked_and_no_other(store: Store, make: Any) -> None:
    draft = order(store, make)
    assert [each.is_in for each in prepare(draft, TODAY).composed.choices] == [False]
    ticked = tick(draft, "order-social", is_in=True)
    assert [each.is_in for each in prepare(ticked, TODAY).composed.choices] == [True]
    with pytest.raises(Problem, match=r"no optional clause “order-pay”\. There are: order-social"):
        tick(draft, "order-pay", is_in=False)
    made = procured(make)
    call = begin(
        LIBRARY, LIBRARY.type_of("call"), known_of(store, SubjectKind.PROCUREMENT, made.id)
    )
    with pytest.raises(Problem, match="There are: none"):
        tick(call, "x", is_in=True)


def test_a_type_is_about_its_own_kind_of_subject(store: Store, make: Any) -> None:
    known = known_of(store, SubjectKind.CONTRACT, make.contract())
    with pytest.raises(Problem, match="“Letter” is about a bidder, not about a contract"):
        begin(LIBRARY, LIBRARY.type_of("letter"), known)


def test_what_a_type_is_about_is_said_with_its_article() -> None:
    assert [kind.one for kind in SubjectKind] == [
        "a procurement", "a bidder", "a contract", "an apprenticeship", "a review",
        "a secondment", "an organisation",
    ]  # fmt: skip


def test_values_are_checked_too_and_a_note_holds_nothing_back(store: Store, make: Any) -> None:
    make.standard()
    draft = order(store, make)
    facts = dict(draft.known.facts)
    at_hand = replace(draft, known=replace(draft.known, facts=facts | {"prices_above_band": True}))
    prepared = prepare(at_hand, TODAY)
    assert "DV004" in {each.code for each in prepared.findings}
    done = answered(letter(store, make), {})
    assert prepare(done, TODAY).is_ready
    assert prepare(done, TODAY).findings == ()


def test_what_is_looked_over_shows_what_was_filled_in_and_what_is_wrong(
    store: Store, make: Any
) -> None:
    library = library_of(
        clause("a", "It ends on {contract_ends_on}, says {officer_name}."),
        of_type("t", "contract", (part("clauses", "a"),), to_come=("contract_ends_on",)),
    )
    key = make.contract(ends_on=date(2026, 8, 31))
    known = known_of(store, SubjectKind.CONTRACT, key)
    draft = answer(begin(library, library.type_of("t"), known), "officer_name", "Bo", TODAY)
    prepared = prepare(draft, TODAY)
    shown = [run for words in texts_of(marked(prepared)) for run in words]
    assert Filled("Bo") in shown
    assert Filled("31 Aug 2026", is_wrong=True) in shown
    assert "Filled" not in repr(prepared.composed.document)


# --- issuing --------------------------------------------------------------------------------------


def test_a_document_is_written_and_kept_as_one_change(
    store: Store, make: Any, tmp_path: Path
) -> None:
    prepared = prepare(letter(store, make), TODAY)
    path = tmp_path / "letter.pdf"
    key = issue(store, prepared, path)
    (row,) = store.read(document_rows)
    assert row.id == key
    assert (row.title, row.reference, row.issued_on, row.file_name) == (
        "Your bid: Software developers – “spring” cohort", "HR/1", TODAY, "letter.pdf",
    )  # fmt: skip
    assert store.read(document_content, key) == path.read_bytes()
    assert store.latest_change().label == (
        "Issue Letter: Beta Skills · Software developers – “spring” cohort · EXB-P-7"
    )
    assert [each.name for each in tmp_path.glob("*.pdf")] == ["letter.pdf"]


def test_only_the_values_that_a_document_holds_are_kept(
    store: Store, make: Any, tmp_path: Path
) -> None:
    key = issue(store, prepare(letter(store, make), TODAY), tmp_path / "a.pdf")
    details = store.read(document_details, key)
    assert set(details.field_values) == {
        "council_name", "document_date", "bidder_contact", "procurement_title", "bidder_points",
        "officer_name", "document_reference",
    }  # fmt: skip
    assert details.clauses == {"letter-head": 1, "letter-words": 1, "letter-thanks": 1}
    assert details.ticks == {"letter-thanks": True}
    assert (details.wording_version, details.wording_owner) == ("T.1", "The project")


def test_the_day_of_a_document_is_the_one_it_says(store: Store, make: Any, tmp_path: Path) -> None:
    draft = letter(store, make, document_date="3 Sep 2026")
    key = issue(store, prepare(draft, TODAY), tmp_path / "a.pdf")
    assert store.read(document_details, key).issued_on == date(2026, 9, 3)


def undated(store: Store, make: Any) -> Draft:
    """An invitation: no day and no reference stand in it."""
    known = known_of(store, SubjectKind.PROCUREMENT, procured(make).id)
    return begin(LIBRARY, LIBRARY.type_of("call"), known)


def test_a_document_without_a_day_of_its_own_has_that_of_issuing_it(
    store: Store, make: Any, tmp_path: Path
) -> None:
    draft = answer(undated(store, make), "document_date", "3 Sep 2026", TODAY)
    key = issue(store, prepare(draft, TODAY), tmp_path / "a.pdf")
    details = store.read(document_details, key)
    assert (details.issued_on, details.reference) == (TODAY, "EXB-P-7")


def test_what_is_not_ready_is_not_issued(store: Store, make: Any, tmp_path: Path) -> None:
    draft = letter(store, make)
    path = tmp_path / "a.pdf"
    for names, says in (
        (("officer_name",), "“Letter” was not issued: one thing is to be put right."),
        (("officer_name", "council_name"), "“Letter” was not issued: 2 things are to be"),
    ):
        lacking = draft
        for name in names:
            lacking = answer(lacking, name, "", TODAY)
        with pytest.raises(Problem, match=says):
            issue(store, prepare(lacking, TODAY), path)
    assert store.read(document_rows) == ()
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.txt", "“a.txt” is no name of a document"),
        ("a", "“a” is no name of a document"),
        ("no/a.pdf", "the folder “.*no” was not found"),
    ],
)
def test_a_file_that_cannot_be_written_keeps_nothing(
    store: Store, make: Any, tmp_path: Path, name: str, says: str
) -> None:
    with pytest.raises(Problem, match=says):
        issue(store, prepare(letter(store, make), TODAY), tmp_path / name)
    assert store.read(document_rows) == ()


def test_what_is_no_document_is_not_replaced(store: Store, make: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"PK not mine")
    with pytest.raises(Problem, match="is no PDF, so it was left as it is"):
        issue(store, prepare(letter(store, make), TODAY), path)
    path.write_bytes(b"%PDF-old")
    issue(store, prepare(letter(store, make), TODAY), path)
    assert path.read_bytes() != b"%PDF-old"


def test_stopping_leaves_neither_file_nor_record(store: Store, make: Any, tmp_path: Path) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        issue(store, prepare(letter(store, make), TODAY), tmp_path / "a.pdf", progress)
    assert store.read(document_rows) == ()
    assert list(tmp_path.glob("*.pdf")) == []
    assert list(tmp_path.glob(".*.pdf")) == []


def test_a_file_that_does_not_come_to_stand_is_taken_out_again(
    store: Store, make: Any, tmp_path: Path
) -> None:
    """A folder of its name appears after the file was written and kept."""
    path = tmp_path / "a.pdf"
    prepared = prepare(letter(store, make), TODAY)

    def in_the_way(*_: Any) -> None:
        path.mkdir(exist_ok=True)

    unlisten = store.listen(in_the_way)
    with pytest.raises(Problem, match="was not saved"):
        issue(store, prepared, path)
    unlisten()
    assert store.read(document_rows) == ()
    newest, before = store.changes(2)
    assert newest.label == f"{before.label}: not saved, so taken back"


def test_a_document_issued_again_is_kept_once_and_stays_when_its_file_cannot_be_written(
    store: Store, make: Any, tmp_path: Path
) -> None:
    prepared = prepare(letter(store, make), TODAY)
    key = issue(store, prepared, tmp_path / "a.pdf")
    assert issue(store, prepared, tmp_path / "b.pdf") == key
    keeping.take_back(
        store,
        "x",
        {
            key: keeping.Keeping(
                tmp_path / "c.pdf",
                b"",
                issuing.details_of(prepared, DocumentFormat.PDF, "c.pdf"),
                {},
            )
        },
    )
    assert [row.id for row in store.read(document_rows)] == [key]


def test_a_desk_out_of_reach_leaves_what_was_raised(
    store: Store, make: Any, tmp_path: Path
) -> None:
    prepared = prepare(letter(store, make), TODAY)
    key = issue(store, prepared, tmp_path / "a.pdf")
    lost = keeping.Keeping(
        tmp_path / "c.pdf", b"",
        issuing.details_of(prepared, DocumentFormat.PDF, "c.pdf"), {}, is_new=True,
    )  # fmt: skip
    with store.change("Remove it") as session:
        remove_document(session, key)
    keeping.take_back(store, "x", {key: lost})
    assert store.read(document_rows) == ()


def test_names_of_files_never_lead_elsewhere(store: Store, make: Any) -> None:
    made = procured(make)
    with store.change("A name") as session:
        bidder = procurement_items.add_item(
            session, made.id, procurement_details.BidderDetails(None, "../../Evil: <b>")
        )
    known = known_of(store, SubjectKind.BIDDER, bidder)
    draft = begin(LIBRARY, LIBRARY.type_of("letter"), known)
    name = file_name(prepare(draft, TODAY), DocumentFormat.PDF)
    assert name == "Letter EXB-P-7 ..-..-Evil_ _b_.pdf"
    draft = order(store, make)
    assert file_name(prepare(draft, TODAY), DocumentFormat.PDF) == (
        f"Order {draft.known.reference}.pdf"
    )


def test_the_ending_says_the_kind_of_file() -> None:
    assert format_of("a.PDF") is DocumentFormat.PDF
    assert format_of("b.docx") is DocumentFormat.WORD
    with pytest.raises(Problem, match=r"end in \.pdf or \.docx"):
        format_of("c.odt")


# --- as it was ------------------------------------------------------------------------------------


def test_a_document_is_made_again_to_the_last_byte(store: Store, make: Any, tmp_path: Path) -> None:
    draft = tick(letter(store, make), "letter-thanks", is_in=False)
    key = issue(store, prepare(draft, TODAY), tmp_path / "a.pdf")
    details = store.read(document_details, key)
    again = make_again(LIBRARY, details, is_sample=True)
    assert again.is_same
    assert again.is_same_program
    assert again.composed.document == prepare(draft, TODAY).composed.document
    assert drawn(again.composed.document, DocumentFormat.PDF, TODAY) == store.read(
        document_content, key
    )


def test_it_is_made_again_whatever_became_of_the_desk_and_the_wording(
    store: Store, make: Any, tmp_path: Path
) -> None:
    draft = letter(store, make)
    key = issue(store, prepare(draft, TODAY), tmp_path / "a.pdf")
    details = store.read(document_details, key)
    newer = library_of(
        *LETTER, *ORDER, *INVITATION,
        clause("letter-head", "New.", version=2),
        clause("letter-thanks", "New.", version=2),
        settings=SETTINGS_LATER,
    )  # fmt: skip
    again = make_again(newer, details, is_sample=True)
    assert again.is_same
    assert not make_again(newer, details, is_sample=False).is_same
    other = make_again(newer, replace(details, program_version="0.1"), is_sample=True)
    assert not other.is_same_program


SETTINGS_LATER = """
version = "T.9"
owner = "Others"
model_note = "Another note."
proper_names = ["Council"]

[not_words]
learner = "apprentice"
"""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"clauses": {"letter-head": 7}}, "no version 7 of the clause"),
        ({"type_version": 7}, "There is no document type letter, version 7"),
        ({"field_values": {"gone": 1}}, "There is no field “gone” any more"),
        ({"field_values": {"payment_days": "x"}}, "was not kept as a number"),
        ({"wording_fingerprint": "0" * 64}, "its wording is not what it was"),
    ],
)
def test_what_cannot_be_made_again_says_why_and_what_stands(
    store: Store, make: Any, tmp_path: Path, changed: dict[str, Any], says: str
) -> None:
    key = issue(store, prepare(letter(store, make), TODAY), tmp_path / "a.pdf")
    details = replace(store.read(document_details, key), **changed)
    with pytest.raises(Problem) as refused:
        make_again(LIBRARY, details, is_sample=True)
    assert says in str(refused.value)
    assert str(refused.value).startswith("This document cannot be made again: ")
    assert str(refused.value).endswith("The file that was issued is kept as it was: open that.")


# --- the real types -------------------------------------------------------------------------------


WRITTEN = {
    FieldKind.TEXT: "Something", FieldKind.LINES: "Something\nmore", FieldKind.DAY: "1 Jul 2026",
    FieldKind.TIME: "12:00", FieldKind.MONEY: "5000000", FieldKind.NUMBER: "30",
    FieldKind.SCORE: "5", FieldKind.YES_NO: "yes", FieldKind.POINTS: "a\nb",
}  # fmt: skip
BEFORE = date(2026, 5, 1)
ALSO = {"variation": {"new_lots": "2", "change_from_on": "1 Jul 2027"}}
"""What a type cannot do without though none of its fields is asked for by itself."""


def whole_subject(make: Any, kind: SubjectKind, type_id: str) -> Any:
    make.standard()
    if kind is SubjectKind.CONTRACT:
        key = make.contract(standard_codes="ST0116", starts_on=BEFORE, ends_on=date(2029, 1, 1))
        with make.store.change("Agree") as session:
            contract_prices.agree_price(
                session, key, contract_prices.PriceDetails("ST0116", Decimal(1), Decimal(1))
            )
            contract_measures.agree_measure(
                session, key, Measure.WITHDRAWALS, contract_measures.AgreedDetails(5)
            )
        return key
    if kind is SubjectKind.ORGANISATION:
        return make.store.read(organisation_key)
    if kind in OF_PEOPLE:
        return OF_PEOPLE[kind](make)
    is_direct = type_id == "direct-award-report"
    details = replace(DETAILS, route=Route.DIRECT) if is_direct else DETAILS
    made = procured(make, details=details, is_decided=True, is_told=True)
    if kind is SubjectKind.PROCUREMENT:
        return made.id
    return made.bidders[0 if type_id == "award-letter" else 1]


OF_PEOPLE = {
    SubjectKind.APPRENTICESHIP: somebody,
    SubjectKind.REVIEW: held_review,
    SubjectKind.SECONDMENT: secondment_of_somebody,
}


@pytest.mark.parametrize("kind", DocumentFormat)
@pytest.mark.parametrize("type_id", [each.id for each in packaged().newest_types])
def test_every_packaged_type_is_issued_from_answers_alone_and_made_again(
    store: Store, make: Any, tmp_path: Path, type_id: str, kind: DocumentFormat
) -> None:
    of = packaged().type_of(type_id)
    key = whole_subject(make, of.subject, type_id)
    draft = begin(packaged(), of, known_of(store, of.subject, key))
    for name, said in ALSO.get(type_id, {}).items():
        draft = answer(draft, name, said, BEFORE)
    for _ in range(3):  # an answer may let in a clause that asks for more
        for each in prepare(draft, BEFORE).asked:
            field = each.field
            if each.is_missing:
                written = field.choices[0] if field.choices else WRITTEN[field.kind]
                draft = answer(draft, field.name, written, BEFORE)
    prepared = prepare(draft, BEFORE)
    assert [each.message for each in prepared.findings] == []
    path = tmp_path / f"a{kind.ending}"
    issued = issue(store, prepared, path)
    details = store.read(document_details, issued)
    again = make_again(packaged(), details, is_sample=True)
    assert again.is_same
    assert drawn(again.composed.document, kind, details.issued_on) == path.read_bytes()
