"""What the steps of an import say: the list of rows, the sums, the sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apprentice_desk.domain import durations
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.contract_money import total
from apprentice_desk.domain.identifiers import is_temporary_uln
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.imports import fates
from apprentice_desk.imports import sums as sums_
from apprentice_desk.imports.applying import Applied
from apprentice_desk.imports.apprentices import ApprenticeEntry
from apprentice_desk.imports.contracts import ContractEntry
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.payments import PaymentEntry
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import BY_HAND, Fate, Near, ReviewedRow
from apprentice_desk.imports.steps import Journey
from apprentice_desk.records.known_people import KnownPerson
from apprentice_desk.ui.kit.rows import Badge, Column

_BADGES = {
    Fate.IMPORTED: Badge("Comes in", "good", "check"),
    Fate.SKIPPED: Badge("Left out", "quiet", "minus"),
    Fate.REFUSED: Badge("Refused", "danger", "circle-alert"),
}
_NOT_COUNTING = Badge("Not counting", "good", "check")
_TWIN = Badge("Looks double", "warning", "copy")
_WAITS = Badge("Provider not known", "warning", "circle-question-mark")
_UNPAID = Badge("Not paid", "quiet", "clock")
_ASKS_REFUND = Badge("Refund?", "warning", "circle-question-mark")
_CHANGE = Badge("Change to accept", "note", "pencil")
_ACCEPTED = Badge("Changes", "good", "check")
BY_YOU = Badge("Left out by you", "note", "minus")
"""The badge of a row that a person left out, and may take in again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list with its fate, as the review shows it."""

    id: int
    row: ReviewedRow[Any]
    why: str

    @property
    def where(self) -> str:
        """The row, or the cell of a grid, in its sheet."""
        return self.row.at.partition(_IN_SHEET)[0] or str(self.id)

    @property
    def sheet(self) -> str:
        """The sheet that it stands in, where several are read."""
        return self.row.at.partition(_IN_SHEET)[2]

    @property
    def called(self) -> str:
        """What a sentence calls it."""
        return self.row.at or f"Row {self.id}"

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        return self.row.fate

    @property
    def badge(self) -> Badge:
        """What becomes of it, in a word."""
        row = self.row
        if row.reason == BY_HAND:
            return BY_YOU
        if row.fate is Fate.IMPORTED:
            if row.correction is not None:
                return _ACCEPTED
            entry = row.entry
            is_not_counting = isinstance(entry, HoursEntry) and not entry.details.counts
            return _NOT_COUNTING if is_not_counting else _BADGES[row.fate]
        if row.waits:
            if isinstance(row.offered, PaymentEntry):
                return _UNPAID if row.offered.is_unpaid else _ASKS_REFUND
            return _WAITS
        if row.offered is not None:
            return _TWIN if row.is_twin else _CHANGE
        return _BADGES[row.fate]

    @property
    def is_turnable(self) -> bool:
        """Whether a person may take the row in or leave it out."""
        row = self.row
        return row.fate is Fate.IMPORTED or row.reason == BY_HAND or row.offered is not None

    @property
    def is_offered(self) -> bool:
        """Whether it waits for a person's word, or has got it."""
        return self.row.offered is not None


def lines(review: AnyReview) -> list[Line]:
    """Return every row of *review*."""
    return [Line(row.number, row, _why(row)) for row in review.rows]


def _why(row: ReviewedRow[Any]) -> str:
    if row.fate is Fate.REFUSED:
        place = row.place
        column = f"column {place.column}" if place.column else ""
        cell = f"{place.heading} ({column})" if place.heading and column else column
        value = f" says “{place.value}”" if place.value else " is blank"
        where = f"{cell or place.heading}{value}: " if cell or place.heading else ""
        return f"{where}{fates.why_refused(row)}"
    if row.fate is Fate.SKIPPED:
        return row.reason
    said = [f"Corrects {row.correction.said}."] if row.correction is not None else []
    if isinstance(row.entry, HoursEntry) and row.entry.why_not:
        said.append(row.entry.why_not)
    said += [f"{note.message} {note.remedy}".strip() for note in row.findings]
    return " ".join(said)


def _of(
    kind: type,
    show: Callable[[Any], Any],
    otherwise: Callable[[ReviewedRow[Any]], Any] = lambda _row: None,
) -> Callable[[Line], Any]:
    """Return how a column shows an entry, and a row without one *otherwise*: as nothing."""

    def shown(line: Line) -> Any:
        entry = line.row.entry if line.row.entry is not None else line.row.offered
        return show(entry) if isinstance(entry, kind) else otherwise(line.row) or None

    return shown


