from __future__ import annotations

from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import theme as themes
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable


class Named(NamedTuple):
    id: int
    name: str


def rings(root: QWidget) -> list[QWidget]:
    return [ring for ring in root.findChildren(QWidget, "focus ring") if ring.isVisible()]


def window(qtbot, *widgets: QWidget) -> QWidget:
    root = QWidget()
    down = QVBoxLayout(root)
    for widget in widgets:
        down.addWidget(widget)
    qtbot.addWidget(root)
    root.resize(300, 200)
    with qtbot.waitExposed(root):
        root.show()
    root.activateWindow()
    return root


def test_the_ring_lies_around_what_has_the_keyboard(qtbot, theme) -> None:
    line, button = QLineEdit(), QPushButton("Add")
    root = window(qtbot, line, button)
    for widget in (line, button):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        (ring,) = rings(root)
        inner = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
        edge = theme.space(1)
        assert ring.geometry() == inner.adjusted(-edge, -edge, edge, edge)


def test_the_ring_takes_neither_mouse_nor_keyboard(qtbot, theme) -> None:
    line = QLineEdit()
    root = window(qtbot, line)
    line.setFocus()
    (ring,) = rings(root)
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert ring.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_ring_is_painted_in_its_two_colours(qtbot, theme) -> None:
    line = QLineEdit()
    root = window(qtbot, line)
    line.setFocus()
    picture = root.grab().toImage()
    middle = line.geometry().center().y()
    colours = [picture.pixelColor(x, middle).name() for x in range(line.x() - 5, line.x() + 3)]
    assert theme.colour("focus").name() in colours
    assert theme.colour("focus_edge").name() in colours


def test_the_ring_follows_when_its_widget_moves(qtbot, theme) -> None:
    line = QLineEdit()
    root = window(qtbot, line)
    line.setFocus()
    line.setGeometry(40, 60, 120, 50)
    (ring,) = rings(root)
    edge = theme.space(1)
    assert ring.geometry() == QRect(40 - edge, 60 - edge, 120 + 2 * edge, 50 + 2 * edge)
    line.hide()
    assert rings(root) == []


def test_at_the_edge_of_a_window_all_of_the_ring_is_seen(qtbot, theme) -> None:
    line = QLineEdit()
    root = window(qtbot, line)
    line.setFocus()
    line.setGeometry(0, 60, root.width(), 50)
    (ring,) = rings(root)
    assert root.rect().contains(ring.geometry())


def test_the_ring_scrolls_with_its_widget(qtbot, theme) -> None:
    inside = QWidget()
    down = QVBoxLayout(inside)
    lines = [QLineEdit() for _ in range(20)]
    for line in lines:
        down.addWidget(line)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    root = window(qtbot, area)
    lines[0].setFocus()
    (ring,) = rings(root)
    assert ring.parentWidget() is area.viewport()
    before = ring.y()
    area.verticalScrollBar().setValue(30)
    assert ring.y() == before - 30


def test_the_ring_survives_its_window(qtbot, theme) -> None:
    line = QLineEdit()
    first = window(qtbot, line)
    line.setFocus()
    other = QLineEdit()
    second = window(qtbot, other)
    first.deleteLater()
    qtbot.waitUntil(lambda: not _is_there(line))
    other.setFocus()
    assert len(rings(second)) == 1


def test_the_ring_changes_with_the_theme(qapp, qtbot, theme) -> None:
    line = QLineEdit()
    root = window(qtbot, line)
    line.setFocus()
    theme.become("light", 2.0)
    themes.apply(qapp, theme)
    (ring,) = rings(root)
    assert ring.width() - line.width() == 2 * theme.space(1)


def _is_there(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget)


def test_a_table_without_a_row_has_the_ring_itself(qtbot, theme) -> None:
    """No row could show that the keyboard is there."""
    model = RowsModel((Column("Name", lambda row: row.name),))
    table = RowsTable(model, "Names", theme)
    root = window(qtbot, table, QLineEdit())
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(rings(root)) == 1
    model.replace((Named(1, "Ada"),))
    assert rings(root) == []
    model.replace(())
    assert len(rings(root)) == 1


def test_an_area_that_is_scrolled_by_keys_has_the_ring(qtbot, theme) -> None:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    root = window(qtbot, area)
    area.setFocus(Qt.FocusReason.TabFocusReason)
    assert len(rings(root)) == 1


@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QCheckBox, QRadioButton])
def test_the_ring_is_the_only_mark_of_the_keyboard(qtbot, theme, kind) -> None:
    """Fusion draws one of its own inside, once somebody has pressed Tab."""
    made, other = kind(), QLineEdit()
    made.setText("Add")
    made.setProperty("ring", "none")
    root = window(qtbot, other, made)
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    plain = made.grab().toImage()
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Tab)
    assert made.hasFocus()
    assert root.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    assert made.grab().toImage() == plain
