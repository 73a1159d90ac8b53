"""What the list of departures shows of each, and what it can be narrowed to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from apprentice_desk.documents.returned import Returned
from apprentice_desk.documents.returned_departures import Departure, Kind
from apprentice_desk.domain.needs import counted
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.theme import Tone

FILLED_IN, REMARK, NOTE = "Filled in", "Remark in the file", "To be looked at"
_AFTER_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A departure, or what was filled in or remarked; *urgency* is how soon it is to be looked at.

    *order* counts in the order of what was sent.
    """

    id: int
    what: str
    where: str
    detail: str
    before: str
    after: str
    shown: str
    urgency: int
    order: int
    departure: Departure | None = None

    @property
    def badge(self) -> Badge:
        """What became of the words, with a sign for how soon it is to be looked at."""
        if self.departure is None:
            return Badge(self.what, "quiet", _ICONS_BESIDE[self.what])
        kind = self.departure.kind
        return Badge(self.what, _TONES.get(kind.rank, "quiet"), _ICONS.get(kind, "pencil"))


_TONES: Mapping[int, Tone] = {0: "danger", 1: "warning", 2: "warning"}
_ICONS = {
    Kind.FIGURE: "triangle-alert", Kind.DUTY: "triangle-alert", Kind.PARTY: "users",
    **dict.fromkeys((Kind.CLAUSE_ADDED, Kind.ADDED, Kind.ROW_ADDED, Kind.WORDS_ADDED), "plus"),
    **dict.fromkeys(
        (Kind.CLAUSE_REMOVED, Kind.REMOVED, Kind.ROW_REMOVED, Kind.WORDS_REMOVED), "minus"
    ),
    Kind.MOVED: "arrow-left-right",
}  # fmt: skip
_ICONS_BESIDE = {FILLED_IN: "pencil", REMARK: "info", NOTE: "eye"}


def lines_of(found: Returned) -> tuple[ReturnedLine, ...]:
    """Return the departures, the worst first, then what was filled in, remarked and not read."""
    return tuple(_lines(found))


def _lines(found: Returned) -> Iterator[ReturnedLine]:
    number = 0
    for each in found.compared.departures:
        number += 1
        yield ReturnedLine(
            number, each.kind.value, where(each), each.detail, each.before, each.after,
            "tracked" if each.is_tracked else "not shown", each.kind.rank, each.order, each,
        )  # fmt: skip
    beside = (
        *((FILLED_IN, each.title, each.where, each.text) for each in found.compared.filled_in),
        *((REMARK, "", "", text) for text in found.comments),
        *((NOTE, "", "", text) for text in found.notes),
    )
    for what, place, detail, text in beside:
        number += 1
        yield ReturnedLine(
            number, what, place, detail, "", text, "", _AFTER_ALL, _AFTER_ALL + number
        )


def where(departure: Departure) -> str:
    """Return the paragraph and the clause in which a departure is."""
    number = departure.label or departure.number
    return f"{number} {departure.title}".strip()


COLUMNS = (
    Column(
        "What", lambda line: line.badge, sort=lambda line: (line.urgency, line.id),
        say=lambda line: line.what, kind="badge", width=24,
    ),
    Column(
        "Clause",
        lambda line: ", ".join(filter(None, (line.where, line.detail))),
        sort=lambda line: (line.order, line.id),
        width=23,
    ),
    Column("Sent", lambda line: line.before, say=lambda line: f"sent: {line.before}", width=22),
    Column(
        "Came back", lambda line: line.after, say=lambda line: f"came back: {line.after}", width=22
    ),
    Column(
        "Change", lambda line: line.shown, say=lambda line: f"change {line.shown}", width=11,
        tip=lambda _line: "Whether it is shown as a change in the file",
    ),
)  # fmt: skip

Keeps = Callable[[ReturnedLine], bool]
CHOICES: tuple[tuple[str, Keeps | None], ...] = (
    ("Everything", None),
    ("Additions, figures and dates", lambda line: line.urgency == 0),
    ("Not shown as a change", lambda line: line.shown == "not shown"),
    ("Shown as a change", lambda line: line.shown == "tracked"),
    ("Taken out", lambda line: line.departure is not None and line.urgency == 2),
    ("Other changes", lambda line: line.urgency in (1, 3, 4, 5)),
    ("Filled in, and remarks", lambda line: line.departure is None),
)
"""What the list can be narrowed to."""


def counts_in_words(found: Returned) -> str:
    """Say how many departures there are, and how many of them are looked at first."""
    departures = found.compared.departures
    if not departures:
        said = ["No departure: the file says what was sent"]
    else:
        first = sum(each.kind.rank == 0 for each in departures)
        said = [counted(len(departures), "departure")]
        if first:
            said.append(f"{first} added, or figures, dates and duties changed")
        if found.has_tracked:
            silent = sum(not each.is_tracked for each in departures)
            said.append(f"{silent} not shown as changes in the file")
    if found.compared.filled_in:
        said.append(f"{len(found.compared.filled_in)} filled in")
    if found.comments:
        said.append(counted(len(found.comments), "remark"))
    return " · ".join(said)
