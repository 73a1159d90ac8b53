"""Which months of an apprenticeship are whose, from the changes as they were recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from apprentice_desk.domain.contract_money import EndBefore, PriceFor, PriceFrom
from apprentice_desk.domain.contract_stays import Spell, Terms, Turn, ends_before, spells, stays
from apprentice_desk.domain.move_checks import ChangeKind

ALDER, BIRCH = UUID(int=1), UUID(int=2)
OLD, NEW = UUID(int=11), UUID(int=12)
PRICE, OTHER = Decimal("17200.00"), Decimal("9000.00")
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
END, LATER, LAST = date(2027, 2, 28), date(2027, 6, 30), date(2027, 9, 30)


def terms(
    provider: UUID | None = ALDER,
    contract: UUID | None = OLD,
    code: str = "ST0116",
    price: Decimal | None = PRICE,
    is_for: PriceFor | None = None,
) -> Terms:
    return Terms(provider, contract, code, price, price_is_for=is_for)


def turn(
    on: date, was: Terms, kind: ChangeKind = ChangeKind.PROVIDER, end_on: date | None = END
) -> Turn:
    return Turn(on, kind, was, end_on)


# --- what held when -------------------------------------------------------------------------------


def test_without_a_change_what_holds_now_held_from_the_start() -> None:
    assert spells((), terms()) == (Spell(None, terms()),)
    moved = turn(MARCH, terms(), ChangeKind.PLANNED_END)
    back = turn(JUNE, terms(), ChangeKind.BACK_IN_TRAINING)
    assert spells((moved, back), terms()) == (Spell(None, terms()),)


def test_each_change_keeps_what_held_until_the_day_before() -> None:
    second = terms(BIRCH, NEW, price=OTHER)
    third = terms(ALDER, None, price=OTHER)
    found = spells((turn(MARCH, terms()), turn(JUNE, second)), third)
    assert found == (Spell(None, terms()), Spell(MARCH, second), Spell(JUNE, third))


def test_a_change_of_provider_recorded_after_a_later_one_of_standard_is_in_its_place() -> None:
    standard = turn(JUNE, terms(), ChangeKind.STANDARD)
    provider = turn(MARCH, terms(code="ST0118"))
    now = terms(BIRCH, NEW, "ST0118")
    assert spells((standard, provider), now) == (
        Spell(None, terms()),
        Spell(MARCH, terms(BIRCH, NEW)),
        Spell(JUNE, now),
    )


def test_a_price_that_was_put_right_is_no_change_of_itself() -> None:
    """Another version of the same standard, or another reference, at the same contract."""
    version = turn(MARCH, terms(price=None), ChangeKind.STANDARD)
    assert spells((version,), terms(price=PRICE)) == (Spell(None, terms(price=PRICE)),)
    two = (turn(MARCH, terms(price=None)), turn(JUNE, terms(price=PRICE)))
    assert spells(two, terms(BIRCH, NEW)) == (
        Spell(None, terms()), Spell(JUNE, terms(BIRCH, NEW)),
    )  # fmt: skip


# --- what they cost -------------------------------------------------------------------------------


def two_spells(
    before: Decimal | None, after: Decimal | None, is_for: PriceFor | None = None
) -> tuple[Spell, ...]:
    return (
        Spell(None, terms(price=before)),
        Spell(MARCH, terms(BIRCH, NEW, price=after, is_for=is_for)),
    )


@pytest.mark.parametrize(
    ("before", "after", "is_for", "is_rest"),
    [(PRICE, PRICE, None, True), (PRICE, OTHER, PriceFor.REST, False), (PRICE, None, None, False),
     (None, None, None, False), (None, OTHER, PriceFor.REST, False),
     (PRICE, PRICE, PriceFor.REST, False)],
)  # fmt: skip
def test_the_same_typed_price_goes_on_and_one_for_the_rest_begins_anew(
    before: Decimal | None, after: Decimal | None, is_for: PriceFor | None, is_rest: bool
) -> None:
    old, new = stays(two_spells(before, after, is_for), OLD, {})
    assert not old.is_unsaid
    assert not new.is_unsaid
    assert (old.price, new.price, new.is_rest, old.is_rest) == (before, after, is_rest, False)
    assert (old.is_here, new.is_here) == (True, False)
    assert (old.is_left, new.is_left) == (True, False)
    assert (old.first_on, new.first_on) == (None, MARCH)
    assert [each.is_here for each in stays(two_spells(before, after), NEW, {})] == [False, True]


@pytest.mark.parametrize("before", [PRICE, None])
def test_a_price_that_was_put_right_is_that_of_the_whole_from_the_start(
    before: Decimal | None,
) -> None:
    contracts = {(OLD, "ST0116"): Decimal("1.00")}
    old, new = stays(two_spells(before, OTHER, PriceFor.WHOLE), OLD, contracts)
    assert (old.price, new.price, new.is_rest) == (OTHER, OTHER, True)
    assert old.price_from is PriceFrom.AGREED


@pytest.mark.parametrize("before", [PRICE, None])
def test_of_another_price_that_nobody_was_asked_about_neither_part_is_known(
    before: Decimal | None,
) -> None:
    """It is taken neither as that of the rest nor as the whole, put right."""
    found = (*two_spells(before, OTHER), Spell(JUNE, terms(ALDER, OLD, price=OTHER)))
    assert [each.is_unsaid for each in stays(found, OLD, {})] == [True, True, True]
    rest = (*two_spells(before, OTHER), Spell(JUNE, terms(ALDER, OLD, is_for=PriceFor.REST)))
    assert [each.is_unsaid for each in stays(rest, OLD, {})] == [True, True, False]


def test_the_rest_that_was_put_right_at_a_later_change_is_that_of_the_rest() -> None:
    right = Decimal("9500.00")
    found = (
        *two_spells(PRICE, OTHER, PriceFor.REST),
        Spell(JUNE, terms(ALDER, OLD, price=right, is_for=PriceFor.WHOLE)),
    )
    made = stays(found, OLD, {})
    assert [each.price for each in made] == [PRICE, right, right]
    assert [each.is_rest for each in made] == [False, False, True]


def test_a_rest_agreed_with_another_version_of_the_standard_is_a_part_of_its_own() -> None:
    version = turn(MARCH, terms(), ChangeKind.STANDARD)
    now = terms(price=OTHER, is_for=PriceFor.REST)
    assert spells((version,), now) == (Spell(None, terms()), Spell(MARCH, now))


def test_what_a_price_is_for_stays_said_through_another_version_of_the_standard() -> None:
    rest = terms(BIRCH, NEW, price=OTHER, is_for=PriceFor.REST)
    turns = (turn(MARCH, terms()), turn(JUNE, rest, ChangeKind.STANDARD))
    now = terms(BIRCH, NEW, price=OTHER)
    assert spells(turns, now) == (Spell(None, terms()), Spell(MARCH, rest))


def test_a_contracts_price_is_for_a_whole_training_and_never_for_the_rest() -> None:
    prices = {(OLD, "ST0116"): PRICE, (NEW, "ST0116"): OTHER, (OLD, "ST0118"): Decimal("1.00")}
    old, new = stays(two_spells(None, None), OLD, prices)
    assert (old.price, old.price_from) == (PRICE, PriceFrom.CONTRACT)
    assert (new.price, new.price_from) == (None, PriceFrom.NOWHERE)
    no_contract = (Spell(None, terms(contract=None, price=None)), *two_spells(None, None)[1:])
    assert stays(no_contract, NEW, prices)[0].price is None
    typed, _ = stays(two_spells(PRICE, None), OLD, prices)
    assert typed.price_from is PriceFrom.AGREED


def test_another_contract_of_the_same_provider_is_no_leaving() -> None:
    found = (Spell(None, terms()), Spell(MARCH, terms(ALDER, NEW)))
    assert [each.is_left for each in stays(found, OLD, {})] == [False, False]


# --- the ends planned before ----------------------------------------------------------------------


def test_the_ends_before_come_from_the_changes_that_moved_them() -> None:
    turns = (turn(MARCH, terms(), end_on=END), turn(JUNE, terms(), end_on=LATER))
    assert ends_before(turns, LAST) == (EndBefore(MARCH, END), EndBefore(JUNE, LATER))
    assert ends_before(turns, LATER) == (EndBefore(MARCH, END),)
    assert ends_before((), END) == ()


def test_a_return_is_planned_anew_even_where_the_end_stays() -> None:
    back = turn(MARCH, terms(), ChangeKind.PLANNED_END, END)
    assert ends_before((back,), END) == (EndBefore(MARCH, END),)
    assert ends_before((turn(MARCH, terms(), ChangeKind.STANDARD, END),), END) == ()


def test_an_end_that_was_not_known_was_no_plan() -> None:
    assert ends_before((turn(MARCH, terms(), end_on=None),), LATER) == ()


def test_a_change_recorded_later_for_an_earlier_day_overtakes_those_behind_it() -> None:
    turns = (turn(JUNE, terms(), end_on=END), turn(MARCH, terms(), end_on=LATER))
    assert ends_before(turns, LAST) == (EndBefore(MARCH, END),)
    same_day = (turn(JUNE, terms(), end_on=END), turn(JUNE, terms(), end_on=LATER))
    assert ends_before(same_day, LAST) == (EndBefore(JUNE, END),)
