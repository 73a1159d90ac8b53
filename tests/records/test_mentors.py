"""Mentors and buddies with their days, and the name of the mentor beside the apprenticeship."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import MentorRole
from apprentice_desk.records import apprentice_removal, apprentices, mentors
from apprentice_desk.records.mentors import MentoringDetails, MentoringRow
from apprentice_desk.records.store import Store

FROM = date(2026, 1, 5)


def named(store: Store, apprenticeship_id: UUID) -> str:
    """The mentor as the apprenticeship names them."""
    return store.read(apprentices.held, apprenticeship_id).details.mentor


def rename(store: Store, apprenticeship_id: UUID, mentor: str) -> None:
    """Type another mentor into the form of the apprentice."""
    details = store.read(apprentices.held, apprenticeship_id).details
    with store.change("Correct") as session:
        apprentices.correct(session, apprenticeship_id, replace(details, mentor=mentor))


def rows(store: Store) -> list[tuple[str, date | None, date | None]]:
    """Who goes along with whom, and from when to when."""
    return [
        (each.details.name, each.details.from_on, each.details.until_on)
        for each in store.read(mentors.mentoring_rows)
    ]


def correct(store: Store, row: MentoringRow, **values: Any) -> None:
    with store.change("Correct") as session:
        mentors.correct_mentoring(session, row.id, replace(row.details, **values))


def test_whoever_is_mentor_is_named_with_the_apprenticeship(store: Store, make: Any) -> None:
    ada = make.apprentice()
    make.mentor(ada)
    make.mentor(ada, role=MentorRole.BUDDY, name="Noor Rahman")
    assert named(store, ada) == "Sam Lee"
    make.mentor(ada, name="Lena Hall", from_on=date(2026, 5, 4))
    assert named(store, ada) == "Lena Hall"
    assert sorted(rows(store)) == [
        ("Lena Hall", date(2026, 5, 4), None),
        ("Noor Rahman", FROM, None),
        ("Sam Lee", FROM, date(2026, 5, 3)),
    ]


def test_a_mentor_who_was_one_before_changes_nothing_now(store: Store, make: Any) -> None:
    ada = make.apprentice(mentor="Lena Hall")
    make.mentor(ada, until_on=date(2026, 2, 1))
    assert named(store, ada) == "Lena Hall"
    assert rows(store) == [("Lena Hall", None, None), ("Sam Lee", FROM, date(2026, 2, 1))]


def test_a_new_mentor_begins_after_the_one_before(store: Store, make: Any) -> None:
    ada = make.apprentice()
    make.mentor(ada)
    with pytest.raises(Problem, match="Sam Lee is recorded as the mentor since 5 Jan 2026"):
        make.mentor(ada, name="Lena Hall")
    assert named(store, ada) == "Sam Lee"


def test_a_name_without_days_is_listed_and_gets_its_days(store: Store, make: Any) -> None:
    ada = make.apprentice(mentor="Lena Hall")
    (row,) = store.read(mentors.mentoring_rows)
    assert (row.id, row.has_days, row.is_open) == (ada, False, True)
    assert row.details == MentoringDetails(ada, MentorRole.MENTOR, "Lena Hall")
    make.mentor(ada, name="Lena Hall")
    (row,) = store.read(mentors.mentoring_rows)
    assert row.id != ada
    assert row.has_days


def test_a_name_without_days_is_taken_off(store: Store, make: Any) -> None:
    ada = make.apprentice(mentor="Lena Hall")
    with store.change("Take off") as session:
        mentors.remove_named_mentor(session, ada)
    assert named(store, ada) == ""
    make.mentor(ada)
    with pytest.raises(Problem, match="with days"), store.change("Take off") as session:
        mentors.remove_named_mentor(session, ada)
    assert named(store, ada) == "Sam Lee"


def test_the_form_of_the_apprentice_renames_the_mentor_who_has_days(
    store: Store, make: Any
) -> None:
    ada = make.apprentice()
    make.mentor(ada)
    rename(store, ada, " Sam Leigh ")
    assert rows(store) == [("Sam Leigh", FROM, None)]
    assert named(store, ada) == "Sam Leigh"
    with pytest.raises(Problem, match="Sam Leigh is recorded as the mentor since"):
        rename(store, ada, "")
    assert named(store, ada) == "Sam Leigh"
    mei = make.apprentice(mentor="Lena Hall")
    rename(store, mei, "")
    assert named(store, mei) == ""


def test_correcting_the_mentor_corrects_the_name(store: Store, make: Any) -> None:
    ada = make.apprentice()
    make.mentor(ada)
    (row,) = store.read(mentors.mentoring_rows)
    correct(store, row, name="Sam Leigh", organisation="Sampleham")
    assert named(store, ada) == "Sam Leigh"
    (row,) = store.read(mentors.mentoring_rows)
    correct(store, row, role=MentorRole.BUDDY)
    assert named(store, ada) == ""


def test_a_last_day_takes_the_name_away(store: Store, make: Any) -> None:
    ada = make.apprentice()
    mentoring_id = make.mentor(ada)
    with store.change("End") as session:
        mentors.end_mentoring(session, mentoring_id, date(2026, 3, 1))
    assert named(store, ada) == ""
    (row,) = store.read(mentors.mentoring_rows)
    assert not row.is_open
    with pytest.raises(Problem, match="before the first"), store.change("End") as session:
        mentors.end_mentoring(session, mentoring_id, date(2026, 1, 4))


def test_a_mentor_entered_by_mistake_goes_with_the_name(store: Store, make: Any) -> None:
    ada = make.apprentice()
    mentoring_id = make.mentor(ada)
    with store.change("Remove") as session:
        mentors.remove_mentoring(session, mentoring_id)
    assert (rows(store), named(store, ada)) == ([], "")


def test_two_mentors_without_a_last_day_are_refused(store: Store, make: Any) -> None:
    ada = make.apprentice()
    make.mentor(ada)
    make.mentor(ada, name="Lena Hall", from_on=date(2026, 5, 4))
    earlier = store.read(mentors.mentoring_rows)[-1]
    with pytest.raises(Problem, match="Lena Hall is recorded as the mentor since 4 May 2026"):
        correct(store, earlier, until_on=None)
    correct(store, earlier, name="Sam Leigh")
    assert named(store, ada) == "Lena Hall"


def test_a_mentor_stays_with_the_apprentice(store: Store, make: Any) -> None:
    make.mentor()
    (row,) = store.read(mentors.mentoring_rows)
    with pytest.raises(Problem, match="stays with"):
        correct(store, row, apprenticeship_id=make.apprentice())


def test_what_is_missing_is_said() -> None:
    found = mentors.check_mentoring(MentoringDetails())
    assert [each.code for each in found] == ["ME001", "ME002", "ME003", "ME004"]
    ended = MentoringDetails(
        uuid4(), MentorRole.MENTOR, "Sam Lee", from_on=FROM, until_on=date(2026, 1, 4)
    )
    assert [each.code for each in mentors.check_mentoring(ended)] == ["ME005"]
    assert mentors.check_mentoring(replace(ended, until_on=FROM)) == []


def test_what_is_gone_is_a_conflict(store: Store, make: Any) -> None:
    with pytest.raises(Conflict, match="removed"), store.change("Try") as session:
        mentors.remove_mentoring(session, uuid4())


def test_mentors_go_with_an_apprentice_who_is_removed(store: Store, make: Any) -> None:
    ada = make.apprentice()
    make.mentor(ada)
    whose = store.read(apprentices.held, ada).apprentice_id
    with store.change("Remove") as session:
        apprentice_removal.remove(session, whose)
    assert rows(store) == []
