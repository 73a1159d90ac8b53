"""Heavy files are read or refused in bounded time and memory.

What might take the whole computer along is read by a process of its own that may take only so much
memory and time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

import hostile
from apprentice_desk.sheets import column_letter
from hostile import MAIN, ods, ods_row, ods_text, xlsx

MIB = 1024 * 1024
HEADINGS = ("Name", "Date", "Hours", "Description")
RECORD = ("Ada King", "05/01/2026", "1.5", "Read")


def text_row(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{"ABCDEF"[at]}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


LOG = text_row(1, *HEADINGS) + text_row(2, *RECORD)
ODS_LOG = ods_row(*map(ods_text, HEADINGS)) + ods_row(*map(ods_text, RECORD))
COLUMNS = tuple(column_letter(at) for at in range(1, 16_385))
ODS_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p>'
    "</table:table-cell></table:table-row>"
)

MEMORY = 2_048 * MIB
SECONDS = 100  # a bound against hanging, far above what any of them takes

READER = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import steps
try:
    journey = steps.choose(steps.begin("hours"), sys.argv[1])
except Problem as problem:
    print(json.dumps(str(problem)))
else:
    print(json.dumps(len(journey.table.rows)))
"""


def empty_rows() -> str:
    """Return every row of a sheet, formatted and empty, below a list."""
    return "".join(
        f'<row r="{number}" s="1" customFormat="1"><c r="A{number}" s="1"/></row>'
        for number in range(3, 1_048_577)
    )


LONG = "word " * 400_000

HEAVY: dict[str, tuple[str, Callable[[], bytes], str | int]] = {
    "every row of the sheet formatted": ("a.xlsx", lambda: xlsx(LOG + empty_rows()), 1),
    "a sheet that inflates a thousandfold": ("a.xlsx", lambda: xlsx(LOG + " " * 300 * MIB), 1),
    "shared texts that inflate a thousandfold": (
        "a.xlsx",
        lambda: xlsx(
            LOG, {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si><t/></si>" * 15 * MIB}</sst>'}
        ),
        1,
    ),
    "a zip inside the zip": (
        "a.xlsx",
        lambda: xlsx(LOG, {"xl/media/b.zip": hostile.zipped(("b", bytes(300 * MIB)))}),
        1,
    ),
    "more than may be inflated": (
        "a.xlsx",
        lambda: xlsx(LOG, {"xl/media/image1.png": bytes(450 * MIB)}),
        "is too large to be read safely",
    ),
    "tags without number": ("a.ods", lambda: ods("<x/>" * 15 * MIB), "is too large to be read"),
    "an .ods of millions of empty cells": (
        "a.ods",
        lambda: ods(ODS_LOG + "<table:table-row><table:table-cell/></table:table-row>" * 2_400_000),
        1,
    ),
    "an .ods that inflates a thousandfold": ("a.ods", lambda: ods(ODS_LOG + " " * 300 * MIB), 1),
    "an .ods formatted to its last column in two ways": (
        "a.ods",
        lambda: ods(
            ODS_LOG
            + ods_row(
                *map(ods_text, RECORD),
                '<table:table-cell table:number-columns-repeated="16379"/>',
                '<table:table-cell table:style-name="ce2"/>',
            )
            * 20_000
        ),
        20_001,
    ),
    "every cell to the last column formatted": (
        "a.xlsx",
        lambda: xlsx(
            LOG
            + "".join(
                f'<row r="{n}">{"".join(f"""<c r="{c}{n}" s="1"></c>""" for c in COLUMNS)}</row>'
                for n in range(3, 63)
            )
        ),
        1,
    ),
    "a cell far to the right of a long list": (
        "a.xlsx",
        lambda: xlsx(
            LOG
            + "".join(text_row(n, *RECORD) for n in range(3, 20_003))
            + '<row r="20003"><c r="XFD20003"><v>1</v></c></row>'
        ),
        20_001,
    ),
    "the same as .ods": (
        "a.ods",
        lambda: ods(
            ODS_LOG
            + ods_row(*map(ods_text, RECORD)) * 20_000
            + ods_row(
                *map(ods_text, RECORD),
                '<table:table-cell table:number-columns-repeated="16379"/>',
                ods_text("x"),
            )
        ),
        20_002,
    ),
    "a column of texts of two million characters in .ods": (
        "a.ods",
        lambda: ods(ODS_LOG + ods_row(*map(ods_text, ("Ada King", LONG, "1", LONG))) * 30),
        31,
    ),
    "a comma for each of the columns of Excel": (
        "a.csv",
        lambda: "".join(
            f"{','.join(each)}{',' * 16_380}\n" for each in (HEADINGS, *[RECORD] * 4_000)
        ).encode(),
        4_000,
    ),
    "a row repeated a million times": (
        "a.ods",
        lambda: ods(
            ODS_ROW.replace(
                "<table:table-row", '<table:table-row table:number-rows-repeated="1048576"'
            ).format("x")
        ),
        "does not look like a log of hours",
    ),
    "a column of texts of two million characters": (
        "a.xlsx",
        lambda: xlsx(LOG + "".join(text_row(n, "Ada King", LONG, "1", LONG) for n in range(3, 33))),
        31,
    ),
    "every column filled": (
        "a.csv",
        lambda: ("\n".join([",".join(f"Hours {n}" for n in range(16_000))] * 20)).encode(),
        "a list has at most 1,000 columns",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are set as Linux does")
@pytest.mark.parametrize("kind", HEAVY)
def test_a_heavy_file_is_read_or_refused_within_bounds(kind, tmp_path):
    name, make, expected = HEAVY[kind]
    path = tmp_path / name
    path.write_bytes(make())
    ran = subprocess.run(
        [sys.executable, "-c", READER, str(path), str(MEMORY)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2_000:]
    said = json.loads(ran.stdout)
    if isinstance(expected, int):
        assert said == expected
    else:
        assert expected in said


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are set as Linux does")
def test_the_bound_of_memory_holds(tmp_path):
    """So the tests above can fail."""
    (tmp_path / "a.xlsx").write_bytes(xlsx(LOG + " " * 300 * MIB))
    ran = subprocess.run(
        [sys.executable, "-c", READER, str(tmp_path / "a.xlsx"), str(400 * MIB)],
        capture_output=True,
        check=False,
    )
    assert ran.returncode != 0
