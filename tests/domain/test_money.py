from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain import money

amounts = st.integers(-99_999_999_999, 99_999_999_999).map(lambda pence: Decimal(pence) / 100)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(15000, "15000.00"), ("1234.5", "1234.50"), (Decimal("0.10"), "0.10"), ("-0", "0.00")],
)
def test_pounds_have_exactly_two_places(value, expected):
    assert str(money.pounds(value)) == expected


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("1.005", "finer than a penny"),
        (Decimal("0.001"), "finer than a penny"),
        ("NaN", "not an amount"),
        ("Infinity", "not an amount"),
        ("a lot", "not an amount"),
        ("1000000000", "largest amount"),
        (-1_000_000_000, "largest amount"),
    ],
)
def test_what_is_no_exact_amount_is_refused_in_words(value, sentence):
    with pytest.raises(ValueError, match=sentence):
        money.pounds(value)


def test_a_float_is_never_money():
    with pytest.raises(TypeError):
        money.pounds(1.5)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("0.004", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("7", "7.00")],
)
def test_rounding_is_half_up_away_from_zero(exact, rounded):
    assert str(money.round_pounds(Decimal(exact))) == rounded


@pytest.mark.parametrize("exact", ["NaN", "Infinity", "1000000000.001", "999999999.995"])
def test_rounding_refuses_what_pounds_refuses(exact):
    with pytest.raises(ValueError, match="amount"):
        money.round_pounds(Decimal(exact))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£15,000", "15000.00"),
        ("15000.50", "15000.50"),
        (" £ 1,234.5 ", "1234.50"),
        ("\u00a0£20\u00a0", "20.00"),
        ("-£20", "-20.00"),
        ("£-20", "-20.00"),
        ("−£20.00", "-20.00"),
        ("1,234,567.89", "1234567.89"),
        ("0", "0.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, expected):
    assert str(money.parse_pounds(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "£", "15.000,00", "1,50", "15k", "--5", "-£-5", "1 000", "five", "1.2.3", "1e3"]
)
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"is not an amount of money\. Write it as"):
        money.parse_pounds(text)


def test_a_tenth_of_a_penny_is_refused_when_read():
    with pytest.raises(ValueError, match="finer than a penny"):
        money.parse_pounds("1.005")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("1234.5", "£1,234.50"), ("0", "£0.00"), ("-20", "−£20.00"), ("1234567.89", "£1,234,567.89")],
)
def test_amounts_are_shown_with_thousands_and_a_true_minus(amount, shown):
    assert money.show_pounds(Decimal(amount)) == shown


@given(amounts)
def test_what_is_shown_reads_back_as_the_same_amount(amount):
    assert money.parse_pounds(money.show_pounds(amount)) == amount


@given(amounts)
def test_pence_return_exactly(amount):
    assert money.from_pence(money.to_pence(amount)) == amount
    assert isinstance(money.to_pence(amount), int)


def test_the_most_that_is_kept_fits():
    assert money.to_pence(money.MOST) == 99_999_999_999
