"""An import, step by step: choose a file, match its columns, review its rows, bring them in.

One plain state and functions from state to state.  A step that goes back forgets what came after
it; only ``review`` and ``bring_in`` touch a desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.imports import (
    applying,
    column_files,
    fates,
    log_sheets,
    matching,
    reading,
    remembering,
    reviewing,
    sections,
    values,
)
from apprentice_desk.imports import preamble as preambles
from apprentice_desk.imports.applying import Applied
from apprentice_desk.imports.fields import PERSON_FIELDS, Kind
from apprentice_desk.imports.glimpses import Glimpse, glimpse
from apprentice_desk.imports.identifying import NotFound, People
from apprentice_desk.imports.lars_codes import LarsCode
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.preamble import Preamble
from apprentice_desk.imports.reading import Source, Table
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Near, Options
from apprentice_desk.imports.sections import Sections
from apprentice_desk.records.import_memory import MappingRow
from apprentice_desk.records.known_people import KnownPerson
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
    """How far an import has come; what is not reached yet is None.

    *mappings* are the columns that the desk remembers, *columns_name* what a person called these
    before they are, *loaded* the file that they were taken from, in words.  *codes* are the LARS
    codes that a person may say the standard of.
    """

    kind: Kind
    options: Options = field(default_factory=Options)
    source: Source | None = None
    table: Table | None = None
    matching: Matching | None = None
    review: AnyReview | None = None
    notes: tuple[Finding, ...] = ()
    applied: Applied | None = None
    mappings: tuple[MappingRow, ...] = ()
    columns_name: str = ""
    loaded: str = ""
    codes: tuple[LarsCode, ...] = ()
    proposed: tuple[Near, ...] = ()
    """Who may be meant by the name above the list, where nobody of the desk has just that name."""
    stranger: str = ""
    """The name above the list, where nobody of the desk has just that name."""
    known: tuple[KnownPerson, ...] = ()
    """Who is in the desk, as far as it was looked at."""
    sections: Sections = field(default_factory=Sections)
    """Which rows between the entries name whose they are."""
    sections_offered: Sections = field(default_factory=Sections)
    """The same, whatever a person said of it."""
    reviewed_on: date | None = None

    @property
    def remembered(self) -> MappingRow | None:
        """What the desk remembers of lists with these headings."""
        if self.table is None:
            return None
        return remembering.find(self.mappings, self.kind, self.table)

    @property
    def is_as_remembered(self) -> bool:
        """Whether the columns are matched as the desk remembers them."""
        known = self.remembered
        return (
            known is not None
            and self.matching is not None
            and remembering.is_as(self.matching, known.columns)
        )

    @property
    def name_of_columns(self) -> str:
        """What the matching of these columns is called, or will be when it is remembered."""
        known = self.remembered
        if self.columns_name or known is None:
            return self.columns_name or (remembering.name_for(self.table) if self.table else "")
        return known.name

    @property
    def open_codes(self) -> tuple[LarsCode, ...]:
        """The LARS codes that nobody has answered for yet."""
        return tuple(code for code in self.codes if code.is_open)

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
    def glimpse(self) -> Glimpse | None:
        """The sheet that the list stands in, as the file has it."""
        if self.source is None or self.table is None:
            return None
        return glimpse(self.source, self.table)

    @property
    def preamble(self) -> Preamble:
        """What stands above a log of hours."""
        if self.table is None or self.kind is not Kind.HOURS:
            return Preamble()
        return preambles.read(self.table)

    @property
    def needs_a_person(self) -> bool:
        """Whether no column of a log of hours says whose they are."""
        return (
            self.kind is Kind.HOURS
            and self.matching is not None
            and not self.matching.has(*PERSON_FIELDS)
            and not self.sections
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


def choose(
    journey: Journey,
    path: str | Path,
    progress: Progress | None = None,
    mappings: Sequence[MappingRow] = (),
) -> Journey:
    """Read a file, find the list in it and match its columns, as before where they are remembered.

    Raises Problem where it cannot be read or does not look like a list of this kind.
    """
    (progress or Progress()).step(0, None, "Reading the file")
    source = reading.read(path)
    if log_sheets.is_log(source.workbook):
        raise log_sheets.FilledLogError(path)
    fresh = Journey(journey.kind, journey.options, source, mappings=tuple(mappings))
    place = remembering.place_of(source, journey.kind, mappings)
    if place is not None:
        return _with_table(fresh, reading.table_at(source, *place, journey.kind))
    return _with_table(fresh, reading.find_table(source, journey.kind))


def find_headings(journey: Journey, sheet: str, row: int) -> Journey:
    """Take the headings from another row or sheet; raises Problem when there is none."""
    if journey.source is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    return _with_table(journey, reading.table_at(journey.source, sheet, row, journey.kind))


def read_together(journey: Journey, *, is_together: bool) -> Journey:
    """Read the sheets of the same shape together, or only the first of them."""
    if journey.source is None or journey.table is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    table = journey.table
    found = reading.table_at(
        journey.source, table.sheet, table.heading_row, journey.kind, together=is_together
    )
    return _with_table(journey, found)


def _with_table(journey: Journey, table: Table) -> Journey:
    matched = matching.match(table, journey.kind)
    known = remembering.find(journey.mappings, journey.kind, table)
    if known is not None:
        matched = remembering.apply(matched, known.columns)
    return _matched(replace(journey, table=table, columns_name="", loaded=""), matched)


def _matched(journey: Journey, matched: Matching) -> Journey:
    return _with_sections(
        replace(journey, matching=matched, review=None, notes=(), codes=(), applied=None)
    )


def _with_sections(journey: Journey) -> Journey:
    """Find the rows that name people, by what is known of the desk and what a person said."""
    table, matched, options = journey.table, journey.matching, journey.options
    if table is None or matched is None or journey.kind is not Kind.HOURS:
        return journey
    people = People.of(journey.known)
    people.heed(options)
    offered = sections.find(table, matched, people, replace(options, rows_name_people=None))
    as_said = offered
    if options.rows_name_people is not None:
        as_said = sections.find(table, matched, people, options)
    return replace(journey, sections=as_said, sections_offered=offered)


def hold(journey: Journey, column: int, holds: str | None) -> Journey:
    """Say what the column at an index holds; None for nothing that is read."""
    if journey.matching is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    return _matched(journey, matching.change(journey.matching, column, holds))


def know(journey: Journey, mappings: Iterable[MappingRow]) -> Journey:
    """Take note of what the desk remembers now; the columns stay as they are matched."""
    return replace(journey, mappings=tuple(mappings))


def name_columns(journey: Journey, name: str) -> Journey:
    """Say what the matching of these columns is called; "" for what it is called anyway."""
    return replace(journey, columns_name=" ".join(name.split()))


def match_afresh(journey: Journey) -> Journey:
    """Match the columns by their headings and cells alone, whatever is remembered."""
    if journey.table is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    afresh = replace(journey, columns_name="", loaded="")
    return _matched(afresh, matching.match(journey.table, journey.kind))


def save_columns(journey: Journey, path: str | Path) -> None:
    """Write how the columns are matched to a file; Problem when it cannot be written."""
    if journey.matching is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    column_files.write(path, journey.kind, remembering.columns_of(journey.matching))


def load_columns(journey: Journey, path: str | Path) -> Journey:
    """Match the columns as a file says.

    Raises Problem where it is no such file, or for a list with other headings.
    """
    if journey.matching is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    path = Path(path)
    columns = column_files.read(path, journey.kind)
    matched = remembering.take_over(journey.matching, columns, path.name)
    here, every = remembering.known_headings(journey.matching, columns)
    part = "" if here == every else f" ({here} of its {every} headings are in this list)"
    return replace(_matched(journey, matched), loaded=f"{path.name}{part}")


def say(journey: Journey, options: Options) -> Journey:
    """Say whose hours they are, and whether people who are missing are added."""
    return _with_sections(
        replace(journey, options=options, review=None, notes=(), codes=(), applied=None)
    )


def take_names(journey: Journey, *, are_names: bool) -> Journey:
    """Say whether rows between the entries name whose the rows below them are."""
    apprentice = "" if are_names else journey.options.apprentice
    options = replace(journey.options, apprentice=apprentice, rows_name_people=are_names)
    return say(journey, options)


def review(
    journey: Journey, store: Store, given: Given, progress: Progress | None = None
) -> Journey:
    """Weigh every row against the desk; nothing is written.

    What was said of rows in a review before still holds.
    Raises Problem while something is missing.
    """
    if journey.table is None or journey.matching is None:
        raise Problem("No file was chosen yet.", "Choose the list first.")
    before = journey.review
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
    if before is not None:
        made = made.again(before)  # type: ignore[arg-type]  # both are of the journey's kind
    notes = (*reviewing.notes_on(journey.table, journey.matching), *made.notes)
    return replace(
        journey,
        review=made,
        notes=notes,
        codes=reviewing.codes_in(journey.table, made, known),
        reviewed_on=given.today,
        applied=None,
    )


def tick(journey: Journey, numbers: Iterable[int], *, is_in: bool) -> Journey:
    """Take the rows of these numbers in, or leave them out."""
    made = journey.review
    if made is None:
        raise Problem("The rows were not reviewed yet.", "Review them first.")
    return replace(journey, review=made.taken_in(numbers) if is_in else made.left_out(numbers))


def accept(journey: Journey, number: int, fields: Iterable[str]) -> Journey:
    """Accept just these corrections of one row."""
    if journey.review is None:
        raise Problem("The rows were not reviewed yet.", "Review them first.")
    return replace(journey, review=journey.review.accept(number, fields))


def believe(journey: Journey, fields: Iterable[str]) -> Journey:
    """Take just these facts over from above the list."""
    if journey.review is None:
        raise Problem("The rows were not reviewed yet.", "Review them first.")
    return replace(journey, review=journey.review.believe(fields))


def mean(journey: Journey, near: Near) -> Journey:
    """Take a spelling for somebody in the whole list; the rows need a new review."""
    options = journey.options
    if near.is_new:
        options = replace(options, same=(*options.same, (near.written, near.name)))
    else:
        options = replace(options, spellings=(*options.spellings, (near.written, near.id)))
    return replace(journey, options=options)


def differ(journey: Journey, written: str) -> Journey:
    """Take a name for somebody who is not in the desk; the rows need a new review.

    Of an hours log that one person is added, of the name above it as the person of the whole log.
    """
    options = replace(journey.options, newcomers=(*journey.options.newcomers, written))
    if journey.needs_a_person and written == journey.stranger:
        options = replace(options, apprentice=written)
    return replace(journey, options=options)


def propose(journey: Journey, known: Iterable[KnownPerson]) -> Journey:
    """Say whose hours they are where the name above the list is just one person's.

    A name that is only like somebody's is proposed, never taken.  Rows between the entries that
    name people of the desk are known from now on.
    """
    journey = _with_sections(replace(journey, known=tuple(known), proposed=(), stranger=""))
    clues = journey.preamble.clues or journey.sections.above
    if not journey.needs_a_person or journey.options.apprentice or not clues:
        return journey
    found = People.of(journey.known).find(clues)
    if isinstance(found, NotFound):
        return replace(journey, proposed=found.near, stranger=clues.name)
    return replace(
        journey,
        options=replace(journey.options, apprentice=found.stands_for),
        proposed=(),
        stranger="",
    )


def save_fates(journey: Journey, path: str | Path) -> None:
    """Save every row with its fate as a workbook; Problem when it cannot be written."""
    if journey.review is None or journey.table is None:
        raise Problem("The rows were not reviewed yet.", "Review them first.")
    fates.write(path, journey.review, journey.table)


def bring_in(journey: Journey, store: Store, progress: Progress | None = None) -> Journey:
    """Write the rows that come in, as one change.

    How the columns are matched is remembered first, as a change of its own, so that taking the
    import back (or stopping it) does not forget it.

    Raises Problem where there is nothing to bring in or the desk has changed since the review,
    Cancelled when stopped; either leaves nothing of the list behind.
    """
    made = journey.review
    if made is None or not applying.brings_anything(made):
        raise Problem("There is no row to bring in.", "Tick one, or choose another list.")
    if journey.table is not None and journey.reviewed_on is not None:
        remembering.remember(
            store, journey.table, made.matching, journey.name_of_columns, journey.reviewed_on
        )
    with store.change(journey.label) as session:
        applied = applying.apply(session, made, progress)
    return replace(journey, applied=applied)
