"""Everything that the window can show: each page, each state of it worth a look, each dialog.

What holds for all of them (names, keyboard, room for words, a screen reader's view) is tested over
OPENINGS.  test_openings.py finds a dialog or form in the source that none of them opens.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from apprentice_desk import crashes, resources, settings
from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.documents import docx
from apprentice_desk.documents.choosing import subject_choices
from apprentice_desk.documents.issuing_many import may_get
from apprentice_desk.documents.pack_manifest import Pack, PackItem
from apprentice_desk.documents.packs import save_pack
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.desk_places import PlaceKind, Standing
from apprentice_desk.domain.explaining import Figure
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.leaving import GivenTo
from apprentice_desk.domain.off_the_job import HoursStatus
from apprentice_desk.domain.own_wording import Approval
from apprentice_desk.domain.planning import DeliveredBy
from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.domain.retention import HoldDetails, KeepReason
from apprentice_desk.domain.review_meetings import ActionDetails
from apprentice_desk.domain.secondment_moves import Move
from apprentice_desk.domain.two_logs import LogLine, compared
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    NoticeUnit,
    OpeningKind,
    SecondmentStatus,
    SubjectKind,
)
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.drafts import Draft
from apprentice_desk.imports.standard_files import read_standard_file
from apprentice_desk.logs import Event, Log
from apprentice_desk.product import product
from apprentice_desk.records import (
    apprentices,
    contracts,
    event_attendance,
    evidence,
    guide_checklists,
    hours,
    ksb_progress,
    learning,
    leave,
    leaving,
    network,
    offers,
    organisation,
    own_wording,
    pay,
    plan_templates,
    providers,
    repeats,
    review_actions,
    review_meetings,
    standard_uses,
)
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.contracts import contract_rows
from apprentice_desk.records.erasures import keep_longer
from apprentice_desk.records.holding import DeskInUse
from apprentice_desk.records.keeping_documents import Subject, keep_document
from apprentice_desk.records.keys import derive
from apprentice_desk.records.listings import listing_rows
from apprentice_desk.records.marks import HEAD
from apprentice_desk.records.openings import OpeningDetails, open_up
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.programme_changes import change_rows, change_standard
from apprentice_desk.records.soundness import Readable, damaged
from apprentice_desk.records.standard_versions import correct_version, load_version
from apprentice_desk.returns import schema, workbook
from apprentice_desk.safekeeping import backup
from apprentice_desk.safekeeping.backup import Backup, Contents, Made
from apprentice_desk.safekeeping.conflict_copies import ConflictCopy
from apprentice_desk.safekeeping.recrypting import recrypt
from apprentice_desk.safekeeping.rescue import Rescue
from apprentice_desk.safekeeping.surroundings import Surroundings
from apprentice_desk.ui.destinations import (
    AddApprentice,
    ImportList,
    LogHours,
    LookThroughLog,
    MakeDocument,
    OpenApprentice,
    OpenContract,
    OpenGuide,
    OpenHistory,
    OpenNetwork,
    OpenPage,
    OpenProcurement,
    OpenProvider,
    OpenRecord,
    OpenReturnRecord,
    ReadCalendar,
    WriteClause,
)
from apprentice_desk.ui.moving.afterwards import offer_plan
from apprentice_desk.ui.pages.return_records.page import KINDS
from apprentice_desk.ui.placing.coming_in import show_news
from apprentice_desk.ui.shell.crash import CrashHook
from apprentice_desk.ui.shell.dropping import ask_kind
from apprentice_desk.ui.shell.places import PAGES
from apprentice_desk.ui.shell.unfinished import ask_before_stopping
from apprentice_desk.ui.shell.unlock import Unlock
from apprentice_desk.ui.shell.window import Window
from apprentice_desk.ui.wording_packs.importing import look_through
from documents.kept import kept_paper
from documents.sent_back import changed_word
from issued import document_details
from returns import london
from ui import placed
from ui.encrypted import PASSPHRASE, encrypt
from ui.waiting import MS_BETWEEN_LOOKS, let_work_get_on

TODAY = date(2026, 11, 24)
SECONDS_TO_WAIT = 60
TURNS = count(1)
"""So that what somebody else changed meanwhile is never what stands there already."""


class Clock:
    """The day on which everything is looked at."""

    def today(self) -> date:
        return TODAY

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Hands:
    """What an opening works with: the running program, its window, and a folder for files."""

    def __init__(self, program: Program, location: Path, folder: Path) -> None:
        self.program = program
        self.location = location
        self.folder = folder

    @property
    def window(self) -> Window:
        return self.program.window

    @property
    def desk(self) -> Any:
        assert self.window.desk is not None
        return self.window.desk

    def page(self, name: str) -> Any:
        """Show a page and wait until it has read what it shows."""
        self.window.show_page(name)
        self.settle()
        return self.window.page(name)

    def settle(self) -> None:
        """Wait until nothing is under way and the layouts have settled."""
        loop = QEventLoop()
        desk = self.window.desk
        turns = 8

        def look(left: int) -> None:
            if desk is not None and desk.jobs.is_busy:
                # Not at once: whoever asks all the time keeps the work from getting on.
                QTimer.singleShot(MS_BETWEEN_LOOKS, lambda: look(turns))
            elif left:
                QTimer.singleShot(0, lambda: look(left - 1))
            else:
                loop.quit()

        look(turns)
        loop.exec()

    def resize_window(self, width: int, height: int) -> None:
        """Give the window that size and wait until what it shows has settled in it."""
        if self.window.size().toTuple() != (width, height):
            self.window.resize(width, height)
            self.settle()

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds; fails when it takes too long."""
        timer = QElapsedTimer()
        timer.start()
        while not holds():
            assert timer.elapsed() < SECONDS_TO_WAIT * 1000, "waited in vain"
            let_work_get_on()

    def dialogs(self) -> list[QDialog]:
        """The dialogs that stand open, the one on top last."""
        shown = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QDialog) and each.isVisible() and _is_of(each, self.window)
        ]
        if len(shown) < 2:  # to go through all that is in the window takes long
            return shown
        found = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        return sorted(found, key=_depth)

    def dialog(self) -> Any:
        """The dialog on top."""
        self.until(self.dialogs)
        return self.dialogs()[-1]

    def tidy(self) -> None:
        """Close what was opened, losing what was typed, and bring the desk back."""
        self.settle()
        page = self.window._pages.get("apprentices")
        if page is not None and page._day is not None:
            page.back_to_today()
        while found := self.dialogs():
            QDialog.done(found[-1], QDialog.DialogCode.Rejected)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self.window.desk is not None and self.desk.store.location != str(self.location):
            self.program.opener.close_desk()
        if self.window.desk is None:
            self.program.open(str(self.location))
            self.until(lambda: self.window.desk is not None)
        for draft in self.desk.drafts.waiting():
            self.desk.drafts.drop(draft.key)
        self.settle()
        self.program.messages.dismiss()
        self.window.furniture.top.search.close_list()
        totals = getattr(self.window._pages.get("return_records"), "totals", None)
        if totals is not None and totals.has_unsaved_changes:
            totals.revert()
        self.settle()

    def file(self, name: str, rows: Sequence[Sequence[str]]) -> str:
        """Write a list and return its path."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return str(path)


def _is_of(dialog: QWidget, window: QWidget) -> bool:
    """Tell whether *dialog* hangs on *window*; Qt's own asks within one window."""
    parent = dialog.parentWidget()
    return parent is not None and (parent is window or _is_of(parent, window))


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


@dataclass(frozen=True)
class Opening:
    """One thing to look at: *open* makes it stand there and returns the widget to look at."""

    name: str
    open: Callable[[Hands], QWidget]

    def __str__(self) -> str:
        return self.name


OPENINGS: list[Opening] = []


def opening(name: str) -> Callable[[Callable[[Hands], Any]], Callable[[Hands], Any]]:
    """Add what follows to OPENINGS; a dialog need not be returned, it is the one on top."""

    def add(act: Callable[[Hands], Any]) -> Callable[[Hands], Any]:
        def open_it(hands: Hands) -> QWidget:
            shown = act(hands)
            hands.settle()
            return shown if isinstance(shown, QWidget) else hands.dialog()

        OPENINGS.append(Opening(name, open_it))
        return act

    return add


@contextmanager
def running(
    location: Path,
    folder: Path,
    *,
    text_size: int = 100,
    size: tuple[int, int] = (1440, 900),
    theme: str = "light",
) -> Iterator[Hands]:
    """Run the program on a desk, with its settings in *folder*."""
    os.environ[settings.FOLDER_VARIABLE] = str(folder / "settings")
    settings.save(
        settings.Settings(theme=theme, text_size=text_size, prepared_by="Apprenticeships officer")
    )
    application = starting.application()
    program = Program(application, Clock(), str(location))
    hands = Hands(program, location, folder)
    program.start()
    program.window.showNormal()  # a screen that is too small for the window is filled at first
    program.window.resize(*size)
    try:
        hands.until(lambda: program.window.desk is not None)
        hands.settle()
        yield hands
    finally:
        hands.tidy()
        program.close()
        program.window.close()
        program.window.deleteLater()
        program.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# --- the window ---------------------------------------------------------------------------------


def _page(name: str) -> Callable[[Hands], QWidget]:
    def show(hands: Hands) -> QWidget:
        hands.page(name)
        return hands.window

    return show


for _place in PAGES:
    opening(f"page {_place.title}")(_page(_place.name))


@opening("search")
def _search(hands: Hands) -> QWidget:
    hands.page("apprentices")
    hands.window.actions_.find.trigger()
    search = hands.window.furniture.top.search
    search.setText("ad")
    search.textEdited.emit("ad")
    hands.until(lambda: search.is_open)
    return hands.window


@opening("welcome")
def _welcome(hands: Hands) -> QWidget:
    hands.program.opener.close_desk()
    return hands.window


@opening("new desk")
def _new_desk(hands: Hands) -> None:
    hands.window.actions_.new_desk.trigger()


@opening("new desk: its passphrase")
def _protection(hands: Hands) -> None:
    hands.program.opener.asking.protection(("hackney",), lambda _given: None)


@opening("new desk: without a passphrase")
def _no_protection(hands: Hands) -> None:
    _protection(hands)
    hands.settle()
    link = next(
        each for each in hands.dialog().findChildren(QPushButton) if each.text().endswith("phrase…")
    )
    link.click()


def _encrypted(hands: Hands) -> Unlock:
    """Open a copy of the desk that has a passphrase, as far as it asks for that."""
    path = hands.folder / "protected.desk"
    if not path.exists():
        shutil.copy(hands.location, path)
        encrypt(path)
    hands.program.open(str(path))
    stack = hands.window.furniture.stack
    hands.until(lambda: isinstance(stack.currentWidget(), Unlock))
    asked = stack.currentWidget()
    assert isinstance(asked, Unlock)
    return asked


@opening("a desk asks for its passphrase")
def _unlock(hands: Hands) -> QWidget:
    _encrypted(hands)
    return hands.window


@opening("a desk asks for its recovery sheet")
def _unlock_by_sheet(hands: Hands) -> QWidget:
    _encrypted(hands).turn()
    return hands.window


@opening("a wrong passphrase")
def _unlock_wrong(hands: Hands) -> QWidget:
    asked = _encrypted(hands)
    asked.passphrase.input.write("not this one")
    asked.submit()
    hands.until(asked.wait.text)
    return hands.window


def _with_passphrase(hands: Hands) -> None:
    asked = _encrypted(hands)
    hands.until(asked.confirm.isEnabled)
    asked.passphrase.input.write(PASSPHRASE)
    asked.submit()
    hands.until(lambda: hands.window.locking is not None)


@opening("passphrase and lock of an encrypted desk")
def _protected(hands: Hands) -> QWidget:
    _with_passphrase(hands)
    hands.page("safekeeping")
    return hands.window


@opening("a locked desk")
def _locked(hands: Hands) -> QWidget:
    _with_passphrase(hands)
    hands.settle()
    hands.window.actions_.lock.trigger()
    hands.until(lambda: hands.desk.store.is_locked)
    return hands.window


@opening("close a locked desk with something typed?")
def _close_locked(hands: Hands) -> None:
    _locked(hands)
    assert hands.window.locking is not None
    hands.window.locking.ask_before_leaving(lambda: None)


def _asks_of_passphrase(what: str) -> Callable[[Hands], None]:
    def ask_it(hands: Hands) -> None:
        getattr(hands.page("safekeeping").part("protection").protecting, what)()

    return ask_it


for _what, _asked in (
    ("give this desk a passphrase", "ask_to_set"),
    ("change the passphrase", "ask_to_change"),
    ("remove the passphrase", "ask_to_remove"),
    ("save a recovery sheet", "ask_for_sheet"),
):
    opening(_what)(_asks_of_passphrase(_asked))


