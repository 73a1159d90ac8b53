"""The page on which a document is made: what is asked at the left, the real pages at the right.

What is typed shows in the pages at once; what is missing stands in them as a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.documents import issuing
from apprentice_desk.documents.gathering import Gathered, gathered
from apprentice_desk.documents.issuing import Draft, Entering, Prepared
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.ui.contracting.leading import way_to
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument, OpenPage
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.dialogs import Question
from apprentice_desk.ui.kit.fitting import Scrolled
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.messages import Message
from apprentice_desk.ui.kit.panels import Card, EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.document import asking
from apprentice_desk.ui.pages.document.cohort import CohortCard
from apprentice_desk.ui.pages.document.giving_out import Issuer
from apprentice_desk.ui.pages.document.parts import Choices, KnownFacts, Missing, Notes
from apprentice_desk.ui.previewing import Preview

READ_ONLY = "This desk is open to read only, so no document can be kept in it."
MARKS = "Shaded: filled in. Boxed: missing, or to be put right. Issued pages show neither."
NOTHING = "The pages of the document stand here."
_NARROWEST = 210
"""The width in quarters from which form and pages stand beside each other."""
_PAGES_QUARTERS = 160
_LEAST_HEIGHT = 80
"""In quarters: a page less high than that scrolls."""


class DocumentPage(ScrollingPage):
    """One document that is being made."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._draft: Draft | None = None
        self._prepared: Prepared | None = None
        self._asked: tuple[str, ...] = ()
        self._typed: dict[str, str] = {}
        self._unread: dict[str, str] = {}
        self._needed: set[str] = set()
        self._was_begun: Draft | None = None
        self._came: MakeDocument | None = None
        self._refusal: Message | None = None
        self.form: Form | None = None
        self.question: Question | None = None
        self.issuer = Issuer(desk, self)
        self.issuer.issued.connect(self._on_issued)
        may_write = not desk.store.is_read_only
        self.issue = button("Issue PDF…", theme, self.ask_for_pdf, role="primary", icon="file-down")
        self.issue.setToolTip("Save it as a PDF and keep it in the desk (Ctrl+S)")
        self.word = button("Issue Word…", theme, self.ask_for_word, icon="file-text")
        self.word.setToolTip("Save it for Word and keep it in the desk (Ctrl+Shift+S)")
        self.back = button("Back to Documents", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Go to the list of documents (Alt+Left)")
        self.many = button("Issue for all…", theme, self.ask_for_many, icon="files")
        self.many.setToolTip("One for each who gets this document, as PDFs in one folder")
        self.turn = button("Show the pages", theme, self._turn, icon="file-text")
        for each in (self.issue, self.word, self.many):
            each.setEnabled(may_write)
            if not may_write:
                each.setToolTip(as_tip(READ_ONLY))
        actions = (self.issue, self.word, self.many, self.turn, self.back)
        self.header = PageHeader("", "", theme, actions)
        self.nothing = EmptyState(
            theme,
            "file-plus",
            "No document is begun",
            "Begin one under Documents, or on the page of a procurement or contract.",
            "Go to Documents",
            self._go_back,
        )
        self.missing = Missing(theme)
        self.missing.asked_for.connect(self._go_and_enter)
        self.missing.field_asked_for.connect(self._go_to_field)
        self.notes = Notes(theme)
        self.cohort = CohortCard(desk)
        self.cohort.asked_for.connect(self._go_to)
        self.cohort.arranged.connect(self._order_stops)
        self.details = Card("Details", theme, flush=True)
        self.complete = label(
            "Nothing is asked: the desk knows all that this document says.", "quiet", wraps=True
        )
        self.details.add(self.complete)
        self.choices = Choices(theme)
        self.choices.ticked.connect(self._on_ticked)
        self.known = KnownFacts(theme)
        self.known.asked_for.connect(lambda: self._go_and_enter(Entering.DETAILS))
        self.preview = Preview(desk, "Pages of the document", MARKS, NOTHING)
        self.sides = ListAndPanel(
            self._left(), self.preview, theme, narrowest=_NARROWEST, panel_quarters=_PAGES_QUARTERS
        )
        # As high as there is room; what is in it scrolls by itself.
        self.sides.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.sides.arranged.connect(self._on_arranged)
        for part, stretch in ((self.header, 0), (self.nothing, 1), (self.sides, 1)):
            self.put(part, stretch)
        add_key(self, "Back to the list of documents", "Alt+Left", self.back.click)
        add_key(self, "Issue as PDF", "Ctrl+S", self.issue.click)
        add_key(self, "Issue for Word", "Ctrl+Shift+S", self.word.click)
        add_key(self, "From the form to the pages and back", "F7", self._change_sides)
        desk.changed.connect(self._on_changed)
        self._show()

    def _left(self) -> QWidget:
        content = Scrolled()
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, self._theme.space(2), 0)
        down.setSpacing(self._theme.space(3))
        for part in (
            self.missing, self.notes, self.cohort, self.details, self.choices, self.known,
        ):  # fmt: skip
            down.addWidget(part)
        down.addStretch(1)
        self.form_area = QScrollArea()
        self.form_area.setProperty("role", "page")
        self.form_area.setWidgetResizable(True)
        self.form_area.setFrameShape(QFrame.Shape.NoFrame)
        self.form_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form_area.setWidget(content)
        return self.form_area

    # coming and going

    def arrive(self, destination: MakeDocument) -> None:
        """Begin a document, as another page asked; one that is begun already goes on."""
        if self._draft is not None and destination == self._came:
            self.refresh()
        elif self.has_unsaved_changes:
            self._ask_to_leave(destination)
        else:
            self._begin(destination)
        self._take_keyboard()

    def _begin(self, destination: MakeDocument) -> None:
        subject = Subject(SubjectKind(destination.subject_kind), destination.subject_id)
        try:
            wording = self._desk.store.read(library_of)
            known = self._read(subject, destination)
            self._draft = issuing.begin(wording, wording.type_of(destination.type_id), known)
        except Problem as problem:
            self._desk.messages.problem(problem)
            return
        self._was_begun, self._came = self._draft, destination
        self._asked, self._typed, self._unread = (), {}, {}
        bare = replace(self._draft, answers={})
        self._needed = set(issuing.prepare(bare, self._desk.clock.today()).composed.gaps)
        self.cohort.begin(self._draft, destination.others)
        self._prepare()
        self.form_area.verticalScrollBar().setValue(0)

    def _read(self, subject: Subject, came: MakeDocument | None) -> Gathered:
        """Return what is known of *subject*, with what was worked out where it was begun."""
        known = self._desk.store.read(gathered, subject, self._desk.clock.today())
        return replace(known, facts={**known.facts, **dict(came.given if came else ())})

    def _ask_to_leave(self, destination: MakeDocument) -> None:
        assert self._draft is not None
        begun = self._draft
        self.question = Question(
            self,
            self._theme,
            "Begin another document?",
            f"What you typed for “{begun.type.name}” about {begun.known.name} is not issued yet"
            " and will be lost.",
            "Begin the other",
            cancel_text="Go on with this one",
            danger=True,
        )
        self.question.accepted.connect(partial(self._begin, destination))
        self.question.open()

    @property
    def prepared(self) -> Prepared | None:
        """What the document comes to as it stands; None where none is begun."""
        return self._prepared

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something was typed or ticked that is in no document that was issued."""
        return self._draft is not None and (self._draft != self._was_begun or bool(self._unread))

    def _take_keyboard(self) -> None:
        if self.form is not None and self.form.isVisible():
            self.form.focus_first()
        else:
            self.back.setFocus()

    def _go_back(self) -> None:
        self._desk.go(OpenPage("documents"))

    # showing

    def refresh(self) -> None:
        """Take what the desk knows now; what was typed stays."""
        draft = self._draft
        if draft is None:
            return
        self.cohort.read()
        try:
            known = self._read(draft.known.subject, self._came)
            wording = self._desk.store.read(library_of)
            of = wording.type_of(draft.type.id)
        except Problem as problem:
            self._draft = self._was_begun = self._prepared = None
            self._desk.messages.problem(problem)
            self._show()
            return
        is_same = known.facts == draft.known.facts and known.name == draft.known.name
        if is_same and wording == draft.library:
            return
        self._draft = issuing.known_anew(draft, wording, of, known)
        if self._was_begun is not None:
            self._was_begun = issuing.known_anew(self._was_begun, wording, of, known)
        self._prepare()

    def _on_changed(self, changes: Any) -> None:
        if not changes.only_notes:
            self.note_stale()

    def _prepare(self) -> None:
        """Work out what the draft comes to, and show it."""
        assert self._draft is not None
        self._prepared = issuing.prepare(self._draft, self._desk.clock.today())
        self._needed.update(self._prepared.composed.gaps)
        if self._prepared.is_ready and not self._unread:
            self._take_refusal_back()
        self._show()
        self.preview.draw(partial(issuing.marked, self._prepared))

    def _show(self) -> None:
        prepared = self._prepared
        self.nothing.setVisible(prepared is None)
        self.sides.setVisible(prepared is not None)
        for each in (self.issue, self.word):
            each.setVisible(prepared is not None)
        if prepared is None:
            self.turn.hide()
            self.many.hide()
            self.header.set_words("Make a document", "")
            self.header.arrange()
            return
        self._build_form(prepared)
        asked = frozenset(self._asked)
        self.missing.show_prepared(prepared, asked)
        self.notes.show_prepared(prepared)
        self.choices.show_choices(prepared.composed.choices)
        self.known.show_prepared(prepared)
        self._order_stops()
        self._mark(prepared)
        self.many.setVisible(self.cohort.may_be_many(prepared.draft))
        self.cohort.show_prepared(prepared)
        self.header.set_words(prepared.draft.type.name, self._about(prepared))
        self._on_arranged()

    def _about(self, prepared: Prepared) -> str:
        composed, draft = prepared.composed, prepared.draft
        left_out = sum(not each.is_in for each in composed.choices)
        parts = (
            draft.known.name
            + (f" and {counted(self.cohort.count - 1, 'other')}" if self.cohort.others else ""),
            f"standard wording {draft.library.settings.version}",
            counted(len(composed.clauses), "clause")
            + (f", {left_out} optional left out" if left_out else ""),
        )
        return " · ".join(parts)

    def _build_form(self, prepared: Prepared) -> None:
        """Make the form anew where other fields are asked for; what was typed stays."""
        names = tuple(each.field.name for each in asking.in_order(prepared.asked, self._needed))
        if names == self._asked and (self.form is not None or not names):
            return
        here = self._field_with_keyboard()
        old, self.form, self._asked = self.form, None, names
        if old is not None:
            self.details.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.complete.setVisible(not names)
        if not names:
            return
        details = asking.details_class(prepared.asked)
        today = self._desk.clock.today()
        fields = asking.form_fields(prepared.asked, self._needed)
        self.form = Form(fields, details, self._theme, today=today, scrolls=False)
        self.form.show_details(asking.answers(prepared.asked, details))
        lost = {name: text for name, text in self._unread.items() if name in names}
        if lost:
            self.form.type_in({name: self._typed[name] for name in lost})
        self._typed = {**self._typed, **self.form.typed()}
        self.form.edited.connect(self._on_edited)
        self.details.add(self.form)
        if here in names:
            self.form.focus(here)

    def _order_stops(self) -> None:
        """Let Tab come to what was made anew where it stands."""
        every = (self.missing, self.cohort, self.form, self.choices, self.known)
        parts = [part for part in every if part is not None]
        access.follow(self.back, [each for part in parts for each in access.stops(part)])

    def _field_with_keyboard(self) -> str:
        form = self.form
        if form is None:
            return ""
        here = self.window().focusWidget()
        found = (
            name
            for name in self._asked
            if here is not None
            and (form.input(name).target is here or form.input(name).isAncestorOf(here))
        )
        return next(found, "")

    def _mark(self, prepared: Prepared) -> None:
        """Say beside each field what is wrong with it; one that is blank only waits."""
        if self.form is None:
            return
        found = [
            each
            for each in prepared.findings
            if each.place.field in self._asked and each.code != "DO002"
        ]
        found += [
            Finding(Level.ROW, "FORM1", words, place=Place(field=name))
            for name, words in self._unread.items()
        ]
        self.form.mark(found)
        here = self._field_with_keyboard()
        if here in {each.place.field for each in found}:
            # What is said below the field has its place once the layouts have settled.
            QTimer.singleShot(0, self.form, partial(self._show_field, here))

    def _show_field(self, name: str) -> None:
        if self.form is not None and name in self._asked:
            self.form_area.ensureWidgetVisible(self.form.input(name))

    def _on_arranged(self) -> None:
        is_wide = self.sides.is_side_by_side
        self.sides.setMinimumHeight(self._theme.space(_LEAST_HEIGHT))
        self.turn.setVisible(self._prepared is not None and not is_wide)
        self.turn.setText("Show the form" if self.sides.is_panel_alone else "Show the pages")
        self.header.arrange()

    def _turn(self) -> None:
        if self.sides.is_panel_alone:
            self.sides.close_panel()
        else:
            self.sides.open_panel()

    def _change_sides(self) -> None:
        here = self.window().focusWidget()
        is_in_pages = here is not None and self.preview.isAncestorOf(here)
        if not self.sides.is_side_by_side and is_in_pages == self.sides.is_panel_alone:
            self._turn()
        if is_in_pages:
            self._take_keyboard()
        else:
            self.preview.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # what the person does

    def _on_edited(self) -> None:
        assert self.form is not None
        typed = self.form.typed()
        changed = {name: text for name, text in typed.items() if text != self._typed.get(name)}
        if changed:
            self._typed |= changed
            self._take(changed)

    def _take(self, written: Mapping[str, str]) -> None:
        """Answer fields with what was *written*; what cannot be read is kept and said."""
        assert self._draft is not None
        today = self._desk.clock.today()
        for name, text in written.items():
            self._unread.pop(name, None)
            try:
                self._draft = issuing.answer(self._draft, name, text, today)
            except ValueError as error:
                self._unread[name] = str(error)
                self._draft = issuing.answer(self._draft, name, "", today)
        self._prepare()

    def _on_ticked(self, clause_id: str, is_in: bool) -> None:
        assert self._draft is not None
        self._draft = issuing.tick(self._draft, clause_id, is_in=is_in)
        self._prepare()

    def _go_to_field(self, name: str) -> None:
        if self.form is not None:
            self.form.focus(name)
            self._show_field(name)

    def _go_and_enter(self, where: Entering) -> None:
        assert self._draft is not None
        self._go_to(self._draft.known.subject, where)

    def _go_to(self, subject: Subject, where: Entering = Entering.DETAILS) -> None:
        destination = way_to(self._desk, subject, where)
        if destination is not None:
            self._desk.go(destination)

    def ask_for_pdf(self) -> None:
        """Ask where the PDF is to stand."""
        self._ask_for(DocumentFormat.PDF, "PDF")

    def ask_for_word(self) -> None:
        """Ask where the Word file is to stand."""
        self._ask_for(DocumentFormat.WORD, "Word")

    def _ask_for(self, kind: DocumentFormat, called: str) -> None:
        prepared = self._prepared
        if prepared is None or self._desk.store.is_read_only:
            return
        if not prepared.is_ready or self._unread:
            self._refuse(prepared)
            return
        self.issuer.ask_where(prepared, kind, called)

    def _refuse(self, prepared: Prepared) -> None:
        """Say what is to be put right first, and go there."""
        bad = [each for each in prepared.findings if each.level is not Level.NOTE]
        own = [each for each in bad if each.place.field in self._asked]
        own += [
            Finding(Level.ROW, "FORM1", words, place=Place(field=name))
            for name, words in self._unread.items()
        ]
        things = len({*(each.place.field for each in bad), *self._unread})
        self._desk.messages.warn(
            f"This document is not ready: {counted(things, 'thing')} to put right.",
            "What is missing stands at the top of the form.",
        )
        self._refusal = self._desk.messages.current_problem
        self.sides.close_panel()
        if self.form is not None and own:
            self.form.mark(own)
            first = next(name for name in self._asked if name in {f.place.field for f in own})
            self._go_to_field(first)
        else:
            self.form_area.verticalScrollBar().setValue(0)
            stops = access.stops(self.missing)
            if stops:
                stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave nothing said about a form that is not seen any more."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._take_refusal_back()

    def _take_refusal_back(self) -> None:
        """Let nothing say any longer that the document is not ready."""
        messages = self._desk.messages
        if self._refusal is not None and messages.current_problem is self._refusal:
            messages.dismiss()
        self._refusal = None

    def ask_for_many(self) -> None:
        """Ask in which folder one for each who gets this document is to stand."""
        if self._prepared is not None and not self._desk.store.is_read_only:
            self.issuer.ask_for_folder(self._prepared, self.cohort.others)

    def _on_issued(self, draft: Draft) -> None:
        if self._draft == draft:
            self._was_begun = draft
