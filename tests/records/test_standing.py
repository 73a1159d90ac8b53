"""How every apprentice stands: figures worked out by hand, sums checked against plain Python."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_facts import PlanDue, figures_of
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.off_the_job import HoursStatus, Logged
from apprentice_desk.domain.placement_days import HostStay
from apprentice_desk.domain.vocabulary import (
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
)
from apprentice_desk.records import apprentices, hours, learning, programmes
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.standing import apprentice_rows, first_look
from records.commands import changing

NONE_LISTED: dict[str, RoleFamily] = {}
END_OF_MARCH = date(2026, 3, 31)


@pytest.fixture
def standing(store, rules):
    """Read the rows as at a day; the one row where there is only one."""

    def rows(as_at, since=None, apprenticeship_id=None, listed=NONE_LISTED):
        return store.read(apprentice_rows, as_at, rules, listed, since, apprenticeship_id)

    return rows


@pytest.fixture
def only(standing):
    def row(*args, **named):
        (found,) = standing(*args, **named)
        return found

    return row


def log(store, apprenticeship_id, *entries):
    """Log (day, minutes) or (day, minutes, counts)."""
    changing(
        store,
        lambda session: hours.log_many(
            session,
            [
                (
                    hours.HoursDetails(
                        apprenticeship_id,
                        day,
                        minutes,
                        Activity.WORKSHOP,
                        counts=not counts or counts[0],
                    ),
                    "",
                )
                for day, minutes, *counts in entries
            ],
        ),
    )


@pytest.fixture
def year(make):
    """An apprentice over the calendar year 2026: 365 days, 100 minutes required on each."""

    def enrol(**details):
        return make.apprentice(
            **{
                "training_started_on": date(2026, 1, 1),
                "training_planned_end_on": date(2026, 12, 31),
                "agreed_minutes": 36_500,
            }
            | details
        )

    return enrol


# --- worked out by hand -------------------------------------------------------------------------


def test_planned_logged_pace_and_forecast_without_a_break(store, year, only):
    apprenticeship_id = year()
    log(
        store,
        apprenticeship_id,
        (date(2026, 1, 15), 1000),  # before the last 56 days
        (date(2026, 2, 3), 70),  # the day before they begin
        (date(2026, 2, 4), 700),  # their first day
        (date(2026, 3, 31), 980),  # the day itself
        (date(2026, 3, 30), 500, False),
        (date(2026, 4, 1), 1440),  # still to come
    )
    row = only(END_OF_MARCH)
    figures = row.figures
    assert figures.required_minutes == 36_500
    assert figures.planned_to_date_minutes == 9_000  # 90 days gone
    assert figures.logged_minutes == 1000 + 70 + 700 + 980
    assert figures.against_plan_minutes == 2_750 - 9_000
    assert figures.pace_minutes == Fraction(1_680 * 7, 56) == 210
    assert figures.weeks_left == Fraction(275, 7)
    assert figures.needed_minutes == Fraction((36_500 - 2_750) * 7, 275)
    assert figures.forecast_minutes == 2_750 + 210 * 275 // 7
    assert figures.status is HoursStatus.BEHIND
    assert row.status is Status.LIVE
    assert row.break_days == 0


def test_a_break_is_taken_out_of_the_plan_and_of_the_pace(store, year, only):
    """28 days of break leave 337; 62 of the 90 gone are training, 31 of the last 56."""
    apprenticeship_id = year(agreed_minutes=33_700)
    changing(store, lambda s: programmes.start_break(s, apprenticeship_id, date(2026, 2, 1), "Ill"))
    changing(store, lambda s: programmes.resume(s, apprenticeship_id, date(2026, 2, 28)))
    log(store, apprenticeship_id, (date(2026, 1, 10), 4_00), (date(2026, 3, 10), 1_240))
    row = only(END_OF_MARCH)
    assert row.course.breaks == (Period(date(2026, 2, 1), date(2026, 2, 28)),)
    assert row.break_days == 28
    assert row.figures.planned_to_date_minutes == 6_200
    assert row.figures.pace_minutes == Fraction(1_240 * 7, 31) == 280
    assert row.figures.forecast_minutes == 1_640 + 280 * 275 // 7
    inside = only(date(2026, 2, 14))
    assert inside.status is Status.ON_A_BREAK
    assert inside.figures.status is HoursStatus.ON_A_BREAK
    assert inside.figures.planned_to_date_minutes == 3_100
    assert inside.break_days == 14


def test_an_open_break_stops_the_plan(store, year, only):
    apprenticeship_id = year()
    changing(store, lambda s: programmes.start_break(s, apprenticeship_id, date(2026, 2, 1)))
    row = only(END_OF_MARCH)
    assert row.course.breaks == (Period(date(2026, 2, 1)),)
    assert row.figures.planned_to_date_minutes == 3_100
    assert row.break_days == 59
    assert row.status is Status.ON_A_BREAK


def test_two_breaks_come_in_order(store, year, only):
    apprenticeship_id = year()
    for first, last in ((1, 5), (10, 12)):
        changing(
            store,
            lambda s, day=first: programmes.start_break(s, apprenticeship_id, date(2026, 2, day)),
        )
        changing(
            store, lambda s, day=last: programmes.resume(s, apprenticeship_id, date(2026, 2, day))
        )
    assert only(END_OF_MARCH).course.breaks == (
        Period(date(2026, 2, 1), date(2026, 2, 5)),
        Period(date(2026, 2, 10), date(2026, 2, 12)),
    )


def test_dated_activities_are_the_plan_where_there_are_any(make, store, year, only):
    apprenticeship_id = year()
    assert only(END_OF_MARCH).figures.planned_to_date_minutes == 9_000
    make.activity(apprenticeship_id, "Undated", 5_000, None)
    assert only(END_OF_MARCH).figures.planned_to_date_minutes == 9_000
    make.activity(apprenticeship_id, "February", 300, date(2026, 2, 28))
    make.activity(apprenticeship_id, "March", 1_000, date(2026, 3, 31))
    make.activity(apprenticeship_id, "April", 2_000, date(2026, 4, 1))
    dropped = make.activity(apprenticeship_id, "Dropped", 9_999, date(2026, 3, 1))
    changing(store, lambda s: learning.drop_activity(s, dropped))
    row = only(END_OF_MARCH, since=date(2026, 3, 1))
    assert row.figures.planned_to_date_minutes == 1_300
    assert row.planned_minutes_since == 1_000
    assert only(date(2026, 4, 1)).figures.planned_to_date_minutes == 3_300
    assert only(date(2026, 4, 1)).planned_minutes_since == 2_000
    assert only(date(2026, 1, 31)).figures.planned_to_date_minutes == 0


def test_figures_of_a_period_are_those_from_its_first_day_to_its_last(store, year, only):
    apprenticeship_id = year()
    log(
        store,
        apprenticeship_id,
        (date(2025, 12, 31), 11),
        (date(2026, 1, 1), 20),
        (date(2026, 3, 31), 300),
        (date(2026, 3, 31), 7, False),
        (date(2026, 4, 1), 4_00),
    )
    row = only(END_OF_MARCH, since=date(2026, 1, 1))
    assert row.logged_minutes_since == 320
    assert row.planned_minutes_since == 9_000
    assert row.figures.logged_minutes == 331
    assert only(END_OF_MARCH).logged_minutes_since == 300
    assert only(END_OF_MARCH).planned_minutes_since == 100


def test_weekly_hours_are_averaged_over_the_training(store, year, only):
    """36 hours for 181 days and 18 for 184: 589,680 / 365, rounded up."""
    apprenticeship_id = year(weekly_minutes=36 * 60)
    assert only(END_OF_MARCH).weekly_minutes == 2_160
    changing(
        store,
        lambda s: programmes.set_weekly_hours(s, apprenticeship_id, date(2026, 7, 1), 18 * 60),
    )
    assert only(END_OF_MARCH).weekly_minutes == 1_616


def test_weekly_hours_without_a_start_are_the_newest(make, store, only):
    apprenticeship_id = make.apprentice(
        training_started_on=None,
        training_planned_end_on=None,
        weekly_from_on=date(2026, 1, 1),
        weekly_minutes=2_160,
    )
    changing(
        store,
        lambda s: programmes.set_weekly_hours(s, apprenticeship_id, date(2026, 5, 1), 1_800),
    )
    row = only(END_OF_MARCH)
    assert row.weekly_minutes == 1_800
    assert row.figures.minimum is None
    assert row.figures.status is HoursStatus.NOT_STARTED
    assert row.original_start_on is None


def test_weekly_hours_that_were_never_said_are_not_guessed(make, only):
    make.apprentice(weekly_minutes=None, agreed_minutes=None)
    row = only(END_OF_MARCH)
    assert row.weekly_minutes is None
    assert row.figures.required_minutes is None
    assert row.planned_minutes_since is None
    assert row.figures.status is HoursStatus.NO_PLAN


def test_the_minimum_follows_the_original_start_and_agreed_minutes_go_before_it(make, only):
    """6 hours a week over 104 weeks less 11.2 of leave: 556.8 hours."""
    make.apprentice(
        original_start_on=date(2022, 9, 5),
        training_started_on=date(2022, 9, 5),
        training_planned_end_on=date(2024, 9, 4),
        agreed_minutes=None,
        weekly_minutes=37 * 60,
    )
    row = only(END_OF_MARCH)
    assert row.figures.minimum.minutes == 33_408
    assert row.figures.required_minutes == 33_408
    assert row.original_start_on == date(2022, 9, 5)


def test_days_of_breaks_that_are_over_add_no_training_to_the_minimum(make, store, only):
    apprenticeship_id = make.apprentice(
        training_started_on=date(2022, 9, 5),
        training_planned_end_on=date(2024, 9, 4),
        agreed_minutes=None,
        weekly_minutes=37 * 60,
    )
    changing(store, lambda s: programmes.start_break(s, apprenticeship_id, date(2023, 1, 1)))
    changing(
        store,
        lambda s: programmes.resume(s, apprenticeship_id, date(2023, 1, 28), date(2024, 10, 2)),
    )
    assert only(END_OF_MARCH).figures.minimum.minutes == 33_408


def test_a_start_that_no_rule_covers_leaves_the_minimum_unknown(make, store, only, rules):
    make.apprentice(agreed_minutes=None)
    without = replace(rules, rules=())
    (row,) = store.read(apprentice_rows, END_OF_MARCH, without, NONE_LISTED)
    assert row.figures.minimum is None
    assert row.figures.required_minutes is None


def test_reviews_are_counted_in_the_period_and_the_next_is_the_first_still_to_hold(
    make, year, only
):
    apprenticeship_id = year()
    make.review(apprenticeship_id, date(2026, 1, 10), date(2026, 1, 12))
    make.review(apprenticeship_id, date(2026, 3, 10), date(2026, 3, 12))
    make.review(apprenticeship_id, date(2026, 3, 20))
    make.review(apprenticeship_id, date(2026, 3, 25), date(2026, 4, 7))
    make.review(apprenticeship_id, date(2026, 6, 10))
    row = only(END_OF_MARCH, since=date(2026, 2, 1))
    assert row.last_review_on == date(2026, 3, 12)
    assert row.next_review_on == date(2026, 3, 20)
    assert (row.reviews_due_since, row.reviews_held_since) == (3, 1)
    later = only(date(2026, 4, 30), since=date(2026, 4, 1))
    assert later.last_review_on == date(2026, 4, 7)
    assert (later.reviews_due_since, later.reviews_held_since) == (0, 1)


def test_a_day_in_the_past_is_seen_as_it_was(store, year, only):
    apprenticeship_id = year()
    log(store, apprenticeship_id, (date(2026, 2, 2), 600))
    before = only(END_OF_MARCH)
    log(store, apprenticeship_id, (date(2026, 5, 5), 900))
    changing(store, lambda s: programmes.enter_assessment(s, apprenticeship_id, date(2026, 6, 1)))
    changing(store, lambda s: programmes.complete(s, apprenticeship_id, date(2026, 7, 1)))
    again = only(END_OF_MARCH)
    assert again.figures == before.figures
    assert again.status is Status.LIVE
    assert only(date(2026, 6, 15)).status is Status.IN_ASSESSMENT
    ended = only(date(2026, 7, 1))
    assert ended.status is Status.COMPLETED
    assert ended.figures.logged_minutes == 1_500


def test_before_the_start_nothing_is_due_and_no_day_is_a_break(store, year, only):
    apprenticeship_id = year()
    changing(store, lambda s: programmes.start_break(s, apprenticeship_id, date(2026, 2, 1)))
    row = only(date(2025, 12, 31))
    assert row.status is Status.PLANNED
    assert row.break_days == 0
    assert row.figures.planned_to_date_minutes == 0


# --- what else the row says ---------------------------------------------------------------------


def test_a_row_names_standard_provider_and_contract(make, only):
    make.standard("ST0116", "Software developer")
    provider_id = make.provider(name="College", ukprn="10001234")
    contract_id = make.contract(provider_id=provider_id, reference="C-1")
    make.apprentice(provider_id=provider_id, contract_id=contract_id, course_title="As typed")
    row = only(END_OF_MARCH)
    assert (row.standard_title, row.level) == ("Software developer", 4)
    assert (row.provider_name, row.provider_ukprn) == ("College", "10001234")
    assert row.contract_reference == "C-1"
    assert row.name == "Ada Lovelace"


def test_a_course_that_is_in_no_catalogue_is_named_as_its_source_does(make, only):
    make.apprentice(standard_code=None, course_title="Cyber")
    row = only(END_OF_MARCH)
    assert (row.standard_title, row.level, row.provider_name) == ("Cyber", None, "")


def test_money_is_in_pounds_on_either_engine(make, only):
    make.apprentice(agreed_price=Decimal("15000.50"), funding_band_maximum=Decimal("18000.00"))
    row = only(END_OF_MARCH)
    assert (row.agreed_price, row.funding_band_maximum) == (
        Decimal("15000.50"),
        Decimal("18000.00"),
    )


def test_digital_follows_the_dated_list_unless_somebody_said_otherwise(make, standing):
    listed = {"ST0116": RoleFamily.SOFTWARE}
    make.apprentice(family_name="A")
    make.apprentice(family_name="B", is_digital=False)
    make.apprentice(family_name="C", standard_code="ST0001")
    make.apprentice(family_name="D", standard_code="ST0001", is_digital=True)
    make.apprentice(family_name="E", role_family=RoleFamily.DATA)
    rows = standing(END_OF_MARCH, listed=listed)
    assert [row.is_digital for row in rows] == [True, False, False, True, True]
    assert [row.role_family for row in rows] == [
        RoleFamily.SOFTWARE,
        RoleFamily.SOFTWARE,
        None,
        None,
        RoleFamily.DATA,
    ]


def test_rows_come_by_name_whatever_the_case_and_the_accent(make, standing):
    for given, family in (
        ("Zoe", "o'Neill"),
        ("Émile", "Ångström"),
        ("Ann", "ONEILL"),
        ("b", "de"),
    ):
        make.apprentice(given_names=given, family_name=family)
    assert [row.family_name for row in standing(END_OF_MARCH)] == [
        "de",
        "o'Neill",
        "ONEILL",
        "Ångström",
    ]


def test_a_second_apprenticeship_is_a_row_of_its_own(make, store, standing):
    first = make.apprentice()
    held = store.read(apprentices.held, first)
    details = replace(held.details, agreed_minutes=60)
    second = changing(
        store, lambda s: apprentices.enrol(s, details, apprentice_id=held.apprentice_id)
    )
    log(store, second, (date(2026, 3, 1), 45))
    rows = standing(END_OF_MARCH)
    assert [(row.id, row.number, row.figures.logged_minutes) for row in rows] == [
        (first, 1, 0),
        (second, 2, 45),
    ]


# --- one query, the same sums -------------------------------------------------------------------


def fill(make, store, how_many, seed=7):
    """Put apprentices with random breaks, plans, reviews, weekly hours and entries into a desk."""
    source = random.Random(seed)
    kept = {}
    for turn in range(how_many):
        start = date(2025, 1, 1) + timedelta(days=source.randrange(300))
        key = make.apprentice(
            given_names=f"Given {turn:02}",
            family_name=f"Family {turn % 5}",
            training_started_on=start,
            original_start_on=source.choice([None, date(2021, 5, 1), date(2023, 5, 1)]),
            training_planned_end_on=start + timedelta(days=source.randrange(300, 900)),
            agreed_minutes=source.choice([None, 20_000]),
            weekly_minutes=source.choice([1_800, 2_220]),
        )
        if source.random() < 0.5:
            first = start + timedelta(days=30)
            changing(store, lambda s, k=key, f=first: programmes.start_break(s, k, f))
            if source.random() < 0.7:
                last = first + timedelta(days=source.randrange(60))
                changing(store, lambda s, k=key, d=last: programmes.resume(s, k, d))
        if source.random() < 0.5:
            for due in range(0, 400, 50):
                make.activity(key, f"Due {due}", 600, start + timedelta(days=due))
        if source.random() < 0.5:
            make.review(key, start + timedelta(days=80), start + timedelta(days=83))
            make.review(key, start + timedelta(days=160))
        if source.random() < 0.3:
            moved = start + timedelta(days=100)
            changing(store, lambda s, k=key, d=moved: programmes.set_weekly_hours(s, k, d, 1_500))
        entries = [
            (
                start + timedelta(days=source.randrange(600)),
                source.randrange(1, 481),
                source.random() < 0.8,
            )
            for _ in range(source.randrange(60))
        ]
        log(store, key, *entries)
        kept[key] = entries
    return kept


def test_the_sums_are_those_of_plain_python(make, store, standing):
    kept = fill(make, store, 12)
    for as_at in (date(2025, 6, 30), date(2026, 3, 31), date(2027, 1, 1)):
        since = as_at - timedelta(days=90)
        for row in standing(as_at, since=since):
            entries = [(day, minutes) for day, minutes, counts in kept[row.id] if counts]
            by_then = [(day, minutes) for day, minutes in entries if day <= as_at]
            logged = sum(minutes for _, minutes in by_then)
            assert row.figures.logged_minutes == logged
            assert row.logged_minutes_since == sum(m for day, m in by_then if day >= since)
            assert store.read(hours.hours_total, row.id, as_at) == logged


def test_figures_for_one_are_those_for_all(make, store, standing):
    fill(make, store, 8)
    rows = standing(END_OF_MARCH, since=date(2026, 1, 1))
    assert len(rows) == 8
    for row in rows:
        alone = standing(END_OF_MARCH, since=date(2026, 1, 1), apprenticeship_id=row.id)
        assert alone == (row,)


def test_those_on_one_contract_are_read_alone_and_as_among_all(make, store, rules):
    contract_id = make.contract()
    here = make.apprentice(family_name="Here", contract_id=contract_id)
    there = make.apprentice(family_name="Elsewhere", contract_id=make.contract())
    for key in (here, there, make.apprentice(family_name="Nowhere")):
        log(store, key, (date(2026, 3, 2), 90), (date(2026, 3, 30), 60), (date(2025, 10, 1), 45))
        make.activity(key)
    everybody = store.read(apprentice_rows, END_OF_MARCH, rules, NONE_LISTED)
    alone = store.read(apprentice_rows, END_OF_MARCH, rules, NONE_LISTED, contract_id=contract_id)
    assert [row.id for row in alone] == [here]
    assert alone[0].figures.logged_minutes == 195
    assert alone == tuple(row for row in everybody if row.id == here)


def test_it_is_one_statement_whatever_the_number_of_apprentices(make, store, standing):
    statements = []

    def note(connection, cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    for expected in (0, 1, 6):
        while len(standing(END_OF_MARCH)) < expected:
            make.hours()
            make.review()
        event.listen(store._engine, "before_cursor_execute", note)
        assert len(standing(END_OF_MARCH)) >= expected
        event.remove(store._engine, "before_cursor_execute", note)
        assert len(statements) == 1
        statements.clear()


def test_postgresql_gives_the_same_rows_as_sqlite(
    databases, empty_database, desk_file, rules, maker
):
    name = databases.make(empty_database)
    rows = []
    for location in (desk_file, databases.address(name)):
        opened = open_store(location)
        fill(maker(opened), opened, 10)
        found = opened.read(
            apprentice_rows, END_OF_MARCH, rules, {"ST0116": RoleFamily.DATA}, date(2026, 1, 1)
        )
        nobody = UUID(int=0)
        rows.append([replace(row, id=nobody, apprentice_id=nobody, code="") for row in found])
        opened.close()
    databases.drop(name)
    assert len(rows[0]) == 10
    assert len({row.figures.logged_minutes for row in rows[0]}) > 5
    assert rows[0] == rows[1]


def test_the_first_look_at_a_file_gives_the_same_rows_without_opening_it(
    make, store, standing, rules
):
    fill(make, store, 8)
    if store.location.startswith("postgresql"):
        return  # there is no file to look at
    looked = first_look(Path(store.location), END_OF_MARCH, rules, {})
    assert looked == standing(END_OF_MARCH)
    assert len(looked) == 8


def test_the_first_look_leaves_what_is_not_a_desk_of_today_to_the_opening(tmp_path, rules):
    text = tmp_path / "text.desk"
    text.write_text("Dear all, " * 100, encoding="utf-8")
    other = tmp_path / "other.desk"
    with closing(sqlite3.connect(other)) as file:
        file.execute("CREATE TABLE alembic_version (version_num)")
    newer = tmp_path / "newer.desk"
    create_store(newer).close()
    with closing(sqlite3.connect(newer)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    for path in (text, other, newer, tmp_path / "none.desk"):
        assert first_look(path, END_OF_MARCH, rules, {}) is None
    assert not (tmp_path / "none.desk").exists()


def test_what_is_overdue_in_the_plan_is_counted_and_said(store, year, make, only):
    apprenticeship_id = year()
    log(store, apprenticeship_id, (date(2026, 3, 30), 600))
    make.activity(apprenticeship_id, "Done", 60, date(2026, 2, 1))
    make.activity(apprenticeship_id, "Late", 120, date(2026, 3, 1))
    make.activity(apprenticeship_id, "Later still", 90, date(2026, 3, 30))
    make.activity(apprenticeship_id, "Today is in time", 500, END_OF_MARCH)
    make.activity(apprenticeship_id, "No day", 500, None)
    dropped = make.activity(apprenticeship_id, "Dropped", 70, date(2026, 3, 1))

    def act(session):
        learning.drop_activity(session, dropped)
        for activity in session.query(learning.PlanActivity).filter_by(title="Done"):
            activity.status = learning.ActivityStatus.DONE

    changing(store, act)
    row = only(END_OF_MARCH)
    assert row.facts.plan == PlanDue(due_minutes=770, overdue=2, overdue_minutes=210)
    assert "two activities overdue" in row.figures.why
    assert only(date(2026, 3, 1)).facts.plan == PlanDue(due_minutes=180)


def test_a_row_holds_what_its_figures_are_made_of(store, year, only, rules):
    apprenticeship_id = year()
    log(store, apprenticeship_id, (date(2026, 3, 30), 600), (date(2026, 3, 29), 30, False))
    row = only(END_OF_MARCH)
    assert figures_of(row.facts, rules, END_OF_MARCH) == row.figures
    assert row.facts.logged == Logged(600, 600, date(2026, 3, 30), 30)
    assert row.recoverability.says.startswith("needs ")


def test_stays_with_hosts_are_read_with_everybody_else(only, make):
    key = make.apprentice()
    values = {"kind": SecondmentKind.REQUEST, "apprenticeship_id": key}
    over = make.secondment(
        **values, status=SecondmentStatus.COMPLETED, form=PlacementForm.VISIT,
        host="technology employer", host_name="Brightwell Labs / West",
        started_on=date(2026, 1, 12), ended_on=date(2026, 1, 13),
    )  # fmt: skip
    going_on = make.secondment(
        **values, status=SecondmentStatus.UNDER_WAY, host="LOTI", started_on=date(2026, 3, 16),
        agreed_end_on=date(2026, 4, 10),
    )  # fmt: skip
    given_up = make.secondment(
        **values, status=SecondmentStatus.WITHDRAWN, host=None, started_on=date(2026, 2, 2)
    )
    make.secondment(**values, started_on=date(2026, 4, 1))
    make.secondment(**values)
    make.secondment(started_on=date(2026, 3, 2))
    row = only(END_OF_MARCH)
    assert row.facts.stays == (
        HostStay(over, key, Period(date(2026, 1, 12), date(2026, 1, 13)),
                 "Brightwell Labs / West", None, is_light=True),
        HostStay(given_up, key, Period(date(2026, 2, 2), date(2026, 2, 2)), "elsewhere"),
        HostStay(going_on, key, Period(date(2026, 3, 16)), "LOTI", date(2026, 4, 10)),
    )  # fmt: skip
    assert only(date(2026, 1, 1)).facts.stays == ()
