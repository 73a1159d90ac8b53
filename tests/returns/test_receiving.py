"""What becomes of each file that comes in, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns import checks, receiving, schema, workbook
from apprentice_desk.returns.receiving import Fate, Incoming
from apprentice_desk.returns.rows import ReturnContent
from returns.making import CAMDEN, HACKNEY, PERIOD, content

FORMAT = schema.load()


@pytest.fixture
def incoming() -> Incoming:
    return Incoming(FORMAT, checks.known_boroughs())


def write(folder: Path, name: str, made: ReturnContent) -> Path:
    folder.mkdir(exist_ok=True)
    workbook.write(made, FORMAT, folder / name)
    return folder / name


def fates(incoming: Incoming) -> dict[str, Fate]:
    return {line.file or line.borough: line.fate for line in receiving.lines(incoming)}


def test_before_any_file_there_is_nothing_to_show(incoming: Incoming) -> None:
    assert incoming.merged is None
    assert receiving.lines(incoming) == ()


def test_a_file_says_whose_it_is_and_for_when(incoming: Incoming, tmp_path: Path) -> None:
    write(tmp_path, "one.xlsx", content(HACKNEY))

    (line,) = receiving.lines(receiving.add(incoming, [tmp_path]))

    assert (line.file, line.borough, line.period, line.revision) == (
        "one.xlsx",
        "Hackney",
        PERIOD,
        1,
    )
    assert (line.fate, line.rows, line.reason) == (Fate.ACCEPTED, 3, "")


def test_files_added_later_join_those_that_are_there(incoming: Incoming, tmp_path: Path) -> None:
    first = write(tmp_path, "h.xlsx", content(HACKNEY))
    second = write(tmp_path, "c.xlsx", content(CAMDEN))

    one_by_one = receiving.add(receiving.add(incoming, [first]), [second])

    assert fates(one_by_one) == {"h.xlsx": Fate.ACCEPTED, "c.xlsx": Fate.ACCEPTED}
    together = receiving.add(incoming, [second, first])
    assert receiving.lines(together) == receiving.lines(one_by_one)
    assert together.merged is not None
    assert one_by_one.merged is not None
    assert together.merged.fingerprint == one_by_one.merged.fingerprint


def test_a_file_that_is_there_already_is_not_read_again(incoming: Incoming, tmp_path: Path) -> None:
    path = write(tmp_path, "h.xlsx", content(HACKNEY))
    before = receiving.add(incoming, [path])

    after = receiving.add(before, [path])

    assert after.received[0].read is before.received[0].read


def test_reading_again_finds_what_was_put_right(incoming: Incoming, tmp_path: Path) -> None:
    path = tmp_path / "h.xlsx"
    path.write_bytes(b"not a workbook")
    before = receiving.add(incoming, [path])
    assert fates(before) == {"h.xlsx": Fate.REFUSED}
    write(tmp_path, "h.xlsx", content(HACKNEY))

    assert fates(receiving.read_again(before)) == {"h.xlsx": Fate.ACCEPTED}


def test_an_older_revision_is_replaced_and_says_by_which(
    incoming: Incoming, tmp_path: Path
) -> None:
    write(tmp_path, "first.xlsx", content(HACKNEY))
    write(tmp_path, "second.xlsx", content(HACKNEY, 3, revision=2))

    found = {line.file: line for line in receiving.lines(receiving.add(incoming, [tmp_path]))}

    assert found["first.xlsx"].fate is Fate.REPLACED
    assert found["first.xlsx"].reason == "Revision 2 stands in its place."
    assert found["second.xlsx"].fate is Fate.ACCEPTED
    assert found["second.xlsx"].reason == "Replaces first.xlsx."


def test_the_same_revision_with_other_content_is_a_conflict_in_both_files(
    incoming: Incoming, tmp_path: Path
) -> None:
    write(tmp_path, "a.xlsx", content(HACKNEY))
    write(tmp_path, "b.xlsx", content(HACKNEY, 3))

    assert fates(receiving.add(incoming, [tmp_path])) == {
        "a.xlsx": Fate.CONFLICT,
        "b.xlsx": Fate.CONFLICT,
    }


def test_the_same_return_twice_stands_once(incoming: Incoming, tmp_path: Path) -> None:
    write(tmp_path, "a.xlsx", content(HACKNEY))
    write(tmp_path, "b.xlsx", content(HACKNEY))

    found = fates(receiving.add(incoming, [tmp_path]))

    assert sorted(found.values()) == [Fate.ACCEPTED, Fate.COPY]


def test_two_folders_may_hold_files_of_the_same_name(incoming: Incoming, tmp_path: Path) -> None:
    write(tmp_path / "h", "return.xlsx", content(HACKNEY))
    write(tmp_path / "c", "return.xlsx", content(CAMDEN))

    found = receiving.lines(receiving.add(incoming, [tmp_path]))

    assert [(line.borough, line.fate) for line in found] == [
        ("Camden", Fate.ACCEPTED),
        ("Hackney", Fate.ACCEPTED),
    ]


def test_a_return_of_another_period_waits_until_that_period_is_chosen(
    incoming: Incoming, tmp_path: Path
) -> None:
    before = PERIOD.previous()
    write(tmp_path, "new.xlsx", content(HACKNEY))
    old = content(CAMDEN, 0, period=before, prepared_at=datetime(2026, 10, 8, tzinfo=UTC))
    write(tmp_path, "old.xlsx", replace(old, contracts=()))
    both = receiving.add(incoming, [tmp_path])
    assert both.periods == (PERIOD, before)
    assert fates(both)["old.xlsx"] is Fate.OTHER_PERIOD

    chosen = receiving.choose_period(both, before)

    assert fates(chosen)["old.xlsx"] is Fate.ACCEPTED
    assert fates(chosen)["new.xlsx"] is Fate.OTHER_PERIOD


def test_a_sample_among_real_returns_is_refused(incoming: Incoming, tmp_path: Path) -> None:
    write(tmp_path, "real.xlsx", content(HACKNEY))
    write(tmp_path, "sample.xlsx", content(CAMDEN, is_sample=True))

    found = {line.file: line for line in receiving.lines(receiving.add(incoming, [tmp_path]))}

    assert found["sample.xlsx"].fate is Fate.REFUSED
    assert "sample" in found["sample.xlsx"].reason
    assert found["real.xlsx"].fate is Fate.ACCEPTED


def test_rows_left_out_are_counted_in_the_reason(incoming: Incoming, tmp_path: Path) -> None:
    made = content(HACKNEY, 2)
    broken = replace(made.apprentices[0], level=99)
    write(tmp_path, "h.xlsx", replace(made, apprentices=(broken, made.apprentices[1])))

    (line,) = receiving.lines(receiving.add(incoming, [tmp_path]))

    assert (line.fate, line.reason) == (Fate.PARTLY, "1 row is left out of it.")


def test_an_expected_borough_without_a_file_is_not_received(
    incoming: Incoming, tmp_path: Path
) -> None:
    write(tmp_path, "h.xlsx", content(HACKNEY))
    added = receiving.add(incoming, [tmp_path])

    found = fates(receiving.expect(added, [HACKNEY[0], CAMDEN[0]]))

    assert found == {"h.xlsx": Fate.ACCEPTED, "Camden": Fate.NOT_RECEIVED}


def test_what_is_refused_stands_first(incoming: Incoming, tmp_path: Path) -> None:
    write(tmp_path, "a.xlsx", content(CAMDEN))
    (tmp_path / "z.xlsx").write_bytes(b"not a workbook")

    first, *_ = receiving.lines(receiving.add(incoming, [tmp_path]))

    assert (first.file, first.fate) == ("z.xlsx", Fate.REFUSED)
    assert first.reason


def test_a_file_taken_away_is_merged_no_more(incoming: Incoming, tmp_path: Path) -> None:
    path = write(tmp_path, "h.xlsx", content(HACKNEY))
    added = receiving.add(incoming, [path])

    left = receiving.take_away(added, added.received[0].path)

    assert (left.received, left.merged) == ((), None)


def test_a_folder_without_workbooks_is_a_problem(incoming: Incoming, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="No workbook"):
        receiving.add(incoming, [tmp_path])


def test_reading_stops_when_asked_to(incoming: Incoming, tmp_path: Path) -> None:
    write(tmp_path, "h.xlsx", content(HACKNEY))
    progress = Progress()
    progress.stop()

    with pytest.raises(Cancelled):
        receiving.add(incoming, [tmp_path], progress=progress)
