"""Writing a review into the desk as one change, and the whole of an import in one call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypedDict, cast
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain import apprenticeship as programme
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.imports import (
    contract_differences,
    differences,
    fates,
    reading,
    remembering,
    reviewing,
)
from apprentice_desk.imports import matching as matching_
from apprentice_desk.imports import preamble as preambles
from apprentice_desk.imports.apprentices import ApprenticeEntry
from apprentice_desk.imports.contracts import ContractEntry
from apprentice_desk.imports.corrections import Correction
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.payments import PaymentEntry
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Fate, Options, Review, ReviewedRow
from apprentice_desk.imports.training_providers import ProviderChoice
from apprentice_desk.records import (
    apprentices,
    contracts,
    hours,
    import_memory,
    known_people,
    payments,
    programmes,
    providers,
)
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.hours import HoursDetails, LoggedEntry
from apprentice_desk.records.store import Store
from apprentice_desk.sheets import check_target

_EVERY = 500
_CALLED = {
    Kind.APPRENTICES: ("apprentice", "apprentices"),
    Kind.HOURS: ("entry of hours", "entries of hours"),
    Kind.CONTRACTS: ("contract", "contracts"),
    Kind.PAYMENTS: ("payment", "payments"),
}


@dataclass(frozen=True, slots=True)
class Applied:
    """What a review brought into the desk."""

    rows: int
    people_added: int
    providers_added: int
    corrected: int = 0
    """How many of the rows corrected what the desk has."""


def label_of(review: AnyReview) -> str:
    """Return the name of the change: what Undo and the log call it."""
    imported = review.with_fate(Fate.IMPORTED)
    corrected = sum(row.correction is not None for row in imported)
    count = len(imported) - corrected
    what, mended = (_counted(each, *_CALLED[review.kind]) for each in (count, corrected))
    if not corrected and not count and review.taken_over is not None:
        return f"Take over what stands above {review.file_name}"
    if not corrected:
        return f"Import {what} from {review.file_name}"
    if not count:
        return f"Correct {mended} from {review.file_name}"
    return f"Import {what} and correct {corrected:,} from {review.file_name}"


def brings_anything(review: AnyReview) -> bool:
    """Whether a row comes in, or something is taken over from above the rows."""
    return bool(review.count(Fate.IMPORTED)) or review.taken_over is not None


def _counted(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def apply(session: Session, review: AnyReview, progress: Progress | None = None) -> Applied:
    """Write the rows that are to be imported; call it inside one ``store.change``.

    Raises Problem where the desk has changed since the review, Cancelled when stopped; either
    leaves nothing behind, since the change rolls back.
    """
    progress = progress or Progress()
    if review.kind is Kind.APPRENTICES:
        return _add_apprentices(session, cast("Review[ApprenticeEntry]", review), progress)
    if review.kind is Kind.CONTRACTS:
        return _add_contracts(session, cast("Review[ContractEntry]", review), progress)
    if review.kind is Kind.PAYMENTS:
        return _record_payments(session, cast("Review[PaymentEntry]", review), progress)
    return _log_hours(session, cast("Review[HoursEntry]", review), progress)


def _add_apprentices(
    session: Session, review: Review[ApprenticeEntry], progress: Progress
) -> Applied:
    added: dict[UUID, UUID] = {}
    made: dict[ProviderChoice, UUID] = {}
    corrected = [row.correction for row in review.rows if row.entry is not None and row.correction]
    entries = [(row, entry) for row, entry in review.entries() if row.correction is None]
    first: dict[UUID, UUID] = {}  # each person's first apprenticeship
    if any(not entry.is_new_person for _, entry in entries):
        for each in reversed(known_people.known_people(session)):
            first[each.apprentice_id] = each.apprenticeship_id
    for done, (_, entry) in enumerate(entries):
        progress.step(done, len(entries), "Adding apprentices")
        provider_id = _provider_of(session, entry.provider, made)
        known = added.get(entry.person) if entry.is_new_person else entry.person
        details = replace(entry.details, provider_id=provider_id)
        if known is not None:
            details = _keeping(apprentices.held(session, first[known]).details, details)
        key = apprentices.enrol(session, details, apprentice_id=known)
        if known is None:
            person = apprentices.held(session, key).apprentice_id
            added[entry.person] = person
            first[person] = key
        if entry.paused_from is not None:
            programmes.start_break(
                session,
                key,
                entry.paused_from.day,
                is_day_given=entry.paused_from.is_day_given,
            )
    for done, correction in enumerate(corrected):
        progress.step(done, len(corrected), "Correcting apprentices")
        _correct_apprentice(session, correction, made)
    return Applied(len(entries) + len(corrected), len(added), len(made), len(corrected))


def _add_contracts(session: Session, review: Review[ContractEntry], progress: Progress) -> Applied:
    made: dict[ProviderChoice, UUID] = {}
    every = review.entries()
    corrected = 0
    for done, (row, entry) in enumerate(every):
        progress.step(done, len(every), "Entering contracts")
        if row.correction is not None:
            _correct_contract(session, row.correction, made)
            corrected += 1
            continue
        provider_id = _provider_of(session, entry.provider, made)
        contracts.award(session, replace(entry.details, provider_id=provider_id))
    return Applied(len(every), 0, len(made), corrected)


def _correct_contract(
    session: Session, correction: Correction, made: dict[ProviderChoice, UUID]
) -> None:
    """Set what was accepted and nothing else.

    Raises Conflict where somebody changed the contract since the review, Problem where the values
    that were accepted do not go together.
    """
    held: ContractDetails = correction.stamp
    if contracts.contract_details(session, correction.of) != held:
        raise Conflict(
            f"Contract {held.reference} was changed since the rows were reviewed.",
            "Review the rows again.",
        )
    details = replace(held, **contract_differences.plain_values(correction))
    if (choice := correction.values.get(contract_differences.PROVIDER)) is not None:
        details = replace(details, provider_id=_provider_of(session, choice, made))
    for finding in (
        *contracts.check(details),
        *contracts.check_beside(session, correction.of, details),
    ):
        raise Problem(
            f"The corrections of contract {held.reference} that were accepted do not go together:"
            f" {finding.message}",
            "Accept the other value too, or leave this correction out.",
        )
    contracts.correct_contract(session, correction.of, details)


def _provider_of(
    session: Session, choice: ProviderChoice | None, made: dict[ProviderChoice, UUID]
) -> UUID | None:
    """Return the key of the provider that was named, added if it is new."""
    if choice is None:
        return None
    key = choice.id or made.get(choice)
    if key is None:
        key = made[choice] = providers.add_provider(session, choice.details)
    return key


def _correct_apprentice(
    session: Session, correction: Correction, made: dict[ProviderChoice, UUID]
) -> None:
    """Set what was accepted and nothing else.

    Raises Conflict where somebody changed the apprenticeship since the review, Problem where the
    values that were accepted do not go together.
    """
    held = apprentices.held(session, correction.of)
    details = replace(held.details, **differences.plain_values(correction))
    values = correction.values
    if differences.PROVIDER in values:
        details = replace(
            details, provider_id=_provider_of(session, values[differences.PROVIDER], made)
        )
    before = programme.check_dates(apprentices.course_of(held.details, held.breaks))
    for finding in programme.check_dates(apprentices.course_of(details, held.breaks)):
        if finding.level is not Level.NOTE and finding not in before:
            who = full_name(details.given_names, details.family_name)
            raise Problem(
                f"The corrections of {who} that were accepted do not go together:"
                f" {finding.message}",
                "Accept the other day too, or leave this correction out.",
            )
    apprentices.correct(session, correction.of, details, correction.stamp)
    if differences.BREAK in values:
        begins = values[differences.BREAK]
        programmes.start_break(session, correction.of, begins.day, is_day_given=begins.is_day_given)


def _keeping(now: ApprenticeDetails, details: ApprenticeDetails) -> ApprenticeDetails:
    """Return *details* with the particulars that the person has already, where there are any."""
    kept: dict[str, Any] = {
        name: getattr(now, name) for name in apprentices.PERSON if getattr(now, name)
    }
    return replace(details, **kept)


def _log_hours(session: Session, review: Review[HoursEntry], progress: Progress) -> Applied:
    every = review.entries()
    entries = [entry for row, entry in every if row.correction is None]
    corrections = [row.correction for row, _ in every if row.correction is not None]
    added: dict[UUID, UUID] = {}
    for entry in entries:
        stand_in = entry.details.apprenticeship_id
        assert stand_in is not None
        if entry.newcomer is not None and stand_in not in added:
            added[stand_in] = apprentices.enrol(session, entry.newcomer)

    def rows() -> Iterator[tuple[HoursDetails, str]]:
        for done, entry in enumerate(entries):
            if done % _EVERY == 0:
                progress.step(done, len(entries), "Logging hours")
            details = entry.details
            if entry.newcomer is not None:
                assert details.apprenticeship_id is not None
                details = replace(details, apprenticeship_id=added[details.apprenticeship_id])
            yield details, entry.source

    count = hours.log_many(session, rows(), even_if_finished=True)
    for correction in corrections:
        before: LoggedEntry = correction.stamp
        details = replace(before.details, **correction.values)
        hours.correct_hours(
            session, correction.of, details, before.changed_in, even_if_finished=True
        )
    made: dict[ProviderChoice, UUID] = {}
    if (says := review.taken_over) is not None:
        key = added.get(says.of, says.of)
        if says.stamp is not None or key in added.values():
            _correct_apprentice(session, replace(says, of=key), made)
    return Applied(count + len(corrections), len(added), len(made), len(corrections))


def _record_payments(session: Session, review: Review[PaymentEntry], progress: Progress) -> Applied:
    entries = review.entries()
    for done, (_, entry) in enumerate(entries):
        if done % _EVERY == 0:
            progress.step(done, len(entries), "Recording payments")
        payments.record(session, entry.details)
    return Applied(len(entries), 0, 0)


# --- the whole of it ----------------------------------------------------------------------------


class RowJson(TypedDict):
    """A row that stayed out, as the command line writes it with --json."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str


