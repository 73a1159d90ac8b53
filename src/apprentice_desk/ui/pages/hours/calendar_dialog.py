"""An export of a calendar: what it holds is proposed, and a person accepts what was training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import Period, add_months, show_day, table_day
from apprentice_desk.domain.counting import Proposed
from apprentice_desk.domain.findings import Finding, Level, Place, refuses
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.sessions import likely_same
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit.arranging import SideBySide
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.ticking import Ticks, TickTable
from apprentice_desk.ui.pages.hours.calendar_reading import EventLine, Found, reading
from apprentice_desk.ui.people_list import PeopleList, PersonLine
from apprentice_desk.ui.sessions.judged_lines import (
    COUNTS,
    COUNTS_NOT,
    Logged,
    judged,
    read_logged,
    why,
)
from apprentice_desk.ui.work_dialog import WorkDialog


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of a calendar edits."""

    first_on: date | None = None
    last_on: date | None = None
    activity: Activity = Activity.OTHER_TRAINING
    whole_day: int | None = None


FIELDS = (
    Field("first_on", "From", "date", is_past=True, required=True),
    Field("last_on", "To", "date", is_past=True, required=True, beside=True),
    Field("whole_day", "Hours of a whole day", "duration", beside=True, width=8),
    Field(
        "activity", "Activity, where the title names none", "choice", required=True,
        choices=tuple(Activity), beside=True,
    ),
)  # fmt: skip


_SIDE_BY_SIDE = 215
"""Quarters from which on people stand beside the events: then both are seen at once."""


