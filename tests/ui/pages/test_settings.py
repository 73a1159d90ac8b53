"""The page Settings: how the program looks here, the desk, and where the rules come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from apprentice_desk import resources
from apprentice_desk.records.change_lines import ChangeRow
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.store import Store
from apprentice_desk.settings import TEXT_SIZES, THEMES, load
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.pages.settings.columns import CHANGES, changes, rules
from apprentice_desk.ui.pages.settings.page import SettingsPage


@pytest.fixture
def settings(page: Callable[..., Any]) -> SettingsPage:
    opened: SettingsPage = page("settings")
    return opened


def test_a_theme_is_kept_and_acted_on_at_once(settings: SettingsPage, desk: Desk) -> None:
    heard: list[str] = []
    desk.settings_changed.connect(lambda chosen: heard.append(chosen.theme))

    for name in THEMES:
        settings.theme_choice.button(name).click()

    assert heard == list(THEMES)
    assert load().theme == THEMES[-1]


def test_the_keyboard_comes_first_to_what_is_set_here(settings: SettingsPage, desk: Desk) -> None:
    for name in THEMES:
        settings.theme_choice.button(name).click()
        assert settings.first_stop() is settings.theme_choice.button(name)


def test_a_text_size_is_kept_and_acted_on_at_once(settings: SettingsPage, desk: Desk) -> None:
    settings.size_choice.button(200).click()

    assert (desk.settings.text_size, load().text_size) == (200, 200)
    assert settings.size_choice.button(200).isChecked()
    for size in TEXT_SIZES:
        assert access.spoken_name(settings.size_choice.button(size)) == f"Text size: {size}%"


def test_the_role_is_kept_when_its_field_is_left(
    settings: SettingsPage, desk: Desk, qtbot: Any
) -> None:
    target = settings.role.input.target
    target.setFocus()
    qtbot.keyClicks(target, "HR officer")
    settings.theme_choice.button("light").setFocus()

    qtbot.waitUntil(lambda: load().prepared_by == "HR officer")


def test_the_name_is_kept_when_its_field_is_left_and_shows_ones_own_people_first(
    settings: SettingsPage, desk: Desk, qtbot: Any
) -> None:
    desk.prefer(replace(desk.settings, shows_everyone=True))
    target = settings.name.input.target
    target.setFocus()
    qtbot.keyClicks(target, "Grace Park")
    settings.theme_choice.button("light").setFocus()

    qtbot.waitUntil(lambda: load().my_name == "Grace Park")
    assert not load().shows_everyone
    desk.prefer(replace(desk.settings, shows_everyone=True))
    settings.keep_name()
    assert load().shows_everyone, "the name was not changed"
    desk.prefer(replace(desk.settings, my_name=""))
    assert settings.name.input.read() is None


def test_the_team_is_renamed_as_one_change(
    settings: SettingsPage, desk: Desk, store: Store, qtbot: Any
) -> None:
    settings.rename.click()
    assert settings.dialog is not None
    settings.dialog.form.set_value("team", "Digital and data")
    settings.dialog.panel.confirm.click()

    qtbot.waitUntil(lambda: desk.undo_label == "Rename the team to Digital and data")
    assert store.read(organisation_row).team == "Digital and data"
    assert settings.changes.rows.row(0).line.label == desk.undo_label

    desk.undo()
    qtbot.waitUntil(lambda: settings._team == "Digital")
    first, second, *_ = settings.changes.rows.shown
    assert (first.badge.text, second.badge.text) == ("", "Undone")


def test_the_facts_of_the_desk_are_shown(settings: SettingsPage, store: Store) -> None:
    said = [
        widget.accessibleName()
        for widget in settings.facts.findChildren(type(settings._source))
        if widget.accessibleName()
    ]
    assert f"File: {store.location}" in said
    assert "Borough: Exampleton, E09999999" in said
    assert any(text.startswith("Catalogue of standards: List of 1 Jul 2026") for text in said)


def test_the_twenty_newest_changes_are_listed_newest_first(
    make: Any, page: Callable[..., Any]
) -> None:
    for _ in range(20):
        make.event()
    settings = page("settings")
    QAbstractItemModelTester(
        settings.changes.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    shown = [row.line.number for row in settings.changes.rows.shown]
    assert len(shown) == 20
    assert shown == sorted(shown, reverse=True)


def test_rules_that_were_not_read_at_their_source_say_so(settings: SettingsPage) -> None:
    QAbstractItemModelTester(
        settings.rules.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    row = next(r for r in settings.rules.rows.shown if r.what == "Hours: 6 hours a week")
    assert row.badge.text == "Unverified"

    settings.rules.choose(row.id)

    assert row.source in settings._source.text()
    assert settings._source.text().endswith("check the figure before relying on it.")


def test_every_rule_and_list_names_its_source() -> None:
    made = rules(resources.hours_rules())

    assert all(row.source and row.in_force and row.says for row in made)
    assert len({row.id for row in made}) == len(made)


def line(number: int, takes_back: int | None = None) -> ChangeRow:
    return ChangeRow(
        number, f"Change {number}", datetime(2026, 9, 1, tzinfo=UTC), "", takes_back, False
    )


def test_what_was_brought_back_again_is_not_called_undone() -> None:
    once = changes([line(2, takes_back=1), line(1)])
    twice = changes([line(3, takes_back=2), line(2, takes_back=1), line(1)])

    assert [row.is_undone for row in once] == [False, True]
    assert [row.is_undone for row in twice] == [False, True, False]


def test_changes_stay_in_their_order_where_a_clock_was_turned_back() -> None:
    """What was saved last stands first, whatever the day that it is said to be of."""
    lines = [line(2), replace(line(1), recorded_at=datetime(2031, 1, 1, tzinfo=UTC))]
    model = RowsModel(CHANGES)
    model.replace(changes(lines))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert [row.id for row in model.shown] == [2, 1]
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert [row.id for row in model.shown] == [1, 2]


def test_a_desk_open_to_read_only_keeps_the_team_and_says_why(
    store: Store, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    desk = desk_on(open_store(store.location, read_only=True))
    opened = SettingsPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: not opened._is_stale)

    assert not opened.rename.isEnabled()
    assert opened.theme_choice.button("dark").isEnabled()


def test_the_keyboard_reaches_everything_in_reading_order(
    settings: SettingsPage, qtbot: Any
) -> None:
    assert access.unnamed_widgets(settings) == []
    assert access.out_of_order(settings) == []
    assert access.buttons_without_keyboard(settings) == []

    light = settings.theme_choice.button("light")
    light.setFocus()
    qtbot.keyClick(light, Qt.Key.Key_Space)
    assert load().theme == "light"
