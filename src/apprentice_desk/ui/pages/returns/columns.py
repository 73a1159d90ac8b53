"""What the page Returns says: its lists' columns, its figures and its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import MONTHS, Quarter, show_day
from apprentice_desk.domain.vocabulary import ReceiptState
from apprentice_desk.records.returns_sent import ReturnSentRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.returns.differences import Difference, RowChange
from apprentice_desk.returns.picture import Picture
from apprentice_desk.returns.rows import ReturnContent
from apprentice_desk.returns.sending import Prepared
from apprentice_desk.ui.kit.rows import Badge, Column

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short_words(period: Quarter) -> str:
    """Return a quarter in a few words: "Oct to Dec 2026"."""
    first, last = MONTHS[period.first.month - 1], MONTHS[period.last.month - 1]
    return f"{first[:3]} to {last[:3]} {period.last.year}"


def period_words(period: str) -> str:
    """Return a quarter given as text in a few words; as it is where it is none."""
    try:
        return short_words(Quarter.parse(period))
    except ValueError:
        return period


def sent_on(sent: ReturnSentRow) -> str:
    """Return the day when a return was sent, as this computer counts days."""
    return show_day(sent.prepared_at.astimezone().date())


def revision_of(sent: ReturnSentRow) -> str:
    """Return which of several a return is, in words for a sentence."""
    return f"revision {sent.revision} for {period_words(sent.period)}"


def revision_words(sent: ReturnSentRow) -> str:
    """Return which of several a return is, in words for a list or a title."""
    return f"{period_words(sent.period)}, revision {sent.revision}"


# --- what leaves ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trace:
    """A name and the code that stands for it outside."""

    id: str
    name: str
    code: str


TRACES = (
    Column("Name, stays here", lambda row: row.name, kind="strong", width=20),
    Column("Code, leaves", lambda row: row.code, width=18, say=lambda row: " ".join(row.code)),
)


def traces(rows: tuple[ApprenticeRow, ...]) -> list[Trace]:
    """Return each person in the return once."""
    return list({row.code: Trace(row.code, row.name, row.code) for row in rows}.values())


_CARRIED = {
    "contracts": "contract",
    "secondments": "secondment",
    "pledges": "pledge",
    "characteristics": "characteristic total",
    "network": "event",
    "barriers": "barrier",
}
"""What one row of each other sheet is called."""


def carried(content: ReturnContent) -> str:
    """Return what leaves besides the apprentices, in a sentence."""
    said = [
        counted(len(content.lines(resource)), words)
        for resource, words in _CARRIED.items()
        if content.lines(resource)
    ]
    if not said:
        return "The other sheets are empty."
    listed = f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]
    small = " Counts of 1 to 4 people stay blank." if content.characteristics else ""
    return f"With them go {listed}, none about a named person.{small}"


# --- what was sent --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Past:
    """A return that was sent, with the revisions for its period beside it."""

    id: UUID
    sent: ReturnSentRow
    replaces: int | None
    is_replaced: bool

    @property
    def state(self) -> ReceiptState | None:
        """What its receipt says; None while it has none."""
        return self.sent.receipt.details.state if self.sent.receipt else None


def past(history: Sequence[ReturnSentRow]) -> tuple[Past, ...]:
    """Return the returns that were sent, each with what it replaces and whether it is replaced."""
    revisions: dict[str, list[int]] = {}
    for sent in history:
        revisions.setdefault(sent.period, []).append(sent.revision)
    return tuple(
        Past(
            sent.id,
            sent,
            max((one for one in revisions[sent.period] if one < sent.revision), default=None),
            sent.revision < max(revisions[sent.period]),
        )
        for sent in history
    )


_STATE_BADGES = {
    ReceiptState.ACCEPTED: Badge("Accepted", "good", "check"),
    ReceiptState.IN_PART: Badge("Accepted in part", "warning", "triangle-alert"),
    ReceiptState.REFUSED: Badge("Refused", "danger", "circle-x"),
    ReceiptState.CONFLICT: Badge("Conflict", "danger", "circle-alert"),
    ReceiptState.REPLACED: Badge("Replaced", "quiet", "history"),
}


def state_badge(row: Past) -> Badge:
    """Return what became of a return, in a word or two."""
    if row.state is not None:
        return _STATE_BADGES[row.state]
    if row.is_replaced:
        return _STATE_BADGES[ReceiptState.REPLACED]
    return Badge("Sent", "note", "send")


HISTORY = (
    Column(
        "For",
        lambda row: period_words(row.sent.period),
        sort=lambda row: (row.sent.period, row.sent.revision),
        width=15,
        kind="strong",
    ),
    Column(
        "Rev.",
        lambda row: row.sent.revision,
        sort=lambda row: row.sent.revision,
        right=True,
        width=3,
        say=lambda row: f"revision {row.sent.revision}",
    ),
    Column(
        "Sent",
        lambda row: sent_on(row.sent).rpartition(" ")[0],
        sort=lambda row: row.sent.prepared_at,
        holds="date",  # of which half would say the wrong thing
        width=7,
        say=lambda row: sent_on(row.sent),
        tip=lambda row: sent_on(row.sent),
    ),
    Column("State", state_badge, kind="badge", width=15),
)

_STATE_WORDS = {
    ReceiptState.ACCEPTED: "LOTI accepted it",
    ReceiptState.IN_PART: "LOTI accepted it in part",
    ReceiptState.REFUSED: "LOTI refused it",
    ReceiptState.CONFLICT: "LOTI has two returns of this revision that differ, and took neither",
    ReceiptState.REPLACED: "LOTI took a later revision in its place",
}


def fate_words(state: ReceiptState) -> str:
    """Return what became of a return, as a sentence without its full stop."""
    return _STATE_WORDS[state]


def past_words(row: Past) -> str:
    """Return all that is known of a return that was sent, in sentences."""
    sent = row.sent
    rows = ", ".join(f"{name} {count:,}" for name, count in sent.row_counts if count)
    said = [
        f"“{sent.file_name}”" + (f", prepared by {sent.prepared_by}." if sent.prepared_by else ".")
    ]
    if rows:
        said.append(f"Rows: {rows}.")
    if row.replaces is not None:
        said.append(f"It replaces revision {row.replaces}.")
    if sent.receipt is None:
        said.append("No receipt of LOTI's was read for it yet.")
    else:
        details = sent.receipt.details
        left_out = f", and left out {counted(details.left_out, 'row')}" if details.left_out else ""
        said.append(
            f"{fate_words(details.state)}{left_out}; receipt read on"
            f" {show_day(details.received_on)}."
        )
    if not sent.is_kept:
        said.append("An older version of the program sent it, and kept no workbook.")
    return " ".join(said)


# --- what differs ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """A row that differs between two returns, as the list shows it."""

    id: int
    named: str
    change: RowChange


_DIFFERENCE_BADGES = {
    Difference.ADDED: Badge("Added", "good", "plus"),
    Difference.REMOVED: Badge("Removed", "warning", "minus"),
    Difference.CHANGED: Badge("Changed", "note", "pencil"),
}

DIFFERENCES = (
    Column("Sheet", lambda row: row.change.sheet, width=13),
    Column("Row", lambda row: row.named, kind="strong", width=30),
    Column("Kind", lambda row: _DIFFERENCE_BADGES[row.change.difference], kind="badge", width=13),
    Column("What it says now, and what it said", lambda row: row.change.words(), width=40),
)


def differing(changes: Sequence[RowChange], names: Mapping[str, str]) -> tuple[DifferingRow, ...]:
    """Return the rows that differ, with the *names* that belong to codes; on screen only."""
    return tuple(
        DifferingRow(number, _named(change, names), change) for number, change in enumerate(changes)
    )


def _named(change: RowChange, names: Mapping[str, str]) -> str:
    name = names.get(change.key[0], "") if change.key else ""
    return f"{name} ({change.named})" if name else change.named


# --- what the return says -------------------------------------------------------------------------


def counted(count: int, thing: str) -> str:
    """Return "1 contract" or "2 contracts"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def subtitle(prepared: Prepared, found: Picture, due: date | None) -> str:
    """Return the sentence below the title: when it is due, and what is in it."""
    day = "The day when it is due is not known"
    if due is not None:
        day = f"Due to LOTI {_WEEKDAYS[due.weekday()]} {due.day} {MONTHS[due.month - 1]} {due.year}"
    as_at = prepared.gathered.as_at
    said = [
        day,
        f"return format {prepared.schema.version}",
        f"{counted(found.apprentices, 'apprentice')}, {counted(found.contracts, 'contract')},"
        f" {counted(found.secondments, 'secondment')}",
    ]
    if as_at < prepared.period.last:
        said.append(f"as things stand on {show_day(as_at)}")
    return " · ".join(said)


