"""Every kind of move is made on the page of one apprentice and taken back: nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from PySide6.QtGui import QAction

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.vocabulary import Destination, Grade
from apprentice_desk.records import programmes
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage
from records.dumps import dump

# Who moves, what is typed, and how they stand afterwards.
MOVES: Mapping[str, tuple[str, Mapping[str, Any], Status]] = {
    "start_break": ("ada", {"first_on": date(2026, 8, 3), "reason": "Family"}, Status.ON_A_BREAK),
    "resume": (
        "jo",
        {
            "last_on": date(2026, 8, 30),
            "planned_end_on": date(2027, 11, 30),
            "apprenticeship_end_on": date(2028, 2, 29),
        },
        Status.LIVE,
    ),
    "set_weekly_hours": ("ada", {"from_on": date(2026, 8, 3), "weekly_minutes": 1200}, Status.LIVE),
    "change_provider": (
        "ada",
        {
            "on": date(2026, 8, 3),
            "provider_id": "Kestrel Skills",
            "provider_reference": "K-1",
            "planned_end_on": date(2027, 10, 31),
            "reason": "Thamesbank closed",
        },
        Status.LIVE,
    ),
    "change_standard": (
        "ada",
        {
            "on": date(2026, 8, 3),
            "version": "1.2",
            "option": "Web",
            "planned_end_on": date(2027, 10, 31),
            "reason": "The new version fits",
        },
        Status.LIVE,
    ),
    "change_planned_end": (
        "ada",
        {"on": date(2026, 8, 3), "planned_end_on": date(2027, 10, 31), "reason": "More time"},
        Status.LIVE,
    ),
    "enter_assessment": (
        "ada", {"on": date(2026, 8, 31), "is_open_heeded": True}, Status.IN_ASSESSMENT,
    ),
    "back_from_assessment": ("mei", {"on": date(2026, 8, 20), "reason": "A resit"}, Status.LIVE),
    "complete": (
        "mei",
        {
            "on": date(2026, 8, 31),
            "grade": Grade.MERIT,
            "destination": Destination.KEPT_PERMANENT,
        },
        Status.COMPLETED,
    ),
    "withdraw": (
        "ada",
        {
            "on": date(2026, 8, 31),
            "leaving_reason": "29",
            "destination": Destination.OTHER_EMPLOYER,
        },
        Status.WITHDRAWN,
    ),
}  # fmt: skip


@pytest.fixture
def record(page: Callable[..., Any], team: Any, store: Store) -> ApprenticePage:
    with store.change("Pass the gateway") as session:
        programmes.enter_assessment(session, team.mei, date(2026, 8, 1))
    opened: ApprenticePage = page("apprentice")
    return opened


def test_no_kind_of_move_is_left_out(record: ApprenticePage) -> None:
    named = {name for name, made in vars(record.moves).items() if isinstance(made, QAction)}
    assert named == set(MOVES)
    assert len(record.moves.all) == len(MOVES)


def fill(dialog: FormDialog, values: Mapping[str, Any], store: Store) -> None:
    providers = {row.name: row.id for row in store.read(provider_rows)}
    for name, value in values.items():
        dialog.form.set_value(name, providers[value] if name == "provider_id" else value)
    dialog.form.edited.emit()


@pytest.mark.parametrize("move", MOVES)
def test_a_move_that_is_taken_back_leaves_every_table_as_it_was(
    record: ApprenticePage, desk: Desk, store: Store, team: Any, make: Any, qtbot: Any, move: str
) -> None:
    who, values, becomes = MOVES[move]
    key = getattr(team, who)
    make.activity(key, "Databases", due_on=date(2026, 9, 20))
    record.arrive(OpenRecord(key))
    assert record.row is not None
    stood, shown = record.row.status, record.header.subtitle.text()
    before = dump(store)
    getattr(record.moves, move).trigger()
    (dialog,) = [each for each in record.findChildren(FormDialog) if each.isVisible()]
    fill(dialog, values, store)
    assert dump(store) == before, "nothing is written before the move is confirmed"
    dialog.panel.submit()
    assert dump(store) != before
    label = store.latest_change().label
    for question in record.findChildren(Question):
        question.reject()
    qtbot.waitUntil(lambda: record.row is not None and record.row.status is becomes)
    qtbot.waitUntil(lambda: desk.undo_label == label)
    desk.undo()
    assert dump(store) == before
    qtbot.waitUntil(lambda: record.row is not None and record.row.status is stood)
    qtbot.waitUntil(lambda: record.header.subtitle.text() == shown)
    desk.redo()
    qtbot.waitUntil(lambda: record.row is not None and record.row.status is becomes)
    desk.undo()
    assert dump(store) == before