@opening("about")
def _about(hands: Hands) -> None:
    hands.window.actions_.about.trigger()


def _about_shows(part: str) -> Callable[[Hands], None]:
    def show(hands: Hands) -> None:
        hands.window.actions_.about.trigger()
        hands.dialog().show_part(part)

    return show


for _part in ("works", "files"):
    opening(f"about: {_part}")(_about_shows(_part))


@opening("about: newer versions")
def _newer(hands: Hands) -> None:
    hands.window.actions_.newer.trigger()


@opening("about: a newer version")
def _a_newer_version(hands: Hands) -> None:
    hands.window.actions_.newer.trigger()
    file = hands.folder / "next.apprentice-desk-release"
    file.write_text(
        f'program = "{product().identity}"\nversion = "99.1.0"\nreleased_on = 2027-03-01\n'
        'new = ["Hours are logged by telephone.", "Returns are kept with a reason each."]\n',
        "utf-8",
    )
    hands.dialog().parts["newer"].read(str(file))


@opening("about: the licence")
def _own_licence(hands: Hands) -> None:
    hands.window.actions_.about.trigger()
    hands.dialog().parts["program"].licence.click()


@opening("help: shortcuts")
def _shortcuts(hands: Hands) -> None:
    hands.page("hours")
    hands.window.actions_.shortcuts.trigger()


@opening("help: first steps")
def _first_steps(hands: Hands) -> None:
    hands.window.actions_.first_steps.trigger()


@opening("help: this program")
def _this_program(hands: Hands) -> None:
    hands.window.actions_.topics["this-program"].trigger()


@opening("help: the quick line")
def _quick_line(hands: Hands) -> None:
    hands.window.actions_.quick_line.trigger()


@opening("help: apprenticeships")
def _apprenticeships(hands: Hands) -> None:
    hands.window.actions_.topics["apprenticeships"].trigger()


@opening("help: contracts")
def _contracts_told(hands: Hands) -> None:
    hands.window.actions_.topics["contracts"].trigger()


@opening("help: documents")
def _documents_told(hands: Hands) -> None:
    hands.window.actions_.topics["documents"].trigger()


@opening("help: checks of a return")
def _codes(hands: Hands) -> None:
    hands.window.actions_.codes.trigger()


@opening("help: accessibility")
def _statement(hands: Hands) -> None:
    hands.window.actions_.accessibility.trigger()


def _in_use(hands: Hands, *, may_be_taken_over: bool) -> None:
    name = hands.location.name
    lock = hands.location.with_name(f"{name}.lock")
    found = DeskInUse(
        name, "Grace Park", "PC-17", "09:14 on 24 Nov 2026", lock,
        may_be_taken_over=may_be_taken_over,
    )  # fmt: skip
    hands.program.opener._on_not_opened(found, str(hands.location))


@opening("a desk in use")
def _read_only(hands: Hands) -> None:
    _in_use(hands, may_be_taken_over=False)


@opening("a desk in use on a computer that may be gone")
def _left_behind(hands: Hands) -> None:
    _in_use(hands, may_be_taken_over=True)


@opening("take a desk over?")
def _take_over(hands: Hands) -> None:
    _in_use(hands, may_be_taken_over=True)
    hands.dialog().take_over.click()


@opening("a damaged desk")
def _damaged(hands: Hands) -> None:
    at = datetime(2026, 11, 24, 8, 14, tzinfo=UTC)
    copy = hands.location.with_name("exampleton 2026-11-24 0814.desk")
    contents = Contents(24, 3_505, at, at, HEAD, 17, "", "", is_protected=False)
    lines = tuple(LogLine(n, f"Log 3 h for Priya, day {n}", at, "Grace Park") for n in range(20))
    rescue = Rescue(
        hands.location, Readable(24, None, at), Backup(copy, at, 4_000_000, Made.BY_ITSELF),
        contents, (copy,), (copy,), lines, ("Not in the copy: Ada Obi.",),
    )  # fmt: skip
    problem = damaged(hands.location, "It is cut short: 812 KB of 4,432 KB are there.")
    rescuing = hands.program.opener.rescuer.rescuing(problem, str(hands.location), None)
    rescuing.offer(rescue, hands.program.opener.rescuer.jobs, is_open=True)


def _second_files(hands: Hands) -> Any:
    """The part about the place, with two files beside the desk, one under another passphrase."""
    page = hands.page("safekeeping")
    page.show_part("place")
    hands.settle()
    part = page.part("place")
    names = ("exampleton-DESKTOP-AB12.desk", "exampleton (1).desk")
    at = datetime(2026, 11, 24, 8, 14, tzinfo=UTC)
    copies = tuple(
        ConflictCopy(hands.location.with_name(name), tool, at, needs_passphrase=not tool)
        for name, tool in zip(names, ("OneDrive", ""), strict=True)
    )
    part._show(Surroundings(Standing(PlaceKind.SYNCED, "OneDrive"), copies, 4_538_368))
    return part


@opening("the place of a desk in a synced folder")
def _place_told(hands: Hands) -> QWidget:
    _second_files(hands)
    return hands.window


@opening("two files of one desk")
def _two_desks(hands: Hands) -> None:
    part = _second_files(hands)
    at = datetime(2026, 11, 24, 8, 14, tzinfo=UTC)
    lines = [LogLine(n, f"Log 3 h for Priya, day {n}", at, "Grace Park") for n in range(1, 9)]
    two = compared(lines[:5], [*lines[:3], *lines[5:]], [(4, ("a", "b"))], [(6, ("a", "b"))])
    copy = part.model.row(0).copy
    part._show_two(hands.location, copy.path, two)


@opening("the passphrase of a second file")
def _second_passphrase(hands: Hands) -> None:
    part = _second_files(hands)
    part.table.choose(hands.location.with_name("exampleton (1).desk"))
    part.start_comparing()


@opening("a fault of the program")
def _fault(hands: Hands) -> None:
    hook = hands.window.findChild(CrashHook)
    hook._told.clear()
    said = os.dup(2)  # the report goes to standard error
    try:
        with Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), 2)
            hook.hear(RuntimeError, RuntimeError(), None)
            hands.settle()
    finally:
        os.dup2(said, 2)
        os.close(said)


@opening("stop and close?")
def _stop(hands: Hands) -> None:
    theme, nothing = hands.program.theme, lambda: None
    ask_before_stopping(hands.window, theme, "Importing hours", nothing)


def _totals(hands: Hands) -> Any:
    """The totals of characteristics, with one typed and not saved."""
    hands.window.go(OpenReturnRecord("characteristics"))
    hands.settle()
    page: Any = hands.window.page("return_records")
    field = next(iter(page.totals.cards.values())).inputs[0][0]
    field.write((field.read() or 0) + 7)
    field.edited.emit()
    return page


@opening("leave the window without saving?")
def _leave(hands: Hands) -> None:
    _totals(hands)
    hands.window.close()


# --- apprentices --------------------------------------------------------------------------------


def _choose(hands: Hands, action: str) -> Any:
    """Choose somebody with whom an action is possible; return the page."""
    page = hands.page("apprentices")
    page.table.show_all()
    for row in page.model.shown:
        page.table.choose(row.id)
        if _action_of(page, action).isEnabled():
            return page
    raise AssertionError(f"nobody in the sample can be asked to {action}")


def _action_of(page: Any, name: str) -> Any:
    return getattr(page.actions_, name, None) or getattr(page.actions_.moves, name)


def _act(action: str) -> Callable[[Hands], None]:
    def act(hands: Hands) -> None:
        _action_of(_choose(hands, action), action).trigger()

    return act


for _action in (
    "edit", "start_break", "resume", "set_weekly_hours", "change_planned_end", "change_provider",
    "change_standard", "enter_assessment", "back_from_assessment", "complete", "withdraw",
    "enrol_again", "remove",
):  # fmt: skip
    opening(f"apprentice: {_action.replace('_', ' ')}")(_act(_action))


@opening("apprentice in the panel")
def _panel(hands: Hands) -> QWidget:
    page = hands.page("apprentices")
    hands.window.go(OpenApprentice(page.model.row(0).id))
    return hands.window


def _record(hands: Hands, part: str, status: Status = Status.LIVE) -> Any:
    """Open a part of somebody's record; return the part."""
    rows = hands.page("apprentices")._rows
    key = next(row.id for row in rows if row.status is status)
    hands.window.go(OpenRecord(key, part))
    hands.settle()
    page: Any = hands.window.page("apprentice")
    return page.part(part)


def _full_record(hands: Hands, part: str) -> QWidget:
    """Show a part of the record in which every part has something."""
    page = hands.page("apprentices")
    page.table.show_all()
    key = next(row.id for row in page.model.shown if row.name.startswith("Ravi Menon"))
    hands.window.go(OpenRecord(key, part))
    hands.settle()
    return hands.window


@opening("record: the story")
def _story(hands: Hands) -> QWidget:
    return _full_record(hands, "story")


@opening("record: the facts")
def _facts(hands: Hands) -> QWidget:
    return _full_record(hands, "facts")


@opening("apprentice: back from a break, and what comes next")
def _back(hands: Hands) -> None:
    row = _choose(hands, "resume").table.chosen()
    first_on = next(each.first for each in row.course.breaks if each.last is None)
    offer_plan(hands.desk, row.id, first_on, hands.window)


def _paid(hands: Hands) -> Any:
    """The part Pay of somebody whose pay is recorded."""
    part = _record(hands, "pay")
    key = part._row.id
    day, amount = part._row.course.training_started_on, Decimal(18_000 + next(TURNS))
    with hands.desk.change("Record pay") as session:
        pay.set_pay(session, key, day, amount, PayPer.YEAR)
    hands.settle()
    part.recorded.choose_first()
    return part


@opening("record: before the gateway")
def _gateway(hands: Hands) -> QWidget:
    _record(hands, "checklists")
    return hands.window


@opening("record: before the start")
def _start(hands: Hands) -> QWidget:
    _record(hands, "checklists").switch.buttons["start"].click()
    return hands.window


@opening("record: an item is not needed")
def _not_needed(hands: Hands) -> None:
    part = _record(hands, "checklists")
    part.shown.table.choose("agreed_employer")
    part.shown.not_needed.click()


def _leave(hands: Hands) -> Any:
    """The card Leave of somebody who has planned some."""
    part = _record(hands, "facts")
    key = part._row.id
    first = date(2027, 2, 1) + timedelta(weeks=next(TURNS))
    with hands.desk.change("Plan leave") as session:
        leave.plan_leave(session, key, leave.LeaveDetails(first))
    hands.settle()
    part.leave.table.choose_first()
    return part.leave


@opening("record: plan leave")
def _plan_leave(hands: Hands) -> None:
    _record(hands, "facts").leave.plan.click()


@opening("record: change leave")
def _change_leave(hands: Hands) -> None:
    _leave(hands).change.click()


@opening("record: remove leave?")
def _remove_leave(hands: Hands) -> None:
    _leave(hands).remove.click()


@opening("record: no checklist of a guide yet")
def _no_guide(hands: Hands) -> QWidget:
    _record(hands, "guides", Status.PLANNED)
    return hands.window


def _on_guide(hands: Hands) -> Any:
    """The part Guides with two checklists on somebody, one line of one ticked off."""
    part = _record(hands, "guides")
    with hands.desk.change("Put on") as session:
        for name in ("first-weeks", "reviews"):
            key = guide_checklists.put_on(
                session, name, GoesOn.APPRENTICE, part.here._key, hands.desk.clock.today(), "Bo"
            )
        guide_checklists.set_aside(session, key, ["review-day"], f"Turn {next(TURNS)}")
    hands.settle()
    return part


@opening("record: the checklist of a guide")
def _guide_here(hands: Hands) -> QWidget:
    _on_guide(hands)
    return hands.window


@opening("record: take the checklist of a guide off")
def _guide_off(hands: Hands) -> None:
    _on_guide(hands).here.take_off.click()


@opening("record: a line of a guide is not needed")
def _guide_not_needed(hands: Hands) -> None:
    here = _on_guide(hands).here
    here.card.table.choose("review-pack")
    here.card.not_needed.click()


@opening("playbook: a guide from its end")
def _guide_end(hands: Hands) -> QWidget:
    hands.window.go(OpenGuide("procure-a-provider"))
    hands.settle()
    text = hands.page("playbook").panel.text
    text.verticalScrollBar().setValue(text.verticalScrollBar().maximum())
    return hands.window


@opening("playbook: put a checklist on an apprentice")
def _put_guide_on(hands: Hands) -> None:
    hands.window.go(OpenGuide("reviews"))
    hands.page("playbook").panel.put_on.click()


