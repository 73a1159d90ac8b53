"""Workbooks of openpyxl written without a temporary file.

By itself openpyxl keeps the rows of every sheet in the system's temporary folder until they are
packed, in plain text; a program that ends in the middle leaves them there.  Here they wait in
memory, packed as they come.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

_CHUNK = 1024 * 1024
_LITTLE = 1  # how hard it is packed: it is packed again for the file, and must not take long


class _Rows:
    """What a sheet is written to: packs what it is given, and gives it back."""

    def __init__(self) -> None:
        self._packing = zlib.compressobj(_LITTLE)
        self._packed = BytesIO()

    def write(self, content: bytes) -> int:
        """Take the next part of the sheet."""
        self._packed.write(self._packing.compress(content))
        return len(content)

    def close(self) -> None:
        """Do nothing: what was written is wanted afterwards."""

    def parts(self) -> Iterator[bytes]:
        """Yield the sheet from its beginning, once it is whole."""
        self._packed.write(self._packing.flush())
        self._packed.seek(0)
        unpacking = zlib.decompressobj()
        while packed := self._packed.read(_CHUNK):
            yield unpacking.decompress(packed)
        yield unpacking.flush()


def add_sheet(book: Any, name: str) -> Any:
    """Add a sheet called *name* to a workbook that is only written, and return it."""
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet._writer import WorksheetWriter

    class Sheet(WriteOnlyWorksheet):
        def _get_writer(self) -> None:
            if self._writer is None:
                rows: Any = _Rows()
                writer = WorksheetWriter(self, rows)
                writer.write_top()
                self._writer: Any = writer

    sheet = Sheet(book, title=name)
    book._add_sheet(sheet)
    return sheet


def saved(book: Any) -> BytesIO:
    """Return the file of a workbook of openpyxl."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class Writer(ExcelWriter):
        _archive: ZipFile

        def write_worksheet(self, ws: Any) -> None:
            """Write a sheet as openpyxl does, but for where its rows wait."""
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts = ws._charts
            ws._drawing.images = ws._images
            if self.workbook.write_only:
                if not ws.closed:
                    ws.close()
                writer = ws._writer
            else:
                rows: Any = _Rows()
                writer = WorksheetWriter(ws, rows)
                writer.write()
            ws._rels = writer._rels
            with self._archive.open(ws.path[1:], "w") as part:
                for each in writer.out.parts():
                    part.write(each)
            self.manifest.append(ws)

    packed = BytesIO()
    Writer(book, ZipFile(packed, "w", ZIP_DEFLATED, allowZip64=True)).save()
    return packed
