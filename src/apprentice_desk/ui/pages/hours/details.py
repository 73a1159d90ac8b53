"""The details of the cell that is chosen in the week: its entries, one of them in a form.

What is typed is saved with Enter (from several lines Ctrl+Enter), with the button, or by going
to another cell.  What cannot be saved stays with its entry and is there when one comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import (
    Judgement,
    Proposed,
    judge,
)
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.placement_days import Where
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.week_grid import DayEntry
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import SideBySide
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.panels import Card, EmptyState
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.pages.hours.columns import entry_in_words
from apprentice_desk.ui.pages.hours.counting_card import CountingCard
from apprentice_desk.ui.pages.hours.day_facts import DayFacts
from apprentice_desk.ui.pages.hours.evidence_part import EvidencePart, Shown
from apprentice_desk.ui.pages.hours.form import WHERE, where_help
from apprentice_desk.ui.pages.hours.ksbs import codes_in_words, tell_codes
from apprentice_desk.ui.pages.hours.unsaved import Unsaved
from apprentice_desk.ui.pages.hours.week_model import WeekModel
from apprentice_desk.ui.sessions.ksb_field import KSBS
from apprentice_desk.ui.writing import Writer, Writing

NEW = "new"
Who = Callable[[Callable[[str], object]], object]

FIELDS = (
    Field("minutes", "Hours", "duration", required=True, width=8),
    Field("activity", "Activity", "choice", required=True, choices=tuple(Activity), beside=True),
    KSBS,
    Field("what", "What was learned", "long text", rows=3, width=90),
    Field("counts", "Counts as off-the-job", "tick"),
    Field("where", "Where it was done", "choice", choices=WHERE, beside=True, width=20),
)


class DayDetails(QWidget):
    """Shows the cell last given to ``show_cell``.  *went_back* asks for the grid's keyboard.

    *who* is asked for the name of whoever verifies: it is given what to call with it.
    """

    KEYS = Keys(
        "In the details of a day",
        (
            ("Enter", "Save and go back to the grid"),
            ("Ctrl+Enter", "Save and go back, from what was learned too"),
            ("Escape", "Go back to the grid"),
        ),
    )

    went_back = Signal()
    entry_shown = Signal(object)

    def __init__(
        self,
        desk: Desk,
        model: WeekModel,
        writer: Writer,
        judging: Judging,
        who: Who,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._who = who
        self._model = model
        self._writer = writer
        self._judging = judging
        self._day_facts = DayFacts(desk, model, judging, self)
        self._day_facts.read.connect(self._on_read)
        self._cell: Cell | None = None
        self._entry: DayEntry | None = None
        self._decided: bool | None = None
        self._ticked = True
        self._is_new_wanted = False
        self._known: frozenset[UUID] | None = None
        """The entries that stood in the cell when one more was sent to be written."""
        self.activity = Activity.OTHER_TRAINING
        self.card = Card("", desk.theme, flush=True)
        self.counting = CountingCard(desk.theme)
        self.evidence = EvidencePart(desk)
        self._build()
        self.unsaved = Unsaved(desk, self.form, writer, self._name)
        self.show_cell(None)

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.nothing = EmptyState(
            theme, "clock", "No day is chosen", "Choose a day in the grid to see its entries."
        )
        self.form = Form(FIELDS, HoursDetails, theme, today=self._desk.clock.today(), scrolls=False)
        self.form.edited.connect(self._on_edited)
        self.which = Switch("Entries of this day", ((NEW, "New entry"),), theme)
        self.which.chosen.connect(self.show_chosen)
        self.verified = label("", "small", wraps=True)
        self.verify = button("Verify", theme, self._on_verify, icon="shield-check")
        self.save = button("Save", theme, self.submit, role="primary")
        self.save.setToolTip("Save this entry (Enter, or Ctrl+Enter from what was learned)")
        self.head = label("", "heading", wraps=True)
        self.card.add(self.head)
        self.card.add(self.which)
        self.card.add(self.nothing)
        self.card.add(self.form)
        foot = row_of(theme, self.verified, self.verify, self.save)
        foot.setStretchFactor(self.verified, 1)
        space = theme.space
        self.beside = QWidget()
        right = QVBoxLayout(self.beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(space(4))
        right.addWidget(self.counting)
        right.addWidget(self.evidence, 1)
        foot.setContentsMargins(space(4), 0, space(4), space(4))
        self.head.setContentsMargins(space(4), space(3), space(4), 0)
        self.which.setContentsMargins(space(4), space(2), space(4), 0)
        self.card.body.addLayout(foot)
        self.card.body.addStretch(1)
        # Last, so that Tab comes to the buttons of the card before it comes to what is beside it.
        self._shares = SideBySide([self.card, self.beside], theme, shares=(5, 3), narrowest=200)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._shares)
        down.addStretch(1)  # beside a long column it is no longer than what it holds
        for words in (self.head, self.verified):  # what is spare stands below, not between
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if self._desk.store.is_read_only:
            for field in FIELDS:
                self.form.input(field.name).set_read_only(True)
            self.save.hide()

    def take_back(self) -> None:
        """Have what the rules say, and the evidence, in here again: it was shown elsewhere."""
        self._shares.take_back(self.beside)

    # showing

    def take(self, courses: Mapping[UUID, Course]) -> None:
        """Take up what was read anew; nothing is known any more of what was logged before."""
        self._day_facts.take(courses)

    @property
    def entry(self) -> DayEntry | None:
        """The entry that is shown; None for a new one."""
        return self._entry

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something typed is not saved."""
        return self._is_dirty or bool(self.unsaved)

    @property
    def unsaved_words(self) -> list[str]:
        """Whose entries are not saved, of which day, and what was typed."""
        said = self.unsaved.words
        if self._is_dirty:
            said.insert(0, f"{self.head.text()}: {self.form.changes_in_words()}")
        return said

    @property
    def _is_dirty(self) -> bool:
        return self._cell is not None and self.form.has_unsaved_changes

    def show_cell(self, cell: Cell | None) -> None:
        """Show another cell, or the same one with what it holds now."""
        entries = () if cell is None else self._model.entries(cell)
        if cell == self._cell and self._is_dirty:
            self._take_stamp(entries)
            return  # what is being typed is not typed over
        if cell != self._cell:
            self._leave()
            self._entry, self._known, self._is_new_wanted = None, None, False
        self._cell = cell
        if cell is not None:
            self.unsaved.note_gone(cell, [each.id for each in entries])
        self._show_entries(entries)
        self._show_entry(self._entry_to_show(entries))

    def _take_stamp(self, entries: tuple[DayEntry, ...]) -> None:
        """Go on from what was said of the entry meanwhile, as that it was verified.

        Where its hours were changed they are asked about when this is saved.
        """
        if (own := self._entry) is not None:
            now = next((each for each in entries if each.id == own.id), None)
            if now is not None and now.details == own.details:
                self._entry = now
                self._show_verified()

    def _entry_to_show(self, entries: tuple[DayEntry, ...]) -> DayEntry | None:
        """Return which of the cell's entries is shown now; None is a new one."""
        cell, known = self._cell, self._known
        if cell is None or self._is_new_wanted:
            return None
        if known is not None and (new := [each for each in entries if each.id not in known]):
            self._known = None
            return new[-1]
        if self._entry is not None:
            for each in entries:
                if each.id == self._entry.id:
                    return each
        for each in entries:
            if self.unsaved.waits_at((cell, each.id)):
                return each
        return entries[0] if entries and not self.unsaved.waits_at((cell, None)) else None

    def _show_entries(self, entries: tuple[DayEntry, ...]) -> None:
        has_cell = self._cell is not None
        for part in (self.form, self.save, self.head, self.which):
            part.setVisible(has_cell)
        self.save.setVisible(has_cell and not self._desk.store.is_read_only)
        self.nothing.setVisible(not has_cell)
        if self._cell is None:
            return
        day = self._cell.day
        self.head.setText(f"{self._name(self._cell)}, {day:%A} {show_day(day)}")
        access.name(self.card, f"Entries of {self.head.text()}")
        choices = [(each.id.hex, f"{sentence(each.minutes)} {each.activity}") for each in entries]
        self.which.show_choices([*choices, (NEW, "New entry")])
        self.which.setVisible(bool(entries))
        # Made anew, so that Tab would come to them last.
        access.put_before(self.form, self.which.buttons.values())

    def _show_entry(self, entry: DayEntry | None) -> None:
        self._entry = entry
        self._show_evidence()
        self._show_verified()
        if self._cell is None:
            self.unsaved.show(None)
            self.counting.show_judgement(None)
            self.entry_shown.emit(None)
            return
        self.which.show_value(NEW if entry is None else entry.id.hex)
        self._show_where()
        self.form.show_details(self._details_shown(entry))
        tell_codes(self.form, self._known_codes())
        self.unsaved.show((self._cell, None if entry is None else entry.id))
        self._decided = None
        judged = self._judged()
        if entry is not None and judged is not None and judged.by_the_rules != entry.counts:
            self._decided = entry.counts
        self._show_judgement()
        self.save.setText("Save" if entry is not None else "Log hours")
        access.name(self.save, "Save this entry" if entry is not None else "Log hours of this day")
        self.entry_shown.emit(entry)

    def _details_shown(self, entry: DayEntry | None) -> HoursDetails:
        """Return what the form shows of an entry, or of a new one, with where it was done."""
        assert self._cell is not None  # its callers have looked
        blank = HoursDetails(*self._cell, activity=self.activity)
        details = blank if entry is None else entry.details
        if self._model.with_host(self._cell) is None:
            return details
        is_there = entry is None or entry.is_at_host
        return replace(details, where=Where.HOST if is_there else Where.HOME)

    def _show_where(self) -> None:
        stay = None if self._cell is None else self._model.with_host(self._cell)
        self.form.show_field("where", is_shown=stay is not None)
        self.form.set_help("where", "" if stay is None else where_help(stay))

    def _show_evidence(self) -> None:
        cell, entry = self._cell, self._entry
        if cell is None or entry is None:
            self.evidence.show_entry(None, has_cell=cell is not None)
            return
        whose = f"the hours of {self._name(cell)} on {show_day(cell.day)}"
        self.evidence.show_entry(Shown(entry.id, *cell, whose), count=entry.evidence)

    def _show_verified(self) -> None:
        entry = self._entry
        self.verified.setText("" if entry is None else entry_in_words(entry))
        is_verified = entry is not None and bool(entry.verified_by)
        self.verify.setText("Take back" if is_verified else "Verify")
        access.name(
            self.verify, "Take back the verification" if is_verified else "Verify this entry"
        )
        self.verify.setVisible(entry is not None and not self._desk.store.is_read_only)

    def _name(self, cell: Cell) -> str:
        return self._model.person(cell.apprenticeship_id).name

    # judging

    def _judged(self) -> Judgement | None:
        activity, minutes = self.form.value("activity"), self.form.value("minutes") or 0
        if self._cell is None or activity is None or not minutes:
            return None
        facts = self._day_facts.facts(self._cell, self._entry.id if self._entry else None)
        if facts is None:
            return None
        began_at = self._entry.began_at if self._entry is not None else ""
        what = self.form.value("what") or ""
        return judge(
            Proposed(self._cell.day, minutes, activity, what, began_at, self._decided),
            facts,
            self._judging.rules,
        )

    def _show_judgement(self) -> None:
        judgement = self._judged()
        self.counting.show_judgement(judgement)
        if judgement is not None and self.form.value("counts") != judgement.counts:
            self.form.set_value("counts", judgement.counts)
        self._ticked = self.form.value("counts")
        cell = self._cell
        behind = None if cell is None else self._day_facts.behind(cell.apprenticeship_id)
        typed = self.form.value("ksbs") or ""
        self.form.set_help("ksbs", codes_in_words(typed, behind))

    def _on_edited(self) -> None:
        ticked = self.form.value("counts")
        if ticked != self._ticked:  # the person did: from now on it is theirs to say
            judgement = self._judged()
            by_the_rules = judgement is None or judgement.by_the_rules
            self._decided = ticked if ticked != by_the_rules else None
        self._show_judgement()

    # saving

    def submit(self) -> bool:
        """Save what is typed; False where it cannot be, which is said beside its field."""
        if self._cell is None or self._desk.store.is_read_only:
            return False
        details, found = self.form.read()
        if details is None:
            self.form.show_findings(found)
            return False
        found = self._check(details)
        if refuses(found):
            self.form.show_findings(found)
            return False
        if self._entry is not None and details == self._details_shown(self._entry):
            return True
        self._write(details)
        return True

    def _check(self, details: HoursDetails) -> list[Finding]:
        course = self._day_facts.course(self._cell.apprenticeship_id) if self._cell else None
        started = course.training_started_on if course is not None else None
        before = self._entry.ksbs if self._entry is not None else ""
        known = self._known_codes(is_needed=bool(details.ksbs))
        return [
            *hours.check(details, self._desk.clock.today(), started),
            *ksb_codes.check(details.ksbs, known, before),
        ]

    def _known_codes(self, *, is_needed: bool = False) -> tuple[str, ...] | None:
        """The codes of the standard; those not read behind the window yet only where needed."""
        cell = self._cell
        if cell is None:
            return None
        return self._day_facts.codes(cell.apprenticeship_id, is_needed=is_needed)

    def _on_read(self, key: UUID) -> None:
        """What was logged before is known now."""
        if self._cell is not None and self._cell.apprenticeship_id == key:
            tell_codes(self.form, self._known_codes())
            self._show_judgement()

    def _write(self, details: HoursDetails) -> None:
        cell, entry = self._cell, self._entry
        assert cell is not None  # its callers have looked
        person = self._name(cell)
        minutes = sentence(details.minutes or 0)

        def write() -> Writing:
            if entry is None:
                label_ = f"Log {minutes} for {person} on {show_day(cell.day)}"
                return self._writer.write(label_, lambda session: hours.log_hours(session, details))
            label_ = f"Change hours of {person} on {show_day(cell.day)}"
            return self._writer.write(
                label_,
                lambda session: hours.correct_hours(session, entry.id, details, entry.changed_in),
            )

        self.unsaved.note(write)
        if entry is None:
            self._known = frozenset(each.id for each in self._model.entries(cell))
            self._is_new_wanted = False
        if self._judging.trains(details.activity, cell.day):
            self.activity = details.activity  # the next hours are likely the same
        self.form.show_details(details)  # it is on its way: nothing here is unsaved any more

    def _leave(self) -> None:
        """Save what is typed before another cell is shown, or keep it for when one comes back."""
        if not self._is_dirty or self._cell is None:
            self.unsaved.leave(is_kept=False)
            return
        details, _ = self.form.read()
        if details is None or refuses(self._check(details)):
            self.unsaved.leave(is_kept=True)
            self._desk.messages.say(
                f"What you typed for {self._name(self._cell)} on {show_day(self._cell.day)} is not"
                " saved yet."
            )
            return
        self._write(details)

    def show_chosen(self, which: str) -> None:
        """Show another entry of the same day, or a new one."""
        if self._cell is None:
            return
        self._leave()
        self._is_new_wanted = which == NEW
        entries = self._model.entries(self._cell)
        self._show_entry(next((each for each in entries if each.id.hex == which), None))

    # verifying

    def _on_verify(self) -> None:
        cell, entry = self._cell, self._entry
        if cell is None or entry is None or (self._is_dirty and not self.submit()):
            return
        what = f"{sentence(self.form.value('minutes') or 0)} of {self._name(cell)}"
        what += f" on {show_day(cell.day)}"
        if entry.verified_by:
            self._writer.write(
                f"Take back the verification of {what}",
                lambda session: hours.take_verification_back(session, [entry.id]),
            )
            return
        now = self._desk.clock.now()
        self._who(
            lambda name: self._writer.write(
                f"Verify {what}", lambda session: hours.verify(session, [entry.id], name, now)
            )
        )

    def focus(self) -> None:
        """Go to the first field."""
        self.form.focus("minutes")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, from several lines with Ctrl; Escape goes back to the grid."""
        here = self.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and here is not None and self.form.isAncestorOf(here):
            is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if (is_ctrl or not isinstance(here, QPlainTextEdit)) and self.submit():
                self.went_back.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.went_back.emit()
        else:
            super().keyPressEvent(event)
