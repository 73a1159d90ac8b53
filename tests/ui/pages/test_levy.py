"""The page of the levy: what becomes of it, what is not known, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QDialog

from apprentice_desk.domain.money import parse_pounds, show_pounds
from apprentice_desk.domain.needs import Target
from apprentice_desk.records import levy
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.levy import BalanceDetails, IncomeDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory, OpenPage
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.levy.page import LevyPage
from apprentice_desk.ui.pages.levy.what_if import CANNOT
from apprentice_desk.ui.pages.today.words import destination

D = Decimal
TODAY = date(2026, 9, 1)
"""The clock of these tests stands there: the money of September is not in yet."""
YEAR = {
    "training_started_on": date(2026, 7, 1),
    "training_planned_end_on": date(2027, 6, 30),
    "apprenticeship_planned_end_on": date(2027, 9, 15),
    "agreed_price": D("12000.00"),
    "funding_band_maximum": D("15000.00"),
    "employer_percent": 0,
}
"""£800 a month for a year, and £2,400 with completion."""


@pytest.fixture
def account(make: Any) -> Any:
    """£20,000 from twenty months, £1,000 each month, and one apprentice who takes £800 of it."""
    make.levy_income(date(2025, 1, 1), "1000.00")
    make.levy_balance(date(2026, 9, 1), "20000.00", "Looked up")
    make.apprentice(contract_id=make.contract(), **YEAR)
    return make


@pytest.fixture
def opened(page: Callable[..., Any], account: Any) -> LevyPage:
    made: LevyPage = page("levy")
    return made


def test_without_a_balance_it_says_what_to_do(page: Callable[..., Any], make: Any) -> None:
    make.levy_income()
    opened: LevyPage = page("levy")
    assert opened.nothing.isVisible()
    assert not opened.months_table.isVisible()
    assert opened.incomes.model.rowCount() == 1, "what is recorded can be changed all the same"
    opened.nothing.action.click()
    (dialog,) = opened.findChildren(FormDialog)
    assert dialog.windowTitle() == "Add a balance"
    assert dialog.form.value("balance_on") == TODAY
    dialog.reject()


def test_it_says_how_much_there_is_and_what_lapses_next(opened: LevyPage) -> None:
    """What is due takes all of 2025 in time; the money of August 2026 lasts only 12 months."""
    assert opened.header.subtitle.text() == (
        "£20,000.00 on 1 Sep 2026 · £1,000.00 lapses after 31 Jul 2027"
    )
    lines = opened.months.shown
    assert len(lines) == 24
    assert lines[0].note == "from 1 Sep 2026 on"
    assert [column.show(lines[0]) for column in opened.months.columns] == [
        "Sep 2026", "£20,000.00", "£1,000.00", "£800.00", "£0.00", "£20,200.00",
        "from 1 Sep 2026 on",
    ]  # fmt: skip
    for line in lines:
        of = line.of
        assert of.opening + of.income - of.paid - of.lapsed == of.closing


def test_the_table_says_by_when_how_much_has_to_be_spent(opened: LevyPage) -> None:
    assert opened.look is not None
    lines = opened.spend_by.shown
    assert sum(line.of.amount for line in lines) == opened.look.runway.lapsing > 0
    said = [column.spoken(lines[0]) for column in opened.spend_by.columns]
    assert said[0] == "31 Jul 2027"
    assert said[1:] == [
        "£1,000.00", "spend £12,000.00 beyond what is promised", "August 2026"
    ]  # fmt: skip
    assert opened.more.text().startswith("To keep newer money, older money")


def test_the_chart_is_said_in_words_and_its_lines_are_told_apart(opened: LevyPage) -> None:
    chart = opened.chart.shown
    assert [(line.label, line.style) for line in chart.lines] == [
        ("balance", "logged"), ("due in all", "plan"), ("lapsed in all", "forecast"),
    ]  # fmt: skip
    assert chart.says == opened.in_words.text()
    assert "£20,000.00 at first" in chart.says
    assert "£24,000.00 comes in" in chart.says
    assert "£10,400.00 is due" in chart.says
    assert chart.marks[0].label == "spend by 31 Jul 2027"
    assert opened.chart.accessibleDescription() == chart.says


def test_what_if_more_start_shows_what_then_lapses_and_saves_nothing(
    opened: LevyPage, desk: Desk
) -> None:
    """Two each month at £6,000 take all that would lapse, and more than there is."""
    before = desk.store.read(levy.balance_rows)
    opened.what_if.click()
    dialog = opened.dialog
    assert dialog is not None
    rows = {row.name: row for row in dialog.model.shown}
    assert rows["Due"].now == "£10,400.00"
    assert rows["Due"].then == "", "nobody has said the price"
    dialog.work.click()
    assert "price" in {finding.place.field for finding in dialog.form.read()[1]}
    fill(dialog, each_month=2, price=D("6000.00"), training_months=12, for_months=1)
    rows = {row.name: row for row in dialog.model.shown}
    assert rows["Due"].then == "£22,400.00"
    assert rows["First lapses after"].now == "31 Jul 2027"
    assert opened.look is not None
    assert parse_pounds(rows["Lapses"].now) == opened.look.runway.lapsing
    assert parse_pounds(rows["Lapses"].then) < opened.look.runway.lapsing
    assert dialog.says.text() == "Nothing is saved, whatever stands here."
    fill(dialog, each_month=20)
    rows = {row.name: row for row in dialog.model.shown}
    assert rows["Cannot pay all from"].then
    assert rows["Short"].then != "£0.00"
    fill(dialog, each_month=1, from_month=date(2027, 7, 1), for_months=2)
    assert dialog.says.text().startswith("1 start left out: no rule says how it is paid.")
    fill(dialog, each_month=0)
    assert dialog.says.text() == CANNOT
    fill(dialog, each_month=1)
    assert dialog.focusWidget() is dialog.table
    dialog.close_.click()
    assert desk.store.read(levy.balance_rows) == before


def fill(dialog: Any, **values: Any) -> None:
    for name, value in values.items():
        dialog.form.set_value(name, value)
    dialog.work.click()


def test_what_is_assumed_stands_below_with_that_nobody_read_the_rules(opened: LevyPage) -> None:
    says = opened.granted.text()
    assert "Whether money that came in before August 2026 keeps its 24 months was not found" in says
    assert "£19,000.00 of the balance came in before August 2026." in says
    assert "£2,400.00 comes with completion, taken to be on the planned end." in says
    assert "What fell due up to 1 Sep 2026 is taken to be paid from it already." in says
    assert "read at second hand" in says


def test_what_is_left_out_or_taken_for_granted_is_counted(
    page: Callable[..., Any], account: Any
) -> None:
    """On the desk of these tests four have no price already, and one no contract."""
    contract_id = account.contract()
    for changes in (
        {"agreed_price": None},
        {"agreed_price": None},
        {"training_planned_end_on": None, "apprenticeship_planned_end_on": None},
        {"employer_percent": None, "funding_band_maximum": None},
    ):
        account.apprentice(contract_id=contract_id, **YEAR | changes)
    account.apprentice()
    says = page("levy").to_mind.text()
    assert (
        "6 apprenticeships have no agreed price, 1 apprenticeship has a price due on unknown days"
        " and 2 apprenticeships are under no contract: not in here." in says
    )
    assert (
        "Of 1 apprenticeship nobody has said the employer’s share: the account is taken to pay"
        " all." in says
    )
    assert "Of 1 apprenticeship the funding band is not known" in says


def test_what_nobody_knows_the_day_of_is_said(page: Callable[..., Any], account: Any) -> None:
    """Completion was planned for August, and the day of the end is still to come."""
    past = {
        "training_started_on": date(2025, 7, 1),
        "training_planned_end_on": date(2026, 6, 30),
        "apprenticeship_planned_end_on": date(2026, 8, 1),
    }
    account.apprentice(contract_id=account.contract(), **YEAR | past)
    says = page("levy").to_mind.text()
    assert "£2,400.00 will be due on days that nobody knows yet." in says


def test_a_balance_of_unknown_age_never_lapses_unsaid(
    page: Callable[..., Any], desk: Desk, make: Any, qtbot: Any
) -> None:
    make.levy_balance(date(2026, 9, 1), "4000.00")
    opened: LevyPage = page("levy")
    assert "when it lapses is not known" in opened.header.subtitle.text()
    assert "No monthly income is recorded" in opened.to_mind.text()
    assert opened.nothing_lapses.isVisible()
    assert not opened.spend_by_table.isVisible()
    make.levy_income(date(2026, 8, 1), "1000.00")
    qtbot.waitUntil(lambda: "No monthly income" not in opened.to_mind.text())
    assert (
        "£3,000.00 of the balance is older than any income that is recorded: when it lapses is not"
        " known, and it may be soon. Record what came in each month before August 2026."
        in opened.to_mind.text()
    )
    assert opened.spend_by_table.isVisible()


def test_an_account_that_cannot_pay_says_from_when_and_how_much(
    page: Callable[..., Any], account: Any
) -> None:
    for _ in range(8):
        account.apprentice(contract_id=account.contract(), **YEAR)
    opened: LevyPage = page("levy")
    assert opened.look is not None
    short = opened.look.runway.first_short
    assert short is not None
    assert opened.to_mind.text().startswith("From ")
    assert "on the account cannot pay all that is due: £" in opened.to_mind.text()
    (line,) = [each for each in opened.months.shown if each.of == short]
    assert line.note == f"{show_pounds(short.short)} short"


def test_nothing_that_lapses_is_said_too(page: Callable[..., Any], make: Any) -> None:
    make.levy_income(date(2026, 8, 1), "0.00")
    make.levy_balance(date(2026, 9, 1), "0.00")
    opened: LevyPage = page("levy")
    assert opened.header.subtitle.text() == "£0.00 on 1 Sep 2026 · nothing lapses up to August 2028"
    assert opened.nothing_lapses.isVisible()
    assert not opened.save_dates.isVisible()


def test_an_old_balance_asks_for_a_new_one(page: Callable[..., Any], make: Any) -> None:
    make.levy_income()
    make.levy_balance(date(2026, 7, 1))
    assert "an older balance: record what the account shows now" in (
        page("levy").header.subtitle.text()
    )


def test_a_balance_and_an_income_are_recorded_changed_and_removed(
    opened: LevyPage, desk: Desk, qtbot: Any
) -> None:
    kind = opened.balances.kind
    blank = kind.blank()
    assert blank == BalanceDetails(TODAY)
    with desk.change("Add") as session:
        key = kind.add(session, BalanceDetails(date(2026, 8, 31), D("1.00")))
        income = opened.incomes.kind.add(session, IncomeDetails(date(2026, 9, 9), D("2.00")))
    qtbot.waitUntil(lambda: opened.balances.model.rowCount() == 2)
    assert [shown.title for shown in opened.balances.model.shown] == ["1 Sep 2026", "31 Aug 2026"]
    assert opened.incomes.model.shown[0].title == "September 2026"
    for each, found in ((opened.balances, key), (opened.incomes, income)):
        shown = next(one for one in each.model.shown if one.id == found)
        assert all(words for _, words in each.kind.facts(shown)[:2])
        assert "Undo" in each.kind.what_removing_means(shown)
        assert each.kind.destination(found, "") == OpenPage("levy")
        assert each.kind.named(shown.details).startswith("levy ")
    with desk.change("Correct and remove") as session:
        kind.correct(session, key, BalanceDetails(date(2026, 8, 30), D("3.00")))
        opened.incomes.kind.correct(session, income, IncomeDetails(date(2026, 10, 1), D("4.00")))
        kind.remove(session, next(s.id for s in opened.balances.model.shown if s.id != key))
    qtbot.waitUntil(lambda: opened.header.subtitle.text().startswith("£3.00 on 30 Aug 2026"))
    with desk.change("Remove") as session:
        opened.incomes.kind.remove(session, income)
    qtbot.waitUntil(lambda: opened.incomes.model.rowCount() == 1)
    assert [shown.title for shown in opened.incomes.model.shown] == ["January 2025"]


def test_a_form_refuses_what_cannot_be(opened: LevyPage) -> None:
    (late,) = opened.balances.kind.check(BalanceDetails(date(2026, 9, 2), D("1.00")), None)
    assert (late.code, late.place.field) == ("LV002", "balance_on")
    (early,) = opened.incomes.kind.check(IncomeDetails(date(2017, 4, 1), D("1.00")), None)
    assert early.message == "How long levy money lasts is not known for 1 Apr 2017."


def test_a_year_without_a_rule_is_a_problem_in_words_and_no_crash(
    page: Callable[..., Any], desk: Desk, store: Any
) -> None:
    with store.change("By another program") as session:
        session.add(levy.LevyBalance(balance_on=date(2016, 1, 1), amount=D("1.00"), note=""))
    opened: LevyPage = page("levy")
    assert opened.look is None
    assert "When levy money comes in is not known for 1 Jan 2016" in str(
        desk.messages.current_problem
    )
    assert opened.balances.model.rowCount() == 1, "it can be put right"


def test_the_months_are_saved_as_a_workbook_with_what_is_assumed(
    opened: LevyPage, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "levy.xlsx"
    opened.saver.save_workbook(str(path))
    qtbot.waitUntil(lambda: path.exists() and not opened._desk.jobs.is_busy)
    months, about = openpyxl.load_workbook(path).worksheets
    rows = list(months.values)
    assert rows[0][:6] == ("Month", "At first", "Comes in", "Due", "Lapses", "At the end")
    assert rows[1][1:6] == (20000, 1000, 800, 0, 20200)
    assert any("24 months was not found" in str(row[1]) for row in about.values)


def test_the_days_are_saved_for_a_calendar(opened: LevyPage, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "levy.ics"
    opened.save_dates.click()
    assert opened.dates.file_dialog is not None
    opened.dates.file_dialog.reject()
    opened.dates.save(str(path), ())
    qtbot.waitUntil(lambda: path.exists() and not opened._desk.jobs.is_busy)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert opened.look is not None
    assert [each["dtstart"].dt for each in events] == [
        line.last_on for line in opened.look.runway.spend_by
    ]


def test_without_a_day_no_file_is_written(
    page: Callable[..., Any], tmp_path: Path, qtbot: Any
) -> None:
    opened: LevyPage = page("levy")
    opened.dates.save(str(tmp_path / "levy.ics"), ())
    qtbot.waitUntil(lambda: opened._desk.messages.current_problem is not None)
    assert "no file was written" in str(opened._desk.messages.current_problem)


def test_one_comes_to_it_from_the_contracts_and_goes_back(
    page: Callable[..., Any], desk: Desk, account: Any
) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    page("contracts").levy.click()
    page("levy").back.click()
    assert gone == [OpenPage("levy"), OpenPage("contracts")]
    assert destination(Target("levy"), is_read_only=True) == OpenPage("levy")


def test_a_balance_and_an_income_lead_to_what_was_changed_of_them(
    opened: LevyPage, desk: Desk
) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    for each in (opened.balances, opened.incomes):
        each.history.click()
    balance, income = (each.table.chosen() for each in (opened.balances, opened.incomes))
    assert gone == [
        OpenHistory("levy_balance", balance.id, "balance of 1 Sep 2026"),
        OpenHistory("levy_income", income.id, f"income of {income.title}"),
    ]


def test_the_keyboard_comes_first_to_what_is_done_each_month(opened: LevyPage) -> None:
    assert opened.first_stop() is opened.record


def test_a_desk_that_is_open_to_read_only_offers_no_form(
    store: Any, desk_on: Callable[..., Desk], qtbot: Any
) -> None:
    store.close()
    opened = LevyPage(desk_on(open_store(store.location, read_only=True)))
    qtbot.addWidget(opened)
    opened.refresh()
    assert opened.header.subtitle.text().endswith("open to read only")
    assert not opened.record.isEnabled()
    assert opened.nothing.action.isHidden()
    assert opened.first_stop() is opened.back
    opened.start_recording()
    opened.ask_what_if()
    assert opened.findChildren(QDialog) == []


def test_a_large_desk_is_read_behind_the_window(
    page: Callable[..., Any], desk: Desk, account: Any, qtbot: Any
) -> None:
    desk.is_large = True
    opened: LevyPage = page("levy")
    qtbot.waitUntil(lambda: opened.look is not None)
    assert opened.header.subtitle.text().startswith("£20,000.00 on 1 Sep 2026")
