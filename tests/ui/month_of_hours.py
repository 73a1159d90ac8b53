"""A month of hours of a team of eight, logged in the real window with the keyboard alone.

Called as a program it plays the month: DESK FOLDER [PICTURES].  The desk is one that ``team`` of
test_month_of_hours.py has filled; FOLDER holds what the line manager has on her disk.  It ends
with what was in the way if something cannot be done, and looks at what stands in the desk at the
end of each week.  PICTURES is a folder that gets a picture of each step, to be looked at.

Today is Friday 4 September 2026; Monday 31 August is a bank holiday.  Jo Bright is on a break in
learning from Saturday 15 August on.  What the month comes to is worked out beside ``TOTALS``.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from apprentice_desk import settings
from apprentice_desk.records import evidence, weeks
from apprentice_desk.records.hours import hours_rows
from ui.person import Person
from ui.playing_jobs import at_the_window

SECONDS_AT_MOST = 300
TODAY = date(2026, 9, 4)
FIRST, LAST = date(2026, 8, 10), TODAY
MONDAYS = (date(2026, 8, 10), date(2026, 8, 17), date(2026, 8, 24), date(2026, 8, 31))
CERTIFICATE, CALENDAR = "certificate.pdf", "provider.ics"

TOTALS = {
    # Counting and not counting minutes of 10 August to 4 September, worked out by hand:
    #
    #                  week 1      week 2        week 3             week 4            month
    # Jo Bright        2:00 1:30   on a break    on a break         on a break         3:30
    # Rhys Evans       3:30        Thu 6:00      Thu 6:00 Tue 3:00  Tue 3:00          21:30
    # Leila Haddad     2:00        Thu 6:00      Thu 6:00 Tue 3:00
    #                                            Mon 1:00 Tue 0:30  Nothing           18:30
    # Mei Lin          7:00        Thu 6:00      Thu 6:00 Mon 0:45  Nothing           19:45
    # Tomasz Nowak     7:00        Thu 3:00      Thu 3:00           Nothing           13:00
    # Ada Obi          7:00        Thu 6:00      Thu 6:00           Tue 3:00, and on
    #                                                               the bank holiday
    #                                                               1:00 that does not
    #                                                               count             22:00 + 1:00
    # Sam Okafor       2:30        Thu 6:00      Thu 6:00           Wed 1:00
    #                              Wed 1:00      Wed 1:00           Fri 0:30
    #                              Fri 0:30      Fri 0:30                             19:00
    # Noor Rahman      Nothing     Thu 6:00      Thu 6:00           Wed 1:00
    #                              Wed 1:00      Wed 1:00                             15:00
    #
    # Together 3:30 + 21:30 + 18:30 + 19:45 + 13:00 + 22:00 + 19:00 + 15:00 = 132:15, and 1:00.
    # Sam's half hour of the third Friday was declined, and came with the copy of the week before.
    "Jo Bright": (210, 0),
    "Rhys Evans": (1290, 0),
    "Leila Haddad": (1110, 0),
    "Mei Lin": (1185, 0),
    "Tomasz Nowak": (780, 0),
    "Ada Obi": (1320, 60),
    "Sam Okafor": (1140, 0),
    "Noor Rahman": (900, 0),
}

WEEKS = {
    # What each week comes to: the sums of the columns above.
    MONDAYS[0]: 3 * 60 + 30 + 210 + 120 + 3 * 420 + 150,  # 32:30
    MONDAYS[1]: 6 * 360 + 180 + 2 * 60 + 30,  # 41:30
    MONDAYS[2]: 6 * 360 + 180 + 2 * 60 + 30 + 2 * 180 + 90 + 45,  # 49:45
    MONDAYS[3]: 2 * 180 + 60 + 60 + 30,  # 8:30
}


class SeptemberClock:
    """4 September 2026 in the afternoon."""

    def today(self) -> date:
        return TODAY

    def now(self) -> datetime:
        return datetime(2026, 9, 4, 15, 0, tzinfo=UTC)


def write_files(folder: Path) -> None:
    """Put into *folder* what the line manager was sent: a certificate and a calendar."""
    (folder / CERTIFICATE).write_bytes(b"%PDF-1.7 Certificate of attendance")
    (folder / CALENDAR).write_text(
        """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@kestrel.example
