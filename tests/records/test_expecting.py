"""LOTI's list of expected boroughs is dated: no change alters what earlier periods expected."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.calendar import FinancialYear, Quarter
from apprentice_desk.records import expecting
from apprentice_desk.records.desks import open_store
from records.commands import changing

CITY = "E09000001"
INVENTED = "E09999998"
QUARTERS = [
    str(Quarter(FinancialYear(year), number)) for year in (2026, 2027) for number in (1, 2, 3, 4)
]


def expected(store, period):
    return store.read(expecting.expected_boroughs, period)


def said(store, act, code, period):
    changing(store, lambda session: act(session, code, period))


def test_where_nothing_was_said_all_of_london_is_expected(store):
    real = tuple(each.code for each in resources.boroughs() if not each.is_invented)
    assert len(real) == 33
    assert real == expecting.LONDON
    assert expected(store, "2019-20 Q1") == real
    assert store.read(expecting.expecting_rows) == ()


def test_a_borough_that_stops_is_still_expected_for_earlier_periods(store):
    said(store, expecting.stop_expecting, CITY, "2026-27 Q3")
    assert CITY in expected(store, "2019-20 Q1")
    assert CITY in expected(store, "2026-27 Q2")
    assert CITY not in expected(store, "2026-27 Q3")
    assert CITY not in expected(store, "2031-32 Q1")
    assert len(expected(store, "2026-27 Q3")) == 32
    (row,) = store.read(expecting.expecting_rows)
    assert (row.borough_code, row.from_period, row.until_period) == (
        CITY,
        expecting.ALWAYS,
        "2026-27 Q3",
    )


def test_a_borough_that_comes_back_has_a_gap(store):
    said(store, expecting.stop_expecting, CITY, "2026-27 Q3")
    said(store, expecting.expect, CITY, "2027-28 Q1")
    assert [CITY in expected(store, period) for period in QUARTERS] == [
        True, True, False, False, True, True, True, True,
    ]  # fmt: skip
    assert [row.from_period for row in store.read(expecting.expecting_rows)] == [
        expecting.ALWAYS,
        "2027-28 Q1",
    ]


def test_an_invented_borough_is_expected_only_when_somebody_says_so(store):
    said(store, expecting.stop_expecting, INVENTED, "2026-27 Q1")
    assert store.read(expecting.expecting_rows) == ()
    said(store, expecting.expect, INVENTED, "2026-27 q3")
    assert INVENTED not in expected(store, "2026-27 Q2")
    assert expected(store, "2026-27 Q3")[-1] == INVENTED


def test_what_is_so_already_is_no_change(store):
    said(store, expecting.expect, CITY, "2026-27 Q3")
    assert store.latest_change().number == 1
    said(store, expecting.expect, INVENTED, "2026-27 Q3")
    number = store.latest_change().number
    said(store, expecting.expect, INVENTED, "2027-28 Q3")
    assert store.latest_change().number == number


@pytest.mark.parametrize("code", [CITY, INVENTED])
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(["expect", "stop_expecting"]), st.sampled_from(QUARTERS)),
        max_size=6,
    )
)
def test_each_change_holds_from_its_period_on_and_no_earlier(
    code, acts, empty_desk, tmp_path_factory
):
    path = tmp_path_factory.mktemp("expecting") / "x.desk"
    path.write_bytes(empty_desk.read_bytes())
    store = open_store(path)
    wanted = dict.fromkeys(QUARTERS, code == CITY)
    for act, period in acts:
        said(store, getattr(expecting, act), code, period)
        wanted |= {each: act == "expect" for each in QUARTERS if each >= period}
        assert {each: code in expected(store, each) for each in QUARTERS} == wanted
    spans = store.read(expecting.expecting_rows)
    assert all(one.until_period <= two.from_period for one, two in pairwise(spans))
    store.close()
