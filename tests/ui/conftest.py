"""What the tests of the window share: a desk with a small team in it, and its pages."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from sqlalchemy import Engine, event

from apprentice_desk import resources
from apprentice_desk.app.program import Program
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records import programmes
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import HoursDetails, log_many
from apprentice_desk.records.leaving import left_rows
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.store import Store
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.jobs import Jobs
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import Theme, apply, load_theme
from apprentice_desk.ui.shell.places import place_named
from ui.made_beside import made_beside
from ui.starting import NovemberClock


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do each time a window is shown."""
    ignore = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if "tests/ui/" in item.path.as_posix():
            item.add_marker(ignore)


@pytest.fixture(autouse=True)
def no_class_made_beside() -> Iterator[None]:
    """Fail a test whose program makes a class of Qt's beside the window."""
    with made_beside() as names:
        yield
    assert names == []


@dataclass(frozen=True)
class Team:
    """The keys of the team's apprenticeships."""

    ada: UUID
    tomasz: UUID
    mei: UUID
    jo: UUID
    kim: UUID
    lee: UUID
    provider: UUID


def fill(make: Any) -> Team:
    """Put a small team into the desk: six people, one of each kind."""
    make.standard()
    thamesbank = make.provider(name="Thamesbank College", ukprn="10000001")
    kestrel = make.provider(name="Kestrel Skills", ukprn="10000002")
    contract = make.contract(reference="XMP-2025-014", provider_id=thamesbank)
    shared: dict[str, Any] = {"provider_id": thamesbank, "contract_id": contract}

    def enrol(given: str, family: str, **details: Any) -> UUID:
        return make.apprentice(given_names=given, family_name=family, **shared | details)

    def log(apprenticeship_id: UUID, first: date, last: date, minutes: int) -> None:
        days = range(0, (last - first).days + 1, 14)
        entries = [
            HoursDetails(apprenticeship_id, first + timedelta(days=n), minutes, what="Databases")
            for n in days
        ]
        with make.store.change("Log hours") as session:
            log_many(session, [(entry, "") for entry in entries])

    ada = enrol("Ada", "Obi", line_manager="Grace Park", standard_version="1.1")
    log(ada, date(2025, 9, 8), date(2026, 6, 1), 120)
    tomasz = enrol("Tomasz", "Nowak", line_manager="Grace Park")
    log(tomasz, date(2025, 9, 5), date(2026, 8, 28), 600)
    mei = enrol("Mei", "Lin", provider_id=kestrel, contract_id=None, is_end_day_given=False)
    jo = enrol("Jo", "Bright")
    with make.store.change("Start a break") as session:
        programmes.start_break(session, jo, date(2026, 6, 1))
    kim = enrol(
        "Kim",
        "Adeyemi",
        training_started_on=date(2023, 9, 4),
        training_planned_end_on=date(2025, 9, 3),
        ended_on=date(2025, 12, 1),
        outcome=Outcome.COMPLETED,
    )
    lee = enrol("Lee", "Chan", training_started_on=date(2026, 10, 5))
    make.hours(mei, done_on=date(2026, 9, 1), minutes=210, activity=Activity.WORKSHOP)
    make.hours(ada, done_on=date(2026, 8, 31), minutes=60, activity=Activity.PROGRESS_REVIEW,
               counts=False, what="Review with the provider")  # fmt: skip
    return Team(ada, tomasz, mei, jo, kim, lee, thamesbank)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, in force."""
    made = load_theme("light")
    apply(qapp, made)
    return made


@pytest.fixture
def messages(qapp: QApplication) -> Messages:
    """What is said; all of it stands in ``said``."""
    return Messages()


@dataclass(frozen=True)
class Filled:
    """A closed desk with the team in it: the others are copies of it."""

    path: Path
    team: Team
    turn: int
    """The number that what is put in next begins with."""


@pytest.fixture(scope="session")
def desk_with_team(
    empty_desk: Path, maker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Filled:
    """The desk with the team, made once; not to be opened."""
    path = Path(shutil.copy(empty_desk, tmp_path_factory.mktemp("filled") / "filled.desk"))
    store = open_store(path, person="Tess Ter")
    make = maker(store)
    team = fill(make)
    store.close()
    return Filled(path, team, make.turn)


@pytest.fixture
def desk_file(request: pytest.FixtureRequest, empty_desk: Path, tmp_path: Path) -> Path:
    """A desk file of this test's own, closed; with the team where the test is about it."""
    source = empty_desk
    if "desk_with_team" in request.fixturenames:
        source = request.getfixturevalue("desk_with_team").path
    return Path(shutil.copy(source, tmp_path / "exampleton.desk"))


@pytest.fixture
def team(desk_with_team: Filled, make: Any) -> Team:
    """The team that is in the desk."""
    make.turn = desk_with_team.turn
    return desk_with_team.team


@pytest.fixture
def desk_on(
    messages: Messages,
    clock: Any,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Callable[[Store], Desk]]:
    """Put a desk on a store, as ``app`` would; its jobs end with the test."""
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    lists = Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )
    made: list[Desk] = []

    def put(store: Store) -> Desk:
        organisation = store.read(organisation_row)
        jobs = Jobs(messages)
        made.append(Desk(store, organisation, lists, jobs, messages, Settings(), clock, theme))
        return made[-1]

    yield put
    for desk in made:
        desk.close()


@pytest.fixture
def desk(store: Store, team: Team, desk_on: Callable[[Store], Desk]) -> Desk:
    """An open desk with the team in it, on 1 September 2026."""
    return desk_on(store)


@pytest.fixture
def gone_out(desk: Desk, qtbot: Any) -> Callable[[], list[tuple[str, int | None]]]:
    """Return what the ledger says has left, oldest first: what it is, and how many are in it."""

    def read() -> list[tuple[str, int | None]]:
        qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=60_000)
        rows = desk.store.read(left_rows)
        return [(row.kind.value, row.people_count) for row in sorted(rows, key=_in_order)]

    return read


def _in_order(row: Any) -> tuple[int, str]:
    return (row.changed_in, row.file_name)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The statements that any desk runs, in their order."""
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def page(desk: Desk, qtbot: Any) -> Iterator[Callable[..., Any]]:
    """Open a page by its name, shown at 1224 x 800 like in a window of 1440 x 900."""
    opened: list[QWidget] = []

    def open_page(name: str, size: tuple[int, int] = (1224, 800)) -> Any:
        made = place_named(name).make(desk)
        made.resize(*size)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        qtbot.waitUntil(lambda: not made._is_stale)
        opened.append(made)
        return made

    yield open_page
    for made in opened:
        if isValid(made):  # else it has gone with the window that a test put it into
            made.close()
            made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settled(desk: Desk, qtbot: Any) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: not desk.jobs.is_busy)


# --- the program --------------------------------------------------------------------------------


@pytest.fixture
def hooks() -> Iterator[None]:
    """Give the interpreter its own hooks back."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


@pytest.fixture
def start(qapp: QApplication, qtbot: Any, hooks: None) -> Iterator[Any]:
    """Start the program as a person would, on a desk or on none."""
    programs: list[Program] = []

    def started(location: str = "") -> Program:
        program = Program(qapp, NovemberClock(), location)
        programs.append(program)
        program.start()
        with qtbot.waitSignal(program.ready):
            pass
        return program

    yield started
    for program in programs:
        program.window.close()
        program.close()
        program.window.deleteLater()
        program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