SUMMARY:Workshop: databases and joins
DTSTART;TZID=Europe/London:20260825T093000
DTEND;TZID=Europe/London:20260825T123000
END:VEVENT
BEGIN:VEVENT
UID:2@kestrel.example
SUMMARY:Team lunch
DTSTART;TZID=Europe/London:20260826T120000
DTEND;TZID=Europe/London:20260826T130000
END:VEVENT
BEGIN:VEVENT
UID:3@kestrel.example
SUMMARY:Called off
STATUS:CANCELLED
DTSTART:20260827T100000Z
DTEND:20260827T110000Z
END:VEVENT
END:VCALENDAR
""",
        encoding="utf-8",
    )


class Month:
    """The line manager at her window, week by week."""

    def __init__(self, person: Person, pictures: Path | None) -> None:
        self.person = person
        self._pictures = pictures
        self._turn = 0

    # looking

    def look(self, what: str) -> None:
        """Take a picture of what is seen."""
        self._turn += 1
        if self._pictures is not None:
            self.person.settle()
            top = QApplication.activeModalWidget() or self.person.window
            top.grab().save(str(self._pictures / f"{self._turn:02d} {what}.png"))

    def minutes(self, monday: date) -> int:
        """Return what counts in a week of everybody."""
        rows = self.person.desk.store.read(hours_rows, monday, date.fromordinal(
            monday.toordinal() + 6))  # fmt: skip
        return sum(row.minutes for row in rows if row.counts)

    def said(self, monday: date) -> dict[str, str]:
        """Return what is said of a week, by name."""
        names = {each.id: each.name for each in self.person.window.page("hours")._rows}
        return {
            names[row.apprenticeship_id]: " ".join(
                word
                for word, holds in (("nothing", row.is_nothing), ("finished", row.is_finished))
                if holds
            )
            for row in self.person.desk.store.read(weeks.week_rows, monday, monday)
        }

    # moving

    def go_to_grid(self) -> None:
        """Come from the quick line into the grid."""
        self.person.press("Ctrl+3", "Ctrl+L", "Escape")
        assert self.person.keyboard_at() == "Hours of the week"

    def go_to_cell(self, name: str, day: date) -> None:
        """Go to somebody's day with the arrow keys."""
        page = self.person.window.page("hours")
        model, table = page.week.model, page.week.table
        row = [each.name for each in model.people].index(name)
        column = 1 + model.days.index(day)
        self.person.press("Home")
        for _ in range(abs(row - table.currentIndex().row())):
            self.person.press("Down" if row > table.currentIndex().row() else "Up")
        for _ in range(column - table.currentIndex().column()):
            self.person.press("Right")
        assert (table.currentIndex().row(), table.currentIndex().column()) == (row, column)

    def go_to_week(self, monday: date) -> None:
        """Go to another week with Alt and the arrow keys."""
        page = self.person.window.page("hours")
        while page.week.model.monday != monday:
            self.person.press("Alt+Left" if page.week.model.monday > monday else "Alt+Right")

    def type_hours(self, name: str, day: date, *texts: str) -> None:
        """Type into somebody's days, one after the other."""
        self.go_to_cell(name, day)
        for number, text in enumerate(texts, start=1):
            self.person.write(text)
            self.person.press("Return" if number == len(texts) else "Tab")

    def choose(self, action: str) -> None:
        """Choose from the menu of the grid."""
        self.person.press("Shift+F10")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():  # what cannot be done now is passed over
            QTest.keyClick(menu, Qt.Key.Key_Down)
            if menu.activeAction().text() == action:
                break
        assert menu.activeAction().text() == action
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.person.settle()

    def tick(self, *names: str) -> None:
        """Tick people in the list that has the keyboard."""
        for name in names:
            self.person.press("Home")
            for _ in range(10):
                table = QApplication.focusWidget()
                if table.chosen().name == name:
                    break
                self.person.press("Down")
            self.person.press("Space")

    # the weeks

    def first_week(self) -> None:
        """Lines from Today, the grid for two, nothing for one; finished, reopened, corrected."""
        person = self.person
        person.press("Ctrl+L")
        for line in (
            "obi, nowak, lin 7 10 aug workshop Testing in practice K7",
            "evans 3:30 12 aug mentoring",
            "haddad 2 12 aug self-study",
            "okafor 1.5 11 aug online learning",
        ):
            person.write(line)
            self.look("quick line")
            person.press("Return")
        person.wait_to_see("Logged 1 entry for 11 Aug 2026")
        person.press("Escape")
        self.go_to_grid()
        self.go_to_week(MONDAYS[0])
        self.type_hours("Jo Bright", MONDAYS[0], "2", "1:30")
        self.type_hours("Noor Rahman", MONDAYS[0], "n")
        self.look("first week typed")
        person.tab_to("Finish the week")
        person.press("Space")
        # Everybody has an answer, so there is no question but this one.
        person.until(lambda: person.keyboard_at().startswith("Your name"), "to be asked who it is")
        person.write("Grace Park")
        self.look("who are you")
        person.press("Return")
        person.until(lambda: len(self.said(MONDAYS[0])) == 8, "for the week to be finished")
        assert self.said(MONDAYS[0])["Noor Rahman"] == "nothing finished"
        self.go_to_grid()
        self.type_hours("Sam Okafor", date(2026, 8, 11), "2:30")
        assert person.sees("Sam Okafor, Tuesday: The week is finished.")
        self.look("a finished week refuses")
        person.press("Escape")
        self.choose("Reopen the week of this apprentice")
        self.type_hours("Sam Okafor", date(2026, 8, 11), "2:30")
        person.press("Up")  # Enter has gone down
        self.choose("Finish the week of this apprentice")
        assert self.minutes(MONDAYS[0]) == WEEKS[MONDAYS[0]]
        assert self.said(MONDAYS[0])["Sam Okafor"] == "finished"

    def second_week(self) -> None:
        """One session for seven, a repeat proposed, another confirmed; finished beside a break."""
        person = self.person
        self.go_to_week(MONDAYS[1])
        self.look("second week with a break")
        person.press("Ctrl+Shift+G")
        person.write("Data workshop")
        self._fill("Day", "20/8/2026")
        self._fill("Hours for all", "6")
        self._choose_activity("workshop")
        person.tab_to("Who took part")
        self.tick("Rhys Evans", "Leila Haddad", "Mei Lin", "Tomasz Nowak", "Ada Obi", "Sam Okafor",
                  "Noor Rahman")  # fmt: skip
        person.press("Home", "Down", "Down", "Down", "Down")
        person.write("3")
        person.press("Return")
        self.look("one session for seven")
        assert person.sees("7 are ticked; it counts for 7 of them.")
        person.press("Ctrl+Return")
        person.until(lambda: self.minutes(MONDAYS[1]) == 6 * 360 + 180, "for the session")
        self._repeat()
        person.press("Ctrl+Shift+O")
        person.press("Down", "Space")
        self.look("sessions to confirm")
        assert person.sees("Log 2, decline 1")
        person.press("Ctrl+Return")
        person.until(lambda: self.minutes(MONDAYS[1]) == WEEKS[MONDAYS[1]], "to be confirmed")
        self.go_to_grid()
        person.tab_to("Finish the week")
        person.press("Space")
        person.until(lambda: len(self.said(MONDAYS[1])) == 8, "for the week to be finished")
        assert person.sees("Jo Bright is on a break")
        assert self.said(MONDAYS[1])["Jo Bright"] == "finished"
        self.look("second week finished")

    def _repeat(self) -> None:
        person = self.person
        person.press("Ctrl+Shift+R")
        self._fill("What was learned", "Reading club")
        self._fill("First day", "19/8/2026")
        self._fill("Hours for all", "1")
        self._choose_activity("self-study")
        person.tab_to("Who took part")
        self.tick("Sam Okafor", "Noor Rahman")
        person.press("Ctrl+Return")
        person.wait_to_see("6 of 6 ticked")
        self.look("the days of a repeat")
        person.press("Ctrl+Return")
        person.until(lambda: self.minutes(MONDAYS[3]) == 120, "for the reading club")

    def _fill(self, name: str, text: str) -> None:
        self.person.tab_to(name)
        self.person.press("Ctrl+A")
        self.person.write(text)

    def _choose_activity(self, words: str) -> None:
        self.person.tab_to("Activity")
        self.person.write(words)

    def third_week(self) -> None:
        """Last week's copied, a block pasted, a calendar read, evidence of each kind, verified."""
        person = self.person
        self.go_to_week(MONDAYS[2])
        person.tab_to("Copy last week")
        person.press("Space")
        copied = WEEKS[MONDAYS[1]]
        person.until(lambda: self.minutes(MONDAYS[2]) == copied, "for the copies")
        self.look("last week copied")
        QGuiApplication.clipboard().setText("1:00\t0:30\r\n0:45\t\r\n")  # copied in a workbook
        self.go_to_grid()
        self.go_to_cell("Leila Haddad", MONDAYS[2])
        person.press("Ctrl+V")
        person.until(lambda: self.minutes(MONDAYS[2]) == copied + 135, "for the block")
        person.press("Ctrl+Shift+K")
        person.write(CALENDAR)
        person.press("Return")
        person.wait_to_see("2 events up to today.")
        self.tick("Rhys Evans", "Leila Haddad")
        person.tab_to("Events of the calendar")
        person.press("Space")
        self.look("a calendar")
        assert person.sees("1 event ticked, for 2 people")
        person.press("Ctrl+Return")
        person.until(lambda: self.minutes(MONDAYS[2]) == WEEKS[MONDAYS[2]], "for the calendar")
        self._evidence()
        self.go_to_grid()
        self.go_to_cell("Rhys Evans", date(2026, 8, 27))
        self.choose("Verify the week of everybody shown")
        person.until(lambda: not self._unverified(), "for all to be verified")
        assert person.sees("all verified")
        self.look("third week verified")
        person.press("Ctrl+Z")
        person.until(lambda: len(self._unverified()) == 15, "for that to be undone")
        self.choose("Verify the week of everybody shown")
        person.until(lambda: not self._unverified(), "for all to be verified again")

    def _unverified(self) -> list[str]:
        rows = self.person.desk.store.read(hours_rows, MONDAYS[2], date(2026, 8, 30))
        return [row.name for row in rows if row.verified_by != "Grace Park"]

    def _evidence(self) -> None:
        person = self.person
        self.go_to_grid()
        self.go_to_cell("Ada Obi", date(2026, 8, 27))
        person.press("Ctrl+Return")
        person.tab_to("Attach file…")
        person.press("Space")
        person.write(CERTIFICATE)
        person.press("Return")
        person.until(lambda: self._pieces() == 1, "for the file")
        person.tab_to("Add link…")
        person.press("Space")
        person.write("https://example.org/course")
        person.press("Ctrl+Return")
        person.until(lambda: self._pieces() == 2, "for the link")
        person.tab_to("Add words…")
        person.press("Space")
        person.write("Showed the team how a join works.")
        self.look("words as evidence")
        person.press("Ctrl+Return")
        person.until(lambda: self._pieces() == 3, "for the words")
        self.look("evidence")

    def _pieces(self) -> int:
        store = self.person.desk.store
        (row,) = [
            each
            for each in store.read(hours_rows, date(2026, 8, 27), date(2026, 8, 27))
            if each.name == "Ada Obi"
        ]
        return len(store.read(evidence.evidence_rows, [row.id]))

    def bank_holiday_week(self) -> None:
        """A bank holiday that does not count, a line, something taken back, nothing for three."""
        person = self.person
        self.go_to_grid()
        self.go_to_week(MONDAYS[3])
        self.look("the week of the bank holiday")
        self.type_hours("Ada Obi", MONDAYS[3], "1")
        person.until(lambda: person.sees("1 h not counting"), "for what does not count")
        person.press("Ctrl+L")
        person.write("obi, evans 3 tue workshop Indexes")
        person.press("Return")
        person.until(lambda: self.minutes(MONDAYS[3]) == WEEKS[MONDAYS[3]], "for the line")
        person.press("Escape")
        self.type_hours("Mei Lin", date(2026, 9, 1), "8")
        person.until(lambda: self.minutes(MONDAYS[3]) == WEEKS[MONDAYS[3]] + 480, "for 8 h")
        person.press("Ctrl+Z")
        person.until(lambda: self.minutes(MONDAYS[3]) == WEEKS[MONDAYS[3]], "to be taken back")
        self.type_hours("Mei Lin", date(2026, 9, 1), "25")
        assert person.sees("25 h does not fit in one day")
        self.look("25 hours")
        person.press("Escape")
        person.tab_to("Finish the week")
        person.press("Space")
        assert person.sees("Leila Haddad, Mei Lin and Tomasz Nowak have neither hours nor an")
        assert person.sees("Jo Bright is on a break: no answer is needed.")
        self.look("finish with three blank")
        person.press("Return")
        person.until(lambda: len(self.said(MONDAYS[3])) == 8, "for the week to be finished")
        said = self.said(MONDAYS[3])
        nothing = {name for name, words in said.items() if words == "nothing finished"}
        assert nothing == {"Leila Haddad", "Mei Lin", "Tomasz Nowak"}
        self.look("the month is done")

    def totals(self) -> dict[str, tuple[int, int]]:
        """Return the counting and other minutes of the month, by name."""
        found = dict.fromkeys(TOTALS, (0, 0))
        for row in self.person.desk.store.read(hours_rows, FIRST, LAST):
            counting, other = found[row.name]
            counting, other = (
                (counting + row.minutes, other) if row.counts else (counting, other + row.minutes)
            )
            found[row.name] = (counting, other)
        return found


def play(desk: Path, folder: Path, pictures: Path | None) -> None:
    """Log the month from its first week to its last."""
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder)
    os.chdir(folder)
    write_files(folder)
    settings.save(settings.Settings(theme="light"))
    with at_the_window(str(desk), folder, SeptemberClock()) as person:
        month = Month(person, pictures)
        month.first_week()
        month.second_week()
        month.third_week()
        month.bank_holiday_week()
        assert {monday: month.minutes(monday) for monday in MONDAYS} == WEEKS
        assert month.totals() == TOTALS
        assert person.steps.clicks == 0


def main() -> int:
    """Play the month."""
    faulthandler.dump_traceback_later(SECONDS_AT_MOST, exit=True)
    desk, folder = Path(sys.argv[1]), Path(sys.argv[2])
    play(desk, folder, Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
