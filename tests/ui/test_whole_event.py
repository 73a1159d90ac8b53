"""The event of whole_event.py, played in a process of its own at the real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from apprentice_desk.records import network
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import hours_rows
from conftest import Make
from ui.played import play
from ui.whole_event import CAME, MINUTES, OTHERS

TEAM = (("Jo", "Bright"), ("Rhys", "Evans"), ("Mei", "Lin"), ("Ada", "Obi"), ("Sam", "Okafor"))


@pytest.fixture
def team(desk_file: Path) -> Path:
    """A desk with the five, and no event."""
    store = open_store(desk_file, person="Tess Ter")
    make = Make(store)
    make.standard()
    provider = make.provider(name="Kestrel Skills", ukprn="19990002")
    for given, family in TEAM:
        make.apprentice(given_names=given, family_name=family, provider_id=provider)
    store.close()
    return desk_file


@pytest.mark.window
def test_an_event_goes_from_its_plan_to_hours_in_the_logs_by_keyboard_alone(
    team: Path, tmp_path: Path
) -> None:
    play("whole_event.py", team, tmp_path / "officer", "EVENT_PICTURES")
    store = open_store(team)
    (event,) = store.read(network.event_rows)
    entries = store.read(hours_rows)
    store.close()
    assert event.details.attended == len(CAME) + OTHERS
    assert event.logged == len(CAME)
    assert sum(entry.minutes for entry in entries if entry.counts) == MINUTES * len(CAME)
