"""How lines of others are named and told, wherever the window shows them."""

from __future__ import annotations

from collections.abc import Iterator

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.placements import Placement
from apprentice_desk.domain.vocabulary import ListingKind, ListingState
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.recording.choices import place_name, words

_KINDS = {
    ListingKind.REQUEST: "Request",
    ListingKind.OFFER: "Offer",
    ListingKind.VACANCY: "Vacancy",
    ListingKind.SHADOWING: "Shadowing",
    ListingKind.VISIT: "Visit",
}
_STATES = {
    ListingState.OPEN: Badge("Open", "good", "circle-check"),
    ListingState.TAKEN: Badge("Taken", "quiet", "check"),
    ListingState.WITHDRAWN: Badge("Withdrawn", "quiet", "ban"),
}
PAST = Badge("Past", "quiet", "history")


def kind_of(line: Placement) -> str:
    """Return what a line is, in one word."""
    return _KINDS[line.kind]


def state_of(line: Placement) -> Badge:
    """Return whether it can be had."""
    return _STATES[line.state]


def about(line: Placement) -> str:
    """Return what a line is about in one line: title, words, kind of role or KSBs."""
    said = line.title or " ".join(line.wanted.split()) or words(line.role_family)
    return said or line.standard_code or line.ksbs


def window(line: Placement) -> str:
    """Return the days on which it can begin, as tables show them."""
    first, last = line.earliest_start_on, line.latest_start_on
    if first is None:
        return "" if last is None else f"by {table_day(last)}"
    return (
        f"from {table_day(first)}" if last is None else f"{table_day(first)} to {table_day(last)}"
    )


def length(line: Placement) -> str:
    """Return how long it lasts."""
    if line.weeks is not None:
        return counted(line.weeks, "week")
    return "" if line.days is None else counted(line.days, "day")


def role(line: Placement) -> str:
    """Return the kind of role and the standard."""
    return " · ".join(filter(None, (words(line.role_family), line.standard_code or "")))


def host(line: Placement) -> str:
    """Return where the place is."""
    return line.host_name or place_name(line.host)


def facts(line: Placement) -> list[tuple[str, str]]:
    """Return what a list has no room for, as pairs of key and value; no blank ones."""
    return [(key, value) for key, value in _facts(line) if value]


def _facts(line: Placement) -> Iterator[tuple[str, str]]:
    yield "What", line.wanted if line.title else ""
    yield "Where", " · ".join(filter(None, (host(line), line.area, words(line.pattern))))
    yield "KSBs", line.ksbs
    yield "Places", "" if line.places is None else str(line.places)
    yield "How to apply", line.how_to_apply
    yield "Code", f"{line.code}, as of {show_day(line.said_at.date())}"
