"""A letter to each bidder: whole files only, kept as one change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.documents.contents_list import CONTENTS, contents_list
from apprentice_desk.documents.issuing import Draft
from apprentice_desk.documents.issuing_many import drafts_for, issue_many, sorted_out
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.problems import Cancelled, Conflict, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records import procurement_items
from apprentice_desk.records.keeping_documents import Subject, document_content, document_rows
from apprentice_desk.records.procurement_details import BidderDetails
from apprentice_desk.records.store import Store
from documents.told import words
from documents.wordings import LETTER, library_of
from procured import TODAY, procured

LIBRARY = library_of(*LETTER)
ANSWERS: dict[str, Any] = {"officer_name": "Grace Park", "bidder_contact": "Somebody else's"}
PDF = DocumentFormat.PDF


def drafts(store: Store, make: Any, *names: str, answers: Any = None) -> tuple[Draft, ...]:
    """A letter to each of the three bidders, and to those of *names*."""
    made = procured(make, is_decided=not names)
    with store.change("More bidders") as session:
        more = [
            procurement_items.add_item(session, made.id, BidderDetails(None, name))
            for name in names
        ]
    subjects = [Subject(SubjectKind.BIDDER, each) for each in (*made.bidders, *more)]
    of = LIBRARY.type_of("letter")
    ticks = {"letter-thanks": False}
    if answers is not None:
        return drafts_for(store, LIBRARY, of, subjects, answers, ticks, TODAY)
    own = {each.id: {"bidder_contact": f"Bo {turn}"} for turn, each in enumerate(subjects)}
    return drafts_for(store, LIBRARY, of, subjects, ANSWERS, ticks, TODAY, own=own)


LIST = f"{CONTENTS}.pdf"


def names_in(folder: Path) -> list[str]:
    """The documents in a folder, without the list of them."""
    return sorted(
        each.name
        for each in folder.iterdir()
        if each.suffix in (".pdf", ".docx") and each.name != LIST
    )


@pytest.mark.parametrize("kind", DocumentFormat)
def test_each_bidder_gets_a_letter_and_all_are_one_change(
    store: Store, make: Any, tmp_path: Path, kind: DocumentFormat
) -> None:
    all_of_them = drafts(store, make)
    steps: list[tuple[int, int | None]] = []
    seconds = iter(range(100))
    progress = Progress(
        lambda done, total, _: steps.append((done, total)), clock=lambda: next(seconds)
    )
    folder = tmp_path / "letters"
    folder.mkdir()
    issued = issue_many(store, all_of_them, folder, kind, TODAY, progress)
    assert names_in(folder) == [
        f"Letter EXB-P-7 {name}{kind.ending}"
        for name in ("Beta Skills", "College", "Gamma Training")
    ]
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert issued.left_out == ()
    assert store.latest_change().label == "Issue 3 of Letter"
    assert len(store.read(document_rows)) == 3
    for key, path in zip(issued.keys, issued.files, strict=True):
        assert store.read(document_content, key) == path.read_bytes()
    store.undo(store.latest_change().number)
    assert store.read(document_rows) == ()


def test_what_is_known_of_each_goes_first_and_no_answer_about_one_gets_to_another(
    store: Store, make: Any
) -> None:
    first, second, third = drafts(store, make)
    assert [each.values["bidder_contact"] for each in (first, second, third)] == [
        "Nadia Frost", "Bo 1", "Bo 2",
    ]  # fmt: skip
    assert second.ticks == {"letter-thanks": False}
    shared = drafts(store, make, answers=ANSWERS)
    assert [each.values.get("bidder_contact") for each in shared] == ["Nadia Frost", None, None]
    assert {each.values["officer_name"] for each in shared} == {"Grace Park"}


def test_those_that_are_not_ready_are_left_out_by_name_with_the_reason(
    store: Store, make: Any, tmp_path: Path
) -> None:
    issued = issue_many(
        store, drafts(store, make, answers={"officer_name": "Grace"}), tmp_path, PDF, TODAY
    )
    assert [path.name for path in issued.files] == ["Letter EXB-P-7 College.pdf"]
    assert [each.name.partition(" · ")[0] for each in issued.left_out] == [
        "Beta Skills", "Gamma Training",
    ]  # fmt: skip
    assert [each.message for each in issued.left_out[0].findings] == [
        "Who the letter goes to is missing."
    ]
    assert store.latest_change().label.startswith("Issue Letter: College")


def test_where_none_is_ready_nothing_happens(store: Store, make: Any, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"none is ready\..* is missing"):
        issue_many(store, drafts(store, make, answers={}), tmp_path, PDF, TODAY)
    with pytest.raises(Problem, match=r"none is ready\. Choose who it is for"):
        issue_many(store, (), tmp_path, PDF, TODAY)
    assert names_in(tmp_path) == []
    assert store.read(document_rows) == ()


def test_namesakes_get_files_of_their_own(store: Store, make: Any, tmp_path: Path) -> None:
    made = drafts(store, make, "Gamma:", "gamma?", "GAMMA*")
    issued = issue_many(store, made, tmp_path, PDF, TODAY)
    assert [path.name for path in issued.files[2:]] == [
        "Letter EXB-P-7 Gamma Training.pdf",
        "Letter EXB-P-7 Gamma_.pdf",
        "Letter EXB-P-7 gamma_ (2).pdf",
        "Letter EXB-P-7 GAMMA_ (3).pdf",
    ]
    assert len(names_in(tmp_path)) == 6


def test_a_file_that_is_there_is_never_replaced(store: Store, make: Any, tmp_path: Path) -> None:
    (tmp_path / "Letter EXB-P-7 College.pdf").write_bytes(b"%PDF-sent")
    with pytest.raises(Problem, match=r"“Letter EXB-P-7 College\.pdf” is in that folder already"):
        issue_many(store, drafts(store, make), tmp_path, PDF, TODAY)
    assert names_in(tmp_path) == ["Letter EXB-P-7 College.pdf"]
    assert store.read(document_rows) == ()


def stop_after(turns: int) -> Progress:
    stops: list[Progress] = []

    def report(done: int, _total: int | None, _doing: str) -> None:
        if done == turns:
            stops[0].stop()

    stops.append(Progress(report, clock=iter(range(100)).__next__))
    return stops[0]


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_stopping_leaves_no_file_and_keeps_nothing(
    store: Store, make: Any, tmp_path: Path, turns: int
) -> None:
    with pytest.raises(Cancelled):
        issue_many(store, drafts(store, make), tmp_path, PDF, TODAY, stop_after(turns))
    assert list(tmp_path.glob("*.pdf")) == []
    assert list(tmp_path.glob(".*.pdf")) == []
    assert store.read(document_rows) == ()


def test_a_folder_that_is_not_there_is_said_so(store: Store, make: Any, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"folder “.*nowhere” was not found"):
        issue_many(store, drafts(store, make), tmp_path / "nowhere", PDF, TODAY)
    assert store.read(document_rows) == ()


def test_files_that_do_not_come_to_stand_are_taken_out_again(
    store: Store, make: Any, tmp_path: Path
) -> None:
    """A folder of one's name appears after all were written and kept."""
    made = drafts(store, make)
    path = tmp_path / "Letter EXB-P-7 Gamma Training.pdf"
    unlisten = in_the_way(store, path)
    with pytest.raises(Problem, match="was not saved"):
        issue_many(store, made, tmp_path, PDF, TODAY)
    unlisten()
    assert not (tmp_path / LIST).exists()
    kept = {row.file_name for row in store.read(document_rows)}
    assert kept == {name for name in names_in(tmp_path) if (tmp_path / name).is_file()}
    assert path.name not in kept


