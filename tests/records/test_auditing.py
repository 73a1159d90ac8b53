"""An audit rehearsal reads in as many queries for thirty files as for one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import event

from apprentice_desk import resources
from apprentice_desk.domain.auditing import Oddity, Tally
from apprentice_desk.domain.calendar import day_in_london
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records import auditing, hours
from apprentice_desk.records.standing import apprentice_rows

TODAY = date(2026, 9, 1)
LIMITS = resources.counting_rules().log_limits(TODAY)


def rows_of(store, rules):
    return store.read(apprentice_rows, TODAY, rules, {})


def test_a_log_from_afar_is_counted_by_what_counts_up_to_the_day(store, make):
    ada = make.apprentice()
    make.hours(ada, minutes=60, what="Unit testing")
    make.hours(ada, minutes=60, what=" unit testing ", done_on=date(2026, 8, 4))
    make.hours(ada, minutes=90, what="  ", done_on=date(2026, 8, 5))
    make.hours(ada, minutes=95, what="Else", done_on=date(2026, 8, 6), counts=False,
               activity=Activity.LEAVE)  # fmt: skip
    make.hours(ada, minutes=96, what="Later", done_on=date(2026, 9, 2))
    assert store.read(auditing.entry_tallies, TODAY) == {ada: Tally(3, 2, 2, 1)}


def test_whoever_has_begun_can_be_drawn_with_what_is_odd(store, make, rules):
    ada = make.apprentice()
    make.hours(ada, what="", done_on=date(2026, 8, 30))
    undated = make.apprentice(
        training_started_on=None, training_planned_end_on=None, weekly_minutes=None,
        standard_code=None, course_title="Coding",
    )  # fmt: skip
    make.apprentice(training_started_on=date(2026, 10, 1))  # to come
    tallies = store.read(auditing.entry_tallies, TODAY)
    found = {
        each.id: each for each in auditing.candidates(rows_of(store, rules), tallies, LIMITS, TODAY)
    }
    assert set(found) == {ada, undated}
    assert found[ada].start_year == 2025
    assert found[ada].standard == "ST0116"
    assert found[ada].oddities == (Oddity.BLANK_WORDS,)
    assert (found[undated].start_year, found[undated].standard) == (None, "coding")


def test_a_file_holds_entries_with_evidence_and_reviews_up_to_the_day(store, make, rules, clock):
    ada, lee = make.apprentice(), make.apprentice(given_names="Lee")
    first = make.hours(ada)
    make.evidence(first)
    make.hours(ada, done_on=date(2026, 9, 2))
    with store.change("Verify") as session:
        hours.verify(session, [first], "Grace Park", clock.now())
    make.review(ada, held_on=date(2026, 8, 14))
    make.review(ada, due_on=date(2026, 9, 8), held_on=date(2026, 9, 8))
    make.review(ada, due_on=date(2026, 11, 1))
    by_key = {row.id: row for row in rows_of(store, rules)}
    file, other = store.read(auditing.audit_files, [by_key[ada], by_key[lee]], TODAY)
    (entry,) = file.entries
    assert (entry.id, entry.evidence, entry.is_verified) == (first, 1, True)
    assert entry.entered_on == day_in_london(datetime.now(UTC))
    assert file.reviews_held == (date(2026, 8, 14),)
    assert other.name.startswith("Lee")
    assert (other.entries, other.reviews_held) == ((), ())


def test_thirty_files_take_as_many_queries_as_one(store, make, rules):
    for _ in range(30):
        make.hours()
    rows = rows_of(store, rules)
    ran: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        ran.append(statement)

    counts = []
    for some in (rows[:1], rows):
        ran.clear()
        with store.change("Look") as session:
            event.listen(session.get_bind(), "before_cursor_execute", note)
            auditing.audit_files(session, some, TODAY)
            event.remove(session.get_bind(), "before_cursor_execute", note)
        counts.append(len(ran))
    assert counts[0] == counts[1] == 3