def next_words(prepared: Prepared) -> str:
    """Return which revision the return will be, and what it replaces; "" for the first."""
    before, revision = prepared.replaces, prepared.content.header.revision
    if before is None:
        return ""
    return (
        f"This will be revision {revision}; revision {before.revision} was sent on"
        f" {sent_on(before)}."
    )


def findings_title(prepared: Prepared) -> str:
    """Return how much there is to fix and to look at."""
    fix, notes = len(prepared.to_fix), len(prepared.notes)
    if not fix:
        return f"{counted(notes, 'thing')} worth a look" if notes else "Nothing to fix"
    title = f"{counted(fix, 'thing')} to fix before this is accepted"
    return f"{title}, {notes} worth a look" if notes else title


FIGURES = {
    "started": "Started this quarter",
    "on_programme": "On programme",
    "hours": "Off-the-job to plan",
    "completed": "Completed",
    "secondments": "Secondments",
}
"""The figures of a return by name, and what stands above each."""


def figures(found: Picture) -> dict[str, tuple[str, str]]:
    """Return each figure and what it is to be read against."""
    percent = found.hours_percent
    hours = ("–", "no plan to measure by")
    if percent is not None:
        hours = (f"{percent}%", f"{found.logged_hours:,.0f} of {found.planned_hours:,.0f} h")
    pledged = "nothing pledged" if found.pledged is None else f"pledged {found.pledged:,}"
    return {
        "started": (f"{found.started:,}", f"{pledged} for the year"),
        "on_programme": (f"{found.on_programme:,}", f"{found.on_a_break:,} on a break"),
        "hours": hours,
        "completed": (f"{found.completed:,}", _kept_on(found.completed, found.kept_on)),
        "secondments": (f"{found.secondments:,}", f"{found.secondments_at_loti:,} at LOTI"),
    }


def _kept_on(completed: int, kept_on: int) -> str:
    if completed and completed == kept_on:
        return {1: "kept on", 2: "both kept on"}.get(completed, "all kept on")
    return f"{kept_on:,} kept on"