@opening("playbook: put a checklist on a procurement")
def _put_guide_on_procurement(hands: Hands) -> None:
    hands.window.go(OpenGuide("procure-a-provider"))
    hands.page("playbook").panel.put_on.click()


@opening("help: above a form")
def _help_above_a_form(hands: Hands) -> QWidget:
    hands.page("secondments").start_request()
    form = hands.dialog()
    form._ask_for_help()
    hands.until(lambda: hands.dialog() is not form)
    help_: Any = hands.dialog()
    help_.switch.buttons["guide:secondment"].click()
    return help_


@opening("help: a guide of the page")
def _help_of_page(hands: Hands) -> None:
    hands.page("audit")
    hands.window.actions_.help.trigger()


@opening("record: pay")
def _pay(hands: Hands) -> QWidget:
    _paid(hands)
    return hands.window


@opening("record: record pay")
def _add_pay(hands: Hands) -> None:
    _record(hands, "pay").record.click()


@opening("record: change pay")
def _change_pay(hands: Hands) -> None:
    _paid(hands).change.click()


@opening("record: remove a pay?")
def _remove_pay(hands: Hands) -> None:
    _paid(hands).remove.click()


@opening("arrange columns")
def _arrange(hands: Hands) -> None:
    hands.page("apprentices").table.arrange_columns()


@opening("history of an apprentice")
def _history(hands: Hands) -> None:
    _choose(hands, "edit").actions_.show_history()


def _well_known(hands: Hands) -> Any:
    """Choose somebody who is behind, with entries; return the page."""
    page = hands.page("apprentices")
    page.table.show_all()
    behind = [
        row
        for row in page.model.shown
        if row.figures.status is HoursStatus.BEHIND and row.status is Status.LIVE
    ]
    page.table.choose(max(behind, key=lambda row: row.figures.logged_minutes).id)
    return page


def _ksbs(hands: Hands) -> Any:
    """Show the KSBs of somebody who has entries, two of which somebody has spoken of."""
    row = _well_known(hands).table.chosen()
    with hands.desk.store.change(f"Speak of KSBs ({next(TURNS)})") as session:
        for voice, status in zip(Voice, (KsbStatus.COMPLETED, KsbStatus.IN_PROGRESS), strict=False):
            ksb_progress.say(
                session, row.id, ("K1", "S2"), voice, status, TODAY, "Grace Park",
                f"Seen at work ({next(TURNS)})", today=TODAY,
            )  # fmt: skip
    hands.window.go(OpenRecord(row.id, "ksbs"))
    part: Any = hands.page("apprentice").part("ksbs")
    part.choose("K1")
    return part


@opening("KSBs of an apprentice")
def _ksb_grid(hands: Hands) -> QWidget:
    _ksbs(hands).close_panel()
    return hands.window


@opening("KSBs of an apprentice: all about one")
def _ksb_panel(hands: Hands) -> QWidget:
    _ksbs(hands).open_panel()
    return hands.window


@opening("KSBs of an apprentice: say more")
def _ksb_dialog(hands: Hands) -> None:
    _ksbs(hands).more.trigger()


@opening("explain a figure")
def _explain(hands: Hands) -> None:
    _well_known(hands).actions_.explain.trigger()


@opening("explain the minimum")
def _explain_minimum(hands: Hands) -> None:
    _well_known(hands).actions_.explain_figure(Figure.MINIMUM)


@opening("look through a log")
def _look_through(hands: Hands) -> None:
    key = _well_known(hands).table.chosen().id
    hands.page("hours")
    hands.window.go(LookThroughLog(key))
    dialog = hands.dialog()
    hands.until(lambda: dialog.looked is not None)
    assert dialog.looked.found, "the sample should have something to see"


@opening("look through a log: nothing stands out")
def _look_through_fine(hands: Hands) -> None:
    page = hands.page("apprentices")
    page.table.show_all()
    for row in page.model.shown:
        page.table.choose(row.id)
        page.actions_.look_through.trigger()
        dialog = hands.dialog()
        hands.until(lambda: dialog.looked is not None)  # noqa: B023 - asked at once
        if not dialog.looked.found:
            return
        dialog.reject()
        hands.settle()
    raise AssertionError("in every log of the sample something stands out")


@opening("what if")
def _what_if(hands: Hands) -> None:
    page = _well_known(hands)
    page.actions_.what_if.trigger()
    dialog = hands.dialog()
    dialog.form.set_value("rate_minutes", 8 * 60)
    dialog.form.set_value("break_first_on", date(2027, 1, 4))
    dialog.form.set_value("break_last_on", date(2027, 1, 17))
    dialog.work.click()


@opening("what if: what cannot be")
def _what_if_not(hands: Hands) -> None:
    _well_known(hands).actions_.what_if.trigger()
    dialog = hands.dialog()
    dialog.form.set_value("end_on", date(2020, 1, 1))
    dialog.form.set_value("break_first_on", date(2027, 1, 4))
    dialog.work.click()


@opening("figures as at a day: which day")
def _ask_for_day(hands: Hands) -> None:
    hands.page("apprentices").ask_for_day()


def _as_at(hands: Hands, day: date) -> QWidget:
    page = hands.page("apprentices")
    page.look_from(day)
    hands.settle()
    page.table.choose_first()
    return hands.window


@opening("figures as at a past day")
def _past(hands: Hands) -> QWidget:
    return _as_at(hands, date(2026, 3, 31))


@opening("catch-up plan")
def _catch_up(hands: Hands) -> None:
    _well_known(hands).actions_.catch_up.trigger()
    dialog = hands.dialog()
    dialog.form.set_value("leave", "21/12/2026 to 1/1/2027; 15/2/2027")
    dialog.form.set_value("block_on", date(2027, 1, 13))
    dialog.work.click()


@opening("catch-up plan: what cannot be")
def _catch_up_not(hands: Hands) -> None:
    _well_known(hands).actions_.catch_up.trigger()
    dialog = hands.dialog()
    dialog.form.set_value("by", date(2026, 12, 1))
    dialog.work.click()


@opening("the chart as a table")
def _chart_table(hands: Hands) -> None:
    _well_known(hands).actions_.chart_table.trigger()


@opening("save a filter")
def _save_filter(hands: Hands) -> None:
    hands.page("apprentices").narrowing.ask_for_name()


@opening("add an apprentice")
def _add(hands: Hands) -> None:
    hands.window.go(AddApprentice())


@opening("add an apprentice: add a provider")
def _add_provider(hands: Hands) -> None:
    hands.window.go(AddApprentice())
    hands.dialog().form._on_add_provider()


@opening("add an apprentice: a role without a name")
def _add_role(hands: Hands) -> None:
    hands.window.go(AddApprentice())
    dialog = hands.dialog()
    dialog.form.set_value("standard_code", "ST0116")
    dialog.panel.submit()


def _role(hands: Hands) -> UUID:
    """A role that nobody is named for yet; return its key."""
    rows = hands.page("apprentices")._rows
    vacant = [row.id for row in rows if row.is_vacancy]
    if vacant:
        key: UUID = vacant[0]
        return key
    with hands.desk.store.change("Add a role") as session:
        return apprentices.enrol(session, ApprenticeDetails(standard_code="ST0116"))


@opening("a role without a name in the panel")
def _role_in_panel(hands: Hands) -> QWidget:
    hands.window.go(OpenApprentice(_role(hands)))
    return hands.window


@opening("a return that leaves a role without a name out")
def _role_not_returned(hands: Hands) -> QWidget:
    _role(hands)
    hands.page("returns")
    return hands.window


@opening("a role without a name: offered to whom?")
def _role_offered(hands: Hands) -> None:
    hands.window.go(OpenRecord(_role(hands), "checklists", item="offered"))
    hands.settle()
    hands.window.page("apprentice").part("checklists").shown.done.click()


@opening("leave a form without saving?")
def _leave_form(hands: Hands) -> None:
    hands.window.go(AddApprentice())
    form = hands.dialog()
    form.form.set_value("given_names", "Ada")
    form.form.edited.emit()
    form.reject()


@opening("a form with what is wrong in it")
def _wrong(hands: Hands) -> None:
    hands.window.go(AddApprentice())
    hands.dialog().panel.submit()


@opening("a gateway with items open, in the form")
def _gateway_in_the_form(hands: Hands) -> None:
    page = _choose(hands, "enter_assessment")
    page.actions_.edit.trigger()
    dialog = hands.dialog()
    dialog.form.set_value("assessment_began_on", TODAY)
    dialog.panel.submit()


@opening("two versions of an apprentice")
def _apprentice_twice(hands: Hands) -> None:
    page = _choose(hands, "edit")
    page.actions_.edit.trigger()
    dialog, row = hands.dialog(), page.table.chosen()
    dialog.form.set_value("mentor", "Priya Shah")
    held = hands.desk.store.read(apprentices.held, row.id)
    note = f"Moved team ({next(TURNS)})"
    with hands.desk.store.change("Somebody else") as session:
        details = replace(held.details, mentor="Sam Ode", note=note)
        apprentices.correct(session, row.id, details, held.stamp)
    dialog.panel.submit()


# --- hours --------------------------------------------------------------------------------------


def _entry(hands: Hands) -> Any:
    """Open an entry of somebody who has any; return the list that it stands in."""
    people = hands.page("apprentices").model.shown
    busiest = max(people, key=lambda row: row.figures.logged_minutes)
    page: Any = hands.page("hours")
    page.list.choose_person((busiest.id, busiest.name))
    page.list.set_scope("apprentice")
    page._on_switch("list")
    hands.settle()
    page.list.table.choose_first()
    page.list.edit.trigger()
    return page.list


@opening("hours: edit an entry")
def _edit_hours(hands: Hands) -> None:
    _entry(hands)


@opening("two versions of hours")
def _hours_twice(hands: Hands) -> None:
    row = _entry(hands).table.chosen()
    dialog = hands.dialog()
    dialog.form.set_value("minutes", row.minutes + 10)
    with hands.desk.store.change("Somebody else") as session:
        hours.correct_hours(session, row.id, replace(row.details, minutes=row.minutes + 5))
    dialog.panel.submit()


@opening("quick line by itself")
def _quick(hands: Hands) -> None:
    hands.page("today")
    hands.window.log_hours()
    window = hands.dialog()
    hands.until(lambda: window.quick._team is not None)
    window.quick.edit.setText("ada 2 workshop, zoe")


@opening("quick line with something wrong")
def _quick_wrong(hands: Hands) -> QWidget:
    page: Any = hands.page("hours")
    hands.until(lambda: page.quick._team is not None)
    page.quick.edit.setText("ada, nobody-of-this-name 2 workshop")
    return hands.window


@opening("hours: the week, in details")
def _in_details(hands: Hands) -> QWidget:
    page: Any = hands.page("hours")
    hands.until(lambda: page.week.model.people)
    page.week.go_to(None)
    page.week.details.focus()
    return hands.window


@opening("hours: the list of entries")
def _entries(hands: Hands) -> QWidget:
    page: Any = hands.page("hours")
    hands.until(lambda: page.week.model.people)
    page.switch.buttons["list"].click()
    return hands.window


@opening("hours: who are you")
def _who(hands: Hands) -> None:
    page: Any = hands.page("hours")
    hands.until(lambda: page.week.model.people)
    page.who(lambda _name: None)


def _week(hands: Hands) -> Any:
    """Show the week, on an entry that has evidence of each kind; return its view."""
    page: Any = hands.page("hours")
    page._on_switch("grid")
    hands.until(lambda: page.week.model.people)
    week = page.week
    entry = week.model.unverified(week.model.people)[0]
    if not entry.evidence:
        with hands.desk.store.change("Evidence") as session:
            evidence.attach_file(session, entry.id, "Certificate of the day.pdf", b"%PDF-1.7")
            evidence.attach_link(session, entry.id, f"https://example.org/{'a' * 300}", "Course")
            evidence.attach_text(session, entry.id, "Showed the team how a switch learns. " * 9)
    week.table.go_to(Cell(entry.apprenticeship_id, entry.done_on))
    hands.until(lambda: week.details.evidence.model.total == 3)
    return week


@opening("hours: an entry with evidence")
def _with_evidence(hands: Hands) -> QWidget:
    week = _week(hands)
    hands.window.page("hours").area.ensureWidgetVisible(week.details.evidence)
    return hands.window


@opening("hours: a link as evidence")
def _add_link(hands: Hands) -> None:
    _week(hands).details.evidence.link.click()


@opening("hours: words as evidence")
def _add_words(hands: Hands) -> None:
    _week(hands).details.evidence.words.click()


