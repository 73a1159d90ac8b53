"""What lists show: the right rows, in the right order, with every value that went in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.vocabulary import (
    BarrierCategory,
    Characteristic,
    EventKind,
    ReceiptState,
    Regime,
    RoleFamily,
    Route,
    SecondmentKind,
)
from apprentice_desk.records import (
    apprentices,
    contracts,
    hours,
    import_memory,
    known_people,
    learning,
    network,
    organisation,
    payments,
    programmes,
    providers,
    returns_sent,
    reviews,
    secondments,
    standards,
)
from apprentice_desk.resources import ListedStandard
from records.acting import changing
from records.acts_on_people import ADA
from records.commands import COMMANDS


def test_what_was_enrolled_is_what_the_form_gets(store, make):
    provider_id = make.provider()
    details = replace(ADA, provider_id=provider_id, contract_id=make.contract())
    key = changing(store, lambda s: apprentices.enrol(s, details))
    held = store.read(apprentices.held, key)
    assert held.details == replace(details, weekly_from_on=date(2025, 9, 1))
    assert held.number == 1
    assert held.breaks == ()
    assert identifiers.check_code(held.code) == held.code
    assert held.code.startswith("XMP-")


def test_texts_and_codes_are_kept_in_their_normal_form(store, make):
    key = make.apprentice(
        given_names=" Ada ", uln="1000 0000 43", standard_code="st0116", note="two\n"
    )
    details = store.read(apprentices.held, key).details
    assert (details.given_names, details.uln) == ("Ada", "1000000043")
    assert (details.standard_code, details.note) == ("ST0116", "two")
    contract_id = make.contract(reference=" C-1 ", standard_codes="st0116, ST0117;")
    kept = store.read(contracts.contract_details, contract_id)
    assert (kept.reference, kept.standard_codes) == ("C-1", "ST0116; ST0117")


def test_a_code_that_is_taken_is_drawn_again(store):
    codes = []
    for name in ("A", "B"):
        details = apprentices.ApprenticeDetails(family_name=name, course_title="Course")
        key = changing(
            store, lambda s, it=details: apprentices.enrol(s, it, random_source=random.Random(3))
        )
        codes.append(store.read(apprentices.held, key).code)
    assert len(set(codes)) == 2


def test_weekly_hours_of_the_same_day_are_replaced(store, make):
    key = make.apprentice(weekly_minutes=2160)
    for minutes in (1800, 1200):
        changing(
            store,
            lambda s, it=minutes: programmes.set_weekly_hours(s, key, date(2026, 1, 1), it),
        )
    details = store.read(apprentices.held, key).details
    assert (details.weekly_minutes, details.weekly_from_on) == (1200, date(2026, 1, 1))


def test_a_return_from_a_break_may_leave_the_planned_end_alone(store, make):
    key = make.apprentice(is_end_day_given=False)
    changing(store, lambda s: programmes.start_break(s, key, date(2026, 2, 1)))
    changing(store, lambda s: programmes.resume(s, key, date(2026, 2, 28)))
    details = store.read(apprentices.held, key).details
    assert details.training_planned_end_on == date(2027, 8, 31)
    assert not details.is_end_day_given
    changing(store, lambda s: programmes.start_break(s, key, date(2026, 4, 1)))
    changing(store, lambda s: programmes.resume(s, key, date(2026, 4, 30), date(2027, 10, 31)))
    details = store.read(apprentices.held, key).details
    assert details.training_planned_end_on == date(2027, 10, 31)
    assert details.is_end_day_given


def test_known_people_and_names_by_code(store, make):
    key = make.apprentice(email="ada@exampleton.example", employee_reference="E1")
    make.apprentice(given_names="Bob", family_name="Abel")
    bob, ada = store.read(known_people.known_people)
    assert (bob.name, ada.name) == ("Bob Abel", "Ada Lovelace")
    assert (ada.apprenticeship_id, ada.number, ada.email) == (key, 1, "ada@exampleton.example")
    assert ada.training_planned_end_on == date(2027, 8, 31)
    code = store.read(apprentices.held, key).code
    assert store.read(known_people.names_by_code)[code] == "Ada Lovelace"


def test_contracts_show_what_was_paid_up_to_a_day(store, make):
    provider_id = make.provider(name="College", ukprn="10001234")
    first = make.contract(reference="C-1", provider_id=provider_id)
    make.contract(reference="C-2", provider_id=provider_id, value_limit=None)

    def pay(session):
        payments.pay(session, first, date(2026, 1, 1), Decimal("100.10"))
        payments.pay(session, first, date(2026, 1, 31), Decimal("0.90"))
        payments.pay(session, first, date(2026, 2, 1), Decimal("5000.00"))

    changing(store, pay)
    paid, unpaid = store.read(contracts.contract_rows, date(2026, 1, 31))
    assert (paid.reference, paid.paid_to_date) == ("C-1", Decimal("101.00"))
    assert (unpaid.reference, unpaid.paid_to_date) == ("C-2", Decimal("0.00"))
    assert (paid.provider_name, paid.provider_ukprn) == ("College", "10001234")
    assert (paid.regime, paid.route) == (Regime.ACT_2023, Route.FRAMEWORK_DIRECT)
    assert (paid.value_limit, unpaid.value_limit) == (Decimal("150000.00"), None)
    assert store.read(contracts.find_contract, " C-1 ") == first
    assert store.read(contracts.find_contract, "C-3") is None


def test_hours_come_newest_first_within_their_bounds(store, make):
    ada = make.apprentice()
    bob = make.apprentice(given_names="Bob", family_name="Abel")
    for key, day, began_at in ((ada, 3, "14:00"), (ada, 3, "09:00"), (bob, 3, ""), (ada, 5, "")):
        make.hours(key, done_on=date(2026, 8, day), began_at=began_at, minutes=60)
    make.hours(ada, done_on=date(2026, 8, 1), minutes=30, counts=False)
    rows = store.read(hours.hours_rows)
    assert [(row.done_on.day, row.name, row.began_at) for row in rows] == [
        (5, "Ada Lovelace", ""),
        (3, "Bob Abel", ""),
        (3, "Ada Lovelace", "09:00"),
        (3, "Ada Lovelace", "14:00"),
        (1, "Ada Lovelace", ""),
    ]
    third = date(2026, 8, 3)
    assert len(store.read(hours.hours_rows, third, third)) == 3
    assert len(store.read(hours.hours_rows, apprenticeship_id=bob)) == 1
    assert store.read(hours.hours_rows, limit=2) == rows[:2]
    assert store.read(hours.hours_total, ada, date(2026, 8, 4)) == 120
    assert store.read(hours.hours_total, ada, date(2025, 1, 1)) == 0
    assert store.read(hours.logged_by_day, ada) == ((third, 120), (date(2026, 8, 5), 60))
    known = store.read(hours.logged_entries, [ada])
    assert (ada, third, 60, "09:00", "Unit testing") in [
        (each.apprenticeship_id, each.done_on, each.minutes, each.began_at, each.what)
        for each in (entry.details for entry in known)
    ]
    assert len(known) == 4
    assert store.read(hours.logged_entries, []) == ()
    assert rows[0].details == hours.HoursDetails(
        ada, date(2026, 8, 5), 60, hours.Activity.WORKSHOP, True, "Unit testing"
    )


def test_a_learning_plan_comes_by_due_date_and_keeps_what_was_dropped(store, make):
    key = make.apprentice()
    late = make.activity(key, "Late", 60, date(2026, 12, 1))
    make.activity(key, "Early", 30, date(2026, 10, 1))
    make.activity(title="Somebody else's")
    changing(store, lambda s: learning.drop_activity(s, late))
    plan = store.read(learning.plan_rows, key)
    assert [(row.title, row.planned_minutes, row.status) for row in plan] == [
        ("Early", 30, learning.ActivityStatus.PLANNED),
        ("Late", 60, learning.ActivityStatus.DROPPED),
    ]


def test_reviews_of_one_and_of_all(store, make):
    key = make.apprentice()
    make.review(key, date(2026, 8, 1), date(2026, 8, 2))
    make.review(due_on=date(2026, 7, 1))
    assert [row.due_on for row in store.read(reviews.review_rows)] == [
        date(2026, 7, 1),
        date(2026, 8, 1),
    ]
    (row,) = store.read(reviews.review_rows, key)
    assert (row.apprenticeship_id, row.held_on, row.note) == (key, date(2026, 8, 2), "")
    assert row.name == "Ada Lovelace"


def test_events_barriers_and_secondments(store, make):
    make.event(name="Old", held_on=date(2026, 1, 1))
    make.event(name="New", held_on=date(2026, 2, 1), kind=EventKind.VISIT, counted_minutes=90)
    assert [row.details.name for row in store.read(network.event_rows)] == ["New", "Old"]
    assert store.read(network.event_rows)[0].details.counted_minutes == 90
    make.barrier(category=BarrierCategory.TIME, is_help_wanted=True)
    (barrier,) = store.read(network.barrier_rows)
    assert (barrier.details.category, barrier.details.is_help_wanted) == (
        BarrierCategory.TIME,
        True,
    )
    make.secondment("XMP-2", earliest_start_on=date(2026, 10, 1))
    make.secondment("XMP-1", earliest_start_on=date(2026, 10, 1))
    assert [row.code for row in store.read(secondments.secondment_rows)] == ["XMP-1", "XMP-2"]
    assert store.read(secondments.secondment_rows)[0].details.kind is SecondmentKind.OFFER


def test_pledges_and_totals_are_replaced_not_added_up(store):
    def set_both(pledged, people):
        def act(session):
            organisation.pledge(session, 2026, RoleFamily.DATA, pledged)
            organisation.set_total(session, Characteristic.SEX, "female", people, None)

        return act

    changing(store, set_both(3, 5))
    changing(store, set_both(0, None))
    changing(store, lambda s: organisation.pledge(s, 2027, RoleFamily.DATA, 1))
    pledges = store.read(organisation.pledge_rows)
    assert [(row.programme_year, row.pledged) for row in pledges] == [(2027, 1), (2026, 0)]
    (total,) = store.read(organisation.characteristic_rows)
    assert (total.category, total.on_programme, total.started_in_year) == ("female", None, None)


def test_providers_come_by_name_and_are_found_in_any_case(store, make):
    second = make.provider(name="b college")
    make.provider(name="A College")
    assert [row.name for row in store.read(providers.provider_rows)] == ["A College", "b college"]
    assert store.read(providers.find_provider, " B COLLEGE ") == second
    assert store.read(providers.find_provider, "C") is None
    with_none = store.read(providers.provider_rows)[1]
    changing(
        store,
        lambda s: providers.correct_provider(
            s, second, providers.ProviderDetails(" b college ", with_none.ukprn)
        ),
    )
    assert store.read(providers.provider_rows)[1] == with_none


def test_a_mapping_is_remembered_once_for_each_kind_and_headings(store, make):
    first = make.mapping(name="b", fingerprint="1f" * 16)
    make.mapping(name="A ", columns=(("Day", "done_on"), ("Day", "")))
    again = make.mapping(name="C", fingerprint="1f" * 16, columns=(("Tag", "done_on"),))
    make.mapping(name="D", fingerprint="1f" * 16, kind="apprentices")
    assert again == first
    rows = store.read(import_memory.mapping_rows)
    assert [(row.name, row.kind) for row in rows] == [
        ("A", "hours"),
        ("C", "hours"),
        ("D", "apprentices"),
    ]
    assert rows[0].columns == (("Day", "done_on"), ("Day", ""))
    assert (rows[1].id, rows[1].columns) == (first, (("Tag", "done_on"),))
    assert rows[1].last_used_on == date(2026, 8, 3)


def test_a_mapping_used_again_on_the_same_day_is_no_change(store, make):
    make.mapping()
    number = store.latest_change().number
    make.mapping()
    assert store.latest_change().number == number


def test_a_lars_code_has_one_answer_which_may_be_that_nobody_knows(store):
    for code, standard in (("0058", "ST0116"), ("122", None), ("58", "st0118")):
        changing(store, lambda s, it=(code, standard): import_memory.remember_course(s, *it))
    assert store.read(import_memory.course_codes) == {"122": None, "58": "ST0118"}


def test_returns_sent_are_numbered_by_period(store, make):
    assert store.read(returns_sent.next_revision, "2026-27 Q1") == 1
    changing(store, COMMANDS["returns_sent.send_return"](make))
    assert store.read(returns_sent.next_revision, "2026-27 Q1") == 2
    assert store.read(returns_sent.next_revision, "2026-27 Q2") == 1
    (row,) = store.read(returns_sent.returns_sent_rows)
    assert row.prepared_at == datetime(2026, 7, 9, 8, 0, 0, 5, tzinfo=UTC)
    assert (row.revision, row.file_name, row.receipt) == (1, "return.xlsx", None)
    assert (row.is_kept, row.row_counts) == (True, (("Apprentices", 24),))
    assert store.read(returns_sent.return_file, row.id) == bytes(range(256))


def test_a_large_workbook_comes_back_byte_for_byte(store, make):
    content = random.Random(3).randbytes(3_000_000)
    sent_id = make.sent(content=content)
    assert store.read(returns_sent.return_file, sent_id) == content


def test_the_history_is_newest_first_and_says_what_became_of_each(store, make):
    first = make.sent(revision=1)
    second = make.sent(revision=2, row_counts={"Network": 1, "Apprentices": 2})
    findings = (
        Finding(
            Level.ROW,
            "AP001",
            "“Missing” – fill it in.",
            "Do.",
            Place("return.xlsx", "Apprentices", 7, "M", "Training started", value="x"),
        ),
        Finding(Level.NOTE, "AP002", "Unusual."),
    )
    details = returns_sent.ReceiptDetails(
        ReceiptState.IN_PART, date(2026, 7, 12), datetime(2026, 7, 11, tzinfo=UTC), 1, findings
    )
    changing(store, lambda s: returns_sent.take_receipt(s, first, details))
    rows = store.read(returns_sent.returns_sent_rows)
    assert [(row.id, row.revision) for row in rows] == [(second, 2), (first, 1)]
    assert rows[0].receipt is None
    assert rows[0].row_counts == (("Network", 1), ("Apprentices", 2))
    assert rows[1].receipt.details == details


def test_a_later_receipt_takes_the_place_of_the_earlier(store, make):
    sent_id = make.sent()
    for state, day in ((ReceiptState.CONFLICT, 12), (ReceiptState.ACCEPTED, 13)):
        details = returns_sent.ReceiptDetails(state, date(2026, 7, day))
        changing(store, lambda s, it=details: returns_sent.take_receipt(s, sent_id, it))
    (row,) = store.read(returns_sent.returns_sent_rows)
    assert row.receipt.details == details


def test_a_return_that_an_older_program_sent_has_no_workbook(store, make):
    sent_id = make.sent()
    with store.change("As it was before") as session:
        session.delete(session.scalars(select(returns_sent.ReturnFile)).one())
    (row,) = store.read(returns_sent.returns_sent_rows)
    assert (row.is_kept, row.row_counts) == (False, ())
    assert store.read(returns_sent.return_file, sent_id) is None
    changing(store, lambda s: returns_sent.withdraw_return(s, sent_id))
    assert store.read(returns_sent.returns_sent_rows) == ()


def test_what_the_forms_edit_is_read_of_all_or_of_some(store, make):
    ada, mei = make.apprentice(), make.apprentice(given_names="Mei")
    every = store.read(apprentices.all_held)
    assert every.keys() == {ada, mei}
    assert every[mei] == store.read(apprentices.held, mei)
    assert store.read(apprentices.all_held, [ada]) == {ada: every[ada]}


def test_weekly_hours_come_by_day_for_those_that_are_asked_for(store, make):
    ada, mei = make.apprentice(), make.apprentice()
    changing(store, lambda s: programmes.set_weekly_hours(s, ada, date(2026, 4, 1), 1800))
    first = (date(2025, 9, 1), 2160)
    assert store.read(apprentices.weekly_minutes, [ada]) == {ada: (first, (date(2026, 4, 1), 1800))}
    assert store.read(apprentices.weekly_minutes, [ada, mei])[mei] == (first,)


def test_payments_are_newest_first_with_contract_and_provider(store, make):
    provider = make.provider(name="Sampleton College")
    first = make.contract(reference="C-1", provider_id=provider)
    make.payment(first, date(2026, 5, 1))
    make.payment(first, date(2026, 6, 1))
    make.payment(make.contract(reference="C-2", provider_id=provider), date(2026, 5, 15))
    rows = store.read(contracts.payment_rows)
    assert [(row.contract_reference, row.paid_on) for row in rows] == [
        ("C-1", date(2026, 6, 1)),
        ("C-2", date(2026, 5, 15)),
        ("C-1", date(2026, 5, 1)),
    ]
    assert {row.provider_name for row in rows} == {"Sampleton College"}
    assert store.read(contracts.payment_rows, first) == (rows[0], rows[2])
    assert (rows[0].contract_id, rows[0].amount) == (first, Decimal("1250.00"))


def test_a_secondment_gets_a_random_code_that_no_other_has(store, make):
    class SameTwice(random.Random):
        """Draws the same body for the second as for the first."""

        turn = 0

        def choice(self, letters):
            body, self.turn = self.turn // 8, self.turn + 1
            return letters[1 if body < 2 else 2]

    source = SameTwice()
    for _ in range(2):
        details = secondments.SecondmentDetails(kind=SecondmentKind.OFFER)
        changing(store, lambda s, it=details: secondments.second(s, it, random_source=source))
    codes = [row.code for row in store.read(secondments.secondment_rows)]
    assert codes == [identifiers.make_code("XMP", "1" * 8), identifiers.make_code("XMP", "2" * 8)]
    changing(store, lambda s: secondments.second(s, secondments.SecondmentDetails(weeks=1)))
    third = next(row for row in store.read(secondments.secondment_rows) if row.code not in codes)
    assert identifiers.check_code(third.code) == third.code


def test_a_secondment_says_who_it_is_for(store, make):
    key = make.apprentice()
    code = store.read(apprentices.held, key).code
    make.secondment("XMP-1", apprenticeship_id=key)
    make.secondment("XMP-2")
    rows = store.read(secondments.secondment_rows)
    assert [(row.name, row.apprentice_code, row.apprenticeship_number) for row in rows] == [
        ("Ada Lovelace", code, 1),
        ("", "", None),
    ]


def test_a_newer_catalogue_adds_alters_and_keeps(store, make):
    assert store.read(standards.listed_on) is None
    make.standard("ST0116", "Software developer")
    make.standard("ST0001", "Kept")
    listed = [
        listed_as("ST0116", "Software engineer"),
        listed_as("ST0117", "Tester"),
    ]
    update = changing(store, lambda s: standards.load_catalogue(s, listed, date(2026, 9, 1)))
    assert update == standards.CatalogueUpdate(("ST0117",), ("ST0116",), 0, ("ST0001",))
    again = changing(store, lambda s: standards.load_catalogue(s, listed, date(2026, 9, 2)))
    assert again == standards.CatalogueUpdate((), (), 2, ("ST0001",))
    rows = store.read(standards.standard_rows)
    assert [row.title for row in rows] == ["Kept", "Software engineer", "Tester"]
    assert rows[1].shown == "ST0116  Software engineer, level 4"
    assert replace(rows[1], level=None).shown == "ST0116  Software engineer"
    assert store.read(standards.listed_on) == date(2026, 9, 1)


def listed_as(code, title):
    return ListedStandard(code, title, 4, 24, Decimal("18000.00"), "1.1", "Approved", "Digital")


def test_minutes_of_a_secondment_are_those_that_count_and_were_done_at_its_host(store, make):
    key = make.apprentice()
    for day, minutes in ((5, 1), (6, 30), (10, 60), (11, 600)):
        make.hours(key, done_on=date(2026, 7, day), minutes=minutes)
    make.hours(key, done_on=date(2026, 7, 7), minutes=9, counts=False)
    whole, open_ended = (
        make.secondment(
            kind=SecondmentKind.REQUEST,
            apprenticeship_id=key,
            started_on=date(2026, 7, 6),
            ended_on=ended_on,
        )
        for ended_on in (date(2026, 7, 10), None)
    )
    make.secondment(kind=SecondmentKind.REQUEST, apprenticeship_id=key)
    make.secondment()
    assert store.read(secondments.logged_minutes, date(2026, 7, 31)) == {whole: 90, open_ended: 600}
    assert store.read(secondments.logged_minutes, date(2026, 7, 6)) == {whole: 30}
