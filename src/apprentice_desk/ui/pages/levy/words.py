"""The levy in words and as a chart: how it stands, what is taken for granted, what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apprentice_desk.domain.calendar import add_months, show_day
from apprentice_desk.domain.contract_money import NOTHING, total
from apprentice_desk.domain.levy import LevyRules, Runway
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted
from apprentice_desk.records.levy import month_named
from apprentice_desk.records.levy_runway import LevyLook
from apprentice_desk.ui.contracting.levy import short_month
from apprentice_desk.ui.kit.charts import Chart, ChartLine, ChartMark

NO_BALANCE = "What is in the levy account, and by when to spend it"
NO_CHART = Chart((), "")
_HEADROOM = 1.15
"""Above the highest point there is room for the words of its line."""
_OLD_DAYS = 35
"""A balance is old once another month's money has come in since."""


def heading(look: LevyLook, today: date) -> str:
    """Return what is in the account, and what lapses next."""
    balance = look.balance
    said = f"{show_pounds(balance.amount)} on {show_day(balance.balance_on)}"
    if look.runway.spend_by:
        first = look.runway.spend_by[0]
        said += f" · {show_pounds(first.amount)} lapses after {show_day(first.last_on)}"
    elif look.runway.unknown:
        said += " · when it lapses is not known"
    else:
        said += f" · nothing lapses up to {month_named(look.runway.months[-1].month)}"
    if (today - balance.balance_on).days > _OLD_DAYS:
        said += " · an older balance: record what the account shows now"
    return said


def to_mind(look: LevyLook) -> list[str]:
    """Return what somebody has to know before they trust the figures, one sentence each."""
    runway, due = look.runway, look.due
    said = []
    if (short := runway.first_short) is not None:
        lacking = total(each.short for each in runway.months)
        said.append(
            f"From {month_named(short.month)} on the account cannot pay all that is due:"
            f" {show_pounds(lacking)} is short in these months."
        )
    if runway.unknown:
        said.append(_of_unknown_age(look))
    left_out = [
        f"{counted(count, 'apprenticeship')} {has if count == 1 else have}"
        for count, has, have in (
            (due.unpriced, "has no agreed price", "have no agreed price"),
            (due.undue, "has a price due on unknown days", "have a price due on unknown days"),
            (look.without_contract, "is under no contract", "are under no contract"),
        )
        if count
    ]
    if left_out:
        said.append(f"{_joined(left_out)}: not in here.")
    for count, what in (
        (due.unshared, "nobody has said the employer’s share"),
        (due.unbanded, "the funding band is not known"),
    ):
        if count:
            said.append(
                f"Of {counted(count, 'apprenticeship')} {what}: the account is taken to pay all."
            )
    if due.undated:
        said.append(f"{show_pounds(due.undated)} will be due on days that nobody knows yet.")
    return said


def _of_unknown_age(look: LevyLook) -> str:
    if not look.incomes:
        return (
            "No monthly income is recorded, so nobody can say how old the balance is and when it"
            " lapses. Record what comes in each month, from as long ago as you know."
        )
    first = min(each.from_month for each in look.incomes)
    return (
        f"{show_pounds(look.runway.unknown)} of the balance is older than any income that is"
        f" recorded: when it lapses is not known, and it may be soon. Record what came in each"
        f" month before {month_named(first)}."
    )


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def taken_for_granted(look: LevyLook, rules: LevyRules) -> str:
    """Return how it is worked out, and which rules nobody has verified."""
    on = look.balance.balance_on
    newest = rules.expiry[-1]
    before = look.runway.from_before(newest.valid_from)
    said = [each.note for each in rules.expiry]
    if before:
        said.append(
            f"{show_pounds(before)} of the balance came in before {month_named(newest.valid_from)}."
        )
    said.append("The oldest money is spent first, and the month it came in counts as the first.")
    said.append(f"What fell due up to {show_day(on)} is taken to be paid from it already.")
    if look.due.at_completion:
        said.append(
            f"{show_pounds(look.due.at_completion)} comes with completion, taken to be on the"
            " planned end."
        )
    if not rules.is_verified:
        said.append("The rules were read at second hand: check them against your account.")
    return " ".join(said)


def keeping_takes_more(runway: Runway) -> str:
    """Say why keeping money may take more than it is; "" where it does not."""
    if all(each.takes == each.amount for each in runway.spend_by):
        return ""
    return "To keep newer money, older money that lasts longer has to be spent before it."


def levy_chart(look: LevyLook) -> Chart:
    """Return the balance, what is due and what lapses, each as it adds up."""
    runway, on = look.runway, look.balance.balance_on
    balance, due, lapsed = [(on, look.balance.amount)], [(on, NOTHING)], [(on, NOTHING)]
    for each in runway.months:
        end = add_months(each.month, 1)
        balance.append((end, each.closing))
        due.append((end, due[-1][1] + each.due))
        lapsed.append((end, lapsed[-1][1] + each.lapsed))
    lines = [
        ChartLine(_points(balance), "logged", "balance"),
        ChartLine(_points(due), "plan", "due in all"),
    ]
    if runway.lapsing:
        lines.append(ChartLine(_points(lapsed), "forecast", "lapsed in all", "danger"))
    first = runway.spend_by[0].last_on if runway.spend_by else None
    marks = () if first is None else (ChartMark(first.toordinal(), f"spend by {show_day(first)}"),)
    end = add_months(runway.months[-1].month, 1)
    ticks = tuple((day.toordinal(), short_month(day)) for day in (on, end))
    highest = max(y for each in lines for _, y in each.points)
    return Chart(tuple(lines), chart_in_words(look), marks, ticks, max(highest * _HEADROOM, 1.0))


def _points(found: list[tuple[date, Decimal]]) -> tuple[tuple[float, float], ...]:
    return tuple((day.toordinal(), float(amount)) for day, amount in found)


def chart_in_words(look: LevyLook) -> str:
    """Return the chart for those who do not see it."""
    runway = look.runway
    last = runway.months[-1]
    said = (
        f"The levy account from {show_day(look.balance.balance_on)} to the end of"
        f" {month_named(last.month)}: {show_pounds(look.balance.amount)} at first,"
        f" {show_pounds(total(each.income for each in runway.months))} comes in,"
        f" {show_pounds(total(each.due for each in runway.months))} is due,"
        f" {show_pounds(runway.lapsing)} lapses, {show_pounds(last.closing)} at the end."
    )
    if runway.spend_by:
        said += f" It first lapses after {show_day(runway.spend_by[0].last_on)}."
    return said
