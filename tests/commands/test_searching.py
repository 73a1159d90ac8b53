"""The search for what must not leave finds it wherever it hides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment

from commands.searching import found, wanted

WORD, BORN = "Lovelace", date(1987, 12, 10)


def workbook(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["nothing", 31])
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(name: str, content: bytes, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
        packed.comment = comment
    return stream.getvalue()


def _into(attribute: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: setattr(book.properties, attribute, value)


def _cell(value: object) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: book.active.append([value])


def _note(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = Comment("ask LOVELACE", "somebody")


HIDDEN = {
    "a cell": workbook(_cell("Ada Lovelace")),
    "document properties": workbook(_into("creator", "lovelace")),
    "a comment": workbook(_note),
    "a sheet's name": workbook(lambda book: book.create_sheet("Lovelace")),
    "a day": workbook(_cell(BORN)),
    "a day as text": workbook(_cell("10/12/1987")),
    "a day in words": b"born on 10 December 1987",
    "an ISO day": b'{"born": "1987-12-10"}',
    "a number": workbook(_cell(6_100_000_017)),
    "a number as text": workbook(_cell("6100000017")),
    "a zip in a zip": zipped("outer", zipped("inner", b"Lovelace")),
    "a part's name": zipped("Lovelace.xml", b""),
    "a zip's comment": zipped("a", b"", b"Lovelace"),
    "UTF-16, little end first": "xLovelace".encode("utf-16-le"),
    "UTF-16, big end first": b"x" + "Lovelace".encode("utf-16-be"),
    "escapes of JSON": rb'{"name": "Lov\u0065lace"}',
    "escapes of XML": b"<a>Lov&#101;lace</a>",
}


@pytest.mark.parametrize("place", sorted(HIDDEN))
def test_the_search_finds_what_is_hidden(place: str) -> None:
    what = wanted({WORD: "a name", "6100000017": "a ULN"}, [BORN])
    assert found(place, HIDDEN[place], what)


def test_the_search_finds_nothing_where_nothing_is() -> None:
    what = wanted({WORD: "a name", "6100000017": "a ULN"}, [BORN])
    assert found("a workbook", workbook(_cell(date(1987, 12, 11))), what) == []
