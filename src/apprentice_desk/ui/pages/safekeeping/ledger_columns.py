"""What the list of files that left shows, and one of them in full."""

from __future__ import annotations

from apprentice_desk.domain.clocks import show_instant, table_instant
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.leaving import LeftRow
from apprentice_desk.records.leaving import LeftPerson
from apprentice_desk.ui.kit.rows import Column

MOST_NAMES = 40
"""So many people of a file are named; who wants all of them has the file."""

_MARK = 16


def people(row: LeftRow) -> str:
    """Return how many people are in a file; where nobody could tell, that."""
    return "Not known" if row.people_count is None else f"{row.people_count:,}"


COLUMNS = (
    Column("When", lambda row: table_instant(row.left_at), sort=lambda row: row.left_at, width=19,
           holds="date", value=lambda row: row.on),
    Column("File", lambda row: row.file_name, kind="strong", width=32,
           tip=lambda row: row.file_name),
    Column("What it is", lambda row: row.kind.shown, width=21),
    Column("People", people, sort=lambda row: row.people_count, right=True, width=10),
    Column("Who gets it", lambda row: row.given.to_whom, width=22,
           say=lambda row: row.given.to_whom or "Not said",
           tip=lambda row: row.given.to_whom),
    Column("What for", lambda row: row.given.purpose, width=24, tip=lambda row: row.given.purpose),
    Column("Saved by", lambda row: row.person or "Not known", width=14),
)  # fmt: skip

CAN_DO_WITHOUT = (5, 6, 2, 4)


def facts(row: LeftRow, named: tuple[LeftPerson, ...]) -> list[tuple[str, str]]:
    """Return one line of the ledger in full, with who is in the file."""
    pairs = [
        (
            "Left",
            f"{show_instant(row.left_at)}, saved by {row.person or 'somebody without a name'}",
        ),
        ("What it is", f"{row.kind.shown}, {show_size(row.size_bytes)}"),
        ("Who gets it", row.given.to_whom or "Not said yet"),
        ("What for", row.given.purpose),
        ("Note", row.given.note),
        ("Who is in it", who(row, named)),
        ("Fingerprint", f"{row.sha256[:_MARK]}… (SHA-256)"),
    ]
    return [(key, value) for key, value in pairs if value]


def who(row: LeftRow, named: tuple[LeftPerson, ...]) -> str:
    """Return who is in a file, as far as the desk can tell."""
    if row.people_count is None:
        return "Not known: the desk cannot look into this kind of file."
    if not row.people_count:
        return "Nobody."
    names = [each.name for each in named if each.name]
    gone = row.people_count - len(names)
    shown = names[:MOST_NAMES]
    parts = [", ".join(shown)] if shown else []
    if len(names) > len(shown):
        parts.append(f"and {len(names) - len(shown):,} more")
    if gone and not named:
        parts.append(f"{_persons(gone)} whom this desk does not name")
    elif gone:
        parts.append(f"{_persons(gone)} no longer in this desk")
    return ", ".join(parts)


def _persons(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
