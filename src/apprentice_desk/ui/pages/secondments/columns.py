"""How a secondment reads in a list, on a card of the board and on a line of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from apprentice_desk.domain.calendar import Period, show_day, table_day
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.vocabulary import PlacementForm, SecondmentStatus
from apprentice_desk.records.secondment_overview import SecondmentLine
from apprentice_desk.ui.kit.lanes import Lane, LaneCard
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.kit.spans import Span, in_words
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.recording.choices import place_name, words

_STATUS = SecondmentStatus
_BADGES: dict[SecondmentStatus, tuple[Tone, str]] = {
    _STATUS.DRAFT: ("quiet", "pencil"),
    _STATUS.REQUESTED: ("note", "send"),
    _STATUS.APPROVED: ("note", "check"),
    _STATUS.MATCHED: ("note", "arrow-left-right"),
    _STATUS.AGREED: ("good", "circle-check"),
    _STATUS.UNDER_WAY: ("good", "briefcase"),
    _STATUS.COMPLETED: ("quiet", "award"),
    _STATUS.DECLINED: ("quiet", "ban"),
    _STATUS.WITHDRAWN: ("quiet", "circle-x"),
}
GIVEN_UP = "given up"
LANES: tuple[tuple[str, str, tuple[SecondmentStatus, ...]], ...] = (
    *((str(each), words(each), (each,)) for each in tuple(_STATUS)[:7]),
    (GIVEN_UP, "Declined or withdrawn", (_STATUS.DECLINED, _STATUS.WITHDRAWN)),
)
"""The lanes of the board: the name of each, its words, and what stands in it."""
_LANE_OF = {status: name for name, _, holds in LANES for status in holds}
_OVER = (_STATUS.COMPLETED, _STATUS.DECLINED, _STATUS.WITHDRAWN)


def badge(status: SecondmentStatus) -> Badge:
    """Return the word for how far a secondment has come."""
    tone, icon = _BADGES[status]
    return Badge(words(status), tone, icon)


def lane_of(status: SecondmentStatus) -> str:
    """Return the name of the lane in which a state stands."""
    return _LANE_OF[status]


def is_open(line: SecondmentLine) -> bool:
    """Whether something is still to come of it."""
    return line.details.status not in _OVER


def form_in_words(line: SecondmentLine) -> str:
    """Return what it is in one or two words: "Request", "Offer", "Shadowing", "Visit offered"."""
    if line.details.form is PlacementForm.SECONDMENT:
        return words(line.details.kind)
    return words(line.details.form) + (" offered" if line.is_offer else "")


def who(line: SecondmentLine) -> str:
    """Return whose it is: the apprentice's name, or what an offer is of."""
    if line.name:
        return line.name
    if not line.is_offer:
        return "Nobody named yet"
    family = line.details.role_family
    return f"A place in {family}" if family else "A place here"


def where(line: SecondmentLine) -> str:
    """Return where it goes; "" while that is not known."""
    return line.details.host_name or place_name(line.details.host)


def in_sentence(line: SecondmentLine) -> str:
    """Return where it goes as it stands within a line: "a technology employer"."""
    place = where(line)
    return place if line.details.host_name or not place.startswith("A ") else f"a{place[1:]}"


def how_long(line: SecondmentLine) -> str:
    """Return how long it lasts: "4 weeks", "2 days"; "" while that is not known."""
    details = line.details
    if details.form.is_light:
        return "" if details.days is None else counted(details.days, "day")
    return "" if details.weeks is None else counted(details.weeks, "week")


def when(line: SecondmentLine) -> str:
    """Return its days as far as they stand, else from when it can be."""
    days = line.days
    if days is None:
        return "no days yet"
    if line.is_fixed:
        return _dash(days)
    latest = line.details.latest_start_on
    if latest is not None and latest != days.first:
        return f"start {show_day(days.first)} to {show_day(latest)}"
    return f"start {show_day(days.first)}"


def _dash(days: Period) -> str:
    if days.last is None:
        return f"since {show_day(days.first)}"
    if days.last == days.first:
        return show_day(days.first)
    return f"{show_day(days.first)} to {show_day(days.last)}"


def in_one_line(line: SecondmentLine) -> str:
    """Return what it is about in one line, below the name."""
    place = in_sentence(line)
    parts = (
        form_in_words(line),
        how_long(line),
        (f"here, in {place}" if line.is_offer else f"with {place}") if place else "",
        when(line),
    )
    return " · ".join(part for part in parts if part)


