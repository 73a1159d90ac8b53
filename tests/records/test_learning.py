"""Learning plans, their templates and the partners' offers, as they are kept."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain import planning
from apprentice_desk.domain.planning import ActivityDetails, ActivityStatus
from apprentice_desk.domain.planning_templates import TemplateLine, from_lines
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import learning, offers, plan_templates, standing
from apprentice_desk.records.planned_ahead import planned_ahead
from records.acting import GONE, changing
from records.acts_on_learning import ACTIVITY, LINE_OF_PLAN, OFFER, TEMPLATE
from records.dumps import dump

TODAY = date(2026, 9, 1)


def row_of(store, key):
    return store.read(learning.activity_row, key)


def test_all_that_a_form_asks_is_kept_and_read_back(store, make):
    whose = make.apprentice()
    changing(store, lambda s: learning.plan_many(s, whose, [replace(ACTIVITY, title=" SQL ")]))
    (row,) = store.read(learning.plan_rows, whose)
    assert row.details == replace(ACTIVITY, title="SQL")
    assert row.status is ActivityStatus.PLANNED
    assert row == row_of(store, row.id)
    assert row.changed_in == store.latest_change().number


def test_an_activity_is_begun_done_dropped_and_planned_again(store, make):
    key = make.activity()
    changing(store, lambda s: learning.start_activity(s, key))
    assert row_of(store, key).status is ActivityStatus.UNDER_WAY
    changing(store, lambda s: learning.finish_activity(s, key, date(2026, 8, 30)))
    row = row_of(store, key)
    assert (row.status, row.done_on) == (ActivityStatus.DONE, date(2026, 8, 30))
    changing(store, lambda s: learning.drop_activity(s, key))
    row = row_of(store, key)
    assert (row.status, row.done_on) == (ActivityStatus.DROPPED, None)
    changing(store, lambda s: learning.put_activity_back(s, key))
    assert row_of(store, key).status is ActivityStatus.PLANNED


def test_correcting_leaves_how_far_it_has_come(store, make):
    key = make.activity()
    changing(store, lambda s: learning.finish_activity(s, key, date(2026, 8, 30)))
    changing(store, lambda s: learning.correct_activity(s, key, ACTIVITY, row_of(store, key)
                                                        .changed_in))  # fmt: skip
    assert row_of(store, key).details == ACTIVITY
    assert row_of(store, key).done_on == date(2026, 8, 30)


@pytest.mark.parametrize("what", ["activity", "template", "line", "offer"])
def test_what_somebody_else_changed_meanwhile_is_not_overwritten(store, make, what):
    if what == "activity":
        key, first, mine = make.activity(), ACTIVITY, replace(ACTIVITY, title="Mine")
        correct = learning.correct_activity
        stamp = row_of(store, key).changed_in
    elif what == "template":
        key, first, mine = make.template(), TEMPLATE, replace(TEMPLATE, note="Mine")
        correct = plan_templates.correct_template
        stamp = store.read(plan_templates.template_rows)[0].changed_in
    elif what == "line":
        line = store.read(plan_templates.template_lines, make.template())[0]
        key, stamp = line.id, line.changed_in
        first, mine = LINE_OF_PLAN, replace(LINE_OF_PLAN, title="Mine")
        correct = plan_templates.correct_template_line
    else:
        key, first, mine = make.offer(), OFFER, replace(OFFER, title="Mine")
        correct = offers.correct_offer
        stamp = store.read(offers.offer_rows)[0].changed_in
    changing(store, lambda s: correct(s, key, first, stamp))
    before = dump(store)
    with pytest.raises(Conflict) as refused:
        changing(store, lambda s: correct(s, key, mine, stamp))
    assert (refused.value.mine, refused.value.theirs) == (mine, first)
    assert dump(store) == before
    changing(store, lambda s: correct(s, key, mine, refused.value.stamp))
    assert dump(store) != before


@pytest.mark.parametrize(
    "act",
    [
        lambda s: learning.correct_activity(s, GONE, ACTIVITY),
        lambda s: learning.remove_activity(s, GONE),
        lambda s: learning.start_activity(s, GONE),
        lambda s: learning.finish_activity(s, GONE, TODAY),
        lambda s: learning.drop_activity(s, GONE),
        lambda s: learning.put_activity_back(s, GONE),
        lambda s: learning.activity_row(s, GONE),
        lambda s: plan_templates.correct_template(s, GONE, TEMPLATE),
        lambda s: plan_templates.remove_template(s, GONE),
        lambda s: plan_templates.add_template_line(s, GONE, LINE_OF_PLAN),
        lambda s: plan_templates.correct_template_line(s, GONE, LINE_OF_PLAN),
        lambda s: plan_templates.remove_template_line(s, GONE),
        lambda s: offers.correct_offer(s, GONE, OFFER),
        lambda s: offers.retire_offer(s, GONE),
        lambda s: offers.offer_again(s, GONE),
    ],
)
def test_what_is_gone_is_said_to_be_gone(store, act):
    with pytest.raises(Conflict, match="was removed meanwhile"):
        changing(store, act)


def test_bad_values_are_refused_in_words_and_nothing_is_kept(store, make):
    whose, template, million = make.apprentice(), make.template(), "x" * 1_000_000
    before = dump(store)
    for act, says in (
        (lambda s: learning.plan_activity(s, whose, million, 60), "room for 200"),
        (lambda s: learning.plan_activity(s, whose, "SQL", 120_001), "more than a year"),
        (lambda s: learning.plan_activity(s, whose, "SQL", None), "how long"),
        (lambda s: learning.plan_activity(s, whose, "S\0QL", 60), "invisible sign"),
        (lambda s: learning.plan_activity(s, whose, "SQL", 60, note=million), "room for 1,000"),
        (lambda s: learning.plan_activity(s, whose, "SQL", 60, ksbs="K1 " * 400), "room for 400"),
        (
            lambda s: learning.plan_many(
                s, whose, [ACTIVITY, replace(ACTIVITY, due_on=date(2026, 9, 1))]
            ),
            "before the first",
        ),
        (lambda s: plan_templates.save_template(s, replace(TEMPLATE, name=" ")), "needs a name"),
        (
            lambda s: plan_templates.save_template(s, replace(TEMPLATE, standard_code="58")),
            "not a standard",
        ),
        (
            lambda s: plan_templates.save_template(s, replace(TEMPLATE, standard_version="x")),
            "not a version",
        ),
        (
            lambda s: plan_templates.save_template(s, TEMPLATE, [TemplateLine("SQL")]),
            "how long",
        ),
        (
            lambda s: plan_templates.add_template_line(
                s, template, replace(LINE_OF_PLAN, title=million)
            ),
            "room for 200",
        ),
        (lambda s: offers.add_offer(s, replace(OFFER, partner="")), "who offers it"),
        (lambda s: offers.add_offer(s, replace(OFFER, title=" ")), "needs a title"),
        (lambda s: offers.add_offer(s, replace(OFFER, link="file:///etc")), "web page"),
        (lambda s: offers.add_offer(s, replace(OFFER, minutes=-1)), "below 0"),
        (lambda s: offers.add_offer(s, replace(OFFER, note=million)), "room for 1,000"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=says):
            changing(store, act)
    assert dump(store) == before


def test_a_name_is_one_template_s_whatever_its_case(store, make):
    first, second = make.template("Data"), make.template("Software")
    with pytest.raises(Problem, match="There is a template called “Data” already"):
        changing(store, lambda s: plan_templates.save_template(s, replace(TEMPLATE, name="data")))
    named = plan_templates.TemplateDetails("DATA")
    with pytest.raises(Problem, match="Choose another name"):
        changing(store, lambda s: plan_templates.correct_template(s, second, named))
    changing(store, lambda s: plan_templates.correct_template(s, first, named))
    assert [row.name for row in store.read(plan_templates.template_rows)] == ["DATA", "Software"]


def test_templates_say_what_their_activities_come_to(store, make):
    make.template("Two", [LINE_OF_PLAN, TemplateLine("Some day", planned_minutes=30)])
    changing(
        store, lambda s: plan_templates.save_template(s, plan_templates.TemplateDetails("None"))
    )
    none, two = store.read(plan_templates.template_rows)
    assert (none.activities, none.planned_minutes, none.last_day) == (0, 0, None)
    assert (two.activities, two.planned_minutes, two.last_day) == (2, 630, 34)
    assert two.details.standard_code == "ST0116"


def test_lines_of_a_template_come_by_their_days(store, make):
    key = make.template("Days", [
        TemplateLine("No day", planned_minutes=0),
        TemplateLine("Last", due_after_days=90, planned_minutes=0),
        TemplateLine("Begins", starts_after_days=10, planned_minutes=0),
    ])  # fmt: skip
    added = changing(store, lambda s: plan_templates.add_template_line(s, key, LINE_OF_PLAN))
    rows = store.read(plan_templates.template_lines, key)
    assert [row.line.title for row in rows] == ["Begins", "Networks", "Last", "No day"]
    assert (rows[1].id, rows[1].position, rows[1].line) == (added, 4, LINE_OF_PLAN)


def test_a_line_is_added_behind_one_that_was_removed(store, make):
    key = make.template("One", [LINE_OF_PLAN])
    (row,) = store.read(plan_templates.template_lines, key)
    changing(store, lambda s: plan_templates.remove_template_line(s, row.id))
    changing(store, lambda s: plan_templates.add_template_line(s, key, LINE_OF_PLAN))
    assert store.read(plan_templates.template_lines, key)[0].position == 1


def test_removing_a_template_leaves_the_plans_made_from_it(store, make):
    key, whose = make.template(), make.apprentice()
    lines = [row.line for row in store.read(plan_templates.template_lines, key)]
    changing(store, lambda s: learning.plan_many(s, whose, from_lines(lines, date(2025, 9, 1))))
    changing(store, lambda s: plan_templates.remove_template(s, key))
    assert [row.due_on for row in store.read(learning.plan_rows, whose)] == [
        date(2025, 9, 7),
        date(2025, 10, 31),
    ]


def test_the_packaged_offers_are_taken_on_once_and_stay_as_they_were_changed(store):
    listed = resources.learning_offers()
    assert changing(store, lambda s: offers.load_offers(s, listed)) == len(listed)
    rows = store.read(offers.offer_rows)
    assert len(rows) == len(listed)
    assert all(row.details.minutes is None and row.details.source for row in rows)
    first = rows[0]
    changing(store, lambda s: offers.retire_offer(s, first.id))
    assert changing(store, lambda s: offers.load_offers(s, listed)) == 0
    rows = store.read(offers.offer_rows)
    assert (rows[-1].id, rows[-1].is_retired) == (first.id, True)
    changing(store, lambda s: offers.correct_offer(s, first.id, replace(OFFER, title="Other")))
    assert changing(store, lambda s: offers.load_offers(s, listed)) == 1


def test_offers_come_by_partner_and_title_with_the_retired_last(store, make):
    zeta = make.offer(partner="zeta", title="A")
    make.offer(partner="Beta", title="b")
    make.offer(partner="beta", title="A")
    changing(store, lambda s: offers.retire_offer(s, zeta))
    titles = [(row.details.partner, row.title) for row in store.read(offers.offer_rows)]
    assert titles == [("beta", "A"), ("Beta", "b"), ("zeta", "A")]
    changing(store, lambda s: offers.offer_again(s, zeta))
    assert not any(row.is_retired for row in store.read(offers.offer_rows))


def test_a_plan_moves_in_one_change_and_its_undo_puts_it_back(store, make):
    whose = make.apprentice()
    done, moved, before = (
        make.activity(whose, "Done", due_on=date(2026, 5, 1)),
        make.activity(whose, "Moved", due_on=date(2026, 6, 1)),
        make.activity(whose, "Before", due_on=date(2026, 1, 1)),
    )
    changing(store, lambda s: learning.finish_activity(s, done, date(2026, 5, 1)))
    first = dump(store)
    count = changing(store, lambda s: learning.move_plan(s, whose, 28, date(2026, 4, 1), TODAY))
    assert count == 1
    assert row_of(store, moved).due_on == date(2026, 6, 29)
    assert row_of(store, before).due_on == date(2026, 1, 1)
    store.undo(store.latest_change().number)
    assert dump(store) == first
    assert changing(store, lambda s: learning.move_plan(s, whose, 0, None, TODAY)) == 0


def test_plans_of_several_are_read_at_once_also_of_those_without(store, make):
    ada, grace = make.apprentice(), make.apprentice(given_names="Grace")
    make.activity(ada, "Later", due_on=date(2026, 9, 2))
    make.activity(ada, "Sooner", due_on=date(2026, 9, 1))
    plans = store.read(learning.plans_of, [ada, grace])
    assert [row.title for row in plans[ada]] == ["Sooner", "Later"]
    assert plans[grace] == ()


def test_entries_that_name_ksbs_are_read_by_day(store, make):
    whose = make.apprentice()
    make.hours(whose, done_on=date(2026, 8, 4), ksbs="K2")
    make.hours(whose, done_on=date(2026, 8, 3), ksbs="K1, S1")
    make.hours(whose, done_on=date(2026, 8, 5))
    make.hours(make.apprentice(given_names="Grace"), ksbs="K9")
    assert store.read(learning.ksbs_logged, whose) == (
        (date(2026, 8, 3), "K1, S1"),
        (date(2026, 8, 4), "K2"),
    )


def test_what_is_under_way_and_past_its_day_is_overdue_and_still_ahead(
    store, make, rules, families
):
    whose = make.apprentice()
    key = make.activity(whose, due_on=date(2026, 8, 1))
    changing(store, lambda s: learning.start_activity(s, key))
    (row,) = store.read(standing.apprentice_rows, TODAY, rules, families)
    assert row.facts.plan is not None
    assert (row.facts.plan.overdue, row.facts.plan.overdue_minutes) == (1, 600)
    assert len(store.read(planned_ahead, [whose], TODAY)[whose].activities) == 1


@pytest.fixture
def families():
    return resources.digital_standards().role_families


def _random_plan(chance: random.Random, whose: UUID, session) -> list[UUID]:
    return [
        learning.plan_activity(
            session, whose, f"Activity {turn}", chance.randrange(0, 3_000),
            None if chance.random() < 0.2
            else date(2026, 1, 1) + timedelta(days=chance.randrange(0, 600)),
        )
        for turn in range(chance.randrange(1, 10))
    ]  # fmt: skip


def _anything(chance: random.Random, key: UUID, session) -> None:
    match chance.randrange(6):
        case 0:
            learning.drop_activity(session, key)
        case 1:
            learning.put_activity_back(session, key)
        case 2:
            learning.start_activity(session, key)
        case 3:
            learning.finish_activity(session, key, TODAY)
        case 4:
            learning.correct_activity(
                session,
                key,
                ActivityDetails("Other", due_on=TODAY, planned_minutes=chance.randrange(900)),
            )
        case _:
            whose = learning.activity_row(session, key).apprenticeship_id
            learning.move_plan(session, whose, chance.randrange(-60, 60), None, TODAY)


@pytest.mark.parametrize("seed", range(4))
def test_planned_to_date_is_the_plan_s_minutes_due_whatever_is_done_to_it(
    store, make, rules, families, seed
):
    """Architecture 8a: the row that lists, Today and the return are made of agrees with the plan.

    Dropped activities leave it, and come back when they are put back.
    """
    chance = random.Random(seed)
    whose = make.apprentice()
    keys = changing(store, lambda session: _random_plan(chance, whose, session))
    agreed = 0
    for _ in range(8):
        for day in (date(2026, 3, 1), TODAY, date(2027, 12, 31)):
            plan = store.read(learning.plan_rows, whose)
            found = planning.progress(plan, day)
            (row,) = store.read(standing.apprentice_rows, day, rules, families)
            if found.undated == found.count:
                assert row.facts.plan is None
                continue
            agreed += 1
            assert row.figures.planned_to_date_minutes == found.due_minutes
            assert row.facts.plan.overdue == len(found.overdue)
            assert row.facts.plan.overdue_minutes == sum(
                each.planned_minutes for each in found.overdue
            )
        changing(store, lambda session: _anything(chance, chance.choice(keys), session))
    assert agreed
