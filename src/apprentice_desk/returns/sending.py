"""Sending a return: gathered and checked first, then written and recorded in one act.

``prepare`` looks and changes nothing; ``send`` leaves both a workbook and a line in the desk's
history, or neither.
"""

from __future__ import annotations

from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding, Level, refuses
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.returns_sent import (
    ReturnSentRow,
    next_revision,
    return_file,
    returns_sent_rows,
    send_return,
    withdraw_return,
)
from apprentice_desk.records.standards import listed_on, standard_rows
from apprentice_desk.records.store import Store
from apprentice_desk.returns import checks, workbook
from apprentice_desk.returns.gathering import Gathered, Lists, gather
from apprentice_desk.returns.reference import Catalogue, Reference, packaged
from apprentice_desk.returns.rows import ReturnContent
from apprentice_desk.returns.schema import ReturnSchema, known_versions, load
from apprentice_desk.returns.workbook import unpack
from apprentice_desk.sheets import check_target
from apprentice_desk.sheets.saving import replacing


@dataclass(frozen=True, slots=True)
class Prepared:
    """A return that could be sent, and everything the checks found in it."""

    gathered: Gathered
    findings: tuple[Finding, ...]
    schema: ReturnSchema
    replaces: ReturnSentRow | None = None
    """The newest return that was sent for the period already; this one takes its place."""

    @property
    def content(self) -> ReturnContent:
        """What the workbook would say."""
        return self.gathered.content

    @property
    def period(self) -> Quarter:
        """The quarter that it is for."""
        return self.content.header.period

    @property
    def going(self) -> Going:
        """What leaves with it, and who is in it: by codes, and still people."""
        return Going.of(LeftKind.RETURN, (row.id for row in self.gathered.apprentices))

    @property
    def to_fix(self) -> tuple[Finding, ...]:
        """What would be refused: findings that hold back the file or a row."""
        return tuple(finding for finding in self.findings if finding.level is not Level.NOTE)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is only worth a look."""
        return tuple(finding for finding in self.findings if finding.level is Level.NOTE)

    @property
    def is_held_back(self) -> bool:
        """Whether the return is not sent without being told to send it all the same."""
        return refuses(self.findings)


@dataclass(frozen=True, slots=True)
class Sent:
    """A return that was written and recorded."""

    path: Path
    period: Quarter
    revision: int
    fingerprint: str
    id: UUID
    replaces: ReturnSentRow | None = None


def period_to_send(today: date, due_on: date | None, sent: Container[str]) -> Quarter:
    """Return the quarter that somebody who opens the returns on *today* most likely means.

    It is the one that ended last, until it was sent or its day *due_on* is past; then the one that
    runs.  *sent* are the periods that were sent, as text.
    """
    running = Quarter.containing(today)
    ended = running.previous()
    is_open = due_on is not None and today <= due_on and str(ended) not in sent
    return ended if is_open else running


def prepare(
    store: Store,
    period: Quarter,
    lists: Lists,
    *,
    prepared_at: datetime,
    prepared_by: str,
    program_version: str,
) -> Prepared:
    """Gather the return for *period* in the newest format and check it; nothing is written.

    It is checked against the desk's own catalogue of standards and the last return that was sent
    for an earlier period.  *prepared_by* is a role, never a name.
    """
    schema = load(known_versions()[-1])
    gathered = store.read(
        gather,
        period,
        lists,
        prepared_at=prepared_at,
        prepared_by=" ".join(prepared_by.split()),
        program_version=program_version,
    )
    checked = checks.run(
        gathered.content,
        schema,
        last=store.read(last_sent, period),
        reference=store.read(_reference),
    )
    before = [row for row in store.read(returns_sent_rows) if row.period == str(period)]
    replaces = max(before, key=lambda row: row.revision, default=None)
    return Prepared(gathered, checked.findings, schema, replaces)


def last_sent(session: Session, period: Quarter) -> ReturnContent | None:
    """Return what the newest return for the period next before *period* said; None without one.

    Periods whose workbook was not kept, or cannot be read any more, are passed over.
    """
    sent = [
        (Quarter.parse(row.period), row.revision, row)
        for row in returns_sent_rows(session)
        if row.is_kept
    ]
    for earlier, _, row in sorted(sent, key=lambda one: one[:2], reverse=True):
        packed = return_file(session, row.id) if earlier < period else None
        content = unpack(row.file_name, packed).content if packed else None
        if content is not None:
            return content
    return None


def _reference(session: Session) -> Reference:
    """Return the lists that come with the program, but the desk's own catalogue of standards."""
    day = listed_on(session)
    catalogue = Catalogue.of(day, standard_rows(session)) if day else None
    return replace(packaged(), catalogue=catalogue)