def _open_evidence(hands: Hands, kind: str) -> None:
    part = _week(hands).details.evidence
    part.table.choose(next(row.id for row in part.model.shown if row.kind == kind))
    part.open.click()


@opening("hours: a link before it is opened")
def _open_link(hands: Hands) -> None:
    _open_evidence(hands, "link")


@opening("hours: words of evidence")
def _read_words(hands: Hands) -> None:
    _open_evidence(hands, "text")


@opening("hours: whoever verifies")
def _who_verifies(hands: Hands) -> None:
    _week(hands).details.verify.click()


@opening("hours: finish a week with blank ones")
def _finish_week(hands: Hands) -> None:
    _week(hands).finish.click()


@opening("hours: something left half-done in a day")
def _half_done_day(hands: Hands) -> QWidget:
    week = _week(hands)
    week.details.form.type_in({"what": "Half a sen"})
    week.details.unsaved.keeper.keep()
    week.details.form.type_in({"what": week.details.form.as_shown["what"]})
    week.details.unsaved.keeper.let_go()
    here = week.table.cell
    week.table.go_to(Cell(week.model.people[-1].id, here.day))
    week.table.go_to(here)
    assert week.details.unsaved.keeper.offer is not None
    hands.window.page("hours").area.ensureWidgetVisible(week.details.card)
    return hands.window


