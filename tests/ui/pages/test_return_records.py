"""The records that the return is made of: list, panel and form of each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from shiboken6 import isValid

from apprentice_desk import resources
from apprentice_desk.domain.vocabulary import (
    RoleFamily,
)
from apprentice_desk.records import (
    apprentices,
    contracts,
    organisation,
    payments,
    reviews,
)
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.returns.origins import ORIGINS, Typed
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.return_records.page import KINDS, ReturnRecordsPage
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind_part import KindPart

Opener = Callable[..., ReturnRecordsPage]
NAMES = [kind.name for kind in KINDS]
TODAY = date(2026, 9, 1)


def wait(qtbot: Any, condition: Callable[[], object]) -> None:
    """Wait until *condition* holds; word of changes comes by a queued signal."""
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(condition()))


def last_label(desk: Desk) -> str:
    latest = desk.store.latest_change()
    assert latest is not None
    return latest.label


def is_closed(dialog: Any) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def dialog_of(page: Any) -> Any:
    found = [each for each in page.findChildren(FormDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def question_of(page: Any) -> Question:
    (found,) = [each for each in page.findChildren(Question) if each.isVisible()]
    return found  # type: ignore[no-any-return]


def part_of(page: ReturnRecordsPage, kind: str) -> KindPart:
    page.show_kind(kind)
    return page.part(kind)


def titles(part: KindPart) -> list[str]:
    return [shown.title for shown in part.model.shown]


def fill(form: Any, **values: Any) -> None:
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()


@pytest.fixture
def records(page: Opener) -> ReturnRecordsPage:
    return page("return_records")


@pytest.fixture
def one_of_each(make: Any, team: Any) -> dict[str, Any]:
    """A record of every kind, by kind; the contract is the team's."""
    with make.store.change("Pledge") as session:
        organisation.pledge(session, 2026, RoleFamily.DATA, 3)
    return {
        "contracts": make.store.read(contracts.find_contract, "XMP-2025-014"),
        "reviews": make.review(team.ada, date(2026, 8, 14)),
        "pledges": make.store.read(organisation.pledge_rows)[0].id,
    }


NEW: dict[str, Callable[[Any], dict[str, Any]]] = {
    "contracts": lambda team: {"reference": "XMP-NEW", "provider_id": team.provider},
    "reviews": lambda team: {"apprenticeship_id": team.mei, "due_on": date(2026, 10, 1)},
    "pledges": lambda team: {"role_family": RoleFamily.OTHER, "pledged": 2},
}  # fmt: skip

CHANGED: dict[str, tuple[str, Any]] = {
    "contracts": ("framework", "Framework of the north, lot 2"),
    "reviews": ("held_on", date(2026, 8, 20)),
    "pledges": ("pledged", 7),
}


# --- the page -----------------------------------------------------------------------------------


