"""A paper of the invented procurement as the desk keeps it once it was issued."""

from __future__ import annotations

from apprentice_desk.documents import fields
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.fingerprints import tree_fingerprint
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.product import version
from apprentice_desk.records.keeping_documents import DocumentDetails, Subject
from documents.papers import PAPERS, TODAY


def kept_paper(
    type_id: str, subject: Subject, *, is_sample: bool = False
) -> tuple[Composed, DocumentDetails]:
    """The paper of a type with every clause that may be ticked, and what is kept of it."""
    wording, values = library(), PAPERS[type_id]
    of = wording.type_of(type_id)
    ticks = {each: True for each in of.clause_ids if wording.clause(each).is_optional}
    made = compose(wording, of, values, ticks, is_sample=is_sample)
    return made, DocumentDetails(
        subject=subject,
        type_id=of.id,
        type_version=of.version,
        title=made.document.title,
        reference=str(values["document_reference"]),
        issued_on=TODAY,
        clauses={each.id: each.version for each in made.clauses},
        ticks={each.clause.id: each.is_in for each in made.choices},
        field_values={
            name: fields.keep(FIELDS[name], values[name])
            for name in dict.fromkeys((*made.fields_used, "document_reference"))
            if name in values
        },
        wording_version=wording.settings.version,
        wording_owner=wording.settings.owner,
        wording_note=wording.settings.model_note,
        wording_fingerprint=made.fingerprint,
        tree_fingerprint=tree_fingerprint(made.document),
        program_version=version(),
        file_format=DocumentFormat.WORD,
        file_name="Order form EXB-DOC-14.docx",
    )
