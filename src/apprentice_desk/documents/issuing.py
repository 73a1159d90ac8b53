"""From a document type and a subject to a document that is issued.

A draft is what was chosen and answered so far; ``prepare`` says what it comes to: the document with
its gaps, what is still to be asked for, and what keeps it from being issued.  How it is kept, and
made again as it was, is in ``keeping``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from apprentice_desk.documents import fields, fields_of_people
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.document_checks import check_values
from apprentice_desk.documents.field_kinds import MergeField, Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.fingerprints import tree_fingerprint
from apprentice_desk.documents.gathering import Gathered
from apprentice_desk.documents.keeping import Keeping, keep_all, take_back
from apprentice_desk.documents.placing import parts_of
from apprentice_desk.documents.tree import Document
from apprentice_desk.documents.wording import Clause, DocumentType, Library
from apprentice_desk.domain.evidence import safe_file_name
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.product import version
from apprentice_desk.records.keeping_documents import SEPARATOR, DocumentDetails
from apprentice_desk.records.store import Store
from apprentice_desk.sheets import check_target, replacing

REFERENCE = "document_reference"
"""A field that every document has room for, in its footer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is being made: what was chosen, and what was answered.

    What the desk knows goes before an answer.
    """

    library: Library
    type: DocumentType
    known: Gathered
    answers: Mapping[str, Value]
    ticks: Mapping[str, bool]

    @property
    def values(self) -> Mapping[str, Value]:
        """Every value there is, by its field."""
        return {**self.answers, **self.known.facts}


class Entering(StrEnum):
    """Where in the desk something is entered that only the desk can know."""

    DETAILS = "details"
    TIMETABLE = "timetable"
    CRITERIA = "criteria"
    QUESTIONS = "clarifications"
    BIDDERS = "bidders"
    SCORES = "scores"
    DECISION = "decision"
    PRICES = "prices"
    EXTENSIONS = "extensions"
    MEASURES = "measures"


_ENTERED: Mapping[str, Entering] = {
    "standards": Entering.DETAILS, "standards_table": Entering.DETAILS,
    "pricing_schedule": Entering.DETAILS, "price_is_formula": Entering.DETAILS,
    "timetable": Entering.TIMETABLE,
    "criteria": Entering.CRITERIA, "questions": Entering.CRITERIA,
    "least_scores": Entering.CRITERIA, "price_weighs": Entering.CRITERIA,
    "bid_was_scored": Entering.BIDDERS, "bid_was_not_scored_why": Entering.BIDDERS,
    "own_prices": Entering.BIDDERS,
    "short_of": Entering.SCORES, "scores_beside": Entering.SCORES, "own_scores": Entering.SCORES,
    "own_reasons": Entering.SCORES, "winner_reasons": Entering.SCORES,
    "bidder_is_winner": Entering.DECISION, "has_standstill": Entering.DECISION,
    "standstill_is_voluntary": Entering.DECISION,
    "prices": Entering.PRICES, "prices_above_band": Entering.PRICES,
    "extensions": Entering.EXTENSIONS, "measures": Entering.MEASURES,
    "procurement_days": Entering.TIMETABLE,
    "bidders_table": Entering.BIDDERS, "has_unscored_bids": Entering.BIDDERS,
    "prices_offered": Entering.BIDDERS, "evaluators_table": Entering.SCORES,
    "abstentions": Entering.SCORES, "evaluator_scores": Entering.SCORES,
    "moderated_scores": Entering.SCORES, "prices_compared": Entering.SCORES,
    "points_table": Entering.SCORES, "ranking_table": Entering.SCORES,
    "ties": Entering.SCORES, "first_is_tied": Entering.SCORES,
    "winner_is_first": Entering.DECISION, "clarifications": Entering.QUESTIONS,
    "has_answers": Entering.QUESTIONS, "has_open_questions": Entering.QUESTIONS,
    "answers_name_somebody": Entering.QUESTIONS, "answers_may_hint": Entering.QUESTIONS,
    "apprentices_in_training": Entering.DETAILS, "reviews_overdue": Entering.DETAILS,
    "measures_beside": Entering.MEASURES, "measures_made_of": Entering.MEASURES,
    "measures_missed": Entering.MEASURES, "measures_missed_twice": Entering.MEASURES,
    "is_all_well": Entering.MEASURES, "was_measured": Entering.MEASURES,
    "shared_sheets": Entering.DETAILS, "shared_columns": Entering.DETAILS,
    "shared_lists": Entering.DETAILS,
    **{each.name: Entering.DETAILS for each in fields_of_people.FIELDS if each.is_of_desk},
}  # fmt: skip
"""Where each field is entered that is never asked for."""

_OF_THE_TIMETABLE = frozenset(
    {"questions_by_on", "answers_by_on", "bids_by_on", "bids_by_at", "decision_by_on"}
)


def entered_at(name: str) -> Entering:
    """Return where in the desk a field is entered; the details, where nothing else is known."""
    if name in _OF_THE_TIMETABLE:
        return Entering.TIMETABLE
    return _ENTERED.get(name, Entering.DETAILS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that the form asks for; *value* is None while it is not answered.

    *is_missing* says that the document has a gap for it: it cannot be left out.
    """

    field: MergeField
    value: Value | None
    is_missing: bool


