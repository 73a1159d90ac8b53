"""The money on the page of a contract: who costs what, what is due, and recording what is paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication

from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.records import (
    apprentices,
    contract_prices,
    contracts,
    payments,
    programme_changes,
    programmes,
)
from apprentice_desk.records.apprentices import Break
from apprentice_desk.records.contract_prices import PriceDetails
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList, OpenApprentice, OpenContract, OpenRecord
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.contract.page import ContractPage
from apprentice_desk.ui.pages.contract.schedule import ScheduleDialog

TODAY = date(2026, 9, 1)
LEFT = "Still to pay"


@pytest.fixture
def thames(make: Any) -> Any:
    """A contract with three apprentices, one of them above the band; £49,800 together."""
    make.standard()
    key = make.contract(
        reference="XMP-2026-099",
        provider_id=make.provider(name="Thamesbank College", ukprn="19990009"),
        value_limit=Decimal("49799.99"),
    )
    people = SimpleNamespace(contract=key)
    for name, price, band in (
        ("Ada Obi", "17200", "18000"),
        ("Noor Rahman", "17200", "18000"),
        ("Tomasz Nowak", "15400", "15000"),
    ):
        given, family = name.split()
        made = make.apprentice(
            given_names=given,
            family_name=family,
            contract_id=key,
            agreed_price=Decimal(price),
            funding_band_maximum=Decimal(band),
            employer_percent=0,
        )
        setattr(people, given.lower(), made)
    return people


def wait(qtbot: Any, condition: Callable[[], object]) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def shown(page: Callable[..., Any], thames: Any) -> ContractPage:
    opened: ContractPage = page("contract")
    opened.arrive(OpenContract(thames.contract))
    return opened


def cells(part: Any, heading: str) -> list[str]:
    (column,) = [each for each in part.model.columns if each.heading == heading]
    return [column.text(row) for row in part.model.shown]


def spoken(part: Any, heading: str) -> list[str]:
    (column,) = [each for each in part.model.columns if each.heading == heading]
    return [column.spoken(row) for row in part.model.shown]


def dialog_of(widget: Any) -> Any:
    (found,) = [each for each in widget.findChildren(FormDialog) if each.isVisible()]
    return found


def fill(form: Any, **values: Any) -> None:
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()


def facts(part: Any) -> dict[str, str]:
    return {key.text(): value.text() for key, value in part.facts._shown}


def pay(desk: Desk, contract: UUID, amount: str, whose: UUID | None = None) -> None:
    with desk.change("Pay") as session:
        payments.pay(session, contract, TODAY, Decimal(amount), whose)


# --- what is shown --------------------------------------------------------------------------------


def test_each_apprentice_stands_there_with_price_band_and_what_is_to_pay(
    shown: ContractPage,
) -> None:
    """Twelve of 24 months are over: £17,200 x 80 % / 24 = £573.33 a month."""
    people = shown.part("people")
    assert cells(people, "Apprentice") == ["Tomasz Nowak", "Ada Obi", "Noor Rahman"]
    assert cells(people, "Standard") == ["Software developer"] * 3
    assert cells(people, "Agreed price") == ["£15,400.00", "£17,200.00", "£17,200.00"]
    assert cells(people, "Band maximum") == ["£15,000.00", "£18,000.00", "£18,000.00"]
    assert cells(people, "Paid to date") == ["£0.00"] * 3
    assert cells(people, LEFT) == ["£6,159.96", "£6,879.96", "£6,879.96"]
    assert spoken(people, LEFT)[1] == "£6,879.96 due, £0.00 paid: £6,879.96 still to pay"
    assert spoken(people, "Agreed price")[1] == "£17,200.00, agreed for the apprentice"


def test_what_is_above_the_band_is_a_badge_unless_something_worse_is_to_be_said(
    shown: ContractPage, make: Any, thames: Any, desk: Desk, qtbot: Any
) -> None:
    people = shown.part("people")
    assert cells(people, "Status")[0] == "Behind"
    make.hours(thames.tomasz, done_on=date(2026, 8, 3), minutes=24 * 60)
    for month in range(9, 13):
        for day in range(1, 29):
            make.hours(thames.tomasz, done_on=date(2025, month, day), minutes=3 * 60)
    wait(qtbot, lambda: cells(people, "Status")[0] == "£400.00 over band")


def test_the_money_of_the_contract_is_a_sum_a_bar_and_words(shown: ContractPage) -> None:
    money = shown.part("money")
    assert money.figure.accessibleName() == (
        "£49,800.00, agreed for 3 apprentices · £49,400.00 within funding bands · £400.00 above"
        " them, from the service budget"
    )
    assert money.says.text() == ("£0.00 paid, 0% · £19,919.88 due, 40% · 50% of training time gone")
    assert money.bar.accessibleName() == money.says.text()
    assert facts(money) == {
        "Due and paid": "£19,919.88 still to pay",
        "Falls due next": "£1,659.99 on 30 Sep 2026",
        "At risk": "nothing that was paid",
        "Employer's share": "£0.00 within the bands",
        "Committed": "£49,800.00 of up to £49,799.99, £0.01 too much",
    }
    assert not money.unknown.isVisible()


def test_what_was_paid_is_at_risk_where_hours_are_behind_or_nothing_is_due(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    """Nobody has logged anything, so all are behind; who has left is not, and was paid too much."""
    pay(desk, thames.contract, "1000.00", thames.ada)
    pay(desk, thames.contract, "1173.33", thames.noor)
    pay(desk, thames.contract, "33.10")
    with desk.change("Withdraw") as session:
        programmes.withdraw(session, thames.noor, date(2025, 10, 31), "98")
    money, people = shown.part("money"), shown.part("people")
    wait(qtbot, lambda: "more than is due" in facts(money).get("At risk", ""))
    assert facts(money)["At risk"] == (
        "£1,026.67: behind with their hours: Ada Obi; more than is due was paid for Noor Rahman."
        " Not known of £33.10 paid for none of them"
    )
    assert facts(money)["Paid for none of them"] == "£33.10"
    assert cells(people, LEFT)[2] == "−£26.67"
    assert spoken(people, LEFT)[2].endswith("£26.67 more than is due")


def test_what_the_sums_leave_out_is_said(
    page: Callable[..., Any], make: Any, desk: Desk, qtbot: Any
) -> None:
    key = make.contract(value_limit=None)
    make.apprentice(contract_id=key, agreed_price=Decimal("17200.00"))
    make.apprentice(contract_id=key)
    una = make.apprentice(
        given_names="Una",
        contract_id=key,
        agreed_price=Decimal("100.00"),
        training_planned_end_on=None,
    )
    opened = page("contract")
    opened.arrive(OpenContract(key))
    money = opened.part("money")
    assert facts(money)["At risk"] == "nothing that was paid"
    pay(desk, key, "12.00", una)
    pay(desk, key, "3.00")
    wait(qtbot, lambda: facts(money)["At risk"] != "nothing that was paid")
    assert facts(money)["At risk"] == (
        "not known of £12.00 paid for Una Lovelace, where nobody can say what is due, and of £3.00"
        " paid for none of them"
    )
    assert money.unknown.text() == (
        "No price is recorded for 1 apprentice. What is due is not known for 1 apprentice. For"
        " £17,300.00 it is not known what lies within funding bands. The employer's share is not"
        " recorded for 3 apprentices."
    )
    assert set(facts(money)) == {
        "Due and paid", "Falls due next", "At risk", "Paid for none of them",
    }  # fmt: skip
    assert "The planned end of training is not known." in spoken(opened.part("people"), LEFT)


def test_a_contract_without_anybody_says_where_to_choose_it(
    page: Callable[..., Any], make: Any
) -> None:
    opened = page("contract")
    opened.arrive(OpenContract(make.contract()))
    people = opened.part("people")
    assert people.model.total == 0
    assert not people.pay.isEnabled()
    assert not opened.part("money").bar.isVisible()


def test_a_limit_says_what_of_it_was_paid_beyond_what_is_due(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Withdraw") as session:
        programmes.withdraw(session, thames.noor, date(2025, 10, 31), "98")
    money = shown.part("money")
    wait(qtbot, lambda: facts(money)["Committed"] == "£33,746.66 of up to £49,799.99")
    pay(desk, thames.contract, "17200.00", thames.noor)
    wait(qtbot, lambda: "too much" in facts(money)["Committed"])
    assert facts(money)["Committed"] == (
        "£49,800.00 of up to £49,799.99, £0.01 too much; £16,053.34 of it was paid beyond what is"
        " known to be due in the end"
    )


# --- changes of contract, and other plans ---------------------------------------------------------


def moved(
    make: Any, desk: Desk, whose: UUID, price: Decimal | None, is_for: PriceFor | None = None
) -> UUID:
    """Another provider trains Ada from 1 March 2026 on; return its contract."""
    provider = make.provider(name="Fenwick Learning")
    key: UUID = make.contract(reference="FEN-1", provider_id=provider)
    with desk.change("Move") as session:
        programme_changes.change_provider(session, whose, date(2026, 3, 1), provider, key)
        apprentices.record_of(session, whose).agreed_price = price
        apprentices.record_of(session, whose).price_is_for = is_for
    return key


def test_the_months_before_a_change_stay_with_the_contract_of_that_time(
    shown: ContractPage, thames: Any, make: Any, desk: Desk, qtbot: Any
) -> None:
    """Six months at £573.33 of £17,200; the rest is the other contract's."""
    pay(desk, thames.contract, "3439.98", thames.ada)
    new = moved(make, desk, thames.ada, Decimal("17200.00"))
    people = shown.part("people")
    wait(qtbot, lambda: cells(people, "Status")[1] == "To 28/02/2026")
    assert cells(people, "Agreed price")[1] == "£3,439.98"
    assert spoken(people, "Agreed price")[1] == (
        "£3,439.98 of £17,200.00, agreed for the apprentice, for the training to 28 Feb 2026"
    )
    assert cells(people, LEFT)[1] == "£0.00"
    assert "Paid for none of them" not in facts(shown.part("money"))
    shown.arrive(OpenContract(new))
    assert cells(people, "Apprentice") == ["Ada Obi"]
    assert cells(people, "Agreed price") == ["£13,760.02"]
    assert spoken(people, "Agreed price") == [
        "£13,760.02 of £17,200.00, agreed for the apprentice, for the training from 1 Mar 2026 on"
    ]
    assert cells(people, LEFT) == ["£3,439.98"], "six months again"
    people.schedule.click()
    (dialog,) = shown.window().findChildren(ScheduleDialog)
    assert cells(dialog, "Due on")[0] == "31/03/2026"
    dialog.close_.click()


