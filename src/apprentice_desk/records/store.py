"""One desk, opened: read it, change it, undo a change, hear of changes.

A desk is one SQLite file (``hackney.desk``) or one PostgreSQL database.  No session outlives a
call: ``read`` runs a query and returns rows, ``change`` is one transaction with a label.  What is
peculiar to either engine stands in ``connecting`` and ``migrate``; ``desks`` makes and opens one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session as Session  # for whoever names what `change` gives

from apprentice_desk.domain.problems import Conflict, Damaged, Problem
from apprentice_desk.records import (
    change_lines,
    changelog,
    migrate,
    putting_back,
    subjects,  # noqa: F401 - so that every table is known
    wording_used,  # noqa: F401 - so that what it looks after is looked after
)
from apprentice_desk.records.change_lines import ChangeRow
from apprentice_desk.records.changelog import Changes, Notes
from apprentice_desk.records.connecting import (
    answers,
    await_turn,
    compact,
    engine_for,
    is_address,
    is_clash,
    is_of_the_file,
    recognise,
    said,
    shown_name,
)
from apprentice_desk.records.doors import makes_no_sense
from apprentice_desk.records.gate import DeskClosed as DeskClosed
from apprentice_desk.records.gate import DeskLocked as DeskLocked
from apprentice_desk.records.gate import Gate
from apprentice_desk.records.holding import Hold
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase
from apprentice_desk.records.troubles import (
    Trouble,
    Unconfirmed,
    in_words,
    is_of_the_disk,
    may_be_read_anew,
    may_stand,
)
from apprentice_desk.records.watching import Newest, Watch, sync_folder

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """An open desk.

    *location* is the path of a desk file or a ``postgresql+psycopg://`` address.  Made by
    ``desks.create_store`` and ``desks.open_store``; give it back with ``close``.
    """

    def __init__(
        self,
        engine: Engine,
        location: str,
        person: str,
        held: Hold | None,
        *,
        is_read_only: bool,
        key: DeskKey | None = None,
    ) -> None:
        self.location = location
        self.person = person
        self.is_read_only = is_read_only
        self.key = key
        """What opens the file; None where it is not encrypted, is a database, or is locked."""
        self._engine: Engine | None = engine
        self.is_closed = False
        """Whether it was closed: nothing is read or changed any more."""
        self._held = held
        self._writer = threading.RLock()
        self._is_changing = False
        self._listeners: list[Callable[[Changes], None]] = []
        self._damage_listeners: list[Callable[[Damaged], None]] = []
        self._desk = ""
        self._name = shown_name(engine, location) or "desk"
        self._gate = Gate(self._name)
        self._watch = None if is_address(location) else Watch(Path(location))

    @property
    def name(self) -> str:
        """The file's name, or the database's."""
        return self._name

    @property
    def is_locked(self) -> bool:
        """Whether nothing can be read until ``unlock`` is given the key."""
        return self._gate.is_locked

    @property
    def is_used(self) -> bool:
        """Whether somebody reads or changes it just now: ``lock`` would wait for that."""
        return self._gate.is_used

    @property
    def has_refused(self) -> bool:
        """Whether something wanted to read it in vain since it was locked last."""
        return self._gate.has_refused

    def read(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call *query* with a session that can only read, and return what it returns.

        Raises DeskLocked while it is locked, DeskClosed once it was closed, Problem when it
        cannot be read just now.
        """
        with self._gate.passing():
            if self._watch is not None:
                self._watch.before_reading(self._reached(), is_read_only=self.is_read_only)
            try:
                return self._read(query, *args, **kwargs)
            except DBAPIError as error:
                happened = f"{self.name} could not be read."
                if self._watch is None or not may_be_read_anew(error.orig):
                    raise self._problem(error, happened) from error
                self._reached().dispose()
                try:
                    recognise(self._watch.path, self.key)  # which puts back what was cut off
                except (Damaged, NeedsPassphrase, WrongPassphrase):
                    raise self._problem(error, happened) from error
                try:
                    return self._read(query, *args, **kwargs)
                except DBAPIError as again:
                    raise self._problem(again, happened) from again

    def _read(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with Session(self._reached(), autoflush=False) as session:
            try:
                return query(session, *args, **kwargs)
            except (ValueError, TypeError, LookupError) as error:
                if is_of_the_file(error):
                    raise makes_no_sense(f"{self.name} could not be read.") from error
                raise  # ours

    @contextmanager
    def change(self, label: str, *, is_final: bool = False) -> Iterator[Session]:
        """Give a session whose writes are one change named *label*; commit at the end.

        A final change (something left the desk with it) cannot be undone.

        Any exception rolls everything back and is passed on; a database error becomes a Problem
        that says what was not saved.  Listeners hear of the change on this thread, after the
        commit.  A change that changes nothing is not logged.

        Only the store ends a change: RuntimeError when the block commits, rolls back or begins
        another change, and nothing of it is saved.
        """
        if self.is_read_only:
            raise Problem(
                f"“{label}” was not saved: {self.name} is open to read only.",
                "Close it and open it for changes.",
            )
        with self._writer:  # other threads wait here; this one would wait for itself
            if self._is_changing:
                raise RuntimeError("A change inside a change: make it one change.")
            with self._gate.passing():
                self._is_changing = True
                try:
                    changes, doubt = yield from self._changing(label, is_final=is_final)
                finally:
                    self._is_changing = False
        if changes is not None:
            for listener in tuple(self._listeners):
                listener(changes)
        if doubt is not None:
            raise doubt

    def _changing(
        self, label: str, *, is_final: bool
    ) -> Generator[Session, None, tuple[Changes | None, Problem | None]]:
        """Carry out a change; return what it touched, and what is in doubt about it."""
        label = label[:300]
        happened = f"“{label}” was not saved."
        if self._watch is not None:
            self._watch.before_changing(self._reached(), self.key, happened)
        is_ending, left, doubt = False, Newest(), None
        try:
            with Session(self._reached().execution_options(desk_changes=True)) as session:
                try:
                    session.expire_on_commit = False
                    connection = session.connection()
                    before = self._newest(connection, happened)
                    notes = Notes(before.number + 1)
                    session.info["notes"] = notes
                    info = connection.info  # of the pooled connection: it outlives the session
                    info["notes"] = notes
                    try:
                        yield session
                        if not connection.in_transaction():
                            raise RuntimeError("Only the store ends a change; nothing was saved.")
                        session.flush()
                        line = self._line(session, label, notes) | {"is_final": is_final}
                        is_logged = changelog.write(session, notes, line)
                        left = Newest(notes.number, line["recorded_at"]) if is_logged else before
                        notes.may_commit = is_ending = True
                        session.commit()
                    finally:
                        info.pop("notes", None)
                except IntegrityError as error:
                    if not is_clash(error):
                        raise  # a check of ours let it through: it goes to the crash report
                    raise Conflict(
                        f"“{label}” was not saved: something else in the desk hangs on it, or"
                        " already has the same key.",
                        "Look at the record again; it may have been changed meanwhile.",
                    ) from error
        except IntegrityError:
            raise
        except DBAPIError as error:
            if not is_ending or self._watch is None or not may_stand(error.orig):
                raise self._problem(error, happened) from error
            doubt = self._doubt(self._watch, error, label, left)
        if self._watch is not None:
            self._watch.newest = left
            self._watch.note()
        changes = Changes(notes.number, label, notes.touched(), is_final) if is_logged else None
        session.info["changes"] = changes
        return changes, doubt

    def _newest(self, connection: Connection, happened: str) -> Newest:
        """Return the newest change; raises Replaced where the one that was left is not there."""
        await_turn(connection)
        line = change_lines.newest_line(connection)
        found = Newest() if line is None else Newest(line.number, line.recorded_at)
        if self._watch is not None and found != self._watch.newest:
            by = f" by {line.person}" if line is not None and line.person else ""
            whose = "it has no changes" if line is None else f"its newest is “{line.label}”{by}"
            left = change_lines.recorded(connection, self._watch.newest)
            self._watch.compare(found, left, whose, happened)
        return found

    def _doubt(self, watch: Watch, error: DBAPIError, label: str, left: Newest) -> Problem | None:
        """Look whether a change stands whose end failed; return what is in doubt about it then.

        Raises Problem where it does not stand, or cannot be looked for.
        """
        self._reached().dispose()  # or SQLite goes on from what it last knew
        if watch.is_to_be_put_back():
            raise self._problem(error, f"“{label}” was not saved.") from error
        found = watch.found(self.key)
        if found is None:
            watch.newest = None
            raise Unconfirmed(
                f"Whether “{label}” was saved cannot be said: the disk did not answer at its end.",
                "Check the drive, then look whether it is there before you enter it again.",
            ) from error
        if found != left:
            raise self._problem(error, f"“{label}” was not saved.") from error
        if sync_folder(watch.path):
            return None
        return Unconfirmed(
            f"“{label}” is in {self._name}, but the disk did not confirm that it will stay there.",
            "Check the drive and back the desk up elsewhere. Do not enter it a second time.",
        )

    def watch(self) -> None:
        """Remember the newest change of a file that was just opened, to notice another's.

        Raises Problem where it cannot be read.
        """
        if self._watch is None or self.is_read_only:
            return
        try:
            with self._reached().connect() as connection:
                self._newest(connection, f"{self._name} could not be opened.")
        except DBAPIError as error:
            raise self._problem(error, f"{self._name} could not be opened.") from error

    def compact(self) -> None:
        """Write the file anew without what was removed from it; nothing is read or changed.

        A file is as large again for the while that it takes.  Raises Problem where it cannot be
        done now: what was removed is overwritten already, but the file is not smaller.
        """
        if self.is_read_only:
            raise Problem(f"{self.name} is open to read only.", "Open it for changes.")
        with self._writer, self._gate.passing(), self._reached().connect() as connection:
            compact(connection)

    def undo(self, number: int) -> Changes:
        """Take change *number* back, as a new change; undoing an undo brings it back.

        Raises Conflict when what it touched has moved on since, Problem when there is no such
        change, it is the one that began the desk, or documents hang on what it would take away.
        """
        line = self.read(change_lines.line_of, number)
        if line is None:
            raise Problem(f"There is no change {number} in {self.name}.")
        if line.is_final:
            raise Problem(
                f"“{line.label}” cannot be undone: it began this desk or went out of it.",
                "Make a new change that puts things right.",
            )
        with self.change(change_lines.label_of_undo(line)) as session:
            putting_back.put_back(session, number, line.label)
        changes = session.info["changes"]
        assert isinstance(changes, Changes)  # a logged change touched something
        return changes

    def undoable(self) -> ChangeRow | None:
        """Return the newest change that still stands and may be undone; None without one."""
        return next((line for line in self._standing() if not line.is_final), None)

    def newest_standing(self) -> ChangeRow | None:
        """Return the newest change that still stands, which may be final; None without one.

        A line in the ledger of what left is passed by: it notes what was done and changes nothing.
        """
        return next(
            (
                line
                for line in self._standing()
                if not (line.is_final and self.read(change_lines.is_only_noted, line.number))
            ),
            None,
        )

    def _standing(self) -> Iterator[ChangeRow]:
        return change_lines.still_standing(self.changes(limit=10_000))

    def latest_change(self) -> ChangeRow | None:
        """Return the newest change; None on a desk without any."""
        rows = self.changes(1)
        return rows[0] if rows else None

    def latest_instant(self) -> datetime | None:
        """Return when, by the clocks of whoever saved, the latest change was made.

        After a clock went wrong that is not the newest change.  None on a desk without any.
        """
        return self.read(change_lines.latest_instant)

    def changes(self, limit: int = 200) -> tuple[ChangeRow, ...]:
        """Return the newest changes, newest first."""
        return self.read(change_lines.newest_lines, limit)

    def changes_since(self, number: int) -> tuple[tuple[ChangeRow, Changes], ...]:
        """Return what was changed after change *number*, oldest first, with what it touched.

        For a desk that somebody else writes to: its own changes are told to ``listen``.
        """
        return self.read(change_lines.changes_since, number)

    def listen(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call *listener* after each change, on the thread that made it; return how to stop."""
        self._listeners.append(listener)

        def unlisten() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unlisten

    def listen_for_damage(self, listener: Callable[[Damaged], None]) -> Callable[[], None]:
        """Call *listener* when a read or change meets damage, on its thread; return how to stop.

        Whoever reads is told by the Damaged that is raised as well.
        """
        self._damage_listeners.append(listener)

        def unlisten() -> None:
            if listener in self._damage_listeners:
                self._damage_listeners.remove(listener)

        return unlisten

    def lock(self) -> None:
        """Close the file and forget its key, once whatever is under way has ended.

        Until ``unlock`` every read and change raises DeskLocked; the hold on the file stays.
        ValueError for a desk without a passphrase: there would be nothing to unlock it with.
        """
        if self.is_locked:
            return
        if self.key is None:
            raise ValueError("A desk without a passphrase cannot be locked.")
        with self._writer, self._gate.shut():
            self._let_go()
            self._gate.lock()

    def unlock(self, key: DeskKey) -> None:
        """Reach the file again with *key*; nothing happens where it is not locked.

        Raises WrongPassphrase where it is another's, and Problem where the file cannot be opened;
        the desk stays locked then.
        """
        with self._writer, self._gate.shut():
            if not self.is_locked:
                return
            recognise(Path(self.location), key)
            self._reach(key)
            self._gate.unlock()

    def exchange(self, convert: Callable[[], DeskKey | None]) -> None:
        """Close the file while *convert* puts another with another key in its place.

        *convert* returns what opens the file from then on.  Reads and changes of other threads
        wait meanwhile.  What it raises is passed on, and the desk goes on with the key it had.
        """
        with self._writer, self._gate.shut():
            if self.is_locked:
                raise DeskLocked(self._name)
            key = self.key
            self._let_go()
            try:
                key = convert()
            finally:
                self._reach(key)
                if self._watch is not None:
                    self._watch.note()  # another file stands there now, and it is ours

    def _let_go(self) -> None:
        self._reached().dispose()
        self._engine = self.key = None

    def _reach(self, key: DeskKey | None) -> None:
        self._engine = engine_for(Path(self.location), is_read_only=self.is_read_only, key=key)
        self.key = key

    def _reached(self) -> Engine:
        if self._engine is None:
            raise DeskClosed(self._name) if self.is_closed else DeskLocked(self._name)
        return self._engine

    def close(self) -> None:
        """Let go of the file or database, and of its key; a second call does nothing.

        Whoever reads or changes it afterwards gets DeskClosed: the file is not opened again.
        """
        if self._engine is not None:
            self._engine.dispose()
        self.is_closed = True
        self._engine = self.key = None
        if self._held is not None:
            self._held.release()
            self._held = None

    def _line(self, session: Session, label: str, notes: Notes) -> dict[str, Any]:
        self._desk = self._desk or change_lines.desk_key(session)
        return {
            "label": label,
            "recorded_at": datetime.now(UTC),
            "person": self.person[:200],
            "desk": self._desk,
            "schema_revision": migrate.HEAD,
            "takes_back": notes.takes_back,
        }

    def _problem(self, error: DBAPIError, happened: str) -> Problem:
        may_write = self._watch is not None and not self.is_read_only
        problem = said(error, happened, self.location, tries=may_write)
        if may_write and self._engine is not None and is_of_the_disk(error.orig):
            self._engine.dispose()  # its drive may be back under another handle
            if isinstance(problem, Damaged) and not answers(Path(self.location), self.key):
                return in_words(Trouble.NO_ANSWER, happened)
        if isinstance(problem, Damaged):
            for listener in tuple(self._damage_listeners):
                listener(problem)
        return problem


# --- opening ------------------------------------------------------------------------------------
