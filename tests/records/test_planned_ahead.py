"""What is planned and not done is read up to a day, sessions that come again among it."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.pocket_sheets import PlannedActivity, PlannedRepeat
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.records import learning, repeats
from apprentice_desk.records.planned_ahead import PlannedAhead, planned_ahead

LAST = date(2026, 9, 27)


def test_planned_activities_and_reviews_come_by_day_up_to_the_last(store, make):
    ada, lee, kim = make.apprentice(), make.apprentice(), make.apprentice()
    make.activity(ada, "Later", 60, LAST)
    make.activity(ada, "Beyond", 60, date(2026, 9, 28))
    make.activity(ada, "Overdue", 90, date(2026, 8, 1))
    make.activity(ada, "Without a day", 60, None)
    dropped = make.activity(ada, "Dropped", 60, LAST)
    with store.change("Drop") as session:
        learning.drop_activity(session, dropped)
    make.review(ada, due_on=date(2026, 9, 10))
    make.review(ada, due_on=date(2026, 9, 11), held_on=date(2026, 9, 11))
    make.review(lee, due_on=LAST)
    make.review(kim, due_on=LAST)
    assert store.read(planned_ahead, [ada, lee], LAST) == {
        ada: PlannedAhead(
            (PlannedActivity(date(2026, 8, 1), "Overdue", 90), PlannedActivity(LAST, "Later", 60)),
            (date(2026, 9, 10),),
        ),
        lee: PlannedAhead((), (LAST,)),
    }


def test_sessions_that_come_again_are_planned_for_whoever_takes_part(store, make):
    ada, lee, kim = make.apprentice(), make.apprentice(), make.apprentice()
    thursdays = Repeat(frozenset({3}), date(2026, 9, 3), leave_out=())
    later = Repeat(frozenset({3}), date(2026, 9, 28))
    today = date(2026, 9, 1)
    with store.change("Remember") as session:
        for repeat, what in ((thursdays, " Cloud essentials "), (thursdays, ""), (later, "Later")):
            details = repeats.RepeatDetails(repeat, ((ada, 390), (kim, 60)), what=what)
            repeats.keep_repeat(session, details, today)
        (row, *_) = repeats.repeat_rows(session)
        repeats.mark_answered(session, row.id, date(2026, 9, 3), row.changed_in)
    found = store.read(planned_ahead, [ada, lee], LAST)
    assert set(found) == {ada}
    by_words = {each.what: each for each in found[ada].repeats}
    assert set(by_words) == {"Cloud essentials", "Other training"}
    answered = {each.answered_to for each in found[ada].repeats}
    assert answered == {None, date(2026, 9, 3)}
    assert by_words["Other training"].minutes == 390
    assert by_words["Cloud essentials"] == PlannedRepeat(
        thursdays, "Cloud essentials", 390, "", by_words["Cloud essentials"].answered_to
    )
