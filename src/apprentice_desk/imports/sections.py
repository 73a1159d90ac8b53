"""Rows that name a person: a log whose entries stand in blocks below whom they belong to.

A lone text between entries may be a note, a month, a total or a joke.  It names a person only where
it says so ("Apprentice: Ada King", a ULN), where the desk knows somebody of just that name, or
where it stands as the rows stand that do: in the same column, as wide, after the same kind of row.
What merely looks like a name is left to a person to say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import preamble as preambles
from apprentice_desk.imports import values
from apprentice_desk.imports.clues import clues_of
from apprentice_desk.imports.fields import (
    PERSON_FIELDS,
    Kind,
    plain,
)
from apprentice_desk.imports.identifying import Clues, NotFound, People, Person
from apprentice_desk.imports.keys import is_key, parted, parts_of
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.names_in_text import (
    NameInText,
    alone,
    is_key_first,
    is_length,
    looks_like_name,
    may_be_name,
)
from apprentice_desk.imports.reading import BodyRow, Table, letter
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Options
from apprentice_desk.sheets import Cell

_MOST_TOLD = 10
_LONGEST = 120
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Form:
    """How a row that may name somebody stands, to tell others that stand as it does."""

    column: int
    words: str
    """What stands around the name: "apprentice", "hours for …", or nothing."""
    has_more: bool
    is_wide: bool
    has_sum: bool
    is_capitals: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A row that names the person of the rows below it: where it stands, and what it says.

    *number* is that of the table's row, or of the first row of a sheet that is named above its
    headings or by its title.  *is_after_entry* is None for the first of its sheet.
    """

    number: int
    place: Place
    words: str
    clues: Clues
    form: Form
    is_said: bool = False
    is_after_entry: bool | None = None
    has_entries: bool = False


@dataclass(frozen=True, slots=True)
class Sections:
    """Which rows name whom, and whose each row of the table is by that.

    *likely* are rows that look like names and are not taken for them; *above* is who is named by a
    title or a sheet where no row between the entries names anybody.
    """

    named: tuple[Named, ...] = ()
    likely: tuple[Named, ...] = ()
    above: Clues = field(default_factory=Clues)
    carried: int = 0
    """How many rows leave their own column of names blank, below one that does not."""
    _rows: Mapping[int, Named] = field(default_factory=dict)
    _heads: frozenset[int] = frozenset()
    _starts: tuple[int, ...] = ()
    _whose: tuple[Clues, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._starts)

    def clues_at(self, number: int) -> Clues:
        """Return who is named above a row of the table."""
        at = bisect_right(self._starts, number) - 1
        return self._whose[at] if at >= 0 else Clues()

    @property
    def blocks(self) -> tuple[Named, ...]:
        """The names that entries stand below."""
        return tuple(each for each in self.named if each.has_entries)

    def everybody(self) -> tuple[Clues, ...]:
        """Return everyone who is named, each once."""
        return tuple(dict.fromkeys(clues for clues in self._whose if clues))

    def is_start(self, number: int) -> bool:
        """Whether a block begins with a row of the table."""
        return number in self._rows

    def why_no_entry(self, number: int) -> str:
        """Return why a row is no entry: it names somebody or says more of them; else ""."""
        if (named := self._rows.get(number)) is not None:
            who = named.clues.name or named.words
            if not named.has_entries:
                return f"Names {who}; no hours stand below it."
            return f"Names {who}, whose hours stand below it."
        return "Says more about whose hours stand below it." if number in self._heads else ""

    def where(self, number: int) -> str:
        """Return in which row the person of another row is named, for a sentence; else ""."""
        at = bisect_right(self._starts, number) - 1
        found = self._rows.get(self._starts[at]) if at >= 0 else None
        return f"row {found.place.row}" if found is not None else ""

    def notes(self) -> tuple[Finding, ...]:
        """Return what is worth knowing: who was read from rows, and which rows may be names."""
        made = []
        blocks = self.blocks
        if blocks:
            people = {each.clues for each in blocks}
            count = "1 person is" if len(people) == 1 else f"{len(people)} people are"
            made.append(
                Finding(
                    Level.NOTE, "IM461",
                    f"{count} read from what names them above their hours: {_listed(blocks)}.",
                    "Say in the matching that they name nobody if that is wrong.",
                    blocks[0].place,
                )
            )  # fmt: skip
        if self.likely:
            made.append(
                Finding(
                    Level.NOTE, "IM462",
                    f"These look like names of people, but nobody of the desk is called so, and"
                    f" they are taken for notes: {_listed(self.likely)}.",
                    "Say in the matching that they name people if they do.", self.likely[0].place,
                )
            )  # fmt: skip
        if self.carried:
            rows = "1 row leaves" if self.carried == 1 else f"{self.carried} rows leave"
            made.append(
                Finding(
                    Level.NOTE, "IM463",
                    f"{rows} the name blank, and the nearest name above is taken.",
                    "Fill the names in if that is wrong.",
                )
            )  # fmt: skip
        return tuple(made)


