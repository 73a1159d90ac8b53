"""Nothing about a person leaves the desk but what the return is meant to say, under a code.

A desk is filled so that every text in it is a word of its own that is found nowhere else; then
everything that leaves is searched for those words, byte by byte.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from sqlalchemy import Date, String

from apprentice_desk.domain.identifiers import CODE_ALPHABET
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records import apprentices, evidence, hours
from apprentice_desk.records.base import Base, Word
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.returns import merge, receipts, schema
from apprentice_desk.ui.kit.opened_files import OpenedFiles
from commands.filling import fill
from commands.searching import Wanted, found, found_below, wanted
from commands.ulns import PERIOD, ULNS, Call

LEAVES = {
    "apprentice.code",
    "counted_apprenticeship.code",
    "counted_apprenticeship.standard_code",
    "apprenticeship.standard_code",
    "apprenticeship.standard_version",
    "apprenticeship.course_title",
    "barrier.what_helped",
    "barrier.what_stands_in_the_way",
    "characteristic_total.category",
    "contract.framework",
    "contract.reference",
    "contract.standard_codes",
    "network_event.name",
    "organisation.code",
    "organisation.name",
    "organisation.letters",
    "provider.name",
    "provider.ukprn",
    "secondment.area",
    "secondment.code",
    "secondment.home",
    "secondment.host",
    "secondment.ksbs",
    "secondment.standard_code",
    "standard.code",
    "standard.title",
    "standard.version",
}
"""The only texts of a desk that a return may carry."""

IN_PLACEMENTS = {
    "listing.area",
    "listing.host_name",
    "listing.how_to_apply",
    "listing.ksbs",
    "listing.title",
    "listing.wanted",
    "opening.about",
    "opening.area",
    "opening.how_to_apply",
    "opening.ksbs",
    "opening.title",
    "secondment.host_name",
    "secondment.wanted",
}
"""The texts that a placements file may carry besides: of what is asked for and offered."""

CODES = {
    "listing.borough", "listing.code", "listing.host", "listing.standard_code", "opening.code",
    "opening.standard_code",
}  # fmt: skip
"""No desk would read a file in which these are not what they should be."""

BOOKKEEPING = {
    "change_log", "change_row", "course_code", "return_sent", "return_file", "return_receipt",
    "expected_borough",
}  # fmt: skip
"""Tables that nobody's row is in; what the change log keeps of a person is looked for anyway."""

LEFT_ALONE = {
    "apprenticeship.leaving_reason",  # four characters are too few to look for: see its own test
    "off_the_job_entry.began_at",  # a time of day is in every workbook
    "hours_repeat.began_at",  # the same
    "review.began_at",  # the same
    "procurement_step.due_at",  # the same
    "network_event.began_at",  # the same
}


@pytest.fixture
def desk(desk_file: Path, maker: type) -> Path:
    """A closed desk with something in every table that is about people."""
    store = open_store(desk_file, person="Qzperson")
    try:
        fill(store, maker(store))
    finally:
        store.close()
    return desk_file


def words_into(desk: Path, leaves: Collection[str] = LEAVES) -> Wanted:
    """Put a word of its own into every text that may not leave, and a day into every birthday."""
    chance = random.Random(str(desk))
    texts: dict[str, str] = {}
    days: list[date] = []
    with closing(sqlite3.connect(desk)) as connection:
        for table in Base.metadata.sorted_tables:
            keys = connection.execute(f"SELECT rowid FROM {table.name}").fetchall()
            for column in table.columns:
                name = f"{table.name}.{column.name}"
                is_text = isinstance(column.type, String) and not isinstance(column.type, Word)
                is_birthday = isinstance(column.type, Date) and "born" in column.name
                if table.name in BOOKKEEPING or name in {*leaves, *LEFT_ALONE}:
                    continue
                if not (is_text or is_birthday):
                    continue
                assert keys, f"nothing of {name} to look for: put a row into {table.name}"
                for (key,) in keys:
                    if is_birthday:
                        days.append(date(1960 + len(days), 10, 13 + len(days)))
                        value = days[-1].isoformat()
                    else:
                        value = _word(name, column.type.length, chance)
                        texts[value] = name
                    connection.execute(
                        f"UPDATE {table.name} SET {column.name} = ? WHERE rowid = ?", (value, key)
                    )
        connection.commit()
    assert len(days) == 5
    assert len(texts) > 70
    before = {f"qz{word}{turn}": "a name of before" for word in ("given", "family")
              for turn in range(4)}  # fmt: skip
    before |= {f"qzcontent{turn}": "the bytes of evidence" for turn in range(4)}
    before |= dict.fromkeys(ULNS[:4], "a ULN of before")
    born = [date(1989, 2, 3 + turn) for turn in range(4)]
    return wanted(texts | before | {"qzperson": "who made the changes"}, [*days, *born])


