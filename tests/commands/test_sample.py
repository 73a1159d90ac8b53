"""The sample: the same on the same day, and with something on every sheet of its returns."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.__main__ import main
from apprentice_desk.commands import desks
from apprentice_desk.commands.sample import SAMPLES, make_sample_desk, write_sample
from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.calendar import Quarter, monday_of
from apprentice_desk.domain.evidence import EvidenceKind
from apprentice_desk.domain.vocabulary import ReceiptState
from apprentice_desk.records.base import Base
from apprentice_desk.records.contracts import contract_rows, payment_rows
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.evidence import evidence_content, evidence_rows
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.learning import plan_rows
from apprentice_desk.records.levy_runway import levy_facts, levy_look
from apprentice_desk.records.returns_sent import return_file, returns_sent_rows
from apprentice_desk.records.reviews import review_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.records.store import Store
from apprentice_desk.records.weeks import WEEK, week_rows
from apprentice_desk.returns import history, workbook

KEY = re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
DAYS = [date(2026, 11, 24), date(2027, 1, 1), date(2027, 4, 1), date(2026, 7, 31)]


def written(folder: Path, today: date) -> list[Path]:
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return write_sample(folder, today, noon)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_sample_boroughs_say_something_on_every_sheet(today: date, tmp_path: Path) -> None:
    ended = Quarter.containing(today).previous()
    files = [path for path in written(tmp_path / "sample", today) if path.suffix == ".xlsx"]
    reads = [workbook.read(path) for path in files]
    assert [one.header.period for one in reads].count(ended) == 2
    for one in reads:
        assert [finding.message for finding in one.findings if finding.level.value != "note"] == []
        if one.header.period == ended:
            assert [sheet for sheet, count in one.row_counts.items() if not count] == []


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_levy_of_the_sample_lapses_one_day_and_pays_what_is_due(
    today: date, tmp_path: Path, copy_sample: Any
) -> None:
    store = open_store(copy_sample(tmp_path / "exampleton.desk", today))
    try:
        facts = store.read(levy_facts, today)
    finally:
        store.close()
    assert facts is not None
    assert today - facts.balance.balance_on == timedelta(days=4)
    look = levy_look(facts, resources.funding_rules(), resources.levy_rules())
    assert look.runway.unknown == 0, "what came in is known from as long ago as money lasts"
    assert look.runway.lapsing > 0
    assert look.runway.first_short is None
    assert look.due.dated > 0
    assert (look.due.unpriced, look.due.unshared, look.without_contract) == (0, 0, 0)


def test_drafts_and_barriers_that_loti_may_not_see_stay_in_the_sample_desk(tmp_path: Path) -> None:
    files = [path for path in written(tmp_path / "sample", DAYS[0]) if path.suffix == ".xlsx"]
    (one,) = [workbook.read(path) for path in files if path.name == "exampleton 2026-27 Q2.xlsx"]
    described = resources.load_toml("sample", "exampleton.toml")["secondment"]
    drafts = [entry for entry in described if entry["status"] == "draft"]
    long_over = [entry for entry in described if entry.get("ended_in_weeks", 0) < -60]
    light = [entry for entry in described if entry.get("form", "secondment") != "secondment"]
    assert (len(described), len(drafts), len(long_over), len(light)) == (13, 1, 1, 2)
    assert one.row_counts["Secondments"] == 9
    assert one.row_counts["Barriers"] == 2
    assert {line.is_suppressed for line in one.content.characteristics} == {True, False}


def test_returns_and_lists_are_the_same_for_the_same_day(tmp_path: Path) -> None:
    first, second = (written(tmp_path / name, DAYS[0]) for name in ("a", "b"))
    assert [path.name for path in first] == [path.name for path in second]
    compared = 0
    for one, other in zip(first, second, strict=True):
        if one.suffix != ".desk":
            assert one.read_bytes() == other.read_bytes(), one.name
            compared += 1
    assert compared == 7


def meant(store: Store) -> dict[str, Counter[str]]:
    """Return what each table says, rows named by what they and those they belong to say."""
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    tables = {name: each for name, each in tables.items() if "change" not in name.split("_")}
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    address = f"file:{store.location}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        for name, table in tables.items():
            columns = [column.name for column in table.columns]
            found = connection.execute(f'SELECT {", ".join(columns)} FROM "{name}"').fetchall()
            rows[name] = {str(row[0]): dict(zip(columns, row, strict=True)) for row in found}

    @cache
    def said(name: str, key: str) -> str:
        table, row = tables[name], rows[name][key]
        parts = []
        for column in table.columns:
            value = row[column.name]
            (points_to,) = [each.column.table.name for each in column.foreign_keys] or [""]
            if value is not None and points_to in rows and str(value) in rows[points_to]:
                value = said(points_to, str(value))
            parts.append(KEY.sub("key", f"{column.name}={value}"))
        return "; ".join(parts)

    return {name: Counter(said(name, key) for key in found) for name, found in rows.items()}


def test_every_row_says_the_same_in_every_sample_of_a_day(
    exampleton: Store, tmp_path: Path
) -> None:
    found = [meant(exampleton)]
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        path = tmp_path / str(number) / "exampleton.desk"
        store = make_sample_desk(path, "exampleton.toml", DAYS[0])
        found.append(meant(store))
        store.close()
    assert sum(map(len, found[0].values())) > 2_000
    for other in found[1:]:
        for name, expected in found[0].items():
            assert (expected - other[name], other[name] - expected) == (Counter(), Counter()), name


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "sample"
    assert main(["sample", "--to", str(folder)]) == 0
    *files, q3, q4, q1, q2 = capsys.readouterr().out.splitlines()
    assert q4 == f"{folder / 'returns' / '2019-20 Q4'}: 15 returns of the first programme"
    assert {line.partition(": ")[2] for line in (q3, q1, q2)} == {q4.partition(": ")[2]}
    assert len(files) == 9
    for line in files:
        assert Path(line).is_file()


# the team of Exampleton


@pytest.fixture(scope="module")
def exampleton(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("sample") / "exampleton.desk"
    store = open_store(copy_sample(path, DAYS[0]))
    yield store
    store.close()


def standing(store: Store) -> tuple[ApprenticeRow, ...]:
    lists = desks.lists()
    return store.read(apprentice_rows, DAYS[0], lists.hours_rules, lists.role_families)


def test_the_team_has_people_in_every_state(exampleton: Store) -> None:
    states = Counter(row.status for row in standing(exampleton))
    assert states == {
        Status.LIVE: 14,
        Status.COMPLETED: 3,
        Status.IN_ASSESSMENT: 2,
        Status.PLANNED: 2,
        Status.WITHDRAWN: 2,
        Status.ON_A_BREAK: 1,
    }


def test_somebody_is_behind_somebody_ahead_and_somebody_stopped_logging(exampleton: Store) -> None:
    against = {row.name: row.figures.against_plan_minutes or 0 for row in standing(exampleton)}
    assert against["Elena Petrova"] < -40 * 60
    assert against["Grace Lindqvist"] > 60 * 60
    assert abs(against["Rhys Evans"]) < 20 * 60
    newest = {
        entry.name: entry.done_on for entry in reversed(exampleton.read(hours_rows, limit=100_000))
    }
    assert newest["Ada Obi"] < DAYS[0] - timedelta(weeks=4)
    assert newest["Tomasz Nowak"] > DAYS[0] - timedelta(weeks=2)


def test_hours_go_back_three_years_and_august_is_quiet(exampleton: Store) -> None:
    entries = exampleton.read(hours_rows, limit=100_000)
    assert min(entry.done_on for entry in entries) < date(2023, 12, 31)
    assert all(entry.done_on.weekday() < 5 for entry in entries)
    by_month: Counter[int] = Counter()
    for entry in entries:
        if entry.done_on.year in (2024, 2025):
            by_month[entry.done_on.month] += entry.minutes
    around = (by_month[7] + by_month[9]) / 2
    assert 0 < by_month[8] < around / 2


def test_nobody_logs_on_a_break_that_is_over(exampleton: Store) -> None:
    (beth,) = (row for row in standing(exampleton) if row.name == "Beth Callaghan")
    (spell,) = beth.course.breaks
    assert spell.last is not None
    entries = exampleton.read(hours_rows, apprenticeship_id=beth.id, limit=10_000)
    assert [entry for entry in entries if entry.done_on in spell] == []
    assert min(entry.done_on for entry in entries) < spell.first
    assert max(entry.done_on for entry in entries) > spell.last


def test_learning_plans_share_out_what_is_agreed(exampleton: Store) -> None:
    with_plan = [
        (row, exampleton.read(plan_rows, row.id))
        for row in standing(exampleton)
        if exampleton.read(plan_rows, row.id)
    ]
    assert len(with_plan) == 6
    for row, parts in with_plan:
        agreed = row.figures.required_minutes
        assert agreed is not None
        assert agreed - len(parts) < sum(part.planned_minutes for part in parts) <= agreed


def test_a_review_or_two_was_not_held(exampleton: Store) -> None:
    reviews = exampleton.read(review_rows)
    missed = {one.name for one in reviews if one.held_on is None and one.due_on < DAYS[0]}
    assert missed == {"Elena Petrova", "Yusuf Demir"}
    assert len([one for one in reviews if one.held_on is not None]) > 60


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_managers_of_the_sample_keep_the_book_of_hours(
    today: date, tmp_path: Path, copy_sample: Any
) -> None:
    store = open_store(copy_sample(tmp_path / "exampleton.desk", today))
    try:
        monday = monday_of(today)
        rows = store.read(hours_rows)
        said = store.read(week_rows, date.min, date.max)
        attached = store.read(evidence_rows, [row.id for row in rows])
        contents = [store.read(evidence_content, row.id) for row in attached if row.sha256]
    finally:
        store.close()
    verified = [row for row in rows if row.verified_at is not None]
    assert len(verified) > 300
    assert {row.verified_by for row in verified} >= {"Dele Ojo", "Priya Raman"}
    assert monday - 12 * WEEK <= min(row.done_on for row in verified)
    assert max(row.done_on for row in verified) < monday - 2 * WEEK
    assert all(row.verified_at.date() > row.done_on for row in verified if row.verified_at)
    assert Counter(row.kind for row in attached) == {
        EvidenceKind.FILE: 2, EvidenceKind.LINK: 1, EvidenceKind.TEXT: 2,
    }  # fmt: skip
    assert all(content.decode().strip() for content in contents)
    assert {row.is_finished for row in said} == {True}
    assert {row.monday for row in said} == {monday - ago * WEEK for ago in range(4, 9)}
    assert sum(row.is_nothing for row in said) >= 1
    named = {row.name for row in rows if row.apprenticeship_id in
             {week.apprenticeship_id for week in said if week.is_nothing}}  # fmt: skip
    assert "Ada Obi" in named


def test_contracts_are_paid_quarter_by_quarter_and_never_beyond_what_is_agreed(
    exampleton: Store,
) -> None:
    rows = exampleton.read(contract_rows, DAYS[0])
    assert len(rows) == 4
    for row in rows:
        paid = exampleton.read(payment_rows, row.id)
        assert len(paid) >= 4
        assert row.value_limit is not None
        assert sum(one.amount for one in paid) < row.value_limit


def test_past_returns_were_sent_and_answered_and_say_only_what_was_known(
    exampleton: Store,
) -> None:
    sent = exampleton.read(returns_sent_rows)
    assert [one.period for one in sent] == [
        "2026-27 Q1", "2025-26 Q4", "2025-26 Q3", "2025-26 Q2", "2025-26 Q1",
    ]  # fmt: skip
    for one in sent:
        assert one.is_kept
        assert one.receipt is not None
        assert one.receipt.details.state is ReceiptState.ACCEPTED
        assert one.receipt.details.received_on > one.prepared_at.date()
    counts = [dict(one.row_counts)["Apprentices"] for one in sent]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] > 0
    for one in sent:
        content = history.said_then(exampleton, one)
        last = Quarter.parse(one.period).last
        starts = [line.training_started_on for line in content.apprentices]
        assert max(day for day in starts if day) <= last


def test_the_history_of_the_sample_is_the_same_for_the_same_day(
    exampleton: Store, tmp_path: Path
) -> None:
    again = make_sample_desk(tmp_path / "exampleton.desk", "exampleton.toml", DAYS[0])
    try:
        first, second = (store.read(returns_sent_rows) for store in (exampleton, again))
        assert [one.fingerprint for one in first] == [one.fingerprint for one in second]
        for one, other in zip(first, second, strict=True):
            files = exampleton.read(return_file, one.id), again.read(return_file, other.id)
            assert files[0] == files[1] is not None
    finally:
        again.close()


def test_everybody_in_the_samples_is_invented() -> None:
    for name in SAMPLES:
        sample = resources.load_toml("sample", name)
        assert {entry["ukprn"][:4] for entry in sample["provider"]} == {"1999"}
        assert sample["borough"].startswith("E099999")
        ulns = [entry["uln"] for entry in sample["apprentice"]]
        assert len(set(ulns)) == len(ulns)
