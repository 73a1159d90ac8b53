"""Extensions of contracts and what runs out: kept, checked with the contract, read together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE, Outcome
from apprentice_desk.domain.contract_terms import Expiry, Extension, Notice, Term
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import DataRole, ExpiryKind, NoticeUnit
from apprentice_desk.records import contract_days, contracts
from apprentice_desk.records.contract_dates import contract_dates, payment_dates
from apprentice_desk.records.contract_days import (
    ExpiryDetails,
    ExpiryRow,
    ExtensionDetails,
    ExtensionRow,
)
from apprentice_desk.records.contract_terms import ContractExpiry, ContractExtension
from apprentice_desk.records.standing import apprentice_rows
from records.acting import changing
from records.dumps import dump

END = date(2027, 2, 20)
FIRST = date(2028, 2, 20)
SECOND = date(2029, 2, 20)
TODAY = date(2026, 11, 23)
GONE = UUID(int=7)
HOLIDAYS = resources.bank_holidays()


def furthest(store, contract_id):
    return store.read(contracts.contract_details, contract_id).extension_to_on


def stamp(store, key):
    """Return the change that gave an extension or a policy its present values."""

    def read(session):
        kept = session.get(ContractExtension, key) or session.get(ContractExpiry, key)
        return kept.changed_in

    return store.read(read)


def test_how_far_a_contract_may_go_follows_from_its_extensions(store, make):
    key = make.contract(ends_on=END)
    first = make.extension(key, FIRST, decide_by_on=date(2026, 12, 31))
    assert furthest(store, key) == FIRST
    second = make.extension(key, SECOND)
    assert furthest(store, key) == SECOND
    assert store.read(contract_days.extension_rows, key) == (
        ExtensionRow(first, key, 1, FIRST, date(2026, 12, 31), None, stamp(store, first)),
        ExtensionRow(second, key, 2, SECOND, None, None, stamp(store, second)),
    )
    changing(store, lambda s: contract_days.remove_extension(s, second))
    assert furthest(store, key) == FIRST
    changing(
        store,
        lambda s: contract_days.correct_extension(s, first, ExtensionDetails(date(2027, 12, 31))),
    )
    assert furthest(store, key) == date(2027, 12, 31)
    changing(store, lambda s: contract_days.remove_extension(s, first))
    assert furthest(store, key) is None


def test_how_far_a_contract_may_go_at_most_outlives_extensions_that_go_less_far(store, make):
    key = make.contract(ends_on=END, extension_to_on=SECOND)
    first = make.extension(key, FIRST)
    assert furthest(store, key) == SECOND
    changing(store, lambda s: contract_days.take_up_extension(s, first, TODAY))
    assert furthest(store, key) == SECOND
    changing(store, lambda s: contract_days.remove_extension(s, first))
    assert furthest(store, key) == SECOND
    beyond = SECOND + timedelta(days=1)
    make.extension(key, beyond)
    assert furthest(store, key) == beyond


def test_an_extension_is_taken_up_on_the_last_day_and_not_after(store, make):
    key = make.contract(ends_on=END)
    first = make.extension(key, FIRST)
    with pytest.raises(Problem, match="ended on 20 Feb 2027, before the extension was taken up"):
        changing(store, lambda s: contract_days.take_up_extension(s, first, date(2027, 2, 21)))
    changing(store, lambda s: contract_days.take_up_extension(s, first, END))
    kept = store.read(contract_days.extension_row, first)
    assert kept.details == ExtensionDetails(FIRST, None, END)


def test_a_contract_is_said_to_have_ended_and_keeps_what_was_taken_up(store, make):
    key = make.contract(ends_on=END, extension_to_on=SECOND)
    first = make.extension(key, FIRST)

    def end(on):
        changing(store, lambda s: contract_days.end_unextended(s, key, on))

    with pytest.raises(Problem, match="was extended is entered already"):
        end(END)
    changing(store, lambda s: contract_days.take_up_extension(s, first, TODAY))
    make.extension(key, date(2028, 8, 20))
    end(FIRST + timedelta(days=1))
    rows = store.read(contract_days.extension_rows, key)
    assert [row.to_on for row in rows] == [FIRST]
    assert furthest(store, key) == FIRST
    with pytest.raises(Problem, match="was extended is entered already"):
        end(FIRST + timedelta(days=1))
    typed = make.contract(reference="B", ends_on=END, extension_to_on=SECOND)
    changing(store, lambda s: contract_days.end_unextended(s, typed, SECOND))
    assert furthest(store, typed) is None
    store.undo(store.read(lambda s: s.get(contracts.Contract, typed).changed_in))
    assert furthest(store, typed) == SECOND


def test_what_somebody_else_changed_meanwhile_is_not_written_over(store, make):
    key = make.contract(ends_on=END)
    first, expiry = make.extension(key, FIRST), make.expiry(key)
    read = stamp(store, first), stamp(store, expiry)
    theirs = ExtensionDetails(SECOND)
    policy = ExpiryDetails(ExpiryKind.CYBER, date(2028, 1, 1), "Plus")
    changing(store, lambda s: contract_days.correct_extension(s, first, theirs, read[0]))
    changing(store, lambda s: contract_days.correct_expiry(s, expiry, policy, read[1]))
    before = dump(store)
    mine = ExtensionDetails(FIRST, date(2026, 12, 31))
    with pytest.raises(Conflict, match="changed by somebody else") as found:
        changing(store, lambda s: contract_days.correct_extension(s, first, mine, read[0]))
    assert (found.value.mine, found.value.theirs) == (mine, theirs)
    assert found.value.stamp == stamp(store, first)
    with pytest.raises(Conflict, match="changed by somebody else") as found:
        changing(store, lambda s: contract_days.correct_expiry(s, expiry, ExpiryDetails(), read[1]))
    assert found.value.theirs == policy
    assert dump(store) == before
    changing(store, lambda s: contract_days.correct_extension(s, first, mine, stamp(store, first)))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"notice_count": 0, "notice_unit": NoticeUnit.DAYS}, "A notice period is 1 to 999"),
        ({"notice_count": 3}, "a number and what it counts"),
        ({"ends_on": date(2020, 1, 1)}, "ends before it starts"),
        ({"value_limit": Decimal(-1)}, "cannot be below"),
        ({"looked_after_by": "x" * 201}, "there is room for 200"),
    ],
)
def test_nonsense_is_refused_by_the_records_themselves(store, make, changed, words):
    key = make.contract(ends_on=END)
    held = store.read(contracts.contract_details, key)
    before = dump(store)
    with pytest.raises(Problem, match=words):
        changing(store, lambda s: contracts.correct_contract(s, key, replace(held, **changed)))
    with pytest.raises(Problem, match=words):
        changing(store, lambda s: contracts.award(s, replace(held, reference="N", **changed)))
    with pytest.raises(Problem, match="Enter the day to which"):
        changing(store, lambda s: contract_days.add_extension(s, key, ExtensionDetails()))
    assert dump(store) == before


def test_a_typed_day_for_notice_goes_with_its_end(store, make):
    key = make.contract(ends_on=END, notice_by_on=date(2026, 11, 20))

    def found(**changed):
        details = replace(store.read(contracts.contract_details, key), **changed)
        return [each.code for each in store.read(contracts.check_beside, key, details)]

    assert found() == []
    assert found(ends_on=FIRST) == ["CO010"]
    assert found(ends_on=FIRST, notice_by_on=date(2027, 11, 20)) == []
    assert found(ends_on=FIRST, notice_by_on=None) == []
    assert found(ends_on=None) == []
    assert store.read(contracts.check_beside, GONE, contracts.ContractDetails()) == []
    make.extension(key, FIRST, taken_on=TODAY)
    assert found() == []
    assert found(notice_by_on=END) == ["CO011"]
    assert found(notice_by_on=END + timedelta(days=1)) == []
    # An extension of a month with three months' notice: the day comes before it begins.
    assert found(notice_by_on=END, notice_for_on=FIRST) == []
    assert found(notice_by_on=END, notice_for_on=END) == []
    assert found(notice_by_on=END, notice_for_on=SECOND) == ["CO012"]
    assert found(notice_by_on=FIRST + timedelta(days=1), notice_for_on=FIRST) == ["CO013"]
    details = replace(store.read(contracts.contract_details, key), notice_by_on=None)
    wrong = contracts.check(replace(details, notice_for_on=FIRST))
    assert [(each.code, each.place.field) for each in wrong] == [("CO014", "notice_by_on")]
    make.extension(key, SECOND, taken_on=TODAY)
    assert found(notice_by_on=FIRST) == ["CO011"]
    assert found(notice_by_on=FIRST + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (
            lambda s, key, first: contract_days.add_extension(s, key, ExtensionDetails(FIRST)),
            "Extension 2 goes to 20 Feb 2028, which is no later",
        ),
        (
            lambda s, key, first: contract_days.correct_extension(s, first, ExtensionDetails(END)),
            "Extension 1 goes to 20 Feb 2027, which is no later",
        ),
        (
            lambda s, key, first: contracts.correct_contract(
                s, key, replace(contracts.contract_details(s, key), extension_to_on=END)
            ),
            "The extensions that are entered go to 20 Feb 2028",
        ),
        (
            lambda s, key, first: contracts.correct_contract(
                s, key, replace(contracts.contract_details(s, key), extension_to_on=None)
            ),
            "The extensions that are entered go to 20 Feb 2028",
        ),
        (
            lambda s, key, first: contracts.correct_contract(
                s, key, replace(contracts.contract_details(s, key), ends_on=FIRST)
            ),
            "Extension 1 goes to 20 Feb 2028, which is no later",
        ),
        (
            lambda s, key, first: contract_days.add_expiry(s, key, ExpiryDetails()),
            "Choose what it is",
        ),
    ],
)
def test_days_that_do_not_go_together_are_refused_and_nothing_is_changed(store, make, act, words):
    key = make.contract(ends_on=END)
    first = make.extension(key, FIRST)
    before = dump(store)
    with pytest.raises(Problem, match=words):
        changing(store, lambda s: act(s, key, first))
    assert dump(store) == before


def test_a_contract_is_corrected_beside_its_extensions(store, make):
    key = make.contract(ends_on=END)
    make.extension(key, FIRST)
    later = date(2027, 3, 20)
    changing(
        store,
        lambda s: contracts.correct_contract(
            s, key, replace(contracts.contract_details(s, key), ends_on=later)
        ),
    )
    kept = store.read(contracts.contract_details, key)
    assert (kept.ends_on, kept.extension_to_on) == (later, FIRST)


@pytest.mark.parametrize(
    "act",
    [
        lambda s: contract_days.add_extension(s, GONE, ExtensionDetails(FIRST)),
        lambda s: contract_days.correct_extension(s, GONE, ExtensionDetails(FIRST)),
        lambda s: contract_days.take_up_extension(s, GONE, TODAY),
        lambda s: contract_days.remove_extension(s, GONE),
        lambda s: contract_days.add_expiry(s, GONE, ExpiryDetails(ExpiryKind.CYBER, END)),
        lambda s: contract_days.correct_expiry(s, GONE, ExpiryDetails(ExpiryKind.CYBER, END)),
        lambda s: contract_days.remove_expiry(s, GONE),
        lambda s: contract_days.expiry_row(s, GONE),
        lambda s: contract_days.end_unextended(s, GONE, TODAY),
        lambda s: contract_days.check_among(s, GONE, ExtensionDetails(FIRST), None),
    ],
)
def test_what_is_gone_is_a_conflict(store, act):
    with pytest.raises(Conflict, match="was removed meanwhile"):
        changing(store, act)


def test_an_extension_is_checked_beside_the_others_before_it_is_saved(store, make):
    key = make.contract(ends_on=END)
    first = make.extension(key, FIRST)

    def codes(details, extension_id=None):
        found = store.read(contract_days.check_among, key, details, extension_id)
        return [each.code for each in found]

    assert codes(ExtensionDetails(SECOND)) == []
    assert codes(ExtensionDetails(FIRST)) == ["CT002"]
    assert codes(ExtensionDetails(date(2028, 1, 1)), first) == []
    assert codes(ExtensionDetails(FIRST, date(2027, 2, 21)), first) == ["CT003"]
    assert codes(ExtensionDetails(), first) == []


def test_insurances_and_policies_are_kept_soonest_out_first(store, make):
    key = make.contract()
    later = make.expiry(key, ends_on=date(2027, 6, 1))
    sooner = make.expiry(key, kind=ExpiryKind.OTHER, ends_on=date(2027, 1, 1), note=" Van ")
    changing(
        store,
        lambda s: contract_days.correct_expiry(
            s, later, replace(contract_days.expiry_row(s, later).details, note="Plus")
        ),
    )
    assert store.read(contract_days.expiry_rows, key) == (
        ExpiryRow(sooner, key, ExpiryKind.OTHER, date(2027, 1, 1), "Van", stamp(store, sooner)),
        ExpiryRow(later, key, ExpiryKind.CYBER, date(2027, 6, 1), "Plus", stamp(store, later)),
    )
    changing(store, lambda s: contract_days.remove_expiry(s, sooner))
    assert [row.id for row in store.read(contract_days.expiry_rows, key)] == [later]


def test_removing_a_contract_takes_its_days_with_it_and_undo_brings_them_back(store, make):
    key = make.contract(ends_on=END)
    make.extension(key, FIRST)
    make.expiry(key)
    before = dump(store)
    changing(store, lambda s: contracts.remove_contract(s, key))
    assert store.read(contract_days.extension_rows, key) == ()
    assert store.read(contract_days.expiry_rows, key) == ()
    store.undo(store.latest_change().number)
    assert dump(store) == before


def test_the_details_of_a_contract_hold_all_that_was_entered(store, make):
    given = {
        "call_off_reference": "CO-7",
        "framework_ends_on": date(2028, 10, 27),
        "notices": "2026/S 000-000001",
        "lots": "Lot 3",
        "notice_count": 3,
        "notice_unit": NoticeUnit.MONTHS,
        "data_role": DataRole.BOTH,
        "looked_after_by": "Grace Park",
        "note": "Signed twice",
    }
    kept = store.read(contracts.contract_details, make.contract(**given))
    assert {name: getattr(kept, name) for name in given} == given


@pytest.mark.parametrize("many", [1, 5])
def test_contracts_are_read_with_their_terms_in_three_queries(store, make, many):
    for _ in range(many):
        key = make.contract(
            ends_on=END,
            framework_ends_on=SECOND,
            notice_count=3,
            notice_unit=NoticeUnit.MONTHS,
            notice_by_on=date(2026, 11, 20),
        )
        make.extension(key, FIRST)
        make.extension(key, SECOND)
        make.expiry(key)
    ran = []

    def note(_conn, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith("SELECT"):
            ran.append(statement)

    store.read(contracts.contract_rows, TODAY)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        rows = store.read(contracts.contract_rows, TODAY)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(ran) == 3
    assert len(rows) == many
    assert {row.term for row in rows} == {
        Term(
            date(2025, 4, 1),
            END,
            SECOND,
            (Extension(1, FIRST), Extension(2, SECOND)),
            Notice(3, NoticeUnit.MONTHS),
            date(2026, 11, 20),
            SECOND,
            (Expiry(ExpiryKind.CYBER, date(2027, 1, 5)),),
        )
    }


def test_people_on_a_contract_are_those_on_programme_on_the_day(store, make):
    key = make.contract()
    make.contract()
    for details in (
        {},
        {"training_started_on": TODAY},
        {"training_started_on": date(2026, 11, 24)},
        {"ended_on": TODAY, "outcome": Outcome.WITHDRAWN},
        {"ended_on": date(2026, 11, 24), "outcome": Outcome.WITHDRAWN},
        {"outcome": Outcome.COMPLETED},
        {"contract_id": None},
    ):
        make.apprentice(**{"contract_id": key} | details)
    rows = store.read(apprentice_rows, TODAY, resources.hours_rules(), {})
    on_it = [row for row in rows if row.status in LIVE and row.contract_reference]
    assert len(on_it) == 3
    assert store.read(contracts.people_on_contracts, TODAY) == {key: 3}


def test_the_days_of_contracts_for_a_calendar(store, make):
    key = make.contract(
        reference="C-1", ends_on=END, framework="Digital", framework_ends_on=SECOND,
        provider_id=make.provider(name="Thamesbank College"),
        notice_count=56, notice_unit=NoticeUnit.DAYS,
    )  # fmt: skip
    other = make.contract()
    make.extension(key, FIRST, decide_by_on=date(2027, 1, 29))
    cyber = make.expiry(key)
    events = store.read(contract_dates, {key}, TODAY, HOLIDAYS)
    assert [(each.on, each.title, each.words) for each in events] == [
        (
            date(2026, 12, 24), "Last working day for notice: contract C-1",
            "With Thamesbank College. 56 days before the end."
            " The last day for it is Sat 26 Dec 2026: not a working day.",
        ),
        (
            date(2027, 1, 5), "Cyber security certificate runs out: contract C-1",
            "With Thamesbank College.",
        ),
        (
            date(2027, 1, 29), "Extension to decide: contract C-1",
            "With Thamesbank College. May be extended to 20 Feb 2028.",
        ),
        (
            END, "Ends: contract C-1",
            "With Thamesbank College. May be extended to 20 Feb 2028.",
        ),
        (
            SECOND, "Framework ends: Digital",
            "With Thamesbank College. Contract C-1 was called off from it.",
        ),
    ]  # fmt: skip
    assert len({each.uid for each in events}) == 5
    assert all(key.hex in each.uid and not each.began_at for each in events)
    after = store.read(contract_dates, {key, other}, date(2027, 1, 6), HOLIDAYS)
    assert [each.title for each in after if "C-1" in each.title] == [
        "Extension to decide: contract C-1", "Ends: contract C-1",
    ]  # fmt: skip
    assert len(after) == 4
    unsaid = store.read(contract_dates, {key}, date(2027, 2, 21), HOLIDAYS)
    assert [each.title for each in unsaid] == ["Framework ends: Digital"]
    assert store.read(contract_dates, {key}, date(2028, 2, 21), HOLIDAYS) == ()
    (late,) = (
        e for e in store.read(contract_dates, {key}, date(2026, 12, 25), HOLIDAYS)
        if "notice" in e.title
    )  # fmt: skip
    assert (late.on, late.uid) == (date(2026, 12, 26), events[0].uid), "still to come, if barely"
    renewed = make.expiry(key, ends_on=date(2028, 1, 5))
    moved = store.read(contract_dates, {key}, TODAY, HOLIDAYS)
    was, now = (next(e for e in each if "Cyber" in e.title) for each in (events, moved))
    assert (now.uid, now.on) == (was.uid, date(2028, 1, 5))
    assert now.version > was.version
    changing(store, lambda s: contract_days.remove_expiry(s, renewed))
    back = next(e for e in store.read(contract_dates, {key}, TODAY, HOLIDAYS) if "Cyber" in e.title)
    assert (back.uid, back.on) == (was.uid, was.on)
    assert back.version > now.version, "or a calendar would keep the day that is no more"
    assert cyber


def test_a_day_for_notice_that_may_be_a_bank_holiday_is_said_in_the_calendar(store, make):
    year = HOLIDAYS.last_year + 1
    key = make.contract(ends_on=date(year, 12, 31), notice_by_on=date(year, 3, 5))
    notice = store.read(contract_dates, {key}, TODAY, HOLIDAYS)[0]
    assert notice.title.startswith("Last day for notice")
    assert f"It may be a bank holiday: The bank holidays of {year} are not known" in notice.words


def test_an_end_moves_in_the_calendar_when_an_extension_is_taken_up(store, make):
    key = make.contract(ends_on=END)
    first = make.extension(key, FIRST)

    def end():
        events = store.read(contract_dates, {key}, TODAY, HOLIDAYS)
        return next(each for each in events if each.title.startswith("Ends"))

    before = end()
    changing(store, lambda s: contract_days.take_up_extension(s, first, TODAY))
    assert (end().uid, end().on) == (before.uid, FIRST)
    make.contract(framework_ends_on=SECOND, ends_on=None)
    every = store.read(contract_dates, {row.id for row in _rows(store)}, TODAY, HOLIDAYS)
    assert any(each.title.startswith("Framework ends: contract ") for each in every)


def test_a_day_for_notice_that_was_typed_says_nothing_of_a_period(store, make):
    key = make.contract(ends_on=END, notice_by_on=date(2026, 12, 21))
    notice, _end = store.read(contract_dates, {key}, TODAY, HOLIDAYS)
    assert (notice.on, notice.words) == (date(2026, 12, 21), "With Provider 1.")


def _rows(store):
    return store.read(contracts.contract_rows, TODAY)


def test_what_falls_due_in_the_next_year_is_in_the_calendar_by_contract_and_day(store, make):
    provider = make.provider(name="Thamesbank College")
    key = make.contract(reference="C-1", provider_id=provider)
    other = make.contract(reference="C-2")
    a_year = {
        "training_started_on": date(2026, 3, 1),
        "training_planned_end_on": date(2027, 2, 28),
        "agreed_price": Decimal("12000.00"),
    }
    for contract_id in (key, key, other):
        make.apprentice(contract_id=contract_id, **a_year)
    make.apprentice(contract_id=key, **a_year | {"agreed_price": None})
    rules = resources.funding_rules()
    events = store.read(payment_dates, {key}, TODAY, rules)
    assert [(each.on, each.title) for each in events] == [
        (date(2026, 11, 30), "£1,600.00 falls due: contract C-1"),
        (date(2026, 12, 31), "£1,600.00 falls due: contract C-1"),
        (date(2027, 1, 31), "£1,600.00 falls due: contract C-1"),
        (date(2027, 2, 28), "£1,600.00 falls due: contract C-1"),
    ]
    assert {each.words for each in events} == {"To Thamesbank College, for 2 apprentices."}
    assert len({each.uid for each in events}) == 4
    both = store.read(payment_dates, {key, other}, date(2026, 12, 31), rules)
    assert [each.title for each in both[:2]] == [
        "£1,600.00 falls due: contract C-1", "£800.00 falls due: contract C-2",
    ]  # fmt: skip
    far = store.read(payment_dates, {key}, date(2026, 1, 30), rules)
    assert max(each.on for each in far) == date(2026, 12, 31)
    assert sum(Decimal(each.title[1:].split(" ")[0].replace(",", "")) for each in far) == 16_000
