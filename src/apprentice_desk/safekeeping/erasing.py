"""Erasing somebody for good: what goes, what stays, and older copies of the desk.

It is said before what will go (``plan``), done in one final change (``erase``), and kept in a list
of keys without names, in the desk and beside its backups: a copy of before is erased by it when it
is restored (``apply_erasures``, ``erase_in``).

What a disk keeps is more than a file holds: the journal of the change is removed by the system and
not overwritten, and a solid-state drive writes elsewhere than over what was there.  Nothing a
program does to a file changes that; an encrypted desk, or an encrypted disk, does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import day_in_london
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.retention import BY_HAND, Ground, RetentionKind
from apprentice_desk.drafts import Drafts
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Base
from apprentice_desk.records.contents import ErasedKey
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.erasures import (
    ErasureDetails,
    count_anonymously,
    erasure_rows,
    record_erasure,
)
from apprentice_desk.records.evidence import sweep_contents
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.scrubbing import (
    Mention,
    Names,
    Owned,
    mentions,
    names_in_images,
    owned,
    row_count,
    scrub,
)
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping.copies import Backup, Made, backups_of, last_days, schedule_on
from apprentice_desk.safekeeping.copying import fitting
from apprentice_desk.sheets.saving import replacing

LABEL = "Erase a record for good"
"""What the change is called: it names nobody."""

LIST = "erased.json"
"""The file beside backups that says which keys were erased since."""

_MOST_BYTES = 16 * 1024 * 1024
"""Of that file: some hundred thousand erasures."""

_TABLES = {
    RetentionKind.APPRENTICE: "apprentice",
    RetentionKind.NEVER_STARTED: "apprentice",
    RetentionKind.PROCUREMENT: "procurement",
    RetentionKind.CONTRACT: "contract",
    RetentionKind.BARRIER: "barrier",
    RetentionKind.ANSWER: "survey_answer",
}
_PAPERS = "document_made"
_TELLING = ("uln", "email", "employee_reference")
_SHORTEST = 4
"""A reference of fewer characters stands in too many places for something else."""


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure as copies of the desk are told of it: no name, only the key that there was."""

    kind: RetentionKind
    key: UUID
    erased_at: datetime
    ground: Ground


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing one record will do.

    *goes* are rows by table.  *named_in* are the records of others that name the person,
    *papers* those kept papers about others that do, and *alike* how many other texts hold the given
    or the family name alone, which may be anybody's.  *refused* says why it cannot be done now.
    """

    kind: RetentionKind
    key: UUID
    name: str
    goes: tuple[tuple[str, int], ...]
    named_in: tuple[Mention, ...] = ()
    papers: tuple[str, ...] = ()
    alike: int = 0
    payments: int = 0
    refused: str = ""


# --- what will happen ---------------------------------------------------------------------------


def plan(session: Session, kind: RetentionKind, key: UUID, name: str, today: date) -> Plan:
    """Return what erasing a record will do.

    Raises Conflict when it is gone, and Problem for a kind that is decided by hand.
    """
    own, names = _looked_up(session, kind, key)
    every = mentions(session, own, names)
    named = tuple(each for each in every if each.is_sure)
    papers = {each.id for each in named if each.table == _PAPERS}
    titles = _titles(session, papers)
    sure = {(each.table, each.id) for each in named}
    alike = {(each.table, each.id) for each in every} - sure
    return Plan(
        kind=kind,
        key=key,
        name=name,
        goes=tuple(sorted(row_count(session, own).items())),
        named_in=tuple(each for each in named if each.table != _PAPERS),
        papers=titles,
        alike=len(alike),
        payments=_payments(session, own),
        refused=_refusal(session, kind, key, today),
    )


def _looked_up(session: Session, kind: RetentionKind, key: UUID) -> tuple[Owned, Names]:
    if kind.is_by_hand:
        raise Problem(*BY_HAND)
    table = Base.metadata.tables[_TABLES[kind]]
    if session.execute(select(table.c.id).where(table.c.id == key)).first() is None:
        raise Conflict("This was removed or erased meanwhile.", "Read the list anew.")
    names = _names_of(session, key) if kind.is_person else Names()
    return owned(session, {table.name: frozenset({key})}), names


def _names_of(session: Session, key: UUID) -> Names:
    """Return what a person is and was known by."""
    person = session.get_one(Apprentice, key)
    now: dict[str, Any] = {
        name: getattr(person, name) for name in ("given_names", "family_name", *_TELLING)
    }
    whole: dict[str, None] = {}
    parts: dict[str, None] = {}
    for each in (now, *names_in_images(session, key)):
        given, family = each.get("given_names") or "", each.get("family_name") or ""
        parts |= dict.fromkeys(part for part in (given, family) if part)
        if given and family:
            first = given.split()[0]
            whole |= dict.fromkeys(
                (
                    full_name(given, family), full_name(first, family), f"{family} {given}",
                    f"{family} {first}",
                )
            )  # fmt: skip
        for name in _TELLING:
            value = str(each.get(name) or "").strip()
            if len(value) >= _SHORTEST:
                whole[value] = None
    return Names(tuple(whole), tuple(parts), {person.code: ""})


def _titles(session: Session, keys: Iterable[UUID]) -> tuple[str, ...]:
    papers = Base.metadata.tables[_PAPERS]
    found = session.scalars(select(papers.c.file_name).where(papers.c.id.in_(tuple(keys))))
    return tuple(sorted(found))


def _payments(session: Session, own: Owned) -> int:
    payments = Base.metadata.tables["payment"]
    keys = tuple(own.get("apprenticeship", ()))
    return len(
        session.execute(select(payments.c.id).where(payments.c.apprenticeship_id.in_(keys))).all()
    )


def _refusal(session: Session, kind: RetentionKind, key: UUID, today: date) -> str:
    if not kind.is_person:
        return ""
    own = session.scalars(select(Apprenticeship).where(Apprenticeship.apprentice_id == key))
    for each in own:
        started_on = each.training_started_on
        is_over = each.outcome is not None or each.ended_on is not None
        if started_on is not None and started_on <= today and not is_over:
            return (
                "They are on an apprenticeship. What is kept of it is needed while it goes on;"
                " record how it ended first."
            )
    return ""


# --- doing it -----------------------------------------------------------------------------------


def erase(
    store: Store,
    details: ErasureDetails,
    today: date,
    *,
    elsewhere: bool = True,
    drafts: Drafts | None = None,
    folders: Iterable[Path] = (),
    progress: Progress | None = None,
) -> tuple[tuple[str, int], ...]:
    """Erase one record for good; return what went, as rows by table.

    With *elsewhere* the names go from records of others too.  *folders* are those of the desk's
    backups: each gets the list of what was erased.  Raises Conflict when the record is gone and
    Problem when it cannot be erased now; nothing is touched then.  Raises Problem too where all is
    erased, but a list could not be written or the file not be written anew: it says so.
    """
    progress = progress or Progress()
    progress.step(0, 3, "Looking for everything")
    with store.change(LABEL, is_final=True) as session:
        refused = _refusal(session, details.kind, details.subject_key, today)
        if refused:
            raise Problem(f"Nothing was erased. {refused}")
        counts, names, keys = _erase(session, details, elsewhere=elsewhere)
    progress.step(1, 3, "Telling the backups")
    if drafts is not None:
        told = Names(whole=(*names.whole, *names.parts))
        drafts.drop_all(lambda texts: any(told.are_in(text) or _has(text, keys) for text in texts))
    found = erasures(store)
    for folder in folders:
        keep_list(folder, found)
    progress.step(2, 3, "Writing the desk anew")
    store.compact()  # last: what it may raise is not that anything was not erased
    progress.step(3, 3, "Erased")
    return tuple(sorted(counts.items()))


def _has(text: str, keys: frozenset[str]) -> bool:
    plain = text.replace("-", "")
    return any(key in plain for key in keys)


def _erase(
    session: Session, details: ErasureDetails, *, elsewhere: bool
) -> tuple[dict[str, int], Names, frozenset[str]]:
    """Erase one record; return what went, the names, and the keys of all that was its own."""
    own, names = _looked_up(session, details.kind, details.subject_key)
    if details.kind.is_person:
        other = count_anonymously(session, details.subject_key, day_in_london(details.erased_at))
        names = Names(names.whole, names.parts, dict.fromkeys(names.codes, other))
    counts = dict(scrub(session, own, names, elsewhere=elsewhere))
    sweep_contents(session)
    record_erasure(session, replace(details, note=names.without(details.note)), counts)
    return counts, names, frozenset(key.hex for keys in own.values() for key in keys)


# --- older copies -------------------------------------------------------------------------------


def erasures(store: Store) -> tuple[Erased, ...]:
    """Return what was erased in a desk, the newest first."""
    return tuple(
        Erased(row.details.kind, row.details.subject_key, row.details.erased_at, row.details.ground)
        for row in store.read(erasure_rows)
    )


def apply_erasures(store: Store, wanted: Iterable[Erased]) -> int:
    """Erase again what came back with an older copy of the desk; return how many records.

    One that the desk does not hold is only noted, so that copies of this desk know of it.
    """
    known = {each.key for each in erasures(store)}
    count = 0
    for each in wanted:
        table = Base.metadata.tables[_TABLES[each.kind]]
        is_there = store.read(_is_there, table.name, each.key)
        if each.key in known and not is_there:
            continue
        details = ErasureDetails(each.kind, each.key, each.erased_at, store.person, each.ground)
        with store.change(LABEL, is_final=True) as session:
            if is_there:
                _erase(session, details, elsewhere=True)
            else:
                record_erasure(session, details, {})
        count += is_there
    if count:
        store.compact()
    return count


def _is_there(session: Session, table: str, key: UUID) -> bool:
    found = Base.metadata.tables[table]
    return session.execute(select(found.c.id).where(found.c.id == key)).first() is not None


def erase_in(path: Path, key: DeskKey | None, wanted: Iterable[Erased]) -> int:
    """Do the same in the file of a desk that nobody has open; raises Problem where it cannot be."""
    store = open_store(path, key=key)
    try:
        return apply_erasures(store, wanted)
    finally:
        store.close()


def keep_list(folder: Path, found: Iterable[Erased]) -> None:
    """Write beside backups which keys were erased, those that it said already included.

    Raises Problem where it cannot be written.
    """
    every = {each.key: each for each in (*listed(folder), *found)}
    said = {
        "version": 1,
        "erased": [
            {
                "kind": each.kind.value,
                "key": each.key.hex,
                "erased_at": each.erased_at.isoformat(),
                "ground": each.ground.value,
            }
            for each in sorted(every.values(), key=lambda one: (one.erased_at, one.key.hex))
        ],
    }
    with replacing(folder / LIST) as fresh:
        fresh.write_text(json.dumps(said, indent=1), "utf-8")


def read_erased(rows: Iterable[ErasedKey]) -> tuple[Erased, ...]:
    """Return what a file says of who was erased in it."""
    return tuple(
        Erased(
            RetentionKind(row.kind),
            UUID(hex=row.key),
            datetime.fromisoformat(row.erased_at),
            Ground(row.ground),
        )
        for row in rows
    )


def listed(folder: Path) -> tuple[Erased, ...]:
    """Return which keys were erased since, as the list beside backups says; none without one.

    Raises Problem where there is a list that cannot be read: somebody might come back unnoticed.
    """
    path = folder / LIST
    if not path.exists():
        return ()
    try:
        said = json.loads(_whole(path))
        return tuple(
            Erased(
                RetentionKind(each["kind"]),
                UUID(hex=str(each["key"])),
                _instant(each["erased_at"]),
                Ground(each["ground"]),
            )
            for each in said["erased"]
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Problem(
            f"The list of who was erased, {path.name}, cannot be read.",
            "Without it somebody who was erased could come back. Look for it in another folder of"
            " backups, or open the newest backup and not an older one.",
        ) from error


def _whole(path: Path) -> bytes:
    """Return the content of a list; raises ValueError for what is no file, or far too large."""
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"{path.name} is no list")
    return path.read_bytes()


def _instant(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    if found.tzinfo is None:  # it could not be put in order with the others
        raise ValueError(f"{written} has no time zone")
    return found


def still_holds(path: Path, key: DeskKey | None, erased: Iterable[Erased]) -> int | None:
    """Return how many of *erased* a copy of the desk still holds; None where it cannot be opened.

    A copy is not altered: it is a copy of what was.  It goes when the schedule lets it go.
    """
    try:
        with closing(open_file(path, "ro", key)) as file:
            found = 0
            for each in erased:
                asked = f"SELECT count(*) FROM {_TABLES[each.kind]} WHERE id = ?"  # noqa: S608
                found += int(file.execute(asked, (each.key.hex,)).fetchone()[0])
            return found
    except errors():
        return None


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of a desk that hold a record, and the day by which the last of them is gone.

    *unread* could not be opened, so they may hold it too.  *last_on* is None where one is kept
    until somebody removes it.
    """

    holding: tuple[Backup, ...] = ()
    unread: int = 0
    last_on: date | None = None


def copies_with(
    desk: Path, key: DeskKey | None, places: Iterable[Path], erased: Iterable[Erased], now: datetime
) -> Copies:
    """Return which copies of the desk hold any of *erased*, and until when."""
    every = tuple(erased)
    copies = backups_of(desk, places)
    until = last_days(copies, now, schedule_on(now))
    holding, unread = [], 0
    for copy in copies:
        count = still_holds(copy.path, _key_for(copy.path, key), every)
        unread += count is None
        if count:
            holding.append(copy)
    ends = [until[copy.path] for copy in holding]
    last_on = max((end or now for end in ends), default=now).date()
    return Copies(tuple(holding), unread, last_on)


def _key_for(path: Path, key: DeskKey | None) -> DeskKey | None:
    try:
        return fitting(path, key)
    except Problem:
        return key  # another passphrase than today's: it cannot be opened, and is counted so


def folders_of(desk: Path, places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders in which there are copies of the desk, made by the schedule."""
    made = (copy for copy in backups_of(desk, places) if copy.made is not Made.BEFORE_FORMAT)
    return tuple(dict.fromkeys(copy.path.parent for copy in made))
