"""Where in the window that is which a document is about."""

from __future__ import annotations

from apprentice_desk.documents.issuing import Entering
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject, whole_of
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    Destination,
    OpenContract,
    OpenPage,
    OpenProcurement,
    OpenRecord,
    OpenSecondment,
)

_CONTRACT_PARTS = {
    Entering.PRICES: "prices",
    Entering.EXTENSIONS: "extensions",
    Entering.MEASURES: "agreed",
}


def way_to(desk: Desk, subject: Subject, where: Entering = Entering.DETAILS) -> Destination | None:
    """Return the way to *subject*, to the part of it where something is entered.

    None when it was removed meanwhile.
    """
    whole = desk.store.read(whole_of, subject)
    if whole is None:
        return None
    match subject.kind:
        case SubjectKind.CONTRACT:
            return OpenContract(whole, _CONTRACT_PARTS.get(where, ""))
        case SubjectKind.PROCUREMENT:
            return OpenProcurement(whole, _part(where))
        case SubjectKind.BIDDER:
            if where is Entering.DETAILS:
                return OpenProcurement(whole, Entering.BIDDERS.value, subject.id)
            return OpenProcurement(whole, _part(where))
        case SubjectKind.APPRENTICESHIP:
            return OpenRecord(whole, _part(where))
        case SubjectKind.REVIEW:
            return OpenRecord(whole, "reviews", subject.id)
        case SubjectKind.SECONDMENT:
            return OpenSecondment(subject.id)
        case SubjectKind.ORGANISATION:
            return OpenPage("returns")


def _part(where: Entering) -> str:
    return "" if where is Entering.DETAILS else where.value
