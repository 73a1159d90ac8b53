"""What people type is understood if it can mean one thing only, and otherwise refused in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.returns.values import (
    KINDS,
    as_text,
    as_value,
    blank,
    from_cell,
    normal,
    show,
    show_cell,
)

D = Decimal


@pytest.mark.parametrize(
    ("kind", "identifier", "cell", "value", "is_understood"),
    [
        ("text", "", "  a \u00a0\n b ", "a b", False),
        ("text", "", 12, "12", False),
        ("text", "ukprn", 10001234, "10001234", False),
        ("text", "standard", "st0116 ", "ST0116", False),
        ("text", "version", 1, "1.0", False),
        ("text", "version", 1.2, "1.2", False),
        ("text", "standard", "XX", "XX", False),
        ("several", "standard", "st0116; ST0118,\nST0119;", ("ST0116", "ST0118", "ST0119"), False),
        ("several", "standard", 116, ("116",), False),
        ("integer", "", 4, 4, False),
        ("integer", "", "4", 4, True),
        ("integer", "", "1,204", 1204, True),
        ("money", "", 1234.5, D("1234.50"), False),
        ("money", "", "£15,000", D("15000.00"), True),
        ("money", "", 0.1 + 0.2, D("0.30"), False),
        ("money", "", -0.0, D("0.00"), False),
        ("hours", "", 686.73, D("686.73"), False),
        ("hours", "", "7.5", D("7.50"), True),
        ("hours", "", "7:30", D("7.50"), True),
        ("hours", "", "7h 30m", D("7.50"), True),
        ("hours", "", timedelta(hours=30, minutes=30), D("30.50"), True),
        ("hours", "", time(7, 20), D("7.33"), True),
        ("percent", "", 92.5, D("92.5"), False),
        ("percent", "", "92.5%", D("92.5"), True),
        ("date", "", date(2026, 4, 3), date(2026, 4, 3), False),
        ("date", "", datetime(2026, 4, 3, 9, 30), date(2026, 4, 3), True),
        ("date", "", "3/4/2026", date(2026, 4, 3), True),
        ("date", "", "3 April 2026", date(2026, 4, 3), True),
        ("instant", "", datetime(2026, 4, 3, 9, 29, 59, 999_600),
         datetime(2026, 4, 3, 9, 30, tzinfo=UTC), False),
        ("instant", "", "2026-04-03T10:30:00+01:00",
         datetime(2026, 4, 3, 9, 30, tzinfo=UTC), True),
        ("instant", "", date(2026, 4, 3), datetime(2026, 4, 3, tzinfo=UTC), False),
        ("yes-no", "", "Yes", True, False),
        ("yes-no", "", "n", False, False),
        ("yes-no", "", True, True, False),
        ("quarter", "", "2026-27 Q3", Quarter.parse("2026-27 Q3"), False),
    ],
)  # fmt: skip
def test_a_cell_is_taken_for_what_it_means(kind, identifier, cell, value, is_understood):
    assert from_cell(kind, cell, identifier) == (value, is_understood)


@pytest.mark.parametrize(
    ("kind", "cell", "says"),
    [
        ("text", date(2026, 4, 3), "03/04/2026 is not text"),
        ("text", True, "TRUE is not text"),
        ("integer", 4.5, "4.5 is not a whole number"),
        ("integer", True, "“TRUE” is not a number"),
        ("integer", float("nan"), "“nan” is not a number"),
        ("money", float("inf"), "“inf” is not a number"),
        ("integer", "four", "“four” is not a number"),
        ("money", 1.005, "finer than a penny"),
        ("money", "about 5", "not an amount of money"),
        ("hours", 12.3456, "has more than two decimals"),
        ("hours", "all day", "all day"),
        ("percent", 92.55, "has more than one decimal"),
        ("date", 46115, "46115 is not a day"),
        ("date", "Sep 2025", "names a month, not a day"),
        ("date", "soon", "soon"),
        ("yes-no", "perhaps", "“perhaps” is neither Yes nor No"),
        ("yes-no", 1, "“1” is neither Yes nor No"),
        ("quarter", "Q3", "is not a quarter"),
        ("instant", "noon", "noon"),
        ("instant", "9999-12-31T23:59:59-12:00", "The year 9999 cannot be meant"),
        ("instant", "0001-01-01T00:00:00+12:00", "The year 1 cannot be meant"),
        ("instant", datetime(9999, 12, 31, 23, 59, 59, 999_999), "The year 9999 cannot"),
        ("instant", date(1900, 1, 1), "The year 1900 cannot be meant"),
        ("money", 1e300, "too large"),
    ],
)
def test_a_cell_that_means_nothing_is_refused_in_a_sentence(kind, cell, says):
    with pytest.raises(ValueError, match=says):
        from_cell(kind, cell)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0"])
def test_blank_is_not_known_in_every_kind(kind, cell):
    assert from_cell(kind, cell) == (blank(kind), False)


@given(st.integers(0, 10**11))
def test_money_survives_the_float_that_a_workbook_keeps(pence):
    amount = Decimal(pence) / 100
    assert from_cell("money", float(amount))[0] == amount


@given(st.integers(0, 999_900))
def test_hours_survive_the_float_that_a_workbook_keeps(hundredths):
    hours = Decimal(hundredths) / 100
    assert from_cell("hours", float(hours))[0] == hours


@given(st.text())
def test_normal_text_is_its_own_normal_form_and_holds_no_separator(text):
    once = normal("text", text)
    assert normal("text", once) == once
    assert not {"\x1e", "\x1f", "\n"} & set(str(once))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("money", D("1234.5"), "1234.50"),
        ("hours", D("7"), "7.00"),
        ("percent", D("92.5"), "92.5"),
        ("date", date(2026, 4, 3), "2026-04-03"),
        ("yes-no", False, "No"),
        ("several", ("ST0116", "ST0118"), "ST0116; ST0118"),
        ("instant", datetime(2026, 4, 3, 9, 30, tzinfo=UTC), "2026-04-03T09:30:00Z"),
        ("integer", 0, "0"),
        ("quarter", Quarter.parse("2026-27 Q3"), "2026-27 Q3"),
        ("text", "", ""),
        ("date", None, ""),
        ("several", (), ""),
    ],
)
def test_each_kind_has_one_text_form(kind, value, text):
    assert as_text(kind, value) == text


def test_values_are_shown_as_a_person_reads_them():
    assert show("money", D("17500.50")) == "£17,500.50"
    assert show("money", D("1.005")) == "£1.005"
    assert show("percent", D("92.5")) == "92.5%"
    assert show("date", date(2026, 4, 3)) == "03/04/2026"
    assert show_cell(datetime(2026, 4, 3, 9, 30)) == "03/04/2026 09:30:00"
    assert show_cell(None) == ""
    assert as_value(("a", "b")) == "a; b"