def test_what_was_agreed_at_a_change_and_not_recorded_is_said(
    shown: ContractPage, thames: Any, make: Any, desk: Desk, qtbot: Any
) -> None:
    new = moved(make, desk, thames.ada, None)
    people, money = shown.part("people"), shown.part("money")
    wait(qtbot, lambda: cells(people, "Status")[1] == "To 28/02/2026")
    assert spoken(people, "Agreed price")[1] == (
        "£17,200.00, agreed for the apprentice, for the training to 28 Feb 2026"
    )
    shown.arrive(OpenContract(new))
    says = "What was agreed for the rest of the training at the change is not recorded."
    assert spoken(people, "Agreed price") == [says]
    assert spoken(people, LEFT) == [says]
    assert money.unknown.text().startswith(
        "What was agreed with this contract at a change is not recorded for 1 apprentice."
    )
    with desk.change("Agree") as session:
        apprentices.record_of(session, thames.ada).agreed_price = Decimal("9000.00")
    said = (
        "Since a change the price is another: nobody has said whether it is for the whole training"
        " or for what was left of it."
    )
    wait(qtbot, lambda: spoken(people, "Agreed price") == [said])
    assert money.unknown.text().startswith(
        "Whether the price is for the whole training or for what was left at a change is not said"
        " of 1 apprentice: answer it with the price."
    )
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    people.table.choose(thames.ada)
    people.agree.click()
    assert gone == [OpenApprentice(thames.ada, "price_is_for")], "where it is answered"
    with desk.change("Say") as session:
        apprentices.record_of(session, thames.ada).price_is_for = PriceFor.REST
    wait(qtbot, lambda: cells(people, "Agreed price") == ["£9,000.00"])
    assert spoken(people, "Agreed price") == [
        "£9,000.00, agreed for the apprentice, for the training from 1 Mar 2026 on"
    ]


