"""Checklists of guides that are put on somebody or on a procurement, as they are kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from apprentice_desk.domain.checklist import Mark
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import apprentice_removal, apprentices, guide_checklists, procurements
from apprentice_desk.records.guide_checklists import GuideChecklist, GuideTick, PutOn, checklists_on
from procured import DETAILS
from records.acting import changing

TODAY = date(2026, 9, 1)
GONE = UUID(int=9)


def put_on(store, key, guide="reviews", kind=GoesOn.APPRENTICE, today=TODAY, by=" Bo "):
    return changing(store, lambda s: guide_checklists.put_on(s, guide, kind, key, today, by))


def test_a_checklist_is_put_on_once_and_read_back_with_what_was_said(store, make) -> None:
    whose, other = make.apprentice(), make.apprentice()
    key = put_on(store, whose)
    again = put_on(store, whose, by="Somebody else", today=date(2026, 9, 2))
    later = put_on(store, whose, "gateway", today=date(2026, 9, 3))
    put_on(store, other)
    assert again == key
    changing(
        store,
        lambda s: guide_checklists.tick_off(
            s, key, ["review-day", "review-pack", "review-day"], TODAY, " Grace ", today=TODAY
        ),
    )
    changing(
        store, lambda s: guide_checklists.set_aside(s, key, ["review-pack"], " By email ", "Bo")
    )
    assert store.read(checklists_on, GoesOn.APPRENTICE, whose) == (
        PutOn(
            key,
            "reviews",
            TODAY,
            "Bo",
            {
                "review-day": Mark("review-day", TODAY, "Grace"),
                "review-pack": Mark("review-pack", None, "Bo", True, "By email"),
            },
        ),
        PutOn(later, "gateway", date(2026, 9, 3), "Bo", {}),
    )
    changing(store, lambda s: guide_checklists.open_again(s, key, ["review-pack", "never"]))
    (first, _) = store.read(checklists_on, GoesOn.APPRENTICE, whose)
    assert list(first.marks) == ["review-day"]


def test_what_is_not_needed_can_be_ticked_off_after_all(store, make) -> None:
    key = put_on(store, whose := make.apprentice())
    changing(store, lambda s: guide_checklists.set_aside(s, key, ["review-day"], "Later"))
    changing(store, lambda s: guide_checklists.tick_off(s, key, ["review-day"], TODAY, today=TODAY))
    (held,) = store.read(checklists_on, GoesOn.APPRENTICE, whose)
    assert held.marks == {"review-day": Mark("review-day", TODAY)}


def test_a_checklist_that_is_taken_off_takes_its_ticks_along(store, make) -> None:
    key = put_on(store, whose := make.apprentice())
    kept = put_on(store, whose, "gateway")
    changing(store, lambda s: guide_checklists.tick_off(s, key, ["a"], TODAY, today=TODAY))
    changing(store, lambda s: guide_checklists.take_off(s, key))
    (held,) = store.read(checklists_on, GoesOn.APPRENTICE, whose)
    assert held.id == kept
    assert store.read(lambda s: s.query(GuideTick).count()) == 0


def test_a_procurement_has_its_own_and_loses_them_when_it_is_removed(store, make) -> None:
    one = changing(store, lambda s: procurements.plan_procurement(s, DETAILS))
    key = put_on(store, one, "procure-a-provider", GoesOn.PROCUREMENT)
    changing(store, lambda s: guide_checklists.tick_off(s, key, ["a"], TODAY, today=TODAY))
    (held,) = store.read(checklists_on, GoesOn.PROCUREMENT, one)
    assert (held.id, list(held.marks)) == (key, ["a"])
    changing(store, lambda s: procurements.remove_procurement(s, one))
    assert store.read(lambda s: s.query(GuideChecklist).count()) == 0
    assert store.read(lambda s: s.query(GuideTick).count()) == 0


def test_an_apprentice_entered_by_mistake_loses_them_and_undo_brings_them_back(store, make) -> None:
    whose, other = make.apprentice(), make.apprentice()
    key = put_on(store, whose)
    put_on(store, other)
    changing(store, lambda s: guide_checklists.tick_off(s, key, ["a"], TODAY, today=TODAY))
    person = store.read(apprentices.held, whose).apprentice_id
    changing(store, lambda s: apprentice_removal.remove(s, person))
    assert store.read(checklists_on, GoesOn.APPRENTICE, whose) == ()
    assert len(store.read(checklists_on, GoesOn.APPRENTICE, other)) == 1
    store.undo(store.latest_change().number)
    (held,) = store.read(checklists_on, GoesOn.APPRENTICE, whose)
    assert list(held.marks) == ["a"]


REFUSED = {
    "still to come": (
        lambda s, key: guide_checklists.tick_off(s, key, ["a"], date(2026, 9, 2), today=TODAY),
        Problem,
        "2 Sep 2026 is still to come",
    ),
    "no reason": (
        lambda s, key: guide_checklists.set_aside(s, key, ["a"], " "),
        Problem,
        "Say why it is not needed",
    ),
    "ticked off, gone": (
        lambda s, _: guide_checklists.tick_off(s, GONE, ["a"], TODAY, today=TODAY),
        Conflict,
        "taken off meanwhile",
    ),
    "set aside, gone": (
        lambda s, _: guide_checklists.set_aside(s, GONE, ["a"], "Why"),
        Conflict,
        "taken off meanwhile",
    ),
    "open again, gone": (
        lambda s, _: guide_checklists.open_again(s, GONE, ["a"]),
        Conflict,
        "taken off meanwhile",
    ),
    "taken off, gone": (
        lambda s, _: guide_checklists.take_off(s, GONE),
        Conflict,
        "taken off meanwhile",
    ),
    "put on nobody": (
        lambda s, _: guide_checklists.put_on(s, "gateway", GoesOn.APPRENTICE, GONE, TODAY),
        Conflict,
        "was not saved",
    ),
    "put on no procurement": (
        lambda s, _: guide_checklists.put_on(s, "gateway", GoesOn.PROCUREMENT, GONE, TODAY),
        Conflict,
        "was not saved",
    ),
    "a name that is too long": (
        lambda s, key: guide_checklists.tick_off(s, key, ["a"], TODAY, "x" * 201, today=TODAY),
        Problem,
        "there is room for",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_refused_in_a_sentence(case, store, make) -> None:
    act, kind, says = REFUSED[case]
    key = put_on(store, make.apprentice())
    before = store.latest_change().number
    with pytest.raises(kind, match=says):
        changing(store, lambda s: act(s, key))
    assert store.latest_change().number == before
