"""The keyboard at the record of one apprenticeship, and the day that a script moves forward.

``Hands`` press keys and read what stands there; ``Record`` adds what is done to a record again and
again: sessions confirmed, activities done, reviews prepared, held and signed, items ticked off.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu

from apprentice_desk.domain.planning import PlanActivityRow
from apprentice_desk.records import known_people, learning
from apprentice_desk.records.evidence import evidence_counts
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.kit.table import RowsTable
from ui.person import Person

PARTS = ("Story", "Facts", "Learning plan", "KSBs", "Reviews", "Start and gateway", "Pay")


class MovingClock:
    """A day that the script moves forward; it is always two in the afternoon."""

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 14, 0, tzinfo=UTC)


class Viewer(QObject):
    """Takes the place of the program that shows PDFs on this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[bytes] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()).read_bytes())


class Hands:
    """The keyboard of the line manager, and what she sees."""

    def __init__(
        self, person: Person, clock: MovingClock, pictures: Path | None, name: str
    ) -> None:
        self.person = person
        self.clock = clock
        self.viewer = Viewer()
        self.name = name
        self._pictures = pictures
        self._turn = 0

    def look(self, what: str) -> None:
        """Take a picture of what is seen."""
        self._turn += 1
        if self._pictures is not None:
            self.person.settle()
            top = QApplication.activeModalWidget() or self.person.window
            top.grab().save(str(self._pictures / f"{self._turn:02d} {what}.png"))

    def sees(self, *words: str) -> None:
        """Wait until all of these words stand there."""
        for each in words:
            self.person.wait_to_see(each)

    def read(self, query: Any, *arguments: Any) -> Any:
        """Look into the desk."""
        return self.person.desk.store.read(query, *arguments)

    @property
    def key(self) -> UUID:
        """The key of the one apprenticeship."""
        (found,) = self.read(known_people.known_people)
        return UUID(str(found.apprenticeship_id))

    def row(self) -> ApprenticeRow:
        """Return how the apprenticeship stands today."""
        lists = self.person.desk.lists
        (found,) = self.read(
            apprentice_rows, self.clock.day, lists.hours_rules, lists.role_families, None, self.key
        )
        return found

    # moving

    def on(self, day: date) -> None:
        """Another day has come: leave the page."""
        assert day > self.clock.day
        self.clock.day = day
        self.person.press("Ctrl+1")

    def go(self, part: str) -> None:
        """Go to a part of her record, from the list of apprentices."""
        person = self.person
        person.press("Ctrl+2", "Ctrl+Return")
        person.until(lambda: person.window.shown == "apprentice", "for the record")
        here = person.window.page("apprentice").switch
        shown = next(each for each in here.buttons.values() if each.isChecked())
        self.tab_until(lambda: QApplication.focusWidget() is shown, "the parts of the record")
        steps = PARTS.index(part) - list(here.buttons.values()).index(shown)
        person.press(*["Right" if steps > 0 else "Left"] * abs(steps))
        person.settle()

    def fill(self, **texts: str) -> None:
        """Type into fields, which are named by their labels with _ for a blank."""
        for label, text in texts.items():
            self.put(label.replace("_", " "), text)

    def put(self, label: str, text: str) -> None:
        """Type over what stands in a field."""
        self.person.tab_to(label)
        self.person.press("Ctrl+A")
        self.person.write(text)

    def find(self, label: str, text: str) -> None:
        """Type part of what a list holds, and take it."""
        self.put(label, text)
        if QApplication.activePopupWidget() is not None:
            self.person.press("Down", "Return")

    def choose(self, label: str, words: str) -> None:
        """Choose what begins with *words*, with the arrow key."""
        self.person.tab_to(label)
        self.person.press("Home")
        box = QApplication.focusWidget()
        assert isinstance(box, QComboBox)
        for _ in range(box.count()):
            if box.currentText().startswith(words):
                return
            self.person.press("Down")
        raise AssertionError(f"“{label}” does not offer “{words}”")

    def save(self, says: str = "") -> None:
        """Save the form, and see that it is done or what is said against it."""
        before = QApplication.activeModalWidget()
        assert before is not None
        self.person.press("Ctrl+Return")
        if says:
            self.sees(says)
            assert QApplication.activeModalWidget() is before
        else:
            self.person.until(lambda: QApplication.activeModalWidget() is None, "to be saved")

    def leave(self) -> None:
        """Leave a form and throw away what was typed."""
        self.person.press("Escape")
        if self.person.sees("Leave without saving?"):
            self.person.tab_to("Leave without saving")
            self.person.press("Space")
        self.person.until(lambda: QApplication.activeModalWidget() is None, "to be out of it")

    def press_button(self, name: str) -> None:
        """Go to a button and press it."""
        self.person.tab_to(name)
        self.person.press("Space")

    def tab_until(self, is_there: Callable[[], bool], where: str) -> None:
        """Press Tab until the keyboard is there."""
        for _ in range(60):
            if is_there():
                return
            self.person.press("Tab")
        raise AssertionError(f"Tab does not lead to {where}")

    def to_list(self) -> None:
        """Go on to the next list."""
        self.tab_until(lambda: isinstance(QApplication.focusWidget(), RowsTable), "a list")

    def save_file(self, name: str) -> None:
        """Save under a name in Documents, and see that something is in it."""
        path = self.person.folder / "Documents" / f"{name} {self.clock.day}.pdf"
        self.person.press("Ctrl+A")
        self.person.write(path.name)
        self.person.press("Return")
        self.person.until(path.exists, f"for {path.name}")
        self.person.settle()
        assert path.read_bytes().startswith(b"%PDF-")

    def menu(self, button: str, *, action: str) -> None:
        """Open the menu of a button and choose from it; what cannot be done is passed over."""
        assert self.offered(button, action), f"“{action}” is not offered"
        QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
        self.person.settle()

    def offered(self, button: str, action: str) -> bool:
        """Open the menu of a button and go down to *action*; return whether one gets there."""
        self.press_button(button)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            QTest.keyClick(menu, Qt.Key.Key_Down)
            if menu.activeAction().text() == action:
                return True
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        self.person.settle()
        return False

    def move(self, action: str) -> None:
        """Begin to record a move."""
        self.menu("Record a move", action=action)