class CalendarDialog(WorkDialog):
    """Proposes what the calendar at *path* holds; *found* is sent when it was read."""

    found_ = Signal()

    def __init__(
        self,
        desk: Desk,
        judging: Judging,
        people: Sequence[PersonLine],
        path: str,
        parent: QWidget,
    ) -> None:
        name = Path(path).name
        super().__init__(
            desk,
            "From a calendar",
            f"“{name[:80]}” · Space ticks what was training. Only the day, the time and the title"
            " were read.",
            parent,
        )
        self._path = path
        self._judging = judging
        self._found: Found | None = None
        self._logged: Logged | None = None
        today = desk.clock.today()
        theme = desk.theme
        self.form = self.typed_into = Form(FIELDS, Asked, theme, today=today, scrolls=False)
        self.form.show_details(Asked(add_months(today, -3), today))
        ticks = Ticks()
        self.events = TickTable(
            ticks,
            (
                ticks.column(
                    "Day",
                    lambda row: f"{row.entry.done_on:%a} {table_day(row.entry.done_on)}",
                    16,
                ),
                ticks.hours_column(self._given),
                Column("From", lambda row: row.entry.began_at or "All day", width=9),
                Column("Title", lambda row: row.entry.title, width=17),
                Column("Activity", self._activity_in_words, width=21, tip=self._activity_in_words),
                Column("Counts", self._badge, kind="badge", width=10, say=self._badge_said),
                Column("What is there", self._there, width=24, tip=self._there),
            ),
            "Events of the calendar",
            theme,
            hours_place=1,
            stretch=3,
        )
        self.events.order.can_do_without((2, 6, 4))  # from, what is there, activity
        self.events.set_fits(9)
        self.events.set_empty("The calendar is being read", "")
        self.filter = FilterBox(self.events, "title, activity, day", theme)
        self.people = PeopleList(people, desk, most_rows=8)
        self.notes = label("", "small", wraps=True)
        self.way = QVBoxLayout()
        self.put(self.form)
        self.put(self.way)
        whom = _below([label("For whom", "heading"), self.people])
        what = _below(
            [
                label("What the calendar holds", "heading"),
                self.notes,
                self.filter,
                self.events,
            ]
        )
        self.put(SideBySide([whom, what], theme, shares=(2, 5), narrowest=_SIDE_BY_SIDE))
        self.finish()
        self.form.edited.connect(self._on_edited)
        self.people.chosen.connect(self._on_people)
        self.events.ticked.connect(self._show)
        self.events.typed.connect(self._show)
        self.events.refused.connect(lambda words: self.say(words))
        self.follow(self.events)
        self.follow(self.people.table)
        self.people.table.setFocus()
        self._read()
        self._show()

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        return bool(self.events.ticks.chosen or self.events.ticks.minutes)

    # reading

    def _period(self) -> Period | None:
        first, last = self.form.value("first_on"), self.form.value("last_on")
        today = self._desk.clock.today()
        if first is None or last is None or last < first:
            return None
        return Period(min(first, today), min(last, today))

    def _on_edited(self) -> None:
        period = self._period()
        if period is not None and (self._found is None or period != self._found.period):
            self._read()
        self.events.viewport().update()
        self._show()

    def _read(self) -> None:
        period = self._period()
        if period is None:
            return
        job = self._desk.jobs.run(
            "Reading the calendar",
            reading(self._path, period),
            done=self._on_found,
            failed=self._on_failed,
            stopped=lambda: self.events.set_empty("Nothing was read", "Choose other days."),
            newest_of="a calendar",
            owner=self,
            is_quiet=True,
        )
        self.way.addWidget(ProgressPanel(job, self._theme))

    def _on_failed(self, problem: Problem) -> None:
        self.messages.problem(problem)
        self.events.set_empty("Nothing was read", "Choose another calendar, or other days.")

    def _on_found(self, found: Found) -> None:
        self._found = found
        self._logged = None
        self.events.ticks.chosen.clear()
        self.events.ticks.minutes.clear()
        assert found.period.last is not None  # made with an end
        span = f"{show_day(found.period.first)} to {show_day(found.period.last)}"
        self.events.set_empty(f"Nothing from {span}", "Choose other days.")
        self.events.rows.replace(found.lines)
        self._say_notes()
        self._read_logged()
        self._show()
        self.found_.emit()

    def _say_notes(self) -> None:
        assert self._found is not None
        read = self._found.read
        count = len(read.entries)
        said = ["1 event up to today." if count == 1 else f"{count:,} events up to today."]
        if read.cancelled:
            were = "was cancelled and is" if read.cancelled == 1 else "were cancelled and are"
            said.append(f"{read.cancelled:,} {were} left out.")
        said += dict.fromkeys(f"{each.message} {each.remedy}".strip() for each in read.findings[:5])
        if len(read.findings) > 5:
            said.append(f"{len(read.findings) - 5:,} more notes like these.")
        known = self._known_lines()
        if known:
            said.append(
                f"{len(known):,} logged from a calendar already for all who are ticked: not"
                " proposed again."
            )
        self.notes.setText(" ".join(said))

    def _on_people(self) -> None:
        self._read_logged()
        self._show()

    def _read_logged(self) -> None:
        """Read what the chosen people have in that time, to propose nothing twice."""
        if self._found is None:
            return
        store, period = self._desk.store, self._found.period
        keys = [each.id for each in self.people.ticked()]
        first, last = period.first, period.last or period.first
        self._desk.jobs.run(
            "Reading what is logged",
            lambda _progress: store.read(read_logged, keys, first, last),
            done=self._on_logged,
            newest_of="hours beside a calendar",
            owner=self,
            is_quiet=True,
        )

    def _on_logged(self, logged: Logged) -> None:
        self._logged = logged
        self.events.tick([line.id for line in self._known_lines()], is_ticked=False)
        self.events.viewport().update()
        self._say_notes()
        self._show()

    def _has(self, key: UUID, line: EventLine) -> bool:
        """Whether somebody has this very event already."""
        if self._logged is None or self._found is None:
            return False
        return any(
            self._found.is_from(each.source, each.began_at, line.entry)
            for each in self._logged.on(key, line.entry.done_on) or ()
        )

    def _known_lines(self) -> list[EventLine]:
        """The events that all the chosen people have already."""
        chosen = self.people.ticked()
        if self._found is None or not chosen:
            return []
        return [
            line
            for line in self._found.lines
            if all(self._has(person.id, line) for person in chosen)
        ]

    # what a line says

    def _given(self, line: EventLine) -> int | None:
        if line.entry.minutes is not None:
            return line.entry.minutes
        whole: int | None = self.form.value("whole_day")
        return whole

    def _minutes(self, line: EventLine) -> int | None:
        return self.events.ticks.minutes.get(line.id, self._given(line))

    def _activity(self, line: EventLine) -> Activity:
        return line.guess or self.form.value("activity") or Activity.OTHER_TRAINING

    def _activity_in_words(self, line: EventLine) -> str:
        activity = self._activity(line)
        words = f"{activity[:1].upper()}{activity[1:]}"
        return f"{words} (guessed)" if line.guess else words

    def _proposed(self, line: EventLine) -> Proposed:
        entry = line.entry
        minutes = self._minutes(line) or 0
        activity = self._activity(line)
        return Proposed(entry.done_on, minutes, activity, entry.title, entry.began_at)

    def _counting(self, line: EventLine) -> tuple[int, int]:
        chosen = self.people.ticked()
        entry = self._proposed(line)
        counts = [judged(self._judging, each.id, entry, None).counts for each in chosen]
        return sum(counts), len(chosen)

    def _badge(self, line: EventLine) -> Badge:
        counts, of = self._counting(line)
        if not of:
            return Badge("")
        if 0 < counts < of:
            return Badge(f"For {counts} of {of}", "warning", "triangle-alert")
        return COUNTS if counts else COUNTS_NOT

    def _badge_said(self, line: EventLine) -> str:
        counts, of = self._counting(line)
        return f"counts for {counts} of {of}" if of else "choose for whom first"

    def _there(self, line: EventLine) -> str:
        chosen = self.people.ticked()
        have = [each for each in chosen if self._has(each.id, line)]
        if have and len(have) == len(chosen):
            return "Logged from a calendar already."
        said = []
        if have:
            said.append(f"Logged already for {len(have)} of {len(chosen)}.")
        if self._minutes(line) is None:
            said.append("Type its hours.")
        same = [each for each in chosen if each not in have and self._is_same(each, line)]
        if same:
            said.append(
                f"Likely logged already for {same[0].name}."
                if len(same) == 1
                else f"Likely logged already for {len(same)}."
            )
        if len(chosen) == 1:
            said.append(why(judged(self._judging, chosen[0].id, self._proposed(line), None)))
        return " ".join(each for each in said if each)

    def _is_same(self, person: PersonLine, line: EventLine) -> bool:
        minutes = self._minutes(line)
        there = self._logged.on(person.id, line.entry.done_on) if self._logged else None
        if minutes is None or not there:
            return False
        return likely_same(minutes, line.entry.title, there) is not None

    def _show(self) -> None:
        self.whole.show_row()
        ticked, people = self._ticked(), self.people.ticked()
        whom = people[0].name if len(people) == 1 else f"{len(people)} people"
        events = "1 event" if len(ticked) == 1 else f"{len(ticked):,} events"
        self.count.setText(
            f"{events} ticked, for {whom if people else 'nobody yet'}"
            if self._found is not None
            else ""
        )
        count = len(ticked) * len(people)
        self.confirm.setText(f"Log {count:,}" if count else "Log")
        self.confirm.setEnabled(self._found is not None and not self.writer.is_busy)

    def _ticked(self) -> list[EventLine]:
        lines = self._found.lines if self._found is not None else ()
        return [line for line in lines if line.id in self.events.ticks.chosen]

    # logging

    def submit(self) -> None:
        """Log what is ticked for whom is ticked, in one change."""
        self.messages.dismiss()
        asked, found = self.form.read()
        if asked is not None and self._period() is None:
            place = Place(field="last_on")
            found = [
                Finding(Level.ROW, "FORM1", "The last day comes before the first.", place=place)
            ]
        if found:
            self.form.show_findings(found)
            self.area.verticalScrollBar().setValue(0)
            return
        people, lines = self.people.ticked(), self._ticked()
        if not people:
            self.say("Nobody is ticked.", "Tick for whom it is to be logged.")
            self.people.table.setFocus()
            return
        if not lines:
            self.say("No event is ticked.", "Space ticks the chosen event.")
            self.events.setFocus()
            return
        if self._logged is None or {each.id for each in people} != self._logged.keys:
            self.say("What is logged already is still being read.", "Try again in a moment.")
            return
        without = [line for line in lines if self._minutes(line) is None]
        if without:
            said = "1 ticked event lasts" if len(without) == 1 else f"{len(without):,} ticked last"
            self.say(
                f"{said} whole days: how long it was is not known.",
                "Type the hours of each, or “Hours of a whole day” above.",
            )
            self.events.choose(without[0].id)
            self.events.setFocus()
            return
        entries = self._entries(people, lines)
        if entries is not None:
            self._ask_or_log(entries, people, lines)

    def _entries(
        self, people: Sequence[PersonLine], lines: Sequence[EventLine]
    ) -> list[tuple[HoursDetails, str]] | None:
        """What is to be logged, without what is there already; None where it cannot be."""
        today = self._desk.clock.today()
        entries = []
        for line in lines:
            for person in people:
                if self._has(person.id, line):
                    continue
                given = self._proposed(line)
                counts = judged(self._judging, person.id, given, self._logged).counts
                details = HoursDetails(
                    person.id, given.done_on, given.minutes, given.activity, counts, given.what,
                    began_at=given.began_at,
                )  # fmt: skip
                found = hours.check(details, today, person.course.training_started_on)
                if refuses(found):
                    first = next(each for each in found if each.level is not Level.NOTE)
                    self.say(
                        f"{person.name}, {show_day(given.done_on)}: {first.message}", first.remedy
                    )
                    self.events.choose(line.id)
                    return None
                entries.append((details, line.source))
        return entries

    def _ask_or_log(
        self,
        entries: list[tuple[HoursDetails, str]],
        people: Sequence[PersonLine],
        lines: Sequence[EventLine],
    ) -> None:
        if not entries:
            self.say(
                "All that is ticked is logged from a calendar already.", "Tick something else."
            )
            return
        twice = [
            (person, line)
            for line in lines
            for person in people
            if not self._has(person.id, line) and self._is_same(person, line)
        ]
        if not twice:
            self._log(entries)
            return
        person, line = twice[0]
        more = f", and {len(twice) - 1:,} more like it" if len(twice) > 1 else ""
        ask(
            self,
            self._theme,
            "Log it twice?",
            f"{person.name} has hours of the same length and similar words on"
            f" {show_day(line.entry.done_on)} already{more}.",
            "Log all the same",
            lambda: self._log(entries),
            cancel_text="Go back",
            danger=True,
        )

    def _log(self, entries: list[tuple[HoursDetails, str]]) -> None:
        what = "1 entry" if len(entries) == 1 else f"{len(entries):,} entries"
        name = Path(self._path).name[:60]

        def change(session: Any) -> None:
            hours.log_many(session, entries)

        self.write(f"Log {what} from the calendar {name}", change)


def _below(parts: Sequence[QWidget]) -> QWidget:
    """Return *parts* below each other, each at the top."""
    made = QWidget()
    made.setProperty("role", "raised")
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        down.addWidget(part)
    down.addStretch(1)
    return made
