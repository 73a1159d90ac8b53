from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QPushButton

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.charts import (
    Chart,
    ChartLine,
    ChartMark,
    LineChart,
    paint_chart,
    place_labels,
)
from apprentice_desk.ui.kit.panels import (
    Card,
    EmptyState,
    KeyValues,
    PageHeader,
    StatFigure,
    StepBar,
)
from apprentice_desk.ui.kit.pieces import BadgeLabel, Meter, button, icon_button, label
from apprentice_desk.ui.kit.rows import Badge, Bar

CHART = Chart(
    (
        ChartLine(((0, 0), (10, 100)), "plan", "plan"),
        ChartLine(((0, 0), (5, 40)), "logged", tone="danger"),
        ChartLine(((5, 40), (10, 80)), "forecast", tone="danger"),
    ),
    "Logged is behind the plan.",
    marks=(ChartMark(5, "today"),),
    ticks=((0, "Sep 2026"), (10, "Jun 2027")),
)


def words(widget) -> list[str]:
    return [
        part.text()
        for part in widget.findChildren(QLabel)
        if part.isVisibleTo(widget) and part.text()
    ]


def test_a_figure_is_told_in_one_sentence(qtbot, theme) -> None:
    figure = StatFigure("On programme", "24", "2 on a break", theme)
    qtbot.addWidget(figure)
    assert figure.accessibleName() == "On programme, 24, 2 on a break"
    figure.show_figure("25", "1 on a break", "danger")
    assert figure.accessibleName() == "On programme, 25, 1 on a break"
    assert words(figure) == ["On programme", "25", "1 on a break"]


def test_steps_say_where_one_is(qtbot, theme) -> None:
    steps = StepBar(("Choose", "Match", "Import"), theme)
    qtbot.addWidget(steps)
    assert steps.accessibleName() == "Step 1 of 3: Choose"
    steps.set_current(2)
    assert steps.accessibleName() == "Step 3 of 3: Import"
    steps.set_current(3)
    assert steps.accessibleName() == "All 3 steps done"


def test_a_wizard_that_is_done_says_so_where_there_is_room_for_one_word(qtbot, theme) -> None:
    steps = StepBar(("Choose a file", "Match the columns", "Review", "Done"), theme)
    qtbot.addWidget(steps)
    steps.resize(steps.minimumSizeHint().width() + 330, theme.space(8))
    steps.set_current(4)
    with_word = steps.grab().toImage()
    other = StepBar(("Choose a file", "Match the columns", "Review", ""), theme)
    qtbot.addWidget(other)
    other.resize(steps.size())
    other.set_current(4)
    assert with_word != other.grab().toImage()


def test_a_missing_value_is_said_not_left_blank(qtbot, theme) -> None:
    pairs = KeyValues([("Mentor", ""), ("Line manager", "Priya Shah")], theme)
    qtbot.addWidget(pairs)
    assert words(pairs) == ["Mentor", "not given", "Line manager", "Priya Shah"]
    pairs.show_pairs([("Mentor", "Sam Lee")])
    assert words(pairs) == ["Mentor", "Sam Lee"]


def test_a_header_and_its_actions(qtbot, theme) -> None:
    pressed: list[str] = []
    add = button("Add", theme, lambda: pressed.append("add"), role="primary", icon="plus")
    header = PageHeader("Apprentices", "24 on programme", theme, [add])
    qtbot.addWidget(header)
    add.click()
    header.set_words("Apprentices", "25 on programme")
    assert pressed == ["add"]
    assert words(header) == ["Apprentices", "25 on programme"]


def test_a_button_of_one_icon_has_a_name(qtbot, theme) -> None:
    close = icon_button("x", "Close", theme)
    qtbot.addWidget(close)
    assert access.spoken_name(close) == close.toolTip() == "Close"


def test_text_from_records_is_never_read_as_markup(qtbot, theme) -> None:
    shown = label("<b>Ada</b> & Co")
    qtbot.addWidget(shown)
    plain = label("xxxxxxxxxxxxxxx")
    qtbot.addWidget(plain)
    assert shown.sizeHint().width() > label("Ada & Co").sizeHint().width()


