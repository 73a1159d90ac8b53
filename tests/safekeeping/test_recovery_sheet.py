"""The recovery sheet: one page, and enough on it to do without the program."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import apsw
import pypdfium2
import pytest

from apprentice_desk.documents import pdf
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping import vault
from apprentice_desk.safekeeping.recovery_sheet import recovery_sheet, sheet_mark, write_sheet

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def key() -> DeskKey:
    return vault.fresh_key("three brown horses")


@pytest.mark.parametrize(
    "name", ["a.desk", f"{'Apprenticeships of the borough of ' * 6}Hackney.desk"]
)
def test_it_is_one_page_whatever_the_desk_is_called(key: DeskKey, name: str) -> None:
    assert pdf.page_count(recovery_sheet(name, key, TODAY)) == 1


def test_its_mark_tells_this_passphrase_from_another_and_nothing_of_the_key(key: DeskKey) -> None:
    assert re.fullmatch("[A-HJ-NP-Z2-9]{4}", sheet_mark(key))
    assert sheet_mark(DeskKey(bytes(32), key.salt)) == sheet_mark(key)
    assert sheet_mark(DeskKey(key.raw, bytes(16))) != sheet_mark(key)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    with closing(document):
        return str(document[0].get_textpage().get_text_bounded())


def test_what_it_says_is_enough_to_open_the_desk_without_the_program(
    key: DeskKey, desk_file: Path, tmp_path: Path
) -> None:
    """Done by hand here as the small print tells it, with another implementation."""
    desk = Path(shutil.copy(desk_file, tmp_path / "hackney.desk"))
    vault.protect(desk, None, key)
    text = text_of(write_sheet(tmp_path / "sheet.pdf", desk.name, key, TODAY))
    alphabet = max(re.findall(r"\b[A-Z2-9]{32}\b", text), key=len)
    groups = re.findall(r"\b[A-HJ-NP-Z2-9]{6}\b", text)
    assert len(groups) == 16
    bits = "".join(f"{alphabet.index(letter):05b}" for group in groups for letter in group[:5])
    secret = int(bits, 2).to_bytes(50, "big")[:48]
    with closing(apsw.Connection(str(desk))) as file:
        file.pragma("cipher", "sqlcipher")
        file.pragma("legacy", 4)
        file.execute(f"PRAGMA key = \"x'{secret.hex()}'\"")
        assert file.execute("SELECT count(*) FROM organisation").fetchall() == [(1,)]
