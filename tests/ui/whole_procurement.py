"""A whole procurement at the real window, from the first day planned to the order form.

Called as a program it plays it with the keyboard alone: DESK FOLDER [PICTURES].  The desk is one
that ``buying_desk`` of test_whole_procurement.py has filled: a standard, a provider and a borough.
It ends with what was in the way if something cannot be done.  PICTURES is a folder that gets a
picture of each step, to be looked at.

Exampleton buys training for six software developers, under the Procurement Act 2023 and by the open
procedure, so the contract has to wait.  Kestrel Skills and Quillfeather Academy bid in time,
Zephyrine Training comes eleven minutes late.  Points, by hand:

                      Kestrel Skills                   Quillfeather Academy
Teaching, 45%         5 of 5:   5/5 x 45 = 45.00       3 of 5:   3/5 x 45 = 27.00
Support, 25%          4 of 5:   4/5 x 25 = 20.00       4.5 of 5: 4.5/5 x 25 = 22.50
Price, 30%            £13,000: 12,350/13,000 x 30      £12,350, the lowest:
                                = 0.95 x 30 = 28.50              30.00
Total                                       93.50                 79.50

The notice goes out on Monday 19 October 2026.  Eight working days beginning with that day: 19 to 23
October are five, 26, 27 and 28 are three, so the standstill ends on Wednesday 28 October.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton

from apprentice_desk import settings
from apprentice_desk.records.keeping_documents import DocumentRow, document_rows
from apprentice_desk.records.procurement_overview import ProcurementOverview, procurement_overviews
from apprentice_desk.ui.kit.table import RowsTable
from ui.hands import Hands, MovingClock
from ui.playing_jobs import at_the_window

SECONDS_AT_MOST = 420
BUYS, CONTRACT = "P-2026-7", "C-2026-7"
TITLE = "Software developers, autumn cohort"
WANTED = "Six developers in two teams learn one day a week."
WINNER, LOSER, LATE = "Kestrel Skills", "Quillfeather Academy", "Zephyrine Training"
OFFICER = "Grace Park"
BIDDERS: dict[str, dict[str, str]] = {
    WINNER: {
        "Whom you write to": "Kara Ilesanmi",
        "Email": "bids@kestrel.example",
        "Address": "1 Kestrel Walk, Exampleton",
        "Unique identifier": "KEST-1001",
    },
    LOSER: {
        "Whom you write to": "Quentin Moss",
        "Email": "bids@quillfeather.example",
        "Address": "2 Quill Street, Exampleton",
        "Unique identifier": "QUIL-2002",
    },
    LATE: {
        "Whom you write to": "Zara Lund",
        "Email": "bids@zephyrine.example",
        "Address": "3 Zephyr Road, Exampleton",
        "Unique identifier": "ZEPH-3003",
    },
}
REASONS = {
    ("Teaching", WINNER): "Kingfisher plan: every week is named, with who teaches it.",
    ("Teaching", LOSER): "Quince plan: half of the weeks are named.",
    ("Support", WINNER): "Two coaches answer within a day.",
    ("Support", LOSER): "Coaches answer within a day and see line managers each month.",
}
SCORES = {("Teaching", WINNER): "5", ("Teaching", LOSER): "3",
          ("Support", WINNER): "4", ("Support", LOSER): "4.5"}  # fmt: skip
EVALUATORS = ("Ada Wren", "Bram Teal")
ASKED = "May our Quillfeather building in Nook Lane be used for workshops?"
PUBLISHED = "May workshops be held at a building of the bidder?"
ANSWERED = "Yes, where apprentices get there within an hour."
DECIDED_BY, REASON = "Head of learning", "The bid with most points, with the fullest teaching plan."
LEFT_OUT = ("Professional indemnity insurance", "Social value")
ORDER = {
    "Who signs for the council": "Iris Okoro",
    "Who signs for the provider": "Kofi Darko",
    "Days to pay an invoice": "30",
    "Years that data are kept": "6",
    "Safeguarding contact": "safe@exampleton.example",
    "Limit of liability": "10000000",
}
ADDRESS = "Town Hall, Exampleton EX1 1AA"
LATE_STORY = "Your bid arrived at 12:11 on 2 October 2026, eleven minutes after the deadline."


class Procurement(Hands):
    """What the officer does, from September to October 2026."""

    # moving

    def reach(self, name: str) -> None:
        """Press Tab until the keyboard is at what is called so, on a page with many stops."""
        for _ in range(160):
            if self.person.keyboard_at() == name:
                return
            self.person.press("Tab")
        raise AssertionError(f"Tab does not lead to “{name}”")

    def do(self, name: str) -> None:
        """Go to a button of the page and press it."""
        self.reach(name)
        self.person.press("Space")

    def find_by(self, words: str, page: str) -> None:
        """Search for something, and go to its page."""
        self.person.press("Ctrl+K")
        self.person.write(words)
        self.person.press("Return")
        self.person.until(lambda: self.person.window.shown == page, f"for the {page}")

    def opens(self) -> None:
        """Go to the page of the procurement."""
        self.find_by(BUYS.casefold(), "procurement")

    def begin(self, button: str) -> None:
        """Press a button of the page that opens a form."""
        self.do(button)
        self.person.until(QApplication.activeModalWidget, f"for the form of {button}")

    def says_yes_or_no(self, label: str, answer: str) -> None:
        """Choose an answer with the arrow keys."""
        every = [f"{label}: {each}" for each in ("Yes", "No", "Not known")]
        self.tab_until(lambda: self.person.keyboard_at() in every, label)
        steps = every.index(f"{label}: {answer}") - every.index(self.person.keyboard_at())
        self.person.press(*["Right" if steps > 0 else "Left"] * abs(steps))
        here = QApplication.focusWidget()
        assert isinstance(here, QRadioButton)
        assert here.isChecked()
        assert self.person.keyboard_at() == f"{label}: {answer}"

    @property
    def known(self) -> ProcurementOverview:
        """Return what the desk holds of the procurement."""
        (found,) = self.read(procurement_overviews)
        return found  # type: ignore[no-any-return]

    @property
    def issued(self) -> tuple[DocumentRow, ...]:
        """Return what was issued so far."""
        return self.read(document_rows)  # type: ignore[no-any-return]

    @property
    def stages(self) -> tuple[Callable[[], None], ...]:
        """Return what is done, one after the other."""
        return (self.plans, self.invites, self.answers_questions, self.bids_come, self.scores,
                self.decides, self.writes_letters, self.contracts, self.orders)  # fmt: skip

    # the call

    def plans(self) -> None:
        """1 September 2026: what is bought, its days, criteria, evaluators, who is asked."""
        self.find_by("procurements", "procurements")
        self.begin("Add procurement")
        self.fill(Reference=BUYS, Title=TITLE, Standards="ST0116", Apprentices_expected="6",
                  What_is_wanted=WANTED)  # fmt: skip
        self.choose("Procurement law", "Procurement Act 2023")
        self.says_yes_or_no("Light touch service", "No")
        self.choose("Route to market", "Open procedure")
        self.put("Most that may be spent, with VAT", "240000")
        self.put("Published notices", "2026/S 000-000007")
        self.put("Bids and questions go to", "buying@exampleton.example")
        self.fill(Starts="2/11/2026", Ends="1/11/2028", May_be_extended_to="1/11/2029",
                  Highest_score="5")  # fmt: skip
        self.choose("Price becomes points as", "Lowest price")
        self.put("The price compared is of", "training and assessment of one apprentice")
        self.put("Looked after by", OFFICER)
        self.look("what is bought")
        self.save()
        self.opens()
        self._days_are_planned()
        for name, weight, asks in (
            ("Teaching", "45", "How do you teach week by week?"),
            ("Support", "25", "How do you support apprentices and line managers?"),
        ):
            self.begin("Add a criterion…")
            self.fill(Criterion=name, Weight_of_100=weight, What_bidders_are_asked=asks)
            self.save()
        self.begin("Add a criterion…")
        self.fill(Criterion="Price", Weight_of_100="30")
        self.press_button("This is price")
        self.save()
        self.sees("The weights come to 100")
        for name in EVALUATORS:
            self.begin("Add an evaluator…")
            self.fill(Name=name, Interests_declared_on="today", What_was_declared="None.")
            self.save()
        for name, details in BIDDERS.items():
            self._is_asked(name, details)
        self.look("ready to go out")

    def _days_are_planned(self) -> None:
        for kind, day, at in (
            ("Invitation goes out", "7/9/2026", ""), ("Last day for questions", "18/9/2026", ""),
            ("Answers out by", "22/9/2026", ""), ("Bids due", "2/10/2026", "12:00"),
            ("Decision by", "16/10/2026", ""), ("Contract signed by", "30/10/2026", ""),
            ("Training starts", "2/11/2026", ""),
        ):  # fmt: skip
            self.begin("Add a day…")
            self.choose("What the day is", kind)
            self.put("Planned for", day)
            if at:
                self.put("Time", at)
            self.save()

    def _is_asked(self, name: str, details: dict[str, str]) -> None:
        self.begin("Add a bidder…")
        if name == WINNER:
            self.find("Provider", "Kestrel")
        else:
            self.put("Or its name", name)
        for label, text in details.items():
            self.put(label, text)
        self.save()

    # documents

    def new_document(self, name: str, about: str = "") -> None:
        """Begin a document on the page that is shown."""
        self.begin("New document…")
        self.choose("Document", name)
        if about:
            self.find("About", about)
        self.person.press("Ctrl+Return")
        self.person.until(lambda: self.person.window.shown == "document", "for the document")

    def answers(self, **texts: str) -> None:
        """Type into fields of the document."""
        for label, text in texts.items():
            self.answer(label.replace("_", " "), text)

    def answer(self, label: str, text: str) -> None:
        """Type over what stands in a field of the document."""
        self.reach(label)
        self.person.press("Ctrl+A")
        self.person.write(text)

    def issues(self, keys: str, name: str) -> Path:
        """Issue what is shown under a name, and see that it stands there."""
        path = self.person.folder / "Documents" / name
        self.person.press(keys)
        assert QApplication.activeModalWidget() is not None, self.lacks()
        self.person.press("Ctrl+A")
        self.person.write(name)
        self.person.press("Return")
        self.person.until(path.exists, f"for {name}")
        self.person.settle()
        return path

    def lacks(self) -> list[str]:
        """Say what keeps the document from being issued."""
        prepared = self.person.window.page("document").prepared
        return [f"{each.place.field}: {each.message}" for each in prepared.findings]

    def invites(self) -> None:
        """7 September: the invitation, issued, taken back, issued again after all."""
        self.on(date(2026, 9, 7))
        self.opens()
        self.new_document("Invitation to quote")
        self.look("an invitation is begun")
        self.person.press("Ctrl+S")
        self.sees("This document is not ready")
        self.look("what an invitation lacks")
        self._officer_is_told()
        self.answers(Most_words_for_one_answer="750", Days_that_a_bid_stays_open="90",
                     Notice_period="3 months", Public_liability_insurance="5000000",
                     Data_protection_officer="dpo@exampleton.example",
                     Who_hears_complaints="Head of procurement, complaints@exampleton.example",
                     )  # fmt: skip
        self.answer("Employers' liability insurance", "10000000")
        self.look("an invitation is whole")
        self.issues("Ctrl+S", "invitation.pdf")
        assert not self.person.sees("This document is not ready")
        self.look("an invitation is issued")
        assert len(self.issued) == 1
        self.person.press("F7", "Ctrl+Z")  # from the form: there Ctrl+Z takes back what was typed
        self.person.until(lambda: not self.issued, "for the undo")
        self.person.press("Ctrl+Shift+Z")
        self.person.until(lambda: len(self.issued) == 1, "for the redo")
        self.issues("Ctrl+Shift+S", "invitation.docx")
        self.person.until(lambda: len(self.issued) == 2, "for the Word file")
        # It went out: the procurement is out to bidders.
        self.opens()
        self.changes("Timetable", 0, Done_on="7/9/2026")
        self.sees("Out to bidders")

    def _officer_is_told(self) -> None:
        self.answer("Officer's name", OFFICER)
        self.answer("Officer's job title", "Learning officer")
        self.answer("Officer's email address", "grace.park@exampleton.example")

    def changes(self, the_list: str, row: int, **texts: str) -> None:
        """Change what stands in a row of a list of the page."""
        self.reach(the_list)
        self.person.press("Home", *["Down"] * row, "F2")
        self.person.until(QApplication.activeModalWidget, f"for the form of {the_list}")
        self.fill(**texts)
        self.save()

    def answers_questions(self) -> None:
        """18 September: a question comes, and is published without saying who asked."""
        self.on(date(2026, 9, 18))
        self.opens()
        self.begin("Add a question…")
        self.choose("Asked by", LOSER)
        self.fill(Question_as_it_came=ASKED, Question_as_bidders_read_it=PUBLISHED,
                  Answer=ANSWERED, Published_on="18/9/2026")  # fmt: skip
        self.look("a question")
        self.save()

    def bids_come(self) -> None:
        """2 October: two bids in time with their prices, one too late."""
        self.on(date(2026, 10, 2))
        self.opens()
        for row, price in enumerate(("13000", "12350", "")):
            self.reach("Bidders")
            self.person.press("Home", *["Down"] * row, "F2")
            self.choose("How things stand", "Bid received" if price else "Bid came too late")
            self.put("Answered on", "2/10/2026")
            if price:
                self.put("Price", price)
            self.save()
        for name, training, assessment in ((WINNER, "11800", "1200"), (LOSER, "11500", "850")):
            self.begin("Add a price…")
            self.choose("Bidder", name)
            self.find("Standard", "ST0116")
            self.fill(Training=training, Assessment=assessment)
            self.save()
        self.look("bids are in")

    def scores(self) -> None:
        """12 October: each evaluator scores, then they agree."""
        self.on(date(2026, 10, 12))
        self.opens()
        for the_list, is_agreed in (
            ("Scores of the evaluators", False),
            ("Moderated scores", True),
        ):
            self.reach(the_list)
            table = QApplication.focusWidget()
            assert isinstance(table, RowsTable)
            for row, shown in enumerate(table.rows.shown):
                self.person.press("Home", *["Down"] * row, "F2")
                self.person.until(QApplication.activeModalWidget, "for the score")
                which = (shown.title, shown.row[0])
                self.put("Score agreed" if is_agreed else "Score", SCORES[which])
                own = "Own words of one evaluator."
                self.put("Reason", REASONS[which] if is_agreed else own)
                if is_agreed:
                    self.put("Agreed on", "12/10/2026")
                self.save()
        self.look("scored and agreed")
        # 45 + 20 + 28.50 and 27 + 22.50 + 30
        self.sees_ranking(("1", WINNER, "93.50"), ("2", LOSER, "79.50"))

    def sees_ranking(self, *rows: tuple[str, str, str]) -> None:
        """Look at the ranking on the page."""
        model = self.person.window.page("procurement").part("decision").table.rows
        found = [tuple(each.text(row) for each in model.columns[:3]) for row in model.shown]
        assert found == list(rows)

    def decides(self) -> None:
        """16 October: the bid with most points."""
        self.on(date(2026, 10, 16))
        self.opens()
        self.begin("Decide…")
        self.fill(Decided_by=DECIDED_BY, Reason=REASON)
        self.look("the decision")
        self.save()
        self.sees("Decided for")
        self.look("decided")

    def writes_letters(self) -> None:
        """19 October: the day of the notice, and three letters that say the standstill's end."""
        self.on(date(2026, 10, 19))
        self.opens()
        self.begin("Letters and standstill…")
        self.fill(Letters_went_out_on="19/10/2026", Award_notice_published_on="19/10/2026")
        self.save()
        self.sees("It lasts to the end of Wed 28 Oct 2026.")
        self.look("the standstill runs")
        self.new_document("Award letter")
        self.look("an award letter is begun")
        self.answer("The council's address", ADDRESS)
        self.answer("Papers before signing due by", "26/10/2026")
        self.answer("First meeting", "Tuesday 3 November 2026, 10:00, Town Hall")
        self.issues("Ctrl+S", "award.pdf")
        self.look("an award letter is issued")
        self._others_are_told()

    def _others_are_told(self) -> None:
        """Both at once: what only the late one is to be told is missing there, and is said."""
        self.opens()
        self.new_document("Unsuccessful letter", LOSER)
        self.look("an unsuccessful letter is begun")
        self.do("Issue for all…")
        self.person.press("Ctrl+A")
        self.person.write("letters")
        self.person.press("Return")
        self.sees("1 document left out.", LATE)
        self.look("one of two letters is issued")
        assert len(self.issued) == 4
        assert self.person.sees("1 document left out.")
        self.opens()
        self.new_document("Unsuccessful letter", LATE)
        self.answer("What happened to the bid", LATE_STORY)
        self.look("the letter to the late one")
        self.issues("Ctrl+S", "late.pdf")
        assert not self.person.sees("1 document left out.")
        assert len(self.issued) == 5

    # the contract

    def contracts(self) -> None:
        """29 October, the first day after the standstill: the contract, and what it lacks yet."""
        self.on(date(2026, 10, 29))
        self.opens()
        self.begin("Make the contract…")
        self.put("Reference", CONTRACT)
        self.look("the contract as the procurement gives it")
        self.fill(Notice_period="3")
        self.choose("Counted in", "Months")
        self.says_yes_or_no("Open to joint buying", "No")
        self.choose("The provider is", "Controller of its own")
        self.save()
        self.person.until(lambda: self.person.window.shown == "contract", "for the contract")
        self.look("the contract is made")
        self.begin("Add an extension")
        self.fill(Goes_on_to="1/11/2029", Decide_by="1/8/2028")
        self.save()
        self.reach("How the provider is doing")
        self.person.press("Home", "Return")
        self.sees("Agreed: progress reviews held on time")
        self.put("At least, per cent", "95")
        self.save()
        self.look("the contract has all")

    def orders(self) -> None:
        """The order form, as PDF and for Word."""
        self.find_by(CONTRACT.casefold(), "contract")
        self.new_document("Order form")
        self.look("an order form is begun")
        for title in LEFT_OUT:
            self.is_out(title)
        for label, text in ORDER.items():
            self.answer(label, text)
        self.look("an order form is whole")
        self.issues("Ctrl+S", "order.pdf")
        self.issues("Ctrl+Shift+S", "order.docx")
        self.look("an order form is issued")
        assert len(self.issued) == 7

    def is_out(self, title: str) -> None:
        """See that an optional clause is left out: the invitation did not have it either."""
        self.reach(title)
        box = QApplication.focusWidget()
        assert isinstance(box, QCheckBox)
        if box.isChecked():
            self.person.press("Space")
            self.reach(title)
        assert not box.isChecked()


def play(desk: Path, folder: Path, pictures: Path | None) -> None:
    """Do all of it."""
    (folder / "Documents" / "letters").mkdir(parents=True)
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder)  # so Documents lie in it
    os.chdir(folder)
    settings.save(settings.Settings(theme="light", prepared_by=OFFICER))
    if pictures is not None:
        pictures.mkdir(exist_ok=True)
    clock = MovingClock(date(2026, 9, 1))
    with at_the_window(str(desk), folder, clock) as person:
        it = Procurement(person, clock, pictures, OFFICER)
        try:
            for stage in it.stages:
                stage()
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
