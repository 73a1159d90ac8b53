"""Erasing somebody: nothing of them is in any byte of the desk, and all else is as it was.

A desk is filled as the test of privacy fills it; then every text of one person is made a word of
its own, each of their rows is changed once so that the log has it too, and others' records name
them.  After the erasure the file is searched byte by byte.
"""

from __future__ import annotations

import io
import random
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import String, select

from apprentice_desk.domain.identifiers import CODE_ALPHABET
from apprentice_desk.domain.leaving import FileFacts, Going, LeftKind
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.retention import Ground, RetentionKind
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.drafts import Draft, Drafts, place_for
from apprentice_desk.records import apprentices, erasures, evidence, hours, leaving, returns_sent
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Base
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import Subject, document_rows, remove_document
from apprentice_desk.records.scrubbing import owned
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import erasing
from commands.filling import fill
from commands.searching import Wanted, found, wanted
from records.dumps import dump

TODAY = date(2026, 6, 2)
NOW = datetime(2026, 6, 2, 9, tzinfo=UTC)
LIMITED = {"code", "standard_code", "standard_version", "version", "follows", "ksbs"}
"""Texts that the program reads as something: left as they are."""


def person_of(store: Store, given: str) -> UUID:
    def query(session: Any) -> UUID:
        return session.scalars(select(Apprentice.id).where(Apprentice.given_names == given)).one()

    return store.read(query)


def details_of(key: UUID, **changes: Any) -> erasures.ErasureDetails:
    values = {
        "kind": RetentionKind.APPRENTICE, "subject_key": key, "erased_at": NOW,
        "erased_by": "Tess Ter", "ground": Ground.REQUEST, "note": "",
    } | changes  # fmt: skip
    return erasures.ErasureDetails(**values)


def end_everything(store: Store, on: date = date(2026, 5, 29)) -> None:
    with store.change("End") as session:
        for each in session.scalars(select(Apprenticeship)):
            each.ended_on = each.ended_on or on
            each.outcome = each.outcome or apprentices.Outcome.WITHDRAWN


class Words:
    """Draws words that are found nowhere else."""

    def __init__(self) -> None:
        self._chance = random.Random(12)
        self.texts: dict[str, str] = {}

    def draw(self, what: str, length: int | None) -> str:
        text = "Q" + "".join(
            self._chance.choice(CODE_ALPHABET) for _ in range(min(length or 16, 16) - 1)
        )
        if len(text) >= 8:
            self.texts[text] = what
        return text


def canaries_into(store: Store, own: Any) -> dict[str, str]:
    """Put a word of its own into every text of *own*, twice, so that the log has the first."""
    words = Words()
    for turn in ("before", "now"):
        with store.change(f"Type {turn}") as session:
            for mapper in Base.registry.mappers:
                table = mapper.local_table
                keys = own.get(table.name, ())
                if table.name == "put_off_line":
                    keys = ()  # known by its key
                for key in sorted(keys):
                    record = session.get(mapper.class_, key)
                    for column in mapper.columns:
                        fits = type(column.type) is String and column.name not in LIMITED
                        if record is not None and fits and "sha256" not in column.name:
                            name = f"{table.name}.{column.name}, {turn}"
                            if column.name in ("clauses", "ticks", "field_values"):
                                word = f'{{"a": "{words.draw(name, None)}"}}'
                            else:
                                word = words.draw(name, column.type.length)
                            setattr(record, column.key, word)
    return words.texts


def codes(store: Store) -> dict[str, str]:
    return store.read(
        lambda s: dict(s.execute(select(Apprentice.given_names, Apprentice.code)).all())
    )


