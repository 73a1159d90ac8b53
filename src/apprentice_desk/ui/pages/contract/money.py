"""The part Money: what is agreed, due, paid and at risk under the contract."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_money import total
from apprentice_desk.domain.contract_sums import ContractMoney
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.contracting.money import (
    TABLES,
    MoneyStanding,
    difference_in_words,
    read_standing,
    share_in_words,
)
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.panels import Card, KeyValues, StatFigure
from apprentice_desk.ui.kit.pieces import Meter, label
from apprentice_desk.ui.kit.rows import Bar
from apprentice_desk.ui.pages.contract.part import ContractPart


class MoneyPart(ContractPart):
    """A card with the sum, a bar of what is paid of it, and what else is to be known."""

    tables = TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.figure = StatFigure("", "", "", theme, in_card=False)
        self.bar = Meter(Bar(0, None, 0), theme)
        self.says = label("", "small", wraps=True)
        self.facts = KeyValues((), theme)
        self.unknown = label("", "small", "warning", wraps=True)
        card = Card("Money", theme)
        for part in (self.figure, self.bar, self.says, self.facts, self.unknown):
            card.add(part)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def show_contract(self, contract: ContractOverview) -> None:
        """Show the money of *contract*."""
        standing = read_standing(self._desk, contract.id)
        money = standing.money
        self.figure.show_figure(show_pounds(money.agreed), _of_what(money))
        says = paid_in_words(money)
        self.bar.show_bar(
            Bar(float(money.paid), float(money.due), float(money.agreed), "accent", says)
        )
        self.bar.setVisible(bool(money.agreed))
        self.says.setText(says)
        self.facts.show_pairs(_facts(standing))
        unknown = unknown_in_words(money)
        self.unknown.setText(unknown)
        self.unknown.setVisible(bool(unknown))

    def take_keyboard(self) -> None:
        """There is nothing to press: the list beside it comes next."""


def _of_what(money: ContractMoney) -> str:
    """Say for how many it is agreed and who pays it."""
    priced = len(money.people) - money.unpriced - money.unsplit
    parts = [f"agreed for {counted(priced, 'apprentice')}"]
    if money.within_band:
        parts.append(f"{show_pounds(money.within_band)} within funding bands")
    if money.above_band:
        parts.append(f"{show_pounds(money.above_band)} above them, from the service budget")
    return " · ".join(parts)


def paid_in_words(money: ContractMoney) -> str:
    """Say what is paid and due of the sum, and how much of the training is over."""
    parts = [f"{show_pounds(money.paid)} paid", f"{show_pounds(money.due)} due"]
    if money.agreed:
        parts[0] += f", {share_in_words(money.paid, money.agreed)}"
        parts[1] += f", {share_in_words(money.due, money.agreed)}"
    if money.months:
        parts.append(f"{share_in_words(money.months_gone, money.months)} of training time gone")
    return " · ".join(parts)


def _facts(standing: MoneyStanding) -> tuple[tuple[str, str], ...]:
    money = standing.money
    pairs = [("Due and paid", difference_in_words(money.difference)), ("At risk", _risk(standing))]
    for day, amount in money.to_come[:1]:
        pairs.insert(1, ("Falls due next", f"{show_pounds(amount)} on {show_day(day)}"))
    shared = len(money.people) - money.unshared
    if shared:
        pairs.append(("Employer's share", f"{show_pounds(money.employer_share)} within the bands"))
    if money.value_limit is not None:
        pairs.append(("Committed", _committed(money)))
    if money.paid_otherwise:
        pairs.append(("Paid for none of them", show_pounds(money.paid_otherwise)))
    return tuple(pairs)


def _committed(money: ContractMoney) -> str:
    limit = money.value_limit
    assert limit is not None
    says = f"{show_pounds(money.committed)} of up to {show_pounds(limit)}"
    above, beyond = money.committed - limit, money.committed - money.will_be_due
    if above > 0:
        says += f", {show_pounds(above)} too much"
    if beyond > 0:
        says += f"; {show_pounds(beyond)} of it was paid beyond what is known to be due in the end"
    return says


def _risk(standing: MoneyStanding) -> str:
    """Say what was paid that may be lost, and why; then of what nobody can say."""
    unknown = _risk_unknown(standing)
    if not standing.money.at_risk:
        return f"not known of {unknown}" if unknown else "nothing that was paid"
    behind = [
        each.name for each in standing.people if each.spending.is_behind and each.spending.paid
    ]
    ahead = [
        each.name
        for each in standing.people
        if not each.spending.is_behind and each.spending.paid_ahead
    ]
    why = []
    if behind:
        why.append(f"behind with their hours: {listed(behind)}")
    if ahead:
        why.append(f"more than is due was paid for {listed(ahead)}")
    more = f". Not known of {unknown}" if unknown else ""
    return f"{show_pounds(standing.money.at_risk)}: {'; '.join(why)}{more}"


def _risk_unknown(standing: MoneyStanding) -> str:
    """Say what was paid of which nobody can say whether it was due; "" of nothing."""
    money = standing.money
    said = []
    whose = [each.name for each in standing.people if each.spending.risk_unknown]
    if whose:
        amount = show_pounds(total(each.risk_unknown for each in money.people))
        said.append(f"{amount} paid for {listed(whose)}, where nobody can say what is due")
    if money.paid_otherwise > 0:
        said.append(f"{show_pounds(money.paid_otherwise)} paid for none of them")
    return ", and of ".join(said)


def unknown_in_words(money: ContractMoney) -> str:
    """Say what the sums leave out; "" where they are whole."""
    says = []
    if money.unpriced:
        says.append(f"No price is recorded for {counted(money.unpriced, 'apprentice')}.")
    if money.unsaid:
        whose = counted(money.unsaid, "apprentice")
        says.append(
            "Whether the price is for the whole training or for what was left at a change is not"
            f" said of {whose}: answer it with the price."
        )
    if money.unsplit > money.unsaid:
        whose = counted(money.unsplit - money.unsaid, "apprentice")
        says.append(f"What was agreed with this contract at a change is not recorded for {whose}.")
    undue = money.undue - money.unpriced - money.unsplit
    if undue:
        says.append(f"What is due is not known for {counted(undue, 'apprentice')}.")
    if money.band_unknown:
        says.append(
            f"For {show_pounds(money.band_unknown)} it is not known what lies within funding bands."
        )
    if money.unshared:
        whose = counted(money.unshared, "apprentice")
        says.append(f"The employer's share is not recorded for {whose}.")
    return " ".join(says)
