"""The chart of one apprenticeship's hours: planned, logged and forecast over the training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from apprentice_desk.domain import off_the_job
from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.calendar import MONTHS, add_months, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.records.learning import ActivityStatus, PlanActivityRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.kit.charts import Chart, ChartLine, ChartMark, Point
from apprentice_desk.ui.pages.apprentices.columns import hours_in_words
from apprentice_desk.ui.standing_words import hours_tone


def hours_chart(
    row: ApprenticeRow,
    logged: Sequence[tuple[date, int]],
    plan: Sequence[PlanActivityRow],
    today: date,
    mark: str = "today",
) -> Chart | None:
    """Return the chart, from the start of training to its planned end.

    None without both days, and where there is neither a plan nor an hour to draw.

    *logged* are the counting minutes by day, *plan* the activities of the learning plan: where
    some have a day the planned line steps by them, as the figures do.  *mark* is what the line at
    *today* is called.
    """
    start, end = row.course.training_started_on, row.course.training_planned_end_on
    if start is None or end is None or end <= start:
        return None
    last = min(today, row.course.ended_on or today)
    planned = tuple(_planned(row, plan, start, end))
    if not planned and not any(minutes for _, minutes in logged):
        return None
    lines = [
        ChartLine(planned, "plan", "plan"),
        ChartLine(
            tuple(_logged(logged, start, last)), "logged", tone=hours_tone(row.figures.status)
        ),
    ]
    forecast = row.figures.forecast_minutes
    is_on_the_way = row.status in (Status.LIVE, Status.IN_ASSESSMENT)
    if forecast is not None and last < end and is_on_the_way:
        points = (_point(last, row.figures.logged_minutes), _point(end, forecast))
        tone = hours_tone(row.figures.status)
        lines.append(ChartLine(points, "forecast", "forecast", tone))
    lines = [line for line in lines if line.points]
    marks = (ChartMark(today.toordinal(), mark),) if start < today < end else ()
    highest = max(y for line in lines for _, y in line.points) if lines else 0.0
    top = max((row.figures.required_minutes or 0) / 60, highest, 1.0)
    ticks = tuple((day.toordinal(), _month(day)) for day in (start, end))
    return Chart(tuple(lines), _in_words(row, start, end), marks, ticks, top)


def _point(day: date, minutes: int) -> Point:
    return (day.toordinal(), minutes / 60)


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def _planned(
    row: ApprenticeRow, plan: Sequence[PlanActivityRow], start: date, end: date
) -> Iterator[Point]:
    dated = sorted(
        (each.due_on, each.planned_minutes)
        for each in plan
        if each.due_on is not None and each.status is not ActivityStatus.DROPPED
    )
    if dated:
        yield _point(start, 0)
        total = 0
        for due_on, minutes in dated:
            day = min(max(due_on, start), end)
            yield _point(day, total)
            total += minutes
            yield _point(day, total)
        yield _point(end, total)
        return
    required = row.figures.required_minutes
    for day in _plan_days(row, start, end):
        planned = off_the_job.planned_to_date(row.course, required, day)
        if planned is None:
            return
        yield _point(day, planned)


def _plan_days(row: ApprenticeRow, start: date, end: date) -> list[date]:
    """The days between which the plan is a straight line, and each month's end."""
    days = {start, end}
    for pause in row.course.breaks:
        days |= {pause.first - timedelta(days=1), pause.last or end}
    month = start.replace(day=1)
    while month <= end:
        month = add_months(month, 1)
        days.add(month - timedelta(days=1))
    return sorted(day for day in days if start <= day <= end)


def _logged(logged: Sequence[tuple[date, int]], start: date, last: date) -> Iterator[Point]:
    total = 0
    yield _point(start, 0)
    for day, minutes in logged:
        if day > last:
            break
        if day > start:
            yield _point(day, total)
        total += minutes
        yield _point(max(day, start), total)
    if last > start:
        yield _point(last, total)


def _in_words(row: ApprenticeRow, start: date, end: date) -> str:
    figures = row.figures
    says = f"Hours from {show_day(start)} to {show_day(end)}: {hours_in_words(figures)}."
    if figures.planned_to_date_minutes is not None:
        says += f" Planned to date: {sentence(figures.planned_to_date_minutes)}."
    if figures.forecast_minutes is not None:
        says += f" Forecast for the planned end: {sentence(figures.forecast_minutes)}."
    return says
