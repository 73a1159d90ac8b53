"""Looking at the apprentices as at a past day: asking for the day, and saying so all the while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.off_the_job import Figures
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.apprentices.viewpoint import Looked

IN_THE_PAST = "These are figures of a past day. Go back to today to change something."
BACK = "Back to today"
BACK_KEYS = "Ctrl+Shift+J"


@dataclass(frozen=True, slots=True)
class DayDetails:
    """What is asked for: the day."""

    on: date | None = None


def ask_for_day(
    desk: Desk, day: date, parent: QWidget, then: Callable[[date], object]
) -> FormDialog:
    """Ask as at which day the apprentices are to be shown, and do *then* with it."""
    today = desk.clock.today()

    def take(given: DayDetails) -> list[Finding]:
        assert given.on is not None  # the field is required
        if given.on > today:
            says = f"{show_day(given.on)} is still to come."
            return [
                Finding(Level.ROW, "AA001", says, "Give today or a day past.", Place(field="on"))
            ]
        desk.lists.hours_rules.limits_at(given.on)  # says in words where no figures are known
        then(given.on)
        return []

    form = Form(
        (
            Field(
                "on",
                "Day",
                "date",
                is_past=True,
                required=True,
                help="Such as 31/3/2026. Figures are those of the end of that day.",
            ),
        ),
        DayDetails,
        desk.theme,
        today=today,
    )
    form.show_details(DayDetails(day))
    dialog = FormDialog(form, "Figures as at a day", "Show", take, desk.theme, parent, wide=110)
    dialog.open()
    return dialog


class AsAtBand(QFrame):
    """Says above the list that it shows a past day, and leads back."""

    def __init__(
        self, theme: Theme, back: Callable[[], object], changed: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "note")
        self.title = label("", "strong", wraps=True)
        self.says = label("", "small", wraps=True)
        self.with_later = QCheckBox("With what is known today")
        self.with_later.toggled.connect(lambda _on: changed())
        self.back = button(BACK, theme, back, icon="undo-2")
        self.back.setToolTip(as_tip(f"{BACK} ({BACK_KEYS})"))
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.5))
        words.addWidget(self.title)
        words.addWidget(self.says)
        words.addWidget(self.with_later)
        across = QHBoxLayout(self)
        edge = theme.space(3)
        across.setContentsMargins(edge, theme.space(2), edge, theme.space(2))
        across.setSpacing(edge)
        across.addLayout(words, 1)
        across.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_look(self, looked: Looked) -> None:
        """Say from where is looked; for today there is nothing to say."""
        self.setVisible(not looked.view.is_today)
        if looked.view.is_today:
            return
        self.title.setText(f"As at {looked.view.shown}")
        self.says.setText(in_words(looked))
        stood = looked.then
        self.with_later.setVisible(stood is not None and stood.change is not None)
        access.name(self, f"As at {looked.view.shown}", self.says.text())
        access.name(
            self.with_later, "With what is known today", "Also with what was entered after that day"
        )
        access.announce(self, f"As at {looked.view.shown}. {self.says.text()}")


def in_words(looked: Looked) -> str:
    """Return with which knowledge the day is seen, and for how many that makes a difference."""
    stood, day = looked.then, looked.view.shown
    if stood is None:
        return ""
    if stood.change is None:
        began = "" if stood.began_at is None else show_day(stood.began_at.astimezone().date())
        return (
            f"This desk began on {began}, so it said nothing on {day}: these are the figures to"
            " that day with what it knows today."
        )
    count = len(looked.since)
    if not count:
        return "As the desk said that day; it says the same of that day today."
    people = "1 apprentice" if count == 1 else f"{count:,} apprentices"
    if looked.view.change is None:
        return f"With what the desk knows today; on that day it said otherwise of {people}."
    return f"As the desk said that day; today it says otherwise of {people}."


def _short(figures: Figures) -> str:
    against = figures.against_plan_minutes
    says = f"{sentence(figures.logged_minutes)} logged"
    if against is None:
        return says
    way = "exactly on plan"
    if against:
        way = f"{sentence(abs(against))} {'below' if against < 0 else 'above'} plan"
    return f"{says}, {way}"


def note_on(desk: Desk, looked: Looked, row: ApprenticeRow) -> str:
    """Return what was changed since that day for *row*, and what the desk says of it otherwise."""
    since = looked.since.get(row.id)
    if looked.view.is_today or since is None:
        return ""
    says = f"Changed since {looked.view.shown}: {since.says}."
    if looked.view.change is None:
        return f"{says} These are the figures with that; the desk said otherwise on the day."
    lists = desk.lists
    found = desk.store.read(
        apprentice_rows, looked.view.day, lists.hours_rules, lists.role_families, None, row.id
    )
    if found:
        says += f" With what is known today: {_short(found[0].figures)}."
    return says
