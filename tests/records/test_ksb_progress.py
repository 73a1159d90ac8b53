"""What is said of KSBs: kept with its day, refused where it cannot be, read in few queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event

from apprentice_desk.domain.evidence import EvidenceQuality
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import evidence, ksb_progress, learning
from apprentice_desk.records.ksb_progress import StatementDetails
from apprentice_desk.records.programme_changes import change_standard
from apprentice_desk.records.standard_versions import load_version
from apprentice_desk.records.store import Store
from records.acting import GONE, changing
from records.acts_on_learning import FIRST_VERSION, NEXT_VERSION

TODAY = date(2026, 9, 1)
APPRENTICE, MANAGER, PROVIDER = Voice
NOT_STARTED, IN_PROGRESS, READY, COMPLETED = KsbStatus


def told(store: Store, key: Any, as_at: date | None = None) -> list[tuple[Any, ...]]:
    return [
        (said.code, said.voice, said.status, said.said_on, said.said_by, said.note)
        for said in store.read(ksb_progress.statements, key, as_at)
    ]


def test_several_codes_are_spoken_of_at_once(store: Store, make: Any) -> None:
    key = make.apprentice()
    count = changing(
        store,
        lambda s: ksb_progress.say(
            s, key, ("S2", "K1", "K1"), MANAGER, READY, TODAY, " Grace Park ", " Saw it ",
            today=TODAY,
        ),
    )  # fmt: skip
    assert count == 2
    assert told(store, key) == [
        ("K1", MANAGER, READY, TODAY, "Grace Park", "Saw it"),
        ("S2", MANAGER, READY, TODAY, "Grace Park", "Saw it"),
    ]


def test_said_again_on_the_same_day_it_is_replaced_and_else_kept(store: Store, make: Any) -> None:
    key = make.said(status=IN_PROGRESS, said_on=date(2026, 8, 3), by="Grace Park", note="Begun")
    make.said(key, status=READY, said_on=date(2026, 8, 3))
    make.said(key, status=COMPLETED, said_on=TODAY)
    make.said(key, voice=APPRENTICE, status=IN_PROGRESS, said_on=TODAY)
    assert told(store, key) == [
        ("K1", MANAGER, READY, date(2026, 8, 3), "", ""),
        ("K1", APPRENTICE, IN_PROGRESS, TODAY, "", ""),
        ("K1", MANAGER, COMPLETED, TODAY, "", ""),
    ]
    assert len(told(store, key, date(2026, 8, 31))) == 1


def test_how_it_stood_on_a_day_is_what_was_said_last_by_then(store: Store, make: Any) -> None:
    key = make.said(codes=("K1", "K2"), status=IN_PROGRESS, said_on=date(2026, 8, 3))
    make.said(key, status=COMPLETED, said_on=date(2026, 8, 20))
    make.said(key, voice=PROVIDER, status=READY, said_on=date(2026, 8, 10))

    def stood(as_at: date) -> dict[str, dict[Voice, KsbStatus]]:
        found = store.read(ksb_progress.standing, key, as_at)
        return {
            code: {voice: said.status for voice, said in voices.items()}
            for code, voices in found.items()
        }

    assert stood(date(2026, 8, 2)) == {}
    assert stood(date(2026, 8, 12)) == {
        "K1": {MANAGER: IN_PROGRESS, PROVIDER: READY}, "K2": {MANAGER: IN_PROGRESS},
    }  # fmt: skip
    assert stood(TODAY)["K1"] == {MANAGER: COMPLETED, PROVIDER: READY}


@pytest.mark.parametrize(
    ("codes", "on", "says"),
    [
        (("K1",), date(2026, 9, 2), "2 Sep 2026 is still to come."),
        (("K1",), date(2025, 8, 31), "31 Aug 2025 is before the training began on 1 Sep 2025."),
        ((), TODAY, "Choose at least one KSB."),
        (("Q1",), TODAY, "“Q1” is not a code."),
        (("K1", "K99.99"), TODAY, "“K99.99” has more than 5 signs."),
        (("K1", "K4", "K5"), TODAY, "The standard has no K4-5. It has K1-2."),
    ],
)
def test_what_cannot_be_said_is_refused_in_words(
    store: Store, make: Any, codes: tuple[str, ...], on: date, says: str
) -> None:
    make.ksbs({"K1": "Stages", "K2": "Roles"})
    key = make.apprentice(standard_version="1.1")
    with pytest.raises(Problem) as caught, store.change("Say") as session:
        ksb_progress.say(session, key, codes, MANAGER, READY, on, today=TODAY)
    assert str(caught.value).startswith(says)
    assert told(store, key) == []


def test_any_code_may_be_spoken_of_where_the_standard_is_not_loaded(
    store: Store, make: Any
) -> None:
    make.ksbs({"K1": "Stages"}, version="1.0")
    key = make.said(make.apprentice(standard_version="1.1"), codes=("K44",))
    assert [row[0] for row in told(store, key)] == ["K44"]
    assert store.read(ksb_progress.known_codes, [key]) == {}


def test_each_has_the_codes_of_their_own_version(store: Store, make: Any) -> None:
    make.ksbs({"K1": "Stages", "S1": "Write code"})
    make.ksbs({"K2": "Roles"}, version="1.2")
    first, second = (make.apprentice(standard_version="1.1") for _ in range(2))
    newer = make.apprentice(standard_version="1.2")
    others = make.apprentice(standard_version="9.9"), make.apprentice(standard_code=None)
    assert store.read(ksb_progress.known_codes, [first, second, newer, *others]) == {
        first: ("K1", "S1"), second: ("K1", "S1"), newer: ("K2",),
    }  # fmt: skip
    assert store.read(ksb_progress.known_codes, []) == {}


def test_nothing_is_said_of_somebody_who_was_removed(store: Store) -> None:
    with pytest.raises(Conflict, match="removed meanwhile"), store.change("Say") as session:
        ksb_progress.say(session, GONE, ("K1",), MANAGER, READY, TODAY, today=TODAY)


def test_statements_are_taken_back_together_and_only_once(store: Store, make: Any) -> None:
    key = make.said(codes=("K1", "K2", "S1"))
    keys = [said.id for said in store.read(ksb_progress.statements, key)]
    assert changing(store, lambda s: ksb_progress.take_back(s, keys[:2])) == 2
    assert [row[0] for row in told(store, key)] == ["S1"]
    with pytest.raises(Conflict, match="taken back meanwhile"), store.change("Back") as session:
        ksb_progress.take_back(session, keys)
    assert [row[0] for row in told(store, key)] == ["S1"]


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        (StatementDetails(), ["KP001", "KP002", "KP003"]),
        (StatementDetails(MANAGER, READY, date(2026, 9, 2)), ["KP004"]),
        (StatementDetails(MANAGER, READY, date(2025, 8, 31)), ["KP005"]),
        (StatementDetails(MANAGER, READY, TODAY, "x" * 201, "y" * 1001), ["TX001", "TX001"]),
        (StatementDetails(MANAGER, READY, TODAY), []),
    ],
)
def test_what_is_wrong_with_a_statement_is_named(
    details: StatementDetails, codes: list[str]
) -> None:
    found = ksb_progress.check(details, TODAY, date(2025, 9, 1))
    assert [each.code for each in found] == codes
    is_early = codes == ["KP005"]
    assert bool(ksb_progress.check(details, TODAY)) is (bool(codes) and not is_early)


def test_a_grid_is_made_of_what_was_by_the_day(store: Store, make: Any) -> None:
    make.ksbs({"K1": "Stages", "S1": "Write code"})
    key = make.apprentice(standard_version="1.1")
    first = make.hours(key, done_on=date(2026, 8, 3), minutes=60, what="Joins", ksbs="K1, S1")
    second = make.hours(key, done_on=TODAY, minutes=30, what="Tests", ksbs="K1-2", counts=False)
    make.hours(key, done_on=date(2026, 9, 2), ksbs="K1")
    make.hours(key, done_on=TODAY, ksbs="teamwork")
    make.hours(key, done_on=TODAY)
    file_id = make.evidence(first)
    make.evidence(first, "more.txt", b"More")
    changing(store, lambda s: evidence.judge(s, file_id, EvidenceQuality.STRONG))
    make.said(key, said_on=TODAY)
    make.said(key, said_on=date(2026, 9, 2))

    def plan(session: Any, title: str, ksbs: str) -> Any:
        return learning.plan_activity(session, key, title, 60, date(2026, 12, 1), ksbs=ksbs)

    changing(store, lambda s: plan(s, "Testing", "S1, K1"))
    changing(store, lambda s: plan(s, "Nothing named", ""))
    dropped = changing(store, lambda s: plan(s, "Dropped", "K1"))
    changing(store, lambda s: learning.drop_activity(s, dropped))

    facts = store.read(ksb_progress.ksb_facts, key, TODAY)
    assert facts.codes == ("K1", "S1")
    assert [(e.id, e.minutes, e.counts, e.what, e.codes) for e in facts.entries] == [
        (second, 30, False, "Tests", ("K1", "K2")),
        (first, 60, True, "Joins", ("K1", "S1")),
    ]
    assert sorted(facts.entries[1].evidence, key=str) == [None, EvidenceQuality.STRONG]
    assert facts.entries[0].evidence == ()
    assert [said.said_on for said in facts.said] == [TODAY]
    assert [(p.title, p.due_on, p.codes) for p in facts.planned] == [
        ("Testing", date(2026, 12, 1), ("K1", "S1"))
    ]


def test_the_versions_followed_before_are_read_with_what_they_asked(
    store: Store, make: Any
) -> None:
    key = make.apprentice(standard_version="1.0", standard_option="Web")
    for version in (FIRST_VERSION, NEXT_VERSION):
        changing(store, lambda s, version=version: load_version(s, version, TODAY))
    moved = date(2026, 8, 3)
    changing(store, lambda s: change_standard(s, key, moved, "ST0116", "1.1"))
    changing(store, lambda s: change_standard(s, key, TODAY, "ST0116", "1.7"))
    earlier = store.read(ksb_progress.ksb_facts, key, TODAY).earlier
    assert [(each.name, each.until_on) for each in earlier] == [
        ("ST0116 v1.0", moved), ("ST0116 v1.1", TODAY),
    ]  # fmt: skip
    # Of the first one the option Web, which has no K2.
    assert [{ksb.code: ksb.words for ksb in each.known or ()} for each in earlier] == [
        {"K1": "Keeps records", "S1": "Asks"},
        {"S1": "Asks", "K1": "Keeps all records", "B1": "Is kind"},
    ]
    nothing = make.apprentice(standard_code=None, course_title="Rigging")
    changing(store, lambda s: change_standard(s, nothing, moved, "ST0116", "1.1"))
    assert store.read(ksb_progress.ksb_facts, nothing, TODAY).earlier == ()


@pytest.fixture
def queries() -> Iterator[list[str]]:
    """The queries that were run."""
    ran: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("entries", [0, 1, 12])
def test_a_grid_takes_eight_queries_and_a_standing_one(
    store: Store, make: Any, queries: list[str], entries: int
) -> None:
    make.ksbs({"K1": "Stages"})
    key = make.apprentice(standard_version="1.1")
    for turn in range(entries):
        make.evidence(make.hours(key, ksbs="K1"), content=bytes([turn]))
        make.said(key, said_on=date(2026, 8, 1 + turn))
    queries.clear()
    assert len(store.read(ksb_progress.ksb_facts, key, TODAY).entries) == entries
    asked = [each for each in queries if "alembic" not in each and "change_log" not in each]
    assert len(asked) == 8
    queries.clear()
    store.read(ksb_progress.standing, key, TODAY)
    asked = [each for each in queries if "alembic" not in each and "change_log" not in each]
    assert len(asked) == 1
