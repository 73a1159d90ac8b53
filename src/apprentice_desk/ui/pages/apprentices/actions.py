"""What can be done with the chosen apprentice: made once, for panel, menu and shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from apprentice_desk.domain.apprenticeship import Course, Status
from apprentice_desk.domain.explaining import Figure
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.move_checks import check_edit, check_leaving
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records import apprentice_checks, apprentices, programme_changes
from apprentice_desk.records.apprentices import PERSON, ApprenticeDetails, Held
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.contracting.for_several import begin_for_several
from apprentice_desk.ui.contracting.new_document import begin_document
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import AddApprentice, LogHours, OpenApprentice, OpenRecord
from apprentice_desk.ui.kit.chart_table import KEYS, SHOW_AS_TABLE, ChartTable
from apprentice_desk.ui.kit.charts import Chart
from apprentice_desk.ui.kit.conflicts import ConflictDialog, differences
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import set_keys
from apprentice_desk.ui.moving.actions import MoveActions
from apprentice_desk.ui.pages.apprentices import dialogs
from apprentice_desk.ui.pages.apprentices.catching_up import CatchUpDialog, open_catch_up
from apprentice_desk.ui.pages.apprentices.explaining import ExplainDialog
from apprentice_desk.ui.pages.apprentices.form import ApprenticeForm
from apprentice_desk.ui.pages.apprentices.gateway_asked import GatewayAsked
from apprentice_desk.ui.pages.apprentices.history import HistoryDialog
from apprentice_desk.ui.pages.apprentices.log_look import LogLookDialog
from apprentice_desk.ui.pages.apprentices.vacancy_asked import VacancyAsked
from apprentice_desk.ui.pages.apprentices.viewpoint import Viewpoint
from apprentice_desk.ui.pages.apprentices.what_if import WhatIfDialog, open_what_if
from apprentice_desk.ui.review_papers import ReviewPapers

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."


class ApprenticeActions(QObject):
    """The actions on the row last given to ``show_row``; dialogs open over *page*.

    *made* carries the key of an apprenticeship that was added.
    """

    made = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._row: ApprenticeRow | None = None
        self.view = Viewpoint(desk.clock.today())
        self.note = ""
        """What was changed since the day that is shown, of the chosen row."""
        self._writing: list[QAction] = []
        self.edit = self._make("Edit…", "pencil", self.edit_details, "F2")
        self.log_hours = self._make("Log hours", "plus", self._log_hours)
        self.moves = MoveActions(desk, page)
        self.enrol_again = self._make("Another apprenticeship…", "user-plus", self._enrol_again)
        self.remove = self._make("Remove…", "trash-2", self._ask_to_remove)
        self.history = self._make("History…", "history", self.show_history, "Ctrl+H")
        self.explain = self._make(
            "Explain the figures…", "circle-question-mark", self.explain_figure, "Ctrl+E"
        )
        self.what_if = self._make("What if…", "sliders-horizontal", self.ask_what_if)
        self.catch_up = self._make("Catch-up plan…", "target", self.plan_catch_up)
        self.look_through = self._make(
            "Look through the log…", "search", self.look_through_log, "Ctrl+G"
        )
        self.chart_table = self._make(SHOW_AS_TABLE, "columns-3", self.show_chart_table, KEYS)
        self.open_record = self._make(
            "Open the whole record", "book-open", self._open, "Ctrl+Enter"
        )
        self.papers = ReviewPapers(desk, page)
        self.review_pack = self._make("Review pack", "printer", self._open_pack, "Ctrl+R")
        self.new_document = self._make("New document…", "file-plus", self.begin_document)
        self._several: tuple[ApprenticeRow, ...] = ()
        self._chart: Chart | None = None
        self.reading = [
            self.open_record, self.review_pack,
            self.history, self.explain, self.chart_table, self.what_if, self.catch_up,
            self.look_through,
        ]  # fmt: skip
        for action in self.reading:
            self._writing.remove(action)
        self.show_row(None)

    def _make(self, text: str, icon: str, act: Callable[[], object], shortcut: str = "") -> QAction:
        action = QAction(text, self._page)
        set_icon(action, icon, "text_quiet", self._desk.theme)
        if shortcut:
            set_keys(action, shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._page.addAction(action)
        self._writing.append(action)
        return action

    def _ask_to_remove(self) -> None:
        if self._row is not None:
            dialogs.remove(self._desk, self._row, self._page)

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the menu."""
        return (*self._writing, *self.moves.all, *self.reading)

    def more_menu(self, parent: QWidget) -> QMenu:
        """Return the menu behind More."""
        menu = QMenu(parent)
        menu.addActions([self.open_record, self.review_pack, self.new_document])
        menu.addSeparator()
        menu.addActions([self.explain, self.chart_table, self.look_through])
        menu.addActions([self.what_if, self.catch_up])
        menu.addSeparator()
        moves = QMenu("Record a move", menu)
        self.moves.fill(moves)
        menu.addMenu(moves)
        menu.addSeparator()
        menu.addActions([self.enrol_again, self.remove])
        menu.addSeparator()
        menu.addAction(self.history)
        return menu

    def show_row(self, row: ApprenticeRow | None, several: Sequence[ApprenticeRow] = ()) -> None:
        """Allow what can be done with *row*, or with *several* where more than one are chosen."""
        self._row, self._several = row, tuple(several)
        is_today = self.view.is_today
        may_write = row is not None and is_today and not self._desk.store.is_read_only
        for action in self._writing:
            action.setEnabled(may_write)
        for action in self.reading:
            action.setEnabled(row is not None)
        for of_today in (self.what_if, self.review_pack):
            of_today.setEnabled(row is not None and is_today and not row.is_vacancy)
        self.new_document.setEnabled(
            is_today and not self._desk.store.is_read_only and bool(self._documented)
        )
        may_recover = row is not None and is_today and not row.status.is_ended
        self.catch_up.setEnabled(may_recover)
        self.moves.show_row(row, may_write=may_write)
        if row is not None and row.is_vacancy:
            self.enrol_again.setEnabled(False)
        if row is not None and may_write:
            under_way = (Status.LIVE, Status.ON_A_BREAK, Status.IN_ASSESSMENT)
            self.log_hours.setEnabled(row.status in under_way)

    def _open(self) -> None:
        if self._row is not None:
            self._desk.go(OpenRecord(self._row.id))

    def _open_pack(self) -> None:
        if self._row is not None:
            self.papers.open_pack(self._row)

    # adding and editing

    def add(self) -> FormDialog | None:
        """Open the form of a new apprentice."""
        return self._open_new(ApprenticeDetails(), "Add an apprentice", None)

    def _enrol_again(self) -> FormDialog | None:
        row = self._row
        if row is None:
            return None
        held = self._desk.store.read(apprentices.held, row.id)
        kept = PERSON | {"line_manager", "line_manager_email", "mentor"}
        known = {name: getattr(held.details, name) for name in kept}
        return self._open_new(
            ApprenticeDetails(**known), f"Another apprenticeship of {row.name}", held.apprentice_id
        )

    def _open_new(
        self, details: ApprenticeDetails, title: str, apprentice_id: UUID | None
    ) -> FormDialog | None:
        if self._desk.store.is_read_only:
            self._desk.messages.warn(READ_ONLY)
            return None

        asked, vacancy = GatewayAsked(self._desk), VacancyAsked(self._desk)

        def save(given: ApprenticeDetails) -> list[Finding]:
            today = self._desk.clock.today()
            found = [
                *apprentice_checks.check(given, today, may_be_vacant=apprentice_id is None),
                *check_leaving(given.outcome, given.leaving_reason, None),
                *check_edit(Course(), apprentices.course_of(given), today),
            ]
            if refuses(found):
                return found
            if refused := vacancy.refuse(given, dialog, lambda: dialog.panel.submit()):
                return refused
            says = asked.open_items(None, ApprenticeDetails(), given)
            if refused := asked.refuse(says, given, dialog, lambda: dialog.panel.submit()):
                return refused
            name = called(given.given_names, given.family_name, form.role_of(given))
            with self._desk.change(f"Add {name}") as session:
                made = apprentices.enrol(session, given, apprentice_id=apprentice_id)
            self.made.emit(made)
            _say_notes(self._desk, name, found)
            return []

        form = ApprenticeForm(self._desk)
        form.open_with(details)
        row = self._row if apprentice_id is not None else None
        draft = self._desk.draft(
            f"apprentice:new:{apprentice_id or ''}",
            title,
            OpenApprentice(row.id) if row is not None else AddApprentice(),
            is_new=True,
        )
        dialog = FormDialog(
            form, title, "Add apprentice", save, self._desk.theme, self._page, draft=draft
        )
        dialog.open()
        if apprentice_id is not None:
            form.focus("standard_code")
        return dialog

    def edit_details(self, field: str = "") -> FormDialog | None:
        """Open the form of the chosen apprentice, at *field* where one is named."""
        row = self._row
        if row is None or self._desk.store.is_read_only:
            return None
        editing = _Editing(self._desk, row, self._page)
        editing.dialog.open()
        if field in {known.name for known in editing.form.fields}:
            editing.form.focus(field)
        return editing.dialog

    def show_history(self) -> HistoryDialog | None:
        """Open what was changed of the chosen apprentice."""
        row = self._row
        if row is None:
            return None
        dialog = HistoryDialog(self._desk, row.id, row.name, self._page)
        dialog.open()
        return dialog

    def explain_figure(self, figure: Figure = Figure.STATUS) -> ExplainDialog | None:
        """Open how the figures of the chosen apprentice come about, at one of them."""
        row = self._row
        if row is None:
            return None
        dialog = ExplainDialog(self._desk, row, self.view, figure, self._page, self.note)
        dialog.open()
        return dialog

    def show_chart(self, chart: Chart | None) -> None:
        """Take note of the chart that the panel shows, None if it shows none."""
        self._chart = chart
        self.chart_table.setEnabled(chart is not None)

    def show_chart_table(self) -> ChartTable | None:
        """Open what the chart of the chosen apprentice shows as a table."""
        row, chart = self._row, self._chart
        if row is None or chart is None:
            return None
        dialog = ChartTable(self._page.window(), chart, f"Hours of {row.name}", self._desk.theme)
        dialog.open()
        return dialog

    def ask_what_if(self) -> WhatIfDialog | None:
        """Open what would be with other hours, another end, a break or another contract."""
        row = self._row
        return None if row is None else open_what_if(self._desk, row, self.view, self._page)

    def plan_catch_up(self) -> CatchUpDialog | None:
        """Open how the chosen apprentice catches up with the plan."""
        row = self._row
        return None if row is None else open_catch_up(self._desk, row, self.view, self._page)

    def look_through_log(self) -> LogLookDialog | None:
        """Open what an auditor would ask about in the log of the chosen apprentice."""
        row = self._row
        if row is None:
            return None
        dialog = LogLookDialog(self._desk, row, self.view, self._page)
        dialog.open()
        return dialog

    @property
    def _documented(self) -> list[UUID]:
        """Those who are chosen and named: nothing is written about a role without a name."""
        chosen = self._several or ((self._row,) if self._row is not None else ())
        return [row.id for row in chosen if not row.is_vacancy]

    def begin_document(self) -> FormDialog | None:
        """Ask which document is to be made about the chosen apprentice, or for each of several."""
        keys = self._documented
        if not keys or self._desk.store.is_read_only:
            return None
        if len(keys) > 1:
            return begin_for_several(self._desk, self._page, keys)
        return begin_document(self._desk, self._page, Subject(SubjectKind.APPRENTICESHIP, keys[0]))

    def _log_hours(self) -> None:
        if self._row is not None:
            self._desk.go(LogHours(self._row.id))


