"""A short run of the fuzzer, and that it would notice harm.  The long run is dev.py fuzz."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from apprentice_desk.sheets import read_workbook
from fuzz import mutations, run, trying

LAYOUTS = Path(__file__).parents[1] / "layouts"


def test_two_hundred_damaged_lists_neither_crash_the_import_nor_hold_it_up(tmp_path):
    tally = run.run(200, 7, tmp_path)
    assert tally.bad == []
    assert tally.files == 200
    assert tally.read >= 100
    assert tally.sayings["applied"] >= 10


def test_a_hundred_damaged_files_of_other_kinds_do_no_harm(tmp_path):
    tally = run.run(100, 7, tmp_path, run.OTHERS)
    assert tally.bad == []
    assert tally.files == 100
    assert tally.read >= 10


HARMFUL = """
import os, sys, time
for number in range(int(sys.argv[1]), int(sys.argv[2])):
    print(f"trying\\t{number}\\tlist.csv", flush=True)
    if number == 1:
        os._exit(9)
    if number == 2:
        time.sleep(60)
    print("crash\\tKeyError: 1" if number == 3 else "applied", flush=True)
"""


def test_the_end_of_the_process_a_hang_and_an_exception_are_all_told(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "SECONDS_A_FILE", 1.0)
    program = tmp_path / "harmful.py"
    program.write_text(HARMFUL)
    tally = run.run(6, 1, tmp_path, program)
    assert [line.split(" (")[0] for line in tally.bad] == [
        "crash at file 1: exit 9: ",
        "crash at file 3: KeyError: 1",
        "hang at file 2: more than 1 s",
    ]
    assert (tally.files, tally.read) == (6, 3)
    assert not tally.is_good
    assert "2 crashes, 1 hangs" in tally.line(1)


def test_a_run_that_seldom_reaches_the_cells_says_nothing():
    tally = run.Tally(files=10)
    tally.sayings.update({"applied": 2, "declined": 3, "refused unread": 5})
    assert tally.is_good
    tally.files = 11
    assert not tally.is_good


def test_a_seed_makes_the_same_file_again_and_another_makes_another():
    layouts = [[["Name", "Date"], ["Ada King", "5/1/2026"]]]
    # A workbook says when it was saved, so only the other kinds are the same to the byte.
    made = [trying.made(layouts, number, 1) for number in range(40)]
    again = [trying.made(layouts, number, 1) for number in range(40)]
    same = [one == two for one, two in zip(made, again, strict=True) if ".csv" in one[0]]
    assert len(same) > 3
    assert all(same)
    assert [trying.made(layouts, number, 2) for number in range(40)] != made


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_a_layout_is_the_same_list_in_every_kind_of_file(kind, tmp_path):
    """Or the fuzzer would only ever damage files that were never good."""
    path = next(LAYOUTS.glob("02_*.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        rows: mutations.Rows = [list(row) for row in csv.reader(file)]
    copy = tmp_path / f"list.{kind}"
    copy.write_bytes(mutations.written(rows, kind, Random(3)))
    sheet = max(read_workbook(copy).sheets, key=lambda sheet: len(sheet.rows))
    told = [[cell for cell in row if cell is not None] for row in sheet.rows]
    assert len([row for row in told if row]) == len([row for row in rows if any(row)])


def test_the_program_tells_with_its_exit_status(monkeypatch, capsys):
    monkeypatch.setattr(run, "run", lambda *_: run.Tally(1, bad=["crash at file 0: no word (x)"]))
    assert run.main(["--files", "1", "--others", "0"]) == 1
    said = capsys.readouterr()
    assert "FAILED  1 files with seed 1" in said.out
    assert "crash at file 0" in said.err
