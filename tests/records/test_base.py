"""The typed columns and the one encoding of the log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Date, LargeBinary, MetaData, String, Table, Uuid

from apprentice_desk.domain.vocabulary import Grade
from apprentice_desk.records.base import Instant, Pence, Word, plain
from apprentice_desk.records.changelog import _before_insert, image, typed
from apprentice_desk.records.network import NetworkEvent

PENNIES = st.decimals(
    min_value=Decimal("-999999999.99"), max_value=Decimal("999999999.99"), places=2
)


@given(PENNIES)
def test_money_is_kept_as_whole_pence_and_comes_back_exactly(amount):
    kept = Pence().process_bind_param(amount, None)
    assert isinstance(kept, int)
    assert Pence().process_result_value(kept, None) == amount


@pytest.mark.parametrize("amount", [Decimal("0.001"), Decimal("NaN"), Decimal("1e12")])
def test_money_finer_than_a_penny_or_beyond_all_bounds_is_refused(amount):
    with pytest.raises(ValueError, match=r"penny|amount"):
        Pence().process_bind_param(amount, None)


def test_an_instant_is_kept_in_utc_with_its_offset():
    summer = timezone(timedelta(hours=1))
    kept = Instant().process_bind_param(datetime(2026, 7, 1, 12, 0, tzinfo=summer), None)
    assert kept == "2026-07-01T11:00:00.000000+00:00"
    assert Instant().process_result_value(kept, None) == datetime(2026, 7, 1, 11, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="needs a time zone"):
        Instant().process_bind_param(datetime(2026, 7, 1), None)


def test_a_word_that_is_not_of_the_set_is_refused():
    assert Word(Grade).process_bind_param("merit", None) == "merit"
    assert Word(Grade).process_bind_param(Grade.PASS, None) == "pass"
    assert Word(Grade).process_result_value("pass", None) is Grade.PASS
    with pytest.raises(ValueError, match="starred"):
        Word(Grade).process_bind_param("starred", None)


@pytest.mark.parametrize("kind", [Pence(), Instant(), Word(Grade)])
def test_blank_stays_blank(kind):
    assert kind.process_bind_param(None, None) is None
    assert kind.process_result_value(None, None) is None


TABLE = Table(
    "kinds",
    MetaData(),
    Column("key", Uuid),
    Column("day", Date),
    Column("at", Instant),
    Column("money", Pence),
    Column("word", Word(Grade)),
    Column("text", String),
    Column("bytes", LargeBinary),
)


@given(
    st.fixed_dictionaries(
        {
            "key": st.uuids(),
            "day": st.dates(),
            "at": st.datetimes(min_value=datetime(2, 1, 1), timezones=st.just(UTC)),
            "money": PENNIES,
            "word": st.sampled_from(Grade),
            "text": st.text(),
            "bytes": st.binary(),
        },
        optional={"unknown": st.booleans() | st.integers() | st.none()},
    )
)
def test_an_image_gives_back_every_kind_of_value(row):
    known = {name: value for name, value in row.items() if name != "unknown"}
    assert typed(TABLE, image(row)) == known


def test_the_encoding_of_the_log_is_plain():
    assert plain(UUID(int=255)) == "0" * 30 + "ff"
    assert plain(date(2026, 9, 1)) == "2026-09-01"
    assert plain(datetime(2026, 9, 1, tzinfo=UTC)) == "2026-09-01T00:00:00.000000+00:00"
    assert plain(Decimal("1.50")) == 150
    assert plain(Grade.MERIT) == "merit"
    assert type(plain(Grade.MERIT)) is str
    assert plain(b"\x0f") == "0f"
    assert plain(True) is True
    assert plain(None) is None


@pytest.mark.parametrize("value", [1.5, [], timedelta(1)])
def test_a_value_that_has_no_place_in_a_record_is_refused(value):
    with pytest.raises(TypeError, match="has no place in a record"):
        plain(value)


def test_a_record_that_belongs_to_no_session_cannot_note_what_is_written():
    with pytest.raises(RuntimeError, match="outside any change"):
        _before_insert(None, None, NetworkEvent())