def _word(name: str, longest: int | None, chance: random.Random) -> str:
    if name == "apprentice.uln":
        return str(chance.randrange(1_000_000_000, 9_000_000_000))
    length = min(longest or 16, 16)
    return "Q" + "".join(chance.choice(CODE_ALPHABET) for _ in range(length - 1))


def everything_that_leaves(desk: Path, call: Call, folder: Path) -> None:
    """Do whatever makes files and output of the desk's that others see, all into *folder*."""
    folder.mkdir()

    def keep(name: str, *words: object) -> None:
        outcome = call(*words)
        assert outcome.status in (0, 1), outcome
        (folder / f"{name}.txt").write_text(outcome.out + outcome.err, encoding="utf-8")

    returns = folder / "returns"
    returns.mkdir()
    for period in ("2025-26 Q4", PERIOD):
        for turn in ("first", "second"):
            file = returns / f"{period} {turn}.xlsx"
            out = ("return", desk, "--period", period, "--to", file, "--send-anyway")
            keep(f"return {period} {turn}", *out, *(["--json"] if turn == "first" else []))
            assert file.exists()
    files = sorted(returns.iterdir())
    keep("check", "check", *files, "--json")
    keep("check in words", "check", *files)
    keep("merge", "merge", returns, "--to", folder / "merged.xlsx", "--json")
    keep("merge in words", "merge", returns, "--to", folder / "merged again.xlsx")
    (folder / "receipts").mkdir()
    for receipt in receipts.make(merge.merge([returns], schema=schema.load())):
        receipts.write(receipt, folder / "receipts" / f"{receipt.borough_name}.json")


def test_nothing_of_a_person_is_in_a_placements_file(
    desk: Path, call: Call, tmp_path: Path
) -> None:
    what = words_into(desk, LEAVES | IN_PLACEMENTS | CODES)
    folder = tmp_path / "left"
    folder.mkdir()
    own, every, merged = (folder / f"{name}.placements" for name in ("own", "every", "merged"))
    for words in (
        ("export", desk, "--to", own),
        ("export", desk, "--to", every, "--with-others"),
        ("merge", every, "--desk", desk, "--to", merged),
    ):
        outcome = call("placements", *words)
        assert outcome.status == (2 if words[0] == "merge" else 0), outcome
        (folder / f"{len(words)}.txt").write_text(outcome.out + outcome.err, encoding="utf-8")
    assert found_below(folder, what) == []
    assert b"Qzwanted" in own.read_bytes()
    assert b"Qzoffered" in every.read_bytes()
    assert found("the desk", desk.read_bytes(), what)


def test_nothing_of_a_person_is_in_any_byte_that_leaves(
    desk: Path, call: Call, tmp_path: Path
) -> None:
    what = words_into(desk)
    filled = desk.read_bytes()
    folder = tmp_path / "left"
    everything_that_leaves(desk, call, folder)
    assert found_below(folder, what) == []

    # There was something to find: the desk itself holds every word, and findings of every level
    # were among what was searched.
    inside = " ".join(found("the desk", filled, what))
    words = [text for text, meaning in what.texts.items() if "." in meaning]
    assert len(words) > 60
    assert [text for text in words if text not in inside] == []
    assert list((folder / "receipts").iterdir())
    said = (folder / "check.txt").read_text(encoding="utf-8")
    for level in ('"row"', '"note"'):
        assert level in said
    merged = openpyxl.load_workbook(folder / "merged.xlsx", read_only=True)
    for name in ("Apprentices", "Contracts", "Secondments", "Network", "Barriers", "Findings"):
        assert merged[name].max_row > 1, name
    merged.close()


