"""The page of one apprentice: its parts, where it is reached from, and what it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from apprentice_desk.records import apprentices, reviews
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenHours, OpenPage, OpenRecord
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage
from apprentice_desk.ui.pages.apprentice.part import PARTS


@pytest.fixture
def record(page: Callable[..., Any]) -> ApprenticePage:
    opened: ApprenticePage = page("apprentice")
    return opened


def texts(widget: Any) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel)]


def test_without_anybody_it_says_where_to_find_them(record: ApprenticePage, desk: Desk) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    assert record.nobody.isVisible()
    assert not record.switch.isVisible()
    record.back.click()
    assert gone == [OpenPage("apprentices")]


def test_it_shows_whom_it_is_asked_for(record: ApprenticePage, make: Any, desk: Desk) -> None:
    key = make.apprentice(given_names="Ada", family_name="Obi", line_manager="Grace Park")
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    record.arrive(OpenRecord(key, "facts"))
    assert record.header.title.text() == "Ada Obi"
    assert record.row is not None
    assert "Grace Park" in texts(record)
    record.back.click()
    assert gone == [OpenApprentice(key)]


@pytest.mark.parametrize("place", PARTS, ids=lambda place: place.name)
def test_each_part_can_be_asked_for(record: ApprenticePage, make: Any, place: Any) -> None:
    record.arrive(OpenRecord(make.apprentice(), place.name))
    assert record.shown_part == place.name
    assert record.part(place.name).isVisibleTo(record)
    assert not record.has_unsaved_changes


def test_it_follows_what_is_changed(
    record: ApprenticePage, make: Any, store: Store, qtbot: Any
) -> None:
    key = make.apprentice(given_names="Ada", family_name="Obi")
    record.arrive(OpenRecord(key))
    held = store.read(apprentices.held, key)
    with store.change("Rename") as session:
        apprentices.correct(session, key, replace(held.details, family_name="King"))
    qtbot.waitUntil(lambda: record.header.title.text() == "Ada King")


def test_somebody_who_was_removed_is_said_to_be_gone(record: ApprenticePage, desk: Desk) -> None:
    record.arrive(OpenRecord(uuid4()))
    assert desk.messages.said[-1].text == "This apprentice is not in the desk any more."
    assert record.nobody.isVisible()


# --- the story ----------------------------------------------------------------------------------


def test_the_story_tells_what_happened_and_enter_goes_there(
    record: ApprenticePage, make: Any, desk: Desk
) -> None:
    key = make.apprentice()
    make.hours(key, minutes=90)
    make.review(key)
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    record.arrive(OpenRecord(key, "story"))
    part: Any = record.part("story")
    assert [part.model.row(n).told.what for n in range(part.model.rowCount())] == [
        "Training started",
        "1 h 30 m logged in August 2026",
        "Review due",
        "Training is planned to end",
    ]
    for n in range(2):
        part.table.row_opened.emit(part.model.row(n))
    assert gone == [OpenRecord(key, "facts"), OpenHours(key)]


def test_the_story_follows_a_review_that_is_held(
    record: ApprenticePage, make: Any, store: Store, qtbot: Any
) -> None:
    key = make.apprentice()
    review = make.review(key)
    record.arrive(OpenRecord(key, "story"))
    part: Any = record.part("story")
    with store.change("Hold") as session:
        reviews.hold_review(session, review, date(2026, 8, 14), "On track")
    qtbot.waitUntil(
        lambda: "Review held" in [part.model.row(n).told.what for n in range(part.model.rowCount())]
    )


def test_other_apprenticeships_of_the_person_are_one_press_away(
    record: ApprenticePage, make: Any, store: Store, desk: Desk
) -> None:
    key = make.apprentice()
    person = store.read(apprentices.held, key).apprentice_id
    details = apprentices.ApprenticeDetails(given_names="Ada", course_title="Rigging")
    with store.change("Enrol again") as session:
        second = apprentices.enrol(session, details, apprentice_id=person)
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    record.arrive(OpenRecord(key, "story"))
    part: Any = record.part("story")
    (other,) = part.others.findChildren(QPushButton)
    assert other.text() == "Apprenticeship 2: Rigging, planned"
    other.click()
    assert gone == [OpenRecord(second, "story")]
    record.arrive(OpenRecord(make.apprentice(family_name="Alone"), "story"))
    assert not part.others.isVisibleTo(part)


def test_the_record_is_saved_as_pdf(
    gone_out: Any, record: ApprenticePage, make: Any, desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    record.arrive(OpenRecord(make.apprentice(line_manager="Grace Park"), "story"))
    part: Any = record.part("story")
    part.print_.click()
    assert part.file_dialog.isVisible()
    part.file_dialog.reject()
    path = tmp_path / "record.pdf"
    part.save_pdf(str(path))
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert path.read_bytes().startswith(b"%PDF-")
    assert desk.messages.said[-1].text.startswith("Saved “record.pdf”")
    assert gone_out() == [("record of one apprentice", 1)]