def in_the_way(store: Store, path: Path) -> Callable[[], None]:
    return store.listen(lambda _changes: path.mkdir(exist_ok=True))


def test_a_bidder_who_is_gone_is_said_so(store: Store, make: Any) -> None:
    (first, *_) = drafts(store, make)
    gone = replace(first.known.subject, id=make.contract())
    with pytest.raises(Conflict, match="The bidder was removed meanwhile"):
        drafts_for(store, LIBRARY, LIBRARY.type_of("letter"), [gone], {}, {}, TODAY)


# --- the list of them -----------------------------------------------------------------------------


def test_a_list_of_them_stands_beside_them_with_who_was_left_out_and_why(
    store: Store, make: Any, tmp_path: Path
) -> None:
    some = drafts(store, make, answers={"officer_name": "Grace"})
    ready, left_out = sorted_out(some, TODAY)
    found = contents_list(ready, ["Letter EXB-P-7 College.pdf"], left_out, TODAY)
    said = words(found)
    assert "Letter: 1 document, issued on" in said
    assert "Letter EXB-P-7 College.pdf" in said
    for name in ("Beta Skills", "Gamma Training"):
        assert f"{name} · Software developers" in said
    assert said.count("Who the letter goes to is missing.") == 2
    assert found.is_sample
    issued = issue_many(store, some, tmp_path, PDF, TODAY)
    assert issued.contents == tmp_path / LIST
    assert issued.contents.read_bytes().startswith(b"%PDF-")
    assert len(store.read(document_rows)) == 1  # the list is not kept


