"""What every test may ask for: a desk, things in it, a clock and the rules.

``store`` is an open desk of the invented borough Exampleton, with nothing in it yet.  In
tests/records each test that asks for it (or for ``location``) runs twice, on SQLite and on
PostgreSQL; elsewhere it is a SQLite file.  PostgreSQL is the server named by the environment
variable APPRENTICE_DESK_POSTGRES; without it those tests skip, but in CI they fail.
"""

from __future__ import annotations

import itertools
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings

from apprentice_desk import policy, resources
from apprentice_desk.domain.hours_rules import Activity, HoursRules
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.own_wording import Approval
from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.domain.vocabulary import (
    BarrierCategory,
    EventKind,
    ExpiryKind,
    MentorRole,
    Regime,
    Route,
    SecondmentKind,
    SubjectKind,
)
from apprentice_desk.records import (
    apprentices,
    contract_days,
    contracts,
    event_attendance,
    evidence,
    filing,
    hours,
    import_memory,
    keeping_documents,
    ksb_progress,
    learning,
    leave,
    levy,
    mentors,
    network,
    offers,
    organisation,
    own_wording,
    payments,
    plan_templates,
    providers,
    returns_sent,
    reviews,
    secondments,
    standards,
)
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.standard_versions import StandardKsb, StandardVersion
from apprentice_desk.records.store import Store
from issued import document_details
from office import office as office

MOST_MS = 60_000
"""What is waited for comes before that, or the test fails."""
MOST_LETTERS_OF_A_NAME = 500
MOST_SECONDS_OF_A_SAMPLE = 300
SCREENS = "APPRENTICE_DESK_SCREENS"
"""Names the displays of X servers, as many as there are processes of tests."""
POSTGRES = "APPRENTICE_DESK_POSTGRES"
RECORDS = Path(__file__).parent / "records"
WINDOW = Path(__file__).parent / "ui"
TORTURE = Path(__file__).parent / "torture"
LONG = [
    Path(__file__).parent / name
    for name in ("records/test_undo.py", "test_bombs.py", "test_heavy_files.py", "packages")
]
"""Each of these takes a minute or so, and is begun before all that is over sooner."""

# No example is refused for being slow: how fast a shared machine is, no test may say.  In CI they
# are the same in each run, so that what passed passes again; elsewhere each run looks for others.
settings.register_profile(
    "desk",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("desk")


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    day: date = date(2026, 9, 1)

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    """1 September 2026, half past nine UTC."""
    return FixedClock()


@pytest.fixture(scope="session")
def rules() -> HoursRules:
    """The off-the-job rules that come with the program."""
    return resources.hours_rules()


@pytest.fixture
def qtbot(qtbot: Any) -> Any:
    """Wait for long where something is waited for: a machine may have much to do besides."""
    for name in ("waitUntil", "waitSignal", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=MOST_MS))
    from ui.waiting import MS_BETWEEN_LOOKS

    wait, ms_of_wait_until = qtbot.wait, 10  # most of what is waited for is there sooner
    qtbot.wait = lambda ms: wait(MS_BETWEEN_LOOKS if ms == ms_of_wait_until else ms)
    return qtbot


