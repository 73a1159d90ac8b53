"""Reviews from being planned to being signed off: what is kept, what follows, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.review_meetings import ActionDetails, HeldDetails, Meeting, Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records import programmes, review_actions, review_meetings, reviews
from apprentice_desk.records.review_meetings import MeetingRow, Outcome
from apprentice_desk.records.store import Store
from records.acting import GONE, changing
from records.acts_on_learning import HELD, MEETING
from records.dumps import dump

TODAY = date(2026, 9, 1)
ADA, GRACE, BO = (
    Part(ReviewRole.APPRENTICE, "Ada"),
    Part(ReviewRole.MANAGER, "Grace"),
    Part(ReviewRole.PROVIDER, "Bo"),
)


def rows(store: Store, key: UUID) -> tuple[MeetingRow, ...]:
    return store.read(review_meetings.meeting_rows, [key]).get(key, ())


def hold(
    store: Store, review_id: UUID, held: HeldDetails = HELD, outcome: Outcome | None = None
) -> Any:
    return changing(
        store, lambda s: review_meetings.hold(s, review_id, held, outcome or Outcome(), TODAY)
    )


def sign(store: Store, review_id: UUID, *parts: Part) -> None:
    changing(store, lambda s: review_meetings.sign_review(s, review_id, parts, TODAY))


def test_what_is_planned_is_kept_and_moved(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = changing(store, lambda s: review_meetings.plan_review(s, key, MEETING))
    (row,) = rows(store, key)
    assert row.meeting == MEETING
    assert (row.on, row.held_on, row.id) == (MEETING.due_on, None, review_id)
    moved = Meeting(date(2026, 12, 1), "14:00", "Online", (ADA, GRACE, GRACE, BO))
    changing(store, lambda s: review_meetings.move_review(s, review_id, moved))
    assert rows(store, key)[0].meeting == moved
    changing(store, lambda s: review_meetings.prepare_review(s, review_id, " What next? "))
    assert rows(store, key)[0].questions == "What next?"


def test_what_was_held_is_kept_with_what_comes_of_it_in_one_change(store: Store, make: Any) -> None:
    """Started 1 Sep 2025, held 14 Aug 2026: the next is due by 84 days later, 6 Nov 2026."""
    key = make.apprentice()
    review_id = make.review(key)
    old = changing(store, lambda s: review_actions.add_action(s, key, ActionDetails("Log", "Ada")))
    following = Meeting(date(2026, 11, 6), "09:30", "Room 2", (ADA, GRACE))
    agreed = (ActionDetails("Book", "Ada"), ActionDetails("Call", "Bo", date(2026, 8, 20), "Soon"))
    number = store.latest_change().number
    next_id = hold(store, review_id, HELD, Outcome(agreed, (old,), following, 84))
    assert store.latest_change().number == number + 1
    first, second = rows(store, key)
    assert first.held == HELD
    assert first.on == date(2026, 8, 14)
    assert (second.id, second.meeting) == (next_id, following)
    call, book, log = store.read(review_actions.action_rows, key)
    assert (call.details, call.review_id) == (agreed[1], review_id)
    assert book.due_on == date(2026, 11, 6), "without a day: by the next review"
    assert (log.done_on, log.review_id) == (date(2026, 8, 14), None)


def test_without_a_next_review_an_action_without_a_day_has_none(store: Store, make: Any) -> None:
    key = make.apprentice()
    assert hold(store, make.review(key), outcome=Outcome((ActionDetails("Book", "Ada"),))) is None
    (action,) = store.read(review_actions.action_rows, key)
    assert action.due_on is None
    assert len(rows(store, key)) == 1


def test_a_break_moves_the_last_day_of_the_next_review(store: Store, make: Any) -> None:
    """Ten days of a break, 1 to 10 Sep 2026: 16 Nov instead of 6 Nov."""
    key = make.apprentice()
    review_id = make.review(key)
    changing(store, lambda s: programmes.start_break(s, key, date(2026, 9, 1)))
    changing(store, lambda s: programmes.resume(s, key, date(2026, 9, 10)))
    late = Outcome(following=Meeting(date(2026, 11, 17)), interval_days=84)
    with pytest.raises(Problem, match="the next is due by 16 Nov 2026"):
        hold(store, review_id, outcome=late)
    hold(store, review_id, outcome=replace(late, following=Meeting(date(2026, 11, 16))))
    assert len(rows(store, key)) == 2


def test_three_parties_sign_each_on_their_day_and_may_take_it_back(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = make.review(key)
    hold(store, review_id)
    sign(
        store, review_id,
        replace(ADA, name="", signed_on=date(2026, 8, 14)),
        replace(BO, signed_on=date(2026, 8, 20)),
    )  # fmt: skip
    ada, grace, bo = rows(store, key)[0].parts
    assert ada == Part(ReviewRole.APPRENTICE, "Ada", True, date(2026, 8, 14))
    assert grace.signed_on is None
    assert bo == Part(ReviewRole.PROVIDER, "Bo", None, date(2026, 8, 20))
    sign(store, review_id, ADA, Part(ReviewRole.HOST))
    assert [part.signed_on for part in rows(store, key)[0].parts] == [
        None, None, date(2026, 8, 20), None,
    ]  # fmt: skip


def test_signatures_can_be_the_first_thing_that_is_known_of_people(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = make.review(key, held_on=date(2026, 8, 14))
    sign(store, review_id, replace(ADA, signed_on=TODAY))
    assert rows(store, key)[0].parts == (Part(ReviewRole.APPRENTICE, "Ada", None, TODAY),)


def test_what_is_corrected_nobody_has_signed(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = make.review(key)
    hold(store, review_id)
    sign(store, review_id, replace(ADA, signed_on=TODAY))
    changing(store, lambda s: review_meetings.correct_held(s, review_id, HELD, TODAY))
    assert rows(store, key)[0].parts[0].signed_on == TODAY, "nothing was different"
    better = replace(HELD, concerns="None")
    changing(store, lambda s: review_meetings.correct_held(s, review_id, better, TODAY))
    assert rows(store, key)[0].held == better
    sign(store, review_id, replace(ADA, signed_on=TODAY))
    short = reviews.ReviewDetails(key, date(2026, 8, 14), date(2026, 8, 14), "Otherwise")
    changing(store, lambda s: reviews.correct_review(s, review_id, short))
    assert rows(store, key)[0].parts[0].signed_on is None
    sign(store, review_id, replace(ADA, signed_on=TODAY))
    moved = replace(short, due_on=date(2026, 8, 20))
    changing(store, lambda s: reviews.correct_review(s, review_id, moved))
    assert rows(store, key)[0].parts[0].signed_on == TODAY, "when it was due nobody signs"


def test_a_removed_review_leaves_its_actions(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = make.review(key)
    hold(store, review_id, outcome=Outcome((ActionDetails("Book", "Ada"),)))
    changing(store, lambda s: reviews.remove_review(s, review_id))
    assert rows(store, key) == ()
    (action,) = store.read(review_actions.action_rows, key)
    assert action.review_id is None


def test_the_names_last_known_are_offered(store: Store, make: Any) -> None:
    key = make.apprentice()
    first = replace(MEETING, due_on=date(2026, 8, 3), asked=(ADA, replace(BO, name="Old")))
    nameless = (Part(ReviewRole.HOST), replace(GRACE, name=""))
    last = replace(MEETING, asked=(BO, Part(ReviewRole.OTHER, "X"), *nameless))
    for meeting in (last, first):
        changing(store, lambda s, m=meeting: review_meetings.plan_review(s, key, m))
    assert review_meetings.party_names(rows(store, key)) == {
        ReviewRole.APPRENTICE: "Ada",
        ReviewRole.PROVIDER: "Bo",
    }


def test_a_review_that_is_not_held_by_its_short_form_reads_well(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = make.review(key)
    changing(store, lambda s: reviews.hold_review(s, review_id, date(2026, 8, 15), "Fine"))
    (row,) = rows(store, key)
    assert row.held == HeldDetails(date(2026, 8, 15), "Fine")
    assert store.read(review_meetings.meeting_rows, []) == {}


# --- what is refused ------------------------------------------------------------------------------

LONG = "x" * 2001


@pytest.mark.parametrize(
    ("held", "outcome", "says"),
    [
        (replace(HELD, held_on=date(2026, 9, 2)), Outcome(), "is still to come"),
        (replace(HELD, held_on=date(2025, 8, 31)), Outcome(), "is before the training began"),
        (replace(HELD, held_on=None), Outcome(), "Say on which day the review was held"),
        (replace(HELD, parts=()), Outcome(), "Say who was there"),
        (replace(HELD, concerns=LONG), Outcome(), "there is room for 2,000"),
        (replace(HELD, parts=(Part(ReviewRole.HOST, "x" * 201, True),)), Outcome(), "room for 200"),
        (HELD, Outcome((ActionDetails("Book"),)), "Say who takes it on"),
        (
            HELD,
            Outcome((ActionDetails("Book", "Ada", date(2026, 8, 13)),)),
            "is before it was agreed",
        ),
        (HELD, Outcome(done=(GONE,)), "This action was removed"),
        (HELD, Outcome(following=Meeting(date(2026, 8, 14)), interval_days=84), "is not after"),
        (HELD, Outcome(following=Meeting(date(2026, 11, 7)), interval_days=84), "may lie apart"),
        (HELD, Outcome(following=Meeting(), interval_days=84), "on which day"),
    ],
)
def test_what_cannot_be_recorded_of_a_review_is_refused_and_nothing_is_touched(
    store: Store, make: Any, held: HeldDetails, outcome: Outcome, says: str
) -> None:
    review_id = make.review()
    before = dump(store, with_log=True)
    with pytest.raises(Problem, match=says):
        hold(store, review_id, held, outcome)
    assert dump(store, with_log=True) == before


def test_one_step_comes_after_the_other(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = make.review(key)
    early = replace(ADA, signed_on=TODAY)
    with pytest.raises(Problem, match="not held yet, so nobody can sign"):
        sign(store, review_id, early)
    with pytest.raises(Problem, match="not held yet"):
        changing(store, lambda s: review_meetings.correct_held(s, review_id, HELD, TODAY))
    hold(store, review_id)
    with pytest.raises(Problem, match="was recorded as held on 14 Aug 2026 already"):
        hold(store, review_id)
    with pytest.raises(Problem, match="was held on 14 Aug 2026, so it cannot be moved"):
        changing(store, lambda s: review_meetings.move_review(s, review_id, MEETING))
    for day, says in (
        (date(2026, 8, 13), "before the review was held"),
        (date(2026, 9, 2), "come"),
    ):
        with pytest.raises(Problem, match=says):
            sign(store, review_id, replace(ADA, signed_on=day))
    other = make.apprentice(family_name="King")
    given = reviews.ReviewDetails(other, date(2026, 8, 14), date(2026, 8, 14))
    with pytest.raises(Problem, match="cannot be given to another apprentice"):
        changing(store, lambda s: reviews.correct_review(s, review_id, given))


def test_one_that_an_action_came_of_is_not_given_away(store: Store, make: Any) -> None:
    key = make.apprentice()
    review_id = make.review(key, held_on=date(2026, 8, 14))
    details = ActionDetails("Book", "Ada")
    changing(store, lambda s: review_actions.add_action(s, key, details, review_id))
    given = reviews.ReviewDetails(make.apprentice(family_name="King"), date(2026, 8, 14))
    with pytest.raises(Problem, match="cannot be given to another apprentice"):
        changing(store, lambda s: reviews.correct_review(s, review_id, given))


@pytest.mark.parametrize(
    ("meeting", "says"),
    [
        (replace(MEETING, due_on=date(2025, 8, 31)), "before the training began"),
        (replace(MEETING, began_at="noon"), "not a time of day"),
        (replace(MEETING, place="x" * 201), "there is room for 200"),
    ],
)
def test_a_review_that_cannot_be_is_not_planned_nor_moved_there(
    store: Store, make: Any, meeting: Meeting, says: str
) -> None:
    key = make.apprentice()
    review_id = make.review(key)
    with pytest.raises(Problem, match=says):
        changing(store, lambda s: review_meetings.plan_review(s, key, meeting))
    with pytest.raises(Problem, match=says):
        changing(store, lambda s: review_meetings.move_review(s, review_id, meeting))
    with pytest.raises(Problem, match=r"there is room for 2,000"):
        changing(store, lambda s: review_meetings.prepare_review(s, review_id, LONG))


@pytest.mark.parametrize(
    "act",
    [
        lambda s: review_meetings.plan_review(s, GONE, MEETING),
        lambda s: review_meetings.move_review(s, GONE, MEETING),
        lambda s: review_meetings.prepare_review(s, GONE, "What?"),
        lambda s: review_meetings.hold(s, GONE, HELD, Outcome(), TODAY),
        lambda s: review_meetings.correct_held(s, GONE, HELD, TODAY),
        lambda s: review_meetings.sign_review(s, GONE, (), TODAY),
        lambda s: review_actions.add_action(s, GONE, ActionDetails("Book", "Ada")),
        lambda s: review_actions.correct_action(s, GONE, ActionDetails("Book", "Ada")),
        lambda s: review_actions.finish_action(s, GONE, TODAY, TODAY),
        lambda s: review_actions.reopen_action(s, GONE),
        lambda s: review_actions.remove_action(s, GONE),
    ],
)
def test_what_is_gone_is_said_to_be_gone(store: Store, act: Any) -> None:
    with pytest.raises(Conflict, match="was removed meanwhile"):
        changing(store, act)