@dataclass(frozen=True, slots=True)
class ToEnter:
    """A gap that only the desk can fill, and where that is done."""

    field: MergeField
    where: Entering


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a draft comes to on a day.

    *asked* are the fields that the document uses and the desk does not know, always in the same
    order; *findings* are those of the wording and of the values together.
    """

    draft: Draft
    composed: Composed
    asked: tuple[Asked, ...]
    to_enter: tuple[ToEnter, ...]
    findings: tuple[Finding, ...]
    today: date

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps it from being issued; notes do not."""
        return not refuses(self.findings)


def begin(library: Library, of: DocumentType, known: Gathered) -> Draft:
    """Return a draft with what the form is prefilled with.

    Raises Problem where documents of the type are about something else.
    """
    if of.subject is not known.subject.kind:
        raise Problem(f"“{of.name}” is about {of.subject.one}, not about {known.subject.kind.one}.")
    return Draft(library, of, known, dict(known.suggested), {})


def known_anew(draft: Draft, library: Library, of: DocumentType, known: Gathered) -> Draft:
    """Return *draft* of what is known now; answers that the desk knows now are its own."""
    kept = {name: each for name, each in draft.answers.items() if name not in known.facts}
    return Draft(library, of, known, kept, draft.ticks)


def answer(draft: Draft, name: str, written: str, today: date) -> Draft:
    """Return *draft* with what a person wrote for a field; without a word it has no value.

    Raises ValueError with a sentence for a field that there is not, that the desk knows, and for
    what ``fields.parse`` refuses.
    """
    field = FIELDS.get(name)
    if field is None:
        raise ValueError(f"There is no field “{name[:60]}”.")
    if name in draft.known.facts:
        raise ValueError(f"{field.label} is known to the desk: change it there.")
    answers = dict(draft.answers)
    if written.strip() or field.is_of_desk:
        answers[name] = fields.parse(field, written, today)
    else:
        answers.pop(name, None)
    return replace(draft, answers=answers)


def tick(draft: Draft, clause_id: str, *, is_in: bool) -> Draft:
    """Return *draft* with an optional clause put in or left out.

    Raises Problem where the document has no optional clause of that name.
    """
    optional = [
        each.id
        for _, clauses in parts_of(draft.library, draft.type, is_whole=False)
        for each in clauses
        if each.is_optional
    ]
    if clause_id not in optional:
        there = ", ".join(optional) or "none"
        raise Problem(
            f"“{draft.type.name}” has no optional clause “{clause_id}”.", f"There are: {there}."
        )
    return replace(draft, ticks={**draft.ticks, clause_id: is_in})


def prepare(draft: Draft, today: date) -> Prepared:
    """Return what *draft* comes to on *today*; Problem where the library has no such clause."""
    values, facts = draft.values, draft.known.facts
    composed = _composed(draft)
    used = {*composed.fields_used, REFERENCE}
    return Prepared(
        draft=draft,
        composed=composed,
        asked=tuple(
            Asked(field, values.get(name), name in composed.gaps)
            for name, field in FIELDS.items()
            if name in used and name not in facts and not field.is_of_desk
        ),
        to_enter=tuple(
            ToEnter(FIELDS[name], entered_at(name))
            for name in composed.gaps
            if FIELDS[name].is_of_desk
        ),
        findings=(
            *composed.findings,
            *check_values(composed, values, today),
            *draft.library.left_out,
        ),
        today=today,
    )


def marked(prepared: Prepared) -> Document:
    """Return the document with its values marked, those that findings are about as wrong ones."""
    wrong = frozenset(each.place.field for each in prepared.findings if refuses((each,)))
    return _composed(prepared.draft, wrong).document


def _composed(draft: Draft, wrong: frozenset[str] | None = None) -> Composed:
    return compose(
        draft.library,
        draft.type,
        draft.values,
        draft.ticks,
        is_sample=draft.known.is_sample,
        marked=wrong,
    )


# --- issuing --------------------------------------------------------------------------------------


def write(
    kind: DocumentFormat,
    path: Path,
    document: Document,
    on: date,
    progress: Progress | None = None,
) -> Path:
    """Write a document that is issued *on* a day as a file of a kind; return where it stands."""
    # What draws is slow to import, and not wanted before something is drawn.
    match kind:
        case DocumentFormat.PDF:
            from apprentice_desk.documents import pdf

            return pdf.write(path, document, progress)  # no day stands in its properties
        case DocumentFormat.WORD:
            from apprentice_desk.documents import docx

            return docx.write(path, document, progress, made_on=on)


