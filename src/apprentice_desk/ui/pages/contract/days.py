"""The part over the whole page: the days of the contract as a line, and as a table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.calendar import day_with_weekday
from apprentice_desk.domain.contract_line import (
    ON_THE_LINE,
    LineDay,
    how_far,
    in_words,
    line_days,
)
from apprentice_desk.domain.contract_terms import NoticeDay, TermDay, milestones, notice_day
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.kit.time_line import TimeLine, TimeSpot
from apprentice_desk.ui.kit.time_line_table import (
    KEYS,
    SHOW_AS_TABLE,
    TimeLineTable,
    TimeRow,
    table_button,
)
from apprentice_desk.ui.pages.contract.ending import EndingDialog
from apprentice_desk.ui.pages.contract.part import ContractPart

_TONES: Mapping[TermDay, Tone] = {
    TermDay.END: "danger",
    TermDay.NOTICE: "warning",
    TermDay.DECIDE: "note",
    TermDay.EXTENSION: "quiet",
}
"""The tone of a day that is to come, of several on one day the first of these; else accent."""

_UNKNOWN = "Neither its first nor its last day is known. Edit the contract to enter them."


class DaysPart(ContractPart):
    """A card with the line; Ctrl+T shows it as a table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._contract: ContractOverview | None = None
        self._title = ""
        self.rows: tuple[TimeRow, ...] = ()
        self.line = TimeLine("Days of the contract", theme)
        self.says = label("", "small", wraps=True)
        self.as_table = table_button(theme, self.show_table)
        self.what_if = button("What if we end it…", theme, self.ask_what_if, role="small link")
        self.what_if.setToolTip("Last day, apprentices and money if notice is given on a day")
        card = Card("", theme)
        card.body.setSpacing(theme.space(1))
        card.add(self.line)
        card.add(self.says)
        card.add(Flow([self.as_table, self.what_if], theme, quarters=4))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        add_key(self, SHOW_AS_TABLE, KEYS, self.show_table)

    def show_contract(self, contract: ContractOverview) -> None:
        """Show the days of *contract*."""
        today, holidays = self._desk.clock.today(), resources.bank_holidays()
        known = milestones(contract.term, today, holidays)
        days = line_days((each for each in known if each.kind in ON_THE_LINE), today)
        self._contract = contract
        self._title = f"Days of {contract.reference}"
        self.rows = tuple(
            TimeRow(f"{number}", each.on, each.words_with_day(), how_far(each.on, today))
            for number, each in enumerate(known)
        )
        self.line.show_spots(
            [_spot(each, is_past=each.on < today) for each in days], in_words(days, today)
        )
        self.line.setVisible(bool(days))
        self.as_table.setVisible(bool(self.rows))
        says = _notice_said(notice_day(contract.term, today, holidays)) if days else _UNKNOWN
        self.says.setText(says)
        self.says.setVisible(bool(says))

    def take_keyboard(self) -> None:
        """Go to the button that shows the table."""
        self.as_table.setFocus()

    def show_table(self) -> None:
        """List the days, those of framework and insurances among them."""
        if self.rows:
            TimeLineTable(self.window(), self.rows, self._title, self._desk.theme).open()

    def ask_what_if(self) -> None:
        """Show what would come of giving notice."""
        if self._contract is not None:
            EndingDialog(self._desk, self._contract, self.window()).open()


def _notice_said(notice: NoticeDay) -> str:
    """What is to be minded about the day for notice; "" where nothing is."""
    if notice.on is None or notice.act_by_on is None:
        return notice.unknown
    said = []
    if notice.send_by_on is not None:
        said.append(
            f"The last day for notice is {day_with_weekday(notice.on)}, which is not a working day:"
            f" give it by {day_with_weekday(notice.send_by_on)}."
        )
    if notice.unknown:
        said.append(f"The last day for notice may be a bank holiday. {notice.unknown}")
    return " ".join(said)


def _spot(day: LineDay, *, is_past: bool) -> TimeSpot:
    tones = (tone for kind, tone in _TONES.items() if day.has(kind) and not is_past)
    tone: Tone = next(tones, "accent")
    return TimeSpot(day.on, day.words(), tone, day.is_today)
