"""The chart as a table one key away, and the months of an apprenticeship as words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from apprentice_desk.domain import off_the_job
from apprentice_desk.domain.active_months import active_months
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_days import HostStay
from apprentice_desk.records import programmes
from apprentice_desk.records.store import Store
from apprentice_desk.ui.kit.chart_table import ChartTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.apprentices.month_strip import (
    MonthStrip,
    in_words,
    is_missed,
    month_in_words,
)
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage

Opener = Callable[..., ApprenticesPage]


# --- the chart ------------------------------------------------------------------------------------


def test_one_key_shows_the_chart_as_a_table_with_the_very_figures(
    page: Opener, team: Any, store: Store, qtbot: Any
) -> None:
    for first, last in ((date(2026, 1, 10), date(2026, 2, 20)),):
        with store.change("A break") as session:
            programmes.start_break(session, team.ada, first)
        with store.change("Back") as session:
            programmes.resume(session, team.ada, last)
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    qtbot.keyClick(opened, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = opened.window().findChildren(ChartTable)
    headings = [column.heading for column in dialog.model.columns[1:]]
    rows = {row.day: dict(zip(headings, row.minutes, strict=True)) for row in dialog.model.shown}
    ada = opened.table.chosen()
    assert len(rows) > 10
    for day, row in rows.items():
        planned = off_the_job.planned_to_date(ada.course, ada.figures.required_minutes, day)
        assert row["Planned"] == planned, day
    assert rows[date(2026, 9, 1)]["Logged"] == ada.figures.logged_minutes
    assert rows[date(2027, 8, 31)]["Forecast"] == ada.figures.forecast_minutes
    assert rows[date(2027, 8, 31)]["Logged"] is None


def test_without_a_chart_there_is_no_table(page: Opener, make: Any, team: Any) -> None:
    key = make.apprentice(given_names="No", family_name="End", training_planned_end_on=None)
    opened = page("apprentices")
    assert opened.table.choose(key)
    assert not opened.actions_.chart_table.isEnabled()
    assert opened.actions_.show_chart_table() is None
    assert opened.table.choose(team.ada)
    assert opened.actions_.chart_table.isEnabled()


# --- the months -----------------------------------------------------------------------------------

COURSE = Course(
    date(2026, 1, 5), date(2026, 10, 30), breaks=(Period(date(2026, 4, 1), date(2026, 4, 30)),)
)
MONTHS_OF = active_months(
    COURSE, [(date(2026, 1, 9), 90), (date(2026, 3, 2), 60)], date(2026, 7, 15)
)


def test_each_month_is_said_and_those_without_training_are_named():
    assert [month_in_words(month) for month in MONTHS_OF] == [
        "January 2026: 1 h 30 m",
        "February 2026: none",
        "March 2026: 1 h",
        "April 2026: on a break",
        "May 2026: none",
        "June 2026: none",
        "July 2026: none yet",
        "August 2026: not yet",
        "September 2026: not yet",
        "October 2026: not yet",
    ]
    assert in_words(MONTHS_OF) == (
        "2 of 6 months with training that counts; none in Feb 2026, May 2026, Jun 2026."
    )
    assert in_words(MONTHS_OF[:1]) == "1 of 1 month with training that counts."
    assert in_words(()) == "No month of training has begun yet."


def test_a_month_with_a_host_is_no_gap():
    stays = (
        HostStay(UUID(int=1), UUID(int=2), Period(date(2026, 5, 4), date(2026, 5, 29)), "LOTI"),
    )
    months = active_months(COURSE, [(date(2026, 1, 9), 90)], date(2026, 7, 15), stays)
    assert month_in_words(months[4]) == "May 2026: none, with LOTI"
    assert not is_missed(months[4])
    assert in_words(months) == (
        "1 of 6 months with training that counts; none in Feb 2026, Mar 2026, Jun 2026; with LOTI"
        " in May 2026."
    )


def test_a_month_is_told_by_its_shape_in_every_state(theme: Theme, qtbot: Any) -> None:
    strip = MonthStrip(theme)
    qtbot.addWidget(strip)
    strip.show_months(MONTHS_OF)
    assert "February 2026: none" in strip.accessibleDescription()
    strip.resize(strip.sizeHint().width(), 40)
    places = strip._places(strip.width())
    picture = strip.grab().toImage()

    def edge(number: int) -> str:
        place = places[number]
        return QColor(picture.pixel(place.left() + 1, place.center().y())).name()

    filled, missed, coming = edge(0), edge(1), edge(7)
    assert filled == theme.colour("accent").name()
    assert len({filled, missed, coming}) == 3
    narrow = strip.heightForWidth(places[0].width())
    assert narrow > 5 * strip.heightForWidth(strip.width())


def test_the_panel_shows_the_months_of_whoever_is_chosen(page: Opener, team: Any) -> None:
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    assert len(opened.panel.months.months) == 24
    assert opened.panel.months_say.text() == (
        "10 of 13 months with training that counts; none in Jul 2026, Aug 2026."
    )
    assert opened.panel.months.isVisible()
