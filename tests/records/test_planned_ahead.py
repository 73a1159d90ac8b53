"""What is planned and not done is read up to a day, in two queries."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.pocket_sheets import PlannedActivity
from apprentice_desk.records import learning
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
