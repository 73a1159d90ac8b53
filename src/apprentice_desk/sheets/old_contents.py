"""What is inside an old workbook (.xls), looked at before any spreadsheet library opens it.

An .xls is a stream of records inside an OLE file: sectors of a fixed size, chained by a table.
The reader believes every count and every chain that it finds there, so a few wrong bytes would
end the program; they are checked here first.  The same look tells which cells hold a formula,
which show an error, and which rows and columns are hidden.  Described in Microsoft's [MS-CFB] and
[MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Set

from apprentice_desk.sheets.kinds import not_a_workbook
from apprentice_desk.sheets.limits import (
    FORMULA_WITHOUT_RESULT,
    MOST_CELLS,
    MOST_SHEETS,
    damaged,
    error_cell,
    protected,
    too_large,
)
from apprentice_desk.sheets.special import SpecialCells

_LAST_SECTOR = 0xFFFFFFFA  # above it are marks: end of a chain, free, part of the table itself
_END = 0xFFFFFFFE
_ENTRY = 128  # bytes of an entry in the directory
_STREAM, _ROOT = 2, 5
_MINI_SECTOR = 64

_END_OF_SHEET, _PASSWORD, _SHEET, _STRINGS, _DIMENSIONS = 0x000A, 0x002F, 0x0085, 0x00FC, 0x0200
_FORMULA, _BOOL_OR_ERROR, _MANY_NUMBERS = 0x0006, 0x0205, 0x00BD
_SHOWS_TEXT, _SHOWS_ERROR = 0, 2  # what a formula came to
_ROW, _COLUMNS, _TEXT = 0x0208, 0x007D, 0x0207
_IS_ROW_HIDDEN, _IS_COLUMN_HIDDEN = 0x20, 0x01
_CELLS = frozenset({_FORMULA, _BOOL_OR_ERROR, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6})

# What an error is called, by its number; the reader knows no others.
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_LIKE_NO_OTHER = 0x2A


class OldContents:
    """The sheets of one old workbook, in their order.

    Making one checks the whole file: raises Problem when it is damaged, protected or too large.
    """

    def __init__(self, name: str, packed: bytes) -> None:
        self._name = name
        # Names inside an OLE file are UTF-16; this stream is how Office stores an encrypted .xlsx.
        if "EncryptedPackage".encode("utf-16-le") in packed:
            raise protected(name)
        try:
            self._packed = packed
            self._sectors = _Sectors(packed)
            self._stream, self._places = self._sectors.workbook()
            self._unknown: list[int] = []  # where in the stream errors stand that are not known
            self.sheets = tuple(self._sheet(begins) for begins in self._begins())
        except _NoWorkbookError as error:
            raise not_a_workbook(name, packed, error.streams) from error
        except (struct.error, IndexError, _BrokenError) as error:
            raise damaged(name) from error

    def packed(self) -> bytes:
        """Return the file for the reader: as it is, or with errors that the reader knows."""
        if not self._unknown:
            return self._packed
        mended = bytearray(self._packed)
        for at in self._unknown:
            sector, rest = divmod(at, self._sectors.size)
            mended[(self._places[sector] + 1) * self._sectors.size + rest] = _LIKE_NO_OTHER
        return bytes(mended)

    def _records(self, at: int) -> Iterator[tuple[int, bytes, int]]:
        """Yield the kind, the body and its place, of each record up to the end of a sheet."""
        while True:
            kind, length = struct.unpack_from("<HH", self._stream, at)
            if kind == _END_OF_SHEET:
                return
            body = self._stream[at + 4 : at + 4 + length]
            if len(body) < length:
                raise _BrokenError
            yield kind, body, at + 4
            at += 4 + length

    def _begins(self) -> list[int]:
        """Return where the records of each sheet begin."""
        begins = []
        for kind, body, _ in self._records(0):
            if kind == _PASSWORD:
                raise protected(self._name)
            if kind == _SHEET:
                begins.append(struct.unpack_from("<I", body)[0])
            elif kind == _STRINGS and struct.unpack_from("<I", body, 4)[0] > len(self._stream):
                raise _BrokenError  # the reader makes room for as many as it is told
        if len(begins) > MOST_SHEETS:
            raise too_large(self._name)
        return begins

    def _sheet(self, begins: int) -> SpecialCells:
        found = SpecialCells()
        last_row = last_column = 0
        expects_text: tuple[int, int] | None = None  # a formula whose text is to follow it
        for kind, body, at in self._records(begins):
            if kind == _TEXT:
                expects_text = None
            elif kind == _DIMENSIONS:
                self._check_dimensions(body)
            elif kind == _ROW:
                if body[12] & _IS_ROW_HIDDEN:
                    found.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
            elif kind == _COLUMNS:
                first, last, _, _, about = struct.unpack_from("<HHHHH", body)
                if about & _IS_COLUMN_HIDDEN:
                    found.hidden_columns.update(range(first + 1, min(last, 255) + 2))
            elif kind in _CELLS or kind == _MANY_NUMBERS:
                row, column = struct.unpack_from("<HH", body)
                place = row + 1, column + 1
                last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
                if expects_text is not None:
                    found.unread[expects_text] = FORMULA_WITHOUT_RESULT
                    expects_text = None
                if kind == _MANY_NUMBERS:
                    last_column = max(last_column, struct.unpack_from("<H", body, len(body) - 2)[0])
                elif kind == _FORMULA:
                    found.formulas.add(place)
                    if body[12:14] == b"\xff\xff":
                        if body[6] == _SHOWS_ERROR:
                            found.unread[place] = self._error(body[8], at + 8)
                        elif body[6] == _SHOWS_TEXT:
                            expects_text = place
                elif kind == _BOOL_OR_ERROR and body[7]:
                    found.unread[place] = self._error(body[6], at + 6)
        if expects_text is not None:
            found.unread[expects_text] = FORMULA_WITHOUT_RESULT
        if last_row * last_column > MOST_CELLS:
            raise too_large(self._name)
        return found

    def _error(self, number: int, at: int) -> str:
        if number not in _ERRORS:
            self._unknown.append(at)
        return error_cell(_ERRORS.get(number, ""))

    def _check_dimensions(self, body: bytes) -> None:
        """Refuse a sheet that says it is larger than may be: the reader makes room for it."""
        form = "<IIHH" if len(body) >= struct.calcsize("<IIHH") else "<HHHH"
        first_row, end_row, first_column, end_column = struct.unpack_from(form, body)
        if max(end_row - first_row, 0) * max(end_column - first_column, 0) > MOST_CELLS:
            raise too_large(self._name)


class _BrokenError(Exception):
    """Something inside does not fit together."""


class _NoWorkbookError(Exception):
    """The file holds something else."""

    def __init__(self, streams: Set[str]) -> None:
        self.streams = streams


class _Sectors:
    """The sectors of an OLE file and the table that chains them."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        shift, mini_shift = struct.unpack_from("<HH", packed, 30)
        if shift not in (9, 12) or 1 << mini_shift != _MINI_SECTOR:
            raise _BrokenError
        self.size = 1 << shift
        self._count = -(-len(packed) // self.size)
        folders, tables, self._folder = struct.unpack_from("<III", packed, 40)
        self._cutoff, mini, minis, more, mores = struct.unpack_from("<IIIII", packed, 56)
        if max(folders, tables, minis, mores) > self._count:
            raise _BrokenError
        places = [at for at in struct.unpack_from("<109I", packed, 76) if at < _LAST_SECTOR]
        for _ in range(mores):
            if more >= _LAST_SECTOR:
                break
            *at, more = self._numbers(more)
            places += [each for each in at if each < _LAST_SECTOR]
        if len(places) > self._count:
            raise _BrokenError
        self._next = [number for at in places for number in self._numbers(at)]
        self._mini_next = [
            number for at in self._chain(mini, self._next) for number in self._numbers(at)
        ]

    def workbook(self) -> tuple[bytes, list[int]]:
        """Return the stream that holds the workbook and its sectors; every stream is checked."""
        folder = b"".join(map(self._sector, self._chain(self._folder, self._next)))
        found: dict[str, tuple[bytes, list[int]]] = {}
        streams = set()
        for at in range(0, len(folder) - _ENTRY + 1, _ENTRY):
            entry = folder[at : at + _ENTRY]
            kind, (start, size) = entry[66], struct.unpack_from("<II", entry, 116)
            if kind not in (_STREAM, _ROOT):
                continue
            if size > len(self._packed):
                raise _BrokenError
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace").casefold()
            streams.add(name)
            if kind == _STREAM and size < self._cutoff:
                if size:
                    list(self._chain(start, self._mini_next))
                continue  # no workbook is as short as that
            sectors = list(self._chain(start, self._next)) if size else []
            if kind == _STREAM and name in ("workbook", "book"):
                stream = b"".join(map(self._sector, sectors))[:size]
                if len(stream) < size:
                    raise _BrokenError
                found[name] = stream, sectors
        book = found.get("workbook") or found.get("book")
        if book is None:
            raise _NoWorkbookError(streams)
        return book

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self.size
        sector = self._packed[begin : begin + self.size]
        if not sector:
            raise _BrokenError
        return sector

    def _numbers(self, number: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{self.size // 4}I", self._sector(number))

    def _chain(self, number: int, following: list[int]) -> Iterator[int]:
        """Yield the sectors of a chain; one that runs in a circle or out of the file is broken."""
        steps = 0
        while number < _LAST_SECTOR:
            steps += 1
            if steps > len(following):
                raise _BrokenError
            yield number
            number = following[number]
        if number != _END:
            raise _BrokenError
