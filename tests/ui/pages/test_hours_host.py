"""Hours with a host: shown in week and list, and said to be there or at home in the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from apprentice_desk.domain.placement_days import Where
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records.hours import HoursRow, hours_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.hours.details import DayDetails
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]
MONDAY, TUESDAY = date(2026, 8, 31), date(2026, 9, 1)


@pytest.fixture
def away(make: Any, team: Any) -> Any:
    """Mei has been with LOTI from 3 August and stays until 25 September."""
    return make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.mei, host="LOTI",
        status=SecondmentStatus.UNDER_WAY, started_on=date(2026, 8, 3),
        agreed_end_on=date(2026, 9, 25),
    )  # fmt: skip


@pytest.fixture
def week(page: Opener, team: Any, away: Any, qtbot: Any) -> HoursPage:
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    opened.week.table.go_to(Cell(team.mei, TUESDAY))
    return opened


def details(page: HoursPage) -> DayDetails:
    return page.week.details


def of_mei(desk: Desk, team: Any) -> HoursRow:
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    return row


def written(page: HoursPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not page.week.writer.is_busy)


def is_asked(page: HoursPage) -> bool:
    return not details(page).form.input("where").parentWidget().isHidden()


def test_the_week_says_who_is_with_whom(week: HoursPage, team: Any) -> None:
    model = week.week.model
    index = model.index_of(Cell(team.mei, TUESDAY))
    assert index.data() == "3:30"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(
        "Tuesday 1 Sep 2026, Mei Lin, 3 h 30 m, with LOTI until 25 Sep 2026"
    )
    assert "home" not in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data(Qt.ItemDataRole.ToolTipRole).startswith("With LOTI until 25 Sep 2026\n")
    assert model.index_of(Cell(team.mei, date(2026, 9, 3))).data() == "host"
    assert model.index_of(Cell(team.mei, MONDAY)).data() == "holiday"
    other = model.index_of(Cell(team.tomasz, TUESDAY))
    assert "LOTI" not in other.data(Qt.ItemDataRole.AccessibleTextRole)
    assert other.data() == "·"


def test_where_it_was_done_is_asked_only_with_a_host(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    assert is_asked(week)
    form = details(week).form
    assert form.value("where") is Where.HOST
    assert form.has_unsaved_changes is False
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    assert not is_asked(week)
    week.week.table.go_to(Cell(team.mei, TUESDAY))
    form.set_value("where", Where.HOME)
    form.edited.emit()
    assert details(week).submit()
    written(week, qtbot)
    row = of_mei(desk, team)
    assert (row.host, row.minutes) == ("", 210)
    index = week.week.model.index_of(Cell(team.mei, TUESDAY))
    qtbot.waitUntil(lambda: "hours at home" in index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert ", at home" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert form.value("where") is Where.HOME
    assert form.has_unsaved_changes is False


def test_new_hours_are_with_the_host_or_at_home_as_somebody_says(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).show_chosen("new")
    form = details(week).form
    assert form.value("where") is Where.HOST
    form.set_value("minutes", 60)
    form.set_value("where", Where.HOME)
    form.edited.emit()
    assert details(week).submit()
    written(week, qtbot)
    rows = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert sorted((row.minutes, row.host) for row in rows) == [(60, ""), (210, "LOTI")]
    index = week.week.model.index_of(Cell(team.mei, TUESDAY))
    qtbot.waitUntil(lambda: "not all of it there" in index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_list_names_the_host_and_its_form_says_where(
    week: HoursPage, desk: Desk, team: Any
) -> None:
    from apprentice_desk.ui.pages.hours.columns import COLUMNS
    from apprentice_desk.ui.pages.hours.editing import Editing

    row = of_mei(desk, team)
    (column,) = [each for each in COLUMNS if each.heading == "With"]
    assert column.show(row) == "LOTI"
    assert column.say is not None
    assert column.say(row) == "with LOTI"
    people = [(team.mei, "Mei Lin"), (team.tomasz, "Tomasz Nowak")]
    editing = Editing(desk, row, people, week)
    form = editing.form
    assert form.value("where") is Where.HOST
    assert not form.has_unsaved_changes
    form.set_value("apprenticeship_id", team.tomasz)
    form.edited.emit()
    assert form.value("where") is None
    form.set_value("apprenticeship_id", team.mei)
    form.edited.emit()
    assert form.value("where") is Where.HOST
    form.set_value("where", Where.HOME)
    form.edited.emit()
    assert form.value("where") is Where.HOME
    editing.dialog.panel.submit()
    again = of_mei(desk, team)
    assert again.host == ""
    assert Editing(desk, again, people, week).form.value("where") is Where.HOME
    assert column.say(again) == "at home"
