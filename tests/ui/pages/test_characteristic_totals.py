"""The form of the characteristic totals, and what it says will leave of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from apprentice_desk import resources
from apprentice_desk.domain.vocabulary import Characteristic
from apprentice_desk.records import organisation
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.organisation import CharacteristicRow, characteristic_rows
from apprentice_desk.records.store import Store
from apprentice_desk.returns.programme_lines import characteristics
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.return_records.page import CHARACTERISTICS, ReturnRecordsPage
from apprentice_desk.ui.pages.return_records.totals import LABEL, TotalsPart
from apprentice_desk.ui.pages.return_records.totals_rows import (
    NOTHING,
    categories,
    changed,
    counts_of,
    leaving,
    total,
)

SEX, ETHNIC, DISABILITY = (
    Characteristic.SEX,
    Characteristic.ETHNIC_GROUP,
    Characteristic.DISABILITY,
)
Opener = Callable[..., ReturnRecordsPage]


def wait(qtbot: Any, condition: Callable[[], object]) -> None:
    """Wait until *condition* holds; word of changes comes by a queued signal."""
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(condition()))


def here() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def records(page: Opener) -> ReturnRecordsPage:
    opened = page("return_records")
    opened.show_kind(CHARACTERISTICS)
    return opened


@pytest.fixture
def totals(records: ReturnRecordsPage) -> TotalsPart:
    return records.totals_part()


def given(totals: TotalsPart, characteristic: Characteristic, line: int, place: int) -> Any:
    return totals.cards[characteristic].inputs[line][place].target


def typing(
    qtbot: Any, totals: TotalsPart, characteristic: Characteristic, *lines: tuple[str, str]
) -> None:
    """Type numbers into the lines of a characteristic, as a person does."""
    for number, pair in enumerate(lines):
        for place, words in enumerate(pair):
            widget = given(totals, characteristic, number, place)
            widget.selectAll()
            qtbot.keyClicks(widget, words)


def says(totals: TotalsPart, characteristic: Characteristic) -> list[str]:
    return [label.text() for label in totals.cards[characteristic]._says]


def kept(store: Store) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    return {
        (row.characteristic.value, row.category): (row.on_programme, row.started_in_year)
        for row in store.read(characteristic_rows)
    }


# --- what is said -------------------------------------------------------------------------------


def test_every_category_in_force_has_two_numbers_in_dfes_order(totals: TotalsPart) -> None:
    in_force = resources.characteristic_categories().on(date(2026, 9, 1)).by_characteristic
    assert {c: card.categories for c, card in totals.cards.items()} == dict(in_force)
    assert sum(len(card.inputs) for card in totals.cards.values()) == sum(
        len(names) for names in in_force.values()
    )
    assert access.unnamed_widgets(totals) == []
    assert given(totals, SEX, 0, 1).accessibleName() == "Sex, Female: started in year"


def test_the_total_is_added_up_and_held_against_the_desk(
    totals: TotalsPart, team: Any, qtbot: Any
) -> None:
    card = totals.cards[SEX]
    assert [label.text() for label in card._totals] == ["–", "–"]
    typing(qtbot, totals, SEX, ("10", "0"), ("7", "5"))
    assert [label.text() for label in card._totals] == ["17", "5"]
    assert access.spoken_name(card._totals[0]) == "Sex, borough total, on programme: 17"
    # Ada, Tomasz, Mei and Jo; all of them began in the year before.
    assert card.total_words.text() == "This desk counts 4 and 0"
    assert card.total_words.property("tone") == "warning"
    typing(qtbot, totals, SEX, ("4", "0"), ("0", "0"))
    assert card.total_words.property("tone") == ""


def test_what_will_be_left_blank_is_said_with_the_reason_as_one_types(
    totals: TotalsPart, qtbot: Any
) -> None:
    assert set(says(totals, SEX)) == {"Blank: not known"}
    typing(qtbot, totals, SEX, ("10", "7"), ("12", "8"))
    assert says(totals, SEX) == ["Leaves as typed", "Leaves as typed"]
    typing(qtbot, totals, SEX, ("10", "7"), ("3", "0"))
    assert says(totals, SEX) == [
        "Left blank too, or the small numbers could be worked out",
        "Left blank: 1 to 4 people",
    ]
    described = given(totals, SEX, 1, 0).accessibleDescription()
    assert described == "In the return: Left blank: 1 to 4 people"


@pytest.mark.parametrize(
    "group",
    [
        [(10, 7), (3, 0)],
        [(10, 7), (12, 8)],
        [(1, 1), (2, 0), (30, 6), (30, 6)],
        [(None, None), (4, 4), (9, 5), (9, 5), (22, 7)],
        [(0, 0), (0, 0)],
        [(None, None), (None, None)],
        [(6, None), (None, 2), (8, 8)],
    ],
)
def test_what_is_said_is_what_the_return_does(group: list[Any]) -> None:
    listed = resources.characteristic_categories().on(date(2026, 9, 1))
    names = listed.by_characteristic[ETHNIC][: len(group)]
    rows = [
        CharacteristicRow(name, ETHNIC, name, *counts)  # type: ignore[arg-type]
        for name, counts in zip(names, group, strict=True)
    ]
    lines = {line.category: line for _, line in characteristics(rows, listed)}
    for name, counts, said in zip(names, group, leaving(group), strict=True):
        if counts == NOTHING:
            assert name not in lines
            assert said.words == "Blank: not known"
        else:
            assert said.words.startswith("Left blank") == lines[name].is_suppressed


def test_a_category_of_former_days_with_totals_is_not_hidden() -> None:
    listed = resources.characteristic_categories().on(date(2026, 9, 1))
    old = CharacteristicRow("x", SEX, "Old word", 1, 2)  # type: ignore[arg-type]
    found = categories([old], listed)
    assert found[SEX] == (*listed.by_characteristic[SEX], "Old word")


def test_sums_and_differences_take_blank_as_not_known() -> None:
    group = [(3, None), (None, None), (4, 0)]
    assert (total(group, 0), total(group, 1)) == (7, 0)  # type: ignore[arg-type]
    assert total([NOTHING], 0) is None
    key, other = (SEX, "Female"), (SEX, "Male")
    assert changed({}, {key: NOTHING}) == []
    assert changed({key: (1, 2)}, {key: (1, 2), other: (0, None)}) == [other]
    blank = CharacteristicRow("x", SEX, "Female", None, None)  # type: ignore[arg-type]
    assert counts_of([blank, replace(blank, category="Male", on_programme=0)]) == {other: (0, None)}


# --- saving -------------------------------------------------------------------------------------


def test_all_is_saved_as_one_change_and_undone_as_one(
    totals: TotalsPart, store: Store, desk: Desk, qtbot: Any, messages: Messages
) -> None:
    assert not totals.save.isEnabled()
    typing(qtbot, totals, SEX, ("10", "7"), ("12", ""))
    typing(qtbot, totals, DISABILITY, ("0", "0"))
    assert totals.save.isEnabled()
    assert totals.has_unsaved_changes
    totals.save.click()
    assert kept(store) == {
        ("sex", "Female"): (10, 7),
        ("sex", "Male"): (12, None),
        ("disability", totals.cards[DISABILITY].categories[0]): (0, 0),
    }
    assert str(messages.current) == f"Saved: {LABEL}."
    assert not totals.has_unsaved_changes
    wait(qtbot, lambda: bool(desk.undo_label))
    desk.undo()
    assert kept(store) == {}
    wait(qtbot, lambda: given(totals, SEX, 0, 0).text() == "")


def test_emptying_a_line_removes_its_totals(
    totals: TotalsPart, store: Store, desk: Desk, qtbot: Any
) -> None:
    typing(qtbot, totals, SEX, ("10", "7"), ("12", "8"))
    totals.submit()
    for place in (0, 1):
        given(totals, SEX, 0, place).selectAll()
        qtbot.keyClick(given(totals, SEX, 0, place), Qt.Key.Key_Delete)
    totals.submit()
    assert kept(store) == {("sex", "Male"): (12, 8)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [("ten", "is not a whole number"), ("-1", "from 0 to 9,999"), ("10000", "from 0 to 9,999")],
)
def test_what_is_no_number_is_said_beside_it_and_nothing_is_saved(
    typed: str, words: str,
    totals: TotalsPart, store: Store, desk: Desk, qtbot: Any, messages: Messages,
) -> None:  # fmt: skip
    typing(qtbot, totals, SEX, ("10", "7"), ("5", typed))
    wrong = given(totals, SEX, 1, 1)
    assert words in says(totals, SEX)[1]
    assert wrong.property("tone") == "danger"
    assert given(totals, SEX, 1, 0).property("tone") == ""
    totals.save.click()
    assert kept(store) == {}
    assert "not saved" in str(messages.current_problem)
    wait(qtbot, wrong.hasFocus)


def test_what_is_typed_can_be_taken_back(totals: TotalsPart, qtbot: Any) -> None:
    typing(qtbot, totals, SEX, ("10", "7"))
    totals.take_back.click()
    assert given(totals, SEX, 0, 0).text() == ""
    assert not totals.has_unsaved_changes


def test_what_somebody_else_saves_is_seen_but_not_over_what_is_typed(
    totals: TotalsPart, store: Store, desk: Desk, qtbot: Any
) -> None:
    def by_another(on_programme: int) -> None:
        with desk.store.change("Somebody else") as session:
            organisation.set_total(session, SEX, "Female", on_programme, 5)

    by_another(11)
    wait(qtbot, lambda: given(totals, SEX, 0, 0).text() == "11")
    typing(qtbot, totals, SEX, ("12", "5"))
    by_another(13)
    wait(qtbot, lambda: not totals.is_stale)
    assert given(totals, SEX, 0, 0).text() == "12"


def test_two_versions_are_chosen_from_number_by_number(
    totals: TotalsPart, store: Store, desk: Desk, qtbot: Any
) -> None:
    typing(qtbot, totals, SEX, ("12", "5"))
    with desk.store.change("Somebody else") as session:
        organisation.set_total(session, SEX, "Female", 14, 5)
        organisation.set_total(session, SEX, "Male", 20, 6)
    totals.submit()
    (which,) = [each for each in totals.findChildren(ConflictDialog) if each.isVisible()]
    assert {name for name, each in which.mine.items() if each.isChecked()} == {
        "sex, Female: on programme"
    }
    assert which.theirs["sex, Male: on programme"].text() == "20"
    which.keep.click()
    assert kept(store) == {("sex", "Female"): (12, 5), ("sex", "Male"): (20, 6)}
    assert not totals.has_unsaved_changes


# --- going about in it --------------------------------------------------------------------------


def test_enter_and_the_arrows_go_from_line_to_line_and_on_to_the_next_card(
    totals: TotalsPart, qtbot: Any
) -> None:
    totals.go_to(None, "started_in_year")
    wait(qtbot, given(totals, SEX, 0, 1).hasFocus)
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert given(totals, SEX, 1, 1).hasFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Down)
    assert given(totals, ETHNIC, 0, 1).hasFocus()
    qtbot.keyClick(here(), Qt.Key.Key_Up)
    qtbot.keyClick(here(), Qt.Key.Key_Up)
    qtbot.keyClick(here(), Qt.Key.Key_Up)
    assert given(totals, SEX, 0, 1).hasFocus(), "at the end it stays"


def test_building_the_form_shows_no_window_of_its_own(records: ReturnRecordsPage) -> None:
    """A part that is shown before it has its place would be a window, and take the keyboard."""
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert tops == [records]
    assert QApplication.activeWindow() is records


def test_ctrl_enter_saves(totals: TotalsPart, store: Store, qtbot: Any) -> None:
    totals.go_to(None, "")
    wait(qtbot, given(totals, SEX, 0, 0).hasFocus)
    qtbot.keyClicks(here(), "9")
    qtbot.keyClick(here(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept(store) == {("sex", "Female"): (9, None)}


def test_a_finding_leads_to_the_number_it_is_about(
    records: ReturnRecordsPage, totals: TotalsPart, desk: Desk, qtbot: Any
) -> None:
    with desk.store.change("Set") as session:
        organisation.set_total(session, SEX, "Male", 20, 6)
    wait(qtbot, lambda: given(totals, SEX, 1, 0).text() == "20")
    (row,) = desk.store.read(characteristic_rows)
    records.arrive(OpenReturnRecord(CHARACTERISTICS, row.id, "started_in_year"))
    wait(qtbot, given(totals, SEX, 1, 1).hasFocus)


def test_leaving_with_something_typed_is_asked_about(
    records: ReturnRecordsPage, totals: TotalsPart, desk: Desk, qtbot: Any
) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    typing(qtbot, totals, SEX, ("12", "5"))
    assert records.has_unsaved_changes
    records.switch.buttons["reviews"].click()
    assert records.shown_kind == CHARACTERISTICS
    assert records.switch.buttons[CHARACTERISTICS].isChecked()
    assert records.question is not None
    records.question.cancel.click()
    assert given(totals, SEX, 0, 0).text() == "12"
    records.back.click()
    assert gone == []
    records.question.confirm.click()
    assert gone == [OpenPage("returns")]
    assert not records.has_unsaved_changes
    records.switch.buttons["reviews"].click()
    assert records.shown_kind == "reviews"
    assert not totals.save.isVisible()


@pytest.mark.parametrize(
    ("width", "shape"), [(1224, "beside"), (500, "below"), (360, "one by one")]
)
def test_names_and_words_go_below_each_other_where_it_is_narrow(
    width: int, shape: str, page: Opener, qtbot: Any
) -> None:
    records = page("return_records", (width, 700))
    records.show_kind(CHARACTERISTICS)
    card = records.totals_part().cards[SEX]
    name, number, says_ = card._names[0], card.inputs[0][0], card._says[0]
    wait(qtbot, lambda: card._shape == shape and number.y() > 0)
    wait(qtbot, lambda: (says_.y() > number.y() + number.height() // 2) == (shape != "beside"))
    wait(qtbot, lambda: (name.y() + name.height() <= number.y()) == (shape == "one by one"))
    assert not records.area.horizontalScrollBar().isVisible()
    assert access.out_of_order(records) == []


def test_a_desk_open_to_read_only_shows_the_totals(
    store: Store, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    with store.change("Set") as session:
        organisation.set_total(session, SEX, "Male", 20, 6)
    opened = ReturnRecordsPage(desk_on(open_store(store.location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    opened.show_kind(CHARACTERISTICS)
    totals = opened.totals_part()
    assert given(totals, SEX, 1, 0).text() == "20"
    assert given(totals, SEX, 1, 0).isReadOnly()
    assert not totals.save.isVisible()
    assert "read only" in totals.keys.text()
    totals.submit()
    assert kept(store) == {("sex", "Male"): (20, 6)}