@opening("hours of one apprentice")
def _log(hands: Hands) -> QWidget:
    page = hands.page("apprentices")
    hands.window.go(LogHours(page.model.row(0).id))
    return hands.window


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:weekly@exampleton.example
SUMMARY:Workshop: databases and joins
DTSTART;TZID=Europe/London:20261022T093000
DTEND;TZID=Europe/London:20261022T123000
RRULE:FREQ=WEEKLY;COUNT=5
END:VEVENT
BEGIN:VEVENT
UID:days@exampleton.example
SUMMARY:Conference of the provider
DTSTART;VALUE=DATE:20261109
DTEND;VALUE=DATE:20261111
END:VEVENT
BEGIN:VEVENT
UID:off@exampleton.example
SUMMARY:Called off
STATUS:CANCELLED
DTSTART:20261112T100000Z
DTEND:20261112T110000Z
END:VEVENT
END:VCALENDAR
"""


def _session(hands: Hands) -> Any:
    """Open the dialog of a session with three people ticked; return it."""
    page = hands.page("hours")
    page.more.session()
    dialog = hands.dialog()
    hands.settle()
    dialog.form.set_value("what", "Databases: joins and keys in practice")
    dialog.form.set_value("activity", Activity.WORKSHOP)
    dialog.form.set_value("minutes", 210)
    people = dialog.people.table
    people.tick([people.rows.row(number).id for number in range(3)])
    people.take_hours(people.rows.row(1).id, "2:00")
    dialog.form.edited.emit()
    hands.settle()
    return dialog


@opening("hours: a session for several")
def _log_session(hands: Hands) -> None:
    _session(hands)


@opening("hours: leave a session?")
def _leave_session(hands: Hands) -> None:
    _session(hands).reject()


@opening("hours: a session likely logged already")
def _session_twice(hands: Hands) -> None:
    dialog = _session(hands)
    with hands.desk.store.change("Somebody else") as session:
        for person, minutes in dialog.session()[1]:
            hours.log_hours(
                session,
                hours.HoursDetails(
                    person.id, date(2026, 11, 20), minutes, Activity.WORKSHOP, what="Databases"
                ),
                even_if_finished=True,
            )
    hands.settle()
    dialog.form.set_value("done_on", date(2026, 11, 20))
    dialog.form.edited.emit()
    hands.settle()
    dialog.submit()


@opening("hours: propose repeats")
def _propose(hands: Hands) -> None:
    hands.page("hours").more.repeats()


@opening("hours: choose the days of a repeat")
def _choose_days(hands: Hands) -> None:
    dialog = _session(hands)
    dialog.form.set_value("done_on", date(2026, 10, 22))
    dialog.choose_days()
    hands.settle()
    days = hands.dialog()
    days.form.set_value("leave_out", (Period(date(2026, 10, 26), date(2026, 10, 30)),))
    days.form.edited.emit()


def _waiting(hands: Hands) -> Any:
    """Let two sessions wait; return the dialog that confirms them."""
    page = hands.page("hours")
    (row,) = [each for each in page._rows if each.status == Status.LIVE][:1]
    repeat = Repeat(frozenset({3}), date(2026, 11, 5), date(2026, 12, 17))
    details = repeats.RepeatDetails(
        repeat, ((row.id, 180),), Activity.WORKSHOP, f"Data in practice {next(TURNS)}"
    )
    with hands.desk.store.change("Remember a repeat") as session:
        repeats.keep_repeat(session, details, TODAY, date(2026, 11, 5))
    hands.settle()
    page.more.confirm()
    return hands.dialog()


@opening("hours: sessions to confirm")
def _confirm(hands: Hands) -> None:
    _waiting(hands)


@opening("hours: stop a repeat?")
def _stop_repeat(hands: Hands) -> None:
    dialog = _waiting(hands)
    dialog.table.choose_first()
    dialog.stop.click()


@opening("hours with sessions to confirm")
def _with_waiting(hands: Hands) -> QWidget:
    dialog = _waiting(hands)
    dialog.reject()
    return hands.window


def _from_calendar(hands: Hands) -> Any:
    path = hands.folder / "training.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    hands.window.go(ReadCalendar(str(path)))
    dialog = hands.dialog()
    hands.settle()
    dialog.people.table.choose_first()
    dialog.people.table.toggle()
    hands.settle()
    dialog.events.tick([1, 2, 4])
    return dialog


@opening("hours: from a calendar")
def _calendar(hands: Hands) -> None:
    _from_calendar(hands)


@opening("hours: an event likely logged already")
def _event_twice(hands: Hands) -> None:
    dialog = _from_calendar(hands)
    (person,) = dialog.people.ticked()
    line = dialog.events.rows.row(0)
    with hands.desk.store.change("Somebody else") as session:
        details = hours.HoursDetails(
            person.id, line.entry.done_on, 180, Activity.WORKSHOP, what=line.entry.title
        )
        hours.log_hours(session, details, even_if_finished=True)
    dialog._read_logged()
    hands.settle()
    dialog.events.tick([1, 2, 4], is_ticked=False)
    dialog.events.tick([line.id])
    dialog.submit()


# --- secondments ----------------------------------------------------------------------------------


def _secondments(
    hands: Hands, status: SecondmentStatus | None = None, *, light: bool = False
) -> Any:
    """The page of secondments, at a request that stands so."""
    page = hands.page("secondments")
    if status is not None:
        page.choose(
            next(
                line.id
                for line in page.model.given
                if line.details.status is status
                and line.details.form.is_light is light
                and not line.is_offer
            )
        )
        hands.settle()
    return page


def _view_of_secondments(name: str) -> Callable[[Hands], QWidget]:
    def show(hands: Hands) -> QWidget:
        page = _secondments(hands)
        page.switch.buttons[name].click()
        hands.settle()
        return hands.window

    return show


def _move_of(status: SecondmentStatus, move: Move, *, light: bool = False) -> Callable[..., None]:
    return lambda hands: _secondments(hands, status, light=light).start_move(move)


def _care_of(status: SecondmentStatus, about: str) -> Callable[[Hands], None]:
    return lambda hands: _secondments(hands, status).start_care(about)


for _name in ("table", "calendar", "board"):
    opening(f"secondments: {_name}")(_view_of_secondments(_name))
opening("secondments: ask for a place")(lambda hands: _secondments(hands).start_request())
opening("secondments: offer a place")(lambda hands: _secondments(hands).start_offer())
opening("secondments: shadowing or visit")(lambda hands: _secondments(hands).start_light())
opening("secondments: change one that is over")(
    lambda hands: _secondments(hands, SecondmentStatus.COMPLETED).start_change()
)
opening("secondments: remove?")(
    lambda hands: _secondments(hands, SecondmentStatus.DRAFT).ask_to_remove()
)
for _status, _move in (
    (SecondmentStatus.DRAFT, Move.ASK),
    (SecondmentStatus.REQUESTED, Move.APPROVE),
    (SecondmentStatus.REQUESTED, Move.DECLINE),
    (SecondmentStatus.APPROVED, Move.MATCH),
    (SecondmentStatus.MATCHED, Move.AGREE),
    (SecondmentStatus.AGREED, Move.START),
    (SecondmentStatus.UNDER_WAY, Move.WITHDRAW),
    (SecondmentStatus.UNDER_WAY, Move.COMPLETE),
):
    opening(f"secondments: {_move}, {_status}")(_move_of(_status, _move))
opening("secondments: approve a light form")(
    _move_of(SecondmentStatus.REQUESTED, Move.APPROVE, light=True)
)
for _about, _status in (
    ("provider", SecondmentStatus.AGREED),
    ("plan", SecondmentStatus.AGREED),
    ("check-in", SecondmentStatus.UNDER_WAY),
    ("afterwards", SecondmentStatus.COMPLETED),
):
    opening(f"secondments: {_about}")(_care_of(_status, _about))


# --- what the return is made of -------------------------------------------------------------------


def _kind(hands: Hands, name: str) -> Any:
    hands.window.go(OpenReturnRecord(name))
    hands.settle()
    page: Any = hands.window.page("return_records")
    part = page.part(name)
    part.table.choose_first()
    return part


def _list_of(name: str) -> Callable[[Hands], QWidget]:
    def show(hands: Hands) -> QWidget:
        _kind(hands, name)
        return hands.window

    return show


def _add_to(name: str) -> Callable[[Hands], None]:
    return lambda hands: _kind(hands, name).start_adding()


def _change_in(name: str) -> Callable[[Hands], None]:
    return lambda hands: _kind(hands, name).change.trigger()


for _each in KINDS:
    opening(f"list of {_each.title.lower()}")(_list_of(_each.name))
    opening(f"add a {_each.thing}")(_add_to(_each.name))
    opening(f"change a {_each.thing}")(_change_in(_each.name))


# --- the network ----------------------------------------------------------------------------------


def _network(hands: Hands, part: str = "events") -> Any:
    hands.window.go(OpenNetwork(part))
    hands.settle()
    page: Any = hands.window.page("network")
    made = page.part(part)
    made.list.table.choose_first()
    hands.settle()
    return made


def _event_with(hands: Hands, way: str) -> Any:
    """Choose an event with which something can be done; return what shows it in the panel."""
    part = _network(hands)
    for row in part.list.model.shown:
        part.list.table.choose(row.id)
        if not getattr(part.more, way).isHidden():
            return part.more
    raise AssertionError(f"no event of the sample has “{way}”")


for _name in ("events", "mentors", "stories", "barriers"):
    opening(f"network: {_name}")(lambda hands, name=_name: (_network(hands, name), hands.window)[1])
    opening(f"network: add to {_name}")(
        lambda hands, name=_name: _network(hands, name).start_adding()
    )
    opening(f"network: change one of {_name}")(
        lambda hands, name=_name: _network(hands, name).list.change.trigger()
    )
    opening(f"network: remove one of {_name}")(
        lambda hands, name=_name: _network(hands, name).list.remove.trigger()
    )


for _way in ("ask", "came", "log", "cancel"):
    opening(f"event: {_way}")(lambda hands, way=_way: getattr(_event_with(hands, way), way).click())


@opening("event: take the hours back")
def _take_hours_back(hands: Hands) -> None:
    more = _event_with(hands, "log")
    event_id = more.row.id
    details = [
        hours.HoursDetails(each.id, more.row.details.held_on, 60, Activity.WORKSHOP)
        for each in more.people
        if each.came
    ]
    with hands.desk.store.change("Log") as session:
        event_attendance.log_event_hours(session, event_id, details)
    hands.settle()
    more.take_hours_back()
    with hands.desk.store.change("Take back") as session:
        event_attendance.take_event_hours_back(session, event_id)


@opening("network: answer LOTI")
def _answer_loti(hands: Hands) -> None:
    _network(hands, "barriers").survey.start_answering()


# --- cases ----------------------------------------------------------------------------------------


def _case(hands: Hands) -> Any:
    hands.window.go(OpenPage("case"))
    hands.settle()
    page: Any = hands.window.page("case")
    page.plan.table.choose_first()
    return page


@opening("case: begin one")
def _begin_case(hands: Hands) -> None:
    _case(hands).start_adding()


@opening("case: change")
def _change_case(hands: Hands) -> None:
    _case(hands).start_change()


@opening("case: remove?")
def _remove_case(hands: Hands) -> None:
    _case(hands).remove.click()


@opening("case: add a step")
def _add_step(hands: Hands) -> None:
    _case(hands).plan.start_adding()


@opening("case: change a step")
def _change_step(hands: Hands) -> None:
    _case(hands).plan.change.click()


@opening("case: remove a step?")
def _remove_step(hands: Hands) -> None:
    _case(hands).plan.remove.click()


@opening("characteristic totals")
def _characteristics(hands: Hands) -> QWidget:
    _totals(hands)
    return hands.window


@opening("leave totals without saving?")
def _leave_totals(hands: Hands) -> None:
    _totals(hands)._go_back()


@opening("two versions of totals")
def _totals_twice(hands: Hands) -> None:
    page = _totals(hands)
    (characteristic, category), (first, second) = next(iter(page.totals._typed().items()))
    with hands.desk.store.change("Somebody else") as session:
        organisation.set_total(session, characteristic, category, first + 1, second)
    page.totals.submit()


@opening("two versions of a barrier")
def _barrier_twice(hands: Hands) -> None:
    part = _network(hands, "barriers").list
    shown = part.table.chosen()
    part.change.trigger()
    dialog = hands.dialog()
    dialog.form.set_value("what_helped", "A rota for cover, mine")
    theirs = replace(shown.details, what_helped=f"A rota, theirs ({next(TURNS)})")
    with hands.desk.store.change("Somebody else") as session:
        network.correct_barrier(session, shown.id, theirs)
    dialog.panel.submit()


def _contract(hands: Hands) -> Any:
    """The form of a contract that has payments."""
    part = _kind(hands, "contracts")
    for row in part.model.shown:
        part.table.choose(row.id)
        if part.panel.more.list.model.rowCount():
            break
    part.panel.more.list.table.choose_first()
    return part


@opening("add a payment")
def _add_payment(hands: Hands) -> None:
    _contract(hands).panel.more.list.start_adding()


@opening("change a payment")
def _change_payment(hands: Hands) -> None:
    _contract(hands).panel.more.list.change.click()


@opening("remove a payment")
def _remove_payment(hands: Hands) -> None:
    _contract(hands).panel.more.list.remove.click()


def _from_contract(button: str) -> Callable[[Hands], None]:
    def act(hands: Hands) -> None:
        _contract(hands).change.trigger()
        getattr(hands.dialog().form, button)()

    return act


def _one_contract(hands: Hands, part: str = "") -> Any:
    """The page of the contract under which most was paid."""
    rows = hands.desk.store.read(contracts.contract_rows, TODAY)
    most = max(rows, key=lambda row: row.paid_to_date)
    hands.window.go(OpenContract(most.id, part))
    hands.settle()
    return hands.window.page("contract")


@opening("one contract")
def _contract_page(hands: Hands) -> QWidget:
    _one_contract(hands)
    return hands.window


@opening("one contract: its days as a table")
def _contract_days(hands: Hands) -> None:
    _one_contract(hands).part("days").as_table.click()


@opening("one contract: agree a measure")
def _agree_measure(hands: Hands) -> None:
    _one_contract(hands, "measures").part("measures").agree.click()


def _provider(hands: Hands, part: str = "") -> Any:
    """The page of the provider of whom most is noted."""
    rows = hands.desk.store.read(providers.provider_rows)
    key = next(row.id for row in rows if row.name.startswith("Thamesbank College"))
    hands.window.go(OpenProvider(key, part))
    hands.settle()
    return hands.window.page("provider")


def _provider_form(card: str, act: str) -> Callable[[Hands], None]:
    def open_it(hands: Hands) -> None:
        getattr(_provider(hands, card).cards[card], act).trigger()

    return open_it


@opening("one provider")
def _provider_page(hands: Hands) -> QWidget:
    _provider(hands)
    return hands.window


@opening("provider: correct it")
def _correct_provider(hands: Hands) -> None:
    _provider(hands).edit.click()


opening("provider: add a contact")(_provider_form("contacts", "add_one"))
opening("provider: change a note")(_provider_form("notes", "change_one"))
opening("provider: agree an action")(_provider_form("notes", "agree"))
opening("provider: an action is done")(_provider_form("actions", "finish"))


def _with_files(hands: Hands) -> Any:
    """The part Documents of a contract that has some; return it with the first chosen."""
    part = _one_contract(hands, "files").part("files")
    part.table.choose_first()
    return part


@opening("one contract with documents")
def _contract_files(hands: Hands) -> QWidget:
    _with_files(hands)
    return hands.window


@opening("one contract: what if we end it")
def _end_contract(hands: Hands) -> None:
    page = _one_contract(hands)
    if page.contract.term.notice is None:
        with hands.desk.change("Agree on notice") as session:
            held = contracts.contract_details(session, page.contract.id)
            agreed = replace(held, notice_count=3, notice_unit=NoticeUnit.MONTHS)
            contracts.correct_contract(session, page.contract.id, agreed)
        hands.until(lambda: page.contract.term.notice is not None)
    page.part("days").what_if.click()


@opening("one contract: edit it")
def _edit_contract(hands: Hands) -> None:
    _one_contract(hands).edit.click()


@opening("one contract: details of a document")
def _contract_file(hands: Hands) -> None:
    _with_files(hands).describe.click()


def _listed(name: str) -> Callable[[Hands], None]:
    def act(hands: Hands) -> None:
        _one_contract(hands, name).part(name).start_adding()

    return act


def _asked_contract(hands: Hands) -> Any:
    """The page of a contract that is past its end, and may have been extended."""
    today = hands.desk.clock.today()
    with hands.desk.change("Award a contract") as session:
        key = contracts.award(
            session,
            contracts.ContractDetails(
                f"XMP-ASKED-{len(contracts.contract_rows(session, today))}",
                provider_id=providers.provider_rows(session)[0].id,
                ends_on=today - timedelta(days=9),
                extension_to_on=today + timedelta(days=300),
            ),
        )
    hands.window.go(OpenContract(key, "extended"))
    hands.settle()
    return hands.window.page("contract")


@opening("one contract: was it extended")
def _was_it_extended(hands: Hands) -> QWidget:
    _asked_contract(hands)
    return hands.window


@opening("one contract: it was extended")
def _it_was_extended(hands: Hands) -> None:
    _asked_contract(hands).part("extended").was.click()


opening("one contract: add an extension")(_listed("extensions"))
opening("one contract: add an insurance")(_listed("expiries"))


def _contract_part(hands: Hands, name: str) -> Any:
    return _one_contract(hands, name).part(name)


@opening("one contract: record a payment")
def _pay_for_one(hands: Hands) -> None:
    _contract_part(hands, "people").start_paying()


@opening("one contract: what is due when")
def _contract_schedule(hands: Hands) -> None:
    _contract_part(hands, "people").show_schedule()


@opening("one contract: change a payment")
def _change_a_payment(hands: Hands) -> None:
    part = _contract_part(hands, "payments")
    part.list.table.choose_first()
    part.list.change.click()


@opening("one contract: add a price")
def _add_a_price(hands: Hands) -> None:
    _contract_part(hands, "prices").list.start_adding()


@opening("one contract: change a price")
def _change_a_price(hands: Hands) -> None:
    part = _contract_part(hands, "prices")
    part.list.table.choose_first()
    part.list.change.click()


@opening("one contract: remove a price")
def _remove_a_price(hands: Hands) -> None:
    part = _contract_part(hands, "prices")
    part.list.table.choose_first()
    part.list.remove.click()


def _procurement(hands: Hands, reference: str, part: str = "") -> Any:
    """The page of a procurement: "…-01" is decided, "…-03" out to bidders."""
    rows = hands.desk.store.read(procurement_overviews)
    key = next(row.id for row in rows if row.details.reference.endswith(reference))
    hands.window.go(OpenProcurement(key, part))
    hands.settle()
    return hands.window.page("procurement")


def _levy_list(name: str, act: str) -> Callable[[Hands], None]:
    def act_on(hands: Hands) -> None:
        found = getattr(hands.page("levy"), name)
        found.table.choose_first()
        getattr(found, act).click()

    return act_on


for _name, _thing in (("balances", "a balance"), ("incomes", "an income")):
    for _act in ("add", "change", "remove"):
        opening(f"levy: {_act} {_thing}")(_levy_list(_name, _act))


@opening("levy: what if we start more")
def _levy_what_if(hands: Hands) -> None:
    hands.page("levy").what_if.click()
    dialog = hands.dialog()
    dialog.form.set_value("price", Decimal("15000.00"))
    dialog.work.click()


@opening("levy: what if, what cannot be")
def _levy_what_if_not(hands: Hands) -> None:
    hands.page("levy").what_if.click()
    dialog = hands.dialog()
    dialog.form.set_value("each_month", 0)
    dialog.work.click()


@opening("one procurement")
def _procurement_page(hands: Hands) -> QWidget:
    _procurement(hands, "-03")
    return hands.window


@opening("one procurement, decided")
def _procurement_decided(hands: Hands) -> QWidget:
    _procurement(hands, "-01", "decision")
    return hands.window


@opening("procurements: add one")
def _add_procurement(hands: Hands) -> None:
    hands.page("procurements").start_adding()


@opening("procurements: remove one")
def _remove_procurement(hands: Hands) -> None:
    page = hands.page("procurements")
    page.table.choose_first()
    page.remove.trigger()


@opening("one procurement: edit it")
def _edit_procurement(hands: Hands) -> None:
    _procurement(hands, "-03").edit.click()


@opening("one procurement: its days as a table")
def _procurement_days(hands: Hands) -> None:
    _procurement(hands, "-03").part("days").as_table.click()


def _procurement_item(part: str) -> Callable[[Hands], None]:
    def act(hands: Hands) -> None:
        _procurement(hands, "-03", part).part(part).list.start_adding()

    return act


for _part in (
    "timetable",
    "bidders",
    "prices",
    "clarifications",
    "criteria",
    "evaluators",
    "abstentions",
):
    opening(f"one procurement: add to {_part}")(_procurement_item(_part))


@opening("one procurement: remove a question")
def _remove_question(hands: Hands) -> None:
    _procurement(hands, "-03", "clarifications").part("clarifications").list.remove.click()


def _procurement_cell(part: str) -> Callable[[Hands], None]:
    def act(hands: Hands) -> None:
        _procurement(hands, "-03", part).part(part).list.change.click()

    return act


opening("one procurement: score")(_procurement_cell("scores"))
opening("one procurement: moderate")(_procurement_cell("moderation"))


@opening("one procurement: take a score out")
def _take_score_out(hands: Hands) -> None:
    _procurement(hands, "-01", "scores").part("scores").list.remove.click()


@opening("one procurement: give it up")
def _give_up(hands: Hands) -> None:
    _procurement(hands, "-03", "facts").part("facts").give_up.click()


def _procurement_decision(button: str) -> Callable[[Hands], None]:
    def act(hands: Hands) -> None:
        getattr(_procurement(hands, "-01", "decision").part("decision"), button).click()

    return act


opening("one procurement: correct the decision")(_procurement_decision("correct"))
opening("one procurement: letters and standstill")(_procurement_decision("after"))
opening("one procurement: take the decision back")(_procurement_decision("undo"))


@opening("one procurement: make the contract")
def _contract_of_procurement(hands: Hands) -> None:
    _procurement(hands, "-01", "decision").part("decision").start_contract()


def _made(hands: Hands) -> Any:
    """The page of documents, with an order form that was issued and has newer wording by now."""
    desk = hands.desk
    contract = desk.store.read(contract_rows, desk.clock.today())[0]
    with desk.store.change("Issue a document") as session:
        keep_document(
            session,
            document_details(
                Subject(SubjectKind.CONTRACT, contract.id), clauses={"of-parties": 1, "of-law": 1}
            ),
            b"%PDF- an order form",
        )
    hands.settle()
    page = hands.page("documents")
    page.table.choose_first()
    return page


@opening("documents")
def _documents(hands: Hands) -> QWidget:
    _made(hands)
    return hands.window


@opening("documents: make one")
def _make_document(hands: Hands) -> None:
    page = hands.page("documents")
    page.start_adding()
    page.dialog.form.set_value("type_id", "order-form")


@opening("documents: newer wording")
def _newer_wording(hands: Hands) -> None:
    _made(hands).newer.trigger()
    hands.settle()


@opening("documents: what came back")
def _what_came_back(hands: Hands) -> QWidget:
    desk = hands.desk
    contract = desk.store.read(contract_rows, desk.clock.today())[0]
    subject = Subject(SubjectKind.CONTRACT, contract.id)
    made, details = kept_paper("order-form", subject, is_sample=True)
    sent = docx.write(hands.folder / "sent.docx", made.document)
    with desk.store.change("Issue a document") as session:
        key = keep_document(session, details, sent.read_bytes())
    hands.settle()
    page = hands.page("documents")
    page.table.choose(key)
    back = changed_word(sent, hands.folder / "Order form EXB-DOC-14 Northgate.docx")
    page.compare_with(page.table.chosen(), str(back))
    hands.settle()
    assert page.returned_dialog is not None
    dialog: QWidget = page.returned_dialog
    return dialog


@opening("documents: wording in use")
def _wording_in_use(hands: Hands) -> None:
    _made(hands).uses.click()


PAY = "loti-pay"


def _pack_words(version: int, days: int) -> str:
    """A clause of a pack, as it is written."""
    return (
        f'+++\nid = "{PAY}"\nversion = {version}\ntitle = "Payment of invoices"\n'
        'status = "released"\nowner = "LOTI"\nreview_by = 2027-10-31\n+++\n\n'
        f"The Council pays an invoice within {days} days of the day on which it came.\n\n"
        "An invoice that is not right is sent back, with what is wrong, within five days.\n"
    )


_NOTE = (
    'id = "loti-note"\nversion = 1\nname = "Note on payment"\nstatus = "released"\n'
    'owner = "LOTI"\nreview_by = 2027-10-31\nsubject = "contract"\n'
    'voice = "the Council and the others by name"\ntitle = "Note on payment"\n\n'
    f'[[part]]\nkind = "clauses"\nclauses = ["{PAY}"]\n'
)
BY = Approval("Ruth Okafor", "Head of HR", TODAY, is_read=True)


def _own_wording(hands: Hands) -> None:
    """Have a clause and a document type of the desk's own that are in force."""
    desk = hands.desk
    if any(PAY in row.named for row in desk.store.read(own_wording.wording_rows)):
        return
    with desk.store.change("Write wording") as session:
        for named, text in (
            (f"clauses/{PAY}.1.md", _pack_words(1, 30)), ("documents/loti-note.1.toml", _NOTE),
        ):  # fmt: skip
            key = own_wording.keep_draft(session, own_wording.DraftDetails(named, text, "Ada"))
            own_wording.approve(session, key, BY)
    hands.settle()


