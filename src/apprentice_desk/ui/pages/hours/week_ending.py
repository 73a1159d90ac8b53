"""Ending a week: finishing it, reopening it, and verifying what was logged in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.records import hours, weeks
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.pages.hours.week_model import WeekModel
from apprentice_desk.ui.pages.hours.week_people import WeekPerson
from apprentice_desk.ui.pages.hours.week_words import away_in_words, several, whom
from apprentice_desk.ui.writing import Writer

Who = Callable[[Callable[[str], object]], object]


class WeekEnding:
    """Finishes, reopens and verifies the week that *model* shows.

    Whoever has neither hours nor an answer is asked about first; of whoever is away all week, as
    on a break, no answer is made up.  *who* is asked for the name of whoever does it: it is given
    what to call with it.
    """

    def __init__(
        self, desk: Desk, model: WeekModel, writer: Writer, who: Who, view: QWidget
    ) -> None:
        self._desk = desk
        self._model = model
        self._writer = writer
        self._who = who
        self._view = view
        self.dialog: QObject | None = None

    def finish(self, people: Sequence[WeekPerson]) -> None:
        """Finish the week of *people*, after a question where an answer is missing."""
        blank, away = self._model.without_answer(people)
        if not blank:
            self._finish(people, blank, away)
            return
        names = several([person.name for person in blank])
        has = "has" if len(blank) == 1 else "have"
        needs = f" {away_in_words(away)}: no answer is needed." if away else ""
        self.dialog = ask(
            self._view,
            self._desk.theme,
            "Finish the week?",
            f"{names} {has} neither hours nor an answer. If you go on, it is said of"
            f" {'them' if len(blank) > 1 else blank[0].name} that there was nothing this"
            f" week.{needs}",
            f"Nothing for {'them' if len(blank) > 1 else blank[0].name}, finish",
            lambda: self._finish(people, blank, away),
        )

    def _finish(
        self,
        people: Sequence[WeekPerson],
        blank: Sequence[WeekPerson],
        away: Sequence[WeekPerson],
    ) -> None:
        monday, now = self._model.monday, self._desk.clock.now()
        ids = [person.id for person in people]

        def finish(name: str) -> None:
            def change(session: Any) -> None:
                for person in blank:
                    weeks.say_nothing(session, person.id, monday)
                weeks.finish_week(session, ids, monday, name, now)

            said = f"Finish the week of {show_day(monday)} for {whom(people)}"
            self._writer.write(said + (f"; {away_in_words(away)}" if away else ""), change)

        self._who(finish)

    def reopen(self, people: Sequence[WeekPerson]) -> None:
        """Let the week of *people* be changed again."""
        monday, ids = self._model.monday, [person.id for person in people]
        self._writer.write(
            f"Reopen the week of {show_day(monday)} for {whom(people)}",
            lambda session: weeks.reopen_week(session, ids, monday),
        )

    def verify(self, people: Sequence[WeekPerson]) -> None:
        """Verify what *people* logged in the week and nobody has verified, in one change."""
        now, entries = self._desk.clock.now(), self._model.unverified(people)
        ids = [entry.id for entry in entries]
        own = {entry.apprenticeship_id for entry in entries}
        whose = whom([person for person in people if person.id in own])
        count = "1 entry" if len(ids) == 1 else f"{len(ids):,} entries"
        week = show_day(self._model.monday)

        def verify(name: str) -> None:
            self._writer.write(
                f"Verify {count} of {whose} in the week of {week}",
                lambda session: hours.verify(session, ids, name, now),
            )

        if ids:
            self._who(verify)
