"""The page on one figure: everything that is behind it, on one sheet of paper."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from apprentice_desk import resources
from apprentice_desk.documents import one_page, pdf
from apprentice_desk.documents.explained import About, entries_table, explained, plan_table
from apprentice_desk.documents.tree import Heading, Para, Table
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.explaining import Figure, explain
from apprentice_desk.domain.hours_facts import HoursFacts, PlanDue
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.off_the_job import Logged
from apprentice_desk.records.hours import HoursRow
from apprentice_desk.records.learning import ActivityStatus, PlanActivityRow

RULES = resources.hours_rules()
DAY = date(2026, 6, 1)
ABOUT = About("Ada Obi", "Software developer", "Thamesbank", "1 Jun 2026", "Exampleton", False)
FACTS = HoursFacts(
    Course(date(2025, 9, 1), date(2027, 8, 31)),
    date(2025, 9, 1),
    ((date(2025, 9, 1), 2_160),),
    agreed_minutes=30_000,
    logged=Logged(6_000, 600, date(2026, 5, 29)),
    plan=PlanDue(9_000),
)


def entry(number: int, what: str = "Databases") -> HoursRow:
    return HoursRow(
        uuid4(), uuid4(), "Ada Obi", date(2026, 5, 29) - timedelta(days=number), 90,
        Activity.WORKSHOP, number % 5 != 0, what, "", "", "", 1,
    )  # fmt: skip


def texts(document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading | Para)]


def test_the_page_holds_formula_rule_source_and_rows():
    told = explain(Figure.PACE, FACTS, RULES, DAY)
    rows = entries_table((entry(0), entry(1, "word " * 40)))
    page = explained(ABOUT, told, rows, 2)
    said = texts(page)
    assert "Pace on 1 Jun 2026: 1.3 h a week" in said
    assert "What stands behind it from 7 Apr 2026: 2 entries" in said
    assert any(text.endswith("Check against the rules.") for text in said)
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    assert table.rows[0] == ("29/05/2026", "1:30", "does not", "workshop", "Databases")
    assert table.rows[1][-1].endswith("…")
    assert not any("more row" in text for text in said)


def test_rows_that_are_left_out_are_counted_with_where_they_stand():
    told = explain(Figure.LOGGED, FACTS, RULES, DAY)
    rows = entries_table(tuple(entry(number) for number in range(5_000)))
    assert texts(explained(ABOUT, told, rows, 30))[-1] == "4,970 more rows stand on the page Hours."
    one = explained(ABOUT, told, entries_table((entry(1),)), 0)
    assert texts(one)[-2:] == ["What stands behind it: 1 entry", "1 row stands on the page Hours."]


def test_a_figure_of_the_plan_shows_its_activities_and_a_note_how_it_was_seen():
    told = explain(Figure.PLANNED, FACTS, RULES, DAY)
    activities = (
        PlanActivityRow(uuid4(), uuid4(), "SQL", DAY, 600, "", False, ActivityStatus.DONE),
        PlanActivityRow(uuid4(), uuid4(), "Later", None, 60, "", False, ActivityStatus.PLANNED),
    )
    about = About("Ada Obi", "", "", "1 Jun 2026", "Exampleton", True, "As the desk said then.")
    page = explained(about, told, plan_table(activities), 2)
    assert "As the desk said then." in texts(page)
    assert texts(page)[-1] == "What stands behind it: 2 activities"
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    assert table.rows == (("01/06/2026", "10:00", "done", "SQL"), ("", "1:00", "planned", "Later"))
    assert page.is_sample


def test_a_figure_without_rows_has_no_table():
    page = explained(ABOUT, explain(Figure.MINIMUM, FACTS, RULES, DAY), None, 0)
    assert not [block for block in page.blocks if isinstance(block, Table)]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
@pytest.mark.parametrize("count", [0, 3, 4_000])
def test_it_is_one_page_whatever_stands_behind_it(tmp_path: Path, count: int):
    told = explain(Figure.LOGGED, FACTS, RULES, DAY)
    rows = entries_table(tuple(entry(number, "A long text " * 8) for number in range(count)))

    def build(shown):
        return explained(ABOUT, told, rows, shown)

    path = one_page.write(tmp_path / "page.pdf", build, count)
    words = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Page 1 of 1" in words
    fits = one_page.fitting_rows(build, count)
    assert words.count("1:30") == fits
    if count == 4_000:
        assert f"{4_000 - fits:,} more rows stand on the page Hours." in words
        assert pdf.page_count(build(fits + 1)) == 2, "not one row less than would fit"