def test_a_list_of_all_of_them_says_nothing_of_others(store: Store, make: Any) -> None:
    ready, left_out = sorted_out(drafts(store, make), TODAY)
    said = words(contents_list(ready, ["c.pdf", "a.pdf", "b.pdf"], left_out, TODAY))
    assert "Left out" not in said
    beta, college, gamma = (said.index(each) for each in ("Beta Skills", "College", "Gamma"))
    assert beta < college < gamma


def test_a_list_that_is_there_is_never_replaced(store: Store, make: Any, tmp_path: Path) -> None:
    (tmp_path / LIST).write_bytes(b"%PDF-another")
    with pytest.raises(Problem, match=r"“Contents of this folder\.pdf” is in that folder already"):
        issue_many(store, drafts(store, make), tmp_path, PDF, TODAY)
    assert names_in(tmp_path) == []


# --- a cohort -------------------------------------------------------------------------------------


def cohort(store: Store, make: Any, answers: Any, own: Any = None) -> tuple[Draft, ...]:
    """An agreement for each of three, of whom the third has no line manager recorded."""
    make.standard()
    provider = make.provider(name="Northgate Training")
    keys = [
        make.apprentice(
            given_names=name, family_name="Cole", uln=None, provider_id=provider,
            line_manager=manager, training_started_on=date(2026, 9, 7),
            training_planned_end_on=date(2028, 9, 6), is_maths_needed=False,
            is_english_needed=False,
        )
        for name, manager in (("Amara", "Grace Park"), ("Ben", "Tom Reed"), ("Cy", ""))
    ]  # fmt: skip
    of = library().type_of("hand-over-note")
    subjects = [Subject(SubjectKind.APPRENTICESHIP, each) for each in keys]
    mine = {} if own is None else {keys[0]: own}
    return drafts_for(store, library(), of, subjects, answers, {}, TODAY, own=mine)


OF_ALL = {
    "new_manager_name": "Ravi Nair", "handed_over_on": TODAY, "officer_name": "Priya Shah",
    "officer_title": "Apprenticeships lead", "officer_email": "priya@exampleton.example",
    "line_manager_name": "Somebody else's", "hand_over_more": "About Amara alone.",
}  # fmt: skip


def test_one_answer_serves_a_cohort_and_what_is_about_one_stays_with_that_one(
    store: Store, make: Any
) -> None:
    drafts_made = cohort(store, make, OF_ALL, own=OF_ALL)
    assert {each.values["new_manager_name"] for each in drafts_made} == {"Ravi Nair"}
    assert [each.values.get("line_manager_name") for each in drafts_made] == [
        "Grace Park", "Tom Reed", None,
    ]  # fmt: skip
    assert [each.values.get("hand_over_more") for each in drafts_made] == [
        "About Amara alone.", None, None,
    ]  # fmt: skip


def test_a_cohort_is_issued_under_names_and_who_lacks_something_is_left_out(
    store: Store, make: Any, tmp_path: Path
) -> None:
    issued = issue_many(store, cohort(store, make, OF_ALL), tmp_path, PDF, TODAY)
    assert names_in(tmp_path) == [
        "Hand-over note Amara Cole.pdf", "Hand-over note Ben Cole.pdf",
    ]  # fmt: skip
    (left,) = issued.left_out
    assert (left.name, left.why) == ("Cy Cole", "The line manager's name is missing.")
    assert left.subject.kind is SubjectKind.APPRENTICESHIP
    assert store.latest_change().label == "Issue 2 of Hand-over note"
    assert {row.about.partition(" · ")[0] for row in store.read(document_rows)} == {
        "Amara Cole", "Ben Cole",
    }  # fmt: skip