@pytest.fixture
def set_policy(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """A function that has the text of a policy hold for the rest of the test."""

    def set_it(text: str) -> Path:
        file = tmp_path_factory.mktemp("policy") / "policy.toml"  # each is read once
        file.write_text(text, "utf-8")
        monkeypatch.setenv(policy.FILE_VARIABLE, str(file))
        return file

    return set_it


# --- guards over every test ---------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    # A thread that Qt or C++ made shows up as a dummy once it runs Python; it has no end to see.
    left = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in left:
        thread.join(timeout=MOST_MS / 1000)
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, f"still running: {names}"


@pytest.fixture(autouse=True)
def no_surprises(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logged a warning or worse; one that expects it calls caplog.clear()."""
    yield
    logged = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    assert not logged, logged


# --- desks --------------------------------------------------------------------------------------


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name what is very long by its length: on Windows no test may have a name of 32,768 letters.

    The names of all others are pytest's own.
    """
    if isinstance(val, str | bytes) and len(val) > MOST_LETTERS_OF_A_NAME:
        return f"{argname} of {len(val)}"
    return None


def pytest_configure() -> None:
    """Give each of several processes a screen of its own: the keys go to the window in front."""
    worker, screens = os.environ.get("PYTEST_XDIST_WORKER", ""), os.environ.get(SCREENS, "").split()
    if worker and screens:
        os.environ["DISPLAY"] = screens[int(worker.removeprefix("gw")) % len(screens)]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left with it alone at the end."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        first = {TORTURE: 0, WINDOW: 1} | dict.fromkeys(LONG, 2)
        last = len(first)
        items.sort(
            key=lambda item: min(first.get(each, last) for each in (item.path, *item.path.parents))
        )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of records on both engines."""
    if "location" in metafunc.fixturenames:
        is_records = RECORDS in metafunc.definition.path.parents
        engines = ["sqlite", "postgresql"] if is_records else ["sqlite"]
        metafunc.parametrize("location", engines, indirect=True)


def begin(store: Store) -> None:
    """Say that the desk is Exampleton's: change number 1."""
    with store.change("Begin the desk", is_final=True) as session:
        organisation.begin(
            session,
            code="E09999999",
            name="Exampleton",
            letters="XMP",
            team="Digital",
            is_sample=True,
        )


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk file that the others are copies of; not to be opened."""
    path = tmp_path_factory.mktemp("empty") / "empty.desk"
    store = create_store(path, person="Tess Ter")
    begin(store)
    store.close()
    return path


_SHAPE = """
SELECT md5(
  (SELECT string_agg(concat_ws(' ', c.relname, a.attname, a.atttypid, a.attnotnull), ','
          ORDER BY c.relname, a.attnum)
   FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0)
  || (SELECT string_agg(conname, ',' ORDER BY conname) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace)
  || (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal))
"""


@dataclass
class Databases:
    """Makes and drops databases on the PostgreSQL server of the tests.

    Making one takes long.  So what a test gives back is lent to the next, emptied and filled again
    as it was at first; one whose tables a test has changed is dropped.
    """

    url: Any
    made: itertools.count[int]
    free: list[str] = field(default_factory=list)
    shapes: dict[str, str] = field(default_factory=dict)

    def connect(self, name: str | None = None) -> Any:
        import psycopg  # late: a computer without it runs the rest

        url = self.url.set(drivername="postgresql")
        if name is not None:
            url = url.set(database=name)
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    def run(self, statement: str) -> None:
        with self.connect() as connection:
            connection.execute(statement.encode())

    def lend(self, template: str) -> str:
        """Give a database that is as *template* is; to be given back."""
        if self.free:
            return self.free.pop()
        name = self.make(template)
        with self.connect(name) as connection:
            self.shapes[name] = connection.execute(_SHAPE).fetchone()[0]
            connection.execute("CREATE SCHEMA as_it_was")
            for table in _tables(connection, "public"):
                if connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():
                    connection.execute(f'CREATE TABLE as_it_was."{table}" AS TABLE "{table}"')
        return name

    def take_back(self, name: str) -> None:
        """Make what was lent ready for the next test."""
        with self.connect(name) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            is_as_it_was = connection.execute(_SHAPE).fetchone()[0] == self.shapes[name]
            if is_as_it_was:
                statements = ["SET session_replication_role = replica"]
                statements += [f'DELETE FROM "{each}"' for each in _tables(connection, "public")]
                statements += [
                    f'INSERT INTO "{each}" SELECT * FROM as_it_was."{each}"'
                    for each in _tables(connection, "as_it_was")
                ]
                connection.execute("; ".join(["BEGIN", *statements, "COMMIT"]))
        if is_as_it_was:
            self.free.append(name)
        else:
            self.drop(name)

    def make(self, template: str | None = None) -> str:
        name = f"apprentice_desk_{os.getpid()}_{next(self.made)}"
        self.run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def address(self, name: str) -> str:
        return str(self.url.set(database=name).render_as_string(hide_password=False))


def _tables(connection: Any, schema: str) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return [row[0] for row in found.fetchall()]


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The PostgreSQL server; skips (in CI: fails) where none is named."""
    from sqlalchemy import make_url

    address = os.environ.get(POSTGRES)
    if not address:
        reason = f"no PostgreSQL: set {POSTGRES} to an address"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    made = Databases(make_url(address), itertools.count(1))
    yield made
    for name in made.free:
        made.drop(name)


@pytest.fixture(scope="session")
def empty_database(databases: Databases) -> Iterator[str]:
    """The database that the others are copies of; not to be opened."""
    name = databases.make()
    store = create_store(databases.address(name), person="Tess Ter")
    begin(store)
    store.close()
    yield name
    databases.drop(name)


@pytest.fixture
def desk_file(empty_desk: Path, tmp_path: Path) -> Path:
    """A desk file of this test's own, closed."""
    return Path(shutil.copy(empty_desk, tmp_path / "exampleton.desk"))


CopySample = Callable[..., Path]


@pytest.fixture(scope="session")
def copy_sample(tmp_path_factory: pytest.TempPathFactory) -> CopySample:
    """Put a copy of a sample desk as it is made for a day to a path; each is made once.

    That takes seconds.  So several processes of tests share what one of them has made.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if worker else base) / "samples"
    folder.mkdir(exist_ok=True)

    def make(kept: Path, sample: str, today: date) -> None:
        from apprentice_desk.commands.sample import make_sample_desk  # late: few tests need it

        begun = (tmp_path_factory.mktemp("sample") / sample).with_suffix(".desk")
        make_sample_desk(begun, sample, today).close()
        begun.rename(kept)  # whole or not there

    def copy(to: Path, today: date, sample: str = "exampleton.toml") -> Path:
        kept = folder / f"{sample} {today}.desk"
        if not kept.exists():
            try:
                kept.with_suffix(".begun").touch(exist_ok=False)
            except FileExistsError:
                _wait_for(kept)
            else:
                make(kept, sample, today)
        return Path(shutil.copy(kept, to))

    return copy


def _wait_for(path: Path) -> None:
    """Wait for what another process of tests makes."""
    until = time.monotonic() + MOST_SECONDS_OF_A_SAMPLE
    while not path.exists():
        assert time.monotonic() < until, f"nobody makes {path.name}"
        time.sleep(0.02)


@pytest.fixture
def location(request: pytest.FixtureRequest) -> Iterator[str]:
    """A desk of this test's own, closed: a file's path or a database's address."""
    if request.param == "sqlite":
        yield str(request.getfixturevalue("desk_file"))
        return
    databases: Databases = request.getfixturevalue("databases")
    name = databases.lend(request.getfixturevalue("empty_database"))
    yield databases.address(name)
    databases.take_back(name)


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    """An open desk with nothing in it."""
    store = open_store(location, person="Tess Ter")
    yield store
    store.close()


# --- things in it -------------------------------------------------------------------------------


class Make:
    """Puts things into a desk, each with its own change; every function returns the key."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.turn = 1

    def _next(self) -> int:
        self.turn += 1
        return self.turn - 1

    def apprentice(self, **details: Any) -> UUID:
        """A live apprentice on 36 hours a week; returns the apprenticeship's key."""
        values = {
            "given_names": "Ada",
            "family_name": "Lovelace",
            "standard_code": "ST0116",
            "training_started_on": date(2025, 9, 1),
            "training_planned_end_on": date(2027, 8, 31),
            "weekly_minutes": 36 * 60,
            "agreed_minutes": 500 * 60,
        } | details
        with self.store.change("Enrol") as session:
            return apprentices.enrol(session, apprentices.ApprenticeDetails(**values))

    def provider(self, **details: Any) -> UUID:
        turn = self._next()
        values = {"name": f"Provider {turn}", "ukprn": str(10_000_000 + turn)} | details
        with self.store.change("Add a provider") as session:
            return providers.add_provider(session, providers.ProviderDetails(**values))

    def contract(self, **details: Any) -> UUID:
        """A contract, with a provider of its own unless one is given."""
        provider_id = details.pop("provider_id", None) or self.provider()
        values = {
            "reference": f"C{self._next():03}",
            "title": "Digital apprenticeships",
            "provider_id": provider_id,
            "regime": Regime.ACT_2023,
            "route": Route.FRAMEWORK_DIRECT,
            "starts_on": date(2025, 4, 1),
            "ends_on": date(2028, 3, 31),
            "value_limit": Decimal("150000.00"),
        } | details
        with self.store.change("Award a contract") as session:
            return contracts.award(session, contracts.ContractDetails(**values))

    def contract_file(
        self,
        contract_id: UUID | None = None,
        name: str = "signed order form.pdf",
        content: bytes = b"",
    ) -> UUID:
        """A file of a contract, of one of its own unless it is given."""
        contract_id = contract_id or self.contract()
        content = content or f"Agreed {self._next()}".encode()
        with self.store.change("Attach a file") as session:
            return filing.attach_contract_file(session, contract_id, name, content)

    def document(
        self, subject: Subject | None = None, content: bytes = b"", **details: Any
    ) -> UUID:
        """A document that was issued, about a contract of its own unless a subject is given."""
        subject = subject or Subject(SubjectKind.CONTRACT, self.contract())
        content = content or f"%PDF- issued {self._next()}".encode()
        with self.store.change("Issue a document") as session:
            return keeping_documents.keep_document(
                session, document_details(subject, **details), content
            )

    def wording(
        self,
        named: str = "",
        text: str = "Cars are parked outside.",
        *,
        written_by: str = "Ada Lovelace",
        source: str = "",
        approved_by: str = "",
        approved_on: date = date(2026, 8, 3),
    ) -> UUID:
        """A version of the desk's own wording: a draft, unless somebody approved it."""
        named = named or f"clauses/exb-parking-{self._next()}.1.md"
        details = own_wording.DraftDetails(named, text, written_by, source)
        with self.store.change("Write a clause") as session:
            key = own_wording.keep_draft(session, details)
        if approved_by:
            approval = Approval(approved_by, "Head of HR", approved_on, is_read=True, is_alone=True)
            with self.store.change("Approve a clause") as session:
                own_wording.approve(session, key, approval)
        return key

    def turn_wording(self, wording_id: UUID, **values: Any) -> None:
        """Write past the commands of the desk's own wording, as another program could."""
        with self.store.change("Behind the back") as session:
            kept = session.get(own_wording.WordingKept, wording_id)
            for name, value in values.items():
                setattr(kept, name, value)

    def extension(self, contract_id: UUID, to_on: date, **details: Any) -> UUID:
        """One more extension that the contract allows."""
        with self.store.change("Enter an extension") as session:
            return contract_days.add_extension(
                session, contract_id, contract_days.ExtensionDetails(to_on, **details)
            )

    def expiry(self, contract_id: UUID, **details: Any) -> UUID:
        """An insurance or policy of a contract."""
        values = {"kind": ExpiryKind.CYBER, "ends_on": date(2027, 1, 5)} | details
        with self.store.change("Enter an insurance") as session:
            return contract_days.add_expiry(
                session, contract_id, contract_days.ExpiryDetails(**values)
            )

    def standard(self, code: str = "ST0116", title: str = "Software developer") -> None:
        """Put one standard into the catalogue."""
        listed = resources.ListedStandard(
            code, title, 4, 24, Decimal("18000.00"), "1.1", "Approved for delivery", "Digital"
        )
        with self.store.change("Load the catalogue") as session:
            standards.load_catalogue(session, [listed], date(2026, 7, 1))

    def hours(self, apprenticeship_id: UUID | None = None, **details: Any) -> UUID:
        values = {
            "apprenticeship_id": apprenticeship_id or self.apprentice(),
            "done_on": date(2026, 8, 3),
            "minutes": 90,
            "activity": Activity.WORKSHOP,
            "what": "Unit testing",
        } | details
        with self.store.change("Log hours") as session:
            return hours.log_hours(session, hours.HoursDetails(**values))

    def evidence(
        self, entry_id: UUID | None = None, name: str = "notes.txt", content: bytes = b"Learned"
    ) -> UUID:
        """A file, on an entry of its own unless one is given."""
        entry_id = entry_id or self.hours()
        with self.store.change("Attach a file") as session:
            return evidence.attach_file(session, entry_id, name, content)

    def said(
        self,
        apprenticeship_id: UUID | None = None,
        codes: tuple[str, ...] = ("K1",),
        voice: Voice = Voice.MANAGER,
        status: KsbStatus = KsbStatus.IN_PROGRESS,
        said_on: date = date(2026, 8, 3),
        *,
        by: str = "",
        note: str = "",
    ) -> UUID:
        """What one voice says of codes; returns the apprenticeship's key."""
        key = apprenticeship_id or self.apprentice()
        with self.store.change("Say how far it has come") as session:
            ksb_progress.say(session, key, codes, voice, status, said_on, by, note, today=said_on)
        return key

    def ksbs(
        self, ksbs: dict[str, str], standard_code: str = "ST0116", version: str = "1.1"
    ) -> None:
        """Load a version of a standard that asks for *ksbs* (codes and their words)."""
        with self.store.change("Load a standard") as session:
            session.add(
                StandardVersion(
                    standard_code=standard_code,
                    version=version,
                    title="Software developer",
                    loaded_on=date(2026, 8, 1),
                    ksbs=[
                        StandardKsb(position=place, code=code, words=words)
                        for place, (code, words) in enumerate(ksbs.items(), 1)
                    ],
                )
            )

    def review(
        self,
        apprenticeship_id: UUID | None = None,
        due_on: date = date(2026, 8, 14),
        held_on: date | None = None,
    ) -> UUID:
        apprenticeship_id = apprenticeship_id or self.apprentice()
        with self.store.change("Plan a review") as session:
            review_id = reviews.schedule_review(session, apprenticeship_id, due_on)
            if held_on is not None:
                reviews.hold_review(session, review_id, held_on)
            return review_id

    def leave(
        self,
        apprenticeship_id: UUID | None = None,
        first_on: date = date(2026, 8, 3),
        last_on: date = date(2026, 8, 7),
    ) -> UUID:
        apprenticeship_id = apprenticeship_id or self.apprentice()
        details = leave.LeaveDetails(first_on, last_on)
        with self.store.change("Plan leave") as session:
            return leave.plan_leave(session, apprenticeship_id, details)

    def activity(
        self,
        apprenticeship_id: UUID | None = None,
        title: str = "Databases module",
        planned_minutes: int = 600,
        due_on: date | None = date(2026, 8, 31),
    ) -> UUID:
        apprenticeship_id = apprenticeship_id or self.apprentice()
        with self.store.change("Plan an activity") as session:
            return learning.plan_activity(
                session, apprenticeship_id, title, planned_minutes, due_on
            )

    def template(self, name: str = "", lines: Sequence[TemplateLine] = ()) -> UUID:
        """A template of a plan, with two activities unless others are given."""
        given = lines or (
            TemplateLine("Induction", due_after_days=6, planned_minutes=420, ksbs="K1"),
            TemplateLine("Databases", starts_after_days=30, due_after_days=60, planned_minutes=900),
        )
        details = plan_templates.TemplateDetails(name or f"Template {self._next()}", "ST0116")
        with self.store.change("Save a template") as session:
            return plan_templates.save_template(session, details, given)

    def offer(self, **details: Any) -> UUID:
        """What a partner offers to learn."""
        values = {"partner": "Partner", "title": f"Course {self._next()}"} | details
        with self.store.change("Add an offer") as session:
            return offers.add_offer(session, offers.OfferDetails(**values))

    def secondment(self, code: str = "", **details: Any) -> UUID:
        """An offer of a place here."""
        values = {"kind": SecondmentKind.OFFER, "host": "E09999999", "weeks": 4} | details
        with self.store.change("Offer a place") as session:
            return secondments.second(
                session,
                secondments.SecondmentDetails(**values),
                code=code or f"XMP-S{self._next()}",
            )

    def event(self, **details: Any) -> UUID:
        values = {
            "name": "Summer link-up",
            "held_on": date(2026, 6, 18),
            "kind": EventKind.LINK_UP,
            "attended": 12,
        } | details
        with self.store.change("Record an event") as session:
            return network.record_event(session, network.EventDetails(**values))

    def attended(self, count: int = 2, **details: Any) -> tuple[UUID, tuple[UUID, ...]]:
        """An event that apprentices came to, and who they are."""
        event_id = self.event(**details)
        people = tuple(self.apprentice() for _ in range(count))
        with self.store.change("Say who came") as session:
            event_attendance.record_attendance(session, event_id, people, 0, date(2026, 7, 1))
        return event_id, people

    def mentor(self, apprenticeship_id: UUID | None = None, **details: Any) -> UUID:
        """A mentor, of an apprentice of their own unless one is given."""
        values = {
            "apprenticeship_id": apprenticeship_id or self.apprentice(),
            "role": MentorRole.MENTOR,
            "name": "Sam Lee",
            "from_on": date(2026, 1, 5),
        } | details
        with self.store.change("Record a mentor") as session:
            return mentors.begin_mentoring(session, mentors.MentoringDetails(**values))

    def mapping(self, **details: Any) -> UUID:
        """The columns of a log of hours, remembered."""
        values = {
            "name": "Diary of Ada",
            "kind": "hours",
            "fingerprint": "0f" * 16,
            "columns": (("Day", "done_on"), ("Hours", "duration"), ("Room", "")),
        } | details
        with self.store.change("Remember the columns") as session:
            return import_memory.remember_mapping(
                session, import_memory.MappingDetails(**values), date(2026, 8, 3)
            )

    def payment(self, contract_id: UUID | None = None, paid_on: date = date(2026, 5, 1)) -> UUID:
        """£1,250 paid, under a contract of its own unless one is given."""
        contract_id = contract_id or self.contract()
        with self.store.change("Pay") as session:
            return payments.pay(session, contract_id, paid_on, Decimal("1250.00"))

    def levy_balance(
        self, balance_on: date = date(2026, 8, 1), amount: str = "250000.00", note: str = ""
    ) -> UUID:
        """What is in the levy account."""
        details = levy.BalanceDetails(balance_on, Decimal(amount), note)
        with self.store.change("Record the balance of the levy") as session:
            return levy.record_balance(session, details, resources.levy_rules(), balance_on)

    def levy_income(self, from_month: date = date(2025, 1, 1), amount: str = "10000.00") -> UUID:
        """What comes in each month."""
        details = levy.IncomeDetails(from_month, Decimal(amount))
        with self.store.change("Record the income of the levy") as session:
            return levy.record_income(session, details, resources.levy_rules())

    def sent(self, period: str = "2026-27 Q1", revision: int = 1, **details: Any) -> UUID:
        """A return in the history, with a workbook of no meaning."""
        values = {
            "format_version": "1.0",
            "prepared_at": datetime(2026, 7, 9, 8, revision, 0, 5, tzinfo=UTC),
            "prepared_by": "Apprenticeships team",
            "fingerprint": f"{revision:02}" * 32,
            "file_name": "return.xlsx",
            "content": b"PK a workbook",
            "row_counts": {"Apprentices": 2, "Contracts": 1},
        } | details
        with self.store.change(f"Send the return for {period}", is_final=True) as session:
            return returns_sent.send_return(session, period=period, revision=revision, **values)

    def barrier(self, **details: Any) -> UUID:
        values = {
            "category": BarrierCategory.TIME,
            "what_stands_in_the_way": "No cover while people train",
        } | details
        with self.store.change("Note a barrier") as session:
            return network.note_barrier(session, network.BarrierDetails(**values))


@pytest.fixture(scope="session")
def maker() -> type[Make]:
    """What ``make`` is, for a test that has several desks: ``maker(another_store)``."""
    return Make


@pytest.fixture
def make(store: Store) -> Make:
    """Functions that put things into ``store``, with defaults."""
    return Make(store)
