"""Writing a review into the desk as one change, and the whole of an import in one call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypedDict, cast
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.imports import matching as matching_
from apprentice_desk.imports import reading, reviewing
from apprentice_desk.imports.apprentices import ApprenticeEntry
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Fate, Options, Review, ReviewedRow
from apprentice_desk.imports.training_providers import ProviderChoice
from apprentice_desk.records import apprentices, hours, programmes, providers
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.store import Store

_EVERY = 500


@dataclass(frozen=True, slots=True)
class Applied:
    """What a review brought into the desk."""

    rows: int
    people_added: int
    providers_added: int


def label_of(review: AnyReview) -> str:
    """Return the name of the change: what Undo and the log call it."""
    count = review.count(Fate.IMPORTED)
    if review.kind is Kind.APPRENTICES:
        what = "1 apprentice" if count == 1 else f"{count:,} apprentices"
    else:
        what = "1 entry of hours" if count == 1 else f"{count:,} entries of hours"
    return f"Import {what} from {review.file_name}"


def apply(session: Session, review: AnyReview, progress: Progress | None = None) -> Applied:
    """Write the rows that are to be imported; call it inside one ``store.change``.

    Raises Problem where the desk has changed since the review, Cancelled when stopped; either
    leaves nothing behind, since the change rolls back.
    """
    progress = progress or Progress()
    if review.kind is Kind.APPRENTICES:
        return _add_apprentices(session, cast("Review[ApprenticeEntry]", review), progress)
    return _log_hours(session, cast("Review[HoursEntry]", review), progress)


def _add_apprentices(
    session: Session, review: Review[ApprenticeEntry], progress: Progress
) -> Applied:
    added: dict[UUID, UUID] = {}
    made: dict[ProviderChoice, UUID] = {}
    entries = review.entries()
    first: dict[UUID, UUID] = {}  # each person's first apprenticeship
    if any(not entry.is_new_person for _, entry in entries):
        for each in reversed(apprentices.known_people(session)):
            first[each.apprentice_id] = each.apprenticeship_id
    for done, (_, entry) in enumerate(entries):
        progress.step(done, len(entries), "Adding apprentices")
        provider_id = None
        if entry.provider is not None:
            provider_id = entry.provider.id or made.get(entry.provider)
            if provider_id is None:
                provider_id = providers.add_provider(session, entry.provider.details)
                made[entry.provider] = provider_id
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
    return Applied(len(entries), len(added), len(made))


def _keeping(now: ApprenticeDetails, details: ApprenticeDetails) -> ApprenticeDetails:
    """Return *details* with the particulars that the person has already, where there are any."""
    kept: dict[str, Any] = {
        name: getattr(now, name) for name in apprentices.PERSON if getattr(now, name)
    }
    return replace(details, **kept)


def _log_hours(session: Session, review: Review[HoursEntry], progress: Progress) -> Applied:
    entries = review.entries()
    added: dict[UUID, UUID] = {}
    for _, entry in entries:
        stand_in = entry.details.apprenticeship_id
        assert stand_in is not None
        if entry.newcomer is not None and stand_in not in added:
            added[stand_in] = apprentices.enrol(session, entry.newcomer)

    def rows() -> Iterator[tuple[HoursDetails, str]]:
        for done, (_, entry) in enumerate(entries):
            if done % _EVERY == 0:
                progress.step(done, len(entries), "Logging hours")
            details = entry.details
            if entry.newcomer is not None:
                assert details.apprenticeship_id is not None
                details = replace(details, apprenticeship_id=added[details.apprenticeship_id])
            yield details, entry.source

    return Applied(hours.log_many(session, rows()), len(added), 0)


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
            refused=[_row_json(review, row, row.place, why_refused(row)) for row in self.refused],
        )


def _row_json(review: AnyReview, row: ReviewedRow[Any], place: Place, reason: str) -> RowJson:
    return RowJson(
        sheet=review.sheet, row=row.number, column=place.column, value=place.value, reason=reason
    )


def why_refused(row: ReviewedRow[Any]) -> str:
    """Return in one text why a row stayed out: the first cell's reason, then the others'."""
    reasons = []
    for finding in row.findings:
        if finding.level is Level.NOTE:
            continue
        said = f"{finding.message} {finding.remedy}".strip()
        is_elsewhere = finding.place.column != row.place.column
        cell = replace(finding.place, file="", sheet="").words()
        reasons.append(f"{cell[:1].upper()}{cell[1:]}: {said}" if is_elsewhere else said)
    return " ".join(reasons)


def import_list(
    store: Store,
    path: str | Path,
    kind: Kind | str,
    *,
    apprentice: str | None = None,
    add_missing: bool = False,
    dry_run: bool = False,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
    provider_names: Mapping[str, str],
    today: date,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the list at *path* into *store* as one change; *dry_run* only says what it would do.

    Raises Problem when the file cannot be read or is no such list, Cancelled when stopped; either
    leaves the desk as it was.  With nothing to bring in there is no change.
    """
    progress = progress or Progress()
    kind = Kind(kind)
    options = Options(apprentice or "", add_missing)
    progress.step(0, None, "Reading the file")
    table = reading.find_table(reading.read(path), kind)
    matching = matching_.match(table, kind)
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
    label = label_of(review)
    if not dry_run and review.count(Fate.IMPORTED):
        with store.change(label) as session:
            apply(session, review, progress)
    notes = (*reviewing.notes_on(table), *review.notes)
    return ImportReport(label, review, notes, dry_run)
