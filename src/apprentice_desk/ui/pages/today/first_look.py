"""What needs somebody among the apprentices, shown while the desk is still being opened.

It stands where the page will stand; the return, contracts and secondments come with the page, and
so does what can be done.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.needs import Agenda, PutOff, agenda, counted, long_day, need_rules_on
from apprentice_desk.domain.needs_of_people import (
    PlannedReview,
    hours_needs,
    is_theirs,
    missing_needs,
    review_needs,
)
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import EDGE_QUARTERS, GAP_QUARTERS, SideBySide
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import column_of
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.today.lines import NeedsList


def first_agenda(
    people: tuple[ApprenticeRow, ...], put_off: tuple[PutOff, ...], today: date, manager: str
) -> Agenda:
    """Return what *people* need, those of a line *manager* where there are any."""
    theirs = tuple(person for person in people if is_theirs(person, manager))
    whose = theirs or people
    rules = need_rules_on(resources.need_rules(), today)
    planned = {
        person.id: PlannedReview(person.id, person.next_review_on)
        for person in whose
        if person.next_review_on is not None
    }
    interval = resources.review_rules().interval_days(today)
    needs = [
        *hours_needs(whose),
        *review_needs(whose, planned, today, interval, rules),
        *missing_needs(whose, manager if theirs else ""),
    ]
    return agenda(needs, put_off, today, rules)


class FirstLook(QWidget):
    """What the people need, to be looked at, and a word that more is coming."""

    def __init__(
        self,
        people: tuple[ApprenticeRow, ...],
        put_off: tuple[PutOff, ...],
        today: date,
        manager: str,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        access.name(self, "Today, while the desk is being opened")
        self.people = people
        live = sum(person.status in LIVE for person in people)
        header = PageHeader(
            "Today", f"{long_day(today)} · {counted(live, 'apprentice')} · opening the desk", theme
        )
        self.lines = NeedsList(theme, lambda _need: None)
        self.lines.show_needs(first_agenda(people, put_off, today, manager).needs)
        for part in (*(line.action for line in self.lines.lines), self.lines.more):
            part.setEnabled(False)
        card = Card("Needs you", theme)
        card.add(self.lines)
        beside = Card("", theme)
        beside.add(EmptyState(theme, "lamp-desk", "Opening the desk…", "Just a moment"))
        left, right = QWidget(), QWidget()
        left.setLayout(column_of(theme, card, None))
        right.setLayout(column_of(theme, beside, None))
        down = column_of(
            theme,
            header,
            SideBySide([left, right], theme, shares=(3, 2), narrowest=200),
            None,
            quarters=GAP_QUARTERS,
        )
        edge = theme.space(EDGE_QUARTERS)
        down.setContentsMargins(edge, theme.space(5), edge, edge)
        self.setLayout(down)