def test_an_empty_state_offers_a_way_on_only_where_there_is_one(qtbot, theme) -> None:
    state = EmptyState(theme, "inbox", "Nothing here", "Add something.")
    qtbot.addWidget(state)
    assert not state.findChild(QPushButton).isVisibleTo(state)
    pressed: list[bool] = []
    state.set_words("Nothing here", "", "Add", lambda: pressed.append(True))
    state.findChild(QPushButton).click()
    assert pressed == [True]


def test_a_badge_and_a_meter_say_what_they_show(qtbot, theme) -> None:
    badge = BadgeLabel(Badge("Behind", "danger", "circle-alert"), theme)
    meter = Meter(Bar(38, 52, 100, "danger", "38 of 100 h, 52 h planned"), theme)
    for widget in (badge, meter):
        qtbot.addWidget(widget)
    assert badge.accessibleName() == "Behind"
    assert meter.accessibleName() == "38 of 100 h, 52 h planned"
    before = badge.sizeHint().width()
    badge.show_badge(Badge("Not received", "quiet", "minus"))
    assert badge.sizeHint().width() > before


def test_a_card_has_its_title_as_name(qtbot, theme) -> None:
    card = Card("Needs you", theme)
    qtbot.addWidget(card)
    assert card.accessibleName() == "Needs you"


def test_a_chart_is_told_in_words(qtbot, theme) -> None:
    chart = LineChart(CHART, theme)
    qtbot.addWidget(chart)
    assert chart.accessibleDescription() == "Logged is behind the plan."


@pytest.mark.parametrize("size", [(400, 160), (1600, 700), (60, 30)])
def test_a_chart_paints_at_any_size_within_its_rectangle(qapp, theme, size) -> None:
    picture = QImage(size[0] + 40, size[1] + 40, QImage.Format.Format_RGB32)
    picture.fill(theme.colour("surface_raised"))
    painter = QPainter(picture)
    paint_chart(painter, QRectF(20, 20, *size), CHART, theme)
    painter.end()
    ground = theme.colour("surface_raised").name()
    inked = {
        (x, y)
        for x in range(picture.width())
        for y in range(0, picture.height(), 3)
        if picture.pixelColor(x, y).name() != ground
    }
    assert inked
    assert (
        all(18 <= x <= size[0] + 22 and 18 <= y <= size[1] + 22 for x, y in inked) or size[0] < 100
    )


def test_a_chart_without_points_stays_empty(qapp, theme) -> None:
    picture = QImage(100, 50, QImage.Format.Format_RGB32)
    picture.fill(theme.colour("surface"))
    before = picture.copy()
    painter = QPainter(picture)
    paint_chart(painter, QRectF(0, 0, 100, 50), Chart((), "Nothing yet."), theme)
    painter.end()
    assert picture == before


def test_a_label_of_a_chart_lies_across_nothing() -> None:
    """As on Today in autumn: a short line close below the plan, which ends at today's line."""
    plot = QRectF(0, 0, 404, 106)
    plan = [QPointF(0, 106), QPointF(129, 66), QPointF(404, 0)]
    logged = [QPointF(0, 106), QPointF(40, 102), QPointF(129, 72)]
    marks = [QRectF(128, 0, 2, 106), QRectF(133, 91, 30, 15)]
    wanted = [(plan, QSizeF(24, 15)), (logged, QSizeF(38, 15))]
    one, other = place_labels(wanted, plot, marks, 4)
    assert one is not None
    assert other is not None
    assert not one.intersects(other)
    for spot in (one, other):
        assert plot.contains(spot)
        assert not any(spot.intersects(mark) for mark in marks)
        for start, end in (*pairwise(plan), *pairwise(logged)):
            for step in range(201):
                assert not spot.contains(start + (end - start) * (step / 200))


def test_the_steps_stand_evenly_where_only_one_has_room_for_its_words(qtbot, theme) -> None:
    steps = StepBar(("Choose a file", "Match the columns", "Review", "Done"), theme)
    qtbot.addWidget(steps)
    steps.resize(steps.minimumSizeHint().width() + 330, theme.space(8))
    picture = steps.grab().toImage()
    ground, row = picture.pixelColor(picture.width() - 1, 0), picture.height() // 2
    inked = [x for x in range(picture.width()) if picture.pixelColor(x, row) != ground]
    gaps = [after - before - 1 for before, after in pairwise(inked) if after - before > 1]
    # left of the second disc, then on both sides of the strokes between the last three
    assert len(gaps) >= 6
    assert max(gaps[-5:]) - min(gaps[-5:]) <= 1, gaps
