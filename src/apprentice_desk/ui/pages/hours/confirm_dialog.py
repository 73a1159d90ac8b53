"""Sessions that come again: what has come of them is confirmed or declined; each can be stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import table_day
from apprentice_desk.records import confirming, repeats
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.repeats import RepeatRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.hours.offered_list import (
    OfferedLine,
    OfferedList,
    Waiting,
    days_in_words,
    lines_of,
)
from apprentice_desk.ui.work_dialog import WorkDialog

_TITLE = "Sessions to confirm"
_SENTENCE = (
    "What is ticked is logged, the other days that are shown are declined. Nothing is logged by"
    " itself."
)


class ConfirmDialog(WorkDialog):
    """Shows what *waiting* holds; *names* are those of the apprenticeships."""

    def __init__(
        self,
        desk: Desk,
        judging: Judging,
        waiting: Waiting,
        names: Mapping[UUID, str],
        parent: QWidget,
    ) -> None:
        super().__init__(desk, _TITLE, _SENTENCE, parent)
        theme = desk.theme
        self._waiting = waiting
        lines: list[OfferedLine] = []
        for row in waiting.rows:
            lines += lines_of(row.details, waiting.of(row), names, row.id)
        lines.sort(key=lambda each: each.day)
        self.days = OfferedList(judging, theme)
        self.days.set_fits(9)
        self.days.set_empty("Nothing waits", "Days to come are offered once they have come.")
        self.table = RowsTable(
            RowsModel(
                (
                    Column("Session", _name, kind="strong", width=24, tip=_name),
                    Column("Comes again on", lambda row: days_in_words(row.details.repeat),
                           width=44, tip=lambda row: days_in_words(row.details.repeat)),
                    Column("People", lambda row: f"{len(row.details.people):,}", right=True,
                           sort=lambda row: len(row.details.people), width=8),
                    Column("Answered to", _answered, width=13,
                           sort=lambda row: row.answered_to),
                ),
                self,
            ),
            "Sessions that come again",
            theme,
            stretch=1,
        )  # fmt: skip
        self.table.set_empty(
            "Nothing comes again", "“Repeat…” beside a session or an entry remembers one."
        )
        self.table.set_fits(4)
        self.table.rows.replace(waiting.rows)
        self.stop = button("Stop the chosen one…", theme, self._ask_to_stop, icon="ban")
        self._stop_key = QAction("Stop it coming again…", self.table)
        self._stop_key.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self._stop_key.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._stop_key.triggered.connect(lambda _checked=False: self._ask_to_stop())
        self.table.addAction(self._stop_key)
        self.table.set_actions((self._stop_key,))
        self.put(label("To be confirmed", "heading"))
        self.put(self.days)
        self.put(label("What comes again", "heading"))
        self.put(self.table)
        self.put(row_of(theme, None, self.stop))
        self.finish()
        Fitter(self, self.area, theme, most=200)
        self.days.ticked.connect(self._show)
        self.days.refused.connect(lambda words: self.say(words))
        self.table.row_chosen.connect(lambda _row: self._allow())
        self.follow(self.days)
        self.follow(self.table)
        self.days.show_lines(lines)
        self.days.setFocus()
        self._as_shown = set(self.days.ticks.chosen)
        self._show()
        self._allow()

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        ticks = self.days.ticks
        return bool(ticks.minutes) or ticks.chosen != self._as_shown

    def _allow(self) -> None:
        may = self.table.chosen() is not None and not self._desk.store.is_read_only
        self.stop.setEnabled(may)
        self._stop_key.setEnabled(may)

    def _show(self) -> None:
        ticked, total = len(self.days.ticked_lines()), self.days.rows.rowCount()
        self.confirm.setEnabled(total > 0 and not self._desk.store.is_read_only)
        self.count.setText(f"{ticked:,} of {total:,} ticked" if total else "")
        rest = total - ticked
        words = f"Log {ticked:,}" if ticked else ""
        if rest:
            words = f"{words}, decline {rest:,}" if words else f"Decline {rest:,}"
        self.confirm.setText(words or "Log")

    def submit(self) -> None:
        """Log what is ticked and decline the rest, in one change."""
        today = self._desk.clock.today()
        entries: dict[UUID, list[HoursDetails]] = defaultdict(list)
        for line, entry in self.days.entries():
            if line.repeat_id is not None:
                entries[line.repeat_id].append(entry)
        answered = [row for row in self._waiting.rows if self._waiting.of(row)]
        if not answered:
            return

        def change(session: Any) -> None:
            for row in answered:
                confirming.confirm(session, row.id, entries[row.id], today, row.changed_in)

        count = sum(map(len, entries.values()))
        what = "1 entry" if count == 1 else f"{count:,} entries"
        self.write(f"Confirm {what} of sessions that come again", change)

    def _ask_to_stop(self) -> None:
        row = self.table.chosen()
        if row is None or not self.stop.isEnabled():
            return
        ask(
            self,
            self._theme,
            "Stop it coming again?",
            f"“{_name(row)}” is forgotten, and no day of it is offered any more. What was logged of"
            " it stays.",
            "Stop it",
            lambda: self.write(
                f"Stop “{_name(row)[:60]}” coming again",
                lambda session: repeats.stop_repeat(session, row.id),
            ),
            cancel_text="Keep it",
            danger=True,
        )


def _name(row: RepeatRow) -> str:
    details = row.details
    return details.what or f"{details.activity[:1].upper()}{details.activity[1:]}"


def _answered(row: RepeatRow) -> str:
    return "" if row.answered_to is None else table_day(row.answered_to)
