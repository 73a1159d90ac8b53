"""A form whose line can be had as often as wanted: keyboard, values, and what is typed kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, make_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.drafts import Drafts
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.growing import GrowingForm
from apprentice_desk.ui.kit.keeping import DraftSpot, Keeper

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


def line(number: int) -> tuple[Field, ...]:
    group = "" if number > 1 else "Actions"
    return (
        Field(f"what_{number}", f"Action {number}", group=group, width=20),
        Field(f"due_on_{number}", f"By when {number}", "date", beside=True),
    )


def details_of(fields: Sequence[Field]) -> type:
    blank = {"date": None}
    specs = [(each.name, Any, field(default=blank.get(each.kind, ""))) for each in fields]
    return make_dataclass("Many", specs, frozen=True)


FIELDS = (Field("title", "Title"), *line(1), *line(2), Field("next_on", "Next", "date", group="Z"))


def form_of(qtbot: Any, theme: Any) -> GrowingForm:
    form = GrowingForm(
        FIELDS, details_of(FIELDS), theme, line_of=line, details_of=details_of, count=2,
        add_words="Add another action",
    )  # fmt: skip
    qtbot.addWidget(form)
    form.show_details(details_of(FIELDS)(title="A review", what_1="Call"))
    form.resize(900, 700)
    form.show()
    qtbot.waitExposed(form)
    return form


@pytest.fixture
def form(qtbot: Any, theme: Any) -> GrowingForm:
    return form_of(qtbot, theme)


def below(form: GrowingForm, name: str) -> int:
    target = form.input(name).target
    return target.mapTo(form.area.widget(), target.rect().topLeft()).y()


def test_the_button_adds_a_line_with_the_keyboard_in_it(form: GrowingForm) -> None:
    form.more.setFocus()
    for number in (3, 4, 5, 6):
        QTest.keyClick(form.more, Qt.Key.Key_Space)
        assert QApplication.focusWidget() is form.input(f"what_{number}").target
        QTest.keyClicks(form.input(f"what_{number}").target, f"Thing {number}")
        for _stop in ("by when", "the button"):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is form.more
    form.set_value("due_on_5", date(2026, 12, 1))
    read = form.details()
    assert [getattr(read, f"what_{n}") for n in range(1, 7)] == [
        "Call", "", "Thing 3", "Thing 4", "Thing 5", "Thing 6",
    ]  # fmt: skip
    assert (read.title, read.due_on_5, read.due_on_6) == ("A review", date(2026, 12, 1), None)


def test_lines_stand_in_their_order_for_eye_and_keyboard(form: GrowingForm, qtbot: Any) -> None:
    form.add_line()
    form.add_line()
    names = [*(f"what_{n}" for n in range(1, 5)), "next_on"]
    qtbot.waitUntil(lambda: below(form, "what_4") > below(form, "what_3") > 0)
    tops = [below(form, name) for name in names]
    assert tops == sorted(tops)
    assert access.out_of_order(form) == []
    chain = access.tab_chain(form)
    wanted = [form.input(each.name).target for each in form.fields]
    wanted.insert(-1, form.more)
    assert [each for each in chain if each in wanted] == wanted
    assert form.groups == {
        "": ["title"],
        "Actions": [name for n in range(1, 5) for name in (f"what_{n}", f"due_on_{n}")],
        "Z": ["next_on"],
    }


def test_a_line_that_was_added_is_scrolled_to_with_its_name(form: GrowingForm, qtbot: Any) -> None:
    form.resize(900, 260)
    for number in (3, 4, 5):
        form.add_line()
        block = form.input(f"what_{number}").parentWidget()
        assert block is not None
        for part in (form.more, block):
            qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect() == part.rect())


def test_a_blank_line_is_no_change_and_what_was_typed_stays_one(form: GrowingForm) -> None:
    form.add_line()
    assert not form.has_unsaved_changes
    form.set_value("title", "Another")
    form.add_line()
    assert form.has_unsaved_changes
    form.set_value("title", "A review")
    assert not form.has_unsaved_changes
    form.set_value("what_4", "Send the log")
    assert form.has_unsaved_changes
    assert form.changes_in_words() == "Action 4 “Send the log”"


def test_what_is_wrong_with_an_added_line_leads_to_it(form: GrowingForm) -> None:
    form.add_line()
    form.show_findings([Finding(Level.ROW, "X", "Say what.", place=Place(field="what_3"))])
    form._summary.asked_for.emit("what_3")
    assert QApplication.focusWidget() is form.input("what_3").target


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Drafts]:
    made = Drafts(tmp_path / "a.desk.drafts", "priya")
    yield made
    made.close()


@pytest.mark.parametrize("is_new", [False, True])
def test_lines_that_were_typed_before_a_crash_come_back(
    qtbot: Any, theme: Any, kept: Drafts, is_new: bool
) -> None:
    spot = DraftSpot(kept, "hold:1", "A review", lambda: NOW, lambda _p: None, is_new=is_new)
    form = form_of(qtbot, theme)
    Keeper(form, spot, theme)
    for _line in range(3):
        form.add_line()
    form.type_in({"what_5": "Book the course", "due_on_5": "1/12/2026"})
    qtbot.waitUntil(lambda: kept.of("hold:1") is not None)
    again = form_of(qtbot, theme)
    keeper = Keeper(again, spot, theme)
    assert again.count == 2
    assert keeper.offer is not None
    keeper.put_back()
    assert again.count == 5
    assert again.value("what_5") == "Book the course"
    assert again.value("due_on_5") == date(2026, 12, 1)
    assert access.out_of_order(again) == []