@opening("documents: export a pack")
def _export_pack(hands: Hands) -> None:
    _own_wording(hands)
    hands.page("documents").packs.export.trigger()
    hands.settle()


@opening("documents: import a pack")
def _import_pack(hands: Hands) -> None:
    """A pack with a newer version, a clause that is new, one that is refused, one there already."""
    _own_wording(hands)
    desk = hands.desk
    every = desk.store.read(contract_rows, desk.clock.today())
    contract = next(each for each in every if each.term.ends_on > TODAY)
    with desk.store.change("Issue a document") as session:
        about = Subject(SubjectKind.CONTRACT, contract.id)
        turn = next(TURNS)
        made = document_details(about, clauses={PAY: 1}, title=f"Order form {turn}")
        keep_document(session, made, f"%PDF- {turn}".encode())
    care = _pack_words(1, 10).replace(PAY, "loti-care").replace("Payment of invoices", "Care")
    law = library().clause("of-law")
    texts = {
        f"clauses/{PAY}.2.md": _pack_words(2, 20),
        "clauses/loti-care.1.md": care,
        "documents/loti-note.1.toml": _NOTE,
        f"clauses/of-law.{law.version}.md": care.replace("loti-care", "of-law").replace(
            "version = 1", f"version = {law.version}"
        ),
    }
    items = tuple(PackItem(*each, "Ivy Chen", TODAY) for each in texts.items())
    note = "The days of payment are 20 now. Please take it in by Christmas."
    pack = Pack("Contract terms 2027", "LOTI", TODAY, "1.0", items, note)
    path = save_pack(pack, hands.folder / f"terms {turn}.wording")
    hands.settle()
    look_through(desk, str(path), hands.page("documents"))
    hands.settle()


@opening("documents: remove one")
def _remove_document(hands: Hands) -> None:
    _made(hands).remove.trigger()


def _own_clause(hands: Hands) -> Any:
    """A variant of the clause on law, as it begins, on its page."""
    hands.window.page("clause").forget()
    hands.desk.go(WriteClause(replaces="of-law"))
    hands.settle()
    return hands.window.page("clause")


@opening("wording: write a variant")
def _write_variant(hands: Hands) -> QWidget:
    page = _own_clause(hands)
    page.text.insertPlainText("Each learner of {nothing} at the Town Hall, ")
    page.text.insertPlainText("{provider_n")
    page.check()
    hands.settle()
    page.text.close_list()  # it takes the Tab key, which is wanted to go round
    return hands.window


@opening("wording: write another")
def _write_another(hands: Hands) -> None:
    _own_clause(hands).text.insertPlainText("More. ")
    hands.desk.go(WriteClause(title="Parking", joins="order-form", follows="of-law"))


@opening("wording: leave without saving")
def _leave_clause(hands: Hands) -> None:
    page = _own_clause(hands)
    page.text.insertPlainText("More. ")
    page.back.click()


@opening("wording: add a clause")
def _add_clause(hands: Hands) -> None:
    page = hands.page("wording")
    page.start_adding()
    page.dialog.form.set_value("joins", "order-form")


def _own_draft(hands: Hands) -> Any:
    """A draft that is kept, chosen in the list of wording."""
    page = _own_clause(hands)
    page.form.set_value("written_by", "Priya Shah")
    page.save()
    page.back.click()
    hands.settle()
    return hands.window.page("wording")


@opening("wording: approve one")
def _approve_wording(hands: Hands) -> None:
    _own_draft(hands).approve.trigger()


@opening("wording: remove a draft")
def _remove_wording(hands: Hands) -> None:
    _own_draft(hands).remove.trigger()


@opening("wording: withdraw one")
def _withdraw_wording(hands: Hands) -> None:
    page = _own_draft(hands)
    page.approve.trigger()
    form = page.dialog.form
    form.set_value("by", "Ruth Okafor")
    form.set_value("job_title", "Head of Human Resources")
    form.set_value("is_read", True)
    page.dialog.panel.submit()
    hands.settle()
    page.withdraw.trigger()


def _make(type_id: str, kind: SubjectKind, turn: int = 0) -> Callable[[Hands], QWidget]:
    def act(hands: Hands) -> QWidget:
        desk = hands.desk
        found = desk.store.read(subject_choices, kind, desk.clock.today())
        of = library().type_of(type_id)
        about = [each for each in found if kind is not SubjectKind.BIDDER or may_get(of, each)]
        desk.go(MakeDocument(type_id, kind.value, about[turn].subject.id))
        hands.settle()
        return hands.window

    return act


opening("a document: invitation")(_make("invitation-to-quote", SubjectKind.PROCUREMENT, 1))
opening("a document: evaluation record")(_make("evaluation-record", SubjectKind.PROCUREMENT))
opening("a document: evaluation record of a procurement that is out")(
    _make("evaluation-record", SubjectKind.PROCUREMENT, 1)
)
opening("a document: clarification log")(_make("clarification-log", SubjectKind.PROCUREMENT))
opening("a document: requirement")(
    _make("requirement-and-specification", SubjectKind.PROCUREMENT, 1)
)
opening("a document: direct award")(_make("direct-award-report", SubjectKind.PROCUREMENT, 1))
opening("a document: award letter")(_make("award-letter", SubjectKind.BIDDER, -1))
opening("a document: unsuccessful letter")(_make("unsuccessful-letter", SubjectKind.BIDDER, -1))
opening("a document: order form")(_make("order-form", SubjectKind.CONTRACT))
opening("a document: variation")(_make("variation", SubjectKind.CONTRACT))
opening("a document: notice to end")(_make("notice-to-end", SubjectKind.CONTRACT))
opening("a document: letter on performance")(_make("performance-letter", SubjectKind.CONTRACT))
opening("a document: note on sharing")(_make("information-sharing-note", SubjectKind.ORGANISATION))


opening("a document: apprenticeship agreement")(
    _make("apprenticeship-agreement", SubjectKind.APPRENTICESHIP)
)
opening("a document: hand-over note")(_make("hand-over-note", SubjectKind.APPRENTICESHIP))
opening("a document: catch-up agreement")(_make("catch-up-agreement", SubjectKind.APPRENTICESHIP))
opening("a document: training plan in short")(
    _make("training-plan-summary", SubjectKind.APPRENTICESHIP)
)
opening("a document: progress review record")(_make("progress-review-record", SubjectKind.REVIEW))
opening("a document: secondment agreement")(_make("secondment-agreement", SubjectKind.SECONDMENT))


@opening("apprentices: a document for several")
def _for_several(hands: Hands) -> None:
    page = hands.page("apprentices")
    page.table.selectAll()
    hands.settle()
    page.actions_.new_document.trigger()


@opening("a document: for a cohort")
def _for_a_cohort(hands: Hands) -> QWidget:
    rows = [row for row in hands.page("apprentices")._rows if not row.is_vacancy][:6]
    first, *others = (row.id for row in rows)
    kind = SubjectKind.APPRENTICESHIP.value
    hands.desk.go(MakeDocument("apprenticeship-agreement", kind, first, tuple(others)))
    hands.settle()
    return hands.window


@opening("a document: begin another")
def _begin_another(hands: Hands) -> None:
    _make("order-form", SubjectKind.CONTRACT)(hands)
    page = hands.window.page("document")
    page.form.set_value("signatory_name", "Ruth Okafor")
    page.form.edited.emit()
    hands.settle()
    _make("invitation-to-quote", SubjectKind.PROCUREMENT)(hands)


@opening("contracts: add one")
def _add_to_contracts(hands: Hands) -> None:
    hands.page("contracts").start_adding()


@opening("contracts: change one")
def _change_in_contracts(hands: Hands) -> None:
    hands.page("contracts").change.trigger()


@opening("contracts: remove one")
def _remove_in_contracts(hands: Hands) -> None:
    hands.page("contracts").remove.trigger()


@opening("contracts: save a filter")
def _contracts_filter(hands: Hands) -> None:
    hands.page("contracts").narrowing.ask_for_name()


opening("contract: add a provider")(_from_contract("_on_add_provider"))
opening("contract: correct a provider")(_from_contract("_on_correct_provider"))
opening("contract: add a standard")(_from_contract("_on_add_standard"))


# --- returns --------------------------------------------------------------------------------------


@opening("send what would be refused?")
def _send(hands: Hands) -> None:
    row = next(one for one in hands.page("apprentices").model.shown if one.status is Status.LIVE)
    held = hands.desk.store.read(apprentices.held, row.id)
    with hands.desk.store.change("Somebody else") as session:
        apprentices.correct(session, row.id, replace(held.details, standard_code=""), held.stamp)
    page = hands.page("returns")
    page.refresh()
    hands.settle()
    assert page._standing.prepared.is_held_back, "nothing would be refused"
    page.sending.ask_to_export()


@opening("returns compared")
def _compared(hands: Hands) -> QWidget:
    page = hands.page("returns")
    path = hands.folder / "return.xlsx"
    path.unlink(missing_ok=True)
    page.sending.export_to(str(path), send_anyway=True)
    hands.until(path.exists)
    hands.until(lambda: page.leaving.sent.rows.rowCount())
    hands.settle()
    page.leaving.sent.choose_first()
    page.leaving.compare.click()
    hands.until(page.looking_back.comparison.isVisible)
    return hands.window


# --- import ---------------------------------------------------------------------------------------

LOG = (
    ("Apprentice", "Date", "Hours", "What was done"),
    ("Ada Obi", "03/08/2026", "1:30", "Databases module"),
    ("Adda Obi", "04/08/2026", "2", "Webinar on testing"),
    ("Ada Obi", "05/08/2026", "soon", "Reading"),
)
CODED = (
    ("Name", "ULN", "LARS code"),
    ("Ada King", "1000000000", "58"),
    ("Ben Orr", "1000000019", "122"),
)


def _importing(hands: Hands, kind: str, rows: Sequence[Sequence[str]]) -> Any:
    hands.window.go(ImportList(kind, hands.file(f"{kind}.csv", rows)))
    hands.settle()
    return hands.window.page("imports")


@opening("import: match the columns")
def _match(hands: Hands) -> QWidget:
    _importing(hands, "hours", LOG)
    return hands.window


def _reviewing(hands: Hands, kind: str, rows: Sequence[Sequence[str]]) -> Any:
    page = _importing(hands, kind, rows)
    page.match_part.forward.click()
    hands.settle()
    return page


@opening("import: review hours")
def _review_hours(hands: Hands) -> QWidget:
    _reviewing(hands, "hours", LOG)
    return hands.window


@opening("import: review apprentices")
def _review_people(hands: Hands) -> QWidget:
    _reviewing(hands, "apprentices", CODED)
    return hands.window


@opening("import: which standards are these?")
def _codes(hands: Hands) -> None:
    _reviewing(hands, "apprentices", CODED).review_part.say_standards.click()


