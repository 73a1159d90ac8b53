"""What an engine lets go of: a connection that was out meanwhile is closed as it comes back."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine, event, text

from apprentice_desk.records import organisation
from apprentice_desk.records.connecting import engine_for
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import DeskClosed


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


def test_one_that_is_being_opened_meanwhile_is_closed_as_it_comes_back(engine: Engine):
    """As where one thread begins to read while another finds that the file was written to."""
    opened = letting_go(engine)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
    assert opened == [driver]
    assert not is_open(connection, driver)


def letting_go(engine: Engine) -> list:
    """Let go of everything as soon as a connection is opened; return what was."""
    found = []

    @event.listens_for(engine, "connect")
    def let_go(driver, _record):
        found.append(driver)
        if len(found) == 1:
            engine.dispose()

    return found


def test_a_desk_that_was_closed_is_not_opened_again_by_whoever_still_reads_it(location):
    store = open_store(location)
    assert store.read(organisation.organisation_row).name == "Exampleton"
    assert not store.is_closed
    store.close()
    assert store.is_closed
    with pytest.raises(DeskClosed, match="was closed"):
        store.read(organisation.organisation_row)
    with pytest.raises(DeskClosed, match="was closed"), store.change("Too late"):
        pytest.fail("it was begun")
    assert not store.is_locked
    store.close()
