"""An import, step by step: choose a file, match its columns, review its rows, bring them in.

One plain state and functions from state to state.  A step that goes back forgets what came after
it; only ``review`` and ``bring_in`` touch a desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.imports import applying, matching, reading, reviewing, values
from apprentice_desk.imports.applying import Applied
from apprentice_desk.imports.fields import PERSON_FIELDS, Kind
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Source, Table
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.records.store import Store

_EXAMPLES = 3
_LONGEST_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class Given:
    """What a review needs besides the list: the rules, the lists, the day."""

    rules: HoursRules
    role_families: Mapping[str, RoleFamily]
    provider_names: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class Journey:
    """How far an import has come; what is not reached yet is None."""

    kind: Kind
    options: Options = field(default_factory=Options)
    source: Source | None = None
    table: Table | None = None
    matching: Matching | None = None
    review: AnyReview | None = None
    notes: tuple[Finding, ...] = ()
    applied: Applied | None = None

    @property
    def label(self) -> str:
        """The name that the change has, for Undo and the log."""
        return applying.label_of(self.review) if self.review is not None else ""

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets of the file that hold anything."""
        if self.source is None:
            return ()
        return tuple(sheet.name for sheet in self.source.workbook.sheets if sheet.rows)

    @property
    def needs_a_person(self) -> bool:
        """Whether no column of a log of hours says whose they are."""
        return (
            self.kind is Kind.HOURS
            and self.matching is not None
            and not self.matching.has(*PERSON_FIELDS)
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be said before the rows can be reviewed, in words."""
        if self.matching is None:
            return ()
        whose = (
            ("whose hours these are",)
            if self.needs_a_person and not self.options.apprentice
            else ()
        )
        return (*self.matching.missing, *whose)

    def examples(self, index: int) -> tuple[str, ...]:
        """Return the first few different cells of a column, for a person to tell it by."""
        if self.table is None:
            return ()
        found: list[str] = []
        for cell in self.table.column(index):
            text = values.line(cell)
            if len(text) > _LONGEST_EXAMPLE:
                text = f"{text[: _LONGEST_EXAMPLE - 1]}…"
            if text and text not in found:
                found.append(text)
            if len(found) == _EXAMPLES:
                break
        return tuple(found)


def begin(kind: Kind | str) -> Journey:
    """Return the state before a file is chosen."""
    return Journey(Kind(kind))


def choose(journey: Journey, path: str | Path, progress: Progress | None = None) -> Journey:
    """Read a file, find the list in it and match its columns.

    Raises Problem where it cannot be read or does not look like a list of this kind.
    """
    (progress or Progress()).step(0, None, "Reading the file")
    source = reading.read(path)
    fresh = Journey(journey.kind, journey.options, source)
    return _with_table(fresh, reading.find_table(source, journey.kind))


def find_headings(journey: Journey, sheet: str, row: int) -> Journey:
    """Take the headings from another row or sheet; raises Problem when there is none."""
    if journey.source is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    return _with_table(journey, reading.table_at(journey.source, sheet, row))


def _with_table(journey: Journey, table: Table) -> Journey:
    matched = matching.match(table, journey.kind)
    return replace(journey, table=table, matching=matched, review=None, notes=(), applied=None)


def hold(journey: Journey, column: int, holds: str | None) -> Journey:
    """Say what the column at an index holds; None for nothing that is read."""
    if journey.matching is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    changed = matching.change(journey.matching, column, holds)
    return replace(journey, matching=changed, review=None, notes=(), applied=None)


def say(journey: Journey, options: Options) -> Journey:
    """Say whose hours they are, and whether people who are missing are added."""
    return replace(journey, options=options, review=None, notes=(), applied=None)


def review(
    journey: Journey, store: Store, given: Given, progress: Progress | None = None
) -> Journey:
    """Weigh every row against the desk; nothing is written.

    Rows that were unticked in a review before stay so.  Raises Problem while something is missing.
    """
    if journey.table is None or journey.matching is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    before = journey.review.unticked if journey.review is not None else frozenset()
    known = store.read(
        reviewing.gather,
        journey.table,
        journey.matching,
        journey.options,
        given.rules,
        given.role_families,
        given.today,
    )
    made = reviewing.review(
        journey.table,
        journey.matching,
        known,
        rules=given.rules,
        provider_names=given.provider_names,
        today=given.today,
        options=journey.options,
        progress=progress,
    )
    made = replace(made, unticked=before)
    notes = (*reviewing.notes_on(journey.table), *made.notes)
    return replace(journey, review=made, notes=notes, applied=None)


def tick(journey: Journey, numbers: Iterable[int], *, is_in: bool) -> Journey:
    """Take the rows of these numbers in, or leave them out."""
    made = journey.review
    if made is None:
        raise Problem("The rows were not reviewed yet.", "Review them first.")
    for number in numbers:
        made = made.tick(number) if is_in else made.untick(number)
    return replace(journey, review=made)


def bring_in(journey: Journey, store: Store, progress: Progress | None = None) -> Journey:
    """Write the rows that come in, as one change.

    Raises Problem where there is nothing to bring in or the desk has changed since the review,
    Cancelled when stopped; either leaves the desk as it was.
    """
    made = journey.review
    if made is None or not made.count(Fate.IMPORTED):
        raise Problem("There is no row to bring in.", "Tick one, or choose another list.")
    with store.change(journey.label) as session:
        applied = applying.apply(session, made, progress)
    return replace(journey, applied=applied)