def format_of(path: str | Path) -> DocumentFormat:
    """Return the kind of file that a name asks for; Problem where it is neither."""
    ending = Path(path).suffix.casefold()
    for each in DocumentFormat:
        if each.ending == ending:
            return each
    known = " or ".join(each.ending for each in DocumentFormat)
    raise Problem(f"“{Path(path).name}” is no name of a document.", f"Let it end in {known}.")


def file_name(prepared: Prepared, kind: DocumentFormat) -> str:
    """Return what the file of a document is called, unless somebody wants another name."""
    known = prepared.draft.known
    words = [prepared.draft.type.name, known.reference]
    if known.subject.kind is SubjectKind.BIDDER:
        words.append(str(known.facts["bidder_name"]))
    elif not known.reference or known.subject.kind is SubjectKind.SECONDMENT:
        words.append(known.name.replace(SEPARATOR, " "))
    return safe_file_name(f"{' '.join(filter(None, words)).replace('/', '-')}{kind.ending}")


def drawn(
    document: Document, kind: DocumentFormat, on: date, progress: Progress | None = None
) -> bytes:
    """Return the file of a document that is issued *on* a day; nothing of it is on the disk."""
    match kind:
        case DocumentFormat.PDF:
            from apprentice_desk.documents import pdf

            return pdf.content(document, progress)
        case DocumentFormat.WORD:
            from apprentice_desk.documents import docx

            return docx.content(document, progress, made_on=on)


def issue(
    store: Store, prepared: Prepared, path: str | Path, progress: Progress | None = None
) -> UUID:
    """Write a document to *path*, keep it in the desk as one change, and return its key.

    The file is written beside *path* first, then it is kept, then it takes its place; what goes
    wrong on the way, stopping included, leaves neither.  Raises Problem while findings hold the
    document back, and when it cannot be written or kept.
    """
    kind = format_of(path)
    path = check_target(path, ending=kind.ending)
    check_ready(prepared)
    keys: dict[UUID, Keeping] = {}
    label = label_of(prepared)
    try:
        with replacing(path) as fresh:
            details = details_of(prepared, kind, path.name)
            write(kind, fresh, prepared.composed.document, details.issued_on, progress)
            kept = Keeping(path, fresh.read_bytes(), details, own_wording(prepared))
            keys = keep_all(store, label, (kept,))
    except BaseException:
        take_back(store, label, keys)
        raise
    return next(iter(keys))


def check_ready(prepared: Prepared) -> None:
    """Raise Problem, with the first finding, where a document cannot be issued."""
    if prepared.is_ready:
        return
    found = [each for each in prepared.findings if refuses((each,))]
    things = "one thing is" if len(found) == 1 else f"{len(found)} things are"
    raise Problem(
        f"“{prepared.draft.type.name}” was not issued: {things} to be put right.",
        f"{found[0].message} {found[0].remedy}".strip(),
    )


def own_wording(prepared: Prepared) -> Mapping[str, str]:
    """Return the fingerprints of the wording in a document that did not come with the program."""
    composed = prepared.composed
    every: tuple[DocumentType | Clause, ...] = (composed.type, *composed.clauses)
    return {each.file: each.fingerprint for each in every if each.is_own}


def label_of(prepared: Prepared) -> str:
    """Return what the change is called that issues a document."""
    return f"Issue {prepared.draft.type.name}: {prepared.draft.known.name}"


def details_of(prepared: Prepared, kind: DocumentFormat, name: str) -> DocumentDetails:
    """Return what is kept of a document: no value but those that it holds or turns on."""
    draft, composed = prepared.draft, prepared.composed
    values, settings = draft.values, draft.library.settings
    dated = values.get("document_date") if "document_date" in composed.fields_used else None
    reference = values.get(REFERENCE)
    return DocumentDetails(
        subject=draft.known.subject,
        type_id=draft.type.id,
        type_version=draft.type.version,
        title=composed.document.title,
        reference=reference if isinstance(reference, str) else "",
        issued_on=dated if isinstance(dated, date) else prepared.today,
        clauses={each.id: each.version for each in composed.clauses},
        ticks={each.clause.id: each.is_in for each in composed.choices},
        field_values={
            each: fields.keep(FIELDS[each], values[each])
            for each in dict.fromkeys((*composed.fields_used, REFERENCE))
            if each in values
        },
        wording_version=settings.version,
        wording_owner=settings.owner,
        wording_note=settings.model_note,
        wording_fingerprint=composed.fingerprint,
        tree_fingerprint=tree_fingerprint(composed.document),
        program_version=version(),
        file_format=kind,
        file_name=name,
    )
