"""What an audit rehearsal reads: every log from afar, and the files that were picked.

One query over all entries for the first, three for the second, whatever the number of either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import auditing
from apprentice_desk.domain.audit_checks import AuditFile, FileEntry
from apprentice_desk.domain.auditing import Candidate, Tally
from apprentice_desk.domain.counting_rules import LogLimits
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.reviews import Review
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.records.typing_days import typed_on
from apprentice_desk.records.week_grid import DayEntry, entries_between

_EARLIEST = date(1900, 1, 1)


def entry_tallies(session: Session, as_at: date) -> Mapping[UUID, Tally]:
    """Return what each log looks like from afar; who has no counting entry is not in it."""
    entry = OffTheJobEntry
    words = func.trim(entry.what)
    found = session.execute(
        select(
            entry.apprenticeship_id,
            func.count(),
            func.count(entry.minutes.distinct()),
            func.count(func.lower(words).distinct()),
            func.sum(case((words == "", 1), else_=0)),
        )
        .where(entry.counts, entry.done_on <= as_at)
        .group_by(entry.apprenticeship_id)
    )
    return {row[0]: Tally(row[1], row[2], row[3], int(row[4])) for row in found}


def audit_files(
    session: Session, rows: Sequence[ApprenticeRow], as_at: date
) -> tuple[AuditFile, ...]:
    """Return the files of *rows*, in their order, as they stood on *as_at*."""
    keys = [row.id for row in rows]
    typed = typed_on(session, keys)
    entries: dict[UUID, list[FileEntry]] = defaultdict(list)
    for lot in in_lots(keys, KEYS_A_QUERY):
        for each in entries_between(session, _EARLIEST, as_at, lot):
            entries[each.apprenticeship_id].append(_entry(each, typed.get(each.id)))
    held = _reviews_held(session, keys, as_at)
    return tuple(
        AuditFile(
            id=row.id,
            name=row.name,
            standard=row.standard_title,
            provider=row.provider_name,
            contract_reference=row.contract_reference,
            agreed_price=row.agreed_price,
            is_start_day_given=row.is_start_day_given,
            is_end_day_given=row.is_end_day_given,
            facts=row.facts,
            figures=row.figures,
            entries=tuple(entries[row.id]),
            reviews_held=tuple(held[row.id]),
            next_review_on=row.next_review_on,
        )
        for row in rows
    )


def _entry(each: DayEntry, entered_on: date | None) -> FileEntry:
    return FileEntry(
        each.id, each.done_on, each.minutes, each.counts, each.what, each.ksbs,
        bool(each.verified_by), each.evidence, entered_on,
    )  # fmt: skip


def _reviews_held(
    session: Session, keys: Collection[UUID], as_at: date
) -> Mapping[UUID, list[date]]:
    held: dict[UUID, list[date]] = defaultdict(list)
    for lot in in_lots(keys, KEYS_A_QUERY):
        found = session.execute(
            select(Review.apprenticeship_id, Review.held_on)
            .where(Review.apprenticeship_id.in_(lot), Review.held_on <= as_at)
            .order_by(Review.held_on)
        )
        for key, day in found:
            assert day is not None  # a blank is never before a day
            held[key].append(day)
    return held


def candidates(
    rows: Sequence[ApprenticeRow], tallies: Mapping[UUID, Tally], limits: LogLimits, as_at: date
) -> tuple[Candidate, ...]:
    """Return whoever has begun by *as_at*, or of whom it is not known when, as an auditor sees it.

    Those who have not started have no file yet.
    """
    return tuple(
        Candidate(
            id=row.id,
            standard=row.standard_code or row.standard_title.casefold(),
            provider=row.provider_name,
            start_year=None if row.original_start_on is None else row.original_start_on.year,
            oddities=auditing.oddities(
                row.course,
                row.gateway_planned_on,
                row.facts.logged.last_on,
                tallies.get(row.id, Tally()),
                limits,
                as_at,
                row.facts.stays,
            ),
        )
        for row in rows
        if row.course.training_started_on is None or row.course.training_started_on <= as_at
    )
