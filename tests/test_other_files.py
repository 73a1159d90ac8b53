"""A file that is no workbook, or cannot be had, is refused in a sentence that names the way out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import steps
from apprentice_desk.sheets import read_workbook
from hostile import ods, ods_row, ods_text, ole, record, xls, xlsx, zipped

LOG = ods(ods_row(ods_text("Name"), ods_text("Hours")))
INSIDE = "“list.xlsx” is not an Excel workbook: inside it is {}."

COPY = "has to be copied into a workbook first"
EXPORT = "save or export it as an Excel workbook"
UNPACK = "Unpack it, and choose the workbook inside."

OTHERS: dict[str, tuple[bytes, str, str]] = {
    "Word": (
        zipped(("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>")),
        "a Word document",
        COPY,
    ),
    "old Word": (ole(bytes(5_000), "WordDocument"), "a Word document", COPY),
    "PowerPoint": (zipped(("ppt/presentation.xml", "<a/>")), "a PowerPoint presentation", COPY),
    "old PowerPoint": (ole(bytes(5_000), "PowerPoint Document"), "a PowerPoint presentation", COPY),
    "message": (ole(bytes(5_000), "__properties_version1.0"), "a message", "Save what is attached"),
    "xlsb": (zipped(("xl/workbook.bin", b"\x83\1")), "a binary workbook (.xlsb)", EXPORT),
    "Numbers": (
        zipped(("Index/Document.iwa", b"\0"), ("Metadata/Properties.plist", b"\0")),
        "a document of Numbers, Pages or Keynote",
        EXPORT,
    ),
    "old Numbers": (
        zipped(("Index.zip", zipped(("Document.iwa", b"\0")))),
        "a document of Numbers, Pages or Keynote",
        EXPORT,
    ),
    "LibreOffice text": (
        ods("", {"mimetype": "application/vnd.oasis.opendocument.text"}),
        "another kind of document, or a packed folder",
        "save it as an Excel workbook",
    ),
    "packed folder": (
        zipped(("list/list.xlsx", xlsx())),
        "another kind of document, or a packed folder",
        "unpack it and choose the workbook inside",
    ),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document", COPY),
    "RTF": (b"{\\rtf1\\ansi hello}", "a text document", COPY),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture", COPY),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture", COPY),
    "GIF": (b"GIF89a\1\0\1\0", "a picture", COPY),
    "BMP": (b"BM\x46\0\0\0\0\0", "a picture", COPY),
    "TIFF": (b"II*\0\x08\0\0\0", "a picture", COPY),
    "TIFF of a Mac": (b"MM\0*\0\0\0\x08", "a picture", COPY),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 ", "a picture", COPY),
    "photograph of a telephone": (b"\0\0\0\x18ftypheic\0\0\0\0", "a picture or a film", COPY),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c\0\4", "a packed folder", UNPACK),
    "RAR": (b"Rar!\x1a\7\1\0", "a packed folder", UNPACK),
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0", "a packed file", UNPACK),
    "desk": (b"SQLite format 3\0\x10\0", "a database", EXPORT),
    "web page": (b"\xef\xbb\xbf\r\n<HTML><table>", "a web page or other text", "renaming it is"),
    "CSV": (b"Name,Hours\nAda King,1\n", "a text or CSV file", "renaming it is not enough"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_another_file_with_a_workbooks_name_is_called_what_it_is(kind, tmp_path):
    packed, is_inside, remedy = OTHERS[kind]
    (tmp_path / "list.xlsx").write_bytes(packed)
    with pytest.raises(Problem) as raised:
        read_workbook(tmp_path / "list.xlsx")
    assert raised.value.what == INSIDE.format(is_inside)
    assert remedy in raised.value.remedy


def test_a_file_of_zeros_is_a_copy_that_was_broken_off(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(bytes(5_000))
    with pytest.raises(Problem, match="nothing but zeros") as raised:
        read_workbook(tmp_path / "list.xlsx")
    assert "Copy or download it again" in raised.value.remedy


PROTECTED: dict[str, bytes] = {
    "xlsx": ole(os.urandom(5_000), "EncryptedPackage"),
    "xls": xls([("Name",)], record(0x002F, b"\1\0\1\0\1\0" + bytes(48))),
    "ods": zipped(
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path='
            '"content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
        ),
        ("content.xml", os.urandom(5_000)),
    ),
}


@pytest.mark.parametrize("ending", PROTECTED)
def test_a_workbook_with_a_password_is_refused_and_the_way_out_told(ending, tmp_path):
    path = tmp_path / f"list.{ending}"
    path.write_bytes(PROTECTED[ending])
    with pytest.raises(Problem) as raised:
        steps.choose(steps.begin("hours"), path)
    assert raised.value.what == f"“list.{ending}” is protected with a password."
    assert "File, Info, Protect Workbook" in raised.value.remedy
    assert "LibreOffice" in raised.value.remedy


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "xls", "ods", "csv"])
def test_an_empty_file_is_called_empty(ending, tmp_path):
    (tmp_path / f"list.{ending}").touch()
    with pytest.raises(Problem) as raised:
        read_workbook(tmp_path / f"list.{ending}")
    assert str(raised.value) == f"“list.{ending}” is empty. Save it again, or ask for it again."


@pytest.mark.parametrize("ending", ["crdownload", "part", "partial", "download", "CRDOWNLOAD"])
def test_a_file_that_is_being_downloaded_is_waited_for(ending, tmp_path):
    path = tmp_path / f"list.ods.{ending}"
    path.write_bytes(LOG[:300])
    with pytest.raises(Problem, match="is still being downloaded") as raised:
        read_workbook(path)
    assert "Wait until the browser has done" in raised.value.remedy


def test_the_empty_place_of_a_file_that_is_being_downloaded_is_known_by_its_neighbour(tmp_path):
    """Firefox makes both, and only in the end puts one in the place of the other."""
    (tmp_path / "list.ods").touch()
    (tmp_path / "list.ods.part").write_bytes(LOG[:300])
    with pytest.raises(Problem, match=r"“list\.ods” is still being downloaded"):
        read_workbook(tmp_path / "list.ods")
    (tmp_path / "list.ods").write_bytes(LOG)  # there is no need to wait once it is whole
    assert read_workbook(tmp_path / "list.ods").sheets[0].rows == (("Name", "Hours"),)


@pytest.mark.parametrize("name", ["~$list.xlsx", ".~lock.list.xlsx#"])
def test_the_mark_beside_an_open_workbook_is_not_taken_for_it(name, tmp_path):
    (tmp_path / name).write_bytes(b"\4Ada" + bytes(161))
    with pytest.raises(Problem, match=r"only says that “list\.xlsx” is open") as raised:
        read_workbook(tmp_path / name)
    assert raised.value.remedy == "Choose the workbook itself."


@pytest.fixture
def refusing(tmp_path, monkeypatch) -> Callable[[OSError], Path]:
    """Give the path of a workbook that the computer refuses to read with this error."""

    def refuse(error: OSError) -> Path:
        def read_bytes(_path: Path) -> bytes:
            raise error

        monkeypatch.setattr(Path, "read_bytes", read_bytes)
        (tmp_path / "list.ods").write_text("x")
        return tmp_path / "list.ods"

    return refuse


def test_a_file_that_another_program_keeps_to_itself_is_refused_in_words(refusing):
    with pytest.raises(Problem, match="may not be read, or another program has it") as raised:
        read_workbook(refusing(PermissionError(13, "locked")))
    assert "Close it there" in raised.value.remedy


@pytest.mark.parametrize("number", [358, 362, 389, 404])
def test_a_file_that_is_only_in_the_cloud_is_said_to_be_there(number, refusing):
    """Windows gives the numbers; elsewhere there is no such field."""
    error = OSError(22, "The cloud operation was unsuccessful")
    error.winerror = number  # type: ignore[attr-defined]
    with pytest.raises(Problem, match="is kept in OneDrive or another cloud") as raised:
        read_workbook(refusing(error))
    assert "Always keep on this device" in raised.value.remedy


def test_a_drive_that_is_gone_is_no_cloud(refusing):
    error = OSError(5, "Input/output error")
    error.winerror = 53  # type: ignore[attr-defined]
    with pytest.raises(Problem, match="could not be read") as raised:
        read_workbook(refusing(error))
    assert "Copy it to this computer" in raised.value.remedy
