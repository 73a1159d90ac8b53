"""How each job is done at the window, step by step, by somebody who has done it before.

A job is told by ``@job``, with the aim of the person who has it, and ends by looking whether it is
done: in the desk, on the disk, on the page.  What was there before it begins (a file that came in,
a value that was typed wrong) is its ``prepare``.  Where there are two ways the shorter is played.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from apprentice_desk.domain.procuring import StepKind
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records import (
    apprentices,
    contracts,
    hours,
    putting_off,
    returns_sent,
    secondment_overview,
)
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.returns import workbook
from apprentice_desk.sheets import read_workbook
from apprentice_desk.ui.shell.actions import KEYS_OF_PLACES
from returns import london
from ui.person import Person
from ui.starting import NovemberClock

MANAGER, HR, LOTI, ANYBODY = "line manager", "HR officer", "LOTI officer", "anybody"
TODAY = NovemberClock().today()
DESK = "exampleton.desk"
LIST_LENGTH = 400
LONDON = 33


def _nothing(_folder: Path) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Job:
    """One job: who has it, the aim in seconds, and how it is done."""

    name: str
    who: str
    do: Callable[[Person], None]
    at_most: int | None = None
    prepare: Callable[[Path], None] = _nothing
    has_desk: bool = True


JOBS: list[Job] = []


def job(
    name: str,
    who: str,
    *,
    at_most: int | None = None,
    prepare: Callable[[Path], None] = _nothing,
    has_desk: bool = True,
) -> Callable[[Callable[[Person], None]], Callable[[Person], None]]:
    """Add what follows to JOBS."""

    def add(do: Callable[[Person], None]) -> Callable[[Person], None]:
        JOBS.append(Job(name, who, do, at_most, prepare, has_desk))
        return do

    return add


def _known(person: Person, name: str) -> apprentices.Held:
    """Return what the desk holds of somebody."""
    return _held(person.desk.store, name)


def _held(store: Any, name: str) -> apprentices.Held:
    (found,) = [each for each in store.read(apprentices.known_people) if each.name == name]
    held: apprentices.Held = store.read(apprentices.held, found.apprenticeship_id)
    return held


def _change(folder: Path, name: str, **values: object) -> None:
    """Have somebody's record say something else before the job begins."""
    store = open_store(folder / DESK)
    held = _held(store, name)
    with store.change(f"Edit {name}") as session:
        details = replace(held.details, **values)  # type: ignore[arg-type]
        apprentices.correct(session, held.apprenticeship_id, details, held.stamp)
    store.close()


# --- looking ------------------------------------------------------------------------------------


@job("See who needs something and why, from the start", MANAGER, at_most=5)
def _see_who_needs_something(person: Person) -> None:
    assert person.window.shown == "today"
    assert person.sees("Return for July to September 2026 is 43 days late")
    assert person.sees(" behind plan")
    assert person.sees("Progress review for ")


@job("Know that a contract nears its notice date", HR, at_most=1)
def _know_of_a_contract(person: Person) -> None:
    assert person.sees("Notice on contract XMP-2025-021 closes in ")