COLUMNS = (
    Column("Apprentice or place", who, kind="strong", width=20, tip=who),
    Column("What", form_in_words, width=11),
    Column("Host", where, width=17, tip=where),
    Column(
        "From",
        lambda line: table_day(line.days.first) if line.days else "",
        sort=lambda line: line.days.first if line.days else None,
        say=lambda line: show_day(line.days.first) if line.days else "not known",
        holds="date",
        value=lambda line: line.days.first if line.days else None,
        width=12,
    ),
    Column(
        "To",
        lambda line: table_day(line.days.last) if line.days and line.days.last else "",
        sort=lambda line: line.days.last if line.days else None,
        say=lambda line: show_day(line.days.last) if line.days and line.days.last else "not known",
        holds="date",
        value=lambda line: line.days.last if line.days else None,
        width=12,
    ),
    Column("Lasts", how_long, width=9),
    Column("KSBs", lambda line: line.details.ksbs, width=14, tip=lambda line: line.details.ksbs),
    Column("Line manager", lambda line: line.line_manager, width=15),
    Column("Code", lambda line: line.code, kind="quiet", width=12),
    Column(
        "Status",
        lambda line: badge(line.details.status),
        sort=lambda line: tuple(_STATUS).index(line.details.status),
        kind="badge",
        width=15,
    ),
)
STRETCH = 2
LEFT_OUT_FIRST = (8, 6, 7, 5, 1, 4, 2, 3)
HIDDEN_AT_FIRST = (6, 7, 8)


_KEPT_FOR = timedelta(days=365)


def is_lately(line: SecondmentLine, today: date) -> bool:
    """Return whether it is not over, or has not been for longer than a year."""
    if is_open(line):
        return True
    last = line.details.ended_on or line.moved_on or (line.days.last if line.days else None)
    return last is None or last >= today - _KEPT_FOR


def lanes(lines: Iterable[SecondmentLine]) -> list[Lane]:
    """Return the board: every lane, with the cards of *lines* in it."""
    every = tuple(lines)
    return [
        Lane(name, title, tuple(_card(each) for each in every if each.details.status in holds))
        for name, title, holds in LANES
    ]


def _card(line: SecondmentLine) -> LaneCard:
    place = in_sentence(line)
    below = (
        " · ".join(part for part in (form_in_words(line), how_long(line)) if part),
        (f"Here, in {place}" if line.is_offer else f"With {place}") if place else "",
        words_of_days(line),
    )
    status = line.details.status
    is_given_up = status in (_STATUS.DECLINED, _STATUS.WITHDRAWN)
    return LaneCard(
        line.id,
        who(line),
        tuple(part for part in below if part),
        badge(status) if is_given_up else None,
    )


def words_of_days(line: SecondmentLine) -> str:
    """Return its days as a line by itself."""
    said = when(line)
    return said[:1].upper() + said[1:]


def spans(lines: Sequence[SecondmentLine], shown: Period) -> list[Span]:
    """Return the lines of the calendar: who is or would be where on the days that are *shown*."""
    found = []
    for line in lines:
        days = line.days
        if days is None or line.is_offer or line.details.status in _GONE:
            continue
        if shown.last is not None and days.first > shown.last:
            continue
        if days.last is not None and days.last < shown.first:
            continue
        place = in_sentence(line) or "not known where"
        status = line.details.status
        tone: Tone = _BADGES[status][0] if line.is_fixed else "note"
        found.append(
            Span(
                line.id,
                who(line),
                f"{form_in_words(line)}, {status}",
                where(line) or "Not known where",
                days,
                f"{who(line)}, {form_in_words(line).lower()} with {place}, {in_words(days)},"
                f" {status}",
                tone,
                line.is_fixed,
            )
        )
    return found


_GONE = (_STATUS.DECLINED, _STATUS.WITHDRAWN)


_FIRST = (_STATUS.REQUESTED, _STATUS.UNDER_WAY, _STATUS.AGREED, _STATUS.MATCHED, _STATUS.APPROVED)


def first_of(lines: Sequence[SecondmentLine]) -> UUID | None:
    """Return the key of what a person most likely came for: a request to decide, else who is away.

    Requests come before offers; None where there is nothing.
    """

    def place(line: SecondmentLine) -> tuple[int, bool]:
        status = line.details.status
        return (_FIRST.index(status) if status in _FIRST else len(_FIRST), line.is_offer)

    return min(lines, key=place).id if lines else None


def counts_in_words(lines: Sequence[SecondmentLine]) -> str:
    """Return the sentence on how things stand: who is away, and what waits."""
    away = sum(line.details.status is _STATUS.UNDER_WAY for line in lines)
    asked = sum(line.details.status is _STATUS.REQUESTED and not line.is_offer for line in lines)
    offered = sum(line.is_offer and is_open(line) for line in lines)
    agreed = sum(line.details.status is _STATUS.AGREED for line in lines)
    parts = (
        f"{away:,} away now" if away else "nobody is away now",
        f"{agreed:,} agreed" if agreed else "",
        f"{counted(asked, 'request')} to decide" if asked else "",
        f"{counted(offered, 'place')} offered here" if offered else "",
    )
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]