class ImportJson(TypedDict):
    """An import as the command line writes it with --json."""

    rows_read: int
    rows_imported: int
    minutes_read: int
    minutes_imported: int
    skipped: list[RowJson]
    refused: list[RowJson]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or with *is_dry_run* would do."""

    label: str
    review: AnyReview
    notes: tuple[Finding, ...]
    is_dry_run: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found: on the file, on refused rows, and the notes on imported ones."""
        return self.notes + tuple(finding for row in self.review.rows for finding in row.findings)

    @property
    def refused(self) -> tuple[ReviewedRow[Any], ...]:
        """The rows that something is wrong with."""
        return self.review.with_fate(Fate.REFUSED)

    @property
    def skipped(self) -> tuple[ReviewedRow[Any], ...]:
        """The rows that need not come in."""
        return self.review.with_fate(Fate.SKIPPED)

    def as_json(self) -> ImportJson:
        """Return the report as plain values; read = imported + skipped + refused."""
        review = self.review
        return ImportJson(
            rows_read=review.count(),
            rows_imported=review.count(Fate.IMPORTED),
            minutes_read=review.minutes(),
            minutes_imported=review.minutes(Fate.IMPORTED),
            skipped=[_row_json(review, row, row.place, row.reason) for row in self.skipped],
            refused=[
                _row_json(review, row, row.place, fates.why_refused(row)) for row in self.refused
            ],
        )


