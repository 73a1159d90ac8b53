"""How many keys, clicks and decisions each job takes, counted at the real window.

The table in CONTRIBUTING lists them: no job may take more, or longer than who has it can wait.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import settings
from apprentice_desk.ui.shell.actions import KEYS_OF_PLACES
from ui.job_scripts import JOBS, TODAY, Job
from ui.person import Person
from ui.playing_jobs import Playing
from ui.steps import BEGIN, COMMAND, CONTRIBUTING, END, Listed, Steps, put_into, steps_in, table

NAMES = [job.name for job in JOBS]
SOME = [
    Listed("Log the week", "line manager", Steps(30, 2, 1), 60),
    Listed("Find a person", "anybody", Steps(6)),
]


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> Playing:
    """Whoever plays the jobs; skips (in CI: fails) where no window can be shown."""
    if not os.environ.get("DISPLAY"):
        if os.environ.get("CI"):
            pytest.fail("There is no X server, though CI must have one.")
        pytest.skip("no X server: set DISPLAY")
    folder = tmp_path_factory.mktemp("jobs")
    return Playing(folder, copy_sample(folder / "sample.desk", TODAY))


@pytest.mark.window
@pytest.mark.parametrize("job", JOBS, ids=NAMES)
def test_a_job_takes_no_more_than_is_listed_and_no_longer_than_it_may(
    job: Job, playing: Playing
) -> None:
    listed = steps_in(CONTRIBUTING.read_text("utf-8"))
    steps = playing.steps(job)
    assert job.name in listed, f"call: {COMMAND}"
    assert steps.above(listed[job.name]) == []
    assert job.at_most is None or steps.seconds <= job.at_most


@pytest.mark.window
def test_the_table_is_the_one_of_today(playing: Playing) -> None:
    """Also where it lists more than there is: a step that was taken away is not to come back."""
    text = CONTRIBUTING.read_text("utf-8")
    assert put_into(text, playing.listed()) == text, f"call: {COMMAND}"


# --- counting -------------------------------------------------------------------------------------


def test_each_kind_of_step_has_its_seconds() -> None:
    assert Steps().seconds == 0
    assert Steps(keys=10, clicks=2, decisions=1).seconds == pytest.approx(2.8 + 2.2 + 1.35)


def test_more_of_any_kind_is_named_and_less_is_not() -> None:
    assert Steps(3, 2, 1).above(Steps(3, 2, 1)) == []
    assert Steps(1, 2, 1).above(Steps(3, 2, 1)) == []
    assert Steps(4, 0, 2).above(Steps(3, 2, 1)) == [
        "4 keys instead of 3",
        "2 decisions instead of 1",
    ]


def test_the_table_says_it_all_and_is_read_back() -> None:
    made = table(SOME)
    assert "| Log the week | line manager | 30 | 2 | 1 | 12 | 60 s |" in made
    assert "| Find a person | anybody | 6 | 0 | 0 | 2 |  |" in made
    text = put_into(f"before {BEGIN} OLD {END} after", SOME)
    assert text.startswith(f"before {BEGIN}")
    assert text.endswith(f"{END} after")
    assert "OLD" not in text
    assert put_into(text, SOME) == text
    assert steps_in(text) == {each.job: each.steps for each in SOME}


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_text_without_a_place_for_the_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no place for the table"):
        put_into(text, SOME)


def test_jobs_are_told_apart_and_stay_in_one_cell() -> None:
    assert len(NAMES) == len(set(NAMES)) > 12
    assert not [name for name in NAMES if "|" in name or name != name.strip()]


# --- the person who plays them --------------------------------------------------------------------


@pytest.fixture
def person(start: Any, desk_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody at the window of a desk without anybody in it."""
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    made = Person(start(str(desk_file)), tmp_path)
    made.settle()
    return made


def test_every_key_of_a_chord_and_every_shift_counts(person: Person) -> None:
    person.press("Ctrl+K")
    assert person.steps == Steps(keys=2)
    assert person.keyboard_at() == "Search people, contracts, pages"
    person.write("Ab:c")
    assert person.steps == Steps(keys=2 + 6)
    assert person.window.furniture.top.search.text() == "Ab:c"
    person.decide("who is meant")
    with person.uncounted():
        person.press("Escape")
    assert person.steps == Steps(keys=8, decisions=1)


def test_a_click_goes_where_a_person_would_aim(person: Person) -> None:
    person.click("Hours")
    assert person.steps == Steps(clicks=1)
    assert person.window.shown == "hours"


def test_what_is_not_there_cannot_be_clicked(person: Person) -> None:
    with pytest.raises(AssertionError, match="nothing is called “Fly”"):
        person.click("Fly")
    person.press(KEYS_OF_PLACES["returns"])
    page = person.window.page("returns")
    page.area.verticalScrollBar().setValue(page.area.verticalScrollBar().maximum())
    person.window.resize(700, 480)
    person.settle()
    page.area.verticalScrollBar().setValue(page.area.verticalScrollBar().maximum())
    with pytest.raises(AssertionError, match="“Export workbook” is not in sight"):
        person.click("Export workbook")


def test_tab_goes_on_until_it_is_there_or_gives_up(person: Person) -> None:
    person.press("Ctrl+Shift+N")
    before = person.steps.keys
    person.tab_to("Family name")
    assert person.steps.keys == before + 1
    with pytest.raises(AssertionError, match="Tab does not lead to “Fly”"):
        person.tab_to("Fly")


def test_a_job_that_is_not_done_is_found(person: Person) -> None:
    """Each ends by looking: on a desk without anybody none of those that need people is done."""
    (job,) = [each for each in JOBS if each.name == "Find a person with Ctrl K"]
    with pytest.raises(AssertionError):
        job.do(person)
