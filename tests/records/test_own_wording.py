"""The desk's own wording: drafts are edited, approved versions never, and only those are issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from apprentice_desk.domain.own_wording import Approval, Standing, fingerprint
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import own_wording
from apprentice_desk.records.own_wording import (
    DraftDetails,
    WordingRow,
    check_draft,
    wording_files,
    wording_row,
    wording_rows,
)
from apprentice_desk.records.store import Store
from records.acting import GONE, changing

NAMED = "clauses/exb-parking.1.md"
GOOD = Approval(" Ruth Okafor ", " Head of HR ", date(2026, 9, 1), is_read=True)


def test_a_draft_is_kept_changed_approved_and_withdrawn(store: Store, make: Any) -> None:
    key = make.wording(NAMED, "Words.", written_by=" Ada ", source=" Pack 1, LOTI ")
    (row,) = store.read(wording_rows)
    assert row == WordingRow(
        key, NAMED, "Words.", Standing.DRAFT, "Ada", "", "", None, "Pack 1, LOTI", "",
        row.changed_in,
    )  # fmt: skip
    assert not row.is_as_approved
    changing(store, lambda s: own_wording.change_draft(s, key, "Other.", "Bo"))
    changing(store, lambda s: own_wording.change_draft(s, key, "Others."))
    assert store.read(wording_row, key).written_by == "Bo"
    changing(store, lambda s: own_wording.approve(s, key, GOOD))
    row = store.read(wording_row, key)
    assert (row.status, row.approved_by, row.approved_as, row.approved_on) == (
        Standing.APPROVED, "Ruth Okafor", "Head of HR", date(2026, 9, 1),
    )  # fmt: skip
    assert row.fingerprint == fingerprint("Others.")
    assert row.is_in_force
    changing(store, lambda s: own_wording.withdraw(s, key))
    row = store.read(wording_row, key)
    assert row.status is Standing.WITHDRAWN
    assert row.approved_by == "Ruth Okafor"
    assert row.is_as_approved
    assert not row.is_in_force


def test_only_what_is_in_force_is_among_the_files_and_drafts_where_they_are_wanted(
    store: Store, make: Any
) -> None:
    make.wording("clauses/exb-a.1.md", "A.")
    make.wording("clauses/exb-b.1.md", "B.", approved_by="Ruth")
    gone = make.wording("clauses/exb-c.1.md", "C.", approved_by="Ruth")
    changing(store, lambda s: own_wording.withdraw(s, gone))
    turned = make.wording("clauses/exb-d.1.md", "D.", approved_by="Ruth")
    make.turn_wording(turned, text="Not D.")
    assert store.read(wording_files) == {"clauses/exb-b.1.md": "B."}
    assert store.read(lambda s: wording_files(s, with_drafts=True)) == {
        "clauses/exb-a.1.md": "A.", "clauses/exb-b.1.md": "B.",
    }  # fmt: skip


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_an_approved_version_stays_as_it_is(store: Store, make: Any, is_withdrawn: bool) -> None:
    key = make.wording(approved_by="Ruth")
    if is_withdrawn:
        changing(store, lambda s: own_wording.withdraw(s, key))
    for act, says in (
        (lambda s: own_wording.change_draft(s, key, "New."), "was not changed. Begin its next"),
        (lambda s: own_wording.approve(s, key, GOOD), "was not approved again"),
        (lambda s: own_wording.remove_draft(s, key), "was not removed. Withdraw it"),
    ):
        with pytest.raises(Problem, match=says):
            changing(store, act)


def test_what_is_not_approved_is_not_withdrawn(store: Store, make: Any) -> None:
    key = make.wording()
    with pytest.raises(Problem, match="is not approved, so it was not withdrawn"):
        changing(store, lambda s: own_wording.withdraw(s, key))


def test_what_is_gone_or_was_changed_meanwhile_is_a_conflict(store: Store, make: Any) -> None:
    key = make.wording(NAMED, "Words.")
    before = store.read(wording_row, key).changed_in
    changing(store, lambda s: own_wording.change_draft(s, key, "Theirs.", changed_in=before))
    with pytest.raises(Conflict) as conflict:
        changing(store, lambda s: own_wording.change_draft(s, key, "Mine.", changed_in=before))
    assert (conflict.value.mine, conflict.value.theirs) == ("Mine.", "Theirs.")
    with pytest.raises(Conflict):
        changing(store, lambda s: own_wording.approve(s, key, GOOD, changed_in=before))
    for act in (
        lambda s: own_wording.change_draft(s, GONE, "New."),
        lambda s: own_wording.approve(s, GONE, GOOD),
        lambda s: own_wording.withdraw(s, GONE),
        lambda s: own_wording.remove_draft(s, GONE),
        lambda s: wording_row(s, GONE),
    ):
        with pytest.raises(Conflict, match="This wording was removed meanwhile"):
            changing(store, act)


def test_a_name_is_kept_once_and_is_one_of_a_library(store: Store, make: Any) -> None:
    make.wording(NAMED)
    with pytest.raises(
        Problem, match=r"There is wording called “clauses/exb-parking\.1\.md” already"
    ):
        make.wording(NAMED)
    good = DraftDetails(NAMED, "Words.")
    assert check_draft(good) == []
    for changes, code, field in (
        ({"named": "parking"}, "OW005", "named"),
        ({"text": " \n"}, "OW006", "text"),
        ({"text": "x" * 100_001}, "TX001", "text"),
        ({"written_by": "x" * 201}, "TX001", "written_by"),
        ({"source": "\0"}, "TX002", "source"),
    ):
        (found,) = check_draft(replace(good, **changes))
        assert (found.code, found.place.field) == (code, field)


def test_nobody_approves_without_a_name_nor_their_own_words(store: Store, make: Any) -> None:
    key = make.wording(written_by="Ada Lovelace")
    for changes, says in (
        ({"by": ""}, "Enter the name of who approves it"),
        ({"by": "ada lovelace"}, "another person approves it"),
        ({"by": "x" * 201}, "there is room for 200"),
        ({"job_title": "x" * 201}, "there is room for 200"),
    ):
        with pytest.raises(Problem, match=says):
            changing(store, lambda s, c=changes: own_wording.approve(s, key, replace(GOOD, **c)))
    assert store.read(wording_row, key).status is Standing.DRAFT


def test_the_table_itself_knows_no_approval_without_a_person_and_a_day(
    store: Store, make: Any
) -> None:
    key = make.wording()
    for values in (
        {"status": Standing.APPROVED, "approved_by": "Ruth"},
        {"status": Standing.APPROVED, "approved_on": date(2026, 9, 1)},
    ):
        with pytest.raises(IntegrityError):
            make.turn_wording(key, **values)


def test_what_is_not_in_force_as_it_stands_is_refused(store: Store, make: Any) -> None:
    draft = make.wording("clauses/exb-a.1.md", "A.")
    gone = make.wording("clauses/exb-b.1.md", "B.", approved_by="Ruth")
    changing(store, lambda s: own_wording.withdraw(s, gone))
    turned = make.wording("clauses/exb-c.1.md", "C.", approved_by="Ruth")
    make.wording("clauses/exb-d.1.md", "D.", approved_by="Ruth")

    def refuse(**texts: str) -> None:
        prints = {f"clauses/exb-{key}.1.md": fingerprint(text) for key, text in texts.items()}
        store.read(own_wording.refuse_unapproved, prints)

    refuse()
    refuse(c="C.", d="D.")
    make.turn_wording(turned, text="Not C.")
    for texts in ({"a": "A."}, {"b": "B."}, {"c": "C."}, {"c": "Not C."}, {"d": "E."}, {"e": "E."}):
        with pytest.raises(Problem, match="is not approved as it stands, so no document"):
            refuse(**{"d": "D."} | texts)
    assert store.read(wording_row, draft).status is Standing.DRAFT
