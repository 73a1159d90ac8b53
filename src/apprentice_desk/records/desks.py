"""Making a desk and opening one, which brings an older one up to date first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import migrate
from apprentice_desk.records.changelog import Notes
from apprentice_desk.records.connecting import (
    APPLICATION_ID,
    await_turn,
    engine_for,
    is_address,
    place_of,
    recognised,
    said,
    set_foreign_keys,
    shown_name,
)
from apprentice_desk.records.holding import hold
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.store import Store


def create_store(
    location: str | Path,
    *,
    person: str = "",
    now: datetime | None = None,
    key: DeskKey | None = None,
) -> Store:
    """Make a new, empty desk at *location* and open it; with *key* its file is encrypted.

    Raises Problem when a file is there already, the folder cannot be written to or the database
    holds a desk; a failure leaves no half-made file.  ``organisation.begin`` gives it its borough.
    """
    if not is_address(location):
        check_room(Path(location))
    engine = engine_for(location, is_read_only=False, key=key)
    held = None
    try:
        if is_address(location):
            if _revision(engine, location) is not None:
                raise Problem(
                    f"The database {engine.url.database} holds a desk already and was left as it"
                    " was.",
                    "Choose another database.",
                )
        else:
            held = hold(Path(location), person, now or _now())
        _upgrade(engine, is_new=True)
    except BaseException:
        engine.dispose()
        if held is not None:
            held.release()
            Path(location).unlink(missing_ok=True)
        raise
    return _watched(Store(engine, str(location), person, held, is_read_only=False, key=key))


def check_room(path: Path) -> None:
    """Refuse to make a desk at *path* where a file is already, or where there is no folder."""
    if path.exists():
        raise Problem(
            f"{path.name} exists already and was left as it is.", "Choose another file name."
        )
    if not path.parent.is_dir():
        raise Problem(
            f"The desk was not made: there is no folder {path.parent}.",
            "Make the folder first, or check that its drive is connected.",
        )


def open_store(
    location: str | Path,
    *,
    person: str = "",
    read_only: bool = False,
    take_over: bool = False,
    now: datetime | None = None,
    key: DeskKey | None = None,
) -> Store:
    """Open a desk, bringing it up to date first where its format is older.

    *key* is that of an encrypted file.  Raises NeedsPassphrase or WrongPassphrase where it is
    missing or another's, DeskInUse when somebody has it open (it can still be opened *read_only*),
    and Problem when it is not there, not a desk, newer than this program or cannot be read.
    """
    if is_address(location):
        engine = engine_for(location, is_read_only=read_only)
        try:
            _look_at_revision(engine, location, is_read_only=read_only)
        except BaseException:
            engine.dispose()
            raise
        return Store(engine, str(location), person, None, is_read_only=read_only)
    path = Path(location)
    seen = place_of(path)
    file = recognised(path, key)
    held = None
    is_good = False
    try:
        if not read_only:
            held = hold(path, person, now or _now(), take_over=take_over)
            # Whoever held it until now may have put another file there: a new passphrase does.
            is_good = place_of(path) == seen
    finally:
        if not is_good:
            file.close()
    first = file if is_good else None
    engine = engine_for(path, is_read_only=read_only, key=key, first=first)
    try:
        _look_at_revision(engine, path, is_read_only=read_only, key=key)
    except BaseException:
        engine.dispose()
        if held is not None:
            held.release()
        raise
    return _watched(Store(engine, str(path), person, held, is_read_only=read_only, key=key))


def _watched(store: Store) -> Store:
    try:
        store.watch()
    except BaseException:
        store.close()
        raise
    return store


def _now() -> datetime:
    return datetime.now(UTC)


def _revision(engine: Engine, location: str | Path) -> str | None:
    try:
        with engine.connect() as connection:
            return migrate.revision(connection)
    except DBAPIError as error:
        happened = f"{shown_name(engine, location)} could not be opened."
        raise said(error, happened, location) from error


def _look_at_revision(
    engine: Engine, location: str | Path, *, is_read_only: bool, key: DeskKey | None = None
) -> None:
    at = _revision(engine, location)
    if at == migrate.HEAD:
        return
    if at is None:
        raise Problem(
            f"{shown_name(engine, location)} holds no desk yet.",
            "Make a new desk, or restore a backup.",
        )
    missing = migrate.missing(at, migrate.steps())
    if is_read_only:
        raise Problem(
            f"This desk has an older format ({at}) and is brought up to date when it is"
            " opened for changes.",
            "Open it for changes once, then to read.",
        )
    if missing and not is_address(location):
        migrate.keep_copy(Path(location), at, key)
    _upgrade(engine, is_new=False)


def _upgrade(engine: Engine, *, is_new: bool) -> None:
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(desk_changes=True) as connection:
        if is_sqlite:  # a table is rebuilt to be altered, with its children looking on
            set_foreign_keys(connection, is_on=False)
        notes = Notes(0, may_commit=True)
        connection.info["notes"] = notes
        try:
            with notes.writing(), connection.begin():
                if is_sqlite and is_new:
                    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                await_turn(connection)
                migrate.bring_up_to_date(connection, migrate.steps())
        except DBAPIError as error:
            raise said(error, "The desk could not be brought up to date.") from error
        finally:
            connection.info.pop("notes", None)
            if is_sqlite:
                set_foreign_keys(connection, is_on=True)