@opening("import: done")
def _done(hands: Hands) -> QWidget:
    page = _reviewing(hands, "hours", LOG)
    page.review_part.forward.click()
    hands.settle()
    hands.desk.undo()
    return hands.window


# --- merge ----------------------------------------------------------------------------------------


SOME = 6
"""Boroughs whose returns are merged: enough for every part of the page."""


def _merged(hands: Hands) -> Any:
    """The page Merge returns with some of London on it."""
    folder = hands.folder / "returns"
    if not folder.exists():
        folder.mkdir()
        newest = schema.load()
        for number, borough in enumerate(london.boroughs()[:SOME]):
            workbook.write(london.one(borough, number), newest, folder / f"{borough.name}.xlsx")
    page = hands.page("merge")
    if page.incoming.merged is None:
        page.add([str(folder)])
        hands.until(lambda: not page._busy)
    return page


@opening("returns merged")
def _london(hands: Hands) -> QWidget:
    _merged(hands)
    return hands.window


@opening("rows behind a figure")
def _rows_behind(hands: Hands) -> None:
    page = _merged(hands)
    page.open_figure(next(iter(page.figures)))


@opening("rows behind a borough")
def _rows_of_borough(hands: Hands) -> None:
    page = _merged(hands)
    page.open_borough(page.incoming.merged.returns[0].header.borough_code)


@opening("expected boroughs")
def _expected(hands: Hands) -> None:
    hands.page("merge").ask_who_is_expected()


# --- settings -------------------------------------------------------------------------------------


@opening("put a line off")
def _put_off(hands: Hands) -> None:
    hands.page("today").put_off.click()


@opening("rename the team")
def _rename(hands: Hands) -> None:
    hands.page("settings").ask_for_team()


# --- what was left half-done, and what is dropped -------------------------------------------------


def _leave_half_done(hands: Hands) -> None:
    """Open a form of which a draft waits that was begun before the record was changed."""
    drafts = hands.desk.drafts
    typed, shown = {"team": "Digital and data"}, {"team": "IT"}
    drafts.keep(
        Draft("team", "Rename the team", drafts.person, "2026-11-24T08:00:00+00:00", typed, shown)
    )
    hands.page("settings").ask_for_team()


@opening("a form that was left half-done")
def _half_done(hands: Hands) -> None:
    _leave_half_done(hands)


@opening("two versions of what was left half-done")
def _half_done_twice(hands: Hands) -> None:
    _leave_half_done(hands)
    hands.dialog().panel.keeper.put_back()


@opening("which kind of list?")
def _which_kind(hands: Hands) -> None:
    ask_kind(
        hands.window, hands.program.theme, "list.csv", ("apprentices", "hours"), lambda _kind: None
    )


# --- standards ------------------------------------------------------------------------------------

STANDARDS = Path(__file__).parents[1] / "standards"


def _versions(hands: Hands) -> tuple[Any, str]:
    """The page of standards, with two versions of the one that most people follow."""
    page = hands.page("standards")
    code = max(page.model.shown, key=lambda line: line.on_it).id
    with hands.desk.change("Load two versions") as session:
        for name in ("st9990_v1_0.json", "st9990_v1_1.json"):
            read = read_standard_file(STANDARDS / name)[0].details
            load_version(session, replace(read, standard_code=code), TODAY)
    hands.settle()
    page.refresh()
    page.show_which("in use")
    assert page.choose(code)
    return page, code


@opening("standards: a version with what it asks")
def _asked(hands: Hands) -> QWidget:
    page, _ = _versions(hands)
    page.open_panel()
    return hands.window


@opening("standards: what a file would load")
def _review(hands: Hands) -> None:
    page, code = _versions(hands)
    text = (STANDARDS / "st9990_v1_1.json").read_text("utf-8").replace("ST9990", code)
    path = hands.folder / "newer.json"
    path.write_text(text.replace("calm and kind", "calm, kind and patient"), "utf-8")
    page.read_file(str(path))
    hands.settle()


@opening("standards: type or paste a version")
def _typed_version(hands: Hands) -> None:
    page, _ = _versions(hands)
    form = page.start_typing().form
    form.set_value("ksbs", "K1 How data is kept\nK3: What a key is\nS1. Asks a table")
    form.edited.emit()


@opening("standards: correct a version")
def _correct_version(hands: Hands) -> None:
    _versions(hands)[0].start_correcting()


@opening("standards: a version that somebody else corrected")
def _version_conflict(hands: Hands) -> None:
    page, _ = _versions(hands)
    dialog = page.start_correcting()
    held = page.panel.version
    theirs = replace(
        held.details,
        ksbs=tuple(
            replace(ksb, words=f"{ksb.words} {next(TURNS)}") if ksb.code in ("K2", "S1") else ksb
            for ksb in held.details.ksbs
        ),
        source="The standard's page",
    )
    with hands.desk.store.change("Meanwhile") as session:
        correct_version(session, held.id, theirs)
    form = dialog.form
    form.set_value("ksbs", form.value("ksbs").replace("K1: ", "K1: In words of mine, "))
    form.set_value("level", 4)
    form.edited.emit()
    dialog.panel.submit()


@opening("standards: compare two versions")
def _compare_versions(hands: Hands) -> None:
    _versions(hands)[0].start_comparing()


@opening("standards: who follows which version")
def _moves(hands: Hands) -> None:
    page, _ = _versions(hands)
    page.start_moving()
    dialog = hands.dialog()
    dialog.turn.click()
    rows = dialog.model.shown
    dialog.table.choose(rows[-1].id)
    dialog.stay.click()


@opening("standards: which codes in use would ask something else")
def _codes_in_use(hands: Hands) -> None:
    page, code = _versions(hands)
    person = hands.desk.store.read(standard_uses.people_on, code)[-1].id
    _follow(hands, person, "1.0")
    page.start_moving("1.1")
    hands.dialog().table.choose(person)


@opening("record: KSBs that asked something else when they were used")
def _ksbs_of_earlier(hands: Hands) -> QWidget:
    _page, code = _versions(hands)
    person = hands.desk.store.read(standard_uses.people_on, code)[-1].id
    if hands.desk.store.read(change_rows, person):  # moved when it was opened before
        _follow(hands, person, "1.1")
    else:
        _follow(hands, person, "1.0")
        with hands.desk.store.change("Move") as session:
            change_standard(session, person, TODAY, code, "1.1")
    hands.window.go(OpenRecord(person, "ksbs"))
    part: Any = hands.page("apprentice").part("ksbs")
    hands.settle()
    part.choose("K3")
    part.close_panel()
    return hands.window


def _follow(hands: Hands, person: UUID, version: str) -> None:
    """Let somebody who has logged hours under codes follow *version* of their standard."""
    with hands.desk.store.change("Follow") as session:
        held = apprentices.held(session, person)
        details = replace(held.details, standard_version=version, standard_option="")
        apprentices.correct(session, person, details, held.stamp)
        day = TODAY - timedelta(20)
        logged = hours.HoursDetails(person, day, 10, what="Keys and backups", ksbs="K1, K3-5, S2")
        hours.log_hours(session, logged, even_if_finished=True)
    hands.settle()


@opening("standards: what is different, for whom it is asked")
def _what_is_different(hands: Hands) -> None:
    page, _ = _versions(hands)
    page.start_moving()
    hands.dialog().what.click()


@opening("standards: remove a version?")
def _remove_version(hands: Hands) -> None:
    _versions(hands)[0].ask_to_remove()


# --- papers ---------------------------------------------------------------------------------------


def _rehearsed(hands: Hands) -> Any:
    page = hands.page("audit")
    page.start()
    hands.settle()
    return page


@opening("audit rehearsal with its gaps")
def _rehearsal(hands: Hands) -> QWidget:
    _rehearsed(hands)
    return hands.window


@opening("audit rehearsal: it names people")
def _rehearsal_names(hands: Hands) -> None:
    _rehearsed(hands).ask_before_saving()


def _log(hands: Hands) -> Any:
    """A log that came back with a new row, a correction and one that cannot be taken."""
    page = hands.page("papers")
    page.filter.clear()
    path = hands.folder / f"log {next(TURNS)}.xlsx"
    page.save_log(str(path))
    hands.settle()
    book = openpyxl.load_workbook(path)
    sheet = book["Hours"]
    sheet["C2"], sheet["C3"] = 6.5, 25
    blank = next(row for row in range(2, sheet.max_row + 1) if sheet[f"G{row}"].value == "N1")
    values = (sheet["A2"].value, date(2026, 11, 19), 1.5, "Workshop", "Joins and sub-queries")
    for column, value in zip("ABCDE", values, strict=True):
        sheet[f"{column}{blank}"] = value
    book.save(path)
    page.look_at(str(path))
    hands.settle()
    return page


@opening("papers: a log that came back")
def _log_came_back(hands: Hands) -> QWidget:
    _log(hands)
    return hands.window


@opening("papers: they name people")
def _papers_names(hands: Hands) -> None:
    page = hands.page("papers")
    page.stack.setCurrentIndex(0)
    page.ask_for_log()


# --- learning plans -------------------------------------------------------------------------------


def _plan_of(hands: Hands) -> Any:
    """The learning plan of somebody with one, part of it done; returns the part."""
    page = hands.page("apprentices")
    page.table.show_all()
    row = next(
        each
        for each in page.model.shown
        if each.facts.plan is not None
        and each.facts.plan.due_minutes
        and each.status is Status.LIVE
    )
    hands.window.go(OpenRecord(row.id, "plan"))
    hands.settle()
    part = hands.window.page("apprentice").part("plan")
    with hands.desk.store.change(f"Do some of the plan {next(TURNS)}") as session:
        due = [each for each in part.plan.rows if each.due_on and each.due_on < TODAY]
        for each in due[:-1]:
            learning.finish_activity(session, each.id, each.due_on)
        learning.drop_activity(session, part.plan.rows[-1].id)
        ahead = [each for each in part.plan.rows if each.due_on and each.due_on > TODAY]
        if len(ahead) > 1:
            learning.start_activity(session, ahead[0].id)
    hands.settle()
    part.table.choose(part.plan.rows[0].id)
    return part


@opening("learning plan")
def _plan(hands: Hands) -> QWidget:
    _plan_of(hands).take_keyboard()
    return hands.window


@opening("learning plan: nothing in it")
def _plan_empty(hands: Hands) -> QWidget:
    page = hands.page("apprentices")
    row = next(each for each in page.model.shown if each.facts.plan is None)
    hands.window.go(OpenRecord(row.id, "plan"))
    return hands.window


@opening("learning plan: add an activity")
def _plan_add(hands: Hands) -> None:
    _plan_of(hands).add.click()


@opening("learning plan: edit an activity")
def _plan_edit(hands: Hands) -> None:
    _plan_of(hands).commands.edit.trigger()


@opening("learning plan: an activity that somebody else changed")
def _plan_conflict(hands: Hands) -> None:
    part = _plan_of(hands)
    part.commands.edit.trigger()
    dialog = hands.dialog()
    row = part.table.chosen()
    with hands.desk.store.change("Meanwhile") as session:
        theirs = replace(row.details, title=f"{row.title} {next(TURNS)}", ksbs="K1")
        learning.correct_activity(session, row.id, theirs)
    dialog.form.set_value("title", "Mine")
    dialog.form.edited.emit()
    dialog.panel.submit()


@opening("learning plan: done")
def _plan_done(hands: Hands) -> None:
    part = _plan_of(hands)
    part.table.choose(next(each.id for each in part.plan.rows if each.is_open))
    part.commands.finish.trigger()


@opening("learning plan: remove?")
def _plan_remove(hands: Hands) -> None:
    _plan_of(hands).commands.remove.trigger()


@opening("learning plan: KSB coverage")
def _plan_coverage(hands: Hands) -> None:
    _plan_of(hands).show_coverage.click()


@opening("learning plan: move")
def _plan_move(hands: Hands) -> None:
    _plan_of(hands).move_plan()
    dialog = hands.dialog()
    dialog.form.set_value("by_days", 91)
    dialog.form.edited.emit()


@opening("learning plan: save as template")
def _plan_as_template(hands: Hands) -> None:
    _plan_of(hands).save_as_template()


@opening("learning plan: copy to others")
def _plan_copy(hands: Hands) -> None:
    _plan_of(hands).copy_to_others()
    dialog = hands.dialog()
    dialog.people.table.tick([each.id for each in dialog.people.table.rows.shown[:3]])


