"""What becomes of the rows of a list: each has exactly one fate, and the fates add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from apprentice_desk.domain.findings import Finding, Place
from apprentice_desk.imports.corrections import Correction
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.matching import Matching

T = TypeVar("T")


class Fate(StrEnum):
    """What becomes of a row."""

    IMPORTED = "imported"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who imports says beforehand.

    *apprentice* (a name, ULN, reference or email) is whose hours a log without a person column
    holds.  *add_missing* adds people of an hours log who are not in the desk.  *spellings* are
    names of the list that a person said mean somebody of the desk, by that person's key, *same*
    those that mean somebody whom the list itself adds, by that other name.  *newcomers* are names
    that a person said are nobody's of the desk, however alike: they are added.
    *rows_name_people* is a person's word whether rows between the entries name whose the rows
    below them are; None leaves it to what stands there.
    """

    apprentice: str = ""
    add_missing: bool = False
    spellings: tuple[tuple[str, UUID], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    newcomers: tuple[str, ...] = ()
    rows_name_people: bool | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody of the desk whose name is like the one *written* in the list, in per cent.

    *stands_for* names just them to the options of an import.  Of somebody *is_new*, whom the list
    itself adds, the key is only good for this review.
    """

    written: str
    id: UUID
    name: str
    percent: int
    stands_for: str
    is_new: bool = False

    @property
    def said(self) -> str:
        """The name and how alike it is."""
        return f"{self.name} ({self.percent} % alike)"


@dataclass(frozen=True, slots=True)
class ReviewedRow(Generic[T]):
    """One row with its fate.

    *entry* is what an imported row brings in.  A skipped row says why in *reason*, with the cell
    in *place*; the findings of a refused row say why, and those of an imported one are notes.
    *minutes* is the time that the row tells of, whatever its fate.

    A row that is *offered* stays out until a person takes it in: it looks like another one, or
    with a *correction* changes what the desk has.  *near* is who may be meant by its name.
    """

    number: int
    fate: Fate
    entry: T | None = None
    reason: str = ""
    place: Place = field(default_factory=Place)
    findings: tuple[Finding, ...] = ()
    minutes: int = 0
    offered: T | None = None
    correction: Correction | None = None
    near: tuple[Near, ...] = ()
    who: str = ""
    """The name in a row that stays out, as it is written; "" where none is read."""
    at: str = ""
    """Where it stands if not simply in a row: "D7", or "7 in May" of several sheets."""
    waits: bool = False
    """Whether an offered row waits for a person's word though it is not like another one."""

    @property
    def is_twin(self) -> bool:
        """Whether it looks like another row or entry."""
        return self.offered is not None and self.correction is None and not self.waits


BY_HAND = "Left out by hand."


@dataclass(frozen=True, slots=True)
class Review(Generic[T]):
    """A whole list, read and weighed against the desk, before anything is written.

    *unticked* are the numbers of rows that a person leaves out, *ticked* those of offered rows that
    are taken in, but for the fields in *declined*.  *notes* are about the list as a whole.

    *sheet_says* is what stands above the list and would change the one person whom it is about;
    *believed* are the fields of it that are taken over.
    """

    file_name: str
    sheet: str
    kind: Kind
    matching: Matching
    all_rows: tuple[ReviewedRow[T], ...]
    notes: tuple[Finding, ...] = ()
    unticked: frozenset[int] = frozenset()
    ticked: frozenset[int] = frozenset()
    declined: Mapping[int, frozenset[str]] = field(default_factory=dict)
    sheet_says: Correction | None = None
    believed: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[ReviewedRow[T], ...]:
        """Every row with its fate, those left out by hand among the skipped."""
        if not self.unticked and not self.ticked:
            return self.all_rows
        return tuple(self._as_said(row) for row in self.all_rows)

    def _as_said(self, row: ReviewedRow[T]) -> ReviewedRow[T]:
        """Return a row as the person wants it: left out, taken in, or as it is."""
        if row.fate is Fate.IMPORTED and row.number in self.unticked:
            return replace(row, fate=Fate.SKIPPED, entry=None, reason=BY_HAND, findings=())
        if row.offered is None or row.number not in self.ticked:
            return row
        correction = row.correction
        if correction is not None:
            correction = correction.without(self.declined.get(row.number, ()))
        return replace(row, fate=Fate.IMPORTED, entry=row.offered, correction=correction, reason="")

    @property
    def offers(self) -> tuple[ReviewedRow[T], ...]:
        """The rows that stay out unless a person takes them in, as they were found."""
        return tuple(row for row in self.all_rows if row.offered is not None)

    @property
    def corrections(self) -> tuple[ReviewedRow[T], ...]:
        """The offered rows that correct what the desk has, as they were found."""
        return tuple(row for row in self.offers if row.correction is not None)

    @property
    def taken_over(self) -> Correction | None:
        """What is taken over from above the list; None where that is nothing."""
        if self.sheet_says is None or not self.believed:
            return None
        left = {change.field for change in self.sheet_says.changes} - self.believed
        return self.sheet_says.without(left)

    def with_fate(self, fate: Fate) -> tuple[ReviewedRow[T], ...]:
        """Return the rows of one fate."""
        return tuple(row for row in self.rows if row.fate is fate)

    def entries(self) -> tuple[tuple[ReviewedRow[T], T], ...]:
        """Return the rows to be imported, each with what it brings in."""
        return tuple((row, row.entry) for row in self.rows if row.entry is not None)

    def count(self, fate: Fate | None = None) -> int:
        """Return how many rows there are, or have one fate."""
        return len(self.rows if fate is None else self.with_fate(fate))

    def minutes(self, fate: Fate | None = None) -> int:
        """Return the minutes of all rows, or of those with one fate."""
        return sum(row.minutes for row in (self.rows if fate is None else self.with_fate(fate)))

    def untick(self, number: int) -> Review[T]:
        """Return the review with row *number* left out."""
        return self.left_out((number,))

    def tick(self, number: int) -> Review[T]:
        """Return the review with row *number* taken in, with all its corrections."""
        return self.taken_in((number,))

    def left_out(self, numbers: Iterable[int]) -> Review[T]:
        """Return the review with the rows of these numbers left out."""
        wanted = frozenset(numbers)
        offered = {row.number for row in self.offers}
        return replace(
            self, unticked=self.unticked | (wanted - offered), ticked=self.ticked - wanted
        )

    def taken_in(self, numbers: Iterable[int]) -> Review[T]:
        """Return the review with the rows of these numbers taken in, with all corrections."""
        wanted = frozenset(numbers)
        offered = {row.number for row in self.offers}
        declined = {row: left for row, left in self.declined.items() if row not in wanted}
        return replace(
            self,
            unticked=self.unticked - wanted,
            ticked=self.ticked | (wanted & offered),
            declined=declined,
        )

    def accept(self, number: int, fields: Iterable[str]) -> Review[T]:
        """Return the review with just these corrections of row *number* accepted."""
        wanted = frozenset(fields)
        row = next((each for each in self.corrections if each.number == number), None)
        if row is None or row.correction is None:
            return self
        every = {change.field for change in row.correction.changes}
        if not every & wanted:
            return self.left_out((number,))
        taken = self.taken_in((number,))
        return replace(taken, declined={**taken.declined, number: frozenset(every - wanted)})

    def believe(self, fields: Iterable[str]) -> Review[T]:
        """Return the review with just these facts taken over from above the list."""
        says = self.sheet_says.changes if self.sheet_says is not None else ()
        return replace(self, believed=frozenset(fields) & {change.field for change in says})

    def again(self, before: Review[T]) -> Review[T]:
        """Return this newer review of the same list with what a person said in *before*."""
        offered = {row.number for row in self.offers}
        facts = {change.field for change in self.sheet_says.changes} if self.sheet_says else set()
        known = (
            {change.field for change in before.sheet_says.changes} if before.sheet_says else set()
        )
        return replace(
            self,
            unticked=before.unticked - offered,
            ticked=before.ticked & offered,
            declined=before.declined,
            believed=(before.believed & facts) | (self.believed - known),
        )
