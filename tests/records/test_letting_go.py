"""What an engine lets go of: a connection that was out meanwhile is closed as it comes back."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine, text

from apprentice_desk.records.connecting import engine_for


@pytest.fixture
def engine(location):
    made = engine_for(location, is_read_only=False)
    yield made
    made.dispose()


def is_open(connection: Connection, driver) -> bool:
    try:
        driver.execute("SELECT 1")
    except connection.dialect.loaded_dbapi.Error:
        return False
    driver.rollback()
    return True


def test_a_connection_that_was_out_meanwhile_is_closed_as_it_comes_back(engine: Engine):
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        engine.dispose()
        assert connection.execute(text("SELECT 1")).scalar_one() == 1  # it ends what it is about
    assert not is_open(connection, driver)


def test_one_that_is_opened_afterwards_is_kept_for_the_next(engine: Engine):
    engine.dispose()
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
    assert is_open(connection, driver)
    with engine.connect() as connection:
        assert connection.connection.driver_connection is driver
