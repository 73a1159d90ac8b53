"""The desk's own wording in its library: variants, joined clauses, and nothing unapproved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.documents import issuing, own_wording
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.issuing import begin, issue, prepare
from apprentice_desk.documents.issuing_many import issue_many
from apprentice_desk.documents.keeping import make_again
from apprentice_desk.documents.own_wording import (
    added,
    approve,
    check_row,
    check_text,
    joined,
    library_of,
)
from apprentice_desk.documents.placing import parts_of, standing_for
from apprentice_desk.documents.tree import Bullets, Document, plain
from apprentice_desk.documents.wording import Library, WordingStatus, library, read_clause
from apprentice_desk.domain.own_wording import Approval, Standing
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records import own_wording as kept
from apprentice_desk.records.keeping_documents import Subject, document_details, document_rows
from apprentice_desk.records.own_wording import WordingRow, wording_row, wording_rows
from apprentice_desk.records.store import Store
from documents.test_issuing import known_of, letter
from documents.wordings import INVITATION, LETTER, ORDER, clause, of_type, part
from documents.wordings import library_of as made_of
from records.acting import changing
from records.dumps import dump

TODAY = date(2026, 9, 1)
BASE = made_of(*LETTER, *ORDER, *INVITATION)
PAY = clause(
    "exb-pay", "The Council pays {provider_name} at once.\n\n{#days} On day {payment_days}.",
    title="Payment in Exampleton", replaces="order-pay", replaces_version=1,
)  # fmt: skip
PARKING = clause(
    "exb-parking", "Cars stand outside, as {ref:order-pay} does not say.",
    joins="order", follows="order-pay", title="Parking",
)  # fmt: skip
KIND = clause("exb-kind", "Be kind.", joins="letter", follows="letter-words")
VALUES = {"council_name": "Exampleton", "provider_name": "College", "payment_days": 30}


def row(file: Mapping[str, str], status: Standing = Standing.APPROVED, **values: Any) -> WordingRow:
    ((named, text),) = file.items()
    is_draft = status is Standing.DRAFT
    approved = ("", "", None) if is_draft else ("Ruth Okafor", "Head of HR", TODAY)
    seal = "" if is_draft else kept.fingerprint(text)
    made = WordingRow(UUID(int=1), named, text, status, "Ada", *approved, "", seal, 1)
    return replace(made, **values)


def ids(made: Library, type_id: str = "order") -> list[list[str]]:
    parts = parts_of(made, made.type_of(type_id))
    return [[each.id for each in clauses] for _, clauses in parts]


def left_out(made: Library) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in made.left_out]


# --- where it stands ------------------------------------------------------------------------------


def test_a_library_without_own_wording_is_the_packaged_one(store: Store, make: Any) -> None:
    assert store.read(library_of) is library()
    make.wording()
    assert store.read(library_of) is library()


def test_a_variant_stands_where_the_clause_does_that_it_replaces() -> None:
    made = joined(BASE, [row(PAY)])
    assert ids(made)[1] == ["exb-pay", "order-social"]
    assert standing_for(made, "order-pay").id == "exb-pay"
    assert standing_for(made, "order-data").id == "order-data"
    assert left_out(made) == []


def test_what_joins_stands_behind_what_it_follows_even_behind_its_variant() -> None:
    then = clause("exb-then", "Then.", joins="order", follows="exb-parking")
    assert ids(joined(BASE, [row(PARKING)]))[1] == ["order-pay", "exb-parking", "order-social"]
    made = joined(BASE, [row(then), row(PARKING), row(PAY)])
    assert ids(made)[1] == ["exb-pay", "exb-parking", "exb-then", "order-social"]
    assert ids(made, "letter") == ids(BASE, "letter")
    assert left_out(made) == []


def test_references_to_a_clause_lead_to_its_variant() -> None:
    made = joined(BASE, [row(PAY), row(PARKING)])
    composed = compose(made, made.type_of("order"), VALUES)
    text = str(composed.document)
    assert "as clause 3.2 says" in text  # the paragraph that is labelled days
    assert "as clause 3 does not say" in text
    assert not [each for each in composed.findings if each.code == "DO001"]


def approvals(document: Document) -> list[str]:
    (found,) = [
        each for each in document.blocks if isinstance(each, Bullets) and "approved" in str(each)
    ]
    return [plain(each) for each in found.items]


def test_the_appendix_says_which_clauses_are_own_and_who_approved_them() -> None:
    came = row(PARKING, source="Pack 3, sent by LOTI")
    made = joined(BASE, [row(PAY), came])
    assert approvals(compose(made, made.type_of("order"), VALUES).document) == [
        "“Payment in Exampleton”, version 1: approved by Ruth Okafor, Head of HR, on 1 Sep 2026",
        "“Parking”, version 1, from Pack 3, sent by LOTI: approved by Ruth Okafor, Head of HR,"
        " on 1 Sep 2026",
    ]
    bare = compose(BASE, BASE.type_of("order"), VALUES)
    assert "approved by" not in str(bare.document)


def test_a_draft_never_gets_in_and_a_withdrawn_version_only_into_what_it_was_in() -> None:
    draft, gone = row(PAY, Standing.DRAFT), row(PAY, Standing.WITHDRAWN)
    assert joined(BASE, [draft]) is BASE
    made = joined(BASE, [gone])
    assert ids(made) == ids(BASE)
    assert left_out(made) == []
    versions = {"order-parties": 1, "exb-pay": 1}
    parts = parts_of(made, made.type_of("order"), versions)
    assert [[each.id for each in found] for _, found in parts] == [
        ["order-parties"], ["exb-pay"], [],
    ]  # fmt: skip


def test_the_newest_approved_version_is_in_force_and_none_once_it_is_withdrawn() -> None:
    second = clause("exb-pay", "At once.\n\n{#days} Soon.", version=2, replaces="order-pay")
    made = joined(BASE, [row(PAY), row(second)])
    assert standing_for(made, "order-pay").version == 2
    made = joined(BASE, [row(PAY), row(second, Standing.WITHDRAWN)])
    assert standing_for(made, "order-pay").id == "order-pay"


@pytest.mark.parametrize(
    ("bad", "code", "says"),
    [
        (row(PAY, text="Not it."), "OW010", "Its text is not the one that was approved."),
        (row({"clauses/exb-a.1.md": "No front."}), "OW011", "does not say what it is"),
        (
            row({"clauses/exb-b.1.md": next(iter(PAY.values()))}), "OW011",
            "clauses/exb-b.1.md holds what should be called clauses/exb-pay.1.md.",
        ),
        (row(clause("order-pay", "Other.")), "OW012", "has come with another text of that name"),
        (row(clause("exb-a", "{nothing}", replaces="order-pay")), "WD004", "no field “nothing”"),
        (row(clause("exb-a", "A.", replaces="nothing")), "WD022", "no clause “nothing”"),
        (row(clause("exb-a", "A.", joins="nothing", follows="x")), "WD022", "type “nothing”"),
        (
            row(clause("exb-a", "A.", joins="order", follows="letter-head")), "WD022",
            "“letter-head” is no clause of “Order”",
        ),
        (
            row(clause("exb-a", "A.", joins="order", follows="exb-a")), "WD022",
            "“exb-a” is no clause of “Order”",
        ),
        (
            row(of_type("exb-t", "contract", (part("clauses", "nothing"),))), "OW013",
            "It has a clause “nothing”, which is not there.",
        ),
    ],
)  # fmt: skip
def test_what_is_broken_is_left_out_and_said_and_the_packaged_stands(
    bad: WordingRow, code: str, says: str
) -> None:
    made = joined(BASE, [bad, row(KIND)])
    assert ids(made) == ids(BASE)
    assert ids(made, "letter") == [["letter-head"], ["letter-words", "exb-kind", "letter-thanks"]]
    ((found, message),) = left_out(made)
    assert found == code
    assert message.startswith(f"“{bad.named}” is approved and left out. ")
    assert says in message


def test_of_two_variants_one_stands_and_the_other_is_said_to_be_left_out() -> None:
    other = clause("exb-zzz", "Another.", replaces="order-pay")
    made = joined(BASE, [row(other), row(PAY)])
    assert standing_for(made, "order-pay").id == "exb-pay"
    assert [code for code, _ in left_out(made)] == ["WD023"]


def test_the_same_file_that_the_program_has_come_with_is_no_other() -> None:
    same = clause("order-data", "Data is kept.", applies="known(data_role)")
    made = joined(BASE, [row(same)])
    assert left_out(made) == []
    assert not made.clause("order-data").is_own


def test_a_newer_version_of_packaged_wording_and_a_type_come_in_packs() -> None:
    newer = clause("order-pay", "Newer.\n\n{#days} Soon.", version=2)
    own = of_type("exb-note", "contract", (part("clauses", "exb-words"),))
    words = clause("exb-words", "Words.")
    made = joined(BASE, [row(newer, source="Pack"), row(own), row(words)])
    assert made.clause("order-pay").version == 2
    assert made.type_of("exb-note").is_own
    assert left_out(made) == []
    assert "“Exb-Note”, version 1: approved by" in str(
        compose(made, made.type_of("exb-note"), VALUES).document
    )


# --- checks ---------------------------------------------------------------------------------------


def found_in(file: Mapping[str, str], base: Library = BASE, **more: Any) -> list[tuple[str, str]]:
    ((named, text),) = file.items()
    checked = check_text(base, named, text, "EXB", TODAY, **more)
    assert checked.is_in_order is not bool(checked.findings)
    return [(each.code, each.message) for each in checked.findings]


def test_own_wording_is_checked_where_it_would_stand() -> None:
    assert found_in(PAY) == []
    assert found_in(PARKING) == []
    bare = clause("exb-pay", "Pay.", replaces="order-pay")
    assert found_in(bare) == [
        ("WD013", "order-parties refers to “order-pay#days”, which is not there.")
    ]
    assert found_in(clause("exb-a", "In the Town Hall.", joins="order", follows="order-pay")) == [
        ("WD015", "It writes “Town” as a defined term, and nothing defines it."),
        ("WD015", "It writes “Hall” as a defined term, and nothing defines it."),
    ]
    assert (
        found_in(
            clause(
                "exb-a", "In the Town Hall.", joins="order", follows="order-pay",
                proper_names=["Town Hall"],
            )
        )
        == []
    )  # fmt: skip
    assert found_in(clause("exb-a", "Each learner.", joins="order", follows="order-pay")) == [
        ("WD019", "It says “learner”.")
    ]
    assert found_in(clause("exb-a", "Of {Council}.", joins="order", follows="order-pay")) == [
        (
            "OW011",
            "The text is wrong: There is a brace that is no field and no reference near"
            " “Of {Council}.”.",
        )
    ]
    assert found_in({"clauses/exb-a.1.md": "Words."}) == [
        ("OW011", "clauses/exb-a.1.md does not say what it is.")
    ]


def test_own_wording_is_called_as_the_borough_is_and_is_read_again_one_day() -> None:
    foreign = clause("of-pay", "A.", joins="order", follows="order-pay")
    assert [code for code, _ in found_in(foreign)] == ["OW014"]
    assert found_in(foreign, is_own=False) == []
    past = clause("exb-a", "A.", joins="order", follows="order-pay", review_by="2026-09-01")
    assert found_in(past) == [("OW015", "It is to be read again by 1 Sep 2026, which is past.")]
    again = clause("order-pay", "Other.\n\n{#days} A.")
    assert [code for code, _ in found_in(again)] == ["OW014", "OW012"]


def test_a_second_variant_is_refused_and_the_next_version_of_the_first_is_not() -> None:
    made = joined(BASE, [row(PAY)])
    other = clause("exb-other", "Pay.\n\n{#days} A.", replaces="order-pay")
    assert found_in(other, made) == [
        ("WD023", "“Payment in Exampleton” (exb-pay) replaces “order-pay” already.")
    ]
    second = clause("exb-pay", "Pay.\n\n{#days} A.", version=2, replaces="order-pay")
    assert found_in(second, made) == []


def test_what_was_wrong_before_is_not_held_against_a_new_clause() -> None:
    bad = made_of(*ORDER, *INVITATION, clause("order-data", "The Town.", version=2), *LETTER)
    assert found_in(PARKING, bad) == []


def test_a_type_is_checked_as_a_clause_is() -> None:
    own = of_type("exb-note", "contract", (part("clauses", "order-data"),), to_come=("lots",))
    assert found_in(own) == [("WD010", "“lots” is not the field of a day.")]


# --- approval -------------------------------------------------------------------------------------

APPROVAL = Approval("Ruth Okafor", "Head of HR", TODAY, is_read=True)
HOUSE = clause(
    "xmp-law", "The law of England and Wales applies. {council_name} is in London.",
    title="Law", replaces="of-law", replaces_version=1,
)  # fmt: skip


def draft(make: Any, file: Mapping[str, str], **values: Any) -> UUID:
    ((named, text),) = file.items()
    key: UUID = make.wording(named, text, **values)
    return key


def test_a_version_is_approved_once_nothing_is_wrong_with_it(store: Store, make: Any) -> None:
    key = draft(make, HOUSE)
    assert store.read(check_row, key, TODAY).findings == ()
    changing(store, lambda s: approve(s, key, APPROVAL))
    made = store.read(library_of)
    assert standing_for(made, "of-law").approved == own_wording.Approved(
        "Ruth Okafor", "Head of HR", TODAY
    )
    wrong = draft(make, clause("xmp-a", "Each learner. {nothing}", joins="order-form",
                               follows="of-law"))  # fmt: skip
    with pytest.raises(Problem, match=r"It was not approved: There is no field “nothing”\. 1 more"):
        changing(store, lambda s: approve(s, wrong, APPROVAL))
    fine = draft(make, clause("xmp-b", "B.", joins="order-form", follows="of-law"))
    nameless = replace(APPROVAL, by="")
    with pytest.raises(Problem, match="Enter the name of who approves it"):
        changing(store, lambda s: approve(s, fine, nameless))
    with pytest.raises(Conflict):
        changing(store, lambda s: approve(s, fine, APPROVAL, changed_in=1))
    assert [each.status for each in store.read(wording_rows)] == [
        Standing.DRAFT, Standing.DRAFT, Standing.APPROVED,
    ]  # fmt: skip


# --- nothing unapproved is issued -----------------------------------------------------------------

WORDS = clause("exb-words", "We are glad of it.", joins="letter", follows="letter-words")


class Letters:
    """Letters to a bidder of a desk whose own clause is among their wording."""

    def __init__(self, store: Store, make: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(own_wording, "library", lambda: BASE)
        self.store = store
        self.key = draft(make, WORDS, approved_by="Ruth Okafor")
        self.begun = letter(store, make)

    def prepared(self, made: Library | None = None) -> issuing.Prepared:
        found = self.store.read(library_of) if made is None else made
        return prepare(replace(self.begun, library=found, type=found.type_of("letter")), TODAY)


@pytest.fixture
def letters(store: Store, make: Any, monkeypatch: Any) -> Letters:
    return Letters(store, make, monkeypatch)


def ids_in(composed: Composed) -> list[str]:
    return [each.id for each in composed.clauses]


def test_an_approved_clause_is_issued_and_made_again_once_it_is_withdrawn(
    store: Store, letters: Letters, tmp_path: Path
) -> None:
    prepared = letters.prepared()
    assert "exb-words" in ids_in(prepared.composed)
    issue(store, prepared, tmp_path / "a.docx")
    changing(store, lambda s: kept.withdraw(s, letters.key))
    (found,) = store.read(document_rows)
    again = make_again(
        store.read(library_of), store.read(document_details, found.id), is_sample=True
    )
    assert again.is_same
    assert "exb-words" in ids_in(again.composed)
    assert "exb-words" not in ids_in(letters.prepared().composed)


def test_an_approval_is_not_undone_once_a_letter_was_issued_and_the_letter_is_made_again(
    store: Store, letters: Letters, tmp_path: Path
) -> None:
    approving = store.read(wording_row, letters.key).changed_in
    prepared = letters.prepared()
    issue(store, prepared, tmp_path / "a.docx")
    before = dump(store, with_log=True)
    with pytest.raises(Problem, match="a document was issued with this wording") as refused:
        store.undo(approving)
    assert f"“{prepared.composed.document.title}”" in refused.value.what
    assert dump(store, with_log=True) == before
    (found,) = store.read(document_rows)
    details = store.read(document_details, found.id)
    assert make_again(store.read(library_of), details, is_sample=True).is_same


def test_what_was_issued_before_is_made_again_without_clauses_of_later(
    store: Store, letters: Letters, make: Any, tmp_path: Path
) -> None:
    issue(store, letters.prepared(), tmp_path / "a.pdf")
    draft(make, clause("exb-late", "Late.", joins="letter", follows="letter-words"),
          approved_by="Ruth")  # fmt: skip
    draft(make, clause("exb-thanks", "Thanks.", replaces="letter-thanks"), approved_by="Ruth")
    made = store.read(library_of)
    assert len(ids(made, "letter")[1]) == 4
    (found,) = store.read(document_rows)
    again = make_again(made, store.read(document_details, found.id), is_sample=True)
    assert again.is_same


def withdrawn(store: Store, letters: Letters, _make: Any) -> None:
    changing(store, lambda s: kept.withdraw(s, letters.key))


def turned(_store: Store, letters: Letters, make: Any) -> None:
    make.turn_wording(letters.key, text=next(iter(WORDS.values())).replace("glad", "sorry"))


def turned_with_its_seal(_store: Store, letters: Letters, make: Any) -> None:
    text = next(iter(WORDS.values())).replace("glad", "sorry")
    make.turn_wording(letters.key, text=text, fingerprint=kept.fingerprint(text))


def made_a_draft(_store: Store, letters: Letters, make: Any) -> None:
    make.turn_wording(letters.key, status=Standing.DRAFT, approved_on=None)


def removed(store: Store, letters: Letters, _make: Any) -> None:
    number = store.read(wording_row, letters.key).changed_in
    store.undo(number)
    store.undo(number - 1)


def files_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if not each.name.startswith("exampleton.desk")]


MEANWHILE = (withdrawn, turned, turned_with_its_seal, made_a_draft, removed)


@pytest.mark.parametrize("what", MEANWHILE)
@pytest.mark.parametrize("kind", DocumentFormat)
def test_what_is_not_approved_any_more_is_not_issued_though_it_was_when_begun(
    store: Store, make: Any, letters: Letters, tmp_path: Path, what: Any, kind: DocumentFormat
) -> None:
    prepared = letters.prepared()
    what(store, letters, make)
    with pytest.raises(Problem, match="is not approved as it stands, so no document was issued"):
        issue(store, prepared, tmp_path / f"a{kind.ending}")
    with pytest.raises(Problem, match="is not approved as it stands, so no document was issued"):
        issue_many(store, [prepared.draft], tmp_path, kind, TODAY)
    assert files_in(tmp_path) == []
    assert store.read(document_rows) == ()


@pytest.mark.parametrize("what", [withdrawn, turned, made_a_draft, removed])
def test_a_document_that_begins_then_is_without_it_and_says_so(
    store: Store, make: Any, letters: Letters, tmp_path: Path, what: Any
) -> None:
    what(store, letters, make)
    prepared = letters.prepared()
    assert "exb-words" not in ids_in(prepared.composed)
    notes = [each for each in prepared.findings if each.code == "OW010"]
    assert len(notes) == (what is turned)
    assert prepared.is_ready
    issue(store, prepared, tmp_path / "a.docx")


def test_a_draft_is_never_issued_whatever_library_it_is_in(
    store: Store, make: Any, letters: Letters, tmp_path: Path
) -> None:
    ((named, text),) = clause("exb-new", "New.", joins="letter", follows="letter-words").items()
    make.wording(named, text)
    read = read_clause(text, named)
    for status in (WordingStatus.RELEASED, WordingStatus.DRAFT):
        trial = added(store.read(library_of), replace(read, status=status))
        if status is WordingStatus.DRAFT:  # one that is forced in all the same
            trial = added(trial, replace(read, replaces="letter-thanks", joins="", follows=""))
        prepared = letters.prepared(trial)
        assert "exb-new" in ids_in(prepared.composed)
        assert "a draft that nobody approved" in str(prepared.composed.document)
        with pytest.raises(Problem, match="is not approved as it stands"):
            issue(store, prepared, tmp_path / "a.pdf")
        with pytest.raises(Problem, match="is not approved as it stands"):
            issue_many(store, [prepared.draft], tmp_path, DocumentFormat.PDF, TODAY)
    assert files_in(tmp_path) == []


def test_optional_clauses_of_the_boroughs_own_are_ticked(store: Store, make: Any) -> None:
    own = clause("exb-extra", "More.", joins="order", follows="order-pay", is_optional=True)
    made = joined(BASE, [row(own)])
    known = known_of(store, SubjectKind.CONTRACT, make.contract())
    begun = issuing.tick(begin(made, made.type_of("order"), known), "exb-extra", is_in=False)
    assert "exb-extra" not in ids_in(prepare(begun, TODAY).composed)
    assert Subject(SubjectKind.CONTRACT, known.subject.id) == known.subject
