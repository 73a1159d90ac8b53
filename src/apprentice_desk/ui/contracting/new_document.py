"""Beginning a document: which type, and about what.

On the page of one procurement or contract only what concerns it is offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.documents.choosing import SubjectChoice, subject_choices
from apprentice_desk.documents.issuing_many import may_get
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.wording import DocumentType
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form

TITLE = "New document"
_NO_SUBJECT = {
    SubjectKind.PROCUREMENT: "There is no procurement yet: add one under Contracts, Procurements.",
    SubjectKind.BIDDER: "No procurement has a bidder yet: add them on its page.",
    SubjectKind.CONTRACT: "There is no contract yet: add one under Contracts.",
    SubjectKind.APPRENTICESHIP: "There is no apprentice yet: add one under Apprentices.",
    SubjectKind.REVIEW: "No progress review is planned yet: plan one on the apprentice's record.",
    SubjectKind.SECONDMENT: "There is no secondment yet: ask for one under Secondments.",
    SubjectKind.ORGANISATION: "The desk does not say whose it is.",
}
_ABOUT = {
    SubjectKind.PROCUREMENT: "Which procurement it is for.",
    SubjectKind.BIDDER: "Which bidder it goes to.",
    SubjectKind.CONTRACT: "Which contract it is for.",
    SubjectKind.APPRENTICESHIP: "Which apprentice it is about.",
    SubjectKind.REVIEW: "Which progress review it records.",
    SubjectKind.SECONDMENT: "Which secondment it is for.",
    SubjectKind.ORGANISATION: "The organisation that this desk belongs to.",
}
_WITHIN = {
    SubjectKind.PROCUREMENT: (SubjectKind.PROCUREMENT, SubjectKind.BIDDER),
    SubjectKind.CONTRACT: (SubjectKind.CONTRACT,),
    SubjectKind.SECONDMENT: (SubjectKind.SECONDMENT,),
    SubjectKind.APPRENTICESHIP: (
        SubjectKind.APPRENTICESHIP,
        SubjectKind.REVIEW,
        SubjectKind.SECONDMENT,
    ),
}
"""What documents that are begun on a page can be about."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """What the dialog asks."""

    type_id: str | None = None
    subject: SubjectChoice | None = None


def begin_document(desk: Desk, parent: QWidget, about: Subject | None = None) -> FormDialog | None:
    """Ask which document is to be made, and go there; returns the open dialog.

    With a subject only documents about that procurement and its bidders, that contract, or that
    apprenticeship with its reviews and secondments are offered.  None where the wording cannot be
    read, which is said.
    """
    try:
        types = desk.store.read(library_of).newest_types
    except Problem as problem:
        desk.messages.problem(problem)
        return None
    kinds = tuple(SubjectKind) if about is None else _WITHIN[about.kind]
    offered = [each for each in types if each.subject in kinds]
    return _Beginning(desk, parent, offered, about).dialog


class _Beginning:
    """The dialog, whose second choice follows from the first."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        types: Sequence[DocumentType],
        within: Subject | None,
    ) -> None:
        self._desk = desk
        self._types = {each.id: each for each in types}
        self._within = within
        self._shown: str | None = None
        fields = (
            Field(
                "type_id",
                "Document",
                "choice",
                required=True,
                choices=tuple((each.id, each.name) for each in types),
                width=44,
            ),
            Field("subject", "About", "search", required=True, width=60),
        )
        self._form = Form(fields, _Begun, desk.theme)
        self._form.edited.connect(self._on_edited)
        self.dialog = FormDialog(
            self._form, TITLE, "Begin", self._begin, desk.theme, parent, wide=120
        )
        self.dialog.saved.connect(self._go)
        if len(types) == 1:
            self._form.set_value("type_id", types[0].id)
        self._offer()
        self.dialog.open()

    def _on_edited(self) -> None:
        self._offer()

    def _offer(self) -> None:
        """Offer what documents of the chosen type can be about."""
        type_id = self._form.value("type_id")
        if type_id == self._shown and type_id is not None:
            return
        self._shown = type_id
        of = self._types.get(type_id or "")
        self._form.set_value("subject", None)
        if of is None:
            self._form.set_choices("subject", ())
            self._form.set_help("subject", "Choose the document first.")
            return
        found = self._choices(of)
        self._form.set_choices("subject", tuple((each, each.shown) for each in found))
        says = _ABOUT[of.subject] if found else _NO_SUBJECT[of.subject]
        self._form.set_help("type_id", of.summary)
        self._form.set_help("subject", says)
        if len(found) == 1:
            self._form.set_value("subject", found[0])

    def _choices(self, of: DocumentType) -> Sequence[SubjectChoice]:
        """Return what a document of a type can be about; a letter of award only who won."""
        desk, kind = self._desk, of.subject
        only = self._within
        if only is not None and only.kind is kind:
            found = desk.store.read(subject_choices, kind, desk.clock.today())
            return [each for each in found if each.subject == only]
        within = None if only is None else only.id
        found = desk.store.read(subject_choices, kind, desk.clock.today(), within)
        if kind is SubjectKind.BIDDER:
            return [each for each in found if may_get(of, each)]
        return found

    def _begin(self, begun: _Begun) -> Sequence[Finding]:
        of = self._types.get(begun.type_id or "")
        if (
            of is not None
            and begun.subject is not None
            and begun.subject.subject.kind is of.subject
        ):
            return ()
        return (
            Finding(
                Level.ROW, "ND001", "Choose what the document is about.", "", Place(field="subject")
            ),
        )

    def _go(self, begun: Any) -> None:
        assert begun.type_id is not None  # or the dialog would not have let it go
        assert begun.subject is not None
        about = begun.subject.subject
        self._desk.go(MakeDocument(begun.type_id, about.kind.value, about.id))
