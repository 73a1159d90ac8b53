"""A whole apprenticeship at the real window, from the place that is offered to the certificate.

Called as a program it plays it with the keyboard alone: DESK FOLDER [PICTURES].  The desk is one
that ``office_desk`` of test_whole_apprenticeship.py has filled: a standard with one version loaded,
a provider and a contract.  It ends with what was in the way if something cannot be done, and looks
at the figures on the way.  PICTURES is a folder that gets a picture of each step, to be looked at.

Amara Okoro, born on 14 March 2007, trains from Monday 7 September 2026.  Agreed are 190 hours.  She
was to finish on Sunday 30 May 2027 and pass the gateway on Friday 28 May; a break from Monday 8
February to Sunday 7 March 2027, 28 days, moves all that by 28 days: to 27 June and 25 June.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from apprentice_desk import settings
from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import programmes
from ui.hands import MovingClock, Record
from ui.playing_jobs import at_the_window

SECONDS_AT_MOST = 420
NAME, MANAGER, TUTOR = "Amara Okoro", "Grace Park", "Ines Duarte"
READS, CHOOSES = "Read the data law", "Choose what to show"

ALL_MINUTES = 190 * 60
# Every Tuesday 5 h, from 8 September 2026 to 15 June 2027, without the four Tuesdays of the break
# (9, 16 and 23 February, 2 March); no Tuesday among them is a bank holiday.
#
# 8 Sep to 10 Nov      10 Tuesdays   50 h    50 h together
# 17 Nov, 24 Nov        2            10 h    60 h     the first review is on 24 November
# 1 Dec to 2 Feb       10            50 h   110 h     then the break
# 9 Mar, 16 Mar         2            10 h   120 h     the second review is on 16 March
# 23 Mar                1             5 h   125 h     the week changes on 29 March
# 30 Mar to 8 June     11            55 h   180 h     the third review is on 8 June
# 15 June               1             5 h   185 h
# and by a line of its own on Tuesday 22 June 5 h: 190 h, all that was agreed.

THERE = "There: Amara Okoro, Grace Park, Ines Duarte."
SIGNED = "Signed off by Amara Okoro, Grace Park, Ines Duarte."
STORY = (
    # Every line of the story at the end.  Hours are told by the month, on the last day with some:
    # 4 Tuesdays in September from the 8th on, 4, 4, 5, 4, 1, then 4 in March from the 9th on, 4, 4,
    # and 4 in June; 20 + 20 + 20 + 25 + 20 + 5 + 20 + 20 + 20 + 20 = 190 h.
    (
        date(2026, 8, 17),
        "11 things dealt with",
        "Role agreed, Advertised, Offered and accepted, Initial assessment, Prior learning looked"
        " at, Eligibility checked, Agreement signed by employer, Agreement signed by apprentice,"
        " Training plan signed by employer, Training plan signed by apprentice, Training plan"
        " signed by provider. By Grace Park.",
    ),
    (date(2026, 9, 7), "Training started", "Contracted for 36 h a week."),
    (date(2026, 9, 7), "Paid £20,000.00 a year", ""),
    (date(2026, 9, 29), "20 h logged in September 2026", "4 entries."),
    (date(2026, 10, 27), "20 h logged in October 2026", "4 entries."),
    (date(2026, 11, 24), "20 h logged in November 2026", "4 entries."),
    (date(2026, 11, 24), "Review held", f"Going well. {THERE} {SIGNED}"),
    (date(2026, 11, 30), "Done: Foundations of data", "Planned for 60 h."),
    (date(2026, 12, 29), "25 h logged in December 2026", "5 entries."),
    (date(2027, 1, 26), "20 h logged in January 2027", "4 entries."),
    (date(2027, 2, 2), "5 h logged in February 2027", "1 entry."),
    (date(2027, 2, 8), "A break in learning began", "Family."),
    (date(2027, 3, 7), "Last day of the break", ""),
    (
        date(2027, 3, 8),
        "Back from the break",
        "Training was planned to end on 27 Jun 2027 from then on, not on 30 May 2027.",
    ),
    (
        date(2027, 3, 8),
        "Learning plan planned anew",
        "2 activities moved 28 days later, of what ended on 8 Feb 2027 or after.",
    ),
    (date(2027, 3, 16), "Review held", f"Back again. {THERE} {SIGNED}"),
    (date(2027, 3, 16), f"Action done: {READS}", "By Amara Okoro."),
    (date(2027, 3, 26), "Done: Workplace project", "Planned for 70 h."),
    (date(2027, 3, 29), "Contracted hours changed to 30 h a week", ""),
    (date(2027, 3, 30), "20 h logged in March 2027", "4 entries."),
    (date(2027, 4, 27), "20 h logged in April 2027", "4 entries."),
    (date(2027, 5, 25), "20 h logged in May 2027", "4 entries."),
    (date(2027, 6, 8), "Completed: K1-2, S1, S7, B1", "Said by the apprentice."),
    (date(2027, 6, 8), "Completed: K1-2, S1, S7, B1", "Said by the line manager."),
    (date(2027, 6, 8), "Completed: K1-2, S1, S7, B1", "Said by the provider."),
    (date(2027, 6, 8), "Review held", f"Ready soon. {THERE} {SIGNED}"),
    (date(2027, 6, 8), f"Action done: {CHOOSES}", "By Amara Okoro."),
    (date(2027, 6, 18), "Done: Final portfolio", "Planned for 60 h."),
    (
        date(2027, 6, 22),
        "5 things dealt with",
        "English, Safe use of data, level 2, Behaviours verified by the employer, Employer agrees,"
        " Apprentice agrees. By Grace Park.",
    ),
    (date(2027, 6, 22), "English requirement met", ""),
    (date(2027, 6, 22), "20 h logged in June 2027", "4 entries."),
    (date(2027, 6, 25), "Provider agrees", "By Grace Park."),
    (date(2027, 6, 25), "Passed the gateway", ""),
    (date(2027, 7, 28), "Completed the apprenticeship", "Distinction. Kept on, permanent."),
)


class Apprenticeship(Record):
    """What the line manager does, from August 2026 to July 2027."""

    def begins(self) -> None:
        """17 August 2026: enrolled, paid, the checklist of the start."""
        person = self.person
        person.press("Ctrl+Shift+N")
        person.until(lambda: QApplication.activeModalWidget(), "for the form")
        self.fill(Given_names="Amara", Family_name="Okoro", Date_of_birth="14/3/2007")
        self.find("Standard", "ST0116")
        self.put("Version", "1.1")
        self.choose("Came as", "New")
        self.fill(Training_starts="7/9/2026", Training_planned_to_end="30/8/2026",
                  Gateway_planned_for="28/5/2027", Apprenticeship_planned_to_end="31/7/2027",
                  Assessment_organisation="Northgate Assessment")  # fmt: skip
        self.choose("English", "Needed")
        self.choose("Maths", "Not needed")
        self.find("Training provider", "Kestrel")
        self.find("Contract", "XMP")
        self.fill(Hours_agreed_in_the_training_plan="190", Contracted_hours="36",
                  Line_manager=MANAGER)  # fmt: skip
        self.look("an end before the start")
        # The first bad move: an end before the start.
        self.save("Training is planned to end on 30 Aug 2026, but it starts on 7 Sep 2026")
        self.look("an end before the start is refused")
        self.put("Training planned to end", "30/5/2027")
        self.save()
        person.until(lambda: self.row().name == NAME, "to be enrolled")
        self.look("enrolled")
        self._is_paid()
        self._start_is_checked()
        self._is_planned()

    def _is_paid(self) -> None:
        self.go("Pay")
        self.press_button("Record pay…")
        self.put("Pay", "20000")
        self.save()
        # 20,000 / 52.1429 weeks / 36 h = 20,000 / 1,877.14 = 10.654…, rounded down; due is the
        # apprentice rate of April 2026, for she is in her first year.
        self.sees("£10.65", "£8.00")
        self.look("pay")

    def _start_is_checked(self) -> None:
        """Eleven items in two goes: the first six, and the five that are left."""
        person = self.person
        self.go("Start and gateway")
        self.sees("11 items still open.")
        self.to_list()
        person.press("Home", *["Shift+Down"] * 5, "Space")
        self.sees("5 items still open.")
        self.look("six of eleven ticked off")
        self.to_list()
        person.press("Home", *["Down"] * 6, *["Shift+Down"] * 4, "Space")
        self.sees("Everything is seen to.")
        self.look("the start is seen to")

    def _is_planned(self) -> None:
        """60 + 70 + 60 = 190 h; what touches S7 comes after the gateway until it is moved."""
        self.go("Learning plan")
        self.plans("Foundations of data", "Provider", "12/10/2026", "30/11/2026", "60", "K1-2, S1")
        self.plans("Workplace project", "Employer", "11/1/2027", "26/2/2027", "70", "K2, B1")
        self.plans("Final portfolio", "Employer", "1/6/2027", "11/6/2027", "60", "S7")
        late = "S7 is first touched after the gateway (1 Jun 2027, gateway 28 May 2027)."
        self.sees(late, "1 activity is planned after the planned end of training, 30 May 2027:"
                        " Final portfolio (11 Jun 2027).")  # fmt: skip
        self.look("a KSB that comes too late")
        self.to_list()
        self.person.press("End", "F2")
        self.fill(First_day="4/5/2027", Last_day="21/5/2027")
        self.save()
        self.person.until(lambda: not self.person.sees("S7 is first touched after"), "to be early")
        assert not self.person.sees("planned after the planned end")
        self.look("no KSB comes too late")

    def first_review(self) -> None:
        """16 and 24 November 2026: ten days of training logged, the first review."""
        person = self.person
        self.on(date(2026, 11, 16))
        self._sessions_come_again()
        self.go("Reviews")
        # 84 days after 7 September: 23 in September, 31 in October, 30 in November.
        self.sees("None is recorded as held yet.", "the next by 30 Nov 2026.")
        self.press_button("Plan a review")
        self.fill(Day="24/11/2026", Time="10:00", Place="Room 3", For_the_provider=TUTOR)
        self.look("a review is planned")
        self.save()
        self.prepare("How do the evenings go?")
        # The second bad move: a review held in the future.
        self.press_button("Record that it was held")
        self.put("Held on", "24/11/2026")
        self.save("24 Nov 2026 is still to come.")
        self.look("a review in the future is refused")
        self.leave()
        self.on(date(2026, 11, 24))
        self.confirm(2, together=60)
        # The next is proposed for 84 days later: 6 in November, 31, 31, 16 in February.
        self.hold("Going well.", "16/02/2027", (READS, "15/1/2027"), "")
        self.go("KSBs")
        person.press("Ctrl+F", "Tab")
        self.to_list()
        person.press("Home", "Shift+Down", "2")  # K1 and K2 are in progress, says the manager
        self.sees("Of 5 KSBs 2 are in progress and 3 are not started.")
        # Twelve Tuesdays with the class, which names K1-2 and S1: 12 x 5 h = 60 h for each of them,
        # the last today.  60 h together, for an entry counts once however many it names.
        classes, nothing = ("", "60:00", "24/11/2026"), ("", "", "")
        assert self.ksbs() == {
            "K1": classes,
            "K2": classes,
            "S1": classes,
            "S7": nothing,
            "B1": nothing,
        }
        self.sees("60 h of counting entries name a KSB.", "Without any evidence: K1-2, S1, S7, B1.")
        self.look("two KSBs in progress")

    def _sessions_come_again(self) -> None:
        """Ten Tuesdays have come, what follows is proposed each week: see TUESDAYS."""
        person = self.person
        person.press("Ctrl+3", "Ctrl+Shift+R")
        self.put("What was learned", "Data class")
        self.put("First day", "8/9/2026")
        self.put("Hours for all", "5")
        self.find("Activity", "teaching of")
        self.put("KSBs", "K1-2, S1")
        person.tab_to("Who took part")
        person.press("Home", "Space", "Ctrl+Return")
        self.sees("10 of 10 ticked")
        self.put("To", "15/6/2027")
        self.look("ten days of a session")
        # 41 Tuesdays, 10 of them gone; nobody knows yet that four are in a break.
        self.sees("10 of 10 ticked", "31 days to come")
        person.press("Ctrl+Return")
        person.until(lambda: self.minutes() == 50 * 60, "for 50 h")

    def break_begins(self) -> None:
        """8 February 2027: 60 h were due, 110 h are logged; 28 days without training begin."""
        self.on(date(2027, 2, 8))
        self.confirm(10, together=110)
        self.go("Learning plan")
        self.is_done("Foundations of data", "30/11/2026", row=0)
        self.sees("Planned to date 60 h, logged 110 h: 50 h ahead of the plan.")
        # 190 - 110 = 80 h in the 111 days after today (20 + 31 + 30 + 30): 80 x 7 / 111 = 5.045.
        self.figures(planned=60, logged=110, needed=Fraction(80 * 60 * 7, 111))
        self.move("Start a break…")
        self.put("First day of the break", "8/2/2027")
        self.put("Reason", "Family")
        # Today counts among the days left, so they are 112.  Training has to last 242 days: 24 in
        # September, 31, 30, 31, 31, 28, 31, 30 are 236, and 6 in May.
        self.sees(
            "112 days of training from 8 Feb 2027 to the planned end 30 May 2027",
            "Until 6 May 2027; moves out by each day of the break",
            "Due by 16 Feb 2027; moves by each day of the break",
            "At least 28 days, so to 7 Mar 2027 or later",
        )
        self.look("what comes of a break")
        self.save()
        self.sees("on a break")
        self._cannot_complete()

    def _cannot_complete(self) -> None:
        """The third bad move: completing from a break.  It is not offered, and it is refused."""
        self.look("completing is not offered")
        assert not self.offered("Record a move", "Completed…")
        store = self.person.desk.store
        try:
            with store.change("Complete from a break") as session:
                programmes.complete(session, self.key, self.clock.day, today=self.clock.day)
        except Problem as problem:
            refused = str(problem)
        assert "An apprenticeship that is on a break cannot become completed." in refused
        assert "Record the return from the break first." in refused

    def comes_back(self) -> None:
        """8 March 2027: back since today, with 28 days added to the end, the gateway, the plan."""
        self.on(date(2027, 3, 8))
        self.go("Learning plan")
        assert self.badges("plan") == ["Done", "Overdue", "Planned"]
        # 60 + 70 h were due by 26 February, in the break.
        self.sees("Planned to date 130 h, logged 110 h: 20 h below the plan.",
                  "1 activity is overdue, 70 h: Workplace project (due 26 Feb 2027).")  # fmt: skip
        self.move("Back from a break…")
        self.put("Last day of the break", "7/3/2027")
        # After today 23 + 30 + 30 = 83 days are left to 30 May: 80 x 7 / 83 = 6.747 h a week.
        self.sees("Look: stays 30 May 2027; as many days of training as before would end on"
                  " 27 Jun 2027", "6.7 h a week")  # fmt: skip
        self.look("the end is not moved yet")
        self.put("Training now planned to end", "27/6/2027")
        self.put("Apprenticeship now planned to end", "28/8/2027")
        # And 111 to 27 June, as many as on the day the break began: 80 x 7 / 111 = 5.045.
        self.sees(
            "8 Feb 2027 to 7 Mar 2027, 28 days",
            "30 May 2027 → 27 Jun 2027",
            "6.7 h a week with the old end → 5.0 h a week",
            "Until 3 Jun 2027, the break left out",  # 6 May and 28 days
            "Due by 16 Mar 2027",  # 16 February and 28 days
        )
        self.look("what comes of the return")
        self.person.press("Ctrl+Return")
        self._is_offered_what_comes_next()
        self.person.press("Ctrl+2", "F2")
        self.put("Gateway planned for", "25/6/2027")
        self.save()
        self._plan_has_moved()
        self._moves_review()

    def _is_offered_what_comes_next(self) -> None:
        """The plan, of which nothing has moved yet, and how the gateway stands."""
        # 80 h are left.  In the last 56 days 28 were training, 20 h on four Tuesdays: 5 h a week.
        # So 16 weeks, 112 days from 8 March on: 23 in March, 30, 31, and 28 in June.
        self.sees("2 activities of the plan end on 8 Feb 2027, when the break began, or after, and"
                  " stay on their old days until they are moved.",
                  "The gateway is not possible before 28 Jun 2027: Required off-the-job hours. It"
                  " is planned for 28 May 2027, too early now.")  # fmt: skip
        self.figures(planned=130, logged=110, needed=Fraction(80 * 60 * 7, 111))
        self.look("what comes next is offered")
        self.person.press("Return")
        self.sees("2 activities move 28 days later.")
        self.look("the plan moves by the break")
        self.save()

    def _plan_has_moved(self) -> None:
        """What is open moved by the 28 days: to 26 March and 1 to 18 June."""
        self.go("Learning plan")
        # The project is due on 26 March now, so 60 h were due: 110 - 60 = 50 h ahead again.
        self.sees("Planned to date 60 h, logged 110 h: 50 h ahead of the plan.")
        assert not self.person.sees("S7 is first touched after")  # 1 June, gateway 25 June
        days = [(each.title, each.starts_on, each.due_on) for each in self.plan()]
        assert days == [
            ("Final portfolio", date(2027, 6, 1), date(2027, 6, 18)),
            ("Foundations of data", date(2026, 10, 12), date(2026, 11, 30)),
            ("Workplace project", date(2027, 1, 11), date(2027, 3, 26)),
        ]
        self.figures(planned=60, logged=110, needed=Fraction(80 * 60 * 7, 111))
        self.look("the plan after the return")

    def _moves_review(self) -> None:
        self.go("Reviews")
        self.sees("the next by 16 Mar 2027.")
        self.chooses_newest()
        self.menu("More for reviews", action="Move, or ask others…")
        self.put("Day", "16/3/2027")
        self.save()
        self.prepare("Is the way back easy?")
        self.look("the second review is moved")

    def second_review(self) -> None:
        """16 March 2027, four weeks later than planned at first: just in time."""
        self.on(date(2027, 3, 16))
        self.confirm(2, together=120, of=6)  # the four of the break are shown, and not ticked
        # 84 days later: 15 in March, 30, 31, 8 in June.
        self.hold("Back again.", "08/06/2027", (CHOOSES, "1/6/2027"), READS)

    def week_changes(self) -> None:
        """29 March 2027: from today on 30 instead of 36 h a week; what holds the gateway back."""
        self.on(date(2027, 3, 29))
        self.confirm(1, together=125)
        self.go("Learning plan")
        self.is_done("Workplace project", "26/3/2027", row=1)
        self.move("Other weekly hours…")
        self.fill(From="29/3/2027", Contracted_hours_a_week="30")
        # Of 294 days 203 (24 + 31 + 30 + 31 + 31 + 28 + 28) are with 36 h, 91 with 30 h: the mean
        # is (203 x 2,160 + 91 x 1,800) / 294 = 2,048.6 minutes, rounded up 34 h 9 m.
        # 20,000 / 52.1429 / 30 = 12.785…, rounded down.
        self.sees("36 h → 30 h from 29 Mar 2027", "36 h → 34 h 9 m", "£12.78",
                  "it does not depend on weekly hours",
                  "190 h stay until the training plan is agreed anew")  # fmt: skip
        self.look("what comes of other hours")
        self.save()
        self.go("Reviews")
        self.chooses_newest()
        self.prepare("What is left to learn?")
        self.go("Start and gateway")
        self.person.tab_to(self.switch("Before the start"))
        self.person.press("Right")
        # In the last 56 days 28 were training, with 20 h: 5 h a week.  65 h are left: 13 weeks, so
        # the hours are done on 28 June, ten days after the last activity of the plan.
        self.sees("Not before 28 Jun 2027: Required off-the-job hours.",
                  "125 h of 190 h logged; at the present pace of 5.0 h a week all on 28 Jun 2027.",
                  "Not known or without a day: English and Safe use of data, level 2.",
                  "After the gateway to completion: apprenticeship assessment"
                  " (Northgate Assessment).")  # fmt: skip
        self.look("what holds the gateway back")

    def third_review(self) -> None:
        """8 June 2027: the last review; all three say of all five KSBs that they are complete."""
        self.on(date(2027, 6, 8))
        self.confirm(11, together=180)
        # The rule would ask for another: 22 days in June, 31, 31.
        self.hold("Ready soon.", "31/08/2027", None, CHOOSES)
        self.go("KSBs")
        for voice, steps in (("Line manager", 0), ("Provider", 1), ("Apprentice", 1)):
            if steps:
                self.person.tab_to({"Provider": "Line manager", "Apprentice": "Provider"}[voice])
                self.person.press("Right")
            self.to_list()
            self.person.press("Ctrl+A", "4")
        self.sees("Of 5 KSBs 5 are completed.")
        self.look("all KSBs completed")

    def gateway(self) -> None:
        """22 and 25 June 2027: the rest of the hours and of the plan, then item by item."""
        person = self.person
        self.on(date(2027, 6, 22))
        self.confirm(1, together=185)
        person.press("Ctrl+L")
        person.write("okoro 5 22 jun workshop Portfolio shown S7, B1")
        person.press("Return")
        person.until(lambda: self.minutes() == ALL_MINUTES, "for 190 h")
        person.press("Escape")
        self._ksbs_add_up()
        self.go("Learning plan")
        self.is_done("Final portfolio", "18/6/2027", row=2)
        self.sees("Planned to date 190 h, logged 190 h: just as planned.")
        self.go("Start and gateway")
        self.sees("Not known or without a day: English and Safe use of data, level 2.")
        # In the list: hours, duration, English, maths, the qualification, activities, behaviours,
        # and who agrees: employer, apprentice, provider.
        for row, left in ((2, 5), (4, 4), (6, 3), (7, 2), (8, 1)):
            self.ticks(row, left)
        self.sees("It can be passed now. To be seen to by somebody: Provider agrees.")
        self.look("one item is left")
        # The fourth bad move: a gateway with an open item that nobody heeded.
        self.move("Passed the gateway…")
        self.put("Gateway passed on", "22/6/2027")
        self.save("1 item of the checklist still open: Provider agrees.")
        self.look("a gateway with an open item is refused")
        self.leave()
        self.on(date(2027, 6, 25))
        self.go("Start and gateway")
        self.ticks(9, 0)
        self.move("Passed the gateway…")
        self.put("Gateway passed on", "26/6/2027")
        self.sees("The gateway was passed on 26 Jun 2027, which is still to come.")
        self.put("Gateway passed on", "25/6/2027")
        self.sees("Everything is met", "190 h of 190 h logged")
        self.save()
        self.sees("The gateway was passed on 25 Jun 2027.")
        self.look("the gateway is passed")

    def _ksbs_add_up(self) -> None:
        """Two entries have something to show for them: the last class, and the portfolio."""
        self.shows("Showed the class how a join works.", date(2027, 6, 15))
        self.shows("The portfolio was shown to the team.", date(2027, 6, 22))
        self.go("KSBs")
        # 37 Tuesdays with the class, to 15 June: 37 x 5 h = 185 h for each of K1, K2 and S1.  The
        # portfolio of 22 June names S7 and B1: 5 h for both.  185 + 5 = 190 h together.
        classes, portfolio = ("1", "185:00", "15/06/2027"), ("1", "5:00", "22/06/2027")
        assert self.ksbs() == {
            "K1": classes,
            "K2": classes,
            "S1": classes,
            "S7": portfolio,
            "B1": portfolio,
        }
        self.sees("Of 5 KSBs 5 are completed.", "190 h of counting entries name a KSB.")
        assert not self.person.sees("Without any evidence")
        self.look("evidence, hours and last day of each KSB")

    def completes(self) -> None:
        """30 July 2027: completed on the 28th; the record, and the last move taken back."""
        person = self.person
        self.on(date(2027, 7, 30))
        self.go("Story")
        self.move("Completed…")
        self.put("Completed on", "31/7/2027")
        self.sees("Completed on 31 Jul 2027, which is still to come.")
        self.put("Completed on", "28/7/2027")
        self.choose("Grade", "Distinction")
        self.choose("Went on to", "Kept on, permanent")
        self.sees("190 h of 190 h logged", "Over since 3 Jun 2027")
        self.look("what comes of the completion")
        self.save()
        self._tells()
        person.press("Ctrl+Shift+P")
        self.save_file("record")
        assert self.row().status is Status.COMPLETED
        person.press("Ctrl+Z")
        person.until(lambda: self.row().status is Status.IN_ASSESSMENT, "for the undo")
        self.look("the completion is taken back")
        person.press("Ctrl+Shift+Z")
        person.until(lambda: self.row().status is Status.COMPLETED, "for the redo")
        self.look("completed again")

    def _tells(self) -> None:
        """Look at the story: every line of it, in the order of time."""
        part = self.person.window.page("apprentice").part("story")
        told = [(each.told.on, each.told.what, each.told.details) for each in part.model.shown]
        assert told == list(STORY)
        self.sees(f"{len(STORY)} shown")
        self.look("the story")


def play(desk: Path, folder: Path, pictures: Path | None) -> None:
    """Go through the apprenticeship from its first day to its last."""
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder)
    (folder / "Documents").mkdir()
    os.chdir(folder)
    settings.save(settings.Settings(theme="light", my_name=MANAGER))
    clock = MovingClock(date(2026, 8, 17))
    with at_the_window(str(desk), folder, clock) as person:
        it = Apprenticeship(person, clock, pictures, NAME)
        QDesktopServices.setUrlHandler("file", it.viewer, "show")
        it.begins()
        it.first_review()
        it.break_begins()
        it.comes_back()
        it.second_review()
        it.week_changes()
        it.third_review()
        it.gateway()
        it.completes()
        assert person.steps.clicks == 0


def main() -> int:
    """Play it."""
    faulthandler.dump_traceback_later(SECONDS_AT_MOST, exit=True)
    desk, folder = Path(sys.argv[1]), Path(sys.argv[2])
    play(desk, folder, Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
