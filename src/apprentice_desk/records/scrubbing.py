"""Taking a record out of the desk for good: its rows, its images in the log, and its names.

Unlike everything else this is not undoable and leaves no image: it writes past the log, and what it
takes out is taken out of the log too.  Which records belong to one is told by the foreign keys of
the tables: whatever hangs on a person goes with them, but for what ``_STAYS`` names.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    LargeBinary,
    String,
    Table,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from apprentice_desk.domain.retention import ERASED
from apprentice_desk.records.base import Base
from apprentice_desk.records.changelog import (
    CHUNK,
    KEYS_A_QUERY,
    ChangedRow,
    ChangeLine,
    in_lots,
    notes_of,
)

Owned = Mapping[str, frozenset[UUID]]
"""Keys of records by table."""

_STAYS = {("payment", "apprenticeship_id"), ("secondment", "matched_id")}
"""What hangs on a record and is another's: it stays, and the reference is cleared."""

_BY_NAME = {"apprentice_id": "apprentice", "apprenticeship_id": "apprenticeship"}
"""Columns that hold a key without a foreign key, by what they are called."""

_BETWEEN = r"[\s_,.-]+"
"""What stands between the words of a name; in the name of a file that is often no blank."""

_PAPERS = "document_made"
_LEDGER = "left_file"
_SAID = "Something about a record that was erased"
"""What a change that touched nothing else is called from then on."""


@dataclass(frozen=True, slots=True)
class Names:
    """What somebody is known by.

    *whole* are full names and whatever else tells who it is, taken out wherever it stands; *parts*
    are given and family names, taken out only of what was done to the person.  *codes* are
    replaced by others: each code with the one that leads to nobody.
    """

    whole: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    def without(self, text: str, *, with_parts: bool = False) -> str:
        """Return *text* with what tells who it is taken out."""
        for code, other in self.codes.items():
            text = text.replace(code, other)
        words = (*self.whole, *self.parts) if with_parts else self.whole
        if not words:
            return text
        return _pattern(words).sub(ERASED, text)

    def are_in(self, text: str) -> bool:
        """Whether *text* tells who it is."""
        return self.without(text) != text


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    spelt: list[str] = []
    for word in sorted({each for each in words if each.strip()}, key=len, reverse=True):
        forms = (word, json.dumps(word)[1:-1])  # some JSON has its accents escaped
        spelt += (_BETWEEN.join(map(re.escape, form.split())) for form in forms)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(dict.fromkeys(spelt))})(?![^\W_])", re.IGNORECASE)


# --- what belongs to a record -------------------------------------------------------------------


def owned(session: Session, roots: Owned) -> Owned:
    """Return the keys of *roots* and of all that belongs to them, by table.

    Those that were removed before are among them, as far as the log has an image of them.
    """
    found: dict[str, set[UUID]] = {name: set(keys) for name, keys in roots.items()}
    tables = [table for table in Base.metadata.sorted_tables if "id" in table.c]
    while True:
        before = sum(map(len, found.values()))
        for table in tables:
            keys = _owned_in(session, table, found)
            if keys:
                found.setdefault(table.name, set()).update(keys)
        _told_by_key(session, found)
        if sum(map(len, found.values())) == before:
            return {name: frozenset(keys) for name, keys in found.items()}


def _owners(table: Table) -> Iterator[tuple[Column[Any], str]]:
    """Yield the columns by which rows of a table belong to others, with whose they are."""
    for column in table.c:
        for key in column.foreign_keys:
            if key.column.name == "id" and (table.name, column.name) not in _STAYS:
                yield column, key.column.table.name
        if not column.foreign_keys and column.name in _BY_NAME:
            yield column, _BY_NAME[column.name]


def _owned_in(session: Session, table: Table, found: Mapping[str, set[UUID]]) -> set[UUID]:
    keys: set[UUID] = set()
    for column, owner in _owners(table):
        owners = found.get(owner)
        if not owners:
            continue
        for lot in in_lots(sorted(owners), KEYS_A_QUERY):
            keys.update(session.scalars(select(table.c.id).where(column.in_(lot))))
        hexes = {key.hex for key in owners}
        for row_id, image in _images(session, table.name):
            if image.get(column.name) in hexes:
                keys.add(UUID(hex=row_id))
    return keys


