from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access


def shown(qtbot, *widgets: QWidget) -> QWidget:
    root = QWidget()
    down = QVBoxLayout(root)
    for widget in widgets:
        down.addWidget(widget)
    qtbot.addWidget(root)
    root.resize(400, 300)
    with qtbot.waitExposed(root):
        root.show()
    root.activateWindow()
    return root


def test_a_widget_without_a_name_is_found(qtbot, theme) -> None:
    nameless = QLineEdit()
    nameless.setObjectName("search")
    root = shown(qtbot, nameless, QPushButton("Add"), QToolButton())
    assert access.unnamed_widgets(root) == ["QLineEdit search", "QToolButton"] or (
        access.unnamed_widgets(root) == ["QLineEdit search"]
    )
    access.name(nameless, "Search")
    assert "QLineEdit search" not in access.unnamed_widgets(root)


def test_a_buddy_label_is_a_name(qtbot, theme) -> None:
    line, label = QLineEdit(), QLabel("&Given names")
    label.setBuddy(line)
    root = shown(qtbot, label, line)
    assert access.spoken_name(line) == "Given names"
    assert access.unnamed_widgets(root) == []


def test_inner_parts_of_widgets_need_no_name_of_their_own(qtbot, theme) -> None:
    box = QComboBox()
    box.setEditable(True)
    access.name(box, "Standard")
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert access.unnamed_widgets(shown(qtbot, box, area)) == []


def test_a_button_that_only_a_mouse_reaches_is_found(qtbot, theme) -> None:
    lost, short, beside = QPushButton("Lost"), QPushButton("Short"), QPushButton("Beside")
    for button in (lost, short):
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    short.setShortcut("Ctrl+K")
    access.answer_in_field(beside, "Alt+Down")
    root = shown(qtbot, lost, short, beside, QPushButton("Plain"))
    assert access.buttons_without_keyboard(root) == ["QPushButton Lost"]
    assert beside not in access.tab_chain(root)
    assert "Alt+Down" in beside.accessibleDescription()
    assert "Alt+Down" in beside.toolTip()


def test_the_tab_chain_is_what_tab_really_does(qtbot, theme) -> None:
    one, two, three = (QLineEdit() for _ in range(3))
    for number, line in enumerate((one, two, three)):
        access.name(line, str(number))
    root = shown(qtbot, one, two, three)
    assert access.tab_chain(root) == [one, two, three]
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus()


def test_a_widget_reached_too_late_is_found(qtbot, theme) -> None:
    lines = {name: QLineEdit() for name in ("top", "middle", "bottom")}
    for name, line in lines.items():
        access.name(line, name)
    root = shown(qtbot, *lines.values())
    assert access.out_of_order(root) == []
    QWidget.setTabOrder(lines["top"], lines["bottom"])
    QWidget.setTabOrder(lines["bottom"], lines["middle"])
    assert access.out_of_order(root) == ["middle"]


def test_hidden_and_disabled_widgets_are_left_out(qtbot, theme) -> None:
    hidden, disabled = QLineEdit(), QPlainTextEdit()
    root = shown(qtbot, hidden, disabled)
    hidden.hide()
    disabled.setEnabled(False)
    assert list(access.focusable_widgets(root)) == []


def test_two_of_one_kind_and_name_are_found(qtbot, theme) -> None:
    line = QLineEdit()
    access.name(line, "Edit")
    root = shown(qtbot, line, QPushButton("Edit"), QPushButton("Add"))
    assert access.names_used_twice(root) == [], "a field and a button are told apart"
    another = QPushButton("Edit")
    root.layout().addWidget(another)
    another.show()
    assert access.names_used_twice(root) == ["Edit"]


def test_what_is_scrolled_stands_where_its_area_does(qtbot, theme) -> None:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = QWidget()
    down = QVBoxLayout(inside)
    for number in range(40):
        down.addWidget(QPushButton(f"Line {number}"))
    area.setWidget(inside)
    root = shown(qtbot, area, QPushButton("Below"))
    assert access.out_of_order(root) == [], "the fortieth line is not below the button"


class Input(QWidget):
    """A field that hands the keyboard on to a part of itself."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.target = QLineEdit()
        access.name(self.target, name)
        down = QVBoxLayout(self)
        down.addWidget(self.target)
        self.setFocusProxy(self.target)


def test_what_is_made_later_is_reached_in_its_place_and_lets_the_keyboard_go(qtbot, theme) -> None:
    first, last = QLineEdit(), QLineEdit()
    access.name(first, "first")
    access.name(last, "last")
    root = shown(qtbot, first, last)
    late = [Input("late"), Input("later")]
    for place, each in enumerate(late, 1):
        root.layout().insertWidget(place, each)
        each.show()
    assert access.follow(first, late) is late[-1].target
    expected = [first, *(each.target for each in late), last]
    assert access.tab_chain(root) == expected
    first.setFocus()
    for widget in [*expected[1:], first]:
        QTest.keyClick(root.focusWidget(), Qt.Key.Key_Tab)
        assert root.focusWidget() is widget


def test_what_comes_last_comes_after_what_is_still_hidden(qtbot, theme) -> None:
    lines = [QLineEdit() for _ in range(4)]
    root = shown(qtbot, *lines)
    lines[3].hide()
    access.come_last(lines[1])
    lines[3].show()
    assert access.tab_chain(root) == [lines[0], lines[2], lines[3], lines[1]]


def test_what_is_made_later_is_put_where_tab_comes_to_it_first(qtbot) -> None:
    first, quiet, last, new, other = (
        QPushButton("First"), QLabel("Words"), QPushButton("Last"), QPushButton("New"),
        QPushButton("Other"),
    )  # fmt: skip
    root = shown(qtbot, first, quiet, last, new, other)
    other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for _ in range(2):  # again changes nothing
        access.put_before(last, [new, other])
        assert access.tab_chain(root) == [first, new, last]
    access.put_before(first, [new])
    assert access.tab_chain(root)[-1] is new, "there is nothing before the first but the end"