def _say_notes(desk: Desk, name: str, notes: Sequence[Finding]) -> None:
    """Say what is worth a look in what was saved; it held nothing up."""
    if notes:
        remedies = dict.fromkeys(note.remedy for note in notes if note.remedy)
        desk.messages.warn(
            f"{name} is saved. {' '.join(note.message for note in notes)}", " ".join(remedies)
        )


class _Editing:
    """One form on one apprenticeship, with what was read when it opened."""

    def __init__(self, desk: Desk, row: ApprenticeRow, page: QWidget) -> None:
        self._desk = desk
        self._row = row
        self._asked = GatewayAsked(desk)
        self._held = desk.store.read(apprentices.held, row.id)
        self._name = row.name
        self._before = desk.store.read(programme_changes.price_before, row.id)
        self.form = ApprenticeForm(desk, self._before)
        self.form.open_with(self._held.details)
        self.dialog = FormDialog(
            self.form,
            f"Edit {row.name}",
            "Save",
            self._save,
            desk.theme,
            page,
            draft=desk.draft(
                f"apprentice:{row.id}",
                f"Edit {row.name}",
                OpenApprentice(row.id, self.form.fields[0].name),
            ),
        )

    def _save(self, given: ApprenticeDetails) -> list[Finding]:
        held = self._held
        today = self._desk.clock.today()
        before, after = (apprentices.course_of(each, held.breaks) for each in (held.details, given))
        found = [
            *apprentice_checks.check(
                given, today, held.breaks, may_be_vacant=apprentices.is_nameless(held.details)
            ),
            *check_leaving(given.outcome, given.leaving_reason, held.details.outcome),
            *check_edit(before, after, today),
            *programme_changes.check_price(self._before, held.details, given),
        ]
        if refuses(found):
            return found
        says = self._asked.open_items(self._row, held.details, given)
        if refused := self._asked.refuse(says, given, self.dialog, self.dialog.panel.submit):
            return refused
        doing = f"Edit {self._name}"
        if says:
            doing += f", who passed the gateway with {says.rstrip('.')}"
        try:
            with self._desk.change(doing) as session:
                apprentices.correct(session, held.apprenticeship_id, given, held.stamp)
        except Conflict as conflict:
            if not isinstance(conflict.theirs, Held):
                raise
            if given == conflict.theirs.details:  # what is typed is there already
                return []
            self._ask_which(given, conflict.theirs)
            raise
        _say_notes(self._desk, self._name, found)
        return []

    def _ask_which(self, mine: ApprenticeDetails, theirs: Held) -> None:
        found = differences(self.form.fields, mine, theirs.details, self._held.details)
        ask_which = ConflictDialog(
            found,
            f"{self._name} was changed by somebody else while you were editing. Choose, line by"
            " line, what to keep.",
            self._desk.theme,
            self.dialog,
        )

        def take(kept: frozenset[str]) -> None:
            values: dict[str, Any] = {}
            for field in (each.field for each in found if each.field.name in kept):
                names = (field.name, field.day_given) if field.day_given else (field.name,)
                values |= {name: getattr(mine, name) for name in names}
            self._held = theirs
            self.form.open_with(theirs.details)
            self.form.take_version(replace(theirs.details, **values))
            self.dialog.panel.submit()

        ask_which.chosen.connect(take)
        ask_which.open()