class _Viewer(QObject):
    """Takes the place of the program that shows PDFs on this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


@job("Get a review pack, from Today's line", MANAGER, at_most=10)
def _get_a_review_pack(person: Person) -> None:
    viewer = _Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")
    try:
        line = "Progress review for Yusuf Demir is 58 days overdue"
        assert person.sees(line)
        person.decide("whose review it is")
        person.click(f"{line}: Open review")
        person.click("Review pack")
        person.until(lambda: viewer.shown, "for the pack to be opened")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert viewer.shown[0].name.startswith("Review pack Yusuf Demir")
    assert viewer.shown[0].read_bytes().startswith(b"%PDF-")
    assert person.steps.clicks == 2


@job("Say yes to a secondment, knowing what it collides with", MANAGER, at_most=60)
def _decide_on_a_secondment(person: Person) -> None:
    person.press(KEYS_OF_PLACES["secondments"])
    person.decide("whose it is")
    cards = person.window.page("secondments").board.lanes.cards
    (card,) = [each for each in cards if each.card.title == "Ravi Menon"]
    person.click(card.accessibleName())
    person.press("Return", "Return")  # to what comes next, and into its dialog
    person.wait_to_see("What it collides with")
    person.decide("whether it may go on, with what stands there")
    if person.sees("Why it may go on all the same"):
        person.write("Held before it")
    person.press("Ctrl+Return")
    (approved,) = [
        each
        for each in person.desk.store.read(secondment_overview.secondment_lines)
        if each.name == "Ravi Menon"
    ]
    assert approved.details.status is SecondmentStatus.APPROVED
    assert approved.moved_on == TODAY


@job("Put a line off on Today", MANAGER)
def _put_a_line_off(person: Person) -> None:
    person.decide("which line can wait")
    person.press("Down")
    line = person.keyboard_at()
    person.press("P", "Tab")  # the day that is offered is right
    person.write("on leave")
    person.press("Return")
    (made,) = person.desk.store.read(putting_off.put_off_rows)
    assert (made.until_on, made.reason) == (TODAY + timedelta(days=7), "on leave")
    assert line
    assert not person.sees(line)
    assert person.sees("Show 1 put off")


@job("Find a person with Ctrl K", ANYBODY)
def _find_a_person(person: Person) -> None:
    person.press("Ctrl+K")
    person.write("obi")
    person.press("Return")
    assert person.window.shown == "apprentices"
    assert person.sees("Ada Obi")
    assert person.sees("against plan to date")


# --- hours ----------------------------------------------------------------------------------------


def _logged(person: Person, before: set[UUID]) -> list[tuple[str, date, int]]:
    rows = [row for row in person.desk.store.read(hours.hours_rows) if row.id not in before]
    return sorted((row.name, row.done_on, row.minutes) for row in rows)


def _lines(person: Person, count: int, *lines: str) -> list[tuple[str, date, int]]:
    """Write lines after Ctrl+L, each ended with Enter; return what they logged."""
    before = {row.id for row in person.desk.store.read(hours.hours_rows)}
    person.press("Ctrl+L")
    for line in lines:
        person.decide("what was done")
        person.write(line)
        person.press("Return")
    person.until(lambda: len(_logged(person, before)) == count, f"{count} entries")
    person.press("Escape")
    return _logged(person, before)


@job("Log the week for three people", MANAGER, at_most=60)
def _log_the_week(person: Person) -> None:
    assert _lines(person, 3, "obi 7.5, marsh 6, petr 3.5") == [
        ("Ada Obi", TODAY, 450), ("Elena Petrova", TODAY, 210), ("Tilly Marsh", TODAY, 360),
    ]  # fmt: skip


@job("Log five entries for three people", MANAGER, at_most=60)
def _log_five(person: Person) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    friday = monday - timedelta(days=3)
    lines = (
        "obi, marsh 3:30 mon workshop AWS essentials K7",
        "petr 6 fri college",
        "obi, petr 2 fri mentoring",
    )
    assert _lines(person, 5, *lines) == [
        ("Ada Obi", friday, 120), ("Ada Obi", monday, 210), ("Elena Petrova", friday, 120),
        ("Elena Petrova", friday, 360), ("Tilly Marsh", monday, 210),
    ]  # fmt: skip
    assert person.steps.keys <= 150
    assert person.steps.clicks == 0


@job("Log a training day for six", MANAGER, at_most=60)
def _log_a_day(person: Person) -> None:
    friday = TODAY - timedelta(days=TODAY.weekday() + 3)
    names = "obi, marsh, petr, demir, menon, mensah"
    found = _lines(person, 6, f"{names} 7 fri college")
    assert {(day, minutes) for _, day, minutes in found} == {(friday, 420)}


# --- records --------------------------------------------------------------------------------------


@job("Correct a value and undo it", ANYBODY)
def _correct_and_undo(person: Person) -> None:
    before = _known(person, "Ada Obi").details
    person.press("Ctrl+K")
    person.write("obi")
    person.press("Return", "F2", *["Ctrl+PgDown"] * 5)  # five headings on are the people
    person.tab_to("Mentor")
    person.write("Sam Ode")
    person.press("Ctrl+Return")
    assert _known(person, "Ada Obi").details == replace(before, mentor="Sam Ode")
    person.press("Ctrl+Z")
    assert _known(person, "Ada Obi").details == before


def _mentor_typed_over(folder: Path) -> None:
    _change(folder, "Ada Obi", mentor="Nobody")


@job("Put back a value from history", ANYBODY, prepare=_mentor_typed_over)
def _put_back(person: Person) -> None:
    assert _known(person, "Ada Obi").details.mentor == "Nobody"
    person.press("Ctrl+K")
    person.write("obi")
    person.press("Return", "Ctrl+H")
    person.decide("which change to take back")
    person.press("Tab", "Return")
    assert _known(person, "Ada Obi").details.mentor != "Nobody"
    person.press("Escape")


@job("Save the list of apprentices as PDF", ANYBODY)
def _save_as_pdf(person: Person) -> None:
    person.press("Ctrl+2", "Ctrl+P", "Return")
    person.wait_to_see("Saved “Exampleton apprentices 2026-11-24.pdf”")
    (made,) = person.folder.rglob("*.pdf")
    assert made.read_bytes().startswith(b"%PDF-")


@job("Begin a new desk from the welcome page", HR, has_desk=False)
def _new_desk(person: Person) -> None:
    person.write("hack")
    person.press("Tab")
    person.write("Digital")
    person.press("Return")
    person.write("copper lantern meadow")
    person.press("Tab")
    person.write("copper lantern meadow")
    person.press("Return", "Return")
    person.until(lambda: person.window.desk is not None, "for the desk")
    person.press("Return")
    person.wait_to_see("Saved “Recovery sheet of hackney.pdf”")
    organisation = person.desk.organisation
    assert (organisation.name, organisation.team) == ("Hackney", "Digital")
    assert Path(person.desk.store.location).name == "hackney.desk"
    assert person.window.shown == "today"


# --- lists ----------------------------------------------------------------------------------------

_HEADINGS = (
    "Apprentice name", "Apprenticeship training course", "Planned start date", "Planned end date",
    "Paused date", "Training provider", "Reference", "ULN", "Date of birth",
    "Total agreed apprenticeship price", "Your reference", "Apprentice confirmation", "Status",
    "Alerts",
)  # fmt: skip


def _ulns() -> list[str]:
    """Return numbers with the right last digit: mod 11, weighted from 10 down to 2."""
    found: list[str] = []
    number = 300_000_000
    while len(found) < LIST_LENGTH:
        number += 1
        weighed = zip(str(number), range(10, 1, -1), strict=True)
        rest = sum(int(digit) * weight for digit, weight in weighed) % 11
        if rest > 0:
            found.append(f"{number}{10 - rest}")
    return found


def _download(folder: Path) -> None:
    """Put a list as the apprenticeship service gives it out into *folder*."""
    with (folder / "apprentices.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(_HEADINGS)
        for number, uln in enumerate(_ulns(), start=1):
            course = "Data analyst, Level: 4 (Standard)"
            lines.writerow((
                f"Testa Person{number}", course, "Sep 2026", "Mar 2028", "", "Thamesbank College",
                f"R{number}", uln, "1 Jan 2001", "15,000", "", "Confirmed", "Live", "",
            ))  # fmt: skip


def _look_whether_all_came_in(person: Person) -> None:
    people = person.desk.store.read(apprentices.known_people)
    assert sum(each.name.startswith("Testa Person") for each in people) == LIST_LENGTH


@job(f"Get a list of {LIST_LENGTH} in, dropped onto the window", HR, at_most=120, prepare=_download)
def _drop_a_list(person: Person) -> None:
    person.drop([person.folder / "apprentices.csv"])
    person.decide("whether the columns are right")
    person.press("Return")
    assert person.sees(f"{LIST_LENGTH} rows read = {LIST_LENGTH} that come in")
    person.decide("whether the sums are right")
    person.press("Ctrl+Return")
    _look_whether_all_came_in(person)


@job(f"Get a list of {LIST_LENGTH} in, by keyboard", HR, at_most=120, prepare=_download)
def _type_a_list(person: Person) -> None:
    person.press("Ctrl+I", "Return")
    person.write("apprentices.csv")  # the dialog stands where it stood last
    person.press("Return")
    person.wait_to_see("Review the rows")
    person.decide("whether the columns are right")
    person.press("Return")
    person.wait_to_see(f"{LIST_LENGTH} rows read = {LIST_LENGTH} that come in")
    person.decide("whether the sums are right")
    person.press("Ctrl+Return")
    _look_whether_all_came_in(person)


# --- the return -----------------------------------------------------------------------------------


@job("Send the quarter's return, from Today to the file", HR, at_most=180)
def _send_the_return(person: Person) -> None:
    person.decide("that the return comes first")
    person.press("Return")
    person.wait_to_see("Return for July to September 2026")
    person.decide("whether what was found may stay")
    person.press("Ctrl+E", "Return")
    person.wait_to_see("Exported revision 1")
    (made,) = person.folder.rglob("*.xlsx")
    assert made.name == "Exampleton return 2026-27 Q2.xlsx"
    assert workbook.read(made).content is not None
    periods = [row.period for row in person.desk.store.read(returns_sent.returns_sent_rows)]
    assert "2026-27 Q2" in periods


def _without_standard(folder: Path) -> None:
    _change(folder, "Ada Obi", standard_code="")


@job("Fix one finding where it stands", HR, at_most=60, prepare=_without_standard)
def _fix_a_finding(person: Person) -> None:
    with person.uncounted():  # it is on Returns that one sees it
        person.press(KEYS_OF_PLACES["returns"])
        person.wait_to_see("1 thing to fix before this is accepted")
    person.press("Return")
    person.decide("what is right")
    person.write("ST0116")
    person.press("Return", "Return")  # takes the line of the list, saves
    assert _known(person, "Ada Obi").details.standard_code == "ST0116"
    assert person.window.shown == "returns"
    assert not person.sees("to fix before this is accepted")


# --- contracts ------------------------------------------------------------------------------------

_REGISTER_LENGTH = 40


def _register(folder: Path) -> None:
    """Put a register of contracts as a procurement team keeps it into *folder*."""
    with (folder / "register.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("Contract Ref", "Supplier", "Contract title", "Start date", "End date",
                        "Contract value (£)", "Notice period", "Contract manager"))  # fmt: skip
        for number in range(1, _REGISTER_LENGTH + 1):
            lines.writerow((
                f"REG-{number}", "Thamesbank College", f"Training {number}", "01/04/2026",
                "31/03/2028", "150000", "3 months", "Grace Park",
            ))  # fmt: skip


@job(f"Get a register of {_REGISTER_LENGTH} contracts in, dropped onto the window", HR,
     at_most=120, prepare=_register)  # fmt: skip
def _drop_a_register(person: Person) -> None:
    person.drop([person.folder / "register.csv"])
    person.decide("whether the columns are right")
    person.press("Return")
    assert person.sees(f"{_REGISTER_LENGTH} rows read = {_REGISTER_LENGTH} that come in")
    person.decide("whether the sums are right")
    person.press("Ctrl+Return")
    rows = person.desk.store.read(contracts.contract_rows, TODAY)
    assert sum(row.reference.startswith("REG-") for row in rows) == _REGISTER_LENGTH


def _invoices(folder: Path) -> None:
    """Put what the finance system paid into *folder*: one row may be the same payment twice."""
    store = open_store(folder / DESK)
    reference = store.read(contracts.contract_rows, TODAY)[0].reference
    store.close()
    with (folder / "payments.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("Contract", "Payment date", "Amount", "Invoice number"))
        for day, invoice in (("03/11/2026", "T-1"), ("04/11/2026", "T-2"), ("04/11/2026", "T-2")):
            lines.writerow((reference, day, "1250.00", invoice))


@job("Tick in payments from a list, one of them twice", HR, at_most=60, prepare=_invoices)
def _tick_payments_in(person: Person) -> None:
    before = len(person.desk.store.read(contracts.payment_rows))
    person.drop([person.folder / "payments.csv"])
    person.decide("whether the columns are right")
    person.press("Return")
    assert person.sees("3 rows read = 2 that come in")
    person.decide("whether the row that looks doubled is another payment")
    person.press("Down", "Down", "Space")
    assert person.sees("3 rows read = 3 that come in")
    person.press("Ctrl+Return")
    assert len(person.desk.store.read(contracts.payment_rows)) == before + 3


_BIDDERS = ("Alder College", "Birch Skills")


@job("Run a procurement from call to decision", HR, at_most=600)
def _run_a_procurement(person: Person) -> None:
    person.press("Ctrl+K")
    person.write("procurements")
    person.press("Return")
    person.click("Add procurement")
    person.write("p-9")
    person.press("Tab")
    person.write("data analysts")
    person.press("Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgDown")
    person.write("5")
    person.press("Ctrl+Return", "Ctrl+K")
    person.write("p-9")
    person.press("Return")
    for name, day in zip(_BIDDERS, ("1", "2"), strict=True):
        person.tab_to("Add a bidder…")
        person.press("Space", "Tab")
        person.write(name.lower())
        person.tab_to("How things stand")
        person.write("bid")
        person.press("Tab")
        person.write(f"{day} oct 2026")
        person.press("Ctrl+Return")
    person.tab_to("Add a criterion…")
    person.press("Space")
    person.write("teaching")
    person.press("Tab")
    person.write("100")
    person.press("Ctrl+Return")
    for kind, day in (("inv", "1 sep 2026"), ("bids", "2 oct 2026")):
        person.tab_to("Add a day…")
        person.press("Space")
        person.write(kind)
        person.press("Tab")
        person.write(day)
        if kind == "inv":
            person.tab_to("Done on")
            person.write(day)
        person.press("Ctrl+Return")
    person.tab_to("Add an evaluator…")
    person.press("Space")
    person.write("grace park")
    person.press("Ctrl+Return")
    person.press("Ctrl+K")
    person.write("p-9")
    person.press("Return")
    person.tab_to("Scores of the evaluators")
    for score in "43":
        person.decide("how good the bid is")
        person.press("F2")
        person.write(score)
        person.press("Tab")
        person.write("as it says")
        person.press("Ctrl+Return")
        person.press("Down")
    person.tab_to("Moderated scores")
    for score in "43":
        person.decide("on which score all agree")
        person.press("F2")
        person.write(score)
        person.press("Tab")
        person.write("as it says")
        person.press("Tab")
        person.write("today")
        person.press("Ctrl+Return", "Down")
    person.press("Ctrl+K")
    person.write("p-9")
    person.press("Return")
    person.tab_to("Decide…")
    person.decide("who is to have the contract")
    person.press("Space")
    person.tab_to("Decided by")
    person.write("head of hr")
    person.press("Tab")
    person.write("best by the criteria")
    person.press("Ctrl+Return")
    (found,) = [
        each
        for each in person.desk.store.read(procurement_overviews)
        if each.details.reference == "p-9"
    ]
    assert found.decision is not None
    assert {row.details.kind for row in found.steps} == {StepKind.INVITE, StepKind.BIDS_BY}
    assert found.decision.bidder_name.casefold() == _BIDDERS[0].casefold()


# --- London ---------------------------------------------------------------------------------------

_LATE = "Sutton"


def _sent_in(folder: Path) -> None:
    """Put the returns of London into *folder*, one of them beside the others."""
    sent = london.write(folder / "sent in")
    (late,) = [each for each in london.boroughs() if each.name == _LATE]
    (sent / f"{late.letters.lower()}.xlsx").rename(folder / f"{_LATE}.xlsx")


@job(
    "Take one more return in, see what became of it, chase the rest",
    LOTI, at_most=60, prepare=_sent_in,
)  # fmt: skip
def _take_one_more_in(person: Person) -> None:
    with person.uncounted():  # what came in before
        person.drop([person.folder / "sent in"])
    assert person.sees(f"{_LATE}, not received")
    person.drop([person.folder / f"{_LATE}.xlsx"])
    assert not person.sees(f"{_LATE}, not received")
    person.click("Copy chase list")
    copied = QGuiApplication.clipboard().text()
    assert all(name in copied for name in london.ABSENT)
    assert _LATE not in copied


@job("From the returns to the picture of London and its workbook", LOTI, at_most=300,
     prepare=_sent_in)  # fmt: skip
def _merge(person: Person) -> None:
    person.drop([person.folder / "sent in"])
    assert person.sees("Digital apprentices by borough")
    assert person.sees("Where boroughs could work together")
    person.press("Ctrl+E", "Return")
    person.wait_to_see("Merged into")
    (made,) = person.folder.glob("Documents/Merged returns*.xlsx")
    sheet = read_workbook(made).sheet("Apprentices")
    assert sheet is not None
    boroughs = {row[0] for row in sheet.rows[1:]}
    assert len(boroughs) > LONDON / 2
    assert _LATE not in boroughs