def send(
    store: Store,
    prepared: Prepared,
    path: str | Path,
    *,
    send_anyway: bool = False,
    progress: Progress | None = None,
) -> Sent:
    """Write the workbook to *path* and record in the desk that it was sent, with its bytes.

    The workbook is written beside *path* first, then one change records it and keeps it, then it
    takes its place; what goes wrong on the way, stopping included, leaves neither.  Raises Problem
    while the findings hold the return back, unless *send_anyway*, and when the file cannot be
    written; Conflict when another return for the period was recorded since this one was prepared.
    """
    path = check_target(path)
    if prepared.is_held_back and not send_anyway:
        raise _held_back(prepared)
    header = prepared.content.header
    assert header.prepared_at is not None  # prepare() gives it one
    assert header.revision is not None  # prepare() counts it
    label = f"Send the return for {prepared.period}"
    content, sent_id = b"", None
    try:
        with replacing(path) as fresh:
            fresh.touch()  # a folder that cannot be written to is found out before the work
            fingerprint = workbook.write(prepared.content, prepared.schema, fresh)
            if progress is not None:
                progress.step(1, 2, "Recording")
            content = fresh.read_bytes()
            with store.change(label, is_final=True) as session:
                _check_revision(session, str(prepared.period), header.revision)
                sent_id = send_return(
                    session,
                    period=str(prepared.period),
                    revision=header.revision,
                    format_version=prepared.schema.version,
                    prepared_at=header.prepared_at,
                    prepared_by=header.prepared_by,
                    fingerprint=fingerprint,
                    file_name=path.name,
                    content=content,
                    row_counts=_row_counts(prepared),
                )
                if path.exists():
                    # Excel keeps others off a workbook that it has open: found out here, while the
                    # record can still be rolled back.
                    path.open("rb+").close()
    except BaseException:
        if sent_id is not None and not _is_in_place(path, content):
            _take_back(store, label, sent_id)
        raise
    return Sent(path, prepared.period, header.revision, fingerprint, sent_id, prepared.replaces)


def _is_in_place(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


def _take_back(store: Store, label: str, sent_id: UUID) -> None:
    """Take a return out of the history again whose file did not come to stand in its place."""
    with suppress(Problem):  # the desk may be what is out of reach; why, is raised already
        if any(row.id == sent_id for row in store.read(returns_sent_rows)):
            with store.change(f"{label}: not saved, so taken back", is_final=True) as session:
                withdraw_return(session, sent_id)


def _row_counts(prepared: Prepared) -> dict[str, int]:
    """Return the rows in each sheet, by its name, in the sheets' order."""
    content = prepared.content
    return {sheet.name: len(content.lines(sheet.resource)) for sheet in prepared.schema.sheets}


def _held_back(prepared: Prepared) -> Problem:
    count = len(prepared.to_fix)
    things = (
        "one thing that is to be fixed" if count == 1 else f"{count} things that are to be fixed"
    )
    return Problem(
        f"The return for {prepared.period} was not written: it has {things} first.",
        "Fix what was found, or say that it is to be sent all the same.",
    )


def _check_revision(session: Session, period: str, revision: int) -> None:
    following = next_revision(session, period)
    if following != revision:
        raise Conflict(
            f"Revision {revision} of the return for {period} was sent already, meanwhile.",
            "Prepare the return again; it will be the next revision.",
            mine=revision,
            theirs=following,
        )