def test_a_file_of_evidence_that_was_opened_leaves_nothing_beside_the_desk(
    desk: Path, tmp_path: Path
) -> None:
    what = wanted({f"qzcontent{turn}": "the bytes of evidence" for turn in range(4)}, [])
    assert found(desk.name, desk.read_bytes(), what), "there is something to find"
    folder = tmp_path / "cache"
    opened = OpenedFiles(folder / "opened")
    store = open_store(desk, person="Qzperson")
    try:
        (entry, *_) = store.read(hours.hours_rows)
        (row,) = store.read(evidence.evidence_rows, [entry.id])
        opened.put(row.file_name, store.read(evidence.evidence_content, row.id))
    finally:
        store.close()
    assert found_below(folder, what), "while it is open the copy is there"
    opened.close()
    assert found_below(folder, what) == []


def test_the_reason_for_leaving_leaves_as_a_group_only(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    assert make.apprentice(
        ended_on=date(2026, 5, 1), outcome=apprentices.Outcome.WITHDRAWN, leaving_reason="ZQ#7"
    )
    store.close()
    file = tmp_path / "out" / "a.xlsx"
    file.parent.mkdir()
    call("return", store.location, "--period", PERIOD, "--to", file, "--send-anyway")
    sheet = openpyxl.load_workbook(file)["Apprentices"]
    headings = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, headings.index("Reason for leaving") + 1).value == "not known"
    assert found_below(file.parent, wanted({"zq#7": "the reason"}, [])) == []


def test_what_the_borough_keeps_to_itself_stays_there(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    make.apprentice()
    make.barrier(what_stands_in_the_way="Qzkept", what_helped="Qzalso", may_be_seen_by_loti=False)
    make.barrier(what_stands_in_the_way="Qzshown", may_be_seen_by_loti=True)
    make.secondment(ksbs="Qzdraft", status=SecondmentStatus.DRAFT)
    make.secondment(ksbs="Qzoffer", status=SecondmentStatus.REQUESTED)
    store.close()
    folder = tmp_path / "left"
    everything_that_leaves(Path(store.location), call, folder)
    kept = wanted(dict.fromkeys(("Qzkept", "Qzalso", "Qzdraft"), "kept"), [])
    assert found_below(folder, kept) == []
    for shown in ("Qzshown", "Qzoffer"):
        assert found_below(folder / "returns", wanted({shown: "shown"}, [])), shown


def test_names_that_a_borough_added_by_hand_get_into_no_merge(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    """A further column, a sheet, a comment or a property of its own goes no further than LOTI."""
    make.standard()
    make.apprentice()
    store.close()
    file = tmp_path / "a.xlsx"
    assert call("return", store.location, "--period", PERIOD, "--to", file).status == 0
    book = openpyxl.load_workbook(file)
    sheet = book["Apprentices"]
    sheet.cell(1, sheet.max_column + 1, "Name")
    sheet.cell(2, sheet.max_column, "Qzextra column")
    book.create_sheet("Names").append(["Name", "Qzextra sheet"])
    sheet["A2"].comment = Comment("Qzextra comment", "Qzextra author")
    book.properties.creator = "Qzextra property"
    book.save(file)
    folder = tmp_path / "merged"
    folder.mkdir()
    outcome = call("merge", file, "--to", folder / "merged.xlsx", "--json")
    (folder / "merge.json").write_text(outcome.out, encoding="utf-8")
    assert '"R015"' in outcome.out
    assert '"R016"' in outcome.out
    what = wanted({"Qzextra": "added by hand"}, [])
    assert found(file.name, file.read_bytes(), what)
    for path in (folder / "merged.xlsx", folder / "merge.json"):
        assert found(path.name, path.read_bytes(), what) == []
