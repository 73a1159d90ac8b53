"""Moves on the page of one apprentice: offered by state, consequences first, refused in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QWidget

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.needs import NeedKind
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import apprentices, checklists, pay, programme_changes, programmes
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.form_parts import FindingsSummary
from apprentice_desk.ui.moving.afterwards import offer_plan
from apprentice_desk.ui.moving.consequences import Consequences
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage


@pytest.fixture
def record(page: Callable[..., Any]) -> ApprenticePage:
    opened: ApprenticePage = page("apprentice")
    return opened


def spoken_findings(dialog: FormDialog) -> str:
    shown = [each for each in dialog.findChildren(FindingsSummary) if each.isVisible()]
    return " ".join(
        getattr(part, "text", str)() for each in shown for part in each.findChildren(QWidget)
    )


def asked(record: ApprenticePage, key: Any, move: str) -> FormDialog:
    """The form of a move of somebody."""
    record.arrive(OpenRecord(key))
    getattr(record.moves, move).trigger()
    (dialog,) = [each for each in record.findChildren(FormDialog) if each.isVisible()]
    return dialog


def editing(page: Callable[..., Any], key: Any) -> FormDialog:
    """The form of what is known of somebody."""
    opened = page("apprentices")
    opened.table.choose(key)
    dialog: FormDialog = opened.actions_.edit_details()
    return dialog


def fill(dialog: FormDialog, **values: Any) -> dict[str, str]:
    """Type into the form; return what it says would come of it."""
    for name, value in values.items():
        dialog.form.set_value(name, value)
    dialog.form.edited.emit()
    return dict(told(dialog).pairs)


def told(dialog: FormDialog) -> Consequences:
    (found,) = dialog.findChildren(Consequences)
    return found


def enabled(record: ApprenticePage, key: Any) -> set[str]:
    record.arrive(OpenRecord(key))
    return {
        name
        for name, action in vars(record.moves).items()
        if action in record.moves.all and action.isEnabled()
    }


def test_only_moves_that_the_state_allows_are_offered(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    changes = {"set_weekly_hours", "change_planned_end", "change_provider", "change_standard"}
    ends = {"complete", "withdraw"}
    assert enabled(record, team.ada) == {"start_break", "enter_assessment"} | changes | ends
    assert enabled(record, team.jo) == {"resume", "withdraw"} | changes
    assert enabled(record, team.kim) == set()
    assert enabled(record, team.lee) == {"set_weekly_hours", "withdraw"}
    with store.change("Pass the gateway") as session:
        programmes.enter_assessment(session, team.ada, date(2026, 8, 1))
    assert enabled(record, team.ada) == {"start_break", "back_from_assessment"} | changes | ends


def test_what_comes_of_a_break_is_said_before_it_is_saved(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    dialog = asked(record, team.ada, "start_break")
    assert told(dialog).pairs == ()
    assert told(dialog).against.text().startswith("Fill in “First day of the break”")
    says = fill(dialog, first_on=date(2026, 9, 7))
    # 1 September 2025 to 6 September 2026 are 371 days of 730: 500 h x 371 / 730 is 254 h 7 m.
    assert says["Planned to date"] == "Stops growing on 6 Sep 2026, at 254 h 7 m of 500 h"
    assert says["Wage"].startswith("What is due an hour does not change")
    assert store.read(apprentices.held, team.ada).breaks == ()
    assert fill(dialog, first_on=date(2020, 1, 1)) == {}
    assert told(dialog).against.text().startswith("The break would begin before the training")
    dialog.panel.submit()
    assert dialog.isVisible()
    assert "before the training starts" in str(dialog.panel._messages.current_problem)
    fill(dialog, first_on=date(2026, 9, 7))
    dialog.panel.submit()
    assert not dialog.isVisible()
    assert len(store.read(apprentices.held, team.ada).breaks) == 1


def test_a_return_says_hours_a_week_before_and_after(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    dialog = asked(record, team.jo, "resume")
    says = fill(dialog, last_on=date(2026, 8, 30))
    assert says["Planned end"].startswith("Look: stays 31 Aug 2027; as many days of training")
    # 500 h over 365 days, 1 September 2026 to 31 August 2027: 9.6; over 456 to 30 November: 7.7.
    says = fill(dialog, planned_end_on=date(2027, 11, 30))
    assert says["Needed a week"] == "9.6 h a week with the old end → 7.7 h a week"
    assert fill(dialog, last_on=date(2026, 5, 1)) == {}
    assert "it cannot end before" in told(dialog).against.text()
    fill(dialog, last_on=date(2026, 8, 30))
    dialog.panel.submit()
    details = store.read(apprentices.held, team.jo).details
    assert details.training_planned_end_on == date(2027, 11, 30)


def question_over(record: ApprenticePage) -> Question:
    (found,) = [each for each in record.findChildren(Question) if each.isVisible()]
    return found


def test_after_a_return_the_plan_is_offered_and_the_gateway_said(
    record: ApprenticePage, team: Any, store: Store, make: Any, desk: Desk
) -> None:
    # Jo's break began on 1 June 2026: two of three activities end after it.
    for title, due_on in (
        ("Before", date(2026, 5, 31)), ("During", date(2026, 6, 1)), ("After", date(2026, 11, 2)),
    ):  # fmt: skip
        make.activity(team.jo, title, due_on=due_on)
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    dialog = asked(record, team.jo, "resume")
    fill(dialog, last_on=date(2026, 8, 30))
    dialog.panel.submit()
    question = question_over(record)
    assert question.windowTitle().endswith("is back from the break")
    says = question.accessibleDescription()
    assert says.startswith(
        "2 activities of the plan end on 1 Jun 2026, when the break began, or after, and stay on"
        " their old days until they are moved.\n\nWhen the gateway is possible cannot be said yet."
    )
    assert question.confirm.text() == "Move the plan…"
    assert gone == []
    question.confirm.click()
    assert gone == [OpenRecord(team.jo, "plan", item="move")]
    record.arrive(gone[0])  # as the window does
    plan = record.part("plan")
    assert record.shown_part == "plan"
    assert plan.dialog.isVisible()  # type: ignore[attr-defined]
    assert plan.dialog.form.value("after") == date(2026, 6, 1)  # type: ignore[attr-defined]
    assert plan.dialog.form.value("by_days") == 91  # type: ignore[attr-defined]
    plan.dialog.reject()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("due_on", "planned_on", "says", "leads_to"),
    [
        (None, None, "There is no learning plan yet.", "Go to the plan"),
        (date(2026, 5, 31), date(2027, 6, 1),
         "Nothing of the learning plan is open and falls into the break or after it.",
         "Go to the plan"),
        (date(2026, 6, 1), date(2026, 9, 30),
         "1 activity of the plan ends on 1 Jun 2026, when the break began, or after, and stays on"
         " its old days until it is moved.", "Move the plan…"),
    ],
)  # fmt: skip
def test_what_is_offered_after_a_return_fits_the_plan_there_is(
    record: ApprenticePage, team: Any, store: Store, make: Any, desk: Desk,
    due_on: date | None, planned_on: date | None, says: str, leads_to: str,
) -> None:  # fmt: skip
    if due_on is not None:
        make.activity(team.jo, "Databases", due_on=due_on)
    held = store.read(apprentices.held, team.jo).details
    with store.change("Plan the gateway") as session:
        apprentices.correct(session, team.jo, replace(held, gateway_planned_on=planned_on))
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    dialog = asked(record, team.jo, "resume")
    fill(dialog, last_on=date(2026, 8, 30))
    dialog.panel.submit()
    question = question_over(record)
    words = question.accessibleDescription()
    assert words.startswith(says)
    planned = "" if planned_on is None else f" It is planned for {show_day(planned_on)}"
    assert planned in words
    assert question.confirm.text() == leads_to
    question.cancel.click()
    assert gone == []


def test_nothing_is_offered_of_a_record_that_is_gone(desk: Desk, record: ApprenticePage) -> None:
    assert offer_plan(desk, uuid4(), date(2026, 5, 1), record) is None


def test_nobody_leaves_early_without_a_reason(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    dialog = asked(record, team.ada, "withdraw")
    assert fill(dialog, on=date(2026, 8, 31)) == {}
    assert told(dialog).against.text().startswith("Fill in “Last day” and “Reason”")
    dialog.panel.submit()
    assert dialog.isVisible()
    assert store.read(apprentices.held, team.ada).details.outcome is None
    assert "Early leaving" in fill(dialog, leaving_reason="98")
    dialog.panel.submit()
    assert store.read(apprentices.held, team.ada).details.leaving_reason == "98"


def test_the_gateway_with_open_items_has_to_be_said(
    record: ApprenticePage, team: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    dialog = asked(record, team.ada, "enter_assessment")
    says = fill(dialog, on=date(2026, 8, 31))
    assert says["Employer agrees"].startswith("Look: not met")
    dialog.panel.submit()
    assert dialog.isVisible(), "nobody has said that it is passed with open items"
    assert store.read(apprentices.held, team.ada).details.assessment_began_on is None
    fill(dialog, is_open_heeded=True, on=date(2026, 9, 2))
    assert "still to come" in told(dialog).against.text()
    fill(dialog, on=date(2026, 8, 31))
    dialog.panel.submit()
    assert not dialog.isVisible()
    label = store.latest_change().label
    assert label.startswith("Record that Ada Obi passed the gateway with ")
    assert "items open: Required off-the-job hours" in label
    qtbot.waitUntil(lambda: desk.undo_label == label)
    desk.undo()
    assert store.read(apprentices.held, team.ada).details.assessment_began_on is None


def test_back_from_assessment_and_completion(
    record: ApprenticePage, team: Any, store: Store, qtbot: Any
) -> None:
    with store.change("Pass the gateway") as session:
        programmes.enter_assessment(session, team.ada, date(2026, 8, 1))
    dialog = asked(record, team.ada, "back_from_assessment")
    assert fill(dialog, on=date(2026, 7, 31)) == {}
    assert "In training again" in fill(dialog, on=date(2026, 8, 20))["From then on"]
    dialog.panel.submit()
    qtbot.waitUntil(lambda: record.row is not None and record.row.status is Status.LIVE)
    dialog = asked(record, team.ada, "complete")
    says = fill(dialog, on=date(2026, 8, 31))
    assert says["Hours"].startswith("Look: ")
    assert fill(dialog, on=date(2026, 9, 2)) == {}
    fill(dialog, on=date(2026, 8, 31))
    dialog.panel.submit()
    qtbot.waitUntil(lambda: record.row is not None and record.row.status is Status.COMPLETED)


def test_an_early_end_that_is_still_to_come_says_until_when(
    record: ApprenticePage, team: Any, qtbot: Any
) -> None:
    dialog = asked(record, team.ada, "withdraw")
    assert "Until then" not in fill(dialog, on=date(2026, 9, 1), leaving_reason="3")
    says = fill(dialog, on=date(2026, 9, 11))
    assert says["Until then"] == "On programme to 10 Sep 2026, and gone from then on"
    assert says["Early leaving"].startswith("Day 376 of training; 42 days are the qualifying")
    dialog.panel.submit()
    qtbot.waitUntil(lambda: record.row is not None and record.row.course.outcome is not None)
    assert record.row is not None
    assert record.row.status is Status.LIVE


def test_other_weekly_hours_say_what_an_hour_is_paid_then(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    with store.change("Pay") as session:
        pay.set_pay(session, team.ada, date(2025, 9, 1), Decimal(24000), PayPer.YEAR)
    dialog = asked(record, team.ada, "set_weekly_hours")
    says = fill(dialog, from_on=date(2026, 9, 1), weekly_minutes=20 * 60)
    assert says["Contracted week"] == "36 h → 20 h from 1 Sep 2026"
    assert "Pay" in says
    assert fill(dialog, weekly_minutes=70 * 60) == {}
    dialog.panel.submit()
    assert dialog.isVisible()
    fill(dialog, weekly_minutes=20 * 60)
    dialog.panel.submit()
    assert store.read(apprentices.held, team.ada).details.weekly_minutes == 20 * 60
    with store.change("Pay by the hour") as session:
        pay.set_pay(session, team.ada, date(2025, 9, 1), Decimal(15), PayPer.HOUR)
    dialog = asked(record, team.ada, "set_weekly_hours")
    assert "Pay" not in fill(dialog, from_on=date(2026, 9, 1), weekly_minutes=20 * 60)


def test_another_provider_and_another_version(
    record: ApprenticePage, team: Any, store: Store, make: Any
) -> None:
    new = make.provider(name="Fenwick Learning")
    dialog = asked(record, team.ada, "change_provider")
    says = fill(dialog, on=date(2026, 8, 3), provider_id=new, reason="Closed")
    assert says["Provider"] == "Thamesbank College, XMP-2025-014 → Fenwick Learning"
    dialog.panel.submit()
    assert not dialog.isVisible()
    dialog = asked(record, team.ada, "change_standard")
    assert dialog.form.value("code") == "ST0116"
    says = fill(dialog, on=date(2026, 8, 3), version="1.2")
    assert says["Standard"] == "ST0116 v1.1 → ST0116 v1.2"
    assert "is not loaded" in says["Knowledge, skills and behaviours"]
    assert fill(dialog, on=date(2026, 9, 2)) == {}
    fill(dialog, on=date(2026, 8, 3))
    dialog.panel.submit()
    kinds = [each.kind.value for each in store.read(programme_changes.change_rows, team.ada)]
    assert sorted(kinds) == ["provider", "standard"]


def test_another_price_after_a_change_is_asked_about_and_the_answer_is_kept(
    page: Callable[..., Any], team: Any, store: Store, make: Any
) -> None:
    dialog = editing(page, team.ada)
    assert "price_is_for" not in [field.name for field in dialog.form.fields]
    dialog.reject()
    new = make.provider(name="Fenwick Learning")
    with store.change("Price and move") as session:
        apprentices.record_of(session, team.ada).agreed_price = Decimal("17200.00")
        programme_changes.change_provider(session, team.ada, date(2026, 8, 3), new)
    dialog = editing(page, team.ada)
    dialog.form.set_value("agreed_price", Decimal("9000.00"))
    dialog.panel.submit()
    assert dialog.isVisible()
    assert "Until 2 Aug 2026 it was £17,200.00." in spoken_findings(dialog)
    dialog.form.set_value("price_is_for", PriceFor.REST)
    dialog.panel.submit()
    assert not dialog.isVisible()
    assert store.read(apprentices.held, team.ada).details.price_is_for is PriceFor.REST
    dialog = editing(page, team.ada)
    dialog.form.set_value("price_is_for", None)
    dialog.panel.submit()
    assert not dialog.isVisible(), "only who changes the price is asked"
    with store.change("Move on") as session:
        apprentices.record_of(session, team.ada).price_is_for = PriceFor.REST
        programme_changes.change_provider(session, team.ada, date(2026, 8, 10), new, None, "R2")
    held = store.read(apprentices.held, team.ada).details
    assert held.price_is_for is None, "it is asked of each change anew"
    before = store.read(programme_changes.price_before, team.ada)
    assert before == programme_changes.PriceBefore(date(2026, 8, 9), Decimal("9000.00"))


def test_another_planned_end_is_said_before_it_is_saved(
    record: ApprenticePage, team: Any, store: Store
) -> None:
    dialog = asked(record, team.ada, "change_planned_end")
    says = fill(dialog, on=date(2026, 8, 3), planned_end_on=date(2027, 11, 30))
    assert says["Planned end"] == "31 Aug 2027 → 30 Nov 2027"
    assert says["Price"].startswith("What was earned before 3 Aug 2026 stays as it is")
    assert fill(dialog, planned_end_on=date(2025, 8, 1)) == {}
    assert "it cannot end before" in told(dialog).against.text()
    fill(dialog, planned_end_on=date(2027, 11, 30), reason="More time")
    dialog.panel.submit()
    assert not dialog.isVisible()
    details = store.read(apprentices.held, team.ada).details
    assert details.training_planned_end_on == date(2027, 11, 30)
    (change,) = store.read(programme_changes.change_rows, team.ada)
    assert (change.changed_on, change.reason) == (date(2026, 8, 3), "More time")


def test_another_version_says_which_codes_in_use_would_ask_something_else(
    record: ApprenticePage, team: Any, make: Any
) -> None:
    make.ksbs({"K1": "Stages", "K2": "Roles", "S1": "Writes code"})
    make.ksbs({"K1": "Stages", "K2": "Laws"}, version="1.2")
    make.hours(team.ada, done_on=date(2026, 8, 4), minutes=90, ksbs="K1-2, S1")
    make.said(team.ada, ("S1",), said_on=date(2026, 8, 5))
    dialog = asked(record, team.ada, "change_standard")
    says = fill(dialog, on=date(2026, 8, 24), version="1.2")
    assert "K1 in use" not in says
    assert says["K2 in use"] == (
        "Look: would ask something else. Under K2 so far: 1 h 30 m in 1 entry"
    )
    assert says["S1 in use"] == (
        "Look: would not be there any more. Under S1 so far: 1 h 30 m in 1 entry, 1 statement"
    )


def test_read_only_nothing_can_be_moved(record: ApprenticePage, team: Any, desk: Desk) -> None:
    record.arrive(OpenRecord(team.ada))
    assert record.record_move.isVisible()
    record.moves.show_row(record.row, may_write=False)
    assert not [each for each in record.moves.all if each.isEnabled()]


def test_today_names_low_pay_and_a_near_gateway_and_leads_to_them(
    page: Callable[..., Any], make: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    key = make.apprentice(
        given_names="Zoe", family_name="Hart", born_on=date(2005, 6, 1),
        gateway_planned_on=date(2026, 10, 1),
    )  # fmt: skip
    with store.change("Pay") as session:
        pay.set_pay(session, key, date(2025, 9, 1), Decimal("9.00"), PayPer.HOUR)
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    today = page("today")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy and today._look is not None)
    lines = today._look.needs
    (low,) = [need for need in lines if need.key == f"wage:{key.hex}"]
    assert low.what == "Zoe Hart is paid £3.71 an hour too little"
    (near,) = [need for need in lines if need.kind is NeedKind.GATEWAY]
    assert near.what.startswith("Gateway for Zoe Hart is planned in 30 days, with ")
    today._go(low)
    today._go(near)
    assert gone == [OpenRecord(key, "pay"), OpenRecord(key, "checklists", item="hours")]


def test_today_names_what_is_open_before_a_start_and_leads_to_it(
    page: Callable[..., Any], make: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    soon = make.apprentice(given_names="Zoe", family_name="Hart",
                           training_started_on=date(2026, 9, 14))  # fmt: skip
    done = make.apprentice(given_names="Lea", family_name="Hart",
                           training_started_on=date(2026, 9, 14))  # fmt: skip
    everything = [rule.key for rule in resources.programme_rules().start]
    with store.change("Tick off") as session:
        checklists.tick(session, done, Checklist.START, everything, date(2026, 8, 20))
        checklists.tick(session, soon, Checklist.START, everything[:6], date(2026, 8, 20))
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    today = page("today")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy and today._look is not None)
    lines = [need for need in today._look.needs if need.kind is NeedKind.START]
    assert not [need for need in lines if need.what.startswith("Lea Hart")]
    line = lines[0]
    assert line.what == "Zoe Hart starts in 13 days, with 5 items still open"
    assert line.why.startswith("By 14 Sep 2026: Agreement signed by employer, Agreement signed by")
    today._go(line)
    assert gone == [OpenRecord(soon, "checklists", item="agreement_employer")]