_IN_SHEET = " in "  # a place in short is "C7", or "C7 in May" where several sheets are read
_ROW = Column("Row", lambda row: row.where, sort=lambda row: row.id, right=True, width=6)
_SHEET = Column("Sheet", lambda row: row.sheet, width=9)
SHEET_PLACE = 1
"""The place of the column that says the sheet; it is shown where several are read."""
_FATE = Column("What happens", lambda row: row.badge, kind="badge", width=17)
_WHY = Column("Why, or worth a look", lambda row: row.why, kind="quiet", width=20)

HOURS = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Who",
        _of(HoursEntry, lambda entry: entry.person, lambda row: row.who),
        kind="strong",
        width=14,
    ),
    Column(
        "Day",
        _of(HoursEntry, lambda entry: table_day(entry.details.done_on)),
        sort=_of(HoursEntry, lambda entry: entry.details.done_on),
        holds="date",
        value=_of(HoursEntry, lambda entry: entry.details.done_on),
        width=13,
    ),
    Column(
        "Time",
        lambda row: durations.grid(row.row.minutes) if row.row.minutes else None,
        sort=lambda row: row.row.minutes or None,
        right=True,
        width=6,
    ),
    Column("What", _of(HoursEntry, lambda entry: entry.details.what), width=16),
    _WHY,
)

APPRENTICES = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Who",
        _of(ApprenticeEntry, lambda entry: entry.name, lambda row: row.who),
        kind="strong",
        width=14,
    ),
    Column(
        "Course",
        _of(ApprenticeEntry, lambda entry: entry.course),
        width=24,
    ),
    Column(
        "Starts",
        _of(
            ApprenticeEntry,
            lambda entry: (
                table_day(entry.details.training_started_on)
                if entry.details.training_started_on
                else None
            ),
        ),
        sort=_of(ApprenticeEntry, lambda entry: entry.details.training_started_on),
        holds="date",
        value=_of(ApprenticeEntry, lambda entry: entry.details.training_started_on),
        width=13,
    ),
    Column(
        "Person",
        _of(ApprenticeEntry, lambda entry: "new" if entry.is_new_person else "known"),
        width=8,
    ),
    _WHY,
)


def _contract_day(name: str, heading: str) -> Column:
    def day(entry: ContractEntry) -> Any:
        return getattr(entry.details, name)

    return Column(
        heading,
        _of(ContractEntry, lambda entry: table_day(day(entry)) if day(entry) else None),
        sort=_of(ContractEntry, day),
        holds="date",
        value=_of(ContractEntry, day),
        width=11,
    )


CONTRACTS = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Reference",
        _of(ContractEntry, lambda entry: entry.details.reference, lambda row: row.who),
        kind="strong",
        width=16,
    ),
    Column("Provider", _of(ContractEntry, lambda entry: entry.provider.details.name), width=20),
    _contract_day("starts_on", "Starts"),
    _contract_day("ends_on", "Ends"),
    _WHY,
)

PAYMENTS = (
    _ROW,
    _SHEET,
    _FATE,
    Column(
        "Paid on",
        _of(PaymentEntry, lambda entry: table_day(entry.details.paid_on)),
        sort=_of(PaymentEntry, lambda entry: entry.details.paid_on),
        holds="date",
        value=_of(PaymentEntry, lambda entry: entry.details.paid_on),
        width=11,
    ),
    Column("Contract", _of(PaymentEntry, lambda entry: entry.contract), width=13),
    Column(
        "For",
        _of(
            PaymentEntry,
            lambda entry: entry.person or "Nobody in particular",
            lambda row: row.who,
        ),
        kind="strong",
        width=14,
    ),
    Column(
        "Amount",
        _of(PaymentEntry, lambda entry: show_pounds(entry.paid)),
        sort=_of(PaymentEntry, lambda entry: entry.paid),
        right=True,
        holds="money",
        value=_of(PaymentEntry, lambda entry: entry.paid),
        width=11,
    ),
    Column(
        "What for",
        _of(PaymentEntry, lambda entry: str(entry.details.kind or "")),
        width=14,
    ),
    Column(
        "Then still to pay",
        _of(
            PaymentEntry,
            lambda entry: "not known" if entry.left is None else show_pounds(entry.left),
        ),
        sort=_of(PaymentEntry, lambda entry: entry.left),
        right=True,
        holds="money",
        value=_of(PaymentEntry, lambda entry: entry.left),
        width=14,
    ),
    _WHY,
)