def test_an_empty_desk_says_what_to_add_of_each_kind(
    store: Store, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    opened = ReturnRecordsPage(desk_on(store))
    qtbot.addWidget(opened)
    opened.show()
    for name in NAMES:
        part = part_of(opened, name)
        title, sentence, action, add = part.table._empty_words
        assert title == part.kind.empty[0]
        assert sentence
        assert action.startswith(("Add a ", "Add an "))
        assert add is not None
        add()
        dialog_of(opened).reject()
        assert part.panel.nothing.isVisibleTo(part.panel)


@pytest.mark.parametrize("name", NAMES)
def test_each_list_is_sound_and_its_panel_shows_what_is_chosen(
    name: str, records: ReturnRecordsPage, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    QAbstractItemModelTester(part.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert part.table.chosen().id == one_of_each[name]
    assert part.panel.name.text() == titles(part)[0]
    assert records.header.title.text() == part.kind.title
    assert records.add.text() == f"Add {part.kind.thing}"
    assert records.switch.buttons[name].text().endswith("  1")
    assert access.unnamed_widgets(records) == []
    assert access.out_of_order(records) == []
    assert access.buttons_without_keyboard(records) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_detail_has_a_field_and_the_forms_say_their_names(
    name: str, records: ReturnRecordsPage, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    part.start_change()
    dialog = dialog_of(part)
    assert {field.name for field in fields(part.kind.details_class)} == {
        field.name for field in dialog.form.fields
    }
    assert access.unnamed_widgets(dialog) == []
    assert access.out_of_order(dialog) == []


@pytest.mark.parametrize("resource", [name for name in ORIGINS if name in NAMES])
def test_findings_lead_to_fields_that_the_form_has(
    resource: str, records: ReturnRecordsPage
) -> None:
    form = records.part(resource).kind.form()
    known = {field.name for field in form.fields}
    led = {found.field for found in ORIGINS[resource].values() if isinstance(found, Typed)}
    assert led
    assert led <= known
    form.deleteLater()


@pytest.mark.parametrize("name", NAMES)
def test_one_is_added_and_undone(
    name: str, records: ReturnRecordsPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    part = part_of(records, name)
    before = titles(part)
    records.add.click()
    dialog = dialog_of(part)
    fill(dialog.form, **NEW[name](team))
    dialog.panel.confirm.click()
    wait(qtbot, lambda: len(titles(part)) == len(before) + 1)
    assert is_closed(dialog)
    chosen = part.table.chosen()
    assert chosen.title not in before, "what was added is chosen"
    assert messages.current is not None
    assert str(messages.current).startswith(f"Saved: Add {part.kind.thing}")
    desk.undo()
    wait(qtbot, lambda: titles(part) == before)


@pytest.mark.parametrize("name", NAMES)
def test_one_is_changed_and_undone(
    name: str, records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    field, value = CHANGED[name]

    def now() -> Any:
        return getattr(desk.store.read(part.kind.details, one_of_each[name]), field)

    before = now()
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_F2)
    dialog = dialog_of(part)
    fill(dialog.form, **{field: value})
    dialog.panel.confirm.click()
    assert now() == value
    assert last_label(desk).startswith(f"Change {part.kind.thing}")
    wait(qtbot, lambda: bool(desk.undo_label))
    desk.undo()
    assert now() == before


@pytest.mark.parametrize("name", NAMES)
def test_saving_what_is_the_same_changes_nothing(
    name: str, records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    before = desk.store.latest_change()
    part.start_change()
    dialog = dialog_of(part)
    assert not dialog.form.has_unsaved_changes
    dialog.panel.confirm.click()
    assert is_closed(dialog)
    assert desk.store.latest_change() == before


@pytest.mark.parametrize("name", [name for name in NAMES if name != "contracts"])
def test_one_is_removed_after_a_question_and_undone(
    name: str, records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    question = question_of(part)
    assert question.confirm.text() == f"Remove {part.kind.thing}"
    assert question.focusWidget() is question.cancel, "Enter turns back"
    question.confirm.click()
    wait(qtbot, lambda: part.model.rowCount() == 0)
    desk.undo()
    wait(qtbot, lambda: part.model.rowCount() == 1)


def test_a_contract_in_use_stays_and_the_reason_is_said(
    records: ReturnRecordsPage, desk: Desk, team: Any
) -> None:
    part = part_of(records, "contracts")
    part.panel.remove.click()
    question_of(part).confirm.click()
    assert "5 apprenticeships are on contract XMP-2025-014" in str(desk.messages.current_problem)
    assert titles(part) == ["XMP-2025-014"]


# --- what cannot be saved -----------------------------------------------------------------------

WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("contracts", {"reference": None}, "reference", "Reference is missing"),
    ("contracts", {"provider_id": None}, "provider_id", "Training provider is missing"),
    ("contracts", {"starts_on": date(2029, 1, 1)}, "ends_on", "ends before it starts"),
    ("contracts", {"standard_codes": "ST01"}, "standard_codes", "is not a standard"),
    ("contracts", {"value_limit": Decimal(-1)}, "value_limit", "cannot be below £0"),
    ("reviews", {"held_on": date(2026, 9, 2)}, "held_on", "still to come"),
    ("reviews", {"due_on": None}, "due_on", "needs the day"),
    ("pledges", {"pledged": -1}, "pledged", "cannot be below 0"),
    ("pledges", {"pledged": None}, "pledged", "Pledged is missing"),
]


@pytest.mark.parametrize(("name", "values", "field", "words"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(
    name: str, values: dict[str, Any], field: str, words: str,
    records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any,
) -> None:  # fmt: skip
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    before = desk.store.latest_change()
    part.start_change()
    dialog = dialog_of(part)
    fill(dialog.form, **values)
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert words in dialog.form.input(field).target.accessibleDescription()
    assert desk.store.latest_change() == before


def test_a_second_pledge_for_the_same_year_and_role_is_refused(
    records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any]
) -> None:
    part = part_of(records, "pledges")
    records.add.click()
    dialog = dialog_of(part)
    fill(dialog.form, role_family=RoleFamily.DATA, pledged=9)
    dialog.panel.confirm.click()
    assert "3 are pledged" in dialog.form.input("role_family").target.accessibleDescription()
    assert [row.pledged for row in desk.store.read(organisation.pledge_rows)] == [3]


def test_a_pledge_says_what_came_of_it(
    records: ReturnRecordsPage, one_of_each: dict[str, Any], make: Any, qtbot: Any
) -> None:
    """Three were pledged for data: one has started, one is to come, and one is missing."""
    for started_on in (date(2026, 6, 1), date(2026, 11, 2)):
        make.apprentice(
            role_family=RoleFamily.DATA,
            training_started_on=started_on,
            training_planned_end_on=date(2028, 6, 1),
        )
    part = part_of(records, "pledges")

    def says() -> dict[str, str]:
        shown = part.model.row(0)
        return {column.heading: column.show(shown) for column in part.model.columns}

    wanted = {"Pledged": "3", "Recruited": "2", "Started": "1", "To recruit": "1"}
    wait(qtbot, lambda: part.model.rowCount() == 1 and wanted.items() <= says().items())
    assert dict(part.kind.facts(part.model.row(0)))["Still to recruit"] == "1"


def test_a_pledge_moves_to_another_year_in_one_change(
    records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, "pledges")
    wait(qtbot, lambda: part.model.rowCount() == 1)
    part.start_change()
    dialog = dialog_of(part)
    fill(dialog.form, programme_year=2025)
    dialog.panel.confirm.click()
    (row,) = desk.store.read(organisation.pledge_rows)
    assert (row.programme_year, row.role_family, row.pledged) == (2025, RoleFamily.DATA, 3)
    wait(qtbot, lambda: bool(desk.undo_label))
    desk.undo()
    assert desk.store.read(organisation.pledge_rows)[0].id == one_of_each["pledges"]


def test_a_taken_reference_is_said_in_the_form(
    records: ReturnRecordsPage, desk: Desk, make: Any, team: Any
) -> None:
    make.contract(reference="XMP-2")
    part = part_of(records, "contracts")
    records.add.click()
    dialog = dialog_of(part)
    fill(dialog.form, reference="XMP-2", provider_id=team.provider)
    dialog.panel.confirm.click()
    assert "There is a contract XMP-2 already" in str(dialog.panel._messages.current_problem)


# --- somebody else ------------------------------------------------------------------------------


def change_by_another(desk: Desk, part: KindPart, record_id: Any, **values: Any) -> None:
    details = desk.store.read(part.kind.details, record_id)
    with desk.store.change("Somebody else") as session:
        part.kind.correct(session, record_id, replace(details, **values))


OTHERS: dict[str, dict[str, Any]] = {
    "contracts": {"title": "By somebody else", "framework": "Theirs"},
    "reviews": {"note": "By somebody else", "held_on": date(2026, 8, 18)},
}


@pytest.mark.parametrize("name", list(OTHERS))
def test_two_versions_are_chosen_from_field_by_field(
    name: str, records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    record_id = one_of_each[name]
    part.start_change()
    dialog = dialog_of(part)
    field, mine = CHANGED[name]
    fill(dialog.form, **{field: mine})
    change_by_another(desk, part, record_id, **OTHERS[name])
    dialog.panel.confirm.click()
    which = next(each for each in dialog.findChildren(ConflictDialog) if each.isVisible())
    assert set(which.mine) == set(OTHERS[name])
    assert which.mine[field].isChecked(), "what I touched is proposed as mine"
    which.keep.click()
    wait(qtbot, lambda: is_closed(dialog))
    now = desk.store.read(part.kind.details, record_id)
    assert getattr(now, field) == mine
    (other,) = set(OTHERS[name]) - {field}
    assert getattr(now, other) == OTHERS[name][other]


def test_what_both_typed_alike_is_no_conflict(
    records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, "reviews")
    wait(qtbot, lambda: part.model.rowCount() == 1)
    part.start_change()
    dialog = dialog_of(part)
    fill(dialog.form, held_on=date(2026, 8, 20))
    change_by_another(desk, part, one_of_each["reviews"], held_on=date(2026, 8, 20))
    dialog.panel.confirm.click()
    assert is_closed(dialog)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "contracts"])
def test_one_that_is_gone_is_said(
    name: str, records: ReturnRecordsPage, desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, name)
    wait(qtbot, lambda: part.model.rowCount() == 1)
    shown = part.table.chosen()
    part.start_change()
    dialog = dialog_of(part)
    field, value = CHANGED[name]
    fill(dialog.form, **{field: value})
    with desk.store.change("Remove") as session:
        part.kind.remove(session, one_of_each[name])
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert "removed meanwhile" in str(dialog.panel._messages.current_problem)
    # Neither does a list that has not heard of it yet open a form, nor ask to remove it again.
    assert editing.change(part.kind, shown, part) is None
    assert editing.remove(part.kind, shown, part, lambda: None) is None
    assert "removed meanwhile" in str(desk.messages.current_problem)


def test_what_is_typed_and_not_saved_is_asked_about(
    records: ReturnRecordsPage, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, "reviews")
    wait(qtbot, lambda: part.model.rowCount() == 1)
    part.start_change()
    dialog = dialog_of(part)
    fill(dialog.form, held_on=date(2026, 8, 20))
    dialog.reject()
    assert dialog.isVisible()
    question_of(dialog).confirm.click()
    assert is_closed(dialog)


# --- going there and back -----------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_leads_to_the_field_of_the_record(
    name: str, records: ReturnRecordsPage, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    field = CHANGED[name][0]
    records.arrive(OpenReturnRecord(name, one_of_each[name], field))
    form = dialog_of(records.part(name)).form
    wait(qtbot, form.input(field).target.hasFocus)


def test_going_to_a_record_without_a_field_shows_it(
    records: ReturnRecordsPage, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    part = part_of(records, "reviews")
    part.filter.setText("nothing like it")
    records.arrive(OpenReturnRecord("reviews", one_of_each["reviews"]))
    assert part.table.chosen().id == one_of_each["reviews"], "the filter makes way"
    wait(qtbot, part.panel.change.hasFocus)


def test_going_to_a_kind_puts_the_keyboard_into_its_list(
    records: ReturnRecordsPage, qtbot: Any
) -> None:
    records.arrive(OpenReturnRecord("reviews"))
    assert records.shown_kind == "reviews"
    table = records.part("reviews").table  # which is empty, and offers to add the first
    wait(qtbot, lambda: table.isAncestorOf(table.window().focusWidget()))


def test_going_to_a_record_that_is_gone_says_so(
    records: ReturnRecordsPage, messages: Messages
) -> None:
    records.arrive(OpenReturnRecord("reviews", uuid4()))
    assert "not in the desk any more" in str(messages.current_problem)


def test_there_is_a_way_back_to_returns(records: ReturnRecordsPage, desk: Desk, qtbot: Any) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    records.back.click()
    qtbot.keyClick(records, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert gone == [OpenPage("returns")] * 2


def test_the_arrows_go_from_kind_to_kind(records: ReturnRecordsPage, qtbot: Any) -> None:
    first = records.switch.buttons["contracts"]
    first.setFocus()
    wait(qtbot, first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert records.shown_kind == "reviews"
    assert records.part("reviews").isVisible()
    assert not records.part("contracts").isVisible()


def test_what_has_a_page_of_its_own_is_led_to(
    records: ReturnRecordsPage, make: Any, desk: Desk, qtbot: Any
) -> None:
    make.event()
    wait(qtbot, lambda: records.switch.buttons["network"].text() == "Events  1")
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    records.switch.buttons["network"].click()
    assert gone == [OpenReturnRecord("network")]
    assert records.shown_kind == "contracts"
    assert records.switch.buttons["contracts"].isChecked()


def test_in_a_small_window_enter_opens_the_panel_and_escape_goes_back(
    page: Opener, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    records = page("return_records", (800, 620))
    part = part_of(records, "reviews")
    wait(qtbot, lambda: part.model.rowCount() == 1)
    assert not part.panel.isVisible()
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    assert part.panel.isVisible()
    assert not part.table.isVisible()
    wait(qtbot, part.panel.change.hasFocus)
    qtbot.keyClick(part.panel.change, Qt.Key.Key_Escape)
    assert part.table.isVisible()
    wait(qtbot, part.table.hasFocus)
    qtbot.keyClick(records, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, part.filter.hasFocus)


def test_what_somebody_else_adds_is_seen_with_its_number(
    records: ReturnRecordsPage, make: Any, team: Any, qtbot: Any
) -> None:
    part = part_of(records, "reviews")
    assert titles(part) == []
    make.review(team.ada, date(2026, 8, 14))
    wait(qtbot, lambda: titles(part) == ["Ada Obi"])
    assert records.switch.buttons["reviews"].text() == f"{part.kind.title}  1"


def test_a_desk_open_to_read_only_shows_everything_and_changes_nothing(
    store: Store, one_of_each: dict[str, Any], desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    opened = ReturnRecordsPage(desk_on(open_store(store.location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    assert not opened.add.isEnabled()
    assert "open to read only" in opened.header.subtitle.text()
    for name in NAMES:
        part = part_of(opened, name)
        assert part.table.chosen() is not None
        assert not part.change.isEnabled()
        assert not part.remove.isEnabled()
        assert "read only" in part.panel.read_only.text()
        part.start_adding()
        part.start_change()
        assert not [each for each in part.findChildren(FormDialog) if each.isVisible()]
    payments = opened.part("contracts").panel.more.list
    payments.start_adding()
    assert not payments.add.isEnabled()


def test_a_large_desk_is_read_behind_the_window(
    desk: Desk, one_of_each: dict[str, Any], qtbot: Any
) -> None:
    desk.is_large = True
    opened = ReturnRecordsPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    part = part_of(opened, "reviews")
    wait(qtbot, lambda: titles(part) == ["Ada Obi"])


# --- contracts ----------------------------------------------------------------------------------


def test_a_provider_is_added_in_the_form_by_its_number(
    records: ReturnRecordsPage, desk: Desk, team: Any, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setitem(vars(resources), "provider_names", lambda: {"19990077": "Fenwick Skills"})
    part = part_of(records, "contracts")
    records.add.click()
    form = dialog_of(part).form
    form.add_provider.click()
    (asked,) = [each for each in form.findChildren(FormDialog) if each.isVisible()]
    fill(asked.form, ukprn="19990077")
    assert asked.form.value("name") == "Fenwick Skills", "from the list, never invented"
    asked.panel.confirm.click()
    chosen = form.value("provider_id")
    assert chosen is not None
    assert form.input("provider_id").line.text() == "Fenwick Skills  19990077"
    assert last_label(desk) == "Add Fenwick Skills"


def test_a_provider_that_is_wrong_is_put_right_in_the_form(
    records: ReturnRecordsPage, desk: Desk, team: Any
) -> None:
    part = part_of(records, "contracts")
    records.add.click()
    form = dialog_of(part).form
    assert not form.correct_provider.isEnabled()
    fill(form, provider_id=team.provider)
    form.correct_provider.click()
    (asked,) = [each for each in form.findChildren(FormDialog) if each.isVisible()]
    assert asked.form.value("name") == "Thamesbank College"
    fill(asked.form, ukprn="10000009")
    asked.panel.confirm.click()
    assert form.input("provider_id").line.text() == "Thamesbank College  10000009"
    assert form.value("provider_id") == team.provider


@pytest.mark.parametrize("how", ["add_provider", "correct_provider"])
def test_a_provider_without_a_name_is_refused(
    how: str, records: ReturnRecordsPage, desk: Desk, team: Any
) -> None:
    part = part_of(records, "contracts")
    records.add.click()
    form = dialog_of(part).form
    fill(form, provider_id=team.provider)
    before = desk.store.latest_change()
    getattr(form, how).click()
    (asked,) = [each for each in form.findChildren(FormDialog) if each.isVisible()]
    fill(asked.form, ukprn="10000009", name="x" * 201)
    asked.panel.confirm.click()
    assert asked.isVisible()
    assert "room for 200" in asked.form.input("name").target.accessibleDescription()
    assert desk.store.latest_change() == before


def test_standards_are_added_from_the_catalogue_and_said_in_words(
    records: ReturnRecordsPage, team: Any
) -> None:
    part = part_of(records, "contracts")
    records.add.click()
    form = dialog_of(part).form
    fill(form, standard_codes="ST9118")
    described = form.input("standard_codes").target.accessibleDescription
    assert "Not in the catalogue: ST9118" in described()
    form.add_standard.click()
    (asked,) = [each for each in form.findChildren(FormDialog) if each.isVisible()]
    fill(asked.form, code="ST0116")
    asked.panel.confirm.click()
    assert form.value("standard_codes") == "ST9118; ST0116"
    assert "Software developer" in described()


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({}, "Running"),
        ({"starts_on": date(2026, 10, 1)}, "To start"),
        ({"ends_on": None}, "End not known"),
        ({"ends_on": date(2026, 8, 31)}, "Ended"),
        ({"ends_on": date(2026, 8, 31), "extension_to_on": date(2027, 8, 31)}, "Extended?"),
        ({"notice_by_on": date(2026, 8, 31)}, "Notice day past"),
    ],
)
def test_how_a_contract_stands_is_said_in_a_word(
    values: dict[str, Any], word: str, records: ReturnRecordsPage, make: Any, qtbot: Any
) -> None:
    make.contract(reference="XMP-9", **values)
    part = part_of(records, "contracts")
    wait(qtbot, lambda: "XMP-9" in titles(part))
    (shown,) = [each for each in part.model.shown if each.title == "XMP-9"]
    assert shown.badge.text == word


def test_payments_are_added_changed_and_removed_under_their_contract(
    records: ReturnRecordsPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    part = part_of(records, "contracts")
    payments = part.panel.more.list
    assert not payments.change.isEnabled()
    payments.add.click()
    dialog = dialog_of(payments)
    assert dialog.form.value("paid_on") == TODAY
    fill(dialog.form, amount=Decimal("1200.50"))
    dialog.panel.confirm.click()
    wait(qtbot, lambda: payments.model.rowCount() == 1)
    assert payments.heading.text() == "Payments, £1,200.50 to date"
    assert part.model.row(0).row.paid_to_date == Decimal("1200.50")

    payments.table.setFocus()
    wait(qtbot, payments.table.hasFocus)
    qtbot.keyClick(payments.table, Qt.Key.Key_F2)
    dialog = dialog_of(payments)
    fill(dialog.form, amount=Decimal("900.00"))
    dialog.panel.confirm.click()
    wait(qtbot, lambda: payments.heading.text() == "Payments, £900.00 to date")

    qtbot.keyClick(payments.table, Qt.Key.Key_Delete)
    question_of(payments).confirm.click()
    wait(qtbot, lambda: payments.model.rowCount() == 0)
    assert payments.heading.text() == "Payments"
    desk.undo()
    wait(qtbot, lambda: payments.model.rowCount() == 1)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"amount": Decimal("0.00")}, "amount", "more than £0"),
        ({"paid_on": date(2026, 9, 2)}, "paid_on", "still to come"),
    ],
)
def test_a_payment_that_cannot_be_is_said(
    values: dict[str, Any], field: str, words: str, records: ReturnRecordsPage, team: Any
) -> None:
    payments = part_of(records, "contracts").panel.more.list
    payments.add.click()
    dialog = dialog_of(payments)
    fill(dialog.form, **{"amount": Decimal("1.00")} | values)
    dialog.panel.confirm.click()
    assert words in dialog.form.input(field).target.accessibleDescription()
    assert payments.model.rowCount() == 0


def test_a_payment_changed_by_somebody_else_is_asked_about(
    records: ReturnRecordsPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    contract_id = desk.store.read(contracts.find_contract, "XMP-2025-014")
    with desk.store.change("Pay") as session:
        paid = payments.pay(session, contract_id, TODAY, Decimal("10.00"))
    listed = part_of(records, "contracts").panel.more.list
    wait(qtbot, lambda: listed.model.rowCount() == 1)
    listed.table.choose_first()
    listed.change.click()
    dialog = dialog_of(listed)
    fill(dialog.form, amount=Decimal("30.00"))
    with desk.store.change("Somebody else") as session:
        payments.correct_payment(
            session, paid, payments.PaymentDetails(contract_id, TODAY, Decimal("20.00"))
        )
    dialog.panel.confirm.click()
    which = next(each for each in dialog.findChildren(ConflictDialog) if each.isVisible())
    assert (which.mine["amount"].text(), which.theirs["amount"].text()) == ("£30.00", "£20.00")


# --- reviews ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "held", "word"),
    [
        (date(2026, 8, 14), date(2026, 8, 14), "On time"),
        (date(2026, 8, 14), date(2026, 8, 15), "Held late"),
        (date(2026, 8, 14), None, "Overdue"),
        (date(2026, 9, 1), None, "Planned"),
    ],
)
def test_how_a_review_stands_is_said_in_a_word(
    due: date, held: date | None, word: str,
    records: ReturnRecordsPage, make: Any, team: Any, qtbot: Any,
) -> None:  # fmt: skip
    make.review(team.ada, due, held)
    part = part_of(records, "reviews")
    wait(qtbot, lambda: part.model.rowCount() == 1)
    assert part.model.row(0).badge.text == word


def test_a_review_that_was_never_due_is_held_on_time(
    records: ReturnRecordsPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    with desk.store.change("Hold") as session:
        reviews.record_review(session, reviews.ReviewDetails(team.ada, None, date(2026, 8, 3)))
    part = part_of(records, "reviews")
    wait(qtbot, lambda: part.model.rowCount() == 1)
    assert part.model.row(0).badge.text == "On time"
    assert part.model.row(0).line == "Progress review held 3 Aug 2026"


def test_apprentices_are_chosen_by_name_and_told_apart_by_code(
    records: ReturnRecordsPage, desk: Desk, team: Any
) -> None:
    part = part_of(records, "reviews")
    records.add.click()
    form = dialog_of(part).form
    fill(form, apprenticeship_id=team.mei)
    code = desk.store.read(apprentices.held, team.mei).code
    assert form.input("apprenticeship_id").line.text() == f"Mei Lin  {code}"


@pytest.mark.parametrize("kind", [each.name for each in KINDS])
def test_a_day_is_not_cut_short_where_there_is_little_room(
    page: Any, kind: str, desk: Desk
) -> None:
    """Half a date says the wrong thing: words give way instead, or the whole column does."""
    opened = page("return_records", (420, 500))
    opened.show_kind(kind)
    table = opened.part(kind).table
    metrics = QFontMetrics(desk.theme.font("body"))
    days = [place for place, column in enumerate(table.rows.columns) if column.holds == "date"]
    assert bool(days) is (kind != "pledges")
    for place in (each for each in days if not table.isColumnHidden(each)):
        assert table.columnWidth(place) > metrics.horizontalAdvance("30/09/2026")
