"""The page on which a clause of the borough's own is written, checked as one types, and approved.

What is typed is a draft until a named person approves it; a draft gets into no document.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.documents.own_completing import offer
from apprentice_desk.documents.own_text import OwnClause, written
from apprentice_desk.documents.own_wording import Checked, library_of
from apprentice_desk.documents.wording import DocumentType
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import own_wording
from apprentice_desk.records.own_wording import DraftDetails, wording_row
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenWording, WriteClause
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.fitting import Scrolled
from apprentice_desk.ui.kit.keeping import DraftSpot, Keeper
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.marked_text import Completion
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.wording.beginning import Begun, begun, types_of
from apprentice_desk.ui.pages.wording.beside import Beside
from apprentice_desk.ui.pages.wording.details import details_of, with_details
from apprentice_desk.ui.pages.wording.dialogs import ask_to_approve
from apprentice_desk.ui.pages.wording.looking import Looked, looking
from apprentice_desk.ui.pages.wording.sheet import ClauseForm

READ_ONLY = "This desk is open to read only, so nothing can be written in it."
WAIT_MS = 300
"""So long nobody types before the text is checked."""
_NARROWEST = 230
_BESIDE_QUARTERS = 138
_TURN = "Show the pages"
_LEAST_HEIGHT = 80
"""In quarters: a page less high than that scrolls."""


class ClausePage(ScrollingPage):
    """One clause that is being written."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._begun: Begun | None = None
        self._types: tuple[DocumentType, ...] = ()
        self._checked: Checked | None = None
        self.question: Question | None = None
        self.dialog: FormDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.check)
        self.save_button = button("Save the draft", theme, self.save, role="primary", icon="save")
        self.save_button.setToolTip("Keep it as a draft, which gets into no document (Ctrl+S)")
        self.approve = button("Approve…", theme, self.ask_to_approve, icon="check")
        self.back = button("Back to Wording", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Go to the list of clauses (Alt+Left)")
        self.turn = button(_TURN, theme, self._turn, icon="file-text")
        actions = (self.save_button, self.approve, self.turn, self.back)
        self.header = PageHeader("", "", theme, actions)
        self.nothing = EmptyState(
            theme,
            "pencil",
            "No clause is begun",
            "Write a variant of a clause, or a clause of the borough's own, under Wording.",
            "Go to Wording",
            self._go_back,
        )
        self.form = ClauseForm(self._offer, theme, desk.clock.today())
        self.text, self.found = self.form.text, self.form.found
        self.keeper = Keeper(self.form, None, theme)
        self.beside = Beside(desk)
        self.sides = ListAndPanel(
            self._left(), self.beside, theme, narrowest=_NARROWEST, panel_quarters=_BESIDE_QUARTERS
        )
        self.sides.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        for part, stretch in ((self.header, 0), (self.nothing, 1), (self.sides, 1)):
            self.put(part, stretch)
        self._connect()
        self._show()

    def _left(self) -> QWidget:
        sheet = Card("", self._theme, flush=True)
        sheet.add(self.form)
        content = Scrolled()
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, self._theme.space(2), 0)
        down.addWidget(sheet)
        down.addStretch(1)
        self.form_area = QScrollArea()
        self.form_area.setProperty("role", "page")
        self.form_area.setWidgetResizable(True)
        self.form_area.setFrameShape(QFrame.Shape.NoFrame)
        self.form_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form_area.setWidget(content)
        return self.form_area

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.beside.type_chosen.connect(self.check)
        self.sides.arranged.connect(self._on_arranged)
        self._theme.changed.connect(self._refit)
        self._desk.changed.connect(self._on_changed)
        add_key(self, "Save the draft", "Ctrl+S", self.save_button.click)
        add_key(self, "Back to the list of clauses", "Alt+Left", self.back.click)
        add_key(self, "From the text to its pages and back", "F7", self._change_sides)
        self._refit()

    def _refit(self) -> None:
        least, layout = self._theme.space(_LEAST_HEIGHT), self.beside.layout()
        if self.sides.is_panel_alone and layout is not None:  # its buttons may need many lines
            least = max(least, layout.totalMinimumHeightForWidth(self.sides.width()))
        self.sides.setMinimumHeight(least)

    # coming and going

    def arrive(self, destination: WriteClause) -> None:
        """Begin to write, as another page asked; asks first where what is typed is not saved."""
        try:
            found = self._desk.store.read(begun, destination, self._desk)
        except Problem as problem:
            self._desk.messages.problem(problem)
            return
        now = self._begun
        is_same = now is not None and now.own.file == found.own.file
        if is_same and self.has_unsaved_changes:
            self.text.setFocus()
        elif self.has_unsaved_changes:
            self._ask_to_leave(found)
        else:
            self._begin(found)

    def _begin(self, found: Begun) -> None:
        self._begun = found
        self._types = types_of(found.library, found.own)
        self.form.show_details(details_of(found.own, found.written_by))
        self.keeper.move(self._spot(found))
        self.beside.begin(self._types, found.guidance)
        self._show()
        self.check()
        self.form_area.verticalScrollBar().setValue(0)
        self.text.setFocus()
        QTimer.singleShot(0, self, self._come_to_sides)  # once it is laid out

    def _spot(self, found: Begun) -> DraftSpot | None:
        """Return where what is typed is kept: under its name, so that its next version has it."""
        return self._desk.draft(
            f"clause:{found.own.id}",
            f"Clause {found.own.title or found.own.id}",
            found.destination,
            is_new=found.wording_id is None,
        )

    def _ask_to_leave(self, found: Begun) -> None:
        self._ask(
            "Write another clause?",
            "What you wrote here is not saved and will be lost.",
            "Write the other",
            partial(self._begin_instead, found),
        )

    def _begin_instead(self, found: Begun) -> None:
        self.keeper.forget()
        self._begin(found)

    def _ask(self, title: str, sentence: str, words: str, then: Callable[[], object]) -> None:
        self.question = Question(
            self, self._theme, title, sentence, words, cancel_text="Go on with this one",
            danger=True,
        )  # fmt: skip
        self.question.accepted.connect(then)
        self.question.open()

    def _go_back(self) -> None:
        if self._begun is None or not self.has_unsaved_changes:
            self._leave()
            return
        self._ask(
            "Leave without saving?",
            "What you wrote here is not saved and will be lost.",
            "Leave without saving",
            self._leave,
        )

    def _leave(self) -> None:
        was = self._begun
        self.forget()
        if was is not None and was.wording_id is not None:
            self._desk.go(OpenWording(was.own.file))
        else:
            self._desk.go(OpenPage("wording"))

    def forget(self) -> None:
        """Write nothing any more; what is typed and not saved is lost."""
        self._timer.stop()
        self.keeper.forget()
        self.keeper.move(None)
        self._begun = self._checked = None
        self._show()

    # what stands there

    def _own(self) -> OwnClause | None:
        """Return the clause as it is typed; None without one.  What cannot be read is blank."""
        if self._begun is None:
            return None
        return with_details(self._begun.own, self.form.typed_details())

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something was typed that is in no draft yet."""
        return self._begun is not None and self.form.has_unsaved_changes

    @property
    def unsaved_words(self) -> list[str]:
        """What is typed and not saved, for a question before it is lost."""
        return [f"the clause “{self.form.typed()['title']}”"]

    @property
    def is_checked(self) -> bool:
        """Whether the checks have seen what stands there."""
        return self._checked is not None and not self._timer.isActive()

    def _offer(self, before: str) -> Completion | None:
        if self._begun is None:
            return None
        found = offer(self._begun.library, self._types, before)
        if found is None:
            return None
        return Completion(found.begun, tuple((each.text, each.says) for each in found.suggestions))

    # showing

    def _show(self) -> None:
        found = self._begun
        self.nothing.setVisible(found is None)
        self.sides.setVisible(found is not None)
        for each in (self.save_button, self.approve):
            each.setVisible(found is not None)
        if found is None:
            self.turn.hide()
            self.header.set_words("Write a clause", "")
            self.header.arrange()
            return
        self.header.set_words(found.own.title or "A new clause", found.about)
        self._allow()
        self._on_arranged()

    def _allow(self) -> None:
        is_read_only = self._desk.store.is_read_only
        checked = self._checked
        is_good = checked is not None and checked.is_in_order
        self.save_button.setEnabled(not is_read_only)
        self.approve.setEnabled(is_good and not is_read_only)
        if is_read_only:
            said = READ_ONLY
        elif is_good:
            said = "Put it in force, by a named person who read it"
        else:
            said = "It can be approved once the checks find nothing"
        self.approve.setToolTip(as_tip(said))

    def _on_arranged(self) -> None:
        self._refit()
        self.turn.setVisible(self._begun is not None and not self.sides.is_side_by_side)
        self.turn.setText("Back to the text" if self.sides.is_panel_alone else _TURN)
        self.header.arrange()

    def _turn(self) -> None:
        if self.sides.is_panel_alone:
            self.sides.close_panel()
            self.text.setFocus()
        else:
            self.sides.open_panel()
            self.beside.take_keyboard()
        self._come_to_sides()

    def _come_to_sides(self) -> None:
        """Scroll past the head of the page where large text leaves little room below it."""
        bar, room = self.area.verticalScrollBar(), self.area.viewport().height()
        if self.sides.y() - bar.value() > room // 2:
            bar.setValue(self.sides.y() - self._theme.space(2))

    def _change_sides(self) -> None:
        if not self.sides.is_side_by_side:
            self._turn()
        elif self.beside.view.hasFocus():
            self.text.setFocus()
        else:
            self.beside.take_keyboard()

    def _on_edited(self) -> None:
        self._checked = None
        self._allow()
        self._timer.start()

    def check(self) -> None:
        """Check what stands there, behind the window; the newest wins."""
        self._timer.stop()
        found, own = self._begun, self._own()
        if found is None or own is None:
            return
        self._desk.jobs.run(
            "Checking the clause",
            looking(found, own, self.beside.type_id, self._desk),
            done=self._on_looked,
            newest_of="a clause that is written",
            owner=self,
            is_quiet=True,
        )

    def _on_looked(self, looked: Looked) -> None:
        if self._begun is None or self._timer.isActive():
            return
        self._checked = looked.checked
        self.form.show_checked(looked.checked.findings)
        self.beside.show_looked(looked)
        self._allow()

    # the desk

    def _on_changed(self, changes: Any) -> None:
        if changes.touches("wording_kept", "organisation"):
            self.note_stale()

    def refresh(self) -> None:
        """Take the desk's wording as it is now; what is typed and not saved stays."""
        found = self._begun
        if found is None:
            return
        library = self._desk.store.read(library_of)
        wording_id, changed_in, own, by = found.wording_id, found.changed_in, found.own, None
        if wording_id is not None:
            try:
                row = self._desk.store.read(wording_row, wording_id)
            except Problem:  # it was removed, or its first saving undone
                wording_id = changed_in = None
                self.form.is_lost()
            else:
                if row.status is not Standing.DRAFT:
                    self.forget()
                    return
                if row.changed_in != changed_in and not self.has_unsaved_changes:
                    self._begin(self._desk.store.read(begun, WriteClause(row.id), self._desk))
                    return
        self._begun = now = found.taken_anew(library, wording_id, changed_in, own, by)
        if wording_id != found.wording_id:
            self.keeper.move(self._spot(now))
            self.keeper.keep()
        self.check()

    # what the person does

    def save(self) -> bool:
        """Keep what is typed as a draft; return whether it is kept."""
        found, own = self._begun, self._own()
        if found is None or self._desk.store.is_read_only:
            return False
        details, findings = self.form.read()
        if details is None or own is None:
            self.form.show_findings(findings)
            return False
        self.form.clear_findings()
        text, wording_id = written(own), found.wording_id
        try:
            with self._desk.change(f"Save the draft “{own.title}”") as session:
                if wording_id is None:
                    wording_id = own_wording.keep_draft(
                        session, DraftDetails(own.file, text, details.written_by)
                    )
                else:
                    own_wording.change_draft(
                        session, wording_id, text, details.written_by, changed_in=found.changed_in
                    )
        except Problem as problem:
            self._desk.messages.problem(problem)
            return False
        row = self._desk.store.read(wording_row, wording_id)
        self._begun = now = found.taken_anew(
            found.library, wording_id, row.changed_in, own, details.written_by
        )
        self.form.show_details(details)
        self.keeper.forget()
        self.keeper.move(self._spot(now))
        self._show()
        return True

    def ask_to_approve(self) -> None:
        """Save what is typed, and ask who approves it."""
        is_saved = self._begun is not None and self._begun.wording_id is not None
        if (self.has_unsaved_changes or not is_saved) and not self.save():
            return
        found = self._begun
        if found is None or found.wording_id is None or found.changed_in is None:
            return
        self.dialog = ask_to_approve(
            self._desk, self, found.wording_id, found.own.title, found.written_by,
            found.changed_in, partial(self._on_approved, found.own.file),
        )  # fmt: skip

    def _on_approved(self, file: str) -> None:
        self.forget()
        self._desk.go(OpenWording(file))

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the list: what is begun is left."""
        self.text.close_list()
        super().hideEvent(event)
