"""The work of a rehearsal, done behind the window: read, draw, look at each file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from apprentice_desk import resources
from apprentice_desk.documents.audit import LookedAt, Rehearsal
from apprentice_desk.domain import auditing
from apprentice_desk.domain.audit_checks import AuditRules, gaps
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.auditing import audit_files, candidates, entry_tallies
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many files are to be drawn (None: as many as are suggested), and by which number."""

    size: int | None
    seed: int


def seed_of(day: date) -> int:
    """Return the number that a rehearsal of *day* is drawn with if no other is given."""
    return day.year * 10_000 + day.month * 100 + day.day


def rehearsing(desk: Desk, wanted: Wanted) -> Callable[[Progress], Rehearsal]:
    """Return the work of one rehearsal of the desk as it stands today."""
    store, lists, today = desk.store, desk.lists, desk.clock.today()
    borough, is_sample = desk.organisation.name, desk.organisation.is_sample

    def work(progress: Progress) -> Rehearsal:
        progress.step(0, None, "Reading the apprentices")
        rows = store.read(apprentice_rows, today, lists.hours_rules, lists.role_families)
        progress.step(0, None, "Looking at all logs from afar")
        rules = AuditRules(resources.counting_rules(), resources.review_rules())
        limits = rules.counting.log_limits(today)
        given = candidates(rows, store.read(entry_tallies, today), limits, today)
        size = wanted.size or auditing.suggested_size(len(given))
        sample = auditing.draw(given, size, wanted.seed)
        progress.step(0, None, "Reading the files drawn")
        by_key = {row.id: row for row in rows}
        files = store.read(audit_files, [by_key[each.id] for each in sample.picked], today)
        looked_at = []
        for number, (candidate, file) in enumerate(zip(sample.picked, files, strict=True)):
            progress.step(number, len(files), "Looking at each file")
            looked_at.append(LookedAt(candidate, file, gaps(file, rules, today)))
        return Rehearsal(borough, show_day(today), is_sample, sample, tuple(looked_at))

    return work
