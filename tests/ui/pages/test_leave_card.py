"""Leave on the record of an apprentice: days only, planned, changed and removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.records.leave import leave_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit.dialogs import Question
from apprentice_desk.ui.pages.apprentice.leave_card import LeaveCard, in_words

Opener = Callable[..., Any]


@pytest.fixture
def key(make: Any) -> Any:
    return make.apprentice()


@pytest.fixture
def card(page: Opener, key: UUID, qtbot: Any) -> LeaveCard:
    opened = page("apprentice")
    opened.arrive(OpenRecord(key, "facts"))
    part = opened.part("facts")
    qtbot.waitUntil(lambda: part.leave._row is not None)
    found: LeaveCard = part.leave
    return found


def days(desk: Desk, key: UUID) -> list[Period]:
    return [row.days for row in desk.store.read(leave_rows, key)]


def fill(dialog: Any, first: date, last: date | None = None) -> None:
    dialog.form.set_value("first_on", first)
    dialog.form.set_value("last_on", last)
    dialog.panel.submit()


def shown(card: LeaveCard) -> list[list[str]]:
    rows = card.table.rows
    return [
        [str(rows.index(line, column).data()) for column in range(3)]
        for line in range(rows.rowCount())
    ]


def test_leave_is_planned_changed_and_removed(
    card: LeaveCard, desk: Desk, key: UUID, qtbot: Any
) -> None:
    assert not card.change.isEnabled()
    fill(card.add_leave(), date(2026, 10, 26), date(2026, 10, 30))
    qtbot.waitUntil(lambda: shown(card) == [["26/10/2026", "30/10/2026", "5 days"]])
    assert card.change.isEnabled()
    dialog = card.change_leave()
    assert dialog is not None
    fill(dialog, date(2026, 10, 27))
    qtbot.waitUntil(lambda: shown(card) == [["27/10/2026", "27/10/2026", "1 day"]])
    card.remove.click()
    question = next(q for q in card.findChildren(Question) if q.isVisible())
    assert question.accessibleDescription().startswith("27 Oct 2026 goes out of the record.")
    question.accept()
    qtbot.waitUntil(lambda: shown(card) == [])
    assert not card.remove.isEnabled()


def test_days_that_are_taken_are_refused_beside_their_field(
    card: LeaveCard, desk: Desk, key: UUID, qtbot: Any
) -> None:
    fill(card.add_leave(), date(2026, 10, 26), date(2026, 10, 30))
    qtbot.waitUntil(lambda: len(shown(card)) == 1)
    dialog = card.add_leave()
    assert dialog is not None
    fill(dialog, date(2026, 10, 30))
    assert dialog.isVisible()
    said = dialog.form.input("first_on").target.accessibleDescription()
    assert "in the leave of 26 Oct 2026 to 30 Oct 2026" in said
    fill(dialog, date(2026, 11, 2))
    qtbot.waitUntil(lambda: len(shown(card)) == 2)
    dialog = card.change_leave()
    assert dialog is not None
    fill(dialog, date(2026, 11, 2))
    assert dialog.isVisible()
    assert days(desk, key)[1] == Period(date(2026, 11, 2), date(2026, 11, 2))


def test_days_are_said_in_words() -> None:
    assert in_words(Period(date(2026, 10, 26), date(2026, 10, 30))) == "26 Oct 2026 to 30 Oct 2026"
    assert in_words(Period(date(2026, 10, 26), date(2026, 10, 26))) == "26 Oct 2026"
