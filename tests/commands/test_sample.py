"""The sample: the same on the same day, and with something on every sheet of its returns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from apprentice_desk.__main__ import main
from apprentice_desk.commands.sample import write_sample
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.returns import workbook

DAYS = [date(2026, 11, 24), date(2027, 1, 1), date(2027, 4, 1), date(2026, 7, 31)]


def written(folder: Path, today: date) -> list[Path]:
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return write_sample(folder, today, noon)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_sample_boroughs_say_something_on_every_sheet(today: date, tmp_path: Path) -> None:
    ended = Quarter.containing(today).previous()
    files = [path for path in written(tmp_path / "sample", today) if path.suffix == ".xlsx"]
    reads = [workbook.read(path) for path in files]
    assert [one.header.period for one in reads].count(ended) == 2
    for one in reads:
        assert [finding.message for finding in one.findings if finding.level.value != "note"] == []
        if one.header.period == ended:
            assert [sheet for sheet, count in one.row_counts.items() if not count] == []


def test_drafts_and_barriers_that_loti_may_not_see_stay_in_the_sample_desk(tmp_path: Path) -> None:
    files = [path for path in written(tmp_path / "sample", DAYS[0]) if path.suffix == ".xlsx"]
    (one,) = [workbook.read(path) for path in files if path.name == "exampleton 2026-27 Q2.xlsx"]
    assert one.row_counts["Secondments"] == 3
    assert one.row_counts["Barriers"] == 2
    assert {line.is_suppressed for line in one.content.characteristics} == {True, False}


def test_returns_and_lists_are_the_same_for_the_same_day(tmp_path: Path) -> None:
    first, second = (written(tmp_path / name, DAYS[0]) for name in ("a", "b"))
    assert [path.name for path in first] == [path.name for path in second]
    compared = 0
    for one, other in zip(first, second, strict=True):
        if one.suffix != ".desk":
            assert one.read_bytes() == other.read_bytes(), one.name
            compared += 1
    assert compared == 7


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "sample"
    assert main(["sample", "--to", str(folder)]) == 0
    *files, q3, q4, q1, q2 = capsys.readouterr().out.splitlines()
    assert q4 == f"{folder / 'returns' / '2019-20 Q4'}: 15 returns of the first programme"
    assert {line.partition(": ")[2] for line in (q3, q1, q2)} == {q4.partition(": ")[2]}
    assert len(files) == 9
    for line in files:
        assert Path(line).is_file()