def _row_json(review: AnyReview, row: ReviewedRow[Any], place: Place, reason: str) -> RowJson:
    return RowJson(
        sheet=place.sheet or review.sheet,
        row=place.row or row.number,
        column=place.column,
        value=place.value,
        reason=reason,
    )


def import_list(
    store: Store,
    path: str | Path,
    kind: Kind | str,
    *,
    apprentice: str | None = None,
    add_missing: bool = False,
    dry_run: bool = False,
    accept_corrections: bool = False,
    fates_to: str | Path | None = None,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
    provider_names: Mapping[str, str],
    today: date,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the list at *path* into *store* as one change; *dry_run* only says what it would do.

    Corrections of what the desk has stay out unless *accept_corrections*, and so does what stands
    above the rows, but for the name.  *fates_to* is where to save what became of each row; it may
    not be *path*, nor anything that is no workbook.

    Raises Problem when the file cannot be read or is no such list, Cancelled when stopped; either
    leaves the desk as it was.  With nothing to bring in there is no change.
    """
    if fates_to is not None:
        check_target(fates_to, [path])
    progress = progress or Progress()
    kind = Kind(kind)
    options = Options(apprentice or "", add_missing)
    progress.step(0, None, "Reading the file")
    source = reading.read(path)
    mappings = store.read(import_memory.mapping_rows)
    place = remembering.place_of(source, kind, mappings)
    table = reading.table_at(source, *place, kind) if place else reading.find_table(source, kind)
    matching = matching_.match(table, kind)
    remembered = remembering.find(mappings, kind, table)
    if remembered is not None:
        matching = remembering.apply(matching, remembered.columns)
    known = store.read(reviewing.gather, table, matching, options, rules, role_families, today)
    review = reviewing.review(
        table,
        matching,
        known,
        rules=rules,
        provider_names=provider_names,
        today=today,
        options=options,
        progress=progress,
    )
    if accept_corrections:
        review = review.taken_in(row.number for row in review.corrections)
    review = replace(review, sheet_says=None, believed=frozenset())
    label = label_of(review)
    if not dry_run and review.count(Fate.IMPORTED):
        with store.change(label) as session:
            apply(session, review, progress)
    notes = (
        *remembering.notes_on(table, remembered),
        *reviewing.notes_on(table, matching),
        *review.notes,
    )
    if kind is Kind.HOURS:
        notes += preambles.read(table).notes()
    if fates_to is not None:
        fates.write(fates_to, review, table)
    return ImportReport(label, review, notes, dry_run)
