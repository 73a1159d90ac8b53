"""Who else gets the document that is being made: one for each of those who were chosen.

What is asked is asked once.  Whoever lacks something is named before anything is issued, with what
that is and the way to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.documents.contents_list import LeftOut
from apprentice_desk.documents.gathering import Gathered, gathered_all
from apprentice_desk.documents.issuing import Draft, Prepared
from apprentice_desk.documents.issuing_many import drafts_of, is_of_one, sorted_out
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label

_MOST_NAMED = 8
_PAUSE = 300
"""So many milliseconds after the last letter that is typed the others are worked out anew."""


class CohortCard(Card):
    """The others, and what keeps the document of one from being issued.

    *asked_for* is sent with the subject of one that lacks something, *arranged* once other lines
    stand in it.
    """

    asked_for = Signal(object)
    arranged = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("For several apprentices", desk.theme)
        self._desk = desk
        self._draft: Draft | None = None
        self._known: tuple[Gathered, ...] = ()
        self._rows: list[QWidget] = []
        self._asked: set[str] = set()
        self.others: tuple[UUID, ...] = ()
        self.left_out: tuple[LeftOut, ...] = ()
        self.words = label("", wraps=True)
        self.add(self.words)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.work_out)
        self.hide()

    def may_be_many(self, draft: Draft) -> bool:
        """Say whether others get such a document: of bidders, that of the award goes to one."""
        has_bidders = draft.known.procurement_id is not None
        return bool(self.others) or (has_bidders and "bidder-is-winner" not in draft.type.checks)

    @property
    def count(self) -> int:
        """How many the document is for, the one whose pages are shown among them."""
        return 1 + len(self.others)

    def begin(self, draft: Draft, others: Sequence[UUID]) -> None:
        """Take the others to the document of *draft*; none hides the card."""
        self._draft, self.others, self._known, self.left_out = draft, tuple(others), (), ()
        self.setVisible(bool(others))
        self.read()

    def read(self) -> None:
        """Read behind the window what the desk knows of the others."""
        if self._draft is None or not self.others:
            return
        desk, subjects = self._desk, self.subjects(self._draft)[1:]

        def work(progress: Progress) -> tuple[Gathered, ...]:
            return desk.store.read(gathered_all, subjects, desk.clock.today(), progress)

        self.words.setText(f"Reading what is known of {counted(len(subjects), 'other')}.")
        desk.jobs.run(
            "Reading the others", work, done=self._take, newest_of="cohort", owner=self.window()
        )

    def _take(self, known: Any) -> None:
        self._known = known
        self.work_out()

    def subjects(self, draft: Draft) -> tuple[Subject, ...]:
        """Return whom the document is for, the one whose pages are shown first."""
        kind = draft.known.subject.kind
        return (draft.known.subject, *(Subject(kind, each) for each in self.others))

    def show_prepared(self, prepared: Prepared) -> None:
        """Take what was typed; the others are worked out once typing pauses."""
        self._draft = prepared.draft
        self._asked = {
            each.field.name
            for each in prepared.asked
            if each.is_missing and not is_of_one(each.field.name)
        }
        if self.others:
            self._later.start()

    def work_out(self) -> None:
        """Say who of the others lacks what the form does not ask for anyway."""
        draft = self._draft
        if draft is None or not self._known:
            return
        drafts = tuple(
            drafts_of(draft.library, draft.type, self._known, draft.answers, draft.ticks)
        )
        _, left_out = sorted_out(drafts, self._desk.clock.today())
        own = (
            replace(each, findings=tuple(beside(each.findings, self._asked))) for each in left_out
        )
        self.left_out = tuple(each for each in own if each.findings)
        self._show(draft.known.name)

    def _show(self, named: str) -> None:
        for old in self._rows:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        words = (
            f"The pages are those of {named}. What is asked below is asked once for"
            f" all {self.count}; “Issue for all” writes one for each."
        )
        count = len(self.left_out)
        if not count:
            words += " Nothing else is missing for the others."
        elif count == 1:
            words += " 1 of the others lacks more, and is left out until it is entered:"
        else:
            words += f" {count:,} of the others lack more, and are left out until it is entered:"
        if words != self.words.text():
            self.words.setText(words)
        for each in self.left_out[:_MOST_NAMED]:
            self._add(each)
        more = len(self.left_out) - _MOST_NAMED
        if more > 0:
            self._rows.append(label(f"And {more:,} more."))
            self.add(self._rows[-1])
        self.arranged.emit()

    def _add(self, left: LeftOut) -> None:
        row = QWidget()
        down = QVBoxLayout(row)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(self._desk.theme.space(0.5))
        words = f"{left.name}: {left.why}"
        down.addWidget(label(words, wraps=True))
        way = button(
            "Go there", self._desk.theme, partial(self.asked_for.emit, left.subject), role="link"
        )
        access.name(way, f"Go to the record of {left.name}")
        down.addWidget(way)
        self.add(row)
        self._rows.append(row)


def beside(findings: Iterable[Finding], asked: Collection[str]) -> Iterator[Finding]:
    """Yield what is not about a field that is *asked* for all of them."""
    for each in findings:
        if each.place.field not in asked:
            yield each
