"""What is written for a person is in plain text nowhere but where that person puts it.

A program that ends in the middle leaves its temporary files behind.  So whatever makes a file is
watched from inside: each file that it opens to write must lie in the folder that was asked for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.records.doors import open_file, open_workbench
from apprentice_desk.safekeeping import vault

NAME = "Zephyrine Quillfeather"
WATCHED = """
import json, os, sys
from pathlib import Path

written, is_on = [], False
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def watch(event, arguments):
    if not is_on:
        return
    if event == "open" and isinstance(arguments[0], str):
        path, mode, flags = arguments
        if (mode and set(mode) & set("wax+")) or (flags or 0) & WRITES:
            written.append(os.path.abspath(path))
    elif event in ("tempfile.mkstemp", "tempfile.mkdtemp", "os.mkdir"):
        written.append(os.path.abspath(arguments[0]))

sys.addaudithook(watch)
out = Path(sys.argv[1])
name = sys.argv[2]
"""
AS_TABLE = """
from apprentice_desk.sheets import ColumnSpec, SheetSpec
spec = SheetSpec("People", [ColumnSpec("Name")], [[name], [name]])
"""
AS_PAPER = """
from apprentice_desk.documents.tree import Document, Para
paper = Document(name, (Para(name),))
"""
WAYS = {
    "a workbook": f"""{AS_TABLE}
from apprentice_desk.sheets import write_workbook
is_on = True
write_workbook(out / "list.xlsx", [spec])
""",
    "a long workbook": f"""{AS_TABLE}
from apprentice_desk.sheets import write_long_workbook
is_on = True
write_long_workbook(out / "list.xlsx", [spec], rows_beside=True)
""",
    "a workbook with marks": f"""{AS_TABLE}
import hashlib
from apprentice_desk.sheets import write_workbook
from apprentice_desk.sheets.marking import write_marked
source = out / "source.xlsx"
write_workbook(source, [spec])
digest = hashlib.sha256(source.read_bytes()).hexdigest()
is_on = True
write_marked(source, digest, out / "list.xlsx", {{"People": {{(2, 1): name}}}}, spec)
""",
    "a PDF": f"""{AS_PAPER}
from apprentice_desk.documents import pdf
is_on = True
pdf.write(out / "list.pdf", paper)
""",
    "a Word file": f"""{AS_PAPER}
from apprentice_desk.documents import docx
is_on = True
docx.write(out / "list.docx", paper)
""",
    "a document kept in the desk": f"""{AS_PAPER}
from datetime import date
from apprentice_desk.documents import issuing
is_on = True
for kind in issuing.DocumentFormat:
    made = issuing.drawn(paper, kind, date(2026, 6, 1))
    assert len(made) > 1000
written.append(str(out / "none"))
""",
    "the recovery sheet": """
from datetime import date
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping.recovery_sheet import write_sheet
is_on = True
write_sheet(out / "sheet.pdf", name, DeskKey(bytes(32), bytes(16)), date(2026, 6, 1))
""",
}


def written_by(code: str, out: Path) -> list[Path]:
    """Return what *code* opened to write, made, or put anything into."""
    whole = f"{WATCHED}{code}\nis_on = False\nprint(json.dumps(written))"
    ran = subprocess.run(
        [sys.executable, "-c", whole, str(out), NAME],
        env=os.environ | {"TMPDIR": str(out.parent / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [Path(path) for path in json.loads(ran.stdout)]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "tmp").mkdir()
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_written_but_where_it_is_asked_for(out: Path, way: str) -> None:
    written = written_by(WAYS[way], out)
    assert written
    assert [path for path in written if not path.is_relative_to(out)] == []


def test_a_temporary_file_would_be_seen(out: Path) -> None:
    code = "import tempfile\nis_on = True\ntempfile.NamedTemporaryFile().write(name.encode())"
    assert any(path.is_relative_to(out.parent / "tmp") for path in written_by(code, out))


def open_temporary_files() -> list[str]:
    """Return what SQLite has open that it removed at once, as it does with files of the moment."""
    found = []
    for handle in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(handle.readlink()))
        except FileNotFoundError:  # the one that the list itself was read by
            continue
    return [name for name in found if "etilqs_" in name]


def hold_for_a_moment(file: Any) -> None:
    """Have it keep more of a name than fits into its memory of pages."""
    file.execute("CREATE TEMP TABLE held (name TEXT)")
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
    file.execute(f"INSERT INTO held {many} SELECT ? || i || hex(zeroblob(60)) FROM n", (NAME,))
    file.commit()


@pytest.mark.skipif(sys.platform != "linux", reason="what is open is read as Linux tells it")
@pytest.mark.parametrize("kind", ["plain", "encrypted", "between files"])
def test_what_sqlite_holds_for_a_moment_is_in_no_file(kind: str, tmp_path: Path) -> None:
    key = vault.fresh_key("three brown horses") if kind == "encrypted" else None
    at = tmp_path / "hackney.desk"
    opened = open_workbench() if kind == "between files" else open_file(at, "rwc", key)
    with closing(opened) as file:
        hold_for_a_moment(file)
        assert open_temporary_files() == []
        file.execute("DROP TABLE held")
        file.execute("PRAGMA temp_store = FILE")  # so the above can fail
        hold_for_a_moment(file)
        assert open_temporary_files()
