"""The part Reviews: planned and held reviews with how they stand, and the actions beside them."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import counted, need_rules_on
from apprentice_desk.domain.needs_of_people import often, review_due_by
from apprentice_desk.domain.review_meetings import signing_words
from apprentice_desk.records.review_actions import action_rows
from apprentice_desk.records.review_meetings import meeting_rows
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.apprentice.part import RecordPart
from apprentice_desk.ui.pages.apprentice.review_columns import (
    ACTION_COLUMNS,
    REVIEW_COLUMNS,
    ActionLine,
    ReviewLine,
    review_line,
)
from apprentice_desk.ui.pages.apprentice.review_commands import ReviewCommands

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."
_MOST_ROWS = 9
_BESIDE = 250
"""The width in quarters from which actions stand beside the reviews."""


class ReviewsPart(RecordPart):
    """Two lists; what the chosen review holds stands below the first."""

    tables = frozenset({"review_part", "review_action"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._row: ApprenticeRow | None = None
        self._held_now: UUID | None = None
        """The review that was just recorded as held, until the list shows it so."""
        self.commands = ReviewCommands(desk, self)
        self.says = label("", "quiet", wraps=True)
        self.reviews = RowsTable(RowsModel(REVIEW_COLUMNS, self), "Reviews", theme, stretch=2)
        self.actions_ = RowsTable(
            RowsModel(ACTION_COLUMNS, self), "Actions of reviews", theme, stretch=1
        )
        for table in (self.reviews, self.actions_):
            table.set_fits(_MOST_ROWS)
        self.told = KeyValues((), theme)
        self.action_told = label("", "", wraps=True)
        self._build()
        self.commands.held.connect(self._on_held)
        self.reviews.row_chosen.connect(self._on_review)
        self.actions_.row_chosen.connect(self._on_action)
        self.reviews.row_opened.connect(lambda _line: self.commands.open_first())
        self.actions_.row_opened.connect(lambda _line: self.commands.change_action.trigger())

    def _build(self) -> None:
        theme, commands = self._desk.theme, self.commands
        self.pack = self._button(commands.pack, role="primary")
        self.more = button("More", theme, icon="ellipsis")
        access.name(self.more, "More for reviews", "Record, correct, move, calendar")
        menu = QMenu(self.more)
        menu.addActions(commands.others)
        self.more.setMenu(menu)
        self.plan = self._button(commands.plan)
        buttons = [
            self.pack,
            *(self._button(each) for each in (commands.prepare, commands.hold, commands.sign)),
            self.plan,
            self.more,
        ]
        self.reviews.set_actions(commands.of_review)
        self.actions_.set_actions(commands.of_action)
        self.reviews_card = Card("Reviews", theme)
        self.reviews_card.add(self.reviews)
        self.reviews_card.add(self.told)
        self.reviews_card.body.addStretch(1)
        self.actions_card = Card("Actions", theme)
        self.actions_card.add(self.actions_)
        self.actions_card.add(self.action_told)
        of_action = [
            self._button(each) for each in (commands.finish, commands.reopen, commands.add_action)
        ]
        self.actions_card.add(Flow(of_action, theme))
        self.actions_card.body.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        down.addWidget(self.says)
        down.addWidget(Flow(buttons, theme))
        down.addWidget(SideBySide([self.reviews_card, self.actions_card], theme, narrowest=_BESIDE))
        down.addStretch(1)

    def _button(self, action: QAction, role: str = "") -> QPushButton:
        """Return a button that does what *action* does, and may be pressed when it can be."""
        text = action.text().removesuffix("…")
        made = button(text, self._desk.theme, action.trigger, role=role)
        keys = action.shortcut().toString()
        read_only = self._desk.store.is_read_only and not action.isEnabled()
        made.setToolTip(as_tip(READ_ONLY if read_only else f"{text} ({keys})" if keys else text))
        action.enabledChanged.connect(made.setEnabled)
        made.setEnabled(action.isEnabled())
        return made

    # showing

    def show_record(self, row: ApprenticeRow) -> None:
        """Show the reviews and actions of *row*."""
        is_other = self._row is None or self._row.id != row.id
        self._row = row
        today = self._desk.clock.today()
        due_days = need_rules_on(resources.need_rules(), today).review_days
        meetings = self._desk.store.read(meeting_rows, [row.id]).get(row.id, ())
        actions = self._desk.store.read(action_rows, row.id)
        lines = tuple(review_line(each, today, due_days) for each in reversed(meetings))
        self.commands.show(row, lines, actions)
        self._show_empty()
        self.reviews.rows.replace(lines)
        self.actions_.rows.replace(tuple(ActionLine(each, today) for each in actions))
        late = sum(each.is_overdue(today) for each in actions)
        still_open = sum(each.is_open for each in actions)
        says = f"{counted(still_open, 'open action')}" + (f", {late:,} overdue" if late else "")
        self.actions_card.heading.setText(f"Actions · {says}" if actions else "Actions")
        self.says.setText(self._due_words(row))
        goes_on = any(line.is_held and line.id == self._held_now for line in lines)
        if is_other or goes_on or self.reviews.chosen() is None:
            self._choose_next(lines)
        self.actions_.choose_first()
        self._on_review(self.reviews.chosen())
        self._on_action(self.actions_.chosen())
        if goes_on:
            self._held_now = None
            is_planned = not all(line.is_held for line in lines)
            stop: QWidget = self.reviews if is_planned or not self.plan.isEnabled() else self.plan
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_held(self, review_id: UUID) -> None:
        """Go on, once the list shows it, to the next that is planned, or to planning one."""
        self._held_now = review_id

    def _show_empty(self) -> None:
        commands = self.commands
        if self._desk.store.is_read_only:
            self.reviews.set_empty("No reviews yet", READ_ONLY)
            self.actions_.set_empty("No actions yet", READ_ONLY)
            return
        self.reviews.set_empty(
            "No reviews yet",
            "Plan the next; what was held before is typed below Return records.",
            "Plan a review",
            commands.plan.trigger,
        )
        self.actions_.set_empty(
            "No actions yet", "They come of reviews, or are agreed between two."
        )

    def _due_words(self, row: ApprenticeRow) -> str:
        if row.status.is_ended:
            return "This apprenticeship has ended; no review is due any more."
        interval = resources.review_rules().interval_days(self._desk.clock.today())
        due_by = review_due_by(row.course, row.last_review_on, interval)
        if due_by is None:
            return (
                "By when a review is due is not known: the start is missing, or a break has no end"
                " yet."
            )
        last = (
            "None is recorded as held yet"
            if row.last_review_on is None
            else f"The last was held on {show_day(row.last_review_on)}"
        )
        return (
            f"{last}. One is due at least every {often(interval)} of training: the next"
            f" by {show_day(due_by)}."
        )

    def _choose_next(self, lines: tuple[ReviewLine, ...]) -> None:
        """Choose the first review that is still to be held, else the newest."""
        planned = [line for line in lines if not line.is_held]
        if lines:
            self.reviews.choose((planned[-1] if planned else lines[0]).id)

    def _on_review(self, line: ReviewLine | None) -> None:
        self.commands.choose_review(line)
        self.told.setVisible(line is not None)
        if line is not None:
            self.told.show_pairs(_told(line))

    def _on_action(self, line: ActionLine | None) -> None:
        self.commands.choose_action(line)
        self.action_told.setVisible(line is not None)
        if line is not None:
            row = line.row
            known = {each.id: each.row.on for each in self.reviews.rows.shown}
            agreed = known.get(row.review_id)
            self.action_told.setText(
                "\n".join(
                    each
                    for each in (
                        row.what,
                        row.note,
                        f"Agreed at the review of {show_day(agreed)}." if agreed else "",
                        f"Done on {show_day(row.done_on)}." if row.done_on else "",
                    )
                    if each
                )
            )

    # coming and going

    def arrive(self, item_id: UUID) -> None:
        """Go to a review, or to an action."""
        if self.actions_.choose(item_id):
            self.actions_.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reviews.choose(item_id)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Go to the list of reviews, or where there is none yet to the button that plans one."""
        stop: QWidget = self.reviews if self.reviews.rows.shown else self.pack
        stop.setFocus(Qt.FocusReason.OtherFocusReason)


def _told(line: ReviewLine) -> tuple[tuple[str, str], ...]:
    """What is known of a review, as pairs."""
    row = line.row
    where = " · ".join(each for each in (row.began_at, row.place) if each)
    if not line.is_held:
        return (
            ("When and where", where),
            ("Asked to it", "; ".join(part.words for part in row.parts)),
            ("Your own questions", row.questions),
        )
    there = "; ".join(part.words for part in row.parts if part.was_there)
    away = "; ".join(part.words for part in row.parts if part.was_there is False)
    return (
        ("Was there", there),
        *((("Was not there", away),) if away else ()),
        ("Discussed", row.note),
        ("Concerns", row.concerns),
        ("New, or to be planned again", row.changes),
        ("Signed", signing_words(row.parts)),
    )
