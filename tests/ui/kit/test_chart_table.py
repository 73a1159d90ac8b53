"""The figures of a chart of hours as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from apprentice_desk.ui.kit.chart_table import ChartTable, days_of
from apprentice_desk.ui.kit.charts import Chart, ChartLine, ChartMark
from apprentice_desk.ui.kit.theme import Theme


def at(month: int, day: int, hours: float) -> tuple[float, float]:
    return (date(2026, month, day).toordinal(), hours)


CHART = Chart(
    (
        ChartLine((at(9, 14, 0), at(12, 14, 91)), "plan", "plan"),
        ChartLine((at(9, 14, 0), at(10, 31, 0), at(10, 31, 7.5), at(11, 24, 7.5)), "logged"),
        ChartLine((at(11, 24, 7.5), at(12, 14, 9.5)), "forecast"),
    ),
    "Logged is behind the plan.",
    marks=(ChartMark(date(2026, 11, 24).toordinal(), "today"),),
)


def test_the_ends_the_marks_and_each_end_of_a_month_have_a_row() -> None:
    assert [row.day for row in days_of(CHART)] == [
        date(2026, 9, 14),
        date(2026, 9, 30),
        date(2026, 10, 31),
        date(2026, 11, 24),
        date(2026, 11, 30),
        date(2026, 12, 14),
    ]


def test_a_row_says_what_each_line_has_reached_by_the_end_of_the_day() -> None:
    rows = {row.day: row.minutes for row in days_of(CHART)}
    assert rows[date(2026, 9, 14)] == (0, 0, None)
    assert rows[date(2026, 10, 31)] == (47 * 60, 450, None), "the step of that day is in"
    assert rows[date(2026, 11, 24)] == (71 * 60, 450, 450)
    assert rows[date(2026, 12, 14)] == (91 * 60, None, 570)


def test_a_plan_of_a_few_days_is_told_on_those_days_as_it_stands() -> None:
    """Between two of them nothing is made up."""
    plan = ChartLine((at(8, 31, 10), at(9, 30, 30), at(10, 31, 90), at(11, 30, 100)), "plan")
    rows = days_of(Chart((plan,), "The plan."))
    assert [(row.day.month, row.minutes[0]) for row in rows] == [
        (8, 600), (9, 1800), (10, 5400), (11, 6000),
    ]  # fmt: skip


def test_what_is_logged_counts_from_its_day_on() -> None:
    logged = ChartLine((at(9, 14, 0), at(10, 14, 8)), "logged")
    rows = {row.day: row.minutes for row in days_of(Chart((logged,), "The log."))}
    assert rows[date(2026, 9, 30)] == (0,)
    assert rows[date(2026, 10, 14)] == (480,)


def test_an_empty_chart_has_no_rows() -> None:
    assert days_of(Chart((), "Nothing.")) == ()


def test_the_table_is_told_in_words_and_has_the_keyboard(theme: Theme, qtbot: Any) -> None:
    parent = ChartTable(None, CHART, "Hours of Ada Obi", theme)  # type: ignore[arg-type]
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    assert parent.accessibleDescription() == "Logged is behind the plan."
    headings = [column.heading for column in parent.model.columns]
    assert headings == ["By the end of", "Planned", "Logged", "Forecast"]
    today = parent.model.row(3)
    shown = [column.text(today) for column in parent.model.columns]
    assert shown == ["24 Nov 2026, today", "71:00", "7:30", "7:30"]
    assert parent.table.hasFocus()
