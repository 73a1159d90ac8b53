"""Issuing what was made: asking where it is to stand, and doing it behind the window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk.documents import issuing, issuing_many
from apprentice_desk.documents.choosing import subject_choices
from apprentice_desk.documents.issuing import Prepared
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records.keeping_documents import Subject, apprenticeship_of
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import files
from apprentice_desk.ui.kit.messages import Message
from apprentice_desk.ui.leaving import Said, save_out

_MOST_NAMED = 4


class Issuer(QObject):
    """Issues documents for *page*; *issued* is sent with the draft of one that is."""

    issued = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.file_dialog: QFileDialog | None = None
        self._left_out: set[str] = set()
        self._said: Message | None = None

    def ask_where(self, prepared: Prepared, kind: DocumentFormat, called: str) -> None:
        """Ask where the file of a kind, which people know as *called*, is to stand."""
        self.file_dialog = files.ask_for_file(
            self._page,
            f"Issue “{prepared.draft.type.name}”",
            called,
            kind.ending.removeprefix("."),
            Path(issuing.file_name(prepared, kind)).stem,
            partial(self.issue_to, prepared),
        )

    def issue_to(self, prepared: Prepared, path: str) -> None:
        """Write the document to *path* and keep it."""
        store = self._desk.store

        def done(_key: Any) -> None:
            self.issued.emit(prepared.draft)
            self._take_left_out_back(prepared.draft.known.name)

        save_out(
            self._desk,
            f"Issuing {Path(path).name}",
            lambda progress: issuing.issue(store, prepared, path, progress),
            lambda _key: [(Path(path), self._going(prepared.draft.known.subject))],
            owner=self._page,
            say=lambda _key: Said(
                f"Issued: {path}. It is kept under Documents.", "Open it", partial(self._open, path)
            ),
            then=done,
            writes=True,
        )

    def _going(self, subject: Subject) -> Going:
        """Return what leaves with a document about *subject*; called on the worker."""
        found = self._desk.store.read(apprenticeship_of, subject)
        if found is None:  # a contract or a letter may name people, or not
            return Going(LeftKind.DOCUMENT)
        return Going.of(LeftKind.DOCUMENT, [found])

    def ask_for_folder(self, prepared: Prepared, others: Sequence[UUID] = ()) -> None:
        """Ask where one for each who gets this document is to stand: *others*, or all bidders."""
        title = f"Issue “{prepared.draft.type.name}” for all"
        self.file_dialog = files.ask_for_folder(
            self._page, title, lambda folder: self.issue_many_to(prepared, folder, others)
        )

    def issue_many_to(self, prepared: Prepared, folder: str, others: Sequence[UUID] = ()) -> None:
        """Write one for each of *others* too, or for all bidders, into *folder*, and keep them."""
        desk, draft = self._desk, prepared.draft
        store, today = desk.store, desk.clock.today()
        of, within = draft.type, draft.known.procurement_id

        def whom() -> list[Subject]:
            if others:
                first = draft.known.subject
                return [first, *(Subject(first.kind, each) for each in others)]
            found = store.read(subject_choices, SubjectKind.BIDDER, today, within)
            return [each.subject for each in found if issuing_many.may_get(of, each)]

        subjects: dict[Path, Subject] = {}

        def work(progress: Progress) -> issuing_many.IssuedMany:
            drafts = issuing_many.drafts_for(
                store, draft.library, of, whom(), draft.answers, draft.ticks, today,
                own={draft.known.subject.id: draft.answers} if others else {},
            )  # fmt: skip
            made = issuing_many.issue_many(
                store, drafts, folder, DocumentFormat.PDF, today, progress
            )
            subjects.update(zip(made.files, made.subjects, strict=True))
            return made

        def leaves(made: issuing_many.IssuedMany) -> list[tuple[Path, Going]]:
            every = [(path, self._going(subject)) for path, subject in subjects.items()]
            inside = frozenset().union(*(each.apprenticeships for _path, each in every))
            listed = Going(LeftKind.LIST, inside, count=None)
            return [*every, (made.contents, listed)]

        def say(made: issuing_many.IssuedMany) -> Said:
            return Said(
                f"Issued {counted(len(made.files), 'document')} in {folder}. They are kept under"
                " Documents. The list of them is there too.",
                "Open the list",
                partial(self._open, str(made.contents)),
            )

        save_out(
            desk,
            f"Issuing {of.name} for all",
            work,
            leaves,
            owner=self._page,
            say=say,
            then=partial(self._told_of_many, prepared),
            writes=True,
        )

    def _told_of_many(self, prepared: Prepared, found: issuing_many.IssuedMany) -> None:
        self.issued.emit(prepared.draft)
        if not found.left_out:
            return
        said = "; ".join(
            f"{each.name}: {each.findings[0].message}" for each in found.left_out[:_MOST_NAMED]
        )
        more = len(found.left_out) - _MOST_NAMED
        self._desk.messages.warn(
            f"{counted(len(found.left_out), 'document')} left out. {said}"
            + (f" And {more} more." if more > 0 else ""),
            "Put that right, and issue them one by one.",
        )
        self._left_out = {each.name for each in found.left_out}
        self._said = self._desk.messages.current_problem

    def _take_left_out_back(self, name: str) -> None:
        """Say no longer that letters are left out once each was issued by itself."""
        self._left_out.discard(name)
        messages = self._desk.messages
        if self._said is not None and not self._left_out and messages.current_problem is self._said:
            messages.dismiss()

    def _open(self, path: str) -> None:
        if not files.open_file(Path(path)):
            self._desk.messages.warn(
                f"No program of this computer opens “{Path(path).name}”.",
                "It is saved all the same.",
            )
