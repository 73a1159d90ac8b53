"""Editing one entry in a dialog, and choosing between two versions of it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails, HoursRow
from apprentice_desk.records.ksb_progress import known_codes
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit.conflicts import ConflictDialog, differences
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.hours.form import HoursForm


class Editing:
    """One form on one entry, with what was read when it opened."""

    def __init__(
        self, desk: Desk, row: HoursRow, people: list[tuple[UUID, str]], page: QWidget
    ) -> None:
        self._desk = desk
        self._row_id = row.id
        self._label = f"Edit hours of {row.name} on {show_day(row.done_on)}"
        self._original = replace(row.details, where=row.where)
        self._changed_in: int | None = row.changed_in
        self.form = HoursForm(desk, people)
        self.form.open_with(self._original)
        self.dialog = FormDialog(
            self.form,
            f"Hours of {row.name}",
            "Save",
            self._save,
            desk.theme,
            page,
            draft=desk.draft(f"hours:{row.id}", self._label, OpenPage("hours")),
        )

    def _save(self, given: HoursDetails) -> list[Finding]:
        found = hours.check(given, self._desk.clock.today())
        if (key := given.apprenticeship_id) is not None:
            known = self._desk.store.read(known_codes, [key]).get(key)
            found += ksb_codes.check(given.ksbs, known, self._original.ksbs)
        if refuses(found):
            return found
        try:
            with self._desk.change(self._label) as session:
                hours.correct_hours(session, self._row_id, given, self._changed_in)
        except Conflict as conflict:
            if not isinstance(conflict.theirs, HoursDetails):
                raise
            # On a day at home nobody is asked where it was.
            mine = replace(given, where=given.where or conflict.theirs.where)
            if mine == conflict.theirs:  # what is typed is there already
                return []
            self._ask_which(mine, conflict.theirs, conflict.stamp)
            raise
        return []

    def _ask_which(self, mine: HoursDetails, theirs: HoursDetails, their_stamp: int | None) -> None:
        found = differences(self.form.fields, mine, theirs, self._original)
        ask_which = ConflictDialog(
            found,
            "This entry was changed by somebody else while you were editing. Choose, line by line,"
            " what to keep.",
            self._desk.theme,
            self.dialog,
        )

        def take(kept: frozenset[str]) -> None:
            # A third version, made while this question stands, is asked about again.
            self._original, self._changed_in = theirs, their_stamp
            self.form.open_with(theirs)
            self.form.take_version(replace(theirs, **{n: getattr(mine, n) for n in kept}))
            self.dialog.panel.submit()

        ask_which.chosen.connect(take)
        ask_which.open()
