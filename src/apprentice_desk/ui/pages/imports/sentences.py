"""What the steps of an import say in sentences: sums, offers, doubts, and what was brought in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apprentice_desk.domain.contract_money import total
from apprentice_desk.domain.identifiers import is_temporary_uln
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.imports import sums as sums_
from apprentice_desk.imports.applying import Applied
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.payments import PaymentEntry
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Fate, Near
from apprentice_desk.imports.steps import Journey
from apprentice_desk.records.known_people import KnownPerson


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
