"""The page Today: starts, pay and birthdays, and the part of a record that each line leads to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from apprentice_desk import resources
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.needs import NeedKind
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import checklists, pay
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage
from apprentice_desk.ui.pages.today.page import TodayPage

LINE = "Pay not recorded for"


@pytest.fixture
def today(page: Callable[..., Any], desk: Desk, qtbot: Any) -> TodayPage:
    opened: TodayPage = page("today")
    settled(qtbot, desk)
    return opened


def settled(qtbot: Any, desk: Desk) -> None:
    """Wait until a change is heard and what it sets off is done."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QApplication.processEvents()


def open_all(today: TodayPage) -> None:
    while today.lines.more.isVisible():
        today.lines.more.click()


def followed(today: TodayPage, desk: Desk, what: str) -> OpenRecord:
    """Press the button of the one line that begins with *what* and return where it leads."""
    open_all(today)
    (line,) = [each for each in today.lines.lines if each.need.what.startswith(what)]
    heard: list[Any] = []
    desk.asked_to_go.connect(heard.append)
    line.action.click()
    desk.asked_to_go.disconnect(heard.append)
    (there,) = heard
    assert isinstance(there, OpenRecord)
    return there


def whats(today: TodayPage, kind: NeedKind) -> list[str]:
    open_all(today)
    return [line.need.what for line in today.lines.lines if line.need.kind is kind]


def set_pay(store: Store, key: Any, amount: str, from_on: date = date(2025, 1, 6)) -> None:
    with store.change("Record pay") as session:
        pay.set_pay(session, key, from_on, Decimal(amount), PayPer.HOUR)


# --- offered, and no start ------------------------------------------------------------------------


def test_whoever_was_offered_a_place_has_a_line_until_all_is_dealt_with(
    today: TodayPage, page: Callable[..., Any], desk: Desk, make: Any, store: Store, qtbot: Any
) -> None:
    key = make.apprentice(family_name="Quartey", given_names="Ibi", training_started_on=None,
                          weekly_minutes=None)  # fmt: skip
    settled(qtbot, desk)
    start = NeedKind.START
    assert not [what for what in whats(today, start) if what.startswith("Ibi Quartey")]
    assert "No start and no offer recorded for 1 apprentice" in whats(today, start)
    with desk.change("Offer") as session:
        checklists.tick(session, key, Checklist.START, ["offered"], date(2026, 8, 3))
    settled(qtbot, desk)
    assert "No start and no offer recorded for 1 apprentice" not in whats(today, start)
    says = "Ibi Quartey was offered a place on 3 Aug 2026, with 8 items still open"
    there = followed(today, desk, says)
    assert there == OpenRecord(key, "checklists", item="initial_assessment")
    record: ApprenticePage = page("apprentice")
    record.arrive(there)
    part: Any = record.part("checklists")
    assert part.shown.table.chosen().id == "initial_assessment"
    items = [rule.key for rule in resources.programme_rules().start if rule.is_named]
    with desk.change("Tick") as session:
        checklists.tick(session, key, Checklist.START, items, date(2026, 9, 1))
    settled(qtbot, desk)
    assert not [what for what in whats(today, start) if what.startswith("Ibi Quartey")]


# --- pay ------------------------------------------------------------------------------------------


def test_those_under_way_without_recorded_pay_are_told_of_and_nobody_who_finished(
    today: TodayPage, page: Callable[..., Any], desk: Desk, team: Any, make: Any, store: Store,
    qtbot: Any,
) -> None:  # fmt: skip
    """Kim has finished and Lee starts in October."""
    assert f"{LINE} 4 apprentices" in whats(today, NeedKind.WAGE)
    record: ApprenticePage = page("apprentice")
    there = followed(today, desk, LINE)
    assert there.apprenticeship_id in (team.ada, team.tomasz, team.mei, team.jo)
    record.arrive(there)
    part: Any = record.part("pay")
    assert part.badge._badge.text == "No pay recorded"
    assert part.says.text().startswith("No pay is recorded for 1 Sep 2026.")
    assert paid_of(record, there.apprenticeship_id, qtbot).startswith(
        "Not recorded, so nobody can say whether it is enough."
    )
    assert paid_of(record, team.kim, qtbot) == "not given"
    for key in (team.ada, team.tomasz, team.mei):
        set_pay(store, key, "20.00")
    settled(qtbot, desk)
    assert f"{LINE} 1 apprentice" in whats(today, NeedKind.WAGE)
    set_pay(store, team.jo, "20.00")
    settled(qtbot, desk)
    assert not [what for what in whats(today, NeedKind.WAGE) if what.startswith(LINE)]
    assert paid_of(record, team.jo, qtbot).startswith("£20.00 an hour. The date of birth is not")
    set_pay(store, team.kim, "11.00")
    assert paid_of(record, team.kim, qtbot) == "£11.00 an hour"


def paid_of(record: ApprenticePage, key: Any, qtbot: Any) -> str:
    """What the facts of somebody say of their pay."""
    record.arrive(OpenRecord(key, "facts"))
    part: Any = record.part("facts")

    def said() -> list[str]:
        shown = [each for each in part.findChildren(QLabel) if each.isVisibleTo(part)]
        names = [each.accessibleName() for each in shown]
        return [each.removeprefix("Pay: ") for each in names if each.startswith("Pay: ")]

    qtbot.waitUntil(lambda: len(said()) == 1)
    return said()[0]


@pytest.mark.parametrize(
    ("born_on", "started_on", "what", "because"),
    [
        # 18 and past the first twelve months: £8.00 until 19, then £10.85.
        (date(2007, 10, 12), date(2025, 1, 6), "From 12 Oct 2026 Ibi Quartey is due £10.85 an hour",
         "The age of 19 is reached"),
        # 25 and in the first twelve months: £8.00 until they are over, then £12.71.
        (date(2001, 5, 17), date(2025, 10, 6), "From 6 Oct 2026 Ibi Quartey is due £12.71 an hour",
         "The first 12 months are over"),
    ],
)  # fmt: skip
def test_a_birthday_and_the_first_anniversary_are_told_of_before_they_come(
    today: TodayPage, page: Callable[..., Any], desk: Desk, make: Any, store: Store, qtbot: Any,
    born_on: date, started_on: date, what: str, because: str,
) -> None:  # fmt: skip
    key = make.apprentice(
        family_name="Quartey", given_names="Ibi", born_on=born_on, training_started_on=started_on
    )
    set_pay(store, key, "8.50", started_on)  # enough today, too little from that day on
    settled(qtbot, desk)
    there = followed(today, desk, what)
    assert there == OpenRecord(key, "pay")
    (line,) = [each for each in today.lines.lines if each.need.what == what]
    assert because.lower() in line.need.why
    record: ApprenticePage = page("apprentice")
    record.arrive(there)
    part: Any = record.part("pay")
    assert part.badge._badge.text == "Enough"
    first = part.coming.rows.shown[0]
    shown = [column.text(first) for column in part.coming.rows.columns]
    due = "£" + what.partition("£")[2].removesuffix(" an hour")
    assert shown[1:] == [because, due, "£8.50", "Too little"]
    # A rise that comes in time takes the line away.
    set_pay(store, key, "13.00", date(2026, 10, 1))
    settled(qtbot, desk)
    assert what not in whats(today, NeedKind.WAGE)
