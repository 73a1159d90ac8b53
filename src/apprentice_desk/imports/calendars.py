"""A calendar export (.ics) becomes entries that a person may accept or not; nothing is logged here.

Read are the day, the length, the title and the time; who organised an event, who came, what was
written in it and what hung on it are dropped before anything is parsed.  Times are those of
London; a zone that nobody knows is taken as London's, and said.  A file is a stranger's: how big
it may be, how many events and how many returns of them, is limited, and each batch can be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.prop import vBroken

from apprentice_desk.domain.calendar import FIRST_YEAR, LAST_YEAR, Period, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports.recurrences import Purse, recurrence

MOST_BYTES = 32 * 1024 * 1024
MOST_EVENTS = 20_000
MOST_ENTRIES = 5_000

_BATCH = 200
_LONGEST_LINE = 4_000
_LONGEST_TITLE = 300
_LONGEST_EVENT = timedelta(days=3_660)
_HERE = ZoneInfo("Europe/London")
_WANTED = frozenset(
    {
        "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
        "SUMMARY", "STATUS", "SEQUENCE",
    }
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z-]+(?=[;:])")
_FOLD = re.compile(r"\r?\n[ \t]")

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One event on one day, to accept or not.

    *minutes* is None where the calendar does not tell: an event of whole days.  *began_at* is
    hh:mm, "" for whole days.  *uid* is the calendar's own name for the event, which it keeps from
    one export to the next; "" where it gives none.
    """

    done_on: date
    minutes: int | None
    title: str
    began_at: str = ""
    uid: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What a calendar held in the period that was asked for, by day and time.

    *cancelled* were left out because they did not take place.
    """

    entries: tuple[CalendarEntry, ...]
    cancelled: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Event:
    """One VEVENT, its values as icalendar reads them."""

    uid: str
    starts: Moment
    length: timedelta
    title: str
    is_cancelled: bool
    sequence: int
    instead_of: Moment | None
    rule: dict[Any, Any] | None  # empty where there is one that cannot be read
    left_out: frozenset[Moment]
    added: tuple[Moment, ...]


def read_calendar(content: bytes, period: Period, progress: Progress | None = None) -> CalendarRead:
    """Return what a calendar export holds from the first to the last day of *period*.

    Raises Problem if it is none, is too big or comes again too often, ValueError if *period* has
    no end.
    """
    if period.last is None:
        raise ValueError("a period with an end is needed")
    progress = progress or Progress()
    blocks, is_cancelled = _blocks(_text(content))
    findings: list[Finding] = []
    events: list[_Event] = []
    for done in range(0, len(blocks), _BATCH):
        progress.step(done, len(blocks), "Reading the calendar")
        batch = "\n".join(["BEGIN:VCALENDAR", *blocks[done : done + _BATCH], "END:VCALENDAR", ""])
        for component in Calendar.from_ical(batch).subcomponents:
            event = _event(component, findings)
            events.extend([event] if event is not None else [])
    moved: dict[str, set[Moment]] = {}
    for event in events:
        if event.instead_of is not None:
            moved.setdefault(event.uid, set()).add(event.instead_of)
    reading = _Reading(period.first, period.last, Purse(), findings)
    entries: set[CalendarEntry] = set()
    cancelled = 0
    for done, event in enumerate(_newest(events)):
        progress.step(done, len(events), "Counting what comes again")
        for starts in reading.starts(event, moved.get(event.uid, set())):
            made = reading.on_days(event, starts)
            if event.is_cancelled or is_cancelled:
                cancelled += bool(made)
                continue
            entries.update(made)
            if len(entries) > MOST_ENTRIES:
                raise Problem(
                    f"This calendar holds more than {MOST_ENTRIES:,} events in the time asked for.",
                    "Choose a shorter time, or only the calendar that holds the training.",
                )
    in_order = sorted(entries, key=lambda each: (each.done_on, each.began_at, each.title))
    return CalendarRead(tuple(in_order), cancelled, tuple(findings))


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Problem(
            f"This calendar is larger than {MOST_BYTES // 1024 // 1024} MB.",
            "Export a shorter time, or leave attachments out.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "BEGIN:VCALENDAR" not in text[:2_000].upper():
        raise Problem(
            "This file is not a calendar.",
            "Export the calendar as iCalendar, a file whose name ends in .ics.",
        )
    return _FOLD.sub("", text)


def _blocks(text: str) -> tuple[list[str], bool]:
    """The events with only those lines that are read, and whether the file cancels them all.

    Alarms and whatever else stands inside an event are passed over, and so are events that do not
    end.  Raises Problem if there are too many.
    """
    blocks: list[str] = []
    lines: list[str] | None = None
    depth, is_cancelled = 0, False
    for line in text.splitlines():
        upper = line[:20].strip().upper()
        if upper == "BEGIN:VEVENT":
            lines, depth = ["BEGIN:VEVENT"], 0
            continue
        if lines is None:
            is_cancelled |= upper == "METHOD:CANCEL"
        elif upper == "END:VEVENT":
            blocks.append("\n".join([*lines, "END:VEVENT"]))
            lines = None
            if len(blocks) > MOST_EVENTS:
                raise Problem(
                    f"This calendar holds more than {MOST_EVENTS:,} events.",
                    "Export a shorter time, or only the calendar that holds the training.",
                )
        elif upper.startswith("BEGIN:"):
            depth += 1
        elif upper.startswith("END:"):
            depth -= 1
        elif not depth and (name := _NAME.match(line)) and name[0].upper() in _WANTED:
            lines.append(line[:_LONGEST_LINE])
    return blocks, is_cancelled


def _note(code: str, title: str, message: str, remedy: str, level: Level = Level.NOTE) -> Finding:
    return Finding(level, code, message, remedy, Place(field="title", value=title))


def _first(component: Any, name: str) -> Any:
    """The value of a property, the first where it stands twice; None if missing or broken."""
    value = component.get(name)
    if isinstance(value, list):
        value = value[0]
    return None if isinstance(value, vBroken) else value


def _event(component: Any, findings: list[Finding]) -> _Event | None:
    """The event in *component*; None if it cannot be read, which is then a finding."""
    title = _title(component)
    starts = _moment(component, "DTSTART")
    length = None if starts is None else _length(component, starts)
    if starts is None or length is None:
        findings.append(
            _note(
                "IC001", title, f"When “{title}” was cannot be read.",
                "Log it by hand if it was training.", Level.ROW,
            )
        )  # fmt: skip
        return None
    value = _first(component, "DTSTART")
    if "TZID" in value.params and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
        findings.append(
            _note(
                "IC002", title, f"The time zone of “{title}” is not known; London's is taken.",
                "Check its time.",
            )
        )  # fmt: skip
    rule, sequence = _first(component, "RRULE"), _first(component, "SEQUENCE")
    if "RRULE" not in component:
        rule = None
    elif not isinstance(rule, dict):
        rule = {}
    return _Event(
        uid=str(_first(component, "UID") or ""),
        starts=starts,
        length=length,
        title=title,
        is_cancelled=str(_first(component, "STATUS") or "").strip().upper() == "CANCELLED",
        sequence=sequence if isinstance(sequence, int) else 0,
        instead_of=_moment(component, "RECURRENCE-ID"),
        rule=rule,
        left_out=frozenset(_moments(component, "EXDATE")),
        added=tuple(_moments(component, "RDATE")),
    )


def _title(component: Any) -> str:
    text = str(_first(component, "SUMMARY") or "")
    words = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return words[:_LONGEST_TITLE] or "No title"


def _moment(component: Any, name: str) -> Moment | None:
    """The day, or the time in London, that a property tells; None if it tells none."""
    return _in_london(getattr(_first(component, name), "dt", None))


def _in_london(read: object) -> Moment | None:
    if not isinstance(read, date) or not FIRST_YEAR <= read.year <= LAST_YEAR:
        return None
    if isinstance(read, datetime):
        return read.astimezone(_HERE) if read.tzinfo else read.replace(tzinfo=_HERE)
    return read


def _moments(component: Any, name: str) -> Iterator[Moment]:
    written = component.get(name, [])
    for each in written if isinstance(written, list) else [written]:
        for value in getattr(each, "dts", ()) if not isinstance(each, vBroken) else ():
            if (moment := _in_london(value.dt)) is not None:
                yield moment


def _length(component: Any, starts: Moment) -> timedelta | None:
    """How long it took as time goes by: the hour that comes twice when clocks go back is two."""
    if "DURATION" in component:
        length = getattr(_first(component, "DURATION"), "dt", None)
    elif "DTEND" not in component:
        return timedelta(0) if isinstance(starts, datetime) else timedelta(days=1)
    else:
        ends = _moment(component, "DTEND")
        if ends is None or isinstance(ends, datetime) is not isinstance(starts, datetime):
            return None
        if isinstance(starts, datetime) and isinstance(ends, datetime):
            length = timedelta(seconds=ends.timestamp() - starts.timestamp())
        else:
            length = ends - starts
    is_length = isinstance(length, timedelta) and timedelta(0) <= length <= _LONGEST_EVENT
    return length if is_length else None


def _newest(events: Sequence[_Event]) -> Iterable[_Event]:
    """Of those that say the same of the same event, the one that was changed last."""
    newest: dict[object, _Event] = {}
    for place, event in enumerate(events):
        key = (event.uid or place, event.instead_of)
        if key not in newest or newest[key].sequence <= event.sequence:
            newest[key] = event
    return newest.values()


@dataclass(frozen=True, slots=True)
class _Reading:
    """The days asked for, what may still be counted, and what is found meanwhile."""

    first: date
    last: date
    purse: Purse
    findings: list[Finding]

    def starts(self, event: _Event, moved: set[Moment]) -> Iterator[Moment]:
        """Every time at which *event* began by the last day, those moved or left out not."""
        yield from self._unless(event, moved, (event.starts,))
        if event.instead_of is None:
            yield from self._unless(event, moved, self._again(event))
            yield from self._unless(event, moved, event.added)

    def _unless(
        self, event: _Event, moved: set[Moment], starts: Iterable[Moment]
    ) -> Iterator[Moment]:
        for each in starts:
            is_out = each in event.left_out or _day(each) in event.left_out
            if not is_out and (event.instead_of is not None or each not in moved):
                yield each

    def _again(self, event: _Event) -> Iterator[Moment]:
        """When it began after the first time, by its rule."""
        if event.rule is None:
            return
        starts = event.starts
        try:
            parts = {str(key).upper(): value for key, value in event.rule.items()}
            how, until = recurrence(parts), _until(parts)
        except ValueError:
            self.findings.append(
                _note(
                    "IC003", event.title,
                    f"How “{event.title}” comes again cannot be read; only"
                    f" {show_day(_day(starts))} is taken.",
                    "Log the other days by hand.",
                )
            )  # fmt: skip
            return
        # One that began before the period may last into it.
        from_on = self.first - event.length - timedelta(days=1)
        for day in how.days(_day(starts), self.last, self.purse, from_on):
            if isinstance(starts, datetime):
                at: Moment = datetime.combine(day, starts.time(), _HERE)
            else:
                at = day
            if until is not None and _is_after(at, until):
                return
            yield at

    def on_days(self, event: _Event, starts: Moment) -> tuple[CalendarEntry, ...]:
        """The entries of one time that *event* took place: one, or one for each whole day."""
        first = _day(starts)
        if isinstance(starts, datetime) and event.length <= timedelta(days=1):
            minutes = int(event.length.total_seconds() // 60)
            if not minutes or not self.first <= first <= self.last:
                return ()
            return (CalendarEntry(first, minutes, event.title, f"{starts:%H:%M}", event.uid),)
        # A stretch of days: how much of each was training, nobody can tell from here.
        days = max(-(-event.length // timedelta(days=1)), 1)
        begins = max(first, self.first)
        ends = min(first.toordinal() + days - 1, self.last.toordinal())
        count = ends - begins.toordinal() + 1
        self.purse.pay(max(count, 1))
        stretch = (begins + timedelta(days=n) for n in range(count))
        return tuple(CalendarEntry(day, None, event.title, uid=event.uid) for day in stretch)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _until(parts: dict[str, Any]) -> Moment | None:
    """The last time of a rule, None if it goes on; ValueError if it is no day."""
    if not parts.get("UNTIL"):
        return None
    until = parts["UNTIL"][0]
    if not isinstance(until, date):
        raise ValueError("its last day cannot be read")  # noqa: TRY004 - the file's, not ours
    return None if until.year > LAST_YEAR else _in_london(until)


def _is_after(at: Moment, until: Moment) -> bool:
    if isinstance(at, datetime) and isinstance(until, datetime):
        return at > until
    return _day(at) > _day(until)
