"""Lines between boroughs: whose word counts, and what a desk learns from it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placements import (
    Fate,
    Placement,
    compare,
    newest,
    over,
    state_of,
    word_of,
    words_held,
)
from apprentice_desk.domain.vocabulary import ListingKind, ListingState, SecondmentStatus

HACKNEY, CAMDEN = "E09000012", "E09000007"
MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))
TODAY = date(2026, 9, 1)


def line(code: str = "CMD-1", borough: str = CAMDEN, **values: object) -> Placement:
    given = {
        "kind": ListingKind.OFFER, "state": ListingState.OPEN, "said_at": MAY, "title": "Data",
    } | values  # fmt: skip
    return Placement(code=code, borough=borough, **given)


def test_a_line_is_light_by_its_kind_or_by_its_days() -> None:
    assert line(kind=ListingKind.VISIT).is_light
    assert line(kind=ListingKind.REQUEST, days=2).is_light
    assert not line(kind=ListingKind.REQUEST, weeks=4).is_light
    assert not line(weeks=4, days=2).is_light


def test_it_can_begin_from_today_until_its_window_is_past() -> None:
    assert line().window(TODAY) == Period(TODAY)
    first, last = date(2026, 10, 5), date(2026, 10, 30)
    whole = line(earliest_start_on=first, latest_start_on=last)
    assert whole.window(TODAY) == Period(first, last)
    assert whole.window(date(2026, 10, 7)) == Period(date(2026, 10, 7), last)
    assert whole.window(date(2026, 10, 31)) is None
    assert line(latest_start_on=last).window(TODAY) == Period(TODAY, last)


def test_what_is_over_says_no_more_than_that() -> None:
    assert over(line(), ListingState.TAKEN) == Placement(
        "CMD-1", ListingKind.OFFER, ListingState.TAKEN, CAMDEN, MAY
    )


_S = SecondmentStatus


@pytest.mark.parametrize(
    ("status", "was", "told"),
    [
        (_S.DRAFT, None, None),
        (_S.REQUESTED, _S.DRAFT, None),
        (_S.APPROVED, _S.REQUESTED, ListingState.OPEN),
        (_S.MATCHED, _S.APPROVED, ListingState.TAKEN),
        (_S.COMPLETED, None, ListingState.TAKEN),
        (_S.DECLINED, _S.REQUESTED, None),
        (_S.DECLINED, _S.MATCHED, ListingState.WITHDRAWN),
        (_S.WITHDRAWN, _S.APPROVED, ListingState.WITHDRAWN),
        (_S.WITHDRAWN, None, None),
    ],
)
def test_nothing_is_told_before_it_was_approved(status, was, told) -> None:
    assert state_of(status, was) is told


def test_the_newest_word_of_each_borough_counts_in_any_order() -> None:
    words = [
        word_of(CAMDEN, MAY, [line("CMD-2"), line("CMD-1")]),
        word_of(CAMDEN, JUNE, [line("CMD-1")]),
        word_of(CAMDEN, JUNE, [line("CMD-1", title="Another by hand")]),
        word_of(HACKNEY, MAY, [line("HCK-1", HACKNEY)]),
    ]
    assert [each.code for each in words[0].lines] == ["CMD-1", "CMD-2"]
    came = {newest(order) for order in itertools.permutations([*words, words[0]])}
    ((camden, hackney),) = came
    assert (camden.borough, camden.as_of, len(camden.lines)) == (CAMDEN, JUNE, 1)
    assert camden.lines[0].said_at == JUNE
    assert hackney.open == hackney.lines


def test_a_desk_hands_on_the_newest_word_that_it_has_of_each() -> None:
    held = [
        replace(line("CMD-1"), said_at=JUNE),
        over(line("CMD-0"), ListingState.WITHDRAWN),  # not named any more in June
        line("HCK-1", HACKNEY),
    ]
    camden, hackney = words_held(held)
    assert (camden.as_of, [each.code for each in camden.lines]) == (JUNE, ["CMD-1"])
    assert hackney.as_of == MAY


def fates(held: list[Placement], *words) -> dict[str, Fate]:
    came = compare({each.code: each for each in held}, words, HACKNEY)
    return {each.placement.code: each.fate for each in came}


def test_a_desk_learns_what_is_new_changed_taken_and_withdrawn() -> None:
    held = [line(f"CMD-{turn}") for turn in range(1, 5)]
    word = word_of(
        CAMDEN, JUNE,
        [
            line("CMD-1"),
            line("CMD-2", title="Open data"),
            over(line("CMD-3"), ListingState.TAKEN),
            line("CMD-5"),
            over(line("CMD-6"), ListingState.TAKEN),
        ],
    )  # fmt: skip
    assert fates(held, word) == {
        "CMD-1": Fate.STILL,
        "CMD-2": Fate.CHANGED,
        "CMD-3": Fate.TAKEN,
        "CMD-4": Fate.WITHDRAWN,
        "CMD-5": Fate.NEW,
        "CMD-6": Fate.STILL,
    }
    gone = compare({"CMD-4": held[3]}, [word], HACKNEY)[-1]
    assert gone.placement == Placement(
        "CMD-4", ListingKind.OFFER, ListingState.WITHDRAWN, CAMDEN, JUNE
    )
    assert gone.before == held[3]


@pytest.mark.parametrize("state", [ListingState.TAKEN, ListingState.WITHDRAWN])
def test_what_is_over_already_is_not_withdrawn_again(state: ListingState) -> None:
    assert fates([over(line(), state)], word_of(CAMDEN, JUNE, [])) == {}


def test_what_is_known_older_or_ones_own_changes_nothing() -> None:
    held = [replace(line(), said_at=JUNE)]
    assert fates(held, word_of(CAMDEN, JUNE, [line()])) == {"CMD-1": Fate.SAME}
    assert fates(held, word_of(CAMDEN, MAY, [line(title="Before")])) == {"CMD-1": Fate.OLDER}
    assert fates(held, word_of(HACKNEY, JULY, [line("HCK-1", HACKNEY)])) == {"HCK-1": Fate.OWN}
    assert not any(fate.is_kept for fate in (Fate.SAME, Fate.OLDER, Fate.OWN))
    assert Fate.STILL.is_kept
    assert not Fate.STILL.is_news
    assert Fate.NEW.is_news
