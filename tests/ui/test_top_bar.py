"""What the top bar does where there is no room: the desk that is open is named to the last."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.shell.furniture import TopBar

WHERE = "Exampleton  ·  exampleton.desk  ·  sample, invented people"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def new_bar(qtbot: Any, qapp: QApplication) -> Any:
    def make(width: int, scale: float, where: str = WHERE) -> TopBar:
        theme = load_theme("light", scale)
        apply(qapp, theme)
        bar = TopBar(theme)
        qtbot.addWidget(bar)
        bar.resize(width, bar.sizeHint().height())
        bar.show_where(where)
        bar.show()
        QApplication.processEvents()
        return bar

    return make


def colours_below(keys: QWidget) -> int:
    """How many colours would be drawn where *keys* are, without them."""
    keys.hide()
    drawn = keys.parentWidget().grab(keys.geometry()).toImage()
    keys.show()
    return len({drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())})


@pytest.mark.parametrize(("width", "scale"), [(1440, 1.0), (1024, 1.0), (1440, 2.0)])
def test_the_desk_that_is_open_is_named_whole(new_bar: Any, width: int, scale: float) -> None:
    bar = new_bar(width, scale)
    assert bar.where.text() == WHERE
    assert bar.where.toolTip() == ""
    assert bar.search.isVisible() or bar.search_button.isVisible()


def test_where_there_is_room_the_program_is_named_too(new_bar: Any) -> None:
    assert new_bar(1440, 1.0)._title.isVisible()
    assert not new_bar(1440, 2.0)._title.isVisible()
    assert new_bar(1440, 2.0, "")._title.isVisible(), "without a desk it is all there is to say"


def test_where_there_is_truly_no_room_both_ends_can_be_read(new_bar: Any) -> None:
    bar = new_bar(1024, 2.0)
    shown = bar.where.text()
    assert shown != WHERE
    assert shown[:5] == WHERE[:5]
    assert shown[-5:] == WHERE[-5:]
    assert bar.where.toolTip() == WHERE
    assert bar.where.accessibleName() == WHERE


def test_a_very_long_name_leaves_room_for_the_search(new_bar: Any) -> None:
    bar = new_bar(1440, 1.0, "Exampleton " * 40)
    assert bar.search.isVisible()
    assert bar.search.width() >= bar.search.minimumSizeHint().width()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_keys_never_lie_over_the_words_of_the_search(new_bar: Any, scale: float) -> None:
    """What would be drawn below them without them is one plain ground."""
    bar, shown = new_bar(640, scale), set()
    keys, box = bar.search._keys, bar.search
    bar.menu.setFocus()
    for width in range(640, 2880, 40):
        bar.resize(width, bar.height())
        QApplication.processEvents()
        if box.isVisible():
            shown.add(keys.isVisible())
        if not keys.isVisible():
            continue
        assert box.rect().contains(keys.geometry())
        assert colours_below(keys) == 1, f"{width} wide"
    assert shown == {True, False}


def test_logging_hours_names_its_keys_where_all_else_has_room(new_bar: Any) -> None:
    keys = [(scale, new_bar(1440, scale).log._keys.isVisible()) for scale in (1.0, 2.0)]
    assert keys == [(1.0, True), (2.0, False)]
    assert not new_bar(1024, 1.0).log._keys.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_keys_of_logging_hours_lie_beside_its_words_and_are_part_of_the_button(
    new_bar: Any, scale: float, qtbot: Any
) -> None:
    """What would be drawn below them without them is one plain ground."""
    bar, pressed = new_bar(2800, scale), []
    button, keys = bar.log, bar.log._keys
    bar.menu.setFocus()
    place = keys.geometry()
    assert button.rect().contains(place)
    assert colours_below(keys) == 1
    button.clicked.connect(lambda: pressed.append(True))
    at = button.mapTo(bar, place.center())
    assert bar.childAt(at) is button, "a click on the keys is one on the button"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=place.center())
    assert pressed == [True]