class Record(Hands):
    """What is done again and again with one record."""

    def minutes(self) -> int:
        """Return what counts of the hours logged so far."""
        return sum(each.minutes for each in self.read(hours_rows) if each.counts)

    def confirm(self, sessions: int, together: int, of: int = 0) -> None:
        """Say on the page Hours that *sessions* took place, *of* so many that are offered.

        Then *together* hours are logged.
        """
        person = self.person
        person.press("Ctrl+3", "Ctrl+Shift+O")
        self.sees(f"{sessions} of {of or sessions} ticked")
        person.press("Ctrl+Return")
        person.until(lambda: self.minutes() == together * 60, f"for {together} h")

    def figures(self, planned: int, logged: int, needed: Fraction) -> None:
        """Look at hours planned and logged, and at the minutes needed a week."""
        found = self.row().figures
        assert found.planned_to_date_minutes == planned * 60
        assert found.logged_minutes == logged * 60
        assert found.needed_minutes == needed

    def badges(self, part: str) -> list[str]:
        """Return the words of the second column of a part's list."""
        model = self.person.window.page("apprentice").part(part).model
        return [model.columns[1].show(row).text for row in model.shown]

    def ksbs(self) -> dict[str, tuple[str, str, str]]:
        """Return evidence, hours and last day of each code, as the grid shows them."""
        model = self.person.window.page("apprentice").part("ksbs").model
        shown = {each.heading: each for each in model.columns}
        wanted = [shown[heading] for heading in ("Evidence", "Hours", "Last")]
        return {
            line.code: (wanted[0].text(line), wanted[1].text(line), wanted[2].text(line))
            for line in model.shown
        }

    def shows(self, what: str, on: date) -> None:
        """Keep words as evidence with the entry of a day."""
        person = self.person
        person.press("Ctrl+3")
        week = person.window.page("hours").week
        monday = on - timedelta(days=on.weekday())
        while week.model.monday != monday:
            person.press("Alt+Left" if week.model.monday > monday else "Alt+Right")
        person.press("Ctrl+L", "Escape")
        assert person.keyboard_at() == "Hours of the week"
        person.press("Home", *["Right"] * on.weekday(), "Ctrl+Return")
        person.tab_to("Add words…")
        person.press("Space")
        person.write(what)
        had = self._pieces()
        person.press("Ctrl+Return")
        person.until(lambda: self._pieces() == had + 1, "for the evidence")

    def _pieces(self) -> int:
        found = self.read(evidence_counts, [each.id for each in self.read(hours_rows)])
        return sum(found.values())

    def plan(self) -> list[PlanActivityRow]:
        """Return the activities by their titles."""
        return sorted(self.read(learning.plan_rows, self.key), key=lambda each: each.title)

    def plans(self, title: str, by: str, first: str, last: str, hours: str, ksbs: str) -> None:
        """Put an activity into the plan; all three are mandatory."""
        self.person.press("Ctrl+Shift+A")
        self.put("Activity", title)
        self.choose("Given by", by)
        self.fill(First_day=first, Last_day=last, Planned_hours=hours, KSBs=ksbs)
        self.press_button("Mandatory")
        self.save()

    def is_done(self, title: str, on: str, row: int) -> None:
        """Say of the activity in a row of the plan when it was done."""
        self.to_list()
        self.person.press("Home", *["Down"] * row, "Ctrl+Shift+D")
        self.sees(title)
        self.put("Done on", on)
        self.save()

    def prepare(self, question: str) -> None:
        """Prepare the chosen review; its pack is opened, and saved as well."""
        person, had = self.person, len(self.viewer.shown)
        self.press_button("Prepare")
        self.put("Your own questions", question)
        self.look("a review is prepared")
        self.save()
        person.until(lambda: len(self.viewer.shown) > had, "for the pack to be opened")
        assert self.viewer.shown[-1].startswith(b"%PDF-")
        self.menu("More for reviews", action="Save the review pack as PDF…")
        self.save_file("pack")

    def chooses_newest(self) -> None:
        """Go to the first review of the list: the one that is planned."""
        self.to_list()
        self.person.press("Home")

    def hold(self, said: str, following: str, agreed: tuple[str, str] | None, done: str) -> None:
        """Record the review of today, signed by all three; *following* is proposed as the next.

        *agreed* is an action and its day, *done* the one of the review before.
        """
        self.go("Reviews")
        self.chooses_newest()
        self.press_button("Record that it was held")
        self.put("Discussed", said)
        if done:
            self.press_button(f"1. Done: {done}")
        if agreed:
            self.put("Action 1", agreed[0])
            self.put("Who takes on action 1", self.name)
            self.put("By when, action 1", agreed[1])
        self.person.tab_to("Day")
        day = QApplication.focusWidget()
        assert isinstance(day, QLineEdit)
        assert day.text() == following
        self.look("a review is held")
        if not agreed:  # it was the last one
            self.person.press("Ctrl+A", "Delete")
        self.save()
        part = self.person.window.page("apprentice").part("reviews")
        wanted = part.reviews if agreed else part.plan  # the next is chosen, or offered
        self.person.until(
            lambda: self.person.window.focusWidget() is wanted, "for the keyboard at what is next"
        )
        if agreed:
            self.person.press("Down")
        today = f"{self.clock.day:%d/%m/%Y}"
        self.press_button("Sign off")
        self.put(f"{self.name} signed on", today)
        self.put("Line manager signed on", today)
        self.put("Provider signed on", today)
        self.save()
        self.sees("all three")
        self.look("a review is signed")

    def switch(self, title: str) -> str:
        """Return the accessible name of the button of a checklist, with its number."""
        card = self.person.window.page("apprentice").part("checklists")
        names = [each.accessibleName() for each in card.switch.buttons.values()]
        return next(each for each in names if each.startswith(title))

    def ticks(self, row: int, left: int) -> None:
        """Tick an item of the gateway off; *left* are open then."""
        self.to_list()
        self.person.press("Home", *["Down"] * row, "Space")
        card = self.person.window.page("apprentice").part("checklists")
        self.person.until(
            lambda: sum(each.state.is_open for each in card.shown.table.rows.shown) == left,
            f"for {left} open items",
        )
