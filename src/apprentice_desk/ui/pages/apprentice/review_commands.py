"""What can be done with reviews and their actions: made once, for buttons, menus and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.review_meetings import Meeting, proposed_on
from apprentice_desk.records import review_actions, reviews
from apprentice_desk.records.review_actions import ActionRow
from apprentice_desk.records.review_meetings import MeetingRow, party_names
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.pages.apprentice import review_dialogs, review_holding
from apprentice_desk.ui.pages.apprentice.review_columns import ActionLine, ReviewLine
from apprentice_desk.ui.review_papers import SAVE_DATES, SAVE_PACK, ReviewPapers, read_pack


class ReviewCommands(QObject):
    """The actions on the apprenticeship, review and action last given to ``show``.

    *held* has the key of a review that was recorded as held.
    """

    held = Signal(object)

    def __init__(self, desk: Desk, part: QWidget) -> None:
        super().__init__(part)
        self._desk = desk
        self._part = part
        self._row: ApprenticeRow | None = None
        self._lines: tuple[ReviewLine, ...] = ()
        self._actions: tuple[ActionRow, ...] = ()
        self._review: ReviewLine | None = None
        self._action: ActionLine | None = None
        self.papers = ReviewPapers(desk, part)
        self.dialog: QDialog | None = None
        make = self._make
        self.pack = make("Review pack", "printer", self.open_pack, "Ctrl+P")
        self.save_pack = make(SAVE_PACK, "file-down", self._save_pack)
        self.plan = make("Plan a review…", "calendar-clock", self.plan_review)
        self.move = make("Move, or ask others…", "calendar-days", self.move_review)
        self.prepare = make("Prepare…", "list-checks", self.prepare_review)
        self.hold = make("Record that it was held…", "users", self.hold_review)
        self.sign = make("Sign off…", "pencil", self.sign_review)
        self.correct = make("Correct…", "pencil", self.correct_review)
        self.record = make("Record as PDF", "file-text", self.open_record)
        self.remove = make("Remove the review…", "trash-2", self.remove_review)
        self.dates = make(SAVE_DATES, "calendar", self._save_dates)
        self.add_action = make("Add an action…", "plus", self._add_action)
        self.change_action = make("Change the action…", "pencil", self._change_action)
        self.finish = make("Done…", "check", self._finish)
        self.reopen = make("Reopen", "rotate-ccw", self._reopen)
        self.remove_action = make("Remove the action", "trash-2", self._remove_action)
        self.show(None, (), ())

    def _make(self, text: str, icon: str, act: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(text, self._part)
        set_icon(action, icon, "text_quiet", self._desk.theme)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._part.addAction(action)
        return action

    @property
    def of_review(self) -> tuple[QAction, ...]:
        """What can be done with a review, in the order of its menu."""
        return (
            self.prepare, self.pack, self.save_pack, self.hold, self.sign, self.correct,
            self.record, self.move, self.remove,
        )  # fmt: skip

    @property
    def of_action(self) -> tuple[QAction, ...]:
        """What can be done with an action."""
        return (self.finish, self.reopen, self.change_action, self.remove_action)

    @property
    def others(self) -> tuple[QAction, ...]:
        """What stands behind More beside the buttons."""
        return (self.save_pack, self.record, self.correct, self.move, self.remove, self.dates)

    # what is shown

    def show(
        self,
        row: ApprenticeRow | None,
        lines: Sequence[ReviewLine],
        actions: Sequence[ActionRow],
    ) -> None:
        """Allow what can be done with *row*, whose reviews and actions are given."""
        self._row = row
        self._lines = tuple(lines)
        self._actions = tuple(actions)
        self._allow()

    def choose_review(self, line: ReviewLine | None) -> None:
        """Allow what can be done with a review."""
        self._review = line
        self._allow()

    def choose_action(self, line: ActionLine | None) -> None:
        """Allow what can be done with an action."""
        self._action = line
        self._allow()

    def _allow(self) -> None:
        is_there = self._row is not None
        may_write = is_there and not self._desk.store.is_read_only
        line, action = self._review, self._action
        is_planned = line is not None and not line.is_held
        is_held = line is not None and line.is_held
        for allowed, actions in (
            (is_there, (self.pack, self.save_pack, self.dates)),
            (may_write, (self.plan, self.add_action)),
            (may_write and is_planned, (self.prepare, self.hold, self.move)),
            (may_write and is_held, (self.sign, self.correct)),
            (is_held, (self.record,)),
            (may_write and line is not None, (self.remove,)),
            (may_write and action is not None, (self.change_action, self.remove_action)),
            (may_write and action is not None and action.row.is_open, (self.finish,)),
            (may_write and action is not None and not action.row.is_open, (self.reopen,)),
        ):
            for each in actions:
                each.setEnabled(allowed)

    @property
    def _meetings(self) -> tuple[MeetingRow, ...]:
        return tuple(line.row for line in self._lines)

    def _planned(self) -> MeetingRow | None:
        line = self._review
        return None if line is None or line.is_held else line.row

    # reviews

    def open_first(self) -> None:
        """Do what comes next for the chosen review: prepare it, or sign it off."""
        for action in (self.prepare, self.sign):
            if action.isEnabled():
                action.trigger()
                return

    def open_pack(self) -> None:
        """Make the pack of the chosen review, else of the next, and open it."""
        if self._row is not None:
            planned = self._planned()
            self.papers.open_pack(self._row, None if planned is None else planned.id)

    def _save_pack(self) -> None:
        if self._row is not None:
            planned = self._planned()
            self.papers.ask_to_save_pack(self._row, None if planned is None else planned.id)

    def plan_review(self) -> None:
        """Ask when the next review is to be; the last working day that is allowed is proposed."""
        row = self._row
        if row is None:
            return
        today, rules = self._desk.clock.today(), resources.review_rules()
        interval = rules.interval_days(today)
        day = proposed_on(row.course, row.last_review_on, interval, resources.bank_holidays())
        proposed = day if day is not None and day >= today else None
        meeting = Meeting(proposed)
        self.dialog = review_dialogs.plan_review(
            self._desk,
            row,
            review_dialogs.planning_of(row, meeting, party_names(self._meetings)),
            review_due_by(row.course, row.last_review_on, interval),
            self._part,
        )

    def move_review(self) -> None:
        """Ask for another day, time, place or other people."""
        row, review = self._row, self._planned()
        if row is None or review is None:
            return
        interval = resources.review_rules().interval_days(self._desk.clock.today())
        self.dialog = review_dialogs.plan_review(
            self._desk,
            row,
            review_dialogs.planning_of(row, review.meeting, party_names(self._meetings)),
            review_due_by(row.course, row.last_review_on, interval),
            self._part,
            review,
        )

    def prepare_review(self) -> None:
        """Show what the pack will ask, and take questions of one's own."""
        row, review = self._row, self._planned()
        if row is None or review is None:
            return
        pack = read_pack(self._desk, row.id, review.id)
        self.dialog = review_dialogs.prepare_review(
            self._desk,
            row,
            review,
            pack.asked,
            lambda: self.papers.open_pack(row, review.id),
            self._part,
        )

    def hold_review(self) -> None:
        """Ask what there is to record of the chosen review."""
        row, review = self._row, self._planned()
        if row is None or review is None:
            return
        others = [
            each.due_on
            for each in self._meetings
            if each.held_on is None and each.id != review.id and each.due_on is not None
        ]
        later = [day for day in others if review.due_on is None or day > review.due_on]
        still_open = [each for each in self._actions if each.is_open]
        self.dialog = review_holding.hold_review(
            self._desk, row, review, still_open, self._part, min(later, default=None)
        )
        self.dialog.saved.connect(lambda _given: self.held.emit(review.id))

    def correct_review(self) -> None:
        """Correct what was recorded of the chosen review."""
        if self._row is not None and self._review is not None:
            self.dialog = review_holding.correct_held(
                self._desk, self._row, self._review.row, self._part
            )

    def sign_review(self) -> None:
        """Ask who signed the chosen review when."""
        if self._row is not None and self._review is not None:
            self.dialog = review_dialogs.sign_review(
                self._desk, self._row, self._review.row, self._part
            )

    def open_record(self) -> None:
        """Make the record of the chosen review, and open it."""
        if self._row is not None and self._review is not None:
            self.papers.open_record(self._row, self._review.id)

    def remove_review(self) -> None:
        """Ask before a review is taken out."""
        row, line = self._row, self._review
        if row is None or line is None:
            return
        desk = self._desk
        day = "" if line.row.on is None else f" of {show_day(line.row.on)}"

        def act() -> None:
            with desk.change(f"Remove the review{day} of {row.name}") as session:
                reviews.remove_review(session, line.id)

        self.dialog = ask(
            self._part,
            desk.theme,
            f"Remove the review{day}?",
            "This is for reviews entered by mistake: what was recorded of it goes, and its"
            " actions stay as agreed between two reviews. Undo brings it back.",
            "Remove the review",
            lambda: desk.attempt(act),
            danger=True,
        )

    def _save_dates(self) -> None:
        if self._row is not None:
            self.papers.ask_to_save_dates((self._row,), self._row.name)

    # actions

    def _add_action(self) -> None:
        if self._row is not None:
            self.dialog = review_dialogs.edit_action(self._desk, self._row, None, self._part)

    def _change_action(self) -> None:
        if self._row is not None and self._action is not None:
            self.dialog = review_dialogs.edit_action(
                self._desk, self._row, self._action.row, self._part
            )

    def _finish(self) -> None:
        if self._row is not None and self._action is not None:
            self.dialog = review_dialogs.finish_action(
                self._desk, self._row, self._action.row, self._part
            )

    def _reopen(self) -> None:
        self._change("Reopen", review_actions.reopen_action)

    def _remove_action(self) -> None:
        self._change("Remove", review_actions.remove_action)

    def _change(self, verb: str, change: Callable[[Any, Any], object]) -> None:
        line, desk = self._action, self._desk
        if line is None:
            return

        def act() -> None:
            with desk.change(f"{verb} the action “{line.row.what[:60]}”") as session:
                change(session, line.id)

        desk.attempt(act)
