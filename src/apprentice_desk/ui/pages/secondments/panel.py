"""The panel beside the list: one secondment with its moves, what is in its way, and its story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.secondment_moves import Move
from apprentice_desk.domain.vocabulary import SecondmentStatus, SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.secondment_moves import MoveRow
from apprentice_desk.records.secondment_overview import SecondmentOverview
from apprentice_desk.ui.contracting.issued import IssuedCard
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, reading_area
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.panels import Card, EmptyState, KeyValues
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, icon_button, label, line
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.secondments.care import CARES, cares_of
from apprentice_desk.ui.pages.secondments.columns import (
    badge,
    form_in_words,
    how_long,
    in_one_line,
    where,
    who,
)
from apprentice_desk.ui.pages.secondments.moves import BUTTONS, ClashList
from apprentice_desk.ui.recording.choices import day_in_words, place_name, words

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."
_DONE: dict[SecondmentStatus, str] = {
    SecondmentStatus.REQUESTED: "Asked for",
    SecondmentStatus.APPROVED: "Approved",
    SecondmentStatus.MATCHED: "A place was found",
    SecondmentStatus.AGREED: "Agreed",
    SecondmentStatus.UNDER_WAY: "Started",
    SecondmentStatus.COMPLETED: "Completed",
    SecondmentStatus.DECLINED: "Declined",
    SecondmentStatus.WITHDRAWN: "Withdrawn",
}
_TO_BE_WRITTEN = (SecondmentStatus.MATCHED, SecondmentStatus.AGREED)
_SEEN_TO = (SecondmentStatus.AGREED, SecondmentStatus.UNDER_WAY)
"""While these are so, somebody still has to tell the provider and to revise the plan."""


class SecondmentPanel(Card):
    """Shows the secondment last given to ``show_one``.

    *moved* asks for one of its moves, *cared* for the dialog of something around it.
    """

    moved = Signal(object)
    cared = Signal(str)
    asked_for_places = Signal()
    asked_for_agreement = Signal()
    asked_for_apprentice = Signal()

    def __init__(self, desk: Desk, actions: Sequence[QAction]) -> None:
        super().__init__("", desk.theme, flush=True)
        self._desk = desk
        theme = desk.theme
        access.name(self, "Chosen secondment")
        self.nothing = EmptyState(
            theme, "arrow-left-right", "Nothing is chosen", "Choose a card or a line."
        )
        self.close_button = icon_button("arrow-left", "Back to the list", theme)
        self.name = label("", "large", wraps=True)
        self.badge = BadgeLabel(Badge(""), theme)
        self.line = label("", "quiet", wraps=True)
        self.moves = {
            move: button(
                text,
                theme,
                lambda move=move: self.moved.emit(move),  # type: ignore[misc]
                icon=icon,
            )
            for move, (text, icon) in BUTTONS.items()
        }
        self.cares = {
            about: button(
                text,
                theme,
                lambda about=about: self.cared.emit(about),  # type: ignore[misc]
                icon=icon,
            )
            for about, (text, icon) in CARES.items()
        }
        self.cares_title = label("To see to", "heading")
        self.find_places = button("Find places…", theme, self.asked_for_places.emit, icon="search")
        self.agreement = button(
            "Make the agreement…", theme, self.asked_for_agreement.emit, icon="file-plus"
        )
        self.open_apprentice = button(
            "Open the apprentice's record", theme, self.asked_for_apprentice.emit, role="link"
        )
        self.why = label("", wraps=True)
        self.clashes = ClashList((), theme)
        self.facts = KeyValues((), theme)
        self.afterwards_title = label("Afterwards", "heading")
        self.afterwards = KeyValues((), theme, least=40)
        self.story_title = label("What was done", "heading")
        self.story = KeyValues((), theme, least=40)
        self.issued = IssuedCard(desk)
        self.buttons = [_button_of(each, desk) for each in actions]
        self.shown_now: SecondmentOverview | None = None
        self._build()
        self.show_one(None)

    def _build(self) -> None:
        theme = self._desk.theme
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, theme.space(2), edge, edge)
        down.setSpacing(theme.space(2))
        self._move_line = Flow([*self.moves.values(), self.find_places, self.agreement], theme)
        self._care_line = Flow([*self.cares.values()], theme)
        for part in (
            self.why,
            self.cares_title,
            self._care_line,
            self.clashes,
            label("What it is", "heading"),
            self.facts,
            self.open_apprentice,
            self.afterwards_title,
            self.afterwards,
            self.story_title,
            self.story,
            self.issued,
        ):
            down.addWidget(part)
        down.addStretch(1)
        self.area = reading_area(content, "Details")
        top = QVBoxLayout()
        top.setContentsMargins(edge, edge, edge, theme.space(2))
        top.setSpacing(theme.space(2))
        top.addLayout(head)
        top.addWidget(self.line)
        top.addWidget(self._move_line)
        foot = QVBoxLayout()
        foot.setContentsMargins(edge, theme.space(2), edge, theme.space(3))
        self.read_only = label(READ_ONLY, "small", wraps=True)
        self.read_only.setVisible(self._desk.store.is_read_only)
        foot.addWidget(self.read_only)
        foot.addWidget(Flow(self.buttons, theme))
        self.whole = QWidget()
        inside = QVBoxLayout(self.whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(top)
        inside.addWidget(line())
        inside.addWidget(self.area, 1)
        inside.addWidget(line())
        inside.addLayout(foot)
        self.add(self.nothing, 1)
        self.add(self.whole, 1)

    # showing

    def show_one(self, shown: SecondmentOverview | None) -> None:
        """Show one secondment, or that none is chosen."""
        self.shown_now = shown
        self.nothing.setVisible(shown is None)
        self.whole.setVisible(shown is not None)
        if shown is None:
            return
        one = shown.line
        self.name.setText(who(one))
        self.badge.show_badge(badge(one.details.status))
        self.line.setText(in_one_line(one))
        self._show_moves(shown)
        self.why.setText(f"Why: {one.reason}" if one.reason else "")
        self.why.setVisible(bool(one.reason))
        self.clashes.setVisible(bool(one.moves) and bool(one.details.apprenticeship_id))
        self.clashes.show_clashes(shown.clashes)
        self.facts.show_pairs(self._facts(shown))
        self.open_apprentice.setVisible(one.details.apprenticeship_id is not None)
        after = _afterwards(shown)
        for part in (self.afterwards_title, self.afterwards):
            part.setVisible(bool(after))
        self.afterwards.show_pairs(after)
        for part in (self.story_title, self.story):
            part.setVisible(bool(shown.moves))
        self.story.show_pairs([_told(move) for move in shown.moves])
        has_papers = one.details.apprenticeship_id is not None and not one.details.form.is_light
        self.issued.setVisible(has_papers)
        self.issued.show_about(Subject(SubjectKind.SECONDMENT, one.id), one.code)

    def _show_moves(self, shown: SecondmentOverview) -> None:
        can_write = not self._desk.store.is_read_only
        possible = shown.line.moves if can_write else ()
        for move, made in self.moves.items():
            made.setVisible(move in possible)
            is_first = bool(possible) and move is possible[0]
            if made.property("role") != ("primary" if is_first else ""):
                made.setProperty("role", "primary" if is_first else "")
                made.style().unpolish(made)
                made.style().polish(made)
                tone = "text_on_accent" if is_first else "text"
                set_icon(made, BUTTONS[move][1], tone, self._desk.theme)
        one = shown.line
        open_now = cares_of(shown) if can_write else ()
        for about, care in self.cares.items():
            care.setVisible(about in open_now)
        for part in (self.cares_title, self._care_line):
            part.setVisible(bool(open_now))
        self._care_line.updateGeometry()
        self.agreement.setVisible(
            can_write
            and one.details.status in _TO_BE_WRITTEN
            and one.details.apprenticeship_id is not None
            and not one.details.form.is_light
        )
        self.find_places.setVisible(Move.MATCH in possible)
        self._move_line.setVisible(any(not each.isHidden() for each in self._move_line.parts))
        self._move_line.updateGeometry()

    def _facts(self, shown: SecondmentOverview) -> list[tuple[str, str]]:
        one, details = shown.line, shown.line.details
        pairs = [("Apprentice", f"{one.name}, {one.apprentice_code}")] if one.name else []
        pairs += _given(
            ("Line manager", one.line_manager),
            ("In words", details.wanted),
            ("Kind of role", words(details.role_family)),
            ("Standard", details.standard_code or ""),
            ("KSBs", details.ksbs),
            ("Home", place_name(details.home) if one.is_offer else ""),
        )
        pairs += [("Host", where(one))]
        pairs += _given(
            ("Kind of host", place_name(details.host) if details.host_name else ""),
            ("Supervisor there", details.host_supervisor),
            ("Area", details.area),
            ("Pattern", words(details.pattern)),
            ("Places", str(details.capacity) if details.capacity else ""),
        )
        pairs += [("Earliest start", day_in_words(details.earliest_start_on))]
        pairs += _given(("Latest start", day_in_words(details.latest_start_on)))
        pairs += [("Lasts", how_long(one))]
        pairs += _given(
            ("Agreed", _between(details.agreed_start_on, details.agreed_end_on)),
            ("Started", day_in_words(details.started_on)),
            ("Ended", day_in_words(details.ended_on)),
            ("Matched with", one.matched_code),
        )
        told, plan = (
            day_in_words(shown.care.provider_told_on),
            _said(shown.care.plan_revised_on, shown.care.plan_note),
        )
        if details.status in _SEEN_TO and not details.form.is_light and one.name:
            told, plan = told or "not yet", plan or "to be revised"
        pairs += _given(("Provider told", told), ("Training plan", plan))
        return [*pairs, ("Code", one.code), ("What", form_in_words(one))]

    @property
    def first_button(self) -> QPushButton | None:
        """The button of the usual way on; None where nothing can be done."""
        return next((each for each in self.moves.values() if each.isVisibleTo(self)), None)

    def take_keyboard(self) -> None:
        """Go to the usual way on, else to what can be read."""
        (self.first_button or self.area).setFocus(Qt.FocusReason.OtherFocusReason)


def _given(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[1]]


def _between(first: date | None, last: date | None) -> str:
    days = [show_day(each) for each in (first, last) if each is not None]
    return " to ".join(dict.fromkeys(days))


def _said(day: date | None, note: str) -> str:
    return ": ".join(part for part in (day_in_words(day), note) if part)


def _afterwards(shown: SecondmentOverview) -> list[tuple[str, str]]:
    """Return what was said half-way and afterwards; nothing while nobody said anything."""
    care = shown.care
    return _given(
        ("Half-way", _said(care.checked_in_on, care.check_in_note)),
        ("Learned", care.learned),
        ("KSBs it touched", care.ksbs_touched),
        ("The host says", care.host_feedback),
        ("The apprentice says", care.apprentice_feedback),
    )


def _told(move: MoveRow) -> tuple[str, str]:
    by = f" by {move.moved_by}" if move.moved_by else ""
    note = f": {move.note}" if move.note else ""
    return show_day(move.moved_on), f"{_DONE.get(move.became, words(move.became))}{by}{note}"


def _button_of(action: QAction, desk: Desk) -> QPushButton:
    """A button that does what *action* does, and is enabled when it is."""
    made = button(action.text(), desk.theme, action.trigger)
    keys = action.shortcut().toString()
    tip = action.text().removesuffix("…") + (f" ({keys})" if keys else "")
    made.setToolTip(as_tip(READ_ONLY if desk.store.is_read_only else tip))
    action.enabledChanged.connect(made.setEnabled)
    made.setEnabled(action.isEnabled())
    return made
