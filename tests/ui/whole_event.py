"""An event of the network from its plan to hours in the logs, in the real window by keyboard alone.

Called as a program it plays it: DESK FOLDER [PICTURES].  The desk is one that ``team`` of
test_whole_event.py has filled.  It ends with what was in the way if something cannot be done.
PICTURES is a folder that gets a picture of each step, to be looked at.

The officer plans a workshop on 7 September 2026 for the 10th, with three apprentices asked.  On
the 11th she says that two of them and a manager came, and logs two hours and a half for both.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QApplication

from apprentice_desk import settings
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.vocabulary import EventKind
from apprentice_desk.records import event_attendance, network
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.ui.kit.ticking import TickTable
from ui.hands import Hands, MovingClock
from ui.playing_jobs import at_the_window

SECONDS_AT_MOST = 180
NAME = "Workshop: charts that people read"
HELD_ON = date(2026, 9, 10)
STAYED_AWAY = "Sam Okafor"
CAME = ("Rhys Evans", "Ada Obi")
OTHERS = 1
MINUTES = 150


class Meeting(Hands):
    """What the officer does, from the plan to the hours."""

    @property
    def event(self) -> network.EventRow:
        """The event as the desk holds it."""
        (found,) = self.read(network.event_rows)
        assert isinstance(found, network.EventRow)
        return found

    def opens_the_page(self) -> None:
        """Search for the page, and go to it."""
        person = self.person
        person.press("Ctrl+K")
        person.write("network")
        person.press("Return")
        person.until(lambda: person.window.shown == "network", "for the network")

    def opens(self, button: str) -> None:
        """Go from the list into the panel, and press one of its buttons."""
        person = self.person
        self.to_list()
        person.press("Return")
        self.tab_until(lambda: person.keyboard_at() == button, button)
        person.press("Space")
        person.until(QApplication.activeModalWidget, f"for “{button}”")

    def ticks(self, *names: str) -> None:
        """Press Space on the lines of these people, from the first of the list on."""
        table = QApplication.focusWidget()
        assert isinstance(table, TickTable)
        self.person.press("Ctrl+Home")
        left = set(names)
        for _ in range(table.rows.rowCount()):
            row = table.chosen()
            assert row is not None
            if row.name in left:
                self.person.press("Space")
                left.discard(row.name)
            self.person.press("Down")
        assert not left

    # the stages

    def plans_it(self) -> None:
        """Add the event, with place and length."""
        self.opens_the_page()
        self.look("nothing planned")
        self.person.press("Ctrl+Shift+A")
        self.person.until(QApplication.activeModalWidget, "for the form")
        self.fill(Event=NAME)
        self.choose("Kind", "Workshop")
        self.fill(Day="10/09/2026", Begins_at="13.30", Lasts="2:30", Place="Town hall", Places="2")
        self.fill(Host="Exampleton", Hours_that_count="2:30")
        self.look("the plan")
        self.save()
        details = self.event.details
        assert (details.name, details.held_on, details.began_at, details.minutes) == (
            NAME, HELD_ON, "13:30", MINUTES,
        )  # fmt: skip
        assert details.kind is EventKind.WORKSHOP
        assert details.attended is None

    def asks_three(self) -> None:
        """Tick who is asked, one more than there is room for."""
        self.opens("Ask people…")
        self.ticks(*CAME, STAYED_AWAY)
        self.sees("3 asked, 1 more than the 2 places")
        self.look("who is asked")
        self.save()
        assert (self.event.asked, self.event.answered) == (3, 0)
        self.person.press("Ctrl+1")
        self.sees(f"{NAME} at 13:30, Town hall")
        self.look("on Today")

    def says_who_came(self) -> None:
        """The day after: untick who stayed away, and count the manager."""
        self.on(date(2026, 9, 11))
        self.opens_the_page()
        self.sees("Who came?")
        self.opens("Who came…")
        self.ticks(STAYED_AWAY)
        self.fill(Others_from_this_borough=str(OTHERS))
        self.sees("2 apprentices and 1 other came.")
        self.look("who came")
        self.save()
        came = {
            each.name: each.came
            for each in self.read(event_attendance.attendance_rows, self.event.id)
        }
        assert came == dict.fromkeys(CAME, True) | {STAYED_AWAY: False}
        assert self.event.details.attended == len(CAME) + OTHERS

    def logs_the_hours(self) -> None:
        """Look at what the rules say, and log both entries in one step."""
        self.sees("Hours to log")
        self.opens("Log the hours…")
        self.sees("2 are ticked; it counts for 2 of them.")
        self.look("the hours")
        self.save()
        entries = self.read(hours_rows)
        assert {each.name: (each.done_on, each.minutes, each.activity) for each in entries} == (
            dict.fromkeys(CAME, (HELD_ON, MINUTES, Activity.WORKSHOP))
        )
        assert all(each.counts and each.began_at == "13:30" for each in entries)
        assert self.event.logged == len(CAME)
        self.sees("Held")
        self.look("it is held")

    def takes_it_back_and_does_it_again(self) -> None:
        """One undo takes both entries away, and redo brings them back."""
        person = self.person
        for keys, count in (("Ctrl+Z", 0), ("Ctrl+Shift+Z", len(CAME))):
            person.press(keys)
            person.until(lambda count=count: self.event.logged == count, f"for {keys}")
            ids: set[UUID] = {each.id for each in self.read(hours_rows)}
            assert len(ids) == count


def play(desk: Path, folder: Path, pictures: Path | None) -> None:
    """Do all of it."""
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder)
    os.chdir(folder)
    settings.save(settings.Settings(theme="light"))
    if pictures is not None:
        pictures.mkdir(exist_ok=True)
    clock = MovingClock(date(2026, 9, 7))
    with at_the_window(str(desk), folder, clock) as person:
        it = Meeting(person, clock, pictures, "Tess Ter")
        try:
            it.plans_it()
            it.asks_three()
            it.says_who_came()
            it.logs_the_hours()
            it.takes_it_back_and_does_it_again()
        except BaseException:
            it.look("stuck")
            raise
        assert person.steps.clicks == 0


def main() -> int:
    """Play it."""
    faulthandler.dump_traceback_later(SECONDS_AT_MOST, exit=True)
    desk, folder = Path(sys.argv[1]), Path(sys.argv[2])
    play(desk, folder, Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
