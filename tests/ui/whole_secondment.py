"""A secondment at the real window, from a draft to what came of it, twice.

Called as a program it plays it: DESK FOLDER WAY [PICTURES], where WAY is "keyboard" or "mouse".
The desk is one that ``seconding_desk`` of test_whole_secondment.py has filled: Ada Obi with a line
manager, a provider, a review and a break in the weeks that she asks for.  It ends with what was in
the way if something cannot be done.  PICTURES is a folder that gets a picture of each step.

Ada asks in September 2026 for four weeks with LOTI from 5 October, 2026.  The review due on 14
October stands in the way, as does a break that begins on 20 October, which is grave: the approval
says why it may go on all the same.  She is away from 5 to 30 October, and logs 3 h there.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from apprentice_desk import settings
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records.secondment_overview import SecondmentLine, secondment_lines
from ui.hands import Hands, MovingClock
from ui.playing_jobs import at_the_window

SECONDS_AT_MOST = 300
WHY = "The break was called off yesterday; it is taken out of the desk this week."
LEARNED = "How several boroughs agree on one product."
SUPERVISOR = "Lena Brook"
STATUS = SecondmentStatus
AGREEMENT = {
    "The council's address": "Town Hall, Exampleton EX1 1AA",
    "Who signs for the council": "Iris Okoro",
    "Safeguarding contact": "safe@exampleton.example",
    "The host's name": "London Office of Technology and Innovation",
    "The host's address": "1 Bridge Street, London",
    "Who signs for the host": "Omar Dale",
    "The supervisor's email": "lena.brook@loti.example",
    "What the apprentice does there": "Plans a product that several boroughs share.",
    "Days and hours there": "Monday to Friday, 36 hours a week.",
    "Notice to end early": "one week",
}
"""What only people know of it, by the labels of the form, in their order."""


class Secondment(Hands):
    """What Ada's manager does, from September to November 2026, by keyboard alone."""

    @property
    def line(self) -> SecondmentLine:
        """Return what the desk holds of the secondment."""
        (found,) = self.read(secondment_lines)
        return found  # type: ignore[no-any-return]

    def stands(self, status: SecondmentStatus) -> None:
        """See that it stands where it should, in the desk and on the page."""
        self.person.until(lambda: self.line.details.status is status, f"to be {status}")
        self.sees(status[:1].upper() + status[1:])

    def opens(self) -> None:
        """Come back to it another day: to its page, its card, and from there to its panel."""
        person = self.person
        person.press("Ctrl+5")
        person.until(lambda: person.window.shown == "secondments", "for the page")
        self.tab_until(lambda: person.keyboard_at().startswith("Ada Obi, Request"), "its card")
        person.press("Return")

    def asks(self, button: str, what: str) -> None:
        """Press a button of the page or panel that opens a dialog."""
        self.press_button(button)
        self.person.until(QApplication.activeModalWidget, f"for the dialog of {what}")

    def comes_next(self, what: str) -> None:
        """Open the dialog of what comes next: the panel has the keyboard at its button."""
        self.person.press("Return")
        self.person.until(QApplication.activeModalWidget, f"for the dialog of {what}")

    # what is done

    def drafts(self) -> None:
        """1 September: the request."""
        person = self.person
        person.press("Ctrl+5")
        person.until(lambda: person.window.shown == "secondments", "for the page")
        self.sees("Nobody has asked for a secondment yet")
        self.asks("Ask for a place", "the request")
        self.find("Apprentice", "Ada")
        self.put("In words", "A product that several boroughs share.")
        self.put("KSBs", "S9")
        self.put("Earliest start", "5/10/2026")
        self.put("Latest start", "12/10/2026")
        self.look("a request")
        self.save()
        self.stands(STATUS.DRAFT)
        self.look("a draft")

    def requests(self) -> None:
        """The same day: it is asked for."""
        self.opens()
        self.comes_next("asking")
        self.sees("A progress review")
        self.put("Asked by", "Ada Obi")
        self.look("asking")
        self.save()
        self.stands(STATUS.REQUESTED)

    def approves(self) -> None:
        """2 September: from Today, knowing what it collides with; and taken back, and again."""
        self.on(date(2026, 9, 2))
        self.goes_from_today()
        self.comes_next("approving")
        self.sees("Grave:", "A progress review")
        self.look("approving")
        self.save("Why it may go on all the same is missing.")
        self.put("Why it may go on all the same", WHY)
        self.save()
        self.stands(STATUS.APPROVED)
        self.person.press("Ctrl+Z")
        self.stands(STATUS.REQUESTED)
        self.person.press("Ctrl+Shift+Z")
        self.stands(STATUS.APPROVED)

    def goes_from_today(self) -> None:
        """Go to what waits, by the line of Today."""
        self.person.wait_to_see("Review request")
        self.tab_until(
            lambda: self.person.keyboard_at().endswith(": Review request"), "the line of Today"
        )
        self.person.press("Return")
        self.person.until(lambda: self.person.window.shown == "secondments", "for the request")

    def matches(self) -> None:
        """7 September: LOTI has a place."""
        self.on(date(2026, 9, 7))
        self.opens()
        self.comes_next("the place")
        self.find("Host", "LOTI")
        self.save()
        self.stands(STATUS.MATCHED)

    def agrees(self) -> None:
        """14 September: agreed, and the agreement issued."""
        self.on(date(2026, 9, 14))
        self.opens()
        self.comes_next("what is agreed")
        self.put("Looks after them there", SUPERVISOR)
        self.look("agreeing")
        self.save()
        self.stands(STATUS.AGREED)
        self.sees("To see to")
        self.look("agreed")

    def sees_to_it(self) -> None:
        """The provider is told, the plan found to stand."""
        self.asks("Provider told…", "the provider")
        self.save()
        self.asks("Training plan…", "the plan")
        self.put("What changed", "Wednesdays are taught online in these weeks.")
        self.save()
        self.sees("Wednesdays are taught online")

    def begins_the_agreement(self) -> None:
        """The agreement begins with what was agreed."""
        person = self.person
        self.press_button("Make the agreement…")
        person.until(lambda: person.window.shown == "document", "for the agreement")
        self.sees("5 Oct 2026")
        self.look("the agreement")
        self.fills_the_agreement()
        path = person.folder / "Documents" / "agreement.pdf"
        self.issues()
        assert QApplication.activeModalWidget() is not None, self.lacks()
        person.press("Ctrl+A")
        person.write(path.name)
        person.press("Return")
        person.until(path.exists, "for the agreement")
        person.settle()

    def fills_the_agreement(self) -> None:
        """Answer what only people know."""
        for label, text in AGREEMENT.items():
            Hands.put(self, label, text)
        self.person.settle()

    def issues(self) -> None:
        """Ask for the file."""
        self.person.press("Ctrl+S")

    def lacks(self) -> list[str]:
        """Say what keeps the agreement from being issued."""
        prepared = self.person.window.page("document").prepared
        return [f"{each.place.field}: {each.message}" for each in prepared.findings] + [
            f"{each.field.name} {each.field.label}" for each in prepared.asked
        ]

    def starts(self) -> None:
        """5 October: she is there."""
        self.on(date(2026, 10, 5))
        self.opens()
        self.comes_next("the start")
        self.save()
        self.stands(STATUS.UNDER_WAY)

    def logs(self) -> None:
        """6 October: three hours at the host, by the quick line."""
        self.on(date(2026, 10, 6))
        person = self.person
        person.press("Ctrl+L")
        person.until(lambda: QApplication.activeModalWidget() is not None, "for the quick line")
        person.write("ada 3h workshop planning")
        person.press("Return")
        person.until(lambda: self._logged() == 180, "for the hours")
        person.press("Escape")
        person.settle()

    def _logged(self) -> int:
        from apprentice_desk.records.secondments import logged_minutes

        found: dict[object, int] = self.read(logged_minutes, self.clock.day)
        return found.get(self.line.id, 0)

    def checks_in(self) -> None:
        """19 October: half-way."""
        self.on(date(2026, 10, 19))
        self.opens()
        self.asks("Check-in half-way…", "the check-in")
        self.put("What was said", "Both are content; she leads a workshop next week.")
        self.save()
        self.sees("she leads a workshop next week")

    def completes(self) -> None:
        """2 November: back, with what came of it."""
        self.on(date(2026, 11, 2))
        self.opens()
        self.comes_next("the end")
        self.put("Last day there", "30/10/2026")
        self.put("What was learned", LEARNED)
        self.put("What the host says", "Asked good questions.")
        self.look("completing")
        self.save()
        self.stands(STATUS.COMPLETED)
        self.sees(LEARNED)
        self.look("completed")

    def plays(self) -> None:
        """Do all of it, one after the other."""
        for stage in (
            self.drafts, self.requests, self.approves, self.matches, self.agrees, self.sees_to_it,
            self.begins_the_agreement, self.starts, self.logs, self.checks_in, self.completes,
        ):  # fmt: skip
            stage()


