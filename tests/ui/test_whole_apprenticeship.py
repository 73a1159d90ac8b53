"""The apprenticeship of whole_apprenticeship.py, played in a process of its own at the real window.

What the desk holds at its end is looked at here, with the figures worked out by hand.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.ksb_status import KsbStatus
from apprentice_desk.domain.planning import ActivityStatus
from apprentice_desk.domain.vocabulary import Destination, Grade
from apprentice_desk.records import apprentices
from apprentice_desk.records.checklists import checklist_records
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.ksb_progress import statements
from apprentice_desk.records.learning import plan_rows
from apprentice_desk.records.pay import pay_rows
from apprentice_desk.records.review_actions import action_rows
from apprentice_desk.records.review_meetings import meeting_rows
from apprentice_desk.records.standard_versions import StandardKsb, StandardVersion
from apprentice_desk.records.store import Store
from conftest import Make
from ui.played import play
from ui.whole_apprenticeship import ALL_MINUTES, CHOOSES, READS

KSBS = {
    "K1": "How data is stored and found again.",
    "K2": "The law on data about people.",
    "S1": "Write a program that others can read.",
    "S7": "Test a program before it is given away.",
    "B1": "Works on their own where that is asked.",
}


@pytest.fixture
def office_desk(desk_file: Path) -> Path:
    """A desk with a standard whose version asks five things, a provider and a contract."""
    store = open_store(desk_file, person="Tess Ter")
    make = Make(store)
    make.standard()
    with store.change("Load a version") as session:
        session.add(
            StandardVersion(
                standard_code="ST0116", version="1.1", title="Software developer", level=4,
                first_start_on=date(2025, 8, 1), has_new_assessment=True,
                qualifications="Safe use of data, level 2", loaded_on=date(2026, 8, 1),
                ksbs=[
                    StandardKsb(position=place, code=code, words=words)
                    for place, (code, words) in enumerate(KSBS.items(), 1)
                ],
            )
        )  # fmt: skip
    provider = make.provider(name="Kestrel Skills", ukprn="19990002")
    make.contract(provider_id=provider, reference="XMP-2026-001")
    store.close()
    return desk_file


@pytest.mark.window
def test_a_whole_apprenticeship_by_keyboard_alone(office_desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "manager"
    play("whole_apprenticeship.py", office_desk, folder, "APPRENTICESHIP_PICTURES")
    _look_at_papers(folder / "Documents")
    store = open_store(office_desk)
    _look_at_course(store)
    _look_at_what_was_done(store)
    store.close()


def _look_at_papers(folder: Path) -> None:
    """Three packs and the record, none of them empty."""
    assert sorted(path.name for path in folder.iterdir()) == [
        "pack 2026-11-16.pdf", "pack 2027-03-08.pdf", "pack 2027-03-29.pdf",
        "record 2027-07-30.pdf",
    ]  # fmt: skip
    assert all(path.stat().st_size > 4_000 for path in folder.iterdir())
    if shutil.which("pdftotext") is None:
        return
    said = {path.name: _text(path) for path in folder.iterdir()}
    assert "How do the evenings go?" in said["pack 2026-11-16.pdf"]
    assert "Is the way back easy?" in said["pack 2027-03-08.pdf"]
    assert READS in said["pack 2027-03-08.pdf"]  # the action that is open then
    assert "What stood in the way?" not in said["pack 2027-03-08.pdf"]  # the break did
    assert "What is left to learn?" in said["pack 2027-03-29.pdf"]
    record = said["record 2027-07-30.pdf"]
    for words in (
        "190 h", "Distinction", "28 Jul 2027", "A break in learning began", "K1-2, S1, S7, B1",
        "planned to end on 27 Jun 2027 from then on", "2 activities moved 28 days later",
    ):  # fmt: skip
        assert words in record, words
    assert "qualification:" not in record  # it has its name
    assert "Forecast" not in record  # nothing is to come


def _text(path: Path) -> str:
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(told.stdout.split())


def _look_at_course(store: Store) -> None:
    (known,) = store.read(apprentices.known_people)
    held = store.read(apprentices.held, known.apprenticeship_id)
    details = held.details
    (pause,) = held.breaks
    # 8 to 28 February are 21 days, 1 to 7 March are 7.
    assert (pause.first, pause.last, pause.days) == (date(2027, 2, 8), date(2027, 3, 7), 21 + 7)
    assert details.training_started_on == date(2026, 9, 7)
    assert details.training_planned_end_on == date(2027, 5, 30) + timedelta(days=28)
    assert details.apprenticeship_planned_end_on == date(2027, 7, 31) + timedelta(days=28)
    assert details.assessment_began_on == date(2027, 6, 25)
    assert details.english_met_on == date(2027, 6, 22)
    assert details.agreed_minutes == ALL_MINUTES
    assert (details.weekly_minutes, details.weekly_from_on) == (30 * 60, date(2027, 3, 29))
    assert (details.ended_on, details.outcome) == (date(2027, 7, 28), Outcome.COMPLETED)
    assert (details.grade, details.destination) == (
        Grade.DISTINCTION, Destination.KEPT_PERMANENT,
    )  # fmt: skip


def _look_at_what_was_done(store: Store) -> None:
    (known,) = store.read(apprentices.known_people)
    key, last = known.apprenticeship_id, date(2027, 7, 30)
    entries = store.read(hours_rows)
    # 37 Tuesdays with the class, and the portfolio: 38 x 5 h = 190 h, all of them counting.
    assert [row.minutes for row in entries if row.counts] == [300] * 38
    assert len(entries) == 38
    assert sum(row.minutes for row in entries) == ALL_MINUTES
    assert not [row for row in entries if date(2027, 2, 8) <= row.done_on <= date(2027, 3, 7)]
    assert {row.ksbs for row in entries} == {"K1-2, S1", "S7, B1"}
    plan = store.read(plan_rows, key)
    assert sum(row.planned_minutes for row in plan) == ALL_MINUTES
    assert {row.status for row in plan} == {ActivityStatus.DONE}
    meetings = store.read(meeting_rows, [key])[key]
    assert [row.held_on for row in meetings] == [
        date(2026, 11, 24), date(2027, 3, 16), date(2027, 6, 8),
    ]  # fmt: skip
    assert all(part.was_there and part.signed_on for row in meetings for part in row.parts)
    assert [len(row.parts) for row in meetings] == [3, 3, 3]
    assert {row.what: row.done_on for row in store.read(action_rows, key)} == {
        READS: date(2027, 3, 16), CHOOSES: date(2027, 6, 8),
    }  # fmt: skip
    said = store.read(statements, key, last)
    # K1 and K2 in progress by the manager, then five KSBs by three voices.
    assert Counter(each.status for each in said) == {
        KsbStatus.IN_PROGRESS: 2, KsbStatus.COMPLETED: 5 * 3,
    }  # fmt: skip
    marks = store.read(checklist_records, [key])[key]
    assert (len(marks.start), len(marks.gateway)) == (11, 6)
    assert [(row.rate.from_on, row.rate.amount) for row in store.read(pay_rows, key)] == [
        (date(2026, 9, 7), Decimal(20_000))
    ]
