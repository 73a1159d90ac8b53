"""Packs between desks: made, taken in as one change, and back again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.documents import issuing
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.keeping import make_again
from apprentice_desk.documents.newer_wording import Fate as WordFate
from apprentice_desk.documents.newer_wording import newer_wording
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.pack_comparing import Fate
from apprentice_desk.documents.pack_making import make_pack, offered, with_needed
from apprentice_desk.documents.pack_manifest import Pack, PackItem
from apprentice_desk.documents.pack_taking_in import (
    TakenIn,
    compare_with_desk,
    label_of,
    take_in,
)
from apprentice_desk.documents.packs import load_pack, read_pack, save_pack, write_pack
from apprentice_desk.documents.wording import library, packaged_files
from apprentice_desk.domain.own_wording import Approval, Standing
from apprentice_desk.domain.problems import Cancelled, Conflict, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records import own_wording
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import (
    Subject,
    document_content,
    document_details,
    document_rows,
)
from apprentice_desk.records.own_wording import DraftDetails, wording_rows
from apprentice_desk.records.store import Store
from documents.packed import pack_of
from documents.wordings import clause, of_type, part
from records.dumps import dump

TODAY = date(2026, 9, 1)
BY = Approval("Ruth Okafor", "Head of HR", TODAY, is_read=True)
PAY = clause("loti-pay", "The Council pays {provider_name} within 30 days.", title="Pay")
PAY_2 = clause(
    "loti-pay", "The Council pays {provider_name} within 20 days.", title="Pay", version=2
)
CARE = clause("loti-care", "{provider_name} takes care, as {ref:loti-pay} says.", title="Care")
NOTE = of_type(
    "loti-note", "contract", (part("clauses", "loti-pay", "loti-care"),), title="Note on pay"
)
PACKED = (PAY, CARE, NOTE)
Desks = Callable[[str], Store]


@pytest.fixture
def another(empty_desk: Path, tmp_path: Path) -> Iterator[Desks]:
    """Makes further desks."""
    opened: list[Store] = []

    def make(name: str) -> Store:
        path = shutil.copy(empty_desk, tmp_path / f"{name}.desk")
        opened.append(open_store(path, person="Tess Ter"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def write(
    store: Store, *files: Mapping[str, str], approval: Approval | None = BY, source: str = ""
) -> None:
    """Write wording in a desk, and approve it."""
    for file in files:
        for named, text in file.items():
            with store.change("Write wording") as session:
                key = own_wording.keep_draft(
                    session, DraftDetails(named, text, "Ada Byron", source)
                )
                if approval is not None:
                    own_wording.approve(session, key, approval)


def name_of(file: Mapping[str, str]) -> str:
    return next(iter(file))


def names(*files: Mapping[str, str]) -> list[str]:
    return [name_of(each) for each in files]


def rows(store: Store) -> dict[str, Any]:
    return {row.named: row for row in store.read(wording_rows)}


def written_here(store: Store) -> list[str]:
    return [each.id for each in store.read(offered) if each.is_written_here]


def made(store: Store, **more: Any) -> Pack:
    values = {
        "chosen": written_here(store), "title": "Pay 2027", "note": "", "today": TODAY,
    } | more  # fmt: skip
    return store.read(make_pack, values["chosen"], values["title"], values["note"], TODAY)


def issue(store: Store, contract: Any, path: Path) -> Any:
    """Issue the note on a contract with the newest wording of the desk, and return its key."""
    whole = store.read(library_of)
    known = store.read(gathered, Subject(SubjectKind.CONTRACT, contract), TODAY)
    draft = issuing.begin(whole, whole.type_of("loti-note"), known)
    prepared = issuing.prepare(draft, TODAY)
    assert prepared.is_ready, prepared.findings
    return issuing.issue(store, prepared, path)


# --- from one desk to another and back ------------------------------------------------------------


def test_a_pack_goes_from_one_desk_to_another_and_back(
    store: Store, another: Desks, maker: Callable[[Store], Any], tmp_path: Path
) -> None:
    """What was issued stays byte for byte; the newer words are shown beside it."""
    write(store, *PACKED)
    contract = maker(store).contract()
    document = issue(store, contract, tmp_path / "first.pdf")
    before, details = (
        store.read(document_content, document), store.read(document_details, document),
    )  # fmt: skip

    sent = save_pack(made(store), tmp_path / "sent.wording")
    other = another("other")
    assert take_in(other, load_pack(sent), None, BY, TODAY) == TakenIn(approved=3)
    assert {row.source for row in rows(other).values()} == {"Pay 2027, from Exampleton"}
    assert {row.approved_by for row in rows(other).values()} == {"Ruth Okafor"}
    there = issue(other, maker(other).contract(), tmp_path / "there.pdf")
    assert other.read(document_content, there)

    source = rows(other)[name_of(PAY)].source
    write(other, PAY_2, source=source)  # as the next version of it is begun in the window
    assert written_here(other) == names(PAY_2)
    back = save_pack(made(other, title="Sooner"), tmp_path / "back.wording")
    received = load_pack(back)
    (line,) = store.read(compare_with_desk, received, TODAY).lines
    assert (line.fate, line.before) == (Fate.NEWER, 1)
    assert [(each.fate, each.text) for each in line.runs if each.fate is not WordFate.SAME] == [
        (WordFate.OUT, "30 "), (WordFate.IN, "20 "),
    ]  # fmt: skip
    assert [use.contract_id for use in line.uses] == [contract]
    assert take_in(store, received, None, BY, TODAY) == TakenIn(approved=1)

    assert set(rows(store)) == {*names(*PACKED), *names(PAY_2)}
    assert store.read(document_content, document) == before
    assert store.read(document_details, document) == details
    whole = store.read(library_of)
    assert whole.left_out == other.read(library_of).left_out == ()
    again = make_again(whole, details, is_sample=True)
    assert (again.is_same, again.is_same_program) == (True, True)
    kind = DocumentFormat.PDF
    assert issuing.drawn(again.composed.document, kind, details.issued_on) == before
    (newer,) = newer_wording(whole, details).clauses
    assert (newer.id, newer.before, newer.now) == ("loti-pay", 1, 2)
    assert [each.text for each in newer.runs if each.fate is WordFate.IN] == ["20"]
    second = store.read(document_details, issue(store, contract, tmp_path / "second.pdf"))
    assert second.clauses == {"loti-pay": 2, "loti-care": 1}
    assert {row.id for row in store.read(document_rows)} > {document}

    assert take_in(store, received, None, BY, TODAY).count == 0
    assert take_in(other, load_pack(sent), None, BY, TODAY).count == 0


def test_one_pack_goes_to_three_boroughs_and_is_the_same_in_each(
    store: Store, another: Desks
) -> None:
    write(store, *PACKED)
    content = write_pack(made(store))
    for name in ("north", "east", "west"):
        borough = another(name)
        pack = read_pack(content, "pay.wording")
        assert take_in(borough, pack, None, BY, TODAY).count == 3
        texts = {row.named: row.fingerprint for row in rows(borough).values()}
        assert texts == {row.named: row.fingerprint for row in rows(store).values()}
        assert write_pack(made(borough, chosen=names(*PACKED))) == content


def test_the_programs_own_wording_is_there_already(store: Store, another: Desks) -> None:
    every = [each.id for each in store.read(offered)]
    assert len(every) == len(library().clauses) + len(library().types)
    pack = read_pack(write_pack(made(store, chosen=every)), "all.wording")
    lines = another("other").read(compare_with_desk, pack, TODAY).lines
    assert {line.fate for line in lines} == {Fate.SAME}


# --- one change -----------------------------------------------------------------------------------


def test_a_pack_comes_in_as_one_change_and_undo_takes_all_of_it_back(store: Store) -> None:
    before = dump(store)
    pack = pack_of(*PACKED)
    assert take_in(store, pack, None, BY, TODAY).approved == 3
    after = dump(store)
    assert after != before
    latest = store.latest_change()
    assert latest is not None
    assert latest.label == label_of(pack) == "Take in the wording “Contract terms 2027” from LOTI"
    undone = store.undo(latest.number)
    assert dump(store) == before
    store.undo(undone.number)
    assert dump(store) == after


def test_importing_the_same_pack_again_changes_nothing(store: Store) -> None:
    pack = pack_of(*PACKED)
    take_in(store, pack, None, BY, TODAY)
    before = dump(store, with_log=True)
    assert take_in(store, pack, None, BY, TODAY) == TakenIn()
    assert take_in(store, pack, None, None, TODAY) == TakenIn()
    assert dump(store, with_log=True) == before


def test_a_part_is_chosen_with_what_it_needs(store: Store) -> None:
    pack = pack_of(*PACKED, clause("loti-more", "More."))
    before = dump(store, with_log=True)
    with pytest.raises(Problem) as refused:
        take_in(store, pack, names(CARE), BY, TODAY)
    assert str(refused.value) == (
        "“Care” needs “Pay” of the same pack. Nothing was taken in. Choose both, or neither."
    )
    assert dump(store, with_log=True) == before
    assert take_in(store, pack, names(CARE, PAY), BY, TODAY).approved == 2
    assert set(rows(store)) == set(names(CARE, PAY))


def test_what_was_compared_and_is_not_so_any_more_is_a_conflict(store: Store) -> None:
    write(store, *PACKED)
    with pytest.raises(Conflict, match="changed meanwhile"):
        take_in(store, pack_of(PAY), names(PAY), BY, TODAY)


# --- approval -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("approval", "says"),
    [
        (Approval("", "Head", TODAY, is_read=True), "Enter the name of who approves it."),
        (Approval("Ruth", " ", TODAY, is_read=True), "Enter the job title of who approves it."),
        (Approval("Ruth", "Head", TODAY), "Whoever approves it has read it: say so."),
    ],
)
def test_a_pack_is_approved_here_by_a_named_person_or_not_at_all(
    store: Store, approval: Approval, says: str
) -> None:
    before = dump(store, with_log=True)
    with pytest.raises(Problem) as refused:
        take_in(store, pack_of(*PACKED), None, approval, TODAY)
    assert says in str(refused.value)
    assert dump(store, with_log=True) == before


def test_as_drafts_nothing_of_it_gets_into_a_document_until_it_is_approved(store: Store) -> None:
    pack = pack_of(*PACKED)
    assert take_in(store, pack, None, None, TODAY) == TakenIn(drafts=3)
    assert {row.status for row in rows(store).values()} == {Standing.DRAFT}
    with pytest.raises(Problem, match="There is no document type loti-note"):
        store.read(library_of).type_of("loti-note")
    lines = store.read(compare_with_desk, pack, TODAY).lines
    assert {line.fate for line in lines} == {Fate.DRAFT}
    assert take_in(store, pack, None, None, TODAY) == TakenIn()
    assert take_in(store, pack, None, BY, TODAY) == TakenIn(approved=3)
    assert store.read(library_of).type_of("loti-note").approved is not None
    assert {row.source for row in rows(store).values()} == {pack.source}


def test_wording_that_would_not_be_in_order_here_comes_in_as_a_draft_only(store: Store) -> None:
    before = dump(store, with_log=True)
    bad = pack_of(PAY, CARE, NOTE | clause("loti-pay", "A {no_such} Fee.", version=2))
    with pytest.raises(Problem) as refused:
        take_in(store, bad, None, BY, TODAY)
    assert refused.value.what.startswith(
        "Nothing was taken in: in this desk the wording would not be in order. There is no field"
        " “no_such”."
    )
    one = pack_of(clause("loti-pay", "{no_such}"))
    with pytest.raises(Problem, match=r"There is no field “no_such”\. Leave out"):
        take_in(store, one, None, BY, TODAY)
    assert dump(store, with_log=True) == before
    assert take_in(store, bad, None, None, TODAY).drafts == 4


def test_taking_in_can_be_stopped_and_leaves_nothing(store: Store) -> None:
    before = dump(store, with_log=True)
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        take_in(store, pack_of(*PACKED), None, BY, TODAY, progress)
    assert dump(store, with_log=True) == before


# --- withdrawn, and in the way --------------------------------------------------------------------


def withdrawn(store: Store, named: str) -> None:
    with store.change("Withdraw") as session:
        own_wording.withdraw(session, rows(store)[named].id)


def test_what_the_sender_withdrew_is_withdrawn_in_the_other_desk(
    store: Store, another: Desks
) -> None:
    extra = clause("loti-extra", "More.", joins="loti-note", follows="loti-pay")
    write(store, *PACKED, extra)
    other = another("other")
    take_in(other, made(store), None, BY, TODAY)
    withdrawn(store, name_of(extra))
    pack = read_pack(write_pack(made(store)), "x")
    lines = {line.id: line.fate for line in other.read(compare_with_desk, pack, TODAY).lines}
    assert lines.pop(name_of(extra)) is Fate.WITHDRAWN
    assert set(lines.values()) == {Fate.SAME}
    assert take_in(other, pack, None, None, TODAY).count == 0
    with pytest.raises(Problem, match="Enter the name of who approves it"):
        take_in(other, pack, None, replace(BY, by=" "), TODAY)
    assert take_in(other, pack, None, BY, TODAY) == TakenIn(withdrawn=1)
    assert rows(other)[name_of(extra)].status is Standing.WITHDRAWN
    assert take_in(other, pack, None, BY, TODAY).count == 0
    third = another("third")
    assert take_in(third, pack, None, BY, TODAY).approved == 3
    assert name_of(extra) not in rows(third)


def test_a_newer_version_that_is_withdrawn_takes_the_older_out(store: Store) -> None:
    extra = clause("loti-extra", "More.", joins="loti-note", follows="loti-pay")
    newer = clause("loti-extra", "Less.", joins="loti-note", follows="loti-pay", version=2)
    write(store, *PACKED, extra)
    items = tuple(PackItem(*each, is_withdrawn=True) for each in newer.items())
    assert take_in(store, pack_of(items=items), None, BY, TODAY) == TakenIn(withdrawn=1)
    assert rows(store)[name_of(newer)].status is Standing.WITHDRAWN
    assert not store.read(library_of).has("loti-extra")


def test_own_wording_that_the_desk_leaves_out_is_not_taken_in_twice(
    store: Store, make: Any
) -> None:
    write(store, PAY)
    make.turn_wording(rows(store)[name_of(PAY)].id, text=PAY[name_of(PAY)] + "Edited.")
    (line,) = store.read(compare_with_desk, pack_of(PAY), TODAY).lines
    assert line.fate is Fate.REFUSED
    make.turn_wording(rows(store)[name_of(PAY)].id, text=PAY[name_of(PAY)], fingerprint="0" * 64)
    (line,) = store.read(compare_with_desk, pack_of(PAY), TODAY).lines
    assert (line.fate, "leaves it out" in line.says) == (Fate.SAME, True)


def test_a_variant_of_what_has_one_here_is_refused_and_named(store: Store) -> None:
    ours = clause("xmp-law", "Our law.", replaces="of-law", title="Our own law")
    theirs = clause("loti-law", "Their law.", replaces="of-law", title="Law of LOTI")
    write(store, ours)
    (line,) = store.read(compare_with_desk, pack_of(theirs), TODAY).lines
    assert line.fate is Fate.REFUSED
    assert line.says == (
        "It would stand in place of “of-law”, where the desk has “Our own law” (xmp-law)."
        " Both cannot."
    )
    (renewed,) = store.read(
        compare_with_desk, pack_of(clause("of-law", "New law.", version=2)), TODAY
    ).lines
    assert renewed.stays == ("Our own law",)
    next_one = clause("xmp-law", "Our next law.", replaces="of-law", version=2)
    (line,) = store.read(compare_with_desk, pack_of(next_one), TODAY).lines
    assert line.fate is Fate.NEWER


# --- making ---------------------------------------------------------------------------------------


def test_a_draft_is_never_sent_and_what_came_in_a_pack_only_if_chosen(store: Store) -> None:
    take_in(store, pack_of(PAY), None, BY, TODAY)
    write(store, CARE)
    write(store, NOTE, approval=None)
    own = [each for each in store.read(offered) if each.is_own]
    assert [(each.title, each.is_written_here, each.source) for each in own] == [
        ("Care", True, ""), ("Pay", False, "Contract terms 2027, from LOTI"),
    ]  # fmt: skip
    with pytest.raises(Problem, match=r"“documents/loti-note\.1\.toml” cannot be sent"):
        made(store, chosen=names(NOTE))
    pack = made(store, title=" Pay \n 2027 ", note=" Read it. \n")
    assert (pack.title, pack.note, pack.sender) == ("Pay 2027", "Read it.", "Exampleton")
    assert [item.named for item in pack.items] == sorted(names(CARE, PAY))
    assert {(item.approved_by, item.approved_on) for item in pack.items} == {("Ruth Okafor", TODAY)}


def test_a_type_is_sent_with_the_clauses_that_are_the_desks_own(store: Store) -> None:
    note = of_type("loti-note", "contract", (part("clauses", "loti-pay", "of-law"),))
    write(store, PAY, note)
    every = store.read(offered)
    assert with_needed(every, names(note)) == frozenset(names(note, PAY))
    assert with_needed(every, names(PAY)) == frozenset(names(PAY))
    assert [each.id for each in every[:2]] == names(note, PAY)
    law = next(each for each in every if each.item.id == "of-law")
    assert (law.is_own, law.item.approved_by) == (False, library().clause("of-law").owner)


def test_wording_that_the_program_has_come_with_meanwhile_is_the_programs(store: Store) -> None:
    named = library().clause("of-law").file
    write(store, {named: packaged_files()[named]})
    (law,) = [each for each in store.read(offered) if each.id == named]
    assert (law.is_own, law.is_written_here) == (False, False)
