"""Contacts, notes and actions of a provider, and what was agreed to measure it by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import Measure, ProviderNoteKind
from apprentice_desk.records import contract_measures, contracts, provider_care
from apprentice_desk.records.contract_measures import AgreedDetails
from apprentice_desk.records.provider_care import ActionDetails, ContactDetails, NoteDetails
from apprentice_desk.records.store import Store
from records.acting import GONE, TODAY, changing
from records.acts_on_contracts import CONTACT, NOTED
from records.dumps import dump


@pytest.fixture
def provider(make: Any) -> Any:
    return make.provider(name="Riverside College")


def test_contacts_stand_by_name_and_texts_are_trimmed(store: Store, make: Any, provider) -> None:
    for name in ("Zoe Marsh ", "ada Frost"):
        details = replace(CONTACT, name=name)
        changing(store, lambda s, d=details: provider_care.add_contact(s, provider, d))
    other = make.provider()
    changing(store, lambda s: provider_care.add_contact(s, other, CONTACT))
    ada, zoe = store.read(provider_care.contact_rows, provider)
    assert (ada.details.name, zoe.details) == ("ada Frost", replace(CONTACT, name="Zoe Marsh"))
    assert ada.provider_id == provider


def test_notes_stand_newest_first(store: Store, provider) -> None:
    for day in (1, 3, 2):
        details = replace(NOTED, noted_on=date(2026, 6, day))
        changing(store, lambda s, d=details: provider_care.add_note(s, provider, d))
    rows = store.read(provider_care.note_rows, provider)
    assert [row.details.noted_on.day for row in rows] == [3, 2, 1]
    assert rows[0].details == replace(NOTED, noted_on=date(2026, 6, 3))


def test_open_actions_stand_first_and_the_soonest_due_on_top(store: Store, provider) -> None:
    wanted = (
        ("Later", date(2026, 10, 1)), ("Some day", None), ("Overdue", date(2026, 8, 31)),
        ("Today", TODAY), ("Done", date(2026, 1, 1)),
    )  # fmt: skip
    for what, due_on in wanted:
        details = ActionDetails(what, "Nadia", due_on)
        key = changing(store, lambda s, d=details: provider_care.add_action(s, provider, d))
    changing(store, lambda s: provider_care.finish_action(s, key, TODAY, TODAY))
    rows = store.read(provider_care.action_rows, provider)
    assert [row.details.what for row in rows] == ["Overdue", "Today", "Later", "Some day", "Done"]
    assert [row.is_overdue(TODAY) for row in rows] == [True, False, False, False, False]
    assert [row.is_open for row in rows] == [True, True, True, True, False]


def test_late_actions_are_those_of_every_provider_that_are_open_and_past(
    store: Store, make: Any, provider
) -> None:
    other = make.provider(name="Birch Training")
    yesterday = date(2026, 8, 31)
    for whose, what, due_on in (
        (provider, "Late", yesterday), (provider, "Today", TODAY), (provider, "Some day", None),
        (other, "Later still", date(2026, 8, 1)), (other, "Done", yesterday),
    ):  # fmt: skip
        details = ActionDetails(what, "Nadia", due_on)
        key = changing(store, lambda s, w=whose, d=details: provider_care.add_action(s, w, d))
    changing(store, lambda s: provider_care.finish_action(s, key, TODAY, TODAY))
    found = store.read(provider_care.late_actions, TODAY)
    assert [(each.provider_name, each.what, each.due_on) for each in found] == [
        ("Birch Training", "Later still", date(2026, 8, 1)),
        ("Riverside College", "Late", yesterday),
    ]
    assert {each.owner for each in found} == {"Nadia"}
    assert [each.provider_id for each in found] == [other, provider]


def test_an_action_is_finished_once_and_can_be_reopened(store: Store, provider) -> None:
    details = ActionDetails("Send the dates", "Nadia")
    key = changing(store, lambda s: provider_care.add_action(s, provider, details))
    for day, said in ((None, "Say on which day"), (date(2026, 9, 2), "still to come")):
        with pytest.raises(Problem, match=said):
            changing(store, lambda s, d=day: provider_care.finish_action(s, key, d, TODAY))
    changing(store, lambda s: provider_care.finish_action(s, key, TODAY, TODAY))
    with pytest.raises(Problem, match="done already"):
        changing(store, lambda s: provider_care.finish_action(s, key, TODAY, TODAY))
    (row,) = store.read(provider_care.action_rows, provider)
    assert row.done_on == TODAY
    changing(store, lambda s: provider_care.reopen_action(s, key))
    (row,) = store.read(provider_care.action_rows, provider)
    assert row.done_on is None


def test_an_action_outlives_the_note_that_it_came_of(store: Store, provider) -> None:
    note = changing(store, lambda s: provider_care.add_note(s, provider, NOTED))
    details = ActionDetails("Send the dates", "Nadia", None, note)
    changing(store, lambda s: provider_care.add_action(s, provider, details))
    changing(store, lambda s: provider_care.remove_note(s, note))
    (row,) = store.read(provider_care.action_rows, provider)
    assert row.details == replace(details, note_id=None)
    assert store.read(provider_care.note_rows, provider) == ()


@pytest.mark.parametrize(
    ("add", "correct", "read", "details"),
    [
        ("add_contact", "correct_contact", "contact_rows", CONTACT),
        ("add_note", "correct_note", "note_rows", NOTED),
        ("add_action", "correct_action", "action_rows", ActionDetails("Meet", "Nadia")),
    ],
)
def test_two_who_edit_the_same_are_told(
    store: Store, provider, add, correct, read, details
) -> None:
    key = changing(store, lambda s: getattr(provider_care, add)(s, provider, details))
    (before,) = store.read(getattr(provider_care, read), provider)
    text = "words" if isinstance(details, NoteDetails) else "role"
    text = "what" if isinstance(details, ActionDetails) else text
    theirs, mine = (replace(details, **{text: word}) for word in ("Theirs", "Mine"))
    act = getattr(provider_care, correct)
    changing(store, lambda s: act(s, key, theirs, before.changed_in))
    with pytest.raises(Conflict) as raised:
        changing(store, lambda s: act(s, key, mine, before.changed_in))
    assert (raised.value.mine, raised.value.theirs) == (mine, theirs)
    changing(store, lambda s: act(s, key, mine, raised.value.stamp))
    (after,) = store.read(getattr(provider_care, read), provider)
    assert after.details == mine


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda s, it: provider_care.add_contact(s, it, ContactDetails(" ")), "the name"),
        (
            lambda s, it: provider_care.add_contact(s, it, ContactDetails("Nadia", email="n.f")),
            "has an @",
        ),
        (
            lambda s, it: provider_care.add_contact(s, it, ContactDetails("N" * 201)),
            "room for 200",
        ),
        (lambda s, it: provider_care.add_note(s, it, replace(NOTED, kind=None)), "about"),
        (lambda s, it: provider_care.add_note(s, it, replace(NOTED, noted_on=None)), "the day"),
        (lambda s, it: provider_care.add_note(s, it, replace(NOTED, words=" ")), "found or said"),
        (lambda s, it: provider_care.add_action(s, it, ActionDetails("", "Nadia")), "to be done"),
        (lambda s, it: provider_care.add_action(s, it, ActionDetails("Meet", " ")), "who does it"),
        (lambda s, it: provider_care.add_contact(s, GONE, CONTACT), "removed meanwhile"),
        (lambda s, it: provider_care.add_note(s, GONE, NOTED), "removed meanwhile"),
        (lambda s, it: provider_care.add_action(s, GONE, ActionDetails()), "removed meanwhile"),
        (lambda s, it: provider_care.correct_contact(s, GONE, CONTACT), "contact was removed"),
        (lambda s, it: provider_care.remove_contact(s, GONE), "contact was removed"),
        (lambda s, it: provider_care.correct_note(s, GONE, NOTED), "note was removed"),
        (lambda s, it: provider_care.remove_note(s, GONE), "note was removed"),
        (
            lambda s, it: provider_care.correct_action(s, GONE, ActionDetails()),
            "action was removed",
        ),
        (lambda s, it: provider_care.reopen_action(s, GONE), "action was removed"),
        (lambda s, it: provider_care.remove_action(s, GONE), "action was removed"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_touched(
    store: Store, provider, act, says
) -> None:
    before = dump(store)
    with pytest.raises(Problem, match=says):
        changing(store, lambda session: act(session, provider))
    assert dump(store) == before


# --- measures agreed ------------------------------------------------------------------------------

REVIEWS = Measure.REVIEWS_ON_TIME


def agree(store: Store, contract_id: Any, details: AgreedDetails) -> None:
    changing(store, lambda s: contract_measures.agree_measure(s, contract_id, REVIEWS, details))


def test_a_measure_is_agreed_changed_and_given_up(store: Store, make: Any) -> None:
    contract_id, other = make.contract(), make.contract()
    agree(store, other, AgreedDetails(50))
    assert store.read(contract_measures.agreed_measures, contract_id) == {}
    for details in (AgreedDetails(95, "Schedule 2"), AgreedDetails(0)):
        agree(store, contract_id, details)
        assert store.read(contract_measures.agreed_measures, contract_id) == {REVIEWS: details}
    agree(store, contract_id, AgreedDetails(90, " Schedule 3 "))
    agreed = store.read(contract_measures.agreed_measures, contract_id)
    assert agreed == {REVIEWS: AgreedDetails(90, "Schedule 3")}
    agree(store, contract_id, AgreedDetails())
    assert store.read(contract_measures.agreed_measures, contract_id) == {}
    assert store.read(contract_measures.agreed_measures, other) == {REVIEWS: AgreedDetails(50)}


@pytest.mark.parametrize(
    ("details", "says"),
    [
        (AgreedDetails(101), "from 0% to 100%"),
        (AgreedDetails(-1), "from 0% to 100%"),
        (AgreedDetails(None, "Schedule 2"), "no percentage"),
        (AgreedDetails(90, "N" * 501), "room for 500"),
    ],
)
def test_a_measure_that_is_none_is_refused(store: Store, make: Any, details, says) -> None:
    contract_id = make.contract()
    before = dump(store)
    with pytest.raises(Problem, match=says):
        agree(store, contract_id, details)
    assert dump(store) == before


def test_giving_up_what_was_not_agreed_changes_nothing(store: Store, make: Any) -> None:
    contract_id = make.contract()
    before = dump(store)
    agree(store, contract_id, AgreedDetails())
    assert dump(store) == before


def test_a_contract_goes_with_what_was_agreed_to_measure_it_by(store: Store, make: Any) -> None:
    contract_id = make.contract()
    agree(store, contract_id, AgreedDetails(95))
    changing(store, lambda s: contracts.remove_contract(s, contract_id))
    assert store.read(contract_measures.agreed_measures, contract_id) == {}


def test_every_kind_of_note_can_be_kept(store: Store, provider) -> None:
    for kind in ProviderNoteKind:
        details = replace(NOTED, kind=kind)
        changing(store, lambda s, d=details: provider_care.add_note(s, provider, d))
    kept = {row.details.kind for row in store.read(provider_care.note_rows, provider)}
    assert kept == set(ProviderNoteKind)
