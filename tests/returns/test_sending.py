"""A return is written and recorded in one act, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import hours
from apprentice_desk.records.returns_sent import (
    next_revision,
    return_file,
    returns_sent_rows,
    send_return,
)
from apprentice_desk.records.store import Store
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.sending import Prepared, last_sent, period_to_send, prepare, send
from apprentice_desk.returns.workbook import read, write
from conftest import Make
from returns.making import content

PERIOD = Quarter.parse("2026-27 Q2")
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )


def prepared(store: Store, lists: Lists, prepared_by: str = "HR officer") -> Prepared:
    return prepare(
        store, PERIOD, lists, prepared_at=AT, prepared_by=prepared_by, program_version="0.1.0"
    )


def sound(make: Make) -> None:
    """Put one apprentice into the desk that no check has anything against."""
    make.standard()
    make.apprentice()


def faulty(make: Make) -> None:
    """Put one live apprentice into the desk whose planned end is not known."""
    make.standard()
    make.apprentice(training_planned_end_on=None)


def test_preparing_changes_nothing_in_the_desk(store: Store, make: Make, lists: Lists) -> None:
    sound(make)
    before = store.latest_change()

    found = prepared(store, lists)

    assert store.latest_change() == before
    assert [row.name for row in found.gathered.apprentices] == ["Ada Lovelace"]
    assert found.to_fix == ()


def test_what_is_sent_can_be_read_back_and_stands_in_the_history(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    sound(make)
    path = tmp_path / "return.xlsx"

    sent = send(store, prepared(store, lists), path)

    back = read(path)
    assert back.header is not None
    assert (back.header.borough_name, back.header.revision) == ("Exampleton", 1)
    assert back.fingerprint == sent.fingerprint
    (row,) = store.read(returns_sent_rows)
    assert (row.period, row.revision, row.file_name) == ("2026-27 Q2", 1, "return.xlsx")
    assert (row.prepared_by, row.fingerprint) == ("HR officer", sent.fingerprint)
    assert dict(row.row_counts)["Apprentices"] == 1
    assert store.read(return_file, row.id) == path.read_bytes()


def test_sending_is_a_change_that_cannot_be_undone(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    sound(make)
    send(store, prepared(store, lists), tmp_path / "return.xlsx")

    line = store.latest_change()

    assert line is not None
    assert (line.label, line.is_final) == ("Send the return for 2026-27 Q2", True)


def test_the_next_return_for_the_period_is_the_next_revision(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    sound(make)
    path = tmp_path / "return.xlsx"
    send(store, prepared(store, lists), path)

    sent = send(store, prepared(store, lists), path)

    assert sent.revision == 2
    assert [row.revision for row in store.read(returns_sent_rows)].count(2) == 1


def test_a_return_with_something_to_fix_is_held_back(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    faulty(make)
    found = prepared(store, lists)

    with pytest.raises(Problem, match="2026-27 Q2 was not written"):
        send(store, found, tmp_path / "return.xlsx")

    assert list(tmp_path.glob("*.xlsx")) == []
    assert store.read(returns_sent_rows) == ()


def test_a_return_held_back_is_sent_when_the_person_says_so(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    faulty(make)

    sent = send(store, prepared(store, lists), tmp_path / "return.xlsx", send_anyway=True)

    assert sent.path.exists()
    assert len(store.read(returns_sent_rows)) == 1


def test_a_return_overtaken_by_another_leaves_the_file_as_it_was(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    sound(make)
    stale = prepared(store, lists)
    path = tmp_path / "return.xlsx"
    send(store, prepared(store, lists), path)
    before = path.read_bytes()

    with pytest.raises(Conflict, match="sent already, meanwhile"):
        send(store, stale, path)

    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.glob("*.xlsx")] == ["return.xlsx"]
    assert len(store.read(returns_sent_rows)) == 1


def test_a_folder_that_is_not_there_leaves_no_record(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    sound(make)

    with pytest.raises(Problem, match="was not found"):
        send(store, prepared(store, lists), tmp_path / "gone" / "return.xlsx")

    assert store.read(returns_sent_rows) == ()


def test_a_file_that_may_not_be_replaced_leaves_no_record(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    sound(make)
    folder = tmp_path / "return.xlsx"
    folder.mkdir()

    with pytest.raises(Problem, match="is a folder"):
        send(store, prepared(store, lists), folder)

    assert store.read(returns_sent_rows) == ()


def test_a_desk_open_to_read_only_sends_nothing(
    desk_file: Path, lists: Lists, tmp_path: Path
) -> None:
    from apprentice_desk.records.desks import open_store

    store = open_store(desk_file, read_only=True)
    try:
        found = prepared(store, lists)
        with pytest.raises(Problem, match="open to read only"):
            send(store, found, tmp_path / "return.xlsx", send_anyway=True)
    finally:
        store.close()

    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize(
    ("today", "sent", "expected"),
    [
        (date(2026, 11, 24), (), "2026-27 Q3"),
        (date(2027, 1, 8), (), "2026-27 Q3"),
        (date(2027, 1, 8), ("2026-27 Q3",), "2026-27 Q4"),
        (date(2027, 1, 13), (), "2026-27 Q3"),
        (date(2027, 1, 14), (), "2026-27 Q4"),
    ],
)
def test_the_quarter_that_ended_is_meant_until_it_is_sent_or_overdue(
    today: date, sent: tuple[str, ...], expected: str
) -> None:
    assert str(period_to_send(today, _due(today), sent)) == expected


def _due(today: date) -> date:
    ended = Quarter.containing(today).previous()
    return resources.return_settings().due_on(ended.last, resources.bank_holidays())


def test_where_the_due_day_is_not_known_the_running_quarter_is_meant() -> None:
    assert str(period_to_send(date(2027, 1, 8), None, ())) == "2026-27 Q4"


def test_the_day_after_the_period_stands_as_at_its_last_day(
    store: Store, make: Make, lists: Lists
) -> None:
    sound(make)

    found = prepare(
        store,
        PERIOD.previous(),
        lists,
        prepared_at=AT,
        prepared_by="",
        program_version="0.1.0",
    )

    assert found.gathered.as_at == date(2026, 6, 30)


def record_sent(store: Store, period: Quarter, content: bytes) -> None:
    with store.change("Send a return") as session:
        send_return(
            session,
            period=str(period),
            revision=next_revision(session, str(period)),
            format_version="1.0",
            prepared_at=AT,
            prepared_by="HR officer",
            fingerprint="0" * 64,
            file_name="return.xlsx",
            content=content,
        )


def test_a_return_is_compared_with_the_last_one_that_was_sent(
    store: Store, make: Make, lists: Lists, tmp_path: Path
) -> None:
    make.standard()
    key = make.apprentice()
    make.hours(key, done_on=date(2026, 6, 1), minutes=600)
    before = prepare(
        store, PERIOD.previous(), lists, prepared_at=AT, prepared_by="", program_version="0.1.0"
    )
    assert before.findings == ()
    send(store, before, tmp_path / "q1.xlsx")
    with store.change("Remove hours") as session:
        for row in hours.hours_rows(session):
            hours.remove_hours(session, row.id)

    (found,) = prepared(store, lists).findings

    assert found.code == "R703"
    assert "fewer than the 10.00 of the last return" in found.message


def test_the_last_return_is_the_newest_of_the_period_next_before(store: Store) -> None:
    assert store.read(last_sent, PERIOD) is None
    quarters = [PERIOD.previous().previous(), PERIOD.previous(), PERIOD]
    for quarter in quarters:
        for revision in (1, 2):
            made = content(revision=revision, period=quarter)
            with TemporaryDirectory() as folder:
                path = Path(folder) / "a.xlsx"
                write(made, load(), path)
                record_sent(store, quarter, path.read_bytes())
    found = store.read(last_sent, PERIOD)
    assert found is not None
    assert (found.header.period, found.header.revision) == (PERIOD.previous(), 2)
    assert store.read(last_sent, quarters[0]) is None


def test_a_kept_workbook_that_cannot_be_read_is_passed_over(store: Store, tmp_path: Path) -> None:
    write(content(period=PERIOD.previous().previous()), load(), tmp_path / "a.xlsx")
    record_sent(store, PERIOD.previous().previous(), (tmp_path / "a.xlsx").read_bytes())
    record_sent(store, PERIOD.previous(), b"damaged")
    found = store.read(last_sent, PERIOD)
    assert found is not None
    assert found.header.period == PERIOD.previous().previous()


def test_standards_are_those_of_the_desks_own_catalogue(
    store: Store, make: Make, lists: Lists
) -> None:
    make.standard("ST0118", "Data analyst")
    make.apprentice(course_title="Data analyst")  # on ST0116, which this desk's list has not
    (found,) = prepared(store, lists).findings
    assert found.code == "R601"
    assert found.message.endswith("Did you mean ST0118, Data analyst?")


def test_a_desk_without_a_catalogue_says_that_nothing_was_checked_against_it(
    store: Store, lists: Lists
) -> None:
    assert "R024" in [finding.code for finding in prepared(store, lists).findings]


def test_a_return_is_held_back_by_what_is_to_be_fixed_alone(
    store: Store, make: Make, lists: Lists
) -> None:
    faulty(make)
    found = prepared(store, lists)
    assert [finding.code for finding in found.to_fix] == ["R203"]
    assert found.notes == ()
