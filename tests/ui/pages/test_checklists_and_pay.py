"""The parts Start and gateway, and Pay, on the page of one apprentice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from apprentice_desk.domain.checklist import Checklist, ItemState
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import apprentices, checklists, pay
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.pages.apprentice.checklists import ChecklistsPart
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage
from apprentice_desk.ui.pages.apprentice.pay import PayPart
from apprentice_desk.ui.ticking.card import ChecklistCard


@pytest.fixture
def record(page: Callable[..., Any]) -> ApprenticePage:
    opened: ApprenticePage = page("apprentice")
    return opened


def lists(record: ApprenticePage, key: Any) -> ChecklistsPart:
    record.arrive(OpenRecord(key, "checklists"))
    part = record.part("checklists")
    assert isinstance(part, ChecklistsPart)
    return part


def pays(record: ApprenticePage, key: Any) -> PayPart:
    record.arrive(OpenRecord(key, "pay"))
    part = record.part("pay")
    assert isinstance(part, PayPart)
    return part


def states(card: ChecklistCard) -> dict[str, str]:
    return {item.id: item.state.value for item in card.table.rows.shown}


def marks(store: Store, key: Any, checklist: Checklist) -> Any:
    held = store.read(checklists.checklist_records, [key])[key]
    return held.start if checklist is Checklist.START else held.gateway


def dialog_over(record: ApprenticePage, kind: type) -> Any:
    (found,) = [each for each in record.findChildren(kind) if each.isVisible()]
    return found


# --- checklists ---------------------------------------------------------------------------------


def test_the_item_that_a_line_leads_to_is_seen_where_the_window_is_low(
    record: ApprenticePage, make: Any, qtbot: Any
) -> None:
    record.resize(record.width(), 360)
    key = make.apprentice()
    record.arrive(OpenRecord(key, "checklists", item="plan_provider"))
    part = record.part("checklists")
    assert isinstance(part, ChecklistsPart)
    table, port = part.shown.table, record.area.viewport()

    def is_seen() -> bool:
        rect = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(port, rect.topLeft()).y()
        return top >= 0 and top + rect.height() <= port.height()

    qtbot.waitUntil(is_seen)
    assert record.area.verticalScrollBar().value() > 0


def test_a_line_of_today_leads_to_its_item_in_whichever_list_it_stands(
    record: ApprenticePage, make: Any
) -> None:
    key = make.apprentice()  # in training: the list of the gateway is shown
    record.arrive(OpenRecord(key, "checklists", item="plan_provider"))
    part = record.part("checklists")
    assert isinstance(part, ChecklistsPart)
    assert part.shown is part.cards[Checklist.START]
    assert part.shown.table.chosen().id == "plan_provider"
    assert part.shown.table.hasFocus()
    record.arrive(OpenRecord(key, "checklists", item="maths"))
    assert part.shown is part.cards[Checklist.GATEWAY]
    assert part.shown.table.chosen().id == "maths"
    record.arrive(OpenRecord(key, "checklists", item="gone by now"))
    assert part.shown.table.hasFocus()
    record.arrive(OpenRecord(key, "pay", item="maths"))  # which has no items of a name
    assert record.shown_part == "pay"


def test_the_list_of_their_day_stands_first(record: ApprenticePage, team: Any) -> None:
    assert lists(record, team.lee).shown is lists(record, team.lee).cards[Checklist.START]
    part = lists(record, team.ada)
    assert part.shown is part.cards[Checklist.GATEWAY]
    assert "Not known or without a day" in part.shown.says.text()
    assert "assessment organisation" in part.shown.names.text()
    assert record.focusWidget() is part.shown.table or part.shown.table.hasFocus()


def test_space_ticks_several_off_with_day_and_name_and_takes_it_back(
    record: ApprenticePage, team: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    card = lists(record, team.lee).shown
    card.done_on.input.write(date(2026, 8, 20))
    card.done_by.input.write("Grace Park")
    card.table.choose("role_agreed")
    QTest.keyClick(card.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(card.table, Qt.Key.Key_Space)
    said = marks(store, team.lee, Checklist.START)
    assert set(said) == {"role_agreed", "advertised"}
    assert (said["advertised"].done_on, said["advertised"].done_by) == (
        date(2026, 8, 20), "Grace Park",
    )  # fmt: skip
    qtbot.waitUntil(lambda: states(card)["role_agreed"] == "met")
    assert store.latest_change().label == "Tick off: Role agreed and Advertised, for Lee Chan"
    card.table.choose("role_agreed")
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: states(card)["role_agreed"] == "not met")
    desk.undo()
    qtbot.waitUntil(lambda: states(card)["role_agreed"] == "met")


def test_the_day_that_is_offered_is_todays_though_the_window_stands_open(
    record: ApprenticePage, team: Any, desk: Desk, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = lists(record, team.lee).shown
    assert card.done_on.input.read() == date(2026, 9, 1)
    monkeypatch.setattr(desk, "clock", replace(clock, day=date(2026, 9, 2)))
    record.refresh()
    assert card.done_on.input.read() == date(2026, 9, 2)
    card.done_on.input.write(date(2026, 8, 20))
    monkeypatch.setattr(desk, "clock", replace(clock, day=date(2026, 9, 3)))
    record.refresh()
    assert card.done_on.input.read() == date(2026, 8, 20)  # somebody typed it


def test_a_click_on_the_box_ticks_off_and_a_click_beside_it_only_chooses(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    card = lists(record, team.lee).shown
    place = card.table.visualRect(card.table.rows.index(1, 0))
    beside = QPoint(place.right() - 5, place.center().y())
    QTest.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert marks(store, team.lee, Checklist.START) == {}
    box = QPoint(place.left() + 15, place.center().y())
    QTest.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert set(marks(store, team.lee, Checklist.START)) == {"advertised"}
    empty = QPoint(place.left() + 15, card.table.viewport().height() + 5)
    QTest.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=empty)
    assert set(marks(store, team.lee, Checklist.START)) == {"advertised"}


def test_what_is_worked_out_is_not_ticked_off_by_hand(
    record: ApprenticePage, team: Any, store: Store, desk: Desk
) -> None:
    card = lists(record, team.ada).shown
    card.table.choose("hours")
    assert not card.done.isEnabled()
    QTest.keyClick(card.table, Qt.Key.Key_Space)
    assert "is worked out from what the desk holds" in desk.messages.said[-1].text
    assert marks(store, team.ada, Checklist.GATEWAY) == {}
    assert "What meets it" in card.remedy.text()
    assert "Source: Funding rules" in card.source.text()
    assert "check it" in card.source.text()


def test_english_that_is_ticked_off_stands_with_the_facts(
    record: ApprenticePage, team: Any, store: Store, qtbot: Any
) -> None:
    card = lists(record, team.ada).shown
    card.table.choose("english")
    card.done.click()
    assert store.read(apprentices.held, team.ada).details.english_met_on == date(2026, 9, 1)
    qtbot.waitUntil(lambda: states(card)["english"] == "met")
    card.table.choose("english")
    assert card.take_back.isEnabled()
    card.take_back.click()
    qtbot.waitUntil(lambda: states(card)["english"] == "not known")


def test_a_day_that_is_missing_or_to_come_is_said(
    record: ApprenticePage, team: Any, store: Store, desk: Desk
) -> None:
    card = lists(record, team.ada).shown
    card.table.choose("agreed_employer")
    card.done_on.input.write(None)
    card.done.click()
    assert desk.messages.said[-1].text == "Say on which day it was done."
    card.done_on.input.type_in("31/02/2026")
    card.done.click()
    assert "does not exist" in desk.messages.said[-1].text
    card.done_on.input.write(date(2026, 9, 2))
    card.done.click()
    assert "still to come" in str(desk.messages.current_problem)
    assert marks(store, team.ada, Checklist.GATEWAY) == {}


def test_what_is_not_needed_needs_a_reason(
    record: ApprenticePage, team: Any, store: Store, qtbot: Any
) -> None:
    card = lists(record, team.ada).shown
    card.table.choose("qualification")
    card.not_needed.click()
    dialog = dialog_over(record, FormDialog)
    dialog.panel.submit()
    assert dialog.isVisible()
    dialog.form.set_value("reason", "The assessment plan asks for none")
    dialog.panel.submit()
    qtbot.waitUntil(lambda: states(card)["qualification"] == ItemState.NOT_NEEDED.value)
    card.table.choose("qualification")
    assert card.why.text().endswith("not needed: The assessment plan asks for none.")


def test_the_switch_shows_the_other_list(record: ApprenticePage, team: Any) -> None:
    part = lists(record, team.ada)
    part.switch.buttons["start"].click()
    assert part.shown is part.cards[Checklist.START]
    record.refresh()
    assert part.shown is part.cards[Checklist.START], "it stays where somebody went"
    assert "training started on 1 Sep 2025" in part.shown.why.text()


# --- pay ----------------------------------------------------------------------------------------


def test_pay_is_recorded_changed_and_removed(
    record: ApprenticePage, team: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    part = pays(record, team.ada)
    assert part.badge._badge.text == "No pay recorded"
    assert "date of birth is not known" in part.says.text()  # and the first year is over
    assert not part.change.isEnabled()
    part.record.click()
    dialog = dialog_over(record, FormDialog)
    assert dialog.form.value("from_on") == date(2025, 9, 1)
    assert dialog.form.value("per") is PayPer.YEAR
    dialog.form.set_value("amount", Decimal("24000.00"))
    dialog.panel.submit()
    qtbot.waitUntil(lambda: part.recorded.rows.rowCount() == 1)
    assert part.badge._badge.text == "Not known"
    part.recorded.choose_first()
    QTest.keyClick(part.recorded, Qt.Key.Key_Return)
    dialog = dialog_over(record, FormDialog)
    dialog.form.set_value("amount", Decimal("25000.00"))
    dialog.panel.submit()
    qtbot.waitUntil(lambda: part.recorded.chosen().rate.amount == Decimal("25000.00"))
    part.remove.click()
    dialog_over(record, Question).confirm.click()
    qtbot.waitUntil(lambda: part.recorded.rows.rowCount() == 0)
    desk.undo()
    qtbot.waitUntil(lambda: part.recorded.rows.rowCount() == 1)
    assert store.read(pay.pay_rows, team.ada)[0].rate.amount == Decimal("25000.00")


def test_too_little_is_said_with_what_changes(
    record: ApprenticePage, make: Any, store: Store
) -> None:
    key = make.apprentice(born_on=date(2005, 6, 1))
    with store.change("Pay") as session:
        pay.set_pay(session, key, date(2025, 9, 1), Decimal("9.00"), PayPer.HOUR)
    part = pays(record, key)
    assert part.badge._badge.text == "Too little"
    assert "£3.71 an hour is missing" in part.says.text()
    assert "London Living Wage" in part.source.text()
    assert part.remedy.text().startswith("Raise the pay to £12.71")
    assert [row.because for row in part.coming.rows.shown] == [
        "The rates from then on are not known"
    ]


def test_before_the_start_the_first_day_is_spoken_of(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    with store.change("Pay") as session:
        pay.set_pay(session, team.lee, date(2026, 9, 1), Decimal("9.00"), PayPer.HOUR)
    part = pays(record, team.lee)
    assert part.says.text().startswith("On 5 Oct 2026, when training starts: £9.00 an hour.")
    assert part.badge._badge.text == "Enough"


def test_of_somebody_who_has_ended_nothing_is_coming(record: ApprenticePage, team: Any) -> None:
    assert pays(record, team.kim).coming.rows.rowCount() == 0
