"""The catch-up agreement: who, where they stand, what is agreed week by week, and signatures."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from apprentice_desk import resources
from apprentice_desk.documents import one_page
from apprentice_desk.documents.agreement import Agreed, agreement, rows_of, spans
from apprentice_desk.documents.explained import About
from apprentice_desk.documents.tree import KeyValues, Para, Signatures, Table
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.catching_up import Case, CatchUp, Wanted, catch_up
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.hours_facts import HoursFacts, figures_of
from apprentice_desk.domain.off_the_job import Logged

DAY = date(2026, 11, 24)
FACTS = HoursFacts(
    Course(date(2025, 9, 1), date(2027, 8, 31)),
    date(2025, 9, 1),
    ((date(2025, 9, 1), 2_160),),
    agreed_minutes=30_000,
    logged=Logged(9_000, 600, date(2026, 11, 20)),
)
CASE = Case(
    FACTS, 30_000, 2_160, DAY, resources.bank_holidays(), reviews=frozenset({date(2026, 12, 9)})
)
ABOUT = About("Ada Obi", "Software developer", "Thamesbank", "24 Nov 2026", "Exampleton", True)


def agreed(by: date, **more) -> Agreed:
    wanted = Wanted(by=by, leave="21/12/2026 to 1/1/2027; 15/2/2027", block_on=date(2027, 1, 13))
    found = catch_up(CASE, wanted)
    assert isinstance(found, CatchUp)
    values = {
        "about": ABOUT,
        "line_manager": "Grace Park",
        "figures": figures_of(FACTS, resources.hours_rules(), DAY),
        "contracted_minutes": 2_160,
        "catch_up": found,
        "leave": (
            Period(date(2026, 12, 21), date(2027, 1, 1)),
            Period(date(2027, 2, 15), date(2027, 2, 15)),
        ),
        "reviews": (date(2026, 12, 9),),
    }
    return Agreed(**values | more)


def texts(document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Para))


def test_it_says_who_where_they_stand_and_what_is_agreed_around_what():
    paper = agreement(agreed(date(2027, 1, 31)), 99)
    (who, standing) = [block for block in paper.blocks if isinstance(block, KeyValues)]
    assert dict(who.pairs)["Line manager"] == "Grace Park"
    assert dict(standing.pairs)["Logged"] == "150 h"
    said = texts(paper)
    assert "by 31 Jan 2027" in said
    assert "never more than the contracted 36 h" in said
    assert "leave (21 Dec 2026 to 1 Jan 2027; 15 Feb 2027)" in said
    assert "days of progress reviews (9 Dec 2026)" in said
    (signed,) = [block for block in paper.blocks if isinstance(block, Signatures)]
    assert [(each.role, each.name) for each in signed.people] == [
        ("Apprentice", "Ada Obi"),
        ("Line manager", "Grace Park"),
        ("Training provider told", "Thamesbank"),
    ]
    assert paper.is_sample


def test_what_is_not_known_is_said_and_what_is_not_wanted_left_out():
    plain = agreed(
        date(2027, 1, 31), line_manager="", leave=(), reviews=(),
        about=replace(ABOUT, provider=""),
        figures=replace(agreed(date(2027, 1, 31)).figures, required_minutes=None),
    )  # fmt: skip
    paper = agreement(plain, 99)
    (who, standing) = [block for block in paper.blocks if isinstance(block, KeyValues)]
    assert dict(who.pairs)["Training provider"] == "not given"
    assert dict(standing.pairs)["Required"] == "not known"
    assert "leave (" not in texts(paper)
    assert "reviews (" not in texts(paper)


def test_few_weeks_stand_one_by_one_and_many_in_spans_with_the_same_sum():
    for by in (date(2027, 1, 31), date(2027, 8, 31)):
        whole = agreed(by)
        rows = spans(whole.catch_up.weeks)
        assert [week for row in rows for week in row.weeks] == list(whole.catch_up.weeks)
        total = sum(week.minutes for row in rows for week in row.weeks)
        assert total == whole.catch_up.needed_minutes
    assert rows_of(agreed(date(2027, 1, 31))) == 10
    assert rows_of(agreed(date(2027, 8, 31))) < 25 < len(agreed(date(2027, 8, 31)).catch_up.weeks)
    words = [row.each for row in spans(agreed(date(2027, 1, 31)).catch_up.weeks)]
    assert "none: no working day" in words
    assert "36 h, block week" in words


def test_a_week_after_all_is_done_says_so():
    found = catch_up(CASE, Wanted(by=date(2027, 1, 31)))
    last = replace(found.weeks[-1], minutes=0)
    assert spans((last,))[0].each == "none left to do"


def test_weeks_that_do_not_fit_are_summed_up():
    whole = agreed(date(2027, 1, 31))
    paper = agreement(whole, 3)
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert len(table.rows) == 3
    left = sum(week.minutes for week in whole.catch_up.weeks[3:])
    assert f"From 14 Dec 2026 on {sentence(left)} more" in texts(paper)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
@pytest.mark.parametrize("weeks", [4, 10, 40])
def test_it_is_one_page_to_sign(tmp_path: Path, weeks: int):
    whole = agreed(DAY + timedelta(days=7 * weeks) if weeks > 4 else date(2027, 1, 15))
    path = one_page.write(
        tmp_path / "agreement.pdf", lambda shown: agreement(whole, shown), rows_of(whole)
    )
    words = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Page 1 of 1" in words
    assert "Apprentice: Ada Obi, signature" in words
    assert "Line manager: Grace Park, signature" in words
    assert words.count("Sample, invented people") == 2
