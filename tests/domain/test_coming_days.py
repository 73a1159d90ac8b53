"""What is on in the days ahead."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from apprentice_desk.domain.apprenticeship import Course, Status
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.coming_days import Coming, coming, days_ahead
from apprentice_desk.domain.needs_of_people import PlannedReview
from domain.test_needs_of_people import Person

MONDAY = date(2026, 11, 23)
NOWHERE = Course(date(2025, 9, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (MONDAY, date(2026, 11, 29)),
        (date(2026, 11, 26), date(2026, 11, 29)),
        (date(2026, 11, 27), date(2026, 12, 6)),
        (date(2026, 11, 29), date(2026, 12, 6)),
    ],
)
def test_from_friday_on_the_next_week_is_shown_too(today: date, last: date) -> None:
    assert days_ahead(today) == Period(today, last)


def test_events_of_these_days_are_shown_in_order() -> None:
    events = [
        (date(2026, 11, 26), "Training day"),
        (date(2026, 11, 24), "Link-up"),
        (date(2026, 11, 22), "Yesterday"),
        (date(2026, 11, 30), "Next week"),
        (date(2026, 11, 24), "Challenge"),
    ]
    assert coming([], {}, events, MONDAY) == (
        Coming(date(2026, 11, 24), "Challenge"),
        Coming(date(2026, 11, 24), "Link-up"),
        Coming(date(2026, 11, 26), "Training day"),
    )


def test_reviews_starts_and_ends_are_shown_with_whose_they_are() -> None:
    ada = Person("Ada Obi", course=NOWHERE)
    lee = Person("Lee Chan", course=Course(date(2026, 11, 25), date(2028, 1, 1)))
    mei = Person("Mei Lin", course=Course(date(2025, 1, 6), date(2026, 11, 27)))
    gone = Person("Kim", status=Status.WITHDRAWN, course=mei.course)
    planned = {ada.id: PlannedReview(UUID(int=1), MONDAY)}
    assert coming([ada, lee, mei, gone], planned, [], MONDAY) == (
        Coming(MONDAY, "Progress review: Ada Obi"),
        Coming(date(2026, 11, 25), "Training starts: Lee Chan"),
        Coming(date(2026, 11, 27), "Training is planned to end: Mei Lin"),
    )


def test_what_several_share_is_one_line() -> None:
    starting = Course(date(2026, 11, 25), date(2028, 1, 1))
    people = [Person(name, course=starting) for name in "ABCD"]
    (one,) = coming(people[:3], {}, [], MONDAY)
    assert one.what == "Training starts: A, B and C"
    (one,) = coming(people, {}, [], MONDAY)
    assert one.what == "Training starts: 4 apprentices"


def test_who_has_no_days_is_in_none() -> None:
    assert coming([Person(course=Course())], {}, [], MONDAY) == ()
