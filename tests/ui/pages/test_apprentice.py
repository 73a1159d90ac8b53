"""The page of one apprentice: its parts, where it is reached from, and what it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLabel

from apprentice_desk.records import apprentices
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk, OpenApprentice, OpenPage, OpenRecord
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