def _images(session: Session, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    logged = session.execute(
        select(ChangedRow.row_id, ChangedRow.before, ChangedRow.after).where(
            ChangedRow.table_name == table,
            or_(ChangedRow.before.is_not(None), ChangedRow.after.is_not(None)),
        )
    )
    for row_id, *texts in logged:
        for text in texts:
            if text is not None:
                yield row_id, json.loads(text)


def _told_by_key(session: Session, found: dict[str, set[UUID]]) -> None:
    """Add what names a record by its key in a text, and sessions that nobody is left in."""
    every = {key.hex for keys in found.values() for key in keys}
    lines = Base.metadata.tables["put_off_line"]
    rows = [(key.hex, name) for key, name in session.execute(select(lines.c.id, lines.c.need_key))]
    rows += [(key, image["need_key"]) for key, image in _images(session, "put_off_line")]
    for key, name in rows:
        if every.intersection(name.split(":")):
            found.setdefault("put_off_line", set()).add(UUID(hex=key))
    held = Base.metadata.tables["kept_longer"]
    rows = [(k.hex, s.hex) for k, s in session.execute(select(held.c.id, held.c.subject_key))]
    rows += [(key, image["subject_key"]) for key, image in _images(session, "kept_longer")]
    for key, subject in rows:
        if subject in every:
            found.setdefault("kept_longer", set()).add(UUID(hex=key))
    people = found.get("hours_repeat_person", set())
    if people:
        members = Base.metadata.tables["hours_repeat_person"]
        every_member = session.execute(select(members.c.id, members.c.repeat_id)).all()
        own = {repeat for key, repeat in every_member if key in people}
        others = {repeat for key, repeat in every_member if key not in people}
        if own - others:
            found.setdefault("hours_repeat", set()).update(own - others)


def names_in_images(session: Session, apprentice_id: UUID) -> Iterator[Mapping[str, Any]]:
    """Yield what the log has of a person's own record: they may have been called otherwise."""
    for row_id, image in _images(session, "apprentice"):
        if row_id == apprentice_id.hex:
            yield image


# --- what names it elsewhere --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A record of somebody else that names a person: its table, key, and the column.

    Where it is not sure it holds the given or the family name alone, which may be anybody's.
    """

    table: str
    id: UUID
    column: str
    is_sure: bool = True


def mentions(session: Session, own: Owned, names: Names) -> tuple[Mention, ...]:
    """Return where records that are not among *own* name the person, surely or by a part alone."""
    every = Names((*names.whole, *names.parts), codes=names.codes)
    found = []
    for table in _texts_of_desk():
        for key, row in _naming(session, table, own, every):
            for column in _texts(table):
                text = row[column.name]
                if isinstance(text, str) and every.are_in(text):
                    found.append(Mention(table.name, key, column.name, names.are_in(text)))
    return tuple(found)


def _texts_of_desk() -> Iterator[Table]:
    for table in Base.metadata.sorted_tables:
        if "id" in table.c and any(True for _ in _texts(table)):
            yield table


def _texts(table: Table) -> Iterator[Column[Any]]:
    for column in table.c:
        if isinstance(column.type, String):  # fixed words, money and instants are of other types
            yield column


def _naming(
    session: Session, table: Table, own: Owned, names: Names
) -> Iterator[tuple[UUID, Mapping[str, Any]]]:
    """Yield the rows of a table that are not *own* and may name the person.

    Looked for here and not by the database: SQLite knows capital letters of English alone.
    """
    columns = list(_texts(table))
    hits = _hits(names)
    if not hits:
        return
    rows = session.execute(select(table.c.id, *columns).execution_options(yield_per=CHUNK))
    for key, *texts in rows:
        if key not in own.get(table.name, ()) and _may_hold(texts, hits):
            yield key, {each.name: text for each, text in zip(columns, texts, strict=True)}


def _may_hold(texts: Iterable[str | None], hits: Iterable[str]) -> bool:
    folded = "\n".join(text for text in texts if text).casefold()
    return any(hit in folded for hit in hits)


def _hits(names: Names) -> list[str]:
    """Return what a text in small letters must hold to name the person: a word of each name."""
    found: dict[str, None] = {}
    for word in (*names.whole, *names.codes):
        parts = word.split()
        if parts:
            longest = max(parts, key=len)
            found[longest.casefold()] = None
            found[json.dumps(longest)[1:-1].casefold()] = None
    return list(found)


# --- taking it out ------------------------------------------------------------------------------


def scrub(session: Session, own: Owned, names: Names, *, elsewhere: bool = True) -> Counter[str]:
    """Take *own* out of the desk and of its log, and the names too; return what went, by table.

    *names* go from the labels of changes, from returns that are kept, from the ledger of what left
    and, with *elsewhere*, from records of others and their images; papers about others keep what
    they say.  To be called in a final change: it cannot be undone.
    """
    notes = notes_of(session)
    session.flush()
    session.expire_all()
    counts: Counter[str] = Counter()
    own = _with_gone_papers(session, own, names)
    with notes.writing():
        numbers = _changes_about(session, own)
        _clear_references(session, own)
        for table in reversed(Base.metadata.sorted_tables):
            keys = own.get(table.name)
            if keys:
                for lot in in_lots(sorted(keys), KEYS_A_QUERY):
                    gone: Any = session.execute(delete(table).where(table.c.id.in_(lot)))
                    counts[table.name] += gone.rowcount
        _forget_images(session, own)
        _forget_labels(session, numbers, names)
        _rename_in_files(session, names)
        # Files are called by whoever is in them, so the ledger never keeps a name.
        _rename_elsewhere(session, own, names, None if elsewhere else _LEDGER)
        _rename_in_images(session, names, None if elsewhere else _LEDGER)
    session.expire_all()
    for name, keys in own.items():
        notes.past_log.setdefault(name, set()).update(keys)
    return counts


def _with_gone_papers(session: Session, own: Owned, names: Names) -> Owned:
    """Add papers that were removed and name the person: the log alone still keeps their bytes."""
    there = {key.hex for key in session.scalars(select(Base.metadata.tables[_PAPERS].c.id))}
    gone = {
        UUID(hex=key)
        for key, image in _images(session, _PAPERS)
        if key not in there and any(names.are_in(v) for v in image.values() if isinstance(v, str))
    }
    return {**own, _PAPERS: own.get(_PAPERS, frozenset()) | gone}


def _changes_about(session: Session, own: Owned) -> set[int]:
    numbers: set[int] = set()
    for name, keys in own.items():
        for lot in in_lots(sorted(key.hex for key in keys), KEYS_A_QUERY):
            numbers.update(
                session.scalars(
                    select(ChangedRow.number).where(
                        ChangedRow.table_name == name, ChangedRow.row_id.in_(lot)
                    )
                )
            )
    return numbers


def _clear_references(session: Session, own: Owned) -> None:
    """Clear what names a record in those that stay, and in their images."""
    for name, column_name in sorted(_STAYS):
        table = Base.metadata.tables[name]
        column = table.c[column_name]
        (key,) = column.foreign_keys
        owners = own.get(key.column.table.name, frozenset())
        for lot in in_lots(sorted(owners), KEYS_A_QUERY):
            session.execute(update(table).where(column.in_(lot)).values({column_name: None}))
        hexes = {each.hex for each in owners}

        def cleared(image: dict[str, Any], at: str = column_name, of: set[str] = hexes) -> None:
            if image.get(at) in of:
                image[at] = None

        if hexes:
            _rewrite_images(session, name, cleared)


def _rewrite_images(
    session: Session,
    table: str | None,
    change: Callable[[dict[str, Any]], None],
    hits: Iterable[str] = (),
) -> None:
    """Let *change* alter the images of a table, or of all; only those that differ are written.

    With *hits* only those are looked at that hold one of them.
    """
    query = select(
        ChangedRow.number, ChangedRow.table_name, ChangedRow.row_id, ChangedRow.before,
        ChangedRow.after,
    ).where(or_(ChangedRow.before.is_not(None), ChangedRow.after.is_not(None)))  # fmt: skip
    if table is not None:
        query = query.where(ChangedRow.table_name == table)
    wanted = tuple(hits)
    rows = session.execute(query.execution_options(yield_per=CHUNK))
    found = [row for row in rows if not wanted or _may_hold(row[3:], wanted)]
    for number, name, row_id, *texts in found:
        fresh = [_changed(text, change) for text in texts]
        if fresh != texts:
            session.execute(
                update(ChangedRow)
                .where(
                    ChangedRow.number == number,
                    ChangedRow.table_name == name,
                    ChangedRow.row_id == row_id,
                )
                .values(before=fresh[0], after=fresh[1])
                .execution_options(synchronize_session=False)
            )


def _changed(text: str | None, change: Callable[[dict[str, Any]], None]) -> str | None:
    if text is None:
        return None
    image = json.loads(text)
    before = dict(image)
    change(image)
    if image == before:
        return text
    return json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def _forget_images(session: Session, own: Owned) -> None:
    for name, keys in own.items():
        for lot in in_lots(sorted(key.hex for key in keys), KEYS_A_QUERY):
            session.execute(
                delete(ChangedRow)
                .where(ChangedRow.table_name == name, ChangedRow.row_id.in_(lot))
                .execution_options(synchronize_session=False)
            )


def _forget_labels(session: Session, numbers: set[int], names: Names) -> None:
    """Take the names out of labels; a change of nothing else says nothing and stands for good."""
    left = set(
        session.scalars(select(ChangedRow.number).where(ChangedRow.number.in_(numbers)).distinct())
        if len(numbers) <= KEYS_A_QUERY
        else session.scalars(select(ChangedRow.number).distinct())
    )
    for number, label, person in session.execute(
        select(ChangeLine.number, ChangeLine.label, ChangeLine.person)
    ).all():
        values: dict[str, Any] = {}
        if number in numbers and number not in left:
            values = {"label": _SAID, "is_final": True}
        elif (fresh := names.without(label, with_parts=number in numbers)) != label:
            values = {"label": fresh[:300]}
        if (who := names.without(person)) != person:
            values["person"] = who[:200]
        if values:
            session.execute(
                update(ChangeLine)
                .where(ChangeLine.number == number)
                .values(values)
                .execution_options(synchronize_session=False)
            )


def _rename_elsewhere(session: Session, own: Owned, names: Names, only: str | None) -> None:
    for table in _texts_of_desk():
        if table.name == _PAPERS or only not in (None, table.name):
            continue
        for key, row in list(_naming(session, table, own, names)):
            fresh = {}
            for column in _texts(table):
                text, kind = row[column.name], column.type
                if isinstance(text, str) and isinstance(kind, String) and names.are_in(text):
                    fresh[column.name] = names.without(text)[: kind.length]
            if fresh:
                session.execute(update(table).where(table.c.id == key).values(fresh))


def _rename_in_images(session: Session, names: Names, only: str | None) -> None:
    hits = _hits(names)
    if not hits:
        return
    there = set(session.scalars(select(Base.metadata.tables[_PAPERS].c.id)))

    def renamed(image: dict[str, Any]) -> None:
        if "tree_fingerprint" in image and UUID(hex=image["id"]) in there:
            return  # a paper about others keeps what it says
        for name, value in image.items():
            if isinstance(value, str):
                image[name] = names.without(value)

    _rewrite_images(session, only, renamed, hits)


def _rename_in_files(session: Session, names: Names) -> None:
    """Put other codes and names into the workbooks that are kept of returns."""
    for table in Base.metadata.sorted_tables:
        if table.name == "evidence_content":
            continue
        for column in table.c:
            if isinstance(column.type, LargeBinary):
                for key, content in session.execute(select(table.c.id, column)).all():
                    fresh = renamed_in_zip(bytes(content), names)
                    if fresh is not None:
                        session.execute(
                            update(table).where(table.c.id == key).values({column.name: fresh})
                        )


def renamed_in_zip(content: bytes, names: Names) -> bytes | None:
    """Return a zipped document with the names replaced in its parts; None where none is in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return None
    is_changed = False
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.endswith((".xml", ".rels", ".json")):
                text = part.decode("utf-8")
                fresh = names.without(text)
                is_changed = is_changed or fresh != text
                part = fresh.encode("utf-8")
            new.writestr(entry, part, compress_type=entry.compress_type)
    return stream.getvalue() if is_changed else None


def row_count(session: Session, own: Owned) -> Counter[str]:
    """Return how many rows of *own* there are now, by table."""
    counts: Counter[str] = Counter()
    for name, keys in own.items():
        table = Base.metadata.tables[name]
        for lot in in_lots(sorted(keys), KEYS_A_QUERY):
            counts[name] += session.execute(
                select(func.count()).select_from(table).where(table.c.id.in_(lot))
            ).scalar_one()
    return +counts