class ByMouse(Secondment):
    """The same with the mouse: it goes where a click goes, and only texts are typed."""

    def press_button(self, name: str) -> None:
        self._into_sight(name)
        self.person.click(name)

    def _into_sight(self, name: str) -> None:
        """Scroll the panel until the button is seen, as the wheel would."""
        page = self.person.window.page("secondments")
        found = [each for each in page.findChildren(QWidget) if _is_button(each, name)]
        if found and page.panel.area.isAncestorOf(found[0]):
            page.panel.area.ensureWidgetVisible(found[0])
            self.person.settle()

    def issues(self) -> None:
        self.person.click("Issue PDF…")

    def comes_next(self, what: str) -> None:
        panel = self.person.window.page("secondments").panel
        assert panel.first_button is not None
        self.person.click(panel.first_button.text())
        self.person.until(QApplication.activeModalWidget, f"for the dialog of {what}")

    def opens(self) -> None:
        person = self.person
        person.click("Secondments")
        page = person.window.page("secondments")
        if page.board.lanes.cards:
            (card,) = page.board.lanes.cards
            person.click(card.accessibleName())

    def goes_from_today(self) -> None:
        self.person.wait_to_see("Review request")
        button = next(
            each
            for each in self.person.window.page("today").findChildren(QWidget)
            if each.isVisible() and each.accessibleName().endswith(": Review request")
        )
        self.person.window.page("today").area.ensureWidgetVisible(button)
        self.person.settle()
        self.person.click(button.accessibleName())

    def on(self, day: date) -> None:
        assert day > self.clock.day
        self.clock.day = day
        self.person.click(self._place("Today"))

    def _place(self, title: str) -> str:
        """Return what a place of the navigation is called now, with its count."""
        buttons = self.person.window.navigation.findChildren(QWidget)
        return next(
            each.accessibleName() or title
            for each in buttons
            if (each.accessibleName() or getattr(each, "text", str)()).startswith(title)
        )

    def put(self, label: str, text: str) -> None:
        top = QApplication.activeModalWidget()
        assert top is not None
        field = next(
            each for each in top.findChildren(QWidget)
            if each.accessibleName() == label and each.focusPolicy() != Qt.FocusPolicy.NoFocus
        )  # fmt: skip
        area = getattr(getattr(top, "form", None), "area", None)
        if area is not None:
            area.ensureWidgetVisible(field)
            self.person.settle()
        handle = top.windowHandle()
        at = field.mapTo(top, QPoint(20, min(field.height() // 2, 12)))
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.person.settle()
        top.activateWindow()  # as a click has a window manager do, in a moment
        self.person.until(QApplication.focusWidget, "for the keyboard")
        self.person.press("Ctrl+A")
        self.person.write(text)

    def save(self, says: str = "") -> None:
        before = QApplication.activeModalWidget()
        assert before is not None
        self.person.click(before.panel.confirm.text())  # type: ignore[attr-defined]
        if says:
            self.sees(says)
        else:
            self.person.until(lambda: QApplication.activeModalWidget() is None, "to be saved")

    def drafts(self) -> None:
        """The request, begun with the mouse."""
        self.person.click(self._place("Secondments"))
        self.asks("Ask for a place", "the request")
        self.find("Apprentice", "Ada")
        self.put("KSBs", "S9")
        self.put("Earliest start", "5/10/2026")
        self.put("Latest start", "12/10/2026")
        self.save()
        self.stands(STATUS.DRAFT)

    def logs(self) -> None:
        """Hours are logged by the line at the top."""
        self.on(date(2026, 10, 6))
        self.person.click("Log hours")
        self.person.until(QApplication.activeModalWidget, "for the quick line")
        self.person.write("ada 3h workshop planning")
        self.person.press("Return")
        self.person.until(lambda: self._logged() == 180, "for the hours")
        self.person.press("Escape")
        self.person.settle()


def _is_button(widget: QWidget, name: str) -> bool:
    text = getattr(widget, "text", None)
    return callable(text) and text() == name and not isinstance(widget, (QLineEdit, QComboBox))


def main() -> int:
    """Play all of it."""
    faulthandler.dump_traceback_later(SECONDS_AT_MOST, exit=True)
    desk, folder, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    pictures = Path(sys.argv[4]) if len(sys.argv) > 4 else None
    (folder / "Documents").mkdir(parents=True)
    if pictures is not None:
        pictures.mkdir(exist_ok=True)
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder)
    os.chdir(folder)
    settings.save(settings.Settings(theme="light", prepared_by="Grace Park"))
    clock = MovingClock(date(2026, 9, 1))
    with at_the_window(str(desk), folder, clock) as person:
        it = (Secondment if way == "keyboard" else ByMouse)(person, clock, pictures, "Ada Obi")
        try:
            it.plays()
        except BaseException:
            it.look("stuck")
            raise
        assert (person.steps.clicks == 0) == (way == "keyboard")
    return 0


if __name__ == "__main__":
    sys.exit(main())
