"""The month of month_of_hours.py, played in a process of its own at the real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.records import programmes, repeats
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import hours_rows
from conftest import Make
from ui.month_of_hours import MONDAYS, TODAY, TOTALS, WEEKS
from ui.played import play

TEAM = (
    ("Jo", "Bright"), ("Rhys", "Evans"), ("Leila", "Haddad"), ("Mei", "Lin"), ("Tomasz", "Nowak"),
    ("Ada", "Obi"), ("Sam", "Okafor"), ("Noor", "Rahman"),
)  # fmt: skip


@pytest.fixture
def team(desk_file: Path) -> Path:
    """A desk with the eight; Sam has short sessions on Fridays that wait to be confirmed."""
    store = open_store(desk_file, person="Tess Ter")
    make = Make(store)
    make.standard()
    provider = make.provider(name="Kestrel Skills", ukprn="19990002")
    ids = {
        family: make.apprentice(given_names=given, family_name=family, provider_id=provider)
        for given, family in TEAM
    }
    with store.change("Start a break") as session:
        programmes.start_break(session, ids["Bright"], date(2026, 8, 15))
    details = repeats.RepeatDetails(
        Repeat(frozenset({4}), date(2026, 8, 21), date(2026, 9, 25)),
        ((ids["Okafor"], 30),), Activity.MENTORING, "Stand-up on queries",
    )  # fmt: skip
    with store.change("Remember a repeat") as session:
        repeats.keep_repeat(session, details, TODAY, date(2026, 8, 20))
    store.close()
    return desk_file


def test_the_hand_made_sums_agree_with_each_other() -> None:
    assert sum(counting for counting, _ in TOTALS.values()) == sum(WEEKS.values()) == 132 * 60 + 15
    assert len(TOTALS) == len(TEAM)
    assert [monday.weekday() for monday in MONDAYS] == [0] * 4


@pytest.mark.window
def test_a_month_of_a_team_of_eight_is_logged_by_keyboard_alone(team: Path, tmp_path: Path) -> None:
    play("month_of_hours.py", team, tmp_path / "manager", "MONTH_PICTURES")
    store = open_store(team)
    rows = store.read(hours_rows)
    store.close()
    assert sum(row.minutes for row in rows if row.counts) == 132 * 60 + 15
    assert sum(row.minutes for row in rows if not row.counts) == 60
