"""What commands refuse, in words; a refused command has touched nothing, even if one goes on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import BarrierCategory, Characteristic
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    checklists,
    contracts,
    hours,
    known_people,
    network,
    organisation,
    pay,
    payments,
    programme_changes,
    programmes,
)
from records import refusals_contracts, refusals_people, refusals_rest
from records.acting import GONE, changing
from records.acts_on_people import ADA
from records.dumps import dump
from records.refusing import TODAY, Prepared

REFUSED = {
    **refusals_people.REFUSED,
    **refusals_contracts.REFUSED,
    **refusals_rest.REFUSED,
}


def test_refused_commands_say_why_and_have_touched_nothing(store, make, subtests):
    prepared = Prepared(store, make)
    before = dump(store, with_log=True)
    for refused, (act, kind, words) in REFUSED.items():
        with subtests.test(refused):

            def go_on(session, act=act, kind=kind, words=words):
                with pytest.raises(kind, match=words) as caught:
                    act(session, prepared)
                return caught.value

            refusal = changing(store, go_on)
            assert type(refusal) is kind
            assert dump(store, with_log=True) == before


def remove_with(make_child):
    """Return a command that removes an apprentice on whom something hangs."""

    def prepare(make):
        apprenticeship_id = make.apprentice()
        make_child(make, apprenticeship_id)
        apprentice_id = make.store.read(apprentices.held, apprenticeship_id).apprentice_id
        return lambda session: apprentice_removal.remove(session, apprentice_id)

    return prepare


CLASHES = {
    "an apprentice with hours": remove_with(lambda make, it: make.hours(it)),
    "an apprentice with reviews": remove_with(lambda make, it: make.review(it)),
    "an apprentice with pay": remove_with(
        lambda make, it: changing(
            make.store, lambda s: pay.set_pay(s, it, TODAY, Decimal(9), PayPer.HOUR)
        )
    ),
    "an apprentice with something ticked off": remove_with(
        lambda make, it: changing(
            make.store,
            lambda s: checklists.tick(s, it, Checklist.START, ["offered"], TODAY),
        )
    ),
    "an apprentice with a change": remove_with(
        lambda make, it: changing(
            make.store, lambda s: programme_changes.change_standard(s, it, TODAY, "ST0118", "1.0")
        )
    ),
    "an apprentice with a plan": remove_with(lambda make, it: make.activity(it)),
    "an apprentice with a secondment": remove_with(
        lambda make, it: make.secondment(apprenticeship_id=it)
    ),
    "hours of nobody": lambda make: (
        lambda s: hours.log_hours(s, hours.HoursDetails(GONE, date(2026, 1, 1), 60))
    ),
    "a payment of no contract": lambda make: (
        lambda s: payments.pay(s, GONE, date(2026, 1, 1), Decimal("1.00"))
    ),
    "a contract of no provider": lambda make: (
        lambda s: contracts.award(s, contracts.ContractDetails("C-1", provider_id=GONE))
    ),
}


@pytest.mark.parametrize("clash", CLASHES)
def test_what_hangs_on_something_is_not_removed_and_what_is_gone_gets_nothing_more(
    clash, store, make
):
    act = CLASHES[clash](make)
    before = dump(store, with_log=True)
    with pytest.raises(Conflict, match="“Try” was not saved: something else in the desk hangs"):
        changing(store, act)
    assert dump(store, with_log=True) == before


def test_the_conflict_of_an_edit_carries_what_was_typed(store):
    with pytest.raises(Conflict) as caught:
        changing(store, lambda session: apprentices.correct(session, GONE, ADA))
    assert caught.value.mine is ADA


def test_a_temporary_uln_may_be_shared(store, make):
    make.apprentice(uln="9999999999")
    make.apprentice(uln="9999999999")
    assert len(store.read(known_people.known_people)) == 2


def test_a_withdrawal_is_allowed_while_a_break_is_open(store, make):
    apprenticeship_id = make.apprentice()
    changing(store, lambda s: programmes.start_break(s, apprenticeship_id, date(2026, 3, 1)))
    changing(store, lambda s: programmes.withdraw(s, apprenticeship_id, date(2026, 4, 1), "98"))
    held = store.read(apprentices.held, apprenticeship_id)
    assert held.details.ended_on == date(2026, 4, 1)


def test_a_flaw_that_was_there_before_does_not_forbid_an_end(store, make):
    """An import may have brought it; the end is still a fact."""
    apprenticeship_id = make.apprentice(assessment_began_on=date(2025, 8, 1))
    changing(store, lambda s: programmes.withdraw(s, apprenticeship_id, date(2026, 4, 1), "98"))
    assert store.read(apprentices.held, apprenticeship_id).details.outcome is not None


@pytest.mark.parametrize(
    "write",
    [
        lambda session: network.note_barrier(
            session, network.BarrierDetails(BarrierCategory.TIME, "x" * 1001)
        ),
        lambda session: organisation.rename_team(session, "x" * 101),
        lambda session: organisation.set_total(session, Characteristic.SEX, "x" * 101, 1, 1),
    ],
)
def test_a_text_longer_than_its_column_is_refused_alike_on_both_engines(store, write) -> None:
    with pytest.raises(Problem, match="characters; there is room for"):
        changing(store, write)
    assert store.latest_change().number == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda s, it: programmes.start_break(s, it, TODAY, "x" * 501),
        lambda s, it: programme_changes.change_standard(s, it, TODAY, "ST0116", "1" * 11),
        lambda s, it: programme_changes.change_standard(
            s, it, TODAY, "ST0116", "1.9", reason="x" * 501
        ),
        lambda s, it: checklists.tick(s, it, Checklist.START, ["offered"], TODAY, "x" * 201),
        lambda s, it: checklists.say_not_needed(s, it, Checklist.START, ["offered"], "x" * 1001),
        lambda s, it: pay.set_pay(s, it, TODAY, Decimal(9), PayPer.HOUR, "x" * 501),
    ],
)
def test_a_text_about_a_move_that_is_too_long_is_refused_as_well(store, make, write) -> None:
    whose = make.apprentice()
    before = dump(store)
    with pytest.raises(Problem, match="characters; there is room for"):
        changing(store, lambda session: write(session, whose))
    assert dump(store) == before