def send(store: Store, rows: list[str]) -> None:
    """Keep a workbook of a return with these codes in it, packed as a workbook packs them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        cells = "".join(f"<row><c><is><t>{code}</t></is></c></row>" for code in rows)
        packed.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{cells}</sheetData>")
        packed.writestr("xl/media/logo.png", b"\x89PNG")
    with store.change("Send the return", is_final=True) as session:
        returns_sent.send_return(
            session, period="2025-26 Q4", revision=1, format_version="1.0", prepared_at=NOW,
            prepared_by="HR", fingerprint="f" * 64, file_name="return.xlsx",
            content=stream.getvalue(),
        )  # fmt: skip


@pytest.fixture
def desk(desk_file: Path, maker: type) -> Path:
    store = open_store(desk_file, person="Qzperson")
    try:
        make = maker(store)
        fill(store, make)
        end_everything(store)
        send(store, [code for _, code in sorted(codes(store).items())])
    finally:
        store.close()
    return desk_file


def search(path: Path, what: Wanted) -> list[str]:
    hits = found(path.name, path.read_bytes(), what)
    with closing(sqlite3.connect(path)) as file:  # what is packed inside it
        for (content,) in file.execute("SELECT content FROM return_file"):
            hits += found("a kept return", content, what)
    return hits


def test_nothing_of_somebody_erased_is_in_any_byte_of_the_desk(
    desk: Path, maker: type, tmp_path: Path
) -> None:
    store = open_store(desk, person="Qzclerk")
    make = maker(store)
    make.turn = 500  # what the filling numbered is taken
    key = person_of(store, "Qzgiven0")
    own = store.read(owned, {"apprentice": frozenset({key})})
    (apprenticeship_id,) = own["apprenticeship"]
    make.document(
        Subject(SubjectKind.APPRENTICESHIP, apprenticeship_id), b"%PDF- Qzownpaper",
        title="For Qzgiven0 Qzfamily0",
    )  # fmt: skip
    make.document(
        Subject(SubjectKind.CONTRACT, make.contract()), b"%PDF- Qzgonepaper", title="Gone",
        field_values={"people": "Qzgiven0 Qzfamily0"},
    )  # fmt: skip
    (gone,) = (row for row in store.read(document_rows) if row.title == "Gone")
    with store.change("Remove a paper of Qzgiven0 Qzfamily0") as session:
        remove_document(session, gone.id)
    own = store.read(owned, {"apprentice": frozenset({key})})
    texts = canaries_into(store, own)
    named = {"family_name": "Qzmarried", "given_names": "Qzgiven0 Qzmiddle"}
    with store.change("Qzgiven0 marries") as session:
        for name, value in named.items():
            setattr(session.get(Apprentice, key), name, value)
    # Named by others: a mentor, a note, a free text with the name turned round.
    other = person_of(store, "Qzgiven1")
    with store.change("Name them: Qzgiven0 Qzmarried") as session:
        for each in session.scalars(
            select(Apprenticeship).where(Apprenticeship.apprentice_id == other)
        ):
            each.line_manager = "Qzgiven0 Qzmiddle Qzmarried"
            each.note = "Ask QZMARRIED,  Qzgiven0 Qzmiddle; not Qzgiven1."
    make.provider(name="Qzgiven0 Qzmarried Training")
    with store.change("Save a record") as session:
        leaving.record_left(
            session, Going(LeftKind.RECORD, apprentices=frozenset({key})),
            FileFacts("Record of Qzgiven0-Qzmarried.pdf", 1, "0" * 64), NOW, "Qzclerk",
        )  # fmt: skip
    entry = next(iter(own["off_the_job_entry"]))
    with store.change("Remove hours") as session:
        for evidence_id in sorted(own["evidence"]):
            evidence.remove_evidence(session, evidence_id)
        hours.remove_hours(session, entry, even_if_finished=True)
    code = store.read(lambda s: s.get(Apprentice, key).code)
    drafts = Drafts(place_for(str(desk)), "Qzclerk")
    for turn, typed in enumerate(("Ask Qzgiven0 Qzmiddle Qzmarried", "Nobody")):
        drafts.keep(Draft(f"form {turn}", "A form", "Qzclerk", "2026", {"note": typed}, {}))
    drafts.close()

    what = wanted(
        {
            **texts,
            "Qzgiven0": "a given name", "Qzfamily0": "the family name of before",
            "Qzmarried": "the family name", "Qzmiddle": "a second name", code: "the code",
            "Qzcontent0": "the bytes of evidence", "Qzownpaper": "the bytes of a paper",
            "Qzgonepaper": "the bytes of a paper that was removed", apprenticeship_id.hex: "a key",
        },
        [date(1989, 2, 3)],
    )  # fmt: skip
    inside = " ".join(search(desk, what))
    to_find = [text for text, meaning in what.texts.items() if not meaning.startswith("the day")]
    assert [text for text in (*to_find, "1989-02-03") if text not in inside] == []
    assert len(texts) > 60

    erasing.erase(store, details_of(key, note="For Qzgiven0 Qzmarried"), TODAY, drafts=drafts)
    store.close()
    drafts.close()
    assert search(desk, what) == []
    assert not Path(f"{desk}-journal").exists()
    left = place_for(str(desk)).read_bytes()
    assert found("drafts", left, what) == []
    assert b"Nobody" in left
    with closing(sqlite3.connect(desk)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        assert file.execute("PRAGMA freelist_count").fetchone() == (0,), "it was written anew"
        # The key itself stays in one place: by it an older copy is erased again.
        assert file.execute("SELECT subject_key FROM erasure ORDER BY changed_in").fetchall()[
            -1:
        ] == [(key.hex,)]
        # The ledger still says that a file left, with one person in it, but not who.
        assert file.execute("SELECT count(*) FROM left_file WHERE people_count = 1").fetchone()[0]
        assert "(erased).pdf" in repr(file.execute("SELECT file_name FROM left_file").fetchall())
    raw = desk.read_bytes()
    for others in (b"Qzcontent1", b"Qzfamily1", b"Qzgiven2", b"Qzissued"):
        assert others in raw


def test_nothing_of_anybody_else_is_altered(desk: Path) -> None:
    store = open_store(desk, person="Qzclerk")
    key = person_of(store, "Qzgiven0")
    own = store.read(owned, {"apprentice": frozenset({key})})
    before = dump(store)
    erasing.erase(store, details_of(key), TODAY)
    after = dump(store)
    store.close()
    hexes = {each.hex for keys in own.values() for each in keys}
    for table, rows in before.items():
        if table in ("payment", "erasure", "counted_apprenticeship", "return_file"):
            continue
        kept = [row for row in rows if not hexes.intersection(map(str, row))]
        assert after[table] == kept, table
    assert len(after["payment"]) == len(before["payment"])
    for table in ("erasure", "counted_apprenticeship"):
        assert len(after[table]) == len(before[table]) + 1


def test_every_change_that_stands_can_still_be_undone(desk: Path) -> None:
    """What is left in the log fits the tables that are left."""
    store = open_store(desk, person="Qzclerk")
    erasing.erase(store, details_of(person_of(store, "Qzgiven0")), TODAY)
    undone = 0
    while (line := store.undoable()) is not None:
        try:
            store.undo(line.number)
        except Problem:
            break
        undone += 1
    with closing(sqlite3.connect(desk)) as file:
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    store.close()
    assert undone > 20
    assert b"Qzfamily0" not in desk.read_bytes()
    assert b"Qzcontent0" not in desk.read_bytes()


def test_an_erasure_cannot_be_undone(store: Store, make: Any) -> None:
    make.apprentice(outcome=apprentices.Outcome.WITHDRAWN, ended_on=date(2026, 5, 1))
    erasing.erase(store, details_of(person_of(store, "Ada")), TODAY)
    newest = store.latest_change()
    assert newest is not None
    assert newest.label == erasing.LABEL
    assert newest.is_final
    with pytest.raises(Problem, match="cannot be undone"):
        store.undo(newest.number)
    assert store.undoable() is None


def test_whoever_is_on_programme_is_not_erased(store: Store, make: Any) -> None:
    make.apprentice()
    key = person_of(store, "Ada")
    before = dump(store, with_log=True)
    with pytest.raises(Problem, match=r"^Nothing was erased\. They are on an apprenticeship"):
        erasing.erase(store, details_of(key), TODAY)
    assert dump(store, with_log=True) == before
    assert store.read(
        erasing.plan, RetentionKind.APPRENTICE, key, "Ada Lovelace", TODAY
    ).refused.startswith("They are on an apprenticeship")


def test_a_contract_is_never_erased_by_the_program(store: Store, make: Any) -> None:
    contract = make.contract()
    make.apprentice(contract_id=contract)
    before = dump(store, with_log=True)
    kind = RetentionKind.CONTRACT
    with pytest.raises(Problem, match="A contract is not erased by the program"):
        erasing.erase(store, details_of(contract, kind=kind), TODAY)
    with pytest.raises(Problem, match="hang on it"):
        store.read(erasing.plan, kind, contract, "C001", TODAY)
    forged = erasing.Erased(kind, contract, NOW, Ground.RULE)
    with pytest.raises(Problem, match="A contract is not erased"):
        erasing.apply_erasures(store, [forged])
    assert dump(store, with_log=True) == before


def test_erasing_twice_says_that_it_was_done(store: Store, make: Any) -> None:
    make.apprentice(outcome=apprentices.Outcome.WITHDRAWN, ended_on=date(2026, 5, 1))
    key = person_of(store, "Ada")
    erasing.erase(store, details_of(key), TODAY)
    with pytest.raises(Conflict, match="removed or erased meanwhile"):
        erasing.erase(store, details_of(key), TODAY)