def test_a_price_put_right_after_a_change_is_that_of_both_contracts(
    shown: ContractPage, thames: Any, make: Any, desk: Desk, qtbot: Any
) -> None:
    """£18,000.00: six months at £600.00 with the first, the rest with the other."""
    new = moved(make, desk, thames.ada, Decimal("18000.00"), PriceFor.WHOLE)
    people = shown.part("people")
    wait(qtbot, lambda: cells(people, "Agreed price")[1] == "£3,600.00")
    shown.arrive(OpenContract(new))
    assert cells(people, "Agreed price") == ["£14,400.00"]
    assert spoken(people, "Agreed price") == [
        "£14,400.00 of £18,000.00, agreed for the apprentice, for the training from 1 Mar 2026 on"
    ]


def test_a_return_to_an_end_that_is_past_has_months_that_are_not_planned(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Break and return") as session:
        programmes.start_break(session, thames.ada, date(2026, 2, 1))
        programmes.resume(session, thames.ada, date(2026, 3, 31), date(2026, 3, 31))
    people = shown.part("people")
    wait(qtbot, lambda: cells(people, LEFT)[1] == "£2,866.65")
    people.arrive(thames.ada)
    people.schedule.click()
    (dialog,) = shown.window().findChildren(ScheduleDialog)
    assert cells(dialog, "Due on")[5:] == ["not planned yet", "completion"]
    assert "is not recorded" not in dialog.source.text()
    dialog.close_.click()


def test_a_break_of_which_no_plan_is_recorded_is_said_beside_the_rule(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Break, as older desks have it") as session:
        spell = Break(
            apprenticeship_id=thames.ada, first_on=date(2026, 2, 1), last_on=date(2026, 3, 31)
        )
        session.add(spell)
    people = shown.part("people")
    wait(qtbot, lambda: cells(people, LEFT)[1] != "£6,879.96")
    people.arrive(thames.ada)
    people.schedule.click()
    (dialog,) = shown.window().findChildren(ScheduleDialog)
    assert dialog.source.text().endswith(
        "What was planned before the break 1 Feb 2026 to 31 Mar 2026 is not recorded, so its months"
        " are left out and all others cost the same."
    )
    dialog.close_.click()


# --- when it is due -------------------------------------------------------------------------------


def test_what_is_due_when_is_a_table_with_its_rule(
    shown: ContractPage, thames: Any, desk: Desk
) -> None:
    people = shown.part("people")
    people.arrive(thames.tomasz)
    people.schedule.click()
    (dialog,) = shown.window().findChildren(ScheduleDialog)
    assert cells(dialog, "Due on")[:2] == ["30/09/2025", "31/10/2025"]
    assert cells(dialog, "Due on")[-1] == "completion"
    assert cells(dialog, "What for")[-2:] == ["Training", "Completion"]
    assert cells(dialog, "Amount")[-2:] == ["£513.41", "£3,080.00"]
    assert cells(dialog, "Of it above the band")[-2:] == ["£13.41", "£80.00"]
    assert cells(dialog, "").count("due") == 12
    assert dialog.table.chosen().day == "30/09/2026"
    assert dialog.says.text() == (
        "£15,400.00, agreed for the apprentice. Up to 1 Sep 2026 £6,159.96 is due and £0.00 is"
        " paid: £6,159.96 still to pay."
    )
    assert dialog.source.text().endswith("Check it against the rules in force.")
    dialog.close_.click()


def test_what_lies_behind_a_break_that_goes_on_has_no_day_yet(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Break") as session:
        programmes.start_break(session, thames.ada, date(2026, 2, 1))
    people = shown.part("people")
    wait(qtbot, lambda: cells(people, LEFT)[1] == "£2,866.65")
    people.arrive(thames.ada)
    people.schedule.click()
    (dialog,) = shown.window().findChildren(ScheduleDialog)
    assert cells(dialog, "Due on")[4:6] == ["31/01/2026", "after the break"]
    assert "Of it above the band" not in [each.heading for each in dialog.model.columns]
    dialog.close_.click()


def test_where_nobody_can_say_the_table_says_why(page: Callable[..., Any], make: Any) -> None:
    key = make.contract()
    make.apprentice(contract_id=key)
    opened = page("contract")
    opened.arrive(OpenContract(key))
    opened.part("people").schedule.click()
    (dialog,) = opened.window().findChildren(ScheduleDialog)
    assert dialog.model.total == 0
    assert dialog.says.text() == "No price is recorded."
    assert dialog.source.text() == ""
    dialog.close_.click()


# --- recording what is paid -----------------------------------------------------------------------


def test_a_payment_begins_with_what_is_still_to_pay_for_the_chosen_apprentice(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any, messages: Messages
) -> None:
    people, payments = shown.part("people"), shown.part("payments")
    pay(desk, thames.contract, "6000.00", thames.ada)
    wait(qtbot, lambda: cells(people, LEFT)[1] == "£879.96")
    people.arrive(thames.ada)
    people.pay.click()
    dialog = dialog_of(people)
    form = dialog.form
    assert form.value("apprenticeship_id") == thames.ada
    assert form.value("amount") == Decimal("879.96")
    assert form.value("paid_on") == TODAY
    says = form.input("amount").target.accessibleDescription
    assert (
        "For Ada Obi £6,879.96 is due up to 1 Sep 2026 and £6,000.00 is recorded as paid: £879.96"
        " still to pay."
    ) in says()
    fill(form, paid_on=date(2026, 7, 31))
    assert "£6,306.63 is due up to 31 Jul 2026 and £0.00 is recorded as paid" in says()
    fill(form, apprenticeship_id=None, paid_on=TODAY)
    assert "Under this contract £19,919.88 is due" in says()
    fill(form, apprenticeship_id=thames.ada, kind=PaymentKind.TRAINING, note="Invoice 7")
    dialog.panel.confirm.click()
    wait(qtbot, lambda: cells(people, LEFT)[1] == "£0.00")
    assert str(messages.current) == "Saved: Add payment of £879.96 under XMP-2026-099."
    assert cells(payments.list, "For") == ["Ada Obi", "Ada Obi"]
    assert sorted(cells(payments.list, "What for")) == ["", "Training, by month"]
    desk.undo()
    wait(qtbot, lambda: cells(people, LEFT)[1] == "£879.96")


def test_the_next_payment_does_not_begin_with_the_last_ones_figures(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    shown.part("people").pay.click()
    dialog_of(shown.part("people")).panel.cancel.click()
    payments = shown.part("payments")
    payments.list.add.click()
    form = dialog_of(payments).form
    assert (form.value("apprenticeship_id"), form.value("amount")) == (None, None)


def test_a_payment_that_is_corrected_keeps_for_whom_and_what_it_was(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Pay") as session:
        key = payments.pay(
            session, thames.contract, TODAY, Decimal("10.00"), thames.noor,
            PaymentKind.COMPLETION, "Invoice 3",
        )  # fmt: skip
    shown_list = shown.part("payments")
    wait(qtbot, lambda: shown_list.list.model.total == 1)
    shown_list.arrive(key)
    shown_list.list.change.click()
    dialog = dialog_of(shown_list)
    fill(dialog.form, amount=Decimal("20.00"))
    dialog.panel.confirm.click()
    wait(qtbot, lambda: cells(shown_list.list, "Amount") == ["£20.00"])
    (row,) = desk.store.read(contracts.payment_rows, thames.contract)
    assert (row.apprenticeship_id, row.kind, row.note) == (
        thames.noor, PaymentKind.COMPLETION, "Invoice 3",
    )  # fmt: skip
    shown_list.list.remove.click()
    (question,) = shown_list.findChildren(Question)
    question.confirm.click()
    wait(qtbot, lambda: shown_list.list.model.total == 0)


def test_money_that_came_back_is_recorded_and_taken_off(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any, messages: Messages
) -> None:
    pay(desk, thames.contract, "100.00", thames.noor)
    listed, people = shown.part("payments"), shown.part("people")
    wait(qtbot, lambda: cells(people, "Paid to date")[2] == "£100.00")
    listed.list.add.click()
    dialog = dialog_of(listed)
    words = dialog.form.input("amount").target.accessibleDescription
    fill(dialog.form, apprenticeship_id=thames.noor, amount=Decimal("-40.00"))
    dialog.panel.confirm.click()
    assert "choose “refund or credit note”" in words()
    fill(dialog.form, amount=Decimal("40.00"), kind=PaymentKind.REFUND, paid_on=date(2026, 9, 2))
    dialog.panel.confirm.click()
    assert "2 Sep 2026 is still to come." in (
        dialog.form.input("paid_on").target.accessibleDescription()
    )
    fill(dialog.form, paid_on=TODAY)
    dialog.panel.confirm.click()
    wait(qtbot, lambda: cells(people, "Paid to date")[2] == "£60.00")
    assert str(messages.current) == "Saved: Add refund of £40.00 under XMP-2026-099."
    assert sorted(cells(listed.list, "Amount")) == ["£100.00", "−£40.00"]
    (row,) = [r for r in desk.store.read(contracts.contract_rows, TODAY) if r.id == thames.contract]
    assert row.paid_to_date == Decimal("60.00")


def test_a_payment_for_somebody_elsewhere_says_so(
    shown: ContractPage, thames: Any, make: Any
) -> None:
    other = make.apprentice(given_names="Elsa", contract_id=make.contract())
    shown.part("payments").list.add.click()
    form = dialog_of(shown.part("payments")).form
    fill(form, apprenticeship_id=other)
    says = form.input("amount").target.accessibleDescription()
    assert "Whoever this is for was never on this contract." in says
    nothing_known = make.apprentice(given_names="Una", contract_id=thames.contract)
    form.set_choices("apprenticeship_id", [(nothing_known, "Una")])
    fill(form, apprenticeship_id=nothing_known)
    says = form.input("amount").target.accessibleDescription()
    assert "What is due for Una Lovelace cannot be said. No price is recorded." in says


# --- prices, and going on -------------------------------------------------------------------------


def test_a_price_of_the_contract_holds_for_who_has_none_of_their_own(
    shown: ContractPage, thames: Any, make: Any, desk: Desk, qtbot: Any
) -> None:
    make.apprentice(given_names="Zoe", family_name="Zander", contract_id=thames.contract)
    people, prices = shown.part("people"), shown.part("prices")
    wait(qtbot, lambda: cells(people, "Agreed price")[-1] == "")
    prices.list.add.click()
    dialog = dialog_of(prices)
    fill(
        dialog.form,
        standard_code="ST0116",
        training_price=Decimal("16000.00"),
        assessment_price=Decimal("2000.01"),
    )
    dialog.panel.confirm.click()
    wait(qtbot, lambda: cells(people, "Agreed price")[-1] == "£18,000.01")
    assert spoken(people, "Agreed price")[-1] == (
        "£18,000.01, the contract's price for the standard"
    )
    assert cells(prices.list, "Standard") == ["Software developer"]
    assert spoken(prices.list, "Price") == [
        "£18,000.01, £0.01 above the band of £18,000.00 in the list of today"
    ]
    (row,) = desk.store.read(contract_prices.price_rows, thames.contract)
    prices.arrive(row.id)
    prices.list.change.click()
    dialog = dialog_of(prices)
    fill(dialog.form, assessment_price=Decimal("2000.00"))
    dialog.panel.confirm.click()
    wait(
        qtbot,
        lambda: (
            spoken(prices.list, "Price")
            == ["£18,000.00, within the band of £18,000.00 in the list of today"]
        ),
    )
    prices.list.remove.click()
    (question,) = prices.findChildren(Question)
    question.confirm.click()
    wait(qtbot, lambda: cells(people, "Agreed price")[-1] == "")


def test_a_price_has_both_parts(shown: ContractPage, thames: Any, desk: Desk, qtbot: Any) -> None:
    prices = shown.part("prices")
    details = PriceDetails("ST0117", Decimal("1.00"), Decimal("0.00"))
    with desk.change("Agree a price") as session:
        contract_prices.agree_price(session, thames.contract, details)
    wait(qtbot, lambda: prices.list.model.total == 1)
    assert spoken(prices.list, "Price") == ["£1.00, its funding band is not in the list"]
    prices.take_keyboard()
    prices.list.add.click()
    dialog = dialog_of(prices)
    fill(dialog.form, standard_code="ST0116", training_price=Decimal("1.00"))
    dialog.panel.confirm.click()
    words = dialog.form.input("assessment_price").target.accessibleDescription()
    assert "Assessment is missing." in words
    assert prices.list.model.total == 1


def test_the_list_leads_to_the_record_and_to_price_and_share(
    shown: ContractPage, thames: Any, desk: Desk, qtbot: Any
) -> None:
    people = shown.part("people")
    people.arrive(thames.noor)
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        people.open.click()
    assert gone.args == [OpenRecord(thames.noor)]
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        people.agree.click()
    assert gone.args == [OpenApprentice(thames.noor, "agreed_price")]


def test_payments_of_a_list_are_recorded_by_the_import(
    shown: ContractPage, desk: Desk, qtbot: Any
) -> None:
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        shown.part("payments").from_list.click()
    assert gone.args == [ImportList("payments")]


def test_one_comes_to_one_apprentice_or_one_payment(
    page: Callable[..., Any], thames: Any, desk: Desk
) -> None:
    pay(desk, thames.contract, "1.00", thames.ada)
    (row,) = desk.store.read(contracts.payment_rows, thames.contract)
    opened = page("contract")
    opened.arrive(OpenContract(thames.contract, "people", thames.noor))
    assert opened.part("people").table.chosen().name == "Noor Rahman"
    opened.arrive(OpenContract(thames.contract, "payments", row.id))
    assert opened.part("payments").list.table.chosen().id == row.id


def test_a_desk_open_to_read_only_shows_money_and_changes_nothing(
    desk_on: Callable[[Store], Desk], store: Store, thames: Any, qtbot: Any
) -> None:
    desk = desk_on(open_store(store.location, read_only=True))
    opened = ContractPage(desk)
    qtbot.addWidget(opened)
    opened.arrive(OpenContract(thames.contract))
    people: Any = opened.part("people")
    payments: Any = opened.part("payments")
    prices: Any = opened.part("prices")
    assert people.model.total == 3
    assert people.schedule.isEnabled()
    for made in (
        people.pay, people.agree, payments.list.add, payments.from_list, prices.list.add,
    ):  # fmt: skip
        assert not made.isEnabled()
    people.start_paying()
    payments.list.start_adding()
    assert not opened.findChildren(FormDialog)