_COLUMNS = {
    Kind.APPRENTICES: APPRENTICES,
    Kind.HOURS: HOURS,
    Kind.CONTRACTS: CONTRACTS,
    Kind.PAYMENTS: PAYMENTS,
}


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of the review of a list."""
    return _COLUMNS[kind]


def counted(count: int, thing: str, many: str = "") -> str:
    """Return "1 row" or "2 rows"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {many or thing + 's'}"


def sums(review: AnyReview) -> str:
    """Return the rows, and for hours the time, as sums that add up."""
    made = sums_.of(review)
    said = (
        f"{counted(made.rows, 'row')} read = {made.imported:,} that come in"
        f" + {made.skipped:,} left out + {made.refused:,} refused."
    )
    if review.kind is Kind.PAYMENTS:
        coming = [e.paid for _, e in review.entries() if isinstance(e, PaymentEntry)]
        return f"{said} {show_pounds(total(coming))} come in."
    return said if review.kind is not Kind.HOURS else f"{said} {made.words}."


def offered(review: AnyReview) -> str:
    """Return what waits for a person's word, "" where nothing does."""
    twins = sum(row.is_twin for row in review.offers)
    changes = len(review.corrections)
    waiting = sum(row.waits for row in review.offers)
    unpaid = sum(
        row.waits and isinstance(row.offered, PaymentEntry) and row.offered.is_unpaid
        for row in review.offers
    )
    waiting -= unpaid
    said = []
    if changes:
        says = "row corrects" if changes == 1 else "rows correct"
        said.append(
            f"{changes:,} {says} what the desk has: accept the changes that are right, and nothing"
            " else of the desk changes."
        )
    if twins:
        says = "row looks" if twins == 1 else "rows look"
        said.append(
            f"{twins:,} {says} like another one: left out unless you take"
            f" {'it' if twins == 1 else 'them'} in."
        )
    if unpaid:
        says = "row is not paid by its" if unpaid == 1 else "rows are not paid by their"
        said.append(f"{unpaid:,} {says} status: left out unless you say that it is paid by now.")
    if waiting and review.kind is Kind.PAYMENTS:
        says = "row is a refund by its" if waiting == 1 else "rows are refunds by their"
        said.append(f"{waiting:,} {says} words alone: left out unless you say that it came back.")
    elif waiting:
        names = "row names" if waiting == 1 else "rows name"
        said.append(
            f"{waiting:,} {names} a provider that the desk does not have: left out until you say"
            " whom it means, or that it is to be added."
        )
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name of the list that is nobody's just so, and who may be meant.

    *rows* is 0 for the one above the list; *otherwise* are the words for somebody else.
    """

    written: str
    rows: int
    near: tuple[Near, ...]
    otherwise: str
    nobody: str = "nobody of the desk"

    @property
    def said(self) -> str:
        """The question in words."""
        where = f" in {counted(self.rows, 'row')}" if self.rows else " above the list"
        if not self.near:
            return f"“{self.written}”{where} is {self.nobody}."
        return f"“{self.written}”{where}: did you mean {' or '.join(n.said for n in self.near)}?"


ADD = "Add as a new apprentice"
ADD_PROVIDER = "Add as a new provider"


def doubts(review: AnyReview) -> list[Doubt]:
    """Return the names of the list that may mean somebody of the desk, with their rows."""
    if review.kind is Kind.CONTRACTS:
        return _provider_doubts(review)
    found: dict[str, tuple[int, tuple[Near, ...]]] = {}
    for row in review.rows:
        if row.near:
            written = row.near[0].written
            found[written] = (found.get(written, (0, ()))[0] + 1, row.near)
    otherwise = ADD if review.kind is Kind.HOURS else "This is somebody else"
    return [Doubt(written, rows, near, otherwise) for written, (rows, near) in found.items()]


def _provider_doubts(review: AnyReview) -> list[Doubt]:
    """Return the providers that the desk does not have, with those that may be meant."""
    found: dict[str, tuple[int, tuple[Near, ...]]] = {}
    for row in review.rows:
        entry: Any = row.offered
        if row.waits and row.fate is Fate.SKIPPED:
            written = entry.provider.details.name
            found[written] = (found.get(written, (0, ()))[0] + 1, row.near)
    return [
        Doubt(written, rows, near, ADD_PROVIDER, "no provider of the desk")
        for written, (rows, near) in found.items()
    ]


def found(journey: Journey) -> str:
    """Return where the list was found in the file."""
    table = journey.table
    if table is None:
        return ""
    sheet = f"Sheet “{table.sheet}”: the" if len(journey.sheets) > 1 else "The"
    is_grid = any(row.origin is not None and row.origin.is_cell for row in table.rows[:1])
    what = counted(len(table.rows), "cell" if is_grid else "row")
    where = f" in {len(table.joined)} sheets" if table.joined else ""
    return f"{sheet} headings stand in row {table.heading_row}, with {what} below{where}."


_MOST_NAMED = 4


def alike(sheets: Sequence[str]) -> str:
    """Return the offer to read sheets of one shape together."""
    named = ", ".join(f"“{name}”" for name in sheets[:_MOST_NAMED])
    more = f" and {len(sheets) - _MOST_NAMED} more" if len(sheets) > _MOST_NAMED else ""
    return f"Read the {len(sheets)} sheets of this shape together: {named}{more}"


def blocks(journey: Journey) -> tuple[str, str]:
    """Return the offer to take rows between the entries for names, and them; "" for none."""
    named = journey.sections_offered.blocks or journey.sections_offered.likely
    if not named:
        return "", ""
    words = list(dict.fromkeys(each.words for each in named))
    more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
    listed = ", ".join(f"“{each}”" for each in words[:_MOST_NAMED])
    if journey.sections_offered.blocks:
        people = counted(len({each.clues for each in named}), "person", "people")
        return f"Rows above the hours name {people}", f"{listed}{more}"
    return "These rows name people", f"{listed}{more}"


def remembered(journey: Journey) -> str:
    """Return what is remembered of these columns, or where they were taken from."""
    known = journey.remembered
    if journey.loaded:
        return f"Columns as in the file {journey.loaded}."
    if known is None:
        return ""
    if journey.is_as_remembered:
        return f"Columns as you matched them last time ({known.name})."
    return (
        f"Last time ({known.name}) you matched these columns otherwise; when you import, they are"
        " remembered as they stand now."
    )


_CODES_NAMED = 8


def codes(journey: Journey) -> str:
    """Return which LARS codes of the list are not known, or what was said of them."""
    unknown = [f"{code.code} (in {counted(code.rows, 'row')})" for code in journey.open_codes]
    if unknown:
        more = len(unknown) - _CODES_NAMED
        named = ", ".join(unknown[:_CODES_NAMED]) + (f" and {more} more" if more > 0 else "")
        says = "1 LARS code is" if len(unknown) == 1 else f"{len(unknown)} LARS codes are"
        return (
            f"{says} not known here: {named}. Say once which standard each means, and it is"
            " remembered."
        )
    told = [
        f"{code.code} means {code.standard_code or 'no known standard'}" for code in journey.codes
    ]
    more = len(told) - _CODES_NAMED
    named = "; ".join(told[:_CODES_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"LARS codes as you said: {named}." if told else ""


_CAME_IN = {
    Kind.APPRENTICES: ("apprenticeship", "apprenticeships"),
    Kind.HOURS: ("entry of hours", "entries of hours"),
    Kind.CONTRACTS: ("contract", "contracts"),
    Kind.PAYMENTS: ("payment", "payments"),
}


def done(journey: Journey, applied: Applied) -> str:
    """Return what was brought in."""
    what = counted(applied.rows - applied.corrected, *_CAME_IN[journey.kind])
    parts = [f"{what} came in"]
    if applied.corrected:
        parts.append(counted(applied.corrected, "was corrected", "were corrected"))
    if journey.review is not None and (says := journey.review.taken_over) is not None:
        parts.append(f"{says.said} was taken over from above the list")
    if applied.people_added:
        parts.append(counted(applied.people_added, "person was added", "people were added"))
    if applied.providers_added:
        parts.append(counted(applied.providers_added, "provider was added", "providers were added"))
    return f"{', '.join(parts)}."


def stayed_out(review: AnyReview) -> str:
    """Return how many rows did not come in and where it is said why; "" where all did."""
    counts = ((review.count(Fate.REFUSED), "refused"), (review.count(Fate.SKIPPED), "left out"))
    said = [f"{count:,} {what}" for count, what in counts if count]
    if not said:
        return ""
    if counts[0][0]:
        return (
            f"{' and '.join(said)} of the list: the list of rows says why. Put those cells right in"
            " your file and import it again; what is here already is then left out."
        )
    return f"{said[0]} of the list: the list of rows says why."


def people(known: Iterable[KnownPerson]) -> list[tuple[str, str]]:
    """Return what stands for each person in the options of an import, and their name."""
    made: dict[object, tuple[str, str]] = {}
    for each in known:
        uln = each.uln if each.uln and not is_temporary_uln(each.uln) else ""
        made.setdefault(each.apprentice_id, (uln or each.email or each.name, each.name))
    return list(made.values())
