"""Moves of an apprenticeship, its checklists and its pay, as they are kept and read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from apprentice_desk import resources
from apprentice_desk.domain.checklist import Checklist, Mark
from apprentice_desk.domain.checklist_gateway import (
    MandatoryActivity,
    VersionFacts,
    gateway,
)
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.move_checks import ChangeKind
from apprentice_desk.domain.vocabulary import EmployeeType
from apprentice_desk.domain.wages import PayPer, PayRate
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    checklists,
    learning,
    pay,
    programme_changes,
    programmes,
)
from apprentice_desk.records.course_attention import course_attention
from apprentice_desk.records.programme_changes import ProgrammeChange
from apprentice_desk.records.standard_versions import (
    StandardKsb,
    StandardOption,
    StandardVersion,
)
from apprentice_desk.records.standing import apprentice_rows
from records.acting import changing

TODAY = date(2026, 9, 1)


def row_of(store, rules, key):
    (row,) = store.read(apprentice_rows, TODAY, rules, {}, None, key)
    return row


def details_of(store, key):
    return store.read(apprentices.held, key).details


def test_the_return_moves_both_planned_ends(store, make):
    key = make.apprentice(apprenticeship_planned_end_on=date(2027, 12, 31), is_end_day_given=False)
    changing(store, lambda s: programmes.start_break(s, key, date(2026, 2, 1)))
    changing(
        store,
        lambda s: programmes.resume(
            s, key, date(2026, 4, 30), date(2028, 1, 31), date(2028, 6, 30)
        ),
    )
    details = details_of(store, key)
    assert details.training_planned_end_on == date(2028, 1, 31)
    assert details.apprenticeship_planned_end_on == date(2028, 6, 30)
    assert details.is_end_day_given


def test_who_came_back_from_assessment_is_live_and_the_gateway_is_kept(store, make, rules):
    key = make.apprentice()
    changing(store, lambda s: programmes.enter_assessment(s, key, date(2026, 7, 1), TODAY))
    assert row_of(store, rules, key).status == "in assessment"
    changing(
        store,
        lambda s: programmes.back_from_assessment(s, key, date(2026, 8, 1), " Not ready ", TODAY),
    )
    assert row_of(store, rules, key).status == "live"
    (change,) = store.read(programme_changes.change_rows, key)
    assert change.kind is ChangeKind.BACK_IN_TRAINING
    assert change.reason == "Not ready"
    assert change.was_assessment_began_on == date(2026, 7, 1)
    changing(store, lambda s: programmes.enter_assessment(s, key, date(2026, 8, 20), TODAY))
    assert row_of(store, rules, key).status == "in assessment"


def test_a_change_of_provider_keeps_what_held_before(store, make):
    old, new = make.provider(name="Old"), make.provider(name="New")
    first = make.contract(reference="C-OLD", provider_id=old)
    second = make.contract(reference="C-NEW", provider_id=new)
    key = make.apprentice(provider_id=old, contract_id=first, provider_reference="P1")
    changing(
        store,
        lambda s: programme_changes.change_provider(
            s, key, date(2026, 3, 1), new, second, " P2 ", "Closed", date(2027, 9, 30), TODAY
        ),
    )
    changing(
        store,
        lambda s: programme_changes.change_provider(s, key, date(2026, 6, 1), old, None, "P3"),
    )
    details = details_of(store, key)
    assert (details.provider_id, details.contract_id) == (old, None)
    assert details.provider_reference == "P3"
    assert details.training_planned_end_on == date(2027, 9, 30)
    before, later = store.read(programme_changes.change_rows, key)
    assert (before.changed_on, before.was_provider_name) == (date(2026, 3, 1), "Old")
    assert (before.was_contract_reference, before.was_provider_reference) == ("C-OLD", "P1")
    assert before.was_training_planned_end_on == date(2027, 8, 31)
    assert before.reason == "Closed"
    assert (later.was_provider_name, later.was_contract_reference) == ("New", "C-NEW")


def test_a_return_keeps_the_end_that_was_planned_until_then(store, make):
    key = make.apprentice()
    for first, last, end in (
        (date(2026, 1, 5), date(2026, 2, 28), date(2027, 10, 31)),
        (date(2026, 4, 1), date(2026, 4, 30), None),
    ):
        changing(store, lambda s, on=first: programmes.start_break(s, key, on))
        changing(store, lambda s, on=last, end=end: programmes.resume(s, key, on, end))
    first, second = store.read(programme_changes.change_rows, key)
    assert (first.kind, first.changed_on) == (ChangeKind.BACK_FROM_BREAK, date(2026, 3, 1))
    assert first.was_training_planned_end_on == date(2027, 8, 31)
    assert second.changed_on == date(2026, 5, 1)
    assert second.was_training_planned_end_on == date(2027, 10, 31), "planned anew, as it was"


def test_who_was_entered_by_mistake_is_removed_with_the_changes_and_comes_back_with_them(
    store, make
):
    key = make.apprentice()
    changing(store, lambda s: programmes.start_break(s, key, date(2026, 1, 5)))
    changing(store, lambda s: programmes.resume(s, key, date(2026, 2, 28)))
    person = store.read(apprentices.held, key).apprentice_id
    changing(store, lambda s: apprentice_removal.remove(s, person))
    assert store.read(programme_changes.change_rows, key) == ()
    store.undo(store.undoable().number)
    (row,) = store.read(programme_changes.change_rows, key)
    assert row.changed_on == date(2026, 3, 1)


def test_another_planned_end_keeps_the_one_before(store, make):
    key = make.apprentice()
    changing(
        store,
        lambda s: programme_changes.change_planned_end(
            s, key, date(2026, 5, 1), date(2027, 12, 31), None, " More time ", TODAY
        ),
    )
    (row,) = store.read(programme_changes.change_rows, key)
    assert (row.kind, row.reason) == (ChangeKind.PLANNED_END, "More time")
    assert row.was_training_planned_end_on == date(2027, 8, 31)
    details = details_of(store, key)
    assert details.training_planned_end_on == date(2027, 12, 31)
    assert details.is_end_day_given
    changing(
        store,
        lambda s: programme_changes.change_planned_end(
            s, key, date(2026, 6, 1), date(2028, 1, 31), date(2028, 4, 30)
        ),
    )
    assert details_of(store, key).apprenticeship_planned_end_on == date(2028, 4, 30)


def test_a_change_keeps_the_price_that_was_typed_until_then(store, make):
    typed = {
        "agreed": ({"agreed_price": Decimal("17200.00")}, Decimal("17200.00")),
        "in parts": (
            {"training_price": Decimal("15000.00"), "assessment_price": Decimal("0.99")},
            Decimal("15000.99"),
        ),
        "half": ({"training_price": Decimal("15000.00")}, None),
    }
    new = make.provider()
    for details, price in typed.values():
        key = make.apprentice(**details)
        changing(store, lambda s, key=key: programme_changes.change_provider(s, key, TODAY, new))
        kept = store.read(
            lambda s, key=key: s.scalars(
                select(ProgrammeChange.was_agreed_price).where(
                    ProgrammeChange.apprenticeship_id == key
                )
            ).one()
        )
        assert kept == price


def test_a_change_of_version_keeps_code_version_and_option_of_before(store, make):
    key = make.apprentice(standard_version="1.1")
    changing(
        store,
        lambda s: programme_changes.change_standard(
            s, key, date(2026, 3, 1), "ST0118", "1.2 ", "Data ", planned_end_on=date(2027, 7, 31)
        ),
    )
    details = details_of(store, key)
    assert (details.standard_code, details.standard_version) == ("ST0118", "1.2")
    assert details.training_planned_end_on == date(2027, 7, 31)
    (change,) = store.read(programme_changes.change_rows, key)
    assert (change.was_standard_code, change.was_standard_version) == ("ST0116", "1.1")
    assert (change.was_standard_option, change.was_provider_name) == ("", "")


def test_a_change_of_provider_may_lie_before_one_of_standard(store, make):
    key, provider = make.apprentice(), make.provider()
    changing(
        store,
        lambda s: programme_changes.change_standard(s, key, date(2026, 3, 1), "ST0118", "1.2"),
    )
    changing(store, lambda s: programme_changes.change_provider(s, key, date(2026, 2, 1), provider))
    kinds = [each.kind for each in store.read(programme_changes.change_rows, key)]
    assert kinds == [ChangeKind.PROVIDER, ChangeKind.STANDARD]


# --- checklists ---------------------------------------------------------------------------------


def records_of(store, key):
    return store.read(checklists.checklist_records, [key])[key]


def test_several_items_are_ticked_at_once_and_said_again(store, make):
    key = make.apprentice()
    items = ["role_agreed", "offered", "role_agreed"]
    changing(
        store,
        lambda s: checklists.tick(
            s, key, Checklist.START, items, date(2025, 8, 1), " Grace Park ", " By letter ", TODAY
        ),
    )
    changing(
        store,
        lambda s: checklists.say_not_needed(s, key, Checklist.START, ["offered"], " Stayed "),
    )
    held = records_of(store, key)
    assert held.start == {
        "role_agreed": Mark("role_agreed", date(2025, 8, 1), "Grace Park", note="By letter"),
        "offered": Mark("offered", None, "", is_not_needed=True, note="Stayed"),
    }
    assert held.gateway == {}
    changing(store, lambda s: checklists.take_back(s, key, Checklist.START, ["offered", "else"]))
    assert set(records_of(store, key).start) == {"role_agreed"}


def test_english_and_maths_stand_with_the_apprenticeship_as_well(store, make):
    key = make.apprentice()
    changing(
        store,
        lambda s: checklists.tick(
            s, key, Checklist.GATEWAY, ["english", "maths"], date(2026, 8, 1), "Grace Park"
        ),
    )
    details = details_of(store, key)
    assert details.english_met_on == details.maths_met_on == date(2026, 8, 1)
    changing(
        store, lambda s: checklists.say_not_needed(s, key, Checklist.GATEWAY, ["maths"], "Degree")
    )
    changing(store, lambda s: checklists.take_back(s, key, Checklist.GATEWAY, ["english"]))
    details = details_of(store, key)
    assert details.english_met_on is details.maths_met_on is None
    changing(
        store, lambda s: checklists.tick(s, key, Checklist.START, ["english"], date(2026, 8, 1))
    )
    assert details_of(store, key).english_met_on is None


def test_the_gateway_is_made_of_version_plan_and_facts(store, make, rules):
    key = make.apprentice(
        standard_version="1.1", is_english_needed=True, english_met_on=date(2026, 5, 1),
        is_maths_needed=False, assessment_organisation="Exampleton Assessors",
        born_on=date(2004, 2, 29),
    )  # fmt: skip
    other = make.apprentice(standard_version="1.0")

    def load(session):
        session.add(
            StandardVersion(
                standard_code="ST0116", version="1.1", title="Software developer",
                qualifications="Level 2  English\n\n Cisco CCNA \n", has_new_assessment=True,
                loaded_on=TODAY,
            )
        )  # fmt: skip
        done = learning.plan_activity(session, key, "Project", 60, None, is_mandatory=True)
        session.get(learning.PlanActivity, done).status = learning.ActivityStatus.DONE
        learning.plan_activity(session, key, "Portfolio", 60, date(2026, 10, 1), is_mandatory=True)
        learning.plan_activity(session, key, "Talk", 60, date(2026, 10, 2))
        gone = learning.plan_activity(session, key, "Dropped", 60, None, is_mandatory=True)
        learning.drop_activity(session, gone)
        learning.plan_activity(session, other, "Talk", 60)

    changing(store, load)
    held = records_of(store, key)
    assert held.version == VersionFacts(
        "ST0116 v1.1", ("Level 2 English", "Cisco CCNA"), has_new_assessment=True
    )
    assert set(held.activities) == {
        MandatoryActivity("Project", None, is_done=True),
        MandatoryActivity("Portfolio", date(2026, 10, 1), is_done=False),
    }
    assert held.assessment_organisation == "Exampleton Assessors"
    assert records_of(store, other).activities == ()
    assert records_of(store, other).version is None
    assert records_of(store, make.apprentice()).activities is None
    facts = checklists.gateway_facts(row_of(store, rules, key), held)
    found = gateway(facts, held.gateway, resources.programme_rules(), TODAY)
    states = {item.title: item.state.value for item in found.items}
    assert states["English"] == "met"
    assert states["Maths"] == "not needed"
    assert states["Cisco CCNA"] == "not known"
    assert states["Behaviours verified by the employer"] == "not met"
    assert states["Minimum duration"] == "met"


# --- pay ----------------------------------------------------------------------------------------


def test_pay_of_the_same_day_is_replaced_and_the_newest_stands_first(store, make, rules):
    key, other = make.apprentice(), make.apprentice(born_on=date(2004, 2, 29))
    first, second = date(2025, 9, 1), date(2026, 4, 1)
    changing(store, lambda s: pay.set_pay(s, key, first, Decimal("7.55"), PayPer.HOUR))
    changing(store, lambda s: pay.set_pay(s, key, second, Decimal(24000), PayPer.YEAR, " New "))
    changing(store, lambda s: pay.set_pay(s, key, first, Decimal("8.00"), PayPer.HOUR))
    changing(store, lambda s: pay.set_pay(s, other, first, Decimal("9.00"), PayPer.HOUR))
    rows = store.read(pay.pay_rows, key)
    rates = (
        PayRate(first, Decimal("8.00"), PayPer.HOUR),
        PayRate(second, Decimal("24000.00"), PayPer.YEAR),
    )
    assert [row.rate for row in rows] == [rates[1], rates[0]]
    assert rows[0].note == "New"
    assert store.read(pay.pay_rates)[key] == rates
    assert set(store.read(pay.pay_rates)) == {key, other}
    assert set(store.read(pay.pay_rates, [other])) == {other}
    facts = pay.wage_facts(row_of(store, rules, other), store.read(pay.pay_rates)[other])
    assert facts.born_on == date(2004, 2, 29)
    assert facts.started_on == date(2025, 9, 1)
    assert facts.weekly == ((date(2025, 9, 1), 2160),)


def test_pay_is_corrected_on_its_own_day(store, make):
    key = make.apprentice()
    made = changing(
        store, lambda s: pay.set_pay(s, key, date(2025, 9, 1), Decimal("7.55"), PayPer.HOUR)
    )
    changing(
        store,
        lambda s: pay.correct_pay(s, made, date(2025, 9, 1), Decimal("7.60"), PayPer.HOUR, " So "),
    )
    (row,) = store.read(pay.pay_rows, key)
    assert (row.rate.amount, row.note) == (Decimal("7.60"), "So")
    changing(store, lambda s: pay.remove_pay(s, made))
    assert store.read(pay.pay_rows, key) == ()


# --- what is read for the rest of the program -----------------------------------------------------


def test_what_a_version_asks_is_that_of_the_option(store):
    def load(session):
        version = StandardVersion(
            standard_code="ST0973", version="1.2", title="ICT technician", loaded_on=TODAY
        )
        version.options = [
            StandardOption(number=1, title="Support"), StandardOption(number=2, title="Network"),
        ]  # fmt: skip
        version.ksbs = [
            StandardKsb(position=1, code="K1", words="Everybody"),
            StandardKsb(position=2, code="K2", words="Support alone", options="1"),
            StandardKsb(position=3, code="K3", words="Both", options="1 2"),
        ]
        session.add(version)

    changing(store, load)

    def codes(version, option=""):
        found = store.read(programme_changes.version_ksbs, "ST0973", version, option)
        return found and [ksb.code for ksb in found]

    assert codes("1.2 ", " Network ") == ["K1", "K3"]
    assert codes("1.2") == codes("1.2", "Something else") == ["K1", "K2", "K3"]
    assert codes("1.3") is None


def test_today_reads_pay_of_all_and_checklists_of_some(store, make):
    key, other = make.apprentice(), make.apprentice()
    changing(store, lambda s: pay.set_pay(s, key, TODAY, Decimal("9.00"), PayPer.HOUR))
    found = store.read(course_attention, [other])
    assert set(found.pay) == {key}
    assert set(found.checklists) == {other}
    assert store.read(course_attention, []).checklists == {}


def test_today_reads_what_was_dealt_with_before_the_start_of_whoever_has_not_ended(store, make):
    day = date(2025, 8, 1)
    key, left, silent = make.apprentice(), make.apprentice(), make.apprentice()

    def say(session):
        for whose in (key, left):
            checklists.tick(session, whose, Checklist.START, ["offered"], day, "Grace Park")
        checklists.tick(session, silent, Checklist.GATEWAY, ["english"], day)
        checklists.say_not_needed(session, key, Checklist.START, ["advertised"], "Known")
        programmes.withdraw(session, left, date(2026, 8, 1), "3")

    changing(store, say)
    found = store.read(course_attention, []).start
    assert found == {
        key: {
            "offered": Mark("offered", day, "Grace Park"),
            "advertised": Mark("advertised", is_not_needed=True, note="Known"),
        }
    }


@pytest.mark.parametrize(
    ("came_as", "is_new"),
    [(EmployeeType.NEW, True), (EmployeeType.EXISTING, False), (None, None)],
)
def test_who_came_for_the_apprenticeship_is_told_from_who_was_there(
    store, rules, make, came_as, is_new
):
    key = make.apprentice(employee_type=came_as)
    assert checklists.is_new_here(row_of(store, rules, key)) is is_new


# --- what a price is for --------------------------------------------------------------------------


def test_only_who_changes_the_price_after_a_change_is_asked_what_it_is_for(store, make):
    old, new = make.provider(), make.provider(name="Fenwick Learning")
    key = make.apprentice(provider_id=old)
    assert store.read(programme_changes.price_before, key) is None
    changing(store, lambda s: programme_changes.change_provider(s, key, date(2026, 6, 1), new))
    before = store.read(programme_changes.price_before, key)
    held = store.read(apprentices.held, key).details
    assert before.words() == "Until 31 May 2026 no price was typed."
    priced = replace(held, agreed_price=Decimal("9000.00"))
    check = programme_changes.check_price
    (found,) = check(before, held, priced)
    assert (found.code, found.place.field) == ("AP113", "price_is_for")
    assert check(before, held, replace(priced, price_is_for=PriceFor.REST)) == []
    assert check(before, priced, replace(priced, note="Later")) == []
    assert check(before, priced, held) == []
    assert check(None, held, priced) == []
    whole = programme_changes.PriceBefore(date(2026, 5, 31), Decimal("9000.00"))
    assert check(whole, held, priced) == []
    assert whole.words() == "Until 31 May 2026 it was £9,000.00."