def _listed(named: Sequence[Named]) -> str:
    shown = [
        f"“{each.words}” ({f'row {each.place.row}' if each.place.row else 'the sheet'})"
        for each in named[:_NAMED]
    ]
    more = len(named) - _NAMED
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def find(table: Table, matching: Matching, everyone: People, options: Options) -> Sections:
    """Return which rows of a log name the people of the rows below them."""
    if matching.kind is not Kind.HOURS or options.rows_name_people is False:
        return Sections()
    finder = _Finder(table, matching, everyone, is_said=options.rows_name_people is True)
    return finder.found()


class _Finder:
    """What is found out about one table, from its first row to its last."""

    def __init__(
        self, table: Table, matching: Matching, everyone: People, *, is_said: bool
    ) -> None:
        self._table = table
        self._matching = matching
        self._everyone = everyone
        self._is_said = is_said
        day = matching.column_of("done_on")
        self._day = day.index if day else -1
        self._times = frozenset(
            column.index
            for name in ("duration", "minutes", "began_at", "finished_at")
            for column in matching.columns_of(name)
        )
        self._people = frozenset(
            column.index
            for name in PERSON_FIELDS
            for column in matching.columns_of(name)
            if column.index != table.sheet_column
        )
        self._heads: set[int] = set()
        self._firsts: dict[str, int] = {}
        self._entries: list[int] = []

    def found(self) -> Sections:
        """Return everything that was found."""
        candidates = self._candidates()
        above = self._above()
        certain, looking_so = self._told_apart(candidates)
        taken, likely = self._with_entries(certain), self._likely(certain, looking_so)
        blocks = [each for each in taken if each.has_entries]
        people = {self._person(each.clues) for each in above if each.clues}
        if self._people:
            starts, carried = self._carried(taken)
            if not starts:
                return Sections()
            return self._made(taken, (), starts, carried)
        if not blocks and len(people) < 2:
            only = next((each for each in above if each.clues), None)
            return Sections(likely=likely, above=only.clues if only else Clues())
        starts = {each.number: each.clues for each in (*above, *taken)}
        named = tuple(each for each in (*above, *taken) if each.clues)
        return self._made(named, likely, starts, 0)

    def _made(
        self,
        named: tuple[Named, ...],
        likely: tuple[Named, ...],
        starts: Mapping[int, Clues],
        carried: int,
    ) -> Sections:
        numbers = sorted(starts)
        rows = {each.number: each for each in named if each.place.column}
        return Sections(
            named, likely, Clues(), carried, rows, frozenset(self._heads - rows.keys()),
            tuple(numbers), tuple(starts[number] for number in numbers),
        )  # fmt: skip

    def _person(self, clues: Clues) -> object:
        found = self._everyone.find(clues)
        return found.id if isinstance(found, Person) else clues

    # --- rows between the entries ---

    def _candidates(self) -> list[Named]:
        """Return the rows that may name somebody."""
        made: list[Named] = []
        is_after_entry: bool | None = None
        last: tuple[str, int] = ("", 0)
        for row in self._table.rows:
            sheet, number = place = self._table.place_of(row)
            if sheet != last[0]:
                self._firsts[sheet] = row.number
                is_after_entry = None
            elif number > last[1] + 1:
                is_after_entry = is_after_entry and False  # a blank row lies between
            last = place
            if self._is_plainly_entry(row):
                is_after_entry = True
                self._entries.append(row.number)
                continue
            found = self._candidate(row, is_after_entry)
            if found is not None:
                made.append(found)
            elif row.number not in self._heads and self._is_entry(row):
                is_after_entry = True
                self._entries.append(row.number)
                continue
            is_after_entry = None if is_after_entry is None else False
        return made

    def _with_entries(self, rows: Sequence[Named]) -> tuple[Named, ...]:
        """Return *rows* with whether entries stand below each, before the next or another sheet."""
        ends = sorted({*(each.number for each in rows), *self._firsts.values()})
        made = []
        for each in rows:
            at = bisect_right(ends, each.number)
            end = ends[at] if at < len(ends) else self._table.rows[-1].number + 1
            first = bisect_right(self._entries, each.number)
            has_entries = first < len(self._entries) and self._entries[first] < end
            made.append(replace(each, has_entries=has_entries))
        return tuple(made)

    def _is_plainly_entry(self, row: BodyRow) -> bool:
        """Whether its day and time or, in a cell of a grid, its length say so at once."""
        if row.origin is not None and row.origin.is_cell:
            return row.cells[-1] is not None
        if self._day < 0:
            return False
        cell = row.cells[self._day]
        if not isinstance(cell, str):
            return isinstance(cell, date)
        return any(row.cells[at] is not None for at in self._times) and self._is_day(cell)

    def _is_entry(self, row: BodyRow) -> bool:
        told = [at for at, cell in enumerate(row.cells) if not values.is_blank(cell)]
        if len(told) < 2 or self._is_heading(row, told):
            return False
        return self._day in told and self._is_day(row.cells[self._day])

    def _is_heading(self, row: BodyRow, told: Sequence[int]) -> bool:
        words = self._table.header_words
        return len(told) > 1 and all(
            isinstance(row.cells[at], str) and plain(values.text(row.cells[at])) in words
            for at in told
            if at != self._table.sheet_column
        )

    def _candidate(self, row: BodyRow, is_after_entry: bool | None) -> Named | None:
        sheet_column = self._table.sheet_column
        told = [
            at
            for at, cell in enumerate(row.cells)
            if cell is not None and at != sheet_column and not values.is_blank(cell)
        ]
        if not 1 <= len(told) <= _MOST_TOLD or self._is_heading(row, told):
            return None
        first = row.cells[told[0]]
        if not isinstance(first, str) or len(first) > _LONGEST:
            return None
        if self._day in told and told[0] != self._day and self._is_day(row.cells[self._day]):
            return None
        lengths = [at for at in told[1:] if at in self._times]
        has_sum = len(told) == 2 and len(lengths) == 1 and is_length(row.cells[told[1]])
        if lengths and not has_sum and not is_key_first(first):
            return None
        sheet, number = self._table.place_of(row)
        said = self._labelled(row, sheet, first)
        if said is None and row.number not in self._heads and (len(told) == 1 or has_sum):
            said = alone(first)
        if said is None:
            return None
        words, clues, around, has_more, is_said = said
        column = told[0]
        at = row.origin.columns[column] if row.origin and row.origin.columns else column
        place = Place(self._table.file_name, sheet, number, letter(at), "", "full_name", words)
        is_wide = (sheet, number) in self._table.wide
        form = Form(column, around, has_more, is_wide, has_sum, clues.name.isupper())
        return Named(row.number, place, words, clues, form, is_said, is_after_entry)

    def _labelled(self, row: BodyRow, sheet: str, first: str) -> NameInText | None:
        """Return who is named in so many words; a row that says only more is noted as such."""
        if ":" not in first and not is_key(values.line(first)):
            return None
        said = preambles.read_rows(self._table, (row,), sheet)
        clues = said.clues
        if clues.name:
            name, _, _ = parted(clues.name)
            if not may_be_name(name) or is_key(name):
                return None
            clues = replace(clues, name=name)
        if clues:
            words = " ".join(dict.fromkeys(values.line(c) for c in row.cells if values.line(c)))
            return NameInText(words[:_LONGEST], clues, "label", is_said=True)
        if said.said or is_key_first(first):
            self._heads.add(row.number)
        return None

    def _is_day(self, cell: Cell) -> bool:
        try:
            return values.day(cell) is not None
        except ValueError:
            return False

    # --- above the entries ---

    def _above(self) -> list[Named]:
        """Return for each sheet who is named above its headings or by its title, if anybody."""
        made = []
        for sheet in self._table.joined or (self._table.sheet,):
            first = self._firsts.get(sheet)
            if first is None:
                continue
            clues, words, row = self._above_of(sheet)
            place = Place(self._table.file_name, sheet, row)
            form = Form(-1, "", False, False, False)
            made.append(Named(first, place, words, clues, form, True, None, bool(clues)))
        return made

    def _above_of(self, sheet: str) -> tuple[Clues, str, int | None]:
        rows = self._table.above(sheet)
        said = preambles.read_rows(self._table, rows, sheet)
        if said.clues:
            where = next((each.place.row for each in said.said), None)
            return said.clues, said.clues.name or said.clues.uln or said.clues.email, where
        for row in reversed(rows):
            told = [cell for cell in row.cells if not values.is_blank(cell)]
            if len(told) != 1 or not isinstance(told[0], str):
                continue
            title = values.line(told[0])
            found = [alone(part) for part in (title, *parts_of(title))]
            known = [each.clues for each in found if each and self._is_known(each.clues)]
            if known and len({self._person(clues) for clues in known}) == 1:
                return known[0], title, row.number
        clues = Clues(name=sheet)
        return (clues, sheet, None) if self._is_known(clues) else (Clues(), "", None)

    # --- which of them name somebody ---

    def _is_known(self, clues: Clues) -> bool:
        found = self._everyone.find(clues)
        if isinstance(found, NotFound):
            return found.code == "IM204" or self._everyone.is_newcomer(clues.name)
        return True

    def _told_apart(self, candidates: Sequence[Named]) -> tuple[list[Named], list[Named]]:
        """Return the rows that name somebody, and those that only look as if."""
        sure: set[int] = set()
        forms: dict[Form, set[bool]] = {}
        for each in candidates:
            if not each.is_said and not self._is_known(each.clues):
                continue
            sure.add(each.number)
            after = forms.setdefault(each.form, set())
            if each.is_after_entry is not None:
                after.add(each.is_after_entry)
        taken, likely = [], []
        for each in candidates:
            name = each.clues.name
            if each.number in sure:
                taken.append(each)
            elif not looks_like_name(name):
                continue
            elif self._is_said or (
                each.form in forms
                and (self._is_near(each.clues) or self._stands_alike(each, forms[each.form]))
            ):
                taken.append(each)
            else:
                likely.append(each)
        return taken, likely

    def _likely(self, taken: Sequence[Named], likely: Sequence[Named]) -> tuple[Named, ...]:
        """Return those of *likely* that a person is told of: all beside rows that name people.

        Where no row does, only several of one form.
        """
        every = self._with_entries(sorted((*taken, *likely), key=lambda each: each.number))
        asked = {each.number for each in likely}
        found = tuple(each for each in every if each.has_entries and each.number in asked)
        names = {each.clues.name for each in found}
        is_one_form = len(names) > 1 and len({each.form for each in found}) == 1
        return found if (taken or is_one_form) and not self._people else ()

    def _is_near(self, clues: Clues) -> bool:
        """Whether a name is so like somebody's that a person must say who is meant."""
        found = self._everyone.find(clues)
        return isinstance(found, NotFound) and bool(found.near)

    @staticmethod
    def _stands_alike(each: Named, after: set[bool]) -> bool:
        return not after or each.is_after_entry is None or each.is_after_entry in after

    # --- names in the first row of a block only ---

    def _leaves_name_blank(self, row: BodyRow) -> bool:
        return all(values.is_blank(row.cells[at]) for at in self._people)

    def _carried(self, taken: Iterable[Named]) -> tuple[dict[int, Clues], int]:
        """Return where blocks begin by the column of names, and how many rows leave it blank."""
        if not any(self._leaves_name_blank(row) for row in self._table.rows):
            return {}, 0
        columns = RowReader.columns_of(self._matching)
        starts = {each.number: each.clues for each in taken}
        least = 1 if starts else 2
        entries = frozenset(self._entries)
        named = followed = blank = 0
        was_named = False
        for row in self._table.rows:
            if row.number in starts:
                named += 1
                was_named = True
                continue
            if row.number not in entries:
                continue
            if not self._leaves_name_blank(row):
                named += 1
                was_named = True
                starts[row.number] = Clues()
                continue
            blank += 1
            followed += was_named
            was_named = False
        if blank < least or followed * 2 < named:
            return {}, 0
        for row in self._table.rows:
            if row.number in starts and not starts[row.number]:
                starts[row.number] = clues_of(RowReader(self._table, columns, row))
        return starts, blank
