"""What was put off on Today is kept, comes back by hand, and goes with whom it is about."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from apprentice_desk.domain.needs import Need, NeedKind, Target, Urgency
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import apprentice_removal, apprentices, putting_off
from apprentice_desk.records.putting_off import PutOffDetails
from apprentice_desk.records.store import Store
from records.acting import changing

TODAY = date(2026, 9, 1)


def need(key: str, weight: int = 0) -> Need:
    target = Target("apprentices", uuid4())
    return Need(key, NeedKind.HOURS, Urgency.SOON, "What", "Why", "Go", target, weight)


def put(store: Store, key: str, until_on: date, reason: str = "On leave", **given: Any) -> None:
    today = given.pop("today", TODAY)
    details = PutOffDetails(until_on, reason)
    changing(
        store, lambda session: putting_off.put_off(session, need(key, **given), details, today)
    )


def keys(store: Store) -> list[str]:
    return [mark.key for mark in store.read(putting_off.put_off_rows)]


def test_a_line_put_off_again_says_what_was_said_last(store: Store) -> None:
    put(store, "b", date(2026, 9, 8), weight=3)
    put(store, "a", date(2026, 9, 8))
    put(store, "b", date(2026, 9, 20), "Waits  for the\n provider ", weight=4)
    first, second = store.read(putting_off.put_off_rows)
    assert first.key == "a"
    assert (second.key, second.until_on, second.weight) == ("b", date(2026, 9, 20), 4)
    assert second.reason == "Waits for the provider"
    assert second.urgency is Urgency.SOON


def test_what_has_come_back_is_tidied_away_by_the_next(store: Store) -> None:
    put(store, "a", date(2026, 9, 8))
    put(store, "b", date(2026, 9, 9))
    put(store, "c", date(2026, 9, 30), today=date(2026, 9, 8))
    assert keys(store) == ["b", "c"]


def test_a_line_that_has_come_back_can_be_put_off_once_more(store: Store) -> None:
    put(store, "a", date(2026, 9, 8))
    put(store, "a", date(2026, 9, 20), today=date(2026, 9, 8))
    (mark,) = store.read(putting_off.put_off_rows)
    assert mark.until_on == date(2026, 9, 20)


def test_a_line_brought_back_is_gone_and_a_second_time_says_so(store: Store) -> None:
    put(store, "a", date(2026, 9, 8))
    changing(store, lambda session: putting_off.bring_back(session, "a"))
    assert keys(store) == []
    with pytest.raises(Conflict, match="back already"):
        changing(store, lambda session: putting_off.bring_back(session, "a"))


@pytest.mark.parametrize(
    ("details", "words"),
    [
        (PutOffDetails(TODAY, "On leave"), "after today"),
        (PutOffDetails(None, "On leave"), "after today"),
        (PutOffDetails(date(2026, 9, 2), " "), "why"),
        (PutOffDetails(date(2026, 9, 2), "x" * 201), "200"),
    ],
)
def test_a_line_is_not_put_off_without_a_later_day_and_a_reason(
    store: Store, details: PutOffDetails, words: str
) -> None:
    with pytest.raises(Problem, match=words):
        changing(store, lambda session: putting_off.put_off(session, need("a"), details, TODAY))
    assert keys(store) == []


def test_removing_somebody_forgets_what_was_put_off_about_them_and_undo_brings_it_back(
    store: Store, make: Any
) -> None:
    ada, tom = make.apprentice(), make.apprentice()
    for key in (f"hours:{ada.hex}", f"review:{ada.hex}", f"hours:{tom.hex}", "missing:x"):
        put(store, key, date(2026, 9, 8), "Something about them")
    apprentice_id = store.read(apprentices.held, ada).apprentice_id
    before = keys(store)
    with store.change("Remove") as session:
        apprentice_removal.remove(session, apprentice_id)
    assert keys(store) == [f"hours:{tom.hex}", "missing:x"]
    store.undo(store.latest_change().number)
    assert keys(store) == before
