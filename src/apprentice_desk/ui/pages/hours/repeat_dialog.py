"""A session comes again: its pattern, and the days that are proposed for a person to confirm.

What is ticked is logged up to today; what is to come stays a proposal until its day has come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import Period, add_months
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.proposals import (
    Repeat,
    days_to_come,
    offer,
    parse_spans,
    show_spans,
)
from apprentice_desk.domain.sessions import days_like
from apprentice_desk.records import confirming, hours, repeats
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.repeats import RepeatDetails, WordsLogged, check_repeat
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.pages.hours.offered_list import OfferedList, lines_of
from apprentice_desk.ui.people_list import PersonLine
from apprentice_desk.ui.work_dialog import WorkDialog

MOST_LINES = 3_000
"""More lines than this nobody ticks: a later first day is asked for."""

_WEEKS = (
    (1, "Every week"), (2, "Every second week"), (3, "Every third week"), (4, "Every fourth week"),
)  # fmt: skip
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the form of a repeat edits."""

    monday: bool = False
    tuesday: bool = False
    wednesday: bool = False
    thursday: bool = False
    friday: bool = False
    saturday: bool = False
    sunday: bool = False
    first_on: date | None = None
    last_on: date | None = None
    every_weeks: int = 1
    leave_out: tuple[Period, ...] = ()

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week, Monday is 0."""
        return frozenset(day for day, name in enumerate(_NAMES) if getattr(self, name))


def fields_of(today: date) -> tuple[Field, ...]:
    """Return the fields of the form."""
    days = [
        Field(name, name.capitalize(), "tick", beside=number not in (0, 4))
        for number, name in enumerate(_NAMES)
    ]
    return (
        *days,
        Field("first_on", "From", "date", required=True),
        Field("last_on", "To", "date", beside=True, help="Blank: until it is stopped."),
        Field("every_weeks", "How often", "choice", required=True, choices=_WEEKS, beside=True,
              width=20),
        Field(
            "leave_out", "Leave out", parse=lambda text: parse_spans(text, today), show=show_spans,
            width=80,
            help="Such as 26 Oct to 30 Oct 2026; 21 Dec to 1 Jan 2027. Bank holidays, breaks in"
            " learning and days with such hours are left out by themselves.",
        ),
    )  # fmt: skip


class RepeatDialog(WorkDialog):
    """Proposes the days of *session* for *people*, each with their minutes."""

    def __init__(
        self,
        desk: Desk,
        judging: Judging,
        session: HoursDetails,
        people: Sequence[tuple[PersonLine, int]],
        parent: QWidget,
    ) -> None:
        what = session.what or f"{session.activity[:1].upper()}{session.activity[1:]}"
        whom = people[0][0].name if len(people) == 1 else f"{len(people)} people"
        super().__init__(
            desk, "Choose the days", f"{what[:120]} · {whom}, {_lengths(people)}", parent
        )
        self._session = session
        self._people = tuple(people)
        self._judging = judging
        self._logged: Mapping[UUID, frozenset[date]] | None = None
        self._repeat: RepeatDetails | None = None
        today = desk.clock.today()
        self.form = self.typed_into = Form(
            fields_of(today), Pattern, desk.theme, today=today, scrolls=False
        )
        self.days = OfferedList(judging, desk.theme)
        self.days.set_fits(8)
        self.later = label("", "small", wraps=True)
        self.put(self.form)
        self.put(self.days)
        self.put(self.later)
        self.finish()
        first = session.done_on or today
        weekday = {_NAMES[first.weekday()]: True}
        self.form.show_details(replace(Pattern(first_on=first), **weekday))  # type: ignore[arg-type]
        self.follow(self.days)
        self.form.edited.connect(self._propose)
        self.days.ticked.connect(self._show)
        self.days.typed.connect(self._show)
        self.days.refused.connect(lambda words: self.say(words))
        self._propose()
        self._read()
        self.form.focus(_NAMES[first.weekday()])

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        return self.form.has_unsaved_changes

    def _read(self) -> None:
        store, today = self._desk.store, self._desk.clock.today()
        keys = [person.id for person, _ in self._people]
        first = add_months(today, -12 * repeats.LONGEST_YEARS)
        self._desk.jobs.run(
            "Reading the days with hours",
            lambda _progress: store.read(repeats.words_logged, keys, first, today),
            done=self._on_read,
            owner=self,
            is_quiet=True,
        )

    def _on_read(self, logged: WordsLogged) -> None:
        self._logged = days_like(self._session.what, logged)
        self._propose()

    def details(self) -> tuple[RepeatDetails | None, list[Finding]]:
        """Return what is typed, or None and what is wrong with it."""
        pattern, found = self.form.read()
        if pattern is None:
            return None, found
        assert pattern.first_on is not None  # the form requires it
        try:
            repeat = Repeat(
                pattern.weekdays,
                pattern.first_on,
                pattern.last_on,
                pattern.every_weeks,
                pattern.leave_out or (),
            )
        except ValueError as error:
            field = "last_on" if pattern.weekdays else "monday"
            return None, [Finding(Level.ROW, "FORM1", str(error), place=Place(field=field))]
        session = self._session
        details = RepeatDetails(
            repeat,
            tuple((person.id, minutes) for person, minutes in self._people),
            session.activity,
            session.what,
            session.ksbs,
            session.began_at,
        )
        return details, check_repeat(details, self._desk.clock.today())

    def _propose(self) -> None:
        details, found = self.details()
        self._repeat = details if details is not None and not found else None
        if self._repeat is None or self._logged is None:
            self.days.set_empty("No days yet", "Choose days of the week, and from when to when.")
            self.days.show_lines([])
            return
        today = self._desk.clock.today()
        repeat = self._repeat.repeat
        span = (today - repeat.first_on) // timedelta(weeks=repeat.every_weeks) + 1
        if span * len(repeat.weekdays) * len(self._people) > MOST_LINES:
            self.days.set_empty(
                f"More than {MOST_LINES:,} lines", "Choose a later first day, or fewer people."
            )
            self.days.show_lines([])
            self._repeat = None
            return
        offered = offer(
            repeat,
            {person.id: person.course for person, _ in self._people},
            self._logged,
            self._judging.holidays,
            today,
        )
        self.days.set_empty("No day has come yet", "Those to come are proposed on their day.")
        names = {person.id: person.name for person, _ in self._people}
        self.days.show_lines(lines_of(self._repeat, offered, names))

    def _show(self) -> None:
        count, total = len(self.days.ticked_lines()), self.days.rows.rowCount()
        later = self._to_come()
        self.count.setText(f"{count:,} of {total:,} ticked")
        if later == 0:
            words = "No day of it is to come, so it is not remembered."
        else:
            known = "The days" if later is None else "1 day" if later == 1 else f"{later:,} days"
            words = (
                f"{known} to come {'is' if later == 1 else 'are'} never logged by"
                " themselves: the page Hours offers each once it has come."
            )
        self.later.setText(words if self._repeat is not None else "")
        keeps = later != 0
        if count and keeps:
            self.confirm.setText(f"Log {count:,} and remember the repeat")
        else:
            self.confirm.setText("Remember the repeat" if keeps else f"Log {count:,}")

    def _to_come(self) -> int | None:
        if self._repeat is None:
            return None
        return days_to_come(self._repeat.repeat, self._desk.clock.today())

    def submit(self) -> None:
        """Log what is ticked and remember the pattern, in one change."""
        self.messages.dismiss()
        details, found = self.details()
        if details is None or found:
            self.form.show_findings(found)
            self.area.verticalScrollBar().setValue(0)
            return
        if self._repeat is None or self._logged is None:
            self.say("The days are not known yet.", "Choose a later first day, or wait a moment.")
            return
        today = self._desk.clock.today()
        entries = [entry for _, entry in self.days.entries()]
        is_kept = self._to_come() != 0
        if not is_kept and not entries:
            self.say("Nothing is ticked, and no day is to come.", "Tick a day, or choose others.")
            return
        what = details.what.split("\n")[0][:60] or str(details.activity)
        if is_kept:
            self.write(
                f"Repeat {what}, {_entries(len(entries))}",
                lambda session: confirming.begin_repeat(session, details, entries, today),
            )
        else:
            self.write(
                f"Log {what}, {_entries(len(entries))}",
                lambda session: hours.log_many(session, [(entry, "") for entry in entries]),
            )


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _lengths(people: Sequence[tuple[PersonLine, int]]) -> str:
    lengths = {minutes for _, minutes in people}
    if len(lengths) == 1:
        return sentence(lengths.pop())
    return f"{sentence(min(lengths))} to {sentence(max(lengths))}"
