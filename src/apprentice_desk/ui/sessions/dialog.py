"""One session, many people: what it was, who took part, and for how long where that differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import Judgement, Proposed, time_of_day
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.sessions import likely_same
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.people_list import PeopleList, PersonLine
from apprentice_desk.ui.sessions.judged_lines import (
    COUNTS,
    COUNTS_NOT,
    Logged,
    entries_in_words,
    judged,
    read_logged,
    why,
)
from apprentice_desk.ui.sessions.ksb_field import KSBS
from apprentice_desk.ui.work_dialog import WorkDialog

MOST_NAMES = 4


FIELDS = (
    Field("what", "What was learned", width=110),
    Field("done_on", "Day", "date", is_past=True, required=True),
    Field("minutes", "Hours for all", "duration", beside=True, width=8),
    Field("began_at", "Began at", beside=True, width=8, parse=time_of_day, show=str),
    Field("activity", "Activity", "choice", required=True, choices=tuple(Activity)),
    KSBS,
)

Repeater = Callable[[HoursDetails, Sequence[tuple[PersonLine, int]], QWidget], object]


class SessionDialog(WorkDialog):
    """Logs one session for everybody who is ticked, in one change.

    *repeat* is asked when the session is to come again, with it, its people and their minutes;
    without it this is not offered.  *is_repeat*: its days are chosen next, so that is what the
    first button leads to.  *heading* is title and sentence, where they are others than usual.
    """

    FIELDS: tuple[Field, ...] = FIELDS

    def __init__(
        self,
        desk: Desk,
        judging: Judging,
        people: Sequence[PersonLine],
        repeat: Repeater | None,
        parent: QWidget,
        *,
        is_repeat: bool = False,
        begins_with: HoursDetails | None = None,
        heading: tuple[str, str] | None = None,
    ) -> None:
        title = "Propose repeats" if is_repeat else "Log a session for several"
        sentence = (
            "Say what comes again and who takes part; then choose its days."
            if is_repeat
            else "Space ticks who took part; type a figure where somebody's hours differ."
        )
        super().__init__(desk, *(heading or (title, sentence)), parent)
        self._judging = judging
        self._people = tuple(people)
        self._repeat = repeat
        self._is_repeat = is_repeat
        self._logged: Logged | None = None
        self._reading: date | None = None
        self._wants_to_submit = False
        self._known: dict[UUID, Judgement | None] = {}
        fields: tuple[Field, ...] = self.FIELDS
        if is_repeat:
            fields = tuple(
                replace(each, label="First day") if each.name == "done_on" else each
                for each in self.FIELDS
            )
        self.form = self.typed_into = Form(
            fields, HoursDetails, desk.theme, today=desk.clock.today(), scrolls=False
        )
        self.people = PeopleList(
            self._people,
            desk,
            given=lambda _row: self.form.value("minutes"),
            more=(
                Column("Counts", self._badge, kind="badge", width=10, say=self._badge_said),
                Column("On this day", self._on_this_day, width=28, tip=self._on_this_day),
            ),
        )
        self.words = label("", "small", wraps=True)
        self.again = button("Repeat…", desk.theme, self.choose_days, icon="calendar-clock")
        self._build(begins_with)

    def _build(self, begins_with: HoursDetails | None) -> None:
        self.put(self.form)
        self.put(self.words)
        self.put(self.people)
        if self._is_repeat or self._repeat is None:
            if self._is_repeat:
                self.confirm.setText("Choose the days…")
            self.finish()
            self.again.setParent(self)
            self.again.hide()
        else:
            self.finish([self.again])
        today = self._desk.clock.today()
        self.form.show_details(begins_with or HoursDetails(done_on=today))
        if begins_with is not None and begins_with.apprenticeship_id is not None:
            self.people.table.tick([begins_with.apprenticeship_id])
        self.follow(self.people.table)
        self._begun_with = set(self.people.ticks.chosen)
        self.form.edited.connect(self._on_edited)
        self.people.chosen.connect(self._on_chosen)
        self.people.table.typed.connect(self._on_chosen)
        self.people.table.refused.connect(lambda words: self.say(words))
        self._on_edited()
        self.form.focus_first()

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        ticks = self.people.ticks
        is_changed = ticks.chosen != self._begun_with or bool(ticks.minutes)
        return self.form.has_unsaved_changes or is_changed

    # what is known of the day

    @property
    def day(self) -> date | None:
        """The day that is typed."""
        day = self.form.value("done_on")
        return day if isinstance(day, date) else None

    def _on_edited(self) -> None:
        self._known.clear()
        day = self.day
        if day is not None and day != self._reading:
            self._read(day)
        self._show()

    def _read(self, day: date) -> None:
        self._reading = day
        store, keys = self._desk.store, [each.id for each in self._people]
        self._desk.jobs.run(
            "Reading what is logged on the day",
            lambda _progress: store.read(read_logged, keys, day, day),
            done=self._on_read,
            newest_of="hours of a session",
            owner=self,
            is_quiet=True,
        )

    def _on_read(self, logged: Logged) -> None:
        if logged.first != self._reading:
            return
        self._logged = logged
        self._known.clear()
        self._show()
        if self._wants_to_submit:
            self._wants_to_submit = False
            self.submit()

    def _minutes(self, person: PersonLine) -> int | None:
        given: int | None = self.people.ticks.minutes.get(person.id, self.form.value("minutes"))
        return given

    def _judged(self, person: PersonLine) -> Judgement | None:
        if person.id not in self._known:
            day, activity = self.day, self.form.value("activity")
            if day is None or activity is None:
                return None
            entry = Proposed(
                day,
                self._minutes(person) or 0,
                activity,
                self.form.value("what") or "",
                self.form.value("began_at") or "",
            )
            self._known[person.id] = judged(self._judging, person.id, entry, self._logged)
        return self._known[person.id]

    def _same(self, person: PersonLine) -> Any:
        """The entry of that day that is likely the same, None if there is none."""
        day, minutes = self.day, self._minutes(person)
        there = self._logged.on(person.id, day) if self._logged and day else None
        if not there or minutes is None:
            return None
        return likely_same(minutes, self.form.value("what") or "", there)

    def _badge(self, person: PersonLine) -> Badge:
        judgement = self._judged(person)
        if judgement is None:
            return Badge("")
        return COUNTS if judgement.counts else COUNTS_NOT

    def _badge_said(self, person: PersonLine) -> str:
        judgement = self._judged(person)
        if judgement is None:
            return "not known yet"
        return "counts" if judgement.counts else "does not count"

    def _on_this_day(self, person: PersonLine) -> str:
        judgement, day = self._judged(person), self.day
        there = self._logged.on(person.id, day) if self._logged and day else None
        said = [why(judgement)] if judgement is not None and self._minutes(person) else []
        if self._same(person) is not None:
            said.insert(0, "Likely logged already.")
        said.append(entries_in_words(there or ()))
        return " ".join(each for each in said if each)

    def _on_chosen(self) -> None:
        self._known.clear()
        self._show()

    def _show(self) -> None:
        self.people.table.viewport().update()
        self.whole.show_row()
        chosen = self.people.ticked()
        judgements = [self._judged(each) for each in chosen]
        counting = sum(each is not None and each.counts for each in judgements)
        if not chosen:
            words = "Nobody is ticked yet."
        elif None in judgements:
            words = f"{len(chosen)} ticked; whether it counts is not known yet."
        elif len(chosen) == 1:
            words = f"{chosen[0].name} is ticked; it {'counts' if counting else 'does not count'}."
        else:
            words = f"{len(chosen)} are ticked; it counts for {counting} of them."
        self.count.setText(words)
        if not self._is_repeat:
            self.confirm.setText(_log_for(chosen))
        about_words = {
            each.says
            for judgement in judgements
            if judgement is not None
            for each in judgement.reasons
            if each.field == "what"
        }
        self.words.setText(" ".join(sorted(about_words)))
        self.words.setVisible(bool(about_words))

    # logging

    def session(self) -> tuple[HoursDetails, list[tuple[PersonLine, int]]] | None:
        """Return what is typed and who is ticked with their minutes; None where it is not whole.

        What is missing is said.
        """
        self.messages.dismiss()
        details, found = self.form.read()
        if details is None:
            self._show_findings(found)
            return None
        chosen = self.people.ticked()
        if not chosen:
            self.say("Nobody is ticked.", "Tick who took part: Space ticks the chosen row.")
            self.people.table.setFocus()
            return None
        whole: list[tuple[PersonLine, int]] = []
        for person in chosen:
            minutes = self._minutes(person)
            found = self._check(details, person, minutes)
            if refuses(found):
                self._show_findings(found)
                self.people.table.choose(person.id)
                return None
            whole.append((person, minutes or 0))
        self.form.clear_findings()
        return details, whole

    def _check(
        self, details: HoursDetails, person: PersonLine, minutes: int | None
    ) -> list[Finding]:
        given = replace(details, apprenticeship_id=person.id, minutes=minutes)
        known = self._logged.ksbs.get(person.id) if self._logged is not None else None
        return [
            *hours.check(given, self._desk.clock.today(), person.course.training_started_on),
            *(
                replace(each, message=f"{person.name}: {each.message}")
                for each in ksb_codes.check(details.ksbs, known)
            ),
        ]

    def _show_findings(self, found: Sequence[Finding]) -> None:
        self.form.show_findings(found)
        self.area.verticalScrollBar().setValue(0)

    def submit(self) -> None:
        """Log it, after a question where somebody likely has it already."""
        if self._is_repeat:
            self.choose_days()
            return
        read = self.session()
        if read is None:
            return
        details, people = read
        assert details.done_on is not None  # the form requires it
        if self._logged is None or self._logged.first != details.done_on:
            self._wants_to_submit = True  # first what is logged on that day is read
            self._read(details.done_on)
            return
        twice = [person.name for person, _ in people if self._same(person) is not None]
        if not twice:
            self._log(details, people)
            return
        ask(
            self,
            self._theme,
            "Log it twice?",
            f"{_names(twice)} {'has' if len(twice) == 1 else 'have'} hours of the same length and"
            f" similar words on {show_day(details.done_on)} already.",
            "Log it all the same",
            lambda: self._log(details, people),
            cancel_text="Go back",
            danger=True,
        )

    def _log(self, details: HoursDetails, people: Sequence[tuple[PersonLine, int]]) -> None:
        entries = []
        for person, minutes in people:
            judgement = self._judged(person)
            counts = judgement is None or judgement.counts
            entries.append(
                (replace(details, apprenticeship_id=person.id, minutes=minutes, counts=counts), "")
            )
        day = show_day(details.done_on) if details.done_on else ""
        names = [person.name for person, _ in people]
        whom = names[0] if len(names) == 1 else f"{len(names)} people"
        self.log_entries(entries, whom, day)

    def log_entries(self, entries: list[tuple[HoursDetails, str]], whom: str, day: str) -> None:
        """Log the entries of *whom* on *day*, each with its source."""
        self.write(
            f"Log a session of {whom} on {day}",
            lambda session: hours.log_many(session, entries),
        )

    def choose_days(self) -> None:
        """Go on to the days on which it comes again."""
        read = self.session()
        if read is None or self._repeat is None:
            return
        self._repeat(*read, self)

    def let_go(self) -> None:
        """Close: what was typed here was logged from elsewhere."""
        self._may_go = True
        self.accept()


def _log_for(chosen: Sequence[PersonLine]) -> str:
    if not chosen:
        return "Log"
    return f"Log for {chosen[0].name}" if len(chosen) == 1 else f"Log for {len(chosen)} people"


def _names(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[:MOST_NAMES])} and {len(names) - MOST_NAMES} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"
