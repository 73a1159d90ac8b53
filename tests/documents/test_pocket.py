"""Pocket sheets on paper: one for each manager, on a page of its own, with boxes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.documents import pdf
from apprentice_desk.documents.pocket import pocket_paper
from apprentice_desk.documents.tree import Document, Heading, NewPage, Para, Table
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.pocket_sheets import PlannedActivity, PocketPerson, pocket_sheets

TUESDAY = date(2026, 12, 15)


def person(name: str, manager: str = "Grace Park", **details: Any) -> PocketPerson:
    values: dict[str, Any] = {"course": Course(date(2025, 9, 1)), "needed_minutes": 390} | details
    return PocketPerson(UUID(int=1), name, manager, **values)


def paper(*people: PocketPerson, today: date = TUESDAY) -> Document:
    sheets = pocket_sheets(people, today, resources.bank_holidays())
    return pocket_paper(sheets, "Exampleton", today, is_sample=True)


def tables(made: Document) -> list[Table]:
    return [block for block in made.blocks if isinstance(block, Table)]


def test_two_weeks_stand_beside_each_other_in_boxes_with_what_a_week_needs() -> None:
    first, second = tables(paper(person("Ada Obi")))
    assert first.is_boxed
    assert [column.heading for column in first.columns][:3] == [
        "Apprentice", "Needs\na week", "Mon\n14 Dec",
    ]  # fmt: skip
    assert first.rows == (("Ada Obi", "6:30", *[""] * 9, "bank holiday"),)
    assert second.columns[-1].heading == "Fri\n8 Jan"


def test_weeks_that_need_something_else_say_both_and_unknown_is_a_dash() -> None:
    pause = Period(date(2026, 12, 14), date(2026, 12, 18))
    paused = person("Ada Obi", course=Course(date(2025, 9, 1), breaks=(pause,)))
    first, second = tables(paper(paused, person("Lee Quill", needed_minutes=None)))
    assert [row[1] for row in first.rows] == ["– / 6:30", "–"]
    assert [row[1] for row in second.rows] == ["6:30", "–"]


def test_each_manager_begins_a_page_and_what_is_due_comes_first() -> None:
    due = PlannedActivity(date(2026, 12, 11), "Old module", 60)
    made = paper(
        person("Ada Obi", activities=(due,), reviews=(date(2026, 12, 16),)), person("Lee Quill", "")
    )
    assert sum(isinstance(block, NewPage) for block in made.blocks) == 1
    headings = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert headings[:4] == [
        "Grace Park", "Due already", "Who to release", "14 Dec 2026 to 25 Dec 2026",
    ]  # fmt: skip
    assert "No line manager named" in headings
    overdue, coming = tables(made)[:2]
    assert overdue.rows == (("by Fri 11 Dec 2026", "Ada Obi", "Old module (1 h)"),)
    assert coming.rows == (("on Wed 16 Dec 2026", "Ada Obi", "Progress review"),)
    assert "names people" in made.foot
    assert made.is_sample


def test_more_than_ten_things_that_are_due_are_counted() -> None:
    due = tuple(
        PlannedActivity(date(2026, 10, 1) + timedelta(days=n), f"Module {n}", 60) for n in range(13)
    )
    made = paper(person("Ada Obi", activities=due))
    assert len(tables(made)[0].rows) == 10
    words = [block.text for block in made.blocks if isinstance(block, Para)]
    assert "3 more, due before these, stand in the desk." in words


def test_a_team_of_six_with_ten_overdue_and_one_of_eight_fit_on_a_page() -> None:
    due = tuple(PlannedActivity(date(2026, 10, 1), f"Module {n}", 60) for n in range(10))
    six = paper(
        person("Person 0", activities=due),
        *(person(f"Person {n}") for n in range(1, 6)),
    )
    eight = paper(*(person(f"Person {n}") for n in range(8)))
    assert pdf.page_count(six) == pdf.page_count(eight) == 1
    assert {table.least_lines for table in tables(eight)} == {2}
    assert {table.least_lines for table in tables(six) if table.is_boxed} == {1}


def test_unknown_bank_holidays_are_said() -> None:
    far = date(resources.bank_holidays().last_year + 1, 6, 1)
    words = [block.text for block in paper(person("Ada"), today=far).blocks
             if isinstance(block, Para)]  # fmt: skip
    assert f"The bank holidays of {far.year} are not known to this program." in words