def _library(hands: Hands) -> Any:
    """The page of templates and offers, with some of both."""
    with hands.desk.store.change(f"Fill the library {next(TURNS)}") as session:
        offers.load_offers(session, resources.learning_offers())
        if not plan_templates.template_rows(session):
            lines = [
                TemplateLine("Induction", Activity.INDUCTION, DeliveredBy.EMPLOYER, 0, 4, 1_200,
                             "K1", True),
                TemplateLine("Databases", Activity.PROVIDER_DAY, DeliveredBy.PROVIDER, 30, 90,
                             4_500, "K4-7, S1-2", True),
                TemplateLine("A project of one's own", Activity.ASSIGNMENT, DeliveredBy.EMPLOYER,
                             120, 300, 9_000, "S1, S4-5, B2"),
            ]  # fmt: skip
            details = plan_templates.TemplateDetails("Digital, two years", "ST0116", "1.1",
                                                     "Agreed with the provider.")  # fmt: skip
            plan_templates.save_template(session, details, lines)
    return hands.page("plan_library")


def _anybody(hands: Hands) -> UUID:
    rows = hands.page("apprentices").model.shown
    return next(row.id for row in rows if row.status is Status.LIVE)


def _placements(hands: Hands, shown: str = "all") -> Any:
    """The page with what Camden and Brent said, and one approved request of ours."""
    store = hands.desk.store
    if not any(row.came_from == "LOTI" for row in store.read(listing_rows)):
        placed.taken_in(store)
        placed.requested(store, _anybody(hands))
        with store.change("Open up") as session:
            open_up(session, OpeningDetails(OpeningKind.VISIT, "Control room", days=1, places=6))
        hands.settle()
    page = hands.page("placements")
    page.narrow_to(shown)
    hands.settle()
    return page


@opening("places elsewhere")
def _places_elsewhere(hands: Hands) -> QWidget:
    _placements(hands)
    return hands.window


@opening("places elsewhere: an offer and what fits it")
def _places_offers(hands: Hands) -> QWidget:
    _placements(hands, "offers")
    return hands.window


@opening("places elsewhere: what we open")
def _places_ours(hands: Hands) -> QWidget:
    _placements(hands, "ours")
    return hands.window


@opening("places elsewhere: a new opening")
def _places_new_opening(hands: Hands) -> None:
    _placements(hands, "ours").ours.new.click()


@opening("places elsewhere: remove an opening?")
def _places_remove_opening(hands: Hands) -> None:
    part = _placements(hands, "ours").ours
    part.take_keyboard()
    part.remove.trigger()


@opening("places elsewhere: match")
def _places_match(hands: Hands) -> None:
    _placements(hands, "offers").elsewhere.match_it.trigger()


@opening("places elsewhere: export")
def _places_export(hands: Hands) -> None:
    _placements(hands).send.trigger()


@opening("places elsewhere: import")
def _places_import(hands: Hands) -> None:
    page = _placements(hands)
    later = placed.AT + timedelta(days=next(TURNS))
    more = placed.line(9, ListingKind.OFFER, wanted="Open data", weeks=4)
    file = placed.file_of(hands.folder, f"camden {next(TURNS)}", placed.camden(later, more))
    show_news(hands.desk, [str(file)], page)


@opening("plan library: templates")
def _templates(hands: Hands) -> QWidget:
    _library(hands).narrow_to("templates")
    return hands.window


@opening("plan library: a template")
def _template(hands: Hands) -> None:
    page = _library(hands)
    page.narrow_to("templates")
    page.part("templates").edit.trigger()


@opening("plan library: remove a template?")
def _template_remove(hands: Hands) -> None:
    page = _library(hands)
    page.narrow_to("templates")
    page.part("templates").remove.trigger()


@opening("plan library: an activity of a template")
def _template_line(hands: Hands) -> None:
    page = _library(hands)
    page.narrow_to("templates")
    page.part("templates").start_adding_line()


@opening("plan library: plans from a template")
def _template_for_several(hands: Hands) -> None:
    page = _library(hands)
    page.narrow_to("templates")
    page.part("templates").make.trigger()
    dialog = hands.dialog()
    dialog.people.table.tick([each.id for each in dialog.people.table.rows.shown[:4]])


@opening("plan library: offers")
def _offers(hands: Hands) -> QWidget:
    _library(hands).narrow_to("offers")
    return hands.window


@opening("plan library: an offer")
def _offer(hands: Hands) -> None:
    page = _library(hands)
    page.narrow_to("offers")
    page.part("offers").edit.trigger()


@opening("plan library: an offer for several")
def _offer_for_several(hands: Hands) -> None:
    page = _library(hands)
    page.narrow_to("offers")
    page.part("offers").plan.trigger()


@opening("learning plan: from a template")
def _plan_from_template(hands: Hands) -> None:
    _library(hands)
    _plan_of(hands).take_template()


@opening("learning plan: from an offer")
def _plan_from_offer(hands: Hands) -> None:
    _library(hands)
    _plan_of(hands).take_offer()


# --- the record of one apprentice: reviews --------------------------------------------------------


def _reviewed(hands: Hands) -> Any:
    """Open the reviews of somebody who has some held and one planned; return the part."""
    people = hands.page("apprentices").model.shown
    row = next(
        each
        for each in people
        if each.status is Status.LIVE and each.next_review_on and each.last_review_on
    )
    store, read = hands.desk.store, review_meetings.meeting_rows
    planned = next(each for each in store.read(read, [row.id])[row.id] if each.held_on is None)
    if not store.read(review_actions.action_rows, row.id):
        with store.change("Actions") as session:
            for what, due_on in (
                ("Send the log of October to the provider, with evidence", date(2026, 11, 2)),
                ("Find a project for S7", date(2026, 12, 11)),
            ):
                action = ActionDetails(what, row.name, due_on)
                review_actions.add_action(session, row.id, action)
    hands.window.go(OpenRecord(row.id, "reviews", planned.id))
    hands.settle()
    return hands.window.page("apprentice").part("reviews")


@opening("record: reviews")
def _reviews(hands: Hands) -> QWidget:
    _reviewed(hands)
    return hands.window


def _on_review(action: str, *, is_held: bool = False) -> Callable[[Hands], None]:
    def act(hands: Hands) -> None:
        part = _reviewed(hands)
        lines = part.reviews.rows.shown
        part.reviews.choose(next(each.id for each in lines if each.is_held is is_held))
        getattr(part.commands, action).trigger()

    return act


for _name in ("plan", "move", "prepare", "hold", "remove", "add_action", "finish"):
    opening(f"record: reviews, {_name.replace('_', ' ')}")(_on_review(_name))
for _name in ("correct", "sign"):
    opening(f"record: reviews, {_name}")(_on_review(_name, is_held=True))


# --- safekeeping: what left, and the history ------------------------------------------------------


def _safekeeping(hands: Hands, part: str) -> Any:
    page: Any = hands.page("safekeeping")
    page.show_part(part)
    hands.settle()
    return page.part(part)


@opening("safekeeping: what left")
def _what_left(hands: Hands) -> QWidget:
    _safekeeping(hands, "ledger")
    return hands.window


@opening("safekeeping: who gets a file")
def _who_gets(hands: Hands) -> None:
    _safekeeping(hands, "ledger").say_who_gets()


@opening("safekeeping: who gets a file, said by two")
def _who_gets_conflict(hands: Hands) -> None:
    part = _safekeeping(hands, "ledger")
    part.say_who_gets()
    hands.settle()
    with hands.desk.store.change("Say who gets it") as session:
        leaving.say_who_gets(
            session, part.table.chosen().id, GivenTo(f"Audit {next(TURNS)}", "Asked")
        )
    part.dialog.form.set_value("to_whom", "The provider")
    part.dialog.panel.submit()


@opening("safekeeping: history")
def _history_of_desk(hands: Hands) -> QWidget:
    _safekeeping(hands, "history")
    return hands.window


@opening("safekeeping: history of one record")
def _history_of_record(hands: Hands) -> QWidget:
    row = next(each for each in hands.page("apprentices").model.shown if not each.is_vacancy)
    hands.window.go(OpenHistory("apprenticeship", row.id, row.name))
    hands.settle()
    return hands.window


# --- charts as tables -----------------------------------------------------------------------------


@opening("chart of the team as a table")
def _team_chart(hands: Hands) -> None:
    hands.page("today").hours.as_table.click()


# --- logs and support -----------------------------------------------------------------------------


def _support(hands: Hands) -> Any:
    log = Log(settings.logs_folder())
    log.note(Event.STARTED)
    log.close()
    crashes.keep(settings.faults_folder(), LookupError, None, Clock().now())
    hands.window.go(OpenPage("safekeeping", "support"))
    hands.settle()
    page: Any = hands.window.page("safekeeping")
    part = page.part("support")
    part.refresh()
    hands.settle()
    return part


@opening("safekeeping: logs and support")
def _logs_and_support(hands: Hands) -> QWidget:
    _support(hands)
    return hands.window


@opening("what is saved for support")
def _for_support(hands: Hands) -> None:
    _support(hands).show_all()


@opening("one report of a fault")
def _one_report(hands: Hands) -> None:
    part = _support(hands)
    part.show_report(part.reports_shown[0])


@opening("empty the log?")
def _empty_log(hands: Hands) -> None:
    _support(hands).ask_to_empty()


# --- backups --------------------------------------------------------------------------------------


def _backups(hands: Hands) -> Any:
    """Show the part with backups: one of now, and one made under another passphrase."""
    desk = hands.window.desk
    assert desk is not None
    path = Path(desk.store.location)
    if not backup.backups_of(path):
        made = backup.make_backup(path, None, Clock().now() - timedelta(days=40))
        recrypt(made.path, None, derive("an earlier passphrase", bytes(16)), Progress())
        backup.make_backup(path, None, Clock().now() - timedelta(hours=3))
        with desk.store.change("Add a provider") as session:
            providers.add_provider(session, providers.ProviderDetails("New College", "10000999"))
    hands.window.go(OpenPage("safekeeping", "backups"))
    hands.settle()
    page: Any = hands.window.page("safekeeping")
    part = page.part("backups")
    part.refresh()
    hands.settle()
    return part


@opening("safekeeping: backups")
def _the_backups(hands: Hands) -> QWidget:
    _backups(hands)
    return hands.window


@opening("a backup compared with now")
def _backup_compared(hands: Hands) -> None:
    part = _backups(hands)
    part.table.choose_first()
    part.start_comparing()
    hands.settle()


@opening("the passphrase of a backup")
def _backup_passphrase(hands: Hands) -> None:
    part = _backups(hands)
    part.table.choose(next(line.id for line in part.model.given if line.needs_passphrase))
    part.start_restoring()


# --- how long people are kept ---------------------------------------------------------------------


def _retention(hands: Hands, *, is_held: bool = False) -> Any:
    """Show the part with somebody of long ago in it, chosen, kept for a reason or not."""
    name = f"Long{next(TURNS)}"
    with hands.desk.store.change("Enrol somebody of long ago") as session:
        apprentices.enrol(
            session,
            apprentices.ApprenticeDetails(
                given_names="Harriet", family_name=name, standard_code="ST0116",
                training_started_on=date(2016, 9, 1), ended_on=date(2018, 7, 1),
                training_planned_end_on=date(2018, 8, 31), outcome=Outcome.COMPLETED,
            ),
        )  # fmt: skip
    hands.window.go(OpenPage("safekeeping", "retention"))
    hands.settle()
    page: Any = hands.window.page("safekeeping")
    part = page.part("retention")
    part.refresh()
    (line,) = (each for each in part.lines if each.due.kept.name.endswith(name))
    if is_held:
        with hands.desk.store.change("Keep longer") as session:
            keep_longer(
                session, line.due.kept.kind, line.id,
                HoldDetails(KeepReason.AUDIT, "Sample drawn", "Grace Park"), TODAY,
            )  # fmt: skip
        part.refresh()
    part.table.choose(line.id)
    hands.settle()
    return part


@opening("safekeeping: how long")
def _how_long(hands: Hands) -> QWidget:
    _retention(hands)
    return hands.window


@opening("erase for good")
def _erase_for_good(hands: Hands) -> None:
    _retention(hands).erase.click()


@opening("erase what is kept for a reason?")
def _erase_all_the_same(hands: Hands) -> None:
    _retention(hands, is_held=True).erase.click()


@opening("somebody on programme is not erased")
def _not_erased(hands: Hands) -> None:
    part = _retention(hands)
    row = _anybody(hands)
    key = hands.desk.store.read(apprentices.held, row).apprentice_id
    part.rights.choose(key)
    part.rights.erase.click()


@opening("keep longer")
def _keep_longer(hands: Hands) -> None:
    _retention(hands).keep.click()


@opening("take a reason to keep back?")
def _take_reason_back(hands: Hands) -> None:
    _retention(hands, is_held=True).let_go.click()
